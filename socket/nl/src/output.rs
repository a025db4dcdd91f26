//! Rows on standard output: columns, or JSON.

use std::error::Error;
use std::fmt::Write as _;
use std::io::{self, Write as _};

use nlsock::{Config, Conn, Namespace, Protocol};
use serde::Serialize;

pub(crate) type Result<T = ()> = std::result::Result<T, Box<dyn Error>>;

/// A row: what it looks like in JSON is what it is serialized as.
pub(crate) trait Row: Serialize {
    /// The heads of the columns.
    const HEADS: &'static [&'static str];

    /// The cells, as many as there are heads.
    fn cells(&self) -> Vec<String>;
}

/// How to print, and which kernel to ask.
pub(crate) struct Output {
    json: bool,
    namespace: Option<String>,
}

impl Output {
    /// `namespace` is one of `ip netns`, or a path where it has a slash.
    pub(crate) const fn new(json: bool, namespace: Option<String>) -> Self {
        Self { json, namespace }
    }

    pub(crate) const fn is_json(&self) -> bool {
        self.json
    }

    /// Opens a connection in the namespace.
    pub(crate) fn connect(&self, protocol: Protocol) -> Result<Conn> {
        self.listen(protocol, &[])
    }

    /// Opens a connection that has joined groups.
    pub(crate) fn listen(&self, protocol: Protocol, groups: &[u32]) -> Result<Conn> {
        let config = Config::new(protocol).groups(groups);
        Ok(match self.namespace.as_deref() {
            None => config.open()?,
            Some(path) if path.contains('/') => config.open_in(Namespace::Path(path.as_ref()))?,
            Some(name) => config.open_in(Namespace::Name(name))?,
        })
    }

    /// Prints all rows.
    pub(crate) fn print<R: Row>(&self, rows: &[R]) -> Result {
        let mut stdout = io::stdout().lock();
        if self.json {
            serde_json::to_writer(&mut stdout, rows).map_err(io::Error::from)?;
            writeln!(stdout)?;
        } else {
            stdout.write_all(columns(rows).as_bytes())?;
        }
        stdout.flush()?;
        Ok(())
    }
}

/// Whether the reader of our output has gone, which is its right.
pub(crate) fn is_closed_pipe(error: &(dyn Error + 'static)) -> bool {
    error
        .downcast_ref::<io::Error>()
        .is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

/// Lays the cells out below their heads, each column as wide as it must be.
fn columns<R: Row>(rows: &[R]) -> String {
    let heads = R::HEADS.iter().map(ToString::to_string).collect();
    let lines: Vec<Vec<String>> = std::iter::once(heads)
        .chain(rows.iter().map(Row::cells))
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

/// A value, or `-` where there is none.
pub(crate) fn or_dash(value: Option<impl ToString>) -> String {
    value.map_or_else(|| "-".into(), |value| value.to_string())
}
