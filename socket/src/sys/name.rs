//! `socket(2)` and what gives a socket its name and its peer.

use nlwire::Errno;
use rustix::fd::{AsRawFd as _, BorrowedFd, FromRawFd as _, OwnedFd};

use super::call;
use super::message::{address, sockaddr};
use crate::Address;

const NAME_LEN: libc::socklen_t = size_of::<libc::sockaddr_nl>() as _;

/// Opens a netlink socket, which other programs do not inherit.
pub(crate) fn socket(protocol: u8) -> Result<OwnedFd, Errno> {
    let kind = libc::SOCK_RAW | libc::SOCK_CLOEXEC;
    // SAFETY: Takes no pointers.
    let fd = unsafe { call::socket(libc::AF_NETLINK, kind, protocol.into()) }?;
    // SAFETY: It was opened just now, and nobody else knows of it.
    Ok(unsafe { OwnedFd::from_raw_fd(fd as _) })
}

/// Takes an address, with port 0 for one that the kernel chooses.
pub(crate) fn bind(fd: BorrowedFd<'_>, to: Address) -> Result<(), Errno> {
    let name = sockaddr(to);
    // SAFETY: A name and its length.
    unsafe { call::bind(fd.as_raw_fd(), (&raw const name).cast(), NAME_LEN) }.map(|_| ())
}

/// Connects to an address.
pub(crate) fn connect(fd: BorrowedFd<'_>, to: Address) -> Result<(), Errno> {
    let name = sockaddr(to);
    // SAFETY: A name and its length.
    unsafe { call::connect(fd.as_raw_fd(), (&raw const name).cast(), NAME_LEN) }.map(|_| ())
}

/// Returns the address of a netlink socket.
pub(crate) fn name(fd: BorrowedFd<'_>) -> Result<Address, Errno> {
    let mut name = sockaddr(Address::KERNEL);
    let mut len = NAME_LEN;
    // SAFETY: The place of a name and its length.
    unsafe { call::getsockname(fd.as_raw_fd(), (&raw mut name).cast(), &raw mut len) }?;
    Ok(address(&name))
}
