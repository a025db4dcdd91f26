//! `NETLINK_SOCK_DIAG`: sockets of a network namespace, as ss(8) lists them
//! (`linux/sock_diag.h` and the headers below; sock_diag(7)).
//!
//! ```
//! use nlwire::Batch;
//! use nlwire::sock_diag::{GetInetSockets, TcpStates};
//!
//! // ss -4 -tln sport = 22
//! let listeners = GetInetSockets::tcp().states(TcpStates::LISTEN).local_port(22);
//! let mut room = [0; 128];
//! Batch::new(&mut room[..]).push(&listeners)?;
//! # Ok::<(), nlwire::EncodeError>(())
//! ```
//!
//! | to | value |
//! |---|---|
//! | list TCP, UDP, raw and MPTCP sockets | [`GetInetSockets`], whose rows are [`InetRow`] |
//! | find the socket with these ends | [`GetInetSocket`] |
//! | close a socket, as `ss -K` | [`DestroyInetSocket`] |
//! | list AF_UNIX sockets, or get one | [`GetUnixSockets`], [`GetUnixSocket`] |
//! | list packet sockets, as `ss -0` | [`GetPacketSockets`] |
//! | list XDP, VSOCK or SMC sockets | [`GetXdpSockets`], [`GetVsockSockets`], [`GetSmcSockets`] |
//! | list netlink sockets | [`GetNetlinkSockets`] |
//! | let the kernel filter TCP, UDP, raw and MPTCP sockets | [`SocketFilter`] |
//! | read notifications of closed sockets | [`Change`] |
//!
//! The kernel knows sockets by inode numbers, and processes by their open files:
//! `/proc/PID/fd/*` leads from one to the other.
//!
//! # Messages
//!
//! All requests and answers have one message type, [`SOCK_DIAG_BY_FAMILY`]. The
//! address family in the first byte determines fixed header and attributes:
//!
//! | family | request | answer | attributes |
//! |---|---|---|---|
//! | `AF_INET`, `AF_INET6` | [`InetRequest`] | [`InetSocket`] | [`InetRequestAttr`], [`Inet`] |
//! | `AF_UNIX` | [`UnixRequest`] | [`UnixSocket`] | [`Unix`] |
//! | `AF_NETLINK` | [`NetlinkRequest`] | [`NetlinkSocket`] | [`NetlinkDiag`] |
//! | `AF_PACKET` | [`PacketRequest`] | [`PacketSocket`] | [`Packet`] |
//! | `AF_VSOCK` | [`VsockRequest`] | [`VsockSocket`] | none |
//! | `AF_SMC` | [`SmcRequest`] | [`SmcSocket`] | [`Smc`] |
//! | `AF_XDP` | [`XdpRequest`] | [`XdpSocket`] | [`Xdp`] |

mod change;
pub mod inet;
mod info;
mod list;
mod mptcp;
pub mod netlink;
pub mod packet;
mod sctp;
pub mod smc;
mod tcp;
pub mod unix;
pub mod vsock;
pub mod xdp;

pub use change::Change;
#[doc(no_inline)]
pub use inet::*;
pub use info::*;
pub use list::{ListHeader, ListSockets};
pub use mptcp::*;
#[doc(no_inline)]
pub use netlink::*;
#[doc(no_inline)]
pub use packet::*;
pub use sctp::*;
#[doc(no_inline)]
pub use smc::*;
pub use tcp::*;
#[doc(no_inline)]
pub use unix::*;
#[doc(no_inline)]
pub use vsock::*;
#[doc(no_inline)]
pub use xdp::*;

use crate::zerocopy::native_endian::U32;

use crate::codec::AttributeSet;
use crate::numbers::flags;
use crate::schema::{MessageSchema, Protocol, TypeName};
use crate::structs::structs;
use crate::{AddressFamily, MessageRef, MessageType};

/// Protocol number for socket(2).
pub const NETLINK_SOCK_DIAG: u8 = 4;

/// Asks for sockets; the answers have this type too.
pub const SOCK_DIAG_BY_FAMILY: MessageType = MessageType(20);
/// Closes TCP or UDP sockets, as `ss -K` (Linux 4.5 with
/// `CONFIG_INET_DIAG_DESTROY`).
pub const SOCK_DESTROY: MessageType = MessageType(21);

/// Multicast group of closed TCP sockets over IPv4.
pub const SKNLGRP_INET_TCP_DESTROY: u32 = 1;
/// Multicast group of closed UDP sockets over IPv4.
pub const SKNLGRP_INET_UDP_DESTROY: u32 = 2;
/// Multicast group of closed TCP sockets over IPv6.
pub const SKNLGRP_INET6_TCP_DESTROY: u32 = 3;
/// Multicast group of closed UDP sockets over IPv6.
pub const SKNLGRP_INET6_UDP_DESTROY: u32 = 4;

structs! {
    /// Socket memory (`SK_MEMINFO_*`), as `ss -m` prints it; older kernels send
    /// fewer fields.
    pub struct SocketMemory: 36 {
        /// Memory allocated for received data, in bytes (`r`).
        #[doc(alias = "SK_MEMINFO_RMEM_ALLOC")]
        receive_used: U32,
        /// Receive buffer size in bytes (`rb`).
        #[doc(alias = "SK_MEMINFO_RCVBUF")]
        receive_size: U32,
        /// Memory allocated for data in transmission, in bytes (`t`).
        #[doc(alias = "SK_MEMINFO_WMEM_ALLOC")]
        send_used: U32,
        /// Send buffer size in bytes (`tb`).
        #[doc(alias = "SK_MEMINFO_SNDBUF")]
        send_size: U32,
        /// Memory reserved by the socket, in bytes (`f`).
        #[doc(alias = "SK_MEMINFO_FWD_ALLOC")]
        reserved: U32,
        /// Memory allocated for data in the send queue, in bytes (`w`).
        #[doc(alias = "SK_MEMINFO_WMEM_QUEUED")]
        send_queued: U32,
        /// Memory allocated for socket options, in bytes (`o`).
        #[doc(alias = "SK_MEMINFO_OPTMEM")]
        options: U32,
        /// Memory of packets received while a program held the socket, in bytes
        /// (`bl`).
        #[doc(alias = "SK_MEMINFO_BACKLOG")]
        backlog: U32,
        /// Number of dropped packets (`d`).
        #[doc(alias = "SK_MEMINFO_DROPS")]
        drops: U32,
    }
}

flags! {
    /// Directions of a socket that were shut down (shutdown(2)).
    pub struct Shutdown(u8) {
        /// Receiving is shut down.
        RECEIVING = 1 "RCV_SHUTDOWN" "receiving";
        /// Sending is shut down.
        SENDING = 2 "SEND_SHUTDOWN" "sending";
    }
}

/// Schema of the protocol.
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
        MessageSchema::new::<PacketRequest>(BY_FAMILY, NAME, Packet::schema)
            .only(|message, is_request| is_request && is_of(message, AF_PACKET)),
        MessageSchema::new::<PacketSocket>(BY_FAMILY, NAME, Packet::schema)
            .only(|message, is_request| !is_request && is_of(message, AF_PACKET)),
        MessageSchema::new::<VsockRequest>(BY_FAMILY, NAME, Vsock::schema)
            .only(|message, is_request| is_request && is_of(message, AF_VSOCK)),
        MessageSchema::new::<VsockSocket>(BY_FAMILY, NAME, Vsock::schema)
            .only(|message, is_request| !is_request && is_of(message, AF_VSOCK)),
        MessageSchema::new::<SmcRequest>(BY_FAMILY, NAME, Smc::schema)
            .only(|message, is_request| is_request && is_of(message, AF_SMC)),
        MessageSchema::new::<SmcSocket>(BY_FAMILY, NAME, Smc::schema)
            .only(|message, is_request| !is_request && is_of(message, AF_SMC)),
        MessageSchema::new::<XdpRequest>(BY_FAMILY, NAME, Xdp::schema)
            .only(|message, is_request| is_request && is_of(message, AF_XDP)),
        MessageSchema::new::<XdpSocket>(BY_FAMILY, NAME, Xdp::schema)
            .only(|message, is_request| !is_request && is_of(message, AF_XDP)),
        MessageSchema::new::<InetRequest>(SOCK_DESTROY, "SOCK_DESTROY", InetRequestSet::schema),
    ],
    family: None,
};

const BY_FAMILY: MessageType = SOCK_DIAG_BY_FAMILY;
const NAME: &str = "SOCK_DIAG_BY_FAMILY";

const AF_UNIX: u8 = AddressFamily::UNIX.0;
const AF_INET: u8 = AddressFamily::INET.0;
const AF_INET6: u8 = AddressFamily::INET6.0;
const AF_NETLINK: u8 = AddressFamily::NETLINK.0;
const AF_PACKET: u8 = AddressFamily::PACKET.0;
const AF_VSOCK: u8 = AddressFamily::VSOCK.0;
const AF_SMC: u8 = AddressFamily::SMC.0;
const AF_XDP: u8 = AddressFamily::XDP.0;

fn is_of(message: &MessageRef<'_>, family: u8) -> bool {
    message.payload().first() == Some(&family)
}

fn is_inet(message: &MessageRef<'_>) -> bool {
    is_of(message, AF_INET) || is_of(message, AF_INET6)
}
