//! Typed views of a row of attributes.

use core::fmt::Debug;
use core::iter::FusedIterator;
use core::marker::PhantomData;

use crate::schema::{AttributeName, Described, Header, Schema, Shape};
use crate::tree;
use crate::walk::Names;
use crate::writer::Put;
use crate::{AttrRef, Attrs, DecodeError, Indexed, Record, Records, Writer};

/// A set of attributes that [`attributes!`](crate::attributes) declares.
pub trait AttributeSet: Sized + 'static {
    /// Names of the attributes.
    fn names() -> &'static [AttributeName];

    /// Names and shapes.
    fn schema() -> &'static Schema;

    /// Enum of the set's attributes, typed.
    type Attr<'a>: Copy + Debug + PartialEq;

    /// Types one attribute; `siblings` is the row that it stands in.
    ///
    /// # Errors
    /// The errors of the attribute's form.
    fn decode<'a>(
        attribute: AttrRef<'a>,
        siblings: Attrs<'a>,
    ) -> Result<Self::Attr<'a>, DecodeError>;
}

/// Typed attributes that a [`Writer`] can put: one, an array or a slice.
///
/// It is `Sync`, so that requests which hold attributes can be sent from any
/// thread.
pub trait Encode: Sync {
    /// Set of the attributes.
    type Set;

    /// Puts the attributes.
    ///
    /// # Errors
    /// The errors of the writer.
    fn encode<'w, 'b>(&self, writer: &'w mut Writer<'b>) -> Put<'w, 'b>;
}

impl<A: Encode> Encode for [A] {
    type Set = A::Set;

    #[inline]
    fn encode<'w, 'b>(&self, writer: &'w mut Writer<'b>) -> Put<'w, 'b> {
        for attribute in self {
            attribute.encode(writer)?;
        }
        Ok(writer)
    }
}

impl<A: Encode, const N: usize> Encode for [A; N] {
    type Set = A::Set;

    #[inline]
    fn encode<'w, 'b>(&self, writer: &'w mut Writer<'b>) -> Put<'w, 'b> {
        self.as_slice().encode(writer)
    }
}

impl<A: Encode + ?Sized> Encode for &A {
    type Set = A::Set;

    #[inline]
    fn encode<'w, 'b>(&self, writer: &'w mut Writer<'b>) -> Put<'w, 'b> {
        (**self).encode(writer)
    }
}

/// Attribute that is put if there is one.
impl<A: Encode> Encode for Option<A> {
    type Set = A::Set;

    #[inline]
    fn encode<'w, 'b>(&self, writer: &'w mut Writer<'b>) -> Put<'w, 'b> {
        match self {
            Some(attribute) => attribute.encode(writer),
            None => Ok(writer),
        }
    }
}

impl<'b> Writer<'b> {
    /// Puts a typed attribute, such as `LinkAttr::Mtu(1500)`, an array or a
    /// slice of them, or an attribute that is there or not.
    ///
    /// # Errors
    /// The errors of the attribute's form.
    #[inline(always)]
    pub fn put<A: Encode>(&mut self, attribute: A) -> Put<'_, 'b> {
        attribute.encode(self)
    }
}

/// A row of attributes, seen as those of the set `S`.
///
/// It iterates over each attribute as it is and as it is typed; a value that
/// does not fit its form is an error beside its raw bytes, and only a broken
/// length ends the iteration.
pub struct Set<'a, S> {
    attributes: Attrs<'a>,
    set: PhantomData<fn() -> S>,
}

impl<'a> Attrs<'a> {
    /// Sees the row as attributes of the set `S`.
    #[inline]
    #[must_use]
    pub const fn typed<S>(self) -> Set<'a, S> {
        Set {
            attributes: self,
            set: PhantomData,
        }
    }
}

impl<'a, S: AttributeSet> Set<'a, S> {
    /// Returns the attributes, untyped.
    #[inline]
    #[must_use]
    pub const fn attributes(self) -> Attrs<'a> {
        self.attributes
    }

    /// Walks the attributes.
    #[inline]
    #[must_use]
    pub const fn iter(self) -> SetIter<'a, S> {
        SetIter {
            rest: self.attributes,
            siblings: self.attributes,
            set: PhantomData,
        }
    }
}

impl<S> Clone for Set<'_, S> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S> Copy for Set<'_, S> {}

impl<S> PartialEq for Set<'_, S> {
    fn eq(&self, other: &Self) -> bool {
        self.attributes == other.attributes
    }
}

impl<S> Eq for Set<'_, S> {}

impl<S: AttributeSet> Debug for Set<'_, S> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        tree::debug(f, self.attributes, Names::Set(S::schema()))
    }
}

impl<'a, S> From<Set<'a, S>> for Attrs<'a> {
    fn from(set: Set<'a, S>) -> Self {
        set.attributes
    }
}

impl<'a, S: AttributeSet> IntoIterator for Set<'a, S> {
    type Item = <SetIter<'a, S> as Iterator>::Item;
    type IntoIter = SetIter<'a, S>;

    #[inline]
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// Iterates over a [`Set`].
#[derive(Clone, Debug)]
pub struct SetIter<'a, S> {
    rest: Attrs<'a>,
    siblings: Attrs<'a>,
    set: PhantomData<fn() -> S>,
}

impl<'a, S> SetIter<'a, S> {
    /// Returns the attributes not walked yet, untyped.
    #[inline]
    #[must_use]
    pub const fn attributes(&self) -> Attrs<'a> {
        self.rest
    }
}

impl<'a, S: AttributeSet> Iterator for SetIter<'a, S> {
    type Item = Result<(AttrRef<'a>, Result<S::Attr<'a>, DecodeError>), DecodeError>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        Some(match self.rest.next()? {
            Ok(attribute) => {
                let value = S::decode(attribute, self.siblings);
                Ok((
                    attribute,
                    value.map_err(|error| super::refused(error, S::names)),
                ))
            }
            Err(error) => Err(super::refused(error, S::names)),
        })
    }
}

impl<S: AttributeSet> FusedIterator for SetIter<'_, S> {}

/// An array of nests, each seen as the set `S`: pairs of index and set.
pub struct IndexedSets<'a, S> {
    elements: Attrs<'a>,
    set: PhantomData<fn() -> S>,
}

/// Records, each a `T` and the set `S` behind it.
pub struct RecordSets<'a, T, S> {
    records: Attrs<'a>,
    types: PhantomData<fn() -> (T, S)>,
}

/// Methods that both typed arrays have.
macro_rules! typed_array {
    ($name:ident<$($param:ident),*>, $field:ident, $marker:ident) => {
        impl<'a, $($param),*> $name<'a, $($param),*> {
            /// Takes elements that are written already, to be put as one attribute.
            #[inline]
            #[must_use]
            pub const fn of($field: Attrs<'a>) -> Self {
                Self { $field, $marker: PhantomData }
            }

            /// Returns the bytes of the array.
            #[inline]
            #[must_use]
            pub const fn as_bytes(&self) -> &'a [u8] {
                self.$field.remaining()
            }
        }

        impl<$($param),*> Clone for $name<'_, $($param),*> {
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<$($param),*> Copy for $name<'_, $($param),*> {}

        impl<$($param),*> PartialEq for $name<'_, $($param),*> {
            fn eq(&self, other: &Self) -> bool {
                self.$field == other.$field
            }
        }

        impl<$($param),*> Eq for $name<'_, $($param),*> {}
    };
}

typed_array!(IndexedSets<S>, elements, set);
typed_array!(RecordSets<T, S>, records, types);

impl<'a, S: AttributeSet> IndexedSets<'a, S> {
    /// Walks the elements.
    #[inline]
    pub fn iter(self) -> impl Iterator<Item = Result<(u16, Set<'a, S>), DecodeError>> + Clone {
        Indexed::new(self.elements).map(|element| {
            let (index, attributes) = element?;
            Ok((index, attributes.typed()))
        })
    }
}

impl<'a, T: Record + 'a, S: AttributeSet> RecordSets<'a, T, S> {
    /// Walks the records.
    #[inline]
    pub fn iter(self) -> impl Iterator<Item = Result<(&'a T, Set<'a, S>), DecodeError>> + Clone {
        Records::<T>::new(self.records).map(|record| {
            let (record, attributes) = record?;
            Ok((record, attributes.typed()))
        })
    }
}

impl<S: AttributeSet> Debug for IndexedSets<'_, S> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        tree::debug(f, self.elements, Names::Indices(&Shape::Nest(S::schema)))
    }
}

impl<T: Described, S: AttributeSet> Debug for RecordSets<'_, T, S> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let header = const { &Header::of::<T>() };
        tree::debug(f, self.records, Names::Records(header, S::schema()))
    }
}
