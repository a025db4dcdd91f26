//! Messages in a datagram: a [`Header`], a payload, and padding to 4 bytes
//! (`linux/netlink.h`, netlink(7)).
//!
//! ```text
//! |<----------- nlmsg_len ------------>|   |
//! +----------+--------------+----------+---+----------+--
//! | nlmsghdr | fixed header | attributes   | nlmsghdr | ..
//! +----------+--------------+--------------+----------+--
//! 0          16             16 + its size, rounded up to 4
//! ```

use crate::zerocopy::{FromBytes as _, IntoBytes as _};

use crate::bytes::{after, align, copy, front, low32};
use crate::error::Place;
use crate::{Attrs, DecodeError, DecodeErrorKind, FixedHeader, Flags, Header, MessageType};

/// Message, borrowed from the datagram that it came in.
///
/// ```
/// # #[cfg(feature = "route")] {
/// use nlwire::route::{Link, LinkHeader, NewLink, RTM_NEWLINK};
/// use nlwire::{Batch, MessageRef, fields};
///
/// let mut room = [0; 256];
/// let mut batch = Batch::new(&mut room[..]);
/// batch.push(&NewLink::bridge("br0").mtu(1400))?;
///
/// let message = MessageRef::new(batch.as_bytes())?;
/// assert_eq!(message.kind(), RTM_NEWLINK);
/// let (_, attributes) = message.split::<LinkHeader>()?;
/// assert_eq!(fields!(attributes => Link { mtu })?.mtu, Some(1400));
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct MessageRef<'a> {
    header: &'a Header,
    bytes: &'a [u8],
}

impl<'a> MessageRef<'a> {
    /// Reads the message at the start of `bytes`; what follows it is left out.
    ///
    /// # Errors
    /// [`DecodeErrorKind::TooShort`] for fewer than 16 bytes,
    /// [`DecodeErrorKind::LengthBelowHeader`] and [`DecodeErrorKind::Overrun`]
    /// for a length field that cannot be.
    #[inline]
    pub fn new(bytes: &'a [u8]) -> Result<Self, DecodeError> {
        Self::at(bytes, 0)
    }

    /// A message whose header was read before.
    #[cfg(feature = "heapless")]
    pub(crate) const fn from_parts(header: &'a Header, bytes: &'a [u8]) -> Self {
        Self { header, bytes }
    }

    #[inline]
    fn at(bytes: &'a [u8], offset: u32) -> Result<Self, DecodeError> {
        let Ok((header, _)) = Header::ref_from_prefix(bytes) else {
            return Err(DecodeError::new(
                Place::Message,
                offset,
                DecodeErrorKind::TooShort {
                    minimum: 16,
                    found: low32(bytes.len()),
                },
            ));
        };
        let length = header.length();
        match usize::try_from(length).ok().and_then(|n| bytes.get(..n)) {
            Some(bytes) if bytes.len() >= Header::LEN => Ok(Self { header, bytes }),
            Some(_) => Err(DecodeError::new(
                Place::Message,
                offset,
                DecodeErrorKind::LengthBelowHeader { length, header: 16 },
            )),
            None => Err(DecodeError::new(
                Place::Message,
                offset,
                DecodeErrorKind::Overrun {
                    length,
                    available: low32(bytes.len()),
                },
            )),
        }
    }

    /// Returns the header.
    #[inline]
    #[must_use]
    pub const fn header(&self) -> &'a Header {
        self.header
    }

    /// Returns the type.
    #[inline]
    #[must_use]
    pub const fn kind(&self) -> MessageType {
        self.header.kind()
    }

    /// Returns the flags.
    #[inline]
    #[must_use]
    pub const fn flags(&self) -> Flags {
        self.header.flags()
    }

    /// Returns the whole message, header included, without padding.
    #[inline]
    #[must_use]
    pub const fn as_bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// Returns what follows the header.
    #[inline]
    #[must_use]
    pub fn payload(&self) -> &'a [u8] {
        after(self.bytes, Header::LEN)
    }

    /// Returns the attributes of a message whose fixed header takes
    /// `header_length` bytes; none if the message ends before them.
    #[inline]
    #[must_use]
    pub fn attributes(&self, header_length: usize) -> Attrs<'a> {
        let start = Header::LEN.saturating_add(align(header_length));
        Attrs::ending(after(self.bytes, start), low32(self.bytes.len().max(start)))
    }

    /// Splits the payload into the family's fixed header and the attributes,
    /// which know the family that the header names.
    ///
    /// # Errors
    /// [`DecodeErrorKind::TooShort`] if the payload is shorter than `T`. An
    /// older kernel may send less: see
    /// [`split_zero_extended`](Self::split_zero_extended).
    #[inline]
    pub fn split<T: FixedHeader>(&self) -> Result<(&'a T, Attrs<'a>), DecodeError> {
        let payload = self.bytes.get(Header::LEN..);
        let Some(Some((header, rest))) = payload.map(front::<T>) else {
            return Err(short_payload(size_of::<T>(), self.payload().len()));
        };
        let padded = align(size_of::<T>());
        let attributes = after(rest, padded.saturating_sub(size_of::<T>()));
        let end = self.bytes.len().max(Header::LEN.saturating_add(padded));
        let attributes = Attrs::ending(attributes, low32(end));
        Ok((header, attributes.with_family(header.family())))
    }

    /// Splits as [`split`](Self::split) does, and fills a header that is
    /// shorter than today's with zeros; it is a copy, and cannot fail.
    #[must_use]
    pub fn split_zero_extended<T: FixedHeader>(&self) -> (T, Attrs<'a>) {
        let mut header = T::new_zeroed();
        copy(self.payload(), header.as_mut_bytes());
        let family = header.family();
        let attributes = self.attributes(size_of::<T>()).with_family(family);
        (header, attributes)
    }
}

/// Message of type 1 (noop), without a payload.
impl Default for MessageRef<'_> {
    #[inline]
    fn default() -> Self {
        static NOOP: Header = Header::plain(MessageType::NOOP, Flags::empty());
        Self {
            header: &NOOP,
            bytes: NOOP.as_bytes(),
        }
    }
}

impl core::fmt::Debug for MessageRef<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "MessageRef({})", self.header)
    }
}

/// The messages of a datagram, in order.
///
/// The last message need not be padded, and fewer than 16 bytes behind it are
/// left in [`remaining`](Self::remaining). Iteration ends for good after an
/// error, whose offset says where in the datagram the walk stopped.
///
/// ```
/// use nlwire::Messages;
/// use nlwire::pretty::Pretty;
///
/// /// Prints a datagram of rtnetlink, and the error of a broken message.
/// fn print(datagram: &[u8]) {
///     for message in Messages::new(datagram) {
///         match message {
///             Ok(message) => println!("{}", Pretty::new(message.as_bytes(), Some(0))),
///             Err(error) => println!("{error}"),
///         }
///     }
/// }
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Messages<'a> {
    rest: &'a [u8],
    end: u32,
}

impl<'a> Messages<'a> {
    /// Walks the messages of `datagram`.
    #[inline]
    #[must_use]
    pub const fn new(datagram: &'a [u8]) -> Self {
        Self {
            rest: datagram,
            end: low32(datagram.len()),
        }
    }

    /// Returns the bytes not walked yet; none after an error.
    #[inline]
    #[must_use]
    pub const fn remaining(&self) -> &'a [u8] {
        self.rest
    }
}

impl<'a> Iterator for Messages<'a> {
    type Item = Result<MessageRef<'a>, DecodeError>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let offset = self.end.wrapping_sub(low32(self.rest.len()));
        let message = MessageRef::at(self.rest, offset);
        self.rest = match message {
            Ok(message) => match self.rest.get(align(message.bytes.len())..) {
                Some(next) => next,
                None => unpadded_end(self.rest),
            },
            // Behind the last message, which costs no check in front of each. The
            // kernel too skips what is shorter than a header.
            Err(_) if self.rest.len() < Header::LEN => return None,
            Err(_) => &[],
        };
        Some(message)
    }
}

/// The error for a payload that ends before its fixed header does.
#[cold]
fn short_payload(minimum: usize, found: usize) -> DecodeError {
    let (minimum, found) = (low32(minimum), low32(found));
    let cause = DecodeErrorKind::TooShort { minimum, found };
    DecodeError::new(Place::Payload, 16, cause)
}

/// Bytes after a last message whose padding was not sent. Cold, and not a
/// constant, so that the walk has a predicted branch.
#[cold]
#[inline(never)]
fn unpadded_end(rest: &[u8]) -> &[u8] {
    after(rest, rest.len())
}

impl core::iter::FusedIterator for Messages<'_> {}
