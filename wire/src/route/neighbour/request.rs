//! Neighbours: created, deleted and listed.

use core::fmt;
use core::net::IpAddr;

use super::{
    NDA_DST, NDA_FLAGS_EXT, NDA_IFINDEX, NDA_LLADDR, NDA_PROTOCOL, Neighbour, NeighbourFlags,
    NeighbourFlagsExt, NeighbourHeader, NeighbourRow, NeighbourState,
};
use crate::route::{
    AF_INET, AF_INET6, AF_UNSPEC, PROTOCOL, RTM_DELNEIGH, RTM_GETNEIGH, RTM_NEWNEIGH,
    RouteProtocol, family_of,
};
use crate::schema::Protocol;
use crate::{
    DecodeError, EncodeError, Errno, Flags, Flush, GetFlags, Items, LinkIndex, MessageRef,
    NewFlags, Next, Query, Request, Row, Writer,
};

/// Neighbour that a request names: link, address, and whether this host
/// answers for it, which is a table of its own.
#[derive(Clone, Copy, Debug)]
struct Name {
    link: LinkIndex,
    ip: IpAddr,
    proxy: bool,
}

impl Name {
    fn new(link: impl Into<LinkIndex>, ip: impl Into<IpAddr>, proxy: bool) -> Self {
        Self {
            link: link.into(),
            ip: ip.into(),
            proxy,
        }
    }

    fn header(&self) -> NeighbourHeader {
        NeighbourHeader {
            family: family_of(self.ip),
            index: self.link.get().into(),
            flags: if self.proxy {
                NeighbourFlags::PROXY
            } else {
                NeighbourFlags::empty()
            },
            ..NeighbourHeader::default()
        }
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = if self.proxy { "proxy" } else { "neighbour" };
        let ip = crate::text::Ip(self.ip);
        write!(f, "{word} {ip} of link {}", self.link)
    }
}

/// Adds a neighbour, which must not be there yet (`RTM_NEWNEIGH`): `EEXIST`.
///
/// ```
/// use nlwire::LinkIndex;
/// use nlwire::route::NewNeighbour;
///
/// let eth0 = LinkIndex::new(2);
/// let permanent = NewNeighbour::of(eth0, [192, 0, 2, 2]).mac([2, 0, 0, 0, 0, 2]).replace();
/// let answered_for = NewNeighbour::proxy(eth0, [192, 0, 2, 77]);
/// # let _ = (permanent, answered_for);
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "RTM_NEWNEIGH")]
pub struct NewNeighbour<'a> {
    name: Name,
    flags: NewFlags,
    if_absent: bool,
    mac: Option<[u8; 6]>,
    state: Option<NeighbourState>,
    entry_flags: NeighbourFlags,
    flags_ext: NeighbourFlagsExt,
    origin: Option<RouteProtocol>,
    more: Option<&'a dyn Items<Neighbour>>,
}

impl<'a> NewNeighbour<'a> {
    /// Adds a neighbour of a link: a permanent one, if it has a
    /// [`mac`](Self::mac).
    pub fn of(link: impl Into<LinkIndex>, ip: impl Into<IpAddr>) -> Self {
        Self::new(Name::new(link, ip, false))
    }

    /// Answers for an address on a link; on all links, if the index is
    /// [`LinkIndex::NONE`]. The kernel acknowledges one that is there already.
    #[doc(alias = "NTF_PROXY")]
    pub fn proxy(link: impl Into<LinkIndex>, ip: impl Into<IpAddr>) -> Self {
        Self::new(Name::new(link, ip, true))
    }

    fn new(name: Name) -> Self {
        Self {
            name,
            flags: NewFlags::CREATE.union(NewFlags::EXCL),
            if_absent: false,
            mac: None,
            state: None,
            entry_flags: NeighbourFlags::empty(),
            flags_ext: NeighbourFlagsExt::empty(),
            origin: None,
            more: None,
        }
    }

    /// Sets the MAC address. A link-layer address of another length is a
    /// `NeighbourAttr::Hardware` for [`with`](Self::with), beside a
    /// [`state`](Self::state).
    #[doc(alias = "NDA_LLADDR")]
    pub const fn mac(mut self, mac: [u8; 6]) -> Self {
        self.mac = Some(mac);
        self
    }

    /// Sets the state; the default is `PERMANENT` with a MAC address, and none
    /// without.
    #[doc(alias = "ndm_state")]
    pub const fn state(mut self, state: NeighbourState) -> Self {
        self.state = Some(state);
        self
    }

    /// Adds flags, such as [`NeighbourFlags::ROUTER`] or
    /// [`NeighbourFlags::USE`], which resolves the address at once.
    #[doc(alias = "ndm_flags")]
    pub const fn flags(mut self, flags: NeighbourFlags) -> Self {
        self.entry_flags = self.entry_flags.union(flags);
        self
    }

    /// Adds flags of the second word, such as [`NeighbourFlagsExt::MANAGED`].
    #[doc(alias = "NDA_FLAGS_EXT")]
    pub const fn flags_ext(mut self, flags: NeighbourFlagsExt) -> Self {
        self.flags_ext = self.flags_ext.union(flags);
        self
    }

    /// Sets the origin, such as [`RouteProtocol::STATIC`].
    #[doc(alias = "NDA_PROTOCOL")]
    pub const fn origin(mut self, origin: RouteProtocol) -> Self {
        self.origin = Some(origin);
        self
    }

    /// Adds attributes that have no method here.
    pub const fn with(mut self, more: &'a dyn Items<Neighbour>) -> Self {
        self.more = Some(more);
        self
    }

    /// Changes the neighbour if it exists.
    #[doc(alias = "NLM_F_REPLACE")]
    pub const fn replace(mut self) -> Self {
        self.flags = NewFlags::CREATE.union(NewFlags::REPLACE);
        self
    }

    /// Keeps an existing neighbour unchanged: `EEXIST` counts as
    /// success.
    pub const fn if_absent(mut self) -> Self {
        self.if_absent = true;
        self
    }
}

impl Request for NewNeighbour<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let state = self.state.unwrap_or(match self.mac {
            Some(_) => NeighbourState::PERMANENT,
            None => NeighbourState::empty(),
        });
        let header = self.name.header();
        let header = NeighbourHeader {
            state: state.bits().into(),
            flags: header.flags.union(self.entry_flags),
            ..header
        };
        w.append_message(RTM_NEWNEIGH, self.flags, &header, |w| {
            w.ip(NDA_DST, self.name.ip)?;
            if let Some(mac) = &self.mac {
                w.bytes(NDA_LLADDR, mac)?;
            }
            if !self.flags_ext.is_empty() {
                w.u32(NDA_FLAGS_EXT, self.flags_ext.bits())?;
            }
            if let Some(origin) = self.origin {
                w.u8(NDA_PROTOCOL, origin.0)?;
            }
            w.put_items(self.more)
        })?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.name)
    }

    fn forgives(&self) -> &'static [Errno] {
        if self.if_absent {
            &[Errno::EEXIST]
        } else {
            &[]
        }
    }
}

/// Deletes a neighbour (`RTM_DELNEIGH`): `ENOENT` if there is none.
///
/// ```
/// use nlwire::route::DeleteNeighbour;
///
/// let delete = DeleteNeighbour::of(2, [192, 0, 2, 7]).if_there();
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "RTM_DELNEIGH")]
pub struct DeleteNeighbour {
    name: Name,
    if_there: bool,
}

impl DeleteNeighbour {
    /// Deletes a neighbour of a link.
    pub fn of(link: impl Into<LinkIndex>, ip: impl Into<IpAddr>) -> Self {
        Self::new(Name::new(link, ip, false))
    }

    /// No longer answers for an address on a link.
    #[doc(alias = "NTF_PROXY")]
    pub fn proxy(link: impl Into<LinkIndex>, ip: impl Into<IpAddr>) -> Self {
        Self::new(Name::new(link, ip, true))
    }

    /// Deletes the neighbour or proxy of a row.
    ///
    /// # Errors
    /// Fails if the address is missing or has a wrong length.
    pub fn of_row(row: &NeighbourRow<'_>) -> Result<Self, DecodeError> {
        let ip = row.attributes.require(NDA_DST)?.ip()?;
        Ok(Self::new(Name::new(row.link(), ip, row.is_proxy())))
    }

    const fn new(name: Name) -> Self {
        Self {
            name,
            if_there: false,
        }
    }

    /// Treats a missing neighbour or link as success.
    pub const fn if_there(mut self) -> Self {
        self.if_there = true;
        self
    }
}

impl Request for DeleteNeighbour {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let (none, header) = (Flags::empty(), self.name.header());
        w.append_message(RTM_DELNEIGH, none, &header, |w| w.ip(NDA_DST, self.name.ip))?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.name)
    }

    fn forgives(&self) -> &'static [Errno] {
        if self.if_there {
            &[Errno::ENOENT, Errno::ENODEV]
        } else {
            &[]
        }
    }
}

/// Gets one neighbour (`RTM_GETNEIGH`): `ENOENT` if there is none.
///
/// ```
/// use nlwire::route::GetNeighbour;
///
/// let gateway = GetNeighbour::of(2, [192, 0, 2, 1]);
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "a request does nothing until a connection carries it out"]
pub struct GetNeighbour(Name);

impl GetNeighbour {
    /// Gets a neighbour of a link.
    pub fn of(link: impl Into<LinkIndex>, ip: impl Into<IpAddr>) -> Self {
        Self(Name::new(link, ip, false))
    }

    /// Gets an address that this host answers for on a link.
    #[doc(alias = "NTF_PROXY")]
    pub fn proxy(link: impl Into<LinkIndex>, ip: impl Into<IpAddr>) -> Self {
        Self(Name::new(link, ip, true))
    }
}

impl Request for GetNeighbour {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let (none, header) = (Flags::empty(), self.0.header());
        w.append_message(RTM_GETNEIGH, none, &header, |w| w.ip(NDA_DST, self.0.ip))?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl Query for GetNeighbour {
    type Row<'a> = NeighbourRow<'a>;

    #[inline]
    fn row(message: MessageRef<'_>) -> NeighbourRow<'_> {
        Row::of(message)
    }

    fn matches(&self, message: MessageRef<'_>) -> Result<bool, DecodeError> {
        let row = NeighbourRow::of(message);
        Ok(row.link() == self.0.link
            && row.is_proxy() == self.0.proxy
            && row.ip()? == Some(self.0.ip))
    }
}

/// Lists neighbours, or the addresses that this host answers for
/// (`RTM_GETNEIGH`).
///
/// A list may lack rows, or repeat them, if the kernel's hash table grows during
/// the dump, and may lack one if another is deleted meanwhile. The kernel does
/// not mark such dumps as interrupted. A `Mirror` of nlsock notices both and
/// reads the table again.
///
/// ```
/// use nlwire::LinkIndex;
/// use nlwire::route::{GetNeighbours, NeighbourState};
///
/// let reachable = GetNeighbours::v6().link(LinkIndex::new(2)).state(NeighbourState::REACHABLE);
/// # let _ = reachable;
/// ```
#[derive(Clone, Copy, Debug, Default)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "RTM_GETNEIGH")]
pub struct GetNeighbours {
    family: u8,
    link: LinkIndex,
    state: NeighbourState,
    proxies: bool,
}

impl GetNeighbours {
    /// Lists neighbours of IPv4 and IPv6.
    pub fn all() -> Self {
        Self::default()
    }

    /// Lists neighbours of IPv4.
    pub fn v4() -> Self {
        Self {
            family: AF_INET,
            ..Self::default()
        }
    }

    /// Lists neighbours of IPv6.
    pub fn v6() -> Self {
        Self {
            family: AF_INET6,
            ..Self::default()
        }
    }

    /// Lists the addresses that this host answers for, in place of neighbours.
    #[doc(alias = "NTF_PROXY")]
    pub const fn proxies(mut self) -> Self {
        self.proxies = true;
        self
    }

    /// Only neighbours of this link.
    pub fn link(mut self, link: impl Into<LinkIndex>) -> Self {
        self.link = link.into();
        self
    }

    /// Only neighbours in one of these states.
    pub const fn state(mut self, states: NeighbourState) -> Self {
        self.state = states;
        self
    }

    #[inline(never)]
    fn compare(&self, row: &NeighbourRow<'_>) -> bool {
        (self.family == AF_UNSPEC || row.header.family == self.family)
            && (self.link.is_none() || row.link() == self.link)
            && (self.state.is_empty() || row.state().intersects(self.state))
            && row.is_proxy() == self.proxies
    }
}

impl Request for GetNeighbours {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        // Strict checking refuses a link and a state in the header.
        let header = NeighbourHeader {
            family: self.family,
            flags: if self.proxies {
                NeighbourFlags::PROXY
            } else {
                NeighbourFlags::empty()
            },
            ..NeighbourHeader::default()
        };
        w.append_message(RTM_GETNEIGH, GetFlags::DUMP, &header, |w| {
            if self.link.is_none() {
                return Ok(w);
            }
            w.u32(NDA_IFINDEX, self.link.get())
        })?;
        Ok(Next::End)
    }
}

impl Query for GetNeighbours {
    type Row<'a> = NeighbourRow<'a>;

    #[inline]
    fn row(message: MessageRef<'_>) -> NeighbourRow<'_> {
        Row::of(message)
    }

    #[inline]
    fn matches(&self, message: MessageRef<'_>) -> Result<bool, DecodeError> {
        let all = self.family == AF_UNSPEC && self.link.is_none() && self.state.is_empty();
        Ok(all && !self.proxies || self.compare(&Row::of(message)))
    }
}

impl Flush for GetNeighbours {
    type Deletion<'a> = DeleteNeighbour;

    fn deletion<'a>(row: &Self::Row<'a>) -> Result<Option<Self::Deletion<'a>>, DecodeError> {
        Ok(Some(DeleteNeighbour::of_row(row)?.if_there()))
    }
}

crate::__format!(
    NewNeighbour<'_>,
    DeleteNeighbour,
    GetNeighbour,
    GetNeighbours
);
