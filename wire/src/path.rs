//! The way to an attribute of a request, in the names of its schema.

use core::fmt;
use core::iter::FusedIterator;

use crate::bytes::{after, align};
use crate::schema::{Row, Schema, Shape};
use crate::{AttrRef, Attrs};

/// The attributes around an offset, outermost first, each with its name; it
/// prints as `IFLA_LINKINFO > IFLA_INFO_KIND`.
///
/// Unlike [`Locate`](crate::Locate) it knows where nests are, also those that
/// hide in records or are chosen by a sibling, and it can end at an attribute
/// that is missing.
#[derive(Clone, Copy, Debug)]
pub struct Path<'a> {
    level: Attrs<'a>,
    names: Names,
    /// Where it leads, until it is there.
    offset: Option<u32>,
    /// The type of what is missing there.
    missing: Option<u16>,
}

/// What a level holds, and what it is called.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Names {
    Unknown,
    /// Attributes of this set.
    Set(&'static Schema),
    /// Indices of nests of this set.
    Indices(&'static Schema),
    /// Records: a struct of so many bytes, and attributes of this set.
    Records(usize, &'static Schema),
}

/// One attribute of a [`Path`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub struct Step {
    /// The attribute's type, without flag bits.
    pub kind: u16,
    /// Its C name, where the schema knows it.
    pub name: Option<&'static str>,
    /// Where it starts, in bytes from the request's `nlmsghdr`; `None` if it
    /// is missing.
    pub offset: Option<u32>,
}

impl<'a> Path<'a> {
    /// The way to what covers `offset`; an empty one without it.
    #[must_use]
    pub const fn new(
        attributes: Attrs<'a>,
        schema: Option<&'static Schema>,
        offset: Option<u32>,
    ) -> Self {
        Self {
            level: attributes,
            names: match schema {
                Some(schema) => Names::Set(schema),
                None => Names::Unknown,
            },
            offset,
            missing: None,
        }
    }

    /// The way to an attribute that the nest at offset `nest` lacks, or the
    /// message itself.
    pub(crate) fn missing(
        attributes: Attrs<'a>,
        schema: Option<&'static Schema>,
        kind: u32,
        nest: Option<u32>,
    ) -> Self {
        Self {
            missing: u16::try_from(kind).ok(),
            ..Self::new(attributes, schema, nest)
        }
    }

    /// Returns whether there is no step on it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let mut steps = *self;
        steps.next().is_none()
    }

    fn find(&mut self, offset: u32) -> Option<Step> {
        let (siblings, names) = match self.names {
            Names::Records(size, schema) => {
                (record_at(self.level, size, offset), Names::Set(schema))
            }
            names => (self.level, names),
        };
        let covers =
            |attribute: &AttrRef<'_>| (attribute.offset()..attribute.end()).contains(&offset);
        let Some(found) = siblings.map_while(Result::ok).find(covers) else {
            (self.offset, self.missing) = (None, None);
            return None;
        };
        if found.offset() == offset {
            self.offset = None;
        }
        (self.level, self.names) = names.inside(found, siblings);
        Some(Step {
            kind: found.kind(),
            name: names.row(found.kind()).map(|row| row.name),
            offset: Some(found.offset()),
        })
    }
}

impl Names {
    /// The row of an attribute on this level.
    pub(crate) fn row(self, kind: u16) -> Option<&'static Row> {
        match self {
            Self::Set(schema) => schema.row(kind),
            _ => None,
        }
    }

    /// The level inside an attribute of this one, which stands among `siblings`.
    pub(crate) fn inside<'a>(
        self,
        attribute: AttrRef<'a>,
        siblings: Attrs<'a>,
    ) -> (Attrs<'a>, Self) {
        let shape = self.row(attribute.kind()).map(|row| row.shape);
        let mut inside = attribute.nested();
        if let Some(Shape::Headed(size, _)) = shape {
            let family = attribute.bytes().first().copied().unwrap_or(0);
            inside = inside.skip_bytes(align(size)).with_family(family);
        }
        let names = match (self, shape) {
            (Self::Indices(schema), _) => Self::Set(schema),
            (_, Some(Shape::Indexed(schema))) => Self::Indices(schema()),
            (_, Some(Shape::Records(size, schema))) => Self::Records(size, schema()),
            (_, Some(shape)) => shape
                .set(attribute, siblings)
                .map_or(Self::Unknown, Self::Set),
            _ => Self::Unknown,
        };
        (inside, names)
    }
}

impl Shape {
    /// The set of a nest of this shape, where there is one and it is known.
    pub(crate) fn set(
        &self,
        attribute: AttrRef<'_>,
        siblings: Attrs<'_>,
    ) -> Option<&'static Schema> {
        match *self {
            Self::Nest(schema) | Self::Headed(_, schema) => Some(schema()),
            Self::Chosen(sibling, sets) => {
                let chosen = siblings.find_sibling(sibling).ok()??.text().as_bytes();
                let (_, schema) = sets.iter().find(|(name, _)| name.as_bytes() == chosen)?;
                Some(schema())
            }
            Self::Numbered(sibling, sets) => {
                let sibling = siblings.find_sibling(sibling).ok()??;
                let chosen = match sibling.bytes().len() {
                    1 => sibling.u8().map(u32::from),
                    2 => sibling.u16().map(u32::from),
                    _ => sibling.u32(),
                }
                .ok()?;
                let (_, schema) = sets.iter().find(|(number, _)| *number == chosen)?;
                Some(schema())
            }
            Self::ByFamily(sets) => {
                let (_, schema) = sets
                    .iter()
                    .find(|(family, _)| *family == attribute.family())?;
                Some(schema())
            }
            _ => None,
        }
    }
}

/// The attributes of the record around `offset`: behind a struct of `size`
/// bytes that begins with the record's length.
fn record_at(mut records: Attrs<'_>, size: usize, offset: u32) -> Attrs<'_> {
    while let Some((_, attributes, rest)) = split_record(records, size) {
        if offset < rest.offset() {
            return attributes;
        }
        records = rest;
    }
    records.skip_bytes(usize::MAX)
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

impl Iterator for Path<'_> {
    type Item = Step;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(offset) = self.offset {
            return self.find(offset);
        }
        let kind = self.missing.take()?;
        Some(Step {
            kind,
            name: self.names.row(kind).map(|row| row.name),
            offset: None,
        })
    }
}

impl FusedIterator for Path<'_> {}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut separator = "";
        for step in *self {
            f.write_str(separator)?;
            match step.name {
                Some(name) => f.write_str(name)?,
                None => write!(f, "{}", step.kind)?,
            }
            separator = " > ";
        }
        Ok(())
    }
}
