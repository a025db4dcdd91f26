//! Tables of `NETLINK_ROUTE`.

use nlwire::route::{
    AF_BRIDGE, AF_INET, AF_INET6, AF_MPLS, AF_UNSPEC, AddressHeader, AddressRow, GetAddresses,
    GetLinks, GetNeighbours, GetNextHops, GetRoutes, GetRules, IFA_ADDRESS, IFA_LOCAL, IFLA_IFNAME,
    LinkHeader, LinkRow, NDA_DST, NHA_ID, NeighbourFlags, NeighbourHeader, NextHopHeader, RTA_DST,
    RTA_ENCAP, RTA_FLOW, RTA_GATEWAY, RTA_METRICS, RTA_MULTIPATH, RTA_NH_ID, RTA_OIF, RTA_PREFSRC,
    RTA_SRC, RTA_VIA, RTM_DELADDR, RTM_DELLINK, RTM_DELNEIGH, RTM_DELNEXTHOP, RTM_DELROUTE,
    RTM_DELRULE, RTM_NEWADDR, RTM_NEWLINK, RTM_NEWNEIGH, RTM_NEWNEXTHOP, RTM_NEWROUTE, RTM_NEWRULE,
    RTNLGRP_IPV4_IFADDR, RTNLGRP_IPV4_ROUTE, RTNLGRP_IPV4_RULE, RTNLGRP_IPV6_IFADDR,
    RTNLGRP_IPV6_ROUTE, RTNLGRP_IPV6_RULE, RTNLGRP_LINK, RTNLGRP_MPLS_ROUTE, RTNLGRP_NEIGH,
    RTNLGRP_NEXTHOP, RTNLGRP_NSID, Route, RouteRow, RuleFlags, RuleRow,
};
use nlwire::{DecodeError, LinkIndex, MessageRef, MessageType, Row, Text, fields};

use super::key::Key;
use super::signs::{ADDRESS, LINK, NAMESPACE, NEIGHBOUR, NEXT_HOP, ROUTE, RULE};
use super::{Table, Tables};

impl Table<GetLinks<'static>> {
    /// Describes the table of links.
    pub fn links() -> Self {
        Self {
            silent: NAMESPACE,
            ..Self::new(GetLinks::all(), RTM_NEWLINK, RTM_DELLINK, link)
        }
        .group(RTNLGRP_LINK)
        .group(RTNLGRP_NSID)
    }
}

impl Table<GetAddresses> {
    /// Describes the table of IPv4 and IPv6 addresses.
    ///
    /// The kernel reports an IPv6 address once its duplicate address detection is
    /// over, a second or two after `ip addr` lists it as tentative.
    pub fn addresses() -> Self {
        Self::new(GetAddresses::all(), RTM_NEWADDR, RTM_DELADDR, address)
            .group(RTNLGRP_IPV4_IFADDR)
            .group(RTNLGRP_IPV6_IFADDR)
    }
}

impl Table<GetRoutes> {
    /// Describes the table of IPv4, IPv6 and MPLS routes.
    ///
    /// The kernel deletes IPv4 routes without a message when their link goes
    /// down or is deleted, when their next-hop object is deleted, and when
    /// their preferred source address is deleted. The table follows links, next
    /// hops and addresses, and is read again then.
    pub fn routes() -> Self {
        Self {
            silent: LINK | ADDRESS | NEXT_HOP | ROUTE,
            ..Self::new(GetRoutes::all(), RTM_NEWROUTE, RTM_DELROUTE, route)
        }
        .group(RTNLGRP_IPV4_ROUTE)
        .group(RTNLGRP_IPV6_ROUTE)
        .group(RTNLGRP_MPLS_ROUTE)
        .group(RTNLGRP_LINK)
        .group(RTNLGRP_IPV4_IFADDR)
        .group(RTNLGRP_IPV6_IFADDR)
        .group(RTNLGRP_NEXTHOP)
    }
}

impl Table<GetNextHops> {
    /// Describes the table of next-hop objects. The kernel deletes them with
    /// their link, without a message.
    pub fn next_hops() -> Self {
        Self {
            silent: LINK | NEXT_HOP,
            ..Self::new(GetNextHops::all(), RTM_NEWNEXTHOP, RTM_DELNEXTHOP, next_hop)
        }
        .group(RTNLGRP_NEXTHOP)
        .group(RTNLGRP_LINK)
    }
}

impl Table<GetNeighbours> {
    /// Describes the table of IPv4 and IPv6 neighbours.
    ///
    /// The kernel does not report neighbours before it knows their address, and
    /// none of multicast addresses (`NOARP`): a mirror has those that existed
    /// when it read the table.
    pub fn neighbours() -> Self {
        Self {
            silent: NEIGHBOUR,
            ..Self::new(GetNeighbours::all(), RTM_NEWNEIGH, RTM_DELNEIGH, neighbour)
        }
        .group(RTNLGRP_NEIGH)
    }
}

impl Table<GetRules> {
    /// Describes the table of IPv4 and IPv6 rules. The kernel marks them as
    /// detached when their link is deleted, without a message.
    pub fn rules() -> Self {
        Self {
            silent: LINK | RULE,
            ..Self::new(GetRules::all(), RTM_NEWRULE, RTM_DELRULE, rule)
        }
        .group(RTNLGRP_IPV4_RULE)
        .group(RTNLGRP_IPV6_RULE)
        .group(RTNLGRP_LINK)
    }
}

fn link(message: MessageRef<'_>, key: &mut Key) -> Result<bool, DecodeError> {
    let (header, attributes) = message.split_zero_extended::<LinkHeader>();
    // Bridge ports have the message type of links; events of wireless links
    // have no name.
    if header.family != AF_UNSPEC || attributes.find(IFLA_IFNAME)?.is_none() {
        return Ok(false);
    }
    key.number(header.index.get());
    Ok(true)
}

fn address(message: MessageRef<'_>, key: &mut Key) -> Result<bool, DecodeError> {
    let (header, attributes) = message.split_zero_extended::<AddressHeader>();
    let (local, address) = (attributes.find(IFA_LOCAL)?, attributes.find(IFA_ADDRESS)?);
    key.number(header.family.into()).number(header.index.get());
    match header.family {
        AF_INET => key
            .number(header.prefix_len.into())
            .attribute(local)
            .attribute(address),
        // A local address exists once on a link, with any peer.
        _ => key.attribute(local.or(address)),
    };
    Ok(matches!(header.family, AF_INET | AF_INET6))
}

fn route(message: MessageRef<'_>, key: &mut Key) -> Result<bool, DecodeError> {
    let row = RouteRow::of(message);
    let (header, attributes) = (row.header, row.attributes);
    key.number(header.family.into())
        .number(row.table()?.0)
        .number(u32::from_ne_bytes([
            header.destination_len,
            header.source_len,
            header.tos,
            0,
        ]))
        .attribute(attributes.find(RTA_DST)?)
        .attribute(attributes.find(RTA_SRC)?)
        .number(row.metric()?)
        .details();
    // Flags are left out: they follow the link state.
    key.number(u32::from_ne_bytes([
        header.kind.0,
        header.scope.0,
        header.protocol.0,
        0,
    ]));
    for kind in [
        RTA_OIF,
        RTA_GATEWAY,
        RTA_VIA,
        RTA_PREFSRC,
        RTA_METRICS,
        RTA_FLOW,
        RTA_NH_ID,
        RTA_ENCAP,
    ] {
        key.attribute(attributes.find(kind)?);
    }
    let hops = fields!(attributes => Route { multipath })?.multipath;
    for record in hops.into_iter().flat_map(|hops| hops.iter()) {
        let (hop, attributes) = record?;
        let attributes = attributes.attributes();
        key.number(hop.index.get()).number(hop.hops.into());
        for kind in [RTA_GATEWAY, RTA_VIA, RTA_ENCAP] {
            key.attribute(attributes.find(kind)?);
        }
    }
    // IPv6 routes with gateways become one route with several next hops.
    let has_hops = attributes.find(RTA_GATEWAY)?.is_some()
        || attributes.find(RTA_VIA)?.is_some()
        || attributes.find(RTA_MULTIPATH)?.is_some();
    key.is_merging = header.family == AF_INET6 && has_hops;
    Ok(matches!(header.family, AF_INET | AF_INET6 | AF_MPLS))
}

fn next_hop(message: MessageRef<'_>, key: &mut Key) -> Result<bool, DecodeError> {
    let (_, attributes) = message.split_zero_extended::<NextHopHeader>();
    key.attribute(attributes.find(NHA_ID)?);
    Ok(true)
}

fn neighbour(message: MessageRef<'_>, key: &mut Key) -> Result<bool, DecodeError> {
    let (header, attributes) = message.split_zero_extended::<NeighbourHeader>();
    let is_proxy = header.flags.contains(NeighbourFlags::PROXY);
    key.number(header.family.into())
        .number(header.index.get())
        .number(is_proxy.into())
        .attribute(attributes.find(NDA_DST)?);
    Ok(header.family != AF_BRIDGE)
}

fn rule(message: MessageRef<'_>, key: &mut Key) -> Result<bool, DecodeError> {
    let row = RuleRow::of(message);
    let header = row.header;
    let detached = RuleFlags::IIF_DETACHED | RuleFlags::OIF_DETACHED;
    // A rule is identified by all its attributes: rules of one priority may
    // differ in any of them.
    key.number(header.family.into())
        .number(row.priority()?)
        .number(u32::from_ne_bytes([
            header.destination_len,
            header.source_len,
            header.tos,
            header.action.0,
        ]))
        .number(header.flags().difference(detached).bits());
    for attribute in row.attributes {
        let attribute = attribute?;
        key.number(attribute.kind().into())
            .attribute(Some(attribute));
    }
    Ok(matches!(header.family, AF_INET | AF_INET6))
}

/// Look-ups in the first table of links and the first table of addresses.
impl Tables {
    /// Returns the link with this index.
    #[must_use]
    pub fn link(&self, index: impl Into<LinkIndex>) -> Option<LinkRow<'_>> {
        let mut key = Key::default();
        key.number(index.into().get());
        let entry = self.first(RTM_NEWLINK)?;
        entry.store.get(&key, entry.identify).map(Row::of)
    }

    /// Returns the name of the link with this index.
    #[must_use]
    pub fn link_name(&self, index: impl Into<LinkIndex>) -> Option<Text<'_>> {
        self.link(index)?.name().ok().flatten()
    }

    /// Returns the link with this name or alternative name. The search is
    /// linear.
    #[must_use]
    pub fn link_by_name<'n>(&self, name: impl Into<Text<'n>>) -> Option<LinkRow<'_>> {
        let name = name.into();
        let mut links = self.first(RTM_NEWLINK)?.store.iter().map(LinkRow::of);
        links.find(|link| {
            let own = link.name().ok().flatten();
            own.is_some_and(|own| own.as_bytes() == name.as_bytes())
                || link
                    .alt_names()
                    .is_ok_and(|mut others| others.any(|other| other.as_bytes() == name.as_bytes()))
        })
    }

    /// Returns the index of the link with this name or alternative name.
    #[must_use]
    pub fn link_index<'n>(&self, name: impl Into<Text<'n>>) -> Option<LinkIndex> {
        Some(self.link_by_name(name)?.index())
    }

    /// Iterates over the addresses of a link.
    pub fn addresses_of(&self, link: impl Into<LinkIndex>) -> impl Iterator<Item = AddressRow<'_>> {
        let link = link.into();
        let entry = self.first(RTM_NEWADDR).into_iter();
        let rows = entry.flat_map(|entry| entry.store.iter().map(AddressRow::of));
        rows.filter(move |address| address.link() == link)
    }

    /// Returns the first table with messages of this type.
    fn first(&self, new: MessageType) -> Option<&super::tables::Entry> {
        self.entries.iter().find(|entry| entry.new == new)
    }
}
