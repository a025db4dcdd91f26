//! Nests whose set is chosen by another attribute or by the address family.

use core::fmt::{self, Debug};

use super::nested::written;
use super::{AnyAttributes, Case, Encode, Form};
use crate::value::Scope;
use crate::writer::Put;
use crate::{AttrRef, Attrs, NLA_F_NESTED, NLA_TYPE_MASK, Writer};

/// Sets that one attribute can hold, and which of them: a `choice` of
/// [`attributes!`](crate::attributes).
pub trait Choice: Copy + Debug + PartialEq + Form {
    /// Enum with a variant for each set, which holds the set.
    type Sets<'a>: Copy + Debug + PartialEq;

    /// Sees the attributes as this set.
    fn set(self, attributes: Attrs<'_>) -> Self::Sets<'_>;
}

/// Value of a `choice` in its set's enum. [`fields!`](crate::fields) gives the
/// set that was chosen.
///
/// A value that was read encodes to the same bytes. To write one, convert a set
/// or an array of attributes into it; see [`Nested`](super::Nested).
#[derive(Clone, Copy)]
pub struct Chosen<'a, C>(Value<'a, C>);

#[derive(Clone, Copy)]
enum Value<'a, C> {
    Sent {
        value: &'a [u8],
        end: u32,
        scope: Scope,
        /// The type's byte with the flag bits, without the others.
        flags: u8,
        choice: C,
    },
    Items(&'a (dyn AnyAttributes + 'a)),
}

// What leaves an attribute's enum at 32 bytes.
const _: () = assert!(size_of::<Chosen<'static, u8>>() <= 24);

impl<'a, C: Choice> Chosen<'a, C> {
    /// Takes the value of `attribute` for the set `choice`.
    #[inline]
    #[must_use]
    pub fn new(attribute: AttrRef<'a>, choice: C) -> Self {
        let [flags, _] = (attribute.raw_kind() & !NLA_TYPE_MASK).to_be_bytes();
        Self(Value::Sent {
            value: attribute.bytes(),
            end: attribute.end(),
            scope: attribute.scope,
            flags,
            choice,
        })
    }

    /// Takes attributes that are written already for the set `choice`, to be
    /// put as a nest.
    #[inline]
    #[must_use]
    pub const fn of(attributes: Attrs<'a>, choice: C) -> Self {
        let [flags, _] = NLA_F_NESTED.to_be_bytes();
        Self(Value::Sent {
            value: attributes.remaining(),
            end: attributes.end(),
            scope: attributes.scope(),
            flags,
            choice,
        })
    }

    /// Returns the set, to be matched on; none for attributes that are to be
    /// written.
    #[inline]
    #[must_use]
    pub fn set(self) -> Option<C::Sets<'a>> {
        match self.0 {
            Value::Sent {
                value,
                end,
                scope,
                choice,
                ..
            } => Some(choice.set(Attrs::scoped(value, end, scope))),
            Value::Items(_) => None,
        }
    }

    /// Takes the value of a case, whose bytes are written already.
    #[inline]
    #[must_use]
    pub fn of_case<K: Case>(value: K::Value<'a>, choice: C) -> Self {
        let [flags, _] = K::FLAGS.to_be_bytes();
        let bytes = K::bytes(value);
        Self(Value::Sent {
            value: bytes.remaining(),
            end: bytes.end(),
            scope: bytes.scope(),
            flags,
            choice,
        })
    }

    /// Puts the value as it was sent, flag bits included, as an attribute of
    /// this type.
    ///
    /// # Errors
    /// The errors of [`Writer::bytes`].
    #[inline]
    pub fn encode<'w, 'b>(&self, kind: u16, writer: &'w mut Writer<'b>) -> Put<'w, 'b> {
        match self.0 {
            Value::Sent { value, flags, .. } => {
                writer.bytes(kind | u16::from_be_bytes([flags, 0]), value)
            }
            Value::Items(items) => writer.nest(kind, |w| items.put(w)),
        }
    }
}

/// Attributes of any of the choice's sets, to be written as a nest.
impl<'a, C: Choice, A: Encode> From<&'a A> for Chosen<'a, C> {
    #[inline]
    fn from(items: &'a A) -> Self {
        Self(Value::Items(items))
    }
}

/// Equal if the same set and the same bytes were read. Attributes that are to
/// be written are equal if they take at most 512 bytes, and the same.
impl<C: Choice> PartialEq for Chosen<'_, C> {
    fn eq(&self, other: &Self) -> bool {
        match (self.set(), other.set()) {
            (Some(one), Some(other)) => one == other,
            _ => written(
                |w| self.encode(0, w),
                |one| {
                    let one = one.map(|one| one.remaining());
                    one.is_some()
                        && written(
                            |w| other.encode(0, w),
                            |other| one == other.map(|other| other.remaining()),
                        )
                },
            ),
        }
    }
}

impl<C: Choice> Debug for Chosen<'_, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.set(), self.0) {
            (Some(set), _) => set.fmt(f),
            (None, Value::Items(items)) => written(
                |w| items.put(w),
                |attributes| match attributes {
                    Some(attributes) => f.debug_list().entries(attributes).finish(),
                    None => f.write_str("[..]"),
                },
            ),
            (None, Value::Sent { .. }) => Ok(()),
        }
    }
}
