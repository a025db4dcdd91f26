//! Extended matches of `basic`, `cgroup` and `flow` filters
//! (`net/sched/ematch.c`, `linux/tc_ematch/`, tc-ematch(8)).

use crate::attributes;
use crate::codec::Bytes;
use crate::numbers::{flags, numbers};
use crate::structs::structs;
use crate::zerocopy::native_endian::{U16, U32};

structs! {
    /// Number of matches, and the program that created them.
    #[doc(alias = "tcf_ematch_tree_hdr")]
    pub struct EmatchTree: 4 {
        /// Number of matches.
        #[doc(alias = "nmatches")]
        count: U16,
        /// Program that created the matches, 0 for tc(8).
        #[doc(alias = "progid")]
        program: U16,
    }

    /// Header of an extended match.
    #[doc(alias = "tcf_ematch_hdr")]
    pub struct EmatchHeader: 8 {
        /// Number that its program gave the match.
        #[doc(alias = "matchid")]
        id: U16,
        /// Kind.
        kind: U16 as EmatchKind,
        /// Relation to the next match.
        flags: U16 as EmatchFlags,
        /// Padding.
        padding: U16,
    }

    /// Comparison of a number in the packet (`cmp`).
    #[doc(alias = "tcf_em_cmp")]
    pub struct EmatchCompare: 12 {
        /// Number that the packet's is compared with.
        #[doc(alias = "val")]
        value: U32,
        /// Bits that are compared, 0 for all.
        mask: U32,
        /// Offset in the layer, in bytes.
        #[doc(alias = "off")]
        offset: U16,
        /// Size and flags, 4 bits each; see [`size`](Self::size).
        size_and_flags: u8,
        /// Layer and operand, 4 bits each; see [`layer`](Self::layer).
        layer_and_operand: u8,
    }

    /// Comparison of bytes of the packet (`nbyte`); the bytes follow.
    #[doc(alias = "tcf_em_nbyte")]
    pub struct EmatchBytes: 4 {
        /// Offset in the layer, in bytes.
        #[doc(alias = "off")]
        offset: U16,
        /// Number of bytes in 12 bits, and the layer in 4; see
        /// [`length`](Self::length).
        length_and_layer: U16,
    }

    /// Search for a text in the packet (`text`); the text follows.
    #[doc(alias = "tcf_em_text")]
    pub struct EmatchText: 24 {
        /// Algorithm, such as `kmp`.
        #[doc(alias = "algo")]
        algorithm: [u8; 16] as crate::schema::PaddedText,
        /// First offset in its layer, in bytes.
        from_offset: U16,
        /// Last offset in its layer, in bytes.
        to_offset: U16,
        /// Length of the text in bytes.
        #[doc(alias = "pattern_len")]
        length: U16,
        /// Layers of the first and the last offset, 4 bits each.
        layers: u8,
        /// Padding.
        padding: u8,
    }

    /// Look-up in an ipset (`ipset`).
    #[doc(alias = "xt_set_info")]
    pub struct EmatchIpSet: 4 {
        /// Number of the set.
        index: U16,
        /// Number of dimensions.
        #[doc(alias = "dim")]
        dimensions: u8,
        /// Flags, a bit for each dimension that is a source.
        flags: u8,
    }
}

numbers! {
    /// Kind of an extended match.
    pub struct EmatchKind(u16) {
        /// Expression in parentheses.
        CONTAINER = 0 "TCF_EM_CONTAINER" "container";
        /// Comparison of a number.
        CMP = 1 "TCF_EM_CMP" "cmp";
        /// Comparison of bytes.
        NBYTE = 2 "TCF_EM_NBYTE" "nbyte";
        /// Comparison of a word.
        U32 = 3 "TCF_EM_U32" "u32";
        /// Comparison of metadata.
        META = 4 "TCF_EM_META" "meta";
        /// Search for a text.
        TEXT = 5 "TCF_EM_TEXT" "text";
        /// Unused.
        VLAN = 6 "TCF_EM_VLAN";
        /// Identifiers of CAN.
        CANID = 7 "TCF_EM_CANID" "canid";
        /// Look-up in an ipset.
        IPSET = 8 "TCF_EM_IPSET" "ipset";
        /// Match of iptables.
        IPT = 9 "TCF_EM_IPT" "ipt";
    }
}

flags! {
    /// Relation of an extended match to the next one; 0 ends an expression.
    pub struct EmatchFlags(u16) {
        /// Both matches are required.
        AND = 0x1 "TCF_EM_REL_AND" "and";
        /// Either match suffices.
        OR = 0x2 "TCF_EM_REL_OR" "or";
        /// Result of the match is inverted.
        INVERT = 0x4 "TCF_EM_INVERT" "not";
        /// Data of the match is a 32-bit number.
        SIMPLE = 0x8 "TCF_EM_SIMPLE" "simple";
    }
}

numbers! {
    /// Operand of a comparison.
    pub struct EmatchOperand(u8) {
        /// Equal.
        EQUAL = 0 "TCF_EM_OPND_EQ" "eq";
        /// Greater than.
        GREATER = 1 "TCF_EM_OPND_GT" "gt";
        /// Less than.
        LESS = 2 "TCF_EM_OPND_LT" "lt";
    }
}

numbers! {
    /// Layer that offsets are counted from.
    pub struct EmatchLayer(u8) {
        /// Link-layer header.
        LINK = 0 "TCF_LAYER_LINK" "link";
        /// Network header.
        NETWORK = 1 "TCF_LAYER_NETWORK" "network";
        /// Transport header.
        TRANSPORT = 2 "TCF_LAYER_TRANSPORT" "transport";
    }
}

/// Splits a byte of two bit fields into the first and the second.
const fn fields(byte: u8) -> (u8, u8) {
    if cfg!(target_endian = "little") {
        (byte & 0xf, byte >> 4)
    } else {
        (byte >> 4, byte & 0xf)
    }
}

/// Joins two bit fields of 4 bits in a byte.
const fn joined(first: u8, second: u8) -> u8 {
    let (first, second) = (first & 0xf, second & 0xf);
    if cfg!(target_endian = "little") {
        second << 4 | first
    } else {
        first << 4 | second
    }
}

impl EmatchCompare {
    /// Compares a number of 1, 2 or 4 bytes at an offset in a layer.
    ///
    /// ```
    /// use nlwire::route::{EmatchCompare, EmatchLayer, EmatchOperand};
    ///
    /// // cmp(u16 at 2 layer transport gt 1023): the destination port.
    /// let port = EmatchCompare::new(EmatchLayer::TRANSPORT, 2, 2, EmatchOperand::GREATER, 1023);
    /// assert_eq!((port.size(), port.operand()), (2, EmatchOperand::GREATER));
    /// ```
    #[must_use]
    #[doc(alias = "tcf_em_cmp")]
    pub fn new(
        layer: EmatchLayer,
        offset: u16,
        size: u8,
        operand: EmatchOperand,
        value: u32,
    ) -> Self {
        Self {
            value: value.into(),
            mask: 0.into(),
            offset: offset.into(),
            size_and_flags: joined(size, 0),
            layer_and_operand: joined(layer.0, operand.0),
        }
    }

    /// Compares only these bits.
    #[must_use]
    pub fn masked(mut self, mask: u32) -> Self {
        self.mask = mask.into();
        self
    }

    /// Converts the packet's number to the machine's order first.
    #[must_use]
    #[doc(alias = "TCF_EM_CMP_TRANS")]
    pub const fn converted(mut self) -> Self {
        self.size_and_flags = joined(self.size(), 1);
        self
    }

    /// Returns the size of the number in bytes: 1, 2 or 4.
    #[must_use]
    #[doc(alias = "align")]
    pub const fn size(&self) -> u8 {
        fields(self.size_and_flags).0
    }

    /// Returns true if the packet's number is converted to the machine's order.
    #[must_use]
    #[doc(alias = "TCF_EM_CMP_TRANS")]
    pub const fn is_converted(&self) -> bool {
        fields(self.size_and_flags).1 & 1 != 0
    }

    /// Returns the layer of the offset.
    #[must_use]
    pub const fn layer(&self) -> EmatchLayer {
        EmatchLayer(fields(self.layer_and_operand).0)
    }

    /// Returns the operand.
    #[must_use]
    #[doc(alias = "opnd")]
    pub const fn operand(&self) -> EmatchOperand {
        EmatchOperand(fields(self.layer_and_operand).1)
    }
}

impl EmatchBytes {
    /// Compares this number of bytes, up to 4095, at an offset in a layer.
    ///
    /// ```
    /// use nlwire::route::{EmatchBytes, EmatchLayer};
    ///
    /// // The source address of IPv4: `nbyte(... at 12 layer network)`.
    /// let source = EmatchBytes::new(EmatchLayer::NETWORK, 12, 4);
    /// ```
    #[must_use]
    #[doc(alias = "tcf_em_nbyte")]
    pub fn new(layer: EmatchLayer, offset: u16, length: u16) -> Self {
        let (length, layer) = (length & 0xfff, u16::from(layer.0 & 0xf));
        let both = if cfg!(target_endian = "little") {
            layer << 12 | length
        } else {
            length << 4 | layer
        };
        Self {
            offset: offset.into(),
            length_and_layer: both.into(),
        }
    }

    /// Returns the number of bytes.
    #[must_use]
    #[doc(alias = "len")]
    pub const fn length(&self) -> u16 {
        let both = self.length_and_layer.get();
        if cfg!(target_endian = "little") {
            both & 0xfff
        } else {
            both >> 4
        }
    }

    /// Returns the layer of the offset.
    #[must_use]
    pub const fn layer(&self) -> EmatchLayer {
        let [_, byte] = self.length_and_layer.get().to_le_bytes();
        let [low, _] = self.length_and_layer.get().to_le_bytes();
        EmatchLayer(if cfg!(target_endian = "little") {
            byte >> 4
        } else {
            low & 0xf
        })
    }
}

impl EmatchText {
    /// Searches between two offsets for a text of this length. The name of the algorithm,
    /// such as `kmp`, has up to 15 bytes.
    ///
    /// ```
    /// use nlwire::route::{EmatchLayer, EmatchText};
    ///
    /// let (network, transport) = (EmatchLayer::NETWORK, EmatchLayer::TRANSPORT);
    /// let search = EmatchText::new("kmp", (network, 20), (transport, 200), 5);
    /// assert_eq!(search.layers(), (network, transport));
    /// ```
    #[must_use]
    #[doc(alias = "tcf_em_text")]
    pub fn new(
        algorithm: &str,
        (from_layer, from_offset): (EmatchLayer, u16),
        (to_layer, to_offset): (EmatchLayer, u16),
        length: u16,
    ) -> Self {
        let mut name = [0; 16];
        for (to, from) in name.iter_mut().take(15).zip(algorithm.bytes()) {
            *to = from;
        }
        Self {
            algorithm: name,
            from_offset: from_offset.into(),
            to_offset: to_offset.into(),
            length: length.into(),
            layers: joined(from_layer.0, to_layer.0),
            padding: 0,
        }
    }

    /// Returns the layers of the first and of the last offset.
    #[must_use]
    #[doc(alias = "from_layer", alias = "to_layer")]
    pub const fn layers(&self) -> (EmatchLayer, EmatchLayer) {
        let (from, to) = fields(self.layers);
        (EmatchLayer(from), EmatchLayer(to))
    }
}

attributes! {
    /// Match of iptables (`TCA_EM_IPT_*`).
    pub set EmatchIpt, enum EmatchIptAttr {
        /// Hook (`NF_INET_*`).
        1 TCA_EM_IPT_HOOK Hook hook: u32,
        /// Name of the match.
        2 TCA_EM_IPT_MATCH_NAME Name name: crate::codec::Str,
        /// Revision of the match.
        3 TCA_EM_IPT_MATCH_REVISION Revision revision: u8,
        /// Protocol (`NFPROTO_*`).
        4 TCA_EM_IPT_NFPROTO Protocol protocol: u8,
        /// Settings of the match.
        5 TCA_EM_IPT_MATCH_DATA Data data: Bytes,
    }
}
