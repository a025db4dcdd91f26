//! Walks over attributes, nests, arrays and records.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "tests"
)]

mod common;

use common::{attr, lying_attr, unpadded};
use nlwire::zerocopy::native_endian::{U16, U32};
use nlwire::zerocopy::{FromBytes, Immutable, IntoBytes, Unaligned};
use nlwire::{
    AttrRef, Attrs, ByteOrder, DecodeError, DecodeErrorKind, NLA_F_NESTED, NLA_F_NET_BYTEORDER,
    Record,
};

fn only(block: &[u8]) -> AttrRef<'_> {
    let mut attributes = Attrs::new(block);
    let attribute = attributes.next().unwrap().unwrap();
    assert_eq!(attributes.next(), None);
    attribute
}

fn text<T: core::fmt::Debug>(result: Result<T, DecodeError>) -> String {
    result.unwrap_err().to_string()
}

#[test]
fn type_flags_are_distinguished() {
    let raw = 5 | NLA_F_NESTED | NLA_F_NET_BYTEORDER;
    let block = attr(raw, &[0, 80]);
    let attribute = only(&block);
    assert_eq!((attribute.kind(), attribute.raw_kind()), (5, raw));
    assert!(attribute.is_nested() && attribute.is_net_byteorder());
    assert_eq!(attribute.padded_len(), 8);
    assert_eq!(format!("{attribute:?}"), "AttrRef(5 at byte 0, 2 bytes)");
    let plain = attr(5, b"");
    assert!(!only(&plain).is_nested() && !only(&plain).is_net_byteorder());
}

#[test]
fn nests_are_walked_marked_or_not() {
    let inner = [attr(1, &[1]), attr(2, &[0, 2])].concat();
    for kind in [7, 7 | NLA_F_NESTED] {
        let block = [attr(6, &[0; 3]), attr(kind, &inner)].concat();
        let nest = Attrs::new(&block)
            .with_order(ByteOrder::Big)
            .with_family(10)
            .require(7)
            .unwrap();
        assert_eq!((nest.offset(), nest.family()), (8, 10));
        let children: Vec<_> = nest.nested().map(Result::unwrap).collect();
        assert_eq!(
            children.iter().map(AttrRef::offset).collect::<Vec<_>>(),
            [12, 20]
        );
        assert_eq!(children[1].u16(), Ok(2), "a nest inherits the order");
        assert_eq!(children[1].family(), 10);
    }
}

#[test]
fn indices_may_be_zero() {
    let element = attr(1, &[7]);
    let block = attr(3, &[attr(0, &element), attr(9, b"")].concat());
    let mut indexed = only(&block).indexed();
    let (index, attributes) = indexed.next().unwrap().unwrap();
    assert_eq!((index, attributes.require(1).unwrap().u8()), (0, Ok(7)));
    let (index, attributes) = indexed.next().unwrap().unwrap();
    assert_eq!((index, attributes.count()), (9, 0));
    assert_eq!(indexed.next(), None);
}

#[derive(Clone, Copy, Debug, PartialEq, FromBytes, IntoBytes, Immutable, Unaligned)]
#[repr(C)]
struct Hop {
    length: U16,
    weight: U16,
    link: U32,
}

impl Record for Hop {
    fn length(&self) -> u16 {
        self.length.get()
    }

    fn with_length(self, length: u16) -> Self {
        Self {
            length: U16::new(length),
            ..self
        }
    }
}

fn hop(length: u16, attributes: &[u8]) -> Vec<u8> {
    [&length.to_ne_bytes()[..], &[0; 6], attributes].concat()
}

#[test]
fn records_carry_their_length() {
    let block = attr(
        9,
        &[
            hop(16, &attr(5, &[1, 2, 3, 4])),
            hop(8, b""),
            hop(13, &unpadded(6, &[1])),
        ]
        .concat(),
    );
    let mut records = only(&block).records::<Hop>();
    let (first, attributes) = records.next().unwrap().unwrap();
    assert_eq!(first.length(), 16);
    assert_eq!(attributes.require(5).unwrap().offset(), 12);
    let (_, attributes) = records.next().unwrap().unwrap();
    assert_eq!(attributes.count(), 0);
    let (_, attributes) = records.next().unwrap().unwrap();
    assert_eq!(attributes.require(6).unwrap().bytes(), [1]);
    assert!(records.next().is_none() && records.remaining().is_empty());
}

#[test]
fn a_broken_record_ends_the_walk() {
    let cases = [
        (
            0,
            "record at byte 12: length field says 0, its header takes 8",
        ),
        (
            7,
            "record at byte 12: length field says 7, its header takes 8",
        ),
        (
            9,
            "record at byte 12: length field says 9, 8 bytes are left",
        ),
        (
            65_535,
            "record at byte 12: length field says 65535, 8 bytes are left",
        ),
    ];
    for (length, expected) in cases {
        let block = attr(9, &[hop(8, b""), hop(length, b"")].concat());
        let mut records = only(&block).records::<Hop>();
        assert!(records.next().unwrap().is_ok());
        assert_eq!(text(records.next().unwrap()), expected);
        assert!(records.next().is_none() && records.remaining().is_empty());
    }
    let block = attr(9, &[0; 5]);
    assert_eq!(
        text(only(&block).records::<Hop>().next().unwrap()),
        "record at byte 4: expected at least 8 bytes, found 5"
    );
}

#[test]
fn find_is_first_and_table_is_last() {
    let block = [
        attr(1, &[1]),
        attr(4, &[4]),
        attr(1 | NLA_F_NESTED, &[9]),
        attr(0, &[0]),
    ]
    .concat();
    let attributes = Attrs::new(&block);
    assert_eq!(attributes.find(1).unwrap().unwrap().bytes(), [1]);
    assert_eq!(attributes.find(2), Ok(None));
    let [zero, one, two] = attributes.table().unwrap();
    assert_eq!(zero.unwrap().bytes(), [0]);
    assert_eq!(one.unwrap().bytes(), [9]);
    assert_eq!(two, None);
    let error = attributes.require(2).unwrap_err();
    assert_eq!(error.to_string(), "attribute 2 at byte 32: missing");
    assert_eq!(
        (error.kind(), error.offset(), error.attribute()),
        (DecodeErrorKind::Missing, 32, Some(2))
    );
}

#[test]
fn a_broken_length_ends_the_walk() {
    let cases = [
        (
            0,
            "attribute 5 at byte 8: length field says 0, its header takes 4",
        ),
        (
            3,
            "attribute 5 at byte 8: length field says 3, its header takes 4",
        ),
        (
            9,
            "attribute 5 at byte 8: length field says 9, 8 bytes are left",
        ),
        (
            65_535,
            "attribute 5 at byte 8: length field says 65535, 8 bytes are left",
        ),
    ];
    for (length, expected) in cases {
        let block = [attr(1, &[1]), lying_attr(length, 5, &[0; 4])].concat();
        let mut attributes = Attrs::new(&block);
        assert!(attributes.next().unwrap().is_ok());
        assert_eq!(attributes.remaining().len(), 8);
        assert_eq!(text(attributes.next().unwrap()), expected);
        assert!(attributes.next().is_none() && attributes.remaining().is_empty());

        let attributes = Attrs::new(&block);
        assert!(attributes.find(1).is_ok(), "found before the fault");
        assert_eq!(text(attributes.find(5)), expected);
        assert_eq!(text(attributes.require(5)), expected);
        assert_eq!(text(attributes.table::<8>()), expected);
        assert_eq!(attributes.locate(8).count(), 0);
    }
}

#[test]
fn up_to_three_bytes_behind_the_last_are_left_out() {
    for extra in 0..4 {
        let block = [attr(1, &[1]), vec![0xff; extra]].concat();
        assert_eq!(Attrs::new(&block).map(Result::unwrap).count(), 1);
        assert_eq!(Attrs::new(&unpadded(1, &[1; 8][..extra])).count(), 1);
    }
    // Padding, whole or cut, does not count as left over.
    for block in [&[5, 0, 1, 0, 0xff, 0, 0][..], &[5, 0, 1, 0, 0xff, 0, 0, 0]] {
        let mut attributes = Attrs::new(block);
        assert!(attributes.next().is_some_and(|first| first.is_ok()));
        assert!(attributes.next().is_none() && attributes.remaining().is_empty());
    }
    let block = [attr(1, &[1]), vec![0xff; 4]].concat();
    assert!(Attrs::new(&block).nth(1).unwrap().is_err());
}

#[test]
fn locate_descends_to_what_covers_the_offset() {
    let inner = [attr(1, b""), attr(2, &[1, 2, 3])].concat();
    let block = [attr(8, &[0; 4]), attr(9, &inner), attr(8, b"")].concat();
    let path = |offset| {
        Attrs::new(&block)
            .locate(offset)
            .map(|attribute| (attribute.kind(), attribute.offset()))
            .collect::<Vec<_>>()
    };
    assert_eq!(path(0), [(8, 0)]);
    assert_eq!(path(8), [(9, 8)]);
    assert_eq!(path(12), [(9, 8), (1, 12)]);
    assert_eq!(path(16), [(9, 8), (2, 16)]);
    assert_eq!(path(22), [(9, 8), (2, 16)]);
    assert_eq!(
        path(23),
        [(9, 8)],
        "padding belongs to no attribute of the nest"
    );
    assert_eq!(path(24), [(8, 24)]);
    assert_eq!(path(28), []);
    assert_eq!(path(u32::MAX), []);
}
