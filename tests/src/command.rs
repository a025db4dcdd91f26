//! Other programs, run in the namespace of the calling thread.

use serde_json::Value;
use std::ffi::OsStr;
use std::io;
use std::process::Command;

/// Runs a program to its end, and returns what it wrote to standard output.
///
/// # Errors
/// If it does not start, or ends with a status other than 0: then the text
/// holds the command line, the status, and what it wrote to standard error.
pub fn run<A: AsRef<OsStr>>(program: &str, args: &[A]) -> io::Result<String> {
    let mut command = Command::new(program);
    let output = command
        .args(args)
        .output()
        .map_err(|error| io::Error::new(error.kind(), format!("{program}: {error}")))?;
    let (status, stderr) = (output.status, String::from_utf8_lossy(&output.stderr));
    if !status.success() {
        let text = format!("{command:?}: {status}\n{}", stderr.trim_end());
        return Err(io::Error::other(text));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Runs `ip -json` of iproute2, see ip(8). A command that prints nothing, such
/// as `ip link add`, gives `Value::Null`.
///
/// # Errors
/// The errors of [`run`], and an output that is not JSON.
pub fn ip(args: &[&str]) -> io::Result<Value> {
    let output = run("ip", &[&["-json"], args].concat())?;
    if output.trim().is_empty() {
        return Ok(Value::Null);
    }
    serde_json::from_str(&output)
        .map_err(|error| io::Error::other(format!("ip {args:?}: {error}: {output}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_command_shows_its_errors() {
        let failed = run("sh", &["-c", "echo why >&2; exit 3"]).map_err(|e| e.to_string());
        let text = "\"sh\" \"-c\" \"echo why >&2; exit 3\": exit status: 3\nwhy";
        assert_eq!(failed, Err(text.to_owned()));
        let absent = run("no-such-program", &["x"]).map_err(|e| e.to_string());
        assert!(absent.is_err_and(|text| text.starts_with("no-such-program: ")));
    }
}
