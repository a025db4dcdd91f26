//! Expectations: connections that a conntrack helper expects, `CTA_EXPECT_*`
//! (`linux/netfilter/nfnetlink_conntrack.h`).

mod request;

pub use request::*;

use super::Tuple;
use crate::attributes;
use crate::codec::{Be, Nest, Str, Text};
use crate::numbers::{flags, numbers};

attributes! {
    /// Attributes of an expectation (`CTA_EXPECT_*`).
    pub set Expectation, enum ExpectationAttr {
        /// Original tuple of the master connection.
        1 CTA_EXPECT_MASTER Master master: Nest<Tuple>,
        /// Tuple of the expected connection.
        2 CTA_EXPECT_TUPLE Tuple tuple: Nest<Tuple>,
        /// Mask of the tuple.
        3 CTA_EXPECT_MASK Mask mask: Nest<Tuple>,
        /// Remaining lifetime in seconds.
        4 CTA_EXPECT_TIMEOUT Timeout timeout: Be<u32>,
        /// Identifier of the expectation.
        5 CTA_EXPECT_ID Id id: Be<u32>,
        /// Name of the conntrack helper.
        6 CTA_EXPECT_HELP_NAME Helper helper: Text,
        /// Conntrack zone; absent for zone 0.
        7 CTA_EXPECT_ZONE Zone zone: Be<u16>,
        /// Flags: [`ExpectationFlags`].
        8 CTA_EXPECT_FLAGS Flags flags: Be<ExpectationFlags>,
        /// Expectation class of the helper.
        9 CTA_EXPECT_CLASS Class class: Be<u32>,
        /// NAT of the expected connection.
        10 CTA_EXPECT_NAT Nat nat: Nest<ExpectationNat>,
        /// Name of the function that the kernel calls when the connection
        /// arrives.
        11 CTA_EXPECT_FN Function function: Str,
    }
}

attributes! {
    /// NAT of an expected connection (`CTA_EXPECT_NAT_*`).
    pub set ExpectationNat, enum ExpectationNatAttr {
        /// Direction of the master connection.
        1 CTA_EXPECT_NAT_DIR Direction direction: Be<ExpectationDirection>,
        /// Tuple after translation.
        2 CTA_EXPECT_NAT_TUPLE Tuple tuple: Nest<Tuple>,
    }
}

attributes! {
    /// Expectation counters of one CPU (`CTA_STATS_EXP_*`). The header's
    /// resource is the CPU number.
    pub set ExpectationCpuStats, enum ExpectationCpuStatsAttr {
        /// Number of expected connections that arrived.
        1 CTA_STATS_EXP_NEW Fulfilled fulfilled: Be<u32>,
        /// Number of expectations created.
        2 CTA_STATS_EXP_CREATE Create create: Be<u32>,
        /// Number of expectations deleted.
        3 CTA_STATS_EXP_DELETE Delete delete: Be<u32>,
    }
}

flags! {
    /// Flags of an expectation.
    pub struct ExpectationFlags(u32) {
        /// The expectation stays after a connection has arrived.
        PERMANENT = 0x1 "NF_CT_EXPECT_PERMANENT" "permanent";
        /// The expectation is not in force yet.
        INACTIVE = 0x2 "NF_CT_EXPECT_INACTIVE" "inactive";
        /// The expectation comes from a helper in user space.
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
