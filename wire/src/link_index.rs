//! Numbers of links.

use core::fmt::{self, Debug, Display, Formatter};

use crate::schema::{Described, Shape};
use crate::writer::Put;
use crate::zerocopy::native_endian::U32;
use crate::zerocopy::{FromBytes, Immutable, IntoBytes, Unaligned};
use crate::{AttrRef, Attrs, DecodeError, Writer, codec};

/// Index of a link, which the kernel numbers from 1 in each network namespace.
///
/// It stands in fixed headers (its alignment is 1) and is the form of
/// attributes such as `RTA_OIF`.
///
/// ```
/// use nlwire::LinkIndex;
///
/// let lo = LinkIndex::new(1);
/// assert_eq!((lo.get(), lo.to_string()), (1, "1".to_string()));
/// assert!(LinkIndex::NONE.is_none());
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash, FromBytes, IntoBytes, Immutable, Unaligned)]
#[repr(transparent)]
#[doc(alias = "ifindex")]
pub struct LinkIndex(U32);

impl LinkIndex {
    /// No link, or any link: index 0.
    pub const NONE: Self = Self::new(0);

    /// Takes an index.
    #[inline]
    #[must_use]
    pub const fn new(index: u32) -> Self {
        Self(U32::new(index))
    }

    /// Returns the number.
    #[inline]
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0.get()
    }

    /// Returns true if the index is 0.
    #[inline]
    #[must_use]
    pub const fn is_none(self) -> bool {
        self.get() == 0
    }
}

impl From<u32> for LinkIndex {
    #[inline]
    fn from(index: u32) -> Self {
        Self::new(index)
    }
}

impl From<LinkIndex> for u32 {
    #[inline]
    fn from(index: LinkIndex) -> Self {
        index.get()
    }
}

impl PartialEq<u32> for LinkIndex {
    fn eq(&self, other: &u32) -> bool {
        self.get() == *other
    }
}

impl PartialOrd for LinkIndex {
    fn partial_cmp(&self, other: &Self) -> Option<core::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for LinkIndex {
    fn cmp(&self, other: &Self) -> core::cmp::Ordering {
        self.get().cmp(&other.get())
    }
}

impl Display for LinkIndex {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        Display::fmt(&self.get(), f)
    }
}

impl Debug for LinkIndex {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        Debug::fmt(&self.get(), f)
    }
}

impl Described for LinkIndex {
    const SHAPE: Shape = <Self as codec::Form>::SHAPE;
}

impl codec::Form for LinkIndex {
    type Value<'a> = Self;
    const SHAPE: Shape = <u32 as codec::Form>::SHAPE;

    crate::codec::field_is_value!();

    #[inline]
    fn decode<'a>(attribute: AttrRef<'a>, _: Attrs<'a>) -> Result<Self, DecodeError> {
        Ok(Self::new(attribute.u32()?))
    }

    #[inline(always)]
    fn encode<'w, 'b>(value: &Self, kind: u16, writer: &'w mut Writer<'b>) -> Put<'w, 'b> {
        writer.u32(kind, value.get())
    }
}

impl codec::Number for LinkIndex {
    type Int = u32;

    #[inline]
    fn int(self) -> u32 {
        self.get()
    }
}
