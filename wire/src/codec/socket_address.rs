//! `struct sockaddr` of IPv4 and IPv6: an address with a port.

use core::net::{Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6};

use super::Form;
use super::forms::form;
use crate::schema::Shape;
use crate::structs::structs;
use crate::writer::Put;
use crate::zerocopy::{FromBytes as _, big_endian, native_endian};
use crate::{AddressFamily, AttrRef, Attrs, DecodeError, Writer};

const AF_INET: u16 = AddressFamily::INET.wide();
const AF_INET6: u16 = AddressFamily::INET6.wide();

/// IP address and port: `struct sockaddr_in` of 16 bytes or `struct
/// sockaddr_in6` of 28.
///
/// ```text
///  0        2      4            8            16
/// +--------+------+------------+-------------+
/// | family | port | address    | zero        |
/// +--------+------+------------+-------------+
///
///  0        2      4            8            24       28
/// +--------+------+------------+-------------+--------+
/// | family | port | flow label | address     | scope  |
/// +--------+------+------------+-------------+--------+
/// ```
#[derive(Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[doc(alias = "sockaddr")]
pub struct SocketAddress(());

form!(SocketAddress => SocketAddr, Shape::SocketAddress,
|attribute| match read(attribute.bytes()) {
    Some(address) => Ok(address),
    None => Err(attribute.either_size_error(16, 28)),
},
|w, kind, value| match *value {
    SocketAddr::V4(address) => w.value(kind, &Inet {
        family: AF_INET.into(),
        port: address.port().into(),
        address: address.ip().octets(),
        zero: [0; 8],
    }),
    SocketAddr::V6(address) => w.value(kind, &Inet6 {
        family: AF_INET6.into(),
        port: address.port().into(),
        flow_label: address.flowinfo().into(),
        address: address.ip().octets(),
        scope: address.scope_id().into(),
    }),
});

structs! {
    /// `struct sockaddr_in`.
    struct Inet: 16 {
        family: native_endian::U16,
        port: big_endian::U16,
        address: [u8; 4],
        zero: [u8; 8],
    }

    /// `struct sockaddr_in6`.
    struct Inet6: 28 {
        family: native_endian::U16,
        port: big_endian::U16,
        flow_label: big_endian::U32,
        address: [u8; 16],
        scope: native_endian::U32,
    }
}

/// Reads an address whose size is that of its family.
pub(crate) fn read(bytes: &[u8]) -> Option<SocketAddr> {
    if let Ok(v4) = Inet::read_from_bytes(bytes) {
        let ip = Ipv4Addr::from(v4.address);
        let address = SocketAddrV4::new(ip, v4.port.get());
        return (v4.family == AF_INET).then_some(SocketAddr::V4(address));
    }
    let v6 = Inet6::read_from_bytes(bytes).ok()?;
    let ip = Ipv6Addr::from(v6.address);
    let address = SocketAddrV6::new(ip, v6.port.get(), v6.flow_label.get(), v6.scope.get());
    (v6.family == AF_INET6).then_some(SocketAddr::V6(address))
}
