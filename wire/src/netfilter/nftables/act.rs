//! Expressions that act on packets, connections and sets: limits, copies,
//! elements added by packets, named objects, proxies
//! (`linux/netfilter/nf_tables.h`).

use super::{Expression, ObjectKind, Register};
use crate::attributes;
use crate::codec::{Be, Bytes, Indexed, Nest, Text};
use crate::numbers::{flags, numbers};

attributes! {
    /// `connlimit`: compares the number of connections with a limit (`ct count`).
    pub set ConnectionLimit, enum ConnectionLimitAttr {
        /// Maximum number of connections.
        1 NFTA_CONNLIMIT_COUNT Count count: Be<u32>,
        /// Flags.
        2 NFTA_CONNLIMIT_FLAGS Flags flags: Be<ConnectionLimitFlags>,
    }
}

flags! {
    /// Flags of `connlimit`.
    pub struct ConnectionLimitFlags(u32) {
        /// Inverted: matches above the limit.
        INVERT = 0x1 "NFT_CONNLIMIT_F_INV" "over";
    }
}

attributes! {
    /// `dup`: sends a copy of the packet.
    pub set Duplicate, enum DuplicateAttr {
        /// Source register with the destination address of the copy.
        1 NFTA_DUP_SREG_ADDR Address address: Be<Register>,
        /// Source register with the index of the outgoing link.
        2 NFTA_DUP_SREG_DEV Link link: Be<Register>,
    }
}

attributes! {
    /// `fwd`: sends the packet out of another link; family netdev only.
    pub set Forward, enum ForwardAttr {
        /// Source register with the index of the outgoing link.
        1 NFTA_FWD_SREG_DEV Link link: Be<Register>,
        /// Source register with the address of the next hop.
        2 NFTA_FWD_SREG_ADDR Address address: Be<Register>,
        /// Family of the address.
        3 NFTA_FWD_NFPROTO Family family: Be<u32>,
    }
}

attributes! {
    /// `dynset`: adds, updates or deletes an element of a set.
    pub set DynamicSet, enum DynamicSetAttr {
        /// Name of the set.
        1 NFTA_DYNSET_SET_NAME Set set: Text,
        /// Identifier of the set in this transaction.
        2 NFTA_DYNSET_SET_ID SetId set_id: Be<u32>,
        /// Operation.
        3 NFTA_DYNSET_OP Operation operation: Be<DynamicSetOperation>,
        /// Source register of the key.
        4 NFTA_DYNSET_SREG_KEY Key key: Be<Register>,
        /// Source register of the value, for a map.
        5 NFTA_DYNSET_SREG_DATA Data data: Be<Register>,
        /// Timeout of the element in milliseconds.
        6 NFTA_DYNSET_TIMEOUT Timeout timeout: Be<u64>,
        /// Expression of the element, such as a counter.
        7 NFTA_DYNSET_EXPR Expression expression: Nest<Expression>,
        /// Padding.
        8 NFTA_DYNSET_PAD Pad pad: Bytes,
        /// Flags.
        9 NFTA_DYNSET_FLAGS Flags flags: Be<DynamicSetFlags>,
        /// Expressions of the element, if there are several.
        10 NFTA_DYNSET_EXPRESSIONS Expressions expressions: Indexed<Expression>,
    }
}

numbers! {
    /// Operation of `dynset`.
    #[doc(alias = "nft_dynset_ops")]
    pub struct DynamicSetOperation(u32) {
        /// Adds the element if it is not there.
        ADD = 0 "NFT_DYNSET_OP_ADD" "add";
        /// Adds the element, or restarts its timeout.
        UPDATE = 1 "NFT_DYNSET_OP_UPDATE" "update";
        DELETE = 2 "NFT_DYNSET_OP_DELETE" "delete";
    }
}

flags! {
    /// Flags of `dynset`.
    pub struct DynamicSetFlags(u32) {
        /// Inverted: matches if the element was not there.
        INVERT = 0x1 "NFT_DYNSET_F_INV" "invert";
        /// Expression present.
        EXPRESSION = 0x2 "NFT_DYNSET_F_EXPR" "expr";
    }
}

attributes! {
    /// `inner`: applies an expression to the packet inside a tunnel (Linux 6.2).
    pub set InnerHeader, enum InnerHeaderAttr {
        /// Number of the tunnel; 0 is the only one.
        1 NFTA_INNER_NUM Number number: Be<u32>,
        /// Type of the tunnel.
        2 NFTA_INNER_TYPE Kind kind: Be<InnerHeaderKind>,
        /// Headers to parse.
        3 NFTA_INNER_FLAGS Flags flags: Be<InnerHeaderFlags>,
        /// Size of the tunnel's header in bytes.
        4 NFTA_INNER_HDRSIZE HeaderSize header_size: Be<u32>,
        /// Expression: `payload` or `meta`.
        5 NFTA_INNER_EXPR Expression expression: Nest<Expression>,
    }
}

numbers! {
    /// Type of the tunnel for `inner`.
    #[doc(alias = "nft_inner_type")]
    pub struct InnerHeaderKind(u32) {
        UNSPEC = 0 "NFT_INNER_UNSPEC";
        VXLAN = 1 "NFT_INNER_VXLAN" "vxlan";
        GENEVE = 2 "NFT_INNER_GENEVE" "geneve";
    }
}

flags! {
    /// Headers that `inner` parses.
    pub struct InnerHeaderFlags(u32) {
        /// Tunnel header of a fixed size.
        HEADER_SIZE = 0x1 "NFT_INNER_HDRSIZE" "hdrsize";
        /// Link-layer header.
        LINK = 0x2 "NFT_INNER_LL" "ll";
        /// Network header.
        NETWORK = 0x4 "NFT_INNER_NH" "nh";
        /// Transport header.
        TRANSPORT = 0x8 "NFT_INNER_TH" "th";
    }
}

attributes! {
    /// `objref`: applies a named object, such as a counter or a quota.
    pub set ObjectReference, enum ObjectReferenceAttr {
        /// Type of the object.
        1 NFTA_OBJREF_IMM_TYPE Kind kind: Be<ObjectKind>,
        /// Name of the object.
        2 NFTA_OBJREF_IMM_NAME Name name: Text,
        /// Source register of the key in a map of objects.
        3 NFTA_OBJREF_SET_SREG Key key: Be<Register>,
        /// Name of the map.
        4 NFTA_OBJREF_SET_NAME Map map: Text,
        /// Identifier of the map in this transaction.
        5 NFTA_OBJREF_SET_ID MapId map_id: Be<u32>,
    }
}

attributes! {
    /// `quota`: matches until, or after, a number of bytes.
    pub set Quota, enum QuotaAttr {
        /// Quota in bytes.
        1 NFTA_QUOTA_BYTES Bytes bytes: Be<u64>,
        /// Flags.
        2 NFTA_QUOTA_FLAGS Flags flags: Be<QuotaFlags>,
        /// Padding.
        3 NFTA_QUOTA_PAD Pad pad: Bytes,
        /// Number of bytes used.
        4 NFTA_QUOTA_CONSUMED Consumed consumed: Be<u64>,
    }
}

flags! {
    /// Flags of a quota.
    pub struct QuotaFlags(u32) {
        /// Inverted: matches above the quota.
        INVERT = 0x1 "NFT_QUOTA_F_INV" "over";
        /// Quota used up.
        DEPLETED = 0x2 "NFT_QUOTA_F_DEPLETED" "depleted";
    }
}

attributes! {
    /// `synproxy`: answers TCP handshakes for a server.
    pub set SynProxySettings, enum SynProxySettingsAttr {
        /// MSS that the proxy announces, in bytes.
        1 NFTA_SYNPROXY_MSS Mss mss: Be<u16>,
        /// Window scale that the proxy announces.
        2 NFTA_SYNPROXY_WSCALE WindowScale window_scale: u8,
        /// TCP options.
        3 NFTA_SYNPROXY_FLAGS Flags flags: Be<SynProxyOptions>,
    }
}

flags! {
    /// TCP options of `synproxy`.
    pub struct SynProxyOptions(u32) {
        /// MSS.
        MSS = 0x1 "NF_SYNPROXY_OPT_MSS" "mss";
        /// Window scale.
        WINDOW_SCALE = 0x2 "NF_SYNPROXY_OPT_WSCALE" "wscale";
        /// Selective acknowledgements.
        SACK_PERMITTED = 0x4 "NF_SYNPROXY_OPT_SACK_PERM" "sack-perm";
        /// Time stamps.
        TIMESTAMP = 0x8 "NF_SYNPROXY_OPT_TIMESTAMP" "timestamp";
        /// Congestion notification.
        ECN = 0x10 "NF_SYNPROXY_OPT_ECN" "ecn";
    }
}

attributes! {
    /// `tproxy`: gives the packet to a local socket without changing it.
    pub set TransparentProxy, enum TransparentProxyAttr {
        /// Family of the address.
        1 NFTA_TPROXY_FAMILY Family family: Be<u32>,
        /// Source register of the socket's address.
        2 NFTA_TPROXY_REG_ADDR Address address: Be<Register>,
        /// Source register of the socket's port.
        3 NFTA_TPROXY_REG_PORT Port port: Be<Register>,
    }
}
