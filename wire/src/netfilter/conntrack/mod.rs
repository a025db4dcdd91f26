//! Connection tracking: `CTA_*` (`linux/netfilter/nfnetlink_conntrack.h`,
//! `linux/netfilter/nf_conntrack_common.h`).

mod change;
mod flow;
mod query;
mod row;

pub use change::{DeleteConnection, FlushConnections, NewConnection, SetConnection};
pub use flow::{ConnectionKey, Flow, FlowPorts};
pub use query::{
    ConntrackCpuStatsRow, ConntrackStatsRow, GetConnection, GetConnections, GetConntrackCpuStats,
    GetConntrackStats,
};
pub use row::{ConnectionRow, Counters};

use crate::attributes;
use crate::codec::{Be, Bytes, Ip, Nest, Struct, Text};
use crate::numbers::{flags, numbers};
use crate::structs::structs;

attributes! {
    /// Attributes of a connection, an entry of the conntrack table (`CTA_*`). A
    /// request names the entry by either tuple, in the header's family.
    pub set Conntrack, enum ConntrackAttr {
        /// Tuple of the original direction: addresses and ports of the first
        /// packet.
        1 CTA_TUPLE_ORIG Original original: Nest<Tuple>,
        /// Tuple of the reply direction; NAT shows in the difference.
        2 CTA_TUPLE_REPLY Reply reply: Nest<Tuple>,
        /// Status bits.
        3 CTA_STATUS Status status: Be<ConntrackStatus>,
        /// Connection state of the transport protocol.
        4 CTA_PROTOINFO ProtocolInfo protocol_info: Nest<ProtocolState>,
        /// Conntrack helper of the connection, such as `ftp`.
        5 CTA_HELP Helper helper: Nest<Helper>,
        /// Source NAT to set up, in a request.
        6 CTA_NAT_SRC SourceNat source_nat: Nest<Nat>,
        /// Remaining lifetime without packets, in seconds.
        7 CTA_TIMEOUT Timeout timeout: Be<u32>,
        /// Mark of the connection (`ct mark`).
        8 CTA_MARK Mark mark: Be<u32>,
        /// Counters of the original direction.
        9 CTA_COUNTERS_ORIG OriginalCounters original_counters: Nest<ConntrackCounters>,
        /// Counters of the reply direction.
        10 CTA_COUNTERS_REPLY ReplyCounters reply_counters: Nest<ConntrackCounters>,
        /// Number of references to the entry.
        11 CTA_USE Use users: Be<u32>,
        /// Identifier of the entry, which a later connection with the same
        /// tuple does not have.
        12 CTA_ID Id id: Be<u32>,
        /// Destination NAT to set up, in a request.
        13 CTA_NAT_DST DestinationNat destination_nat: Nest<Nat>,
        /// Original tuple of the master: the connection that expected this one.
        14 CTA_TUPLE_MASTER Master master: Nest<Tuple>,
        /// Sequence number adjustment of the original direction.
        15 CTA_SEQ_ADJ_ORIG OriginalShift original_shift: Nest<SequenceShift>,
        /// Sequence number adjustment of the reply direction.
        16 CTA_SEQ_ADJ_REPLY ReplyShift reply_shift: Nest<SequenceShift>,
        /// Security mark, obsolete.
        17 CTA_SECMARK SecurityMark security_mark: Be<u32>,
        /// Conntrack zone of both directions; absent for zone 0.
        18 CTA_ZONE Zone zone: Be<u16>,
        /// Security context.
        19 CTA_SECCTX SecurityContext security_context: Nest<ConntrackSecurity>,
        /// Start and stop time.
        20 CTA_TIMESTAMP Timestamp timestamp: Nest<ConntrackTimes>,
        /// Mask of the mark bits that a request changes or filters by.
        21 CTA_MARK_MASK MarkMask mark_mask: Be<u32>,
        /// Connection labels (`ct label`), a bitmap of 128 bits.
        22 CTA_LABELS Labels labels: Bytes,
        /// Mask of the labels that a request changes.
        23 CTA_LABELS_MASK LabelsMask labels_mask: Bytes,
        /// State of the SYN proxy.
        24 CTA_SYNPROXY SynProxy syn_proxy: Nest<SynProxy>,
        /// Tuple fields that a dump is filtered by.
        25 CTA_FILTER Filter filter: Nest<ConntrackFilter>,
        /// Mask of the status bits that a request filters by.
        26 CTA_STATUS_MASK StatusMask status_mask: Be<ConntrackStatus>,
        /// Time of the event in nanoseconds since 1970.
        27 CTA_TIMESTAMP_EVENT EventTime event_time: Be<u64>,
    }
}

attributes! {
    /// Tuple: the addresses and ports of one direction (`CTA_TUPLE_*`).
    pub set Tuple, enum TupleAttr {
        /// Source and destination address.
        1 CTA_TUPLE_IP Ip ip: Nest<TupleIp>,
        /// Transport protocol and ports.
        2 CTA_TUPLE_PROTO Protocol protocol: Nest<TupleProtocol>,
        /// Conntrack zone of this direction alone.
        3 CTA_TUPLE_ZONE Zone zone: Be<u16>,
    }
}

attributes! {
    /// Addresses of a tuple (`CTA_IP_*`).
    pub set TupleIp, enum TupleIpAttr {
        /// IPv4 source address.
        1 CTA_IP_V4_SRC SourceV4 source_v4: Ip,
        /// IPv4 destination address.
        2 CTA_IP_V4_DST DestinationV4 destination_v4: Ip,
        /// IPv6 source address.
        3 CTA_IP_V6_SRC SourceV6 source_v6: Ip,
        /// IPv6 destination address.
        4 CTA_IP_V6_DST DestinationV6 destination_v6: Ip,
    }
}

attributes! {
    /// Transport protocol and ports of a tuple (`CTA_PROTO_*`).
    pub set TupleProtocol, enum TupleProtocolAttr {
        /// Protocol number, such as 6 for TCP.
        1 CTA_PROTO_NUM Number number: u8,
        /// Source port.
        2 CTA_PROTO_SRC_PORT SourcePort source_port: Be<u16>,
        /// Destination port.
        3 CTA_PROTO_DST_PORT DestinationPort destination_port: Be<u16>,
        /// Identifier of an ICMP echo.
        4 CTA_PROTO_ICMP_ID IcmpId icmp_id: Be<u16>,
        /// ICMP type.
        5 CTA_PROTO_ICMP_TYPE IcmpType icmp_type: u8,
        /// ICMP code.
        6 CTA_PROTO_ICMP_CODE IcmpCode icmp_code: u8,
        /// Identifier of an ICMPv6 echo.
        7 CTA_PROTO_ICMPV6_ID Icmpv6Id icmpv6_id: Be<u16>,
        /// ICMPv6 type.
        8 CTA_PROTO_ICMPV6_TYPE Icmpv6Type icmpv6_type: u8,
        /// ICMPv6 code.
        9 CTA_PROTO_ICMPV6_CODE Icmpv6Code icmpv6_code: u8,
    }
}

flags! {
    /// Status of a connection (`IPS_*`); prints in the order of the bits.
    pub struct ConntrackStatus(u32) {
        /// Connection that another one expected.
        EXPECTED = 0x1 "IPS_EXPECTED" "expected";
        /// Connection with packets in both directions.
        SEEN_REPLY = 0x2 "IPS_SEEN_REPLY" "seen-reply";
        /// Connection that is kept when the table is full.
        ASSURED = 0x4 "IPS_ASSURED" "assured";
        /// Connection whose first packet has left the host.
        CONFIRMED = 0x8 "IPS_CONFIRMED" "confirmed";
        /// Connection with source NAT.
        SRC_NAT = 0x10 "IPS_SRC_NAT" "snat";
        /// Connection with destination NAT.
        DST_NAT = 0x20 "IPS_DST_NAT" "dnat";
        /// TCP connection whose sequence numbers are adjusted.
        SEQ_ADJUST = 0x40 "IPS_SEQ_ADJUST" "seq-adjust";
        /// Connection whose source NAT is decided.
        SRC_NAT_DONE = 0x80 "IPS_SRC_NAT_DONE" "snat-done";
        /// Connection whose destination NAT is decided.
        DST_NAT_DONE = 0x100 "IPS_DST_NAT_DONE" "dnat-done";
        /// Connection that was removed from the table.
        DYING = 0x200 "IPS_DYING" "dying";
        /// Connection whose timeout does not change.
        FIXED_TIMEOUT = 0x400 "IPS_FIXED_TIMEOUT" "fixed-timeout";
        /// Template for other connections (`ct zone set`, `CT` of iptables).
        TEMPLATE = 0x800 "IPS_TEMPLATE" "template";
        /// Connection that lost an insertion race to another with the same
        /// tuple.
        NAT_CLASH = 0x1000 "IPS_NAT_CLASH" "nat-clash";
        /// Connection whose helper was set by a rule or a netlink request.
        HELPER = 0x2000 "IPS_HELPER" "helper";
        /// Connection in a flow table.
        OFFLOAD = 0x4000 "IPS_OFFLOAD" "offload";
        /// Connection in a hardware flow table.
        HW_OFFLOAD = 0x8000 "IPS_HW_OFFLOAD" "hw-offload";
    }
}

attributes! {
    /// Connection state by transport protocol (`CTA_PROTOINFO_*`).
    pub set ProtocolState, enum ProtocolStateAttr {
        /// TCP state.
        1 CTA_PROTOINFO_TCP Tcp tcp: Nest<TcpInfo>,
        /// DCCP state; Linux 6.16 removed DCCP.
        2 CTA_PROTOINFO_DCCP Dccp dccp: Nest<DccpInfo>,
        /// SCTP state.
        3 CTA_PROTOINFO_SCTP Sctp sctp: Nest<SctpInfo>,
    }
}

numbers! {
    /// State of a DCCP connection.
    #[doc(alias = "ct_dccp_states")]
    pub struct DccpState(u8) {
        NONE = 0 "CT_DCCP_NONE" "NONE";
        REQUEST = 1 "CT_DCCP_REQUEST" "REQUEST";
        RESPOND = 2 "CT_DCCP_RESPOND" "RESPOND";
        PARTOPEN = 3 "CT_DCCP_PARTOPEN" "PARTOPEN";
        OPEN = 4 "CT_DCCP_OPEN" "OPEN";
        CLOSEREQ = 5 "CT_DCCP_CLOSEREQ" "CLOSEREQ";
        CLOSING = 6 "CT_DCCP_CLOSING" "CLOSING";
        TIMEWAIT = 7 "CT_DCCP_TIMEWAIT" "TIMEWAIT";
        IGNORE = 8 "CT_DCCP_IGNORE" "IGNORE";
        INVALID = 9 "CT_DCCP_INVALID" "INVALID";
    }
}

attributes! {
    /// State of a DCCP connection (`CTA_PROTOINFO_DCCP_*`).
    pub set DccpInfo, enum DccpInfoAttr {
        /// State.
        1 CTA_PROTOINFO_DCCP_STATE State state: DccpState,
        /// Role of the original sender: 0 client, 1 server.
        2 CTA_PROTOINFO_DCCP_ROLE Role role: u8,
        /// Sequence number of the handshake.
        3 CTA_PROTOINFO_DCCP_HANDSHAKE_SEQ Handshake handshake: Be<u64>,
        /// Padding.
        4 CTA_PROTOINFO_DCCP_PAD Pad pad: Bytes,
    }
}

numbers! {
    /// State of a TCP connection, as `conntrack -L` prints it.
    #[doc(alias = "tcp_conntrack")]
    pub struct TcpState(u8) {
        NONE = 0 "TCP_CONNTRACK_NONE" "NONE";
        SYN_SENT = 1 "TCP_CONNTRACK_SYN_SENT" "SYN_SENT";
        SYN_RECV = 2 "TCP_CONNTRACK_SYN_RECV" "SYN_RECV";
        ESTABLISHED = 3 "TCP_CONNTRACK_ESTABLISHED" "ESTABLISHED";
        FIN_WAIT = 4 "TCP_CONNTRACK_FIN_WAIT" "FIN_WAIT";
        CLOSE_WAIT = 5 "TCP_CONNTRACK_CLOSE_WAIT" "CLOSE_WAIT";
        LAST_ACK = 6 "TCP_CONNTRACK_LAST_ACK" "LAST_ACK";
        TIME_WAIT = 7 "TCP_CONNTRACK_TIME_WAIT" "TIME_WAIT";
        CLOSE = 8 "TCP_CONNTRACK_CLOSE" "CLOSE";
        /// Both ends have sent a SYN.
        SYN_SENT2 = 9 "TCP_CONNTRACK_SYN_SENT2" "SYN_SENT2";
    }
}

attributes! {
    /// TCP state of a connection (`CTA_PROTOINFO_TCP_*`).
    pub set TcpInfo, enum TcpInfoAttr {
        /// State, such as `ESTABLISHED`.
        1 CTA_PROTOINFO_TCP_STATE State state: TcpState,
        /// Window scale of the original direction, from 0 to 14.
        2 CTA_PROTOINFO_TCP_WSCALE_ORIGINAL OriginalScale original_scale: u8,
        /// Window scale of the reply direction, from 0 to 14.
        3 CTA_PROTOINFO_TCP_WSCALE_REPLY ReplyScale reply_scale: u8,
        /// TCP flags of the original direction.
        4 CTA_PROTOINFO_TCP_FLAGS_ORIGINAL OriginalFlags original_flags: Struct<TcpFlags>,
        /// TCP flags of the reply direction.
        5 CTA_PROTOINFO_TCP_FLAGS_REPLY ReplyFlags reply_flags: Struct<TcpFlags>,
    }
}

structs! {
    /// TCP flags of one direction of a connection.
    #[doc(alias = "nf_ct_tcp_flags")]
    pub struct TcpFlags: 2 {
        /// Flag bits.
        flags: u8 as TcpFlagBits,
        /// Mask of the flag bits that a request changes.
        mask: u8 as TcpFlagBits,
    }
}

flags! {
    /// Bits of [`TcpFlags`].
    pub struct TcpFlagBits(u8) {
        /// Window scaling is offered by the sender.
        WINDOW_SCALE = 0x01 "IP_CT_TCP_FLAG_WINDOW_SCALE" "window-scale";
        /// Selective acknowledgements are permitted by the sender.
        SACK_PERM = 0x02 "IP_CT_TCP_FLAG_SACK_PERM" "sack-perm";
        /// This end sent the first FIN.
        CLOSE_INIT = 0x04 "IP_CT_TCP_FLAG_CLOSE_INIT" "close-init";
        /// Packets outside of the window are accepted.
        BE_LIBERAL = 0x08 "IP_CT_TCP_FLAG_BE_LIBERAL" "be-liberal";
        /// Data are not yet acknowledged.
        UNACKED = 0x10 "IP_CT_TCP_FLAG_DATA_UNACKNOWLEDGED" "unacked";
        /// The highest acknowledgement is known.
        MAXACK = 0x20 "IP_CT_TCP_FLAG_MAXACK_SET" "maxack";
        /// A challenge acknowledgement is expected.
        CHALLENGE_ACK = 0x40 "IP_CT_EXP_CHALLENGE_ACK" "challenge-ack";
    }
}

numbers! {
    /// State of an SCTP association.
    #[doc(alias = "sctp_conntrack")]
    pub struct SctpState(u8) {
        NONE = 0 "SCTP_CONNTRACK_NONE" "NONE";
        CLOSED = 1 "SCTP_CONNTRACK_CLOSED" "CLOSED";
        COOKIE_WAIT = 2 "SCTP_CONNTRACK_COOKIE_WAIT" "COOKIE_WAIT";
        COOKIE_ECHOED = 3 "SCTP_CONNTRACK_COOKIE_ECHOED" "COOKIE_ECHOED";
        ESTABLISHED = 4 "SCTP_CONNTRACK_ESTABLISHED" "ESTABLISHED";
        SHUTDOWN_SENT = 5 "SCTP_CONNTRACK_SHUTDOWN_SENT" "SHUTDOWN_SENT";
        SHUTDOWN_RECEIVED = 6 "SCTP_CONNTRACK_SHUTDOWN_RECD" "SHUTDOWN_RECD";
        SHUTDOWN_ACK_SENT = 7 "SCTP_CONNTRACK_SHUTDOWN_ACK_SENT" "SHUTDOWN_ACK_SENT";
        HEARTBEAT_SENT = 8 "SCTP_CONNTRACK_HEARTBEAT_SENT" "HEARTBEAT_SENT";
        /// Kernels before 6.1.
        HEARTBEAT_ACKED = 9 "SCTP_CONNTRACK_HEARTBEAT_ACKED" "HEARTBEAT_ACKED";
    }
}

numbers! {
    /// Relation of a packet to its connection.
    #[doc(alias = "ip_conntrack_info")]
    pub struct PacketState(u32) {
        ESTABLISHED = 0 "IP_CT_ESTABLISHED" "established";
        /// First packet of a connection that another one expected, or an ICMP error.
        RELATED = 1 "IP_CT_RELATED" "related";
        /// First packet of a connection.
        NEW = 2 "IP_CT_NEW" "new";
        /// Reply of a connection.
        ESTABLISHED_REPLY = 3 "IP_CT_ESTABLISHED_REPLY" "established,reply";
        /// Related packet in the direction of replies.
        RELATED_REPLY = 4 "IP_CT_RELATED_REPLY" "related,reply";
        /// Packet without a connection.
        UNTRACKED = 7 "IP_CT_UNTRACKED" "untracked";
    }
}

attributes! {
    /// SCTP state of a connection (`CTA_PROTOINFO_SCTP_*`).
    pub set SctpInfo, enum SctpInfoAttr {
        /// State of the association.
        1 CTA_PROTOINFO_SCTP_STATE State state: SctpState,
        /// Verification tag of the original direction.
        2 CTA_PROTOINFO_SCTP_VTAG_ORIGINAL OriginalTag original_tag: Be<u32>,
        /// Verification tag of the reply direction.
        3 CTA_PROTOINFO_SCTP_VTAG_REPLY ReplyTag reply_tag: Be<u32>,
    }
}

attributes! {
    /// Packets and bytes of one direction (`CTA_COUNTERS_*`). The kernel counts
    /// where `net.netfilter.nf_conntrack_acct` is 1 (default 0).
    pub set ConntrackCounters, enum ConntrackCountersAttr {
        /// Number of packets.
        1 CTA_COUNTERS_PACKETS Packets packets: Be<u64>,
        /// Number of bytes, from the IP header on.
        2 CTA_COUNTERS_BYTES Bytes bytes: Be<u64>,
        /// Number of packets in 32 bits, before Linux 2.6.36.
        3 CTA_COUNTERS32_PACKETS Packets32 packets32: Be<u32>,
        /// Number of bytes in 32 bits, before Linux 2.6.36.
        4 CTA_COUNTERS32_BYTES Bytes32 bytes32: Be<u32>,
        /// Padding.
        5 CTA_COUNTERS_PAD Pad pad: Bytes,
    }
}

attributes! {
    /// Start and stop time of a connection (`CTA_TIMESTAMP_*`), in nanoseconds
    /// since 1970. The kernel records them where
    /// `net.netfilter.nf_conntrack_timestamp` is 1 (default 0).
    pub set ConntrackTimes, enum ConntrackTimesAttr {
        /// Start time.
        1 CTA_TIMESTAMP_START Start start: Be<u64>,
        /// Stop time.
        2 CTA_TIMESTAMP_STOP Stop stop: Be<u64>,
        /// Padding.
        3 CTA_TIMESTAMP_PAD Pad pad: Bytes,
    }
}

attributes! {
    /// Conntrack helper of a connection (`CTA_HELP_*`).
    pub set Helper, enum HelperAttr {
        /// Name of the helper, such as `ftp`.
        1 CTA_HELP_NAME Name name: Text,
        /// State of the helper.
        2 CTA_HELP_INFO Info info: Bytes,
    }
}

attributes! {
    /// NAT to set up (`CTA_NAT_*`).
    pub set Nat, enum NatAttr {
        /// First IPv4 address of the range.
        1 CTA_NAT_V4_MINIP FirstV4 first_v4: Ip,
        /// Last IPv4 address of the range.
        2 CTA_NAT_V4_MAXIP LastV4 last_v4: Ip,
        /// Port range.
        3 CTA_NAT_PROTO Ports ports: Nest<NatPorts>,
        /// First IPv6 address of the range.
        4 CTA_NAT_V6_MINIP FirstV6 first_v6: Ip,
        /// Last IPv6 address of the range.
        5 CTA_NAT_V6_MAXIP LastV6 last_v6: Ip,
    }
}

attributes! {
    /// Port range of NAT (`CTA_PROTONAT_*`).
    pub set NatPorts, enum NatPortsAttr {
        /// First port.
        1 CTA_PROTONAT_PORT_MIN First first: Be<u16>,
        /// Last port.
        2 CTA_PROTONAT_PORT_MAX Last last: Be<u16>,
    }
}

attributes! {
    /// Sequence number adjustment of one direction (`CTA_SEQADJ_*`).
    pub set SequenceShift, enum SequenceShiftAttr {
        /// Sequence number at which the offset last changed.
        1 CTA_SEQADJ_CORRECTION_POS Position position: Be<u32>,
        /// Offset before that sequence number.
        2 CTA_SEQADJ_OFFSET_BEFORE Before before: Be<u32>,
        /// Offset after that sequence number.
        3 CTA_SEQADJ_OFFSET_AFTER After after: Be<u32>,
    }
}

attributes! {
    /// Security context of a connection (`CTA_SECCTX_*`).
    pub set ConntrackSecurity, enum ConntrackSecurityAttr {
        /// Name of the security context.
        1 CTA_SECCTX_NAME Name name: Text,
    }
}

attributes! {
    /// State of the SYN proxy (`CTA_SYNPROXY_*`).
    pub set SynProxy, enum SynProxyAttr {
        /// Initial sequence number.
        1 CTA_SYNPROXY_ISN InitialSequence initial_sequence: Be<u32>,
        /// Initial TCP timestamp.
        2 CTA_SYNPROXY_ITS InitialTimestamp initial_timestamp: Be<u32>,
        /// Offset of TCP timestamps.
        3 CTA_SYNPROXY_TSOFF TimestampShift timestamp_shift: Be<u32>,
    }
}

attributes! {
    /// Tuple fields that a dump is filtered by (`CTA_FILTER_*`), in the
    /// machine's byte order.
    pub set ConntrackFilter, enum ConntrackFilterAttr {
        /// Field bits of the original tuple.
        1 CTA_FILTER_ORIG_FLAGS Original original: u32,
        /// Field bits of the reply tuple.
        2 CTA_FILTER_REPLY_FLAGS Reply reply: u32,
    }
}

attributes! {
    /// Conntrack counters of one CPU (`CTA_STATS_*`). The header's resource is
    /// the CPU number.
    pub set ConntrackCpuStats, enum ConntrackCpuStatsAttr {
        /// Unused.
        1 CTA_STATS_SEARCHED Searched searched: Be<u32>,
        /// Number of tuples that NAT found in use.
        2 CTA_STATS_FOUND Found found: Be<u32>,
        /// Unused.
        3 CTA_STATS_NEW Fresh fresh: Be<u32>,
        /// Number of packets that could not be tracked.
        4 CTA_STATS_INVALID Invalid invalid: Be<u32>,
        /// Unused.
        5 CTA_STATS_IGNORE Ignore ignore: Be<u32>,
        /// Unused.
        6 CTA_STATS_DELETE Delete delete: Be<u32>,
        /// Unused.
        7 CTA_STATS_DELETE_LIST DeleteList delete_list: Be<u32>,
        /// Number of entries inserted into the table.
        8 CTA_STATS_INSERT Insert insert: Be<u32>,
        /// Number of entries that could not be inserted.
        9 CTA_STATS_INSERT_FAILED InsertFailed insert_failed: Be<u32>,
        /// Number of packets dropped because their connection could not be
        /// tracked.
        10 CTA_STATS_DROP Drop drop: Be<u32>,
        /// Number of entries removed early because the table was full.
        11 CTA_STATS_EARLY_DROP EarlyDrop early_drop: Be<u32>,
        /// Number of ICMP errors that could not be tracked.
        12 CTA_STATS_ERROR Error error: Be<u32>,
        /// Number of look-ups repeated because the table changed meanwhile.
        13 CTA_STATS_SEARCH_RESTART SearchRestart search_restart: Be<u32>,
        /// Number of insertion races resolved.
        14 CTA_STATS_CLASH_RESOLVE ClashResolve clash_resolve: Be<u32>,
        /// Number of entries rejected because their hash chain was too long.
        15 CTA_STATS_CHAIN_TOOLONG ChainTooLong chain_too_long: Be<u32>,
    }
}

attributes! {
    /// Size of the conntrack table (`CTA_STATS_GLOBAL_*`).
    pub set ConntrackStats, enum ConntrackStatsAttr {
        /// Number of entries.
        1 CTA_STATS_GLOBAL_ENTRIES Entries entries: Be<u32>,
        /// Maximum number of entries (`net.netfilter.nf_conntrack_max`).
        2 CTA_STATS_GLOBAL_MAX_ENTRIES MaxEntries max_entries: Be<u32>,
    }
}
