//! `socket(2)` and what gives a socket its name and its peer.

use linux_raw_sys::general::O_CLOEXEC;
use nlwire::Errno;
use rustix::fd::{AsRawFd as _, BorrowedFd, FromRawFd as _, OwnedFd};

use super::call;
use super::socket::{AF_NETLINK, Name, SOCK_RAW};
use crate::Address;

const LEN: usize = size_of::<Name>();

/// Opens a netlink socket, which other programs do not inherit.
pub(crate) fn socket(protocol: u8) -> Result<OwnedFd, Errno> {
    // `SOCK_CLOEXEC` is that flag of files.
    let kind = SOCK_RAW | O_CLOEXEC;
    // SAFETY: Takes no pointers.
    let fd = unsafe { call::socket(AF_NETLINK, kind, protocol.into()) }?;
    // SAFETY: It was opened just now, and nobody else knows of it.
    Ok(unsafe { OwnedFd::from_raw_fd(fd as _) })
}

/// Takes an address, with port 0 for one that the kernel chooses.
pub(crate) fn bind(fd: BorrowedFd<'_>, to: Address) -> Result<(), Errno> {
    let name = Name::of(to);
    // SAFETY: A name and its length.
    unsafe { call::bind(fd.as_raw_fd(), &raw const name, LEN) }.map(|_| ())
}

/// Connects to an address.
pub(crate) fn connect(fd: BorrowedFd<'_>, to: Address) -> Result<(), Errno> {
    let name = Name::of(to);
    // SAFETY: A name and its length.
    unsafe { call::connect(fd.as_raw_fd(), &raw const name, LEN) }.map(|_| ())
}

/// Returns the address of a netlink socket.
pub(crate) fn name(fd: BorrowedFd<'_>) -> Result<Address, Errno> {
    let mut name = Name::of(Address::KERNEL);
    let mut len = LEN as _;
    // SAFETY: The place of a name and its length.
    unsafe { call::getsockname(fd.as_raw_fd(), &raw mut name, &raw mut len) }?;
    Ok(name.address())
}

impl Name {
    pub(super) const fn of(address: Address) -> Self {
        Self {
            family: AF_NETLINK as _,
            padding: 0,
            port: address.port,
            groups: address.groups,
        }
    }

    pub(super) const fn address(&self) -> Address {
        Address {
            port: self.port,
            groups: self.groups,
        }
    }
}
