//! By the C library, which need not know the call: `syscall(2)`.

use core::ffi::{c_int, c_long, c_uint};

unsafe extern "C" {
    fn syscall(number: c_long, ...) -> c_long;

    /// Returns where this thread has its `errno`.
    #[cfg_attr(target_os = "android", link_name = "__errno")]
    fn __errno_location() -> *mut c_int;
}

/// Makes a system call, and returns what the kernel does.
///
/// # Safety
///
/// What the arguments point to must be as the manual of the call says.
#[inline]
pub(crate) unsafe fn enter(number: c_uint, args: [usize; 6]) -> usize {
    let [a, b, c, d, e, f] = args;
    // SAFETY: The caller's; the place of `errno` is always there.
    unsafe {
        match syscall(number as _, a, b, c, d, e, f) {
            -1 => (*__errno_location() as usize).wrapping_neg(),
            result => result as _,
        }
    }
}
