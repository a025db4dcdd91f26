//! `NETLINK_SOCK_DIAG`: the sockets of the network namespace, as ss(8) lists
//! them (`linux/sock_diag.h` and the headers below; sock_diag(7)).
//!
//! All requests and answers have one message type, [`SOCK_DIAG_BY_FAMILY`].
//! Which fixed header and which attributes they have is said by the address
//! family in their first byte:
//!
//! | family | request | answer | attributes |
//! |---|---|---|---|
//! | `AF_INET`, `AF_INET6` | [`InetRequest`] | [`InetSocket`] | [`InetRequestAttr`], [`Inet`] |
//! | `AF_UNIX` | [`UnixRequest`] | [`UnixSocket`] | [`Unix`] |
//! | `AF_NETLINK` | [`NetlinkRequest`] | [`NetlinkSocket`] | [`NetlinkDiag`] |
//!
//! ```
//! use nlwire::sock_diag::{InetExtensions, InetRequest, IPPROTO_TCP, SOCK_DIAG_BY_FAMILY, TcpStates};
//! use nlwire::{Flags, GetFlags, Writer};
//!
//! let request = InetRequest {
//!     family: 2,
//!     protocol: IPPROTO_TCP,
//!     extensions: InetExtensions::INFO | InetExtensions::SK_MEMINFO,
//!     states: TcpStates::LISTEN.bits().into(),
//!     ..InetRequest::default()
//! };
//! let mut buffer = [0; 128];
//! let dump = Flags::REQUEST | GetFlags::DUMP;
//! let message = Writer::message(&mut buffer, SOCK_DIAG_BY_FAMILY, dump, &request, |w| Ok(w))?;
//! assert_eq!(message.header().length(), 16 + 56);
//! # Ok::<(), nlwire::EncodeError>(())
//! ```

mod change;
pub mod inet;
mod info;
mod mptcp;
pub mod netlink;
mod sctp;
mod tcp;
pub mod unix;

pub use change::Change;
#[doc(no_inline)]
pub use inet::*;
pub use info::*;
pub use mptcp::*;
#[doc(no_inline)]
pub use netlink::*;
pub use sctp::*;
pub use tcp::*;
#[doc(no_inline)]
pub use unix::*;

use crate::zerocopy::native_endian::U32;

use crate::codec::AttributeSet;
use crate::schema::{MessageSchema, Protocol, TypeName};
use crate::structs::structs;
use crate::{MessageRef, MessageType};

/// The number of the protocol, which socket(2) takes.
pub const NETLINK_SOCK_DIAG: u8 = 4;

/// Asks for sockets; the answers have this type too.
pub const SOCK_DIAG_BY_FAMILY: MessageType = MessageType(20);
/// Closes sockets of TCP or UDP (Linux 4.5, where the kernel was built with it).
pub const SOCK_DESTROY: MessageType = MessageType(21);

/// Multicast group: sockets of TCP over IPv4 that are closed.
pub const SKNLGRP_INET_TCP_DESTROY: u32 = 1;
/// Multicast group: sockets of UDP over IPv4 that are closed.
pub const SKNLGRP_INET_UDP_DESTROY: u32 = 2;
/// Multicast group: sockets of TCP over IPv6 that are closed.
pub const SKNLGRP_INET6_TCP_DESTROY: u32 = 3;
/// Multicast group: sockets of UDP over IPv6 that are closed.
pub const SKNLGRP_INET6_UDP_DESTROY: u32 = 4;

structs! {
    /// The memory of a socket (`SK_MEMINFO_*`); older kernels send fewer fields.
    pub struct SocketMemory: 36 {
        /// Bytes of memory that wait to be read.
        #[doc(alias = "SK_MEMINFO_RMEM_ALLOC")]
        receive_used: U32,
        /// The most of these.
        #[doc(alias = "SK_MEMINFO_RCVBUF")]
        receive_size: U32,
        /// Bytes of memory that wait to be sent.
        #[doc(alias = "SK_MEMINFO_WMEM_ALLOC")]
        send_used: U32,
        /// The most of these.
        #[doc(alias = "SK_MEMINFO_SNDBUF")]
        send_size: U32,
        /// Bytes in reserve.
        #[doc(alias = "SK_MEMINFO_FWD_ALLOC")]
        reserved: U32,
        /// Bytes that wait to be acknowledged.
        #[doc(alias = "SK_MEMINFO_WMEM_QUEUED")]
        send_queued: U32,
        /// Bytes of options.
        #[doc(alias = "SK_MEMINFO_OPTMEM")]
        options: U32,
        /// Bytes that came while a program held the socket.
        #[doc(alias = "SK_MEMINFO_BACKLOG")]
        backlog: U32,
        /// Packets that were dropped.
        #[doc(alias = "SK_MEMINFO_DROPS")]
        drops: U32,
    }
}

/// The protocol.
pub static PROTOCOL: Protocol = Protocol {
    number: NETLINK_SOCK_DIAG,
    name: "sock_diag",
    types: &[
        TypeName::new(SOCK_DIAG_BY_FAMILY, NAME),
        TypeName::new(SOCK_DESTROY, "SOCK_DESTROY"),
    ],
    verb: None,
    messages: &[
        MessageSchema::new::<InetRequest>(BY_FAMILY, NAME, InetRequestSet::schema)
            .only(|message, is_request| is_request && is_inet(message)),
        MessageSchema::new::<InetSocket>(BY_FAMILY, NAME, Inet::schema)
            .only(|message, is_request| !is_request && is_inet(message)),
        MessageSchema::new::<UnixRequest>(BY_FAMILY, NAME, Unix::schema)
            .only(|message, is_request| is_request && is_of(message, AF_UNIX)),
        MessageSchema::new::<UnixSocket>(BY_FAMILY, NAME, Unix::schema)
            .only(|message, is_request| !is_request && is_of(message, AF_UNIX)),
        MessageSchema::new::<NetlinkRequest>(BY_FAMILY, NAME, NetlinkDiag::schema)
            .only(|message, is_request| is_request && is_of(message, AF_NETLINK)),
        MessageSchema::new::<NetlinkSocket>(BY_FAMILY, NAME, NetlinkDiag::schema)
            .only(|message, is_request| !is_request && is_of(message, AF_NETLINK)),
        MessageSchema::new::<InetRequest>(SOCK_DESTROY, "SOCK_DESTROY", InetRequestSet::schema),
    ],
    family: None,
};

const BY_FAMILY: MessageType = SOCK_DIAG_BY_FAMILY;
const NAME: &str = "SOCK_DIAG_BY_FAMILY";

const AF_UNIX: u8 = 1;
const AF_INET: u8 = 2;
const AF_INET6: u8 = 10;
const AF_NETLINK: u8 = 16;

fn is_of(message: &MessageRef<'_>, family: u8) -> bool {
    message.payload().first() == Some(&family)
}

fn is_inet(message: &MessageRef<'_>) -> bool {
    is_of(message, AF_INET) || is_of(message, AF_INET6)
}
