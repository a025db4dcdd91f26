//! `nl` and the examples of nlsock, run as their users run them.

use crate::Missing;
use serde_json::Value;
use std::error::Error;
use std::path::PathBuf;

/// Returns the path of the program `nl`.
///
/// # Errors
/// [`Missing`], if `nl` was not built.
pub fn nl_program() -> Result<PathBuf, Box<dyn Error>> {
    built("nl", "cargo build -p nl")
}

/// Returns the path of an example.
///
/// # Errors
/// [`Missing`], if the example was not built.
pub fn example(name: &str) -> Result<PathBuf, Box<dyn Error>> {
    let command = format!("cargo build --workspace --example {name} --all-features");
    built(&format!("examples/{name}"), &command)
}

/// Finds a program in the target folder that holds the folder of the tests.
fn built(path: &str, command: &str) -> Result<PathBuf, Box<dyn Error>> {
    let test = std::env::current_exe()?;
    match test.ancestors().nth(2).map(|target| target.join(path)) {
        Some(program) if program.exists() => Ok(program),
        _ => Err(Missing(format!("the program {path} ({command})")).into()),
    }
}

/// Runs `nl --json` and returns the array that it prints.
///
/// # Errors
/// [`Missing`], a failure with what it wrote to standard error, and an output
/// that cannot be read as JSON.
pub fn nl(args: &[&str]) -> Result<Vec<Value>, Box<dyn Error>> {
    let program = nl_program()?;
    let program = program.to_str().ok_or("a path that is not text")?;
    let output = crate::run(program, &[&["--json"], args].concat())?;
    Ok(serde_json::from_str(&output)?)
}
