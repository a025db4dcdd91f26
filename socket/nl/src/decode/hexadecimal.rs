//! Messages in hexadecimal digits.

use std::io::BufRead;

use nlsock::Protocol;

use super::{MAX_LEN, Printer};
use crate::output::Result;

/// Returns true if the text has digits and spaces only.
pub(super) fn is_digits(text: &[u8]) -> bool {
    text.iter()
        .all(|byte| byte.is_ascii_hexdigit() || byte.is_ascii_whitespace())
}

/// Prints the messages of a text in sequence. Messages of one datagram are at
/// offsets that are multiples of 4.
pub(super) fn decode(mut text: impl BufRead, protocol: Protocol, printer: &mut Printer) -> Result {
    let mut digits = Digits::default();
    loop {
        let chunk = text.fill_buf()?;
        if chunk.is_empty() {
            break;
        }
        let length = chunk.len();
        digits.read(chunk)?;
        text.consume(length);
        digits.print(protocol, printer, false)?;
        printer.flush()?;
    }
    if digits.high.is_some() {
        return Err("half a byte at the end".into());
    }
    digits.print(protocol, printer, true)?;
    if printer.printed() == 0 {
        return Err("the input is empty".into());
    }
    Ok(())
}

/// Bytes that were read and not printed yet.
#[derive(Default)]
struct Digits {
    bytes: Vec<u8>,
    /// First digit of an incomplete byte.
    high: Option<u8>,
    /// True if bytes were not a message, so that the start of the next message
    /// is unknown.
    is_lost: bool,
    /// Number of line ends read so far.
    lines: u64,
}

impl Digits {
    fn read(&mut self, text: &[u8]) -> Result {
        for &byte in text {
            if byte.is_ascii_whitespace() {
                self.lines = self.lines.saturating_add(u64::from(byte == b'\n'));
                continue;
            }
            let digit = char::from(byte)
                .to_digit(16)
                .and_then(|digit| digit.try_into().ok());
            let Some(digit) = digit else {
                let line = self.lines.saturating_add(1);
                let character = char::from(byte).escape_default();
                return Err(format!("line {line}: '{character}' is not hexadecimal").into());
            };
            if self.is_lost {
                return Err("these bytes are no message: the rest is not decoded".into());
            }
            match self.high.take() {
                None => self.high = Some(digit),
                Some(high) => self.bytes.push(high << 4 | digit),
            }
        }
        Ok(())
    }

    /// Prints the complete messages, and at the end of the input also the rest.
    fn print(&mut self, protocol: Protocol, printer: &mut Printer, is_end: bool) -> Result {
        let mut rest = self.bytes.as_slice();
        while let Some(&length) = rest.first_chunk() {
            let length = usize::try_from(u32::from_ne_bytes(length)).unwrap_or(usize::MAX);
            if !(16..=MAX_LEN).contains(&length) {
                printer.datagram(protocol, rest)?;
                self.bytes.clear();
                self.is_lost = true;
                return Ok(());
            }
            match rest.split_at_checked(length.next_multiple_of(4)) {
                Some((message, after)) => {
                    printer.datagram(protocol, message.get(..length).unwrap_or(message))?;
                    rest = after;
                }
                None => break,
            }
        }
        if is_end && !rest.is_empty() {
            printer.datagram(protocol, rest)?;
            rest = &[];
        }
        let printed = self.bytes.len().saturating_sub(rest.len());
        self.bytes.drain(..printed);
        Ok(())
    }
}
