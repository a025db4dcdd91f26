//! Invariants of a reader on any bytes, by comparison with a naive reader.

use std::ops::Range;

use nlwire::zerocopy::native_endian::U16;
use nlwire::zerocopy::{FromBytes, Immutable, IntoBytes, Unaligned};
use nlwire::{AttrRef, Attrs, DecodeError, MessageRef, Messages, NLA_TYPE_MASK, Record, Writer};

use super::naive::{self, Naive};

/// Depth to which nests are followed.
const DEPTH: usize = 4;

/// A datagram: the messages, and the attributes of each behind fixed headers
/// of several sizes.
pub fn datagram(bytes: &[u8]) {
    datagram_of(bytes, &[0, 1, 4, 12, 16, usize::MAX]);
}

/// A datagram whose messages have a fixed header of one of these sizes.
pub fn datagram_of(bytes: &[u8], headers: &[usize]) {
    let (expected, broken) = naive::messages(bytes);
    let mut messages = Messages::new(bytes);
    for range in &expected {
        let message = messages.next().expect("a message").expect("a whole one");
        assert_same_place(message.as_bytes(), bytes, range);
        assert_eq!(message.payload(), &bytes[range.start + 16..range.end]);
        assert_eq!(MessageRef::new(&bytes[range.start..]), Ok(message));
        message_of(message, headers);
    }
    end(messages.next(), broken);
    assert_eq!(messages.next(), None, "goes on behind its end");
    let tail = messages.remaining();
    assert!(tail.len() < 16 && bytes.ends_with(tail));
    assert!(broken.is_none() || tail.is_empty());
}

fn message_of(message: MessageRef<'_>, headers: &[usize]) {
    let bytes = message.as_bytes();
    for &header in headers {
        let start = naive::round_up(header.min(1 << 20)) + 16;
        let part = start.min(bytes.len())..bytes.len();
        row(message.attributes(header), bytes, part, 0);
    }
}

/// A bare block of attributes.
pub fn block(bytes: &[u8]) {
    row(Attrs::new(bytes), bytes, 0..bytes.len(), 0);
}

/// A row of attributes that stands at `part` of `whole`, to whose start
/// offsets count.
fn row(attributes: Attrs<'_>, whole: &[u8], part: Range<usize>, depth: usize) {
    let (expected, broken) = naive::attributes(whole, part.clone());
    let mut walk = attributes;
    for one in &expected {
        let attribute = walk.next().expect("an attribute").expect("a whole one");
        same(attribute, whole, one);
        if depth < DEPTH {
            row(attribute.nested(), whole, one.value.clone(), depth + 1);
            records(attribute, whole, one.value.clone());
        }
    }
    end(walk.next(), broken);
    assert_eq!(walk.next(), None, "goes on behind its end");
    lookups(attributes, whole, &expected, broken);
    let offsets = if expected.is_empty() { 1 } else { 12 };
    for offset in part.clone().step_by(3).take(offsets) {
        located(attributes, whole, part.clone(), offset);
    }
}

/// `find`, `require` and `table`.
fn lookups(attributes: Attrs<'_>, whole: &[u8], expected: &[Naive], broken: Option<usize>) {
    let table = attributes.table::<4>();
    assert_eq!(table.as_ref().err().map(at_of), broken);
    let kinds = if expected.is_empty() { 1 } else { 6 };
    for kind in [0, 1, 2, 3, 31, 300].into_iter().take(kinds) {
        let of_kind = |one: &&Naive| one.kind & NLA_TYPE_MASK == kind;
        match (expected.iter().find(of_kind), broken) {
            (Some(first), _) => {
                let found = attributes.find(kind).expect("no error before it");
                same(found.expect("found"), whole, first);
                assert_eq!(attributes.require(kind).map(Some), Ok(found));
            }
            (None, Some(at)) => {
                let error = attributes.find(kind).expect_err("a broken length");
                assert_eq!(at_of(&error), at);
                assert_eq!(attributes.require(kind), Err(error));
            }
            (None, None) => {
                assert_eq!(attributes.find(kind), Ok(None));
                let error = attributes.require(kind).expect_err("there is none");
                assert_eq!(error.attribute(), Some(kind));
            }
        }
        let Some(slot) = table
            .as_ref()
            .ok()
            .and_then(|table| table.get(usize::from(kind)))
        else {
            continue;
        };
        match (slot, expected.iter().rfind(of_kind)) {
            (Some(slot), Some(last)) => same(*slot, whole, last),
            (slot, last) => assert_eq!((slot, last), (&None, None)),
        }
    }
}

fn located(attributes: Attrs<'_>, whole: &[u8], part: Range<usize>, offset: usize) {
    let expected = naive::locate(whole, part, offset);
    let way = attributes.locate(u32::try_from(offset).expect("small"));
    let found: Vec<_> = way.collect();
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.into_iter().zip(&expected) {
        same(found, whole, expected);
    }
}

/// The header of a record, 7 bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, FromBytes, IntoBytes, Immutable, Unaligned)]
#[zerocopy(crate = "nlwire::zerocopy")]
#[repr(C)]
pub struct Hop {
    pub length: U16,
    pub rest: [u8; 5],
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

fn records(attribute: AttrRef<'_>, whole: &[u8], part: Range<usize>) {
    let (expected, broken) = naive::records(whole, part, 7);
    let mut records = attribute.records::<Hop>();
    for range in expected {
        let (record, attributes) = records.next().expect("a record").expect("a whole one");
        assert_same_place(record.as_bytes(), whole, &(range.start..range.start + 7));
        let inside = (range.start + 8).min(range.end)..range.end;
        assert_eq!(attributes.remaining(), &whole[inside.clone()]);
        row(attributes, whole, inside, DEPTH);
    }
    end(records.next(), broken);
    assert_eq!(records.next(), None, "goes on behind its end");
}

/// Asserts that an attribute is the one that the naive reader found.
fn same(attribute: AttrRef<'_>, whole: &[u8], expected: &Naive) {
    assert_same_place(attribute.bytes(), whole, &expected.value);
    assert_eq!(attribute.raw_kind(), expected.kind);
    assert_eq!(attribute.kind(), expected.kind & NLA_TYPE_MASK);
    let offset = usize::try_from(attribute.offset()).expect("small");
    assert_eq!(offset, expected.offset);
    // What the offset points at is the header.
    let length = u16::try_from(attribute.bytes().len() + 4).expect("16 bits");
    assert_eq!(naive::u16_at(whole, offset), length);
    assert_eq!(naive::u16_at(whole, offset + 2), attribute.raw_kind());
    assert_eq!(attribute.padded_len(), naive::round_up(usize::from(length)));
    again(attribute);
}

/// Asserts that an attribute is written as it was read.
fn again(attribute: AttrRef<'_>) {
    let mut buffer = vec![0xaa; attribute.padded_len()];
    let written = Writer::attributes(&mut buffer, |w| w.raw(attribute)).expect("it fits");
    let copy = written.into_iter().next().expect("one").expect("whole");
    assert_eq!(copy.raw_kind(), attribute.raw_kind());
    assert_eq!(copy.bytes(), attribute.bytes());
}

/// Asserts that `inner` is this part of `outer`, in memory.
fn assert_same_place(inner: &[u8], outer: &[u8], range: &Range<usize>) {
    let expected = &outer[range.clone()];
    assert_eq!(
        inner.as_ptr_range(),
        expected.as_ptr_range(),
        "another place"
    );
}

/// Asserts that a walk ends where the naive one does, with the same error.
fn end<T: std::fmt::Debug>(item: Option<Result<T, DecodeError>>, broken: Option<usize>) {
    match (item, broken) {
        (None, None) => {}
        (Some(Err(error)), Some(at)) => assert_eq!(at_of(&error), at),
        (item, broken) => panic!("ends with {item:?}, expected a fault at {broken:?}"),
    }
}

fn at_of(error: &DecodeError) -> usize {
    usize::try_from(error.offset()).expect("small")
}
