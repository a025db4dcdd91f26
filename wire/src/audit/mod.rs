//! `NETLINK_AUDIT`: status, rules and records of the audit system, as auditctl(8) and
//! auditd(8) know them (`linux/audit.h`).
//!
//! ```
//! use nlwire::audit::{
//!     Arch, AuditState, DeleteRule, FailureAction, FilterList, GetFeatures, GetRules, GetStatus,
//!     NewRule, Rule, RuleField, RuleOperator, RuleText, SetStatus,
//! };
//!
//! // auditctl -s; auditctl -e 1 -f 1 -b 8192
//! let (status, features) = (GetStatus::new(), GetFeatures::new());
//! let set = SetStatus::new()
//!     .state(AuditState::ON)
//!     .failure(FailureAction::PRINT)
//!     .backlog_limit(8192);
//! // auditctl -a always,exit -F arch=b64 -S execve -F auid>=1000 -F key=exec
//! let terms = [
//!     RuleField::ARCH.equal(Arch::X86_64),
//!     RuleField::LOGIN_UID.compare(RuleOperator::GREATER_OR_EQUAL, 1000),
//!     RuleText::KEY.equal("exec"),
//! ];
//! let rule = Rule::always(FilterList::EXIT).syscalls(&[59]).with(&terms);
//! assert_eq!(
//!     rule.to_string(),
//!     "-a always,exit -F arch=x86_64 -S 59 -F auid>=1000 -F key=exec",
//! );
//! let (new, deleted) = (NewRule::of(rule), DeleteRule::of(rule).if_there());
//! // auditctl -l
//! let rules = GetRules::all();
//! ```
//!
//! Records are texts. Several with one [`RecordId`] make an event:
//!
//! ```
//! use nlwire::audit::{Record, RecordType};
//!
//! let text = br#"audit(1700000000.123:456): proctitle=6C73002D6C"#;
//! let record = Record::of(RecordType::PROCTITLE, text);
//! let id = record.id().ok_or("no id")?;
//! assert_eq!((id.seconds, id.milliseconds, id.serial), (1_700_000_000, 123, 456));
//! let title = record.get("proctitle").ok_or("no title")?;
//! assert!(title.decoded().eq(*b"ls\0-l"));
//! # Ok::<(), &str>(())
//! ```
//!
//! The rest of the system: terminals, trees of watched directories, records of programs.
//!
//! ```
//! use nlwire::audit::{
//!     FeatureFlags, GetSignalSender, GetTty, MakeEquivalent, RecordType, ResetCounter, SendRecord,
//!     SetFeatures, SetTty, TrimTrees,
//! };
//!
//! // auditctl --loginuid-immutable; auditctl --reset-lost
//! let immutable = SetFeatures::new().on(FeatureFlags::LOGIN_UID_IMMUTABLE);
//! let lost = ResetCounter::lost();
//! // auditctl -t; auditctl -q /srv,/mnt/srv
//! let (trim, same) = (TrimTrees, MakeEquivalent::of("/srv", "/mnt/srv"));
//! // auditctl -m "backup done"
//! let record = SendRecord::of(RecordType::USER, "backup done");
//! // pam_tty_audit(8)
//! let (input, record_input) = (GetTty::new(), SetTty::enabled(true));
//! // Sender of the signal that auditd(8) logs at its end.
//! let sender = GetSignalSender::new();
//! ```
//!
//! | to | use |
//! |---|---|
//! | read and change the status | [`GetStatus`], [`SetStatus`], [`ResetCounter`] |
//! | read and lock features | [`GetFeatures`], [`SetFeatures`] |
//! | list, add and delete rules | [`GetRules`], [`NewRule`], [`DeleteRule`] with [`Rule`] |
//! | send a record | [`SendRecord`] |
//! | receive records | group [`AUDIT_NLGRP_READLOG`], or [`SetStatus::daemon`]: [`Change`] |
//!
//! The kernel answers requests of the first user and process namespace only. Others get
//! `ECONNREFUSED`, as if there were no audit system. Requests need `CAP_AUDIT_CONTROL`,
//! [`SendRecord`] `CAP_AUDIT_WRITE`, and the group `CAP_AUDIT_READ`. Records reach sockets
//! of the first network namespace only.
//!
//! A reply comes from a thread of the kernel, after the acknowledgement of its request
//! (`audit_send_reply_thread`). So connections of nlsock ask for none. A pipeline does,
//! and skips the reply.
//!
//! The header's length leaves the header out in a record for the daemon, and in older
//! kernels in one for the group. A connection of nlsock corrects it.

mod arch;
mod change;
mod fields;
mod kinds;
mod record;
mod request;
mod rule;
mod rule_header;
mod rule_request;
mod status;
mod syscalls;
mod term;
mod values;

pub use arch::Arch;
pub use change::Change;
pub use fields::{Decoded, RecordField, RecordFields};
pub use kinds::{
    AUDIT_FIRST_KERN_ANOM_MSG, AUDIT_FIRST_USER_MSG, AUDIT_FIRST_USER_MSG2,
    AUDIT_LAST_KERN_ANOM_MSG, AUDIT_LAST_USER_MSG, AUDIT_LAST_USER_MSG2, RecordType,
};
pub use record::{Record, RecordId};
pub use request::{
    GetFeatures, GetSignalSender, GetStatus, GetTty, MakeEquivalent, ResetCounter, SendRecord,
    SetFeatures, SetStatus, SetTty, TrimTrees,
};
pub use rule::{Rule, RuleRow};
pub use rule_request::{DeleteRule, GetRules, NewRule};
pub use status::*;
pub use syscalls::Syscalls;
pub use term::{RuleNumber, Term, Terms};
pub use values::*;

use core::fmt::{self, Formatter};

use crate::schema::{MessageSchema, Protocol, unnamed};
use crate::structs::structs;
use crate::text::Quoted;
use crate::zerocopy::native_endian::U32;
use crate::{FixedHeader, MessageType, Text};

/// Protocol number for socket(2).
pub const NETLINK_AUDIT: u8 = 9;

/// Multicast group of all records (Linux 3.16).
pub const AUDIT_NLGRP_READLOG: u32 = 1;

/// Longest text of a program's record in bytes; the kernel cuts longer ones.
pub const AUDIT_MESSAGE_TEXT_MAX: usize = 8560;

/// Reads the status.
pub const AUDIT_GET: MessageType = MessageType(1000);
/// Changes the status.
pub const AUDIT_SET: MessageType = MessageType(1001);
/// Lists rules of an older form, which the kernel no longer supports.
pub const AUDIT_LIST: MessageType = MessageType(1002);
/// Adds a rule of an older form, which the kernel no longer supports.
pub const AUDIT_ADD: MessageType = MessageType(1003);
/// Deletes a rule of an older form, which the kernel no longer supports.
pub const AUDIT_DEL: MessageType = MessageType(1004);
/// Watches a file; unused.
pub const AUDIT_WATCH_INS: MessageType = MessageType(1007);
/// Stops watching a file; unused.
pub const AUDIT_WATCH_REM: MessageType = MessageType(1008);
/// Lists watched files; unused.
pub const AUDIT_WATCH_LIST: MessageType = MessageType(1009);
/// Asks for the sender of the last signal to the daemon.
pub const AUDIT_SIGNAL_INFO: MessageType = MessageType(1010);
/// Adds a rule.
pub const AUDIT_ADD_RULE: MessageType = MessageType(1011);
/// Deletes a rule.
pub const AUDIT_DEL_RULE: MessageType = MessageType(1012);
/// Lists the rules.
pub const AUDIT_LIST_RULES: MessageType = MessageType(1013);
/// Removes unmounted trees from watched directories.
pub const AUDIT_TRIM: MessageType = MessageType(1014);
/// Watches a mount as the directory that it was bound from.
pub const AUDIT_MAKE_EQUIV: MessageType = MessageType(1015);
/// Reads if TTY input is recorded.
pub const AUDIT_TTY_GET: MessageType = MessageType(1016);
/// Turns the recording of TTY input on or off.
pub const AUDIT_TTY_SET: MessageType = MessageType(1017);
/// Changes and locks features.
pub const AUDIT_SET_FEATURE: MessageType = MessageType(1018);
/// Reads the features.
pub const AUDIT_GET_FEATURE: MessageType = MessageType(1019);

/// Byte between several keys of one rule.
pub const AUDIT_KEY_SEPARATOR: u8 = 1;

structs! {
    /// Lengths of the two paths of [`MakeEquivalent`], which follow.
    struct Lengths: 8 {
        old: U32,
        new: U32,
    }

    /// Process that wants to replace the audit daemon.
    struct Replacement: 4 {
        process: U32,
    }
}

impl FixedHeader for Lengths {}
impl FixedHeader for Replacement {}

/// Describes the replies of this type.
const fn reply<T: FixedHeader>(kind: MessageType, name: &'static str) -> MessageSchema {
    MessageSchema::new::<T>(kind, name, unnamed)
        .only(|_, is_request| !is_request)
        .opaque()
}

/// Describes messages of this type, which have no attributes.
const fn plain<T: FixedHeader>(kind: MessageType, name: &'static str) -> MessageSchema {
    MessageSchema::new::<T>(kind, name, unnamed).opaque()
}

/// Writes a text with nothing around it.
fn write_text(bytes: &[u8], f: &mut Formatter<'_>) -> fmt::Result {
    fmt::Display::fmt(&Text::new(bytes), f)
}

fn write_quoted(bytes: &[u8], f: &mut Formatter<'_>) -> fmt::Result {
    fmt::Display::fmt(&Quoted(bytes), f)
}

/// Schema of the protocol.
pub static PROTOCOL: Protocol = Protocol {
    number: NETLINK_AUDIT,
    name: "audit",
    types: kinds::TYPES,
    verb: None,
    messages: &[
        reply::<Status>(AUDIT_GET, "AUDIT_GET"),
        plain::<Status>(AUDIT_SET, "AUDIT_SET"),
        reply::<Features>(AUDIT_GET_FEATURE, "AUDIT_GET_FEATURE"),
        plain::<Features>(AUDIT_SET_FEATURE, "AUDIT_SET_FEATURE"),
        reply::<TtyStatus>(AUDIT_TTY_GET, "AUDIT_TTY_GET"),
        plain::<TtyStatus>(AUDIT_TTY_SET, "AUDIT_TTY_SET"),
        reply::<SignalSender>(AUDIT_SIGNAL_INFO, "AUDIT_SIGNAL_INFO").text(write_text),
        reply::<()>(AUDIT_LIST_RULES, "AUDIT_LIST_RULES").text(rule::write),
        plain::<()>(AUDIT_ADD_RULE, "AUDIT_ADD_RULE").text(rule::write),
        plain::<()>(AUDIT_DEL_RULE, "AUDIT_DEL_RULE").text(rule::write),
        plain::<Lengths>(AUDIT_MAKE_EQUIV, "AUDIT_MAKE_EQUIV").text(write_quoted),
        plain::<Replacement>(RecordType::REPLACE.message_type(), "AUDIT_REPLACE"),
        MessageSchema::rest::<()>().text(write_text),
    ],
    family: None,
};
