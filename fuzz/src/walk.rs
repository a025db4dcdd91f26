//! Walks over messages and attributes, compared with a naive reader.

use nlwire::codec::AttributeSet;
use nlwire::{Attrs, Messages, Path, Writer};

use crate::Seen;
use crate::common::{invariants, naive};
use crate::sample::Sample;

/// Any datagram.
pub fn messages(data: &[u8], seen: &mut Seen) {
    invariants::datagram(data);
    if let Some(error) = Messages::new(data).find_map(Result::err) {
        seen.note(error.kind());
        assert!(error.to_string().starts_with("message at byte "));
    }
}

/// Any block of attributes.
pub fn attributes(data: &[u8], seen: &mut Seen) {
    invariants::block(data);
    if let Some(error) = Attrs::new(data).find_map(Result::err) {
        seen.note(error.kind());
    }
    if let Err(error) = Attrs::new(data).require(1) {
        seen.note(error.kind());
    }
}

/// An offset, and attributes in which it is looked up.
pub fn table_locate(data: &[u8], _: &mut Seen) {
    let Some(([low, high], block)) = data.split_first_chunk() else {
        return;
    };
    let offset = u16::from_le_bytes([*low, *high]);
    let attributes = Attrs::new(block);
    let way: Vec<_> = attributes.locate(offset.into()).collect();
    let expected = naive::locate(block, 0..block.len(), offset.into());
    assert_eq!(way.len(), expected.len());
    for (found, expected) in way.iter().zip(&expected) {
        assert_eq!(found.bytes(), &block[expected.value.clone()]);
        assert_eq!(found.offset() as usize, expected.offset);
    }

    for schema in [None, Some(Sample::schema())] {
        let path = Path::new(attributes, schema, Some(offset.into()));
        let steps: Vec<_> = path.collect();
        assert_eq!(path.is_empty(), steps.is_empty());
        assert_eq!(path.to_string().is_empty(), steps.is_empty());
        assert_eq!(steps.is_empty(), way.is_empty());
        let mut above = None;
        for step in &steps {
            // Each is inside the one before, and at or before the offset.
            let at = step.offset.expect("it is there");
            assert!(above < Some(at) && at <= offset.into());
            assert_eq!(naive::u16_at(block, at as usize + 2) & 0x3fff, step.kind);
            above = Some(at);
        }
    }
    for (kind, slot) in attributes.table::<40>().into_iter().flatten().enumerate() {
        let (row, _) = naive::attributes(block, 0..block.len());
        let last = row
            .iter()
            .rfind(|one| usize::from(one.kind & 0x3fff) == kind);
        assert_eq!(
            slot.map(|one| one.offset() as usize),
            last.map(|one| one.offset)
        );
    }
}

/// A block that is written again, attribute by attribute.
pub fn differential(data: &[u8], _: &mut Seen) {
    let (row, _) = naive::attributes(data, 0..data.len());
    let mut expected = Vec::new();
    for one in &row {
        expected.extend(&data[one.offset..one.value.end]);
        expected.resize(naive::round_up(expected.len()), 0);
    }
    let mut buffer = vec![0xaa; expected.len()];
    let written = Writer::attributes(&mut buffer, |w| {
        for attribute in Attrs::new(data).map_while(Result::ok) {
            w.raw(attribute)?;
        }
        Ok(w)
    });
    assert_eq!(written.expect("it fits").remaining(), expected);
    // And nests by closure: the same, but that they are marked.
    let written = Writer::attributes(&mut buffer, |w| {
        for attribute in Attrs::new(data).map_while(Result::ok) {
            let inner = attribute.nested();
            let is_whole = inner
                .into_iter()
                .all(|one| one.is_ok_and(|one| one.bytes().len() % 4 == 0))
                && inner.remaining().len() % 4 == 0;
            if !is_whole {
                w.raw(attribute)?;
                continue;
            }
            w.unmarked_nest(attribute.raw_kind(), |w| {
                for one in inner.map_while(Result::ok) {
                    w.raw(one)?;
                }
                Ok(w)
            })?;
        }
        Ok(w)
    });
    assert_eq!(written.expect("it fits").remaining(), expected);
}
