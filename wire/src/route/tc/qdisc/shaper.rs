//! Disciplines that limit a rate: `htb`, `tbf`, `hfsc`.

use crate::attributes;
use crate::codec::{Array, Bytes, Case, Flag, Set, Struct, StructBytes};
use crate::schema::Shape;
use crate::structs::structs;
use crate::zerocopy::native_endian::{I16, I32, U16, U32, U64};
use crate::{Attrs, NLA_F_NESTED};

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

    /// Settings of an `hfsc` as a whole.
    #[doc(alias = "tc_hfsc_qopt")]
    pub struct HfscOptions: 2 {
        /// Minor number of the class for packets that no filter sorts.
        #[doc(alias = "defcls")]
        default_class: U16,
    }

    /// Service curve of an `hfsc`'s class: two rates, one after the other.
    #[doc(alias = "tc_service_curve")]
    pub struct ServiceCurve: 12 {
        /// First rate in bytes a second.
        #[doc(alias = "m1")]
        first_rate: U32,
        /// Duration of the first rate in microseconds.
        #[doc(alias = "d")]
        duration: U32 as crate::schema::Microseconds,
        /// Second rate in bytes a second.
        #[doc(alias = "m2")]
        second_rate: U32,
    }

    /// Counters of an `hfsc`'s class.
    #[doc(alias = "tc_hfsc_stats")]
    pub struct HfscStats: 24 {
        /// Number of bytes sent.
        work: U64,
        /// Number of bytes sent by the real-time curve.
        #[doc(alias = "rtwork")]
        real_time_work: U64,
        /// Number of the current period.
        period: U32,
        /// Level above the leaves.
        level: U32,
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
    /// Settings of an `hfsc`'s class (`TCA_HFSC_*`).
    pub set Hfsc, enum HfscAttr {
        /// Real-time curve: the service that the class is assured of.
        1 TCA_HFSC_RSC RealTime real_time: Struct<ServiceCurve>,
        /// Link-share curve: the weight among the other classes.
        2 TCA_HFSC_FSC LinkShare link_share: Struct<ServiceCurve>,
        /// Upper limit.
        3 TCA_HFSC_USC UpperLimit upper_limit: Struct<ServiceCurve>,
    }
}

/// Settings of an `hfsc`: a struct of the discipline, attributes of a class.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum HfscSettings<'a> {
    /// Settings of the discipline.
    Qdisc(StructBytes<'a, HfscOptions>),
    /// Settings of a class.
    Class(Set<'a, Hfsc>),
}

crate::__format!(HfscSettings<'_>);

/// Case of [`TrafficOptions`](super::super::TrafficOptions) for `hfsc`.
#[derive(Debug)]
pub struct HfscCase;

crate::__format!(HfscCase);

impl Case for HfscCase {
    type Value<'a> = HfscSettings<'a>;
    const SHAPE: Shape = Shape::Nest(<Hfsc as crate::codec::AttributeSet>::schema);
    const FLAGS: u16 = NLA_F_NESTED;

    // `struct tc_hfsc_qopt` is shorter than the header of an attribute.
    fn read(bytes: Attrs<'_>) -> HfscSettings<'_> {
        match bytes.remaining() {
            short @ ([_] | [_, _] | [_, _, _]) => HfscSettings::Qdisc(StructBytes::new(short)),
            _ => HfscSettings::Class(bytes.typed()),
        }
    }

    fn bytes<'a>(value: Self::Value<'a>) -> Attrs<'a> {
        match value {
            HfscSettings::Qdisc(options) => Attrs::new(options.as_bytes()),
            HfscSettings::Class(set) => set.attributes(),
        }
    }
}
