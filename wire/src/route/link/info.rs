//! The kinds of virtual links and their settings:
//! [`IFLA_LINKINFO`](super::IFLA_LINKINFO) (`linux/if_link.h`, `linux/veth.h`).

use crate::zerocopy::native_endian::U32;

use super::{
    Amt, BareUdp, BatAdv, Bond, BondPort, Bridge, BridgePort, Caif, Can, CanStats, Dsa, Geneve,
    Gre, Gtp, Hsr, IpTunnel, Ipoib, Link, LinkHeader, MacSec, Netkit, Ovpn, Ppp, Rmnet, Vti, Vxcan,
    Vxlan, Wwan, XfrmLink,
};
use crate::attributes;
use crate::codec::{Be, Extensible, Hardware, Headed, Many, Nest, Str, Struct};
use crate::numbers::{flags, numbers};
use crate::structs::structs;

attributes! {
    /// Kind of a virtual link, and its settings (`IFLA_INFO_*`).
    pub set LinkInfo, enum LinkInfoAttr {
        /// Kind, such as `bridge`.
        1 IFLA_INFO_KIND Kind kind: Str,
        /// Settings of the kind.
        2 IFLA_INFO_DATA Data data: LinkDataChoice,
        /// Statistics of the kind.
        3 IFLA_INFO_XSTATS ExtraStats extra_stats: ExtraStatsChoice,
        /// Kind of the master, such as `bridge`.
        4 IFLA_INFO_SLAVE_KIND PortKind port_kind: Str,
        /// Settings of the link as a port of its master.
        5 IFLA_INFO_SLAVE_DATA PortData port_data: PortDataChoice,
    }
}

attributes! {
    /// Nest [`IFLA_INFO_DATA`], by [`IFLA_INFO_KIND`]. The kinds `dummy`, `ifb`,
    /// `netdevsim`, `nlmon`, `pfcp`, `team`, `vcan` and `wireguard` have none.
    pub choice LinkDataChoice, enum LinkData by IFLA_INFO_KIND {
        "amt" Amt: Amt,
        "bareudp" BareUdp: BareUdp,
        "batadv" BatAdv: BatAdv,
        "bond" Bond: Bond,
        "bridge" Bridge: Bridge,
        "caif" Caif: Caif,
        "can" Can: Can,
        "dsa" Dsa: Dsa,
        "erspan" Erspan: Gre,
        "geneve" Geneve: Geneve,
        "gre" Gre: Gre,
        "gretap" GreTap: Gre,
        "gtp" Gtp: Gtp,
        "hsr" Hsr: Hsr,
        "ip6erspan" Ip6Erspan: Gre,
        "ip6gre" Ip6Gre: Gre,
        "ip6gretap" Ip6GreTap: Gre,
        "ip6tnl" Ip6Tunnel: IpTunnel,
        "ipip" IpIp: IpTunnel,
        "ipoib" Ipoib: Ipoib,
        "ipvlan" IpVlan: IpVlan,
        "ipvtap" IpVtap: IpVlan,
        "macsec" MacSec: MacSec,
        "macvlan" MacVlan: MacVlan,
        "macvtap" MacVtap: MacVlan,
        "netkit" Netkit: Netkit,
        "ovpn" Ovpn: Ovpn,
        "ppp" Ppp: Ppp,
        "rmnet" Rmnet: Rmnet,
        "sit" Sit: IpTunnel,
        "tun" Tun: Tun,
        "veth" Veth: Veth,
        "vlan" Vlan: Vlan,
        "vrf" Vrf: Vrf,
        "vti" Vti: Vti,
        "vti6" Vti6: Vti,
        "vxcan" Vxcan: Vxcan,
        "vxlan" Vxlan: Vxlan,
        "wwan" Wwan: Wwan,
        "xfrm" Xfrm: XfrmLink,
    }
}

attributes! {
    /// Counters of a kind ([`IFLA_INFO_XSTATS`]), by [`IFLA_INFO_KIND`].
    pub choice ExtraStatsChoice, enum ExtraStats by IFLA_INFO_KIND {
        "can" Can: Extensible<CanStats>,
    }
}

attributes! {
    /// The nest [`IFLA_INFO_SLAVE_DATA`], by [`IFLA_INFO_SLAVE_KIND`].
    pub choice PortDataChoice, enum PortData by IFLA_INFO_SLAVE_KIND {
        "bond" Bond: BondPort,
        "bridge" Bridge: BridgePort,
        "vrf" Vrf: VrfPort,
    }
}

attributes! {
    /// Pair of virtual Ethernet links.
    pub set Veth, enum VethAttr {
        /// Peer, in a request that creates the pair.
        1 VETH_INFO_PEER Peer peer: Headed<LinkHeader, Link>,
    }
}

attributes! {
    /// VLAN link on a lower device (`IFLA_VLAN_*`).
    pub set Vlan, enum VlanAttr {
        /// VLAN id, 0 to 4094.
        1 IFLA_VLAN_ID Id id: u16,
        /// Flags and their mask.
        2 IFLA_VLAN_FLAGS Flags flags: Struct<VlanFlags>,
        /// Egress map: from the priority of sent packets to the priority in VLAN tags.
        3 IFLA_VLAN_EGRESS_QOS EgressQos egress_qos: Nest<VlanQos>,
        /// Ingress map: from the priority in VLAN tags to the priority of received packets.
        4 IFLA_VLAN_INGRESS_QOS IngressQos ingress_qos: Nest<VlanQos>,
        /// Protocol of the tags, in network order.
        5 IFLA_VLAN_PROTOCOL Protocol protocol: Be<VlanProtocol>,
    }
}

attributes! {
    /// Priority map of a VLAN.
    pub set VlanQos, enum VlanQosAttr {
        /// Mapping of one priority; repeated for each.
        1 IFLA_VLAN_QOS_MAPPING Mapping mapping: Many<Struct<VlanQosMapping>>,
    }
}

structs! {
    /// Flags of a VLAN.
    #[doc(alias = "ifla_vlan_flags")]
    pub struct VlanFlags: 8 {
        /// Flags.
        flags: U32 as VlanFlagBits,
        /// Flags that a request changes.
        mask: U32 as VlanFlagBits,
    }

    /// Mapping of one priority.
    #[doc(alias = "ifla_vlan_qos_mapping")]
    pub struct VlanQosMapping: 8 {
        /// Priority to be mapped.
        from: U32,
        /// Priority after mapping.
        to: U32,
    }
}

attributes! {
    /// Macvlan: a link with its own MAC address on a lower device (`IFLA_MACVLAN_*`).
    pub set MacVlan, enum MacVlanAttr {
        /// Mode: the ways between macvlans of one lower device.
        1 IFLA_MACVLAN_MODE Mode mode: super::MacVlanMode,
        /// Flags.
        2 IFLA_MACVLAN_FLAGS Flags flags: MacVlanFlags,
        /// Change of the list of sources, in requests.
        3 IFLA_MACVLAN_MACADDR_MODE SourcesMode sources_mode: MacVlanSourcesMode,
        /// Source MAC address that is accepted in source mode; repeated for each.
        4 IFLA_MACVLAN_MACADDR Source source: Many<Hardware>,
        /// Source MAC addresses, each as [`IFLA_MACVLAN_MACADDR`].
        5 IFLA_MACVLAN_MACADDR_DATA Sources sources: Nest<MacVlan>,
        /// Number of source MAC addresses.
        6 IFLA_MACVLAN_MACADDR_COUNT SourceCount source_count: u32,
        /// Broadcast queue length requested, in packets; 1000 by default.
        7 IFLA_MACVLAN_BC_QUEUE_LEN BroadcastQueueLen broadcast_queue_len: u32,
        /// Broadcast queue length in use: the longest that a macvlan of the lower device
        /// requested.
        8 IFLA_MACVLAN_BC_QUEUE_LEN_USED BroadcastQueueLenUsed broadcast_queue_len_used: u32,
        /// Broadcast queue threshold: multicast packets are queued if more macvlans use their
        /// address; -1 never. 1 by default.
        9 IFLA_MACVLAN_BC_CUTOFF BroadcastCutoff broadcast_cutoff: i32,
    }
}

attributes! {
    /// Ipvlan: a link that shares the MAC address of its lower device (`IFLA_IPVLAN_*`).
    pub set IpVlan, enum IpVlanAttr {
        /// Mode: the layer that packets are switched or routed at.
        1 IFLA_IPVLAN_MODE Mode mode: super::IpVlanMode,
        /// Flags.
        2 IFLA_IPVLAN_FLAGS Flags flags: IpVlanFlags,
    }
}

attributes! {
    /// VRF: virtual routing and forwarding domain.
    pub set Vrf, enum VrfAttr {
        /// Routing table of the VRF.
        1 IFLA_VRF_TABLE Table table: crate::route::RouteTable,
    }
}

attributes! {
    /// Port of a VRF.
    pub set VrfPort, enum VrfPortAttr {
        /// Routing table of the VRF.
        1 IFLA_VRF_PORT_TABLE Table table: crate::route::RouteTable,
    }
}

attributes! {
    /// TUN or TAP link, whose packets a program reads and writes (`IFLA_TUN_*`).
    pub set Tun, enum TunAttr {
        /// User id that may open the link.
        1 IFLA_TUN_OWNER Owner owner: u32,
        /// Group id that may open the link.
        2 IFLA_TUN_GROUP Group group: u32,
        /// Contents: IP packets or Ethernet frames.
        3 IFLA_TUN_TYPE Kind kind: TunKind,
        /// 1 if a packet information header with the protocol precedes each packet.
        4 IFLA_TUN_PI PacketInfo packet_info: u8,
        /// 1 if a virtio-net header precedes each packet.
        5 IFLA_TUN_VNET_HDR VnetHeader vnet_header: u8,
        /// 1 if the link is persistent: it stays after the program ends.
        6 IFLA_TUN_PERSIST Persist persist: u8,
        /// 1 if the link has several queues.
        7 IFLA_TUN_MULTI_QUEUE MultiQueue multi_queue: u8,
        /// Number of queues attached.
        8 IFLA_TUN_NUM_QUEUES Queues queues: u32,
        /// Number of queues attached but disabled.
        9 IFLA_TUN_NUM_DISABLED_QUEUES DisabledQueues disabled_queues: u32,
    }
}

numbers! {
    /// Mode of a macvlan: the links that it can talk to.
    #[doc(alias = "macvlan_mode")]
    pub struct MacVlanMode(u32) {
        /// No packets between macvlans of the lower device.
        PRIVATE = 1 "MACVLAN_MODE_PRIVATE" "private";
        /// Packets between macvlans by way of the external switch.
        VEPA = 2 "MACVLAN_MODE_VEPA" "vepa";
        /// Packets between macvlans delivered directly.
        BRIDGE = 4 "MACVLAN_MODE_BRIDGE" "bridge";
        /// Sole macvlan of the lower device.
        PASSTHRU = 8 "MACVLAN_MODE_PASSTHRU" "passthru";
        /// Packets accepted from listed source addresses only.
        SOURCE = 16 "MACVLAN_MODE_SOURCE" "source";
    }
}

numbers! {
    /// Mode of an ipvlan: the layer that packets are switched or routed at.
    #[doc(alias = "ipvlan_mode")]
    pub struct IpVlanMode(u16) {
        /// Layer 2, with broadcast and multicast.
        L2 = 0 "IPVLAN_MODE_L2" "l2";
        /// Layer 3, without netfilter for packets that come in.
        L3 = 1 "IPVLAN_MODE_L3" "l3";
        /// Layer 3 with netfilter.
        L3S = 2 "IPVLAN_MODE_L3S" "l3s";
    }
}

numbers! {
    /// Protocol of VLAN tags, an Ethernet type.
    pub struct VlanProtocol(u16) {
        /// VLAN of a customer.
        DOT1Q = 0x8100 "ETH_P_8021Q" "802.1Q";
        /// VLAN of a provider, outside of a customer's.
        DOT1AD = 0x88a8 "ETH_P_8021AD" "802.1ad";
    }
}

flags! {
    /// Flags of a VLAN: bits of [`VlanFlags`].
    pub struct VlanFlagBits(u32) {
        /// Received packets lose their tag.
        REORDER_HDR = 0x01 "VLAN_FLAG_REORDER_HDR" "REORDER_HDR";
        /// Registration by GVRP.
        GVRP = 0x02 "VLAN_FLAG_GVRP" "GVRP";
        /// Loose binding: the VLAN does not follow the state of the lower device.
        LOOSE_BINDING = 0x04 "VLAN_FLAG_LOOSE_BINDING" "LOOSE_BINDING";
        /// Registration by MVRP.
        MVRP = 0x08 "VLAN_FLAG_MVRP" "MVRP";
        /// Bridge binding: the VLAN follows the state of the bridge ports that have it.
        BRIDGE_BINDING = 0x10 "VLAN_FLAG_BRIDGE_BINDING" "BRIDGE_BINDING";
    }
}

flags! {
    /// Flags of a macvlan.
    pub struct MacVlanFlags(u16) {
        /// The lower device does not become promiscuous.
        NOPROMISC = 0x1 "MACVLAN_FLAG_NOPROMISC" "nopromisc";
        /// In mode `source`, packets go to no macvlan by their destination.
        NODST = 0x2 "MACVLAN_FLAG_NODST" "nodst";
    }
}

numbers! {
    /// Change of a macvlan's list of sources.
    pub struct MacVlanSourcesMode(u32) {
        /// Adds an address.
        ADD = 0 "MACVLAN_MACADDR_ADD" "add";
        /// Deletes an address.
        DELETE = 1 "MACVLAN_MACADDR_DEL" "del";
        /// Deletes all addresses.
        FLUSH = 2 "MACVLAN_MACADDR_FLUSH" "flush";
        /// Replaces all addresses.
        SET = 3 "MACVLAN_MACADDR_SET" "set";
    }
}

flags! {
    /// Flags of an ipvlan.
    pub struct IpVlanFlags(u16) {
        /// The ipvlans of a lower device do not reach each other.
        PRIVATE = 0x1 "IPVLAN_F_PRIVATE" "private";
        /// Packets between ipvlans go through an external switch.
        VEPA = 0x2 "IPVLAN_F_VEPA" "vepa";
    }
}

numbers! {
    /// Contents of a `tun` link.
    pub struct TunKind(u8) {
        /// IP packets.
        TUN = 1 "IFF_TUN" "tun";
        /// Ethernet frames.
        TAP = 2 "IFF_TAP" "tap";
    }
}
