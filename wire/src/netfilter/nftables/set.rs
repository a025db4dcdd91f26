//! Sets and maps of nftables: `NFTA_SET_*` (`linux/netfilter/nf_tables.h`).

use super::{Expression, NftData};
use crate::attributes;
use crate::codec::{Be, Bytes, Indexed, Nest, Str, Text};
use crate::numbers::{flags, numbers};

attributes! {
    /// The attributes of a set or a map (`NFTA_SET_*`).
    pub set NftSet, enum NftSetAttr {
        /// Its table.
        1 NFTA_SET_TABLE Table table: Text,
        /// Its name; with `%d` in a request, and the kernel numbers it.
        2 NFTA_SET_NAME Name name: Text,
        /// Flags.
        3 NFTA_SET_FLAGS Flags flags: Be<SetFlags>,
        /// What its keys are: a number that nft(8) has for it.
        4 NFTA_SET_KEY_TYPE KeyKind key_kind: Be<u32>,
        /// How many bytes a key has.
        5 NFTA_SET_KEY_LEN KeyLen key_len: Be<u32>,
        /// What its values are; 0xffffff00 for verdicts.
        6 NFTA_SET_DATA_TYPE DataKind data_kind: Be<u32>,
        /// How many bytes a value has.
        7 NFTA_SET_DATA_LEN DataLen data_len: Be<u32>,
        /// What counts more: speed or memory.
        8 NFTA_SET_POLICY Policy policy: Be<SetPolicy>,
        /// What is known of it beforehand.
        9 NFTA_SET_DESC Description description: Nest<SetDescription>,
        /// Its number in this batch.
        10 NFTA_SET_ID Id id: Be<u32>,
        /// For how long elements stay, in milliseconds.
        11 NFTA_SET_TIMEOUT Timeout timeout: Be<u64>,
        /// How often those are looked for whose time is over, in milliseconds.
        12 NFTA_SET_GC_INTERVAL CollectInterval collect_interval: Be<u32>,
        /// Whatever its maker put there.
        13 NFTA_SET_USERDATA UserData user_data: Bytes,
        /// Nothing, to align what follows.
        14 NFTA_SET_PAD Pad pad: Bytes,
        /// What objects it leads to (`NFT_OBJECT_*`).
        15 NFTA_SET_OBJ_TYPE ObjectKind object_kind: Be<super::ObjectKind>,
        /// Its number.
        16 NFTA_SET_HANDLE Handle handle: Be<u64>,
        /// The expression that each element has.
        17 NFTA_SET_EXPR Expression expression: Nest<Expression>,
        /// Several of them.
        18 NFTA_SET_EXPRESSIONS Expressions expressions: Indexed<Expression>,
        /// How the kernel stores it, such as `hash` (Linux 6.16).
        19 NFTA_SET_TYPE Backend backend: Str,
        /// How many elements it has (Linux 6.16).
        20 NFTA_SET_COUNT Count count: Be<u32>,
    }
}

flags! {
    /// Flags of a set.
    pub struct SetFlags(u32) {
        /// It goes with the rule that uses it.
        ANONYMOUS = 0x1 "NFT_SET_ANONYMOUS" "anonymous";
        /// It does not change once a rule uses it.
        CONSTANT = 0x2 "NFT_SET_CONSTANT" "constant";
        /// Its elements are intervals.
        INTERVAL = 0x4 "NFT_SET_INTERVAL" "interval";
        /// Its elements have values.
        MAP = 0x8 "NFT_SET_MAP" "map";
        /// Its elements go after a time.
        TIMEOUT = 0x10 "NFT_SET_TIMEOUT" "timeout";
        /// Rules add elements.
        EVAL = 0x20 "NFT_SET_EVAL" "dynamic";
        /// Its elements lead to objects.
        OBJECT = 0x40 "NFT_SET_OBJECT" "object";
        /// Its keys are several fields.
        CONCAT = 0x80 "NFT_SET_CONCAT" "concat";
        /// Its elements have expressions.
        EXPR = 0x100 "NFT_SET_EXPR" "expr";
    }
}

numbers! {
    /// What counts more for a set.
    pub struct SetPolicy(u32) {
        /// Speed.
        PERFORMANCE = 0 "NFT_SET_POL_PERFORMANCE" "performance";
        /// Memory.
        MEMORY = 1 "NFT_SET_POL_MEMORY" "memory";
    }
}

attributes! {
    /// What is known of a set beforehand (`NFTA_SET_DESC_*`).
    pub set SetDescription, enum SetDescriptionAttr {
        /// How many elements it will have at most.
        1 NFTA_SET_DESC_SIZE Size size: Be<u32>,
        /// The fields of its keys.
        2 NFTA_SET_DESC_CONCAT Fields fields: Indexed<SetField>,
    }
}

attributes! {
    /// A field of a key.
    pub set SetField, enum SetFieldAttr {
        /// Its length in bytes.
        1 NFTA_SET_FIELD_LEN Len len: Be<u32>,
    }
}

attributes! {
    /// Elements of a set (`NFTA_SET_ELEM_LIST_*`): the attributes of the
    /// messages `NFT_MSG_*SETELEM`.
    pub set SetElements, enum SetElementsAttr {
        /// The table.
        1 NFTA_SET_ELEM_LIST_TABLE Table table: Text,
        /// The set.
        2 NFTA_SET_ELEM_LIST_SET Set set: Text,
        /// The elements.
        3 NFTA_SET_ELEM_LIST_ELEMENTS Elements elements: Indexed<SetElement>,
        /// The set, by its number in this batch.
        4 NFTA_SET_ELEM_LIST_SET_ID SetId set_id: Be<u32>,
    }
}

attributes! {
    /// An element of a set (`NFTA_SET_ELEM_*`).
    pub set SetElement, enum SetElementAttr {
        /// The key.
        1 NFTA_SET_ELEM_KEY Key key: Nest<NftData>,
        /// The value.
        2 NFTA_SET_ELEM_DATA Data data: Nest<NftData>,
        /// Flags.
        3 NFTA_SET_ELEM_FLAGS Flags flags: Be<ElementFlags>,
        /// For how long it stays, in milliseconds.
        4 NFTA_SET_ELEM_TIMEOUT Timeout timeout: Be<u64>,
        /// For how much longer it stays, in milliseconds.
        5 NFTA_SET_ELEM_EXPIRATION Expiration expiration: Be<u64>,
        /// Whatever its maker put there.
        6 NFTA_SET_ELEM_USERDATA UserData user_data: Bytes,
        /// Its expression, such as a counter.
        7 NFTA_SET_ELEM_EXPR Expression expression: Nest<Expression>,
        /// Nothing, to align what follows.
        8 NFTA_SET_ELEM_PAD Pad pad: Bytes,
        /// The object that it leads to.
        9 NFTA_SET_ELEM_OBJREF Object object: Text,
        /// The last key of an interval.
        10 NFTA_SET_ELEM_KEY_END KeyEnd key_end: Nest<NftData>,
        /// Several expressions.
        11 NFTA_SET_ELEM_EXPRESSIONS Expressions expressions: Indexed<Expression>,
    }
}

flags! {
    /// Flags of an element.
    pub struct ElementFlags(u32) {
        /// It ends the interval that an element before it begins.
        INTERVAL_END = 0x1 "NFT_SET_ELEM_INTERVAL_END" "interval-end";
        /// It stands for all keys that no other has.
        CATCHALL = 0x2 "NFT_SET_ELEM_CATCHALL" "catchall";
    }
}
