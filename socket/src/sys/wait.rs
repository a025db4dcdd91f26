//! Waits, their timeouts and their ends: `ppoll(2)`, `eventfd(2)`,
//! `clock_gettime(2)`.

use core::time::Duration;
use nlwire::Errno;
use rustix::event::{self, EventfdFlags, PollFd, PollFlags, Timespec};
use rustix::fd::{BorrowedFd, OwnedFd};
use rustix::time::{ClockId, DynamicClockId, clock_gettime_dynamic};

use super::errno;

pub(crate) const READABLE: PollFlags = PollFlags::IN;
pub(crate) const WRITABLE: PollFlags = PollFlags::OUT;

const NANOSECONDS_PER_SECOND: u64 = 1_000_000_000;

/// Waits until a descriptor is ready or has an error, or until `timeout` has
/// passed, and returns which descriptors are ready.
///
/// Fails with `EINTR` after a signal.
pub(crate) fn poll<const N: usize>(
    fds: [(BorrowedFd<'_>, PollFlags); N],
    timeout: Option<Duration>,
) -> Result<[bool; N], Errno> {
    let mut fds = fds.map(|(fd, events)| PollFd::from_borrowed_fd(fd, events));
    // A duration beyond `Timespec` is more than 292 billion years.
    let timeout = timeout.and_then(|timeout| Timespec::try_from(timeout).ok());
    event::poll(&mut fds, timeout.as_ref()).map_err(errno)?;
    Ok(fds.map(|fd| !fd.revents().is_empty()))
}

/// Opens a non-blocking, close-on-exec eventfd with this value.
pub(crate) fn eventfd(value: u32) -> Result<OwnedFd, Errno> {
    event::eventfd(value, EventfdFlags::CLOEXEC | EventfdFlags::NONBLOCK).map_err(errno)
}

/// Returns the time of `CLOCK_MONOTONIC` in nanoseconds, which overflows after
/// 584 years.
///
/// Fails if a sandbox forbids the call.
pub(crate) fn now() -> Result<u64, Errno> {
    // The other `clock_gettime` of rustix panics if this one fails.
    let clock = DynamicClockId::Known(ClockId::Monotonic);
    let time = clock_gettime_dynamic(clock).map_err(errno)?;
    // Neither part of this clock is ever negative.
    Ok((time.tv_sec as u64)
        .saturating_mul(NANOSECONDS_PER_SECOND)
        .saturating_add(time.tv_nsec as u64))
}
