//! Calls as strace writes them: `name(arguments) = result`.

use nlsock::Protocol;

use super::named;

/// System call with its arguments and its result.
pub(super) struct Call<'a> {
    pub(super) name: &'a [u8],
    arguments: &'a [u8],
    pub(super) result: Option<i64>,
}

/// Bytes of a string, whose end strace may have left out.
pub(super) struct Bytes {
    pub(super) bytes: Vec<u8>,
    pub(super) is_cut: bool,
}

/// Splits off the process ID, which `-f` writes as `[pid 7]` on a terminal and
/// as `7` in a file. It is 0 without `-f`.
pub(super) fn split_process(line: &[u8]) -> (u32, &[u8]) {
    let (digits, end) = match line.strip_prefix(b"[pid ") {
        Some(rest) => (rest.trim_ascii_start(), &b"]"[..]),
        None => (line, &b" "[..]),
    };
    number(digits)
        .and_then(|(process, rest)| Some((process.try_into().ok()?, rest.strip_prefix(end)?)))
        .unwrap_or((0, line))
}

/// Returns the rest of an interrupted call, after `<... name resumed>`.
pub(super) fn resumed(text: &[u8]) -> Option<&[u8]> {
    let (_, rest) = split_once(text, b"<... ")?;
    Some(split_once(rest, b" resumed>")?.1)
}

impl<'a> Call<'a> {
    /// Reads a call, perhaps after a timestamp.
    pub(super) fn read(text: &'a [u8]) -> Option<Self> {
        let (before, rest) = split_once(text, b"(")?;
        let name = before.rsplit(|&byte| byte == b' ').next()?;
        let is_name =
            |&byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
        if name.is_empty() || !name.iter().all(is_name) {
            return None;
        }
        let end = rest.windows(3).rposition(|window| window == b" = ")?;
        let (arguments, result) = rest.split_at_checked(end)?;
        let (result, arguments) = (result.get(3..)?, arguments.trim_ascii_end());
        Some(Self {
            name,
            arguments: arguments.strip_suffix(b")").unwrap_or(arguments),
            result: number(result).map(|(number, _)| number),
        })
    }

    /// Returns true if the arguments contain this word. Strings are searched
    /// too: none contains a flag's name by accident.
    pub(super) fn mentions(&self, word: &[u8]) -> bool {
        split_once(self.arguments, word).is_some()
    }

    /// Returns true for the calls that send or receive bytes.
    pub(super) fn carries_data(&self) -> bool {
        let calls: [&[u8]; 12] = [
            b"send",
            b"sendto",
            b"sendmsg",
            b"sendmmsg",
            b"write",
            b"writev",
            b"recv",
            b"recvfrom",
            b"recvmsg",
            b"recvmmsg",
            b"read",
            b"readv",
        ];
        calls.contains(&self.name)
    }

    /// Returns the first argument, if it is a descriptor.
    pub(super) fn descriptor(&self) -> Option<i32> {
        number(self.arguments)?.0.try_into().ok()
    }

    /// Returns the descriptor opened by the call.
    pub(super) fn opened(&self) -> Option<i32> {
        let descriptor = self.result?.try_into().ok()?;
        (0..).contains(&descriptor).then_some(descriptor)
    }

    /// Returns the protocol of a netlink socket from the arguments of
    /// socket(2).
    ///
    /// `AF_NETLINK, SOCK_RAW|SOCK_CLOEXEC, NETLINK_ROUTE`
    pub(super) fn protocol(&self) -> Option<Protocol> {
        let mut arguments = self.arguments.split(|&byte| byte == b',');
        let family = arguments.next()?;
        if !(family == b"0x10" || split_once(family, b"_NETLINK").is_some()) {
            return None;
        }
        let protocol = arguments.nth(1)?.trim_ascii();
        match split_once(protocol, b"NETLINK_") {
            Some((_, name)) => named_protocol(name),
            None => Some(Protocol(number(protocol)?.0.try_into().ok()?)),
        }
    }

    /// Returns the protocol that `strace -yy` writes after the descriptor:
    /// `3<NETLINK:[ROUTE:1234]>`.
    pub(super) fn named_protocol(&self) -> Option<Protocol> {
        let first = self.arguments.split(|&byte| byte == b',').next()?;
        named_protocol(split_once(first, b"<NETLINK:[")?.1)
    }

    /// Returns the datagrams in strings: the buffer of the call, or the buffers
    /// of a message. Other strings are parts of messages that strace has
    /// decoded.
    pub(super) fn strings(&self) -> Vec<Bytes> {
        let is_message = self.name.ends_with(b"msg") || self.name.ends_with(b"v");
        if !is_message {
            let second = split_once(self.arguments, b", ").map(|(_, rest)| rest);
            return second
                .and_then(string)
                .into_iter()
                .map(|(bytes, _)| bytes)
                .collect();
        }
        let mut found = Vec::new();
        for message in split(self.arguments, b"msg_hdr=") {
            let mut whole: Option<Bytes> = None;
            for buffer in split(message, b"iov_base=").skip(1) {
                let Some((part, _)) = string(buffer) else {
                    continue;
                };
                match &mut whole {
                    None => whole = Some(part),
                    Some(whole) => {
                        whole.bytes.extend(part.bytes);
                        whole.is_cut |= part.is_cut;
                    }
                }
            }
            found.extend(whole);
        }
        found
    }
}

/// Returns the protocol with the capital name at the start of the text:
/// `ROUTE`.
fn named_protocol(text: &[u8]) -> Option<Protocol> {
    let is_name = |byte: &u8| byte.is_ascii_uppercase() || *byte == b'_' || byte.is_ascii_digit();
    let length = text.iter().take_while(|byte| is_name(byte)).count();
    match std::str::from_utf8(text.get(..length)?).ok()? {
        // The name of NETLINK_SOCK_DIAG before Linux 3.3.
        "INET_DIAG" => Some(Protocol::SOCK_DIAG),
        name => named(&name.to_ascii_lowercase()),
    }
}

/// Reads a C string at the start of the text, and returns its bytes and the
/// rest of the text. Three dots mark a string that strace has truncated.
fn string(text: &[u8]) -> Option<(Bytes, &[u8])> {
    let mut rest = text.strip_prefix(b"\"")?;
    let mut bytes = Vec::new();
    loop {
        let (&first, after) = rest.split_first()?;
        rest = after;
        match first {
            b'"' => break,
            b'\\' => {
                let (byte, after) = escape(rest)?;
                bytes.push(byte);
                rest = after;
            }
            byte => bytes.push(byte),
        }
    }
    let is_cut = rest.starts_with(b"...");
    (!bytes.is_empty()).then_some((Bytes { bytes, is_cut }, rest))
}

/// Reads the escape after a backslash: `x1f`, up to three octal digits, or a
/// letter.
fn escape(text: &[u8]) -> Option<(u8, &[u8])> {
    let (&first, rest) = text.split_first()?;
    let byte = match first {
        b'x' => {
            let (digits, rest) = rest.split_at_checked(2)?;
            let digits = std::str::from_utf8(digits).ok()?;
            return Some((u8::from_str_radix(digits, 16).ok()?, rest));
        }
        b'0'..=b'7' => {
            let is_octal = |byte: &&u8| (b'0'..=b'7').contains(*byte);
            let length = text.iter().take(3).take_while(is_octal).count();
            let (digits, rest) = text.split_at_checked(length)?;
            let digits = std::str::from_utf8(digits).ok()?;
            return Some((u8::from_str_radix(digits, 8).ok()?, rest));
        }
        b'a' => 7,
        b'b' => 8,
        b't' => b'\t',
        b'n' => b'\n',
        b'v' => 11,
        b'f' => 12,
        b'r' => b'\r',
        other => other,
    };
    Some((byte, rest))
}

/// Reads a decimal number at the start of the text, and returns the rest of the
/// text.
fn number(text: &[u8]) -> Option<(i64, &[u8])> {
    let digits = text.strip_prefix(b"-").unwrap_or(text);
    let sign = text.len().saturating_sub(digits.len());
    let length = digits
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    let (number, rest) = text.split_at_checked(sign.saturating_add(length))?;
    Some((std::str::from_utf8(number).ok()?.parse().ok()?, rest))
}

fn split_once<'a>(text: &'a [u8], separator: &[u8]) -> Option<(&'a [u8], &'a [u8])> {
    let at = text
        .windows(separator.len())
        .position(|window| window == separator)?;
    Some((
        text.get(..at)?,
        text.get(at.saturating_add(separator.len())..)?,
    ))
}

fn split<'a>(text: &'a [u8], separator: &'a [u8]) -> impl Iterator<Item = &'a [u8]> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let (item, after) = match split_once(text, separator) {
            Some((item, after)) => (item, Some(after)),
            None => (text, None),
        };
        rest = after;
        Some(item)
    })
}
