//! Sockets of `AF_NETLINK`: `struct netlink_diag_req`, `struct
//! netlink_diag_msg` and `NETLINK_DIAG_*` (`linux/netlink_diag.h`).

use crate::zerocopy::native_endian::{U16, U32};

mod request;

pub use request::{GetNetlinkSockets, NetlinkRow};

use super::SocketMemory;
use crate::codec::{Array, Bytes, Extensible};
use crate::numbers::flags;
use crate::structs::structs;
use crate::{FixedHeader, attributes};

/// The sockets of all protocols ([`NetlinkRequest::protocol`]).
pub const NDIAG_PROTO_ALL: u8 = 255;

structs! {
    /// The fixed header of a request for sockets.
    #[doc(alias = "netlink_diag_req")]
    pub struct NetlinkRequest: 20 {
        /// `AF_NETLINK`.
        #[doc(alias = "sdiag_family")]
        family: u8 as crate::AddressFamily,
        /// The protocol, or [`NDIAG_PROTO_ALL`].
        #[doc(alias = "sdiag_protocol")]
        protocol: u8,
        /// Zero.
        #[doc(alias = "pad")]
        reserved: U16,
        /// Unused.
        #[doc(alias = "ndiag_ino")]
        inode: U32,
        /// Which attributes are wanted ([`NetlinkShow`]).
        #[doc(alias = "ndiag_show")]
        show: U32 as NetlinkShow,
        /// Unused.
        #[doc(alias = "ndiag_cookie")]
        cookie: [U32; 2],
    }

    /// The fixed header of a socket.
    #[doc(alias = "netlink_diag_msg")]
    pub struct NetlinkSocket: 28 {
        /// `AF_NETLINK`.
        #[doc(alias = "ndiag_family")]
        family: u8 as crate::AddressFamily,
        /// `SOCK_RAW` (3) or `SOCK_DGRAM` (2).
        #[doc(alias = "ndiag_type")]
        kind: u8,
        /// The protocol.
        #[doc(alias = "ndiag_protocol")]
        protocol: u8,
        /// 1: connected.
        #[doc(alias = "ndiag_state")]
        state: u8,
        /// The port id.
        #[doc(alias = "ndiag_portid")]
        port: U32,
        /// The port id that it is connected to.
        #[doc(alias = "ndiag_dst_portid")]
        destination_port: U32,
        /// The group that it is connected to.
        #[doc(alias = "ndiag_dst_group")]
        destination_group: U32,
        /// Its inode.
        #[doc(alias = "ndiag_ino")]
        inode: U32,
        /// A number that no other socket has had: the low half first.
        #[doc(alias = "ndiag_cookie")]
        cookie: [U32; 2],
    }
}

impl FixedHeader for NetlinkRequest {}
impl FixedHeader for NetlinkSocket {}

flags! {
    /// Which attributes are wanted.
    pub struct NetlinkShow(u32) {
        /// Memory.
        MEMINFO = 0x1 "NDIAG_SHOW_MEMINFO" "meminfo";
        /// Groups.
        GROUPS = 0x2 "NDIAG_SHOW_GROUPS" "groups";
        /// Rings, gone since Linux 4.6.
        RING_CFG = 0x4 "NDIAG_SHOW_RING_CFG" "ring-cfg";
        /// Flags.
        FLAGS = 0x8 "NDIAG_SHOW_FLAGS" "flags";
    }
}

flags! {
    /// How a socket is set up.
    pub struct NetlinkSocketFlags(u32) {
        /// A dump is under way.
        CB_RUNNING = 0x01 "NDIAG_FLAG_CB_RUNNING" "cb-running";
        /// Groups come with what is received.
        PKTINFO = 0x02 "NDIAG_FLAG_PKTINFO" "pktinfo";
        /// Its overruns are errors for senders.
        BROADCAST_ERROR = 0x04 "NDIAG_FLAG_BROADCAST_ERROR" "broadcast-error";
        /// It is not told of overruns.
        NO_ENOBUFS = 0x08 "NDIAG_FLAG_NO_ENOBUFS" "no-enobufs";
        /// It hears other namespaces.
        LISTEN_ALL_NSID = 0x10 "NDIAG_FLAG_LISTEN_ALL_NSID" "listen-all-nsid";
        /// Acks do not echo requests.
        CAP_ACK = 0x20 "NDIAG_FLAG_CAP_ACK" "cap-ack";
    }
}

attributes! {
    /// The attributes of a socket (`NETLINK_DIAG_*`).
    pub set NetlinkDiag, enum NetlinkDiagAttr {
        /// Its memory.
        0 NETLINK_DIAG_MEMINFO Memory memory: Extensible<SocketMemory>,
        /// Its groups, a bit each, in words as large as the kernel's `long`.
        1 NETLINK_DIAG_GROUPS Groups groups: Bytes,
        /// Its ring to receive from, gone since Linux 4.6.
        2 NETLINK_DIAG_RX_RING ReceiveRing receive_ring: Array<U32>,
        /// Its ring to send from, gone since Linux 4.6.
        3 NETLINK_DIAG_TX_RING SendRing send_ring: Array<U32>,
        /// How it is set up.
        4 NETLINK_DIAG_FLAGS Flags flags: NetlinkSocketFlags,
    }
}
