//! Names of Unix sockets.

use core::fmt::{self, Debug, Display, Formatter};

use crate::codec::Form;
use crate::schema::Shape;
use crate::text::Quoted;
use crate::{AttrRef, Attrs, DecodeError, Put, Text, Writer};

/// Name of a Unix socket: a path, or an abstract name, which begins with a NUL
/// and may have NULs anywhere (unix(7)).
///
/// Programs choose both, so neither need be UTF-8. `Display` prints a path
/// unchanged, and an abstract name after `@`, as ss(8) does.
///
/// ```
/// use nlwire::sock_diag::UnixName;
///
/// let path = UnixName::new(b"/run/dbus\0");
/// assert_eq!(path.path().unwrap(), "/run/dbus");
/// let name = UnixName::new(b"\0ping");
/// assert_eq!(name.abstract_name(), Some(&b"ping"[..]));
/// assert_eq!((path.to_string(), name.to_string()), ("/run/dbus".into(), "@ping".into()));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[doc(alias = "sun_path")]
pub struct UnixName<'a>(&'a [u8]);

impl<'a> UnixName<'a> {
    /// Takes the bytes of `sun_path`.
    #[must_use]
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// Returns the bytes of `sun_path`.
    #[must_use]
    pub const fn as_bytes(&self) -> &'a [u8] {
        self.0
    }

    /// Returns the path, unless the name is abstract.
    #[must_use]
    pub const fn path(&self) -> Option<Text<'a>> {
        match self.0 {
            [0, ..] => None,
            path => Some(Text::until_nul(path)),
        }
    }

    /// Returns the abstract name without its first NUL, unless the name is a path.
    #[must_use]
    pub const fn abstract_name(&self) -> Option<&'a [u8]> {
        match self.0 {
            [0, name @ ..] => Some(name),
            _ => None,
        }
    }
}

impl Display for UnixName<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.0 {
            [0, name @ ..] => write!(f, "@{}", Text::raw(name)),
            path => Display::fmt(&Text::until_nul(path), f),
        }
    }
}

impl Debug for UnixName<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        Display::fmt(&Quoted(self.0), f)
    }
}

crate::__format!(UnixName<'_>);

impl Form for UnixName<'static> {
    type Value<'a> = UnixName<'a>;
    const SHAPE: Shape = Shape::UnixName;

    crate::codec::field_is_value!();

    #[inline]
    fn decode<'a>(attribute: AttrRef<'a>, _: Attrs<'a>) -> Result<UnixName<'a>, DecodeError> {
        Ok(UnixName(attribute.bytes()))
    }

    #[inline]
    fn encode<'w, 'b>(value: &UnixName<'_>, kind: u16, writer: &'w mut Writer<'b>) -> Put<'w, 'b> {
        writer.bytes(kind, value.0)
    }
}
