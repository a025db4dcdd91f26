//! Flags of IP tunnels, whose size depends on the kind of tunnel
//! (`linux/if_tunnel.h`, `linux/ip6_tunnel.h`).

use crate::codec::{Form, field_is_value};
use crate::numbers::flags;
use crate::schema::{By, Choice, Described, Shape};
use crate::writer::Put;
use crate::{AttrRef, Attrs, ByteOrder, DecodeError, Writer};

flags! {
    /// Flags of an IPv6 tunnel over IPv4.
    pub struct SitFlags(u16) {
        /// ISATAP tunnel (RFC 5214).
        ISATAP = 0x0001 "SIT_ISATAP" "isatap";
    }
}

flags! {
    /// Flags of a tunnel over IPv6.
    pub struct Ip6TunnelFlags(u32) {
        /// Encapsulation limit ignored.
        IGNORE_ENCAP_LIMIT = 0x01 "IP6_TNL_F_IGN_ENCAP_LIMIT" "ign-encap-limit";
        /// Traffic class copied from the inner packet.
        USE_ORIG_TCLASS = 0x02 "IP6_TNL_F_USE_ORIG_TCLASS" "use-orig-tclass";
        /// Flow label copied from the inner packet.
        USE_ORIG_FLOWLABEL = 0x04 "IP6_TNL_F_USE_ORIG_FLOWLABEL" "use-orig-flowlabel";
        /// Tunnel of Mobile IPv6.
        MIP6 = 0x08 "IP6_TNL_F_MIP6_DEV" "mip6";
        /// DSCP copied from the outer packet to the inner one.
        RCV_DSCP_COPY = 0x10 "IP6_TNL_F_RCV_DSCP_COPY" "dscp-inherit";
        /// Firewall mark copied from the inner packet.
        USE_ORIG_FWMARK = 0x20 "IP6_TNL_F_USE_ORIG_FWMARK" "fwmark-inherit";
        /// Remote address may be an address of this host.
        ALLOW_LOCAL_REMOTE = 0x40 "IP6_TNL_F_ALLOW_LOCAL_REMOTE" "allow-localremote";
    }
}

/// Value and form of [`IFLA_IPTUN_FLAGS`](super::IFLA_IPTUN_FLAGS).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub enum IpTunnelFlags {
    /// Kinds `sit` and `ipip`: 16 bits in network order.
    Sit(SitFlags),
    /// Kind `ip6tnl`: 32 bits.
    Ip6(Ip6TunnelFlags),
}

impl Form for IpTunnelFlags {
    type Value<'a> = Self;
    const SHAPE: Shape = {
        static CHOICE: Choice = Choice {
            by: By::Size(&[
                (
                    2,
                    2,
                    <SitFlags as Described>::SHAPE.in_order(ByteOrder::Big),
                ),
                (4, 4, <Ip6TunnelFlags as Described>::SHAPE),
            ]),
            otherwise: Shape::Bytes,
        };
        Shape::Choice(&CHOICE)
    };

    field_is_value!();

    #[inline]
    fn decode<'a>(attribute: AttrRef<'a>, _: Attrs<'a>) -> Result<Self, DecodeError> {
        match attribute.u16_be() {
            Ok(bits) => Ok(Self::Sit(SitFlags::from_bits_retain(bits))),
            Err(_) => {
                let bits = attribute.u32()?;
                Ok(Self::Ip6(Ip6TunnelFlags::from_bits_retain(bits)))
            }
        }
    }

    #[inline]
    fn encode<'w, 'b>(value: &Self, kind: u16, writer: &'w mut Writer<'b>) -> Put<'w, 'b> {
        match value {
            Self::Sit(flags) => writer.u16_be(kind, flags.bits()),
            Self::Ip6(flags) => writer.u32(kind, flags.bits()),
        }
    }
}
