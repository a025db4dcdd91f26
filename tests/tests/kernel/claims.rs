//! The tests that README.md names are there.

use nltests::{Outcome, Test};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

pub(crate) const TESTS: &[Test] = &[Test {
    name: "claims::the_readme_names_tests_that_exist",
    needs: &[],
    run: the_readme_names_tests_that_exist,
}];

fn the_readme_names_tests_that_exist() -> Outcome {
    let names: BTreeSet<_> = crate::TABLES
        .iter()
        .flat_map(|table| table.iter())
        .map(|test| test.name)
        .collect();
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(readme)?;
    // In tables, code with `::` is the name of a test.
    let rows = readme.lines().filter(|line| line.starts_with('|'));
    let code = rows.flat_map(|row| row.split('`').skip(1).step_by(2));
    let named: BTreeSet<_> = code.filter(|code| code.contains("::")).collect();
    assert!(named.len() > 50, "{named:?}");
    let absent: Vec<_> = named.difference(&names).collect();
    assert!(absent.is_empty(), "{absent:?}");
    Ok(())
}
