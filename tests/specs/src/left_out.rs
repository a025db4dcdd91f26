//! Names that no message carries, read from `left_out.txt`: they are neither
//! there nor lacking.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::compare::Tally;

/// Lines of `SECTION PATTERN[,PATTERN..] REASON`. The section is a spec or a
/// header; a pattern is a name, or its beginning and `*`.
#[derive(Default)]
pub struct LeftOut {
    lines: Vec<Line>,
    /// Sections compared so far.
    sections: BTreeSet<String>,
}

struct Line {
    section: String,
    patterns: Vec<String>,
    /// Patterns that matched a name so far.
    used: BTreeSet<String>,
}

impl LeftOut {
    /// Reads a list; one that is not there is empty.
    pub fn read(path: &Path) -> Result<Self, String> {
        let text = fs::read_to_string(path).unwrap_or_default();
        Self::parse(&text).map_err(|error| format!("{}: {error}", path.display()))
    }

    fn parse(text: &str) -> Result<Self, String> {
        let lines = text
            .lines()
            .filter(|line| !line.is_empty() && !line.starts_with('#'));
        let lines = lines.map(|line| {
            let mut words = line.split_whitespace();
            match (words.next(), words.next(), words.next()) {
                (Some(section), Some(patterns), Some(_)) => Ok(Line {
                    section: section.to_owned(),
                    patterns: patterns.split(',').map(str::to_owned).collect(),
                    used: BTreeSet::new(),
                }),
                _ => Err(format!("not a section, patterns and a reason: {line}")),
            }
        });
        Ok(Self {
            lines: lines.collect::<Result<_, _>>()?,
            sections: BTreeSet::new(),
        })
    }

    /// Moves the lacking names of a section that a line leaves out.
    pub fn apply(&mut self, section: &str, mut tally: Tally) -> Tally {
        self.sections.insert(section.to_owned());
        for line in &mut self.lines {
            if line.section != section {
                continue;
            }
            for pattern in &line.patterns {
                let (matching, lacking) = std::mem::take(&mut tally.lacking)
                    .into_iter()
                    .partition::<BTreeSet<_>, _>(|name| matches(pattern, name));
                tally.lacking = lacking;
                if !matching.is_empty() {
                    line.used.insert(pattern.clone());
                }
                tally.all.retain(|name| !matching.contains(name));
                tally.left_out += matching.len();
            }
        }
        tally
    }

    /// Patterns of the compared sections that left nothing out.
    pub fn unused(&self) -> Vec<String> {
        let lines = self
            .lines
            .iter()
            .filter(|line| self.sections.contains(&line.section));
        let unused = lines.flat_map(|line| {
            let patterns = line.patterns.iter();
            patterns
                .filter(|pattern| !line.used.contains(*pattern))
                .map(|pattern| format!("{} {pattern}", line.section))
        });
        unused.collect()
    }
}

fn matches(pattern: &str, name: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(start) => name.starts_with(start),
        None => name == pattern,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(lacking: &[&str]) -> Tally {
        let names: BTreeSet<String> = lacking.iter().map(|&name| name.to_owned()).collect();
        Tally {
            all: names.clone(),
            lacking: names,
            left_out: 0,
        }
    }

    #[test]
    fn names_of_a_section_are_left_out_by_name_and_by_beginning() {
        let list = "# a comment\n\nif.h IF_PROTO_*,IFF_VOLATILE why\n";
        let mut list = LeftOut::parse(list).unwrap();
        let kept = list.apply("if.h", tally(&["IF_PROTO_PPP", "IFF_VOLATILE", "IFF_UP"]));
        assert_eq!(kept.left_out, 2);
        assert_eq!(kept.all, kept.lacking);
        assert_eq!(kept.lacking.into_iter().collect::<Vec<_>>(), ["IFF_UP"]);
        assert_eq!(list.apply("in.h", tally(&["IFF_VOLATILE"])).left_out, 0);
        assert!(list.unused().is_empty());
    }

    #[test]
    fn a_pattern_that_leaves_nothing_out_is_reported() {
        let text = "if.h IFF_VOLATILE,IFF_OLD why\nin.h IN_* not compared\n";
        let mut list = LeftOut::parse(text).unwrap();
        list.apply("if.h", tally(&["IFF_VOLATILE"]));
        assert_eq!(list.unused(), ["if.h IFF_OLD"]);
    }

    #[test]
    fn a_line_without_a_reason_is_an_error() {
        assert!(LeftOut::parse("if.h IFF_VOLATILE\n").is_err());
    }
}
