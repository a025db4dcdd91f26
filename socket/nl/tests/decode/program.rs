//! Runs `nl decode` over bytes.

use std::fs;
use std::io::Write as _;
use std::process::{Child, Command, Output, Stdio};
use std::thread;

/// Returns the standard output of `nl decode`, which must succeed.
pub(crate) fn decode(args: &[&str], input: impl AsRef<[u8]>) -> String {
    let output = run(args, input.as_ref());
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).expect("text")
}

/// Returns the standard error of `nl decode`, which must end with status 1.
pub(crate) fn decode_fails(args: &[&str], input: impl AsRef<[u8]>) -> String {
    let output = run(args, input.as_ref());
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    String::from_utf8(output.stderr).expect("text")
}

/// Returns the most memory that `nl decode` had resident, in bytes.
pub(crate) fn peak_memory(args: &[&str], input: &[u8]) -> u64 {
    let mut child = start(args, Stdio::null());
    let mut stdin = child.stdin.take().expect("a pipe");
    stdin.write_all(input).expect("everything is read");
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).expect("/proc");
    drop(stdin);
    assert!(child.wait().expect("nl ends").success());
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kibibytes = peak.and_then(|peak| peak.split_whitespace().next());
    1024 * kibibytes.expect("a peak").parse::<u64>().expect("a number")
}

pub(crate) fn run(args: &[&str], input: &[u8]) -> Output {
    let mut child = start(args, Stdio::piped());
    let mut stdin = child.stdin.take().expect("a pipe");
    thread::scope(|scope| {
        // `nl` may end before it has read everything.
        scope.spawn(move || drop(stdin.write_all(input)));
        child.wait_with_output().expect("nl ends")
    })
}

fn start(args: &[&str], stdout: Stdio) -> Child {
    Command::new(env!("CARGO_BIN_EXE_nl"))
        .arg("decode")
        .args(args)
        .stdin(Stdio::piped())
        .stdout(stdout)
        .stderr(Stdio::piped())
        .spawn()
        .expect("nl starts")
}
