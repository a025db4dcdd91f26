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
    /// The attributes of a connection (`CTA_*`). Connections are named by
    /// either of their tuples, in the family of the header.
    pub set Conntrack, enum ConntrackAttr {
        /// Where the first packet came from and went to.
        1 CTA_TUPLE_ORIG Original original: Nest<Tuple>,
        /// Where replies come from and go to.
        2 CTA_TUPLE_REPLY Reply reply: Nest<Tuple>,
        /// What has happened to it.
        3 CTA_STATUS Status status: Be<ConntrackStatus>,
        /// What its transport protocol knows.
        4 CTA_PROTOINFO ProtocolInfo protocol_info: Nest<ProtocolState>,
        /// The helper that follows it.
        5 CTA_HELP Helper helper: Nest<Helper>,
        /// How a request has its source translated.
        6 CTA_NAT_SRC SourceNat source_nat: Nest<Nat>,
        /// For how long it lasts without packets, in seconds.
        7 CTA_TIMEOUT Timeout timeout: Be<u32>,
        /// Its mark.
        8 CTA_MARK Mark mark: Be<u32>,
        /// What was sent in the direction of the first packet.
        9 CTA_COUNTERS_ORIG OriginalCounters original_counters: Nest<ConntrackCounters>,
        /// What was sent in reply.
        10 CTA_COUNTERS_REPLY ReplyCounters reply_counters: Nest<ConntrackCounters>,
        /// How many hold on to it.
        11 CTA_USE Use users: Be<u32>,
        /// Its number.
        12 CTA_ID Id id: Be<u32>,
        /// How a request has its destination translated.
        13 CTA_NAT_DST DestinationNat destination_nat: Nest<Nat>,
        /// The connection that this one was expected by.
        14 CTA_TUPLE_MASTER Master master: Nest<Tuple>,
        /// By how much sequence numbers are shifted.
        15 CTA_SEQ_ADJ_ORIG OriginalShift original_shift: Nest<SequenceShift>,
        /// By how much those of replies are.
        16 CTA_SEQ_ADJ_REPLY ReplyShift reply_shift: Nest<SequenceShift>,
        /// Its security mark, obsolete.
        17 CTA_SECMARK SecurityMark security_mark: Be<u32>,
        /// Its zone.
        18 CTA_ZONE Zone zone: Be<u16>,
        /// Its security context.
        19 CTA_SECCTX SecurityContext security_context: Nest<ConntrackSecurity>,
        /// When it began and ended.
        20 CTA_TIMESTAMP Timestamp timestamp: Nest<ConntrackTimes>,
        /// Which bits of the mark count, in a request.
        21 CTA_MARK_MASK MarkMask mark_mask: Be<u32>,
        /// Its labels, one a bit.
        22 CTA_LABELS Labels labels: Bytes,
        /// Which labels a request changes.
        23 CTA_LABELS_MASK LabelsMask labels_mask: Bytes,
        /// What the SYN proxy knows.
        24 CTA_SYNPROXY SynProxy syn_proxy: Nest<SynProxy>,
        /// Which parts of the tuples a dump is filtered by.
        25 CTA_FILTER Filter filter: Nest<ConntrackFilter>,
        /// Which bits of the status count, in a request.
        26 CTA_STATUS_MASK StatusMask status_mask: Be<ConntrackStatus>,
        /// When an event happened, in nanoseconds since 1970.
        27 CTA_TIMESTAMP_EVENT EventTime event_time: Be<u64>,
    }
}

attributes! {
    /// One direction of a connection (`CTA_TUPLE_*`).
    pub set Tuple, enum TupleAttr {
        /// The addresses.
        1 CTA_TUPLE_IP Ip ip: Nest<TupleIp>,
        /// The transport protocol and its ports.
        2 CTA_TUPLE_PROTO Protocol protocol: Nest<TupleProtocol>,
        /// The zone of this direction.
        3 CTA_TUPLE_ZONE Zone zone: Be<u16>,
    }
}

attributes! {
    /// The addresses of a tuple (`CTA_IP_*`).
    pub set TupleIp, enum TupleIpAttr {
        /// Where packets come from.
        1 CTA_IP_V4_SRC SourceV4 source_v4: Ip,
        /// Where they go to.
        2 CTA_IP_V4_DST DestinationV4 destination_v4: Ip,
        /// Where packets of IPv6 come from.
        3 CTA_IP_V6_SRC SourceV6 source_v6: Ip,
        /// Where they go to.
        4 CTA_IP_V6_DST DestinationV6 destination_v6: Ip,
    }
}

attributes! {
    /// The transport protocol of a tuple (`CTA_PROTO_*`).
    pub set TupleProtocol, enum TupleProtocolAttr {
        /// Its number, such as 6 for TCP.
        1 CTA_PROTO_NUM Number number: u8,
        /// The port that packets come from.
        2 CTA_PROTO_SRC_PORT SourcePort source_port: Be<u16>,
        /// The port that they go to.
        3 CTA_PROTO_DST_PORT DestinationPort destination_port: Be<u16>,
        /// The identifier of an echo of ICMP.
        4 CTA_PROTO_ICMP_ID IcmpId icmp_id: Be<u16>,
        /// The type of ICMP.
        5 CTA_PROTO_ICMP_TYPE IcmpType icmp_type: u8,
        /// The code of ICMP.
        6 CTA_PROTO_ICMP_CODE IcmpCode icmp_code: u8,
        /// The identifier of an echo of ICMPv6.
        7 CTA_PROTO_ICMPV6_ID Icmpv6Id icmpv6_id: Be<u16>,
        /// The type of ICMPv6.
        8 CTA_PROTO_ICMPV6_TYPE Icmpv6Type icmpv6_type: u8,
        /// The code of ICMPv6.
        9 CTA_PROTO_ICMPV6_CODE Icmpv6Code icmpv6_code: u8,
    }
}

flags! {
    /// What has happened to a connection; prints in the order of the bits.
    pub struct ConntrackStatus(u32) {
        /// Another connection expected it.
        EXPECTED = 0x1 "IPS_EXPECTED" "expected";
        /// There were packets both ways.
        SEEN_REPLY = 0x2 "IPS_SEEN_REPLY" "seen-reply";
        /// It is not given up early.
        ASSURED = 0x4 "IPS_ASSURED" "assured";
        /// Its first packet has left.
        CONFIRMED = 0x8 "IPS_CONFIRMED" "confirmed";
        /// Its source is to be translated.
        SRC_NAT = 0x10 "IPS_SRC_NAT" "snat";
        /// Its destination is to be translated.
        DST_NAT = 0x20 "IPS_DST_NAT" "dnat";
        /// Its sequence numbers are shifted.
        SEQ_ADJUST = 0x40 "IPS_SEQ_ADJUST" "seq-adjust";
        /// It was decided how its source is translated.
        SRC_NAT_DONE = 0x80 "IPS_SRC_NAT_DONE" "snat-done";
        /// It was decided how its destination is translated.
        DST_NAT_DONE = 0x100 "IPS_DST_NAT_DONE" "dnat-done";
        /// It is about to go.
        DYING = 0x200 "IPS_DYING" "dying";
        /// Its timeout does not change.
        FIXED_TIMEOUT = 0x400 "IPS_FIXED_TIMEOUT" "fixed-timeout";
        /// It is a template for others.
        TEMPLATE = 0x800 "IPS_TEMPLATE" "template";
        /// It lost to another with the same tuple.
        NAT_CLASH = 0x1000 "IPS_NAT_CLASH" "nat-clash";
        /// A helper was chosen by a rule.
        HELPER = 0x2000 "IPS_HELPER" "helper";
        /// It goes through a flow table.
        OFFLOAD = 0x4000 "IPS_OFFLOAD" "offload";
        /// It goes through hardware.
        HW_OFFLOAD = 0x8000 "IPS_HW_OFFLOAD" "hw-offload";
    }
}

attributes! {
    /// What the transport protocol knows of a connection (`CTA_PROTOINFO_*`).
    pub set ProtocolState, enum ProtocolStateAttr {
        /// TCP.
        1 CTA_PROTOINFO_TCP Tcp tcp: Nest<TcpInfo>,
        /// DCCP, which Linux 6.16 dropped.
        2 CTA_PROTOINFO_DCCP Dccp dccp: Bytes,
        /// SCTP.
        3 CTA_PROTOINFO_SCTP Sctp sctp: Nest<SctpInfo>,
    }
}

numbers! {
    /// The state of a connection of TCP.
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
    /// What is known of a connection of TCP (`CTA_PROTOINFO_TCP_*`).
    pub set TcpInfo, enum TcpInfoAttr {
        /// Its state.
        1 CTA_PROTOINFO_TCP_STATE State state: TcpState,
        /// The shift of the window, in the direction of the first packet.
        2 CTA_PROTOINFO_TCP_WSCALE_ORIGINAL OriginalScale original_scale: u8,
        /// That of replies.
        3 CTA_PROTOINFO_TCP_WSCALE_REPLY ReplyScale reply_scale: u8,
        /// Flags, in the direction of the first packet.
        4 CTA_PROTOINFO_TCP_FLAGS_ORIGINAL OriginalFlags original_flags: Struct<TcpFlags>,
        /// Those of replies.
        5 CTA_PROTOINFO_TCP_FLAGS_REPLY ReplyFlags reply_flags: Struct<TcpFlags>,
    }
}

structs! {
    /// Flags of one direction of a connection of TCP.
    #[doc(alias = "nf_ct_tcp_flags")]
    pub struct TcpFlags: 2 {
        /// Flags.
        flags: u8 as TcpFlagBits,
        /// Flags that a request changes.
        mask: u8 as TcpFlagBits,
    }
}

flags! {
    /// Bits of [`TcpFlags`].
    pub struct TcpFlagBits(u8) {
        /// Window scaling is in use.
        WINDOW_SCALE = 0x01 "IP_CT_TCP_FLAG_WINDOW_SCALE" "window-scale";
        /// Selective acknowledgements are in use.
        SACK_PERM = 0x02 "IP_CT_TCP_FLAG_SACK_PERM" "sack-perm";
        /// This end sent the first FIN.
        CLOSE_INIT = 0x04 "IP_CT_TCP_FLAG_CLOSE_INIT" "close-init";
        /// Packets outside of the window are accepted.
        BE_LIBERAL = 0x08 "IP_CT_TCP_FLAG_BE_LIBERAL" "be-liberal";
        /// Data have not been acknowledged.
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
    /// What is known of a connection of SCTP (`CTA_PROTOINFO_SCTP_*`).
    pub set SctpInfo, enum SctpInfoAttr {
        /// State of the association.
        1 CTA_PROTOINFO_SCTP_STATE State state: SctpState,
        /// The verification tag, in the direction of the first packet.
        2 CTA_PROTOINFO_SCTP_VTAG_ORIGINAL OriginalTag original_tag: Be<u32>,
        /// That of replies.
        3 CTA_PROTOINFO_SCTP_VTAG_REPLY ReplyTag reply_tag: Be<u32>,
    }
}

attributes! {
    /// What one direction has sent (`CTA_COUNTERS_*`). The kernel counts where
    /// `net.netfilter.nf_conntrack_acct` is 1.
    pub set ConntrackCounters, enum ConntrackCountersAttr {
        /// Packets.
        1 CTA_COUNTERS_PACKETS Packets packets: Be<u64>,
        /// Bytes.
        2 CTA_COUNTERS_BYTES Bytes bytes: Be<u64>,
        /// Packets, from kernels before 2.6.36.
        3 CTA_COUNTERS32_PACKETS Packets32 packets32: Be<u32>,
        /// Bytes, from such kernels.
        4 CTA_COUNTERS32_BYTES Bytes32 bytes32: Be<u32>,
        /// Nothing, to align what follows.
        5 CTA_COUNTERS_PAD Pad pad: Bytes,
    }
}

attributes! {
    /// When a connection began and ended (`CTA_TIMESTAMP_*`), in nanoseconds
    /// since 1970, where `net.netfilter.nf_conntrack_timestamp` is 1.
    pub set ConntrackTimes, enum ConntrackTimesAttr {
        /// Its begin.
        1 CTA_TIMESTAMP_START Start start: Be<u64>,
        /// Its end.
        2 CTA_TIMESTAMP_STOP Stop stop: Be<u64>,
        /// Nothing, to align what follows.
        3 CTA_TIMESTAMP_PAD Pad pad: Bytes,
    }
}

attributes! {
    /// The helper that follows a connection (`CTA_HELP_*`).
    pub set Helper, enum HelperAttr {
        /// Its name, such as `ftp`.
        1 CTA_HELP_NAME Name name: Text,
        /// What it knows.
        2 CTA_HELP_INFO Info info: Bytes,
    }
}

attributes! {
    /// How addresses are translated (`CTA_NAT_*`).
    pub set Nat, enum NatAttr {
        /// The first address of IPv4 to choose from.
        1 CTA_NAT_V4_MINIP FirstV4 first_v4: Ip,
        /// The last.
        2 CTA_NAT_V4_MAXIP LastV4 last_v4: Ip,
        /// The ports to choose from.
        3 CTA_NAT_PROTO Ports ports: Nest<NatPorts>,
        /// The first address of IPv6 to choose from.
        4 CTA_NAT_V6_MINIP FirstV6 first_v6: Ip,
        /// The last.
        5 CTA_NAT_V6_MAXIP LastV6 last_v6: Ip,
    }
}

attributes! {
    /// The ports to choose from (`CTA_PROTONAT_*`).
    pub set NatPorts, enum NatPortsAttr {
        /// The first.
        1 CTA_PROTONAT_PORT_MIN First first: Be<u16>,
        /// The last.
        2 CTA_PROTONAT_PORT_MAX Last last: Be<u16>,
    }
}

attributes! {
    /// By how much sequence numbers are shifted (`CTA_SEQADJ_*`).
    pub set SequenceShift, enum SequenceShiftAttr {
        /// Where the shift changed last.
        1 CTA_SEQADJ_CORRECTION_POS Position position: Be<u32>,
        /// The shift before.
        2 CTA_SEQADJ_OFFSET_BEFORE Before before: Be<u32>,
        /// The shift behind.
        3 CTA_SEQADJ_OFFSET_AFTER After after: Be<u32>,
    }
}

attributes! {
    /// The security context of a connection.
    pub set ConntrackSecurity, enum ConntrackSecurityAttr {
        /// Its name.
        1 CTA_SECCTX_NAME Name name: Text,
    }
}

attributes! {
    /// What the SYN proxy knows (`CTA_SYNPROXY_*`).
    pub set SynProxy, enum SynProxyAttr {
        /// The initial sequence number.
        1 CTA_SYNPROXY_ISN InitialSequence initial_sequence: Be<u32>,
        /// The initial timestamp.
        2 CTA_SYNPROXY_ITS InitialTimestamp initial_timestamp: Be<u32>,
        /// The shift of timestamps.
        3 CTA_SYNPROXY_TSOFF TimestampShift timestamp_shift: Be<u32>,
    }
}

attributes! {
    /// Which parts of the tuples a dump is filtered by (`CTA_FILTER_*`), in
    /// the machine's byte order.
    pub set ConntrackFilter, enum ConntrackFilterAttr {
        /// Those of the first direction.
        1 CTA_FILTER_ORIG_FLAGS Original original: u32,
        /// Those of replies.
        2 CTA_FILTER_REPLY_FLAGS Reply reply: u32,
    }
}

attributes! {
    /// What a processor has counted (`CTA_STATS_*`); the header's resource is
    /// its number.
    pub set ConntrackCpuStats, enum ConntrackCpuStatsAttr {
        /// Unused.
        1 CTA_STATS_SEARCHED Searched searched: Be<u32>,
        /// Packets of known connections.
        2 CTA_STATS_FOUND Found found: Be<u32>,
        /// Unused.
        3 CTA_STATS_NEW Fresh fresh: Be<u32>,
        /// Packets that could not be tracked.
        4 CTA_STATS_INVALID Invalid invalid: Be<u32>,
        /// Unused.
        5 CTA_STATS_IGNORE Ignore ignore: Be<u32>,
        /// Unused.
        6 CTA_STATS_DELETE Delete delete: Be<u32>,
        /// Unused.
        7 CTA_STATS_DELETE_LIST DeleteList delete_list: Be<u32>,
        /// Connections that were added.
        8 CTA_STATS_INSERT Insert insert: Be<u32>,
        /// Those that could not be.
        9 CTA_STATS_INSERT_FAILED InsertFailed insert_failed: Be<u32>,
        /// Packets dropped for that.
        10 CTA_STATS_DROP Drop drop: Be<u32>,
        /// Connections given up early, as the table was full.
        11 CTA_STATS_EARLY_DROP EarlyDrop early_drop: Be<u32>,
        /// Errors of ICMP that could not be tracked.
        12 CTA_STATS_ERROR Error error: Be<u32>,
        /// Searches that began anew, as the table was growing.
        13 CTA_STATS_SEARCH_RESTART SearchRestart search_restart: Be<u32>,
        /// Clashes that were resolved.
        14 CTA_STATS_CLASH_RESOLVE ClashResolve clash_resolve: Be<u32>,
        /// Connections not added, as too many had the same hash.
        15 CTA_STATS_CHAIN_TOOLONG ChainTooLong chain_too_long: Be<u32>,
    }
}

attributes! {
    /// How full the table is (`CTA_STATS_GLOBAL_*`).
    pub set ConntrackStats, enum ConntrackStatsAttr {
        /// How many connections there are.
        1 CTA_STATS_GLOBAL_ENTRIES Entries entries: Be<u32>,
        /// How many there can be.
        2 CTA_STATS_GLOBAL_MAX_ENTRIES MaxEntries max_entries: Be<u32>,
    }
}
