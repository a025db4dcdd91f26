//! Writing: a block of eight numbers, and a request to add a route.

use std::hint::black_box;
use std::net::{IpAddr, Ipv4Addr};

use nlwire::codec::AddressBytes;
use nlwire::route::*;
use nlwire::{Flags, NewFlags, Writer};

unsafe extern "C" {
    fn c_encode(buffer: *mut u8, capacity: usize, first: u32) -> std::ffi::c_long;
    fn c_encode_route(buffer: *mut u8, capacity: usize, destination: u32) -> std::ffi::c_long;
}

pub fn numbers_c(buffer: &mut [u8]) {
    // SAFETY: It writes no more than the length that it is given.
    let length = unsafe { c_encode(buffer.as_mut_ptr(), buffer.len(), black_box(7)) };
    assert_eq!(length, 64);
}

pub fn numbers(buffer: &mut [u8]) {
    let first: u32 = black_box(7);
    let block = Writer::attributes(buffer, |w| {
        w.u32(1, first)?
            .u32(2, first.wrapping_add(1))?
            .u32(3, first.wrapping_add(2))?
            .u32(4, first.wrapping_add(3))?
            .u32(5, first.wrapping_add(4))?
            .u32(6, first.wrapping_add(5))?
            .u32(7, first.wrapping_add(6))?
            .u32(8, first.wrapping_add(7))
    });
    assert_eq!(
        block.map(|block| black_box(block.remaining()).len()),
        Ok(64)
    );
}

const HEADER: RouteHeader = RouteHeader {
    family: AF_INET,
    destination_len: 32,
    source_len: 0,
    tos: 0,
    table: 254,
    protocol: RouteProtocol::STATIC,
    scope: Scope::UNIVERSE,
    kind: RouteKind::UNICAST,
    flags: nlwire::zerocopy::native_endian::U32::ZERO,
};

pub fn route_c(buffer: &mut [u8]) {
    // SAFETY: It writes no more than the length that it is given.
    let length = unsafe { c_encode_route(buffer.as_mut_ptr(), buffer.len(), black_box(7)) };
    assert_eq!(length, 68);
}

pub fn route(buffer: &mut [u8]) {
    let destination: u32 = black_box(7);
    let flags = Flags::REQUEST | NewFlags::CREATE;
    let message = Writer::message(buffer, RTM_NEWROUTE, flags, &HEADER, |w| {
        w.u32(RTA_DST, destination)?
            .u32(RTA_GATEWAY, destination ^ 1)?
            .u32(RTA_OIF, 2)?
            .u32(RTA_PRIORITY, 100)?
            .u32(RTA_TABLE, 254)
    });
    assert_eq!(
        message.map(|message| black_box(message.as_bytes()).len()),
        Ok(68)
    );
}

pub fn route_typed(buffer: &mut [u8]) {
    let address = |bits: u32| AddressBytes::Ip(IpAddr::V4(Ipv4Addr::from_bits(bits)));
    let destination: u32 = black_box(7);
    let flags = Flags::REQUEST | NewFlags::CREATE;
    let message = Writer::message(buffer, RTM_NEWROUTE, flags, &HEADER, |w| {
        w.put(RouteAttr::Destination(address(destination)))?
            .put(RouteAttr::Gateway(address(destination ^ 1)))?
            .put(RouteAttr::OutgoingIndex(2.into()))?
            .put(RouteAttr::Priority(100))?
            .put(RouteAttr::Table(RouteTable::MAIN))
    });
    assert_eq!(
        message.map(|message| black_box(message.as_bytes()).len()),
        Ok(68)
    );
}
