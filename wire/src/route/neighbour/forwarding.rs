//! Forwarding entries of bridges and VXLANs: `bridge fdb`.

use core::fmt;
use core::net::IpAddr;

use super::{
    NDA_DST, NDA_FLAGS_EXT, NDA_IFINDEX, NDA_LLADDR, NDA_MASTER, NDA_NH_ID, NDA_PORT, NDA_SRC_VNI,
    NDA_VLAN, NDA_VNI, Neighbour, NeighbourFlags, NeighbourFlagsExt, NeighbourHeader, NeighbourRow,
    NeighbourState,
};
use crate::route::{AF_BRIDGE, PROTOCOL, RTM_DELNEIGH, RTM_GETNEIGH, RTM_NEWNEIGH};
use crate::schema::Protocol;
use crate::writer::Put;
use crate::{
    DecodeError, EncodeError, Errno, Flags, Flush, GetFlags, Items, LinkIndex, MessageRef,
    NewFlags, Next, Query, Request, Row, Writer, fields,
};

/// Forwarding entry that a request names, with its destination.
#[derive(Clone, Copy, Debug)]
struct Entry {
    link: LinkIndex,
    mac: [u8; 6],
    /// `MASTER`: the table of the port's bridge; `OWN`: that of the link.
    table: NeighbourFlags,
    vlan: Option<u16>,
    remote: Option<IpAddr>,
    port: Option<u16>,
    vni: Option<u32>,
    source_vni: Option<u32>,
    via: Option<LinkIndex>,
    next_hop: Option<u32>,
}

impl Entry {
    fn new(link: impl Into<LinkIndex>, mac: [u8; 6], table: NeighbourFlags) -> Self {
        Self {
            link: link.into(),
            mac,
            table,
            vlan: None,
            remote: None,
            port: None,
            vni: None,
            source_vni: None,
            via: None,
            next_hop: None,
        }
    }

    fn header(&self) -> NeighbourHeader {
        NeighbourHeader {
            family: AF_BRIDGE,
            index: self.link.get().into(),
            flags: self.table,
            ..NeighbourHeader::default()
        }
    }

    fn put<'w, 'b>(&self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        w.bytes(NDA_LLADDR, &self.mac)?;
        if let Some(vlan) = self.vlan {
            w.u16(NDA_VLAN, vlan)?;
        }
        if let Some(remote) = self.remote {
            w.ip(NDA_DST, remote)?;
        }
        if let Some(port) = self.port {
            w.u16_be(NDA_PORT, port)?;
        }
        let numbers = [
            (NDA_VNI, self.vni),
            (NDA_SRC_VNI, self.source_vni),
            (NDA_IFINDEX, self.via.map(LinkIndex::get)),
            (NDA_NH_ID, self.next_hop),
        ];
        for (kind, value) in numbers {
            if let Some(value) = value {
                w.u32(kind, value)?;
            }
        }
        Ok(w)
    }
}

impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mac = crate::text::Hardware(&self.mac);
        write!(f, "forwarding entry {mac} of link {}", self.link)?;
        match self.vlan {
            Some(vlan) => write!(f, " vlan {vlan}"),
            None => Ok(()),
        }
    }
}

/// Methods that say more of an [`Entry`].
macro_rules! entry {
    () => {
        /// Sets the VLAN of a bridge's entry.
        #[doc(alias = "NDA_VLAN")]
        pub const fn vlan(mut self, vlan: u16) -> Self {
            self.entry.vlan = Some(vlan);
            self
        }

        /// Sets the remote address of a VXLAN's entry.
        #[doc(alias = "NDA_DST")]
        pub fn remote(mut self, address: impl Into<IpAddr>) -> Self {
            self.entry.remote = Some(address.into());
            self
        }

        /// Sets the UDP port of the remote VXLAN, if it is not that of the
        /// link.
        #[doc(alias = "NDA_PORT")]
        pub const fn port(mut self, port: u16) -> Self {
            self.entry.port = Some(port);
            self
        }

        /// Sets the network of the remote VXLAN, if it is not that of the
        /// link.
        #[doc(alias = "NDA_VNI")]
        pub const fn vni(mut self, vni: u32) -> Self {
            self.entry.vni = Some(vni);
            self
        }

        /// Sets the source VNI of an entry in an external VXLAN.
        #[doc(alias = "NDA_SRC_VNI")]
        pub const fn source_vni(mut self, vni: u32) -> Self {
            self.entry.source_vni = Some(vni);
            self
        }

        /// Sets the link by which a VXLAN reaches the remote address.
        #[doc(alias = "NDA_IFINDEX")]
        pub fn via(mut self, link: impl Into<LinkIndex>) -> Self {
            self.entry.via = Some(link.into());
            self
        }

        /// Sets the next hop of a VXLAN's entry, in place of a remote address.
        #[doc(alias = "NDA_NH_ID")]
        pub const fn next_hop(mut self, id: u32) -> Self {
            self.entry.next_hop = Some(id);
            self
        }
    };
}

/// Adds a forwarding entry, which must not be there yet (`bridge fdb add`):
/// `EEXIST`.
///
/// ```
/// use nlwire::LinkIndex;
/// use nlwire::route::NewForwardingEntry;
///
/// let (port, vxlan) = (LinkIndex::new(7), LinkIndex::new(8));
/// let behind_port = NewForwardingEntry::of_port(port, [2, 0, 0, 0, 0, 3]).vlan(10);
/// let remote = NewForwardingEntry::of_link(vxlan, [2, 0, 0, 0, 0, 4]).remote([192, 0, 2, 9]).vni(43);
/// let flooded = NewForwardingEntry::of_link(vxlan, [0; 6]).remote([192, 0, 2, 9]).append();
/// # let _ = (behind_port, remote, flooded);
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "a request does nothing until a connection carries it out"]
pub struct NewForwardingEntry<'a> {
    entry: Entry,
    flags: NewFlags,
    if_absent: bool,
    state: NeighbourState,
    entry_flags: NeighbourFlags,
    flags_ext: NeighbourFlagsExt,
    more: Option<&'a dyn Items<Neighbour>>,
}

impl<'a> NewForwardingEntry<'a> {
    /// Adds an entry to the table of the bridge that the port belongs to.
    #[doc(alias = "NTF_MASTER")]
    pub fn of_port(port: impl Into<LinkIndex>, mac: [u8; 6]) -> Self {
        Self::new(Entry::new(port, mac, NeighbourFlags::MASTER))
    }

    /// Adds an entry to the link's own table: a VXLAN, a bridge itself, or the
    /// address filter of hardware.
    #[doc(alias = "NTF_SELF")]
    pub fn of_link(link: impl Into<LinkIndex>, mac: [u8; 6]) -> Self {
        Self::new(Entry::new(link, mac, NeighbourFlags::OWN))
    }

    fn new(entry: Entry) -> Self {
        Self {
            entry,
            flags: NewFlags::CREATE.union(NewFlags::EXCL),
            if_absent: false,
            state: NeighbourState::NOARP.union(NeighbourState::PERMANENT),
            entry_flags: NeighbourFlags::empty(),
            flags_ext: NeighbourFlagsExt::empty(),
            more: None,
        }
    }

    entry!();

    /// Sets the state: the default is `NOARP` and `PERMANENT`, in a bridge an
    /// address of this host. `NOARP` and `REACHABLE` is an address behind the
    /// port that stays (`static`), `REACHABLE` one that ages (`dynamic`).
    #[doc(alias = "ndm_state")]
    pub const fn state(mut self, state: NeighbourState) -> Self {
        self.state = state;
        self
    }

    /// Adds flags, such as [`NeighbourFlags::STICKY`].
    #[doc(alias = "ndm_flags")]
    pub const fn flags(mut self, flags: NeighbourFlags) -> Self {
        self.entry_flags = self.entry_flags.union(flags);
        self
    }

    /// Adds flags of the second word, such as [`NeighbourFlagsExt::LOCKED`].
    #[doc(alias = "NDA_FLAGS_EXT")]
    pub const fn flags_ext(mut self, flags: NeighbourFlagsExt) -> Self {
        self.flags_ext = self.flags_ext.union(flags);
        self
    }

    /// Adds attributes that have no method here.
    pub const fn with(mut self, more: &'a dyn Items<Neighbour>) -> Self {
        self.more = Some(more);
        self
    }

    /// Adds a destination to the VXLAN's entry (`bridge fdb append`).
    #[doc(alias = "NLM_F_APPEND")]
    pub const fn append(mut self) -> Self {
        self.flags = NewFlags::CREATE.union(NewFlags::APPEND);
        self
    }

    /// Changes the entry if it exists; a VXLAN's has this destination only.
    #[doc(alias = "NLM_F_REPLACE")]
    pub const fn replace(mut self) -> Self {
        self.flags = NewFlags::CREATE.union(NewFlags::REPLACE);
        self
    }

    /// Keeps an existing entry unchanged: `EEXIST` counts as success.
    pub const fn if_absent(mut self) -> Self {
        self.if_absent = true;
        self
    }
}

impl Request for NewForwardingEntry<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let header = self.entry.header();
        let header = NeighbourHeader {
            state: self.state.bits().into(),
            flags: header.flags.union(self.entry_flags),
            ..header
        };
        w.append_message(RTM_NEWNEIGH, self.flags, &header, |w| {
            self.entry.put(w)?;
            if !self.flags_ext.is_empty() {
                w.u32(NDA_FLAGS_EXT, self.flags_ext.bits())?;
            }
            w.put_items(self.more)
        })?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.entry)
    }

    fn forgives(&self) -> &'static [Errno] {
        if self.if_absent {
            &[Errno::EEXIST]
        } else {
            &[]
        }
    }
}

/// Deletes a forwarding entry (`bridge fdb del`): `ENOENT` if there is none.
///
/// Of a VXLAN's entry, a remote address names the destination that goes;
/// without one the entry goes with all its destinations.
///
/// ```
/// use nlwire::route::DeleteForwardingEntry;
///
/// let mac = [0x02, 0, 0, 0, 0, 7];
/// // `bridge fdb del 02:00:00:00:00:07 dev eth0 master vlan 10`
/// let of_bridge = DeleteForwardingEntry::of_port(2, mac).vlan(10);
/// // `bridge fdb del 02:00:00:00:00:07 dev vx0 self vni 42`
/// let of_vxlan = DeleteForwardingEntry::of_link(5, mac).vni(42).if_there();
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "a request does nothing until a connection carries it out"]
pub struct DeleteForwardingEntry {
    entry: Entry,
    if_there: bool,
}

impl DeleteForwardingEntry {
    /// Deletes an entry of the bridge that the port belongs to.
    #[doc(alias = "NTF_MASTER")]
    pub fn of_port(port: impl Into<LinkIndex>, mac: [u8; 6]) -> Self {
        Self::new(Entry::new(port, mac, NeighbourFlags::MASTER))
    }

    /// Deletes an entry of the link's own table.
    #[doc(alias = "NTF_SELF")]
    pub fn of_link(link: impl Into<LinkIndex>, mac: [u8; 6]) -> Self {
        Self::new(Entry::new(link, mac, NeighbourFlags::OWN))
    }

    /// Deletes the entry of a row, or its one destination that the row shows.
    ///
    /// # Errors
    /// A MAC address that is missing, and attributes of a wrong length.
    pub fn of_row(row: &NeighbourRow<'_>) -> Result<Self, DecodeError> {
        let mac = *row.attributes.require(NDA_LLADDR)?.mac()?;
        let table = match row.master()? {
            // A bridge's own entries name it as their link, too.
            Some(master) if master != row.link() => NeighbourFlags::MASTER,
            _ => NeighbourFlags::OWN,
        };
        let more = fields!(row.attributes => Neighbour { source_vni, index, next_hop_id })?;
        Ok(Self::new(Entry {
            vlan: row.vlan()?,
            remote: row.ip()?,
            port: row.port()?,
            vni: row.vni()?,
            source_vni: more.source_vni,
            via: more.index,
            next_hop: more.next_hop_id,
            ..Entry::new(row.link(), mac, table)
        }))
    }

    const fn new(entry: Entry) -> Self {
        Self {
            entry,
            if_there: false,
        }
    }

    entry!();

    /// Treats a missing entry or link as success.
    pub const fn if_there(mut self) -> Self {
        self.if_there = true;
        self
    }
}

impl Request for DeleteForwardingEntry {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let (none, header) = (Flags::empty(), self.entry.header());
        w.append_message(RTM_DELNEIGH, none, &header, |w| self.entry.put(w))?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.entry)
    }

    fn forgives(&self) -> &'static [Errno] {
        if self.if_there {
            &[Errno::ENOENT, Errno::ENODEV]
        } else {
            &[]
        }
    }
}

/// Lists forwarding entries (`bridge fdb show`).
///
/// ```
/// use nlwire::LinkIndex;
/// use nlwire::route::GetForwardingEntries;
///
/// let learnt = GetForwardingEntries::all().bridge(LinkIndex::new(5));
/// # let _ = learnt;
/// ```
#[derive(Clone, Copy, Debug, Default)]
#[must_use = "a request does nothing until a connection carries it out"]
pub struct GetForwardingEntries {
    link: LinkIndex,
    bridge: LinkIndex,
}

impl GetForwardingEntries {
    /// Lists all entries: of bridges, and of the links' own tables.
    pub fn all() -> Self {
        Self::default()
    }

    /// Only entries of this port or link.
    pub fn link(mut self, link: impl Into<LinkIndex>) -> Self {
        self.link = link.into();
        self
    }

    /// Only entries of this bridge's table, which may lead to any of its
    /// ports.
    pub fn bridge(mut self, bridge: impl Into<LinkIndex>) -> Self {
        self.bridge = bridge.into();
        self
    }

    #[inline(never)]
    fn compare(&self, row: &NeighbourRow<'_>) -> Result<bool, DecodeError> {
        Ok((self.link.is_none() || row.link() == self.link)
            && (self.bridge.is_none() || row.master()? == Some(self.bridge)))
    }
}

impl Request for GetForwardingEntries {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        // Without strict checking the kernel takes a `struct ndmsg` and at most
        // one attribute for "all", and anything longer for a `struct ifinfomsg`
        // (`valid_fdb_dump_legacy`).
        let header = NeighbourHeader {
            family: AF_BRIDGE,
            index: self.link.get().into(),
            ..NeighbourHeader::default()
        };
        w.append_message(RTM_GETNEIGH, GetFlags::DUMP, &header, |w| {
            if self.bridge.is_none() {
                return Ok(w);
            }
            w.u32(NDA_MASTER, self.bridge.get())
        })?;
        Ok(Next::End)
    }
}

impl Query for GetForwardingEntries {
    type Row<'a> = NeighbourRow<'a>;

    #[inline]
    fn row(message: MessageRef<'_>) -> NeighbourRow<'_> {
        Row::of(message)
    }

    #[inline]
    fn matches(&self, message: MessageRef<'_>) -> Result<bool, DecodeError> {
        if self.link.is_none() && self.bridge.is_none() {
            return Ok(true);
        }
        self.compare(&Row::of(message))
    }
}

impl Flush for GetForwardingEntries {
    type Deletion<'a> = DeleteForwardingEntry;

    fn deletion<'a>(row: &Self::Row<'a>) -> Result<Option<Self::Deletion<'a>>, DecodeError> {
        Ok(Some(DeleteForwardingEntry::of_row(row)?.if_there()))
    }
}

crate::__format!(
    NewForwardingEntry<'_>,
    DeleteForwardingEntry,
    GetForwardingEntries
);
