//! Sets of attributes, typed: one by one, by field, and written again.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "tests"
)]

mod common;

use std::net::IpAddr;

use common::{attr, lying_attr};
use nlwire::codec::{Address, AddressBytes, Be, Bytes, Flag, Ip, Nest, Sint, Str, Uint};
use nlwire::{Attrs, ByteOrder, DecodeErrorKind, NLA_F_NESTED, Writer, attributes, fields};

attributes! {
    /// Attributes of a few forms.
    pub set Sample, enum SampleAttr {
        1 S_NUMBER Number number: u32,
        2 S_BIG Big big: Be<u16>,
        3 S_TEXT Text text: Str,
        4 S_FLAG Flag flag: Flag,
        5 S_NEST Nest nest: Nest<Sample>,
        6 S_ADDRESS Address address: Address,
        7 S_IP Ip ip: Ip,
        8 S_UINT Uint uint: Uint,
        9 S_SINT Sint sint: Sint,
        10 S_BYTES Bytes bytes: Bytes,
    }
}

#[test]
fn one_bad_attribute_of_four_is_one_error() {
    let block = [
        attr(S_NUMBER, &7_u32.to_ne_bytes()),
        attr(S_BIG, &[1, 2, 3]),
        attr(S_TEXT, b"eth0\0"),
        attr(99, b"new"),
    ]
    .concat();
    let items: Vec<_> = Attrs::new(&block)
        .typed::<Sample>()
        .iter()
        .map(Result::unwrap)
        .collect();
    let raw: Vec<_> = items.iter().map(|(raw, _)| raw.bytes()).collect();
    assert_eq!(
        raw,
        [&7_u32.to_ne_bytes()[..], &[1, 2, 3], b"eth0\0", b"new"],
        "each with its bytes"
    );
    assert_eq!(items[0].1, Ok(SampleAttr::Number(7)));
    let error = items[1].1.unwrap_err();
    assert_eq!(
        error.to_string(),
        "S_BIG at byte 8: expected 2 bytes, found 3"
    );
    assert_eq!(items[2].1, Ok(SampleAttr::Text("eth0")));
    assert_eq!(items[3].1, Ok(SampleAttr::Other(items[3].0)));
    assert_eq!(items.len(), 4);
}

#[test]
fn only_a_broken_length_ends_a_set() {
    let block = [
        attr(S_FLAG, b"x"),
        attr(S_FLAG, b""),
        lying_attr(3, S_FLAG, b""),
    ]
    .concat();
    let mut items = Attrs::new(&block).typed::<Sample>().into_iter();
    assert!(items.next().unwrap().unwrap().1.is_err());
    assert_eq!(items.next().unwrap().unwrap().1, Ok(SampleAttr::Flag(true)));
    assert_eq!(items.attributes().remaining().len(), 4);
    let error = items.next().unwrap().unwrap_err();
    assert_eq!((error.offset(), error.attribute()), (12, Some(S_FLAG)));
    assert!(items.next().is_none() && items.next().is_none());
}

#[test]
fn fields_are_last_and_only_those_named() {
    let block = [
        attr(S_NUMBER, &1_u32.to_ne_bytes()),
        attr(S_BIG, b"wrong"),
        attr(S_NUMBER | NLA_F_NESTED, &2_u32.to_ne_bytes()),
    ]
    .concat();
    let found = fields!(Attrs::new(&block) => Sample { number, text }).unwrap();
    assert_eq!((found.number, found.text), (Some(2), None));
    let error = fields!(Attrs::new(&block) => Sample { number, big })
        .map(|found| (found.number, found.big))
        .unwrap_err();
    assert_eq!((error.offset(), error.attribute()), (8, Some(S_BIG)));

    let broken = [&block[..8], &lying_attr(3, S_BIG, b"")].concat();
    let error = fields!(Attrs::new(&broken) => Sample { number })
        .map(|found| found.number)
        .unwrap_err();
    assert!(matches!(
        error.kind(),
        DecodeErrorKind::LengthBelowHeader { .. }
    ));
}

#[test]
fn fields_are_read_of_nests() {
    let inner = attr(S_TEXT, b"in");
    let block = attr(S_NEST, &inner);
    let found = fields!(Attrs::new(&block) => Sample { nest }).unwrap();
    let found = fields!(found.nest.unwrap() => Sample { text }).unwrap();
    assert_eq!(found.text, Some("in"));
}

#[test]
fn addresses_are_of_the_family_of_the_header() {
    let read = |family, bytes: &[u8]| {
        let block = attr(S_ADDRESS, bytes);
        let attributes = Attrs::new(&block).with_family(family);
        let found = fields!(attributes => Sample { address });
        found.map(|found| found.address.unwrap().ip())
    };
    let (four, six) = ([192, 0, 2, 1], [0xfe; 16]);
    let ip = |ip: IpAddr| Ok(Some(ip));
    assert_eq!(read(2, &four), ip(four.into()));
    assert_eq!(read(10, &six), ip(six.into()));
    assert!(read(2, &six).is_err() && read(10, &four).is_err());
    assert_eq!(
        read(0, &four),
        ip(four.into()),
        "of no family by their size"
    );
    assert_eq!(read(28, &four), Ok(None), "MPLS");
    let block = attr(S_NEST, &attr(S_ADDRESS, b"abcd"));
    let found = fields!(Attrs::new(&block).with_family(5) => Sample { nest }).unwrap();
    let found = fields!(found.nest.unwrap() => Sample { address }).unwrap();
    assert_eq!(
        found.address,
        Some(AddressBytes::Other(b"abcd")),
        "nests inherit it"
    );
}

#[test]
fn an_order_holds_for_rows_that_name_none() {
    let block = [
        attr(S_NUMBER, &[0, 0, 1, 2]),
        attr(S_BIG, &[3, 4]),
        attr(S_UINT, &[0, 0, 0, 0, 0, 0, 1, 0]),
        attr(S_NEST, &attr(S_NUMBER, &[0, 0, 0, 9])),
    ]
    .concat();
    let attributes = Attrs::new(&block).with_order(ByteOrder::Big);
    let found = fields!(attributes => Sample { number, big, uint, nest }).unwrap();
    assert_eq!(
        (found.number, found.big, found.uint),
        (Some(0x102), Some(0x304), Some(256))
    );
    let nest = fields!(found.nest.unwrap() => Sample { number }).unwrap();
    assert_eq!(nest.number, Some(9));

    let mut buffer = [0; 64];
    let written = Writer::attributes(&mut buffer, |w| {
        w.order(ByteOrder::Big)
            .put(SampleAttr::Number(0x102))?
            .put(SampleAttr::Big(0x304))?
            .put(SampleAttr::Uint(1 << 40))
    });
    let expected = [
        attr(S_NUMBER, &[0, 0, 1, 2]),
        attr(S_BIG, &[3, 4]),
        attr(S_UINT, &[0, 0, 1, 0, 0, 0, 0, 0]),
    ];
    assert_eq!(written.unwrap().remaining(), expected.concat());
}

#[test]
fn written_values_are_read() {
    let values = [
        SampleAttr::Number(7),
        SampleAttr::Big(80),
        SampleAttr::Text("lo"),
        SampleAttr::Text(""),
        SampleAttr::Flag(true),
        SampleAttr::Address(AddressBytes::Ip([0xfe; 16].into())),
        SampleAttr::Ip([192, 0, 2, 1].into()),
        SampleAttr::Uint(5),
        SampleAttr::Uint(u64::MAX),
        SampleAttr::Sint(-5),
        SampleAttr::Sint(i64::MIN),
        SampleAttr::Bytes(b"\0\xff"),
    ];
    let mut buffer = [0xee; 256];
    let block = Writer::attributes(&mut buffer, |mut w| {
        for value in values {
            w = w.put(value)?;
        }
        Ok(w)
    });
    let read: Vec<_> = block
        .unwrap()
        .typed::<Sample>()
        .iter()
        .map(|item| item.unwrap().1.unwrap())
        .collect();
    assert_eq!(read, values);

    let nothing = Writer::attributes(&mut buffer, |w| w.put(SampleAttr::Flag(false)));
    assert_eq!(nothing.unwrap().count(), 0, "what is false is not written");
}

#[test]
fn unknown_attributes_are_written_unchanged() {
    let block = [attr(99 | NLA_F_NESTED, b"new"), attr(0, b"")].concat();
    let mut buffer = [0xee; 64];
    let again = Writer::attributes(&mut buffer, |mut w| {
        for item in Attrs::new(&block).typed::<Sample>() {
            w = w.put(item.unwrap().1.unwrap())?;
        }
        Ok(w)
    });
    assert_eq!(again.unwrap().remaining(), block);
}

#[test]
fn a_set_prints_its_values() {
    let block = [attr(S_FLAG, b""), attr(S_BIG, b"")].concat();
    assert_eq!(
        format!("{:?}", Attrs::new(&block).typed::<Sample>()),
        "{S_FLAG, S_BIG}"
    );
}
