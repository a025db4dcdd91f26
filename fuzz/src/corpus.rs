//! Corpus: a file for each target with an input on each line in hexadecimal digits,
//! and the captured messages.

use std::fs;
use std::path::PathBuf;

/// The inputs of a target: those of its file, and what was captured of its
/// protocol.
///
/// # Panics
/// Without the file, or with something else in it.
#[must_use]
pub fn inputs(target: &str) -> Vec<Vec<u8>> {
    let mut inputs = kept(target);
    inputs.extend(captured(target));
    inputs
}

fn kept(target: &str) -> Vec<Vec<u8>> {
    let text = fs::read_to_string(path(target))
        .unwrap_or_else(|error| panic!("corpus of {target}: {error}"));
    text.lines().map(bytes).collect()
}

/// Returns the vectors of `tests/vectors` as inputs of a protocol's target. Other
/// targets have none.
///
/// # Panics
/// Without the vectors.
#[must_use]
pub fn captured(target: &str) -> Vec<Vec<u8>> {
    let mut inputs = Vec::new();
    for folder in ["../tests/vectors", "../tests/vectors/families"] {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(folder);
        for entry in fs::read_dir(folder).expect("the vectors") {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "hex") {
                inputs.extend(vector(target, &fs::read_to_string(path).unwrap()));
            }
        }
    }
    inputs
}

/// A vector: a line with the number of its protocol, and a datagram.
fn vector(target: &str, text: &str) -> Vec<Vec<u8>> {
    let (first, digits) = text.split_once('\n').expect("two lines");
    let protocol: u8 = first.trim_start_matches("protocol ").parse().unwrap();
    let is_of = FAMILIES
        .iter()
        .any(|(name, number)| (*name, *number) == (target, protocol));
    if !is_of {
        return Vec::new();
    }
    let datagram = bytes(&digits.replace('\n', ""));
    if target == "uevent" {
        return vec![datagram];
    }
    let mut inputs = Vec::new();
    let mut rest = &datagram[..];
    while let Some((length, _)) = rest.split_first_chunk::<4>() {
        let length = u32::from_le_bytes(*length) as usize;
        let message = &rest[..length];
        if target == "connector" {
            inputs.push(message[16..].to_vec());
        } else if target == "audit" {
            inputs.push([&message[4..6], &message[16..]].concat());
        } else {
            // For any of the target's sets, of which there are fewer than 64.
            inputs.extend((0..64).map(|set| [&[set], &message[4..6], &message[16..]].concat()));
        }
        rest = rest.get(length.next_multiple_of(4)..).unwrap_or_default();
    }
    inputs
}

/// The targets that read the messages of a protocol, and its number.
pub const FAMILIES: [(&str, u8); 10] = [
    ("route", 0),
    ("sock_diag", 4),
    ("xfrm", 6),
    ("audit", 9),
    ("connector", 11),
    ("rdma", 20),
    ("netfilter", 12),
    ("uevent", 15),
    ("generic", 16),
    ("crypto", 21),
];

/// Writes the inputs of a target, sorted.
///
/// # Panics
/// If the file cannot be written.
pub fn keep(target: &str, mut inputs: Vec<Vec<u8>>) {
    let captured = captured(target);
    inputs.retain(|input| !captured.contains(input));
    inputs.sort_by(|a, b| a.len().cmp(&b.len()).then_with(|| a.cmp(b)));
    inputs.dedup();
    let lines: Vec<_> = inputs.iter().map(|input| hex(input) + "\n").collect();
    fs::write(path(target), lines.concat()).unwrap();
}

fn path(target: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("corpus")
        .join(target)
        .with_extension("hex")
}

/// Reads a line.
///
/// # Panics
/// If it has something else than digits.
#[must_use]
pub fn bytes(line: &str) -> Vec<u8> {
    let digits: Vec<_> = line
        .chars()
        .map(|c| c.to_digit(16).expect("a digit") as u8)
        .collect();
    digits
        .chunks(2)
        .map(|pair| pair[0] << 4 | pair[1])
        .collect()
}

/// Writes a line.
#[must_use]
pub fn hex(input: &[u8]) -> String {
    input.iter().map(|byte| format!("{byte:02x}")).collect()
}
