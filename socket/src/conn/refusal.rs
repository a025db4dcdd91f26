//! Conversion of the kernel's refusal to an error.

use nlwire::AckRef;

use super::state::State;
use crate::{Error, ErrorKind, Operation};

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

/// Creates the error of a refused message.
#[cold]
pub(crate) fn refused(state: &State, asked: Asked, ack: AckRef<'_>) -> Error {
    let errno = ack.errno().unwrap_or(nlwire::Errno(0));
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

/// Adds the path of the refused attribute in a request.
#[cfg(feature = "alloc")]
#[cold]
pub(crate) fn add_path(
    error: Error,
    ack: AckRef<'_>,
    request: nlwire::MessageRef<'_>,
    schema: Option<&'static nlwire::schema::MessageSchema>,
) -> Error {
    use alloc::string::ToString as _;

    let path = ack.path(request, schema).to_string();
    error.with_path(path, ack.missing_type().is_some())
}
