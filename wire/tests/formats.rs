//! Every public type has a `defmt::Format`. That the implementations compile
//! shows in a build with the feature; that none is missing shows here, in the
//! source, since a program with defmt's symbols links for firmware only.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "tests"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

const DERIVE: &str = "#[cfg_attr(feature = \"defmt\", derive(defmt::Format))]";

/// Macros whose bodies are types, each with the file that defines it and the
/// number of implementations.
const MACROS: [(&str, &str, usize); 5] = [
    ("structs!", "structs.rs", 1),
    ("numbers!", "numbers.rs", 2),
    ("flags!", "numbers.rs", 2),
    ("attributes!", "codec/macros.rs", 4),
    // Declares its type by `numbers!`.
    ("records!", "audit/kinds.rs", 0),
];

fn sources(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else {
            found.push(fs::read_to_string(path).unwrap());
        }
    }
}

/// The name behind one of these words, at the start of a line.
fn declared<'s>(line: &'s str, words: &[&str]) -> Option<&'s str> {
    let rest = words.iter().find_map(|word| line.strip_prefix(word))?;
    let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_');
    Some(&rest[..end.unwrap_or(rest.len())])
}

/// The public types of a file that no attribute above them and no macro around
/// them formats.
fn plain_types(source: &str, found: &mut BTreeSet<String>) {
    let mut derived = false;
    let mut block = "";
    for line in source.lines() {
        if line.starts_with(|c: char| c.is_alphanumeric()) {
            block = line.split(' ').next().unwrap();
        }
        let text = line.trim_start();
        match declared(text, &["pub struct ", "pub enum ", "pub union "]) {
            Some(name) if !name.is_empty() => {
                let by_macro = MACROS.iter().any(|(name, ..)| block.ends_with(name));
                if !(derived || by_macro && line.starts_with(' ')) {
                    found.insert(name.to_owned());
                }
                derived = false;
            }
            _ if text == DERIVE => derived = true,
            _ if line == "}" => derived = false,
            _ => {}
        }
    }
}

/// Arguments of `__format!` in a file: lists of types, with paths and
/// parameters.
fn formatted(source: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for rest in source.split("\ncrate::__format!(").skip(1) {
        let list = rest.split(");").next().unwrap();
        let mut depth = 0;
        let bare: String = list
            .chars()
            .filter(|c| {
                depth += i32::from(matches!(c, '[' | '<'));
                let is_outside = depth == 0;
                depth -= i32::from(matches!(c, ']' | '>'));
                is_outside
            })
            .collect();
        let last = |one: &str| one.split_whitespace().last().map(str::to_owned);
        found.extend(bare.split(',').filter_map(last));
    }
    found
}

#[test]
fn every_public_type_has_a_format() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    // Behind its imports, what it names it formats.
    let formats = fs::read_to_string(root.join("format.rs")).unwrap();
    let (_, formats) = formats.split_once("    macro_rules! format").unwrap();
    let listed: BTreeSet<_> = formats.split(|c: char| !c.is_alphanumeric()).collect();

    let mut types = BTreeSet::new();
    let mut missing = Vec::new();
    for source in &files {
        let mut here = BTreeSet::new();
        plain_types(source, &mut here);
        let formatted = formatted(source);
        let is_missing =
            |name: &&String| !listed.contains(name.as_str()) && !formatted.contains(*name);
        missing.extend(here.iter().filter(is_missing).cloned());
        types.append(&mut here);
    }
    assert!(types.len() > 20 && types.contains("AttrRef"), "{types:?}");
    assert!(missing.is_empty(), "without defmt::Format: {missing:?}");

    for (name, file, count) in MACROS {
        let source = fs::read_to_string(root.join(file)).unwrap();
        let found = source.matches("$crate::__format!(").count() + source.matches(DERIVE).count();
        assert_eq!(found, count, "types of {name}");
    }
}
