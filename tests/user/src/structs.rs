//! A struct of a user's, by nlwire's zerocopy alone.

use ::nlwire::zerocopy::native_endian::{U16, U32};
use ::nlwire::zerocopy::{FromBytes, Immutable, IntoBytes, Unaligned};
use ::nlwire::{FixedHeader, Record};

/// A struct of the family's: its fixed header, a value, and a record.
#[derive(
    ::core::default::Default,
    ::core::clone::Clone,
    ::core::marker::Copy,
    ::core::fmt::Debug,
    ::core::cmp::PartialEq,
    FromBytes,
    IntoBytes,
    Immutable,
    Unaligned,
)]
#[zerocopy(crate = "::nlwire::zerocopy")]
#[repr(C)]
pub struct Head {
    /// The length of a record.
    pub length: U16,
    /// The family.
    pub family: ::core::primitive::u8,
    /// Padding.
    pub pad: ::core::primitive::u8,
    /// A number.
    pub number: U32,
}

impl Head {
    /// Describes one of no length.
    #[must_use]
    pub const fn new(family: ::core::primitive::u8, number: ::core::primitive::u32) -> Self {
        Self {
            length: U16::new(0),
            family,
            pad: 0,
            number: U32::new(number),
        }
    }
}

impl ::nlwire::schema::Described for Head {}

impl FixedHeader for Head {
    fn family(&self) -> ::core::primitive::u8 {
        self.family
    }
}

impl Record for Head {
    fn length(&self) -> ::core::primitive::u16 {
        self.length.get()
    }

    fn with_length(self, length: ::core::primitive::u16) -> Self {
        Self {
            length: U16::new(length),
            ..self
        }
    }
}
