//! Neighbour discovery: prefixes that routers advertise (`struct prefixmsg`,
//! `PREFIX_*`), and options that are for user space (`struct nduseroptmsg`)
//! (`linux/rtnetlink.h`, `net/ipv6/ndisc.c`).
//!
//! A message of options has them between its fixed header and its attributes:
//!
//! ```text
//!  0        1         2             4            8           9      10        16
//! +--------+---------+-------------+------------+-----------+------+---------+---------+------------+
//! | family | padding | options len | link index | ICMP type | code | padding | options | attributes |
//! +--------+---------+-------------+------------+-----------+------+---------+---------+------------+
//! ```

mod option;

use core::net::IpAddr;

pub use option::*;

use crate::codec::{Ip, Struct};
use crate::numbers::flags;
use crate::schema::Seconds;
use crate::structs::structs;
use crate::zerocopy::native_endian::{U16, U32};
use crate::zerocopy::{FromBytes, Immutable, IntoBytes, Unaligned};
use crate::{
    Attrs, DecodeError, FixedHeader, LinkIndex, MessageRef, Prefix, Row, attributes, fields,
};

structs! {
    /// Fixed header of prefixes.
    #[doc(alias = "prefixmsg")]
    pub struct PrefixHeader: 12 {
        /// Address family: [`AF_INET6`](super::AF_INET6).
        #[doc(alias = "prefix_family")]
        family: u8 as crate::AddressFamily,
        /// Zero.
        reserved: [u8; 3],
        /// Link index.
        #[doc(alias = "prefix_ifindex")]
        index: LinkIndex,
        /// Type of the option: 3.
        #[doc(alias = "prefix_type")]
        kind: u8,
        /// Prefix length.
        #[doc(alias = "prefix_len")]
        len: u8,
        /// Flags.
        #[doc(alias = "prefix_flags")]
        flags: PrefixFlags,
        /// Zero.
        padding: u8,
    }

    /// Lifetimes of a prefix, in seconds; `u32::MAX` for no limit.
    #[doc(alias = "prefix_cacheinfo")]
    pub struct PrefixLifetimes: 8 {
        /// Preferred lifetime.
        preferred: U32 as Seconds,
        /// Valid lifetime.
        valid: U32 as Seconds,
    }

    /// Fixed header of options of neighbour discovery.
    #[doc(alias = "nduseroptmsg")]
    pub struct NdOptionHeader: 16 {
        /// Address family: [`AF_INET6`](super::AF_INET6).
        #[doc(alias = "nduseropt_family")]
        family: u8 as crate::AddressFamily,
        /// Zero.
        reserved: u8,
        /// Length of the options in bytes.
        #[doc(alias = "nduseropt_opts_len")]
        options_len: U16,
        /// Link index.
        #[doc(alias = "nduseropt_ifindex")]
        index: LinkIndex,
        /// ICMPv6 type: 134, a router advertisement.
        #[doc(alias = "nduseropt_icmp_type")]
        icmp_type: u8,
        /// ICMPv6 code.
        #[doc(alias = "nduseropt_icmp_code")]
        icmp_code: u8,
        /// Zero.
        padding: [u8; 6],
    }
}

impl FixedHeader for PrefixHeader {
    fn family(&self) -> u8 {
        self.family
    }
}

impl FixedHeader for NdOptionHeader {
    fn family(&self) -> u8 {
        self.family
    }
}

flags! {
    /// Flags of a prefix (`inet6_fill_prefix`): the byte of the option, and two bits of
    /// the kernel's own before Linux 6.7. [`PrefixRow`] has a getter for both.
    #[derive(FromBytes, IntoBytes, Immutable, Unaligned)]
    pub struct PrefixFlags(u8) {
        /// Addresses of the prefix are on the link; older kernels.
        OLD_ONLINK = 0x1 "IF_PREFIX_ONLINK" "old-onlink";
        /// Hosts make addresses from the prefix; older kernels.
        OLD_AUTOCONF = 0x2 "IF_PREFIX_AUTOCONF" "old-autoconf";
        /// Hosts ask for prefixes of their own by DHCPv6 (RFC 9762).
        DELEGATION = 0x10 "ND_OPT_PI_FLAG_PD" "delegation";
        /// The prefix is the address of the router (RFC 6275).
        ROUTER = 0x20 "ND_OPT_PI_FLAG_RADDR" "router";
        /// Hosts make addresses from the prefix.
        AUTOCONF = 0x40 "ND_OPT_PI_FLAG_AUTO" "autoconf";
        /// Addresses of the prefix are on the link.
        ONLINK = 0x80 "ND_OPT_PI_FLAG_ONLINK" "onlink";
    }
}

attributes! {
    /// Prefix that a router advertises (`PREFIX_*`).
    pub set RouterPrefix, enum RouterPrefixAttr {
        /// Prefix.
        1 PREFIX_ADDRESS Address address: Ip,
        /// Lifetimes.
        2 PREFIX_CACHEINFO Lifetimes lifetimes: Struct<PrefixLifetimes>,
    }
}

attributes! {
    /// Attributes behind options of neighbour discovery (`NDUSEROPT_*`).
    pub set NdOptions, enum NdOptionsAttr {
        /// Address of the router.
        1 NDUSEROPT_SRCADDR Source source: Ip,
    }
}

/// Prefix that a router advertises, a notification.
pub type PrefixRow<'a> = Row<'a, PrefixHeader, RouterPrefix>;

/// The getters fail for an attribute of a wrong length; `None` stands for an
/// attribute that the kernel did not send.
impl<'a> Row<'a, PrefixHeader, RouterPrefix> {
    /// Returns the link.
    #[must_use]
    pub const fn link(&self) -> LinkIndex {
        LinkIndex::new(self.header.index.get())
    }

    /// Returns the prefix.
    ///
    /// # Errors
    /// A prefix that is missing or of a wrong length.
    pub fn prefix(&self) -> Result<Prefix, DecodeError> {
        let ip = self.attributes.require(PREFIX_ADDRESS)?.ip()?;
        Ok(Prefix::new(ip, self.header.len).unwrap_or(Prefix::host(ip)))
    }

    /// Returns true if addresses of the prefix are on the link.
    #[must_use]
    #[doc(alias = "IF_PREFIX_ONLINK")]
    pub const fn is_on_link(&self) -> bool {
        let either = PrefixFlags::ONLINK.union(PrefixFlags::OLD_ONLINK);
        self.header.flags.intersects(either)
    }

    /// Returns true if hosts make addresses from the prefix.
    #[must_use]
    #[doc(alias = "IF_PREFIX_AUTOCONF")]
    pub const fn is_autoconf(&self) -> bool {
        let either = PrefixFlags::AUTOCONF.union(PrefixFlags::OLD_AUTOCONF);
        self.header.flags.intersects(either)
    }

    /// Returns the lifetimes.
    ///
    /// # Errors
    /// Lifetimes of a wrong length.
    pub fn lifetimes(&self) -> Result<Option<&'a PrefixLifetimes>, DecodeError> {
        Ok(fields!(self.attributes => RouterPrefix { lifetimes })?.lifetimes)
    }
}

/// Options of neighbour discovery that are for user space, a notification.
///
/// ```
/// use nlwire::route::{Change, NdOption, RTM_NEWNDUSEROPT};
/// # use nlwire::MessageRef;
///
/// fn servers(message: MessageRef<'_>) {
///     let Change::NdOptions(options) = Change::of(message) else { return };
///     for option in options.options() {
///         if let NdOption::DnsServers { servers, .. } = option {
///             println!("link {}: {:?}", options.link(), servers.collect::<Vec<_>>());
///         }
///     }
/// }
/// ```
#[derive(Clone, Copy, Debug)]
pub struct NdOptionsRow<'a> {
    /// Fixed header; bytes that are missing are zero.
    pub header: NdOptionHeader,
    /// Message of the row.
    pub message: MessageRef<'a>,
}

crate::__format!(NdOptionsRow<'_>);

impl<'a> NdOptionsRow<'a> {
    /// Reads a message.
    #[must_use]
    pub fn of(message: MessageRef<'a>) -> Self {
        let (header, _) = message.split_zero_extended::<NdOptionHeader>();
        Self { header, message }
    }

    /// Returns the link.
    #[must_use]
    pub const fn link(&self) -> LinkIndex {
        LinkIndex::new(self.header.index.get())
    }

    /// Walks the options, and ends at one whose length cannot be.
    #[must_use]
    pub fn options(&self) -> NdOptionIter<'a> {
        NdOptionIter::new(self.parts().0)
    }

    /// Returns the attributes behind the options.
    #[must_use]
    pub fn attributes(&self) -> Attrs<'a> {
        self.parts().1
    }

    /// Returns the router's address.
    ///
    /// # Errors
    /// Fails if the address has a wrong length.
    #[doc(alias = "NDUSEROPT_SRCADDR")]
    pub fn source(&self) -> Result<Option<IpAddr>, DecodeError> {
        Ok(fields!(self.attributes() => NdOptions { source })?.source)
    }

    /// The options, which end at a multiple of 8 bytes, and the attributes.
    fn parts(&self) -> (&'a [u8], Attrs<'a>) {
        let behind = self.message.payload().get(16..).unwrap_or_default();
        let length = usize::from(self.header.options_len.get());
        let (options, rest) = behind.split_at_checked(length).unwrap_or((behind, &[]));
        let padding = length.wrapping_neg() % 4;
        (options, Attrs::new(rest.get(padding..).unwrap_or_default()))
    }
}
