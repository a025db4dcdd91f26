//! Fields of records: `key=value`, with values in three notations.

use core::fmt::{self, Debug, Display, Formatter, Write as _};
use core::net::SocketAddr;

use super::RecordType;
use crate::Text;
use crate::codec::read_socket_address;

/// Fields of a record, in the order of its text. A word without `=` is a field without a
/// key.
#[derive(Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct RecordFields<'a> {
    kind: RecordType,
    rest: &'a [u8],
}

impl<'a> RecordFields<'a> {
    pub(super) const fn of(kind: RecordType, rest: &'a [u8]) -> Self {
        Self { kind, rest }
    }
}

impl<'a> Iterator for RecordFields<'a> {
    type Item = RecordField<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        let start = self.rest.iter().position(|byte| !is_space(*byte))?;
        let text = self.rest.get(start..)?;
        let end = text.iter().position(|&byte| byte == b'=' || is_space(byte));
        let (key, value) = match end.and_then(|end| text.split_at_checked(end)) {
            Some((key, [b'=', value @ ..])) => (key, value),
            _ => (&[][..], text),
        };
        let length = match value {
            [quote @ (b'"' | b'\''), quoted @ ..] => quoted_length(key, *quote, quoted),
            _ => word_length(value),
        };
        let (value, rest) = value.split_at_checked(length).unwrap_or((value, &[]));
        self.rest = rest;
        Some(RecordField {
            kind: self.kind,
            key: Text::raw(key),
            value: Text::raw(value),
        })
    }
}

impl core::iter::FusedIterator for RecordFields<'_> {}

impl Debug for RecordFields<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(*self).finish()
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for RecordFields<'_> {
    /// A map from keys to decoded values; that of quoted fields is a map again.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap as _;

        let mut map = serializer.serialize_map(None)?;
        for field in *self {
            match field.message() {
                Some(fields) => map.serialize_entry(&field.key(), &fields)?,
                None => map.serialize_entry(&field.key(), &field.decoded())?,
            }
        }
        map.end()
    }
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\t' | 0)
}

fn word_length(value: &[u8]) -> usize {
    let end = value.iter().position(|&byte| is_space(byte));
    end.unwrap_or(value.len())
}

/// Returns the length of a quoted value with its quotes. The kernel puts the message of a
/// program into single quotes at the end of a record, and it may contain such quotes.
fn quoted_length(key: &[u8], quote: u8, quoted: &[u8]) -> usize {
    let is_message = key == b"msg" && quote == b'\'';
    let end = if is_message {
        quoted.iter().rposition(|&byte| byte == quote)
    } else {
        quoted.iter().position(|&byte| byte == quote)
    };
    end.unwrap_or(quoted.len()).saturating_add(2)
}

/// Field of a record.
///
/// | text | value |
/// |---|---|
/// | `comm="ls"` | string of printable characters |
/// | `comm=6C7320` | string with others: hexadecimal digits |
/// | `uid=0`, `key=(null)` | anything else |
///
/// Only the key says if digits are a number or a string: [`decoded`](Self::decoded) knows
/// the keys whose values the kernel may write as hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct RecordField<'a> {
    kind: RecordType,
    key: Text<'a>,
    value: Text<'a>,
}

impl<'a> RecordField<'a> {
    /// Returns the key; empty for a word without `=`.
    #[must_use]
    pub const fn key(&self) -> Text<'a> {
        self.key
    }

    /// Returns the value as written, with quotes.
    #[must_use]
    pub const fn raw(&self) -> Text<'a> {
        self.value
    }

    /// Returns the value without quotes. Hexadecimal digits stay as they are.
    #[must_use]
    pub fn text(&self) -> Text<'a> {
        Text::raw(self.unquoted().unwrap_or(self.value.as_bytes()))
    }

    /// Returns the bytes of the value: without quotes, and of hexadecimal digits the bytes
    /// that they stand for, if the key says that they do.
    #[must_use]
    pub fn decoded(&self) -> Decoded<'a> {
        let text = self.text().as_bytes();
        let is_hex = self.unquoted().is_none() && self.is_encoded() && is_hex(text);
        Decoded { text, is_hex }
    }

    /// Returns the bytes that hexadecimal digits stand for, whatever the key; `None` if the
    /// value is quoted or something else.
    #[must_use]
    pub fn unhexed(&self) -> Option<Decoded<'a>> {
        let text = self.value.as_bytes();
        is_hex(text).then_some(Decoded { text, is_hex: true })
    }

    /// Returns a decimal number.
    #[must_use]
    pub fn number(&self) -> Option<u64> {
        match number(self.value.as_bytes())? {
            (number, []) => Some(number),
            _ => None,
        }
    }

    /// Returns a decimal number that may be negative, such as `exit=-13`.
    #[must_use]
    pub fn signed(&self) -> Option<i64> {
        let text = self.value.as_bytes();
        let (digits, is_negative) = match text {
            [b'-', digits @ ..] => (digits, true),
            digits => (digits, false),
        };
        match number(digits)? {
            (number, []) if is_negative => 0_i64.checked_sub_unsigned(number),
            (number, []) => i64::try_from(number).ok(),
            _ => None,
        }
    }

    /// Returns a number of hexadecimal digits, with or without `0x`, such as `arch=c000003e`
    /// and the arguments of a system call.
    #[must_use]
    pub fn hex_number(&self) -> Option<u64> {
        let text = self.value.as_bytes();
        let digits = text.strip_prefix(b"0x").unwrap_or(text);
        if digits.is_empty() || digits.len() > 16 {
            return None;
        }
        digits.iter().try_fold(0_u64, |number, &byte| {
            Some(number.wrapping_shl(4) | u64::from(digit(byte)?))
        })
    }

    /// Returns the socket address of IPv4 or IPv6 in a value of `saddr`.
    #[must_use]
    pub fn socket_address(&self) -> Option<SocketAddr> {
        let mut bytes = [0; 28];
        let decoded = self.unhexed()?;
        let length = decoded.text.len() / 2;
        for (place, byte) in bytes.iter_mut().zip(decoded) {
            *place = byte;
        }
        read_socket_address(bytes.get(..length)?)
    }

    /// Returns the fields in single quotes: the message of a program.
    #[must_use]
    pub fn message(&self) -> Option<RecordFields<'a>> {
        match self.value.as_bytes() {
            [b'\'', ..] => Some(RecordFields::of(self.kind, self.text().as_bytes())),
            _ => None,
        }
    }

    /// Returns the first field with this key in the message of a program.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<Self> {
        self.message()?.find(|field| field.key() == key)
    }

    /// Returns what is between the quotes.
    fn unquoted(&self) -> Option<&'a [u8]> {
        match self.value.as_bytes() {
            [quote @ (b'"' | b'\''), text @ .., end] if quote == end => Some(text),
            // The end was cut.
            [b'"' | b'\'', text @ ..] => Some(text),
            _ => None,
        }
    }

    /// Returns true if the kernel or a program writes the value by
    /// `audit_log_untrustedstring` or as libaudit does: in quotes, or as hexadecimal digits.
    fn is_encoded(&self) -> bool {
        let key = self.key.as_bytes();
        match key {
            // Arguments of execve(2), in parts if they are long; elsewhere numbers.
            [b'a', b'0'..=b'9', ..] => self.kind == RecordType::EXECVE && !key.ends_with(b"_len"),
            _ => ENCODED.contains(&key),
        }
    }
}

/// Keys whose values may be hexadecimal digits.
const ENCODED: &[&[u8]] = &[
    b"acct",
    b"cmd",
    b"comm",
    b"cwd",
    b"data",
    b"dev",
    b"dir",
    b"exe",
    b"file",
    b"key",
    b"name",
    b"new",
    b"ocomm",
    b"old",
    b"path",
    b"proctitle",
    b"profile",
    b"saddr",
    b"watch",
];

/// Returns true for an even number of hexadecimal digits, at least two.
fn is_hex(text: &[u8]) -> bool {
    !text.is_empty()
        && text.len().is_multiple_of(2)
        && text.iter().all(|&byte| digit(byte).is_some())
}

fn digit(byte: u8) -> Option<u8> {
    let value = char::from(byte).to_digit(16)?;
    u8::try_from(value).ok()
}

/// Reads decimal digits, at least one; returns the number and the rest.
pub(super) fn number(text: &[u8]) -> Option<(u64, &[u8])> {
    let mut rest = text;
    let mut number = 0_u64;
    while let [digit @ b'0'..=b'9', tail @ ..] = rest {
        let digit = u64::from(digit.wrapping_sub(b'0'));
        number = number.checked_mul(10)?.checked_add(digit)?;
        rest = tail;
    }
    (rest.len() < text.len()).then_some((number, rest))
}

/// Bytes of a value: an iterator, which prints as the text that the bytes are.
#[derive(Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Decoded<'a> {
    text: &'a [u8],
    is_hex: bool,
}

impl Iterator for Decoded<'_> {
    type Item = u8;

    fn next(&mut self) -> Option<u8> {
        if !self.is_hex {
            let (&byte, rest) = self.text.split_first()?;
            self.text = rest;
            return Some(byte);
        }
        let ([high, low], rest) = self.text.split_first_chunk()?;
        self.text = rest;
        let (high, low) = (digit(*high)?, digit(*low)?);
        Some((high << 4) | low)
    }
}

impl core::iter::FusedIterator for Decoded<'_> {}

impl PartialEq<str> for Decoded<'_> {
    fn eq(&self, text: &str) -> bool {
        Iterator::eq(*self, text.bytes())
    }
}

impl PartialEq<&str> for Decoded<'_> {
    fn eq(&self, text: &&str) -> bool {
        PartialEq::<str>::eq(self, text)
    }
}

/// The text. NULs, which separate the words of a command line, print as spaces, and other
/// bytes than printable ASCII as `\xNN`, unless the value was not encoded.
impl Display for Decoded<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if !self.is_hex {
            return Display::fmt(&Text::raw(self.text), f);
        }
        for byte in *self {
            match byte {
                0 => f.write_char(' ')?,
                b' '..=b'~' => f.write_char(char::from(byte))?,
                _ => write!(f, "\\x{byte:02x}")?,
            }
        }
        Ok(())
    }
}

impl Debug for Decoded<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "\"{self}\"")
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Decoded<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
