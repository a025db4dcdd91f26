//! The datagram that is being read, message by message, and where the next
//! one comes from.

use nlwire::zerocopy::FromBytes as _;
use nlwire::{
    DecodeError, Errno, Exchange, Flags, Header, Meaning, MessageRef, MessageType, Origin,
};

use crate::call::DUMP_BUFFER;
use crate::deadline::Deadline;
use crate::state::{self, State, receive_error, receive_now};
use crate::{Conn, Error, ErrorKind, Interest, Operation, Transport};

/// A place in a connection's buffer. Places, not references, cross the receive
/// of more.
pub(crate) type Place = (usize, usize);

/// The datagram at the start of a connection's buffer, read up to some point.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Inbox {
    origin: Origin,
    at: usize,
    end: usize,
}

impl Inbox {
    pub(crate) const fn new() -> Self {
        Self {
            origin: Origin { port: 0, group: 0 },
            at: 0,
            end: 0,
        }
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.at >= self.end
    }

    pub(crate) const fn origin(&self) -> Origin {
        self.origin
    }

    /// Leaves out the rest of the datagram.
    pub(crate) const fn clear(&mut self) {
        self.at = self.end;
    }

    /// Receives the next datagram of the kernel's, and says if there was one.
    #[inline]
    pub(crate) fn fill<T, B>(
        &mut self,
        conn: &mut Conn<T, B>,
        deadline: Deadline,
        wait: bool,
        must_fit: impl FnOnce(MessageRef<'_>, Origin) -> bool,
    ) -> Result<bool, Error>
    where
        T: Transport,
        B: AsRef<[u8]> + AsMut<[u8]>,
    {
        let Some((len, group)) = conn.fill(0, deadline, wait, must_fit)? else {
            return Ok(false);
        };
        self.origin.group = group;
        (self.at, self.end) = (0, len);
        Ok(true)
    }

    /// Whom the next message answers, and where it ends, if it is a
    /// [`success`].
    #[inline]
    pub(crate) fn success(&self, buffer: &[u8], port: u32) -> Option<(u32, usize)> {
        let message = success(buffer.get(self.at..self.end)?, self.origin, port)?;
        // Inside the buffer, where nothing overflows.
        let end = self.at.wrapping_add(message.as_bytes().len());
        Some((message.header().sequence(), end))
    }

    /// Steps over a message that ends there, in the buffer.
    #[inline]
    pub(crate) const fn pass(&mut self, end: usize) {
        self.at = end.wrapping_add(3) & !3;
    }

    /// Goes on to the next message, and says where it is. Broken framing ends
    /// the datagram.
    pub(crate) fn step(&mut self, buffer: &[u8]) -> Result<Place, DecodeError> {
        let start = self.at;
        let bytes = buffer.get(start..self.end).unwrap_or_default();
        match MessageRef::new(bytes) {
            Ok(message) => {
                let end = start.saturating_add(message.as_bytes().len());
                self.pass(end);
                Ok((start, end))
            }
            Err(error) => {
                self.clear();
                Err(error)
            }
        }
    }
}

impl<T: Transport, B: AsRef<[u8]> + AsMut<[u8]>> Conn<T, B> {
    /// Receives the next datagram of the kernel's, behind the first `base`
    /// bytes of the buffer, and returns its length and its group; nobody else
    /// answers requests. Without `wait` there may be none.
    ///
    /// One that does not fit is cut to its first message, as far as that came:
    /// enough to tell whose it is, and how a request ended. `must_fit` says of
    /// it if it is an answer that is nothing without the rest.
    #[inline(always)]
    pub(crate) fn fill(
        &mut self,
        base: usize,
        deadline: Deadline,
        wait: bool,
        must_fit: impl FnOnce(MessageRef<'_>, Origin) -> bool,
    ) -> Result<Option<(usize, u32)>, Error> {
        self.state.refusal = (0, 0);
        loop {
            let buffer = self.buffer.as_mut().get_mut(base..).unwrap_or_default();
            let capacity = buffer.len();
            match receive_now(&self.transport, &self.state, buffer) {
                Ok(received) => {
                    self.state.primed |= capacity >= DUMP_BUFFER;
                    if received.sender.port == 0 {
                        if received.len > capacity {
                            return self.cut(base, received.len, received.group, must_fit);
                        }
                        return Ok(Some((received.len, received.group)));
                    }
                    if !self.pass_foreign(deadline, wait)? {
                        return Ok(None);
                    }
                }
                Err(Errno::EAGAIN) if wait => {
                    state::wait(&self.transport, &self.state, Interest::Readable, deadline)?;
                }
                Err(Errno::EAGAIN) => return Ok(None),
                Err(errno) => return Err(receive_error(&self.transport, &self.state, errno)),
            }
        }
    }

    /// Counts a datagram of a stranger, who must not keep a call from ending:
    /// says if there is time to go on. That it is over is an error for those
    /// who wait here; others are told where they wait.
    #[cold]
    fn pass_foreign(&mut self, deadline: Deadline, wait: bool) -> Result<bool, Error> {
        self.state.skipped.foreign = self.state.skipped.foreign.saturating_add(1);
        match deadline.is_over() {
            true if wait => Err(self.state.error(Operation::Wait, ErrorKind::Timeout)),
            over => Ok(!over),
        }
    }

    /// Cuts the datagram that was received there to its first message.
    #[cold]
    #[inline(never)]
    fn cut(
        &mut self,
        base: usize,
        len: usize,
        group: u32,
        must_fit: impl FnOnce(MessageRef<'_>, Origin) -> bool,
    ) -> Result<Option<(usize, u32)>, Error> {
        let port = 0;
        let bytes = self.buffer.as_mut().get_mut(base..).unwrap_or_default();
        match first_message(bytes) {
            Some(message) if !must_fit(message, Origin { port, group }) => {
                Ok(Some((message.as_bytes().len(), group)))
            }
            _ => Err(self.state.truncated(base.saturating_add(len))),
        }
    }

    pub(crate) fn message(&self, (start, end): Place) -> Result<MessageRef<'_>, Error> {
        let bytes = self.buffer.as_ref().get(start..end).unwrap_or_default();
        MessageRef::new(bytes).map_err(|error| self.state.broken(error))
    }
}

/// Returns the first message if it is the plainest of answers: the kernel's
/// word to this port alone that all is well.
#[inline]
pub(crate) fn success(bytes: &[u8], origin: Origin, port: u32) -> Option<MessageRef<'_>> {
    let message = MessageRef::new(bytes).ok()?;
    let header = message.header();
    let plain = origin == Origin::default()
        && header.kind() == MessageType::ERROR
        && header.port() == port
        && message.payload().first_chunk() == Some(&[0; 4]);
    plain.then_some(message)
}

/// Returns the first message of a datagram that is not there to its end, with
/// the length of what is there of it.
pub(crate) fn first_message(bytes: &mut [u8]) -> Option<MessageRef<'_>> {
    let len = u32::try_from(bytes.len()).ok()?;
    let (header, _) = Header::mut_from_prefix(bytes).ok()?;
    *header = header.with_length(header.length().min(len));
    MessageRef::new(bytes).ok()
}

/// Whether a message that was cut is an answer to a request, but not the end
/// of it.
pub(crate) fn is_reply(mut exchange: Exchange, message: MessageRef<'_>, origin: Origin) -> bool {
    let meaning = exchange.read(message, origin);
    matches!(meaning, Meaning::Reply | Meaning::Invalid)
}

impl State {
    /// What a message says that messages were lost (`NLMSG_OVERRUN`).
    pub(crate) const fn overrun(&self) -> Error {
        self.error(Operation::Receive, ErrorKind::Overrun { drops: 0 })
    }

    /// Counts a message that answers no request in flight, and says if it
    /// tells of a loss.
    pub(crate) fn stray(&mut self, message: MessageRef<'_>, origin: Origin) -> bool {
        // The state of a request of another sequence number, which is not 0.
        let other = message.header().sequence().wrapping_add(1).max(1);
        let header = Header::new(MessageType::NOOP, Flags::empty())
            .with_sequence(other)
            .with_port(self.port);
        let meaning = Exchange::new(&header).read(message, origin);
        self.skip(meaning, message);
        meaning == Meaning::Lost
    }
}

#[cfg(all(test, feature = "test-util"))]
mod tests;
