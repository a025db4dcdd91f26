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
use crate::schema::{MessageSchema, Verb, VerbFlags};
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
    described: &'a [MessageSchema],
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
            described: &[],
            secrets: false,
        }
    }

    /// Names the messages of families of one's own: these descriptions are
    /// asked before those of the protocol.
    ///
    /// ```
    /// use nlwire::codec::AttributeSet as _;
    /// use nlwire::pretty::Pretty;
    /// use nlwire::schema::MessageSchema;
    /// use nlwire::{Flags, MessageType, Writer, attributes};
    ///
    /// attributes! {
    ///     /// Attributes of a family that is loaded as number 27.
    ///     pub set Metrics, enum MetricsAttr { 3 TCP_METRICS_ATTR_AGE Age age: u64 }
    /// }
    ///
    /// let family = [MessageSchema::new::<()>(MessageType(27), "tcp_metrics", Metrics::schema)];
    /// let mut buffer = [0; 64];
    /// let message = Writer::message(&mut buffer, MessageType(27), Flags::empty(), &(), |w| {
    ///     w.put(MetricsAttr::Age(40))
    /// })?;
    /// let tree = Pretty::new(message.as_bytes(), None).described_by(&family);
    /// assert!(tree.to_string().ends_with("TCP_METRICS_ATTR_AGE: 40\n"));
    /// # Ok::<(), nlwire::EncodeError>(())
    /// ```
    #[must_use]
    pub const fn described_by(mut self, messages: &'a [MessageSchema]) -> Self {
        self.described = messages;
        self
    }

    /// Prints the values of secrets, such as keys, and not their lengths alone.
    #[must_use]
    pub const fn with_secrets(mut self) -> Self {
        self.secrets = true;
        self
    }

    fn schema(&self, message: &MessageRef<'_>) -> Option<&'a MessageSchema> {
        let is_request = message.flags().contains(Flags::REQUEST);
        let mut described = self.described.iter();
        let own = described.find(|schema| schema.describes(message, is_request));
        own.or_else(|| protocols::describe(self.protocol?, message))
    }
}

impl Display for Pretty<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let mut messages = Messages::new(self.datagram);
        loop {
            let rest = messages.remaining();
            match messages.next() {
                None => return Ok(()),
                Some(Ok(message)) => self.write_message(f, message)?,
                Some(Err(error)) => writeln!(f, "{error}: {}", Hex(rest))?,
            }
        }
    }
}

impl Pretty<'_> {
    fn write_message(&self, f: &mut Formatter<'_>, message: MessageRef<'_>) -> fmt::Result {
        let schema = self.schema(&message);
        let named = schema
            .map(MessageSchema::name)
            .filter(|name| !name.is_empty());
        let protocol = self.protocol.and_then(protocols::find);
        let name = named.or_else(|| protocol?.type_name(message.kind()));
        if let Some(name) = name {
            write!(f, "{name} ")?;
        }
        let ack = ack(message).filter(|_| schema.is_none());
        let verb = match ack {
            Some(_) => Some(Verb::Ack),
            None => protocol.and_then(|protocol| protocol.verb(message.kind())),
        };
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
                    return write_rest(f, message, schema.header_len());
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

/// Prints what follows the fixed header where that is not attributes.
fn write_rest(f: &mut Formatter<'_>, message: MessageRef<'_>, start: usize) -> fmt::Result {
    match message.payload().get(start..) {
        None | Some([]) => Ok(()),
        Some(rest) => write_line(f, Hex(rest)),
    }
}

fn write_line(f: &mut Formatter<'_>, text: impl Display) -> fmt::Result {
    indent(f, 0)?;
    writeln!(f, "{text}")
}
