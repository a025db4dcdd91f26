//! Bridges, their ports and VLANs (`linux/if_link.h`, `linux/if_bridge.h`).

use crate::zerocopy::native_endian::{U16, U32};

use crate::attributes;
use crate::codec::{Be, ByteArray, Bytes, Flag, Ip, Many, Nest, Struct};
use crate::structs::structs;

structs! {
    /// The id of a bridge in the spanning tree, 8 bytes in network order.
    #[doc(alias = "ifla_bridge_id")]
    pub struct BridgeId: 8 {
        /// The priority, the upper byte first.
        priority: [u8; 2] as crate::schema::Hexadecimal,
        /// An address of the bridge.
        address: [u8; 6] as crate::codec::Hardware,
    }

    /// Options of a bridge that are on or off.
    #[doc(alias = "br_boolopt_multi")]
    pub struct BridgeOptions: 8 {
        /// Which are on (`BR_BOOLOPT_*` is the bit).
        value: U32,
        /// Which a request changes, or which the kernel knows.
        mask: U32,
    }

    /// A VLAN of a bridge port.
    #[doc(alias = "bridge_vlan_info")]
    pub struct BridgeVlanInfo: 4 {
        /// Flags (`BRIDGE_VLAN_INFO_*`): see [`BridgeVlanFlags`].
        flags: U16 as BridgeVlanFlags,
        /// The VLAN.
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
    /// What a VLAN means to a bridge port.
    pub struct BridgeVlanFlags(u16) {
        /// The bridge itself is meant too.
        MASTER = 0x1 "BRIDGE_VLAN_INFO_MASTER" "Master";
        /// Packets that come in without a tag belong to it.
        PVID = 0x2 "BRIDGE_VLAN_INFO_PVID" "PVID";
        /// Its packets go out without a tag.
        UNTAGGED = 0x4 "BRIDGE_VLAN_INFO_UNTAGGED" "Egress Untagged";
        /// The first of a range.
        RANGE_BEGIN = 0x8 "BRIDGE_VLAN_INFO_RANGE_BEGIN";
        /// The last of a range.
        RANGE_END = 0x10 "BRIDGE_VLAN_INFO_RANGE_END";
        /// Of the bridge as a whole.
        BRENTRY = 0x20 "BRIDGE_VLAN_INFO_BRENTRY";
        /// Only its options change.
        ONLY_OPTS = 0x40 "BRIDGE_VLAN_INFO_ONLY_OPTS";
    }
}

attributes! {
    /// A bridge port's VLANs and more: [`IFLA_AF_SPEC`](super::IFLA_AF_SPEC)
    /// under [`AF_BRIDGE`](super::super::AF_BRIDGE) (`IFLA_BRIDGE_*`).
    pub set BridgeSpec, enum BridgeSpecAttr {
        /// Whom a request is for: 1 the bridge, 2 the link itself.
        0 IFLA_BRIDGE_FLAGS Flags flags: u16,
        /// Mode of a link that bridges in hardware.
        1 IFLA_BRIDGE_MODE Mode mode: HardwareBridgeMode,
        /// A VLAN; there are many.
        2 IFLA_BRIDGE_VLAN_INFO Vlan vlan: Many<Struct<BridgeVlanInfo>>,
        /// The tunnel of a VLAN.
        3 IFLA_BRIDGE_VLAN_TUNNEL_INFO VlanTunnel vlan_tunnel: Many<Nest<BridgeVlanTunnel>>,
        /// The media redundancy protocol, a nest.
        4 IFLA_BRIDGE_MRP Mrp mrp: Bytes,
        /// Connectivity fault management, a nest.
        5 IFLA_BRIDGE_CFM Cfm cfm: Bytes,
        /// Multiple spanning trees, a nest.
        6 IFLA_BRIDGE_MST Mst mst: Bytes,
    }
}

attributes! {
    /// The tunnel of a VLAN (`IFLA_BRIDGE_VLAN_TUNNEL_*`).
    pub set BridgeVlanTunnel, enum BridgeVlanTunnelAttr {
        /// The tunnel's key.
        1 IFLA_BRIDGE_VLAN_TUNNEL_ID Id id: u32,
        /// The VLAN.
        2 IFLA_BRIDGE_VLAN_TUNNEL_VID Vid vid: u16,
        /// Flags, as a VLAN's.
        3 IFLA_BRIDGE_VLAN_TUNNEL_FLAGS Flags flags: BridgeVlanFlags,
    }
}

attributes! {
    /// A bridge (`IFLA_BR_*`). Times are hundredths of a second, unless said
    /// otherwise.
    pub set Bridge, enum BridgeAttr {
        /// How long a port listens and learns before it forwards.
        1 IFLA_BR_FORWARD_DELAY ForwardDelay forward_delay: u32,
        /// How often the root says hello.
        2 IFLA_BR_HELLO_TIME HelloTime hello_time: u32,
        /// How long a hello is believed.
        3 IFLA_BR_MAX_AGE MaxAge max_age: u32,
        /// How long an unused forwarding entry lives.
        4 IFLA_BR_AGEING_TIME AgeingTime ageing_time: u32,
        /// The spanning tree: 0 off, 1 by the kernel, 2 by user space.
        5 IFLA_BR_STP_STATE StpState stp_state: u32,
        /// The priority in the spanning tree.
        6 IFLA_BR_PRIORITY Priority priority: u16,
        /// 1: VLANs are told apart.
        7 IFLA_BR_VLAN_FILTERING VlanFiltering vlan_filtering: u8,
        /// The Ethernet type of tags, in network order.
        8 IFLA_BR_VLAN_PROTOCOL VlanProtocol vlan_protocol: Be<super::VlanProtocol>,
        /// Which reserved addresses are forwarded: bit n is 01:80:c2:00:00:0n.
        9 IFLA_BR_GROUP_FWD_MASK GroupForwardMask group_forward_mask: u16,
        /// The root of the spanning tree.
        10 IFLA_BR_ROOT_ID RootId root_id: Struct<BridgeId>,
        /// The bridge itself.
        11 IFLA_BR_BRIDGE_ID BridgeId bridge_id: Struct<BridgeId>,
        /// The port towards the root.
        12 IFLA_BR_ROOT_PORT RootPort root_port: u16,
        /// What the way to the root costs.
        13 IFLA_BR_ROOT_PATH_COST RootPathCost root_path_cost: u32,
        /// 1: the topology is changing.
        14 IFLA_BR_TOPOLOGY_CHANGE TopologyChange topology_change: u8,
        /// 1: a change was detected here.
        15 IFLA_BR_TOPOLOGY_CHANGE_DETECTED TopologyChangeDetected topology_change_detected: u8,
        /// Until the next hello.
        16 IFLA_BR_HELLO_TIMER HelloTimer hello_timer: u64,
        /// Until the next notification of a change.
        17 IFLA_BR_TCN_TIMER TcnTimer tcn_timer: u64,
        /// Until the change is over.
        18 IFLA_BR_TOPOLOGY_CHANGE_TIMER TopologyChangeTimer topology_change_timer: u64,
        /// Until old forwarding entries are swept out.
        19 IFLA_BR_GC_TIMER GcTimer gc_timer: u64,
        /// The address that the spanning tree uses.
        20 IFLA_BR_GROUP_ADDR GroupAddress group_address: ByteArray<6>,
        /// In a request: forgets all forwarding entries.
        21 IFLA_BR_FDB_FLUSH FdbFlush fdb_flush: Flag,
        /// Whether it takes itself for a multicast router: 0 never, 1 if it sees a query, 2 always.
        22 IFLA_BR_MCAST_ROUTER MulticastRouter multicast_router: u8,
        /// 1: it listens to who joins what.
        23 IFLA_BR_MCAST_SNOOPING MulticastSnooping multicast_snooping: u8,
        /// 1: queries come from its own address.
        24 IFLA_BR_MCAST_QUERY_USE_IFADDR MulticastQueryUseAddress multicast_query_use_address: u8,
        /// 1: it asks who joins what.
        25 IFLA_BR_MCAST_QUERIER MulticastQuerier multicast_querier: u8,
        /// Unused: the kernel says 16.
        26 IFLA_BR_MCAST_HASH_ELASTICITY MulticastHashElasticity multicast_hash_elasticity: u32,
        /// The most groups.
        27 IFLA_BR_MCAST_HASH_MAX MulticastHashMax multicast_hash_max: u32,
        /// How often it asks whether anyone is left.
        28 IFLA_BR_MCAST_LAST_MEMBER_CNT MulticastLastMemberCount multicast_last_member_count: u32,
        /// How many queries it starts with.
        29 IFLA_BR_MCAST_STARTUP_QUERY_CNT MulticastStartupQueryCount multicast_startup_query_count: u32,
        /// Between questions whether anyone is left.
        30 IFLA_BR_MCAST_LAST_MEMBER_INTVL MulticastLastMemberInterval multicast_last_member_interval: u64,
        /// After which a group without reports is left.
        31 IFLA_BR_MCAST_MEMBERSHIP_INTVL MulticastMembershipInterval multicast_membership_interval: u64,
        /// After which another querier counts as gone.
        32 IFLA_BR_MCAST_QUERIER_INTVL MulticastQuerierInterval multicast_querier_interval: u64,
        /// Between queries.
        33 IFLA_BR_MCAST_QUERY_INTVL MulticastQueryInterval multicast_query_interval: u64,
        /// How long members may take to answer.
        34 IFLA_BR_MCAST_QUERY_RESPONSE_INTVL MulticastQueryResponseInterval multicast_query_response_interval: u64,
        /// Between the first queries.
        35 IFLA_BR_MCAST_STARTUP_QUERY_INTVL MulticastStartupQueryInterval multicast_startup_query_interval: u64,
        /// 1: IPv4 passes netfilter.
        36 IFLA_BR_NF_CALL_IPTABLES NfCallIptables nf_call_iptables: u8,
        /// 1: IPv6 passes netfilter.
        37 IFLA_BR_NF_CALL_IP6TABLES NfCallIp6tables nf_call_ip6tables: u8,
        /// 1: ARP passes netfilter.
        38 IFLA_BR_NF_CALL_ARPTABLES NfCallArptables nf_call_arptables: u8,
        /// The VLAN of new ports, 0 for none.
        39 IFLA_BR_VLAN_DEFAULT_PVID VlanDefaultPvid vlan_default_pvid: u16,
        /// Nothing, to align what follows.
        40 IFLA_BR_PAD Pad pad: Bytes,
        /// 1: VLANs have counters.
        41 IFLA_BR_VLAN_STATS_ENABLED VlanStatsEnabled vlan_stats_enabled: u8,
        /// 1: multicast has counters.
        42 IFLA_BR_MCAST_STATS_ENABLED MulticastStatsEnabled multicast_stats_enabled: u8,
        /// The version of IGMP: 2 or 3.
        43 IFLA_BR_MCAST_IGMP_VERSION MulticastIgmpVersion multicast_igmp_version: u8,
        /// The version of MLD: 1 or 2.
        44 IFLA_BR_MCAST_MLD_VERSION MulticastMldVersion multicast_mld_version: u8,
        /// 1: VLANs have counters for each port.
        45 IFLA_BR_VLAN_STATS_PER_PORT VlanStatsPerPort vlan_stats_per_port: u8,
        /// Options that are on or off.
        46 IFLA_BR_MULTI_BOOLOPT Options options: Struct<BridgeOptions>,
        /// Who asks at present.
        47 IFLA_BR_MCAST_QUERIER_STATE MulticastQuerierState multicast_querier_state: Nest<BridgeQuerier>,
        /// How many forwarding entries it has learnt.
        48 IFLA_BR_FDB_N_LEARNED FdbLearned fdb_learned: u32,
        /// How many it may learn, 0 for no limit.
        49 IFLA_BR_FDB_MAX_LEARNED FdbMaxLearned fdb_max_learned: u32,
        /// Spanning tree's operator: the kernel or a program.
        50 IFLA_BR_STP_MODE StpMode stp_mode: StpMode,
    }
}

attributes! {
    /// Who asks who joins what (`BRIDGE_QUERIER_*`).
    pub set BridgeQuerier, enum BridgeQuerierAttr {
        /// The querier of IPv4.
        1 BRIDGE_QUERIER_IP_ADDRESS Ipv4 ipv4: Ip,
        /// The port that it is behind, by its link's index.
        2 BRIDGE_QUERIER_IP_PORT Ipv4Port ipv4_port: u32,
        /// Until it counts as gone, in hundredths of a second.
        3 BRIDGE_QUERIER_IP_OTHER_TIMER Ipv4Timer ipv4_timer: u64,
        /// Nothing, to align what follows.
        4 BRIDGE_QUERIER_PAD Pad pad: Bytes,
        /// The querier of IPv6.
        5 BRIDGE_QUERIER_IPV6_ADDRESS Ipv6 ipv6: Ip,
        /// The port that it is behind, by its link's index.
        6 BRIDGE_QUERIER_IPV6_PORT Ipv6Port ipv6_port: u32,
        /// Until it counts as gone, in hundredths of a second.
        7 BRIDGE_QUERIER_IPV6_OTHER_TIMER Ipv6Timer ipv6_timer: u64,
    }
}

crate::numbers::numbers! {
    /// The state of a port in the spanning tree.
    pub struct PortState(u8) {
        DISABLED = 0 "BR_STATE_DISABLED" "disabled";
        LISTENING = 1 "BR_STATE_LISTENING" "listening";
        LEARNING = 2 "BR_STATE_LEARNING" "learning";
        FORWARDING = 3 "BR_STATE_FORWARDING" "forwarding";
        BLOCKING = 4 "BR_STATE_BLOCKING" "blocking";
    }
}

attributes! {
    /// The port of a bridge (`IFLA_BRPORT_*`). Times are hundredths of a
    /// second.
    pub set BridgePort, enum BridgePortAttr {
        /// Its state in the spanning tree.
        1 IFLA_BRPORT_STATE State state: PortState,
        /// Its priority there.
        2 IFLA_BRPORT_PRIORITY Priority priority: u16,
        /// What a way through it costs.
        3 IFLA_BRPORT_COST Cost cost: u32,
        /// 1: hairpin, packets may leave by the port that they came in.
        4 IFLA_BRPORT_MODE Mode mode: u8,
        /// 1: the spanning tree of whoever is behind it is ignored.
        5 IFLA_BRPORT_GUARD Guard guard: u8,
        /// 1: it cannot lead to the root.
        6 IFLA_BRPORT_PROTECT Protect protect: u8,
        /// 1: a group is left at once.
        7 IFLA_BRPORT_FAST_LEAVE FastLeave fast_leave: u8,
        /// 1: it learns addresses.
        8 IFLA_BRPORT_LEARNING Learning learning: u8,
        /// 1: packets to unknown addresses go out.
        9 IFLA_BRPORT_UNICAST_FLOOD UnicastFlood unicast_flood: u8,
        /// 1: it answers for its neighbours.
        10 IFLA_BRPORT_PROXYARP ProxyArp proxy_arp: u8,
        /// 1: what its hardware learns is taken over.
        11 IFLA_BRPORT_LEARNING_SYNC LearningSync learning_sync: u8,
        /// 1: it answers for its neighbours, as IEEE 802.11 asks.
        12 IFLA_BRPORT_PROXYARP_WIFI ProxyArpWifi proxy_arp_wifi: u8,
        /// The root that it knows of.
        13 IFLA_BRPORT_ROOT_ID RootId root_id: Struct<BridgeId>,
        /// The bridge that leads there.
        14 IFLA_BRPORT_BRIDGE_ID BridgeId bridge_id: Struct<BridgeId>,
        /// The port of that bridge.
        15 IFLA_BRPORT_DESIGNATED_PORT DesignatedPort designated_port: u16,
        /// What its way costs.
        16 IFLA_BRPORT_DESIGNATED_COST DesignatedCost designated_cost: u16,
        /// Its own id there.
        17 IFLA_BRPORT_ID Id id: u16,
        /// Its number.
        18 IFLA_BRPORT_NO Number number: u16,
        /// 1: a change is acknowledged.
        19 IFLA_BRPORT_TOPOLOGY_CHANGE_ACK TopologyChangeAck topology_change_ack: u8,
        /// 1: a hello is due.
        20 IFLA_BRPORT_CONFIG_PENDING ConfigPending config_pending: u8,
        /// Until a hello is believed no more.
        21 IFLA_BRPORT_MESSAGE_AGE_TIMER MessageAgeTimer message_age_timer: u64,
        /// Until it goes to its next state.
        22 IFLA_BRPORT_FORWARD_DELAY_TIMER ForwardDelayTimer forward_delay_timer: u64,
        /// Until it may say hello again.
        23 IFLA_BRPORT_HOLD_TIMER HoldTimer hold_timer: u64,
        /// In a request: forgets its forwarding entries.
        24 IFLA_BRPORT_FLUSH Flush flush: Flag,
        /// Whether a multicast router is behind it: 0 never, 1 if it is seen, 2 always, 3 for now.
        25 IFLA_BRPORT_MULTICAST_ROUTER MulticastRouter multicast_router: u8,
        /// Nothing, to align what follows.
        26 IFLA_BRPORT_PAD Pad pad: Bytes,
        /// 1: packets to unknown groups go out.
        27 IFLA_BRPORT_MCAST_FLOOD MulticastFlood multicast_flood: u8,
        /// 1: multicast goes out as unicast to each member.
        28 IFLA_BRPORT_MCAST_TO_UCAST MulticastToUnicast multicast_to_unicast: u8,
        /// 1: VLANs map to tunnels.
        29 IFLA_BRPORT_VLAN_TUNNEL VlanTunnel vlan_tunnel: u8,
        /// 1: broadcast goes out.
        30 IFLA_BRPORT_BCAST_FLOOD BroadcastFlood broadcast_flood: u8,
        /// As the bridge's, for this port.
        31 IFLA_BRPORT_GROUP_FWD_MASK GroupForwardMask group_forward_mask: u16,
        /// 1: it answers for neighbours, which are not asked.
        32 IFLA_BRPORT_NEIGH_SUPPRESS NeighSuppress neigh_suppress: u8,
        /// 1: it cannot talk to other such ports.
        33 IFLA_BRPORT_ISOLATED Isolated isolated: u8,
        /// The port that packets take while it has no carrier, by its index.
        34 IFLA_BRPORT_BACKUP_PORT BackupPort backup_port: u32,
        /// 1: the ring of media redundancy is open.
        35 IFLA_BRPORT_MRP_RING_OPEN MrpRingOpen mrp_ring_open: u8,
        /// 1: its interconnection is open.
        36 IFLA_BRPORT_MRP_IN_OPEN MrpInOpen mrp_in_open: u8,
        /// The most hosts to track.
        37 IFLA_BRPORT_MCAST_EHT_HOSTS_LIMIT MulticastEhtHostsLimit multicast_eht_hosts_limit: u32,
        /// The hosts tracked.
        38 IFLA_BRPORT_MCAST_EHT_HOSTS_CNT MulticastEhtHosts multicast_eht_hosts: u32,
        /// 1: only known addresses may send.
        39 IFLA_BRPORT_LOCKED Locked locked: u8,
        /// 1: unknown ones are recorded for user space to allow.
        40 IFLA_BRPORT_MAB Mab mab: u8,
        /// The groups joined through it.
        41 IFLA_BRPORT_MCAST_N_GROUPS MulticastGroups multicast_groups: u32,
        /// How many may be, 0 for no limit.
        42 IFLA_BRPORT_MCAST_MAX_GROUPS MulticastMaxGroups multicast_max_groups: u32,
        /// 1: it answers for neighbours by VLAN.
        43 IFLA_BRPORT_NEIGH_VLAN_SUPPRESS NeighVlanSuppress neigh_vlan_suppress: u8,
        /// The next hop that packets take by way of the backup port.
        44 IFLA_BRPORT_BACKUP_NHID BackupNextHop backup_next_hop: u32,
        /// 1 if gratuitous ARP and unsolicited neighbour advertisements are forwarded
        /// in spite of neighbour suppression.
        45 IFLA_BRPORT_NEIGH_FORWARD_GRAT NeighForwardGratuitous neigh_forward_gratuitous: u8,
    }
}

crate::numbers::numbers! {
    /// Mode of a link that bridges in hardware.
    pub struct HardwareBridgeMode(u16) {
        /// The link switches between its functions.
        VEB = 0 "BRIDGE_MODE_VEB" "VEB";
        /// An external switch does.
        VEPA = 1 "BRIDGE_MODE_VEPA" "VEPA";
        UNDEFINED = 0xffff "BRIDGE_MODE_UNDEF" "UNDEF";
    }
}

crate::numbers::numbers! {
    /// Operator of a bridge's spanning tree.
    pub struct StpMode(u32) {
        /// The helper `bridge-stp` if it starts, else the kernel.
        AUTO = 0 "BR_STP_MODE_AUTO" "auto";
        /// A program, without the helper.
        USER = 1 "BR_STP_MODE_USER" "user";
        KERNEL = 2 "BR_STP_MODE_KERNEL" "kernel";
    }
}
