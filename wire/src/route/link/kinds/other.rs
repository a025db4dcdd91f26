//! Kinds with few settings: netkit, HSR and PRP, IP over InfiniBand, mesh and
//! mobile modems, switch ports, OpenVPN, PPP and CAIF (`linux/if_link.h`,
//! `linux/batman_adv.h`, `linux/wwan.h`, `linux/caif/if_caif.h`).

use crate::codec::{Hardware, Headed, Str, Struct};
use crate::numbers::{flags, numbers};
use crate::route::link::{Link, LinkHeader};
use crate::structs::structs;
use crate::zerocopy::native_endian::U32;
use crate::{LinkIndex, attributes};

attributes! {
    /// Link whose packets a BPF program sees first, alone or one of a pair
    /// (`IFLA_NETKIT_*`).
    pub set Netkit, enum NetkitAttr {
        /// Other end, in a request that creates the pair.
        1 IFLA_NETKIT_PEER_INFO Peer peer: Headed<LinkHeader, Link>,
        /// 1 for the end that has the pair's settings.
        2 IFLA_NETKIT_PRIMARY Primary primary: u8,
        /// Fate of packets if no program is attached.
        3 IFLA_NETKIT_POLICY Policy policy: NetkitPolicy,
        /// Treatment of the peer's packets.
        4 IFLA_NETKIT_PEER_POLICY PeerPolicy peer_policy: NetkitPolicy,
        /// Mode: layer of the packets.
        5 IFLA_NETKIT_MODE Mode mode: NetkitMode,
        /// Metadata that packets lose on the way to the peer.
        6 IFLA_NETKIT_SCRUB Scrub scrub: NetkitScrub,
        /// Metadata that the peer's packets lose.
        7 IFLA_NETKIT_PEER_SCRUB PeerScrub peer_scrub: NetkitScrub,
        /// Number of bytes needed before a packet.
        8 IFLA_NETKIT_HEADROOM Headroom headroom: u16,
        /// Number of bytes needed behind a packet.
        9 IFLA_NETKIT_TAILROOM Tailroom tailroom: u16,
        /// Number of ends: a pair or a single link.
        10 IFLA_NETKIT_PAIRING Pairing pairing: NetkitPairing,
    }
}

numbers! {
    /// Fate of a netkit's packets if no program is attached.
    #[doc(alias = "netkit_action")]
    pub struct NetkitPolicy(u32) {
        FORWARD = 0 "NETKIT_PASS" "forward";
        BLACKHOLE = 2 "NETKIT_DROP" "blackhole";
    }
}

numbers! {
    /// Layer of a netkit's packets.
    #[doc(alias = "netkit_mode")]
    pub struct NetkitMode(u32) {
        /// Ethernet frames.
        L2 = 0 "NETKIT_L2" "l2";
        /// IP packets.
        L3 = 1 "NETKIT_L3" "l3";
    }
}

numbers! {
    /// Metadata that packets of a netkit lose.
    #[doc(alias = "netkit_scrub")]
    pub struct NetkitScrub(u32) {
        NONE = 0 "NETKIT_SCRUB_NONE" "none";
        /// Mark and priority.
        DEFAULT = 1 "NETKIT_SCRUB_DEFAULT" "default";
    }
}

numbers! {
    /// Number of a netkit's ends.
    #[doc(alias = "netkit_pairing")]
    pub struct NetkitPairing(u32) {
        PAIR = 0 "NETKIT_DEVICE_PAIR" "pair";
        SINGLE = 1 "NETKIT_DEVICE_SINGLE" "single";
    }
}

attributes! {
    /// HSR ring or pair of PRP networks (`IFLA_HSR_*`).
    pub set Hsr, enum HsrAttr {
        /// Link index of the first port.
        1 IFLA_HSR_SLAVE1 Port1 port1: LinkIndex,
        /// Link index of the second port.
        2 IFLA_HSR_SLAVE2 Port2 port2: LinkIndex,
        /// Last byte of the supervision address, in requests.
        3 IFLA_HSR_MULTICAST_SPEC MulticastSpec multicast_spec: u8,
        /// Multicast address of supervision frames.
        4 IFLA_HSR_SUPERVISION_ADDR SupervisionAddress supervision_address: Hardware,
        /// Sequence number of the next frame.
        5 IFLA_HSR_SEQ_NR Sequence sequence: u16,
        /// Version of HSR: 0 or 1.
        6 IFLA_HSR_VERSION Version version: u8,
        /// Protocol: HSR or PRP.
        7 IFLA_HSR_PROTOCOL Protocol protocol: HsrProtocol,
        /// Link index of the port to another ring.
        8 IFLA_HSR_INTERLINK Interlink interlink: LinkIndex,
    }
}

numbers! {
    /// Protocol of a redundant network.
    pub struct HsrProtocol(u8) {
        /// High-availability seamless redundancy.
        HSR = 0 "HSR_PROTOCOL_HSR" "hsr";
        /// Parallel redundancy protocol.
        PRP = 1 "HSR_PROTOCOL_PRP" "prp";
    }
}

attributes! {
    /// IP over InfiniBand (`IFLA_IPOIB_*`).
    pub set Ipoib, enum IpoibAttr {
        /// Partition key.
        1 IFLA_IPOIB_PKEY PartitionKey partition_key: u16,
        /// Mode of transport.
        2 IFLA_IPOIB_MODE Mode mode: IpoibMode,
        /// 1 if user space joins multicast groups.
        3 IFLA_IPOIB_UMCAST UserMulticast user_multicast: u16,
    }
}

numbers! {
    /// Transport of IP over InfiniBand.
    pub struct IpoibMode(u16) {
        /// Unreliable datagrams.
        DATAGRAM = 0 "IPOIB_MODE_DATAGRAM" "datagram";
        /// Connections.
        CONNECTED = 1 "IPOIB_MODE_CONNECTED" "connected";
    }
}

attributes! {
    /// Mesh of batman-adv (`IFLA_BATADV_*`).
    pub set BatAdv, enum BatAdvAttr {
        /// Name of the routing algorithm, in requests.
        1 IFLA_BATADV_ALGO_NAME Algorithm algorithm: Str,
    }
}

attributes! {
    /// Data channel of a mobile modem (`IFLA_WWAN_*`).
    pub set Wwan, enum WwanAttr {
        /// Id of the channel.
        1 IFLA_WWAN_LINK_ID Id id: u32,
    }
}

attributes! {
    /// Data channel of a Qualcomm modem (`IFLA_RMNET_*`).
    pub set Rmnet, enum RmnetAttr {
        /// Id of the channel, from 0 to 254.
        1 IFLA_RMNET_MUX_ID MuxId mux_id: u16,
        /// Data format, and the bits that a request changes.
        2 IFLA_RMNET_FLAGS Flags flags: Struct<RmnetFlags>,
    }
}

structs! {
    /// Data format of a Qualcomm modem's link.
    #[doc(alias = "ifla_rmnet_flags")]
    pub struct RmnetFlags: 8 {
        /// Flags.
        flags: U32 as RmnetFlagBits,
        /// Bits that a request changes.
        mask: U32 as RmnetFlagBits,
    }
}

flags! {
    /// Data format of a Qualcomm modem's link: bits of [`RmnetFlags`].
    pub struct RmnetFlagBits(u32) {
        /// Received frames hold several packets.
        INGRESS_DEAGGREGATION = 0x1 "RMNET_FLAGS_INGRESS_DEAGGREGATION" "ingress-deaggregation";
        /// Received frames may be commands.
        INGRESS_MAP_COMMANDS = 0x2 "RMNET_FLAGS_INGRESS_MAP_COMMANDS" "ingress-commands";
        /// Received frames have a checksum trailer of version 4.
        INGRESS_MAP_CKSUMV4 = 0x4 "RMNET_FLAGS_INGRESS_MAP_CKSUMV4" "ingress-chksumv4";
        /// Sent frames have a checksum header of version 4.
        EGRESS_MAP_CKSUMV4 = 0x8 "RMNET_FLAGS_EGRESS_MAP_CKSUMV4" "egress-chksumv4";
        /// Received frames have a checksum header of version 5.
        INGRESS_MAP_CKSUMV5 = 0x10 "RMNET_FLAGS_INGRESS_MAP_CKSUMV5" "ingress-chksumv5";
        /// Sent frames have a checksum header of version 5.
        EGRESS_MAP_CKSUMV5 = 0x20 "RMNET_FLAGS_EGRESS_MAP_CKSUMV5" "egress-chksumv5";
    }
}

attributes! {
    /// Port of a switch chip (`IFLA_DSA_*`).
    pub set Dsa, enum DsaAttr {
        /// Link index of the link to the switch chip.
        1 IFLA_DSA_CONDUIT Conduit conduit: LinkIndex,
    }
}

/// Older name of [`IFLA_DSA_CONDUIT`].
pub const IFLA_DSA_MASTER: u16 = IFLA_DSA_CONDUIT;

attributes! {
    /// Data channel of OpenVPN (`IFLA_OVPN_*`).
    pub set Ovpn, enum OvpnAttr {
        /// Mode: one peer or several.
        1 IFLA_OVPN_MODE Mode mode: OvpnMode,
    }
}

numbers! {
    /// Number of an OpenVPN link's peers.
    #[doc(alias = "ovpn_mode")]
    pub struct OvpnMode(u8) {
        /// A single peer.
        P2P = 0 "OVPN_MODE_P2P" "p2p";
        /// Several peers.
        MP = 1 "OVPN_MODE_MP" "multipeer";
    }
}

attributes! {
    /// PPP link (`IFLA_PPP_*`).
    pub set Ppp, enum PppAttr {
        /// File descriptor of the opened `/dev/ppp`, in requests.
        1 IFLA_PPP_DEV_FD Fd fd: i32,
    }
}

attributes! {
    /// Link to a CAIF modem (`IFLA_CAIF_*`).
    pub set Caif, enum CaifAttr {
        /// Connection id for IPv4.
        1 IFLA_CAIF_IPV4_CONNID Ipv4Connection ipv4_connection: u32,
        /// Connection id for IPv6.
        2 IFLA_CAIF_IPV6_CONNID Ipv6Connection ipv6_connection: u32,
        /// 1 if packets come back, in requests.
        3 IFLA_CAIF_LOOPBACK Loopback loopback: u8,
    }
}
