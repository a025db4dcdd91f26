//! Places of messages in the buffer.

use nlwire::MessageRef;

/// Place of a message in the connection's buffer. A place does not borrow the
/// buffer, so that more can be received meanwhile.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Place {
    start: usize,
    end: usize,
}

impl Place {
    pub(super) const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// Returns the message at this place.
    #[inline]
    pub(crate) fn message(self, buffer: &[u8]) -> MessageRef<'_> {
        let bytes = buffer.get(self.start..self.end).unwrap_or_default();
        MessageRef::new(bytes).unwrap_or_default()
    }

    /// Returns the offset for a next message, aligned as at the start of the
    /// buffer.
    pub(crate) const fn behind(self) -> usize {
        // No slice is as long as would overflow.
        self.end.wrapping_add(3) & !3
    }
}
