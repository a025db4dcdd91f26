//! Requests that a test expects.

use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use nlwire::pretty::Pretty;
use nlwire::{FixedHeader, Flags, MessageRef, MessageType, Request};

/// Expected request of [`Kernel::expect`](super::Kernel::expect): its type, and
/// any further properties.
///
/// ```
/// use nlsock::fake::Expected;
/// use nlwire::route::{RTM_GETROUTE, RouteHeader};
/// use nlwire::{Flags, GetFlags, Writer};
///
/// let dump = Expected::new(RTM_GETROUTE).flags(Flags::REQUEST | GetFlags::DUMP);
/// let (mut buffer, header) = ([0; 64], RouteHeader::default());
/// let request = Writer::message(&mut buffer, RTM_GETROUTE, Flags::REQUEST, &header, |w| Ok(w))?;
/// assert_eq!(
///     dump.check(request).unwrap_err(),
///     "flags request instead of request|0x300"
/// );
/// # Ok::<(), nlwire::EncodeError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Expected {
    kind: MessageType,
    flags: Option<Flags>,
    header: Vec<u8>,
    header_len: usize,
    attributes: Vec<(u16, Option<Vec<u8>>)>,
    /// All bytes after the header of the message.
    payload: Option<Vec<u8>>,
    /// True if the type is the number of a generic family, which the fake
    /// kernel assigns.
    any_kind: bool,
}

impl Expected {
    /// Expects a message of this type.
    #[must_use]
    pub const fn new(kind: MessageType) -> Self {
        Self {
            kind,
            flags: None,
            header: Vec::new(),
            header_len: 0,
            attributes: Vec::new(),
            payload: None,
            any_kind: false,
        }
    }

    /// Expects the first message that a request writes, with equal bytes after its
    /// header.
    ///
    #[cfg_attr(feature = "route", doc = "```")]
    #[cfg_attr(not(feature = "route"), doc = "```text")]
    /// use nlsock::fake::{Expected, Kernel};
    /// use nlsock::{Conn, Protocol};
    /// use nlwire::route::NewLink;
    ///
    /// let kernel = Kernel::new();
    /// let bridge = NewLink::new("br0", "bridge");
    /// kernel.expect(Expected::request(&bridge), |_, answer| answer.ack());
    /// let mut conn = Conn::over(kernel.clone(), [0; 4096], Protocol::ROUTE, 7);
    /// conn.execute(&bridge)?;
    /// kernel.assert_finished();
    /// # Ok::<(), nlsock::Error>(())
    /// ```
    ///
    /// # Panics
    ///
    /// Panics if the request cannot be written, as the test would fail.
    #[must_use]
    pub fn request(request: &dyn Request) -> Self {
        Self::part(request, 0)
    }

    /// Expects a later message of a request of several, which
    /// [`Request::write`] writes from here.
    ///
    /// # Panics
    ///
    /// Panics if the request cannot be written, as the test would fail.
    #[must_use]
    #[allow(clippy::panic, reason = "a broken test must not pass")]
    pub fn part(request: &dyn Request, from: u64) -> Self {
        let mut batch = Vec::new();
        let written = nlwire::write_into(&mut batch, |w| {
            request.write(from, w)?;
            Ok(w)
        });
        let message = match (written, MessageRef::new(&batch)) {
            (Ok(()), Ok(message)) => message,
            (Err(error), _) => panic!("the request cannot be written: {error}"),
            (_, Err(error)) => panic!("the request writes no message: {error}"),
        };
        let family = request.protocol().and_then(|protocol| protocol.family);
        Self {
            flags: Some(message.flags() | Flags::REQUEST),
            payload: Some(message.payload().to_vec()),
            any_kind: family.is_some(),
            ..Self::new(message.kind())
        }
    }

    /// Expects exactly these flags. `ACK` is ignored, as the connection adds
    /// it.
    #[must_use]
    pub fn flags(mut self, flags: impl Into<Flags>) -> Self {
        self.flags = Some(flags.into());
        self
    }

    /// Expects this fixed header, followed by attributes.
    #[must_use]
    pub fn header<T: FixedHeader>(mut self, header: &T) -> Self {
        self.header = header.as_bytes().to_vec();
        self.header_len = size_of::<T>();
        self
    }

    /// Expects a fixed header of this many bytes with any content.
    #[must_use]
    pub fn header_len(mut self, bytes: usize) -> Self {
        self.header.clear();
        self.header_len = bytes;
        self
    }

    /// Expects an attribute of this type with this value; others are allowed.
    #[must_use]
    pub fn attribute(mut self, kind: u16, value: &[u8]) -> Self {
        self.attributes.push((kind, Some(value.to_vec())));
        self
    }

    /// Expects no attribute of this type.
    #[must_use]
    pub fn without(mut self, kind: u16) -> Self {
        self.attributes.push((kind, None));
        self
    }

    /// Compares a message with the expected one.
    ///
    /// # Errors
    ///
    /// The first difference, in words.
    pub fn check(&self, message: MessageRef<'_>) -> Result<(), String> {
        if message.kind() != self.kind && !self.any_kind {
            return Err(format!("type {} instead of {}", message.kind(), self.kind));
        }
        let found = message.flags().difference(Flags::ACK);
        if let Some(flags) = self.flags.map(|flags| flags.difference(Flags::ACK)) {
            if found != flags {
                return Err(format!("flags {found} instead of {flags}"));
            }
        }
        if !message.payload().starts_with(&self.header) {
            let header = message.payload().get(..self.header.len());
            let header = header.unwrap_or(message.payload());
            return Err(format!(
                "header {header:02x?} instead of {:02x?}",
                self.header
            ));
        }
        if let Some(payload) = &self.payload {
            if message.payload() != payload {
                let found = message.payload();
                return Err(format!("payload {found:02x?} instead of {payload:02x?}"));
            }
        }
        let attributes = message.attributes(self.header_len);
        for (kind, value) in &self.attributes {
            let found = attributes.find(*kind).map_err(|error| error.to_string())?;
            match (found, value) {
                (Some(found), Some(value)) if found.bytes() != *value => {
                    let found = found.bytes();
                    return Err(format!(
                        "attribute {kind}: {found:02x?} instead of {value:02x?}"
                    ));
                }
                (None, Some(_)) => return Err(format!("without attribute {kind}")),
                (Some(_), None) => return Err(format!("with attribute {kind}")),
                _ => {}
            }
        }
        Ok(())
    }

    #[allow(clippy::panic, reason = "a broken test must not pass")]
    pub(super) fn assert(&self, message: MessageRef<'_>) {
        if let Err(difference) = self.check(message) {
            let tree = Pretty::new(message.as_bytes(), None);
            panic!("not the request that was expected: {difference}\n{tree}");
        }
    }
}
