//! Shapes: what a value is, and how it prints.

use super::{Schema, SchemaFn};
use crate::ByteOrder;

/// Meaning and notation of a value in an attribute, a struct's field or an array.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Shape {
    /// Bytes of no known meaning.
    Bytes,
    /// Integer of 1 to 8 bytes; without an order, in that of its set.
    Unsigned(Option<ByteOrder>, Notation),
    /// Signed integer of 1 to 8 bytes; without an order, in that of its set.
    Signed(Option<ByteOrder>, Notation),
    /// Attribute without a value, whose presence counts.
    Flag,
    /// String, with or without its NUL.
    Str,
    /// String that is filled with NULs up to the value's size.
    Padded,
    /// Name of a socket of `AF_UNIX`: a path with or without its NUL, or bytes
    /// behind a NUL.
    UnixName,
    /// Link-layer address.
    Hardware,
    /// IP address, by its size.
    Ip,
    /// Address of the family that the fixed header names.
    Address,
    /// The same in 16 bytes: an IPv4 address in the first four.
    WideAddress,
    /// Address behind its own family of 16 bits.
    FamilyAddress,
    /// IP address with a port: `struct sockaddr_in` or `struct sockaddr_in6`.
    SocketAddress,
    /// `struct nla_bitfield32`, whose bits print in this notation.
    Bitfield32(Notation),
    /// C struct.
    Struct(&'static Layout),
    /// C struct of this shape, and the array behind it, which takes the rest of the value.
    Flexible(&'static Shape, &'static Field),
    /// Elements of this shape and of this many bytes each.
    Array(&'static Shape, usize),
    /// Nest of attributes.
    Nest(SchemaFn),
    /// Nest of attributes of a set that a program has made, such as from a file.
    NestOf(&'static Schema),
    /// Nest whose attribute types are indices or other values, not names; each
    /// attribute has this shape.
    Indexed(&'static Shape),
    /// Records: structs that begin with their 16-bit length, and attributes
    /// behind each.
    Records(&'static Header, SchemaFn),
    /// Fixed header or other struct, and attributes behind it.
    Headed(&'static Header, SchemaFn),
    /// Value whose shape depends on something else.
    Choice(&'static Choice),
    /// Attribute that its set may hold several times; each has this shape.
    Many(&'static Shape),
    /// Value that prints its length only, unless asked for.
    Secret(&'static Shape),
    /// Two shapes: in reports, and in requests.
    Directed(&'static Shape, &'static Shape),
}

/// Notation of an integer.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Notation {
    /// Decimal digits.
    Decimal,
    /// Hexadecimal digits behind `0x`.
    Hex,
    /// A name for each number, and decimal digits for other numbers.
    Names(&'static [(i64, &'static str)]),
    /// Names of bits, joined by commas: mask, the mask's bits that must be set,
    /// and the name. Other bits follow in hexadecimal.
    Flags(&'static [(u64, u64, &'static str)]),
    /// Handle of traffic control: two halves in hexadecimal, `8001:1`.
    Handle,
    /// Label of MPLS, the upper 20 bits.
    Label,
    /// Decimal digits and a unit, such as `ms`.
    Unit(&'static str),
}

/// Fields of a C struct.
#[derive(Debug)]
pub struct Layout {
    /// Name of the Rust type.
    pub name: &'static str,
    /// Size in bytes.
    pub size: usize,
    /// Fields, in the order of their offsets.
    pub fields: &'static [Field],
}

/// Field of a [`Layout`].
#[derive(Debug)]
pub struct Field {
    /// Name of the Rust field.
    pub name: &'static str,
    /// Offset in bytes from the start of the struct.
    pub offset: usize,
    /// Size in bytes; that of a flexible array member is `usize::MAX`.
    pub size: usize,
    /// Meaning and notation.
    pub shape: Shape,
}

impl Field {
    /// Returns true if the field's name marks it as padding, which prints only if a bit is set.
    #[must_use]
    pub fn is_padding(&self) -> bool {
        self.name.starts_with("pad") || self.name.starts_with("reserved")
    }

    /// Returns true if the field's name marks it as the address family of the struct.
    #[must_use]
    pub fn is_family(&self) -> bool {
        self.name == "family"
    }
}

/// Struct in front of attributes.
#[derive(Debug)]
pub struct Header {
    /// Size in bytes, without padding.
    pub size: usize,
    /// Meaning and notation.
    pub shape: Shape,
    /// True if the first byte is the address family of the attributes.
    pub has_family: bool,
}

impl Header {
    /// Describes a `T`.
    #[must_use]
    pub const fn of<T: Described>() -> Self {
        Self {
            size: size_of::<T>(),
            shape: T::SHAPE,
            has_family: false,
        }
    }

    /// Describes a `T` that begins with the address family.
    #[must_use]
    pub const fn with_family<T: Described>() -> Self {
        let mut header = Self::of::<T>();
        header.has_family = true;
        header
    }
}

/// Shapes of a value that depends on something else.
#[derive(Debug)]
pub struct Choice {
    /// Selector, and the cases.
    pub by: By,
    /// Shape of the value where no case matches.
    pub otherwise: Shape,
}

/// The selector of a [`Choice`], and the cases.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum By {
    /// String that a sibling of this type holds.
    Text(Sibling, &'static [(&'static str, Shape)]),
    /// Number that a sibling of this type holds; without an order, in that of
    /// its set.
    Number(Sibling, Option<ByteOrder>, &'static [(u64, Shape)]),
    /// Address family that the fixed header names.
    Family(&'static [(u8, Shape)]),
    /// Size of the value: the smallest and the largest, in bytes.
    Size(&'static [(usize, usize, Shape)]),
    /// Number in the first bytes of the value, as many as said.
    Start(usize, &'static [(u64, Shape)]),
}

/// Place of a selector, with its attribute type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sibling {
    /// Beside the value.
    Beside(u16),
    /// Beside the nest that holds the value.
    Above(u16),
}

/// A type whose bytes the schema can print. [`structs!`](macro@crate::structs),
/// [`numbers!`](macro@crate::numbers) and [`flags!`](macro@crate::flags) implement it.
pub trait Described {
    /// Meaning and notation; bytes unless said otherwise.
    const SHAPE: Shape = Shape::Bytes;
}

impl Shape {
    /// Returns the shape with this byte order, if it is an integer's.
    #[must_use]
    pub const fn in_order(self, order: ByteOrder) -> Self {
        match self {
            Self::Unsigned(_, notation) => Self::Unsigned(Some(order), notation),
            Self::Signed(_, notation) => Self::Signed(Some(order), notation),
            other => other,
        }
    }

    /// Returns the shape of the same integer in the notation of `form`; where
    /// one of them is not an integer, `form` itself.
    #[must_use]
    pub const fn shown_as(self, form: Self) -> Self {
        match (self, form) {
            (Self::Unsigned(order, _), Self::Unsigned(_, notation) | Self::Signed(_, notation)) => {
                Self::Unsigned(order, notation)
            }
            (Self::Signed(order, _), Self::Unsigned(_, notation) | Self::Signed(_, notation)) => {
                Self::Signed(order, notation)
            }
            (Self::Bitfield32(_), Self::Unsigned(_, notation)) => Self::Bitfield32(notation),
            (_, form) => form,
        }
    }

    /// Returns the shape of elements in a row, each of `size` bytes; bytes in a
    /// row are bytes, and secret bytes in a row are one secret.
    #[must_use]
    pub const fn row_of(element: &'static Self, size: usize) -> Self {
        match element {
            Self::Unsigned(_, Notation::Decimal) if size == 1 => Self::Bytes,
            Self::Secret(_) if size == 1 => *element,
            _ => Self::Array(element, size),
        }
    }

    /// Returns true if an attribute of this shape can be repeated.
    #[must_use]
    pub const fn is_many(&self) -> bool {
        matches!(self, Self::Many(_))
    }
}

/// Notations that have no value type, for
/// [`structs!`](macro@crate::structs) and [`Shown`](crate::codec::Shown).
macro_rules! notations {
    ($($(#[$meta:meta])* $name:ident: $shape:expr;)*) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug)]
        #[cfg_attr(feature = "defmt", derive(defmt::Format))]
        pub struct $name;

        impl Described for $name {
            const SHAPE: Shape = $shape;
        }
    )*};
}

notations! {
    /// Hexadecimal digits, for masks and cookies.
    Hexadecimal: Shape::Unsigned(None, Notation::Hex);
    /// Handle of traffic control, such as `1:a`.
    TrafficHandle: Shape::Unsigned(None, Notation::Handle);
    /// String that is filled with NULs.
    PaddedText: Shape::Padded;
    /// Address of the header's family in 16 bytes: IPv4 in the first four.
    WideAddress: Shape::WideAddress;
    /// Time in seconds.
    Seconds: Shape::Unsigned(None, Notation::Unit("s"));
    /// Time in milliseconds.
    Milliseconds: Shape::Unsigned(None, Notation::Unit("ms"));
    /// Time in microseconds.
    Microseconds: Shape::Unsigned(None, Notation::Unit("us"));
    /// Time in nanoseconds.
    Nanoseconds: Shape::Unsigned(None, Notation::Unit("ns"));
    /// Time in ticks of the kernel's clock for user space, 100 a second.
    Ticks: Shape::Unsigned(None, Notation::Unit("ticks"));
}

macro_rules! described {
    ($($type:ty: $shape:expr;)*) => {$(
        impl Described for $type {
            const SHAPE: Shape = $shape;
        }
    )*};
}

described! {
    (): Shape::Bytes;
    u8: Shape::Unsigned(None, Notation::Decimal);
    i8: Shape::Signed(None, Notation::Decimal);
    crate::Bitfield32: Shape::Bitfield32(Notation::Hex);
}

impl<T: Described, const N: usize> Described for [T; N] {
    const SHAPE: Shape = Shape::row_of(&T::SHAPE, size_of::<T>());
}

/// Zerocopy's integers, in both orders.
macro_rules! integers {
    ($($name:ident $shape:ident)*) => {$(
        impl Described for ::zerocopy::$name<::zerocopy::BigEndian> {
            const SHAPE: Shape = Shape::$shape(Some(ByteOrder::Big), Notation::Decimal);
        }

        impl Described for ::zerocopy::$name<::zerocopy::LittleEndian> {
            const SHAPE: Shape = Shape::$shape(Some(ByteOrder::Little), Notation::Decimal);
        }
    )*};
}

integers! {
    U16 Unsigned
    U32 Unsigned
    U64 Unsigned
    I16 Signed
    I32 Signed
    I64 Signed
}
