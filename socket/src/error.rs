//! The error of this crate: what failed, in which step, and why.

use core::fmt;
use core::num::NonZeroU32;
use nlwire::{DecodeError, Errno};

#[cfg(feature = "alloc")]
use alloc::{boxed::Box, string::String};

use crate::{Operation, Protocol};

/// What failed, in which step, and why.
///
/// Small enough to return by value. With the feature `alloc` a refusal also
/// carries what the kernel said about it, see [`Detail`]; that is the only
/// allocation, and only a failure makes it.
///
/// ```
/// use nlsock::{Config, Errno, ErrorKind, Protocol};
///
/// let error = Config::new(Protocol(31)).open_socket().unwrap_err();
/// assert_eq!(error.to_string(), "protocol 31: open: socket: EPROTONOSUPPORT");
/// assert_eq!(error.kind(), ErrorKind::System(Errno::EPROTONOSUPPORT));
/// ```
#[derive(Clone)]
pub struct Error {
    kind: ErrorKind,
    sequence: Option<NonZeroU32>,
    /// With `alloc` it is part of the detail, for lack of room.
    #[cfg(not(feature = "alloc"))]
    offset: Option<NonZeroU32>,
    operation: Operation,
    protocol: Option<Protocol>,
    #[cfg(feature = "alloc")]
    detail: Option<Box<Detail>>,
}

const _: () = assert!(size_of::<Error>() <= 48);

/// Why something failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A system call failed.
    System(Errno),
    /// The kernel understood the request and refused it.
    Refused(Errno),
    /// The deadline passed.
    Timeout,
    /// A [`Canceller`](crate::Canceller) ended the wait.
    Cancelled,
    /// The other end is gone: a transport that has no more to give.
    Closed,
    /// A datagram did not fit the buffer and is lost.
    Truncated {
        /// The size in bytes that the buffer needs for it.
        needed: u32,
    },
    /// The receive buffer overran, and messages were lost (`ENOBUFS`).
    Overrun {
        /// How many datagrams the kernel has dropped on this socket since it
        /// was opened; 0 where the kernel does not tell.
        drops: u32,
    },
    /// The table changed while it was dumped (`NLM_F_DUMP_INTR`): what was
    /// received may miss or repeat rows.
    Interrupted,
    /// What was received does not follow the format.
    Decode(DecodeError),
    /// An answer whose code is neither success nor an errno, or is missing.
    Invalid,
    /// A request that has one reply got another number of them.
    Replies {
        /// How many; of a datagram that did not fit, the first one counts.
        found: u32,
    },
    /// The buffer is too small for what was asked; nothing was sent.
    BufferTooSmall {
        /// The least size in bytes.
        needed: u32,
    },
    /// There are more messages than outcomes; nothing was sent.
    TooFewOutcomes {
        /// How many are needed.
        needed: u32,
    },
    /// As many requests are under way as a [`Pipeline`](crate::Pipeline) may
    /// have; nothing was sent.
    PipelineFull {
        /// How many.
        limit: u32,
    },
    /// A value does not fit a message: a name that is too long, or that has a
    /// NUL inside. Nothing was sent.
    Encode,
    /// The kernel is too old for what was required.
    Unsupported,
}

/// What the kernel said about a refusal, in its extended ack.
#[cfg(feature = "alloc")]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Detail {
    /// The text, empty if there is none: `Nexthop has invalid gateway`.
    pub text: String,
    /// The attribute that was refused, empty if unknown: `RTA_GATEWAY`.
    pub path: String,
    /// Whether the attribute is missing rather than refused.
    pub missing: bool,
    /// Where that begins, in bytes from the start of the request's header.
    pub offset: Option<u32>,
}

impl Error {
    /// Makes an error of its three parts; the protocol is `None` where the
    /// descriptor is no netlink socket.
    #[must_use]
    pub const fn new(protocol: Option<Protocol>, operation: Operation, kind: ErrorKind) -> Self {
        Self {
            kind,
            sequence: None,
            #[cfg(not(feature = "alloc"))]
            offset: None,
            operation,
            protocol,
            #[cfg(feature = "alloc")]
            detail: None,
        }
    }

    /// Adds the sequence number of the request; 0 stands for none.
    #[must_use]
    pub fn with_sequence(mut self, sequence: u32) -> Self {
        self.sequence = NonZeroU32::new(sequence);
        self
    }

    /// Adds the offset of the attribute that was refused, in bytes from the
    /// start of the request's header; 0 stands for none.
    #[must_use]
    pub fn with_offset(mut self, offset: u32) -> Self {
        let offset = NonZeroU32::new(offset);
        #[cfg(not(feature = "alloc"))]
        {
            self.offset = offset;
        }
        #[cfg(feature = "alloc")]
        if let Some(offset) = offset {
            self.detail.get_or_insert_default().offset = Some(offset.get());
        }
        self
    }

    /// Replaces what the kernel said, the offset included.
    #[cfg(feature = "alloc")]
    #[must_use]
    pub fn with_detail(mut self, detail: Detail) -> Self {
        self.detail = Some(Box::new(detail));
        self
    }

    /// Returns why it failed.
    #[must_use]
    pub const fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// Returns the step that failed.
    #[must_use]
    pub const fn operation(&self) -> Operation {
        self.operation
    }

    /// Returns the protocol of the socket, where it is known.
    #[must_use]
    pub const fn protocol(&self) -> Option<Protocol> {
        self.protocol
    }

    /// Returns the errno of a failed system call or of a refusal.
    #[must_use]
    pub const fn errno(&self) -> Option<Errno> {
        match self.kind {
            ErrorKind::System(errno) | ErrorKind::Refused(errno) => Some(errno),
            _ => None,
        }
    }

    /// Returns the sequence number of the request that failed.
    #[must_use]
    pub fn sequence(&self) -> Option<u32> {
        self.sequence.map(NonZeroU32::get)
    }

    /// Returns where the attribute that was refused begins, in bytes from the
    /// start of the request's header.
    #[must_use]
    pub fn offset(&self) -> Option<u32> {
        #[cfg(not(feature = "alloc"))]
        return self.offset.map(NonZeroU32::get);
        #[cfg(feature = "alloc")]
        self.detail().and_then(|detail| detail.offset)
    }

    /// Returns what the kernel said.
    #[cfg(feature = "alloc")]
    #[must_use]
    pub fn detail(&self) -> Option<&Detail> {
        self.detail.as_deref()
    }

    /// Whether the same call can succeed when it is repeated: a timeout, a
    /// loss, an interrupted dump, `EAGAIN`, `EBUSY`, `EINTR`, `ENOBUFS`,
    /// `ENOMEM`.
    #[must_use]
    pub fn is_temporary(&self) -> bool {
        match self.kind {
            ErrorKind::Timeout | ErrorKind::Overrun { .. } | ErrorKind::Interrupted => true,
            ErrorKind::System(errno) | ErrorKind::Refused(errno) => matches!(
                errno,
                Errno::EAGAIN | Errno::EBUSY | Errno::EINTR | Errno::ENOBUFS | Errno::ENOMEM
            ),
            _ => false,
        }
    }

    /// Whether what was named does not exist: `ENOENT`, `ENODEV` (links),
    /// `ESRCH` (routes, states), `EADDRNOTAVAIL` (addresses).
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        matches!(
            self.errno(),
            Some(Errno::ENOENT | Errno::ENODEV | Errno::ESRCH | Errno::EADDRNOTAVAIL)
        )
    }

    /// Whether what was to be made exists already: `EEXIST`.
    #[must_use]
    pub fn is_exists(&self) -> bool {
        self.errno() == Some(Errno::EEXIST)
    }

    /// Whether the request was refused for an attribute that it lacks.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        #[cfg(feature = "alloc")]
        return self.detail().is_some_and(|detail| detail.missing);
        #[cfg(not(feature = "alloc"))]
        false
    }

    /// Whether the caller lacks a capability: `EPERM`, `EACCES`.
    #[must_use]
    pub fn is_permission(&self) -> bool {
        matches!(self.errno(), Some(Errno::EPERM | Errno::EACCES))
    }
}

/// `route: request 24: ENETUNREACH: Nexthop has invalid gateway, at
/// RTA_GATEWAY (byte 36)`
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(protocol) = self.protocol {
            write!(f, "{protocol}: ")?;
        }
        write!(f, "{}: {}", self.operation, self.kind)?;
        #[cfg(feature = "alloc")]
        let (text, path) = self.detail().map_or(("", ""), |d| (&d.text, &d.path));
        #[cfg(not(feature = "alloc"))]
        let (text, path) = ("", "");
        if !text.is_empty() {
            write!(f, ": {text}")?;
        }
        match (path, self.offset()) {
            ("", None) => Ok(()),
            ("", Some(offset)) => write!(f, ", at byte {offset}"),
            (path, _) if self.is_missing() => write!(f, ", without {path}"),
            (path, None) => write!(f, ", at {path}"),
            (path, Some(offset)) => write!(f, ", at {path} (byte {offset})"),
        }
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::System(errno) | Self::Refused(errno) => fmt::Display::fmt(errno, f),
            Self::Timeout => f.write_str("timed out"),
            Self::Cancelled => f.write_str("cancelled"),
            Self::Closed => f.write_str("closed"),
            Self::Truncated { needed } => {
                write!(f, "datagram truncated: {needed} bytes needed")
            }
            Self::Overrun { drops } => {
                write!(
                    f,
                    "receive buffer overrun: {drops} datagrams dropped so far"
                )
            }
            Self::Interrupted => f.write_str("the table changed during the dump"),
            Self::Decode(error) => fmt::Display::fmt(error, f),
            Self::Invalid => f.write_str("answer without a valid code"),
            Self::Replies { found } => write!(f, "expected one reply, found {found}"),
            Self::BufferTooSmall { needed } => {
                write!(f, "buffer too small: {needed} bytes needed")
            }
            Self::TooFewOutcomes { needed } => {
                write!(f, "fewer outcomes than messages: {needed} needed")
            }
            Self::PipelineFull { limit } => {
                write!(f, "{limit} requests are not answered yet")
            }
            Self::Encode => f.write_str("a value is too long, or has a NUL inside"),
            Self::Unsupported => f.write_str("not supported by this kernel"),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Error({self})")
    }
}

impl core::error::Error for Error {}

/// Keeps the error inside, with the kind that its errno has there.
#[cfg(feature = "std")]
impl From<Error> for std::io::Error {
    fn from(error: Error) -> Self {
        use std::io::ErrorKind as Io;
        let kind = match error.kind {
            ErrorKind::Timeout => Io::TimedOut,
            ErrorKind::Unsupported => Io::Unsupported,
            ErrorKind::Truncated { .. } | ErrorKind::Decode(_) => Io::InvalidData,
            ErrorKind::BufferTooSmall { .. }
            | ErrorKind::TooFewOutcomes { .. }
            | ErrorKind::Encode => Io::InvalidInput,
            // The errno of `Error` may be beyond those of system calls; this
            // one only looks it up.
            ErrorKind::System(errno) | ErrorKind::Refused(errno) => {
                Self::from_raw_os_error(errno.0).kind()
            }
            _ => Io::Other,
        };
        Self::new(kind, error)
    }
}

#[cfg(test)]
mod tests {
    use super::{Error, ErrorKind};
    use crate::{Operation, OptionName, Protocol};
    use nlwire::Errno;
    use std::string::ToString;

    const ROUTE: Option<Protocol> = Some(Protocol::ROUTE);

    fn text(operation: Operation, kind: ErrorKind) -> std::string::String {
        Error::new(ROUTE, operation, kind).to_string()
    }

    #[test]
    fn texts() {
        use ErrorKind::*;
        let system = System(Errno::EPROTONOSUPPORT);
        assert_eq!(
            text(Operation::Open, system),
            "route: open: socket: EPROTONOSUPPORT"
        );
        assert_eq!(
            text(
                Operation::Set(OptionName::AddMembership),
                System(Errno::EINVAL)
            ),
            "route: set NETLINK_ADD_MEMBERSHIP: EINVAL"
        );
        assert_eq!(
            text(Operation::Dump(18), Timeout),
            "route: dump 18: timed out"
        );
        assert_eq!(
            text(Operation::Receive, Truncated { needed: 9600 }),
            "route: receive: datagram truncated: 9600 bytes needed"
        );
        assert_eq!(
            text(Operation::Receive, Overrun { drops: 7 }),
            "route: receive: receive buffer overrun: 7 datagrams dropped so far"
        );
        assert_eq!(
            Error::new(None, Operation::Adopt, System(Errno::ENOTSOCK)).to_string(),
            "adopt: ENOTSOCK"
        );
        assert_eq!(
            Error::new(None, Operation::Request(1), Refused(Errno(4097))).to_string(),
            "request 1: errno 4097"
        );
    }

    #[test]
    fn a_refusal_names_its_place() {
        let kind = ErrorKind::Refused(Errno::ENETUNREACH);
        let error = Error::new(ROUTE, Operation::Request(24), kind).with_sequence(7);
        assert_eq!(error.to_string(), "route: request 24: ENETUNREACH");
        assert_eq!((error.sequence(), error.offset()), (Some(7), None));
        let error = error.with_offset(36);
        assert_eq!(
            error.to_string(),
            "route: request 24: ENETUNREACH, at byte 36"
        );
        #[cfg(feature = "alloc")]
        assert_eq!(
            error
                .with_detail(super::Detail {
                    text: "Nexthop has invalid gateway".into(),
                    path: "RTA_GATEWAY".into(),
                    missing: false,
                    offset: Some(36),
                })
                .to_string(),
            "route: request 24: ENETUNREACH: Nexthop has invalid gateway, at RTA_GATEWAY (byte 36)"
        );
    }

    #[test]
    fn questions() {
        let refused = |errno| Error::new(ROUTE, Operation::Request(16), ErrorKind::Refused(errno));
        assert!(refused(Errno::ENODEV).is_not_found());
        assert!(refused(Errno::EEXIST).is_exists());
        assert!(refused(Errno::EPERM).is_permission());
        assert!(refused(Errno::EBUSY).is_temporary());
        assert!(!refused(Errno::EINVAL).is_temporary());
        assert!(Error::new(ROUTE, Operation::Wait, ErrorKind::Timeout).is_temporary());
    }

    #[cfg(feature = "std")]
    #[test]
    fn becomes_an_io_error() {
        let refused = |errno| Error::new(ROUTE, Operation::Request(16), ErrorKind::Refused(errno));
        let error = std::io::Error::from(refused(Errno::EPERM));
        assert_eq!(error.kind(), std::io::ErrorKind::PermissionDenied);
        assert_eq!(error.to_string(), "route: request 16: EPERM");
        assert_eq!(
            std::io::Error::from(refused(Errno(4097))).to_string(),
            "route: request 16: errno 4097"
        );
    }
}
