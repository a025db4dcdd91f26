//! Deletion of what a query lists, beside `ip flush`.

use super::{Route, may_delete_forwarding_entries};
use nltests::{Need, Outcome, Test, ip, run};
use nlwire::route::{
    FilterAction, GetAddresses, GetClasses, GetFilters, GetForwardingEntries, GetNeighbours,
    GetNextHops, GetQdiscs, GetRoutes, GetRules, Handle, NeighbourState, NewAddress, NewClass,
    NewFilter, NewForwardingEntry, NewLink, NewNeighbour, NewNextHop, NewQdisc, NewRoute, NewRule,
    Rate, RouteTable, SetLink,
};

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "values::tables_are_flushed",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: tables_are_flushed,
    },
    Test {
        name: "values::forwarding_entries_are_flushed",
        needs: &[Need::Namespace, Need::Program("bridge")],
        run: forwarding_entries_are_flushed,
    },
    Test {
        name: "values::routes_are_flushed",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: routes_are_flushed,
    },
    Test {
        name: "values::traffic_is_flushed",
        needs: &[Need::Namespace, Need::Program("tc")],
        run: traffic_is_flushed,
    },
];

fn tables_are_flushed() -> Outcome {
    let mut route = Route::open()?;
    route.execute(&NewLink::bridge("br0"))?;
    route.execute(&NewLink::veth("v0", "v1").up())?;
    // A link without a carrier loses its neighbours.
    route.execute(&SetLink::by_name("v1").up())?;
    let (bridge, veth) = (route.index("br0"), route.index("v0"));
    for number in 1..=200 {
        // Secondary addresses go with the first one of their network.
        let prefix = format!("10.0.{}.{number}/24", number / 100).parse()?;
        route.execute(&NewAddress::of(bridge, prefix))?;
        let neighbour = NewNeighbour::of(veth, [192, 0, 2, number]).mac([2, 0, 0, 0, 0, number]);
        let stale = number % 2 == 0;
        let state = if stale {
            NeighbourState::STALE
        } else {
            NeighbourState::PERMANENT
        };
        route.execute(&neighbour.state(state))?;
        let rule = NewRule::v4().priority(number.into()).table(RouteTable(7));
        route.execute(&rule)?;
    }
    route.execute(&NewAddress::of(veth, "10.9.9.9/24".parse()?))?;
    assert_eq!(route.0.flush(GetAddresses::v4().link(bridge))?, 200);
    let left = run("ip", &["-4", "-oneline", "address", "show"])?;
    assert!(
        left.lines().count() == 1 && left.contains("10.9.9.9"),
        "{left}"
    );

    let stale = GetNeighbours::v4().link(veth).state(NeighbourState::STALE);
    assert_eq!(route.0.flush(stale)?, 100);
    let left = ip(&["neigh", "show", "dev", "v0", "nud", "permanent"])?;
    assert_eq!(left.as_array().unwrap().len(), 100);
    assert_eq!(route.0.flush(stale)?, 0);

    assert_eq!(route.0.flush(GetRules::v4().table(RouteTable(7)))?, 200);
    assert_eq!(ip(&["rule", "show"])?.as_array().unwrap().len(), 3);
    // The rule 0 stays.
    assert_eq!(route.0.flush(GetRules::v4())?, 2);
    assert_eq!(ip(&["rule", "show"])?[0]["priority"], 0);

    Ok(())
}

fn forwarding_entries_are_flushed() -> Outcome {
    may_delete_forwarding_entries()?;
    let mut route = Route::open()?;
    route.execute(&NewLink::vxlan("vx0", 42).port(4789).up())?;
    let vxlan = route.index("vx0");
    for last in 1..=50 {
        let entry = NewForwardingEntry::of_link(vxlan, [0; 6]).remote([198, 51, 100, last]);
        route.execute(&entry.append())?;
    }
    assert_eq!(route.0.flush(GetForwardingEntries::all().link(vxlan))?, 50);
    let left = run("bridge", &["fdb", "show", "dev", "vx0"])?;
    assert_eq!(left, "");
    Ok(())
}

fn routes_are_flushed() -> Outcome {
    let mut route = Route::open()?;
    route.execute(&SetLink::by_index(1).up())?;
    route.execute(&NewLink::veth("v0", "v1").up())?;
    let veth = route.index("v0");
    route.execute(&NewAddress::of(veth, "192.0.2.1/24".parse()?))?;
    for number in 0..200 {
        let to = format!("10.0.{number}.0/24").parse()?;
        let new = NewRoute::to(to).table(100);
        match number % 4 {
            0 => route.execute(&new.link(veth))?,
            1 => route.execute(&new.via([192, 0, 2, 9]).metric(7))?,
            2 => route.execute(&new.blackhole())?,
            _ => route.execute(&new.link(veth).tos(0x10))?,
        }
        let to = format!("2001:db8:{number}::/48").parse()?;
        route.execute(&NewRoute::to(to).link(veth).table(100))?;
    }
    let kept = "198.51.100.0/24".parse()?;
    route.execute(&NewRoute::to(kept).link(veth))?;
    let linked = GetRoutes::v4().table(100).link(veth);
    assert_eq!(route.0.flush(linked)?, 150);
    let left = ip(&["-4", "route", "show", "table", "100"])?;
    assert_eq!(left.as_array().unwrap().len(), 50);
    assert_eq!(route.0.flush(GetRoutes::all().table(100))?, 250);
    for family in ["-4", "-6"] {
        let left = run("ip", &[family, "route", "show", "table", "100"]);
        // A table that is gone is an error of ip.
        assert_eq!(left.unwrap_or_default(), "");
    }
    assert_eq!(route.0.flush(GetRoutes::all().table(100))?, 0);
    assert_eq!(route.each(&GetRoutes::v4().to(kept), |_| ())?, 1);

    // A next hop needs a carrier.
    route.execute(&SetLink::by_name("v1").up())?;
    for id in 1..=100 {
        let last = u8::try_from(id)?;
        route.execute(&NewNextHop::via(id, [192, 0, 2, last]).link(veth))?;
    }
    route.execute(&NewNextHop::blackhole(101))?;
    assert_eq!(route.0.flush(GetNextHops::all().link(veth))?, 100);
    let left = ip(&["nexthop", "show"])?;
    assert_eq!(left.as_array().unwrap().len(), 1, "{left}");
    assert_eq!(left[0]["id"], 101);
    assert_eq!(route.0.flush(GetNextHops::all())?, 1);
    Ok(())
}

fn traffic_is_flushed() -> Outcome {
    let mut route = Route::open()?;
    for (left, right) in [("v0", "v1"), ("v2", "v3")] {
        // The kernel's own discipline of a link that is up stays.
        route.execute(&NewLink::veth(left, right).up())?;
    }
    let (link, other) = (route.index("v0"), route.index("v2"));
    let root = Handle::new(1, 0);
    for link in [link, other] {
        route.execute(&NewQdisc::htb(link).handle(root))?;
        route.execute(&NewQdisc::clsact(link))?;
        for minor in 1..=100 {
            let class = Handle::new(1, minor);
            route.execute(&NewClass::htb(link, class, Rate::mbit(8)))?;
        }
        for priority in 1..=100 {
            let filter = NewFilter::u32(link, Handle::CLSACT_INGRESS).priority(priority);
            route.execute(&filter.action(FilterAction::redirect(other)))?;
        }
    }
    let filters = GetFilters::of(link, Handle::CLSACT_INGRESS);
    assert_eq!(route.0.flush(filters.priority(7))?, 1);
    assert_eq!(route.0.flush(filters)?, 99);
    assert_eq!(run("tc", &["filter", "show", "dev", "v0", "ingress"])?, "");
    assert_eq!(route.0.flush(GetClasses::of(link))?, 100);
    assert_eq!(run("tc", &["class", "show", "dev", "v0"])?, "");

    assert_eq!(route.0.flush(GetQdiscs::all().link(link))?, 2);
    let left = run("tc", &["qdisc", "show", "dev", "v0"])?;
    assert!(!left.contains("htb") && !left.contains("clsact"), "{left}");
    let left = run("tc", &["qdisc", "show", "dev", "v2"])?;
    assert!(left.contains("htb") && left.contains("clsact"), "{left}");
    assert_eq!(route.0.flush(GetQdiscs::all().kind("htb"))?, 1);
    assert_eq!(route.0.flush(GetQdiscs::all())?, 1);
    assert_eq!(route.0.flush(GetQdiscs::all())?, 0);
    Ok(())
}
