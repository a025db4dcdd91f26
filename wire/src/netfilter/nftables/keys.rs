//! Constants of expressions: registers, operators, and keys of `meta` and `ct`
//! (`linux/netfilter/nf_tables.h`).

use crate::numbers::{flags, numbers};

numbers! {
    /// Register, through which expressions pass values to each other.
    #[doc(alias = "nft_registers")]
    pub struct Register(u32) {
        /// Verdict on the packet.
        VERDICT = 0 "NFT_REG_VERDICT" "verdict";
        /// 16 bytes.
        R1 = 1 "NFT_REG_1" "reg1";
        /// 16 bytes.
        R2 = 2 "NFT_REG_2" "reg2";
        /// 16 bytes.
        R3 = 3 "NFT_REG_3" "reg3";
        /// 16 bytes.
        R4 = 4 "NFT_REG_4" "reg4";
        /// First 4 bytes of [`R1`](Self::R1); 15 more registers of 4 bytes
        /// follow.
        R32_00 = 8 "NFT_REG32_00" "reg32-0";
        R32_01 = 9 "NFT_REG32_01" "reg32-1";
        R32_02 = 10 "NFT_REG32_02" "reg32-2";
        R32_03 = 11 "NFT_REG32_03" "reg32-3";
        R32_04 = 12 "NFT_REG32_04" "reg32-4";
        R32_05 = 13 "NFT_REG32_05" "reg32-5";
        R32_06 = 14 "NFT_REG32_06" "reg32-6";
        R32_07 = 15 "NFT_REG32_07" "reg32-7";
        R32_08 = 16 "NFT_REG32_08" "reg32-8";
        R32_09 = 17 "NFT_REG32_09" "reg32-9";
        R32_10 = 18 "NFT_REG32_10" "reg32-10";
        R32_11 = 19 "NFT_REG32_11" "reg32-11";
        R32_12 = 20 "NFT_REG32_12" "reg32-12";
        R32_13 = 21 "NFT_REG32_13" "reg32-13";
        R32_14 = 22 "NFT_REG32_14" "reg32-14";
        R32_15 = 23 "NFT_REG32_15" "reg32-15";
    }
}

numbers! {
    /// Comparison operator; values are compared byte by byte from the first.
    #[doc(alias = "nft_cmp_ops")]
    pub struct Comparison(u32) {
        EQ = 0 "NFT_CMP_EQ" "==";
        NEQ = 1 "NFT_CMP_NEQ" "!=";
        LT = 2 "NFT_CMP_LT" "<";
        LTE = 3 "NFT_CMP_LTE" "<=";
        GT = 4 "NFT_CMP_GT" ">";
        GTE = 5 "NFT_CMP_GTE" ">=";
    }
}

numbers! {
    /// Operation of `bitwise`.
    #[doc(alias = "nft_bitwise_ops")]
    pub struct BitwiseOperation(u32) {
        /// Bitwise AND with a mask, then XOR with a value.
        MASK_XOR = 0 "NFT_BITWISE_MASK_XOR" "bool";
        LSHIFT = 1 "NFT_BITWISE_LSHIFT" "lshift";
        RSHIFT = 2 "NFT_BITWISE_RSHIFT" "rshift";
        AND = 3 "NFT_BITWISE_AND" "and";
        OR = 4 "NFT_BITWISE_OR" "or";
        XOR = 5 "NFT_BITWISE_XOR" "xor";
    }
}

numbers! {
    /// Header that the offset of `payload` counts from.
    #[doc(alias = "nft_payload_bases")]
    pub struct PayloadBase(u32) {
        /// Link-layer header.
        LINK = 0 "NFT_PAYLOAD_LL_HEADER" "ll";
        /// Network header: IP or IPv6.
        NETWORK = 1 "NFT_PAYLOAD_NETWORK_HEADER" "nh";
        /// Transport header, such as TCP or UDP.
        TRANSPORT = 2 "NFT_PAYLOAD_TRANSPORT_HEADER" "th";
        /// Payload of the transport protocol.
        INNER = 3 "NFT_PAYLOAD_INNER_HEADER" "ih";
        /// Header of a tunnel.
        TUNNEL = 4 "NFT_PAYLOAD_TUN_HEADER" "tun";
    }
}

numbers! {
    /// Checksum that `payload` updates after a change to the packet.
    #[doc(alias = "nft_payload_csum_types")]
    pub struct PayloadChecksum(u32) {
        NONE = 0 "NFT_PAYLOAD_CSUM_NONE" "none";
        /// Internet checksum, as IP, TCP and UDP have it.
        INET = 1 "NFT_PAYLOAD_CSUM_INET" "inet";
        SCTP = 2 "NFT_PAYLOAD_CSUM_SCTP" "sctp";
    }
}

flags! {
    /// Further checksums that `payload` updates.
    #[doc(alias = "nft_payload_csum_flags")]
    pub struct PayloadChecksumFlags(u32) {
        /// Transport checksum, which covers the IP addresses.
        PSEUDO_HEADER = 0x1 "NFT_PAYLOAD_L4CSUM_PSEUDOHDR" "pseudohdr";
    }
}

numbers! {
    /// Key of `meta`: the metadata to load or set.
    #[doc(alias = "nft_meta_keys")]
    pub struct MetaKey(u32) {
        /// Packet length in bytes, 32 bits.
        LEN = 0 "NFT_META_LEN" "length";
        /// Ethernet type, 16 bits in network order.
        PROTOCOL = 1 "NFT_META_PROTOCOL" "protocol";
        PRIORITY = 2 "NFT_META_PRIORITY" "priority";
        /// Mark of the packet, 32 bits.
        MARK = 3 "NFT_META_MARK" "mark";
        /// Index of the input link, 32 bits.
        IIF = 4 "NFT_META_IIF" "iif";
        /// Index of the output link, 32 bits.
        OIF = 5 "NFT_META_OIF" "oif";
        /// Name of the input link, 16 bytes.
        IIFNAME = 6 "NFT_META_IIFNAME" "iifname";
        /// Name of the output link, 16 bytes.
        OIFNAME = 7 "NFT_META_OIFNAME" "oifname";
        #[doc(alias = "NFT_META_IIFTYPE")]
        IIFTYPE = 8 "NFT_META_IFTYPE" "iiftype";
        OIFTYPE = 9 "NFT_META_OIFTYPE" "oiftype";
        SKUID = 10 "NFT_META_SKUID" "skuid";
        SKGID = 11 "NFT_META_SKGID" "skgid";
        NFTRACE = 12 "NFT_META_NFTRACE" "nftrace";
        RTCLASSID = 13 "NFT_META_RTCLASSID" "rtclassid";
        SECMARK = 14 "NFT_META_SECMARK" "secmark";
        /// Family (`NFPROTO_*`), 8 bits.
        NFPROTO = 15 "NFT_META_NFPROTO" "nfproto";
        /// Transport protocol number, 8 bits.
        L4PROTO = 16 "NFT_META_L4PROTO" "l4proto";
        BRI_IIFNAME = 17 "NFT_META_BRI_IIFNAME" "ibrname";
        BRI_OIFNAME = 18 "NFT_META_BRI_OIFNAME" "obrname";
        PKTTYPE = 19 "NFT_META_PKTTYPE" "pkttype";
        CPU = 20 "NFT_META_CPU" "cpu";
        IIFGROUP = 21 "NFT_META_IIFGROUP" "iifgroup";
        OIFGROUP = 22 "NFT_META_OIFGROUP" "oifgroup";
        CGROUP = 23 "NFT_META_CGROUP" "cgroup";
        PRANDOM = 24 "NFT_META_PRANDOM" "random";
        SECPATH = 25 "NFT_META_SECPATH" "secpath";
        IIFKIND = 26 "NFT_META_IIFKIND" "iifkind";
        OIFKIND = 27 "NFT_META_OIFKIND" "oifkind";
        BRI_IIFPVID = 28 "NFT_META_BRI_IIFPVID" "ibrpvid";
        BRI_IIFVPROTO = 29 "NFT_META_BRI_IIFVPROTO" "ibrvproto";
        TIME_NS = 30 "NFT_META_TIME_NS" "time";
        TIME_DAY = 31 "NFT_META_TIME_DAY" "day";
        TIME_HOUR = 32 "NFT_META_TIME_HOUR" "hour";
        SDIF = 33 "NFT_META_SDIF" "sdif";
        SDIFNAME = 34 "NFT_META_SDIFNAME" "sdifname";
        BRI_BROUTE = 35 "NFT_META_BRI_BROUTE" "broute";
        BRI_IIFHWADDR = 37 "NFT_META_BRI_IIFHWADDR" "ibrhwaddr";
    }
}

flags! {
    /// Conntrack states of a packet (`ct state`), for [`CtKey::STATE`].
    pub struct CtState(u32) {
        /// Packet without a valid connection.
        INVALID = 0x1 "NF_CT_STATE_INVALID_BIT" "invalid";
        /// Packet of a connection with packets in both directions.
        ESTABLISHED = 0x2 "NF_CT_STATE_BIT(IP_CT_ESTABLISHED)" "established";
        /// First packet of an expected connection, or an ICMP error of a
        /// connection.
        RELATED = 0x4 "NF_CT_STATE_BIT(IP_CT_RELATED)" "related";
        /// First packet of a connection.
        NEW = 0x8 "NF_CT_STATE_BIT(IP_CT_NEW)" "new";
        /// Packet exempt from connection tracking (`notrack`).
        UNTRACKED = 0x40 "NF_CT_STATE_UNTRACKED_BIT" "untracked";
    }
}

numbers! {
    /// Key of `ct`: the property of the packet's connection to load or set.
    #[doc(alias = "nft_ct_keys")]
    pub struct CtKey(u32) {
        STATE = 0 "NFT_CT_STATE" "state";
        DIRECTION = 1 "NFT_CT_DIRECTION" "direction";
        STATUS = 2 "NFT_CT_STATUS" "status";
        MARK = 3 "NFT_CT_MARK" "mark";
        SECMARK = 4 "NFT_CT_SECMARK" "secmark";
        EXPIRATION = 5 "NFT_CT_EXPIRATION" "expiration";
        HELPER = 6 "NFT_CT_HELPER" "helper";
        L3PROTOCOL = 7 "NFT_CT_L3PROTOCOL" "l3proto";
        SRC = 8 "NFT_CT_SRC" "saddr";
        DST = 9 "NFT_CT_DST" "daddr";
        PROTOCOL = 10 "NFT_CT_PROTOCOL" "protocol";
        PROTO_SRC = 11 "NFT_CT_PROTO_SRC" "proto-src";
        PROTO_DST = 12 "NFT_CT_PROTO_DST" "proto-dst";
        LABELS = 13 "NFT_CT_LABELS" "label";
        PKTS = 14 "NFT_CT_PKTS" "packets";
        BYTES = 15 "NFT_CT_BYTES" "bytes";
        AVGPKT = 16 "NFT_CT_AVGPKT" "avgpkt";
        ZONE = 17 "NFT_CT_ZONE" "zone";
        EVENTMASK = 18 "NFT_CT_EVENTMASK" "event";
        SRC_IP = 19 "NFT_CT_SRC_IP" "ip saddr";
        DST_IP = 20 "NFT_CT_DST_IP" "ip daddr";
        SRC_IP6 = 21 "NFT_CT_SRC_IP6" "ip6 saddr";
        DST_IP6 = 22 "NFT_CT_DST_IP6" "ip6 daddr";
        ID = 23 "NFT_CT_ID" "id";
    }
}

numbers! {
    /// Comparison operator of `range`.
    #[doc(alias = "nft_range_ops")]
    pub struct RangeComparison(u32) {
        /// True if the value is within the range.
        EQUAL = 0 "NFT_RANGE_EQ" "eq";
        /// True if the value is outside of the range.
        NOT_EQUAL = 1 "NFT_RANGE_NEQ" "neq";
    }
}

numbers! {
    /// Direction of a connection.
    #[doc(alias = "ip_conntrack_dir")]
    pub struct Direction(u8) {
        /// Original direction: that of the first packet.
        ORIGINAL = 0 "IP_CT_DIR_ORIGINAL" "original";
        /// Reply direction.
        REPLY = 1 "IP_CT_DIR_REPLY" "reply";
    }
}

flags! {
    /// Flags of `lookup`.
    #[doc(alias = "nft_lookup_flags")]
    pub struct LookupFlags(u32) {
        /// Inverts the look-up: the rule ends if the value is in the set.
        INVERT = 0x1 "NFT_LOOKUP_F_INV" "invert";
    }
}

numbers! {
    /// Unit of `limit`.
    #[doc(alias = "nft_limit_type")]
    pub struct LimitKind(u32) {
        /// Packets.
        PACKETS = 0 "NFT_LIMIT_PKTS" "packets";
        /// Bytes.
        BYTES = 1 "NFT_LIMIT_PKT_BYTES" "bytes";
    }
}

flags! {
    /// Flags of `limit`.
    #[doc(alias = "nft_limit_flags")]
    pub struct LimitFlags(u32) {
        /// Inverts the limit (`limit rate over`): the rule ends below the rate.
        INVERT = 0x1 "NFT_LIMIT_F_INV" "invert";
    }
}

numbers! {
    /// Log level of `log`, as in syslog(2).
    #[doc(alias = "nft_log_level")]
    pub struct LogLevel(u32) {
        EMERGENCY = 0 "NFT_LOGLEVEL_EMERG" "emerg";
        ALERT = 1 "NFT_LOGLEVEL_ALERT" "alert";
        CRITICAL = 2 "NFT_LOGLEVEL_CRIT" "crit";
        ERROR = 3 "NFT_LOGLEVEL_ERR" "err";
        WARNING = 4 "NFT_LOGLEVEL_WARNING" "warn";
        NOTICE = 5 "NFT_LOGLEVEL_NOTICE" "notice";
        INFO = 6 "NFT_LOGLEVEL_INFO" "info";
        DEBUG = 7 "NFT_LOGLEVEL_DEBUG" "debug";
        /// Audit log instead of the kernel log.
        AUDIT = 8 "NFT_LOGLEVEL_AUDIT" "audit";
    }
}

flags! {
    /// Packet parts that `log` prints.
    pub struct LogParts(u32) {
        TCP_SEQUENCE = 0x01 "NF_LOG_TCPSEQ" "tcp sequence";
        TCP_OPTIONS = 0x02 "NF_LOG_TCPOPT" "tcp options";
        IP_OPTIONS = 0x04 "NF_LOG_IPOPT" "ip options";
        /// User ID and group ID of the sending socket.
        USER = 0x08 "NF_LOG_UID" "skuid";
        /// Unsupported.
        NFLOG = 0x10 "NF_LOG_NFLOG" "nflog";
        /// Decoded link-layer header.
        MAC = 0x20 "NF_LOG_MACDECODE" "ether";
    }
}

flags! {
    /// Flags of `queue`.
    pub struct QueueStatementFlags(u16) {
        /// Accepts packets if no program listens to the queue.
        BYPASS = 0x1 "NFT_QUEUE_FLAG_BYPASS" "bypass";
        /// Chooses the queue by CPU number.
        CPU_FANOUT = 0x2 "NFT_QUEUE_FLAG_CPU_FANOUT" "fanout";
    }
}

numbers! {
    /// Type of the `reject` answer.
    #[doc(alias = "nft_reject_types")]
    pub struct RejectKind(u32) {
        /// ICMP or ICMPv6 error, with a code of the packet's family.
        ICMP_UNREACHABLE = 0 "NFT_REJECT_ICMP_UNREACH" "icmp";
        /// TCP reset.
        TCP_RESET = 1 "NFT_REJECT_TCP_RST" "tcp reset";
        /// ICMP or ICMPv6 error, with a code common to both families.
        ICMPX_UNREACHABLE = 2 "NFT_REJECT_ICMPX_UNREACH" "icmpx";
    }
}

numbers! {
    /// Type of `nat`: source or destination NAT.
    #[doc(alias = "nft_nat_types")]
    pub struct NatKind(u32) {
        /// Source NAT.
        SOURCE = 0 "NFT_NAT_SNAT" "snat";
        /// Destination NAT.
        DESTINATION = 1 "NFT_NAT_DNAT" "dnat";
    }
}

flags! {
    /// Flags of `nat`, `masq` and `redir`.
    pub struct NatFlags(u32) {
        /// Addresses are translated.
        MAP_IPS = 0x01 "NF_NAT_RANGE_MAP_IPS" "map-ips";
        /// Ports are translated, to a range in registers.
        PROTO_SPECIFIED = 0x02 "NF_NAT_RANGE_PROTO_SPECIFIED" "proto-specified";
        /// Ports are mapped at random, by a hash of the source port.
        PROTO_RANDOM = 0x04 "NF_NAT_RANGE_PROTO_RANDOM" "random";
        /// Each client keeps its address over connections.
        PERSISTENT = 0x08 "NF_NAT_RANGE_PERSISTENT" "persistent";
        /// Ports are fully random.
        PROTO_RANDOM_FULLY = 0x10 "NF_NAT_RANGE_PROTO_RANDOM_FULLY" "fully-random";
        /// Ports are shifted by an offset.
        PROTO_OFFSET = 0x20 "NF_NAT_RANGE_PROTO_OFFSET" "proto-offset";
        /// Network bits are translated, host bits stay.
        NETMAP = 0x40 "NF_NAT_RANGE_NETMAP" "netmap";
    }
}

numbers! {
    /// Type of a stateful object, such as a named counter.
    pub struct ObjectKind(u32) {
        UNSPEC = 0 "NFT_OBJECT_UNSPEC";
        COUNTER = 1 "NFT_OBJECT_COUNTER" "counter";
        QUOTA = 2 "NFT_OBJECT_QUOTA" "quota";
        CT_HELPER = 3 "NFT_OBJECT_CT_HELPER" "ct helper";
        LIMIT = 4 "NFT_OBJECT_LIMIT" "limit";
        CONNLIMIT = 5 "NFT_OBJECT_CONNLIMIT" "ct count";
        TUNNEL = 6 "NFT_OBJECT_TUNNEL" "tunnel";
        CT_TIMEOUT = 7 "NFT_OBJECT_CT_TIMEOUT" "ct timeout";
        SECMARK = 8 "NFT_OBJECT_SECMARK" "secmark";
        CT_EXPECT = 9 "NFT_OBJECT_CT_EXPECT" "ct expectation";
        SYNPROXY = 10 "NFT_OBJECT_SYNPROXY" "synproxy";
    }
}

flags! {
    /// Flags of a rule from `iptables-nft`.
    pub struct RuleCompatFlags(u32) {
        /// Unused.
        UNUSED = 0x1 "NFT_RULE_COMPAT_F_UNUSED" "unused";
        /// Inverts the protocol: the rule applies to all others.
        INVERT = 0x2 "NFT_RULE_COMPAT_F_INV" "invert";
    }
}
