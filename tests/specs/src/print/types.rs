//! Names of Rust's kind for those of a spec.

use std::collections::{BTreeMap, BTreeSet};

use crate::family::{Enum, Family, Int, Kind};

/// Names that tables and requests import, which no type may have.
const IMPORTED: &[&str] = &[
    "AttributeSet",
    "Be",
    "Bitfield32",
    "ByteArray",
    "Bytes",
    "EncodeError",
    "FixedHeader",
    "Flag",
    "Flags",
    "GenericHeader",
    "GetFlags",
    "Hardware",
    "I16",
    "I32",
    "I64",
    "Indexed",
    "Ip",
    "MessageRef",
    "MessageSchema",
    "MessageType",
    "Nest",
    "Next",
    "Option",
    "Protocol",
    "Query",
    "Request",
    "Result",
    "Row",
    "Sint",
    "String",
    "Struct",
    "Text",
    "U16",
    "U32",
    "U64",
    "Uint",
    "Writer",
];

pub struct Types<'a> {
    sets: BTreeMap<&'a str, String>,
    structs: BTreeMap<&'a str, String>,
    /// Enums by name, true if their values are bits.
    enums: BTreeMap<(&'a str, bool), Newtype<'a>>,
}

/// An enum of the spec as `numbers!` or `flags!` declare it.
pub struct Newtype<'a> {
    pub of: &'a Enum,
    pub name: String,
    /// Name of the first use.
    pub integer: String,
    pub are_flags: bool,
}

impl<'a> Types<'a> {
    pub fn new(family: &'a Family) -> Self {
        let mut taken: BTreeSet<String> = IMPORTED.iter().map(|name| (*name).to_owned()).collect();
        for command in &family.commands {
            taken.extend([false, true].map(|is_dump| request(&command.name, is_dump)));
        }
        let mut name = |base: &str, suffix: &str| {
            let mut name = camel(base);
            while !taken.insert(name.clone()) {
                name += suffix;
            }
            name
        };
        let sets = family.sets.iter().filter(|set| set.subset_of.is_none());
        let sets = sets
            .map(|set| (&*set.name, name(without_suffix(&set.name), "Set")))
            .collect();
        let structs = family.structs.iter();
        let structs = structs
            .map(|found| (&*found.name, name(&found.name, "Struct")))
            .collect();
        let mut enums = BTreeMap::new();
        for attribute in family.attributes() {
            let Kind::Int(int) = &attribute.kind else {
                continue;
            };
            let Some(of) = int
                .names
                .as_deref()
                .and_then(|name| family.enumeration(name))
            else {
                continue;
            };
            let are_flags = of.is_flags || int.are_flags;
            enums.entry((&*of.name, are_flags)).or_insert_with(|| {
                let sign = if int.is_signed { 'i' } else { 'u' };
                Newtype {
                    of,
                    name: name(&of.name, if are_flags { "Flags" } else { "Value" }),
                    integer: format!("{sign}{}", int.bits.unwrap_or(32)),
                    are_flags,
                }
            });
        }
        Self {
            sets,
            structs,
            enums,
        }
    }

    pub fn set(&self, name: &str) -> String {
        self.sets.get(name).cloned().unwrap_or_else(|| camel(name))
    }

    pub fn structure(&self, name: &str) -> String {
        self.structs
            .get(name)
            .cloned()
            .unwrap_or_else(|| camel(name))
    }

    /// The enums that attributes have.
    pub fn enums(&self) -> impl Iterator<Item = &Newtype<'a>> {
        self.enums.values()
    }

    /// The type of an integer with names.
    pub fn enumeration(&self, int: &Int) -> Option<&Newtype<'a>> {
        let name = int.names.as_deref()?;
        self.enums.values().find(|found| {
            found.of.name == name && (found.of.is_flags || found.are_flags == int.are_flags)
        })
    }
}

fn without_suffix(name: &str) -> &str {
    let ends = ["-attrs", "-attributes", "-attribute"];
    ends.iter()
        .find_map(|end| name.strip_suffix(end))
        .unwrap_or(name)
}

/// `listen-port` as `ListenPort`.
pub fn camel(name: &str) -> String {
    let mut text = String::new();
    for word in name.split(|c: char| !c.is_alphanumeric()) {
        let mut letters = word.chars();
        text.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        text.push_str(letters.as_str());
    }
    match text.starts_with(|first: char| first.is_ascii_digit()) {
        true => format!("N{text}"),
        false if text == "Self" => "Itself".to_owned(),
        false => text,
    }
}

/// `listen-port` as `listen_port`.
pub fn field(name: &str) -> String {
    let name = name.trim_start_matches('-').to_lowercase();
    let text: String = name
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { '_' })
        .collect();
    let reserved = [
        "as", "async", "await", "break", "const", "continue", "crate", "dyn", "else", "enum",
        "extern", "false", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "match", "mod",
        "move", "mut", "pub", "ref", "return", "self", "static", "struct", "super", "trait",
        "true", "type", "unsafe", "use", "where", "while", "abstract", "become", "box", "do",
        "final", "macro", "override", "priv", "try", "typeof", "unsized", "virtual", "yield",
        // A method of every set.
        "schema", "decode",
    ];
    match text.starts_with(|first: char| first.is_ascii_digit()) {
        true => format!("n{text}"),
        false if reserved.contains(&&*text) => format!("{text}_"),
        false => text,
    }
}

/// `listen-port` as `LISTEN_PORT`.
pub fn constant(name: &str) -> String {
    let text = field(name).trim_end_matches('_').to_uppercase();
    match text.as_str() {
        "_" | "" => "UNNAMED".to_owned(),
        _ => text,
    }
}

/// `get-device` and `dev-get` as `GetDevice` and `GetDev`; dumps in the plural.
pub fn request(name: &str, is_dump: bool) -> String {
    let verbs = [
        "get", "set", "new", "del", "delete", "add", "create", "remove", "act",
    ];
    let ordered = match name.rsplit_once('-') {
        Some((object, verb)) if verbs.contains(&verb) => format!("{verb}-{object}"),
        _ => name.to_owned(),
    };
    let text = camel(&ordered);
    match (is_dump, text.strip_prefix("Get")) {
        (true, Some(object)) if text.ends_with('s') => format!("GetAll{object}"),
        (true, _) if text.ends_with('s') => text + "All",
        (true, _) => text + "s",
        (false, _) => text,
    }
}
