//! Routes with one next hop.

use core::net::IpAddr;

use nlwire::codec::AddressBytes;
use nlwire::route::{
    RTM_DELROUTE, RTM_GETROUTE, RTM_NEWROUTE, Route, RouteAttr, RouteHeader, RouteKind,
    RouteProtocol, RouteTable, Scope,
};
use nlwire::{NewFlags, Put, Writer, fields};

use super::{CREATE, family};
use crate::table::{Query, Row, Table, change};
use crate::{Conn, Error, Mapping, Socket, Transport};

/// A route.
pub type RouteRow<'a> = Row<'a, RouteHeader, Route>;
/// All routes.
pub type Routes<'c, T = Socket, B = Mapping> = Table<'c, 'static, RouteHeader, Route, T, B>;

impl RouteRow<'_> {
    /// Returns where it leads; `None` for a default route.
    #[must_use]
    #[doc(alias = "RTA_DST")]
    #[inline]
    pub fn destination(&self) -> Option<IpAddr> {
        let fields = fields!(self.attributes => Route { destination }).ok()?;
        fields.destination?.ip()
    }

    /// Returns how many bits of the destination count.
    #[must_use]
    #[doc(alias = "rtm_dst_len")]
    #[inline]
    pub const fn prefix_len(&self) -> u8 {
        self.header.destination_len
    }

    /// Returns the gateway, where there is one and only one.
    #[must_use]
    #[doc(alias = "RTA_GATEWAY")]
    #[inline]
    pub fn gateway(&self) -> Option<IpAddr> {
        let fields = fields!(self.attributes => Route { gateway }).ok()?;
        fields.gateway?.ip()
    }

    /// Returns the index of the outgoing link, where there is only one.
    #[must_use]
    #[doc(alias = "RTA_OIF")]
    #[inline]
    pub fn link(&self) -> Option<u32> {
        fields!(self.attributes => Route { outgoing_index })
            .ok()?
            .outgoing_index
    }

    /// Returns the table that it is in.
    #[must_use]
    #[doc(alias = "RTA_TABLE")]
    #[inline]
    pub fn table(&self) -> RouteTable {
        let table = fields!(self.attributes => Route { table }).map(|fields| fields.table);
        let in_header = RouteTable(self.header.table.into());
        table.ok().flatten().unwrap_or(in_header)
    }
}

/// A route to be added, replaced or deleted.
///
/// ```no_run
/// use nlsock::route::{self, RouteSpec};
///
/// let mut conn = nlsock::Conn::open(nlsock::Protocol::ROUTE)?;
/// let default = RouteSpec::new([0, 0, 0, 0].into(), 0).via([192, 0, 2, 1].into());
/// route::add_route(&mut conn, default.metric(100))?;
/// # Ok::<(), nlsock::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[must_use = "describes a route"]
pub struct RouteSpec {
    destination: IpAddr,
    prefix_len: u8,
    gateway: Option<IpAddr>,
    link: Option<u32>,
    metric: Option<u32>,
    table: RouteTable,
    protocol: RouteProtocol,
}

impl RouteSpec {
    /// Describes a route of the main table; a prefix of 0 bits is the default
    /// route of the destination's family.
    pub const fn new(destination: IpAddr, prefix_len: u8) -> Self {
        Self {
            destination,
            prefix_len,
            gateway: None,
            link: None,
            metric: None,
            table: RouteTable::MAIN,
            protocol: RouteProtocol::STATIC,
        }
    }

    /// Leads through a gateway of the same family.
    #[doc(alias = "RTA_GATEWAY")]
    pub const fn via(mut self, gateway: IpAddr) -> Self {
        self.gateway = Some(gateway);
        self
    }

    /// Leads through a link.
    #[doc(alias = "RTA_OIF")]
    pub const fn dev(mut self, link: u32) -> Self {
        self.link = Some(link);
        self
    }

    /// Has a metric: of several routes to the same place, the lowest counts.
    #[doc(alias = "RTA_PRIORITY")]
    pub const fn metric(mut self, metric: u32) -> Self {
        self.metric = Some(metric);
        self
    }

    /// Is in another table.
    #[doc(alias = "RTA_TABLE")]
    pub const fn table(mut self, table: RouteTable) -> Self {
        self.table = table;
        self
    }

    /// Is installed by another than an administrator
    /// ([`RouteProtocol::STATIC`]). A route is deleted whoever installed it.
    #[doc(alias = "rtm_protocol")]
    pub const fn protocol(mut self, protocol: RouteProtocol) -> Self {
        self.protocol = protocol;
        self
    }

    /// What identifies it, in a request to delete it.
    fn header(&self) -> RouteHeader {
        RouteHeader {
            family: family(self.destination),
            destination_len: self.prefix_len,
            table: self.table.header(),
            scope: Scope::NOWHERE,
            ..RouteHeader::default()
        }
    }

    fn new_header(&self) -> RouteHeader {
        RouteHeader {
            protocol: self.protocol,
            kind: RouteKind::UNICAST,
            // IPv6 has no scopes and takes any.
            scope: match self.gateway {
                Some(_) => Scope::UNIVERSE,
                None => Scope::LINK,
            },
            ..self.header()
        }
    }

    #[inline]
    fn put<'w, 'b>(&self, mut w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        if self.prefix_len > 0 {
            w = w.put(RouteAttr::Destination(AddressBytes::Ip(self.destination)))?;
        }
        if let Some(gateway) = self.gateway {
            w = w.put(RouteAttr::Gateway(AddressBytes::Ip(gateway)))?;
        }
        if let Some(link) = self.link {
            w = w.put(RouteAttr::OutgoingIndex(link))?;
        }
        if let Some(metric) = self.metric {
            w = w.put(RouteAttr::Priority(metric))?;
        }
        w.put(RouteAttr::Table(self.table))
    }
}

/// Lists the routes of all tables and families: `RTM_GETROUTE`.
///
/// ```
/// let mut conn = nlsock::Conn::open(nlsock::Protocol::ROUTE)?;
/// let mut routes = nlsock::route::routes(&mut conn)?;
/// while let Some(route) = routes.next()? {
///     println!("{:?}/{} via {:?}", route.destination(), route.prefix_len(), route.gateway());
/// }
/// # Ok::<(), nlsock::Error>(())
/// ```
///
/// # Errors
///
/// As [`Conn::dump`].
#[doc(alias = "RTM_GETROUTE")]
pub fn routes<T, B>(conn: &mut Conn<T, B>) -> Result<Routes<'_, T, B>, Error>
where
    T: Transport,
    B: AsRef<[u8]> + AsMut<[u8]>,
{
    static ALL: Query<[u8; 12]> = Query::new(RTM_GETROUTE, [0; 12]);
    ALL.list(conn)
}

/// Adds a route that is not there yet: `RTM_NEWROUTE`.
///
/// ```no_run
/// use nlsock::route::{self, RouteSpec};
///
/// let mut conn = nlsock::Conn::open(nlsock::Protocol::ROUTE)?;
/// let index = route::link_index(&mut conn, "eth0")?;
/// route::add_route(&mut conn, RouteSpec::new([198, 51, 100, 0].into(), 24).dev(index))?;
/// # Ok::<(), nlsock::Error>(())
/// ```
///
/// # Errors
///
/// As [`Conn::request`]: `EEXIST` if there is one, `ENETUNREACH` for a gateway
/// that cannot be reached, `ENODEV` for a link that is not there.
#[doc(alias = "RTM_NEWROUTE")]
pub fn add_route<T, B>(conn: &mut Conn<T, B>, route: RouteSpec) -> Result<(), Error>
where
    T: Transport,
    B: AsRef<[u8]> + AsMut<[u8]>,
{
    change(conn, RTM_NEWROUTE, CREATE, &route.new_header(), |w| {
        route.put(w)
    })
}

/// Adds a route, in place of the one to the same destination with the same
/// metric: `RTM_NEWROUTE` with `NLM_F_REPLACE`.
///
/// ```no_run
/// use nlsock::route::{self, RouteSpec};
///
/// let mut conn = nlsock::Conn::open(nlsock::Protocol::ROUTE)?;
/// let default = RouteSpec::new([0, 0, 0, 0].into(), 0).via([192, 0, 2, 254].into());
/// route::replace_route(&mut conn, default)?;
/// # Ok::<(), nlsock::Error>(())
/// ```
///
/// # Errors
///
/// As [`add_route`], but for `EEXIST`.
#[doc(alias = "NLM_F_REPLACE")]
pub fn replace_route<T, B>(conn: &mut Conn<T, B>, route: RouteSpec) -> Result<(), Error>
where
    T: Transport,
    B: AsRef<[u8]> + AsMut<[u8]>,
{
    let flags = NewFlags::CREATE.union(NewFlags::REPLACE);
    change(conn, RTM_NEWROUTE, flags, &route.new_header(), |w| {
        route.put(w)
    })
}

/// Deletes the first route that matches all that is said of it:
/// `RTM_DELROUTE`.
///
/// ```no_run
/// use nlsock::route::{self, RouteSpec};
///
/// let mut conn = nlsock::Conn::open(nlsock::Protocol::ROUTE)?;
/// route::delete_route(&mut conn, RouteSpec::new([198, 51, 100, 0].into(), 24))?;
/// # Ok::<(), nlsock::Error>(())
/// ```
///
/// # Errors
///
/// As [`Conn::request`]: `ESRCH` if there is none.
#[doc(alias = "RTM_DELROUTE")]
pub fn delete_route<T, B>(conn: &mut Conn<T, B>, route: RouteSpec) -> Result<(), Error>
where
    T: Transport,
    B: AsRef<[u8]> + AsMut<[u8]>,
{
    change(
        conn,
        RTM_DELROUTE,
        NewFlags::empty(),
        &route.header(),
        |w| route.put(w),
    )
}
