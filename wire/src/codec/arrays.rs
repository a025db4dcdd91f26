//! Arrays whose elements are sets of attributes.

use core::fmt::Debug;
use core::marker::PhantomData;

use super::Form;
use super::forms::{field_is_value, form};
use super::set::{AttributeSet, IndexedSets, RecordSets};
use crate::schema::{Described, Header, Shape};
use crate::writer::Put;
use crate::{AttrRef, Attrs, DecodeError, Record, Writer};

/// An array of nests of the set `S`, whose types are indices.
#[derive(Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Indexed<S>(PhantomData<S>);
form!(@S: AttributeSet; Indexed<S> => IndexedSets<'a, S>, Shape::Indexed(&Shape::Nest(S::schema)),
    |attribute| Ok(IndexedSets::of(attribute.nested())),
    |w, kind, value| w.nest_of(kind, value.as_bytes()));

/// Structs `T` that carry their length, each with attributes of the set `S`.
#[derive(Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Records<T, S>(PhantomData<(T, S)>);

impl<T, S> Form for Records<T, S>
where
    T: Record + Described + Debug + 'static,
    S: AttributeSet,
{
    type Value<'a> = RecordSets<'a, T, S>;
    const SHAPE: Shape = Shape::Records(const { &Header::of::<T>() }, S::schema);

    field_is_value!();

    #[inline]
    fn decode<'a>(
        attribute: AttrRef<'a>,
        _: Attrs<'a>,
    ) -> Result<RecordSets<'a, T, S>, DecodeError> {
        Ok(RecordSets::of(attribute.nested()))
    }

    #[inline]
    fn encode<'w, 'b>(
        value: &RecordSets<'_, T, S>,
        kind: u16,
        writer: &'w mut Writer<'b>,
    ) -> Put<'w, 'b> {
        writer.bytes(kind, value.as_bytes())
    }
}
