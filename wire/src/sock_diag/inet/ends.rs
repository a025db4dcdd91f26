//! Requests for a single socket, by its ends or by its row.

use core::fmt;
use core::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use super::row::InetRow;
use crate::schema::Protocol;
use crate::sock_diag::{
    AF_INET, AF_INET6, IPPROTO_TCP, IPPROTO_UDP, InetExtensions, InetRequest, InetSocket, PROTOCOL,
    SOCK_DESTROY, SOCK_DIAG_BY_FAMILY, SocketId,
};
use crate::text::Ip;
use crate::{
    DecodeError, EncodeError, Errno, Flags, LinkIndex, MessageRef, Next, Query, Request, Row,
    Writer,
};

/// Asks for the socket with these ends. A socket without a peer has the
/// unspecified address and port 0 as its remote end.
///
/// ```
/// use nlwire::sock_diag::GetInetSocket;
///
/// let connection = GetInetSocket::tcp("127.0.0.1:22".parse()?, "127.0.0.1:5555".parse()?);
/// let listener = GetInetSocket::tcp("[::]:8080".parse()?, "[::]:0".parse()?);
/// # Ok::<(), core::net::AddrParseError>(())
/// ```
///
/// The kernel looks up the socket that would receive a packet. That may be a
/// listener, or a socket of any address or any link. The query therefore skips
/// a reply with other ends. IPv4 addresses equal the IPv6 addresses that hold
/// them (`::ffff:192.0.2.1`). Among several sockets with equal ends
/// (`SO_REUSEPORT`) the kernel returns one.
#[derive(Clone, Copy, Debug)]
#[doc(alias = "SOCK_DIAG_BY_FAMILY")]
pub struct GetInetSocket {
    protocol: u8,
    local: SocketAddr,
    remote: SocketAddr,
    device: LinkIndex,
    extensions: InetExtensions,
}

impl GetInetSocket {
    /// Asks for a TCP socket.
    #[must_use]
    pub fn tcp(local: SocketAddr, remote: SocketAddr) -> Self {
        Self::of(IPPROTO_TCP, local, remote)
    }

    /// Asks for a UDP socket.
    #[must_use]
    pub fn udp(local: SocketAddr, remote: SocketAddr) -> Self {
        Self::of(IPPROTO_UDP, local, remote)
    }

    /// Asks for a socket of this transport protocol. The scope of an IPv6
    /// socket address is the link that the socket is bound to.
    ///
    /// ```
    /// use nlwire::sock_diag::GetInetSocket;
    ///
    /// // SCTP, protocol 132
    /// let get = GetInetSocket::of(132, "[::1]:5001".parse()?, "[::1]:6001".parse()?);
    /// # Ok::<(), std::net::AddrParseError>(())
    /// ```
    #[must_use]
    pub fn of(protocol: u8, local: SocketAddr, remote: SocketAddr) -> Self {
        let scope = |end| match end {
            SocketAddr::V6(end) => end.scope_id(),
            SocketAddr::V4(_) => 0,
        };
        let index = match scope(local) {
            0 => scope(remote),
            index => index,
        };
        Self {
            protocol,
            local,
            remote,
            device: LinkIndex::new(index),
            extensions: super::STANDARD,
        }
    }

    /// Sets the link that the socket is bound to.
    #[must_use]
    #[doc(alias = "idiag_if")]
    pub fn device(mut self, link: impl Into<LinkIndex>) -> Self {
        self.device = link.into();
        self
    }

    /// Asks for these attributes instead of the default ones.
    #[must_use]
    #[doc(alias = "idiag_ext")]
    pub const fn extensions(mut self, extensions: InetExtensions) -> Self {
        self.extensions = extensions;
        self
    }

    /// Returns both ends in one family: IPv4 if neither needs IPv6.
    fn ends(&self) -> (IpAddr, IpAddr) {
        let (local, remote) = (
            self.local.ip().to_canonical(),
            self.remote.ip().to_canonical(),
        );
        match (local, remote) {
            (IpAddr::V4(_), IpAddr::V6(v6)) if v6.is_unspecified() => {
                (local, Ipv4Addr::UNSPECIFIED.into())
            }
            (IpAddr::V6(_), IpAddr::V4(v4)) if v4.is_unspecified() => {
                (local, Ipv6Addr::UNSPECIFIED.into())
            }
            (IpAddr::V4(v4), IpAddr::V6(_)) => (v4.to_ipv6_mapped().into(), remote),
            (IpAddr::V6(_), IpAddr::V4(v4)) => (local, v4.to_ipv6_mapped().into()),
            _ => (local, remote),
        }
    }

    #[inline(never)]
    fn compare(&self, row: &InetRow<'_>) -> bool {
        let (Some(local), Some(remote)) = (row.header.source(), row.header.destination()) else {
            return false;
        };
        let ports = (
            row.header.id.source_port.get(),
            row.header.id.destination_port.get(),
        );
        let (own, other) = self.ends();
        let peers_match = other.to_canonical() == remote.to_canonical()
            || other.is_unspecified() && remote.is_unspecified();
        ports == (self.local.port(), self.remote.port())
            && own.to_canonical() == local.to_canonical()
            && peers_match
            && row.device() == self.device
    }
}

impl Request for GetInetSocket {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let (local, remote) = self.ends();
        let own = (local, self.local.port());
        let other = (remote, self.remote.port());
        let mut id = match self.protocol {
            // The kernel expects the ends of UDP sockets exchanged, for
            // historical reasons.
            IPPROTO_UDP => SocketId::new(other, own),
            _ => SocketId::new(own, other),
        };
        id.index = self.device.get().into();
        let header = InetRequest {
            family: match local {
                IpAddr::V4(_) => AF_INET,
                IpAddr::V6(_) => AF_INET6,
            },
            protocol: self.protocol,
            extensions: self.extensions,
            raw_protocol: 0,
            states: u32::MAX.into(),
            id,
        };
        w.append_message(SOCK_DIAG_BY_FAMILY, Flags::empty(), &header, |w| Ok(w))?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_ends(f, self.local, self.remote)
    }
}

impl Query for GetInetSocket {
    type Row<'r> = InetRow<'r>;

    #[inline]
    fn row(message: MessageRef<'_>) -> InetRow<'_> {
        Row::of(message)
    }

    fn matches(&self, message: MessageRef<'_>) -> Result<bool, DecodeError> {
        Ok(self.compare(&Self::row(message)))
    }
}

/// Writes ends as ss(8) does. The formatting in core is not used, as it may
/// panic.
fn write_ends(f: &mut fmt::Formatter<'_>, local: SocketAddr, remote: SocketAddr) -> fmt::Result {
    let end = |f: &mut fmt::Formatter<'_>, end: SocketAddr| match end.ip() {
        address @ IpAddr::V4(_) => write!(f, "{}:{}", Ip(address), end.port()),
        address @ IpAddr::V6(_) => write!(f, "[{}]:{}", Ip(address), end.port()),
    };
    f.write_str("socket ")?;
    end(f, local)?;
    f.write_str(" -> ")?;
    end(f, remote)
}

/// Closes a listed socket, as `ss -K`, whichever process has it open. The owner
/// gets `ECONNABORTED`.
///
/// The request carries the socket's cookie, so that a later socket with the
/// same ends stays open.
///
/// The kernel needs `CAP_NET_ADMIN` and `CONFIG_INET_DIAG_DESTROY`.
///
/// ```
/// use nlwire::sock_diag::{DestroyInetSocket, InetRow};
///
/// fn close(listed: &InetRow<'_>) -> DestroyInetSocket {
///     DestroyInetSocket::tcp(listed).if_there()
/// }
/// ```
#[derive(Clone, Copy, Debug)]
#[doc(alias = "SOCK_DESTROY")]
pub struct DestroyInetSocket {
    protocol: u8,
    socket: InetSocket,
    if_there: bool,
}

impl DestroyInetSocket {
    /// Closes a TCP socket.
    #[must_use]
    pub const fn tcp(row: &InetRow<'_>) -> Self {
        Self::of(IPPROTO_TCP, row)
    }

    /// Closes a UDP socket.
    #[must_use]
    pub const fn udp(row: &InetRow<'_>) -> Self {
        Self::of(IPPROTO_UDP, row)
    }

    /// Closes a socket of the listed transport protocol.
    #[must_use]
    pub const fn of(protocol: u8, row: &InetRow<'_>) -> Self {
        Self {
            protocol,
            socket: row.header,
            if_there: false,
        }
    }

    /// Succeeds if the socket does not exist.
    #[must_use]
    pub const fn if_there(mut self) -> Self {
        self.if_there = true;
        self
    }
}

impl Request for DestroyInetSocket {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let header = InetRequest {
            family: self.socket.family,
            protocol: self.protocol,
            extensions: InetExtensions::empty(),
            raw_protocol: 0,
            states: u32::MAX.into(),
            id: self.socket.id,
        };
        w.append_message(SOCK_DESTROY, Flags::empty(), &header, |w| Ok(w))?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let id = &self.socket.id;
        match (self.socket.source(), self.socket.destination()) {
            (Some(local), Some(remote)) => write_ends(
                f,
                (local, id.source_port.get()).into(),
                (remote, id.destination_port.get()).into(),
            ),
            _ => Ok(()),
        }
    }

    fn forgives(&self) -> &'static [Errno] {
        if self.if_there { &[Errno::ENOENT] } else { &[] }
    }
}

crate::__format!(GetInetSocket, DestroyInetSocket);
