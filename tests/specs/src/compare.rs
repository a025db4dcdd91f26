//! A spec beside the tables: what is lacking, and what differs.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Display, Formatter};
use std::path::Path;

use crate::family::{Attribute, Family, Int, Kind};
use crate::form::Form;
use crate::tables::{Row, Set, Tables, nearest};

/// Difference of a spec from the tables, or an addition by it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Difference {
    pub family: String,
    pub c_name: String,
    pub aspect: Aspect,
    pub spec: String,
    pub ours: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Aspect {
    /// The attribute type.
    Number,
    /// Form, width, signedness.
    Type,
    Order,
    /// Bytes of a struct.
    Size,
    /// The set of a nest.
    Nest,
    /// Attribute, or several attributes of the same type.
    Repeats,
    /// An enum or flags of the spec, where ours is a plain integer.
    Enum,
    /// Values of an enum.
    Value,
}

impl Display for Aspect {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Number => "number",
            Self::Type => "type",
            Self::Order => "order",
            Self::Size => "size",
            Self::Nest => "nest",
            Self::Repeats => "repeats",
            Self::Enum => "enum",
            Self::Value => "value",
        })
    }
}

impl Display for Difference {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Self {
            family,
            c_name,
            aspect,
            spec,
            ours,
        } = self;
        write!(f, "{family} {c_name} {aspect} {spec} {ours}")
    }
}

/// Result of the comparison for one family.
#[derive(Default)]
pub struct Outcome {
    pub attributes: Tally,
    /// Kinds of sub-messages, as `NAME=kind`.
    pub kinds: Tally,
    pub commands: Tally,
    pub differences: BTreeSet<Difference>,
}

/// Names that messages carry, and those of them that are lacking.
#[derive(Default)]
pub struct Tally {
    pub all: BTreeSet<String>,
    pub lacking: BTreeSet<String>,
    /// Number of names that no message carries.
    pub left_out: usize,
}

impl Tally {
    fn add(&mut self, name: String, is_there: bool) {
        if !is_there {
            self.lacking.insert(name.clone());
        }
        self.all.insert(name);
    }
}

pub fn compare(family: &Family, tables: &Tables) -> Outcome {
    let mut rows: BTreeMap<&str, Vec<(&Set, &Row)>> = BTreeMap::new();
    for set in &tables.sets {
        for row in &set.rows {
            rows.entry(&row.c_name).or_default().push((set, row));
        }
    }
    let mut comparison = Comparison {
        family,
        tables,
        outcome: Outcome::default(),
    };
    let mut named: BTreeMap<&str, Vec<&Attribute>> = BTreeMap::new();
    for attribute in family.attributes() {
        named.entry(&attribute.c_name).or_default().push(attribute);
    }
    for (c_name, theirs) in named {
        let ours = rows.get(c_name).map_or(&[][..], Vec::as_slice);
        let is_there = !ours.is_empty();
        comparison
            .outcome
            .attributes
            .add(c_name.to_owned(), is_there);
        for (set, row) in ours {
            comparison.any(&theirs, set, row);
        }
    }
    for command in &family.commands {
        let ours = tables.constants.get(&command.c_name);
        comparison
            .outcome
            .commands
            .add(command.c_name.clone(), ours.is_some());
        let theirs = command.request.or(command.reply).map(i64::from);
        if let (Some(theirs), Some(ours)) = (theirs, ours)
            && theirs != *ours
        {
            comparison.differ(&command.c_name, Aspect::Number, theirs, ours);
        }
    }
    comparison.outcome
}

struct Comparison<'a> {
    family: &'a Family,
    tables: &'a Tables,
    outcome: Outcome,
}

impl Comparison<'_> {
    fn differ(&mut self, c_name: &str, aspect: Aspect, spec: impl Display, ours: impl Display) {
        self.outcome.differences.insert(Difference {
            family: self.family.name.clone(),
            c_name: c_name.to_owned(),
            aspect,
            spec: spec.to_string(),
            ours: ours.to_string(),
        });
    }

    /// A list's element has one C name in many sets: ours is one of them.
    fn any(&mut self, theirs: &[&Attribute], set: &Set, row: &Row) {
        let before = self.outcome.differences.clone();
        let mut least: Option<BTreeSet<Difference>> = None;
        for attribute in theirs {
            self.row(attribute, set, row);
            let found = std::mem::replace(&mut self.outcome.differences, before.clone());
            if least.as_ref().is_none_or(|least| found.len() < least.len()) {
                least = Some(found);
            }
        }
        self.outcome.differences = least.unwrap_or(before);
    }

    fn row(&mut self, attribute: &Attribute, set: &Set, row: &Row) {
        let name = &attribute.c_name;
        if attribute.number != row.number {
            self.differ(name, Aspect::Number, attribute.number, row.number);
        }
        let repeats = |is_so| if is_so { "many" } else { "once" };
        let ours = Form::repeats(&row.form);
        if attribute.repeats != ours {
            self.differ(
                name,
                Aspect::Repeats,
                repeats(attribute.repeats),
                repeats(ours),
            );
        }
        let form = Form::of(&row.form, &set.file, self.tables);
        match (&attribute.kind, &form) {
            (Kind::Unused | Kind::Pad, _)
            | (Kind::Flag, Form::Flag)
            | (Kind::Text, Form::Text)
            | (Kind::Bitfield32 { .. }, Form::Bitfield32) => {}
            (Kind::Int(theirs), Form::Int(ours)) => self.integers(name, theirs, ours, &set.file),
            // An IPv4 address is an integer to the specs.
            (Kind::Int(theirs), Form::Ip) if theirs.hint.is_some() => {}
            (Kind::Bytes { length, .. }, ours) => self.bytes(name, *length, ours),
            (Kind::Struct(theirs), ours) => self.structs(name, theirs, ours),
            (Kind::Nest(theirs), Form::Nest(ours) | Form::Headed(ours))
            | (Kind::Indexed(theirs), Form::Indexed(ours))
            | (Kind::Table(theirs), Form::Table(ours)) => self.nests(name, theirs, ours, &set.file),
            (Kind::Nest(list), Form::Indexed(ours)) if self.element(list).is_some() => {
                let element = self.element(list).unwrap_or_default().to_owned();
                self.nests(name, &element, ours, &set.file);
            }
            (Kind::SubMessage { message, .. }, ours) => self.kinds(name, message, ours, &set.file),
            (theirs, ours) => self.differ(name, Aspect::Type, theirs, ours),
        }
    }

    fn integers(&mut self, name: &str, theirs: &Int, ours: &crate::form::Int, file: &Path) {
        if (theirs.bits, theirs.is_signed) != (ours.bits, ours.is_signed) {
            let theirs = Kind::Int(Int {
                is_big: false,
                ..theirs.clone()
            });
            let ours = Form::Int(crate::form::Int {
                is_big: false,
                ..ours.clone()
            });
            self.differ(name, Aspect::Type, theirs, ours);
        }
        let order = |is_big| if is_big { "be" } else { "host" };
        if theirs.is_big != ours.is_big && theirs.bits != Some(8) {
            self.differ(
                name,
                Aspect::Order,
                order(theirs.is_big),
                order(ours.is_big),
            );
        }
        let Some(spec) = theirs.names.as_deref() else {
            return;
        };
        let numbers = ours
            .names
            .as_deref()
            .and_then(|ours| nearest(&self.tables.numbers, ours, file));
        match numbers {
            None => self.differ(name, Aspect::Enum, spec, "none"),
            Some(numbers) if numbers.values.is_empty() => {}
            Some(numbers) => {
                let Some(known) = self.family.enumeration(spec) else {
                    return;
                };
                let mut lacking = Vec::new();
                for value in &known.values {
                    // Enums that are taken as flags count bits.
                    let number = match u32::try_from(value.value) {
                        Ok(bit) if theirs.are_flags && !known.is_flags => {
                            1_u64.checked_shl(bit).unwrap_or(0)
                        }
                        _ => value.value,
                    };
                    let stands_for_nothing = number == 0 && numbers.are_flags;
                    let is_known = numbers
                        .values
                        .iter()
                        .any(|ours| is_same(*ours, number, theirs.bits));
                    if !stands_for_nothing && !is_known {
                        lacking.push(value.name.clone());
                    }
                }
                if !lacking.is_empty() {
                    self.differ(name, Aspect::Value, lacking.join(","), "none");
                }
            }
        }
    }

    /// A spec's `binary` says least; more than bytes is a claim of ours.
    fn bytes(&mut self, name: &str, length: Option<usize>, ours: &Form) {
        match (length, ours) {
            (None, Form::Bytes(_) | Form::Hardware | Form::Ip)
            | (Some(_), Form::Bytes(None) | Form::Hardware | Form::Ip) => {}
            (Some(theirs), Form::Bytes(Some(ours))) if theirs == *ours => {}
            (Some(theirs), Form::Struct(Some(ours))) if theirs == *ours => {}
            _ => self.differ(name, Aspect::Type, Kind::Bytes { length, hint: None }, ours),
        }
    }

    fn structs(&mut self, name: &str, theirs: &str, ours: &Form) {
        let Some(found) = self.family.structure(theirs) else {
            return;
        };
        match ours {
            // Padding at the end is sent by kernels of 64 bits only.
            Form::Struct(Some(ours)) if (found.unpadded..=found.size).contains(ours) => {}
            Form::Array(Some(ours)) if found.size.is_multiple_of(*ours) => {}
            Form::Struct(None) | Form::Array(None) => {}
            Form::Struct(Some(ours)) | Form::Array(Some(ours)) => {
                self.differ(name, Aspect::Size, found.size, ours);
            }
            _ => self.differ(name, Aspect::Type, Kind::Struct(theirs.to_owned()), ours),
        }
    }

    /// The set of the elements of a list: of a nest that holds nests of one type.
    fn element(&self, list: &str) -> Option<&str> {
        let attributes = &self.family.set(list)?.attributes;
        let mut real = attributes
            .iter()
            .filter(|a| !matches!(a.kind, Kind::Unused | Kind::Pad));
        match (&real.next()?.kind, real.next()) {
            (Kind::Nest(element), None) => Some(element),
            _ => None,
        }
    }

    /// Two sets are the same if they share a C name: ours may be larger, or
    /// leave names out.
    fn nests(&mut self, name: &str, theirs: &str, ours: &str, file: &Path) {
        if !self.same_set(theirs, ours, file) {
            self.differ(name, Aspect::Nest, theirs, ours);
        }
    }

    fn same_set(&self, theirs: &str, ours: &str, file: &Path) -> bool {
        let (Some(theirs), Some(ours)) = (
            self.family.set(theirs),
            nearest(&self.tables.sets, ours, file),
        ) else {
            return false;
        };
        theirs.attributes.is_empty()
            || theirs
                .attributes
                .iter()
                .any(|a| ours.rows.iter().any(|row| row.c_name == a.c_name))
    }

    fn kinds(&mut self, name: &str, message: &str, ours: &Form, file: &Path) {
        let Some(message) = self.family.message(message) else {
            return;
        };
        let choice = match ours {
            Form::Choice(choice) => nearest(&self.tables.choices, choice, file),
            _ => None,
        };
        for kind in &message.kinds {
            let key = format!("{name}={}", kind.value);
            let Some(choice) = choice else {
                self.outcome.kinds.add(key, false);
                continue;
            };
            let arm = choice.arms.iter().find(|(value, _)| *value == kind.value);
            self.outcome.kinds.add(key.clone(), arm.is_some());
            let (Some((_, arm)), Some(set)) = (arm, &kind.set) else {
                continue;
            };
            let form = Form::of(arm, &choice.file, self.tables);
            let arm = form.set().unwrap_or(arm);
            if !self.same_set(set, arm, &choice.file) {
                self.differ(&key, Aspect::Nest, set, arm);
            }
        }
    }
}

/// True for values that are the same in so many bits, signed or not.
fn is_same(a: u64, b: u64, bits: Option<u8>) -> bool {
    (a ^ b) << (64 - u32::from(bits.unwrap_or(64))) == 0
}

impl Display for Kind {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unused => f.write_str("unused"),
            Self::Pad => f.write_str("pad"),
            Self::Flag => f.write_str("flag"),
            Self::Text => f.write_str("string"),
            Self::Int(int) => {
                let form = crate::form::Int {
                    bits: int.bits,
                    is_signed: int.is_signed,
                    is_big: int.is_big,
                    names: None,
                };
                form.fmt(f)
            }
            Self::Bitfield32 { .. } => f.write_str("bitfield32"),
            Self::Bytes { length: None, .. } => f.write_str("bytes"),
            Self::Bytes {
                length: Some(length),
                ..
            } => write!(f, "bytes:{length}"),
            Self::Struct(name) => write!(f, "struct:{name}"),
            Self::Nest(_) => f.write_str("nest"),
            Self::Indexed(_) => f.write_str("indexed"),
            Self::IndexedValues(of) => write!(f, "indexed:{of}"),
            Self::Table(_) => f.write_str("table"),
            Self::SubMessage { .. } => f.write_str("choice"),
        }
    }
}
