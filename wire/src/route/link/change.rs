//! Changes and deletion of links.

use core::fmt;

use super::select::{Common, common};
use super::{
    IFLA_ALT_IFNAME, IFLA_GROUP, IFLA_IFNAME, IFLA_INFO_KIND, IFLA_LINKINFO, IFLA_PROP_LIST, Link,
    LinkFlags, LinkHeader, LinkRef, LinkRow, LinkSettings,
};
use crate::route::{
    PROTOCOL, RTM_DELLINK, RTM_DELLINKPROP, RTM_NEWLINK, RTM_NEWLINKPROP, RTM_SETLINK,
};
use crate::schema::Protocol;
use crate::{
    EncodeError, Errno, Flags, Items, LinkIndex, MessageType, NamespaceFd, NewFlags, Next, Request,
    Text, Writer,
};

/// Changes a link (`RTM_SETLINK`).
///
/// The kernel carries out one change after the other, and keeps those before
/// the one that it refuses.
///
/// ```
/// use nlwire::LinkIndex;
/// use nlwire::route::SetLink;
///
/// let port = SetLink::of("eth0").master(LinkIndex::new(5)).alias("uplink").up();
/// let renamed = SetLink::rename(LinkIndex::new(7), "wan0");
/// # let _ = (port, renamed);
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "RTM_SETLINK")]
pub struct SetLink<'a> {
    link: LinkRef<'a>,
    name: Option<Text<'a>>,
    flags: LinkFlags,
    change: LinkFlags,
    common: Common<'a>,
}

impl<'a> SetLink<'a> {
    /// Changes the link with this index, name or alternative name.
    pub fn of(link: impl Into<LinkRef<'a>>) -> Self {
        Self {
            link: link.into(),
            name: None,
            flags: LinkFlags::empty(),
            change: LinkFlags::empty(),
            common: Common::default(),
        }
    }

    /// Changes the link with this name or alternative name.
    pub fn by_name(name: impl Into<Text<'a>>) -> Self {
        Self::of(name.into())
    }

    /// Changes the link with this index.
    pub fn by_index(index: impl Into<LinkIndex>) -> Self {
        Self::of(index.into())
    }

    /// Changes the name of the link with this index, which is the only way to
    /// name a link whose name changes.
    pub fn rename(index: impl Into<LinkIndex>, name: impl Into<Text<'a>>) -> Self {
        Self {
            name: Some(name.into()),
            ..Self::by_index(index)
        }
    }

    /// Sets the link up.
    #[doc(alias = "IFF_UP")]
    pub const fn up(self) -> Self {
        self.flag(LinkFlags::UP, true)
    }

    /// Sets the link down.
    #[doc(alias = "IFF_UP")]
    pub const fn down(self) -> Self {
        self.flag(LinkFlags::UP, false)
    }

    /// Sets promiscuous mode: every packet is received, for any destination.
    #[doc(alias = "IFF_PROMISC")]
    pub const fn promiscuous(self, on: bool) -> Self {
        self.flag(LinkFlags::PROMISC, on)
    }

    /// Sets flags or clears them, such as [`LinkFlags::ALLMULTI`].
    #[doc(alias = "ifi_flags")]
    pub const fn flag(mut self, flags: LinkFlags, on: bool) -> Self {
        self.change = self.change.union(flags);
        self.flags = if on {
            self.flags.union(flags)
        } else {
            self.flags.difference(flags)
        };
        self
    }

    common!(common);
}

impl Request for SetLink<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let header = LinkHeader {
            flags: self.flags.bits().into(),
            change: self.change.bits().into(),
            ..self.link.header()
        };
        w.append_message(RTM_SETLINK, Flags::empty(), &header, |w| {
            match self.name {
                Some(name) => w.text(IFLA_IFNAME, name)?,
                None => self.link.put(w)?,
            };
            self.common.put_master(w)?;
            self.common.put_alias(w)?;
            self.common.put(w)
        })?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.link.object(f)
    }
}

/// Changes the settings of a link's kind (`RTM_NEWLINK` without
/// `NLM_F_CREATE`), such as those of a bridge.
///
/// ```
/// use nlwire::route::{NewLink, SetLinkKind};
///
/// let filtering = SetLinkKind::of("br0", NewLink::bridge("").vlan_filtering(true));
/// # let _ = filtering;
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "a request does nothing until a connection carries it out"]
pub struct SetLinkKind<'a, K> {
    link: LinkRef<'a>,
    kind: K,
}

impl<'a, K: LinkSettings> SetLinkKind<'a, K> {
    /// Changes a link to the settings of `like`; the rest of `like` is not
    /// used.
    pub fn of(link: impl Into<LinkRef<'a>>, like: super::NewLink<'a, K>) -> Self {
        Self {
            link: link.into(),
            kind: like.kind,
        }
    }
}

impl<K: LinkSettings> Request for SetLinkKind<'_, K> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        w.append_message(RTM_NEWLINK, Flags::empty(), &self.link.header(), |w| {
            self.link.put(w)?.nest(IFLA_LINKINFO, |w| {
                w.str(IFLA_INFO_KIND, self.kind.kind())?;
                self.kind.put(w)
            })
        })?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.link.object(f)
    }
}

/// Deletes a link (`RTM_DELLINK`); with one end of a veth the other goes, too.
///
/// Links that were not created by a request, such as `lo`, cannot be deleted:
/// `EOPNOTSUPP`.
#[derive(Clone, Copy, Debug)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "RTM_DELLINK")]
pub struct DeleteLink<'a> {
    target: Target<'a>,
    if_there: bool,
}

#[derive(Clone, Copy, Debug)]
enum Target<'a> {
    Link(LinkRef<'a>),
    Group(u32),
}

impl<'a> DeleteLink<'a> {
    /// Deletes the link with this index, name or alternative name.
    pub fn of(link: impl Into<LinkRef<'a>>) -> Self {
        Self {
            target: Target::Link(link.into()),
            if_there: false,
        }
    }

    /// Deletes the link with this name or alternative name.
    pub fn by_name(name: impl Into<Text<'a>>) -> Self {
        Self::of(name.into())
    }

    /// Deletes the link with this index.
    pub fn by_index(index: impl Into<LinkIndex>) -> Self {
        Self::of(index.into())
    }

    /// Deletes the link of a row, by its index.
    pub fn of_row(row: &LinkRow<'_>) -> Self {
        Self::by_index(row.index())
    }

    /// Deletes all links of a group.
    pub const fn group(group: u32) -> Self {
        Self {
            target: Target::Group(group),
            if_there: false,
        }
    }

    /// Counts `ENODEV` as success: the link may be absent.
    pub const fn if_there(mut self) -> Self {
        self.if_there = true;
        self
    }
}

impl Request for DeleteLink<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let header = match self.target {
            Target::Link(link) => link.header(),
            Target::Group(_) => LinkHeader::default(),
        };
        w.append_message(RTM_DELLINK, Flags::empty(), &header, |w| {
            match self.target {
                Target::Link(link) => link.put(w),
                Target::Group(group) => w.u32(IFLA_GROUP, group),
            }
        })?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.target {
            Target::Link(link) => link.object(f),
            Target::Group(group) => write!(f, "links of group {group}"),
        }
    }

    fn forgives(&self) -> &'static [Errno] {
        if self.if_there { &[Errno::ENODEV] } else { &[] }
    }
}

/// Adds an alternative name to a link, at most 127 bytes (`RTM_NEWLINKPROP`).
///
/// ```
/// use nlwire::route::NewAltName;
///
/// let uplink = NewAltName::of("eth0", "uplink-to-the-provider");
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "RTM_NEWLINKPROP")]
pub struct NewAltName<'a> {
    link: LinkRef<'a>,
    name: Text<'a>,
}

impl<'a> NewAltName<'a> {
    /// Names the link and its new name.
    pub fn of(link: impl Into<LinkRef<'a>>, name: impl Into<Text<'a>>) -> Self {
        Self {
            link: link.into(),
            name: name.into(),
        }
    }
}

impl Request for NewAltName<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let flags = NewFlags::CREATE | NewFlags::EXCL | NewFlags::APPEND;
        write_alt_name(RTM_NEWLINKPROP, flags.into(), self.link, self.name, w)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "alternative name {:?} of link {}", self.name, self.link)
    }
}

/// Deletes an alternative name of a link (`RTM_DELLINKPROP`).
///
/// ```
/// use nlwire::route::DeleteAltName;
///
/// let delete = DeleteAltName::of("eth0", "uplink-to-the-provider").if_there();
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "RTM_DELLINKPROP")]
pub struct DeleteAltName<'a> {
    link: LinkRef<'a>,
    name: Text<'a>,
    if_there: bool,
}

impl<'a> DeleteAltName<'a> {
    /// Names the link and the name that goes.
    pub fn of(link: impl Into<LinkRef<'a>>, name: impl Into<Text<'a>>) -> Self {
        Self {
            link: link.into(),
            name: name.into(),
            if_there: false,
        }
    }

    /// Counts `ENOENT` and `ENODEV` as success: name or link may be absent.
    pub const fn if_there(mut self) -> Self {
        self.if_there = true;
        self
    }
}

impl Request for DeleteAltName<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let none = Flags::empty();
        write_alt_name(RTM_DELLINKPROP, none, self.link, self.name, w)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "alternative name {:?} of link {}", self.name, self.link)
    }

    fn forgives(&self) -> &'static [Errno] {
        if self.if_there {
            &[Errno::ENOENT, Errno::ENODEV]
        } else {
            &[]
        }
    }
}

fn write_alt_name(
    kind: MessageType,
    flags: Flags,
    link: LinkRef<'_>,
    name: Text<'_>,
    w: &mut Writer<'_>,
) -> Result<Next, EncodeError> {
    w.append_message(kind, flags, &link.header(), |w| {
        link.put(w)?
            .nest(IFLA_PROP_LIST, |w| w.text(IFLA_ALT_IFNAME, name))
    })?;
    Ok(Next::End)
}

crate::__format!(
    SetLink<'_>, DeleteLink<'_>, NewAltName<'_>, DeleteAltName<'_>,
    for [K: core::fmt::Debug] SetLinkKind<'_, K>,
);
