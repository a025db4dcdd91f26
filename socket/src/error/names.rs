//! Names of messages that the caller wrote as bytes.
//!
//! A request value has its own schema. Bytes need the list of all families,
//! which links the tables of each family into the program: some 80 KiB.
//! Programs without an allocator leave it out.

use nlwire::MessageRef;
use nlwire::schema::MessageSchema;

use crate::Protocol;

/// Returns the schema of a protocol's request.
#[cold]
pub(crate) fn describe(
    protocol: Protocol,
    request: &MessageRef<'_>,
) -> Option<&'static MessageSchema> {
    #[cfg(feature = "alloc")]
    return nlwire::protocols::describe_request(protocol.0, request);
    #[cfg(not(feature = "alloc"))]
    {
        let _ = (protocol, request);
        None
    }
}

/// Returns the C name of a protocol's message type.
pub(super) fn type_name(protocol: Protocol, kind: u16) -> Option<&'static str> {
    #[cfg(feature = "alloc")]
    return nlwire::protocols::type_name(protocol.0, nlwire::MessageType(kind));
    #[cfg(not(feature = "alloc"))]
    {
        let _ = (protocol, kind);
        None
    }
}
