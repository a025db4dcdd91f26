//! Settings of a set, which are fixed when it is created.

use super::form::{AnsweredInHostOrder, IpAddressNest, NetOrder};
use crate::attributes;
use crate::numbers::flags;

attributes! {
    /// Settings of a set (`IPSET_ATTR_*`).
    pub set IpSetSettings, enum IpSetSettingsAttr {
        /// First address of a bitmap.
        1 IPSET_ATTR_IP First first: IpAddressNest,
        /// Last address of a bitmap.
        2 IPSET_ATTR_IP_TO Last last: IpAddressNest,
        /// Prefix length of a bitmap's addresses, in place of the last one.
        3 IPSET_ATTR_CIDR PrefixLen prefix_len: u8,
        /// First port of a bitmap.
        4 IPSET_ATTR_PORT FirstPort first_port: NetOrder<u16>,
        /// Last port of a bitmap.
        5 IPSET_ATTR_PORT_TO LastPort last_port: NetOrder<u16>,
        /// Default timeout of entries in seconds; 0 for none.
        6 IPSET_ATTR_TIMEOUT Timeout timeout: NetOrder<u32>,
        /// Transport protocol of a bitmap's ports; unused.
        7 IPSET_ATTR_PROTO Protocol protocol: u8,
        /// Options.
        8 IPSET_ATTR_CADT_FLAGS Options options: NetOrder<SetOptions>,
        /// Mask of packet marks.
        11 IPSET_ATTR_MARKMASK MarkMask mark_mask: AnsweredInHostOrder,
        /// Mask of addresses, any bits (Linux 6.2).
        12 IPSET_ATTR_BITMASK Bitmask bitmask: IpAddressNest,
        /// Start value of the hash.
        17 IPSET_ATTR_INITVAL HashSeed hash_seed: NetOrder<u32>,
        /// Number of buckets of the hash (default 1,024).
        18 IPSET_ATTR_HASHSIZE HashSize hash_size: NetOrder<u32>,
        /// Maximum number of entries (default 65,536).
        19 IPSET_ATTR_MAXELEM MaxEntries max_entries: NetOrder<u32>,
        /// Prefix length that addresses are cut to.
        20 IPSET_ATTR_NETMASK NetmaskLen netmask_len: u8,
        /// Maximum number of entries in a bucket (default 12).
        21 IPSET_ATTR_BUCKETSIZE BucketSize bucket_size: u8,
        /// Factor by which the hash grows; unused.
        22 IPSET_ATTR_RESIZE Resize resize: u8,
        /// Number of sets that a set of sets holds (default 8).
        23 IPSET_ATTR_SIZE Size size: NetOrder<u32>,
        /// Number of entries; in answers only.
        24 IPSET_ATTR_ELEMENTS Elements elements: NetOrder<u32>,
        /// Number of rules and sets that refer to the set; in answers only.
        25 IPSET_ATTR_REFERENCES References references: NetOrder<u32>,
        /// Memory in bytes; in answers only.
        26 IPSET_ATTR_MEMSIZE MemorySize memory_size: NetOrder<u32>,
    }
}

flags! {
    /// Options of a set.
    pub struct SetOptions(u32) {
        /// Counters of packets and bytes.
        COUNTERS = 0x8 "IPSET_FLAG_WITH_COUNTERS" "counters";
        /// Comments.
        COMMENTS = 0x10 "IPSET_FLAG_WITH_COMMENT" "comment";
        /// A full set drops a random entry for a new one.
        FORCE_ADD = 0x20 "IPSET_FLAG_WITH_FORCEADD" "forceadd";
        /// Marks, priorities and queues for packets.
        PACKET_INFO = 0x40 "IPSET_FLAG_WITH_SKBINFO" "skbinfo";
    }
}
