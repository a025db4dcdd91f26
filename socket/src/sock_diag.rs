//! Everyday requests of `sock_diag(7)`: sockets, as ss(8) lists them.
//!
//! Small functions over a [`Conn`](crate::Conn) of
//! [`Protocol::SOCK_DIAG`](crate::Protocol::SOCK_DIAG). A query says which
//! sockets are wanted, and what of them.
//!
//! ```
//! use nlsock::sock_diag::{self, InetQuery};
//! use nlsock::{Conn, Protocol};
//! use nlwire::sock_diag::TcpStates;
//!
//! let mut conn = Conn::open(Protocol::SOCK_DIAG)?;
//! let listening = InetQuery::TCP.states(TcpStates::LISTEN);
//! let mut sockets = sock_diag::inet_sockets(&mut conn, &listening)?;
//! while let Some(socket) = sockets.next()? {
//!     println!("{:?} {}", socket.local(), socket.state());
//! }
//! # Ok::<(), nlsock::Error>(())
//! ```

mod inet;
mod netlink;
mod unix;

pub use inet::{InetQuery, InetRow, InetRows, destroy_inet_socket, inet_socket, inet_sockets};
pub use netlink::{NetlinkQuery, NetlinkRow, NetlinkRows, netlink_sockets};
pub use unix::{UnixQuery, UnixRow, UnixRows, unix_sockets};
