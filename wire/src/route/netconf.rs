//! Settings of links by address family: `struct netconfmsg` and `NETCONFA_*`
//! (`linux/netconf.h`).

use super::{AF_INET, AF_INET6, AF_MPLS, FamilyHeader, PROTOCOL, RTM_GETNETCONF};
use crate::schema::Protocol;
use crate::{
    DecodeError, EncodeError, Flags, GetFlags, LinkIndex, MessageRef, Next, Query, Request, Row,
    Writer, attributes, fields,
};
use core::fmt;

attributes! {
    /// Settings of a link for an address family (`NETCONFA_*`).
    pub set Netconf, enum NetconfAttr {
        /// Link index, or [`NETCONFA_IFINDEX_ALL`], [`NETCONFA_IFINDEX_DEFAULT`].
        1 NETCONFA_IFINDEX Index index: i32,
        /// 1 if packets are forwarded.
        2 NETCONFA_FORWARDING Forwarding forwarding: i32,
        /// Reverse path filter: 0 off, 1 strict, 2 loose.
        3 NETCONFA_RP_FILTER ReversePathFilter reverse_path_filter: i32,
        /// 1 if multicast packets are forwarded.
        4 NETCONFA_MC_FORWARDING MulticastForwarding multicast_forwarding: i32,
        /// 1 if the host answers for neighbours.
        5 NETCONFA_PROXY_NEIGH ProxyNeighbour proxy_neighbour: i32,
        /// 1 if routes of links without a carrier are ignored.
        6 NETCONFA_IGNORE_ROUTES_WITH_LINKDOWN IgnoreLinkdown ignore_linkdown: i32,
        /// 1 if MPLS packets are accepted.
        7 NETCONFA_INPUT Input input: i32,
        /// 1 if directed broadcast is forwarded.
        8 NETCONFA_BC_FORWARDING BroadcastForwarding broadcast_forwarding: i32,
    }
}

/// Settings of all links, in [`NETCONFA_IFINDEX`].
pub const NETCONFA_IFINDEX_ALL: i32 = -1;
/// Settings that new links get, in [`NETCONFA_IFINDEX`].
pub const NETCONFA_IFINDEX_DEFAULT: i32 = -2;

/// Settings of a link, an answer to [`GetNetconfs`]; `header.family` says for
/// which address family.
pub type NetconfRow<'a> = Row<'a, FamilyHeader, Netconf>;

/// Reads the settings of one link (`ip netconf show dev`).
///
/// ```
/// use nlwire::route::GetNetconf;
///
/// let forwarding = GetNetconf::v4(7);
/// let new_links = GetNetconf::v6_default();
/// # let _ = (forwarding, new_links);
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "RTM_GETNETCONF")]
pub struct GetNetconf {
    family: u8,
    index: i32,
}

impl GetNetconf {
    const fn new(family: u8, index: i32) -> Self {
        Self { family, index }
    }

    fn of_link(family: u8, link: LinkIndex) -> Self {
        Self::new(family, link.get().cast_signed())
    }

    /// Reads the IPv4 settings of a link.
    pub fn v4(link: impl Into<LinkIndex>) -> Self {
        Self::of_link(AF_INET, link.into())
    }

    /// Reads the IPv6 settings of a link.
    pub fn v6(link: impl Into<LinkIndex>) -> Self {
        Self::of_link(AF_INET6, link.into())
    }

    /// Reads the MPLS settings of a link.
    pub fn mpls(link: impl Into<LinkIndex>) -> Self {
        Self::of_link(AF_MPLS, link.into())
    }

    /// Reads the IPv4 settings of all links.
    pub const fn v4_all() -> Self {
        Self::new(AF_INET, NETCONFA_IFINDEX_ALL)
    }

    /// Reads the IPv4 settings that new links get.
    pub const fn v4_default() -> Self {
        Self::new(AF_INET, NETCONFA_IFINDEX_DEFAULT)
    }

    /// Reads the IPv6 settings of all links.
    pub const fn v6_all() -> Self {
        Self::new(AF_INET6, NETCONFA_IFINDEX_ALL)
    }

    /// Reads the IPv6 settings that new links get.
    pub const fn v6_default() -> Self {
        Self::new(AF_INET6, NETCONFA_IFINDEX_DEFAULT)
    }
}

impl Request for GetNetconf {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let header = FamilyHeader::new(self.family);
        w.append_message(RTM_GETNETCONF, Flags::empty(), &header, |w| {
            w.i32(NETCONFA_IFINDEX, self.index)
        })?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.index {
            NETCONFA_IFINDEX_ALL => f.write_str("settings of all links"),
            NETCONFA_IFINDEX_DEFAULT => f.write_str("settings of new links"),
            index => write!(f, "settings of link {index}"),
        }
    }
}

impl Query for GetNetconf {
    type Row<'a> = NetconfRow<'a>;

    #[inline]
    fn row(message: MessageRef<'_>) -> NetconfRow<'_> {
        Row::of(message)
    }

    fn matches(&self, message: MessageRef<'_>) -> Result<bool, DecodeError> {
        let row = NetconfRow::of(message);
        let index = fields!(row.attributes => Netconf { index })?.index;
        Ok(row.header.family == self.family && index == Some(self.index))
    }
}

/// Lists the settings of links (`ip netconf show`).
///
/// ```
/// use nlwire::route::GetNetconfs;
///
/// // `ip -6 netconf`
/// let all = GetNetconfs::v6();
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "RTM_GETNETCONF")]
pub struct GetNetconfs {
    family: u8,
}

impl GetNetconfs {
    /// Lists IPv4 settings.
    pub const fn v4() -> Self {
        Self { family: AF_INET }
    }

    /// Lists IPv6 settings.
    pub const fn v6() -> Self {
        Self { family: AF_INET6 }
    }

    /// Lists MPLS settings.
    pub const fn mpls() -> Self {
        Self { family: AF_MPLS }
    }
}

impl Request for GetNetconfs {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let header = FamilyHeader::new(self.family);
        w.append_message(RTM_GETNETCONF, GetFlags::DUMP, &header, |w| Ok(w))?;
        Ok(Next::End)
    }
}

impl Query for GetNetconfs {
    type Row<'a> = NetconfRow<'a>;

    #[inline]
    fn row(message: MessageRef<'_>) -> NetconfRow<'_> {
        Row::of(message)
    }

    // For a family without settings the kernel lists those of all families.
    #[inline]
    fn matches(&self, message: MessageRef<'_>) -> Result<bool, DecodeError> {
        Ok(NetconfRow::of(message).header.family == self.family)
    }
}

crate::__format!(GetNetconf, GetNetconfs);
