//! Neighbours, rules and next hops, and the settings of links, beside `ip`.

use nlsock::Protocol;
use nltests::{Need, Network, Outcome, Session, Test, capture, ip, run};
use nlwire::codec::AddressBytes;
use nlwire::route::{
    AF_INET, Bridge, BridgeAttr, BridgePort, BridgePortAttr, IFLA_INFO_DATA, IFLA_INFO_SLAVE_DATA,
    IFLA_LINKINFO, IFLA_PROP_LIST, Link, LinkAttr, LinkData, LinkHeader, LinkInfo, LinkInfoAttr,
    Neighbour, NeighbourAttr, NeighbourHeader, NeighbourState, NextHopAttr, NextHopHeader,
    NextHopMember, NextHopObject, PortData, RTM_DELNEIGH, RTM_DELNEXTHOP, RTM_DELRULE, RTM_GETLINK,
    RTM_GETNEIGH, RTM_GETNEXTHOP, RTM_GETRULE, RTM_NEWLINK, RTM_NEWLINKPROP, RTM_NEWNEIGH,
    RTM_NEWNEXTHOP, RTM_NEWRULE, RTNLGRP_IPV4_RULE, RTNLGRP_LINK, RTNLGRP_NEIGH, RTNLGRP_NEXTHOP,
    RouteTable, Rule, RuleAction, RuleAttr, RuleHeader, Tun,
};
use nlwire::{NewFlags, fields};
use serde_json::{Value, json};
use std::error::Error;

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "policy::links_have_the_settings_that_ip_shows",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: links_have_the_settings_that_ip_shows,
    },
    Test {
        name: "policy::a_vlan_is_made_and_read",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: a_vlan_is_made_and_read,
    },
    Test {
        name: "policy::a_dummy_is_made_and_read",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: a_dummy_is_made_and_read,
    },
    Test {
        name: "policy::neighbours_both_ways_round",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: neighbours_both_ways_round,
    },
    Test {
        name: "policy::rules_both_ways_round",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: rules_both_ways_round,
    },
    Test {
        name: "policy::next_hops_both_ways_round",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: next_hops_both_ways_round,
    },
];

const CREATE: NewFlags = NewFlags::CREATE.union(NewFlags::EXCL);
const NONE: NewFlags = NewFlags::empty();

fn words(command: &str) -> Vec<&str> {
    command.split(' ').collect()
}

fn show(command: &str) -> Result<Value, Box<dyn Error>> {
    let mut value = ip(&[&["-details", "-statistics"], &words(command)[..]].concat())?;
    Ok(value[0].take())
}

fn link(index: u32) -> LinkHeader {
    LinkHeader {
        index: index.into(),
        ..LinkHeader::default()
    }
}

fn links_have_the_settings_that_ip_shows() -> Outcome {
    let mut network = Network::open()?;
    let bridge = network.add_link("br0", "bridge")?;
    let [left, _] = network.add_veth("left", "right")?;
    network.set_master(left, bridge)?;
    let mut events = Session::listen(Protocol::ROUTE, &[RTNLGRP_LINK])?;
    let mut session = Session::open(Protocol::ROUTE)?;

    session.change(RTM_NEWLINK, NONE, &link(bridge), |w| {
        w.put(LinkAttr::Mtu(1400))?
            .put(LinkAttr::Alias("ours".into()))?
            .nest(IFLA_LINKINFO, |w| {
                w.put(LinkInfoAttr::Kind("bridge"))?
                    .nest(IFLA_INFO_DATA, |w| {
                        w.put(BridgeAttr::ForwardDelay(700))?
                            .put(BridgeAttr::AgeingTime(12_000))
                    })
            })
    })?;
    session.change(RTM_NEWLINK, NONE, &link(left), |w| {
        w.nest(IFLA_LINKINFO, |w| {
            w.put(LinkInfoAttr::PortKind("bridge"))?
                .nest(IFLA_INFO_SLAVE_DATA, |w| w.put(BridgePortAttr::Cost(55)))
        })
    })?;
    session.change(RTM_NEWLINKPROP, CREATE, &link(left), |w| {
        w.nest(IFLA_PROP_LIST, |w| {
            w.put(LinkAttr::AltName("a-much-longer-name".into()))
        })
    })?;
    let theirs = show("link show dev br0")?;
    assert_eq!(theirs["mtu"], 1400);
    assert_eq!(theirs["ifalias"], "ours");
    let data = &theirs["linkinfo"]["info_data"];
    assert_eq!(
        (&data["forward_delay"], &data["ageing_time"]),
        (&json!(700), &json!(12_000))
    );
    let theirs = show("link show dev left")?;
    assert_eq!(theirs["altnames"], json!(["a-much-longer-name"]));
    assert_eq!(theirs["linkinfo"]["info_slave_data"]["cost"], 55);

    // The other way round.
    run(
        "ip",
        &words("link set br0 type bridge forward_delay 800 stp_state 1"),
    )?;
    run("ip", &words("link set left type bridge_slave priority 3"))?;
    run(
        "ip",
        &words("tuntap add dev tap0 mode tap user 0 multi_queue"),
    )?;
    let read = |session: &mut Session, name: &str| {
        session.get(RTM_GETLINK, &LinkHeader::default(), |w| {
            w.put(LinkAttr::Name(name.into()))
        })
    };
    let message = &read(&mut session, "br0")?[0];
    capture("route-link-bridge", message.get().as_bytes())?;
    let (_, attributes) = message.get().split::<LinkHeader>()?;
    let found = fields!(attributes => Link { info, stats64, stats })?;
    let info = fields!(found.info.unwrap() => LinkInfo { data })?;
    let Some(LinkData::Bridge(data)) = info.data else {
        panic!("{info:?}", info = info.data);
    };
    let data = fields!(data => Bridge { forward_delay, stp_state })?;
    assert_eq!((data.forward_delay, data.stp_state), (Some(800), Some(1)));
    let theirs = show("link show dev br0")?;
    let counters = found.stats64.unwrap().get();
    assert_eq!(
        theirs["stats64"]["tx"]["packets"],
        counters.tx_packets.get()
    );
    assert_eq!(
        found.stats.unwrap().get().widened().rx_bytes,
        counters.rx_bytes
    );

    let message = &read(&mut session, "left")?[0];
    capture("route-link-veth", message.get().as_bytes())?;
    let (_, attributes) = message.get().split::<LinkHeader>()?;
    let found = fields!(attributes => Link { info, properties })?;
    let info = fields!(found.info.unwrap() => LinkInfo { kind, port_data })?;
    let Some(PortData::Bridge(port)) = info.port_data else {
        panic!("{:?}", info.port_data);
    };
    let port = fields!(port => BridgePort { priority, cost })?;
    assert_eq!(
        (info.kind, port.priority, port.cost),
        (Some("veth"), Some(3), Some(55))
    );
    let names = fields!(found.properties.unwrap() => Link { alt_name })?;
    let names: Vec<_> = names.alt_name.unwrap().collect::<Result<_, _>>()?;
    assert_eq!(names, ["a-much-longer-name"]);

    let message = &read(&mut session, "tap0")?[0];
    capture("route-link-tun", message.get().as_bytes())?;
    let (_, attributes) = message.get().split::<LinkHeader>()?;
    let found = fields!(attributes => Link { info })?;
    let info = fields!(found.info.unwrap() => LinkInfo { data })?;
    let Some(LinkData::Tun(data)) = info.data else {
        panic!("{:?}", info.data);
    };
    let data = fields!(data => Tun { kind, owner, multi_queue })?;
    assert_eq!(
        (data.kind, data.owner, data.multi_queue),
        (Some(nlwire::route::TunKind::TAP), Some(0), Some(1))
    );

    let told = events.wait_for(|event| {
        let Ok((header, attributes)) = event.split::<LinkHeader>() else {
            return false;
        };
        let mtu = fields!(attributes => Link { mtu })
            .ok()
            .and_then(|link| link.mtu);
        (header.index.get(), mtu) == (bridge, Some(1400))
    })?;
    assert_eq!(told.get().kind(), RTM_NEWLINK);
    Ok(())
}

/// Says which kind of link the kernel was built without.
fn add(network: &mut Network, command: &str, kind: &str) -> Result<u32, Box<dyn Error>> {
    if let Err(error) = run("ip", &words(command)) {
        if error.to_string().contains("Unknown device type") {
            return Err(nltests::Missing(format!("kernel: links of kind {kind}")).into());
        }
        return Err(error.into());
    }
    Ok(network.index("new0")?)
}

fn a_vlan_is_made_and_read() -> Outcome {
    let mut network = Network::open()?;
    network.add_link("br0", "bridge")?;
    add(
        &mut network,
        "link add link br0 name new0 type vlan id 77 reorder_hdr off loose_binding on",
        "vlan",
    )?;
    let mut session = Session::open(Protocol::ROUTE)?;
    let message = session.get(RTM_GETLINK, &LinkHeader::default(), |w| {
        w.put(LinkAttr::Name("new0".into()))
    })?;
    let (_, attributes) = message[0].get().split::<LinkHeader>()?;
    let info = fields!(attributes => Link { info })?.info.unwrap();
    let data = fields!(info => LinkInfo { data })?.data;
    let Some(LinkData::Vlan(vlan)) = data else {
        panic!("{info:?}");
    };
    let vlan = fields!(vlan => nlwire::route::Vlan { id, protocol, flags })?;
    assert_eq!(
        (vlan.id, vlan.protocol),
        (Some(77), Some(nlwire::route::VlanProtocol::DOT1Q))
    );
    // VLAN_FLAG_LOOSE_BINDING alone; flags of 0 would not be sent.
    assert_eq!(vlan.flags.unwrap().flags.get(), 4);
    let lower = network.index("br0")?;
    network.change(RTM_NEWLINK, CREATE, &LinkHeader::default(), |w| {
        w.put(LinkAttr::Name("ours0".into()))?
            .put(LinkAttr::Lower(lower.into()))?
            .nest(IFLA_LINKINFO, |w| {
                w.put(LinkInfoAttr::Kind("vlan"))?
                    .nest(IFLA_INFO_DATA, |w| w.put(nlwire::route::VlanAttr::Id(78)))
            })
    })?;
    let theirs = show("link show dev ours0")?;
    assert_eq!(theirs["linkinfo"]["info_data"]["id"], 78, "{theirs}");
    Ok(())
}

fn a_dummy_is_made_and_read() -> Outcome {
    let mut network = Network::open()?;
    let index = add(&mut network, "link add new0 type dummy", "dummy")?;
    network.delete_link(index)?;
    network.add_link("ours0", "dummy")?;
    let theirs = show("link show dev ours0")?;
    assert_eq!(theirs["linkinfo"]["info_kind"], "dummy", "{theirs}");
    Ok(())
}

fn neighbours_both_ways_round() -> Outcome {
    let mut network = Network::open()?;
    let index = network.add_link("br0", "bridge")?;
    network.set_up(index)?;
    let mut events = Session::listen(Protocol::ROUTE, &[RTNLGRP_NEIGH])?;
    let mut session = Session::open(Protocol::ROUTE)?;
    let address = AddressBytes::Ip("198.51.100.7".parse()?);
    let header = NeighbourHeader {
        family: AF_INET,
        index: index.into(),
        state: NeighbourState::PERMANENT.bits().into(),
        ..NeighbourHeader::default()
    };
    session.change(RTM_NEWNEIGH, CREATE, &header, |w| {
        w.put(NeighbourAttr::Destination(address))?
            .put(NeighbourAttr::Hardware(&[2, 0, 0, 0, 0, 7]))
    })?;
    let theirs = show("neigh show dev br0")?;
    assert_eq!(theirs["dst"], "198.51.100.7");
    assert_eq!(theirs["lladdr"], "02:00:00:00:00:07");
    assert_eq!(theirs["state"], json!(["PERMANENT"]));
    session.change(RTM_NEWNEIGH, NewFlags::REPLACE, &header, |w| {
        w.put(NeighbourAttr::Destination(address))?
            .put(NeighbourAttr::Hardware(&[2, 0, 0, 0, 0, 8]))
    })?;
    assert_eq!(show("neigh show dev br0")?["lladdr"], "02:00:00:00:00:08");

    let theirs = "neigh add 198.51.100.9 lladdr 02:00:00:00:00:09 dev br0 nud stale";
    run("ip", &words(theirs))?;
    let all = NeighbourHeader {
        family: AF_INET,
        ..NeighbourHeader::default()
    };
    let mut seen = Vec::new();
    for row in session.dump(RTM_GETNEIGH, &all, |w| Ok(w))? {
        let (header, attributes) = row.get().split::<NeighbourHeader>()?;
        let found = fields!(attributes => Neighbour { destination, hardware, cache_info, probes })?;
        assert!(found.cache_info.is_some() && found.probes.is_some());
        if header.state() == NeighbourState::NOARP {
            // A multicast group that the kernel has joined.
            continue;
        }
        seen.push((
            found.destination.unwrap().ip().unwrap().to_string(),
            found.hardware.unwrap()[5],
            header.state().to_string(),
        ));
        capture("route-neighbour", row.get().as_bytes())?;
    }
    seen.sort();
    assert_eq!(
        seen,
        [
            ("198.51.100.7".into(), 8, "PERMANENT".into()),
            ("198.51.100.9".to_owned(), 9, "STALE".to_owned())
        ]
    );
    session.change(RTM_DELNEIGH, NONE, &header, |w| {
        w.put(NeighbourAttr::Destination(address))
    })?;
    assert_eq!(
        ip(&words("neigh show dev br0"))?.as_array().unwrap().len(),
        1
    );
    // A deleted one fails before it goes.
    events.wait_for(|event| event.kind() == RTM_NEWNEIGH)?;
    Ok(())
}

fn rules_both_ways_round() -> Outcome {
    let mut events = Session::listen(Protocol::ROUTE, &[RTNLGRP_IPV4_RULE])?;
    let mut session = Session::open(Protocol::ROUTE)?;
    let header = RuleHeader {
        family: AF_INET,
        source_len: 24,
        action: RuleAction::TO_TABLE,
        ..RuleHeader::default()
    };
    session.change(RTM_NEWRULE, CREATE, &header, |w| {
        w.put(RuleAttr::Priority(100))?
            .put(RuleAttr::Source(AddressBytes::Ip([198, 51, 100, 0].into())))?
            .put(RuleAttr::Mark(0x10))?
            .put(RuleAttr::Mask(0xff))?
            .put(RuleAttr::Table(RouteTable(70_000)))
    })?;
    let rules = ip(&words("-details rule show priority 100"))?;
    assert_eq!(rules[0]["src"], "198.51.100.0", "{rules}");
    assert_eq!(rules[0]["srclen"], 24);
    assert_eq!(
        (&rules[0]["fwmark"], &rules[0]["fwmask"]),
        (&json!("0x10"), &json!("0xff"))
    );
    assert_eq!(rules[0]["table"], "70000");
    let made = events.wait_for(|event| event.kind() == RTM_NEWRULE)?;
    capture("route-rule", made.get().as_bytes())?;

    let theirs = "rule add pref 200 to 203.0.113.0/24 iif lo ipproto tcp dport 80-90 lookup 9";
    run("ip", &words(theirs))?;
    let all = RuleHeader {
        family: AF_INET,
        ..RuleHeader::default()
    };
    let mut found = 0;
    for row in session.dump(RTM_GETRULE, &all, |w| Ok(w))? {
        let (header, attributes) = row.get().split::<RuleHeader>()?;
        let rule = fields!(attributes => Rule {
            priority, destination, incoming_name, ip_protocol, destination_ports, table
        })?;
        if rule.priority != Some(200) {
            continue;
        }
        found += 1;
        assert_eq!(header.destination_len, 24);
        assert_eq!(
            rule.destination,
            Some(AddressBytes::Ip([203, 0, 113, 0].into()))
        );
        assert_eq!(
            (rule.incoming_name, rule.ip_protocol),
            (Some("lo".into()), Some(6))
        );
        let ports = rule.destination_ports.unwrap();
        assert_eq!((ports.start.get(), ports.end.get()), (80, 90));
        assert_eq!(rule.table, Some(RouteTable(9)));
    }
    assert_eq!(found, 1);
    session.change(RTM_DELRULE, NONE, &all, |w| w.put(RuleAttr::Priority(100)))?;
    assert_eq!(ip(&words("rule show priority 100"))?, json!([]));
    events.wait_for(|event| event.kind() == RTM_DELRULE)?;
    Ok(())
}

fn next_hops_both_ways_round() -> Outcome {
    let mut network = Network::open()?;
    let [left, right] = network.add_veth("left", "right")?;
    network.add_address(left, "198.51.100.1".parse()?, 24)?;
    network.set_up(left)?;
    network.set_up(right)?;
    // Where a black hole is.
    network.set_up(1)?;
    let mut events = Session::listen(Protocol::ROUTE, &[RTNLGRP_NEXTHOP])?;
    let mut session = Session::open(Protocol::ROUTE)?;
    let header = NextHopHeader {
        family: AF_INET,
        ..NextHopHeader::default()
    };
    for (id, last) in [(1, 7), (2, 8)] {
        session.change(RTM_NEWNEXTHOP, CREATE, &header, |w| {
            w.put(NextHopAttr::Id(id))?
                .put(NextHopAttr::Gateway(AddressBytes::Ip(
                    [198, 51, 100, last].into(),
                )))?
                .put(NextHopAttr::OutgoingIndex(left.into()))
        })?;
    }
    session.change(RTM_NEWNEXTHOP, CREATE, &NextHopHeader::default(), |w| {
        let members = [NextHopMember::new(1, 3), NextHopMember::new(2, 1)];
        w.put(NextHopAttr::Id(9))?.put(NextHopAttr::Group(&members))
    })?;
    let theirs = ip(&words("nexthop show"))?;
    let find = |id: u32| {
        let mut all = theirs.as_array().unwrap().iter();
        all.find(|row| row["id"] == id).unwrap().clone()
    };
    assert_eq!(find(1)["gateway"], "198.51.100.7");
    assert_eq!(find(2)["dev"], "left");
    assert_eq!(find(9)["group"], json!([{"id": 1, "weight": 3}, {"id": 2}]));

    // Where the kernel has none, as Linux 5.10, `values::next_hops` says so.
    let resilient = run(
        "ip",
        &words("nexthop add id 20 group 1,5/2,7 type resilient buckets 8"),
    );
    run("ip", &words("nexthop add id 21 blackhole"))?;
    let mut seen = Vec::new();
    for row in session.dump(RTM_GETNEXTHOP, &NextHopHeader::default(), |w| Ok(w))? {
        let (_, attributes) = row.get().split::<NextHopHeader>()?;
        let found = fields!(attributes => NextHopObject {
            id, group, group_kind, gateway, blackhole, resilient_group
        })?;
        match found.id.unwrap() {
            1 => assert_eq!(
                found.gateway,
                Some(AddressBytes::Ip([198, 51, 100, 7].into()))
            ),
            20 => {
                capture("route-nexthop-resilient", row.get().as_bytes())?;
                let weights: Vec<_> = found
                    .group
                    .unwrap()
                    .iter()
                    .map(|one| one.weight())
                    .collect();
                assert_eq!(weights, [5, 7]);
                assert_eq!(
                    found.group_kind,
                    Some(nlwire::route::NextHopGroupKind::RESILIENT)
                );
                let settings = found.resilient_group.unwrap();
                let settings = fields!(settings => nlwire::route::ResilientGroup { buckets })?;
                assert_eq!(settings.buckets, Some(8));
            }
            21 => assert_eq!(found.blackhole, Some(true)),
            _ => {}
        }
        seen.push(found.id.unwrap());
    }
    match resilient {
        Ok(_) => assert_eq!(seen, [1, 2, 9, 20, 21]),
        Err(_) => assert_eq!(seen, [1, 2, 9, 21]),
    }
    events.wait_for(|event| event.kind() == RTM_NEWNEXTHOP)?;
    session.change(RTM_DELNEXTHOP, NONE, &NextHopHeader::default(), |w| {
        w.put(NextHopAttr::Id(21))
    })?;
    assert!(!ip(&words("nexthop show"))?.to_string().contains("21"));
    events.wait_for(|event| event.kind() == RTM_DELNEXTHOP)?;
    Ok(())
}
