//! Encapsulation of a route's packets (`linux/lwtunnel.h`, `linux/mpls_iptunnel.h`,
//! `linux/mpls.h`), and gateways of another family (`struct rtvia`).

mod other;
mod segments;

use core::net::IpAddr;

pub use other::*;
pub use segments::*;
pub(super) use segments::{put_segments, put_source_route};

use crate::zerocopy::native_endian;

use super::{AF_INET, AF_INET6, RTA_ENCAP_TYPE};
pub use crate::codec::Label;
use crate::codec::{Array, Be, Bytes, Form, Ip, Nest};
use crate::numbers::numbers;
use crate::schema::Shape;
use crate::{AttrRef, Attrs, DecodeError, Put, Writer, attributes};

/// Gateway with its own address family, the form and the value of `RTA_VIA` (`struct rtvia`): the
/// family in 16 bits, and the address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Via<'a> {
    /// Address family.
    #[doc(alias = "rtvia_family")]
    pub family: u16,
    /// Address, in network order.
    #[doc(alias = "rtvia_addr")]
    pub address: &'a [u8],
}

impl Via<'_> {
    /// Returns an address of IPv4 or IPv6.
    #[must_use]
    pub fn ip(&self) -> Option<IpAddr> {
        if self.family == u16::from(AF_INET) {
            <[u8; 4]>::try_from(self.address).ok().map(IpAddr::from)
        } else if self.family == u16::from(AF_INET6) {
            <[u8; 16]>::try_from(self.address).ok().map(IpAddr::from)
        } else {
            None
        }
    }
}

impl Form for Via<'static> {
    type Value<'a> = Via<'a>;
    const SHAPE: Shape = Shape::FamilyAddress;

    crate::codec::field_is_value!();

    #[inline]
    fn decode<'a>(attribute: AttrRef<'a>, _: Attrs<'a>) -> Result<Via<'a>, DecodeError> {
        // Without two bytes there is no family: the view's error says so.
        let family = attribute.view::<native_endian::U16>()?.get();
        let address = attribute.bytes().get(2..).unwrap_or_default();
        Ok(Via { family, address })
    }

    fn encode<'w, 'b>(value: &Via<'_>, kind: u16, writer: &'w mut Writer<'b>) -> Put<'w, 'b> {
        let length = value.address.len().saturating_add(2);
        writer.put_with(kind, length, |slot| {
            let bytes = value.family.to_ne_bytes();
            for (to, from) in slot.iter_mut().zip(bytes.iter().chain(value.address)) {
                *to = *from;
            }
        })
    }
}

numbers! {
    /// Encapsulation type (`enum lwtunnel_encap_types`).
    #[doc(alias = "lwtunnel_encap_types")]
    pub struct EncapKind(u16) {
        NONE = 0 "LWTUNNEL_ENCAP_NONE" "none";
        MPLS = 1 "LWTUNNEL_ENCAP_MPLS" "mpls";
        IP = 2 "LWTUNNEL_ENCAP_IP" "ip";
        ILA = 3 "LWTUNNEL_ENCAP_ILA" "ila";
        IP6 = 4 "LWTUNNEL_ENCAP_IP6" "ip6";
        SEG6 = 5 "LWTUNNEL_ENCAP_SEG6" "seg6";
        BPF = 6 "LWTUNNEL_ENCAP_BPF" "bpf";
        SEG6_LOCAL = 7 "LWTUNNEL_ENCAP_SEG6_LOCAL" "seg6local";
        RPL = 8 "LWTUNNEL_ENCAP_RPL" "rpl";
        IOAM6 = 9 "LWTUNNEL_ENCAP_IOAM6" "ioam6";
        XFRM = 10 "LWTUNNEL_ENCAP_XFRM" "xfrm";
    }
}

attributes! {
    /// MPLS label stack (`MPLS_IPTUNNEL_*`).
    pub set MplsEncap, enum MplsEncapAttr {
        /// Labels.
        1 MPLS_IPTUNNEL_DST Labels labels: Array<Label>,
        /// TTL of the outer header.
        2 MPLS_IPTUNNEL_TTL Ttl ttl: u8,
    }
}

attributes! {
    /// IPv4 tunnel (`LWTUNNEL_IP_*`).
    pub set IpEncap, enum IpEncapAttr {
        /// Tunnel id, in network order.
        1 LWTUNNEL_IP_ID Id id: Be<u64>,
        /// Destination address of outer packets.
        2 LWTUNNEL_IP_DST Destination destination: Ip,
        /// Source address of outer packets.
        3 LWTUNNEL_IP_SRC Source source: Ip,
        /// TTL of outer packets.
        4 LWTUNNEL_IP_TTL Ttl ttl: u8,
        /// TOS of outer packets.
        5 LWTUNNEL_IP_TOS Tos tos: u8,
        /// Flags, in network order.
        6 LWTUNNEL_IP_FLAGS Flags flags: Be<u16>,
        /// Padding.
        7 LWTUNNEL_IP_PAD Pad pad: Bytes,
        /// Options of Geneve, VXLAN or ERSPAN.
        8 LWTUNNEL_IP_OPTS Options options: Nest<TunnelOptions>,
    }
}

attributes! {
    /// IPv6 tunnel (`LWTUNNEL_IP6_*`).
    pub set Ip6Encap, enum Ip6EncapAttr {
        /// Tunnel id, in network order.
        1 LWTUNNEL_IP6_ID Id id: Be<u64>,
        /// Destination address of outer packets.
        2 LWTUNNEL_IP6_DST Destination destination: Ip,
        /// Source address of outer packets.
        3 LWTUNNEL_IP6_SRC Source source: Ip,
        /// Hop limit of outer packets.
        4 LWTUNNEL_IP6_HOPLIMIT HopLimit hop_limit: u8,
        /// Traffic class of outer packets.
        5 LWTUNNEL_IP6_TC TrafficClass traffic_class: u8,
        /// Flags, in network order.
        6 LWTUNNEL_IP6_FLAGS Flags flags: Be<u16>,
        /// Padding.
        7 LWTUNNEL_IP6_PAD Pad pad: Bytes,
        /// Options of Geneve, VXLAN or ERSPAN.
        8 LWTUNNEL_IP6_OPTS Options options: Nest<TunnelOptions>,
    }
}

attributes! {
    /// The nest [`RTA_ENCAP`](super::RTA_ENCAP), by [`RTA_ENCAP_TYPE`].
    pub choice RouteEncapChoice, enum RouteEncap by RTA_ENCAP_TYPE: u16 {
        1 Mpls: MplsEncap,
        2 Ip: IpEncap,
        3 Ila: IlaEncap,
        4 Ip6: Ip6Encap,
        5 Seg6: Seg6Encap,
        6 Bpf: BpfEncap,
        7 Seg6Local: Seg6Local,
        8 Rpl: RplEncap,
        9 Ioam6: Ioam6Encap,
        10 Xfrm: XfrmEncap,
    }
}
