//! A row of an answer: a fixed header and attributes.

use core::fmt;
use core::marker::PhantomData;

use crate::codec::AttributeSet;
use crate::{Attrs, FixedHeader, MessageRef};

/// Row of a table: the fixed header, and attributes of the set `S`, which
/// [`fields!`](crate::fields) reads in one walk.
///
/// ```
/// # #[cfg(feature = "route")] {
/// use nlwire::route::{Link, LinkRow};
/// use nlwire::{DecodeError, MessageRef, fields};
///
/// /// Reads several attributes of a link in one walk.
/// fn print(message: MessageRef<'_>) -> Result<(), DecodeError> {
///     let row = LinkRow::of(message);
///     let link = fields!(row.attributes => Link { name, mtu })?;
///     println!("{:?} {:?} {:?}", row.index(), link.name, link.mtu);
///     Ok(())
/// }
/// # }
/// ```
pub struct Row<'a, H, S> {
    /// Fixed header; bytes that an older kernel does not send are zero.
    pub header: H,
    /// Attributes, which know the address family that the header names.
    pub attributes: Attrs<'a>,
    /// Message of the row.
    pub message: MessageRef<'a>,
    set: PhantomData<fn() -> S>,
}

impl<'a, H: FixedHeader, S> Row<'a, H, S> {
    /// Reads a message, such as that of an event. The caller knows that its
    /// type is one of this row.
    #[inline]
    #[must_use]
    pub fn of(message: MessageRef<'a>) -> Self {
        let (header, attributes) = message.split_zero_extended::<H>();
        Self {
            header,
            attributes,
            message,
            set: PhantomData,
        }
    }

    /// Copies the row, so that it outlives the connection's buffer.
    #[cfg(feature = "alloc")]
    #[must_use]
    pub fn to_owned(&self) -> OwnedRow<H, S> {
        OwnedRow {
            bytes: self.message.as_bytes().into(),
            types: PhantomData,
        }
    }
}

impl<H: fmt::Debug, S: AttributeSet> fmt::Debug for Row<'_, H, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Row")
            .field("header", &self.header)
            .field("attributes", &self.attributes.typed::<S>())
            .finish_non_exhaustive()
    }
}

impl<H: Clone, S> Clone for Row<'_, H, S> {
    fn clone(&self) -> Self {
        Self {
            header: self.header.clone(),
            ..*self
        }
    }
}

impl<H: Copy, S> Copy for Row<'_, H, S> {}

/// Copy of a [`Row`], created by [`Row::to_owned`].
///
/// ```
/// # #[cfg(all(feature = "route", feature = "alloc"))] {
/// use nlwire::OwnedRow;
/// use nlwire::route::{Link, LinkHeader, LinkRow};
///
/// /// Links that outlive the buffer that they were received into.
/// #[derive(Default)]
/// struct Links(Vec<OwnedRow<LinkHeader, Link>>);
///
/// impl Links {
///     fn keep(&mut self, row: &LinkRow<'_>) {
///         self.0.push(row.to_owned());
///     }
/// }
/// # }
/// ```
#[cfg(feature = "alloc")]
pub struct OwnedRow<H, S> {
    bytes: alloc::boxed::Box<[u8]>,
    types: PhantomData<fn() -> (H, S)>,
}

#[cfg(feature = "alloc")]
impl<H: FixedHeader, S> OwnedRow<H, S> {
    /// Returns the row.
    #[must_use]
    pub fn as_row(&self) -> Row<'_, H, S> {
        Row::of(MessageRef::new(&self.bytes).unwrap_or_default())
    }
}

#[cfg(feature = "alloc")]
impl<H, S> Clone for OwnedRow<H, S> {
    fn clone(&self) -> Self {
        Self {
            bytes: self.bytes.clone(),
            types: PhantomData,
        }
    }
}

#[cfg(feature = "alloc")]
impl<H: FixedHeader + fmt::Debug, S: AttributeSet> fmt::Debug for OwnedRow<H, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_row().fmt(f)
    }
}
