//! Requests for Unix sockets.

use core::fmt;

use super::{Unix, UnixName, UnixRequest, UnixShow, UnixSocket};
use crate::schema::Protocol;
use crate::sock_diag::{
    AF_UNIX, ListHeader, ListSockets, PROTOCOL, SOCK_DIAG_BY_FAMILY, SocketId, TcpState, TcpStates,
};
use crate::zerocopy::native_endian::{U16, U32};
use crate::{
    DecodeError, EncodeError, Flags, MessageRef, Next, Query, Request, Row, Writer, fields,
};

/// Unix socket.
pub type UnixRow<'a> = Row<'a, UnixSocket, Unix>;

impl<'a> Row<'a, UnixSocket, Unix> {
    /// Returns the name: a path, or bytes after a NUL for an abstract name.
    ///
    /// # Errors
    ///
    /// Fails if the attribute is malformed.
    #[doc(alias = "UNIX_DIAG_NAME")]
    pub fn name(&self) -> Result<Option<UnixName<'a>>, DecodeError> {
        Ok(fields!(self.attributes => Unix { name })?.name)
    }

    /// Returns the state.
    #[must_use]
    #[doc(alias = "udiag_state")]
    pub const fn state(&self) -> TcpState {
        self.header.state
    }

    /// Returns the inode number, as in `/proc/PID/fd`.
    #[must_use]
    #[doc(alias = "udiag_ino")]
    pub const fn inode(&self) -> u32 {
        self.header.inode.get()
    }

    /// Returns the inode number of the peer.
    ///
    /// # Errors
    ///
    /// Fails if the attribute is malformed.
    #[doc(alias = "UNIX_DIAG_PEER")]
    pub fn peer(&self) -> Result<Option<u32>, DecodeError> {
        Ok(fields!(self.attributes => Unix { peer })?.peer)
    }
}

/// Attributes that requests ask for by default.
const STANDARD: UnixShow = UnixShow::NAME
    .union(UnixShow::PEER)
    .union(UnixShow::RQLEN)
    .union(UnixShow::MEMINFO)
    .union(UnixShow::UID);

/// Lists Unix sockets, as `ss -x`, by default with name, peer, queues, memory and
/// user ID.
///
/// ```
/// use nlwire::sock_diag::{GetUnixSockets, TcpStates};
///
/// let listeners = GetUnixSockets::all().states(TcpStates::LISTEN);
/// ```
pub type GetUnixSockets = ListSockets<UnixRequest>;

/// Constructors of [`GetUnixSockets`].
impl ListSockets<UnixRequest> {
    /// Lists the sockets of all states.
    #[must_use]
    pub const fn all() -> Self {
        Self {
            header: UnixRequest {
                family: AF_UNIX,
                protocol: 0,
                reserved: U16::new(0),
                states: U32::new(u32::MAX),
                inode: U32::new(0),
                show: U32::new(STANDARD.bits()),
                cookie: SocketId::NO_COOKIE,
            },
        }
    }

    /// Lists sockets in these states: `LISTEN`, `ESTABLISHED`, or `CLOSE`.
    #[must_use]
    #[doc(alias = "udiag_states")]
    pub const fn states(mut self, states: TcpStates) -> Self {
        self.header.states = U32::new(states.bits());
        self
    }

    /// Asks for these attributes instead of the default ones.
    #[must_use]
    #[doc(alias = "udiag_show")]
    pub const fn show(mut self, show: UnixShow) -> Self {
        self.header.show = U32::new(show.bits());
        self
    }
}

impl ListHeader for UnixRequest {
    type Socket = UnixSocket;
    type Attributes = Unix;
    const NAME: &'static str = "unix sockets";
}

/// Asks for one Unix socket.
///
/// ```
/// use nlwire::sock_diag::{GetUnixSocket, UnixShow};
///
/// let socket = GetUnixSocket::by_inode(21_043).show(UnixShow::NAME | UnixShow::PEER);
/// ```
#[derive(Clone, Copy, Debug)]
#[doc(alias = "unix_diag_req")]
pub struct GetUnixSocket {
    inode: u32,
    cookie: [U32; 2],
    show: UnixShow,
}

impl GetUnixSocket {
    /// Asks for the socket with this inode number.
    #[must_use]
    pub const fn by_inode(inode: u32) -> Self {
        Self {
            inode,
            cookie: SocketId::NO_COOKIE,
            show: STANDARD,
        }
    }

    /// Asks for the socket of a row. The row's cookie excludes a later socket
    /// with the same inode number.
    #[must_use]
    pub const fn of(row: &UnixRow<'_>) -> Self {
        Self {
            inode: row.header.inode.get(),
            cookie: row.header.cookie,
            show: STANDARD,
        }
    }

    /// Asks for these attributes instead of the default ones.
    #[must_use]
    #[doc(alias = "udiag_show")]
    pub const fn show(mut self, show: UnixShow) -> Self {
        self.show = show;
        self
    }
}

impl Request for GetUnixSocket {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let header = UnixRequest {
            family: AF_UNIX,
            states: u32::MAX.into(),
            inode: self.inode.into(),
            show: self.show.bits().into(),
            cookie: self.cookie,
            ..UnixRequest::default()
        };
        w.append_message(SOCK_DIAG_BY_FAMILY, Flags::empty(), &header, |w| Ok(w))?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unix socket {}", self.inode)
    }
}

impl Query for GetUnixSocket {
    type Row<'r> = UnixRow<'r>;

    #[inline]
    fn row(message: MessageRef<'_>) -> UnixRow<'_> {
        Row::of(message)
    }
}

crate::__format!(GetUnixSocket);
