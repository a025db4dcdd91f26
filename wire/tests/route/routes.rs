//! Routes.

use super::*;
use core::net::IpAddr;
use nlwire::zerocopy::IntoBytes as _;

fn ip(text: &str) -> IpAddr {
    text.parse().unwrap()
}

fn row(bytes: &[u8]) -> RouteRow<'_> {
    Row::of(message(bytes))
}

#[test]
fn a_route_reads_as_it_was_written() {
    let request = NewRoute::to(prefix("198.51.100.0/24"))
        .via(ip("192.0.2.2"))
        .link(7)
        .table(70_000)
        .metric(50)
        .preferred_source(ip("192.0.2.1"))
        .mtu(1300)
        .lock(RTAX_MTU)
        .tos(0x10)
        .protocol(RouteProtocol::BIRD)
        .onlink();
    let sent = bytes(&request);
    let route = row(&sent);
    assert_eq!(message(&sent).kind(), RTM_NEWROUTE);
    assert_eq!(
        message(&sent).flags(),
        Flags::empty() | NewFlags::CREATE | NewFlags::EXCL
    );
    assert_eq!(route.destination(), Ok(Some(prefix("198.51.100.0/24"))));
    assert_eq!(route.gateway(), Ok(Some(ip("192.0.2.2"))));
    assert_eq!(route.link(), Ok(Some(LinkIndex::new(7))));
    assert_eq!(
        (route.table(), route.header.table),
        (Ok(RouteTable(70_000)), 252)
    );
    assert_eq!((route.metric(), route.mtu()), (Ok(50), Ok(Some(1300))));
    assert_eq!(route.preferred_source(), Ok(Some(ip("192.0.2.1"))));
    assert_eq!((route.tos(), route.protocol()), (0x10, RouteProtocol::BIRD));
    assert_eq!(
        (route.kind(), route.scope()),
        (RouteKind::UNICAST, Scope::UNIVERSE)
    );
    assert_eq!(route.flags(), RouteFlags::ONLINK);
    let metrics = fields!(route.metrics().unwrap().unwrap() => Metrics { lock }).unwrap();
    assert_eq!(metrics.lock, Some(1 << RTAX_MTU));
    let hops: Vec<_> = route.hops().unwrap().map(Result::unwrap).collect();
    assert_eq!(hops.len(), 1);
    assert_eq!(
        (hops[0].gateway, hops[0].link.get()),
        (Some(ip("192.0.2.2")), 7)
    );
    let object = "route to 198.51.100.0/24 in table 70000";
    assert_eq!(Object(&request, 0).to_string(), object);
    let main = NewRoute::to(prefix("::/0")).via(ip("fe80::1")).link(7);
    assert_eq!(Object(&main, 0).to_string(), "route to ::/0");
    let sent = bytes(&main);
    assert_eq!(row(&sent).destination(), Ok(Some(Prefix::ALL_V6)));
    assert_eq!(kinds(attributes(&sent, 12)), [RTA_GATEWAY, RTA_OIF]);
}

#[test]
fn scopes_and_tables_are_those_of_ip() {
    let to = || NewRoute::to(prefix("198.51.100.0/24"));
    let hops = [Hop::on(7)];
    for (request, scope, table) in [
        (to().link(7), Scope::LINK, 254),
        (to().via(ip("192.0.2.2")), Scope::UNIVERSE, 254),
        (to().hops(&hops), Scope::UNIVERSE, 254),
        (to().next_hop(7), Scope::UNIVERSE, 254),
        (to().blackhole(), Scope::UNIVERSE, 254),
        (to().kind(RouteKind::LOCAL).link(1), Scope::HOST, 255),
        (to().kind(RouteKind::BROADCAST).link(7), Scope::LINK, 255),
        (to().kind(RouteKind::LOCAL).link(1).table(9), Scope::HOST, 9),
        (to().link(7).scope(Scope::SITE), Scope::SITE, 254),
        (
            NewRoute::to(prefix("2001:db8::/32")).link(7),
            Scope::UNIVERSE,
            254,
        ),
    ] {
        let sent = bytes(&request);
        let route = row(&sent);
        assert_eq!(
            (route.scope(), route.header.table),
            (scope, table),
            "{request:?}"
        );
    }
}

#[test]
fn flags_say_what_becomes_of_a_route_that_is_there() {
    let to = || NewRoute::to(prefix("198.51.100.0/24")).link(7);
    for (request, flags) in [
        (to(), NewFlags::CREATE | NewFlags::EXCL),
        (to().replace(), NewFlags::CREATE | NewFlags::REPLACE),
        (to().change(), NewFlags::REPLACE),
        (to().append(), NewFlags::CREATE | NewFlags::APPEND),
        (to().prepend(), NewFlags::CREATE),
    ] {
        assert_eq!(message(&bytes(&request)).flags(), Flags::empty() | flags);
    }
    assert!(!to().forgives().contains(&Errno::EEXIST));
    assert!(to().if_absent().forgives().contains(&Errno::EEXIST));
    assert!(!to().if_absent().forgives().contains(&Errno::ENODEV));
}

#[test]
fn addresses_of_another_family_are_not_taken_for_ones_own() {
    let v4 = || NewRoute::to(prefix("192.0.2.0/24"));
    let sent = bytes(&v4().via(ip("a00:2::1")).link(7));
    assert_eq!(kinds(attributes(&sent, 12)), [RTA_DST, RTA_VIA, RTA_OIF]);
    assert_eq!(row(&sent).gateway(), Ok(Some(ip("a00:2::1"))));
    let sent = bytes(&NewRoute::to(prefix("2001:db8::/32")).via(ip("10.0.0.1")));
    assert_eq!(kinds(attributes(&sent, 12)), [RTA_DST, RTA_VIA]);
    let sent = bytes(&DeleteRoute::to(prefix("192.0.2.0/24")).via(ip("a00:2::1")));
    assert_eq!(kinds(attributes(&sent, 12)), [RTA_DST, RTA_VIA]);
    let hops = [
        Hop::via(ip("a00:2::1")).link(7),
        Hop::via(ip("10.0.0.1")).weight(9),
    ];
    let sent = bytes(&v4().hops(&hops));
    let found: Vec<_> = row(&sent).hops().unwrap().map(Result::unwrap).collect();
    assert_eq!(found[0].gateway, Some(ip("a00:2::1")));
    assert_eq!(
        (found[1].gateway, found[1].weight),
        (Some(ip("10.0.0.1")), 9)
    );

    let other = |attribute| EncodeError::Family { attribute };
    assert_eq!(
        refusal(&v4().preferred_source(ip("::1"))),
        other(RTA_PREFSRC)
    );
    assert_eq!(refusal(&v4().from(prefix("::/64"))), other(RTA_SRC));
    assert_eq!(
        refusal(&GetRoute::to(ip("::1")).from(ip("10.0.0.1"))),
        other(RTA_SRC)
    );
    let deletion = DeleteRoute::to(prefix("::/0")).preferred_source(ip("10.0.0.1"));
    assert_eq!(refusal(&deletion), other(RTA_PREFSRC));
    let heavy = [Hop::on(7).weight(257)];
    let many = EncodeError::TooMany {
        attribute: RTA_MULTIPATH,
        limit: 256,
        count: 257,
    };
    assert_eq!(refusal(&v4().hops(&heavy)), many);
}

#[test]
fn labels_are_pushed_swapped_and_removed() {
    let request = NewRoute::mpls(100)
        .via(ip("192.0.2.2"))
        .link(7)
        .labels(&[200, 300]);
    let sent = bytes(&request);
    assert_eq!(Object(&request, 0).to_string(), "route to label 100");
    let route = row(&sent);
    assert_eq!(
        (route.header.family, route.header.destination_len),
        (AF_MPLS, 20)
    );
    assert_eq!(route.label().unwrap().unwrap().label(), 100);
    assert_eq!(route.destination(), Ok(None));
    assert_eq!(route.gateway(), Ok(Some(ip("192.0.2.2"))));
    assert_eq!(
        kinds(attributes(&sent, 12)),
        [RTA_DST, RTA_VIA, RTA_NEWDST, RTA_OIF]
    );
    let labels = attributes(&sent, 12).require(RTA_NEWDST).unwrap().bytes();
    assert_eq!(labels, [0, 0x0c, 0x80, 0, 0, 0x12, 0xc1, 0]);
    let gone = bytes(&DeleteRoute::of_row(&route));
    assert_eq!(kinds(attributes(&gone, 12)), [RTA_DST]);
    let gone = bytes(&DeleteRoute::mpls(100));
    assert_eq!(row(&gone).label().unwrap().unwrap().label(), 100);
    assert_eq!(
        (row(&gone).kind(), row(&gone).scope()),
        (RouteKind::UNICAST, Scope::UNIVERSE)
    );

    let pushed = Encapsulation::mpls(&[100, 200]).ttl(9);
    let sent = bytes(
        &NewRoute::to(prefix("10.0.0.0/8"))
            .link(7)
            .encapsulation(pushed),
    );
    let route = fields!(row(&sent).attributes => Route { encap_kind, encap }).unwrap();
    assert_eq!(route.encap_kind, Some(EncapKind::MPLS));
    let Some(RouteEncap::Mpls(mpls)) = route.encap else {
        panic!("{:?}", route.encap);
    };
    let mpls = fields!(mpls => MplsEncap { labels, ttl }).unwrap();
    let labels: Vec<_> = mpls
        .labels
        .unwrap()
        .iter()
        .map(|one| (one.label(), one.is_bottom()))
        .collect();
    assert_eq!(
        (labels, mpls.ttl),
        (vec![(100, false), (200, true)], Some(9))
    );
}

#[test]
fn a_deletion_names_all_that_the_kernel_compares() {
    let new = NewRoute::to(prefix("198.51.100.0/24"))
        .via(ip("192.0.2.2"))
        .link(7)
        .table(70_000)
        .metric(50)
        .preferred_source(ip("192.0.2.1"))
        .mtu(1300)
        .tos(0x10);
    let sent = bytes(&new);
    let deletion = DeleteRoute::of_row(&row(&sent));
    let gone = bytes(&deletion);
    assert_eq!(message(&gone).kind(), RTM_DELROUTE);
    assert_eq!(
        row(&gone).header,
        RouteHeader {
            flags: 0.into(),
            ..row(&sent).header
        }
    );
    let expected = [
        RTA_DST,
        RTA_PRIORITY,
        RTA_PREFSRC,
        RTA_METRICS,
        RTA_TABLE,
        RTA_MULTIPATH,
    ];
    assert_eq!(kinds(attributes(&gone, 12)), expected);
    let hop = row(&gone).hops().unwrap().next().unwrap().unwrap();
    assert_eq!((hop.gateway, hop.link.get()), (Some(ip("192.0.2.2")), 7));
    assert_eq!(
        Object(&deletion, 0).to_string(),
        "route to 198.51.100.0/24 in table 70000"
    );

    // An IPv6 route without a gateway says so.
    let sent = bytes(&NewRoute::to(prefix("2001:db8::/32")).link(7).metric(9));
    let gone = bytes(&DeleteRoute::of_row(&row(&sent)));
    assert_eq!(row(&gone).gateway(), Ok(Some(ip("::"))));
    // One of an object has no other next hop.
    let both = NewRoute::to(prefix("2001:db8::/32"))
        .via(ip("fe80::1"))
        .link(7)
        .next_hop(3);
    let sent = bytes(&both);
    let gone = bytes(&DeleteRoute::of_row(&row(&sent)));
    assert_eq!(kinds(attributes(&gone, 12)), [RTA_DST, RTA_NH_ID]);

    let described = DeleteRoute::to(prefix("198.51.100.0/24"))
        .metric(9)
        .link(7)
        .table(100);
    let gone = bytes(&described);
    assert_eq!(
        kinds(attributes(&gone, 12)),
        [RTA_DST, RTA_OIF, RTA_PRIORITY]
    );
    let header = row(&gone).header;
    assert_eq!(
        (header.scope, header.kind),
        (Scope::NOWHERE, RouteKind::UNSPEC)
    );
    assert_eq!(
        (header.protocol, header.table),
        (RouteProtocol::UNSPEC, 100)
    );
    assert!(
        !described.forgives().contains(&Errno::ESRCH)
            && described.if_there().forgives().contains(&Errno::ESRCH)
    );
}

#[test]
fn a_look_up_has_what_the_packet_has() {
    let request = GetRoute::to(ip("198.51.100.7"))
        .from(ip("192.0.2.1"))
        .mark(7)
        .incoming(2)
        .outgoing(3)
        .tos(8)
        .uid(0)
        .ip_protocol(6)
        .source_port(1)
        .destination_port(443)
        .fib_match();
    let sent = bytes(&request);
    let expected = [
        RTA_DST,
        RTA_SRC,
        RTA_MARK,
        RTA_IIF,
        RTA_OIF,
        RTA_UID,
        RTA_IP_PROTO,
        RTA_SPORT,
        RTA_DPORT,
    ];
    assert_eq!(kinds(attributes(&sent, 12)), expected);
    let header = row(&sent).header;
    assert_eq!(
        (header.destination_len, header.source_len, header.tos),
        (32, 32, 8)
    );
    assert_eq!(
        header.flags(),
        RouteFlags::LOOKUP_TABLE | RouteFlags::FIB_MATCH
    );
    assert_eq!(message(&sent).flags(), Flags::empty());
    assert_eq!(Object(&request, 0).to_string(), "route to 198.51.100.7");
    // The answer is an entry of the cache, and what was asked for.
    assert!(request.matches(message(&sent)).unwrap());
    let sent = bytes(&GetRoute::to(ip("::1")));
    assert_eq!(
        (row(&sent).header.destination_len, row(&sent).flags()),
        (128, RouteFlags::empty())
    );
}

#[test]
fn lists_send_what_the_kernel_takes_and_compare_all() {
    let asked = GetRoutes::v4()
        .table(70_000)
        .link(7)
        .protocol(RouteProtocol::BIRD)
        .kind(RouteKind::UNICAST)
        .within(prefix("198.51.0.0/16"))
        .via(ip("192.0.2.2"));
    let sent = bytes(&asked);
    assert_eq!(kinds(attributes(&sent, 12)), [RTA_TABLE, RTA_OIF]);
    let header = row(&sent).header;
    assert_eq!(
        (header.family, header.protocol),
        (AF_INET, RouteProtocol::BIRD)
    );
    assert_eq!(
        (header.destination_len, header.kind),
        (0, RouteKind::UNICAST)
    );
    let route = || {
        NewRoute::to(prefix("198.51.100.0/24"))
            .via(ip("192.0.2.2"))
            .link(7)
            .table(70_000)
            .protocol(RouteProtocol::BIRD)
    };
    let matches =
        |query: &GetRoutes, route: NewRoute<'_>| query.matches(message(&bytes(&route))).unwrap();
    assert!(matches(&asked, route()));
    assert!(!matches(&asked, route().table(100)));
    assert!(!matches(&asked, route().link(8)));
    assert!(!matches(&asked, route().protocol(RouteProtocol::BGP)));
    assert!(!matches(&asked, route().throw()));
    assert!(!matches(&asked, route().via(ip("192.0.2.3"))));
    let elsewhere = NewRoute::to(prefix("198.52.0.0/24"))
        .via(ip("192.0.2.2"))
        .link(7);
    assert!(!matches(
        &GetRoutes::v4().within(prefix("198.51.0.0/16")),
        elsewhere
    ));
    let wider = NewRoute::to(prefix("198.0.0.0/8")).link(7);
    assert!(!matches(
        &GetRoutes::v4().within(prefix("198.51.0.0/16")),
        wider
    ));
    assert!(matches(
        &GetRoutes::all().to(prefix("198.51.100.9/24")),
        route()
    ));
    assert!(!matches(
        &GetRoutes::all().to(prefix("198.51.100.0/25")),
        route()
    ));
    assert!(!matches(&GetRoutes::v6().link(7), route()));
    let hops = [Hop::on(8), Hop::via(ip("192.0.2.9")).link(9)];
    let several = NewRoute::to(prefix("10.0.0.0/8")).hops(&hops);
    assert!(matches(&GetRoutes::v4().link(9), several));
    assert!(!matches(
        &GetRoutes::v4().link(8).via(ip("192.0.2.9")),
        several
    ));

    // The route cache is left out, with a filter and without.
    let mut cached = bytes(&route());
    let flags = RouteFlags::CLONED.bits();
    cached[16 + 8..16 + 12]
        .copy_from_slice(nlwire::zerocopy::native_endian::U32::new(flags).as_bytes());
    assert!(!GetRoutes::all().matches(message(&cached)).unwrap());
    assert!(!asked.matches(message(&cached)).unwrap());
    assert!(GetRoutes::v4().cached().matches(message(&cached)).unwrap());

    // Strict checking refuses what has no rows.
    assert!(asked.forgives().contains(&Errno::ENOENT) && asked.forgives().contains(&Errno::ENODEV));
    assert!(!GetRoutes::all().forgives().contains(&Errno::ENOENT));
    assert!(!GetRoutes::v4().table(7).forgives().contains(&Errno::ENODEV));
}
