//! Opening and adopting sockets with options.

use nlwire::Errno;
use nlwire::schema::Protocol as Schema;
use rustix::fd::OwnedFd;

use crate::{
    Conn, Error, ErrorKind, Hook, Mapping, Memberships, Operation, OptionName, Protocol, Socket,
    Trust, trace, trace::MOST_FAMILIES,
};

/// Options of a connection or a [`Socket`] to open.
///
/// Extended acknowledgements are always requested, without a copy of the
/// request's payload. The first group above 32 also requests exact group
/// numbers. The descriptor is always close-on-exec.
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
    /// True if a requested group is outside the range of `groups`.
    odd_group: bool,
    port: u32,
    strict: Strict,
    receive_buffer: Option<usize>,
    send_buffer: Option<usize>,
    trust: Trust,
    hook: Option<Hook>,
    families: [Option<&'static Schema>; MOST_FAMILIES],
}

/// Strict checking of dump requests by the kernel (`NETLINK_GET_STRICT_CHK`,
/// Linux 5.0).
///
/// ```
/// use nlsock::{Config, Protocol, Strict};
///
/// let conn = Config::new(Protocol::ROUTE).strict(Strict::Off).open()?;
/// # Ok::<(), nlsock::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Strict {
    /// Off, for requests with headers that the check refuses.
    Off,
    /// On if the kernel supports it. An older kernel may ignore the filter in a
    /// dump request and send the whole table.
    #[default]
    WhereSupported,
    /// On: if the kernel does not support it, opening fails with
    /// [`ErrorKind::Unsupported`].
    Required,
}

impl Config {
    /// Creates the default options: no groups, a port ID chosen by the kernel,
    /// strict checking if supported, the system's buffer sizes, trust in the
    /// kernel alone.
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
            families: [None; MOST_FAMILIES],
        }
    }

    /// Adds a group to join, from 1 to 2048.
    ///
    /// Another number fails [`open`](Self::open) with `EINVAL`.
    /// [`Socket::join`] joins groups above 2048.
    #[doc(alias = "NETLINK_ADD_MEMBERSHIP")]
    pub fn group(self, group: u32) -> Self {
        self.groups(&[group])
    }

    /// Adds groups to join, each as [`group`](Self::group) does.
    pub fn groups(mut self, groups: &[u32]) -> Self {
        for group in groups {
            self.odd_group |= !self.groups.insert(*group);
        }
        self
    }

    /// Sets the port ID, which is the address of the socket. The default is 0:
    /// the kernel chooses one, usually the process ID.
    ///
    /// A port ID in use fails [`open`](Self::open) with `EADDRINUSE`.
    #[doc(alias = "nl_pid")]
    pub const fn port_id(mut self, port: u32) -> Self {
        self.port = port;
        self
    }

    /// Sets strict checking of dump requests.
    #[doc(alias = "NETLINK_GET_STRICT_CHK")]
    pub const fn strict(mut self, strict: Strict) -> Self {
        self.strict = strict;
        self
    }

    /// Sets the size of the receive buffer in bytes, as
    /// [`Socket::set_receive_buffer`] does.
    ///
    /// Without `CAP_NET_ADMIN` the buffer may be smaller than requested:
    /// [`Socket::receive_buffer`] returns its size, and
    /// [`Socket::receive_buffer_is_forced`] returns true if the size may exceed
    /// the system's limit.
    #[doc(alias = "SO_RCVBUF")]
    pub const fn receive_buffer(mut self, bytes: usize) -> Self {
        self.receive_buffer = Some(bytes);
        self
    }

    /// Sets the size of the send buffer in bytes, as
    /// [`Socket::set_send_buffer`] does.
    ///
    /// Without `CAP_NET_ADMIN` the buffer may be smaller than requested:
    /// [`Socket::send_buffer`] returns its size, and
    /// [`Socket::send_buffer_is_forced`] returns true if the size may exceed
    /// the system's limit.
    #[doc(alias = "SO_SNDBUF")]
    pub const fn send_buffer(mut self, bytes: usize) -> Self {
        self.send_buffer = Some(bytes);
        self
    }

    /// Sets the trusted senders.
    pub const fn trust(mut self, trust: Trust) -> Self {
        self.trust = trust;
        self
    }

    /// Calls `hook` with each sent and received datagram, with each error in
    /// place of one, and with an error of opening.
    ///
    /// With `std` and without a hook, opening reads the environment variable
    /// `NLDEBUG`. With `1` or `level=1` each datagram is printed to standard
    /// error as a tree, with `level=2` its bytes too. Words are separated by
    /// commas, and unknown words are ignored. Trees print only the length of a
    /// key that a table marks as [secret](nlwire::codec::Secret), but bytes
    /// include all keys. The variable therefore has no effect in programs with
    /// more privileges than their caller, such as set-user-ID programs.
    ///
    /// With the feature `tracing`, and without a hook or the variable,
    /// datagrams become events with target `nlsock` and level `TRACE`.
    pub const fn trace(mut self, hook: Hook) -> Self {
        self.hook = Some(hook);
        self
    }

    /// Adds a family by which traces describe messages, before the families of
    /// `nlwire`. There can be eight; a ninth replaces the eighth.
    ///
    /// Traces read the number of a generic family from the controller's answers
    /// on the same socket. They describe its messages once the connection has
    /// looked the family up.
    ///
    /// ```
    /// use nlsock::{Config, Protocol};
    /// use nlwire::attributes;
    /// use nlwire::codec::{AttributeSet as _, ByteArray, Secret};
    /// use nlwire::schema::{self, MessageSchema};
    ///
    /// attributes! {
    ///     /// Attributes of the family `wireguard`.
    ///     pub set Device, enum DeviceAttr {
    ///         3 WGDEVICE_A_PRIVATE_KEY PrivateKey private_key: Secret<ByteArray<32>>,
    ///     }
    /// }
    /// static WIREGUARD: schema::Protocol = schema::Protocol::family(
    ///     "wireguard",
    ///     &[MessageSchema::command(1, "WG_CMD_SET_DEVICE", Device::schema)],
    /// );
    ///
    /// let conn = Config::new(Protocol::GENERIC).described_by(&WIREGUARD).open()?;
    /// # Ok::<(), nlsock::Error>(())
    /// ```
    pub fn described_by(mut self, family: &'static Schema) -> Self {
        let slots = &mut self.families;
        let free = slots.iter().position(Option::is_none);
        if let Some(slot) = slots.get_mut(free.unwrap_or(MOST_FAMILIES - 1)) {
            *slot = Some(family);
        }
        self
    }

    #[cfg(feature = "std")]
    pub(crate) const fn protocol(&self) -> Protocol {
        self.protocol
    }

    /// Opens a connection with a receive buffer of its own, 1 MiB of address
    /// space.
    ///
    /// # Errors
    ///
    /// `ENOMEM` of [`Operation::OpenBuffer`] if the address space is full, and
    /// the errors of [`open_socket`](Self::open_socket).
    pub fn open(self) -> Result<Conn, Error> {
        self.open_with(Self::open_socket)
    }

    /// Opens a connection over the socket that `open` returns.
    pub(crate) fn open_with(
        self,
        open: impl FnOnce(Self) -> Result<Socket, Error>,
    ) -> Result<Conn, Error> {
        let protocol = self.protocol;
        let buffer = Mapping::new(Mapping::DEFAULT_LEN).map_err(|errno| {
            Error::new(
                Some(protocol),
                Operation::OpenBuffer,
                ErrorKind::System(errno),
            )
        })?;
        Ok(Conn::with_buffer(open(self)?, buffer))
    }

    /// Opens the socket without a connection.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::System`] with `EPROTONOSUPPORT` for a protocol that this
    /// kernel does not have, `EADDRINUSE` for a port ID in use, `EINVAL` for a
    /// group that does not exist, `EPERM` for a group that needs privileges.
    /// [`ErrorKind::Unsupported`] if strict checking is required and the kernel
    /// does not support it.
    pub fn open_socket(self) -> Result<Socket, Error> {
        self.traced(Self::bare)
    }

    /// Opens the socket without reporting errors to the hook.
    pub(crate) fn bare(self) -> Result<Socket, Error> {
        let mut socket = Socket::new(self.protocol, self.trust)?;
        self.set_tracing(&mut socket);
        self.set_options(&socket)?;
        // The port ID comes first: a socket that joins a group without a port
        // ID receives nothing.
        match self.trust {
            Trust::Kernel => socket.connect(self.port)?,
            Trust::Root | Trust::Anyone => socket.take_port(self.port)?,
        }
        self.join_groups(&socket)?;
        Ok(socket)
    }

    /// Turns a descriptor that was opened elsewhere, such as by a service
    /// manager, into a connection.
    ///
    /// # Errors
    ///
    /// `ENOMEM` of [`Operation::OpenBuffer`] if the address space is full, and
    /// the errors of [`adopt_socket`](Self::adopt_socket).
    pub fn adopt(self, fd: OwnedFd) -> Result<Conn, Error> {
        self.open_with(|config| config.adopt_socket(fd))
    }

    /// Applies these options to a descriptor that was opened elsewhere.
    ///
    /// The socket gets a port ID if it has none, becomes close-on-exec, and
    /// stays unconnected. `TryFrom` takes a descriptor over without these
    /// options.
    ///
    /// # Errors
    ///
    /// `ENOTSOCK` or `EAFNOSUPPORT` for descriptors other than netlink sockets,
    /// `EPROTOTYPE` for a socket of another protocol, `EISCONN` for a socket
    /// connected to another program, `EINVAL` for a socket with another port ID
    /// than the requested one, and the errors of
    /// [`open_socket`](Self::open_socket).
    pub fn adopt_socket(self, fd: OwnedFd) -> Result<Socket, Error> {
        self.traced(|config| config.take_over(fd))
    }

    fn take_over(self, fd: OwnedFd) -> Result<Socket, Error> {
        let mut socket = Socket::adopt(fd, self.trust, self.port)?;
        self.set_tracing(&mut socket);
        if socket.protocol() != self.protocol {
            return Err(socket.error(Operation::Adopt, Errno::EPROTOTYPE));
        }
        self.set_options(&socket)?;
        self.join_groups(&socket)?;
        Ok(socket)
    }

    fn set_tracing(&self, socket: &mut Socket) {
        let hook = self.hook.or(socket.tracing.hook);
        socket.tracing.hook = hook;
        socket.tracing.families = self.families;
    }

    /// Opens a socket by a closure, and reports an error to the hook.
    pub(crate) fn traced(
        self,
        open: impl FnOnce(Self) -> Result<Socket, Error>,
    ) -> Result<Socket, Error> {
        let (protocol, port, hook) = (self.protocol, self.port, self.hook);
        open(self).inspect_err(|error| trace::failed_open(hook, protocol, port, error))
    }

    /// Sets the options that must apply to the first datagram.
    fn set_options(&self, socket: &Socket) -> Result<(), Error> {
        // Linux 4.12 and 4.3; acknowledgements of older kernels just have less
        // detail.
        where_supported(socket.set_extended_ack(true))?;
        where_supported(socket.set_cap_ack(true))?;
        match (
            self.strict,
            socket.set_strict_check(self.strict != Strict::Off),
        ) {
            (Strict::Required, Err(error)) if is_unsupported(&error) => {
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

/// Ignores the error of an option that the kernel does not support. All that
/// depends on such an option works without it.
fn where_supported(result: Result<(), Error>) -> Result<(), Error> {
    match result {
        Err(error) if is_unsupported(&error) => Ok(()),
        result => result,
    }
}

/// Returns true if a switch of `SOL_NETLINK` is not supported. Linux fails with
/// `ENOPROTOOPT`. Sandboxes and kernels that imitate Linux fail with the
/// others, which Linux never returns for 0 and 1.
fn is_unsupported(error: &Error) -> bool {
    matches!(
        error.errno(),
        Some(Errno::ENOPROTOOPT | Errno::EOPNOTSUPP | Errno::EINVAL)
    )
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
    fn an_adopted_socket_gets_a_port_and_keeps_its_groups() {
        let wanted = 0x4000_0000 | std::process::id();
        for port in [0, wanted] {
            let fresh = Socket::new(Protocol::ROUTE, Trust::Kernel).unwrap();
            fresh.join(5).unwrap();
            fresh.join(33).unwrap();
            let socket = route().port_id(port).adopt_socket(fresh.into()).unwrap();
            assert_ne!(socket.port_id(), 0);
            assert!(port == 0 || socket.port_id() == wanted);
            assert!(socket.memberships().unwrap().eq([5, 33]));
            assert_eq!(crate::sys::peer(socket.as_fd()), Ok(Address::KERNEL));
        }
    }

    #[test]
    fn an_adopted_socket_is_close_on_exec() {
        let socket = route().open_socket().unwrap();
        rustix::io::fcntl_setfd(&socket, rustix::io::FdFlags::empty()).unwrap();
        let socket = Socket::try_from(OwnedFd::from(socket)).unwrap();
        let flags = rustix::io::fcntl_getfd(&socket).unwrap();
        assert!(flags.contains(rustix::io::FdFlags::CLOEXEC));
    }

    #[test]
    fn a_socket_connected_to_a_program_is_not_adopted() {
        let usersock = || Config::new(Protocol::USERSOCK);
        let peer = usersock().open_socket().unwrap();
        let socket = usersock().trust(Trust::Anyone).open_socket().unwrap();
        let name = rustix::net::netlink::SocketAddrNetlink::new(peer.port_id(), 0);
        rustix::net::connect(&socket, &name).unwrap();
        let error = Socket::try_from(OwnedFd::from(socket)).unwrap_err();
        assert_eq!(error.to_string(), "usersock: adopt: EISCONN");
        // A connection to the kernel does no harm.
        let socket = usersock().open_socket().unwrap();
        assert!(socket.is_connected());
        Socket::try_from(OwnedFd::from(socket)).unwrap();
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
    fn only_trusted_senders_are_covered() {
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
