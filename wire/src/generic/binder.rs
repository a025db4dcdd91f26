//! `binder`: failed transactions of Android's binder
//! (`linux/android/binder_netlink.h`, Linux 6.18). The family has no requests.
//!
//! ```
//! use nlwire::generic::binder::{Change, Report};
//! use nlwire::{DecodeError, MessageRef, fields};
//!
//! fn print(message: MessageRef<'_>) -> Result<(), DecodeError> {
//!     if let Change::Report(row) = Change::of(message) {
//!         let found = fields!(row.attributes => Report { error, from_pid, to_pid })?;
//!         println!("{:?} to {:?}: {:?}", found.from_pid, found.to_pid, found.error);
//!     }
//!     Ok(())
//! }
//! ```

use super::family::{changes, family};
use crate::attributes;
use crate::codec::{Flag, Text};

family! {
    name BINDER_FAMILY_NAME "binder";
    version BINDER_FAMILY_VERSION 1;
    group BINDER_MCGRP_REPORT "report" "failed transactions: [`Change`].";
    command 1 BINDER_CMD_REPORT Report "Reports a failed transaction.";
}

changes! {
    /// Notification of the group [`BINDER_MCGRP_REPORT`].
    Change {
        /// Failed transaction.
        Report(Report) = BINDER_CMD_REPORT;
    }
}

attributes! {
    /// Failed transaction (`BINDER_A_REPORT_*`).
    pub set Report, enum ReportAttr {
        /// Error that the sender gets, such as `BR_FAILED_REPLY`.
        1 BINDER_A_REPORT_ERROR Error error: u32,
        /// Name of the binder device.
        2 BINDER_A_REPORT_CONTEXT Context context: Text,
        /// Process ID of the sender.
        3 BINDER_A_REPORT_FROM_PID FromPid from_pid: u32,
        /// Thread ID of the sender.
        4 BINDER_A_REPORT_FROM_TID FromTid from_tid: u32,
        /// Process ID of the receiver.
        5 BINDER_A_REPORT_TO_PID ToPid to_pid: u32,
        /// Thread ID of the receiver.
        6 BINDER_A_REPORT_TO_TID ToTid to_tid: u32,
        /// True for a reply.
        7 BINDER_A_REPORT_IS_REPLY IsReply is_reply: Flag,
        /// Flags of the transaction (`enum transaction_flags`).
        8 BINDER_A_REPORT_FLAGS Flags flags: u32,
        /// Code of the transaction, which its receiver defines.
        9 BINDER_A_REPORT_CODE Code code: u32,
        /// Size of the transaction's data in bytes.
        10 BINDER_A_REPORT_DATA_SIZE DataSize data_size: u32,
    }
}
