//! Actions that change packets: `csum`, `pedit`, `skbedit`, `skbmod`, `vlan`.

use super::{ActionParameters, ActionTimes};
use crate::codec::{Be, Bytes, Extensible, Form, Hardware, Many, Nest, Shown, Struct};
use crate::numbers::{flags, numbers};
use crate::route::tc::counted;
use crate::schema::{Hexadecimal, Shape};
use crate::structs::structs;
use crate::zerocopy::native_endian::{I32, U16, U32, U64};
use crate::{AttrRef, Attrs, DecodeError, Put, Writer, attributes};

structs! {
    /// Parameters of a `csum`.
    #[doc(alias = "tc_csum")]
    pub struct ChecksumParameters: 24 {
        /// Number and decision.
        general: ActionParameters,
        /// Checksums that are calculated.
        #[doc(alias = "update_flags")]
        checksums: U32 as Checksums,
    }

    /// Parameters of a `pedit`; its keys follow.
    #[doc(alias = "tc_pedit_sel")]
    pub struct PeditParameters: 24 {
        /// Number and decision.
        general: ActionParameters,
        /// Number of keys; [`PeditSelector`] puts it here.
        #[doc(alias = "nkeys")]
        key_count: u8,
        /// Unused.
        flags: u8,
        /// Padding.
        padding: U16,
    }

    /// Change of a 32-bit word in the packet, in network order.
    #[doc(alias = "tc_pedit_key")]
    pub struct PeditKey: 24 {
        /// Bits that are kept.
        mask: [u8; 4],
        /// Bits that are inverted then, or the number that is added.
        #[doc(alias = "val")]
        value: [u8; 4],
        /// Offset of the word in bytes, a multiple of 4.
        #[doc(alias = "off")]
        offset: U32,
        /// Offset of a byte whose bits are added to the offset.
        at: U32,
        /// Bits of that byte.
        #[doc(alias = "offmask")]
        offset_mask: U32,
        /// Number of bits that the byte is shifted to the right.
        shift: U32,
    }

    /// Parameters of a `skbmod`. On 32-bit x86 the kernel's struct has no
    /// padding.
    #[doc(alias = "tc_skbmod")]
    pub struct SkbModParameters: 32 {
        /// Number and decision.
        general: ActionParameters,
        /// Padding.
        padding: U32,
        /// Changes.
        flags: U64 as SkbModFlags,
    }

    /// Parameters of a `vlan`.
    #[doc(alias = "tc_vlan")]
    pub struct VlanParameters: 24 {
        /// Number and decision.
        general: ActionParameters,
        /// Operation of the action.
        #[doc(alias = "v_action")]
        operation: I32 as VlanOperation,
    }
}

flags! {
    /// Checksums of a `csum`.
    pub struct Checksums(u32) {
        /// IPv4 header.
        IPV4 = 0x1 "TCA_CSUM_UPDATE_FLAG_IPV4HDR" "iph";
        /// ICMP.
        ICMP = 0x2 "TCA_CSUM_UPDATE_FLAG_ICMP" "icmp";
        /// IGMP.
        IGMP = 0x4 "TCA_CSUM_UPDATE_FLAG_IGMP" "igmp";
        /// TCP.
        TCP = 0x8 "TCA_CSUM_UPDATE_FLAG_TCP" "tcp";
        /// UDP.
        UDP = 0x10 "TCA_CSUM_UPDATE_FLAG_UDP" "udp";
        /// UDP-Lite.
        UDP_LITE = 0x20 "TCA_CSUM_UPDATE_FLAG_UDPLITE" "udplite";
        /// SCTP.
        SCTP = 0x40 "TCA_CSUM_UPDATE_FLAG_SCTP" "sctp";
    }
}

flags! {
    /// Changes of a `skbmod`.
    pub struct SkbModFlags(u64) {
        /// Destination MAC address.
        DESTINATION = 0x1 "SKBMOD_F_DMAC" "dmac";
        /// Source MAC address.
        SOURCE = 0x2 "SKBMOD_F_SMAC" "smac";
        /// Protocol in the Ethernet header.
        ETH_TYPE = 0x4 "SKBMOD_F_ETYPE" "etype";
        /// Exchange of both MAC addresses.
        SWAP = 0x8 "SKBMOD_F_SWAPMAC" "swap";
        /// Mark of congestion where the packet can carry one.
        ECN = 0x10 "SKBMOD_F_ECN" "ecn";
    }
}

flags! {
    /// Changes of a `skbedit` ([`TCA_SKBEDIT_FLAGS`]); the kernel sets the first
    /// ones by itself.
    pub struct SkbEditFlags(u64) {
        /// Priority.
        PRIORITY = 0x1 "SKBEDIT_F_PRIORITY" "priority";
        /// Transmit queue.
        QUEUE = 0x2 "SKBEDIT_F_QUEUE_MAPPING" "queue_mapping";
        /// Mark.
        MARK = 0x4 "SKBEDIT_F_MARK" "mark";
        /// Type of the packet.
        PACKET_TYPE = 0x8 "SKBEDIT_F_PTYPE" "ptype";
        /// Mark under a mask.
        MASK = 0x10 "SKBEDIT_F_MASK" "mask";
        /// Priority by the packet's DSCP.
        INHERIT_DSCP = 0x20 "SKBEDIT_F_INHERITDSFIELD" "inheritdsfield";
        /// Transmit queue by the packet's hash, among several.
        QUEUE_BY_HASH = 0x40 "SKBEDIT_F_TXQ_SKBHASH" "skbhash";
    }
}

numbers! {
    /// Operation of a `vlan`.
    pub struct VlanOperation(i32) {
        /// Removes the VLAN tag.
        POP = 1 "TCA_VLAN_ACT_POP" "pop";
        /// Adds a VLAN tag.
        PUSH = 2 "TCA_VLAN_ACT_PUSH" "push";
        /// Changes the VLAN tag.
        MODIFY = 3 "TCA_VLAN_ACT_MODIFY" "modify";
        /// Removes the Ethernet header.
        POP_ETH = 4 "TCA_VLAN_ACT_POP_ETH" "pop_eth";
        /// Adds an Ethernet header.
        PUSH_ETH = 5 "TCA_VLAN_ACT_PUSH_ETH" "push_eth";
    }
}

numbers! {
    /// Header that the offset of a `pedit`'s key counts from.
    pub struct PeditHeader(u16) {
        /// Network header.
        NETWORK = 0 "TCA_PEDIT_KEY_EX_HDR_TYPE_NETWORK" "network";
        /// Ethernet header.
        ETH = 1 "TCA_PEDIT_KEY_EX_HDR_TYPE_ETH" "eth";
        /// IPv4 header.
        IPV4 = 2 "TCA_PEDIT_KEY_EX_HDR_TYPE_IP4" "ipv4";
        /// IPv6 header.
        IPV6 = 3 "TCA_PEDIT_KEY_EX_HDR_TYPE_IP6" "ipv6";
        /// TCP header.
        TCP = 4 "TCA_PEDIT_KEY_EX_HDR_TYPE_TCP" "tcp";
        /// UDP header.
        UDP = 5 "TCA_PEDIT_KEY_EX_HDR_TYPE_UDP" "udp";
    }
}

numbers! {
    /// Calculation with a `pedit`'s key.
    pub struct PeditCommand(u16) {
        /// Sets bits.
        SET = 0 "TCA_PEDIT_KEY_EX_CMD_SET" "set";
        /// Adds a number.
        ADD = 1 "TCA_PEDIT_KEY_EX_CMD_ADD" "add";
    }
}

attributes! {
    /// Settings of a `csum`, which calculates checksums anew (`TCA_CSUM_*`).
    pub set Checksum, enum ChecksumAttr {
        /// Number, decision and checksums.
        1 TCA_CSUM_PARMS Parameters parameters: Struct<ChecksumParameters>,
        /// Times.
        2 TCA_CSUM_TM Times times: Extensible<ActionTimes>,
        /// Padding.
        3 TCA_CSUM_PAD Pad pad: Bytes,
    }
}

attributes! {
    /// Settings of a `pedit`, which changes words of packets (`TCA_PEDIT_*`).
    pub set Pedit, enum PeditAttr {
        /// Times.
        1 TCA_PEDIT_TM Times times: Extensible<ActionTimes>,
        /// Number, decision and keys, in the old form.
        2 TCA_PEDIT_PARMS Selector selector: PeditSelector<'static>,
        /// Padding.
        3 TCA_PEDIT_PAD Pad pad: Bytes,
        /// Number, decision and keys.
        4 TCA_PEDIT_PARMS_EX ExtendedSelector extended_selector: PeditSelector<'static>,
        /// Headers and calculations of the keys, each a [`TCA_PEDIT_KEY_EX`].
        5 TCA_PEDIT_KEYS_EX Keys keys: Nest<Pedit>,
        /// Header and calculation of a key.
        6 TCA_PEDIT_KEY_EX Key key: Many<Nest<PeditKeyType>>,
    }
}

attributes! {
    /// Header and calculation of a `pedit`'s key (`TCA_PEDIT_KEY_EX_*`).
    pub set PeditKeyType, enum PeditKeyTypeAttr {
        /// Header that the offset counts from.
        1 TCA_PEDIT_KEY_EX_HTYPE Header header: PeditHeader,
        /// Calculation.
        2 TCA_PEDIT_KEY_EX_CMD Command command: PeditCommand,
    }
}

attributes! {
    /// Settings of a `skbedit`, which changes what the kernel knows of packets
    /// (`TCA_SKBEDIT_*`).
    pub set SkbEdit, enum SkbEditAttr {
        /// Times.
        1 TCA_SKBEDIT_TM Times times: Extensible<ActionTimes>,
        /// Number and decision.
        2 TCA_SKBEDIT_PARMS Parameters parameters: Struct<ActionParameters>,
        /// Priority.
        3 TCA_SKBEDIT_PRIORITY Priority priority: u32,
        /// Transmit queue, or the first of several.
        4 TCA_SKBEDIT_QUEUE_MAPPING Queue queue: u16,
        /// Mark.
        5 TCA_SKBEDIT_MARK Mark mark: Shown<u32, Hexadecimal>,
        /// Padding.
        6 TCA_SKBEDIT_PAD Pad pad: Bytes,
        /// Type of the packet: for this host (0), broadcast, ...
        7 TCA_SKBEDIT_PTYPE PacketType packet_type: u16,
        /// Bits of the mark that are set.
        8 TCA_SKBEDIT_MASK Mask mask: Shown<u32, Hexadecimal>,
        /// Further changes.
        9 TCA_SKBEDIT_FLAGS Flags flags: SkbEditFlags,
        /// Last transmit queue of several.
        10 TCA_SKBEDIT_QUEUE_MAPPING_MAX QueueMax queue_max: u16,
    }
}

attributes! {
    /// Settings of a `skbmod`, which changes the Ethernet header
    /// (`TCA_SKBMOD_*`).
    pub set SkbMod, enum SkbModAttr {
        /// Times.
        1 TCA_SKBMOD_TM Times times: Extensible<ActionTimes>,
        /// Number, decision and changes.
        2 TCA_SKBMOD_PARMS Parameters parameters: Struct<SkbModParameters>,
        /// Destination MAC address.
        3 TCA_SKBMOD_DMAC Destination destination: Hardware,
        /// Source MAC address.
        4 TCA_SKBMOD_SMAC Source source: Hardware,
        /// Protocol in the Ethernet header (`ETH_P_*`).
        5 TCA_SKBMOD_ETYPE EthType eth_type: u16,
        /// Padding.
        6 TCA_SKBMOD_PAD Pad pad: Bytes,
    }
}

attributes! {
    /// Settings of a `vlan` (`TCA_VLAN_*`).
    pub set VlanAction, enum VlanActionAttr {
        /// Times.
        1 TCA_VLAN_TM Times times: Extensible<ActionTimes>,
        /// Number, decision and operation.
        2 TCA_VLAN_PARMS Parameters parameters: Struct<VlanParameters>,
        /// VLAN number, 0 to 4095.
        3 TCA_VLAN_PUSH_VLAN_ID Id id: u16,
        /// Protocol of the tag: 0x8100 for 802.1Q, 0x88a8 for 802.1ad.
        4 TCA_VLAN_PUSH_VLAN_PROTOCOL Protocol protocol: Be<u16>,
        /// Padding.
        5 TCA_VLAN_PAD Pad pad: Bytes,
        /// VLAN priority, 0 to 7.
        6 TCA_VLAN_PUSH_VLAN_PRIORITY Priority priority: u8,
        /// Destination MAC address.
        7 TCA_VLAN_PUSH_ETH_DST EthDst eth_dst: Hardware,
        /// Source MAC address.
        8 TCA_VLAN_PUSH_ETH_SRC EthSrc eth_src: Hardware,
    }
}

/// Parameters and keys of a `pedit`, the form and the value of
/// [`TCA_PEDIT_PARMS`] and [`TCA_PEDIT_PARMS_EX`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct PeditSelector<'a> {
    /// Number and decision.
    pub parameters: &'a PeditParameters,
    /// Keys, at most 255.
    pub keys: &'a [PeditKey],
}

impl Form for PeditSelector<'static> {
    type Value<'a> = PeditSelector<'a>;
    const SHAPE: Shape = Shape::Bytes;

    crate::codec::field_is_value!();

    #[inline]
    fn decode<'a>(attribute: AttrRef<'a>, _: Attrs<'a>) -> Result<PeditSelector<'a>, DecodeError> {
        let (parameters, keys) = counted::decode(attribute, |parameters: &PeditParameters| {
            parameters.key_count
        })?;
        Ok(PeditSelector { parameters, keys })
    }

    fn encode<'w, 'b>(
        value: &PeditSelector<'_>,
        kind: u16,
        writer: &'w mut Writer<'b>,
    ) -> Put<'w, 'b> {
        let parameters = |key_count| PeditParameters {
            key_count,
            ..*value.parameters
        };
        counted::encode(parameters, value.keys, kind, writer)
    }
}
