//! Expressions, of which rules consist: they load, compare, count and decide
//! (`linux/netfilter/nf_tables.h`).

use super::{
    BitwiseOperation, Comparison, ConnectionLimit, CtKey, Direction, Duplicate, DynamicSet,
    ExtensionHeader, FibLookup, FlowOffload, Forward, HashValue, InnerHeader, LastUse, LimitFlags,
    LimitKind, LogLevel, LogParts, LookupFlags, MetaKey, NatFlags, NatKind, NumberGenerator,
    ObjectReference, OsFingerprint, PayloadBase, PayloadChecksum, PayloadChecksumFlags,
    QueueStatementFlags, Quota, RangeComparison, Register, RejectKind, RouteValue, SocketValue,
    SynProxySettings, TransformValue, TransparentProxy, TunnelValue, Verdict,
};
use crate::attributes;
use crate::codec::{Be, Bytes, Nest, Str, Text};

attributes! {
    /// Expression of a rule (`NFTA_EXPR_*`).
    pub set Expression, enum ExpressionAttr {
        /// Name of the expression, such as `cmp`.
        1 NFTA_EXPR_NAME Name name: Str,
        /// Attributes of the expression.
        2 NFTA_EXPR_DATA Data data: ExpressionDataChoice,
    }
}

attributes! {
    /// Attributes in the nest [`NFTA_EXPR_DATA`], chosen by [`NFTA_EXPR_NAME`].
    pub choice ExpressionDataChoice, enum ExpressionData by NFTA_EXPR_NAME {
        "bitwise" Bitwise: Bitwise,
        "byteorder" Byteorder: Byteorder,
        "cmp" Cmp: Cmp,
        "connlimit" ConnectionLimit: ConnectionLimit,
        "counter" Counter: Counter,
        "ct" Ct: Ct,
        "dup" Duplicate: Duplicate,
        "dynset" DynamicSet: DynamicSet,
        "exthdr" ExtensionHeader: ExtensionHeader,
        "fib" Fib: FibLookup,
        "flow_offload" FlowOffload: FlowOffload,
        "fwd" Forward: Forward,
        "hash" Hash: HashValue,
        "immediate" Immediate: Immediate,
        "inner" Inner: InnerHeader,
        "last" Last: LastUse,
        "limit" Limit: Limit,
        "log" Log: Log,
        "lookup" Lookup: Lookup,
        "masq" Masquerade: Masquerade,
        "match" Match: Match,
        "meta" Meta: Meta,
        "nat" Translate: Translate,
        "numgen" NumberGenerator: NumberGenerator,
        "objref" ObjectReference: ObjectReference,
        "osf" OsFingerprint: OsFingerprint,
        "payload" Payload: Payload,
        "queue" Queue: Queue,
        "quota" Quota: Quota,
        "range" Range: Range,
        "redir" Redirect: Redirect,
        "reject" Reject: Reject,
        "rt" Route: RouteValue,
        "socket" Socket: SocketValue,
        "synproxy" SynProxy: SynProxySettings,
        "target" Target: Target,
        "tproxy" TransparentProxy: TransparentProxy,
        "tunnel" Tunnel: TunnelValue,
        "xfrm" Transform: TransformValue,
    }
}

attributes! {
    /// Data (`NFTA_DATA_*`): a value or a verdict.
    pub set NftData, enum NftDataAttr {
        /// Value in the packet's byte order.
        1 NFTA_DATA_VALUE Value value: Bytes,
        /// Verdict.
        2 NFTA_DATA_VERDICT Verdict verdict: Nest<VerdictData>,
    }
}

attributes! {
    /// Verdict and its target chain (`NFTA_VERDICT_*`).
    pub set VerdictData, enum VerdictDataAttr {
        /// Verdict code.
        1 NFTA_VERDICT_CODE Code code: Be<Verdict>,
        /// Name of the target chain, for jump and goto.
        2 NFTA_VERDICT_CHAIN Chain chain: Text,
        /// Target chain by its identifier in this transaction.
        3 NFTA_VERDICT_CHAIN_ID ChainId chain_id: Be<u32>,
    }
}

attributes! {
    /// `immediate`: loads a value or, into the verdict register, a verdict.
    pub set Immediate, enum ImmediateAttr {
        /// Destination register.
        1 NFTA_IMMEDIATE_DREG Register register: Be<Register>,
        /// Value or verdict to load.
        2 NFTA_IMMEDIATE_DATA Data data: Nest<NftData>,
    }
}

attributes! {
    /// `payload`: loads bytes of the packet, or writes them.
    pub set Payload, enum PayloadAttr {
        /// Destination register.
        1 NFTA_PAYLOAD_DREG Register register: Be<Register>,
        /// Header that the offset counts from.
        2 NFTA_PAYLOAD_BASE Base base: Be<PayloadBase>,
        /// Offset of the first byte.
        3 NFTA_PAYLOAD_OFFSET Offset offset: Be<u32>,
        /// Number of bytes.
        4 NFTA_PAYLOAD_LEN Len len: Be<u32>,
        /// Source register of the bytes to write.
        5 NFTA_PAYLOAD_SREG Source source: Be<Register>,
        /// Checksum type, for writes.
        6 NFTA_PAYLOAD_CSUM_TYPE ChecksumKind checksum_kind: Be<PayloadChecksum>,
        /// Offset of the checksum in bytes.
        7 NFTA_PAYLOAD_CSUM_OFFSET ChecksumOffset checksum_offset: Be<u32>,
        /// Further checksums to update.
        8 NFTA_PAYLOAD_CSUM_FLAGS ChecksumFlags checksum_flags: Be<PayloadChecksumFlags>,
    }
}

attributes! {
    /// `cmp`: compares a register with a value, and ends the rule if that
    /// fails.
    pub set Cmp, enum CmpAttr {
        /// Source register.
        1 NFTA_CMP_SREG Register register: Be<Register>,
        /// Comparison operator.
        2 NFTA_CMP_OP Operation operation: Be<Comparison>,
        /// Value to compare with.
        3 NFTA_CMP_DATA Data data: Nest<NftData>,
    }
}

attributes! {
    /// `range`: compares a register with a range, and ends the rule if that
    /// fails.
    pub set Range, enum RangeAttr {
        /// Source register.
        1 NFTA_RANGE_SREG Register register: Be<Register>,
        /// Comparison operator: inside or outside the range.
        2 NFTA_RANGE_OP Operation operation: Be<RangeComparison>,
        /// First value of the range.
        3 NFTA_RANGE_FROM_DATA From from: Nest<NftData>,
        /// Last value of the range.
        4 NFTA_RANGE_TO_DATA To to: Nest<NftData>,
    }
}

attributes! {
    /// `bitwise`: combines or shifts the bits of a register.
    pub set Bitwise, enum BitwiseAttr {
        /// Source register.
        1 NFTA_BITWISE_SREG Source source: Be<Register>,
        /// Destination register.
        2 NFTA_BITWISE_DREG Register register: Be<Register>,
        /// Number of bytes.
        3 NFTA_BITWISE_LEN Len len: Be<u32>,
        /// Mask, applied by AND.
        4 NFTA_BITWISE_MASK Mask mask: Nest<NftData>,
        /// Value, applied by XOR after the mask.
        5 NFTA_BITWISE_XOR Xor xor: Nest<NftData>,
        /// Operation.
        6 NFTA_BITWISE_OP Operation operation: Be<BitwiseOperation>,
        /// Number of bits to shift.
        7 NFTA_BITWISE_DATA Data data: Nest<NftData>,
        /// Source register of the second operand.
        8 NFTA_BITWISE_SREG2 Second second: Be<Register>,
    }
}

attributes! {
    /// `byteorder`: converts between the machine's byte order and network
    /// order.
    pub set Byteorder, enum ByteorderAttr {
        /// Source register.
        1 NFTA_BYTEORDER_SREG Source source: Be<Register>,
        /// Destination register.
        2 NFTA_BYTEORDER_DREG Register register: Be<Register>,
        /// Direction: [`NFT_BYTEORDER_NTOH`] or [`NFT_BYTEORDER_HTON`].
        3 NFTA_BYTEORDER_OP Operation operation: Be<u32>,
        /// Number of bytes.
        4 NFTA_BYTEORDER_LEN Len len: Be<u32>,
        /// Size of each integer in bytes: 2, 4 or 8.
        5 NFTA_BYTEORDER_SIZE Size size: Be<u32>,
    }
}

/// Conversion from network order to the machine's.
pub const NFT_BYTEORDER_NTOH: u32 = 0;
/// Conversion from the machine's order to network order.
pub const NFT_BYTEORDER_HTON: u32 = 1;

attributes! {
    /// `meta`: loads or sets metadata of the packet.
    pub set Meta, enum MetaAttr {
        /// Destination register.
        1 NFTA_META_DREG Register register: Be<Register>,
        /// Metadata key.
        2 NFTA_META_KEY Key key: Be<MetaKey>,
        /// Source register of the value to set.
        3 NFTA_META_SREG Source source: Be<Register>,
    }
}

attributes! {
    /// `ct`: loads or sets a property of the packet's connection.
    pub set Ct, enum CtAttr {
        /// Destination register.
        1 NFTA_CT_DREG Register register: Be<Register>,
        /// Conntrack key.
        2 NFTA_CT_KEY Key key: Be<CtKey>,
        /// Direction, for keys that have one value in each.
        3 NFTA_CT_DIRECTION Direction direction: Direction,
        /// Source register of the value to set.
        4 NFTA_CT_SREG Source source: Be<Register>,
    }
}

attributes! {
    /// `counter`: counts packets and bytes.
    pub set Counter, enum CounterAttr {
        /// Number of bytes.
        1 NFTA_COUNTER_BYTES Bytes bytes: Be<u64>,
        /// Number of packets.
        2 NFTA_COUNTER_PACKETS Packets packets: Be<u64>,
        /// Padding.
        3 NFTA_COUNTER_PAD Pad pad: Bytes,
    }
}

attributes! {
    /// `lookup`: looks a register up in a set, and ends the rule if the value
    /// is not there.
    pub set Lookup, enum LookupAttr {
        /// Name of the set.
        1 NFTA_LOOKUP_SET Set set: Text,
        /// Source register of the key.
        2 NFTA_LOOKUP_SREG Source source: Be<Register>,
        /// Destination register of a map's value.
        3 NFTA_LOOKUP_DREG Register register: Be<Register>,
        /// Set by its identifier in this transaction.
        4 NFTA_LOOKUP_SET_ID SetId set_id: Be<u32>,
        /// Flags: [`LookupFlags`].
        5 NFTA_LOOKUP_FLAGS Flags flags: Be<LookupFlags>,
    }
}

attributes! {
    /// `limit`: ends the rule above a rate.
    pub set Limit, enum LimitAttr {
        /// Rate: number of packets or bytes in each unit of time.
        1 NFTA_LIMIT_RATE Rate rate: Be<u64>,
        /// Unit of time in seconds.
        2 NFTA_LIMIT_UNIT Unit unit: Be<u64>,
        /// Burst: number of packets or bytes above the rate (default 5
        /// packets).
        3 NFTA_LIMIT_BURST Burst burst: Be<u32>,
        /// Unit of the rate: packets or bytes.
        4 NFTA_LIMIT_TYPE Kind kind: Be<LimitKind>,
        /// Flags: [`LimitFlags`].
        5 NFTA_LIMIT_FLAGS Flags flags: Be<LimitFlags>,
        /// Padding.
        6 NFTA_LIMIT_PAD Pad pad: Bytes,
    }
}

attributes! {
    /// `log`: logs the packet to a log group or to the kernel log.
    pub set Log, enum LogAttr {
        /// Log group; without it packets go to the kernel log.
        1 NFTA_LOG_GROUP Group group: Be<u16>,
        /// Prefix of each log entry.
        2 NFTA_LOG_PREFIX Prefix prefix: Text,
        /// Number of payload bytes to copy.
        3 NFTA_LOG_SNAPLEN CopyLen copy_len: Be<u32>,
        /// Queue threshold: number of packets that the kernel collects before
        /// it sends them.
        4 NFTA_LOG_QTHRESHOLD Threshold threshold: Be<u16>,
        /// Level in the kernel log.
        5 NFTA_LOG_LEVEL Level level: Be<LogLevel>,
        /// Packet parts in the kernel log: [`LogParts`].
        6 NFTA_LOG_FLAGS Flags flags: Be<LogParts>,
    }
}

attributes! {
    /// `queue`: sends the packet to a program for a verdict.
    pub set Queue, enum QueueAttr {
        /// First queue number.
        1 NFTA_QUEUE_NUM Number number: Be<u16>,
        /// Number of queues that share the packets (default 1).
        2 NFTA_QUEUE_TOTAL Total total: Be<u16>,
        /// Flags: [`QueueStatementFlags`].
        3 NFTA_QUEUE_FLAGS Flags flags: Be<QueueStatementFlags>,
        /// Source register of the queue number.
        4 NFTA_QUEUE_SREG_QNUM Source source: Be<Register>,
    }
}

attributes! {
    /// `reject`: drops the packet and answers with an error.
    pub set Reject, enum RejectAttr {
        /// Type of the answer: ICMP error or TCP reset.
        1 NFTA_REJECT_TYPE Kind kind: Be<RejectKind>,
        /// ICMP code.
        2 NFTA_REJECT_ICMP_CODE IcmpCode icmp_code: u8,
    }
}

attributes! {
    /// `nat`: translates addresses and ports.
    pub set Translate, enum TranslateAttr {
        /// Type: source or destination NAT.
        1 NFTA_NAT_TYPE Kind kind: Be<NatKind>,
        /// Family of the addresses.
        2 NFTA_NAT_FAMILY Family family: Be<u32>,
        /// Source register of the first address.
        3 NFTA_NAT_REG_ADDR_MIN FirstAddress first_address: Be<Register>,
        /// Source register of the last address.
        4 NFTA_NAT_REG_ADDR_MAX LastAddress last_address: Be<Register>,
        /// Source register of the first port.
        5 NFTA_NAT_REG_PROTO_MIN FirstPort first_port: Be<Register>,
        /// Source register of the last port.
        6 NFTA_NAT_REG_PROTO_MAX LastPort last_port: Be<Register>,
        /// Flags: [`NatFlags`].
        7 NFTA_NAT_FLAGS Flags flags: Be<NatFlags>,
    }
}

attributes! {
    /// `masq`: translates the source address to that of the output link.
    pub set Masquerade, enum MasqueradeAttr {
        /// Flags: [`NatFlags`].
        1 NFTA_MASQ_FLAGS Flags flags: Be<NatFlags>,
        /// Source register of the first port.
        2 NFTA_MASQ_REG_PROTO_MIN FirstPort first_port: Be<Register>,
        /// Source register of the last port.
        3 NFTA_MASQ_REG_PROTO_MAX LastPort last_port: Be<Register>,
    }
}

attributes! {
    /// `redir`: translates the destination address to this host.
    pub set Redirect, enum RedirectAttr {
        /// Source register of the first port.
        1 NFTA_REDIR_REG_PROTO_MIN FirstPort first_port: Be<Register>,
        /// Source register of the last port.
        2 NFTA_REDIR_REG_PROTO_MAX LastPort last_port: Be<Register>,
        /// Flags: [`NatFlags`].
        3 NFTA_REDIR_FLAGS Flags flags: Be<NatFlags>,
    }
}

attributes! {
    /// `match`: a match of iptables(8) (`linux/netfilter/nf_tables_compat.h`).
    pub set Match, enum MatchAttr {
        /// Name of the match.
        1 NFTA_MATCH_NAME Name name: Str,
        /// Revision of the match.
        2 NFTA_MATCH_REV Revision revision: Be<u32>,
        /// Struct of the match, padded to 8 bytes.
        3 NFTA_MATCH_INFO Info info: Bytes,
    }
}

attributes! {
    /// `target`: a target of iptables(8).
    pub set Target, enum TargetAttr {
        /// Name of the target.
        1 NFTA_TARGET_NAME Name name: Str,
        /// Revision of the target.
        2 NFTA_TARGET_REV Revision revision: Be<u32>,
        /// Struct of the target, padded to 8 bytes.
        3 NFTA_TARGET_INFO Info info: Bytes,
    }
}
