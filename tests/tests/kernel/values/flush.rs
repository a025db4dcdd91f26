//! Deletion of what a query lists, beside `ip flush`.

use super::Route;
use nltests::{Need, Outcome, Test, ip, run};
use nlwire::route::{
    GetAddresses, GetForwardingEntries, GetNeighbours, GetRules, NeighbourState, NewAddress,
    NewForwardingEntry, NewLink, NewNeighbour, NewRule, RouteTable,
};

pub(crate) const TESTS: &[Test] = &[Test {
    name: "values::tables_are_flushed",
    needs: &[Need::Namespace, Need::Program("ip")],
    run: tables_are_flushed,
}];

fn tables_are_flushed() -> Outcome {
    let mut route = Route::open()?;
    route.execute(&NewLink::bridge("br0"))?;
    route.execute(&NewLink::veth("v0", "v1").up())?;
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
