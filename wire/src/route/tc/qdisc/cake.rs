//! `cake`: shaping, queues and priorities in one (`net/sched/sch_cake.c`,
//! tc-cake(8)).

use crate::attributes;
use crate::codec::{Bytes, Indexed, Shown};
use crate::numbers::numbers;
use crate::schema::{Hexadecimal, Microseconds};

numbers! {
    /// Classes of priority of a `cake`, which it calls tins.
    pub struct CakePriorities(u32) {
        /// Three tins by DSCP.
        DIFFSERV3 = 0 "CAKE_DIFFSERV_DIFFSERV3" "diffserv3";
        /// Four tins by DSCP.
        DIFFSERV4 = 1 "CAKE_DIFFSERV_DIFFSERV4" "diffserv4";
        /// Eight tins by DSCP.
        DIFFSERV8 = 2 "CAKE_DIFFSERV_DIFFSERV8" "diffserv8";
        /// Single tin.
        BEST_EFFORT = 3 "CAKE_DIFFSERV_BESTEFFORT" "besteffort";
        /// Eight tins by IP precedence.
        PRECEDENCE = 4 "CAKE_DIFFSERV_PRECEDENCE" "precedence";
    }
}

numbers! {
    /// Isolation of flows by a `cake`.
    pub struct CakeIsolation(u32) {
        /// Single queue.
        NONE = 0 "CAKE_FLOW_NONE" "flowblind";
        /// Queues by source address.
        SOURCE = 1 "CAKE_FLOW_SRC_IP" "srchost";
        /// Queues by destination address.
        DESTINATION = 2 "CAKE_FLOW_DST_IP" "dsthost";
        /// Queues by both addresses.
        HOSTS = 3 "CAKE_FLOW_HOSTS" "hosts";
        /// Queues by addresses, protocol and ports.
        FLOWS = 4 "CAKE_FLOW_FLOWS" "flows";
        /// Queues by flow, with equal shares of the sources.
        DUAL_SOURCE = 5 "CAKE_FLOW_DUAL_SRC" "dual-srchost";
        /// Queues by flow, with equal shares of the destinations.
        DUAL_DESTINATION = 6 "CAKE_FLOW_DUAL_DST" "dual-dsthost";
        /// Queues by flow, with equal shares of sources and destinations.
        TRIPLE = 7 "CAKE_FLOW_TRIPLE" "triple-isolate";
    }
}

numbers! {
    /// Cells of the link below a `cake`, for which sizes are corrected.
    pub struct CakeCells(u32) {
        /// No cells.
        NONE = 0 "CAKE_ATM_NONE" "noatm";
        /// Cells of ATM.
        ATM = 1 "CAKE_ATM_ATM" "atm";
        /// Framing of PTM.
        PTM = 2 "CAKE_ATM_PTM" "ptm";
    }
}

numbers! {
    /// Filter of a `cake` for TCP acks that later ones make redundant.
    pub struct CakeAckFilter(u32) {
        /// No filter.
        NONE = 0 "CAKE_ACK_NONE" "no-ack-filter";
        /// Filter.
        FILTER = 1 "CAKE_ACK_FILTER" "ack-filter";
        /// Filter that keeps fewer acks.
        AGGRESSIVE = 2 "CAKE_ACK_AGGRESSIVE" "ack-filter-aggressive";
    }
}

attributes! {
    /// Settings of a `cake` (`TCA_CAKE_*`).
    pub set Cake, enum CakeAttr {
        /// Padding.
        1 TCA_CAKE_PAD Pad pad: Bytes,
        /// Rate in bytes a second, 0 for no limit.
        2 TCA_CAKE_BASE_RATE64 Rate rate: u64,
        /// Classes of priority.
        3 TCA_CAKE_DIFFSERV_MODE Priorities priorities: CakePriorities,
        /// Cells of the link.
        4 TCA_CAKE_ATM Cells cells: CakeCells,
        /// Isolation of flows.
        5 TCA_CAKE_FLOW_MODE Isolation isolation: CakeIsolation,
        /// Bytes added to each packet, -64 to 256.
        6 TCA_CAKE_OVERHEAD Overhead overhead: i32,
        /// Round-trip time for which queues are tuned.
        7 TCA_CAKE_RTT RoundTrip round_trip: Shown<u32, Microseconds>,
        /// Delay that queues aim for.
        8 TCA_CAKE_TARGET Target target: Shown<u32, Microseconds>,
        /// 1 if the rate follows an estimate of the link's.
        9 TCA_CAKE_AUTORATE AutoRate auto_rate: u32,
        /// Maximum memory of queues in bytes, 0 for one that fits the rate.
        10 TCA_CAKE_MEMORY Memory memory: u32,
        /// 1 if addresses are those before NAT.
        11 TCA_CAKE_NAT Nat nat: u32,
        /// True if sizes are those of the kernel, without corrections.
        12 TCA_CAKE_RAW Raw raw: u32,
        /// 1 if DSCP is cleared once packets are classified.
        13 TCA_CAKE_WASH Wash wash: u32,
        /// Size in bytes that smaller packets count as.
        14 TCA_CAKE_MPU Minimum minimum: u32,
        /// 1 if packets were received, and drops count as sent.
        15 TCA_CAKE_INGRESS Ingress ingress: u32,
        /// Filter of TCP acks.
        16 TCA_CAKE_ACK_FILTER AckFilter ack_filter: CakeAckFilter,
        /// 1 if packets of several segments are split.
        17 TCA_CAKE_SPLIT_GSO SplitGso split_gso: u32,
        /// Bits of the packet's mark that select the tin.
        18 TCA_CAKE_FWMARK Mark mark: Shown<u32, Hexadecimal>,
    }
}

attributes! {
    /// Counters of a `cake` or of one flow in it
    /// ([`TCA_STATS_APP`](crate::route::TCA_STATS_APP), `TCA_CAKE_STATS_*`).
    pub set CakeStats, enum CakeStatsAttr {
        /// Padding.
        1 TCA_CAKE_STATS_PAD Pad pad: Bytes,
        /// Estimated rate of the link in bytes a second.
        2 TCA_CAKE_STATS_CAPACITY_ESTIMATE64 Capacity capacity: u64,
        /// Maximum memory of queues in bytes.
        3 TCA_CAKE_STATS_MEMORY_LIMIT MemoryLimit memory_limit: u32,
        /// Memory in use in bytes.
        4 TCA_CAKE_STATS_MEMORY_USED MemoryUsed memory_used: u32,
        /// Average offset of the network header in bytes.
        5 TCA_CAKE_STATS_AVG_NETOFF AverageOffset average_offset: u32,
        /// Size of the smallest packet in bytes.
        6 TCA_CAKE_STATS_MIN_NETLEN MinLength min_length: u32,
        /// Size of the largest packet in bytes.
        7 TCA_CAKE_STATS_MAX_NETLEN MaxLength max_length: u32,
        /// Corrected size of the smallest packet in bytes.
        8 TCA_CAKE_STATS_MIN_ADJLEN MinAdjusted min_adjusted: u32,
        /// Corrected size of the largest packet in bytes.
        9 TCA_CAKE_STATS_MAX_ADJLEN MaxAdjusted max_adjusted: u32,
        /// Counters of tins, numbered from 1.
        10 TCA_CAKE_STATS_TIN_STATS Tins tins: Indexed<CakeTin>,
        /// Bytes that a flow may still send in its turn.
        11 TCA_CAKE_STATS_DEFICIT Deficit deficit: i32,
        /// Number of packets that a flow dropped in this bout.
        12 TCA_CAKE_STATS_COBALT_COUNT Count count: u32,
        /// 1 if packets of a flow are dropped.
        13 TCA_CAKE_STATS_DROPPING Dropping dropping: u32,
        /// Time until the next drop of a flow, negative if it is late.
        14 TCA_CAKE_STATS_DROP_NEXT_US DropNext drop_next: Shown<i32, Microseconds>,
        /// Probability of a drop, as a part of 2^32 - 1.
        15 TCA_CAKE_STATS_P_DROP DropProbability drop_probability: u32,
        /// Time until the probability may change.
        16 TCA_CAKE_STATS_BLUE_TIMER_US BlueTimer blue_timer: Shown<i32, Microseconds>,
        /// Number of queues that share the rate.
        17 TCA_CAKE_STATS_ACTIVE_QUEUES ActiveQueues active_queues: u32,
    }
}

attributes! {
    /// Counters of a priority tin (`TCA_CAKE_TIN_STATS_*`).
    pub set CakeTin, enum CakeTinAttr {
        /// Padding.
        1 TCA_CAKE_TIN_STATS_PAD Pad pad: Bytes,
        /// Number of packets sent.
        2 TCA_CAKE_TIN_STATS_SENT_PACKETS SentPackets sent_packets: u32,
        /// Number of bytes sent.
        3 TCA_CAKE_TIN_STATS_SENT_BYTES64 SentBytes sent_bytes: u64,
        /// Number of packets dropped.
        4 TCA_CAKE_TIN_STATS_DROPPED_PACKETS DroppedPackets dropped_packets: u32,
        /// Number of bytes dropped.
        5 TCA_CAKE_TIN_STATS_DROPPED_BYTES64 DroppedBytes dropped_bytes: u64,
        /// Number of TCP acks dropped by the filter.
        6 TCA_CAKE_TIN_STATS_ACKS_DROPPED_PACKETS DroppedAcks dropped_acks: u32,
        /// Number of bytes of these acks.
        7 TCA_CAKE_TIN_STATS_ACKS_DROPPED_BYTES64 DroppedAckBytes dropped_ack_bytes: u64,
        /// Number of packets marked by ECN.
        8 TCA_CAKE_TIN_STATS_ECN_MARKED_PACKETS MarkedPackets marked_packets: u32,
        /// Number of bytes marked by ECN.
        9 TCA_CAKE_TIN_STATS_ECN_MARKED_BYTES64 MarkedBytes marked_bytes: u64,
        /// Number of packets in the queues.
        10 TCA_CAKE_TIN_STATS_BACKLOG_PACKETS BacklogPackets backlog_packets: u32,
        /// Number of bytes in the queues.
        11 TCA_CAKE_TIN_STATS_BACKLOG_BYTES BacklogBytes backlog_bytes: u32,
        /// Rate below which the tin has priority, in bytes a second.
        12 TCA_CAKE_TIN_STATS_THRESHOLD_RATE64 ThresholdRate threshold_rate: u64,
        /// Delay that queues aim for.
        13 TCA_CAKE_TIN_STATS_TARGET_US Target target: Shown<u32, Microseconds>,
        /// Interval in which queues react.
        14 TCA_CAKE_TIN_STATS_INTERVAL_US Interval interval: Shown<u32, Microseconds>,
        /// Number of flows that another place of their set held.
        15 TCA_CAKE_TIN_STATS_WAY_INDIRECT_HITS IndirectHits indirect_hits: u32,
        /// Number of flows that no place held yet.
        16 TCA_CAKE_TIN_STATS_WAY_MISSES Misses misses: u32,
        /// Number of flows that share a queue with another.
        17 TCA_CAKE_TIN_STATS_WAY_COLLISIONS Collisions collisions: u32,
        /// Peak delay.
        18 TCA_CAKE_TIN_STATS_PEAK_DELAY_US PeakDelay peak_delay: Shown<u32, Microseconds>,
        /// Average delay.
        19 TCA_CAKE_TIN_STATS_AVG_DELAY_US AverageDelay average_delay: Shown<u32, Microseconds>,
        /// Delay of sparse flows.
        20 TCA_CAKE_TIN_STATS_BASE_DELAY_US BaseDelay base_delay: Shown<u32, Microseconds>,
        /// Number of sparse flows.
        21 TCA_CAKE_TIN_STATS_SPARSE_FLOWS SparseFlows sparse_flows: u32,
        /// Number of bulk flows.
        22 TCA_CAKE_TIN_STATS_BULK_FLOWS BulkFlows bulk_flows: u32,
        /// Number of flows that ignore congestion signals.
        23 TCA_CAKE_TIN_STATS_UNRESPONSIVE_FLOWS UnresponsiveFlows unresponsive_flows: u32,
        /// Size of the largest packet in bytes.
        24 TCA_CAKE_TIN_STATS_MAX_SKBLEN MaxPacket max_packet: u32,
        /// Quantum: number of bytes that a flow sends before another's turn.
        25 TCA_CAKE_TIN_STATS_FLOW_QUANTUM Quantum quantum: u32,
    }
}
