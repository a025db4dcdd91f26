//! Settings and counters by the kind of a discipline, a class or a filter.

use super::*;
use crate::attributes;
use crate::codec::{Extensible, StructAnd};

attributes! {
    /// Settings [`TCA_OPTIONS`], by [`TCA_KIND`]. Those of `ingress`, `clsact`
    /// and `noqueue` are empty.
    pub choice TrafficOptionsChoice, enum TrafficOptions by TCA_KIND {
        "basic" Basic: BasicFilter,
        "bfifo" Bfifo: Extensible<FifoOptions>,
        "bpf" Bpf: BpfFilter,
        "cake" Cake: Cake,
        "cake_mq" CakeMq: Cake,
        "cbs" Cbs: Cbs,
        "cgroup" Cgroup: CgroupFilter,
        "choke" Choke: Choke,
        "codel" Codel: Codel,
        "drr" Drr: Drr,
        "dualpi2" DualPi2: DualPi2,
        "etf" Etf: Etf,
        "ets" Ets: Ets,
        "flow" Flow: FlowFilter,
        "flower" Flower: Flower,
        "fq" Fq: Fq,
        "fq_codel" FqCodel: FqCodel,
        "fq_pie" FqPie: FqPie,
        "fw" Fw: FwFilter,
        "gred" Gred: Gred,
        "hfsc" Hfsc: HfscCase,
        "hhf" Hhf: Hhf,
        "htb" Htb: Htb,
        "matchall" MatchAll: MatchAll,
        "mqprio" Mqprio: StructAnd<MqprioOptions, Mqprio>,
        "multiq" Multiq: Extensible<MultiqOptions>,
        "netem" Netem: StructAnd<NetemOptions, Netem>,
        "pfifo" Pfifo: Extensible<FifoOptions>,
        "pfifo_fast" PfifoFast: Extensible<PrioOptions>,
        "pfifo_head_drop" PfifoHeadDrop: Extensible<FifoOptions>,
        "pie" Pie: Pie,
        "plug" Plug: Extensible<PlugOptions>,
        "prio" Prio: Extensible<PrioOptions>,
        "qfq" Qfq: Qfq,
        "red" Red: Red,
        "route" Route: RouteFilter,
        "sfb" Sfb: Sfb,
        "sfq" Sfq: Extensible<SfqOptions>,
        "skbprio" SkbPrio: Extensible<FifoOptions>,
        "taprio" Taprio: Taprio,
        "tbf" Tbf: Tbf,
        "u32" U32: U32Filter,
    }
}

attributes! {
    /// Counters of the kind as older kernels had them ([`TCA_XSTATS`]).
    pub choice TrafficExtraStatsChoice, enum TrafficExtraStats by TCA_KIND {
        "choke" Choke: Extensible<ChokeStats>,
        "codel" Codel: Extensible<CodelStats>,
        "drr" Drr: Extensible<DrrStats>,
        "dualpi2" DualPi2: Extensible<DualPi2Stats>,
        "fq" Fq: Extensible<FqStats>,
        "fq_codel" FqCodel: FqCodelCase,
        "fq_pie" FqPie: Extensible<FqPieStats>,
        "hfsc" Hfsc: Extensible<HfscStats>,
        "hhf" Hhf: Extensible<HhfStats>,
        "htb" Htb: Extensible<HtbStats>,
        "pie" Pie: Extensible<PieStats>,
        "qfq" Qfq: Extensible<QfqStats>,
        "red" Red: Extensible<RedStats>,
        "sfb" Sfb: Extensible<SfbStats>,
        "sfq" Sfq: Extensible<SfqStats>,
    }
}

attributes! {
    /// Counters of the kind ([`TCA_STATS_APP`]), by the [`TCA_KIND`] beside
    /// [`TCA_STATS2`].
    pub choice TrafficAppStatsChoice, enum TrafficAppStats by above TCA_KIND {
        "cake" Cake: CakeStats,
        "cake_mq" CakeMq: CakeStats,
        "choke" Choke: Extensible<ChokeStats>,
        "codel" Codel: Extensible<CodelStats>,
        "drr" Drr: Extensible<DrrStats>,
        "dualpi2" DualPi2: Extensible<DualPi2Stats>,
        "fq" Fq: Extensible<FqStats>,
        "fq_codel" FqCodel: FqCodelCase,
        "fq_pie" FqPie: Extensible<FqPieStats>,
        "hfsc" Hfsc: Extensible<HfscStats>,
        "hhf" Hhf: Extensible<HhfStats>,
        "htb" Htb: Extensible<HtbStats>,
        "pie" Pie: Extensible<PieStats>,
        "qfq" Qfq: Extensible<QfqStats>,
        "red" Red: Extensible<RedStats>,
        "sfb" Sfb: Extensible<SfbStats>,
        "sfq" Sfq: Extensible<SfqStats>,
        "taprio" Taprio: TaprioStats,
    }
}
