//! Address labels, neighbour tables, settings of links, namespace ids,
//! statistics, multicast databases, bridge VLANs and VXLAN networks beside `ip`
//! and `bridge`.

use super::{Route, words};
use nlsock::{Errno, Protocol};
use nltests::{Missing, Need, Network, Outcome, Session, Test, ip, second_namespace};
use nlwire::route::{
    AddressLabelRow, AfSpec, BridgeAttr, BridgeOptionBits, BridgeOptions, BridgeSpec,
    BridgeVlanAttr, BridgeVlanGlobalAttr, Change, DeleteAddressLabel, DeleteMdbEntry, DeleteVni,
    GetAddressLabel, GetAddressLabels, GetAllStats, GetBridgeVlanOptions, GetMdbs, GetMstStates,
    GetNamespaceId, GetNamespaceIds, GetNeighbourTables, GetNetconf, GetNetconfs, GetStats,
    GetVnis, Link, MdbGroup, MdbState, Mst, MstEntry, NeighbourParametersAttr, NeighbourTable,
    Netconf, NewAddressLabel, NewBridgeVlan, NewLink, NewMdbEntry, NewNamespaceId, NewVni,
    PortState, RTNLGRP_MDB, SetBridgePort, SetBridgeVlan, SetBridgeVlanGlobal, SetLink,
    SetLinkKind, SetMstState, SetNeighbourTable, VxlanAttr,
};
use nlwire::{LinkIndex, NamespaceFd, fields};
use std::net::Ipv6Addr;
use std::os::fd::AsRawFd as _;

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "values::address_labels_both_ways_round",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: address_labels_both_ways_round,
    },
    Test {
        name: "values::neighbour_tables_are_those_of_ip",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: neighbour_tables_are_those_of_ip,
    },
    Test {
        name: "values::settings_of_links_are_those_of_ip",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: settings_of_links_are_those_of_ip,
    },
    Test {
        name: "values::namespaces_have_ids",
        needs: &[Need::Namespace],
        run: namespaces_have_ids,
    },
    Test {
        name: "values::statistics_are_those_of_ip",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: statistics_are_those_of_ip,
    },
    Test {
        name: "values::multicast_entries_both_ways_round",
        needs: &[Need::Namespace, Need::Program("bridge")],
        run: multicast_entries_both_ways_round,
    },
    Test {
        name: "values::multicast_entries_of_mac_addresses",
        needs: &[Need::Namespace, Need::Program("bridge")],
        run: multicast_entries_of_mac_addresses,
    },
    Test {
        name: "values::bridge_vlans_have_options",
        needs: &[Need::Namespace, Need::Program("bridge")],
        run: bridge_vlans_have_options,
    },
    Test {
        name: "values::bridge_ports_have_spanning_trees",
        needs: &[Need::Namespace, Need::Program("bridge")],
        run: bridge_ports_have_spanning_trees,
    },
    Test {
        name: "values::vxlans_filter_networks",
        needs: &[Need::Namespace, Need::Program("bridge")],
        run: vxlans_filter_networks,
    },
];

fn address_labels_both_ways_round() -> Outcome {
    let mut route = Route::open()?;
    let prefix = "2001:db8::/32".parse()?;
    let new = NewAddressLabel::of(prefix, 99);
    route.execute(&new)?;
    route.refused(&new, Errno::EEXIST);
    route.execute(&new.if_absent())?;
    route.execute(&NewAddressLabel::of(prefix, 98).replace())?;
    words("ip", "addrlabel add prefix 2001:db8:1::/48 dev lo label 7")?;

    let listed = ip(&["addrlabel", "list"])?;
    let listed = listed.as_array().expect("labels").clone();
    let ours = |route: &mut Route| {
        let mut labels = Vec::new();
        route.each(&GetAddressLabels::all(), |row: AddressLabelRow<'_>| {
            labels.push((
                row.prefix().unwrap().to_string(),
                row.label().unwrap().unwrap(),
                row.link().get(),
            ));
        })?;
        Ok::<_, nlsock::Error>(labels)
    };
    let labels = ours(&mut route)?;
    assert_eq!(labels.len(), listed.len());
    for label in &listed {
        let address = label["address"].as_str().unwrap();
        let length = &label["prefixlen"];
        let text = format!("{address}/{length}");
        let found = labels.iter().find(|(prefix, ..)| *prefix == text);
        let (_, number, link) = found.unwrap_or_else(|| panic!("{text}: {labels:?}"));
        // Younger programs print a number, older ones a string.
        assert_eq!(
            label["label"].to_string().trim_matches('"'),
            number.to_string()
        );
        assert_eq!(label["ifname"] == "lo", *link == 1, "{label}");
    }
    assert!(
        labels.contains(&("2001:db8::/32".into(), 98, 0)),
        "{labels:?}"
    );

    // The longest prefix decides.
    let address: Ipv6Addr = "2001:db8::1".parse()?;
    let mut label = None;
    route.each(&GetAddressLabel::of(address), |row| {
        label = row.label().unwrap()
    })?;
    assert_eq!(label, Some(98));
    let mut count = 0;
    route.each(&GetAddressLabels::all().link(1), |_| count += 1)?;
    assert_eq!(count, 1);

    let gone = DeleteAddressLabel::of(prefix);
    route.execute(&gone)?;
    route.refused(&gone, Errno::ESRCH);
    route.execute(&gone.if_there())?;
    route.execute(&DeleteAddressLabel::of("2001:db8:1::/48".parse()?).link(1))?;
    assert_eq!(ours(&mut route)?.len() + 2, labels.len());

    // Those of one link go, and the kernel's own stay.
    let kept = ours(&mut route)?;
    for number in 0..20 {
        words(
            "ip",
            &format!("addrlabel add prefix 2001:db8:{number}::/48 dev lo label 7"),
        )?;
    }
    assert_eq!(route.0.flush(GetAddressLabels::all().link(1))?, 20);
    assert_eq!(ours(&mut route)?, kept);
    Ok(())
}

fn neighbour_tables_are_those_of_ip() -> Outcome {
    let mut route = Route::open()?;
    route.execute(&NewLink::veth("left", "right").up())?;
    let left = route.index("left");
    let parameters = [
        NeighbourParametersAttr::UnicastProbes(5),
        NeighbourParametersAttr::BaseReachableTime(40_000),
    ];
    route.execute(&SetNeighbourTable::v4().link(left, &parameters))?;
    words(
        "ip",
        "ntable change name ndisc_cache dev left mcast_probes 7",
    )?;
    let listed = ip(&["ntable", "show", "dev", "left"])?;
    let table = |name: &str| {
        let tables = listed.as_array().expect("tables");
        let found = tables.iter().find(|table| table["name"] == name);
        found.unwrap_or_else(|| panic!("{name}: {listed}")).clone()
    };
    assert_eq!(table("arp_cache")["ucast_probes"], 5);
    assert_eq!(table("arp_cache")["base_reachable"], 40_000);

    let mut rows = Vec::new();
    for query in [GetNeighbourTables::v4(), GetNeighbourTables::v6()] {
        route.each(&query.link(left), |row| {
            let parameters = fields!(row.attributes => NeighbourTable { parameters }).unwrap();
            rows.push((
                row.name().unwrap().unwrap().to_owned(),
                format!("{:?}", parameters.parameters.unwrap()),
            ));
        })?;
    }
    let [(arp, of_arp), (ndisc, of_ndisc)] = rows.as_slice() else {
        panic!("{rows:?}");
    };
    assert_eq!((arp.as_str(), ndisc.as_str()), ("arp_cache", "ndisc_cache"));
    assert!(of_arp.contains("NDTPA_UCAST_PROBES: 5"), "{of_arp}");
    assert!(
        of_arp.contains("NDTPA_BASE_REACHABLE_TIME: 40000 ms"),
        "{of_arp}"
    );
    assert!(of_ndisc.contains("NDTPA_MCAST_PROBES: 7"), "{of_ndisc}");

    // The tables themselves have counters and limits.
    let mut tables = 0;
    route.each(&GetNeighbourTables::all().link(LinkIndex::NONE), |row| {
        let table = fields!(row.attributes => NeighbourTable { stats, config, threshold3 });
        let table = table.unwrap();
        assert!(table.stats.is_some() && table.config.unwrap().entry_size.get() > 0);
        assert!(table.threshold3.unwrap() > 0);
        tables += 1;
    })?;
    assert!(tables >= 2);
    let nobody = SetNeighbourTable::v4().link(77, &parameters);
    route.refused(&nobody, Errno::ENOENT);
    Ok(())
}

fn settings_of_links_are_those_of_ip() -> Outcome {
    let mut route = Route::open()?;
    route.execute(&NewLink::veth("left", "right").up())?;
    let left = route.index("left");
    let on = |value: Option<i32>| serde_json::Value::from(value == Some(1));
    for (family, query, one) in [
        ("-4", GetNetconfs::v4(), GetNetconf::v4(left)),
        ("-6", GetNetconfs::v6(), GetNetconf::v6(left)),
    ] {
        let listed = ip(&[family, "netconf", "show"])?;
        let mut rows = Vec::new();
        route.each(&query, |row| {
            let settings =
                fields!(row.attributes => Netconf { index, forwarding, ignore_linkdown }).unwrap();
            rows.push((
                settings.index,
                settings.forwarding,
                settings.ignore_linkdown,
            ));
        })?;
        assert!(rows.len() >= 4, "{rows:?}");
        assert_eq!(
            rows.len(),
            listed.as_array().expect("settings").len(),
            "{listed}"
        );
        // `ip -json netconf show dev` prints no JSON.
        let mut links = listed.as_array().expect("settings").iter();
        let of_ip = links
            .find(|link| link["interface"] == "left")
            .expect("left");
        let mut count = 0;
        route.each(&one, |row| {
            let settings =
                fields!(row.attributes => Netconf { forwarding, ignore_linkdown }).unwrap();
            assert_eq!(of_ip["forwarding"], on(settings.forwarding), "{of_ip}");
            let ignore = &of_ip["ignore_routes_with_linkdown"];
            assert_eq!(*ignore, on(settings.ignore_linkdown), "{of_ip}");
            count += 1;
        })?;
        assert_eq!(count, 1);
    }
    let mut all = None;
    route.each(&GetNetconf::v4_all(), |row| {
        all = fields!(row.attributes => Netconf { index }).unwrap().index;
    })?;
    assert_eq!(all, Some(nlwire::route::NETCONFA_IFINDEX_ALL));
    Ok(())
}

fn namespaces_have_ids() -> Outcome {
    let mut route = Route::open()?;
    let other = second_namespace()?;
    let fd = NamespaceFd::from_raw(other.as_raw_fd());
    let id = |route: &mut Route| -> Result<Option<u32>, nlsock::Error> {
        let mut id = None;
        route.each(&GetNamespaceId::of(fd), |row| id = row.id().unwrap())?;
        Ok(id)
    };
    assert_eq!(id(&mut route)?, None);
    let new = NewNamespaceId::of(fd).id(7);
    route.execute(&new)?;
    route.refused(&new, Errno::EEXIST);
    route.execute(&new.if_absent())?;
    assert_eq!(id(&mut route)?, Some(7));
    let mut ids = Vec::new();
    route.each(&GetNamespaceIds::all(), |row| ids.push(row.id().unwrap()))?;
    assert_eq!(ids, [Some(7)]);
    Ok(())
}

fn statistics_are_those_of_ip() -> Outcome {
    let mut route = Route::open()?;
    let mut network = Network::open()?;
    network.set_up(1)?;
    for byte in 0..3 {
        let socket = std::net::UdpSocket::bind("127.0.0.1:0")?;
        socket.send_to(&[byte; 100], "127.0.0.1:9")?;
    }
    let mut counters = None;
    route.each(&GetStats::of(1), |row| counters = row.counters().unwrap())?;
    let counters = counters.expect("counters");
    let link = ip(&["-statistics", "link", "show", "lo"])?[0].clone();
    let packets = &link["stats64"]["tx"]["packets"];
    assert_eq!(*packets, counters.tx_packets.get(), "{link}");
    assert!(counters.tx_packets.get() >= 3);
    let mut links = 0;
    route.each(&GetAllStats::all(), |row| {
        assert!(row.counters().unwrap().is_some());
        links += 1;
    })?;
    assert!(links >= 1);
    // Groups that a link does not have are left out.
    let mut others = 0;
    route.each(&GetStats::of(1).kind().port().offload().families(), |row| {
        assert!(row.counters().unwrap().is_none());
        others += 1;
    })?;
    assert!(others <= 1);
    Ok(())
}

/// A bridge with a port, both up.
fn bridge(route: &mut Route, settings: &str) -> Result<[LinkIndex; 2], Box<dyn std::error::Error>> {
    words("ip", &format!("link add br0 type bridge {settings}"))
        .map_err(|_| Missing(format!("kernel: bridges with {settings}")))?;
    let bridge = route.index("br0");
    route.execute(&NewLink::veth("port", "other").master(bridge).up())?;
    route.execute(&SetLink::by_name("br0").up())?;
    route.execute(&SetLink::by_name("other").up())?;
    Ok([bridge, route.index("port")])
}

fn multicast_entries_both_ways_round() -> Outcome {
    let mut route = Route::open()?;
    let [bridge, port] = bridge(&mut route, "vlan_filtering 1 mcast_snooping 1")?;
    let mut events = Session::listen(Protocol::ROUTE, &[RTNLGRP_MDB])?;
    let entry = NewMdbEntry::of(bridge, port, [239, 1, 1, 1])
        .permanent()
        .vlan(1);
    route.execute(&entry)?;
    route.refused(&entry, Errno::EEXIST);
    route.execute(&entry.if_absent())?;
    // Without a VLAN it is in each VLAN of the port.
    let v4 = [239, 1, 1, 7];
    route.execute(&NewMdbEntry::of(bridge, port, v4).permanent())?;
    words(
        "bridge",
        "mdb add dev br0 port port grp ff0e::7 src 2001:db8::1 permanent vid 1",
    )?;
    events.wait_for(
        |message| matches!(Change::of(message), Change::NewMdb(row) if row.link() == bridge),
    )?;

    let listed = words("bridge", "-json -details mdb show dev br0")?;
    for group in ["239.1.1.1", "239.1.1.7", "ff0e::7"] {
        assert!(listed.contains(group), "{group}: {listed}");
    }
    let mut entries = Vec::new();
    let mut deletions = Vec::new();
    route.each(&GetMdbs::all().link(bridge), |row| {
        for item in row.entries().unwrap() {
            let item = item.unwrap();
            let entry = *item.header().unwrap();
            // Not those that the port reports by itself.
            if entry.port() != port || entry.state != MdbState::PERMANENT {
                continue;
            }
            let details = fields!(item.set() => nlwire::route::MdbDetails { source }).unwrap();
            entries.push((entry.group().unwrap(), entry.vid.get(), details.source));
            deletions.push(DeleteMdbEntry::of_item(bridge, &item).unwrap().unwrap());
        }
    })?;
    let source: Ipv6Addr = "2001:db8::1".parse()?;
    let group: Ipv6Addr = "ff0e::7".parse()?;
    assert!(
        entries.contains(&([239, 1, 1, 1].into(), 1, None)),
        "{entries:?}"
    );
    assert!(entries.contains(&(v4.into(), 1, None)), "{entries:?}");
    assert!(
        entries.contains(&(group.into(), 1, Some(source.into()))),
        "{entries:?}"
    );
    for deletion in &deletions {
        route.execute(deletion)?;
    }
    let mut left = 0;
    route.each(&GetMdbs::all().link(bridge), |row| {
        let entries = row.entries().unwrap().map(Result::unwrap);
        left += entries
            .filter(|item| {
                let entry = item.header().unwrap();
                entry.port() == port && entry.state == MdbState::PERMANENT
            })
            .count();
    })?;
    assert_eq!(left, 0);
    Ok(())
}

fn multicast_entries_of_mac_addresses() -> Outcome {
    let mut route = Route::open()?;
    let [bridge, port] = bridge(&mut route, "mcast_snooping 1")?;
    let mac = MdbGroup::Mac([1, 0, 0x5e, 1, 1, 7]);
    match route.execute(&NewMdbEntry::of(bridge, port, mac).permanent()) {
        // Linux 5.10 takes IP addresses only (`is_valid_mdb_entry`).
        Err(error) if error.errno() == Some(Errno::EINVAL) => {
            return Err(Missing("kernel: multicast entries of MAC addresses".into()).into());
        }
        made => made?,
    }
    let listed = words("bridge", "-json -details mdb show dev br0")?;
    assert!(listed.contains("01:00:5e:01:01:07"), "{listed}");
    let mut groups = Vec::new();
    route.each(&GetMdbs::all().link(bridge), |row| {
        let entries = row.entries().unwrap().map(Result::unwrap);
        groups.extend(entries.map(|item| item.header().unwrap().group().unwrap()));
    })?;
    assert!(groups.contains(&mac), "{groups:?}");
    Ok(())
}

fn bridge_vlans_have_options() -> Outcome {
    let mut route = Route::open()?;
    let [bridge, port] = bridge(&mut route, "vlan_filtering 1 vlan_stats_per_port 1")?;
    // Linux 5.10 has the options of a port's VLAN, and none of the VLAN as a whole.
    words(
        "bridge",
        "vlan global set dev br0 vid 1 mcast_igmp_version 2",
    )
    .map_err(|_| Missing("kernel: options of VLANs of bridges".into()))?;
    words("ip", "link set br0 type bridge mst_enabled 1").ok();
    route.execute(&NewBridgeVlan::of(port, 10).through(12))?;
    route.execute(&NewBridgeVlan::of(bridge, 10).through(12).on_bridge())?;
    let state = [BridgeVlanAttr::State(PortState::BLOCKING)];
    route.execute(&SetBridgeVlan::of(port, 11, &state))?;
    words("bridge", "vlan set dev port vid 12 state disabled")?;
    let mut seen = Vec::new();
    route.each(&GetBridgeVlanOptions::all().link(port).stats(), |row| {
        for vlan in row.vlans() {
            let vlan = fields!(vlan.unwrap() => nlwire::route::BridgeVlan { info, state, stats });
            let vlan = vlan.unwrap();
            assert!(vlan.stats.is_some());
            seen.push((vlan.info.unwrap().vid.get(), vlan.state.unwrap()));
        }
    })?;
    assert!(seen.contains(&(11, PortState::BLOCKING)), "{seen:?}");
    assert!(seen.contains(&(12, PortState::DISABLED)), "{seen:?}");
    let listed = words("bridge", "-details vlan show dev port")?;
    assert!(listed.contains("state blocking"), "{listed}");

    // Options of the VLAN as a whole.
    let version = [BridgeVlanGlobalAttr::IgmpVersion(3)];
    route.execute(&SetBridgeVlanGlobal::of(bridge, 10, &version).through(12))?;
    let listed = words("bridge", "vlan global show dev br0 vid 10")?;
    assert!(listed.contains("mcast_igmp_version 3"), "{listed}");
    let mut global = 0;
    route.each(&GetBridgeVlanOptions::global().link(bridge), |row| {
        for options in row.global() {
            let options = options.unwrap();
            let options =
                fields!(options => nlwire::route::BridgeVlanGlobal { id, last, igmp_version });
            let options = options.unwrap();
            if options.id == Some(10) {
                assert_eq!((options.last, options.igmp_version), (Some(12), Some(3)));
                global += 1;
            }
        }
    })?;
    assert_eq!(global, 1);
    let isolated = [nlwire::route::BridgePortAttr::Isolated(1)];
    route.execute(&SetBridgePort::of(port, &isolated))?;
    Ok(())
}

fn bridge_ports_have_spanning_trees() -> Outcome {
    if nltests::linux() <= (5, 10) {
        // The kernel ignores the setting of the bridge.
        return Err(Missing("kernel: spanning trees of bridges".into()).into());
    }
    let mut route = Route::open()?;
    // A bridge with VLANs keeps its single tree.
    let [bridge, port] = bridge(&mut route, "vlan_filtering 1 vlan_default_pvid 0")?;
    let single = SetMstState::of(port, 7, PortState::BLOCKING);
    // `br_mst_process`: the bridge has a single tree yet.
    route.refused(&single, Errno::EBUSY);
    let options = BridgeOptions {
        value: BridgeOptionBits::MST_ENABLE.bits().into(),
        mask: BridgeOptionBits::MST_ENABLE.bits().into(),
    };
    let options = [BridgeAttr::Options(&options)];
    let like = NewLink::bridge("").settings(&options);
    if let Err(error) = route.execute(&SetLinkKind::of("br0", like)) {
        return Err(Missing(format!("kernel: spanning trees of bridges: {error}")).into());
    }
    route.execute(&NewBridgeVlan::of(port, 10).through(12))?;
    route.execute(&NewBridgeVlan::of(bridge, 10).through(12).on_bridge())?;
    let tree = [BridgeVlanGlobalAttr::SpanningTree(7)];
    route.execute(&SetBridgeVlanGlobal::of(bridge, 10, &tree).through(12))?;
    route.execute(&single)?;
    // What the bridge does with the VLANs of the tree.
    let listed = words("bridge", "-details vlan show dev port")?;
    assert!(listed.contains("state blocking"), "{listed}");
    let mut trees = Vec::new();
    route.each(&GetMstStates::all().link(port), |row| {
        let Some(AfSpec::Bridge(spec)) =
            fields!(row.attributes => Link { af_spec }).unwrap().af_spec
        else {
            panic!("{row:?}");
        };
        let mst = fields!(spec => BridgeSpec { mst }).unwrap().mst.unwrap();
        let entries = fields!(mst => Mst { entry }).unwrap().entry.unwrap();
        for entry in entries {
            let entry = fields!(entry.unwrap() => MstEntry { id, state }).unwrap();
            trees.push((entry.id, entry.state));
        }
    })?;
    assert!(
        trees.contains(&(Some(7), Some(PortState::BLOCKING))),
        "{trees:?}"
    );
    Ok(())
}

fn vxlans_filter_networks() -> Outcome {
    let mut route = Route::open()?;
    let filter = [VxlanAttr::Vnifilter(1)];
    let vxlan = NewLink::external_vxlan("vx0").port(4789).settings(&filter);
    if let Err(error) = route.execute(&vxlan.up()) {
        return Err(Missing(format!("kernel: VXLANs that filter networks: {error}")).into());
    }
    let vxlan = route.index("vx0");
    let new = NewVni::of(vxlan, 100).through(103).group([192, 0, 2, 9]);
    match route.execute(&new) {
        // Linux 5.10 has no `RTM_NEWTUNNEL`, and ignores the link's attribute.
        Err(error) if error.errno() == Some(Errno::EOPNOTSUPP) => {
            return Err(Missing(format!("kernel: VXLANs that filter networks: {error}")).into());
        }
        made => made?,
    }
    words("bridge", "vni add dev vx0 vni 200")?;
    let mut ranges = Vec::new();
    route.each(&GetVnis::all().link(vxlan).stats(), |row| {
        for range in row.ranges() {
            let range = fields!(range.unwrap() => nlwire::route::VniRange { first, last, group });
            let range = range.unwrap();
            ranges.push((range.first.unwrap(), range.last, range.group));
        }
    })?;
    ranges.sort();
    let group = Some([192, 0, 2, 9].into());
    // With statistics, each network stands for itself.
    for vni in 100..=103 {
        let found = ranges
            .iter()
            .find(|(first, last, _)| (*first..=last.unwrap_or(*first)).contains(&vni));
        assert_eq!(found.map(|(.., group)| *group), Some(group), "{ranges:?}");
    }
    assert!(ranges.iter().any(|(first, ..)| *first == 200), "{ranges:?}");
    let gone = DeleteVni::of(vxlan, 100).through(103);
    route.execute(&gone)?;
    route.refused(&DeleteVni::of(vxlan, 100), Errno::ENOENT);
    route.execute(&DeleteVni::of(vxlan, 100).if_there())?;
    let listed = words("bridge", "vni show dev vx0")?;
    assert!(
        listed.contains("200") && !listed.contains("100"),
        "{listed}"
    );
    Ok(())
}
