//! Waits with a deadline and with cancellation.
//!
//! A timeout becomes a [`Deadline`] at the start of a call. All waits of the
//! call share it, so that an interrupted or repeated wait does not prolong the
//! call.
//!
//! | wait | bound | test |
//! |---|---|---|
//! | request without an answer: `execute`, `get` | deadline of the call | `a_request_is_cancelled_from_another_thread` |
//! | rows, even if they are queued: `query` | deadline of the call | `a_deadline_bounds_a_dump_with_a_slow_reader` |
//! | datagrams that are empty, stale, or of untrusted senders | deadline, looked at before each receive | `a_deadline_bounds_floods` |
//! | the same without waiting: `try_next` | 64 datagrams, then `Pending` | `a_step_reads_a_limited_number_of_stale_answers` |
//! | the same as a future | 64 datagrams, then other tasks get a turn | `other_tasks_get_a_turn_while_an_abandoned_dump_is_discarded` |
//! | rest of an abandoned dump, before the next | deadline of the next call | `discarding_ends_with_the_deadline` |
//! | attempts of `list` and `query_retry` | deadline of the call, and their number | `attempts_end_with_the_time` |
//! | answers of a batch | deadline of the call | `an_abandoned_batch_leaves_the_connection_usable` |
//! | queue after a loss | deadline of the call | `a_queue_filled_by_another_process_is_not_taken_for_empty` |
//! | answer of a pipeline | timeout of each `next` | `a_timeout_leaves_them_under_way` |
//! | `try_next` of each stream | deadline of its call | `a_deadline_ends_polls` |
//! | `recv`, `Events::next` | timeout of the wait | `a_receive_ends_in_time` |
//! | `send` to a program that does not read | timeout of sends | `a_send_to_a_program_that_does_not_read_ends_in_time` |
//! | any wait of a blocking call | [`Canceller`] | `a_request_is_cancelled_by_a_signal_handler` |
//! | any wait, if the clock cannot be read | ends at once | `a_clock_that_fails_ends_the_wait` |
//!
//! What the kernel does within a system call is not bounded: it carries out
//! most requests within the send.

use core::time::Duration;
use nlwire::Errno;
use rustix::fd::{AsFd, BorrowedFd, OwnedFd};
use rustix::io;

use crate::sys::{self, errno};
use crate::{Interest, Wake};

/// Handle that ends waits on a [`Socket`](crate::Socket) from elsewhere.
///
/// Closing a netlink socket does not wake a thread that waits on it, and
/// netlink does not support `shutdown(2)`. So a socket also waits on an
/// eventfd, and this is a handle to that eventfd. The handle can be sent to
/// other threads, kept in an `Arc` or a static, and outlive the socket.
///
/// A cancellation lasts until [`Socket::resume`](crate::Socket::resume). It
/// ends each wait, including later ones.
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

    /// Ends each wait on the socket, now and until the socket is resumed.
    ///
    /// A signal handler may call this function: it is one `write(2)`.
    pub fn cancel(&self) {
        // `EAGAIN` means that the counter is full: the socket is cancelled
        // already.
        let _ = io::write(&self.0, &1_u64.to_ne_bytes());
    }

    /// Ends a cancellation.
    pub(crate) fn resume(&self) {
        // `EAGAIN` means that there was no cancellation.
        let _ = io::read(&self.0, &mut [0; 8]);
    }

    /// Waits for a descriptor, for the timeout, or for a cancellation.
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
    /// `EMFILE` if the process has too many descriptors.
    pub fn try_clone(&self) -> Result<Self, Errno> {
        io::fcntl_dupfd_cloexec(&self.0, 0).map(Self).map_err(errno)
    }
}

impl AsFd for Canceller {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.0.as_fd()
    }
}

/// Deadline of a call's waits, in nanoseconds of `CLOCK_MONOTONIC`; `None`
/// waits without a limit.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deadline(Option<u64>);

impl Deadline {
    /// Deadline that has always passed, known without reading the clock.
    const OVER: Self = Self(Some(0));

    /// Returns the deadline after `timeout`. Reads the clock only if it is
    /// needed.
    ///
    /// If the clock cannot be read the deadline has passed: a call that times
    /// out at once is better than one that never ends.
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

    /// Returns the remaining time: zero after the deadline, `None` without a
    /// deadline.
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
        // Deadlines without a clock still work.
        assert!(Deadline::try_after(Some(Duration::ZERO), broken).is_ok());
        assert!(Deadline::try_after(None, broken).is_ok());
    }
}
