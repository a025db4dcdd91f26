//! State of the audit system: status, features, terminals, and the last signal to the daemon.

use crate::numbers::{flags, numbers};
use crate::structs::structs;
use crate::zerocopy::native_endian::U32;
use crate::{FixedHeader, Text};

structs! {
    /// Status, as `auditctl -s` prints it. Fields that an older kernel does not send are 0.
    #[doc(alias = "audit_status")]
    pub struct Status: 44 {
        /// Fields that a request sets; 0 in replies.
        mask: U32 as StatusMask,
        /// State of auditing.
        #[doc(alias = "enabled")]
        state: U32 as AuditState,
        /// Reaction to records that are lost.
        failure: U32 as FailureAction,
        /// Process ID of the audit daemon; 0 if there is none.
        #[doc(alias = "pid")]
        daemon: U32,
        /// Greatest number of records per second; 0 for no limit.
        rate_limit: U32,
        /// Greatest number of records that wait for the daemon; 0 for no limit.
        backlog_limit: U32,
        /// Number of lost records.
        lost: U32,
        /// Number of records that wait for the daemon.
        backlog: U32,
        /// Features of the kernel. Before Linux 3.18, a version.
        #[doc(alias = "feature_bitmap", alias = "version")]
        features: U32 as KernelFeatures,
        /// Time that a process waits while the backlog is at its limit, in jiffies
        /// (Linux 3.14).
        backlog_wait_time: U32,
        /// Time that processes have waited for the backlog in all, in jiffies (Linux 5.9).
        backlog_wait_time_actual: U32,
    }

    /// Settings that may be locked until the next boot.
    #[doc(alias = "audit_features")]
    pub struct Features: 16 {
        /// Version of the struct: 1.
        #[doc(alias = "vers")]
        version: U32,
        /// Settings that a request changes; all bits in replies.
        mask: U32 as FeatureFlags,
        /// Settings that are on.
        #[doc(alias = "features")]
        on: U32 as FeatureFlags,
        /// Settings that are locked.
        #[doc(alias = "lock")]
        locked: U32 as FeatureFlags,
    }

    /// Recording of what the terminals of a process and its children read.
    #[doc(alias = "audit_tty_status")]
    pub struct TtyStatus: 8 {
        /// 1 if input is recorded.
        enabled: U32,
        /// 1 if input without echo is recorded, which passwords are.
        log_passwd: U32,
    }

    /// Sender of the last signal to the audit daemon. Both fields are 4294967295 before the
    /// first signal.
    #[doc(alias = "audit_sig_info")]
    pub struct SignalSender: 8 {
        /// User ID.
        uid: U32,
        /// Process ID.
        pid: U32,
    }
}

impl FixedHeader for Status {}
impl FixedHeader for Features {}
impl FixedHeader for TtyStatus {}
impl FixedHeader for SignalSender {}

flags! {
    /// Fields of a [`Status`] that a request sets.
    pub struct StatusMask(u32) {
        /// State of auditing.
        STATE = 0x1 "AUDIT_STATUS_ENABLED" "enabled";
        /// Reaction to lost records.
        FAILURE = 0x2 "AUDIT_STATUS_FAILURE" "failure";
        /// Process ID of the audit daemon.
        DAEMON = 0x4 "AUDIT_STATUS_PID" "pid";
        /// Rate limit.
        RATE_LIMIT = 0x8 "AUDIT_STATUS_RATE_LIMIT" "rate_limit";
        /// Backlog limit.
        BACKLOG_LIMIT = 0x10 "AUDIT_STATUS_BACKLOG_LIMIT" "backlog_limit";
        /// Wait for the backlog.
        BACKLOG_WAIT_TIME = 0x20 "AUDIT_STATUS_BACKLOG_WAIT_TIME" "backlog_wait_time";
        /// Number of lost records.
        LOST = 0x40 "AUDIT_STATUS_LOST" "lost";
        /// Sum of the waits for the backlog.
        BACKLOG_WAIT_TIME_ACTUAL = 0x80 "AUDIT_STATUS_BACKLOG_WAIT_TIME_ACTUAL" "backlog_wait_time_actual";
    }
}

flags! {
    /// Features of the kernel's audit system.
    pub struct KernelFeatures(u32) {
        /// The backlog limit can be set.
        BACKLOG_LIMIT = 0x1 "AUDIT_FEATURE_BITMAP_BACKLOG_LIMIT" "backlog_limit";
        /// The wait for the backlog can be set.
        BACKLOG_WAIT_TIME = 0x2 "AUDIT_FEATURE_BITMAP_BACKLOG_WAIT_TIME" "backlog_wait_time";
        /// Rules compare the program's path.
        EXECUTABLE_PATH = 0x4 "AUDIT_FEATURE_BITMAP_EXECUTABLE_PATH" "executable_path";
        /// The list `exclude` compares more than record types.
        EXCLUDE_EXTEND = 0x8 "AUDIT_FEATURE_BITMAP_EXCLUDE_EXTEND" "exclude_extend";
        /// Rules compare session IDs.
        SESSION_FILTER = 0x10 "AUDIT_FEATURE_BITMAP_SESSIONID_FILTER" "sessionid_filter";
        /// The number of lost records can be reset.
        LOST_RESET = 0x20 "AUDIT_FEATURE_BITMAP_LOST_RESET" "lost_reset";
        /// The list `filesystem` exists.
        FILESYSTEM_FILTER = 0x40 "AUDIT_FEATURE_BITMAP_FILTER_FS" "filter_fs";
    }
}

flags! {
    /// Settings that may be locked: the bits with the numbers
    /// [`AUDIT_FEATURE_ONLY_UNSET_LOGINUID`] and [`AUDIT_FEATURE_LOGINUID_IMMUTABLE`].
    pub struct FeatureFlags(u32) {
        /// Only an unset login user ID can be set.
        ONLY_UNSET_LOGIN_UID = 0x1 "ONLY_UNSET_LOGINUID" "only_unset_loginuid";
        /// The login user ID cannot change once it is set.
        LOGIN_UID_IMMUTABLE = 0x2 "LOGINUID_IMMUTABLE" "loginuid_immutable";
    }
}

/// Number of the setting that only an unset login user ID can be set.
pub const AUDIT_FEATURE_ONLY_UNSET_LOGINUID: u32 = 0;
/// Number of the setting that a login user ID cannot change once it is set.
pub const AUDIT_FEATURE_LOGINUID_IMMUTABLE: u32 = 1;

numbers! {
    /// State of auditing.
    pub struct AuditState(u32) {
        /// Off.
        OFF = 0 "AUDIT_OFF" "off";
        /// On.
        ON = 1 "AUDIT_ON" "on";
        /// On, and neither settings nor rules can change until the next boot.
        LOCKED = 2 "AUDIT_LOCKED" "locked";
    }
}

numbers! {
    /// Reaction of the kernel to records that are lost.
    pub struct FailureAction(u32) {
        /// None.
        SILENT = 0 "AUDIT_FAIL_SILENT" "silent";
        /// Prints to the kernel's log.
        PRINT = 1 "AUDIT_FAIL_PRINTK" "printk";
        /// Halts the machine by a panic.
        PANIC = 2 "AUDIT_FAIL_PANIC" "panic";
    }
}

/// Reply to [`GetSignalSender`](super::GetSignalSender).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct SignalRow<'a> {
    /// User and process.
    pub sender: SignalSender,
    /// Security context of the sender; empty without a security module.
    pub context: Text<'a>,
}
