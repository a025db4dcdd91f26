//! From the kernel's refusal to an error that says all of it.

use nlwire::schema::MessageSchema;
use nlwire::{AckRef, MessageRef};

use crate::state::State;
use crate::{Error, ErrorKind, Operation};

/// A request that may be refused, and what names its attributes if that is
/// not what its protocol says.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked<'r> {
    pub(crate) request: MessageRef<'r>,
    pub(crate) schema: Option<&'static MessageSchema>,
}

/// Makes the error of a request that was refused; with an allocator it owns
/// the kernel's text and the names on the way to the attribute, if the request
/// is there to follow it.
#[cold]
pub(crate) fn refused(
    state: &State,
    operation: Operation,
    ack: AckRef<'_>,
    asked: Option<Asked<'_>>,
) -> Error {
    let errno = ack.errno().unwrap_or(nlwire::Errno(0));
    let error = state
        .error(operation, ErrorKind::Refused(errno))
        .with_offset(ack.offset().unwrap_or(0));
    #[cfg(feature = "alloc")]
    let error = error.with_detail(detail(state, ack, asked));
    #[cfg(not(feature = "alloc"))]
    let _ = asked.map(|asked| (asked.request, asked.schema));
    error
}

#[cfg(feature = "alloc")]
fn detail(state: &State, ack: AckRef<'_>, asked: Option<Asked<'_>>) -> crate::Detail {
    use alloc::string::ToString as _;

    let path = asked.map(|Asked { request, schema }| {
        let schema =
            schema.or_else(|| nlwire::protocols::describe_request(state.protocol.0, &request));
        ack.path(request, schema).to_string()
    });
    crate::Detail {
        text: ack.text().unwrap_or_default().to_string(),
        path: path.unwrap_or_default(),
        missing: ack.missing_type().is_some(),
        offset: ack.offset(),
    }
}
