//! The command.

use std::process::ExitCode;

use std::io::Write as _;
use std::path::Path;

use specs::arguments::{Arguments, Print};
use specs::check::{self, Report};
use specs::forms;
use specs::names::Names;
use specs::print;
use specs::source::{self, Source};
use specs::tables::Tables;

fn main() -> ExitCode {
    let mut report = Report::default();
    let outcome = match Arguments::parse(std::env::args().skip(1)) {
        Ok(Arguments::Help) => {
            report.0 += include_str!("help.txt");
            Ok(true)
        }
        Ok(Arguments::Check(arguments)) => check::run(&arguments, &mut report),
        Ok(Arguments::Print(arguments)) => draft(&arguments).map(|text| {
            report.0 += &text;
            true
        }),
        Ok(Arguments::Forms(arguments)) => Tables::read(&arguments.tables)
            .and_then(|tables| forms::report(&arguments.tree, &tables))
            .map(|text| {
                report.0 += &text;
                true
            }),
        Err(what) => Err(format!("{what}; `specs help` says how")),
    };
    // A reader such as head(1) may close the pipe.
    let _ = std::io::stdout().write_all(report.0.as_bytes());
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(what) => {
            eprintln!("specs: {what}");
            ExitCode::from(2)
        }
    }
}

/// The draft of a spec that is named, or whose file is.
fn draft(arguments: &Print) -> Result<String, String> {
    let names = Names::read(&arguments.lists.join("names.txt"))?;
    let family = if arguments.spec.contains('.') {
        source::read(Path::new(&arguments.spec), &names)?
    } else {
        let families = match &arguments.specs {
            Some(path) => Source::folder(path),
            None => Source::registry()?,
        }
        .families(&names)?;
        let mut found = families.into_iter();
        found
            .find(|family| family.name == arguments.spec)
            .ok_or_else(|| format!("no spec {}", arguments.spec))?
    };
    Ok(print::print(&family, &arguments.root, arguments.parts))
}
