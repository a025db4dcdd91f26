//! Senders that are trusted.

use crate::Received;

/// Trusted senders of datagrams.
///
/// The kernel is always trusted. Other senders are for protocols between
/// programs:
///
/// ```
/// use nlsock::{Config, Protocol, Trust};
///
/// // udev sends events of devices to group 2.
/// let events = Config::new(Protocol::KOBJECT_UEVENT)
///     .trust(Trust::Root)
///     .group(2)
///     .open_socket()?;
/// # Ok::<(), nlsock::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Trust {
    /// Kernel alone. The socket is connected to the kernel, which then refuses
    /// datagrams from other programs to the socket's port. Their datagrams to a
    /// group of the socket still arrive, and are skipped.
    #[default]
    Kernel,
    /// Kernel and programs of user ID 0, known by `SO_PASSCRED`.
    Root,
    /// All programs.
    Anyone,
}

impl Trust {
    /// Returns true if the sender of a datagram is trusted.
    #[must_use]
    pub fn covers(self, received: &Received) -> bool {
        // Port 0 is the kernel's. Its user ID may differ from 0 in a user
        // namespace.
        received.sender.port == 0
            || match self {
                Self::Kernel => false,
                Self::Root => received.uid == Some(0),
                Self::Anyone => true,
            }
    }
}
