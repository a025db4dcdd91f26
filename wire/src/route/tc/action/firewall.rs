//! Actions that use connection tracking or translate addresses: `ct`,
//! `connmark`, `ctinfo`, `nat`.

use super::{ActionParameters, ActionTimes};
use crate::attributes;
use crate::codec::{Be, ByteArray, Bytes, Extensible, Ip, Shown, Str, Struct};
use crate::numbers::flags;
use crate::schema::Hexadecimal;
use crate::structs::structs;
use crate::zerocopy::native_endian::{U16, U32};

structs! {
    /// Parameters of a `connmark`.
    #[doc(alias = "tc_connmark")]
    pub struct ConnMarkParameters: 24 {
        /// Number and decision.
        general: ActionParameters,
        /// Zone of the conntrack entry.
        zone: U16,
        /// Padding.
        padding: U16,
    }

    /// Parameters of a `nat`. Addresses are in network order.
    #[doc(alias = "tc_nat")]
    pub struct NatParameters: 36 {
        /// Number and decision.
        general: ActionParameters,
        /// Address that is replaced.
        #[doc(alias = "old_addr")]
        old_address: [u8; 4],
        /// New address.
        #[doc(alias = "new_addr")]
        new_address: [u8; 4],
        /// Bits of the addresses that count.
        mask: [u8; 4],
        /// Flags.
        flags: U32 as NatFlags,
    }
}

flags! {
    /// Flags of a `nat`.
    pub struct NatFlags(u32) {
        /// The source address is replaced, not the destination.
        EGRESS = 0x1 "TCA_NAT_FLAG_EGRESS" "egress";
    }
}

flags! {
    /// Operation of a `ct`.
    pub struct CtFlags(u16) {
        /// Commits the connection: its conntrack entry is kept.
        COMMIT = 0x1 "TCA_CT_ACT_COMMIT" "commit";
        /// Replaces the conntrack entry if the packet belongs to the reply direction.
        FORCE = 0x2 "TCA_CT_ACT_FORCE" "force";
        /// Clears the conntrack entry of the packet.
        CLEAR = 0x4 "TCA_CT_ACT_CLEAR" "clear";
        /// Translates addresses.
        NAT = 0x8 "TCA_CT_ACT_NAT" "nat";
        /// Translates source addresses.
        NAT_SOURCE = 0x10 "TCA_CT_ACT_NAT_SRC" "src";
        /// Translates destination addresses.
        NAT_DESTINATION = 0x20 "TCA_CT_ACT_NAT_DST" "dst";
    }
}

attributes! {
    /// Settings of a `ct`, which sends packets through conntrack (`TCA_CT_*`).
    pub set CtAction, enum CtActionAttr {
        /// Number and decision.
        1 TCA_CT_PARMS Parameters parameters: Struct<ActionParameters>,
        /// Times.
        2 TCA_CT_TM Times times: Extensible<ActionTimes>,
        /// Operation of the action.
        3 TCA_CT_ACTION Flags flags: CtFlags,
        /// Zone.
        4 TCA_CT_ZONE Zone zone: u16,
        /// Mark of the entry.
        5 TCA_CT_MARK Mark mark: Shown<u32, Hexadecimal>,
        /// Bits of the mark that are set.
        6 TCA_CT_MARK_MASK MarkMask mark_mask: Shown<u32, Hexadecimal>,
        /// Labels of the entry.
        7 TCA_CT_LABELS Labels labels: ByteArray<16>,
        /// Bits of the labels that are set.
        8 TCA_CT_LABELS_MASK LabelsMask labels_mask: ByteArray<16>,
        /// First IPv4 address of the translation.
        9 TCA_CT_NAT_IPV4_MIN NatV4Min nat_v4_min: Ip,
        /// Last IPv4 address of the translation.
        10 TCA_CT_NAT_IPV4_MAX NatV4Max nat_v4_max: Ip,
        /// First IPv6 address of the translation.
        11 TCA_CT_NAT_IPV6_MIN NatV6Min nat_v6_min: Ip,
        /// Last IPv6 address of the translation.
        12 TCA_CT_NAT_IPV6_MAX NatV6Max nat_v6_max: Ip,
        /// First port of the translation.
        13 TCA_CT_NAT_PORT_MIN NatPortMin nat_port_min: Be<u16>,
        /// Last port of the translation.
        14 TCA_CT_NAT_PORT_MAX NatPortMax nat_port_max: Be<u16>,
        /// Padding.
        15 TCA_CT_PAD Pad pad: Bytes,
        /// Name of the helper.
        16 TCA_CT_HELPER_NAME Helper helper: Str,
        /// Address family of the helper.
        17 TCA_CT_HELPER_FAMILY HelperFamily helper_family: u8,
        /// IP protocol of the helper.
        18 TCA_CT_HELPER_PROTO HelperProtocol helper_protocol: u8,
    }
}

attributes! {
    /// Settings of a `connmark`, which copies the connection's mark to packets
    /// (`TCA_CONNMARK_*`).
    pub set ConnMark, enum ConnMarkAttr {
        /// Number, decision and zone.
        1 TCA_CONNMARK_PARMS Parameters parameters: Struct<ConnMarkParameters>,
        /// Times.
        2 TCA_CONNMARK_TM Times times: Extensible<ActionTimes>,
        /// Padding.
        3 TCA_CONNMARK_PAD Pad pad: Bytes,
    }
}

attributes! {
    /// Settings of a `ctinfo`, which restores DSCP and mark of packets from the
    /// connection's mark (`TCA_CTINFO_*`).
    pub set CtInfo, enum CtInfoAttr {
        /// Padding.
        1 TCA_CTINFO_PAD Pad pad: Bytes,
        /// Times.
        2 TCA_CTINFO_TM Times times: Extensible<ActionTimes>,
        /// Number and decision.
        3 TCA_CTINFO_ACT Parameters parameters: Struct<ActionParameters>,
        /// Zone.
        4 TCA_CTINFO_ZONE Zone zone: u16,
        /// Bits of the mark that hold the DSCP.
        5 TCA_CTINFO_PARMS_DSCP_MASK DscpMask dscp_mask: Shown<u32, Hexadecimal>,
        /// Bits of the mark, one of which must be set for a DSCP.
        6 TCA_CTINFO_PARMS_DSCP_STATEMASK StateMask state_mask: Shown<u32, Hexadecimal>,
        /// Bits of the mark that are copied to the packet's.
        7 TCA_CTINFO_PARMS_CPMARK_MASK MarkMask mark_mask: Shown<u32, Hexadecimal>,
        /// Number of packets whose DSCP was set.
        8 TCA_CTINFO_STATS_DSCP_SET DscpSet dscp_set: u64,
        /// Number of packets whose DSCP could not be set.
        9 TCA_CTINFO_STATS_DSCP_ERROR DscpErrors dscp_errors: u64,
        /// Number of packets whose mark was set.
        10 TCA_CTINFO_STATS_CPMARK_SET MarkSet mark_set: u64,
    }
}

attributes! {
    /// Settings of a `nat`, which translates addresses without state
    /// (`TCA_NAT_*`).
    pub set NatAction, enum NatActionAttr {
        /// Number, decision and addresses.
        1 TCA_NAT_PARMS Parameters parameters: Struct<NatParameters>,
        /// Times.
        2 TCA_NAT_TM Times times: Extensible<ActionTimes>,
        /// Padding.
        3 TCA_NAT_PAD Pad pad: Bytes,
    }
}
