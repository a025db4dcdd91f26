//! Calls for whatever implements a trait of nlwire.

use core::hint::black_box;
use nlwire::codec::{AttributeSet, Encode, Form};
use nlwire::{Attrs, FixedHeader, Flags, MessageRef, MessageType, Record, Writer};

use crate::Source;

/// Reads each attribute as typed.
pub fn set<S: AttributeSet>(s: &mut Source<'_>) -> Option<()> {
    black_box(S::schema());
    let attributes: Attrs<'_> = s.make()?;
    for item in attributes.typed::<S>().iter() {
        let _ = black_box(item);
    }
    Some(())
}

/// Reads each attribute as typed, and writes it again.
pub fn put<S>(s: &mut Source<'_>) -> Option<()>
where
    S: AttributeSet,
    for<'x> S::Attr<'x>: Encode,
{
    let attributes: Attrs<'_> = s.make()?;
    s.write(|writer, _| {
        for (_, value) in attributes.typed::<S>().iter().map_while(Result::ok) {
            if let Ok(value) = value {
                let _ = black_box(writer.put(value));
            }
        }
        Some(())
    });
    Some(())
}

/// Reads an attribute by its form, and writes it again.
pub fn form<F: Form>(s: &mut Source<'_>) -> Option<()> {
    black_box(F::SHAPE);
    let (attribute, siblings) = (s.make()?, s.make()?);
    let Ok(value) = black_box(F::decode(attribute, siblings)) else {
        return Some(());
    };
    s.write(|writer, s| {
        let _ = black_box(F::encode(&value, s.make()?, writer));
        Some(())
    });
    Some(())
}

pub fn header<T: FixedHeader>(s: &mut Source<'_>) -> Option<()> {
    let message: MessageRef<'_> = s.make()?;
    let _ = black_box(message.split::<T>().map(|(_, rest)| rest));
    let (header, rest) = message.split_zero_extended::<T>();
    black_box((header.family(), rest));
    let kind: MessageType = s.make()?;
    let flags: Flags = s.make()?;
    let value: u32 = s.make()?;
    let _ = black_box(Writer::message(s.buffer, kind, flags, &header, |w| {
        w.u32(1, value)
    }));
    Some(())
}

pub fn record<T: Record>(s: &mut Source<'_>) -> Option<()> {
    let attributes: Attrs<'_> = s.make()?;
    for record in attributes.find(1).ok()??.records::<T>() {
        let _ = black_box(record.map(|(record, attributes)| (record.length(), attributes)));
    }
    let (record, _) = T::read_from_prefix(s.bytes).ok()?;
    let (kind, value): (u16, u32) = (s.make()?, s.make()?);
    s.write(|writer, _| {
        let put = writer.nest(kind, |w| {
            w.record(record.with_length(kind), |w| w.u32(kind, value))
        });
        let _ = black_box(put);
        Some(())
    });
    Some(())
}
