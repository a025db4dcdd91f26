//! Expressions that load a value into a register: extension headers, routes,
//! hashes, sockets and more (`linux/netfilter/nf_tables.h`).

use super::Register;
use crate::attributes;
use crate::codec::{Be, Text};
use crate::numbers::{flags, numbers};

attributes! {
    /// `exthdr`: loads or writes an extension header of IPv6, or an option of
    /// TCP, IPv4, SCTP or DCCP.
    pub set ExtensionHeader, enum ExtensionHeaderAttr {
        /// Destination register.
        1 NFTA_EXTHDR_DREG Register register: Be<Register>,
        /// Type of the extension header or the option.
        2 NFTA_EXTHDR_TYPE Kind kind: u8,
        /// Offset of the first byte.
        3 NFTA_EXTHDR_OFFSET Offset offset: Be<u32>,
        /// Number of bytes.
        4 NFTA_EXTHDR_LEN Len len: Be<u32>,
        /// Flags.
        5 NFTA_EXTHDR_FLAGS Flags flags: Be<ExtensionHeaderFlags>,
        /// Protocol of the header or the option.
        6 NFTA_EXTHDR_OP Operation operation: Be<ExtensionHeaderKind>,
        /// Source register of the bytes to write.
        7 NFTA_EXTHDR_SREG Source source: Be<Register>,
    }
}

flags! {
    /// Flags of `exthdr`.
    pub struct ExtensionHeaderFlags(u32) {
        /// Loads 1 if the header is present, otherwise 0.
        PRESENT = 0x1 "NFT_EXTHDR_F_PRESENT" "present";
    }
}

numbers! {
    /// Protocol of an extension header or an option.
    #[doc(alias = "nft_exthdr_op")]
    pub struct ExtensionHeaderKind(u32) {
        IPV6 = 0 "NFT_EXTHDR_OP_IPV6" "ipv6";
        TCP = 1 "NFT_EXTHDR_OP_TCPOPT" "tcpopt";
        IPV4 = 2 "NFT_EXTHDR_OP_IPV4" "ipv4";
        SCTP = 3 "NFT_EXTHDR_OP_SCTP" "sctp";
        DCCP = 4 "NFT_EXTHDR_OP_DCCP" "dccp";
    }
}

attributes! {
    /// `fib`: looks the packet's route up, and loads what it says.
    pub set FibLookup, enum FibLookupAttr {
        /// Destination register.
        1 NFTA_FIB_DREG Register register: Be<Register>,
        /// Result to load.
        2 NFTA_FIB_RESULT Result result: Be<FibResult>,
        /// Fields of the packet to look up.
        3 NFTA_FIB_FLAGS Flags flags: Be<FibFlags>,
    }
}

numbers! {
    /// Result of `fib`.
    #[doc(alias = "nft_fib_result")]
    pub struct FibResult(u32) {
        UNSPEC = 0 "NFT_FIB_RESULT_UNSPEC";
        /// Index of the outgoing link.
        OIF = 1 "NFT_FIB_RESULT_OIF" "oif";
        /// Name of the outgoing link.
        OIFNAME = 2 "NFT_FIB_RESULT_OIFNAME" "oifname";
        /// Type of the address, such as local or multicast.
        ADDRESS_TYPE = 3 "NFT_FIB_RESULT_ADDRTYPE" "type";
    }
}

flags! {
    /// Fields of the packet that `fib` looks up.
    pub struct FibFlags(u32) {
        /// Source address.
        SOURCE = 0x1 "NFTA_FIB_F_SADDR" "saddr";
        /// Destination address.
        DESTINATION = 0x2 "NFTA_FIB_F_DADDR" "daddr";
        /// Packet mark.
        MARK = 0x4 "NFTA_FIB_F_MARK" "mark";
        /// Incoming link.
        IIF = 0x8 "NFTA_FIB_F_IIF" "iif";
        /// Outgoing link.
        OIF = 0x10 "NFTA_FIB_F_OIF" "oif";
        /// Loads 1 if there is a route, otherwise 0.
        PRESENT = 0x20 "NFTA_FIB_F_PRESENT" "present";
    }
}

attributes! {
    /// `hash`: loads a hash of a register, or of the packet's addresses and ports.
    pub set HashValue, enum HashValueAttr {
        /// Source register.
        1 NFTA_HASH_SREG Source source: Be<Register>,
        /// Destination register.
        2 NFTA_HASH_DREG Register register: Be<Register>,
        /// Number of bytes in the source register.
        3 NFTA_HASH_LEN Len len: Be<u32>,
        /// Modulus: hashes are below it.
        4 NFTA_HASH_MODULUS Modulus modulus: Be<u32>,
        /// Seed; the kernel chooses one if it is absent.
        5 NFTA_HASH_SEED Seed seed: Be<u32>,
        /// Offset that is added to the hash.
        6 NFTA_HASH_OFFSET Offset offset: Be<u32>,
        /// Type of the hash.
        7 NFTA_HASH_TYPE Kind kind: Be<HashKind>,
    }
}

numbers! {
    /// Type of `hash`.
    #[doc(alias = "nft_hash_types")]
    pub struct HashKind(u32) {
        /// Jenkins hash of a register.
        JENKINS = 0 "NFT_HASH_JENKINS" "jhash";
        /// Symmetric hash of the packet: the same in both directions.
        SYMMETRIC = 1 "NFT_HASH_SYM" "symhash";
    }
}

attributes! {
    /// `numgen`: loads a number that counts up or is random.
    pub set NumberGenerator, enum NumberGeneratorAttr {
        /// Destination register.
        1 NFTA_NG_DREG Register register: Be<Register>,
        /// Modulus: numbers are below it.
        2 NFTA_NG_MODULUS Modulus modulus: Be<u32>,
        /// Type: counting or random.
        3 NFTA_NG_TYPE Kind kind: Be<NumberGeneratorKind>,
        /// Offset that is added to the number.
        4 NFTA_NG_OFFSET Offset offset: Be<u32>,
    }
}

numbers! {
    /// Type of `numgen`.
    #[doc(alias = "nft_ng_types")]
    pub struct NumberGeneratorKind(u32) {
        /// Counts up by one for each packet.
        INCREMENTAL = 0 "NFT_NG_INCREMENTAL" "inc";
        RANDOM = 1 "NFT_NG_RANDOM" "random";
    }
}

attributes! {
    /// `osf`: loads the operating system's name by its TCP fingerprint.
    pub set OsFingerprint, enum OsFingerprintAttr {
        /// Destination register.
        1 NFTA_OSF_DREG Register register: Be<Register>,
        /// Comparison of the TTL: 0 with the distance, 1 less or equal, 2 none.
        2 NFTA_OSF_TTL Ttl ttl: u8,
        /// Flags.
        3 NFTA_OSF_FLAGS Flags flags: Be<OsFingerprintFlags>,
    }
}

flags! {
    /// Flags of `osf`.
    pub struct OsFingerprintFlags(u32) {
        /// Loads the version beside the name.
        VERSION = 0x1 "NFT_OSF_F_VERSION" "version";
    }
}

attributes! {
    /// `rt`: loads something of the packet's route.
    pub set RouteValue, enum RouteValueAttr {
        /// Destination register.
        1 NFTA_RT_DREG Register register: Be<Register>,
        /// Value to load.
        2 NFTA_RT_KEY Key key: Be<RouteKey>,
    }
}

numbers! {
    /// Value that `rt` loads.
    #[doc(alias = "nft_rt_keys")]
    pub struct RouteKey(u32) {
        /// Realm of the route.
        CLASS_ID = 0 "NFT_RT_CLASSID" "classid";
        /// Gateway, IPv4.
        NEXT_HOP4 = 1 "NFT_RT_NEXTHOP4" "nexthop4";
        /// Gateway, IPv6.
        NEXT_HOP6 = 2 "NFT_RT_NEXTHOP6" "nexthop6";
        /// MSS of TCP connections on the route, in bytes.
        TCP_MSS = 3 "NFT_RT_TCPMSS" "tcpmss";
        /// 1 if IPsec transforms the packet.
        TRANSFORM = 4 "NFT_RT_XFRM" "ipsec";
    }
}

attributes! {
    /// `socket`: loads something of the socket that receives the packet.
    pub set SocketValue, enum SocketValueAttr {
        /// Value to load.
        1 NFTA_SOCKET_KEY Key key: Be<SocketKey>,
        /// Destination register.
        2 NFTA_SOCKET_DREG Register register: Be<Register>,
        /// Level of the control group, from the root at 0.
        3 NFTA_SOCKET_LEVEL Level level: Be<u32>,
    }
}

numbers! {
    /// Value that `socket` loads.
    #[doc(alias = "nft_socket_keys")]
    pub struct SocketKey(u32) {
        /// 1 if the socket is transparent (`IP_TRANSPARENT`).
        TRANSPARENT = 0 "NFT_SOCKET_TRANSPARENT" "transparent";
        /// Mark of the socket.
        MARK = 1 "NFT_SOCKET_MARK" "mark";
        /// 1 if the socket is bound to any address.
        WILDCARD = 2 "NFT_SOCKET_WILDCARD" "wildcard";
        /// Identifier of the control group.
        CGROUP = 3 "NFT_SOCKET_CGROUPV2" "cgroupv2";
    }
}

attributes! {
    /// `tunnel`: loads metadata of the tunnel that the packet came through.
    pub set TunnelValue, enum TunnelValueAttr {
        /// Value to load.
        1 NFTA_TUNNEL_KEY Key key: Be<TunnelValueKey>,
        /// Destination register.
        2 NFTA_TUNNEL_DREG Register register: Be<Register>,
        /// Direction of the packets.
        3 NFTA_TUNNEL_MODE Mode mode: Be<TunnelDirection>,
    }
}

numbers! {
    /// Value that `tunnel` loads.
    #[doc(alias = "nft_tunnel_keys")]
    pub struct TunnelValueKey(u32) {
        /// 1 if the packet came through a tunnel.
        PATH = 0 "NFT_TUNNEL_PATH" "path";
        /// Identifier of the tunnel, such as a VNI.
        ID = 1 "NFT_TUNNEL_ID" "id";
    }
}

numbers! {
    /// Direction of packets in a tunnel.
    #[doc(alias = "nft_tunnel_mode")]
    pub struct TunnelDirection(u32) {
        NONE = 0 "NFT_TUNNEL_MODE_NONE" "none";
        /// Received packets.
        RX = 1 "NFT_TUNNEL_MODE_RX" "rx";
        /// Sent packets.
        TX = 2 "NFT_TUNNEL_MODE_TX" "tx";
    }
}

attributes! {
    /// `xfrm`: loads something of the packet's IPsec state (`ipsec` in nft).
    pub set TransformValue, enum TransformValueAttr {
        /// Destination register.
        1 NFTA_XFRM_DREG Register register: Be<Register>,
        /// Value to load.
        2 NFTA_XFRM_KEY Key key: Be<TransformKey>,
        /// Direction: 0 received, 1 sent.
        3 NFTA_XFRM_DIR Direction direction: u8,
        /// Number of the state, from 0.
        4 NFTA_XFRM_SPNUM Number number: Be<u32>,
    }
}

numbers! {
    /// Value that `xfrm` loads.
    #[doc(alias = "nft_xfrm_keys")]
    pub struct TransformKey(u32) {
        UNSPEC = 0 "NFT_XFRM_KEY_UNSPEC";
        /// Destination address, IPv4.
        DESTINATION4 = 1 "NFT_XFRM_KEY_DADDR_IP4" "daddr4";
        /// Destination address, IPv6.
        DESTINATION6 = 2 "NFT_XFRM_KEY_DADDR_IP6" "daddr6";
        /// Source address, IPv4.
        SOURCE4 = 3 "NFT_XFRM_KEY_SADDR_IP4" "saddr4";
        /// Source address, IPv6.
        SOURCE6 = 4 "NFT_XFRM_KEY_SADDR_IP6" "saddr6";
        /// Request id of the policy.
        REQUEST_ID = 5 "NFT_XFRM_KEY_REQID" "reqid";
        /// Security parameter index (SPI).
        SPI = 6 "NFT_XFRM_KEY_SPI" "spi";
    }
}

attributes! {
    /// `last`: keeps the time of the last packet.
    pub set LastUse, enum LastUseAttr {
        /// 1 if a packet has come; in answers only.
        1 NFTA_LAST_SET Used used: Be<u32>,
        /// Time since the last packet, in milliseconds.
        2 NFTA_LAST_MSECS Ago ago: Be<u64>,
        /// Padding.
        3 NFTA_LAST_PAD Pad pad: crate::codec::Bytes,
    }
}

attributes! {
    /// `flow_offload`: adds the connection to a flow table.
    pub set FlowOffload, enum FlowOffloadAttr {
        /// Name of the flow table.
        1 NFTA_FLOW_TABLE_NAME Table table: Text,
    }
}
