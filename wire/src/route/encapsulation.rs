//! Encapsulations of routes and next hops, for requests.

use core::net::{IpAddr, Ipv6Addr};

use super::encap::{put_segments, put_source_route};
use super::{
    EncapKind, Ip6EncapAttr, IpEncapAttr, LWT_XFRM_IF_ID, MPLS_IPTUNNEL_DST, MplsEncapAttr,
    Seg6Mode,
};
use crate::Writer;
use crate::codec::{AnyAttributes, Encode};
use crate::writer::Put;

/// Header that a route or a next hop puts before each packet.
///
/// ```
/// use nlwire::route::{Encapsulation, Hop};
///
/// let tunnel: std::net::IpAddr = "192.0.2.9".parse()?;
/// let vxlan = Hop::on(7).encapsulation(Encapsulation::ip(tunnel).id(43).ttl(64));
/// let labels = Hop::on(7).encapsulation(Encapsulation::mpls(&[100, 200]));
/// # let _ = (vxlan, labels);
/// # Ok::<(), std::net::AddrParseError>(())
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "describes an encapsulation"]
#[doc(alias = "RTA_ENCAP")]
pub struct Encapsulation<'a> {
    kind: EncapKind,
    settings: Settings<'a>,
    ttl: u8,
    tos: u8,
}

#[derive(Clone, Copy, Debug)]
enum Settings<'a> {
    Labels(&'a [u32]),
    Segments(Seg6Mode, &'a [Ipv6Addr]),
    SourceRoute(&'a [Ipv6Addr]),
    Xfrm(u32),
    Tunnel {
        id: u64,
        destination: IpAddr,
        source: Option<IpAddr>,
    },
    Attributes(&'a dyn AnyAttributes),
    Bytes(&'a [u8]),
}

impl<'a> Encapsulation<'a> {
    const fn new(kind: EncapKind, settings: Settings<'a>) -> Self {
        Self {
            kind,
            settings,
            ttl: 0,
            tos: 0,
        }
    }

    /// Pushes MPLS labels, the outermost first.
    #[doc(alias = "LWTUNNEL_ENCAP_MPLS")]
    pub const fn mpls(labels: &'a [u32]) -> Self {
        Self::new(EncapKind::MPLS, Settings::Labels(labels))
    }

    /// Sends packets through an IP tunnel, such as a VXLAN link in collect-metadata
    /// mode, to this address.
    #[doc(alias = "LWTUNNEL_ENCAP_IP", alias = "LWTUNNEL_ENCAP_IP6")]
    pub fn ip(destination: impl Into<IpAddr>) -> Self {
        let destination = destination.into();
        let kind = match destination {
            IpAddr::V4(_) => EncapKind::IP,
            IpAddr::V6(_) => EncapKind::IP6,
        };
        let settings = Settings::Tunnel {
            id: 0,
            destination,
            source: None,
        };
        Self::new(kind, settings)
    }

    /// Sends packets along IPv6 segments, in the order in which they are visited.
    ///
    /// ```
    /// use nlwire::route::{Encapsulation, Hop, Seg6Mode};
    ///
    /// let segments: [std::net::Ipv6Addr; 2] = ["2001:db8::1".parse()?, "2001:db8::2".parse()?];
    /// let hop = Hop::on(7).encapsulation(Encapsulation::seg6(Seg6Mode::ENCAP, &segments));
    /// # let _ = hop;
    /// # Ok::<(), std::net::AddrParseError>(())
    /// ```
    #[doc(alias = "LWTUNNEL_ENCAP_SEG6")]
    pub const fn seg6(mode: Seg6Mode, segments: &'a [Ipv6Addr]) -> Self {
        Self::new(EncapKind::SEG6, Settings::Segments(mode, segments))
    }

    /// Sends packets along a source route of RPL (`linux/rpl_iptunnel.h`), the first address
    /// first.
    ///
    /// The kernel takes 1 to 127 addresses, and answers `EINVAL` if the last one is multicast
    /// or the route comes back to this host. `ip` shows the addresses in reverse order.
    ///
    /// ```
    /// use nlwire::route::{Encapsulation, Hop};
    ///
    /// // ip -6 route add .. encap rpl segs 2001:db8::2,2001:db8::1 dev eth0
    /// let addresses: [std::net::Ipv6Addr; 2] = ["2001:db8::1".parse()?, "2001:db8::2".parse()?];
    /// let hop = Hop::on(7).encapsulation(Encapsulation::rpl(&addresses));
    /// # let _ = hop;
    /// # Ok::<(), std::net::AddrParseError>(())
    /// ```
    #[doc(alias = "LWTUNNEL_ENCAP_RPL")]
    pub const fn rpl(addresses: &'a [Ipv6Addr]) -> Self {
        Self::new(EncapKind::RPL, Settings::SourceRoute(addresses))
    }

    /// Sends packets through the XFRM interface with this id.
    #[doc(alias = "LWTUNNEL_ENCAP_XFRM")]
    pub const fn xfrm(id: u32) -> Self {
        Self::new(EncapKind::XFRM, Settings::Xfrm(id))
    }

    /// Takes the settings of any kind: an array of the enum of the kind's set.
    ///
    /// ```
    /// use nlwire::route::{EncapKind, Encapsulation, Hop, RouteTable, Seg6Action, Seg6LocalAttr};
    ///
    /// // ip -6 route add 2001:db8::/64 encap seg6local action End.DT6 table 100 dev eth0
    /// let settings = [
    ///     Seg6LocalAttr::Action(Seg6Action::END_DT6),
    ///     Seg6LocalAttr::Table(RouteTable(100)),
    /// ];
    /// let hop = Hop::on(2).encapsulation(Encapsulation::of(EncapKind::SEG6_LOCAL, &settings));
    /// # let _ = hop;
    /// ```
    #[doc(
        alias = "LWTUNNEL_ENCAP_BPF",
        alias = "LWTUNNEL_ENCAP_ILA",
        alias = "LWTUNNEL_ENCAP_IOAM6",
        alias = "LWTUNNEL_ENCAP_SEG6_LOCAL"
    )]
    pub fn of<A: Encode>(kind: EncapKind, settings: &'a A) -> Self {
        Self::new(kind, Settings::Attributes(settings))
    }

    /// Takes the settings of any kind: the attributes inside of `RTA_ENCAP`,
    /// already written.
    pub const fn bytes(kind: EncapKind, settings: &'a [u8]) -> Self {
        Self::new(kind, Settings::Bytes(settings))
    }

    /// Sets the key of an IP tunnel, such as the VNI of a VXLAN.
    #[doc(alias = "LWTUNNEL_IP_ID")]
    pub const fn id(mut self, id: u64) -> Self {
        if let Settings::Tunnel {
            destination,
            source,
            ..
        } = self.settings
        {
            self.settings = Settings::Tunnel {
                id,
                destination,
                source,
            };
        }
        self
    }

    /// Sets the source address of an IP tunnel.
    #[doc(alias = "LWTUNNEL_IP_SRC")]
    pub fn source(mut self, address: impl Into<IpAddr>) -> Self {
        if let Settings::Tunnel { source, .. } = &mut self.settings {
            *source = Some(address.into());
        }
        self
    }

    /// Sets the TTL or hop limit of the outer header.
    #[doc(alias = "LWTUNNEL_IP_TTL", alias = "MPLS_IPTUNNEL_TTL")]
    pub const fn ttl(mut self, ttl: u8) -> Self {
        self.ttl = ttl;
        self
    }

    /// Sets the TOS or traffic class of an IP tunnel's outer header.
    #[doc(alias = "LWTUNNEL_IP_TOS")]
    pub const fn tos(mut self, tos: u8) -> Self {
        self.tos = tos;
        self
    }

    /// Puts the kind and the nest, as attributes of these types.
    pub(super) fn put<'w, 'b>(&self, kind: u16, nest: u16, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        let w = w.u16(kind, self.kind.0)?;
        match self.settings {
            Settings::Attributes(settings) => w.nest(nest, |w| settings.put(w)),
            Settings::Bytes(settings) => w.nest_of(nest, settings),
            Settings::Segments(mode, segments) => w.nest(nest, |w| put_segments(w, mode, segments)),
            Settings::SourceRoute(addresses) => w.nest(nest, |w| put_source_route(w, addresses)),
            Settings::Xfrm(id) => w.nest(nest, |w| w.u32(LWT_XFRM_IF_ID, id)),
            Settings::Labels(labels) => w.nest(nest, |w| {
                let w = put_labels(w, MPLS_IPTUNNEL_DST, labels)?;
                match self.ttl {
                    0 => Ok(w),
                    ttl => w.put(MplsEncapAttr::Ttl(ttl)),
                }
            }),
            Settings::Tunnel {
                id,
                destination,
                source,
            } => w.nest(nest, |w| self.put_tunnel(w, id, destination, source)),
        }
    }

    fn put_tunnel<'w, 'b>(
        &self,
        mut w: &'w mut Writer<'b>,
        id: u64,
        destination: IpAddr,
        source: Option<IpAddr>,
    ) -> Put<'w, 'b> {
        if destination.is_ipv4() {
            w = w
                .put(IpEncapAttr::Id(id))?
                .put(IpEncapAttr::Destination(destination))?;
            if let Some(source) = source {
                w = w.put(IpEncapAttr::Source(source))?;
            }
            if self.ttl != 0 {
                w = w.put(IpEncapAttr::Ttl(self.ttl))?;
            }
            if self.tos != 0 {
                w = w.put(IpEncapAttr::Tos(self.tos))?;
            }
        } else {
            w = w
                .put(Ip6EncapAttr::Id(id))?
                .put(Ip6EncapAttr::Destination(destination))?;
            if let Some(source) = source {
                w = w.put(Ip6EncapAttr::Source(source))?;
            }
            if self.ttl != 0 {
                w = w.put(Ip6EncapAttr::HopLimit(self.ttl))?;
            }
            if self.tos != 0 {
                w = w.put(Ip6EncapAttr::TrafficClass(self.tos))?;
            }
        }
        Ok(w)
    }
}

/// Puts a stack of labels, of which the last one is marked as the bottom.
pub(super) fn put_labels<'w, 'b>(w: &'w mut Writer<'b>, kind: u16, labels: &[u32]) -> Put<'w, 'b> {
    let size = labels.len().saturating_mul(4);
    w.put_with(kind, size, |slot| {
        let mut rest = labels.iter();
        for entry in slot.chunks_exact_mut(4) {
            let label = rest.next().copied().unwrap_or_default();
            let bottom = u32::from(rest.len() == 0) << 8;
            for (to, from) in entry.iter_mut().zip((label << 12 | bottom).to_be_bytes()) {
                *to = from;
            }
        }
    })
}

crate::__format!(Encapsulation<'_>);
