//! Tunnel links (`linux/if_link.h`, `linux/if_tunnel.h`).

use crate::zerocopy::big_endian::U16;

use super::{Ip6TunnelFlags, IpTunnelFlags};
use crate::codec::{Be, ByteArray, ByteFlag, Flag, Ip, Struct};
use crate::numbers::{flags, numbers};
use crate::structs::structs;
use crate::{LinkIndex, attributes};

structs! {
    /// Range of UDP ports, 4 bytes in network order.
    #[doc(alias = "ifla_vxlan_port_range")]
    pub struct TunnelPortRange: 4 {
        /// First port.
        low: U16,
        /// Last port.
        high: U16,
    }
}

attributes! {
    /// VXLAN (`IFLA_VXLAN_*`).
    pub set Vxlan, enum VxlanAttr {
        /// VXLAN network identifier (VNI), 24 bits.
        1 IFLA_VXLAN_ID Id id: u32,
        /// Multicast group or remote address, IPv4.
        2 IFLA_VXLAN_GROUP Group group: Ip,
        /// Index of the lower device.
        3 IFLA_VXLAN_LINK Link link: LinkIndex,
        /// Local address, IPv4.
        4 IFLA_VXLAN_LOCAL Local local: Ip,
        /// TTL of outer packets. 0 means 1 for multicast, and otherwise the route's hop limit.
        5 IFLA_VXLAN_TTL Ttl ttl: u8,
        /// TOS of outer packets; 1 copies it from the inner packet.
        6 IFLA_VXLAN_TOS Tos tos: u8,
        /// 1 if MAC addresses are learned from received packets.
        7 IFLA_VXLAN_LEARNING Learning learning: u8,
        /// Ageing time: lifetime of an unused FDB entry in seconds; 300 by default.
        8 IFLA_VXLAN_AGEING Ageing ageing: u32,
        /// Maximum number of FDB entries, 0 for no limit.
        9 IFLA_VXLAN_LIMIT Limit limit: u32,
        /// Range of UDP source ports.
        10 IFLA_VXLAN_PORT_RANGE PortRange port_range: Struct<TunnelPortRange>,
        /// 1 if ARP proxy is on: the VXLAN answers ARP and ND for hosts it knows.
        11 IFLA_VXLAN_PROXY Proxy proxy: u8,
        /// 1 if route short circuit is on: packets to known routers go directly to the
        /// destination.
        12 IFLA_VXLAN_RSC Rsc rsc: u8,
        /// 1 if misses of MAC addresses in the FDB are reported (`l2miss`).
        13 IFLA_VXLAN_L2MISS L2miss l2miss: u8,
        /// 1 if misses of IP addresses in the neighbour table are reported (`l3miss`).
        14 IFLA_VXLAN_L3MISS L3miss l3miss: u8,
        /// UDP destination port, in network order.
        15 IFLA_VXLAN_PORT Port port: Be<u16>,
        /// Multicast group or remote address, IPv6.
        16 IFLA_VXLAN_GROUP6 Group6 group6: Ip,
        /// Local address, IPv6.
        17 IFLA_VXLAN_LOCAL6 Local6 local6: Ip,
        /// 1 if outer IPv4 packets have UDP checksums.
        18 IFLA_VXLAN_UDP_CSUM UdpCsum udp_csum: u8,
        /// 1 if outer IPv6 packets are sent without UDP checksums.
        19 IFLA_VXLAN_UDP_ZERO_CSUM6_TX UdpZeroCsum6Tx udp_zero_csum6_tx: u8,
        /// 1 if outer IPv6 packets are accepted without UDP checksums.
        20 IFLA_VXLAN_UDP_ZERO_CSUM6_RX UdpZeroCsum6Rx udp_zero_csum6_rx: u8,
        /// 1 if sent packets use remote checksum offload.
        21 IFLA_VXLAN_REMCSUM_TX RemcsumTx remcsum_tx: u8,
        /// 1 if remote checksum offload is accepted in received packets.
        22 IFLA_VXLAN_REMCSUM_RX RemcsumRx remcsum_rx: u8,
        /// Group Based Policy extension (GBP).
        23 IFLA_VXLAN_GBP Gbp gbp: Flag,
        /// Remote checksum offload without partial checksums.
        24 IFLA_VXLAN_REMCSUM_NOPARTIAL RemcsumNopartial remcsum_nopartial: Flag,
        /// 1 if the tunnel is external: the route or an action chooses VNI and remote address.
        25 IFLA_VXLAN_COLLECT_METADATA CollectMetadata collect_metadata: u8,
        /// IPv6 flow label of outer packets, in network order.
        26 IFLA_VXLAN_LABEL Label label: Be<u32>,
        /// Generic Protocol Extension (GPE).
        27 IFLA_VXLAN_GPE Gpe gpe: Flag,
        /// True if the TTL is copied from the inner packet.
        28 IFLA_VXLAN_TTL_INHERIT TtlInherit ttl_inherit: ByteFlag,
        /// Don't-fragment bit of outer IPv4 packets.
        29 IFLA_VXLAN_DF Df df: VxlanDf,
        /// 1 if VNI filtering is on: only VNIs of the device's list are received.
        30 IFLA_VXLAN_VNIFILTER Vnifilter vnifilter: u8,
        /// 1 if packets to an address of this host bypass the network; 1 by default.
        31 IFLA_VXLAN_LOCALBYPASS Localbypass localbypass: u8,
        /// Source of the flow label: 0 fixed, 1 copied from the inner packet.
        32 IFLA_VXLAN_LABEL_POLICY LabelPolicy label_policy: u32,
        /// Reserved bits of the VXLAN header, in network order.
        33 IFLA_VXLAN_RESERVED_BITS ReservedBits reserved_bits: ByteArray<8>,
        /// 1 if outer multicast packets pass through multicast routing.
        34 IFLA_VXLAN_MC_ROUTE McRoute mc_route: u8,
    }
}

attributes! {
    /// GRE over IPv4 or IPv6, and ERSPAN (`IFLA_GRE_*`).
    pub set Gre, enum GreAttr {
        /// Index of the lower device.
        1 IFLA_GRE_LINK Link link: LinkIndex,
        /// GRE flags of received packets, in network order.
        2 IFLA_GRE_IFLAGS Iflags iflags: Be<u16>,
        /// GRE flags of sent packets, in network order.
        3 IFLA_GRE_OFLAGS Oflags oflags: Be<u16>,
        /// Key of received packets, in network order.
        4 IFLA_GRE_IKEY Ikey ikey: Be<u32>,
        /// Key of sent packets, in network order.
        5 IFLA_GRE_OKEY Okey okey: Be<u32>,
        /// Local address.
        6 IFLA_GRE_LOCAL Local local: Ip,
        /// Remote address.
        7 IFLA_GRE_REMOTE Remote remote: Ip,
        /// TTL of outer packets; 0 copies it from the inner packet.
        8 IFLA_GRE_TTL Ttl ttl: u8,
        /// TOS of outer packets; 1 copies it from the inner packet.
        9 IFLA_GRE_TOS Tos tos: u8,
        /// 1 if path MTU discovery is on: outer IPv4 packets carry the don't-fragment bit.
        10 IFLA_GRE_PMTUDISC Pmtudisc pmtudisc: u8,
        /// Encapsulation limit: maximum depth of nested tunnels; IPv6 only.
        11 IFLA_GRE_ENCAP_LIMIT EncapLimit encap_limit: u8,
        /// Traffic class and flow label, in network order; IPv6 only.
        12 IFLA_GRE_FLOWINFO Flowinfo flowinfo: Be<u32>,
        /// Flags; IPv6 only.
        13 IFLA_GRE_FLAGS Flags flags: Ip6TunnelFlags,
        /// Type of UDP encapsulation.
        14 IFLA_GRE_ENCAP_TYPE EncapType encap_type: TunnelEncap,
        /// Flags of the UDP encapsulation.
        15 IFLA_GRE_ENCAP_FLAGS EncapFlags encap_flags: TunnelEncapFlags,
        /// UDP source port of the encapsulation, in network order.
        16 IFLA_GRE_ENCAP_SPORT EncapSport encap_sport: Be<u16>,
        /// UDP destination port of the encapsulation, in network order.
        17 IFLA_GRE_ENCAP_DPORT EncapDport encap_dport: Be<u16>,
        /// External tunnel: the route or an action chooses key and remote address.
        18 IFLA_GRE_COLLECT_METADATA CollectMetadata collect_metadata: Flag,
        /// 1 if the don't-fragment bit of inner packets is ignored.
        19 IFLA_GRE_IGNORE_DF IgnoreDf ignore_df: u8,
        /// Firewall mark of sent packets.
        20 IFLA_GRE_FWMARK Fwmark fwmark: u32,
        /// Index of ERSPAN version 1.
        21 IFLA_GRE_ERSPAN_INDEX ErspanIndex erspan_index: u32,
        /// ERSPAN version.
        22 IFLA_GRE_ERSPAN_VER ErspanVer erspan_ver: u8,
        /// Direction of ERSPAN version 2.
        23 IFLA_GRE_ERSPAN_DIR ErspanDir erspan_dir: u8,
        /// Hardware id of ERSPAN version 2.
        24 IFLA_GRE_ERSPAN_HWID ErspanHwid erspan_hwid: u16,
    }
}

attributes! {
    /// IP in IP: `ipip`, `sit`, `ip6tnl` (`IFLA_IPTUN_*`).
    pub set IpTunnel, enum IpTunnelAttr {
        /// Index of the lower device.
        1 IFLA_IPTUN_LINK Link link: LinkIndex,
        /// Local address.
        2 IFLA_IPTUN_LOCAL Local local: Ip,
        /// Remote address.
        3 IFLA_IPTUN_REMOTE Remote remote: Ip,
        /// TTL of outer packets; 0 copies it from the inner packet.
        4 IFLA_IPTUN_TTL Ttl ttl: u8,
        /// TOS of outer packets; 1 copies it from the inner packet.
        5 IFLA_IPTUN_TOS Tos tos: u8,
        /// Encapsulation limit: maximum depth of nested tunnels; IPv6 only.
        6 IFLA_IPTUN_ENCAP_LIMIT EncapLimit encap_limit: u8,
        /// Traffic class and flow label, in network order; IPv6 only.
        7 IFLA_IPTUN_FLOWINFO Flowinfo flowinfo: Be<u32>,
        /// Flags, whose size depends on the kind.
        8 IFLA_IPTUN_FLAGS Flags flags: IpTunnelFlags,
        /// IP protocol of inner packets.
        9 IFLA_IPTUN_PROTO Proto proto: u8,
        /// 1 if path MTU discovery is on: outer IPv4 packets carry the don't-fragment bit.
        10 IFLA_IPTUN_PMTUDISC Pmtudisc pmtudisc: u8,
        /// 6rd prefix, IPv6.
        11 IFLA_IPTUN_6RD_PREFIX SixRdPrefix six_rd_prefix: Ip,
        /// 6rd relay prefix, IPv4.
        12 IFLA_IPTUN_6RD_RELAY_PREFIX SixRdRelayPrefix six_rd_relay_prefix: Ip,
        /// Prefix length of the 6rd prefix, in bits.
        13 IFLA_IPTUN_6RD_PREFIXLEN SixRdPrefixLen six_rd_prefix_len: u16,
        /// Prefix length of the 6rd relay prefix, in bits.
        14 IFLA_IPTUN_6RD_RELAY_PREFIXLEN SixRdRelayPrefixLen six_rd_relay_prefix_len: u16,
        /// Type of UDP encapsulation.
        15 IFLA_IPTUN_ENCAP_TYPE EncapType encap_type: TunnelEncap,
        /// Flags of the UDP encapsulation.
        16 IFLA_IPTUN_ENCAP_FLAGS EncapFlags encap_flags: TunnelEncapFlags,
        /// UDP source port of the encapsulation, in network order.
        17 IFLA_IPTUN_ENCAP_SPORT EncapSport encap_sport: Be<u16>,
        /// UDP destination port of the encapsulation, in network order.
        18 IFLA_IPTUN_ENCAP_DPORT EncapDport encap_dport: Be<u16>,
        /// External tunnel: the route or an action chooses the remote address.
        19 IFLA_IPTUN_COLLECT_METADATA CollectMetadata collect_metadata: Flag,
        /// Firewall mark of sent packets.
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
    /// Flags of a tunnel's UDP encapsulation.
    pub struct TunnelEncapFlags(u16) {
        /// UDP checksums over IPv4.
        CSUM = 0x1 "TUNNEL_ENCAP_FLAG_CSUM" "csum";
        /// UDP checksums over IPv6.
        CSUM6 = 0x2 "TUNNEL_ENCAP_FLAG_CSUM6" "csum6";
        /// Remote checksum offload.
        REMCSUM = 0x4 "TUNNEL_ENCAP_FLAG_REMCSUM" "remcsum";
    }
}

numbers! {
    /// Don't-fragment bit of the IPv4 packets that a VXLAN sends.
    pub struct VxlanDf(u8) {
        UNSET = 0 "VXLAN_DF_UNSET" "unset";
        SET = 1 "VXLAN_DF_SET" "set";
        /// Don't-fragment bit copied from the inner packet.
        INHERIT = 2 "VXLAN_DF_INHERIT" "inherit";
    }
}
