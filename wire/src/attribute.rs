//! Attributes, and getters that give their values a type.
//!
//! Getters check the size of the value and nothing is ever lost: whatever a
//! getter refuses, [`AttrRef::bytes`] still gives.

use core::ffi::CStr;
use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::zerocopy::native_endian::U16;
use crate::zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout, Unaligned};

use crate::bytes::{align, copy, first_nul, front, low32};
use crate::error::Place;
use crate::value::Scope;
use crate::{Bitfield32, ByteOrder, DecodeError, DecodeErrorKind, Text};

/// Set in an attribute's type: the value is a nest (`NLA_F_NESTED`). Many of
/// the kernel's nests lack it.
pub const NLA_F_NESTED: u16 = 0x8000;

/// Set in an attribute's type: the value is in network order
/// (`NLA_F_NET_BYTEORDER`). Few senders set it.
pub const NLA_F_NET_BYTEORDER: u16 = 0x4000;

/// The part of an attribute's type that is not a flag (`NLA_TYPE_MASK`).
pub const NLA_TYPE_MASK: u16 = !(NLA_F_NESTED | NLA_F_NET_BYTEORDER);

/// Attribute, borrowed from its message.
///
/// Offsets count from the start of the message's `nlmsghdr`, as the kernel's
/// `NLMSGERR_ATTR_OFFS` does, or from the start of a bare block.
///
/// ```
/// use nlwire::Writer;
///
/// const IFLA_MTU: u16 = 4;
///
/// let mut buffer = [0; 16];
/// let mut attributes = Writer::attributes(&mut buffer, |w| w.u32(IFLA_MTU, 1400))?;
/// let mtu = attributes.next().ok_or("no attribute")??;
/// assert_eq!((mtu.kind(), mtu.u32()?, mtu.bytes().len()), (IFLA_MTU, 1400, 4));
/// // A getter of another size fails, and says where.
/// assert_eq!(mtu.u16().unwrap_err().offset(), mtu.offset());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy)]
#[doc(alias = "nlattr", alias = "rtattr")]
pub struct AttrRef<'a> {
    /// The attribute and all that follows it in its row. Type, value and offset
    /// are taken from it where they are asked for, so that the walk computes
    /// none of them.
    pub(crate) rest: &'a [u8],
    /// The offset of the first byte after `rest`.
    pub(crate) end: u32,
    /// Value of the header's length field: 4 plus the size of the value.
    pub(crate) length: u16,
    pub(crate) scope: Scope,
}

/// Getters of integers in the set's order, network order, and little-endian.
/// The header of an attribute (`struct nlattr`), of which each half is loaded
/// by itself: out of four bytes the compiler would piece them together.
#[derive(Clone, Copy, FromBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub(crate) struct AttrHeader {
    pub(crate) length: U16,
    pub(crate) kind: U16,
}

macro_rules! integers {
    ($($name:ident $name_be:ident $name_le:ident $bits:literal)*) => {$(
        #[doc = concat!("Reads a ", $bits, "-bit integer in the set's byte order, which is the machine's unless set otherwise.")]
        ///
        /// # Errors
        /// [`DecodeErrorKind::Size`].
        #[inline]
        pub fn $name(&self) -> Result<$name, DecodeError> {
            let bytes = *self.array()?;
            Ok(match self.scope.order {
                ByteOrder::Native => $name::from_ne_bytes(bytes),
                ByteOrder::Big => $name::from_be_bytes(bytes),
                ByteOrder::Little => $name::from_le_bytes(bytes),
            })
        }

        #[doc = concat!("Reads a ", $bits, "-bit integer in network order.")]
        ///
        /// # Errors
        /// [`DecodeErrorKind::Size`].
        #[inline]
        pub fn $name_be(&self) -> Result<$name, DecodeError> {
            Ok($name::from_be_bytes(*self.array()?))
        }

        #[doc = concat!("Reads a little-endian ", $bits, "-bit integer.")]
        ///
        /// # Errors
        /// [`DecodeErrorKind::Size`].
        #[inline]
        pub fn $name_le(&self) -> Result<$name, DecodeError> {
            Ok($name::from_le_bytes(*self.array()?))
        }
    )*};
}

impl<'a> AttrRef<'a> {
    /// Returns the type without its flag bits (`nla_type`).
    #[inline]
    #[must_use]
    pub fn kind(&self) -> u16 {
        self.raw_kind() & NLA_TYPE_MASK
    }

    /// Returns the type as sent, with its flag bits.
    #[inline]
    #[must_use]
    #[doc(alias = "nla_type")]
    pub fn raw_kind(&self) -> u16 {
        AttrHeader::ref_from_prefix(self.rest).map_or(0, |(header, _)| header.kind.get())
    }

    /// Returns true if the sender marked the value as a nest.
    #[inline]
    #[must_use]
    pub fn is_nested(&self) -> bool {
        self.raw_kind() & NLA_F_NESTED != 0
    }

    /// Returns true if the sender marked the value as in network order.
    #[inline]
    #[must_use]
    pub fn is_net_byteorder(&self) -> bool {
        self.raw_kind() & NLA_F_NET_BYTEORDER != 0
    }

    /// Returns where the attribute's header is, in bytes from the start of
    /// the message's `nlmsghdr` or of the bare block.
    #[inline]
    #[must_use]
    pub const fn offset(&self) -> u32 {
        self.end.wrapping_sub(low32(self.rest.len()))
    }

    /// Returns the value, whatever it is, without padding.
    #[inline]
    #[must_use]
    pub fn bytes(&self) -> &'a [u8] {
        self.rest
            .get(4..usize::from(self.length))
            .unwrap_or_default()
    }

    /// Returns the address family that the message's fixed header named, else 0.
    #[inline]
    #[must_use]
    pub const fn family(&self) -> u8 {
        self.scope.family
    }

    /// Reads integers in this byte order where a getter does not name one.
    #[inline]
    #[must_use]
    pub const fn with_order(mut self, order: ByteOrder) -> Self {
        self.scope.order = order;
        self
    }

    /// Returns the offset of the value's end.
    #[inline]
    pub(crate) fn end(&self) -> u32 {
        self.offset().wrapping_add(u32::from(self.length))
    }

    #[inline]
    pub(crate) fn error(&self, cause: DecodeErrorKind) -> DecodeError {
        DecodeError::new(Place::Attribute(self.kind()), self.offset(), cause)
    }

    #[inline]
    fn size_error(&self, expected: usize) -> DecodeError {
        self.error(DecodeErrorKind::Size {
            expected: low32(expected),
            found: low32(self.bytes().len()),
        })
    }

    #[inline]
    pub(crate) fn either_size_error(&self, small: u16, large: u16) -> DecodeError {
        self.error(DecodeErrorKind::EitherSize {
            small,
            large,
            found: low32(self.bytes().len()),
        })
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

    /// Reads an unsigned integer of 4 or 8 bytes (`NLA_UINT`).
    ///
    /// # Errors
    /// [`DecodeErrorKind::EitherSize`].
    #[inline]
    pub fn uint(&self) -> Result<u64, DecodeError> {
        match self.bytes().len() {
            4 => self.u32().map(u64::from),
            8 => self.u64(),
            _ => Err(self.either_size_error(4, 8)),
        }
    }

    /// Reads a signed integer of 4 or 8 bytes (`NLA_SINT`).
    ///
    /// # Errors
    /// [`DecodeErrorKind::EitherSize`].
    #[inline]
    pub fn sint(&self) -> Result<i64, DecodeError> {
        match self.bytes().len() {
            4 => self.i32().map(i64::from),
            8 => self.i64(),
            _ => Err(self.either_size_error(4, 8)),
        }
    }

    /// Reads a flag, which is true by being there (`NLA_FLAG`).
    ///
    /// # Errors
    /// [`DecodeErrorKind::Size`] if it has a value.
    #[inline]
    pub fn flag(&self) -> Result<bool, DecodeError> {
        if self.bytes().is_empty() {
            Ok(true)
        } else {
            Err(self.size_error(0))
        }
    }

    /// Reads a string that ends at its first NUL or, without one, at the end
    /// of the value (`NLA_STRING`, `NLA_NUL_STRING`).
    ///
    /// # Errors
    /// [`DecodeErrorKind::Utf8`]. The kernel's names can be any bytes: see
    /// [`text`](Self::text).
    #[inline]
    pub fn str(&self) -> Result<&'a str, DecodeError> {
        self.text().to_str().map_err(|error| {
            self.error(DecodeErrorKind::Utf8 {
                valid: low32(error.valid_up_to()),
            })
        })
    }

    /// Returns a string of any bytes, up to its first NUL or, without one, to
    /// the end of the value (`NLA_STRING`, `NLA_NUL_STRING`).
    #[inline]
    #[must_use]
    pub fn text(&self) -> Text<'a> {
        let bytes = self.bytes();
        // Most names end in the first word, whatever follows them in it.
        let word = self.rest.get(4..).and_then(<[u8]>::first_chunk);
        let text = word
            .and_then(first_nul)
            .and_then(|place| bytes.get(..place))
            .or_else(|| bytes.split(|&byte| byte == 0).next());
        Text::raw(text.unwrap_or_default())
    }

    /// Reads a string of any bytes, ended by a NUL (`NLA_NUL_STRING`).
    ///
    /// # Errors
    /// [`DecodeErrorKind::Unterminated`].
    pub fn cstr(&self) -> Result<&'a CStr, DecodeError> {
        CStr::from_bytes_until_nul(self.bytes())
            .map_err(|_| self.error(DecodeErrorKind::Unterminated))
    }

    /// Reads exactly `N` bytes.
    ///
    /// # Errors
    /// [`DecodeErrorKind::Size`].
    #[inline]
    pub fn array<const N: usize>(&self) -> Result<&'a [u8; N], DecodeError> {
        match self.bytes().try_into() {
            Ok(array) => Ok(array),
            Err(_) => Err(self.size_error(N)),
        }
    }

    /// Reads bits and which of them count, 8 bytes (`NLA_BITFIELD32`).
    ///
    /// # Errors
    /// [`DecodeErrorKind::Size`].
    #[inline]
    pub fn bitfield32(&self) -> Result<Bitfield32, DecodeError> {
        Bitfield32::read_from_bytes(self.bytes()).map_err(|_| self.size_error(8))
    }

    /// Reads an Ethernet address, 6 bytes in the order of transmission.
    ///
    /// # Errors
    /// [`DecodeErrorKind::Size`].
    #[inline]
    pub fn mac(&self) -> Result<&'a [u8; 6], DecodeError> {
        self.array()
    }

    /// Reads an IPv4 or IPv6 address in network order; its size determines
    /// which.
    ///
    /// # Errors
    /// [`DecodeErrorKind::EitherSize`] if it has neither 4 nor 16 bytes.
    #[inline]
    pub fn ip(&self) -> Result<IpAddr, DecodeError> {
        if let Ok(octets) = <[u8; 4]>::try_from(self.bytes()) {
            Ok(IpAddr::V4(Ipv4Addr::from(octets)))
        } else if let Ok(octets) = <[u8; 16]>::try_from(self.bytes()) {
            Ok(IpAddr::V6(Ipv6Addr::from(octets)))
        } else {
            Err(self.either_size_error(4, 16))
        }
    }

    /// Borrows a struct in place. A newer kernel may append to it: what
    /// follows `T` is left out.
    ///
    /// # Errors
    /// [`DecodeErrorKind::TooShort`]. An older kernel may send less: see
    /// [`zero_extended`](Self::zero_extended).
    #[inline]
    pub fn view<T>(&self) -> Result<&'a T, DecodeError>
    where
        T: FromBytes + Immutable + Unaligned,
    {
        match front::<T>(self.bytes()) {
            Some((value, _)) => Ok(value),
            None => Err(self.error(DecodeErrorKind::TooShort {
                minimum: low32(size_of::<T>()),
                found: low32(self.bytes().len()),
            })),
        }
    }

    /// Copies a struct, filled with zeros where an older kernel sends less
    /// than today's.
    #[must_use]
    pub fn zero_extended<T>(&self) -> T
    where
        T: FromBytes + IntoBytes,
    {
        let mut value = T::new_zeroed();
        copy(self.bytes(), value.as_mut_bytes());
        value
    }

    /// Borrows an array of `T`s in place.
    ///
    /// # Errors
    /// [`DecodeErrorKind::Multiple`] if it does not end where a `T` ends.
    #[inline]
    pub fn slice<T>(&self) -> Result<&'a [T], DecodeError>
    where
        T: FromBytes + Immutable + Unaligned,
    {
        <[T]>::ref_from_bytes(self.bytes()).map_err(|_| {
            self.error(DecodeErrorKind::Multiple {
                element: low32(size_of::<T>()),
                found: low32(self.bytes().len()),
            })
        })
    }

    /// Returns the number of bytes that the attribute takes in a buffer, with
    /// its header and padding.
    #[inline]
    #[must_use]
    pub fn padded_len(&self) -> usize {
        align(usize::from(self.length))
    }
}

/// The same type, value, offset and order; what follows does not count.
impl PartialEq for AttrRef<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.offset() == other.offset()
            && self.raw_kind() == other.raw_kind()
            && self.bytes() == other.bytes()
            && self.scope == other.scope
    }
}

impl Eq for AttrRef<'_> {}

/// `AttrRef(7 at byte 64, 4 bytes)`
impl core::fmt::Debug for AttrRef<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(
            f,
            "AttrRef({} at byte {}, {} bytes)",
            self.kind(),
            self.offset(),
            self.bytes().len()
        )
    }
}
