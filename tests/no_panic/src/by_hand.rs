//! Calls whose arguments are closures or type parameters, or whose types cannot
//! be read from bytes.

use core::hint::black_box;
use nlwire::codec::{Chosen, Form, Nested, Set};
use nlwire::request::Unwritten;

use nlwire::route::tc::{FilterAction, NewAction, TrafficKindSettings, TrafficSettings};
use nlwire::route::{Encapsulation, NewNextHop};
use nlwire::schema::{Header as HeaderSchema, MessageSchema, Protocol, Shape, TypeName};
use nlwire::text::Hex;
use nlwire::{
    AttrRef, Attrs, Batch, EncodeError, Errno, Flags, Header, MessageRef, MessageType, Next,
    Request, Room, Writer,
};

use crate::generic::{carry_out, item};
use crate::sample::{ByCase, ByName, Cased, Head, Sample, SampleAttr};
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
    ("MessageSchema::text", |s| {
        let schema = s.make::<MessageSchema>()?;
        let schema = schema.text(|payload, f| write!(f, "{}", Hex(payload)));
        black_box(schema.is_opaque());
        Some(())
    }),
    ("MessageSchema::headed", |s| {
        let schema = s.make::<MessageSchema>()?.headed::<Head>();
        black_box(schema.attributes_of(&s.make()?));
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
        let (kind, flags, head): (_, Flags, Head) = (s.make()?, s.make()?, s.make()?);
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
    ("Writer::append_command", |s| {
        let (command, version, flags): (_, _, Flags) = (s.make()?, s.make()?, s.make()?);
        let bytes: &[u8] = s.make()?;
        s.write(|w, _| {
            let _ = black_box(w.append_command(command, version, flags, |w| w.bytes(1, bytes)));
            Some(())
        });
        Some(())
    }),
    ("Writer::datagram", |s| {
        let (kind, flags, bytes): (_, Flags, &[u8]) = (s.make()?, s.make()?, s.make()?);
        let _ = black_box(Writer::datagram(s.buffer, |w| {
            w.append_message(kind, flags, &(), |w| w.bytes(1, bytes))
        }));
        Some(())
    }),
    ("Writer::append_answer", |s| {
        let (header, head): (&Header, Head) = (s.make()?, s.make()?);
        let bytes: &[u8] = s.make()?;
        s.write(|w, _| {
            let _ = black_box(w.append_answer(*header, &head, |w| w.bytes(1, bytes)));
            Some(())
        });
        Some(())
    }),
    ("Writer::fill", |s| {
        let (kind, from, bytes): (u16, (usize, usize), &[u8]) = (s.make()?, s.make()?, s.make()?);
        s.write(|w, _| {
            let _ = black_box(w.fill(bytes, from, |w, byte, inner| {
                w.nest(kind, |w| w.u8(kind, *byte)).map(|_| inner >> 1)
            }));
            Some(())
        });
        Some(())
    }),
    ("Writer::put_items", |s| {
        let items: [SampleAttr<'_>; 2] = [item::<Sample>(s)?, item::<Sample>(s)?];
        let more = s.make()?;
        s.write(|w, _| {
            let _ = black_box(w.put_items::<Sample>(if more { Some(&items) } else { None }));
            let _ = black_box(w.put_items::<Sample>(Some(&&items[..])));
            let _ = black_box(w.put(&items).map(|_| ()));
            let _ = black_box(w.put(items.as_slice()).map(|_| ()));
            Some(())
        });
        Some(())
    }),
    ("Nested as From", |s| {
        let items: [SampleAttr<'_>; 2] = [item::<Sample>(s)?, item::<Sample>(s)?];
        let (kind, set) = (s.make()?, s.make::<Set<'_, Sample>>()?);
        let nest: Nested<'_, Sample> = black_box((&items).into());
        black_box((nest == Nested::from(set), nest == nest, nest.set()));
        let chosen = Chosen::<'_, ByName>::from(&items);
        black_box((chosen == chosen, chosen.set()));
        s.write(|w, _| {
            let _ = black_box(w.put(SampleAttr::Nest(nest)).map(|_| ()));
            let _ = black_box(chosen.encode(kind, w).map(|_| ()));
            Some(())
        });
        Some(())
    }),
    ("Chosen::of_case", |s| {
        let (set, choice) = (s.make::<Set<'_, Sample>>()?, s.make()?);
        black_box(Chosen::<'_, ByName>::of_case::<Sample>(set, choice));
        let message: MessageRef<'_> = s.make()?;
        for (set, _) in message
            .attributes(0)
            .map_while(Result::ok)
            .filter_map(|attribute| {
                let chosen = ByCase::decode(attribute, message.attributes(0)).ok()?;
                Some((chosen.set()?, chosen))
            })
        {
            black_box(match set {
                Cased::Struct(bytes) => (bytes.get(), bytes.view().is_some()),
                Cased::Both(both) => (both.header(), both.set().iter().next().is_some()),
                Cased::Set(_) | Cased::Other(_) => return None,
            });
        }
        Some(())
    }),
    ("Header::of", |_| {
        black_box(HeaderSchema::of::<Head>());
        Some(())
    }),
    ("Header::with_family", |_| {
        black_box(HeaderSchema::with_family::<Head>());
        Some(())
    }),
    ("requests in a datagram", |s| {
        let changes: [&dyn Request; 3] = [
            &s.make::<nlwire::netfilter::NewTable<'_>>()?,
            &s.make::<nlwire::netfilter::NewElements<'_>>()?,
            &s.make::<MessageRef<'_>>()?,
        ];
        crate::generic::carry_out(&nlwire::netfilter::Transaction(&changes), s)
    }),
    ("Protocol::new", |s| {
        black_box(Protocol::new(s.make()?, "sample", s.make()?));
        Some(())
    }),
    ("Protocol::family", |s| {
        black_box(Protocol::family("sample", s.make()?));
        Some(())
    }),
    ("MessageSchema::command", |s| {
        black_box(MessageSchema::command(
            s.make()?,
            "SAMPLE",
            <Sample as nlwire::codec::AttributeSet>::schema,
        ));
        Some(())
    }),
    ("TypeName::new", |s| {
        black_box(TypeName::new(s.make()?, "SAMPLE"));
        Some(())
    }),
    ("Shape::row_of", |s| {
        black_box(Shape::row_of(&Shape::Bytes, s.make()?));
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
    ("TrafficKindSettings::of", |s| {
        let items: [SampleAttr<'_>; 2] = [item::<Sample>(s)?, item::<Sample>(s)?];
        settings(s, TrafficKindSettings::of("sample", &items))
    }),
    ("TrafficKindSettings::of_struct", |s| {
        let head: Head = s.make()?;
        settings(s, TrafficKindSettings::of_struct("sample", &head))
    }),
    ("TrafficKindSettings::and", |s| {
        let (head, items): (Head, [SampleAttr<'_>; 1]) = (s.make()?, [item::<Sample>(s)?]);
        let both = TrafficKindSettings::of_struct("sample", &head).and(&items);
        settings(s, both)
    }),
    ("Encapsulation::of", |s| {
        let items: [SampleAttr<'_>; 2] = [item::<Sample>(s)?, item::<Sample>(s)?];
        let encapsulation = Encapsulation::of(s.make()?, &items);
        carry_out(&NewNextHop::on(7, 7).encapsulation(encapsulation), s)
    }),
    ("FilterAction::of", |s| {
        let items: [SampleAttr<'_>; 2] = [item::<Sample>(s)?, item::<Sample>(s)?];
        let action = FilterAction::of("sample", &items);
        carry_out(&NewAction::new(action), s)
    }),
    ("Batch", batch),
    ("Forgiven::contains", |s| {
        let (family, index, errno) = (s.make()?, s.make()?, s.make()?);
        let mut batch = Batch::new(&mut *s.buffer);
        let _ = black_box(batch.push(&Member(family)));
        black_box(black_box(batch.split_mut().1).contains(index, errno));
        Some(())
    }),
    ("Unwritten::path", |s| {
        // A name of a link may hold a NUL, which cannot be written.
        let link: nlwire::route::NewLink<'_> = s.make()?;
        let (request, from, schema): (&dyn Request, _, _) = (&link, s.make()?, s.make()?);
        if let Some(unwritten) = Unwritten::of(black_box(request), from, s.buffer) {
            for step in unwritten.path(schema) {
                black_box(step);
            }
        }
        let (error, name): (EncodeError, &str) = (s.make()?, s.make()?);
        s.print(error.named(name));
        Some(())
    }),
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
];

/// Writes the parts of a traffic control object.
fn settings(s: &mut Source<'_>, settings: TrafficKindSettings<'_>) -> Option<()> {
    s.write(|w, _| {
        let _ = black_box(settings.put(w).map(|_| ()));
        Some(())
    });
    Some(())
}

/// Each method of a batch, in the order that a program calls them.
fn batch(s: &mut Source<'_>) -> Option<()> {
    let _ = black_box(Batch::packed(&mut [0; 64][..]));
    let (kind, flags, head): (_, Flags, Head) = (s.make()?, s.make()?, s.make()?);
    let (bytes, request): (&[u8], MessageRef<'_>) = (s.make()?, s.make()?);
    let families = [s.make()?, s.make()?];
    fill(
        Batch::new(&mut *s.buffer),
        kind,
        flags,
        &head,
        bytes,
        [&request, &Member(families[0])],
    );
    let room = heapless::Vec::<u8, 600>::new();
    fill(
        Batch::new(room),
        kind,
        flags,
        &head,
        bytes,
        [&request, &Member(families[1])],
    );
    Some(())
}

/// A request of an invented protocol.
struct Member(&'static Protocol);

impl Request for Member {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(self.0)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        w.append_command(1, 1, Flags::empty(), |w| w.u8(1, 1))?;
        Ok(Next::End)
    }

    fn forgives(&self) -> &'static [Errno] {
        &[Errno::ENOENT, Errno::ENODEV]
    }
}

fn fill<R: Room>(
    mut batch: Batch<R>,
    kind: MessageType,
    flags: Flags,
    head: &Head,
    bytes: &[u8],
    requests: [&dyn Request; 2],
) {
    for request in requests {
        let _ = black_box(batch.append_message(kind, flags, head, |w| w.bytes(1, bytes)));
        let _ = black_box(batch.push(request));
    }
    black_box((batch.count(), batch.protocol(), batch.as_bytes()));
    for family in batch.families() {
        black_box(family);
    }
    let _ = black_box(batch.resolve(|family| match family.number {
        0 => Err(()),
        number => Ok(MessageType(number.into())),
    }));
    black_box(batch.as_mut_bytes());
    let (index, errno) = (batch.count(), Errno(black_box(2)));
    black_box(batch.split_mut().1.contains(index, errno));
    for message in batch.messages() {
        let _ = black_box(message.map(|message| *message.header() == Header::default()));
    }
    batch.clear();
    let _ = black_box(batch.append_message(kind, flags, &(), |w| w.bytes(1, bytes)));
}
