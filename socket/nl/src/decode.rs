//! `nl decode`

use std::collections::HashMap;
use std::io::Read as _;
use std::io::Write as _;
use std::path::PathBuf;

use clap::Args;
use nlsock::Protocol;
use nlwire::pretty::Pretty;

use crate::output::Result;

/// What to read, and what it is.
#[derive(Args)]
pub(crate) struct Input {
    /// A file, or standard input where there is none. It holds either the bytes
    /// of one datagram in hexadecimal, or what strace(1) wrote: the strings of
    /// `-e trace=network -xx`, or where it takes messages apart itself, the
    /// dumps of `-e read=all -e write=all` with it.
    file: Option<PathBuf>,
    /// The protocol of hexadecimal bytes, by number or name; strace says it.
    #[arg(long, default_value = "route", value_parser = protocol)]
    protocol: Protocol,
}

fn protocol(argument: &str) -> std::result::Result<Protocol, String> {
    let named = (0..=u8::MAX).find(|&number| Protocol(number).name() == Some(argument));
    match named.or(argument.parse().ok()) {
        Some(number) => Ok(Protocol(number)),
        None => Err("no such protocol".into()),
    }
}

pub(crate) fn print(input: Input) -> Result {
    let mut text = String::new();
    match &input.file {
        Some(path) => text = std::fs::read_to_string(path)?,
        None => drop(std::io::stdin().read_to_string(&mut text)?),
    }
    let datagrams = datagrams(&text, input.protocol)?;
    let mut stdout = std::io::stdout().lock();
    for (protocol, bytes) in datagrams {
        write!(stdout, "{}", Pretty::new(&bytes, Some(protocol.0)))?;
    }
    stdout.flush()?;
    Ok(())
}

/// The datagrams of the input, each with its protocol.
fn datagrams(text: &str, protocol: Protocol) -> Result<Vec<(Protocol, Vec<u8>)>> {
    if !text.contains('(') {
        return Ok(vec![(protocol, unhex(text)?)]);
    }
    let mut trace = Trace {
        protocols: HashMap::new(),
        current: protocol,
        dump: Vec::new(),
        found: Vec::new(),
    };
    text.lines().for_each(|line| trace.read(line));
    trace.end_dump();
    Ok(trace.found)
}

/// What was read of strace's output so far.
struct Trace {
    /// By descriptor.
    protocols: HashMap<u32, Protocol>,
    current: Protocol,
    dump: Vec<u8>,
    found: Vec<(Protocol, Vec<u8>)>,
}

impl Trace {
    fn read(&mut self, line: &str) {
        if let Some((_, row)) = line.split_once(" | 0") {
            // The offset, 16 bytes, and what they are as text.
            let bytes = row.get(6..54).unwrap_or_default();
            self.dump.extend(unhex(bytes).unwrap_or_default());
            return;
        }
        self.end_dump();
        let Some((call, arguments)) = line.split_once('(') else {
            return;
        };
        let call = call.rsplit(' ').next().unwrap_or_default();
        if call == "socket" {
            self.open(arguments);
        }
        if [
            "send", "sendto", "sendmsg", "sendmmsg", "recv", "recvfrom", "recvmsg",
        ]
        .contains(&call)
        {
            let fd = arguments
                .split([',', '<'])
                .next()
                .and_then(|fd| fd.parse().ok());
            self.current = fd
                .and_then(|fd: u32| self.protocols.get(&fd).copied())
                .unwrap_or(self.current);
            let strings = arguments.split('"').filter_map(escapes);
            self.found
                .extend(strings.map(|bytes| (self.current, bytes)));
        }
    }

    /// `AF_NETLINK, SOCK_RAW|SOCK_CLOEXEC, NETLINK_ROUTE) = 3`
    fn open(&mut self, arguments: &str) {
        let Some((arguments, fd)) = arguments.rsplit_once(" = ") else {
            return;
        };
        let name = arguments.rsplit("NETLINK_").next().unwrap_or_default();
        let name = name.trim_end_matches(')').to_lowercase();
        let fd = fd.split('<').next().and_then(|fd| fd.trim().parse().ok());
        if let (true, Some(fd), Ok(protocol)) =
            (arguments.contains("AF_NETLINK"), fd, protocol(&name))
        {
            self.protocols.insert(fd, protocol);
        }
    }

    fn end_dump(&mut self) {
        if !self.dump.is_empty() {
            self.found
                .push((self.current, std::mem::take(&mut self.dump)));
        }
    }
}

/// The bytes of `\x20\x00..`, if the text is that from its begin to its end and
/// long enough for a header.
fn escapes(text: &str) -> Option<Vec<u8>> {
    let digits = text.strip_prefix("\\x")?.replace("\\x", " ");
    let bytes = unhex(&digits).ok()?;
    (bytes.len() >= 16).then_some(bytes)
}

fn unhex(text: &str) -> Result<Vec<u8>> {
    let digits: Vec<u8> = text
        .chars()
        .filter(|character| !character.is_whitespace())
        .map(|character| {
            character
                .to_digit(16)
                .and_then(|digit| digit.try_into().ok())
        })
        .collect::<Option<_>>()
        .ok_or("not hexadecimal")?;
    if !digits.len().is_multiple_of(2) {
        return Err("half a byte at the end".into());
    }
    Ok(digits
        .chunks(2)
        .map(|pair| pair.iter().fold(0, |byte, digit| byte << 4 | digit))
        .collect())
}
