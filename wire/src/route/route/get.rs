//! The route that a packet would take, and the routes of tables.

use core::fmt;
use core::net::IpAddr;

use super::place::put_table;
use super::{DeleteRoute, RTA_SRC, Route, RouteAttr, RouteFlags, RouteHeader, RouteRow};
use crate::codec::AddressBytes;
use crate::route::{
    AF_INET, AF_INET6, AF_MPLS, AF_UNSPEC, PROTOCOL, RTM_GETROUTE, RTNL_FAMILY_IP6MR,
    RTNL_FAMILY_IPMR, RouteKind, RouteProtocol, RouteTable, family_of, put_ip,
};
use crate::schema::Protocol;
use crate::writer::Put;
use crate::{
    DecodeError, EncodeError, Errno, Flags, Flush, GetFlags, Items, LinkIndex, MessageRef, Next,
    Prefix, Query, Request, Row, Writer, text,
};

/// Looks up the route of a packet (`ip route get`).
///
/// `ENETUNREACH` if there is none, and `EHOSTUNREACH`, `EACCES` or `EINVAL` for
/// an unreachable route, a prohibited one and a blackhole.
///
/// ```
/// use nlwire::route::GetRoute;
/// use std::net::IpAddr;
///
/// let server: IpAddr = "198.51.100.7".parse()?;
/// let marked = GetRoute::to(server).mark(7).ip_protocol(6).destination_port(443);
/// # let _ = marked;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "RTM_GETROUTE")]
pub struct GetRoute<'a> {
    to: IpAddr,
    source: Option<IpAddr>,
    flags: RouteFlags,
    tos: u8,
    ip_protocol: u8,
    mark: u32,
    incoming: LinkIndex,
    outgoing: LinkIndex,
    ports: [u16; 2],
    uid: Option<u32>,
    more: Option<&'a dyn Items<Route>>,
}

impl<'a> GetRoute<'a> {
    /// Looks up the route to an address.
    pub fn to(address: impl Into<IpAddr>) -> Self {
        let to = address.into();
        // IPv6 names the table always, and refuses the flag.
        let flags = match to {
            IpAddr::V4(_) => RouteFlags::LOOKUP_TABLE,
            IpAddr::V6(_) => RouteFlags::empty(),
        };
        Self {
            to,
            source: None,
            flags,
            tos: 0,
            ip_protocol: 0,
            mark: 0,
            incoming: LinkIndex::NONE,
            outgoing: LinkIndex::NONE,
            ports: [0; 2],
            uid: None,
            more: None,
        }
    }

    /// Sets the packet's source address.
    #[doc(alias = "RTA_SRC")]
    pub fn from(mut self, address: impl Into<IpAddr>) -> Self {
        self.source = Some(address.into());
        self
    }

    /// Sets the packet's mark.
    #[doc(alias = "RTA_MARK")]
    pub const fn mark(mut self, mark: u32) -> Self {
        self.mark = mark;
        self
    }

    /// Sets the link that the packet is received on: it is forwarded. This
    /// takes a source address.
    #[doc(alias = "RTA_IIF")]
    pub fn incoming(mut self, link: impl Into<LinkIndex>) -> Self {
        self.incoming = link.into();
        self
    }

    /// Sets the link that the packet must be sent out of.
    #[doc(alias = "RTA_OIF")]
    pub fn outgoing(mut self, link: impl Into<LinkIndex>) -> Self {
        self.outgoing = link.into();
        self
    }

    /// Sets the packet's TOS, or traffic class.
    #[doc(alias = "rtm_tos")]
    pub const fn tos(mut self, tos: u8) -> Self {
        self.tos = tos;
        self
    }

    /// Sets the user id of the sender.
    #[doc(alias = "RTA_UID")]
    pub const fn uid(mut self, uid: u32) -> Self {
        self.uid = Some(uid);
        self
    }

    /// Sets the IP protocol: 6 for TCP, 17 for UDP, 1 and 58 for ICMP.
    #[doc(alias = "RTA_IP_PROTO")]
    pub const fn ip_protocol(mut self, protocol: u8) -> Self {
        self.ip_protocol = protocol;
        self
    }

    /// Sets the source port.
    #[doc(alias = "RTA_SPORT")]
    pub const fn source_port(mut self, port: u16) -> Self {
        let [_, destination] = self.ports;
        self.ports = [port, destination];
        self
    }

    /// Sets the destination port.
    #[doc(alias = "RTA_DPORT")]
    pub const fn destination_port(mut self, port: u16) -> Self {
        let [source, _] = self.ports;
        self.ports = [source, port];
        self
    }

    /// Returns the route of the table, in place of what follows from it for the
    /// packet (`ip route get fibmatch`).
    #[doc(alias = "RTM_F_FIB_MATCH")]
    pub const fn fib_match(mut self) -> Self {
        self.flags = self.flags.union(RouteFlags::FIB_MATCH);
        self
    }

    /// Adds further attributes.
    pub const fn with(mut self, more: &'a dyn Items<Route>) -> Self {
        self.more = Some(more);
        self
    }

    fn put<'w, 'b>(&self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        let mut w = w.put(RouteAttr::Destination(AddressBytes::Ip(self.to)))?;
        if let Some(source) = self.source {
            w = put_ip(w, RTA_SRC, family_of(self.to), source)?;
        }
        if self.mark != 0 {
            w = w.put(RouteAttr::Mark(self.mark))?;
        }
        if !self.incoming.is_none() {
            w = w.put(RouteAttr::IncomingIndex(self.incoming))?;
        }
        if !self.outgoing.is_none() {
            w = w.put(RouteAttr::OutgoingIndex(self.outgoing))?;
        }
        if let Some(uid) = self.uid {
            w = w.put(RouteAttr::Uid(uid))?;
        }
        if self.ip_protocol != 0 {
            w = w.put(RouteAttr::IpProtocol(self.ip_protocol))?;
        }
        let [source, destination] = self.ports;
        if source != 0 {
            w = w.put(RouteAttr::SourcePort(source))?;
        }
        if destination != 0 {
            w = w.put(RouteAttr::DestinationPort(destination))?;
        }
        w.put_items(self.more)
    }
}

impl Request for GetRoute<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let host = Prefix::host(self.to);
        let header = RouteHeader {
            family: family_of(self.to),
            destination_len: host.length(),
            source_len: self
                .source
                .map_or(0, |source| Prefix::host(source).length()),
            tos: self.tos,
            flags: self.flags.bits().into(),
            ..RouteHeader::default()
        };
        w.append_message(RTM_GETROUTE, Flags::empty(), &header, |w| self.put(w))?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "route to {}", text::Ip(self.to))
    }
}

impl Query for GetRoute<'_> {
    type Row<'a> = RouteRow<'a>;

    #[inline]
    fn row(message: MessageRef<'_>) -> RouteRow<'_> {
        Row::of(message)
    }
}

/// Lists routes (`RTM_GETROUTE` as a dump).
///
/// ```
/// use nlwire::route::{GetRoutes, RouteProtocol};
///
/// let table = GetRoutes::v4().table(100);
/// let bird = GetRoutes::all().protocol(RouteProtocol::BIRD).link(7);
/// let private = GetRoutes::all().within("10.0.0.0/8".parse()?);
/// # let _ = (table, bird, private);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "RTM_GETROUTE")]
pub struct GetRoutes {
    family: u8,
    is_filtered: bool,
    is_cached: bool,
    table: Option<RouteTable>,
    link: LinkIndex,
    protocol: Option<RouteProtocol>,
    kind: Option<RouteKind>,
    gateway: Option<IpAddr>,
    to: Option<Prefix>,
    within: Option<Prefix>,
}

impl GetRoutes {
    const fn of(family: u8) -> Self {
        Self {
            family,
            is_filtered: false,
            is_cached: false,
            table: None,
            link: LinkIndex::NONE,
            protocol: None,
            kind: None,
            gateway: None,
            to: None,
            within: None,
        }
    }

    /// Lists the routes of all families and tables.
    pub const fn all() -> Self {
        Self::of(AF_UNSPEC)
    }

    /// Lists the IPv4 routes of all tables.
    pub const fn v4() -> Self {
        Self::of(AF_INET)
    }

    /// Lists the IPv6 routes of all tables.
    pub const fn v6() -> Self {
        Self::of(AF_INET6)
    }

    /// Lists the MPLS routes.
    pub const fn mpls() -> Self {
        Self::of(AF_MPLS)
    }

    /// Lists the IPv4 multicast routes of all tables (`ip mroute`).
    #[doc(alias = "RTNL_FAMILY_IPMR")]
    pub const fn v4_multicast() -> Self {
        Self::of(RTNL_FAMILY_IPMR).filtered()
    }

    /// Lists the IPv6 multicast routes of all tables (`ip -6 mroute`).
    #[doc(alias = "RTNL_FAMILY_IP6MR")]
    pub const fn v6_multicast() -> Self {
        Self::of(RTNL_FAMILY_IP6MR).filtered()
    }

    /// Lists the routes of one table, by its number or as a [`RouteTable`].
    #[doc(alias = "RTA_TABLE")]
    pub fn table(mut self, table: impl Into<RouteTable>) -> Self {
        self.table = Some(table.into());
        self.filtered()
    }

    /// Lists the routes out of one link: by their only next hop or one of
    /// several.
    #[doc(alias = "RTA_OIF")]
    pub fn link(mut self, link: impl Into<LinkIndex>) -> Self {
        self.link = link.into();
        self.filtered()
    }

    /// Lists the routes that one protocol has installed.
    #[doc(alias = "rtm_protocol")]
    pub const fn protocol(mut self, protocol: RouteProtocol) -> Self {
        self.protocol = Some(protocol);
        self.filtered()
    }

    /// Lists the routes of one type.
    #[doc(alias = "rtm_type")]
    pub const fn kind(mut self, kind: RouteKind) -> Self {
        self.kind = Some(kind);
        self.filtered()
    }

    /// Lists the routes through one gateway: by their only next hop or one of
    /// several.
    #[doc(alias = "RTA_GATEWAY", alias = "RTA_VIA")]
    pub fn via(mut self, gateway: impl Into<IpAddr>) -> Self {
        self.gateway = Some(gateway.into());
        self.filtered()
    }

    /// Lists the routes to exactly this prefix.
    #[doc(alias = "RTA_DST")]
    pub const fn to(mut self, prefix: Prefix) -> Self {
        self.to = Some(prefix.network());
        self.filtered()
    }

    /// Lists the routes to this prefix and to longer ones inside of it.
    #[doc(alias = "RTA_DST")]
    pub const fn within(mut self, prefix: Prefix) -> Self {
        self.within = Some(prefix);
        self.filtered()
    }

    /// Lists the entries of the cache too, such as MTUs that were learned.
    /// Sockets with strict checking list the entries alone.
    #[doc(alias = "RTM_F_CLONED")]
    pub const fn cached(mut self) -> Self {
        self.is_cached = true;
        self
    }

    const fn filtered(mut self) -> Self {
        self.is_filtered = true;
        self
    }

    #[inline(never)]
    fn compare(&self, row: &RouteRow<'_>) -> Result<bool, DecodeError> {
        let header = &row.header;
        if self
            .protocol
            .is_some_and(|protocol| header.protocol != protocol)
            || self.kind.is_some_and(|kind| header.kind != kind)
            || self.family != AF_UNSPEC && self.family != header.family
        {
            return Ok(false);
        }
        if let Some(table) = self.table {
            if row.table()? != table {
                return Ok(false);
            }
        }
        if self.to.is_some() || self.within.is_some() {
            let Some(to) = row.destination()? else {
                return Ok(false);
            };
            let is_within =
                |prefix: Prefix| prefix.length() <= to.length() && prefix.contains(to.address());
            if self.to.is_some_and(|prefix| prefix != to) || !self.within.is_none_or(is_within) {
                return Ok(false);
            }
        }
        if self.link.is_none() && self.gateway.is_none() {
            return Ok(true);
        }
        for hop in row.hops()? {
            let hop = hop?;
            if (self.link.is_none() || hop.link == self.link)
                && (self.gateway.is_none() || hop.gateway == self.gateway)
            {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

impl Request for GetRoutes {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        // Strict checking accepts these and no others.
        let flags = match self.is_cached {
            true => RouteFlags::CLONED,
            false => RouteFlags::empty(),
        };
        let table = self.table.unwrap_or(RouteTable::UNSPEC);
        let header = RouteHeader {
            family: self.family,
            table: table.header(),
            protocol: self.protocol.unwrap_or(RouteProtocol::UNSPEC),
            kind: self.kind.unwrap_or(RouteKind::UNSPEC),
            flags: flags.bits().into(),
            ..RouteHeader::default()
        };
        w.append_message(RTM_GETROUTE, GetFlags::DUMP, &header, |w| {
            let w = put_table(w, table)?;
            match self.link {
                LinkIndex::NONE => Ok(w),
                link => w.put(RouteAttr::OutgoingIndex(link)),
            }
        })?;
        Ok(Next::End)
    }

    /// Strict checking refuses an absent table and an absent link, which have
    /// no routes.
    fn forgives(&self) -> &'static [Errno] {
        match (self.table.is_some(), !self.link.is_none()) {
            (true, true) => &[Errno::ENOENT, Errno::ENODEV],
            (true, false) => &[Errno::ENOENT],
            (false, true) => &[Errno::ENODEV],
            (false, false) => &[],
        }
    }
}

impl Query for GetRoutes {
    type Row<'a> = RouteRow<'a>;

    #[inline]
    fn row(message: MessageRef<'_>) -> RouteRow<'_> {
        Row::of(message)
    }

    #[inline]
    fn matches(&self, message: MessageRef<'_>) -> Result<bool, DecodeError> {
        let row = Self::row(message);
        // Without strict checking the kernel lists the cache, too.
        if row.flags().contains(RouteFlags::CLONED) && !self.is_cached {
            return Ok(false);
        }
        Ok(!self.is_filtered || self.compare(&row)?)
    }
}

impl Flush for GetRoutes {
    type Deletion<'a> = DeleteRoute<'a>;

    fn deletion<'a>(row: &Self::Row<'a>) -> Result<Option<Self::Deletion<'a>>, DecodeError> {
        // A cached entry is not a route of the table, and disappears with its
        // route.
        let is_route = !row.flags().contains(RouteFlags::CLONED);
        Ok(is_route.then(|| DeleteRoute::of_row(row).if_there()))
    }
}

crate::__format!(GetRoute<'_>, GetRoutes);
