//! Messages as trees, for eyes: names where a schema knows them, bytes where
//! none does, and whatever is left of input that is truncated or broken.
//!
//! ```
//! use nlwire::pretty::Pretty;
//! use nlwire::{Flags, Header, MessageType, Writer};
//!
//! let mut buffer = [0; 64];
//! let message = Writer::message(&mut buffer, MessageType(16), Flags::REQUEST, &(), |w| {
//!     w.u32_be(1, 0x01020304)?.nest(2, |w| w.str(1, "eth0"))
//! })?;
//! assert_eq!(
//!     Pretty::new(message.as_bytes(), None).to_string(),
//!     "\
//! length 40, type 16, flags request, sequence 0, port 0
//!   1: 01020304
//!   2:
//!     1: 6574683000
//! "
//! );
//! # Ok::<(), nlwire::EncodeError>(())
//! ```

use core::fmt::{self, Display, Formatter};

use crate::ack::Extended;
use crate::codec::AttributeSet as _;
use crate::protocols;
use crate::schema::{MessageSchema, Protocol, Verb, VerbFlags};
use crate::text::Hex;
use crate::tree::{Layout, Tree, indent};
use crate::view::{Shown, Value};
use crate::walk::{Level, Names};
use crate::{AckFlags, AckRef, Attrs, Flags, MessageRef, MessageType, Messages};

/// Prints a datagram: a line for each header, and its attributes indented
/// below it.
#[derive(Clone, Copy, Debug)]
pub struct Pretty<'a> {
    datagram: &'a [u8],
    protocol: Option<u8>,
    families: &'a [Family<'a>],
    secrets: bool,
}

impl<'a> Pretty<'a> {
    /// Prints `datagram`, whose attributes are named where the feature of its
    /// protocol's family is on.
    #[must_use]
    pub const fn new(datagram: &'a [u8], protocol: Option<u8>) -> Self {
        Self {
            datagram,
            protocol,
            families: &[],
            secrets: false,
        }
    }

    /// Describes messages by these families, before those of the protocol.
    ///
    /// ```
    /// use nlwire::codec::AttributeSet as _;
    /// use nlwire::generic::GenericHeader;
    /// use nlwire::pretty::{Family, Pretty};
    /// use nlwire::schema::{MessageSchema, Protocol};
    /// use nlwire::{Flags, MessageType, Writer, attributes};
    ///
    /// attributes! {
    ///     /// Attributes of the family `tcp_metrics`.
    ///     pub set Metrics, enum MetricsAttr { 3 TCP_METRICS_ATTR_AGE Age age: u64 }
    /// }
    /// static METRICS: Protocol = Protocol::family(
    ///     "tcp_metrics",
    ///     &[MessageSchema::command(1, "TCP_METRICS_CMD_GET", Metrics::schema)],
    /// );
    ///
    /// let mut buffer = [0; 64];
    /// let header = GenericHeader::new(1, 1);
    /// let message = Writer::message(&mut buffer, MessageType(27), Flags::REQUEST, &header, |w| {
    ///     w.put(MetricsAttr::Age(40))
    /// })?;
    /// // The controller knows the family's number.
    /// let families = [Family { number: Some(MessageType(27)), protocol: &METRICS }];
    /// let tree = Pretty::new(message.as_bytes(), Some(16)).with_families(&families).to_string();
    /// assert!(tree.starts_with("TCP_METRICS_CMD_GET length 32, type 27, flags request,"), "{tree}");
    /// assert!(tree.ends_with("TCP_METRICS_ATTR_AGE: 40\n"));
    /// # Ok::<(), nlwire::EncodeError>(())
    /// ```
    #[must_use]
    pub const fn with_families(mut self, families: &'a [Family<'a>]) -> Self {
        self.families = families;
        self
    }

    /// Prints the values of secrets, such as keys, and not their lengths alone.
    #[must_use]
    pub const fn with_secrets(mut self) -> Self {
        self.secrets = true;
        self
    }

    /// Describes a message.
    pub(crate) fn describe<'m>(&self, message: MessageRef<'m>) -> Description<'a, 'm> {
        let is_request = message.flags().contains(Flags::REQUEST);
        let protocol = self.protocol.and_then(protocols::find);
        let mut own = self.families.iter().filter_map(|family| {
            let is_number = family.number.is_none_or(|number| number == message.kind());
            let schema = family.protocol.describe(&message, is_request);
            schema.filter(|_| is_number)
        });
        let own = own.next();
        let schema = own.or_else(|| protocol?.describe(&message, is_request));
        let ack = ack(message).filter(|_| schema.is_none());
        let named = schema.map(MessageSchema::name);
        let name = named.filter(|name| !name.is_empty());
        Description {
            schema,
            name: name.or_else(|| protocol?.type_name(message.kind())),
            verb: match ack {
                Some(_) => Some(Verb::Ack),
                None => protocol.and_then(|protocol| protocol.verb(message.kind())),
            },
            ack,
        }
    }

    /// The attributes of a message.
    #[cfg(feature = "serde")]
    pub(crate) fn level<'m>(&self, message: MessageRef<'m>, schema: &MessageSchema) -> Level<'m> {
        let is_request = message.flags().contains(Flags::REQUEST);
        let names = Names::Set(schema.attributes());
        Level::new(schema.attributes_of(&message), names).of_request(is_request)
    }

    #[cfg(feature = "serde")]
    pub(crate) const fn datagram(&self) -> &'a [u8] {
        self.datagram
    }

    #[cfg(feature = "serde")]
    pub(crate) const fn shows_secrets(&self) -> bool {
        self.secrets
    }
}

/// Family for [`Pretty::with_families`], such as one of another crate.
#[derive(Clone, Copy, Debug)]
pub struct Family<'a> {
    /// Type of the family's messages, which the controller returns for a
    /// generic family; `None` if the messages have several types.
    pub number: Option<MessageType>,
    /// Descriptions of the family's messages.
    pub protocol: &'a Protocol,
}

/// Description of a message.
pub(crate) struct Description<'a, 'm> {
    pub(crate) schema: Option<&'a MessageSchema>,
    pub(crate) name: Option<&'static str>,
    pub(crate) verb: Option<Verb>,
    /// The ack that the message is, if no schema says otherwise.
    pub(crate) ack: Option<AckRef<'m>>,
}

impl Display for Pretty<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let mut messages = Messages::new(self.datagram);
        loop {
            let rest = messages.remaining();
            match messages.next() {
                None if rest.is_empty() => return Ok(()),
                None => {
                    let length = rest.len();
                    return writeln!(f, "{length} bytes are no message: {}", Hex(rest));
                }
                Some(Ok(message)) => self.write_message(f, message)?,
                Some(Err(error)) => writeln!(f, "{error}: {}", Hex(rest))?,
            }
        }
    }
}

impl Pretty<'_> {
    fn write_message(&self, f: &mut Formatter<'_>, message: MessageRef<'_>) -> fmt::Result {
        let Description {
            schema,
            name,
            verb,
            ack,
        } = self.describe(message);
        if let Some(name) = name {
            write!(f, "{name} ")?;
        }
        let header = message.header();
        writeln!(
            f,
            "length {}, type {}, flags {}, sequence {}, port {}",
            header.length(),
            header.kind(),
            VerbFlags {
                flags: header.flags(),
                verb
            },
            header.sequence(),
            header.port()
        )?;
        match ack {
            Some(ack) => self.write_ack(f, ack),
            None => self.write_payload(f, message, schema),
        }
    }

    fn write_payload(
        &self,
        f: &mut Formatter<'_>,
        message: MessageRef<'_>,
        schema: Option<&MessageSchema>,
    ) -> fmt::Result {
        let (attributes, names) = match schema {
            Some(schema) => {
                let attributes = self.write_header(f, message, schema)?;
                if schema.is_opaque() {
                    return match schema.rest_of(&message) {
                        Some(rest) => write_line(f, rest),
                        None => Ok(()),
                    };
                }
                (attributes, Names::Set(schema.attributes()))
            }
            None => (message.attributes(0), Names::Unknown),
        };
        // Without names nobody knows where the attributes start, or if there are
        // any: they are taken as such only if all of the bytes are.
        let is_known = schema.is_some_and(|schema| !schema.name().is_empty());
        if !is_known && attributes.into_iter().any(|attribute| attribute.is_err()) {
            return write_line(f, Hex(attributes.remaining()));
        }
        let is_request = message.flags().contains(Flags::REQUEST);
        self.write_tree(f, attributes, names, is_request)
    }

    /// Prints the fixed header, and returns the attributes behind it.
    fn write_header<'m>(
        &self,
        f: &mut Formatter<'_>,
        message: MessageRef<'m>,
        schema: &MessageSchema,
    ) -> Result<Attrs<'m>, fmt::Error> {
        let attributes = schema.attributes_of(&message);
        if schema.header_len() == 0 {
            return Ok(attributes);
        }
        let payload = message.payload();
        let value = Value {
            bytes: payload.get(..schema.header_len()).unwrap_or(payload),
            scope: attributes.scope(),
        };
        let shown = Shown::new(Some(schema.header()), value, self.secrets);
        writeln!(f, "  header: {shown}")?;
        Ok(attributes)
    }

    fn write_ack(&self, f: &mut Formatter<'_>, ack: AckRef<'_>) -> fmt::Result {
        writeln!(f, "  code {}: {ack}", ack.code())?;
        if let Some(request) = ack.request() {
            let protocol = self.protocol.and_then(protocols::find);
            let name = protocol.and_then(|protocol| protocol.type_name(request.kind()));
            match name {
                Some(name) => writeln!(f, "  request: {name} {request}")?,
                None => writeln!(f, "  request: {request}")?,
            }
        }
        let flags = AckFlags::from(ack.message().flags());
        if flags.contains(AckFlags::ACK_TLVS) {
            let names = Names::Set(Extended::schema());
            self.write_tree(f, ack.attributes(), names, false)?;
        }
        Ok(())
    }

    fn write_tree(
        &self,
        f: &mut Formatter<'_>,
        attributes: Attrs<'_>,
        names: Names,
        is_request: bool,
    ) -> fmt::Result {
        let tree = Tree {
            level: Level::new(attributes, names).of_request(is_request),
            layout: Layout::Lines,
            secrets: self.secrets,
        };
        tree.fmt(f)
    }
}

/// The ack that a message is, if it is one.
fn ack(message: MessageRef<'_>) -> Option<AckRef<'_>> {
    let ends = matches!(message.kind(), MessageType::ERROR | MessageType::DONE);
    AckRef::new(message).ok().filter(|_| ends)
}

fn write_line(f: &mut Formatter<'_>, text: impl Display) -> fmt::Result {
    indent(f, 0)?;
    writeln!(f, "{text}")
}
