//! Netlink socket of the operating system: opening, sending, receiving.

use core::sync::atomic::{AtomicBool, Ordering};
use core::time::Duration;
use nlwire::Errno;
use rustix::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd, RawFd};

use crate::{
    Address, Canceller, Error, ErrorKind, Hook, Interest, Operation, OptionName, Protocol,
    Received, Transport, Trust, Wake, sys, trace::families::Tracing,
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
pub(crate) mod trust;
pub(crate) mod waiting;

/// Number of receives after which `EINVAL` is returned as an error.
const RECEIVES: u32 = 3;

/// Netlink socket, opened by [`Config`](crate::Config).
///
/// All methods take `&self`: threads may send and receive at the same time,
/// through a reference or an `Arc`. Only [`wait`](Self::wait) blocks.
///
/// A socket that trusts only the kernel is connected to the kernel. The kernel
/// then refuses datagrams from other programs to it, so that plain `send(2)`
/// and `recv(2)` are enough.
///
/// # Descriptors opened elsewhere
///
/// `TryFrom<OwnedFd>` and [`Config::adopt`](crate::Config::adopt) take a
/// descriptor over. The socket gets a port ID if it has none, and the
/// descriptor becomes close-on-exec. The socket stays unconnected and sends
/// each datagram to an explicit address: without one the kernel also checks the
/// capabilities of the program that opened the socket.
///
/// # Processes
///
/// A socket belongs to one process. After `fork(2)` parent and child share the
/// socket's queue, so that each receives answers to the other. The child also
/// inherits the sequence numbers, so that it can mistake an answer to the
/// parent for its own. Open a new socket in the child.
///
/// ```
/// use nlsock::{Config, Protocol};
/// use nlwire::route::RTNLGRP_LINK;
///
/// let socket = Config::new(Protocol::ROUTE).open_socket()?;
/// socket.join(RTNLGRP_LINK)?;
/// println!("port {}, {:?}", socket.port_id(), socket.memory_info()?);
/// # Ok::<(), nlsock::Error>(())
/// ```
#[derive(Debug)]
pub struct Socket {
    fd: OwnedFd,
    canceller: Canceller,
    protocol: Protocol,
    port: u32,
    trust: Trust,
    connected: bool,
    /// True if a datagram can come from another sender than the kernel, or
    /// belong to a group. Once true, it stays true.
    detailed: AtomicBool,
    /// True if a datagram can carry control messages. Once true, it stays true.
    controlled: AtomicBool,
    /// True if the size of the receive buffer, and that of the send buffer, may
    /// exceed the system's limit.
    pub(crate) forced: [AtomicBool; 2],
    pub(crate) tracing: Tracing,
}

const _: () = {
    const fn is_shared<T: Send + Sync>() {}
    is_shared::<Socket>();
    is_shared::<Canceller>();
};

impl Socket {
    /// Opens a socket without a port ID.
    pub(crate) fn new(protocol: Protocol, trust: Trust) -> Result<Self, Error> {
        let fd = sys::socket(protocol.0).map_err(|errno| {
            Error::new(Some(protocol), Operation::Open, ErrorKind::System(errno))
        })?;
        Self::with(fd, protocol, trust)
    }

    fn with(fd: OwnedFd, protocol: Protocol, trust: Trust) -> Result<Self, Error> {
        let canceller = Canceller::new().map_err(|errno| {
            let kind = ErrorKind::System(errno);
            Error::new(Some(protocol), Operation::OpenCanceller, kind)
        })?;
        Ok(Self {
            fd,
            canceller,
            protocol,
            port: 0,
            trust,
            connected: false,
            detailed: AtomicBool::new(true),
            controlled: AtomicBool::new(false),
            forced: [const { AtomicBool::new(false) }; 2],
            tracing: Tracing::new(default_hook()),
        })
    }

    /// Takes over a descriptor. The socket gets a port ID unless it has one:
    /// `port`, or one that the kernel chooses if that is 0.
    pub(crate) fn adopt(fd: OwnedFd, trust: Trust, port: u32) -> Result<Self, Error> {
        let fail = |errno| Error::new(None, Operation::Adopt, ErrorKind::System(errno));
        let domain = sys::get(fd.as_fd(), OptionName::Domain).map_err(fail)?;
        if domain != sys::AF_NETLINK {
            return Err(fail(Errno::EAFNOSUPPORT));
        }
        let protocol = sys::get(fd.as_fd(), OptionName::Protocol).map_err(fail)?;
        let protocol = u8::try_from(protocol).map_err(|_| fail(Errno::EPROTONOSUPPORT))?;
        let mut socket = Self::with(fd, Protocol(protocol), trust)?;
        // Options set before may add control messages.
        socket.expect_details();

        let fail = |errno| socket.error(Operation::Adopt, errno);
        sys::set_close_on_exec(socket.as_fd()).map_err(fail)?;
        // Datagrams of the kernel would not arrive there.
        if sys::peer(socket.as_fd()).map_err(fail)? != Address::KERNEL {
            return Err(fail(Errno::EISCONN));
        }
        socket.port = socket.name()?.port;
        if socket.port == 0 || (port != 0 && port != socket.port) {
            socket.take_port(port)?;
        }
        Ok(socket)
    }

    /// Binds to a port ID; 0 lets the kernel choose one.
    ///
    /// Without `bind(2)` if the kernel chooses: Android forbids it to apps, and
    /// it would drop the groups that an adopted socket has joined. `connect(2)`
    /// assigns a port ID too, without which a socket in a group receives
    /// nothing.
    pub(crate) fn take_port(&mut self, port: u32) -> Result<(), Error> {
        let fd = self.fd.as_fd();
        if port == 0 {
            sys::connect(fd)
                .and_then(|()| sys::disconnect(fd))
                .map_err(|errno| self.error(Operation::Connect, errno))?;
        } else {
            // `bind(2)` sets the groups too: keep the joined ones.
            let groups = self.name()?.groups;
            sys::bind(fd, Address { port, groups })
                .map_err(|errno| self.error(Operation::Bind, errno))?;
        }
        self.port = self.name()?.port;
        Ok(())
    }

    /// Connects a fresh socket to the kernel, from a port ID as in
    /// [`take_port`](Self::take_port).
    pub(crate) fn connect(&mut self, port: u32) -> Result<(), Error> {
        if port != 0 {
            self.take_port(port)?;
        }
        sys::connect(self.fd.as_fd()).map_err(|errno| self.error(Operation::Connect, errno))?;
        self.port = self.name()?.port;
        self.connected = true;
        self.detailed = AtomicBool::new(false);
        Ok(())
    }

    fn name(&self) -> Result<Address, Error> {
        sys::name(self.fd.as_fd()).map_err(|errno| self.error(Operation::Name, errno))
    }

    /// Receives datagrams with their senders from now on. Call this before
    /// setting the option that permits other senders.
    pub(crate) fn expect_senders(&self) {
        self.detailed.store(true, Ordering::Relaxed);
    }

    /// Receives datagrams with their control messages from now on. Call this
    /// before setting the option that adds one.
    pub(crate) fn expect_details(&self) {
        self.controlled.store(true, Ordering::Relaxed);
        self.expect_senders();
    }

    pub(crate) const fn error(&self, operation: Operation, errno: Errno) -> Error {
        Error::new(Some(self.protocol), operation, ErrorKind::System(errno))
    }

    /// Returns the port ID, which is the address of this socket. Requests and
    /// answers carry it in `nlmsg_pid`.
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

    /// Returns the trusted senders. [`recv`](Self::recv) returns the datagrams
    /// of all senders; [`Trust::covers`] distinguishes them.
    #[must_use]
    pub const fn trust(&self) -> Trust {
        self.trust
    }

    /// Returns true if this crate connected the socket to the kernel.
    #[must_use]
    pub const fn is_connected(&self) -> bool {
        self.connected
    }

    /// Returns the descriptor.
    #[must_use]
    pub fn as_fd(&self) -> BorrowedFd<'_> {
        self.fd.as_fd()
    }

    /// Closes the descriptor.
    pub(crate) fn close(self) -> Result<(), Errno> {
        sys::close(self.fd)
    }

    /// Creates a handle that cancels waits from elsewhere.
    ///
    /// # Errors
    ///
    /// `EMFILE` if the process has too many descriptors.
    pub fn canceller(&self) -> Result<Canceller, Error> {
        self.canceller
            .try_clone()
            .map_err(|errno| self.error(Operation::Duplicate, errno))
    }

    /// Ends each wait on this socket, now and until [`resume`](Self::resume).
    pub fn cancel(&self) {
        self.canceller.cancel();
    }

    /// Ends the cancellation, so that the socket can wait again.
    pub fn resume(&self) {
        self.canceller.resume();
    }

    /// Sends one datagram, gathered from `parts`; see
    /// [`Transport::send_vectored`].
    ///
    /// # Errors
    ///
    /// `EMSGSIZE` for more than 1,024 parts, and the errors of `sendmsg(2)`.
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
        match to {
            None if self.connected => sys::send(self.fd.as_fd(), parts, None),
            to => sys::send(self.fd.as_fd(), parts, Some(to.unwrap_or(Address::KERNEL))),
        }
    }

    /// Receives one datagram into `buffer`; see [`Transport::recv`].
    ///
    /// # Errors
    ///
    /// `EAGAIN` if no datagram is queued, `ENOBUFS` once after datagrams were
    /// lost, and the other errors of `recvmsg(2)`.
    #[doc(alias = "recvmsg")]
    #[inline]
    pub fn recv(&self, buffer: &mut [u8]) -> Result<Received, Errno> {
        if self.is_traced() {
            return self.recv_traced(buffer);
        }
        self.recv_untraced(buffer)
    }

    #[inline]
    pub(crate) fn recv_untraced(&self, buffer: &mut [u8]) -> Result<Received, Errno> {
        match self.recv_once(buffer) {
            Err(Errno::EINVAL) => self.recv_again(buffer),
            result => result,
        }
    }

    #[inline]
    fn recv_once(&self, buffer: &mut [u8]) -> Result<Received, Errno> {
        let detailed = self.detailed.load(Ordering::Relaxed);
        let controlled = self.controlled.load(Ordering::Relaxed);
        match (detailed, controlled) {
            (false, _) => {
                let len = sys::receive_plain(self.fd.as_fd(), buffer)?;
                // Only the kernel can have sent the datagram, and to no group.
                Ok(Received::new(len, Address::KERNEL))
            }
            (true, false) => sys::receive_named(self.fd.as_fd(), buffer),
            (true, true) => sys::receive(self.fd.as_fd(), buffer),
        }
    }

    /// Repeats a receive that failed with `EINVAL`. The socket can have this
    /// error from a race between a receive and the end of a dump on another CPU.
    /// It has no meaning, and the next receive clears it.
    #[cold]
    fn recv_again(&self, buffer: &mut [u8]) -> Result<Received, Errno> {
        let mut result = Err(Errno::EINVAL);
        for _ in 1..RECEIVES {
            if !matches!(result, Err(Errno::EINVAL)) {
                break;
            }
            result = self.recv_once(buffer);
        }
        result
    }

    /// Waits for the socket, for the time to pass, or for a cancellation; see
    /// [`Transport::wait`].
    ///
    /// # Errors
    ///
    /// Errors of `ppoll(2)`, except `EINTR`.
    #[doc(alias = "ppoll")]
    pub fn wait(&self, interest: Interest, timeout: Option<Duration>) -> Result<Wake, Errno> {
        self.canceller.wait(self.fd.as_fd(), interest, timeout)
    }
}

/// Returns the hook that the environment enables.
pub(crate) fn default_hook() -> Option<Hook> {
    #[cfg(feature = "std")]
    return crate::trace::nldebug::hook();
    #[cfg(not(feature = "std"))]
    None
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

/// Takes a descriptor over. Fails with `ENOTSOCK` for descriptors of other
/// kinds, with `EAFNOSUPPORT` for sockets of other families, and with `EISCONN`
/// for a socket connected to another program. The descriptor is then closed.
impl TryFrom<OwnedFd> for Socket {
    type Error = Error;

    fn try_from(fd: OwnedFd) -> Result<Self, Error> {
        Self::adopt(fd, Trust::default(), 0)
    }
}

#[cfg(test)]
mod tests;
