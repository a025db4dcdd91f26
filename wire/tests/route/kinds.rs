//! Kinds, objects and encapsulations by the bytes that the kernel's functions
//! write, where a kernel at hand may lack them.

use super::*;
use nlwire::codec::AttributeSet;
use nlwire::zerocopy::IntoBytes as _;
use nlwire::{Errno, MessageRef, MessageType};
use std::net::Ipv6Addr;

/// A request as the names of its schema print it.
fn tree(request: &dyn Request) -> String {
    let mut bytes = super::bytes(request);
    // A connection stamps requests.
    bytes[6] |= u8::try_from(Flags::REQUEST.bits()).unwrap();
    nlwire::pretty::Pretty::new(&bytes, Some(NETLINK_ROUTE)).to_string()
}

/// A block of attributes of a set, as it prints.
fn printed<S: AttributeSet>(block: &[u8]) -> String {
    format!("{:?}", Attrs::new(block).typed::<S>())
}

/// An attribute: length, type, value, padding.
fn attribute(kind: u16, value: &[u8]) -> Vec<u8> {
    let length = u16::try_from(value.len() + 4).unwrap();
    let mut bytes = [length.to_ne_bytes(), kind.to_ne_bytes()].concat();
    bytes.extend(value);
    bytes.resize(bytes.len().next_multiple_of(4), 0);
    bytes
}

fn report(kind: MessageType, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len() + 16).unwrap();
    let mut bytes = length.to_ne_bytes().to_vec();
    bytes.extend(kind.0.to_ne_bytes());
    bytes.extend([0; 10]);
    bytes.extend(payload);
    bytes
}

/// `can_fill_info` and `can_fill_xstats`.
#[test]
fn can_buses_have_timings_and_counters() {
    let timing = [500_000u32, 875, 125, 6, 7, 2, 1, 5];
    let timing: Vec<u8> = timing
        .iter()
        .flat_map(|value| value.to_ne_bytes())
        .collect();
    let counters: Vec<u8> = (1..7u32).flat_map(u32::to_ne_bytes).collect();
    let data = [
        attribute(IFLA_CAN_BITTIMING, &timing),
        attribute(IFLA_CAN_STATE, &1u32.to_ne_bytes()),
        attribute(
            IFLA_CAN_CTRLMODE,
            &[[0xff, 0, 0, 0], [0x21, 0, 0, 0]].concat(),
        ),
        attribute(
            IFLA_CAN_TERMINATION_CONST,
            &[120u16.to_ne_bytes(), 0u16.to_ne_bytes()].concat(),
        ),
    ]
    .concat();
    let info = [
        attribute(IFLA_INFO_KIND, b"can\0"),
        attribute(IFLA_INFO_XSTATS, &counters),
        attribute(IFLA_INFO_DATA, &data),
    ]
    .concat();
    let text = printed::<LinkInfo>(&info);
    for part in [
        "bitrate 500000, sample_point 875, tq 125",
        "IFLA_CAN_STATE: ERROR-WARNING",
        "IFLA_CAN_TERMINATION_CONST: [120, 0]",
        "bus_error 1, error_warning 2, error_passive 3, bus_off 4, arbitration_lost 5, restarts 6",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let set = SetLinkKind::of(
        "can0",
        NewLink::can()
            .bit_rate(500_000)
            .mode(CanModeFlags::FD, true),
    );
    let text = tree(&set);
    assert!(text.contains("bitrate 500000"), "{text}");
    assert!(text.contains("IFLA_CAN_CTRLMODE"), "{text}");
}

/// `netkit_new_link` reads the peer's header and attributes beside the settings.
#[test]
fn a_netkit_has_settings_beside_its_peer() {
    let netkit = NewLink::netkit("nk0", "nk1")
        .mode(NetkitMode::L2)
        .policy(NetkitPolicy::BLACKHOLE);
    let text = tree(&netkit);
    for part in [
        "netkit",
        "IFLA_NETKIT_PEER_INFO",
        "nk1",
        "IFLA_NETKIT_MODE: l2",
        "blackhole",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

/// `bond_fill_slave_info`, with a negative priority.
#[test]
fn ports_of_bonds_have_priorities_below_zero() {
    let port = attribute(IFLA_BOND_SLAVE_PRIO, &(-5i32).to_ne_bytes());
    assert_eq!(printed::<BondPort>(&port), "{IFLA_BOND_SLAVE_PRIO: -5}");
}

/// `ndisc_ra_useropt`: options between the fixed header and the attributes.
#[test]
fn options_of_neighbour_discovery_are_read() {
    let router: Ipv6Addr = "fe80::1".parse().unwrap();
    let servers: [Ipv6Addr; 2] = [
        "2001:db8::53".parse().unwrap(),
        "2001:db8::54".parse().unwrap(),
    ];
    let mut options = vec![25, 5, 0, 0, 0, 0, 2, 88];
    options.extend(servers.iter().flat_map(Ipv6Addr::octets));
    let names = b"\x07example\x03com\0\x04a.b\\\0";
    options.extend([31, 4, 0, 0, 0xff, 0xff, 0xff, 0xff]);
    options.extend(names);
    options.resize(40 + 32, 0);
    options.extend([37, 2]);
    options.extend(b"https://x.y\0\0\0");
    options.extend([38, 1, 1, 2, 3, 4, 5, 6]);
    let header = NdOptionHeader {
        family: AF_INET6,
        options_len: u16::try_from(options.len()).unwrap().into(),
        index: 7.into(),
        icmp_type: 134,
        ..NdOptionHeader::default()
    };
    let payload = [
        header.as_bytes(),
        &options,
        &attribute(NDUSEROPT_SRCADDR, &router.octets()),
    ]
    .concat();
    let bytes = report(RTM_NEWNDUSEROPT, &payload);
    let Change::NdOptions(row) = Change::of(MessageRef::new(&bytes).unwrap()) else {
        panic!("not read as options");
    };
    assert_eq!(row.link().get(), 7);
    assert_eq!(row.source().unwrap(), Some(router.into()));
    let read: Vec<_> = row.options().collect();
    let [
        NdOption::DnsServers {
            lifetime: 600,
            servers: found,
        },
        NdOption::DnsSearch {
            lifetime: u32::MAX,
            domains,
        },
        NdOption::CaptivePortal(uri),
        NdOption::Other {
            kind: 38,
            bytes: [1, 2, 3, 4, 5, 6],
        },
    ] = read.as_slice()
    else {
        panic!("{read:?}");
    };
    assert_eq!(found.collect::<Vec<_>>(), servers);
    let domains: Vec<_> = domains.map(|domain| domain.to_string()).collect();
    assert_eq!(domains, ["example.com", "a\\046b\\092"]);
    assert_eq!(uri.as_bytes(), b"https://x.y");

    // Broken ones end the walk, and nothing panics.
    for broken in [
        &[25, 0, 1][..],
        &[25, 9, 0, 0],
        &[25],
        &[31, 1, 0, 0, 0, 0, 0, 0],
    ] {
        for option in NdOptionIter::new(broken) {
            if let NdOption::DnsSearch { domains, .. } = option {
                assert_eq!(domains.count(), 0);
            }
        }
    }
    assert_eq!(NdOptionIter::new(&[25, 0, 1]).count(), 0);
    for label in [&b"\x05abc\0"[..], b"\xc0\x0c", b"\x03abc"] {
        let bytes = [&[0, 0, 0, 0, 0, 9], label].concat();
        let NdOption::DnsSearch { domains, .. } = NdOption::new(31, &bytes) else {
            panic!("not read as domains");
        };
        assert_eq!(domains.count(), 0, "{label:?}");
    }
}

/// `inet6_fill_prefix`.
#[test]
fn prefixes_of_routers_are_read() {
    let header = PrefixHeader {
        family: AF_INET6,
        index: 3.into(),
        kind: 3,
        len: 64,
        flags: PrefixFlags::OLD_ONLINK | PrefixFlags::AUTOCONF,
        ..PrefixHeader::default()
    };
    let prefix: Ipv6Addr = "2001:db8::".parse().unwrap();
    let times = [14_400u32.to_ne_bytes(), 86_400u32.to_ne_bytes()].concat();
    let payload = [
        header.as_bytes(),
        &attribute(PREFIX_ADDRESS, &prefix.octets()),
        &attribute(PREFIX_CACHEINFO, &times),
    ]
    .concat();
    let bytes = report(RTM_NEWPREFIX, &payload);
    let Change::NewPrefix(row) = Change::of(MessageRef::new(&bytes).unwrap()) else {
        panic!("not read as a prefix");
    };
    assert_eq!(row.prefix().unwrap(), "2001:db8::/64".parse().unwrap());
    assert_eq!(row.lifetimes().unwrap().unwrap().valid.get(), 86_400);
    assert_eq!(row.header.flags.to_string(), "old-onlink,autoconf");
    // Older kernels and younger ones have other bits.
    assert!(row.is_on_link() && row.is_autoconf());
}

/// `igmpmsg_netlink_event`, whose fixed header is one byte.
#[test]
fn packets_of_unknown_route_are_read() {
    let payload = [
        vec![RTNL_FAMILY_IPMR, 0, 0, 0],
        attribute(IPMRA_CREPORT_MSGTYPE, &[1]),
        attribute(IPMRA_CREPORT_VIF_ID, &2u32.to_ne_bytes()),
        attribute(IPMRA_CREPORT_SRC_ADDR, &[192, 0, 2, 1]),
        attribute(IPMRA_CREPORT_DST_ADDR, &[239, 1, 1, 1]),
        attribute(IPMRA_CREPORT_TABLE, &253u32.to_ne_bytes()),
    ]
    .concat();
    let bytes = report(RTM_NEWCACHEREPORT, &payload);
    let Change::CacheReport(row) = Change::of(MessageRef::new(&bytes).unwrap()) else {
        panic!("not read as a report");
    };
    let report = fields!(row.attributes => CacheReport { kind, interface, table }).unwrap();
    assert_eq!(report.kind, Some(CacheReportKind::NO_CACHE));
    assert_eq!((report.interface, report.table), (Some(2), Some(253)));
    assert!(
        format!("{row:?}").contains("IPMRA_CREPORT_DST_ADDR: 239.1.1.1"),
        "{row:?}"
    );
}

/// `rtnl_offload_xstats_fill_hw_s_info_one`, `br_fill_linkxstats` and
/// `bond_fill_linkxstats`.
#[test]
fn statistics_of_hardware_bridges_and_bonds_are_read() {
    let info = [
        attribute(IFLA_OFFLOAD_XSTATS_HW_S_INFO_REQUEST, &[1]),
        attribute(IFLA_OFFLOAD_XSTATS_HW_S_INFO_USED, &[0]),
    ]
    .concat();
    let offload = attribute(
        IFLA_OFFLOAD_XSTATS_HW_S_INFO,
        &attribute(IFLA_OFFLOAD_XSTATS_L3_STATS, &info),
    );
    let mut vlan = [7u64; 4].map(u64::to_ne_bytes).concat();
    vlan.extend([10u16, 2].map(u16::to_ne_bytes).concat());
    vlan.extend([0; 4]);
    let bridge = attribute(
        LINK_XSTATS_TYPE_BRIDGE,
        &attribute(BRIDGE_XSTATS_VLAN, &vlan),
    );
    let lacp = attribute(BOND_3AD_STAT_LACPDU_TX, &9u64.to_ne_bytes());
    let bond = attribute(LINK_XSTATS_TYPE_BOND, &attribute(BOND_XSTATS_3AD, &lacp));
    let stats = [
        attribute(IFLA_STATS_LINK_XSTATS, &bond),
        attribute(IFLA_STATS_LINK_XSTATS_SLAVE, &bridge),
        attribute(IFLA_STATS_LINK_OFFLOAD_XSTATS, &offload),
    ]
    .concat();
    let text = printed::<Stats>(&stats);
    for part in [
        "BOND_3AD_STAT_LACPDU_TX: 9",
        "rx_bytes 7, rx_packets 7, tx_bytes 7, tx_packets 7, vid 10, flags PVID",
        "{3: {IFLA_OFFLOAD_XSTATS_HW_S_INFO_REQUEST: 1",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert_eq!(size_of::<BridgeMulticastStats>(), 240);
    let text = tree(&GetStats::of(7).kind().port());
    assert!(
        text.contains("filter_mask 0x6") || text.contains("filter_mask: 0x6"),
        "{text}"
    );
}

/// `seg6_build_state` reads what `parse_srh` of iproute2 writes: the segments
/// stand in reverse, and inline the first place is for the packet's destination.
#[test]
fn segments_stand_in_reverse() {
    let segments: [Ipv6Addr; 2] = [
        "2001:db8::1".parse().unwrap(),
        "2001:db8::2".parse().unwrap(),
    ];
    for (mode, units, last) in [(Seg6Mode::ENCAP, 4, 1), (Seg6Mode::INLINE, 6, 2)] {
        let route = NewRoute::to("2001:db8:f::/48".parse().unwrap())
            .link(7)
            .encapsulation(Encapsulation::seg6(mode, &segments));
        let bytes = super::bytes(&route);
        let message = MessageRef::new(&bytes).unwrap();
        let (_, attributes) = message.split::<RouteHeader>().unwrap();
        let nest = attributes.find(RTA_ENCAP).unwrap().unwrap();
        let encap = fields!(nest.nested() => Seg6Encap { header }).unwrap();
        let header = encap.header.unwrap();
        assert_eq!(header.mode, mode);
        assert_eq!(
            &header.header.as_bytes()[..8],
            &[0, units, 4, last, last, 0, 0, 0]
        );
        assert_eq!(header.header.segments_left(), last);
        assert_eq!(header.segments().collect::<Vec<_>>(), segments);
        let first = header.header.addresses().next().unwrap();
        assert_eq!(first.is_unspecified(), mode == Seg6Mode::INLINE);
    }
    // What is cut off has fewer addresses.
    assert_eq!(
        SegmentRoutingHeader::new(&[0, 200, 4]).addresses().count(),
        0
    );
}

/// `rpl_validate_srh`, and what `ip` 6.1 sends for `encap rpl segs 2001:db8::2,2001:db8::1`.
#[test]
fn source_routes_begin_with_their_first_address() {
    let addresses: [Ipv6Addr; 2] = [
        "2001:db8::1".parse().unwrap(),
        "2001:db8::2".parse().unwrap(),
    ];
    let route = NewRoute::to("2001:db8:f::/48".parse().unwrap())
        .link(7)
        .encapsulation(Encapsulation::rpl(&addresses));
    let bytes = super::bytes(&route);
    let message = MessageRef::new(&bytes).unwrap();
    let (_, attributes) = message.split::<RouteHeader>().unwrap();
    let encap = fields!(attributes => Route { encap }).unwrap().encap;
    let Some(RouteEncap::Rpl(encap)) = encap else {
        panic!("{encap:?}");
    };
    let encap = fields!(encap => RplEncap { header }).unwrap();
    let header = encap.header.unwrap();
    let front = [0, 4, 3, 2, 0, 0, 0, 0];
    let octets = addresses.iter().flat_map(Ipv6Addr::octets);
    let expected: Vec<u8> = front.into_iter().chain(octets).collect();
    assert_eq!(header.as_bytes(), expected);
    assert!(header.addresses().eq(addresses));
}

/// `ioam6_validate_trace_hdr`: the length of a node's data is the kernel's.
#[test]
fn traces_have_room_in_units_of_4_bytes() {
    let trace = Ioam6Trace::new(7, 0xc0_0000, 24);
    assert_eq!(trace.as_bytes(), [0, 7, 0, 6, 0xc0, 0, 0, 0]);
}

/// `seg6_local_fill_encap`, `ioam6_fill_encap_info`, `bpf_fill_encap_info`,
/// `ila_fill_encap_info` and `xfrmi_fill_encap_info`.
#[test]
fn encapsulations_are_read_by_their_type() {
    let cases: [(EncapKind, Vec<u8>, &str); 5] = [
        (
            EncapKind::SEG6_LOCAL,
            [
                attribute(SEG6_LOCAL_ACTION, &7u32.to_ne_bytes()),
                attribute(SEG6_LOCAL_TABLE, &254u32.to_ne_bytes()),
            ]
            .concat(),
            "{SEG6_LOCAL_ACTION: End.DT6, SEG6_LOCAL_TABLE: main}",
        ),
        (
            EncapKind::IOAM6,
            [
                attribute(IOAM6_IPTUNNEL_MODE, &[2]),
                attribute(IOAM6_IPTUNNEL_TRACE, &[0, 123, 0x08, 4, 0x80, 0, 0, 0]),
            ]
            .concat(),
            "IOAM6_IPTUNNEL_MODE: encap, IOAM6_IPTUNNEL_TRACE: namespace 123",
        ),
        (
            EncapKind::BPF,
            attribute(LWT_BPF_XMIT, &attribute(LWT_BPF_PROG_NAME, b"wrap\0")),
            "LWT_BPF_XMIT: {LWT_BPF_PROG_NAME: \"wrap\"}",
        ),
        (
            EncapKind::ILA,
            attribute(ILA_ATTR_LOCATOR, &[0x20, 1, 0xd, 0xb8, 0, 0, 0, 1]),
            "ILA_ATTR_LOCATOR: 0x20010db800000001",
        ),
        (
            EncapKind::XFRM,
            attribute(LWT_XFRM_IF_ID, &5u32.to_ne_bytes()),
            "LWT_XFRM_IF_ID: 5",
        ),
    ];
    for (kind, encap, expected) in cases {
        let block = [
            attribute(RTA_ENCAP_TYPE, &kind.0.to_ne_bytes()),
            attribute(RTA_ENCAP, &encap),
        ]
        .concat();
        let text = printed::<Route>(&block);
        assert!(text.contains(expected), "{expected}: {text}");
    }
}

/// `dcbnl_ieee_fill`.
#[test]
fn data_centre_bridging_is_read() {
    let mut ets = [0; 59];
    ets[1] = 8;
    let app = [5, 3, 46, 0];
    let ieee = [
        attribute(DCB_ATTR_IEEE_ETS, &ets),
        attribute(DCB_ATTR_IEEE_APP_TABLE, &attribute(DCB_ATTR_IEEE_APP, &app)),
    ]
    .concat();
    let block = [
        attribute(DCB_ATTR_IFNAME, b"eth0\0"),
        attribute(DCB_ATTR_IEEE, &ieee),
        attribute(DCB_ATTR_DCBX, &[0x09]),
    ]
    .concat();
    let text = printed::<Dcb>(&block);
    for part in [
        "\"eth0\"",
        "ets_cap 8",
        "selector 5, priority 3",
        "DCB_ATTR_DCBX: host,ieee",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let text = tree(&GetDcb::ieee("eth0"));
    assert!(text.contains("DCB_ATTR_IFNAME"), "{text}");
}

/// `dcbnl_setstate` and `dcbnl_ieee_set`: an acknowledged request may have
/// failed.
#[test]
fn results_of_data_centre_bridging_are_bytes() {
    let header = [0, DcbCommand::IEEE_SET.0, 0, 0];
    let reply = |kind: u16, value: &[u8]| {
        report(RTM_SETDCB, &[&header[..], &attribute(kind, value)].concat())
    };
    let check = SetDcb::ieee("eth0", &[]).reply_check().unwrap();
    for (kind, code, failure) in [
        (DCB_ATTR_IEEE, 0, None),
        (DCB_ATTR_IEEE, 234, Some(Errno::EINVAL)),
        (DCB_ATTR_STATE, 1, Some(Errno::EIO)),
        (DCB_ATTR_SET_ALL, 1, None),
    ] {
        let bytes = reply(kind, &[code]);
        let message = MessageRef::new(&bytes).unwrap();
        assert_eq!(check(message), failure);
        assert_eq!(SetDcb::row(message).result(), Ok(Some(code)));
        let text = nlwire::pretty::Pretty::new(&bytes, Some(NETLINK_ROUTE)).to_string();
        assert!(text.contains(&format!(": {code}")), "{text}");
    }
    let row = reply(DCB_ATTR_IEEE, &[234]);
    let row = SetDcb::row(MessageRef::new(&row).unwrap());
    let found = fields!(row.attributes => DcbResult { ieee, state }).unwrap();
    assert_eq!((found.ieee, found.state), (Some(234), None));

    // A notification of the change has the settings, under the same type.
    let settings = reply(DCB_ATTR_IEEE, &attribute(DCB_ATTR_IEEE_MAXRATE, &[0; 64]));
    let text = nlwire::pretty::Pretty::new(&settings, Some(NETLINK_ROUTE)).to_string();
    assert!(text.contains("DCB_ATTR_IEEE_MAXRATE"), "{text}");
    let empty = reply(DCB_ATTR_IFNAME, b"e\0");
    assert_eq!(check(MessageRef::new(&empty).unwrap()), None);
}

/// The request and the list of a multicast database have different attributes
/// of the same types.
#[test]
fn multicast_entries_have_requests_of_their_own() {
    let entry = NewMdbEntry::of(5, 7, [239, 1, 1, 1])
        .permanent()
        .vlan(10)
        .source([192, 0, 2, 1]);
    let text = tree(&entry);
    for part in [
        "RTM_NEWMDB",
        "MDBA_SET_ENTRY",
        "state permanent",
        "MDBE_ATTR_SOURCE: 192.0.2.1",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let object = Object(&entry, 0).to_string();
    assert_eq!(
        object,
        "multicast entry 239.1.1.1 source 192.0.2.1 of link 7"
    );

    // `br_mdb_fill_info`.
    let item = MdbEntry {
        index: 7.into(),
        address: [0xff, 0x0e, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7],
        protocol: 0x86dd.into(),
        ..MdbEntry::default()
    };
    let info = [
        item.as_bytes(),
        &attribute(MDBA_MDB_EATTR_TIMER, &0u32.to_ne_bytes()),
    ]
    .concat();
    let ports = attribute(MDBA_MDB_ENTRY_INFO, &info);
    let payload = [
        &[AF_BRIDGE, 0, 0, 0, 5, 0, 0, 0][..],
        &attribute(MDBA_MDB, &attribute(MDBA_MDB_ENTRY, &ports)),
    ]
    .concat();
    let bytes = report(RTM_GETMDB, &payload);
    let row = MdbRow::of(MessageRef::new(&bytes).unwrap());
    let entries: Vec<_> = row.entries().unwrap().map(Result::unwrap).collect();
    let [entry] = entries.as_slice() else {
        panic!("{entries:?}");
    };
    let group: Ipv6Addr = "ff0e::7".parse().unwrap();
    assert_eq!(entry.header().unwrap().group(), Some(group.into()));
    let gone = DeleteMdbEntry::of_item(5, entry).unwrap().unwrap();
    assert!(tree(&gone).contains("RTM_DELMDB"));
}

/// `ip6addrlbl_newdel` reads a label from a deletion too.
#[test]
fn a_deletion_of_a_label_has_one() {
    let gone = DeleteAddressLabel::of("2001:db8::/32".parse().unwrap());
    let text = tree(&gone);
    assert!(text.contains("IFAL_LABEL: 0"), "{text}");
}

/// Headers of one byte are padded to four.
#[test]
fn a_header_of_one_byte_is_padded() {
    assert_eq!(super::bytes(&GetNetconfs::v4()).len(), 20);
    let bytes = super::bytes(&GetNetconf::v4_all());
    assert_eq!(bytes.len(), 28);
    assert_eq!(
        &bytes[16..],
        &[AF_INET, 0, 0, 0, 8, 0, 1, 0, 0xff, 0xff, 0xff, 0xff]
    );
    let mut buffer = [0; 64];
    let header = FamilyHeader {
        family: AF_INET,
        ..FamilyHeader::default()
    };
    let message = Writer::message(&mut buffer, RTM_NEWNETCONF, Flags::empty(), &header, |w| {
        w.put(NetconfAttr::Forwarding(1))
    })
    .unwrap();
    let (_, attributes) = message.split::<FamilyHeader>().unwrap();
    assert_eq!(
        fields!(attributes => Netconf { forwarding })
            .unwrap()
            .forwarding,
        Some(1)
    );
}
