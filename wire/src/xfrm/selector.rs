//! Selectors: the packets that a policy or a state applies to.

use core::fmt;

use super::address::{MixedFamilies, narrow, same_family, wide};
use crate::schema::WideAddress;
use crate::structs::structs;
use crate::text;
use crate::zerocopy::native_endian::{U16, U32};
use crate::zerocopy::network_endian;
use crate::{LinkIndex, Prefix};

structs! {
    /// Packets that a policy or a state applies to, by addresses, protocol and ports.
    ///
    /// ```
    /// use nlwire::xfrm::Selector;
    ///
    /// let selector = Selector::new("10.0.0.0/24".parse()?, "10.1.0.0/24".parse()?)?
    ///     .protocol(6)
    ///     .destination_port(443);
    /// assert_eq!(selector.to_string(), "src 10.0.0.0/24 dst 10.1.0.0/24 proto tcp dport 443");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[doc(alias = "xfrm_selector")]
    pub struct Selector: 56 {
        /// Destination address.
        #[doc(alias = "daddr")]
        destination: [u8; 16] as WideAddress,
        /// Source address.
        #[doc(alias = "saddr")]
        source: [u8; 16] as WideAddress,
        /// Destination port; code of ICMP.
        #[doc(alias = "dport")]
        destination_port: network_endian::U16,
        /// Mask of the destination port; 0 matches any.
        #[doc(alias = "dport_mask")]
        destination_port_mask: network_endian::U16 as crate::schema::Hexadecimal,
        /// Source port; type of ICMP.
        #[doc(alias = "sport")]
        source_port: network_endian::U16,
        /// Mask of the source port; 0 matches any.
        #[doc(alias = "sport_mask")]
        source_port_mask: network_endian::U16 as crate::schema::Hexadecimal,
        /// Address family.
        family: U16 as crate::AddressFamily,
        /// Prefix length of the destination, in bits.
        #[doc(alias = "prefixlen_d")]
        destination_len: u8,
        /// Prefix length of the source, in bits.
        #[doc(alias = "prefixlen_s")]
        source_len: u8,
        /// IP protocol; 0 matches any.
        #[doc(alias = "proto")]
        ip_protocol: u8,
        /// Padding.
        padding: [u8; 3],
        /// Link index; 0 matches any link.
        #[doc(alias = "ifindex")]
        index: LinkIndex,
        /// User id; 0 matches any user.
        user: U32,
    }
}

const TCP: u8 = 6;
const ICMP: u8 = 1;
const GRE: u8 = 47;
const ICMPV6: u8 = 58;
const MOBILITY: u8 = 135;

impl Selector {
    /// Selects packets between two networks.
    ///
    /// # Errors
    /// [`MixedFamilies`] if the networks are of different IP families.
    pub fn new(source: Prefix, destination: Prefix) -> Result<Self, MixedFamilies> {
        let family = same_family(source.address(), destination.address())?;
        Ok(Self {
            source: wide(source.address()),
            source_len: source.length(),
            destination: wide(destination.address()),
            destination_len: destination.length(),
            family: family.into(),
            ..Self::default()
        })
    }

    /// Selects an IP protocol, such as 6 for TCP.
    #[must_use]
    pub const fn protocol(mut self, number: u8) -> Self {
        self.ip_protocol = number;
        self
    }

    /// Selects a source port.
    #[must_use]
    pub fn source_port(mut self, port: u16) -> Self {
        self.source_port = port.into();
        self.source_port_mask = u16::MAX.into();
        self
    }

    /// Selects a destination port.
    #[must_use]
    pub fn destination_port(mut self, port: u16) -> Self {
        self.destination_port = port.into();
        self.destination_port_mask = u16::MAX.into();
        self
    }

    /// Selects a type and a code of ICMP or ICMPv6; the protocol is to be set as well.
    #[must_use]
    pub fn icmp(self, kind: u8, code: u8) -> Self {
        self.source_port(kind.into()).destination_port(code.into())
    }

    /// Selects GRE packets with a key.
    #[must_use]
    pub fn gre_key(self, key: u32) -> Self {
        let [a, b, c, d] = key.to_be_bytes();
        self.protocol(GRE)
            .source_port(u16::from_be_bytes([a, b]))
            .destination_port(u16::from_be_bytes([c, d]))
    }

    /// Selects a link: where packets leave, or came in.
    #[must_use]
    pub fn link(mut self, index: impl Into<LinkIndex>) -> Self {
        self.index = index.into();
        self
    }

    /// Selects packets of a user.
    #[must_use]
    pub fn user(mut self, id: u32) -> Self {
        self.user = id.into();
        self
    }

    /// Returns the source network; `None` for an unknown family.
    #[must_use]
    pub fn source(&self) -> Option<Prefix> {
        let address = narrow(self.family.get(), self.source)?;
        Prefix::new(address, self.source_len).ok()
    }

    /// Returns the destination network; `None` for an unknown family.
    #[must_use]
    pub fn destination(&self) -> Option<Prefix> {
        let address = narrow(self.family.get(), self.destination)?;
        Prefix::new(address, self.destination_len).ok()
    }

    /// Writes ports, or what stands in their place.
    fn write_ports(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (source, destination) = (self.source_port.get(), self.destination_port.get());
        let has_source = self.source_port_mask.get() != 0;
        let has_destination = self.destination_port_mask.get() != 0;
        let (first, second) = match self.ip_protocol {
            GRE if has_source || has_destination => {
                let [a, b] = source.to_be_bytes();
                let [c, d] = destination.to_be_bytes();
                return write!(f, " key {}", u32::from_be_bytes([a, b, c, d]));
            }
            ICMP | ICMPV6 => ("type", "code"),
            MOBILITY => ("type", "dport"),
            _ => ("sport", "dport"),
        };
        if has_source {
            write!(f, " {first} {source}")?;
        }
        if has_destination {
            write!(f, " {second} {destination}")?;
        }
        Ok(())
    }
}

/// The selector as `ip xfrm` prints it, with the index in place of a link's name.
impl fmt::Display for Selector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, bytes, length) in [
            ("src ", self.source, self.source_len),
            (" dst ", self.destination, self.destination_len),
        ] {
            f.write_str(name)?;
            match narrow(self.family.get(), bytes) {
                Some(ip) => write!(f, "{}/{length}", text::Ip(ip))?,
                None => write!(f, "{}/{length}", text::Hex(&bytes))?,
            }
        }
        match (self.ip_protocol, protocol_name(self.ip_protocol)) {
            (0, _) => {}
            (_, Some(name)) => write!(f, " proto {name}")?,
            (number, None) => write!(f, " proto {number}")?,
        }
        self.write_ports(f)?;
        if !self.index.is_none() {
            write!(f, " dev {}", self.index.get())?;
        }
        if self.user.get() != 0 {
            write!(f, " uid {}", self.user.get())?;
        }
        Ok(())
    }
}

/// Name of an IP protocol in `/etc/protocols`.
const fn protocol_name(number: u8) -> Option<&'static str> {
    Some(match number {
        ICMP => "icmp",
        TCP => "tcp",
        17 => "udp",
        33 => "dccp",
        GRE => "gre",
        50 => "esp",
        51 => "ah",
        ICMPV6 => "ipv6-icmp",
        132 => "sctp",
        MOBILITY => "mobility-header",
        _ => return None,
    })
}
