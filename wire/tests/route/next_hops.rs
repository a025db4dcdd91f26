//! Next-hop objects.

use super::*;
use core::net::IpAddr;

fn ip(text: &str) -> IpAddr {
    text.parse().unwrap()
}

fn row(bytes: &[u8]) -> NextHopRow<'_> {
    Row::of(message(bytes))
}

#[test]
fn a_next_hop_reads_as_it_was_written() {
    let request = NewNextHop::via(7, ip("fe80::1"))
        .link(2)
        .onlink()
        .protocol(RouteProtocol::BGP);
    let sent = bytes(&request);
    let next_hop = row(&sent);
    assert_eq!(message(&sent).kind(), RTM_NEWNEXTHOP);
    assert_eq!((next_hop.header.family, next_hop.id()), (AF_INET6, Ok(7)));
    assert_eq!(next_hop.gateway(), Ok(Some(ip("fe80::1"))));
    assert_eq!(next_hop.link(), Ok(Some(LinkIndex::new(2))));
    assert_eq!(next_hop.flags(), NextHopFlags::ONLINK);
    assert_eq!(next_hop.protocol(), RouteProtocol::BGP);
    assert_eq!(
        (next_hop.is_blackhole(), next_hop.members()),
        (Ok(false), Ok(None))
    );
    assert_eq!(Object(&request, 0).to_string(), "next hop 7");
    let sent = bytes(&NewNextHop::blackhole(0).v6());
    assert_eq!(
        (row(&sent).header.family, row(&sent).is_blackhole()),
        (AF_INET6, Ok(true))
    );
    assert_eq!(kinds(attributes(&sent, 8)), [NHA_BLACKHOLE]);
    let wrapped = NewNextHop::on(1, 2).encapsulation(Encapsulation::bytes(EncapKind::SEG6, &[]));
    let expected = [NHA_ID, NHA_OIF, NHA_ENCAP_TYPE, NHA_ENCAP];
    assert_eq!(kinds(attributes(&bytes(&wrapped), 8)), expected);
}

#[test]
fn a_group_has_members_and_timers() {
    let members = [NextHopMember::new(1, 1), NextHopMember::new(2, 300)];
    let request = NewNextHop::group(10, &members)
        .resilient(32)
        .idle_timer(Duration::from_secs(60))
        .unbalanced_timer(Duration::ZERO)
        .replace();
    let sent = bytes(&request);
    let group = row(&sent);
    assert_eq!(
        message(&sent).flags(),
        Flags::empty() | NewFlags::CREATE | NewFlags::REPLACE
    );
    assert_eq!(group.header.family, AF_UNSPEC);
    assert_eq!(group.members(), Ok(Some(&members[..])));
    assert_eq!(group.group_kind(), Ok(Some(NextHopGroupKind::RESILIENT)));
    let settings = fields!(group.attributes => NextHopObject { resilient_group }).unwrap();
    let settings = settings.resilient_group.unwrap();
    let settings = fields!(settings => ResilientGroup { buckets, idle_timer, unbalanced_timer });
    let settings = settings.unwrap();
    assert_eq!(
        (settings.buckets, settings.idle_timer),
        (Some(32), Some(6000))
    );
    assert_eq!(settings.unbalanced_timer, Some(0));
    assert_eq!(Object(&request, 0).to_string(), "next hop group 10");
    assert!(GetNextHops::all().groups().matches(message(&sent)).unwrap());
    assert!(!GetNextHops::v4().matches(message(&sent)).unwrap());
    assert!(
        !GetNextHops::all()
            .forwarding()
            .matches(message(&sent))
            .unwrap()
    );
}

#[test]
fn requests_name_an_id_and_lists_what_the_kernel_takes() {
    let sent = bytes(&DeleteNextHop::by_id(7));
    assert_eq!(
        (message(&sent).kind(), row(&sent).id()),
        (RTM_DELNEXTHOP, Ok(7))
    );
    assert!(
        DeleteNextHop::by_id(7)
            .if_there()
            .forgives()
            .contains(&Errno::ENOENT)
    );
    assert!(!DeleteNextHop::by_id(7).forgives().contains(&Errno::ENOENT));
    let sent = bytes(&GetNextHop::by_id(7).stats());
    assert_eq!(kinds(attributes(&sent, 8)), [NHA_ID, NHA_OP_FLAGS]);
    let asked = GetNextHops::v4().link(2).protocol(RouteProtocol::BGP);
    let sent = bytes(&asked);
    assert_eq!(kinds(attributes(&sent, 8)), [NHA_OIF]);
    assert_eq!(row(&sent).protocol(), RouteProtocol::UNSPEC);
    let one = NewNextHop::via(7, ip("10.0.0.1"))
        .link(2)
        .protocol(RouteProtocol::BGP);
    assert!(asked.matches(message(&bytes(&one))).unwrap());
    assert!(!asked.matches(message(&bytes(&one.link(3)))).unwrap());
    let other = one.protocol(RouteProtocol::BIRD);
    assert!(!asked.matches(message(&bytes(&other))).unwrap());
    let sent = bytes(&GetNextHopBuckets::of(11).next_hop(2).link(3));
    assert_eq!(
        kinds(attributes(&sent, 8)),
        [NHA_ID, NHA_OIF, NHA_RES_BUCKET]
    );
    let sent = bytes(&GetNextHopBucket::at(11, 3));
    let bucket = row(&sent).bucket().unwrap().unwrap();
    assert_eq!((row(&sent).id(), bucket.index), (Ok(11), 3));
    assert!(GetNextHopBuckets::of(11).matches(message(&sent)).unwrap());
    assert!(!GetNextHopBuckets::of(12).matches(message(&sent)).unwrap());
    assert!(
        !GetNextHopBuckets::of(11)
            .next_hop(1)
            .matches(message(&sent))
            .unwrap()
    );
}
