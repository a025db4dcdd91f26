//! Extended matches of `basic`, `cgroup` and `flow` filters
//! (`net/sched/ematch.c`, `linux/tc_ematch/`, tc-ematch(8)).

use crate::bytes::front;
use crate::codec::{Bytes, Form, Set, Struct};
use crate::numbers::{flags, numbers};
use crate::schema::{Described, Shape};
use crate::structs::structs;
use crate::zerocopy::native_endian::{U16, U32};
use crate::{AttrRef, Attrs, DecodeError, Put, Writer, attributes};

use super::U32Key;

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

    /// Operand of a comparison of metadata.
    #[doc(alias = "tcf_meta_val")]
    pub struct EmatchMetaValue: 4 {
        /// Type in the upper 4 bits, and what is read in the lower 11; see
        /// [`id`](Self::id).
        kind: U16,
        /// Number of bits that a number is shifted to the right.
        shift: u8,
        /// Operand.
        #[doc(alias = "op")]
        operand: u8 as EmatchOperand,
    }

    /// Both sides of a comparison of metadata.
    #[doc(alias = "tcf_meta_hdr")]
    pub struct EmatchMetaHeader: 8 {
        /// Left side.
        left: EmatchMetaValue,
        /// Right side.
        right: EmatchMetaValue,
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

impl EmatchCompare {
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
    /// Returns the layers of the first and of the last offset.
    #[must_use]
    #[doc(alias = "from_layer", alias = "to_layer")]
    pub const fn layers(&self) -> (EmatchLayer, EmatchLayer) {
        let (from, to) = fields(self.layers);
        (EmatchLayer(from), EmatchLayer(to))
    }
}

impl EmatchMetaValue {
    /// Returns what is read.
    #[must_use]
    #[doc(alias = "TCF_META_ID")]
    pub const fn id(&self) -> EmatchMetaId {
        EmatchMetaId(self.kind.get() & 0x7ff)
    }

    /// Returns true if the value is a number, false if it is a text.
    #[must_use]
    #[doc(alias = "TCF_META_TYPE", alias = "TCF_META_TYPE_INT")]
    pub const fn is_number(&self) -> bool {
        self.kind.get() >> 12 == 1
    }
}

numbers! {
    /// Metadata of a packet or its socket.
    pub struct EmatchMetaId(u16) {
        /// Value that the match brings along.
        VALUE = 0 "TCF_META_ID_VALUE";
        /// Random number.
        RANDOM = 1 "TCF_META_ID_RANDOM" "random";
        /// Load average of one minute.
        LOADAVG_0 = 2 "TCF_META_ID_LOADAVG_0" "loadavg_0";
        /// Load average of five minutes.
        LOADAVG_1 = 3 "TCF_META_ID_LOADAVG_1" "loadavg_1";
        /// Load average of fifteen minutes.
        LOADAVG_2 = 4 "TCF_META_ID_LOADAVG_2" "loadavg_2";
        /// Link.
        DEV = 5 "TCF_META_ID_DEV" "dev";
        /// Priority.
        PRIORITY = 6 "TCF_META_ID_PRIORITY" "prio";
        /// Protocol in the link-layer header.
        PROTOCOL = 7 "TCF_META_ID_PROTOCOL" "proto";
        /// Type of the packet: for this host, broadcast, ...
        PKTTYPE = 8 "TCF_META_ID_PKTTYPE" "pkttype";
        /// Length of the packet.
        PKTLEN = 9 "TCF_META_ID_PKTLEN" "pktlen";
        /// Length of the packet outside of its first buffer.
        DATALEN = 10 "TCF_META_ID_DATALEN" "datalen";
        /// Length of the link-layer header.
        MACLEN = 11 "TCF_META_ID_MACLEN" "maclen";
        /// Mark.
        NFMARK = 12 "TCF_META_ID_NFMARK" "mark";
        /// Traffic control index.
        TCINDEX = 13 "TCF_META_ID_TCINDEX" "tcindex";
        /// Realm of the route.
        RTCLASSID = 14 "TCF_META_ID_RTCLASSID" "rtclassid";
        /// Link that received the packet.
        RTIIF = 15 "TCF_META_ID_RTIIF" "rtiif";
        /// Address family of the socket.
        SK_FAMILY = 16 "TCF_META_ID_SK_FAMILY" "sk_family";
        /// State of the socket.
        SK_STATE = 17 "TCF_META_ID_SK_STATE" "sk_state";
        /// Reuse of the socket's address.
        SK_REUSE = 18 "TCF_META_ID_SK_REUSE" "sk_reuse";
        /// Link that the socket is bound to.
        SK_BOUND_IF = 19 "TCF_META_ID_SK_BOUND_IF" "sk_bind_if";
        /// Number of references to the socket.
        SK_REFCNT = 20 "TCF_META_ID_SK_REFCNT" "sk_refcnt";
        /// Directions of the socket that are shut down.
        SK_SHUTDOWN = 21 "TCF_META_ID_SK_SHUTDOWN" "sk_shutdown";
        /// Protocol of the socket.
        SK_PROTO = 22 "TCF_META_ID_SK_PROTO" "sk_proto";
        /// Type of the socket.
        SK_TYPE = 23 "TCF_META_ID_SK_TYPE" "sk_type";
        /// Size of the receive buffer.
        SK_RCVBUF = 24 "TCF_META_ID_SK_RCVBUF" "sk_rcvbuf";
        /// Memory of received packets.
        SK_RMEM_ALLOC = 25 "TCF_META_ID_SK_RMEM_ALLOC" "sk_rmem";
        /// Memory of packets to be sent.
        SK_WMEM_ALLOC = 26 "TCF_META_ID_SK_WMEM_ALLOC" "sk_wmem";
        /// Memory of options.
        SK_OMEM_ALLOC = 27 "TCF_META_ID_SK_OMEM_ALLOC" "sk_omem";
        /// Memory of the send queue.
        SK_WMEM_QUEUED = 28 "TCF_META_ID_SK_WMEM_QUEUED" "sk_wmem_queue";
        /// Length of the receive queue.
        SK_RCV_QLEN = 29 "TCF_META_ID_SK_RCV_QLEN" "sk_rcv_queue";
        /// Length of the send queue.
        SK_SND_QLEN = 30 "TCF_META_ID_SK_SND_QLEN" "sk_snd_queue";
        /// Length of the error queue.
        SK_ERR_QLEN = 31 "TCF_META_ID_SK_ERR_QLEN" "sk_err_queue";
        /// Memory that the socket may still take.
        SK_FORWARD_ALLOCS = 32 "TCF_META_ID_SK_FORWARD_ALLOCS" "sk_fwd_alloc";
        /// Size of the send buffer.
        SK_SNDBUF = 33 "TCF_META_ID_SK_SNDBUF" "sk_sndbuf";
        /// Kind of memory that the socket takes.
        SK_ALLOCS = 34 "TCF_META_ID_SK_ALLOCS" "sk_alloc";
        /// Hash of the socket.
        SK_HASH = 36 "TCF_META_ID_SK_HASH" "sk_hash";
        /// Time that closing may take.
        SK_LINGERTIME = 37 "TCF_META_ID_SK_LINGERTIME" "sk_lingertime";
        /// Length of the queue of connections.
        SK_ACK_BACKLOG = 38 "TCF_META_ID_SK_ACK_BACKLOG" "sk_ack_backlog";
        /// Maximum length of the queue of connections.
        SK_MAX_ACK_BACKLOG = 39 "TCF_META_ID_SK_MAX_ACK_BACKLOG" "sk_max_ack_backlog";
        /// Priority of the socket.
        SK_PRIO = 40 "TCF_META_ID_SK_PRIO" "sk_prio";
        /// Number of bytes from which a receiver wakes up.
        SK_RCVLOWAT = 41 "TCF_META_ID_SK_RCVLOWAT" "sk_rcvlowat";
        /// Time that a receive may take.
        SK_RCVTIMEO = 42 "TCF_META_ID_SK_RCVTIMEO" "sk_rcvtimeo";
        /// Time that a send may take.
        SK_SNDTIMEO = 43 "TCF_META_ID_SK_SNDTIMEO" "sk_sndtimeo";
        /// Offset of the page that is sent.
        SK_SENDMSG_OFF = 44 "TCF_META_ID_SK_SENDMSG_OFF" "sk_sendmsg_off";
        /// Pending write.
        SK_WRITE_PENDING = 45 "TCF_META_ID_SK_WRITE_PENDING" "sk_write_pend";
        /// VLAN tag.
        VLAN_TAG = 46 "TCF_META_ID_VLAN_TAG" "vlan";
        /// Hash of the flow.
        RXHASH = 47 "TCF_META_ID_RXHASH" "rxhash";
    }
}

attributes! {
    /// Expression of extended matches (`TCA_EMATCH_TREE_*`).
    pub set Ematches, enum EmatchesAttr {
        /// Number of matches.
        1 TCA_EMATCH_TREE_HDR Tree tree: Struct<EmatchTree>,
        /// Matches, numbered from 1.
        2 TCA_EMATCH_TREE_LIST List list: EmatchList<'static>,
    }
}

attributes! {
    /// Comparison of metadata (`TCA_EM_META_*`).
    pub set EmatchMeta, enum EmatchMetaAttr {
        /// Both sides.
        1 TCA_EM_META_HDR Header header: Struct<EmatchMetaHeader>,
        /// Value of the left side: a number or a text.
        2 TCA_EM_META_LVALUE Left left: Bytes,
        /// Value of the right side: a number or a text.
        3 TCA_EM_META_RVALUE Right right: Bytes,
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

/// Extended matches of an expression, the form and the value of
/// [`TCA_EMATCH_TREE_LIST`]. Attribute types are positions, from 1; each value is
/// an [`EmatchHeader`] with settings behind.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EmatchList<'a>(Attrs<'a>);

/// Extended match with its settings.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Ematch<'a> {
    /// Expression in parentheses: the position of its first match.
    Container(u32),
    /// Comparison of a number.
    Compare(&'a EmatchCompare),
    /// Comparison of bytes, and the bytes.
    Bytes(&'a EmatchBytes, &'a [u8]),
    /// Comparison of a word.
    Word(&'a U32Key),
    /// Comparison of metadata.
    Meta(Set<'a, EmatchMeta>),
    /// Search for a text, and the text.
    Text(&'a EmatchText, &'a [u8]),
    /// Look-up in an ipset.
    IpSet(&'a EmatchIpSet),
    /// Match of iptables.
    Ipt(Set<'a, EmatchIpt>),
    /// Match of another kind, such as identifiers of CAN, or one that is too
    /// short.
    Other(&'a [u8]),
}

crate::__format!(EmatchList<'_>, Ematch<'_>);

impl<'a> EmatchList<'a> {
    /// Takes matches that are written already.
    #[must_use]
    pub const fn new(attributes: Attrs<'a>) -> Self {
        Self(attributes)
    }

    /// Returns the matches in the order of their positions.
    pub fn iter(self) -> impl Iterator<Item = Result<(EmatchHeader, Ematch<'a>), DecodeError>> {
        self.0.map(|attribute| {
            let attribute = attribute?;
            let header: &EmatchHeader = attribute.view()?;
            let at = size_of::<EmatchHeader>();
            let bytes = attribute.bytes().get(at..).unwrap_or_default();
            let kind = EmatchKind(header.kind.get());
            let found = match kind {
                EmatchKind::META => Some(Ematch::Meta(attribute.nested().skip_bytes(at).typed())),
                EmatchKind::IPT => Some(Ematch::Ipt(attribute.nested().skip_bytes(at).typed())),
                _ => Ematch::read(kind, bytes),
            };
            Ok((*header, found.unwrap_or(Ematch::Other(bytes))))
        })
    }
}

impl<'a> Ematch<'a> {
    fn read(kind: EmatchKind, bytes: &'a [u8]) -> Option<Self> {
        Some(match kind {
            EmatchKind::CONTAINER => Self::Container(front::<U32>(bytes)?.0.get()),
            EmatchKind::CMP => Self::Compare(front::<EmatchCompare>(bytes)?.0),
            EmatchKind::NBYTE => {
                let (settings, rest) = front::<EmatchBytes>(bytes)?;
                Self::Bytes(settings, rest.get(..settings.length().into())?)
            }
            EmatchKind::U32 => Self::Word(front::<U32Key>(bytes)?.0),
            EmatchKind::TEXT => {
                let (settings, rest) = front::<EmatchText>(bytes)?;
                Self::Text(settings, rest.get(..settings.length.get().into())?)
            }
            EmatchKind::IPSET => Self::IpSet(front::<EmatchIpSet>(bytes)?.0),
            _ => return None,
        })
    }
}

impl Form for EmatchList<'static> {
    type Value<'a> = EmatchList<'a>;
    const SHAPE: Shape = Shape::Indexed(&<EmatchHeader as Described>::SHAPE);

    crate::codec::field_is_value!();

    #[inline]
    fn decode<'a>(attribute: AttrRef<'a>, _: Attrs<'a>) -> Result<EmatchList<'a>, DecodeError> {
        Ok(EmatchList(attribute.nested()))
    }

    fn encode<'w, 'b>(
        value: &EmatchList<'_>,
        kind: u16,
        writer: &'w mut Writer<'b>,
    ) -> Put<'w, 'b> {
        writer.nest_of(kind, value.0.remaining())
    }
}
