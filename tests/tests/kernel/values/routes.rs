//! Routes beside `ip route`.

use super::{compare, connected, words};
use nltests::{Message, Missing, Need, Outcome, Session, Test, ip};
use nlwire::codec::AddressBytes;
use nlwire::route::{
    DeleteRoute, Encapsulation, GetRoutes, Hop, MetricsAttr, NewRoute, RTAX_MTU, RouteAttr,
    RouteKind, RouteProtocol, RouteRow, RouteTable, RouterPreference, Scope, Seg6Mode,
};
use nlwire::{Errno, Prefix, Query as _};
use std::collections::BTreeSet;
use std::net::IpAddr;

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "values::routes::ipv4_routes_are_as_by_ip",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: ipv4_routes_are_as_by_ip,
    },
    Test {
        name: "values::routes::ipv6_routes_are_as_by_ip",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: ipv6_routes_are_as_by_ip,
    },
    Test {
        name: "values::routes::labels_are_as_by_ip",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: labels_are_as_by_ip,
    },
    Test {
        name: "values::routes::a_gateway_has_its_own_family",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: a_gateway_has_its_own_family,
    },
    Test {
        name: "values::routes::each_row_deletes_its_own_route",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: each_row_deletes_its_own_route,
    },
    Test {
        name: "values::routes::a_single_next_hop_is_not_several",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: a_single_next_hop_is_not_several,
    },
    Test {
        name: "values::routes::changes_are_as_by_ip",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: changes_are_as_by_ip,
    },
];

fn prefix(text: &str) -> Prefix {
    text.parse().unwrap()
}

fn ip_of(text: &str) -> IpAddr {
    text.parse().unwrap()
}

/// Names the protocol, which comes before the next hops.
fn statically(route: &str) -> String {
    match route.split_once(" nexthop ") {
        Some((to, hops)) => format!("{to} proto static nexthop {hops}"),
        None => format!("{route} proto static"),
    }
}

/// The fixed header and the attributes, without those that count time.
fn same(message: &Message) -> String {
    let row = GetRoutes::row(message.get());
    let attributes = row.attributes.typed::<nlwire::route::Route>().iter();
    let kept = attributes.filter(|one| !format!("{one:?}").contains("CacheInfo"));
    format!("{:?} {:?}", row.header, kept.collect::<Vec<_>>())
}

/// Lists the routes of programs. The kernel adds local routes of new addresses a
/// moment later.
fn all_but_of_kernel(session: &mut Session) -> Result<Vec<Message>, Box<dyn std::error::Error>> {
    let rows = session.rows(&GetRoutes::all())?.into_iter();
    let of_programs = |row: &Message| GetRoutes::row(row.get()).protocol() != RouteProtocol::KERNEL;
    Ok(rows.filter(of_programs).collect())
}

fn delete(session: &mut Session, message: &Message) -> Outcome {
    let row = GetRoutes::row(message.get());
    session.execute(&DeleteRoute::of_row(&row))?;
    let twice = session.execute(&DeleteRoute::of_row(&row)).unwrap_err();
    assert_eq!(twice.errno(), Some(Errno::ESRCH), "{twice}");
    session.execute(&DeleteRoute::of_row(&row).if_there())?;
    Ok(())
}

fn ipv4_routes_are_as_by_ip() -> Outcome {
    let (mut session, left, right) = connected()?;
    let to = || NewRoute::to(prefix("198.51.100.0/24"));
    let (first, second) = (ip_of("10.0.0.2"), ip_of("10.0.0.3"));
    let hops = [Hop::via(first), Hop::via(second).weight(3)];
    let mixed = [
        Hop::via(ip_of("172.16.0.1")).link(left).onlink(),
        Hop::on(right).weight(256),
    ];
    let via6 = [Hop::via(ip_of("2001:db8::9")).link(left), Hop::via(second)];
    let wrapped = [
        Hop::on(left).encapsulation(Encapsulation::ip(ip_of("192.0.2.9")).id(42)),
        Hop::via(second),
    ];
    let metrics = [
        MetricsAttr::Window(7000),
        MetricsAttr::HopLimit(9),
        MetricsAttr::InitialCongestionWindow(20),
        MetricsAttr::CongestionControl("cubic"),
    ];
    let own = AddressBytes::Ip(ip_of("10.0.0.1"));
    let own = [RouteAttr::PreferredSource(own)];
    let tunnel = Encapsulation::ip(ip_of("192.0.2.9"))
        .id(42)
        .source(ip_of("10.0.0.1"))
        .ttl(64)
        .tos(8);
    let cases = [
        (to().via(first), "198.51.100.0/24 via 10.0.0.2"),
        (
            to().via(first).metric(100),
            "198.51.100.0/24 via 10.0.0.2 metric 100",
        ),
        (
            NewRoute::to(Prefix::ALL_V4)
                .via(ip_of("172.16.0.1"))
                .link(left)
                .onlink(),
            "default via 172.16.0.1 dev left onlink",
        ),
        (
            to().link(left)
                .table(100)
                .preferred_source(ip_of("10.0.0.1"))
                .metric(50)
                .mtu(1300),
            "198.51.100.0/24 dev left table 100 src 10.0.0.1 metric 50 mtu 1300",
        ),
        (
            to().link(left).table(70_000),
            "198.51.100.0/24 dev left table 70000",
        ),
        (
            to().link(left).table(RouteTable::DEFAULT),
            "198.51.100.0/24 dev left table default",
        ),
        (to().blackhole(), "blackhole 198.51.100.0/24"),
        (
            to().unreachable().metric(5),
            "unreachable 198.51.100.0/24 metric 5",
        ),
        (to().prohibit(), "prohibit 198.51.100.0/24"),
        (to().throw().table(100), "throw 198.51.100.0/24 table 100"),
        (
            NewRoute::to(prefix("10.9.9.9/32"))
                .kind(RouteKind::LOCAL)
                .link(1),
            "local 10.9.9.9 dev lo",
        ),
        (
            NewRoute::to(prefix("10.0.255.0/32"))
                .kind(RouteKind::BROADCAST)
                .link(left),
            "broadcast 10.0.255.0 dev left",
        ),
        (
            to().link(left).scope(Scope::HOST),
            "198.51.100.0/24 dev left scope host",
        ),
        (
            to().via(first).tos(0x10),
            "198.51.100.0/24 tos 0x10 via 10.0.0.2",
        ),
        (
            to().via(first)
                .mtu(1300)
                .lock(RTAX_MTU)
                .advertised_mss(1200)
                .metrics(&metrics),
            "198.51.100.0/24 via 10.0.0.2 mtu lock 1300 advmss 1200 window 7000 hoplimit 9 \
             initcwnd 20 congctl cubic",
        ),
        (
            to().hops(&hops),
            "198.51.100.0/24 nexthop via 10.0.0.2 nexthop via 10.0.0.3 weight 3",
        ),
        (
            to().hops(&mixed),
            "198.51.100.0/24 nexthop via 172.16.0.1 dev left onlink \
             nexthop dev right weight 256",
        ),
        (
            to().via(ip_of("2001:db8::9")).link(left),
            "198.51.100.0/24 via inet6 2001:db8::9 dev left",
        ),
        (
            to().hops(&via6),
            "198.51.100.0/24 nexthop via inet6 2001:db8::9 dev left nexthop via 10.0.0.3",
        ),
        (
            to().link(left).encapsulation(tunnel),
            "198.51.100.0/24 encap ip id 42 src 10.0.0.1 dst 192.0.2.9 ttl 64 tos 8 dev left",
        ),
        (
            to().hops(&wrapped),
            "198.51.100.0/24 nexthop encap ip id 42 dst 192.0.2.9 dev left \
             nexthop via 10.0.0.3",
        ),
        (
            to().via(first).with(&own),
            "198.51.100.0/24 via 10.0.0.2 src 10.0.0.1",
        ),
    ];
    for (ours, theirs) in cases {
        let theirs = format!("route add {}", statically(theirs));
        let theirs = ("ip", theirs.as_str());
        compare(&mut session, &GetRoutes::v4(), &ours, theirs, same, delete)?;
    }
    Ok(())
}

fn ipv6_routes_are_as_by_ip() -> Outcome {
    let (mut session, left, right) = connected()?;
    let to = || NewRoute::to(prefix("2001:db8:1::/48"));
    let (first, second) = (ip_of("2001:db8::2"), ip_of("2001:db8::3"));
    let hops = [Hop::via(first), Hop::via(second).weight(3)];
    let mixed = [left, right].map(|link| Hop::via(ip_of("fe80::9")).link(link));
    let segments = ["2001:db8::9".parse()?, "2001:db8::a".parse()?];
    let seg6 = |mode| Encapsulation::seg6(mode, &segments);
    let cases = [
        (to().via(first), "2001:db8:1::/48 via 2001:db8::2"),
        (
            to().link(left).metric(9),
            "2001:db8:1::/48 dev left metric 9",
        ),
        (
            NewRoute::to(Prefix::ALL_V6)
                .via(ip_of("fe80::9"))
                .link(left),
            "default via fe80::9 dev left",
        ),
        (
            to().via(first).from(prefix("2001:db8:9::/64")),
            "2001:db8:1::/48 from 2001:db8:9::/64 via 2001:db8::2",
        ),
        (
            to().via(first)
                .preferred_source(ip_of("2001:db8::1"))
                .table(1000)
                .mtu(1300),
            "2001:db8:1::/48 via 2001:db8::2 src 2001:db8::1 table 1000 mtu 1300",
        ),
        (to().blackhole(), "blackhole 2001:db8:1::/48"),
        (to().unreachable(), "unreachable 2001:db8:1::/48"),
        (
            to().prohibit().metric(7),
            "prohibit 2001:db8:1::/48 metric 7",
        ),
        (to().throw().table(100), "throw 2001:db8:1::/48 table 100"),
        (
            NewRoute::to(prefix("2001:db8::77/128"))
                .kind(RouteKind::LOCAL)
                .link(1),
            "local 2001:db8::77 dev lo",
        ),
        (
            to().via(first).preference(RouterPreference::HIGH),
            "2001:db8:1::/48 via 2001:db8::2 pref high",
        ),
        (
            to().via(first).expires(600),
            "2001:db8:1::/48 via 2001:db8::2 expires 600",
        ),
        (
            to().hops(&hops),
            "2001:db8:1::/48 nexthop via 2001:db8::2 nexthop via 2001:db8::3 weight 3",
        ),
        (
            to().hops(&mixed),
            "2001:db8:1::/48 nexthop via fe80::9 dev left nexthop via fe80::9 dev right",
        ),
        (
            to().link(left)
                .encapsulation(Encapsulation::ip(ip_of("2001:db8::99")).id(7).ttl(3)),
            "2001:db8:1::/48 encap ip6 id 7 dst 2001:db8::99 hoplimit 3 dev left",
        ),
        (
            to().link(left).encapsulation(seg6(Seg6Mode::ENCAP)),
            "2001:db8:1::/48 encap seg6 mode encap segs 2001:db8::9,2001:db8::a dev left",
        ),
        (
            to().link(left).encapsulation(seg6(Seg6Mode::INLINE)),
            "2001:db8:1::/48 encap seg6 mode inline segs 2001:db8::9,2001:db8::a dev left",
        ),
    ];
    for (ours, theirs) in cases {
        let theirs = format!("-6 route add {}", statically(theirs));
        let theirs = ("ip", theirs.as_str());
        // The kernel adds local routes of new addresses a moment later.
        let query = GetRoutes::v6().protocol(RouteProtocol::STATIC);
        compare(&mut session, &query, &ours, theirs, same, delete)?;
    }
    Ok(())
}

fn labels_are_as_by_ip() -> Outcome {
    let (mut session, left, _) = connected()?;
    let (labels, first) = ([100, 200], ip_of("10.0.0.2"));
    let to = || NewRoute::to(prefix("198.51.100.0/24")).via(first);
    // It loads the modules of MPLS.
    let pushes = to().encapsulation(Encapsulation::mpls(&labels[..1]));
    if session.execute(&pushes).is_err() {
        return Err(Missing("kernel: MPLS".into()).into());
    }
    session.execute(&DeleteRoute::to(prefix("198.51.100.0/24")))?;
    std::fs::write("/proc/sys/net/mpls/platform_labels", "1000")?;
    let hops = [
        Hop::via(first).encapsulation(Encapsulation::mpls(&labels)),
        Hop::via(ip_of("10.0.0.3")),
    ];
    let pushed = to().encapsulation(Encapsulation::mpls(&labels).ttl(9));
    for (query, ours, theirs) in [
        (
            GetRoutes::v4(),
            pushes,
            "198.51.100.0/24 encap mpls 100 via 10.0.0.2",
        ),
        (
            GetRoutes::v4(),
            pushed,
            "198.51.100.0/24 encap mpls 100/200 ttl 9 via 10.0.0.2",
        ),
        (
            GetRoutes::v4(),
            NewRoute::to(prefix("198.51.100.0/24")).hops(&hops),
            "198.51.100.0/24 nexthop encap mpls 100/200 via 10.0.0.2 nexthop via 10.0.0.3",
        ),
        (
            GetRoutes::mpls(),
            NewRoute::mpls(77).via(first).link(left).labels(&labels),
            "77 as 100/200 via inet 10.0.0.2 dev left",
        ),
        (
            GetRoutes::mpls(),
            NewRoute::mpls(77).via(first).link(left),
            "77 via inet 10.0.0.2 dev left",
        ),
        (GetRoutes::mpls(), NewRoute::mpls(77).link(1), "77 dev lo"),
    ] {
        let is_label = theirs.starts_with("77");
        let family = ["", "-f mpls "][usize::from(is_label)];
        let delete = |session: &mut Session, message: &Message| match is_label {
            // The kernel reports no absent label.
            true => {
                let row = GetRoutes::row(message.get());
                Ok(session.execute(&DeleteRoute::of_row(&row))?)
            }
            false => delete(session, message),
        };
        let theirs = format!("{family}route add {}", statically(theirs));
        compare(&mut session, &query, &ours, ("ip", &theirs), same, delete)?;
    }
    Ok(())
}

fn a_gateway_has_its_own_family() -> Outcome {
    let (mut session, left, _) = connected()?;
    let gateway = ip_of("a00:2::1");
    let to = prefix("192.0.2.0/24");
    words("ip", "addr add a00:2::2/64 dev left nodad")?;
    session.execute(&NewRoute::to(to).via(gateway).link(left))?;
    let theirs = ip(&["route", "show", "192.0.2.0/24"])?;
    assert_eq!(theirs[0]["via"]["host"], "a00:2::1", "{theirs}");
    let rows = session.rows(&GetRoutes::v4().to(to))?;
    let row = GetRoutes::row(rows[0].get());
    assert_eq!(row.gateway()?, Some(gateway));
    assert_eq!(row.hops()?.next().unwrap()?.gateway, Some(gateway));
    assert_eq!(session.rows(&GetRoutes::all().via(gateway))?.len(), 1);

    // An address that begins with the same bytes is another gateway.
    let other = DeleteRoute::to(to).via(ip_of("10.0.0.2"));
    assert_eq!(
        session.execute(&other).unwrap_err().errno(),
        Some(Errno::ESRCH)
    );
    session.execute(&DeleteRoute::to(to).via(gateway))?;
    assert!(session.rows(&GetRoutes::v4().to(to))?.is_empty());

    // IPv6 has no gateways of another family, and says so.
    let v6 = NewRoute::to(prefix("2001:db8:1::/48"))
        .via(ip_of("10.0.0.2"))
        .link(left);
    let refused = session.execute(&v6).unwrap_err();
    assert_eq!(refused.errno(), Some(Errno::EINVAL), "{refused}");
    Ok(())
}

/// Routes that differ in one thing each, so that a deletion by less than all of
/// it takes another one.
const ALIKE: &[&str] = &[
    "route add 198.51.100.0/24 via 10.0.0.2",
    "route add 198.51.100.0/24 via 10.0.0.2 metric 1",
    "route append 198.51.100.0/24 via 10.0.0.3 metric 1",
    "route append 198.51.100.0/24 via 10.0.0.3 metric 1 proto bird",
    "route append 198.51.100.0/24 via 10.0.0.3 metric 1 proto bird src 10.0.0.1",
    "route append 198.51.100.0/24 via 10.0.0.3 metric 1 mtu 1300",
    "route append 198.51.100.0/24 via 10.0.0.3 metric 1 mtu lock 1300",
    "route append 198.51.100.0/24 via inet6 2001:db8::9 dev left metric 1",
    "route append 198.51.100.0/24 dev left metric 1",
    "route append 198.51.100.0/24 dev right metric 1",
    "route append blackhole 198.51.100.0/24 metric 1",
    "route append prohibit 198.51.100.0/24 metric 1",
    "route append 198.51.100.0/24 metric 3 nexthop via 10.0.0.2 nexthop via 10.0.0.3",
    "route append 198.51.100.0/24 metric 3 nexthop via 10.0.0.4 nexthop via 10.0.0.3",
    "route append 198.51.100.0/24 encap ip id 7 dst 192.0.2.9 dev left metric 1",
    "route append 198.51.100.0/24 encap ip id 8 dst 192.0.2.9 dev left metric 1",
    "route append 198.51.100.0/24 nhid 1",
    "route append 198.51.100.0/24 nhid 2",
    "route add 198.51.100.0/24 via 10.0.0.2 tos 0x10",
    "route add 198.51.100.0/25 via 10.0.0.2",
    "route add 198.51.100.0/24 via 10.0.0.2 table 100",
    "route add 198.51.100.0/24 via 10.0.0.2 table 70000",
    "route add default via 10.0.0.2",
    "route add default via 10.0.0.2 metric 7",
    "-6 route add 2001:db8:1::/48 via 2001:db8::2",
    "-6 route append 2001:db8:1::/48 via 2001:db8::2 metric 5",
    "-6 route append 2001:db8:1::/48 dev left metric 5",
    "-6 route append 2001:db8:1::/48 dev left metric 6",
    "-6 route append 2001:db8:1::/48 dev right metric 5",
    "-6 route add 2001:db8:1::/48 from 2001:db8:9::/64 via 2001:db8::2",
    "-6 route add 2001:db8:1::/48 from 2001:db8:9::/56 via 2001:db8::2",
    "-6 route add 2001:db8:1::/47 via 2001:db8::2",
    "-6 route add 2001:db8:2::/48 nexthop via 2001:db8::2 nexthop via 2001:db8::3",
    "-6 route add 2001:db8:2::/48 via 2001:db8::2 metric 5",
    "-6 route add 2001:db8:2::/48 nhid 3 metric 6",
    "-6 route add 2001:db8:1::/48 via 2001:db8::2 table 1000",
    "-6 route add blackhole 2001:db8:3::/48 metric 5",
    "-6 route add default via fe80::9 dev left",
    "-6 route append default via fe80::9 dev right",
];

fn each_row_deletes_its_own_route() -> Outcome {
    let (mut session, ..) = connected()?;
    for command in [
        "nexthop add id 1 via 10.0.0.2 dev left",
        "nexthop add id 2 via 10.0.0.3 dev left",
        "nexthop add id 3 via 2001:db8::2 dev left",
    ] {
        words("ip", command)?;
    }
    let before: BTreeSet<_> = all_but_of_kernel(&mut session)?.iter().map(same).collect();
    for is_backward in [false, true] {
        for command in ALIKE {
            words("ip", command)?;
        }
        let rows = all_but_of_kernel(&mut session)?.into_iter();
        let mut rows: Vec<_> = rows.filter(|row| !before.contains(&same(row))).collect();
        if is_backward {
            rows.reverse();
        }
        let mut left: BTreeSet<_> = rows.iter().map(same).collect();
        assert!(left.len() > 30, "{left:#?}");
        for message in &rows {
            let row: RouteRow<'_> = GetRoutes::row(message.get());
            session.execute(&DeleteRoute::of_row(&row))?;
            left.remove(&same(message));
            let found: BTreeSet<_> = all_but_of_kernel(&mut session)?.iter().map(same).collect();
            let found: BTreeSet<_> = found.difference(&before).cloned().collect();
            assert_eq!(found, left, "after the deletion of {}", same(message));
        }
    }
    Ok(())
}

/// A route of one next hop is not one of several that begins with it.
fn a_single_next_hop_is_not_several() -> Outcome {
    let (mut session, ..) = connected()?;
    for (family, to, single, several) in [
        (
            "-4",
            "198.51.100.0/24",
            "via 10.0.0.2",
            "nexthop via 10.0.0.2 nexthop via 10.0.0.3",
        ),
        (
            "-4",
            "198.51.101.0/24",
            "dev left",
            "nexthop dev left nexthop dev right",
        ),
        (
            "-6",
            "2001:db8:1::/48",
            "via 2001:db8::2",
            "nexthop via 2001:db8::4 nexthop via 2001:db8::3",
        ),
    ] {
        let list = GetRoutes::all().to(prefix(to));
        words("ip", &format!("{family} route add {to} {single}"))?;
        let rows = session.rows(&list)?;
        let deletion = DeleteRoute::of_row(&GetRoutes::row(rows[0].get()));
        session.execute(&deletion)?;
        words("ip", &format!("{family} route add {to} {several}"))?;
        let absent = session.execute(&deletion).unwrap_err();
        assert_eq!(absent.errno(), Some(Errno::ESRCH), "{to} {single}");
        assert_eq!(session.rows(&list)?.len(), 1);
    }
    Ok(())
}

fn changes_are_as_by_ip() -> Outcome {
    let (mut session, left, _) = connected()?;
    let (first, second) = (ip_of("10.0.0.2"), ip_of("10.0.0.3"));
    let to = || NewRoute::to(prefix("198.51.100.0/24")).metric(7);
    let shown = || -> Result<Vec<String>, Box<dyn std::error::Error>> {
        let shown = words("ip", "route show 198.51.100.0/24")?;
        Ok(shown
            .lines()
            .map(|line| line.trim_end().to_owned())
            .collect())
    };
    let absent = session.execute(&to().via(first).change()).unwrap_err();
    assert_eq!(absent.errno(), Some(Errno::ENOENT));
    session.execute(&to().via(first).replace())?;
    let there = session.execute(&to().via(second)).unwrap_err();
    assert_eq!(there.errno(), Some(Errno::EEXIST));
    session.execute(&to().via(second).if_absent())?;
    assert_eq!(
        shown()?,
        ["198.51.100.0/24 via 10.0.0.2 dev left proto static metric 7"]
    );
    session.execute(&to().via(second).change())?;
    assert_eq!(
        shown()?,
        ["198.51.100.0/24 via 10.0.0.3 dev left proto static metric 7"]
    );
    session.execute(&to().via(first).append())?;
    session.execute(&to().link(left).prepend())?;
    assert_eq!(
        shown()?,
        [
            "198.51.100.0/24 dev left proto static scope link metric 7",
            "198.51.100.0/24 via 10.0.0.3 dev left proto static metric 7",
            "198.51.100.0/24 via 10.0.0.2 dev left proto static metric 7",
        ]
    );

    // IPv6 makes one route of them.
    let v6 = || NewRoute::to(prefix("2001:db8:1::/48"));
    session.execute(&v6().via(ip_of("2001:db8::2")))?;
    session.execute(&v6().via(ip_of("2001:db8::3")).append())?;
    let rows = session.rows(&GetRoutes::v6().to(prefix("2001:db8:1::/48")))?;
    assert_eq!(rows.len(), 1);
    let row = GetRoutes::row(rows[0].get());
    assert_eq!(row.hops()?.count(), 2);
    assert_eq!((row.metric()?, row.gateway()?), (1024, None));
    session.execute(&DeleteRoute::of_row(&row))?;
    assert!(
        session
            .rows(&GetRoutes::v6().to(prefix("2001:db8:1::/48")))?
            .is_empty()
    );

    // One of several routes is found by its description.
    session.execute(
        &DeleteRoute::to(prefix("198.51.100.0/24"))
            .via(first)
            .metric(7),
    )?;
    assert_eq!(shown()?.len(), 2);
    let other = DeleteRoute::to(prefix("198.51.100.0/24")).metric(8);
    assert_eq!(
        session.execute(&other).unwrap_err().errno(),
        Some(Errno::ESRCH)
    );
    session.execute(&other.if_there())?;
    Ok(())
}
