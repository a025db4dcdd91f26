//! Messages and attributes, written into the caller's buffer.
//!
//! ```
//! use nlwire::{Flags, Messages, MessageType, Writer};
//!
//! let mut buffer = [0; 64];
//! let message = Writer::message(&mut buffer, MessageType(16), Flags::REQUEST, &(), |w| {
//!     w.u32(1, 7)?.nest(2, |w| w.str(1, "eth0")?.u16_be(3, 80))
//! })?;
//! assert_eq!(message.header().length(), 16 + 8 + 4 + 12 + 8);
//! # Ok::<(), nlwire::EncodeError>(())
//! ```
//!
//! Lengths are computed, padding is zero, and each put writes all of its
//! bytes or none. Nests and records are closures: their length is patched when
//! they return, and a closure that fails takes back what it had written.

use core::net::IpAddr;

use crate::zerocopy::{FromBytes as _, Immutable, IntoBytes};

use crate::bytes::{align, copy, low32};
use crate::{
    AttrRef, Attrs, Bitfield32, ByteOrder, EncodeError, FixedHeader, Flags, Header, MessageRef,
    MessageType, NLA_F_NESTED, NLA_TYPE_MASK, Record, Stamp, Text,
};

/// What a put returns: the writer again, for the next one.
pub type Put<'w, 'b> = Result<&'w mut Writer<'b>, EncodeError>;

/// Writes attributes into a borrowed buffer.
///
/// A closure gets one from [`Writer::message`], [`Writer::attributes`] or
/// [`Batch::push`](crate::Batch::push). The attribute types that it takes may
/// carry [`NLA_F_NET_BYTEORDER`](crate::NLA_F_NET_BYTEORDER).
///
/// ```
/// use nlwire::Writer;
///
/// let mut buffer = [0; 64];
/// let block = Writer::attributes(&mut buffer, |w| {
///     w.u16(1, 1)?.str(2, "hello world")?.nest(3, |w| w.u32(1, 2)?.u32(2, 3))
/// })?;
///
/// let mut text = String::new();
/// for attribute in block {
///     let attribute = attribute?;
///     match attribute.kind() {
///         1 => text += &format!("uint16: {}\n", attribute.u16()?),
///         2 => text += &format!("string: {}\n", attribute.str()?),
///         3 => {
///             text += "nested:\n";
///             for (name, attribute) in ["A", "B"].iter().zip(attribute.nested()) {
///                 text += &format!("  - {name}: {}\n", attribute?.u32()?);
///             }
///         }
///         _ => {}
///     }
/// }
/// assert_eq!(text, "uint16: 1\nstring: hello world\nnested:\n  - A: 2\n  - B: 3\n");
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
}

/// Puts of integers in the set's order, network order, and little-endian.
macro_rules! integers {
    ($($name:ident $name_be:ident $name_le:ident $bits:literal)*) => {$(
        #[doc = concat!("Puts a ", $bits, "-bit integer in the set's byte order, which is the machine's unless set otherwise.")]
        ///
        /// # Errors
        /// [`EncodeError::Overflow`].
        #[inline]
        pub fn $name(&mut self, kind: u16, value: $name) -> Put<'_, 'b> {
            self.array(kind, match self.order {
                ByteOrder::Native => value.to_ne_bytes(),
                ByteOrder::Big => value.to_be_bytes(),
                ByteOrder::Little => value.to_le_bytes(),
            })
        }

        #[doc = concat!("Puts a ", $bits, "-bit integer in network order.")]
        ///
        /// # Errors
        /// [`EncodeError::Overflow`].
        #[inline]
        pub fn $name_be(&mut self, kind: u16, value: $name) -> Put<'_, 'b> {
            self.array(kind, value.to_be_bytes())
        }

        #[doc = concat!("Puts a little-endian ", $bits, "-bit integer.")]
        ///
        /// # Errors
        /// [`EncodeError::Overflow`].
        #[inline]
        pub fn $name_le(&mut self, kind: u16, value: $name) -> Put<'_, 'b> {
            self.array(kind, value.to_le_bytes())
        }
    )*};
}

impl<'b> Writer<'b> {
    /// Writes one message at the start of `buffer`: its header, the family's
    /// fixed header, and what `attributes` puts. Sequence and port are 0, for
    /// the sender to fill.
    ///
    /// # Errors
    /// [`EncodeError::Overflow`] for a buffer that is too small, and whatever
    /// `attributes` returns.
    #[inline]
    pub fn message<T, F>(
        buffer: &'b mut [u8],
        kind: MessageType,
        flags: Flags,
        header: &T,
        attributes: F,
    ) -> Result<MessageRef<'b>, EncodeError>
    where
        T: FixedHeader,
        F: for<'w> FnOnce(&'w mut Self) -> Put<'w, 'b>,
    {
        let mut writer = Self::new(buffer, 0);
        writer.append_headed(Header::new(kind, flags), header, attributes)?;
        let capacity = writer.buffer.len();
        MessageRef::new(writer.into_bytes()).map_err(|_| EncodeError::Overflow {
            needed: 16,
            capacity: low32(capacity),
        })
    }

    /// Writes a bare block of attributes at the start of `buffer`.
    ///
    /// # Errors
    /// Whatever `attributes` returns.
    #[inline]
    pub fn attributes<F>(buffer: &'b mut [u8], attributes: F) -> Result<Attrs<'b>, EncodeError>
    where
        F: for<'w> FnOnce(&'w mut Self) -> Put<'w, 'b>,
    {
        let mut writer = Self::new(buffer, 0);
        attributes(&mut writer)?;
        Ok(Attrs::new(writer.into_bytes()))
    }

    /// A writer that goes on behind the first `len` bytes.
    #[inline]
    pub(crate) fn new(buffer: &'b mut [u8], len: usize) -> Self {
        Self::stamped(buffer, len, Stamp::default())
    }

    /// Continues a buffer whose first `start` bytes are taken, and adds the
    /// stamp to the header of each message.
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
        }
    }

    /// Returns the number of messages written.
    #[inline]
    #[must_use]
    pub const fn messages(&self) -> u32 {
        self.messages
    }

    /// Makes the last message ask for an acknowledgement, or not, and returns
    /// its number, from 0.
    pub(crate) fn ask_ack(&mut self, ack: bool) -> u32 {
        if let Ok((header, _)) =
            Header::mut_from_prefix(self.buffer.get_mut(self.last..).unwrap_or_default())
        {
            let flags = header.flags().difference(Flags::ACK);
            *header = header.with_flags(if ack { flags | Flags::ACK } else { flags });
        }
        self.messages.saturating_sub(1)
    }

    #[inline]
    pub(crate) const fn len(&self) -> usize {
        self.len
    }

    #[inline]
    pub(crate) fn into_bytes(self) -> &'b [u8] {
        self.buffer.get(..self.len).unwrap_or_default()
    }

    /// Appends a message, as [`Writer::message`] writes one, behind what is
    /// there: for `write_into`, which the features `alloc` and `heapless` add.
    ///
    /// # Errors
    /// [`EncodeError::Overflow`], and whatever `attributes` returns; nothing
    /// of the message stays.
    #[inline]
    pub fn append_message<T, F>(
        &mut self,
        kind: MessageType,
        flags: Flags,
        header: &T,
        attributes: F,
    ) -> Put<'_, 'b>
    where
        T: FixedHeader,
        F: for<'w> FnOnce(&'w mut Self) -> Put<'w, 'b>,
    {
        self.append_headed(Header::new(kind, flags), header, attributes)?;
        Ok(self)
    }

    /// Appends a message and pads before it; on an error the writer is as it was.
    #[inline]
    pub(crate) fn append_headed<T, F>(
        &mut self,
        header: Header,
        fixed: &T,
        attributes: F,
    ) -> Result<(), EncodeError>
    where
        T: FixedHeader,
        F: for<'w> FnOnce(&'w mut Self) -> Put<'w, 'b>,
    {
        let (mark, order) = (self.len, self.order);
        let result = self.try_append_headed(header, fixed, attributes);
        self.order = order;
        if result.is_err() {
            self.len = mark;
        }
        result
    }

    /// Appends a copy of a message; its header gets the writer's stamp.
    ///
    /// # Errors
    ///
    /// [`EncodeError::Overflow`].
    pub fn append_copy(&mut self, message: MessageRef<'_>) -> Put<'_, 'b> {
        self.append_headed(*message.header(), &(), |w| w.append(message.payload()))?;
        Ok(self)
    }

    #[inline]
    fn try_append_headed<T, F>(
        &mut self,
        header: Header,
        fixed: &T,
        attributes: F,
    ) -> Result<(), EncodeError>
    where
        T: FixedHeader,
        F: for<'w> FnOnce(&'w mut Self) -> Put<'w, 'b>,
    {
        let header = self.stamp.header(header, self.messages);
        let start = self.payload(&header)?;
        self.append(fixed)?;
        attributes(self)?;
        let length = low32(self.len.saturating_sub(start));
        self.patch(start, &header.with_length(length));
        self.last = start;
        self.messages = self.messages.saturating_add(1);
        Ok(())
    }

    /// Appends a struct at the next multiple of 4 and says where it starts.
    /// Padding behind it is zeroed but not counted: only what comes next makes
    /// it part of the message, and finds it written.
    #[inline]
    fn payload<T>(&mut self, value: &T) -> Result<usize, EncodeError>
    where
        T: IntoBytes + Immutable + ?Sized,
    {
        let start = align(self.len);
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
        for byte in behind.iter_mut().take(align(size).saturating_sub(size)) {
            *byte = 0;
        }
        self.len = end;
        Ok(start)
    }

    /// Writes over what is there already.
    #[inline]
    fn patch<T: IntoBytes + Immutable>(&mut self, start: usize, value: &T) {
        let slot = self.buffer.get_mut(start..).unwrap_or_default();
        // It was written there before, and so fits.
        let _ = value.write_to_prefix(slot);
    }

    /// Claims an attribute of `length` bytes of value: writes its header and
    /// its padding, and lends the value to be written over.
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

    #[inline(always)]
    fn array<const N: usize>(&mut self, kind: u16, bytes: [u8; N]) -> Put<'_, 'b> {
        if let Some(value) = self.claim(kind, N)?.first_chunk_mut() {
            *value = bytes;
        }
        Ok(self)
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

    /// Writes integers in this byte order from here on where a put does not
    /// name one, down to the end of this set, nests included.
    pub const fn order(&mut self, order: ByteOrder) -> &mut Self {
        self.order = order;
        self
    }

    integers! {
        u8 u8_be u8_le "8"
        u16 u16_be u16_le "16"
        u32 u32_be u32_le "32"
        u64 u64_be u64_le "64"
        i8 i8_be i8_le "8"
        i16 i16_be i16_le "16"
        i32 i32_be i32_le "32"
        i64 i64_be i64_le "64"
    }

    /// Puts an unsigned integer into 4 bytes if it fits, else into 8
    /// (`NLA_UINT`).
    ///
    /// # Errors
    /// [`EncodeError::Overflow`].
    #[inline]
    pub fn uint(&mut self, kind: u16, value: u64) -> Put<'_, 'b> {
        match u32::try_from(value) {
            Ok(value) => self.u32(kind, value),
            Err(_) => self.u64(kind, value),
        }
    }

    /// Puts a signed integer into 4 bytes if it fits, else into 8 (`NLA_SINT`).
    ///
    /// # Errors
    /// [`EncodeError::Overflow`].
    #[inline]
    pub fn sint(&mut self, kind: u16, value: i64) -> Put<'_, 'b> {
        match i32::try_from(value) {
            Ok(value) => self.i32(kind, value),
            Err(_) => self.i64(kind, value),
        }
    }

    /// Puts a flag where `value` is true, and nothing where it is not
    /// (`NLA_FLAG`).
    ///
    /// # Errors
    /// [`EncodeError::Overflow`].
    #[inline]
    pub fn flag(&mut self, kind: u16, value: bool) -> Put<'_, 'b> {
        if value {
            self.bytes(kind, &[])
        } else {
            Ok(self)
        }
    }

    /// Puts a string and its NUL (`NLA_NUL_STRING`).
    ///
    /// # Errors
    /// [`EncodeError::InnerNul`], [`EncodeError::TooLong`] and
    /// [`EncodeError::Overflow`].
    #[inline]
    pub fn str(&mut self, kind: u16, value: &str) -> Put<'_, 'b> {
        self.text(kind, Text::raw(value.as_bytes()))
    }

    /// Puts a string of any bytes and its NUL (`NLA_NUL_STRING`).
    ///
    /// # Errors
    /// As [`str`](Self::str).
    pub fn text(&mut self, kind: u16, value: Text<'_>) -> Put<'_, 'b> {
        let value = value.as_bytes();
        if let Some(position) = value.iter().position(|&byte| byte == 0) {
            return Err(EncodeError::InnerNul {
                attribute: kind & NLA_TYPE_MASK,
                position: low32(position),
            });
        }
        self.put_with(kind, value.len().saturating_add(1), |slot| {
            copy(value, slot);
        })
    }

    /// Puts bytes as they are.
    ///
    /// # Errors
    /// [`EncodeError::TooLong`] and [`EncodeError::Overflow`].
    #[inline]
    pub fn bytes(&mut self, kind: u16, value: &[u8]) -> Put<'_, 'b> {
        copy(value, self.claim(kind, value.len())?);
        Ok(self)
    }

    /// Puts a struct, or an array of them, as it is in memory.
    ///
    /// # Errors
    /// [`EncodeError::TooLong`] and [`EncodeError::Overflow`].
    #[inline]
    pub fn value<T>(&mut self, kind: u16, value: &T) -> Put<'_, 'b>
    where
        T: IntoBytes + Immutable + ?Sized,
    {
        self.bytes(kind, value.as_bytes())
    }

    /// Puts bits and which of them count (`NLA_BITFIELD32`).
    ///
    /// # Errors
    /// [`EncodeError::Overflow`].
    pub fn bitfield32(&mut self, kind: u16, value: Bitfield32) -> Put<'_, 'b> {
        self.value(kind, &value)
    }

    /// Puts the 4 or 16 bytes of an address in network order.
    ///
    /// # Errors
    /// [`EncodeError::Overflow`].
    #[inline]
    pub fn ip(&mut self, kind: u16, value: IpAddr) -> Put<'_, 'b> {
        match value {
            IpAddr::V4(value) => self.array(kind, value.octets()),
            IpAddr::V6(value) => self.array(kind, value.octets()),
        }
    }

    /// Puts `length` zeroed bytes and lends them to `fill`.
    ///
    /// # Errors
    /// [`EncodeError::TooLong`] and [`EncodeError::Overflow`], both before
    /// `fill` is called.
    #[inline]
    pub fn put_with<F>(&mut self, kind: u16, length: usize, fill: F) -> Put<'_, 'b>
    where
        F: FnOnce(&mut [u8]),
    {
        let value = self.claim(kind, length)?;
        value.fill(0);
        fill(value);
        Ok(self)
    }

    /// Puts an attribute as it was received, flag bits included.
    ///
    /// # Errors
    /// [`EncodeError::TooLong`] and [`EncodeError::Overflow`].
    pub fn raw(&mut self, attribute: AttrRef<'_>) -> Put<'_, 'b> {
        self.bytes(attribute.raw_kind(), attribute.bytes())
    }

    /// Puts a nest, marked with [`NLA_F_NESTED`], of what `children` puts.
    ///
    /// # Errors
    /// [`EncodeError::TooLong`], [`EncodeError::Overflow`], and whatever
    /// `children` returns; nothing of the nest stays.
    pub fn nest<F>(&mut self, kind: u16, children: F) -> Put<'_, 'b>
    where
        F: for<'w> FnOnce(&'w mut Self) -> Put<'w, 'b>,
    {
        self.unmarked_nest(kind | NLA_F_NESTED, children)
    }

    /// Puts a nest of attributes that are written already, and marks it with
    /// [`NLA_F_NESTED`].
    ///
    /// # Errors
    /// [`EncodeError::TooLong`] and [`EncodeError::Overflow`].
    pub fn nest_of(&mut self, kind: u16, attributes: &[u8]) -> Put<'_, 'b> {
        self.bytes(kind | NLA_F_NESTED, attributes)
    }

    /// Puts a nest without the mark, as older parts of the kernel send them.
    ///
    /// # Errors
    /// As [`nest`](Self::nest).
    pub fn unmarked_nest<F>(&mut self, kind: u16, children: F) -> Put<'_, 'b>
    where
        F: for<'w> FnOnce(&'w mut Self) -> Put<'w, 'b>,
    {
        self.guarded(|w| {
            let start = align(w.len);
            w.limit = w.limit.min(start.saturating_add(NEST));
            w.claim(kind, 0)?;
            children(w)?;
            w.patch_length(kind, start)?;
            Ok(())
        })
    }

    /// Puts as many items as there is room for, and returns the place where it
    /// stopped; `(items.len(), 0)` once all are there.
    ///
    /// A place is the number of an item, and a place inside of that item. `put`
    /// gets the inner place to begin at, and returns the one where it stopped,
    /// or 0 at the end of its item. Inside of a nest the room ends with the
    /// nest's 16-bit length.
    ///
    /// # Errors
    ///
    /// Those of `put` for the first item, if not even a piece of it fits; then
    /// nothing is written.
    pub fn fill<T, F>(
        &mut self,
        items: &[T],
        from: (usize, usize),
        mut put: F,
    ) -> Result<(usize, usize), EncodeError>
    where
        F: for<'w> FnMut(&'w mut Self, &T, usize) -> Result<usize, EncodeError>,
    {
        let (first, mut inner) = from;
        for (place, item) in (first..).zip(items.get(first..).unwrap_or_default()) {
            let (mark, order, limit) = (self.len, self.order, self.limit);
            let stop = match put(self, item, inner) {
                Ok(stop) if self.len <= limit => Ok(stop),
                Ok(_) => Err(EncodeError::Overflow {
                    needed: low32(self.len),
                    capacity: low32(limit),
                }),
                Err(error) => Err(error),
            };
            (self.order, self.limit) = (order, limit);
            match stop {
                Ok(0) => inner = 0,
                Ok(stop) => return Ok((place, stop)),
                Err(EncodeError::Overflow { .. } | EncodeError::TooLong { .. })
                    if place > first =>
                {
                    self.len = mark;
                    return Ok((place, inner));
                }
                Err(error) => {
                    self.len = mark;
                    return Err(error);
                }
            }
        }
        Ok((items.len(), 0))
    }

    /// Puts a record into the nest around it: a struct with its length, and
    /// the attributes behind it (`struct rtnexthop`).
    ///
    /// # Errors
    /// [`EncodeError::TooLong`], which names attribute 0,
    /// [`EncodeError::Overflow`], and whatever `children` returns; nothing of
    /// the record stays.
    pub fn record<T, F>(&mut self, record: T, children: F) -> Put<'_, 'b>
    where
        T: Record,
        F: for<'w> FnOnce(&'w mut Self) -> Put<'w, 'b>,
    {
        self.guarded(|w| {
            let start = w.payload(&record)?;
            children(w)?;
            let length = w.len.saturating_sub(start);
            let length = u16::try_from(length).map_err(|_| too_long(0, length))?;
            w.patch(start, &record.with_length(length));
            Ok(())
        })
    }

    /// Runs `put`, and takes back all that it did if it fails.
    #[inline]
    fn guarded<F>(&mut self, put: F) -> Put<'_, 'b>
    where
        F: FnOnce(&mut Self) -> Result<(), EncodeError>,
    {
        let (mark, order, limit) = (self.len, self.order, self.limit);
        let result = put(self);
        (self.order, self.limit) = (order, limit);
        match result {
            Ok(()) => Ok(self),
            Err(error) => {
                self.len = mark;
                Err(error)
            }
        }
    }

    #[inline]
    fn patch_length(&mut self, kind: u16, start: usize) -> Result<(), EncodeError> {
        let length = self.len.saturating_sub(start);
        let nla_len = u16::try_from(length).map_err(|_| too_long(kind, length))?;
        self.patch(start, &nla_len);
        Ok(())
    }
}

/// Longest nest in bytes, header included: 16 bits, and attributes are padded.
const NEST: usize = 0xfffc;

#[cold]
const fn too_long(kind: u16, length: usize) -> EncodeError {
    EncodeError::TooLong {
        attribute: kind & NLA_TYPE_MASK,
        length: low32(length),
    }
}
