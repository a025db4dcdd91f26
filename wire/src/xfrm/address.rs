//! Addresses of either family in 16 bytes, `xfrm_address_t`.

use core::fmt;
use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::AddressFamily;

const AF_INET: u16 = AddressFamily::INET.wide();
const AF_INET6: u16 = AddressFamily::INET6.wide();

/// Returns the number of the address's family.
pub(super) const fn family_of(ip: IpAddr) -> u16 {
    match ip {
        IpAddr::V4(_) => AF_INET,
        IpAddr::V6(_) => AF_INET6,
    }
}

/// Returns the address in 16 bytes: an IPv4 address is in the first 4.
pub(super) const fn wide(ip: IpAddr) -> [u8; 16] {
    match ip {
        IpAddr::V4(ip) => {
            let [a, b, c, d] = ip.octets();
            [a, b, c, d, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
        }
        IpAddr::V6(ip) => ip.octets(),
    }
}

/// Returns the address of this family; `None` for other families.
pub(super) const fn narrow(family: u16, bytes: [u8; 16]) -> Option<IpAddr> {
    match (family, bytes) {
        (AF_INET, [a, b, c, d, ..]) => Some(IpAddr::V4(Ipv4Addr::new(a, b, c, d))),
        (AF_INET6, _) => Some(IpAddr::V6(Ipv6Addr::from_bits(u128::from_be_bytes(bytes)))),
        _ => None,
    }
}

/// Returns the family's number in the 8 bits of a scope; 0 for a larger one.
pub(super) const fn short(family: u16) -> u8 {
    match family.to_le_bytes() {
        [family, 0] => family,
        _ => 0,
    }
}

/// Two addresses that must be of one IP family are not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct MixedFamilies;

impl fmt::Display for MixedFamilies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an IPv4 and an IPv6 address where both must be of one family")
    }
}

impl core::error::Error for MixedFamilies {}

/// Returns the family of two addresses.
pub(super) fn same_family(one: IpAddr, other: IpAddr) -> Result<u16, MixedFamilies> {
    match one.is_ipv4() == other.is_ipv4() {
        true => Ok(family_of(one)),
        false => Err(MixedFamilies),
    }
}
