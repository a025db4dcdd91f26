//! Requests for options of bridge VLANs: `bridge vlan set`, `bridge vlan global`.

use core::fmt;

use super::{
    BRIDGE_VLANDB_DUMP_FLAGS, BRIDGE_VLANDB_ENTRY, BRIDGE_VLANDB_ENTRY_INFO,
    BRIDGE_VLANDB_ENTRY_RANGE, BRIDGE_VLANDB_GLOBAL_OPTIONS, BRIDGE_VLANDB_GOPTS_ID,
    BRIDGE_VLANDB_GOPTS_RANGE, BridgeVlan, BridgeVlanDumpFlags, BridgeVlanGlobal, BridgeVlanHeader,
    BridgeVlanRow,
};
use crate::route::{
    AF_BRIDGE, BridgeVlanFlags, BridgeVlanInfo, PROTOCOL, RTM_GETVLAN, RTM_NEWVLAN,
};
use crate::schema::Protocol;
use crate::{
    DecodeError, EncodeError, Flags, GetFlags, Items, LinkIndex, MessageRef, Next, Query, Request,
    Row, Writer,
};

fn header(link: LinkIndex) -> BridgeVlanHeader {
    BridgeVlanHeader {
        family: AF_BRIDGE,
        index: link.get().into(),
        ..BridgeVlanHeader::default()
    }
}

/// Changes options of a port's VLANs (`bridge vlan set`), which must be there.
/// [`NewBridgeVlan`](crate::route::NewBridgeVlan) adds one.
///
/// ```
/// use nlwire::route::{BridgeVlanAttr, PortState, SetBridgeVlan};
///
/// let blocked = SetBridgeVlan::of(7, 10, &[BridgeVlanAttr::State(PortState::BLOCKING)]);
/// # let _ = blocked;
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "RTM_NEWVLAN")]
pub struct SetBridgeVlan<'a> {
    port: LinkIndex,
    vlan: u16,
    last: u16,
    options: &'a dyn Items<BridgeVlan>,
}

impl<'a> SetBridgeVlan<'a> {
    /// Changes options of a port's VLAN; the bridge itself counts as a port.
    pub fn of(port: impl Into<LinkIndex>, vlan: u16, options: &'a dyn Items<BridgeVlan>) -> Self {
        Self {
            port: port.into(),
            vlan,
            last: vlan,
            options,
        }
    }

    /// Changes all VLANs up to this one.
    pub const fn through(mut self, last: u16) -> Self {
        self.last = last;
        self
    }
}

impl Request for SetBridgeVlan<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let info = BridgeVlanInfo {
            flags: BridgeVlanFlags::ONLY_OPTS.bits().into(),
            vid: self.vlan.into(),
        };
        w.append_message(RTM_NEWVLAN, Flags::empty(), &header(self.port), |w| {
            w.nest(BRIDGE_VLANDB_ENTRY, |w| {
                w.value(BRIDGE_VLANDB_ENTRY_INFO, &info)?;
                if self.last != self.vlan {
                    w.u16(BRIDGE_VLANDB_ENTRY_RANGE, self.last)?;
                }
                w.put_items(Some(self.options))
            })
        })?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "VLAN {} of link {}", self.vlan, self.port)
    }
}

/// Changes global options of a bridge's VLANs (`bridge vlan global set`).
///
/// ```
/// use nlwire::route::{BridgeVlanGlobalAttr, SetBridgeVlanGlobal};
///
/// let tree = SetBridgeVlanGlobal::of(5, 10, &[BridgeVlanGlobalAttr::SpanningTree(2)]);
/// # let _ = tree;
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "BRIDGE_VLANDB_GLOBAL_OPTIONS")]
pub struct SetBridgeVlanGlobal<'a> {
    bridge: LinkIndex,
    vlan: u16,
    last: u16,
    options: &'a dyn Items<BridgeVlanGlobal>,
}

impl<'a> SetBridgeVlanGlobal<'a> {
    /// Changes global options of a VLAN of a bridge.
    pub fn of(
        bridge: impl Into<LinkIndex>,
        vlan: u16,
        options: &'a dyn Items<BridgeVlanGlobal>,
    ) -> Self {
        Self {
            bridge: bridge.into(),
            vlan,
            last: vlan,
            options,
        }
    }

    /// Changes all VLANs up to this one.
    pub const fn through(mut self, last: u16) -> Self {
        self.last = last;
        self
    }
}

impl Request for SetBridgeVlanGlobal<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        w.append_message(RTM_NEWVLAN, Flags::empty(), &header(self.bridge), |w| {
            w.nest(BRIDGE_VLANDB_GLOBAL_OPTIONS, |w| {
                w.u16(BRIDGE_VLANDB_GOPTS_ID, self.vlan)?;
                if self.last != self.vlan {
                    w.u16(BRIDGE_VLANDB_GOPTS_RANGE, self.last)?;
                }
                w.put_items(Some(self.options))
            })
        })?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "VLAN {} of bridge {}", self.vlan, self.bridge)
    }
}

/// Lists VLANs with their options, one row for each port and bridge
/// (`bridge -details vlan show`), or global options (`bridge vlan global show`).
///
/// ```
/// use nlwire::route::GetBridgeVlanOptions;
///
/// let counted = GetBridgeVlanOptions::all().stats();
/// let global = GetBridgeVlanOptions::global().link(5);
/// # let _ = (counted, global);
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "RTM_GETVLAN")]
pub struct GetBridgeVlanOptions {
    link: LinkIndex,
    flags: BridgeVlanDumpFlags,
}

impl GetBridgeVlanOptions {
    /// Lists the VLANs of all ports and bridges.
    pub const fn all() -> Self {
        Self {
            link: LinkIndex::NONE,
            flags: BridgeVlanDumpFlags::empty(),
        }
    }

    /// Lists the global options of all bridges.
    pub const fn global() -> Self {
        Self {
            link: LinkIndex::NONE,
            flags: BridgeVlanDumpFlags::GLOBAL,
        }
    }

    /// Only this port or bridge.
    pub fn link(mut self, link: impl Into<LinkIndex>) -> Self {
        self.link = link.into();
        self
    }

    /// Reads packets and bytes too.
    #[doc(alias = "BRIDGE_VLANDB_DUMPF_STATS")]
    pub const fn stats(mut self) -> Self {
        self.flags = self.flags.union(BridgeVlanDumpFlags::STATS);
        self
    }
}

impl Request for GetBridgeVlanOptions {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        w.append_message(
            RTM_GETVLAN,
            GetFlags::DUMP,
            &header(self.link),
            |w| match self.flags.bits() {
                0 => Ok(w),
                flags => w.u32(BRIDGE_VLANDB_DUMP_FLAGS, flags),
            },
        )?;
        Ok(Next::End)
    }
}

impl Query for GetBridgeVlanOptions {
    type Row<'a> = BridgeVlanRow<'a>;

    #[inline]
    fn row(message: MessageRef<'_>) -> BridgeVlanRow<'_> {
        Row::of(message)
    }

    #[inline]
    fn matches(&self, message: MessageRef<'_>) -> Result<bool, DecodeError> {
        Ok(self.link.is_none() || BridgeVlanRow::of(message).link() == self.link)
    }
}

crate::__format!(
    SetBridgeVlan<'_>,
    SetBridgeVlanGlobal<'_>,
    GetBridgeVlanOptions
);
