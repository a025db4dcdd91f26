//! Disciplines that drop packets by chance before their queue is full: `red`,
//! `gred`, `choke`, `sfb`.

use crate::Bitfield32;
use crate::attributes;
use crate::codec::{Array, Bytes, Many, Nest, Struct};
use crate::numbers::flags;
use crate::schema::Milliseconds;
use crate::structs::structs;
use crate::zerocopy::native_endian::{U16, U32};

flags! {
    /// Reactions of RED to a long queue.
    pub struct RedFlags(u8) {
        /// ECN: capable packets are marked instead of dropped.
        ECN = 0x1 "TC_RED_ECN" "ecn";
        /// Hard drop: packets above the maximum are dropped even if capable of ECN.
        HARD_DROP = 0x2 "TC_RED_HARDDROP" "harddrop";
        /// The maximum probability adapts.
        ADAPTIVE = 0x4 "TC_RED_ADAPTATIVE" "adaptive";
        /// Packets that cannot be marked stay in the queue.
        NO_DROP = 0x8 "TC_RED_NODROP" "nodrop";
    }
}

structs! {
    /// Settings of a `red` or `choke`. Lengths are in bytes for `red`, in packets for `choke`.
    #[doc(alias = "tc_red_qopt", alias = "tc_choke_qopt")]
    pub struct RedOptions: 16 {
        /// Maximum length of the queue.
        limit: U32,
        /// Minimum threshold: average length from which packets are dropped early, by chance.
        #[doc(alias = "qth_min")]
        minimum: U32,
        /// Maximum threshold: average length at which the drop probability is largest.
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
        /// Flags.
        flags: u8 as RedFlags,
    }

    /// Counters of a `red`.
    #[doc(alias = "tc_red_xstats")]
    pub struct RedStats: 16 {
        /// Number of packets dropped early, by chance.
        early: U32,
        /// Number of packets that a full queue dropped.
        #[doc(alias = "pdrop")]
        overlimit: U32,
        /// Number of packets dropped by others.
        other: U32,
        /// Number of packets marked.
        marked: U32,
    }

    /// Counters of a `choke`.
    #[doc(alias = "tc_choke_xstats")]
    pub struct ChokeStats: 20 {
        /// Number of packets dropped early, by chance.
        early: U32,
        /// Number of packets that a full queue dropped.
        #[doc(alias = "pdrop")]
        overlimit: U32,
        /// Number of packets dropped by others.
        other: U32,
        /// Number of packets marked.
        marked: U32,
        /// Number of packets dropped with one of the same flow.
        matched: U32,
    }

    /// Virtual queue of a `gred`.
    #[doc(alias = "tc_gred_qopt")]
    pub struct GredQueue: 52 {
        /// Maximum length in bytes.
        limit: U32,
        /// Minimum threshold: average length from which packets are dropped early, by chance.
        #[doc(alias = "qth_min")]
        minimum: U32,
        /// Maximum threshold: average length at which the drop probability is largest.
        #[doc(alias = "qth_max")]
        maximum: U32,
        /// Number of the queue, 0 to 15; larger for one that is not in use.
        #[doc(alias = "DP")]
        number: U32,
        /// Number of bytes in the queue.
        backlog: U32,
        /// Average length in bytes.
        #[doc(alias = "qave")]
        average: U32,
        /// Number of packets dropped for the average length.
        forced: U32,
        /// Number of packets dropped early, by chance.
        early: U32,
        /// Number of packets dropped by others.
        other: U32,
        /// Number of packets that the full queue dropped.
        #[doc(alias = "pdrop")]
        overlimit: U32,
        /// Log2 of the weight of the average's past.
        #[doc(alias = "Wlog")]
        weight_log: u8,
        /// Log2 of the distance of both lengths over the probability.
        #[doc(alias = "Plog")]
        probability_log: u8,
        /// Log2 of the step of the table for idle times.
        #[doc(alias = "Scell_log")]
        cell_log: u8,
        /// Priority: the lowest number is served best.
        #[doc(alias = "prio")]
        priority: u8,
        /// Number of packets that entered the queue.
        packets: U32,
        /// Number of bytes that entered the queue.
        #[doc(alias = "bytesin")]
        bytes: U32,
    }

    /// Settings of a `gred` discipline.
    #[doc(alias = "tc_gred_sopt")]
    pub struct GredOptions: 12 {
        /// Number of virtual queues, 1 to 16.
        #[doc(alias = "DPs")]
        queues: U32,
        /// Virtual queue for packets without one of their own.
        #[doc(alias = "def_DP")]
        default_queue: U32,
        /// 1 if queues of a better priority add to the average length.
        grio: u8,
        /// Flags of all queues.
        flags: u8 as RedFlags,
        /// Padding.
        padding: U16,
    }

    /// Settings of an `sfb`. Probabilities are parts of 65535.
    #[doc(alias = "tc_sfb_qopt")]
    pub struct SfbOptions: 36 {
        /// Interval after which flows are hashed anew.
        rehash_interval: U32 as Milliseconds,
        /// Time for which the next hash is prepared.
        warmup_time: U32 as Milliseconds,
        /// Number of packets in a bin from which its probability grows.
        max: U32,
        /// Maximum number of packets in a bin.
        bin_size: U32,
        /// Step by which a probability grows.
        increment: U32,
        /// Step by which a probability shrinks.
        decrement: U32,
        /// Maximum number of packets in the queue.
        limit: U32,
        /// Rate of a flow that ignores congestion signals, in packets a second.
        penalty_rate: U32,
        /// Burst of such a flow in packets.
        penalty_burst: U32,
    }

    /// Counters of an `sfb`.
    #[doc(alias = "tc_sfb_xstats")]
    pub struct SfbStats: 36 {
        /// Number of packets dropped early, by chance.
        #[doc(alias = "earlydrop")]
        early_drops: U32,
        /// Number of packets dropped of flows that ignore congestion signals.
        #[doc(alias = "penaltydrop")]
        penalty_drops: U32,
        /// Number of packets that a full bin dropped.
        #[doc(alias = "bucketdrop")]
        bin_drops: U32,
        /// Number of packets that the full queue dropped.
        #[doc(alias = "queuedrop")]
        queue_drops: U32,
        /// Number of packets that the discipline below dropped.
        #[doc(alias = "childdrop")]
        child_drops: U32,
        /// Number of packets marked.
        marked: U32,
        /// Length of the longest bin in packets.
        #[doc(alias = "maxqlen")]
        max_length: U32,
        /// Largest probability of a bin.
        #[doc(alias = "maxprob")]
        max_probability: U32,
        /// Average probability of all bins.
        #[doc(alias = "avgprob")]
        average_probability: U32,
    }
}

attributes! {
    /// Settings of a `red` (`TCA_RED_*`).
    pub set Red, enum RedAttr {
        /// Lengths and flags.
        1 TCA_RED_PARMS Parameters parameters: Struct<RedOptions>,
        /// Table of 256 shifts, by which the average falls in idle times; in
        /// requests only.
        2 TCA_RED_STAB Table table: Bytes,
        /// Maximum probability of a drop, as a part of 2^32.
        3 TCA_RED_MAX_P MaxProbability max_probability: u32,
        /// [`RedFlags`], and the bits that count.
        4 TCA_RED_FLAGS Flags flags: Bitfield32,
        /// Shared block of filters for packets dropped early.
        5 TCA_RED_EARLY_DROP_BLOCK EarlyDropBlock early_drop_block: u32,
        /// Shared block of filters for packets marked.
        6 TCA_RED_MARK_BLOCK MarkBlock mark_block: u32,
    }
}

attributes! {
    /// Settings of a `gred` (`TCA_GRED_*`).
    pub set Gred, enum GredAttr {
        /// Virtual queues: one in requests, all 16 in answers.
        1 TCA_GRED_PARMS Queues queues: Array<GredQueue>,
        /// Table of 256 shifts, by which the average falls in idle times; in
        /// requests only.
        2 TCA_GRED_STAB Table table: Bytes,
        /// Settings of the discipline.
        3 TCA_GRED_DPS Options options: Struct<GredOptions>,
        /// Maximum probabilities of a drop, as parts of 2^32: one in requests,
        /// 16 in answers.
        4 TCA_GRED_MAX_P MaxProbability max_probability: Array<U32>,
        /// Maximum number of bytes in all queues.
        5 TCA_GRED_LIMIT Limit limit: u32,
        /// Virtual queues with counters in 64 bits.
        6 TCA_GRED_VQ_LIST VirtualQueues virtual_queues: Nest<GredQueues>,
    }
}

attributes! {
    /// Virtual queues of a `gred` (`TCA_GRED_VQ_ENTRY`).
    pub set GredQueues, enum GredQueuesAttr {
        /// Virtual queue.
        1 TCA_GRED_VQ_ENTRY Entry entry: Many<Nest<GredQueueStats>>,
    }
}

attributes! {
    /// Virtual queue of a `gred` with its counters (`TCA_GRED_VQ_*`).
    pub set GredQueueStats, enum GredQueueStatsAttr {
        /// Padding.
        1 TCA_GRED_VQ_PAD Pad pad: Bytes,
        /// Number of the queue.
        2 TCA_GRED_VQ_DP Number number: u32,
        /// Number of bytes that entered the queue.
        3 TCA_GRED_VQ_STAT_BYTES Bytes bytes: u64,
        /// Number of packets that entered the queue.
        4 TCA_GRED_VQ_STAT_PACKETS Packets packets: u32,
        /// Number of bytes in the queue.
        5 TCA_GRED_VQ_STAT_BACKLOG Backlog backlog: u32,
        /// Number of packets dropped early, by chance.
        6 TCA_GRED_VQ_STAT_PROB_DROP ProbableDrops probable_drops: u32,
        /// Number of packets marked early, by chance.
        7 TCA_GRED_VQ_STAT_PROB_MARK ProbableMarks probable_marks: u32,
        /// Number of packets dropped for the average length.
        8 TCA_GRED_VQ_STAT_FORCED_DROP ForcedDrops forced_drops: u32,
        /// Number of packets marked for the average length.
        9 TCA_GRED_VQ_STAT_FORCED_MARK ForcedMarks forced_marks: u32,
        /// Number of packets that the full queue dropped.
        10 TCA_GRED_VQ_STAT_PDROP Overlimit overlimit: u32,
        /// Number of packets dropped by others.
        11 TCA_GRED_VQ_STAT_OTHER Others others: u32,
        /// [`RedFlags`] of the queue.
        12 TCA_GRED_VQ_FLAGS Flags flags: u32,
    }
}

attributes! {
    /// Settings of a `choke` (`TCA_CHOKE_*`).
    pub set Choke, enum ChokeAttr {
        /// Lengths and flags.
        1 TCA_CHOKE_PARMS Parameters parameters: Struct<RedOptions>,
        /// Table of 256 shifts, by which the average falls in idle times; in
        /// requests only.
        2 TCA_CHOKE_STAB Table table: Bytes,
        /// Maximum probability of a drop, as a part of 2^32.
        3 TCA_CHOKE_MAX_P MaxProbability max_probability: u32,
    }
}

attributes! {
    /// Settings of an `sfb` (`TCA_SFB_*`).
    pub set Sfb, enum SfbAttr {
        /// Settings.
        1 TCA_SFB_PARMS Parameters parameters: Struct<SfbOptions>,
    }
}
