//! Ends a wait from outside, by `eventfd(2)`.

use nlwire::Errno;
use rustix::event::{EventfdFlags, eventfd};
use rustix::fd::{AsFd, BorrowedFd, OwnedFd};
use rustix::io;

use crate::sys::errno;

/// Cancels what waits on a [`Socket`](crate::Socket).
///
/// Closing a netlink socket does not wake the thread that waits on it, and
/// `shutdown(2)` is not supported there. So a socket waits on an eventfd as
/// well, and this is a handle to that: it may be sent to other threads, kept in
/// an `Arc` or a static, and outlive the socket.
///
/// A cancellation stays until [`Socket::resume`](crate::Socket::resume): all
/// threads that wait are woken, and so is the one that was about to.
#[derive(Debug)]
#[doc(alias = "eventfd")]
pub struct Canceller(OwnedFd);

impl Canceller {
    pub(crate) fn new() -> Result<Self, Errno> {
        eventfd(0, EventfdFlags::CLOEXEC.union(EventfdFlags::NONBLOCK))
            .map(Self)
            .map_err(errno)
    }

    /// Ends every wait on the socket, now and until it is resumed.
    ///
    /// May be called in a signal handler: it is one `write(2)`.
    pub fn cancel(&self) {
        // EAGAIN means that the counter is full: it is cancelled already.
        let _ = io::write(&self.0, &1_u64.to_ne_bytes());
    }

    /// Takes the cancellation back.
    pub(crate) fn resume(&self) {
        // EAGAIN means that there was none.
        let _ = io::read(&self.0, &mut [0; 8]);
    }

    /// Makes another handle to the same socket, with `F_DUPFD_CLOEXEC` of
    /// `fcntl(2)`.
    ///
    /// # Errors
    ///
    /// `EMFILE` when the process has too many descriptors.
    pub fn try_clone(&self) -> Result<Self, Errno> {
        io::fcntl_dupfd_cloexec(&self.0, 0).map(Self).map_err(errno)
    }
}

impl AsFd for Canceller {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.0.as_fd()
    }
}
