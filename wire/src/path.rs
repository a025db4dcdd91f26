//! The way to an attribute of a request, in the names of its schema.

use core::fmt;
use core::iter::FusedIterator;

use crate::schema::Schema;
use crate::walk::{Level, Names, split_record};
use crate::{AttrRef, Attrs};

/// The attributes around an offset, outermost first, each with its name; it
/// prints as `IFLA_LINKINFO > IFLA_INFO_KIND`.
///
/// Unlike [`Locate`](crate::Locate) it knows where nests are, also those that
/// hide in records or are chosen by a sibling, and it can end at an attribute
/// that is missing.
#[derive(Clone, Copy, Debug)]
pub struct Path<'a> {
    level: Level<'a>,
    /// Offset of the attribute to find, until it is found.
    offset: Option<u32>,
    /// The type of what is missing there.
    missing: Option<u16>,
}

/// Attribute of a [`Path`].
///
/// ```
/// use nlwire::{AckRef, MessageRef, schema::MessageSchema};
///
/// /// Prints each attribute around the refused one, outermost first.
/// fn print(refusal: AckRef<'_>, request: MessageRef<'_>, schema: &'static MessageSchema) {
///     for step in refusal.path(request, Some(schema)) {
///         println!("{step:?}");
///     }
/// }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub struct Step {
    /// The attribute's type, without flag bits.
    pub kind: u16,
    /// C name, if the schema has the attribute.
    pub name: Option<&'static str>,
    /// Offset in bytes from the request's `nlmsghdr`; `None` if it
    /// is missing.
    pub offset: Option<u32>,
}

impl<'a> Path<'a> {
    /// Finds the attributes that cover `offset`. Without an offset the path is
    /// empty.
    ///
    /// ```
    /// # #[cfg(feature = "route")] {
    /// use nlwire::codec::AttributeSet as _;
    /// use nlwire::route::Link;
    /// use nlwire::{Path, Writer};
    ///
    /// let mut buffer = [0; 64];
    /// let attributes = Writer::attributes(&mut buffer, |w| w.nest(18, |w| w.str(1, "vlan")))?;
    /// // An acknowledgement says: byte 4, which is in the nest.
    /// let path = Path::new(attributes, Some(Link::schema()), Some(4));
    /// assert_eq!(path.to_string(), "IFLA_LINKINFO > IFLA_INFO_KIND");
    /// # }
    /// # Ok::<(), nlwire::EncodeError>(())
    /// ```
    #[must_use]
    pub const fn new(
        attributes: Attrs<'a>,
        schema: Option<&'static Schema>,
        offset: Option<u32>,
    ) -> Self {
        let names = match schema {
            Some(schema) => Names::Set(schema),
            None => Names::Unknown,
        };
        Self {
            level: Level::new(attributes, names).of_request(true),
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

    /// Returns true if the path has no steps.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let mut steps = *self;
        steps.next().is_none()
    }

    fn find(&mut self, offset: u32) -> Option<Step> {
        if let Names::Records(header, schema) = self.level.names {
            let record = record_at(self.level.all(), header.size, offset);
            self.level = self.level.below(record, Names::Set(schema));
            // What is missing is missing in the record, which has no name.
            if self.missing.is_some() && offset < record.offset() {
                self.offset = None;
                return self.next();
            }
        }
        let covers =
            |attribute: &AttrRef<'_>| (attribute.offset()..attribute.end()).contains(&offset);
        let attributes = self.level.all();
        let Some(found) = attributes.map_while(Result::ok).find(covers) else {
            (self.offset, self.missing) = (None, None);
            return None;
        };
        if found.offset() == offset {
            self.offset = None;
        }
        let name = self.level.row(found.kind()).map(|row| row.name);
        let shape = self.level.shape(found);
        let inside = self.level.inside(found, shape);
        // Where nobody knows better, the offset decides if there is a nest.
        self.level = inside.unwrap_or_else(|| self.level.below(found.nested(), Names::Unknown));
        Some(Step {
            kind: found.kind(),
            name,
            offset: Some(found.offset()),
        })
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

impl Iterator for Path<'_> {
    type Item = Step;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(offset) = self.offset {
            return self.find(offset);
        }
        let kind = self.missing.take()?;
        Some(Step {
            kind,
            name: self.level.row(kind).map(|row| row.name),
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
