//! Packet sockets: `struct packet_diag_req`, `struct packet_diag_msg` and
//! `PACKET_DIAG_*` (`linux/packet_diag.h`; packet(7)).

use super::{AF_PACKET, ListHeader, ListSockets, SocketId, SocketMemory};
use crate::codec::{Array, Bytes, Extensible, Shown, Struct};
use crate::numbers::{flags, numbers};
use crate::schema::Hexadecimal;
use crate::structs::structs;
use crate::zerocopy::native_endian::{U16, U32};
use crate::{DecodeError, FixedHeader, LinkIndex, Row, attributes, fields};

structs! {
    /// Fixed header of a request for packet sockets.
    #[doc(alias = "packet_diag_req")]
    pub struct PacketRequest: 20 {
        /// Address family: `AF_PACKET`.
        #[doc(alias = "sdiag_family")]
        family: u8 as crate::AddressFamily,
        /// Protocol: 0.
        #[doc(alias = "sdiag_protocol")]
        protocol: u8,
        /// Padding.
        #[doc(alias = "pad")]
        reserved: U16,
        /// Unused.
        #[doc(alias = "pdiag_ino")]
        inode: U32,
        /// Attributes to send ([`PacketShow`]).
        #[doc(alias = "pdiag_show")]
        show: U32 as PacketShow,
        /// Unused.
        #[doc(alias = "pdiag_cookie")]
        cookie: [U32; 2],
    }

    /// Fixed header of a packet socket.
    #[doc(alias = "packet_diag_msg")]
    pub struct PacketSocket: 16 {
        /// Address family: `AF_PACKET`.
        #[doc(alias = "pdiag_family")]
        family: u8 as crate::AddressFamily,
        /// Socket type: `SOCK_RAW` (3) or `SOCK_DGRAM` (2).
        #[doc(alias = "pdiag_type")]
        kind: u8,
        /// EtherType of received packets: 3 for all (`ETH_P_ALL`), 0 for none.
        #[doc(alias = "pdiag_num")]
        ether_type: U16 as Hexadecimal,
        /// Inode number.
        #[doc(alias = "pdiag_ino")]
        inode: U32,
        /// Cookie, unique among all sockets since boot: the low half first.
        #[doc(alias = "pdiag_cookie")]
        cookie: [U32; 2],
    }

    /// Settings of a packet socket.
    #[doc(alias = "packet_diag_info")]
    pub struct PacketInfo: 24 {
        /// Link that the socket is bound to; 0 for none.
        #[doc(alias = "pdi_index")]
        index: LinkIndex,
        /// Version of the rings (`PACKET_VERSION`): 0 to 2 for `TPACKET_V1` to
        /// `TPACKET_V3`.
        #[doc(alias = "pdi_version")]
        version: U32,
        /// Space that a ring leaves before each packet, in bytes
        /// (`PACKET_RESERVE`).
        #[doc(alias = "pdi_reserve")]
        reserve: U32,
        /// Length from which packets go to the queue as well as to a ring, in
        /// bytes (`PACKET_COPY_THRESH`).
        #[doc(alias = "pdi_copy_thresh")]
        copy_threshold: U32,
        /// Source of timestamps (`PACKET_TIMESTAMP`).
        #[doc(alias = "pdi_tstamp")]
        timestamp: U32,
        /// Flags.
        #[doc(alias = "pdi_flags")]
        flags: U32 as PacketFlags,
    }

    /// Membership of a packet socket (`PACKET_ADD_MEMBERSHIP`).
    #[doc(alias = "packet_diag_mclist")]
    pub struct PacketMembership: 44 {
        /// Link of the membership.
        #[doc(alias = "pdmc_index")]
        index: LinkIndex,
        /// Number of times that the socket has joined.
        #[doc(alias = "pdmc_count")]
        count: U32,
        /// Packets of the membership.
        #[doc(alias = "pdmc_type")]
        kind: U16 as PacketMembershipKind,
        /// Length of the address in bytes.
        #[doc(alias = "pdmc_alen")]
        address_length: U16,
        /// Link-layer address, filled with zeros.
        #[doc(alias = "pdmc_addr")]
        address: [u8; 32],
    }

    /// Ring of a packet socket (`PACKET_RX_RING`, `PACKET_TX_RING`).
    #[doc(alias = "packet_diag_ring")]
    pub struct PacketRing: 28 {
        /// Size of a block in bytes.
        #[doc(alias = "pdr_block_size")]
        block_size: U32,
        /// Number of blocks.
        #[doc(alias = "pdr_block_nr")]
        blocks: U32,
        /// Size of a frame in bytes.
        #[doc(alias = "pdr_frame_size")]
        frame_size: U32,
        /// Number of frames.
        #[doc(alias = "pdr_frame_nr")]
        frames: U32,
        /// Time after which a block goes to the reader unfilled, in
        /// milliseconds; `TPACKET_V3` only.
        #[doc(alias = "pdr_retire_tmo")]
        retire_timeout: U32 as crate::schema::Milliseconds,
        /// Size of the program's own area in each block, in bytes; `TPACKET_V3`
        /// only.
        #[doc(alias = "pdr_sizeof_priv")]
        private_size: U32,
        /// Features, such as 1 for the hash of packets
        /// (`TP_FT_REQ_FILL_RXHASH`); `TPACKET_V3` only.
        #[doc(alias = "pdr_features")]
        features: U32 as Hexadecimal,
    }
}

impl FixedHeader for PacketRequest {}
impl FixedHeader for PacketSocket {}

flags! {
    /// Attributes of packet sockets to send.
    pub struct PacketShow(u32) {
        /// Settings, and the user ID of the owner.
        INFO = 0x01 "PACKET_SHOW_INFO" "info";
        /// Memberships.
        MCLIST = 0x02 "PACKET_SHOW_MCLIST" "mclist";
        /// Rings.
        RING_CFG = 0x04 "PACKET_SHOW_RING_CFG" "ring-cfg";
        /// Fanout group.
        FANOUT = 0x08 "PACKET_SHOW_FANOUT" "fanout";
        /// Socket memory.
        MEMINFO = 0x10 "PACKET_SHOW_MEMINFO" "meminfo";
        /// Filter, which the kernel sends with `CAP_NET_ADMIN` only.
        FILTER = 0x20 "PACKET_SHOW_FILTER" "filter";
    }
}

flags! {
    /// Flags of a packet socket.
    pub struct PacketFlags(u32) {
        /// The socket receives packets.
        RUNNING = 0x01 "PDI_RUNNING" "running";
        /// Packets come with metadata (`PACKET_AUXDATA`).
        AUXDATA = 0x02 "PDI_AUXDATA" "auxdata";
        /// Addresses name the link that a packet arrived at first
        /// (`PACKET_ORIGDEV`).
        ORIGDEV = 0x04 "PDI_ORIGDEV" "origdev";
        /// Packets begin with a header of virtio (`PACKET_VNET_HDR`).
        VNETHDR = 0x08 "PDI_VNETHDR" "vnethdr";
        /// The sending ring skips malformed packets (`PACKET_LOSS`).
        LOSS = 0x10 "PDI_LOSS" "loss";
    }
}

numbers! {
    /// Packets of a membership.
    pub struct PacketMembershipKind(u16) {
        /// Packets to a multicast address.
        MULTICAST = 0 "PACKET_MR_MULTICAST" "multicast";
        /// All packets.
        PROMISC = 1 "PACKET_MR_PROMISC" "promisc";
        /// Packets to all multicast addresses.
        ALLMULTI = 2 "PACKET_MR_ALLMULTI" "allmulti";
        /// Packets to a unicast address.
        UNICAST = 3 "PACKET_MR_UNICAST" "unicast";
    }
}

attributes! {
    /// Attributes of a packet socket (`PACKET_DIAG_*`).
    pub set Packet, enum PacketAttr {
        /// Settings.
        0 PACKET_DIAG_INFO Info info: Struct<PacketInfo>,
        /// Memberships.
        1 PACKET_DIAG_MCLIST Memberships memberships: Array<PacketMembership>,
        /// Receive ring.
        2 PACKET_DIAG_RX_RING ReceiveRing receive_ring: Struct<PacketRing>,
        /// Send ring.
        3 PACKET_DIAG_TX_RING SendRing send_ring: Struct<PacketRing>,
        /// Fanout group: its number in the low 16 bits, and in the upper ones how
        /// it chooses a socket (`PACKET_FANOUT_*`).
        4 PACKET_DIAG_FANOUT Fanout fanout: Shown<u32, Hexadecimal>,
        /// User ID of the owner.
        5 PACKET_DIAG_UID User user: u32,
        /// Socket memory.
        6 PACKET_DIAG_MEMINFO Memory memory: Extensible<SocketMemory>,
        /// Instructions of the filter program (`struct sock_filter`).
        7 PACKET_DIAG_FILTER Filter filter: Bytes,
    }
}

/// Packet socket.
pub type PacketRow<'a> = Row<'a, PacketSocket, Packet>;

impl<'a> Row<'a, PacketSocket, Packet> {
    /// Returns the EtherType of received packets: 3 for all, 0 for none.
    #[must_use]
    #[doc(alias = "pdiag_num")]
    pub const fn ether_type(&self) -> u16 {
        self.header.ether_type.get()
    }

    /// Returns the inode number, as in `/proc/PID/fd`.
    #[must_use]
    #[doc(alias = "pdiag_ino")]
    pub const fn inode(&self) -> u32 {
        self.header.inode.get()
    }

    /// Returns the settings; `None` if the request did not ask for them.
    ///
    /// # Errors
    ///
    /// Fails if the attribute is malformed.
    #[doc(alias = "PACKET_DIAG_INFO")]
    pub fn info(&self) -> Result<Option<&'a PacketInfo>, DecodeError> {
        Ok(fields!(self.attributes => Packet { info })?.info)
    }
}

/// Lists packet sockets, as `ss -0`, by default with settings, rings and memory.
///
/// ```
/// use nlwire::sock_diag::{GetPacketSockets, PacketShow};
///
/// let sniffers = GetPacketSockets::all().show(PacketShow::INFO | PacketShow::MCLIST);
/// ```
pub type GetPacketSockets = ListSockets<PacketRequest>;

/// Constructors of [`GetPacketSockets`].
impl ListSockets<PacketRequest> {
    /// Lists all packet sockets.
    #[must_use]
    pub const fn all() -> Self {
        let show = PacketShow::INFO
            .union(PacketShow::RING_CFG)
            .union(PacketShow::MEMINFO);
        Self {
            header: PacketRequest {
                family: AF_PACKET,
                protocol: 0,
                reserved: U16::new(0),
                inode: U32::new(0),
                show: U32::new(show.bits()),
                cookie: SocketId::NO_COOKIE,
            },
        }
    }

    /// Asks for these attributes instead of the default ones.
    #[must_use]
    #[doc(alias = "pdiag_show")]
    pub const fn show(mut self, show: PacketShow) -> Self {
        self.header.show = U32::new(show.bits());
        self
    }
}

impl ListHeader for PacketRequest {
    type Socket = PacketSocket;
    type Attributes = Packet;
    const NAME: &'static str = "packet sockets";
}
