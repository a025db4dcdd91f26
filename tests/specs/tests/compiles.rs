//! A draft compiles as it is printed, in a crate that depends on nlwire alone.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use specs::names::Names;
use specs::print::{Parts, print};
use specs::source::Source;

const ALL: Parts = Parts {
    tables: true,
    requests: true,
};

#[test]
fn drafts_compile() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let draft = Path::new(env!("CARGO_TARGET_TMPDIR")).join("drafts");
    let source = draft.join("src");
    fs::create_dir_all(&source).unwrap();

    let names = Names::read("names.txt".as_ref()).unwrap();
    let mut modules = String::from("#![allow(unused)]\n");
    for family in Source::registry().unwrap().families(&names).unwrap() {
        let module = family.name.replace('-', "_");
        writeln!(modules, "pub mod r#{module};").unwrap();
        let text = print(&family, "nlwire", ALL);
        fs::write(source.join(module).with_extension("rs"), text).unwrap();
    }
    fs::write(source.join("lib.rs"), modules).unwrap();
    let wire = here.join("../../wire");
    let manifest = format!(
        "[package]\nname = \"drafts\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
         [dependencies]\nnlwire = {{ path = {wire:?}, features = [\"generic\"] }}\n\n[workspace]\n"
    );
    fs::write(draft.join("Cargo.toml"), manifest).unwrap();
    // The versions that everything else here is built with.
    fs::copy(here.join("Cargo.lock"), draft.join("Cargo.lock")).unwrap();

    let status = Command::new(env!("CARGO"))
        .args(["check", "--quiet", "--manifest-path"])
        .arg(draft.join("Cargo.toml"))
        .arg("--target-dir")
        .arg(draft.join("target"))
        .status()
        .unwrap();
    assert!(status.success(), "a draft does not compile");
}
