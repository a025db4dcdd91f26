//! Settings and VLANs of bridge ports: `bridge link`, `bridge vlan`.

use core::fmt;

use crate::route::link::{
    BridgePort, BridgeVlanFlags, BridgeVlanInfo, ExtFilter, IFLA_AF_SPEC, IFLA_BRIDGE_FLAGS,
    IFLA_BRIDGE_VLAN_INFO, IFLA_EXT_MASK, IFLA_PROTINFO, Link, LinkHeader, LinkRow,
};
use crate::route::{AF_BRIDGE, PROTOCOL, RTM_DELLINK, RTM_GETLINK, RTM_SETLINK};
use crate::schema::Protocol;
use crate::{
    DecodeError, EncodeError, Flags, GetFlags, Items, LinkIndex, MessageRef, MessageType, Next,
    Query, Request, Row, Writer,
};

/// A request is for the link itself, not for its master
/// (`BRIDGE_FLAGS_SELF`).
const SELF: u16 = 2;

pub(super) fn header(link: LinkIndex) -> LinkHeader {
    LinkHeader {
        family: AF_BRIDGE,
        index: link.get().into(),
        ..LinkHeader::default()
    }
}

/// Changes a bridge port (`bridge link set`).
///
/// ```
/// use nlwire::LinkIndex;
/// use nlwire::route::{BridgePortAttr, SetBridgePort};
///
/// let port = SetBridgePort::of(LinkIndex::new(7), &[BridgePortAttr::Isolated(1)]);
/// # let _ = port;
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "a request does nothing until a connection carries it out"]
pub struct SetBridgePort<'a> {
    port: LinkIndex,
    settings: &'a dyn Items<BridgePort>,
}

impl<'a> SetBridgePort<'a> {
    /// Changes the settings of a port, which has the link's index.
    pub fn of(port: impl Into<LinkIndex>, settings: &'a dyn Items<BridgePort>) -> Self {
        let port = port.into();
        Self { port, settings }
    }
}

impl Request for SetBridgePort<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let none = Flags::empty();
        w.append_message(RTM_SETLINK, none, &header(self.port), |w| {
            w.nest(IFLA_PROTINFO, |w| w.put_items(Some(self.settings)))
        })?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "bridge port {}", self.port)
    }
}

/// VLANs of a bridge port or of the bridge itself.
#[derive(Clone, Copy, Debug)]
struct Vlans {
    link: LinkIndex,
    first: u16,
    last: u16,
    flags: BridgeVlanFlags,
    on_bridge: bool,
}

impl Vlans {
    fn new(link: LinkIndex, vlan: u16) -> Self {
        Self {
            link,
            first: vlan,
            last: vlan,
            flags: BridgeVlanFlags::empty(),
            on_bridge: false,
        }
    }

    fn write(&self, kind: MessageType, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let info = |vlan: u16, flags: BridgeVlanFlags| BridgeVlanInfo {
            flags: self.flags.union(flags).bits().into(),
            vid: vlan.into(),
        };
        w.append_message(kind, Flags::empty(), &header(self.link), |w| {
            w.nest(IFLA_AF_SPEC, |w| {
                if self.on_bridge {
                    w.u16(IFLA_BRIDGE_FLAGS, SELF)?;
                }
                let put =
                    |w, vlan, flags| Writer::value(w, IFLA_BRIDGE_VLAN_INFO, &info(vlan, flags));
                if self.first == self.last {
                    return put(w, self.first, BridgeVlanFlags::empty());
                }
                let w = put(w, self.first, BridgeVlanFlags::RANGE_BEGIN)?;
                put(w, self.last, BridgeVlanFlags::RANGE_END)
            })
        })?;
        Ok(Next::End)
    }

    fn object(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "VLAN {}", self.first)?;
        if self.first != self.last {
            write!(f, "-{}", self.last)?;
        }
        write!(f, " of link {}", self.link)
    }
}

/// Adds VLANs to a bridge port, or changes their flags (`bridge vlan add`).
///
/// ```
/// use nlwire::LinkIndex;
/// use nlwire::route::NewBridgeVlan;
///
/// let port = LinkIndex::new(7);
/// let native = NewBridgeVlan::of(port, 10).pvid().untagged();
/// let tagged = NewBridgeVlan::of(port, 100).through(199);
/// # let _ = (native, tagged);
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "IFLA_BRIDGE_VLAN_INFO")]
pub struct NewBridgeVlan(Vlans);

impl NewBridgeVlan {
    /// Adds a VLAN, from 1 to 4094, to a port.
    pub fn of(port: impl Into<LinkIndex>, vlan: u16) -> Self {
        Self(Vlans::new(port.into(), vlan))
    }

    /// Adds all VLANs up to this one.
    pub const fn through(mut self, last: u16) -> Self {
        self.0.last = last;
        self
    }

    /// Sets the PVID flag: untagged packets that arrive belong to the VLAN.
    pub const fn pvid(mut self) -> Self {
        self.0.flags = self.0.flags.union(BridgeVlanFlags::PVID);
        self
    }

    /// Sets the egress untagged flag: packets leave without a tag.
    pub const fn untagged(mut self) -> Self {
        self.0.flags = self.0.flags.union(BridgeVlanFlags::UNTAGGED);
        self
    }

    /// Applies the request to the bridge device (`self`) instead of a port.
    pub const fn on_bridge(mut self) -> Self {
        self.0.on_bridge = true;
        self
    }
}

impl Request for NewBridgeVlan {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        self.0.write(RTM_SETLINK, w)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.object(f)
    }
}

/// Deletes VLANs of a bridge port (`bridge vlan del`). The kernel acknowledges
/// the deletion of a VLAN that is not there, too.
///
/// ```
/// use nlwire::LinkIndex;
/// use nlwire::route::DeleteBridgeVlan;
///
/// // bridge vlan del dev eth0 vid 100-199
/// let port = LinkIndex::new(7);
/// let delete = DeleteBridgeVlan::of(port, 100).through(199);
/// # let _ = delete;
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "a request does nothing until a connection carries it out"]
pub struct DeleteBridgeVlan(Vlans);

impl DeleteBridgeVlan {
    /// Deletes a VLAN of a port.
    pub fn of(port: impl Into<LinkIndex>, vlan: u16) -> Self {
        Self(Vlans::new(port.into(), vlan))
    }

    /// Deletes all VLANs up to this one.
    pub const fn through(mut self, last: u16) -> Self {
        self.0.last = last;
        self
    }

    /// Applies the request to the bridge device (`self`) instead of a port.
    pub const fn on_bridge(mut self) -> Self {
        self.0.on_bridge = true;
        self
    }
}

impl Request for DeleteBridgeVlan {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        self.0.write(RTM_DELLINK, w)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.object(f)
    }
}

/// Links that a list of bridges and their ports has: all, or one.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Ports {
    link: LinkIndex,
}

impl Ports {
    pub(super) const fn of(link: LinkIndex) -> Self {
        Self { link }
    }

    /// Asks for all links of the bridge family, with the attributes that a filter adds.
    pub(super) fn write(filter: ExtFilter, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let header = header(LinkIndex::NONE);
        w.append_message(RTM_GETLINK, GetFlags::DUMP, &header, |w| {
            w.u32(IFLA_EXT_MASK, filter.bits())
        })?;
        Ok(Next::End)
    }

    pub(super) fn has(self, message: MessageRef<'_>) -> bool {
        let row = LinkRow::of(message);
        let is_wanted = self.link.is_none() || row.index() == self.link;
        // A kernel without bridges lists all links instead.
        is_wanted && row.header.family == AF_BRIDGE
    }
}

/// Lists bridges and their ports with their VLANs (`bridge vlan show`). The
/// rows are links, whose [`bridge_vlans`](LinkRow::bridge_vlans) are walked.
///
/// ```
/// use nlwire::route::{GetBridgeVlans, LinkRow};
///
/// let all = GetBridgeVlans::all();
/// let port = GetBridgeVlans::all().link(7);
/// # let _ = (all, port);
///
/// /// Prints the VLANs of a port in ranges.
/// fn print(row: &LinkRow<'_>) -> Result<(), nlwire::DecodeError> {
///     for range in row.bridge_vlans()? {
///         let range = range?;
///         println!("{}-{} {:?}", range.first, range.last, range.flags);
///     }
///     Ok(())
/// }
/// ```
#[derive(Clone, Copy, Debug, Default)]
#[must_use = "a request does nothing until a connection carries it out"]
pub struct GetBridgeVlans(Ports);

impl GetBridgeVlans {
    /// Lists all bridges and ports.
    pub fn all() -> Self {
        Self::default()
    }

    /// Only this port or bridge.
    pub fn link(mut self, link: impl Into<LinkIndex>) -> Self {
        self.0 = Ports::of(link.into());
        self
    }
}

impl Request for GetBridgeVlans {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        Ports::write(ExtFilter::BRVLAN_COMPRESSED, w)
    }
}

impl Query for GetBridgeVlans {
    type Row<'a> = LinkRow<'a>;

    #[inline]
    fn row(message: MessageRef<'_>) -> LinkRow<'_> {
        Row::of(message)
    }

    #[inline]
    fn matches(&self, message: MessageRef<'_>) -> Result<bool, DecodeError> {
        Ok(self.0.has(message))
    }
}

/// VLANs of a bridge port that mean the same: one, or several in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct BridgeVlanRange {
    /// First VLAN.
    pub first: u16,
    /// Last VLAN.
    pub last: u16,
    /// Flags, without those that mark a range.
    pub flags: BridgeVlanFlags,
}

impl<'a> Row<'a, LinkHeader, Link> {
    /// Walks the VLANs of a bridge port, in a row of [`GetBridgeVlans`].
    ///
    /// # Errors
    /// Fails if an attribute has a wrong length.
    pub fn bridge_vlans(
        &self,
    ) -> Result<impl Iterator<Item = Result<BridgeVlanRange, DecodeError>> + Clone, DecodeError>
    {
        let spec = match self.header.family {
            AF_BRIDGE => self.attributes.find(IFLA_AF_SPEC)?,
            _ => None,
        };
        let vlans = spec.into_iter().flat_map(|spec| spec.nested());
        let marks = BridgeVlanFlags::RANGE_BEGIN | BridgeVlanFlags::RANGE_END;
        let mut begin = None;
        Ok(vlans.filter_map(move |attribute| {
            let read = || -> Result<Option<BridgeVlanInfo>, DecodeError> {
                let attribute = attribute?;
                if attribute.kind() != IFLA_BRIDGE_VLAN_INFO {
                    return Ok(None);
                }
                attribute.view::<BridgeVlanInfo>().map(|info| Some(*info))
            };
            let info = match read() {
                Ok(info) => info?,
                Err(error) => return Some(Err(error)),
            };
            let (flags, last) = (info.flags(), info.vid.get());
            if flags.contains(BridgeVlanFlags::RANGE_BEGIN) {
                begin = Some(last);
                return None;
            }
            let first = match begin.take() {
                Some(first) if flags.contains(BridgeVlanFlags::RANGE_END) => first,
                _ => last,
            };
            let flags = flags.difference(marks);
            Some(Ok(BridgeVlanRange { first, last, flags }))
        }))
    }
}

crate::__format!(
    SetBridgePort<'_>,
    NewBridgeVlan,
    DeleteBridgeVlan,
    GetBridgeVlans
);
