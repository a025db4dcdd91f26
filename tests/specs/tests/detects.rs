//! The command finds each kind of fault in tables with planted faults, and its
//! lists do not grow.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const SPEC: &str = "
name: demo
protocol: genetlink
definitions:
  - { name: mode, type: enum, entries: [idle, busy] }
  - name: entry
    type: struct
    members: [{ name: a, type: u64 }, { name: b, type: u32 }]
attribute-sets:
  - name: demo
    attributes:
      - { name: unspec, type: unused, value: 0 }
      - { name: index, type: u32 }
      - { name: port, type: u16, byte-order: big-endian }
      - { name: mode, type: u8, enum: mode }
      - { name: entry, type: binary, struct: entry }
      - { name: inner, type: nest, nested-attributes: inner }
      - { name: kind, type: string }
      - { name: data, type: sub-message, sub-message: data, selector: kind }
      - { name: tag, type: string, multi-attr: true }
      - { name: age, type: u32 }
  - name: inner
    attributes: [{ name: name, type: string }]
sub-messages:
  - { name: data, formats: [{ value: one, attribute-set: inner }] }
operations:
  list:
    - { name: get, attribute-set: demo, do: { request: { attributes: [index] } } }
";

const TABLES: &str = r#"
pub const DEMO_CMD_GET: u8 = 1;
attributes! {
    pub set Demo, enum DemoAttr {
        /// Text with "quotes", 7 OF_NO_MEANING.
        1 DEMO_A_INDEX Index index: u32,
        2 DEMO_A_PORT Port port: Be<u16>,
        3 DEMO_A_MODE Mode mode: Mode,
        4 DEMO_A_ENTRY Entry entry: Struct<Entry>,
        5 DEMO_A_INNER Inner inner: Nest<Inner>,
        6 DEMO_A_KIND Kind kind: Str,
        7 DEMO_A_DATA Data data: Data,
        8 DEMO_A_TAG Tag tag: Many<Str>,
        9 DEMO_A_AGE Age age: Shown<u32, Seconds>,
    }
}
attributes! { pub set Inner, enum InnerAttr { 1 DEMO_A_INNER_NAME Name name: Str } }
attributes! { pub choice Data, enum DataSet by DEMO_A_KIND { "one" One: Inner } }
numbers! { pub struct Mode(u8) { IDLE = 0 "DEMO_MODE_IDLE" "idle"; BUSY = 1 "DEMO_MODE_BUSY" "busy"; } }
structs! { pub struct Entry: 16 { a: U64, b: U32, padding: [u8; 4], } }
"#;

/// A folder with the spec, tables and lists.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str, tables: &str) -> Self {
        let path = std::env::temp_dir().join(format!("specs-{name}-{}", std::process::id()));
        fs::create_dir_all(path.join("src")).unwrap();
        let folder = Self(path);
        fs::write(folder.0.join("demo.yaml"), SPEC).unwrap();
        folder.write(tables);
        folder
    }

    fn write(&self, tables: &str) {
        fs::write(self.0.join("src/tables.rs"), tables).unwrap();
    }

    fn check(&self, options: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_specs"))
            .current_dir(&self.0)
            .args(["check", "--specs", ".", "--tables", "src", "--lists", "."])
            .args(options)
            .output()
            .unwrap()
    }

    fn lists(&self, name: &str) -> String {
        fs::read_to_string(self.0.join(name)).unwrap_or_default()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(Path::new(&self.0));
    }
}

fn text(output: &Output) -> String {
    let (out, err) = (&output.stdout, &output.stderr);
    String::from_utf8_lossy(out).into_owned() + &String::from_utf8_lossy(err)
}

#[test]
fn right_tables_pass() {
    let folder = Folder::new("right", TABLES);
    let first = folder.check(&["--bless"]);
    assert!(first.status.success(), "{}", text(&first));
    let again = folder.check(&[]);
    assert!(again.status.success(), "{}", text(&again));
    let list = folder.lists("specs.txt");
    assert!(
        list.contains("## demo: 0 of 10 attributes, 0 of 1 kinds, 0 of 1 commands"),
        "{list}"
    );
}

#[test]
fn each_fault_is_named() {
    let faults = [
        (
            "1 DEMO_A_INDEX",
            "10 DEMO_A_INDEX",
            "demo DEMO_A_INDEX number 1 10",
        ),
        ("index: u32", "index: u16", "demo DEMO_A_INDEX type u32 u16"),
        ("index: u32", "index: i32", "demo DEMO_A_INDEX type u32 s32"),
        (
            "index: u32",
            "index: Newest",
            "demo DEMO_A_INDEX type u32 unknown:Newest",
        ),
        ("Many<Str>", "Str", "demo DEMO_A_TAG repeats many once"),
        (
            "index: u32",
            "index: Many<u32>",
            "demo DEMO_A_INDEX repeats once many",
        ),
        (
            "Shown<u32, Seconds>",
            "Shown<u64, Seconds>",
            "demo DEMO_A_AGE type u32 u64",
        ),
        ("Be<u16>", "u16", "demo DEMO_A_PORT order be host"),
        ("mode: Mode", "mode: u8", "demo DEMO_A_MODE enum mode none"),
        ("BUSY = 1", "BUSY = 2", "demo DEMO_A_MODE value busy none"),
        ("Entry: 16", "Entry: 8", "demo DEMO_A_ENTRY size 16 8"),
        (
            "Struct<Entry>",
            "Str",
            "demo DEMO_A_ENTRY type struct:entry string",
        ),
        (
            "Nest<Inner>",
            "Nest<Demo>",
            "demo DEMO_A_INNER nest inner Demo",
        ),
        ("Nest<Inner>", "Bytes", "demo DEMO_A_INNER type nest bytes"),
        (
            "One: Inner",
            "One: Demo",
            "demo DEMO_A_DATA=one nest inner Demo",
        ),
        ("GET: u8 = 1", "GET: u8 = 2", "demo DEMO_CMD_GET number 1 2"),
    ];
    let folder = Folder::new("faults", TABLES);
    assert!(folder.check(&["--bless"]).status.success());
    for (right, wrong, line) in faults {
        assert!(TABLES.contains(right), "{right}");
        folder.write(&TABLES.replace(right, wrong));
        let output = folder.check(&[]);
        assert_eq!(output.status.code(), Some(1), "{line}: {}", text(&output));
        assert!(
            text(&output).contains(&format!("  {line}\n")),
            "{line}: {}",
            text(&output)
        );
    }
}

#[test]
fn a_judged_difference_passes_until_it_is_gone() {
    let folder = Folder::new("judged", TABLES);
    assert!(folder.check(&["--bless"]).status.success());
    let line = "demo DEMO_A_INDEX type u32 u16 spec-wrong demo_fill: nla_put_u16\n";
    fs::write(folder.0.join("judged.txt"), line).unwrap();
    assert_eq!(
        folder.check(&[]).status.code(),
        Some(1),
        "it is true no more"
    );
    folder.write(&TABLES.replace("index: u32", "index: u16"));
    assert!(folder.check(&[]).status.success());
    fs::write(
        folder.0.join("judged.txt"),
        line.replace(" demo_fill: nla_put_u16", ""),
    )
    .unwrap();
    assert_eq!(
        folder.check(&[]).status.code(),
        Some(2),
        "a verdict needs a reason"
    );
}

#[test]
fn lists_shrink_and_do_not_grow() {
    let without = |row: &str| {
        TABLES
            .lines()
            .filter(|line| !line.contains(row))
            .collect::<Vec<_>>()
            .join("\n")
    };
    let folder = Folder::new("ratchet", &without("DEMO_A_PORT"));
    assert!(folder.check(&["--bless"]).status.success());
    assert!(folder.lists("specs.txt").ends_with("\nDEMO_A_PORT\n"));

    // A reason stays.
    let list = folder
        .lists("specs.txt")
        .replace("DEMO_A_PORT", "DEMO_A_PORT only old kernels");
    fs::write(folder.0.join("specs.txt"), &list).unwrap();
    assert!(folder.check(&["--bless"]).status.success());
    assert_eq!(folder.lists("specs.txt"), list);

    // Another name is refused, whatever is blessed.
    folder.write(&without("A_PORT").replace("1 DEMO_A_INDEX Index index: u32,", ""));
    assert_eq!(folder.check(&[]).status.code(), Some(1));
    let refused = folder.check(&["--bless"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(
        text(&refused).contains("  demo DEMO_A_INDEX\n"),
        "{}",
        text(&refused)
    );
    assert_eq!(folder.lists("specs.txt"), list);

    // One that is there now must go from the list.
    folder.write(TABLES);
    let shrunk = folder.check(&[]);
    assert_eq!(shrunk.status.code(), Some(1));
    assert!(
        text(&shrunk).contains("  demo DEMO_A_PORT\n"),
        "{}",
        text(&shrunk)
    );
    assert!(folder.check(&["--bless"]).status.success());
    assert!(folder.check(&[]).status.success());
}

const HEADER: &str = "
enum {
	DEMO_A_UNSPEC,
	/* A comment, with DEMO_A_NOTHING. */
	DEMO_A_INDEX,
	DEMO_A_PORT,	// 16 bits
	DEMO_A_NEW = 40,
	__DEMO_A_MAX
#define DEMO_A_MAX (__DEMO_A_MAX - 1)
};
enum demo_values { DEMO_VALUE_ONE, DEMO_VALUE_TWO };
#define DEMO_CMD_GET 1
";

#[test]
fn headers_are_found_by_their_lists() {
    let folder = Folder::new("headers", TABLES);
    let linux = folder.0.join("include/linux");
    fs::create_dir_all(&linux).unwrap();
    let version = "#define LINUX_VERSION_MAJOR 6\n#define LINUX_VERSION_PATCHLEVEL 1\n";
    fs::write(linux.join("version.h"), version).unwrap();
    fs::write(linux.join("other.h"), "enum { OTHER_ONE, OTHER_TWO };\n").unwrap();
    fs::write(linux.join("demo.h"), HEADER).unwrap();

    let first = folder.check(&["--headers", "include", "--bless"]);
    assert!(first.status.success(), "{}", text(&first));
    let list = folder.lists("headers.txt");
    let section = "Linux 6.1\n\n## demo.h: 1 of 3 listed, 2 of 3 values\n\
                   DEMO_A_NEW\nDEMO_VALUE_ONE\nDEMO_VALUE_TWO\n";
    assert!(list.ends_with(section), "{list}");

    fs::write(linux.join("demo.h"), HEADER.replace("_PORT", "_PORT = 7")).unwrap();
    let wrong = folder.check(&["--headers", "include"]);
    assert_eq!(wrong.status.code(), Some(1));
    let line = "  DEMO_A_PORT: 2, in linux/demo.h 7\n";
    assert!(text(&wrong).contains(line), "{}", text(&wrong));
}
