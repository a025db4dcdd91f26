//! Requests for the state of the audit system, and records of programs.

use core::fmt;

use super::{
    AUDIT_GET, AUDIT_GET_FEATURE, AUDIT_MAKE_EQUIV, AUDIT_SET, AUDIT_SET_FEATURE,
    AUDIT_SIGNAL_INFO, AUDIT_TRIM, AUDIT_TTY_GET, AUDIT_TTY_SET, AuditState, FailureAction,
    FeatureFlags, Features, Lengths, PROTOCOL, RecordType, SignalRow, SignalSender, Status,
    StatusMask, TtyStatus,
};
use crate::bytes::{after, low32};
use crate::schema::Protocol;
use crate::{EncodeError, Flags, MessageRef, Next, Query, Request, Text, Writer};

/// Declares requests without contents, each with the struct of its reply.
macro_rules! questions {
    ($($(#[$meta:meta])* $name:ident = $kind:ident, $object:literal, $reply:ty, $row:expr;)*) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, Default)]
        pub struct $name(());

        impl $name {
            /// Creates the request.
            #[must_use]
            pub const fn new() -> Self {
                Self(())
            }
        }

        impl Request for $name {
            fn protocol(&self) -> Option<&'static Protocol> {
                Some(&PROTOCOL)
            }

            fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
                w.append_message($kind, Flags::empty(), &(), |w| Ok(w))?;
                Ok(Next::End)
            }

            fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str($object)
            }
        }

        impl Query for $name {
            type Row<'r> = $reply;

            #[inline]
            fn row(message: MessageRef<'_>) -> Self::Row<'_> {
                let row: fn(MessageRef<'_>) -> Self::Row<'_> = $row;
                row(message)
            }
        }

        crate::__format!($name);
    )*};
}

questions! {
    /// Reads the status, as `auditctl -s` does.
    #[doc(alias = "AUDIT_GET")]
    GetStatus = AUDIT_GET, "audit status", Status,
        |message| message.split_zero_extended().0;
    /// Reads the features, as `auditctl -s` does (Linux 3.13).
    #[doc(alias = "AUDIT_GET_FEATURE")]
    GetFeatures = AUDIT_GET_FEATURE, "audit features", Features,
        |message| message.split_zero_extended().0;
    /// Reads if the kernel records TTY input of this process.
    #[doc(alias = "AUDIT_TTY_GET")]
    GetTty = AUDIT_TTY_GET, "records of terminals", TtyStatus,
        |message| message.split_zero_extended().0;
    /// Asks for the sender of the last signal to the audit daemon.
    #[doc(alias = "AUDIT_SIGNAL_INFO")]
    GetSignalSender = AUDIT_SIGNAL_INFO, "sender of a signal to the audit daemon", SignalRow<'r>,
        |message| SignalRow {
            sender: message.split_zero_extended().0,
            context: Text::new(after(message.payload(), size_of::<SignalSender>())),
        };
}

/// Changes the status: the parts that are set here, as `auditctl` does with `-e`, `-f`,
/// `-r`, `-b`.
///
/// ```
/// use nlwire::audit::SetStatus;
///
/// // auditctl -r 100 --backlog_wait_time 0
/// let limits = SetStatus::new().rate_limit(100).backlog_wait_time(0);
/// // A process becomes the audit daemon: records reach the socket of this request.
/// let daemon = SetStatus::new().daemon(4711);
/// ```
#[derive(Clone, Copy, Debug, Default)]
#[doc(alias = "AUDIT_SET")]
pub struct SetStatus(Status);

impl SetStatus {
    /// Changes nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the state of auditing. After [`AuditState::LOCKED`] the kernel refuses changes
    /// with `EPERM`.
    #[must_use]
    #[doc(alias = "AUDIT_STATUS_ENABLED")]
    pub fn state(mut self, state: AuditState) -> Self {
        self.0.state = state.0.into();
        self.marked(StatusMask::STATE)
    }

    /// Sets the reaction to lost records.
    #[must_use]
    #[doc(alias = "AUDIT_STATUS_FAILURE")]
    pub fn failure(mut self, action: FailureAction) -> Self {
        self.0.failure = action.0.into();
        self.marked(StatusMask::FAILURE)
    }

    /// Makes the process with this ID, which sends the request, the audit daemon; 0 removes
    /// the daemon. The kernel refuses to replace a daemon that runs with `EEXIST`.
    #[must_use]
    #[doc(alias = "AUDIT_STATUS_PID")]
    pub fn daemon(mut self, process: u32) -> Self {
        self.0.daemon = process.into();
        self.marked(StatusMask::DAEMON)
    }

    /// Limits the number of records per second; 0 removes the limit.
    #[must_use]
    #[doc(alias = "AUDIT_STATUS_RATE_LIMIT")]
    pub fn rate_limit(mut self, records: u32) -> Self {
        self.0.rate_limit = records.into();
        self.marked(StatusMask::RATE_LIMIT)
    }

    /// Limits the number of records that wait for the daemon; 0 removes the limit.
    #[must_use]
    #[doc(alias = "AUDIT_STATUS_BACKLOG_LIMIT")]
    pub fn backlog_limit(mut self, records: u32) -> Self {
        self.0.backlog_limit = records.into();
        self.marked(StatusMask::BACKLOG_LIMIT)
    }

    /// Sets the time that a process waits while the backlog is at its limit, in jiffies. The
    /// kernel takes up to ten times its default of one minute.
    #[must_use]
    #[doc(alias = "AUDIT_STATUS_BACKLOG_WAIT_TIME")]
    pub fn backlog_wait_time(mut self, jiffies: u32) -> Self {
        self.0.backlog_wait_time = jiffies.into();
        self.marked(StatusMask::BACKLOG_WAIT_TIME)
    }

    fn marked(mut self, part: StatusMask) -> Self {
        self.0.mask = (self.0.mask.get() | part.bits()).into();
        self
    }
}

impl Request for SetStatus {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        w.append_message(AUDIT_SET, Flags::empty(), &self.0, |w| Ok(w))?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("audit status")
    }
}

/// Sets a counter to 0. The code of the acknowledgement is its value before:
/// [`AckRef::code`](crate::AckRef::code).
#[derive(Clone, Copy, Debug)]
pub struct ResetCounter(StatusMask);

impl ResetCounter {
    /// Resets the number of lost records, as `auditctl --reset-lost` (Linux 4.11).
    #[must_use]
    #[doc(alias = "AUDIT_STATUS_LOST")]
    pub const fn lost() -> Self {
        Self(StatusMask::LOST)
    }

    /// Resets the sum of waits for the backlog (Linux 5.9).
    #[must_use]
    #[doc(alias = "AUDIT_STATUS_BACKLOG_WAIT_TIME_ACTUAL")]
    pub const fn backlog_wait_time() -> Self {
        Self(StatusMask::BACKLOG_WAIT_TIME_ACTUAL)
    }
}

impl Request for ResetCounter {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let status = Status {
            mask: self.0.bits().into(),
            ..Status::default()
        };
        w.append_message(AUDIT_SET, Flags::empty(), &status, |w| Ok(w))?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "audit counter {}", self.0)
    }
}

/// Turns features on and off, and locks them until the next boot.
///
/// ```
/// use nlwire::audit::{FeatureFlags, SetFeatures};
///
/// let unset = FeatureFlags::ONLY_UNSET_LOGIN_UID;
/// let locked = SetFeatures::new().on(unset).lock(unset);
/// let off = SetFeatures::new().off(FeatureFlags::LOGIN_UID_IMMUTABLE);
/// ```
#[derive(Clone, Copy, Debug, Default)]
#[doc(alias = "AUDIT_SET_FEATURE")]
pub struct SetFeatures(Features);

/// Version of the struct.
pub(super) const AUDIT_FEATURE_VERSION: u32 = 1;

impl SetFeatures {
    /// Changes nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self(Features {
            version: AUDIT_FEATURE_VERSION.into(),
            ..Features::default()
        })
    }

    /// Turns features on.
    #[must_use]
    pub fn on(mut self, features: FeatureFlags) -> Self {
        self.0.on = (self.0.on.get() | features.bits()).into();
        self.marked(features)
    }

    /// Turns features off.
    #[must_use]
    pub fn off(mut self, features: FeatureFlags) -> Self {
        self.0.on = (self.0.on.get() & !features.bits()).into();
        self.marked(features)
    }

    /// Locks features as [`on`](Self::on) or [`off`](Self::off) sets them; without these
    /// they are turned off.
    #[must_use]
    pub fn lock(mut self, features: FeatureFlags) -> Self {
        self.0.locked = (self.0.locked.get() | features.bits()).into();
        self.marked(features)
    }

    fn marked(mut self, features: FeatureFlags) -> Self {
        self.0.mask = (self.0.mask.get() | features.bits()).into();
        self
    }
}

impl Request for SetFeatures {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        w.append_message(AUDIT_SET_FEATURE, Flags::empty(), &self.0, |w| Ok(w))?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("audit features")
    }
}

/// Turns the recording of TTY input on or off, for this process and its children.
///
/// ```
/// use nlwire::audit::SetTty;
///
/// let with_passwords = SetTty::enabled(true).with_passwords();
/// ```
#[derive(Clone, Copy, Debug)]
#[doc(alias = "AUDIT_TTY_SET")]
pub struct SetTty(TtyStatus);

impl SetTty {
    /// Records input, or stops to record it.
    #[must_use]
    pub fn enabled(is_on: bool) -> Self {
        Self(TtyStatus {
            enabled: u32::from(is_on).into(),
            ..TtyStatus::default()
        })
    }

    /// Records input without echo, too (Linux 3.10).
    #[must_use]
    pub fn with_passwords(mut self) -> Self {
        self.0.log_passwd = 1.into();
        self
    }
}

impl Request for SetTty {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        w.append_message(AUDIT_TTY_SET, Flags::empty(), &self.0, |w| Ok(w))?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("records of terminals")
    }
}

/// Removes unmounted trees from watched directories, as `auditctl -t` does.
#[derive(Clone, Copy, Debug, Default)]
#[doc(alias = "AUDIT_TRIM")]
pub struct TrimTrees;

impl Request for TrimTrees {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        w.append_message(AUDIT_TRIM, Flags::empty(), &(), |w| Ok(w))?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("watched directories")
    }
}

/// Watches a mount as the watched directory that it was bound from, as `auditctl -q` does.
#[derive(Clone, Copy, Debug)]
#[doc(alias = "AUDIT_MAKE_EQUIV")]
pub struct MakeEquivalent<'a> {
    directory: Text<'a>,
    mount: Text<'a>,
}

impl<'a> MakeEquivalent<'a> {
    /// Watches `mount` by the rules of `directory`.
    #[must_use]
    pub fn of(directory: impl Into<Text<'a>>, mount: impl Into<Text<'a>>) -> Self {
        Self {
            directory: directory.into(),
            mount: mount.into(),
        }
    }
}

impl Request for MakeEquivalent<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let lengths = Lengths {
            old: low32(self.directory.len()).into(),
            new: low32(self.mount.len()).into(),
        };
        w.append_message(AUDIT_MAKE_EQUIV, Flags::empty(), &lengths, |w| {
            w.append_bytes(self.directory.as_bytes())?
                .append_bytes(self.mount.as_bytes())
        })?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "watched directory {:?}", self.directory)
    }
}

/// Sends a record. The kernel writes it to the log as `msg='..'`, behind the IDs of the
/// process.
///
/// The kernel ignores it while auditing is off, except for [`RecordType::USER_AVC`].
///
/// ```
/// use nlwire::audit::{RecordType, SendRecord};
///
/// let login = SendRecord::of(RecordType::USER_LOGIN, "op=login acct=\"anna\" res=success");
/// ```
#[derive(Clone, Copy, Debug)]
#[doc(alias = "AUDIT_USER", alias = "AUDIT_USER_LOGIN")]
pub struct SendRecord<'a> {
    kind: RecordType,
    text: Text<'a>,
}

impl<'a> SendRecord<'a> {
    /// Sends a text of at most 8560 bytes. The kernel refuses types that are not for
    /// programs: see [`RecordType::is_of_programs`].
    #[must_use]
    pub fn of(kind: RecordType, text: impl Into<Text<'a>>) -> Self {
        Self {
            kind,
            text: text.into(),
        }
    }
}

impl Request for SendRecord<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        w.append_message(self.kind.message_type(), Flags::empty(), &(), |w| {
            // The kernel overwrites the last byte by a NUL.
            w.append_bytes(self.text.as_bytes())?.append_bytes(b"\0")
        })?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "audit record {}", self.kind)
    }
}

crate::__format!(
    SetStatus,
    ResetCounter,
    SetFeatures,
    SetTty,
    TrimTrees,
    MakeEquivalent<'_>,
    SendRecord<'_>
);
