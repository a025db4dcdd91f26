//! Addresses of links: `struct ifaddrmsg` and `IFA_*` (`linux/if_addr.h`).
//!
//! [`NewAddress`] adds an address, [`DeleteAddress`] deletes one and
//! [`GetAddresses`] lists them. The fixed header is [`AddressHeader`], the
//! attributes are [`Address`]:
//!
//! ```text
//!  0        1          2       3       4                8
//! +--------+----------+-------+-------+----------------+
//! | family | prefix   | flags | scope | link index     |
//! +--------+----------+-------+-------+----------------+
//! ```

mod request;
mod row;

use crate::zerocopy::native_endian::U32;

pub use request::*;
pub use row::AddressRow;

use super::Scope;
use crate::codec::{self, Struct, Text};
use crate::numbers::{flags, numbers};
use crate::structs::structs;
use crate::{FixedHeader, LinkIndex, attributes};

structs! {
    /// Fixed header of addresses.
    #[doc(alias = "ifaddrmsg")]
    pub struct AddressHeader: 8 {
        /// Address family: [`AF_INET`](super::AF_INET) or [`AF_INET6`](super::AF_INET6).
        #[doc(alias = "ifa_family")]
        family: u8 as crate::AddressFamily,
        /// Prefix length in bits.
        #[doc(alias = "ifa_prefixlen")]
        prefix_len: u8,
        /// Low 8 bits of [`IFA_FLAGS`].
        #[doc(alias = "ifa_flags")]
        flags: u8 as AddressFlags,
        /// Scope: distance within which the address is valid.
        #[doc(alias = "ifa_scope")]
        scope: Scope,
        /// Index of the link that has the address.
        #[doc(alias = "ifa_index")]
        index: LinkIndex,
    }
}

impl AddressHeader {
    /// Returns the flags that fit the header; [`IFA_FLAGS`] has all of them.
    #[must_use]
    pub fn flags(&self) -> AddressFlags {
        AddressFlags::from_bits_retain(self.flags.into())
    }
}

impl FixedHeader for AddressHeader {
    fn family(&self) -> u8 {
        self.family
    }
}

flags! {
    /// Flags of an address (`ifa_flags`).
    #[doc(alias = "ifa_flags")]
    pub struct AddressFlags(u32) {
        /// Secondary address: not the first in its network; temporary address (IPv6).
        SECONDARY = 0x01 "IFA_F_SECONDARY" "secondary";
        /// No duplicate address detection.
        NODAD = 0x02 "IFA_F_NODAD" "nodad";
        /// Optimistic address: used before duplicate address detection ends.
        OPTIMISTIC = 0x04 "IFA_F_OPTIMISTIC" "optimistic";
        /// Duplicate address detected: another host has it.
        DADFAILED = 0x08 "IFA_F_DADFAILED" "dadfailed";
        /// Home address of Mobile IPv6.
        HOMEADDRESS = 0x10 "IFA_F_HOMEADDRESS" "home";
        /// Deprecated address: not used for new connections.
        DEPRECATED = 0x20 "IFA_F_DEPRECATED" "deprecated";
        /// Tentative address: duplicate address detection has not ended.
        TENTATIVE = 0x40 "IFA_F_TENTATIVE" "tentative";
        /// Permanent address, without a lifetime.
        PERMANENT = 0x80 "IFA_F_PERMANENT" "permanent";
        /// Address from which the kernel creates temporary addresses.
        MANAGETEMPADDR = 0x100 "IFA_F_MANAGETEMPADDR" "mngtmpaddr";
        /// No route for the prefix.
        NOPREFIXROUTE = 0x200 "IFA_F_NOPREFIXROUTE" "noprefixroute";
        /// Multicast address whose group the kernel joins.
        MCAUTOJOIN = 0x400 "IFA_F_MCAUTOJOIN" "autojoin";
        /// Stable private address, created from a secret (RFC 7217).
        STABLE_PRIVACY = 0x800 "IFA_F_STABLE_PRIVACY" "stable-privacy";
    }
}

impl AddressFlags {
    /// Temporary address (IPv6); the same bit is [`SECONDARY`](Self::SECONDARY) in IPv4.
    #[doc(alias = "IFA_F_TEMPORARY")]
    pub const TEMPORARY: Self = Self::SECONDARY;
}

numbers! {
    /// Protocol: origin of an address (`ifa_proto`).
    #[doc(alias = "ifa_proto")]
    pub struct AddressProtocol(u8) {
        UNSPEC = 0 "IFAPROT_UNSPEC";
        /// The kernel, on the loopback link.
        KERNEL_LO = 1 "IFAPROT_KERNEL_LO" "kernel_lo";
        /// The kernel, from a router advertisement.
        KERNEL_RA = 2 "IFAPROT_KERNEL_RA" "kernel_ra";
        /// The kernel, for a link-local address.
        KERNEL_LL = 3 "IFAPROT_KERNEL_LL" "kernel_ll";
    }
}

structs! {
    /// Lifetimes of an address in seconds, `u32::MAX` for no limit, and its time stamps in
    /// hundredths of a second since boot.
    #[doc(alias = "ifa_cacheinfo")]
    pub struct AddressCacheInfo: 16 {
        /// Preferred lifetime that remains, in seconds.
        #[doc(alias = "ifa_prefered")]
        preferred: U32 as crate::schema::Seconds,
        /// Valid lifetime that remains, in seconds.
        #[doc(alias = "ifa_valid")]
        valid: U32 as crate::schema::Seconds,
        /// Creation time in hundredths of a second since boot.
        #[doc(alias = "cstamp")]
        created: U32,
        /// Update time in hundredths of a second since boot.
        #[doc(alias = "tstamp")]
        updated: U32,
    }
}

attributes! {
    /// Attributes of an address (`IFA_*`).
    pub set Address, enum AddressAttr {
        /// Address; the peer's address if [`Local`](Self::Local) is present and differs.
        1 IFA_ADDRESS Address address: codec::Address,
        /// Local address.
        2 IFA_LOCAL Local local: codec::Address,
        /// Label: a name that begins with the link's name; IPv4 only.
        3 IFA_LABEL Label label: Text,
        /// Broadcast address.
        4 IFA_BROADCAST Broadcast broadcast: codec::Address,
        /// Anycast address.
        5 IFA_ANYCAST Anycast anycast: codec::Address,
        /// Lifetimes and time stamps.
        6 IFA_CACHEINFO CacheInfo cache_info: Struct<AddressCacheInfo>,
        /// Multicast address.
        7 IFA_MULTICAST Multicast multicast: codec::Address,
        /// Flags, all 32 bits.
        8 IFA_FLAGS Flags flags: AddressFlags,
        /// Metric of the prefix route.
        9 IFA_RT_PRIORITY RoutePriority route_priority: u32,
        /// Id of the namespace that a request is about.
        10 IFA_TARGET_NETNSID TargetNetnsid target_netnsid: i32,
        /// Protocol: origin of the address.
        11 IFA_PROTO Protocol protocol: AddressProtocol,
        /// Number of users of a multicast address.
        12 IFA_MC_USERS MulticastUsers multicast_users: u32,
    }
}
