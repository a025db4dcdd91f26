//! Policies: which packets need which states, as `ip xfrm policy` shows them.

mod defaults;
mod list;
mod lookup;
mod migrate;
mod new;
mod row;
mod template;

pub use defaults::{DefaultsHeader, DefaultsRow, GetDefaults, SetDefaults};
pub use list::{FlushPolicies, GetPolicies};
pub use lookup::{DeletePolicy, ExpirePolicy, GetPolicy};
pub use migrate::Migrate;
pub use new::{NewPolicy, PolicyChange, PolicyCreation, PolicyRequest, SetPolicy};
pub use row::{DeletedPolicyRow, PolicyExpiryRow, PolicyRow};
pub use template::Template;

use super::address::short;
use super::{
    LifetimeLimits, LifetimeUse, PolicyAction, PolicyDirection, PolicyFlags, Selector, Share,
};
use crate::FixedHeader;
use crate::structs::structs;
use crate::zerocopy::native_endian::U32;

structs! {
    /// Fixed header of policies. Its size is that of 64-bit kernels and of most 32-bit ones; on
    /// i386 the kernel's struct is 4 bytes shorter.
    #[doc(alias = "xfrm_userpolicy_info")]
    pub struct PolicyHeader: 168 {
        /// Packets that the policy applies to.
        #[doc(alias = "sel")]
        selector: Selector,
        /// Limits.
        #[doc(alias = "lft")]
        limits: LifetimeLimits,
        /// Use so far.
        #[doc(alias = "curlft")]
        used: LifetimeUse,
        /// Priority: the lowest number is tried first.
        priority: U32,
        /// Index, whose lower 3 bits are the direction; 0 in requests lets the kernel choose.
        index: U32,
        /// Direction.
        #[doc(alias = "dir")]
        direction: PolicyDirection,
        /// Action.
        action: PolicyAction,
        /// Flags ([`PolicyFlags`]).
        flags: u8 as PolicyFlags,
        /// Sharing; ignored.
        share: Share,
        /// Padding.
        padding: [u8; 4],
    }

    /// Identity of a policy: fixed header of migrations, deletion reports, and requests for one
    /// policy.
    #[doc(alias = "xfrm_userpolicy_id")]
    pub struct PolicyId: 64 {
        /// Packets that the policy applies to; ignored with an index.
        #[doc(alias = "sel")]
        selector: Selector,
        /// Index; 0 for the selector.
        index: U32,
        /// Direction.
        #[doc(alias = "dir")]
        direction: PolicyDirection,
        /// Padding.
        padding: [u8; 3],
    }

    /// Fixed header of expiries of a policy.
    #[doc(alias = "xfrm_user_polexpire")]
    pub struct PolicyExpiryHeader: 176 {
        /// Policy.
        #[doc(alias = "pol")]
        policy: PolicyHeader,
        /// 1 for a hard limit, at which the policy is deleted.
        hard: u8,
        /// Padding.
        padding: [u8; 7],
    }
}

impl FixedHeader for PolicyHeader {
    fn family(&self) -> u8 {
        short(self.selector.family.get())
    }
}

impl FixedHeader for PolicyId {
    fn family(&self) -> u8 {
        short(self.selector.family.get())
    }
}

impl FixedHeader for PolicyExpiryHeader {
    fn family(&self) -> u8 {
        self.policy.family()
    }
}

impl PolicyHeader {
    /// Returns the flags.
    #[must_use]
    pub const fn flags(&self) -> PolicyFlags {
        PolicyFlags::from_bits_retain(self.flags)
    }
}
