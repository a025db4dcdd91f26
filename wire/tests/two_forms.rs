//! Values whose form differs by direction or by sender, and bytes behind the last
//! message or attribute.
#![allow(
    clippy::unwrap_used,
    clippy::as_conversions,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "tests"
)]
#![cfg(feature = "route")]

use nlwire::pretty::Pretty;
use nlwire::route::{
    IFLA_INFO_DATA, IFLA_LINKINFO, IFLA_PORT_REQUEST, IFLA_VXLAN_TTL_INHERIT, Link, LinkAttr,
    LinkHeader, LinkInfoAttr, RTA_EXPIRES, RTM_NEWLINK, Route, RouteAttr, VfPort, VfPortAttr,
    Vxlan, VxlanAttr,
};
use nlwire::{Attrs, Flags, Messages, Writer, fields};

fn hex(text: &str) -> Vec<u8> {
    let digits = text.replace(' ', "");
    let byte = |at| u8::from_str_radix(&digits[at..at + 2], 16).unwrap();
    (0..digits.len()).step_by(2).map(byte).collect()
}

#[test]
#[cfg(target_endian = "little")]
fn an_expiry_has_4_or_8_bytes() {
    for (bytes, value) in [
        ("0c001700 7617000000000000", 6006),
        ("08001700 0a000000", 10),
    ] {
        let bytes = hex(bytes);
        let found = fields!(Attrs::new(&bytes) => Route { expires }).unwrap();
        assert_eq!(found.expires, Some(value));
    }
    let mut buffer = [0; 16];
    let block = Writer::attributes(&mut buffer, |w| w.put(RouteAttr::Expires(10))).unwrap();
    assert_eq!(block.require(RTA_EXPIRES).unwrap().u32(), Ok(10));
}

#[test]
#[cfg(target_endian = "little")]
fn an_inherited_ttl_is_a_byte_in_reports_and_a_flag_in_requests() {
    for (bytes, value) in [
        ("05001c00 01000000", true),
        ("05001c00 00000000", false),
        ("04001c00", true),
    ] {
        let bytes = hex(bytes);
        let found = fields!(Attrs::new(&bytes) => Vxlan { ttl_inherit }).unwrap();
        assert_eq!(found.ttl_inherit, Some(value));
    }
    let mut buffer = [0; 16];
    let block = Writer::attributes(&mut buffer, |w| w.put(VxlanAttr::TtlInherit(true))).unwrap();
    assert_eq!(
        block.require(IFLA_VXLAN_TTL_INHERIT).unwrap().flag(),
        Ok(true)
    );
}

#[test]
fn trees_print_the_form_of_their_direction() {
    // A byte in a report, and a flag in a request; bytes where it is neither.
    let flag = Flags::REQUEST;
    for (flags, value, printed) in [
        (Flags::empty(), &[1][..], ": 1"),
        (flag, &[], ":"),
        (flag, &[1], ": 01"),
    ] {
        let mut buffer = [0; 128];
        let header = LinkHeader::default();
        let message = Writer::message(&mut buffer, RTM_NEWLINK, flags, &header, |w| {
            w.nest(IFLA_LINKINFO, |w| {
                w.put(LinkInfoAttr::Kind("vxlan"))?
                    .nest(IFLA_INFO_DATA, |w| w.bytes(IFLA_VXLAN_TTL_INHERIT, value))
            })
        });
        let tree = Pretty::new(message.unwrap().as_bytes(), Some(0)).to_string();
        let line = tree.lines().last().unwrap().trim();
        let (_, shown) = line.split_at("IFLA_VXLAN_TTL_INHERIT".len());
        assert_eq!(shown, printed, "{tree}");
    }
}

#[test]
#[cfg(target_endian = "little")]
fn a_port_request_has_1_or_2_bytes() {
    for bytes in ["06000600 01000000", "05000600 01000000"] {
        let bytes = hex(bytes);
        assert_eq!(
            fields!(Attrs::new(&bytes) => VfPort { request })
                .unwrap()
                .request,
            Some(1)
        );
    }
    let large = hex("06000600 00010000");
    assert!(fields!(Attrs::new(&large) => VfPort { request }).is_err());
    let mut buffer = [0; 16];
    let block = Writer::attributes(&mut buffer, |w| w.put(VfPortAttr::Request(1))).unwrap();
    assert_eq!(block.require(IFLA_PORT_REQUEST).unwrap().u8(), Ok(1));
}

#[test]
fn an_alias_has_no_nul() {
    let alias = "a".repeat(255);
    let mut buffer = [0; 300];
    let block = Writer::attributes(&mut buffer, |w| {
        w.put([
            LinkAttr::Alias(alias.as_str().into()),
            LinkAttr::Alias("".into()),
        ])
    });
    let lengths: Vec<_> = block
        .unwrap()
        .map(|item| item.unwrap().bytes().len())
        .collect();
    assert_eq!(lengths, [255, 0], "an empty alias removes it");
    let mut buffer = [0; 16];
    let block = Writer::attributes(&mut buffer, |w| w.bytes(20, b"uplink\0")).unwrap();
    assert_eq!(
        fields!(block => Link { alias }).unwrap().alias,
        Some("uplink".into())
    );
}

#[test]
#[cfg(target_endian = "little")]
fn bytes_behind_the_last_message_are_left() {
    let datagram = hex("14000000 00000100 00050000 00010000 00000000 01020304 05060708");
    let mut messages = Messages::new(&datagram);
    assert!(messages.next().unwrap().is_ok());
    assert!(messages.next().is_none());
    assert_eq!(messages.remaining(), [1, 2, 3, 4, 5, 6, 7, 8]);
    assert!(messages.next().is_none());
}

#[test]
#[cfg(target_endian = "little")]
fn padding_is_not_left_over() {
    let bytes = hex("05000100 ff0000");
    let mut attributes = Attrs::new(&bytes);
    assert_eq!(attributes.next().unwrap().unwrap().bytes(), [0xff]);
    assert_eq!(attributes.remaining(), []);
    assert!(attributes.next().is_none());
}
