//! All protocols: the one place that knows every family of the crate.

use crate::schema::{MessageSchema, Protocol};
use crate::{Flags, MessageRef, MessageType};

/// The protocols whose features are on.
pub const ALL: &[&Protocol] = &[
    #[cfg(feature = "route")]
    &crate::route::PROTOCOL,
    #[cfg(feature = "generic")]
    &crate::generic::PROTOCOL,
    #[cfg(feature = "netfilter")]
    &crate::netfilter::PROTOCOL,
    #[cfg(feature = "sock_diag")]
    &crate::sock_diag::PROTOCOL,
    #[cfg(feature = "audit")]
    &crate::audit::PROTOCOL,
    #[cfg(feature = "connector")]
    &crate::connector::PROTOCOL,
    #[cfg(feature = "crypto")]
    &crate::crypto::PROTOCOL,
    #[cfg(feature = "rdma")]
    &crate::rdma::PROTOCOL,
    #[cfg(feature = "xfrm")]
    &crate::xfrm::PROTOCOL,
];

/// Returns the protocol of this number, such as `NETLINK_ROUTE`.
#[must_use]
pub fn find(number: u8) -> Option<&'static Protocol> {
    ALL.iter().find(|known| known.number == number).copied()
}

/// Returns the description of a protocol's message; a request has
/// [`Flags::REQUEST`].
#[must_use]
pub fn describe(protocol: u8, message: &MessageRef<'_>) -> Option<&'static MessageSchema> {
    let is_request = message.flags().contains(Flags::REQUEST);
    find(protocol)?.describe(message, is_request)
}

/// Returns the description of a protocol's request, whose flags may not be
/// set yet.
#[must_use]
pub fn describe_request(protocol: u8, request: &MessageRef<'_>) -> Option<&'static MessageSchema> {
    find(protocol)?.describe(request, true)
}

/// Returns the C name of a protocol's message type, such as `RTM_NEWADDR`.
#[must_use]
pub fn type_name(protocol: u8, kind: MessageType) -> Option<&'static str> {
    find(protocol)?.type_name(kind)
}
