//! Links as rows, one or all.

use core::fmt;

use super::{
    ExtFilter, IFLA_ADDRESS, IFLA_ALT_IFNAME, IFLA_EXT_MASK, IFLA_IFALIAS, IFLA_IFNAME,
    IFLA_INFO_KIND, IFLA_LINKINFO, IFLA_MASTER, IFLA_PROP_LIST, Link, LinkFlags, LinkHeader,
    LinkRef, OperState,
};
use crate::route::{PROTOCOL, RTM_GETLINK, RTM_NEWLINK};
use crate::schema::Protocol;
use crate::text::Hardware;
use crate::{
    AttrRef, DecodeError, EncodeError, Flags, GetFlags, LinkIndex, MessageRef, Next, Query,
    Request, Row, Text, Writer, fields,
};

/// Link: an answer to [`GetLink`] or [`GetLinks`], or a notification.
pub type LinkRow<'a> = Row<'a, LinkHeader, Link>;

/// The getters fail for an attribute of a wrong length; `None` stands for an
/// attribute that the kernel did not send.
impl<'a> Row<'a, LinkHeader, Link> {
    /// Returns the index, by which other requests name the link.
    #[must_use]
    #[inline]
    #[doc(alias = "ifi_index")]
    pub const fn index(&self) -> LinkIndex {
        LinkIndex::new(self.header.index.get())
    }

    /// Returns the flags.
    #[must_use]
    #[inline]
    pub const fn flags(&self) -> LinkFlags {
        self.header.flags()
    }

    /// Returns true if the administrator has set the link up.
    #[must_use]
    #[inline]
    #[doc(alias = "IFF_UP")]
    pub const fn is_up(&self) -> bool {
        self.flags().contains(LinkFlags::UP)
    }

    /// Returns the name, such as `eth0`.
    ///
    /// # Errors
    /// Fails if an attribute has a wrong length.
    #[inline]
    #[doc(alias = "IFLA_IFNAME")]
    pub fn name(&self) -> Result<Option<Text<'a>>, DecodeError> {
        self.text(IFLA_IFNAME)
    }

    /// Walks the alternative names.
    ///
    /// # Errors
    /// Fails if an attribute has a wrong length.
    #[doc(alias = "IFLA_ALT_IFNAME")]
    pub fn alt_names(&self) -> Result<impl Iterator<Item = Text<'a>> + Clone, DecodeError> {
        let list = self.attributes.find(IFLA_PROP_LIST)?;
        let names = list.into_iter().flat_map(|list| list.nested()).flatten();
        let names = names.filter(|name| name.kind() == IFLA_ALT_IFNAME);
        Ok(names.map(|name| name.text()))
    }

    /// Returns the MTU in bytes.
    ///
    /// # Errors
    /// Fails if an attribute has a wrong length.
    #[inline]
    #[doc(alias = "IFLA_MTU")]
    pub fn mtu(&self) -> Result<Option<u32>, DecodeError> {
        Ok(fields!(self.attributes => Link { mtu })?.mtu)
    }

    /// Returns the MAC address; `None` for a link whose address does not have
    /// 6 bytes, such as an IP tunnel: see [`hardware`](Self::hardware).
    ///
    /// # Errors
    /// Fails if an attribute has a wrong length.
    #[inline]
    #[doc(alias = "IFLA_ADDRESS")]
    pub fn mac(&self) -> Result<Option<[u8; 6]>, DecodeError> {
        Ok(self.hardware()?.and_then(Hardware::mac))
    }

    /// Returns the link-layer address, which prints as `02:00:5e:10:00:01`:
    /// 6 bytes of Ethernet, 4 or 16 of IP tunnels.
    ///
    /// # Errors
    /// Fails if an attribute has a wrong length.
    #[inline]
    #[doc(alias = "IFLA_ADDRESS")]
    pub fn hardware(&self) -> Result<Option<Hardware<'a>>, DecodeError> {
        let address = self.attributes.find(IFLA_ADDRESS)?;
        Ok(address.map(|address| Hardware(address.bytes())))
    }

    /// Returns the lower device, which may be in another namespace:
    /// `IFLA_LINK_NETNSID`.
    ///
    /// # Errors
    /// Fails if an attribute has a wrong length.
    #[inline]
    #[doc(alias = "IFLA_LINK")]
    pub fn lower(&self) -> Result<Option<LinkIndex>, DecodeError> {
        let lower = self.attributes.find(super::IFLA_LINK)?;
        lower.map(index).transpose()
    }

    /// Returns the master, such as a bridge.
    ///
    /// # Errors
    /// Fails if an attribute has a wrong length.
    #[inline]
    #[doc(alias = "IFLA_MASTER")]
    pub fn master(&self) -> Result<Option<LinkIndex>, DecodeError> {
        self.attributes.find(IFLA_MASTER)?.map(index).transpose()
    }

    /// Returns the kind, such as `vxlan`; hardware has none.
    ///
    /// # Errors
    /// Fails if an attribute has a wrong length.
    #[doc(alias = "IFLA_INFO_KIND")]
    pub fn kind(&self) -> Result<Option<Text<'a>>, DecodeError> {
        let Some(info) = self.attributes.find(IFLA_LINKINFO)? else {
            return Ok(None);
        };
        let kind = info.nested().find(IFLA_INFO_KIND)?;
        Ok(kind.map(|kind| kind.text()))
    }

    /// Returns the alias.
    ///
    /// # Errors
    /// Fails if an attribute has a wrong length.
    #[inline]
    #[doc(alias = "IFLA_IFALIAS")]
    pub fn alias(&self) -> Result<Option<Text<'a>>, DecodeError> {
        self.text(IFLA_IFALIAS)
    }

    /// Returns the group.
    ///
    /// # Errors
    /// Fails if an attribute has a wrong length.
    #[inline]
    #[doc(alias = "IFLA_GROUP")]
    pub fn group(&self) -> Result<Option<u32>, DecodeError> {
        Ok(fields!(self.attributes => Link { group })?.group)
    }

    /// Returns the length of the transmit queue, in packets.
    ///
    /// # Errors
    /// Fails if an attribute has a wrong length.
    #[inline]
    #[doc(alias = "IFLA_TXQLEN")]
    pub fn queue_len(&self) -> Result<Option<u32>, DecodeError> {
        Ok(fields!(self.attributes => Link { tx_queue_len })?.tx_queue_len)
    }

    /// Returns the operational state.
    ///
    /// # Errors
    /// Fails if an attribute has a wrong length.
    #[inline]
    #[doc(alias = "IFLA_OPERSTATE")]
    pub fn oper_state(&self) -> Result<Option<OperState>, DecodeError> {
        Ok(fields!(self.attributes => Link { oper_state })?.oper_state)
    }

    fn text(&self, kind: u16) -> Result<Option<Text<'a>>, DecodeError> {
        Ok(self.attributes.find(kind)?.map(|text| text.text()))
    }

    /// Returns true if the link has this index or name.
    fn is(&self, link: LinkRef<'_>) -> Result<bool, DecodeError> {
        Ok(match link {
            LinkRef::Index(index) => self.index() == index,
            LinkRef::Name(name) => {
                self.name()? == Some(name) || self.alt_names()?.any(|other| other == name)
            }
        })
    }
}

fn index(attribute: AttrRef<'_>) -> Result<LinkIndex, DecodeError> {
    Ok(LinkIndex::new(attribute.u32()?))
}

/// Gets one link (`RTM_GETLINK`): `ENODEV` if there is none.
///
/// ```
/// use nlwire::route::{ExtFilter, GetLink};
///
/// let link = GetLink::by_name("eth0").ext_mask(ExtFilter::SKIP_STATS);
/// # let _ = link;
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "RTM_GETLINK")]
pub struct GetLink<'a> {
    link: LinkRef<'a>,
    ext_mask: ExtFilter,
}

impl<'a> GetLink<'a> {
    /// Gets the link with this index, name or alternative name.
    #[doc(alias = "if_nametoindex")]
    pub fn of(link: impl Into<LinkRef<'a>>) -> Self {
        Self {
            link: link.into(),
            ext_mask: ExtFilter::empty(),
        }
    }

    /// Gets the link with this name or alternative name.
    pub fn by_name(name: impl Into<Text<'a>>) -> Self {
        Self::of(name.into())
    }

    /// Gets the link with this index.
    pub fn by_index(index: impl Into<LinkIndex>) -> Self {
        Self::of(index.into())
    }

    /// Asks for more, such as virtual functions, or for no statistics.
    #[doc(alias = "IFLA_EXT_MASK")]
    pub const fn ext_mask(mut self, mask: ExtFilter) -> Self {
        self.ext_mask = mask;
        self
    }
}

impl Request for GetLink<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        w.append_message(RTM_GETLINK, Flags::empty(), &self.link.header(), |w| {
            let w = self.link.put(w)?;
            match self.ext_mask.bits() {
                0 => Ok(w),
                mask => w.u32(IFLA_EXT_MASK, mask),
            }
        })?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.link.object(f)
    }
}

impl Query for GetLink<'_> {
    type Row<'a> = LinkRow<'a>;

    #[inline]
    fn row(message: MessageRef<'_>) -> LinkRow<'_> {
        Row::of(message)
    }

    fn matches(&self, message: MessageRef<'_>) -> Result<bool, DecodeError> {
        Ok(message.kind() == RTM_NEWLINK && LinkRow::of(message).is(self.link)?)
    }
}

/// Lists links (`RTM_GETLINK`).
///
/// ```
/// use nlwire::route::GetLinks;
///
/// let vxlans = GetLinks::all().kind("vxlan").up();
/// # let _ = vxlans;
/// ```
#[derive(Clone, Copy, Debug, Default)]
#[must_use = "a request does nothing until a connection carries it out"]
pub struct GetLinks<'a> {
    master: Option<LinkIndex>,
    kind: Option<Text<'a>>,
    group: Option<u32>,
    up: bool,
    ext_mask: ExtFilter,
}

impl<'a> GetLinks<'a> {
    /// Lists all links.
    pub fn all() -> Self {
        Self::default()
    }

    /// Only ports of this master.
    pub fn master(mut self, master: impl Into<LinkIndex>) -> Self {
        self.master = Some(master.into());
        self
    }

    /// Only links of this kind, such as `vxlan`.
    pub fn kind(mut self, kind: impl Into<Text<'a>>) -> Self {
        self.kind = Some(kind.into());
        self
    }

    /// Only links of this group.
    pub const fn group(mut self, group: u32) -> Self {
        self.group = Some(group);
        self
    }

    /// Only links that are set up.
    pub const fn up(mut self) -> Self {
        self.up = true;
        self
    }

    /// Asks for more, such as virtual functions, or for no statistics.
    #[doc(alias = "IFLA_EXT_MASK")]
    pub const fn ext_mask(mut self, mask: ExtFilter) -> Self {
        self.ext_mask = mask;
        self
    }

    /// The kernel lists all links for a kind that it does not know, and old
    /// kernels filter nothing, so each row is compared.
    #[inline(never)]
    fn compare(&self, row: LinkRow<'_>) -> Result<bool, DecodeError> {
        let master = self.master.filter(|master| !master.is_none());
        Ok((self.master.is_none() || row.master()? == master)
            && (self.kind.is_none() || row.kind()? == self.kind)
            && (self.group.is_none() || row.group()? == self.group)
            && (!self.up || row.is_up()))
    }
}

impl Request for GetLinks<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let header = LinkHeader::default();
        w.append_message(RTM_GETLINK, GetFlags::DUMP, &header, |w| {
            if let Some(master) = self.master {
                w.u32(IFLA_MASTER, master.get())?;
            }
            if let Some(kind) = self.kind {
                w.nest(IFLA_LINKINFO, |w| w.text(IFLA_INFO_KIND, kind))?;
            }
            match self.ext_mask.bits() {
                0 => Ok(w),
                mask => w.u32(IFLA_EXT_MASK, mask),
            }
        })?;
        Ok(Next::End)
    }
}

impl Query for GetLinks<'_> {
    type Row<'a> = LinkRow<'a>;

    #[inline]
    fn row(message: MessageRef<'_>) -> LinkRow<'_> {
        Row::of(message)
    }

    #[inline]
    fn matches(&self, message: MessageRef<'_>) -> Result<bool, DecodeError> {
        let filters = self.master.is_some() || self.kind.is_some() || self.group.is_some();
        if !filters && !self.up {
            return Ok(true);
        }
        self.compare(Row::of(message))
    }
}

crate::__format!(GetLink<'_>, GetLinks<'_>);
