//! Printed trees.

/// Returns true for a line of a tree whose attribute has no name in the tables: a number, and
/// the bytes of the value. An index, such as that of an action, has lines below it instead.
#[must_use]
pub fn is_unnamed(line: &str) -> bool {
    let Some((name, value)) = line.trim().split_once(':') else {
        return false;
    };
    let value = value.trim();
    let is_hex = value.bytes().all(|byte| byte.is_ascii_hexdigit());
    name.bytes().all(|byte| byte.is_ascii_digit()) && is_hex && !value.is_empty()
}
