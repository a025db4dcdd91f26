//! `flower` with all of its keys.

use super::bench::{Bench, IPV4, IPV6, TEN};
use super::test;
use nltests::{Missing, Outcome, Test};
use nlwire::Items;
use nlwire::route::{
    FilterAction, FilterFlags, Flower, FlowerAttr, FlowerCtState, FlowerErspanAttr,
    FlowerGeneveAttr, FlowerGtpAttr, FlowerKeyFlags, FlowerMplsEntryAttr, FlowerMplsStackAttr,
    FlowerTunnelOptionsAttr, FlowerVxlanAttr, Handle, NewFilter, NewQdisc,
};
use std::net::IpAddr;

pub(crate) const TESTS: &[Test] = &[
    test("tc::flower_addresses", addresses),
    test("tc::flower_ports", ports),
    test("tc::flower_icmp_and_arp", icmp_and_arp),
    test("tc::flower_ethernet", ethernet),
    test("tc::flower_mpls", mpls),
    test("tc::flower_tunnels", tunnels),
    test("tc::flower_tunnels_of_gtp", tunnels_of_gtp),
    test("tc::flower_conntrack", conntrack),
    test("tc::flower_sessions", sessions),
];

const VLAN: u16 = 0x8100;
const SERVICE_VLAN: u16 = 0x88a8;
const ARP: u16 = 0x0806;
const MPLS: u16 = 0x8847;
const PPPOE: u16 = 0x8864;

fn ingress() -> Result<Bench, Box<dyn std::error::Error>> {
    let mut bench = Bench::open()?;
    bench.make(&NewQdisc::clsact(bench.left))?;
    Ok(bench)
}

fn address(text: &str) -> IpAddr {
    text.parse().unwrap()
}

/// Compares filters by keys for packets of protocols.
fn keys(rows: &[(u16, &dyn Items<Flower>, &str)]) -> Outcome {
    keys_of(&mut ingress()?, rows)
}

fn keys_of(bench: &mut Bench, rows: &[(u16, &dyn Items<Flower>, &str)]) -> Outcome {
    let left = bench.left;
    for (protocol, keys, words) in rows {
        let ours = NewFilter::flower(left, Handle::CLSACT_INGRESS)
            .handle(Handle::from_bits(1))
            .protocol(*protocol)
            .keys(*keys);
        let (head, tail) = words.split_once(' ').ok_or("no protocol")?;
        bench.filters(&[(ours, &format!("{head} handle 1 flower {tail}"))])?;
    }
    Ok(())
}

fn addresses() -> Outcome {
    let mut bench = ingress()?;
    let prefix = |text: &str| text.parse::<nlwire::Prefix>().unwrap();
    let base = NewFilter::flower(bench.left, Handle::CLSACT_INGRESS)
        .handle(Handle::from_bits(1))
        .source(prefix("192.0.2.0/24"));
    let rows = [
        (
            base.destination(prefix("198.51.100.1")).class(TEN),
            "ip handle 1 flower src_ip 192.0.2.0/24 dst_ip 198.51.100.1 classid 1:10",
        ),
        (
            base.tcp_destination(443)
                .tcp_source(1024)
                .tcp_flags(0x2, 0x12)
                .action(FilterAction::drop()),
            "ip handle 1 flower src_ip 192.0.2.0/24 ip_proto tcp dst_port 443 src_port 1024 \
             tcp_flags 0x2/0x12 action drop",
        ),
        (
            base.udp_destination(53).flags(FilterFlags::SKIP_HW),
            "ip handle 1 flower src_ip 192.0.2.0/24 ip_proto udp dst_port 53 skip_hw",
        ),
    ];
    bench.filters(&rows)?;
    // A filter keeps its keys, and gets other values for them.
    bench.changed_filters(&[
        (
            base.tcp_destination(443),
            "ip handle 1 flower src_ip 192.0.2.0/24 ip_proto tcp dst_port 443",
        ),
        (
            base.tcp_destination(80).action(FilterAction::drop()),
            "ip handle 1 flower src_ip 192.0.2.0/24 ip_proto tcp dst_port 80 action drop",
        ),
    ])?;
    let rows: &[(u16, &dyn Items<Flower>, &str)] = &[
        (
            IPV6,
            &[
                FlowerAttr::Ipv6Src(address("2001:db8::")),
                FlowerAttr::Ipv6SrcMask(address("ffff:ffff::")),
                FlowerAttr::Ipv6Dst(address("2001:db8::1")),
                FlowerAttr::Ipv6DstMask(address("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")),
            ],
            "ipv6 src_ip 2001:db8::/32 dst_ip 2001:db8::1",
        ),
        (
            IPV4,
            &[
                FlowerAttr::Tos(0x10),
                FlowerAttr::TosMask(0xfc),
                FlowerAttr::Ttl(64),
                FlowerAttr::TtlMask(0xff),
                FlowerAttr::InputDevice("right".into()),
                FlowerAttr::KeyFlags(FlowerKeyFlags::FRAGMENT),
                FlowerAttr::KeyFlagsMask(FlowerKeyFlags::FRAGMENT | FlowerKeyFlags::FIRST_FRAGMENT),
            ],
            "ip indev right ip_tos 0x10/0xfc ip_ttl 64 ip_flags frag/nofirstfrag",
        ),
    ];
    keys_of(&mut bench, rows)
}

fn ports() -> Outcome {
    let tcp = FlowerAttr::IpProtocol(6);
    keys(&[
        (
            IPV4,
            &[
                tcp,
                FlowerAttr::TcpSrc(0x400),
                FlowerAttr::TcpSrcMask(0xfc00),
                FlowerAttr::TcpDst(22),
                FlowerAttr::TcpDstMask(0xffff),
            ],
            "ip ip_proto tcp src_port 1024/64512 dst_port 22",
        ),
        (
            IPV4,
            &[
                FlowerAttr::IpProtocol(17),
                FlowerAttr::UdpSrc(53),
                FlowerAttr::UdpSrcMask(0xffff),
                FlowerAttr::UdpDst(0x400),
                FlowerAttr::UdpDstMask(0xfc00),
            ],
            "ip ip_proto udp src_port 53 dst_port 1024/64512",
        ),
        (
            IPV4,
            &[
                FlowerAttr::IpProtocol(132),
                FlowerAttr::SctpSrc(53),
                FlowerAttr::SctpSrcMask(0xffff),
                FlowerAttr::SctpDst(0x400),
                FlowerAttr::SctpDstMask(0xfc00),
            ],
            "ip ip_proto sctp src_port 53 dst_port 1024/64512",
        ),
        (
            IPV6,
            &[
                tcp,
                FlowerAttr::SrcPortMin(1000),
                FlowerAttr::SrcPortMax(2000),
                FlowerAttr::DstPortMin(80),
                FlowerAttr::DstPortMax(90),
            ],
            "ipv6 ip_proto tcp src_port 1000-2000 dst_port 80-90",
        ),
    ])
}

fn icmp_and_arp() -> Outcome {
    let (mac, mask) = ([2, 0, 0, 0, 0, 7], [0xff, 0xff, 0xff, 0, 0, 0]);
    keys(&[
        (
            IPV4,
            &[
                FlowerAttr::IpProtocol(1),
                FlowerAttr::Icmpv4Type(8),
                FlowerAttr::Icmpv4TypeMask(0xff),
                FlowerAttr::Icmpv4Code(2),
                FlowerAttr::Icmpv4CodeMask(0x0f),
            ],
            "ip ip_proto icmp type 8 code 2/15",
        ),
        (
            IPV6,
            &[
                FlowerAttr::IpProtocol(58),
                FlowerAttr::Icmpv6Type(128),
                FlowerAttr::Icmpv6TypeMask(0xff),
                FlowerAttr::Icmpv6Code(0),
                FlowerAttr::Icmpv6CodeMask(0xff),
            ],
            "ipv6 ip_proto icmpv6 type 128 code 0",
        ),
        (
            ARP,
            &[
                FlowerAttr::ArpSenderIp(address("192.0.2.0")),
                FlowerAttr::ArpSenderIpMask(address("255.255.255.0")),
                FlowerAttr::ArpTargetIp(address("192.0.2.1")),
                FlowerAttr::ArpTargetIpMask(address("255.255.255.255")),
                FlowerAttr::ArpOperation(1),
                FlowerAttr::ArpOperationMask(0xff),
                FlowerAttr::ArpSenderMac(&[2, 0, 0, 0, 0, 0]),
                FlowerAttr::ArpSenderMacMask(&mask),
                FlowerAttr::ArpTargetMac(&mac),
                FlowerAttr::ArpTargetMacMask(&[0xff; 6]),
            ],
            "arp arp_sip 192.0.2.0/24 arp_tip 192.0.2.1 arp_op request \
             arp_sha 02:00:00:00:00:00/ff:ff:ff:00:00:00 arp_tha 02:00:00:00:00:07",
        ),
    ])
}

fn ethernet() -> Outcome {
    keys(&[
        (
            0x0003,
            &[
                FlowerAttr::EthDst(&[2, 0, 0, 0, 0, 1]),
                FlowerAttr::EthDstMask(&[0xff; 6]),
                FlowerAttr::EthSrc(&[2, 0, 0, 0, 0, 0]),
                FlowerAttr::EthSrcMask(&[0xff, 0xff, 0, 0, 0, 0]),
            ],
            "all dst_mac 02:00:00:00:00:01 src_mac 02:00:00:00:00:00/ff:ff:00:00:00:00",
        ),
        (
            VLAN,
            &[
                FlowerAttr::VlanId(100),
                FlowerAttr::VlanPriority(3),
                FlowerAttr::VlanEthType(IPV4),
                FlowerAttr::Ipv4Dst(address("192.0.2.1")),
                FlowerAttr::Ipv4DstMask(address("255.255.255.255")),
            ],
            "802.1q vlan_id 100 vlan_prio 3 vlan_ethtype ip dst_ip 192.0.2.1",
        ),
        (
            SERVICE_VLAN,
            &[
                FlowerAttr::VlanId(100),
                FlowerAttr::VlanEthType(VLAN),
                FlowerAttr::CvlanId(200),
                FlowerAttr::CvlanPriority(5),
                FlowerAttr::CvlanEthType(IPV6),
            ],
            "802.1ad vlan_id 100 vlan_ethtype 802.1q cvlan_id 200 cvlan_prio 5 cvlan_ethtype ipv6",
        ),
        (VLAN, &[FlowerAttr::VlanCount(2)], "802.1q num_of_vlans 2"),
    ])
}

fn mpls() -> Outcome {
    let entries = [
        [
            FlowerMplsEntryAttr::Depth(1),
            FlowerMplsEntryAttr::Label(1000),
            FlowerMplsEntryAttr::Class(3),
        ],
        [
            FlowerMplsEntryAttr::Depth(2),
            FlowerMplsEntryAttr::Bottom(1),
            FlowerMplsEntryAttr::Ttl(64),
        ],
    ];
    let stack = [
        FlowerMplsStackAttr::Entry((&entries[0]).into()),
        FlowerMplsStackAttr::Entry((&entries[1]).into()),
    ];
    keys(&[
        (
            MPLS,
            &[
                FlowerAttr::MplsLabel(1000),
                FlowerAttr::MplsClass(3),
                FlowerAttr::MplsBottom(1),
                FlowerAttr::MplsTtl(64),
            ],
            "mpls_uc mpls_label 1000 mpls_tc 3 mpls_bos 1 mpls_ttl 64",
        ),
        (
            MPLS,
            &[FlowerAttr::MplsStack((&stack).into())],
            "mpls_uc mpls lse depth 1 label 1000 tc 3 lse depth 2 bos 1 ttl 64",
        ),
    ])
}

fn tunnels() -> Outcome {
    let geneve = |class, kind, data| {
        [
            FlowerGeneveAttr::Class(class),
            FlowerGeneveAttr::Type(kind),
            FlowerGeneveAttr::Data(data),
        ]
    };
    let value = geneve(0x0102, 0x80, &[0, 0x88, 0, 0x22][..]);
    let mask = geneve(0xffff, 0xff, &[0xff; 4][..]);
    let [value, mask] = [&value, &mask].map(|one| [FlowerTunnelOptionsAttr::Geneve(one.into())]);
    let vxlan = [0x1234, u32::MAX].map(|policy| [FlowerVxlanAttr::GroupPolicy(policy)]);
    let vxlan = [
        [FlowerTunnelOptionsAttr::Vxlan((&vxlan[0]).into())],
        [FlowerTunnelOptionsAttr::Vxlan((&vxlan[1]).into())],
    ];
    let erspan = |version, index, direction, hardware| {
        [
            FlowerErspanAttr::Version(version),
            FlowerErspanAttr::Index(index),
            FlowerErspanAttr::Direction(direction),
            FlowerErspanAttr::HardwareId(hardware),
        ]
    };
    let erspan = [erspan(1, 7, 0, 0), erspan(1, u32::MAX, 0xff, 0xff)];
    let erspan = [
        [FlowerTunnelOptionsAttr::Erspan((&erspan[0]).into())],
        [FlowerTunnelOptionsAttr::Erspan((&erspan[1]).into())],
    ];
    keys(&[
        (
            IPV4,
            &[
                FlowerAttr::EncKeyId(42),
                FlowerAttr::EncIpv4Src(address("192.0.2.0")),
                FlowerAttr::EncIpv4SrcMask(address("255.255.255.0")),
                FlowerAttr::EncIpv4Dst(address("192.0.2.1")),
                FlowerAttr::EncIpv4DstMask(address("255.255.255.255")),
                FlowerAttr::EncUdpDst(6081),
                FlowerAttr::EncUdpDstMask(0xffff),
                FlowerAttr::EncTos(0x10),
                FlowerAttr::EncTosMask(0xff),
                FlowerAttr::EncTtl(64),
                FlowerAttr::EncTtlMask(0xff),
                FlowerAttr::EncOptions((&value).into()),
                FlowerAttr::EncOptionsMask((&mask).into()),
            ],
            "ip enc_key_id 42 enc_src_ip 192.0.2.0/24 enc_dst_ip 192.0.2.1 enc_dst_port 6081 \
             enc_tos 0x10 enc_ttl 64 geneve_opts 0102:80:00880022",
        ),
        (
            IPV4,
            &[
                FlowerAttr::EncIpv6Src(address("2001:db8::")),
                FlowerAttr::EncIpv6SrcMask(address("ffff:ffff::")),
                FlowerAttr::EncIpv6Dst(address("2001:db8::1")),
                FlowerAttr::EncIpv6DstMask(address("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")),
                FlowerAttr::EncOptions((&vxlan[0]).into()),
                FlowerAttr::EncOptionsMask((&vxlan[1]).into()),
            ],
            "ip enc_src_ip 2001:db8::/32 enc_dst_ip 2001:db8::1 vxlan_opts 4660",
        ),
        (
            IPV4,
            &[
                FlowerAttr::EncOptions((&erspan[0]).into()),
                FlowerAttr::EncOptionsMask((&erspan[1]).into()),
            ],
            "ip erspan_opts 1:7:0:0",
        ),
    ])
}

fn tunnels_of_gtp() -> Outcome {
    if nltests::linux() <= (5, 10) {
        return Err(Missing("kernel: TCA_FLOWER_KEY_ENC_OPTS_GTP".into()).into());
    }
    let gtp = [(1, 9), (0xff, 0xff)]
        .map(|(kind, flow)| [FlowerGtpAttr::PduType(kind), FlowerGtpAttr::FlowId(flow)]);
    let gtp = [
        [FlowerTunnelOptionsAttr::Gtp((&gtp[0]).into())],
        [FlowerTunnelOptionsAttr::Gtp((&gtp[1]).into())],
    ];
    keys(&[(
        IPV4,
        &[
            FlowerAttr::EncOptions((&gtp[0]).into()),
            FlowerAttr::EncOptionsMask((&gtp[1]).into()),
        ],
        "ip gtp_opts 1:9",
    )])
}

fn conntrack() -> Outcome {
    let (state, mask) = (
        FlowerCtState::TRACKED | FlowerCtState::ESTABLISHED,
        FlowerCtState::TRACKED | FlowerCtState::ESTABLISHED | FlowerCtState::NEW,
    );
    let mut labels = [0; 16];
    labels[15] = 7;
    keys(&[(
        IPV4,
        &[
            FlowerAttr::CtState(state),
            FlowerAttr::CtStateMask(mask),
            FlowerAttr::CtZone(5),
            FlowerAttr::CtZoneMask(0xffff),
            FlowerAttr::CtMark(0x10),
            FlowerAttr::CtMarkMask(0xff),
            FlowerAttr::CtLabels(&labels),
            FlowerAttr::CtLabelsMask(&[0xff; 16]),
        ],
        "ip ct_state +trk+est-new ct_zone 5 ct_mark 0x10/0xff \
         ct_label 00000000000000000000000000000007",
    )])
}

fn sessions() -> Outcome {
    keys(&[(
        PPPOE,
        &[
            FlowerAttr::PppoeSession(1234),
            FlowerAttr::PppProtocol(0x0021),
        ],
        "ppp_ses pppoe_sid 1234 ppp_proto ip",
    )])
}
