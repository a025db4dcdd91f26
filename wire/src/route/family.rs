//! Fixed header of a family only: `struct rtgenmsg` (`linux/rtnetlink.h`) and
//! `struct netconfmsg` (`linux/netconf.h`).

use crate::FixedHeader;
use crate::structs::structs;

structs! {
    /// Fixed header of namespace ids, settings of links and multicast reports.
    /// The kernel's struct has one byte (`struct rtgenmsg`, `struct netconfmsg`);
    /// strict checking demands the padding.
    pub struct FamilyHeader: 4 {
        /// Address family.
        #[doc(alias = "rtgen_family", alias = "ncm_family")]
        family: u8 as crate::AddressFamily,
        /// Padding.
        reserved: [u8; 3],
    }
}

impl FamilyHeader {
    pub(super) const fn new(family: u8) -> Self {
        Self {
            family,
            reserved: [0; 3],
        }
    }
}

impl FixedHeader for FamilyHeader {
    fn family(&self) -> u8 {
        self.family
    }
}
