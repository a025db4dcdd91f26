//! Names of messages that were written by hand.
//!
//! A value knows its family. For bytes only the list of all families has a
//! name, and who uses the list links every table of every family, whether
//! used or not: some 80 KiB. Programs without an allocator do without it.

use nlwire::MessageRef;
use nlwire::schema::MessageSchema;

use crate::Protocol;

/// Returns the description of a request of a protocol.
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
