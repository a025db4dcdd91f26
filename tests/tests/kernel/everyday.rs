//! The everyday requests of `nlsock::route`, beside what ip says of them.

use nlsock::route::{self, RuleSpec};
use nlsock::{Conn, Errno, ErrorKind, Protocol};
use nltests::{Need, Outcome, Test, ip, run};
use nlwire::Prefix;
use nlwire::route::{
    DeleteClass, DeleteQdisc, DeleteRoute, GetClasses, GetFilters, GetLink, GetQdiscs, GetRoutes,
    Handle, NeighbourState, NewAddress, NewClass, NewLink, NewQdisc, NewRoute, Rate, RouteTable,
    SetLink,
};
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
    Test {
        name: "everyday::neighbours_are_added_replaced_and_deleted",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: neighbours_are_added_replaced_and_deleted,
    },
    Test {
        name: "everyday::rules_are_added_and_deleted",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: rules_are_added_and_deleted,
    },
    Test {
        name: "everyday::traffic_is_controlled",
        needs: &[Need::Namespace, Need::Program("tc")],
        run: traffic_is_controlled,
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
    while let Some(link) = links.next()? {
        let name = link.name().unwrap().to_string();
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
        assert!(matches!(error.kind(), ErrorKind::Encode(_)));
        let error = route::add_link(&mut conn, name, "bridge").unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Encode(_)));
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
    while let Some(row) = addresses.next()? {
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
    conn.execute(SetLink::by_index(1).up())?;
    conn.execute(NewAddress::of(1, "192.0.2.1/24".parse()?))?;
    conn.execute(NewAddress::of(1, "2001:db8::1/64".parse()?))?;
    let (v4, v6) = ("198.51.100.0/24".parse()?, "2001:db8:1::/48".parse()?);
    let [first, second] = [[192, 0, 2, 254], [192, 0, 2, 253]].map(IpAddr::from);
    let via = NewRoute::to(v4).via(first);
    let default = NewRoute::to(Prefix::ALL_V4).link(1).metric(7).table(1000);
    for route in [via, NewRoute::to(v6).link(1), default] {
        conn.execute(route)?;
        let twice = conn.execute(route).unwrap_err();
        assert!(twice.is_exists(), "{twice}");
    }
    conn.execute(via.via(second).replace())?;

    let mut found = 0;
    let mut routes = conn.query(GetRoutes::all())?;
    while let Some(row) = routes.next()? {
        let leads = (row.gateway()?, row.link()?);
        match (row.destination()?, row.table()?) {
            (Some(to), RouteTable::MAIN) if to == v4 => {
                assert_eq!(leads, (Some(second), Some(1.into())));
                found += 1;
            }
            (Some(to), RouteTable::MAIN) if to == v6 => {
                assert_eq!(leads, (None, Some(1.into())));
                found += 1;
            }
            (Some(Prefix::ALL_V4), RouteTable(1000)) => found += 1,
            _ => {}
        }
    }
    assert_eq!(found, 3);
    let listed = ip(&["route", "show", "table", "1000"])?;
    assert_eq!(
        (&listed[0]["dst"], &listed[0]["metric"]),
        (&"default".into(), &7.into())
    );

    let default = DeleteRoute::to(Prefix::ALL_V4).link(1).metric(7);
    for route in [
        DeleteRoute::to(v4).via(second),
        DeleteRoute::to(v6).link(1),
        default.table(1000),
    ] {
        conn.execute(route)?;
        let gone = conn.execute(route).unwrap_err();
        assert!(gone.is_not_found(), "{gone}");
    }
    Ok(())
}

fn neighbours_are_added_replaced_and_deleted() -> Outcome {
    let mut conn = Conn::open(Protocol::ROUTE)?;
    route::add_link(&mut conn, "br0", "bridge")?;
    let link = route::link_index(&mut conn, "br0")?;
    route::set_link_up(&mut conn, link)?;
    let v4: IpAddr = "192.0.2.7".parse()?;
    let v6: IpAddr = "2001:db8::7".parse()?;
    for address in [v4, v6] {
        route::add_neighbour(&mut conn, link, address, &[2, 0, 0, 0, 0, 7])?;
        let twice = route::add_neighbour(&mut conn, link, address, &[2, 0, 0, 0, 0, 7]);
        assert!(twice.unwrap_err().is_exists());
        route::replace_neighbour(&mut conn, link, address, &[2, 0, 0, 0, 0, 8])?;
    }
    let mut seen = Vec::new();
    let mut neighbours = route::neighbours(&mut conn)?;
    while let Some(row) = neighbours.next()? {
        // Others are groups that the kernel has joined.
        if row.state() == NeighbourState::PERMANENT {
            assert_eq!(row.hardware(), Some(&[2, 0, 0, 0, 0, 8][..]));
            seen.push((row.link(), row.ip().unwrap()));
        }
    }
    seen.sort();
    assert_eq!(seen, [(link, v4), (link, v6)]);
    let theirs = ip(&["neigh", "show", "nud", "permanent"])?;
    assert_eq!(theirs.as_array().unwrap().len(), 2, "{theirs}");
    assert_eq!(theirs[0]["lladdr"], "02:00:00:00:00:08");
    for address in [v4, v6] {
        route::delete_neighbour(&mut conn, link, address)?;
        let gone = route::delete_neighbour(&mut conn, link, "192.0.2.99".parse()?);
        assert!(gone.unwrap_err().is_not_found());
    }
    let theirs = ip(&["neigh", "show", "nud", "permanent"])?;
    assert_eq!(theirs.as_array().unwrap().len(), 0, "{theirs}");
    Ok(())
}

fn rules_are_added_and_deleted() -> Outcome {
    let mut conn = Conn::open(Protocol::ROUTE)?;
    let from = RuleSpec::ipv4(RouteTable(100))
        .from("198.51.100.0".parse()?, 24)
        .priority(1000);
    let to = RuleSpec::ipv6(RouteTable(70_000)).to("2001:db8::".parse()?, 32);
    let marked = RuleSpec::ipv4(RouteTable::MAIN)
        .mark(0x10, 0xff)
        .priority(1001);
    for rule in [from, to.priority(1002), marked] {
        route::add_rule(&mut conn, rule)?;
        assert!(route::add_rule(&mut conn, rule).unwrap_err().is_exists());
    }
    let mut seen = Vec::new();
    let mut rules = route::rules(&mut conn)?;
    while let Some(row) = rules.next()? {
        if (1000..1003).contains(&row.priority()) {
            seen.push((
                row.priority(),
                row.source(),
                row.destination(),
                row.mark(),
                row.table(),
            ));
        }
    }
    seen.sort_by_key(|rule| rule.0);
    let source = Some(("198.51.100.0".parse()?, 24));
    let destination = Some(("2001:db8::".parse()?, 32));
    assert_eq!(
        seen,
        [
            (1000, source, None, None, RouteTable(100)),
            (1001, None, None, Some((0x10, 0xff)), RouteTable::MAIN),
            (1002, None, destination, None, RouteTable(70_000)),
        ]
    );
    let theirs = ip(&["-details", "rule", "show", "priority", "1000"])?;
    assert_eq!(
        (&theirs[0]["src"], &theirs[0]["srclen"], &theirs[0]["table"]),
        (&"198.51.100.0".into(), &24.into(), &"100".into())
    );
    for rule in [from, to, marked] {
        route::delete_rule(&mut conn, rule)?;
        assert!(
            route::delete_rule(&mut conn, rule)
                .unwrap_err()
                .is_not_found()
        );
    }
    Ok(())
}

fn traffic_is_controlled() -> Outcome {
    let mut conn = Conn::open(Protocol::ROUTE)?;
    conn.execute(NewLink::bridge("br0"))?;
    let link = conn.get(GetLink::by_name("br0"))?.index();
    let (root, received) = (Handle::new(1, 0), Handle::new(0xffff, 0));
    conn.execute(NewQdisc::htb(link).handle(root).default_class(0x10))?;
    conn.execute(NewQdisc::ingress(link))?;
    let twice = conn.execute(NewQdisc::ingress(link));
    assert!(twice.unwrap_err().is_exists());

    let mut seen = Vec::new();
    let mut qdiscs = conn.query(GetQdiscs::all().link(link))?;
    while let Some(row) = qdiscs.next()? {
        seen.push((row.kind()?.unwrap().to_owned(), row.handle(), row.parent()));
    }
    assert_eq!(
        seen,
        [
            ("htb".into(), root, Handle::ROOT),
            ("ingress".into(), received, Handle::INGRESS)
        ]
    );

    let ten = Handle::new(1, 0x10);
    conn.execute(NewClass::htb(link, ten, Rate::mbit(1)))?;
    conn.execute(NewClass::htb(link, ten, Rate::mbit(2)).change())?;
    let mut classes = conn.query(GetClasses::of(link))?;
    let row = classes.next()?.unwrap();
    assert_eq!(
        (row.kind()?, row.handle(), row.parent()),
        (Some("htb"), ten, Handle::ROOT)
    );
    assert!(classes.next()?.is_none());
    let theirs = run("tc", &["class", "show", "dev", "br0"])?;
    assert!(theirs.contains("class htb 1:10 root"), "{theirs}");
    assert!(theirs.contains("rate 2Mbit"), "{theirs}");

    let words = "filter add dev br0 parent 1: protocol ip prio 7 basic classid 1:10";
    let filter = run("tc", &words.split(' ').collect::<Vec<_>>());
    let mut filters = conn.query(GetFilters::of(link, root))?;
    let mut found = 0;
    while let Some(row) = filters.next()? {
        assert_eq!((row.kind()?, row.priority()), (Some("basic"), 7));
        found += 1;
    }
    // Some kernels lack this kind.
    assert_eq!(found > 0, filter.is_ok());

    let deleted = conn.execute(DeleteClass::by_handle(link, ten));
    // The filter uses the class.
    assert!(deleted.is_ok() || filter.is_ok(), "{deleted:?}");
    let htb = DeleteQdisc::root(link).handle(root).kind("htb");
    for qdisc in [htb, DeleteQdisc::ingress(link)] {
        conn.execute(qdisc)?;
        let error = conn.execute(qdisc).unwrap_err();
        let errnos = [Some(Errno::ENOENT), Some(Errno::EINVAL)];
        assert!(errnos.contains(&error.errno()), "{error}");
    }
    let theirs = run("tc", &["qdisc", "show", "dev", "br0"])?;
    assert!(
        !theirs.contains("htb") && !theirs.contains("ingress"),
        "{theirs}"
    );
    Ok(())
}
