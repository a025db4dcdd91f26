//! Structs that end in an array of any length.

use core::fmt::{self, Debug};
use core::marker::PhantomData;

use crate::zerocopy::{FromBytes, Immutable, IntoBytes, Unaligned};

use super::Form;
use crate::bytes::{copy, front};
use crate::schema::{Described, Field, Shape};
use crate::value::Scope;
use crate::view::{Shown, Value};
use crate::writer::Put;
use crate::{AttrRef, Attrs, DecodeError, Writer};

/// Struct in front of C's flexible array member, such as `struct xfrm_algo`.
pub trait Flexible:
    FromBytes + IntoBytes + Immutable + Unaligned + Described + Debug + PartialEq + 'static
{
    /// Element of the array; [`SecretBytes<1>`](super::SecretBytes) for bytes that are not printed.
    type Element: FromBytes + IntoBytes + Immutable + Unaligned + Described + PartialEq + 'static;

    /// Name of the array in printed trees.
    const ARRAY: &'static str;
}

/// A struct `T` and the array behind it, which fills the rest of the value. The value is a
/// [`StructAndArray`].
///
/// ```
/// use nlwire::codec::{Flexible, SecretBytes, StructAndArray, WithArray};
/// use nlwire::zerocopy::native_endian::U32;
/// use nlwire::{Writer, attributes, structs};
///
/// structs! {
///     /// Cipher of a tunnel.
///     pub struct Cipher: 4 { key_bits: U32 }
/// }
/// impl Flexible for Cipher {
///     type Element = SecretBytes<1>;
///     const ARRAY: &'static str = "key";
/// }
/// attributes! {
///     pub set Tunnel, enum TunnelAttr { 1 TUN_A_CIPHER Cipher cipher: WithArray<Cipher> }
/// }
///
/// let cipher = Cipher { key_bits: 16.into() };
/// let mut buffer = [0; 64];
/// let block = Writer::attributes(&mut buffer, |w| {
///     w.put(TunnelAttr::Cipher(StructAndArray::of_bytes(&cipher, &[7, 7])))
/// })?;
/// assert_eq!(
///     format!("{:?}", block.typed::<Tunnel>()),
///     "{TUN_A_CIPHER: key_bits 16, key secret of 2 bytes}",
/// );
/// # Ok::<(), nlwire::EncodeError>(())
/// ```
#[derive(Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct WithArray<T>(PhantomData<T>);

/// The value of a [`WithArray`].
#[derive(PartialEq)]
pub struct StructAndArray<'a, T: Flexible> {
    /// Struct in front of the array.
    pub fixed: &'a T,
    /// Array, which may be empty.
    pub array: &'a [T::Element],
}

impl<'a, T: Flexible> StructAndArray<'a, T> {
    /// Joins a struct and an array.
    #[must_use]
    pub const fn new(fixed: &'a T, array: &'a [T::Element]) -> Self {
        Self { fixed, array }
    }

    /// Joins a struct and the bytes of an array, which is empty if the last element is not whole.
    #[must_use]
    pub fn of_bytes(fixed: &'a T, array: &'a [u8]) -> Self {
        Self::new(
            fixed,
            <[T::Element]>::ref_from_bytes(array).unwrap_or_default(),
        )
    }

    /// Shape of the array, as the last field of the struct.
    const ARRAY: Field = Field {
        name: T::ARRAY,
        offset: size_of::<T>(),
        size: usize::MAX,
        shape: Shape::row_of(&T::Element::SHAPE, size_of::<T::Element>()),
    };
}

impl<T: Flexible> Clone for StructAndArray<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Flexible> Copy for StructAndArray<'_, T> {}

impl<T: Flexible> Debug for StructAndArray<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = Value {
            bytes: self.array.as_bytes(),
            scope: Scope::NATIVE,
        };
        let array = Shown::new(Some(Self::ARRAY.shape), value, false);
        f.debug_struct("StructAndArray")
            .field("fixed", self.fixed)
            .field(T::ARRAY, &format_args!("{array}"))
            .finish()
    }
}

crate::__format!(for [T: Flexible] StructAndArray<'_, T>);

impl<T: Flexible> Form for WithArray<T> {
    type Value<'a> = StructAndArray<'a, T>;
    const SHAPE: Shape = Shape::Flexible(&T::SHAPE, const { &StructAndArray::<'_, T>::ARRAY });

    super::field_is_value!();

    /// Reads the struct and all whole elements behind it.
    fn decode<'a>(
        attribute: AttrRef<'a>,
        _: Attrs<'a>,
    ) -> Result<StructAndArray<'a, T>, DecodeError> {
        let fixed: &T = attribute.view()?;
        let rest = front::<T>(attribute.bytes()).map_or(&[][..], |(_, rest)| rest);
        let behind = rest.len().checked_rem(size_of::<T::Element>());
        let end = rest.len().saturating_sub(behind.unwrap_or_default());
        let array = rest.get(..end).unwrap_or_default();
        Ok(StructAndArray::of_bytes(fixed, array))
    }

    fn encode<'w, 'b>(
        value: &StructAndArray<'_, T>,
        kind: u16,
        writer: &'w mut Writer<'b>,
    ) -> Put<'w, 'b> {
        let (fixed, array) = (value.fixed.as_bytes(), value.array.as_bytes());
        let length = fixed.len().saturating_add(array.len());
        writer.put_with(kind, length, |slot| {
            copy(fixed, slot);
            copy(array, slot.get_mut(fixed.len()..).unwrap_or_default());
        })
    }
}
