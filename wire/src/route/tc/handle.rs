//! Names of queueing disciplines, classes and filters.

use core::fmt;
use core::str::FromStr;

use crate::schema::{Described, Notation, Shape};
use crate::zerocopy::native_endian::U32;
use crate::zerocopy::{FromBytes, Immutable, IntoBytes, Unaligned};

/// Handle of a queueing discipline (`major:`) or of a class in it
/// (`major:minor`). Both print and parse in hexadecimal, as in tc(8).
///
/// ```
/// use nlwire::route::Handle;
///
/// let class: Handle = "1:10".parse()?;
/// assert_eq!(class, Handle::new(1, 0x10));
/// assert_eq!(class.discipline().to_string(), "1:");
/// # Ok::<(), nlwire::route::HandleError>(())
/// ```
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, FromBytes, IntoBytes, Immutable, Unaligned,
)]
#[repr(transparent)]
pub struct Handle(U32);

crate::__format!(Handle);

impl Described for Handle {
    const SHAPE: Shape = U32::SHAPE.shown_as(Shape::Unsigned(None, Notation::Handle));
}

impl Handle {
    /// No handle, or any handle.
    #[doc(alias = "TC_H_UNSPEC")]
    pub const UNSPEC: Self = Self::from_bits(0);
    /// Root of a link, where the packets that it sends are queued.
    #[doc(alias = "TC_H_ROOT")]
    pub const ROOT: Self = Self::from_bits(0xffff_ffff);
    /// Parent of the disciplines `ingress` and `clsact`.
    #[doc(alias = "TC_H_INGRESS", alias = "TC_H_CLSACT")]
    pub const INGRESS: Self = Self::from_bits(0xffff_fff1);
    /// Parent of the filters of `clsact` for received packets (`tc filter add
    /// dev eth0 ingress`).
    #[doc(alias = "TC_H_MIN_INGRESS")]
    pub const CLSACT_INGRESS: Self = Self::from_bits(0xffff_fff2);
    /// Parent of the filters of `clsact` for sent packets (`tc filter add dev
    /// eth0 egress`).
    #[doc(alias = "TC_H_MIN_EGRESS")]
    pub const CLSACT_EGRESS: Self = Self::from_bits(0xffff_fff3);

    /// Creates the handle of a discipline (`minor` is 0) or a class.
    #[must_use]
    #[doc(alias = "TC_H_MAKE")]
    pub const fn new(major: u16, minor: u16) -> Self {
        let [a, b] = major.to_be_bytes();
        let [c, d] = minor.to_be_bytes();
        Self::from_bits(u32::from_be_bytes([a, b, c, d]))
    }

    /// Takes a handle as one number.
    #[must_use]
    pub const fn from_bits(bits: u32) -> Self {
        Self(U32::new(bits))
    }

    /// Returns the handle as one number.
    #[must_use]
    pub const fn bits(self) -> u32 {
        self.0.get()
    }

    /// Returns the number of the discipline.
    #[must_use]
    #[doc(alias = "TC_H_MAJ")]
    pub const fn major(self) -> u16 {
        let [a, b, ..] = self.bits().to_be_bytes();
        u16::from_be_bytes([a, b])
    }

    /// Returns the number of the class in its discipline, 0 for the discipline.
    #[must_use]
    #[doc(alias = "TC_H_MIN")]
    pub const fn minor(self) -> u16 {
        let [.., c, d] = self.bits().to_be_bytes();
        u16::from_be_bytes([c, d])
    }

    /// Returns the handle of the discipline that a class is in.
    #[must_use]
    pub const fn discipline(self) -> Self {
        Self::new(self.major(), 0)
    }
}

/// Prints the handle as tc(8) does: `root`, `none`, `1:`, `1:a`, `:a`.
impl fmt::Display for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        crate::view::Handle(self.bits()).fmt(f)
    }
}

/// Parses the notation of tc(8), and `ingress`. A number without a colon names a discipline.
impl FromStr for Handle {
    type Err = HandleError;

    fn from_str(text: &str) -> Result<Self, HandleError> {
        match text {
            "root" => Ok(Self::ROOT),
            "none" => Ok(Self::UNSPEC),
            "ingress" => Ok(Self::INGRESS),
            "" | ":" => Err(HandleError),
            _ => {
                let (major, minor) = text.split_once(':').unwrap_or((text, ""));
                let part = |digits| hexadecimal(digits)?.try_into().map_err(|_| HandleError);
                Ok(Self::new(part(major)?, part(minor)?))
            }
        }
    }
}

/// Handle of a `u32` filter: hash table, bucket, node. It prints and parses as
/// in tc(8).
///
/// ```
/// use nlwire::route::{Handle, U32Handle};
///
/// let first = U32Handle::from(Handle::from_bits(0x8000_0800));
/// assert_eq!(first.to_string(), "800::800");
/// assert_eq!("800::800".parse(), Ok(first));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct U32Handle(u32);

crate::__format!(U32Handle);

impl U32Handle {
    /// Creates a handle from a hash table (12 bits), a bucket and a node (12 bits). Higher bits
    /// are cut off.
    ///
    /// ```
    /// use nlwire::route::U32Handle;
    ///
    /// assert_eq!(U32Handle::new(0x800, 0, 0x801).to_string(), "800::801");
    /// ```
    #[must_use]
    pub const fn new(table: u16, bucket: u8, node: u16) -> Self {
        let [a, b] = table.to_be_bytes();
        let [c, d] = node.to_be_bytes();
        let table = u32::from_be_bytes([0, 0, a, b]) << 20;
        let bucket = u32::from_be_bytes([0, 0, 0, bucket]) << 12;
        let node = u32::from_be_bytes([0, 0, c, d]) & 0xfff;
        Self(table | bucket | node)
    }

    /// Returns the number of the hash table.
    #[must_use]
    #[doc(alias = "TC_U32_USERHTID")]
    pub const fn table(self) -> u16 {
        let [.., a, b] = (self.0 >> 20).to_be_bytes();
        u16::from_be_bytes([a, b])
    }

    /// Returns the number of the bucket in the hash table.
    #[must_use]
    #[doc(alias = "TC_U32_HASH")]
    pub const fn bucket(self) -> u8 {
        let [.., bucket] = (self.0 >> 12).to_be_bytes();
        bucket
    }

    /// Returns the number of the node in the bucket, 0 for a hash table.
    #[must_use]
    #[doc(alias = "TC_U32_NODE")]
    pub const fn node(self) -> u16 {
        let [.., a, b] = (self.0 & 0xfff).to_be_bytes();
        u16::from_be_bytes([a, b])
    }
}

impl From<Handle> for U32Handle {
    fn from(handle: Handle) -> Self {
        Self(handle.bits())
    }
}

impl From<U32Handle> for Handle {
    fn from(handle: U32Handle) -> Self {
        Self::from_bits(handle.0)
    }
}

/// Prints the handle as tc(8) does: `none`, `800:`, `800::800`, `800:1:800`.
impl fmt::Display for U32Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.table(), self.bucket(), self.node()) {
            (0, 0, 0) => return f.write_str("none"),
            (0, ..) => {}
            (table, ..) => write!(f, "{table:x}:")?,
        }
        match (self.bucket(), self.node()) {
            (0, 0) => Ok(()),
            (0, node) => write!(f, ":{node:x}"),
            (bucket, 0) => write!(f, "{bucket:x}"),
            (bucket, node) => write!(f, "{bucket:x}:{node:x}"),
        }
    }
}

impl FromStr for U32Handle {
    type Err = HandleError;

    fn from_str(text: &str) -> Result<Self, HandleError> {
        if text == "none" {
            return Ok(Self::default());
        }
        let (table, rest) = text.split_once(':').ok_or(HandleError)?;
        let (bucket, node) = rest.split_once(':').unwrap_or((rest, ""));
        let part = |digits, limit| match hexadecimal(digits)? {
            number if number <= limit => u16::try_from(number).map_err(|_| HandleError),
            _ => Err(HandleError),
        };
        let bucket = u8::try_from(part(bucket, 0xff)?).map_err(|_| HandleError)?;
        Ok(Self::new(part(table, 0xfff)?, bucket, part(node, 0xfff)?))
    }
}

/// Reads hexadecimal digits; none are 0.
fn hexadecimal(digits: &str) -> Result<u32, HandleError> {
    match digits {
        "" => Ok(0),
        // `from_str_radix` would take a sign.
        _ if digits.starts_with(['+', '-']) => Err(HandleError),
        _ => u32::from_str_radix(digits, 16).map_err(|_| HandleError),
    }
}

/// Reason why a text is no [`Handle`] and no [`U32Handle`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub struct HandleError;

impl fmt::Display for HandleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("invalid handle of traffic control: hexadecimal as 1:10 or 800::800")
    }
}

impl core::error::Error for HandleError {}

#[cfg(test)]
mod tests {
    extern crate std;

    use super::{Handle, HandleError, U32Handle};
    use std::string::ToString as _;

    #[test]
    fn handles_read_as_tc_prints_them() {
        for (text, bits) in [
            ("root", 0xffff_ffff),
            ("none", 0),
            ("ffff:fff1", 0xffff_fff1),
            ("1:", 0x1_0000),
            ("1:10", 0x1_0010),
            ("ffff:", 0xffff_0000),
            (":a", 0xa),
        ] {
            let handle = Handle::from_bits(bits);
            assert_eq!(handle.to_string(), text);
            assert_eq!(text.parse(), Ok(handle));
        }
        assert_eq!("ingress".parse(), Ok(Handle::INGRESS));
        assert_eq!("a".parse(), Ok(Handle::new(10, 0)));
        for text in ["", ":", "1:2:3", "x", "1:+2", "10000:", "1:10000", "1: 2"] {
            assert_eq!(text.parse::<Handle>(), Err(HandleError), "{text}");
        }
    }

    #[test]
    fn handles_of_u32_filters_have_three_parts() {
        for (text, bits) in [
            ("none", 0),
            ("800:", 0x8000_0000),
            ("800::800", 0x8000_0800),
            ("800:1", 0x8000_1000),
            ("1:ff:fff", 0x001f_ffff),
        ] {
            let handle = U32Handle::from(Handle::from_bits(bits));
            assert_eq!(handle.to_string(), text);
            assert_eq!(text.parse(), Ok(handle));
            assert_eq!(Handle::from(handle).bits(), bits);
        }
        for text in ["", "800", "1000:", "1:100:", "1::1000", "1:2:3:4"] {
            assert_eq!(text.parse::<U32Handle>(), Err(HandleError), "{text}");
        }
    }
}
