//! The system calls, by their numbers and with the kernel's structs, which are
//! the same with every C library.
//!
//! A library's functions would take longer, too: in a program of several
//! threads glibc makes each call ready to be cancelled (`pthread_cancel(3)`),
//! and a round trip took a tenth more. On x86 of 32 bits and on s390x these
//! calls have numbers since Linux 4.3.

use core::ffi::{c_int, c_uint, c_void};
use core::ptr::with_exposed_provenance_mut;
use linux_raw_sys::general;
use nlwire::Errno;

use super::enter::enter;
use super::socket::{MessageHeader, Name};

pub(super) use linux_raw_sys::general::__kernel_timespec as timespec;

/// Makes a system call; arguments that are left out are null.
///
/// # Safety
///
/// What the arguments point to must be as the manual of the call says.
#[inline]
pub(super) unsafe fn make<const N: usize>(
    number: c_uint,
    given: [usize; N],
) -> Result<usize, Errno> {
    /// Cold, so that what was sent or received is what comes next.
    #[cold]
    const fn error(result: usize) -> Errno {
        Errno(result.wrapping_neg() as i32)
    }

    let mut args = [0; 6];
    for (slot, arg) in args.iter_mut().zip(given) {
        *slot = arg;
    }
    // SAFETY: The caller's.
    match unsafe { enter(number, args) } {
        // The last 4095 numbers are errors.
        result if result > usize::MAX - 4095 => Err(error(result)),
        result => Ok(result),
    }
}

/// Declares calls with their numbers.
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
            // SAFETY: The caller's.
            unsafe { $crate::sys::call::make(::linux_raw_sys::general::$number, [$($arg as usize),*]) }
        }
    )*};
}

pub(super) use calls;

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
}

/// `mmap(2)` of so many bytes of zeros, of no file, where the kernel chooses,
/// and for which it sets no memory aside.
pub(super) fn map(len: usize) -> Result<*mut u8, Errno> {
    const ACCESS: c_uint = general::PROT_READ | general::PROT_WRITE;
    const FLAGS: c_uint = general::MAP_PRIVATE | general::MAP_ANONYMOUS | general::MAP_NORESERVE;
    #[cfg(any(target_pointer_width = "64", target_arch = "x86_64"))]
    const NUMBER: c_uint = general::__NR_mmap;
    // Counts its offset in pages.
    #[cfg(not(any(target_pointer_width = "64", target_arch = "x86_64")))]
    const NUMBER: c_uint = general::__NR_mmap2;

    let args = [0, len, ACCESS as usize, FLAGS as usize, usize::MAX, 0];
    // There it takes the place of its arguments.
    #[cfg(target_arch = "s390x")]
    let args = [(&raw const args) as usize, 0, 0, 0, 0, 0];
    // SAFETY: Replaces nothing.
    unsafe { make(NUMBER, args) }.map(with_exposed_provenance_mut)
}
