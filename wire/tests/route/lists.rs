//! Filters of lists, and notifications.

use super::*;

#[test]
fn lists_send_what_strict_checking_accepts_and_compare_the_rest() {
    let link_of = |bytes: &[u8]| NeighbourRow::of(message(bytes)).link();
    let asked = GetNeighbours::v4().link(2).state(NeighbourState::STALE);
    let sent = bytes(&asked);
    assert_eq!(
        (link_of(&sent), NeighbourRow::of(message(&sent)).state()),
        (LinkIndex::NONE, NeighbourState::empty())
    );
    assert_eq!(kinds(attributes(&sent, 12)), [NDA_IFINDEX]);
    let entry = |link: u32, state| bytes(&NewNeighbour::of(link, [192, 0, 2, 1]).state(state));
    assert!(
        asked
            .matches(message(&entry(2, NeighbourState::STALE)))
            .unwrap()
    );
    assert!(
        !asked
            .matches(message(&entry(3, NeighbourState::STALE)))
            .unwrap()
    );
    assert!(
        !asked
            .matches(message(&entry(2, NeighbourState::REACHABLE)))
            .unwrap()
    );
    assert!(
        !GetNeighbours::v6()
            .matches(message(&entry(2, NeighbourState::STALE)))
            .unwrap()
    );
    assert!(
        !GetNeighbours::all()
            .proxies()
            .matches(message(&entry(2, NeighbourState::STALE)))
            .unwrap()
    );

    let fdb = GetForwardingEntries::all().link(7).bridge(5);
    let sent = bytes(&fdb);
    assert_eq!(
        (sent.len(), link_of(&sent)),
        (16 + 12 + 8, LinkIndex::new(7))
    );
    let links = GetLinks::all().kind("vxlan").master(5).group(1).up();
    let sent = bytes(&links);
    assert_eq!(kinds(attributes(&sent, 16)), [IFLA_MASTER, IFLA_LINKINFO]);
    let row = bytes(&NewLink::vxlan("a", 1).master(5).group(1).up());
    assert!(links.matches(message(&row)).unwrap());
    let row = bytes(&NewLink::bridge("a").master(5).group(1).up());
    assert!(!links.matches(message(&row)).unwrap());
    assert!(GetLinks::all().matches(message(&row)).unwrap());

    let asked = GetAddresses::v4().link(2).scope(Scope::HOST);
    let row = bytes(&NewAddress::of(2, prefix("127.0.0.1/8")));
    assert!(asked.matches(message(&row)).unwrap());
    assert!(!asked.link(3).matches(message(&row)).unwrap());
    assert!(!asked.scope(Scope::LINK).matches(message(&row)).unwrap());
    let asked = GetRules::v4().table(RouteTable(100)).priority(7);
    let row = bytes(&NewRule::v4().table(RouteTable(100)).priority(7));
    assert!(asked.matches(message(&row)).unwrap());
    assert!(!asked.priority(8).matches(message(&row)).unwrap());
    assert!(kinds(attributes(&bytes(&asked), 12)).is_empty());
}

#[test]
fn changes_are_reported_by_type_and_family() {
    let change = |kind, family: u8| {
        let mut buffer = vec![0; 64];
        let header = LinkHeader {
            family,
            ..LinkHeader::default()
        };
        let message = Writer::message(&mut buffer, kind, Flags::empty(), &header, |w| Ok(w));
        format!("{:?}", Change::of(message.unwrap()))
    };
    for (kind, family, name) in [
        (RTM_NEWLINK, 0, "NewLink("),
        (RTM_DELLINK, 0, "DelLink("),
        (RTM_DELLINK, AF_BRIDGE, "DelBridgePort("),
        (RTM_NEWLINK, AF_INET6, "Other("),
        (RTM_NEWADDR, AF_INET, "NewAddress("),
        (RTM_DELROUTE, AF_INET6, "DelRoute("),
        (RTM_NEWNEIGH, AF_INET, "NewNeighbour("),
        (RTM_DELNEIGH, AF_BRIDGE, "DelForwardingEntry("),
        (RTM_NEWRULE, AF_INET, "NewRule("),
        (RTM_DELNEXTHOP, 0, "DelNextHop("),
        (RTM_NEWQDISC, 0, "NewQdisc("),
        (RTM_NEWTCLASS, 0, "NewClass("),
        (RTM_DELTFILTER, 0, "DelFilter("),
        (RTM_NEWNSID, 0, "NewNamespaceId("),
        (RTM_DELADDRLABEL, AF_INET6, "DelAddressLabel("),
        (RTM_NEWNEIGHTBL, AF_INET, "NewNeighbourTable("),
        (RTM_DELNETCONF, AF_INET, "DelNetconf("),
        (RTM_NEWMDB, AF_BRIDGE, "NewMdb("),
        (RTM_DELVLAN, AF_BRIDGE, "DelBridgeVlan("),
        (RTM_NEWTUNNEL, AF_BRIDGE, "NewVni("),
        (RTM_NEWSTATS, 0, "NewStats("),
        (RTM_SETDCB, 0, "Dcb("),
        (RTM_NEWACTION, 0, "NewAction("),
        (RTM_NEWCHAIN, 0, "NewChain("),
        (RTM_GETLINK, 0, "Other("),
    ] {
        let change = change(kind, family);
        assert!(change.starts_with(name), "{change}");
    }
}

#[test]
fn next_places_end() {
    let mut buffer = [0; 256];
    let mut w = Writer::stamped(&mut buffer, 0, Stamp::default());
    assert_eq!(GetLinks::all().write(0, &mut w), Ok(Next::End));
}
