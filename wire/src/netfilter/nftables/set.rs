//! Sets and maps of nftables: `NFTA_SET_*` (`linux/netfilter/nf_tables.h`).

use super::{Expression, NftData};
use crate::attributes;
use crate::codec::{Be, Bytes, Indexed, Nest, Str, Text};
use crate::numbers::{flags, numbers};

attributes! {
    /// Attributes of a set or a map (`NFTA_SET_*`).
    pub set NftSet, enum NftSetAttr {
        /// Name of the table.
        1 NFTA_SET_TABLE Table table: Text,
        /// Name of the set. In a request, the kernel replaces `%d` by a number.
        2 NFTA_SET_NAME Name name: Text,
        /// Flags: [`SetFlags`].
        3 NFTA_SET_FLAGS Flags flags: Be<SetFlags>,
        /// Data type of the keys, a number that nft(8) assigns.
        4 NFTA_SET_KEY_TYPE KeyKind key_kind: Be<u32>,
        /// Length of a key in bytes.
        5 NFTA_SET_KEY_LEN KeyLen key_len: Be<u32>,
        /// Data type of the values; 0xffffff00 for verdicts.
        6 NFTA_SET_DATA_TYPE DataKind data_kind: Be<u32>,
        /// Length of a value in bytes.
        7 NFTA_SET_DATA_LEN DataLen data_len: Be<u32>,
        /// Policy: optimise for speed or memory (default speed).
        8 NFTA_SET_POLICY Policy policy: Be<SetPolicy>,
        /// Description of the set: size and key fields.
        9 NFTA_SET_DESC Description description: Nest<SetDescription>,
        /// Identifier of the set in this transaction.
        10 NFTA_SET_ID Id id: Be<u32>,
        /// Default timeout of elements in milliseconds.
        11 NFTA_SET_TIMEOUT Timeout timeout: Be<u64>,
        /// Interval between removals of expired elements, in milliseconds
        /// (default 1,000).
        12 NFTA_SET_GC_INTERVAL CollectInterval collect_interval: Be<u32>,
        /// User data; `nft` keeps data types and the comment in it.
        13 NFTA_SET_USERDATA UserData user_data: Bytes,
        /// Padding.
        14 NFTA_SET_PAD Pad pad: Bytes,
        /// Type of the objects that a map refers to.
        15 NFTA_SET_OBJ_TYPE ObjectKind object_kind: Be<super::ObjectKind>,
        /// Handle of the set.
        16 NFTA_SET_HANDLE Handle handle: Be<u64>,
        /// Expression of each element, such as a counter.
        17 NFTA_SET_EXPR Expression expression: Nest<Expression>,
        /// Expressions of each element, if there are several.
        18 NFTA_SET_EXPRESSIONS Expressions expressions: Indexed<Expression>,
        /// Backend that stores the set, such as `hash` (Linux 6.16).
        19 NFTA_SET_TYPE Backend backend: Str,
        /// Number of elements (Linux 6.16).
        20 NFTA_SET_COUNT Count count: Be<u32>,
    }
}

flags! {
    /// Flags of a set.
    pub struct SetFlags(u32) {
        /// Anonymous set, deleted with the rule that uses it.
        ANONYMOUS = 0x1 "NFT_SET_ANONYMOUS" "anonymous";
        /// Set that cannot change while a rule uses it.
        CONSTANT = 0x2 "NFT_SET_CONSTANT" "constant";
        /// Set whose elements are intervals.
        INTERVAL = 0x4 "NFT_SET_INTERVAL" "interval";
        /// Map: elements have values.
        MAP = 0x8 "NFT_SET_MAP" "map";
        /// Set whose elements have timeouts.
        TIMEOUT = 0x10 "NFT_SET_TIMEOUT" "timeout";
        /// Set that rules add elements to (`flags dynamic`).
        EVAL = 0x20 "NFT_SET_EVAL" "dynamic";
        /// Map whose elements refer to objects.
        OBJECT = 0x40 "NFT_SET_OBJECT" "object";
        /// Set whose keys are concatenations of fields.
        CONCAT = 0x80 "NFT_SET_CONCAT" "concat";
        /// Set whose elements have expressions.
        EXPR = 0x100 "NFT_SET_EXPR" "expr";
    }
}

numbers! {
    /// Policy of a set (`policy` in nft(8)).
    pub struct SetPolicy(u32) {
        /// Optimises for speed.
        PERFORMANCE = 0 "NFT_SET_POL_PERFORMANCE" "performance";
        /// Optimises for memory.
        MEMORY = 1 "NFT_SET_POL_MEMORY" "memory";
    }
}

attributes! {
    /// Description of a set (`NFTA_SET_DESC_*`).
    pub set SetDescription, enum SetDescriptionAttr {
        /// Size: maximum number of elements.
        1 NFTA_SET_DESC_SIZE Size size: Be<u32>,
        /// Fields of a concatenated key.
        2 NFTA_SET_DESC_CONCAT Fields fields: Indexed<SetField>,
    }
}

attributes! {
    /// Field of a concatenated key.
    pub set SetField, enum SetFieldAttr {
        /// Length of the field in bytes.
        1 NFTA_SET_FIELD_LEN Len len: Be<u32>,
    }
}

attributes! {
    /// Elements of a set (`NFTA_SET_ELEM_LIST_*`), in the messages
    /// `NFT_MSG_*SETELEM`.
    pub set SetElements, enum SetElementsAttr {
        /// Name of the table.
        1 NFTA_SET_ELEM_LIST_TABLE Table table: Text,
        /// Name of the set.
        2 NFTA_SET_ELEM_LIST_SET Set set: Text,
        /// Elements.
        3 NFTA_SET_ELEM_LIST_ELEMENTS Elements elements: Indexed<SetElement>,
        /// Set by its identifier in this transaction.
        4 NFTA_SET_ELEM_LIST_SET_ID SetId set_id: Be<u32>,
    }
}

attributes! {
    /// Element of a set (`NFTA_SET_ELEM_*`).
    pub set SetElement, enum SetElementAttr {
        /// Key.
        1 NFTA_SET_ELEM_KEY Key key: Nest<NftData>,
        /// Value, in a map.
        2 NFTA_SET_ELEM_DATA Data data: Nest<NftData>,
        /// Flags: [`ElementFlags`].
        3 NFTA_SET_ELEM_FLAGS Flags flags: Be<ElementFlags>,
        /// Timeout of the element in milliseconds.
        4 NFTA_SET_ELEM_TIMEOUT Timeout timeout: Be<u64>,
        /// Remaining lifetime in milliseconds.
        5 NFTA_SET_ELEM_EXPIRATION Expiration expiration: Be<u64>,
        /// User data; `nft` keeps the comment in it.
        6 NFTA_SET_ELEM_USERDATA UserData user_data: Bytes,
        /// Expression of the element, such as a counter.
        7 NFTA_SET_ELEM_EXPR Expression expression: Nest<Expression>,
        /// Padding.
        8 NFTA_SET_ELEM_PAD Pad pad: Bytes,
        /// Name of the object that the element refers to.
        9 NFTA_SET_ELEM_OBJREF Object object: Text,
        /// Last key of an interval, in sets of concatenations.
        10 NFTA_SET_ELEM_KEY_END KeyEnd key_end: Nest<NftData>,
        /// Expressions of the element, if there are several.
        11 NFTA_SET_ELEM_EXPRESSIONS Expressions expressions: Indexed<Expression>,
    }
}

flags! {
    /// Flags of an element.
    pub struct ElementFlags(u32) {
        /// Element that ends the interval of the element before it.
        INTERVAL_END = 0x1 "NFT_SET_ELEM_INTERVAL_END" "interval-end";
        /// Catch-all element: applies to all keys without an element of their
        /// own.
        CATCHALL = 0x2 "NFT_SET_ELEM_CATCHALL" "catchall";
    }
}
