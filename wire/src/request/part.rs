//! A datagram of a request.

use super::{Next, Request};
use crate::{EncodeError, Stamp, Writer};

/// Datagram of a request: its size, its messages, and the place that the next
/// datagram is written from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Part {
    /// End of the datagram in the buffer, in bytes.
    pub end: usize,
    /// Number of messages.
    pub messages: u32,
    /// Number of the message that asks for an acknowledgement, from 0.
    pub acked: u32,
    /// Place of the next datagram, which waits until this one is acknowledged.
    pub then: Option<u64>,
}

impl Part {
    /// Writes the datagram that begins at place `from` of the request, into
    /// `buffer` from byte `start` on. With `ack` the last message, or the one
    /// before the end of a transaction, asks for an acknowledgement.
    ///
    /// A request that can be divided fills the buffer and goes on in the next
    /// part.
    ///
    /// ```
    /// # #[cfg(feature = "route")] {
    /// use nlwire::route::NewLink;
    /// use nlwire::{Part, Stamp};
    ///
    /// let mut buffer = [0; 256];
    /// let stamp = Stamp { sequence: 7, ..Stamp::default() };
    /// let bridge = NewLink::bridge("br0").alias("uplinks").up();
    /// let part = Part::write(&bridge, 0, &mut buffer, 0, stamp, true)?;
    /// assert_eq!(part.messages, 1);
    /// // The alias is set once the link is there.
    /// assert!(part.then.is_some());
    /// # }
    /// # Ok::<(), nlwire::EncodeError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The errors of [`Request::write`].
    #[inline]
    pub fn write(
        request: &dyn Request,
        mut from: u64,
        buffer: &mut [u8],
        start: usize,
        stamp: Stamp,
        ack: bool,
    ) -> Result<Self, EncodeError> {
        let mut w = Writer::stamped(buffer, start, stamp);
        let mut acked = None;
        let then = loop {
            match request.write(from, &mut w)? {
                Next::End => break None,
                Next::Then(at) => break Some(at),
                Next::More(at) => from = at,
                Next::Last(at) => {
                    acked = Some(w.ask_ack(ack));
                    from = at;
                }
            }
        };
        let acked = acked.unwrap_or_else(|| w.ask_ack(ack));
        Ok(Self {
            end: w.len(),
            messages: w.messages(),
            acked,
            then,
        })
    }
}
