//! Settings of the actions that people use most, for requests.

use core::net::IpAddr;

use super::{
    ActionParameters, ControlAction, PeditAttr, PeditKey, PeditParameters, PeditSelector,
    PoliceAttr, PoliceParameters, SkbEditAttr, TunnelKeyAttr, TunnelKeyOperation,
    TunnelKeyParameters, VlanActionAttr, VlanOperation, VlanParameters,
};
use crate::Writer;
use crate::route::tc::{Handle, Rate, RateSpec, TrafficLinkLayer};
use crate::writer::Put;
use crate::zerocopy::native_endian::U32;

/// Returns the number of an action and its decision.
pub(super) fn parameters(index: u32, action: ControlAction) -> ActionParameters {
    ActionParameters {
        index: index.into(),
        action: action.0.into(),
        ..ActionParameters::default()
    }
}

/// Settings of a `police`: a rate, and the decisions on packets within it and
/// beyond.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PoliceSettings {
    rate: Rate,
    burst: u32,
    peak: Option<Rate>,
    packets: Option<(u64, u32)>,
    overhead: u16,
    minimum: u16,
    layer: TrafficLinkLayer,
    mtu: u32,
    exceed: ControlAction,
    conform: Option<ControlAction>,
}

impl PoliceSettings {
    /// Limits packets to a rate with bursts of so many bytes. Packets beyond are
    /// dropped, the others pass.
    #[must_use]
    #[doc(alias = "TCA_POLICE_TBF")]
    pub const fn new(rate: Rate, burst: u32) -> Self {
        Self {
            rate,
            burst,
            peak: None,
            packets: None,
            overhead: 0,
            minimum: 0,
            layer: TrafficLinkLayer::ETHERNET,
            mtu: 0,
            exceed: ControlAction::SHOT,
            conform: None,
        }
    }

    /// Limits packets to a rate in packets a second with bursts of so many packets.
    ///
    /// ```
    /// use nlwire::route::{FilterAction, PoliceSettings};
    ///
    /// // tc actions add action police pkts_rate 1000 pkts_burst 100 drop
    /// let limit = FilterAction::police(PoliceSettings::packets(1000, 100));
    /// # let _ = limit;
    /// ```
    #[must_use]
    #[doc(alias = "TCA_POLICE_PKTRATE64", alias = "TCA_POLICE_PKTBURST64")]
    pub const fn packets(rate: u64, burst: u32) -> Self {
        let mut settings = Self::new(Rate::from_bytes(0), 0);
        settings.packets = Some((rate, burst));
        settings
    }

    /// Adds an overhead in bytes to the size of each packet.
    #[must_use]
    pub const fn overhead(mut self, bytes: u16) -> Self {
        self.overhead = bytes;
        self
    }

    /// Sets the minimum packet size in bytes: smaller packets count as this size (`mpu`).
    #[must_use]
    #[doc(alias = "mpu")]
    pub const fn minimum(mut self, bytes: u16) -> Self {
        self.minimum = bytes;
        self
    }

    /// Sets the link layer, whose rules sizes of packets follow. The default is Ethernet.
    #[must_use]
    #[doc(alias = "linklayer")]
    pub const fn link_layer(mut self, layer: TrafficLinkLayer) -> Self {
        self.layer = layer;
        self
    }

    /// Returns a rate with the rules for sizes, and its table.
    fn table(&self, rate: Rate) -> (RateSpec, [U32; 256]) {
        let spec = RateSpec {
            overhead: self.overhead.into(),
            minimum: self.minimum.into(),
            link_layer: self.layer.0,
            ..rate.spec()
        };
        spec.table(self.mtu)
    }

    /// Limits bursts to a rate.
    #[must_use]
    #[doc(alias = "TCA_POLICE_PEAKRATE")]
    pub const fn peak(mut self, rate: Rate) -> Self {
        self.peak = Some(rate);
        self
    }

    /// Sets the size of the largest packet in bytes; larger ones are beyond the
    /// rate.
    #[must_use]
    pub const fn mtu(mut self, bytes: u32) -> Self {
        self.mtu = bytes;
        self
    }

    /// Sets the decision on packets beyond the rate.
    #[must_use]
    pub const fn exceed(mut self, action: ControlAction) -> Self {
        self.exceed = action;
        self
    }

    /// Sets the decision on packets within the rate.
    #[must_use]
    #[doc(alias = "TCA_POLICE_RESULT")]
    pub const fn conform(mut self, action: ControlAction) -> Self {
        self.conform = Some(action);
        self
    }

    pub(super) fn put<'w, 'b>(&self, index: u32, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        // The kernel takes a rate only with a table, which it does not look into.
        let rate = (self.rate.bytes() != 0).then(|| self.table(self.rate));
        let peak = self.peak.map(|peak| self.table(peak));
        let parameters = PoliceParameters {
            index: index.into(),
            action: self.exceed.0.into(),
            burst: self.rate.ticks(self.burst).into(),
            mtu: self.mtu.into(),
            rate: rate.map(|(rate, _)| rate).unwrap_or_default(),
            peak_rate: peak.map(|(peak, _)| peak).unwrap_or_default(),
            ..PoliceParameters::default()
        };
        let packet_burst = |(rate, burst)| u64::from(Rate::from_bytes(rate).ticks(burst));
        let wide = [
            self.rate.wide().map(PoliceAttr::Rate64),
            self.peak.and_then(Rate::wide).map(PoliceAttr::PeakRate64),
            self.packets.map(|(rate, _)| PoliceAttr::PacketRate(rate)),
            self.packets.map(packet_burst).map(PoliceAttr::PacketBurst),
        ];
        let mut w = w.put(PoliceAttr::Parameters(&parameters))?;
        if let Some((_, table)) = &rate {
            w = w.put(PoliceAttr::RateTable(table))?;
        }
        if let Some((_, table)) = &peak {
            w = w.put(PoliceAttr::PeakTable(table))?;
        }
        for attribute in wide.into_iter().flatten() {
            w = w.put(attribute)?;
        }
        match self.conform {
            Some(action) => w.put(PoliceAttr::Result(action)),
            None => Ok(w),
        }
    }
}

/// Settings of a `vlan`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct VlanTagSettings {
    operation: VlanOperation,
    id: Option<u16>,
    protocol: Option<u16>,
    priority: Option<u8>,
}

impl VlanTagSettings {
    const fn new(operation: VlanOperation, id: Option<u16>) -> Self {
        Self {
            operation,
            id,
            protocol: None,
            priority: None,
        }
    }

    /// Adds a VLAN tag with this number.
    #[must_use]
    #[doc(alias = "TCA_VLAN_ACT_PUSH")]
    pub const fn push(id: u16) -> Self {
        Self::new(VlanOperation::PUSH, Some(id))
    }

    /// Removes the VLAN tag.
    #[must_use]
    #[doc(alias = "TCA_VLAN_ACT_POP")]
    pub const fn pop() -> Self {
        Self::new(VlanOperation::POP, None)
    }

    /// Changes the number of the VLAN tag.
    #[must_use]
    #[doc(alias = "TCA_VLAN_ACT_MODIFY")]
    pub const fn modify(id: u16) -> Self {
        Self::new(VlanOperation::MODIFY, Some(id))
    }

    /// Sets the priority, 0 to 7.
    #[must_use]
    #[doc(alias = "TCA_VLAN_PUSH_VLAN_PRIORITY")]
    pub const fn priority(mut self, priority: u8) -> Self {
        self.priority = Some(priority);
        self
    }

    /// Sets the protocol of the tag. The default is 0x8100, that of 802.1Q.
    #[must_use]
    #[doc(alias = "TCA_VLAN_PUSH_VLAN_PROTOCOL")]
    pub const fn protocol(mut self, protocol: u16) -> Self {
        self.protocol = Some(protocol);
        self
    }

    pub(super) fn put<'w, 'b>(
        &self,
        general: ActionParameters,
        w: &'w mut Writer<'b>,
    ) -> Put<'w, 'b> {
        let mut w = w.put(VlanActionAttr::Parameters(&VlanParameters {
            general,
            operation: self.operation.0.into(),
        }))?;
        let own = [
            self.id.map(VlanActionAttr::Id),
            self.protocol.map(VlanActionAttr::Protocol),
            self.priority.map(VlanActionAttr::Priority),
        ];
        for attribute in own.into_iter().flatten() {
            w = w.put(attribute)?;
        }
        Ok(w)
    }
}

/// Settings of a `skbedit`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct SkbEditSettings {
    priority: Option<u32>,
    queue: Option<u16>,
    mark: Option<(u32, u32)>,
}

impl SkbEditSettings {
    /// Changes nothing yet.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            priority: None,
            queue: None,
            mark: None,
        }
    }

    /// Sets the priority, which may be a class.
    #[must_use]
    #[doc(alias = "TCA_SKBEDIT_PRIORITY")]
    pub const fn priority(mut self, priority: Handle) -> Self {
        self.priority = Some(priority.bits());
        self
    }

    /// Sets the transmit queue.
    #[must_use]
    #[doc(alias = "TCA_SKBEDIT_QUEUE_MAPPING")]
    pub const fn queue(mut self, queue: u16) -> Self {
        self.queue = Some(queue);
        self
    }

    /// Sets the bits of the mark that `mask` selects.
    #[must_use]
    #[doc(alias = "TCA_SKBEDIT_MARK", alias = "TCA_SKBEDIT_MASK")]
    pub const fn mark(mut self, mark: u32, mask: u32) -> Self {
        self.mark = Some((mark, mask));
        self
    }

    pub(super) fn put<'w, 'b>(
        &self,
        general: ActionParameters,
        w: &'w mut Writer<'b>,
    ) -> Put<'w, 'b> {
        let mut w = w.put(SkbEditAttr::Parameters(&general))?;
        let mask = self.mark.map(|(_, mask)| mask);
        let own = [
            self.queue.map(SkbEditAttr::Queue),
            self.priority.map(SkbEditAttr::Priority),
            self.mark.map(|(mark, _)| SkbEditAttr::Mark(mark)),
            mask.filter(|&mask| mask != u32::MAX).map(SkbEditAttr::Mask),
        ];
        for attribute in own.into_iter().flatten() {
            w = w.put(attribute)?;
        }
        Ok(w)
    }
}

/// Settings of a `tunnel_key`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TunnelKeySettings {
    ends: Option<(IpAddr, IpAddr)>,
    id: Option<u32>,
    port: Option<u16>,
    checksum: bool,
    tos: Option<u8>,
    ttl: Option<u8>,
}

impl TunnelKeySettings {
    const NONE: Self = Self {
        ends: None,
        id: None,
        port: None,
        checksum: true,
        tos: None,
        ttl: None,
    };

    /// Sends packets through a tunnel between two addresses of one family.
    #[must_use]
    #[doc(alias = "TCA_TUNNEL_KEY_ACT_SET")]
    pub fn set(source: impl Into<IpAddr>, destination: impl Into<IpAddr>) -> Self {
        Self {
            ends: Some((source.into(), destination.into())),
            ..Self::NONE
        }
    }

    /// Takes the tunnel's addresses and key away from packets.
    #[must_use]
    #[doc(alias = "TCA_TUNNEL_KEY_ACT_RELEASE")]
    pub const fn release() -> Self {
        Self::NONE
    }

    /// Sets the key, such as the VNI of VXLAN.
    #[must_use]
    #[doc(alias = "TCA_TUNNEL_KEY_ENC_KEY_ID")]
    pub const fn id(mut self, id: u32) -> Self {
        self.id = Some(id);
        self
    }

    /// Sets the destination UDP port.
    #[must_use]
    #[doc(alias = "TCA_TUNNEL_KEY_ENC_DST_PORT")]
    pub const fn port(mut self, port: u16) -> Self {
        self.port = Some(port);
        self
    }

    /// Leaves the UDP checksum out.
    #[must_use]
    #[doc(alias = "TCA_TUNNEL_KEY_NO_CSUM")]
    pub const fn without_checksum(mut self) -> Self {
        self.checksum = false;
        self
    }

    /// Sets DSCP and ECN.
    #[must_use]
    #[doc(alias = "TCA_TUNNEL_KEY_ENC_TOS")]
    pub const fn tos(mut self, tos: u8) -> Self {
        self.tos = Some(tos);
        self
    }

    /// Sets the TTL.
    #[must_use]
    #[doc(alias = "TCA_TUNNEL_KEY_ENC_TTL")]
    pub const fn ttl(mut self, ttl: u8) -> Self {
        self.ttl = Some(ttl);
        self
    }

    pub(super) fn put<'w, 'b>(
        &self,
        general: ActionParameters,
        w: &'w mut Writer<'b>,
    ) -> Put<'w, 'b> {
        let operation = match self.ends {
            Some(_) => TunnelKeyOperation::SET,
            None => TunnelKeyOperation::RELEASE,
        };
        let mut w = w.put(TunnelKeyAttr::Parameters(&TunnelKeyParameters {
            general,
            operation: operation.0.into(),
        }))?;
        if let Some((source, destination)) = self.ends {
            w = w.put(match source {
                IpAddr::V4(_) => TunnelKeyAttr::SourceV4(source),
                IpAddr::V6(_) => TunnelKeyAttr::SourceV6(source),
            })?;
            w = w.put(match destination {
                IpAddr::V4(_) => TunnelKeyAttr::DestinationV4(destination),
                IpAddr::V6(_) => TunnelKeyAttr::DestinationV6(destination),
            })?;
        }
        let without_checksum = (!self.checksum).then_some(1);
        let own = [
            self.id.map(TunnelKeyAttr::Id),
            self.port.map(TunnelKeyAttr::Port),
            without_checksum.map(TunnelKeyAttr::NoChecksum),
            self.tos.map(TunnelKeyAttr::Tos),
            self.ttl.map(TunnelKeyAttr::Ttl),
        ];
        for attribute in own.into_iter().flatten() {
            w = w.put(attribute)?;
        }
        Ok(w)
    }
}

/// Puts the keys of a `pedit`.
pub(super) fn put_pedit<'w, 'b>(
    keys: &[PeditKey],
    general: ActionParameters,
    w: &'w mut Writer<'b>,
) -> Put<'w, 'b> {
    let parameters = PeditParameters {
        general,
        ..PeditParameters::default()
    };
    let parameters = &parameters;
    w.put(PeditAttr::Selector(PeditSelector { parameters, keys }))
}

crate::__format!(
    PoliceSettings,
    VlanTagSettings,
    SkbEditSettings,
    TunnelKeySettings
);
