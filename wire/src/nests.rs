//! Nests that are arrays: by index, or of records that carry their length.

use core::iter::FusedIterator;
use core::marker::PhantomData;

use crate::zerocopy::{FromBytes, Immutable, IntoBytes, Unaligned};

use crate::bytes::{after, align, front, low32};
use crate::error::Place;
use crate::{AttrRef, Attrs, DecodeError, DecodeErrorKind};

impl<'a> AttrRef<'a> {
    /// Walks the value as an array of nests, whose types are indices
    /// (`NLA_NESTED_ARRAY`).
    #[inline]
    #[must_use]
    pub fn indexed(&self) -> Indexed<'a> {
        Indexed::new(self.nested())
    }

    /// Walks the value as records that say their length themselves and hold
    /// attributes, such as the `struct rtnexthop` of `RTA_MULTIPATH`.
    #[inline]
    #[must_use]
    pub fn records<T: Record>(&self) -> Records<'a, T> {
        Records::new(self.nested())
    }
}

/// The elements of an array of nests: each one's index, which is its
/// attribute type and may be 0, and its attributes.
///
/// ```
/// use nlwire::Writer;
///
/// // An array of nests, such as the members of a next-hop group: the types are indices.
/// let mut buffer = [0; 32];
/// let mut attributes = Writer::attributes(&mut buffer, |w| {
///     w.nest(1, |w| w.nest(0, |w| w.u32(1, 10))?.nest(1, |w| w.u32(1, 20)))
/// })?;
/// let array = attributes.next().ok_or("no attribute")??;
/// for element in array.indexed() {
///     let (index, mut attributes) = element?;
///     let weight = attributes.next().ok_or("no attribute")??;
///     println!("{index}: {}", weight.u32()?);
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Indexed<'a>(Attrs<'a>);

impl<'a> Indexed<'a> {
    #[inline]
    pub(crate) const fn new(elements: Attrs<'a>) -> Self {
        Self(elements)
    }
}

impl<'a> Iterator for Indexed<'a> {
    type Item = Result<(u16, Attrs<'a>), DecodeError>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let element = self.0.next()?;
        Some(element.map(|element| (element.kind(), element.nested())))
    }
}

impl FusedIterator for Indexed<'_> {}

/// A struct whose length field counts itself and the attributes behind it,
/// such as `struct rtnexthop`.
///
/// ```
/// use nlwire::Record;
/// use nlwire::zerocopy::native_endian::{U16, U32};
/// use nlwire::zerocopy::{FromBytes, Immutable, IntoBytes, Unaligned};
///
/// /// `struct rtnexthop`
/// #[derive(FromBytes, IntoBytes, Immutable, Unaligned)]
/// #[zerocopy(crate = "nlwire::zerocopy")]
/// #[repr(C)]
/// struct Hop {
///     length: U16,
///     flags: u8,
///     weight: u8,
///     link: U32,
/// }
///
/// impl Record for Hop {
///     fn length(&self) -> u16 {
///         self.length.get()
///     }
///
///     fn with_length(mut self, length: u16) -> Self {
///         self.length = length.into();
///         self
///     }
/// }
/// ```
pub trait Record: FromBytes + IntoBytes + Immutable + Unaligned {
    /// Returns the length field: the struct and its attributes, in bytes.
    fn length(&self) -> u16;

    /// Returns the struct with this length.
    #[must_use]
    fn with_length(self, length: u16) -> Self;
}

/// Records in a row, each a `T` and its attributes, aligned to 4 bytes.
///
/// ```
/// # #[cfg(feature = "route")] {
/// use nlwire::Writer;
/// use nlwire::route::{NextHop, RTA_GATEWAY, RTA_MULTIPATH};
///
/// let mut buffer = [0; 64];
/// let mut attributes = Writer::attributes(&mut buffer, |w| {
///     w.unmarked_nest(RTA_MULTIPATH, |w| {
///         w.record(NextHop::default(), |w| w.ip(RTA_GATEWAY, [192, 0, 2, 2].into()))
///     })
/// })?;
/// let multipath = attributes.next().ok_or("no attribute")??;
/// for hop in multipath.records::<NextHop>() {
///     let (hop, attributes) = hop?;
///     println!("{hop:?}, {} attributes", attributes.count());
/// }
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, PartialEq, Eq)]
pub struct Records<'a, T> {
    rest: Attrs<'a>,
    record: PhantomData<&'a T>,
}

impl<T> Clone for Records<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Records<'_, T> {}

impl<'a, T> Records<'a, T> {
    #[inline]
    pub(crate) const fn new(block: Attrs<'a>) -> Self {
        Self {
            rest: block,
            record: PhantomData,
        }
    }

    /// Returns the bytes not walked yet; none after an error.
    #[inline]
    #[must_use]
    pub const fn remaining(&self) -> &'a [u8] {
        self.rest.remaining()
    }
}

impl<'a, T: Record> Iterator for Records<'a, T> {
    type Item = Result<(&'a T, Attrs<'a>), DecodeError>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.rest.remaining();
        if rest.is_empty() {
            return None;
        }
        let offset = self.rest.offset();
        let record = first::<T>(self.rest, offset);
        self.rest = match &record {
            Ok((record, _)) => self.rest.skip_bytes(align(usize::from(record.length()))),
            Err(_) => self.rest.skip_bytes(usize::MAX),
        };
        Some(record)
    }
}

impl<T: Record> FusedIterator for Records<'_, T> {}

fn first<'a, T: Record>(block: Attrs<'a>, offset: u32) -> Result<(&'a T, Attrs<'a>), DecodeError> {
    let bytes = block.remaining();
    let size = low32(size_of::<T>());
    let available = low32(bytes.len());
    let fail = |cause| DecodeError::new(Place::Record, offset, cause);
    let Some((record, _)) = front::<T>(bytes) else {
        return Err(fail(DecodeErrorKind::TooShort {
            minimum: size,
            found: available,
        }));
    };
    let length = u32::from(record.length());
    if length < size {
        return Err(fail(DecodeErrorKind::LengthBelowHeader {
            length,
            header: size,
        }));
    }
    let Some(whole) = bytes.get(..usize::from(record.length())) else {
        return Err(fail(DecodeErrorKind::Overrun { length, available }));
    };
    let attributes = block.with_bytes(
        after(whole, align(size_of::<T>())),
        offset.wrapping_add(length),
    );
    Ok((record, attributes))
}
