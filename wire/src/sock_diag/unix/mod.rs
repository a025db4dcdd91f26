//! Unix sockets: `struct unix_diag_req`, `struct unix_diag_msg` and
//! `UNIX_DIAG_*` (`linux/unix_diag.h`).

use crate::zerocopy::native_endian::{U16, U32};

mod name;
mod request;

pub use name::UnixName;
pub use request::{GetUnixSocket, GetUnixSockets, UnixRow};

use super::{Shutdown, SocketMemory, TcpState};
use crate::codec::{Array, Extensible, Struct};
use crate::numbers::flags;
use crate::structs::structs;
use crate::{FixedHeader, attributes};

structs! {
    /// Fixed header of a request for Unix sockets.
    #[doc(alias = "unix_diag_req")]
    pub struct UnixRequest: 24 {
        /// Address family: `AF_UNIX`.
        #[doc(alias = "sdiag_family")]
        family: u8 as crate::AddressFamily,
        /// Protocol: 0.
        #[doc(alias = "sdiag_protocol")]
        protocol: u8,
        /// Padding.
        #[doc(alias = "pad")]
        reserved: U16,
        /// States of the sockets to dump ([`TcpStates`](super::TcpStates)).
        #[doc(alias = "udiag_states")]
        states: U32 as super::TcpStates,
        /// Inode number of the socket to look up; 0 for a dump.
        #[doc(alias = "udiag_ino")]
        inode: U32,
        /// Attributes to send ([`UnixShow`]).
        #[doc(alias = "udiag_show")]
        show: U32 as UnixShow,
        /// Cookie of the socket to look up; all ones match any cookie.
        #[doc(alias = "udiag_cookie")]
        cookie: [U32; 2],
    }

    /// Fixed header of a Unix socket.
    #[doc(alias = "unix_diag_msg")]
    pub struct UnixSocket: 16 {
        /// Address family: `AF_UNIX`.
        #[doc(alias = "udiag_family")]
        family: u8 as crate::AddressFamily,
        /// Socket type: `SOCK_STREAM` (1), `SOCK_DGRAM` (2) or `SOCK_SEQPACKET`
        /// (5).
        #[doc(alias = "udiag_type")]
        kind: u8,
        /// State.
        #[doc(alias = "udiag_state")]
        state: TcpState,
        /// Padding.
        #[doc(alias = "pad")]
        reserved: u8,
        /// Inode number.
        #[doc(alias = "udiag_ino")]
        inode: U32,
        /// Cookie, unique among all sockets since boot: the low half first.
        #[doc(alias = "udiag_cookie")]
        cookie: [U32; 2],
    }

    /// File that a Unix socket is bound to.
    #[doc(alias = "unix_diag_vfs")]
    pub struct UnixFile: 8 {
        /// Inode number of the file.
        #[doc(alias = "udiag_vfs_ino")]
        inode: U32,
        /// Device number of the file, as `major << 20 | minor`.
        #[doc(alias = "udiag_vfs_dev")]
        device: U32,
    }

    /// Receive and send queue of a Unix socket.
    #[doc(alias = "unix_diag_rqlen")]
    pub struct UnixQueue: 8 {
        /// Receive queue (Recv-Q): number of bytes to read (for a listener,
        /// connections to accept).
        #[doc(alias = "udiag_rqueue")]
        receive: U32,
        /// Send queue (Send-Q): number of bytes that the peer has not read; for
        /// a listener, its backlog.
        #[doc(alias = "udiag_wqueue")]
        send: U32,
    }
}

impl FixedHeader for UnixRequest {}
impl FixedHeader for UnixSocket {}

flags! {
    /// Attributes of Unix sockets to send.
    pub struct UnixShow(u32) {
        /// Name.
        NAME = 0x01 "UDIAG_SHOW_NAME" "name";
        /// File that the socket is bound to.
        VFS = 0x02 "UDIAG_SHOW_VFS" "vfs";
        /// Peer.
        PEER = 0x04 "UDIAG_SHOW_PEER" "peer";
        /// Connections to accept.
        ICONS = 0x08 "UDIAG_SHOW_ICONS" "icons";
        /// Receive and send queue.
        RQLEN = 0x10 "UDIAG_SHOW_RQLEN" "rqlen";
        /// Socket memory.
        MEMINFO = 0x20 "UDIAG_SHOW_MEMINFO" "meminfo";
        /// User ID of the owner.
        UID = 0x40 "UDIAG_SHOW_UID" "uid";
    }
}

attributes! {
    /// Attributes of a Unix socket (`UNIX_DIAG_*`).
    pub set Unix, enum UnixAttr {
        /// Name: a path, or bytes after a NUL for an abstract name.
        0 UNIX_DIAG_NAME Name name: UnixName<'static>,
        /// File that the socket is bound to.
        1 UNIX_DIAG_VFS File file: Struct<UnixFile>,
        /// Inode number of the peer.
        2 UNIX_DIAG_PEER Peer peer: u32,
        /// Inode numbers of the peers that wait to be accepted; 0 for a closed
        /// peer.
        3 UNIX_DIAG_ICONS Pending pending: Array<U32>,
        /// Receive and send queue.
        4 UNIX_DIAG_RQLEN Queue queue: Struct<UnixQueue>,
        /// Socket memory.
        5 UNIX_DIAG_MEMINFO Memory memory: Extensible<SocketMemory>,
        /// Directions that were shut down.
        6 UNIX_DIAG_SHUTDOWN Shutdown shutdown: Shutdown,
        /// User ID of the owner.
        7 UNIX_DIAG_UID User user: u32,
    }
}
