//! Bridges, their ports and VLANs (`linux/if_link.h`, `linux/if_bridge.h`).

pub mod cfm;
pub mod mrp;
pub mod mst;
pub mod port;
mod stats;

#[doc(no_inline)]
pub use cfm::*;
#[doc(no_inline)]
pub use mrp::*;
#[doc(no_inline)]
pub use mst::*;
#[doc(no_inline)]
pub use port::*;
pub use stats::*;

use crate::zerocopy::native_endian::{U16, U32};

use crate::codec::{Be, ByteArray, Bytes, Flag, Ip, Many, Nest, Struct};
use crate::structs::structs;
use crate::{LinkIndex, attributes};

structs! {
    /// Bridge id in the spanning tree: 8 bytes in network order.
    #[doc(alias = "ifla_bridge_id")]
    pub struct BridgeId: 8 {
        /// Priority, most significant byte first.
        priority: [u8; 2] as crate::schema::Hexadecimal,
        /// MAC address of the bridge.
        address: [u8; 6] as crate::codec::Hardware,
    }

    /// Options of a bridge that are on or off.
    #[doc(alias = "br_boolopt_multi")]
    pub struct BridgeOptions: 8 {
        /// Options that are on: a bit for each `BR_BOOLOPT_*`.
        value: U32 as BridgeOptionBits,
        /// Mask: the bits that a request changes; in a report, the bits that the kernel supports.
        mask: U32 as BridgeOptionBits,
    }

    /// VLAN of a bridge port.
    #[doc(alias = "bridge_vlan_info")]
    pub struct BridgeVlanInfo: 4 {
        /// Flags (`BRIDGE_VLAN_INFO_*`): see [`BridgeVlanFlags`].
        flags: U16 as BridgeVlanFlags,
        /// VLAN id.
        vid: U16,
    }
}

impl BridgeVlanInfo {
    /// Returns the flags.
    #[must_use]
    pub const fn flags(&self) -> BridgeVlanFlags {
        BridgeVlanFlags::from_bits_retain(self.flags.get())
    }
}

crate::numbers::flags! {
    /// Flags of a VLAN on a bridge port.
    pub struct BridgeVlanFlags(u16) {
        /// Request for the bridge device as well as the port.
        MASTER = 0x1 "BRIDGE_VLAN_INFO_MASTER" "Master";
        /// Port VLAN id: untagged packets that arrive belong to this VLAN.
        PVID = 0x2 "BRIDGE_VLAN_INFO_PVID" "PVID";
        /// Egress untagged: packets leave without a VLAN tag.
        UNTAGGED = 0x4 "BRIDGE_VLAN_INFO_UNTAGGED" "Egress Untagged";
        /// First VLAN of a range.
        RANGE_BEGIN = 0x8 "BRIDGE_VLAN_INFO_RANGE_BEGIN";
        /// Last VLAN of a range.
        RANGE_END = 0x10 "BRIDGE_VLAN_INFO_RANGE_END";
        /// Global VLAN entry of the bridge device.
        BRENTRY = 0x20 "BRIDGE_VLAN_INFO_BRENTRY";
        /// Change of options alone: the VLAN is not created.
        ONLY_OPTS = 0x40 "BRIDGE_VLAN_INFO_ONLY_OPTS";
    }
}

attributes! {
    /// A bridge port's VLANs and more: [`IFLA_AF_SPEC`](super::IFLA_AF_SPEC)
    /// under [`AF_BRIDGE`](super::super::AF_BRIDGE) (`IFLA_BRIDGE_*`).
    pub set BridgeSpec, enum BridgeSpecAttr {
        /// Target of a request: 1 for the bridge (`master`), 2 for the port's own device (`self`).
        0 IFLA_BRIDGE_FLAGS Flags flags: u16,
        /// Bridge mode of a device that switches in hardware.
        1 IFLA_BRIDGE_MODE Mode mode: HardwareBridgeMode,
        /// VLAN of the port; repeated for each VLAN.
        2 IFLA_BRIDGE_VLAN_INFO Vlan vlan: Many<Struct<BridgeVlanInfo>>,
        /// Mapping from a VLAN to a tunnel.
        3 IFLA_BRIDGE_VLAN_TUNNEL_INFO VlanTunnel vlan_tunnel: Many<Nest<BridgeVlanTunnel>>,
        /// Media Redundancy Protocol (MRP), a nest.
        4 IFLA_BRIDGE_MRP Mrp mrp: Nest<Mrp>,
        /// Connectivity Fault Management (CFM), a nest.
        5 IFLA_BRIDGE_CFM Cfm cfm: Nest<Cfm>,
        /// Multiple Spanning Tree (MST), a nest.
        6 IFLA_BRIDGE_MST Mst mst: Nest<Mst>,
    }
}

attributes! {
    /// Multiple spanning trees of a bridge port.
    pub set Mst, enum MstAttr {
        /// State of the port in one of the trees.
        1 IFLA_BRIDGE_MST_ENTRY Entry entry: Many<Nest<MstEntry>>,
    }
}

attributes! {
    /// State of a bridge port in a spanning tree.
    pub set MstEntry, enum MstEntryAttr {
        /// Number of the tree, from 1 to 4094.
        1 IFLA_BRIDGE_MST_ENTRY_MSTI Id id: u16,
        /// State of the port.
        2 IFLA_BRIDGE_MST_ENTRY_STATE State state: PortState,
    }
}

crate::numbers::flags! {
    /// Options of a bridge that are on or off: bits of [`BridgeOptions`].
    #[doc(alias = "br_boolopt_id")]
    pub struct BridgeOptionBits(u32) {
        /// Link-local packets teach the bridge no addresses.
        NO_LL_LEARN = 0x1 "1 << BR_BOOLOPT_NO_LL_LEARN" "no_linklocal_learn";
        /// Multicast snooping has settings for each VLAN.
        MCAST_VLAN_SNOOPING = 0x2 "1 << BR_BOOLOPT_MCAST_VLAN_SNOOPING" "mcast_vlan_snooping";
        /// Multiple spanning trees are in use.
        MST_ENABLE = 0x4 "1 << BR_BOOLOPT_MST_ENABLE" "mst_enable";
        /// Failures of multicast entries in hardware are reported.
        MDB_OFFLOAD_FAIL_NOTIFICATION = 0x8 "1 << BR_BOOLOPT_MDB_OFFLOAD_FAIL_NOTIFICATION" "mdb_offload_fail_notification";
        /// Own addresses are entries of VLAN 0 only.
        FDB_LOCAL_VLAN_0 = 0x10 "1 << BR_BOOLOPT_FDB_LOCAL_VLAN_0" "fdb_local_vlan_0";
    }
}

attributes! {
    /// Mapping from a VLAN to a tunnel (`IFLA_BRIDGE_VLAN_TUNNEL_*`).
    pub set BridgeVlanTunnel, enum BridgeVlanTunnelAttr {
        /// Tunnel id (VNI).
        1 IFLA_BRIDGE_VLAN_TUNNEL_ID Id id: u32,
        /// VLAN id.
        2 IFLA_BRIDGE_VLAN_TUNNEL_VID Vid vid: u16,
        /// Flags, of which only those for ranges are used.
        3 IFLA_BRIDGE_VLAN_TUNNEL_FLAGS Flags flags: BridgeVlanFlags,
    }
}

attributes! {
    /// Bridge (`IFLA_BR_*`). Times are hundredths of a second, unless said
    /// otherwise.
    pub set Bridge, enum BridgeAttr {
        /// Forward delay: time in the listening state and again in the learning state, 2 to 30
        /// seconds; 15 by default.
        1 IFLA_BR_FORWARD_DELAY ForwardDelay forward_delay: u32,
        /// Hello time: interval between hello packets, 1 to 10 seconds; 2 by default.
        2 IFLA_BR_HELLO_TIME HelloTime hello_time: u32,
        /// Maximum age: time without a hello after which another bridge counts as dead, 6 to 40
        /// seconds; 20 by default.
        3 IFLA_BR_MAX_AGE MaxAge max_age: u32,
        /// Ageing time: lifetime of an unused FDB entry; 300 seconds by default.
        4 IFLA_BR_AGEING_TIME AgeingTime ageing_time: u32,
        /// Spanning tree protocol: 0 off, 1 by the kernel, 2 by user space.
        5 IFLA_BR_STP_STATE StpState stp_state: u32,
        /// Priority in the spanning tree, 32768 by default; the lowest becomes the root.
        6 IFLA_BR_PRIORITY Priority priority: u16,
        /// 1 if VLAN filtering is on; otherwise VLAN tags are ignored. 0 by default.
        7 IFLA_BR_VLAN_FILTERING VlanFiltering vlan_filtering: u8,
        /// EtherType of VLAN tags, in network order.
        8 IFLA_BR_VLAN_PROTOCOL VlanProtocol vlan_protocol: Be<super::VlanProtocol>,
        /// Group forward mask: bit n forwards packets to 01:80:c2:00:00:0n. Bits 0 to 2 must be
        /// clear; 0 by default.
        9 IFLA_BR_GROUP_FWD_MASK GroupForwardMask group_forward_mask: u16,
        /// Bridge id of the spanning tree's root.
        10 IFLA_BR_ROOT_ID RootId root_id: Struct<BridgeId>,
        /// Bridge id of this bridge.
        11 IFLA_BR_BRIDGE_ID BridgeId bridge_id: Struct<BridgeId>,
        /// Root port: number of the port towards the root.
        12 IFLA_BR_ROOT_PORT RootPort root_port: u16,
        /// Root path cost: sum of the port costs on the path to the root.
        13 IFLA_BR_ROOT_PATH_COST RootPathCost root_path_cost: u32,
        /// 1 while the spanning tree's topology changes.
        14 IFLA_BR_TOPOLOGY_CHANGE TopologyChange topology_change: u8,
        /// 1 if this bridge has detected a topology change.
        15 IFLA_BR_TOPOLOGY_CHANGE_DETECTED TopologyChangeDetected topology_change_detected: u8,
        /// Hello timer: time left until the next hello packet.
        16 IFLA_BR_HELLO_TIMER HelloTimer hello_timer: u64,
        /// TCN timer: time left until the next topology change notification.
        17 IFLA_BR_TCN_TIMER TcnTimer tcn_timer: u64,
        /// Topology change timer: time left until the topology change ends.
        18 IFLA_BR_TOPOLOGY_CHANGE_TIMER TopologyChangeTimer topology_change_timer: u64,
        /// Garbage collection timer: time left until aged FDB entries are removed.
        19 IFLA_BR_GC_TIMER GcTimer gc_timer: u64,
        /// Group address: MAC address that spanning tree packets are sent to.
        20 IFLA_BR_GROUP_ADDR GroupAddress group_address: ByteArray<6>,
        /// Request to flush the FDB.
        21 IFLA_BR_FDB_FLUSH FdbFlush fdb_flush: Flag,
        /// Multicast router mode: 0 off, 1 on if queries are received (the default), 2 always on.
        22 IFLA_BR_MCAST_ROUTER MulticastRouter multicast_router: u8,
        /// 1 if IGMP and MLD snooping is on.
        23 IFLA_BR_MCAST_SNOOPING MulticastSnooping multicast_snooping: u8,
        /// 1 if IGMP queries have the bridge's IP address as source, 0 for 0.0.0.0; 0 by default.
        24 IFLA_BR_MCAST_QUERY_USE_IFADDR MulticastQueryUseAddress multicast_query_use_address: u8,
        /// 1 if the bridge sends IGMP and MLD queries; 0 by default.
        25 IFLA_BR_MCAST_QUERIER MulticastQuerier multicast_querier: u8,
        /// Hash elasticity: unused, the kernel always reports 16.
        26 IFLA_BR_MCAST_HASH_ELASTICITY MulticastHashElasticity multicast_hash_elasticity: u32,
        /// Maximum number of entries in the multicast database (MDB); 4096 by default.
        27 IFLA_BR_MCAST_HASH_MAX MulticastHashMax multicast_hash_max: u32,
        /// Number of queries after a leave message, before the bridge stops forwarding the group;
        /// 2 by default.
        28 IFLA_BR_MCAST_LAST_MEMBER_CNT MulticastLastMemberCount multicast_last_member_count: u32,
        /// Number of queries in the startup phase; 2 by default.
        29 IFLA_BR_MCAST_STARTUP_QUERY_CNT MulticastStartupQueryCount multicast_startup_query_count: u32,
        /// Interval between queries after a leave message; 1 second by default.
        30 IFLA_BR_MCAST_LAST_MEMBER_INTVL MulticastLastMemberInterval multicast_last_member_interval: u64,
        /// Time without membership reports after which a group is left; 260 seconds by default.
        31 IFLA_BR_MCAST_MEMBERSHIP_INTVL MulticastMembershipInterval multicast_membership_interval: u64,
        /// Time without queries after which another querier counts as gone; 255 seconds by
        /// default.
        32 IFLA_BR_MCAST_QUERIER_INTVL MulticastQuerierInterval multicast_querier_interval: u64,
        /// Interval between queries after the startup phase; 125 seconds by default.
        33 IFLA_BR_MCAST_QUERY_INTVL MulticastQueryInterval multicast_query_interval: u64,
        /// Maximum response time in queries; 10 seconds by default.
        34 IFLA_BR_MCAST_QUERY_RESPONSE_INTVL MulticastQueryResponseInterval multicast_query_response_interval: u64,
        /// Interval between queries in the startup phase; 31.25 seconds by default.
        35 IFLA_BR_MCAST_STARTUP_QUERY_INTVL MulticastStartupQueryInterval multicast_startup_query_interval: u64,
        /// 1 if bridged IPv4 packets pass the hooks of iptables; 0 by default.
        36 IFLA_BR_NF_CALL_IPTABLES NfCallIptables nf_call_iptables: u8,
        /// 1 if bridged IPv6 packets pass the hooks of ip6tables; 0 by default.
        37 IFLA_BR_NF_CALL_IP6TABLES NfCallIp6tables nf_call_ip6tables: u8,
        /// 1 if bridged ARP packets pass the hooks of arptables; 0 by default.
        38 IFLA_BR_NF_CALL_ARPTABLES NfCallArptables nf_call_arptables: u8,
        /// Default PVID: VLAN id that new ports get, 0 for none; 1 by default.
        39 IFLA_BR_VLAN_DEFAULT_PVID VlanDefaultPvid vlan_default_pvid: u16,
        /// Padding.
        40 IFLA_BR_PAD Pad pad: Bytes,
        /// 1 if packets and bytes are counted for each VLAN; 0 by default.
        41 IFLA_BR_VLAN_STATS_ENABLED VlanStatsEnabled vlan_stats_enabled: u8,
        /// 1 if IGMP and MLD packets are counted; 0 by default.
        42 IFLA_BR_MCAST_STATS_ENABLED MulticastStatsEnabled multicast_stats_enabled: u8,
        /// IGMP version of queries: 2 (the default) or 3.
        43 IFLA_BR_MCAST_IGMP_VERSION MulticastIgmpVersion multicast_igmp_version: u8,
        /// MLD version of queries: 1 (the default) or 2.
        44 IFLA_BR_MCAST_MLD_VERSION MulticastMldVersion multicast_mld_version: u8,
        /// 1 if packets and bytes are counted for each VLAN of each port; 0 by default.
        45 IFLA_BR_VLAN_STATS_PER_PORT VlanStatsPerPort vlan_stats_per_port: u8,
        /// Boolean options and their mask.
        46 IFLA_BR_MULTI_BOOLOPT Options options: Struct<BridgeOptions>,
        /// Current IGMP and MLD queriers.
        47 IFLA_BR_MCAST_QUERIER_STATE MulticastQuerierState multicast_querier_state: Nest<BridgeQuerier>,
        /// Number of learned FDB entries.
        48 IFLA_BR_FDB_N_LEARNED FdbLearned fdb_learned: u32,
        /// Maximum number of learned FDB entries, 0 for no limit; 0 by default.
        49 IFLA_BR_FDB_MAX_LEARNED FdbMaxLearned fdb_max_learned: u32,
        /// Spanning tree's operator: the kernel or a program.
        50 IFLA_BR_STP_MODE StpMode stp_mode: StpMode,
    }
}

attributes! {
    /// Current IGMP and MLD queriers (`BRIDGE_QUERIER_*`).
    pub set BridgeQuerier, enum BridgeQuerierAttr {
        /// IPv4 address of the IGMP querier.
        1 BRIDGE_QUERIER_IP_ADDRESS Ipv4 ipv4: Ip,
        /// Link index of the port that leads to the IGMP querier.
        2 BRIDGE_QUERIER_IP_PORT Ipv4Port ipv4_port: LinkIndex,
        /// Time left until the IGMP querier counts as gone, in hundredths of a second.
        3 BRIDGE_QUERIER_IP_OTHER_TIMER Ipv4Timer ipv4_timer: u64,
        /// Padding.
        4 BRIDGE_QUERIER_PAD Pad pad: Bytes,
        /// IPv6 address of the MLD querier.
        5 BRIDGE_QUERIER_IPV6_ADDRESS Ipv6 ipv6: Ip,
        /// Link index of the port that leads to the MLD querier.
        6 BRIDGE_QUERIER_IPV6_PORT Ipv6Port ipv6_port: LinkIndex,
        /// Time left until the MLD querier counts as gone, in hundredths of a second.
        7 BRIDGE_QUERIER_IPV6_OTHER_TIMER Ipv6Timer ipv6_timer: u64,
    }
}

crate::numbers::numbers! {
    /// Spanning tree state of a bridge port.
    pub struct PortState(u8) {
        DISABLED = 0 "BR_STATE_DISABLED" "disabled";
        LISTENING = 1 "BR_STATE_LISTENING" "listening";
        LEARNING = 2 "BR_STATE_LEARNING" "learning";
        FORWARDING = 3 "BR_STATE_FORWARDING" "forwarding";
        BLOCKING = 4 "BR_STATE_BLOCKING" "blocking";
    }
}

attributes! {
    /// Bridge port (`IFLA_BRPORT_*`). Times are hundredths of a second.
    pub set BridgePort, enum BridgePortAttr {
        /// Spanning tree state of the port.
        1 IFLA_BRPORT_STATE State state: PortState,
        /// Priority of the port in the spanning tree, 0 to 63; 32 by default.
        2 IFLA_BRPORT_PRIORITY Priority priority: u16,
        /// Path cost of the port in the spanning tree, 1 to 65535.
        3 IFLA_BRPORT_COST Cost cost: u32,
        /// 1 if hairpin mode is on: packets may leave by the port on which they arrived.
        4 IFLA_BRPORT_MODE Mode mode: u8,
        /// 1 if BPDU guard is on: the port is disabled if it receives a spanning tree packet.
        5 IFLA_BRPORT_GUARD Guard guard: u8,
        /// 1 if root block is on: the port never becomes the root port.
        6 IFLA_BRPORT_PROTECT Protect protect: u8,
        /// 1 if multicast fast leave is on: a leave message ends the group's membership without a
        /// query.
        7 IFLA_BRPORT_FAST_LEAVE FastLeave fast_leave: u8,
        /// 1 if MAC addresses are learned from the port's packets.
        8 IFLA_BRPORT_LEARNING Learning learning: u8,
        /// 1 if the port floods unicast packets to unknown MAC addresses.
        9 IFLA_BRPORT_UNICAST_FLOOD UnicastFlood unicast_flood: u8,
        /// 1 if proxy ARP is on: the bridge answers ARP requests for hosts behind other ports.
        10 IFLA_BRPORT_PROXYARP ProxyArp proxy_arp: u8,
        /// 1 if MAC addresses that the device has learned are added to the bridge's FDB.
        11 IFLA_BRPORT_LEARNING_SYNC LearningSync learning_sync: u8,
        /// 1 if proxy ARP for Wi-Fi is on (IEEE 802.11 and Hotspot 2.0).
        12 IFLA_BRPORT_PROXYARP_WIFI ProxyArpWifi proxy_arp_wifi: u8,
        /// Bridge id of the designated root.
        13 IFLA_BRPORT_ROOT_ID RootId root_id: Struct<BridgeId>,
        /// Bridge id of the designated bridge.
        14 IFLA_BRPORT_BRIDGE_ID BridgeId bridge_id: Struct<BridgeId>,
        /// Port id of the designated port.
        15 IFLA_BRPORT_DESIGNATED_PORT DesignatedPort designated_port: u16,
        /// Root path cost of the designated port.
        16 IFLA_BRPORT_DESIGNATED_COST DesignatedCost designated_cost: u16,
        /// Port id: priority and number together.
        17 IFLA_BRPORT_ID Id id: u16,
        /// Port number in the bridge.
        18 IFLA_BRPORT_NO Number number: u16,
        /// 1 if the next configuration packet acknowledges a topology change.
        19 IFLA_BRPORT_TOPOLOGY_CHANGE_ACK TopologyChangeAck topology_change_ack: u8,
        /// 1 if a configuration packet waits for the hold timer.
        20 IFLA_BRPORT_CONFIG_PENDING ConfigPending config_pending: u8,
        /// Message age timer: time left until the stored configuration expires.
        21 IFLA_BRPORT_MESSAGE_AGE_TIMER MessageAgeTimer message_age_timer: u64,
        /// Forward delay timer: time left until the port enters its next state.
        22 IFLA_BRPORT_FORWARD_DELAY_TIMER ForwardDelayTimer forward_delay_timer: u64,
        /// Hold timer: time left until the port may send another configuration packet.
        23 IFLA_BRPORT_HOLD_TIMER HoldTimer hold_timer: u64,
        /// Request to flush the port's FDB entries.
        24 IFLA_BRPORT_FLUSH Flush flush: Flag,
        /// Multicast router mode: 0 off, 1 on if queries are received, 2 always on, 3 on for a
        /// while.
        25 IFLA_BRPORT_MULTICAST_ROUTER MulticastRouter multicast_router: u8,
        /// Padding.
        26 IFLA_BRPORT_PAD Pad pad: Bytes,
        /// 1 if the port floods multicast packets of unknown groups.
        27 IFLA_BRPORT_MCAST_FLOOD MulticastFlood multicast_flood: u8,
        /// 1 if multicast packets are sent as unicast to each member.
        28 IFLA_BRPORT_MCAST_TO_UCAST MulticastToUnicast multicast_to_unicast: u8,
        /// 1 if VLANs map to tunnel ids on this port.
        29 IFLA_BRPORT_VLAN_TUNNEL VlanTunnel vlan_tunnel: u8,
        /// 1 if the port floods broadcast packets.
        30 IFLA_BRPORT_BCAST_FLOOD BroadcastFlood broadcast_flood: u8,
        /// Group forward mask of this port, like [`IFLA_BR_GROUP_FWD_MASK`].
        31 IFLA_BRPORT_GROUP_FWD_MASK GroupForwardMask group_forward_mask: u16,
        /// 1 if neighbour suppression is on: the bridge answers ARP and ND for the hosts it knows.
        32 IFLA_BRPORT_NEIGH_SUPPRESS NeighSuppress neigh_suppress: u8,
        /// 1 if the port is isolated: isolated ports cannot reach each other.
        33 IFLA_BRPORT_ISOLATED Isolated isolated: u8,
        /// Link index of the backup port, which carries packets while this port has no carrier.
        34 IFLA_BRPORT_BACKUP_PORT BackupPort backup_port: LinkIndex,
        /// 1 if the MRP ring is open: the port receives no test packets.
        35 IFLA_BRPORT_MRP_RING_OPEN MrpRingOpen mrp_ring_open: u8,
        /// 1 if the MRP interconnection is open: the port receives no interconnection test
        /// packets.
        36 IFLA_BRPORT_MRP_IN_OPEN MrpInOpen mrp_in_open: u8,
        /// Maximum number of hosts tracked for each group and port (explicit host tracking); 512
        /// by default.
        37 IFLA_BRPORT_MCAST_EHT_HOSTS_LIMIT MulticastEhtHostsLimit multicast_eht_hosts_limit: u32,
        /// Number of hosts tracked.
        38 IFLA_BRPORT_MCAST_EHT_HOSTS_CNT MulticastEhtHosts multicast_eht_hosts: u32,
        /// 1 if the port is locked: packets need an FDB entry of their source address on this
        /// port.
        39 IFLA_BRPORT_LOCKED Locked locked: u8,
        /// 1 if MAC authentication bypass is on: unknown source addresses become locked FDB
        /// entries.
        40 IFLA_BRPORT_MAB Mab mab: u8,
        /// Number of multicast groups joined through the port.
        41 IFLA_BRPORT_MCAST_N_GROUPS MulticastGroups multicast_groups: u32,
        /// Maximum number of multicast groups, 0 for no limit.
        42 IFLA_BRPORT_MCAST_MAX_GROUPS MulticastMaxGroups multicast_max_groups: u32,
        /// 1 if neighbour suppression is set for each VLAN (`neigh_vlan_suppress`).
        43 IFLA_BRPORT_NEIGH_VLAN_SUPPRESS NeighVlanSuppress neigh_vlan_suppress: u8,
        /// Next hop id for packets that go to the backup port.
        44 IFLA_BRPORT_BACKUP_NHID BackupNextHop backup_next_hop: u32,
        /// 1 if gratuitous ARP and unsolicited neighbour advertisements are forwarded
        /// in spite of neighbour suppression.
        45 IFLA_BRPORT_NEIGH_FORWARD_GRAT NeighForwardGratuitous neigh_forward_gratuitous: u8,
    }
}

crate::numbers::numbers! {
    /// Bridge mode of a device that switches in hardware.
    pub struct HardwareBridgeMode(u16) {
        /// Virtual Ethernet bridge: the device switches between its functions.
        VEB = 0 "BRIDGE_MODE_VEB" "VEB";
        /// Virtual Ethernet port aggregator: an external switch does the switching.
        VEPA = 1 "BRIDGE_MODE_VEPA" "VEPA";
        UNDEFINED = 0xffff "BRIDGE_MODE_UNDEF" "UNDEF";
    }
}

crate::numbers::numbers! {
    /// Operator of a bridge's spanning tree.
    pub struct StpMode(u32) {
        /// Helper `bridge-stp` if it starts, otherwise the kernel.
        AUTO = 0 "BR_STP_MODE_AUTO" "auto";
        /// Program in user space, without the helper.
        USER = 1 "BR_STP_MODE_USER" "user";
        KERNEL = 2 "BR_STP_MODE_KERNEL" "kernel";
    }
}
