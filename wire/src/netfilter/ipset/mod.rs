//! Sets of ipset(8), which rules of iptables(8) match packets against
//! (`linux/netfilter/ipset/ip_set.h`).
//!
//! ```
//! use core::net::Ipv4Addr;
//! use nlwire::netfilter::ipset::{AddEntry, NewEntry, NewSet, SetType};
//!
//! // ipset create blocked hash:ip,port timeout 600 comment
//! let set = NewSet::new("blocked", SetType::HASH_IP_PORT).timeout(600).comments();
//! // ipset add blocked 192.0.2.1,tcp:22 comment "scans"
//! let entry = NewEntry::ip(Ipv4Addr::new(192, 0, 2, 1).into()).port(6, 22).comment("scans");
//!
//! let mut room = [0; 512];
//! let mut batch = nlwire::Batch::new(&mut room[..]);
//! batch.push(&set)?;
//! batch.push(&AddEntry::new("blocked", entry))?;
//! # assert_eq!(batch.count(), 2);
//! # Ok::<(), nlwire::EncodeError>(())
//! ```
//!
//! A list that changes as a whole is filled beside the old one and swapped in, so that
//! rules see one of them at any time. The commands are `ipset swap`, `rename`,
//! `flush`, `list` and `save`:
//!
//! ```
//! use nlwire::netfilter::ipset::{FlushSets, GetSets, RenameSet, SaveSets, SetRow, SwapSets};
//!
//! let swap = SwapSets::new("blocked.new".into(), "blocked".into());
//! let keep = RenameSet::new("blocked.new".into(), "blocked.old".into());
//! let empty = FlushSets::named("blocked.old".into());
//!
//! let (list, save) = (GetSets::named("blocked".into()), SaveSets::all());
//!
//! /// Counts the entries of a row; those of a set are spread over its rows.
//! fn count(row: &SetRow<'_>) -> Result<usize, nlwire::DecodeError> {
//!     let mut entries = row.entries();
//!     entries.try_fold(0_usize, |count, entry| entry.map(|_| count.saturating_add(1)))
//! }
//! ```
//!
//! A program asks first for the protocol and the type that the kernel has, as
//! `ipset version` and `ipset create` do, and rules of iptables(8) find the number of
//! a set by its name:
//!
//! ```
//! use nlwire::netfilter::NetfilterFamily;
//! use nlwire::netfilter::ipset::{GetByIndex, GetByName, GetHeader, GetProtocol, GetType};
//!
//! let protocol = GetProtocol::new();
//! let revisions = GetType::of("hash:ip,port".into(), NetfilterFamily::IPV4);
//! let header = GetHeader::of("blocked".into());
//! let number = GetByName::of("blocked".into());
//! let name = GetByIndex::of(3);
//! ```
//!
//! | to | value |
//! |---|---|
//! | create a set | [`NewSet`] |
//! | rename, swap, flush and destroy sets | [`RenameSet`], [`SwapSets`], [`FlushSets`], [`DestroySets`] |
//! | add, delete and look up an entry | [`AddEntry`], [`DeleteEntry`], [`TestEntry`] |
//! | list sets with their entries | [`GetSets`] or [`SaveSets`] |
//! | ask for a set without its entries | [`GetHeader`], [`GetByName`], [`GetByIndex`] |
//! | ask the kernel what it has | [`GetProtocol`], [`GetType`] |
//!
//! A large set comes as several rows with its name; settings are in the first.
//!
//! Refusals have error numbers of their own, such as
//! [`Errno::IPSET_ERR_EXIST`](crate::Errno::IPSET_ERR_EXIST). From 4352 on they depend on the
//! type of the set: see [`SetType::error_name`].

mod change;
mod destroy;
mod entry;
mod form;
mod kind;
pub mod member;
pub mod names;
mod new;
mod request;
pub mod settings;

pub use change::{AddEntry, DeleteEntry, TestEntry};
pub use destroy::DestroySets;
pub use entry::NewEntry;
pub use form::{
    AnsweredInHostOrder, IPSET_ATTR_IPADDR_IPV4, IPSET_ATTR_IPADDR_IPV6, IpAddressNest,
    IpSetAddress, IpSetAddressAttr, NetOrder,
};
pub use kind::SetType;
#[doc(no_inline)]
pub use member::{IpSetMember, IpSetMemberAttr};
#[doc(no_inline)]
pub use names::{IpSetNames, IpSetNamesAttr};
pub use new::NewSet;
pub use request::{
    FlushSets, GetByIndex, GetByName, GetHeader, GetProtocol, GetSets, GetType, NamesRow,
    RenameSet, SaveSets, SetRow, SwapSets,
};
#[doc(no_inline)]
pub use settings::{IpSetSettings, IpSetSettingsAttr, SetOptions};

use crate::attributes;
use crate::codec::{Bytes, Hardware, Indexed, Nest, Text};
use crate::netfilter::NetfilterFamily;
use crate::numbers::flags;

/// Version of the protocol that requests name. Linux 4.20 and newer have it.
pub const IPSET_PROTOCOL: u8 = 7;

attributes! {
    /// Attributes of a set (`IPSET_ATTR_*`).
    pub set IpSet, enum IpSetAttr {
        /// Version of the protocol; requests need it.
        1 IPSET_ATTR_PROTOCOL Protocol protocol: u8,
        /// Name of the set.
        2 IPSET_ATTR_SETNAME Name name: Text,
        /// Type of the set, such as `hash:ip`.
        3 IPSET_ATTR_TYPENAME TypeName type_name: Text,
        /// Revision of the type: each adds options.
        4 IPSET_ATTR_REVISION Revision revision: u8,
        /// Family of the addresses.
        5 IPSET_ATTR_FAMILY Family family: NetfilterFamily,
        /// Flags of a listing.
        6 IPSET_ATTR_FLAGS Flags flags: NetOrder<ListFlags>,
        /// Settings.
        7 IPSET_ATTR_DATA Settings settings: Nest<IpSetSettings>,
        /// Entries, each of type [`IPSET_ATTR_DATA`].
        8 IPSET_ATTR_ADT Entries entries: Indexed<IpSetEntry>,
        /// Line of the input, which a refusal names.
        9 IPSET_ATTR_LINENO Line line: u32,
        /// Lowest version of the protocol, or lowest revision of the type.
        10 IPSET_ATTR_PROTOCOL_MIN Minimum minimum: u8,
        /// Number of the set in the kernel.
        11 IPSET_ATTR_INDEX Index index: NetOrder<u16>,
    }
}

/// Attribute type 10 in answers to [`GetType`], the same as
/// [`IPSET_ATTR_PROTOCOL_MIN`].
pub const IPSET_ATTR_REVISION_MIN: u16 = IPSET_ATTR_PROTOCOL_MIN;

flags! {
    /// Flags of a listing.
    pub struct ListFlags(u32) {
        /// Names only.
        ONLY_NAMES = 0x2 "IPSET_FLAG_LIST_SETNAME" "name";
        /// Settings, without entries.
        ONLY_SETTINGS = 0x4 "IPSET_FLAG_LIST_HEADER" "terse";
    }
}

attributes! {
    /// Entry of a set (`IPSET_ATTR_*`).
    pub set IpSetEntry, enum IpSetEntryAttr {
        /// Address, or first address of a range.
        1 IPSET_ATTR_IP Ip ip: IpAddressNest,
        /// Last address of a range.
        2 IPSET_ATTR_IP_TO IpTo ip_to: IpAddressNest,
        /// Prefix length of the address.
        3 IPSET_ATTR_CIDR PrefixLen prefix_len: u8,
        /// Port, or first port of a range. ICMP has its type and code here.
        4 IPSET_ATTR_PORT Port port: NetOrder<u16>,
        /// Last port of a range.
        5 IPSET_ATTR_PORT_TO PortTo port_to: NetOrder<u16>,
        /// Timeout or remaining lifetime in seconds; 0 for none.
        6 IPSET_ATTR_TIMEOUT Timeout timeout: NetOrder<u32>,
        /// Transport protocol of the port, such as 6 for TCP.
        7 IPSET_ATTR_PROTO Protocol protocol: u8,
        /// Flags.
        8 IPSET_ATTR_CADT_FLAGS Flags flags: NetOrder<EntryFlags>,
        /// Line of the input, which a refusal names.
        9 IPSET_ATTR_CADT_LINENO Line line: u32,
        /// Packet mark.
        10 IPSET_ATTR_MARK Mark mark: NetOrder<u32>,
        /// MAC address.
        17 IPSET_ATTR_ETHER Mac mac: Hardware,
        /// Name of a set, in a set of sets.
        18 IPSET_ATTR_NAME Name name: Text,
        /// Name of the set that the entry stands before or after.
        19 IPSET_ATTR_NAMEREF Neighbour neighbour: Text,
        /// Second address, or first address of the second range.
        20 IPSET_ATTR_IP2 SecondIp second_ip: IpAddressNest,
        /// Prefix length of the second address.
        21 IPSET_ATTR_CIDR2 SecondPrefixLen second_prefix_len: u8,
        /// Last address of the second range.
        22 IPSET_ATTR_IP2_TO SecondIpTo second_ip_to: IpAddressNest,
        /// Name of the link.
        23 IPSET_ATTR_IFACE Link link: Text,
        /// Number of bytes that matched.
        24 IPSET_ATTR_BYTES Bytes bytes: NetOrder<u64>,
        /// Number of packets that matched.
        25 IPSET_ATTR_PACKETS Packets packets: NetOrder<u64>,
        /// Comment, at most 255 bytes.
        26 IPSET_ATTR_COMMENT Comment comment: Text,
        /// Packet mark to set in the upper, and its mask in the lower 32 bits.
        27 IPSET_ATTR_SKBMARK PacketMark packet_mark: NetOrder<u64>,
        /// Packet priority to set: a handle of traffic control.
        28 IPSET_ATTR_SKBPRIO Priority priority: NetOrder<u32>,
        /// Queue of the link to send the packet by.
        29 IPSET_ATTR_SKBQUEUE Queue queue: NetOrder<u16>,
        /// Padding.
        30 IPSET_ATTR_PAD Pad pad: Bytes,
    }
}

/// Attribute type 1, the same as [`IPSET_ATTR_IP`].
pub const IPSET_ATTR_IP_FROM: u16 = IPSET_ATTR_IP;
/// Attribute type 4, the same as [`IPSET_ATTR_PORT`].
pub const IPSET_ATTR_PORT_FROM: u16 = IPSET_ATTR_PORT;

flags! {
    /// Flags of an entry.
    pub struct EntryFlags(u32) {
        /// Stands before the set that the entry names, not after it.
        BEFORE = 0x1 "IPSET_FLAG_BEFORE" "before";
        /// Port of a bridge.
        BRIDGE_PORT = 0x2 "IPSET_FLAG_PHYSDEV" "physdev";
        /// Exception: packets do not match.
        NO_MATCH = 0x4 "IPSET_FLAG_NOMATCH" "nomatch";
        /// Links whose names begin with the name.
        WILDCARD = 0x80 "IPSET_FLAG_IFACE_WILDCARD" "wildcard";
    }
}
