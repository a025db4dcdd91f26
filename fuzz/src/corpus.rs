//! Inputs that are kept: of each target a file, of each input a line in
//! hexadecimal.

use std::fs;
use std::path::PathBuf;

/// The inputs of a target.
///
/// # Panics
/// Without the file, or with something else in it.
#[must_use]
pub fn inputs(target: &str) -> Vec<Vec<u8>> {
    let text = fs::read_to_string(path(target))
        .unwrap_or_else(|error| panic!("corpus of {target}: {error}"));
    text.lines().map(bytes).collect()
}

/// Writes the inputs of a target, sorted.
///
/// # Panics
/// If the file cannot be written.
pub fn keep(target: &str, mut inputs: Vec<Vec<u8>>) {
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
