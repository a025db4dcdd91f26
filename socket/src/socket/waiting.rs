//! Ends a wait from outside, by `eventfd(2)`.

use core::time::Duration;
use nlwire::Errno;
use rustix::fd::{AsFd, BorrowedFd, OwnedFd};
use rustix::io;

use crate::deadline::Deadline;
use crate::sys::{self, errno};
use crate::{Interest, Wake};

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
        sys::eventfd(0).map(Self)
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

    /// Waits for a descriptor, for the time to pass, or for a cancellation.
    pub(crate) fn wait(
        &self,
        fd: BorrowedFd<'_>,
        interest: Interest,
        timeout: Option<Duration>,
    ) -> Result<Wake, Errno> {
        let deadline = Deadline::after(timeout);
        let events = match interest {
            Interest::Readable => sys::READABLE,
            Interest::Writable => sys::WRITABLE,
        };
        loop {
            let fds = [(self.as_fd(), sys::READABLE), (fd, events)];
            match sys::poll(fds, deadline.remaining()) {
                Ok([true, _]) => return Ok(Wake::Cancelled),
                Ok([_, true]) => return Ok(Wake::Ready),
                Ok(_) if deadline.is_over() => return Ok(Wake::TimedOut),
                Ok(_) | Err(Errno::EINTR) => {}
                Err(errno) => return Err(errno),
            }
        }
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
