//! Names and shapes of the attributes of messages.
//!
//! [`attributes!`](crate::attributes) makes a [`Schema`] of each set. Paths
//! of refused attributes and printed trees take their names from it. Decoding
//! needs the names of the set only, for errors: a program that prints nothing
//! links no shapes.

mod message;
mod names;
mod shape;

pub(crate) use message::CommandHeader;
pub use message::{MessageSchema, Protocol, WriteText};
pub use names::{TypeName, Verb, VerbFlags};
pub use shape::{
    By, Choice, Described, Field, Header, Hexadecimal, Layout, Microseconds, Milliseconds,
    Nanoseconds, Notation, PaddedText, Seconds, Shape, Sibling, Ticks, TrafficHandle, WideAddress,
};

/// Attributes of one set.
#[derive(Debug)]
pub struct Schema {
    /// Name of the set.
    pub name: &'static str,
    /// Names of the attributes, in the order of their declaration.
    pub names: &'static [AttributeName],
    /// Meanings and notations of the values, in the same order.
    pub shapes: &'static [Shape],
}

impl Schema {
    /// Returns the rows, in the order of their declaration.
    pub fn rows(&self) -> impl Iterator<Item = Row> + Clone + use<> {
        let rows = self.names.iter().zip(self.shapes);
        rows.map(|(name, shape)| Row {
            kind: name.kind,
            name: name.name,
            field: name.field,
            shape: *shape,
        })
    }

    /// Returns the row of this attribute type, without flag bits.
    #[must_use]
    pub fn row(&self, kind: u16) -> Option<Row> {
        self.rows().find(|row| row.kind == kind)
    }
}

/// Returns a schema. Sets may hold each other, so that a shape cannot refer to
/// the schema itself.
pub type SchemaFn = fn() -> &'static Schema;

/// Names of an attribute.
#[derive(Clone, Copy, Debug)]
pub struct AttributeName {
    /// Attribute type.
    pub kind: u16,
    /// C name, such as `IFLA_MTU`.
    pub name: &'static str,
    /// Name of the Rust field, such as `mtu`.
    pub field: &'static str,
}

/// Attribute of a [`Schema`].
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// Attribute type.
    pub kind: u16,
    /// C name, such as `IFLA_MTU`.
    pub name: &'static str,
    /// Name of the Rust field, such as `mtu`.
    pub field: &'static str,
    /// Meaning and notation of the value.
    pub shape: Shape,
}

/// Set of attributes without a description.
#[doc(hidden)]
#[must_use]
pub fn unnamed() -> &'static Schema {
    static UNNAMED: Schema = Schema {
        name: "",
        names: &[],
        shapes: &[],
    };
    &UNNAMED
}
