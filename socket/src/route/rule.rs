//! Rules of policy routing.

use core::net::IpAddr;

use nlwire::codec::AddressBytes;
use nlwire::route::{
    AF_INET, AF_INET6, RTM_DELRULE, RTM_GETRULE, RTM_NEWRULE, RouteTable, Rule, RuleAction,
    RuleAttr, RuleHeader,
};
use nlwire::{NewFlags, Put, Writer, fields};

use super::{CREATE, family};
use crate::table::{Query, Row, Table, change};
use crate::{Conn, Error, Mapping, Socket, Transport};

/// A rule, which says in which table a packet's route is looked up.
pub type RuleRow<'a> = Row<'a, RuleHeader, Rule>;
/// All rules.
pub type Rules<'c, T = Socket, B = Mapping> = Table<'c, 'static, RuleHeader, Rule, T, B>;

impl RuleRow<'_> {
    /// Returns the place among the rules; smaller ones come first.
    #[must_use]
    #[doc(alias = "FRA_PRIORITY")]
    #[inline]
    pub fn priority(&self) -> u32 {
        let fields = fields!(self.attributes => Rule { priority });
        fields.ok().and_then(|rule| rule.priority).unwrap_or(0)
    }

    /// Returns the source that packets must have, and how many of its bits
    /// count.
    #[must_use]
    #[doc(alias = "FRA_SRC")]
    #[inline]
    pub fn source(&self) -> Option<(IpAddr, u8)> {
        let fields = fields!(self.attributes => Rule { source }).ok()?;
        Some((fields.source?.ip()?, self.header.source_len))
    }

    /// Returns the destination that packets must have, and how many of its
    /// bits count.
    #[must_use]
    #[doc(alias = "FRA_DST")]
    #[inline]
    pub fn destination(&self) -> Option<(IpAddr, u8)> {
        let fields = fields!(self.attributes => Rule { destination }).ok()?;
        Some((fields.destination?.ip()?, self.header.destination_len))
    }

    /// Returns the mark that packets must have, and which of its bits count.
    #[must_use]
    #[doc(alias = "FRA_FWMARK")]
    #[inline]
    pub fn mark(&self) -> Option<(u32, u32)> {
        let fields = fields!(self.attributes => Rule { mark, mask }).ok()?;
        Some((fields.mark?, fields.mask.unwrap_or(u32::MAX)))
    }

    /// Returns the table.
    #[must_use]
    #[doc(alias = "FRA_TABLE")]
    #[inline]
    pub fn table(&self) -> RouteTable {
        let table = fields!(self.attributes => Rule { table }).map(|fields| fields.table);
        let in_header = RouteTable(self.header.table.into());
        table.ok().flatten().unwrap_or(in_header)
    }
}

/// A rule to be added or deleted.
///
/// ```no_run
/// use nlsock::route::{self, RuleSpec};
/// use nlwire::route::RouteTable;
///
/// let mut conn = nlsock::Conn::open(nlsock::Protocol::ROUTE)?;
/// let marked = RuleSpec::ipv4(RouteTable(100)).mark(0x10, 0xff).priority(1000);
/// route::add_rule(&mut conn, marked)?;
/// # Ok::<(), nlsock::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[must_use = "describes a rule"]
pub struct RuleSpec {
    family: u8,
    table: RouteTable,
    source: Option<(IpAddr, u8)>,
    destination: Option<(IpAddr, u8)>,
    mark: Option<(u32, u32)>,
    priority: Option<u32>,
}

impl RuleSpec {
    /// Looks routes of IPv4 up in a table.
    pub const fn ipv4(table: RouteTable) -> Self {
        Self::new(AF_INET, table)
    }

    /// Looks routes of IPv6 up in a table.
    pub const fn ipv6(table: RouteTable) -> Self {
        Self::new(AF_INET6, table)
    }

    const fn new(family: u8, table: RouteTable) -> Self {
        Self {
            family,
            table,
            source: None,
            destination: None,
            mark: None,
            priority: None,
        }
    }

    /// Holds for packets from a network, and for those of its family.
    #[doc(alias = "FRA_SRC")]
    pub fn from(mut self, network: IpAddr, prefix_len: u8) -> Self {
        self.family = family(network);
        self.source = Some((network, prefix_len));
        self
    }

    /// Holds for packets to a network, and for those of its family.
    #[doc(alias = "FRA_DST")]
    pub fn to(mut self, network: IpAddr, prefix_len: u8) -> Self {
        self.family = family(network);
        self.destination = Some((network, prefix_len));
        self
    }

    /// Holds for packets with a mark, of which the bits of the mask count.
    #[doc(alias = "FRA_FWMARK", alias = "FRA_FWMASK")]
    pub const fn mark(mut self, mark: u32, mask: u32) -> Self {
        self.mark = Some((mark, mask));
        self
    }

    /// Has a place among the rules; the kernel chooses one before the others
    /// otherwise.
    #[doc(alias = "FRA_PRIORITY")]
    pub const fn priority(mut self, priority: u32) -> Self {
        self.priority = Some(priority);
        self
    }

    fn header(&self) -> RuleHeader {
        RuleHeader {
            family: self.family,
            source_len: self.source.map_or(0, |(_, length)| length),
            destination_len: self.destination.map_or(0, |(_, length)| length),
            action: RuleAction::TO_TABLE,
            ..RuleHeader::default()
        }
    }

    #[inline]
    fn put<'w, 'b>(&self, mut w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        if let Some((source, _)) = self.source {
            w = w.put(RuleAttr::Source(AddressBytes::Ip(source)))?;
        }
        if let Some((destination, _)) = self.destination {
            w = w.put(RuleAttr::Destination(AddressBytes::Ip(destination)))?;
        }
        if let Some((mark, mask)) = self.mark {
            w = w.put(RuleAttr::Mark(mark))?.put(RuleAttr::Mask(mask))?;
        }
        if let Some(priority) = self.priority {
            w = w.put(RuleAttr::Priority(priority))?;
        }
        w.put(RuleAttr::Table(self.table))
    }
}

/// Lists the rules of all families: `RTM_GETRULE`.
///
/// ```
/// let mut conn = nlsock::Conn::open(nlsock::Protocol::ROUTE)?;
/// let mut rules = nlsock::route::rules(&mut conn)?;
/// while let Some(rule) = rules.next()? {
///     println!("{}: from {:?} lookup {}", rule.priority(), rule.source(), rule.table());
/// }
/// # Ok::<(), nlsock::Error>(())
/// ```
///
/// # Errors
///
/// As [`Conn::dump`].
#[doc(alias = "RTM_GETRULE")]
pub fn rules<T, B>(conn: &mut Conn<T, B>) -> Result<Rules<'_, T, B>, Error>
where
    T: Transport,
    B: AsRef<[u8]> + AsMut<[u8]>,
{
    static ALL: Query<[u8; 12]> = Query::new(RTM_GETRULE, [0; 12]);
    ALL.list(conn)
}

/// Adds a rule that is not there yet: `RTM_NEWRULE`.
///
/// ```no_run
/// use nlsock::route::{self, RuleSpec};
/// use nlwire::route::RouteTable;
///
/// let mut conn = nlsock::Conn::open(nlsock::Protocol::ROUTE)?;
/// let rule = RuleSpec::ipv4(RouteTable(100)).from([198, 51, 100, 0].into(), 24);
/// route::add_rule(&mut conn, rule)?;
/// # Ok::<(), nlsock::Error>(())
/// ```
///
/// # Errors
///
/// As [`Conn::request`]: `EEXIST` if there is one, `EINVAL` for bits of an
/// address behind its prefix.
#[doc(alias = "RTM_NEWRULE")]
pub fn add_rule<T, B>(conn: &mut Conn<T, B>, rule: RuleSpec) -> Result<(), Error>
where
    T: Transport,
    B: AsRef<[u8]> + AsMut<[u8]>,
{
    change(conn, RTM_NEWRULE, CREATE, &rule.header(), |w| rule.put(w))
}

/// Deletes the first rule that matches all that is said of it: `RTM_DELRULE`.
///
/// ```no_run
/// use nlsock::route::{self, RuleSpec};
/// use nlwire::route::RouteTable;
///
/// let mut conn = nlsock::Conn::open(nlsock::Protocol::ROUTE)?;
/// route::delete_rule(&mut conn, RuleSpec::ipv6(RouteTable(100)).priority(1000))?;
/// # Ok::<(), nlsock::Error>(())
/// ```
///
/// # Errors
///
/// As [`Conn::request`]: `ENOENT` if there is none.
#[doc(alias = "RTM_DELRULE")]
pub fn delete_rule<T, B>(conn: &mut Conn<T, B>, rule: RuleSpec) -> Result<(), Error>
where
    T: Transport,
    B: AsRef<[u8]> + AsMut<[u8]>,
{
    let none = NewFlags::empty();
    change(conn, RTM_DELRULE, none, &rule.header(), |w| rule.put(w))
}
