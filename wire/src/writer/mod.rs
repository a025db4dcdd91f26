//! Messages and attributes, written into the caller's buffer.
//!
//! Lengths are computed, padding is zero, and each put writes all of its bytes or
//! none. Nests and records are closures: their length is patched when they
//! return, and the bytes of a closure that fails are removed.

mod failure;
mod message;
mod nest;
mod put;
mod stamp;

use crate::bytes::{align, low32};
use crate::zerocopy::{Immutable, IntoBytes};
use crate::{ByteOrder, EncodeError, NLA_TYPE_MASK};

pub use stamp::Stamp;

/// Result of a put: the writer, for the next one.
pub type Put<'w, 'b> = Result<&'w mut Writer<'b>, EncodeError>;

/// Writes messages and attributes into the caller's buffer.
///
/// A closure receives the writer from [`Writer::message`],
/// [`Writer::attributes`] or [`Batch::push`](crate::Batch::push). An attribute
/// type may carry [`NLA_F_NET_BYTEORDER`](crate::NLA_F_NET_BYTEORDER).
///
/// ```
/// use nlwire::Writer;
///
/// const IFLA_IFNAME: u16 = 3;
/// const IFLA_MTU: u16 = 4;
/// const IFLA_LINKINFO: u16 = 18;
/// const IFLA_INFO_KIND: u16 = 1;
///
/// let mut buffer = [0; 64];
/// let block = Writer::attributes(&mut buffer, |w| {
///     w.str(IFLA_IFNAME, "br0")?
///         .u32(IFLA_MTU, 1400)?
///         .nest(IFLA_LINKINFO, |w| w.str(IFLA_INFO_KIND, "bridge"))
/// })?;
///
/// for attribute in block {
///     let attribute = attribute?;
///     match attribute.kind() {
///         IFLA_IFNAME => assert_eq!(attribute.str()?, "br0"),
///         IFLA_MTU => assert_eq!(attribute.u32()?, 1400),
///         kind => assert_eq!((kind, attribute.nested().count()), (IFLA_LINKINFO, 1)),
///     }
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Writer<'b> {
    buffer: &'b mut [u8],
    len: usize,
    order: ByteOrder,
    /// Additions to the headers of messages.
    stamp: Stamp,
    /// Number of messages, and where the last one begins.
    messages: u32,
    last: usize,
    /// End of the room for [`fill`](Self::fill), which a nest's length of 16
    /// bits may cut short.
    limit: usize,
    /// Place of the put that failed.
    failure: Failure,
}

/// Nest that was open when a put failed, and the end of the bytes until then;
/// 0 for none. A rollback leaves the bytes where they are, so that the nests
/// around the attribute can be named.
#[derive(Clone, Copy, Debug, Default)]
struct Failure {
    nest: u32,
    end: u32,
}

impl<'b> Writer<'b> {
    /// A writer that goes on behind the first `len` bytes.
    #[inline]
    pub(crate) fn new(buffer: &'b mut [u8], len: usize) -> Self {
        Self::stamped(buffer, len, Stamp::default())
    }

    /// Continues a buffer whose first `start` bytes are taken, and adds the
    /// stamp to the header of each message.
    ///
    /// ```
    /// # #[cfg(feature = "route")] {
    /// use nlwire::route::DeleteLink;
    /// use nlwire::{Messages, Request as _, Stamp, Writer};
    ///
    /// let mut buffer = [0; 256];
    /// let stamp = Stamp { sequence: 41, ..Stamp::default() };
    /// let mut w = Writer::stamped(&mut buffer, 0, stamp);
    /// DeleteLink::by_name("br0").write(0, &mut w)?;
    /// DeleteLink::by_name("br1").write(0, &mut w)?;
    /// let end = w.len();
    /// let numbers = Messages::new(&buffer[..end]).flatten().map(|message| message.header().sequence());
    /// assert!(numbers.eq([41, 42]));
    /// # }
    /// # Ok::<(), nlwire::EncodeError>(())
    /// ```
    #[inline]
    #[must_use]
    pub fn stamped(buffer: &'b mut [u8], start: usize, stamp: Stamp) -> Self {
        Self {
            len: start.min(buffer.len()),
            limit: buffer.len(),
            buffer,
            order: ByteOrder::Native,
            stamp,
            messages: 0,
            last: start,
            failure: Failure::default(),
        }
    }

    /// Returns the end of what was written in the buffer, in bytes.
    #[inline]
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "a place, not a collection")]
    pub const fn len(&self) -> usize {
        self.len
    }

    #[inline]
    pub(crate) fn into_bytes(self) -> &'b [u8] {
        self.buffer.get(..self.len).unwrap_or_default()
    }

    /// Appends a struct without an attribute header: a second fixed header,
    /// such as one behind `struct genlmsghdr`. What comes next starts at the
    /// next multiple of 4; a message that ends here is as long as its bytes.
    ///
    /// # Errors
    /// [`EncodeError::Overflow`].
    #[inline]
    pub fn append<T>(&mut self, value: &T) -> Put<'_, 'b>
    where
        T: IntoBytes + Immutable + ?Sized,
    {
        if size_of_val(value) != 0 {
            self.payload(value)?;
        }
        Ok(self)
    }

    /// Appends bytes directly behind what was written, for payloads without attributes.
    /// Other appends begin at a multiple of 4.
    ///
    /// ```
    /// use nlwire::{Flags, MessageType, Writer};
    ///
    /// let mut buffer = [0; 64];
    /// let message = Writer::message(&mut buffer, MessageType(16), Flags::empty(), &(), |w| {
    ///     w.append_bytes(b"one")?.append_bytes(b"two")
    /// })?;
    /// assert_eq!(message.payload(), b"onetwo");
    /// # Ok::<(), nlwire::EncodeError>(())
    /// ```
    ///
    /// # Errors
    /// [`EncodeError::Overflow`].
    pub fn append_bytes(&mut self, bytes: &[u8]) -> Put<'_, 'b> {
        let end = self.len.saturating_add(bytes.len());
        self.payload_at(self.len, bytes, align(end).saturating_sub(end))?;
        Ok(self)
    }

    /// Writes integers in this byte order from here on where a put does not
    /// name one, down to the end of this set, nests included.
    pub const fn order(&mut self, order: ByteOrder) -> &mut Self {
        self.order = order;
        self
    }

    /// Appends a struct at the next multiple of 4 and says where it starts.
    /// Padding behind it is zeroed but not counted: only what comes next makes
    /// it part of the message, and finds it written.
    #[inline]
    fn payload<T>(&mut self, value: &T) -> Result<usize, EncodeError>
    where
        T: IntoBytes + Immutable + ?Sized,
    {
        // The size of most values is constant, and so is their padding.
        let size = size_of_val(value);
        let padding = align(size).saturating_sub(size);
        self.payload_at(align(self.len), value, padding)
    }

    /// Writes a struct at this place, and padding behind it.
    #[inline]
    fn payload_at<T>(
        &mut self,
        start: usize,
        value: &T,
        padding: usize,
    ) -> Result<usize, EncodeError>
    where
        T: IntoBytes + Immutable + ?Sized,
    {
        let size = size_of_val(value);
        let end = start.saturating_add(size);
        let capacity = self.buffer.len();
        let slot = self.buffer.get_mut(start..).unwrap_or_default();
        if value.write_to_prefix(slot).is_err() {
            return Err(EncodeError::Overflow {
                needed: low32(end),
                capacity: low32(capacity),
            });
        }
        let behind = slot.get_mut(size..).unwrap_or_default();
        for byte in behind.iter_mut().take(padding) {
            *byte = 0;
        }
        self.len = end;
        Ok(start)
    }

    /// Counts the padding behind what was written.
    pub(crate) fn pad(&mut self) -> Put<'_, 'b> {
        let (end, capacity) = (align(self.len), self.buffer.len());
        if end > capacity {
            return Err(EncodeError::Overflow {
                needed: low32(end),
                capacity: low32(capacity),
            });
        }
        self.len = end;
        Ok(self)
    }

    /// Writes over what is there already.
    #[inline]
    fn patch<T: IntoBytes + Immutable>(&mut self, start: usize, value: &T) {
        let slot = self.buffer.get_mut(start..).unwrap_or_default();
        // It was written there before, and so fits.
        let _ = value.write_to_prefix(slot);
    }

    /// Reserves an attribute with a value of `length` bytes: writes header and
    /// padding, and returns the value to be overwritten.
    #[inline(always)]
    fn claim(&mut self, kind: u16, length: usize) -> Result<&mut [u8], EncodeError> {
        let start = align(self.len);
        let total = length.saturating_add(4);
        let end = start.saturating_add(align(total));
        let capacity = self.buffer.len();
        let Ok(nla_len) = u16::try_from(total) else {
            return Err(too_long(kind, total));
        };
        let Some([l0, l1, k0, k1, value @ ..]) = self.buffer.get_mut(start..end) else {
            return Err(EncodeError::Overflow {
                needed: low32(end),
                capacity: low32(capacity),
            });
        };
        [*l0, *l1] = nla_len.to_ne_bytes();
        [*k0, *k1] = kind.to_ne_bytes();
        let Some((value, padding)) = value.split_at_mut_checked(length) else {
            return Err(EncodeError::Overflow {
                needed: low32(end),
                capacity: low32(capacity),
            });
        };
        padding.fill(0);
        self.len = end;
        Ok(value)
    }
}

#[cold]
const fn too_long(kind: u16, length: usize) -> EncodeError {
    EncodeError::TooLong {
        attribute: kind & NLA_TYPE_MASK,
        length: low32(length),
    }
}
