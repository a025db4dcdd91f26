//! Addresses as rows.

use core::net::IpAddr;

use super::{
    Address, AddressFlags, AddressHeader, IFA_ADDRESS, IFA_BROADCAST, IFA_LABEL, IFA_LOCAL,
    IFA_MULTICAST,
};
use crate::{AttrRef, DecodeError, LinkIndex, Prefix, Row, Text, fields};

/// Address of a link: an answer to [`GetAddresses`](super::GetAddresses) or
/// [`GetMulticastAddresses`](super::GetMulticastAddresses), or a notification.
pub type AddressRow<'a> = Row<'a, AddressHeader, Address>;

/// The getters fail for an attribute of a wrong length; `None` stands for an
/// attribute that the kernel did not send.
impl<'a> Row<'a, AddressHeader, Address> {
    /// Returns the link that has the address.
    #[must_use]
    #[inline]
    #[doc(alias = "ifa_index")]
    pub const fn link(&self) -> LinkIndex {
        LinkIndex::new(self.header.index.get())
    }

    /// Returns the address and the prefix length, which is the peer's if there
    /// is a peer.
    ///
    /// # Errors
    /// Fails if the address is missing or has a wrong length.
    #[inline]
    #[doc(alias = "IFA_LOCAL")]
    pub fn prefix(&self) -> Result<Prefix, DecodeError> {
        let ip = match self.attributes.find(IFA_LOCAL)? {
            Some(local) => local.ip()?,
            // IPv6 sends one address, unless there is a peer.
            None => match self.attributes.find(IFA_MULTICAST)? {
                Some(group) => group.ip()?,
                None => self.attributes.require(IFA_ADDRESS)?.ip()?,
            },
        };
        // The kernel has checked the length, and multicast addresses have none.
        Ok(Prefix::new(ip, self.header.prefix_len).unwrap_or(Prefix::host(ip)))
    }

    /// Returns the address.
    ///
    /// # Errors
    /// Fails if the address is missing or has a wrong length.
    #[inline]
    pub fn ip(&self) -> Result<IpAddr, DecodeError> {
        Ok(self.prefix()?.address())
    }

    /// Returns the address of the peer of a point-to-point link.
    ///
    /// # Errors
    /// Fails if the address has a wrong length.
    #[doc(alias = "IFA_ADDRESS")]
    pub fn peer(&self) -> Result<Option<IpAddr>, DecodeError> {
        let address = self.find_ip(IFA_ADDRESS)?;
        let local = self.find_ip(IFA_LOCAL)?;
        Ok(address.filter(|_| local.is_some() && address != local))
    }

    /// Returns the broadcast address.
    ///
    /// # Errors
    /// Fails if the address has a wrong length.
    #[doc(alias = "IFA_BROADCAST")]
    pub fn broadcast(&self) -> Result<Option<IpAddr>, DecodeError> {
        self.find_ip(IFA_BROADCAST)
    }

    /// Returns the label of an IPv4 address.
    ///
    /// # Errors
    /// Fails if an attribute has a wrong length.
    #[doc(alias = "IFA_LABEL")]
    pub fn label(&self) -> Result<Option<Text<'a>>, DecodeError> {
        let label = self.attributes.find(IFA_LABEL)?;
        Ok(label.map(|label| label.text()))
    }

    /// Returns the flags.
    ///
    /// # Errors
    /// Fails if an attribute has a wrong length.
    #[doc(alias = "IFA_FLAGS")]
    pub fn flags(&self) -> Result<AddressFlags, DecodeError> {
        let flags = fields!(self.attributes => Address { flags })?.flags;
        Ok(flags.unwrap_or(self.header.flags()))
    }

    /// Returns the valid lifetime that remains, in seconds; `None` for no limit.
    ///
    /// # Errors
    /// Fails if an attribute has a wrong length.
    #[doc(alias = "ifa_valid")]
    pub fn valid_for(&self) -> Result<Option<u32>, DecodeError> {
        let times = fields!(self.attributes => Address { cache_info })?.cache_info;
        Ok(times.and_then(|times| limited(times.valid.get())))
    }

    /// Returns the preferred lifetime that remains, in seconds; `None` for no limit.
    ///
    /// # Errors
    /// Fails if an attribute has a wrong length.
    #[doc(alias = "ifa_prefered")]
    pub fn preferred_for(&self) -> Result<Option<u32>, DecodeError> {
        let times = fields!(self.attributes => Address { cache_info })?.cache_info;
        Ok(times.and_then(|times| limited(times.preferred.get())))
    }

    fn find_ip(&self, kind: u16) -> Result<Option<IpAddr>, DecodeError> {
        let attribute = self.attributes.find(kind)?;
        attribute
            .map(|attribute: AttrRef<'_>| attribute.ip())
            .transpose()
    }
}

/// Converts a lifetime: `u32::MAX` seconds stand for no limit.
fn limited(seconds: u32) -> Option<u32> {
    (seconds != u32::MAX).then_some(seconds)
}
