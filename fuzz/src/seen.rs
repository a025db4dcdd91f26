//! Marks that the inputs have reached, for the replay to check.

use std::collections::BTreeSet;
use std::fmt::Debug;

/// Names of errors, rows and attributes that inputs have reached.
#[derive(Debug)]
pub struct Seen(Option<BTreeSet<String>>);

impl Seen {
    /// Keeps no account, for speed.
    #[must_use]
    pub const fn nothing() -> Self {
        Self(None)
    }

    /// Keeps account.
    #[must_use]
    pub const fn all() -> Self {
        Self(Some(BTreeSet::new()))
    }

    /// Notes a value by the first word of its `Debug`.
    pub fn note(&mut self, value: impl Debug) {
        if let Some(names) = &mut self.0 {
            let text = format!("{value:?}");
            let word = text
                .split(|c: char| !c.is_alphanumeric() && c != '_')
                .next();
            names.insert(word.unwrap_or_default().to_owned());
        }
    }

    /// The names.
    #[must_use]
    pub fn names(&self) -> BTreeSet<String> {
        self.0.clone().unwrap_or_default()
    }
}
