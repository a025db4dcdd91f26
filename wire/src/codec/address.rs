//! Addresses of the family that the fixed header names, and MPLS labels.

use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::zerocopy::{FromBytes, Immutable, IntoBytes, Unaligned, big_endian};

use super::Form;
use super::forms::form;
use crate::schema::{Described, Notation, Shape};
use crate::value::Scope;
use crate::writer::Put;
use crate::{AddressFamily, AttrRef, Attrs, DecodeError, Writer};

/// An address of the family that the message's fixed header names.
#[derive(Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Address(());
form!(Address => AddressBytes<'a>, Shape::Address,
|attribute| AddressBytes::decode(attribute),
|w, kind, value| match *value {
    AddressBytes::Ip(ip) => w.ip(kind, ip),
    AddressBytes::Labels(labels) => w.value(kind, labels),
    AddressBytes::Other(bytes) => w.bytes(kind, bytes),
});

impl Described for Address {
    const SHAPE: Shape = <Self as Form>::SHAPE;
}

/// The value of an [`Address`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AddressBytes<'a> {
    /// Address of `AF_INET` or `AF_INET6`.
    Ip(IpAddr),
    /// Label stack of `AF_MPLS`, the top first.
    Labels(&'a [Label]),
    /// Address of another family.
    Other(&'a [u8]),
}

impl<'a> AddressBytes<'a> {
    const INET: u8 = AddressFamily::INET.0;
    const INET6: u8 = AddressFamily::INET6.0;
    /// Bridges, whose forwarding entries lead to addresses of either family.
    const BRIDGE: u8 = AddressFamily::BRIDGE.0;
    const MPLS: u8 = AddressFamily::MPLS.0;
    /// Multicast routes of IPv4 and IPv6.
    const IPMR: u8 = AddressFamily::IPMR.0;
    const IP6MR: u8 = AddressFamily::IP6MR.0;

    /// Reads the address by its family, or by its size if the family has no addresses. IPv4 is
    /// read in place, from parts and with a separate result, so that attribute and address stay in
    /// registers. The others are read out of line.
    #[inline(always)]
    fn decode(attribute: AttrRef<'a>) -> Result<Self, DecodeError> {
        match <[u8; 4]>::try_from(attribute.bytes()) {
            Ok(octets) if attribute.scope.family == Self::INET => {
                Ok(Self::Ip(IpAddr::V4(Ipv4Addr::from(octets))))
            }
            _ => Ok(Self::decode_other(
                attribute.rest,
                attribute.end,
                attribute.length,
                attribute.scope,
            )?),
        }
    }

    #[inline(never)]
    fn decode_other(
        rest: &'a [u8],
        end: u32,
        length: u16,
        scope: Scope,
    ) -> Result<Self, DecodeError> {
        let attribute = AttrRef {
            rest,
            end,
            length,
            scope,
        };
        Ok(match scope.family {
            Self::INET | Self::IPMR => Self::Ip(Ipv4Addr::from(*attribute.array()?).into()),
            Self::INET6 | Self::IP6MR => Self::Ip(Ipv6Addr::from(*attribute.array::<16>()?).into()),
            0 | Self::BRIDGE => attribute
                .ip()
                .map_or(Self::Other(attribute.bytes()), Self::Ip),
            Self::MPLS => Self::Labels(attribute.slice()?),
            _ => Self::Other(attribute.bytes()),
        })
    }

    /// True if these bytes are a label stack in a set of this scope.
    pub(crate) const fn is_stack(bytes: &[u8], scope: Scope) -> bool {
        scope.family == Self::MPLS && !bytes.is_empty() && bytes.len().is_multiple_of(4)
    }

    /// The address that these bytes are in a set of this scope, if any.
    pub(crate) fn of_bytes(bytes: &[u8], scope: Scope) -> Option<IpAddr> {
        let v4 = || Some(IpAddr::from(<[u8; 4]>::try_from(bytes).ok()?));
        let v6 = || Some(IpAddr::from(<[u8; 16]>::try_from(bytes).ok()?));
        match scope.family {
            Self::INET | Self::IPMR => v4(),
            Self::INET6 | Self::IP6MR => v6(),
            0 | Self::BRIDGE => v4().or_else(v6),
            _ => None,
        }
    }

    /// Returns the address of `AF_INET` or `AF_INET6`.
    #[must_use]
    pub const fn ip(&self) -> Option<IpAddr> {
        match *self {
            Self::Ip(ip) => Some(ip),
            Self::Labels(_) | Self::Other(_) => None,
        }
    }

    /// Returns the label stack of `AF_MPLS`.
    #[must_use]
    pub const fn labels(&self) -> Option<&'a [Label]> {
        match *self {
            Self::Labels(labels) => Some(labels),
            Self::Ip(_) | Self::Other(_) => None,
        }
    }
}

/// Entry of an MPLS label stack, 32 bits in network order: label (20 bits), traffic
/// class (3), bottom of stack (1) and TTL (8).
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, FromBytes, IntoBytes, Immutable, Unaligned,
)]
#[repr(transparent)]
#[doc(alias = "mpls_label")]
pub struct Label(pub big_endian::U32);

crate::__format!(Label);

impl Described for Label {
    const SHAPE: Shape = big_endian::U32::SHAPE.shown_as(Shape::Unsigned(None, Notation::Label));
}

impl Label {
    /// Reads the label stack in an address of `AF_MPLS`; `None` if its size is not a multiple of
    /// an entry's.
    #[must_use]
    pub fn stack(address: &[u8]) -> Option<&[Self]> {
        <[Self]>::ref_from_bytes(address).ok()
    }

    /// Returns the label, 20 bits.
    #[must_use]
    pub const fn label(self) -> u32 {
        self.0.get() >> 12
    }

    /// Returns true if the label is the last of its stack.
    #[must_use]
    pub const fn is_bottom(self) -> bool {
        self.0.get() & 0x100 != 0
    }
}
