//! Creation of links.

use core::fmt;

use super::select::{Common, common};
use super::{
    IFLA_IFNAME, IFLA_INFO_DATA, IFLA_INFO_KIND, IFLA_LINK, IFLA_LINKINFO, Link, LinkFlags,
    LinkHeader, LinkRef, VETH_INFO_PEER,
};
use crate::route::{PROTOCOL, RTM_NEWLINK, RTM_SETLINK};
use crate::schema::Protocol;
use crate::writer::Put;
use crate::{
    EncodeError, Errno, Flags, Items, LinkIndex, NamespaceFd, NewFlags, Next, Request, Text, Writer,
};

/// Kind of a link and its settings, for [`NewLink`] and
/// [`SetLinkKind`](super::SetLinkKind).
///
/// A kind without settings is its name, a `&str`. Implement the trait for kinds
/// that this crate does not know.
pub trait LinkSettings: Sync {
    /// Returns the name of the kind, such as `bridge` (`IFLA_INFO_KIND`).
    fn kind(&self) -> &str;

    /// Puts the nest `IFLA_INFO_DATA`, if the kind has settings.
    ///
    /// # Errors
    ///
    /// Errors of the writer.
    fn put<'w, 'b>(&self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        Ok(w)
    }

    /// Returns the other end of a pair, such as a veth. Its attribute has type 1
    /// in `IFLA_INFO_DATA` of all kinds.
    fn peer(&self) -> Option<&VethPeer<'_>> {
        None
    }

    /// Puts the settings of a pair beside its other end, in place of
    /// [`put`](Self::put).
    ///
    /// # Errors
    ///
    /// Errors of the writer.
    fn put_beside_peer<'w, 'b>(&self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        Ok(w)
    }
}

impl LinkSettings for &str {
    fn kind(&self) -> &str {
        self
    }
}

/// Creates a link (`RTM_NEWLINK`).
///
/// The constructors name the kind; its settings are methods that only this
/// kind has, and `settings` takes what has no method. The link must not be
/// there yet: `EEXIST`.
///
/// The kernel ignores an alias while it creates a link, and what it would do to
/// a veth's other end. A second message sets those once the first is
/// acknowledged, so such a request suits neither a batch nor a pipeline.
///
/// ```
/// use nlwire::route::{BridgeAttr, NewLink, VethPeer};
///
/// let veth = NewLink::veth("left", VethPeer::new("right").mtu(1400).up()).mtu(1400).up();
/// let vxlan = NewLink::vxlan("vx0", 42).port(4789).local([192, 0, 2, 1]).learning(false).up();
/// let bridge = NewLink::bridge("br0").vlan_filtering(true).settings(&[BridgeAttr::AgeingTime(6000)]);
/// let wireguard = NewLink::new("wg0", "wireguard");
/// # let _ = (veth, vxlan, bridge, wireguard);
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "RTM_NEWLINK")]
pub struct NewLink<'a, K = &'a str> {
    end: End<'a>,
    lower: LinkIndex,
    if_absent: bool,
    flags: NewFlags,
    pub(super) kind: K,
}

impl<'a> NewLink<'a> {
    /// Creates a link of a kind without settings, such as `dummy`, `ifb` or
    /// `wireguard`.
    pub fn new(name: impl Into<Text<'a>>, kind: &'a str) -> Self {
        Self::of(name, kind)
    }

    /// Creates a dummy link, which drops all packets.
    pub fn dummy(name: impl Into<Text<'a>>) -> Self {
        Self::of(name, "dummy")
    }

    /// Creates an intermediate functional block, to which `tc` redirects.
    pub fn ifb(name: impl Into<Text<'a>>) -> Self {
        Self::of(name, "ifb")
    }
}

impl<'a, K: LinkSettings> NewLink<'a, K> {
    /// Creates a link of any kind. An empty name lets the kernel choose one,
    /// and so does a `%d` in it.
    pub fn of(name: impl Into<Text<'a>>, kind: K) -> Self {
        Self {
            end: End::new(name.into()),
            lower: LinkIndex::NONE,
            if_absent: false,
            flags: NewFlags::CREATE.union(NewFlags::EXCL),
            kind,
        }
    }

    /// Creates a link on a lower device (`IFLA_LINK`).
    pub(super) fn upon(name: impl Into<Text<'a>>, lower: impl Into<LinkIndex>, kind: K) -> Self {
        let lower = lower.into();
        Self {
            lower,
            ..Self::of(name, kind)
        }
    }

    /// Chooses the index, which must be free.
    pub fn index(mut self, index: impl Into<LinkIndex>) -> Self {
        self.end.index = index.into();
        self
    }

    /// Sets the link up; its peer has a method of its own.
    #[doc(alias = "IFF_UP")]
    pub const fn up(mut self) -> Self {
        self.end.up = true;
        self
    }

    /// Leaves a link of this name as it is, whatever its kind: `EEXIST` counts
    /// as success. What follows the creation, such as the alias, is done all
    /// the same.
    pub const fn if_absent(mut self) -> Self {
        self.if_absent = true;
        self
    }

    /// Changes a link of this name and kind, if there is one: `NLM_F_CREATE`
    /// without `NLM_F_EXCL`. Some kinds cannot be changed (`EOPNOTSUPP`).
    pub const fn or_change(mut self) -> Self {
        self.flags = NewFlags::CREATE;
        self
    }
}

/// Settings of links of all kinds.
impl<'a, K> NewLink<'a, K> {
    common!(end.common);
}

impl<K: LinkSettings> Request for NewLink<'_, K> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, from: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let creation = Creation::new(&self.end, &self.kind)?;
        match from {
            0 => creation.create(self.lower, self.flags.into(), w),
            _ => creation.follow(from, w),
        }
    }

    fn object(&self, from: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match Creation::new(&self.end, &self.kind) {
            Ok(creation) => creation.end(from).link().object(f),
            Err(_) => self.end.link().object(f),
        }
    }

    fn forgives(&self) -> &'static [Errno] {
        if self.if_absent {
            &[Errno::EEXIST]
        } else {
            &[]
        }
    }
}

/// Other end of a veth, for [`NewLink::veth`]; its name converts into one.
///
/// An end that is in another namespace and goes up has to be the only one in
/// another namespace: only the creation can reach it there.
#[derive(Clone, Copy, Debug)]
#[must_use = "describes the other end of a veth"]
#[doc(alias = "VETH_INFO_PEER")]
pub struct VethPeer<'a> {
    end: End<'a>,
}

impl<'a> VethPeer<'a> {
    /// Names the end.
    pub fn new(name: impl Into<Text<'a>>) -> Self {
        Self {
            end: End::new(name.into()),
        }
    }

    /// Chooses the index, which must be free.
    pub fn index(mut self, index: impl Into<LinkIndex>) -> Self {
        self.end.index = index.into();
        self
    }

    /// Sets the end up, in a second message if it is in this namespace.
    pub const fn up(mut self) -> Self {
        self.end.up = true;
        self
    }

    common!(end.common);
}

impl<'a> From<Text<'a>> for VethPeer<'a> {
    fn from(name: Text<'a>) -> Self {
        Self::new(name)
    }
}

impl<'a> From<&'a str> for VethPeer<'a> {
    fn from(name: &'a str) -> Self {
        Self::new(name)
    }
}

impl<'a> From<&'a [u8]> for VethPeer<'a> {
    fn from(name: &'a [u8]) -> Self {
        Self::new(name)
    }
}

impl<'a, const N: usize> From<&'a [u8; N]> for VethPeer<'a> {
    fn from(name: &'a [u8; N]) -> Self {
        Self::new(name)
    }
}

/// Link that is created: the only one, or one end of a veth.
#[derive(Clone, Copy, Debug)]
struct End<'a> {
    name: Text<'a>,
    index: LinkIndex,
    up: bool,
    common: Common<'a>,
}

impl<'a> End<'a> {
    fn new(name: Text<'a>) -> Self {
        Self {
            name,
            index: LinkIndex::NONE,
            up: false,
            common: Common::default(),
        }
    }

    /// Returns the name of the link for the messages after its creation.
    const fn link(&self) -> LinkRef<'a> {
        if self.index.is_none() {
            LinkRef::Name(self.name)
        } else {
            LinkRef::Index(self.index)
        }
    }

    fn header(&self, up: bool) -> LinkHeader {
        let flags = if up {
            LinkFlags::UP
        } else {
            LinkFlags::empty()
        };
        LinkHeader {
            index: self.index.get().into(),
            flags: flags.bits().into(),
            change: flags.bits().into(),
            ..LinkHeader::default()
        }
    }

    fn put<'w, 'b>(&self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        if !self.name.is_empty() {
            w.text(IFLA_IFNAME, self.name)?;
        }
        self.common.put(w)
    }

    const fn is_elsewhere(&self) -> bool {
        self.common.namespace.is_some()
    }
}

/// Messages that create a link. The kernel configures the link that a request
/// is for, yet not the other end of a veth: in `veth_newlink` that end goes up
/// before it has a peer (`ENOTCONN`), and its master is ignored. So it gets a
/// second message, or is the first end if it is out of reach later.
struct Creation<'r> {
    /// End that the request is for.
    first: &'r End<'r>,
    /// Other end of a veth.
    second: Option<&'r End<'r>>,
    kind: &'r dyn LinkSettings,
}

/// Places of the messages after the creation.
const FIRST: u64 = 1;
const SECOND: u64 = 2;

impl<'r> Creation<'r> {
    fn new(own: &'r End<'r>, kind: &'r dyn LinkSettings) -> Result<Self, EncodeError> {
        let peer = kind.peer().map(|peer| &peer.end);
        let (first, second) = match peer {
            Some(peer) if peer.up && peer.is_elsewhere() && !own.is_elsewhere() => {
                (peer, Some(own))
            }
            _ => (own, peer),
        };
        let creation = Self {
            first,
            second,
            kind,
        };
        let lost = |place| creation.follows(place) && creation.end(place).is_elsewhere();
        if lost(FIRST) || lost(SECOND) {
            return Err(EncodeError::OtherNamespace);
        }
        Ok(creation)
    }

    /// Returns the end that the message at a place is about.
    fn end(&self, place: u64) -> &'r End<'r> {
        match self.second {
            Some(second) if place == SECOND => second,
            _ => self.first,
        }
    }

    /// Returns true if there is a message at a place after the creation.
    fn follows(&self, place: u64) -> bool {
        match (place, self.second) {
            (FIRST, _) => self.first.common.alias.is_some(),
            (SECOND, Some(end)) => {
                end.up || end.common.alias.is_some() || end.common.master.is_some()
            }
            _ => false,
        }
    }

    fn create(
        &self,
        lower: LinkIndex,
        flags: Flags,
        w: &mut Writer<'_>,
    ) -> Result<Next, EncodeError> {
        let first = self.first;
        w.append_message(RTM_NEWLINK, flags, &first.header(first.up), |w| {
            first.put(w)?;
            first.common.put_master(w)?;
            if !lower.is_none() {
                w.u32(IFLA_LINK, lower.get())?;
            }
            w.nest(IFLA_LINKINFO, |w| {
                w.str(IFLA_INFO_KIND, self.kind.kind())?;
                let Some(second) = self.second else {
                    return self.kind.put(w);
                };
                w.nest(IFLA_INFO_DATA, |w| {
                    w.nest(VETH_INFO_PEER, |w| {
                        w.append(&second.header(false))?;
                        second.put(w)
                    })?;
                    self.kind.put_beside_peer(w)
                })
            })
        })?;
        Ok(if self.follows(FIRST) {
            Next::Then(FIRST)
        } else if self.follows(SECOND) {
            Next::Then(SECOND)
        } else {
            Next::End
        })
    }

    /// Sets what the creation could not.
    fn follow(&self, place: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let end = self.end(place);
        let second = place == SECOND;
        w.append_message(
            RTM_SETLINK,
            Flags::empty(),
            &end.header(second && end.up),
            |w| {
                end.link().put(w)?;
                if second {
                    end.common.put_master(w)?;
                }
                end.common.put_alias(w)
            },
        )?;
        Ok(match place {
            FIRST if self.follows(SECOND) => Next::Then(SECOND),
            _ => Next::End,
        })
    }
}

crate::__format!(for [K: core::fmt::Debug] NewLink<'_, K>, VethPeer<'_>);
