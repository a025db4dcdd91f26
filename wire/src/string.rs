//! Strings that a user of the system chooses: bytes with a text view.

use core::fmt::{self, Debug, Display, Formatter, Write};
use core::str::Utf8Error;

/// String whose bytes a user of the system chooses, such as a link's name.
///
/// The kernel accepts nearly any bytes in these strings, so a `Text` need not
/// be UTF-8. The NUL that ends it in C is not a part of it. `Display` prints valid UTF-8 as it
/// is, and control characters and invalid bytes as `\xNN`: no name can send
/// commands to a terminal.
///
/// ```
/// use nlwire::Text;
///
/// let name = Text::new(b"v\xff\0");
/// assert_eq!(name, b"v\xff");
/// assert_eq!(name.to_string(), r"v\xff");
/// assert!(name.to_str().is_err());
/// assert_eq!(Text::from("eth0"), "eth0");
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(transparent)]
pub struct Text<'a>(&'a [u8]);

impl<'a> Text<'a> {
    /// Takes bytes, without NULs at their end. A NUL amid the bytes stays, and a
    /// [`Writer`](crate::Writer) refuses it: cut there, a name would be another.
    #[must_use]
    pub const fn new(bytes: &'a [u8]) -> Self {
        let mut rest = bytes;
        while let [front @ .., 0] = rest {
            rest = front;
        }
        Self(rest)
    }

    /// Takes the bytes before the first NUL, or all of them: a C string in a
    /// buffer.
    #[must_use]
    pub const fn until_nul(bytes: &'a [u8]) -> Self {
        let (mut rest, mut length) = (bytes, 0_usize);
        while let [first, tail @ ..] = rest {
            if *first == 0 {
                break;
            }
            rest = tail;
            length = length.wrapping_add(1);
        }
        match bytes.split_at_checked(length) {
            Some((text, _)) => Self(text),
            None => Self(bytes),
        }
    }

    /// Takes bytes as they are.
    #[inline]
    pub(crate) const fn raw(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// Returns the bytes, without the NUL that ends them in C.
    #[inline]
    #[must_use]
    pub const fn as_bytes(self) -> &'a [u8] {
        self.0
    }

    /// Returns the string, if it is UTF-8.
    ///
    /// # Errors
    /// [`Utf8Error`] with the number of bytes that are valid.
    #[inline]
    pub const fn to_str(self) -> Result<&'a str, Utf8Error> {
        core::str::from_utf8(self.0)
    }

    /// Returns the number of bytes.
    #[inline]
    #[must_use]
    pub const fn len(self) -> usize {
        self.0.len()
    }

    /// Returns true if the string has no bytes.
    #[inline]
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0.is_empty()
    }

    /// Writes the string, with a backslash before each of `quotes`.
    fn escape(self, quotes: &str, out: &mut impl Write) -> fmt::Result {
        for chunk in self.0.utf8_chunks() {
            for letter in chunk.valid().chars() {
                match u8::try_from(letter) {
                    Ok(byte) if letter.is_control() => write_escaped(byte, out)?,
                    _ => {
                        if quotes.contains(letter) {
                            out.write_char('\\')?;
                        }
                        out.write_char(letter)?;
                    }
                }
            }
            for &byte in chunk.invalid() {
                write_escaped(byte, out)?;
            }
        }
        Ok(())
    }
}

fn write_escaped(byte: u8, out: &mut impl Write) -> fmt::Result {
    out.write_str("\\x")?;
    for digit in [byte >> 4, byte & 0xf] {
        out.write_char(char::from_digit(u32::from(digit), 16).unwrap_or('?'))?;
    }
    Ok(())
}

/// Counts the characters that are written.
struct Count(usize);

impl Write for Count {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0 = self.0.saturating_add(text.chars().count());
        Ok(())
    }
}

/// Valid UTF-8 as it is, control characters and invalid bytes as `\xNN`.
/// A width pads the string: `{:<16}`.
impl Display for Text<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Some(width) = f.width() else {
            return self.escape("", f);
        };
        let mut count = Count(0);
        self.escape("", &mut count)?;
        let padding = width.saturating_sub(count.0);
        let before = match f.align() {
            Some(fmt::Alignment::Right) => padding,
            Some(fmt::Alignment::Center) => padding / 2,
            _ => 0,
        };
        let fill = f.fill();
        (0..before).try_for_each(|_| f.write_char(fill))?;
        self.escape("", f)?;
        (before..padding).try_for_each(|_| f.write_char(fill))
    }
}

/// The same in quotes: `"v\xff"`.
impl Debug for Text<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_char('"')?;
        self.escape("\"\\", f)?;
        f.write_char('"')
    }
}

/// Takes the string as it is; a NUL in it is refused where it is written.
impl<'a> From<&'a str> for Text<'a> {
    fn from(text: &'a str) -> Self {
        Self(text.as_bytes())
    }
}

impl<'a> From<&'a [u8]> for Text<'a> {
    fn from(bytes: &'a [u8]) -> Self {
        Self::new(bytes)
    }
}

impl<'a, const N: usize> From<&'a [u8; N]> for Text<'a> {
    fn from(bytes: &'a [u8; N]) -> Self {
        Self::new(bytes)
    }
}

impl<'a> From<&'a core::ffi::CStr> for Text<'a> {
    fn from(text: &'a core::ffi::CStr) -> Self {
        Self(text.to_bytes())
    }
}

impl AsRef<[u8]> for Text<'_> {
    fn as_ref(&self) -> &[u8] {
        self.0
    }
}

/// Comparisons with whatever has the same bytes.
macro_rules! equal {
    ($($(@$size:ident)? $type:ty: |$other:ident| $bytes:expr;)*) => {$(
        impl $(<const $size: usize>)? PartialEq<$type> for Text<'_> {
            fn eq(&self, $other: &$type) -> bool {
                self.0 == $bytes
            }
        }

        impl $(<const $size: usize>)? PartialEq<Text<'_>> for $type {
            fn eq(&self, other: &Text<'_>) -> bool {
                *other == *self
            }
        }
    )*};
}

equal! {
    str: |other| other.as_bytes();
    &str: |other| other.as_bytes();
    [u8]: |other| other;
    &[u8]: |other| *other;
    @N [u8; N]: |other| other;
    @N &[u8; N]: |other| *other;
}

#[cfg(test)]
mod tests {
    extern crate std;

    use super::Text;
    use std::format;
    use std::string::ToString as _;

    #[test]
    fn a_text_ends_before_its_nul() {
        const NAME: Text<'_> = Text::new(b"eth0\0\0");
        assert_eq!(Text::until_nul(b"eth0\0garbage"), NAME);
        assert_eq!(Text::until_nul(b"eth0"), NAME);
        assert_eq!(Text::new(b"eth\x000").len(), 5);
        assert_eq!(NAME, "eth0");
        assert_eq!("eth0", NAME);
        assert_eq!(NAME, *b"eth0");
        assert_eq!(NAME.to_str(), Ok("eth0"));
        assert_eq!(Text::new(b"\0").len(), 0);
        assert!(Text::from("").is_empty());
        assert_eq!(Text::from(c"lo"), "lo");
    }

    #[test]
    fn a_secret_may_be_printed() {
        let text = Text::new(b"e\x1b[31m\xffX\xc3\xa9\xe2\x82\"\\\x7f");
        assert_eq!(text.to_string(), "e\\x1b[31m\\xffXé\\xe2\\x82\"\\\\x7f");
        assert_eq!(format!("{text:?}"), r#""e\x1b[31m\xffXé\xe2\x82\"\\\x7f""#);
        assert_eq!(Text::new(b"\xc2\x9b").to_string(), r"\x9b");
    }

    #[test]
    fn the_tool_fills_columns() {
        let text = Text::new(b"v\xff");
        assert_eq!(format!("{text:<8}|"), r"v\xff   |");
        assert_eq!(format!("{text:>8}|"), r"   v\xff|");
        assert_eq!(format!("{text:*^8}|"), r"*v\xff**|");
        assert_eq!(format!("{text:2}|"), r"v\xff|");
    }
}
