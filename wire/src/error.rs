//! What can be wrong with bytes that are read, and with values that are written.

use core::fmt;

/// Why bytes could not be read as what was asked of them, and where.
///
/// The place comes first, so that the text reads well alone:
/// `attribute 7 at byte 64: expected 4 bytes, found 2`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct DecodeError {
    kind: DecodeErrorKind,
    offset: u32,
    place: Place,
}

/// The thing that starts at a [`DecodeError`]'s offset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub(crate) enum Place {
    Message,
    Payload,
    Record,
    Attribute(u16),
}

/// The cause of a [`DecodeError`]. Numbers are bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
// A tag of 32 bits: in front of the 16 of `EitherSize` it would have 16, and
// the compiler then patches halves of words together wherever an integer or an
// error is returned.
#[repr(u32)]
pub enum DecodeErrorKind {
    /// The length field is smaller than the header that it stands in.
    LengthBelowHeader {
        /// What the length field says.
        length: u32,
        /// What the header alone takes.
        header: u32,
    },
    /// The length field points past the end of what holds it.
    Overrun {
        /// What the length field says.
        length: u32,
        /// What is left.
        available: u32,
    },
    /// A value has another size than its type.
    Size {
        /// The size of the type.
        expected: u32,
        /// The size of the value.
        found: u32,
    },
    /// A value is smaller than its type.
    TooShort {
        /// The least that the type takes.
        minimum: u32,
        /// The size of the value.
        found: u32,
    },
    /// A value has neither of the two sizes that its type allows.
    EitherSize {
        /// The smaller size.
        small: u16,
        /// The larger size.
        large: u16,
        /// The size of the value.
        found: u32,
    },
    /// An array does not end where an element ends.
    Multiple {
        /// The size of an element.
        element: u32,
        /// The size of the value.
        found: u32,
    },
    /// A string is not UTF-8 from this byte of the value on.
    Utf8 {
        /// Bytes that are valid.
        valid: u32,
    },
    /// A C string without its NUL.
    Unterminated,
    /// A required attribute is not in its set; the offset is the set's end.
    Missing,
}

impl DecodeError {
    #[inline]
    pub(crate) const fn new(place: Place, offset: u32, kind: DecodeErrorKind) -> Self {
        Self {
            kind,
            offset,
            place,
        }
    }

    /// Returns the cause.
    #[must_use]
    pub const fn kind(&self) -> DecodeErrorKind {
        self.kind
    }

    /// Returns where the refused thing starts: for attributes and records, in
    /// bytes from the start of their `nlmsghdr` (or of the bare block); for
    /// messages, from the start of the datagram.
    #[must_use]
    pub const fn offset(&self) -> u32 {
        self.offset
    }

    /// Returns the type of the attribute at fault, without its flag bits.
    #[must_use]
    pub const fn attribute(&self) -> Option<u16> {
        match self.place {
            Place::Attribute(kind) => Some(kind),
            _ => None,
        }
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let offset = self.offset;
        match self.place {
            Place::Message => write!(f, "message at byte {offset}: "),
            Place::Payload => write!(f, "payload at byte {offset}: "),
            Place::Record => write!(f, "record at byte {offset}: "),
            Place::Attribute(kind) => write!(f, "attribute {kind} at byte {offset}: "),
        }?;
        self.kind.fmt(f)
    }
}

impl fmt::Display for DecodeErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::LengthBelowHeader { length, header } => {
                write!(f, "length field says {length}, its header takes {header}")
            }
            Self::Overrun { length, available } => {
                write!(f, "length field says {length}, {available} bytes are left")
            }
            Self::Size { expected, found } => {
                write!(f, "expected {expected} bytes, found {found}")
            }
            Self::TooShort { minimum, found } => {
                write!(f, "expected at least {minimum} bytes, found {found}")
            }
            Self::EitherSize {
                small,
                large,
                found,
            } => write!(f, "expected {small} or {large} bytes, found {found}"),
            Self::Multiple { element, found } => {
                write!(f, "expected a multiple of {element} bytes, found {found}")
            }
            Self::Utf8 { valid } => write!(f, "not UTF-8 after {valid} bytes"),
            Self::Unterminated => f.write_str("string without its NUL"),
            Self::Missing => f.write_str("missing"),
        }
    }
}

impl core::error::Error for DecodeError {}

/// Why a value was not written. The buffer holds what it held before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum EncodeError {
    /// The buffer is too small.
    Overflow {
        /// Bytes that the buffer must have for this put to succeed; those
        /// that follow it may need more.
        needed: u32,
        /// Bytes that it has.
        capacity: u32,
    },
    /// An attribute, or a record, would be longer than its 16-bit length
    /// field can say.
    TooLong {
        /// The attribute's type, without its flag bits; of a record, that of
        /// the attribute around it.
        attribute: u16,
        /// What the length field would have to say.
        length: u32,
    },
    /// A value has more parts than the field that counts them can say.
    TooMany {
        /// The attribute's type, without its flag bits.
        attribute: u16,
        /// How many there may be.
        limit: u16,
        /// How many there are.
        count: u32,
    },
    /// A string for the kernel has a NUL inside, where the kernel would end it.
    InnerNul {
        /// The attribute's type, without its flag bits.
        attribute: u16,
        /// Where the NUL is in the string.
        position: u32,
    },
    /// A batch has requests of as many generic families as it can hold.
    BatchFull {
        /// Number of families.
        limit: u32,
    },
    /// A message of the request waits for the acknowledgement of the one before
    /// it, which is impossible in a batch or a pipeline.
    Waits,
    /// The request is of another protocol than those before it.
    Mixed,
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Overflow { needed, capacity } => {
                write!(f, "buffer of {capacity} bytes: at least {needed} needed")
            }
            Self::TooLong { attribute, length } => write!(
                f,
                "attribute {attribute}: {length} bytes exceed a 16-bit length"
            ),
            Self::TooMany {
                attribute,
                limit,
                count,
            } => write!(
                f,
                "attribute {attribute}: {count} parts, of which there may be {limit}"
            ),
            Self::InnerNul {
                attribute,
                position,
            } => write!(
                f,
                "attribute {attribute}: NUL at byte {position} of a string"
            ),
            Self::BatchFull { limit } => write!(f, "batch holds requests of {limit} families"),
            Self::Waits => f.write_str("a message waits for the one before it"),
            Self::Mixed => f.write_str("a request of another protocol"),
        }
    }
}

impl core::error::Error for EncodeError {}
