//! Counters of queueing disciplines and classes (`linux/gen_stats.h`,
//! `linux/pkt_sched.h`).

use crate::zerocopy::native_endian::{U32, U64};

use super::TrafficAppStatsChoice;
use crate::attributes;
use crate::codec::{Bytes, Extensible};
use crate::structs::structs;

attributes! {
    /// Statistics ([`TCA_STATS2`](super::TCA_STATS2), `TCA_STATS_*`).
    pub set TrafficStats2, enum TrafficStats2Attr {
        /// Bytes and packets sent; the packet counter has 32 bits.
        1 TCA_STATS_BASIC Basic basic: Extensible<BasicStats>,
        /// Estimated rates.
        2 TCA_STATS_RATE_EST Rate rate: Extensible<RateStats>,
        /// Queue length, drops and overlimits.
        3 TCA_STATS_QUEUE Queue queue: Extensible<QueueStats>,
        /// Statistics of the kind.
        4 TCA_STATS_APP App app: TrafficAppStatsChoice,
        /// Estimated rates in 64 bits, present if 32 bits do not suffice.
        5 TCA_STATS_RATE_EST64 Rate64 rate64: Extensible<RateStats64>,
        /// Padding.
        6 TCA_STATS_PAD Pad pad: Bytes,
        /// Bytes and packets that the hardware sent.
        7 TCA_STATS_BASIC_HW Hardware hardware: Extensible<BasicStats>,
        /// Number of packets sent in 64 bits, present if 32 bits do not suffice.
        8 TCA_STATS_PKT64 Packets64 packets64: u64,
    }
}

structs! {
    /// Bytes and packets sent. Kernels send 12 bytes, or 16 with padding.
    #[doc(alias = "gnet_stats_basic")]
    pub struct BasicStats: 12 {
        /// Number of bytes.
        bytes: U64,
        /// Number of packets, modulo 2^32.
        packets: U32,
    }

    /// Estimated rates.
    #[doc(alias = "gnet_stats_rate_est")]
    pub struct RateStats: 8 {
        /// Rate in bytes a second.
        #[doc(alias = "bps")]
        bytes: U32,
        /// Rate in packets a second.
        #[doc(alias = "pps")]
        packets: U32,
    }

    /// Estimated rates in 64 bits.
    #[doc(alias = "gnet_stats_rate_est64")]
    pub struct RateStats64: 16 {
        /// Rate in bytes a second.
        #[doc(alias = "bps")]
        bytes: U64,
        /// Rate in packets a second.
        #[doc(alias = "pps")]
        packets: U64,
    }

    /// Queue length, drops and overlimits.
    #[doc(alias = "gnet_stats_queue")]
    pub struct QueueStats: 20 {
        /// Number of packets in the queue.
        #[doc(alias = "qlen")]
        length: U32,
        /// Number of bytes in the queue.
        backlog: U32,
        /// Number of packets dropped.
        drops: U32,
        /// Number of packets requeued because the driver was busy.
        requeues: U32,
        /// Number of times that a rate limit delayed a packet (overlimits).
        overlimits: U32,
    }

    /// Statistics ([`TCA_STATS`](super::TCA_STATS)); kernels send 36 bytes, or 40 with padding.
    #[doc(alias = "tc_stats")]
    pub struct TrafficStats: 36 {
        /// Number of bytes sent.
        bytes: U64,
        /// Number of packets sent.
        packets: U32,
        /// Number of packets dropped.
        drops: U32,
        /// Number of times that a rate limit delayed a packet (overlimits).
        overlimits: U32,
        /// Rate in bytes a second.
        #[doc(alias = "bps")]
        bytes_rate: U32,
        /// Rate in packets a second.
        #[doc(alias = "pps")]
        packets_rate: U32,
        /// Number of packets in the queue.
        #[doc(alias = "qlen")]
        length: U32,
        /// Number of bytes in the queue.
        backlog: U32,
    }
}
