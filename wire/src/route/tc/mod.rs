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

mod filter;
mod qdisc;
mod stats;

use core::fmt;
use core::str::FromStr;

use crate::zerocopy::native_endian::{I32, U16, U32};
use crate::zerocopy::{FromBytes, Immutable, IntoBytes, Unaligned};

pub use filter::*;
pub use qdisc::*;
pub use stats::*;

use crate::codec::{Array, Bytes, Extensible, Nest, Str, Struct, Text};
use crate::numbers::flags;
use crate::schema::{Described, Notation, Shape};
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

/// A handle, which names a queueing discipline (`major:`) or a class in it
/// (`major:minor`). Both print and parse in hexadecimal, as tc(8) does.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, FromBytes, IntoBytes, Immutable, Unaligned,
)]
#[repr(transparent)]
pub struct Handle(U32);

crate::__format!(Handle);

impl Described for Handle {
    const SHAPE: Shape = U32::SHAPE.shown_as(Shape::Unsigned(None, Notation::Handle));
}

impl Handle {
    /// None, or any.
    #[doc(alias = "TC_H_UNSPEC")]
    pub const UNSPEC: Self = Self::from_bits(0);
    /// The root of a link: where what it sends is queued.
    #[doc(alias = "TC_H_ROOT")]
    pub const ROOT: Self = Self::from_bits(0xffff_ffff);
    /// Where what a link receives goes by, the parent of `ingress` and `clsact`.
    #[doc(alias = "TC_H_INGRESS", alias = "TC_H_CLSACT")]
    pub const INGRESS: Self = Self::from_bits(0xffff_fff1);

    /// Names a discipline (`minor` 0) or a class.
    #[must_use]
    #[doc(alias = "TC_H_MAKE")]
    pub const fn new(major: u16, minor: u16) -> Self {
        let [a, b] = major.to_be_bytes();
        let [c, d] = minor.to_be_bytes();
        Self::from_bits(u32::from_be_bytes([a, b, c, d]))
    }

    /// Takes a handle as one number.
    #[must_use]
    pub const fn from_bits(bits: u32) -> Self {
        Self(U32::new(bits))
    }

    /// Returns the handle as one number.
    #[must_use]
    pub const fn bits(self) -> u32 {
        self.0.get()
    }

    /// Returns the number of the discipline.
    #[must_use]
    #[doc(alias = "TC_H_MAJ")]
    pub const fn major(self) -> u16 {
        let [a, b, ..] = self.bits().to_be_bytes();
        u16::from_be_bytes([a, b])
    }

    /// Returns the number of the class in it, 0 for the discipline itself.
    #[must_use]
    #[doc(alias = "TC_H_MIN")]
    pub const fn minor(self) -> u16 {
        let [.., c, d] = self.bits().to_be_bytes();
        u16::from_be_bytes([c, d])
    }
}

/// `root`, `none`, `ingress`, `1:`, `1:a`
impl fmt::Display for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        crate::view::Handle(self.bits()).fmt(f)
    }
}

impl FromStr for Handle {
    type Err = core::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let number = |digits: &str| match digits {
            "" => Ok(0),
            digits => u16::from_str_radix(digits, 16),
        };
        match text {
            "root" => Ok(Self::ROOT),
            "none" => Ok(Self::UNSPEC),
            "ingress" => Ok(Self::INGRESS),
            _ => {
                let (major, minor) = text.split_once(':').unwrap_or((text, ""));
                Ok(Self::new(u16::from_str_radix(major, 16)?, number(minor)?))
            }
        }
    }
}

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
        4 TCA_XSTATS ExtraStats extra_stats: Bytes,
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
        /// 1: it is in hardware.
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

attributes! {
    /// The settings [`TCA_OPTIONS`], by [`TCA_KIND`]. Those of `ingress`,
    /// `clsact` and `noqueue` are empty; `pfifo` and `bfifo` have a
    /// [`FifoOptions`] in place of attributes, `pfifo_fast` and `prio` a
    /// struct too: see their bytes.
    pub choice TrafficOptionsChoice, enum TrafficOptions by TCA_KIND {
        "fq_codel" FqCodel: FqCodel,
        "htb" Htb: Htb,
        "matchall" MatchAll: MatchAll,
        "tbf" Tbf: Tbf,
        "u32" U32: U32Filter,
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
