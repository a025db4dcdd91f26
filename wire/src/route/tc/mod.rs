//! Traffic control: queueing disciplines, classes and filters, `struct tcmsg`
//! and `TCA_*` (`linux/rtnetlink.h`, `linux/pkt_sched.h`, `linux/pkt_cls.h`,
//! tc(8)).
//!
//! ```text
//!  0        1          4            8        12       16     20
//! +--------+----------+------------+--------+--------+------+
//! | family | padding  | link index | handle | parent | info |
//! +--------+----------+------------+--------+--------+------+
//! ```

mod action;
mod chain;
mod delete;
mod filter;
mod get;
mod handle;
mod kind_settings;
mod kinds;
mod new;
mod probability;
mod qdisc;
mod rate;
mod row;
mod settings;
mod shared_action;
mod stats;

use crate::zerocopy::native_endian::{I32, U16, U32};

pub use action::*;
pub use chain::{DeleteChain, GetChains, NewChain};
pub use delete::{DeleteClass, DeleteFilter, DeleteQdisc};
pub use filter::*;
pub use get::{GetClass, GetClasses, GetFilter, GetFilters, GetQdisc, GetQdiscs};
pub use handle::{Handle, HandleError, U32Handle};
pub use kind_settings::KindSettings;
pub use kinds::*;
pub use new::{
    BpfSettings, CakeSettings, FlowerSettings, FqSettings, FwSettings, NetemSettings, NewClass,
    NewFilter, NewQdisc, PrioSettings,
};
pub use probability::Probability;
pub use qdisc::*;
pub use rate::{Rate, RateError};
pub use row::{TrafficCounters, TrafficRow};
pub use settings::{
    FifoSettings, FqCodelSettings, HtbClassSettings, HtbSettings, TbfSettings, TrafficSettings,
};
pub use shared_action::{ActionRow, DeleteAction, GetAction, GetActions, NewAction};
pub use stats::*;

use crate::codec::{Array, Bytes, Extensible, Nest, Str, Struct, Text};
use crate::numbers::flags;
use crate::structs::structs;
use crate::{Bitfield32, FixedHeader, attributes};

structs! {
    /// The fixed header of queueing disciplines, classes, filters and chains.
    #[doc(alias = "tcmsg")]
    pub struct TrafficHeader: 20 {
        /// Zero.
        #[doc(alias = "tcm_family")]
        family: u8 as crate::AddressFamily,
        /// Zero.
        reserved: [u8; 3],
        /// The link.
        #[doc(alias = "tcm_ifindex")]
        index: I32,
        /// The object itself.
        #[doc(alias = "tcm_handle")]
        handle: Handle,
        /// What it hangs on: [`Handle::ROOT`], [`Handle::INGRESS`], a class.
        #[doc(alias = "tcm_parent", alias = "tcm_block_index")]
        parent: Handle,
        /// Of a discipline how many users it has; of a class the discipline
        /// below it; of a filter its [priority](Self::priority) and
        /// [protocol](Self::protocol).
        #[doc(alias = "tcm_info")]
        info: U32,
    }
}

impl FixedHeader for TrafficHeader {}

flags! {
    /// What a request for filters and actions wants less of ([`TCA_DUMP_FLAGS`]).
    pub struct TrafficDumpFlags(u32) {
        /// The least there is.
        TERSE = 0x1 "TCA_DUMP_FLAGS_TERSE" "terse";
    }
}

attributes! {
    /// The attributes of a queueing discipline, a class or a filter (`TCA_*`).
    pub set Traffic, enum TrafficAttr {
        /// The kind, such as `htb`.
        1 TCA_KIND Kind kind: Str,
        /// The settings of that kind.
        2 TCA_OPTIONS Options options: TrafficOptionsChoice,
        /// Counters; those of [`TCA_STATS2`] are wider.
        3 TCA_STATS Stats stats: Extensible<TrafficStats>,
        /// Counters of that kind.
        4 TCA_XSTATS ExtraStats extra_stats: TrafficExtraStatsChoice,
        /// How the rate is measured.
        5 TCA_RATE Rate rate: Struct<RateEstimator>,
        /// Unused.
        6 TCA_FCNT Fcnt fcnt: Bytes,
        /// Counters.
        7 TCA_STATS2 Stats2 stats2: Nest<TrafficStats2>,
        /// How sizes of packets are reckoned.
        8 TCA_STAB SizeTable size_table: Nest<SizeTable>,
        /// Nothing, to align what follows.
        9 TCA_PAD Pad pad: Bytes,
        /// Those are asked for too that the kernel made by itself.
        10 TCA_DUMP_INVISIBLE DumpInvisible dump_invisible: crate::codec::Flag,
        /// The chain of a filter.
        11 TCA_CHAIN Chain chain: u32,
        /// 1 if it is in hardware.
        12 TCA_HW_OFFLOAD Offload offload: u8,
        /// The shared block of filters for what is received.
        13 TCA_INGRESS_BLOCK IngressBlock ingress_block: u32,
        /// The shared block of filters for what is sent.
        14 TCA_EGRESS_BLOCK EgressBlock egress_block: u32,
        /// What a request wants less of, and which of these count.
        15 TCA_DUMP_FLAGS DumpFlags dump_flags: Bitfield32,
        /// A warning.
        16 TCA_EXT_WARN_MSG Warning warning: Text,
    }
}

structs! {
    /// How a rate is measured.
    #[doc(alias = "tc_estimator", alias = "gnet_estimator")]
    pub struct RateEstimator: 2 {
        /// How often: every 2 to this power quarters of a second, -2 to 3.
        interval: i8,
        /// How slowly old values are forgotten.
        ewma_log: u8,
    }

    /// How sizes of packets are reckoned ([`TCA_STAB_BASE`]).
    #[doc(alias = "tc_sizespec")]
    pub struct SizeSpec: 24 {
        /// Log2 of the step from entry to entry of the table.
        cell_log: u8,
        /// Log2 of the factor of its entries.
        size_log: u8,
        /// What is added to a size before it is looked up.
        cell_align: crate::zerocopy::native_endian::I16,
        /// What is added to the size of each packet, in bytes.
        overhead: I32,
        /// The kind of link layer (`TC_LINKLAYER_*`).
        link_layer: U32,
        /// The smallest size, in bytes.
        minimum: U32,
        /// The largest size that the table covers, in bytes.
        #[doc(alias = "mtu")]
        maximum: U32,
        /// How many entries the table has.
        #[doc(alias = "tsize")]
        entries: U32,
    }
}

attributes! {
    /// How sizes of packets are reckoned (`TCA_STAB_*`).
    pub set SizeTable, enum SizeTableAttr {
        /// The rule.
        1 TCA_STAB_BASE Base base: Struct<SizeSpec>,
        /// The table, where there is one.
        2 TCA_STAB_DATA Data data: Array<U16>,
    }
}
