//! The system calls themselves: functions of the C library or, with feature
//! `syscalls`, without it where rustix goes to the kernel without one too. That
//! leaves out where the address space is not that of the registers.

use core::ffi::{c_int, c_uint, c_void};
use nlwire::Errno;

/// What [`map`] asks for: pages to read and to write, of no file, for which no
/// memory is set aside.
const ACCESS: c_int = libc::PROT_READ | libc::PROT_WRITE;
const ANONYMOUS: c_int = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_NORESERVE;

/// Where a system call takes no C library.
macro_rules! direct {
    ($($item:item)*) => {$(
        #[cfg(all(
            feature = "syscalls",
            target_os = "linux",
            any(
                target_arch = "x86",
                all(
                    target_pointer_width = "64",
                    any(
                        target_arch = "x86_64",
                        all(target_arch = "aarch64", target_endian = "little"),
                        target_arch = "riscv64",
                    )
                )
            )
        ))]
        $item
    )*};
}

/// Everywhere else.
macro_rules! by_library {
    ($($item:item)*) => {$(
        #[cfg(not(all(
            feature = "syscalls",
            target_os = "linux",
            any(
                target_arch = "x86",
                all(
                    target_pointer_width = "64",
                    any(
                        target_arch = "x86_64",
                        all(target_arch = "aarch64", target_endian = "little"),
                        target_arch = "riscv64",
                    )
                )
            )
        )))]
        $item
    )*};
}

direct! {
    /// `struct timespec`, of a register each.
    #[repr(C)]
    pub(super) struct timespec {
        pub(super) tv_sec: core::ffi::c_long,
        pub(super) tv_nsec: core::ffi::c_long,
    }

    macro_rules! perform {
        ($name:ident($($arg:expr),*)) => {
            syscalls::syscall!(syscalls::Sysno::$name, $($arg),*)
                .map_err(|errno| Errno(errno.into_raw()))
        };
    }

    macro_rules! transfer {
        ($name:ident $number:ident($($arg:ident),*)) => { perform!($name($($arg),*)) };
    }

    /// `ppoll(2)` with the signals as they are.
    ///
    /// # Safety
    ///
    /// What the pointers point to must be as the manual says.
    pub(super) unsafe fn ppoll(fds: *mut libc::pollfd, count: usize, timeout: *const timespec) -> Result<usize, Errno> {
        // SAFETY: The caller's.
        unsafe { perform!(ppoll(fds, count, timeout, 0, 0)) }
    }

    /// `eventfd(2)`.
    pub(super) fn eventfd(value: c_uint, flags: c_int) -> Result<usize, Errno> {
        // SAFETY: Takes no pointers.
        unsafe { perform!(eventfd2(value, flags)) }
    }

    /// `mmap(2)` of so many bytes of zeros, where the kernel chooses.
    pub(super) fn map(len: usize) -> Result<*mut u8, Errno> {
        #[cfg(not(target_arch = "x86"))]
        use syscalls::Sysno::mmap;
        // Counts its offset in pages.
        #[cfg(target_arch = "x86")]
        use syscalls::Sysno::mmap2 as mmap;

        // SAFETY: Replaces nothing.
        unsafe { syscalls::syscall!(mmap, 0, len, ACCESS, ANONYMOUS, -1_isize, 0) }
            .map(core::ptr::with_exposed_provenance_mut)
            .map_err(|errno| Errno(errno.into_raw()))
    }
}

by_library! {
    pub(super) use libc::timespec;

    macro_rules! perform {
        ($name:ident($($arg:expr),*)) => {
            usize::try_from(libc::$name($($arg as _),*)).map_err(|_| last_errno())
        };
    }

    /// Not by functions of the library: in a program of several threads glibc
    /// makes each ready to be cancelled (`pthread_cancel(3)`), for which a
    /// round trip took a tenth longer. On x86 of 32 bits and on s390x these
    /// calls have numbers since Linux 4.3.
    #[cfg(not(target_os = "android"))]
    macro_rules! transfer {
        // What every datagram takes, in place: an acknowledgement took 1.4 %
        // longer by way of the library.
        ($name:ident $number:ident($a:ident, $b:ident, $c:ident, $d:ident, $e:ident, $f:ident)) => {
            call_of_six(libc::$number, [$a as _, $b as _, $c as _, $d as _, $e as _, $f as _])
        };
        ($name:ident $number:ident($($arg:ident),*)) => {
            usize::try_from(libc::syscall(libc::$number, $($arg as libc::c_long),*))
                .map_err(|_| last_errno())
        };
    }

    #[cfg(all(not(target_os = "android"), target_arch = "x86_64", target_pointer_width = "64"))]
    #[inline]
    unsafe fn call_of_six(number: libc::c_long, args: [libc::c_long; 6]) -> Result<usize, Errno> {
        let [a, b, c, d, e, f] = args;
        let result: libc::c_long;
        // SAFETY: The convention of x86-64: results in `rax`, errors below zero;
        // `rcx` and `r11` are lost, and the stack is left alone. The rest is the
        // caller's.
        unsafe {
            core::arch::asm!(
                "syscall",
                inlateout("rax") number => result,
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
        usize::try_from(result).map_err(|_| negated(result))
    }

    /// Cold, so that what was sent or received is what comes next.
    #[cfg(all(not(target_os = "android"), target_arch = "x86_64", target_pointer_width = "64"))]
    #[cold]
    const fn negated(result: libc::c_long) -> Errno {
        Errno(result.wrapping_neg() as i32)
    }

    #[cfg(all(
        not(target_os = "android"),
        not(all(target_arch = "x86_64", target_pointer_width = "64"))
    ))]
    #[inline]
    unsafe fn call_of_six(number: libc::c_long, args: [libc::c_long; 6]) -> Result<usize, Errno> {
        let [a, b, c, d, e, f] = args;
        // SAFETY: The caller's.
        usize::try_from(unsafe { libc::syscall(number, a, b, c, d, e, f) }).map_err(|_| last_errno())
    }

    /// Programs may not make all calls by their numbers.
    #[cfg(target_os = "android")]
    macro_rules! transfer {
        ($name:ident $number:ident($($arg:ident),*)) => { perform!($name($($arg),*)) };
    }

    /// `ppoll(2)` with the signals as they are.
    ///
    /// # Safety
    ///
    /// What the pointers point to must be as the manual says.
    pub(super) unsafe fn ppoll(fds: *mut libc::pollfd, count: usize, timeout: *const timespec) -> Result<usize, Errno> {
        // SAFETY: The caller's.
        unsafe { perform!(ppoll(fds, count, timeout, core::ptr::null())) }
    }

    /// `eventfd(2)`.
    pub(super) fn eventfd(value: c_uint, flags: c_int) -> Result<usize, Errno> {
        // SAFETY: Takes no pointers.
        unsafe { perform!(eventfd(value, flags)) }
    }

    /// `mmap(2)` of so many bytes of zeros, where the library chooses.
    pub(super) fn map(len: usize) -> Result<*mut u8, Errno> {
        // SAFETY: Replaces nothing.
        let start = unsafe { libc::mmap(core::ptr::null_mut(), len, ACCESS, ANONYMOUS, -1, 0) };
        if start == libc::MAP_FAILED {
            return Err(last_errno());
        }
        Ok(start.cast())
    }

    #[cfg(target_os = "android")]
    fn last_errno() -> Errno {
        // SAFETY: Always returns a pointer to a variable of this thread.
        Errno(unsafe { *libc::__errno() })
    }

    #[cfg(not(target_os = "android"))]
    fn last_errno() -> Errno {
        // SAFETY: Always returns a pointer to a variable of this thread.
        Errno(unsafe { *libc::__errno_location() })
    }
}

macro_rules! calls {
    ($how:ident: $($(#[$meta:meta])* $name:ident $($number:ident)?($($arg:ident: $type:ty),*);)*) => {$(
        $(#[$meta])*
        #[doc = concat!("`", stringify!($name), "(2)`; returns what is not negative.")]
        ///
        /// # Safety
        ///
        /// What the pointers point to must be as the manual says.
        #[inline]
        pub(super) unsafe fn $name($($arg: $type),*) -> Result<usize, Errno> {
            // SAFETY: The caller's.
            unsafe { $how!($name $($number)?($($arg),*)) }
        }
    )*};
}

calls! { transfer:
    sendto SYS_sendto(fd: c_int, bytes: *const u8, len: usize, flags: c_int, name: *const libc::sockaddr, name_len: libc::socklen_t);
    sendmsg SYS_sendmsg(fd: c_int, header: *const libc::msghdr, flags: c_int);
    recvfrom SYS_recvfrom(fd: c_int, bytes: *mut u8, len: usize, flags: c_int, name: *mut libc::sockaddr, name_len: *mut libc::socklen_t);
    recvmsg SYS_recvmsg(fd: c_int, header: *mut libc::msghdr, flags: c_int);
}

calls! { perform:
    close(fd: c_int);
    munmap(start: *mut c_void, len: usize);
    socket(domain: c_int, kind: c_int, protocol: c_int);
    bind(fd: c_int, name: *const libc::sockaddr, name_len: libc::socklen_t);
    connect(fd: c_int, name: *const libc::sockaddr, name_len: libc::socklen_t);
    getsockname(fd: c_int, name: *mut libc::sockaddr, name_len: *mut libc::socklen_t);
    recvmmsg(fd: c_int, headers: *mut libc::mmsghdr, count: c_uint, flags: c_int, timeout: *mut libc::timespec);
    setsockopt(fd: c_int, level: c_int, name: c_int, value: *const c_void, len: libc::socklen_t);
    getsockopt(fd: c_int, level: c_int, name: c_int, value: *mut c_void, len: *mut libc::socklen_t);
    getrandom(bytes: *mut u8, len: usize, flags: c_uint);
    #[cfg(not(feature = "std"))]
    clock_gettime(clock: c_int, time: *mut timespec);
    #[cfg(feature = "std")]
    setns(fd: c_int, kinds: c_int);
}
