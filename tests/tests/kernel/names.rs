//! Links whose names are not UTF-8, or commands to a terminal, beside others.

use nlsock::{Conn, Errno, Protocol};
use nltests::{Need, Outcome, Test, example, ip, nl, nl_program, run};
use nlwire::route::{GetLink, GetLinks};
use serde_json::json;
use std::error::Error;
use std::ffi::{OsStr, OsString};
use std::io::{BufRead as _, BufReader};
use std::os::unix::ffi::{OsStrExt as _, OsStringExt as _};
use std::process::{Command, Stdio};

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "names::columns_escape_them",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: columns_escape_them,
    },
    Test {
        name: "names::json_escapes_them",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: json_escapes_them,
    },
    Test {
        name: "names::connections_list_and_get_them",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: connections_list_and_get_them,
    },
    Test {
        name: "names::the_monitor_goes_on",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: the_monitor_goes_on,
    },
    Test {
        name: "names::examples_escape_them",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: examples_escape_them,
    },
    Test {
        name: "names::examples_that_watch_go_on",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: examples_that_watch_go_on,
    },
];

/// Names that are not UTF-8: a terminal command in 7 bits, and one in 8 bits.
const NAMES: [&[u8]; 3] = [b"v\xff", b"e\x1b[31mX", b"c\xc2\x9b1m"];

/// Adds bridges of these names, with an address, a route, a neighbour and a
/// rule each, and a link of an everyday name at the end.
fn make() -> Outcome {
    for (number, name) in NAMES.iter().enumerate() {
        ip_with(name, "link add NAME up type bridge")?;
        ip_with(name, &format!("addr add 192.0.2.{number}/32 dev NAME"))?;
        ip_with(name, &format!("route add 203.0.113.{number} dev NAME"))?;
        ip_with(
            name,
            "neigh add 192.0.2.9 lladdr 02:00:00:00:00:09 dev NAME",
        )?;
        ip_with(
            name,
            &format!("rule add pref {number} iif NAME oif NAME lookup 7"),
        )?;
    }
    ip(&["link", "add", "last", "type", "bridge"])?;
    Ok(())
}

fn ip_with(name: &[u8], command: &str) -> Result<String, Box<dyn Error>> {
    let words = command.split(' ').map(|word| match word {
        "NAME" => OsString::from_vec(name.to_vec()),
        word => OsStr::from_bytes(word.as_bytes()).to_owned(),
    });
    Ok(run("ip", &words.collect::<Vec<_>>())?)
}

const OBJECTS: [&str; 5] = ["link", "addr", "route", "neigh", "rule"];

fn columns_escape_them() -> Outcome {
    make()?;
    for object in OBJECTS {
        let output = Command::new(nl_program()?).arg(object).output()?;
        assert!(output.status.success(), "{output:?}");
        let text = String::from_utf8(output.stdout)?;
        for name in [r"v\xff", r"e\x1b[31mX", r"c\x9b1m"] {
            assert!(text.contains(name), "{object}: {text}");
        }
        assert!(text.chars().all(is_safe), "{object}: {text:?}");
    }
    Ok(())
}

fn json_escapes_them() -> Outcome {
    make()?;
    let links = nl(&["link"])?;
    let names: Vec<_> = links.iter().map(|link| link["ifname"].clone()).collect();
    let expected = ["lo", "v\u{fffd}", "e\u{1b}[31mX", "c\u{9b}1m", "last"];
    assert_eq!(names, expected.map(|name| json!(name)));
    for object in OBJECTS {
        let output = Command::new(nl_program()?)
            .args(["--json", object])
            .output()?;
        let text = String::from_utf8(output.stdout)?;
        assert!(text.chars().all(is_safe), "{object}: {text:?}");
    }
    Ok(())
}

fn connections_list_and_get_them() -> Outcome {
    make()?;
    let mut conn = Conn::open(Protocol::ROUTE)?;
    let mut names = Vec::new();
    for link in &conn.list(GetLinks::all())? {
        let name = link.name()?.ok_or("a link without a name")?;
        names.push((link.index(), name.as_bytes().to_vec()));
    }
    let [_, bridges @ .., (_, last)] = &names[..] else {
        return Err(format!("{names:?}").into());
    };
    assert_eq!(last, b"last");
    assert_eq!(bridges.len(), NAMES.len());
    for ((index, listed), name) in bridges.iter().zip(NAMES) {
        assert_eq!(listed, name);
        let link = conn.get(&GetLink::by_name(name))?;
        assert_eq!((link.index(), link.name()?), (*index, Some(name.into())));
    }
    // Asking for a name that no link has fails, whatever its bytes.
    let error = conn.get(&GetLink::by_name(b"v\xfe")).unwrap_err();
    assert_eq!(error.errno(), Some(Errno::ENODEV), "{error}");
    assert!(error.to_string().chars().all(is_safe), "{error:?}");
    Ok(())
}

fn the_monitor_goes_on() -> Outcome {
    let mut monitor = Command::new(nl_program()?)
        .args(["monitor"])
        .stdout(Stdio::piped())
        .spawn()?;
    let mut lines = BufReader::new(monitor.stdout.take().ok_or("no output")?).lines();
    let names = [r"name v\xff,", r"name e\x1b[31mX,", r"name c\x9b1m,"];
    let reader = std::thread::spawn(move || {
        let mut seen = String::new();
        while !names.iter().all(|name| seen.contains(name)) {
            seen += &lines.next().unwrap().unwrap();
            seen.push('\n');
        }
        seen
    });
    // Changes before the monitor listens are missing.
    while !reader.is_finished() {
        for name in NAMES {
            ip_with(name, "link add NAME type bridge")?;
            ip_with(name, "link del NAME")?;
        }
    }
    let seen = reader.join().unwrap();
    monitor.kill()?;
    monitor.wait()?;
    assert!(seen.chars().all(is_safe), "{seen:?}");
    assert!(seen.contains("deleted link: "), "{seen}");
    Ok(())
}

fn examples_escape_them() -> Outcome {
    make()?;
    for line in ["links", "monitor 5"] {
        let mut words = line.split(' ');
        let output = Command::new(example(words.next().ok_or("no name")?)?)
            .args(words)
            .output()?;
        assert!(output.status.success(), "{line}: {output:?}");
        let text = String::from_utf8(output.stdout)?;
        for name in ["v\\xff", "e\\x1b[31mX", "c\\x9b1m", "last"] {
            // A name in quotes has its backslash twice.
            assert!(text.replace(r"\\", r"\").contains(name), "{line}: {text}");
        }
        assert!(text.chars().all(is_safe), "{line}: {text:?}");
    }
    Ok(())
}

fn examples_that_watch_go_on() -> Outcome {
    for line in ["monitor 5", "async_monitor 4"] {
        let mut words = line.split(' ');
        let mut child = Command::new(example(words.next().ok_or("no name")?)?)
            .args(words)
            .stdout(Stdio::piped())
            .spawn()?;
        let mut lines = BufReader::new(child.stdout.take().ok_or("no output")?).lines();
        // It listens.
        lines.next().ok_or("nothing")??;
        for name in NAMES {
            ip_with(name, "link add NAME type bridge")?;
        }
        ip(&["link", "add", "last", "type", "bridge"])?;
        for line in lines {
            assert!(line?.chars().all(is_safe));
        }
        assert!(child.wait()?.success(), "{line}");
        for name in NAMES {
            ip_with(name, "link del NAME")?;
        }
        ip(&["link", "del", "last"])?;
    }
    Ok(())
}

fn is_safe(letter: char) -> bool {
    letter == '\n' || !letter.is_control()
}
