//! Finds constants and structs of C in the source of the crate.

use std::fs;
use std::path::{Path, PathBuf};

/// Returns the folder of the sources; tests in the workspace need it too.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../wire/src")
}

/// The files of the crate, each with the path of its module.
fn files() -> Vec<(String, String)> {
    let mut files = Vec::new();
    collect(&root(), "nlwire", &mut files);
    assert!(files.len() > 40, "the source is not there");
    files
}

fn collect(folder: &Path, module: &str, files: &mut Vec<(String, String)>) {
    let text = |path: &Path| fs::read_to_string(path).unwrap_or_default();
    let parent = text(&folder.join(if module == "nlwire" {
        "lib.rs"
    } else {
        "mod.rs"
    }));
    let mut entries: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|e| e.unwrap().path())
        .collect();
    entries.sort();
    for path in entries {
        let stem = path.file_stem().unwrap().to_str().unwrap();
        // What is in a private module is named by the one above.
        let inner = if parent.contains(&format!("pub mod {stem};")) {
            format!("{module}::{stem}")
        } else {
            module.to_owned()
        };
        if path.is_dir() {
            collect(&path, &inner, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push((inner, text(&path)));
        }
    }
}

/// Each constant by its name in C, and its value.
pub(crate) fn constants() -> Vec<(String, i64)> {
    let mut found = Vec::new();
    for (_, text) in files() {
        let mut alias = None;
        for line in text.lines() {
            let line = line.trim();
            if let Some(name) = alias_of(line) {
                alias = Some(name.to_owned());
            } else if !line.starts_with("#[") && !line.starts_with("///") {
                found.extend(constant(line, alias.take()));
            }
        }
    }
    found
}

/// `4 IFLA_MTU Mtu mtu: u32`, `UP = 0x1 "IFF_UP" "UP"`, `pub const AF_INET: u8 = 2`,
/// and `const REQUEST = 0x01` below an alias.
fn constant(line: &str, alias: Option<String>) -> Option<(String, i64)> {
    let words: Vec<_> = line
        .trim_end_matches([';', ','])
        .split_whitespace()
        .collect();
    match words.as_slice() {
        [value, name, _, ..] if is_name(name) => Some(((*name).into(), number(value)?)),
        [value, name] if is_name(name) => Some(((*name).into(), number(value)?)),
        [_, "=", value, name, ..] if name.starts_with('"') => {
            let name = name.trim_matches('"');
            is_name(name).then_some((name.into(), number(value)?))
        }
        ["pub", "const", name, _, "=", value] => {
            let name = alias.unwrap_or_else(|| name.trim_end_matches(':').into());
            let value = value.trim_start_matches("Self(").trim_end_matches(')');
            is_name(&name).then_some((name, number(value)?))
        }
        ["const", _, "=", value] | [_, "=", value] => {
            let name = alias?;
            is_name(&name).then_some((name, number(value)?))
        }
        _ => None,
    }
}

/// Each struct, as `nlwire::route::LinkHeader = ifinfomsg`.
pub(crate) fn structs() -> Vec<String> {
    let mut found = Vec::new();
    for (module, text) in files() {
        let mut alias = None;
        for line in text.lines() {
            let line = line.trim();
            if let Some(name) = alias_of(line) {
                alias = Some(name);
            } else if let Some(rest) = line.strip_prefix("pub struct ") {
                let name = rest.split([' ', ':', '(', '<', ';']).next().unwrap();
                let is_plain = rest[name.len()..]
                    .trim_start_matches(' ')
                    .starts_with(['{', ':']);
                if let Some(c) = alias.take().filter(|_| is_plain) {
                    // Requests that are values have the names of their headers, too.
                    let end = format!(" = {c}");
                    let is_first = !found.iter().any(|one: &String| one.ends_with(&end));
                    if is_first && c.starts_with(|first: char| first.is_ascii_lowercase()) {
                        found.push(format!("{module}::{name} = {c}"));
                    }
                }
            } else if !line.starts_with("#[") && !line.starts_with("///") && line.len() > 3 {
                alias = None;
            }
        }
    }
    found
}

fn alias_of(line: &str) -> Option<&str> {
    line.strip_prefix("#[doc(alias = \"")?.split('"').next()
}

fn is_name(word: &str) -> bool {
    word.len() > 3
        && word.starts_with(|first: char| first.is_ascii_uppercase())
        && word
            .chars()
            .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')
}

fn number(text: &str) -> Option<i64> {
    let digits = text.replace('_', "");
    match digits.strip_prefix("0x") {
        Some(digits) => i64::from_str_radix(digits, 16).ok(),
        None => digits.parse().ok(),
    }
}
