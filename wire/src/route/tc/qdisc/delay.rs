//! Disciplines that keep the delay of their queue short: `codel`, `pie`,
//! `dualpi2`.

use crate::attributes;
use crate::codec::Shown;
use crate::numbers::numbers;
use crate::schema::Microseconds;
use crate::structs::structs;
use crate::zerocopy::native_endian::{I32, U32, U64};

attributes! {
    /// Settings of a `codel` (`TCA_CODEL_*`).
    pub set Codel, enum CodelAttr {
        /// Delay that the queue aims for.
        1 TCA_CODEL_TARGET Target target: Shown<u32, Microseconds>,
        /// Maximum number of packets in the queue.
        2 TCA_CODEL_LIMIT Limit limit: u32,
        /// Time that the delay must stay above the target before a drop.
        3 TCA_CODEL_INTERVAL Interval interval: Shown<u32, Microseconds>,
        /// 1 if ECN is on: capable packets are marked instead of dropped.
        4 TCA_CODEL_ECN Ecn ecn: u32,
        /// Delay above which all packets are marked.
        5 TCA_CODEL_CE_THRESHOLD CeThreshold ce_threshold: Shown<u32, Microseconds>,
    }
}

attributes! {
    /// Settings of a `pie` (`TCA_PIE_*`).
    pub set Pie, enum PieAttr {
        /// Delay that the queue aims for.
        1 TCA_PIE_TARGET Target target: Shown<u32, Microseconds>,
        /// Maximum number of packets in the queue.
        2 TCA_PIE_LIMIT Limit limit: u32,
        /// Interval in which the probability of a drop is calculated.
        3 TCA_PIE_TUPDATE Update update: Shown<u32, Microseconds>,
        /// Weight of the distance from the target, 0 to 32.
        4 TCA_PIE_ALPHA Alpha alpha: u32,
        /// Weight of the change of the delay, 0 to 32.
        5 TCA_PIE_BETA Beta beta: u32,
        /// 1 if ECN is on: capable packets are marked instead of dropped.
        6 TCA_PIE_ECN Ecn ecn: u32,
        /// 1 if the probability of a drop grows with the size of a packet.
        7 TCA_PIE_BYTEMODE ByteMode byte_mode: u32,
        /// 1 if the delay is estimated by the rate at which packets leave, 0 if by
        /// timestamps.
        8 TCA_PIE_DQ_RATE_ESTIMATOR RateEstimator rate_estimator: u32,
    }
}

numbers! {
    /// Reaction of a `dualpi2` to a full queue.
    pub struct DualPi2Overload(u8) {
        /// Delay grows until the queue is full.
        OVERFLOW = 0 "TC_DUALPI2_DROP_OVERLOAD_OVERFLOW" "overflow";
        /// Packets are dropped, to keep the delay.
        DROP = 1 "TC_DUALPI2_DROP_OVERLOAD_DROP" "drop";
    }
}

numbers! {
    /// Point at which a `dualpi2` drops packets.
    pub struct DualPi2DropEarly(u8) {
        /// Drops when a packet leaves the queue.
        DEQUEUE = 0 "TC_DUALPI2_DROP_EARLY_DROP_DEQUEUE" "drop-dequeue";
        /// Drops when a packet enters the queue.
        ENQUEUE = 1 "TC_DUALPI2_DROP_EARLY_DROP_ENQUEUE" "drop-enqueue";
    }
}

numbers! {
    /// Codepoints of ECN that a `dualpi2` puts into its queue for low delay.
    pub struct DualPi2Ecn(u8) {
        /// Packets of L4S.
        L4S = 1 "TC_DUALPI2_ECN_MASK_L4S_ECT" "l4s-ect";
        /// Packets of the classic codepoint.
        CLASSIC = 2 "TC_DUALPI2_ECN_MASK_CLA_ECT" "cla-ect";
        /// Packets of any codepoint.
        ANY = 3 "TC_DUALPI2_ECN_MASK_ANY_ECT" "any-ect";
    }
}

numbers! {
    /// Treatment of packets of several segments by a `dualpi2`.
    pub struct DualPi2Gso(u8) {
        /// Packets stay whole.
        KEEP = 0 "TC_DUALPI2_SPLIT_GSO_NO_SPLIT_GSO" "no-split-gso";
        /// Packets are split.
        SPLIT = 1 "TC_DUALPI2_SPLIT_GSO_SPLIT_GSO" "split-gso";
    }
}

attributes! {
    /// Settings of a `dualpi2` (`TCA_DUALPI2_*`).
    pub set DualPi2, enum DualPi2Attr {
        /// Maximum number of packets in the queues.
        1 TCA_DUALPI2_LIMIT Limit limit: u32,
        /// Maximum memory of the queues in bytes.
        2 TCA_DUALPI2_MEMORY_LIMIT MemoryLimit memory_limit: u32,
        /// Delay that the classic queue aims for.
        3 TCA_DUALPI2_TARGET Target target: Shown<u32, Microseconds>,
        /// Interval in which the probability of a drop is calculated.
        4 TCA_DUALPI2_TUPDATE Update update: Shown<u32, Microseconds>,
        /// Alpha: weight of the distance from the target, in units of 1/256 Hz.
        5 TCA_DUALPI2_ALPHA Alpha alpha: u32,
        /// Beta: weight of the delay's change, in units of 1/256 Hz.
        6 TCA_DUALPI2_BETA Beta beta: u32,
        /// Step threshold: number of packets from which L4S packets are marked.
        7 TCA_DUALPI2_STEP_THRESH_PKTS StepPackets step_packets: u32,
        /// Step threshold: delay from which L4S packets are marked.
        8 TCA_DUALPI2_STEP_THRESH_US StepDelay step_delay: Shown<u32, Microseconds>,
        /// Minimum queue length in packets for marks by delay.
        9 TCA_DUALPI2_MIN_QLEN_STEP StepMinimum step_minimum: u32,
        /// Factor between the probabilities of both queues.
        10 TCA_DUALPI2_COUPLING Coupling coupling: u8,
        /// Reaction to overload.
        11 TCA_DUALPI2_DROP_OVERLOAD DropOverload drop_overload: DualPi2Overload,
        /// Point of drops.
        12 TCA_DUALPI2_DROP_EARLY DropEarly drop_early: DualPi2DropEarly,
        /// Share of the classic queue in percent.
        13 TCA_DUALPI2_C_PROTECTION ClassicShare classic_share: u8,
        /// Codepoints of ECN for the queue of low delay.
        14 TCA_DUALPI2_ECN_MASK EcnMask ecn_mask: DualPi2Ecn,
        /// Treatment of packets of several segments.
        15 TCA_DUALPI2_SPLIT_GSO SplitGso split_gso: DualPi2Gso,
    }
}

structs! {
    /// Counters of a `codel`. Times are in microseconds.
    #[doc(alias = "tc_codel_xstats")]
    pub struct CodelStats: 36 {
        /// Size of the largest packet in bytes.
        #[doc(alias = "maxpacket")]
        max_packet: U32,
        /// Number of drops since packets are dropped.
        count: U32,
        /// Number of drops of the bout before.
        #[doc(alias = "lastcount")]
        last_count: U32,
        /// Delay of the packet that left last.
        #[doc(alias = "ldelay")]
        last_delay: U32 as Microseconds,
        /// Time until the next drop.
        drop_next: I32 as Microseconds,
        /// Number of packets that a full queue dropped.
        drop_overlimit: U32,
        /// Number of packets marked in place of dropped.
        ecn_mark: U32,
        /// 1 if packets are dropped.
        dropping: U32,
        /// Number of packets marked for their delay.
        ce_mark: U32,
    }

    /// Counters of a `pie`.
    #[doc(alias = "tc_pie_xstats")]
    pub struct PieStats: 40 {
        /// Probability of a drop, as a part of 2^64 - 1.
        #[doc(alias = "prob")]
        probability: U64,
        /// Delay.
        delay: U32 as Microseconds,
        /// Average rate at which packets leave, in bytes a second.
        #[doc(alias = "avg_dq_rate")]
        rate: U32,
        /// 1 if the rate is estimated.
        #[doc(alias = "dq_rate_estimating")]
        rate_estimating: U32,
        /// Number of packets that entered the queue.
        packets_in: U32,
        /// Number of packets dropped for their delay.
        dropped: U32,
        /// Number of packets that a full queue dropped.
        overlimit: U32,
        /// Maximum length of the queue so far, in packets.
        #[doc(alias = "maxq")]
        max_length: U32,
        /// Number of packets marked in place of dropped.
        ecn_mark: U32,
    }

    /// Counters of a `dualpi2`. Times are in microseconds.
    #[doc(alias = "tc_dualpi2_xstats")]
    pub struct DualPi2Stats: 48 {
        /// Probability of a drop, as a part of 2^32 - 1.
        #[doc(alias = "prob")]
        probability: U32,
        /// Delay of the classic queue.
        #[doc(alias = "delay_c")]
        classic_delay: U32 as Microseconds,
        /// Delay of the queue of low delay.
        #[doc(alias = "delay_l")]
        low_delay: U32 as Microseconds,
        /// Number of packets that entered the classic queue.
        #[doc(alias = "pkts_in_c")]
        classic_packets: U32,
        /// Number of packets that entered the queue of low delay.
        #[doc(alias = "pkts_in_l")]
        low_packets: U32,
        /// Maximum length of the queues so far, in packets.
        #[doc(alias = "maxq")]
        max_length: U32,
        /// Number of packets marked by ECN.
        ecn_mark: U32,
        /// Number of packets marked for passing a threshold.
        step_mark: U32,
        /// Credit by which the next packet's queue is chosen.
        credit: I32,
        /// Memory in use in bytes.
        memory_used: U32,
        /// Maximum memory in use so far, in bytes.
        max_memory_used: U32,
        /// Maximum memory of the queues in bytes.
        memory_limit: U32,
    }
}
