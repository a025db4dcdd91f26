//! Netlink sockets: `struct netlink_diag_req`, `struct netlink_diag_msg` and
//! `NETLINK_DIAG_*` (`linux/netlink_diag.h`).

use crate::zerocopy::native_endian::{U16, U32};

mod request;

pub use request::{GetNetlinkSockets, NetlinkRow};

use super::SocketMemory;
use crate::codec::{Array, Bytes, Extensible};
use crate::numbers::flags;
use crate::structs::structs;
use crate::{FixedHeader, attributes};

/// Wildcard for [`NetlinkRequest::protocol`]: sockets of all protocols.
pub const NDIAG_PROTO_ALL: u8 = 255;

structs! {
    /// Fixed header of a request for netlink sockets.
    #[doc(alias = "netlink_diag_req")]
    pub struct NetlinkRequest: 20 {
        /// Address family: `AF_NETLINK`.
        #[doc(alias = "sdiag_family")]
        family: u8 as crate::AddressFamily,
        /// Netlink protocol, or [`NDIAG_PROTO_ALL`].
        #[doc(alias = "sdiag_protocol")]
        protocol: u8,
        /// Padding.
        #[doc(alias = "pad")]
        reserved: U16,
        /// Unused.
        #[doc(alias = "ndiag_ino")]
        inode: U32,
        /// Attributes to send ([`NetlinkShow`]).
        #[doc(alias = "ndiag_show")]
        show: U32 as NetlinkShow,
        /// Unused.
        #[doc(alias = "ndiag_cookie")]
        cookie: [U32; 2],
    }

    /// Fixed header of a netlink socket.
    #[doc(alias = "netlink_diag_msg")]
    pub struct NetlinkSocket: 28 {
        /// Address family: `AF_NETLINK`.
        #[doc(alias = "ndiag_family")]
        family: u8 as crate::AddressFamily,
        /// Socket type: `SOCK_RAW` (3) or `SOCK_DGRAM` (2).
        #[doc(alias = "ndiag_type")]
        kind: u8,
        /// Netlink protocol.
        #[doc(alias = "ndiag_protocol")]
        protocol: u8,
        /// State: 1 if the socket is connected.
        #[doc(alias = "ndiag_state")]
        state: u8,
        /// Port ID; 0 for sockets of the kernel.
        #[doc(alias = "ndiag_portid")]
        port: U32,
        /// Port ID of the peer, if the socket is connected.
        #[doc(alias = "ndiag_dst_portid")]
        destination_port: U32,
        /// Multicast group of the peer, if the socket is connected.
        #[doc(alias = "ndiag_dst_group")]
        destination_group: U32,
        /// Inode number.
        #[doc(alias = "ndiag_ino")]
        inode: U32,
        /// Cookie, unique among all sockets since boot: the low half first.
        #[doc(alias = "ndiag_cookie")]
        cookie: [U32; 2],
    }
}

impl FixedHeader for NetlinkRequest {}
impl FixedHeader for NetlinkSocket {}

flags! {
    /// Attributes of netlink sockets to send.
    pub struct NetlinkShow(u32) {
        /// Socket memory.
        MEMINFO = 0x1 "NDIAG_SHOW_MEMINFO" "meminfo";
        /// Joined multicast groups.
        GROUPS = 0x2 "NDIAG_SHOW_GROUPS" "groups";
        /// Rings, removed in Linux 4.6.
        RING_CFG = 0x4 "NDIAG_SHOW_RING_CFG" "ring-cfg";
        /// Socket flags.
        FLAGS = 0x8 "NDIAG_SHOW_FLAGS" "flags";
    }
}

flags! {
    /// Flags of a netlink socket.
    pub struct NetlinkSocketFlags(u32) {
        /// The socket has a dump in progress.
        CB_RUNNING = 0x01 "NDIAG_FLAG_CB_RUNNING" "cb-running";
        /// Received messages carry their multicast group (`NETLINK_PKTINFO`).
        PKTINFO = 0x02 "NDIAG_FLAG_PKTINFO" "pktinfo";
        /// Full receive queues are errors for senders of multicasts
        /// (`NETLINK_BROADCAST_ERROR`).
        BROADCAST_ERROR = 0x04 "NDIAG_FLAG_BROADCAST_ERROR" "broadcast-error";
        /// The socket gets no `ENOBUFS` when messages are lost
        /// (`NETLINK_NO_ENOBUFS`).
        NO_ENOBUFS = 0x08 "NDIAG_FLAG_NO_ENOBUFS" "no-enobufs";
        /// The socket receives notifications of other network namespaces
        /// (`NETLINK_LISTEN_ALL_NSID`).
        LISTEN_ALL_NSID = 0x10 "NDIAG_FLAG_LISTEN_ALL_NSID" "listen-all-nsid";
        /// Acknowledgements leave out the request's payload
        /// (`NETLINK_CAP_ACK`).
        CAP_ACK = 0x20 "NDIAG_FLAG_CAP_ACK" "cap-ack";
    }
}

attributes! {
    /// Attributes of a netlink socket (`NETLINK_DIAG_*`).
    pub set NetlinkDiag, enum NetlinkDiagAttr {
        /// Socket memory.
        0 NETLINK_DIAG_MEMINFO Memory memory: Extensible<SocketMemory>,
        /// Joined multicast groups, bit n - 1 for group n, in words of the
        /// kernel's `long`.
        1 NETLINK_DIAG_GROUPS Groups groups: Bytes,
        /// Receive ring, removed in Linux 4.6.
        2 NETLINK_DIAG_RX_RING ReceiveRing receive_ring: Array<U32>,
        /// Send ring, removed in Linux 4.6.
        3 NETLINK_DIAG_TX_RING SendRing send_ring: Array<U32>,
        /// Flags: [`NetlinkSocketFlags`].
        4 NETLINK_DIAG_FLAGS Flags flags: NetlinkSocketFlags,
    }
}
