//! Calls for whatever implements a trait of nlwire.

use core::hint::black_box;
use nlwire::codec::{AttributeSet, Encode, Form};
use nlwire::request::{Flush, Object};
use nlwire::{
    Attrs, EncodeError, FixedHeader, Flags, Items, MessageRef, MessageType, Next, Query, Record,
    Request, Writer,
};

use crate::Source;
use crate::make::Make;

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
                let _ = black_box(writer.put(black_box(Some(value))));
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

/// No attributes, for requests that keep a reference to some.
pub struct Nothing;

impl<S> Items<S> for Nothing {
    fn count(&self) -> usize {
        black_box(0)
    }

    fn put(&self, _: &mut Writer<'_>) -> Result<(), EncodeError> {
        Ok(())
    }
}

/// Reads an attribute of a set from bytes.
pub fn item<'a, S: AttributeSet>(s: &mut Source<'a>) -> Option<S::Attr<'a>> {
    s.make::<Attrs<'a>>()?
        .typed::<S>()
        .iter()
        .next()?
        .ok()?
        .1
        .ok()
}

/// Does with a request what a connection does.
pub fn carry_out(request: &dyn Request, s: &mut Source<'_>) -> Option<()> {
    let from: u64 = s.make()?;
    black_box((request.protocol(), request.forgives()));
    s.print(Object(request, from));
    s.write(|writer, _| {
        let mut place = from;
        for _ in 0..3 {
            match request.write(place, writer) {
                Ok(Next::More(next) | Next::Last(next) | Next::Then(next)) => place = next,
                Ok(Next::End) | Err(_) => break,
            }
        }
        Some(())
    });
    Some(())
}

pub fn request<'a, R: Request + Make<'a>>(s: &mut Source<'a>) -> Option<()> {
    let request: R = s.make()?;
    carry_out(&request, s)
}

/// Reads a row, and compares it with what was asked for.
pub fn query<'a, Q: Query + Make<'a>>(s: &mut Source<'a>) -> Option<()> {
    let query: Q = s.make()?;
    let message: MessageRef<'_> = s.make()?;
    let _ = black_box(query.matches(message));
    black_box(Q::row(message));
    Some(())
}

/// Deletes a row.
pub fn flush<Q: Flush>(s: &mut Source<'_>) -> Option<()> {
    let row = Q::row(s.make()?);
    if let Ok(Some(deletion)) = Q::deletion(&row) {
        let _ = carry_out(&deletion, s);
    }
    Some(())
}

/// Serialises a value for a format that keeps nothing.
pub fn serialize<'a, T: serde::Serialize + Make<'a>>(s: &mut Source<'a>) -> Option<()> {
    let value: T = s.make()?;
    let _ = black_box(value.serialize(crate::format::Format(s.make()?)));
    Some(())
}
