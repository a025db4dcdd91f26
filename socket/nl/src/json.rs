//! JSON that is safe to read on a terminal.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

/// Writes a value on a line of its own.
pub(crate) fn write_line(mut out: impl Write, value: &(impl Serialize + ?Sized)) -> io::Result<()> {
    write(&mut out, value)?;
    out.write_all(b"\n")
}

/// Writes a value.
pub(crate) fn write(out: impl Write, value: &(impl Serialize + ?Sized)) -> io::Result<()> {
    let mut serializer = Serializer::with_formatter(out, Printable);
    Ok(value.serialize(&mut serializer)?)
}

/// Escapes the control characters that JSON allows in a string and a terminal
/// obeys: DEL, and U+0080 to U+009F, of which U+009B starts a command.
struct Printable;

impl Formatter for Printable {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut rest = fragment;
        while let Some((plain, control)) = rest
            .char_indices()
            .find(|(_, letter)| letter.is_control())
            .and_then(|(at, letter)| Some((rest.get(..at)?, letter)))
        {
            write!(writer, "{plain}\\u{:04x}", u32::from(control))?;
            rest = rest
                .get(plain.len().saturating_add(control.len_utf8())..)
                .unwrap_or_default();
        }
        writer.write_all(rest.as_bytes())
    }
}
