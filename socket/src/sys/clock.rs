//! The clock (`clock_gettime(2)`).

use core::mem::zeroed;
#[cfg(feature = "std")]
use libc::{clock_gettime, timespec};

#[cfg(not(feature = "std"))]
use super::call::{clock_gettime, timespec};

const NANOSECONDS_PER_SECOND: u64 = 1_000_000_000;

/// Returns the time of `CLOCK_MONOTONIC` in nanoseconds, which last 584 years.
///
/// With std there is a C library, which reads the clock without a system call.
pub(crate) fn now() -> u64 {
    // SAFETY: All zeros is a valid time: integers.
    let mut time: timespec = unsafe { zeroed() };
    // SAFETY: The place is of the type that the call writes.
    let read = unsafe { clock_gettime(libc::CLOCK_MONOTONIC, &raw mut time) };
    // Every kernel has this clock.
    let _ = read;
    // Neither part of it is ever negative.
    (time.tv_sec as u64)
        .saturating_mul(NANOSECONDS_PER_SECOND)
        .saturating_add(time.tv_nsec as u64)
}
