//! A spec with everything worked out that its file leaves to defaults:
//! numbers, C names, subsets, sizes of structs.

use crate::document::Member;

pub struct Family {
    pub name: String,
    pub is_generic: bool,
    pub version: u8,
    /// C names of the constants that hold name and version.
    pub constants: (String, String),
    pub protocol: Option<u8>,
    pub sets: Vec<Set>,
    pub enums: Vec<Enum>,
    pub structs: Vec<Struct>,
    pub messages: Vec<Message>,
    pub commands: Vec<Command>,
    pub groups: Vec<(String, Option<u32>)>,
}

pub struct Set {
    pub name: String,
    /// The set whose attributes these are, too.
    pub subset_of: Option<String>,
    pub attributes: Vec<Attribute>,
}

pub struct Attribute {
    pub name: String,
    pub c_name: String,
    pub number: u16,
    pub kind: Kind,
    pub repeats: bool,
}

/// The type of an attribute.
#[derive(Clone, Debug)]
pub enum Kind {
    Unused,
    Pad,
    Flag,
    Text,
    Int(Int),
    Bitfield32 {
        names: Option<String>,
    },
    Bytes {
        length: Option<usize>,
        hint: Option<Hint>,
    },
    /// A struct of this name, or an array of them.
    Struct(String),
    Nest(String),
    Indexed(String),
    /// Indexed array with elements other than nests.
    IndexedValues(String),
    /// Nests whose attribute types are values, with this set at the bottom.
    Table(String),
    SubMessage {
        message: String,
        selector: String,
    },
}

#[derive(Clone, Debug)]
pub struct Int {
    /// None: 32 or 64.
    pub bits: Option<u8>,
    pub is_signed: bool,
    pub is_big: bool,
    pub names: Option<String>,
    pub are_flags: bool,
    pub hint: Option<Hint>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hint {
    Ip,
    Hardware,
}

pub struct Enum {
    pub name: String,
    pub is_flags: bool,
    pub values: Vec<NamedValue>,
}

pub struct NamedValue {
    pub name: String,
    pub c_name: String,
    pub value: u64,
}

pub struct Struct {
    pub name: String,
    /// Members, each with its offset and size.
    pub members: Vec<(Member, usize, usize)>,
    pub size: usize,
    /// Without the padding at the end.
    pub unpadded: usize,
    pub alignment: usize,
}

pub struct Message {
    pub name: String,
    pub kinds: Vec<KindOf>,
}

/// Value of a selector, and the contents of the attribute for it.
pub struct KindOf {
    pub value: String,
    pub header: Option<String>,
    pub set: Option<String>,
}

pub struct Command {
    pub name: String,
    pub c_name: String,
    /// The number of the request, and that of answers and notifications.
    pub request: Option<u16>,
    pub reply: Option<u16>,
    pub set: Option<String>,
    pub header: Option<String>,
    pub once: Option<Sides>,
    pub dump: Option<Sides>,
}

/// The attributes of a request and of its answer, by their names in the spec.
pub struct Sides {
    pub request: Vec<String>,
    pub reply: Vec<String>,
}

impl Family {
    pub fn set(&self, name: &str) -> Option<&Set> {
        self.sets.iter().find(|set| set.name == name)
    }

    pub fn enumeration(&self, name: &str) -> Option<&Enum> {
        self.enums.iter().find(|found| found.name == name)
    }

    pub fn structure(&self, name: &str) -> Option<&Struct> {
        self.structs.iter().find(|found| found.name == name)
    }

    /// The set that a nest holds, which may be named by one of its subsets.
    pub fn whole<'a>(&'a self, name: &'a str) -> &'a str {
        let subset = self.set(name).and_then(|set| set.subset_of.as_deref());
        subset.unwrap_or(name)
    }

    pub fn message(&self, name: &str) -> Option<&Message> {
        self.messages.iter().find(|found| found.name == name)
    }

    /// Attributes that headers define: those of whole sets, without
    /// placeholders.
    pub fn attributes(&self) -> impl Iterator<Item = &Attribute> {
        self.sets
            .iter()
            .filter(|set| set.subset_of.is_none())
            .flat_map(|set| &set.attributes)
            .filter(|attribute| !matches!(attribute.kind, Kind::Unused))
    }
}

/// The C spelling of a spec's name.
pub fn upper(name: &str) -> String {
    name.to_uppercase().replace('-', "_")
}

/// An integer type of the specs.
pub fn integer(kind: &str) -> Option<Int> {
    let (bits, is_signed) = match kind {
        "u8" => (Some(8), false),
        "u16" => (Some(16), false),
        "u32" => (Some(32), false),
        "u64" => (Some(64), false),
        "s8" => (Some(8), true),
        "s16" => (Some(16), true),
        "s32" => (Some(32), true),
        "s64" => (Some(64), true),
        "uint" => (None, false),
        "sint" => (None, true),
        _ => return None,
    };
    Some(Int {
        bits,
        is_signed,
        is_big: false,
        names: None,
        are_flags: false,
        hint: None,
    })
}
