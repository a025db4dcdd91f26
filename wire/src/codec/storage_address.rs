//! `struct sockaddr_storage`: an address with a port, padded to 128 bytes.

use core::net::{IpAddr, SocketAddr};

use super::socket_address::read;
use crate::structs::structs;
use crate::zerocopy::native_endian::{U16, U32};
use crate::zerocopy::{IntoBytes as _, big_endian};

structs! {
    /// IP address and port in a struct that has space for any address: `struct
    /// sockaddr_storage`.
    ///
    /// ```text
    ///  0        2      4         8         24      28        128
    /// +--------+------+---------+---------+-------+---------+
    /// | family | port | IPv4    | IPv6    | scope | padding |
    /// +--------+------+---------+---------+-------+---------+
    /// ```
    #[doc(alias = "sockaddr_storage")]
    pub struct StorageAddress: 128 {
        /// Address family: `AF_INET` or `AF_INET6`.
        #[doc(alias = "ss_family")]
        family: U16,
        /// Port.
        port: big_endian::U16,
        /// IPv4 address; the flow label of an IPv6 address.
        #[doc(alias = "sin_addr", alias = "sin6_flowinfo")]
        v4: [u8; 4],
        /// IPv6 address.
        #[doc(alias = "sin6_addr")]
        v6: [u8; 16],
        /// Link index of a link-local IPv6 address.
        #[doc(alias = "sin6_scope_id")]
        scope: U32,
        /// Padding.
        padding: [[u8; 25]; 4],
    }
}

impl StorageAddress {
    /// Returns the address and the port; `None` for another family than IPv4 and IPv6.
    #[must_use]
    pub fn socket_addr(&self) -> Option<SocketAddr> {
        let bytes = self.as_bytes();
        read(bytes.get(..16)?).or_else(|| read(bytes.get(..28)?))
    }

    /// Returns the IP address; `None` for another family than IPv4 and IPv6.
    #[must_use]
    pub fn ip(&self) -> Option<IpAddr> {
        self.socket_addr().map(|address| address.ip())
    }
}
