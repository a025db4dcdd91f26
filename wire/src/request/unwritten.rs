//! Message that could not be written, for error texts.

use super::{Next, Request};
use crate::schema::MessageSchema;
use crate::{EncodeError, MessageRef, Path, Stamp, Writer};

/// Message that could not be written, up to the attribute that failed.
///
/// ```
/// # #[cfg(all(feature = "route", feature = "alloc"))] {
/// use nlwire::route::SetLink;
/// use nlwire::Request;
/// use nlwire::request::Unwritten;
///
/// let request = SetLink::rename(7, "a\0b");
/// let mut buffer = [0; 512];
/// let unwritten = Unwritten::of(&request, 0, &mut buffer).unwrap();
/// let schema = request.protocol().and_then(|protocol| protocol.message(unwritten.message.kind()));
/// assert_eq!(unwritten.error.attribute(), Some(3));
/// assert_eq!(unwritten.path(schema).to_string(), "IFLA_IFNAME");
/// assert_eq!(
///     unwritten.error.named("IFLA_IFNAME").to_string(),
///     "IFLA_IFNAME: NUL at byte 1 of a string"
/// );
/// # }
/// ```
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Unwritten<'b> {
    /// Message as far as it was written.
    pub message: MessageRef<'b>,
    /// Error of the attribute.
    pub error: EncodeError,
    /// Place of the message in the request.
    pub from: u64,
    nest: Option<u32>,
}

impl<'b> Unwritten<'b> {
    /// Writes the datagram that begins at place `from` of a request, and
    /// returns the message that fails; `None` if all can be written, or if the
    /// error names no attribute, as where `buffer` is too small, and without the
    /// feature `alloc`.
    #[cold]
    pub fn of(request: &dyn Request, mut from: u64, buffer: &'b mut [u8]) -> Option<Self> {
        let mut w = Writer::stamped(buffer, 0, Stamp::default());
        let error = loop {
            match request.write(from, &mut w) {
                Ok(Next::More(at) | Next::Last(at)) => from = at,
                Ok(Next::End | Next::Then(_)) => return None,
                Err(error) => break error,
            }
        };
        error.attribute()?;
        let (bytes, nest) = w.into_failed()?;
        Some(Self {
            message: MessageRef::new(bytes).ok()?,
            error,
            from,
            nest,
        })
    }

    /// Returns the path to the attribute in the names of `schema`:
    /// `IFLA_LINKINFO > IFLA_INFO_KIND`.
    #[must_use]
    pub fn path(&self, schema: Option<&MessageSchema>) -> Path<'b> {
        let (attributes, names) = match schema {
            Some(schema) => (
                schema.attributes_of(&self.message),
                Some(schema.attributes()),
            ),
            None => (self.message.attributes(0), None),
        };
        let kind = self.error.attribute().unwrap_or_default();
        Path::missing(attributes, names, kind.into(), self.nest)
    }
}

crate::__format!(Unwritten<'_>);
