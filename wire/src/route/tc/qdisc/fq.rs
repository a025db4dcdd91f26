//! `fq`, `fq_codel` and `fq_pie`: a queue for each flow.

use core::fmt;

use crate::Attrs;
use crate::attributes;
use crate::bytes::front;
use crate::codec::{Array, Case, Shown, Struct};
use crate::schema::{Hexadecimal, Microseconds, Nanoseconds, Shape};
use crate::structs::structs;
use crate::zerocopy::native_endian::{I32, I64, U32, U64};

use super::PrioOptions;

attributes! {
    /// Settings of an `fq` (`TCA_FQ_*`).
    pub set Fq, enum FqAttr {
        /// Maximum number of packets in all queues.
        1 TCA_FQ_PLIMIT Limit limit: u32,
        /// Maximum number of packets in the queue of a flow.
        2 TCA_FQ_FLOW_PLIMIT FlowLimit flow_limit: u32,
        /// Quantum: number of bytes that a flow sends before another's turn.
        3 TCA_FQ_QUANTUM Quantum quantum: u32,
        /// Quantum: number of bytes that a new flow sends in its first turn.
        4 TCA_FQ_INITIAL_QUANTUM InitialQuantum initial_quantum: u32,
        /// 1 if packets are paced by their sockets' rates.
        5 TCA_FQ_RATE_ENABLE Pacing pacing: u32,
        /// Unused.
        6 TCA_FQ_FLOW_DEFAULT_RATE DefaultRate default_rate: u32,
        /// Maximum rate of a flow in bytes a second.
        7 TCA_FQ_FLOW_MAX_RATE MaxRate max_rate: u32,
        /// Log2 of the number of hash buckets.
        8 TCA_FQ_BUCKETS_LOG BucketsLog buckets_log: u32,
        /// Idle time after which a flow has its quantum again.
        9 TCA_FQ_FLOW_REFILL_DELAY RefillDelay refill_delay: Shown<u32, Microseconds>,
        /// Bits of the hash of packets without a socket.
        10 TCA_FQ_ORPHAN_MASK OrphanMask orphan_mask: Shown<u32, Hexadecimal>,
        /// Low rate threshold in bytes a second: below it packets are paced one by one.
        11 TCA_FQ_LOW_RATE_THRESHOLD LowRateThreshold low_rate_threshold: u32,
        /// Delay above which all packets are marked.
        12 TCA_FQ_CE_THRESHOLD CeThreshold ce_threshold: Shown<u32, Microseconds>,
        /// Time by which a timer may be late.
        13 TCA_FQ_TIMER_SLACK TimerSlack timer_slack: Shown<u32, Nanoseconds>,
        /// Time that a packet may lie in the future.
        14 TCA_FQ_HORIZON Horizon horizon: Shown<u32, Microseconds>,
        /// 1 if packets beyond the horizon are dropped, 0 if they are sent at the
        /// horizon.
        15 TCA_FQ_HORIZON_DROP HorizonDrop horizon_drop: u8,
        /// Map of priorities to the three bands.
        16 TCA_FQ_PRIOMAP Map map: Struct<PrioOptions>,
        /// Weights of the three bands in bytes.
        17 TCA_FQ_WEIGHTS Weights weights: Array<I32>,
        /// Time ahead of which packets go to hardware that paces them.
        18 TCA_FQ_OFFLOAD_HORIZON OffloadHorizon offload_horizon: Shown<u32, Microseconds>,
    }
}

attributes! {
    /// Settings of an `fq_pie` (`TCA_FQ_PIE_*`).
    pub set FqPie, enum FqPieAttr {
        /// Maximum number of packets in all queues.
        1 TCA_FQ_PIE_LIMIT Limit limit: u32,
        /// Number of queues.
        2 TCA_FQ_PIE_FLOWS Flows flows: u32,
        /// Delay that queues aim for.
        3 TCA_FQ_PIE_TARGET Target target: Shown<u32, Microseconds>,
        /// Interval in which the probability of a drop is calculated.
        4 TCA_FQ_PIE_TUPDATE Update update: Shown<u32, Microseconds>,
        /// Weight of the distance from the target, 0 to 32.
        5 TCA_FQ_PIE_ALPHA Alpha alpha: u32,
        /// Weight of the change of the delay, 0 to 32.
        6 TCA_FQ_PIE_BETA Beta beta: u32,
        /// Quantum: number of bytes that a flow sends before another's turn.
        7 TCA_FQ_PIE_QUANTUM Quantum quantum: u32,
        /// Maximum memory of the queues in bytes.
        8 TCA_FQ_PIE_MEMORY_LIMIT MemoryLimit memory_limit: u32,
        /// Probability in percent above which packets are dropped, not marked.
        9 TCA_FQ_PIE_ECN_PROB EcnProbability ecn_probability: u32,
        /// 1 if ECN is on: capable packets are marked instead of dropped.
        10 TCA_FQ_PIE_ECN Ecn ecn: u32,
        /// 1 if the probability of a drop grows with the size of a packet.
        11 TCA_FQ_PIE_BYTEMODE ByteMode byte_mode: u32,
        /// 1 if the delay is estimated by the rate at which packets leave, 0 if by
        /// timestamps.
        12 TCA_FQ_PIE_DQ_RATE_ESTIMATOR RateEstimator rate_estimator: u32,
    }
}

structs! {
    /// Counters of an `fq`. Kernels before 6.7 send 104 bytes, up to
    /// `horizon_caps`.
    #[doc(alias = "tc_fq_qd_stats")]
    pub struct FqStats: 152 {
        /// Number of flows forgotten for being idle.
        gc_flows: U64,
        /// Number of packets of the first band.
        #[doc(alias = "highprio_packets")]
        first_band_packets: U64,
        /// Unused.
        #[doc(alias = "tcp_retrans")]
        retransmitted: U64,
        /// Number of times that a flow was held back for its rate.
        throttled: U64,
        /// Number of packets dropped for the limit of a flow.
        #[doc(alias = "flows_plimit")]
        flow_limit_drops: U64,
        /// Number of packets longer than a flow's quantum at its rate.
        #[doc(alias = "pkts_too_long")]
        too_long: U64,
        /// Number of flows that no memory was found for.
        allocation_errors: U64,
        /// Time until the next flow may send, in nanoseconds.
        #[doc(alias = "time_next_delayed_flow")]
        next_flow: I64 as Nanoseconds,
        /// Number of flows.
        flows: U32,
        /// Number of idle flows.
        inactive_flows: U32,
        /// Number of flows held back for their rates.
        throttled_flows: U32,
        /// Average lateness of flows that were held back.
        #[doc(alias = "unthrottle_latency_ns")]
        latency: U32 as Nanoseconds,
        /// Number of packets marked for their delay.
        ce_mark: U64,
        /// Number of packets beyond the horizon that were dropped.
        horizon_drops: U64,
        /// Number of packets beyond the horizon that were sent at the horizon.
        horizon_caps: U64,
        /// Number of packets that no queue held.
        fastpath_packets: U64,
        /// Number of packets dropped in each band.
        band_drops: [U64; 3],
        /// Number of packets queued in each band.
        #[doc(alias = "band_pkt_count")]
        band_packets: [U32; 3],
        /// Padding.
        padding: U32,
    }

    /// Counters of an `fq_pie`.
    #[doc(alias = "tc_fq_pie_xstats")]
    pub struct FqPieStats: 36 {
        /// Number of packets that entered the queues.
        packets_in: U32,
        /// Number of packets dropped for their delay.
        dropped: U32,
        /// Number of packets that full queues dropped.
        overlimit: U32,
        /// Number of packets dropped for lack of memory.
        overmemory: U32,
        /// Number of packets marked in place of dropped.
        ecn_mark: U32,
        /// Number of flows begun.
        new_flow_count: U32,
        /// Number of new flows.
        new_flows_len: U32,
        /// Number of old flows.
        old_flows_len: U32,
        /// Memory in use in bytes.
        memory_usage: U32,
    }

    /// Counters of a `fq_codel` discipline.
    #[doc(alias = "tc_fq_codel_qd_stats")]
    pub struct FqCodelStats: 36 {
        /// The largest packet so far, in bytes.
        #[doc(alias = "maxpacket")]
        max_packet: U32,
        /// Number of packets dropped for the limit.
        drop_overlimit: U32,
        /// Number of packets marked instead of dropped.
        ecn_mark: U32,
        /// Number of flows begun.
        new_flow_count: U32,
        /// Number of new flows.
        new_flows_len: U32,
        /// Number of old flows.
        old_flows_len: U32,
        /// Number of packets that waited longer than the threshold.
        ce_mark: U32,
        /// Memory in use, in bytes.
        memory_usage: U32,
        /// Number of packets dropped for lack of memory.
        drop_overmemory: U32,
    }

    /// Counters of one flow of a `fq_codel`. Times are in microseconds.
    #[doc(alias = "tc_fq_codel_cl_stats")]
    pub struct FqCodelFlowStats: 24 {
        /// Deficit: number of bytes that the flow may still send in its turn.
        deficit: I32,
        /// Delay of the last packet dequeued.
        #[doc(alias = "ldelay")]
        last_delay: U32,
        /// Number of packets dropped or marked in this dropping state.
        count: U32,
        /// Number of packets dropped or marked in the previous dropping state.
        #[doc(alias = "lastcount")]
        last_count: U32,
        /// 1 if the flow is in the dropping state.
        dropping: U32,
        /// Time until the next drop.
        drop_next: I32,
    }
}

attributes! {
    /// The settings of a `fq_codel` (`TCA_FQ_CODEL_*`). Times are in
    /// microseconds.
    pub set FqCodel, enum FqCodelAttr {
        /// Delay that queues aim for.
        1 TCA_FQ_CODEL_TARGET Target target: u32,
        /// Maximum number of packets in the queues.
        2 TCA_FQ_CODEL_LIMIT Limit limit: u32,
        /// Time that the delay must stay above the target before a drop.
        3 TCA_FQ_CODEL_INTERVAL Interval interval: u32,
        /// 1 if ECN is on: capable packets are marked instead of dropped.
        4 TCA_FQ_CODEL_ECN Ecn ecn: u32,
        /// Number of queues.
        5 TCA_FQ_CODEL_FLOWS Flows flows: u32,
        /// Quantum: number of bytes that a flow sends before another's turn.
        6 TCA_FQ_CODEL_QUANTUM Quantum quantum: u32,
        /// CE threshold: delay above which packets are marked.
        7 TCA_FQ_CODEL_CE_THRESHOLD CeThreshold ce_threshold: u32,
        /// Maximum number of packets dropped at once.
        8 TCA_FQ_CODEL_DROP_BATCH_SIZE DropBatch drop_batch: u32,
        /// Maximum memory of the queues in bytes.
        9 TCA_FQ_CODEL_MEMORY_LIMIT MemoryLimit memory_limit: u32,
        /// Selector of the CE threshold: value of the DS field's masked bits for packets to be
        /// marked.
        10 TCA_FQ_CODEL_CE_THRESHOLD_SELECTOR CeSelector ce_selector: u8,
        /// Mask of the DS field for the selector; 0 marks packets with any value.
        11 TCA_FQ_CODEL_CE_THRESHOLD_MASK CeMask ce_mask: u8,
    }
}

/// Counters of a `fq_codel` discipline or flow
/// ([`TCA_STATS_APP`](crate::route::TCA_STATS_APP)); the first 32 bits hold the type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[doc(alias = "tc_fq_codel_xstats")]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub enum FqCodelExtra<'a> {
    /// Counters of the discipline.
    Qdisc(&'a FqCodelStats),
    /// Counters of a flow.
    Class(&'a FqCodelFlowStats),
}

impl<'a> FqCodelExtra<'a> {
    /// Reads the counters; nothing if they are of another kind or too short.
    #[must_use]
    #[doc(
        alias = "TCA_FQ_CODEL_XSTATS_QDISC",
        alias = "TCA_FQ_CODEL_XSTATS_CLASS"
    )]
    pub fn new(bytes: &'a [u8]) -> Option<Self> {
        let (kind, rest) = front::<U32>(bytes)?;
        match kind.get() {
            0 => Some(Self::Qdisc(front::<FqCodelStats>(rest)?.0)),
            1 => Some(Self::Class(front::<FqCodelFlowStats>(rest)?.0)),
            _ => None,
        }
    }
}

crate::__format!(FqCodelCounters<'_>, FqCodelCase);

/// Counters of an `fq_codel` as they were sent; see [`FqCodelExtra`].
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct FqCodelCounters<'a>(&'a [u8]);

impl fmt::Debug for FqCodelCounters<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.read() {
            Some(counters) => counters.fmt(f),
            None => self.0.fmt(f),
        }
    }
}

impl<'a> FqCodelCounters<'a> {
    /// Reads the counters; nothing if they are of another kind or too short.
    #[must_use]
    pub fn read(self) -> Option<FqCodelExtra<'a>> {
        FqCodelExtra::new(self.0)
    }
}

/// Case of the counters of an `fq_codel`, whose first word says whose they are.
#[derive(Debug)]
pub struct FqCodelCase;

impl Case for FqCodelCase {
    type Value<'a> = FqCodelCounters<'a>;
    const SHAPE: Shape = Shape::Bytes;
    const FLAGS: u16 = 0;

    fn read(bytes: Attrs<'_>) -> FqCodelCounters<'_> {
        FqCodelCounters(bytes.remaining())
    }

    fn bytes<'a>(value: Self::Value<'a>) -> Attrs<'a> {
        Attrs::new(value.0)
    }
}
