//! Runs tables of tests, each in a process of its own.
//!
//! The harness starts its own program again with `--child NAME`. That child
//! gives itself what the test needs, a namespace for instance, while it still
//! has only one thread, and runs the test. The harness itself enters nothing.

use crate::{Missing, Need, is_emulated};
use libtest_mimic::{Arguments, Completion, Failed, Trial};
use nix::sys::memfd::{MFdFlags, memfd_create};
use std::collections::HashSet;
use std::error::Error;
use std::fs::File;
use std::io::{Read, Seek};
use std::panic;
use std::process::{Command, ExitCode, Stdio};
use std::sync::{Arc, Barrier};
use std::thread;
use std::time::Duration;

/// Result of a test. A test may panic instead, as any other test.
pub type Outcome = Result<(), Box<dyn Error>>;

/// A test against the running kernel.
#[derive(Clone, Copy, Debug)]
pub struct Test {
    /// The name, `file::what_is_so`.
    pub name: &'static str,
    /// Needs of the test.
    pub needs: &'static [Need],
    /// The test itself.
    pub run: fn() -> Outcome,
}

/// The exit status of a child that lacked something, as in automake.
const SKIPPED: u8 = 77;
/// Exit status after a failed test, as after a panic.
const FAILED: u8 = 101;

/// Runs tables of tests under the command line of any Rust test (`--list`,
/// filters, `--test-threads`), and returns its exit status.
///
/// `--child NAME` runs one test in the foreground, for a debugger or strace.
#[must_use]
pub fn main(tables: &[&[Test]]) -> ExitCode {
    let tests = tables.concat();
    let mut names = HashSet::new();
    if let Some(twice) = tests.iter().find(|test| !names.insert(test.name)) {
        eprintln!("two tests are named {}", twice.name);
        return ExitCode::from(FAILED);
    }

    let mut args = std::env::args().skip(1).skip_while(|arg| arg != "--child");
    if let (Some(_), Some(name)) = (args.next(), args.next()) {
        return match tests.iter().find(|test| test.name == name) {
            Some(test) => child(*test),
            None => {
                eprintln!("no test is named {name}");
                ExitCode::from(FAILED)
            }
        };
    }

    let trials = tests
        .into_iter()
        .map(|test| Trial::ignorable_test(test.name, move || parent(test)))
        .collect();
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

/// Returns the duration of the long run: 20 seconds as in CI, or the seconds in
/// the environment variable `NLTESTS_LONG_RUN`.
#[must_use]
pub fn long_run() -> Duration {
    let seconds = std::env::var("NLTESTS_LONG_RUN").ok();
    let seconds = seconds.and_then(|seconds| seconds.parse::<u32>().ok());
    Duration::from_secs(seconds.unwrap_or(20).into())
}

/// Runs a test in a new process, and shows what it wrote only if it fails.
fn parent(test: Test) -> Result<Completion, Failed> {
    // Not a pipe, which a program that outlives the test would keep open.
    let mut log = File::from(memfd_create("log", MFdFlags::MFD_CLOEXEC)?);
    let status = Command::new("/proc/self/exe")
        .args(["--child", test.name])
        .stdin(Stdio::null())
        .stdout(log.try_clone()?)
        .stderr(log.try_clone()?)
        .status()?;
    let mut bytes = Vec::new();
    log.rewind()?;
    log.read_to_end(&mut bytes)?;
    let text = String::from_utf8_lossy(&bytes);

    if status.success() {
        return Ok(Completion::Completed);
    }
    if status.code() == Some(SKIPPED.into()) {
        let mut lines = text.lines().rev();
        let line = lines
            .find(|line| line.starts_with("skipped "))
            .unwrap_or_default();
        // In one write, so that the line stays whole among those of others.
        let whole = format!("{line}\n");
        eprint!("{whole}");
        let (_, reason) = line.split_once(": ").unwrap_or_default();
        return Ok(Completion::ignored_with(reason));
    }
    Err(format!("{status}\n{text}").into())
}

/// Runs a test in this process.
fn child(test: Test) -> ExitCode {
    let mut needs = test.needs.to_vec();
    needs.sort_by_key(|need| need.changes_the_process());
    if let Err(missing) = needs.into_iter().try_for_each(Need::meet) {
        return skip(test, &missing);
    }
    watch(test);
    match panic::catch_unwind(test.run) {
        Ok(Ok(())) => ExitCode::SUCCESS,
        Ok(Err(error)) => match error.downcast_ref::<Missing>() {
            Some(missing) => skip(test, missing),
            None => {
                eprintln!("{error}");
                ExitCode::from(FAILED)
            }
        },
        // Its hook has printed it.
        Err(_) => ExitCode::from(FAILED),
    }
}

fn skip(test: Test, missing: &Missing) -> ExitCode {
    eprintln!("skipped {}: {missing}", test.name);
    ExitCode::from(SKIPPED)
}

/// Ends the process if the test hangs: waiting for a message that never comes
/// is how a netlink test fails.
fn watch(test: Test) {
    let slow = test.needs.contains(&Need::Slow);
    let seconds = match slow {
        true => long_run().as_secs().saturating_add(600),
        false => 60,
    };
    // An emulated processor takes several times as long.
    let seconds = if is_emulated() {
        seconds.saturating_mul(4)
    } else {
        seconds
    };
    // The thread has its stack and its memory before the test counts what the
    // process has.
    let begun = Arc::new(Barrier::new(2));
    let begin = Arc::clone(&begun);
    thread::spawn(move || {
        begin.wait();
        thread::sleep(Duration::from_secs(seconds));
        eprintln!("still running after {seconds} s");
        std::process::exit(FAILED.into());
    });
    begun.wait();
}
