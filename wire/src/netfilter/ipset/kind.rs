//! Types of sets, and the revision of each that has an option.

use core::fmt;

use crate::Errno;
use crate::Text;
use crate::netfilter::{NFPROTO_IPV4, NFPROTO_UNSPEC};

/// Revision of a type from which on it has an option.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Revisions {
    pub(super) base: u8,
    pub(super) counters: u8,
    pub(super) comments: u8,
    pub(super) force_add: u8,
    pub(super) packet_info: u8,
    pub(super) bucket_size: u8,
    pub(super) bitmask: u8,
}

/// Storage of a type, which decides about its error numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Storage {
    Bitmap,
    Hash,
    List,
}

/// Type of a set.
///
/// ```
/// use nlwire::Errno;
/// use nlwire::netfilter::ipset::SetType;
///
/// assert_eq!(SetType::HASH_NET_PORT.to_string(), "hash:net,port");
/// assert_eq!(SetType::HASH_IP.error_name(Errno(4352)), Some("IPSET_ERR_HASH_FULL"));
/// assert_eq!(SetType::LIST_SET.error_name(Errno(4353)), Some("IPSET_ERR_LOOP"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SetType {
    name: &'static str,
    pub(super) family: Option<u8>,
    storage: Storage,
    pub(super) revisions: Revisions,
}

/// Declares the types: name, family where the type has but one, storage, and revisions.
macro_rules! types {
    ($(
        $(#[$meta:meta])*
        $name:ident $text:literal $family:expr, $storage:ident,
        [$base:literal $counters:literal $comments:literal $force_add:literal $packet_info:literal
            $bucket_size:literal $bitmask:literal]
    )*) => {
        impl SetType {
            $(
                $(#[$meta])*
                #[doc = concat!("`", $text, "`.")]
                pub const $name: Self = Self {
                    name: $text,
                    family: $family,
                    storage: Storage::$storage,
                    revisions: Revisions {
                        base: $base,
                        counters: $counters,
                        comments: $comments,
                        force_add: $force_add,
                        packet_info: $packet_info,
                        bucket_size: $bucket_size,
                        bitmask: $bitmask,
                    },
                };
            )*

            /// All types, in the order of their names.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];
        }
    };
}

// Options that a type never has keep its last revision: the kernel refuses them then.
types! {
    /// Bitmap of IPv4 addresses or networks:
    BITMAP_IP "bitmap:ip" Some(NFPROTO_IPV4), Bitmap, [0 1 2 3 3 3 3]
    /// Bitmap of IPv4 addresses with MAC addresses:
    BITMAP_IP_MAC "bitmap:ip,mac" Some(NFPROTO_IPV4), Bitmap, [0 1 2 3 3 3 3]
    /// Bitmap of ports:
    BITMAP_PORT "bitmap:port" Some(NFPROTO_UNSPEC), Bitmap, [0 1 2 3 3 3 3]
    /// Addresses:
    HASH_IP "hash:ip" None, Hash, [0 1 2 3 4 5 6]
    /// Addresses with MAC addresses:
    HASH_IP_MAC "hash:ip,mac" None, Hash, [0 0 0 0 0 1 1]
    /// Addresses with packet marks:
    HASH_IP_MARK "hash:ip,mark" None, Hash, [0 0 0 1 2 3 3]
    /// Addresses with ports:
    HASH_IP_PORT "hash:ip,port" None, Hash, [1 2 3 4 5 6 7]
    /// Addresses with ports and second addresses:
    HASH_IP_PORT_IP "hash:ip,port,ip" None, Hash, [1 2 3 4 5 6 6]
    /// Addresses with ports and networks:
    HASH_IP_PORT_NET "hash:ip,port,net" None, Hash, [3 4 5 6 7 8 8]
    /// MAC addresses:
    HASH_MAC "hash:mac" Some(NFPROTO_UNSPEC), Hash, [0 0 0 0 0 1 1]
    /// Networks:
    HASH_NET "hash:net" None, Hash, [2 3 4 5 6 7 7]
    /// Networks with links:
    HASH_NET_IFACE "hash:net,iface" None, Hash, [2 3 4 5 6 8 8]
    /// Pairs of networks:
    HASH_NET_NET "hash:net,net" None, Hash, [0 0 0 1 2 3 4]
    /// Networks with ports:
    HASH_NET_PORT "hash:net,port" None, Hash, [3 4 5 6 7 8 8]
    /// Networks with ports and second networks:
    HASH_NET_PORT_NET "hash:net,port,net" None, Hash, [0 0 0 1 2 3 3]
    /// Sets of sets:
    LIST_SET "list:set" Some(NFPROTO_UNSPEC), List, [0 1 2 3 3 3 3]
}

impl SetType {
    /// Returns the name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.name
    }

    /// Returns the type of this name.
    #[must_use]
    pub fn named(name: Text<'_>) -> Option<Self> {
        let mut all = Self::ALL.iter().copied();
        all.find(|kind| kind.name.as_bytes() == name.as_bytes())
    }

    /// Returns the C name of a refusal, which from 4352 on depends on the type.
    #[must_use]
    pub const fn error_name(self, errno: Errno) -> Option<&'static str> {
        Some(match (self.storage, errno.0) {
            (Storage::Bitmap, 4352) => "IPSET_ERR_BITMAP_RANGE",
            (Storage::Bitmap, 4353) => "IPSET_ERR_BITMAP_RANGE_SIZE",
            (Storage::Hash, 4352) => "IPSET_ERR_HASH_FULL",
            (Storage::Hash, 4353) => "IPSET_ERR_HASH_ELEM",
            (Storage::Hash, 4354) => "IPSET_ERR_INVALID_PROTO",
            (Storage::Hash, 4355) => "IPSET_ERR_MISSING_PROTO",
            (Storage::Hash, 4356) => "IPSET_ERR_HASH_RANGE_UNSUPPORTED",
            (Storage::Hash, 4357) => "IPSET_ERR_HASH_RANGE",
            (Storage::List, 4352) => "IPSET_ERR_NAME",
            (Storage::List, 4353) => "IPSET_ERR_LOOP",
            (Storage::List, 4354) => "IPSET_ERR_BEFORE",
            (Storage::List, 4355) => "IPSET_ERR_NAMEREF",
            (Storage::List, 4356) => "IPSET_ERR_LIST_FULL",
            (Storage::List, 4357) => "IPSET_ERR_REF_EXIST",
            _ => return errno.name(),
        })
    }
}

impl fmt::Display for SetType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

crate::__format!(SetType);
