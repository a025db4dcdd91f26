//! Place of a put that failed, for error texts. Without the feature `alloc`,
//! where no text has room for it, nothing is kept and nothing is compiled.

use super::{Failure, Writer};
use crate::EncodeError;
use crate::bytes::{align, low32};

impl<'b> Writer<'b> {
    /// Ends the nest or the record that begins behind `mark` as if it were
    /// complete. Without room for an attribute there is none to name.
    #[cold]
    #[cfg_attr(feature = "alloc", inline(never))]
    #[cfg_attr(not(feature = "alloc"), inline)]
    pub(super) fn close_failed(&mut self, mark: usize, error: &EncodeError) {
        if !cfg!(feature = "alloc") || error.attribute().is_none() {
            return;
        }
        let start = align(mark);
        let is_first = self.failure.end == 0;
        if is_first {
            self.failure.end = low32(self.len);
        }
        let length = self.failure.end.saturating_sub(low32(start));
        let length = u16::try_from(length);
        // A nest that is too long is itself what failed.
        if self.failure.nest == 0 && (length.is_ok() || !is_first) {
            self.failure.nest = low32(start);
        }
        // Nests and records both begin with their length.
        self.patch(start, &length.unwrap_or(0xfffc));
    }

    /// Returns the message that failed, which begins where the rollback ended,
    /// and the offset of the nest in it that was open. Without such a nest the
    /// message has the rest of the buffer.
    pub(crate) fn into_failed(self) -> Option<(&'b [u8], Option<u32>)> {
        let (start, Failure { nest, end }) = (align(self.len), self.failure);
        let nest = nest.checked_sub(low32(start)).filter(|&nest| nest != 0);
        let end = match usize::try_from(end) {
            Ok(end) if nest.is_some() => end,
            _ => self.buffer.len(),
        };
        let message = self.buffer.get_mut(start..end)?;
        let length = low32(message.len());
        *message.first_chunk_mut()? = length.to_ne_bytes();
        Some((message, nest))
    }
}
