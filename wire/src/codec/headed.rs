//! Structs that kernels have extended, and structs with attributes behind them.

use core::fmt::{self, Debug};
use core::marker::PhantomData;

use crate::zerocopy::{FromBytes, Immutable, IntoBytes, Unaligned};

use super::{AttributeSet, Form, Set};
use crate::bytes::{align, copy, front};
use crate::schema::{Described, Header, Shape};
use crate::writer::Put;
use crate::{AttrRef, Attrs, DecodeError, FixedHeader, Writer};

/// A struct that has grown: older kernels send less of it than today's `T`,
/// newer ones more. See [`Struct`](super::Struct) for those that have not.
#[derive(Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Extensible<T>(PhantomData<T>);

/// The value of an [`Extensible`]: the bytes that were sent.
pub struct StructBytes<'a, T> {
    bytes: &'a [u8],
    kind: PhantomData<fn() -> T>,
}

impl<'a, T> StructBytes<'a, T> {
    pub(crate) const fn new(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            kind: PhantomData,
        }
    }

    /// Returns the bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &'a [u8] {
        self.bytes
    }
}

impl<'a, T: FromBytes + IntoBytes + Immutable + Unaligned> StructBytes<'a, T> {
    /// Copies the struct, filled with zeros where less was sent.
    #[must_use]
    pub fn get(&self) -> T {
        let mut value = T::new_zeroed();
        copy(self.bytes, value.as_mut_bytes());
        value
    }

    /// Borrows the struct, if all of it was sent.
    #[must_use]
    pub fn view(&self) -> Option<&'a T> {
        front::<T>(self.bytes).map(|(value, _)| value)
    }
}

impl<'a, T: IntoBytes + Immutable> From<&'a T> for StructBytes<'a, T> {
    fn from(value: &'a T) -> Self {
        Self {
            bytes: value.as_bytes(),
            kind: PhantomData,
        }
    }
}

impl<T> Clone for StructBytes<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for StructBytes<'_, T> {}

impl<T> PartialEq for StructBytes<'_, T> {
    fn eq(&self, other: &Self) -> bool {
        self.bytes == other.bytes
    }
}

impl<T> Eq for StructBytes<'_, T> {}

impl<T> Debug for StructBytes<'_, T>
where
    T: FromBytes + IntoBytes + Immutable + Unaligned + Debug,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.get().fmt(f)
    }
}

impl<T> Form for Extensible<T>
where
    T: FromBytes + IntoBytes + Immutable + Unaligned + Described + Debug + 'static,
{
    type Value<'a> = StructBytes<'a, T>;
    const SHAPE: Shape = T::SHAPE;

    super::field_is_value!();

    #[inline]
    fn decode<'a>(attribute: AttrRef<'a>, _: Attrs<'a>) -> Result<StructBytes<'a, T>, DecodeError> {
        Ok(StructBytes {
            bytes: attribute.bytes(),
            kind: PhantomData,
        })
    }

    #[inline]
    fn encode<'w, 'b>(
        value: &StructBytes<'_, T>,
        kind: u16,
        writer: &'w mut Writer<'b>,
    ) -> Put<'w, 'b> {
        writer.bytes(kind, value.bytes)
    }
}

/// A fixed header `T` and attributes of the set `S` behind it, as in a
/// message: a message inside of an attribute. To write one, put a nest that
/// begins with [`Writer::append`].
#[derive(Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Headed<T, S>(PhantomData<(T, S)>);

/// The value of a [`Headed`].
pub struct HeadedSet<'a, T, S> {
    attribute: AttrRef<'a>,
    types: PhantomData<fn() -> (T, S)>,
}

impl<'a, T: FixedHeader + 'a, S> HeadedSet<'a, T, S> {
    /// Borrows the header.
    ///
    /// # Errors
    /// [`DecodeErrorKind::TooShort`](crate::DecodeErrorKind::TooShort).
    pub fn header(&self) -> Result<&'a T, DecodeError> {
        self.attribute.view()
    }

    /// Returns the attributes behind the header, which know the family that it
    /// names; none if the value ends before them.
    #[must_use]
    pub fn set(&self) -> Set<'a, S> {
        let family = self.attribute.zero_extended::<T>().family();
        let attributes = self.attribute.nested().skip_bytes(align(size_of::<T>()));
        attributes.with_family(family).typed()
    }

    /// Returns the bytes of both.
    #[must_use]
    pub fn as_bytes(&self) -> &'a [u8] {
        self.attribute.bytes()
    }
}

impl<T, S> Clone for HeadedSet<'_, T, S> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T, S> Copy for HeadedSet<'_, T, S> {}

impl<T, S> PartialEq for HeadedSet<'_, T, S> {
    fn eq(&self, other: &Self) -> bool {
        self.attribute.bytes() == other.attribute.bytes()
    }
}

impl<T, S> Eq for HeadedSet<'_, T, S> {}

impl<'a, T: FixedHeader + Debug + 'a, S: AttributeSet> Debug for HeadedSet<'a, T, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("HeadedSet")
            .field(&self.header())
            .field(&self.set())
            .finish()
    }
}

impl<T: FixedHeader + Debug + 'static, S: AttributeSet> Form for Headed<T, S> {
    type Value<'a> = HeadedSet<'a, T, S>;
    const SHAPE: Shape = Shape::Headed(const { &Header::with_family::<T>() }, S::schema);

    super::field_is_value!();

    #[inline]
    fn decode<'a>(
        attribute: AttrRef<'a>,
        _: Attrs<'a>,
    ) -> Result<HeadedSet<'a, T, S>, DecodeError> {
        Ok(HeadedSet {
            attribute,
            types: PhantomData,
        })
    }

    #[inline]
    fn encode<'w, 'b>(
        value: &HeadedSet<'_, T, S>,
        kind: u16,
        writer: &'w mut Writer<'b>,
    ) -> Put<'w, 'b> {
        let flags = value.attribute.raw_kind() & !crate::NLA_TYPE_MASK;
        writer.bytes(kind | flags, value.as_bytes())
    }
}
