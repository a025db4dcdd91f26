//! Requests for counters of nfacct(8).

#![allow(
    rustdoc::private_intra_doc_links,
    reason = "a command is the low byte of a message type, which is public"
)]

use super::{Acct, AcctAttr};
use crate::Text;
use crate::netfilter::{NFNL_SUBSYS_ACCT, NetfilterHeader as FamilyHeader, PROTOCOL, header};
use crate::request::object::requests;

const NEW: u8 = 0;
const GET: u8 = 1;
const RESET: u8 = 2;
const DELETE: u8 = 3;

requests! {
    Acct, AcctAttr, AcctRow, "counter" in NFNL_SUBSYS_ACCT;

    /// Creates a counter. The kernel answers `EBUSY` if there is one.
    Act NewCounter = NEW {
        /// Creates a counter with a name of at most 31 bytes.
        named(name: Text<'a>) { Name(name) }
    }
    /// Asks for a counter.
    Ask GetCounter = GET {
        /// Asks for the counter of this name.
        named(name: Text<'a>) { Name(name) }
    }
    /// Lists counters.
    List GetCounters = GET {
        /// Lists all counters. [`AcctAttr::Filter`] limits the list.
        all() {}
    }
    /// Asks for a counter, and sets it to 0: `nfacct get web reset`.
    Ask ResetCounter = RESET {
        /// Asks for the counter of this name.
        named(name: Text<'a>) { Name(name) }
    }
    /// Lists counters, and sets them to 0.
    List ResetCounters = RESET {
        /// Lists all counters. [`AcctAttr::Filter`] limits the list.
        all() {}
    }
    /// Deletes a counter. The kernel answers `EBUSY` if a rule uses it.
    Delete(ENOENT) DeleteCounter = DELETE {
        /// Deletes the counter of this name.
        named(name: Text<'a>) { Name(name) }
    }
    /// Deletes counters: `nfacct flush`.
    Act FlushCounters = DELETE {
        /// Deletes all counters that no rule uses.
        unused() {}
    }
}
