//! Nests as values: attributes that were read, or that are to be written.

use core::fmt::{self, Debug};
use core::marker::PhantomData;

use super::{AttributeSet, Encode, Form, Set};
use crate::schema::Shape;
use crate::writer::Put;
use crate::{AttrRef, Attrs, DecodeError, Writer};

/// Nest of attributes of the set `S`.
#[derive(Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Nest<S>(PhantomData<S>);

/// Value of a [`Nest`] in its set's enum. [`fields!`](crate::fields) gives the
/// [`Set`].
///
/// To write a nest, convert an array of attributes into it:
///
/// ```
/// # #[cfg(feature = "route")] {
/// use nlwire::Writer;
/// use nlwire::route::{LinkAttr, LinkInfoAttr, VlanAttr};
///
/// let mut buffer = [0; 64];
/// let block = Writer::attributes(&mut buffer, |w| {
///     w.put(LinkAttr::Info((&[
///         LinkInfoAttr::Kind("vlan"),
///         LinkInfoAttr::Data((&[VlanAttr::Id(7)]).into()),
///     ]).into()))
/// })?;
/// assert_eq!(block.remaining().len(), 28);
/// # }
/// # Ok::<(), nlwire::EncodeError>(())
/// ```
pub enum Nested<'a, S> {
    /// Attributes that were read, or are written already.
    Set(Set<'a, S>),
    /// Attributes to be written.
    Items(&'a (dyn Encode<Set = S> + 'a)),
}

// 24 bytes leave the enum of a set at 32.
const _: () = assert!(size_of::<usize>() != 8 || size_of::<Nested<'static, ()>>() == 24);

impl<'a, S> Nested<'a, S> {
    /// Returns the attributes that were read; none for those to be written.
    #[inline]
    #[must_use]
    pub const fn set(self) -> Option<Set<'a, S>> {
        match self {
            Self::Set(set) => Some(set),
            Self::Items(_) => None,
        }
    }
}

impl<S> Clone for Nested<'_, S> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S> Copy for Nested<'_, S> {}

impl<'a, S> From<Set<'a, S>> for Nested<'a, S> {
    #[inline]
    fn from(set: Set<'a, S>) -> Self {
        Self::Set(set)
    }
}

/// Attributes to be written, each with its own lifetime: an array, or a reference to a slice.
impl<'a, S, A: Encode<Set = S>> From<&'a A> for Nested<'a, S> {
    #[inline]
    fn from(items: &'a A) -> Self {
        Self::Items(items)
    }
}

/// Runs `read` on the attributes as they are written; on none if they take more
/// than 512 bytes.
pub(super) fn written<R>(
    write: impl for<'w, 'b> FnOnce(&'w mut Writer<'b>) -> Put<'w, 'b>,
    read: impl FnOnce(Option<Attrs<'_>>) -> R,
) -> R {
    let mut buffer = [0; 512];
    read(Writer::attributes(&mut buffer, write).ok())
}

/// Equal if the same bytes are written. Attributes of more than 512 bytes that
/// are to be written equal no others.
impl<S> PartialEq for Nested<'_, S> {
    fn eq(&self, other: &Self) -> bool {
        let bytes = |one: Option<Attrs<'_>>, other: Option<Attrs<'_>>| match (one, other) {
            (Some(one), Some(other)) => one.remaining() == other.remaining(),
            _ => false,
        };
        match (self, other) {
            (Self::Set(one), Self::Set(other)) => one == other,
            (Self::Set(set), Self::Items(items)) | (Self::Items(items), Self::Set(set)) => written(
                |w| items.encode(w),
                |items| bytes(Some((*set).into()), items),
            ),
            (Self::Items(one), Self::Items(other)) => written(
                |w| one.encode(w),
                |one| written(|w| other.encode(w), |other| bytes(one, other)),
            ),
        }
    }
}

impl<S: AttributeSet> Debug for Nested<'_, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Set(set) => set.fmt(f),
            Self::Items(items) => written(
                |w| items.encode(w),
                |attributes| match attributes {
                    Some(attributes) => attributes.typed::<S>().fmt(f),
                    None => f.write_str("[..]"),
                },
            ),
        }
    }
}

impl<S: AttributeSet> Form for Nest<S> {
    type Value<'a> = Nested<'a, S>;
    type Field<'a> = Set<'a, S>;
    const SHAPE: Shape = Shape::Nest(S::schema);

    #[inline]
    fn decode<'a>(attribute: AttrRef<'a>, _: Attrs<'a>) -> Result<Nested<'a, S>, DecodeError> {
        Ok(Nested::Set(attribute.nested().typed()))
    }

    #[inline]
    fn field<'a>(attribute: AttrRef<'a>, _: Attrs<'a>) -> Result<Set<'a, S>, DecodeError> {
        Ok(attribute.nested().typed())
    }

    #[inline]
    fn encode<'w, 'b>(value: &Nested<'_, S>, kind: u16, writer: &'w mut Writer<'b>) -> Put<'w, 'b> {
        match value {
            Nested::Set(set) => writer.nest_of(kind, set.attributes().remaining()),
            Nested::Items(items) => writer.nest(kind, |w| items.encode(w)),
        }
    }
}
