//! Settings of filters of traffic, which are called classifiers too
//! (`linux/pkt_cls.h`).

mod basic;
mod ematch;
mod ematch_list;
mod ematch_meta;
pub mod flower;
mod flower_options;
mod packets;
mod settings;

use super::{Handle, TrafficHeader};
use crate::numbers::flags;
use crate::zerocopy::native_endian::U32;

pub use basic::*;
pub use ematch::*;
pub use ematch_list::*;
pub use ematch_meta::*;
#[doc(no_inline)]
pub use flower::*;
pub use flower_options::*;
pub use packets::*;
pub use settings::{MatchAllSettings, U32Settings};

impl TrafficHeader {
    /// Returns the header with a shared block in place of link and parent.
    #[must_use]
    #[doc(alias = "tcm_block_index", alias = "TCM_IFINDEX_MAGIC_BLOCK")]
    pub fn with_block(mut self, block: u32) -> Self {
        self.index = u32::MAX.into();
        self.parent = Handle::from_bits(block);
        self
    }

    /// Returns the header with the place of a filter: its priority, the lowest
    /// number first, and the protocol that it sees (`ETH_P_*`).
    #[must_use]
    #[doc(alias = "tcm_info", alias = "TC_H_MAKE")]
    pub const fn with_filter(mut self, priority: u16, protocol: u16) -> Self {
        let [a, b] = priority.to_be_bytes();
        // The kernel casts the lower half to 16 bits in network order.
        let [c, d] = protocol.to_be().to_be_bytes();
        self.info = U32::new(u32::from_be_bytes([a, b, c, d]));
        self
    }

    /// Returns the priority of a filter, 0 for none.
    #[must_use]
    #[doc(alias = "tcm_info")]
    pub const fn priority(&self) -> u16 {
        let [a, b, ..] = self.info.get().to_be_bytes();
        u16::from_be_bytes([a, b])
    }

    /// Returns the protocol that a filter sees (`ETH_P_*`).
    #[must_use]
    #[doc(alias = "tcm_info")]
    pub const fn protocol(&self) -> u16 {
        let [.., c, d] = self.info.get().to_be_bytes();
        u16::from_be(u16::from_be_bytes([c, d]))
    }
}

flags! {
    /// Flags of a filter: its place in software or hardware.
    pub struct FilterFlags(u32) {
        /// Software only (`skip_hw`).
        SKIP_HW = 0x1 "TCA_CLS_FLAGS_SKIP_HW" "skip_hw";
        /// Hardware only (`skip_sw`).
        SKIP_SW = 0x2 "TCA_CLS_FLAGS_SKIP_SW" "skip_sw";
        /// Filter is in hardware; in answers only.
        IN_HW = 0x4 "TCA_CLS_FLAGS_IN_HW" "in_hw";
        /// Filter is in software only; in answers only.
        NOT_IN_HW = 0x8 "TCA_CLS_FLAGS_NOT_IN_HW" "not_in_hw";
        /// Driver reports the reason for a refusal.
        VERBOSE = 0x10 "TCA_CLS_FLAGS_VERBOSE" "verbose";
    }
}
