//! The walk that trees, paths, `Debug` and serialisation share: levels of
//! attributes, and what each attribute is by the schema.

use crate::bytes::{after, align};
use crate::schema::{By, Choice, Header, Row, Schema, Shape, Sibling};
use crate::view::{DEPTH, Value};
use crate::{AttrRef, Attrs, ByteOrder};

/// Meaning of the attribute types on a level.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Names {
    Unknown,
    /// Attributes of this set.
    Set(&'static Schema),
    /// Indices of values of this shape.
    Indices(&'static Shape),
    /// Structs, each with attributes of this set.
    Records(&'static Header, &'static Schema),
}

/// A level of attributes, partly walked.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Level<'a> {
    /// Attributes of the level that are left.
    pub(crate) rest: Attrs<'a>,
    /// All of it.
    siblings: Attrs<'a>,
    /// All of the level above.
    above: Attrs<'a>,
    pub(crate) names: Names,
    /// Requests have other shapes than reports in places.
    is_request: bool,
    selectors: Selectors,
}

/// The selectors of choices that were looked for: each once, since a level may
/// hold thousands of choices and no selector.
#[derive(Clone, Copy, Debug, Default)]
struct Selectors {
    known: [Option<(Sibling, Option<u32>)>; 4],
}

impl<'a> Level<'a> {
    pub(crate) const fn new(attributes: Attrs<'a>, names: Names) -> Self {
        Self {
            rest: attributes,
            siblings: attributes,
            above: Attrs::new(&[]),
            names,
            is_request: false,
            selectors: Selectors { known: [None; 4] },
        }
    }

    pub(crate) const fn of_request(mut self, is_request: bool) -> Self {
        self.is_request = is_request;
        self
    }

    /// All attributes of the level.
    pub(crate) const fn all(&self) -> Attrs<'a> {
        self.siblings
    }

    /// Row of an attribute on this level.
    pub(crate) fn row(&self, kind: u16) -> Option<Row> {
        match self.names {
            Names::Set(schema) => schema.row(kind),
            _ => None,
        }
    }

    /// Returns the shape of the attribute, with its choices resolved.
    pub(crate) fn shape(&mut self, attribute: AttrRef<'a>) -> Option<Shape> {
        let mut shape = match self.names {
            Names::Set(schema) => schema.row(attribute.kind())?.shape,
            Names::Indices(shape) => *shape,
            Names::Unknown | Names::Records(..) => return None,
        };
        // Choices within choices do not go deep.
        for _ in 0..DEPTH {
            shape = match shape {
                Shape::Many(inner) => *inner,
                Shape::Directed(report, request) => match self.is_request {
                    true => *request,
                    false => *report,
                },
                Shape::Choice(choice) => self.choose(choice, attribute),
                decided => return Some(decided),
            };
        }
        None
    }

    fn choose(&mut self, choice: &'static Choice, attribute: AttrRef<'a>) -> Shape {
        let case = match choice.by {
            By::Text(place, cases) => self.selector(place).and_then(|selector| {
                let text = selector.text().as_bytes();
                let mut cases = cases.iter();
                cases.find_map(|(name, shape)| (name.as_bytes() == text).then_some(*shape))
            }),
            By::Number(place, order, cases) => self.selector(place).and_then(|selector| {
                let number = unsigned(selector, order)?;
                let mut cases = cases.iter();
                cases.find_map(|(case, shape)| (*case == number).then_some(*shape))
            }),
            By::Family(cases) => cases
                .iter()
                .find_map(|(family, shape)| (*family == attribute.family()).then_some(*shape)),
            By::Size(cases) => {
                let size = attribute.bytes().len();
                let mut cases = cases.iter();
                cases.find_map(|(min, max, shape)| (*min <= size && size <= *max).then_some(*shape))
            }
            By::Start(length, cases) => Value::from(attribute).start(length).and_then(|number| {
                let mut cases = cases.iter();
                cases.find_map(|(case, shape)| (*case == number).then_some(*shape))
            }),
        };
        case.unwrap_or(choice.otherwise)
    }

    /// The attribute that selects, looked for once.
    fn selector(&mut self, place: Sibling) -> Option<AttrRef<'a>> {
        let (level, kind) = match place {
            Sibling::Beside(kind) => (self.siblings, kind),
            Sibling::Above(kind) => (self.above, kind),
        };
        let slots = self.selectors.known.iter_mut();
        for slot in slots {
            match slot {
                Some((known, offset)) if *known == place => {
                    let skipped = offset.as_ref()?.wrapping_sub(level.offset());
                    let mut from = level.skip_bytes(usize::try_from(skipped).ok()?);
                    return from.next()?.ok();
                }
                Some(_) => {}
                None => {
                    let found = level.find_sibling(kind).ok().flatten();
                    *slot = Some((place, found.map(|found| found.offset())));
                    return found;
                }
            }
        }
        None
    }

    /// The level inside an attribute of this shape, if there is one; without a
    /// shape the mark of nests decides.
    pub(crate) fn inside(&self, attribute: AttrRef<'a>, shape: Option<Shape>) -> Option<Self> {
        let mut inside = attribute.nested();
        let names = match shape? {
            Shape::Nest(schema) => Names::Set(schema()),
            Shape::NestOf(schema) => Names::Set(schema),
            Shape::Indexed(element) => Names::Indices(element),
            Shape::Records(header, schema) => Names::Records(header, schema()),
            Shape::Headed(header, schema) => {
                inside = inside.skip_bytes(align(header.size));
                if header.has_family {
                    let family = attribute.bytes().first().copied();
                    inside = inside.with_family(family.unwrap_or(0));
                }
                Names::Set(schema())
            }
            _ => return None,
        };
        Some(self.below(inside, names))
    }

    /// A level below this one.
    pub(crate) fn below(&self, attributes: Attrs<'a>, names: Names) -> Self {
        let mut below = Self::new(attributes, names).of_request(self.is_request);
        // Elements of arrays and records stand where their array does.
        below.above = match self.names {
            Names::Indices(_) | Names::Records(..) => self.above,
            _ => self.siblings,
        };
        below
    }
}

/// An integer of 1, 2, 4 or 8 bytes.
pub(crate) fn unsigned(attribute: AttrRef<'_>, order: Option<ByteOrder>) -> Option<u64> {
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

/// Parts the first record into its struct of `size` bytes, which begins with
/// the length of the record, and its attributes; the rest follows.
pub(crate) fn split_record<'a>(
    records: Attrs<'a>,
    size: usize,
) -> Option<(&'a [u8], Attrs<'a>, Attrs<'a>)> {
    let bytes = records.remaining();
    let length = u16::from_ne_bytes(*bytes.first_chunk()?);
    let record = bytes.get(..usize::from(length))?;
    let header = record.get(..size)?;
    let end = records.offset().wrapping_add(u32::from(length));
    let attributes = records.with_bytes(after(record, align(size)), end);
    // A length of 0 would never end.
    let rest = records.skip_bytes(align(record.len().max(1)));
    Some((header, attributes, rest))
}
