//! Reasons of failures.

use core::fmt;

use nlwire::{DecodeError, EncodeError, Errno};

/// Reason of a failure.
///
/// ```
/// use nlsock::{Error, ErrorKind};
/// use std::time::Duration;
///
/// /// Time to wait before the next attempt; `None` to stop.
/// fn pause(error: &Error) -> Option<Duration> {
///     match error.kind() {
///         ErrorKind::Timeout | ErrorKind::Interrupted => Some(Duration::ZERO),
///         ErrorKind::Overrun { .. } => Some(Duration::from_millis(100)),
///         _ => None,
///     }
/// }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A system call failed.
    System(Errno),
    /// The kernel refused the request.
    Refused(Errno),
    /// The deadline passed.
    Timeout,
    /// A [`Canceller`](crate::Canceller) ended the wait.
    Cancelled,
    /// The transport has ended.
    Closed,
    /// A datagram did not fit the buffer and is lost.
    Truncated {
        /// Size in bytes that the buffer needs for it.
        needed: u32,
    },
    /// The receive buffer overran, and messages were lost (`ENOBUFS`).
    Overrun {
        /// Number of datagrams that the kernel has dropped on this socket since
        /// it was opened; 0 if the kernel does not report it.
        drops: u32,
    },
    /// The table changed while it was dumped (`NLM_F_DUMP_INTR`): rows may be
    /// missing or repeated.
    Interrupted,
    /// A message that was received is malformed.
    Decode(DecodeError),
    /// An answer has no code.
    Invalid,
    /// The request got no reply or several, instead of one.
    Replies {
        /// Number of replies; a truncated datagram counts as its first message.
        found: u32,
    },
    /// The buffer is too small for a dump; nothing was sent.
    BufferTooSmall {
        /// Minimum size in bytes.
        needed: u32,
    },
    /// Fewer outcomes than messages; nothing was sent.
    TooFewOutcomes {
        /// Number of outcomes needed.
        needed: u32,
    },
    /// A [`Pipeline`](crate::Pipeline) is full; nothing was sent.
    PipelineFull {
        /// Maximum number of requests in flight.
        limit: u32,
    },
    /// A value does not fit a message, such as a name that is too long or has
    /// an inner NUL. Nothing of the message was sent.
    Encode(EncodeError),
    /// The request is of another protocol than the connection; nothing was sent.
    WrongProtocol,
    /// The number of the request's generic family is unknown. It cannot be
    /// looked up while other requests are in flight, or without waiting: see
    /// [`Conn::look_up`](crate::Conn::look_up). Nothing was sent.
    NotLookedUp,
    /// The kernel is too old for a required option.
    Unsupported,
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
            Self::Invalid => f.write_str("answer without a code"),
            Self::Replies { found } => write!(f, "expected one reply, found {found}"),
            Self::BufferTooSmall { needed } => {
                write!(f, "buffer too small: {needed} bytes needed")
            }
            Self::TooFewOutcomes { needed } => {
                write!(f, "fewer outcomes than messages: {needed} needed")
            }
            Self::PipelineFull { limit } => {
                write!(f, "pipeline full: {limit} requests are in flight")
            }
            Self::Encode(error) => fmt::Display::fmt(error, f),
            Self::WrongProtocol => f.write_str("the request is of another protocol"),
            Self::NotLookedUp => f.write_str("the family's number is not looked up yet"),
            Self::Unsupported => f.write_str("not supported by this kernel"),
        }
    }
}
