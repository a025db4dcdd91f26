//! Errors of reading bytes and of writing values.

use core::fmt;
use core::hash::{Hash, Hasher};

use crate::schema::AttributeName;

/// Error of reading bytes: cause and place.
///
/// The place comes first, so that the text stands alone: `IFLA_MTU at byte 64:
/// expected 4 bytes, found 2`.
///
/// ```
/// use nlwire::MessageRef;
///
/// // The header says 32 bytes, and only 16 are there.
/// let datagram = [32, 0, 0, 0, 16, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
/// # #[cfg(target_endian = "little")] {
/// let error = MessageRef::new(&datagram).unwrap_err();
/// assert_eq!(error.offset(), 0);
/// println!("{error}");
/// # }
/// ```
#[derive(Clone, Copy)]
pub struct DecodeError {
    /// Name of the attribute, if its set is known.
    name: Option<&'static &'static str>,
    offset: u32,
    /// Type of the attribute, for an error in an attribute.
    attribute: u16,
    place: PlaceKind,
    cause: Cause,
    /// Numbers of the cause, packed so that `Option<DecodeError>` stays small.
    numbers: [u32; 2],
}

const _: () = assert!(size_of::<DecodeError>() <= 24);

/// Kind of object at a [`DecodeError`]'s offset.
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

/// [`DecodeErrorKind`] without its numbers.
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

/// Cause of a [`DecodeError`]. Numbers are in bytes.
///
/// ```
/// use nlwire::{AttrRef, DecodeErrorKind};
///
/// /// MTU of a link, in four bytes or in two.
/// fn mtu(attribute: AttrRef<'_>) -> Option<u32> {
///     match attribute.u32() {
///         Ok(mtu) => Some(mtu),
///         Err(error) => match error.kind() {
///             DecodeErrorKind::Size { found: 2, .. } => attribute.u16().ok().map(u32::from),
///             _ => None,
///         },
///     }
/// }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum DecodeErrorKind {
    /// Length field smaller than its header.
    LengthBelowHeader {
        /// Value of the length field.
        length: u32,
        /// Size of the header.
        header: u32,
    },
    /// Length field beyond the end of the buffer, message or nest around it.
    Overrun {
        /// Value of the length field.
        length: u32,
        /// Number of bytes that are left.
        available: u32,
    },
    /// Value of another size than its type.
    Size {
        /// Size of the type.
        expected: u32,
        /// Size of the value.
        found: u32,
    },
    /// Value smaller than its type.
    TooShort {
        /// Minimum size of the type.
        minimum: u32,
        /// Size of the value.
        found: u32,
    },
    /// Value with neither of the two sizes of its type.
    EitherSize {
        /// Smaller size of the type.
        small: u16,
        /// Larger size of the type.
        large: u16,
        /// Size of the value.
        found: u32,
    },
    /// Array that ends within an element.
    Multiple {
        /// Size of an element.
        element: u32,
        /// Size of the value.
        found: u32,
    },
    /// String that is not UTF-8 after its first `valid` bytes.
    Utf8 {
        /// Number of valid bytes.
        valid: u32,
    },
    /// C string without its NUL.
    Unterminated,
    /// Required attribute that is missing; the offset is the end of its set.
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

    /// Names the attribute from its set's names, unless it has a name.
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

    /// Returns the offset of the rejected object: for attributes and records,
    /// in bytes from the start of their `nlmsghdr` (or of the bare block); for
    /// messages, from the start of the datagram.
    #[must_use]
    pub const fn offset(&self) -> u32 {
        self.offset
    }

    /// Returns the type of the rejected attribute, without its flag bits.
    #[must_use]
    pub const fn attribute(&self) -> Option<u16> {
        match self.place {
            PlaceKind::Attribute => Some(self.attribute),
            _ => None,
        }
    }

    /// Returns the C name of the rejected attribute, such as `IFLA_MTU`, if its
    /// set was known to the reader.
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

/// Compares without the attribute's name, which depends on the reader.
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

/// Error of writing a value. The buffer keeps its earlier content.
///
/// ```
/// use nlwire::{EncodeError, Writer};
///
/// const IFLA_ADDRESS: u16 = 1;
///
/// let mut buffer = [0; 8];
/// let error = Writer::attributes(&mut buffer, |w| w.bytes(IFLA_ADDRESS, &[2, 0, 0, 0, 0, 1]))
///     .unwrap_err();
/// assert!(matches!(error, EncodeError::Overflow { .. }));
/// // A failed put leaves the buffer as it was.
/// assert_eq!(buffer, [0; 8]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum EncodeError {
    /// Buffer too small.
    Overflow {
        /// Number of bytes that the buffer must have for this value; later
        /// values may need more.
        needed: u32,
        /// Number of bytes that the buffer has.
        capacity: u32,
    },
    /// Attribute or record longer than its 16-bit length field can express.
    TooLong {
        /// Type of the attribute, without its flag bits; for a record, that of
        /// the attribute around it.
        attribute: u16,
        /// Length that the field cannot express.
        length: u32,
    },
    /// Value with more parts than its counter can express.
    TooMany {
        /// Type of the attribute, without its flag bits.
        attribute: u16,
        /// Maximum number of parts.
        limit: u16,
        /// Number of parts.
        count: u32,
    },
    /// String with an inner NUL, at which the kernel would cut it.
    InnerNul {
        /// Type of the attribute, without its flag bits.
        attribute: u16,
        /// Position of the NUL in the string.
        position: u32,
    },
    /// Batch whose requests belong to more generic families than it can hold.
    BatchFull {
        /// Maximum number of families.
        limit: u32,
    },
    /// Request whose messages wait for acknowledgements of earlier ones, which
    /// is impossible in a batch or a pipeline.
    Waits,
    /// Request of another protocol than the requests before it.
    Mixed,
    /// IP address of another family than the request's. The kernel would read
    /// its first bytes as an address of that family.
    Family {
        /// Type of the attribute.
        attribute: u16,
    },
    /// Link in another network namespace that needs a change after its
    /// creation, which takes a connection in that namespace.
    OtherNamespace,
}

impl EncodeError {
    /// Returns the type of the attribute that could not be written, without its
    /// flag bits.
    #[must_use]
    pub const fn attribute(&self) -> Option<u16> {
        match *self {
            Self::TooLong { attribute, .. }
            | Self::TooMany { attribute, .. }
            | Self::InnerNul { attribute, .. }
            | Self::Family { attribute } => Some(attribute),
            _ => None,
        }
    }

    /// Returns the text with a name of the attribute in place of its number:
    /// `IFLA_IFNAME: NUL at byte 1 of a string`. See
    /// [`Unwritten`](crate::request::Unwritten).
    #[must_use]
    pub const fn named<'a>(&'a self, name: &'a str) -> impl fmt::Display + use<'a> {
        Named(self, name)
    }

    fn write(&self, attribute: fmt::Arguments<'_>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Overflow { needed, capacity } => {
                write!(f, "buffer of {capacity} bytes: at least {needed} needed")
            }
            Self::TooLong { length, .. } => {
                write!(f, "{attribute}: {length} bytes exceed a 16-bit length")
            }
            Self::TooMany { limit, count, .. } => {
                write!(f, "{attribute}: {count} parts, at most {limit} fit")
            }
            Self::InnerNul { position, .. } => {
                write!(f, "{attribute}: NUL at byte {position} of a string")
            }
            Self::BatchFull { limit } => write!(
                f,
                "batch holds requests of at most {limit} generic families"
            ),
            Self::Waits => {
                f.write_str("a message must wait for the acknowledgement of an earlier one")
            }
            Self::Mixed => f.write_str("request of another protocol than those before it"),
            Self::Family { .. } => {
                write!(f, "{attribute}: address of the wrong IP family")
            }
            Self::OtherNamespace => {
                f.write_str("the link needs a change after its creation, in its new namespace")
            }
        }
    }
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let attribute = self.attribute().unwrap_or_default();
        self.write(format_args!("attribute {attribute}"), f)
    }
}

/// An error and the name of its attribute.
struct Named<'a>(&'a EncodeError, &'a str);

impl fmt::Display for Named<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.write(format_args!("{}", self.1), f)
    }
}

impl core::error::Error for EncodeError {}
