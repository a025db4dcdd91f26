//! Each form of the codec: what is read and written reads the same.

use nlwire::codec::Nested;
use nlwire::{AttrRef, Attrs, ByteOrder, Writer, fields};

use crate::Seen;
use crate::common::naive;
use crate::sample::{self, Sample, SampleAttr};

/// Two bytes of byte order and family, and attributes of the sample set.
pub fn codec(data: &[u8], seen: &mut Seen) {
    let Some(([order, family], block)) = data.split_first_chunk() else {
        return;
    };
    let order = match order % 3 {
        0 => ByteOrder::Native,
        1 => ByteOrder::Big,
        _ => ByteOrder::Little,
    };
    let attributes = Attrs::new(block).with_order(order).with_family(*family);
    let (row, broken) = naive::attributes(block, 0..block.len());
    let mut walked = 0;
    for item in attributes.typed::<Sample>() {
        let Ok((raw, value)) = item else {
            assert_eq!(walked, row.len());
            continue;
        };
        walked += 1;
        if let Err(error) = raw.cstr() {
            seen.note(error.kind());
        }
        let value = match value {
            Ok(value) => value,
            Err(error) => {
                seen.note(error.kind());
                let is_choice = matches!(
                    raw.kind(),
                    sample::S_BY_NAME | sample::S_BY_NUMBER | sample::S_BY_CASE
                );
                if error.attribute() == Some(raw.kind()) && error.offset() == raw.offset() {
                    continue;
                }
                // A choice needs its sibling, before which the row is broken.
                assert!(is_choice && broken.is_some(), "{error}");
                continue;
            }
        };
        seen.note(value);
        again(value, order, *family, room(raw));
        nested(value, seen);
    }
    assert_eq!(walked, row.len());

    let named = fields!(attributes => Sample { u32_field, text, nest });
    if let Ok(named) = named {
        let last = row.iter().rfind(|one| one.kind & 0x3fff == sample::S_U32);
        assert_eq!(named.u32_field.is_some(), last.is_some());
        let _ = (named.text, named.nest);
    }
}

/// Bytes of a nest that was read.
fn nest(value: Nested<'_, Sample>) -> Option<&[u8]> {
    Some(value.set()?.attributes().remaining())
}

/// Bytes that a value of this attribute takes at most: short structs are filled
/// with zeros, and strings get their NUL.
fn room(raw: AttrRef<'_>) -> usize {
    raw.bytes().len() + 256
}

/// Written and read again, a value is what it was.
fn again(value: SampleAttr<'_>, order: ByteOrder, family: u8, room: usize) {
    let mut buffer = vec![0xaa; room];
    let written = Writer::attributes(&mut buffer, |w| w.order(order).put(value));
    let written = written
        .expect("it fits")
        .with_order(order)
        .with_family(family);
    let mut items = written.typed::<Sample>().into_iter();
    let (_, read) = items.next().expect("one").expect("whole");
    assert!(items.next().is_none());
    let read = read.expect("of its form");
    let same = match (value, read) {
        // These know where they stand, and a choice has lost its sibling.
        (SampleAttr::Nest(a), SampleAttr::Nest(b)) => nest(a) == nest(b),
        (SampleAttr::Indexed(a), SampleAttr::Indexed(b)) => a.as_bytes() == b.as_bytes(),
        (SampleAttr::Records(a), SampleAttr::Records(b)) => a.as_bytes() == b.as_bytes(),
        (SampleAttr::Headed(a), SampleAttr::Headed(b)) => a.as_bytes() == b.as_bytes(),
        (SampleAttr::Other(a), SampleAttr::Other(b)) => {
            a.bytes() == b.bytes() && a.raw_kind() == b.raw_kind()
        }
        (SampleAttr::ByName(_), SampleAttr::ByName(_))
        | (SampleAttr::ByNumber(_), SampleAttr::ByNumber(_))
        | (SampleAttr::ByCase(_), SampleAttr::ByCase(_))
        | (SampleAttr::ByFamily(_), SampleAttr::ByFamily(_)) => true,
        (a, b) => format!("{a:?}") == format!("{b:?}"),
    };
    assert!(same, "{value:?} reads as {read:?}");
    // And the same bytes.
    let first = written.remaining().to_vec();
    let mut buffer = vec![0x55; room];
    let second = Writer::attributes(&mut buffer, |w| w.order(order).put(read));
    assert_eq!(second.expect("it fits").remaining(), first);
}

/// Reads all inside of a value.
fn nested(value: SampleAttr<'_>, seen: &mut Seen) {
    match value {
        SampleAttr::Nest(set) => {
            for item in set.set().into_iter().flatten() {
                let _ = item.map(|(_, value)| value.map_err(|error| seen.note(error.kind())));
            }
        }
        SampleAttr::Indexed(sets) => {
            let (row, broken) = naive::attributes(sets.as_bytes(), 0..sets.as_bytes().len());
            let found: Vec<_> = sets.iter().collect();
            assert_eq!(found.len(), row.len() + usize::from(broken.is_some()));
        }
        SampleAttr::Records(records) => {
            let bytes = records.as_bytes();
            let (row, broken) = naive::records(bytes, 0..bytes.len(), 5);
            let found: Vec<_> = records.iter().collect();
            assert_eq!(found.len(), row.len() + usize::from(broken.is_some()));
            if let Some(Err(error)) = found.last() {
                seen.note(error.kind());
            }
        }
        SampleAttr::Headed(headed) => {
            let enough = headed.as_bytes().len() >= 5;
            assert_eq!(headed.header().is_ok(), enough);
            let inside = headed.as_bytes().get(8..).unwrap_or_default();
            assert_eq!(headed.set().attributes().remaining(), inside);
        }
        SampleAttr::Extensible(bytes) => {
            assert_eq!(bytes.view().is_some(), bytes.as_bytes().len() >= 5);
            let whole = bytes.get();
            assert!(bytes.view().is_none_or(|view| *view == whole));
        }
        _ => {}
    }
}
