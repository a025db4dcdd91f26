//! Connections that a helper expects: `CTA_EXPECT_*`
//! (`linux/netfilter/nfnetlink_conntrack.h`).

use super::Tuple;
use crate::attributes;
use crate::codec::{Be, Nest, Str, Text};
use crate::numbers::{flags, numbers};

attributes! {
    /// The attributes of an expectation (`CTA_EXPECT_*`).
    pub set Expectation, enum ExpectationAttr {
        /// The connection that it belongs to.
        1 CTA_EXPECT_MASTER Master master: Nest<Tuple>,
        /// What is expected.
        2 CTA_EXPECT_TUPLE Tuple tuple: Nest<Tuple>,
        /// Which parts of it count.
        3 CTA_EXPECT_MASK Mask mask: Nest<Tuple>,
        /// For how long it is expected, in seconds.
        4 CTA_EXPECT_TIMEOUT Timeout timeout: Be<u32>,
        /// Its number.
        5 CTA_EXPECT_ID Id id: Be<u32>,
        /// The helper that expects it.
        6 CTA_EXPECT_HELP_NAME Helper helper: Text,
        /// Its zone.
        7 CTA_EXPECT_ZONE Zone zone: Be<u16>,
        /// Flags.
        8 CTA_EXPECT_FLAGS Flags flags: Be<ExpectationFlags>,
        /// The class of the helper's expectations.
        9 CTA_EXPECT_CLASS Class class: Be<u32>,
        /// How its addresses are translated.
        10 CTA_EXPECT_NAT Nat nat: Nest<ExpectationNat>,
        /// The function that is called when it comes.
        11 CTA_EXPECT_FN Function function: Str,
    }
}

attributes! {
    /// How addresses are translated (`CTA_EXPECT_NAT_*`).
    pub set ExpectationNat, enum ExpectationNatAttr {
        /// Direction of the connection that expects.
        1 CTA_EXPECT_NAT_DIR Direction direction: Be<ExpectationDirection>,
        /// What they become.
        2 CTA_EXPECT_NAT_TUPLE Tuple tuple: Nest<Tuple>,
    }
}

attributes! {
    /// What a processor has counted (`CTA_STATS_EXP_*`); the header's resource
    /// is its number.
    pub set ExpectationCpuStats, enum ExpectationCpuStatsAttr {
        /// Expectations that came.
        1 CTA_STATS_EXP_NEW Fulfilled fulfilled: Be<u32>,
        /// Expectations that were made.
        2 CTA_STATS_EXP_CREATE Create create: Be<u32>,
        /// Expectations that were deleted.
        3 CTA_STATS_EXP_DELETE Delete delete: Be<u32>,
    }
}

flags! {
    /// Flags of an expectation.
    pub struct ExpectationFlags(u32) {
        /// The expectation stays when a connection has come.
        PERMANENT = 0x1 "NF_CT_EXPECT_PERMANENT" "permanent";
        /// The expectation is not in force yet.
        INACTIVE = 0x2 "NF_CT_EXPECT_INACTIVE" "inactive";
        /// A helper in user space made the expectation.
        USERSPACE = 0x4 "NF_CT_EXPECT_USERSPACE" "userspace";
    }
}

numbers! {
    /// A connection's direction in the 32 bits of [`CTA_EXPECT_NAT_DIR`].
    pub struct ExpectationDirection(u32) {
        ORIGINAL = 0 "IP_CT_DIR_ORIGINAL" "original";
        REPLY = 1 "IP_CT_DIR_REPLY" "reply";
    }
}
