//! The committed lists: differences that were judged, and names that are
//! lacking, which may only become fewer.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use crate::compare::{Difference, Tally};

/// Judged differences, from lines of `FAMILY NAME ASPECT SPEC OURS VERDICT REASON`.
pub struct Judged {
    lines: BTreeMap<String, Verdict>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    SpecWrong,
    OursMore,
    OursLess,
}

impl Verdict {
    fn parse(word: &str) -> Option<Self> {
        match word {
            "spec-wrong" => Some(Self::SpecWrong),
            "ours-more" => Some(Self::OursMore),
            "ours-less" => Some(Self::OursLess),
            _ => None,
        }
    }
}

impl Judged {
    pub fn read(path: &Path) -> Result<Self, String> {
        let text = fs::read_to_string(path).unwrap_or_default();
        let mut lines = BTreeMap::new();
        for line in text
            .lines()
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
        {
            let wrong = |what: &str| Err(format!("{}: {what}: {line}", path.display()));
            let words: Vec<_> = line.split_whitespace().collect();
            let [family, name, aspect, spec, ours, verdict, reason @ ..] = &words[..] else {
                return wrong("not six words and a reason");
            };
            let Some(verdict) = Verdict::parse(verdict) else {
                return wrong("no verdict is called so");
            };
            if reason.is_empty() {
                return wrong("no reason");
            }
            let key = [*family, name, aspect, spec, ours].join(" ");
            if lines.insert(key, verdict).is_some() {
                return wrong("twice");
            }
        }
        Ok(Self { lines })
    }

    /// The differences that nobody has judged, and the lines that are true no more.
    pub fn compare<'a>(
        &self,
        found: impl Iterator<Item = &'a Difference>,
        families: &BTreeSet<String>,
    ) -> (Vec<String>, Vec<String>) {
        let found: BTreeSet<String> = found.map(ToString::to_string).collect();
        let unjudged = found.iter().filter(|key| !self.lines.contains_key(*key));
        let is_known = |key: &&String| families.contains(key.split(' ').next().unwrap_or_default());
        let stale = self
            .lines
            .keys()
            .filter(|key| !found.contains(*key))
            .filter(is_known);
        (unjudged.cloned().collect(), stale.cloned().collect())
    }

    pub fn count(&self, verdict: Verdict) -> usize {
        self.lines
            .values()
            .filter(|found| **found == verdict)
            .count()
    }
}

/// A list of lacking names in sections, each with its counts.
pub struct Lacking {
    path: PathBuf,
    /// Owner of the names: `Linux 6.1`.
    pub title: String,
    sections: BTreeMap<String, Section>,
}

/// Lines by name, with the reason behind it that somebody wrote.
#[derive(Default)]
struct Section(BTreeMap<String, String>);

/// Names that are lacking now, by section.
#[derive(Default)]
pub struct Found(BTreeMap<String, Vec<(&'static str, Tally)>>);

impl Found {
    pub fn add(&mut self, section: &str, parts: Vec<(&'static str, Tally)>) {
        self.0.insert(section.to_owned(), parts);
    }

    /// Numbers of present and of missing names in one part.
    pub fn count(&self, part: &str) -> (usize, usize) {
        let parts = self.0.values().flatten().filter(|(name, _)| *name == part);
        parts.fold((0, 0), |(all, lacking), (_, tally)| {
            (all + tally.all.len(), lacking + tally.lacking.len())
        })
    }

    /// `rt-link: lacks 123 of 420 attributes, 2 of 7 commands` of each section.
    pub fn summary(&self) -> String {
        let mut text = String::new();
        for (name, parts) in &self.0 {
            let _ = writeln!(text, "{name}: lacks {}", counts(parts));
        }
        text
    }
}

impl Lacking {
    pub fn read(path: &Path) -> Self {
        let text = fs::read_to_string(path).unwrap_or_default();
        let mut lines = text
            .lines()
            .skip_while(|line| line.starts_with('#') || line.is_empty());
        let title = lines.next().unwrap_or_default().to_owned();
        let mut sections: BTreeMap<String, Section> = BTreeMap::new();
        let mut section = String::new();
        for line in lines.filter(|line| !line.is_empty()) {
            if let Some(rest) = line.strip_prefix("## ") {
                section = rest.split(':').next().unwrap_or_default().to_owned();
                sections.entry(section.clone()).or_default();
                continue;
            }
            let (name, reason) = line.split_once(' ').unwrap_or((line, ""));
            let section = sections.entry(section.clone()).or_default();
            section.0.insert(name.to_owned(), reason.to_owned());
        }
        Self {
            path: path.to_owned(),
            title,
            sections,
        }
    }

    /// Names that are lacking and not in the list. A section that the list does
    /// not have is none of it: a header comes in with its first name.
    pub fn grown(&self, found: &Found) -> Vec<String> {
        let mut grown = Vec::new();
        for (section, parts) in &found.0 {
            let Some(known) = self.sections.get(section) else {
                continue;
            };
            for name in parts.iter().flat_map(|(_, tally)| &tally.lacking) {
                if !known.0.contains_key(name) {
                    grown.push(format!("{section} {name}"));
                }
            }
        }
        grown
    }

    /// Names in the list that are there, or that the source has no more.
    pub fn shrunk(&self, found: &Found) -> Vec<String> {
        let mut shrunk = Vec::new();
        for (section, parts) in &found.0 {
            let lacking: BTreeSet<_> = parts.iter().flat_map(|(_, tally)| &tally.lacking).collect();
            let known = self
                .sections
                .get(section)
                .into_iter()
                .flat_map(|known| known.0.keys());
            shrunk.extend(
                known
                    .filter(|name| !lacking.contains(name))
                    .map(|name| format!("{section} {name}")),
            );
        }
        shrunk
    }

    /// True if the file is exactly what would be written, counts included.
    pub fn is_written(&self, found: &Found) -> bool {
        fs::read_to_string(&self.path).is_ok_and(|text| text == self.text(&self.title, found))
    }

    pub fn write(&self, title: &str, found: &Found) -> Result<(), String> {
        fs::write(&self.path, self.text(title, found))
            .map_err(|error| format!("{}: {error}", self.path.display()))
    }

    fn text(&self, title: &str, found: &Found) -> String {
        let mut text = String::from(
            "# Names that are lacking. `--bless` takes out those that are there now, and adds none.\n\
             # Behind a name may stand the reason why it is left out.\n",
        );
        let _ = writeln!(text, "{title}");
        for (section, parts) in &found.0 {
            let _ = writeln!(text, "\n## {section}: {}", counts(parts));
            let known = self.sections.get(section);
            for name in parts.iter().flat_map(|(_, tally)| &tally.lacking) {
                match known.and_then(|known| known.0.get(name)) {
                    Some(reason) if !reason.is_empty() => {
                        let _ = writeln!(text, "{name} {reason}");
                    }
                    _ => {
                        let _ = writeln!(text, "{name}");
                    }
                }
            }
        }
        text
    }
}

fn counts(parts: &[(&'static str, Tally)]) -> String {
    let parts = parts
        .iter()
        .filter(|(_, tally)| !tally.all.is_empty() || tally.left_out > 0);
    let parts = parts.map(|(what, tally)| {
        let counts = format!("{} of {} {what}", tally.lacking.len(), tally.all.len());
        match tally.left_out {
            0 => counts,
            left_out => format!("{counts} ({left_out} left out)"),
        }
    });
    parts.collect::<Vec<_>>().join(", ")
}
