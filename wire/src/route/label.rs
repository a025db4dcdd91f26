//! Address labels, by which source addresses of IPv6 are chosen:
//! `struct ifaddrlblmsg` and `IFAL_*` (`linux/if_addrlabel.h`, RFC 6724).
//!
//! ```text
//!  0        1         2            3       4            8          12
//! +--------+---------+------------+-------+------------+----------+
//! | family | padding | prefix len | flags | link index | sequence |
//! +--------+---------+------------+-------+------------+----------+
//! ```

mod request;

use crate::codec::Ip;
use crate::structs::structs;
use crate::zerocopy::native_endian::U32;
use crate::{DecodeError, FixedHeader, LinkIndex, Prefix, Row, attributes};

pub use request::*;

structs! {
    /// Fixed header of address labels.
    #[doc(alias = "ifaddrlblmsg")]
    pub struct AddressLabelHeader: 12 {
        /// Address family: [`AF_INET6`](crate::route::AF_INET6).
        #[doc(alias = "ifal_family")]
        family: u8 as crate::AddressFamily,
        /// Zero.
        reserved: u8,
        /// Prefix length.
        #[doc(alias = "ifal_prefixlen")]
        prefix_len: u8,
        /// Unused.
        #[doc(alias = "ifal_flags")]
        flags: u8,
        /// Link index, or 0 for all links.
        #[doc(alias = "ifal_index")]
        index: LinkIndex,
        /// Number of changes to the table so far.
        #[doc(alias = "ifal_seq")]
        sequence: U32,
    }
}

impl FixedHeader for AddressLabelHeader {
    fn family(&self) -> u8 {
        self.family
    }
}

attributes! {
    /// Attributes of an address label (`IFAL_*`).
    pub set AddressLabel, enum AddressLabelAttr {
        /// Prefix of the addresses that have the label.
        1 IFAL_ADDRESS Address address: Ip,
        /// Label.
        2 IFAL_LABEL Label label: u32,
    }
}

/// Address label, an answer to [`GetAddressLabels`].
pub type AddressLabelRow<'a> = Row<'a, AddressLabelHeader, AddressLabel>;

/// The getters fail for an attribute of a wrong length; `None` stands for an
/// attribute that the kernel did not send.
impl Row<'_, AddressLabelHeader, AddressLabel> {
    /// Returns the prefix of the addresses that have the label.
    ///
    /// # Errors
    /// A prefix that is missing or of a wrong length.
    #[doc(alias = "IFAL_ADDRESS")]
    pub fn prefix(&self) -> Result<Prefix, DecodeError> {
        let ip = self.attributes.require(IFAL_ADDRESS)?.ip()?;
        Ok(Prefix::new(ip, self.header.prefix_len).unwrap_or(Prefix::host(ip)))
    }

    /// Returns the label.
    ///
    /// # Errors
    /// A label of a wrong length.
    #[doc(alias = "IFAL_LABEL")]
    pub fn label(&self) -> Result<Option<u32>, DecodeError> {
        self.attributes
            .find(IFAL_LABEL)?
            .map(|label| label.u32())
            .transpose()
    }

    /// Returns the link that the label is for; [`LinkIndex::NONE`] stands for
    /// all links.
    #[must_use]
    #[doc(alias = "ifal_index")]
    pub const fn link(&self) -> LinkIndex {
        LinkIndex::new(self.header.index.get())
    }
}
