//! SMC sockets: `struct smc_diag_req`, `struct smc_diag_msg` and `SMC_DIAG_*`
//! (`linux/smc_diag.h`).

use core::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use super::{AF_SMC, ListHeader, ListSockets, Shutdown, SocketId};
use crate::codec::{Extensible, Struct};
use crate::numbers::{flags, numbers};
use crate::schema::PaddedText;
use crate::structs::structs;
use crate::zerocopy::big_endian;
use crate::zerocopy::native_endian::{U16, U32, U64};
use crate::zerocopy::{FromBytes, Immutable, IntoBytes, Unaligned};
use crate::{FixedHeader, LinkIndex, Row, attributes};

structs! {
    /// Fixed header of a request for SMC sockets.
    #[doc(alias = "smc_diag_req")]
    pub struct SmcRequest: 52 {
        /// Address family: `AF_SMC`.
        #[doc(alias = "diag_family")]
        family: u8 as crate::AddressFamily,
        /// Padding.
        #[doc(alias = "pad")]
        reserved: [u8; 2],
        /// Attributes to send.
        #[doc(alias = "diag_ext")]
        extensions: SmcExtensions,
        /// Unused.
        id: SocketId,
    }

    /// Fixed header of an SMC socket.
    #[doc(alias = "smc_diag_msg")]
    pub struct SmcSocket: 64 {
        /// Address family: `AF_SMC`.
        #[doc(alias = "diag_family")]
        family: u8 as crate::AddressFamily,
        /// State.
        #[doc(alias = "diag_state")]
        state: SmcState,
        /// Mode of the connection.
        #[doc(alias = "diag_mode", alias = "diag_fallback")]
        mode: SmcMode,
        /// Unused: see [`SmcAttr::Shutdown`].
        #[doc(alias = "diag_shutdown")]
        shutdown: u8,
        /// Addresses, ports and link of the TCP socket, and the cookie.
        id: SocketId,
        /// User ID of the owner.
        #[doc(alias = "diag_uid")]
        user: U32,
        /// Inode number.
        #[doc(alias = "diag_inode")]
        inode: U64,
    }

    /// Place in a ring buffer.
    #[doc(alias = "smc_diag_cursor")]
    pub struct SmcCursor: 8 {
        /// Padding.
        reserved: U16,
        /// Number of times that the buffer was begun again.
        wrap: U16,
        /// Offset in the buffer in bytes.
        count: U32,
    }

    /// Buffers of a connection.
    #[doc(alias = "smc_diag_conninfo")]
    pub struct SmcConnection: 76 {
        /// Number of the connection.
        token: U32,
        /// Size of the send buffer in bytes.
        #[doc(alias = "sndbuf_size")]
        send_size: U32,
        /// Size of the receive buffer in bytes.
        #[doc(alias = "rmbe_size")]
        receive_size: U32,
        /// Size of the peer's receive buffer in bytes.
        #[doc(alias = "peer_rmbe_size")]
        peer_receive_size: U32,
        /// Producer's place in the receive buffer.
        #[doc(alias = "rx_prod")]
        receive_produced: SmcCursor,
        /// Consumer's place in the receive buffer.
        #[doc(alias = "rx_cons")]
        receive_consumed: SmcCursor,
        /// Producer's place in the peer's receive buffer.
        #[doc(alias = "tx_prod")]
        send_produced: SmcCursor,
        /// Consumer's place in the peer's receive buffer.
        #[doc(alias = "tx_cons")]
        send_consumed: SmcCursor,
        /// Flags that the producer has sent.
        #[doc(alias = "rx_prod_flags")]
        receive_flags: u8,
        /// State of the connection as received.
        #[doc(alias = "rx_conn_state_flags")]
        receive_state: u8,
        /// Flags that were sent to the consumer.
        #[doc(alias = "tx_prod_flags")]
        send_flags: u8,
        /// State of the connection as sent.
        #[doc(alias = "tx_conn_state_flags")]
        send_state: u8,
        /// Place up to which data is prepared in the send buffer.
        #[doc(alias = "tx_prep")]
        prepared: SmcCursor,
        /// Place up to which data was sent.
        #[doc(alias = "tx_sent")]
        sent: SmcCursor,
        /// Place up to which the sending is confirmed.
        #[doc(alias = "tx_fin")]
        confirmed: SmcCursor,
    }

    /// Link of a connection over RDMA (SMC-R), and the role in it.
    #[doc(alias = "smc_diag_lgrinfo", alias = "smc_diag_linkinfo")]
    pub struct SmcLink: 147 {
        /// Number of the link.
        #[doc(alias = "link_id")]
        id: u8,
        /// Name of the RDMA device.
        #[doc(alias = "ibname")]
        device: [[u8; 32]; 2] as PaddedText,
        /// Port of the RDMA device.
        #[doc(alias = "ibport")]
        port: u8,
        /// Local global ID (GID).
        gid: [[u8; 20]; 2] as PaddedText,
        /// Global ID of the peer.
        peer_gid: [[u8; 20]; 2] as PaddedText,
        /// Role in the link group.
        role: SmcRole,
    }

    /// Memory of a connection over ISM devices (SMC-D). Linux before 6.9 sends
    /// no extended IDs, which are 0 then.
    #[doc(alias = "smcd_diag_dmbinfo")]
    pub struct SmcMemory: 56 {
        /// Number of the link.
        #[doc(alias = "linkid")]
        link_id: U32,
        /// Padding.
        reserved: U32,
        /// Global ID of the peer.
        peer_gid: U64,
        /// Local global ID.
        #[doc(alias = "my_gid")]
        gid: U64,
        /// Number of the local memory.
        token: U64,
        /// Number of the peer's memory.
        peer_token: U64,
        /// Extended global ID of the peer.
        #[doc(alias = "peer_gid_ext")]
        peer_extended_gid: U64,
        /// Extended local global ID.
        #[doc(alias = "my_gid_ext")]
        extended_gid: U64,
    }

    /// Reason why a connection uses TCP.
    #[doc(alias = "smc_diag_fallback")]
    pub struct SmcFallback: 8 {
        /// Reason on this side (`SMC_CLC_DECL_*`), 0 for none.
        reason: U32 as crate::schema::Hexadecimal,
        /// Reason that the peer has declined with, 0 for none.
        #[doc(alias = "peer_diagnosis")]
        peer_reason: U32 as crate::schema::Hexadecimal,
    }
}

impl FixedHeader for SmcRequest {}
impl FixedHeader for SmcSocket {}

flags! {
    /// Attributes of SMC sockets that a request asks for: bit n - 1 for
    /// attribute n.
    #[derive(FromBytes, IntoBytes, Immutable, Unaligned)]
    #[doc(alias = "diag_ext")]
    pub struct SmcExtensions(u8) {
        /// [`SMC_DIAG_CONNINFO`].
        CONNECTION = 0x01 "SMC_DIAG_CONNINFO" "conninfo";
        /// [`SMC_DIAG_LGRINFO`].
        LINK = 0x02 "SMC_DIAG_LGRINFO" "lgrinfo";
        /// [`SMC_DIAG_DMBINFO`].
        MEMORY = 0x08 "SMC_DIAG_DMBINFO" "dmbinfo";
    }
}

numbers! {
    /// State of an SMC socket (`net/smc/smc.h`), as smcss(8) prints it.
    #[derive(FromBytes, IntoBytes, Immutable, Unaligned)]
    pub struct SmcState(u8) {
        ACTIVE = 1 "SMC_ACTIVE" "ACTIVE";
        INIT = 2 "SMC_INIT" "INIT";
        CLOSED = 7 "SMC_CLOSED" "CLOSED";
        LISTEN = 10 "SMC_LISTEN" "LISTEN";
        PEER_CLOSE_WAIT1 = 20 "SMC_PEERCLOSEWAIT1" "PEERCLW1";
        PEER_CLOSE_WAIT2 = 21 "SMC_PEERCLOSEWAIT2" "PEERCLW2";
        APP_CLOSE_WAIT1 = 22 "SMC_APPCLOSEWAIT1" "APPLCLW1";
        APP_CLOSE_WAIT2 = 23 "SMC_APPCLOSEWAIT2" "APPLCLW2";
        APP_FIN_CLOSE_WAIT = 24 "SMC_APPFINCLOSEWAIT" "APPLFINCLW";
        PEER_FIN_CLOSE_WAIT = 25 "SMC_PEERFINCLOSEWAIT" "PEERFINCLW";
        PEER_ABORT_WAIT = 26 "SMC_PEERABORTWAIT" "PEERABORTW";
        PROCESS_ABORT = 27 "SMC_PROCESSABORT" "PROCESSABORT";
    }
}

numbers! {
    /// Mode of an SMC connection.
    #[derive(FromBytes, IntoBytes, Immutable, Unaligned)]
    pub struct SmcMode(u8) {
        /// RDMA.
        SMCR = 0 "SMC_DIAG_MODE_SMCR" "SMCR";
        /// TCP, as one side has declined SMC.
        TCP = 1 "SMC_DIAG_MODE_FALLBACK_TCP" "TCP";
        /// ISM devices.
        SMCD = 2 "SMC_DIAG_MODE_SMCD" "SMCD";
    }
}

numbers! {
    /// Role in a link group.
    #[derive(FromBytes, IntoBytes, Immutable, Unaligned)]
    pub struct SmcRole(u8) {
        CLIENT = 0 "SMC_CLNT" "CLNT";
        SERVER = 1 "SMC_SERV" "SERV";
    }
}

attributes! {
    /// Attributes of an SMC socket (`SMC_DIAG_*`).
    pub set Smc, enum SmcAttr {
        /// Buffers of the connection.
        1 SMC_DIAG_CONNINFO Connection connection: Struct<SmcConnection>,
        /// Link of a connection over RDMA.
        2 SMC_DIAG_LGRINFO Link link: Struct<SmcLink>,
        /// Directions that were shut down.
        3 SMC_DIAG_SHUTDOWN Shutdown shutdown: Shutdown,
        /// Memory of a connection over ISM devices.
        4 SMC_DIAG_DMBINFO Memory memory: Extensible<SmcMemory>,
        /// Reason why the connection uses TCP.
        5 SMC_DIAG_FALLBACK Fallback fallback: Struct<SmcFallback>,
    }
}

/// SMC socket.
pub type SmcRow<'a> = Row<'a, SmcSocket, Smc>;

impl Row<'_, SmcSocket, Smc> {
    /// Returns the local address and port of the TCP socket. The kernel does not
    /// name the family: an address whose last 12 bytes are 0 counts as IPv4.
    #[must_use]
    #[doc(alias = "idiag_src", alias = "idiag_sport")]
    pub fn local(&self) -> SocketAddr {
        end(self.header.id.source, self.header.id.source_port)
    }

    /// Returns the address and port of the peer, all zeros without a peer.
    #[must_use]
    #[doc(alias = "idiag_dst", alias = "idiag_dport")]
    pub fn remote(&self) -> SocketAddr {
        end(self.header.id.destination, self.header.id.destination_port)
    }

    /// Returns the state.
    #[must_use]
    #[doc(alias = "diag_state")]
    pub const fn state(&self) -> SmcState {
        self.header.state
    }

    /// Returns the mode of the connection.
    #[must_use]
    #[doc(alias = "diag_mode")]
    pub const fn mode(&self) -> SmcMode {
        self.header.mode
    }

    /// Returns the inode number, as in `/proc/PID/fd`.
    #[must_use]
    #[doc(alias = "diag_inode")]
    pub const fn inode(&self) -> u64 {
        self.header.inode.get()
    }
}

fn end(address: [u8; 16], port: big_endian::U16) -> SocketAddr {
    let address: IpAddr = match address {
        [a, b, c, d, rest @ ..] if rest == [0; 12] => Ipv4Addr::new(a, b, c, d).into(),
        wide => Ipv6Addr::from(wide).into(),
    };
    (address, port.get()).into()
}

/// Lists SMC sockets, as smcss(8) (Linux 4.11), by default with all attributes.
///
/// ```
/// use nlwire::sock_diag::{GetSmcSockets, SmcExtensions};
///
/// let connections = GetSmcSockets::all().extensions(SmcExtensions::CONNECTION);
/// ```
pub type GetSmcSockets = ListSockets<SmcRequest>;

/// Constructors of [`GetSmcSockets`].
impl ListSockets<SmcRequest> {
    /// Lists all SMC sockets.
    #[must_use]
    pub const fn all() -> Self {
        Self {
            header: SmcRequest {
                family: AF_SMC,
                reserved: [0; 2],
                extensions: SmcExtensions::all(),
                id: SocketId {
                    source_port: big_endian::U16::new(0),
                    destination_port: big_endian::U16::new(0),
                    source: [0; 16],
                    destination: [0; 16],
                    index: LinkIndex::NONE,
                    cookie: SocketId::NO_COOKIE,
                },
            },
        }
    }

    /// Asks for these attributes instead of all.
    #[must_use]
    #[doc(alias = "diag_ext")]
    pub const fn extensions(mut self, extensions: SmcExtensions) -> Self {
        self.header.extensions = extensions;
        self
    }
}

impl ListHeader for SmcRequest {
    type Socket = SmcSocket;
    type Attributes = Smc;
    const NAME: &'static str = "smc sockets";
}
