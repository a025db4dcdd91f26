//! `nl` and the examples, whose output is a closed pipe or a full disk.

use super::packets::{QUEUE, make_rules};
use nlsock::Protocol;
use nltests::{Need, Network, Outcome, Session, Test, example, nl_program};
use std::error::Error;
use std::fs::File;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "pipes::a_reader_that_goes_is_no_failure",
        needs: &[Need::Namespace],
        run: a_reader_that_goes_is_no_failure,
    },
    Test {
        name: "pipes::a_full_disk_is_an_error",
        needs: &[Need::Namespace],
        run: a_full_disk_is_an_error,
    },
    Test {
        name: "pipes::an_error_that_nobody_can_read_is_a_status",
        needs: &[Need::Namespace],
        run: an_error_that_nobody_can_read_is_a_status,
    },
];

type Programs = Result<Vec<(PathBuf, Vec<String>)>, Box<dyn Error>>;

/// Every subcommand and every example, with arguments that make them print.
fn programs() -> Programs {
    let mut network = Network::open()?;
    network.set_up(1)?;
    network.add_link("br0", "bridge")?;
    make_rules(&mut Session::open(Protocol::NETFILTER)?)?;
    let words = |line: &str| line.split(' ').map(str::to_owned).collect();
    let mut programs = Vec::new();
    for line in ["link", "addr", "route --table all", "neigh", "rule", "genl"] {
        programs.push((nl_program()?, words(line)));
        programs.push((nl_program()?, words(&format!("--json {line}"))));
    }
    let queue = format!("split {QUEUE} 0");
    for line in [
        "links",
        "genl_family nlctrl",
        "monitor 2",
        "async_monitor 0",
        "blackhole 192.0.2.1",
        "many_routes 3",
        &queue,
    ] {
        let mut line: Vec<String> = words(line);
        programs.push((example(&line.remove(0))?, line));
    }
    Ok(programs)
}

fn run(
    program: &(PathBuf, Vec<String>),
    stdout: Stdio,
    stderr: Stdio,
) -> Result<Output, Box<dyn Error>> {
    let (path, args) = program;
    Ok(Command::new(path)
        .args(args)
        .stdout(stdout)
        .stderr(stderr)
        .spawn()?
        .wait_with_output()?)
}

fn full() -> Result<Stdio, Box<dyn Error>> {
    Ok(File::options().write(true).open("/dev/full")?.into())
}

fn a_reader_that_goes_is_no_failure() -> Outcome {
    for program in &programs()? {
        // The reading end is closed before the first byte is written.
        let (reader, writer) = std::io::pipe()?;
        drop(reader);
        let output = run(program, writer.into(), Stdio::piped())?;
        assert!(output.status.success(), "{program:?}: {output:?}");
        assert!(output.stderr.is_empty(), "{program:?}: {output:?}");
    }
    Ok(())
}

fn a_full_disk_is_an_error() -> Outcome {
    for program in &programs()? {
        let output = run(program, full()?, Stdio::piped())?;
        assert_eq!(output.status.code(), Some(1), "{program:?}: {output:?}");
        let text = String::from_utf8(output.stderr)?;
        assert!(
            text.contains("No space left on device"),
            "{program:?}: {text}"
        );
        assert_eq!(text.lines().count(), 1, "{program:?}: {text}");
    }
    Ok(())
}

fn an_error_that_nobody_can_read_is_a_status() -> Outcome {
    for program in &programs()? {
        let output = run(program, full()?, full()?)?;
        assert_eq!(output.status.code(), Some(1), "{program:?}: {output:?}");
    }
    let refused = (example("add_link")?, vec!["vx1".into(), "99999999".into()]);
    let output = run(&refused, Stdio::piped(), full()?)?;
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let usage = (
        nl_program()?,
        vec!["route".into(), "--table".into(), "1234".into()],
    );
    let output = run(&usage, Stdio::piped(), full()?)?;
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    Ok(())
}
