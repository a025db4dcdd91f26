//! The everyday requests of `nlsock::route`, beside what ip says of them.

use nlsock::{Conn, Errno, ErrorKind, Protocol};
use nltests::{Need, Outcome, Test, ip, run};
use nlwire::route::{
    DeleteAddress, DeleteClass, DeleteLink, DeleteNeighbour, DeleteQdisc, DeleteRoute, DeleteRule,
    GetAddresses, GetClasses, GetFilters, GetLink, GetLinks, GetNeighbours, GetQdiscs, GetRoutes,
    GetRules, Handle, NeighbourState, NewAddress, NewClass, NewLink, NewNeighbour, NewQdisc,
    NewRoute, NewRule, Rate, RouteTable, SetLink,
};
use nlwire::{LinkIndex, Prefix};
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
    conn.execute(NewLink::bridge("br0"))?;
    conn.execute(NewLink::bridge("br1"))?;
    let twice = conn.execute(NewLink::bridge("br0")).unwrap_err();
    assert!(twice.is_exists(), "{twice}");
    let index = conn.get(GetLink::by_name("br0"))?.index();
    conn.execute(SetLink::by_index(index).up())?;
    conn.execute(SetLink::by_index(index).mtu(1400))?;

    let mut seen = Vec::new();
    let mut links = conn.query(GetLinks::all())?;
    while let Some(link) = links.next()? {
        let name = link.name()?.unwrap().to_string();
        seen.push((link.index(), name, link.mtu()?, link.is_up()));
    }
    assert_eq!(seen[1], (index, "br0".into(), Some(1400), true));
    let names: Vec<_> = seen.iter().map(|(_, name, ..)| name.as_str()).collect();
    assert_eq!(names, ["lo", "br0", "br1"]);

    // A veth becomes a port of a bridge, and stops being one.
    ip(&["link", "add", "v0", "type", "veth", "peer", "name", "v1"])?;
    let port = conn.get(GetLink::by_name("v0"))?.index();
    conn.execute(SetLink::by_index(port).master(index))?;
    assert_eq!(ip(&["link", "show", "v0"])?[0]["master"], "br0");
    conn.execute(SetLink::by_index(port).master(LinkIndex::NONE))?;
    assert!(ip(&["link", "show", "v0"])?[0]["master"].is_null());

    conn.execute(SetLink::by_index(index).down())?;
    assert_eq!(ip(&["link", "show", "br0"])?[0]["operstate"], "DOWN");
    let delete = DeleteLink::by_index(index);
    conn.execute(delete)?;
    assert!(conn.execute(delete).unwrap_err().is_not_found());
    let gone = conn.get(GetLink::by_name("br0")).unwrap_err();
    assert!(gone.is_not_found(), "{gone}");

    let error = conn.get(GetLink::by_name("a\0b")).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Encode(_)), "{error}");
    let error = conn.execute(NewLink::bridge("a\0b")).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Encode(_)), "{error}");
    // The kernel refuses names that are too long.
    let long = "a".repeat(600);
    let error = conn.get(GetLink::by_name(long.as_str())).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Refused(_)), "{error}");
    for name in ["a-name-of-18-bytes", &long] {
        let error = conn.execute(NewLink::bridge(name)).unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Refused(_)), "{error}");
    }
    Ok(())
}

fn addresses_are_given_and_taken() -> Outcome {
    let mut conn = Conn::open(Protocol::ROUTE)?;
    let prefixes: [Prefix; 2] = ["192.0.2.1/24".parse()?, "2001:db8::1/64".parse()?];
    for prefix in prefixes {
        conn.execute(NewAddress::of(1, prefix))?;
        let twice = conn.execute(NewAddress::of(1, prefix)).unwrap_err();
        assert!(twice.is_exists(), "{twice}");
    }
    let mut seen = Vec::new();
    let mut addresses = conn.query(GetAddresses::all())?;
    while let Some(row) = addresses.next()? {
        seen.push((row.link(), row.prefix()?));
    }
    for prefix in prefixes {
        assert!(seen.contains(&(LinkIndex::new(1), prefix)), "{seen:?}");
    }
    let listed = ip(&["address", "show", "dev", "lo"])?;
    assert_eq!(listed[0]["addr_info"].as_array().unwrap().len(), seen.len());

    for prefix in prefixes {
        conn.execute(DeleteAddress::of(1, prefix))?;
        let gone = conn.execute(DeleteAddress::of(1, prefix)).unwrap_err();
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
    conn.execute(NewLink::bridge("br0"))?;
    let link = conn.get(GetLink::by_name("br0"))?.index();
    conn.execute(SetLink::by_index(link).up())?;
    let [v4, v6]: [IpAddr; 2] = ["192.0.2.7".parse()?, "2001:db8::7".parse()?];
    for address in [v4, v6] {
        let neighbour = NewNeighbour::of(link, address);
        conn.execute(neighbour.mac([2, 0, 0, 0, 0, 7]))?;
        let twice = conn.execute(neighbour.mac([2, 0, 0, 0, 0, 7]));
        assert!(twice.unwrap_err().is_exists());
        conn.execute(neighbour.mac([2, 0, 0, 0, 0, 8]).replace())?;
    }
    let mut seen = Vec::new();
    let mut neighbours = conn.query(GetNeighbours::all())?;
    while let Some(row) = neighbours.next()? {
        // Others are groups that the kernel has joined.
        if row.state() == NeighbourState::PERMANENT {
            assert_eq!(row.mac()?, Some([2, 0, 0, 0, 0, 8]));
            seen.push((row.link().get(), row.ip()?.unwrap()));
        }
    }
    seen.sort();
    assert_eq!(seen, [(link.get(), v4), (link.get(), v6)]);
    let theirs = ip(&["neigh", "show", "nud", "permanent"])?;
    assert_eq!(theirs.as_array().unwrap().len(), 2, "{theirs}");
    assert_eq!(theirs[0]["lladdr"], "02:00:00:00:00:08");
    for address in [v4, v6] {
        conn.execute(DeleteNeighbour::of(link, address))?;
        let gone = conn.execute(DeleteNeighbour::of(link, [192, 0, 2, 99]));
        assert!(gone.unwrap_err().is_not_found());
    }
    let theirs = ip(&["neigh", "show", "nud", "permanent"])?;
    assert_eq!(theirs.as_array().unwrap().len(), 0, "{theirs}");
    Ok(())
}

fn rules_are_added_and_deleted() -> Outcome {
    let mut conn = Conn::open(Protocol::ROUTE)?;
    let source = "198.51.100.0/24".parse()?;
    let destination = "2001:db8::/32".parse()?;
    let main = RouteTable::MAIN;
    let from = NewRule::v4().from(source).table(RouteTable(100));
    let to = NewRule::v6().to(destination).table(RouteTable(70_000));
    let marked = NewRule::v4().mark(0x10, 0xff).table(main);
    for rule in [
        from.priority(1000),
        marked.priority(1001),
        to.priority(1002),
    ] {
        conn.execute(rule)?;
        assert!(conn.execute(rule).unwrap_err().is_exists());
    }
    let mut seen = Vec::new();
    let mut rules = conn.query(GetRules::all())?;
    while let Some(row) = rules.next()? {
        let priority = row.priority()?;
        if (1000..1003).contains(&priority) {
            let selectors = (row.source()?, row.destination()?, row.mark()?);
            seen.push((priority, selectors, row.table()?));
        }
    }
    seen.sort_by_key(|rule| rule.0);
    assert_eq!(
        seen,
        [
            (1000, (Some(source), None, None), RouteTable(100)),
            (1001, (None, None, Some((0x10, 0xff))), main),
            (1002, (None, Some(destination), None), RouteTable(70_000)),
        ]
    );
    let theirs = ip(&["-details", "rule", "show", "priority", "1000"])?;
    assert_eq!(
        (&theirs[0]["src"], &theirs[0]["srclen"], &theirs[0]["table"]),
        (&"198.51.100.0".into(), &24.into(), &"100".into())
    );
    let from = DeleteRule::v4().from(source).table(RouteTable(100));
    let marked = DeleteRule::v4().mark(0x10, 0xff).table(main);
    // Without a priority the kernel deletes the first rule that matches.
    let to = DeleteRule::v6().to(destination).table(RouteTable(70_000));
    for rule in [from.priority(1000), marked.priority(1001), to] {
        conn.execute(rule)?;
        assert!(conn.execute(rule).unwrap_err().is_not_found());
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
