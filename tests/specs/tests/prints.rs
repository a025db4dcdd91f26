//! Printed tables match their spec: each of the kernel's specs is printed, read
//! again as tables, and compared with itself.

use std::fs;

use specs::compare::{Aspect, Difference, compare};
use specs::names::Names;
use specs::print::{Parts, print};
use specs::source::Source;
use specs::tables::Tables;

const ALL: Parts = Parts {
    tables: true,
    requests: true,
};

#[test]
fn printed_tables_match_the_spec() {
    let names = Names::read("names.txt".as_ref()).unwrap();
    let families = Source::registry().unwrap().families(&names).unwrap();
    assert!(families.len() > 30, "only {} specs", families.len());
    let folder = std::env::temp_dir().join(format!("specs-prints-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    for family in &families {
        let text = print(family, "nlwire", ALL);
        fs::write(folder.join("printed.rs"), &text).unwrap();
        let tables = Tables::read(&folder).unwrap();
        let outcome = compare(family, &tables);
        assert!(
            outcome.attributes.lacking.is_empty(),
            "{:?}",
            outcome.attributes.lacking
        );
        assert!(
            outcome.commands.lacking.is_empty(),
            "{:?}",
            outcome.commands.lacking
        );
        let differences: Vec<_> = outcome
            .differences
            .iter()
            .filter(|d| !has_no_form(d))
            .collect();
        assert!(differences.is_empty(), "{}: {differences:?}", family.name);
    }
    fs::remove_dir_all(folder).unwrap();
}

/// Values without a form in the codec are printed as bytes, or as a plain
/// integer where an enum has another width elsewhere.
fn has_no_form(difference: &Difference) -> bool {
    match difference.aspect {
        Aspect::Type => {
            difference.ours == "bytes"
                && (difference.spec == "table" || difference.spec.starts_with("indexed:"))
        }
        Aspect::Enum => difference.ours == "none",
        // A comment says so.
        Aspect::Repeats => difference.ours == "once",
        _ => false,
    }
}
