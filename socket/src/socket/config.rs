//! How a socket is opened.

use nlwire::Errno;
use rustix::fd::OwnedFd;

use crate::{
    Address, Conn, Error, ErrorKind, Hook, Mapping, Memberships, Operation, OptionName, Protocol,
    Received, Socket, sys, trace,
};

/// How to open a [`Socket`].
///
/// The socket is bound before it joins groups, since one that was never bound
/// can join but receives nothing. Extended acks are always asked for, the
/// request's payload in them never; exact groups are asked for with the first
/// group. The descriptor is always close-on-exec.
///
/// ```
/// use nlsock::{Config, Protocol};
///
/// // RTNLGRP_LINK and RTNLGRP_NSID
/// let socket = Config::new(Protocol::ROUTE)
///     .groups(&[1, 28])
///     .receive_buffer(1 << 20)
///     .open_socket()?;
/// assert!(socket.memberships()?.eq([1, 28]));
/// # Ok::<(), nlsock::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "a socket is opened by `open`"]
pub struct Config {
    protocol: Protocol,
    groups: Memberships,
    /// Whether a group was named that `groups` cannot hold.
    odd_group: bool,
    port: u32,
    strict: Strict,
    receive_buffer: Option<usize>,
    send_buffer: Option<usize>,
    trust: Trust,
    hook: Option<Hook>,
}

/// Whether the kernel checks dump requests strictly (`NETLINK_GET_STRICT_CHK`,
/// Linux 5.0).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Strict {
    /// Never: for requests with headers that the check refuses.
    Off,
    /// Where the kernel can. Without, it may ignore the filter in a dump
    /// request and send the whole table.
    #[default]
    WhereSupported,
    /// Or the socket is not opened, with [`ErrorKind::Unsupported`].
    Required,
}

/// Whose datagrams to believe.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Trust {
    /// The kernel's. The socket is connected to it, so that it refuses what
    /// other programs send to its port; what they send to a group it joined
    /// still comes.
    #[default]
    Kernel,
    /// Those of the kernel and of user 0, known by `SO_PASSCRED`: udev
    /// multicasts from a port of its own.
    Root,
    /// All, for a protocol between programs.
    Anyone,
}

impl Trust {
    /// Whether a datagram that came with this is to be believed.
    #[must_use]
    pub fn covers(self, received: &Received) -> bool {
        // Port 0 is the kernel's; in a user namespace its user is not always 0.
        received.sender.port == 0
            || match self {
                Self::Kernel => false,
                Self::Root => received.uid == Some(0),
                Self::Anyone => true,
            }
    }
}

impl Config {
    /// Starts from the defaults: no groups, a port id of the kernel's choice,
    /// strict where supported, the system's buffer sizes, only the kernel is
    /// believed.
    pub const fn new(protocol: Protocol) -> Self {
        Self {
            protocol,
            groups: Memberships::EMPTY,
            odd_group: false,
            port: 0,
            strict: Strict::WhereSupported,
            receive_buffer: None,
            send_buffer: None,
            trust: Trust::Kernel,
            hook: None,
        }
    }

    /// Joins a group, 1 to 2048, in addition to those named before.
    ///
    /// Another makes [`open`](Self::open) fail with `EINVAL`; a group beyond
    /// can be joined by [`Socket::join`].
    #[doc(alias = "NETLINK_ADD_MEMBERSHIP")]
    pub fn group(self, group: u32) -> Self {
        self.groups(&[group])
    }

    /// Joins groups, each like [`group`](Self::group).
    pub fn groups(mut self, groups: &[u32]) -> Self {
        for group in groups {
            self.odd_group |= !self.groups.insert(*group);
        }
        self
    }

    /// Asks for a port id, the address of the socket; 0 lets the kernel choose
    /// one, usually the process id. An id that is taken makes it fail with
    /// `EADDRINUSE`.
    #[doc(alias = "nl_pid")]
    pub const fn port_id(mut self, port: u32) -> Self {
        self.port = port;
        self
    }

    /// Sets whether dump requests are checked strictly.
    #[doc(alias = "NETLINK_GET_STRICT_CHK")]
    pub const fn strict(mut self, strict: Strict) -> Self {
        self.strict = strict;
        self
    }

    /// Asks for a receive buffer, see [`Socket::set_receive_buffer`]: forced
    /// where that is permitted, else plain. It may then come out smaller, which
    /// [`Socket::receive_buffer`] tells; [`Socket::receive_buffer_is_forced`]
    /// tells which of the two held.
    #[doc(alias = "SO_RCVBUF")]
    pub const fn receive_buffer(mut self, bytes: usize) -> Self {
        self.receive_buffer = Some(bytes);
        self
    }

    /// Asks for a send buffer, see [`Socket::set_send_buffer`]: forced where
    /// that is permitted, else plain. It may then come out smaller, which
    /// [`Socket::send_buffer`] tells; [`Socket::send_buffer_is_forced`] tells
    /// which of the two held.
    #[doc(alias = "SO_SNDBUF")]
    pub const fn send_buffer(mut self, bytes: usize) -> Self {
        self.send_buffer = Some(bytes);
        self
    }

    /// Sets whose datagrams to believe.
    pub const fn trust(mut self, trust: Trust) -> Self {
        self.trust = trust;
        self
    }

    /// Lets `hook` see every datagram in and out, errors included, and that of
    /// opening.
    ///
    /// Without one, and with `std`, the environment variable `NLDEBUG` is asked
    /// when the socket is opened: with `1` or `level=1` each datagram is
    /// printed to standard error as a tree, with `level=2` its bytes as well.
    /// Words between commas that mean nothing are ignored. Keys of interfaces
    /// and of tunnels are printed like all else. With the feature `tracing`,
    /// and neither, they become events of the target `nlsock` and of the level
    /// `TRACE`.
    ///
    /// Where nobody looks it costs a branch that is predicted, of 2 instructions
    /// a datagram on x86-64; with the feature `tracing` and no subscriber, 9.
    /// That is what cachegrind counts of 10,000 round trips, beside a build
    /// without the branch.
    pub const fn trace(mut self, hook: Hook) -> Self {
        self.hook = Some(hook);
        self
    }

    #[cfg(feature = "std")]
    pub(crate) const fn protocol(&self) -> Protocol {
        self.protocol
    }

    /// Opens a connection with a receive buffer of its own, of one mebibyte of
    /// address space.
    ///
    /// # Errors
    ///
    /// As [`open_socket`](Self::open_socket), and `ENOMEM` of
    /// [`Operation::Open`] where the address space is full.
    pub fn open(self) -> Result<Conn, Error> {
        self.open_with(Self::open_socket)
    }

    /// Opens a connection whose socket `open` opens.
    pub(crate) fn open_with(
        self,
        open: impl FnOnce(Self) -> Result<Socket, Error>,
    ) -> Result<Conn, Error> {
        let protocol = self.protocol;
        let buffer = Mapping::new(Mapping::DEFAULT_LEN).map_err(|errno| {
            Error::new(Some(protocol), Operation::Open, ErrorKind::System(errno))
        })?;
        Ok(Conn::with_buffer(open(self)?, buffer))
    }

    /// Opens the bare socket.
    ///
    /// # Errors
    ///
    /// Of kind [`ErrorKind::System`]: `EPROTONOSUPPORT` for a protocol that
    /// this kernel does not have, `EADDRINUSE` for a port id that is taken,
    /// `EINVAL` for a group that does not exist, `EPERM` for groups that are
    /// for the privileged. [`ErrorKind::Unsupported`] where strict checking is
    /// required and the kernel has none.
    pub fn open_socket(self) -> Result<Socket, Error> {
        self.traced(Self::bare)
    }

    /// Opens the socket, and tells no hook where that fails.
    pub(crate) fn bare(self) -> Result<Socket, Error> {
        let mut socket = Socket::new(self.protocol, self.trust)?;
        socket.hook = self.hook.or(socket.hook);
        self.set_options(&socket)?;
        socket.bind(Address::port(self.port))?;
        if self.trust == Trust::Kernel {
            socket.connect()?;
        }
        self.join_groups(&socket)?;
        Ok(socket)
    }

    /// Makes a connection of a descriptor that was opened elsewhere, by a
    /// service manager for instance.
    ///
    /// # Errors
    ///
    /// As [`adopt_socket`](Self::adopt_socket), and `ENOMEM` of
    /// [`Operation::Open`] where the address space is full.
    pub fn adopt(self, fd: OwnedFd) -> Result<Conn, Error> {
        self.open_with(|config| config.adopt_socket(fd))
    }

    /// Applies this to a descriptor that was opened elsewhere.
    ///
    /// The socket is bound unless it is already, and not connected. `TryFrom`
    /// takes a descriptor over without setting anything.
    ///
    /// # Errors
    ///
    /// `ENOTSOCK` or `EAFNOSUPPORT` for what is no netlink socket, `EPROTOTYPE`
    /// for one of another protocol, `EINVAL` for one with another port id than
    /// was asked for, and those of [`open_socket`](Self::open_socket).
    pub fn adopt_socket(self, fd: OwnedFd) -> Result<Socket, Error> {
        self.traced(|config| config.take_over(fd))
    }

    fn take_over(self, fd: OwnedFd) -> Result<Socket, Error> {
        let mut socket = Socket::adopt(fd, self.trust, self.port)?;
        socket.hook = self.hook.or(socket.hook);
        if socket.protocol() != self.protocol {
            return Err(socket.error(Operation::Adopt, sys::EPROTOTYPE));
        }
        self.set_options(&socket)?;
        self.join_groups(&socket)?;
        Ok(socket)
    }

    /// Opens a socket in some way, and lets the hook see why it cannot be.
    pub(crate) fn traced(
        self,
        open: impl FnOnce(Self) -> Result<Socket, Error>,
    ) -> Result<Socket, Error> {
        let (protocol, port, hook) = (self.protocol, self.port, self.hook);
        open(self).inspect_err(|error| trace::failed_open(hook, protocol, port, error))
    }

    /// Sets the options that must be there before the first datagram.
    fn set_options(&self, socket: &Socket) -> Result<(), Error> {
        // Linux 4.12 and 4.3: before, acks are just less telling.
        where_supported(socket.set_extended_ack(true))?;
        where_supported(socket.set_cap_ack(true))?;
        match (
            self.strict,
            socket.set_strict_check(self.strict != Strict::Off),
        ) {
            (Strict::Required, Err(error)) if error.errno() == Some(sys::ENOPROTOOPT) => {
                let operation = Operation::Set(OptionName::StrictCheck);
                let kind = ErrorKind::Unsupported;
                return Err(Error::new(Some(self.protocol), operation, kind));
            }
            (_, result) => where_supported(result)?,
        }
        if let Some(bytes) = self.receive_buffer {
            socket.set_receive_buffer(bytes)?;
        }
        if let Some(bytes) = self.send_buffer {
            socket.set_send_buffer(bytes)?;
        }
        if self.trust == Trust::Root {
            socket.set_pass_credentials(true)?;
        }
        Ok(())
    }

    fn join_groups(&self, socket: &Socket) -> Result<(), Error> {
        if self.odd_group {
            let operation = Operation::Set(OptionName::AddMembership);
            return Err(socket.error(operation, Errno::EINVAL));
        }
        self.groups.clone().try_for_each(|group| socket.join(group))
    }
}

/// Forgives a kernel that does not know an option.
fn where_supported(result: Result<(), Error>) -> Result<(), Error> {
    match result {
        Err(error) if error.errno() == Some(sys::ENOPROTOOPT) => Ok(()),
        result => result,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::{Config, Strict, Trust};
    use crate::{Address, Errno, ErrorKind, Operation, OptionName, Protocol, Received, Socket};
    use rustix::fd::OwnedFd;
    use rustix::net::{AddressFamily, SocketType};
    use std::string::ToString;

    fn route() -> Config {
        Config::new(Protocol::ROUTE)
    }

    #[test]
    fn defaults() {
        let socket = route().open_socket().unwrap();
        assert!(socket.extended_ack().unwrap());
        assert!(socket.cap_ack().unwrap());
        assert!(socket.strict_check().unwrap());
        assert!(!socket.packet_info().unwrap());
        assert!(socket.is_connected());
        assert_ne!(socket.port_id(), 0);
        assert_eq!(socket.protocol(), Protocol::ROUTE);
        let flags = rustix::io::fcntl_getfd(&socket).unwrap();
        assert!(flags.contains(rustix::io::FdFlags::CLOEXEC));
    }

    #[test]
    fn everything_can_be_asked_for() {
        let port = 0x8000_0000 | std::process::id();
        let socket = route()
            .group(33) // RTNLGRP_NEXTHOP is 32, RTNLGRP_BRVLAN 33
            .groups(&[1, 33])
            .port_id(port)
            .strict(Strict::Off)
            .receive_buffer(50_000)
            .send_buffer(60_000)
            .trust(Trust::Root)
            .open_socket()
            .unwrap();
        assert!(socket.memberships().unwrap().eq([1, 33]));
        assert!(socket.packet_info().unwrap());
        assert!(socket.pass_credentials().unwrap());
        assert!(!socket.strict_check().unwrap());
        assert!(!socket.is_connected());
        assert_eq!(socket.port_id(), port);
        assert_eq!(socket.receive_buffer().unwrap(), 100_000);
        assert_eq!(socket.send_buffer().unwrap(), 120_000);
        route().strict(Strict::Required).open_socket().unwrap();

        let error = route().port_id(port).open_socket().unwrap_err();
        assert_eq!(error.to_string(), "route: bind: EADDRINUSE");
    }

    #[test]
    fn groups_that_do_not_exist_are_refused() {
        for group in [0, 200, 2048, 2049, u32::MAX] {
            let error = route().group(group).open_socket().unwrap_err();
            assert_eq!(error.kind(), ErrorKind::System(Errno::EINVAL));
            assert_eq!(error.operation(), Operation::Set(OptionName::AddMembership));
        }
    }

    #[test]
    fn adopts_and_gives_away() {
        let socket = route().group(2).open_socket().unwrap();
        let port = socket.port_id();
        socket.set_extended_ack(false).unwrap();
        let socket = Socket::try_from(OwnedFd::from(socket)).unwrap();
        assert_eq!(
            (socket.protocol(), socket.port_id()),
            (Protocol::ROUTE, port)
        );
        assert!(!socket.is_connected());
        assert!(!socket.extended_ack().unwrap());

        let socket = route().group(3).adopt_socket(socket.into()).unwrap();
        assert_eq!(socket.port_id(), port);
        assert!(socket.extended_ack().unwrap());
        assert!(socket.memberships().unwrap().eq([2, 3]));
        let error = route()
            .port_id(port ^ 1)
            .adopt_socket(socket.into())
            .unwrap_err();
        assert_eq!(error.to_string(), "route: bind: EINVAL");

        let socket = route().open_socket().unwrap();
        let error = Config::new(Protocol::GENERIC)
            .adopt_socket(socket.into())
            .unwrap_err();
        assert_eq!(error.to_string(), "route: adopt: EPROTOTYPE");
    }

    #[test]
    fn binds_what_it_adopts_and_keeps_its_groups() {
        let fresh = Socket::new(Protocol::ROUTE, Trust::Kernel).unwrap();
        fresh.join(5).unwrap();
        fresh.join(33).unwrap();
        let socket = Socket::try_from(OwnedFd::from(fresh)).unwrap();
        assert_ne!(socket.port_id(), 0);
        assert!(socket.memberships().unwrap().eq([5, 33]));
    }

    #[test]
    fn other_descriptors_are_refused() {
        let event = crate::sys::eventfd(0).unwrap();
        let error = Socket::try_from(event).unwrap_err();
        assert_eq!(error.to_string(), "adopt: ENOTSOCK");
        let unix = rustix::net::socket(AddressFamily::UNIX, SocketType::DGRAM, None).unwrap();
        let error = Socket::try_from(unix).unwrap_err();
        assert_eq!(error.to_string(), "adopt: EAFNOSUPPORT");
    }

    #[test]
    fn whom_to_believe() {
        let mut peer = Received::new(0, Address::port(7));
        peer.uid = Some(0);
        let kernel = Received::new(0, Address::KERNEL);
        let covers = |trust: Trust| (trust.covers(&kernel), trust.covers(&peer));
        assert_eq!(covers(Trust::Kernel), (true, false));
        assert_eq!(covers(Trust::Root), (true, true));
        assert_eq!(covers(Trust::Anyone), (true, true));
        peer.uid = Some(1000);
        assert!(!Trust::Root.covers(&peer));
    }
}
