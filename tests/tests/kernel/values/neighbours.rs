//! Neighbours beside `ip neighbour`, forwarding entries beside `bridge fdb`.

use super::{Route, compare, may_delete_forwarding_entries};
use nlsock::{Errno, Protocol};
use nltests::{Message, Missing, Need, Outcome, Session, Test, ip, run};
use nlwire::route::{
    DeleteForwardingEntry, DeleteNeighbour, GetForwardingEntries, GetNeighbour, GetNeighbours,
    NeighbourFlags, NeighbourFlagsExt, NeighbourState, NewForwardingEntry, NewLink, NewNeighbour,
    RouteProtocol, SetLink,
};
use nlwire::{LinkIndex, Query as _};
use serde_json::{Value, json};
use std::net::IpAddr;

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "values::neighbours_have_all_settings",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: neighbours_have_all_settings,
    },
    Test {
        name: "values::neighbours_are_managed_by_the_kernel",
        needs: &[Need::Namespace],
        run: neighbours_are_managed_by_the_kernel,
    },
    Test {
        name: "values::neighbours_are_listed_by_device_and_state",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: neighbours_are_listed_by_device_and_state,
    },
    Test {
        name: "values::each_state_of_neighbours_is_that_of_ip",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: each_state_of_neighbours_is_that_of_ip,
    },
    Test {
        name: "values::forwarding_entries_are_those_of_bridge",
        needs: &[Need::Namespace, Need::Program("bridge")],
        run: forwarding_entries_are_those_of_bridge,
    },
    Test {
        name: "values::forwarding_entries_of_bridges",
        needs: &[Need::Namespace, Need::Program("bridge")],
        run: forwarding_entries_of_bridges,
    },
    Test {
        name: "values::forwarding_entries_of_vxlans",
        needs: &[Need::Namespace, Need::Program("bridge")],
        run: forwarding_entries_of_vxlans,
    },
];

const MAC: [u8; 6] = [2, 0, 0, 0, 0, 7];

/// Entries of `bridge fdb show` for a MAC address.
fn entries(args: &[&str], mac: &str) -> Vec<Value> {
    let text = run("bridge", &[&["-json", "fdb", "show"], args].concat()).unwrap();
    let all: Vec<Value> = serde_json::from_str(&text).unwrap();
    all.into_iter()
        .filter(|entry| entry["mac"] == mac)
        .collect()
}

/// Creates a link with a carrier. The kernel deletes neighbours of a link that has
/// none, a moment after it is set up.
fn veth(route: &mut Route, name: &str, peer: &str) -> LinkIndex {
    route.execute(&NewLink::veth(name, peer).up()).unwrap();
    route.execute(&SetLink::by_name(peer).up()).unwrap();
    route.index(name)
}

fn neighbours_have_all_settings() -> Outcome {
    let mut route = Route::open()?;
    let link = veth(&mut route, "v0", "v1");
    let v4: IpAddr = "192.0.2.7".parse()?;
    let v6: IpAddr = "2001:db8::7".parse()?;
    for ip in [v4, v6] {
        let neighbour = NewNeighbour::of(link, ip).mac(MAC);
        route.execute(&neighbour)?;
        route.refused(&neighbour, Errno::EEXIST);
        route.execute(&neighbour.if_absent())?;
        let other = neighbour
            .mac([2, 0, 0, 0, 0, 8])
            .state(NeighbourState::STALE);
        let other = other
            .flags(NeighbourFlags::ROUTER)
            .origin(RouteProtocol::STATIC);
        route.execute(&other.replace())?;
        let text = ip.to_string();
        let shown = nltests::ip(&["-details", "neigh", "show", &text])?;
        assert_eq!(shown[0]["lladdr"], "02:00:00:00:00:08");
        assert_eq!(
            (&shown[0]["state"], &shown[0]["protocol"]),
            (&json!(["STALE"]), &json!("static"))
        );
        assert!(
            shown[0].as_object().unwrap().contains_key("router"),
            "{shown}"
        );
        let read = |row: nlwire::route::NeighbourRow<'_>| {
            assert_eq!(
                (row.ip(), row.state()),
                (Ok(Some(ip)), NeighbourState::STALE)
            );
            assert_eq!(row.origin(), Ok(RouteProtocol::STATIC));
        };
        assert_eq!(route.each(&GetNeighbour::of(link, ip), read)?, 1);
    }
    // A proxy is another object than a neighbour of the same address.
    route.execute(&NewNeighbour::proxy(link, v4))?;
    let shown = nltests::ip(&["neigh", "show", "proxy"])?;
    assert_eq!(
        (&shown[0]["dst"], &shown[0]["dev"]),
        (&json!("192.0.2.7"), &json!("v0"))
    );
    assert_eq!(
        route.each(&GetNeighbours::all().proxies(), |row| assert!(
            row.is_proxy()
        ))?,
        1
    );
    assert_eq!(route.each(&GetNeighbour::proxy(link, v4), |_| {})?, 1);
    route.execute(&DeleteNeighbour::of(link, v4))?;
    assert_eq!(route.each(&GetNeighbour::proxy(link, v4), |_| {})?, 1);
    route.execute(&DeleteNeighbour::proxy(link, v4))?;
    route.refused(&DeleteNeighbour::proxy(link, v4), Errno::ENOENT);
    route.execute(&DeleteNeighbour::proxy(link, v4).if_there())?;

    let mut rows = Vec::new();
    route.each(
        &GetNeighbours::v6().link(link).state(NeighbourState::STALE),
        |row| {
            rows.push(DeleteNeighbour::of_row(&row).unwrap());
        },
    )?;
    assert_eq!(rows.len(), 1);
    route.execute(&rows[0])?;
    assert_eq!(nltests::ip(&["neigh", "show", "nud", "stale"])?, json!([]));
    Ok(())
}

/// The kernel finds the MAC address of a managed neighbour, and keeps it up to date.
fn neighbours_are_managed_by_the_kernel() -> Outcome {
    let mut route = Route::open()?;
    let link = veth(&mut route, "v0", "v1");
    let managed = NewNeighbour::of(link, [192, 0, 2, 8]).flags_ext(NeighbourFlagsExt::MANAGED);
    let made = route.execute(&managed);
    let mut flags = NeighbourFlagsExt::empty();
    if made.is_ok() {
        route.each(&GetNeighbour::of(link, [192, 0, 2, 8]), |row| {
            flags = row.flags_ext().unwrap();
        })?;
    }
    if flags.is_empty() {
        // Linux 5.10 has neither the flag nor its attribute `NDA_FLAGS_EXT`.
        return Err(Missing(format!("kernel: managed neighbours ({made:?})")).into());
    }
    assert_eq!(flags, NeighbourFlagsExt::MANAGED);
    Ok(())
}

fn neighbours_are_listed_by_device_and_state() -> Outcome {
    let mut route = Route::open()?;
    let links = [veth(&mut route, "v0", "v1"), veth(&mut route, "w0", "w1")];
    for (link, name) in links.into_iter().zip(["v0", "w0"]) {
        let last = link.get().to_string();
        for (state, number) in [("permanent", "1"), ("stale", "2"), ("noarp", "3")] {
            let ip_text = format!("192.0.2.{number}{last}");
            ip(&[
                "neigh",
                "add",
                &ip_text,
                "lladdr",
                "02:00:00:00:00:07",
                "nud",
                state,
                "dev",
                name,
            ])?;
        }
        ip(&["neigh", "add", "proxy", "192.0.2.99", "dev", name])?;
    }
    let [first, _] = links;
    for mut route in Route::both()? {
        let mut list = |query: GetNeighbours| {
            let mut seen = Vec::new();
            let push = |row: nlwire::route::NeighbourRow<'_>| {
                seen.push((row.link(), row.ip().unwrap().unwrap().to_string()));
            };
            route.each(&query, push).unwrap();
            seen.retain(|(_, ip)| ip.starts_with("192.0.2."));
            seen.sort();
            seen
        };
        let of = |number: u32| (first, format!("192.0.2.{number}{first}"));
        assert_eq!(list(GetNeighbours::v4().link(first)), [of(1), of(2), of(3)]);
        let stale = GetNeighbours::all().state(NeighbourState::STALE);
        assert_eq!(list(stale).len(), 2);
        assert_eq!(list(stale.link(first)), [of(2)]);
        let two = NeighbourState::STALE | NeighbourState::PERMANENT;
        assert_eq!(
            list(GetNeighbours::v4().link(first).state(two)),
            [of(1), of(2)]
        );
        assert_eq!(list(GetNeighbours::v6()), []);
        assert_eq!(list(GetNeighbours::all()).len(), 6);
        let proxies = GetNeighbours::all().proxies();
        assert_eq!(list(proxies).len(), 2);
        assert_eq!(
            list(proxies.link(first)),
            [(first, "192.0.2.99".to_owned())]
        );
    }
    Ok(())
}

/// The fixed header and the attributes, without times and the number of probes.
fn same(message: &Message) -> String {
    let row = GetNeighbours::row(message.get());
    let attributes = row.attributes.typed::<nlwire::route::Neighbour>().iter();
    let texts = attributes.map(|one| format!("{one:?}"));
    let kept = texts.filter(|text| !text.contains("CacheInfo") && !text.contains("Probes"));
    // The kernel probes at once after a delay of 0.
    let header = format!("{:?}", row.header).replace("DELAY", "PROBE");
    format!("{header} {:?}", kept.collect::<Vec<_>>())
}

fn each_state_of_neighbours_is_that_of_ip() -> Outcome {
    let link = veth(&mut Route::open()?, "v0", "v1");
    let mut session = Session::open(Protocol::ROUTE)?;
    let v4 = || NewNeighbour::of(link, [192, 0, 2, 7]);
    let v6 = || NewNeighbour::of(link, "2001:db8::7".parse::<IpAddr>().unwrap());
    let mac = "lladdr 02:00:00:00:00:07";
    let (nud, flags) = (NeighbourState::STALE, "nud stale");
    let mut cases = vec![
        (v4().mac(MAC), mac.to_owned()),
        (
            v4().mac(MAC).state(nud).flags(NeighbourFlags::ROUTER),
            format!("{mac} {flags} router"),
        ),
        (
            v4().mac(MAC).state(nud).flags(NeighbourFlags::EXT_LEARNED),
            format!("{mac} {flags} extern_learn"),
        ),
        (
            v4().mac(MAC).state(nud).origin(RouteProtocol::BGP),
            format!("{mac} {flags} protocol bgp"),
        ),
    ];
    for (state, name) in [
        (NeighbourState::PERMANENT, "permanent"),
        (NeighbourState::NOARP, "noarp"),
        (NeighbourState::REACHABLE, "reachable"),
        (NeighbourState::STALE, "stale"),
        (NeighbourState::DELAY, "delay"),
        (NeighbourState::PROBE, "probe"),
        (NeighbourState::FAILED, "failed"),
        (NeighbourState::INCOMPLETE, "incomplete"),
        (NeighbourState::empty(), "none"),
    ] {
        let request = match name {
            "failed" | "incomplete" | "none" => (v4(), v6(), format!("nud {name}")),
            _ => (v4().mac(MAC), v6().mac(MAC), format!("{mac} nud {name}")),
        };
        let (v4, v6, words) = request;
        cases.push((v4.state(state), words.clone()));
        cases.push((v6.state(state), words));
    }
    let delete = |session: &mut Session, message: &Message| -> Outcome {
        let row = GetNeighbours::row(message.get());
        Ok(session.execute(&DeleteNeighbour::of_row(&row)?)?)
    };
    for (ours, words) in &cases {
        let ip = if format!("{ours:?}").contains("2001:db8") {
            "2001:db8::7"
        } else {
            "192.0.2.7"
        };
        let theirs = format!("neigh add {ip} {words} dev v0");
        let theirs = ("ip", theirs.as_str());
        // Without those that the kernel finds by itself.
        let query = GetNeighbours::all().link(link);
        let of_test = |message: &Message| {
            let row = GetNeighbours::row(message.get());
            match row.ip().unwrap().map(|ip| ip.to_string()) {
                Some(found) if found == ip => same(message),
                _ => String::new(),
            }
        };
        // One that is always there, so that others are known.
        session.execute(&NewNeighbour::of(link, [192, 0, 2, 99]).mac(MAC).replace())?;
        compare(&mut session, &query, ours, theirs, of_test, delete)?;
    }
    for (ours, ip) in [
        (NewNeighbour::proxy(link, [192, 0, 2, 7]), "192.0.2.7"),
        (
            NewNeighbour::proxy(link, "2001:db8::7".parse::<IpAddr>()?),
            "2001:db8::7",
        ),
    ] {
        let theirs = format!("neigh add proxy {ip} dev v0");
        let query = GetNeighbours::all().proxies();
        let theirs = ("ip", theirs.as_str());
        compare(&mut session, &query, &ours, theirs, same, delete)?;
    }
    Ok(())
}

fn forwarding_entries_are_those_of_bridge() -> Outcome {
    may_delete_forwarding_entries()?;
    let mut route = Route::open()?;
    route.execute(&NewLink::bridge("br0").up())?;
    let bridge = route.index("br0");
    route.execute(&NewLink::veth("v0", "v1").master(bridge).up())?;
    let port = route.index("v0");
    // A port learns nothing without a carrier.
    route.execute(&SetLink::by_name("v1").up())?;
    let plain = NewLink::vxlan("vx0", 42).port(4789).learning(false);
    route.execute(&plain.local([192, 0, 2, 1]).up())?;
    route.execute(&NewLink::external_vxlan("vx1").port(4790).up())?;
    let here: IpAddr = "2001:db8::1".parse()?;
    route.execute(&NewLink::vxlan("vx6", 44).port(4791).local(here).up())?;
    let (vxlan, external) = (route.index("vx0"), route.index("vx1"));
    let six = route.index("vx6");
    let on_port = || NewForwardingEntry::of_port(port, MAC);
    let remote = || NewForwardingEntry::of_link(vxlan, MAC).remote([192, 0, 2, 9]);
    let v6: IpAddr = "2001:db8::9".parse()?;
    let behind = NeighbourState::NOARP | NeighbourState::REACHABLE;
    let mut session = Session::open(Protocol::ROUTE)?;
    let delete = |session: &mut Session, message: &Message| -> Outcome {
        let row = GetForwardingEntries::row(message.get());
        // The deletion of the entry without a VLAN takes the others along.
        Ok(session.execute(&DeleteForwardingEntry::of_row(&row)?.if_there())?)
    };
    // The kernel has entries of its own, which are all the same here.
    for link in [port, bridge, vxlan, external, six] {
        let other = NewForwardingEntry::of_link(link, [2, 0, 0, 0, 0, 99]);
        let remote = if link == six {
            v6
        } else {
            [192, 0, 2, 8].into()
        };
        route.execute(&other.remote(remote))?;
    }
    let of_test = |message: &Message| match GetForwardingEntries::row(message.get()).mac() {
        Ok(Some(MAC)) => same(message),
        _ => String::new(),
    };
    for (ours, link, theirs) in [
        (on_port(), port, "dev v0 master permanent"),
        (on_port().state(behind), port, "dev v0 master static"),
        (
            on_port().state(NeighbourState::REACHABLE),
            port,
            "dev v0 master dynamic",
        ),
        (
            on_port().state(behind).flags(NeighbourFlags::STICKY),
            port,
            "dev v0 master static sticky",
        ),
        (
            NewForwardingEntry::of_link(bridge, MAC),
            bridge,
            "dev br0 self permanent",
        ),
        (remote(), vxlan, "dev vx0 self permanent dst 192.0.2.9"),
        (
            remote().state(NeighbourState::REACHABLE),
            vxlan,
            "dev vx0 self dynamic dst 192.0.2.9",
        ),
        (
            remote().port(4790).vni(43).via(port),
            vxlan,
            "dev vx0 self permanent dst 192.0.2.9 port 4790 vni 43 via v0",
        ),
        (
            NewForwardingEntry::of_link(external, MAC)
                .remote([192, 0, 2, 9])
                .source_vni(7)
                .vni(8),
            external,
            "dev vx1 self permanent dst 192.0.2.9 src_vni 7 vni 8",
        ),
        (
            NewForwardingEntry::of_link(six, MAC).remote(v6),
            six,
            "dev vx6 self permanent dst 2001:db8::9",
        ),
    ] {
        let theirs = format!("fdb add 02:00:00:00:00:07 {theirs}");
        let theirs = ("bridge", theirs.as_str());
        let query = GetForwardingEntries::all().link(link);
        compare(&mut session, &query, &ours, theirs, of_test, delete)?;
    }
    Ok(())
}

fn forwarding_entries_of_bridges() -> Outcome {
    may_delete_forwarding_entries()?;
    let mut route = Route::open()?;
    route.execute(&NewLink::bridge("br0").up())?;
    route.execute(&NewLink::bridge("br1").up())?;
    let bridge = route.index("br0");
    route.execute(&NewLink::veth("v0", "v1").master(bridge).up())?;
    let port = route.index("v0");
    let text = "02:00:00:00:00:07";
    let entry = NewForwardingEntry::of_port(port, MAC);
    route.execute(&entry.state(NeighbourState::NOARP | NeighbourState::REACHABLE))?;
    route.refused(&entry, Errno::EEXIST);
    let shown = entries(&["br", "br0"], text);
    // A kernel with VLANs of bridges has an entry for each, and one for none.
    assert!([1, 2].contains(&shown.len()), "{shown:?}");
    assert_eq!(
        (&shown[0]["ifname"], &shown[0]["master"]),
        (&json!("v0"), &json!("br0"))
    );
    assert_eq!(shown[0]["state"], "static");
    let dynamic = entry
        .state(NeighbourState::REACHABLE)
        .flags(NeighbourFlags::STICKY);
    route.execute(
        &dynamic
            .state(NeighbourState::NOARP | NeighbourState::REACHABLE)
            .replace(),
    )?;
    assert_eq!(entries(&["br", "br0"], text)[0]["flags"], json!(["sticky"]));
    // The bridge's own address, in its own table.
    route.execute(&NewForwardingEntry::of_link(bridge, [2, 0, 0, 0, 0, 9]))?;
    for mut route in Route::both()? {
        let mut list = |query: GetForwardingEntries| {
            let mut seen = Vec::new();
            route
                .each(&query, |row| {
                    if row.mac().unwrap().is_some_and(|mac| mac[..5] == MAC[..5]) {
                        seen.push((
                            row.link(),
                            row.mac().unwrap().unwrap()[5],
                            row.master().unwrap(),
                        ));
                    }
                })
                .unwrap();
            seen.sort();
            seen.dedup();
            seen
        };
        let (on_port, own) = ((port, 7, Some(bridge)), (bridge, 9, Some(bridge)));
        assert_eq!(
            list(GetForwardingEntries::all().bridge(bridge)),
            [own, on_port]
        );
        assert_eq!(list(GetForwardingEntries::all().link(port)), [on_port]);
        assert_eq!(
            list(GetForwardingEntries::all().bridge(bridge).link(port)),
            [on_port]
        );
        assert_eq!(list(GetForwardingEntries::all().bridge(port)), []);
    }
    let mut rows = Vec::new();
    route.each(&GetForwardingEntries::all().bridge(bridge), |row| {
        if row.mac().unwrap().unwrap()[..5] == MAC[..5] {
            rows.push(DeleteForwardingEntry::of_row(&row).unwrap());
        }
    })?;
    assert_eq!(rows.len(), 2 * shown.len());
    for row in rows {
        // The deletion of the entry without a VLAN takes the others along.
        route.execute(&row.if_there())?;
    }
    assert_eq!(entries(&[], text), [Value::Null; 0]);
    route.refused(&DeleteForwardingEntry::of_port(port, MAC), Errno::ENOENT);
    route.execute(&DeleteForwardingEntry::of_port(port, MAC).if_there())?;
    Ok(())
}

fn forwarding_entries_of_vxlans() -> Outcome {
    may_delete_forwarding_entries()?;
    let mut route = Route::open()?;
    route.execute(
        &NewLink::vxlan("vx0", 42)
            .port(4789)
            .local([192, 0, 2, 1])
            .learning(false)
            .up(),
    )?;
    let link = route.index("vx0");
    let text = "02:00:00:00:00:07";
    let entry = NewForwardingEntry::of_link(link, MAC)
        .remote([192, 0, 2, 9])
        .vni(43);
    route.execute(&entry)?;
    let shown = entries(&["dev", "vx0"], text);
    assert_eq!(
        (&shown[0]["dst"], &shown[0]["vni"]),
        (&json!("192.0.2.9"), &json!(43))
    );
    route.execute(&entry.remote([192, 0, 2, 10]).port(4790).replace())?;
    let shown = entries(&["dev", "vx0"], text);
    assert_eq!(
        (shown.len(), &shown[0]["dst"], &shown[0]["port"]),
        (1, &json!("192.0.2.10"), &json!(4790))
    );

    // Several destinations, of which a row is one.
    let flood = NewForwardingEntry::of_link(link, [0; 6]);
    for last in [1, 2, 3] {
        route.execute(&flood.remote([198, 51, 100, last]).append())?;
    }
    let mut rows = Vec::new();
    route.each(&GetForwardingEntries::all().link(link), |row| {
        if row.mac() == Ok(Some([0; 6])) {
            rows.push((
                row.ip().unwrap().unwrap(),
                DeleteForwardingEntry::of_row(&row).unwrap(),
            ));
        }
    })?;
    let zero = "00:00:00:00:00:00";
    assert_eq!((rows.len(), entries(&[], zero).len()), (3, 3));
    let (ip, deletion) = rows[1];
    route.execute(&deletion)?;
    let left = entries(&[], zero);
    assert!(
        left.len() == 2 && left.iter().all(|entry| entry["dst"] != ip.to_string()),
        "{left:?}"
    );
    route.execute(&DeleteForwardingEntry::of_link(link, [0; 6]))?;
    assert_eq!(entries(&[], zero).len(), 0);
    Ok(())
}
