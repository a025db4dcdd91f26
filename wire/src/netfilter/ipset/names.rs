//! Attributes of requests with the names of two sets.

use crate::attributes;
use crate::codec::Text;

attributes! {
    /// Names of two sets (`IPSET_ATTR_*`).
    pub set IpSetNames, enum IpSetNamesAttr {
        /// Version of the protocol; requests need it.
        1 IPSET_ATTR_PROTOCOL Protocol protocol: u8,
        /// Name of the set.
        2 IPSET_ATTR_SETNAME Name name: Text,
        /// New name, or the name of the other set.
        3 IPSET_ATTR_SETNAME2 Second second: Text,
    }
}
