//! Statistics of links by group: `struct if_stats_msg` and `IFLA_STATS_*`
//! (`linux/if_link.h`, `rtnl_fill_statsinfo`).
//!
//! ```text
//!  0        1         4            8             12
//! +--------+---------+------------+-------------+
//! | family | padding | link index | filter mask |
//! +--------+---------+------------+-------------+
//! ```

mod request;

use super::{BondStats, BridgeStats, LinkStats64};
use crate::codec::{Extensible, Indexed, Nest, Struct, StructBytes};
use crate::schema::Hexadecimal;
use crate::structs::structs;
use crate::zerocopy::native_endian::{U32, U64};
use crate::{DecodeError, FixedHeader, LinkIndex, Row, attributes, fields};

pub use request::*;

structs! {
    /// Fixed header of statistics.
    #[doc(alias = "if_stats_msg")]
    pub struct StatsHeader: 12 {
        /// Address family: [`AF_UNSPEC`](super::AF_UNSPEC).
        family: u8 as crate::AddressFamily,
        /// Zero.
        reserved: [u8; 3],
        /// Link index.
        #[doc(alias = "ifindex")]
        index: LinkIndex,
        /// Groups that are asked for, or sent: bit n is the attribute type n + 1.
        filter_mask: U32 as Hexadecimal,
    }

    /// Packets and bytes that hardware has counted.
    #[doc(alias = "rtnl_hw_stats64")]
    pub struct HardwareStats: 72 {
        /// Number of packets received.
        rx_packets: U64,
        /// Number of packets sent.
        tx_packets: U64,
        /// Number of bytes received.
        rx_bytes: U64,
        /// Number of bytes sent.
        tx_bytes: U64,
        /// Number of bad packets received.
        rx_errors: U64,
        /// Number of packets that could not be sent.
        tx_errors: U64,
        /// Number of received packets dropped.
        rx_dropped: U64,
        /// Number of packets dropped before they were sent.
        tx_dropped: U64,
        /// Number of multicast packets received.
        multicast: U64,
    }

    /// MPLS packets and bytes of a link.
    #[doc(alias = "mpls_link_stats")]
    pub struct MplsStats: 72 {
        /// Number of packets received.
        rx_packets: U64,
        /// Number of packets sent.
        tx_packets: U64,
        /// Number of bytes received.
        rx_bytes: U64,
        /// Number of bytes sent.
        tx_bytes: U64,
        /// Number of bad packets received.
        rx_errors: U64,
        /// Number of packets that could not be sent.
        tx_errors: U64,
        /// Number of received packets dropped.
        rx_dropped: U64,
        /// Number of packets dropped before they were sent.
        tx_dropped: U64,
        /// Number of packets received without a route.
        rx_noroute: U64,
    }
}

impl FixedHeader for StatsHeader {
    fn family(&self) -> u8 {
        self.family
    }
}

attributes! {
    /// Statistics of a link (`IFLA_STATS_*`).
    pub set Stats, enum StatsAttr {
        /// Counters of the link.
        1 IFLA_STATS_LINK_64 Link link: Extensible<LinkStats64>,
        /// Counters of the link's kind.
        2 IFLA_STATS_LINK_XSTATS Kind kind: Nest<LinkStatsKinds>,
        /// Statistics of the link as a port of its master.
        3 IFLA_STATS_LINK_XSTATS_SLAVE Port port: Nest<LinkStatsKinds>,
        /// Counters of hardware.
        4 IFLA_STATS_LINK_OFFLOAD_XSTATS Offload offload: Nest<OffloadStats>,
        /// Counters of address families.
        5 IFLA_STATS_AF_SPEC Families families: Nest<FamilyStats>,
    }
}

attributes! {
    /// Counters of a kind of link (`LINK_XSTATS_TYPE_*`).
    pub set LinkStatsKinds, enum LinkStatsKindsAttr {
        /// Bridge.
        1 LINK_XSTATS_TYPE_BRIDGE Bridge bridge: Nest<BridgeStats>,
        /// Bond.
        2 LINK_XSTATS_TYPE_BOND Bond bond: Nest<BondStats>,
    }
}

attributes! {
    /// Counters of hardware (`IFLA_OFFLOAD_XSTATS_*`).
    pub set OffloadStats, enum OffloadStatsAttr {
        /// Packets and bytes that hardware left to the kernel.
        1 IFLA_OFFLOAD_XSTATS_CPU_HIT CpuHit cpu_hit: Extensible<LinkStats64>,
        /// State of each group of counters; the index is the type of its attribute.
        2 IFLA_OFFLOAD_XSTATS_HW_S_INFO Info info: Indexed<OffloadInfo>,
        /// Packets and bytes that hardware has routed.
        3 IFLA_OFFLOAD_XSTATS_L3_STATS Layer3 layer3: Struct<HardwareStats>,
    }
}

attributes! {
    /// State of a group of hardware counters.
    pub set OffloadInfo, enum OffloadInfoAttr {
        /// 1 if the counters were asked for.
        1 IFLA_OFFLOAD_XSTATS_HW_S_INFO_REQUEST Requested requested: u8,
        /// 1 if hardware counts.
        2 IFLA_OFFLOAD_XSTATS_HW_S_INFO_USED Used used: u8,
    }
}

attributes! {
    /// Counters of address families; the types are the families' numbers.
    pub set FamilyStats, enum FamilyStatsAttr {
        /// MPLS.
        28 STATS_AF_MPLS Mpls mpls: Nest<MplsFamilyStats>,
    }
}

attributes! {
    /// Counters of MPLS.
    pub set MplsFamilyStats, enum MplsFamilyStatsAttr {
        /// Packets and bytes of the link.
        1 MPLS_STATS_LINK Link link: Struct<MplsStats>,
    }
}

attributes! {
    /// Attributes of a request for statistics (`IFLA_STATS_GET_FILTERS` and
    /// following).
    pub set StatsRequest, enum StatsRequestAttr {
        /// Selection inside of the groups.
        1 IFLA_STATS_GET_FILTERS Filters filters: Nest<StatsFilters>,
        /// 1 to count what hardware routes, 0 to stop.
        2 IFLA_STATS_SET_OFFLOAD_XSTATS_L3_STATS SetLayer3 set_layer3: u8,
    }
}

attributes! {
    /// Selection inside of the groups, of which [`OffloadStats`] has one.
    pub set StatsFilters, enum StatsFiltersAttr {
        /// Counters of hardware: bit n is the attribute type n + 1.
        4 STATS_FILTER_OFFLOAD Offload offload: crate::codec::Shown<u32, Hexadecimal>,
    }
}

/// Statistics of a link, an answer to [`GetStats`].
pub type StatsRow<'a> = Row<'a, StatsHeader, Stats>;

/// The getters fail for an attribute of a wrong length; `None` stands for an
/// attribute that the kernel did not send.
impl<'a> Row<'a, StatsHeader, Stats> {
    /// Returns the link.
    #[must_use]
    pub const fn link(&self) -> LinkIndex {
        LinkIndex::new(self.header.index.get())
    }

    /// Returns the counters of the link.
    ///
    /// # Errors
    /// Fails if an attribute has a wrong length.
    #[doc(alias = "IFLA_STATS_LINK_64")]
    pub fn counters(&self) -> Result<Option<LinkStats64>, DecodeError> {
        let link: Option<StructBytes<'a, LinkStats64>> =
            fields!(self.attributes => Stats { link })?.link;
        Ok(link.map(|link| link.get()))
    }
}
