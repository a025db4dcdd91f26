//! Sockets of `AF_UNIX`: `struct unix_diag_req`, `struct unix_diag_msg` and
//! `UNIX_DIAG_*` (`linux/unix_diag.h`).

use crate::zerocopy::native_endian::{U16, U32};

mod request;

pub use request::{GetUnixSocket, GetUnixSockets, UnixRow};

use super::{SocketMemory, TcpState};
use crate::codec::{Array, Bytes, Extensible, Struct};
use crate::numbers::flags;
use crate::structs::structs;
use crate::{FixedHeader, attributes};

structs! {
    /// The fixed header of a request for sockets.
    #[doc(alias = "unix_diag_req")]
    pub struct UnixRequest: 24 {
        /// `AF_UNIX`.
        #[doc(alias = "sdiag_family")]
        family: u8 as crate::AddressFamily,
        /// Zero.
        #[doc(alias = "sdiag_protocol")]
        protocol: u8,
        /// Zero.
        #[doc(alias = "pad")]
        reserved: U16,
        /// The states of the sockets that are dumped ([`TcpStates`](super::TcpStates)).
        #[doc(alias = "udiag_states")]
        states: U32 as super::TcpStates,
        /// The socket, if one is asked for.
        #[doc(alias = "udiag_ino")]
        inode: U32,
        /// Which attributes are wanted ([`UnixShow`]).
        #[doc(alias = "udiag_show")]
        show: U32 as UnixShow,
        /// The cookie of the socket that is asked for, or all ones.
        #[doc(alias = "udiag_cookie")]
        cookie: [U32; 2],
    }

    /// The fixed header of a socket.
    #[doc(alias = "unix_diag_msg")]
    pub struct UnixSocket: 16 {
        /// `AF_UNIX`.
        #[doc(alias = "udiag_family")]
        family: u8 as crate::AddressFamily,
        /// `SOCK_STREAM` (1), `SOCK_DGRAM` (2) or `SOCK_SEQPACKET` (5).
        #[doc(alias = "udiag_type")]
        kind: u8,
        /// Its state.
        #[doc(alias = "udiag_state")]
        state: TcpState,
        /// Zero.
        #[doc(alias = "pad")]
        reserved: u8,
        /// Its inode.
        #[doc(alias = "udiag_ino")]
        inode: U32,
        /// A number that no other socket has had: the low half first.
        #[doc(alias = "udiag_cookie")]
        cookie: [U32; 2],
    }

    /// The file that a socket is bound to.
    #[doc(alias = "unix_diag_vfs")]
    pub struct UnixFile: 8 {
        /// Its inode.
        #[doc(alias = "udiag_vfs_ino")]
        inode: U32,
        /// Its device, as `major << 20 | minor`.
        #[doc(alias = "udiag_vfs_dev")]
        device: U32,
    }

    /// What waits in a socket.
    #[doc(alias = "unix_diag_rqlen")]
    pub struct UnixQueue: 8 {
        /// Bytes to be read; of a listener, connections to be accepted.
        #[doc(alias = "udiag_rqueue")]
        receive: U32,
        /// Bytes that the peer has not read; of a listener, how many may wait.
        #[doc(alias = "udiag_wqueue")]
        send: U32,
    }
}

impl FixedHeader for UnixRequest {}
impl FixedHeader for UnixSocket {}

flags! {
    /// Which attributes are wanted.
    pub struct UnixShow(u32) {
        /// The name.
        NAME = 0x01 "UDIAG_SHOW_NAME" "name";
        /// The file.
        VFS = 0x02 "UDIAG_SHOW_VFS" "vfs";
        /// The peer.
        PEER = 0x04 "UDIAG_SHOW_PEER" "peer";
        /// Connections to be accepted.
        ICONS = 0x08 "UDIAG_SHOW_ICONS" "icons";
        /// What waits.
        RQLEN = 0x10 "UDIAG_SHOW_RQLEN" "rqlen";
        /// Memory.
        MEMINFO = 0x20 "UDIAG_SHOW_MEMINFO" "meminfo";
        /// The user.
        UID = 0x40 "UDIAG_SHOW_UID" "uid";
    }
}

attributes! {
    /// The attributes of a socket (`UNIX_DIAG_*`).
    pub set Unix, enum UnixAttr {
        /// The name: a path, or bytes that begin with a NUL.
        0 UNIX_DIAG_NAME Name name: Bytes,
        /// The file that it is bound to.
        1 UNIX_DIAG_VFS File file: Struct<UnixFile>,
        /// The inode of the peer.
        2 UNIX_DIAG_PEER Peer peer: u32,
        /// The inodes of the sockets that wait to be accepted, 0 for a peer
        /// that is gone.
        3 UNIX_DIAG_ICONS Pending pending: Array<U32>,
        /// What waits.
        4 UNIX_DIAG_RQLEN Queue queue: Struct<UnixQueue>,
        /// Its memory.
        5 UNIX_DIAG_MEMINFO Memory memory: Extensible<SocketMemory>,
        /// What was shut down: 1 receiving, 2 sending.
        6 UNIX_DIAG_SHUTDOWN Shutdown shutdown: u8,
        /// The user who owns it.
        7 UNIX_DIAG_UID User user: u32,
    }
}
