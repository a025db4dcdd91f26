//! Keys of MD5 signatures: `INET_DIAG_MD5SIG`.

use core::net::IpAddr;

use crate::codec::SecretBytes;
use crate::schema::WideAddress;
use crate::sock_diag::{AF_INET, AF_INET6};
use crate::structs::structs;
use crate::zerocopy::native_endian::U16;

structs! {
    /// Key that signs the segments of peers (RFC 2385).
    #[doc(alias = "tcp_diag_md5sig")]
    pub struct Md5Signature: 100 {
        /// Address family of the peers.
        #[doc(alias = "tcpm_family")]
        family: u8 as crate::AddressFamily,
        /// Prefix length of the peers' addresses.
        #[doc(alias = "tcpm_prefixlen")]
        prefix_len: u8,
        /// Length of the key in bytes, at most 80.
        #[doc(alias = "tcpm_keylen")]
        key_len: U16,
        /// Address of the peers; an IPv4 address is in the first 4 bytes.
        #[doc(alias = "tcpm_addr")]
        address: [u8; 16] as WideAddress,
        /// Key, padded with zeros.
        #[doc(alias = "tcpm_key")]
        key: SecretBytes<80>,
    }
}

impl Md5Signature {
    /// Returns the address of the peers.
    #[must_use]
    pub fn ip(&self) -> Option<IpAddr> {
        let [a, b, c, d, ..] = self.address;
        match self.family {
            AF_INET => Some([a, b, c, d].into()),
            AF_INET6 => Some(self.address.into()),
            _ => None,
        }
    }

    /// Returns the key without its padding.
    #[must_use]
    pub fn key(&self) -> &[u8] {
        let length = usize::from(self.key_len.get());
        self.key.0.get(..length).unwrap_or(&self.key.0)
    }
}
