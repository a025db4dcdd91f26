//! Properties of any program's writes and of any received bytes.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::as_conversions,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "tests"
)]

mod common;

use common::invariants::{self, Hop};
use common::{attr, naive, shifted};
use nlwire::{
    Attrs, Batch, Bitfield32, ByteOrder, EncodeError, Flags, MessageType, Messages, NLA_F_NESTED,
    Put, Writer,
};
use proptest::collection::vec;
use proptest::prelude::*;
use std::net::IpAddr;

/// Value that can be put.
#[derive(Clone, Debug, PartialEq)]
enum Value {
    U8(u8),
    U16(u16),
    U32(u32),
    U64(u64),
    I32(i32),
    U16Be(u16),
    U32Le(u32),
    I64Be(i64),
    Uint(u64),
    Sint(i64),
    Flag,
    Str(String),
    Bytes(Vec<u8>),
    Ip(IpAddr),
    Bitfield(u32, u32),
    Nest(Vec<(u16, Value)>),
    Record([u8; 5], Vec<(u16, Value)>),
}

fn leaf() -> impl Strategy<Value = Value> {
    prop_oneof![
        any::<u8>().prop_map(Value::U8),
        any::<u16>().prop_map(Value::U16),
        any::<u32>().prop_map(Value::U32),
        any::<u64>().prop_map(Value::U64),
        any::<i32>().prop_map(Value::I32),
        any::<u16>().prop_map(Value::U16Be),
        any::<u32>().prop_map(Value::U32Le),
        any::<i64>().prop_map(Value::I64Be),
        (any::<u64>(), 0..64_u32).prop_map(|(value, shift)| Value::Uint(value >> shift)),
        (any::<i64>(), 0..64_u32).prop_map(|(value, shift)| Value::Sint(value >> shift)),
        Just(Value::Flag),
        "[^\\x00]{0,20}".prop_map(Value::Str),
        vec(any::<u8>(), 0..20).prop_map(Value::Bytes),
        any::<[u8; 4]>().prop_map(|octets| Value::Ip(octets.into())),
        any::<[u8; 16]>().prop_map(|octets| Value::Ip(octets.into())),
        any::<(u32, u32)>().prop_map(|(value, selector)| Value::Bitfield(value, selector)),
    ]
}

fn row() -> impl Strategy<Value = Vec<(u16, Value)>> {
    let value = leaf().prop_recursive(4, 40, 5, |inner| {
        let row = vec((0..0x4000_u16, inner), 0..5);
        prop_oneof![
            row.clone().prop_map(Value::Nest),
            (any::<[u8; 5]>(), row).prop_map(|(rest, row)| Value::Record(rest, row)),
        ]
    });
    vec((0..0x4000_u16, value), 0..8)
}

fn put<'w, 'b>(w: &'w mut Writer<'b>, kind: u16, value: &Value) -> Put<'w, 'b> {
    match value {
        Value::U8(value) => w.u8(kind, *value),
        Value::U16(value) => w.u16(kind, *value),
        Value::U32(value) => w.u32(kind, *value),
        Value::U64(value) => w.u64(kind, *value),
        Value::I32(value) => w.i32(kind, *value),
        Value::U16Be(value) => w.u16_be(kind, *value),
        Value::U32Le(value) => w.u32_le(kind, *value),
        Value::I64Be(value) => w.i64_be(kind, *value),
        Value::Uint(value) => w.uint(kind, *value),
        Value::Sint(value) => w.sint(kind, *value),
        Value::Flag => w.flag(kind, true),
        Value::Str(value) => w.str(kind, value),
        Value::Bytes(value) => w.bytes(kind, value),
        Value::Ip(value) => w.ip(kind, *value),
        Value::Bitfield(value, selector) => w.bitfield32(kind, Bitfield32::new(*value, *selector)),
        Value::Nest(row) => w.nest(kind, |w| put_row(w, row)),
        Value::Record(rest, row) => {
            let hop = Hop {
                rest: *rest,
                ..Hop::default()
            };
            w.nest(kind, |w| w.record(hop, |w| put_row(w, row)))
        }
    }
}

fn put_row<'w, 'b>(w: &'w mut Writer<'b>, row: &[(u16, Value)]) -> Put<'w, 'b> {
    for (kind, value) in row {
        put(w, *kind, value)?;
    }
    Ok(w)
}

/// Reads the values of attributes that were put like `like`.
fn read_row(attributes: Attrs<'_>, like: &[(u16, Value)]) -> Vec<(u16, Value)> {
    let mut row = Vec::new();
    for (attribute, (_, like)) in attributes.zip(like) {
        let a = attribute.unwrap();
        let value = match like {
            Value::U8(_) => Value::U8(a.u8().unwrap()),
            Value::U16(_) => Value::U16(a.u16().unwrap()),
            Value::U32(_) => Value::U32(a.u32().unwrap()),
            Value::U64(_) => Value::U64(a.u64().unwrap()),
            Value::I32(_) => Value::I32(a.i32().unwrap()),
            Value::U16Be(_) => Value::U16Be(a.u16_be().unwrap()),
            Value::U32Le(_) => Value::U32Le(a.u32_le().unwrap()),
            Value::I64Be(_) => Value::I64Be(a.i64_be().unwrap()),
            Value::Uint(_) => Value::Uint(a.uint().unwrap()),
            Value::Sint(_) => Value::Sint(a.sint().unwrap()),
            Value::Flag => {
                assert_eq!(a.flag(), Ok(true));
                Value::Flag
            }
            Value::Str(_) => Value::Str(a.str().unwrap().into()),
            Value::Bytes(_) => Value::Bytes(a.bytes().into()),
            Value::Ip(_) => Value::Ip(a.ip().unwrap()),
            Value::Bitfield(..) => {
                let bits = a.bitfield32().unwrap();
                Value::Bitfield(bits.value(), bits.selector())
            }
            Value::Nest(like) => {
                assert!(a.is_nested());
                Value::Nest(read_row(a.nested(), like))
            }
            Value::Record(_, like) => {
                let mut records = a.records::<Hop>();
                let (hop, attributes) = records.next().unwrap().unwrap();
                assert_eq!(records.next(), None);
                Value::Record(hop.rest, read_row(attributes, like))
            }
        };
        row.push((a.kind(), value));
    }
    row
}

fn order() -> impl Strategy<Value = ByteOrder> {
    prop_oneof![
        Just(ByteOrder::Native),
        Just(ByteOrder::Big),
        Just(ByteOrder::Little),
    ]
}

proptest! {
    #[test]
    fn written_values_are_read(row in row(), order in order()) {
        let mut buffer = vec![0xaa; 1 << 15];
        let block = Writer::attributes(&mut buffer, |w| put_row(w.order(order), &row)).unwrap();
        let block = block.with_order(order);
        prop_assert_eq!(block.count(), row.len());
        prop_assert_eq!(read_row(block, &row), row);
        invariants::block(block.remaining());
    }

    #[test]
    fn a_message_is_as_long_as_its_bytes(row in row(), header: [u8; 7], flags: u16) {
        let mut buffer = vec![0xaa; 1 << 15];
        let flags = Flags::from_bits_retain(flags);
        let written = Writer::message(&mut buffer, MessageType(20), flags, &(), |w| {
            put_row(w.append(&header)?, &row)
        });
        let bytes = written.unwrap().as_bytes();
        prop_assert_eq!(naive::u32_at(bytes, 0) as usize, bytes.len());
        invariants::datagram(bytes);
        let message = Messages::new(bytes).next().unwrap().unwrap();
        prop_assert_eq!((message.kind(), message.flags()), (MessageType(20), flags));
        prop_assert_eq!(read_row(message.attributes(7), &row), row);
    }

    #[test]
    fn a_put_that_fails_leaves_nothing(row in row(), capacity in 0..400_usize, before: u32) {
        let mut buffer = vec![0xaa; 1 << 15];
        let whole = Writer::attributes(&mut buffer, |w| put_row(w, &row)).unwrap();
        let whole = whole.remaining().to_vec();

        let mut small = vec![0xaa; capacity];
        let nested = Writer::attributes(&mut small, |w| {
            w.u32(1, before)?;
            let failed = w.nest(2, |w| put_row(w, &row)).is_err();
            // What follows stands where the nest would have.
            if failed { w.u8(3, 7) } else { Ok(w) }
        });
        let head = attr(1, &before.to_ne_bytes());
        let fits = head.len() + 4 + whole.len() <= capacity;
        match nested {
            Ok(block) if fits => {
                // A record may end without padding.
                let nest = attr(2 | NLA_F_NESTED, &whole);
                let end = head.len() + 4 + whole.len();
                prop_assert_eq!(block.remaining(), &[head, nest].concat()[..end]);
            }
            Ok(block) => {
                prop_assert_eq!(block.remaining(), [head, attr(3, &[7])].concat());
            }
            Err(error) => {
                prop_assert!(capacity < head.len() + 8, "{error}");
                let untouched = matches!(error, EncodeError::Overflow { .. });
                prop_assert!(untouched, "{error}");
                if capacity >= head.len() {
                    prop_assert_eq!(&small[..head.len()], &head[..]);
                }
            }
        }
    }

    #[test]
    fn a_batch_keeps_what_it_has(rows in vec(row(), 1..6), capacity in 0..2000_usize) {
        let mut buffer = vec![0xaa; capacity];
        let mut batch = Batch::new(&mut buffer);
        let mut kept = 0;
        for row in &rows {
            let before = batch.as_bytes().to_vec();
            match batch.append_message(MessageType(16), Flags::ACK, &(), |w| put_row(w, row)) {
                Ok(()) => {
                    kept += 1;
                    prop_assert!(batch.as_bytes().starts_with(&before));
                }
                Err(_) => prop_assert_eq!(batch.as_bytes(), before),
            }
        }
        prop_assert_eq!(batch.count(), kept);
        prop_assert_eq!(batch.messages().filter(Result::is_ok).count(), kept);
        invariants::datagram(batch.as_bytes());
    }

    #[test]
    fn any_bytes_are_read_as_the_naive_reader_does(bytes in vec(any::<u8>(), 0..120)) {
        invariants::datagram(&bytes);
        invariants::block(&bytes);
    }

    #[test]
    fn rows_that_are_broken_somewhere_too(
        row in row(),
        place in any::<prop::sample::Index>(),
        hostile in prop::sample::select(&common::HOSTILE[..]),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut buffer = vec![0; 1 << 15];
        let block = Writer::attributes(&mut buffer, |w| put_row(w, &row)).unwrap();
        let mut bytes = block.remaining().to_vec();
        let words = bytes.len() / 4;
        if words > 0 {
            let at = place.index(words) * 4;
            bytes[at..at + 2].copy_from_slice(&hostile.to_ne_bytes()[..2]);
        }
        bytes.truncate(cut.index(bytes.len() + 1));
        shifted(&bytes, invariants::block);
    }
}
