//! The example `nl`, run as its users run it.

use crate::Missing;
use serde_json::Value;
use std::error::Error;
use std::path::PathBuf;

/// Returns the path of the example `nl`.
///
/// # Errors
/// [`Missing`], if it was not built.
pub fn nl_program() -> Result<PathBuf, Box<dyn Error>> {
    example("nl")
}

/// Returns the path of an example, which lies beside the folder of the tests.
///
/// # Errors
/// [`Missing`], if it was not built.
pub fn example(name: &str) -> Result<PathBuf, Box<dyn Error>> {
    let test = std::env::current_exe()?;
    let program = test
        .ancestors()
        .nth(2)
        .map(|target| target.join("examples").join(name));
    match program {
        Some(program) if program.exists() => Ok(program),
        _ => {
            let how = format!("the example {name} (cargo build --example {name} --all-features)");
            Err(Missing(how).into())
        }
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
