//! Whole messages, and blocks of attributes.

use super::{Put, Writer};
use crate::bytes::low32;
use crate::zerocopy::FromBytes as _;
use crate::{Attrs, EncodeError, FixedHeader, Flags, Header, MessageRef, MessageType, Stamp};

impl<'b> Writer<'b> {
    /// Writes one message at the start of `buffer`: its header, the family's
    /// fixed header, and what `attributes` puts. Sequence and port are 0, for
    /// the sender to fill.
    ///
    /// # Errors
    /// [`EncodeError::Overflow`] for a buffer that is too small, and whatever
    /// `attributes` returns.
    #[inline]
    pub fn message<T, F>(
        buffer: &'b mut [u8],
        kind: MessageType,
        flags: impl Into<Flags>,
        header: &T,
        attributes: F,
    ) -> Result<MessageRef<'b>, EncodeError>
    where
        T: FixedHeader,
        F: for<'w> FnOnce(&'w mut Self) -> Put<'w, 'b>,
    {
        let mut writer = Self::new(buffer, 0);
        writer.append_headed(Header::new(kind, flags), header, attributes)?;
        writer.into_message()
    }

    /// Ends the writing of one message.
    #[inline]
    pub(crate) fn into_message(self) -> Result<MessageRef<'b>, EncodeError> {
        let capacity = self.buffer.len();
        MessageRef::new(self.into_bytes()).map_err(|_| EncodeError::Overflow {
            needed: 16,
            capacity: low32(capacity),
        })
    }

    /// Writes messages at the start of `buffer`, one behind another, and returns
    /// the bytes of all.
    ///
    /// # Errors
    /// The errors of `messages`.
    pub fn datagram<F>(buffer: &'b mut [u8], messages: F) -> Result<&'b [u8], EncodeError>
    where
        F: for<'w> FnOnce(&'w mut Self) -> Put<'w, 'b>,
    {
        let mut writer = Self::new(buffer, 0);
        messages(&mut writer)?;
        Ok(writer.into_bytes())
    }

    /// Writes a bare block of attributes at the start of `buffer`.
    ///
    /// # Errors
    /// The errors of `attributes`.
    #[inline]
    pub fn attributes<F>(buffer: &'b mut [u8], attributes: F) -> Result<Attrs<'b>, EncodeError>
    where
        F: for<'w> FnOnce(&'w mut Self) -> Put<'w, 'b>,
    {
        let mut writer = Self::new(buffer, 0);
        attributes(&mut writer)?;
        Ok(Attrs::new(writer.into_bytes()))
    }

    /// Appends a message, as [`Writer::message`] writes one, behind what is
    /// there: for `write_into`, which the features `alloc` and `heapless` add.
    ///
    /// # Errors
    /// [`EncodeError::Overflow`], and whatever `attributes` returns; nothing
    /// of the message stays.
    #[inline]
    pub fn append_message<T, F>(
        &mut self,
        kind: MessageType,
        flags: impl Into<Flags>,
        header: &T,
        attributes: F,
    ) -> Put<'_, 'b>
    where
        T: FixedHeader,
        F: for<'w> FnOnce(&'w mut Self) -> Put<'w, 'b>,
    {
        self.append_headed(Header::new(kind, flags), header, attributes)?;
        Ok(self)
    }

    /// Appends a message as the kernel sends it: sequence number, port id and
    /// flags are those of `header`, and the length is computed.
    ///
    /// ```
    /// use nlwire::{Flags, Header, MessageType, Messages, Writer};
    ///
    /// let header = Header::new(MessageType(16), Flags::MULTI).with_sequence(7).with_port(77);
    /// let mut buffer = [0; 64];
    /// let datagram = Writer::datagram(&mut buffer, |w| {
    ///     w.append_answer(header, &(), |w| w.u32(1, 5))?
    ///         .append_answer(header, &(), |w| w.u32(1, 6))
    /// })?;
    /// let ports = Messages::new(datagram).flatten().map(|message| message.header().port());
    /// assert_eq!(ports.collect::<Vec<_>>(), [77, 77]);
    /// # Ok::<(), nlwire::EncodeError>(())
    /// ```
    ///
    /// # Errors
    /// [`EncodeError::Overflow`], and whatever `attributes` returns; nothing of
    /// the message stays.
    pub fn append_answer<T, F>(&mut self, header: Header, fixed: &T, attributes: F) -> Put<'_, 'b>
    where
        T: FixedHeader,
        F: for<'w> FnOnce(&'w mut Self) -> Put<'w, 'b>,
    {
        let own = Stamp {
            port: header.port(),
            ..Stamp::default()
        };
        let stamp = core::mem::replace(&mut self.stamp, own);
        let result = self.append_headed(header, fixed, attributes);
        self.stamp = stamp;
        result?;
        Ok(self)
    }

    /// Appends a copy of a message; its header gets the writer's stamp.
    ///
    /// # Errors
    ///
    /// [`EncodeError::Overflow`].
    #[inline]
    pub fn append_copy(&mut self, message: MessageRef<'_>) -> Put<'_, 'b> {
        self.append_headed(*message.header(), &(), |w| w.append(message.payload()))?;
        Ok(self)
    }

    /// Returns the number of messages written.
    #[inline]
    #[must_use]
    pub const fn messages(&self) -> u32 {
        self.messages
    }

    /// Makes the last message ask for an acknowledgement, or not, and returns
    /// its number, from 0.
    #[inline]
    pub(crate) fn ask_ack(&mut self, ack: bool) -> u32 {
        if let Ok((header, _)) =
            Header::mut_from_prefix(self.buffer.get_mut(self.last..).unwrap_or_default())
        {
            let flags = header.flags().difference(Flags::ACK);
            *header = header.with_flags(if ack { flags | Flags::ACK } else { flags });
        }
        self.messages.saturating_sub(1)
    }

    /// Appends a message and pads before it; on an error the writer is as it was.
    #[inline]
    pub(crate) fn append_headed<T, F>(
        &mut self,
        header: Header,
        fixed: &T,
        attributes: F,
    ) -> Result<(), EncodeError>
    where
        T: FixedHeader,
        F: for<'w> FnOnce(&'w mut Self) -> Put<'w, 'b>,
    {
        let (mark, order) = (self.len, self.order);
        let result = self.try_append_headed(header, fixed, attributes);
        self.order = order;
        if result.is_err() {
            self.len = mark;
        }
        result
    }

    #[inline]
    fn try_append_headed<T, F>(
        &mut self,
        header: Header,
        fixed: &T,
        attributes: F,
    ) -> Result<(), EncodeError>
    where
        T: FixedHeader,
        F: for<'w> FnOnce(&'w mut Self) -> Put<'w, 'b>,
    {
        let header = self.stamp.header(header, self.messages);
        let start = self.payload(&header)?;
        self.append(fixed)?;
        attributes(self)?;
        let length = low32(self.len.saturating_sub(start));
        self.patch(start, &header.with_length(length));
        self.last = start;
        self.messages = self.messages.saturating_add(1);
        Ok(())
    }
}
