//! The example `nl`, run as its users run it.

use crate::Missing;
use serde_json::Value;
use std::error::Error;
use std::path::PathBuf;

/// Returns the path of the example, which lies beside the folder of the tests.
///
/// # Errors
/// [`Missing`], if it was not built.
pub fn nl_program() -> Result<PathBuf, Box<dyn Error>> {
    let test = std::env::current_exe()?;
    let program = test
        .ancestors()
        .nth(2)
        .map(|target| target.join("examples/nl"));
    match program {
        Some(program) if program.exists() => Ok(program),
        _ => Err(Missing("the example nl (cargo build --example nl)".into()).into()),
    }
}

/// Runs `nl --json` and returns the array that it prints.
///
/// # Errors
/// [`Missing`], a failure with what it wrote to standard error, and an output
/// that is no JSON.
pub fn nl(args: &[&str]) -> Result<Vec<Value>, Box<dyn Error>> {
    let program = nl_program()?;
    let program = program.to_str().ok_or("a path that is not text")?;
    let output = crate::run(program, &[&["--json"], args].concat())?;
    Ok(serde_json::from_str(&output)?)
}
