//! The netlink socket of the operating system.

use core::sync::atomic::{AtomicBool, Ordering};
use core::time::Duration;
use nlwire::Errno;
use rustix::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd, RawFd};

use crate::{
    Address, Canceller, Error, ErrorKind, Hook, Interest, Operation, OptionName, Protocol,
    Received, Transport, Trust, Wake, sys,
};

pub(crate) mod buffers;
pub(crate) mod config;
pub(crate) mod filters;
pub(crate) mod groups;
#[cfg(feature = "std")]
pub(crate) mod namespace;
mod options;
pub(crate) mod protocol;
pub(crate) mod transport;
pub(crate) mod waiting;

/// How often a receive is repeated when it fails with `EINVAL`.
const RETRIES: u32 = 3;

/// A netlink socket, opened by [`Config`](crate::Config).
///
/// Everything takes `&self`: threads may send and receive at the same time,
/// through a reference or an `Arc`. Nothing blocks but [`wait`](Self::wait).
///
/// A socket that only talks to the kernel is connected to it. The kernel then
/// refuses what other programs send, and a datagram needs neither a look at
/// its sender nor control messages, so that plain `send(2)` and `recv(2)` do.
///
/// A descriptor that was opened elsewhere becomes a `Socket` by `TryFrom`. It
/// is bound if it was not yet, and otherwise stays as it is. Every datagram
/// then goes to an explicit address: without one the kernel asks whether the
/// opener had the capabilities as well, with one for those of the sender alone.
#[derive(Debug)]
pub struct Socket {
    fd: OwnedFd,
    canceller: Canceller,
    protocol: Protocol,
    port: u32,
    trust: Trust,
    connected: bool,
    /// Whether a datagram can have another sender than the kernel or belong to
    /// a group. Never becomes false again.
    detailed: AtomicBool,
    /// Whether one can carry control messages. Never becomes false again.
    controlled: AtomicBool,
    /// Whether the size last set of the receive and of the send buffer
    /// overrode the system's limit.
    pub(crate) forced: [AtomicBool; 2],
    pub(crate) hook: Option<Hook>,
}

const _: () = {
    const fn is_shared<T: Send + Sync>() {}
    is_shared::<Socket>();
    is_shared::<Canceller>();
};

impl Socket {
    /// Opens a socket that is neither bound nor connected.
    pub(crate) fn new(protocol: Protocol, trust: Trust) -> Result<Self, Error> {
        let fail = |errno| Error::new(Some(protocol), Operation::Open, ErrorKind::System(errno));
        Ok(Self {
            fd: sys::socket(protocol.0).map_err(fail)?,
            canceller: Canceller::new().map_err(fail)?,
            protocol,
            port: 0,
            trust,
            connected: false,
            detailed: AtomicBool::new(true),
            controlled: AtomicBool::new(false),
            forced: [const { AtomicBool::new(false) }; 2],
            hook: Hook::default_for_sockets(),
        })
    }

    /// Takes over a descriptor, which is bound if it is not yet; `port` as in
    /// `bind`.
    pub(crate) fn adopt(fd: OwnedFd, trust: Trust, port: u32) -> Result<Self, Error> {
        let fail = |errno| Error::new(None, Operation::Adopt, ErrorKind::System(errno));
        let domain = sys::get(fd.as_fd(), OptionName::Domain).map_err(fail)?;
        if domain != sys::AF_NETLINK {
            return Err(fail(sys::EAFNOSUPPORT));
        }
        let protocol = sys::get(fd.as_fd(), OptionName::Protocol).map_err(fail)?;
        let mut socket = Self {
            fd,
            canceller: Canceller::new().map_err(fail)?,
            protocol: Protocol(u8::try_from(protocol).map_err(|_| fail(sys::EPROTONOSUPPORT))?),
            port: 0,
            trust,
            connected: false,
            detailed: AtomicBool::new(true),
            controlled: AtomicBool::new(true),
            forced: [const { AtomicBool::new(false) }; 2],
            hook: Hook::default_for_sockets(),
        };
        let name = socket.name(Operation::Adopt)?;
        socket.port = name.port;
        if socket.port == 0 || (port != 0 && port != socket.port) {
            // To bind sets the groups as well: keep those that are joined.
            socket.bind(Address { port, ..name })?;
        }
        Ok(socket)
    }

    /// Takes a port id, 0 for one that the kernel chooses, and groups.
    pub(crate) fn bind(&mut self, name: Address) -> Result<(), Error> {
        sys::bind(self.fd.as_fd(), name).map_err(|errno| self.error(Operation::Bind, errno))?;
        self.port = self.name(Operation::Bind)?.port;
        Ok(())
    }

    /// Connects a fresh socket to the kernel.
    pub(crate) fn connect(&mut self) -> Result<(), Error> {
        sys::connect(self.fd.as_fd(), Address::KERNEL)
            .map_err(|errno| self.error(Operation::Connect, errno))?;
        self.connected = true;
        self.detailed = AtomicBool::new(false);
        Ok(())
    }

    fn name(&self, operation: Operation) -> Result<Address, Error> {
        sys::name(self.fd.as_fd()).map_err(|errno| self.error(operation, errno))
    }

    /// Notes that from now on datagrams must be received with their senders.
    /// Call it before the option that brings this about.
    pub(crate) fn expect_senders(&self) {
        self.detailed.store(true, Ordering::Relaxed);
    }

    /// Notes that from now on datagrams must be received with all that comes
    /// along. Call it before the option that brings this about.
    pub(crate) fn expect_details(&self) {
        self.controlled.store(true, Ordering::Relaxed);
        self.expect_senders();
    }

    pub(crate) const fn error(&self, operation: Operation, errno: Errno) -> Error {
        Error::new(Some(self.protocol), operation, ErrorKind::System(errno))
    }

    /// Returns the port id: the address of this socket, and by default what
    /// `nlmsg_pid` of its messages holds.
    #[must_use]
    #[doc(alias = "nl_pid")]
    pub const fn port_id(&self) -> u32 {
        self.port
    }

    /// Returns the protocol.
    #[must_use]
    #[doc(alias = "SO_PROTOCOL")]
    pub const fn protocol(&self) -> Protocol {
        self.protocol
    }

    /// Returns whose datagrams to believe. [`recv`](Self::recv) itself returns
    /// all; ask [`Trust::covers`].
    #[must_use]
    pub const fn trust(&self) -> Trust {
        self.trust
    }

    /// Whether this crate connected the socket to the kernel.
    #[must_use]
    pub const fn is_connected(&self) -> bool {
        self.connected
    }

    /// Returns the descriptor.
    #[must_use]
    pub fn as_fd(&self) -> BorrowedFd<'_> {
        self.fd.as_fd()
    }

    /// Closes the descriptor and says if that failed.
    pub(crate) fn close(self) -> Result<(), Errno> {
        sys::close(self.fd)
    }

    /// Makes a handle that cancels waits from elsewhere.
    ///
    /// # Errors
    ///
    /// `EMFILE` when the process has too many descriptors.
    pub fn canceller(&self) -> Result<Canceller, Error> {
        self.canceller
            .try_clone()
            .map_err(|errno| self.error(Operation::Open, errno))
    }

    /// Ends every wait on this socket, now and until it is
    /// [resumed](Self::resume).
    pub fn cancel(&self) {
        self.canceller.cancel();
    }

    /// Takes a cancellation back, so that the socket can wait again.
    pub fn resume(&self) {
        self.canceller.resume();
    }

    /// Sends one datagram, gathered from `parts`; see
    /// [`Transport::send_vectored`].
    ///
    /// # Errors
    ///
    /// Those of `sendmsg(2)`. `EMSGSIZE` also for more than 1024 parts.
    #[doc(alias = "sendmsg")]
    #[inline]
    pub fn send_vectored(&self, parts: &[&[u8]], to: Option<Address>) -> Result<usize, Errno> {
        if self.is_traced() {
            return self.send_traced(parts, to);
        }
        self.send_untraced(parts, to)
    }

    #[inline]
    pub(crate) fn send_untraced(
        &self,
        parts: &[&[u8]],
        to: Option<Address>,
    ) -> Result<usize, Errno> {
        match (parts, to) {
            ([part], None) if self.connected => sys::send_connected(self.fd.as_fd(), part),
            (_, None) if self.connected => sys::send(self.fd.as_fd(), parts, None),
            (_, to) => sys::send(self.fd.as_fd(), parts, Some(to.unwrap_or(Address::KERNEL))),
        }
    }

    /// Receives one datagram into `buffer`; see [`Transport::recv`].
    ///
    /// # Errors
    ///
    /// Those of `recvmsg(2)`: `EAGAIN` when there is none, `ENOBUFS` once
    /// after datagrams were lost.
    #[doc(alias = "recvmsg")]
    #[inline]
    pub fn recv(&self, buffer: &mut [u8]) -> Result<Received, Errno> {
        if !self.is_traced() && !self.detailed.load(Ordering::Relaxed) {
            match self.recv_plain(buffer) {
                // Falls through to what repeats it.
                Err(Errno::EINVAL) => {}
                result => return result,
            }
        }
        self.recv_any(buffer)
    }

    /// Receives what only the kernel can have sent, to this socket alone.
    #[inline]
    fn recv_plain(&self, buffer: &mut [u8]) -> Result<Received, Errno> {
        let len = sys::receive_plain(self.fd.as_fd(), buffer)?;
        Ok(Received::new(len, Address::KERNEL))
    }

    /// As [`recv`](Self::recv). Out of line, since the compiler moves a result
    /// that can come from a call in pieces.
    #[inline(never)]
    fn recv_any(&self, buffer: &mut [u8]) -> Result<Received, Errno> {
        if self.is_traced() {
            return self.recv_traced(buffer);
        }
        self.recv_untraced(buffer)
    }

    pub(crate) fn recv_untraced(&self, buffer: &mut [u8]) -> Result<Received, Errno> {
        let detailed = self.detailed.load(Ordering::Relaxed);
        let controlled = self.controlled.load(Ordering::Relaxed);
        retried(|| match (detailed, controlled) {
            (false, _) => self.recv_plain(buffer),
            (true, false) => sys::receive_named(self.fd.as_fd(), buffer),
            (true, true) => sys::receive(self.fd.as_fd(), buffer),
        })
    }

    /// Waits for the socket, for the time to pass, or for a cancellation; see
    /// [`Transport::wait`].
    ///
    /// # Errors
    ///
    /// Those of `ppoll(2)`, except `EINTR`.
    #[doc(alias = "ppoll")]
    pub fn wait(&self, interest: Interest, timeout: Option<Duration>) -> Result<Wake, Errno> {
        self.canceller.wait(self.fd.as_fd(), interest, timeout)
    }
}

/// A receive that races the end of a dump on another processor can find the
/// socket with an `EINVAL` that means nothing; to receive takes it away.
fn retried<T>(mut receive: impl FnMut() -> Result<T, Errno>) -> Result<T, Errno> {
    for _ in 1..RETRIES {
        match receive() {
            Err(Errno::EINVAL) => {}
            result => return result,
        }
    }
    receive()
}

impl Transport for Socket {
    #[inline]
    fn send_vectored(&self, parts: &[&[u8]], to: Option<Address>) -> Result<usize, Errno> {
        Self::send_vectored(self, parts, to)
    }

    #[inline]
    fn recv(&self, buffer: &mut [u8]) -> Result<Received, Errno> {
        Self::recv(self, buffer)
    }

    fn wait(&self, interest: Interest, timeout: Option<Duration>) -> Result<Wake, Errno> {
        Self::wait(self, interest, timeout)
    }

    fn as_fd(&self) -> Option<BorrowedFd<'_>> {
        Some(self.fd.as_fd())
    }
}

impl AsFd for Socket {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.fd.as_fd()
    }
}

impl AsRawFd for Socket {
    fn as_raw_fd(&self) -> RawFd {
        self.fd.as_raw_fd()
    }
}

impl From<Socket> for OwnedFd {
    fn from(socket: Socket) -> Self {
        socket.fd
    }
}

/// Fails with `ENOTSOCK` for what is no socket, and with `EAFNOSUPPORT` for
/// sockets of other families; the descriptor is then closed.
impl TryFrom<OwnedFd> for Socket {
    type Error = Error;

    fn try_from(fd: OwnedFd) -> Result<Self, Error> {
        Self::adopt(fd, Trust::default(), 0)
    }
}

#[cfg(test)]
mod tests;
