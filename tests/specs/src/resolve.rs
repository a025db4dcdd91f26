//! Works out a [`Family`] from its spec.

use std::collections::BTreeMap;

use crate::document::{
    Attribute as RawAttribute, AttributeSet, Definition, Document, Entry, Exchange, Side, Value,
};
use crate::family::{
    Attribute, Command, Enum, Family, Hint, Int, Kind, KindOf, Message, NamedValue, Set, Sides,
    Struct, integer, upper,
};
use crate::names::Names;

impl Family {
    pub fn new(document: &Document, names: &Names) -> Result<Self, String> {
        let definitions = document.definitions.as_deref().unwrap_or_default();
        let constants: BTreeMap<_, _> = definitions
            .iter()
            .filter_map(|d| {
                let prefix = d.name_prefix.as_deref().unwrap_or_default();
                let value = d.value.as_ref()?.number()?;
                Some([
                    (d.name.clone(), value),
                    (format!("{prefix}{}", d.name), value),
                ])
            })
            .flatten()
            .collect();
        let context = Context {
            document,
            names,
            constants,
        };
        let constant = |given: &Option<String>, what: &str| {
            let default = || format!("{}-family-{what}", document.name);
            upper(&given.clone().unwrap_or_else(default))
        };
        Ok(Self {
            name: document.name.clone(),
            is_generic: document.is_generic(),
            version: document.version.unwrap_or(1),
            constants: (
                constant(&document.c_family_name, "name"),
                constant(&document.c_version_name, "version"),
            ),
            protocol: document.protonum,
            sets: context.sets()?,
            enums: definitions
                .iter()
                .filter(|d| d.kind == "enum" || d.kind == "flags")
                .map(|d| context.enumeration(d))
                .collect(),
            structs: context.structs(definitions)?,
            messages: context.messages(),
            commands: context.commands(),
            groups: document
                .mcast_groups
                .as_ref()
                .map_or_else(Vec::new, |groups| {
                    groups
                        .list
                        .iter()
                        .map(|g| (g.name.clone(), g.value))
                        .collect()
                }),
        })
    }
}

struct Context<'a> {
    document: &'a Document,
    names: &'a Names,
    constants: BTreeMap<String, i64>,
}

impl Context<'_> {
    fn family(&self) -> &str {
        &self.document.name
    }

    fn sets(&self) -> Result<Vec<Set>, String> {
        let raw = self.document.attribute_sets.as_deref().unwrap_or_default();
        raw.iter().map(|set| self.set(raw, set)).collect()
    }

    fn set(&self, all: &[AttributeSet], set: &AttributeSet) -> Result<Set, String> {
        let attributes = match &set.subset_of {
            None => self.own(set)?,
            Some(name) => {
                let whole = all.iter().find(|other| other.name == *name);
                self.subset(set, whole.ok_or_else(|| format!("no set {name}"))?)?
            }
        };
        Ok(Set {
            name: set.name.clone(),
            subset_of: set.subset_of.clone(),
            attributes,
        })
    }

    fn own(&self, set: &AttributeSet) -> Result<Vec<Attribute>, String> {
        let prefix = self.prefix(set);
        let mut next = 1;
        let mut attributes = Vec::new();
        for raw in set.attributes.iter().flatten() {
            let number = raw.value.unwrap_or(next);
            next = number + 1;
            attributes.push(self.attribute(&set.name, &prefix, raw, number)?);
        }
        Ok(attributes)
    }

    /// The elements of a subset have their numbers from the whole set, and
    /// what they do not say themselves.
    fn subset(&self, set: &AttributeSet, whole: &AttributeSet) -> Result<Vec<Attribute>, String> {
        let prefix = self.prefix(whole);
        let known = self.own(whole)?;
        let mut attributes = Vec::new();
        for raw in set.attributes.iter().flatten() {
            let same = |name: &String| *name == raw.name;
            let (Some(attribute), Some(of_whole)) = (
                known.iter().find(|known| same(&known.name)),
                whole
                    .attributes
                    .iter()
                    .flatten()
                    .find(|known| same(&known.name)),
            ) else {
                return Err(format!("{} is not in {}", raw.name, whole.name));
            };
            let merged = if raw.kind.is_some() { raw } else { of_whole };
            attributes.push(self.attribute(&whole.name, &prefix, merged, attribute.number)?);
        }
        Ok(attributes)
    }

    /// Returns the prefix of the C names in a set: from the spec, from
    /// [`Names`], or by the rule of generic netlink.
    fn prefix(&self, set: &AttributeSet) -> String {
        if let Some(prefix) = &set.name_prefix {
            return upper(prefix);
        }
        if let Some(prefix) = self.names.prefix(self.family(), &set.name) {
            return prefix.to_owned();
        }
        let family = self.family();
        if set.name == family {
            upper(&format!("{family}-a-"))
        } else {
            upper(&format!("{family}-a-{}-", set.name))
        }
    }

    fn attribute(
        &self,
        set: &str,
        prefix: &str,
        raw: &RawAttribute,
        number: u16,
    ) -> Result<Attribute, String> {
        let derived = match &raw.name_prefix {
            Some(own) => upper(&format!("{own}{}", raw.name)),
            None => format!("{prefix}{}", upper(&raw.name)),
        };
        let listed = self.names.name(self.family(), set, &raw.name);
        Ok(Attribute {
            name: raw.name.clone(),
            c_name: listed.map_or(derived, str::to_owned),
            number,
            kind: self
                .kind(raw)
                .map_err(|what| format!("{set}/{}: {what}", raw.name))?,
            repeats: raw.multi_attr,
        })
    }

    fn kind(&self, raw: &RawAttribute) -> Result<Kind, String> {
        let kind = raw.kind.as_deref().ok_or("it has no type")?;
        let nested = || raw.nested_attributes.clone().ok_or("it names no set");
        Ok(match kind {
            "unused" => Kind::Unused,
            "pad" => Kind::Pad,
            "flag" => Kind::Flag,
            "string" => Kind::Text,
            "nest" => Kind::Nest(nested()?),
            "nest-type-value" => Kind::Table(nested()?),
            "bitfield32" => Kind::Bitfield32 {
                names: raw.enumeration.clone(),
            },
            "indexed-array" => match raw.sub_type.as_deref() {
                Some("nest") => Kind::Indexed(nested()?),
                other => Kind::IndexedValues(other.unwrap_or("binary").to_owned()),
            },
            "sub-message" => Kind::SubMessage {
                message: raw.sub_message.clone().ok_or("it names no sub-message")?,
                selector: raw.selector.clone().ok_or("it names no selector")?,
            },
            "binary" => match (&raw.inner, raw.sub_type.as_deref()) {
                (Some(name), _) => Kind::Struct(name.clone()),
                _ => Kind::Bytes {
                    length: raw
                        .checks
                        .as_ref()
                        .and_then(|checks| self.number(checks.exact_len.as_ref()?))
                        .and_then(|length| usize::try_from(length).ok()),
                    hint: hint(raw),
                },
            },
            other => Kind::Int(Int {
                names: raw.enumeration.clone(),
                are_flags: raw.enum_as_flags,
                is_big: raw.byte_order.as_deref() == Some("big-endian"),
                hint: hint(raw),
                ..integer(other).ok_or_else(|| format!("unknown type {other}"))?
            }),
        })
    }

    fn number(&self, value: &Value) -> Option<i64> {
        match value {
            Value::Number(number) => Some(*number),
            Value::Name(name) => self.constants.get(name).copied(),
        }
    }

    fn enumeration(&self, raw: &Definition) -> Enum {
        let is_flags = raw.kind == "flags";
        let prefix = raw
            .name_prefix
            .clone()
            .unwrap_or_else(|| format!("{}-{}-", self.family(), raw.name));
        let mut next = raw.value_start.unwrap_or(0);
        let mut values = Vec::new();
        for entry in raw.entries.iter().flatten() {
            let (name, value) = match entry {
                Entry::Name(name) => (name, None),
                Entry::Full { name, value } => (name, *value),
            };
            let number = value.unwrap_or(next);
            next = number + 1;
            // The entries of flags are numbers of bits.
            let value = match u32::try_from(number) {
                Ok(bit) if is_flags => 1_u64.checked_shl(bit).unwrap_or(0),
                _ => number.cast_unsigned(),
            };
            values.push(NamedValue {
                name: name.clone(),
                c_name: upper(&format!("{prefix}{name}")),
                value,
            });
        }
        Enum {
            name: raw.name.clone(),
            is_flags,
            values,
        }
    }

    fn structs(&self, definitions: &[Definition]) -> Result<Vec<Struct>, String> {
        let structs = definitions.iter().filter(|d| d.kind == "struct");
        structs.map(|of| self.layout(definitions, of)).collect()
    }

    /// A struct as C lays it out on 64 bits.
    fn layout(&self, all: &[Definition], of: &Definition) -> Result<Struct, String> {
        let mut members = Vec::new();
        let (mut unpadded, mut alignment) = (0_usize, 1);
        for member in of.members.iter().flatten() {
            let length = member.len.as_ref().and_then(|len| self.number(len));
            let length = length.and_then(|length| usize::try_from(length).ok());
            let (size, align) = match (&member.inner, integer(&member.kind)) {
                (Some(name), _) => {
                    let inner = all.iter().find(|other| other.name == *name);
                    let inner = inner.ok_or_else(|| format!("no struct {name}"))?;
                    let inner = self.layout(all, inner)?;
                    (inner.size, inner.alignment)
                }
                (None, Some(int)) => {
                    let bytes = usize::from(int.bits.unwrap_or(32)) / 8;
                    (bytes, bytes)
                }
                (None, None) => (length.unwrap_or(0), 1),
            };
            let offset = unpadded.next_multiple_of(align);
            members.push((member.clone(), offset, size));
            unpadded = offset + size;
            alignment = alignment.max(align);
        }
        Ok(Struct {
            name: of.name.clone(),
            members,
            size: unpadded.next_multiple_of(alignment),
            unpadded,
            alignment,
        })
    }

    fn messages(&self) -> Vec<Message> {
        let raw = self.document.sub_messages.as_deref().unwrap_or_default();
        raw.iter()
            .map(|message| Message {
                name: message.name.clone(),
                kinds: message
                    .formats
                    .iter()
                    .map(|format| KindOf {
                        value: match &format.value {
                            Value::Number(number) => number.to_string(),
                            Value::Name(name) => name.clone(),
                        },
                        header: format.fixed_header.clone(),
                        set: format.attribute_set.clone(),
                    })
                    .collect(),
            })
            .collect()
    }

    /// Numbers count up from 1, or from where an operation says; in a
    /// directional family those of requests and of answers do so apart.
    fn commands(&self) -> Vec<Command> {
        let operations = &self.document.operations;
        let is_directional = operations.enum_model.as_deref() == Some("directional");
        let prefix = match &operations.name_prefix {
            Some(prefix) => upper(prefix),
            None => self
                .names
                .prefix(self.family(), "operations")
                .map_or_else(|| upper(&format!("{}-cmd-", self.family())), str::to_owned),
        };
        let (mut next_request, mut next_reply) = (1_u16, 1_u16);
        let mut commands = Vec::new();
        for raw in operations.list.iter().flatten() {
            let exchange = raw.once.as_ref().or(raw.dump.as_ref());
            let (mut request, mut reply) = (None, None);
            if is_directional {
                if let Some(exchange) = exchange {
                    let number = exchange.request.as_ref().and_then(|side| side.value);
                    let of_request = number.unwrap_or(next_request);
                    next_request = of_request + 1;
                    request = Some(of_request);
                    if let Some(side) = &exchange.reply {
                        let of_reply = side.value.unwrap_or(next_reply);
                        next_reply = of_reply + 1;
                        reply = Some(of_reply);
                    }
                } else {
                    let number = raw.value.unwrap_or(next_reply);
                    next_reply = number + 1;
                    reply = Some(number);
                }
            } else {
                let number = raw.value.unwrap_or(next_request);
                next_request = number + 1;
                request = exchange.is_some().then_some(number);
                reply = Some(number);
            }
            let listed = self.names.name(self.family(), "operations", &raw.name);
            commands.push(Command {
                name: raw.name.clone(),
                c_name: listed
                    .map_or_else(|| format!("{prefix}{}", upper(&raw.name)), str::to_owned),
                request,
                reply,
                set: raw.attribute_set.clone(),
                header: raw
                    .fixed_header
                    .clone()
                    .or_else(|| operations.fixed_header.clone()),
                once: raw.once.as_ref().map(sides),
                dump: raw.dump.as_ref().map(sides),
            });
        }
        commands
    }
}

fn sides(exchange: &Exchange) -> Sides {
    let names = |side: &Option<Side>| {
        side.as_ref()
            .and_then(|side| side.attributes.clone())
            .unwrap_or_default()
    };
    Sides {
        request: names(&exchange.request),
        reply: names(&exchange.reply),
    }
}

fn hint(raw: &RawAttribute) -> Option<Hint> {
    match raw.display_hint.as_deref()? {
        "mac" => Some(Hint::Hardware),
        hint if hint.starts_with("ipv") => Some(Hint::Ip),
        _ => None,
    }
}
