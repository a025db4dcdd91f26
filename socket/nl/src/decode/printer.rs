//! Datagrams on standard output, as trees or as JSON.

use std::io::{self, BufWriter, StdoutLock, Write};

use nlsock::Protocol;
use nlwire::pretty::Pretty;
use nlwire::text::Hex;
use nlwire::{MessageRef, Messages, protocols};
use serde::Serialize;

use crate::json;
use crate::output::{Format, Result};

/// Printer of datagrams, which also counts them.
pub(super) struct Printer {
    out: BufWriter<StdoutLock<'static>>,
    format: Format,
    printed: u64,
    /// Number of objects of the JSON array.
    objects: u64,
}

/// Message in JSON.
#[derive(Serialize)]
struct Object<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    protocol: Option<&'static str>,
    length: u32,
    r#type: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    flags: u16,
    sequence: u32,
    port: u32,
    /// Message as a tree.
    tree: String,
}

/// Bytes that are not a message, in JSON.
#[derive(Serialize)]
struct Broken {
    error: String,
    bytes: String,
}

impl Printer {
    pub(super) fn new(format: Format) -> Self {
        Self {
            out: BufWriter::new(io::stdout().lock()),
            format,
            printed: 0,
            objects: 0,
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
        match self.format {
            Format::Columns => write!(self.out, "{}", Pretty::new(bytes, Some(protocol.0)))?,
            Format::Json => self.objects(protocol, bytes)?,
        }
        Ok(())
    }

    fn objects(&mut self, protocol: Protocol, bytes: &[u8]) -> io::Result<()> {
        let mut messages = Messages::new(bytes);
        loop {
            let rest = messages.remaining();
            match messages.next() {
                None => return Ok(()),
                Some(Ok(message)) => self.object(&Object::new(protocol, message))?,
                Some(Err(error)) => self.object(&Broken {
                    error: error.to_string(),
                    bytes: Hex(rest).to_string(),
                })?,
            }
        }
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

    /// Ends the output, and returns the first error, of decoding or of the
    /// output. The JSON is complete even after an error of decoding.
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

impl<'a> Object<'a> {
    fn new(protocol: Protocol, message: MessageRef<'a>) -> Self {
        let header = message.header();
        Self {
            protocol: protocol.name(),
            length: header.length(),
            r#type: header.kind().0,
            name: protocols::type_name(protocol.0, message.kind()),
            flags: header.flags().bits(),
            sequence: header.sequence(),
            port: header.port(),
            tree: Pretty::new(message.as_bytes(), Some(protocol.0)).to_string(),
        }
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
