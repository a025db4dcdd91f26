//! Disciplines that limit a rate: `htb`, `tbf`, `hfsc`.

use crate::attributes;
use crate::codec::{Array, Bytes, Case, Flag, Set, Struct, StructBytes};
use crate::schema::Shape;
use crate::structs::structs;
use crate::zerocopy::native_endian::{I16, I32, U16, U32, U64};
use crate::{Attrs, NLA_F_NESTED};

structs! {
    /// Rate, with the rules for counting packet sizes.
    #[doc(alias = "tc_ratespec")]
    pub struct RateSpec: 12 {
        /// Cell size of the rate table, as a power of two in bytes.
        cell_log: u8,
        /// Link layer (`TC_LINKLAYER_*`), in the low 4 bits.
        link_layer: u8,
        /// Overhead in bytes, added to the size of each packet.
        overhead: U16,
        /// Cell alignment in bytes, added to a size before it is looked up in the rate table.
        cell_align: I16,
        /// Minimum packet size in bytes (`mpu` in tc).
        #[doc(alias = "mpu")]
        minimum: U16,
        /// Rate in bytes a second; `u32::MAX` if a 64-bit attribute has the rate.
        rate: U32,
    }

    /// Settings of an `htb` class. `buffer` and `cbuffer` count the kernel's ticks of 64
    /// nanoseconds.
    #[doc(alias = "tc_htb_opt")]
    pub struct HtbClass: 44 {
        /// Assured rate.
        rate: RateSpec,
        /// Ceiling: the rate that the class may reach by borrowing.
        ceil: RateSpec,
        /// Burst at `rate`, as a duration in ticks.
        buffer: U32,
        /// Burst at `ceil`, as a duration in ticks.
        cbuffer: U32,
        /// Quantum: number of bytes that the class sends before another class's turn.
        quantum: U32,
        /// Level in the class tree, 0 for a leaf; in answers only.
        level: U32,
        /// Priority, 0 to 7: classes with a lower number are served first.
        prio: U32,
    }

    /// Settings of an `htb` discipline.
    #[doc(alias = "tc_htb_glob")]
    pub struct HtbGlobal: 20 {
        /// Version of the interface: 3 in a request. A row has `0x30011`, which tc
        /// prints as 3.17.
        version: U32,
        /// Divisor that turns a class's rate into its quantum (`r2q` in tc).
        rate2quantum: U32,
        /// Minor number of the default class, for packets that no filter classifies.
        #[doc(alias = "defcls")]
        default_class: U32,
        /// Unused.
        debug: U32,
        /// Number of packets that were sent at once because they matched no class.
        #[doc(alias = "direct_pkts")]
        direct_packets: U32,
    }

    /// Counters of an `htb` class.
    #[doc(alias = "tc_htb_xstats")]
    pub struct HtbStats: 20 {
        /// Number of packets sent with tokens of this class (`lended` in tc).
        lends: U32,
        /// Number of packets sent with tokens of an ancestor class (`borrowed` in tc).
        borrows: U32,
        /// Unused.
        giants: U32,
        /// Tokens left for the rate, in ticks.
        tokens: I32,
        /// Tokens left for the ceiling, in ticks.
        ctokens: I32,
    }

    /// Settings of a `tbf`. `buffer` and `mtu` count the kernel's ticks of 64 nanoseconds, at
    /// `rate` and `peak_rate`.
    #[doc(alias = "tc_tbf_qopt")]
    pub struct TbfParameters: 36 {
        /// Rate.
        rate: RateSpec,
        /// Peak rate; zeros for none.
        #[doc(alias = "peakrate")]
        peak_rate: RateSpec,
        /// Maximum length of the queue in bytes.
        limit: U32,
        /// Burst at the rate, as a duration in ticks.
        buffer: U32,
        /// Burst at the peak rate, as a duration in ticks.
        mtu: U32,
    }

    /// Settings of an `hfsc` discipline.
    #[doc(alias = "tc_hfsc_qopt")]
    pub struct HfscOptions: 2 {
        /// Minor number of the default class, for packets that no filter classifies.
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
    /// Settings of an `htb` and its classes (`TCA_HTB_*`).
    pub set Htb, enum HtbAttr {
        /// Settings of a class.
        1 TCA_HTB_PARMS Class class: Struct<HtbClass>,
        /// Settings of the discipline.
        2 TCA_HTB_INIT Global global: Struct<HtbGlobal>,
        /// Rate table of the ceiling: 256 transmission times in ticks, one for each packet size.
        3 TCA_HTB_CTAB CeilTable ceil_table: Array<U32>,
        /// Rate table of the rate: 256 transmission times in ticks, one for each packet size.
        4 TCA_HTB_RTAB RateTable rate_table: Array<U32>,
        /// Maximum number of packets in the direct queue; the link's transmit queue length by
        /// default.
        5 TCA_HTB_DIRECT_QLEN DirectLen direct_len: u32,
        /// Rate in bytes a second, 64 bits.
        6 TCA_HTB_RATE64 Rate64 rate64: u64,
        /// Ceiling in bytes a second, 64 bits.
        7 TCA_HTB_CEIL64 Ceil64 ceil64: u64,
        /// Padding.
        8 TCA_HTB_PAD Pad pad: Bytes,
        /// Offload to hardware.
        9 TCA_HTB_OFFLOAD Offload offload: Flag,
    }
}

attributes! {
    /// Settings of a `tbf` (`TCA_TBF_*`).
    pub set Tbf, enum TbfAttr {
        /// Rates and limits.
        1 TCA_TBF_PARMS Parameters parameters: Struct<TbfParameters>,
        /// Rate table of the rate: 256 transmission times in ticks, one for each packet size.
        2 TCA_TBF_RTAB RateTable rate_table: Array<U32>,
        /// Rate table of the peak rate: 256 transmission times in ticks, one for each packet size.
        3 TCA_TBF_PTAB PeakTable peak_table: Array<U32>,
        /// Rate in bytes a second, 64 bits.
        4 TCA_TBF_RATE64 Rate64 rate64: u64,
        /// Peak rate in bytes a second, 64 bits.
        5 TCA_TBF_PRATE64 PeakRate64 peak_rate64: u64,
        /// Burst in bytes.
        6 TCA_TBF_BURST Burst burst: u32,
        /// Burst at the peak rate, in bytes.
        7 TCA_TBF_PBURST PeakBurst peak_burst: u32,
        /// Padding.
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
