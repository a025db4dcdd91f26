//! The system calls of netlink sockets, which rustix has in part only, and all
//! `unsafe` code of this crate: names, options, messages with control data,
//! filters; and single calls for which rustix would build much more.
//!
//! `call` and `timed` list them all, and one of three modules `enter` makes them.
#![allow(
    unsafe_code,
    clippy::as_conversions,
    clippy::unnecessary_cast,
    reason = "the place for both: C structs whose integer types differ between targets"
)]

#[cfg(test)]
pub(crate) mod bpf;
mod call;
mod clock;
mod control;
#[cfg_attr(
    all(target_arch = "x86_64", target_pointer_width = "64"),
    path = "enter/x86_64.rs"
)]
#[cfg_attr(
    all(
        feature = "syscalls",
        any(target_arch = "x86", target_arch = "aarch64", target_arch = "riscv64")
    ),
    path = "enter/direct.rs"
)]
#[cfg_attr(
    not(any(
        all(target_arch = "x86_64", target_pointer_width = "64"),
        all(
            feature = "syscalls",
            any(target_arch = "x86", target_arch = "aarch64", target_arch = "riscv64")
        ),
    )),
    path = "enter/library.rs"
)]
mod enter;
mod mapping;
mod message;
mod name;
mod option;
#[cfg(test)]
pub(crate) mod signal;
mod socket;
#[cfg_attr(
    any(target_pointer_width = "64", target_arch = "x86_64"),
    path = "timed/wide.rs"
)]
#[cfg_attr(
    not(any(target_pointer_width = "64", target_arch = "x86_64")),
    path = "timed/narrow.rs"
)]
mod timed;
mod wait;

pub(crate) use clock::now;
pub use mapping::Mapping;
pub(crate) use message::{receive, receive_named, receive_plain, send, send_connected};
pub(crate) use name::{bind, connect, name, socket};
pub(crate) use option::{attach_filter, get, get_words, set};
pub(crate) use wait::{READABLE, WRITABLE, eventfd, poll};

use linux_raw_sys::{errno, general};
use nlwire::Errno;
#[cfg(feature = "std")]
use rustix::fd::{AsRawFd as _, BorrowedFd};
use rustix::fd::{IntoRawFd as _, OwnedFd};

pub(crate) const AF_NETLINK: i32 = socket::AF_NETLINK as _;

// Beyond the first 34, the numbers differ between architectures.
pub(crate) const EAFNOSUPPORT: Errno = Errno(errno::EAFNOSUPPORT as _);
pub(crate) const ENOBUFS: Errno = Errno(errno::ENOBUFS as _);
pub(crate) const ENOPROTOOPT: Errno = Errno(errno::ENOPROTOOPT as _);
pub(crate) const EOVERFLOW: Errno = Errno(errno::EOVERFLOW as _);
pub(crate) const EPROTONOSUPPORT: Errno = Errno(errno::EPROTONOSUPPORT as _);
pub(crate) const EPROTOTYPE: Errno = Errno(errno::EPROTOTYPE as _);

/// Takes over the errno of a call by rustix.
///
/// Never the other way round: rustix allows 1 to 4095 only, and netlink
/// carries more.
pub(crate) fn errno(errno: rustix::io::Errno) -> Errno {
    Errno(errno.raw_os_error())
}

/// Moves the calling thread into the network namespace that a descriptor refers
/// to (`setns(2)`).
#[cfg(feature = "std")]
pub(crate) fn enter_network_namespace(fd: BorrowedFd<'_>) -> Result<(), Errno> {
    // SAFETY: Takes no pointers.
    unsafe { call::setns(fd.as_raw_fd(), general::CLONE_NEWNET) }.map(|_| ())
}

/// Returns random bytes (`getrandom(2)`), if the kernel has some yet.
pub(crate) fn random() -> Result<[u8; 4], Errno> {
    let mut bytes = [0; 4];
    // SAFETY: The place has that length. So few are given whole or not at all.
    unsafe { call::getrandom(bytes.as_mut_ptr(), bytes.len(), general::GRND_NONBLOCK) }?;
    Ok(bytes)
}

/// Closes a descriptor, which is gone even if that fails.
pub(crate) fn close(fd: OwnedFd) -> Result<(), Errno> {
    // SAFETY: The descriptor was owned, and nobody else can use it any more.
    unsafe { call::close(fd.into_raw_fd()) }.map(|_| ())
}
