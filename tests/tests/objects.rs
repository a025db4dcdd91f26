//! Vectors, trees, JSON and fuzz bodies of each object of rtnetlink. README.md has the table
//! of them, and `vectors/lacking` lists the sets that no vector shows yet.
//!
//! With `NLOBJECTS` in the environment both are written anew.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test fails by its panic"
)]
// The vectors are of a little-endian machine.
#![cfg(target_endian = "little")]

use nltests::{attribute_names, sets_below};
use nlwire::pretty::Pretty;
use nlwire::route::{NETLINK_ROUTE, PROTOCOL};
use nlwire::schema::Schema;
use nlwire::{MessageRef, Messages, protocols};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

const BEGIN: &str =
    "<!-- objects: written by NLOBJECTS=1 cargo test -p nltests --test objects -->\n";
const END: &str = "<!-- end of objects -->\n";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).into()
}

fn unhex(digits: &str) -> Vec<u8> {
    let digits: Vec<u8> = digits.bytes().filter(u8::is_ascii_hexdigit).collect();
    let pairs = digits.chunks(2).map(|pair| str::from_utf8(pair).unwrap());
    pairs
        .map(|pair| u8::from_str_radix(pair, 16).unwrap())
        .collect()
}

/// Each message of rtnetlink among the vectors, with the name of its file.
fn vectors() -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for part in ["", "families", "elsewhere"] {
        for entry in fs::read_dir(folder().join("vectors").join(part)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_none_or(|extension| extension != "hex") {
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            let (first, digits) = text.split_once('\n').unwrap();
            if first != "protocol 0" {
                continue;
            }
            for message in Messages::new(&unhex(digits)) {
                let name = path.file_stem().unwrap().to_str().unwrap().into();
                found.push((name, message.unwrap().as_bytes().to_vec()));
            }
        }
    }
    let requests = fs::read_to_string(folder().join("vectors/tc/requests.txt")).unwrap();
    for pair in requests.lines().collect::<Vec<_>>().chunks(2) {
        found.push((pair[0].into(), unhex(pair[1])));
    }
    found
}

/// Messages of one set that the vectors have, and their attributes.
#[derive(Default)]
struct Shown {
    types: BTreeSet<&'static str>,
    vectors: BTreeSet<String>,
    attributes: BTreeSet<String>,
}

/// Counts fields and elements inside of a value of JSON.
fn fields(value: &Value) -> usize {
    match value {
        Value::Object(fields) => fields.values().map(self::fields).sum::<usize>() + fields.len(),
        Value::Array(items) => items.iter().map(fields).sum::<usize>() + items.len(),
        _ => 0,
    }
}

/// First attribute in JSON that has no name: its key is its number. Elements of an array
/// with indices have no keys.
fn unnamed(value: &Value) -> Option<&str> {
    let is_number = |key: &&String| key.bytes().all(|byte| byte.is_ascii_digit());
    match value {
        Value::Object(fields) => {
            let key = fields.keys().find(is_number).map(String::as_str);
            key.or_else(|| fields.values().find_map(unnamed))
        }
        Value::Array(items) => items.iter().find_map(unnamed),
        _ => None,
    }
}

#[test]
fn each_has_vectors_a_tree_json_and_a_fuzz_body() {
    let mut objects: BTreeMap<&str, (Shown, &'static Schema)> = BTreeMap::new();
    for message in PROTOCOL.messages {
        let set = message.attributes();
        let entry = objects
            .entry(set.name)
            .or_insert_with(|| (Shown::default(), set));
        entry.0.types.insert(message.name());
    }
    for (name, bytes) in vectors() {
        let message = MessageRef::new(&bytes).unwrap();
        let Some(schema) = protocols::describe(NETLINK_ROUTE, &message) else {
            continue;
        };
        let Some((shown, _)) = objects.get_mut(schema.attributes().name) else {
            continue;
        };
        let tree = Pretty::new(&bytes, Some(NETLINK_ROUTE));
        let text = tree.to_string();
        shown.vectors.insert(name.clone());
        shown
            .attributes
            .extend(attribute_names(&text).map(str::to_owned));
        if schema.is_opaque() {
            continue;
        }
        // JSON has the attributes of the tree, by their fields.
        let json = serde_json::to_value(tree).unwrap();
        let attributes = &json[0]["attributes"];
        let lines = text.lines().filter(|line| line.starts_with("  ")).count();
        assert!(attributes.is_object() || lines < 2, "{name}: {json}");
        assert!(fields(&json) >= lines, "{name}: {json}\n{text}");
        assert_eq!(unnamed(attributes), None, "{name}: {json}");
    }

    let bodies = fs::read_to_string(folder().join("../fuzz/src/families.rs")).unwrap();
    let mut table = String::from(
        "| set | messages | vectors | sets below | seen in vectors | fuzz body |\n\
         |---|---|---|---|---|---|\n",
    );
    let mut lacking = String::new();
    for (name, (shown, schema)) in &objects {
        let below = sets_below(schema);
        let is_seen = |set: &&Schema| {
            set.names.is_empty()
                || set
                    .names
                    .iter()
                    .any(|row| shown.attributes.contains(row.name))
        };
        let unseen = below.values().filter(|set| !is_seen(set));
        let unseen: Vec<_> = unseen.map(|set| set.name).collect();
        for set in &unseen {
            lacking += &format!("{name} {set}\n");
        }
        let body = bodies.contains(&format!(", rt::{name};"));
        assert!(body, "{name} has no body in fuzz/src/families.rs");
        table += &format!(
            "| `{name}` | {} | {} | {} | {} | yes |\n",
            shown.types.len(),
            shown.vectors.len(),
            below.len(),
            below.len() - unseen.len(),
        );
    }
    hold(&folder().join("vectors/lacking"), &lacking);
    let path = folder().join("README.md");
    let readme = fs::read_to_string(&path).unwrap();
    let (before, rest) = readme.split_once(BEGIN).expect("no begin of the table");
    let (_, after) = rest.split_once(END).expect("no end of the table");
    hold(&path, &[before, BEGIN, &table, END, after].concat());
}

/// Fails unless the file is as it should be; writes it where the environment says so.
fn hold(path: &Path, text: &str) {
    if std::env::var_os("NLOBJECTS").is_some() {
        fs::write(path, text).unwrap();
    }
    let there = fs::read_to_string(path).unwrap_or_default();
    assert_eq!(there, text, "NLOBJECTS=1 writes {} anew", path.display());
}
