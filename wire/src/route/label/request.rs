//! Address labels: added, deleted and listed.

use core::fmt;
use core::net::{IpAddr, Ipv6Addr};

use super::{AddressLabelHeader, AddressLabelRow, IFAL_ADDRESS, IFAL_LABEL};
use crate::route::{AF_INET6, PROTOCOL, RTM_DELADDRLABEL, RTM_GETADDRLABEL, RTM_NEWADDRLABEL};
use crate::schema::Protocol;
use crate::{
    DecodeError, EncodeError, Errno, Flags, Flush, GetFlags, LinkIndex, MessageRef, NewFlags, Next,
    Prefix, Query, Request, Row, Writer,
};

/// Label that a request names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    prefix: Prefix,
    link: LinkIndex,
}

impl Place {
    fn header(&self) -> AddressLabelHeader {
        AddressLabelHeader {
            family: AF_INET6,
            prefix_len: self.prefix.length(),
            index: self.link.get().into(),
            ..AddressLabelHeader::default()
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "address label of {}", self.prefix)?;
        match self.link.is_none() {
            true => Ok(()),
            false => write!(f, " on link {}", self.link),
        }
    }
}

/// Adds a label for the addresses of an IPv6 prefix (`ip addrlabel add`):
/// `EEXIST` if the prefix has one. A prefix of IPv4 is refused by the kernel.
///
/// ```
/// use nlwire::route::NewAddressLabel;
///
/// let label = NewAddressLabel::of("2001:db8::/32".parse()?, 99);
/// # let _ = label;
/// # Ok::<(), nlwire::PrefixError>(())
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "RTM_NEWADDRLABEL")]
pub struct NewAddressLabel {
    place: Place,
    label: u32,
    replace: bool,
    if_absent: bool,
}

impl NewAddressLabel {
    /// Adds a label to a prefix.
    pub const fn of(prefix: Prefix, label: u32) -> Self {
        Self {
            place: Place {
                prefix,
                link: LinkIndex::NONE,
            },
            label,
            replace: false,
            if_absent: false,
        }
    }

    /// Limits the label to packets of this link.
    pub fn link(mut self, link: impl Into<LinkIndex>) -> Self {
        self.place.link = link.into();
        self
    }

    /// Changes the label if the prefix has one.
    pub const fn replace(mut self) -> Self {
        self.replace = true;
        self
    }

    /// Leaves the label as it is if the prefix has one: `EEXIST` counts as
    /// success.
    pub const fn if_absent(mut self) -> Self {
        self.if_absent = true;
        self
    }
}

impl Request for NewAddressLabel {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let flags = match self.replace {
            true => NewFlags::CREATE.union(NewFlags::REPLACE),
            false => NewFlags::CREATE.union(NewFlags::EXCL),
        };
        let prefix = self.place.prefix.address();
        w.append_message(RTM_NEWADDRLABEL, flags, &self.place.header(), |w| {
            w.ip(IFAL_ADDRESS, prefix)?.u32(IFAL_LABEL, self.label)
        })?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.place)
    }

    fn forgives(&self) -> &'static [Errno] {
        if self.if_absent {
            &[Errno::EEXIST]
        } else {
            &[]
        }
    }
}

/// Deletes an address label (`ip addrlabel del`): `ESRCH` if there is none.
///
/// ```
/// use nlwire::route::DeleteAddressLabel;
///
/// let delete = DeleteAddressLabel::of("2001:db8::/32".parse()?).if_there();
/// # Ok::<(), nlwire::PrefixError>(())
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "RTM_DELADDRLABEL")]
pub struct DeleteAddressLabel {
    place: Place,
    if_there: bool,
}

impl DeleteAddressLabel {
    /// Deletes the label of a prefix for all links.
    pub const fn of(prefix: Prefix) -> Self {
        Self {
            place: Place {
                prefix,
                link: LinkIndex::NONE,
            },
            if_there: false,
        }
    }

    /// Deletes the label of a row.
    ///
    /// # Errors
    /// A prefix that is missing or of a wrong length.
    pub fn of_row(row: &AddressLabelRow<'_>) -> Result<Self, DecodeError> {
        Ok(Self::of(row.prefix()?).link(row.link()))
    }

    /// Deletes the label for packets of this link.
    pub fn link(mut self, link: impl Into<LinkIndex>) -> Self {
        self.place.link = link.into();
        self
    }

    /// Counts `ESRCH` as success: the label may be absent.
    pub const fn if_there(mut self) -> Self {
        self.if_there = true;
        self
    }
}

impl Request for DeleteAddressLabel {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let (none, prefix) = (Flags::empty(), self.place.prefix.address());
        w.append_message(RTM_DELADDRLABEL, none, &self.place.header(), |w| {
            // `ip6addrlbl_newdel` wants a label, whatever it is.
            w.ip(IFAL_ADDRESS, prefix)?.u32(IFAL_LABEL, 0)
        })?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.place)
    }

    fn forgives(&self) -> &'static [Errno] {
        if self.if_there { &[Errno::ESRCH] } else { &[] }
    }
}

/// Gets the label of an IPv6 address.
///
/// ```
/// use core::net::Ipv6Addr;
/// use nlwire::route::GetAddressLabel;
///
/// let label = GetAddressLabel::of(Ipv6Addr::LOCALHOST);
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "RTM_GETADDRLABEL")]
pub struct GetAddressLabel {
    address: Ipv6Addr,
    link: LinkIndex,
}

impl GetAddressLabel {
    /// Gets the label that an address has by the longest prefix.
    pub fn of(address: impl Into<Ipv6Addr>) -> Self {
        Self {
            address: address.into(),
            link: LinkIndex::NONE,
        }
    }

    /// Asks for packets of this link.
    pub fn link(mut self, link: impl Into<LinkIndex>) -> Self {
        self.link = link.into();
        self
    }
}

impl Request for GetAddressLabel {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let ip = IpAddr::V6(self.address);
        let place = Place {
            prefix: Prefix::host(ip),
            link: self.link,
        };
        w.append_message(RTM_GETADDRLABEL, Flags::empty(), &place.header(), |w| {
            w.ip(IFAL_ADDRESS, ip)
        })?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let address = crate::text::Ip(self.address.into());
        write!(f, "address label of {address}")
    }
}

impl Query for GetAddressLabel {
    type Row<'a> = AddressLabelRow<'a>;

    #[inline]
    fn row(message: MessageRef<'_>) -> AddressLabelRow<'_> {
        Row::of(message)
    }
}

/// Lists address labels (`ip addrlabel list`).
///
/// ```
/// use nlwire::route::GetAddressLabels;
///
/// let all = GetAddressLabels::all();
/// ```
#[derive(Clone, Copy, Debug, Default)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "RTM_GETADDRLABEL")]
pub struct GetAddressLabels {
    link: Option<LinkIndex>,
}

impl GetAddressLabels {
    /// Lists all address labels.
    pub fn all() -> Self {
        Self::default()
    }

    /// Only labels for this link; [`LinkIndex::NONE`] selects those for all
    /// links.
    pub fn link(mut self, link: impl Into<LinkIndex>) -> Self {
        self.link = Some(link.into());
        self
    }
}

impl Request for GetAddressLabels {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        // Strict checking refuses all but the family.
        let header = AddressLabelHeader {
            family: AF_INET6,
            ..AddressLabelHeader::default()
        };
        w.append_message(RTM_GETADDRLABEL, GetFlags::DUMP, &header, |w| Ok(w))?;
        Ok(Next::End)
    }
}

impl Query for GetAddressLabels {
    type Row<'a> = AddressLabelRow<'a>;

    #[inline]
    fn row(message: MessageRef<'_>) -> AddressLabelRow<'_> {
        Row::of(message)
    }

    #[inline]
    fn matches(&self, message: MessageRef<'_>) -> Result<bool, DecodeError> {
        Ok(self
            .link
            .is_none_or(|link| AddressLabelRow::of(message).link() == link))
    }
}

impl Flush for GetAddressLabels {
    type Deletion<'a> = DeleteAddressLabel;

    fn deletion<'a>(row: &Self::Row<'a>) -> Result<Option<Self::Deletion<'a>>, DecodeError> {
        Ok(Some(DeleteAddressLabel::of_row(row)?.if_there()))
    }
}

crate::__format!(
    NewAddressLabel,
    DeleteAddressLabel,
    GetAddressLabel,
    GetAddressLabels
);
