//! What a test says about a request before it is sent.

use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use nlwire::pretty::Pretty;
use nlwire::{FixedHeader, Flags, MessageRef, MessageType};

/// What a request must be, for [`Kernel::expect`](super::Kernel::expect): its
/// type, and whatever else is said.
///
/// ```
/// use nlsock::fake::Expected;
/// use nlwire::{Flags, GetFlags, MessageType, Writer};
///
/// let dump = Expected::new(MessageType(26)).flags(Flags::REQUEST | GetFlags::DUMP);
/// let mut buffer = [0; 64];
/// let request = Writer::message(&mut buffer, MessageType(26), Flags::REQUEST, &(), |w| Ok(w))?;
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
        }
    }

    /// Expects just these flags, `ACK` aside, which the connection adds.
    #[must_use]
    pub fn flags(mut self, flags: impl Into<Flags>) -> Self {
        self.flags = Some(flags.into());
        self
    }

    /// Expects this fixed header, and attributes behind it.
    #[must_use]
    pub fn header<T: FixedHeader>(mut self, header: &T) -> Self {
        self.header = header.as_bytes().to_vec();
        self.header_len = size_of::<T>();
        self
    }

    /// Expects a fixed header of this many bytes, whatever is in it.
    #[must_use]
    pub fn header_len(mut self, bytes: usize) -> Self {
        self.header.clear();
        self.header_len = bytes;
        self
    }

    /// Expects an attribute of this type, among others, with just this value.
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

    /// Compares a message with what is expected.
    ///
    /// # Errors
    ///
    /// What differs first, in words.
    pub fn check(&self, message: MessageRef<'_>) -> Result<(), String> {
        if message.kind() != self.kind {
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
