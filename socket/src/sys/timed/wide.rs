//! The calls that know of time, where seconds always had 64 bits.

use core::ffi::{c_int, c_uint};
use linux_raw_sys::general::pollfd;
use nlwire::Errno;

use super::call::{calls, timespec};
use super::socket::CountedHeader;

calls! {
    ppoll __NR_ppoll(fds: *mut pollfd, count: usize, timeout: *const timespec);
    recvmmsg __NR_recvmmsg(fd: c_int, headers: *mut CountedHeader, count: usize, flags: c_uint);
    #[cfg(not(all(feature = "std", target_pointer_width = "64")))]
    clock_gettime __NR_clock_gettime(clock: c_uint, time: *mut timespec);
}
