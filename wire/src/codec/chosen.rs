//! Nests whose set is chosen by what stands beside them.

use core::fmt::Debug;

use super::Form;
use crate::value::Scope;
use crate::writer::Put;
use crate::{AttrRef, Attrs, NLA_F_NESTED, NLA_TYPE_MASK, Writer};

/// The sets that one attribute can hold, and which of them it is: what
/// [`attributes!`](crate::attributes) makes of a `choice`.
pub trait Choice: Copy + Debug + PartialEq + Form {
    /// One variant a set, which holds it.
    type Sets<'a>: Copy + Debug + PartialEq;

    /// Sees the attributes as this set.
    fn set(self, attributes: Attrs<'_>) -> Self::Sets<'_>;
}

/// The value of a `choice`: the attributes and which set they are of.
///
/// It is what was sent, so that it encodes to the same bytes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Chosen<'a, C> {
    value: &'a [u8],
    end: u32,
    scope: Scope,
    /// The type's byte with the flag bits, without the others.
    flags: u8,
    choice: C,
}

// What leaves an attribute's enum at 32 bytes.
const _: () = assert!(size_of::<Chosen<'static, u8>>() <= 24);

impl<'a, C: Choice> Chosen<'a, C> {
    /// Takes the value of `attribute` for the set `choice`.
    #[inline]
    #[must_use]
    pub fn new(attribute: AttrRef<'a>, choice: C) -> Self {
        let [flags, _] = (attribute.raw_kind() & !NLA_TYPE_MASK).to_be_bytes();
        Self {
            value: attribute.bytes(),
            end: attribute.end(),
            scope: attribute.scope,
            flags,
            choice,
        }
    }

    /// Takes attributes that are written already for the set `choice`, to be
    /// put as a nest.
    #[inline]
    #[must_use]
    pub const fn of(attributes: Attrs<'a>, choice: C) -> Self {
        let [flags, _] = NLA_F_NESTED.to_be_bytes();
        Self {
            value: attributes.remaining(),
            end: attributes.end(),
            scope: attributes.scope(),
            flags,
            choice,
        }
    }

    /// Returns the set, to be matched on.
    #[inline]
    #[must_use]
    pub fn set(self) -> C::Sets<'a> {
        self.choice.set(self.attributes())
    }

    /// Returns which set it is.
    #[inline]
    #[must_use]
    pub const fn choice(self) -> C {
        self.choice
    }

    /// Returns the attributes, untyped; nonsense where the value of an
    /// unknown set is no nest.
    #[inline]
    #[must_use]
    pub const fn attributes(self) -> Attrs<'a> {
        Attrs::scoped(self.value, self.end, self.scope)
    }

    /// Returns the bytes of the value.
    #[inline]
    #[must_use]
    pub const fn as_bytes(self) -> &'a [u8] {
        self.value
    }

    /// Puts the value as it was sent, flag bits included, as an attribute of
    /// this type.
    ///
    /// # Errors
    /// As [`Writer::bytes`].
    #[inline]
    pub fn encode<'w, 'b>(&self, kind: u16, writer: &'w mut Writer<'b>) -> Put<'w, 'b> {
        writer.bytes(kind | u16::from_be_bytes([self.flags, 0]), self.value)
    }
}

impl<C: Choice> Debug for Chosen<'_, C> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        self.set().fmt(f)
    }
}
