//! Datagrams on standard output, as trees or as JSON.

use std::io::{self, BufWriter, StdoutLock, Write};

use nlsock::Protocol;
use nlwire::pretty::{self, Pretty};
use serde::Serialize;

use super::family::{self, Family};
use crate::json;
use crate::output::{Format, Result};

/// Printer of datagrams, which also counts them.
pub(super) struct Printer {
    out: BufWriter<StdoutLock<'static>>,
    format: Format,
    printed: u64,
    /// Number of objects of the JSON array.
    objects: u64,
    families: Vec<Family>,
}

/// Datagram in JSON: messages by the names of their fields, and the bytes of a
/// broken one in hexadecimal behind its error.
#[derive(Serialize)]
struct Datagram<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    protocol: Option<&'static str>,
    messages: Pretty<'a>,
}

impl Printer {
    pub(super) fn new(format: Format, families: Vec<Family>) -> Self {
        Self {
            out: BufWriter::new(io::stdout().lock()),
            format,
            printed: 0,
            objects: 0,
            families,
        }
    }

    /// Returns the number of datagrams that were printed.
    pub(super) const fn printed(&self) -> u64 {
        self.printed
    }

    /// Prints a datagram.
    ///
    /// # Errors
    ///
    /// Errors of standard output, and an error for messages in the byte order
    /// of another machine, whose values would all be wrong.
    pub(super) fn datagram(&mut self, protocol: Protocol, bytes: &[u8]) -> Result {
        if is_swapped(bytes) {
            let order = if cfg!(target_endian = "little") {
                "big-endian"
            } else {
                "little-endian"
            };
            let error = format!("messages of a {order} machine: decode them on one");
            return Err(error.into());
        }
        self.printed = self.printed.saturating_add(1);
        let mut known = Vec::new();
        if protocol == Protocol::GENERIC {
            family::learn(&mut self.families, bytes);
            let numbered = self
                .families
                .iter()
                .filter(|family| family.number.is_some());
            known.extend(numbered.map(|family| pretty::Family {
                number: family.number,
                protocol: family.protocol,
            }));
        }
        let messages = Pretty::new(bytes, Some(protocol.0)).with_families(&known);
        match self.format {
            Format::Columns => write!(self.out, "{messages}")?,
            Format::Json => self.object(&Datagram {
                protocol: protocol.name(),
                messages,
            })?,
        }
        Ok(())
    }

    fn object(&mut self, object: &impl Serialize) -> io::Result<()> {
        let before: &[u8] = if self.objects == 0 { b"[" } else { b",\n" };
        self.objects = self.objects.saturating_add(1);
        self.out.write_all(before)?;
        json::write(&mut self.out, object)
    }

    /// Flushes the output before a wait for more input.
    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    /// Ends the output, and returns the first error of decoding or writing. The
    /// JSON is complete even after an error of decoding.
    pub(super) fn finish(mut self, result: Result) -> Result {
        let ended = self.end();
        result?;
        Ok(ended?)
    }

    fn end(&mut self) -> io::Result<()> {
        if self.format == Format::Json {
            let end: &[u8] = if self.objects == 0 { b"[]\n" } else { b"]\n" };
            self.out.write_all(end)?;
        }
        self.out.flush()
    }
}

/// Returns true if the first length is valid only in the other byte order.
fn is_swapped(datagram: &[u8]) -> bool {
    let Some(&length) = datagram.first_chunk() else {
        return false;
    };
    let length = u32::from_ne_bytes(length);
    let fits = |length| {
        usize::try_from(length).is_ok_and(|length| (16..=datagram.len()).contains(&length))
    };
    !fits(length) && fits(length.swap_bytes())
}
