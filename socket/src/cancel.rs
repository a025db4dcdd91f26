//! Ends a wait from outside, by `eventfd(2)`.

use core::time::Duration;
use nlwire::Errno;
use rustix::event::{EventfdFlags, PollFd, PollFlags, Timespec, eventfd, poll};
use rustix::fd::{AsFd, BorrowedFd, OwnedFd};
use rustix::io;

use crate::deadline::Deadline;
use crate::sys::errno;
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

    /// Waits for a descriptor, for the time to pass, or for a cancellation.
    pub(crate) fn wait(
        &self,
        fd: BorrowedFd<'_>,
        interest: Interest,
        timeout: Option<Duration>,
    ) -> Result<Wake, Errno> {
        let deadline = Deadline::after(timeout);
        let events = match interest {
            Interest::Readable => PollFlags::IN,
            Interest::Writable => PollFlags::OUT,
        };
        loop {
            let mut fds = [
                PollFd::new(&self.0, PollFlags::IN),
                PollFd::new(&fd, events),
            ];
            // What does not fit a timespec is 292 billion years away.
            let remaining = deadline.remaining();
            let timeout = remaining.and_then(|left| Timespec::try_from(left).ok());
            match poll(&mut fds, timeout.as_ref()) {
                Ok(0) if remaining.is_some() => return Ok(Wake::TimedOut),
                Ok(_) => {
                    let [cancelled, _] = fds.map(|fd| !fd.revents().is_empty());
                    return Ok(if cancelled {
                        Wake::Cancelled
                    } else {
                        Wake::Ready
                    });
                }
                Err(rustix::io::Errno::INTR) => {}
                Err(errno) => return Err(self::errno(errno)),
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
