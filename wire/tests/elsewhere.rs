//! Messages that other programs have recorded, in tests/vectors/elsewhere: the
//! values that they have, and the trees that they print.
//!
//! With `NLWIRE_BLESS` set, the trees are written instead of compared.
#![cfg(target_endian = "little")]
#![cfg(all(
    feature = "tc",
    feature = "ethtool",
    feature = "netfilter",
    feature = "sock_diag"
))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    reason = "tests"
)]

use std::net::IpAddr;
use std::path::PathBuf;
use std::{env, fs};

use nlwire::codec::{AddressBytes, AttributeSet as _};
use nlwire::generic::{GenericHeader, ethtool};
use nlwire::netfilter as nf;
use nlwire::pretty::{Family, Pretty};
use nlwire::route::*;
use nlwire::schema::{MessageSchema, Protocol};
use nlwire::sock_diag::{Inet, InetSocket, TcpState as SocketState};
use nlwire::{AddressFamily, Attrs, FixedHeader, MessageRef, MessageType, Text, fields};

/// The number of the family `ethtool` in its vector, and the messages of it.
static ETHTOOL: Protocol = Protocol::family(
    "ethtool",
    &[MessageSchema::command(
        0,
        "ETHTOOL_MSG_LINKMODES_GET_REPLY",
        ethtool::LinkModes::schema,
    )],
);

struct Vector {
    protocol: u8,
    bytes: Vec<u8>,
}

impl Vector {
    /// Reads a vector, whose tree is the one beside it.
    fn new(name: &str) -> Self {
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
            .join("../tests/vectors/elsewhere")
            .join(name);
        let text = fs::read_to_string(path.with_extension("hex")).unwrap();
        let (protocol, digits) = text.split_once('\n').unwrap();
        let digits: Vec<_> = digits
            .chars()
            .filter_map(|digit| digit.to_digit(16))
            .collect();
        let vector = Self {
            protocol: protocol.strip_prefix("protocol ").unwrap().parse().unwrap(),
            bytes: digits
                .chunks(2)
                .map(|pair| (pair[0] * 16 + pair[1]) as u8)
                .collect(),
        };
        let families = [Family {
            number: Some(MessageType(21)),
            protocol: &ETHTOOL,
        }];
        let pretty = Pretty::new(&vector.bytes, Some(vector.protocol));
        let tree = pretty.with_families(&families).to_string();
        let path = path.with_extension("txt");
        if env::var_os("NLWIRE_BLESS").is_some() {
            fs::write(&path, tree).unwrap();
        } else {
            assert_eq!(tree, fs::read_to_string(&path).unwrap(), "{path:?}");
        }
        vector
    }

    fn split<T: FixedHeader>(&self) -> (&T, Attrs<'_>) {
        MessageRef::new(&self.bytes).unwrap().split::<T>().unwrap()
    }
}

fn ip(text: &str) -> IpAddr {
    text.parse().unwrap()
}

fn address(text: &str) -> Option<AddressBytes<'static>> {
    Some(AddressBytes::Ip(ip(text)))
}

#[test]
fn a_multicast_route_counts_ticks_since_its_last_packet() {
    let vector = Vector::new("multicast-route");
    let (header, attributes) = vector.split::<RouteHeader>();
    assert_eq!(AddressFamily(header.family), AddressFamily::IP6MR);
    assert_eq!(header.kind, RouteKind::MULTICAST);
    assert_eq!(header.protocol, RouteProtocol(17));
    let route = fields!(attributes => Route {
        table, source, destination, incoming_index, multipath, multicast_stats, expires
    })
    .unwrap();
    assert_eq!(route.table, Some(RouteTable::MAIN));
    assert_eq!(route.source, address("2001:db8::1"));
    assert_eq!(route.destination, address("ff04::1234"));
    assert_eq!(
        (route.incoming_index, route.expires),
        (Some(20.into()), Some(6006))
    );
    let hops: Vec<_> = route
        .multipath
        .unwrap()
        .iter()
        .map(|hop| hop.unwrap().0)
        .collect();
    assert_eq!((hops.len(), hops[0].index.get(), hops[0].hops), (1, 17, 1));
    let stats = route.multicast_stats.unwrap();
    let stats = [stats.packets, stats.bytes, stats.wrong_link].map(|count| count.get());
    assert_eq!(stats, [1, 148, 0]);
}

#[test]
fn families_without_a_handler_share_the_settings_of_families() {
    let vector = Vector::new("set-link-token");
    let (header, attributes) = vector.split::<LinkHeader>();
    assert_eq!((header.family, header.index.get()), (AF_INET6, 5));
    let AfSpec::Families(families) = fields!(attributes => Link { af_spec })
        .unwrap()
        .af_spec
        .unwrap()
    else {
        panic!();
    };
    let inet6 = fields!(families => FamilySpec { inet6 })
        .unwrap()
        .inet6
        .unwrap();
    assert_eq!(
        fields!(inet6 => Inet6Link { token }).unwrap().token,
        Some(ip("::9"))
    );
}

#[test]
fn ipv4_addresses_of_sockets_end_before_garbage() {
    let vector = Vector::new("listener-2-6-32");
    let (socket, attributes) = vector.split::<InetSocket>();
    assert_eq!(socket.state, SocketState::LISTEN);
    assert_eq!(
        (socket.source(), socket.id.source_port.get()),
        (Some(ip("10.100.0.1")), 53)
    );
    assert_eq!(socket.destination(), Some(ip("0.0.0.0")));
    assert_eq!((socket.send_queue.get(), socket.user.get()), (3, 25));
    assert_eq!((socket.inode.get(), attributes.count()), (34113, 0));
}

#[test]
fn an_older_kernel_sends_less_of_tcp() {
    let vector = Vector::new("tcp-info-168");
    let (_, attributes) = vector.split::<InetSocket>();
    let info = fields!(attributes => Inet { info }).unwrap().info.unwrap();
    assert!(info.mptcp().is_none() && info.sctp().is_none());
    let tcp = info.tcp().unwrap();
    assert_eq!(tcp.view(), None);
    let tcp = tcp.get();
    assert_eq!(
        (tcp.state, tcp.options, tcp.window_scales, tcp.rate_flags),
        (1, 7, 0x78, 1)
    );
    let words = [
        tcp.rto,
        tcp.rtt,
        tcp.rttvar,
        tcp.snd_cwnd,
        tcp.segs_out,
        tcp.segs_in,
        tcp.min_rtt,
    ];
    assert_eq!(
        words.map(|word| word.get()),
        [216_000, 13_917, 13, 10, 3985, 3984, 13_880]
    );
    let wide = [
        tcp.pacing_rate,
        tcp.max_pacing_rate,
        tcp.bytes_acked,
        tcp.bytes_received,
        tcp.delivery_rate,
        tcp.busy_time,
    ];
    assert_eq!(
        wide.map(|word| word.get()),
        [1_937_112, u64::MAX, 149_580, 110_590, 563_741, 0]
    );
    assert_eq!(tcp.received_ce_bytes.get(), 0);
}

#[test]
fn a_logged_packet_has_the_address_that_was_sent() {
    let vector = Vector::new("log-packet");
    let (header, attributes) = vector.split::<nf::NetfilterHeader>();
    assert_eq!(header.resource.get(), 20);
    let packet = fields!(attributes => nf::LogPacket {
        header, prefix, input_index, hardware, hardware_kind, hardware_len, timestamp
    })
    .unwrap();
    let inner = packet.header.unwrap();
    assert_eq!(
        (inner.protocol.get(), inner.hook),
        (0x800, nf::Hook::LOCAL_IN)
    );
    assert_eq!(
        (packet.prefix, packet.input_index),
        (Some(Text::from("")), Some(2.into()))
    );
    assert_eq!(packet.hardware.unwrap().address(), [2, 0, 0, 0, 0, 1]);
    assert_eq!(
        (packet.hardware_kind, packet.hardware_len),
        (Some(1), Some(14))
    );
    let time = packet.timestamp.unwrap();
    assert_eq!(
        (time.seconds.get(), time.microseconds.get()),
        (1_378_492_318, 614_652)
    );
}

#[test]
fn a_route_has_its_metrics() {
    let vector = Vector::new("route-metrics");
    let (header, attributes) = vector.split::<RouteHeader>();
    assert_eq!(header.destination_len, 16);
    let route = fields!(attributes => Route {
        destination, gateway, priority, flow, preferred_source, metrics
    })
    .unwrap();
    assert_eq!(route.destination, address("198.18.0.0"));
    assert_eq!(route.gateway, address("192.0.2.2"));
    assert_eq!((route.priority, route.flow), (Some(5), Some(0x1_0002)));
    assert_eq!(route.preferred_source, address("192.0.2.1"));
    let metrics = fields!(route.metrics.unwrap() => Metrics {
        lock, mtu, retransmit_min, advertised_mss, round_trip, window, initial_congestion_window,
        initial_window, quick_ack, congestion_control, hop_limit, reordering, congestion_window,
        slow_start_threshold, features
    })
    .unwrap();
    assert_eq!(
        (metrics.lock, metrics.mtu),
        (Some(1 << 13 | 1 << 2), Some(1400))
    );
    assert_eq!(
        (metrics.retransmit_min, metrics.advertised_mss),
        (Some(200), Some(1200))
    );
    assert_eq!(
        (metrics.round_trip, metrics.window),
        (Some(240), Some(9000))
    );
    assert_eq!(
        (
            metrics.initial_congestion_window,
            metrics.initial_window,
            metrics.quick_ack
        ),
        (Some(10), Some(11), Some(1))
    );
    assert_eq!(metrics.congestion_control, Some("reno"));
    assert_eq!((metrics.hop_limit, metrics.reordering), (Some(9), Some(4)));
    assert_eq!(
        (metrics.congestion_window, metrics.slow_start_threshold),
        (Some(77), Some(55))
    );
    assert_eq!(metrics.features.map(|features| features.bits()), Some(1));
}

#[test]
fn a_route_of_mpls_swaps_labels() {
    let vector = Vector::new("route-mpls");
    let (header, attributes) = vector.split::<RouteHeader>();
    assert_eq!(AddressFamily(header.family), AddressFamily::MPLS);
    let route = fields!(attributes => Route {
        destination, new_destination, via, outgoing_index
    })
    .unwrap();
    let labels = |address: Option<AddressBytes<'_>>| {
        let labels = address.unwrap().labels().unwrap();
        labels
            .iter()
            .map(|label| (label.label(), label.is_bottom()))
            .collect::<Vec<_>>()
    };
    assert_eq!(labels(route.destination), [(100, true)]);
    assert_eq!(labels(route.new_destination), [(200, true)]);
    assert_eq!(route.via.unwrap().ip(), Some(ip("2001:db8:1::2")));
    assert_eq!(route.outgoing_index, Some(9.into()));
}

#[test]
fn a_resilient_group_has_timers_of_32_bits() {
    let vector = Vector::new("next-hop-resilient");
    let (_, attributes) = vector.split::<NextHopHeader>();
    let hop =
        fields!(attributes => NextHopObject { id, group, group_kind, resilient_group }).unwrap();
    assert_eq!(
        (hop.id, hop.group_kind),
        (Some(4), Some(NextHopGroupKind::RESILIENT))
    );
    let members: Vec<_> = hop
        .group
        .unwrap()
        .iter()
        .map(|one| (one.id.get(), one.weight()))
        .collect();
    assert_eq!(members, [(1, 1), (2, 1)]);
    let group = fields!(hop.resilient_group.unwrap() => ResilientGroup {
        buckets, idle_timer, unbalanced_timer
    })
    .unwrap();
    assert_eq!(
        (group.buckets, group.idle_timer, group.unbalanced_timer),
        (Some(8), Some(6000), Some(30_000))
    );
}

#[test]
fn a_rule_has_ranges() {
    let vector = Vector::new("rule-ranges");
    let message = MessageRef::new(&vector.bytes).unwrap();
    let rule: RuleRow<'_> = nlwire::Row::of(message);
    assert_eq!(
        (rule.table(), rule.ip_protocol()),
        (Ok(RouteTable(9)), Ok(Some(6)))
    );
    assert_eq!(rule.source_ports(), Ok(Some(5..=9)));
    assert_eq!(rule.destination_ports(), Ok(Some(80..=80)));
    assert_eq!(rule.users(), Ok(Some(1..=5)));
    assert_eq!(
        (rule.suppress_prefix_len(), rule.suppress_group()),
        (Ok(Some(3)), Ok(Some(4)))
    );
    assert_eq!(rule.origin(), Ok(RouteProtocol(8)));
}

#[test]
fn a_filter_compares_words_in_network_order() {
    let vector = Vector::new("filter-u32");
    let (header, attributes) = vector.split::<TrafficHeader>();
    assert_eq!(header.index.get(), 35);
    assert_eq!(
        (header.handle.bits(), header.parent),
        (0x8000_0800, Handle::new(1, 0))
    );
    let TrafficOptions::U32(options) = fields!(attributes => Traffic { options })
        .unwrap()
        .options
        .unwrap()
    else {
        panic!();
    };
    let found =
        fields!(options => U32Filter { class, hash_table, selector, flags, counters }).unwrap();
    assert_eq!(
        (found.class, found.hash_table),
        (Some(0x1_0004), Some(0x8000_0000))
    );
    assert_eq!(found.flags, Some(FilterFlags::NOT_IN_HW));
    assert_eq!(found.counters.unwrap().len(), 4);
    let keys: Vec<_> = found
        .selector
        .unwrap()
        .keys
        .iter()
        .map(|key| (key.value.get(), key.mask.get(), key.offset.get()))
        .collect();
    // The destination port is the lower half of the ports' word.
    assert_eq!(keys, [(0xc000_0207, 0xffff_ffff, 16), (0x8ca0, 0xffff, 20)]);
}

#[test]
fn link_modes_are_bits() {
    let vector = Vector::new("link-modes");
    let (_, attributes) = vector.split::<GenericHeader>();
    let modes = fields!(attributes => ethtool::LinkModes {
        header, speed, duplex, autonegotiation, ours, peer
    })
    .unwrap();
    let link =
        fields!(modes.header.unwrap() => ethtool::Header { device_index, device_name }).unwrap();
    assert_eq!(
        (link.device_index, link.device_name),
        (Some(2.into()), Some(Text::from("eth1")))
    );
    assert_eq!(
        (modes.speed, modes.autonegotiation),
        (Some(10_000), Some(1))
    );
    assert_eq!(modes.duplex, Some(ethtool::Duplex::FULL));
    let bits = |bits: nlwire::codec::Set<'_, ethtool::Bitset>| {
        let found = fields!(bits => ethtool::Bitset { size, value, mask }).unwrap();
        let words =
            |bytes: Option<&[u8]>| u32::from_ne_bytes(*bytes.unwrap().first_chunk().unwrap());
        (found.size.unwrap(), words(found.value), words(found.mask))
    };
    assert_eq!(
        bits(modes.ours.unwrap()),
        (92, 1 << 10 | 1 << 12, 1 << 10 | 1 << 12)
    );
    assert_eq!(bits(modes.peer.unwrap()), (92, 0, 0));
}

#[test]
fn elements_of_a_set_are_numbered_as_sent() {
    let vector = Vector::new("set-elements");
    let (_, attributes) = vector.split::<nf::NetfilterHeader>();
    let found = fields!(attributes => nf::SetElements { table, set, elements }).unwrap();
    assert_eq!(
        (found.table, found.set),
        (Some(Text::from("t")), Some(Text::from("s1")))
    );
    let elements: Vec<_> = found.elements.unwrap().iter().map(Result::unwrap).collect();
    assert_eq!(elements.iter().map(|one| one.0).collect::<Vec<_>>(), [1, 2]);
    let key = |data: Option<nlwire::codec::Set<'_, nf::NftData>>| {
        let value = fields!(data.unwrap() => nf::NftData { value }).unwrap();
        value.value.unwrap().to_vec()
    };
    let ends: Vec<_> = elements
        .iter()
        .map(|(_, element)| {
            let found = fields!(*element => nf::SetElement { key, key_end }).unwrap();
            (key(found.key), key(found.key_end))
        })
        .collect();
    let of = |a: [u8; 4], port: u8| [&a[..], &[0, port, 0, 0]].concat();
    assert_eq!(
        ends,
        [
            (of([192, 0, 2, 0], 80), of([192, 0, 2, 255], 80)),
            (of([198, 51, 100, 1], 1), of([198, 51, 100, 9], 9)),
        ]
    );
    let first = fields!(elements[0].1 => nf::SetElement { timeout, user_data }).unwrap();
    assert_eq!(first.timeout, Some(9000));
    assert_eq!(first.user_data, Some(&[0, 3, 0x65, 0x63, 0][..]));
}

#[test]
fn the_priority_of_a_chain_is_signed() {
    let vector = Vector::new("chain-signed-priority");
    let (_, attributes) = vector.split::<nf::NetfilterHeader>();
    let chain =
        fields!(attributes => nf::Chain { table, name, kind, policy, hook, user_data }).unwrap();
    assert_eq!(
        (chain.table, chain.name),
        (Some(Text::from("t")), Some(Text::from("i1")))
    );
    assert_eq!(
        (chain.kind, chain.policy),
        (Some("filter"), Some(nf::Verdict::DROP))
    );
    assert_eq!(chain.user_data, Some(&[0, 2, 0x78, 0][..]));
    let hook = fields!(chain.hook.unwrap() => nf::ChainHook { hook, priority }).unwrap();
    assert_eq!(
        (hook.hook, hook.priority),
        (Some(nf::HookNumber::LOCAL_IN), Some(-3))
    );
}

#[test]
fn a_translated_connection_has_two_tuples() {
    let vector = Vector::new("connection-nat");
    let (_, attributes) = vector.split::<nf::NetfilterHeader>();
    let found = fields!(attributes => nf::Conntrack {
        original, reply, status, timeout, zone, syn_proxy
    })
    .unwrap();
    let tuple = |tuple: Option<nlwire::codec::Set<'_, nf::Tuple>>| {
        let tuple = fields!(tuple.unwrap() => nf::Tuple { ip, protocol }).unwrap();
        let ends = fields!(tuple.ip.unwrap() => nf::TupleIp { source_v4, destination_v4 }).unwrap();
        let ports = fields!(tuple.protocol.unwrap() => nf::TupleProtocol {
            number, source_port, destination_port
        })
        .unwrap();
        assert_eq!(ports.number, Some(17));
        (
            (ends.source_v4.unwrap(), ports.source_port.unwrap()),
            (
                ends.destination_v4.unwrap(),
                ports.destination_port.unwrap(),
            ),
        )
    };
    assert_eq!(
        tuple(found.original),
        ((ip("192.0.2.1"), 3), (ip("198.51.100.9"), 4))
    );
    assert_eq!(
        tuple(found.reply),
        ((ip("198.51.100.9"), 4), (ip("203.0.113.1"), 3))
    );
    let status = nf::ConntrackStatus::CONFIRMED
        | nf::ConntrackStatus::SRC_NAT
        | nf::ConntrackStatus::SRC_NAT_DONE
        | nf::ConntrackStatus::DST_NAT_DONE;
    assert_eq!(
        (found.status, found.timeout, found.zone),
        (Some(status), Some(8), Some(5))
    );
    let proxy = fields!(found.syn_proxy.unwrap() => nf::SynProxy {
        initial_sequence, initial_timestamp, timestamp_shift
    })
    .unwrap();
    let zero = Some(0);
    assert_eq!(
        (
            proxy.initial_sequence,
            proxy.initial_timestamp,
            proxy.timestamp_shift
        ),
        (zero, zero, zero)
    );
}

#[test]
fn a_request_can_end_before_its_header_does() {
    let vector = Vector::new("get-link-short");
    let message = MessageRef::new(&vector.bytes).unwrap();
    let (header, attributes) = message.split_zero_extended::<LinkHeader>();
    assert_eq!((header.family, attributes.count()), (0, 0));
    assert_eq!(message.kind(), RTM_GETLINK);
}
