//! Multicast routing, and what routers advertise, beside `ip` and the kernel's files.

use super::{Route, connected, words};
use nlsock::{Errno, Protocol};
use nltests::{
    Message, Missing, MulticastRouter, Need, Network, Outcome, Session, Test, capture, ip,
};
use nlwire::pretty::Pretty;
use nlwire::route::{
    AfSpec, CacheReport, CacheReportKind, Change, DeleteRoute, GetMulticastTables, GetRoutes, Hop,
    Link, MulticastInterface, MulticastInterfaces, MulticastTable, NETLINK_ROUTE, NdOption,
    NewRoute, RTNLGRP_IPV4_MROUTE, RTNLGRP_IPV4_MROUTE_R, RTNLGRP_IPV6_MROUTE_R,
    RTNLGRP_IPV6_PREFIX, RTNLGRP_ND_USEROPT, RouteKind, RouteProtocol,
};
use nlwire::{LinkIndex, Query as _, fields};
use rustix::net::{
    AddressFamily, SendFlags, SocketFlags, SocketType, ipproto, sendto, socket_with, sockopt,
};
use serde_json::Value;
use std::error::Error;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddrV6, UdpSocket};

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "values::multicast_routes_are_those_of_ip",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: multicast_routes_are_those_of_ip,
    },
    Test {
        name: "values::multicast_routes_of_ipv6_are_those_of_ip",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: multicast_routes_of_ipv6_are_those_of_ip,
    },
    Test {
        name: "values::router_advertisements_are_reported",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: router_advertisements_are_reported,
    },
];

/// Creates a table; a kernel may lack multicast routing.
fn router(made: std::io::Result<MulticastRouter>) -> Result<MulticastRouter, Box<dyn Error>> {
    made.map_err(|error| match error.raw_os_error() {
        Some(code) if code == Errno::ENOPROTOOPT.0 => {
            Missing("kernel: multicast routing".into()).into()
        }
        _ => error.into(),
    })
}

fn tree(message: &Message) -> String {
    Pretty::new(message.get().as_bytes(), Some(NETLINK_ROUTE)).to_string()
}

fn multicast_routes_are_those_of_ip() -> Outcome {
    let (mut session, left, right) = connected()?;
    let _router = router(MulticastRouter::v4(&[left, right]))?;
    let groups = [RTNLGRP_IPV4_MROUTE, RTNLGRP_IPV4_MROUTE_R];
    let mut events = Session::listen(Protocol::ROUTE, &groups)?;
    let (source, group) = (Ipv4Addr::new(10, 0, 0, 1), Ipv4Addr::new(239, 1, 1, 1));

    // A packet without a route.
    words("ip", "route add 239.0.0.0/8 dev left")?;
    let socket = UdpSocket::bind((source, 0))?;
    socket.send_to(b"anybody", (group, 9))?;
    let told = events.wait_for(|one| matches!(Change::of(one), Change::CacheReport(_)))?;
    capture("route-object-cache-report", told.get().as_bytes())?;
    let Change::CacheReport(row) = Change::of(told.get()) else {
        unreachable!("it was waited for");
    };
    let report = fields!(row.attributes => CacheReport { kind, interface, group, packet })?;
    assert_eq!(report.kind, Some(CacheReportKind::NO_CACHE));
    assert_eq!(report.interface, Some(0));
    let to = report.group.and_then(|group| group.ip());
    assert_eq!(to, Some(IpAddr::from(group)), "{row:?}");
    // The packet itself waits in the kernel.
    assert_eq!(report.packet.map(<[u8]>::len), Some(8));
    assert!(tree(&told).contains("IPMRA_CREPORT_MSGTYPE: nocache"));

    // The virtual interfaces are the positions of the next hops.
    let hops = [Hop::on(left).threshold(0), Hop::on(right).threshold(1)];
    let route = NewRoute::multicast(source, group, left).hops(&hops);
    session.execute(&route)?;
    events.wait_for(|one| {
        matches!(Change::of(one), Change::NewRoute(row) if row.header.kind == RouteKind::MULTICAST)
    })?;
    let shown = ip(&["mroute", "show"])?[0].clone();
    assert_eq!(shown["dst"], "239.1.1.1", "{shown}");
    assert_eq!(shown["iif"], "left");
    let oifs = shown["multipath"].as_array().unwrap().iter();
    let oifs: Vec<_> = oifs.map(|one| one["oif"].clone()).collect();
    assert_eq!(oifs, [Value::from("right")], "{shown}");

    let rows = session.rows(&GetRoutes::v4_multicast())?;
    let [message] = rows.as_slice() else {
        panic!("{rows:?}");
    };
    let row = GetRoutes::row(message.get());
    assert_eq!(row.destination()?, Some("239.1.1.1/32".parse()?));
    assert_eq!(row.protocol(), RouteProtocol::STATIC);
    let outgoing: Vec<_> = row.hops()?.map(|hop| hop.unwrap().link.get()).collect();
    assert_eq!(outgoing, [right]);
    let text = tree(message);
    for part in [
        "RTA_SRC: 10.0.0.1",
        "RTA_MFC_STATS: packets 1",
        "RTA_TABLE: default",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(session.rows(&GetRoutes::v4())?.len() > 1);

    tables(&mut session, [left, right])?;

    session.execute(&DeleteRoute::of_row(&row))?;
    events.wait_for(|one| matches!(Change::of(one), Change::DelRoute(_)))?;
    assert_eq!(ip(&["mroute", "show"])?, Value::Array(Vec::new()));
    let gone = DeleteRoute::multicast(source, group);
    let error = session.execute(&gone).unwrap_err();
    assert_eq!(error.errno(), Some(Errno::ENOENT), "{error}");
    session.execute(&gone.if_there())?;
    session.execute(&route)?;
    session.execute(&gone)?;
    let mut conn = Route::open()?;
    conn.execute(&route)?;
    assert_eq!(conn.0.flush(GetRoutes::v4_multicast())?, 1);
    Ok(())
}

/// Compares the virtual interfaces of the table with the kernel's file.
fn tables(session: &mut Session, links: [u32; 2]) -> Outcome {
    let file = std::fs::read_to_string("/proc/self/net/ip_mr_vif")?;
    let lines: Vec<Vec<_>> = file
        .lines()
        .skip(1)
        .map(|one| one.split_whitespace().collect())
        .collect();
    let rows = session.rows(&GetMulticastTables::all())?;
    let row = GetMulticastTables::row(rows.first().ok_or("no table")?.get());
    let Some(AfSpec::Multicast(table)) = fields!(row.attributes => Link { af_spec })?.af_spec
    else {
        panic!("{row:?}");
    };
    let table = fields!(table => MulticastTable { id, unresolved, interfaces })?;
    assert_eq!((table.id, table.unresolved), (Some(253), Some(0)));
    let interfaces = fields!(table.interfaces.ok_or("none")? => MulticastInterfaces { interface })?;
    let mut seen = Vec::new();
    for (line, interface) in lines.iter().zip(interfaces.interface.into_iter().flatten()) {
        let one = fields!(interface? => MulticastInterface { index, id, tx_packets })?;
        assert_eq!(one.id.map(|id| id.to_string()).as_deref(), Some(line[0]));
        assert_eq!(
            one.tx_packets.map(|count| count.to_string()).as_deref(),
            Some(line[5])
        );
        seen.push(one.index);
    }
    assert_eq!(seen, links.map(|link| Some(LinkIndex::new(link))));
    Ok(())
}

fn multicast_routes_of_ipv6_are_those_of_ip() -> Outcome {
    let (mut session, left, right) = connected()?;
    let router = router(MulticastRouter::v6(&[left, right]))?;
    let mut events = Session::listen(Protocol::ROUTE, &[RTNLGRP_IPV6_MROUTE_R])?;
    let (source, group) = (
        "2001:db8::1".parse::<Ipv6Addr>()?,
        "ff1e::7".parse::<Ipv6Addr>()?,
    );
    words(
        "ip",
        "-6 route add multicast ff1e::/16 dev left table local metric 1",
    )?;
    let socket = UdpSocket::bind((source, 0))?;
    socket.send_to(b"anybody", (group, 9))?;
    let told = events.wait_for(|one| matches!(Change::of(one), Change::CacheReport(_)))?;
    let text = tree(&told);
    for part in [
        "IPMRA_CREPORT_MSGTYPE: nocache",
        "IPMRA_CREPORT_DST_ADDR: ff1e::7",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    router.add_v6(source, group)?;
    let shown = ip(&["-6", "mroute", "show"])?[0].clone();
    assert_eq!(shown["dst"], "ff1e::7", "{shown}");
    let rows = session.rows(&GetRoutes::v6_multicast())?;
    let [message] = rows.as_slice() else {
        panic!("{rows:?}");
    };
    let row = GetRoutes::row(message.get());
    assert_eq!(row.destination()?, Some("ff1e::7/128".parse()?));
    assert_eq!(
        row.hops()?
            .map(|hop| hop.unwrap().link.get())
            .collect::<Vec<_>>(),
        [right]
    );
    Ok(())
}

/// Router advertisement with a prefix, name servers and search domains.
fn advertisement() -> Vec<u8> {
    let prefix = Ipv6Addr::new(0x2001, 0xdb8, 7, 0, 0, 0, 0, 0);
    let server = Ipv6Addr::new(0x2001, 0xdb8, 7, 0, 0, 0, 0, 0x53);
    // Type, code, checksum of the kernel, hop limit, flags, router's lifetime, timers.
    let mut bytes = vec![134, 0, 0, 0, 64, 0, 0x07, 0x08];
    bytes.extend([0; 8]);
    // Prefix: on the link, for addresses, valid for a day.
    bytes.extend([3, 4, 64, 0xc0]);
    for number in [86_400_u32, 14_400, 0] {
        bytes.extend(number.to_be_bytes());
    }
    bytes.extend(prefix.octets());
    // RDNSS and DNSSL of RFC 8106, for 600 seconds.
    bytes.extend([25, 3, 0, 0, 0, 0, 2, 88]);
    bytes.extend(server.octets());
    bytes.extend([31, 3, 0, 0, 0, 0, 2, 88]);
    bytes.extend(b"\x07example\x03org\0\0\0\0");
    bytes
}

fn router_advertisements_are_reported() -> Outcome {
    let mut network = Network::open()?;
    let [left, right] = network.add_veth("left", "right")?;
    for name in ["left", "right"] {
        words("ip", &format!("link set {name} addrgenmode none"))?;
        // The router is on this machine.
        let file = format!("/proc/sys/net/ipv6/conf/{name}/accept_ra_from_local");
        std::fs::write(file, "1")?;
        words("ip", &format!("link set {name} up"))?;
    }
    words("ip", "addr add fe80::1/64 dev left nodad")?;
    words("ip", "addr add fe80::2/64 dev right nodad")?;
    let groups = [RTNLGRP_IPV6_PREFIX, RTNLGRP_ND_USEROPT];
    let mut events = Session::listen(Protocol::ROUTE, &groups)?;

    let flags = SocketFlags::CLOEXEC;
    let protocol = Some(ipproto::ICMPV6);
    let socket = socket_with(AddressFamily::INET6, SocketType::RAW, flags, protocol)?;
    // Hosts believe no advertisement that a router has forwarded.
    sockopt::set_ipv6_multicast_hops(&socket, 255)?;
    let hosts = SocketAddrV6::new("ff02::1".parse()?, 0, 0, right);
    sendto(&socket, &advertisement(), SendFlags::empty(), &hosts)?;

    let (mut prefix, mut servers, mut domains) = (None, Vec::new(), Vec::new());
    while prefix.is_none() || servers.is_empty() || domains.is_empty() {
        let message = events.wait_for(|_| true)?;
        match Change::of(message.get()) {
            Change::NewPrefix(row) if row.link().get() == left => {
                assert!(row.is_on_link() && row.is_autoconf(), "{row:?}");
                let valid = row.lifetimes()?.map(|times| times.valid.get());
                assert_eq!(valid, Some(86_400));
                assert!(tree(&message).contains("PREFIX_ADDRESS: 2001:db8:7::"));
                prefix = Some(row.prefix()?);
                capture("route-object-prefix", message.get().as_bytes())?;
            }
            Change::NdOptions(row) if row.link().get() == left => {
                assert_eq!(row.source()?, Some("fe80::2".parse()?));
                capture("route-object-option", message.get().as_bytes())?;
                for option in row.options() {
                    match option {
                        NdOption::DnsServers {
                            lifetime,
                            servers: of,
                        } => {
                            assert_eq!(lifetime, 600);
                            servers.extend(of);
                        }
                        NdOption::DnsSearch { domains: of, .. } => {
                            domains.extend(of.map(|domain| domain.to_string()));
                        }
                        // Younger kernels have the prefix among the options, too.
                        NdOption::Other { kind, .. } => assert_eq!(kind, 3, "{option:?}"),
                        _ => panic!("{option:?}"),
                    }
                }
            }
            _ => {}
        }
    }
    assert_eq!(prefix, Some("2001:db8:7::/64".parse()?));
    assert_eq!(servers, ["2001:db8:7::53".parse::<Ipv6Addr>()?]);
    assert_eq!(domains, ["example.org"]);
    Ok(())
}
