//! Sockets of IPv4 and IPv6.

use core::net::SocketAddr;

use nlwire::sock_diag::{
    IPPROTO_TCP, IPPROTO_UDP, Inet, InetExtensions, InetRequest, InetSocket, SOCK_DESTROY,
    SOCK_DIAG_BY_FAMILY, SocketId, TcpInfo, TcpState, TcpStates,
};
use nlwire::zerocopy::big_endian;
use nlwire::zerocopy::native_endian::U32;
use nlwire::{Flags, fields};

use crate::table::{Query, Row, Table, change, get};
use crate::{Conn, Error, Mapping, Socket, Transport};

/// A socket of IPv4 or IPv6.
pub type InetRow<'a> = Row<'a, InetSocket, Inet>;
/// Sockets of IPv4 or IPv6.
pub type InetRows<'c, 'r, T = Socket, B = Mapping> = Table<'c, 'r, InetSocket, Inet, T, B>;

impl<'a> InetRow<'a> {
    /// Returns the address and port of this end.
    #[must_use]
    #[doc(alias = "idiag_src", alias = "idiag_sport")]
    #[inline]
    pub fn local(&self) -> Option<SocketAddr> {
        let port = self.header.id.source_port.get();
        Some((self.header.source()?, port).into())
    }

    /// Returns the address and port of the other end, zeros where there is
    /// none.
    #[must_use]
    #[doc(alias = "idiag_dst", alias = "idiag_dport")]
    #[inline]
    pub fn remote(&self) -> Option<SocketAddr> {
        let port = self.header.id.destination_port.get();
        Some((self.header.destination()?, port).into())
    }

    /// Returns the state.
    #[must_use]
    #[doc(alias = "idiag_state")]
    #[inline]
    pub const fn state(&self) -> TcpState {
        self.header.state
    }

    /// Returns the inode, by which `/proc/PID/fd` names it.
    #[must_use]
    #[doc(alias = "idiag_inode")]
    #[inline]
    pub const fn inode(&self) -> u32 {
        self.header.inode.get()
    }

    /// Returns what TCP knows of the connection; what an older kernel does not
    /// send is zero.
    #[must_use]
    #[doc(alias = "INET_DIAG_INFO")]
    #[inline]
    pub fn tcp_info(&self) -> Option<TcpInfo> {
        let info = fields!(self.attributes => Inet { info }).ok()?.info?;
        Some(info.get())
    }

    /// Returns the name of the congestion control.
    #[must_use]
    #[doc(alias = "INET_DIAG_CONG")]
    #[inline]
    pub fn congestion(&self) -> Option<&'a str> {
        fields!(self.attributes => Inet { congestion })
            .ok()?
            .congestion
    }
}

/// Which sockets of IPv4 or IPv6 to list, and what of them: without more said,
/// all of a protocol with `INET_DIAG_INFO`, `INET_DIAG_CONG` and
/// `INET_DIAG_SKMEMINFO`.
#[derive(Clone, Copy, Debug)]
#[doc(alias = "inet_diag_req_v2")]
pub struct InetQuery(Query<InetRequest>);

impl InetQuery {
    /// Those of TCP over IPv4.
    pub const TCP: Self = Self::new(AF_INET, IPPROTO_TCP);
    /// Those of TCP over IPv6.
    pub const TCP6: Self = Self::new(AF_INET6, IPPROTO_TCP);
    /// Those of UDP over IPv4.
    pub const UDP: Self = Self::new(AF_INET, IPPROTO_UDP);
    /// Those of UDP over IPv6.
    pub const UDP6: Self = Self::new(AF_INET6, IPPROTO_UDP);

    const fn new(family: u8, protocol: u8) -> Self {
        Self(Query::new(
            SOCK_DIAG_BY_FAMILY,
            InetRequest {
                family,
                protocol,
                extensions: InetExtensions::INFO
                    .union(InetExtensions::CONGESTION)
                    .union(InetExtensions::SK_MEMINFO),
                raw_protocol: 0,
                states: U32::new(u32::MAX),
                id: ANY,
            },
        ))
    }

    /// Asks for those in some states only.
    #[must_use]
    #[doc(alias = "idiag_states")]
    pub const fn states(mut self, states: TcpStates) -> Self {
        self.0.fixed.states = U32::new(states.bits());
        self
    }

    /// Asks for other attributes.
    #[must_use]
    #[doc(alias = "idiag_ext")]
    pub const fn extensions(mut self, extensions: InetExtensions) -> Self {
        self.0.fixed.extensions = extensions;
        self
    }

    /// Asks for those with a port at this end only.
    #[must_use]
    #[doc(alias = "idiag_sport")]
    pub const fn local_port(mut self, port: u16) -> Self {
        self.0.fixed.id.source_port = big_endian::U16::new(port);
        self
    }

    /// Asks for those with a port at the other end only.
    #[must_use]
    #[doc(alias = "idiag_dport")]
    pub const fn remote_port(mut self, port: u16) -> Self {
        self.0.fixed.id.destination_port = big_endian::U16::new(port);
        self
    }
}

/// Lists sockets of IPv4 or IPv6: `SOCK_DIAG_BY_FAMILY`.
///
/// ```
/// use nlsock::sock_diag::{self, InetQuery};
///
/// let mut conn = nlsock::Conn::open(nlsock::Protocol::SOCK_DIAG)?;
/// let mut sockets = sock_diag::inet_sockets(&mut conn, &InetQuery::UDP)?;
/// while let Some(socket) = sockets.next()? {
///     println!("{:?} {:?} {}", socket.local(), socket.remote(), socket.inode());
/// }
/// # Ok::<(), nlsock::Error>(())
/// ```
///
/// # Errors
///
/// As [`Conn::dump`].
#[doc(alias = "SOCK_DIAG_BY_FAMILY")]
pub fn inet_sockets<'c, 'r, T, B>(
    conn: &'c mut Conn<T, B>,
    query: &'r InetQuery,
) -> Result<InetRows<'c, 'r, T, B>, Error>
where
    T: Transport,
    B: AsRef<[u8]> + AsMut<[u8]>,
{
    query.0.list(conn)
}

/// Returns the socket with these ends: `SOCK_DIAG_BY_FAMILY`. Of the query only
/// the protocol and the attributes count.
///
/// ```no_run
/// use nlsock::sock_diag::{self, InetQuery};
///
/// let mut conn = nlsock::Conn::open(nlsock::Protocol::SOCK_DIAG)?;
/// let (local, remote) = (([127, 0, 0, 1], 22).into(), ([127, 0, 0, 1], 5555).into());
/// let socket = sock_diag::inet_socket(&mut conn, InetQuery::TCP, local, remote)?;
/// println!("{:?}", socket.tcp_info());
/// # Ok::<(), nlsock::Error>(())
/// ```
///
/// # Errors
///
/// As [`Conn::get`]: `ENOENT` if there is none.
#[doc(alias = "SOCK_DIAG_BY_FAMILY")]
pub fn inet_socket<T, B>(
    conn: &mut Conn<T, B>,
    query: InetQuery,
    local: SocketAddr,
    remote: SocketAddr,
) -> Result<InetRow<'_>, Error>
where
    T: Transport,
    B: AsRef<[u8]> + AsMut<[u8]>,
{
    let header = InetRequest {
        id: SocketId::new((local.ip(), local.port()), (remote.ip(), remote.port())),
        ..query.0.fixed
    };
    get(conn, SOCK_DIAG_BY_FAMILY, &header, |w| Ok(w))
}

/// Closes a socket that was listed, whoever has it open: `SOCK_DESTROY`. Its
/// owner sees `ECONNABORTED`.
///
/// # Errors
///
/// As [`Conn::request`]: `ENOENT` if it is gone, `EPERM` without
/// `CAP_NET_ADMIN`, `EOPNOTSUPP` where the kernel was built without.
#[doc(alias = "SOCK_DESTROY")]
pub fn destroy_inet_socket<T, B>(
    conn: &mut Conn<T, B>,
    query: InetQuery,
    socket: &InetSocket,
) -> Result<(), Error>
where
    T: Transport,
    B: AsRef<[u8]> + AsMut<[u8]>,
{
    let header = InetRequest {
        family: socket.family,
        id: socket.id,
        ..query.0.fixed
    };
    change(conn, SOCK_DESTROY, Flags::empty(), &header, |w| Ok(w))
}

const AF_INET: u8 = 2;
const AF_INET6: u8 = 10;

const ANY: SocketId = SocketId {
    source_port: big_endian::U16::new(0),
    destination_port: big_endian::U16::new(0),
    source: [0; 16],
    destination: [0; 16],
    index: U32::new(0),
    cookie: SocketId::NO_COOKIE,
};
