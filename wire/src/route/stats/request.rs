//! Statistics of links: read, and counted in hardware.

use core::fmt;

use super::{
    IFLA_STATS_AF_SPEC, IFLA_STATS_LINK_64, IFLA_STATS_LINK_OFFLOAD_XSTATS, IFLA_STATS_LINK_XSTATS,
    IFLA_STATS_LINK_XSTATS_SLAVE, IFLA_STATS_SET_OFFLOAD_XSTATS_L3_STATS, StatsHeader, StatsRow,
};
use crate::route::{PROTOCOL, RTM_GETSTATS, RTM_SETSTATS};
use crate::schema::Protocol;
use crate::{
    DecodeError, EncodeError, Flags, GetFlags, LinkIndex, MessageRef, Next, Query, Request, Row,
    Writer,
};

/// Groups of statistics that a request asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Groups {
    mask: u32,
}

impl Groups {
    /// Adds the group of an attribute type.
    const fn with(self, kind: u16) -> Self {
        // The types are from 1 to 5.
        let bit = match kind {
            IFLA_STATS_LINK_64 => 0x1,
            IFLA_STATS_LINK_XSTATS => 0x2,
            IFLA_STATS_LINK_XSTATS_SLAVE => 0x4,
            IFLA_STATS_LINK_OFFLOAD_XSTATS => 0x8,
            _ => 0x10,
        };
        Self {
            mask: self.mask | bit,
        }
    }

    fn header(self, link: LinkIndex) -> StatsHeader {
        StatsHeader {
            index: link.get().into(),
            filter_mask: match self.mask {
                // The kernel refuses a request for nothing.
                0 => Self::default().with(IFLA_STATS_LINK_64).mask.into(),
                mask => mask.into(),
            },
            ..StatsHeader::default()
        }
    }
}

/// Methods that choose groups.
macro_rules! groups {
    () => {
        /// Asks for the counters of the link, which is the default.
        #[doc(alias = "IFLA_STATS_LINK_64")]
        pub const fn counters(mut self) -> Self {
            self.groups = self.groups.with(IFLA_STATS_LINK_64);
            self
        }

        /// Requests the kind's statistics, for bridges and bonds.
        #[doc(alias = "IFLA_STATS_LINK_XSTATS")]
        pub const fn kind(mut self) -> Self {
            self.groups = self.groups.with(IFLA_STATS_LINK_XSTATS);
            self
        }

        /// Asks for the counters of the link as a port of a bridge or a bond.
        #[doc(alias = "IFLA_STATS_LINK_XSTATS_SLAVE")]
        pub const fn port(mut self) -> Self {
            self.groups = self.groups.with(IFLA_STATS_LINK_XSTATS_SLAVE);
            self
        }

        /// Asks for the counters of hardware.
        #[doc(alias = "IFLA_STATS_LINK_OFFLOAD_XSTATS")]
        pub const fn offload(mut self) -> Self {
            self.groups = self.groups.with(IFLA_STATS_LINK_OFFLOAD_XSTATS);
            self
        }

        /// Asks for the counters of address families.
        #[doc(alias = "IFLA_STATS_AF_SPEC")]
        pub const fn families(mut self) -> Self {
            self.groups = self.groups.with(IFLA_STATS_AF_SPEC);
            self
        }
    };
}

/// Reads statistics of a link (`ip stats show dev`).
///
/// ```
/// use nlwire::route::GetStats;
///
/// let spanning_tree = GetStats::of(7).port();
/// # let _ = spanning_tree;
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "RTM_GETSTATS")]
pub struct GetStats {
    link: LinkIndex,
    groups: Groups,
}

impl GetStats {
    /// Reads statistics of a link.
    pub fn of(link: impl Into<LinkIndex>) -> Self {
        Self {
            link: link.into(),
            groups: Groups::default(),
        }
    }

    groups!();
}

impl Request for GetStats {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let header = self.groups.header(self.link);
        w.append_message(RTM_GETSTATS, Flags::empty(), &header, |w| Ok(w))?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "statistics of link {}", self.link)
    }
}

impl Query for GetStats {
    type Row<'a> = StatsRow<'a>;

    #[inline]
    fn row(message: MessageRef<'_>) -> StatsRow<'_> {
        Row::of(message)
    }

    fn matches(&self, message: MessageRef<'_>) -> Result<bool, DecodeError> {
        Ok(StatsRow::of(message).link() == self.link)
    }
}

/// Lists statistics of all links (`ip stats show`).
///
/// ```
/// use nlwire::route::GetAllStats;
///
/// let counters = GetAllStats::all().counters();
/// ```
#[derive(Clone, Copy, Debug, Default)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "RTM_GETSTATS")]
pub struct GetAllStats {
    groups: Groups,
}

impl GetAllStats {
    /// Lists statistics of all links.
    pub fn all() -> Self {
        Self::default()
    }

    groups!();
}

impl Request for GetAllStats {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let header = self.groups.header(LinkIndex::NONE);
        w.append_message(RTM_GETSTATS, GetFlags::DUMP, &header, |w| Ok(w))?;
        Ok(Next::End)
    }
}

impl Query for GetAllStats {
    type Row<'a> = StatsRow<'a>;

    #[inline]
    fn row(message: MessageRef<'_>) -> StatsRow<'_> {
        Row::of(message)
    }
}

/// Starts or stops the counting of what hardware routes (`ip stats set dev ..
/// l3_stats`).
///
/// ```
/// use nlwire::route::SetHardwareStats;
///
/// // `ip stats set dev eth0 l3_stats on`
/// let on = SetHardwareStats::of(2, true);
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "RTM_SETSTATS")]
pub struct SetHardwareStats {
    link: LinkIndex,
    on: bool,
}

impl SetHardwareStats {
    /// Starts or stops the counting on a link.
    pub fn of(link: impl Into<LinkIndex>, on: bool) -> Self {
        Self {
            link: link.into(),
            on,
        }
    }
}

impl Request for SetHardwareStats {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        // `rtnl_stats_set` refuses a filter mask.
        let header = StatsHeader {
            index: self.link.get().into(),
            ..StatsHeader::default()
        };
        w.append_message(RTM_SETSTATS, Flags::empty(), &header, |w| {
            w.u8(IFLA_STATS_SET_OFFLOAD_XSTATS_L3_STATS, self.on.into())
        })?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "statistics of link {}", self.link)
    }
}

crate::__format!(GetStats, GetAllStats, SetHardwareStats);
