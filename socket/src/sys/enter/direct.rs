//! Without a C library, by the crate `syscalls`.

use core::ffi::c_uint;

/// Makes a system call, and returns what the kernel does.
///
/// # Safety
///
/// What the arguments point to must be as the manual of the call says.
#[inline]
pub(crate) unsafe fn enter(number: c_uint, args: [usize; 6]) -> usize {
    let [a, b, c, d, e, f] = args;
    // SAFETY: The caller's.
    unsafe { syscalls::raw::syscall6(number as usize, a, b, c, d, e, f) }
}
