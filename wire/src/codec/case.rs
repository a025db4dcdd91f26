//! Cases of choices: sets, structs, and structs with attributes behind.

use core::fmt::{self, Debug};
use core::marker::PhantomData;

use crate::zerocopy::{FromBytes, Immutable, IntoBytes, Unaligned};

use super::{AttributeSet, Extensible, Set, StructBytes};
use crate::bytes::{align, copy};
use crate::schema::{Described, Header, Shape};
use crate::{Attrs, NLA_F_NESTED};

/// Case of a `choice` of [`attributes!`](crate::attributes): a set,
/// [`Extensible<T>`](Extensible), or [`StructAnd<T, S>`](StructAnd).
pub trait Case: 'static {
    /// Rust type of the value.
    type Value<'a>: Copy + Debug + PartialEq;

    /// Meaning and notation, for trees, paths and serialisation.
    const SHAPE: Shape;

    /// Flag bits in the attribute's type.
    const FLAGS: u16;

    /// Reads the value.
    fn read(bytes: Attrs<'_>) -> Self::Value<'_>;

    /// Returns the bytes of the value.
    fn bytes<'a>(value: Self::Value<'a>) -> Attrs<'a>;
}

impl<S: AttributeSet> Case for S {
    type Value<'a> = Set<'a, S>;
    const SHAPE: Shape = Shape::Nest(S::schema);
    const FLAGS: u16 = NLA_F_NESTED;

    #[inline]
    fn read(bytes: Attrs<'_>) -> Set<'_, S> {
        bytes.typed()
    }

    #[inline]
    fn bytes<'a>(value: Self::Value<'a>) -> Attrs<'a> {
        value.attributes()
    }
}

impl<T> Case for Extensible<T>
where
    T: FromBytes + IntoBytes + Immutable + Unaligned + Described + Debug + 'static,
{
    type Value<'a> = StructBytes<'a, T>;
    const SHAPE: Shape = T::SHAPE;
    const FLAGS: u16 = 0;

    #[inline]
    fn read(bytes: Attrs<'_>) -> StructBytes<'_, T> {
        StructBytes::new(bytes.remaining())
    }

    #[inline]
    fn bytes<'a>(value: Self::Value<'a>) -> Attrs<'a> {
        Attrs::new(value.as_bytes())
    }
}

/// A struct `T` and attributes of the set `S` behind it, such as the options of
/// `netem`.
#[derive(Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct StructAnd<T, S>(PhantomData<(T, S)>);

/// The value of a [`StructAnd`].
pub struct StructAndSet<'a, T, S> {
    value: Attrs<'a>,
    types: PhantomData<fn() -> (T, S)>,
}

impl<'a, T: FromBytes + IntoBytes, S> StructAndSet<'a, T, S> {
    /// Copies the struct, filled with zeros where less was sent.
    #[must_use]
    pub fn header(&self) -> T {
        let mut header = T::new_zeroed();
        copy(self.value.remaining(), header.as_mut_bytes());
        header
    }

    /// Returns the attributes behind the struct.
    #[must_use]
    pub fn set(&self) -> Set<'a, S> {
        self.value.skip_bytes(align(size_of::<T>())).typed()
    }
}

impl<T, S> Clone for StructAndSet<'_, T, S> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T, S> Copy for StructAndSet<'_, T, S> {}

impl<T, S> PartialEq for StructAndSet<'_, T, S> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: FromBytes + IntoBytes + Debug, S: AttributeSet> Debug for StructAndSet<'_, T, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut value = f.debug_tuple("StructAndSet");
        value.field(&self.header()).field(&self.set()).finish()
    }
}

impl<T, S> Case for StructAnd<T, S>
where
    T: FromBytes + IntoBytes + Described + Debug + 'static,
    S: AttributeSet,
{
    type Value<'a> = StructAndSet<'a, T, S>;
    const SHAPE: Shape = Shape::Headed(const { &Header::of::<T>() }, S::schema);
    const FLAGS: u16 = 0;

    #[inline]
    fn read(bytes: Attrs<'_>) -> StructAndSet<'_, T, S> {
        StructAndSet {
            value: bytes,
            types: PhantomData,
        }
    }

    #[inline]
    fn bytes<'a>(value: Self::Value<'a>) -> Attrs<'a> {
        value.value
    }
}
