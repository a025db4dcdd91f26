//! Templates: the states that a policy asks for.

use core::net::IpAddr;

use crate::schema::{Hexadecimal, WideAddress};
use crate::structs::structs;
use crate::xfrm::address::{MixedFamilies, narrow, same_family, wide};
use crate::xfrm::{IpsecProtocol, Mode, Share, StateKey};
use crate::zerocopy::native_endian::{U16, U32};

structs! {
    /// Template of a policy: a state that packets need.
    ///
    /// ```
    /// use nlwire::xfrm::{IpsecProtocol, Template};
    ///
    /// let (here, there) = ("192.0.2.1".parse()?, "192.0.2.2".parse()?);
    /// let esp = Template::tunnel(IpsecProtocol::ESP, here, there)?.reqid(1);
    /// assert_eq!(esp.destination(), Some(there));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[doc(alias = "xfrm_user_tmpl")]
    pub struct Template: 64 {
        /// Destination, SPI and protocol; zero matches any.
        id: StateKey,
        /// Address family; 0 for that of the policy.
        family: U16 as crate::AddressFamily,
        /// Padding.
        padding: [u8; 2],
        /// Source address; zeros match any.
        #[doc(alias = "saddr")]
        source: [u8; 16] as WideAddress,
        /// Request id of the state; 0 for any.
        reqid: U32,
        /// Mode.
        mode: Mode,
        /// Sharing.
        share: Share,
        /// 1 if packets may pass without such a state.
        optional: u8,
        /// Zero.
        reserved: u8,
        /// Authentication algorithms, a bit for each PF_KEY number; all ones for any.
        #[doc(alias = "aalgos")]
        authentication: U32 as Hexadecimal,
        /// Encryption algorithms, a bit for each PF_KEY number; all ones for any.
        #[doc(alias = "ealgos")]
        encryption: U32 as Hexadecimal,
        /// Compression algorithms, a bit for each PF_KEY number; all ones for any.
        #[doc(alias = "calgos")]
        compression: U32 as Hexadecimal,
    }
}

impl Template {
    fn new(protocol: IpsecProtocol, mode: Mode) -> Self {
        Self {
            id: StateKey {
                protocol,
                ..StateKey::default()
            },
            mode,
            authentication: u32::MAX.into(),
            encryption: u32::MAX.into(),
            compression: u32::MAX.into(),
            ..Self::default()
        }
    }

    /// Asks for a state in transport mode, between the ends of the packet.
    #[must_use]
    pub fn transport(protocol: IpsecProtocol) -> Self {
        Self::new(protocol, Mode::TRANSPORT)
    }

    /// Asks for a state in tunnel mode between two hosts.
    ///
    /// # Errors
    /// [`MixedFamilies`] if the addresses are of different IP families.
    pub fn tunnel(
        protocol: IpsecProtocol,
        source: IpAddr,
        destination: IpAddr,
    ) -> Result<Self, MixedFamilies> {
        let mut template = Self::new(protocol, Mode::TUNNEL);
        template.family = same_family(source, destination)?.into();
        template.source = wide(source);
        template.id.destination = wide(destination);
        Ok(template)
    }

    /// Sets the mode.
    #[must_use]
    pub const fn mode(mut self, mode: Mode) -> Self {
        self.mode = mode;
        self
    }

    /// Asks for a state with this request id.
    #[must_use]
    pub fn reqid(mut self, reqid: u32) -> Self {
        self.reqid = reqid.into();
        self
    }

    /// Asks for a state with this SPI.
    #[must_use]
    pub fn spi(mut self, spi: u32) -> Self {
        self.id.spi = spi.into();
        self
    }

    /// Lets packets pass without such a state (`level use`).
    #[must_use]
    pub const fn optional(mut self) -> Self {
        self.optional = 1;
        self
    }

    /// Returns the source of a tunnel; `None` for a family of 0.
    #[must_use]
    pub fn source(&self) -> Option<IpAddr> {
        narrow(self.family.get(), self.source)
    }

    /// Returns the destination of a tunnel; `None` for a family of 0.
    #[must_use]
    pub fn destination(&self) -> Option<IpAddr> {
        narrow(self.family.get(), self.id.destination)
    }
}
