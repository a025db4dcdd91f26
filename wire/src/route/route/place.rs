//! Destination of a route, for requests.

use core::fmt;

use super::{RouteAttr, RouteHeader};
use crate::codec::AddressBytes;
use crate::route::encapsulation::put_labels;
use crate::route::{AF_MPLS, RTA_DST, RTA_SRC, RouteTable, family_of, put_ip};
use crate::writer::Put;
use crate::{Prefix, Writer};

/// Packets that a route is for: their destination, by which tables are sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Place {
    Prefix(Prefix),
    Label(u32),
}

impl Place {
    pub(super) const fn family(self) -> u8 {
        match self {
            Self::Prefix(prefix) => family_of(prefix.address()),
            Self::Label(_) => AF_MPLS,
        }
    }

    /// Returns a header with family, length and table.
    pub(super) fn header(self, table: RouteTable) -> RouteHeader {
        RouteHeader {
            family: self.family(),
            destination_len: match self {
                Self::Prefix(prefix) => prefix.length(),
                Self::Label(_) => 20,
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
        }
    }

    pub(super) fn object(self, table: RouteTable, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Prefix(prefix) => write!(f, "route to {prefix}")?,
            Self::Label(label) => write!(f, "route to label {label}")?,
        }
        match table {
            RouteTable::MAIN => Ok(()),
            table => write!(f, " in table {table}"),
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
