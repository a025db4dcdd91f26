//! Routes as `nl` shows them, and tables that others cut short.

use super::compare::{self, Family};
use nlsock::{Conn, Protocol};
use nltests::{Need, Network, Outcome, Test, ip, nl};
use nlwire::codec::AddressBytes;
use nlwire::route::{AF_INET, NextHop, RTA_MULTIPATH, RTM_GETROUTE, Route, RouteAttr, RouteHeader};
use nlwire::{Dump, Flags, Put, Writer, fields};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "routes::two_thousand_are_shown_as_by_ip",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: two_thousand_are_shown_as_by_ip,
    },
    Test {
        name: "routes::each_table_is_shown_as_by_ip",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: each_table_is_shown_as_by_ip,
    },
    Test {
        name: "routes::six_hundred_next_hops_do_not_cut_the_table",
        needs: &[Need::Namespace],
        run: six_hundred_next_hops_do_not_cut_the_table,
    },
    Test {
        name: "routes::an_empty_table_is_empty",
        needs: &[Need::Namespace],
        run: an_empty_table_is_empty,
    },
];

/// A veth pair that is up, with an address of each family.
fn connected() -> Result<(Network, u32), Box<dyn std::error::Error>> {
    let mut network = Network::open()?;
    let [left, right] = network.add_veth("left", "right")?;
    for index in [1, left, right] {
        network.set_up(index)?;
    }
    network.add_address(left, "10.0.0.1".parse()?, 16)?;
    network.add_address(left, "2001:db8::1".parse()?, 64)?;
    Ok((network, left))
}

fn two_thousand_are_shown_as_by_ip() -> Outcome {
    let (mut network, left) = connected()?;
    for number in 0..2000_u32 {
        let [.., high, low] = number.to_be_bytes();
        let to = Ipv4Addr::new(172, 16, high, low).into();
        let gateway = AddressBytes::Ip(Ipv4Addr::new(10, 0, high, low.max(2)).into());
        network.add_route(to, 32, |w| match number % 3 {
            0 => w.put(RouteAttr::Gateway(gateway)),
            1 => w.put(RouteAttr::OutgoingIndex(left.into())),
            _ => w
                .put(RouteAttr::Gateway(gateway))?
                .put(RouteAttr::Priority(number)),
        })?;
        let to = Ipv6Addr::from_bits(0x2001_0db8_0001 << 80 | u128::from(number)).into();
        network.add_route(to, 128, |w| w.put(RouteAttr::OutgoingIndex(left.into())))?;
    }
    assert_eq!(compare::routes(Family::V4, None)?.len(), 2001);
    // With one of the address, and a link-local one of each end.
    assert_eq!(compare::routes(Family::V6, None)?.len(), 2003);
    Ok(())
}

fn each_table_is_shown_as_by_ip() -> Outcome {
    let (mut network, _) = connected()?;
    let to = "198.51.100.0".parse()?;
    network.add_route(to, 24, |w| next_hops(w, 3))?;
    for command in [
        "route add 203.0.113.0/24 via 10.0.0.7 src 10.0.0.1 metric 7 proto bird",
        "route add default via 10.0.0.8 onlink dev left",
        "route add blackhole 192.0.2.0/24",
        "route add unreachable 192.0.2.128/25 metric 5",
        "route add 192.0.2.1 dev left scope link table 100",
        "route add 192.0.2.2 dev left table 70000",
        "route add 192.0.2.3 via inet6 2001:db8::9 dev left",
        "-6 route add default via 2001:db8::9",
        "-6 route add 2001:db8:9::/48 dev left table 100 metric 9",
        "-6 route add 2001:db8:8::/48 nexthop via 2001:db8::8 weight 2 nexthop via 2001:db8::9",
        "-6 route add prohibit 2001:db8:7::/48",
    ] {
        ip(&command.split(' ').collect::<Vec<_>>())?;
    }
    let main = compare::routes(Family::V4, None)?;
    let multipath = main
        .iter()
        .find(|row| row["dst"] == "198.51.100.0/24")
        .unwrap();
    assert_eq!(
        multipath["nexthops"].as_array().unwrap().len(),
        3,
        "{multipath}"
    );
    assert_eq!(compare::routes(Family::V4, Some("100"))?.len(), 1);
    assert_eq!(compare::routes(Family::V4, Some("70000"))?.len(), 1);
    // Before Linux 5.14 each of the two networks has a broadcast for its lowest address too.
    let local = compare::routes(Family::V4, Some("local"))?.len();
    let old = nltests::linux() < (5, 14);
    assert_eq!(local, if old { 7 } else { 5 });
    assert_eq!(compare::routes(Family::V6, Some("100"))?.len(), 1);
    compare::routes(Family::V6, None)?;
    compare::routes(Family::V6, Some("local"))?;
    compare::routes(Family::V6, Some("all"))?;
    assert!(compare::routes(Family::V4, Some("all"))?.len() > main.len());
    Ok(())
}

/// Puts so many gateways, 10.0.1.0 and up.
fn next_hops<'w, 'b>(w: &'w mut Writer<'b>, count: u32) -> Put<'w, 'b> {
    w.unmarked_nest(RTA_MULTIPATH, |w| {
        for number in 0..count {
            let gateway = IpAddr::V4(Ipv4Addr::from_bits(0x0a00_0100 + number));
            w.record(NextHop::default(), |w| {
                w.put(RouteAttr::Gateway(AddressBytes::Ip(gateway)))
            })?;
        }
        Ok(w)
    })
}

fn six_hundred_next_hops_do_not_cut_the_table() -> Outcome {
    let (mut network, _) = connected()?;
    // The first row of the table: its prefix is the lowest.
    network.add_route("1.0.0.0".parse()?, 24, |w| next_hops(w, 600))?;

    let mut conn = Conn::open(Protocol::ROUTE)?;
    let header = RouteHeader {
        family: AF_INET,
        ..RouteHeader::default()
    };
    let mut buffer = [0; 64];
    let request = Writer::message(&mut buffer, RTM_GETROUTE, Flags::empty(), &header, |w| {
        Ok(w)
    })?;
    let mut found = Vec::new();
    let mut routes = conn.query(Dump(request))?;
    while let Some(message) = routes.next()? {
        let (_, attributes) = message.split::<RouteHeader>()?;
        let route = fields!(attributes => Route { destination, multipath })?;
        let hops = route.multipath.map_or(0, |hops| hops.iter().count());
        found.push((route.destination.and_then(|to| to.ip()), hops));
    }
    assert_eq!(found[0], (Some("1.0.0.0".parse()?), 600));
    assert!(found.len() > 1, "the rows behind it: {found:?}");

    let shown = nl(&["route"])?;
    assert_eq!(shown.len(), 2, "it and the one of the address");
    assert_eq!(shown[0]["dst"], "1.0.0.0/24");
    let hops = shown[0]["nexthops"].as_array().unwrap();
    assert_eq!(hops.len(), 600);
    assert_eq!(hops[599]["gateway"], "10.0.3.87");
    assert_eq!(shown[1]["dst"], "10.0.0.0/16");
    Ok(())
}

fn an_empty_table_is_empty() -> Outcome {
    // No table at all, an empty one, and one that was emptied.
    assert!(nl(&["route"])?.is_empty());
    assert!(nl(&["addr"])?.is_empty());
    let mut network = Network::open()?;
    network.set_up(1)?;
    assert!(nl(&["route"])?.is_empty());
    assert!(!nl(&["route", "--table", "local"])?.is_empty());
    let [left, _] = network.add_veth("left", "right")?;
    network.set_up(left)?;
    network.add_route("192.0.2.0".parse()?, 24, |w| {
        w.put(RouteAttr::OutgoingIndex(left.into()))
    })?;
    assert_eq!(nl(&["route"])?.len(), 1);
    network.delete_link(left)?;
    assert!(nl(&["route"])?.is_empty());
    Ok(())
}
