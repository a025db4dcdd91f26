//! Timeout policies of connections, as `nfct timeout` sets them and the target
//! `CT --timeout` of iptables uses them
//! (`linux/netfilter/nfnetlink_cttimeout.h`).
//!
//! ```
//! use nlwire::netfilter::timeout::{NewTimeout, TcpTimeoutsAttr, TimeoutAttr};
//!
//! // nfct add timeout brief inet tcp established 100 close 10
//! let states = [TcpTimeoutsAttr::Established(100), TcpTimeoutsAttr::Close(10)];
//! let data = [TimeoutAttr::Data((&states).into())];
//! let brief = NewTimeout::of("brief".into(), 2, 6).with(&data);
//! ```
//!
//! Policies are read and deleted by name, or all of them. Connections without a
//! policy have the defaults of their protocol:
//!
//! ```
//! use nlwire::netfilter::timeout::{
//!     DeleteTimeout, FlushTimeouts, GetDefaultTimeouts, GetTimeout, GetTimeouts,
//!     SetDefaultTimeouts, TimeoutAttr, UdpTimeoutsAttr,
//! };
//!
//! let (brief, all) = (GetTimeout::named("brief".into()), GetTimeouts::all());
//! let (brief, all) = (DeleteTimeout::named("brief".into()), FlushTimeouts::unused());
//! // nfct default-set timeout inet udp replied 60
//! let replied = [UdpTimeoutsAttr::Replied(60)];
//! let data = [TimeoutAttr::Data((&replied).into())];
//! let set = SetDefaultTimeouts::of(2, 17).with(&data);
//! let get = GetDefaultTimeouts::of(2, 17);
//! ```

mod request;

pub use request::*;

use crate::attributes;
use crate::codec::{Be, Text};

attributes! {
    /// Timeout policy (`CTA_TIMEOUT_*`).
    pub set Timeout, enum TimeoutAttr {
        /// Name: at most 31 bytes.
        1 CTA_TIMEOUT_NAME Name name: Text,
        /// Network protocol: an `AF_*` number.
        2 CTA_TIMEOUT_L3PROTO NetworkProtocol network_protocol: Be<u16>,
        /// Transport protocol, such as 6 for TCP.
        3 CTA_TIMEOUT_L4PROTO TransportProtocol transport_protocol: u8,
        /// Timeouts by state of the connection.
        4 CTA_TIMEOUT_DATA Data data: TimeoutDataChoice,
        /// Number of references: 1, and 1 for each rule.
        5 CTA_TIMEOUT_USE Uses uses: Be<u32>,
    }
}

attributes! {
    /// The nest [`CTA_TIMEOUT_DATA`], by the transport protocol.
    pub choice TimeoutDataChoice, enum TimeoutData by CTA_TIMEOUT_L4PROTO: u8 {
        1 Icmp: IcmpTimeouts,
        6 Tcp: TcpTimeouts,
        17 Udp: UdpTimeouts,
        33 Dccp: DccpTimeouts,
        47 Gre: UdpTimeouts,
        58 Icmpv6: IcmpTimeouts,
        132 Sctp: SctpTimeouts,
        136 UdpLite: UdpTimeouts,
        255 Generic: IcmpTimeouts,
    }
}

attributes! {
    /// Timeout of a protocol without states, such as ICMP (`CTA_TIMEOUT_ICMP_*`,
    /// `CTA_TIMEOUT_ICMPV6_*`, `CTA_TIMEOUT_GENERIC_*`).
    pub set IcmpTimeouts, enum IcmpTimeoutsAttr {
        /// Timeout in seconds.
        1 CTA_TIMEOUT_ICMP_TIMEOUT Timeout timeout: Be<u32>,
    }
}

attributes! {
    /// Timeouts of UDP, UDP-Lite and GRE in seconds (`CTA_TIMEOUT_UDP_*`,
    /// `CTA_TIMEOUT_UDPLITE_*`, `CTA_TIMEOUT_GRE_*`).
    pub set UdpTimeouts, enum UdpTimeoutsAttr {
        /// Timeout before the first reply.
        1 CTA_TIMEOUT_UDP_UNREPLIED Unreplied unreplied: Be<u32>,
        /// Timeout after a reply.
        2 CTA_TIMEOUT_UDP_REPLIED Replied replied: Be<u32>,
    }
}

attributes! {
    /// Timeouts of TCP by state, in seconds (`CTA_TIMEOUT_TCP_*`).
    pub set TcpTimeouts, enum TcpTimeoutsAttr {
        1 CTA_TIMEOUT_TCP_SYN_SENT SynSent syn_sent: Be<u32>,
        2 CTA_TIMEOUT_TCP_SYN_RECV SynReceived syn_received: Be<u32>,
        3 CTA_TIMEOUT_TCP_ESTABLISHED Established established: Be<u32>,
        4 CTA_TIMEOUT_TCP_FIN_WAIT FinWait fin_wait: Be<u32>,
        5 CTA_TIMEOUT_TCP_CLOSE_WAIT CloseWait close_wait: Be<u32>,
        6 CTA_TIMEOUT_TCP_LAST_ACK LastAck last_ack: Be<u32>,
        7 CTA_TIMEOUT_TCP_TIME_WAIT TimeWait time_wait: Be<u32>,
        8 CTA_TIMEOUT_TCP_CLOSE Close close: Be<u32>,
        9 CTA_TIMEOUT_TCP_SYN_SENT2 SynSent2 syn_sent2: Be<u32>,
        /// Timeout after many retransmissions.
        10 CTA_TIMEOUT_TCP_RETRANS Retransmitted retransmitted: Be<u32>,
        /// Timeout while data are not acknowledged.
        11 CTA_TIMEOUT_TCP_UNACK Unacknowledged unacknowledged: Be<u32>,
    }
}

attributes! {
    /// Timeouts of DCCP by state, in seconds (`CTA_TIMEOUT_DCCP_*`). Linux 6.16
    /// removed DCCP.
    pub set DccpTimeouts, enum DccpTimeoutsAttr {
        1 CTA_TIMEOUT_DCCP_REQUEST Request request: Be<u32>,
        2 CTA_TIMEOUT_DCCP_RESPOND Respond respond: Be<u32>,
        3 CTA_TIMEOUT_DCCP_PARTOPEN PartOpen part_open: Be<u32>,
        4 CTA_TIMEOUT_DCCP_OPEN Open open: Be<u32>,
        5 CTA_TIMEOUT_DCCP_CLOSEREQ CloseRequest close_request: Be<u32>,
        6 CTA_TIMEOUT_DCCP_CLOSING Closing closing: Be<u32>,
        7 CTA_TIMEOUT_DCCP_TIMEWAIT TimeWait time_wait: Be<u32>,
    }
}

attributes! {
    /// Timeouts of SCTP by state, in seconds (`CTA_TIMEOUT_SCTP_*`).
    pub set SctpTimeouts, enum SctpTimeoutsAttr {
        1 CTA_TIMEOUT_SCTP_CLOSED Closed closed: Be<u32>,
        2 CTA_TIMEOUT_SCTP_COOKIE_WAIT CookieWait cookie_wait: Be<u32>,
        3 CTA_TIMEOUT_SCTP_COOKIE_ECHOED CookieEchoed cookie_echoed: Be<u32>,
        4 CTA_TIMEOUT_SCTP_ESTABLISHED Established established: Be<u32>,
        5 CTA_TIMEOUT_SCTP_SHUTDOWN_SENT ShutdownSent shutdown_sent: Be<u32>,
        6 CTA_TIMEOUT_SCTP_SHUTDOWN_RECD ShutdownReceived shutdown_received: Be<u32>,
        7 CTA_TIMEOUT_SCTP_SHUTDOWN_ACK_SENT ShutdownAckSent shutdown_ack_sent: Be<u32>,
        8 CTA_TIMEOUT_SCTP_HEARTBEAT_SENT HeartbeatSent heartbeat_sent: Be<u32>,
        /// Unused since Linux 6.3.
        9 CTA_TIMEOUT_SCTP_HEARTBEAT_ACKED HeartbeatAcked heartbeat_acked: Be<u32>,
    }
}
