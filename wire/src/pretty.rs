//! Messages as trees, for eyes: names where a schema knows them, bytes where
//! none does, and whatever is left of input that is truncated or broken.
//!
//! ```
//! use nlwire::pretty::Pretty;
//! use nlwire::{Flags, Header, MessageType, Writer};
//!
//! let mut buffer = [0; 64];
//! let message = Writer::message(&mut buffer, MessageType(16), Flags::REQUEST, &(), |w| {
//!     w.u32_be(1, 0x01020304)?.nest(2, |w| w.str(1, "eth0"))
//! })?;
//! assert_eq!(
//!     Pretty::new(message.as_bytes(), None).to_string(),
//!     "\
//! length 40, type 16, flags request, sequence 0, port 0
//!   1: 01020304
//!   2:
//!     1: 6574683000
//! "
//! );
//! # Ok::<(), nlwire::EncodeError>(())
//! ```

use core::fmt::{self, Display, Formatter};

use crate::ack::Extended;
use crate::bytes::low32;
use crate::codec::{AddressBytes, AttributeSet as _};
use crate::path::{Names, split_record};
use crate::schema::{self, MessageSchema, Schema, Shape};
use crate::text::{Hardware, Hex, Ip, Quoted};
use crate::{
    AckFlags, AckRef, AttrRef, Attrs, ByteOrder, DecodeError, MessageRef, MessageType, Messages,
};

/// How deep nests are printed as such; what is deeper prints as bytes.
const DEPTH: usize = 16;

/// Prints a datagram: a line for each header, and its attributes indented
/// below it.
#[derive(Clone, Copy, Debug)]
pub struct Pretty<'a> {
    datagram: &'a [u8],
    protocol: Option<u8>,
}

impl<'a> Pretty<'a> {
    /// Prints `datagram`, whose attributes are named where the feature of its
    /// protocol's family is on.
    #[must_use]
    pub const fn new(datagram: &'a [u8], protocol: Option<u8>) -> Self {
        Self { datagram, protocol }
    }
}

impl Display for Pretty<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let mut messages = Messages::new(self.datagram);
        loop {
            let rest = messages.remaining();
            match messages.next() {
                None => return Ok(()),
                Some(Ok(message)) => write_message(f, message, self.protocol)?,
                Some(Err(error)) => writeln!(f, "{error}: {}", Hex(rest))?,
            }
        }
    }
}

fn write_message(
    f: &mut Formatter<'_>,
    message: MessageRef<'_>,
    protocol: Option<u8>,
) -> fmt::Result {
    let schema = protocol.and_then(|protocol| schema::of(protocol, &message));
    if let Some(schema) = schema.filter(|schema| !schema.name().is_empty()) {
        write!(f, "{} ", schema.name())?;
    }
    writeln!(f, "{}", message.header())?;
    let ends = matches!(message.kind(), MessageType::ERROR | MessageType::DONE);
    match (schema, AckRef::new(message)) {
        (None, Ok(ack)) if ends => write_ack(f, ack),
        (schema, _) => write_payload(f, message, schema),
    }
}

fn write_payload(
    f: &mut Formatter<'_>,
    message: MessageRef<'_>,
    schema: Option<&'static MessageSchema>,
) -> fmt::Result {
    let (attributes, names) = match schema {
        Some(schema) => {
            let header = message.payload().get(..schema.header_len());
            writeln!(f, "  header: {}", Hex(header.unwrap_or(message.payload())))?;
            if schema.is_opaque() {
                return write_rest(f, message, schema.header_len());
            }
            (
                schema.attributes_of(&message),
                Names::Set(schema.attributes()),
            )
        }
        None => (message.attributes(0), Names::Unknown),
    };
    // Without names nobody knows where the attributes start, or if there are
    // any: they are taken as such only if all of the bytes are.
    let is_known = schema.is_some_and(|schema| !schema.name().is_empty());
    if !is_known && attributes.into_iter().any(|attribute| attribute.is_err()) {
        return write_line(f, 0, Hex(attributes.remaining()));
    }
    write_tree(f, attributes, names)
}

/// Prints what follows the fixed header where that is not attributes.
fn write_rest(f: &mut Formatter<'_>, message: MessageRef<'_>, start: usize) -> fmt::Result {
    match message.payload().get(start..) {
        None | Some([]) => Ok(()),
        Some(rest) => write_line(f, 0, Hex(rest)),
    }
}

fn write_ack(f: &mut Formatter<'_>, ack: AckRef<'_>) -> fmt::Result {
    writeln!(f, "  code {}: {ack}", ack.code())?;
    if let Some(request) = ack.request() {
        writeln!(f, "  request: {request}")?;
    }
    let flags = AckFlags::from(ack.message().flags());
    if flags.contains(AckFlags::ACK_TLVS) {
        write_tree(f, ack.attributes(), Names::Set(Extended::schema()))?;
    }
    Ok(())
}

/// A level of the tree that is being printed.
#[derive(Clone, Copy)]
struct Level<'a> {
    rest: Attrs<'a>,
    /// All of the level, of which `rest` is left.
    siblings: Attrs<'a>,
    names: Names,
}

impl<'a> Level<'a> {
    const fn new((attributes, names): (Attrs<'a>, Names)) -> Self {
        Self {
            rest: attributes,
            siblings: attributes,
            names,
        }
    }
}

/// What the line that was printed leads to.
enum Line<'a> {
    Leaf,
    Nest(Level<'a>),
    /// There was nothing left on this level.
    End,
}

/// Prints attributes and their nests. The stack is an array, since input may
/// nest as deep as it likes.
fn write_tree(f: &mut Formatter<'_>, attributes: Attrs<'_>, names: Names) -> fmt::Result {
    let mut stack = [Level::new((attributes, names)); DEPTH];
    let mut depth = 0_usize;
    while let Some(level) = stack.get_mut(depth) {
        let line = match level.names {
            Names::Records(size, schema) => write_record(f, level, depth, size, schema)?,
            _ => write_attribute(f, level, depth)?,
        };
        match line {
            Line::Leaf => {}
            Line::End => match depth.checked_sub(1) {
                Some(above) => depth = above,
                None => break,
            },
            Line::Nest(inner) => {
                let below = depth.saturating_add(1);
                match stack.get_mut(below) {
                    Some(slot) => (*slot, depth) = (inner, below),
                    None => write_line(f, below, Hex(inner.rest.remaining()))?,
                }
            }
        }
    }
    Ok(())
}

fn write_attribute<'a>(
    f: &mut Formatter<'_>,
    level: &mut Level<'a>,
    depth: usize,
) -> Result<Line<'a>, fmt::Error> {
    let rest = level.rest.remaining();
    let attribute = match level.rest.next() {
        Some(Ok(attribute)) => attribute,
        Some(Err(error)) => return write_broken(f, depth, error, rest),
        None if rest.is_empty() => return Ok(Line::End),
        None => {
            // One to three bytes, which the kernel passes over as well.
            write_line(f, depth, Hex(rest))?;
            return Ok(Line::End);
        }
    };
    let row = level.names.row(attribute.kind());
    indent(f, depth)?;
    match row {
        Some(row) => write!(f, "{}:", row.name)?,
        None => write!(f, "{}:", attribute.kind())?,
    }
    let nests = match row {
        Some(row) => row.shape.nests(),
        None => matches!(level.names, Names::Indices(_)) || attribute.is_nested(),
    };
    if nests {
        if let Some(Shape::Headed(size, _)) = row.map(|row| row.shape) {
            let header = attribute.bytes().get(..size);
            write!(f, " {}", Hex(header.unwrap_or(attribute.bytes())))?;
        }
        writeln!(f)?;
        let inner = level.names.inside(attribute, level.siblings);
        return Ok(Line::Nest(Level::new(inner)));
    }
    if !attribute.bytes().is_empty() {
        write!(f, " ")?;
        write_value(f, attribute, row.map_or(Shape::Bytes, |row| row.shape))?;
    }
    writeln!(f)?;
    Ok(Line::Leaf)
}

fn write_record<'a>(
    f: &mut Formatter<'_>,
    level: &mut Level<'a>,
    depth: usize,
    size: usize,
    schema: &'static Schema,
) -> Result<Line<'a>, fmt::Error> {
    let bytes = level.rest.remaining();
    let Some((header, attributes, rest)) = split_record(level.rest, size) else {
        if !bytes.is_empty() {
            write_line(f, depth, Hex(bytes))?;
        }
        return Ok(Line::End);
    };
    level.rest = rest;
    write_line(f, depth, Hex(header))?;
    Ok(Line::Nest(Level::new((attributes, Names::Set(schema)))))
}

/// Prints where the walk ended, and all the bytes that it did not reach.
fn write_broken<'a>(
    f: &mut Formatter<'_>,
    depth: usize,
    error: DecodeError,
    rest: &[u8],
) -> Result<Line<'a>, fmt::Error> {
    indent(f, depth)?;
    writeln!(f, "{error}: {}", Hex(rest))?;
    Ok(Line::End)
}

/// Prints a value by its shape, and as bytes where it does not fit.
fn write_value(f: &mut Formatter<'_>, attribute: AttrRef<'_>, shape: Shape) -> fmt::Result {
    let bytes = attribute.bytes();
    match shape {
        Shape::Unsigned(order) => match unsigned(attribute, order) {
            Some(value) => write!(f, "{value}"),
            None => Hex(bytes).fmt(f),
        },
        Shape::Signed(order) => match unsigned(attribute, order) {
            Some(value) => write!(f, "{}", extend_sign(value, bytes.len())),
            None => Hex(bytes).fmt(f),
        },
        Shape::Str => match bytes {
            [text @ .., 0] | text => Quoted(text).fmt(f),
        },
        Shape::Hardware => Hardware(bytes).fmt(f),
        Shape::Ip | Shape::Address => match AddressBytes::of(attribute) {
            Some(ip) => Ip(ip).fmt(f),
            None => Hex(bytes).fmt(f),
        },
        Shape::Bitfield32 => match attribute.bitfield32() {
            Ok(value) => value.fmt(f),
            Err(_) => Hex(bytes).fmt(f),
        },
        _ => Hex(bytes).fmt(f),
    }
}

/// An integer of 1, 2, 4 or 8 bytes.
fn unsigned(attribute: AttrRef<'_>, order: Option<ByteOrder>) -> Option<u64> {
    let attribute = match order {
        Some(order) => attribute.with_order(order),
        None => attribute,
    };
    match attribute.bytes().len() {
        1 => attribute.u8().ok().map(u64::from),
        2 => attribute.u16().ok().map(u64::from),
        4 => attribute.u32().ok().map(u64::from),
        8 => attribute.u64().ok(),
        _ => None,
    }
}

/// Takes the top bit of a value of `length` bytes for its sign.
fn extend_sign(value: u64, length: usize) -> i64 {
    let unused = 64_u32.saturating_sub(low32(length).saturating_mul(8));
    value.unbounded_shl(unused).cast_signed() >> unused.min(63)
}

fn write_line(f: &mut Formatter<'_>, depth: usize, text: impl Display) -> fmt::Result {
    indent(f, depth)?;
    writeln!(f, "{text}")
}

fn indent(f: &mut Formatter<'_>, depth: usize) -> fmt::Result {
    (0..=depth).try_for_each(|_| f.write_str("  "))
}
