//! Destination of a route, for requests.

use core::fmt;
use core::net::Ipv4Addr;

use super::{RouteAttr, RouteHeader};
use crate::codec::AddressBytes;
use crate::route::encapsulation::put_labels;
use crate::route::{AF_MPLS, RTA_DST, RTA_SRC, RTNL_FAMILY_IPMR, RouteTable, family_of, put_ip};
use crate::writer::Put;
use crate::{LinkIndex, Prefix, Writer, text};

/// Packets that a route is for: their destination, by which tables are sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Place {
    Prefix(Prefix),
    Label(u32),
    /// Packets of IPv4 multicast, from this source to this group.
    Group(Ipv4Addr, Ipv4Addr, LinkIndex),
}

impl Place {
    pub(super) const fn family(self) -> u8 {
        match self {
            Self::Prefix(prefix) => family_of(prefix.address()),
            Self::Label(_) => AF_MPLS,
            Self::Group(..) => RTNL_FAMILY_IPMR,
        }
    }

    /// Returns the table of a request that names none.
    pub(super) const fn table(self) -> RouteTable {
        match self {
            Self::Prefix(_) | Self::Label(_) => RouteTable::MAIN,
            Self::Group(..) => RouteTable::DEFAULT,
        }
    }

    /// Returns a header with family, length and table.
    pub(super) fn header(self, table: RouteTable) -> RouteHeader {
        RouteHeader {
            family: self.family(),
            destination_len: match self {
                Self::Prefix(prefix) => prefix.length(),
                Self::Label(_) => 20,
                Self::Group(..) => 32,
            },
            source_len: match self {
                Self::Prefix(_) | Self::Label(_) => 0,
                Self::Group(..) => 32,
            },
            table: table.header(),
            ..RouteHeader::default()
        }
    }

    /// Puts the destination. A default route has none.
    pub(super) fn put<'w, 'b>(self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        match self {
            Self::Prefix(prefix) if prefix.length() == 0 => Ok(w),
            Self::Prefix(prefix) => {
                let address = AddressBytes::Ip(prefix.address());
                w.put(RouteAttr::Destination(address))
            }
            Self::Label(label) => put_labels(w, RTA_DST, &[label]),
            Self::Group(source, group, incoming) => {
                let [source, group] = [source, group].map(|one| AddressBytes::Ip(one.into()));
                let w = w
                    .put(RouteAttr::Source(source))?
                    .put(RouteAttr::Destination(group))?;
                match incoming {
                    LinkIndex::NONE => Ok(w),
                    incoming => w.put(RouteAttr::IncomingIndex(incoming)),
                }
            }
        }
    }

    /// Puts a table whose number takes more than the header's 8 bits. Multicast
    /// routing reads no table in the header (`rtm_to_ipmr_mfcc`).
    pub(super) fn put_table<'w, 'b>(self, w: &'w mut Writer<'b>, table: RouteTable) -> Put<'w, 'b> {
        match self {
            Self::Group(..) => w.put(RouteAttr::Table(table)),
            Self::Prefix(_) | Self::Label(_) => put_table(w, table),
        }
    }

    pub(super) fn object(self, table: RouteTable, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Prefix(prefix) => write!(f, "route to {prefix}")?,
            Self::Label(label) => write!(f, "route to label {label}")?,
            Self::Group(source, group, _) => {
                let [source, group] = [source, group].map(|end| text::Ip(end.into()));
                write!(f, "multicast route from {source} to {group}")?;
            }
        }
        match table == self.table() {
            true => Ok(()),
            false => write!(f, " in table {table}"),
        }
    }
}

/// Puts a table whose number takes more than the header's 8 bits.
pub(super) fn put_table<'w, 'b>(w: &'w mut Writer<'b>, table: RouteTable) -> Put<'w, 'b> {
    if table.header() == RouteTable::COMPAT.header() {
        w.put(RouteAttr::Table(table))
    } else {
        Ok(w)
    }
}

/// Puts the source prefix of an IPv6 route.
pub(super) fn put_source<'w, 'b>(
    w: &'w mut Writer<'b>,
    family: u8,
    source: Option<Prefix>,
) -> Put<'w, 'b> {
    match source {
        Some(source) => put_ip(w, RTA_SRC, family, source.address()),
        None => Ok(w),
    }
}
