//! Spans of messages in the buffer.

use nlwire::MessageRef;

/// Span of a message in the connection's buffer. It does not borrow the
/// buffer, so that more can be received meanwhile.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Span {
    start: usize,
    end: usize,
}

impl Span {
    pub(super) const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// Returns the message in this span.
    #[inline]
    pub(crate) fn message(self, buffer: &[u8]) -> MessageRef<'_> {
        let bytes = buffer.get(self.start..self.end).unwrap_or_default();
        MessageRef::new(bytes).unwrap_or_default()
    }

    /// Returns the span from the start of this message to the end of a later one.
    #[cfg(feature = "alloc")]
    pub(crate) const fn to(self, last: Self) -> Self {
        Self {
            start: self.start,
            end: last.end,
        }
    }

    /// Returns the bytes of this span.
    #[cfg(feature = "alloc")]
    pub(crate) fn bytes(self, buffer: &[u8]) -> &[u8] {
        buffer.get(self.start..self.end).unwrap_or_default()
    }

    /// Returns the offset for a next message, aligned as at the start of the
    /// buffer.
    pub(crate) const fn behind(self) -> usize {
        // No slice is as long as would overflow.
        self.end.wrapping_add(3) & !3
    }
}
