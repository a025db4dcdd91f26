//! Names and shapes of the attributes of messages.
//!
//! [`attributes!`](crate::attributes) makes a [`Schema`] of each set. Paths
//! of refused attributes and printed trees take their names from it; decoding
//! does not need it.

mod message;
mod names;
mod shape;

pub(crate) use message::CommandHeader;
pub use message::{MessageSchema, Protocol};
pub use names::{TypeName, Verb, VerbFlags};
pub use shape::{
    By, Choice, Described, Field, Header, Hexadecimal, Layout, Microseconds, Milliseconds,
    Nanoseconds, Notation, PaddedText, Seconds, Shape, Sibling, Ticks, TrafficHandle, WideAddress,
};

/// The attributes of one set.
#[derive(Debug)]
pub struct Schema {
    /// The name of the set.
    pub name: &'static str,
    /// Attributes of the set, in the order of their declaration.
    pub rows: &'static [Row],
}

impl Schema {
    /// Returns the row of this attribute type, without flag bits.
    #[must_use]
    pub fn row(&self, kind: u16) -> Option<&'static Row> {
        self.rows.iter().find(|row| row.kind == kind)
    }
}

/// Returns a schema. Sets may hold each other, so that a shape cannot refer to
/// the schema itself.
pub type SchemaFn = fn() -> &'static Schema;

/// Attribute of a [`Schema`].
#[derive(Debug)]
pub struct Row {
    /// The attribute type.
    pub kind: u16,
    /// The C name, such as `IFLA_MTU`.
    pub name: &'static str,
    /// Name of the Rust field, such as `mtu`.
    pub field: &'static str,
    /// Meaning and notation of the value.
    pub shape: Shape,
}

/// The set of attributes that nobody has described.
#[doc(hidden)]
#[must_use]
pub fn unnamed() -> &'static Schema {
    static UNNAMED: Schema = Schema {
        name: "",
        rows: &[],
    };
    &UNNAMED
}
