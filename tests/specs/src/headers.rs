//! Names in the kernel's headers for user space. A header is netlink's if it
//! has a list as the protocol's have them: an enum that ends by a bound,
//! `__X_MAX`, from which `X_MAX` is derived by a subtraction. Headers with a
//! constant of the tables are read too: they have values of attributes.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::tables::Tables;

pub struct Header {
    /// The path below `linux/`.
    pub name: String,
    /// Members of lists: attributes, commands, groups.
    pub listed: BTreeSet<String>,
    /// Other enumerators and macros: values of attributes.
    pub values: BTreeSet<String>,
}

pub struct Headers {
    /// `Linux 6.1`.
    pub version: String,
    pub headers: Vec<Header>,
    /// Command line of a C compiler that finds the headers; `None` for a kernel
    /// tree, which it cannot read.
    pub include: Option<PathBuf>,
}

impl Headers {
    /// Reads `linux/` of an include folder, or of a kernel tree. None if there is none.
    pub fn read(root: &Path, tables: &Tables) -> Result<Option<Self>, String> {
        let in_tree = root.join("include/uapi/linux");
        let (folder, version, include) = if in_tree.is_dir() {
            (in_tree, version_of_tree(root), None)
        } else {
            let folder = root.join("linux");
            let version = version_of_headers(&folder);
            (folder, version, Some(root.to_owned()))
        };
        let Some(version) = version else {
            return Ok(None);
        };
        let mut paths = Vec::new();
        collect(&folder, &mut paths)?;
        paths.sort();
        let mut headers = Vec::new();
        for path in paths {
            let bytes = fs::read(&path).map_err(|e| format!("{}: {e}", path.display()))?;
            let name = path
                .strip_prefix(&folder)
                .unwrap_or(&path)
                .display()
                .to_string();
            let header = Header::parse(name, &String::from_utf8_lossy(&bytes));
            let is_ours = |name| tables.constants.contains_key(name);
            if !header.listed.is_empty() || header.values.iter().any(is_ours) {
                headers.push(header);
            }
        }
        Ok(Some(Self {
            version,
            headers,
            include,
        }))
    }
}

impl Header {
    fn parse(name: String, text: &str) -> Self {
        let text = without_comments(text);
        let bounds = bounds(&text);
        let (macros, code) = directives(&text);
        let mut header = Self {
            name,
            listed: BTreeSet::new(),
            values: macros,
        };
        for members in enums(&code) {
            let is_list = members.iter().any(|member| bounds.contains(member));
            let names = members.into_iter().filter(|member| is_constant(member));
            let names = names.map(str::to_owned);
            if is_list {
                header.listed.extend(names);
            } else {
                header.values.extend(names);
            }
        }
        header.values.retain(|value| !header.listed.contains(value));
        header
    }
}

/// True for names that stand for something: no bounds, no zeros.
fn is_constant(name: &str) -> bool {
    let ends = [
        "_MAX",
        "_UNSPEC",
        "_NONE",
        "_CNT",
        "_LAST",
        "_UNDEFINED",
        "_MAX_NR",
    ];
    name.contains('_')
        && name.starts_with(|first: char| first.is_ascii_uppercase())
        && name
            .chars()
            .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')
        && !ends.iter().any(|end| name.ends_with(end))
}

/// The names with two underscores in front from which something is subtracted.
fn bounds(text: &str) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    for (at, _) in text.match_indices("__") {
        let (before, rest) = text.split_at(at);
        if before.ends_with(|c: char| c.is_alphanumeric() || c == '_') {
            continue;
        }
        let end = rest
            .find(|c: char| !c.is_alphanumeric() && c != '_')
            .unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        // `(__RTM_MAX + 3) & ~3) - 1` is one, too.
        if after.trim_start().starts_with(['-', '+']) {
            found.insert(name);
        }
    }
    found
}

/// The macros without parameters, and the text without directives.
fn directives(text: &str) -> (BTreeSet<String>, String) {
    let mut macros = BTreeSet::new();
    let mut code = String::new();
    let mut continues = false;
    for line in text.lines() {
        let start = line.trim_start();
        if continues || start.starts_with('#') {
            continues = line.ends_with('\\');
            let directive = start.trim_start_matches('#').trim_start();
            if let Some(rest) = directive.strip_prefix("define").map(str::trim_start) {
                let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_');
                let (name, value) = rest.split_at(end.unwrap_or(rest.len()));
                if is_constant(name)
                    && value.starts_with(char::is_whitespace)
                    && !value.trim().is_empty()
                {
                    macros.insert(name.to_owned());
                }
            }
            continue;
        }
        code.push_str(line);
        code.push('\n');
    }
    (macros, code)
}

/// The members of each enum.
fn enums(code: &str) -> Vec<Vec<&str>> {
    let mut found = Vec::new();
    let mut rest = code;
    while let Some(at) = rest.find("enum") {
        rest = &rest[at + 4..];
        let (Some(open), semicolon) = (rest.find('{'), rest.find(';')) else {
            break;
        };
        if semicolon.is_some_and(|semicolon| semicolon < open) {
            continue;
        }
        let body = &rest[open + 1..];
        let body = &body[..body.find('}').unwrap_or(body.len())];
        let names = body
            .split(',')
            .map(|member| member.split('=').next().unwrap_or_default().trim());
        found.push(names.filter(|name| !name.is_empty()).collect());
    }
    found
}

fn without_comments(text: &str) -> String {
    let mut code = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("/*") {
        code.push_str(&rest[..at]);
        code.push(' ');
        rest = &rest[at..];
        rest = rest.find("*/").map_or("", |end| &rest[end + 2..]);
    }
    code.push_str(rest);
    let lines = code
        .lines()
        .map(|line| line.split("//").next().unwrap_or_default());
    lines.collect::<Vec<_>>().join("\n")
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) -> Result<(), String> {
    let entries = fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            collect(&path, found)?;
        } else if path.extension().is_some_and(|extension| extension == "h") {
            found.push(path);
        }
    }
    Ok(())
}

fn version_of_headers(folder: &Path) -> Option<String> {
    let text = fs::read_to_string(folder.join("version.h")).ok()?;
    let number = |name: &str| {
        let line = text.lines().find(|line| line.contains(name))?;
        line.split_whitespace().last().map(str::to_owned)
    };
    let (major, minor) = (
        number("LINUX_VERSION_MAJOR")?,
        number("LINUX_VERSION_PATCHLEVEL")?,
    );
    Some(format!("Linux {major}.{minor}"))
}

fn version_of_tree(root: &Path) -> Option<String> {
    let text = fs::read_to_string(root.join("Makefile")).ok()?;
    let values: BTreeMap<_, _> = text
        .lines()
        .filter_map(|line| line.split_once('='))
        .map(|(name, value)| (name.trim(), value.trim()))
        .collect();
    Some(format!(
        "Linux {}.{}",
        values.get("VERSION")?,
        values.get("PATCHLEVEL")?
    ))
}
