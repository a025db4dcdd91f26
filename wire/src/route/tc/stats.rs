//! Counters of queueing disciplines and classes (`linux/gen_stats.h`,
//! `linux/pkt_sched.h`).

use crate::zerocopy::native_endian::{U32, U64};

use super::TrafficAppStatsChoice;
use crate::attributes;
use crate::codec::{Bytes, Extensible};
use crate::structs::structs;

attributes! {
    /// Counters ([`TCA_STATS2`](super::TCA_STATS2), `TCA_STATS_*`).
    pub set TrafficStats2, enum TrafficStats2Attr {
        /// What was sent; the packets in 32 bits.
        1 TCA_STATS_BASIC Basic basic: Extensible<BasicStats>,
        /// Rates.
        2 TCA_STATS_RATE_EST Rate rate: Extensible<RateStats>,
        /// The queue.
        3 TCA_STATS_QUEUE Queue queue: Extensible<QueueStats>,
        /// Counters of the kind.
        4 TCA_STATS_APP App app: TrafficAppStatsChoice,
        /// Rates in 64 bits, where 32 are too few.
        5 TCA_STATS_RATE_EST64 Rate64 rate64: Extensible<RateStats64>,
        /// Nothing, to align what follows.
        6 TCA_STATS_PAD Pad pad: Bytes,
        /// What hardware sent.
        7 TCA_STATS_BASIC_HW Hardware hardware: Extensible<BasicStats>,
        /// How many packets were sent, where 32 bits are too few.
        8 TCA_STATS_PKT64 Packets64 packets64: u64,
    }
}

structs! {
    /// What was sent. Kernels send 12 bytes, or 16 with padding.
    #[doc(alias = "gnet_stats_basic")]
    pub struct BasicStats: 12 {
        /// Bytes.
        bytes: U64,
        /// Packets, modulo 2^32.
        packets: U32,
    }

    /// Rates.
    #[doc(alias = "gnet_stats_rate_est")]
    pub struct RateStats: 8 {
        /// Bytes a second.
        #[doc(alias = "bps")]
        bytes: U32,
        /// Packets a second.
        #[doc(alias = "pps")]
        packets: U32,
    }

    /// Rates in 64 bits.
    #[doc(alias = "gnet_stats_rate_est64")]
    pub struct RateStats64: 16 {
        /// Bytes a second.
        #[doc(alias = "bps")]
        bytes: U64,
        /// Packets a second.
        #[doc(alias = "pps")]
        packets: U64,
    }

    /// The queue.
    #[doc(alias = "gnet_stats_queue")]
    pub struct QueueStats: 20 {
        /// Packets in it.
        #[doc(alias = "qlen")]
        length: U32,
        /// Bytes in it.
        backlog: U32,
        /// Packets that were dropped.
        drops: U32,
        /// Packets that the driver gave back.
        requeues: U32,
        /// How often a limit held packets back.
        overlimits: U32,
    }

    /// Counters ([`TCA_STATS`](super::TCA_STATS)); kernels send 36 bytes, or
    /// 40 with padding.
    #[doc(alias = "tc_stats")]
    pub struct TrafficStats: 36 {
        /// Bytes that were sent.
        bytes: U64,
        /// Packets that were sent.
        packets: U32,
        /// Packets that were dropped.
        drops: U32,
        /// How often a limit held packets back.
        overlimits: U32,
        /// Bytes a second.
        #[doc(alias = "bps")]
        bytes_rate: U32,
        /// Packets a second.
        #[doc(alias = "pps")]
        packets_rate: U32,
        /// Packets in the queue.
        #[doc(alias = "qlen")]
        length: U32,
        /// Bytes in the queue.
        backlog: U32,
    }
}
