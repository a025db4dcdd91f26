//! The forms of nlwire's codec: the one file that knows them by name.

use std::fmt::{self, Display, Formatter};
use std::path::Path;

use crate::tables::{Numbers, Tables, nearest};

/// A form, as far as a spec can say something about it.
#[derive(Clone, Debug, PartialEq)]
pub enum Form {
    Int(Int),
    Flag,
    Text,
    /// Bytes, with their number where that is fixed.
    Bytes(Option<usize>),
    Hardware,
    /// An IP address, by its size or by the family of the header.
    Ip,
    Bitfield32,
    /// A C struct, and its size where the source of the struct is there.
    Struct(Option<usize>),
    /// The same several times, or an integer several times.
    Array(Option<usize>),
    Nest(String),
    Indexed(String),
    /// A nest whose attribute types are values.
    Table(String),
    /// Structs with attributes behind them.
    Headed(String),
    Choice(String),
    Unknown(String),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Int {
    /// None: 32 or 64.
    pub bits: Option<u8>,
    pub is_signed: bool,
    pub is_big: bool,
    /// The type of `numbers!` or `flags!`.
    pub names: Option<String>,
}

impl Form {
    /// Reads a form as it is written in a row.
    pub fn of(text: &str, file: &Path, tables: &Tables) -> Self {
        let text = text.strip_prefix("codec::").unwrap_or(text);
        let (name, parameters) = match text.split_once('<') {
            Some((name, rest)) => (name, rest.strip_suffix('>').unwrap_or(rest)),
            None => (text, ""),
        };
        let name = last(name);
        let parameters = split_parameters(parameters);
        let first = parameters.first().copied().unwrap_or_default();
        let second = parameters.get(1).copied().unwrap_or_default();
        if let Some(int) = integer(text) {
            return Self::Int(int);
        }
        match name {
            "Be" | "Le" => match Self::of(first, file, tables) {
                Self::Int(int) => Self::Int(Int {
                    is_big: name == "Be",
                    ..int
                }),
                _ => Self::Unknown(text.to_owned()),
            },
            "Uint" | "Sint" => Self::Int(Int {
                bits: None,
                is_signed: name == "Sint",
                is_big: false,
                names: numbers(first, file, tables).map(|found| found.name.clone()),
            }),
            // The bytes of the first, with the names of the second if it has some.
            "Shown" => match (Self::of(first, file, tables), numbers(second, file, tables)) {
                (Self::Int(int), Some(found)) => Self::Int(Int {
                    names: Some(found.name.clone()),
                    ..int
                }),
                (form, _) => form,
            },
            // Several of the same bytes, or another notation of them.
            "Many" | "Secret" => Self::of(first, file, tables),
            "LinkIndex" => Self::of("u32", file, tables),
            // 32 bits, or 16 in a notification.
            "KeyIdentifier" => Self::of("u32", file, tables),
            // 16 bits, or 32 in some reports.
            "OperationMode" => Self::of("u16", file, tables),
            "Flag" => Self::Flag,
            "BlankPadded" | "Str" | "Text" | "UnterminatedText" | "UnixName" => Self::Text,
            "Bytes" | "SocketAddress" | "ExtendedFeatures" => Self::Bytes(None),
            "ByteArray" => Self::Bytes(first.parse().ok()),
            "Hardware" => Self::Hardware,
            "Ip" | "Address" => Self::Ip,
            "Bitfield32" => Self::Bitfield32,
            "Struct" | "Extensible" | "WithArray" => Self::Struct(size(first, file, tables)),
            "TransportInfo" | "TaskStatsBytes" => Self::Struct(None),
            "Array" => Self::Array(size(first, file, tables)),
            "Nest" => Self::Nest(last(first).to_owned()),
            "Indexed" => Self::Indexed(last(first).to_owned()),
            "IndexedOf" => match Self::of(first, file, tables) {
                Self::Nest(set) => Self::Indexed(set),
                _ => Self::Unknown(text.to_owned()),
            },
            "Records" | "Headed" => Self::Headed(last(second).to_owned()),
            _ if nearest(&tables.choices, name, file).is_some() => Self::Choice(name.to_owned()),
            _ => match numbers(name, file, tables) {
                Some(Numbers { integer: int, .. }) => match integer(int) {
                    Some(int) => Self::Int(Int {
                        names: Some(name.to_owned()),
                        ..int
                    }),
                    None => Self::Unknown(text.to_owned()),
                },
                None => Self::Unknown(text.to_owned()),
            },
        }
    }

    /// True if a form as it is written stands for several attributes.
    pub fn repeats(text: &str) -> bool {
        text.starts_with("Many<") || text.contains("::Many<")
    }

    /// The set inside, if there is one.
    pub fn set(&self) -> Option<&str> {
        match self {
            Self::Nest(set) | Self::Indexed(set) | Self::Table(set) | Self::Headed(set) => {
                Some(set)
            }
            _ => None,
        }
    }
}

fn numbers<'a>(name: &str, file: &Path, tables: &'a Tables) -> Option<&'a Numbers> {
    nearest(&tables.numbers, last(name), file)
}

/// The last part of a path.
fn last(path: &str) -> &str {
    path.rsplit(':').next().unwrap_or(path)
}

/// `A,B<C,D>` in two parts.
fn split_parameters(text: &str) -> Vec<&str> {
    let mut depth = 0_i32;
    text.split(|c| {
        match c {
            '<' | '(' | '[' => depth += 1,
            '>' | ')' | ']' => depth -= 1,
            _ => {}
        }
        depth == 0 && c == ','
    })
    .collect()
}

fn integer(name: &str) -> Option<Int> {
    let bits = name.strip_prefix(['u', 'i'])?.parse().ok()?;
    matches!(bits, 8 | 16 | 32 | 64).then(|| Int {
        bits: Some(bits),
        is_signed: name.starts_with('i'),
        is_big: false,
        names: None,
    })
}

/// Size of a struct or of a zerocopy integer.
fn size(name: &str, file: &Path, tables: &Tables) -> Option<usize> {
    let name = last(name);
    if let Some(found) = nearest(&tables.structs, name, file) {
        return Some(found.size);
    }
    if name.starts_with('[') {
        let (element, count) = name.trim_matches(['[', ']']).split_once(';')?;
        return Some(size(element, file, tables)? * count.parse::<usize>().ok()?);
    }
    let lower = name.to_lowercase();
    let int = integer(lower.strip_prefix("be").unwrap_or(&lower))?;
    int.bits.map(|bits| usize::from(bits) / 8)
}

impl Display for Form {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Int(int) => int.fmt(f),
            Self::Flag => f.write_str("flag"),
            Self::Text => f.write_str("string"),
            Self::Bytes(None) => f.write_str("bytes"),
            Self::Bytes(Some(length)) => write!(f, "bytes:{length}"),
            Self::Hardware => f.write_str("hardware"),
            Self::Ip => f.write_str("ip"),
            Self::Bitfield32 => f.write_str("bitfield32"),
            Self::Struct(Some(size)) => write!(f, "struct:{size}"),
            Self::Struct(None) => f.write_str("struct"),
            Self::Array(Some(size)) => write!(f, "array:{size}"),
            Self::Array(None) => f.write_str("array"),
            Self::Nest(_) => f.write_str("nest"),
            Self::Indexed(_) => f.write_str("indexed"),
            Self::Table(_) => f.write_str("table"),
            Self::Headed(_) => f.write_str("headed"),
            Self::Choice(_) => f.write_str("choice"),
            Self::Unknown(text) => write!(f, "unknown:{text}"),
        }
    }
}

impl Display for Int {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let order = if self.is_big { "be" } else { "" };
        match (self.is_signed, self.bits) {
            (false, Some(bits)) => write!(f, "u{bits}{order}"),
            (true, Some(bits)) => write!(f, "s{bits}{order}"),
            (false, None) => f.write_str("uint"),
            (true, None) => f.write_str("sint"),
        }
    }
}
