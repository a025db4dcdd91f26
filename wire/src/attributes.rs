//! Attributes in a row: an attribute header each, a value, and padding to 4
//! bytes (`struct nlattr` in `linux/netlink.h`, `struct rtattr` in
//! `linux/rtnetlink.h`).
//!
//! ```text
//!  0       2       4                  nla_len   rounded up to 4
//! +-------+-------+-----------------------+----+-------+--
//! | len   | type  | value                 |    | len   | ..
//! +-------+-------+-----------------------+----+-------+--
//! ```

use core::iter::FusedIterator;

use crate::zerocopy::FromBytes as _;

use crate::attribute::AttrHeader;
use crate::bytes::{after, align, low32};
use crate::error::Place;
use crate::value::Scope;
use crate::{AttrRef, ByteOrder, DecodeError, DecodeErrorKind, NLA_TYPE_MASK};

/// Sequence of attributes: those of a message, a nest, or a bare block.
///
/// It iterates over [`AttrRef`]s and ends for good after one error. As the
/// kernel does, it leaves out up to three bytes behind the last attribute.
///
/// It is `Copy`, and iterating over a copy leaves the original where it was:
/// `for attribute in attributes` can be written again and again.
///
/// ```
/// use nlwire::{Attrs, DecodeError};
///
/// fn describe(attributes: Attrs<'_>) -> Result<String, DecodeError> {
///     let [_, number, string, nested] = attributes.table()?;
///     let mut text = String::new();
///     if let Some(number) = number {
///         text += &format!("Number: {}\n", number.u16()?);
///     }
///     if let Some(string) = string {
///         text += &format!("String: {:?}\n", string.str()?);
///     }
///     if let Some(nested) = nested {
///         let (a, b) = (nested.nested().require(1)?, nested.nested().require(2)?);
///         text += &format!("Nested:\n   - A: {}\n   - B: {}", a.u32()?, b.u32()?);
///     }
///     Ok(text)
/// }
///
/// # #[cfg(target_endian = "little")] {
/// let block = b"\x06\0\x01\0\x01\0\0\0\
///     \x10\0\x02\0hello world\0\
///     \x14\0\x03\0\x08\0\x01\0\x02\0\0\0\x08\0\x02\0\x03\0\0\0";
/// assert_eq!(
///     describe(Attrs::new(block))?,
///     "Number: 1\nString: \"hello world\"\nNested:\n   - A: 2\n   - B: 3"
/// );
/// # }
/// # Ok::<(), DecodeError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Attrs<'a> {
    rest: &'a [u8],
    /// The offset of the first byte after `rest`. Positions are derived from
    /// it where they are asked for, so that the walk carries one slice only.
    end: u32,
    scope: Scope,
}

impl<'a> Attrs<'a> {
    /// Walks a bare block of attributes, whose offsets start at 0.
    #[inline]
    #[must_use]
    pub const fn new(block: &'a [u8]) -> Self {
        Self::ending(block, low32(block.len()))
    }

    #[inline]
    pub(crate) const fn ending(block: &'a [u8], end: u32) -> Self {
        Self {
            rest: block,
            end,
            scope: Scope::NATIVE,
        }
    }

    #[inline]
    pub(crate) const fn scoped(block: &'a [u8], end: u32, scope: Scope) -> Self {
        Self {
            rest: block,
            end,
            scope,
        }
    }

    /// Reads integers in this byte order where a getter does not name one,
    /// here and in the nests.
    #[inline]
    #[must_use]
    pub const fn with_order(mut self, order: ByteOrder) -> Self {
        self.scope.order = order;
        self
    }

    /// Types addresses by this family (`AF_INET`, ..), here and in the nests.
    #[inline]
    #[must_use]
    pub const fn with_family(mut self, family: u8) -> Self {
        self.scope.family = family;
        self
    }

    /// Returns the address family that the fixed header named, else 0.
    #[inline]
    #[must_use]
    pub const fn family(&self) -> u8 {
        self.scope.family
    }

    /// Returns the bytes not walked yet; none after an error, whose offset
    /// says where they begin.
    #[inline]
    #[must_use]
    pub const fn remaining(&self) -> &'a [u8] {
        self.rest
    }

    #[inline]
    pub(crate) const fn offset(&self) -> u32 {
        self.end.wrapping_sub(low32(self.rest.len()))
    }

    #[inline]
    pub(crate) const fn end(&self) -> u32 {
        self.end
    }

    #[inline]
    pub(crate) const fn scope(&self) -> Scope {
        self.scope
    }

    /// The same set's bytes from `length` on.
    #[inline]
    pub(crate) fn skip_bytes(self, length: usize) -> Self {
        self.with_bytes(after(self.rest, length), self.end)
    }

    /// Other bytes of the same message, in the same scope.
    #[inline]
    pub(crate) const fn with_bytes(self, bytes: &'a [u8], end: u32) -> Self {
        Self::scoped(bytes, end, self.scope)
    }

    /// Returns the first attribute of this type, flag bits left aside, if
    /// there is one (`nla_find`).
    ///
    /// # Errors
    /// A length field that cannot be, before the attribute was found.
    #[inline]
    pub fn find(self, kind: u16) -> Result<Option<AttrRef<'a>>, DecodeError> {
        for attribute in self {
            let attribute = attribute?;
            if attribute.kind() == kind {
                return Ok(Some(attribute));
            }
        }
        Ok(None)
    }

    /// Returns the first attribute of this type among the first 1,024. A choice
    /// looks its selector up here. Without the limit, a malicious message with
    /// many choices and no selector would take hours.
    ///
    /// # Errors
    /// The errors of [`find`](Self::find).
    #[inline]
    pub fn find_sibling(self, kind: u16) -> Result<Option<AttrRef<'a>>, DecodeError> {
        const MOST: usize = 1024;
        for attribute in self.take(MOST) {
            let attribute = attribute?;
            if attribute.kind() == kind {
                return Ok(Some(attribute));
            }
        }
        Ok(None)
    }

    /// Returns the first attribute of this type.
    ///
    /// # Errors
    /// [`DecodeErrorKind::Missing`] if there is none, and as
    /// [`find`](Self::find).
    pub fn require(self, kind: u16) -> Result<AttrRef<'a>, DecodeError> {
        self.find(kind)?.ok_or(DecodeError::new(
            Place::Attribute(kind),
            self.end,
            DecodeErrorKind::Missing,
        ))
    }

    /// Returns the attributes of the types 0 to `N - 1`, each at its type; of
    /// several the last, as the kernel's `nla_parse` does. Other types are
    /// left out.
    ///
    /// # Errors
    /// A length field that cannot be.
    pub fn table<const N: usize>(self) -> Result<[Option<AttrRef<'a>>; N], DecodeError> {
        let mut table = [None; N];
        for attribute in self {
            let attribute = attribute?;
            if let Some(slot) = table.get_mut(usize::from(attribute.kind())) {
                *slot = Some(attribute);
            }
        }
        Ok(table)
    }
}

impl<'a> AttrRef<'a> {
    /// Walks the value as a nest, marked as one or not.
    #[inline]
    #[must_use]
    pub fn nested(&self) -> Attrs<'a> {
        Attrs::scoped(self.bytes(), self.end(), self.scope)
    }
}

impl<'a> Iterator for Attrs<'a> {
    type Item = Result<AttrRef<'a>, DecodeError>;

    #[inline(always)]
    fn next(&mut self) -> Option<Self::Item> {
        #[cfg(all(test, feature = "route"))]
        crate::bounds::count();
        let rest = self.rest;
        let (header, _) = AttrHeader::ref_from_prefix(rest).ok()?;
        let length = header.length.get();
        let size = usize::from(length);
        // The getters' own check, which is thus the only one.
        if rest.get(4..size).is_none() {
            self.rest = &[];
            return Some(Err(broken(rest, self.end)));
        }
        self.rest = match rest.get(align(size)..) {
            Some(next) => next,
            None => unpadded_end(rest),
        };
        Some(Ok(AttrRef {
            rest,
            end: self.end,
            length,
            scope: self.scope,
        }))
    }
}

impl FusedIterator for Attrs<'_> {}

/// `Attrs(at byte 32, 120 bytes)`: values may be secrets, and only a set knows.
impl core::fmt::Debug for Attrs<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(
            f,
            "Attrs(at byte {}, {} bytes)",
            self.offset(),
            self.rest.len()
        )
    }
}

#[cold]
#[inline(never)]
fn broken(rest: &[u8], end: u32) -> DecodeError {
    let offset = end.wrapping_sub(low32(rest.len()));
    let (length, kind) = match AttrHeader::ref_from_prefix(rest) {
        Ok((header, _)) => (header.length.get(), header.kind.get() & NLA_TYPE_MASK),
        Err(_) => (0, 0),
    };
    let length = u32::from(length);
    let cause = if length < 4 {
        DecodeErrorKind::LengthBelowHeader { length, header: 4 }
    } else {
        DecodeErrorKind::Overrun {
            length,
            available: low32(rest.len()),
        }
    };
    DecodeError::new(Place::Attribute(kind), offset, cause)
}

/// Returns no bytes: the padding of a last attribute was not sent in full.
/// Opaque, so that the walk has a predicted branch instead of a conditional
/// move (3 instructions for each attribute).
#[cold]
fn unpadded_end(rest: &[u8]) -> &[u8] {
    after(rest, core::hint::black_box(rest.len()))
}
