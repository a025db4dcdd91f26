//! Disciplines that share a rate among flows or classes: `sfq`, `drr`, `qfq`,
//! `hhf`.

use crate::attributes;
use crate::codec::Shown;
use crate::schema::{Microseconds, Seconds};
use crate::structs::structs;
use crate::zerocopy::native_endian::{I32, U32};

use super::RedFlags;

structs! {
    /// Settings of an `sfq` of any version.
    #[doc(alias = "tc_sfq_qopt", alias = "tc_sfq_qopt_v1")]
    pub struct SfqOptions: 72 {
        /// Quantum: number of bytes that a flow sends before another's turn.
        quantum: U32,
        /// Time after which flows are hashed anew, 0 for never.
        perturb_period: I32 as Seconds,
        /// Maximum number of packets in all queues.
        limit: U32,
        /// Number of hash buckets.
        divisor: U32,
        /// Maximum number of flows.
        flows: U32,
        /// Maximum number of packets in the queue of a flow.
        depth: U32,
        /// 1 if the oldest packet of a full queue is dropped, 0 if the newest.
        #[doc(alias = "headdrop")]
        head_drop: U32,
        /// Maximum number of bytes in the queue of a flow, for RED.
        #[doc(alias = "limit")]
        red_limit: U32,
        /// Average length in bytes from which packets are dropped, for RED.
        #[doc(alias = "qth_min")]
        minimum: U32,
        /// Average length in bytes at which the probability is largest.
        #[doc(alias = "qth_max")]
        maximum: U32,
        /// Log2 of the weight of the average's past.
        #[doc(alias = "Wlog")]
        weight_log: u8,
        /// Log2 of the distance of both lengths over the probability.
        #[doc(alias = "Plog")]
        probability_log: u8,
        /// Log2 of the step of the table for idle times.
        #[doc(alias = "Scell_log")]
        cell_log: u8,
        /// Flags of RED.
        flags: u8 as RedFlags,
        /// Maximum probability of a drop, as a part of 2^32.
        #[doc(alias = "max_P")]
        max_probability: U32,
        /// Number of packets dropped by probability; in answers only.
        #[doc(alias = "prob_drop")]
        probable_drops: U32,
        /// Number of packets dropped for their queue's average length.
        #[doc(alias = "forced_drop")]
        forced_drops: U32,
        /// Number of packets marked by probability.
        #[doc(alias = "prob_mark")]
        probable_marks: U32,
        /// Number of packets marked for their queue's average length.
        #[doc(alias = "forced_mark")]
        forced_marks: U32,
        /// Number of packets marked by probability at the head of a queue.
        #[doc(alias = "prob_mark_head")]
        probable_head_marks: U32,
        /// Number of packets marked for the length at the head of a queue.
        #[doc(alias = "forced_mark_head")]
        forced_head_marks: U32,
    }

    /// Counters of a flow of an `sfq`.
    #[doc(alias = "tc_sfq_xstats")]
    pub struct SfqStats: 4 {
        /// Bytes that the flow may still send in its turn.
        allot: I32,
    }

    /// Counters of a `drr`'s class.
    #[doc(alias = "tc_drr_stats")]
    pub struct DrrStats: 4 {
        /// Number of bytes that the class may still send in its turn.
        deficit: U32,
    }

    /// Counters of a `qfq`'s class.
    #[doc(alias = "tc_qfq_stats")]
    pub struct QfqStats: 8 {
        /// Weight.
        weight: U32,
        /// Size of the largest packet in bytes.
        #[doc(alias = "lmax")]
        max_packet: U32,
    }

    /// Counters of an `hhf`.
    #[doc(alias = "tc_hhf_xstats")]
    pub struct HhfStats: 16 {
        /// Number of packets that full queues dropped.
        drop_overlimit: U32,
        /// Number of heavy flows that the table had no place for.
        #[doc(alias = "hh_overlimit")]
        flows_overlimit: U32,
        /// Number of heavy flows so far.
        #[doc(alias = "hh_tot_count")]
        total_flows: U32,
        /// Number of heavy flows now.
        #[doc(alias = "hh_cur_count")]
        current_flows: U32,
    }
}

attributes! {
    /// Settings of a `drr`'s class (`TCA_DRR_*`).
    pub set Drr, enum DrrAttr {
        /// Quantum: number of bytes that the class sends before another's turn.
        1 TCA_DRR_QUANTUM Quantum quantum: u32,
    }
}

attributes! {
    /// Settings of a `qfq`'s class (`TCA_QFQ_*`).
    pub set Qfq, enum QfqAttr {
        /// Weight, 1 to 1023.
        1 TCA_QFQ_WEIGHT Weight weight: u32,
        /// Size of the largest packet in bytes.
        2 TCA_QFQ_LMAX MaxPacket max_packet: u32,
    }
}

attributes! {
    /// Settings of an `hhf`, which separates heavy-hitter flows from the others (`TCA_HHF_*`).
    pub set Hhf, enum HhfAttr {
        /// Maximum number of packets in the queues.
        1 TCA_HHF_BACKLOG_LIMIT Limit limit: u32,
        /// Quantum: number of bytes that a queue sends before another's turn.
        2 TCA_HHF_QUANTUM Quantum quantum: u32,
        /// Maximum number of heavy flows.
        3 TCA_HHF_HH_FLOWS_LIMIT FlowsLimit flows_limit: u32,
        /// Interval in which the counters of flows start again.
        4 TCA_HHF_RESET_TIMEOUT ResetTimeout reset_timeout: Shown<u32, Microseconds>,
        /// Number of bytes in an interval from which a flow is heavy.
        5 TCA_HHF_ADMIT_BYTES AdmitBytes admit_bytes: u32,
        /// Idle time after which a flow stops being heavy.
        6 TCA_HHF_EVICT_TIMEOUT EvictTimeout evict_timeout: Shown<u32, Microseconds>,
        /// Weight of the other flows compared with heavy-hitter flows.
        7 TCA_HHF_NON_HH_WEIGHT Weight weight: u32,
    }
}
