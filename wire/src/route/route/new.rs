//! Creation of routes.

use core::fmt;
use core::net::{IpAddr, Ipv4Addr};

use super::hop::put_hops;
use super::place::{Place, put_source};
use super::{
    Hop, Metrics, MetricsAttr, RTA_METRICS, RTA_PREFSRC, Route, RouteAttr, RouteFlags,
    RouterPreference,
};
use crate::route::{
    Encapsulation, PROTOCOL, RTM_NEWROUTE, RouteKind, RouteProtocol, RouteTable, Scope, put_ip,
};
use crate::schema::Protocol;
use crate::writer::Put;
use crate::{EncodeError, Errno, Items, LinkIndex, NewFlags, Next, Prefix, Request, Writer};

/// Creates a route (`RTM_NEWROUTE`).
///
/// Without [`replace`](Self::replace) and its like there must be no route with
/// the same destination, metric, TOS and table: `EEXIST`. `ENETUNREACH` is a
/// gateway that no attached network has, `ENODEV` an absent link.
///
/// ```
/// use nlwire::route::{Hop, NewRoute};
/// use std::net::IpAddr;
///
/// let (left, right): (IpAddr, IpAddr) = ("192.0.2.2".parse()?, "192.0.2.3".parse()?);
/// let default = NewRoute::to("0.0.0.0/0".parse()?).via(left).metric(100);
/// let network = NewRoute::to("203.0.113.0/24".parse()?).link(7).table(100).mtu(1300).replace();
/// let blackhole = NewRoute::to("203.0.113.128/25".parse()?).blackhole();
/// let hops = [Hop::via(left), Hop::via(right).weight(3)];
/// let several = NewRoute::to("198.51.100.0/24".parse()?).hops(&hops);
/// # let _ = (default, network, blackhole, several);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "RTM_NEWROUTE")]
pub struct NewRoute<'a> {
    to: Place,
    mode: NewFlags,
    if_absent: bool,
    flags: RouteFlags,
    tos: u8,
    kind: RouteKind,
    protocol: RouteProtocol,
    scope: Option<Scope>,
    table: Option<RouteTable>,
    source: Option<Prefix>,
    metric: Option<u32>,
    hop: Hop<'a>,
    hops: &'a [Hop<'a>],
    next_hop: u32,
    preferred_source: Option<IpAddr>,
    expires: u32,
    preference: Option<RouterPreference>,
    mtu: u32,
    advertised_mss: u32,
    locks: u32,
    metrics: Option<&'a dyn Items<Metrics>>,
    more: Option<&'a dyn Items<Route>>,
}

impl<'a> NewRoute<'a> {
    const fn of(to: Place) -> Self {
        Self {
            to,
            mode: NewFlags::CREATE.union(NewFlags::EXCL),
            if_absent: false,
            flags: RouteFlags::empty(),
            tos: 0,
            kind: RouteKind::UNICAST,
            protocol: RouteProtocol::STATIC,
            scope: None,
            table: None,
            source: None,
            metric: None,
            hop: Hop::NONE,
            hops: &[],
            next_hop: 0,
            preferred_source: None,
            expires: 0,
            preference: None,
            mtu: 0,
            advertised_mss: 0,
            locks: 0,
            metrics: None,
            more: None,
        }
    }

    /// Creates a route to a prefix; one of length 0 is the default route.
    pub const fn to(prefix: Prefix) -> Self {
        Self::of(Place::Prefix(prefix))
    }

    /// Creates a route for packets with an MPLS label, 20 bits. Without
    /// [`labels`](Self::labels) the label is removed.
    pub const fn mpls(label: u32) -> Self {
        Self::of(Place::Label(label))
    }

    /// Creates a route for IPv4 packets from a source to a multicast group, which come
    /// in on a link. The [`hops`](Self::hops) are the virtual interfaces 0, 1 and so on
    /// of the table, in this order, with their [thresholds](Hop::threshold). The kernel
    /// reads nothing else of them: not their links.
    ///
    /// A program must hold the table's socket (`MRT_INIT`) and have added the virtual
    /// interfaces; without that the table does not exist, `ENOENT`. The default table
    /// has the number 253. IPv6 takes no such routes by netlink.
    ///
    /// ```
    /// use nlwire::route::{Hop, NewRoute};
    ///
    /// let (source, group) = ("192.0.2.7".parse()?, "239.1.1.1".parse()?);
    /// // Virtual interface 0 is where the packets come in; 1 sends those of TTL 2 and more.
    /// let hops = [Hop::on(7).threshold(0), Hop::on(8).threshold(1)];
    /// let route = NewRoute::multicast(source, group, 7).hops(&hops);
    /// # let _ = route;
    /// # Ok::<(), std::net::AddrParseError>(())
    /// ```
    #[doc(alias = "RTNL_FAMILY_IPMR", alias = "RTA_IIF", alias = "MRT_ADD_MFC")]
    pub fn multicast(source: Ipv4Addr, group: Ipv4Addr, incoming: impl Into<LinkIndex>) -> Self {
        Self::of(Place::Group(source, group, incoming.into())).kind(RouteKind::MULTICAST)
    }

    /// Sets the gateway: IPv4 or IPv6, whatever the route's family is.
    #[doc(alias = "RTA_GATEWAY", alias = "RTA_VIA")]
    pub fn via(mut self, gateway: impl Into<IpAddr>) -> Self {
        self.hop.gateway = Some(gateway.into());
        self
    }

    /// Sets the outgoing link.
    #[doc(alias = "RTA_OIF")]
    pub fn link(mut self, link: impl Into<LinkIndex>) -> Self {
        self.hop.link = link.into();
        self
    }

    /// Treats the gateway as attached to the link (`onlink`), without a check of its address.
    #[doc(alias = "RTNH_F_ONLINK")]
    pub const fn onlink(mut self) -> Self {
        self.flags = self.flags.union(RouteFlags::ONLINK);
        self
    }

    /// Divides the traffic among several next hops.
    #[doc(alias = "RTA_MULTIPATH")]
    pub const fn hops(mut self, hops: &'a [Hop<'a>]) -> Self {
        self.hops = hops;
        self
    }

    /// Uses a next-hop object, in place of gateway and link.
    #[doc(alias = "RTA_NH_ID")]
    pub const fn next_hop(mut self, id: u32) -> Self {
        self.next_hop = id;
        self
    }

    /// Wraps packets.
    #[doc(alias = "RTA_ENCAP")]
    pub const fn encapsulation(mut self, encapsulation: Encapsulation<'a>) -> Self {
        self.hop.encapsulation = Some(encapsulation);
        self
    }

    /// Sets the labels that packets leave with, for MPLS.
    #[doc(alias = "RTA_NEWDST")]
    pub const fn labels(mut self, labels: &'a [u32]) -> Self {
        self.hop.labels = labels;
        self
    }

    /// Sets the metric: of several routes to a destination the lowest is used.
    /// The default is 0 for IPv4 and 1024 for IPv6.
    #[doc(alias = "RTA_PRIORITY")]
    pub const fn metric(mut self, metric: u32) -> Self {
        self.metric = Some(metric);
        self
    }

    /// Sets the table, by its number or as a [`RouteTable`]. The default is the
    /// main table, and the local one for local and broadcast routes.
    #[doc(alias = "RTA_TABLE")]
    pub fn table(mut self, table: impl Into<RouteTable>) -> Self {
        self.table = Some(table.into());
        self
    }

    /// Sets the source address for packets that have none yet.
    #[doc(alias = "RTA_PREFSRC")]
    pub fn preferred_source(mut self, address: impl Into<IpAddr>) -> Self {
        self.preferred_source = Some(address.into());
        self
    }

    /// Uses the route only for packets from this prefix, for IPv6.
    #[doc(alias = "RTA_SRC")]
    pub const fn from(mut self, source: Prefix) -> Self {
        self.source = Some(source);
        self
    }

    /// Uses the route only for packets with this TOS, for IPv4.
    #[doc(alias = "rtm_tos")]
    pub const fn tos(mut self, tos: u8) -> Self {
        self.tos = tos;
        self
    }

    /// Sets the scope of an IPv4 route. The default is global with a gateway,
    /// link without one, and host for local routes, as of `ip route`.
    #[doc(alias = "rtm_scope")]
    pub const fn scope(mut self, scope: Scope) -> Self {
        self.scope = Some(scope);
        self
    }

    /// Sets who installed the route. The default is [`RouteProtocol::STATIC`].
    #[doc(alias = "rtm_protocol")]
    pub const fn protocol(mut self, protocol: RouteProtocol) -> Self {
        self.protocol = protocol;
        self
    }

    /// Sets the type. The default is [`RouteKind::UNICAST`].
    #[doc(alias = "rtm_type")]
    pub const fn kind(mut self, kind: RouteKind) -> Self {
        self.kind = kind;
        self
    }

    /// Drops packets silently.
    #[doc(alias = "RTN_BLACKHOLE")]
    pub const fn blackhole(self) -> Self {
        self.kind(RouteKind::BLACKHOLE)
    }

    /// Refuses packets: the destination is unreachable.
    #[doc(alias = "RTN_UNREACHABLE")]
    pub const fn unreachable(self) -> Self {
        self.kind(RouteKind::UNREACHABLE)
    }

    /// Rejects packets: the destination is prohibited.
    #[doc(alias = "RTN_PROHIBIT")]
    pub const fn prohibit(self) -> Self {
        self.kind(RouteKind::PROHIBIT)
    }

    /// Ends the look-up in this table; the next rule decides.
    #[doc(alias = "RTN_THROW")]
    pub const fn throw(self) -> Self {
        self.kind(RouteKind::THROW)
    }

    /// Sets the MTU in bytes.
    #[doc(alias = "RTAX_MTU")]
    pub const fn mtu(mut self, mtu: u32) -> Self {
        self.mtu = mtu;
        self
    }

    /// Sets the segment size to announce to peers, in bytes.
    #[doc(alias = "RTAX_ADVMSS")]
    pub const fn advertised_mss(mut self, mss: u32) -> Self {
        self.advertised_mss = mss;
        self
    }

    /// Locks a metric, such as `RTAX_MTU`: the kernel does not adapt it.
    #[doc(alias = "RTAX_LOCK")]
    pub const fn lock(mut self, metric: u16) -> Self {
        self.locks |= match metric {
            0..32 => 1 << metric,
            _ => 0,
        };
        self
    }

    /// Sets further metrics of TCP and IP.
    #[doc(alias = "RTA_METRICS")]
    pub const fn metrics(mut self, metrics: &'a dyn Items<Metrics>) -> Self {
        self.metrics = Some(metrics);
        self
    }

    /// Deletes the route after this number of seconds; IPv6 only.
    #[doc(alias = "RTA_EXPIRES")]
    pub const fn expires(mut self, seconds: u32) -> Self {
        self.expires = seconds;
        self
    }

    /// Sets the preference of an IPv6 router.
    #[doc(alias = "RTA_PREF")]
    pub const fn preference(mut self, preference: RouterPreference) -> Self {
        self.preference = Some(preference);
        self
    }

    /// Adds further attributes.
    pub const fn with(mut self, more: &'a dyn Items<Route>) -> Self {
        self.more = Some(more);
        self
    }

    /// Takes the place of a route with the same destination, metric, TOS and
    /// table, if there is one (`ip route replace`).
    #[doc(alias = "NLM_F_REPLACE")]
    pub const fn replace(mut self) -> Self {
        self.mode = NewFlags::CREATE.union(NewFlags::REPLACE);
        self
    }

    /// Changes a route with the same destination, metric, TOS and table
    /// (`ip route change`); `ENOENT` if there is none.
    pub const fn change(mut self) -> Self {
        self.mode = NewFlags::REPLACE;
        self
    }

    /// Adds a route behind those with the same destination and metric (`ip
    /// route append`). IPv6 makes one route of several next hops of them.
    #[doc(alias = "NLM_F_APPEND")]
    pub const fn append(mut self) -> Self {
        self.mode = NewFlags::CREATE.union(NewFlags::APPEND);
        self
    }

    /// Adds a route before those with the same destination and metric (`ip
    /// route prepend`).
    pub const fn prepend(mut self) -> Self {
        self.mode = NewFlags::CREATE;
        self
    }

    /// Leaves a route with the same destination, metric, TOS and table as it is:
    /// `EEXIST` counts as success.
    pub const fn if_absent(mut self) -> Self {
        self.if_absent = true;
        self
    }

    fn in_table(&self) -> RouteTable {
        match (self.table, self.kind) {
            (Some(table), _) => table,
            (None, RouteKind::LOCAL | RouteKind::BROADCAST | RouteKind::ANYCAST) => {
                RouteTable::LOCAL
            }
            (None, _) => self.to.table(),
        }
    }

    /// Returns the scope as `ip route` chooses it: the other protocols have none.
    fn in_scope(&self) -> Scope {
        if let Some(scope) = self.scope {
            return scope;
        }
        let is_v4 = matches!(self.to, Place::Prefix(prefix) if prefix.address().is_ipv4());
        let is_attached = self.hop.gateway.is_none() && self.hops.is_empty() && self.next_hop == 0;
        match self.kind {
            _ if !is_v4 => Scope::UNIVERSE,
            RouteKind::LOCAL => Scope::HOST,
            RouteKind::BROADCAST | RouteKind::MULTICAST | RouteKind::ANYCAST => Scope::LINK,
            RouteKind::UNICAST if is_attached => Scope::LINK,
            _ => Scope::UNIVERSE,
        }
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
        if let Some(metric) = self.metric {
            w = w.put(RouteAttr::Priority(metric))?;
        }
        if let Some(source) = self.preferred_source {
            w = put_ip(w, RTA_PREFSRC, self.to.family(), source)?;
        }
        if self.expires != 0 {
            w = w.put(RouteAttr::Expires(self.expires.into()))?;
        }
        if let Some(preference) = self.preference {
            w = w.put(RouteAttr::Preference(preference))?;
        }
        w = self.to.put_table(self.put_metrics(w)?, self.in_table())?;
        w.put_items(self.more)
    }

    fn put_metrics<'w, 'b>(&self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        let own = [
            MetricsAttr::Lock(self.locks),
            MetricsAttr::Mtu(self.mtu),
            MetricsAttr::AdvertisedMss(self.advertised_mss),
        ];
        let is_set = [self.locks, self.mtu, self.advertised_mss].map(|value| value != 0);
        if self.metrics.is_none() && is_set == [false; 3] {
            return Ok(w);
        }
        w.nest(RTA_METRICS, |mut w| {
            for (metric, _) in own.into_iter().zip(is_set).filter(|(_, is_set)| *is_set) {
                w = w.put(metric)?;
            }
            w.put_items(self.metrics)
        })
    }
}

impl Request for NewRoute<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let mut header = self.to.header(self.in_table());
        header.source_len = self.source.map_or(header.source_len, Prefix::length);
        header.tos = self.tos;
        header.protocol = self.protocol;
        header.scope = self.in_scope();
        header.kind = self.kind;
        header.flags = self.flags.bits().into();
        w.append_message(RTM_NEWROUTE, self.mode, &header, |w| self.put(w))?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.to.object(self.in_table(), f)
    }

    fn forgives(&self) -> &'static [Errno] {
        if self.if_absent {
            &[Errno::EEXIST]
        } else {
            &[]
        }
    }
}

crate::__format!(NewRoute<'_>);
