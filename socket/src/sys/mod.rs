//! The system calls of netlink sockets, and all `unsafe` code of this crate.
//!
//! rustix makes them, except those in [`raw`]. No C struct and no number of the
//! kernel is declared here: they are those of `libc` and of `linux-raw-sys`.
#![allow(
    unsafe_code,
    clippy::as_conversions,
    clippy::unnecessary_cast,
    reason = "the place for both: C structs whose integer types differ between targets"
)]

#[cfg(test)]
pub(crate) mod bpf;
mod control;
mod endpoint;
mod mapping;
mod message;
#[cfg(feature = "std")]
mod namespace;
mod option;
mod raw;
#[cfg(test)]
pub(crate) mod signal;
mod wait;

pub(crate) use endpoint::{
    bind, close, connect, disconnect, name, peer, set_close_on_exec, socket,
};
pub use mapping::Mapping;
pub(crate) use message::{receive, receive_named, receive_plain, send};
#[cfg(feature = "std")]
pub(crate) use namespace::{
    enter_network_namespace, leave_network_namespace, lock, mount_on, mount_on_itself, share_mount,
    unmount,
};
pub(crate) use option::{attach_filter, get, get_words, set};
pub(crate) use wait::{READABLE, WRITABLE, eventfd, now, poll};

use nlwire::Errno;
use rustix::io;
use rustix::rand::{GetRandomFlags, getrandom};

pub(crate) const AF_NETLINK: i32 = linux_raw_sys::net::AF_NETLINK as _;

pub(crate) const ENOBUFS: Errno = Errno::ENOBUFS;

/// Takes over the errno of a call by rustix.
///
/// Never the other way round: rustix allows 1 to 4095 only, and netlink
/// carries more.
pub(crate) const fn errno(errno: io::Errno) -> Errno {
    Errno(errno.raw_os_error())
}

/// Returns a first sequence number, which the answers to an earlier owner of
/// the port are not likely to carry (`getrandom(2)`).
pub(crate) fn seed() -> u32 {
    let mut bytes = [0; 4];
    // So few bytes are given whole or not at all.
    match getrandom(&mut bytes, GetRandomFlags::NONBLOCK) {
        Ok(_) => u32::from_ne_bytes(bytes),
        // Early after the boot there are none: the fast part of the clock.
        Err(_) => now().map_or(1, |now| now as u32),
    }
}

/// Returns true if the program runs with more privileges than its caller has,
/// as set-user-ID programs do (`AT_SECURE` of `getauxval(3)`): then it must not
/// obey the caller's environment.
#[cfg(feature = "std")]
pub(crate) fn is_privileged() -> bool {
    // SAFETY: Takes a number and returns one, whatever it is.
    unsafe { libc::getauxval(libc::AT_SECURE) != 0 }
}
