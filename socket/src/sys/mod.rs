//! The system calls of netlink sockets, and all `unsafe` code of this crate.
//!
//! rustix carries out the system calls, except those in [`raw`]. C structs and
//! kernel numbers are those of `libc` and of `linux-raw-sys`; none are declared
//! here.
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
    enter_network_namespace, is_namespace, leave_network_namespace, lock, mount_on,
    mount_on_itself, share_mount, unmount,
};
pub(crate) use option::{attach_filter, get, get_words, set};
pub(crate) use wait::{READABLE, WRITABLE, eventfd, now, poll};

use nlwire::Errno;
use rustix::io;
use rustix::rand::{GetRandomFlags, getrandom};

pub(crate) const AF_NETLINK: i32 = linux_raw_sys::net::AF_NETLINK as _;

pub(crate) const ENOBUFS: Errno = Errno::ENOBUFS;

/// Converts an errno of rustix.
///
/// There is no conversion back: rustix permits 1 to 4095 only, and netlink
/// carries more.
pub(crate) const fn errno(errno: io::Errno) -> Errno {
    Errno(errno.raw_os_error())
}

/// Returns a random first sequence number, so that answers to an earlier owner
/// of the port are unlikely to have it (`getrandom(2)`).
pub(crate) fn seed() -> u32 {
    let mut bytes = [0; 4];
    // `getrandom` never returns a part of so few bytes.
    match getrandom(&mut bytes, GetRandomFlags::NONBLOCK) {
        Ok(_) => u32::from_ne_bytes(bytes),
        // Random bytes are missing early after boot: the fast part of the clock
        // stands in.
        Err(_) => now().map_or(1, |now| now as u32),
    }
}

/// Returns true if the program has more privileges than its caller, as
/// set-user-ID programs do (`AT_SECURE` of `getauxval(3)`). Such a program must
/// ignore the caller's environment.
#[cfg(feature = "std")]
pub(crate) fn is_privileged() -> bool {
    // SAFETY: Takes a number and returns one, whatever it is.
    unsafe { libc::getauxval(libc::AT_SECURE) != 0 }
}
