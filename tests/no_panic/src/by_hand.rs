//! Calls whose arguments are closures or type parameters, or whose types
//! cannot be made of bytes.

use core::hint::black_box;
use nlwire::codec::Chosen;
use nlwire::schema::MessageSchema;
use nlwire::{AttrRef, Attrs, Batch, Header, Writer};

use crate::sample::{ByName, Head, Sample, SampleAttr};
use crate::{Call, Source};

/// Names as `calls.py` asks for them.
pub const CALLS: &[(&str, Call)] = &[
    ("AttrRef::array", |s| {
        let a: AttrRef<'_> = s.make()?;
        let _ = black_box((
            a.array::<0>(),
            a.array::<1>(),
            a.array::<4>(),
            a.array::<33>(),
        ));
        Some(())
    }),
    ("AttrRef::view", |s| {
        let _ = black_box(AttrRef::view::<Head>(&s.make()?));
        Some(())
    }),
    ("AttrRef::zero_extended", |s| {
        black_box(AttrRef::zero_extended::<Head>(&s.make()?));
        Some(())
    }),
    ("AttrRef::slice", |s| {
        let _ = black_box(AttrRef::slice::<Head>(&s.make()?));
        Some(())
    }),
    ("AttrRef::records", |s| {
        for record in AttrRef::records::<Head>(&s.make()?) {
            let _ = black_box(record);
        }
        Some(())
    }),
    ("Attrs::table", |s| {
        let a: Attrs<'_> = s.make()?;
        let _ = black_box((a.table::<0>(), a.table::<1>(), a.table::<32>()));
        Some(())
    }),
    ("Attrs::typed", |s| {
        black_box(s.make::<Attrs<'_>>()?.typed::<Sample>());
        Some(())
    }),
    ("MessageSchema::new", |s| {
        let schema: MessageSchema = s.make()?;
        black_box((schema.attributes(), schema.attributes_of(&s.make()?)));
        Some(())
    }),
    ("MessageSchema::rest", |s| {
        let (message, kind) = (s.make()?, s.make()?);
        let schema = MessageSchema::rest::<Head>();
        black_box((
            schema.attributes_of(&message),
            schema.attributes().row(kind),
        ));
        Some(())
    }),
    ("MessageSchema::only", |s| {
        black_box(
            s.make::<MessageSchema>()?
                .only(|message, is_request| is_request && message.kind().0 == 1),
        );
        Some(())
    }),
    ("MessageRef::split", crate::generic::header::<Head>),
    (
        "MessageRef::split_zero_extended",
        crate::generic::header::<()>,
    ),
    ("Record", crate::generic::record::<Head>),
    ("Writer::message", crate::generic::header::<Head>),
    ("Writer::attributes", |s| {
        let (kind, value): (u16, u64) = (s.make()?, s.make()?);
        let _ = black_box(Writer::attributes(s.buffer, |w| {
            w.u64(kind, value)?.u64(kind, value)
        }));
        Some(())
    }),
    ("Writer::append", |s| {
        let (head, bytes): (Head, &[u8]) = (s.make()?, s.make()?);
        s.write(|w, _| {
            let _ = black_box(w.append(&head).and_then(|w| w.append(bytes)));
            Some(())
        });
        Some(())
    }),
    ("Writer::put", crate::generic::put::<Sample>),
    ("Writer::value", |s| {
        let (kind, head): (u16, Head) = (s.make()?, s.make()?);
        s.write(|w, _| {
            let _ = black_box(w.value(kind, &head));
            Some(())
        });
        Some(())
    }),
    ("Writer::put_with", |s| {
        let (kind, length, byte): (u16, usize, u8) = (s.make()?, s.make()?, s.make()?);
        s.write(|w, _| {
            let _ = black_box(w.put_with(kind, length, |slot| slot.fill(byte)));
            Some(())
        });
        Some(())
    }),
    ("Writer::nest", |s| {
        let (kind, bytes): (u16, &[u8]) = (s.make()?, s.make()?);
        s.write(|w, s| {
            let _ = black_box(w.nest(kind, |w| {
                w.bytes(kind, bytes)?.nest(kind, |w| w.bytes(kind, bytes))
            }));
            let error = s.make()?;
            let _ = black_box(w.nest(kind, |w| w.u8(kind, 1).and(Err(error))));
            Some(())
        });
        Some(())
    }),
    ("Writer::unmarked_nest", |s| {
        let (kind, bytes): (u16, &[u8]) = (s.make()?, s.make()?);
        s.write(|w, _| {
            let _ = black_box(w.unmarked_nest(kind, |w| w.bytes(kind, bytes)));
            Some(())
        });
        Some(())
    }),
    ("Writer::record", |s| {
        let (head, kind, bytes): (Head, u16, &[u8]) = (s.make()?, s.make()?, s.make()?);
        s.write(|w, _| {
            let _ = black_box(w.record(head, |w| w.bytes(kind, bytes)));
            Some(())
        });
        Some(())
    }),
    ("Writer::append_message", |s| {
        let (kind, flags, head): (_, _, Head) = (s.make()?, s.make()?, s.make()?);
        let bytes: &[u8] = s.make()?;
        s.write(|w, _| {
            let _ = black_box(w.append_message(kind, flags, &head, |w| w.bytes(1, bytes)));
            Some(())
        });
        Some(())
    }),
    ("write_into", |s| {
        let (kind, bytes): (u16, &[u8]) = (s.make()?, s.make()?);
        let mut target = heapless::Vec::<u8, 600>::new();
        for _ in 0..3 {
            let _ = black_box(nlwire::write_into(&mut target, |w| {
                w.bytes(kind, bytes)?.u8(kind, 1)
            }));
        }
        black_box(target.len());
        Some(())
    }),
    ("Chosen::encode", |s| {
        let (chosen, kind): (Chosen<'_, ByName>, u16) = (s.make()?, s.make()?);
        s.write(|w, _| {
            let _ = black_box(chosen.encode(kind, w));
            Some(())
        });
        Some(())
    }),
    ("Batch", batch),
    ("fields!", |s| {
        let fields = nlwire::fields!(s.make::<Attrs<'_>>()? => Sample { u32_field, text, nest, by_name, fixed });
        if let Ok(f) = black_box(fields) {
            let _ = black_box((f.u32_field, f.text, f.nest, f.by_name, f.fixed));
        }
        Some(())
    }),
    ("sets of one's own", crate::generic::set::<Sample>),
    ("an attribute that a set does not name", |s| {
        let attribute = SampleAttr::Other(s.make()?);
        s.write(|w, _| {
            let _ = black_box(w.put(attribute));
            Some(())
        });
        Some(())
    }),
    // The fault that the proof must find, and the one that must not build.
    #[cfg(feature = "inject-index")]
    ("slice[i]", |s| {
        let (bytes, index): (&[u8], u8) = (s.make()?, s.make()?);
        black_box(bytes[usize::from(index)]);
        Some(())
    }),
];

/// Each method of a batch, in the order that a program calls them.
fn batch(s: &mut Source<'_>) -> Option<()> {
    let (kind, flags, head): (_, _, Head) = (s.make()?, s.make()?, s.make()?);
    let (limit, bytes): (usize, &[u8]) = (s.make()?, s.make()?);
    let mut batch = Batch::new(s.buffer);
    batch = Batch::with_ack_limit(batch, limit);
    for _ in 0..3 {
        let _ = black_box(Batch::push(&mut batch, kind, flags, &head, |w| {
            w.bytes(1, bytes)
        }));
    }
    black_box((
        Batch::count(&batch),
        Batch::acks(&batch),
        Batch::as_bytes(&batch),
    ));
    black_box(Batch::as_mut_bytes(&mut batch));
    for message in Batch::messages(&batch) {
        let _ = black_box(message.map(|message| *message.header() == Header::default()));
    }
    Batch::clear(&mut batch);
    let _ = black_box(Batch::push(&mut batch, kind, flags, &(), |w| {
        w.bytes(1, bytes)
    }));
    Some(())
}
