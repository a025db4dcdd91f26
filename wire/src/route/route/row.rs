//! Routes as the kernel reports them.

use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::{Metrics, NextHopFlags, Route, RouteFlags, RouteHeader, RouterPreference};
use crate::codec::{AddressBytes, Set};
use crate::route::{
    AF_INET, AF_INET6, Label, RTNL_FAMILY_IP6MR, RTNL_FAMILY_IPMR, RouteKind, RouteProtocol,
    RouteTable, Scope, Via,
};
use crate::{DecodeError, LinkIndex, Prefix, Row, fields};

/// Route.
pub type RouteRow<'a> = Row<'a, RouteHeader, Route>;

/// Next hop of a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct RouteHop {
    /// Gateway, IPv4 or IPv6; `None` for an attached network.
    pub gateway: Option<IpAddr>,
    /// Outgoing link.
    pub link: LinkIndex,
    /// Weight, 1 to 256: the share of the traffic.
    pub weight: u16,
    /// State of the next hop.
    pub flags: NextHopFlags,
}

crate::__format!(RouteHop);

impl<'a> RouteRow<'a> {
    /// Returns the destination; `0.0.0.0/0` or `::/0` for a default route, and
    /// `None` for MPLS.
    ///
    /// # Errors
    ///
    /// Fails if `RTA_DST` is malformed.
    #[inline]
    #[doc(alias = "RTA_DST", alias = "rtm_dst_len")]
    pub fn destination(&self) -> Result<Option<Prefix>, DecodeError> {
        let address = fields!(self.attributes => Route { destination })?.destination;
        Ok(self.prefix(address, self.header.destination_len))
    }

    /// Returns the source prefix of the packets that an IPv6 route is for;
    /// `None` for packets of any source.
    ///
    /// # Errors
    ///
    /// Fails if `RTA_SRC` is malformed.
    #[doc(alias = "RTA_SRC", alias = "rtm_src_len")]
    pub fn source(&self) -> Result<Option<Prefix>, DecodeError> {
        let address = fields!(self.attributes => Route { source })?.source;
        Ok(match address {
            None => None,
            address => self.prefix(address, self.header.source_len),
        })
    }

    /// Returns the incoming MPLS label.
    ///
    /// # Errors
    ///
    /// Fails if `RTA_DST` is malformed.
    #[doc(alias = "RTA_DST")]
    pub fn label(&self) -> Result<Option<Label>, DecodeError> {
        let destination = fields!(self.attributes => Route { destination })?.destination;
        let labels = destination.and_then(|destination| destination.labels());
        Ok(labels.and_then(|labels| labels.first().copied()))
    }

    /// Returns the gateway of a route with one next hop; its family may differ from the route's.
    ///
    /// # Errors
    ///
    /// Fails if `RTA_GATEWAY` or `RTA_VIA` is malformed.
    #[inline]
    #[doc(alias = "RTA_GATEWAY", alias = "RTA_VIA")]
    pub fn gateway(&self) -> Result<Option<IpAddr>, DecodeError> {
        let hop = fields!(self.attributes => Route { gateway, via })?;
        Ok(gateway(hop.gateway, hop.via))
    }

    /// Returns the outgoing link of a route with one next hop.
    ///
    /// # Errors
    ///
    /// Fails if `RTA_OIF` is malformed.
    #[inline]
    #[doc(alias = "RTA_OIF")]
    pub fn link(&self) -> Result<Option<LinkIndex>, DecodeError> {
        Ok(fields!(self.attributes => Route { outgoing_index })?.outgoing_index)
    }

    /// Returns the next hops: the only one, or each of several. A blackhole has
    /// none.
    ///
    /// # Errors
    ///
    /// Fails if an attribute is malformed; each next hop is a result of its own.
    #[doc(alias = "RTA_MULTIPATH")]
    pub fn hops(
        &self,
    ) -> Result<impl Iterator<Item = Result<RouteHop, DecodeError>> + Clone + use<'a>, DecodeError>
    {
        let route = fields!(self.attributes => Route { gateway, via, outgoing_index, multipath })?;
        let [flags, ..] = self.header.flags.get().to_le_bytes();
        let only = RouteHop {
            gateway: gateway(route.gateway, route.via),
            link: route.outgoing_index.unwrap_or_default(),
            weight: 1,
            flags: NextHopFlags::from_bits_retain(flags),
        };
        let has_one = route.multipath.is_none() && (only.gateway.is_some() || !only.link.is_none());
        let several = route.multipath.map(|hops| hops.iter()).into_iter();
        let several = several.flatten().map(|record| {
            let (hop, attributes) = record?;
            let route = fields!(attributes => Route { gateway, via })?;
            Ok(RouteHop {
                gateway: gateway(route.gateway, route.via),
                link: hop.index.get().into(),
                weight: u16::from(hop.hops).saturating_add(1),
                flags: hop.flags,
            })
        });
        Ok(has_one.then_some(Ok(only)).into_iter().chain(several))
    }

    /// Returns the next-hop object of the route.
    ///
    /// # Errors
    ///
    /// Fails if `RTA_NH_ID` is malformed.
    #[doc(alias = "RTA_NH_ID")]
    pub fn next_hop_id(&self) -> Result<Option<u32>, DecodeError> {
        Ok(fields!(self.attributes => Route { next_hop_id })?.next_hop_id)
    }

    /// Returns the metric. The kernel leaves out a metric of 0, the best one.
    ///
    /// # Errors
    ///
    /// Fails if `RTA_PRIORITY` is malformed.
    #[inline]
    #[doc(alias = "RTA_PRIORITY")]
    pub fn metric(&self) -> Result<u32, DecodeError> {
        let metric = fields!(self.attributes => Route { priority })?.priority;
        Ok(metric.unwrap_or_default())
    }

    /// Returns the table.
    ///
    /// # Errors
    ///
    /// Fails if `RTA_TABLE` is malformed.
    #[inline]
    #[doc(alias = "RTA_TABLE", alias = "rtm_table")]
    pub fn table(&self) -> Result<RouteTable, DecodeError> {
        let table = fields!(self.attributes => Route { table })?.table;
        Ok(table.unwrap_or(RouteTable(self.header.table.into())))
    }

    /// Returns the source address for packets that have none yet.
    ///
    /// # Errors
    ///
    /// Fails if `RTA_PREFSRC` is malformed.
    #[doc(alias = "RTA_PREFSRC")]
    pub fn preferred_source(&self) -> Result<Option<IpAddr>, DecodeError> {
        let source = fields!(self.attributes => Route { preferred_source })?.preferred_source;
        Ok(source.and_then(|source| source.ip()))
    }

    /// Returns the metrics of TCP and IP, such as the MTU.
    ///
    /// # Errors
    ///
    /// Fails if `RTA_METRICS` is malformed.
    #[doc(alias = "RTA_METRICS")]
    pub fn metrics(&self) -> Result<Option<Set<'a, Metrics>>, DecodeError> {
        Ok(fields!(self.attributes => Route { metrics })?.metrics)
    }

    /// Returns the MTU in bytes, where the route sets one.
    ///
    /// # Errors
    ///
    /// Fails if `RTA_METRICS` is malformed.
    #[doc(alias = "RTAX_MTU")]
    pub fn mtu(&self) -> Result<Option<u32>, DecodeError> {
        match self.metrics()? {
            Some(metrics) => Ok(fields!(metrics => Metrics { mtu })?.mtu),
            None => Ok(None),
        }
    }

    /// Returns the preference of an IPv6 router.
    ///
    /// # Errors
    ///
    /// Fails if `RTA_PREF` is malformed.
    #[doc(alias = "RTA_PREF")]
    pub fn preference(&self) -> Result<Option<RouterPreference>, DecodeError> {
        Ok(fields!(self.attributes => Route { preference })?.preference)
    }

    /// Returns the type, such as [`RouteKind::BLACKHOLE`].
    #[inline]
    #[must_use]
    #[doc(alias = "rtm_type")]
    pub const fn kind(&self) -> RouteKind {
        self.header.kind
    }

    /// Returns the protocol, which says who installed the route.
    #[inline]
    #[must_use]
    #[doc(alias = "rtm_protocol")]
    pub const fn protocol(&self) -> RouteProtocol {
        self.header.protocol
    }

    /// Returns the scope, by which IPv4 routes differ.
    #[inline]
    #[must_use]
    #[doc(alias = "rtm_scope")]
    pub const fn scope(&self) -> Scope {
        self.header.scope
    }

    /// Returns the TOS of the packets that the route is for, 0 for all.
    #[inline]
    #[must_use]
    #[doc(alias = "rtm_tos")]
    pub const fn tos(&self) -> u8 {
        self.header.tos
    }

    /// Returns the flags of the route and of its only next hop.
    #[inline]
    #[must_use]
    #[doc(alias = "rtm_flags")]
    pub const fn flags(&self) -> RouteFlags {
        self.header.flags()
    }

    /// Joins an address and its length; a default route has no address.
    fn prefix(&self, address: Option<AddressBytes<'_>>, length: u8) -> Option<Prefix> {
        let address = match (address, self.header.family) {
            (Some(address), _) => address.ip()?,
            (None, AF_INET | RTNL_FAMILY_IPMR) => Ipv4Addr::UNSPECIFIED.into(),
            (None, AF_INET6 | RTNL_FAMILY_IP6MR) => Ipv6Addr::UNSPECIFIED.into(),
            (None, _) => return None,
        };
        Prefix::new(address, length).ok()
    }
}

fn gateway(own: Option<AddressBytes<'_>>, via: Option<Via<'_>>) -> Option<IpAddr> {
    match own {
        Some(own) => own.ip(),
        None => via?.ip(),
    }
}
