//! Datagram of one receive.

use nlwire::Messages;

use crate::{Address, Received};

/// Datagram in the buffer that it was received into.
///
/// ```no_run
/// use nlsock::{Config, Protocol};
///
/// // Records for the audit daemon, on a thread that only receives.
/// let conn = Config::new(Protocol::AUDIT).open()?;
/// let mut buffer = vec![0; 16 * 1024];
/// let datagram = conn.recv(&mut buffer)?;
/// for message in datagram.messages().flatten() {
///     println!("{}", message.header());
/// }
/// # Ok::<(), nlsock::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Datagram<'b> {
    bytes: &'b [u8],
    received: Received,
}

impl<'b> Datagram<'b> {
    pub(crate) const fn new(bytes: &'b [u8], received: Received) -> Self {
        Self { bytes, received }
    }

    /// Returns the bytes. Those of some protocols are not netlink messages
    /// (`NETLINK_KOBJECT_UEVENT`).
    #[must_use]
    pub const fn as_bytes(&self) -> &'b [u8] {
        self.bytes
    }

    /// Iterates over the messages.
    #[must_use]
    pub const fn messages(&self) -> Messages<'b> {
        Messages::new(self.bytes)
    }

    /// Returns the address of the sender; port 0 is the kernel.
    #[must_use]
    pub const fn sender(&self) -> Address {
        self.received.sender
    }

    /// Returns the multicast group of the datagram; 0 if it was sent to this
    /// socket alone.
    #[must_use]
    pub const fn group(&self) -> u32 {
        self.received.group
    }

    /// Returns the ID of the sender's network namespace, if it is another one
    /// and has an ID.
    #[must_use]
    pub const fn namespace(&self) -> Option<i32> {
        self.received.namespace
    }

    /// Returns the user ID of the sender, if credentials are received.
    #[must_use]
    pub const fn uid(&self) -> Option<u32> {
        self.received.uid
    }
}
