//! Sockets between virtual machines and their host: `struct vsock_diag_req` and
//! `struct vsock_diag_msg` (`linux/vm_sockets_diag.h`; vsock(7)).

use super::{AF_VSOCK, ListHeader, ListSockets, Shutdown, SocketId, TcpState, TcpStates};
use crate::structs::structs;
use crate::zerocopy::native_endian::{U16, U32};
use crate::{FixedHeader, Row, attributes};

structs! {
    /// Fixed header of a request for VSOCK sockets.
    #[doc(alias = "vsock_diag_req")]
    pub struct VsockRequest: 24 {
        /// Address family: `AF_VSOCK`.
        #[doc(alias = "sdiag_family")]
        family: u8 as crate::AddressFamily,
        /// Protocol: 0.
        #[doc(alias = "sdiag_protocol")]
        protocol: u8,
        /// Padding.
        #[doc(alias = "pad")]
        reserved: U16,
        /// States of the sockets to dump ([`TcpStates`]).
        #[doc(alias = "vdiag_states")]
        states: U32 as TcpStates,
        /// Unused.
        #[doc(alias = "vdiag_ino")]
        inode: U32,
        /// Unused.
        #[doc(alias = "vdiag_show")]
        show: U32,
        /// Unused.
        #[doc(alias = "vdiag_cookie")]
        cookie: [U32; 2],
    }

    /// Fixed header of a VSOCK socket.
    #[doc(alias = "vsock_diag_msg")]
    pub struct VsockSocket: 32 {
        /// Address family: `AF_VSOCK`.
        #[doc(alias = "vdiag_family")]
        family: u8 as crate::AddressFamily,
        /// Socket type: `SOCK_STREAM` (1), `SOCK_DGRAM` (2) or `SOCK_SEQPACKET`
        /// (5).
        #[doc(alias = "vdiag_type")]
        kind: u8,
        /// State.
        #[doc(alias = "vdiag_state")]
        state: TcpState,
        /// Directions that were shut down.
        #[doc(alias = "vdiag_shutdown")]
        shutdown: u8 as Shutdown,
        /// Local context ID (CID): 2 for the host, all ones for any.
        #[doc(alias = "vdiag_src_cid")]
        source: U32,
        /// Local port.
        #[doc(alias = "vdiag_src_port")]
        source_port: U32,
        /// Context ID of the peer, all ones without one.
        #[doc(alias = "vdiag_dst_cid")]
        destination: U32,
        /// Port of the peer, all ones without one.
        #[doc(alias = "vdiag_dst_port")]
        destination_port: U32,
        /// Inode number.
        #[doc(alias = "vdiag_ino")]
        inode: U32,
        /// Cookie, unique among all sockets since boot: the low half first.
        #[doc(alias = "vdiag_cookie")]
        cookie: [U32; 2],
    }
}

impl FixedHeader for VsockRequest {}
impl FixedHeader for VsockSocket {}

attributes! {
    /// Attributes of a VSOCK socket: none.
    pub set Vsock, enum VsockAttr {}
}

/// VSOCK socket.
pub type VsockRow<'a> = Row<'a, VsockSocket, Vsock>;

impl Row<'_, VsockSocket, Vsock> {
    /// Returns the local context ID and port; all ones are any.
    #[must_use]
    #[doc(alias = "vdiag_src_cid", alias = "vdiag_src_port")]
    pub const fn local(&self) -> (u32, u32) {
        (self.header.source.get(), self.header.source_port.get())
    }

    /// Returns the context ID and port of the peer, all ones without one.
    #[must_use]
    #[doc(alias = "vdiag_dst_cid", alias = "vdiag_dst_port")]
    pub const fn remote(&self) -> (u32, u32) {
        let port = self.header.destination_port.get();
        (self.header.destination.get(), port)
    }

    /// Returns the state.
    #[must_use]
    #[doc(alias = "vdiag_state")]
    pub const fn state(&self) -> TcpState {
        self.header.state
    }

    /// Returns the inode number, as in `/proc/PID/fd`.
    #[must_use]
    #[doc(alias = "vdiag_ino")]
    pub const fn inode(&self) -> u32 {
        self.header.inode.get()
    }
}

/// Lists VSOCK sockets, as `ss --vsock` (Linux 4.15).
///
/// ```
/// use nlwire::sock_diag::{GetVsockSockets, TcpStates};
///
/// let listeners = GetVsockSockets::all().states(TcpStates::LISTEN);
/// ```
pub type GetVsockSockets = ListSockets<VsockRequest>;

/// Constructors of [`GetVsockSockets`].
impl ListSockets<VsockRequest> {
    /// Lists the sockets of all states.
    #[must_use]
    pub const fn all() -> Self {
        Self {
            header: VsockRequest {
                family: AF_VSOCK,
                protocol: 0,
                reserved: U16::new(0),
                states: U32::new(u32::MAX),
                inode: U32::new(0),
                show: U32::new(0),
                cookie: SocketId::NO_COOKIE,
            },
        }
    }

    /// Lists sockets in these states: `LISTEN`, `ESTABLISHED`, or `CLOSE`.
    #[must_use]
    #[doc(alias = "vdiag_states")]
    pub const fn states(mut self, states: TcpStates) -> Self {
        self.header.states = U32::new(states.bits());
        self
    }
}

impl ListHeader for VsockRequest {
    type Socket = VsockSocket;
    type Attributes = Vsock;
    const NAME: &'static str = "vsock sockets";
}
