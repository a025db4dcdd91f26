//! Requests as values: what is sent, and how an answer reads, without any I/O.
//!
//! A [`Request`] writes its messages; a [`Query`] also says how its replies
//! read and which of them were asked for. The same value is carried out by a
//! blocking connection, by a future, in a [`Batch`](crate::Batch), in a
//! pipeline or by a test: see the crate `nlsock`. A [`MessageRef`] is a request
//! too, whose rows are messages.
//!
//! # A request of one's own
//!
//! ```
//! use nlwire::schema::Protocol;
//! use nlwire::{EncodeError, Flags, MessageType, Next, Request, Writer};
//!
//! const RING_SET: MessageType = MessageType(32);
//! static RING: Protocol = Protocol::new(30, "ring", &[]);
//!
//! /// Sets the size of a ring.
//! struct SetRing {
//!     index: u32,
//!     size: u32,
//! }
//!
//! impl Request for SetRing {
//!     fn protocol(&self) -> Option<&'static Protocol> {
//!         Some(&RING)
//!     }
//!
//!     fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
//!         w.append_message(RING_SET, Flags::empty(), &(), |w| {
//!             w.u32(1, self.index)?.u32(2, self.size)
//!         })?;
//!         Ok(Next::End)
//!     }
//! }
//!
//! let mut buffer = [0; 64];
//! let mut batch = nlwire::Batch::new(&mut buffer);
//! batch.push(&SetRing { index: 1, size: 64 })?;
//! assert_eq!(batch.as_bytes().len(), 16 + 8 + 8);
//! # Ok::<(), EncodeError>(())
//! ```

mod command;
mod flush;
mod items;
pub mod object;
mod part;
mod row;
mod unwritten;

use core::fmt;

use crate::schema::Protocol;
use crate::{DecodeError, EncodeError, Errno, GetFlags, MessageRef, Messages, Writer};

#[cfg(feature = "alloc")]
pub use crate::request::row::OwnedRow;
pub use flush::Flush;
pub use items::Items;
pub use part::Part;
pub use row::Row;
pub use unwritten::Unwritten;

/// Messages that a connection sends.
///
/// Most requests are one message and ignore the place. A request of several
/// messages writes the one at `from` and returns the [`Next`] place.
///
/// ```
/// # #[cfg(feature = "route")] {
/// use nlwire::route::{DeleteLink, NewLink};
/// use nlwire::{Batch, EncodeError, Request};
///
/// /// Writes requests for a socket of your own, and returns the number of bytes.
/// fn write(requests: &[&dyn Request], buffer: &mut [u8]) -> Result<usize, EncodeError> {
///     let mut batch = Batch::new(buffer);
///     for request in requests {
///         batch.push(*request)?;
///     }
///     Ok(batch.as_bytes().len())
/// }
///
/// let mut buffer = [0; 256];
/// write(&[&DeleteLink::by_name("br0").if_there(), &NewLink::bridge("br0")], &mut buffer)?;
/// # }
/// # Ok::<(), nlwire::EncodeError>(())
/// ```
pub trait Request: Sync {
    /// Returns the protocol, or the family of generic netlink, with the names
    /// of its messages. A connection of another protocol refuses the request;
    /// `None` suits any connection.
    fn protocol(&self) -> Option<&'static Protocol>;

    /// Writes the message at place `from`, and returns what follows it. The
    /// first place is 0; the meaning of the others is the request's own.
    ///
    /// The writer fills in sequence number, port, `NLM_F_REQUEST` and a generic
    /// family's number.
    ///
    /// # Errors
    ///
    /// The errors of the writer. A connection writes the message again into a
    /// larger buffer after [`EncodeError::Overflow`].
    fn write(&self, from: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError>;

    /// Writes the object of the message at place `from` for error texts, such
    /// as `link "eth0"`; nothing where there is none. Most requests have one
    /// object and ignore the place.
    ///
    /// # Errors
    ///
    /// The errors of the formatter.
    fn object(&self, from: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let _ = (from, f);
        Ok(())
    }

    /// Returns the errnos of refusals that count as success, such as `ENODEV`
    /// for a deletion of what may be absent.
    ///
    /// They apply to a request's last message, on a connection as in a batch
    /// and in a pipeline.
    fn forgives(&self) -> &'static [Errno] {
        &[]
    }

    /// Returns a check of replies that may report a failure although the
    /// request is acknowledged, as those of data centre bridging do. By default
    /// no reply does.
    ///
    /// A connection checks the first reply of a datagram, a pipeline each; a
    /// batch checks none.
    fn reply_check(&self) -> Option<ReplyCheck> {
        None
    }

    /// Returns true for a dump whose rows the kernel sends with sequence number 0
    /// and port 0, as it does those of `thermal`. By default a message without
    /// number is a notification, and no row.
    fn is_unnumbered(&self) -> bool {
        false
    }
}

/// Returns the errno of a reply that reports a failure: see
/// [`Request::reply_check`].
pub type ReplyCheck = fn(MessageRef<'_>) -> Option<Errno>;

/// Message that follows the one just written, and the place that it is written
/// from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub enum Next {
    /// No message; the last one is acknowledged.
    End,
    /// Message in the same datagram. It is carried out even if the one before
    /// is refused, since the kernel goes on after a refusal.
    More(u64),
    /// Message in the same datagram that is never acknowledged: the end of a
    /// transaction of nftables.
    Last(u64),
    /// Message in a datagram of its own, which is sent once this one is
    /// acknowledged.
    Then(u64),
}

/// Request that is answered by rows.
///
/// The flags of its message say whether it is a dump: `NLM_F_DUMP`.
///
/// ```
/// # #[cfg(feature = "route")] {
/// use nlwire::route::GetLinks;
/// use nlwire::{DecodeError, Messages, Query};
///
/// /// Prints the bridges in a datagram that answers `query`.
/// fn print(query: &GetLinks, datagram: &[u8]) -> Result<(), DecodeError> {
///     for message in Messages::new(datagram) {
///         let message = message?;
///         if query.matches(message)? {
///             println!("{:?}", GetLinks::row(message).name()?);
///         }
///     }
///     Ok(())
/// }
/// # }
/// ```
pub trait Query: Request {
    /// Row of the answer, which borrows a message.
    type Row<'a>;

    /// Reads a row.
    fn row(message: MessageRef<'_>) -> Self::Row<'_>;

    /// Returns true if a reply is a row that was asked for. A kernel may
    /// return more than that.
    ///
    /// # Errors
    ///
    /// Fails if an attribute that the filter compares is malformed.
    #[inline]
    fn matches(&self, message: MessageRef<'_>) -> Result<bool, DecodeError> {
        let _ = message;
        Ok(true)
    }

    /// Returns true if a message goes on with the object of the message before
    /// it: an object that is larger than a message comes in parts, each of
    /// which names it.
    ///
    /// A stream of rows returns the parts as they come; a list joins them.
    #[must_use]
    fn continues(before: MessageRef<'_>, message: MessageRef<'_>) -> bool {
        let _ = (before, message);
        false
    }

    /// Reads the row of an object from all its parts, of which there is at
    /// least one.
    fn joined(parts: Messages<'_>) -> Self::Row<'_> {
        let mut parts = parts;
        Self::row(parts.next().and_then(Result::ok).unwrap_or_default())
    }
}

impl<R: Request + ?Sized> Request for &R {
    fn protocol(&self) -> Option<&'static Protocol> {
        (**self).protocol()
    }

    fn write(&self, from: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        (**self).write(from, w)
    }

    fn object(&self, from: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).object(from, f)
    }

    fn forgives(&self) -> &'static [Errno] {
        (**self).forgives()
    }

    fn reply_check(&self) -> Option<ReplyCheck> {
        (**self).reply_check()
    }

    fn is_unnumbered(&self) -> bool {
        (**self).is_unnumbered()
    }
}

impl<Q: Query + ?Sized> Query for &Q {
    type Row<'a> = Q::Row<'a>;

    #[inline]
    fn row(message: MessageRef<'_>) -> Self::Row<'_> {
        Q::row(message)
    }

    #[inline]
    fn matches(&self, message: MessageRef<'_>) -> Result<bool, DecodeError> {
        (**self).matches(message)
    }

    fn continues(before: MessageRef<'_>, message: MessageRef<'_>) -> bool {
        Q::continues(before, message)
    }

    fn joined(parts: Messages<'_>) -> Self::Row<'_> {
        Q::joined(parts)
    }
}

/// Message that was written by hand.
impl Request for MessageRef<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        None
    }

    #[inline]
    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        w.append_copy(*self)?;
        Ok(Next::End)
    }
}

impl Query for MessageRef<'_> {
    type Row<'a> = MessageRef<'a>;

    #[inline]
    fn row(message: MessageRef<'_>) -> MessageRef<'_> {
        message
    }
}

/// Message that was written by hand, sent with `NLM_F_DUMP`: asks for a whole
/// table.
///
/// ```
/// # #[cfg(feature = "route")] {
/// use nlwire::route::{LinkHeader, RTM_GETLINK};
/// use nlwire::{Dump, Flags, Writer};
///
/// let mut buffer = [0; 32];
/// let header = LinkHeader::default();
/// let links = Writer::message(&mut buffer, RTM_GETLINK, Flags::empty(), &header, |w| Ok(w))?;
/// let request = Dump(links);
/// # }
/// # Ok::<(), nlwire::EncodeError>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Dump<'a>(pub MessageRef<'a>);

impl Request for Dump<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        None
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let Self(message) = self;
        let flags = message.flags() | GetFlags::DUMP;
        w.append_message(message.kind(), flags, &(), |w| w.append(message.payload()))?;
        Ok(Next::End)
    }
}

impl Query for Dump<'_> {
    type Row<'a> = MessageRef<'a>;

    #[inline]
    fn row(message: MessageRef<'_>) -> MessageRef<'_> {
        message
    }
}

/// Object of a request's message, by its place, for an error text.
#[derive(Clone, Copy)]
pub struct Object<'r>(pub &'r dyn Request, pub u64);

impl fmt::Display for Object<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.object(self.1, f)
    }
}

impl fmt::Debug for Object<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Object({self})")
    }
}

crate::__format!(Dump<'_>);
