//! Waiting until a deadline, or until somebody cancels.
//!
//! A timeout becomes a [`Deadline`] when a call begins. All waits of the call
//! share it, so that an interrupted or repeated wait does not prolong the call.

use core::time::Duration;
use nlwire::Errno;
use rustix::fd::{AsFd, BorrowedFd, OwnedFd};
use rustix::io;

use crate::sys::{self, errno};
use crate::{Interest, Wake};

/// Handle that ends waits on a [`Socket`](crate::Socket) from elsewhere.
///
/// Closing a netlink socket does not wake a thread that waits on it, and
/// `shutdown(2)` is not supported there. So a socket also waits on an eventfd,
/// and this is a handle to the eventfd. The handle can be sent to other
/// threads, kept in an `Arc` or a static, and outlive the socket.
///
/// A cancellation lasts until [`Socket::resume`](crate::Socket::resume). It
/// ends every wait, those that begin later included.
///
/// ```
/// use nlsock::{Config, Interest, Protocol, Wake};
///
/// let socket = Config::new(Protocol::ROUTE).open_socket()?;
/// let canceller = socket.canceller()?;
/// std::thread::spawn(move || canceller.cancel());
/// assert_eq!(socket.wait(Interest::Readable, None), Ok(Wake::Cancelled));
/// # Ok::<(), nlsock::Error>(())
/// ```
#[derive(Debug)]
#[doc(alias = "eventfd")]
pub struct Canceller(OwnedFd);

impl Canceller {
    pub(crate) fn new() -> Result<Self, Errno> {
        sys::eventfd(0).map(Self)
    }

    /// Ends every wait on the socket, now and until the socket is resumed.
    ///
    /// A signal handler may call this: it is one `write(2)`.
    pub fn cancel(&self) {
        // EAGAIN means that the counter is full: the socket is cancelled.
        let _ = io::write(&self.0, &1_u64.to_ne_bytes());
    }

    /// Takes a cancellation back.
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
        let deadline = Deadline::try_after(timeout, sys::now)?;
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

    /// Creates another handle to the same socket, by `F_DUPFD_CLOEXEC` of
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

/// Moment until which a call may wait, of `CLOCK_MONOTONIC` in nanoseconds;
/// `None` waits for ever.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deadline(Option<u64>);

impl Deadline {
    /// Deadline that has always passed. No clock is read for it.
    const OVER: Self = Self(Some(0));

    /// Returns the moment `timeout` from now. Reads no clock if there is
    /// nothing to measure.
    ///
    /// Where the clock cannot be read the deadline has passed: a call that
    /// times out at once is better than one that never ends.
    #[inline]
    pub(crate) fn after(timeout: Option<Duration>) -> Self {
        Self::try_after(timeout, sys::now).unwrap_or(Self::OVER)
    }

    fn try_after(
        timeout: Option<Duration>,
        now: impl FnOnce() -> Result<u64, Errno>,
    ) -> Result<Self, Errno> {
        match timeout {
            None => Ok(Self(None)),
            Some(Duration::ZERO) => Ok(Self::OVER),
            Some(timeout) => Ok(Self(Some(now()?.saturating_add(nanos(timeout))))),
        }
    }

    /// Returns the time that is left: zero after the deadline, `None` if there
    /// is no deadline.
    pub(crate) fn remaining(self) -> Option<Duration> {
        self.remaining_by(sys::now)
    }

    fn remaining_by(self, now: impl FnOnce() -> Result<u64, Errno>) -> Option<Duration> {
        match self.0? {
            0 => Some(Duration::ZERO),
            moment => {
                let now = now().unwrap_or(u64::MAX);
                Some(Duration::from_nanos(moment.saturating_sub(now)))
            }
        }
    }

    /// Returns true if the deadline has passed.
    #[inline]
    pub(crate) fn is_over(self) -> bool {
        self.0.is_some() && self.remaining() == Some(Duration::ZERO)
    }
}

fn nanos(duration: Duration) -> u64 {
    u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::Deadline;
    use core::time::Duration;
    use nlwire::Errno;

    #[test]
    fn never_passes_without_a_timeout() {
        assert_eq!(Deadline::after(None).remaining(), None);
        let far = Deadline::after(Some(Duration::MAX)).remaining();
        assert!(far > Some(Duration::from_secs(1 << 32)));
    }

    #[test]
    fn runs_out() {
        let zero = Deadline::after(Some(Duration::ZERO));
        assert_eq!(zero.remaining(), Some(Duration::ZERO));
        let short = Deadline::after(Some(Duration::from_millis(2)));
        assert!(short.remaining() <= Some(Duration::from_millis(2)));
        std::thread::sleep(Duration::from_millis(4));
        assert_eq!(short.remaining(), Some(Duration::ZERO));
    }

    #[test]
    fn a_clock_that_fails_ends_the_wait() {
        let broken = || Err(Errno::EPERM);
        let long = Some(Duration::from_secs(3600));
        let error = Deadline::try_after(long, broken).err();
        assert_eq!(error, Some(Errno::EPERM));
        let begun = Deadline::after(long);
        assert_eq!(begun.remaining_by(broken), Some(Duration::ZERO));
        // What needs no clock goes on.
        assert!(Deadline::try_after(Some(Duration::ZERO), broken).is_ok());
        assert!(Deadline::try_after(None, broken).is_ok());
    }
}
