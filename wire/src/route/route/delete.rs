//! Deletion of routes.

use core::fmt;
use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::hop::put_hops;
use super::place::{Place, put_source};
use super::{
    Hop, NextHop, RTA_DST, RTA_FLOW, RTA_GATEWAY, RTA_METRICS, RTA_MULTIPATH, RTA_NH_ID, RTA_OIF,
    RTA_PREFSRC, RTA_PRIORITY, RTA_SRC, RTA_TABLE, RTA_VIA, Route, RouteAttr, RouteFlags,
    RouteHeader, RouteRow,
};
use crate::codec::AddressBytes;
use crate::route::{
    AF_INET, AF_INET6, AF_MPLS, PROTOCOL, RTA_ENCAP, RTA_ENCAP_TYPE, RTM_DELROUTE,
    RTNL_FAMILY_IPMR, RouteKind, RouteProtocol, RouteTable, Scope, put_ip,
};
use crate::schema::Protocol;
use crate::writer::Put;
use crate::{EncodeError, Errno, Flags, Items, LinkIndex, Next, Prefix, Request, Writer, fields};

/// Deletes a route (`RTM_DELROUTE`), or fails with `ESRCH`.
///
/// [`of_row`](Self::of_row) names a route that was read. [`to`](Self::to) deletes the
/// first route of the main table that has all that is said of it: without a
/// metric the first of any metric, without a gateway one of any gateway.
///
/// ```
/// use nlwire::route::DeleteRoute;
/// use std::net::IpAddr;
///
/// let gateway: IpAddr = "192.0.2.2".parse()?;
/// let default = DeleteRoute::to("0.0.0.0/0".parse()?).via(gateway).metric(100).if_there();
/// # let _ = default;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "RTM_DELROUTE")]
pub struct DeleteRoute<'a> {
    what: What<'a>,
    if_there: bool,
}

#[derive(Clone, Copy, Debug)]
enum What<'a> {
    Described(Description<'a>),
    Row(RouteRow<'a>),
}

/// Properties of the route. Zero and `None` match any value; the TOS must be equal.
#[derive(Clone, Copy, Debug)]
struct Description<'a> {
    to: Place,
    tos: u8,
    table: RouteTable,
    kind: RouteKind,
    protocol: RouteProtocol,
    scope: Scope,
    source: Option<Prefix>,
    metric: u32,
    hop: Hop<'a>,
    hops: &'a [Hop<'a>],
    next_hop: u32,
    preferred_source: Option<IpAddr>,
    more: Option<&'a dyn Items<Route>>,
}

impl<'a> DeleteRoute<'a> {
    /// Deletes a route that was read, by all properties that distinguish it.
    ///
    /// The kernel takes some IPv4 routes for others that are the same otherwise:
    ///
    /// - once a route without a metric is gone, one that has a metric;
    /// - for a route of several next hops, one that has only the first of them.
    pub const fn of_row(row: &RouteRow<'a>) -> Self {
        Self {
            what: What::Row(*row),
            if_there: false,
        }
    }

    const fn described(to: Place, scope: Scope, kind: RouteKind) -> Self {
        Self {
            what: What::Described(Description {
                to,
                tos: 0,
                table: to.table(),
                kind,
                protocol: RouteProtocol::UNSPEC,
                scope,
                source: None,
                metric: 0,
                hop: Hop::NONE,
                hops: &[],
                next_hop: 0,
                preferred_source: None,
                more: None,
            }),
            if_there: false,
        }
    }

    /// Deletes a route to a prefix; one of length 0 is the default route.
    pub const fn to(prefix: Prefix) -> Self {
        Self::described(Place::Prefix(prefix), Scope::NOWHERE, RouteKind::UNSPEC)
    }

    /// Deletes the route of an MPLS label. The kernel reports success for a label
    /// without a route, too.
    pub const fn mpls(label: u32) -> Self {
        Self::described(Place::Label(label), Scope::UNIVERSE, RouteKind::UNICAST)
    }

    /// Deletes the route for IPv4 packets from a source to a multicast group, or fails
    /// with `ENOENT`.
    pub fn multicast(source: Ipv4Addr, group: Ipv4Addr) -> Self {
        let place = Place::Group(source, group, LinkIndex::NONE);
        Self::described(place, Scope::UNIVERSE, RouteKind::MULTICAST)
            .protocol(RouteProtocol::STATIC)
    }

    fn describe(mut self, set: impl FnOnce(&mut Description<'a>)) -> Self {
        if let What::Described(description) = &mut self.what {
            set(description);
        }
        self
    }

    /// Sets the gateway to match, IPv4 or IPv6.
    #[doc(alias = "RTA_GATEWAY", alias = "RTA_VIA")]
    pub fn via(self, gateway: impl Into<IpAddr>) -> Self {
        self.describe(|route| route.hop.gateway = Some(gateway.into()))
    }

    /// Sets the outgoing link to match.
    #[doc(alias = "RTA_OIF")]
    pub fn link(self, link: impl Into<LinkIndex>) -> Self {
        self.describe(|route| route.hop.link = link.into())
    }

    /// Sets the next hops to match, for a multipath route.
    #[doc(alias = "RTA_MULTIPATH")]
    pub fn hops(self, hops: &'a [Hop<'a>]) -> Self {
        self.describe(|route| route.hops = hops)
    }

    /// Sets the next hop object to match.
    #[doc(alias = "RTA_NH_ID")]
    pub fn next_hop(self, id: u32) -> Self {
        self.describe(|route| route.next_hop = id)
    }

    /// Sets the metric to match; 0 matches any.
    #[doc(alias = "RTA_PRIORITY")]
    pub fn metric(self, metric: u32) -> Self {
        self.describe(|route| route.metric = metric)
    }

    /// Sets the table, a number or a [`RouteTable`]. The default is
    /// the main table.
    #[doc(alias = "RTA_TABLE")]
    pub fn table(self, table: impl Into<RouteTable>) -> Self {
        self.describe(|route| route.table = table.into())
    }

    /// Sets the source prefix to match, for IPv6.
    #[doc(alias = "RTA_SRC")]
    pub fn from(self, source: Prefix) -> Self {
        self.describe(|route| route.source = Some(source))
    }

    /// Sets the preferred source address to match, for IPv4.
    #[doc(alias = "RTA_PREFSRC")]
    pub fn preferred_source(self, address: impl Into<IpAddr>) -> Self {
        self.describe(|route| route.preferred_source = Some(address.into()))
    }

    /// Sets the TOS to match, for IPv4. The default is 0, which most routes have.
    #[doc(alias = "rtm_tos")]
    pub fn tos(self, tos: u8) -> Self {
        self.describe(|route| route.tos = tos)
    }

    /// Sets the scope to match, for IPv4.
    #[doc(alias = "rtm_scope")]
    pub fn scope(self, scope: Scope) -> Self {
        self.describe(|route| route.scope = scope)
    }

    /// Sets the type to match, for IPv4.
    #[doc(alias = "rtm_type")]
    pub fn kind(self, kind: RouteKind) -> Self {
        self.describe(|route| route.kind = kind)
    }

    /// Sets the protocol to match: the program that installed the route.
    #[doc(alias = "rtm_protocol")]
    pub fn protocol(self, protocol: RouteProtocol) -> Self {
        self.describe(|route| route.protocol = protocol)
    }

    /// Sets further attributes to match.
    pub fn with(self, more: &'a dyn Items<Route>) -> Self {
        self.describe(|route| route.more = Some(more))
    }

    /// Counts `ESRCH` as success, and `ENOENT` of a multicast route: there is no such
    /// route.
    pub const fn if_there(mut self) -> Self {
        self.if_there = true;
        self
    }
}

impl Description<'_> {
    fn header(&self) -> RouteHeader {
        let mut header = self.to.header(self.table);
        header.source_len = self.source.map_or(header.source_len, Prefix::length);
        header.tos = self.tos;
        header.protocol = self.protocol;
        header.scope = self.scope;
        header.kind = self.kind;
        header
    }

    fn put<'w, 'b>(&self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        let mut w = put_source(self.to.put(w)?, self.to.family(), self.source)?;
        w = self.hop.put(self.to.family(), w)?;
        if !self.hop.link.is_none() {
            w = w.put(RouteAttr::OutgoingIndex(self.hop.link))?;
        }
        if !self.hops.is_empty() {
            w = put_hops(w, self.to.family(), self.hops)?;
        }
        if self.next_hop != 0 {
            w = w.put(RouteAttr::NextHopId(self.next_hop))?;
        }
        if self.metric != 0 {
            w = w.put(RouteAttr::Priority(self.metric))?;
        }
        if let Some(source) = self.preferred_source {
            w = put_ip(w, RTA_PREFSRC, self.to.family(), source)?;
        }
        self.to.put_table(w, self.table)?.put_items(self.more)
    }
}

/// Attributes by which the kernel compares routes: `fib_table_delete` and
/// `ip6_route_del`.
const IDENTITY: [u16; 7] = [
    RTA_DST,
    RTA_SRC,
    RTA_PRIORITY,
    RTA_PREFSRC,
    RTA_METRICS,
    RTA_TABLE,
    RTA_NH_ID,
];
/// Attributes of a gateway.
const GATEWAY: [u16; 3] = [RTA_GATEWAY, RTA_VIA, RTA_FLOW];
/// All attributes of next hops, which the kernel refuses beside `RTA_NH_ID`.
const HOPS: [u16; 7] = [
    RTA_GATEWAY,
    RTA_VIA,
    RTA_FLOW,
    RTA_OIF,
    RTA_MULTIPATH,
    RTA_ENCAP_TYPE,
    RTA_ENCAP,
];

fn row_header(row: &RouteRow<'_>) -> RouteHeader {
    let flags = match row.header.family {
        // It names an entry of the cache, of which the route is another.
        AF_INET6 => row.flags() & RouteFlags::CLONED,
        _ => RouteFlags::empty(),
    };
    RouteHeader {
        flags: flags.bits().into(),
        ..row.header
    }
}

/// Puts those attributes of a row that are of these types.
fn put_some<'w, 'b>(row: &RouteRow<'_>, kinds: &[u16], mut w: &'w mut Writer<'b>) -> Put<'w, 'b> {
    for attribute in row.attributes.flatten() {
        if kinds.contains(&attribute.kind()) {
            w = w.raw(attribute)?;
        }
    }
    Ok(w)
}

fn put_row<'w, 'b>(row: &RouteRow<'_>, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
    let has = |kinds: &[u16]| {
        let mut attributes = row.attributes.flatten();
        attributes.any(|attribute| kinds.contains(&attribute.kind()))
    };
    match row.header.family {
        AF_MPLS => return put_some(row, &[RTA_DST], w),
        RTNL_FAMILY_IPMR => return put_some(row, &[RTA_SRC, RTA_DST, RTA_TABLE], w),
        _ => {}
    }
    let w = put_some(row, &IDENTITY, w)?;
    if has(&[RTA_NH_ID]) {
        return Ok(w);
    }
    if row.header.family == AF_INET && has(&[RTA_OIF]) && !has(&[RTA_MULTIPATH, RTA_ENCAP]) {
        // A record of its own keeps the kernel from routes of several next hops
        // that begin with this one. In a record it compares no encapsulation.
        let link = fields!(row.attributes => Route { outgoing_index }).ok();
        let record = NextHop {
            index: link
                .and_then(|link| link.outgoing_index)
                .unwrap_or_default(),
            ..NextHop::default()
        };
        return w.nest(RTA_MULTIPATH, |w| {
            w.record(record, |w| put_some(row, &GATEWAY, w))
        });
    }
    let w = put_some(row, &HOPS, w)?;
    if row.header.family == AF_INET6 && !has(&[RTA_GATEWAY, RTA_MULTIPATH]) {
        // Without a gateway the kernel would take a route with any.
        let none = AddressBytes::Ip(Ipv6Addr::UNSPECIFIED.into());
        return w.put(RouteAttr::Gateway(none));
    }
    Ok(w)
}

impl Request for DeleteRoute<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let none = Flags::empty();
        match &self.what {
            What::Described(route) => {
                w.append_message(RTM_DELROUTE, none, &route.header(), |w| route.put(w))?
            }
            What::Row(row) => {
                w.append_message(RTM_DELROUTE, none, &row_header(row), |w| put_row(row, w))?
            }
        };
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.what {
            What::Described(route) => route.to.object(route.table, f),
            What::Row(row) => match (row.destination(), row.table()) {
                (Ok(Some(prefix)), Ok(table)) => Place::Prefix(prefix).object(table, f),
                _ => f.write_str("route"),
            },
        }
    }

    fn forgives(&self) -> &'static [Errno] {
        let family = match &self.what {
            What::Described(route) => route.to.family(),
            What::Row(row) => row.header.family,
        };
        match (self.if_there, family) {
            (false, _) => &[],
            (true, RTNL_FAMILY_IPMR) => &[Errno::ENOENT],
            (true, _) => &[Errno::ESRCH],
        }
    }
}

crate::__format!(DeleteRoute<'_>);
