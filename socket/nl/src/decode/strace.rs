//! Output of strace(1): lines with calls, and lines with bytes.
//!
//! ```text
//! [pid 7] sendto(3, [{nlmsg_len=32, ..}, ..], 32, 0, NULL, 0) = 32
//!  | 00000  20 00 00 00 12 00 01 03  00 00 00 00 00 00 00 00   ............... |
//!  | 00010  00 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00  ................ |
//! [pid 7] recvmsg(3, {msg_iov=[{iov_base=[{nlmsg_len=..}], ..}], ..}, 0) = 52
//!  * 52 bytes in buffer 0
//!  | 00000  34 00 00 00 02 00 00 00  00 00 00 00 ab 2e 00 00  4............... |
//! ```

use std::collections::HashMap;
use std::io::{BufRead as _, BufReader, Read};

use nlsock::Protocol;

use super::call::{self, Call};
use super::descriptors::Descriptors;
use super::{MAX_LEN, Printer};
use crate::output::Result;

const HOW: &str = "run strace -f -e trace=network -e read=all -e write=all -xx";

/// Prints the datagrams that processes sent and received.
pub(super) fn decode(mut text: BufReader<impl Read>, printer: &mut Printer) -> Result {
    let mut trace = Trace::default();
    let mut line = Vec::new();
    let mut number = 0_u64;
    loop {
        line.clear();
        let limit = u64::try_from(MAX_LEN).unwrap_or(u64::MAX);
        text.by_ref().take(limit).read_until(b'\n', &mut line)?;
        if line.is_empty() {
            break;
        }
        number = number.saturating_add(1);
        if line.len() >= MAX_LEN {
            return Err(format!("line {number} is longer than {MAX_LEN} bytes").into());
        }
        trace.line(line.trim_ascii_end(), printer)?;
        if text.buffer().is_empty() {
            // A running program's datagrams so far are printed.
            printer.flush()?;
        }
    }
    trace.end_datagram(printer)?;
    if !trace.has_calls {
        return Err("this is neither hexadecimal, nor a capture, nor the output of strace".into());
    }
    if printer.printed() == 0 {
        return Err(format!(
            "no bytes of a netlink socket found: {HOW}, from the start of the program"
        )
        .into());
    }
    match trace.cut {
        0 => Ok(()),
        cut => Err(format!("strace has cut {cut} datagrams: {HOW}").into()),
    }
}

/// State of reading the output.
#[derive(Default)]
struct Trace {
    descriptors: Descriptors,
    /// Calls interrupted by other processes, by process ID.
    unfinished: HashMap<u32, Vec<u8>>,
    /// Protocol of the last call, if its socket is a netlink socket.
    protocol: Option<Protocol>,
    /// Datagrams of the last call in strings.
    strings: Vec<call::Bytes>,
    /// Bytes of the last call in a hex dump.
    dump: Vec<u8>,
    /// Number of datagrams that strace has truncated.
    cut: u64,
    has_calls: bool,
}

impl Trace {
    fn line(&mut self, line: &[u8], printer: &mut Printer) -> Result {
        if let Some(row) = line.strip_prefix(b" | ") {
            return self.row(row);
        }
        if line.starts_with(b" * ") {
            // The line begins the next buffer of the datagram.
            return Ok(());
        }
        if line.starts_with(b" = ") {
            // The line begins the next of several datagrams.
            return self.end_dump(printer);
        }
        self.end_datagram(printer)?;
        let (process, text) = call::split_process(line);
        if let Some(text) = text.strip_suffix(b"<unfinished ...>") {
            self.unfinished.insert(process, text.to_vec());
            return Ok(());
        }
        let resumed = call::resumed(text).and_then(|rest| {
            let mut whole = self.unfinished.remove(&process)?;
            whole.extend_from_slice(rest);
            Some(whole)
        });
        if let Some(call) = Call::read(resumed.as_deref().unwrap_or(text)) {
            self.has_calls = true;
            self.call(process, &call);
        }
        Ok(())
    }

    fn call(&mut self, process: u32, call: &Call<'_>) {
        match call.name {
            b"clone" | b"clone3" | b"fork" | b"vfork" => {
                if let Some(child) = call.result.and_then(|child| child.try_into().ok()) {
                    let shares = call.mentions(b"CLONE_FILES");
                    self.descriptors.start(process, child, shares);
                }
            }
            b"close" => {
                if let (Some(descriptor), Some(0)) = (call.descriptor(), call.result) {
                    self.descriptors.close(process, descriptor);
                }
            }
            b"dup" | b"dup2" | b"dup3" | b"fcntl" | b"fcntl64" => {
                let copies = !call.name.starts_with(b"fcntl") || call.mentions(b"F_DUPFD");
                if let (true, Some(old), Some(new)) = (copies, call.descriptor(), call.opened()) {
                    let protocol = self.descriptors.protocol(process, old);
                    self.descriptors.open(process, new, protocol);
                }
            }
            b"socket" => {
                if let Some(descriptor) = call.opened() {
                    self.descriptors.open(process, descriptor, call.protocol());
                }
            }
            b"accept" | b"accept4" | b"open" | b"openat" | b"openat2" | b"epoll_create1"
            | b"eventfd2" | b"timerfd_create" | b"signalfd4" | b"memfd_create" => {
                if let Some(descriptor) = call.opened() {
                    self.descriptors.open(process, descriptor, None);
                }
            }
            _ if call.carries_data() => self.data(process, call),
            _ => {}
        }
    }

    /// Takes the datagrams of a call on a netlink socket. Datagrams received
    /// with `MSG_PEEK` are skipped: they are received again.
    fn data(&mut self, process: u32, call: &Call<'_>) {
        let descriptor = call.descriptor();
        let protocol = call.named_protocol().or_else(|| {
            descriptor.and_then(|descriptor| self.descriptors.protocol(process, descriptor))
        });
        self.protocol = protocol.filter(|_| !call.mentions(b"MSG_PEEK"));
        if self.protocol.is_some() {
            self.strings = call.strings();
        }
    }

    /// Reads a row of a hex dump: the offset, up to 16 bytes, and the bytes as
    /// text.
    fn row(&mut self, row: &[u8]) -> Result {
        if self.protocol.is_none() {
            return Ok(());
        }
        let mut columns = row.splitn(2, |&byte| byte == b' ');
        let (_, bytes) = (columns.next(), columns.next().unwrap_or_default());
        // Two spaces follow the offset. Then come 16 pairs of digits, with a
        // space before each but the first, and an extra space in the middle.
        let bytes = bytes.trim_ascii_start();
        for pair in bytes.get(..48).unwrap_or(bytes).split(|&byte| byte == b' ') {
            let digits = std::str::from_utf8(pair).ok();
            self.dump
                .extend(digits.and_then(|pair| u8::from_str_radix(pair, 16).ok()));
        }
        if self.dump.len() > MAX_LEN {
            return Err(format!("a datagram longer than {MAX_LEN} bytes").into());
        }
        Ok(())
    }

    /// Prints the bytes of the hex dump.
    fn end_dump(&mut self, printer: &mut Printer) -> Result {
        let dump = std::mem::take(&mut self.dump);
        if let (Some(protocol), false) = (self.protocol, dump.is_empty()) {
            self.strings.clear();
            printer.datagram(protocol, &dump)?;
        }
        Ok(())
    }

    /// Prints the datagram of the last call: the bytes of its hex dump,
    /// otherwise those of its strings.
    fn end_datagram(&mut self, printer: &mut Printer) -> Result {
        self.end_dump(printer)?;
        let strings = std::mem::take(&mut self.strings);
        if let Some(protocol) = self.protocol.take() {
            for string in strings {
                self.cut = self.cut.saturating_add(u64::from(string.is_cut));
                printer.datagram(protocol, &string.bytes)?;
            }
        }
        Ok(())
    }
}
