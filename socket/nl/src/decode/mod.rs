//! `nl decode`

mod call;
mod descriptors;
mod family;
mod hexadecimal;
mod nlmon;
mod printer;
mod strace;

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::PathBuf;

use clap::Args;
use nlsock::Protocol;

use crate::output::{Format, Result};
use printer::Printer;

/// Maximum length in bytes of a message, a line or a packet. The kernel sends
/// dumps in datagrams of at most 32 KiB, and processes rarely send longer ones.
const MAX_LEN: usize = 16 * 1024 * 1024;

/// Arguments of `nl decode`.
#[derive(Args)]
pub(crate) struct Arguments {
    /// File to read (default: standard input).
    ///
    /// The format is detected: messages in hexadecimal digits; the output of
    /// strace -f -e trace=network -e read=all -e write=all -xx; a pcap or
    /// pcapng file with packets of an nlmon device.
    file: Option<PathBuf>,
    /// Protocol of messages in hexadecimal digits, by name or number. The other
    /// formats contain it.
    #[arg(long, default_value = "route", value_parser = protocol)]
    protocol: Protocol,
    /// Family of generic netlink by its YAML file, as in the kernel's
    /// Documentation/netlink/specs. May be repeated.
    ///
    /// The type of its messages is read from the controller's answers in the
    /// input; behind a = it can be given.
    #[arg(long = "family", value_name = "FILE[=TYPE]")]
    families: Vec<String>,
}

fn protocol(argument: &str) -> std::result::Result<Protocol, String> {
    named(argument)
        .or(argument.parse().ok().map(Protocol))
        .ok_or_else(|| "no such protocol".into())
}

/// Returns the protocol of a name such as `route`.
fn named(name: &str) -> Option<Protocol> {
    (0..=u8::MAX)
        .map(Protocol)
        .find(|protocol| protocol.name() == Some(name))
}

pub(crate) fn print(format: Format, arguments: &Arguments) -> Result {
    let families = arguments.families.iter().map(|family| family::read(family));
    let printer = Printer::new(format, families.collect::<Result<_>>()?);
    match &arguments.file {
        Some(path) => {
            let file = File::open(path).map_err(|error| format!("{}: {error}", path.display()))?;
            decode(file, arguments.protocol, printer)
        }
        None => decode(io::stdin(), arguments.protocol, printer),
    }
}

/// Prints the messages of an input of any size, without holding it whole.
fn decode(input: impl Read + Send, protocol: Protocol, mut printer: Printer) -> Result {
    let mut input = BufReader::with_capacity(64 * 1024, input);
    let result = match format_of(&mut input)? {
        Input::Capture => nlmon::decode(input, &mut printer),
        Input::Hexadecimal => hexadecimal::decode(input, protocol, &mut printer),
        Input::Strace => strace::decode(input, &mut printer),
    };
    printer.finish(result)
}

/// Format of the input.
enum Input {
    Capture,
    Hexadecimal,
    Strace,
}

/// Detects the format by the first bytes and the first line.
fn format_of(input: &mut impl BufRead) -> Result<Input> {
    if nlmon::is_capture(input.fill_buf()?) {
        return Ok(Input::Capture);
    }
    loop {
        let text = input.fill_buf()?;
        let line = text.trim_ascii_start();
        if line.is_empty() && !text.is_empty() {
            let length = text.len();
            input.consume(length);
            continue;
        }
        let line = line.split(|&byte| byte == b'\n').next().unwrap_or(line);
        return Ok(match hexadecimal::is_digits(line) {
            true => Input::Hexadecimal,
            false => Input::Strace,
        });
    }
}
