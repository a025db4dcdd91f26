//! Many messages in one buffer, for one system call.

use crate::writer::Put;
use crate::{EncodeError, FixedHeader, Flags, Header, MessageType, Messages, Writer};

/// Packs messages into a buffer, one behind the other.
///
/// [`push`](Self::push) refuses what does not fit and changes nothing by it:
/// send what the batch holds, [`clear`](Self::clear) it, push again. The
/// kernel handles the messages of a batch in order, and answers each; what a
/// socket's receive buffer can hold of answers is what limits a batch (the
/// default holds 256 acks), so a batch can be limited by count as well.
///
/// ```
/// use nlwire::{Batch, EncodeError, Flags, MessageType};
///
/// let mut buffer = [0; 40];
/// let mut batch = Batch::new(&mut buffer);
/// batch.push(MessageType::NOOP, Flags::REQUEST | Flags::ACK, &(), |w| Ok(w))?;
/// batch.push(MessageType::NOOP, Flags::REQUEST | Flags::ACK, &(), |w| Ok(w))?;
/// let third = batch.push(MessageType::NOOP, Flags::REQUEST, &(), |w| Ok(w));
/// assert_eq!(third, Err(EncodeError::Overflow { needed: 48, capacity: 40 }));
/// assert_eq!((batch.count(), batch.acks()), (2, 2));
/// # Ok::<(), EncodeError>(())
/// ```
#[derive(Debug)]
pub struct Batch<'b> {
    buffer: &'b mut [u8],
    len: usize,
    count: usize,
    acks: usize,
    limit: usize,
}

impl<'b> Batch<'b> {
    /// Starts an empty batch that may fill `buffer`.
    #[must_use]
    pub const fn new(buffer: &'b mut [u8]) -> Self {
        Self {
            buffer,
            len: 0,
            count: 0,
            acks: 0,
            limit: usize::MAX,
        }
    }

    /// Limits how many messages that ask for an ack the batch takes.
    #[must_use]
    pub const fn with_ack_limit(mut self, acks: usize) -> Self {
        self.limit = acks;
        self
    }

    /// Appends a message, as [`Writer::message`] writes one.
    ///
    /// # Errors
    /// [`EncodeError::Overflow`], [`EncodeError::BatchFull`], and whatever
    /// `attributes` returns; the batch is as it was.
    pub fn push<T, F>(
        &mut self,
        kind: MessageType,
        flags: Flags,
        header: &T,
        attributes: F,
    ) -> Result<(), EncodeError>
    where
        T: FixedHeader,
        F: for<'w, 'a> FnOnce(&'w mut Writer<'a>) -> Put<'w, 'a>,
    {
        let acks = self
            .acks
            .saturating_add(usize::from(flags.contains(Flags::ACK)));
        if acks > self.limit {
            return Err(EncodeError::BatchFull { limit: self.limit });
        }
        let mut writer = Writer::new(self.buffer, self.len);
        writer.append_headed(Header::new(kind, flags), header, attributes)?;
        self.len = writer.len();
        self.count = self.count.saturating_add(1);
        self.acks = acks;
        Ok(())
    }

    /// Returns how many messages it holds.
    #[must_use]
    pub const fn count(&self) -> usize {
        self.count
    }

    /// Returns how many of them ask for an ack.
    #[must_use]
    pub const fn acks(&self) -> usize {
        self.acks
    }

    /// Returns the messages as they are to be sent.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.buffer.get(..self.len).unwrap_or_default()
    }

    /// Returns the messages for whoever numbers them before they are sent.
    #[must_use]
    pub fn as_mut_bytes(&mut self) -> &mut [u8] {
        self.buffer.get_mut(..self.len).unwrap_or_default()
    }

    /// Walks the messages.
    #[must_use]
    pub fn messages(&self) -> Messages<'_> {
        Messages::new(self.as_bytes())
    }

    /// Empties the batch; buffer and limit stay.
    pub const fn clear(&mut self) {
        self.len = 0;
        self.count = 0;
        self.acks = 0;
    }
}
