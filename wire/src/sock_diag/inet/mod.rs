//! IPv4 and IPv6 sockets: `struct inet_diag_req_v2`, `struct inet_diag_msg` and
//! `INET_DIAG_*` (`linux/inet_diag.h`).

use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::zerocopy::native_endian::U32;
use crate::zerocopy::{FromBytes, Immutable, IntoBytes, Unaligned, big_endian};

mod congestion;
mod ends;
mod filter;
mod list;
mod options;
mod row;
mod signature;
mod upper;

pub use congestion::{BbrInfo, DctcpInfo, VegasInfo};
pub use ends::{DestroyInetSocket, GetInetSocket};
pub use filter::SocketFilter;
pub use list::GetInetSockets;
pub use options::SocketOptions;
pub use row::InetRow;
pub use signature::Md5Signature;
pub use upper::*;

use super::{AF_INET, AF_INET6, Shutdown, SocketMemory, TransportInfo};
use crate::codec::{Array, Bytes, Extensible, Nest, Shown, StorageAddress, Str, Struct};
use crate::numbers::{flags, numbers};
use crate::schema::Hexadecimal;
use crate::structs::structs;
use crate::{FixedHeader, LinkIndex, attributes};

/// Protocol number of TCP sockets.
pub const IPPROTO_TCP: u8 = 6;
/// Protocol number of UDP sockets.
pub const IPPROTO_UDP: u8 = 17;
/// Protocol number of raw sockets.
pub const IPPROTO_RAW: u8 = 255;

/// Attributes that requests ask for by default.
const STANDARD: InetExtensions = InetExtensions::INFO
    .union(InetExtensions::CONGESTION)
    .union(InetExtensions::SK_MEMINFO);

structs! {
    /// Fixed header of a request for sockets.
    #[doc(alias = "inet_diag_req_v2")]
    pub struct InetRequest: 56 {
        /// Address family: `AF_INET` or `AF_INET6`.
        #[doc(alias = "sdiag_family")]
        family: u8 as crate::AddressFamily,
        /// Transport protocol, such as [`IPPROTO_TCP`].
        #[doc(alias = "sdiag_protocol")]
        protocol: u8,
        /// Attributes to send: [`InetExtensions`].
        #[doc(alias = "idiag_ext")]
        extensions: InetExtensions,
        /// Protocol of raw sockets; 0 for others.
        #[doc(alias = "sdiag_raw_protocol")]
        raw_protocol: u8,
        /// States of the sockets to dump ([`TcpStates`]).
        #[doc(alias = "idiag_states")]
        states: U32 as super::TcpStates,
        /// Socket to look up; all zeros for a dump.
        id: SocketId,
    }

    /// Fixed header of a socket.
    #[doc(alias = "inet_diag_msg")]
    pub struct InetSocket: 72 {
        /// Address family: `AF_INET` or `AF_INET6`.
        #[doc(alias = "idiag_family")]
        family: u8 as crate::AddressFamily,
        /// State; for UDP, `ESTABLISHED` if the socket is connected, else
        /// `CLOSE`.
        #[doc(alias = "idiag_state")]
        state: TcpState,
        /// Running timer: 1 retransmission, 2 keepalive, 3 the end of
        /// `TIME_WAIT`, 4 zero window probe; 0 for none.
        #[doc(alias = "idiag_timer")]
        timer: u8,
        /// Number of times the running timer has expired.
        #[doc(alias = "idiag_retrans")]
        retransmits: u8,
        /// Addresses, ports, link and cookie.
        id: SocketId,
        /// Remaining time of the timer, in milliseconds.
        #[doc(alias = "idiag_expires")]
        expires: U32,
        /// Receive queue (Recv-Q): number of bytes to read (for a listener,
        /// connections to accept).
        #[doc(alias = "idiag_rqueue")]
        receive_queue: U32,
        /// Send queue (Send-Q): number of unacknowledged bytes; for a listener,
        /// its backlog.
        #[doc(alias = "idiag_wqueue")]
        send_queue: U32,
        /// User ID of the owner.
        #[doc(alias = "idiag_uid")]
        user: U32,
        /// Inode number, as in `/proc/PID/fd`.
        #[doc(alias = "idiag_inode")]
        inode: U32,
    }

    /// Identity of a socket: addresses, ports, link and cookie.
    #[doc(alias = "inet_diag_sockid")]
    pub struct SocketId: 48 {
        /// Local port.
        #[doc(alias = "idiag_sport")]
        source_port: big_endian::U16,
        /// Port of the peer.
        #[doc(alias = "idiag_dport")]
        destination_port: big_endian::U16,
        /// Local address; an IPv4 address is in the first 4 bytes.
        #[doc(alias = "idiag_src")]
        source: [u8; 16] as crate::schema::WideAddress,
        /// Address of the peer.
        #[doc(alias = "idiag_dst")]
        destination: [u8; 16] as crate::schema::WideAddress,
        /// Index of the link that the socket is bound to; 0 for none.
        #[doc(alias = "idiag_if")]
        index: LinkIndex,
        /// Cookie, unique among all sockets since boot: the low half first. All
        /// ones in a request match any cookie.
        #[doc(alias = "idiag_cookie", alias = "INET_DIAG_NOCOOKIE")]
        cookie: [U32; 2],
    }

    /// Socket memory in four fields; [`SocketMemory`] has
    /// more.
    #[doc(alias = "inet_diag_meminfo")]
    pub struct InetMemory: 16 {
        /// Memory allocated for received data, in bytes.
        #[doc(alias = "idiag_rmem")]
        receive: U32,
        /// Memory allocated for data in the send queue, in bytes.
        #[doc(alias = "idiag_wmem")]
        send: U32,
        /// Memory reserved by the socket, in bytes.
        #[doc(alias = "idiag_fmem")]
        reserved: U32,
        /// Memory allocated for data in transmission, in bytes.
        #[doc(alias = "idiag_tmem")]
        queued: U32,
    }
}

impl FixedHeader for InetRequest {
    fn family(&self) -> u8 {
        self.family
    }
}

impl FixedHeader for InetSocket {
    fn family(&self) -> u8 {
        self.family
    }
}

impl InetSocket {
    /// Returns the local address.
    #[must_use]
    pub fn source(&self) -> Option<IpAddr> {
        address(self.family, self.id.source)
    }

    /// Returns the address of the peer.
    #[must_use]
    pub fn destination(&self) -> Option<IpAddr> {
        address(self.family, self.id.destination)
    }
}

impl SocketId {
    /// Cookie that matches any socket, for look-ups by address.
    pub const NO_COOKIE: [U32; 2] = [U32::new(u32::MAX); 2];

    /// Describes the socket with these two ends, on any link and with any
    /// cookie.
    #[must_use]
    pub fn new(source: (IpAddr, u16), destination: (IpAddr, u16)) -> Self {
        Self {
            source_port: source.1.into(),
            destination_port: destination.1.into(),
            source: octets(source.0),
            destination: octets(destination.0),
            index: LinkIndex::NONE,
            cookie: Self::NO_COOKIE,
        }
    }
}

fn address(family: u8, bytes: [u8; 16]) -> Option<IpAddr> {
    let [a, b, c, d, ..] = bytes;
    match family {
        AF_INET => Some(Ipv4Addr::new(a, b, c, d).into()),
        AF_INET6 => Some(Ipv6Addr::from(bytes).into()),
        _ => None,
    }
}

fn octets(address: IpAddr) -> [u8; 16] {
    match address {
        IpAddr::V4(address) => {
            let [a, b, c, d] = address.octets();
            [a, b, c, d, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
        }
        IpAddr::V6(address) => address.octets(),
    }
}

flags! {
    /// Attributes that a request asks for: bit n - 1 for attribute n.
    #[derive(FromBytes, IntoBytes, Immutable, Unaligned)]
    #[doc(alias = "idiag_ext")]
    pub struct InetExtensions(u8) {
        /// [`INET_DIAG_MEMINFO`].
        MEMINFO = 0x01 "INET_DIAG_MEMINFO" "meminfo";
        /// [`INET_DIAG_INFO`].
        INFO = 0x02 "INET_DIAG_INFO" "info";
        /// [`INET_DIAG_VEGASINFO`], or the information of another congestion
        /// control.
        VEGAS_INFO = 0x04 "INET_DIAG_VEGASINFO" "vegasinfo";
        /// [`INET_DIAG_CONG`].
        CONGESTION = 0x08 "INET_DIAG_CONG" "cong";
        /// [`INET_DIAG_TOS`].
        TOS = 0x10 "INET_DIAG_TOS" "tos";
        /// [`INET_DIAG_TCLASS`] and [`INET_DIAG_CLASS_ID`].
        TRAFFIC_CLASS = 0x20 "INET_DIAG_TCLASS" "tclass";
        /// [`INET_DIAG_SKMEMINFO`].
        SK_MEMINFO = 0x40 "INET_DIAG_SKMEMINFO" "skmeminfo";
        /// [`INET_DIAG_SHUTDOWN`].
        SHUTDOWN = 0x80 "INET_DIAG_SHUTDOWN" "shutdown";
    }
}

numbers! {
    /// State of a socket, as ss(8) prints it.
    #[derive(FromBytes, IntoBytes, Immutable, Unaligned)]
    pub struct TcpState(u8) {
        ESTABLISHED = 1 "TCP_ESTABLISHED" "ESTAB";
        SYN_SENT = 2 "TCP_SYN_SENT" "SYN-SENT";
        SYN_RECV = 3 "TCP_SYN_RECV" "SYN-RECV";
        FIN_WAIT1 = 4 "TCP_FIN_WAIT1" "FIN-WAIT-1";
        FIN_WAIT2 = 5 "TCP_FIN_WAIT2" "FIN-WAIT-2";
        TIME_WAIT = 6 "TCP_TIME_WAIT" "TIME-WAIT";
        /// Closed; for UDP, not connected.
        CLOSE = 7 "TCP_CLOSE" "UNCONN";
        CLOSE_WAIT = 8 "TCP_CLOSE_WAIT" "CLOSE-WAIT";
        LAST_ACK = 9 "TCP_LAST_ACK" "LAST-ACK";
        LISTEN = 10 "TCP_LISTEN" "LISTEN";
        CLOSING = 11 "TCP_CLOSING" "CLOSING";
        NEW_SYN_RECV = 12 "TCP_NEW_SYN_RECV" "NEW-SYN-RECV";
    }
}

flags! {
    /// Bit set of socket states, to limit a dump.
    pub struct TcpStates(u32) {
        ESTABLISHED = 0x0002 "TCPF_ESTABLISHED" "established";
        SYN_SENT = 0x0004 "TCPF_SYN_SENT" "syn-sent";
        SYN_RECV = 0x0008 "TCPF_SYN_RECV" "syn-recv";
        FIN_WAIT1 = 0x0010 "TCPF_FIN_WAIT1" "fin-wait-1";
        FIN_WAIT2 = 0x0020 "TCPF_FIN_WAIT2" "fin-wait-2";
        TIME_WAIT = 0x0040 "TCPF_TIME_WAIT" "time-wait";
        /// Closed; for UDP, not connected.
        CLOSE = 0x0080 "TCPF_CLOSE" "closed";
        CLOSE_WAIT = 0x0100 "TCPF_CLOSE_WAIT" "close-wait";
        LAST_ACK = 0x0200 "TCPF_LAST_ACK" "last-ack";
        LISTEN = 0x0400 "TCPF_LISTEN" "listening";
        CLOSING = 0x0800 "TCPF_CLOSING" "closing";
        NEW_SYN_RECV = 0x1000 "TCPF_NEW_SYN_RECV" "new-syn-recv";
    }
}

structs! {
    /// Step of the filter program [`INET_DIAG_REQ_BYTECODE`], which selects
    /// sockets. Offsets are in bytes from the start of this step.
    #[doc(alias = "inet_diag_bc_op")]
    pub struct InetFilter: 4 {
        /// Condition of the step.
        code: InetFilterCode,
        /// Offset of the next step if the condition holds.
        yes: u8,
        /// Offset of the next step if the condition fails. An offset past the
        /// end excludes the socket.
        no: crate::zerocopy::native_endian::U16,
    }
}

numbers! {
    /// Condition of a filter step.
    #[derive(FromBytes, IntoBytes, Immutable, Unaligned)]
    pub struct InetFilterCode(u8) {
        NOP = 0 "INET_DIAG_BC_NOP" "nop";
        /// Jumps to `no`.
        JMP = 1 "INET_DIAG_BC_JMP" "jmp";
        /// Source port is at least the port in the next step.
        S_GE = 2 "INET_DIAG_BC_S_GE" "s-ge";
        /// Source port is at most the port in the next step.
        S_LE = 3 "INET_DIAG_BC_S_LE" "s-le";
        /// Destination port is at least the port in the next step.
        D_GE = 4 "INET_DIAG_BC_D_GE" "d-ge";
        /// Destination port is at most the port in the next step.
        D_LE = 5 "INET_DIAG_BC_D_LE" "d-le";
        /// Port was chosen by the kernel.
        AUTO = 6 "INET_DIAG_BC_AUTO" "auto";
        /// Source address is in a network, which follows.
        S_COND = 7 "INET_DIAG_BC_S_COND" "s-cond";
        /// Destination address is in a network, which follows.
        D_COND = 8 "INET_DIAG_BC_D_COND" "d-cond";
        /// Socket is bound to the link in the next step.
        DEV_COND = 9 "INET_DIAG_BC_DEV_COND" "dev-cond";
        /// Socket has the mark in the next step.
        MARK_COND = 10 "INET_DIAG_BC_MARK_COND" "mark-cond";
        /// Source port equals the port in the next step.
        S_EQ = 11 "INET_DIAG_BC_S_EQ" "s-eq";
        /// Destination port equals the port in the next step.
        D_EQ = 12 "INET_DIAG_BC_D_EQ" "d-eq";
        /// Socket belongs to the control group in the next two steps.
        CGROUP_COND = 13 "INET_DIAG_BC_CGROUP_COND" "cgroup-cond";
    }
}

attributes! {
    /// Attributes of a request (`INET_DIAG_REQ_*`).
    pub set InetRequestSet, enum InetRequestAttr {
        /// Filter program (`struct inet_diag_bc_op`).
        1 INET_DIAG_REQ_BYTECODE Bytecode bytecode: Bytes,
        /// BPF storages to send.
        2 INET_DIAG_REQ_SK_BPF_STORAGES BpfStorages bpf_storages: Nest<BpfStorageRequest>,
        /// Transport protocol, for numbers beyond 8 bits
        /// ([`IPPROTO_MPTCP`](super::IPPROTO_MPTCP)).
        3 INET_DIAG_REQ_PROTOCOL Protocol protocol: u32,
    }
}

attributes! {
    /// Attributes of a socket (`INET_DIAG_*`).
    pub set Inet, enum InetAttr {
        /// Socket memory.
        1 INET_DIAG_MEMINFO Memory memory: Struct<InetMemory>,
        /// Transport information of TCP, MPTCP or SCTP; the answer does not say
        /// which.
        2 INET_DIAG_INFO Info info: TransportInfo<'static>,
        /// Information of the congestion control `vegas`.
        3 INET_DIAG_VEGASINFO VegasInfo vegas_info: Extensible<VegasInfo>,
        /// Name of the congestion control, such as `cubic`.
        4 INET_DIAG_CONG Congestion congestion: Str,
        /// Type of service (TOS) of sent packets.
        5 INET_DIAG_TOS Tos tos: u8,
        /// Traffic class of sent IPv6 packets.
        6 INET_DIAG_TCLASS TrafficClass traffic_class: u8,
        /// Socket memory in up to nine fields.
        7 INET_DIAG_SKMEMINFO SocketMemory socket_memory: Extensible<SocketMemory>,
        /// Directions that were shut down.
        8 INET_DIAG_SHUTDOWN Shutdown shutdown: Shutdown,
        /// Information of the congestion control `dctcp`.
        9 INET_DIAG_DCTCPINFO DctcpInfo dctcp_info: Extensible<DctcpInfo>,
        /// Protocol of a raw socket.
        10 INET_DIAG_PROTOCOL Protocol protocol: u8,
        /// 1 if the socket is for IPv6 only (`IPV6_V6ONLY`).
        11 INET_DIAG_SKV6ONLY V6Only v6_only: u8,
        /// Local addresses of an SCTP association.
        12 INET_DIAG_LOCALS Locals locals: Array<StorageAddress>,
        /// Peer addresses of an SCTP association.
        13 INET_DIAG_PEERS Peers peers: Array<StorageAddress>,
        /// Padding.
        14 INET_DIAG_PAD Pad pad: Bytes,
        /// Mark of sent packets; the kernel sends it with `CAP_NET_ADMIN` only.
        15 INET_DIAG_MARK Mark mark: Shown<u32, Hexadecimal>,
        /// Information of the congestion control `bbr`.
        16 INET_DIAG_BBRINFO BbrInfo bbr_info: Extensible<BbrInfo>,
        /// Class ID of the socket's control group, or priority of the socket.
        17 INET_DIAG_CLASS_ID ClassId class_id: u32,
        /// Keys of TCP MD5 signatures.
        18 INET_DIAG_MD5SIG Md5Signatures md5_signatures: Array<Md5Signature>,
        /// Upper layer protocol on top of TCP, such as TLS.
        19 INET_DIAG_ULP_INFO UpperLayer upper_layer: Nest<UpperLayer>,
        /// BPF storages.
        20 INET_DIAG_SK_BPF_STORAGES BpfStorages bpf_storages: Nest<BpfStorages>,
        /// ID of the socket's control group (cgroup v2).
        21 INET_DIAG_CGROUP_ID ControlGroup control_group: u64,
        /// Socket options.
        22 INET_DIAG_SOCKOPT Options options: SocketOptions,
    }
}
