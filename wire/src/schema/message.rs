//! Messages by type: fixed header and attributes.

use core::fmt::{self, Display as _};

use super::{Schema, SchemaFn, Shape, TypeName, Verb, unnamed};
use crate::structs::structs;
use crate::text::Hex;
use crate::zerocopy::native_endian::U16;
use crate::{Attrs, FixedHeader, MessageRef, MessageType};

/// The fixed header and the attributes of a message type.
#[derive(Debug)]
pub struct MessageSchema {
    kind: MessageType,
    name: &'static str,
    attributes: SchemaFn,
    /// Set that a program has made, in place of `attributes`.
    made: Option<&'static Schema>,
    split: for<'a> fn(&MessageRef<'a>) -> Attrs<'a>,
    header_len: usize,
    header: Shape,
    applies: fn(&MessageRef<'_>, bool) -> bool,
    /// Function that prints the payload of messages without attributes.
    text: Option<WriteText>,
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

    /// Says that the fixed header is a `T`, which begins with `struct
    /// genlmsghdr`, for families with a header of their own.
    #[must_use]
    pub const fn headed<T: FixedHeader>(mut self) -> Self {
        self.split = |message| message.split_zero_extended::<T>().1;
        self.header_len = size_of::<T>();
        self.header = T::SHAPE;
        self
    }

    /// Describes a command as [`command`](Self::command) does, with a set that a program has
    /// created, such as from a file.
    ///
    /// ```
    /// use nlwire::schema::{MessageSchema, Schema};
    ///
    /// fn describe(set: &'static Schema) -> MessageSchema {
    ///     MessageSchema::command_of(1, "TUN_CMD_GET_DEVICE", set)
    /// }
    /// ```
    #[must_use]
    pub const fn command_of(command: u8, name: &'static str, attributes: &'static Schema) -> Self {
        let mut schema = Self::command(command, name, unnamed);
        schema.made = Some(attributes);
        schema
    }

    /// Describes messages of this type, whose fixed header is a `T`.
    ///
    /// ```
    /// use nlwire::codec::AttributeSet as _;
    /// use nlwire::schema::{MessageSchema, Protocol};
    /// use nlwire::{MessageType, attributes};
    ///
    /// attributes! {
    ///     /// Counter of a module.
    ///     pub set Counter, enum CounterAttr {
    ///         /// Number of packets.
    ///         1 COUNTER_A_PACKETS Packets packets: u64,
    ///     }
    /// }
    ///
    /// // Messages of type 16 without a fixed header, over NETLINK_USERSOCK.
    /// static COUNTERS: Protocol = Protocol::new(
    ///     2,
    ///     "counters",
    ///     &[MessageSchema::new::<()>(MessageType(16), "COUNTER_NEW", Counter::schema)],
    /// );
    /// ```
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
            made: None,
            split: |message| message.split_zero_extended::<T>().1,
            header_len: size_of::<T>(),
            header: T::SHAPE,
            applies: |_, _| true,
            text: None,
            is_rest: false,
            command: None,
        }
    }

    /// Describes the messages that no description before it matches, in a protocol with one fixed
    /// header. Neither the messages nor their attributes have names.
    #[must_use]
    pub const fn rest<T: FixedHeader>() -> Self {
        let mut rest = Self::new::<T>(MessageType::FIRST_OF_PROTOCOL, "", unnamed);
        rest.is_rest = true;
        rest
    }

    /// Limits the description to some messages of its type: `applies` gets the message, and true
    /// if it is a request.
    #[must_use]
    pub const fn only(mut self, applies: fn(&MessageRef<'_>, bool) -> bool) -> Self {
        self.applies = applies;
        self
    }

    /// Describes messages whose payload behind the fixed header is not attributes. It prints as
    /// hexadecimal digits.
    #[must_use]
    pub const fn opaque(self) -> Self {
        self.text(|payload, f| Hex(payload).fmt(f))
    }

    /// Describes messages whose payload behind the fixed header is not attributes. `write` prints
    /// it in trees and as serde data.
    ///
    /// ```
    /// use nlwire::schema::{self, MessageSchema};
    /// use nlwire::{MessageType, Text};
    ///
    /// // A message of a text.
    /// let note = MessageSchema::new::<()>(MessageType(16), "TUN_NOTE", schema::unnamed)
    ///     .text(|payload, f| write!(f, "{}", Text::new(payload)));
    /// assert!(note.is_opaque());
    /// ```
    #[must_use]
    pub const fn text(mut self, write: WriteText) -> Self {
        self.text = Some(write);
        self
    }

    /// Returns the payload behind the fixed header of a message, for printing; `None` if
    /// there is none, or if it is attributes.
    pub(crate) fn rest_of<'a>(&self, message: &MessageRef<'a>) -> Option<Rest<'a>> {
        let write = self.text?;
        let bytes = message.payload().get(self.header_len..)?;
        (!bytes.is_empty()).then_some(Rest { bytes, write })
    }

    /// Returns true if the payload behind the fixed header is not attributes.
    #[must_use]
    pub const fn is_opaque(&self) -> bool {
        self.text.is_some()
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

    /// Returns the set of the message's attributes.
    #[must_use]
    pub fn attributes(&self) -> &'static Schema {
        match self.made {
            Some(made) => made,
            None => (self.attributes)(),
        }
    }

    /// Returns the size of the message's fixed header in bytes.
    #[must_use]
    pub const fn header_len(&self) -> usize {
        self.header_len
    }

    /// Returns the shape of the message's fixed header.
    #[must_use]
    pub const fn header(&self) -> Shape {
        self.header
    }

    /// Returns true if the description fits the message.
    #[must_use]
    pub fn describes(&self, message: &MessageRef<'_>, is_request: bool) -> bool {
        let is_kind = match self.command {
            Some(command) => message.payload().first() == Some(&command),
            None => self.has_kind(message.kind()),
        };
        is_kind && (self.applies)(message, is_request)
    }

    /// Returns the attributes of such a message, which know the family that
    /// its fixed header names; shorter headers are taken as older ones. None
    /// where something else follows the header.
    #[must_use]
    pub fn attributes_of<'a>(&self, message: &MessageRef<'a>) -> Attrs<'a> {
        if self.is_opaque() {
            return Attrs::new(&[]);
        }
        (self.split)(message)
    }

    fn has_kind(&self, kind: MessageType) -> bool {
        self.kind == kind || self.is_rest && kind > self.kind
    }
}

/// Function that writes the payload of a message behind its fixed header.
pub type WriteText = fn(&[u8], &mut fmt::Formatter<'_>) -> fmt::Result;

/// Payload behind the fixed header of an opaque message.
pub(crate) struct Rest<'a> {
    bytes: &'a [u8],
    write: WriteText,
}

impl fmt::Display for Rest<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (self.write)(self.bytes, f)
    }
}

structs! {
    /// `struct genlmsghdr`.
    pub(crate) struct CommandHeader: 4 {
        /// Command of the family.
        command: u8,
        /// Version of the family's interface.
        version: u8,
        /// Zero.
        reserved: U16,
    }
}

impl FixedHeader for CommandHeader {}

/// The messages of a protocol.
#[derive(Debug)]
pub struct Protocol {
    /// Number for socket(2), such as `NETLINK_ROUTE`.
    pub number: u8,
    /// Short name, such as `route`.
    pub name: &'static str,
    /// Names of the protocol's message types.
    pub types: &'static [TypeName],
    /// Verb of message types without a name.
    pub verb: Option<Verb>,
    /// Descriptions of the protocol's messages.
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
            types: &[],
            verb: None,
            messages,
            family: None,
        }
    }

    /// Describes a generic netlink family, whose messages come from [`MessageSchema::command`].
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
        self.messages
            .iter()
            .find(|known| known.describes(message, is_request))
    }

    /// Returns the C name of a message type, such as `RTM_NEWADDR`: of all types
    /// that the protocol has, described or not.
    #[must_use]
    pub fn type_name(&self, kind: MessageType) -> Option<&'static str> {
        let named = self.types.iter().find(|named| named.kind == kind);
        named.map(|named| named.name)
    }

    /// Returns what a message type does, by its name.
    #[must_use]
    pub fn verb(&self, kind: MessageType) -> Option<Verb> {
        match self.type_name(kind) {
            Some(name) => Verb::of_name(name),
            None => self.verb,
        }
    }
}
