//! Links, their kinds and VLANs of bridge ports.

use super::*;

#[test]
fn a_link_has_its_settings_and_those_of_its_kind() {
    let more = [LinkAttr::TxQueues(4)];
    let settings = [VxlanAttr::Ttl(9)];
    let request = NewLink::vxlan("vx0", 42)
        .port(4789)
        .local([192, 0, 2, 1])
        .remote([192, 0, 2, 2])
        .lower(7)
        .learning(false)
        .settings(&settings)
        .mtu(1400)
        .mac([2, 0, 0, 0, 0, 1])
        .master(5)
        .group(3)
        .queue_len(100)
        .index(9)
        .with(&more)
        .up();
    let bytes = bytes(&request);
    let sent = message(&bytes);
    assert_eq!(sent.kind(), RTM_NEWLINK);
    assert_eq!(
        sent.flags(),
        Flags::empty() | NewFlags::CREATE | NewFlags::EXCL
    );
    let row = link(&bytes);
    assert_eq!(
        (row.index(), row.is_up(), row.header.change.get()),
        (LinkIndex::new(9), true, 1)
    );
    let fields =
        fields!(row.attributes => Link { mtu, address, master, group, tx_queue_len, tx_queues })
            .unwrap();
    assert_eq!(row.name().unwrap(), Some(Text::from("vx0")));
    assert_eq!(
        (fields.mtu, fields.address),
        (Some(1400), Some(&[2, 0, 0, 0, 0, 1][..]))
    );
    assert_eq!((fields.master, fields.group), (Some(5.into()), Some(3)));
    assert_eq!(
        (fields.tx_queue_len, fields.tx_queues),
        (Some(100), Some(4))
    );
    assert_eq!(row.kind().unwrap(), Some(Text::from("vxlan")));
    let LinkData::Vxlan(vxlan) = data(&row) else {
        panic!("{row:?}")
    };
    let vxlan = fields!(vxlan => Vxlan { id, port, local, group, link, learning, ttl }).unwrap();
    assert_eq!(
        (vxlan.id, vxlan.port, vxlan.ttl),
        (Some(42), Some(4789), Some(9))
    );
    assert_eq!(vxlan.local, Some([192, 0, 2, 1].into()));
    assert_eq!(vxlan.group, Some([192, 0, 2, 2].into()));
    assert_eq!((vxlan.link, vxlan.learning), (Some(7.into()), Some(0)));
}

#[test]
fn each_kind_writes_its_own_set() {
    let v4 = [192, 0, 2, 1];
    let v6 = [0x2001, 0xdb8, 0, 0, 0, 0, 0, 1];
    let kinds: [(&dyn Request, &str); 14] = [
        (
            &NewLink::bridge("a")
                .vlan_filtering(true)
                .spanning_tree(false),
            "bridge",
        ),
        (&NewLink::vlan("a", 2, 7).tag_protocol(0x88a8), "vlan"),
        (&NewLink::external_vxlan("a").local(v6), "vxlan"),
        (
            &NewLink::macvlan("a", 2).mode(MacVlanMode::BRIDGE),
            "macvlan",
        ),
        (&NewLink::macvtap("a", 2), "macvtap"),
        (&NewLink::ipvlan("a", 2).mode(IpVlanMode::L3S), "ipvlan"),
        (&NewLink::vrf("a", RouteTable(100)), "vrf"),
        (&NewLink::gre("a").local(v4).key(7).ttl(64), "gre"),
        (&NewLink::gretap("a").remote(v4), "gretap"),
        (&NewLink::ip6gre("a").remote(v6), "ip6gre"),
        (&NewLink::ip6gretap("a").lower(3), "ip6gretap"),
        (&NewLink::ipip("a").local(v4).remote(v4), "ipip"),
        (&NewLink::sit("a").local(v4), "sit"),
        (&NewLink::ip6tnl("a").remote(v6).lower(3), "ip6tnl"),
    ];
    let mut seen = String::new();
    for (request, kind) in kinds {
        let bytes = bytes(request);
        let row = link(&bytes);
        assert_eq!(row.kind().unwrap(), Some(Text::from(kind)));
        let set = data(&row);
        assert!(!matches!(set, LinkData::Other(_)), "{set:?}");
        seen += &format!("{set:?}\n");
    }
    let expected = [
        "Bridge({IFLA_BR_VLAN_FILTERING: 1, IFLA_BR_STP_STATE: 0})",
        "Vlan({IFLA_VLAN_ID: 7, IFLA_VLAN_PROTOCOL: 802.1ad})",
        "Vxlan({IFLA_VXLAN_COLLECT_METADATA: 1, IFLA_VXLAN_LOCAL6: 2001:db8::1, \
             IFLA_VXLAN_LEARNING: 0})",
        "MacVlan({IFLA_MACVLAN_MODE: bridge})",
        "MacVtap({})",
        "IpVlan({IFLA_IPVLAN_MODE: l3s})",
        "Vrf({IFLA_VRF_TABLE: 100})",
        "Gre({IFLA_GRE_LOCAL: 192.0.2.1, IFLA_GRE_TTL: 64, IFLA_GRE_IFLAGS: 8192, IFLA_GRE_IKEY: 7, IFLA_GRE_OFLAGS: 8192, IFLA_GRE_OKEY: 7})",
        "GreTap({IFLA_GRE_REMOTE: 192.0.2.1})",
        "Ip6Gre({IFLA_GRE_REMOTE: 2001:db8::1, IFLA_GRE_ENCAP_LIMIT: 4})",
        "Ip6GreTap({IFLA_GRE_LINK: 3, IFLA_GRE_ENCAP_LIMIT: 4})",
        "IpIp({IFLA_IPTUN_LOCAL: 192.0.2.1, IFLA_IPTUN_REMOTE: 192.0.2.1})",
        "Sit({IFLA_IPTUN_LOCAL: 192.0.2.1})",
        "Ip6Tunnel({IFLA_IPTUN_LINK: 3, IFLA_IPTUN_REMOTE: 2001:db8::1, \
             IFLA_IPTUN_ENCAP_LIMIT: 4})",
    ];
    let seen: Vec<_> = seen.lines().collect();
    assert_eq!(seen, expected);
    for (request, kind) in [
        (NewLink::dummy("a"), "dummy"),
        (NewLink::ifb("a"), "ifb"),
        (NewLink::new("a", "wireguard"), "wireguard"),
    ] {
        let bytes = bytes(&request);
        let row = link(&bytes);
        let info = row.attributes.require(IFLA_LINKINFO).unwrap().nested();
        assert_eq!(super::kinds(info), [IFLA_INFO_KIND]);
        assert_eq!(row.kind().unwrap(), Some(Text::from(kind)));
    }
}

/// Both ends as the first message has them.
fn ends(bytes: &[u8]) -> (LinkRow<'_>, LinkHeader, Attrs<'_>) {
    let row = link(bytes);
    let info = row.attributes.require(IFLA_LINKINFO).unwrap().nested();
    let peer = info.require(IFLA_INFO_DATA).unwrap().nested();
    let peer = peer.require(VETH_INFO_PEER).unwrap();
    let header = peer.zero_extended::<LinkHeader>();
    let attributes = Attrs::new(&peer.bytes()[16..]);
    (row, header, attributes)
}

#[test]
fn a_veth_waits_where_the_kernel_needs_it() {
    let alone = NewLink::veth("left", "right").up();
    let sent = bytes(&alone);
    let (row, header, peer) = ends(&sent);
    assert!(row.is_up());
    assert_eq!(header.flags.get(), 0);
    assert_eq!(peer.require(IFLA_IFNAME).unwrap().text(), "right");

    let peer = VethPeer::new("right")
        .mtu(1300)
        .mac([2, 0, 0, 0, 0, 9])
        .master(4)
        .up();
    let both = NewLink::veth("left", peer)
        .alias("left side")
        .mtu(1400)
        .up();
    let (first, then) = bytes_at(&both, 0).unwrap();
    let (row, header, peer) = ends(&first);
    assert_eq!(
        (row.mtu().unwrap(), row.alias().unwrap()),
        (Some(1400), None)
    );
    assert_eq!(header.flags.get(), 0);
    assert_eq!(kinds(peer), [IFLA_IFNAME, IFLA_MTU, IFLA_ADDRESS]);
    assert_eq!(Object(&both, 0).to_string(), r#"link "left""#);

    let (second, then) = bytes_at(&both, then.unwrap()).unwrap();
    let row = link(&second);
    assert_eq!(message(&second).kind(), RTM_SETLINK);
    assert_eq!((row.header.flags.get(), row.header.change.get()), (0, 0));
    assert_eq!(row.name().unwrap(), Some(Text::from("left")));
    assert_eq!(row.alias().unwrap(), Some(Text::from("left side")));

    let (third, then) = bytes_at(&both, then.unwrap()).unwrap();
    let row = link(&third);
    assert_eq!(row.name().unwrap(), Some(Text::from("right")));
    assert!(row.is_up());
    assert_eq!(
        (row.master().unwrap(), then),
        (Some(LinkIndex::new(4)), None)
    );
}

#[test]
fn the_end_that_goes_up_elsewhere_is_the_first() {
    let there = NamespaceFd::from_raw(7);
    let peer = VethPeer::new("eth0").namespace(there).mtu(1300).up();
    let request = NewLink::veth("pod", peer).mtu(1400).up();
    let (first, then) = bytes_at(&request, 0).unwrap();
    let (row, header, other) = ends(&first);
    assert_eq!(row.name().unwrap(), Some(Text::from("eth0")));
    assert_eq!((row.is_up(), row.mtu().unwrap()), (true, Some(1300)));
    assert_eq!(row.attributes.require(IFLA_NET_NS_FD).unwrap().u32(), Ok(7));
    assert_eq!(header.flags.get(), 0);
    assert_eq!(kinds(other), [IFLA_IFNAME, IFLA_MTU]);
    let (second, then) = bytes_at(&request, then.unwrap()).unwrap();
    assert_eq!(link(&second).name().unwrap(), Some(Text::from("pod")));
    assert!(link(&second).is_up() && then.is_none());

    // Out of reach: both elsewhere, or an alias there.
    for request in [
        NewLink::veth("pod", peer).namespace(there),
        NewLink::veth("pod", VethPeer::new("eth0").namespace(there).alias("a")),
        NewLink::veth("pod", "eth0").namespace(there).alias("a"),
    ] {
        assert_eq!(refusal(&request), EncodeError::OtherNamespace);
    }
    bytes(
        &NewLink::veth("pod", VethPeer::new("eth0").namespace(there))
            .namespace(there)
            .up(),
    );
}

#[test]
fn links_are_named_by_index_and_by_names_of_any_length() {
    let index = GetLink::by_index(7);
    assert_eq!(link(&bytes(&index)).index(), LinkIndex::new(7));
    assert!(kinds(attributes(&bytes(&index), 16)).is_empty());
    assert_eq!(Object(&index, 0).to_string(), "link 7");

    let fifteen = "a".repeat(15);
    let short = GetLink::by_name(fifteen.as_str());
    assert_eq!(kinds(attributes(&bytes(&short), 16)), [IFLA_IFNAME]);
    let long = "a".repeat(127);
    let requests: [&dyn Request; 4] = [
        &GetLink::by_name(long.as_str()).ext_mask(ExtFilter::empty()),
        &SetLink::by_name(long.as_str()),
        &DeleteLink::by_name(long.as_str()),
        &SetLinkKind::of(long.as_str(), NewLink::dummy("")),
    ];
    for request in requests {
        let bytes = bytes(request);
        let first = attributes(&bytes, 16).next().unwrap().unwrap();
        assert_eq!(
            (first.kind(), first.text()),
            (IFLA_ALT_IFNAME, long.as_str().into())
        );
    }

    let broken = GetLink::by_name(b"v\xff");
    assert_eq!(
        link(&bytes(&broken)).name().unwrap(),
        Some(Text::new(b"v\xff"))
    );
    assert_eq!(Object(&broken, 0).to_string(), r#"link "v\xff""#);
    let nul = GetLink::by_name("a\0b");
    assert!(matches!(
        refusal(&nul),
        EncodeError::InnerNul {
            attribute: IFLA_IFNAME,
            ..
        }
    ));
}

#[test]
fn an_answer_is_the_link_that_was_asked_for() {
    let mut buffer = [0; 256];
    let header = LinkHeader {
        index: 7.into(),
        ..LinkHeader::default()
    };
    let answer = Writer::message(&mut buffer, RTM_NEWLINK, Flags::empty(), &header, |w| {
        w.text(IFLA_IFNAME, "eth0".into())?
            .nest(IFLA_PROP_LIST, |w| {
                w.text(IFLA_ALT_IFNAME, "uplink".into())?
                    .text(IFLA_ALT_IFNAME, "enp0s31f6-of-the-board".into())
            })
    })
    .unwrap();
    for asked in [
        GetLink::by_index(7),
        GetLink::by_name("eth0"),
        GetLink::by_name("uplink"),
        GetLink::by_name("enp0s31f6-of-the-board"),
    ] {
        assert!(asked.matches(answer).unwrap(), "{asked:?}");
    }
    for other in [GetLink::by_index(8), GetLink::by_name("eth1")] {
        assert!(!other.matches(answer).unwrap(), "{other:?}");
    }
}

#[test]
fn changes_of_links() {
    let request = SetLink::of("eth0")
        .master(LinkIndex::NONE)
        .alias("")
        .promiscuous(true)
        .down();
    let sent = bytes(&request);
    let row = link(&sent);
    assert_eq!(row.header.flags(), LinkFlags::PROMISC);
    assert_eq!(
        row.header.change.get(),
        (LinkFlags::UP | LinkFlags::PROMISC).bits()
    );
    assert_eq!(row.master().unwrap(), Some(LinkIndex::NONE));
    assert!(
        row.attributes
            .require(IFLA_IFALIAS)
            .unwrap()
            .bytes()
            .is_empty()
    );

    let alias = [b'x'; 255];
    let sent = bytes(&SetLink::by_index(3).alias(&alias));
    let written = link(&sent).attributes.require(IFLA_IFALIAS).unwrap();
    assert_eq!(written.bytes(), alias);
    let nul = SetLink::by_index(3).alias(b"a\0b");
    assert!(matches!(
        refusal(&nul),
        EncodeError::InnerNul {
            attribute: IFLA_IFALIAS,
            position: 1
        }
    ));

    let sent = bytes(&SetLink::rename(7, "wan0").namespace(NamespaceFd::from_raw(5)));
    assert_eq!(link(&sent).index(), LinkIndex::new(7));
    assert_eq!(kinds(attributes(&sent, 16)), [IFLA_IFNAME, IFLA_NET_NS_FD]);

    let sent = bytes(&DeleteLink::group(5));
    assert_eq!(kinds(attributes(&sent, 16)), [IFLA_GROUP]);
    assert!(
        DeleteLink::by_index(1)
            .if_there()
            .forgives()
            .contains(&Errno::ENODEV)
    );
    assert!(!DeleteLink::by_index(1).forgives().contains(&Errno::ENODEV));
    assert!(
        NewLink::dummy("a")
            .if_absent()
            .forgives()
            .contains(&Errno::EEXIST)
    );

    let sent = bytes(&NewAltName::of(7, "another-name-of-the-link"));
    assert_eq!(message(&sent).kind(), RTM_NEWLINKPROP);
    let names: Vec<_> = link(&sent).alt_names().unwrap().collect();
    assert_eq!(names, ["another-name-of-the-link"]);
    let sent = bytes(&DeleteAltName::of("eth0", "b").if_there());
    assert_eq!(message(&sent).kind(), RTM_DELLINKPROP);
}

#[test]
fn vlans_of_bridge_ports() {
    let sent = bytes(&NewBridgeVlan::of(7, 100).through(199).untagged());
    assert_eq!(message(&sent).kind(), RTM_SETLINK);
    let row = link(&sent);
    assert_eq!(
        (row.header.family, row.index()),
        (AF_BRIDGE, LinkIndex::new(7))
    );
    let vlans: Vec<_> = row.bridge_vlans().unwrap().map(Result::unwrap).collect();
    let flags = BridgeVlanFlags::UNTAGGED;
    assert_eq!(
        vlans,
        [BridgeVlanRange {
            first: 100,
            last: 199,
            flags
        }]
    );

    let one = DeleteBridgeVlan::of(5, 10).on_bridge();
    let sent = bytes(&one);
    assert_eq!(message(&sent).kind(), RTM_DELLINK);
    let spec = attributes(&sent, 16)
        .require(IFLA_AF_SPEC)
        .unwrap()
        .nested();
    assert_eq!(kinds(spec), [IFLA_BRIDGE_FLAGS, IFLA_BRIDGE_VLAN_INFO]);
    assert_eq!(Object(&one, 0).to_string(), "VLAN 10 of link 5");

    let settings = [BridgePortAttr::Isolated(1)];
    let sent = bytes(&SetBridgePort::of(7, &settings));
    let info = attributes(&sent, 16)
        .require(IFLA_PROTINFO)
        .unwrap()
        .nested();
    assert_eq!(kinds(info), [IFLA_BRPORT_ISOLATED]);
}
