//! Lists of routes, with strict checking by the kernel and without.

use super::{connected, words};
use nlsock::{Config, Protocol, Strict};
use nltests::{Need, Outcome, Session, Test};
use nlwire::route::{GetRoutes, RouteKind, RouteProtocol, RouteTable};
use nlwire::{Prefix, Query as _};
use std::net::IpAddr;

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "values::lists::routes_are_those_that_were_asked_for",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: routes_are_those_that_were_asked_for,
    },
    Test {
        name: "values::lists::entries_of_the_cache_are_no_routes",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: entries_of_the_cache_are_no_routes,
    },
];

fn sockets() -> Result<[Session; 2], nlsock::Error> {
    let open = |strict| Session::of(Config::new(Protocol::ROUTE).strict(strict));
    Ok([open(Strict::Required)?, open(Strict::Off)?])
}

fn routes_are_those_that_were_asked_for() -> Outcome {
    let (_, left, right) = connected()?;
    words("ip", "nexthop add id 1 via 10.0.0.9 dev left")?;
    for command in [
        "route add 198.51.100.0/24 via 10.0.0.2",
        "route add 198.51.100.0/24 via 10.0.0.2 table 100",
        "route add 198.51.100.128/25 dev right table 100",
        "route add 198.51.0.0/16 via 10.0.0.3 table 70000 proto bird",
        "route add default via 10.0.0.3 proto bird",
        "route add 203.0.113.0/24 nexthop via 10.0.0.2 nexthop dev right",
        "route add 203.0.113.0/25 nhid 1",
        "route add blackhole 192.0.2.0/24 proto bird",
        "-6 route add 2001:db8:1::/48 via 2001:db8::2 table 100",
        "-6 route add 2001:db8:1:2::/64 via 2001:db8::2 proto bird",
        "-6 route add 2001:db8:2::/48 nexthop via 2001:db8::2 nexthop via fe80::9 dev right",
    ] {
        words("ip", command)?;
    }
    let prefix = |text: &str| text.parse::<Prefix>().unwrap();
    let ip_of = |text: &str| text.parse::<IpAddr>().unwrap();
    let cases = [
        (
            GetRoutes::v4().table(100),
            Some("-4 route show table 100"),
            2,
        ),
        (
            GetRoutes::v4().table(70_000),
            Some("-4 route show table 70000"),
            1,
        ),
        (
            GetRoutes::v4().table(RouteTable::MAIN),
            Some("-4 route show"),
            6,
        ),
        (GetRoutes::all().table(100), None, 3),
        (
            GetRoutes::v6().table(100),
            Some("-6 route show table 100"),
            1,
        ),
        (GetRoutes::v4().table(77), None, 0),
        (
            GetRoutes::v4().protocol(RouteProtocol::BIRD),
            Some("-4 route show table all proto bird"),
            3,
        ),
        (GetRoutes::all().protocol(RouteProtocol::BIRD), None, 4),
        (
            GetRoutes::v4().kind(RouteKind::BLACKHOLE),
            Some("-4 route show type blackhole"),
            1,
        ),
        (
            GetRoutes::v4().table(100).link(right),
            Some("-4 route show table 100 dev right"),
            1,
        ),
        (GetRoutes::v4().table(RouteTable::MAIN).link(right), None, 1),
        (GetRoutes::v4().table(RouteTable::MAIN).link(left), None, 5),
        (GetRoutes::v4().link(9999), None, 0),
        (
            GetRoutes::v6().to(prefix("2001:db8:2::/48")).link(right),
            None,
            1,
        ),
        (GetRoutes::v4().via(ip_of("10.0.0.2")), None, 3),
        (GetRoutes::v4().via(ip_of("10.0.0.9")), None, 1),
        (GetRoutes::v6().via(ip_of("fe80::9")), None, 1),
        (
            GetRoutes::v4().to(prefix("198.51.100.0/24")),
            Some("-4 route show table all exact 198.51.100.0/24"),
            2,
        ),
        (
            GetRoutes::v4().to(prefix("198.51.100.7/24")).table(100),
            None,
            1,
        ),
        (GetRoutes::v4().to(Prefix::ALL_V4), None, 1),
        (
            GetRoutes::all().within(prefix("198.51.0.0/16")),
            Some("-4 route show table all root 198.51.0.0/16"),
            4,
        ),
        (
            GetRoutes::v6().within(prefix("2001:db8:1::/48")),
            Some("-6 route show table all root 2001:db8:1::/48"),
            2,
        ),
    ];
    for (query, theirs, count) in cases {
        for mut session in sockets()? {
            let rows = session.rows(&query)?;
            assert_eq!(rows.len(), count, "{query:?}: {rows:?}");
        }
        if let Some(theirs) = theirs {
            // The hops of a route have lines of their own.
            let lines = words("ip", &format!("-o {theirs}"))?.lines().count();
            assert_eq!(lines, count, "{theirs}");
        }
    }
    let [strict, lenient] = sockets()?.map(|mut session| {
        let rows = session.rows(&GetRoutes::all()).unwrap();
        rows.iter()
            .map(|row| row.get().payload().to_vec())
            .collect::<Vec<_>>()
    });
    assert_eq!(strict, lenient);
    Ok(())
}

fn entries_of_the_cache_are_no_routes() -> Outcome {
    let (_, left, _) = connected()?;
    words("ip", "route add 198.51.100.0/24 via 10.0.0.2")?;
    // What a router reports of a smaller MTU would do the same.
    for mut session in sockets()? {
        for query in [GetRoutes::v4(), GetRoutes::v4().link(left)] {
            for row in session.rows(&query)? {
                let flags = GetRoutes::row(row.get()).flags();
                assert!(!flags.contains(nlwire::route::RouteFlags::CLONED));
            }
        }
        session.rows(&GetRoutes::v4().cached())?;
    }
    Ok(())
}
