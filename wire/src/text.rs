//! Text of bytes: types with a `Display` over borrowed bytes that neither
//! allocates nor panics. The formatting of addresses and escapes in core does
//! not promise that, and neither does its reading of addresses.

use core::fmt::{self, Display, Formatter, Write as _};
use core::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// Bytes as hexadecimal digits: `0a1b`.
///
/// ```
/// use nlwire::text::Hex;
///
/// assert_eq!(Hex(&[0x0a, 0x1b]).to_string(), "0a1b");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hex<'a>(pub &'a [u8]);

impl Display for Hex<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|&byte| write_byte(f, byte))
    }
}

/// A link-layer address: `02:00:5e:10:00:01`.
///
/// ```
/// use nlwire::text::Hardware;
///
/// assert_eq!(Hardware(&[2, 0, 0x5e, 0x10, 0, 1]).to_string(), "02:00:5e:10:00:01");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hardware<'a>(pub &'a [u8]);

impl Hardware<'_> {
    /// Returns the 6 bytes of a MAC address, and `None` for an address of
    /// another length.
    #[must_use]
    pub fn mac(self) -> Option<[u8; 6]> {
        self.0.try_into().ok()
    }
}

impl Display for Hardware<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let mut separator = "";
        for &byte in self.0 {
            f.write_str(separator)?;
            write_byte(f, byte)?;
            separator = ":";
        }
        Ok(())
    }
}

/// Text in quotes, with everything but printable ASCII escaped: `"a\x00"`.
///
/// ```
/// use nlwire::text::Quoted;
///
/// assert_eq!(Quoted(b"eth0\0").to_string(), r#""eth0\x00""#);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quoted<'a>(pub &'a [u8]);

impl Display for Quoted<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_char('"')?;
        for &byte in self.0 {
            match byte {
                b'"' | b'\\' => {
                    f.write_char('\\')?;
                    f.write_char(char::from(byte))?;
                }
                b' '..=b'~' => f.write_char(char::from(byte))?,
                _ => {
                    f.write_str("\\x")?;
                    write_byte(f, byte)?;
                }
            }
        }
        f.write_char('"')
    }
}

/// An IP address as RFC 5952 has it: `192.0.2.1`, `2001:db8::1`.
///
/// ```
/// use nlwire::text::Ip;
///
/// assert_eq!(Ip("2001:db8:0:0::1".parse()?).to_string(), "2001:db8::1");
/// # Ok::<(), std::net::AddrParseError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ip(pub IpAddr);

impl Display for Ip {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.0 {
            IpAddr::V4(address) => write_v4(f, address.octets()),
            IpAddr::V6(address) => write_v6(f, address),
        }
    }
}

/// IP address and port: `192.0.2.1:53`, `[fe80::1%2]:53`.
///
/// ```
/// use nlwire::text::IpPort;
///
/// assert_eq!(IpPort("[2001:db8::1]:53".parse()?).to_string(), "[2001:db8::1]:53");
/// # Ok::<(), std::net::AddrParseError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IpPort(pub SocketAddr);

impl Display for IpPort {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let (ip, port) = (Ip(self.0.ip()), self.0.port());
        match self.0 {
            SocketAddr::V4(_) => write!(f, "{ip}:{port}"),
            SocketAddr::V6(address) if address.scope_id() != 0 => {
                write!(f, "[{ip}%{}]:{port}", address.scope_id())
            }
            SocketAddr::V6(_) => write!(f, "[{ip}]:{port}"),
        }
    }
}

fn write_v4(f: &mut Formatter<'_>, [a, b, c, d]: [u8; 4]) -> fmt::Result {
    write!(f, "{a}.{b}.{c}.{d}")
}

fn write_v6(f: &mut Formatter<'_>, address: Ipv6Addr) -> fmt::Result {
    let segments = address.segments();
    if let [0, 0, 0, 0, 0, 0xffff, ..] = segments {
        let [.., a, b, c, d] = address.octets();
        f.write_str("::ffff:")?;
        return write_v4(f, [a, b, c, d]);
    }
    let (start, length) = longest_zeros(segments);
    let mut separator = "";
    for (place, segment) in (0_usize..).zip(segments) {
        if length > 1 && (start..start.saturating_add(length)).contains(&place) {
            separator = "::";
            continue;
        }
        f.write_str(separator)?;
        write_segment(f, segment)?;
        separator = ":";
    }
    // The gap at the end has nothing behind it.
    if separator == "::" {
        f.write_str("::")
    } else {
        Ok(())
    }
}

/// The first of the longest rows of zeros: where it starts, and its length.
fn longest_zeros(segments: [u16; 8]) -> (usize, usize) {
    let (mut best, mut run) = ((0, 0), (0, 0));
    for (place, segment) in (0_usize..).zip(segments) {
        run = match (segment, run) {
            (0, (_, 0)) => (place, 1_usize),
            (0, (start, length)) => (start, length.saturating_add(1)),
            _ => (0, 0),
        };
        if run.1 > best.1 {
            best = run;
        }
    }
    best
}

fn write_segment(f: &mut Formatter<'_>, segment: u16) -> fmt::Result {
    let digits = [segment >> 12, segment >> 8, segment >> 4, segment];
    let mut leading = true;
    for (left, digit) in (0..4).rev().zip(digits) {
        leading &= digit & 0xf == 0 && left > 0;
        if !leading {
            f.write_char(digit_of(digit))?;
        }
    }
    Ok(())
}

/// Reads an IP address, just as `IpAddr::from_str` does.
pub(crate) fn read_ip(text: &str) -> Option<IpAddr> {
    // Arrays as patterns, for the search for a lone `char` indexes a slice.
    if text.contains([':']) {
        read_v6(text).map(IpAddr::V6)
    } else {
        text.parse().ok().map(IpAddr::V4)
    }
}

fn read_v6(text: &str) -> Option<Ipv6Addr> {
    let gap = text.as_bytes().windows(2).position(|pair| pair == b"::");
    let Some(head) = gap.and_then(|at| text.get(..at)) else {
        return match read_segments(text)? {
            (bits, 8) => Some(Ipv6Addr::from_bits(bits)),
            _ => None,
        };
    };
    let tail = text.strip_prefix(head)?.strip_prefix("::")?;
    let ((head_bits, before), (tail_bits, behind)) = (read_segments(head)?, read_segments(tail)?);
    // An IPv4 address is the end of what it is in, and the gap is not empty.
    if head.contains(['.']) || before.saturating_add(behind) >= 8 {
        return None;
    }
    let head_bits = head_bits.rotate_right(before.saturating_mul(16));
    Some(Ipv6Addr::from_bits(head_bits | tail_bits))
}

/// Reads at most 8 segments, of which the last two may be an IPv4 address.
/// Returns their bits and their number.
fn read_segments(text: &str) -> Option<(u128, u32)> {
    let (mut bits, mut count) = (0_u128, 0_u32);
    if text.is_empty() {
        return Some((bits, count));
    }
    let mut segments = text.split([':']);
    while let Some(segment) = segments.next() {
        let is_v4 = segment.contains(['.']);
        bits = if is_v4 {
            let address: Ipv4Addr = segment.parse().ok()?;
            bits << 32 | u128::from(address.to_bits())
        } else {
            bits << 16 | u128::from(read_segment(segment)?)
        };
        count = count.saturating_add(if is_v4 { 2 } else { 1 });
        if count > 8 || is_v4 && segments.next().is_some() {
            return None;
        }
    }
    Some((bits, count))
}

/// Reads one to four hexadecimal digits.
fn read_segment(digits: &str) -> Option<u32> {
    let fits = matches!(digits.len(), 1..=4);
    // `from_str_radix` would take a sign.
    if fits && digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        u32::from_str_radix(digits, 16).ok()
    } else {
        None
    }
}

fn write_byte(f: &mut Formatter<'_>, byte: u8) -> fmt::Result {
    f.write_char(digit_of(u16::from(byte >> 4)))?;
    f.write_char(digit_of(u16::from(byte)))
}

/// The low four bits as a hexadecimal digit.
fn digit_of(value: u16) -> char {
    char::from_digit(u32::from(value & 0xf), 16).unwrap_or('?')
}

#[cfg(test)]
mod tests {
    extern crate std;

    use super::{Hardware, Hex, Ip, Quoted, read_ip};
    use core::net::IpAddr;
    use std::format;
    use std::string::{String, ToString as _};

    #[test]
    fn addresses_print_as_the_standard_library_prints_them() {
        let addresses: &[&str] = &[
            "192.0.2.1",
            "0.0.0.0",
            "255.255.255.255",
            "::",
            "::1",
            "1::",
            "fe80::1",
            "2001:db8::1",
            "1:0:0:2:0:0:0:3",
            "1:0:0:2:3:0:0:4",
            "1:0:2:3:4:5:6:7",
            "::ffff:192.0.2.1",
            "::2:3:4:5:6:7:8",
            "abcd:ef01:2345:6789:abcd:ef01:2345:6789",
            "0:1::",
            "64:ff9b::c000:201",
            "::1:0:0",
            "10:200:3000:f:0:1:0:1",
        ];
        for text in addresses {
            let address: IpAddr = text.parse().expect("an address");
            assert_eq!(Ip(address).to_string(), address.to_string());
        }
    }

    #[test]
    fn addresses_are_read_as_the_standard_library_reads_them() {
        let addresses: &[&str] = &[
            "192.0.2.1",
            "192.0.2.01",
            "192.0.2.256",
            "192.0.2.1 ",
            "+1:2:3:4:5:6:7:8",
            "12345::",
            "fe80::1%eth0",
            "[::1]",
            "\u{e9}::\u{e9}",
            "1:2:3:4:5:6:1.2.3.4",
            "1:2:3:4:5:6:7:1.2.3.4",
            "1:2:3:4:5::1.2.3.4",
            "1:2:3:4:5:6::1.2.3.4",
            "1.2.3.4:1:2:3:4:5:6",
            "ABCD:ef01:2345:6789:abcd:EF01:2345:6789",
        ];
        for text in addresses {
            assert_eq!(read_ip(text), text.parse::<IpAddr>().ok(), "{text}");
        }
        // All rows of up to six of these, with an end.
        let parts: &[&str] = &[":", "::", "1:", "00f0:", "1.2.3.4"];
        let mut rows = std::vec![String::new()];
        let mut read = 0;
        for _ in 0..7 {
            for row in &rows {
                for end in ["", "f", "2:3:4", "1.2.3.4", "1:2:3:4:5:6:7"] {
                    let text = format!("{row}{end}");
                    let ours = read_ip(&text);
                    assert_eq!(ours, text.parse::<IpAddr>().ok(), "{text}");
                    read += u32::from(ours.is_some());
                }
            }
            rows = (rows.iter())
                .flat_map(|row| parts.iter().map(move |part| format!("{row}{part}")))
                .collect();
        }
        assert!(read > 100, "{read} were addresses");
    }

    #[test]
    fn bytes() {
        assert_eq!(Hex(&[0, 0x1f, 0xa0]).to_string(), "001fa0");
        assert_eq!(Hardware(&[2, 0, 0xff]).to_string(), "02:00:ff");
        assert_eq!(Quoted(b"a\"\\\0\xff~").to_string(), r#""a\"\\\x00\xff~""#);
    }
}
