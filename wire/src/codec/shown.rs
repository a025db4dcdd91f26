//! Forms that change the notation of a value or its number of occurrences.

use core::fmt::{self, Debug};
use core::marker::PhantomData;

use super::Form;
use crate::schema::{Described, Shape};
use crate::writer::Put;
use crate::zerocopy::{FromBytes, Immutable, IntoBytes, Unaligned};
use crate::{AttrRef, Attrs, DecodeError, Writer};

/// An integer of the form `F` that prints as `D` does:
/// `Shown<u32, Milliseconds>`.
#[derive(Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Shown<F, D>(PhantomData<(F, D)>);

impl<F: Form, D: Described + 'static> Form for Shown<F, D> {
    type Value<'a> = F::Value<'a>;
    type Field<'a> = F::Field<'a>;
    const SHAPE: Shape = F::SHAPE.shown_as(D::SHAPE);

    #[inline]
    fn decode<'a>(
        attribute: AttrRef<'a>,
        siblings: Attrs<'a>,
    ) -> Result<Self::Value<'a>, DecodeError> {
        F::decode(attribute, siblings)
    }

    #[inline]
    fn field<'a>(
        attribute: AttrRef<'a>,
        siblings: Attrs<'a>,
    ) -> Result<Self::Field<'a>, DecodeError> {
        F::field(attribute, siblings)
    }

    #[inline]
    fn encode<'w, 'b>(
        value: &Self::Value<'_>,
        kind: u16,
        writer: &'w mut Writer<'b>,
    ) -> Put<'w, 'b> {
        F::encode(value, kind, writer)
    }
}

/// Secret value of the form `F`, such as a key, that stays out of logs.
///
/// Trees, `Debug` and serialisation print its length only;
/// [`Pretty::with_secrets`](crate::pretty::Pretty::with_secrets) prints it.
///
/// ```
/// use nlwire::codec::{ByteArray, Hidden, Secret};
/// use nlwire::{Writer, attributes, fields};
///
/// attributes! {
///     pub set Device, enum DeviceAttr { 3 WGDEVICE_A_PRIVATE_KEY Key key: Secret<ByteArray<32>> }
/// }
///
/// let mut buffer = [0; 64];
/// let block = Writer::attributes(&mut buffer, |w| w.put(DeviceAttr::Key(Hidden(&[7; 32]))))?;
/// assert_eq!(format!("{:?}", block.typed::<Device>()), "{WGDEVICE_A_PRIVATE_KEY: secret of 32 bytes}");
/// let key = fields!(block => Device { key })?.key;
/// assert_eq!(key.map(|key| key.0), Some(&[7; 32]));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Secret<F>(PhantomData<F>);

/// The value of a [`Secret`]; its `Debug` does not print it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Hidden<V>(pub V);

impl<V> Debug for Hidden<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hidden")
    }
}

/// Secret bytes, such as a key, in a struct of [`structs!`](macro@crate::structs): only their
/// length is printed.
#[derive(Clone, Copy, PartialEq, Eq, Hash, FromBytes, IntoBytes, Immutable, Unaligned)]
#[repr(transparent)]
pub struct SecretBytes<const N: usize>(pub [u8; N]);

crate::__format!(for [const N: usize] SecretBytes<N>);

impl<const N: usize> Described for SecretBytes<N> {
    const SHAPE: Shape = Shape::Secret(&Shape::Bytes);
}

impl<const N: usize> Default for SecretBytes<N> {
    fn default() -> Self {
        Self([0; N])
    }
}

impl<const N: usize> Debug for SecretBytes<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "secret of {N} bytes")
    }
}

impl<F: Form> Form for Secret<F> {
    type Value<'a> = Hidden<F::Value<'a>>;
    type Field<'a> = Hidden<F::Field<'a>>;
    const SHAPE: Shape = Shape::Secret(&F::SHAPE);

    #[inline]
    fn decode<'a>(
        attribute: AttrRef<'a>,
        siblings: Attrs<'a>,
    ) -> Result<Self::Value<'a>, DecodeError> {
        F::decode(attribute, siblings).map(Hidden)
    }

    #[inline]
    fn field<'a>(
        attribute: AttrRef<'a>,
        siblings: Attrs<'a>,
    ) -> Result<Self::Field<'a>, DecodeError> {
        F::field(attribute, siblings).map(Hidden)
    }

    #[inline]
    fn encode<'w, 'b>(
        value: &Self::Value<'_>,
        kind: u16,
        writer: &'w mut Writer<'b>,
    ) -> Put<'w, 'b> {
        F::encode(&value.0, kind, writer)
    }
}
