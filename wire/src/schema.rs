//! What is known about the attributes of a message: their names and shapes.
//!
//! [`attributes!`](crate::attributes) makes a [`Schema`] of each set. Paths
//! of refused attributes and printed trees take their names from it; decoding
//! does not need it.

use crate::zerocopy::{FromBytes, Immutable, IntoBytes, Unaligned};
use crate::{Attrs, ByteOrder, FixedHeader, Flags, MessageRef, MessageType};

/// The attributes of one set.
#[derive(Debug)]
pub struct Schema {
    /// The name of the set.
    pub name: &'static str,
    /// Its attributes, in the order of their declaration.
    pub rows: &'static [Row],
}

impl Schema {
    /// Returns the row of this attribute type, without flag bits.
    #[must_use]
    pub fn row(&self, kind: u16) -> Option<&'static Row> {
        self.rows.iter().find(|row| row.kind == kind)
    }
}

/// Returns a schema. Sets may hold each other, so that a shape cannot refer to
/// the schema itself.
pub type SchemaFn = fn() -> &'static Schema;

/// One attribute of a [`Schema`].
#[derive(Debug)]
pub struct Row {
    /// The attribute type.
    pub kind: u16,
    /// The C name, such as `IFLA_MTU`.
    pub name: &'static str,
    /// What the value is.
    pub shape: Shape,
}

/// What the value of an attribute is.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Shape {
    /// Bytes of no known meaning.
    Bytes,
    /// An integer of 1 to 8 bytes; without an order, in that of its set.
    Unsigned(Option<ByteOrder>),
    /// A signed integer of 1 to 8 bytes; without an order, in that of its set.
    Signed(Option<ByteOrder>),
    /// Nothing: the attribute is there or it is not.
    Flag,
    /// A string, with or without its NUL.
    Str,
    /// A link-layer address.
    Hardware,
    /// An IP address, by its size.
    Ip,
    /// An address of the family that the fixed header names.
    Address,
    /// `struct nla_bitfield32`.
    Bitfield32,
    /// A C struct of this many bytes.
    Struct(usize),
    /// Elements of this many bytes each.
    Array(usize),
    /// A nest.
    Nest(SchemaFn),
    /// An array of nests, whose types are indices.
    Indexed(SchemaFn),
    /// Records: a struct of this many bytes that begins with its 16-bit
    /// length, and attributes behind it.
    Records(usize, SchemaFn),
    /// A nest whose set is named by the string value of a sibling.
    Chosen(u16, &'static [(&'static str, SchemaFn)]),
    /// A nest whose set is named by the number that a sibling holds.
    Numbered(u16, &'static [(u32, SchemaFn)]),
    /// A fixed header of this many bytes that begins with the address family,
    /// and attributes behind it.
    Headed(usize, SchemaFn),
    /// A nest whose set depends on the family that the fixed header names.
    ByFamily(&'static [(u8, SchemaFn)]),
}

impl Shape {
    /// Whether attributes are inside.
    pub(crate) const fn nests(&self) -> bool {
        matches!(
            self,
            Self::Nest(_)
                | Self::Indexed(_)
                | Self::Records(..)
                | Self::Chosen(..)
                | Self::Numbered(..)
                | Self::Headed(..)
                | Self::ByFamily(_)
        )
    }
}

/// The fixed header and the attributes of a message type.
#[derive(Debug)]
pub struct MessageSchema {
    kind: MessageType,
    name: &'static str,
    attributes: SchemaFn,
    split: for<'a> fn(&MessageRef<'a>) -> Attrs<'a>,
    header_len: usize,
    applies: fn(&MessageRef<'_>, bool) -> bool,
    is_opaque: bool,
    is_rest: bool,
    command: Option<u8>,
}

impl MessageSchema {
    /// Describes a command of a generic family, without a fixed header behind
    /// `struct genlmsghdr`.
    #[must_use]
    pub const fn command(command: u8, name: &'static str, attributes: SchemaFn) -> Self {
        let mut schema =
            Self::new::<CommandHeader>(MessageType::FIRST_OF_PROTOCOL, name, attributes);
        schema.command = Some(command);
        schema
    }

    /// Describes messages of this type, whose fixed header is a `T`.
    #[must_use]
    pub const fn new<T: FixedHeader>(
        kind: MessageType,
        name: &'static str,
        attributes: SchemaFn,
    ) -> Self {
        Self {
            kind,
            name,
            attributes,
            split: |message| message.split_zero_extended::<T>().1,
            header_len: size_of::<T>(),
            applies: |_, _| true,
            is_opaque: false,
            is_rest: false,
            command: None,
        }
    }

    /// Describes the messages that no description before it fits, of a
    /// protocol that has the same fixed header in all of them. It has no name,
    /// and its attributes have none.
    #[must_use]
    pub const fn rest<T: FixedHeader>() -> Self {
        let mut rest = Self::new::<T>(MessageType::FIRST_OF_PROTOCOL, "", unnamed);
        rest.is_rest = true;
        rest
    }

    /// Limits the description to some of the messages of its type, for
    /// protocols whose messages differ by more: `applies` is told the message,
    /// and whether it is a request.
    #[must_use]
    pub const fn only(mut self, applies: fn(&MessageRef<'_>, bool) -> bool) -> Self {
        self.applies = applies;
        self
    }

    /// Says that what follows the fixed header is not attributes.
    #[must_use]
    pub const fn opaque(mut self) -> Self {
        self.is_opaque = true;
        self
    }

    /// Whether what follows the fixed header is not attributes.
    #[must_use]
    pub const fn is_opaque(&self) -> bool {
        self.is_opaque
    }

    /// Returns the message type.
    #[must_use]
    pub const fn kind(&self) -> MessageType {
        self.kind
    }

    /// Returns the C name of the message type, such as `RTM_NEWLINK`; empty
    /// for [the rest](Self::rest).
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Returns the set of its attributes.
    #[must_use]
    pub fn attributes(&self) -> &'static Schema {
        (self.attributes)()
    }

    /// Returns the size of its fixed header.
    #[must_use]
    pub const fn header_len(&self) -> usize {
        self.header_len
    }

    /// Returns the attributes of such a message, which know the family that
    /// its fixed header names; shorter headers are taken as older ones. None
    /// where something else follows the header.
    #[must_use]
    pub fn attributes_of<'a>(&self, message: &MessageRef<'a>) -> Attrs<'a> {
        if self.is_opaque {
            return Attrs::new(&[]);
        }
        (self.split)(message)
    }

    fn has_kind(&self, kind: MessageType) -> bool {
        self.kind == kind || self.is_rest && kind > self.kind
    }
}

/// `struct genlmsghdr`: command, version and two bytes of padding.
#[derive(FromBytes, IntoBytes, Immutable, Unaligned)]
#[repr(C)]
struct CommandHeader([u8; 4]);

impl FixedHeader for CommandHeader {}

/// The set of attributes that nobody has described.
pub(crate) fn unnamed() -> &'static Schema {
    static UNNAMED: Schema = Schema {
        name: "",
        rows: &[],
    };
    &UNNAMED
}

/// Returns the description of a protocol's message type, among the families
/// whose features are on. Where messages of one type differ, it is the first
/// of their descriptions: see [`of`].
#[must_use]
pub fn find(protocol: u8, kind: MessageType) -> Option<&'static MessageSchema> {
    find_protocol(protocol)?.message(kind)
}

/// Returns the description of a protocol's message, among the families whose
/// features are on. Requests are told by [`Flags::REQUEST`].
#[must_use]
pub fn of(protocol: u8, message: &MessageRef<'_>) -> Option<&'static MessageSchema> {
    let is_request = message.flags().contains(Flags::REQUEST);
    find_protocol(protocol)?.describe(message, is_request)
}

/// Returns the description of a protocol's request, whose flags may not be
/// set yet.
#[must_use]
pub fn of_request(protocol: u8, request: &MessageRef<'_>) -> Option<&'static MessageSchema> {
    find_protocol(protocol)?.describe(request, true)
}

fn find_protocol(number: u8) -> Option<&'static Protocol> {
    let protocols: &[&'static Protocol] = &[
        #[cfg(feature = "route")]
        &crate::route::PROTOCOL,
        #[cfg(feature = "generic")]
        &crate::generic::PROTOCOL,
        #[cfg(feature = "netfilter")]
        &crate::netfilter::PROTOCOL,
        #[cfg(feature = "sock_diag")]
        &crate::sock_diag::PROTOCOL,
        #[cfg(feature = "connector")]
        &crate::connector::PROTOCOL,
        #[cfg(feature = "crypto")]
        &crate::crypto::PROTOCOL,
    ];
    protocols
        .iter()
        .find(|known| known.number == number)
        .copied()
}

/// The messages of a protocol.
#[derive(Debug)]
pub struct Protocol {
    /// The number that socket(2) takes, such as `NETLINK_ROUTE`.
    pub number: u8,
    /// A short name: `route`.
    pub name: &'static str,
    /// Its messages.
    pub messages: &'static [MessageSchema],
    /// Name of a family of generic netlink, such as `ethtool`, by which the
    /// controller is asked for its number; `None` for protocols.
    pub family: Option<&'static str>,
}

impl Protocol {
    /// Describes a protocol.
    #[must_use]
    pub const fn new(number: u8, name: &'static str, messages: &'static [MessageSchema]) -> Self {
        Self {
            number,
            name,
            messages,
            family: None,
        }
    }

    /// Describes a family of generic netlink, whose messages are made by
    /// [`MessageSchema::command`].
    #[must_use]
    pub const fn family(name: &'static str, messages: &'static [MessageSchema]) -> Self {
        let mut family = Self::new(16, "generic", messages);
        family.family = Some(name);
        family
    }

    /// Returns the description of this message type.
    #[must_use]
    pub fn message(&self, kind: MessageType) -> Option<&'static MessageSchema> {
        self.messages.iter().find(|message| message.has_kind(kind))
    }

    /// Returns the description of this message.
    #[must_use]
    pub fn describe(
        &self,
        message: &MessageRef<'_>,
        is_request: bool,
    ) -> Option<&'static MessageSchema> {
        self.messages.iter().find(|known| {
            let is_kind = match known.command {
                Some(command) => message.payload().first() == Some(&command),
                None => known.has_kind(message.kind()),
            };
            is_kind && (known.applies)(message, is_request)
        })
    }
}
