//! The corpus, on any compiler. It must go on to reach whatever can go wrong.

use std::collections::BTreeSet;
use std::fs;

use nlwire::protocols;
use nlwire::schema::{MessageSchema, Protocol};
use nlwire_fuzz::{Row, Seen, TARGETS, corpus};

/// Names of an enum's variants, or of rows, in a source file.
fn names(file: &str, start: &str, pick: impl Fn(&str) -> Option<&str>) -> BTreeSet<String> {
    let path = format!("{}/../wire/src/{file}", env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(path).unwrap();
    let from = text.find(start).expect("it starts");
    let inner = text[from + start.len()..].lines();
    let names = inner.take_while(|line| *line != "}").filter_map(pick);
    names.map(str::to_owned).collect()
}

/// `    Overrun {` and `    Missing,`, but no field.
fn variant(line: &str) -> Option<&str> {
    let name = line.strip_prefix("    ")?.trim_end_matches([' ', '{', ',']);
    let is_name = name.starts_with(|c: char| c.is_ascii_uppercase());
    (is_name && name.chars().all(char::is_alphanumeric)).then_some(name)
}

/// `        1 NLMSGERR_ATTR_MSG Text text: Str,`
fn constant(line: &str) -> Option<&str> {
    let mut words = line.split_whitespace();
    words.next()?.parse::<u16>().ok()?;
    words.next()
}

fn missing(expected: &BTreeSet<String>, seen: &BTreeSet<String>) -> Vec<String> {
    expected.difference(seen).cloned().collect()
}

#[test]
fn the_corpus_reaches_everything() {
    let mut seen = Seen::all();
    let mut inputs = 0;
    for (name, body) in TARGETS {
        for input in corpus::inputs(name) {
            body(&input, &mut seen);
            inputs += 1;
        }
    }
    assert!(inputs > 1000, "{inputs}");
    let seen = seen.names();

    let errors = names("error.rs", "pub enum DecodeErrorKind {\n", variant);
    assert!(errors.len() >= 9, "{errors:?}");
    assert_eq!(missing(&errors, &seen), [""; 0], "kinds of DecodeError");
    let mut errors = names("error.rs", "pub enum EncodeError {\n", variant);
    // Those of requests as values, which no target writes.
    for of_requests in ["BatchFull", "Family", "Mixed", "OtherNamespace", "Waits"] {
        assert!(errors.remove(of_requests), "{of_requests}");
    }
    assert!(errors.len() >= 4, "{errors:?}");
    assert_eq!(missing(&errors, &seen), [""; 0], "EncodeErrors");
    // With a prefix: an error has the name of one of them.
    let rows = Row::ALL.iter().map(|row| format!("Row_{row:?}")).collect();
    assert_eq!(missing(&rows, &seen), [""; 0], "rows of the table");
    let tlvs = names(
        "ack.rs",
        "pub set Extended, enum ExtendedAttr {\n",
        constant,
    );
    assert_eq!(tlvs.len(), 6, "{tlvs:?}");
    assert_eq!(missing(&tlvs, &seen), [""; 0], "attributes of an ack");
    let limits = names(
        "policy.rs",
        "pub set PolicyEntry, enum PolicyEntryAttr {\n",
        constant,
    );
    let limits = limits
        .into_iter()
        .filter(|name| !name.ends_with("_PAD"))
        .collect();
    assert_eq!(missing(&limits, &seen), [""; 0], "attributes of a policy");
    assert_eq!(missing(&sets(), &seen), [""; 0], "sets of families");
}

/// The sets of the messages of each protocol that has any.
fn sets() -> BTreeSet<String> {
    let of = |protocol: &'static Protocol| {
        let sets = protocol.messages.iter().map(MessageSchema::attributes);
        let named = sets.filter(|set| !set.names.is_empty());
        named.map(|set| format!("Set_{}_{}", protocol.number, set.name))
    };
    protocols::ALL.iter().copied().flat_map(of).collect()
}

#[test]
fn each_family_was_captured() {
    for (name, _) in corpus::FAMILIES {
        assert!(!corpus::captured(name).is_empty(), "{name}");
    }
}

#[test]
fn each_target_has_its_program() {
    for (name, _) in TARGETS {
        let path = format!("{}/src/bin/{name}.rs", env!("CARGO_MANIFEST_DIR"));
        let text = fs::read_to_string(&path).expect(&path);
        assert!(text.contains(&format!("target!({name});")), "{path}");
    }
}
