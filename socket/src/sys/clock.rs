//! The clock (`clock_gettime(2)`).

use linux_raw_sys::general::CLOCK_MONOTONIC;

use super::call::timespec;
#[cfg(not(all(feature = "std", target_pointer_width = "64")))]
use super::timed::clock_gettime;

// With std there is a C library, which reads the clock without a system call;
// where a register has 64 bits, its struct is the kernel's.
#[cfg(all(feature = "std", target_pointer_width = "64"))]
unsafe extern "C" {
    fn clock_gettime(clock: core::ffi::c_uint, time: *mut timespec) -> core::ffi::c_int;
}

const NANOSECONDS_PER_SECOND: u64 = 1_000_000_000;

/// Returns the time of `CLOCK_MONOTONIC` in nanoseconds, which last 584 years.
pub(crate) fn now() -> u64 {
    let mut time = timespec {
        tv_sec: 0,
        tv_nsec: 0,
    };
    // SAFETY: The place is of the type that the call writes.
    let read = unsafe { clock_gettime(CLOCK_MONOTONIC, &raw mut time) };
    // Every kernel has this clock.
    let _ = read;
    // Neither part of it is ever negative.
    (time.tv_sec as u64)
        .saturating_mul(NANOSECONDS_PER_SECOND)
        .saturating_add(time.tv_nsec as u64)
}
