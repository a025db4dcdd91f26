//! Creation of a `flower` filter.

use core::net::IpAddr;

use super::NewFilter;
use crate::route::tc::action::put_actions;
use crate::route::tc::new::ETH_P_ALL;
use crate::route::tc::{
    FilterAction, FilterFlags, Flower, FlowerAttr, FlowerCtState, Handle, TCA_FLOWER_ACT,
    TCA_OPTIONS, TrafficSettings,
};
use crate::writer::Put;
use crate::{Items, LinkIndex, Prefix, Writer};

const IPPROTO_TCP: u8 = 6;
const IPPROTO_UDP: u8 = 17;

/// Settings of a `flower` filter.
#[derive(Clone, Copy, Debug)]
pub struct FlowerSettings<'a> {
    mac_source: Option<[u8; 6]>,
    mac_destination: Option<[u8; 6]>,
    vlan: Option<u16>,
    vlan_priority: Option<u8>,
    source: Option<Prefix>,
    destination: Option<Prefix>,
    ip_protocol: Option<u8>,
    source_port: Option<u16>,
    destination_port: Option<u16>,
    tcp_flags: Option<(u16, u16)>,
    conntrack: Option<(FlowerCtState, FlowerCtState)>,
    tunnel_id: Option<u32>,
    keys: Option<&'a dyn Items<Flower>>,
    pub(super) class: Handle,
    pub(super) flags: FilterFlags,
    pub(super) action: Option<FilterAction<'a>>,
    pub(super) actions: &'a [FilterAction<'a>],
}

/// Returns the address of a prefix and its mask.
fn masked(prefix: Prefix) -> (IpAddr, IpAddr) {
    let length = u32::from(prefix.length());
    let address = prefix.network().address();
    let mask = match address {
        IpAddr::V4(_) => {
            let free = u32::MAX.checked_shr(length).unwrap_or(0);
            IpAddr::from((!free).to_be_bytes())
        }
        IpAddr::V6(_) => {
            let free = u128::MAX.checked_shr(length).unwrap_or(0);
            IpAddr::from((!free).to_be_bytes())
        }
    };
    (address, mask)
}

impl FlowerSettings<'_> {
    fn put_source<'w, 'b>(&self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        let Some((address, mask)) = self.source.map(masked) else {
            return Ok(w);
        };
        match address {
            IpAddr::V4(_) => w
                .put(FlowerAttr::Ipv4Src(address))?
                .put(FlowerAttr::Ipv4SrcMask(mask)),
            IpAddr::V6(_) => w
                .put(FlowerAttr::Ipv6Src(address))?
                .put(FlowerAttr::Ipv6SrcMask(mask)),
        }
    }

    fn put_destination<'w, 'b>(&self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        let Some((address, mask)) = self.destination.map(masked) else {
            return Ok(w);
        };
        match address {
            IpAddr::V4(_) => w
                .put(FlowerAttr::Ipv4Dst(address))?
                .put(FlowerAttr::Ipv4DstMask(mask)),
            IpAddr::V6(_) => w
                .put(FlowerAttr::Ipv6Dst(address))?
                .put(FlowerAttr::Ipv6DstMask(mask)),
        }
    }

    fn put_ethernet<'w, 'b>(&self, mut w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        if let Some(address) = &self.mac_destination {
            w = w
                .put(FlowerAttr::EthDst(address))?
                .put(FlowerAttr::EthDstMask(&[0xff; 6]))?;
        }
        if let Some(address) = &self.mac_source {
            w = w
                .put(FlowerAttr::EthSrc(address))?
                .put(FlowerAttr::EthSrcMask(&[0xff; 6]))?;
        }
        Ok(w)
    }

    fn put_keys<'w, 'b>(&self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        let is_udp = self.ip_protocol == Some(IPPROTO_UDP);
        let source = |port| match is_udp {
            true => FlowerAttr::UdpSrc(port),
            false => FlowerAttr::TcpSrc(port),
        };
        let destination = |port| match is_udp {
            true => FlowerAttr::UdpDst(port),
            false => FlowerAttr::TcpDst(port),
        };
        let (flags, state) = (self.tcp_flags, self.conntrack);
        let own = [
            self.vlan.map(FlowerAttr::VlanId),
            self.vlan_priority.map(FlowerAttr::VlanPriority),
            self.ip_protocol.map(FlowerAttr::IpProtocol),
            self.source_port.map(source),
            self.destination_port.map(destination),
            flags.map(|(flags, _)| FlowerAttr::TcpFlags(flags)),
            flags.map(|(_, mask)| FlowerAttr::TcpFlagsMask(mask)),
            state.map(|(state, _)| FlowerAttr::CtState(state)),
            state.map(|(_, mask)| FlowerAttr::CtStateMask(mask)),
            self.tunnel_id.map(FlowerAttr::EncKeyId),
        ];
        let w = self.put_ethernet(w)?;
        let mut w = self.put_destination(self.put_source(w)?)?;
        for attribute in own.into_iter().flatten() {
            w = w.put(attribute)?;
        }
        w.put_items(self.keys)
    }
}

impl TrafficSettings for FlowerSettings<'_> {
    fn kind(&self) -> &str {
        "flower"
    }

    fn put<'w, 'b>(&self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        self.put_for(ETH_P_ALL, w)
    }

    // Without the protocol among its keys, the kernel would read no further ones.
    fn put_for<'w, 'b>(&self, protocol: u16, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        w.nest(TCA_OPTIONS, |mut w| {
            if self.class != Handle::UNSPEC {
                w = w.put(FlowerAttr::Class(self.class.bits()))?;
            }
            w = self.put_keys(w)?;
            w = put_actions(w, TCA_FLOWER_ACT, self.action, self.actions)?;
            w = w.put(FlowerAttr::Flags(self.flags))?;
            match protocol {
                ETH_P_ALL => Ok(w),
                protocol => w.put(FlowerAttr::EthType(protocol)),
            }
        })
    }
}

impl<'a> NewFilter<'a, FlowerSettings<'a>> {
    /// Creates a filter that matches fields of packets. Without keys it matches
    /// all packets. A change sets other values; which fields and bits count stays, or the
    /// kernel answers `EINVAL`.
    ///
    /// ```
    /// use nlwire::route::{FilterAction, Handle, NewFilter};
    ///
    /// let https = NewFilter::flower(7, Handle::CLSACT_INGRESS)
    ///     .destination("192.0.2.0/24".parse()?)
    ///     .tcp_destination(443)
    ///     .action(FilterAction::drop());
    /// # let _ = https;
    /// # Ok::<(), nlwire::PrefixError>(())
    /// ```
    #[doc(alias = "TCA_FLOWER_ACT")]
    pub fn flower(link: impl Into<LinkIndex>, parent: Handle) -> Self {
        let settings = FlowerSettings {
            mac_source: None,
            mac_destination: None,
            vlan: None,
            vlan_priority: None,
            source: None,
            destination: None,
            ip_protocol: None,
            source_port: None,
            destination_port: None,
            tcp_flags: None,
            conntrack: None,
            tunnel_id: None,
            keys: None,
            class: Handle::UNSPEC,
            flags: FilterFlags::empty(),
            action: None,
            actions: &[],
        };
        Self::new(link, parent, settings)
    }

    const fn of_family(self, prefix: Prefix) -> Self {
        self.protocol(match prefix.address() {
            IpAddr::V4(_) => super::ETH_P_IP,
            IpAddr::V6(_) => super::ETH_P_IPV6,
        })
    }

    /// Matches a source prefix, and sets the protocol to its family.
    #[doc(alias = "TCA_FLOWER_KEY_IPV4_SRC", alias = "TCA_FLOWER_KEY_IPV6_SRC")]
    pub const fn source(mut self, prefix: Prefix) -> Self {
        self.new.kind.kind.source = Some(prefix);
        self.of_family(prefix)
    }

    /// Matches a destination prefix, and sets the protocol to its family.
    #[doc(alias = "TCA_FLOWER_KEY_IPV4_DST", alias = "TCA_FLOWER_KEY_IPV6_DST")]
    pub const fn destination(mut self, prefix: Prefix) -> Self {
        self.new.kind.kind.destination = Some(prefix);
        self.of_family(prefix)
    }

    /// Matches the IP protocol, such as 1 for ICMP.
    #[doc(alias = "TCA_FLOWER_KEY_IP_PROTO")]
    pub const fn ip_protocol(mut self, protocol: u8) -> Self {
        self.new.kind.kind.ip_protocol = Some(protocol);
        self
    }

    /// Matches the source port of TCP.
    #[doc(alias = "TCA_FLOWER_KEY_TCP_SRC")]
    pub const fn tcp_source(mut self, port: u16) -> Self {
        self.new.kind.kind.source_port = Some(port);
        self.ip_protocol(IPPROTO_TCP)
    }

    /// Matches the destination port of TCP.
    #[doc(alias = "TCA_FLOWER_KEY_TCP_DST")]
    pub const fn tcp_destination(mut self, port: u16) -> Self {
        self.new.kind.kind.destination_port = Some(port);
        self.ip_protocol(IPPROTO_TCP)
    }

    /// Matches the source port of UDP.
    #[doc(alias = "TCA_FLOWER_KEY_UDP_SRC")]
    pub const fn udp_source(mut self, port: u16) -> Self {
        self.new.kind.kind.source_port = Some(port);
        self.ip_protocol(IPPROTO_UDP)
    }

    /// Matches the destination port of UDP.
    #[doc(alias = "TCA_FLOWER_KEY_UDP_DST")]
    pub const fn udp_destination(mut self, port: u16) -> Self {
        self.new.kind.kind.destination_port = Some(port);
        self.ip_protocol(IPPROTO_UDP)
    }

    /// Matches the TCP flags that `mask` selects.
    #[doc(alias = "TCA_FLOWER_KEY_TCP_FLAGS")]
    pub const fn tcp_flags(mut self, flags: u16, mask: u16) -> Self {
        self.new.kind.kind.tcp_flags = Some((flags, mask));
        self.ip_protocol(IPPROTO_TCP)
    }

    /// Matches the source MAC address.
    #[doc(alias = "TCA_FLOWER_KEY_ETH_SRC")]
    pub const fn mac_source(mut self, address: [u8; 6]) -> Self {
        self.new.kind.kind.mac_source = Some(address);
        self
    }

    /// Matches the destination MAC address.
    #[doc(alias = "TCA_FLOWER_KEY_ETH_DST")]
    pub const fn mac_destination(mut self, address: [u8; 6]) -> Self {
        self.new.kind.kind.mac_destination = Some(address);
        self
    }

    /// Matches the VLAN number, and sets the protocol to 802.1Q.
    #[doc(alias = "TCA_FLOWER_KEY_VLAN_ID")]
    pub const fn vlan(mut self, id: u16) -> Self {
        self.new.kind.kind.vlan = Some(id);
        self.protocol(super::ETH_P_8021Q)
    }

    /// Matches the VLAN priority, and sets the protocol to 802.1Q.
    #[doc(alias = "TCA_FLOWER_KEY_VLAN_PRIO")]
    pub const fn vlan_priority(mut self, priority: u8) -> Self {
        self.new.kind.kind.vlan_priority = Some(priority);
        self.protocol(super::ETH_P_8021Q)
    }

    /// Matches the bits of the conntrack entry's state that `mask` selects.
    #[doc(alias = "TCA_FLOWER_KEY_CT_STATE")]
    pub const fn conntrack(mut self, state: FlowerCtState, mask: FlowerCtState) -> Self {
        self.new.kind.kind.conntrack = Some((state, mask));
        self
    }

    /// Matches the tunnel key, such as the VNI of VXLAN.
    #[doc(alias = "TCA_FLOWER_KEY_ENC_KEY_ID")]
    pub const fn tunnel_id(mut self, id: u32) -> Self {
        self.new.kind.kind.tunnel_id = Some(id);
        self
    }

    /// Matches further keys.
    pub const fn keys(mut self, keys: &'a dyn Items<Flower>) -> Self {
        self.new.kind.kind.keys = Some(keys);
        self
    }

    actions!();
}

crate::__format!(FlowerSettings<'_>);
