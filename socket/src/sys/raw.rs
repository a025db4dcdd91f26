//! System calls that rustix lacks or has in part only, through the C library
//! or, with feature `syscalls`, the crate of that name.
//!
//! rustix has no option of `SOL_NETLINK` and no filter, and its `recvmsg` drops
//! netlink's control messages.

pub(super) use chosen::*;

/// Without a C library.
#[cfg(all(
    feature = "syscalls",
    any(
        all(target_arch = "x86_64", target_pointer_width = "64"),
        target_arch = "x86",
        target_arch = "aarch64",
        target_arch = "riscv64"
    )
))]
mod chosen {
    use core::ffi::{c_int, c_uint, c_void};
    pub(in crate::sys) use linux_raw_sys::general::iovec;
    pub(in crate::sys) use linux_raw_sys::if_tun::{sock_filter, sock_fprog};
    pub(in crate::sys) use linux_raw_sys::net::msghdr;
    pub(in crate::sys) use linux_raw_sys::netlink::sockaddr_nl;
    use nlwire::Errno;
    use syscalls::{Sysno, syscall};

    /// Sets an option: `setsockopt(2)`.
    ///
    /// # Safety
    ///
    /// `value` points to `len` bytes of the type that the option has in C.
    pub(in crate::sys) unsafe fn setsockopt(
        fd: c_int,
        level: c_uint,
        name: c_uint,
        value: *const c_void,
        len: usize,
    ) -> Result<(), Errno> {
        // SAFETY: The kernel reads `len` bytes, which the caller promises.
        let result = unsafe { syscall!(Sysno::setsockopt, fd, level, name, value, len) };
        result.map(|_| ()).map_err(errno)
    }

    /// Reads an option: `getsockopt(2)`.
    ///
    /// # Safety
    ///
    /// `value` points to `len` bytes that may be written, with any content.
    pub(in crate::sys) unsafe fn getsockopt(
        fd: c_int,
        level: c_uint,
        name: c_uint,
        value: *mut c_void,
        len: &mut c_uint,
    ) -> Result<(), Errno> {
        let len = &raw mut *len;
        // SAFETY: The kernel writes at most `len` bytes, which the caller
        // promises, and the new length.
        let result = unsafe { syscall!(Sysno::getsockopt, fd, level, name, value, len) };
        result.map(|_| ()).map_err(errno)
    }

    /// Receives a datagram: `recvmsg(2)`.
    ///
    /// # Safety
    ///
    /// Every pointer in `header` points to as many bytes that may be written as
    /// the length beside it says.
    pub(in crate::sys) unsafe fn recvmsg(
        fd: c_int,
        header: &mut msghdr,
        flags: c_uint,
    ) -> Result<usize, Errno> {
        // SAFETY: The kernel writes to the header, which is borrowed, and where
        // it points to, which the caller promises.
        let result = unsafe { syscall!(Sysno::recvmsg, fd, &raw mut *header, flags) };
        result.map_err(errno)
    }

    fn errno(errno: syscalls::Errno) -> Errno {
        Errno(errno.into_raw())
    }
}

/// Through the C library.
#[cfg(not(all(
    feature = "syscalls",
    any(
        all(target_arch = "x86_64", target_pointer_width = "64"),
        target_arch = "x86",
        target_arch = "aarch64",
        target_arch = "riscv64"
    )
)))]
mod chosen {
    use core::ffi::{c_int, c_uint, c_void};
    #[cfg(target_os = "android")]
    use libc::__errno as errno_location;
    #[cfg(not(target_os = "android"))]
    use libc::__errno_location as errno_location;
    pub(in crate::sys) use libc::{iovec, msghdr, sock_filter, sock_fprog, sockaddr_nl};
    use nlwire::Errno;

    /// Sets an option: `setsockopt(2)`.
    ///
    /// # Safety
    ///
    /// `value` points to `len` bytes of the type that the option has in C.
    pub(in crate::sys) unsafe fn setsockopt(
        fd: c_int,
        level: c_uint,
        name: c_uint,
        value: *const c_void,
        len: usize,
    ) -> Result<(), Errno> {
        // SAFETY: The kernel reads `len` bytes, which the caller promises.
        let result = unsafe { libc::setsockopt(fd, level as _, name as _, value, len as _) };
        checked(result as _).map(|_| ())
    }

    /// Reads an option: `getsockopt(2)`.
    ///
    /// # Safety
    ///
    /// `value` points to `len` bytes that may be written, with any content.
    pub(in crate::sys) unsafe fn getsockopt(
        fd: c_int,
        level: c_uint,
        name: c_uint,
        value: *mut c_void,
        len: &mut c_uint,
    ) -> Result<(), Errno> {
        let len: *mut libc::socklen_t = (&raw mut *len).cast();
        // SAFETY: The kernel writes at most `len` bytes, which the caller
        // promises, and the new length. `socklen_t` has 32 bits everywhere.
        let result = unsafe { libc::getsockopt(fd, level as _, name as _, value, len) };
        checked(result as _).map(|_| ())
    }

    /// Receives a datagram: `recvmsg(2)`.
    ///
    /// # Safety
    ///
    /// Every pointer in `header` points to as many bytes that may be written as
    /// the length beside it says.
    pub(in crate::sys) unsafe fn recvmsg(
        fd: c_int,
        header: &mut msghdr,
        flags: c_uint,
    ) -> Result<usize, Errno> {
        // SAFETY: The kernel writes to the header, which is borrowed, and where
        // it points to, which the caller promises.
        checked(unsafe { libc::recvmsg(fd, header, flags as _) })
    }

    /// Returns the result of a call, or the `errno` that it set.
    fn checked(result: isize) -> Result<usize, Errno> {
        // SAFETY: Returns a pointer to a variable of this thread, always.
        usize::try_from(result).map_err(|_| Errno(unsafe { *errno_location() }))
    }
}
