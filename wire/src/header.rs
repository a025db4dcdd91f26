//! `struct nlmsghdr`, the sixteen bytes that every message starts with
//! (`linux/netlink.h`).
//!
//! ```text
//!  0               4       6       8              12              16
//! +---------------+-------+-------+---------------+---------------+---
//! | length        | type  | flags | sequence      | port id       | payload
//! +---------------+-------+-------+---------------+---------------+---
//! ```

use core::fmt;

use crate::zerocopy::native_endian::{U16, U32};
use crate::zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout, Unaligned};

use crate::Flags;
use crate::schema::Described;

/// The header of a message, in native byte order and of alignment 1.
///
/// ```
/// # #[cfg(feature = "route")] {
/// use nlwire::route::RTM_GETLINK;
/// use nlwire::{Flags, GetFlags, Header};
///
/// let header = Header::new(RTM_GETLINK, Flags::REQUEST | GetFlags::DUMP).with_sequence(7);
/// assert_eq!((header.length(), header.kind(), header.sequence()), (16, RTM_GETLINK, 7));
/// # }
/// ```
#[derive(
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    Hash,
    FromBytes,
    IntoBytes,
    KnownLayout,
    Immutable,
    Unaligned,
)]
#[repr(C)]
#[doc(alias = "nlmsghdr")]
pub struct Header {
    length: U32,
    kind: U16,
    flags: U16,
    sequence: U32,
    port: U32,
}

const _: () = assert!(size_of::<Header>() == Header::LEN && align_of::<Header>() == 1);

impl Header {
    /// The size of the header (`NLMSG_HDRLEN`).
    #[doc(alias = "NLMSG_HDRLEN")]
    pub const LEN: usize = 16;

    /// Describes a message without a payload, to be sent by no one yet.
    #[must_use]
    pub fn new(kind: MessageType, flags: impl Into<Flags>) -> Self {
        Self::plain(kind, flags.into())
    }

    /// The same in constants.
    pub(crate) const fn plain(kind: MessageType, flags: Flags) -> Self {
        Self {
            length: U32::new(16),
            kind: U16::new(kind.0),
            flags: U16::new(flags.bits()),
            sequence: U32::new(0),
            port: U32::new(0),
        }
    }

    /// Returns the length of the message, this header included, without the
    /// padding that follows it.
    #[inline]
    #[must_use]
    #[doc(alias = "nlmsg_len")]
    pub const fn length(&self) -> u32 {
        self.length.get()
    }

    /// Returns the type of the message.
    #[inline]
    #[must_use]
    #[doc(alias = "nlmsg_type")]
    pub const fn kind(&self) -> MessageType {
        MessageType(self.kind.get())
    }

    /// Returns the flags, those without a name included.
    #[inline]
    #[must_use]
    #[doc(alias = "nlmsg_flags")]
    pub const fn flags(&self) -> Flags {
        Flags::from_bits_retain(self.flags.get())
    }

    /// Returns the sequence number, by which a reply names its request.
    #[inline]
    #[must_use]
    #[doc(alias = "nlmsg_seq")]
    pub const fn sequence(&self) -> u32 {
        self.sequence.get()
    }

    /// Returns the port id of the socket that the request came from, 0 for
    /// the kernel's own messages.
    #[inline]
    #[must_use]
    #[doc(alias = "nlmsg_pid")]
    pub const fn port(&self) -> u32 {
        self.port.get()
    }

    /// Sets the length, header included.
    #[must_use]
    pub const fn with_length(mut self, length: u32) -> Self {
        self.length = U32::new(length);
        self
    }

    /// Sets the type.
    #[must_use]
    pub const fn with_kind(mut self, kind: MessageType) -> Self {
        self.kind = U16::new(kind.0);
        self
    }

    /// Sets the flags.
    #[must_use]
    pub fn with_flags(mut self, flags: impl Into<Flags>) -> Self {
        self.flags = U16::new(flags.into().bits());
        self
    }

    /// Sets the sequence number.
    #[must_use]
    pub const fn with_sequence(mut self, sequence: u32) -> Self {
        self.sequence = U32::new(sequence);
        self
    }

    /// Sets the port id.
    #[must_use]
    pub const fn with_port(mut self, port: u32) -> Self {
        self.port = U32::new(port);
        self
    }
}

/// `length 20, type 2 (error), flags ack, sequence 1, port 77`
impl fmt::Display for Header {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "length {}, type {}, flags {}, sequence {}, port {}",
            self.length(),
            self.kind(),
            self.flags(),
            self.sequence(),
            self.port(),
        )
    }
}

impl fmt::Debug for Header {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Header({self})")
    }
}

/// The type of a message. Those below 16 belong to netlink itself and mean
/// the same in every protocol; the others are the protocol's.
///
/// ```
/// use nlwire::MessageType;
///
/// assert_eq!(MessageType::ERROR.to_string(), "2 (error)");
/// // Types of a protocol print as numbers: 16 is RTM_NEWLINK of rtnetlink.
/// assert_eq!(MessageType(16).to_string(), "16");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[repr(transparent)]
#[doc(alias = "nlmsg_type")]
pub struct MessageType(pub u16);

impl MessageType {
    /// No operation: the message is skipped.
    #[doc(alias = "NLMSG_NOOP")]
    pub const NOOP: Self = Self(1);
    /// An error, or an acknowledgement where its code is 0.
    #[doc(alias = "NLMSG_ERROR")]
    pub const ERROR: Self = Self(2);
    /// The end of a dump.
    #[doc(alias = "NLMSG_DONE")]
    pub const DONE: Self = Self(3);
    /// Data was lost.
    #[doc(alias = "NLMSG_OVERRUN")]
    pub const OVERRUN: Self = Self(4);
    /// The first type that belongs to the protocol.
    #[doc(alias = "NLMSG_MIN_TYPE")]
    pub const FIRST_OF_PROTOCOL: Self = Self(16);
}

/// The number, and the name of netlink's own types: `2 (error)`.
impl fmt::Display for MessageType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match *self {
            Self::NOOP => " (noop)",
            Self::ERROR => " (error)",
            Self::DONE => " (done)",
            Self::OVERRUN => " (overrun)",
            _ => "",
        };
        write!(f, "{}{name}", self.0)
    }
}

/// The struct that a family puts between [`Header`] and the attributes, such
/// as `struct ifinfomsg`.
///
/// `()` stands for families without one. Attributes start at its size rounded
/// up to 4. Implement it for a `#[repr(C)]` struct of zerocopy's
/// `native_endian` integers, whose alignment is 1, and pin its size. Zerocopy is
/// re-exported, so that nlwire is the only dependency it takes:
///
/// ```
/// use nlwire::zerocopy::native_endian::U32;
/// use nlwire::zerocopy::{FromBytes, Immutable, IntoBytes, Unaligned};
/// use nlwire::schema::Described;
/// use nlwire::{FixedHeader, Flags, MessageType, Writer};
///
/// #[derive(Debug, PartialEq, FromBytes, IntoBytes, Immutable, Unaligned)]
/// #[zerocopy(crate = "nlwire::zerocopy")]
/// #[repr(C)]
/// struct RingHeader {
///     family: u8,
///     reserved: [u8; 3],
///     index: U32,
/// }
///
/// impl Described for RingHeader {}
///
/// impl FixedHeader for RingHeader {
///     fn family(&self) -> u8 {
///         self.family
///     }
/// }
///
/// let header = RingHeader { family: 2, reserved: [0; 3], index: U32::new(7) };
/// let mut buffer = [0; 32];
/// let message = Writer::message(&mut buffer, MessageType(16), Flags::REQUEST, &header, |w| {
///     w.flag(1, true)
/// })?;
/// let (found, attributes) = message.split::<RingHeader>()?;
/// assert_eq!((found, attributes.family(), attributes.count()), (&header, 2, 1));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait FixedHeader: FromBytes + IntoBytes + Immutable + Unaligned + Described {
    /// Returns the address family, by which attributes such as `RTA_DST` are
    /// typed; 0 (`AF_UNSPEC`) for headers that have none.
    fn family(&self) -> u8 {
        0
    }
}

impl FixedHeader for () {}
