//! Error of this crate: the step that failed, and the reason.

mod kind;
pub(crate) mod names;
#[cfg(test)]
mod tests;

use core::fmt;
use core::num::NonZeroU32;

use nlwire::schema::MessageSchema;
use nlwire::{DecodeError, EncodeError, Errno};
#[cfg(feature = "alloc")]
use nlwire::{Request, request::Object};

#[cfg(feature = "alloc")]
use alloc::{boxed::Box, string::String, string::ToString as _};

use crate::{Operation, Protocol};

pub use kind::ErrorKind;

/// Failure of a call: the step, the reason, and for a request its name, its
/// object and its sequence number.
///
/// `Debug` prints the same text as `Display`. With the feature `alloc` a
/// refusal also carries the kernel's text and the attribute's path, see
/// [`Detail`]; nothing else allocates.
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
    operation: Operation,
    protocol: Option<Protocol>,
    /// Detail of a failed request, with an allocator.
    #[cfg(feature = "alloc")]
    detail: Option<Box<Detail>>,
    /// Facts that [`Detail`] has with an allocator.
    #[cfg(not(feature = "alloc"))]
    sequence: Option<NonZeroU32>,
    #[cfg(not(feature = "alloc"))]
    offset: Option<NonZeroU32>,
    #[cfg(not(feature = "alloc"))]
    schema: Option<&'static MessageSchema>,
}

const _: () = assert!(size_of::<Error>() <= if cfg!(feature = "alloc") { 40 } else { 48 });

/// Facts about a failed request beside those in the [`Error`] itself.
///
/// ```
/// use nlsock::{Conn, Protocol};
/// use nlwire::route::GetLink;
///
/// let mut conn = Conn::open(Protocol::ROUTE)?;
/// let error = conn.get(GetLink::by_name("nosuch")).unwrap_err();
/// assert!(error.is_not_found());
/// assert_eq!(error.detail().unwrap().object, "link \"nosuch\"");
/// # Ok::<(), nlsock::Error>(())
/// ```
#[cfg(feature = "alloc")]
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Detail {
    /// Object of the request: `link "eth0"`, or the name of a namespace;
    /// empty if there is none.
    pub object: String,
    /// Kernel's text, with control characters escaped: `Nexthop has invalid
    /// gateway`; empty if there is none.
    pub text: String,
    /// Path of the refused attribute: `RTA_GATEWAY`; empty if unknown.
    pub path: String,
    /// True if the attribute is missing rather than refused.
    pub missing: bool,
    /// Offset of the attribute in bytes from the start of the request's header.
    pub offset: Option<u32>,
    /// Sequence number of the request.
    pub sequence: Option<u32>,
    /// Number of the message that failed, from 1, in a request of several; 0
    /// in a request of one.
    pub message: u32,
    schema: Option<&'static MessageSchema>,
}

impl Error {
    /// Creates an error; `protocol` is `None` if the descriptor is not a
    /// netlink socket.
    ///
    /// ```
    /// use nlsock::{Errno, Error, ErrorKind, Operation, Protocol};
    ///
    /// // The error of a transport, or of a test's stand-in for a function.
    /// let kind = ErrorKind::System(Errno::EPERM);
    /// let error = Error::new(Some(Protocol::ROUTE), Operation::Send, kind);
    /// assert!(error.is_permission());
    /// assert_eq!(error.to_string(), "route: send: EPERM");
    /// ```
    #[must_use]
    pub const fn new(protocol: Option<Protocol>, operation: Operation, kind: ErrorKind) -> Self {
        Self {
            kind,
            operation,
            protocol,
            #[cfg(feature = "alloc")]
            detail: None,
            #[cfg(not(feature = "alloc"))]
            sequence: None,
            #[cfg(not(feature = "alloc"))]
            offset: None,
            #[cfg(not(feature = "alloc"))]
            schema: None,
        }
    }

    /// Adds the sequence number of the request; 0 means none.
    #[must_use]
    pub fn with_sequence(mut self, sequence: u32) -> Self {
        let sequence = NonZeroU32::new(sequence);
        #[cfg(not(feature = "alloc"))]
        {
            self.sequence = sequence;
        }
        #[cfg(feature = "alloc")]
        if let Some(sequence) = sequence {
            self.detail.get_or_insert_default().sequence = Some(sequence.get());
        }
        self
    }

    /// Adds the offset of the refused attribute, in bytes from the start of the
    /// request's header; 0 means none.
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

    /// Adds the schema of the message, for its name.
    pub(crate) fn with_schema(mut self, schema: Option<&'static MessageSchema>) -> Self {
        let Some(schema) = schema else {
            return self;
        };
        #[cfg(not(feature = "alloc"))]
        {
            self.schema = Some(schema);
        }
        #[cfg(feature = "alloc")]
        {
            self.detail.get_or_insert_default().schema = Some(schema);
        }
        self
    }

    /// Adds the number of the message in a request of several, from 1.
    #[cfg(feature = "alloc")]
    pub(crate) fn with_message(mut self, number: u32) -> Self {
        if number != 0 {
            self.detail.get_or_insert_default().message = number;
        }
        self
    }

    /// Adds the object of a request's message.
    #[cfg(feature = "alloc")]
    pub(crate) fn with_object(mut self, request: &dyn Request, from: u64) -> Self {
        let object = Object(request, from).to_string();
        if !object.is_empty() {
            self.detail.get_or_insert_default().object = object;
        }
        self
    }

    /// Adds the object of a step without a request.
    #[cfg(feature = "std")]
    pub(crate) fn about(mut self, object: String) -> Self {
        self.detail.get_or_insert_default().object = object;
        self
    }

    /// Adds the protocol of the socket, once it is known.
    #[cfg(feature = "std")]
    pub(crate) const fn of(mut self, protocol: Protocol) -> Self {
        self.protocol = Some(protocol);
        self
    }

    /// Adds the kernel's text.
    #[cfg(feature = "alloc")]
    pub(crate) fn with_text(mut self, text: String) -> Self {
        if !text.is_empty() {
            self.detail.get_or_insert_default().text = text;
        }
        self
    }

    /// Adds the path of the refused attribute.
    #[cfg(feature = "alloc")]
    pub(crate) fn with_path(mut self, path: String, missing: bool) -> Self {
        if !path.is_empty() {
            let detail = self.detail.get_or_insert_default();
            (detail.path, detail.missing) = (path, missing);
        }
        self
    }

    /// Returns the reason.
    #[must_use]
    pub const fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// Returns the step that failed.
    #[must_use]
    pub const fn operation(&self) -> Operation {
        self.operation
    }

    /// Returns the protocol of the socket, if known.
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
        #[cfg(not(feature = "alloc"))]
        return self.sequence.map(NonZeroU32::get);
        #[cfg(feature = "alloc")]
        self.detail().and_then(|detail| detail.sequence)
    }

    /// Returns the C name of the failed message, such as `RTM_NEWADDR`.
    ///
    /// Request values have their names. A message written as bytes has one with
    /// the features `alloc` and that of its protocol, or by
    /// [`described_by`](crate::Call::described_by).
    #[must_use]
    pub fn message_name(&self) -> Option<&'static str> {
        #[cfg(feature = "alloc")]
        let schema = self.detail().and_then(|detail| detail.schema);
        #[cfg(not(feature = "alloc"))]
        let schema = self.schema;
        match (schema.map(MessageSchema::name), self.operation) {
            (Some(name), _) if !name.is_empty() => Some(name),
            (_, Operation::Request(kind)) => names::type_name(self.protocol?, kind),
            _ => None,
        }
    }

    /// Returns the offset of the refused attribute in bytes from the start of
    /// the request's header.
    #[must_use]
    pub fn offset(&self) -> Option<u32> {
        #[cfg(not(feature = "alloc"))]
        return self.offset.map(NonZeroU32::get);
        #[cfg(feature = "alloc")]
        self.detail().and_then(|detail| detail.offset)
    }

    /// Returns further facts about a failed request.
    #[cfg(feature = "alloc")]
    #[must_use]
    pub fn detail(&self) -> Option<&Detail> {
        self.detail.as_deref()
    }

    /// Returns true if a repetition of the call can succeed: after a timeout, a
    /// loss, an interrupted dump, `EAGAIN`, `EBUSY`, `EINTR`, `ENOBUFS`,
    /// `ENOMEM`, `ENFILE`, `EMFILE` and `ETIMEDOUT`.
    #[must_use]
    pub fn is_temporary(&self) -> bool {
        match self.kind {
            ErrorKind::Timeout | ErrorKind::Overrun { .. } | ErrorKind::Interrupted => true,
            ErrorKind::System(errno) | ErrorKind::Refused(errno) => matches!(
                errno,
                Errno::EAGAIN
                    | Errno::EBUSY
                    | Errno::EINTR
                    | Errno::ENOBUFS
                    | Errno::ENOMEM
                    | Errno::ENFILE
                    | Errno::EMFILE
                    | Errno::ETIMEDOUT
            ),
            _ => false,
        }
    }

    /// Returns true if nothing came in time.
    #[must_use]
    pub const fn is_timeout(&self) -> bool {
        matches!(self.kind, ErrorKind::Timeout)
    }

    /// Returns true if the object does not exist: `ENOENT`, `ENODEV` (links),
    /// `ESRCH` (routes, states), `EADDRNOTAVAIL` (addresses). Also true if the
    /// kernel answered with another object.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        matches!(
            self.kind,
            ErrorKind::Replies { found: 0 }
                | ErrorKind::System(
                    Errno::ENOENT | Errno::ENODEV | Errno::ESRCH | Errno::EADDRNOTAVAIL
                )
                | ErrorKind::Refused(
                    Errno::ENOENT | Errno::ENODEV | Errno::ESRCH | Errno::EADDRNOTAVAIL
                )
        )
    }

    /// Returns true if the object exists already: `EEXIST`.
    #[must_use]
    pub fn is_exists(&self) -> bool {
        self.errno() == Some(Errno::EEXIST)
    }

    /// Returns true if the kernel refused the request because an attribute is
    /// missing.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        #[cfg(feature = "alloc")]
        return self.detail().is_some_and(|detail| detail.missing);
        #[cfg(not(feature = "alloc"))]
        false
    }

    /// Returns true if the caller lacks a capability: `EPERM`, `EACCES`.
    #[must_use]
    pub fn is_permission(&self) -> bool {
        matches!(self.errno(), Some(Errno::EPERM | Errno::EACCES))
    }

    /// Writes the step: name and object of a request, or the system call.
    fn write_step(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.message_name() {
            Some(name) => f.write_str(name)?,
            None => fmt::Display::fmt(&self.operation, f)?,
        }
        #[cfg(feature = "alloc")]
        if let Some(detail) = self.detail() {
            if !detail.object.is_empty() {
                write!(f, " {}", detail.object)?;
            }
            if detail.message != 0 {
                write!(f, " (message {})", detail.message)?;
            }
        }
        Ok(())
    }
}

/// Prints `route: RTM_NEWROUTE: ENETUNREACH: Nexthop has invalid gateway, at
/// RTA_GATEWAY (byte 36)`.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(protocol) = self.protocol {
            write!(f, "{protocol}: ")?;
        }
        self.write_step(f)?;
        #[cfg(feature = "alloc")]
        if let (ErrorKind::Encode(error), Some(detail)) = (&self.kind, self.detail()) {
            if !detail.path.is_empty() {
                return write!(f, ": {}", error.named(&detail.path));
            }
        }
        write!(f, ": {}", self.kind)?;
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
            (path, _) if self.is_missing() => write!(f, ", missing {path}"),
            (path, None) => write!(f, ", at {path}"),
            (path, Some(offset)) => write!(f, ", at {path} (byte {offset})"),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl core::error::Error for Error {}

/// Error of reading a received message.
impl From<DecodeError> for Error {
    fn from(error: DecodeError) -> Self {
        Self::new(None, Operation::Read, ErrorKind::Decode(error))
    }
}

/// Error of writing a request.
impl From<EncodeError> for Error {
    fn from(error: EncodeError) -> Self {
        Self::new(None, Operation::Write, ErrorKind::Encode(error))
    }
}

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
            | ErrorKind::WrongProtocol
            | ErrorKind::Encode(_) => Io::InvalidInput,
            // The errno of a refusal may be outside the range of system calls;
            // this only looks it up.
            ErrorKind::System(errno) | ErrorKind::Refused(errno) => {
                Self::from_raw_os_error(errno.0).kind()
            }
            _ => Io::Other,
        };
        Self::new(kind, error)
    }
}
