//! What the layers above need of a socket.

use core::time::Duration;
use nlwire::Errno;
use rustix::fd::BorrowedFd;

/// A way to exchange datagrams with the kernel, or with what stands in for it.
///
/// [`Socket`](crate::Socket) is one; a fake kernel for tests or a capture file
/// can be others. Only [`wait`](Self::wait) blocks. Errors are bare errnos,
/// since only the caller knows what they mean for its request.
pub trait Transport {
    /// Sends one datagram, gathered from `parts`, and returns its length.
    ///
    /// `to` names a port or a group; `None` is the kernel.
    ///
    /// # Errors
    ///
    /// Those of `sendmsg(2)`, among them `EAGAIN` when the receiver is another
    /// program whose buffer is full, `ECONNREFUSED` when there is no receiver,
    /// and `EMSGSIZE` when the datagram does not fit the send buffer.
    #[doc(alias = "sendmsg")]
    fn send_vectored(&self, parts: &[&[u8]], to: Option<Address>) -> Result<usize, Errno>;

    /// Receives one datagram into `buffer`.
    ///
    /// What does not fit is lost; [`Received::len`] tells.
    ///
    /// # Errors
    ///
    /// Those of `recvmsg(2)`, among them `EAGAIN` when there is none, and
    /// `ENOBUFS` once after datagrams were lost; what is queued can still be
    /// received.
    #[doc(alias = "recvmsg")]
    fn recv(&self, buffer: &mut [u8]) -> Result<Received, Errno>;

    /// Waits until a datagram can be received or sent, `timeout` has passed,
    /// or somebody cancels; `None` waits for ever.
    ///
    /// # Errors
    ///
    /// Those of `ppoll(2)`, except `EINTR`: an interrupted wait goes on with
    /// the time that is left.
    #[doc(alias = "ppoll")]
    fn wait(&self, interest: Interest, timeout: Option<Duration>) -> Result<Wake, Errno>;

    /// Returns the descriptor to poll, where there is one.
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

/// The address of a netlink socket, `struct sockaddr_nl` (`linux/netlink.h`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[doc(alias = "sockaddr_nl")]
pub struct Address {
    /// The port id; 0 is the kernel.
    #[doc(alias = "nl_pid")]
    pub port: u32,
    /// A mask of the groups 1 to 32: bit 0 is group 1.
    ///
    /// A datagram goes to the lowest of them and then to the port as well.
    /// Where that is 0 and the kernel does not listen, the send fails with
    /// `ECONNREFUSED`, though the group has got it.
    #[doc(alias = "nl_groups")]
    pub groups: u32,
}

impl Address {
    /// The kernel.
    pub const KERNEL: Self = Self { port: 0, groups: 0 };

    /// Returns the address of the socket with this port id.
    #[must_use]
    pub const fn port(port: u32) -> Self {
        Self { port, groups: 0 }
    }
}

/// What came with a datagram.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Received {
    /// The length of the datagram in bytes; more than the buffer holds means
    /// that its end is lost.
    pub len: usize,
    /// Who sent it; port 0 is the kernel, and nobody else can have it.
    pub sender: Address,
    /// The group it was sent to, 0 for this socket alone.
    ///
    /// Exact with `NETLINK_PKTINFO`; otherwise from the sender's mask, in which
    /// the groups above 32 do not show.
    pub group: u32,
    /// The id of the namespace it comes from, if that is another one
    /// (`NETLINK_LISTEN_ALL_NSID`).
    pub namespace: Option<i32>,
    /// The user who sent it, with `SO_PASSCRED`.
    pub uid: Option<u32>,
}

impl Received {
    /// Describes a datagram of `len` bytes; the group is the lowest one in the
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

    /// Whether a buffer of `capacity` bytes lost the end of the datagram.
    #[must_use]
    pub const fn is_truncated(&self, capacity: usize) -> bool {
        self.len > capacity
    }
}

/// What to wait for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Interest {
    /// Until there is a datagram or an error to receive.
    Readable,
    /// Until a datagram can be sent: the kernel itself always takes one.
    Writable,
}

/// How a wait ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Wake {
    /// What was waited for is there.
    Ready,
    /// The time is over.
    TimedOut,
    /// Somebody [cancelled](crate::Canceller); this goes before `Ready`.
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
