//! Forms: what the value of an attribute can be.

use core::fmt::Debug;
use core::marker::PhantomData;
use core::net::IpAddr;

use crate::zerocopy::{FromBytes, Immutable, IntoBytes, Unaligned};

use crate::schema::{Described, Notation, Shape};
use crate::writer::Put;
use crate::{AttrRef, Attrs, Bitfield32, ByteOrder, DecodeError, Writer};

/// Type of an attribute's value, which says how it is read and written: the last
/// column of a row of [`attributes!`](crate::attributes).
///
/// Implement it for a type of your own where none of these fits. A value is at
/// most 24 bytes; larger ones are references.
pub trait Form: 'static {
    /// Value that the enum of a set holds, and that is written.
    type Value<'a>: Copy + Debug + PartialEq;

    /// Value that [`fields!`](crate::fields) gives; the same, except for forms
    /// whose values can be written in more ways than they are read.
    type Field<'a>: Copy + Debug + PartialEq;

    /// Meaning and notation, for paths and printed trees.
    const SHAPE: Shape;

    /// Reads the value of `attribute`, which stands among `siblings`.
    ///
    /// # Errors
    /// An error that names the attribute and its offset.
    fn decode<'a>(
        attribute: AttrRef<'a>,
        siblings: Attrs<'a>,
    ) -> Result<Self::Value<'a>, DecodeError>;

    /// Reads the value of `attribute` for [`fields!`](crate::fields).
    ///
    /// # Errors
    /// The errors of [`decode`](Self::decode).
    fn field<'a>(
        attribute: AttrRef<'a>,
        siblings: Attrs<'a>,
    ) -> Result<Self::Field<'a>, DecodeError>;

    /// Puts the value as an attribute of this type.
    ///
    /// ```
    /// use nlwire::Writer;
    /// use nlwire::codec::{Be, Form};
    ///
    /// let mut buffer = [0; 16];
    /// let block = Writer::attributes(&mut buffer, |w| <Be<u16> as Form>::encode(&4789, 15, w))?;
    /// assert_eq!(block.remaining()[4..6], [0x12, 0xb5]);
    /// # Ok::<(), nlwire::EncodeError>(())
    /// ```
    ///
    /// # Errors
    /// The errors of the writer.
    fn encode<'w, 'b>(
        value: &Self::Value<'_>,
        kind: u16,
        writer: &'w mut Writer<'b>,
    ) -> Put<'w, 'b>;
}

/// The part of a [`Form`] whose field is its value.
macro_rules! field_is_value {
    () => {
        type Field<'a> = Self::Value<'a>;

        #[inline]
        fn field<'a>(
            attribute: $crate::AttrRef<'a>,
            siblings: $crate::Attrs<'a>,
        ) -> ::core::result::Result<Self::Field<'a>, $crate::DecodeError> {
            Self::decode(attribute, siblings)
        }
    };
}

pub(crate) use field_is_value;

/// A form that is one getter and one put.
macro_rules! form {
    ($(@$param:ident: $bound:ident;)? $form:ty => $value:ty, $shape:expr,
     |$attribute:ident| $decode:expr, |$writer:ident, $kind:ident, $v:ident| $encode:expr) => {
        impl $(<$param: $bound>)? Form for $form {
            type Value<'a> = $value;
            const SHAPE: Shape = $shape;

            $crate::codec::field_is_value!();

            #[inline]
            fn decode<'a>(
                $attribute: AttrRef<'a>,
                _: Attrs<'a>,
            ) -> Result<Self::Value<'a>, DecodeError> {
                $decode
            }

            // A constant variant leaves one put (62 instructions a route, not 392).
            #[inline(always)]
            fn encode<'w, 'b>(
                $v: &Self::Value<'_>,
                $kind: u16,
                $writer: &'w mut Writer<'b>,
            ) -> Put<'w, 'b> {
                $encode
            }
        }
    };
}

pub(super) use form;

/// Integer in network order.
#[derive(Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Be<T>(PhantomData<T>);

/// Integer in little-endian order.
#[derive(Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Le<T>(PhantomData<T>);

/// A wrapper of an integer, which is in network order where the integer is.
pub trait Number:
    for<'a> Form<Value<'a> = Self, Field<'a> = Self> + Copy + Debug + PartialEq
{
    /// The integer.
    type Int;

    /// Returns the integer.
    fn int(self) -> Self::Int;
}

impl<T: Number> Form for Be<T>
where
    Be<T::Int>: for<'a> Form<Value<'a> = T::Int>,
{
    type Value<'a> = T;
    const SHAPE: Shape = T::SHAPE.in_order(ByteOrder::Big);

    field_is_value!();

    #[inline]
    fn decode<'a>(attribute: AttrRef<'a>, siblings: Attrs<'a>) -> Result<T, DecodeError> {
        T::decode(attribute.with_order(ByteOrder::Big), siblings)
    }

    #[inline]
    fn encode<'w, 'b>(value: &T, kind: u16, writer: &'w mut Writer<'b>) -> Put<'w, 'b> {
        <Be<T::Int> as Form>::encode(&value.int(), kind, writer)
    }
}

/// The three orders of each integer.
macro_rules! integer_forms {
    ($($name:ident $name_be:ident $name_le:ident $shape:ident)*) => {$(
        form!($name => $name, Shape::$shape(None, Notation::Decimal),
            |attribute| attribute.$name(), |w, kind, value| w.$name(kind, *value));
        form!(Be<$name> => $name, Shape::$shape(Some(ByteOrder::Big), Notation::Decimal),
            |attribute| attribute.$name_be(), |w, kind, value| w.$name_be(kind, *value));
        form!(Le<$name> => $name, Shape::$shape(Some(ByteOrder::Little), Notation::Decimal),
            |attribute| attribute.$name_le(), |w, kind, value| w.$name_le(kind, *value));
    )*};
}

integer_forms! {
    u8 u8_be u8_le Unsigned
    u16 u16_be u16_le Unsigned
    u32 u32_be u32_le Unsigned
    u64 u64_be u64_le Unsigned
    i8 i8_be i8_le Signed
    i16 i16_be i16_le Signed
    i32 i32_be i32_le Signed
    i64 i64_be i64_le Signed
}

/// Unsigned integer of 4 or 8 bytes (`NLA_UINT`).
#[derive(Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Uint(());
form!(Uint => u64, Shape::Unsigned(None, Notation::Decimal),
    |attribute| attribute.uint(), |w, kind, value| w.uint(kind, *value));

/// Signed integer of 4 or 8 bytes (`NLA_SINT`).
#[derive(Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Sint(());
form!(Sint => i64, Shape::Signed(None, Notation::Decimal),
    |attribute| attribute.sint(), |w, kind, value| w.sint(kind, *value));

/// Flag: an attribute that is present or absent, without a value (`NLA_FLAG`).
#[derive(Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Flag(());
form!(Flag => bool, Shape::Flag,
    |attribute| attribute.flag(), |w, kind, value| w.flag(kind, *value));

/// UTF-8 string, read with or without its NUL and written with it.
#[derive(Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Str(());
form!(Str => &'a str, Shape::Str,
    |attribute| attribute.str(), |w, kind, value| w.str(kind, value));

/// Flag that reports send as a byte, and requests as an attribute that is there
/// or not: `IFLA_VXLAN_TTL_INHERIT`.
#[derive(Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct ByteFlag(());
form!(ByteFlag => bool,
    Shape::Directed(&Shape::Unsigned(None, Notation::Decimal), &Shape::Flag),
    |attribute| Ok(attribute.bytes().is_empty() || attribute.u8()? != 0),
    |w, kind, value| w.flag(kind, *value));

/// 8-bit integer that some reports send as 16 bits: `IFLA_PORT_REQUEST`.
#[derive(Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct WideByte(());
form!(WideByte => u8, Shape::Unsigned(None, Notation::Decimal),
    |attribute| match attribute.u16().map(u8::try_from) {
        Ok(Ok(byte)) => Ok(byte),
        _ => attribute.u8(),
    },
    |w, kind, value| w.u8(kind, *value));

/// Text that a user chooses, such as a name, in any encoding: read with or without its NUL and
/// written with it. The value is a [`nlwire::Text`](crate::Text).
#[derive(Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Text(());
form!(Text => crate::Text<'a>, Shape::Str,
    |attribute| Ok(attribute.text()), |w, kind, value| w.text(kind, *value));

/// A [`Text`] that is written without its NUL, such as `IFLA_IFALIAS`.
#[derive(Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct UnterminatedText(());
form!(UnterminatedText => crate::Text<'a>, Shape::Str,
    |attribute| Ok(attribute.text()), |w, kind, value| w.bytes(kind, value.as_bytes()));

/// Bytes of any number and meaning.
#[derive(Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Bytes(());
form!(Bytes => &'a [u8], Shape::Bytes,
    |attribute| Ok(attribute.bytes()), |w, kind, value| w.bytes(kind, value));

/// MAC address: 6 bytes for Ethernet, other sizes for other hardware.
#[derive(Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Hardware(());
form!(Hardware => &'a [u8], Shape::Hardware,
    |attribute| Ok(attribute.bytes()), |w, kind, value| w.bytes(kind, value));

/// Exactly `N` bytes.
#[derive(Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct ByteArray<const N: usize>(());

impl<const N: usize> Form for ByteArray<N> {
    type Value<'a> = &'a [u8; N];
    const SHAPE: Shape = Shape::Bytes;

    field_is_value!();

    #[inline]
    fn decode<'a>(attribute: AttrRef<'a>, _: Attrs<'a>) -> Result<&'a [u8; N], DecodeError> {
        attribute.array()
    }

    #[inline]
    fn encode<'w, 'b>(value: &&[u8; N], kind: u16, writer: &'w mut Writer<'b>) -> Put<'w, 'b> {
        writer.bytes(kind, *value)
    }
}

/// IP address, IPv4 or IPv6 according to its size.
#[derive(Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Ip(());
form!(Ip => IpAddr, Shape::Ip,
    |attribute| attribute.ip(), |w, kind, value| w.ip(kind, *value));

form!(Bitfield32 => Bitfield32, Shape::Bitfield32(Notation::Hex),
    |attribute| attribute.bitfield32(), |w, kind, value| w.bitfield32(kind, *value));

/// A struct in place; what a newer kernel appends is left out.
#[derive(Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Struct<T>(PhantomData<T>);

impl<T> Form for Struct<T>
where
    T: FromBytes + IntoBytes + Immutable + Unaligned + Described + Debug + PartialEq + 'static,
{
    type Value<'a> = &'a T;
    const SHAPE: Shape = T::SHAPE;

    field_is_value!();

    #[inline]
    fn decode<'a>(attribute: AttrRef<'a>, _: Attrs<'a>) -> Result<&'a T, DecodeError> {
        attribute.view()
    }

    #[inline]
    fn encode<'w, 'b>(value: &&T, kind: u16, writer: &'w mut Writer<'b>) -> Put<'w, 'b> {
        writer.value(kind, *value)
    }
}

/// Elements of one size in a row.
#[derive(Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Array<T>(PhantomData<T>);

impl<T> Form for Array<T>
where
    T: FromBytes + IntoBytes + Immutable + Unaligned + Described + Debug + PartialEq + 'static,
{
    type Value<'a> = &'a [T];
    const SHAPE: Shape = Shape::row_of(&T::SHAPE, size_of::<T>());

    field_is_value!();

    #[inline]
    fn decode<'a>(attribute: AttrRef<'a>, _: Attrs<'a>) -> Result<&'a [T], DecodeError> {
        attribute.slice()
    }

    #[inline]
    fn encode<'w, 'b>(value: &&[T], kind: u16, writer: &'w mut Writer<'b>) -> Put<'w, 'b> {
        writer.value(kind, *value)
    }
}

impl Described for Ip {
    const SHAPE: Shape = <Self as Form>::SHAPE;
}

impl Described for Hardware {
    const SHAPE: Shape = <Self as Form>::SHAPE;
}
