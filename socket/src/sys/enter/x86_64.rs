//! In place, on x86-64: an acknowledgement took 1.4 % longer by way of the C
//! library.

use core::arch::asm;
use core::ffi::c_uint;

/// Makes a system call, and returns what the kernel does.
///
/// # Safety
///
/// What the arguments point to must be as the manual of the call says.
#[inline]
pub(crate) unsafe fn enter(number: c_uint, args: [usize; 6]) -> usize {
    let [a, b, c, d, e, f] = args;
    let result;
    // SAFETY: The convention of x86-64: the result is in `rax`, `rcx` and `r11`
    // are lost, and the stack is left alone. The rest is the caller's.
    unsafe {
        asm!(
            "syscall",
            inlateout("rax") number as usize => result,
            in("rdi") a,
            in("rsi") b,
            in("rdx") c,
            in("r10") d,
            in("r8") e,
            in("r9") f,
            lateout("rcx") _,
            lateout("r11") _,
            options(nostack, preserves_flags),
        );
    }
    result
}
