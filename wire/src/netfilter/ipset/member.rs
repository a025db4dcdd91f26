//! Attributes of requests for an entry.

use super::IpSetEntry;
use crate::attributes;
use crate::codec::{Indexed, Nest, Text};

attributes! {
    /// Request for an entry (`IPSET_ATTR_*`).
    pub set IpSetMember, enum IpSetMemberAttr {
        /// Version of the protocol; requests need it.
        1 IPSET_ATTR_PROTOCOL Protocol protocol: u8,
        /// Name of the set.
        2 IPSET_ATTR_SETNAME Name name: Text,
        /// Entry.
        7 IPSET_ATTR_DATA Entry entry: Nest<IpSetEntry>,
        /// Several entries, each of type 7 and with its line.
        8 IPSET_ATTR_ADT Entries entries: Indexed<IpSetEntry>,
        /// Line of the input, which a refusal names.
        9 IPSET_ATTR_LINENO Line line: u32,
    }
}
