//! The command line.

use std::path::{Path, PathBuf};

use crate::print::Parts;

pub enum Arguments {
    Help,
    Check(Check),
    Print(Print),
    Forms(Forms),
}

/// The tables whose rows `forms` looks for in a kernel tree.
pub struct Forms {
    pub tree: PathBuf,
    pub tables: PathBuf,
}

/// Parts that `print` prints.
pub struct Print {
    /// The name of a spec, or the path of one.
    pub spec: String,
    pub specs: Option<PathBuf>,
    pub lists: PathBuf,
    /// The crate that is imported from.
    pub root: String,
    pub parts: Parts,
}

/// Sides that `check` compares.
pub struct Check {
    /// A folder, a kernel tree; none: the package in cargo's registry.
    pub specs: Option<PathBuf>,
    /// None: specs only.
    pub headers: Option<PathBuf>,
    pub tables: PathBuf,
    pub lists: PathBuf,
    /// Writes the lists of names.
    pub bless: bool,
    /// Lets them grow.
    pub grow: bool,
}

impl Arguments {
    pub fn parse(mut words: impl Iterator<Item = String>) -> Result<Self, String> {
        match words.next().as_deref() {
            None | Some("help" | "--help" | "-h") => Ok(Self::Help),
            Some("check") => Self::check(words),
            Some("print") => Self::print(words),
            Some("forms") => Self::forms(words),
            Some(other) => Err(format!("no command {other}")),
        }
    }

    fn print(mut words: impl Iterator<Item = String>) -> Result<Self, String> {
        let spec = words.next().ok_or("print needs a spec")?;
        let mut print = Print {
            spec,
            specs: None,
            lists: Path::new(env!("CARGO_MANIFEST_DIR")).to_owned(),
            root: "nlwire".to_owned(),
            parts: Parts {
                tables: true,
                requests: true,
            },
        };
        while let Some(word) = words.next() {
            let mut path = || words.next().ok_or_else(|| format!("{word} needs a path"));
            match word.as_str() {
                "--kernel" | "--specs" => print.specs = Some(path()?.into()),
                "--lists" => print.lists = path()?.into(),
                "--in-crate" => print.root = "crate".to_owned(),
                "--tables" => print.parts.requests = false,
                "--requests" => print.parts.tables = false,
                other => return Err(format!("no option {other}")),
            }
        }
        Ok(Self::Print(print))
    }

    fn forms(mut words: impl Iterator<Item = String>) -> Result<Self, String> {
        let tree = words.next().ok_or("forms needs a kernel tree")?.into();
        let tables = match (words.next().as_deref(), words.next()) {
            (None, _) => Path::new(env!("CARGO_MANIFEST_DIR")).join("../../wire/src"),
            (Some("--tables"), Some(path)) => path.into(),
            (Some(other), _) => return Err(format!("no option {other}")),
        };
        Ok(Self::Forms(Forms { tree, tables }))
    }

    fn check(mut words: impl Iterator<Item = String>) -> Result<Self, String> {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut check = Check {
            specs: None,
            headers: Some("/usr/include".into()),
            tables: here.join("../../wire/src"),
            lists: here.to_owned(),
            bless: false,
            grow: false,
        };
        let mut are_ours = true;
        let mut named_headers = None;
        while let Some(word) = words.next() {
            let mut path = || {
                words
                    .next()
                    .map(PathBuf::from)
                    .ok_or_else(|| format!("{word} needs a path"))
            };
            match word.as_str() {
                "--kernel" => {
                    let tree = path()?;
                    named_headers = Some(tree.clone());
                    check.specs = Some(tree);
                }
                "--specs" => check.specs = Some(path()?),
                "--headers" => named_headers = Some(path()?),
                "--tables" => {
                    check.tables = path()?;
                    are_ours = false;
                }
                "--lists" => check.lists = path()?,
                "--bless" => check.bless = true,
                "--grow" => check.grow = true,
                other => return Err(format!("no option {other}")),
            }
        }
        if named_headers.is_some() || !are_ours {
            check.headers = named_headers;
        }
        Ok(Self::Check(check))
    }
}
