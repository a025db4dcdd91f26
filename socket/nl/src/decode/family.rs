//! Families of generic netlink that a file describes, in the YAML of the kernel's
//! `Documentation/netlink/specs`.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use nlwire::generic::{CTRL_ATTR_FAMILY_ID, CTRL_ATTR_FAMILY_NAME, GENL_ID_CTRL, GenericHeader};
use nlwire::schema::{AttributeName, MessageSchema, Notation, Protocol, Schema, Shape};
use nlwire::{ByteOrder, MessageRef, MessageType, Messages};
use serde::Deserialize;

use crate::output::Result;

/// Number of levels of nests that are described. Sets may hold each other.
const DEPTH: usize = 8;

/// Family, and the type of its messages once it is known.
pub(super) struct Family {
    pub(super) protocol: &'static Protocol,
    pub(super) number: Option<MessageType>,
}

/// Reads the argument `FILE` or `FILE=NUMBER`.
pub(super) fn read(argument: &str) -> Result<Family> {
    let (path, number) = match argument.rsplit_once('=') {
        Some((path, number)) => (path, Some(MessageType(number.parse()?))),
        None => (argument, None),
    };
    let text = fs::read_to_string(Path::new(path)).map_err(|error| format!("{path}: {error}"))?;
    let document: Document =
        serde_saphyr::from_str(&text).map_err(|error| format!("{path}: {error}"))?;
    if document.protocol.as_deref() == Some("netlink-raw") {
        return Err(format!("{path}: no family of generic netlink").into());
    }
    let protocol = Builder::new(&document).protocol();
    Ok(Family { protocol, number })
}

/// Takes numbers of families from the controller's answers.
pub(super) fn learn(families: &mut [Family], datagram: &[u8]) {
    if families.is_empty() {
        return;
    }
    for message in Messages::new(datagram).map_while(std::result::Result::ok) {
        let Ok((_, attributes)) = message.split::<GenericHeader>() else {
            continue;
        };
        let find = |kind| attributes.find(kind).ok().flatten();
        let name = find(CTRL_ATTR_FAMILY_NAME).map(|name| name.text());
        let id = find(CTRL_ATTR_FAMILY_ID).and_then(|id| id.u16().ok());
        let (GENL_ID_CTRL, Some(name), Some(id)) = (message.kind(), name, id) else {
            continue;
        };
        let mut known = families.iter_mut();
        let known = known.find(|family| family.protocol.family.is_some_and(|own| name == own));
        if let Some(family) = known {
            family.number = Some(MessageType(id));
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Document {
    name: String,
    protocol: Option<String>,
    #[serde(default)]
    definitions: Vec<Definition>,
    #[serde(default)]
    attribute_sets: Vec<Set>,
    operations: Operations,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Definition {
    name: String,
    #[serde(rename = "type")]
    kind: String,
    value_start: Option<i64>,
    #[serde(default)]
    entries: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Entry {
    Name(String),
    Full { name: String, value: Option<i64> },
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Set {
    name: String,
    name_prefix: Option<String>,
    subset_of: Option<String>,
    #[serde(default)]
    attributes: Vec<Attribute>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Attribute {
    name: String,
    #[serde(rename = "type")]
    kind: Option<String>,
    value: Option<u16>,
    byte_order: Option<String>,
    #[serde(rename = "enum")]
    enumeration: Option<String>,
    #[serde(default)]
    enum_as_flags: bool,
    display_hint: Option<String>,
    nested_attributes: Option<String>,
    sub_type: Option<String>,
    #[serde(default)]
    multi_attr: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Operations {
    enum_model: Option<String>,
    name_prefix: Option<String>,
    fixed_header: Option<String>,
    list: Vec<Operation>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Operation {
    name: String,
    value: Option<u8>,
    attribute_set: Option<String>,
    fixed_header: Option<String>,
    notify: Option<String>,
    #[serde(rename = "do")]
    once: Option<Exchange>,
    dump: Option<Exchange>,
}

#[derive(Deserialize)]
struct Exchange {
    request: Option<Side>,
    reply: Option<Side>,
}

#[derive(Deserialize)]
struct Side {
    value: Option<u8>,
}

/// Maker of a schema, which lives as long as the program.
struct Builder<'a> {
    document: &'a Document,
    schemas: HashMap<(&'a str, usize), &'static Schema>,
}

fn leak<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

/// `tcp-metrics-cmd-` and `get` give `TCP_METRICS_CMD_GET`.
fn c_name(prefix: &str, name: &str) -> &'static str {
    let name = format!("{prefix}{name}").replace('-', "_");
    name.to_uppercase().leak()
}

impl<'a> Builder<'a> {
    fn new(document: &'a Document) -> Self {
        let schemas = HashMap::new();
        Self { document, schemas }
    }

    fn protocol(mut self) -> &'static Protocol {
        let operations = &self.document.operations;
        let prefix = operations.name_prefix.clone();
        let prefix = prefix.unwrap_or_else(|| format!("{}-cmd-", self.document.name));
        let is_directional = operations.enum_model.as_deref() == Some("directional");
        let mut messages = Vec::new();
        let (mut request, mut reply) = (0_u8, 0_u8);
        for operation in &operations.list {
            let name = c_name(&prefix, &operation.name);
            let set = self.set_of(operation);
            let attributes = match set {
                Some(set) => self.schema(set, 0),
                None => leak(Schema {
                    name: "",
                    names: &[],
                    shapes: &[],
                }),
            };
            let has_header = operation.fixed_header.is_some() || operations.fixed_header.is_some();
            let mut describe = |command, only: Option<bool>| {
                let message = MessageSchema::command_of(command, name, attributes);
                let message = match only {
                    Some(true) => message.only(is_request),
                    Some(false) => message.only(is_reply),
                    None => message,
                };
                messages.push(if has_header {
                    message.opaque()
                } else {
                    message
                });
            };
            if !is_directional {
                request = operation.value.unwrap_or(request.wrapping_add(1));
                describe(request, None);
                continue;
            }
            // A command counts the requests, and a reply or a notification the others.
            let exchange = operation.once.as_ref().or(operation.dump.as_ref());
            if let Some(side) = exchange.and_then(|exchange| exchange.request.as_ref()) {
                request = side
                    .value
                    .or(operation.value)
                    .unwrap_or(request.wrapping_add(1));
                describe(request, Some(true));
            }
            let side = exchange.and_then(|exchange| exchange.reply.as_ref());
            if side.is_some() || operation.notify.is_some() || exchange.is_none() {
                let value = side.and_then(|side| side.value).or(operation.value);
                reply = value.unwrap_or(reply.wrapping_add(1));
                describe(reply, Some(false));
            }
        }
        let name = String::leak(self.document.name.clone());
        leak(Protocol::family(name, messages.leak()))
    }

    /// Name of an operation's set; a notification has that of its command.
    fn set_of(&self, operation: &'a Operation) -> Option<&'a str> {
        let list = &self.document.operations.list;
        let command = operation.notify.as_ref();
        let command = command.and_then(|name| list.iter().find(|one| one.name == *name));
        let set = operation.attribute_set.as_ref();
        let set = set.or_else(|| command?.attribute_set.as_ref());
        set.map(String::as_str)
    }

    fn schema(&mut self, name: &'a str, depth: usize) -> &'static Schema {
        if let Some(schema) = self.schemas.get(&(name, depth)) {
            return schema;
        }
        let document = self.document;
        let find = |name: &str| document.attribute_sets.iter().find(|set| set.name == name);
        let subset = find(name);
        let parent = subset.and_then(|set| find(set.subset_of.as_deref()?));
        let (mut names, mut shapes) = (Vec::new(), Vec::new());
        let mut number = 0_u16;
        if let Some(set) = parent.or(subset) {
            let family = &document.name;
            let prefix = match &set.name_prefix {
                Some(prefix) => prefix.clone(),
                None if set.name == *family => format!("{family}-a-"),
                None => format!("{family}-a-{}-", set.name),
            };
            for attribute in &set.attributes {
                number = attribute.value.unwrap_or(number.wrapping_add(1));
                names.push(AttributeName {
                    kind: number,
                    name: c_name(&prefix, &attribute.name),
                    field: attribute.name.replace('-', "_").leak(),
                });
                shapes.push(self.shape(attribute, depth));
            }
        }
        let name_of_set = String::leak(name.to_owned());
        let (names, shapes) = (names.leak(), shapes.leak());
        let schema = leak(Schema {
            name: name_of_set,
            names,
            shapes,
        });
        self.schemas.insert((name, depth), schema);
        schema
    }

    fn shape(&mut self, attribute: &'a Attribute, depth: usize) -> Shape {
        let kind = attribute.kind.as_deref().unwrap_or_default();
        let sub_type = attribute.sub_type.as_deref().unwrap_or_default();
        let shape = match kind {
            "flag" => Shape::Flag,
            "string" => Shape::Str,
            "bitfield32" => Shape::Bitfield32(self.notation(attribute)),
            "nest" => self.nest(attribute, depth),
            "indexed-array" if sub_type == "nest" => {
                Shape::Indexed(leak(self.nest(attribute, depth)))
            }
            "indexed-array" => Shape::Indexed(leak(self.plain(sub_type, attribute))),
            "binary" if !sub_type.is_empty() => {
                let element = leak(self.plain(sub_type, attribute));
                Shape::row_of(element, size(sub_type))
            }
            _ => self.plain(kind, attribute),
        };
        if attribute.multi_attr {
            return Shape::Many(leak(shape));
        }
        shape
    }

    fn nest(&mut self, attribute: &'a Attribute, depth: usize) -> Shape {
        match &attribute.nested_attributes {
            Some(set) if depth < DEPTH => Shape::NestOf(self.schema(set, depth.saturating_add(1))),
            _ => Shape::Bytes,
        }
    }

    fn plain(&self, kind: &str, attribute: &Attribute) -> Shape {
        match attribute.display_hint.as_deref() {
            Some("ipv4" | "ipv6" | "ipv4-or-v6") => return Shape::Ip,
            Some("mac") => return Shape::Hardware,
            _ => {}
        }
        let order = match attribute.byte_order.as_deref() {
            Some("big-endian") => Some(ByteOrder::Big),
            Some("little-endian") => Some(ByteOrder::Little),
            _ => None,
        };
        match kind {
            "u8" | "u16" | "u32" | "u64" | "uint" => {
                Shape::Unsigned(order, self.notation(attribute))
            }
            "s8" | "s16" | "s32" | "s64" | "sint" => Shape::Signed(order, self.notation(attribute)),
            _ => Shape::Bytes,
        }
    }

    fn notation(&self, attribute: &Attribute) -> Notation {
        let name = attribute.enumeration.as_ref();
        let mut definitions = self.document.definitions.iter();
        let definition = name.and_then(|name| definitions.find(|one| one.name == *name));
        let Some(definition) = definition else {
            return match attribute.display_hint.as_deref() {
                Some("hex") => Notation::Hex,
                _ => Notation::Decimal,
            };
        };
        let mut next = definition.value_start.unwrap_or(0);
        let mut named = Vec::new();
        for entry in &definition.entries {
            let (name, value) = match entry {
                Entry::Name(name) => (name, None),
                Entry::Full { name, value } => (name, *value),
            };
            let value = value.unwrap_or(next);
            next = value.wrapping_add(1);
            named.push((value, &*String::leak(name.clone())));
        }
        if definition.kind != "flags" && !attribute.enum_as_flags {
            return Notation::Names(named.leak());
        }
        let bits = named.into_iter().map(|(place, name)| {
            let bit = u32::try_from(place)
                .ok()
                .and_then(|place| 1_u64.checked_shl(place));
            let bit = bit.unwrap_or(0);
            (bit, bit, name)
        });
        Notation::Flags(bits.collect::<Vec<_>>().leak())
    }
}

fn size(kind: &str) -> usize {
    match kind {
        "u16" | "s16" => 2,
        "u32" | "s32" => 4,
        "u64" | "s64" => 8,
        _ => 1,
    }
}

fn is_request(_: &MessageRef<'_>, is_request: bool) -> bool {
    is_request
}

fn is_reply(_: &MessageRef<'_>, is_request: bool) -> bool {
    !is_request
}
