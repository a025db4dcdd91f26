//! The command.

use std::process::ExitCode;

use specs::arguments::Arguments;
use specs::check;

fn main() -> ExitCode {
    let outcome = match Arguments::parse(std::env::args().skip(1)) {
        Ok(Arguments::Help) => {
            print!("{}", include_str!("help.txt"));
            Ok(true)
        }
        Ok(Arguments::Check(arguments)) => check::run(&arguments),
        Err(what) => Err(format!("{what}; `specs help` says how")),
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(what) => {
            eprintln!("specs: {what}");
            ExitCode::from(2)
        }
    }
}
