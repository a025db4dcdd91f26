//! Symbols that the operating system and the compiler need in any program.

use core::arch::{asm, global_asm};
use core::panic::PanicInfo;
use syscalls::{Sysno, syscall};

#[cfg(not(all(target_os = "linux", target_arch = "x86_64")))]
compile_error!("the entry point is written for x86-64");

// The kernel jumps here, with the stack aligned and no return address.
global_asm!(
    ".globl _start",
    "_start:",
    "xor %ebp, %ebp",
    "call {main}",
    "ud2",
    main = sym crate::main,
    options(att_syntax),
);

/// Ends the program.
pub fn exit(status: i32) -> ! {
    loop {
        // SAFETY: It does not return.
        let _ = unsafe { syscall!(Sysno::exit_group, status) };
    }
}

#[panic_handler]
fn panic(_: &PanicInfo<'_>) -> ! {
    exit(101)
}

/// Core's own code refers to it, for unwinding that never happens.
#[unsafe(no_mangle)]
extern "C" fn rust_eh_personality() {}

/// # Safety
/// C function of this name.
#[unsafe(no_mangle)]
unsafe extern "C" fn memcpy(to: *mut u8, from: *const u8, len: usize) -> *mut u8 {
    // SAFETY: The caller's.
    unsafe {
        asm!("rep movsb", inout("rcx") len => _, inout("rdi") to => _, inout("rsi") from => _,
            options(nostack, preserves_flags));
    }
    to
}

/// # Safety
/// C function of this name.
#[unsafe(no_mangle)]
unsafe extern "C" fn memmove(to: *mut u8, from: *const u8, len: usize) -> *mut u8 {
    if to.addr().wrapping_sub(from.addr()) >= len {
        // SAFETY: The caller's; what is read is read before it is written.
        return unsafe { memcpy(to, from, len) };
    }
    // SAFETY: The caller's; from the end on, with the direction set back.
    unsafe {
        asm!("std", "rep movsb", "cld", inout("rcx") len => _,
            inout("rdi") to.wrapping_add(len).wrapping_sub(1) => _,
            inout("rsi") from.wrapping_add(len).wrapping_sub(1) => _,
            options(nostack));
    }
    to
}

/// # Safety
/// C function of this name.
#[unsafe(no_mangle)]
unsafe extern "C" fn memset(to: *mut u8, byte: i32, len: usize) -> *mut u8 {
    // SAFETY: The caller's.
    unsafe {
        asm!("rep stosb", inout("rcx") len => _, inout("rdi") to => _, in("eax") byte,
            options(nostack, preserves_flags));
    }
    to
}

/// # Safety
/// C function of this name.
#[unsafe(no_mangle)]
unsafe extern "C" fn memcmp(a: *const u8, b: *const u8, len: usize) -> i32 {
    for at in 0..len {
        // SAFETY: The caller's. Volatile, lest this becomes a call of itself.
        let (a, b) = unsafe { (a.add(at).read_volatile(), b.add(at).read_volatile()) };
        if a != b {
            return i32::from(a) - i32::from(b);
        }
    }
    0
}

/// # Safety
/// C function of this name.
#[unsafe(no_mangle)]
unsafe extern "C" fn bcmp(a: *const u8, b: *const u8, len: usize) -> i32 {
    // SAFETY: The caller's.
    unsafe { memcmp(a, b, len) }
}

/// # Safety
/// C function of this name.
#[unsafe(no_mangle)]
unsafe extern "C" fn strlen(text: *const u8) -> usize {
    let mut len = 0;
    // SAFETY: The caller's. Volatile as above.
    while unsafe { text.add(len).read_volatile() } != 0 {
        len += 1;
    }
    len
}
