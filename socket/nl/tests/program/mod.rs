//! Runs `nl decode` over bytes.

use std::io::Write as _;
use std::process::{Command, Output, Stdio};

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

fn run(args: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_nl"))
        .arg("decode")
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("nl starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    std::thread::scope(|scope| {
        // `nl` may end before it has read everything.
        scope.spawn(move || drop(stdin.write_all(input)));
        child.wait_with_output().expect("nl ends")
    })
}
