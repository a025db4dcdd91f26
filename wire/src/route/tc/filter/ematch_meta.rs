//! Extended match of metadata: numbers and texts of a packet and its socket
//! (`linux/tc_ematch/tc_em_meta.h`).

use super::EmatchOperand;
use crate::attributes;
use crate::codec::{Bytes, Struct};
use crate::numbers::numbers;
use crate::structs::structs;
use crate::zerocopy::native_endian::U16;

structs! {
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
}

impl EmatchMetaValue {
    /// Takes a number, which is shifted to the right by some bits.
    #[must_use]
    #[doc(alias = "TCF_META_TYPE_INT")]
    pub fn number(id: EmatchMetaId, shift: u8) -> Self {
        Self {
            kind: (1 << 12 | id.0 & 0x7ff).into(),
            shift,
            operand: 0,
        }
    }

    /// Takes a text, such as the name of a link.
    #[must_use]
    #[doc(alias = "TCF_META_TYPE_VAR")]
    pub fn text(id: EmatchMetaId) -> Self {
        Self {
            kind: (id.0 & 0x7ff).into(),
            shift: 0,
            operand: 0,
        }
    }

    /// Sets the operand; that of the left side counts.
    #[must_use]
    pub const fn operand(mut self, operand: EmatchOperand) -> Self {
        self.operand = operand.0;
        self
    }

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
