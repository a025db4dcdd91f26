//! `serde::Serialize` by the schema, without an allocator.
//!
//! A set is a map from field names to values. An attribute that its set calls
//! repeated is an array; other repeats, and attributes that the set does not
//! name, are pairs of type and hexadecimal digits in `_more`. Numbers with a
//! name are that name, flags are an array of names. A message is a map of
//! `message` (its name, or its type), `flags`, `sequence`, `port`, `header` and
//! `attributes`.

use core::fmt::Display;

use serde::ser::{Serialize, SerializeMap as _, SerializeSeq as _, Serializer};

use crate::ack::Extended;
use crate::codec::{AttributeSet, Set};
use crate::pretty::Pretty;
use crate::schema::{Header, Notation, Shape, VerbFlags};
use crate::text::{Hardware, Hex, Ip, IpPort};
use crate::tree;
use crate::view::{Bits, DEPTH, Handle, Shown, Value, View};
use crate::walk::{Level, Names, split_record};
use crate::{AttrRef, Attrs, FixedHeader, MessageRef, Messages, Row, Text};

/// Text of a value.
struct Shortly<T>(T);

impl<T: Display> Serialize for Shortly<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl Serialize for Text<'_> {
    /// The string, in which invalid bytes are `\xNN` unless all is UTF-8.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.to_str() {
            Ok(text) => serializer.serialize_str(text),
            Err(_) => serializer.collect_str(self),
        }
    }
}

impl Serialize for Shown<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.view {
            View::Bytes(bytes) => serializer.collect_str(&Hex(bytes)),
            View::Unsigned(number) | View::Hex(number) => serializer.serialize_u64(number),
            View::Signed(number) => serializer.serialize_i64(number),
            View::Unit(number, _) => match i64::try_from(number) {
                Ok(number) => serializer.serialize_i64(number),
                Err(_) => serializer.serialize_u64(u64::try_from(number).unwrap_or(u64::MAX)),
            },
            View::Name(name) => serializer.serialize_str(name),
            View::Flags(bits) => bits.serialize(serializer),
            View::Handle(handle) => serializer.collect_str(&Handle(handle)),
            View::Present => serializer.serialize_bool(true),
            View::Text(text) => Text::raw(text).serialize(serializer),
            View::Hardware(bytes) => serializer.collect_str(&Hardware(bytes)),
            View::Ip(ip) => serializer.collect_str(&Ip(ip)),
            View::Socket(address) => serializer.collect_str(&IpPort(address)),
            View::Bitfield32(bits, notation) => {
                let mut map = serializer.serialize_map(Some(2))?;
                for (name, bits) in [("value", bits.value()), ("selector", bits.selector())] {
                    match notation {
                        Notation::Flags(names) => map.serialize_entry(
                            name,
                            &Bits {
                                bits: bits.into(),
                                names,
                            },
                        )?,
                        _ => map.serialize_entry(name, &bits)?,
                    }
                }
                map.end()
            }
            View::Struct(layout, array, value) => {
                let (fields, rest) = self.fields(layout, array, value);
                let mut map = serializer.serialize_map(None)?;
                for (name, field) in fields {
                    map.serialize_entry(name, &field)?;
                }
                if rest.iter().any(|&byte| byte != 0) {
                    map.serialize_entry("_rest", &Shortly(Hex(rest)))?;
                }
                map.end()
            }
            View::Array(element, size, value) => {
                let (elements, rest) = self.elements(element, size, value);
                let mut list = serializer.serialize_seq(None)?;
                for element in elements {
                    list.serialize_element(&element)?;
                }
                if !rest.is_empty() {
                    list.serialize_element(&Shortly(Hex(rest)))?;
                }
                list.end()
            }
            View::Secret(length) => {
                let mut map = serializer.serialize_map(Some(1))?;
                map.serialize_entry("secret_bytes", &length)?;
                map.end()
            }
        }
    }
}

impl Serialize for Bits {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(None)?;
        for name in self.names() {
            list.serialize_element(name)?;
        }
        match self.rest() {
            0 => {}
            rest => list.serialize_element(&rest)?,
        }
        list.end()
    }
}

impl Serialize for VerbFlags {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(None)?;
        let rest = self.names(|name| list.serialize_element(&Shortly(Lower(name))))?;
        match rest {
            0 => {}
            rest => list.serialize_element(&rest)?,
        }
        list.end()
    }
}

/// A name in lower case.
struct Lower(&'static str);

impl Display for Lower {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        crate::flags::write_lower(f, self.0)
    }
}

/// A level of attributes.
#[derive(Clone, Copy)]
struct Attributes<'a> {
    level: Level<'a>,
    secrets: bool,
    depth: usize,
}

impl<'a> Attributes<'a> {
    const fn new(attributes: Attrs<'a>, names: Names) -> Self {
        Self {
            level: Level::new(attributes, names),
            secrets: false,
            depth: 0,
        }
    }

    /// The value of an attribute. Calls go through few and small frames: a level
    /// of the input is one of the stack.
    fn value<'s>(&'s mut self, attribute: AttrRef<'a>) -> Attribute<'a, 's> {
        Attribute {
            shape: self.level.shape(attribute),
            set: self,
            attribute,
        }
    }

    fn shown(&self, shape: Shape, bytes: &'a [u8], attributes: Attrs<'a>) -> Shown<'a> {
        let value = Value {
            bytes,
            scope: attributes.scope(),
        };
        Shown::new(Some(shape), value, self.secrets)
    }

    fn inside(&self, level: Level<'a>) -> Self {
        Self {
            level,
            secrets: self.secrets,
            depth: self.depth.saturating_add(1),
        }
    }

    fn as_map<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut set = *self;
        let mut map = serializer.serialize_map(None)?;
        let mut named = Named::default();
        let mut is_whole = true;
        for attribute in self.level.rest {
            let Ok(attribute) = attribute else {
                is_whole = false;
                break;
            };
            match named.take(&self.level, attribute) {
                Taken::First(name, shape) if shape.is_many() => {
                    let repeated = Repeated {
                        set: &set,
                        kind: attribute.kind(),
                    };
                    map.serialize_entry(name, &repeated)?;
                }
                Taken::First(name, _) => {
                    map.serialize_entry(name, &set.value(attribute))?;
                }
                Taken::InArray => {}
                Taken::Unnamed => is_whole = false,
            }
        }
        if !is_whole {
            map.serialize_entry("_more", &More { level: &self.level })?;
        }
        map.end()
    }

    /// Pairs of index and value.
    fn as_pairs<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut set = *self;
        let mut list = serializer.serialize_seq(None)?;
        for attribute in self.level.rest.map_while(Result::ok) {
            list.serialize_element(&(attribute.kind(), set.value(attribute)))?;
        }
        list.end()
    }

    fn as_records<S: Serializer>(
        &self,
        serializer: S,
        header: &'static Header,
        names: Names,
    ) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(None)?;
        let mut rest = self.level.rest;
        while let Some((record, attributes, behind)) = split_record(rest, header.size) {
            rest = behind;
            list.serialize_element(&Headed {
                header: self.shown(header.shape, record, attributes),
                attributes: self.inside(self.level.below(attributes, names)),
            })?;
        }
        list.end()
    }
}

impl Serialize for Attributes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.depth >= DEPTH {
            return serializer.collect_str(&Hex(self.level.rest.remaining()));
        }
        match self.level.names {
            Names::Set(_) | Names::Unknown => self.as_map(serializer),
            Names::Indices(_) => self.as_pairs(serializer),
            Names::Records(header, schema) => {
                self.as_records(serializer, header, Names::Set(schema))
            }
        }
    }
}

/// The rows of a set that were met, each at its place in the table.
#[derive(Default)]
struct Named([u64; 8]);

enum Taken {
    /// Field and shape of an attribute that was not met before.
    First(&'static str, Shape),
    /// An attribute that is in the array of its first.
    InArray,
    /// Without a name, or with the name of another.
    Unnamed,
}

impl Named {
    fn take(&mut self, level: &Level<'_>, attribute: AttrRef<'_>) -> Taken {
        let Names::Set(schema) = level.names else {
            return Taken::Unnamed;
        };
        let rows = (0_usize..).zip(schema.rows());
        let mut rows = rows.filter(|(_, row)| row.kind == attribute.kind());
        let Some((place, row)) = rows.next() else {
            return Taken::Unnamed;
        };
        // Rows beyond the last bit are never named.
        let Some(word) = self.0.get_mut(place / 64) else {
            return Taken::Unnamed;
        };
        let bit = 1_u64.rotate_left(crate::bytes::low32(place % 64));
        let is_first = *word & bit == 0;
        *word |= bit;
        match (is_first, row.shape.is_many()) {
            (true, _) => Taken::First(row.field, row.shape),
            (false, true) => Taken::InArray,
            (false, false) => Taken::Unnamed,
        }
    }
}

/// Value of an attribute.
struct Attribute<'a, 's> {
    set: &'s Attributes<'a>,
    attribute: AttrRef<'a>,
    shape: Option<Shape>,
}

impl Serialize for Attribute<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Some(level) = tree::inside(&self.set.level, self.attribute, self.shape) else {
            return self.leaf(serializer);
        };
        match self.shape {
            Some(Shape::Headed(header, _)) => self.headed(serializer, header, level),
            _ => self.set.inside(level).serialize(serializer),
        }
    }
}

impl<'a> Attribute<'a, '_> {
    #[inline(never)]
    fn leaf<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let value = self.attribute.into();
        Shown::new(self.shape, value, self.set.secrets).serialize(serializer)
    }

    #[inline(never)]
    fn headed<S: Serializer>(
        &self,
        serializer: S,
        header: &'static Header,
        level: Level<'a>,
    ) -> Result<S::Ok, S::Error> {
        let bytes = self.attribute.bytes();
        let bytes = bytes.get(..header.size).unwrap_or(bytes);
        Headed {
            header: self.set.shown(header.shape, bytes, level.rest),
            attributes: self.set.inside(level),
        }
        .serialize(serializer)
    }
}

/// A struct and attributes behind it.
struct Headed<'a> {
    header: Shown<'a>,
    attributes: Attributes<'a>,
}

impl Serialize for Headed<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("header", &self.header)?;
        map.serialize_entry("attributes", &self.attributes)?;
        map.end()
    }
}

/// All attributes of one type.
struct Repeated<'a, 's> {
    set: &'s Attributes<'a>,
    kind: u16,
}

impl Serialize for Repeated<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut set = *self.set;
        let mut list = serializer.serialize_seq(None)?;
        let all = set.level.all().map_while(Result::ok);
        for attribute in all.filter(|attribute| attribute.kind() == self.kind) {
            list.serialize_element(&set.value(attribute))?;
        }
        list.end()
    }
}

/// Entries of a map without a field of their own.
struct More<'a, 's> {
    level: &'s Level<'a>,
}

impl Serialize for More<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(None)?;
        let mut named = Named::default();
        let mut walk = self.level.rest;
        loop {
            let rest = walk.remaining();
            match walk.next() {
                Some(Ok(attribute)) => {
                    if matches!(named.take(self.level, attribute), Taken::Unnamed) {
                        let bytes = Shortly(Hex(attribute.bytes()));
                        list.serialize_element(&(attribute.kind(), bytes))?;
                    }
                }
                Some(Err(error)) => {
                    list.serialize_element(&(Shortly(error), Shortly(Hex(rest))))?;
                }
                None => return list.end(),
            }
        }
    }
}

impl<S: AttributeSet> Serialize for Set<'_, S> {
    fn serialize<T: Serializer>(&self, serializer: T) -> Result<T::Ok, T::Error> {
        Attributes::new(self.attributes(), Names::Set(S::schema())).serialize(serializer)
    }
}

impl<H: FixedHeader, S: AttributeSet> Serialize for Row<'_, H, S> {
    fn serialize<T: Serializer>(&self, serializer: T) -> Result<T::Ok, T::Error> {
        let attributes = Attributes::new(self.attributes, Names::Set(S::schema()));
        Headed {
            header: attributes.shown(H::SHAPE, self.header.as_bytes(), self.attributes),
            attributes,
        }
        .serialize(serializer)
    }
}

impl Serialize for Pretty<'_> {
    /// An array of the messages.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(None)?;
        let mut messages = Messages::new(self.datagram());
        loop {
            let rest = messages.remaining();
            match messages.next() {
                Some(Ok(message)) => list.serialize_element(&Message {
                    pretty: self,
                    message,
                })?,
                Some(Err(error)) => {
                    list.serialize_element(&(Shortly(error), Shortly(Hex(rest))))?;
                }
                None => return list.end(),
            }
        }
    }
}

struct Message<'a, 'p> {
    pretty: &'p Pretty<'a>,
    message: MessageRef<'a>,
}

impl Serialize for Message<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { pretty, message } = self;
        let described = pretty.describe(*message);
        let mut map = serializer.serialize_map(None)?;
        match described.name {
            Some(name) => map.serialize_entry("message", name)?,
            None => map.serialize_entry("message", &message.kind().0)?,
        }
        let header = message.header();
        let flags = VerbFlags {
            flags: header.flags(),
            verb: described.verb,
        };
        map.serialize_entry("flags", &flags)?;
        map.serialize_entry("sequence", &header.sequence())?;
        map.serialize_entry("port", &header.port())?;
        if let Some(ack) = described.ack {
            map.serialize_entry("code", &ack.code())?;
            let names = Names::Set(Extended::schema());
            map.serialize_entry("attributes", &Attributes::new(ack.attributes(), names))?;
            return map.end();
        }
        let Some(schema) = described.schema else {
            map.serialize_entry("payload", &Shortly(Hex(message.payload())))?;
            return map.end();
        };
        let attributes = Attributes {
            level: pretty.level(*message, schema),
            secrets: pretty.shows_secrets(),
            depth: 0,
        };
        let payload = message.payload();
        if schema.header_len() > 0 {
            let bytes = payload.get(..schema.header_len()).unwrap_or(payload);
            let shown = attributes.shown(schema.header(), bytes, attributes.level.rest);
            map.serialize_entry("header", &shown)?;
        }
        if schema.is_opaque() {
            match schema.rest_of(message) {
                Some(rest) => map.serialize_entry("payload", &Shortly(rest))?,
                None => map.serialize_entry("payload", "")?,
            }
        } else {
            map.serialize_entry("attributes", &attributes)?;
        }
        map.end()
    }
}
