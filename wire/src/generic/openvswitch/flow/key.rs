//! Keys of flows: fields of packets.

use crate::codec::{Array, Be, ByteArray, Bytes, Flag, Ip, Nest, Struct};
use crate::zerocopy::big_endian;
use crate::zerocopy::native_endian::U16;
use crate::{attributes, flags, structs};

flags! {
    /// State of a connection.
    pub struct CtState(u32) {
        NEW = 0x1 "OVS_CS_F_NEW" "new";
        ESTABLISHED = 0x2 "OVS_CS_F_ESTABLISHED" "est";
        RELATED = 0x4 "OVS_CS_F_RELATED" "rel";
        REPLY = 0x8 "OVS_CS_F_REPLY_DIR" "rpl";
        INVALID = 0x10 "OVS_CS_F_INVALID" "inv";
        TRACKED = 0x20 "OVS_CS_F_TRACKED" "trk";
        SOURCE_NAT = 0x40 "OVS_CS_F_SRC_NAT" "snat";
        DESTINATION_NAT = 0x80 "OVS_CS_F_DST_NAT" "dnat";
    }
}

structs! {
    /// MAC addresses.
    #[doc(alias = "ovs_key_ethernet")]
    pub struct EthernetKey: 12 {
        /// Source address.
        #[doc(alias = "eth_src")]
        source: [u8; 6],
        /// Destination address.
        #[doc(alias = "eth_dst")]
        destination: [u8; 6],
    }
}

structs! {
    /// Entry of an MPLS label stack.
    #[doc(alias = "ovs_key_mpls")]
    pub struct MplsKey: 4 {
        /// Label, traffic class, bottom of stack and TTL.
        #[doc(alias = "mpls_lse")]
        entry: big_endian::U32,
    }
}

structs! {
    /// Header of IPv4.
    #[doc(alias = "ovs_key_ipv4")]
    pub struct Ipv4Key: 12 {
        /// Source address.
        #[doc(alias = "ipv4_src")]
        source: [u8; 4],
        /// Destination address.
        #[doc(alias = "ipv4_dst")]
        destination: [u8; 4],
        /// IP protocol.
        #[doc(alias = "ipv4_proto")]
        protocol: u8,
        /// TOS.
        #[doc(alias = "ipv4_tos")]
        tos: u8,
        /// TTL.
        #[doc(alias = "ipv4_ttl")]
        ttl: u8,
        /// Fragment: 0 for none, 1 for the first, 2 for a later one.
        #[doc(alias = "ipv4_frag")]
        fragment: u8,
    }
}

structs! {
    /// Header of IPv6.
    #[doc(alias = "ovs_key_ipv6")]
    pub struct Ipv6Key: 40 {
        /// Source address.
        #[doc(alias = "ipv6_src")]
        source: [u8; 16],
        /// Destination address.
        #[doc(alias = "ipv6_dst")]
        destination: [u8; 16],
        /// Flow label.
        #[doc(alias = "ipv6_label")]
        label: big_endian::U32,
        /// IP protocol.
        #[doc(alias = "ipv6_proto")]
        protocol: u8,
        /// Traffic class.
        #[doc(alias = "ipv6_tclass")]
        traffic_class: u8,
        /// Hop limit.
        #[doc(alias = "ipv6_hlimit")]
        hop_limit: u8,
        /// Fragment: 0 for none, 1 for the first, 2 for a later one.
        #[doc(alias = "ipv6_frag")]
        fragment: u8,
    }
}

structs! {
    /// Extension headers of IPv6.
    #[doc(alias = "ovs_key_ipv6_exthdrs")]
    pub struct Ipv6Extensions: 2 {
        /// Headers that are present, as bits.
        #[doc(alias = "hdrs")]
        headers: U16,
    }
}

structs! {
    /// Ports of TCP, UDP or SCTP.
    #[doc(alias = "ovs_key_tcp")]
    pub struct PortsKey: 4 {
        /// Source port.
        source: big_endian::U16,
        /// Destination port.
        destination: big_endian::U16,
    }
}

structs! {
    /// Header of ICMP or ICMPv6.
    #[doc(alias = "ovs_key_icmp")]
    pub struct IcmpKey: 2 {
        /// Type.
        #[doc(alias = "icmp_type")]
        kind: u8,
        /// Code.
        #[doc(alias = "icmp_code")]
        code: u8,
    }
}

structs! {
    /// Header of ARP.
    #[doc(alias = "ovs_key_arp")]
    pub struct ArpKey: 24 {
        /// IP address of the sender.
        #[doc(alias = "arp_sip")]
        sender_ip: [u8; 4],
        /// IP address of the target.
        #[doc(alias = "arp_tip")]
        target_ip: [u8; 4],
        /// Operation: 1 for a request, 2 for a reply.
        #[doc(alias = "arp_op")]
        operation: big_endian::U16,
        /// MAC address of the sender.
        #[doc(alias = "arp_sha")]
        sender_address: [u8; 6],
        /// MAC address of the target.
        #[doc(alias = "arp_tha")]
        target_address: [u8; 6],
        /// Padding.
        padding: [u8; 2],
    }
}

structs! {
    /// Neighbour discovery.
    #[doc(alias = "ovs_key_nd")]
    pub struct NdKey: 28 {
        /// Target address.
        #[doc(alias = "nd_target")]
        target: [u8; 16],
        /// MAC address of the source.
        #[doc(alias = "nd_sll")]
        source_address: [u8; 6],
        /// MAC address of the target.
        #[doc(alias = "nd_tll")]
        target_address: [u8; 6],
    }
}

structs! {
    /// Original direction of a connection over IPv4.
    #[doc(alias = "ovs_key_ct_tuple_ipv4")]
    pub struct CtTupleV4: 16 {
        /// Source address.
        #[doc(alias = "ipv4_src")]
        source: [u8; 4],
        /// Destination address.
        #[doc(alias = "ipv4_dst")]
        destination: [u8; 4],
        /// Source port.
        #[doc(alias = "src_port")]
        source_port: big_endian::U16,
        /// Destination port.
        #[doc(alias = "dst_port")]
        destination_port: big_endian::U16,
        /// IP protocol.
        #[doc(alias = "ipv4_proto")]
        protocol: u8,
        /// Padding.
        padding: [u8; 3],
    }
}

attributes! {
    /// Key of a flow (`OVS_KEY_ATTR_*`).
    pub set Key, enum KeyAttr {
        /// Fields behind a VLAN tag.
        1 OVS_KEY_ATTR_ENCAP Encapsulated encapsulated: Nest<Key>,
        /// Priority of the packet.
        2 OVS_KEY_ATTR_PRIORITY Priority priority: u32,
        /// Number of the port that the packet arrived on.
        3 OVS_KEY_ATTR_IN_PORT InPort in_port: u32,
        /// MAC addresses.
        4 OVS_KEY_ATTR_ETHERNET Ethernet ethernet: Struct<EthernetKey>,
        /// VLAN tag: priority, bit 12 set, and VLAN ID.
        5 OVS_KEY_ATTR_VLAN Vlan vlan: Be<u16>,
        /// Ethernet protocol.
        6 OVS_KEY_ATTR_ETHERTYPE EtherType ether_type: Be<u16>,
        /// Header of IPv4.
        7 OVS_KEY_ATTR_IPV4 Ipv4 ipv4: Struct<Ipv4Key>,
        /// Header of IPv6.
        8 OVS_KEY_ATTR_IPV6 Ipv6 ipv6: Struct<Ipv6Key>,
        /// Ports of TCP. A key with them needs [`TcpFlags`](KeyAttr::TcpFlags), too.
        9 OVS_KEY_ATTR_TCP Tcp tcp: Struct<PortsKey>,
        /// Ports of UDP.
        10 OVS_KEY_ATTR_UDP Udp udp: Struct<PortsKey>,
        /// Header of ICMP.
        11 OVS_KEY_ATTR_ICMP Icmp icmp: Struct<IcmpKey>,
        /// Header of ICMPv6.
        12 OVS_KEY_ATTR_ICMPV6 Icmpv6 icmpv6: Struct<IcmpKey>,
        /// Header of ARP.
        13 OVS_KEY_ATTR_ARP Arp arp: Struct<ArpKey>,
        /// Neighbour discovery.
        14 OVS_KEY_ATTR_ND Nd nd: Struct<NdKey>,
        /// Mark of the packet.
        15 OVS_KEY_ATTR_SKB_MARK Mark mark: u32,
        /// Tunnel that the packet arrived through.
        16 OVS_KEY_ATTR_TUNNEL Tunnel tunnel: Nest<TunnelKey>,
        /// Ports of SCTP.
        17 OVS_KEY_ATTR_SCTP Sctp sctp: Struct<PortsKey>,
        /// TCP flags.
        18 OVS_KEY_ATTR_TCP_FLAGS TcpFlags tcp_flags: Be<u16>,
        /// Hash that the datapath computed; 0 for none.
        19 OVS_KEY_ATTR_DP_HASH Hash hash: u32,
        /// Identifier of a recirculation.
        20 OVS_KEY_ATTR_RECIRC_ID RecircId recirc_id: u32,
        /// MPLS label stack, the top first.
        21 OVS_KEY_ATTR_MPLS Mpls mpls: Array<MplsKey>,
        /// State of the connection: [`CtState`].
        22 OVS_KEY_ATTR_CT_STATE CtState ct_state: CtState,
        /// Conntrack zone.
        23 OVS_KEY_ATTR_CT_ZONE CtZone ct_zone: u16,
        /// Conntrack mark.
        24 OVS_KEY_ATTR_CT_MARK CtMark ct_mark: u32,
        /// Conntrack labels.
        25 OVS_KEY_ATTR_CT_LABELS CtLabels ct_labels: ByteArray<16>,
        /// Original direction of the connection over IPv4.
        26 OVS_KEY_ATTR_CT_ORIG_TUPLE_IPV4 CtTupleV4 ct_tuple_v4: Struct<CtTupleV4>,
        /// Original direction of the connection over IPv6: addresses, ports and
        /// protocol.
        27 OVS_KEY_ATTR_CT_ORIG_TUPLE_IPV6 CtTupleV6 ct_tuple_v6: Bytes,
        /// Network service header.
        28 OVS_KEY_ATTR_NSH Nsh nsh: Nest<NshKey>,
        /// Type of the packet; only programs use it.
        29 OVS_KEY_ATTR_PACKET_TYPE PacketType packet_type: Be<u32>,
        /// Extensions of neighbour discovery; only programs use them.
        30 OVS_KEY_ATTR_ND_EXTENSIONS NdExtensions nd_extensions: Bytes,
        /// Tunnel as the kernel keeps it; never sent.
        31 OVS_KEY_ATTR_TUNNEL_INFO TunnelInfo tunnel_info: Bytes,
        /// Extension headers of IPv6.
        32 OVS_KEY_ATTR_IPV6_EXTHDRS Ipv6Extensions ipv6_extensions: Struct<Ipv6Extensions>,
    }
}

attributes! {
    /// Tunnel of a packet (`OVS_TUNNEL_KEY_ATTR_*`).
    pub set TunnelKey, enum TunnelKeyAttr {
        /// Tunnel identifier.
        0 OVS_TUNNEL_KEY_ATTR_ID Id id: Be<u64>,
        /// IPv4 source address.
        1 OVS_TUNNEL_KEY_ATTR_IPV4_SRC SourceV4 source_v4: Ip,
        /// IPv4 destination address.
        2 OVS_TUNNEL_KEY_ATTR_IPV4_DST DestinationV4 destination_v4: Ip,
        /// TOS of the outer header.
        3 OVS_TUNNEL_KEY_ATTR_TOS Tos tos: u8,
        /// TTL of the outer header.
        4 OVS_TUNNEL_KEY_ATTR_TTL Ttl ttl: u8,
        /// True if the outer header forbids fragments.
        5 OVS_TUNNEL_KEY_ATTR_DONT_FRAGMENT DontFragment dont_fragment: Flag,
        /// True if the tunnel has checksums.
        6 OVS_TUNNEL_KEY_ATTR_CSUM Checksum checksum: Flag,
        /// True for a frame of operations and maintenance.
        7 OVS_TUNNEL_KEY_ATTR_OAM Oam oam: Flag,
        /// Options of Geneve.
        8 OVS_TUNNEL_KEY_ATTR_GENEVE_OPTS Geneve geneve: Bytes,
        /// Source port of UDP.
        9 OVS_TUNNEL_KEY_ATTR_TP_SRC SourcePort source_port: Be<u16>,
        /// Destination port of UDP.
        10 OVS_TUNNEL_KEY_ATTR_TP_DST DestinationPort destination_port: Be<u16>,
        /// Options of VXLAN.
        11 OVS_TUNNEL_KEY_ATTR_VXLAN_OPTS Vxlan vxlan: Nest<VxlanOptions>,
        /// IPv6 source address.
        12 OVS_TUNNEL_KEY_ATTR_IPV6_SRC SourceV6 source_v6: Ip,
        /// IPv6 destination address.
        13 OVS_TUNNEL_KEY_ATTR_IPV6_DST DestinationV6 destination_v6: Ip,
        /// Padding.
        14 OVS_TUNNEL_KEY_ATTR_PAD Pad pad: Bytes,
        /// Metadata of ERSPAN (`struct erspan_metadata`).
        15 OVS_TUNNEL_KEY_ATTR_ERSPAN_OPTS Erspan erspan: Bytes,
        /// True for a bridge without addresses of its own.
        16 OVS_TUNNEL_KEY_ATTR_IPV4_INFO_BRIDGE Bridge bridge: Flag,
    }
}

attributes! {
    /// Options of VXLAN in a key (`OVS_VXLAN_EXT_*`).
    pub set VxlanOptions, enum VxlanOptionsAttr {
        /// Group policy (GBP).
        1 OVS_VXLAN_EXT_GBP GroupPolicy group_policy: u32,
    }
}

attributes! {
    /// Network service header (`OVS_NSH_KEY_ATTR_*`).
    pub set NshKey, enum NshKeyAttr {
        /// Flags, TTL, type, next protocol and path (`struct ovs_nsh_key_base`).
        1 OVS_NSH_KEY_ATTR_BASE Base base: Bytes,
        /// Metadata of type 1: four words of 32 bits.
        2 OVS_NSH_KEY_ATTR_MD1 Metadata1 metadata1: Bytes,
        /// Metadata of type 2.
        3 OVS_NSH_KEY_ATTR_MD2 Metadata2 metadata2: Bytes,
    }
}
