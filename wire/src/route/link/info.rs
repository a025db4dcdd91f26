//! The kinds of virtual links and their settings:
//! [`IFLA_LINKINFO`](super::IFLA_LINKINFO) (`linux/if_link.h`, `linux/veth.h`).

use crate::zerocopy::native_endian::U32;

use super::{Bridge, BridgePort, Gre, IpTunnel, Link, LinkHeader, Vxlan};
use crate::attributes;
use crate::codec::{Be, Bytes, Hardware, Headed, Many, Nest, Str, Struct};
use crate::numbers::{flags, numbers};
use crate::structs::structs;

attributes! {
    /// The kind of a virtual link and its settings (`IFLA_INFO_*`).
    pub set LinkInfo, enum LinkInfoAttr {
        /// The kind, such as `bridge`.
        1 IFLA_INFO_KIND Kind kind: Str,
        /// The settings of that kind.
        2 IFLA_INFO_DATA Data data: LinkDataChoice,
        /// Counters of that kind.
        3 IFLA_INFO_XSTATS ExtraStats extra_stats: Bytes,
        /// The kind of its master.
        4 IFLA_INFO_SLAVE_KIND PortKind port_kind: Str,
        /// Its settings as a port of such a master.
        5 IFLA_INFO_SLAVE_DATA PortData port_data: PortDataChoice,
    }
}

attributes! {
    /// The nest [`IFLA_INFO_DATA`], by [`IFLA_INFO_KIND`]; `dummy` and `ifb`
    /// have none.
    pub choice LinkDataChoice, enum LinkData by IFLA_INFO_KIND {
        "bridge" Bridge: Bridge,
        "erspan" Erspan: Gre,
        "gre" Gre: Gre,
        "gretap" GreTap: Gre,
        "ip6erspan" Ip6Erspan: Gre,
        "ip6gre" Ip6Gre: Gre,
        "ip6gretap" Ip6GreTap: Gre,
        "ip6tnl" Ip6Tunnel: IpTunnel,
        "ipip" IpIp: IpTunnel,
        "ipvlan" IpVlan: IpVlan,
        "ipvtap" IpVtap: IpVlan,
        "macvlan" MacVlan: MacVlan,
        "macvtap" MacVtap: MacVlan,
        "sit" Sit: IpTunnel,
        "tun" Tun: Tun,
        "veth" Veth: Veth,
        "vlan" Vlan: Vlan,
        "vrf" Vrf: Vrf,
        "vxlan" Vxlan: Vxlan,
    }
}

attributes! {
    /// The nest [`IFLA_INFO_SLAVE_DATA`], by [`IFLA_INFO_SLAVE_KIND`].
    pub choice PortDataChoice, enum PortData by IFLA_INFO_SLAVE_KIND {
        "bridge" Bridge: BridgePort,
        "vrf" Vrf: VrfPort,
    }
}

attributes! {
    /// A pair of virtual Ethernet links.
    pub set Veth, enum VethAttr {
        /// The other end, in a request that makes the pair.
        1 VETH_INFO_PEER Peer peer: Headed<LinkHeader, Link>,
    }
}

attributes! {
    /// A VLAN of another link (`IFLA_VLAN_*`).
    pub set Vlan, enum VlanAttr {
        /// The VLAN.
        1 IFLA_VLAN_ID Id id: u16,
        /// Flags, and which of them a request changes.
        2 IFLA_VLAN_FLAGS Flags flags: Struct<VlanFlags>,
        /// From the priority of sent packets to that of their tags.
        3 IFLA_VLAN_EGRESS_QOS EgressQos egress_qos: Nest<VlanQos>,
        /// From the priority of tags to that of received packets.
        4 IFLA_VLAN_INGRESS_QOS IngressQos ingress_qos: Nest<VlanQos>,
        /// Protocol of the tags, in network order.
        5 IFLA_VLAN_PROTOCOL Protocol protocol: Be<VlanProtocol>,
    }
}

attributes! {
    /// What priorities become.
    pub set VlanQos, enum VlanQosAttr {
        /// One of them; there are many.
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

    /// What a priority becomes.
    #[doc(alias = "ifla_vlan_qos_mapping")]
    pub struct VlanQosMapping: 8 {
        /// The priority.
        from: U32,
        /// What it becomes.
        to: U32,
    }
}

attributes! {
    /// A link with an address of its own on top of another (`IFLA_MACVLAN_*`).
    pub set MacVlan, enum MacVlanAttr {
        /// Mode: the ways between macvlans of one lower device.
        1 IFLA_MACVLAN_MODE Mode mode: super::MacVlanMode,
        /// Flags.
        2 IFLA_MACVLAN_FLAGS Flags flags: MacVlanFlags,
        /// Change of the list of sources, in requests.
        3 IFLA_MACVLAN_MACADDR_MODE SourcesMode sources_mode: MacVlanSourcesMode,
        /// One of the sources.
        4 IFLA_MACVLAN_MACADDR Source source: Many<Hardware>,
        /// The sources, each an attribute of this type.
        5 IFLA_MACVLAN_MACADDR_DATA Sources sources: Nest<MacVlan>,
        /// How many sources there are.
        6 IFLA_MACVLAN_MACADDR_COUNT SourceCount source_count: u32,
        /// How many broadcast packets may wait.
        7 IFLA_MACVLAN_BC_QUEUE_LEN BroadcastQueueLen broadcast_queue_len: u32,
        /// How many may wait after all.
        8 IFLA_MACVLAN_BC_QUEUE_LEN_USED BroadcastQueueLenUsed broadcast_queue_len_used: u32,
        /// Up to how many such links broadcast does not wait.
        9 IFLA_MACVLAN_BC_CUTOFF BroadcastCutoff broadcast_cutoff: i32,
    }
}

attributes! {
    /// A link that shares its address with another (`IFLA_IPVLAN_*`).
    pub set IpVlan, enum IpVlanAttr {
        /// Mode: the layer that packets are switched or routed at.
        1 IFLA_IPVLAN_MODE Mode mode: super::IpVlanMode,
        /// Flags.
        2 IFLA_IPVLAN_FLAGS Flags flags: IpVlanFlags,
    }
}

attributes! {
    /// A routing domain.
    pub set Vrf, enum VrfAttr {
        /// Its table.
        1 IFLA_VRF_TABLE Table table: crate::route::RouteTable,
    }
}

attributes! {
    /// A link in a routing domain.
    pub set VrfPort, enum VrfPortAttr {
        /// The domain's table.
        1 IFLA_VRF_PORT_TABLE Table table: crate::route::RouteTable,
    }
}

attributes! {
    /// A link whose packets a program reads and writes (`IFLA_TUN_*`).
    pub set Tun, enum TunAttr {
        /// The user who may open it.
        1 IFLA_TUN_OWNER Owner owner: u32,
        /// The group that may open it.
        2 IFLA_TUN_GROUP Group group: u32,
        /// Contents: IP packets or Ethernet frames.
        3 IFLA_TUN_TYPE Kind kind: TunKind,
        /// 1: a header says the protocol.
        4 IFLA_TUN_PI PacketInfo packet_info: u8,
        /// 1: a header of virtio precedes packets.
        5 IFLA_TUN_VNET_HDR VnetHeader vnet_header: u8,
        /// 1: it stays when the program ends.
        6 IFLA_TUN_PERSIST Persist persist: u8,
        /// 1: it has several queues.
        7 IFLA_TUN_MULTI_QUEUE MultiQueue multi_queue: u8,
        /// How many queues are attached.
        8 IFLA_TUN_NUM_QUEUES Queues queues: u32,
        /// How many are attached but off.
        9 IFLA_TUN_NUM_DISABLED_QUEUES DisabledQueues disabled_queues: u32,
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
        /// The VLAN is registered by GVRP.
        GVRP = 0x02 "VLAN_FLAG_GVRP" "GVRP";
        /// The VLAN does not follow the state of the lower device.
        LOOSE_BINDING = 0x04 "VLAN_FLAG_LOOSE_BINDING" "LOOSE_BINDING";
        /// The VLAN is registered by MVRP.
        MVRP = 0x08 "VLAN_FLAG_MVRP" "MVRP";
        /// The VLAN follows the state of the bridge's ports that have it.
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
