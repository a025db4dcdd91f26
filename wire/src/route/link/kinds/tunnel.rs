//! Tunnels that are younger than GRE and VXLAN: Geneve, IPsec's VTI and XFRM
//! links, GTP, bare UDP, and AMT (`linux/if_link.h`, `linux/if_tunnel.h`,
//! `linux/amt.h`).

use crate::codec::{Be, Flag, Ip, Struct};
use crate::numbers::numbers;
use crate::route::link::TunnelPortRange;
use crate::{LinkIndex, attributes};

attributes! {
    /// Geneve tunnel (`IFLA_GENEVE_*`).
    pub set Geneve, enum GeneveAttr {
        /// Number of the network, of 24 bits.
        1 IFLA_GENEVE_ID Id id: u32,
        /// Remote IPv4 address.
        2 IFLA_GENEVE_REMOTE Remote remote: Ip,
        /// TTL; 0 for the default.
        3 IFLA_GENEVE_TTL Ttl ttl: u8,
        /// TOS; 1 for that of the packet inside.
        4 IFLA_GENEVE_TOS Tos tos: u8,
        /// UDP port of the remote end, in network order.
        5 IFLA_GENEVE_PORT Port port: Be<u16>,
        /// True if routes choose network and destination.
        6 IFLA_GENEVE_COLLECT_METADATA CollectMetadata collect_metadata: Flag,
        /// Remote IPv6 address.
        7 IFLA_GENEVE_REMOTE6 Remote6 remote6: Ip,
        /// 1 if UDP checksums are sent over IPv4.
        8 IFLA_GENEVE_UDP_CSUM UdpChecksum udp_checksum: u8,
        /// 1 if no UDP checksums are sent over IPv6.
        9 IFLA_GENEVE_UDP_ZERO_CSUM6_TX UdpZeroChecksum6Tx udp_zero_checksum6_tx: u8,
        /// 1 if packets without UDP checksum are accepted over IPv6.
        10 IFLA_GENEVE_UDP_ZERO_CSUM6_RX UdpZeroChecksum6Rx udp_zero_checksum6_rx: u8,
        /// IPv6 flow label, in network order.
        11 IFLA_GENEVE_LABEL FlowLabel flow_label: Be<u32>,
        /// 1 if the TTL is that of the packet inside.
        12 IFLA_GENEVE_TTL_INHERIT TtlInherit ttl_inherit: u8,
        /// Don't-fragment flag of IPv4.
        13 IFLA_GENEVE_DF DontFragment dont_fragment: GeneveDontFragment,
        /// True if packets may begin with an IP header instead of Ethernet's.
        14 IFLA_GENEVE_INNER_PROTO_INHERIT InnerProtocolInherit inner_protocol_inherit: Flag,
        /// Range of UDP source ports.
        15 IFLA_GENEVE_PORT_RANGE PortRange port_range: Struct<TunnelPortRange>,
        /// True if an option of packets helps the receiver to merge them.
        16 IFLA_GENEVE_GRO_HINT GroHint gro_hint: Flag,
        /// Local IPv4 address.
        17 IFLA_GENEVE_LOCAL Local local: Ip,
        /// Local IPv6 address.
        18 IFLA_GENEVE_LOCAL6 Local6 local6: Ip,
    }
}

numbers! {
    /// Don't-fragment flag of a Geneve tunnel over IPv4.
    #[doc(alias = "ifla_geneve_df")]
    pub struct GeneveDontFragment(u8) {
        UNSET = 0 "GENEVE_DF_UNSET" "unset";
        SET = 1 "GENEVE_DF_SET" "set";
        /// Flag of the packet inside.
        INHERIT = 2 "GENEVE_DF_INHERIT" "inherit";
    }
}

attributes! {
    /// Virtual tunnel interface of IPsec, over IPv4 or IPv6 (`IFLA_VTI_*`).
    pub set Vti, enum VtiAttr {
        /// Link index of the lower device.
        1 IFLA_VTI_LINK Link link: LinkIndex,
        /// Key of received packets, in network order.
        2 IFLA_VTI_IKEY InKey in_key: Be<u32>,
        /// Key of sent packets, in network order.
        3 IFLA_VTI_OKEY OutKey out_key: Be<u32>,
        /// Local address.
        4 IFLA_VTI_LOCAL Local local: Ip,
        /// Remote address.
        5 IFLA_VTI_REMOTE Remote remote: Ip,
        /// Firewall mark of sent packets, used for routing.
        6 IFLA_VTI_FWMARK Mark mark: u32,
    }
}

attributes! {
    /// XFRM interface of IPsec (`IFLA_XFRM_*`).
    pub set XfrmLink, enum XfrmLinkAttr {
        /// Link index of the lower device.
        1 IFLA_XFRM_LINK Link link: LinkIndex,
        /// Interface id, which policies and states name.
        2 IFLA_XFRM_IF_ID Id id: u32,
        /// True if the tunnel is external: routes choose lower device and interface id.
        3 IFLA_XFRM_COLLECT_METADATA CollectMetadata collect_metadata: Flag,
    }
}

attributes! {
    /// GTP tunnel endpoint (`IFLA_GTP_*`).
    pub set Gtp, enum GtpAttr {
        /// File descriptor of a UDP socket for GTPv0, in requests.
        1 IFLA_GTP_FD0 Fd0 fd0: u32,
        /// File descriptor of a UDP socket for GTPv1, in requests.
        2 IFLA_GTP_FD1 Fd1 fd1: u32,
        /// Size of the hash table of PDP contexts.
        3 IFLA_GTP_PDP_HASHSIZE HashSize hash_size: u32,
        /// Role of this end.
        4 IFLA_GTP_ROLE Role role: GtpRole,
        /// 1 if the kernel opens the sockets.
        5 IFLA_GTP_CREATE_SOCKETS CreateSockets create_sockets: u8,
        /// Restart counter in echo responses.
        6 IFLA_GTP_RESTART_COUNT RestartCount restart_count: u8,
        /// Local IPv4 address of the sockets.
        7 IFLA_GTP_LOCAL Local local: Ip,
        /// Local IPv6 address of the sockets.
        8 IFLA_GTP_LOCAL6 Local6 local6: Ip,
    }
}

numbers! {
    /// Role of a GTP endpoint.
    #[doc(alias = "ifla_gtp_role")]
    pub struct GtpRole(u32) {
        /// Gateway to the packet data network.
        GGSN = 0 "GTP_ROLE_GGSN" "ggsn";
        /// Node that serves mobile stations.
        SGSN = 1 "GTP_ROLE_SGSN" "sgsn";
    }
}

attributes! {
    /// UDP tunnel without a header of its own (`IFLA_BAREUDP_*`).
    pub set BareUdp, enum BareUdpAttr {
        /// UDP port, in network order.
        1 IFLA_BAREUDP_PORT Port port: Be<u16>,
        /// Ethernet type of what is inside, in network order.
        2 IFLA_BAREUDP_ETHERTYPE EtherType ether_type: Be<u16>,
        /// Lowest UDP source port.
        3 IFLA_BAREUDP_SRCPORT_MIN MinSourcePort min_source_port: u16,
        /// True if IPv4 carries IPv6 too, or MPLS unicast multicast too.
        4 IFLA_BAREUDP_MULTIPROTO_MODE MultiProtocol multi_protocol: Flag,
    }
}

attributes! {
    /// Automatic multicast tunnel of RFC 7450 (`IFLA_AMT_*`).
    pub set Amt, enum AmtAttr {
        /// Mode: gateway or relay.
        1 IFLA_AMT_MODE Mode mode: AmtMode,
        /// UDP port of the relay, in network order.
        2 IFLA_AMT_RELAY_PORT RelayPort relay_port: Be<u16>,
        /// UDP port of the gateway, in network order.
        3 IFLA_AMT_GATEWAY_PORT GatewayPort gateway_port: Be<u16>,
        /// Link index of the lower device.
        4 IFLA_AMT_LINK Link link: LinkIndex,
        /// Local address.
        5 IFLA_AMT_LOCAL_IP Local local: Ip,
        /// Address of the relay.
        6 IFLA_AMT_REMOTE_IP Remote remote: Ip,
        /// Address that a gateway discovers its relay by.
        7 IFLA_AMT_DISCOVERY_IP Discovery discovery: Ip,
        /// Maximum number of tunnels of a relay.
        8 IFLA_AMT_MAX_TUNNELS MaxTunnels max_tunnels: u32,
    }
}

numbers! {
    /// Mode of an automatic multicast tunnel.
    #[doc(alias = "ifla_amt_mode")]
    pub struct AmtMode(u32) {
        /// Sends joins to a relay and receives multicast.
        GATEWAY = 0 "AMT_MODE_GATEWAY" "gateway";
        /// Receives joins and sends multicast.
        RELAY = 1 "AMT_MODE_RELAY" "relay";
    }
}
