//! `NLDEBUG`: traces on standard error, without a change to the program.

use alloc::string::String;
use core::fmt::{self, Write as _};
use nlwire::text::Hex;
use std::ffi::OsStr;
use std::io::Write as _;

use super::hook::{Hook, Trace};
use super::text::{Summary, Tree, bytes};
use crate::sys;

/// Number of bytes on a line of level 2.
const LINE: usize = 32;

/// Returns the hook that `NLDEBUG` enables, if any.
///
/// Datagrams may contain keys, so a program with more privileges than its
/// caller ignores the caller's environment.
pub(crate) fn hook() -> Option<Hook> {
    if sys::is_privileged() {
        return None;
    }
    match level(std::env::var_os("NLDEBUG")?.as_os_str()) {
        0 => None,
        1 => Some(Hook::new(&|trace| write(trace, 1))),
        _ => Some(Hook::new(&|trace| write(trace, 2))),
    }
}

/// Reads the value of the variable: words between commas, of which `level=N`
/// and a bare number set the level. The level is 1 by default, and 0 without
/// words.
pub(super) fn level(value: &OsStr) -> u32 {
    let Some(value) = value.to_str() else {
        return 1;
    };
    let words = value.split(',').map(str::trim);
    let words = words.filter(|word| !word.is_empty());
    words.fold(0, |level: u32, word| {
        let number = word.strip_prefix("level=").unwrap_or(word);
        match number.trim().parse() {
            Ok(number) => number,
            // An unknown word still shows that the user wants traces.
            Err(_) => level.max(1),
        }
    })
}

/// Writes a trace in one call, so that the lines of threads do not mix.
fn write(trace: &Trace<'_>, level: u32) {
    // Errors are ignored: if standard error is full or closed there is nowhere
    // to report them.
    let _ = std::io::stderr().write_all(render(trace, level).as_bytes());
}

pub(super) fn render(trace: &Trace<'_>, level: u32) -> String {
    let mut lines = Lines {
        text: String::new(),
        in_line: false,
    };
    // Writing to a `String` cannot fail.
    let _ = write!(lines, "{}\n{}", Summary(trace), Tree(trace));
    if level > 1 {
        for line in bytes(&trace.event).chunks(LINE) {
            let _ = writeln!(lines, "{}", Hex(line));
        }
    }
    lines.text
}

/// Begins each line with `nl: `.
struct Lines {
    text: String,
    in_line: bool,
}

impl fmt::Write for Lines {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for part in text.split_inclusive('\n') {
            if !self.in_line {
                self.text.push_str("nl: ");
            }
            self.text.push_str(part);
            self.in_line = !part.ends_with('\n');
        }
        Ok(())
    }
}
