//! The calls that know of time, where seconds always had 64 bits.

#[cfg(not(all(feature = "std", target_pointer_width = "64")))]
use core::ffi::c_uint;
use linux_raw_sys::general::pollfd;
use nlwire::Errno;

use super::call::{calls, timespec};

calls! {
    ppoll __NR_ppoll(fds: *mut pollfd, count: usize, timeout: *const timespec);
    #[cfg(not(all(feature = "std", target_pointer_width = "64")))]
    clock_gettime __NR_clock_gettime(clock: c_uint, time: *mut timespec);
}
