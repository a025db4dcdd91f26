//! Time stamping of packets, and PTP clocks.
//!
//! Capabilities, clock and settings of a card, as `ethtool -T eth0` and
//! `ethtool --get-hwtimestamp-cfg eth0` show them:
//!
//! ```
//! use nlwire::fields;
//! use nlwire::generic::ethtool::*;
//!
//! let capabilities = GetTimestampInfo::by_name("eth0").statistics();
//! let settings = GetTimestampConfig::by_name("eth0");
//! let virtual_clocks = GetVirtualClocks::by_name("eth0");
//!
//! /// Prints the clock, `/dev/ptp0` for index 0; absent without hardware.
//! fn print(link: &TimestampInfoRow<'_>) -> Result<(), nlwire::DecodeError> {
//!     let found = fields!(link.attributes => TimestampInfo { clock_index, tx_types })?;
//!     println!("clock {:?}", found.clock_index);
//!     if let Some(types) = found.tx_types {
//!         println!("hardware transmit time stamps: {}", types.has("on")?);
//!     }
//!     Ok(())
//! }
//! ```
//!
//! The card stamps each packet that it sends, and PTP packets that it receives. The
//! kernel replies with what the driver has set, which may be a wider filter:
//!
//! ```
//! use nlwire::generic::ethtool::{NamedBits, SetTimestampConfig, TimestampConfigAttr};
//!
//! let (on, ptp) = ([("on", true)], [("ptpv2-event", true)]);
//! let (on, ptp) = (NamedBits::replace(&on), NamedBits::replace(&ptp));
//! let stamp = [
//!     TimestampConfigAttr::TxTypes((&on).into()),
//!     TimestampConfigAttr::RxFilters((&ptp).into()),
//! ];
//! let change = SetTimestampConfig::by_name("eth0", &stamp).with_reply();
//! ```

use super::request::messages;
use super::{Act, Action, Bitset, ETHTOOL_MSG_TSCONFIG_SET, Get, Header, LinkRow};
use crate::attributes;
use crate::codec::{Array, Nest, Uint};
use crate::numbers::numbers;
use crate::zerocopy::native_endian::I32;

/// Time stamping capabilities of a link.
pub type TimestampInfoRow<'a> = LinkRow<'a, TimestampInfo>;
/// Reads the time stamping capabilities of a link, or of all links; with
/// [`Get::statistics`] also the counters.
#[doc(alias = "ETHTOOL_MSG_TSINFO_GET")]
pub type GetTimestampInfo<'a> = Get<'a, TimestampInfo>;

/// Hardware time stamping settings of a link.
pub type TimestampConfigRow<'a> = LinkRow<'a, TimestampConfig>;
/// Reads the hardware time stamping settings of a link, or of all links.
#[doc(alias = "ETHTOOL_MSG_TSCONFIG_GET")]
pub type GetTimestampConfig<'a> = Get<'a, TimestampConfig>;
/// Changes the hardware time stamping settings of a link;
/// [`Act::with_reply`] asks for the settings in use afterwards.
#[doc(alias = "ETHTOOL_MSG_TSCONFIG_SET")]
pub type SetTimestampConfig<'a> = Act<'a, TimestampConfig>;

/// Virtual PTP clocks of a link.
pub type VirtualClocksRow<'a> = LinkRow<'a, VirtualClocks>;
/// Reads the virtual PTP clocks of a link, or of all links.
#[doc(alias = "ETHTOOL_MSG_PHC_VCLOCKS_GET")]
pub type GetVirtualClocks<'a> = Get<'a, VirtualClocks>;

messages! {
    TimestampInfo: ETHTOOL_A_TSINFO_HEADER, get ETHTOOL_MSG_TSINFO_GET;
    TimestampConfig: ETHTOOL_A_TSCONFIG_HEADER, get ETHTOOL_MSG_TSCONFIG_GET;
    VirtualClocks: ETHTOOL_A_PHC_VCLOCKS_HEADER, get ETHTOOL_MSG_PHC_VCLOCKS_GET;
}

impl Action for TimestampConfig {
    type Set = Self;
    const COMMAND: u8 = ETHTOOL_MSG_TSCONFIG_SET;
    const HAS_REPLY: bool = true;
}

attributes! {
    /// Time stamping capabilities of a link (`ETHTOOL_A_TSINFO_*`).
    pub set TimestampInfo, enum TimestampInfoAttr {
        /// Link.
        1 ETHTOOL_A_TSINFO_HEADER Header header: Nest<Header>,
        /// Capabilities, such as `hardware-transmit`.
        2 ETHTOOL_A_TSINFO_TIMESTAMPING Timestamping timestamping: Nest<Bitset>,
        /// Hardware transmit time stamp modes, such as `on`.
        3 ETHTOOL_A_TSINFO_TX_TYPES TxTypes tx_types: Nest<Bitset>,
        /// Hardware receive filter modes, such as `all`.
        4 ETHTOOL_A_TSINFO_RX_FILTERS RxFilters rx_filters: Nest<Bitset>,
        /// Index of the PTP hardware clock.
        5 ETHTOOL_A_TSINFO_PHC_INDEX ClockIndex clock_index: u32,
        /// Counters.
        6 ETHTOOL_A_TSINFO_STATS Stats stats: Nest<TimestampStats>,
        /// Provider of the time stamps.
        7 ETHTOOL_A_TSINFO_HWTSTAMP_PROVIDER Provider provider: Nest<TimestampProvider>,
        /// Device that takes the time stamps.
        8 ETHTOOL_A_TSINFO_HWTSTAMP_SOURCE Source source: TimestampSource,
        /// Index of the PHY that takes the time stamps.
        9 ETHTOOL_A_TSINFO_HWTSTAMP_PHYINDEX PhyIndex phy_index: u32,
    }
}

numbers! {
    /// Device that takes time stamps.
    pub struct TimestampSource(u32) {
        /// MAC, or MAC with its PHY.
        NETDEV = 1 "HWTSTAMP_SOURCE_NETDEV" "netdev";
        /// PHY of the link.
        PHYLIB = 2 "HWTSTAMP_SOURCE_PHYLIB" "phylib";
    }
}

attributes! {
    /// Counters of transmit time stamps (`ETHTOOL_A_TS_STAT_*`).
    pub set TimestampStats, enum TimestampStatsAttr {
        /// Number of packets with a time stamp.
        1 ETHTOOL_A_TS_STAT_TX_PKTS TxPackets tx_packets: Uint,
        /// Number of packets whose time stamp was lost.
        2 ETHTOOL_A_TS_STAT_TX_LOST TxLost tx_lost: Uint,
        /// Number of packets whose time stamp failed.
        3 ETHTOOL_A_TS_STAT_TX_ERR TxErrors tx_errors: Uint,
        /// Number of one-step packets without a confirmation.
        4 ETHTOOL_A_TS_STAT_TX_ONESTEP_PKTS_UNCONFIRMED TxUnconfirmed tx_unconfirmed: Uint,
    }
}

attributes! {
    /// Provider of time stamps (`ETHTOOL_A_TS_HWTSTAMP_PROVIDER_*`).
    pub set TimestampProvider, enum TimestampProviderAttr {
        /// Index of the PTP hardware clock.
        1 ETHTOOL_A_TS_HWTSTAMP_PROVIDER_INDEX Index index: u32,
        /// Quality of the time stamps.
        2 ETHTOOL_A_TS_HWTSTAMP_PROVIDER_QUALIFIER Qualifier qualifier: TimestampQualifier,
    }
}

numbers! {
    /// Quality of time stamps.
    pub struct TimestampQualifier(u32) {
        /// Precise, as IEEE 1588 wants.
        PRECISE = 0 "HWTSTAMP_PROVIDER_QUALIFIER_PRECISE" "precise";
        /// Approximate, taken at direct memory access.
        APPROX = 1 "HWTSTAMP_PROVIDER_QUALIFIER_APPROX" "approx";
    }
}

attributes! {
    /// Hardware time stamping settings of a link (`ETHTOOL_A_TSCONFIG_*`).
    pub set TimestampConfig, enum TimestampConfigAttr {
        /// Link.
        1 ETHTOOL_A_TSCONFIG_HEADER Header header: Nest<Header>,
        /// Provider of the time stamps.
        2 ETHTOOL_A_TSCONFIG_HWTSTAMP_PROVIDER Provider provider: Nest<TimestampProvider>,
        /// Hardware transmit time stamp mode: one bit.
        3 ETHTOOL_A_TSCONFIG_TX_TYPES TxTypes tx_types: Nest<Bitset>,
        /// Hardware receive filter mode: one bit.
        4 ETHTOOL_A_TSCONFIG_RX_FILTERS RxFilters rx_filters: Nest<Bitset>,
        /// Flags, such as `bonded-phc-index`.
        5 ETHTOOL_A_TSCONFIG_HWTSTAMP_FLAGS Flags flags: Nest<Bitset>,
    }
}

attributes! {
    /// Virtual PTP clocks of a link (`ETHTOOL_A_PHC_VCLOCKS_*`).
    pub set VirtualClocks, enum VirtualClocksAttr {
        /// Link.
        1 ETHTOOL_A_PHC_VCLOCKS_HEADER Header header: Nest<Header>,
        /// Number of clocks.
        2 ETHTOOL_A_PHC_VCLOCKS_NUM Count count: u32,
        /// Indices of the clocks.
        3 ETHTOOL_A_PHC_VCLOCKS_INDEX Indices indices: Array<I32>,
    }
}
