//! Sockets of `AF_NETLINK`.

use nlwire::fields;
use nlwire::sock_diag::{
    NDIAG_PROTO_ALL, NetlinkDiag, NetlinkRequest, NetlinkShow, NetlinkSocket, SOCK_DIAG_BY_FAMILY,
};
use nlwire::zerocopy::native_endian::{U16, U32};

use crate::table::{Query, Row, Table};
use crate::{Conn, Error, Mapping, Protocol, Socket, Transport};

/// A socket of `AF_NETLINK`.
pub type NetlinkRow<'a> = Row<'a, NetlinkSocket, NetlinkDiag>;
/// Sockets of `AF_NETLINK`.
pub type NetlinkRows<'c, 'r, T = Socket, B = Mapping> =
    Table<'c, 'r, NetlinkSocket, NetlinkDiag, T, B>;

impl<'a> NetlinkRow<'a> {
    /// Returns the protocol.
    #[must_use]
    #[doc(alias = "ndiag_protocol")]
    #[inline]
    pub const fn protocol(&self) -> Protocol {
        Protocol(self.header.protocol)
    }

    /// Returns the port id, 0 of the kernel's.
    #[must_use]
    #[doc(alias = "ndiag_portid")]
    #[inline]
    pub const fn port_id(&self) -> u32 {
        self.header.port.get()
    }

    /// Returns the groups that it has joined, group 1 as the first bit of the
    /// first byte.
    #[must_use]
    #[doc(alias = "NETLINK_DIAG_GROUPS")]
    #[inline]
    pub fn groups(&self) -> Option<&'a [u8]> {
        fields!(self.attributes => NetlinkDiag { groups })
            .ok()?
            .groups
    }
}

/// Which sockets of `AF_NETLINK` to list, and what of them.
#[derive(Clone, Copy, Debug)]
#[doc(alias = "netlink_diag_req")]
pub struct NetlinkQuery(Query<NetlinkRequest>);

impl NetlinkQuery {
    /// All, with groups, memory and flags.
    pub const ALL: Self = Self(Query::new(
        SOCK_DIAG_BY_FAMILY,
        NetlinkRequest {
            family: 16,
            protocol: NDIAG_PROTO_ALL,
            reserved: U16::new(0),
            inode: U32::new(0),
            show: U32::new(
                NetlinkShow::MEMINFO
                    .union(NetlinkShow::GROUPS)
                    .union(NetlinkShow::FLAGS)
                    .bits(),
            ),
            cookie: [U32::new(0); 2],
        },
    ));

    /// Asks for other attributes.
    #[must_use]
    #[doc(alias = "ndiag_show")]
    pub const fn show(mut self, show: NetlinkShow) -> Self {
        self.0.fixed.show = U32::new(show.bits());
        self
    }
}

/// Lists sockets of `AF_NETLINK`: `SOCK_DIAG_BY_FAMILY`.
///
/// ```
/// use nlsock::sock_diag::{self, NetlinkQuery};
///
/// let mut conn = nlsock::Conn::open(nlsock::Protocol::SOCK_DIAG)?;
/// let mut sockets = sock_diag::netlink_sockets(&mut conn, &NetlinkQuery::ALL)?;
/// // Not every kernel lists them.
/// while let Ok(Some(socket)) = sockets.next() {
///     println!("{:?} {}", socket.protocol(), socket.port_id());
/// }
/// # Ok::<(), nlsock::Error>(())
/// ```
///
/// # Errors
///
/// As [`Conn::dump`]: `ENOENT` where the kernel does not list them.
#[doc(alias = "SOCK_DIAG_BY_FAMILY")]
pub fn netlink_sockets<'c, 'r, T, B>(
    conn: &'c mut Conn<T, B>,
    query: &'r NetlinkQuery,
) -> Result<NetlinkRows<'c, 'r, T, B>, Error>
where
    T: Transport,
    B: AsRef<[u8]> + AsMut<[u8]>,
{
    query.0.list(conn)
}
