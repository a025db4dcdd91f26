//! `specs print`: tables, numbers, structs and requests of a family, as a draft.
//! Names come from the spec, and documentation is left to the writer.

mod forms;
mod requests;
mod types;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::family::{Attribute, Family, Kind, Set, Struct};
use crate::print::forms::{Uses, form};
use crate::print::types::{Newtype, Types};

/// Parts to print.
#[derive(Clone, Copy)]
pub struct Parts {
    pub tables: bool,
    pub requests: bool,
}

/// Returns the family as Rust source that uses the crate `root`.
pub fn print(family: &Family, root: &str, parts: Parts) -> String {
    let types = Types::new(family);
    let mut uses = Uses::default();
    let mut text = String::new();
    if parts.tables {
        constants(&mut text, family, &types, &mut uses);
        for found in types.enums() {
            text += &enumeration(found, &mut uses);
        }
        for found in &family.structs {
            text += &structure(found, family, &types, &mut uses);
        }
        let mut taken = BTreeSet::new();
        for set in family.sets.iter().filter(|set| set.subset_of.is_none()) {
            let printed = table(set, family, &types, &mut uses);
            // Sets that share C names cannot share a module.
            let names = set
                .attributes
                .iter()
                .filter(|a| !matches!(a.kind, Kind::Unused));
            let shared = names.filter(|a| !taken.insert(&*a.c_name)).count();
            text += &if shared == 0 {
                printed
            } else {
                in_module(&types.set(&set.name), &types::field(&set.name), &printed)
            };
        }
    }
    if parts.requests {
        text += &requests::print(family, &types, &mut uses);
    }
    let title = format!(
        "// A draft from the spec `{}`, without documentation.\n\n",
        family.name
    );
    title + &uses.lines(root) + &text
}

/// The family's name, its commands, groups and description.
fn constants(text: &mut String, family: &Family, types: &Types<'_>, uses: &mut Uses) {
    let (name, version) = &family.constants;
    if family.is_generic {
        let _ = writeln!(text, "\npub const {name}: &str = \"{}\";", family.name);
        let _ = writeln!(text, "pub const {version}: u8 = {};\n", family.version);
    } else {
        text.push('\n');
    }
    let integer = if family.is_generic {
        "u8"
    } else {
        "MessageType"
    };
    if !family.is_generic {
        uses.root("MessageType");
    }
    let number = |number: u16| match integer {
        "u8" => number.to_string(),
        _ => format!("MessageType({number})"),
    };
    for command in &family.commands {
        let c_name = &command.c_name;
        match (command.request, command.reply) {
            (Some(request), reply) => {
                let _ = writeln!(text, "pub const {c_name}: {integer} = {};", number(request));
                if let Some(reply) = reply.filter(|reply| *reply != request && family.is_generic) {
                    let _ = writeln!(text, "pub const {c_name}_REPLY: {integer} = {reply};");
                }
            }
            (None, Some(reply)) => {
                let _ = writeln!(text, "pub const {c_name}: {integer} = {};", number(reply));
            }
            (None, None) => {}
        }
    }
    let prefix = crate::family::upper(&family.name);
    for (group, value) in &family.groups {
        let group_name = crate::family::upper(group);
        let _ = match value {
            Some(value) => writeln!(
                text,
                "pub const {prefix}_GROUP_{group_name}: u32 = {value};"
            ),
            None => writeln!(
                text,
                "pub const {prefix}_GROUP_{group_name}: &str = \"{group}\";"
            ),
        };
    }
    if family.is_generic {
        uses.schema("MessageSchema");
        uses.schema("Protocol");
        uses.codec("AttributeSet");
        let _ = writeln!(
            text,
            "\npub static PROTOCOL: Protocol = Protocol::family(\n    {name},\n    &["
        );
        for command in &family.commands {
            if let Some(set) = &command.set {
                let (c_name, set) = (&command.c_name, types.set(family.whole(set)));
                let _ = writeln!(
                    text,
                    "        MessageSchema::command({c_name}, \"{c_name}\", {set}::schema),"
                );
            }
        }
        text.push_str("    ],\n);\n");
    }
}

fn enumeration(found: &Newtype<'_>, uses: &mut Uses) -> String {
    let Newtype {
        of,
        name,
        integer,
        are_flags,
    } = found;
    let are_flags = *are_flags;
    let kind = if are_flags { "flags" } else { "numbers" };
    uses.root(kind);
    let mut text = format!("\n{kind}! {{\n    pub struct {name}({integer}) {{\n");
    for entry in &of.values {
        let value = match u32::try_from(entry.value) {
            Ok(bit) if are_flags && !of.is_flags => 1_u64.checked_shl(bit).unwrap_or(0),
            _ => entry.value,
        };
        // Flags without a bit are left out.
        if are_flags && value == 0 {
            continue;
        }
        let number = if are_flags {
            format!("{value:#x}")
        } else {
            value.cast_signed().to_string()
        };
        let (constant, c_name, text_name) =
            (types::constant(&entry.name), &entry.c_name, &entry.name);
        let _ = writeln!(
            text,
            "        {constant} = {number} \"{c_name}\" \"{text_name}\";"
        );
    }
    text + "    }\n}\n"
}

fn structure(found: &Struct, family: &Family, types: &Types<'_>, uses: &mut Uses) -> String {
    uses.root("structs");
    let mut text = format!(
        "\nstructs! {{\n    pub struct {}: {} {{\n",
        types.structure(&found.name),
        found.size
    );
    let mut padding = 0;
    let mut end = 0;
    for (member, offset, size) in &found.members {
        if *offset > end {
            padding += 1;
            let _ = writeln!(text, "        padding{padding}: [u8; {}],", offset - end);
        }
        end = offset + size;
        if member.kind == "pad" {
            padding += 1;
            let _ = writeln!(text, "        padding{padding}: [u8; {size}],");
            continue;
        }
        let form = forms::member(member, *size, family, types, uses);
        let _ = writeln!(text, "        {}: {form},", types::field(&member.name));
    }
    if found.size > end {
        let _ = writeln!(
            text,
            "        padding{}: [u8; {}],",
            padding + 1,
            found.size - end
        );
    }
    text + "    }\n}\n"
}

fn table(set: &Set, family: &Family, types: &Types<'_>, uses: &mut Uses) -> String {
    uses.root("attributes");
    let name = types.set(&set.name);
    let mut choices = String::new();
    let mut text = format!("\nattributes! {{\n    pub set {name}, enum {name}Attr {{\n");
    for attribute in &set.attributes {
        if matches!(attribute.kind, Kind::Unused) {
            continue;
        }
        let variant = types::camel(&attribute.name);
        let form = match &attribute.kind {
            Kind::SubMessage { message, selector } => {
                match set.attributes.iter().find(|a| a.name == *selector) {
                    Some(selector) => {
                        let form = format!("{name}{variant}");
                        choices += &choice(&form, &selector.c_name, message, family, types);
                        form
                    }
                    // Of the level above, which no choice looks at.
                    None => form(&attribute.kind, family, types, uses),
                }
            }
            kind => form(kind, family, types, uses),
        };
        let note = note(attribute);
        let (number, c_name, field) = (
            attribute.number,
            &attribute.c_name,
            types::field(&attribute.name),
        );
        let _ = writeln!(
            text,
            "        {number} {c_name} {variant} {field}: {form},{note}"
        );
    }
    text + "    }\n}\n" + &choices
}

/// Facts that the form does not hold.
fn note(attribute: &Attribute) -> String {
    let mut note = String::new();
    if attribute.repeats {
        note += " // Several times.";
    }
    match &attribute.kind {
        Kind::IndexedValues(of) => note + &format!(" // Indexed, each {of}."),
        Kind::Table(set) => note + &format!(" // Types are values, down to {set}."),
        Kind::SubMessage { message, selector } => note + &format!(" // {message} by {selector}."),
        _ => note,
    }
}

fn in_module(set: &str, module: &str, printed: &str) -> String {
    let lines = printed.lines().map(|line| {
        if line.is_empty() {
            String::new()
        } else {
            format!("    {line}")
        }
    });
    let lines = lines.collect::<Vec<_>>().join("\n");
    format!(
        "\npub mod {module} {{\n    use super::*;\n{lines}\n}}\npub use {module}::{{{set}, {set}Attr}};\n"
    )
}

/// The sets of an attribute, by what its selector holds.
fn choice(name: &str, selector: &str, message: &str, family: &Family, types: &Types<'_>) -> String {
    let mut text =
        format!("\nattributes! {{\n    pub choice {name}, enum {name}Set by {selector} {{\n");
    let kinds = family
        .message(message)
        .map_or(&[][..], |message| &message.kinds);
    for kind in kinds {
        let value = &kind.value;
        let _ = match (&kind.set, &kind.header) {
            (Some(set), None) => {
                let (variant, set) = (types::camel(value), types.set(family.whole(set)));
                writeln!(text, "        \"{value}\" {variant}: {set},")
            }
            (Some(set), Some(header)) => {
                let (header, set) = (types.structure(header), types.set(family.whole(set)));
                writeln!(
                    text,
                    "        // \"{value}\": {header}, and attributes of {set} behind it."
                )
            }
            (None, Some(header)) => {
                writeln!(text, "        // \"{value}\": {}.", types.structure(header))
            }
            (None, None) => writeln!(text, "        // \"{value}\": nothing."),
        };
    }
    text + "    }\n}\n"
}
