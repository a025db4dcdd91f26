//! Requests for the multicast database: `bridge mdb`.

use core::fmt;
use core::net::IpAddr;

use super::{
    ETH_P_IP, ETH_P_IPV6, MDBA_SET_ENTRY, MDBA_SET_ENTRY_ATTRS, MDBE_ATTR_SOURCE, MdbEntry,
    MdbGroup, MdbHeader, MdbItem, MdbRow, MdbSettings, MdbState,
};
use crate::route::{AF_BRIDGE, PROTOCOL, RTM_DELMDB, RTM_GETMDB, RTM_NEWMDB};
use crate::schema::Protocol;
use crate::writer::Put;
use crate::{
    DecodeError, EncodeError, Errno, Flags, GetFlags, Items, LinkIndex, MessageRef, NewFlags, Next,
    Query, Request, Row, Writer, fields,
};

/// Entry that a request names.
#[derive(Clone, Copy, Debug)]
struct Place {
    bridge: LinkIndex,
    port: LinkIndex,
    group: MdbGroup,
    vlan: u16,
    source: Option<IpAddr>,
}

impl Place {
    const fn of(bridge: LinkIndex, port: LinkIndex, group: MdbGroup) -> Self {
        Self {
            bridge,
            port,
            group,
            vlan: 0,
            source: None,
        }
    }

    fn header(&self) -> MdbHeader {
        MdbHeader {
            family: AF_BRIDGE,
            index: self.bridge.get().into(),
            ..MdbHeader::default()
        }
    }

    fn entry(&self) -> MdbEntry {
        let mut address = [0; 16];
        let mut fill = |bytes: &[u8]| {
            for (to, from) in address.iter_mut().zip(bytes) {
                *to = *from;
            }
        };
        let protocol = match self.group {
            MdbGroup::Ip(IpAddr::V4(ip)) => {
                fill(&ip.octets());
                ETH_P_IP
            }
            MdbGroup::Ip(IpAddr::V6(ip)) => {
                fill(&ip.octets());
                ETH_P_IPV6
            }
            MdbGroup::Mac(mac) => {
                fill(&mac);
                0
            }
        };
        MdbEntry {
            index: self.port.get().into(),
            vid: self.vlan.into(),
            address,
            protocol: protocol.into(),
            ..MdbEntry::default()
        }
    }

    fn put<'w, 'b>(
        &self,
        state: MdbState,
        more: Option<&dyn Items<MdbSettings>>,
        w: &'w mut Writer<'b>,
    ) -> Put<'w, 'b> {
        let entry = MdbEntry {
            state,
            ..self.entry()
        };
        let w = w.value(MDBA_SET_ENTRY, &entry)?;
        if self.source.is_none() && more.is_none() {
            return Ok(w);
        }
        w.nest(MDBA_SET_ENTRY_ATTRS, |w| {
            if let Some(source) = self.source {
                w.ip(MDBE_ATTR_SOURCE, source)?;
            }
            w.put_items(more)
        })
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.group {
            MdbGroup::Ip(ip) => write!(f, "multicast entry {}", crate::text::Ip(*ip))?,
            MdbGroup::Mac(mac) => write!(f, "multicast entry {}", crate::text::Hardware(mac))?,
        }
        if let Some(source) = self.source {
            write!(f, " source {}", crate::text::Ip(source))?;
        }
        write!(f, " of link {}", self.port)
    }
}

/// Methods that say more of a [`Place`].
macro_rules! place {
    () => {
        /// Sets the VLAN.
        pub const fn vlan(mut self, vlan: u16) -> Self {
            self.place.vlan = vlan;
            self
        }

        /// Limits the entry to packets of one source.
        #[doc(alias = "MDBE_ATTR_SOURCE")]
        pub fn source(mut self, source: impl Into<IpAddr>) -> Self {
            self.place.source = Some(source.into());
            self
        }
    };
}

/// Adds an entry to the multicast database (`bridge mdb add`), temporary unless
/// said otherwise: `EEXIST` if the port has the group.
///
/// ```
/// use nlwire::LinkIndex;
/// use nlwire::route::NewMdbEntry;
///
/// let (bridge, port) = (LinkIndex::new(5), LinkIndex::new(7));
/// let entry = NewMdbEntry::of(bridge, port, [239, 1, 1, 1]).permanent().vlan(10);
/// # let _ = entry;
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "RTM_NEWMDB")]
pub struct NewMdbEntry<'a> {
    place: Place,
    state: MdbState,
    flags: NewFlags,
    if_absent: bool,
    more: Option<&'a dyn Items<MdbSettings>>,
}

impl<'a> NewMdbEntry<'a> {
    /// Adds a group to a port. For a group joined by the host itself, and for a
    /// VXLAN, `port` is the bridge or the VXLAN, too.
    pub fn of(
        bridge: impl Into<LinkIndex>,
        port: impl Into<LinkIndex>,
        group: impl Into<MdbGroup>,
    ) -> Self {
        Self {
            place: Place::of(bridge.into(), port.into(), group.into()),
            state: MdbState::TEMPORARY,
            flags: NewFlags::CREATE.union(NewFlags::EXCL),
            if_absent: false,
            more: None,
        }
    }

    place!();

    /// Keeps the entry until a request deletes it.
    #[doc(alias = "MDB_PERMANENT")]
    pub const fn permanent(mut self) -> Self {
        self.state = MdbState::PERMANENT;
        self
    }

    /// Adds details that have no method here.
    pub const fn with(mut self, more: &'a dyn Items<MdbSettings>) -> Self {
        self.more = Some(more);
        self
    }

    /// Changes the entry if the port has the group.
    pub const fn replace(mut self) -> Self {
        self.flags = NewFlags::CREATE.union(NewFlags::REPLACE);
        self
    }

    /// Leaves the entry as it is if the port has the group: `EEXIST` counts as
    /// success.
    pub const fn if_absent(mut self) -> Self {
        self.if_absent = true;
        self
    }
}

impl Request for NewMdbEntry<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        w.append_message(RTM_NEWMDB, self.flags, &self.place.header(), |w| {
            self.place.put(self.state, self.more, w)
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

/// Deletes an entry of the multicast database (`bridge mdb del`): `EINVAL` or
/// `ENOENT`, by the kernel's version, if there is none.
#[derive(Clone, Copy, Debug)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "RTM_DELMDB")]
pub struct DeleteMdbEntry<'a> {
    place: Place,
    state: MdbState,
    if_there: bool,
    more: Option<&'a dyn Items<MdbSettings>>,
}

impl<'a> DeleteMdbEntry<'a> {
    /// Deletes a group of a port.
    ///
    /// ```
    /// use nlwire::route::DeleteMdbEntry;
    ///
    /// // bridge mdb del dev br0 port eth1 grp 239.1.1.1 vid 10
    /// let delete = DeleteMdbEntry::of(5, 7, [239, 1, 1, 1]).vlan(10).if_there();
    /// # let _ = delete;
    /// ```
    pub fn of(
        bridge: impl Into<LinkIndex>,
        port: impl Into<LinkIndex>,
        group: impl Into<MdbGroup>,
    ) -> Self {
        Self {
            place: Place::of(bridge.into(), port.into(), group.into()),
            state: MdbState::TEMPORARY,
            if_there: false,
            more: None,
        }
    }

    /// Deletes an entry of a bridge's row; `None` if its group is of an unknown
    /// protocol.
    ///
    /// # Errors
    /// An entry that is too short, or a broken source.
    pub fn of_item(
        bridge: impl Into<LinkIndex>,
        item: &MdbItem<'_>,
    ) -> Result<Option<Self>, DecodeError> {
        let entry = item.header()?;
        let source = fields!(item.set() => super::MdbDetails { source })?.source;
        Ok(entry.group().map(|group| {
            let mut request = Self::of(bridge, entry.port(), group).vlan(entry.vid.get());
            request.place.source = source;
            request.state = entry.state;
            request
        }))
    }

    place!();

    /// Names details of a VXLAN's entry, such as its remote address.
    pub const fn with(mut self, more: &'a dyn Items<MdbSettings>) -> Self {
        self.more = Some(more);
        self
    }

    /// Counts as success that the entry is absent.
    pub const fn if_there(mut self) -> Self {
        self.if_there = true;
        self
    }
}

impl Request for DeleteMdbEntry<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let none = Flags::empty();
        w.append_message(RTM_DELMDB, none, &self.place.header(), |w| {
            self.place.put(self.state, self.more, w)
        })?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.place)
    }

    fn forgives(&self) -> &'static [Errno] {
        if self.if_there { &[Errno::ENOENT] } else { &[] }
    }
}

/// Lists multicast databases, one row for each bridge and VXLAN (`bridge mdb
/// show`). The rows' [`entries`](MdbRow::entries) are walked.
///
/// ```
/// use nlwire::route::GetMdbs;
///
/// let all = GetMdbs::all();
/// let of_bridge = GetMdbs::all().link(3);
/// ```
#[derive(Clone, Copy, Debug, Default)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "RTM_GETMDB")]
pub struct GetMdbs {
    link: LinkIndex,
}

impl GetMdbs {
    /// Lists the databases of all bridges and VXLANs.
    pub fn all() -> Self {
        Self::default()
    }

    /// Only the database of this bridge or VXLAN. A long one is several rows.
    pub fn link(mut self, link: impl Into<LinkIndex>) -> Self {
        self.link = link.into();
        self
    }
}

impl Request for GetMdbs {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        // Strict checking refuses a link index.
        let header = MdbHeader {
            family: AF_BRIDGE,
            ..MdbHeader::default()
        };
        w.append_message(RTM_GETMDB, GetFlags::DUMP, &header, |w| Ok(w))?;
        Ok(Next::End)
    }
}

impl Query for GetMdbs {
    type Row<'a> = MdbRow<'a>;

    #[inline]
    fn row(message: MessageRef<'_>) -> MdbRow<'_> {
        Row::of(message)
    }

    #[inline]
    fn matches(&self, message: MessageRef<'_>) -> Result<bool, DecodeError> {
        Ok(self.link.is_none() || MdbRow::of(message).link() == self.link)
    }
}

crate::__format!(NewMdbEntry<'_>, DeleteMdbEntry<'_>, GetMdbs);
