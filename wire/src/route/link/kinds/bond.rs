//! Bonds, their ports and what 802.3ad negotiates (`linux/if_link.h`,
//! `linux/if_bonding.h`, `include/net/bonding.h`).

use crate::codec::{Bytes, Hardware, IndexedOf, Ip, Nest, Shown};
use crate::numbers::{flags, numbers};
use crate::schema::Milliseconds;
use crate::{LinkIndex, attributes};

attributes! {
    /// Settings of a bond (`IFLA_BOND_*`).
    pub set Bond, enum BondAttr {
        /// Mode: choice of the ports that send.
        1 IFLA_BOND_MODE Mode mode: BondMode,
        /// Link index of the active port.
        2 IFLA_BOND_ACTIVE_SLAVE ActivePort active_port: LinkIndex,
        /// Interval of the carrier check in milliseconds; 0 turns the check off.
        3 IFLA_BOND_MIIMON MiiInterval mii_interval: Shown<u32, Milliseconds>,
        /// Delay before a port with a carrier is used, in milliseconds.
        4 IFLA_BOND_UPDELAY UpDelay up_delay: Shown<u32, Milliseconds>,
        /// Delay before a port without a carrier is abandoned, in milliseconds.
        5 IFLA_BOND_DOWNDELAY DownDelay down_delay: Shown<u32, Milliseconds>,
        /// 1 if the carrier check uses the driver's carrier state.
        6 IFLA_BOND_USE_CARRIER UseCarrier use_carrier: u8,
        /// Interval of ARP requests in milliseconds; 0 sends none.
        7 IFLA_BOND_ARP_INTERVAL ArpInterval arp_interval: Shown<u32, Milliseconds>,
        /// Targets of ARP requests: up to 16 IPv4 addresses.
        8 IFLA_BOND_ARP_IP_TARGET ArpTargets arp_targets: IndexedOf<Ip>,
        /// Ports whose ARP replies are checked.
        9 IFLA_BOND_ARP_VALIDATE ArpValidate arp_validate: BondArpValidate,
        /// Number of targets that must reply: any of them or all.
        10 IFLA_BOND_ARP_ALL_TARGETS ArpAllTargets arp_all_targets: BondArpTargets,
        /// Link index of the preferred port.
        11 IFLA_BOND_PRIMARY Primary primary: LinkIndex,
        /// Condition for a return to the preferred port.
        12 IFLA_BOND_PRIMARY_RESELECT PrimaryReselect primary_reselect: BondReselect,
        /// MAC address of the bond after a failover.
        13 IFLA_BOND_FAIL_OVER_MAC FailoverMac failover_mac: BondFailoverMac,
        /// Fields of a packet that choose its port.
        14 IFLA_BOND_XMIT_HASH_POLICY HashPolicy hash_policy: BondHashPolicy,
        /// Number of IGMP reports after a failover.
        15 IFLA_BOND_RESEND_IGMP ResendIgmp resend_igmp: u32,
        /// Number of gratuitous ARP and neighbour advertisements after a failover.
        16 IFLA_BOND_NUM_PEER_NOTIF PeerNotifications peer_notifications: u8,
        /// 1 if backup ports deliver duplicate frames instead of dropping them.
        17 IFLA_BOND_ALL_SLAVES_ACTIVE AllPortsActive all_ports_active: u8,
        /// Number of ports that must be up before the bond has a carrier.
        18 IFLA_BOND_MIN_LINKS MinLinks min_links: u32,
        /// Interval of learning packets to switches, in seconds.
        19 IFLA_BOND_LP_INTERVAL LearningInterval learning_interval: Shown<u32, crate::schema::Seconds>,
        /// Number of packets for a port before the next port's turn, in mode
        /// `balance-rr`; 0 chooses ports at random.
        20 IFLA_BOND_PACKETS_PER_SLAVE PacketsPerPort packets_per_port: u32,
        /// Rate of LACP packets that partners are asked for.
        21 IFLA_BOND_AD_LACP_RATE LacpRate lacp_rate: LacpRate,
        /// Choice of the active aggregator.
        22 IFLA_BOND_AD_SELECT AggregatorSelect aggregator_select: BondAggregatorSelect,
        /// Active aggregator, in mode `802.3ad`.
        23 IFLA_BOND_AD_INFO AggregatorInfo aggregator_info: Nest<BondAggregator>,
        /// Priority of this system in LACP.
        24 IFLA_BOND_AD_ACTOR_SYS_PRIO ActorSystemPriority actor_system_priority: u16,
        /// Upper 10 bits of the ports' keys in LACP.
        25 IFLA_BOND_AD_USER_PORT_KEY UserPortKey user_port_key: u16,
        /// MAC address of this system in LACP.
        26 IFLA_BOND_AD_ACTOR_SYSTEM ActorSystem actor_system: Hardware,
        /// 1 if mode `balance-tlb` moves flows between ports.
        27 IFLA_BOND_TLB_DYNAMIC_LB DynamicBalance dynamic_balance: u8,
        /// Interval of notifications after a failover, in milliseconds.
        28 IFLA_BOND_PEER_NOTIF_DELAY PeerNotificationDelay peer_notification_delay: Shown<u32, Milliseconds>,
        /// 1 if LACP packets are sent without being asked.
        29 IFLA_BOND_AD_LACP_ACTIVE LacpActive lacp_active: u8,
        /// Number of ARP intervals without a reply after which a port is down.
        30 IFLA_BOND_MISSED_MAX MissedMax missed_max: u8,
        /// Targets of neighbour solicitations: up to 16 IPv6 addresses.
        31 IFLA_BOND_NS_IP6_TARGET NsTargets ns_targets: IndexedOf<Ip>,
        /// 1 if a port collects and distributes at the same time, else in two steps.
        32 IFLA_BOND_COUPLED_CONTROL CoupledControl coupled_control: u8,
        /// 1 if neighbour discovery goes out of all ports, in mode `802.3ad`.
        33 IFLA_BOND_BROADCAST_NEIGH BroadcastNeighbour broadcast_neighbour: u8,
        /// 1 if a port without a LACP partner has no carrier.
        34 IFLA_BOND_LACP_STRICT LacpStrict lacp_strict: u8,
    }
}

attributes! {
    /// Active aggregator of a bond in mode `802.3ad` (`IFLA_BOND_AD_INFO_*`).
    pub set BondAggregator, enum BondAggregatorAttr {
        /// Id of the aggregator.
        1 IFLA_BOND_AD_INFO_AGGREGATOR Id id: u16,
        /// Number of ports.
        2 IFLA_BOND_AD_INFO_NUM_PORTS Ports ports: u16,
        /// Key of this system.
        3 IFLA_BOND_AD_INFO_ACTOR_KEY ActorKey actor_key: u16,
        /// Key of the partner.
        4 IFLA_BOND_AD_INFO_PARTNER_KEY PartnerKey partner_key: u16,
        /// MAC address of the partner.
        5 IFLA_BOND_AD_INFO_PARTNER_MAC PartnerMac partner_mac: Hardware,
    }
}

attributes! {
    /// Port of a bond (`IFLA_BOND_SLAVE_*`).
    pub set BondPort, enum BondPortAttr {
        /// State: active or backup.
        1 IFLA_BOND_SLAVE_STATE State state: BondPortState,
        /// Carrier state.
        2 IFLA_BOND_SLAVE_MII_STATUS MiiStatus mii_status: BondMiiStatus,
        /// Number of times that the carrier was lost.
        3 IFLA_BOND_SLAVE_LINK_FAILURE_COUNT LinkFailures link_failures: u32,
        /// Permanent MAC address of the port.
        4 IFLA_BOND_SLAVE_PERM_HWADDR PermanentAddress permanent_address: Hardware,
        /// Transmit queue of the bond whose packets the port sends.
        5 IFLA_BOND_SLAVE_QUEUE_ID QueueId queue_id: u16,
        /// Id of the aggregator, in mode `802.3ad`.
        6 IFLA_BOND_SLAVE_AD_AGGREGATOR_ID AggregatorId aggregator_id: u16,
        /// State of this end in LACP.
        7 IFLA_BOND_SLAVE_AD_ACTOR_OPER_PORT_STATE ActorState actor_state: LacpState,
        /// State of the partner in LACP, a [`LacpState`] in 16 bits.
        8 IFLA_BOND_SLAVE_AD_PARTNER_OPER_PORT_STATE PartnerState partner_state: Shown<u16, LacpState>,
        /// Priority among ports when the active one is chosen.
        9 IFLA_BOND_SLAVE_PRIO Priority priority: i32,
        /// Priority of the port in LACP.
        10 IFLA_BOND_SLAVE_ACTOR_PORT_PRIO ActorPriority actor_priority: u16,
        /// Churn detection of this end.
        11 IFLA_BOND_SLAVE_AD_CHURN_ACTOR_STATE ActorChurn actor_churn: LacpChurn,
        /// Churn detection of the partner.
        12 IFLA_BOND_SLAVE_AD_CHURN_PARTNER_STATE PartnerChurn partner_churn: LacpChurn,
    }
}

attributes! {
    /// Statistics of a bond or of its port ([`LinkStatsKinds`](crate::route::LinkStatsKinds)).
    pub set BondStats, enum BondStatsAttr {
        /// Counters of LACP packets.
        1 BOND_XSTATS_3AD Lacp lacp: Nest<LacpStats>,
    }
}

attributes! {
    /// Counters of LACP packets (`BOND_3AD_STAT_*`).
    pub set LacpStats, enum LacpStatsAttr {
        /// Number of LACP packets received.
        0 BOND_3AD_STAT_LACPDU_RX RxLacp rx_lacp: u64,
        /// Number of LACP packets sent.
        1 BOND_3AD_STAT_LACPDU_TX TxLacp tx_lacp: u64,
        /// Number of LACP packets received of an unknown type.
        2 BOND_3AD_STAT_LACPDU_UNKNOWN_RX RxLacpUnknown rx_lacp_unknown: u64,
        /// Number of invalid LACP packets received.
        3 BOND_3AD_STAT_LACPDU_ILLEGAL_RX RxLacpIllegal rx_lacp_illegal: u64,
        /// Number of marker packets received.
        4 BOND_3AD_STAT_MARKER_RX RxMarker rx_marker: u64,
        /// Number of marker packets sent.
        5 BOND_3AD_STAT_MARKER_TX TxMarker tx_marker: u64,
        /// Number of marker responses received.
        6 BOND_3AD_STAT_MARKER_RESP_RX RxMarkerResponse rx_marker_response: u64,
        /// Number of marker responses sent.
        7 BOND_3AD_STAT_MARKER_RESP_TX TxMarkerResponse tx_marker_response: u64,
        /// Number of marker packets received of an unknown type.
        8 BOND_3AD_STAT_MARKER_UNKNOWN_RX RxMarkerUnknown rx_marker_unknown: u64,
        /// Padding.
        9 BOND_3AD_STAT_PAD Pad pad: Bytes,
    }
}

numbers! {
    /// Mode of a bond.
    pub struct BondMode(u8) {
        /// Ports send in turn.
        BALANCE_RR = 0 "BOND_MODE_ROUNDROBIN" "balance-rr";
        /// Active port sends; the others are backups.
        ACTIVE_BACKUP = 1 "BOND_MODE_ACTIVEBACKUP" "active-backup";
        /// A hash of the packet chooses the port.
        BALANCE_XOR = 2 "BOND_MODE_XOR" "balance-xor";
        /// All ports send each packet.
        BROADCAST = 3 "BOND_MODE_BROADCAST" "broadcast";
        /// Ports are aggregated with a switch, by LACP.
        LACP = 4 "BOND_MODE_8023AD" "802.3ad";
        /// The load of ports chooses the sender.
        BALANCE_TLB = 5 "BOND_MODE_TLB" "balance-tlb";
        /// `balance-tlb`, and replies to ARP spread what is received.
        BALANCE_ALB = 6 "BOND_MODE_ALB" "balance-alb";
    }
}

numbers! {
    /// Ports whose ARP replies a bond checks.
    pub struct BondArpValidate(u32) {
        NONE = 0 "BOND_ARP_VALIDATE_NONE" "none";
        ACTIVE = 1 "BOND_ARP_VALIDATE_ACTIVE" "active";
        BACKUP = 2 "BOND_ARP_VALIDATE_BACKUP" "backup";
        ALL = 3 "BOND_ARP_VALIDATE_ALL" "all";
        /// Only ARP packets count as traffic.
        FILTER = 4 "BOND_ARP_FILTER" "filter";
        FILTER_ACTIVE = 5 "BOND_ARP_FILTER_ACTIVE" "filter_active";
        FILTER_BACKUP = 6 "BOND_ARP_FILTER_BACKUP" "filter_backup";
    }
}

numbers! {
    /// Number of ARP targets that must reply.
    pub struct BondArpTargets(u32) {
        ANY = 0 "BOND_ARP_TARGETS_ANY" "any";
        ALL = 1 "BOND_ARP_TARGETS_ALL" "all";
    }
}

numbers! {
    /// Condition for a bond's return to its preferred port.
    pub struct BondReselect(u8) {
        /// The preferred port is up.
        ALWAYS = 0 "BOND_PRI_RESELECT_ALWAYS" "always";
        /// The preferred port is up and better than the active one.
        BETTER = 1 "BOND_PRI_RESELECT_BETTER" "better";
        /// The active port has failed.
        FAILURE = 2 "BOND_PRI_RESELECT_FAILURE" "failure";
    }
}

numbers! {
    /// MAC address of a bond after a failover.
    pub struct BondFailoverMac(u8) {
        /// All ports have the bond's address.
        NONE = 0 "BOND_FOM_NONE" "none";
        /// The bond takes the address of the active port.
        ACTIVE = 1 "BOND_FOM_ACTIVE" "active";
        /// The active port takes the bond's address.
        FOLLOW = 2 "BOND_FOM_FOLLOW" "follow";
    }
}

numbers! {
    /// Fields of a packet that choose its port.
    pub struct BondHashPolicy(u8) {
        /// MAC addresses.
        LAYER2 = 0 "BOND_XMIT_POLICY_LAYER2" "layer2";
        /// IP addresses and ports.
        LAYER34 = 1 "BOND_XMIT_POLICY_LAYER34" "layer3+4";
        /// MAC and IP addresses.
        LAYER23 = 2 "BOND_XMIT_POLICY_LAYER23" "layer2+3";
        /// MAC and IP addresses, inside of tunnels.
        ENCAP23 = 3 "BOND_XMIT_POLICY_ENCAP23" "encap2+3";
        /// IP addresses and ports, inside of tunnels.
        ENCAP34 = 4 "BOND_XMIT_POLICY_ENCAP34" "encap3+4";
        /// VLAN and source MAC address.
        VLAN_SOURCE_MAC = 5 "BOND_XMIT_POLICY_VLAN_SRCMAC" "vlan+srcmac";
    }
}

numbers! {
    /// Rate of LACP packets.
    pub struct LacpRate(u8) {
        /// Packets every 30 seconds.
        SLOW = 0 "AD_LACP_SLOW" "slow";
        /// Packets every second.
        FAST = 1 "AD_LACP_FAST" "fast";
    }
}

numbers! {
    /// Choice of a bond's active aggregator.
    pub struct BondAggregatorSelect(u8) {
        /// Bandwidth, and only once the active one has no port.
        STABLE = 0 "BOND_AD_STABLE" "stable";
        BANDWIDTH = 1 "BOND_AD_BANDWIDTH" "bandwidth";
        /// Number of ports.
        COUNT = 2 "BOND_AD_COUNT" "count";
        /// Priorities of ports.
        PRIORITY = 3 "BOND_AD_PRIO" "actor_port_prio";
    }
}

numbers! {
    /// State of a bond's port.
    pub struct BondPortState(u8) {
        ACTIVE = 0 "BOND_STATE_ACTIVE" "ACTIVE";
        BACKUP = 1 "BOND_STATE_BACKUP" "BACKUP";
    }
}

numbers! {
    /// Carrier state of a bond's port.
    pub struct BondMiiStatus(u8) {
        UP = 0 "BOND_LINK_UP" "UP";
        /// Lost, within the delay.
        FAIL = 1 "BOND_LINK_FAIL" "GOING_DOWN";
        DOWN = 2 "BOND_LINK_DOWN" "DOWN";
        /// Back, within the delay.
        BACK = 3 "BOND_LINK_BACK" "GOING_BACK";
    }
}

numbers! {
    /// Churn detection of LACP.
    pub struct LacpChurn(u8) {
        MONITOR = 0 "AD_CHURN_MONITOR" "monitoring";
        CHURN = 1 "AD_CHURN" "churned";
        NONE = 2 "AD_NO_CHURN" "none";
    }
}

flags! {
    /// State of an end in LACP.
    pub struct LacpState(u8) {
        /// Sends LACP packets without being asked.
        ACTIVITY = 0x1 "LACP_STATE_LACP_ACTIVITY" "active";
        /// Asks for the short timeout.
        TIMEOUT = 0x2 "LACP_STATE_LACP_TIMEOUT" "short_timeout";
        AGGREGATION = 0x4 "LACP_STATE_AGGREGATION" "aggregating";
        SYNCHRONIZATION = 0x8 "LACP_STATE_SYNCHRONIZATION" "in_sync";
        COLLECTING = 0x10 "LACP_STATE_COLLECTING" "collecting";
        DISTRIBUTING = 0x20 "LACP_STATE_DISTRIBUTING" "distributing";
        /// Uses defaults, since no LACP packet came.
        DEFAULTED = 0x40 "LACP_STATE_DEFAULTED" "defaulted";
        EXPIRED = 0x80 "LACP_STATE_EXPIRED" "expired";
    }
}
