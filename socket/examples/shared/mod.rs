//! End of the examples: a closed pipe, as of head(1), is a success, and a full
//! disk is an error instead of a panic.

use std::error::Error;
use std::io::{self, Stdout, Write as _};
use std::process::ExitCode;

pub(crate) type Result<T = ()> = std::result::Result<T, Box<dyn Error>>;

/// Runs an example over standard output, and prints its error.
pub(crate) fn run(example: fn(&Stdout) -> Result) -> ExitCode {
    let stdout = io::stdout();
    let result = example(&stdout).and_then(|()| Ok((&stdout).flush()?));
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if is_closed_pipe(error.as_ref()) => ExitCode::SUCCESS,
        Err(error) => {
            // Standard error may be full as well.
            let _ = writeln!(io::stderr(), "{error}");
            ExitCode::FAILURE
        }
    }
}

fn is_closed_pipe(error: &(dyn Error + 'static)) -> bool {
    let error = error.downcast_ref::<io::Error>();
    error.is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}
