//! Links that are tunnels (`linux/if_link.h`, `linux/if_tunnel.h`).

use crate::zerocopy::big_endian::U16;

use crate::attributes;
use crate::codec::{Be, ByteArray, ByteFlag, Bytes, Flag, Ip, Struct};
use crate::numbers::{flags, numbers};
use crate::structs::structs;

structs! {
    /// A range of ports, 4 bytes in network order.
    #[doc(alias = "ifla_vxlan_port_range")]
    pub struct TunnelPortRange: 4 {
        /// The first port.
        low: U16,
        /// The last port.
        high: U16,
    }
}

attributes! {
    /// A VXLAN (`IFLA_VXLAN_*`).
    pub set Vxlan, enum VxlanAttr {
        /// The network.
        1 IFLA_VXLAN_ID Id id: u32,
        /// The group or the other end, IPv4.
        2 IFLA_VXLAN_GROUP Group group: Ip,
        /// The link beneath.
        3 IFLA_VXLAN_LINK Link link: u32,
        /// The own address, IPv4.
        4 IFLA_VXLAN_LOCAL Local local: Ip,
        /// The time to live, 0 for the packet's.
        5 IFLA_VXLAN_TTL Ttl ttl: u8,
        /// The type of service, 1 for the packet's.
        6 IFLA_VXLAN_TOS Tos tos: u8,
        /// 1: it learns addresses.
        7 IFLA_VXLAN_LEARNING Learning learning: u8,
        /// How long an unused forwarding entry lives, in seconds.
        8 IFLA_VXLAN_AGEING Ageing ageing: u32,
        /// The most forwarding entries, 0 for no limit.
        9 IFLA_VXLAN_LIMIT Limit limit: u32,
        /// The source ports.
        10 IFLA_VXLAN_PORT_RANGE PortRange port_range: Struct<TunnelPortRange>,
        /// 1: it answers for its neighbours.
        11 IFLA_VXLAN_PROXY Proxy proxy: u8,
        /// 1: known routers are reached by their address.
        12 IFLA_VXLAN_RSC Rsc rsc: u8,
        /// 1: unknown link-layer addresses are reported.
        13 IFLA_VXLAN_L2MISS L2miss l2miss: u8,
        /// 1: unknown neighbours are reported.
        14 IFLA_VXLAN_L3MISS L3miss l3miss: u8,
        /// The destination port, in network order.
        15 IFLA_VXLAN_PORT Port port: Be<u16>,
        /// The group or the other end, IPv6.
        16 IFLA_VXLAN_GROUP6 Group6 group6: Ip,
        /// The own address, IPv6.
        17 IFLA_VXLAN_LOCAL6 Local6 local6: Ip,
        /// 1: checksums over IPv4.
        18 IFLA_VXLAN_UDP_CSUM UdpCsum udp_csum: u8,
        /// 1: none over IPv6.
        19 IFLA_VXLAN_UDP_ZERO_CSUM6_TX UdpZeroCsum6Tx udp_zero_csum6_tx: u8,
        /// 1: none needed over IPv6.
        20 IFLA_VXLAN_UDP_ZERO_CSUM6_RX UdpZeroCsum6Rx udp_zero_csum6_rx: u8,
        /// 1: checksums are left to the other end.
        21 IFLA_VXLAN_REMCSUM_TX RemcsumTx remcsum_tx: u8,
        /// 1: checksums are made for the other end.
        22 IFLA_VXLAN_REMCSUM_RX RemcsumRx remcsum_rx: u8,
        /// Group policy.
        23 IFLA_VXLAN_GBP Gbp gbp: Flag,
        /// Checksums are made whole.
        24 IFLA_VXLAN_REMCSUM_NOPARTIAL RemcsumNopartial remcsum_nopartial: Flag,
        /// 1: routes say where packets go.
        25 IFLA_VXLAN_COLLECT_METADATA CollectMetadata collect_metadata: u8,
        /// The flow label, in network order.
        26 IFLA_VXLAN_LABEL Label label: Be<u32>,
        /// The generic protocol extension.
        27 IFLA_VXLAN_GPE Gpe gpe: Flag,
        /// True if the TTL is copied from the inner packet.
        28 IFLA_VXLAN_TTL_INHERIT TtlInherit ttl_inherit: ByteFlag,
        /// Don't-fragment bit of outer IPv4 packets.
        29 IFLA_VXLAN_DF Df df: VxlanDf,
        /// 1: networks are told apart.
        30 IFLA_VXLAN_VNIFILTER Vnifilter vnifilter: u8,
        /// 1: packets to this host stay inside.
        31 IFLA_VXLAN_LOCALBYPASS Localbypass localbypass: u8,
        /// Where the flow label comes from: 0 fixed, 1 from the packet.
        32 IFLA_VXLAN_LABEL_POLICY LabelPolicy label_policy: u32,
        /// Which bits of its header are reserved, in network order.
        33 IFLA_VXLAN_RESERVED_BITS ReservedBits reserved_bits: ByteArray<8>,
        /// 1: multicast is routed.
        34 IFLA_VXLAN_MC_ROUTE McRoute mc_route: u8,
    }
}

attributes! {
    /// GRE over IPv4 or IPv6, and ERSPAN (`IFLA_GRE_*`).
    pub set Gre, enum GreAttr {
        /// The link beneath.
        1 IFLA_GRE_LINK Link link: u32,
        /// Flags of received packets, in network order.
        2 IFLA_GRE_IFLAGS Iflags iflags: Be<u16>,
        /// Flags of sent packets, in network order.
        3 IFLA_GRE_OFLAGS Oflags oflags: Be<u16>,
        /// The key of received packets, in network order.
        4 IFLA_GRE_IKEY Ikey ikey: Be<u32>,
        /// The key of sent packets, in network order.
        5 IFLA_GRE_OKEY Okey okey: Be<u32>,
        /// The own address.
        6 IFLA_GRE_LOCAL Local local: Ip,
        /// The other end.
        7 IFLA_GRE_REMOTE Remote remote: Ip,
        /// The time to live, 0 for the packet's.
        8 IFLA_GRE_TTL Ttl ttl: u8,
        /// The type of service, 1 for the packet's.
        9 IFLA_GRE_TOS Tos tos: u8,
        /// 1: packets are not split on their way.
        10 IFLA_GRE_PMTUDISC Pmtudisc pmtudisc: u8,
        /// How deep tunnels may nest; IPv6 only.
        11 IFLA_GRE_ENCAP_LIMIT EncapLimit encap_limit: u8,
        /// Traffic class and flow label, in network order; IPv6 only.
        12 IFLA_GRE_FLOWINFO Flowinfo flowinfo: Be<u32>,
        /// Flags; IPv6 only.
        13 IFLA_GRE_FLAGS Flags flags: Ip6TunnelFlags,
        /// UDP encapsulation.
        14 IFLA_GRE_ENCAP_TYPE EncapType encap_type: TunnelEncap,
        /// Checksums of the encapsulation.
        15 IFLA_GRE_ENCAP_FLAGS EncapFlags encap_flags: TunnelEncapFlags,
        /// The source port, in network order.
        16 IFLA_GRE_ENCAP_SPORT EncapSport encap_sport: Be<u16>,
        /// The destination port, in network order.
        17 IFLA_GRE_ENCAP_DPORT EncapDport encap_dport: Be<u16>,
        /// Routes say where packets go.
        18 IFLA_GRE_COLLECT_METADATA CollectMetadata collect_metadata: Flag,
        /// 1: packets may be split, whatever they say.
        19 IFLA_GRE_IGNORE_DF IgnoreDf ignore_df: u8,
        /// The mark of sent packets.
        20 IFLA_GRE_FWMARK Fwmark fwmark: u32,
        /// The index of ERSPAN version 1.
        21 IFLA_GRE_ERSPAN_INDEX ErspanIndex erspan_index: u32,
        /// The version of ERSPAN.
        22 IFLA_GRE_ERSPAN_VER ErspanVer erspan_ver: u8,
        /// The direction of ERSPAN version 2.
        23 IFLA_GRE_ERSPAN_DIR ErspanDir erspan_dir: u8,
        /// The hardware id of ERSPAN version 2.
        24 IFLA_GRE_ERSPAN_HWID ErspanHwid erspan_hwid: u16,
    }
}

attributes! {
    /// IP in IP: `ipip`, `sit`, `ip6tnl` (`IFLA_IPTUN_*`).
    pub set IpTunnel, enum IpTunnelAttr {
        /// The link beneath.
        1 IFLA_IPTUN_LINK Link link: u32,
        /// The own address.
        2 IFLA_IPTUN_LOCAL Local local: Ip,
        /// The other end.
        3 IFLA_IPTUN_REMOTE Remote remote: Ip,
        /// The time to live, 0 for the packet's.
        4 IFLA_IPTUN_TTL Ttl ttl: u8,
        /// The type of service, 1 for the packet's.
        5 IFLA_IPTUN_TOS Tos tos: u8,
        /// How deep tunnels may nest; IPv6 only.
        6 IFLA_IPTUN_ENCAP_LIMIT EncapLimit encap_limit: u8,
        /// Traffic class and flow label, in network order; IPv6 only.
        7 IFLA_IPTUN_FLOWINFO Flowinfo flowinfo: Be<u32>,
        /// Flags: 16 bits in network order of `sit` (`SIT_ISATAP`), 32 bits of IPv6 (`IP6_TNL_F_*`).
        8 IFLA_IPTUN_FLAGS Flags flags: Bytes,
        /// What is inside, by its IP protocol.
        9 IFLA_IPTUN_PROTO Proto proto: u8,
        /// 1: packets are not split on their way.
        10 IFLA_IPTUN_PMTUDISC Pmtudisc pmtudisc: u8,
        /// The prefix of 6rd.
        11 IFLA_IPTUN_6RD_PREFIX SixRdPrefix six_rd_prefix: Ip,
        /// The relays' prefix of 6rd.
        12 IFLA_IPTUN_6RD_RELAY_PREFIX SixRdRelayPrefix six_rd_relay_prefix: Ip,
        /// How many bits of the prefix count.
        13 IFLA_IPTUN_6RD_PREFIXLEN SixRdPrefixLen six_rd_prefix_len: u16,
        /// How many bits of the relays' prefix count.
        14 IFLA_IPTUN_6RD_RELAY_PREFIXLEN SixRdRelayPrefixLen six_rd_relay_prefix_len: u16,
        /// UDP encapsulation.
        15 IFLA_IPTUN_ENCAP_TYPE EncapType encap_type: TunnelEncap,
        /// Checksums of the encapsulation.
        16 IFLA_IPTUN_ENCAP_FLAGS EncapFlags encap_flags: TunnelEncapFlags,
        /// The source port, in network order.
        17 IFLA_IPTUN_ENCAP_SPORT EncapSport encap_sport: Be<u16>,
        /// The destination port, in network order.
        18 IFLA_IPTUN_ENCAP_DPORT EncapDport encap_dport: Be<u16>,
        /// Routes say where packets go.
        19 IFLA_IPTUN_COLLECT_METADATA CollectMetadata collect_metadata: Flag,
        /// The mark of sent packets.
        20 IFLA_IPTUN_FWMARK Fwmark fwmark: u32,
    }
}

numbers! {
    /// UDP encapsulation of a tunnel.
    pub struct TunnelEncap(u16) {
        NONE = 0 "TUNNEL_ENCAP_NONE" "none";
        /// Foo over UDP.
        FOU = 1 "TUNNEL_ENCAP_FOU" "fou";
        /// Generic UDP encapsulation.
        GUE = 2 "TUNNEL_ENCAP_GUE" "gue";
        /// MPLS, without UDP.
        MPLS = 3 "TUNNEL_ENCAP_MPLS" "mpls";
    }
}

flags! {
    /// Checksums of a tunnel's UDP encapsulation.
    pub struct TunnelEncapFlags(u16) {
        /// UDP checksums over IPv4.
        CSUM = 0x1 "TUNNEL_ENCAP_FLAG_CSUM" "csum";
        /// UDP checksums over IPv6.
        CSUM6 = 0x2 "TUNNEL_ENCAP_FLAG_CSUM6" "csum6";
        /// Remote checksum offload.
        REMCSUM = 0x4 "TUNNEL_ENCAP_FLAG_REMCSUM" "remcsum";
    }
}

flags! {
    /// Flags of a tunnel over IPv6.
    pub struct Ip6TunnelFlags(u32) {
        /// No option limits the encapsulation.
        IGNORE_ENCAP_LIMIT = 0x01 "IP6_TNL_F_IGN_ENCAP_LIMIT" "ign-encap-limit";
        /// The traffic class is that of the inner packet.
        USE_ORIG_TCLASS = 0x02 "IP6_TNL_F_USE_ORIG_TCLASS" "use-orig-tclass";
        /// The flow label is that of the inner packet.
        USE_ORIG_FLOWLABEL = 0x04 "IP6_TNL_F_USE_ORIG_FLOWLABEL" "use-orig-flowlabel";
        /// Tunnel of Mobile IPv6.
        MIP6 = 0x08 "IP6_TNL_F_MIP6_DEV" "mip6";
        /// The inner packet gets the DSCP of the outer one.
        RCV_DSCP_COPY = 0x10 "IP6_TNL_F_RCV_DSCP_COPY" "dscp-inherit";
        /// The mark is that of the inner packet.
        USE_ORIG_FWMARK = 0x20 "IP6_TNL_F_USE_ORIG_FWMARK" "fwmark-inherit";
        /// The other end may be an address of this host.
        ALLOW_LOCAL_REMOTE = 0x40 "IP6_TNL_F_ALLOW_LOCAL_REMOTE" "allow-localremote";
    }
}

numbers! {
    /// Don't-fragment bit of the IPv4 packets that a VXLAN sends.
    pub struct VxlanDf(u8) {
        UNSET = 0 "VXLAN_DF_UNSET" "unset";
        SET = 1 "VXLAN_DF_SET" "set";
        /// That of the inner packet.
        INHERIT = 2 "VXLAN_DF_INHERIT" "inherit";
    }
}
