//! Named objects, such as counters and quotas, and flow tables
//! (`linux/netfilter/nf_tables.h`).

use super::{ConnectionLimit, Counter, DeviceList, Limit, Quota, SynProxySettings};
use crate::attributes;
use crate::codec::{Be, Bytes, Ip, Nest, Str, Text};
use crate::numbers::flags;

attributes! {
    /// Named object (`NFTA_OBJ_*`).
    pub set NftObject, enum NftObjectAttr {
        /// Name of the table.
        1 NFTA_OBJ_TABLE Table table: Text,
        /// Name of the object.
        2 NFTA_OBJ_NAME Name name: Text,
        /// Type of the object.
        3 NFTA_OBJ_TYPE Kind kind: Be<super::ObjectKind>,
        /// Settings and state.
        4 NFTA_OBJ_DATA Data data: ObjectDataChoice,
        /// Number of rules and elements that refer to the object; in answers only.
        5 NFTA_OBJ_USE Uses uses: Be<u32>,
        /// Handle of the object.
        6 NFTA_OBJ_HANDLE Handle handle: Be<u64>,
        /// Padding.
        7 NFTA_OBJ_PAD Pad pad: Bytes,
        /// User data; `nft` keeps the comment in it.
        8 NFTA_OBJ_USERDATA UserData user_data: Bytes,
    }
}

attributes! {
    /// The nest [`NFTA_OBJ_DATA`], by the type of the object in network order.
    pub choice ObjectDataChoice, enum ObjectData by NFTA_OBJ_TYPE: u32_be {
        1 Counter: Counter,
        2 Quota: Quota,
        3 Helper: HelperObject,
        4 Limit: Limit,
        5 ConnectionLimit: ConnectionLimit,
        6 Tunnel: TunnelObject,
        7 Timeout: TimeoutObject,
        8 SecurityMark: SecurityMarkObject,
        9 Expectation: ExpectationObject,
        10 SynProxy: SynProxySettings,
    }
}

attributes! {
    /// Conntrack helper (`ct helper`).
    pub set HelperObject, enum HelperObjectAttr {
        /// Name of the helper, such as `ftp`.
        1 NFTA_CT_HELPER_NAME Name name: Str,
        /// Network protocol: an `AF_*` number.
        2 NFTA_CT_HELPER_L3PROTO NetworkProtocol network_protocol: Be<u16>,
        /// Transport protocol, such as 6 for TCP.
        3 NFTA_CT_HELPER_L4PROTO TransportProtocol transport_protocol: u8,
    }
}

attributes! {
    /// Timeouts of connections (`ct timeout`).
    pub set TimeoutObject, enum TimeoutObjectAttr {
        /// Network protocol: an `AF_*` number.
        1 NFTA_CT_TIMEOUT_L3PROTO NetworkProtocol network_protocol: Be<u16>,
        /// Transport protocol, such as 6 for TCP.
        2 NFTA_CT_TIMEOUT_L4PROTO TransportProtocol transport_protocol: u8,
        /// Timeouts by state, in seconds and network order (`CTA_TIMEOUT_*` of the protocol).
        3 NFTA_CT_TIMEOUT_DATA Data data: Bytes,
    }
}

attributes! {
    /// Expectation of a connection (`ct expectation`).
    pub set ExpectationObject, enum ExpectationObjectAttr {
        /// Network protocol: an `AF_*` number.
        1 NFTA_CT_EXPECT_L3PROTO NetworkProtocol network_protocol: Be<u16>,
        /// Transport protocol, such as 6 for TCP.
        2 NFTA_CT_EXPECT_L4PROTO TransportProtocol transport_protocol: u8,
        /// Destination port, in network order.
        3 NFTA_CT_EXPECT_DPORT Port port: Be<u16>,
        /// Timeout in milliseconds.
        4 NFTA_CT_EXPECT_TIMEOUT Timeout timeout: u32,
        /// Maximum number of expectations at a time.
        5 NFTA_CT_EXPECT_SIZE Size size: u8,
    }
}

attributes! {
    /// Security mark (`secmark`).
    pub set SecurityMarkObject, enum SecurityMarkObjectAttr {
        /// Security context, such as that of SELinux.
        1 NFTA_SECMARK_CTX Context context: Text,
    }
}

attributes! {
    /// Tunnel metadata for packets (`tunnel`).
    pub set TunnelObject, enum TunnelObjectAttr {
        /// Identifier, such as a VNI.
        1 NFTA_TUNNEL_KEY_ID Id id: Be<u32>,
        /// IPv4 addresses of the ends.
        2 NFTA_TUNNEL_KEY_IP Ip ip: Nest<TunnelObjectIp>,
        /// IPv6 addresses of the ends.
        3 NFTA_TUNNEL_KEY_IP6 Ip6 ip6: Nest<TunnelObjectIp6>,
        /// Flags.
        4 NFTA_TUNNEL_KEY_FLAGS Flags flags: Be<TunnelObjectFlags>,
        /// TOS of outer packets.
        5 NFTA_TUNNEL_KEY_TOS Tos tos: u8,
        /// TTL of outer packets.
        6 NFTA_TUNNEL_KEY_TTL Ttl ttl: u8,
        /// UDP source port, in network order.
        7 NFTA_TUNNEL_KEY_SPORT SourcePort source_port: Be<u16>,
        /// UDP destination port, in network order.
        8 NFTA_TUNNEL_KEY_DPORT DestinationPort destination_port: Be<u16>,
        /// Options of VXLAN, ERSPAN or Geneve.
        9 NFTA_TUNNEL_KEY_OPTS Options options: Nest<TunnelObjectOptions>,
    }
}

flags! {
    /// Flags of a tunnel's metadata.
    #[doc(alias = "nft_tunnel_flags")]
    pub struct TunnelObjectFlags(u32) {
        /// UDP checksum 0.
        ZERO_CHECKSUM = 0x1 "NFT_TUNNEL_F_ZERO_CSUM_TX" "zero-csum-tx";
        /// Don't-fragment bit of outer packets.
        DONT_FRAGMENT = 0x2 "NFT_TUNNEL_F_DONT_FRAGMENT" "dont-fragment";
        /// Sequence numbers in outer packets.
        SEQUENCE_NUMBER = 0x4 "NFT_TUNNEL_F_SEQ_NUMBER" "seq-number";
    }
}

attributes! {
    /// IPv4 addresses of a tunnel's ends.
    pub set TunnelObjectIp, enum TunnelObjectIpAttr {
        /// Source address.
        1 NFTA_TUNNEL_KEY_IP_SRC Source source: Ip,
        /// Destination address.
        2 NFTA_TUNNEL_KEY_IP_DST Destination destination: Ip,
    }
}

attributes! {
    /// IPv6 addresses of a tunnel's ends.
    pub set TunnelObjectIp6, enum TunnelObjectIp6Attr {
        /// Source address.
        1 NFTA_TUNNEL_KEY_IP6_SRC Source source: Ip,
        /// Destination address.
        2 NFTA_TUNNEL_KEY_IP6_DST Destination destination: Ip,
        /// Flow label, in network order.
        3 NFTA_TUNNEL_KEY_IP6_FLOWLABEL FlowLabel flow_label: Be<u32>,
    }
}

attributes! {
    /// Options of a tunnel, by its protocol.
    pub set TunnelObjectOptions, enum TunnelObjectOptionsAttr {
        /// VXLAN.
        1 NFTA_TUNNEL_KEY_OPTS_VXLAN Vxlan vxlan: Nest<TunnelObjectVxlan>,
        /// ERSPAN.
        2 NFTA_TUNNEL_KEY_OPTS_ERSPAN Erspan erspan: Nest<TunnelObjectErspan>,
        /// Geneve, an option each.
        3 NFTA_TUNNEL_KEY_OPTS_GENEVE Geneve geneve: crate::codec::Many<Nest<TunnelObjectGeneve>>,
    }
}

attributes! {
    /// Options of VXLAN.
    pub set TunnelObjectVxlan, enum TunnelObjectVxlanAttr {
        /// Group policy.
        1 NFTA_TUNNEL_KEY_VXLAN_GBP GroupPolicy group_policy: Be<u32>,
    }
}

attributes! {
    /// Options of ERSPAN.
    pub set TunnelObjectErspan, enum TunnelObjectErspanAttr {
        /// Version: 1 or 2.
        1 NFTA_TUNNEL_KEY_ERSPAN_VERSION Version version: Be<u32>,
        /// Index of version 1.
        2 NFTA_TUNNEL_KEY_ERSPAN_V1_INDEX Index index: Be<u32>,
        /// Hardware id of version 2.
        3 NFTA_TUNNEL_KEY_ERSPAN_V2_HWID HardwareId hardware_id: u8,
        /// Direction of version 2: 0 received, 1 sent.
        4 NFTA_TUNNEL_KEY_ERSPAN_V2_DIR Direction direction: u8,
    }
}

attributes! {
    /// Option of Geneve.
    pub set TunnelObjectGeneve, enum TunnelObjectGeneveAttr {
        /// Class of the option, in network order.
        1 NFTA_TUNNEL_KEY_GENEVE_CLASS Class class: Be<u16>,
        /// Type of the option.
        2 NFTA_TUNNEL_KEY_GENEVE_TYPE Kind kind: u8,
        /// Data of the option.
        3 NFTA_TUNNEL_KEY_GENEVE_DATA Data data: Bytes,
    }
}

attributes! {
    /// Flow table: connections that take a short cut (`NFTA_FLOWTABLE_*`).
    pub set FlowTable, enum FlowTableAttr {
        /// Name of the table.
        1 NFTA_FLOWTABLE_TABLE Table table: Text,
        /// Name of the flow table.
        2 NFTA_FLOWTABLE_NAME Name name: Text,
        /// Hook and links.
        3 NFTA_FLOWTABLE_HOOK Hook hook: Nest<FlowTableHook>,
        /// Number of rules that refer to the flow table; in answers only.
        4 NFTA_FLOWTABLE_USE Uses uses: Be<u32>,
        /// Handle of the flow table.
        5 NFTA_FLOWTABLE_HANDLE Handle handle: Be<u64>,
        /// Padding.
        6 NFTA_FLOWTABLE_PAD Pad pad: Bytes,
        /// Flags.
        7 NFTA_FLOWTABLE_FLAGS Flags flags: Be<FlowTableFlags>,
    }
}

flags! {
    /// Flags of a flow table.
    #[doc(alias = "nft_flowtable_flags")]
    pub struct FlowTableFlags(u32) {
        /// Offload to hardware.
        HARDWARE_OFFLOAD = 0x1 "NFT_FLOWTABLE_HW_OFFLOAD" "offload";
        /// Counters of packets and bytes.
        COUNTER = 0x2 "NFT_FLOWTABLE_COUNTER" "counter";
    }
}

attributes! {
    /// Hook of a flow table.
    pub set FlowTableHook, enum FlowTableHookAttr {
        /// Number of the hook: 0 is ingress.
        1 NFTA_FLOWTABLE_HOOK_NUM Number number: Be<u32>,
        /// Priority: chains run from the lowest number to the highest.
        2 NFTA_FLOWTABLE_HOOK_PRIORITY Priority priority: Be<i32>,
        /// Links.
        3 NFTA_FLOWTABLE_HOOK_DEVS Devices devices: Nest<DeviceList>,
    }
}
