//! Forms of attributes in a kernel's source: what its policies ask for, and the
//! functions by which it writes and reads them, beside the rows of the tables.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::tables::Tables;

/// Forms of the codec that stand for two forms of a value.
const TWO_FORMS: &[(&str, &str)] = &[
    ("ByteFlag", "a byte in reports, a flag in requests"),
    (
        "BlankPadded",
        "a string of 32 bytes with blanks at its end, read without them",
    ),
    (
        "HoldingTimeout",
        "32 bits with the link index, then 16 bits in answers; 16 bits in requests",
    ),
    ("InetConf", "an array in reports, a nest in requests"),
    ("KeyIdentifier", "16 bits in a notification, otherwise 32"),
    (
        "IpTunnelFlags",
        "16 bits in network order (`sit`, `ipip`), 32 bits (`ip6tnl`)",
    ),
    (
        "TaskStats",
        "the order of the struct's fields, by its version",
    ),
    (
        "TransportInfo",
        "a struct by the protocol: TCP, MPTCP or SCTP",
    ),
    (
        "UnterminatedText",
        "a string with a NUL in reports, without one in requests",
    ),
    ("WideByte", "8 or 16 bits in reports, 8 in requests"),
];

/// Rows of two forms whose form of the codec says less. `DCB_*` in a reply is
/// `dcbnl_ieee_set` and its siblings.
const RESULT: &str =
    "a byte with the result in replies to a change (`DcbResult`), otherwise the row's form";
const NAMED: &[(&str, &str)] = &[
    ("DCB_ATTR_APP", RESULT),
    ("DCB_ATTR_BCN", RESULT),
    ("DCB_ATTR_FEATCFG", RESULT),
    ("DCB_ATTR_IEEE", RESULT),
    ("DCB_ATTR_NUMTCS", RESULT),
    ("DCB_ATTR_PFC_CFG", RESULT),
    ("DCB_ATTR_PG_CFG", RESULT),
    ("RTA_EXPIRES", "64 bits in multicast routes, 32 in requests"),
];

/// Folders of a kernel tree that know netlink.
const FOLDERS: &[&str] = &[
    "net",
    "drivers/acpi",
    "drivers/block",
    "drivers/dpll",
    "drivers/net",
    "drivers/thermal",
    "drivers/vdpa",
    "kernel",
    "crypto",
    "fs/lockd",
    "fs/nfsd",
    "fs/quota",
    "include/net",
];

/// Place in a source file where an attribute is declared, written or read.
type Uses = BTreeMap<String, BTreeMap<&'static str, BTreeSet<String>>>;

/// Attributes of two forms, as a table in Markdown.
pub fn of_two_forms(tables: &Tables) -> String {
    let mut lines = BTreeSet::new();
    for row in tables.sets.iter().flat_map(|set| &set.rows) {
        let words = row.form.split(|c: char| !c.is_alphanumeric());
        let mut words = words.map(|word| word.trim_end_matches("Bytes"));
        let by_form = words.find_map(|word| TWO_FORMS.iter().find(|(form, _)| *form == word));
        // The set of replies has the byte itself.
        let by_name = || {
            let mut named = NAMED.iter().filter(|_| row.form != "u8");
            named.find(|(name, _)| *name == row.c_name)
        };
        if let Some((_, what)) = by_form.or_else(by_name) {
            lines.insert(format!("| `{}` | `{}` | {what} |\n", row.c_name, row.form));
        }
    }
    let head = "| attribute | form | what it is |\n|---|---|---|\n";
    head.to_owned() + &lines.into_iter().collect::<String>()
}

/// Attributes of the tables that a kernel tree treats in more than one form.
///
/// # Errors
/// A folder or a file that cannot be read.
pub fn report(tree: &Path, tables: &Tables) -> Result<String, String> {
    let mut uses = Uses::new();
    for folder in FOLDERS {
        let path = tree.join(folder);
        if path.is_dir() {
            walk(tree, &path, &mut uses)?;
        }
    }
    if uses.is_empty() {
        return Err(format!("{}: no kernel tree", tree.display()));
    }
    let (mut text, mut several) = (String::new(), 0);
    let rows = tables.sets.iter().flat_map(|set| &set.rows);
    let rows: BTreeMap<_, _> = rows.map(|row| (&row.c_name, &row.form)).collect();
    for (name, ours) in &rows {
        let Some(forms) = uses.get(*name).filter(|forms| differ(forms)) else {
            continue;
        };
        several += 1;
        let _ = writeln!(text, "{name}: {ours}");
        for (form, places) in forms {
            let places: Vec<_> = places.iter().take(3).map(String::as_str).collect();
            let _ = writeln!(text, "    {form}: {}", places.join(", "));
        }
    }
    let found = rows.keys().filter(|name| uses.contains_key(**name)).count();
    let _ = writeln!(
        text,
        "{several} of {found} attributes have several forms; {} rows are not in the tree",
        rows.len() - found
    );
    Ok(text)
}

/// True if two uses cannot be of the same value. A policy says no byte order,
/// and bytes may be anything.
fn differ(forms: &BTreeMap<&'static str, BTreeSet<String>>) -> bool {
    let shapes: BTreeSet<_> = forms.keys().filter_map(|form| shape(form)).collect();
    shapes.len() > 1 || forms.contains_key("be") && forms.contains_key("native")
}

/// Shared property of two forms: a size, or a value other than an integer.
fn shape(form: &str) -> Option<&str> {
    let size = form.trim_start_matches(|c: char| c.is_alphabetic());
    match form {
        "bytes" | "be" | "native" => None,
        "flag" | "string" | "nest" | "bitfield32" => Some(form),
        _ if size.is_empty() => None,
        _ => Some(size),
    }
}

fn walk(tree: &Path, folder: &Path, uses: &mut Uses) -> Result<(), String> {
    let entries = fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            walk(tree, &path, uses)?;
        } else if path.extension().is_some_and(|e| e == "c" || e == "h") {
            let bytes = fs::read(&path).map_err(|e| format!("{}: {e}", path.display()))?;
            let place = path.strip_prefix(tree).unwrap_or(&path).display();
            file(&place.to_string(), &String::from_utf8_lossy(&bytes), uses);
        }
    }
    Ok(())
}

/// Reads the uses in a file.
pub fn file(place: &str, text: &str, uses: &mut Uses) {
    let mut use_as = |name: &str, form| {
        let places: &mut BTreeSet<_> = uses
            .entry(name.to_owned())
            .or_default()
            .entry(form)
            .or_default();
        places.insert(place.to_owned());
    };
    // `[NAME] = { .type = NLA_U32 }`, `[NAME] = NLA_POLICY_MIN(NLA_U8, 1)`.
    for (at, _) in text.match_indices("] = ").chain(text.match_indices("]\t")) {
        let name = text[..at].rsplit('[').next().unwrap_or_default().trim();
        let value = text[at + 1..].trim_start();
        let Some(value) = value.strip_prefix('=').filter(|_| is_name(name)) else {
            continue;
        };
        let end = value.find(['\n', '[']).unwrap_or(value.len());
        if let Some(form) = policy(&value[..end]) {
            use_as(name, form);
        }
    }
    // `nla_put_u32(skb, NAME, ..)` and its siblings.
    for (at, _) in text.match_indices("nla_") {
        let rest = &text[at..];
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_');
        let (function, arguments) = rest.split_at(end.unwrap_or(rest.len()));
        let Some(arguments) = arguments.strip_prefix('(') else {
            continue;
        };
        let Some((form, is_put)) = call(function) else {
            continue;
        };
        let end = arguments.find([';', '{']).unwrap_or(arguments.len());
        let arguments = &arguments[..end];
        let name = if is_put {
            arguments.split(',').nth(1).unwrap_or_default()
        } else {
            let inside = arguments.split(']').next().unwrap_or_default();
            inside.split('[').nth(1).unwrap_or_default()
        };
        let name = name.trim().trim_end_matches(')');
        if is_name(name) {
            use_as(name, form);
            if let Some(order) = order(function) {
                use_as(name, order);
            }
        }
    }
}

fn is_name(name: &str) -> bool {
    name.contains('_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && name.starts_with(|c: char| c.is_ascii_uppercase())
}

fn policy(value: &str) -> Option<&'static str> {
    if value.contains("NLA_POLICY_NESTED") {
        return Some("nest");
    }
    let at = value.find("NLA_")?;
    let words = value[at..].split(|c: char| !c.is_alphanumeric() && c != '_');
    words
        .filter_map(|word| {
            Some(match word.strip_prefix("NLA_")? {
                "U8" | "S8" => "u8",
                "U16" | "S16" | "BE16" => "u16",
                "U32" | "S32" | "BE32" => "u32",
                "U64" | "S64" | "MSECS" => "u64",
                "FLAG" => "flag",
                "STRING" | "NUL_STRING" => "string",
                "NESTED" | "NESTED_ARRAY" => "nest",
                "BITFIELD32" | "POLICY_BITFIELD32" => "bitfield32",
                "BINARY" | "UNSPEC" => "bytes",
                _ => return None,
            })
        })
        .next()
}

/// Form of a function's value, and whether it puts it.
fn call(function: &str) -> Option<(&'static str, bool)> {
    let (rest, is_put) = match function.strip_prefix("nla_put_") {
        Some(rest) => (rest, true),
        None => match function.strip_prefix("nla_get_") {
            Some(rest) => (rest, false),
            None => {
                return match function {
                    "nla_nest_start" | "nla_nest_start_noflag" => Some(("nest", true)),
                    "nla_put" | "nla_reserve" => Some(("bytes", true)),
                    "nla_strscpy" | "nla_strdup" => None,
                    _ => None,
                };
            }
        },
    };
    let form = match rest.trim_end_matches("_64bit").trim_end_matches("_default") {
        "u8" | "s8" => "u8",
        "u16" | "s16" | "be16" | "net16" | "le16" => "u16",
        "u32" | "s32" | "be32" | "net32" | "le32" => "u32",
        "u64" | "s64" | "be64" | "net64" | "le64" | "msecs" => "u64",
        "flag" => "flag",
        "string" => "string",
        "bitfield32" => "bitfield32",
        _ => return None,
    };
    Some((form, is_put))
}

/// Byte order of a function's value.
fn order(function: &str) -> Option<&'static str> {
    let integer = function
        .rsplit('_')
        .find(|word| word.ends_with(['6', '2', '4']))?;
    match integer {
        _ if integer.starts_with("be") || integer.starts_with("net") => Some("be"),
        "u16" | "u32" | "u64" | "s16" | "s32" | "s64" => Some("native"),
        _ => None,
    }
}
