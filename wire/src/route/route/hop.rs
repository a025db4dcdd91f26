//! Next hops of routes, for requests.

use core::net::IpAddr;

use super::{NextHop, NextHopFlags, RTA_MULTIPATH, RTA_NEWDST, RouteAttr};
use crate::codec::AddressBytes;
use crate::route::encapsulation::{Encapsulation, put_labels};
use crate::route::{AF_INET, AF_INET6, RTA_ENCAP, RTA_ENCAP_TYPE, Via};
use crate::writer::Put;
use crate::{EncodeError, LinkIndex, Writer};

/// Next hop of a multipath route, for [`NewRoute::hops`](super::NewRoute::hops).
///
/// ```
/// use nlwire::route::Hop;
///
/// let gateway: std::net::IpAddr = "192.0.2.2".parse()?;
/// let hops = [Hop::via(gateway), Hop::on(7).weight(3)];
/// # let _ = hops;
/// # Ok::<(), std::net::AddrParseError>(())
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "describes a next hop"]
#[doc(alias = "RTA_MULTIPATH")]
pub struct Hop<'a> {
    pub(super) gateway: Option<IpAddr>,
    pub(super) link: LinkIndex,
    pub(super) realms: u32,
    weight: u16,
    flags: NextHopFlags,
    pub(super) encapsulation: Option<Encapsulation<'a>>,
    pub(super) labels: &'a [u32],
}

impl<'a> Hop<'a> {
    pub(super) const NONE: Self = Self {
        gateway: None,
        link: LinkIndex::NONE,
        realms: 0,
        weight: 1,
        flags: NextHopFlags::empty(),
        encapsulation: None,
        labels: &[],
    };

    /// Creates a next hop with a gateway, IPv4 or IPv6.
    pub fn via(gateway: impl Into<IpAddr>) -> Self {
        Self {
            gateway: Some(gateway.into()),
            ..Self::NONE
        }
    }

    /// Describes a link without a gateway.
    pub fn on(link: impl Into<LinkIndex>) -> Self {
        Self {
            link: link.into(),
            ..Self::NONE
        }
    }

    /// Sets the outgoing link.
    #[doc(alias = "rtnh_ifindex")]
    pub fn link(mut self, link: impl Into<LinkIndex>) -> Self {
        self.link = link.into();
        self
    }

    /// Sets the weight, 1 to 256: the share of the traffic. The default is 1.
    #[doc(alias = "rtnh_hops")]
    pub const fn weight(mut self, weight: u16) -> Self {
        self.weight = weight;
        self
    }

    /// Sets the threshold of a multicast route: packets with a higher TTL leave by this
    /// virtual interface. 0 and 255 send none.
    #[doc(alias = "rtnh_hops")]
    pub const fn threshold(mut self, ttl: u8) -> Self {
        let [low, high] = [ttl, 0];
        self.weight = u16::from_le_bytes([low, high]).saturating_add(1);
        self
    }

    /// Treats the gateway as attached to the link (`onlink`), without a check of its address.
    #[doc(alias = "RTNH_F_ONLINK")]
    pub const fn onlink(mut self) -> Self {
        self.flags = self.flags.union(NextHopFlags::ONLINK);
        self
    }

    /// Sets the realms: source in the upper 16 bits, destination in the lower.
    #[doc(alias = "RTA_FLOW")]
    pub const fn realms(mut self, realms: u32) -> Self {
        self.realms = realms;
        self
    }

    /// Wraps packets.
    #[doc(alias = "RTA_ENCAP")]
    pub const fn encapsulation(mut self, encapsulation: Encapsulation<'a>) -> Self {
        self.encapsulation = Some(encapsulation);
        self
    }

    /// Sets the labels that packets leave with, for MPLS.
    #[doc(alias = "RTA_NEWDST")]
    pub const fn labels(mut self, labels: &'a [u32]) -> Self {
        self.labels = labels;
        self
    }

    /// Puts what is the same in a route and in a record of several next hops.
    pub(super) fn put<'w, 'b>(&self, family: u8, mut w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        if let Some(gateway) = self.gateway {
            w = put_gateway(w, family, gateway)?;
        }
        if !self.labels.is_empty() {
            w = put_labels(w, RTA_NEWDST, self.labels)?;
        }
        if self.realms != 0 {
            w = w.put(RouteAttr::Flow(self.realms))?;
        }
        match self.encapsulation {
            Some(encapsulation) => encapsulation.put(RTA_ENCAP_TYPE, RTA_ENCAP, w),
            None => Ok(w),
        }
    }
}

/// Puts several next hops as records.
pub(super) fn put_hops<'w, 'b>(w: &'w mut Writer<'b>, family: u8, hops: &[Hop<'_>]) -> Put<'w, 'b> {
    w.nest(RTA_MULTIPATH, |w| {
        for hop in hops {
            let hops =
                u8::try_from(hop.weight.saturating_sub(1)).map_err(|_| EncodeError::TooMany {
                    attribute: RTA_MULTIPATH,
                    limit: 256,
                    count: hop.weight.into(),
                })?;
            let record = NextHop {
                flags: hop.flags,
                hops,
                index: hop.link.get().into(),
                ..NextHop::default()
            };
            w.record(record, |w| hop.put(family, w))?;
        }
        Ok(w)
    })
}

/// Puts a gateway: `RTA_VIA` for an address of another family, since the kernel
/// reads `RTA_GATEWAY` as one of the route's own.
fn put_gateway<'w, 'b>(w: &'w mut Writer<'b>, family: u8, gateway: IpAddr) -> Put<'w, 'b> {
    let (v4, v6);
    let (own, address): (u8, &[u8]) = match gateway {
        IpAddr::V4(gateway) => {
            v4 = gateway.octets();
            (AF_INET, &v4)
        }
        IpAddr::V6(gateway) => {
            v6 = gateway.octets();
            (AF_INET6, &v6)
        }
    };
    if own == family {
        w.put(RouteAttr::Gateway(AddressBytes::Ip(gateway)))
    } else {
        w.put(RouteAttr::Via(Via {
            family: own.into(),
            address,
        }))
    }
}

crate::__format!(Hop<'_>);
