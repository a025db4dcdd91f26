//! Waiting: `ppoll(2)` and `eventfd(2)`.

use core::ffi::{c_short, c_uint};
use core::ptr::{from_ref, null};
use core::time::Duration;
use linux_raw_sys::general::{EFD_CLOEXEC, EFD_NONBLOCK, POLLIN, POLLOUT, pollfd};
use nlwire::Errno;
use rustix::fd::{AsRawFd as _, BorrowedFd, FromRawFd as _, OwnedFd};

use super::call::{self, timespec};
use super::timed;

pub(crate) const READABLE: c_short = POLLIN as _;
pub(crate) const WRITABLE: c_short = POLLOUT as _;

/// Waits until the kernel has something to say of a descriptor, at most so
/// long, and returns of which it has.
///
/// Errors are told whether they are asked for or not. Fails with `EINTR` when a
/// signal comes.
pub(crate) fn poll<const N: usize>(
    fds: [(BorrowedFd<'_>, c_short); N],
    timeout: Option<Duration>,
) -> Result<[bool; N], Errno> {
    let mut fds = fds.map(|(fd, events)| pollfd {
        fd: fd.as_raw_fd(),
        events,
        revents: 0,
    });
    let timeout = timeout.map(|timeout| timespec {
        tv_sec: timeout.as_secs().try_into().unwrap_or(i64::MAX),
        tv_nsec: timeout.subsec_nanos().into(),
    });
    let timeout = timeout.as_ref().map_or(null(), from_ref);
    // SAFETY: As many descriptors as are said, and a time or none.
    unsafe { timed::ppoll(fds.as_mut_ptr(), N, timeout) }?;
    Ok(fds.map(|fd| fd.revents != 0))
}

/// Opens an eventfd that holds this value, does not block and is not inherited.
pub(crate) fn eventfd(value: c_uint) -> Result<OwnedFd, Errno> {
    // SAFETY: Takes no pointers.
    let fd = unsafe { call::eventfd2(value, EFD_CLOEXEC | EFD_NONBLOCK) }?;
    // SAFETY: It was opened just now, and nobody else knows of it.
    Ok(unsafe { OwnedFd::from_raw_fd(fd as _) })
}
