//! `netem`: delay, loss and other faults of a network (`net/sched/sch_netem.c`,
//! tc-netem(8)).

use crate::attributes;
use crate::codec::{Array, Bytes, Nest, Shown, Struct};
use crate::schema::Nanoseconds;
use crate::structs::structs;
use crate::zerocopy::native_endian::{I16, I32, I64, U32};

structs! {
    /// Settings of a `netem` in front of its attributes. A probability is a part
    /// of 2^32 - 1, and times are ticks of 64 ns.
    #[doc(alias = "tc_netem_qopt")]
    pub struct NetemOptions: 24 {
        /// Delay in ticks; [`TCA_NETEM_LATENCY64`] has it in nanoseconds.
        latency: U32,
        /// Maximum number of packets in the queue.
        limit: U32,
        /// Probability of loss.
        loss: U32,
        /// Distance between reordered packets: every packet of this number
        /// is sent at once.
        gap: U32,
        /// Probability of duplication.
        duplicate: U32,
        /// Jitter in ticks; [`TCA_NETEM_JITTER64`] has it in nanoseconds.
        jitter: U32,
    }

    /// Correlation of each random choice with the one before.
    #[doc(alias = "tc_netem_corr")]
    pub struct NetemCorrelation: 12 {
        /// Correlation of delays.
        delay: U32,
        /// Correlation of losses.
        loss: U32,
        /// Correlation of duplicates.
        duplicate: U32,
    }

    /// Random choice of packets: reordering or corruption.
    #[doc(alias = "tc_netem_reorder", alias = "tc_netem_corrupt")]
    pub struct NetemChance: 8 {
        /// Probability.
        probability: U32,
        /// Correlation with the choice before.
        correlation: U32,
    }

    /// Rate of a `netem`, and cells of the link layer.
    #[doc(alias = "tc_netem_rate")]
    pub struct NetemRate: 16 {
        /// Rate in bytes a second.
        rate: U32,
        /// Bytes added to each packet.
        packet_overhead: I32,
        /// Size of a cell in bytes, 0 for none.
        cell_size: U32,
        /// Bytes added to each cell.
        cell_overhead: I32,
    }

    /// Slots in which a `netem` sends packets, with times in nanoseconds.
    #[doc(alias = "tc_netem_slot")]
    pub struct NetemSlot: 40 {
        /// Minimum delay of a slot.
        min_delay: I64 as Nanoseconds,
        /// Maximum delay of a slot.
        max_delay: I64 as Nanoseconds,
        /// Maximum number of packets in a slot.
        max_packets: I32,
        /// Maximum number of bytes in a slot.
        max_bytes: I32,
        /// Mean delay of a slot by a distribution.
        #[doc(alias = "dist_delay")]
        mean_delay: I64 as Nanoseconds,
        /// Jitter of a slot by a distribution.
        #[doc(alias = "dist_jitter")]
        jitter: I64 as Nanoseconds,
    }

    /// Loss by four states ([`NETEM_LOSS_GI`]): probabilities of a transition.
    /// States 1 and 2 send packets, 3 and 4 drop them.
    #[doc(alias = "tc_netem_gimodel")]
    pub struct NetemFourStates: 20 {
        /// Probability of a transition from state 1 to 3.
        p13: U32,
        /// Probability of a transition from state 3 to 1.
        p31: U32,
        /// Probability of a transition from state 3 to 2.
        p32: U32,
        /// Probability of a transition from state 1 to 4.
        p14: U32,
        /// Probability of a transition from state 2 to 3.
        p23: U32,
    }

    /// Loss by the model of Gilbert and Elliott ([`NETEM_LOSS_GE`]).
    #[doc(alias = "tc_netem_gemodel")]
    pub struct NetemTwoStates: 16 {
        /// Probability of a transition to the bad state.
        p: U32,
        /// Probability of a transition to the good state.
        r: U32,
        /// Probability of loss in the bad state.
        h: U32,
        /// Probability of loss in the good state.
        k1: U32,
    }
}

attributes! {
    /// Settings of a `netem` behind [`NetemOptions`] (`TCA_NETEM_*`).
    pub set Netem, enum NetemAttr {
        /// Correlations.
        1 TCA_NETEM_CORR Correlation correlation: Struct<NetemCorrelation>,
        /// Distribution of delays; in requests only.
        2 TCA_NETEM_DELAY_DIST Distribution distribution: Array<I16>,
        /// Reordering.
        3 TCA_NETEM_REORDER Reorder reorder: Struct<NetemChance>,
        /// Corruption of a bit.
        4 TCA_NETEM_CORRUPT Corrupt corrupt: Struct<NetemChance>,
        /// Model of loss.
        5 TCA_NETEM_LOSS Loss loss: Nest<NetemLoss>,
        /// Rate and cells.
        6 TCA_NETEM_RATE Rate rate: Struct<NetemRate>,
        /// 1 if ECN is on: capable packets are marked instead of dropped.
        7 TCA_NETEM_ECN Ecn ecn: u32,
        /// Rate in 64 bits, in bytes a second.
        8 TCA_NETEM_RATE64 Rate64 rate64: u64,
        /// Padding.
        9 TCA_NETEM_PAD Pad pad: Bytes,
        /// Delay.
        10 TCA_NETEM_LATENCY64 Latency64 latency64: Shown<i64, Nanoseconds>,
        /// Jitter of the delay.
        11 TCA_NETEM_JITTER64 Jitter64 jitter64: Shown<i64, Nanoseconds>,
        /// Slots.
        12 TCA_NETEM_SLOT Slot slot: Struct<NetemSlot>,
        /// Distribution of the delays of slots; in requests only.
        13 TCA_NETEM_SLOT_DIST SlotDistribution slot_distribution: Array<I16>,
        /// Seed of the random numbers.
        14 TCA_NETEM_PRNG_SEED Seed seed: u64,
    }
}

attributes! {
    /// Models of loss (`NETEM_LOSS_*`), one of them.
    pub set NetemLoss, enum NetemLossAttr {
        /// Loss by four states.
        1 NETEM_LOSS_GI FourStates four_states: Struct<NetemFourStates>,
        /// Loss by the model of Gilbert and Elliott.
        2 NETEM_LOSS_GE TwoStates two_states: Struct<NetemTwoStates>,
    }
}
