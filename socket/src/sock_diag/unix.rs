//! Sockets of `AF_UNIX`.

use nlwire::fields;
use nlwire::sock_diag::{
    SOCK_DIAG_BY_FAMILY, TcpState, TcpStates, Unix, UnixRequest, UnixShow, UnixSocket,
};
use nlwire::zerocopy::native_endian::{U16, U32};

use crate::table::{Query, Row, Table};
use crate::{Conn, Error, Mapping, Socket, Transport};

/// A socket of `AF_UNIX`.
pub type UnixRow<'a> = Row<'a, UnixSocket, Unix>;
/// Sockets of `AF_UNIX`.
pub type UnixRows<'c, 'r, T = Socket, B = Mapping> = Table<'c, 'r, UnixSocket, Unix, T, B>;

impl<'a> UnixRow<'a> {
    /// Returns the name: a path, or bytes that begin with a NUL.
    #[must_use]
    #[doc(alias = "UNIX_DIAG_NAME")]
    #[inline]
    pub fn name(&self) -> Option<&'a [u8]> {
        fields!(self.attributes => Unix { name }).ok()?.name
    }

    /// Returns the state.
    #[must_use]
    #[doc(alias = "udiag_state")]
    #[inline]
    pub const fn state(&self) -> TcpState {
        self.header.state
    }

    /// Returns the inode, by which `/proc/PID/fd` names it.
    #[must_use]
    #[doc(alias = "udiag_ino")]
    #[inline]
    pub const fn inode(&self) -> u32 {
        self.header.inode.get()
    }

    /// Returns the inode of its peer.
    #[must_use]
    #[doc(alias = "UNIX_DIAG_PEER")]
    #[inline]
    pub fn peer(&self) -> Option<u32> {
        fields!(self.attributes => Unix { peer }).ok()?.peer
    }
}

/// Which sockets of `AF_UNIX` to list, and what of them.
#[derive(Clone, Copy, Debug)]
#[doc(alias = "unix_diag_req")]
pub struct UnixQuery(Query<UnixRequest>);

impl UnixQuery {
    /// All, with name, peer, queue, memory and user.
    pub const ALL: Self = Self(Query::new(
        SOCK_DIAG_BY_FAMILY,
        UnixRequest {
            family: 1,
            protocol: 0,
            reserved: U16::new(0),
            states: U32::new(u32::MAX),
            inode: U32::new(0),
            show: U32::new(
                UnixShow::NAME
                    .union(UnixShow::PEER)
                    .union(UnixShow::RQLEN)
                    .union(UnixShow::MEMINFO)
                    .union(UnixShow::UID)
                    .bits(),
            ),
            cookie: [U32::new(0); 2],
        },
    ));

    /// Asks for those in some states only.
    #[must_use]
    #[doc(alias = "udiag_states")]
    pub const fn states(mut self, states: TcpStates) -> Self {
        self.0.fixed.states = U32::new(states.bits());
        self
    }

    /// Asks for other attributes.
    #[must_use]
    #[doc(alias = "udiag_show")]
    pub const fn show(mut self, show: UnixShow) -> Self {
        self.0.fixed.show = U32::new(show.bits());
        self
    }
}

/// Lists sockets of `AF_UNIX`: `SOCK_DIAG_BY_FAMILY`.
///
/// ```
/// use nlsock::sock_diag::{self, UnixQuery};
///
/// let mut conn = nlsock::Conn::open(nlsock::Protocol::SOCK_DIAG)?;
/// let mut sockets = sock_diag::unix_sockets(&mut conn, &UnixQuery::ALL)?;
/// while let Some(socket) = sockets.next()? {
///     println!("{} {:?} {:?}", socket.inode(), socket.peer(), socket.name());
/// }
/// # Ok::<(), nlsock::Error>(())
/// ```
///
/// # Errors
///
/// As [`Conn::dump`]: `ENOENT` where the kernel does not list them.
#[doc(alias = "SOCK_DIAG_BY_FAMILY")]
pub fn unix_sockets<'c, 'r, T, B>(
    conn: &'c mut Conn<T, B>,
    query: &'r UnixQuery,
) -> Result<UnixRows<'c, 'r, T, B>, Error>
where
    T: Transport,
    B: AsRef<[u8]> + AsMut<[u8]>,
{
    query.0.list(conn)
}
