//! Neighbour tables: listed and changed.

use core::fmt;

use super::{
    NDTA_NAME, NDTA_PARMS, NDTPA_IFINDEX, NeighbourParameters, NeighbourTable,
    NeighbourTableHeader, NeighbourTableRow,
};
use crate::route::{AF_INET, AF_INET6, AF_UNSPEC, PROTOCOL, RTM_GETNEIGHTBL, RTM_SETNEIGHTBL};
use crate::schema::Protocol;
use crate::{
    DecodeError, EncodeError, Flags, GetFlags, Items, LinkIndex, MessageRef, Next, Query, Request,
    Row, Writer,
};

/// Lists neighbour tables and the parameters of links (`ip ntable show`).
///
/// ```
/// use nlwire::route::GetNeighbourTables;
///
/// let of_link = GetNeighbourTables::v4().link(7);
/// # let _ = of_link;
/// ```
#[derive(Clone, Copy, Debug, Default)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "RTM_GETNEIGHTBL")]
pub struct GetNeighbourTables {
    family: u8,
    link: Option<LinkIndex>,
}

impl GetNeighbourTables {
    /// Lists the tables of all families.
    pub fn all() -> Self {
        Self::default()
    }

    /// Lists the table of IPv4.
    pub fn v4() -> Self {
        Self {
            family: AF_INET,
            link: None,
        }
    }

    /// Lists the table of IPv6.
    pub fn v6() -> Self {
        Self {
            family: AF_INET6,
            link: None,
        }
    }

    /// Only the parameters of this link; [`LinkIndex::NONE`] selects the tables
    /// themselves.
    pub fn link(mut self, link: impl Into<LinkIndex>) -> Self {
        self.link = Some(link.into());
        self
    }

    #[inline(never)]
    fn compare(&self, row: &NeighbourTableRow<'_>) -> Result<bool, DecodeError> {
        let link = self
            .link
            .map(|link| Some(link).filter(|link| !link.is_none()));
        Ok(
            (self.family == AF_UNSPEC || row.header.family == self.family)
                && match link {
                    Some(link) => row.link()? == link,
                    None => true,
                },
        )
    }
}

impl Request for GetNeighbourTables {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let header = NeighbourTableHeader {
            family: self.family,
            ..NeighbourTableHeader::default()
        };
        w.append_message(RTM_GETNEIGHTBL, GetFlags::DUMP, &header, |w| Ok(w))?;
        Ok(Next::End)
    }
}

impl Query for GetNeighbourTables {
    type Row<'a> = NeighbourTableRow<'a>;

    #[inline]
    fn row(message: MessageRef<'_>) -> NeighbourTableRow<'_> {
        Row::of(message)
    }

    #[inline]
    fn matches(&self, message: MessageRef<'_>) -> Result<bool, DecodeError> {
        if self.family == AF_UNSPEC && self.link.is_none() {
            return Ok(true);
        }
        self.compare(&Row::of(message))
    }
}

/// Changes the limits of a neighbour table, and the parameters of a link
/// (`ip ntable change`): `ENOENT` if there is no such table or link.
///
/// ```
/// use nlwire::route::{NeighbourParametersAttr, NeighbourTableAttr, SetNeighbourTable};
///
/// let larger = SetNeighbourTable::v4().with(&[NeighbourTableAttr::Threshold3(4096)]);
/// let patient = SetNeighbourTable::v6().link(7, &[NeighbourParametersAttr::UnicastProbes(5)]);
/// # let _ = (larger, patient);
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "RTM_SETNEIGHTBL")]
pub struct SetNeighbourTable<'a> {
    family: u8,
    name: &'a str,
    link: LinkIndex,
    parameters: Option<&'a dyn Items<NeighbourParameters>>,
    more: Option<&'a dyn Items<NeighbourTable>>,
}

impl<'a> SetNeighbourTable<'a> {
    const fn new(family: u8, name: &'a str) -> Self {
        Self {
            family,
            name,
            link: LinkIndex::NONE,
            parameters: None,
            more: None,
        }
    }

    /// Changes the table of IPv4, `arp_cache`.
    pub const fn v4() -> Self {
        Self::new(AF_INET, "arp_cache")
    }

    /// Changes the table of IPv6, `ndisc_cache`.
    pub const fn v6() -> Self {
        Self::new(AF_INET6, "ndisc_cache")
    }

    /// Changes parameters of a link.
    #[doc(alias = "NDTA_PARMS")]
    pub fn link(
        mut self,
        link: impl Into<LinkIndex>,
        parameters: &'a dyn Items<NeighbourParameters>,
    ) -> Self {
        self.link = link.into();
        self.parameters = Some(parameters);
        self
    }

    /// Changes the parameters that new links get.
    pub const fn defaults(mut self, parameters: &'a dyn Items<NeighbourParameters>) -> Self {
        self.parameters = Some(parameters);
        self
    }

    /// Changes limits of the table, which only the first network namespace may.
    pub const fn with(mut self, more: &'a dyn Items<NeighbourTable>) -> Self {
        self.more = Some(more);
        self
    }
}

impl Request for SetNeighbourTable<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let header = NeighbourTableHeader {
            family: self.family,
            ..NeighbourTableHeader::default()
        };
        w.append_message(RTM_SETNEIGHTBL, Flags::empty(), &header, |w| {
            w.str(NDTA_NAME, self.name)?;
            if self.parameters.is_some() {
                w.nest(NDTA_PARMS, |w| {
                    if !self.link.is_none() {
                        w.u32(NDTPA_IFINDEX, self.link.get())?;
                    }
                    w.put_items(self.parameters)
                })?;
            }
            w.put_items(self.more)
        })?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "neighbour table {}", self.name)
    }
}

crate::__format!(GetNeighbourTables, SetNeighbourTable<'_>);
