//! XDP sockets: `struct xdp_diag_req`, `struct xdp_diag_msg` and `XDP_DIAG_*`
//! (`linux/xdp_diag.h`).

use super::{AF_XDP, ListHeader, ListSockets, SocketId, SocketMemory};
use crate::codec::{Extensible, Struct};
use crate::numbers::flags;
use crate::structs::structs;
use crate::zerocopy::native_endian::{U16, U32, U64};
use crate::{DecodeError, FixedHeader, LinkIndex, Row, attributes, fields};

structs! {
    /// Fixed header of a request for XDP sockets.
    #[doc(alias = "xdp_diag_req")]
    pub struct XdpRequest: 20 {
        /// Address family: `AF_XDP`.
        #[doc(alias = "sdiag_family")]
        family: u8 as crate::AddressFamily,
        /// Protocol: 0.
        #[doc(alias = "sdiag_protocol")]
        protocol: u8,
        /// Padding.
        #[doc(alias = "pad")]
        reserved: U16,
        /// Unused.
        #[doc(alias = "xdiag_ino")]
        inode: U32,
        /// Attributes to send ([`XdpShow`]).
        #[doc(alias = "xdiag_show")]
        show: U32 as XdpShow,
        /// Unused.
        #[doc(alias = "xdiag_cookie")]
        cookie: [U32; 2],
    }

    /// Fixed header of an XDP socket.
    #[doc(alias = "xdp_diag_msg")]
    pub struct XdpSocket: 16 {
        /// Address family: `AF_XDP`.
        #[doc(alias = "xdiag_family")]
        family: u8 as crate::AddressFamily,
        /// Socket type: `SOCK_RAW` (3).
        #[doc(alias = "xdiag_type")]
        kind: u8,
        /// Padding.
        #[doc(alias = "pad")]
        reserved: U16,
        /// Inode number.
        #[doc(alias = "xdiag_ino")]
        inode: U32,
        /// Cookie, unique among all sockets since boot: the low half first.
        #[doc(alias = "xdiag_cookie")]
        cookie: [U32; 2],
    }

    /// Link and queue of an XDP socket.
    #[doc(alias = "xdp_diag_info")]
    pub struct XdpInfo: 8 {
        /// Link that the socket is bound to; 0 for none.
        #[doc(alias = "ifindex")]
        index: LinkIndex,
        /// Queue of the link.
        #[doc(alias = "queue_id")]
        queue: U32,
    }

    /// Ring of an XDP socket.
    #[doc(alias = "xdp_diag_ring")]
    pub struct XdpRing: 4 {
        /// Number of descriptors.
        entries: U32,
    }

    /// Memory of packets (UMEM), which sockets may share.
    #[doc(alias = "xdp_diag_umem")]
    pub struct XdpUmem: 40 {
        /// Size in bytes.
        size: U64,
        /// Number of the memory.
        id: U32,
        /// Number of pages.
        #[doc(alias = "num_pages")]
        pages: U32,
        /// Size of a chunk, which holds a packet, in bytes.
        chunk_size: U32,
        /// Space before each packet, in bytes.
        headroom: U32,
        /// Link of the memory.
        #[doc(alias = "ifindex")]
        index: LinkIndex,
        /// Queue of the link.
        #[doc(alias = "queue_id")]
        queue: U32,
        /// Flags.
        flags: U32 as XdpUmemFlags,
        /// Number of sockets that share the memory.
        #[doc(alias = "refs")]
        references: U32,
    }

    /// Counters of an XDP socket, in packets.
    #[doc(alias = "xdp_diag_stats")]
    pub struct XdpStats: 48 {
        /// Received packets that were dropped for other reasons than those below.
        #[doc(alias = "n_rx_dropped")]
        receive_dropped: U64,
        /// Invalid descriptors of the fill ring.
        #[doc(alias = "n_rx_invalid")]
        receive_invalid: U64,
        /// Received packets that were dropped because the receive ring was full.
        #[doc(alias = "n_rx_full")]
        receive_full: U64,
        /// Times that the fill ring was empty.
        #[doc(alias = "n_fill_ring_empty")]
        fill_empty: U64,
        /// Invalid descriptors of the send ring.
        #[doc(alias = "n_tx_invalid")]
        send_invalid: U64,
        /// Times that the send ring was empty.
        #[doc(alias = "n_tx_ring_empty")]
        send_empty: U64,
    }
}

impl FixedHeader for XdpRequest {}
impl FixedHeader for XdpSocket {}

flags! {
    /// Attributes of XDP sockets to send.
    pub struct XdpShow(u32) {
        /// Link and queue, and the user ID of the owner.
        INFO = 0x01 "XDP_SHOW_INFO" "info";
        /// Receive and send ring.
        RING_CFG = 0x02 "XDP_SHOW_RING_CFG" "ring-cfg";
        /// Memory of packets, and its rings.
        UMEM = 0x04 "XDP_SHOW_UMEM" "umem";
        /// Socket memory.
        MEMINFO = 0x08 "XDP_SHOW_MEMINFO" "meminfo";
        /// Counters.
        STATS = 0x10 "XDP_SHOW_STATS" "stats";
    }
}

flags! {
    /// Flags of the memory of packets.
    pub struct XdpUmemFlags(u32) {
        /// Packets are not copied.
        ZEROCOPY = 0x1 "XDP_DU_F_ZEROCOPY" "zerocopy";
    }
}

attributes! {
    /// Attributes of an XDP socket (`XDP_DIAG_*`).
    pub set Xdp, enum XdpAttr {
        /// Link and queue.
        1 XDP_DIAG_INFO Info info: Struct<XdpInfo>,
        /// User ID of the owner.
        2 XDP_DIAG_UID User user: u32,
        /// Receive ring.
        3 XDP_DIAG_RX_RING ReceiveRing receive_ring: Struct<XdpRing>,
        /// Send ring.
        4 XDP_DIAG_TX_RING SendRing send_ring: Struct<XdpRing>,
        /// Memory of packets.
        5 XDP_DIAG_UMEM Umem umem: Struct<XdpUmem>,
        /// Ring of empty chunks for received packets.
        6 XDP_DIAG_UMEM_FILL_RING FillRing fill_ring: Struct<XdpRing>,
        /// Ring of chunks whose packets were sent.
        7 XDP_DIAG_UMEM_COMPLETION_RING CompletionRing completion_ring: Struct<XdpRing>,
        /// Socket memory.
        8 XDP_DIAG_MEMINFO Memory memory: Extensible<SocketMemory>,
        /// Counters.
        9 XDP_DIAG_STATS Stats stats: Struct<XdpStats>,
    }
}

/// XDP socket.
pub type XdpRow<'a> = Row<'a, XdpSocket, Xdp>;

impl<'a> Row<'a, XdpSocket, Xdp> {
    /// Returns the inode number, as in `/proc/PID/fd`.
    #[must_use]
    #[doc(alias = "xdiag_ino")]
    pub const fn inode(&self) -> u32 {
        self.header.inode.get()
    }

    /// Returns link and queue; `None` if the request did not ask for them.
    ///
    /// # Errors
    ///
    /// Fails if the attribute is malformed.
    #[doc(alias = "XDP_DIAG_INFO")]
    pub fn info(&self) -> Result<Option<&'a XdpInfo>, DecodeError> {
        Ok(fields!(self.attributes => Xdp { info })?.info)
    }
}

/// Lists XDP sockets, as `ss --xdp` (Linux 5.1), by default with link, rings,
/// memory and counters.
///
/// ```
/// use nlwire::sock_diag::{GetXdpSockets, XdpShow};
///
/// let counters = GetXdpSockets::all().show(XdpShow::INFO | XdpShow::STATS);
/// ```
pub type GetXdpSockets = ListSockets<XdpRequest>;

/// Constructors of [`GetXdpSockets`].
impl ListSockets<XdpRequest> {
    /// Lists all XDP sockets.
    #[must_use]
    pub const fn all() -> Self {
        Self {
            header: XdpRequest {
                family: AF_XDP,
                protocol: 0,
                reserved: U16::new(0),
                inode: U32::new(0),
                show: U32::new(XdpShow::all().bits()),
                cookie: SocketId::NO_COOKIE,
            },
        }
    }

    /// Asks for these attributes instead of the default ones.
    #[must_use]
    #[doc(alias = "xdiag_show")]
    pub const fn show(mut self, show: XdpShow) -> Self {
        self.header.show = U32::new(show.bits());
        self
    }
}

impl ListHeader for XdpRequest {
    type Socket = XdpSocket;
    type Attributes = Xdp;
    const NAME: &'static str = "xdp sockets";
}
