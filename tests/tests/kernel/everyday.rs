//! The everyday requests of `nlsock::route`, beside what ip says of them.

use nlsock::route::{self, RouteSpec};
use nlsock::{Conn, ErrorKind, Protocol};
use nltests::{Need, Outcome, Test, ip};
use nlwire::route::RouteTable;
use std::net::IpAddr;

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "everyday::links_are_made_changed_and_deleted",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: links_are_made_changed_and_deleted,
    },
    Test {
        name: "everyday::addresses_are_given_and_taken",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: addresses_are_given_and_taken,
    },
    Test {
        name: "everyday::routes_are_added_replaced_and_deleted",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: routes_are_added_replaced_and_deleted,
    },
];

fn links_are_made_changed_and_deleted() -> Outcome {
    let mut conn = Conn::open(Protocol::ROUTE)?;
    route::add_link(&mut conn, "br0", "bridge")?;
    route::add_link(&mut conn, "br1", "bridge")?;
    let twice = route::add_link(&mut conn, "br0", "bridge").unwrap_err();
    assert!(twice.is_exists(), "{twice}");
    let index = route::link_index(&mut conn, "br0")?;
    route::set_link_up(&mut conn, index)?;
    route::set_link_mtu(&mut conn, index, 1400)?;

    let mut seen = Vec::new();
    let mut links = route::links(&mut conn)?;
    while let Some(link) = links.try_next()? {
        let name = link.name().unwrap().to_owned();
        seen.push((link.index(), name, link.mtu(), link.is_up()));
    }
    assert_eq!(seen[1], (index, "br0".into(), Some(1400), true));
    let names: Vec<_> = seen.iter().map(|(_, name, ..)| name.as_str()).collect();
    assert_eq!(names, ["lo", "br0", "br1"]);

    // A veth is a port of a bridge, and none any more.
    ip(&["link", "add", "v0", "type", "veth", "peer", "name", "v1"])?;
    let port = route::link_index(&mut conn, "v0")?;
    route::set_link_master(&mut conn, port, Some(index))?;
    assert_eq!(ip(&["link", "show", "v0"])?[0]["master"], "br0");
    route::set_link_master(&mut conn, port, None)?;
    assert!(ip(&["link", "show", "v0"])?[0]["master"].is_null());

    route::set_link_down(&mut conn, index)?;
    assert_eq!(ip(&["link", "show", "br0"])?[0]["operstate"], "DOWN");
    route::delete_link(&mut conn, index)?;
    assert!(
        route::delete_link(&mut conn, index)
            .unwrap_err()
            .is_not_found()
    );
    let gone = route::link_index(&mut conn, "br0").unwrap_err();
    assert!(gone.is_not_found(), "{gone}");
    for name in ["a\0b", &"a".repeat(600)] {
        let error = route::link_index(&mut conn, name).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Encode);
        let error = route::add_link(&mut conn, name, "bridge").unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Encode);
    }
    // A name that is too long for the kernel only is its to refuse.
    let error = route::add_link(&mut conn, "a-name-of-18-bytes", "bridge").unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Refused(_)), "{error}");
    Ok(())
}

fn addresses_are_given_and_taken() -> Outcome {
    let mut conn = Conn::open(Protocol::ROUTE)?;
    let v4: IpAddr = "192.0.2.1".parse()?;
    let v6: IpAddr = "2001:db8::1".parse()?;
    for (address, prefix_len) in [(v4, 24), (v6, 64)] {
        route::add_address(&mut conn, 1, address, prefix_len)?;
        let twice = route::add_address(&mut conn, 1, address, prefix_len).unwrap_err();
        assert!(twice.is_exists(), "{twice}");
    }
    let mut seen = Vec::new();
    let mut addresses = route::addresses(&mut conn)?;
    while let Some(row) = addresses.try_next()? {
        seen.push((row.link(), row.ip().unwrap(), row.prefix_len()));
    }
    assert!(seen.contains(&(1, v4, 24)), "{seen:?}");
    assert!(seen.contains(&(1, v6, 64)), "{seen:?}");
    let listed = ip(&["address", "show", "dev", "lo"])?;
    assert_eq!(listed[0]["addr_info"].as_array().unwrap().len(), seen.len());

    for (address, prefix_len) in [(v4, 24), (v6, 64)] {
        route::delete_address(&mut conn, 1, address, prefix_len)?;
        let gone = route::delete_address(&mut conn, 1, address, prefix_len).unwrap_err();
        assert!(gone.is_not_found(), "{gone}");
    }
    Ok(())
}

fn routes_are_added_replaced_and_deleted() -> Outcome {
    let mut conn = Conn::open(Protocol::ROUTE)?;
    route::set_link_up(&mut conn, 1)?;
    route::add_address(&mut conn, 1, "192.0.2.1".parse()?, 24)?;
    route::add_address(&mut conn, 1, "2001:db8::1".parse()?, 64)?;
    let v4 = RouteSpec::new("198.51.100.0".parse()?, 24).via("192.0.2.254".parse()?);
    let v6 = RouteSpec::new("2001:db8:1::".parse()?, 48).dev(1);
    let default = RouteSpec::new("0.0.0.0".parse()?, 0)
        .dev(1)
        .metric(7)
        .table(RouteTable(1000));
    for spec in [v4, v6, default] {
        route::add_route(&mut conn, spec)?;
        let twice = route::add_route(&mut conn, spec).unwrap_err();
        assert!(twice.is_exists(), "{twice}");
    }
    route::replace_route(&mut conn, v4.via("192.0.2.253".parse()?))?;

    let mut found = 0;
    let mut routes = route::routes(&mut conn)?;
    while let Some(row) = routes.try_next()? {
        let gateway = row.gateway().map(|gateway| gateway.to_string());
        let destination = row.destination().map(|destination| destination.to_string());
        match (destination.as_deref(), row.prefix_len(), row.table()) {
            (Some("198.51.100.0"), 24, RouteTable::MAIN) => {
                assert_eq!(
                    (gateway.as_deref(), row.link()),
                    (Some("192.0.2.253"), Some(1))
                );
                found += 1;
            }
            (Some("2001:db8:1::"), 48, RouteTable::MAIN) => {
                assert_eq!((gateway, row.link()), (None, Some(1)));
                found += 1;
            }
            (None, 0, RouteTable(1000)) => found += 1,
            _ => {}
        }
    }
    assert_eq!(found, 3);
    let listed = ip(&["route", "show", "table", "1000"])?;
    assert_eq!(
        (&listed[0]["dst"], &listed[0]["metric"]),
        (&"default".into(), &7.into())
    );

    for spec in [v4.via("192.0.2.253".parse()?), v6, default] {
        route::delete_route(&mut conn, spec)?;
        let gone = route::delete_route(&mut conn, spec).unwrap_err();
        assert!(gone.is_not_found(), "{gone}");
    }
    Ok(())
}
