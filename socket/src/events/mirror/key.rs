//! Identity of a row.

use alloc::vec::Vec;

use nlwire::{AttrRef, DecodeError, MessageRef};

/// Function that writes the identity of a message's row, and returns false if
/// the message is not a row of the table.
///
/// The identity has only attributes that never change during a row's life.
pub type Identify = fn(MessageRef<'_>, &mut Key) -> Result<bool, DecodeError>;

/// Identity of a row: bytes that are equal in all its messages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Key {
    bytes: Vec<u8>,
    /// Length of the identity, if details follow.
    identity: Option<usize>,
    /// True if a further row may be merged with rows of the same identity.
    pub(super) is_merging: bool,
}

impl Key {
    /// Appends a number.
    pub fn number(&mut self, number: u32) -> &mut Self {
        self.bytes.extend_from_slice(&number.to_ne_bytes());
        self
    }

    /// Appends bytes with their length.
    pub fn bytes(&mut self, bytes: &[u8]) -> &mut Self {
        self.number(u32::try_from(bytes.len()).unwrap_or(u32::MAX));
        self.bytes.extend_from_slice(bytes);
        self
    }

    /// Appends an attribute's value, or a mark for an absent attribute.
    pub fn attribute(&mut self, attribute: Option<AttrRef<'_>>) -> &mut Self {
        match attribute {
            Some(attribute) => self.bytes(attribute.bytes()),
            None => self.number(u32::MAX),
        }
    }

    /// Ends the identity. Details follow: they distinguish rows that the kernel
    /// keeps side by side, the first of which a replacement replaces.
    pub fn details(&mut self) -> &mut Self {
        self.identity = Some(self.bytes.len());
        self
    }

    pub(super) fn clear(&mut self) {
        self.bytes.clear();
        self.identity = None;
        self.is_merging = false;
    }

    pub(super) fn identity(&self) -> &[u8] {
        let end = self.identity.unwrap_or(self.bytes.len());
        self.bytes.get(..end).unwrap_or_default()
    }

    pub(super) fn detail(&self) -> &[u8] {
        let start = self.identity.unwrap_or(self.bytes.len());
        self.bytes.get(start..).unwrap_or_default()
    }
}
