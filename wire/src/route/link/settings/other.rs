//! Netkit, vxcan, CAN and HSR links, as requests create or change them, and
//! links of any kind.

use super::settings;
use crate::codec::Encode;
use crate::route::link::{
    Can, CanBitTiming, CanMode, CanModeFlags, Hsr, HsrProtocol, IFLA_CAN_BITTIMING,
    IFLA_CAN_CTRLMODE, IFLA_CAN_DATA_BITTIMING, IFLA_HSR_INTERLINK, IFLA_HSR_PROTOCOL,
    IFLA_HSR_SLAVE1, IFLA_HSR_SLAVE2, IFLA_INFO_DATA, IFLA_NETKIT_MODE, IFLA_NETKIT_PEER_POLICY,
    IFLA_NETKIT_POLICY, LinkSettings, Netkit, NetkitMode, NetkitPolicy, NewLink, VethPeer,
};
use crate::writer::Put;
use crate::{Items, LinkIndex, Text, Writer};

/// Settings of a netkit pair, for [`NewLink::netkit`].
#[derive(Clone, Copy, Debug)]
pub struct NetkitSettings<'a> {
    peer: VethPeer<'a>,
    mode: Option<NetkitMode>,
    policy: Option<NetkitPolicy>,
    peer_policy: Option<NetkitPolicy>,
    more: Option<&'a dyn Items<Netkit>>,
}

impl LinkSettings for NetkitSettings<'_> {
    fn kind(&self) -> &str {
        "netkit"
    }

    fn peer(&self) -> Option<&VethPeer<'_>> {
        Some(&self.peer)
    }

    fn put_beside_peer<'w, 'b>(&self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        let numbers = [
            (IFLA_NETKIT_MODE, self.mode.map(|mode| mode.0)),
            (IFLA_NETKIT_POLICY, self.policy.map(|policy| policy.0)),
            (
                IFLA_NETKIT_PEER_POLICY,
                self.peer_policy.map(|policy| policy.0),
            ),
        ];
        for (kind, value) in numbers {
            if let Some(value) = value {
                w.u32(kind, value)?;
            }
        }
        w.put_items(self.more)
    }
}

impl<'a> NewLink<'a, NetkitSettings<'a>> {
    /// Creates a pair of links whose packets BPF programs see first. The methods
    /// concern the first end, which has the pair's settings.
    pub fn netkit(name: impl Into<Text<'a>>, peer: impl Into<VethPeer<'a>>) -> Self {
        let kind = NetkitSettings {
            peer: peer.into(),
            mode: None,
            policy: None,
            peer_policy: None,
            more: None,
        };
        Self::of(name, kind)
    }

    /// Sets the layer of packets; the default is [`NetkitMode::L3`].
    #[doc(alias = "IFLA_NETKIT_MODE")]
    pub const fn mode(mut self, mode: NetkitMode) -> Self {
        self.kind.mode = Some(mode);
        self
    }

    /// Sets the treatment of the first end's packets without a program; the default
    /// is [`NetkitPolicy::FORWARD`].
    #[doc(alias = "IFLA_NETKIT_POLICY")]
    pub const fn policy(mut self, policy: NetkitPolicy) -> Self {
        self.kind.policy = Some(policy);
        self
    }

    /// Sets the treatment of the peer's packets.
    #[doc(alias = "IFLA_NETKIT_PEER_POLICY")]
    pub const fn peer_policy(mut self, policy: NetkitPolicy) -> Self {
        self.kind.peer_policy = Some(policy);
        self
    }

    settings!(Netkit);
}

/// Pair of virtual CAN buses, for [`NewLink::vxcan`].
#[derive(Clone, Copy, Debug)]
pub struct VxcanSettings<'a> {
    peer: VethPeer<'a>,
}

impl LinkSettings for VxcanSettings<'_> {
    fn kind(&self) -> &str {
        "vxcan"
    }

    fn peer(&self) -> Option<&VethPeer<'_>> {
        Some(&self.peer)
    }
}

impl<'a> NewLink<'a, VxcanSettings<'a>> {
    /// Creates a pair of virtual CAN buses.
    pub fn vxcan(name: impl Into<Text<'a>>, peer: impl Into<VethPeer<'a>>) -> Self {
        let peer = peer.into();
        Self::of(name, VxcanSettings { peer })
    }
}

/// Settings of a CAN bus, for [`NewLink::can`].
#[derive(Clone, Copy, Debug, Default)]
pub struct CanSettings<'a> {
    timing: Option<CanBitTiming>,
    data_timing: Option<CanBitTiming>,
    mode: CanMode,
    more: Option<&'a dyn Items<Can>>,
}

impl LinkSettings for CanSettings<'_> {
    fn kind(&self) -> &str {
        "can"
    }

    fn put<'w, 'b>(&self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        w.nest(IFLA_INFO_DATA, |w| {
            let timings = [
                (IFLA_CAN_BITTIMING, self.timing),
                (IFLA_CAN_DATA_BITTIMING, self.data_timing),
            ];
            for (kind, timing) in timings {
                if let Some(timing) = timing {
                    w.value(kind, &timing)?;
                }
            }
            if self.mode.mask.get() != 0 {
                w.value(IFLA_CAN_CTRLMODE, &self.mode)?;
            }
            w.put_items(self.more)
        })
    }
}

impl<'a> NewLink<'a, CanSettings<'a>> {
    /// Names settings of a CAN bus for
    /// [`SetLinkKind`](crate::route::SetLinkKind): hardware creates buses, and a
    /// request changes them while they are down.
    ///
    /// ```
    /// use nlwire::route::{CanModeFlags, NewLink, SetLinkKind};
    ///
    /// let settings = NewLink::can().bit_rate(500_000).mode(CanModeFlags::FD, true).data_bit_rate(2_000_000);
    /// let request = SetLinkKind::of("can0", settings);
    /// # let _ = request;
    /// ```
    pub fn can() -> Self {
        Self::of("", CanSettings::default())
    }

    /// Sets the bit rate in bit/s; the kernel works the timing out.
    #[doc(alias = "IFLA_CAN_BITTIMING")]
    pub fn bit_rate(self, rate: u32) -> Self {
        self.bit_timing(CanBitTiming {
            bitrate: rate.into(),
            ..CanBitTiming::default()
        })
    }

    /// Sets the bit timing.
    #[doc(alias = "IFLA_CAN_BITTIMING")]
    pub const fn bit_timing(mut self, timing: CanBitTiming) -> Self {
        self.kind.timing = Some(timing);
        self
    }

    /// Sets the bit rate of CAN FD's data in bit/s.
    #[doc(alias = "IFLA_CAN_DATA_BITTIMING")]
    pub fn data_bit_rate(mut self, rate: u32) -> Self {
        self.kind.data_timing = Some(CanBitTiming {
            bitrate: rate.into(),
            ..CanBitTiming::default()
        });
        self
    }

    /// Turns modes on or off.
    #[doc(alias = "IFLA_CAN_CTRLMODE")]
    pub fn mode(mut self, modes: CanModeFlags, on: bool) -> Self {
        let mode = &mut self.kind.mode;
        let [mask, flags] = [mode.mask.get(), mode.flags.get()];
        mode.mask = (mask | modes.bits()).into();
        mode.flags = match on {
            true => flags | modes.bits(),
            false => flags & !modes.bits(),
        }
        .into();
        self
    }

    settings!(Can);
}

/// Settings of an HSR ring or a PRP network, for [`NewLink::hsr`].
#[derive(Clone, Copy, Debug)]
pub struct HsrSettings<'a> {
    ports: [LinkIndex; 2],
    interlink: LinkIndex,
    protocol: Option<HsrProtocol>,
    more: Option<&'a dyn Items<Hsr>>,
}

impl LinkSettings for HsrSettings<'_> {
    fn kind(&self) -> &str {
        "hsr"
    }

    fn put<'w, 'b>(&self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        let [first, second] = self.ports;
        w.nest(IFLA_INFO_DATA, |w| {
            w.u32(IFLA_HSR_SLAVE1, first.get())?
                .u32(IFLA_HSR_SLAVE2, second.get())?;
            if !self.interlink.is_none() {
                w.u32(IFLA_HSR_INTERLINK, self.interlink.get())?;
            }
            if let Some(protocol) = self.protocol {
                w.u8(IFLA_HSR_PROTOCOL, protocol.0)?;
            }
            w.put_items(self.more)
        })
    }
}

impl<'a> NewLink<'a, HsrSettings<'a>> {
    /// Creates the link of an HSR ring with two ports.
    ///
    /// ```
    /// use nlwire::route::NewLink;
    ///
    /// // ip link add hsr0 type hsr slave1 eth1 slave2 eth2
    /// let ring = NewLink::hsr("hsr0", 3, 4);
    /// # let _ = ring;
    /// ```
    pub fn hsr(
        name: impl Into<Text<'a>>,
        first: impl Into<LinkIndex>,
        second: impl Into<LinkIndex>,
    ) -> Self {
        let kind = HsrSettings {
            ports: [first.into(), second.into()],
            interlink: LinkIndex::NONE,
            protocol: None,
            more: None,
        };
        Self::of(name, kind)
    }

    /// Chooses the protocol; the default is [`HsrProtocol::HSR`].
    #[doc(alias = "IFLA_HSR_PROTOCOL")]
    pub const fn redundancy(mut self, protocol: HsrProtocol) -> Self {
        self.kind.protocol = Some(protocol);
        self
    }

    /// Sets the port to another ring.
    #[doc(alias = "IFLA_HSR_INTERLINK")]
    pub fn interlink(mut self, link: impl Into<LinkIndex>) -> Self {
        self.kind.interlink = link.into();
        self
    }

    settings!(Hsr);
}

/// Kind of a link by its name, with attributes of its set, for
/// [`NewLink::of_kind`].
#[derive(Clone, Copy, Debug)]
pub struct KindSettings<'a, A> {
    name: &'a str,
    settings: &'a [A],
}

impl<A: Encode> LinkSettings for KindSettings<'_, A> {
    fn kind(&self) -> &str {
        self.name
    }

    fn put<'w, 'b>(&self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        w.nest(IFLA_INFO_DATA, |w| self.settings.encode(w))
    }
}

impl<'a, A: Encode> NewLink<'a, KindSettings<'a, A>> {
    /// Creates a link of a kind that has no constructor here, with settings of
    /// the kind's set.
    ///
    /// ```
    /// use nlwire::route::{BareUdpAttr, NewLink};
    ///
    /// let settings = [BareUdpAttr::Port(6635), BareUdpAttr::EtherType(0x8847)];
    /// let mpls = NewLink::of_kind("mpls0", "bareudp", &settings).up();
    /// # let _ = mpls;
    /// ```
    pub fn of_kind(name: impl Into<Text<'a>>, kind: &'a str, settings: &'a [A]) -> Self {
        Self::of(
            name,
            KindSettings {
                name: kind,
                settings,
            },
        )
    }
}

crate::__format!(
    NetkitSettings<'_>,
    VxcanSettings<'_>,
    CanSettings<'_>,
    HsrSettings<'_>,
    for [A: core::fmt::Debug] KindSettings<'_, A>,
);
