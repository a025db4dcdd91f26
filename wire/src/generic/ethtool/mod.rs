//! `ethtool`: settings and statistics of network cards
//! (`linux/ethtool_netlink.h`, `linux/ethtool.h`, ethtool(8)).
//!
//! | file | subject, as an option of ethtool(8) |
//! |---|---|
//! | `link` | connector, modes and state (no option), `-s` |
//! | `features` | features `-k`, private flags, message classes, Wake-on-LAN |
//! | `rings`, `coalesce` | rings `-g`, channels `-l`, coalescing `-c` |
//! | `mac` | pause frames `-a`, EEE, FEC, MAC merge |
//! | `rss` | receive side scaling `-x` |
//! | `stats`, `strings` | standard statistics `-S --groups`, names |
//! | `timestamp` | time stamping `-T` |
//! | `module`, `cable`, `pse`, `phy`, `tunnel` | modules `-m`, cable tests, power, PHYs, tunnels |
//!
//! Each subject has a set of attributes, a `Get` for one link or all links, a
//! `Set` where it can be changed, and a [`Change`] where the kernel sends
//! notifications:
//!
//! ```
//! use nlwire::generic::ethtool::{GetRings, RingsAttr, SetRings};
//!
//! let one = GetRings::by_name("eth0");
//! let all = GetRings::all();
//! let change = SetRings::by_name("eth0", &[RingsAttr::Rx(512)]);
//!
//! let mut buffer = [0; 64];
//! let mut batch = nlwire::Batch::new(&mut buffer[..]);
//! batch.push(&change)?;
//! assert_eq!(batch.as_bytes().len(), 16 + 4 + (4 + 12) + 8);
//! # Ok::<(), nlwire::EncodeError>(())
//! ```

mod bitset;
pub mod cable;
mod change;
pub mod coalesce;
mod commands;
pub mod features;
pub mod link;
pub mod mac;
pub mod module;
pub mod phy;
pub mod pse;
mod request;
pub mod rings;
pub mod rss;
pub mod stats;
pub mod strings;
pub mod timestamp;
mod tunnel;

pub use bitset::*;
#[doc(no_inline)]
pub use cable::*;
pub use change::Change;
#[doc(no_inline)]
pub use coalesce::*;
pub use commands::*;
#[doc(no_inline)]
pub use features::*;
#[doc(no_inline)]
pub use link::*;
#[doc(no_inline)]
pub use mac::*;
#[doc(no_inline)]
pub use module::*;
#[doc(no_inline)]
pub use phy::*;
#[doc(no_inline)]
pub use pse::*;
pub use request::{Act, Action, Get, LinkMessage, LinkRow, Replied, Subject};
#[doc(no_inline)]
pub use rings::*;
#[doc(no_inline)]
pub use rss::*;
#[doc(no_inline)]
pub use stats::*;
#[doc(no_inline)]
pub use strings::*;
#[doc(no_inline)]
pub use timestamp::*;
pub use tunnel::*;

use crate::codec::Text;
use crate::numbers::flags;
use crate::{LinkIndex, attributes};

/// Name of the family.
pub const ETHTOOL_GENL_NAME: &str = "ethtool";
/// Version of the family's interface.
pub const ETHTOOL_GENL_VERSION: u8 = 1;
/// Name of the multicast group that gets notifications: [`Change`].
pub const ETHTOOL_MCGRP_MONITOR_NAME: &str = "monitor";

attributes! {
    /// Header of each request and answer (`ETHTOOL_A_HEADER_*`), which names
    /// the link.
    pub set Header, enum HeaderAttr {
        /// Link index.
        1 ETHTOOL_A_HEADER_DEV_INDEX DeviceIndex device_index: LinkIndex,
        /// Link name.
        2 ETHTOOL_A_HEADER_DEV_NAME DeviceName device_name: Text,
        /// Flags: [`HeaderFlags`].
        3 ETHTOOL_A_HEADER_FLAGS Flags flags: HeaderFlags,
        /// Index of the PHY, for links with several.
        4 ETHTOOL_A_HEADER_PHY_INDEX PhyIndex phy_index: u32,
    }
}

flags! {
    /// Flags of a request, about its answer.
    pub struct HeaderFlags(u32) {
        /// Bit sets arrive as words instead of lists of names.
        COMPACT_BITSETS = 0x1 "ETHTOOL_FLAG_COMPACT_BITSETS" "compact-bitsets";
        /// Changes are not answered.
        OMIT_REPLY = 0x2 "ETHTOOL_FLAG_OMIT_REPLY" "omit-reply";
        /// Answers contain statistics.
        STATS = 0x4 "ETHTOOL_FLAG_STATS" "stats";
    }
}
