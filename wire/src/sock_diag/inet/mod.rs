//! Sockets of IPv4 and IPv6: `struct inet_diag_req_v2`, `struct inet_diag_msg`
//! and `INET_DIAG_*` (`linux/inet_diag.h`).

use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::zerocopy::native_endian::U32;
use crate::zerocopy::{FromBytes, Immutable, IntoBytes, Unaligned, big_endian};

mod ends;
mod list;
mod row;

pub use ends::{DestroyInetSocket, GetInetSocket};
pub use list::GetInetSockets;
pub use row::InetRow;

use super::{AF_INET, AF_INET6, SocketAddress, SocketMemory, TransportInfo};
use crate::codec::{Array, Bytes, Extensible, Nest, Str, Struct};
use crate::numbers::{flags, numbers};
use crate::structs::structs;
use crate::{FixedHeader, attributes};

/// TCP, as a protocol of sockets.
pub const IPPROTO_TCP: u8 = 6;
/// UDP, as a protocol of sockets.
pub const IPPROTO_UDP: u8 = 17;
/// Raw sockets.
pub const IPPROTO_RAW: u8 = 255;

/// Attributes that requests ask for unless told otherwise.
const STANDARD: InetExtensions = InetExtensions::INFO
    .union(InetExtensions::CONGESTION)
    .union(InetExtensions::SK_MEMINFO);

structs! {
    /// The fixed header of a request for sockets.
    #[doc(alias = "inet_diag_req_v2")]
    pub struct InetRequest: 56 {
        /// `AF_INET` or `AF_INET6`.
        #[doc(alias = "sdiag_family")]
        family: u8 as crate::AddressFamily,
        /// The transport protocol, such as [`IPPROTO_TCP`].
        #[doc(alias = "sdiag_protocol")]
        protocol: u8,
        /// Which attributes are wanted.
        #[doc(alias = "idiag_ext")]
        extensions: InetExtensions,
        /// The protocol of raw sockets, else zero.
        #[doc(alias = "sdiag_raw_protocol")]
        raw_protocol: u8,
        /// The states of the sockets that are dumped ([`TcpStates`]).
        #[doc(alias = "idiag_states")]
        states: U32 as super::TcpStates,
        /// The socket, if one is asked for.
        id: SocketId,
    }

    /// The fixed header of a socket.
    #[doc(alias = "inet_diag_msg")]
    pub struct InetSocket: 72 {
        /// `AF_INET` or `AF_INET6`.
        #[doc(alias = "idiag_family")]
        family: u8 as crate::AddressFamily,
        /// Its state; of UDP, whether it is connected.
        #[doc(alias = "idiag_state")]
        state: TcpState,
        /// Which timer runs: 1 retransmission, 2 keepalive, 3 the end of
        /// `TIME_WAIT`, 4 the probe of a closed window.
        #[doc(alias = "idiag_timer")]
        timer: u8,
        /// How often the timer has run out.
        #[doc(alias = "idiag_retrans")]
        retransmits: u8,
        /// Its addresses and ports.
        id: SocketId,
        /// When the timer runs out, in milliseconds.
        #[doc(alias = "idiag_expires")]
        expires: U32,
        /// Bytes to be read; of a listener, connections to be accepted.
        #[doc(alias = "idiag_rqueue")]
        receive_queue: U32,
        /// Bytes not acknowledged; of a listener, how many may wait.
        #[doc(alias = "idiag_wqueue")]
        send_queue: U32,
        /// The user who owns it.
        #[doc(alias = "idiag_uid")]
        user: U32,
        /// Its inode, by which the files of processes name it.
        #[doc(alias = "idiag_inode")]
        inode: U32,
    }

    /// What names a socket.
    #[doc(alias = "inet_diag_sockid")]
    pub struct SocketId: 48 {
        /// The own port.
        #[doc(alias = "idiag_sport")]
        source_port: big_endian::U16,
        /// The port of the peer.
        #[doc(alias = "idiag_dport")]
        destination_port: big_endian::U16,
        /// The own address, of IPv4 in the first 4 bytes.
        #[doc(alias = "idiag_src")]
        source: [u8; 16] as crate::schema::WideAddress,
        /// The address of the peer.
        #[doc(alias = "idiag_dst")]
        destination: [u8; 16] as crate::schema::WideAddress,
        /// The link that it is bound to.
        #[doc(alias = "idiag_if")]
        index: U32,
        /// A number that no other socket has had: the low half first. All
        /// ones in a request that does not care.
        #[doc(alias = "idiag_cookie", alias = "INET_DIAG_NOCOOKIE")]
        cookie: [U32; 2],
    }

    /// Memory of a socket.
    #[doc(alias = "inet_diag_meminfo")]
    pub struct InetMemory: 16 {
        /// Bytes that wait to be read.
        #[doc(alias = "idiag_rmem")]
        receive: U32,
        /// Bytes that wait to be acknowledged.
        #[doc(alias = "idiag_wmem")]
        send: U32,
        /// Bytes in reserve.
        #[doc(alias = "idiag_fmem")]
        reserved: U32,
        /// Bytes that wait to be sent.
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
    /// Returns the own address.
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
    /// No cookie, as a request for a socket by its addresses has it.
    pub const NO_COOKIE: [U32; 2] = [U32::new(u32::MAX); 2];

    /// Names the socket of these two ends, on any link and of any cookie.
    #[must_use]
    pub fn new(source: (IpAddr, u16), destination: (IpAddr, u16)) -> Self {
        Self {
            source_port: source.1.into(),
            destination_port: destination.1.into(),
            source: octets(source.0),
            destination: octets(destination.0),
            index: U32::new(0),
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
    /// Which attributes a request wants: bit `n` less one for attribute `n`.
    #[derive(FromBytes, IntoBytes, Immutable, Unaligned)]
    #[doc(alias = "idiag_ext")]
    pub struct InetExtensions(u8) {
        /// [`INET_DIAG_MEMINFO`].
        MEMINFO = 0x01 "INET_DIAG_MEMINFO" "meminfo";
        /// [`INET_DIAG_INFO`].
        INFO = 0x02 "INET_DIAG_INFO" "info";
        /// [`INET_DIAG_VEGASINFO`], or what another congestion control knows.
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
    /// The state of a socket.
    #[derive(FromBytes, IntoBytes, Immutable, Unaligned)]
    pub struct TcpState(u8) {
        ESTABLISHED = 1 "TCP_ESTABLISHED" "ESTAB";
        SYN_SENT = 2 "TCP_SYN_SENT" "SYN-SENT";
        SYN_RECV = 3 "TCP_SYN_RECV" "SYN-RECV";
        FIN_WAIT1 = 4 "TCP_FIN_WAIT1" "FIN-WAIT-1";
        FIN_WAIT2 = 5 "TCP_FIN_WAIT2" "FIN-WAIT-2";
        TIME_WAIT = 6 "TCP_TIME_WAIT" "TIME-WAIT";
        /// Of UDP: not connected.
        CLOSE = 7 "TCP_CLOSE" "UNCONN";
        CLOSE_WAIT = 8 "TCP_CLOSE_WAIT" "CLOSE-WAIT";
        LAST_ACK = 9 "TCP_LAST_ACK" "LAST-ACK";
        LISTEN = 10 "TCP_LISTEN" "LISTEN";
        CLOSING = 11 "TCP_CLOSING" "CLOSING";
        NEW_SYN_RECV = 12 "TCP_NEW_SYN_RECV" "NEW-SYN-RECV";
    }
}

flags! {
    /// States of sockets, a bit each, which a dump is limited to.
    pub struct TcpStates(u32) {
        ESTABLISHED = 0x0002 "TCPF_ESTABLISHED" "established";
        SYN_SENT = 0x0004 "TCPF_SYN_SENT" "syn-sent";
        SYN_RECV = 0x0008 "TCPF_SYN_RECV" "syn-recv";
        FIN_WAIT1 = 0x0010 "TCPF_FIN_WAIT1" "fin-wait-1";
        FIN_WAIT2 = 0x0020 "TCPF_FIN_WAIT2" "fin-wait-2";
        TIME_WAIT = 0x0040 "TCPF_TIME_WAIT" "time-wait";
        /// Of UDP: not connected.
        CLOSE = 0x0080 "TCPF_CLOSE" "closed";
        CLOSE_WAIT = 0x0100 "TCPF_CLOSE_WAIT" "close-wait";
        LAST_ACK = 0x0200 "TCPF_LAST_ACK" "last-ack";
        LISTEN = 0x0400 "TCPF_LISTEN" "listening";
        CLOSING = 0x0800 "TCPF_CLOSING" "closing";
        NEW_SYN_RECV = 0x1000 "TCPF_NEW_SYN_RECV" "new-syn-recv";
    }
}

structs! {
    /// A step of the program [`INET_DIAG_REQ_BYTECODE`], which chooses sockets.
    /// Offsets are in bytes, from this step on.
    #[doc(alias = "inet_diag_bc_op")]
    pub struct InetFilter: 4 {
        /// What is asked.
        code: InetFilterCode,
        /// Where to go on if it is so.
        yes: u8,
        /// Where to go on if not; behind the end, the socket is left out.
        no: crate::zerocopy::native_endian::U16,
    }
}

numbers! {
    /// What a step of a filter asks.
    #[derive(FromBytes, IntoBytes, Immutable, Unaligned)]
    pub struct InetFilterCode(u8) {
        NOP = 0 "INET_DIAG_BC_NOP" "nop";
        /// Goes on at `no`.
        JMP = 1 "INET_DIAG_BC_JMP" "jmp";
        /// The source port is at least that of the next step.
        S_GE = 2 "INET_DIAG_BC_S_GE" "s-ge";
        /// It is at most that.
        S_LE = 3 "INET_DIAG_BC_S_LE" "s-le";
        /// The destination port is at least that of the next step.
        D_GE = 4 "INET_DIAG_BC_D_GE" "d-ge";
        /// It is at most that.
        D_LE = 5 "INET_DIAG_BC_D_LE" "d-le";
        /// The port was chosen by the kernel.
        AUTO = 6 "INET_DIAG_BC_AUTO" "auto";
        /// The source is in a network, which follows.
        S_COND = 7 "INET_DIAG_BC_S_COND" "s-cond";
        /// The destination is in a network, which follows.
        D_COND = 8 "INET_DIAG_BC_D_COND" "d-cond";
        /// It is bound to the link of the next step.
        DEV_COND = 9 "INET_DIAG_BC_DEV_COND" "dev-cond";
        /// It has the mark of the next step.
        MARK_COND = 10 "INET_DIAG_BC_MARK_COND" "mark-cond";
        /// The source port is that of the next step.
        S_EQ = 11 "INET_DIAG_BC_S_EQ" "s-eq";
        /// The destination port is that of the next step.
        D_EQ = 12 "INET_DIAG_BC_D_EQ" "d-eq";
        /// Its control group is that of the next two steps.
        CGROUP_COND = 13 "INET_DIAG_BC_CGROUP_COND" "cgroup-cond";
    }
}

attributes! {
    /// The attributes of a request (`INET_DIAG_REQ_*`).
    pub set InetRequestSet, enum InetRequestAttr {
        /// A filter, as a program (`struct inet_diag_bc_op`).
        1 INET_DIAG_REQ_BYTECODE Bytecode bytecode: Bytes,
        /// Which storage of BPF is wanted.
        2 INET_DIAG_REQ_SK_BPF_STORAGES BpfStorages bpf_storages: Bytes,
        /// The protocol, where it takes more than 8 bits ([`IPPROTO_MPTCP`](super::IPPROTO_MPTCP)).
        3 INET_DIAG_REQ_PROTOCOL Protocol protocol: u32,
    }
}

attributes! {
    /// The attributes of a socket (`INET_DIAG_*`).
    pub set Inet, enum InetAttr {
        /// Its memory.
        1 INET_DIAG_MEMINFO Memory memory: Struct<InetMemory>,
        /// Information of TCP, MPTCP or SCTP: only the program that asked knows which.
        2 INET_DIAG_INFO Info info: TransportInfo<'static>,
        /// What the congestion control `vegas` knows.
        3 INET_DIAG_VEGASINFO VegasInfo vegas_info: Bytes,
        /// The name of the congestion control.
        4 INET_DIAG_CONG Congestion congestion: Str,
        /// The type of service that it sends with.
        5 INET_DIAG_TOS Tos tos: u8,
        /// The traffic class that it sends with, of IPv6.
        6 INET_DIAG_TCLASS TrafficClass traffic_class: u8,
        /// More of its memory.
        7 INET_DIAG_SKMEMINFO SocketMemory socket_memory: Extensible<SocketMemory>,
        /// What was shut down: 1 receiving, 2 sending.
        8 INET_DIAG_SHUTDOWN Shutdown shutdown: u8,
        /// What the congestion control `dctcp` knows.
        9 INET_DIAG_DCTCPINFO DctcpInfo dctcp_info: Bytes,
        /// The protocol of a raw socket.
        10 INET_DIAG_PROTOCOL Protocol protocol: u8,
        /// 1: only IPv6.
        11 INET_DIAG_SKV6ONLY V6Only v6_only: u8,
        /// Local addresses of SCTP.
        12 INET_DIAG_LOCALS Locals locals: Array<SocketAddress>,
        /// Peer addresses of SCTP.
        13 INET_DIAG_PEERS Peers peers: Array<SocketAddress>,
        /// Padding.
        14 INET_DIAG_PAD Pad pad: Bytes,
        /// The mark that it sends with, for those with `CAP_NET_ADMIN`.
        15 INET_DIAG_MARK Mark mark: u32,
        /// What the congestion control `bbr` knows.
        16 INET_DIAG_BBRINFO BbrInfo bbr_info: Bytes,
        /// The class of its control group.
        17 INET_DIAG_CLASS_ID ClassId class_id: u32,
        /// The keys of its MD5 signatures.
        18 INET_DIAG_MD5SIG Md5Signatures md5_signatures: Bytes,
        /// What is on top of TCP.
        19 INET_DIAG_ULP_INFO UpperLayer upper_layer: Nest<UpperLayer>,
        /// Storage of BPF.
        20 INET_DIAG_SK_BPF_STORAGES BpfStorages bpf_storages: Bytes,
        /// The number of its control group.
        21 INET_DIAG_CGROUP_ID ControlGroup control_group: u64,
        /// Options, one a bit (`struct inet_diag_sockopt`).
        22 INET_DIAG_SOCKOPT Options options: Bytes,
    }
}

attributes! {
    /// What is on top of TCP (`INET_ULP_INFO_*`).
    pub set UpperLayer, enum UpperLayerAttr {
        /// Its name.
        1 INET_ULP_INFO_NAME Name name: Str,
        /// What TLS knows, a nest of `TLS_INFO_*`.
        2 INET_ULP_INFO_TLS Tls tls: Bytes,
        /// What MPTCP knows, a nest of `MPTCP_SUBFLOW_ATTR_*`.
        3 INET_ULP_INFO_MPTCP Mptcp mptcp: Bytes,
    }
}
