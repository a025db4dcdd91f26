//! The system calls, by their numbers and with the kernel's structs, which are
//! the same with every C library.
//!
//! A library's functions would take longer, too: in a program of several
//! threads glibc makes each call ready to be cancelled (`pthread_cancel(3)`),
//! and a round trip took a tenth more. On x86 of 32 bits and on s390x these
//! calls have numbers since Linux 4.3.

use core::ffi::{c_int, c_uint, c_void};
use core::ptr::with_exposed_provenance_mut;
use linux_raw_sys::general::pollfd;
use nlwire::Errno;

use super::enter::enter;
use super::socket::{CountedHeader, MessageHeader, Name};

pub(super) use kernel::timespec;

/// The kernel's interface. The architecture that never had seconds of 32 bits
/// has other names for what has them elsewhere.
mod kernel {
    pub(super) use linux_raw_sys::general::*;

    #[cfg(not(target_arch = "riscv32"))]
    pub(crate) use linux_raw_sys::general::__kernel_old_timespec as timespec;
    #[cfg(target_arch = "riscv32")]
    pub(crate) use linux_raw_sys::general::{
        __NR_clock_gettime64 as __NR_clock_gettime, __NR_ppoll_time64 as __NR_ppoll,
        __NR_recvmmsg_time64 as __NR_recvmmsg, __kernel_timespec as timespec,
    };
}

/// Reads what the kernel returns: the last 4095 numbers are errors.
#[inline]
fn told(result: usize) -> Result<usize, Errno> {
    /// Cold, so that what was sent or received is what comes next.
    #[cold]
    const fn error(result: usize) -> Errno {
        Errno(result.wrapping_neg() as i32)
    }

    if result > usize::MAX - 4095 {
        return Err(error(result));
    }
    Ok(result)
}

macro_rules! calls {
    ($($(#[$meta:meta])* $name:ident $number:ident($($arg:ident: $type:ty),*);)*) => {$(
        $(#[$meta])*
        #[doc = concat!("`", stringify!($name), "(2)`.")]
        ///
        /// # Safety
        ///
        /// What the pointers point to must be as the manual says.
        #[inline]
        pub(super) unsafe fn $name($($arg: $type),*) -> Result<usize, Errno> {
            let mut args = [0; 6];
            for (slot, arg) in args.iter_mut().zip([$($arg as usize),*]) {
                *slot = arg;
            }
            // SAFETY: The caller's.
            told(unsafe { enter(kernel::$number, args) })
        }
    )*};
}

calls! {
    socket __NR_socket(domain: c_uint, kind: c_uint, protocol: c_uint);
    bind __NR_bind(fd: c_int, name: *const Name, len: usize);
    connect __NR_connect(fd: c_int, name: *const Name, len: usize);
    getsockname __NR_getsockname(fd: c_int, name: *mut Name, len: *mut c_uint);
    sendto __NR_sendto(fd: c_int, bytes: *const u8, len: usize, flags: c_uint, name: *const Name, name_len: usize);
    sendmsg __NR_sendmsg(fd: c_int, header: *const MessageHeader, flags: c_uint);
    recvfrom __NR_recvfrom(fd: c_int, bytes: *mut u8, len: usize, flags: c_uint, name: *mut Name, name_len: *mut c_uint);
    recvmsg __NR_recvmsg(fd: c_int, header: *mut MessageHeader, flags: c_uint);
    setsockopt __NR_setsockopt(fd: c_int, level: c_uint, name: c_uint, value: *const c_void, len: usize);
    getsockopt __NR_getsockopt(fd: c_int, level: c_uint, name: c_uint, value: *mut c_void, len: *mut c_uint);
    eventfd2 __NR_eventfd2(value: c_uint, flags: c_uint);
    close __NR_close(fd: c_int);
    munmap __NR_munmap(start: *mut u8, len: usize);
    getrandom __NR_getrandom(bytes: *mut u8, len: usize, flags: c_uint);
    #[cfg(feature = "std")]
    setns __NR_setns(fd: c_int, kinds: c_uint);
    recvmmsg __NR_recvmmsg(fd: c_int, headers: *mut CountedHeader, count: usize, flags: c_uint, timeout: *mut timespec);
    ppoll __NR_ppoll(fds: *mut pollfd, count: usize, timeout: *const timespec, signals: *const c_void, size: usize);
    #[cfg(not(all(feature = "std", target_pointer_width = "64")))]
    clock_gettime __NR_clock_gettime(clock: c_uint, time: *mut timespec);
}

/// `mmap(2)` of so many bytes of zeros, of no file, where the kernel chooses,
/// and for which it sets no memory aside.
pub(super) fn map(len: usize) -> Result<*mut u8, Errno> {
    const ACCESS: c_uint = kernel::PROT_READ | kernel::PROT_WRITE;
    const FLAGS: c_uint = kernel::MAP_PRIVATE | kernel::MAP_ANONYMOUS | kernel::MAP_NORESERVE;
    #[cfg(any(target_pointer_width = "64", target_arch = "x86_64"))]
    const NUMBER: c_uint = kernel::__NR_mmap;
    // Counts its offset in pages.
    #[cfg(not(any(target_pointer_width = "64", target_arch = "x86_64")))]
    const NUMBER: c_uint = kernel::__NR_mmap2;

    let args = [0, len, ACCESS as usize, FLAGS as usize, usize::MAX, 0];
    // There it takes the place of its arguments.
    #[cfg(target_arch = "s390x")]
    let args = [(&raw const args) as usize, 0, 0, 0, 0, 0];
    // SAFETY: Replaces nothing.
    told(unsafe { enter(NUMBER, args) }).map(with_exposed_provenance_mut)
}
