//! Descriptors that become ready when a fake kernel can receive or send.

use core::time::Duration;
use nlwire::Errno;
use rustix::fd::{AsFd as _, OwnedFd};
use rustix::io;
use rustix::time::{
    Itimerspec, TimerfdClockId, TimerfdFlags, TimerfdTimerFlags, Timespec, timerfd_create,
    timerfd_settime,
};
use std::time::Instant;

use crate::sys::eventfd;
use crate::{Canceller, Interest, Wake};

pub(super) struct Signals {
    /// Timer that expires when the first datagram is due.
    pub(super) readable: OwnedFd,
    /// Eventfd that is set while sends do not block.
    writable: OwnedFd,
    pub(super) canceller: Canceller,
}

const ZERO: Timespec = Timespec {
    tv_sec: 0,
    tv_nsec: 0,
};

impl Signals {
    #[allow(clippy::expect_used, reason = "a test without them cannot go on")]
    pub(super) fn new() -> Self {
        let flags = TimerfdFlags::CLOEXEC.union(TimerfdFlags::NONBLOCK);
        let readable = timerfd_create(TimerfdClockId::Monotonic, flags);
        Self {
            readable: readable.expect("a timerfd"),
            writable: eventfd(1).expect("an eventfd"),
            canceller: Canceller::new().expect("an eventfd"),
        }
    }

    pub(super) fn set_readable_at(&self, due: Option<Instant>) {
        // A time of 0 would stop the timer.
        let left = due.map(|due| {
            due.saturating_duration_since(Instant::now())
                .max(Duration::from_nanos(1))
        });
        let value = left.map_or(ZERO, |left| Timespec::try_from(left).unwrap_or(ZERO));
        let timer = Itimerspec {
            it_interval: ZERO,
            it_value: value,
        };
        // This cannot fail: the descriptor is a timer, and the time is valid.
        let _ = timerfd_settime(&self.readable, TimerfdTimerFlags::empty(), &timer);
    }

    pub(super) fn set_writable(&self, writable: bool) {
        // `EAGAIN` means that the eventfd is in this state already.
        if writable {
            let _ = io::write(&self.writable, &1_u64.to_ne_bytes());
        } else {
            let _ = io::read(&self.writable, &mut [0; 8]);
        }
    }

    /// Waits as a socket does. `due` returns true if a datagram is due,
    /// slightly before the timer expires.
    pub(super) fn wait(
        &self,
        interest: Interest,
        timeout: Option<Duration>,
        due: impl FnOnce() -> bool,
    ) -> Result<Wake, Errno> {
        // Both descriptors are polled for reading.
        let (fd, ready) = match interest {
            Interest::Readable => (&self.readable, due()),
            Interest::Writable => (&self.writable, false),
        };
        let timeout = if ready { Some(Duration::ZERO) } else { timeout };
        match self.canceller.wait(fd.as_fd(), Interest::Readable, timeout) {
            Ok(Wake::TimedOut) if ready => Ok(Wake::Ready),
            result => result,
        }
    }
}
