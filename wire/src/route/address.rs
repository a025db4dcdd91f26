//! Addresses of links: `struct ifaddrmsg` and `IFA_*` (`linux/if_addr.h`).
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
use crate::{FixedHeader, attributes};

structs! {
    /// The fixed header of addresses.
    #[doc(alias = "ifaddrmsg")]
    pub struct AddressHeader: 8 {
        /// The address family: [`AF_INET`](super::AF_INET) or [`AF_INET6`](super::AF_INET6).
        #[doc(alias = "ifa_family")]
        family: u8 as crate::AddressFamily,
        /// How many bits of the address are its network.
        #[doc(alias = "ifa_prefixlen")]
        prefix_len: u8,
        /// The low 8 bits of [`IFA_FLAGS`].
        #[doc(alias = "ifa_flags")]
        flags: u8 as AddressFlags,
        /// How far the address is valid.
        #[doc(alias = "ifa_scope")]
        scope: Scope,
        /// The link that has it.
        #[doc(alias = "ifa_index")]
        index: U32,
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
    /// What is special about an address (`ifa_flags`).
    #[doc(alias = "ifa_flags")]
    pub struct AddressFlags(u32) {
        /// Not the first of its network; of IPv6, a temporary one.
        SECONDARY = 0x01 "IFA_F_SECONDARY" "secondary";
        /// Duplicates are not looked for.
        NODAD = 0x02 "IFA_F_NODAD" "nodad";
        /// Used before duplicates have been ruled out.
        OPTIMISTIC = 0x04 "IFA_F_OPTIMISTIC" "optimistic";
        /// Someone else has it too.
        DADFAILED = 0x08 "IFA_F_DADFAILED" "dadfailed";
        /// A home address of Mobile IPv6.
        HOMEADDRESS = 0x10 "IFA_F_HOMEADDRESS" "home";
        /// Not to be used for new connections.
        DEPRECATED = 0x20 "IFA_F_DEPRECATED" "deprecated";
        /// Duplicates have not been ruled out yet.
        TENTATIVE = 0x40 "IFA_F_TENTATIVE" "tentative";
        /// Of no limited lifetime.
        PERMANENT = 0x80 "IFA_F_PERMANENT" "permanent";
        /// The kernel makes temporary addresses from it.
        MANAGETEMPADDR = 0x100 "IFA_F_MANAGETEMPADDR" "mngtmpaddr";
        /// Without a route to its network.
        NOPREFIXROUTE = 0x200 "IFA_F_NOPREFIXROUTE" "noprefixroute";
        /// A multicast group, joined by being set.
        MCAUTOJOIN = 0x400 "IFA_F_MCAUTOJOIN" "autojoin";
        /// Made from a secret, and the same each time.
        STABLE_PRIVACY = 0x800 "IFA_F_STABLE_PRIVACY" "stable-privacy";
    }
}

impl AddressFlags {
    /// Of IPv6: not the first of its network, but a temporary address.
    #[doc(alias = "IFA_F_TEMPORARY")]
    pub const TEMPORARY: Self = Self::SECONDARY;
}

numbers! {
    /// Who set an address (`ifa_proto`).
    #[doc(alias = "ifa_proto")]
    pub struct AddressProtocol(u8) {
        UNSPEC = 0 "IFAPROT_UNSPEC";
        /// The kernel, on the loopback link.
        KERNEL_LO = 1 "IFAPROT_KERNEL_LO" "kernel_lo";
        /// The kernel, from a router advertisement.
        KERNEL_RA = 2 "IFAPROT_KERNEL_RA" "kernel_ra";
        /// The kernel, of link scope.
        KERNEL_LL = 3 "IFAPROT_KERNEL_LL" "kernel_ll";
    }
}

structs! {
    /// How long an address lives. Lifetimes are seconds, `u32::MAX` for
    /// ever; times are hundredths of a second since the machine started.
    #[doc(alias = "ifa_cacheinfo")]
    pub struct AddressCacheInfo: 16 {
        /// For how long it is preferred, in seconds.
        #[doc(alias = "ifa_prefered")]
        preferred: U32 as crate::schema::Seconds,
        /// For how long it is valid, in seconds.
        #[doc(alias = "ifa_valid")]
        valid: U32 as crate::schema::Seconds,
        /// When it was made, in hundredths of a second.
        #[doc(alias = "cstamp")]
        created: U32,
        /// When it was changed, in hundredths of a second.
        #[doc(alias = "tstamp")]
        updated: U32,
    }
}

attributes! {
    /// The attributes of an address (`IFA_*`).
    pub set Address, enum AddressAttr {
        /// The address, or the peer's where [`Local`](Self::Local) is there too.
        1 IFA_ADDRESS Address address: codec::Address,
        /// The own address.
        2 IFA_LOCAL Local local: codec::Address,
        /// A name that begins with the link's; IPv4 only.
        3 IFA_LABEL Label label: Text,
        /// The broadcast address.
        4 IFA_BROADCAST Broadcast broadcast: codec::Address,
        /// An anycast address.
        5 IFA_ANYCAST Anycast anycast: codec::Address,
        /// How long it lives.
        6 IFA_CACHEINFO CacheInfo cache_info: Struct<AddressCacheInfo>,
        /// A multicast address.
        7 IFA_MULTICAST Multicast multicast: codec::Address,
        /// All 32 flags.
        8 IFA_FLAGS Flags flags: AddressFlags,
        /// The metric of the route to its network.
        9 IFA_RT_PRIORITY RoutePriority route_priority: u32,
        /// The id of the namespace that is asked about.
        10 IFA_TARGET_NETNSID TargetNetnsid target_netnsid: i32,
        /// Who set it.
        11 IFA_PROTO Protocol protocol: AddressProtocol,
        /// Number of users of a multicast address.
        12 IFA_MC_USERS MulticastUsers multicast_users: u32,
    }
}
