//! Functions that a connection needs from a socket.

use core::time::Duration;
use nlwire::Errno;
use rustix::fd::BorrowedFd;

/// Transport of datagrams to the kernel, or to a substitute for it.
///
/// [`Socket`](crate::Socket) is a transport; a fake kernel for tests and a
/// capture file are other examples. Only [`wait`](Self::wait) blocks. Errors
/// are errnos without context, since the caller adds the request.
///
/// ```
/// use nlsock::{Address, Errno, Interest, Received, Transport, Wake, fd::BorrowedFd};
/// use std::time::Duration;
///
/// /// Kernel that never answers.
/// struct Silent;
///
/// impl Transport for Silent {
///     fn send_vectored(&self, parts: &[&[u8]], _: Option<Address>) -> Result<usize, Errno> {
///         Ok(parts.iter().map(|part| part.len()).sum())
///     }
///     fn recv(&self, _: &mut [u8]) -> Result<Received, Errno> {
///         Err(Errno::EAGAIN)
///     }
///     fn wait(&self, _: Interest, _: Option<Duration>) -> Result<Wake, Errno> {
///         Ok(Wake::TimedOut)
///     }
///     fn as_fd(&self) -> Option<BorrowedFd<'_>> {
///         None
///     }
/// }
/// ```
pub trait Transport {
    /// Sends one datagram, gathered from `parts`, and returns its length.
    ///
    /// `to` is a port or a group; `None` is the kernel.
    ///
    /// # Errors
    ///
    /// `EAGAIN` if the receiver is another program and its buffer is full,
    /// `ECONNREFUSED` if there is no receiver, `EMSGSIZE` if the datagram does
    /// not fit the send buffer, and the other errors of `sendmsg(2)`.
    #[doc(alias = "sendmsg")]
    fn send_vectored(&self, parts: &[&[u8]], to: Option<Address>) -> Result<usize, Errno>;

    /// Receives one datagram into `buffer`.
    ///
    /// The end of a datagram that does not fit is lost; [`Received::len`] is
    /// the whole length.
    ///
    /// # Errors
    ///
    /// `EAGAIN` if no datagram is queued, `ENOBUFS` once after datagrams were
    /// lost (those in the queue can still be received), and the other errors of
    /// `recvmsg(2)`.
    #[doc(alias = "recvmsg")]
    fn recv(&self, buffer: &mut [u8]) -> Result<Received, Errno>;

    /// Waits until a datagram can be received or sent, until `timeout` has
    /// passed, or until a cancellation. `None` waits without a limit.
    ///
    /// # Errors
    ///
    /// Errors of `ppoll(2)`, except `EINTR`: an interrupted wait continues for
    /// the remaining time. Errors of `clock_gettime(2)`, if a sandbox forbids
    /// it.
    #[doc(alias = "ppoll")]
    fn wait(&self, interest: Interest, timeout: Option<Duration>) -> Result<Wake, Errno>;

    /// Returns the descriptor to poll, if the transport has one.
    fn as_fd(&self) -> Option<BorrowedFd<'_>>;
}

macro_rules! forward {
    ($($(#[$cfg:meta])* $pointer:ty),*) => {$(
        $(#[$cfg])*
        impl<T: Transport + ?Sized> Transport for $pointer {
            fn send_vectored(&self, parts: &[&[u8]], to: Option<Address>) -> Result<usize, Errno> {
                (**self).send_vectored(parts, to)
            }
            fn recv(&self, buffer: &mut [u8]) -> Result<Received, Errno> {
                (**self).recv(buffer)
            }
            fn wait(&self, interest: Interest, timeout: Option<Duration>) -> Result<Wake, Errno> {
                (**self).wait(interest, timeout)
            }
            fn as_fd(&self) -> Option<BorrowedFd<'_>> {
                (**self).as_fd()
            }
        }
    )*};
}

forward! {
    &T,
    #[cfg(feature = "alloc")]
    alloc::boxed::Box<T>,
    #[cfg(feature = "alloc")]
    alloc::sync::Arc<T>
}

/// Address of a netlink socket, `struct sockaddr_nl` (`linux/netlink.h`).
///
/// ```
/// use nlsock::{Address, Config, Protocol, Transport, Trust};
///
/// let open = || Config::new(Protocol::USERSOCK).trust(Trust::Anyone).open_socket();
/// let (left, right) = (open()?, open()?);
/// // From one program to another, by port ID.
/// left.send_vectored(&[b"hello"], Some(Address::port(right.port_id())))?;
/// let mut buffer = [0; 8];
/// let received = right.recv(&mut buffer)?;
/// assert_eq!((received.len, received.sender), (5, Address::port(left.port_id())));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[doc(alias = "sockaddr_nl")]
pub struct Address {
    /// Port ID; 0 is the kernel.
    #[doc(alias = "nl_pid")]
    pub port: u32,
    /// Mask of the groups 1 to 32: bit n - 1 for group n.
    ///
    /// A datagram goes to the lowest group of the mask, and then to the port.
    /// If the port is 0 and the kernel does not listen to the protocol, the
    /// send fails with `ECONNREFUSED` after the group has received the datagram.
    #[doc(alias = "nl_groups")]
    pub groups: u32,
}

impl Address {
    /// Address of the kernel.
    pub const KERNEL: Self = Self { port: 0, groups: 0 };

    /// Returns the address of the socket with this port ID.
    #[must_use]
    pub const fn port(port: u32) -> Self {
        Self { port, groups: 0 }
    }
}

/// Length, sender and control messages of a datagram.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Received {
    /// Length of the datagram in bytes. If the buffer is shorter, the end of
    /// the datagram is lost.
    pub len: usize,
    /// Address of the sender. Port 0 is always the kernel, as no program can
    /// have it.
    pub sender: Address,
    /// Group to which the datagram was sent; 0 for this socket alone.
    ///
    /// The group is exact with `NETLINK_PKTINFO`. Without it the group is read
    /// from the sender's mask, which lacks groups above 32.
    pub group: u32,
    /// ID of the sender's network namespace, if it is another one
    /// (`NETLINK_LISTEN_ALL_NSID`).
    pub namespace: Option<i32>,
    /// User ID of the sender, with `SO_PASSCRED`.
    pub uid: Option<u32>,
}

impl Received {
    /// Describes a datagram of `len` bytes. Its group is the lowest one in the
    /// sender's mask.
    #[must_use]
    pub const fn new(len: usize, sender: Address) -> Self {
        let group = match sender.groups {
            0 => 0,
            mask => mask.trailing_zeros().saturating_add(1),
        };
        Self {
            len,
            sender,
            group,
            namespace: None,
            uid: None,
        }
    }

    /// Returns true if a buffer of `capacity` bytes lost the end of the datagram.
    #[must_use]
    pub const fn is_truncated(&self, capacity: usize) -> bool {
        self.len > capacity
    }
}

/// Readiness to wait for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Interest {
    /// A datagram or an error can be received.
    Readable,
    /// A datagram can be sent. Sends to the kernel never block.
    Writable,
}

/// Reason for the end of a wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Wake {
    /// The socket is ready.
    Ready,
    /// The timeout has passed.
    TimedOut,
    /// A [`Canceller`](crate::Canceller) ended the wait, even if the socket was
    /// ready.
    Cancelled,
}

#[cfg(test)]
mod tests {
    use super::{Address, Received};

    #[test]
    fn the_group_comes_from_the_mask() {
        let from = |groups| Received::new(0, Address { port: 0, groups }).group;
        assert_eq!((from(0), from(1), from(1 << 31)), (0, 1, 32));
    }
}
