//! Links beside `ip -details link` and `bridge vlan`.

use super::Route;
use nlsock::{Errno, Error};
use nltests::{Missing, Need, Outcome, Test, in_namespace, ip, run, second_namespace};
use nlwire::LinkIndex;
use nlwire::route::{
    BridgeAttr, BridgePortAttr, BridgeVlanFlags, BridgeVlanRange, DeleteAltName, DeleteBridgeVlan,
    DeleteLink, DeleteRule, GetAddresses, GetBridgeVlans, GetLink, GetLinks, GetRules, MacVlanMode,
    NewAddress, NewAltName, NewBridgeVlan, NewLink, NewRule, RuleFlags, SetBridgePort, SetLink,
    SetLinkKind, VethPeer, VxlanAttr,
};
use serde_json::{Value, json};

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "values::veths_have_both_ends",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: veths_have_both_ends,
    },
    Test {
        name: "values::kinds_have_their_settings",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: kinds_have_their_settings,
    },
    Test {
        name: "values::links_change",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: links_change,
    },
    Test {
        name: "values::links_are_changed_by_alternative_names",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: links_are_changed_by_alternative_names,
    },
    Test {
        name: "values::links_have_names_of_any_length_and_bytes",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: links_have_names_of_any_length_and_bytes,
    },
    Test {
        name: "values::links_are_listed_by_filters",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: links_are_listed_by_filters,
    },
    Test {
        name: "values::bridge_ports_have_vlans",
        needs: &[Need::Namespace, Need::Program("bridge")],
        run: bridge_ports_have_vlans,
    },
    Test {
        name: "values::bridge_ports_change",
        needs: &[Need::Namespace, Need::Program("bridge")],
        run: bridge_ports_change,
    },
];

impl Route {
    /// Returns the index of a link.
    pub(super) fn index(&mut self, name: &str) -> LinkIndex {
        let mut index = LinkIndex::NONE;
        self.each(&GetLink::by_name(name), |link| index = link.index())
            .unwrap();
        index
    }
}

/// Returns the link that `ip` shows.
fn shown(name: &str) -> Value {
    ip(&["-details", "link", "show", name]).unwrap()[0].clone()
}

fn is_up(link: &Value) -> bool {
    link["flags"].as_array().unwrap().contains(&"UP".into())
}

fn veths_have_both_ends() -> Outcome {
    let mut route = Route::open()?;
    route.execute(&NewLink::bridge("br0"))?;
    let bridge = route.index("br0");
    let peer = VethPeer::new("v1")
        .mtu(1300)
        .mac([2, 0, 0, 0, 0, 2])
        .alias("right side")
        .master(bridge)
        .up();
    let pair = NewLink::veth("v0", peer)
        .mtu(1400)
        .mac([2, 0, 0, 0, 0, 1])
        .alias("left side")
        .queue_len(77)
        .group(5)
        .up();
    route.execute(&pair)?;
    let (left, right) = (shown("v0"), shown("v1"));
    assert!(is_up(&left) && is_up(&right), "{left} {right}");
    assert_eq!((&left["mtu"], &right["mtu"]), (&json!(1400), &json!(1300)));
    assert_eq!(left["address"], "02:00:00:00:00:01");
    assert_eq!(right["address"], "02:00:00:00:00:02");
    assert_eq!(
        (&left["ifalias"], &right["ifalias"]),
        (&json!("left side"), &json!("right side"))
    );
    assert_eq!((&left["txqlen"], &left["group"]), (&json!(77), &json!("5")));
    assert_eq!(
        (&right["master"], &right["link"]),
        (&json!("br0"), &json!("v0"))
    );

    // A name in use: its link stays unchanged.
    route.execute(&NewLink::bridge("taken"))?;
    let refused = NewLink::veth("a0", VethPeer::new("taken").up());
    route.refused(&refused, Errno::EEXIST);
    let refused = NewLink::veth("taken", VethPeer::new("a1").up()).alias("mine");
    route.refused(&refused, Errno::EEXIST);
    let taken = shown("taken");
    assert!(!is_up(&taken) && taken["ifalias"].is_null(), "{taken}");
    assert!(ip(&["link", "show", "a0"]).is_err() && ip(&["link", "show", "a1"]).is_err());
    // Again without an error.
    route.execute(&pair.if_absent())?;

    // Into another namespace, and up there although it is the peer.
    let there = second_namespace()?;
    let descriptor = nlsock::route::namespace(&there);
    let peer = VethPeer::new("eth0").namespace(descriptor).mtu(1280).up();
    route.execute(&NewLink::veth("pod", peer).mtu(1290).up())?;
    route.execute(&NewLink::veth("pod2", "eth1").namespace(descriptor).up())?;
    let theirs = in_namespace(&there, || shown("eth0"))?;
    assert!(is_up(&theirs) && theirs["mtu"] == 1280, "{theirs}");
    assert!(is_up(&in_namespace(&there, || shown("pod2"))?));
    let ours = shown("pod");
    assert!(
        is_up(&ours) && ours["mtu"] == 1290 && ours["operstate"] == "UP",
        "{ours}"
    );
    assert!(!is_up(&shown("eth1")));
    route.execute(&SetLink::by_name("eth1").namespace(descriptor).up())?;
    assert!(is_up(&in_namespace(&there, || shown("eth1"))?));
    Ok(())
}

fn kinds_have_their_settings() -> Outcome {
    let mut route = Route::open()?;
    let ageing = [BridgeAttr::AgeingTime(6000)];
    let bridge = NewLink::bridge("br0").spanning_tree(true).settings(&ageing);
    route.execute(&bridge)?;
    route.execute(&NewLink::veth("v0", "v1"))?;
    let lower = route.index("v0");
    let vxlan = NewLink::vxlan("vx0", 42)
        .port(4789)
        .local([192, 0, 2, 1])
        .remote([192, 0, 2, 2])
        .lower(lower)
        .learning(false)
        .settings(&[VxlanAttr::Ttl(9)]);
    route.execute(&vxlan.up())?;
    let v6: std::net::Ipv6Addr = "2001:db8::1".parse()?;
    route.execute(&NewLink::vxlan("vx6", 43).local(v6))?;
    route.execute(&NewLink::external_vxlan("vxe").port(4790))?;
    route.execute(&NewLink::macvlan("mac0", lower).mode(MacVlanMode::BRIDGE))?;
    route.execute(&NewLink::ifb("ifb7").index(77))?;
    let cases = [
        ("br0", "/ageing_time", json!(6000)),
        ("br0", "/stp_state", json!(1)),
        ("vx0", "/id", json!(42)),
        ("vx0", "/port", json!(4789)),
        ("vx0", "/local", json!("192.0.2.1")),
        ("vx0", "/remote", json!("192.0.2.2")),
        ("vx0", "/link", json!("v0")),
        ("vx0", "/learning", json!(false)),
        ("vx0", "/ttl", json!(9)),
        ("vx6", "/local6", json!("2001:db8::1")),
        ("vxe", "/external", json!(true)),
        ("mac0", "/mode", json!("bridge")),
    ];
    for (name, setting, value) in cases {
        let link = shown(name);
        let settings = &link["linkinfo"]["info_data"];
        assert_eq!(settings.pointer(setting), Some(&value), "{name}: {link}");
    }
    assert_eq!(shown("mac0")["link"], "v0");
    assert_eq!(shown("ifb7")["ifindex"], 77);
    route.refused(&NewLink::vxlan("vx9", 1 << 24), Errno::ERANGE);

    // A bridge can be changed by either request, a macvlan's mode, too.
    let ageing = [BridgeAttr::AgeingTime(7000)];
    let like = NewLink::bridge("").settings(&ageing);
    route.execute(&SetLinkKind::of("br0", like))?;
    route.execute(&NewLink::bridge("br0").spanning_tree(false).or_change())?;
    let bridge = &shown("br0")["linkinfo"]["info_data"];
    assert_eq!(
        (&bridge["ageing_time"], &bridge["stp_state"]),
        (&json!(7000), &json!(0))
    );
    let private = NewLink::macvlan("", lower).mode(MacVlanMode::PRIVATE);
    route.execute(&SetLinkKind::of("mac0", private))?;
    assert_eq!(shown("mac0")["linkinfo"]["info_data"]["mode"], "private");
    Ok(())
}

fn links_change() -> Outcome {
    let mut route = Route::open()?;
    route.execute(&NewLink::bridge("br0"))?;
    route.execute(&NewLink::veth("i0", "other"))?;
    let (bridge, index) = (route.index("br0"), route.index("i0"));
    let alias = "x".repeat(255);
    let change = SetLink::by_name("i0")
        .master(bridge)
        .alias(alias.as_str())
        .mtu(1234)
        .mac([2, 0, 0, 0, 0, 9])
        .group(6)
        .queue_len(8)
        .promiscuous(true)
        .up();
    route.execute(&change)?;
    let link = shown("i0");
    assert!(
        is_up(&link)
            && link["flags"]
                .as_array()
                .unwrap()
                .contains(&"PROMISC".into())
    );
    assert_eq!(
        (&link["master"], &link["ifalias"]),
        (&json!("br0"), &json!(alias))
    );
    assert_eq!(
        (&link["mtu"], &link["group"], &link["txqlen"]),
        (&json!(1234), &json!("6"), &json!(8))
    );
    assert_eq!(link["address"], "02:00:00:00:00:09");
    let mut read = 0;
    route.each(&GetLink::by_index(index), |row| {
        assert_eq!(row.alias().unwrap().unwrap(), alias.as_str());
        assert_eq!((row.mtu(), row.group()), (Ok(Some(1234)), Ok(Some(6))));
        assert_eq!(
            (row.master(), row.queue_len()),
            (Ok(Some(bridge)), Ok(Some(8)))
        );
        assert_eq!(row.mac(), Ok(Some([2, 0, 0, 0, 0, 9])));
        assert_eq!(row.kind().unwrap().unwrap(), "veth");
        read += 1;
    })?;
    assert_eq!(read, 1);

    let change = SetLink::by_index(index)
        .master(LinkIndex::NONE)
        .alias("")
        .promiscuous(false)
        .down();
    route.execute(&change)?;
    let link = shown("i0");
    assert!(
        link["master"].is_null() && link["ifalias"].is_null() && !is_up(&link),
        "{link}"
    );
    route.execute(&SetLink::rename(index, "wan0").up())?;
    assert_eq!(shown("wan0")["ifindex"], json!(index.get()));
    route.refused(&SetLink::by_name("i0").up(), Errno::ENODEV);
    // Nothing is named by index 0, whatever else is there.
    route.refused(&SetLink::by_index(0).group(6), Errno::EINVAL);

    route.execute(&NewLink::ifb("i1").group(6))?;
    route.execute(&DeleteLink::group(6))?;
    assert!(ip(&["link", "show", "wan0"]).is_err() && ip(&["link", "show", "i1"]).is_err());
    route.refused(&DeleteLink::by_index(index), Errno::ENODEV);
    route.execute(&DeleteLink::by_index(index).if_there())?;
    route.execute(&DeleteLink::by_name("br0"))?;
    route.refused(&DeleteLink::by_name("lo"), Errno::EOPNOTSUPP);
    Ok(())
}

fn links_have_names_of_any_length_and_bytes() -> Outcome {
    let mut route = Route::open()?;
    route.execute(&NewLink::bridge("br0"))?;
    let index = route.index("br0");
    let long = "a".repeat(127);
    for name in ["averyveryverylongaltname", "short", &long] {
        route.execute(&NewAltName::of("br0", name))?;
        assert_eq!(route.index(name), index);
    }
    let shown_names = shown("br0")["altnames"].clone();
    assert_eq!(
        shown_names,
        json!(["averyveryverylongaltname", "short", long])
    );
    route.each(&GetLink::by_name("short"), |link| {
        let names: Vec<_> = link
            .alt_names()
            .unwrap()
            .map(|name| name.to_string())
            .collect();
        assert_eq!(json!(names), shown_names);
    })?;
    route.execute(&DeleteAltName::of(index, "averyveryverylongaltname"))?;
    route.execute(&DeleteAltName::of(index, "averyveryverylongaltname").if_there())?;
    let absent = GetLink::by_name("averyveryverylongaltname");
    let error = route.each(&absent, |_| {}).unwrap_err();
    assert!(error.is_not_found(), "{error}");
    route.execute(&DeleteLink::by_name(long.as_str()))?;

    // Neither UTF-8 nor harmless.
    for name in [b"v\xff", &b"e\x1b[31mX"[..]] {
        route.execute(&NewLink::new(name, "bridge"))?;
        route.execute(&SetLink::of(name).up())?;
        let count = route.each(&GetLink::by_name(name), |link| {
            assert!(link.is_up());
            assert_eq!(link.name().unwrap().unwrap(), name);
        })?;
        assert_eq!(count, 1);
        route.execute(&DeleteLink::of(name))?;
    }
    each_request_takes_bytes(&mut route)
}

fn links_are_changed_by_alternative_names() -> Outcome {
    let mut route = Route::open()?;
    route.execute(&NewLink::bridge("br0"))?;
    let long = "a".repeat(127);
    for name in ["short", "averyveryverylongaltname", &long] {
        route.execute(&NewAltName::of("br0", name))?;
        let changed = route.execute(&SetLink::by_name(name).alias(name));
        // Linux 5.10 looks at `IFLA_IFNAME` alone (`rtnl_setlink`), so that it knows
        // those that fit there.
        if name.len() > 15 && changed.as_ref().is_err_and(Error::is_not_found) {
            return Err(Missing("kernel: changes of links by long names".into()).into());
        }
        changed?;
        assert_eq!(shown(name)["ifalias"], name);
    }
    let bytes: &[u8] = b"\xfe an alternative name";
    route.execute(&NewAltName::of("br0", bytes))?;
    route.execute(&SetLink::of(bytes).alias(bytes))?;
    route.each(&GetLink::of(bytes), |link| {
        assert_eq!(link.alias().unwrap().unwrap(), bytes);
    })?;
    Ok(())
}

/// Names of links are bytes in requests of all kinds.
fn each_request_takes_bytes(route: &mut Route) -> Outcome {
    const NAME: &[u8] = b"\xff0";
    const OTHER: &[u8] = b"\xff1";
    const ALTERNATIVE: &[u8] = b"\xfe an alternative name";
    route.execute(&NewLink::veth(NAME, OTHER))?;
    let mut index = LinkIndex::NONE;
    route.each(&GetLink::of(NAME), |link| index = link.index())?;
    route.execute(&SetLink::rename(index, b"\xff2"))?;
    route.execute(&SetLink::rename(index, NAME))?;
    route.execute(&NewAltName::of(OTHER, ALTERNATIVE))?;
    route.execute(&SetLink::of(OTHER).alias(ALTERNATIVE).up())?;
    route.each(&GetLink::of(ALTERNATIVE), |link| {
        assert_eq!(link.name().unwrap().unwrap(), OTHER);
        assert_eq!(link.alias().unwrap().unwrap(), ALTERNATIVE);
        let names: Vec<_> = link.alt_names().unwrap().collect();
        assert_eq!(names, [ALTERNATIVE]);
    })?;
    route.execute(&DeleteAltName::of(OTHER, ALTERNATIVE))?;

    let label = b"\xff0:\xfe";
    let address = NewAddress::of(index, "192.0.2.1/24".parse()?);
    route.execute(&address.label(label))?;
    route.each(&GetAddresses::v4().link(index), |row| {
        assert_eq!(row.label().unwrap().unwrap(), label);
    })?;
    let rule = NewRule::v4().priority(7).incoming(NAME).outgoing(OTHER);
    route.execute(&rule)?;
    route.each(&GetRules::v4().priority(7), |row| {
        assert_eq!(row.incoming().unwrap().unwrap(), NAME);
        assert_eq!(row.outgoing().unwrap().unwrap(), OTHER);
        assert!(!row.header.flags().contains(RuleFlags::IIF_DETACHED));
    })?;
    let gone = DeleteRule::v4().priority(7).incoming(NAME).outgoing(OTHER);
    route.execute(&gone)?;
    route.execute(&DeleteLink::of(NAME)).map_err(Into::into)
}

fn links_are_listed_by_filters() -> Outcome {
    Route::open()?.execute(&NewLink::bridge("br0").up())?;
    ip(&[
        "link", "add", "v0", "master", "br0", "type", "veth", "peer", "name", "v1",
    ])?;
    ip(&["link", "add", "i0", "up", "group", "7", "type", "ifb"])?;
    for mut route in Route::both()? {
        let bridge = route.index("br0");
        let mut names = |query: GetLinks<'_>| {
            let mut names = Vec::new();
            let push = |link: nlwire::route::LinkRow<'_>| {
                names.push(link.name().unwrap().unwrap().to_string());
            };
            route.each(&query, push).unwrap();
            names
        };
        let all = ip(&["link", "show"])?;
        let all: Vec<_> = all
            .as_array()
            .unwrap()
            .iter()
            .map(|link| &link["ifname"])
            .collect();
        assert_eq!(json!(names(GetLinks::all())), json!(all));
        assert_eq!(names(GetLinks::all().master(bridge)), ["v0"]);
        assert_eq!(names(GetLinks::all().kind("veth")), ["v1", "v0"]);
        assert_eq!(names(GetLinks::all().kind("nosuch")), [""; 0]);
        assert_eq!(names(GetLinks::all().group(7)), ["i0"]);
        assert_eq!(names(GetLinks::all().up()), ["br0", "i0"]);
        assert_eq!(names(GetLinks::all().up().kind("bridge")), ["br0"]);
    }
    Ok(())
}

fn bridge_ports_have_vlans() -> Outcome {
    let mut route = Route::open()?;
    route.execute(&NewLink::bridge("br0"))?;
    let filtering = SetLinkKind::of("br0", NewLink::bridge("").vlan_filtering(true));
    match route.execute(&filtering) {
        Err(error) if error.errno() == Some(Errno::EOPNOTSUPP) => {
            return Err(Missing("kernel: VLANs of bridges".into()).into());
        }
        outcome => outcome?,
    }
    let bridge = route.index("br0");
    route.execute(&NewLink::veth("v0", "v1").master(bridge))?;
    let port = route.index("v0");
    route.execute(&NewBridgeVlan::of(port, 10).pvid().untagged())?;
    route.execute(&NewBridgeVlan::of(port, 100).through(103))?;
    route.execute(&NewBridgeVlan::of(bridge, 10).on_bridge())?;
    let shown = |link: &str| {
        let text = run("bridge", &["-json", "vlan", "show", "dev", link]).unwrap();
        let shown: Value = serde_json::from_str(&text).unwrap();
        shown[0]["vlans"].clone()
    };
    let none = BridgeVlanFlags::empty();
    let native = BridgeVlanFlags::PVID | BridgeVlanFlags::UNTAGGED;
    let vlans = |first, last, flags| BridgeVlanRange { first, last, flags };
    assert_eq!(
        shown("v0"),
        json!([
            {"vlan": 1, "flags": ["Egress Untagged"]},
            {"vlan": 10, "flags": ["PVID", "Egress Untagged"]},
            {"vlan": 100}, {"vlan": 101}, {"vlan": 102}, {"vlan": 103},
        ])
    );
    assert_eq!(shown("br0")[1], json!({"vlan": 10}));
    for mut route in Route::both()? {
        let mut seen = Vec::new();
        let count = route.each(&GetBridgeVlans::all().link(port), |row| {
            seen.extend(row.bridge_vlans().unwrap().map(Result::unwrap));
        })?;
        assert_eq!(count, 1);
        let untagged = BridgeVlanFlags::UNTAGGED;
        assert_eq!(
            seen,
            [
                vlans(1, 1, untagged),
                vlans(10, 10, native),
                vlans(100, 103, none)
            ]
        );
    }
    route.execute(&DeleteBridgeVlan::of(port, 100).through(102))?;
    route.execute(&DeleteBridgeVlan::of(bridge, 10).on_bridge())?;
    assert_eq!(shown("v0").as_array().unwrap().len(), 3);
    assert_eq!(shown("br0").as_array().unwrap().len(), 1);

    // Those that `bridge` adds and deletes.
    for command in [
        "vlan del dev v0 vid 103",
        "vlan add dev v0 vid 20 pvid",
        "vlan add dev v0 vid 200-203 untagged",
        "vlan add dev br0 vid 30 self",
    ] {
        run("bridge", &command.split(' ').collect::<Vec<_>>())?;
    }
    let mut list = |link| {
        let mut seen = Vec::new();
        let query = GetBridgeVlans::all().link(link);
        let read = |row: nlwire::route::LinkRow<'_>| {
            seen.extend(row.bridge_vlans().unwrap().map(Result::unwrap));
        };
        route.each(&query, read).map(|_| seen)
    };
    let untagged = BridgeVlanFlags::UNTAGGED;
    assert_eq!(
        list(port)?,
        [
            vlans(1, 1, untagged),
            vlans(10, 10, untagged),
            vlans(20, 20, BridgeVlanFlags::PVID),
            vlans(200, 203, untagged),
        ]
    );
    assert_eq!(list(bridge)?, [vlans(1, 1, native), vlans(30, 30, none)]);
    Ok(())
}

fn bridge_ports_change() -> Outcome {
    let mut route = Route::open()?;
    route.execute(&NewLink::bridge("br0"))?;
    let bridge = route.index("br0");
    route.execute(&NewLink::veth("v0", "v1").master(bridge))?;
    let port = route.index("v0");
    route.execute(&SetBridgePort::of(
        port,
        &[BridgePortAttr::Isolated(1), BridgePortAttr::Mode(1)],
    ))?;
    let text = run(
        "bridge",
        &["-json", "-details", "link", "show", "dev", "v0"],
    )?;
    let link: Value = serde_json::from_str(&text)?;
    assert_eq!(
        (&link[0]["isolated"], &link[0]["hairpin"]),
        (&json!(true), &json!(true))
    );
    Ok(())
}
