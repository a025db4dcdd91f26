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

/// How the types of a level are called.
#[derive(Clone, Copy, Debug)]
enum Names {
    Unknown,
    Set(&'static Schema),
    /// Indices of nests of this set.
    Indices(&'static Schema),
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
        let covers =
            |attribute: &AttrRef<'_>| (attribute.offset()..attribute.end()).contains(&offset);
        let siblings = self.level;
        let names = self.names;
        let Some(found) = siblings.map_while(Result::ok).find(covers) else {
            (self.offset, self.missing) = (None, None);
            return None;
        };
        if found.offset() == offset {
            self.offset = None;
        }
        let row = names.row(found.kind());
        (self.level, self.names) = match names {
            Names::Indices(schema) => (found.nested(), Names::Set(schema)),
            _ => inside(found, row, siblings, offset),
        };
        Some(Step {
            kind: found.kind(),
            name: row.map(|row| row.name),
            offset: Some(found.offset()),
        })
    }
}

impl Names {
    fn row(self, kind: u16) -> Option<&'static Row> {
        match self {
            Self::Set(schema) => schema.row(kind),
            Self::Indices(_) | Self::Unknown => None,
        }
    }
}

impl From<Option<&'static Schema>> for Names {
    fn from(schema: Option<&'static Schema>) -> Self {
        schema.map_or(Self::Unknown, Self::Set)
    }
}

/// What is inside `attribute`, near `offset`.
fn inside<'a>(
    attribute: AttrRef<'a>,
    row: Option<&'static Row>,
    siblings: Attrs<'a>,
    offset: u32,
) -> (Attrs<'a>, Names) {
    let nested = attribute.nested();
    match row.map(|row| row.shape) {
        Some(Shape::Indexed(schema)) => (nested, Names::Indices(schema)),
        Some(Shape::Records(size, schema)) => (record_at(nested, size, offset), Names::Set(schema)),
        Some(shape) => (nested, shape.set(attribute, siblings).into()),
        None => (nested, Names::Unknown),
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
            Self::Nest(schema) => Some(schema),
            Self::Chosen(sibling, sets) => {
                let chosen = siblings.find(sibling).ok()??.text();
                let (_, schema) = sets.iter().find(|(name, _)| name.as_bytes() == chosen)?;
                Some(schema)
            }
            Self::ByFamily(sets) => {
                let (_, schema) = sets
                    .iter()
                    .find(|(family, _)| *family == attribute.family())?;
                Some(schema)
            }
            _ => None,
        }
    }
}

/// The attributes of the record around `offset`: behind a struct of `size`
/// bytes that begins with the record's length.
fn record_at(mut records: Attrs<'_>, size: usize, offset: u32) -> Attrs<'_> {
    while let [l0, l1, ..] = *records.remaining() {
        let length = u16::from_ne_bytes([l0, l1]);
        let end = records.offset().wrapping_add(u32::from(length));
        let length = usize::from(length);
        if length < size.max(4) {
            break;
        }
        if offset < end {
            let record = records.remaining().get(..length).unwrap_or_default();
            return records.with_bytes(after(record, align(size)), end);
        }
        records = records.skip_bytes(align(length));
    }
    records.skip_bytes(usize::MAX)
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
