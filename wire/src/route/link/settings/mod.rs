//! Kinds of links that requests create, with their settings.

mod bond;
mod other;
mod overlay;
mod tunnel;

use core::net::IpAddr;

use super::{
    Bridge, IFLA_BR_STP_STATE, IFLA_BR_VLAN_FILTERING, IFLA_INFO_DATA, IFLA_IPVLAN_MODE,
    IFLA_MACVLAN_MODE, IFLA_VLAN_ID, IFLA_VLAN_PROTOCOL, IFLA_VRF_TABLE,
    IFLA_VXLAN_COLLECT_METADATA, IFLA_VXLAN_GROUP, IFLA_VXLAN_GROUP6, IFLA_VXLAN_ID,
    IFLA_VXLAN_LEARNING, IFLA_VXLAN_LINK, IFLA_VXLAN_LOCAL, IFLA_VXLAN_LOCAL6, IFLA_VXLAN_PORT,
    IpVlan, IpVlanMode, LinkSettings, MacVlan, MacVlanMode, NewLink, VethPeer, Vlan, Vxlan,
};
use crate::route::RouteTable;
use crate::writer::Put;
use crate::{Items, LinkIndex, Text, Writer};

pub use bond::*;
pub use other::*;
pub use overlay::*;
pub use tunnel::TunnelSettings;

/// Method that takes attributes of the kind.
macro_rules! settings {
    ($set:ty) => {
        /// Adds settings of the kind that have no method here.
        pub const fn settings(mut self, settings: &'a dyn Items<$set>) -> Self {
            self.kind.more = Some(settings);
            self
        }
    };
}

use settings;

/// Veth, for [`NewLink::veth`].
#[derive(Clone, Copy, Debug)]
pub struct VethSettings<'a> {
    peer: VethPeer<'a>,
}

impl LinkSettings for VethSettings<'_> {
    fn kind(&self) -> &str {
        "veth"
    }

    fn peer(&self) -> Option<&VethPeer<'_>> {
        Some(&self.peer)
    }
}

impl<'a> NewLink<'a, VethSettings<'a>> {
    /// Creates a pair of virtual Ethernet links. The methods concern the first
    /// end; the second is its name, or a [`VethPeer`] with settings of its own.
    pub fn veth(name: impl Into<Text<'a>>, peer: impl Into<VethPeer<'a>>) -> Self {
        let peer = peer.into();
        Self::of(name, VethSettings { peer })
    }
}

/// Settings of a bridge, for [`NewLink::bridge`].
#[derive(Clone, Copy, Debug, Default)]
pub struct BridgeSettings<'a> {
    vlan_filtering: Option<bool>,
    spanning_tree: Option<bool>,
    more: Option<&'a dyn Items<Bridge>>,
}

impl LinkSettings for BridgeSettings<'_> {
    fn kind(&self) -> &str {
        "bridge"
    }

    fn put<'w, 'b>(&self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        w.nest(IFLA_INFO_DATA, |w| {
            if let Some(on) = self.vlan_filtering {
                w.u8(IFLA_BR_VLAN_FILTERING, on.into())?;
            }
            if let Some(on) = self.spanning_tree {
                w.u32(IFLA_BR_STP_STATE, on.into())?;
            }
            w.put_items(self.more)
        })
    }
}

impl<'a> NewLink<'a, BridgeSettings<'a>> {
    /// Creates a bridge.
    pub fn bridge(name: impl Into<Text<'a>>) -> Self {
        Self::of(name, BridgeSettings::default())
    }

    /// Turns VLAN filtering on or off; the default is off.
    #[doc(alias = "IFLA_BR_VLAN_FILTERING")]
    pub const fn vlan_filtering(mut self, on: bool) -> Self {
        self.kind.vlan_filtering = Some(on);
        self
    }

    /// Turns the spanning tree protocol on or off; the default is off.
    #[doc(alias = "IFLA_BR_STP_STATE")]
    pub const fn spanning_tree(mut self, on: bool) -> Self {
        self.kind.spanning_tree = Some(on);
        self
    }

    settings!(Bridge);
}

/// Settings of a VLAN, for [`NewLink::vlan`].
#[derive(Clone, Copy, Debug)]
pub struct VlanSettings<'a> {
    id: u16,
    protocol: Option<u16>,
    more: Option<&'a dyn Items<Vlan>>,
}

impl LinkSettings for VlanSettings<'_> {
    fn kind(&self) -> &str {
        "vlan"
    }

    fn put<'w, 'b>(&self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        w.nest(IFLA_INFO_DATA, |w| {
            w.u16(IFLA_VLAN_ID, self.id)?;
            if let Some(protocol) = self.protocol {
                w.u16_be(IFLA_VLAN_PROTOCOL, protocol)?;
            }
            w.put_items(self.more)
        })
    }
}

impl<'a> NewLink<'a, VlanSettings<'a>> {
    /// Creates a link for VLAN `id`, from 0 to 4094, on a lower device.
    ///
    /// ```
    /// use nlwire::route::NewLink;
    ///
    /// // ip link add eth0.7 link eth0 up mtu 1400 type vlan id 7
    /// let vlan = NewLink::vlan("eth0.7", 2, 7).mtu(1400).up();
    /// # let _ = vlan;
    /// ```
    pub fn vlan(name: impl Into<Text<'a>>, lower: impl Into<LinkIndex>, id: u16) -> Self {
        let kind = VlanSettings {
            id,
            protocol: None,
            more: None,
        };
        Self::upon(name, lower, kind)
    }

    /// Sets the Ethernet type of tags: 0x8100, which is the default, or 0x88a8
    /// for service tags.
    #[doc(alias = "IFLA_VLAN_PROTOCOL")]
    pub const fn tag_protocol(mut self, protocol: u16) -> Self {
        self.kind.protocol = Some(protocol);
        self
    }

    settings!(Vlan);
}

/// Settings of a VXLAN, for [`NewLink::vxlan`].
#[derive(Clone, Copy, Debug, Default)]
pub struct VxlanSettings<'a> {
    id: Option<u32>,
    port: Option<u16>,
    local: Option<IpAddr>,
    remote: Option<IpAddr>,
    lower: LinkIndex,
    learning: Option<bool>,
    more: Option<&'a dyn Items<Vxlan>>,
}

impl LinkSettings for VxlanSettings<'_> {
    fn kind(&self) -> &str {
        "vxlan"
    }

    fn put<'w, 'b>(&self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        w.nest(IFLA_INFO_DATA, |w| {
            match self.id {
                Some(id) => w.u32(IFLA_VXLAN_ID, id)?,
                None => w.u8(IFLA_VXLAN_COLLECT_METADATA, 1)?,
            };
            if let Some(port) = self.port {
                w.u16_be(IFLA_VXLAN_PORT, port)?;
            }
            put_ip(w, [IFLA_VXLAN_LOCAL, IFLA_VXLAN_LOCAL6], self.local)?;
            put_ip(w, [IFLA_VXLAN_GROUP, IFLA_VXLAN_GROUP6], self.remote)?;
            if !self.lower.is_none() {
                w.u32(IFLA_VXLAN_LINK, self.lower.get())?;
            }
            if let Some(learning) = self.learning {
                w.u8(IFLA_VXLAN_LEARNING, learning.into())?;
            }
            w.put_items(self.more)
        })
    }
}

/// Puts an address as the attribute of its family.
fn put_ip<'w, 'b>(w: &'w mut Writer<'b>, kinds: [u16; 2], ip: Option<IpAddr>) -> Put<'w, 'b> {
    let [v4, v6] = kinds;
    match ip {
        Some(ip @ IpAddr::V4(_)) => w.ip(v4, ip),
        Some(ip @ IpAddr::V6(_)) => w.ip(v6, ip),
        None => Ok(w),
    }
}

impl<'a> NewLink<'a, VxlanSettings<'a>> {
    /// Creates a VXLAN with this VNI of 24 bits.
    pub fn vxlan(name: impl Into<Text<'a>>, id: u32) -> Self {
        let kind = VxlanSettings {
            id: Some(id),
            ..VxlanSettings::default()
        };
        Self::of(name, kind)
    }

    /// Creates a VXLAN link whose network and destination are chosen by routes
    /// (`ip link add .. type vxlan external`). As by `ip` it does not learn.
    pub fn external_vxlan(name: impl Into<Text<'a>>) -> Self {
        let kind = VxlanSettings {
            learning: Some(false),
            ..VxlanSettings::default()
        };
        Self::of(name, kind)
    }

    /// Sets the UDP port that packets are sent to. The kernel's default is
    /// 8472; the port assigned by IANA is 4789.
    #[doc(alias = "IFLA_VXLAN_PORT")]
    pub const fn port(mut self, port: u16) -> Self {
        self.kind.port = Some(port);
        self
    }

    /// Sets the local address.
    #[doc(alias = "IFLA_VXLAN_LOCAL")]
    pub fn local(mut self, address: impl Into<IpAddr>) -> Self {
        self.kind.local = Some(address.into());
        self
    }

    /// Sets the remote address or the multicast group for packets that no
    /// forwarding entry has a destination for.
    #[doc(alias = "IFLA_VXLAN_GROUP")]
    pub fn remote(mut self, address: impl Into<IpAddr>) -> Self {
        self.kind.remote = Some(address.into());
        self
    }

    /// Sets the lower device, which sends the packets.
    #[doc(alias = "IFLA_VXLAN_LINK")]
    pub fn lower(mut self, link: impl Into<LinkIndex>) -> Self {
        self.kind.lower = link.into();
        self
    }

    /// Learns forwarding entries from packets, or not. A VXLAN learns by
    /// default, except for one that is external.
    #[doc(alias = "IFLA_VXLAN_LEARNING")]
    pub const fn learning(mut self, on: bool) -> Self {
        self.kind.learning = Some(on);
        self
    }

    settings!(Vxlan);
}

/// Settings of a macvlan or macvtap, for [`NewLink::macvlan`].
#[derive(Clone, Copy, Debug)]
pub struct MacVlanSettings<'a> {
    kind: &'static str,
    mode: Option<MacVlanMode>,
    more: Option<&'a dyn Items<MacVlan>>,
}

impl LinkSettings for MacVlanSettings<'_> {
    fn kind(&self) -> &str {
        self.kind
    }

    fn put<'w, 'b>(&self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        w.nest(IFLA_INFO_DATA, |w| {
            if let Some(mode) = self.mode {
                w.u32(IFLA_MACVLAN_MODE, mode.0)?;
            }
            w.put_items(self.more)
        })
    }
}

impl<'a> NewLink<'a, MacVlanSettings<'a>> {
    /// Creates a macvlan: a link with its own MAC address on a lower device.
    pub fn macvlan(name: impl Into<Text<'a>>, lower: impl Into<LinkIndex>) -> Self {
        Self::over("macvlan", name, lower)
    }

    /// Creates a macvlan whose packets a program reads and writes.
    pub fn macvtap(name: impl Into<Text<'a>>, lower: impl Into<LinkIndex>) -> Self {
        Self::over("macvtap", name, lower)
    }

    fn over(kind: &'static str, name: impl Into<Text<'a>>, lower: impl Into<LinkIndex>) -> Self {
        let kind = MacVlanSettings {
            kind,
            mode: None,
            more: None,
        };
        Self::upon(name, lower, kind)
    }

    /// Sets the mode; the kernel's default is [`MacVlanMode::VEPA`].
    #[doc(alias = "IFLA_MACVLAN_MODE")]
    pub const fn mode(mut self, mode: MacVlanMode) -> Self {
        self.kind.mode = Some(mode);
        self
    }

    settings!(MacVlan);
}

/// Settings of an ipvlan or ipvtap, for [`NewLink::ipvlan`].
#[derive(Clone, Copy, Debug)]
pub struct IpVlanSettings<'a> {
    mode: Option<IpVlanMode>,
    more: Option<&'a dyn Items<IpVlan>>,
}

impl LinkSettings for IpVlanSettings<'_> {
    fn kind(&self) -> &str {
        "ipvlan"
    }

    fn put<'w, 'b>(&self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        w.nest(IFLA_INFO_DATA, |w| {
            if let Some(mode) = self.mode {
                w.u16(IFLA_IPVLAN_MODE, mode.0)?;
            }
            w.put_items(self.more)
        })
    }
}

impl<'a> NewLink<'a, IpVlanSettings<'a>> {
    /// Creates an ipvlan: a link that shares the MAC address of a lower device.
    pub fn ipvlan(name: impl Into<Text<'a>>, lower: impl Into<LinkIndex>) -> Self {
        let kind = IpVlanSettings {
            mode: None,
            more: None,
        };
        Self::upon(name, lower, kind)
    }

    /// Sets the mode; the kernel's default is [`IpVlanMode::L3`].
    #[doc(alias = "IFLA_IPVLAN_MODE")]
    pub const fn mode(mut self, mode: IpVlanMode) -> Self {
        self.kind.mode = Some(mode);
        self
    }

    settings!(IpVlan);
}

/// Routing table of a VRF, for [`NewLink::vrf`].
#[derive(Clone, Copy, Debug)]
pub struct VrfSettings {
    table: RouteTable,
}

impl LinkSettings for VrfSettings {
    fn kind(&self) -> &str {
        "vrf"
    }

    fn put<'w, 'b>(&self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        w.nest(IFLA_INFO_DATA, |w| w.u32(IFLA_VRF_TABLE, self.table.0))
    }
}

impl<'a> NewLink<'a, VrfSettings> {
    /// Creates a routing domain, whose ports use this table.
    pub fn vrf(name: impl Into<Text<'a>>, table: RouteTable) -> Self {
        Self::of(name, VrfSettings { table })
    }
}

crate::__format!(
    VethSettings<'_>,
    BridgeSettings<'_>,
    VlanSettings<'_>,
    VxlanSettings<'_>,
    MacVlanSettings<'_>,
    IpVlanSettings<'_>,
    VrfSettings,
);
