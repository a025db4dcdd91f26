//! Attributes of each form that needs no closure.

use core::net::IpAddr;

use super::{Put, Writer};
use crate::bytes::{copy, low32};
use crate::zerocopy::{Immutable, IntoBytes};
use crate::{AttrRef, Bitfield32, ByteOrder, EncodeError, NLA_TYPE_MASK, Text};

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
    /// The errors of [`str`](Self::str).
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

    /// Puts `length` zeroed bytes, which `fill` overwrites.
    ///
    /// ```
    /// use nlwire::Writer;
    ///
    /// let mut buffer = [0; 32];
    /// // A name in a field of 16 bytes.
    /// let block = Writer::attributes(&mut buffer, |w| {
    ///     w.put_with(1, 16, |field| field[..4].copy_from_slice(b"eth0"))
    /// })?;
    /// assert_eq!(block.remaining().len(), 20);
    /// # Ok::<(), nlwire::EncodeError>(())
    /// ```
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

    #[inline(always)]
    fn array<const N: usize>(&mut self, kind: u16, bytes: [u8; N]) -> Put<'_, 'b> {
        if let Some(value) = self.claim(kind, N)?.first_chunk_mut() {
            *value = bytes;
        }
        Ok(self)
    }
}
