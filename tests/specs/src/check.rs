//! `specs check`.

use std::collections::BTreeSet;

use crate::arguments::Check;
use crate::compare::{Tally, compare};
use crate::headers::Headers;
use crate::left_out::LeftOut;
use crate::lists::{Found, Judged, Lacking, Verdict};
use crate::names::Names;
use crate::numbers;
use crate::source::Source;
use crate::tables::Tables;

/// Report to print.
#[derive(Default)]
pub struct Report(pub String);

impl Report {
    fn line(&mut self, line: String) {
        self.0 += &line;
        self.0.push('\n');
    }

    fn list(&mut self, title: &str, lines: &[String]) {
        if !lines.is_empty() {
            self.line(format!("{title}:"));
            for line in lines {
                self.line(format!("  {line}"));
            }
        }
    }
}

/// Returns true if the tables match the lists, and adds to the report.
pub fn run(arguments: &Check, report: &mut Report) -> Result<bool, String> {
    let tables = Tables::read(&arguments.tables)?;
    let mut left_out = LeftOut::read(&arguments.lists.join("left_out.txt"))?;
    let specs = specs(arguments, &tables, &mut left_out, report)?;
    let headers = headers(arguments, &tables, &mut left_out, report)?;
    let unused = left_out.unused();
    report.list("patterns that leave nothing out (left_out.txt)", &unused);
    Ok(specs && headers && unused.is_empty())
}

fn specs(
    arguments: &Check,
    tables: &Tables,
    left_out: &mut LeftOut,
    report: &mut Report,
) -> Result<bool, String> {
    let source = match &arguments.specs {
        Some(path) => Source::folder(path),
        None => Source::registry()?,
    };
    let names = Names::read(&arguments.lists.join("names.txt"))?;
    let mut found = Found::default();
    let mut differences = BTreeSet::new();
    let mut families = BTreeSet::new();
    for family in source.families(&names)? {
        let outcome = compare(&family, tables);
        let parts = [
            ("attributes", outcome.attributes),
            ("kinds", outcome.kinds),
            ("commands", outcome.commands),
        ];
        let parts = parts.map(|(what, tally)| (what, left_out.apply(&family.name, tally)));
        found.add(&family.name, parts.into());
        differences.extend(outcome.differences);
        families.insert(family.name);
    }
    let judged = Judged::read(&arguments.lists.join("judged.txt"))?;
    let (unjudged, stale) = judged.compare(differences.iter(), &families);
    report.list("differences that nobody has judged (judged.txt)", &unjudged);
    report.list(
        "judged differences that are there no more (judged.txt)",
        &stale,
    );
    let lacking = Lacking::read(&arguments.lists.join("specs.txt"));
    let is_listed = ratchet(arguments, &lacking, &source.title, &found, report)?;
    report.0 += &found.summary();
    let (all, missing) = found.count("attributes");
    report.line(format!(
        "specs of {}: {} of {all} attributes, {} differences: \
         {} where the spec is wrong, {} where ours says more, {} where ours says less",
        source.title,
        all - missing,
        differences.len(),
        judged.count(Verdict::SpecWrong),
        judged.count(Verdict::OursMore),
        judged.count(Verdict::OursLess),
    ));
    Ok(unjudged.is_empty() && stale.is_empty() && is_listed)
}

fn headers(
    arguments: &Check,
    tables: &Tables,
    left_out: &mut LeftOut,
    report: &mut Report,
) -> Result<bool, String> {
    let Some(root) = &arguments.headers else {
        return Ok(true);
    };
    let Some(headers) = Headers::read(root, tables)? else {
        return Err(format!("no headers of Linux in {}", root.display()));
    };
    let mut found = Found::default();
    for header in &headers.headers {
        let parts = [("listed", &header.listed), ("values", &header.values)];
        let parts =
            parts.map(|(what, names)| (what, left_out.apply(&header.name, tally(names, tables))));
        found.add(&header.name, parts.into());
    }
    let lacking = Lacking::read(&arguments.lists.join("headers.txt"));
    let (compared, wrong) = numbers::check(&headers, tables)?;
    if compared > 0 {
        report.line(format!("{compared} numbers compared with headers"));
    }
    report.list("numbers that are not the headers'", &wrong);
    if !lacking.title.is_empty() && lacking.title != headers.version && !arguments.bless {
        report.line(format!(
            "headers: those of {} are listed, these are of {}",
            lacking.title, headers.version
        ));
        return Ok(wrong.is_empty());
    }
    let is_listed = ratchet(arguments, &lacking, &headers.version, &found, report)?;
    for part in ["listed", "values"] {
        let (all, missing) = found.count(part);
        report.line(format!(
            "headers of {}: {} of {all} {part}",
            headers.version,
            all - missing
        ));
    }
    Ok(wrong.is_empty() && is_listed)
}

fn tally(names: &BTreeSet<String>, tables: &Tables) -> Tally {
    Tally {
        all: names.clone(),
        lacking: names.difference(&tables.words).cloned().collect(),
        left_out: 0,
    }
}

/// Compares a list with what is lacking now. Names are taken out of it with
/// `--bless`, and put in only with `--grow`.
fn ratchet(
    arguments: &Check,
    list: &Lacking,
    title: &str,
    found: &Found,
    report: &mut Report,
) -> Result<bool, String> {
    let grown = list.grown(found);
    if arguments.bless && (grown.is_empty() || arguments.grow) {
        list.write(title, found)?;
        return Ok(true);
    }
    report.list("lacking, and not in the list", &grown);
    if arguments.bless {
        return Ok(false);
    }
    let shrunk = list.shrunk(found);
    report.list(
        "in the list, and not lacking: `--bless` takes them out",
        &shrunk,
    );
    let is_written = list.is_written(found);
    if !is_written && grown.is_empty() && shrunk.is_empty() {
        report.line(format!(
            "the list of {title} has old counts, or lacks a section: `--bless` writes it"
        ));
    }
    Ok(is_written)
}
