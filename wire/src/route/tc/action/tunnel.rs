//! Actions that wrap packets, or prepare them for a tunnel: `tunnel_key`,
//! `mpls`, `ife`.

use super::{ActionParameters, ActionTimes};
use crate::attributes;
use crate::codec::{Array, Be, Bytes, Extensible, Flag, Hardware, Ip, Many, Nest, Struct};
use crate::numbers::numbers;
use crate::structs::structs;
use crate::zerocopy::native_endian::{I32, U16, U32};

structs! {
    /// Parameters of a `tunnel_key`.
    #[doc(alias = "tc_tunnel_key")]
    pub struct TunnelKeyParameters: 24 {
        /// Number and decision.
        general: ActionParameters,
        /// Operation of the action.
        #[doc(alias = "t_action")]
        operation: I32 as TunnelKeyOperation,
    }

    /// Parameters of an `mpls`.
    #[doc(alias = "tc_mpls")]
    pub struct MplsParameters: 24 {
        /// Number and decision.
        general: ActionParameters,
        /// Operation of the action.
        #[doc(alias = "m_action")]
        operation: I32 as MplsOperation,
    }

    /// Parameters of an `ife`.
    #[doc(alias = "tc_ife")]
    pub struct IfeParameters: 24 {
        /// Number and decision.
        general: ActionParameters,
        /// Operation of the action.
        #[doc(alias = "flags")]
        operation: U16 as IfeOperation,
        /// Padding.
        padding: U16,
    }
}

numbers! {
    /// Operation of a `tunnel_key`.
    pub struct TunnelKeyOperation(i32) {
        /// Sets the tunnel's addresses and key.
        SET = 1 "TCA_TUNNEL_KEY_ACT_SET" "set";
        /// Removes the tunnel's addresses and key.
        RELEASE = 2 "TCA_TUNNEL_KEY_ACT_RELEASE" "unset";
    }
}

numbers! {
    /// Operation of an `mpls`.
    pub struct MplsOperation(i32) {
        /// Removes the first label.
        POP = 1 "TCA_MPLS_ACT_POP" "pop";
        /// Adds a label behind the MAC header.
        PUSH = 2 "TCA_MPLS_ACT_PUSH" "push";
        /// Changes the first label.
        MODIFY = 3 "TCA_MPLS_ACT_MODIFY" "modify";
        /// Decrements the TTL.
        DEC_TTL = 4 "TCA_MPLS_ACT_DEC_TTL" "dec_ttl";
        /// Adds a label in front of the MAC header.
        MAC_PUSH = 5 "TCA_MPLS_ACT_MAC_PUSH" "mac_push";
    }
}

numbers! {
    /// Operation of an `ife`.
    pub struct IfeOperation(u16) {
        /// Unwraps packets and reads their metadata.
        DECODE = 0 "IFE_DECODE" "decode";
        /// Wraps packets with their metadata.
        ENCODE = 1 "IFE_ENCODE" "encode";
    }
}

attributes! {
    /// Settings of a `tunnel_key` (`TCA_TUNNEL_KEY_*`).
    pub set TunnelKey, enum TunnelKeyAttr {
        /// Times.
        1 TCA_TUNNEL_KEY_TM Times times: Extensible<ActionTimes>,
        /// Number, decision and operation.
        2 TCA_TUNNEL_KEY_PARMS Parameters parameters: Struct<TunnelKeyParameters>,
        /// Source IPv4 address of the tunnel.
        3 TCA_TUNNEL_KEY_ENC_IPV4_SRC SourceV4 source_v4: Ip,
        /// Destination IPv4 address of the tunnel.
        4 TCA_TUNNEL_KEY_ENC_IPV4_DST DestinationV4 destination_v4: Ip,
        /// Source IPv6 address of the tunnel.
        5 TCA_TUNNEL_KEY_ENC_IPV6_SRC SourceV6 source_v6: Ip,
        /// Destination IPv6 address of the tunnel.
        6 TCA_TUNNEL_KEY_ENC_IPV6_DST DestinationV6 destination_v6: Ip,
        /// Tunnel key, such as the VNI of VXLAN.
        7 TCA_TUNNEL_KEY_ENC_KEY_ID Id id: Be<u32>,
        /// Padding.
        8 TCA_TUNNEL_KEY_PAD Pad pad: Bytes,
        /// Destination UDP port of the tunnel.
        9 TCA_TUNNEL_KEY_ENC_DST_PORT Port port: Be<u16>,
        /// 1 if the tunnel has no UDP checksum.
        10 TCA_TUNNEL_KEY_NO_CSUM NoChecksum no_checksum: u8,
        /// Tunnel options.
        11 TCA_TUNNEL_KEY_ENC_OPTS Options options: Nest<TunnelKeyOptions>,
        /// DSCP and ECN of the tunnel.
        12 TCA_TUNNEL_KEY_ENC_TOS Tos tos: u8,
        /// TTL of the tunnel.
        13 TCA_TUNNEL_KEY_ENC_TTL Ttl ttl: u8,
        /// True if the tunnel forbids fragments.
        14 TCA_TUNNEL_KEY_NO_FRAG NoFragments no_fragments: Flag,
    }
}

attributes! {
    /// Tunnel options for one kind of tunnel (`TCA_TUNNEL_KEY_ENC_OPTS_*`).
    pub set TunnelKeyOptions, enum TunnelKeyOptionsAttr {
        /// Option of GENEVE.
        1 TCA_TUNNEL_KEY_ENC_OPTS_GENEVE Geneve geneve: Many<Nest<TunnelKeyGeneve>>,
        /// Options of VXLAN.
        2 TCA_TUNNEL_KEY_ENC_OPTS_VXLAN Vxlan vxlan: Nest<TunnelKeyVxlan>,
        /// Options of ERSPAN.
        3 TCA_TUNNEL_KEY_ENC_OPTS_ERSPAN Erspan erspan: Nest<TunnelKeyErspan>,
    }
}

attributes! {
    /// Option of GENEVE (`TCA_TUNNEL_KEY_ENC_OPT_GENEVE_*`).
    pub set TunnelKeyGeneve, enum TunnelKeyGeneveAttr {
        /// Class.
        1 TCA_TUNNEL_KEY_ENC_OPT_GENEVE_CLASS Class class: Be<u16>,
        /// Type.
        2 TCA_TUNNEL_KEY_ENC_OPT_GENEVE_TYPE Type option_type: u8,
        /// Value, of 4 bytes or a multiple.
        3 TCA_TUNNEL_KEY_ENC_OPT_GENEVE_DATA Data data: Bytes,
    }
}

attributes! {
    /// Options of VXLAN (`TCA_TUNNEL_KEY_ENC_OPT_VXLAN_*`).
    pub set TunnelKeyVxlan, enum TunnelKeyVxlanAttr {
        /// Group policy.
        1 TCA_TUNNEL_KEY_ENC_OPT_VXLAN_GBP GroupPolicy group_policy: u32,
    }
}

attributes! {
    /// Options of ERSPAN (`TCA_TUNNEL_KEY_ENC_OPT_ERSPAN_*`).
    pub set TunnelKeyErspan, enum TunnelKeyErspanAttr {
        /// Version: 1 has an index, 2 a direction and a hardware id.
        1 TCA_TUNNEL_KEY_ENC_OPT_ERSPAN_VER Version version: u8,
        /// Index.
        2 TCA_TUNNEL_KEY_ENC_OPT_ERSPAN_INDEX Index index: Be<u32>,
        /// Direction.
        3 TCA_TUNNEL_KEY_ENC_OPT_ERSPAN_DIR Direction direction: u8,
        /// Hardware id.
        4 TCA_TUNNEL_KEY_ENC_OPT_ERSPAN_HWID HardwareId hardware_id: u8,
    }
}

attributes! {
    /// Settings of an `mpls` (`TCA_MPLS_*`).
    pub set MplsAction, enum MplsActionAttr {
        /// Times.
        1 TCA_MPLS_TM Times times: Extensible<ActionTimes>,
        /// Number, decision and operation.
        2 TCA_MPLS_PARMS Parameters parameters: Struct<MplsParameters>,
        /// Padding.
        3 TCA_MPLS_PAD Pad pad: Bytes,
        /// Protocol that the packet has then (`ETH_P_*`).
        4 TCA_MPLS_PROTO Protocol protocol: Be<u16>,
        /// Label.
        5 TCA_MPLS_LABEL Label label: u32,
        /// Traffic class, 0 to 7.
        6 TCA_MPLS_TC Class class: u8,
        /// TTL.
        7 TCA_MPLS_TTL Ttl ttl: u8,
        /// 1 for the last label of the stack.
        8 TCA_MPLS_BOS Bottom bottom: u8,
    }
}

attributes! {
    /// Settings of an `ife`, which wraps packets with their metadata
    /// (`TCA_IFE_*`).
    pub set Ife, enum IfeAttr {
        /// Number, decision and operation.
        1 TCA_IFE_PARMS Parameters parameters: Struct<IfeParameters>,
        /// Times.
        2 TCA_IFE_TM Times times: Extensible<ActionTimes>,
        /// Destination MAC address.
        3 TCA_IFE_DMAC Destination destination: Hardware,
        /// Source MAC address.
        4 TCA_IFE_SMAC Source source: Hardware,
        /// Protocol in the Ethernet header.
        5 TCA_IFE_TYPE EthType eth_type: u16,
        /// Metadata.
        6 TCA_IFE_METALST Metadata metadata: Nest<IfeMetadata>,
        /// Padding.
        7 TCA_IFE_PAD Pad pad: Bytes,
    }
}

attributes! {
    /// Metadata of an `ife` (`IFE_META_*`). A value is one number, or none for
    /// that of the packet.
    pub set IfeMetadata, enum IfeMetadataAttr {
        /// Mark.
        1 IFE_META_SKBMARK Mark mark: Array<U32>,
        /// Hash of the flow.
        2 IFE_META_HASHID Hash hash: Array<U32>,
        /// Priority.
        3 IFE_META_PRIO Priority priority: Array<U32>,
        /// Transmit queue.
        4 IFE_META_QMAP Queue queue: Array<U32>,
        /// Traffic control index.
        5 IFE_META_TCINDEX Index index: Array<U16>,
    }
}
