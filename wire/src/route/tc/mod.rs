//! Traffic control: queueing disciplines, classes and filters, `struct tcmsg`
//! and `TCA_*` (`linux/rtnetlink.h`, `linux/pkt_sched.h`, `linux/pkt_cls.h`,
//! tc(8)).
//!
//! [`NewQdisc`], [`NewClass`] and [`NewFilter`] create an object or change it,
//! [`GetQdiscs`], [`GetClasses`] and [`GetFilters`] list them. The fixed header is
//! [`TrafficHeader`], the attributes are [`Traffic`]:
//!
//! ```text
//!  0        1          4            8        12       16     20
//! +--------+----------+------------+--------+--------+------+
//! | family | padding  | link index | handle | parent | info |
//! +--------+----------+------------+--------+--------+------+
//! ```

pub mod action;
mod chain;
mod counted;
mod delete;
pub mod filter;
mod get;
mod handle;
mod kind_settings;
mod kinds;
mod new;
mod probability;
pub mod qdisc;
mod rate;
mod row;
mod settings;
mod shared_action;
mod stats;

use crate::zerocopy::native_endian::{I32, U16, U32};

#[doc(no_inline)]
pub use action::*;
pub use chain::{DeleteChain, GetChains, NewChain};
pub use delete::{DeleteClass, DeleteFilter, DeleteQdisc};
#[doc(no_inline)]
pub use filter::*;
pub use get::{GetClass, GetClasses, GetFilter, GetFilters, GetQdisc, GetQdiscs};
pub use handle::{Handle, HandleError, U32Handle};
pub use kind_settings::TrafficKindSettings;
pub use kinds::*;
pub use new::{
    BpfSettings, CakeSettings, FlowerSettings, FqSettings, FwSettings, NetemSettings, NewClass,
    NewFilter, NewQdisc, PrioSettings,
};
pub use probability::Probability;
#[doc(no_inline)]
pub use qdisc::*;
pub use rate::{Rate, RateError, TrafficLinkLayer};
pub use row::{TrafficCounters, TrafficRow};
pub use settings::{
    FifoSettings, FqCodelSettings, HtbClassSettings, HtbSettings, TbfSettings, TrafficSettings,
};
pub use shared_action::{ActionRow, DeleteAction, GetAction, GetActions, NewAction};
pub use stats::*;

use crate::codec::{Array, Bytes, Extensible, Nest, Str, Struct, Text};
use crate::numbers::flags;
use crate::structs::structs;
use crate::{Bitfield32, FixedHeader, LinkIndex, attributes};

structs! {
    /// The fixed header of queueing disciplines, classes, filters and chains.
    #[doc(alias = "tcmsg")]
    pub struct TrafficHeader: 20 {
        /// Zero.
        #[doc(alias = "tcm_family")]
        family: u8 as crate::AddressFamily,
        /// Zero.
        reserved: [u8; 3],
        /// Link index.
        #[doc(alias = "tcm_ifindex")]
        index: LinkIndex,
        /// Handle of the discipline, class or filter.
        #[doc(alias = "tcm_handle")]
        handle: Handle,
        /// Parent: [`Handle::ROOT`], [`Handle::INGRESS`], or a class.
        #[doc(alias = "tcm_parent", alias = "tcm_block_index")]
        parent: Handle,
        /// Number of references to a discipline; handle of a class's leaf discipline; a filter's
        /// [priority](Self::priority) and [protocol](Self::protocol).
        #[doc(alias = "tcm_info")]
        info: U32,
    }
}

impl FixedHeader for TrafficHeader {}

flags! {
    /// Parts that a request for filters and actions leaves out ([`TCA_DUMP_FLAGS`]).
    pub struct TrafficDumpFlags(u32) {
        /// Terse dump: identifiers and statistics, without the settings.
        TERSE = 0x1 "TCA_DUMP_FLAGS_TERSE" "terse";
    }
}

attributes! {
    /// Attributes of a queueing discipline, a class or a filter (`TCA_*`).
    pub set Traffic, enum TrafficAttr {
        /// Kind, such as `htb`.
        1 TCA_KIND Kind kind: Str,
        /// Settings of the kind.
        2 TCA_OPTIONS Options options: TrafficOptionsChoice,
        /// Statistics; [`TCA_STATS2`] has wider counters.
        3 TCA_STATS Stats stats: Extensible<TrafficStats>,
        /// Statistics of the kind.
        4 TCA_XSTATS ExtraStats extra_stats: TrafficExtraStatsChoice,
        /// Rate estimator settings.
        5 TCA_RATE Rate rate: Struct<RateEstimator>,
        /// Unused.
        6 TCA_FCNT Fcnt fcnt: Bytes,
        /// Statistics.
        7 TCA_STATS2 Stats2 stats2: Nest<TrafficStats2>,
        /// Size table: rules for counting packet sizes (`stab` in tc).
        8 TCA_STAB SizeTable size_table: Nest<SizeTable>,
        /// Padding.
        9 TCA_PAD Pad pad: Bytes,
        /// Request to list invisible disciplines too: those that the kernel created by default.
        10 TCA_DUMP_INVISIBLE DumpInvisible dump_invisible: crate::codec::Flag,
        /// Chain of a filter.
        11 TCA_CHAIN Chain chain: u32,
        /// 1 if the object is offloaded to hardware.
        12 TCA_HW_OFFLOAD Offload offload: u8,
        /// Shared filter block for ingress.
        13 TCA_INGRESS_BLOCK IngressBlock ingress_block: u32,
        /// Shared filter block for egress.
        14 TCA_EGRESS_BLOCK EgressBlock egress_block: u32,
        /// Dump flags and their mask.
        15 TCA_DUMP_FLAGS DumpFlags dump_flags: Bitfield32,
        /// Warning text of the kernel or a driver.
        16 TCA_EXT_WARN_MSG Warning warning: Text,
    }
}

structs! {
    /// Rate estimator settings.
    #[doc(alias = "tc_estimator", alias = "gnet_estimator")]
    pub struct RateEstimator: 2 {
        /// Interval between measurements: 2 to this power seconds, from -2 (250 ms) to 3 (8 s).
        interval: i8,
        /// Weight of old measurements: a new one counts 1 in 2 to this power.
        ewma_log: u8,
    }

    /// Rules for counting packet sizes ([`TCA_STAB_BASE`]).
    #[doc(alias = "tc_sizespec")]
    pub struct SizeSpec: 24 {
        /// Cell size of the table, as a power of two in bytes.
        cell_log: u8,
        /// Factor of the table's entries, as a power of two.
        size_log: u8,
        /// Cell alignment in bytes, added to a size before it is looked up.
        cell_align: crate::zerocopy::native_endian::I16,
        /// Overhead in bytes, added to the size of each packet.
        overhead: I32,
        /// Link layer (`TC_LINKLAYER_*`).
        link_layer: U32,
        /// Minimum packet size in bytes (`mpu` in tc).
        minimum: U32,
        /// Maximum packet size that the table covers, in bytes (`mtu` in tc).
        #[doc(alias = "mtu")]
        maximum: U32,
        /// Number of entries in the table.
        #[doc(alias = "tsize")]
        entries: U32,
    }
}

attributes! {
    /// Size table: rules for counting packet sizes (`TCA_STAB_*`).
    pub set SizeTable, enum SizeTableAttr {
        /// Rules.
        1 TCA_STAB_BASE Base base: Struct<SizeSpec>,
        /// Table of sizes, if any.
        2 TCA_STAB_DATA Data data: Array<U16>,
    }
}
