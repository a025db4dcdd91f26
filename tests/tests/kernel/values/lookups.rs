//! Look-ups beside `ip route get`.

use super::{connected, words};
use nltests::{Need, Outcome, Test, ip};
use nlwire::route::{GetRoute, RouteKind, RouteTable};
use nlwire::{Errno, Query as _};
use std::net::IpAddr;

pub(crate) const TESTS: &[Test] = &[Test {
    name: "values::lookups::packets_go_where_ip_says",
    needs: &[Need::Namespace, Need::Program("ip")],
    run: packets_go_where_ip_says,
}];

fn packets_go_where_ip_says() -> Outcome {
    let (mut session, left, right) = connected()?;
    words("ip", "addr add 10.1.0.1/16 dev right")?;
    std::fs::write("/proc/sys/net/ipv4/ip_forward", "1")?;
    for command in [
        "route add 198.51.100.0/24 via 10.0.0.2 mtu 1300",
        "route add 198.51.100.0/24 via 10.1.0.7 table 7",
        "route add 198.51.100.0/24 via 10.1.0.8 table 8",
        "route add 198.51.100.0/24 via 10.1.0.9 table 9",
        "rule add priority 10 fwmark 7 lookup 7",
        "rule add priority 11 ipproto tcp dport 443 lookup 8",
        "rule add priority 13 tos 0x10 lookup 8",
        "rule add priority 14 from 10.1.0.1 lookup 9",
        "route add unreachable 203.0.113.0/24",
        "route add prohibit 203.0.114.0/24",
        "route add blackhole 203.0.115.0/24",
        "-6 route add 2001:db8:1::/48 via 2001:db8::2",
        "-6 route add 2001:db8:1::/48 via 2001:db8:a::2 table 7",
        "-6 rule add priority 10 fwmark 7 lookup 7",
    ] {
        words("ip", command)?;
    }
    let ip_of = |text: &str| text.parse::<IpAddr>().unwrap();
    let to = || GetRoute::to(ip_of("198.51.100.7"));
    let v6 = || GetRoute::to(ip_of("2001:db8:1::7"));
    for (query, theirs) in [
        (to(), "198.51.100.7"),
        (to().mark(7), "198.51.100.7 mark 7"),
        (
            to().ip_protocol(6).destination_port(443),
            "198.51.100.7 ipproto tcp dport 443",
        ),
        (
            to().ip_protocol(6).source_port(443),
            "198.51.100.7 ipproto tcp sport 443",
        ),
        (to().uid(0), "198.51.100.7 uid 0"),
        (to().tos(0x10), "198.51.100.7 tos 0x10"),
        (to().from(ip_of("10.1.0.1")), "198.51.100.7 from 10.1.0.1"),
        (to().outgoing(right), "198.51.100.7 oif right"),
        (
            to().incoming(right).from(ip_of("10.1.0.5")),
            "198.51.100.7 from 10.1.0.5 iif right",
        ),
        (to().fib_match(), "fibmatch 198.51.100.7"),
        (to().mark(7).fib_match(), "fibmatch 198.51.100.7 mark 7"),
        (GetRoute::to(ip_of("10.0.0.1")), "10.0.0.1"),
        (v6(), "2001:db8:1::7"),
        (v6().mark(7), "2001:db8:1::7 mark 7"),
        (v6().outgoing(left), "2001:db8:1::7 oif left"),
        (v6().fib_match(), "fibmatch 2001:db8:1::7"),
    ] {
        let shown = ip(&format!("-d route get {theirs}")
            .split(' ')
            .collect::<Vec<_>>())?;
        let row = session.row(&query)?;
        let row = GetRoute::row(row.get());
        let text = |value: Option<IpAddr>| value.map(|value| value.to_string());
        let theirs = |field: &str| shown[0][field].as_str().map(str::to_owned);
        assert_eq!(
            text(row.gateway()?),
            theirs("gateway"),
            "{query:?}, {shown}"
        );
        assert_eq!(
            text(row.preferred_source()?),
            theirs("prefsrc"),
            "{query:?}, {shown}"
        );
        let name = match row.link()?.map(u32::from) {
            Some(index) if index == left => "left",
            Some(index) if index == right => "right",
            other => ["", "lo"][usize::from(other == Some(1))],
        };
        assert_eq!(Some(name.to_owned()), theirs("dev"), "{query:?}, {shown}");
        let table = row.table()?;
        if let Some(number) = theirs("table") {
            assert_eq!(table.to_string(), number, "{query:?}, {shown}");
        }
        if let Some(kind) = theirs("type") {
            assert_eq!(row.kind().to_string(), kind);
        }
        if let Some(prefix) = theirs("dst") {
            let host = row.destination()?.unwrap();
            let ours = if host.is_host() {
                host.address().to_string()
            } else {
                host.to_string()
            };
            assert_eq!(ours, prefix);
        }
    }
    let row = session.row(&to().mark(7))?;
    assert_eq!(GetRoute::row(row.get()).table()?, RouteTable(7));
    let row = session.row(&to())?;
    assert_eq!(GetRoute::row(row.get()).mtu()?, Some(1300));
    let row = session.row(&GetRoute::to(ip_of("10.0.0.1")))?;
    assert_eq!(GetRoute::row(row.get()).kind(), RouteKind::LOCAL);
    for (to, errno) in [
        ("203.0.113.1", Errno::EHOSTUNREACH),
        ("203.0.114.1", Errno::EACCES),
        ("203.0.115.1", Errno::EINVAL),
        ("8.8.8.8", Errno::ENETUNREACH),
        ("2001:4860::1", Errno::ENETUNREACH),
    ] {
        let refused = session.row(&GetRoute::to(ip_of(to))).unwrap_err();
        assert_eq!(refused.errno(), Some(errno), "{to}: {refused}");
    }
    Ok(())
}
