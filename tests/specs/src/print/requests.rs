//! Requests as values, one for each command that user space sends.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::family::{Command, Family, Sides};
use crate::print::forms::Uses;
use crate::print::types::{Types, request};

pub fn print(family: &Family, types: &Types<'_>, uses: &mut Uses) -> String {
    let mut text = String::new();
    let headers = family
        .commands
        .iter()
        .filter_map(|command| command.header.as_deref());
    for header in headers.collect::<BTreeSet<_>>() {
        uses.root("FixedHeader");
        let _ = writeln!(
            text,
            "\nimpl FixedHeader for {} {{}}",
            types.structure(header)
        );
    }
    if !family.is_generic {
        text += &protocol(family, types, uses);
    }
    for command in &family.commands {
        if let Some(sides) = &command.once {
            text += &one(command, sides, false, family, types, uses);
        }
        if let Some(sides) = &command.dump {
            text += &one(command, sides, true, family, types, uses);
        }
    }
    text
}

/// Description of a protocol outside generic netlink.
fn protocol(family: &Family, types: &Types<'_>, uses: &mut Uses) -> String {
    uses.schema("Protocol");
    let mut text = format!(
        "\npub static PROTOCOL: Protocol = Protocol::new(\n    {},\n    \"{}\",\n    &[\n",
        family.protocol.unwrap_or_default(),
        family.name
    );
    for command in &family.commands {
        if let (Some(header), Some(set), Some(_)) = (&command.header, &command.set, command.request)
        {
            uses.schema("MessageSchema");
            uses.codec("AttributeSet");
            let c_name = &command.c_name;
            let (header, set) = (types.structure(header), types.set(family.whole(set)));
            let _ = writeln!(
                text,
                "        MessageSchema::new::<{header}>({c_name}, \"{c_name}\", {set}::schema),"
            );
        }
    }
    text + "    ],\n);\n"
}

fn one(
    command: &Command,
    sides: &Sides,
    is_dump: bool,
    family: &Family,
    types: &Types<'_>,
    uses: &mut Uses,
) -> String {
    let name = request(&command.name, is_dump);
    let c_name = &command.c_name;
    let set = command
        .set
        .as_deref()
        .map(|set| types.set(family.whole(set)));
    // In generic netlink a struct of the family's own stands behind the header.
    let header = match (&command.header, family.is_generic) {
        (Some(header), false) => types.structure(header),
        _ => "GenericHeader".to_owned(),
    };
    if family.is_generic {
        uses.generic("GenericHeader");
    }
    for used in ["EncodeError", "MessageType", "Next", "Request", "Writer"] {
        uses.root(used);
    }
    uses.root("Flags");
    uses.schema("Protocol");
    let mut text = format!("\n// `{c_name}`, with: {}.\n", sides.request.join(", "));
    if family.is_generic
        && let Some(own) = &command.header
    {
        let _ = writeln!(
            text,
            "// {} stands behind the header.",
            types.structure(own)
        );
    }
    let (field, parameter, value) = if family.is_generic {
        (String::new(), String::new(), String::new())
    } else {
        (
            format!("    header: {header},\n"),
            format!("header: {header}, "),
            "header, ".to_owned(),
        )
    };
    let attributes = set
        .as_ref()
        .map_or("()".to_owned(), |set| format!("&'a [{set}Attr<'a>]"));
    let _ = write!(
        text,
        "#[derive(Clone, Copy, Debug)]\n\
         pub struct {name}<'a> {{\n{field}    attributes: {attributes},\n}}\n\n\
         impl<'a> {name}<'a> {{\n    #[must_use]\n\
         \x20   pub const fn new({parameter}attributes: {attributes}) -> Self {{\n\
         \x20       Self {{ {value}attributes }}\n    }}\n}}\n\n\
         impl Request for {name}<'_> {{\n\
         \x20   fn protocol(&self) -> Option<&'static Protocol> {{\n        Some(&PROTOCOL)\n    }}\n\n\
         \x20   fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {{\n"
    );
    if family.is_generic {
        let version = &family.constants.1;
        let _ = writeln!(
            text,
            "        let header = GenericHeader::new({c_name}, {version});"
        );
    }
    let kind = if family.is_generic {
        "MessageType(0)"
    } else {
        c_name
    };
    let flags = if is_dump {
        uses.root("GetFlags");
        "Flags::REQUEST | GetFlags::DUMP"
    } else {
        "Flags::REQUEST"
    };
    let at = if family.is_generic {
        "&header"
    } else {
        "&self.header"
    };
    let _ = write!(
        text,
        "        w.append_message({kind}, {flags}, {at}, |w| {{\n\
         \x20           for attribute in self.attributes {{\n                w.put(*attribute)?;\n            }}\n\
         \x20           Ok(w)\n        }})?;\n        Ok(Next::End)\n    }}\n}}\n"
    );
    if let Some(set) = set.filter(|_| is_dump || !sides.reply.is_empty()) {
        for used in ["MessageRef", "Query", "Row"] {
            uses.root(used);
        }
        let _ = write!(
            text,
            "\n// Rows, with: {}.\nimpl Query for {name}<'_> {{\n\
             \x20   type Row<'a> = Row<'a, {header}, {set}>;\n\n\
             \x20   fn row(message: MessageRef<'_>) -> Self::Row<'_> {{\n        Row::of(message)\n    }}\n}}\n",
            sides.reply.join(", ")
        );
    }
    text
}
