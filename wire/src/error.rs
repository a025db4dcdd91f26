//! What can be wrong with bytes that are read, and with values that are written.

use core::fmt;
use core::hash::{Hash, Hasher};

use crate::schema::AttributeName;

/// Reason why bytes could not be read as what was asked of them, and the place.
///
/// The place comes first, so that the text reads well alone:
/// `IFLA_MTU at byte 64: expected 4 bytes, found 2`.
#[derive(Clone, Copy)]
pub struct DecodeError {
    /// Name of the attribute, where its set is known.
    name: Option<&'static &'static str>,
    offset: u32,
    /// Type of the attribute, where one is at fault.
    attribute: u16,
    place: PlaceKind,
    cause: Cause,
    /// Numbers of the cause: packed, so that the name fits into 24 bytes.
    numbers: [u32; 2],
}

const _: () = assert!(size_of::<DecodeError>() <= 24);

/// The thing that starts at a [`DecodeError`]'s offset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Message,
    Payload,
    Record,
    Attribute(u16),
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
enum PlaceKind {
    Message,
    Payload,
    Record,
    Attribute,
}

/// A [`DecodeErrorKind`] without its numbers.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
enum Cause {
    LengthBelowHeader,
    Overrun,
    Size,
    TooShort,
    EitherSize,
    Multiple,
    Utf8,
    Unterminated,
    Missing,
}

/// The cause of a [`DecodeError`]. Numbers are bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
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
        let (place, attribute) = match place {
            Place::Message => (PlaceKind::Message, 0),
            Place::Payload => (PlaceKind::Payload, 0),
            Place::Record => (PlaceKind::Record, 0),
            Place::Attribute(attribute) => (PlaceKind::Attribute, attribute),
        };
        let (cause, numbers) = pack(kind);
        Self {
            name: None,
            offset,
            attribute,
            place,
            cause,
            numbers,
        }
    }

    /// Names the attribute as its set does, if it has no name yet.
    pub(crate) fn named_in(mut self, names: &'static [AttributeName]) -> Self {
        if let (PlaceKind::Attribute, None) = (self.place, self.name) {
            let named = names.iter().find(|named| named.kind == self.attribute);
            self.name = named.map(|named| &named.name);
        }
        self
    }

    /// Returns the cause.
    #[must_use]
    pub const fn kind(&self) -> DecodeErrorKind {
        unpack(self.cause, self.numbers)
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
            PlaceKind::Attribute => Some(self.attribute),
            _ => None,
        }
    }

    /// Returns the C name of the attribute at fault, such as `IFLA_MTU`, if it
    /// was read as one of a set.
    #[must_use]
    pub const fn name(&self) -> Option<&'static str> {
        match self.name {
            Some(name) => Some(*name),
            None => None,
        }
    }
}

const fn pack(kind: DecodeErrorKind) -> (Cause, [u32; 2]) {
    use DecodeErrorKind as Kind;

    match kind {
        Kind::LengthBelowHeader { length, header } => (Cause::LengthBelowHeader, [length, header]),
        Kind::Overrun { length, available } => (Cause::Overrun, [length, available]),
        Kind::Size { expected, found } => (Cause::Size, [expected, found]),
        Kind::TooShort { minimum, found } => (Cause::TooShort, [minimum, found]),
        Kind::EitherSize {
            small,
            large,
            found,
        } => {
            let ([a, b], [c, d]) = (small.to_le_bytes(), large.to_le_bytes());
            (Cause::EitherSize, [u32::from_le_bytes([a, b, c, d]), found])
        }
        Kind::Multiple { element, found } => (Cause::Multiple, [element, found]),
        Kind::Utf8 { valid } => (Cause::Utf8, [valid, 0]),
        Kind::Unterminated => (Cause::Unterminated, [0, 0]),
        Kind::Missing => (Cause::Missing, [0, 0]),
    }
}

const fn unpack(cause: Cause, [first, found]: [u32; 2]) -> DecodeErrorKind {
    use DecodeErrorKind as Kind;

    match cause {
        Cause::LengthBelowHeader => Kind::LengthBelowHeader {
            length: first,
            header: found,
        },
        Cause::Overrun => Kind::Overrun {
            length: first,
            available: found,
        },
        Cause::Size => Kind::Size {
            expected: first,
            found,
        },
        Cause::TooShort => Kind::TooShort {
            minimum: first,
            found,
        },
        Cause::EitherSize => {
            let [a, b, c, d] = first.to_le_bytes();
            Kind::EitherSize {
                small: u16::from_le_bytes([a, b]),
                large: u16::from_le_bytes([c, d]),
                found,
            }
        }
        Cause::Multiple => Kind::Multiple {
            element: first,
            found,
        },
        Cause::Utf8 => Kind::Utf8 { valid: first },
        Cause::Unterminated => Kind::Unterminated,
        Cause::Missing => Kind::Missing,
    }
}

/// Equal whether or not the attribute has a name: that depends on the reader.
impl PartialEq for DecodeError {
    fn eq(&self, other: &Self) -> bool {
        (self.offset, self.attribute, self.place, self.cause)
            == (other.offset, other.attribute, other.place, other.cause)
            && self.numbers == other.numbers
    }
}

impl Eq for DecodeError {}

impl Hash for DecodeError {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.offset, self.attribute, self.place, self.cause).hash(state);
        self.numbers.hash(state);
    }
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DecodeError({self})")
    }
}

crate::__format!(DecodeError);

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.place, self.name) {
            (PlaceKind::Message, _) => f.write_str("message")?,
            (PlaceKind::Payload, _) => f.write_str("payload")?,
            (PlaceKind::Record, _) => f.write_str("record")?,
            (PlaceKind::Attribute, Some(name)) => f.write_str(name)?,
            (PlaceKind::Attribute, None) => write!(f, "attribute {}", self.attribute)?,
        }
        write!(f, " at byte {}: {}", self.offset, self.kind())
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
    /// An IP address is not of the family that the request is about; the kernel
    /// would read its first bytes as an address of that family.
    Family {
        /// The attribute's type.
        attribute: u16,
    },
    /// A link in another network namespace has to be changed after its
    /// creation, which takes a connection of that namespace.
    OtherNamespace,
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
            Self::Family { attribute } => {
                write!(
                    f,
                    "attribute {attribute}: an address of the other IP family"
                )
            }
            Self::OtherNamespace => {
                f.write_str("the link is in another namespace once it is created")
            }
        }
    }
}

impl core::error::Error for EncodeError {}
