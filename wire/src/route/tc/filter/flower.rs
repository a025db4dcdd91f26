//! `flower`, which matches fields of packets (`net/sched/cls_flower.c`,
//! tc-flower(8)).

use super::{
    FilterFlags, FlowerCfm, FlowerCtState, FlowerKeyFlags, FlowerMplsStack, FlowerTunnelOptions,
};
use crate::attributes;
use crate::codec::{Be, ByteArray, Hardware, Indexed, Ip, Nest, Shown, Text};
use crate::route::tc::Action;
use crate::schema::{Hexadecimal, TrafficHandle};

attributes! {
    /// Settings of a `flower` (`TCA_FLOWER_*`): the fields that a packet must
    /// have. A field without a mask must match in all bits.
    pub set Flower, enum FlowerAttr {
        /// Class of packets that match.
        1 TCA_FLOWER_CLASSID Class class: Shown<u32, TrafficHandle>,
        /// Name of the link that received the packet.
        2 TCA_FLOWER_INDEV InputDevice input_device: Text,
        /// Actions on packets that match, one after the other, from 1.
        3 TCA_FLOWER_ACT Actions actions: Indexed<Action>,
        /// Destination MAC address.
        4 TCA_FLOWER_KEY_ETH_DST EthDst eth_dst: Hardware,
        /// Mask of the destination MAC address.
        5 TCA_FLOWER_KEY_ETH_DST_MASK EthDstMask eth_dst_mask: Hardware,
        /// Source MAC address.
        6 TCA_FLOWER_KEY_ETH_SRC EthSrc eth_src: Hardware,
        /// Mask of the source MAC address.
        7 TCA_FLOWER_KEY_ETH_SRC_MASK EthSrcMask eth_src_mask: Hardware,
        /// Protocol in the Ethernet header (`ETH_P_*`).
        8 TCA_FLOWER_KEY_ETH_TYPE EthType eth_type: Be<u16>,
        /// IP protocol, such as 6 for TCP.
        9 TCA_FLOWER_KEY_IP_PROTO IpProtocol ip_protocol: u8,
        /// Source IPv4 address.
        10 TCA_FLOWER_KEY_IPV4_SRC Ipv4Src ipv4_src: Ip,
        /// Mask of the source IPv4 address.
        11 TCA_FLOWER_KEY_IPV4_SRC_MASK Ipv4SrcMask ipv4_src_mask: Ip,
        /// Destination IPv4 address.
        12 TCA_FLOWER_KEY_IPV4_DST Ipv4Dst ipv4_dst: Ip,
        /// Mask of the destination IPv4 address.
        13 TCA_FLOWER_KEY_IPV4_DST_MASK Ipv4DstMask ipv4_dst_mask: Ip,
        /// Source IPv6 address.
        14 TCA_FLOWER_KEY_IPV6_SRC Ipv6Src ipv6_src: Ip,
        /// Mask of the source IPv6 address.
        15 TCA_FLOWER_KEY_IPV6_SRC_MASK Ipv6SrcMask ipv6_src_mask: Ip,
        /// Destination IPv6 address.
        16 TCA_FLOWER_KEY_IPV6_DST Ipv6Dst ipv6_dst: Ip,
        /// Mask of the destination IPv6 address.
        17 TCA_FLOWER_KEY_IPV6_DST_MASK Ipv6DstMask ipv6_dst_mask: Ip,
        /// Source TCP port.
        18 TCA_FLOWER_KEY_TCP_SRC TcpSrc tcp_src: Be<u16>,
        /// Destination TCP port.
        19 TCA_FLOWER_KEY_TCP_DST TcpDst tcp_dst: Be<u16>,
        /// Source UDP port.
        20 TCA_FLOWER_KEY_UDP_SRC UdpSrc udp_src: Be<u16>,
        /// Destination UDP port.
        21 TCA_FLOWER_KEY_UDP_DST UdpDst udp_dst: Be<u16>,
        /// Place of the filter: software, hardware, or both.
        22 TCA_FLOWER_FLAGS Flags flags: FilterFlags,
        /// VLAN number, 0 to 4095.
        23 TCA_FLOWER_KEY_VLAN_ID VlanId vlan_id: u16,
        /// VLAN priority, 0 to 7.
        24 TCA_FLOWER_KEY_VLAN_PRIO VlanPriority vlan_priority: u8,
        /// Protocol behind the VLAN tag (`ETH_P_*`).
        25 TCA_FLOWER_KEY_VLAN_ETH_TYPE VlanEthType vlan_eth_type: Be<u16>,
        /// Tunnel key, such as the VNI of VXLAN.
        26 TCA_FLOWER_KEY_ENC_KEY_ID EncKeyId enc_key_id: Be<u32>,
        /// Source IPv4 address of the tunnel.
        27 TCA_FLOWER_KEY_ENC_IPV4_SRC EncIpv4Src enc_ipv4_src: Ip,
        /// Mask of the source IPv4 address of the tunnel.
        28 TCA_FLOWER_KEY_ENC_IPV4_SRC_MASK EncIpv4SrcMask enc_ipv4_src_mask: Ip,
        /// Destination IPv4 address of the tunnel.
        29 TCA_FLOWER_KEY_ENC_IPV4_DST EncIpv4Dst enc_ipv4_dst: Ip,
        /// Mask of the destination IPv4 address of the tunnel.
        30 TCA_FLOWER_KEY_ENC_IPV4_DST_MASK EncIpv4DstMask enc_ipv4_dst_mask: Ip,
        /// Source IPv6 address of the tunnel.
        31 TCA_FLOWER_KEY_ENC_IPV6_SRC EncIpv6Src enc_ipv6_src: Ip,
        /// Mask of the source IPv6 address of the tunnel.
        32 TCA_FLOWER_KEY_ENC_IPV6_SRC_MASK EncIpv6SrcMask enc_ipv6_src_mask: Ip,
        /// Destination IPv6 address of the tunnel.
        33 TCA_FLOWER_KEY_ENC_IPV6_DST EncIpv6Dst enc_ipv6_dst: Ip,
        /// Mask of the destination IPv6 address of the tunnel.
        34 TCA_FLOWER_KEY_ENC_IPV6_DST_MASK EncIpv6DstMask enc_ipv6_dst_mask: Ip,
        /// Mask of the source TCP port.
        35 TCA_FLOWER_KEY_TCP_SRC_MASK TcpSrcMask tcp_src_mask: Be<u16>,
        /// Mask of the destination TCP port.
        36 TCA_FLOWER_KEY_TCP_DST_MASK TcpDstMask tcp_dst_mask: Be<u16>,
        /// Mask of the source UDP port.
        37 TCA_FLOWER_KEY_UDP_SRC_MASK UdpSrcMask udp_src_mask: Be<u16>,
        /// Mask of the destination UDP port.
        38 TCA_FLOWER_KEY_UDP_DST_MASK UdpDstMask udp_dst_mask: Be<u16>,
        /// Mask of the source SCTP port.
        39 TCA_FLOWER_KEY_SCTP_SRC_MASK SctpSrcMask sctp_src_mask: Be<u16>,
        /// Mask of the destination SCTP port.
        40 TCA_FLOWER_KEY_SCTP_DST_MASK SctpDstMask sctp_dst_mask: Be<u16>,
        /// Source SCTP port.
        41 TCA_FLOWER_KEY_SCTP_SRC SctpSrc sctp_src: Be<u16>,
        /// Destination SCTP port.
        42 TCA_FLOWER_KEY_SCTP_DST SctpDst sctp_dst: Be<u16>,
        /// Source UDP port of the tunnel.
        43 TCA_FLOWER_KEY_ENC_UDP_SRC_PORT EncUdpSrc enc_udp_src: Be<u16>,
        /// Mask of the source UDP port of the tunnel.
        44 TCA_FLOWER_KEY_ENC_UDP_SRC_PORT_MASK EncUdpSrcMask enc_udp_src_mask: Be<u16>,
        /// Destination UDP port of the tunnel.
        45 TCA_FLOWER_KEY_ENC_UDP_DST_PORT EncUdpDst enc_udp_dst: Be<u16>,
        /// Mask of the destination UDP port of the tunnel.
        46 TCA_FLOWER_KEY_ENC_UDP_DST_PORT_MASK EncUdpDstMask enc_udp_dst_mask: Be<u16>,
        /// Flags of the packet.
        47 TCA_FLOWER_KEY_FLAGS KeyFlags key_flags: Be<FlowerKeyFlags>,
        /// Mask of the flags of the packet.
        48 TCA_FLOWER_KEY_FLAGS_MASK KeyFlagsMask key_flags_mask: Be<FlowerKeyFlags>,
        /// ICMP code.
        49 TCA_FLOWER_KEY_ICMPV4_CODE Icmpv4Code icmpv4_code: u8,
        /// Mask of the ICMP code.
        50 TCA_FLOWER_KEY_ICMPV4_CODE_MASK Icmpv4CodeMask icmpv4_code_mask: u8,
        /// ICMP type.
        51 TCA_FLOWER_KEY_ICMPV4_TYPE Icmpv4Type icmpv4_type: u8,
        /// Mask of the ICMP type.
        52 TCA_FLOWER_KEY_ICMPV4_TYPE_MASK Icmpv4TypeMask icmpv4_type_mask: u8,
        /// ICMPv6 code.
        53 TCA_FLOWER_KEY_ICMPV6_CODE Icmpv6Code icmpv6_code: u8,
        /// Mask of the ICMPv6 code.
        54 TCA_FLOWER_KEY_ICMPV6_CODE_MASK Icmpv6CodeMask icmpv6_code_mask: u8,
        /// ICMPv6 type.
        55 TCA_FLOWER_KEY_ICMPV6_TYPE Icmpv6Type icmpv6_type: u8,
        /// Mask of the ICMPv6 type.
        56 TCA_FLOWER_KEY_ICMPV6_TYPE_MASK Icmpv6TypeMask icmpv6_type_mask: u8,
        /// Sender IPv4 address of ARP.
        57 TCA_FLOWER_KEY_ARP_SIP ArpSenderIp arp_sender_ip: Ip,
        /// Mask of the sender IPv4 address of ARP.
        58 TCA_FLOWER_KEY_ARP_SIP_MASK ArpSenderIpMask arp_sender_ip_mask: Ip,
        /// Target IPv4 address of ARP.
        59 TCA_FLOWER_KEY_ARP_TIP ArpTargetIp arp_target_ip: Ip,
        /// Mask of the target IPv4 address of ARP.
        60 TCA_FLOWER_KEY_ARP_TIP_MASK ArpTargetIpMask arp_target_ip_mask: Ip,
        /// ARP operation: 1 for a request, 2 for a reply.
        61 TCA_FLOWER_KEY_ARP_OP ArpOperation arp_operation: u8,
        /// Mask of the ARP operation.
        62 TCA_FLOWER_KEY_ARP_OP_MASK ArpOperationMask arp_operation_mask: u8,
        /// Sender MAC address of ARP.
        63 TCA_FLOWER_KEY_ARP_SHA ArpSenderMac arp_sender_mac: Hardware,
        /// Mask of the sender MAC address of ARP.
        64 TCA_FLOWER_KEY_ARP_SHA_MASK ArpSenderMacMask arp_sender_mac_mask: Hardware,
        /// Target MAC address of ARP.
        65 TCA_FLOWER_KEY_ARP_THA ArpTargetMac arp_target_mac: Hardware,
        /// Mask of the target MAC address of ARP.
        66 TCA_FLOWER_KEY_ARP_THA_MASK ArpTargetMacMask arp_target_mac_mask: Hardware,
        /// TTL of the first MPLS label.
        67 TCA_FLOWER_KEY_MPLS_TTL MplsTtl mpls_ttl: u8,
        /// 1 if the first MPLS label is the last.
        68 TCA_FLOWER_KEY_MPLS_BOS MplsBottom mpls_bottom: u8,
        /// Traffic class of the first MPLS label, 0 to 7.
        69 TCA_FLOWER_KEY_MPLS_TC MplsClass mpls_class: u8,
        /// First MPLS label.
        70 TCA_FLOWER_KEY_MPLS_LABEL MplsLabel mpls_label: u32,
        /// TCP flags.
        71 TCA_FLOWER_KEY_TCP_FLAGS TcpFlags tcp_flags: Be<u16>,
        /// Mask of the TCP flags.
        72 TCA_FLOWER_KEY_TCP_FLAGS_MASK TcpFlagsMask tcp_flags_mask: Be<u16>,
        /// DSCP and ECN.
        73 TCA_FLOWER_KEY_IP_TOS Tos tos: u8,
        /// Mask of the DSCP and ECN.
        74 TCA_FLOWER_KEY_IP_TOS_MASK TosMask tos_mask: u8,
        /// TTL or hop limit.
        75 TCA_FLOWER_KEY_IP_TTL Ttl ttl: u8,
        /// Mask of the TTL or hop limit.
        76 TCA_FLOWER_KEY_IP_TTL_MASK TtlMask ttl_mask: u8,
        /// Number of the inner VLAN, 0 to 4095.
        77 TCA_FLOWER_KEY_CVLAN_ID CvlanId cvlan_id: u16,
        /// Priority of the inner VLAN, 0 to 7.
        78 TCA_FLOWER_KEY_CVLAN_PRIO CvlanPriority cvlan_priority: u8,
        /// Protocol behind the inner VLAN tag (`ETH_P_*`).
        79 TCA_FLOWER_KEY_CVLAN_ETH_TYPE CvlanEthType cvlan_eth_type: Be<u16>,
        /// DSCP and ECN of the tunnel.
        80 TCA_FLOWER_KEY_ENC_IP_TOS EncTos enc_tos: u8,
        /// Mask of the DSCP and ECN of the tunnel.
        81 TCA_FLOWER_KEY_ENC_IP_TOS_MASK EncTosMask enc_tos_mask: u8,
        /// TTL of the tunnel.
        82 TCA_FLOWER_KEY_ENC_IP_TTL EncTtl enc_ttl: u8,
        /// Mask of the TTL of the tunnel.
        83 TCA_FLOWER_KEY_ENC_IP_TTL_MASK EncTtlMask enc_ttl_mask: u8,
        /// Tunnel options.
        84 TCA_FLOWER_KEY_ENC_OPTS EncOptions enc_options: Nest<FlowerTunnelOptions>,
        /// Mask of the tunnel options.
        85 TCA_FLOWER_KEY_ENC_OPTS_MASK EncOptionsMask enc_options_mask: Nest<FlowerTunnelOptions>,
        /// Number of devices that have the filter in hardware.
        86 TCA_FLOWER_IN_HW_COUNT InHardware in_hardware: u32,
        /// Lowest source port.
        87 TCA_FLOWER_KEY_PORT_SRC_MIN SrcPortMin src_port_min: Be<u16>,
        /// Highest source port.
        88 TCA_FLOWER_KEY_PORT_SRC_MAX SrcPortMax src_port_max: Be<u16>,
        /// Lowest destination port.
        89 TCA_FLOWER_KEY_PORT_DST_MIN DstPortMin dst_port_min: Be<u16>,
        /// Highest destination port.
        90 TCA_FLOWER_KEY_PORT_DST_MAX DstPortMax dst_port_max: Be<u16>,
        /// State of the conntrack entry.
        91 TCA_FLOWER_KEY_CT_STATE CtState ct_state: FlowerCtState,
        /// Mask of the state of the conntrack entry.
        92 TCA_FLOWER_KEY_CT_STATE_MASK CtStateMask ct_state_mask: FlowerCtState,
        /// Zone of the conntrack entry.
        93 TCA_FLOWER_KEY_CT_ZONE CtZone ct_zone: u16,
        /// Mask of the zone of the conntrack entry.
        94 TCA_FLOWER_KEY_CT_ZONE_MASK CtZoneMask ct_zone_mask: u16,
        /// Mark of the conntrack entry.
        95 TCA_FLOWER_KEY_CT_MARK CtMark ct_mark: Shown<u32, Hexadecimal>,
        /// Mask of the mark of the conntrack entry.
        96 TCA_FLOWER_KEY_CT_MARK_MASK CtMarkMask ct_mark_mask: Shown<u32, Hexadecimal>,
        /// Labels of the conntrack entry.
        97 TCA_FLOWER_KEY_CT_LABELS CtLabels ct_labels: ByteArray<16>,
        /// Mask of the labels of the conntrack entry.
        98 TCA_FLOWER_KEY_CT_LABELS_MASK CtLabelsMask ct_labels_mask: ByteArray<16>,
        /// Entries of the MPLS label stack.
        99 TCA_FLOWER_KEY_MPLS_OPTS MplsStack mpls_stack: Nest<FlowerMplsStack>,
        /// Hash of the flow.
        100 TCA_FLOWER_KEY_HASH Hash hash: Shown<u32, Hexadecimal>,
        /// Mask of the hash of the flow.
        101 TCA_FLOWER_KEY_HASH_MASK HashMask hash_mask: Shown<u32, Hexadecimal>,
        /// Number of VLAN tags.
        102 TCA_FLOWER_KEY_NUM_OF_VLANS VlanCount vlan_count: u8,
        /// PPPoE session.
        103 TCA_FLOWER_KEY_PPPOE_SID PppoeSession pppoe_session: Be<u16>,
        /// PPP protocol.
        104 TCA_FLOWER_KEY_PPP_PROTO PppProtocol ppp_protocol: Be<u16>,
        /// L2TPv3 session.
        105 TCA_FLOWER_KEY_L2TPV3_SID L2tpSession l2tp_session: Be<u32>,
        /// 1 if no forwarding entry of the bridge has the destination.
        106 TCA_FLOWER_L2_MISS L2Miss l2_miss: u8,
        /// Connectivity fault management.
        107 TCA_FLOWER_KEY_CFM Cfm cfm: Nest<FlowerCfm>,
        /// SPI of IPsec.
        108 TCA_FLOWER_KEY_SPI Spi spi: Be<u32>,
        /// Mask of the SPI of IPsec.
        109 TCA_FLOWER_KEY_SPI_MASK SpiMask spi_mask: Be<u32>,
        /// Flags of the tunnel.
        110 TCA_FLOWER_KEY_ENC_FLAGS EncFlags enc_flags: Be<FlowerKeyFlags>,
        /// Mask of the flags of the tunnel.
        111 TCA_FLOWER_KEY_ENC_FLAGS_MASK EncFlagsMask enc_flags_mask: Be<FlowerKeyFlags>,
    }
}
