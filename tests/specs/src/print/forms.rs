//! The forms of a spec's types, and what is to be imported for them.

use std::collections::BTreeSet;

use crate::document::Member;
use crate::family::{Family, Hint, Int, Kind, integer};
use crate::print::types::Types;

/// Names to import, by module.
#[derive(Default)]
pub struct Uses {
    root: BTreeSet<&'static str>,
    codec: BTreeSet<&'static str>,
    schema: BTreeSet<&'static str>,
    generic: BTreeSet<&'static str>,
    native: BTreeSet<String>,
    big: bool,
}

impl Uses {
    pub fn root(&mut self, name: &'static str) {
        self.root.insert(name);
    }

    pub fn codec(&mut self, name: &'static str) -> &'static str {
        self.codec.insert(name);
        name
    }

    pub fn schema(&mut self, name: &'static str) {
        self.schema.insert(name);
    }

    pub fn generic(&mut self, name: &'static str) {
        self.generic.insert(name);
    }

    pub fn lines(&self, root: &str) -> String {
        let line = |module: &str, names: Vec<&str>| match names[..] {
            [] => String::new(),
            [name] => format!("use {root}{module}::{name};\n"),
            _ => format!("use {root}{module}::{{{}}};\n", names.join(", ")),
        };
        let native = self.native.iter().map(String::as_str).collect();
        let big = if self.big {
            vec!["big_endian"]
        } else {
            Vec::new()
        };
        [
            line("::codec", self.codec.iter().copied().collect()),
            line("::generic", self.generic.iter().copied().collect()),
            line("::schema", self.schema.iter().copied().collect()),
            line("::zerocopy", big),
            line("::zerocopy::native_endian", native),
            line("", self.root.iter().copied().collect()),
        ]
        .concat()
    }
}

/// The form of an attribute.
pub fn form(kind: &Kind, family: &Family, types: &Types<'_>, uses: &mut Uses) -> String {
    match kind {
        Kind::Flag => uses.codec("Flag").to_owned(),
        Kind::Text => uses.codec("Text").to_owned(),
        Kind::Int(int) => of_int(int, types, uses),
        Kind::Bitfield32 { .. } => {
            uses.root("Bitfield32");
            "Bitfield32".to_owned()
        }
        Kind::Bytes {
            hint: Some(Hint::Ip),
            ..
        } => uses.codec("Ip").to_owned(),
        Kind::Bytes {
            hint: Some(Hint::Hardware),
            ..
        } => uses.codec("Hardware").to_owned(),
        Kind::Bytes {
            length: Some(length),
            ..
        } => format!("{}<{length}>", uses.codec("ByteArray")),
        Kind::Struct(name) => format!("{}<{}>", uses.codec("Struct"), types.structure(name)),
        Kind::Nest(set) => format!("{}<{}>", uses.codec("Nest"), types.set(family.whole(set))),
        Kind::Indexed(set) => format!(
            "{}<{}>",
            uses.codec("Indexed"),
            types.set(family.whole(set))
        ),
        Kind::Bytes { .. }
        | Kind::Unused
        | Kind::Pad
        | Kind::IndexedValues(_)
        | Kind::Table(_)
        | Kind::SubMessage { .. } => uses.codec("Bytes").to_owned(),
    }
}

fn of_int(int: &Int, types: &Types<'_>, uses: &mut Uses) -> String {
    if int.hint == Some(Hint::Ip) {
        return uses.codec("Ip").to_owned();
    }
    let Some(bits) = int.bits else {
        return uses
            .codec(if int.is_signed { "Sint" } else { "Uint" })
            .to_owned();
    };
    let sign = if int.is_signed { 'i' } else { 'u' };
    let plain = format!("{sign}{bits}");
    let name = match types.enumeration(int) {
        // Of another width it is another type, which the writer decides.
        Some(found) if found.integer == plain => found.name.clone(),
        _ => plain,
    };
    if int.is_big && bits > 8 {
        format!("{}<{name}>", uses.codec("Be"))
    } else {
        name
    }
}

/// Type of a struct's member with these bytes.
pub fn member(
    member: &Member,
    size: usize,
    family: &Family,
    types: &Types<'_>,
    uses: &mut Uses,
) -> String {
    if let Some(inner) = &member.inner {
        return family
            .structure(inner)
            .map_or_else(|| format!("[u8; {size}]"), |_| types.structure(inner));
    }
    let Some(int) = integer(&member.kind) else {
        return format!("[u8; {size}]");
    };
    let sign = if int.is_signed { 'I' } else { 'U' };
    match int.bits {
        Some(8) => sign.to_lowercase().to_string() + "8",
        Some(bits) if member.byte_order.as_deref() == Some("big-endian") => {
            uses.big = true;
            format!("big_endian::{sign}{bits}")
        }
        Some(bits) => {
            let name = format!("{sign}{bits}");
            uses.native.insert(name.clone());
            name
        }
        None => format!("[u8; {size}]"),
    }
}
