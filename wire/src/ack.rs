//! Acknowledgements, errors and ends of dumps, with the kernel's text and other
//! attributes (`struct nlmsgerr` and `enum nlmsgerr_attrs` in
//! `linux/netlink.h`).
//!
//! ```text
//! NLMSG_ERROR:  nlmsghdr | error (i32) | request's nlmsghdr | request's payload, unless CAPPED | attributes
//! NLMSG_DONE:   nlmsghdr | error (i32) | attributes
//! ```

mod write;

use crate::zerocopy::FromBytes as _;

use crate::bytes::{after, low32};
use crate::codec::{self, Bytes, Nest};
use crate::error::Place;
use crate::policy::PolicyEntry;
use crate::schema::MessageSchema;
use crate::{
    AckFlags, AttrRef, Attrs, DecodeError, DecodeErrorKind, Errno, Header, MessageRef, MessageType,
    Path, Policy, Text, attributes,
};

pub use write::Ack;

attributes! {
    /// Extended acknowledgement: attributes beside the errno (`enum
    /// nlmsgerr_attrs`).
    pub set Extended, enum ExtendedAttr {
        /// Text of the kernel: the reason of a refusal, or a warning.
        1 NLMSGERR_ATTR_MSG Text text: codec::Text,
        /// Offset of the refused attribute, in bytes from the request's
        /// `nlmsghdr`.
        2 NLMSGERR_ATTR_OFFS Offset offset: u32,
        /// Cookie that identifies the created object.
        3 NLMSGERR_ATTR_COOKIE Cookie cookie: Bytes,
        /// Policy that the refused attribute violates.
        4 NLMSGERR_ATTR_POLICY Policy policy: Nest<PolicyEntry>,
        /// Type of the attribute that is missing in the request.
        5 NLMSGERR_ATTR_MISS_TYPE MissingType missing_type: u32,
        /// Offset of the nest in which the attribute is missing, in bytes from
        /// the request's `nlmsghdr`.
        6 NLMSGERR_ATTR_MISS_NEST MissingNest missing_nest: u32,
    }
}

/// Answer that ends a request: a message of type [`MessageType::ERROR`] or
/// [`MessageType::DONE`].
///
/// The attributes beside the errno are read on demand, so that a malformed
/// attribute cannot hide the errno. A success may carry a text too: a warning.
///
/// ```
/// # #[cfg(feature = "route")] {
/// use nlwire::ack::Ack;
/// use nlwire::route::GetLink;
/// use nlwire::{AckRef, Batch, Errno, MessageRef};
///
/// let (mut room, mut answer) = ([0; 128], [0; 128]);
/// let mut batch = Batch::new(&mut room[..]);
/// batch.push(&GetLink::by_name("eth9"))?;
/// let request = MessageRef::new(batch.as_bytes())?;
///
/// // The kernel's answer, as a fake kernel writes it.
/// let answer = Ack::refusal(request.header(), Errno::ENODEV).write(&mut answer)?;
/// let refusal = AckRef::new(answer)?;
/// assert_eq!(refusal.errno(), Some(Errno::ENODEV));
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
#[doc(alias = "nlmsgerr")]
pub struct AckRef<'a> {
    message: MessageRef<'a>,
    code: i32,
}

impl<'a> AckRef<'a> {
    /// Reads an answer. A message of another type than `DONE` is read as
    /// `ERROR`.
    ///
    /// # Errors
    /// [`DecodeErrorKind::TooShort`] for a payload of 1 to 3 bytes, and for an
    /// `ERROR` without payload. A `DONE` without payload is a success.
    #[inline]
    pub fn new(message: MessageRef<'a>) -> Result<Self, DecodeError> {
        let payload = message.payload();
        let code = match payload.first_chunk() {
            Some(&code) => i32::from_ne_bytes(code),
            None if payload.is_empty() && message.kind() == MessageType::DONE => 0,
            None => {
                return Err(DecodeError::new(
                    Place::Payload,
                    16,
                    DecodeErrorKind::TooShort {
                        minimum: 4,
                        found: low32(payload.len()),
                    },
                ));
            }
        };
        Ok(Self { message, code })
    }

    /// Returns an answer that was read before.
    #[cfg(feature = "heapless")]
    pub(crate) const fn from_parts(message: MessageRef<'a>, code: i32) -> Self {
        Self { message, code }
    }

    /// Returns the message itself.
    #[inline]
    #[must_use]
    pub const fn message(&self) -> MessageRef<'a> {
        self.message
    }

    /// Returns the code as sent: 0, a negative errno, or a positive result. Few
    /// requests have a result: a new radio of mac80211_hwsim has its number, and
    /// the end of a few dumps a length.
    #[inline]
    #[must_use]
    pub const fn code(&self) -> i32 {
        self.code
    }

    /// Returns the errno of a refusal.
    #[inline]
    #[must_use]
    pub const fn errno(&self) -> Option<Errno> {
        if self.code < 0 {
            Some(Errno(self.code.saturating_neg()))
        } else {
            None
        }
    }

    /// Returns the header of the request, which an `ERROR` contains and a
    /// `DONE` does not.
    #[must_use]
    pub fn request(&self) -> Option<&'a Header> {
        if self.message.kind() == MessageType::DONE {
            return None;
        }
        let (header, _) = Header::ref_from_prefix(after(self.message.payload(), 4)).ok()?;
        Some(header)
    }

    /// Returns the attributes of the answer; there are none without
    /// [`AckFlags::ACK_TLVS`].
    #[must_use]
    pub fn attributes(&self) -> Attrs<'a> {
        let flags = AckFlags::from(self.message.flags());
        if !flags.contains(AckFlags::ACK_TLVS) {
            return Attrs::new(&[]);
        }
        let echoed = match self.request() {
            None if self.message.kind() == MessageType::DONE => 0,
            // A truncated echo leaves no place for attributes.
            None => usize::MAX,
            Some(_) if flags.contains(AckFlags::CAPPED) => Header::LEN,
            Some(request) => usize::try_from(request.length())
                .unwrap_or(usize::MAX)
                .max(Header::LEN),
        };
        self.message.attributes(echoed.saturating_add(4))
    }

    fn find(&self, kind: u16) -> Option<AttrRef<'a>> {
        self.attributes()
            .map_while(Result::ok)
            .find(|attribute| attribute.kind() == kind)
    }

    fn number(&self, kind: u16) -> Option<u32> {
        self.find(kind)?.u32().ok()
    }

    /// Returns the kernel's text: the reason of a refusal, or a warning beside
    /// a success.
    #[must_use]
    #[doc(alias = "NLMSGERR_ATTR_MSG")]
    pub fn text(&self) -> Option<Text<'a>> {
        Some(self.find(NLMSGERR_ATTR_MSG)?.text())
    }

    /// Returns the offset of the refused attribute, in bytes from the request's
    /// `nlmsghdr`.
    #[must_use]
    #[doc(alias = "NLMSGERR_ATTR_OFFS")]
    pub fn offset(&self) -> Option<u32> {
        self.number(NLMSGERR_ATTR_OFFS)
    }

    /// Returns the cookie that identifies the created object.
    #[must_use]
    #[doc(alias = "NLMSGERR_ATTR_COOKIE")]
    pub fn cookie(&self) -> Option<&'a [u8]> {
        Some(self.find(NLMSGERR_ATTR_COOKIE)?.bytes())
    }

    /// Returns the policy that the refused attribute violates.
    #[must_use]
    #[doc(alias = "NLMSGERR_ATTR_POLICY")]
    pub fn policy(&self) -> Option<Policy> {
        Some(Policy::new(self.find(NLMSGERR_ATTR_POLICY)?.nested()))
    }

    /// Returns the type of the attribute that is missing in the request.
    #[must_use]
    #[doc(alias = "NLMSGERR_ATTR_MISS_TYPE")]
    pub fn missing_type(&self) -> Option<u32> {
        self.number(NLMSGERR_ATTR_MISS_TYPE)
    }

    /// Returns the offset of the nest in which an attribute is missing; `None`
    /// if it is missing in the message itself.
    #[must_use]
    #[doc(alias = "NLMSGERR_ATTR_MISS_NEST")]
    pub fn missing_nest(&self) -> Option<u32> {
        self.number(NLMSGERR_ATTR_MISS_NEST)
    }

    /// Returns the path to the refused or missing attribute in the names of
    /// `schema`: `IFLA_LINKINFO > IFLA_INFO_KIND`. The path is empty if the
    /// kernel named no attribute.
    #[must_use]
    pub fn path<'r>(&self, request: MessageRef<'r>, schema: Option<&MessageSchema>) -> Path<'r> {
        let (attributes, names) = match schema {
            Some(schema) => (schema.attributes_of(&request), Some(schema.attributes())),
            None => (request.attributes(0), None),
        };
        match self.missing_type() {
            Some(kind) => Path::missing(attributes, names, kind, self.missing_nest()),
            None => Path::new(attributes, names, self.offset()),
        }
    }
}

impl core::fmt::Debug for AckRef<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "AckRef({self})")
    }
}

/// Prints the errno and the kernel's text, with control characters escaped:
/// `EINVAL: Invalid prefix for given prefix length`.
impl core::fmt::Display for AckRef<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self.errno() {
            Some(errno) => write!(f, "{errno}")?,
            None if self.code > 0 && self.message.kind() != MessageType::DONE => {
                write!(f, "success, result {}", self.code)?;
            }
            None => f.write_str("success")?,
        }
        match self.text() {
            Some(text) => write!(f, ": {text}"),
            None => Ok(()),
        }
    }
}
