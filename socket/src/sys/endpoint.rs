//! Opening, closing and naming sockets: `socket(2)`, `close(2)`, `bind(2)`,
//! `connect(2)`, `getsockname(2)`, `getpeername(2)`.

use core::num::NonZeroU32;
use nlwire::Errno;
use rustix::fd::{BorrowedFd, IntoRawFd as _, OwnedFd};
use rustix::io::{self, FdFlags};
use rustix::net::netlink::SocketAddrNetlink;
use rustix::net::{self, AddressFamily, Protocol, SocketAddrAny, SocketFlags, SocketType};

use super::errno;
use crate::Address;

/// Opens a netlink socket that other programs do not inherit.
pub(crate) fn socket(protocol: u8) -> Result<OwnedFd, Errno> {
    let protocol = NonZeroU32::new(protocol.into()).map(Protocol::from_raw);
    let (family, flags) = (AddressFamily::NETLINK, SocketFlags::CLOEXEC);
    net::socket_with(family, SocketType::RAW, flags, protocol).map_err(errno)
}

/// Keeps a descriptor from being inherited by other programs.
pub(crate) fn set_close_on_exec(fd: BorrowedFd<'_>) -> Result<(), Errno> {
    io::fcntl_setfd(fd, FdFlags::CLOEXEC).map_err(errno)
}

/// Binds a socket to an address.
pub(crate) fn bind(fd: BorrowedFd<'_>, to: Address) -> Result<(), Errno> {
    net::bind(fd, &name_of(to)).map_err(errno)
}

/// Connects to the kernel. A socket without a port ID gets one.
pub(crate) fn connect(fd: BorrowedFd<'_>) -> Result<(), Errno> {
    net::connect(fd, &name_of(Address::KERNEL)).map_err(errno)
}

/// Removes the connection to a peer.
pub(crate) fn disconnect(fd: BorrowedFd<'_>) -> Result<(), Errno> {
    net::connect_unspec(fd).map_err(errno)
}

/// Returns the address of a netlink socket.
pub(crate) fn name(fd: BorrowedFd<'_>) -> Result<Address, Errno> {
    net::getsockname(fd).and_then(address_of).map_err(errno)
}

/// Returns the address of a socket's peer; the kernel's if the socket is not
/// connected.
pub(crate) fn peer(fd: BorrowedFd<'_>) -> Result<Address, Errno> {
    match net::getpeername(fd) {
        Ok(Some(peer)) => address_of(peer).map_err(errno),
        Ok(None) => Ok(Address::KERNEL),
        Err(error) => Err(errno(error)),
    }
}

/// Closes a descriptor, which is closed even if that fails.
pub(crate) fn close(fd: OwnedFd) -> Result<(), Errno> {
    // SAFETY: Nobody else may use the descriptor: it was owned.
    unsafe { io::try_close(fd.into_raw_fd()) }.map_err(errno)
}

pub(super) const fn name_of(address: Address) -> SocketAddrNetlink {
    SocketAddrNetlink::new(address.port, address.groups)
}

pub(super) fn address_of(name: SocketAddrAny) -> io::Result<Address> {
    let name = SocketAddrNetlink::try_from(name)?;
    Ok(Address {
        port: name.pid(),
        groups: name.groups(),
    })
}
