//! `NLDEBUG`, in a program that knows nothing of it.

use nltests::{Need, Outcome, Test, nl_program};
use std::fs::File;
use std::process::{Command, Output, Stdio};

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "trace::nldebug_prints_every_datagram",
        needs: &[Need::Namespace],
        run: nldebug_prints_every_datagram,
    },
    Test {
        name: "trace::a_full_standard_error_changes_nothing",
        needs: &[Need::Namespace],
        run: a_full_standard_error_changes_nothing,
    },
];

fn nldebug_prints_every_datagram() -> Outcome {
    let quiet = nl("", Stdio::piped())?;
    assert!(
        quiet.status.success() && quiet.stderr.is_empty(),
        "{quiet:?}"
    );
    let tree = nl("1", Stdio::piped())?;
    assert_eq!(tree.stdout, quiet.stdout);
    let text = String::from_utf8(tree.stderr)?;
    assert!(text.lines().all(|line| line.starts_with("nl: ")), "{text}");
    for expected in [
        " sent ",
        " received ",
        "RTM_GETLINK",
        "IFLA_IFNAME: ",
        "type 3",
    ] {
        assert!(text.contains(expected), "{expected}: {text}");
    }
    let bytes = nl("level=2,colour=red", Stdio::piped())?;
    assert_eq!(bytes.stdout, quiet.stdout);
    let longer = String::from_utf8(bytes.stderr)?;
    assert!(longer.lines().count() > text.lines().count(), "{longer}");
    assert!(nl("0", Stdio::piped())?.stderr.is_empty());
    Ok(())
}

fn a_full_standard_error_changes_nothing() -> Outcome {
    let quiet = nl("", Stdio::piped())?;
    let full = File::options().write(true).open("/dev/full")?;
    let traced = nl("level=2", full.into())?;
    assert!(traced.status.success(), "{traced:?}");
    assert_eq!(traced.stdout, quiet.stdout);
    Ok(())
}

fn nl(debug: &str, stderr: Stdio) -> Result<Output, Box<dyn std::error::Error>> {
    let mut command = Command::new(nl_program()?);
    command.args(["--json", "link"]).env("NLDEBUG", debug);
    Ok(command
        .stderr(stderr)
        .stdout(Stdio::piped())
        .spawn()?
        .wait_with_output()?)
}
