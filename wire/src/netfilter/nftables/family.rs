//! Families and names of tables.

use core::fmt;

use crate::Text;
use crate::netfilter::NetfilterHeader;
use crate::numbers::numbers;

numbers! {
    /// Family of a table, which selects the packets that its chains see.
    pub struct TableFamily(u8) {
        /// IPv4 and IPv6.
        INET = 1 "NFPROTO_INET" "inet";
        IPV4 = 2 "NFPROTO_IPV4" "ip";
        ARP = 3 "NFPROTO_ARP" "arp";
        /// Packets of a network device at ingress and egress.
        NETDEV = 5 "NFPROTO_NETDEV" "netdev";
        BRIDGE = 7 "NFPROTO_BRIDGE" "bridge";
        IPV6 = 10 "NFPROTO_IPV6" "ip6";
    }
}

impl From<u8> for TableFamily {
    fn from(number: u8) -> Self {
        Self(number)
    }
}

/// Table, by family and name.
///
/// ```
/// use nlwire::netfilter::TableRef;
///
/// assert_eq!(TableRef::inet("filter").to_string(), "inet \"filter\"");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TableRef<'a> {
    /// Family of the table.
    pub family: TableFamily,
    /// Name, which is unique in its family.
    pub name: Text<'a>,
}

impl<'a> TableRef<'a> {
    /// Names a table of any family.
    #[must_use]
    pub fn new(family: TableFamily, name: impl Into<Text<'a>>) -> Self {
        Self {
            family,
            name: name.into(),
        }
    }

    /// Names a table of the family `inet`: IPv4 and IPv6.
    #[must_use]
    pub fn inet(name: impl Into<Text<'a>>) -> Self {
        Self::new(TableFamily::INET, name)
    }

    /// Names a table of the family `ip`: IPv4.
    #[must_use]
    pub fn ip(name: impl Into<Text<'a>>) -> Self {
        Self::new(TableFamily::IPV4, name)
    }

    /// Names a table of the family `ip6`: IPv6.
    #[must_use]
    pub fn ip6(name: impl Into<Text<'a>>) -> Self {
        Self::new(TableFamily::IPV6, name)
    }

    pub(super) const fn header(self) -> NetfilterHeader {
        NetfilterHeader::new(self.family.0)
    }

    /// Returns true if a row is in this table.
    pub(super) fn is(self, header: &NetfilterHeader, name: Option<Text<'_>>) -> bool {
        self.family.0 == header.family && name == Some(self.name)
    }
}

impl fmt::Display for TableRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {:?}", self.family, self.name)
    }
}

/// Table or family that a list is limited to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Within<'a> {
    #[default]
    All,
    Family(TableFamily),
    Table(TableRef<'a>),
}

impl<'a> Within<'a> {
    pub(super) const fn header(self) -> NetfilterHeader {
        match self {
            Self::All => NetfilterHeader::new(0),
            Self::Family(family) => NetfilterHeader::new(family.0),
            Self::Table(table) => table.header(),
        }
    }

    pub(super) const fn table(self) -> Option<Text<'a>> {
        match self {
            Self::Table(table) => Some(table.name),
            _ => None,
        }
    }

    /// Returns true if a row with this header and table belongs to the list.
    pub(super) fn has(self, header: &NetfilterHeader, name: Option<Text<'_>>) -> bool {
        match self {
            Self::All => true,
            Self::Family(family) => family.0 == header.family,
            Self::Table(table) => table.is(header, name),
        }
    }
}

crate::__format!(TableRef<'_>);
