//! What one receive brings.

use nlwire::Messages;

use crate::{Address, Received};

/// A datagram in the buffer that it was received into.
#[derive(Clone, Copy, Debug)]
pub struct Datagram<'b> {
    bytes: &'b [u8],
    received: Received,
}

impl<'b> Datagram<'b> {
    pub(crate) const fn new(bytes: &'b [u8], received: Received) -> Self {
        Self { bytes, received }
    }

    /// Returns the bytes, which for some protocols are no messages
    /// (`NETLINK_KOBJECT_UEVENT`).
    #[must_use]
    pub const fn as_bytes(&self) -> &'b [u8] {
        self.bytes
    }

    /// Walks the messages.
    #[must_use]
    pub const fn messages(&self) -> Messages<'b> {
        Messages::new(self.bytes)
    }

    /// Returns who sent it; port 0 is the kernel.
    #[must_use]
    pub const fn sender(&self) -> Address {
        self.received.sender
    }

    /// Returns the group that it was sent to, 0 for this socket alone.
    #[must_use]
    pub const fn group(&self) -> u32 {
        self.received.group
    }

    /// Returns the id of the namespace that it comes from, where that is
    /// another one and has an id.
    #[must_use]
    pub const fn namespace(&self) -> Option<i32> {
        self.received.namespace
    }

    /// Returns the user who sent it, where credentials are received.
    #[must_use]
    pub const fn uid(&self) -> Option<u32> {
        self.received.uid
    }
}
