//! Accounting objects of nfacct(8): counters with names, which the match
//! `nfacct` of iptables counts (`linux/netfilter/nfnetlink_acct.h`).
//!
//! ```
//! use nlwire::netfilter::acct::{AcctAttr, AcctFlags, NewCounter};
//!
//! // nfacct add web byte 1000000
//! let quota = [AcctAttr::Flags(AcctFlags::QUOTA_BYTES), AcctAttr::Quota(1_000_000)];
//! let web = NewCounter::named("web".into()).with(&quota);
//! ```
//!
//! Counters are read, set to 0 and deleted by name, or all of them:
//!
//! ```
//! use nlwire::netfilter::acct::{
//!     DeleteCounter, FlushCounters, GetCounter, GetCounters, ResetCounter, ResetCounters,
//! };
//!
//! let (web, all) = (GetCounter::named("web".into()), GetCounters::all());
//! let (web, all) = (ResetCounter::named("web".into()), ResetCounters::all());
//! let (web, all) = (DeleteCounter::named("web".into()).if_there(), FlushCounters::unused());
//! ```
//!
//! Counters belong to a network namespace. A packet that reaches a quota is
//! reported to [`NFNLGRP_ACCT_QUOTA`](super::NFNLGRP_ACCT_QUOTA):
//! [`Change::QuotaReached`](super::Change::QuotaReached).

mod request;

pub use request::*;

use crate::attributes;
use crate::codec::{Be, Bytes, Nest, Text};
use crate::numbers::flags;

attributes! {
    /// Accounting object (`NFACCT_*`).
    pub set Acct, enum AcctAttr {
        /// Name: at most 31 bytes.
        1 NFACCT_NAME Name name: Text,
        /// Number of packets.
        2 NFACCT_PKTS Packets packets: Be<u64>,
        /// Number of bytes.
        3 NFACCT_BYTES Bytes bytes: Be<u64>,
        /// Number of references: 1, and 1 for each rule.
        4 NFACCT_USE Uses uses: Be<u32>,
        /// Flags: the unit of the quota, and whether it is reached.
        5 NFACCT_FLAGS Flags flags: Be<AcctFlags>,
        /// Quota, in packets or bytes.
        6 NFACCT_QUOTA Quota quota: Be<u64>,
        /// Filter of a list, by flags.
        7 NFACCT_FILTER Filter filter: Nest<AcctFilter>,
        /// Padding.
        8 NFACCT_PAD Pad pad: Bytes,
    }
}

attributes! {
    /// Filter of a list of counters: those whose flags under the mask have the
    /// value.
    pub set AcctFilter, enum AcctFilterAttr {
        /// Mask of the flags.
        1 NFACCT_FILTER_MASK Mask mask: Be<AcctFlags>,
        /// Value of the flags. 0 selects counters without a quota.
        2 NFACCT_FILTER_VALUE Value value: Be<AcctFlags>,
    }
}

flags! {
    /// Flags of a counter.
    #[doc(alias = "nfnl_acct_flags")]
    pub struct AcctFlags(u32) {
        /// The quota is a number of packets.
        QUOTA_PACKETS = 0x1 "NFACCT_F_QUOTA_PKTS" "quota-packets";
        /// The quota is a number of bytes.
        QUOTA_BYTES = 0x2 "NFACCT_F_QUOTA_BYTES" "quota-bytes";
        /// The quota is reached; in answers only.
        OVER_QUOTA = 0x4 "NFACCT_F_OVERQUOTA" "over-quota";
    }
}
