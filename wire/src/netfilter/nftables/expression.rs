//! What rules are made of: expressions, which load, compare, count and decide
//! (`linux/netfilter/nf_tables.h`).

use super::{
    BitwiseOperation, Comparison, CtKey, Direction, LimitFlags, LimitKind, LogLevel, LogParts,
    LookupFlags, MetaKey, NatFlags, NatKind, PayloadBase, PayloadChecksum, PayloadChecksumFlags,
    QueueStatementFlags, RangeComparison, Register, RejectKind, Verdict,
};
use crate::attributes;
use crate::codec::{Be, Bytes, Nest, Str, Text};

attributes! {
    /// An expression (`NFTA_EXPR_*`).
    pub set Expression, enum ExpressionAttr {
        /// Its kind, such as `cmp`.
        1 NFTA_EXPR_NAME Name name: Str,
        /// What it works on.
        2 NFTA_EXPR_DATA Data data: ExpressionDataChoice,
    }
}

attributes! {
    /// The nest [`NFTA_EXPR_DATA`], by [`NFTA_EXPR_NAME`].
    pub choice ExpressionDataChoice, enum ExpressionData by NFTA_EXPR_NAME {
        "bitwise" Bitwise: Bitwise,
        "byteorder" Byteorder: Byteorder,
        "cmp" Cmp: Cmp,
        "counter" Counter: Counter,
        "ct" Ct: Ct,
        "immediate" Immediate: Immediate,
        "limit" Limit: Limit,
        "log" Log: Log,
        "lookup" Lookup: Lookup,
        "masq" Masquerade: Masquerade,
        "match" Match: Match,
        "meta" Meta: Meta,
        "nat" Translate: Translate,
        "payload" Payload: Payload,
        "queue" Queue: Queue,
        "range" Range: Range,
        "redir" Redirect: Redirect,
        "reject" Reject: Reject,
        "target" Target: Target,
    }
}

attributes! {
    /// A value (`NFTA_DATA_*`): bytes, or what becomes of a packet.
    pub set NftData, enum NftDataAttr {
        /// Bytes, in the order that the packet has them.
        1 NFTA_DATA_VALUE Value value: Bytes,
        /// What becomes of the packet.
        2 NFTA_DATA_VERDICT Verdict verdict: Nest<VerdictData>,
    }
}

attributes! {
    /// What becomes of a packet (`NFTA_VERDICT_*`).
    pub set VerdictData, enum VerdictDataAttr {
        /// What.
        1 NFTA_VERDICT_CODE Code code: Be<Verdict>,
        /// The chain that decides.
        2 NFTA_VERDICT_CHAIN Chain chain: Text,
        /// The chain, by its number in this batch.
        3 NFTA_VERDICT_CHAIN_ID ChainId chain_id: Be<u32>,
    }
}

attributes! {
    /// `immediate` loads a value, a verdict above all.
    pub set Immediate, enum ImmediateAttr {
        /// Where to.
        1 NFTA_IMMEDIATE_DREG Register register: Be<Register>,
        /// The value.
        2 NFTA_IMMEDIATE_DATA Data data: Nest<NftData>,
    }
}

attributes! {
    /// `payload` loads bytes of the packet, or changes them.
    pub set Payload, enum PayloadAttr {
        /// Where to.
        1 NFTA_PAYLOAD_DREG Register register: Be<Register>,
        /// What the offset counts from.
        2 NFTA_PAYLOAD_BASE Base base: Be<PayloadBase>,
        /// The first byte.
        3 NFTA_PAYLOAD_OFFSET Offset offset: Be<u32>,
        /// How many bytes.
        4 NFTA_PAYLOAD_LEN Len len: Be<u32>,
        /// Where the bytes are that the packet shall have.
        5 NFTA_PAYLOAD_SREG Source source: Be<Register>,
        /// The kind of checksum.
        6 NFTA_PAYLOAD_CSUM_TYPE ChecksumKind checksum_kind: Be<PayloadChecksum>,
        /// Where it is.
        7 NFTA_PAYLOAD_CSUM_OFFSET ChecksumOffset checksum_offset: Be<u32>,
        /// What else is corrected.
        8 NFTA_PAYLOAD_CSUM_FLAGS ChecksumFlags checksum_flags: Be<PayloadChecksumFlags>,
    }
}

attributes! {
    /// `cmp` compares, and ends the rule where it fails.
    pub set Cmp, enum CmpAttr {
        /// What is compared.
        1 NFTA_CMP_SREG Register register: Be<Register>,
        /// How.
        2 NFTA_CMP_OP Operation operation: Be<Comparison>,
        /// With what.
        3 NFTA_CMP_DATA Data data: Nest<NftData>,
    }
}

attributes! {
    /// `range` compares with two values, and ends the rule where it fails.
    pub set Range, enum RangeAttr {
        /// What is compared.
        1 NFTA_RANGE_SREG Register register: Be<Register>,
        /// Comparison: within the range, or outside.
        2 NFTA_RANGE_OP Operation operation: Be<RangeComparison>,
        /// The smallest.
        3 NFTA_RANGE_FROM_DATA From from: Nest<NftData>,
        /// The largest.
        4 NFTA_RANGE_TO_DATA To to: Nest<NftData>,
    }
}

attributes! {
    /// `bitwise` combines bits.
    pub set Bitwise, enum BitwiseAttr {
        /// Where from.
        1 NFTA_BITWISE_SREG Source source: Be<Register>,
        /// Where to.
        2 NFTA_BITWISE_DREG Register register: Be<Register>,
        /// How many bytes.
        3 NFTA_BITWISE_LEN Len len: Be<u32>,
        /// The mask.
        4 NFTA_BITWISE_MASK Mask mask: Nest<NftData>,
        /// What is combined by exclusive or.
        5 NFTA_BITWISE_XOR Xor xor: Nest<NftData>,
        /// What is done.
        6 NFTA_BITWISE_OP Operation operation: Be<BitwiseOperation>,
        /// By how much is shifted.
        7 NFTA_BITWISE_DATA Data data: Nest<NftData>,
        /// The second operand.
        8 NFTA_BITWISE_SREG2 Second second: Be<Register>,
    }
}

attributes! {
    /// `byteorder` converts between the machine's byte order and the network's.
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
    /// `meta` loads or sets what is known beside the packet.
    pub set Meta, enum MetaAttr {
        /// Where to.
        1 NFTA_META_DREG Register register: Be<Register>,
        /// What.
        2 NFTA_META_KEY Key key: Be<MetaKey>,
        /// Where it is that shall be set.
        3 NFTA_META_SREG Source source: Be<Register>,
    }
}

attributes! {
    /// `ct` loads or sets what is known of the connection.
    pub set Ct, enum CtAttr {
        /// Where to.
        1 NFTA_CT_DREG Register register: Be<Register>,
        /// What.
        2 NFTA_CT_KEY Key key: Be<CtKey>,
        /// Direction whose value is loaded.
        3 NFTA_CT_DIRECTION Direction direction: Direction,
        /// Where it is that shall be set.
        4 NFTA_CT_SREG Source source: Be<Register>,
    }
}

attributes! {
    /// `counter` counts.
    pub set Counter, enum CounterAttr {
        /// Bytes.
        1 NFTA_COUNTER_BYTES Bytes bytes: Be<u64>,
        /// Packets.
        2 NFTA_COUNTER_PACKETS Packets packets: Be<u64>,
        /// Nothing, to align what follows.
        3 NFTA_COUNTER_PAD Pad pad: Bytes,
    }
}

attributes! {
    /// `lookup` looks a value up in a set, and ends the rule where it is not.
    pub set Lookup, enum LookupAttr {
        /// The set.
        1 NFTA_LOOKUP_SET Set set: Text,
        /// What is looked up.
        2 NFTA_LOOKUP_SREG Source source: Be<Register>,
        /// Where the value of a map goes to.
        3 NFTA_LOOKUP_DREG Register register: Be<Register>,
        /// The set, by its number in this batch.
        4 NFTA_LOOKUP_SET_ID SetId set_id: Be<u32>,
        /// Flags.
        5 NFTA_LOOKUP_FLAGS Flags flags: Be<LookupFlags>,
    }
}

attributes! {
    /// `limit` ends the rule where there is more than so much.
    pub set Limit, enum LimitAttr {
        /// How much.
        1 NFTA_LIMIT_RATE Rate rate: Be<u64>,
        /// In how many seconds.
        2 NFTA_LIMIT_UNIT Unit unit: Be<u64>,
        /// How much more may come at once.
        3 NFTA_LIMIT_BURST Burst burst: Be<u32>,
        /// Unit: packets or bytes.
        4 NFTA_LIMIT_TYPE Kind kind: Be<LimitKind>,
        /// Flags.
        5 NFTA_LIMIT_FLAGS Flags flags: Be<LimitFlags>,
        /// Nothing, to align what follows.
        6 NFTA_LIMIT_PAD Pad pad: Bytes,
    }
}

attributes! {
    /// `log` logs: to a group, or to the kernel's log.
    pub set Log, enum LogAttr {
        /// The group.
        1 NFTA_LOG_GROUP Group group: Be<u16>,
        /// What the log begins with.
        2 NFTA_LOG_PREFIX Prefix prefix: Text,
        /// How many bytes of the packet are copied.
        3 NFTA_LOG_SNAPLEN CopyLen copy_len: Be<u32>,
        /// After how many packets they are sent.
        4 NFTA_LOG_QTHRESHOLD Threshold threshold: Be<u16>,
        /// Level in the kernel's log.
        5 NFTA_LOG_LEVEL Level level: Be<LogLevel>,
        /// Parts of the packet in the kernel's log.
        6 NFTA_LOG_FLAGS Flags flags: Be<LogParts>,
    }
}

attributes! {
    /// `queue` leaves the verdict to a program.
    pub set Queue, enum QueueAttr {
        /// The first queue.
        1 NFTA_QUEUE_NUM Number number: Be<u16>,
        /// How many queues share the packets.
        2 NFTA_QUEUE_TOTAL Total total: Be<u16>,
        /// Flags.
        3 NFTA_QUEUE_FLAGS Flags flags: Be<QueueStatementFlags>,
        /// Where the number of the queue is.
        4 NFTA_QUEUE_SREG_QNUM Source source: Be<Register>,
    }
}

attributes! {
    /// `reject` drops and says so.
    pub set Reject, enum RejectAttr {
        /// Answer: ICMP error or TCP reset.
        1 NFTA_REJECT_TYPE Kind kind: Be<RejectKind>,
        /// The code of ICMP.
        2 NFTA_REJECT_ICMP_CODE IcmpCode icmp_code: u8,
    }
}

attributes! {
    /// `nat` translates addresses and ports.
    pub set Translate, enum TranslateAttr {
        /// Address that is translated: source or destination.
        1 NFTA_NAT_TYPE Kind kind: Be<NatKind>,
        /// The family of the addresses.
        2 NFTA_NAT_FAMILY Family family: Be<u32>,
        /// Where the first address is.
        3 NFTA_NAT_REG_ADDR_MIN FirstAddress first_address: Be<Register>,
        /// Where the last one is.
        4 NFTA_NAT_REG_ADDR_MAX LastAddress last_address: Be<Register>,
        /// Where the first port is.
        5 NFTA_NAT_REG_PROTO_MIN FirstPort first_port: Be<Register>,
        /// Where the last one is.
        6 NFTA_NAT_REG_PROTO_MAX LastPort last_port: Be<Register>,
        /// Flags.
        7 NFTA_NAT_FLAGS Flags flags: Be<NatFlags>,
    }
}

attributes! {
    /// `masq` translates the source to the address of the link that the
    /// packet leaves by.
    pub set Masquerade, enum MasqueradeAttr {
        /// Flags.
        1 NFTA_MASQ_FLAGS Flags flags: Be<NatFlags>,
        /// Where the first port is.
        2 NFTA_MASQ_REG_PROTO_MIN FirstPort first_port: Be<Register>,
        /// Where the last one is.
        3 NFTA_MASQ_REG_PROTO_MAX LastPort last_port: Be<Register>,
    }
}

attributes! {
    /// `redir` translates the destination to this host.
    pub set Redirect, enum RedirectAttr {
        /// Where the first port is.
        1 NFTA_REDIR_REG_PROTO_MIN FirstPort first_port: Be<Register>,
        /// Where the last one is.
        2 NFTA_REDIR_REG_PROTO_MAX LastPort last_port: Be<Register>,
        /// Flags.
        3 NFTA_REDIR_FLAGS Flags flags: Be<NatFlags>,
    }
}

attributes! {
    /// `match` is a match of iptables(8) (`linux/netfilter/nf_tables_compat.h`).
    pub set Match, enum MatchAttr {
        /// Its name.
        1 NFTA_MATCH_NAME Name name: Str,
        /// The revision of its struct.
        2 NFTA_MATCH_REV Revision revision: Be<u32>,
        /// Its struct, padded to 8 bytes.
        3 NFTA_MATCH_INFO Info info: Bytes,
    }
}

attributes! {
    /// `target` is a target of iptables(8).
    pub set Target, enum TargetAttr {
        /// Its name.
        1 NFTA_TARGET_NAME Name name: Str,
        /// The revision of its struct.
        2 NFTA_TARGET_REV Revision revision: Be<u32>,
        /// Its struct, padded to 8 bytes.
        3 NFTA_TARGET_INFO Info info: Bytes,
    }
}
