//! The settings and counters of the kinds of queueing discipline
//! (`linux/pkt_sched.h`).

use crate::bytes::front;
use crate::zerocopy::native_endian::{I16, I32, U16, U32};

use crate::attributes;
use crate::codec::{Array, Bytes, Flag, Struct};
use crate::structs::structs;

structs! {
    /// A rate, with how packets are reckoned.
    #[doc(alias = "tc_ratespec")]
    pub struct RateSpec: 12 {
        /// Log2 of the step from entry to entry of a table of rates.
        cell_log: u8,
        /// The kind of link layer (`TC_LINKLAYER_*`), in its low 4 bits.
        link_layer: u8,
        /// What is added to the size of each packet, in bytes.
        overhead: U16,
        /// What is added to a size before it is looked up.
        cell_align: I16,
        /// The smallest size of a packet, in bytes.
        #[doc(alias = "mpu")]
        minimum: U16,
        /// Bytes a second; the largest number where an attribute has 64 bits.
        rate: U32,
    }

    /// The settings of `pfifo` and `bfifo`.
    #[doc(alias = "tc_fifo_qopt")]
    pub struct FifoOptions: 4 {
        /// The most that is queued: packets or bytes.
        limit: U32,
    }

    /// A class of `htb`. Of `buffer` and `cbuffer` the unit is the kernel's
    /// tick, 64 nanoseconds.
    #[doc(alias = "tc_htb_opt")]
    pub struct HtbClass: 44 {
        /// The rate that is assured.
        rate: RateSpec,
        /// The rate up to which it may borrow.
        ceil: RateSpec,
        /// How long a burst at `rate` may last, in ticks.
        buffer: U32,
        /// How long a burst at `ceil` may last, in ticks.
        cbuffer: U32,
        /// How many bytes it sends before another class's turn.
        quantum: U32,
        /// How far it is from the leaves; in answers only.
        level: U32,
        /// Which of the classes is served first; 0 is the first.
        prio: U32,
    }

    /// An `htb` as a whole.
    #[doc(alias = "tc_htb_glob")]
    pub struct HtbGlobal: 20 {
        /// 3.
        version: U32,
        /// By what a class's rate is divided for its quantum.
        rate2quantum: U32,
        /// The minor number of the class for packets that no filter sorts.
        #[doc(alias = "defcls")]
        default_class: U32,
        /// Unused.
        debug: U32,
        /// Packets that no class was found for, which were sent at once.
        #[doc(alias = "direct_pkts")]
        direct_packets: U32,
    }

    /// Counters of an `htb`'s class.
    #[doc(alias = "tc_htb_xstats")]
    pub struct HtbStats: 20 {
        /// How often it lent.
        lends: U32,
        /// How often it borrowed.
        borrows: U32,
        /// Unused.
        giants: U32,
        /// What is left of its rate, in ticks.
        tokens: I32,
        /// What is left of its ceiling, in ticks.
        ctokens: I32,
    }

    /// A `tbf`. Of `buffer` and `mtu` the unit is the kernel's tick, 64
    /// nanoseconds, at `rate` and `peak_rate`.
    #[doc(alias = "tc_tbf_qopt")]
    pub struct TbfParameters: 36 {
        /// The rate.
        rate: RateSpec,
        /// The rate of bursts; zeros for none.
        #[doc(alias = "peakrate")]
        peak_rate: RateSpec,
        /// The most bytes that are queued.
        limit: U32,
        /// How long a burst may last, in ticks.
        buffer: U32,
        /// How long one at the peak rate may, in ticks.
        mtu: U32,
    }

    /// Counters of a `fq_codel` as a whole.
    #[doc(alias = "tc_fq_codel_qd_stats")]
    pub struct FqCodelStats: 36 {
        /// The largest packet so far, in bytes.
        #[doc(alias = "maxpacket")]
        max_packet: U32,
        /// How often its limit was reached.
        drop_overlimit: U32,
        /// Packets marked in place of being dropped.
        ecn_mark: U32,
        /// How many flows have begun.
        new_flow_count: U32,
        /// How many flows are new.
        new_flows_len: U32,
        /// How many flows are old.
        old_flows_len: U32,
        /// Packets that waited longer than the threshold.
        ce_mark: U32,
        /// Bytes of memory in use.
        memory_usage: U32,
        /// Packets dropped for lack of memory.
        drop_overmemory: U32,
    }

    /// Counters of one flow of a `fq_codel`. Times are in microseconds.
    #[doc(alias = "tc_fq_codel_cl_stats")]
    pub struct FqCodelFlowStats: 24 {
        /// How many bytes it may still send in its turn.
        deficit: I32,
        /// How long its last packet waited.
        #[doc(alias = "ldelay")]
        last_delay: U32,
        /// Packets dropped or marked in this bout of dropping.
        count: U32,
        /// Those of the last one.
        #[doc(alias = "lastcount")]
        last_count: U32,
        /// 1: it is being dropped from.
        dropping: U32,
        /// When it will be next.
        drop_next: I32,
    }
}

attributes! {
    /// The settings of an `htb` and its classes (`TCA_HTB_*`).
    pub set Htb, enum HtbAttr {
        /// Those of a class.
        1 TCA_HTB_PARMS Class class: Struct<HtbClass>,
        /// Those of the whole.
        2 TCA_HTB_INIT Global global: Struct<HtbGlobal>,
        /// How long packets of each size take at the ceiling: 256 times in ticks.
        3 TCA_HTB_CTAB CeilTable ceil_table: Array<U32>,
        /// How long they take at the rate.
        4 TCA_HTB_RTAB RateTable rate_table: Array<U32>,
        /// How many packets without a class are queued.
        5 TCA_HTB_DIRECT_QLEN DirectLen direct_len: u32,
        /// The rate in 64 bits, in bytes a second.
        6 TCA_HTB_RATE64 Rate64 rate64: u64,
        /// The ceiling in 64 bits, in bytes a second.
        7 TCA_HTB_CEIL64 Ceil64 ceil64: u64,
        /// Nothing, to align what follows.
        8 TCA_HTB_PAD Pad pad: Bytes,
        /// It is in hardware.
        9 TCA_HTB_OFFLOAD Offload offload: Flag,
    }
}

attributes! {
    /// The settings of a `tbf` (`TCA_TBF_*`).
    pub set Tbf, enum TbfAttr {
        /// Rates and limits.
        1 TCA_TBF_PARMS Parameters parameters: Struct<TbfParameters>,
        /// How long packets of each size take at the rate: 256 times in ticks.
        2 TCA_TBF_RTAB RateTable rate_table: Array<U32>,
        /// How long they take at the peak rate.
        3 TCA_TBF_PTAB PeakTable peak_table: Array<U32>,
        /// The rate in 64 bits, in bytes a second.
        4 TCA_TBF_RATE64 Rate64 rate64: u64,
        /// The peak rate in 64 bits, in bytes a second.
        5 TCA_TBF_PRATE64 PeakRate64 peak_rate64: u64,
        /// How long a burst is, in bytes.
        6 TCA_TBF_BURST Burst burst: u32,
        /// How long one at the peak rate is, in bytes.
        7 TCA_TBF_PBURST PeakBurst peak_burst: u32,
        /// Nothing, to align what follows.
        8 TCA_TBF_PAD Pad pad: Bytes,
    }
}

attributes! {
    /// The settings of a `fq_codel` (`TCA_FQ_CODEL_*`). Times are in
    /// microseconds.
    pub set FqCodel, enum FqCodelAttr {
        /// How long packets may wait.
        1 TCA_FQ_CODEL_TARGET Target target: u32,
        /// The most packets that are queued.
        2 TCA_FQ_CODEL_LIMIT Limit limit: u32,
        /// For how long they must wait too long before any is dropped.
        3 TCA_FQ_CODEL_INTERVAL Interval interval: u32,
        /// 1: packets are marked where they can be.
        4 TCA_FQ_CODEL_ECN Ecn ecn: u32,
        /// How many flows are told apart.
        5 TCA_FQ_CODEL_FLOWS Flows flows: u32,
        /// How many bytes a flow sends before another's turn.
        6 TCA_FQ_CODEL_QUANTUM Quantum quantum: u32,
        /// How long packets may wait before they are marked.
        7 TCA_FQ_CODEL_CE_THRESHOLD CeThreshold ce_threshold: u32,
        /// How many packets are dropped at once.
        8 TCA_FQ_CODEL_DROP_BATCH_SIZE DropBatch drop_batch: u32,
        /// The most memory, in bytes.
        9 TCA_FQ_CODEL_MEMORY_LIMIT MemoryLimit memory_limit: u32,
        /// Which bits of the class of traffic the threshold is for.
        10 TCA_FQ_CODEL_CE_THRESHOLD_SELECTOR CeSelector ce_selector: u8,
        /// Which of those bits count.
        11 TCA_FQ_CODEL_CE_THRESHOLD_MASK CeMask ce_mask: u8,
    }
}

/// The counters of a `fq_codel` ([`TCA_STATS_APP`](super::TCA_STATS_APP)):
/// of the whole or of a flow, as their first 32 bits say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[doc(alias = "tc_fq_codel_xstats")]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub enum FqCodelExtra<'a> {
    /// Those of the whole.
    Qdisc(&'a FqCodelStats),
    /// Those of a flow.
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
