//! The calls that know of time, where registers have 32 bits: by the numbers of
//! Linux 5.1, whose seconds have 64 bits, or by the older ones, which a kernel
//! may be built without, and that for riscv32 never has.

use core::ffi::c_uint;
#[cfg(not(target_arch = "riscv32"))]
use core::ptr::{from_ref, null};
use linux_raw_sys::general::pollfd;
#[cfg(not(target_arch = "riscv32"))]
use linux_raw_sys::{errno, general::__kernel_old_timespec};
use nlwire::Errno;

use super::call::{calls, timespec};

#[cfg(not(target_arch = "riscv32"))]
const ENOSYS: Errno = Errno(errno::ENOSYS as _);

/// The second where the kernel does not know the first.
macro_rules! either {
    ($new:expr, $old:expr) => {
        match $new {
            #[cfg(not(target_arch = "riscv32"))]
            Err(ENOSYS) => $old,
            result => result,
        }
    };
}

calls! {
    clock_gettime64 __NR_clock_gettime64(clock: c_uint, time: *mut timespec);
    ppoll_time64 __NR_ppoll_time64(fds: *mut pollfd, count: usize, timeout: *const timespec);
}

#[cfg(not(target_arch = "riscv32"))]
calls! {
    clock_gettime32 __NR_clock_gettime(clock: c_uint, time: *mut __kernel_old_timespec);
    ppoll_time32 __NR_ppoll(fds: *mut pollfd, count: usize, timeout: *const __kernel_old_timespec);
}

pub(super) unsafe fn clock_gettime(clock: c_uint, time: *mut timespec) -> Result<usize, Errno> {
    // SAFETY: The caller's.
    unsafe { either!(clock_gettime64(clock, time), older_clock(clock, time)) }
}

#[cfg(not(target_arch = "riscv32"))]
unsafe fn older_clock(clock: c_uint, time: *mut timespec) -> Result<usize, Errno> {
    let mut older = __kernel_old_timespec {
        tv_sec: 0,
        tv_nsec: 0,
    };
    // SAFETY: The place of a time, and the caller's.
    unsafe {
        let result = clock_gettime32(clock, &raw mut older)?;
        (*time).tv_sec = older.tv_sec.into();
        (*time).tv_nsec = older.tv_nsec.into();
        Ok(result)
    }
}

pub(super) unsafe fn ppoll(
    fds: *mut pollfd,
    count: usize,
    timeout: *const timespec,
) -> Result<usize, Errno> {
    // SAFETY: The caller's.
    unsafe {
        either!(
            ppoll_time64(fds, count, timeout),
            older_poll(fds, count, timeout)
        )
    }
}

/// Waits 68 years for more than that.
#[cfg(not(target_arch = "riscv32"))]
unsafe fn older_poll(
    fds: *mut pollfd,
    count: usize,
    timeout: *const timespec,
) -> Result<usize, Errno> {
    // SAFETY: The caller's: a time or none.
    let older = unsafe { timeout.as_ref() }.map(|time| __kernel_old_timespec {
        tv_sec: time.tv_sec.try_into().unwrap_or(i32::MAX),
        tv_nsec: time.tv_nsec as _,
    });
    let timeout = older.as_ref().map_or(null(), from_ref);
    // SAFETY: The caller's, and a time or none.
    unsafe { ppoll_time32(fds, count, timeout) }
}

#[cfg(all(test, not(target_arch = "riscv32")))]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::{clock_gettime, older_clock, older_poll, timespec};
    use linux_raw_sys::general::CLOCK_MONOTONIC;
    use std::time::{Duration, Instant};

    #[test]
    fn both_clocks_are_one() {
        let (mut new, mut old) = (ZERO, ZERO);
        // SAFETY: Places of times.
        unsafe {
            clock_gettime(CLOCK_MONOTONIC, &raw mut new).unwrap();
            older_clock(CLOCK_MONOTONIC, &raw mut old).unwrap();
        }
        let nanos =
            |time: timespec| i128::from(time.tv_sec) * 1_000_000_000 + i128::from(time.tv_nsec);
        assert!((0..10_000_000_000).contains(&(nanos(old) - nanos(new))));
    }

    #[test]
    fn an_older_wait_ends() {
        let begin = Instant::now();
        let timeout = timespec {
            tv_sec: 0,
            tv_nsec: 20_000_000,
        };
        // SAFETY: No descriptors, and a time.
        let ready = unsafe { older_poll(core::ptr::null_mut(), 0, &raw const timeout) };
        assert_eq!(ready, Ok(0));
        assert!(begin.elapsed() >= Duration::from_millis(20));
    }

    const ZERO: timespec = timespec {
        tv_sec: 0,
        tv_nsec: 0,
    };
}
