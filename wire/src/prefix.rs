//! IP addresses with a prefix length.

use core::fmt::{self, Debug, Display, Formatter};
use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use core::str::FromStr;

use crate::text;

/// IP address and prefix length, such as `192.0.2.0/24`.
///
/// The bits behind the prefix length are kept: `192.0.2.1/24` is what an
/// interface has. [`network`](Self::network) clears them.
///
/// ```
/// use nlwire::Prefix;
///
/// let private: Prefix = "10.0.0.0/8".parse()?;
/// assert!(private.contains("10.1.2.3".parse()?));
/// let host: Prefix = "2001:db8::1".parse()?;
/// assert_eq!(host.to_string(), "2001:db8::1/128");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Prefix {
    address: IpAddr,
    length: u8,
}

impl Prefix {
    /// All addresses of IPv4: the destination of a default route.
    pub const ALL_V4: Self = Self {
        address: IpAddr::V4(Ipv4Addr::UNSPECIFIED),
        length: 0,
    };

    /// All addresses of IPv6: the destination of a default route.
    pub const ALL_V6: Self = Self {
        address: IpAddr::V6(Ipv6Addr::UNSPECIFIED),
        length: 0,
    };

    /// Joins an address and a prefix length.
    ///
    /// # Errors
    /// [`PrefixError::TooLong`] for more than the 32 or 128 bits of an address.
    pub const fn new(address: IpAddr, length: u8) -> Result<Self, PrefixError> {
        let limit = bits(address);
        if length > limit {
            return Err(PrefixError::TooLong { length, limit });
        }
        Ok(Self { address, length })
    }

    /// Joins an IPv4 address and a prefix length.
    ///
    /// # Errors
    /// [`PrefixError::TooLong`] for more than 32 bits.
    pub const fn v4(address: Ipv4Addr, length: u8) -> Result<Self, PrefixError> {
        Self::new(IpAddr::V4(address), length)
    }

    /// Joins an IPv6 address and a prefix length.
    ///
    /// # Errors
    /// [`PrefixError::TooLong`] for more than 128 bits.
    pub const fn v6(address: Ipv6Addr, length: u8) -> Result<Self, PrefixError> {
        Self::new(IpAddr::V6(address), length)
    }

    /// Returns the prefix of one address: length 32 or 128.
    #[must_use]
    pub const fn host(address: IpAddr) -> Self {
        Self {
            address,
            length: bits(address),
        }
    }

    /// Returns the address, as it was given.
    #[must_use]
    pub const fn address(self) -> IpAddr {
        self.address
    }

    /// Returns the prefix length in bits.
    #[must_use]
    pub const fn length(self) -> u8 {
        self.length
    }

    /// Returns true if the prefix is a single address.
    #[must_use]
    pub const fn is_host(self) -> bool {
        self.length == bits(self.address)
    }

    /// Returns the prefix with the bits behind its length set to 0.
    #[must_use]
    pub const fn network(self) -> Self {
        let address = match self.address {
            IpAddr::V4(v4) => IpAddr::V4(Ipv4Addr::from_bits(v4.to_bits() & self.mask_v4())),
            IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() & self.mask_v6())),
        };
        Self { address, ..self }
    }

    /// Returns the last address, whose bits behind the prefix length are all 1.
    #[must_use]
    pub const fn last(self) -> IpAddr {
        match self.address {
            IpAddr::V4(v4) => IpAddr::V4(Ipv4Addr::from_bits(v4.to_bits() | !self.mask_v4())),
            IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() | !self.mask_v6())),
        }
    }

    /// Returns the netmask, such as 255.255.255.0 for a length of 24.
    #[must_use]
    pub const fn mask(self) -> IpAddr {
        match self.address {
            IpAddr::V4(_) => IpAddr::V4(Ipv4Addr::from_bits(self.mask_v4())),
            IpAddr::V6(_) => IpAddr::V6(Ipv6Addr::from_bits(self.mask_v6())),
        }
    }

    /// Returns true if the prefix covers this address of its family.
    #[must_use]
    pub const fn contains(self, address: IpAddr) -> bool {
        match (self.address, address) {
            (IpAddr::V4(own), IpAddr::V4(other)) => {
                (own.to_bits() ^ other.to_bits()) & self.mask_v4() == 0
            }
            (IpAddr::V6(own), IpAddr::V6(other)) => {
                (own.to_bits() ^ other.to_bits()) & self.mask_v6() == 0
            }
            _ => false,
        }
    }

    const fn mask_v4(self) -> u32 {
        match u32::MAX.checked_shr(u32_of(self.length)) {
            Some(rest) => !rest,
            None => u32::MAX,
        }
    }

    const fn mask_v6(self) -> u128 {
        match u128::MAX.checked_shr(u32_of(self.length)) {
            Some(rest) => !rest,
            None => u128::MAX,
        }
    }
}

/// The number of bits of an address.
const fn bits(address: IpAddr) -> u8 {
    match address {
        IpAddr::V4(_) => 32,
        IpAddr::V6(_) => 128,
    }
}

/// `u32::from`, which is not `const` yet.
const fn u32_of(byte: u8) -> u32 {
    u32::from_le_bytes([byte, 0, 0, 0])
}

impl From<IpAddr> for Prefix {
    fn from(address: IpAddr) -> Self {
        Self::host(address)
    }
}

impl From<Ipv4Addr> for Prefix {
    fn from(address: Ipv4Addr) -> Self {
        Self::host(IpAddr::V4(address))
    }
}

impl From<Ipv6Addr> for Prefix {
    fn from(address: Ipv6Addr) -> Self {
        Self::host(IpAddr::V6(address))
    }
}

/// `192.0.2.0/24` or, with the length of the family, a bare address.
impl FromStr for Prefix {
    type Err = PrefixError;

    fn from_str(text: &str) -> Result<Self, PrefixError> {
        let (address, length) = match text.split_once('/') {
            Some((address, length)) => (address, Some(length)),
            None => (text, None),
        };
        let address = text::read_ip(address).ok_or(PrefixError::Address)?;
        match length {
            None => Ok(Self::host(address)),
            // `u8::from_str` would take a sign.
            Some(length) if length.bytes().all(|byte| byte.is_ascii_digit()) => {
                Self::new(address, length.parse().map_err(|_| PrefixError::Length)?)
            }
            Some(_) => Err(PrefixError::Length),
        }
    }
}

impl Display for Prefix {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", text::Ip(self.address), self.length)
    }
}

impl Debug for Prefix {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        Display::fmt(self, f)
    }
}

crate::__format!(Prefix);

/// Reason why an address and a length are no [`Prefix`].
///
/// ```
/// use nlwire::{Prefix, PrefixError};
///
/// let too_long = PrefixError::TooLong { length: 33, limit: 32 };
/// assert_eq!("192.0.2.0/33".parse::<Prefix>(), Err(too_long));
/// assert_eq!("192.0.2/24".parse::<Prefix>(), Err(PrefixError::Address));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum PrefixError {
    /// Text before the slash is not an IP address.
    Address,
    /// The text behind the slash is not a number from 0 to 255.
    Length,
    /// The prefix is longer than the address.
    TooLong {
        /// The prefix length.
        length: u8,
        /// The number of bits of the address: 32 or 128.
        limit: u8,
    },
}

impl Display for PrefixError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Address => f.write_str("invalid IP address in a prefix such as 10.0.0.0/8"),
            Self::Length => f.write_str("invalid prefix length: a number is due behind the slash"),
            Self::TooLong { length, limit } => {
                write!(f, "prefix length {length}: the address has {limit} bits")
            }
        }
    }
}

impl core::error::Error for PrefixError {}

#[cfg(test)]
mod tests {
    extern crate std;

    use super::{Prefix, PrefixError};
    use core::net::{IpAddr, Ipv4Addr};
    use std::string::ToString as _;

    #[test]
    fn prefixes_read_as_they_print() {
        for text in [
            "10.0.0.0/8",
            "0.0.0.0/0",
            "2001:db8::/32",
            "::/0",
            "192.0.2.1/32",
        ] {
            let prefix: Prefix = text.parse().expect("a prefix");
            assert_eq!(prefix.to_string(), text);
        }
        assert_eq!(
            "192.0.2.1".parse(),
            Ok(Prefix::from(Ipv4Addr::new(192, 0, 2, 1)))
        );
        assert_eq!("::/0".parse(), Ok(Prefix::ALL_V6));
        assert_eq!("0.0.0.0/0".parse(), Ok(Prefix::ALL_V4));
    }

    #[test]
    fn errors_say_what_is_wrong() {
        let error = |text: &str| text.parse::<Prefix>().expect_err("no prefix");
        assert_eq!(error("10.0.0/8"), PrefixError::Address);
        assert_eq!(error(""), PrefixError::Address);
        for text in ["10.0.0.0/", "10.0.0.0/+8", "10.0.0.0/x", "::/256", "::/1/2"] {
            assert_eq!(error(text), PrefixError::Length, "{text}");
        }
        assert_eq!(
            error("10.0.0.0/33"),
            PrefixError::TooLong {
                length: 33,
                limit: 32
            }
        );
        assert_eq!(
            error("::/129").to_string(),
            "prefix length 129: the address has 128 bits"
        );
    }

    #[test]
    fn a_prefix_contains_addresses_of_its_own_family() {
        let prefix = |text: &str| text.parse::<Prefix>().expect("a prefix");
        let address = |text: &str| text.parse::<IpAddr>().expect("an address");
        assert!(prefix("192.0.2.77/24").contains(address("192.0.2.255")));
        assert!(!prefix("192.0.2.77/24").contains(address("192.0.3.0")));
        assert!(prefix("0.0.0.0/0").contains(address("255.255.255.255")));
        assert!(!prefix("0.0.0.0/0").contains(address("::1")));
        assert!(prefix("2001:db8::1").contains(address("2001:db8::1")));
        assert!(!prefix("2001:db8::1").contains(address("2001:db8::")));
        assert_eq!(prefix("192.0.2.77/24").network(), prefix("192.0.2.0/24"));
        assert_eq!(prefix("2001:db8::7/64").network(), prefix("2001:db8::/64"));
        assert!(prefix("::1").is_host() && !prefix("::1/64").is_host());
    }
}
