//! Flags of IP tunnels, whose size depends on the kind of tunnel
//! (`linux/if_tunnel.h`, `linux/ip6_tunnel.h`).

use super::Ip6TunnelFlags;
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
