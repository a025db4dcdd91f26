//! Names in errors: the kernel's refusal, and the message that it refuses.
//!
//! | way | what is left of the message | what the error names |
//! |---|---|---|
//! | [`Execution`](super::execution::Execution) | the request, which is written again: [`name`] | message, object, attribute |
//! | batch | its bytes: [`of_bytes`] | message, attribute |
//! | pipeline | its header and its schema | message |

use nlwire::request::Unwritten;
use nlwire::schema::{MessageSchema, Protocol as Family};
use nlwire::{AckRef, EncodeError, Errno, MessageRef, Next, Request, Stamp, Writer};

use super::receive::SMALL;
use super::span::Span;
use super::state::State;
use crate::{Conn, Error, ErrorKind, Operation, Transport};

/// Message that was sent, as errors describe it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked {
    pub(crate) operation: Operation,
    /// Number of the message in a request of several, from 1; else 0.
    #[cfg_attr(
        not(feature = "alloc"),
        allow(dead_code, reason = "details need an allocator")
    )]
    pub(crate) number: u32,
}

impl Asked {
    /// Creates an error of the request.
    pub(crate) fn error(self, state: &State, kind: ErrorKind) -> Error {
        let error = state.error(self.operation, kind);
        #[cfg(feature = "alloc")]
        let error = error.with_message(self.number);
        error
    }
}

/// Refusal of a message. Its text is in the buffer until the next receive.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) error: Error,
    /// Index of the message in its datagram.
    pub(crate) index: u32,
}

impl Refusal {
    /// Returns the errno of the kernel's refusal.
    pub(crate) const fn errno(&self) -> Option<Errno> {
        match self.error.kind() {
            ErrorKind::Refused(errno) => Some(errno),
            _ => None,
        }
    }
}

/// Creates the error of a refused message.
#[cold]
pub(crate) fn refused(state: &State, asked: Asked, ack: AckRef<'_>) -> Error {
    let errno = ack.errno().unwrap_or(Errno(0));
    let error = asked
        .error(state, ErrorKind::Refused(errno))
        .with_offset(ack.offset().unwrap_or(0));
    #[cfg(feature = "alloc")]
    let error = {
        use alloc::string::ToString as _;
        error.with_text(ack.text().unwrap_or_default().to_string())
    };
    error
}

/// Creates the error of a refused message whose bytes are at hand. `family` is
/// that of the request, if known.
#[cold]
pub(crate) fn of_bytes(
    state: &State,
    answer: MessageRef<'_>,
    request: MessageRef<'_>,
    schema: Option<&'static MessageSchema>,
    family: Option<&'static Family>,
) -> Error {
    let asked = Asked {
        operation: Operation::Request(request.kind().0),
        number: 0,
    };
    let ack = AckRef::new(answer).ok().filter(|ack| ack.errno().is_some());
    let error = match ack {
        Some(ack) => refused(state, asked, ack),
        None => asked.error(state, ErrorKind::Invalid),
    };
    let schema = schema.or_else(|| state.describe(family, &request));
    describe(error, ack, request, schema)
}

/// Adds facts of the request to an error: name and object of the message, and
/// the path of a refused attribute. The datagram that begins at place `from` of
/// the request is written again for that, on the stack or after the refusal in
/// the buffer.
#[cold]
pub(crate) fn name<T, B>(
    conn: &mut Conn<T, B>,
    request: &dyn Request,
    from: u64,
    schema: Option<&'static MessageSchema>,
    refusal: Refusal,
) -> Error
where
    T: Transport,
    B: AsRef<[u8]> + AsMut<[u8]>,
{
    let Refusal { error, index } = refusal;
    let span: Span = conn.state.refusal;
    let mut small = [0; SMALL];
    let (kept, room) = conn
        .buffer
        .as_mut()
        .split_at_mut_checked(span.behind())
        .unwrap_or_default();
    let written = match write_one(request, from, index, &mut small) {
        Some(written) => Some(written),
        None => write_one(request, from, index, room),
    };
    let (from, bytes) = written.unwrap_or((from, &[]));
    let Ok(message) = MessageRef::new(bytes) else {
        return error;
    };
    let is_refused = matches!(error.kind(), ErrorKind::Refused(_));
    let ack = AckRef::new(span.message(kept)).ok().filter(|_| is_refused);
    let schema = schema.or_else(|| conn.state.describe(request.protocol(), &message));
    #[cfg(feature = "alloc")]
    let error = error.with_object(request, from);
    let _ = from;
    describe(error, ack, message, schema)
}

/// Creates the error of a datagram that cannot be written: with the name and
/// the object of its message, and the path of the attribute. It is written
/// again into `buffer`, whose content is lost.
#[cold]
pub(crate) fn unwritten(
    state: &State,
    request: &dyn Request,
    from: u64,
    buffer: &mut [u8],
    error: EncodeError,
) -> Error {
    let failed = state.unwritten(error);
    // Without an allocator there is no place for the names.
    if !cfg!(feature = "alloc") {
        return failed;
    }
    let Some(unwritten) = Unwritten::of(request, from, buffer) else {
        return failed;
    };
    let schema = state.describe(request.protocol(), &unwritten.message);
    #[cfg(feature = "alloc")]
    let failed = {
        use alloc::string::ToString as _;
        failed
            .with_object(request, unwritten.from)
            .with_path(unwritten.path(schema).to_string(), false)
    };
    failed.with_schema(schema)
}

/// Adds the name of a message to an error, and the path of the attribute that
/// the kernel refused.
fn describe(
    error: Error,
    ack: Option<AckRef<'_>>,
    request: MessageRef<'_>,
    schema: Option<&'static MessageSchema>,
) -> Error {
    let error = error.with_schema(schema);
    #[cfg(feature = "alloc")]
    if let Some(ack) = ack {
        use alloc::string::ToString as _;
        let path = ack.path(request, schema).to_string();
        return error.with_path(path, ack.missing_type().is_some());
    }
    let _ = (ack, request);
    error
}

/// Writes a message of a datagram by its index, and returns its place in the
/// request and its bytes.
fn write_one<'b>(
    request: &dyn Request,
    mut from: u64,
    index: u32,
    buffer: &'b mut [u8],
) -> Option<(u64, &'b [u8])> {
    let mut left = index;
    let end = loop {
        let mut w = Writer::stamped(buffer, 0, Stamp::default());
        let next = request.write(from, &mut w).ok()?;
        if left == 0 {
            break w.len();
        }
        left = left.checked_sub(1)?;
        from = match next {
            Next::More(at) | Next::Last(at) => at,
            Next::End | Next::Then(_) => return None,
        };
    };
    Some((from, buffer.get(..end)?))
}
