//! C names that no rule gives: those of protocols whose specs say no prefix,
//! read from `names.txt`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// `FAMILY SET PREFIX_` and `FAMILY SET/NAME C_NAME`; the commands are the set
/// `operations`.
#[derive(Default)]
pub struct Names(BTreeMap<(String, String), String>);

impl Names {
    /// Reads a list; one that is not there is empty.
    pub fn read(path: &Path) -> Result<Self, String> {
        Self::parse(&fs::read_to_string(path).unwrap_or_default())
    }

    fn parse(text: &str) -> Result<Self, String> {
        let mut found = BTreeMap::new();
        for line in text.lines() {
            let line = line.split('#').next().unwrap_or_default();
            match line.split_whitespace().collect::<Vec<_>>()[..] {
                [] => {}
                [family, what, name] => {
                    found.insert((family.to_owned(), what.to_owned()), name.to_owned());
                }
                _ => return Err(format!("not three words: {line}")),
            }
        }
        Ok(Self(found))
    }

    pub fn prefix(&self, family: &str, set: &str) -> Option<&str> {
        let key = (family.to_owned(), set.to_owned());
        self.0.get(&key).map(String::as_str)
    }

    pub fn name(&self, family: &str, set: &str, name: &str) -> Option<&str> {
        self.prefix(family, &format!("{set}/{name}"))
    }
}
