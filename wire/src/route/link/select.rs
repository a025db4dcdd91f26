//! A link, as a request names it, and what requests set.

use core::fmt;

use super::{
    IFLA_ADDRESS, IFLA_ALT_IFNAME, IFLA_GROUP, IFLA_IFALIAS, IFLA_IFNAME, IFLA_MASTER, IFLA_MTU,
    IFLA_NET_NS_FD, IFLA_TXQLEN, Link, LinkHeader,
};
use crate::bytes::low32;
use crate::writer::Put;
use crate::{EncodeError, Items, LinkIndex, NamespaceFd, Text, Writer};

/// Length of the longest name that `IFLA_IFNAME` can hold; longer ones are
/// alternative names (`IFNAMSIZ` - 1).
const SHORT_NAME: usize = 15;

/// Link that a request names: by its index, its name or an alternative name.
///
/// ```
/// use nlwire::LinkIndex;
/// use nlwire::route::{DeleteLink, LinkRef};
///
/// let by_name: LinkRef<'_> = "eth0".into();
/// assert_eq!(by_name.to_string(), r#""eth0""#);
/// assert_eq!(LinkRef::from(LinkIndex::new(7)).to_string(), "7");
/// let _ = (DeleteLink::of("eth0"), DeleteLink::of(7));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub enum LinkRef<'a> {
    /// Index.
    Index(LinkIndex),
    /// Name of up to 15 bytes, or alternative name of up to 127 bytes.
    Name(Text<'a>),
}

impl LinkRef<'_> {
    /// Returns the fixed header, which holds the index.
    pub(super) fn header(self) -> LinkHeader {
        LinkHeader {
            index: match self {
                Self::Index(index) => index.get().into(),
                Self::Name(_) => 0.into(),
            },
            ..LinkHeader::default()
        }
    }

    /// Puts the name, where the link has no index.
    pub(super) fn put<'w, 'b>(self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        match self {
            Self::Index(_) => Ok(w),
            Self::Name(name) if name.len() > SHORT_NAME => w.text(IFLA_ALT_IFNAME, name),
            Self::Name(name) => w.text(IFLA_IFNAME, name),
        }
    }

    /// Writes `link "eth0"` or `link 7`.
    pub(super) fn object(self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "link {self}")
    }
}

/// The index, or the name in quotes.
impl fmt::Display for LinkRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Index(index) => write!(f, "{index}"),
            Self::Name(name) => write!(f, "{name:?}"),
        }
    }
}

impl From<LinkIndex> for LinkRef<'_> {
    fn from(index: LinkIndex) -> Self {
        Self::Index(index)
    }
}

impl From<u32> for LinkRef<'_> {
    fn from(index: u32) -> Self {
        Self::Index(index.into())
    }
}

impl<'a> From<Text<'a>> for LinkRef<'a> {
    fn from(name: Text<'a>) -> Self {
        Self::Name(name)
    }
}

impl<'a> From<&'a str> for LinkRef<'a> {
    fn from(name: &'a str) -> Self {
        Self::Name(name.into())
    }
}

impl<'a> From<&'a [u8]> for LinkRef<'a> {
    fn from(name: &'a [u8]) -> Self {
        Self::Name(name.into())
    }
}

impl<'a, const N: usize> From<&'a [u8; N]> for LinkRef<'a> {
    fn from(name: &'a [u8; N]) -> Self {
        Self::Name(name.into())
    }
}

/// Settings that links of all kinds have.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Common<'a> {
    pub(super) mtu: Option<u32>,
    pub(super) mac: Option<[u8; 6]>,
    pub(super) master: Option<LinkIndex>,
    pub(super) alias: Option<Text<'a>>,
    pub(super) group: Option<u32>,
    pub(super) queue_len: Option<u32>,
    pub(super) namespace: Option<NamespaceFd<'a>>,
    pub(super) more: Option<&'a dyn Items<Link>>,
}

impl Common<'_> {
    /// Puts all but the alias and the master, which not every request can set.
    pub(super) fn put<'w, 'b>(&self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        let numbers = [
            (IFLA_MTU, self.mtu),
            (IFLA_GROUP, self.group),
            (IFLA_TXQLEN, self.queue_len),
            (IFLA_NET_NS_FD, self.namespace.map(NamespaceFd::bits)),
        ];
        for (kind, value) in numbers {
            if let Some(value) = value {
                w.u32(kind, value)?;
            }
        }
        if let Some(mac) = &self.mac {
            w.bytes(IFLA_ADDRESS, mac)?;
        }
        w.put_items(self.more)
    }

    /// Puts the master.
    pub(super) fn put_master<'w, 'b>(&self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        match self.master {
            Some(master) => w.u32(IFLA_MASTER, master.get()),
            None => Ok(w),
        }
    }

    /// Puts the alias without a NUL, which the kernel would count.
    pub(super) fn put_alias<'w, 'b>(&self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        let Some(alias) = self.alias else {
            return Ok(w);
        };
        let bytes = alias.as_bytes();
        match bytes.iter().position(|&byte| byte == 0) {
            Some(position) => Err(EncodeError::InnerNul {
                attribute: IFLA_IFALIAS,
                position: low32(position),
            }),
            None => w.bytes(IFLA_IFALIAS, bytes),
        }
    }
}

/// Methods that set the [`Common`] at a path inside of a request.
macro_rules! common {
    ($($path:ident).+) => {
        /// Sets the MTU in bytes.
        #[doc(alias = "IFLA_MTU")]
        pub const fn mtu(mut self, mtu: u32) -> Self {
            self.$($path).+.mtu = Some(mtu);
            self
        }

        /// Sets the MAC address. A link-layer address of another length is a
        /// `LinkAttr::Address` for [`with`](Self::with).
        #[doc(alias = "IFLA_ADDRESS")]
        pub const fn mac(mut self, mac: [u8; 6]) -> Self {
            self.$($path).+.mac = Some(mac);
            self
        }

        /// Makes the link a port of a bridge, or of another master such as a
        /// VRF; [`LinkIndex::NONE`] takes it out of its master.
        #[doc(alias = "IFLA_MASTER")]
        pub fn master(mut self, master: impl Into<LinkIndex>) -> Self {
            self.$($path).+.master = Some(master.into());
            self
        }

        /// Sets the alias, at most 255 bytes; an empty alias removes the present one.
        #[doc(alias = "IFLA_IFALIAS")]
        pub fn alias(mut self, alias: impl Into<Text<'a>>) -> Self {
            self.$($path).+.alias = Some(alias.into());
            self
        }

        /// Sets the group, a number by which links are changed or deleted
        /// together.
        #[doc(alias = "IFLA_GROUP")]
        pub const fn group(mut self, group: u32) -> Self {
            self.$($path).+.group = Some(group);
            self
        }

        /// Sets the length of the transmit queue, in packets.
        #[doc(alias = "IFLA_TXQLEN")]
        pub const fn queue_len(mut self, packets: u32) -> Self {
            self.$($path).+.queue_len = Some(packets);
            self
        }

        /// Puts the link into another network namespace.
        #[doc(alias = "IFLA_NET_NS_FD")]
        pub const fn namespace(mut self, namespace: NamespaceFd<'a>) -> Self {
            self.$($path).+.namespace = Some(namespace);
            self
        }

        /// Adds attributes that have no method here.
        pub const fn with(mut self, more: &'a dyn Items<Link>) -> Self {
            self.$($path).+.more = Some(more);
            self
        }
    };
}

pub(super) use common;
