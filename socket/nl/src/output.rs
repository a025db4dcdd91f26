//! Rows on standard output: columns, or JSON.

use std::error::Error;
use std::fmt::{self, Display, Write as _};
use std::io::{self, StdoutLock, Write as _};

use nlwire::DecodeError;
use serde::{Serialize, Serializer};

use crate::json;

pub(crate) type Result<T = ()> = std::result::Result<T, Box<dyn Error>>;

/// Result of reading a message.
pub(crate) type Decoded<T> = std::result::Result<T, DecodeError>;

/// Row of a table. In JSON it is the object that it serializes to.
pub(crate) trait Row: Serialize {
    /// Headings of the columns.
    const HEADS: &'static [&'static str];

    /// Cells of the row, one for each heading.
    fn cells(&self) -> Vec<String>;
}

/// Format of the output.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Columns,
    Json,
}

impl Format {
    /// Prints all rows.
    pub(crate) fn print<R: Row>(self, rows: &[R]) -> Result {
        let mut stdout = io::stdout().lock();
        match self {
            Self::Json => json::write_line(&mut stdout, rows)?,
            Self::Columns => stdout.write_all(columns(rows).as_bytes())?,
        }
        finish(stdout)
    }
}

/// Flushes the output, so that an error is not lost.
pub(crate) fn finish(mut stdout: StdoutLock<'_>) -> Result {
    Ok(stdout.flush()?)
}

/// Prints a message for the user. An error is ignored: standard error may be
/// full or closed, and `nl` continues.
pub(crate) fn warn(message: impl Display) {
    let _ = writeln!(io::stderr(), "nl: {}", Escaped(&message.to_string()));
}

/// Returns true if the reader of standard output has closed it, as head(1) does
/// after its lines.
pub(crate) fn is_closed_pipe(error: &(dyn Error + 'static)) -> bool {
    error
        .downcast_ref::<io::Error>()
        .is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

/// String chosen by a user of the system. Cells show control characters and
/// bytes that are not UTF-8 as `\xNN`; in JSON such bytes are U+FFFD.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Text(Vec<u8>);

impl From<nlwire::Text<'_>> for Text {
    fn from(text: nlwire::Text<'_>) -> Self {
        Self(text.as_bytes().to_vec())
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self(text.into_bytes())
    }
}

impl Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        nlwire::Text::new(&self.0).fmt(f)
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.serialize_str(&String::from_utf8_lossy(&self.0))
    }
}

/// Text of any origin, without control characters.
struct Escaped<'a>(&'a str);

impl Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, line) in self.0.split('\n').enumerate() {
            if number > 0 {
                f.write_char('\n')?;
            }
            nlwire::Text::from(line).fmt(f)?;
        }
        Ok(())
    }
}

/// Returns the cells of a row, free of terminal commands.
pub(crate) fn cells<R: Row>(row: &R) -> impl Iterator<Item = String> {
    let cells = row.cells().into_iter();
    cells.map(|cell| nlwire::Text::from(cell.as_str()).to_string())
}

/// Aligns the cells below their headings; each column is as wide as its widest
/// cell.
fn columns<R: Row>(rows: &[R]) -> String {
    let heads = R::HEADS.iter().map(ToString::to_string).collect();
    let lines: Vec<Vec<String>> = std::iter::once(heads)
        .chain(rows.iter().map(|row| cells(row).collect()))
        .collect();
    let width = |column: usize| {
        let cells = lines.iter().filter_map(|line| line.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..R::HEADS.len()).map(width).collect();
    let mut text = String::new();
    for line in &lines {
        let mut padded = String::new();
        for (cell, width) in line.iter().zip(&widths) {
            // Writing to a string cannot fail.
            let _ = write!(padded, "{cell:width$}  ");
        }
        text.push_str(padded.trim_end());
        text.push('\n');
    }
    text
}

/// Returns the text of a value, or `-` if there is none.
pub(crate) fn or_dash(value: Option<impl ToString>) -> String {
    value.map_or_else(|| "-".into(), |value| value.to_string())
}
