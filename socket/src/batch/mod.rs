//! Many requests in few datagrams, and what became of each.

mod chunk;
#[cfg(all(test, feature = "test-util"))]
mod tests;

use core::task::Poll;

use nlwire::schema::MessageSchema;
use nlwire::zerocopy::IntoBytes as _;
use nlwire::{DecodeError, Exchange, Flags, Header, Meaning, MessageRef, MessageType, Messages};

use crate::deadline::Deadline;
use crate::inbox::{Inbox, Place, is_reply};
use crate::refusal::{Asked, refused};
use crate::state::send;
use crate::{Conn, Error, ErrorKind, Mapping, Operation, Socket, Transport, socket::buffers};

use chunk::{Chunk, ChunkKind, Chunks, padded};

/// What became of a message of a batch.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub enum Outcome {
    /// It changed nothing: it was not sent, or the transaction that it belongs
    /// to was not done.
    #[default]
    NotDone,
    /// It was sent, and its answer was lost or has not come.
    Unknown,
    /// It was done.
    Done,
    /// The kernel refused it.
    Refused(Error),
}

impl Outcome {
    /// Whether it was done.
    #[must_use]
    pub const fn is_done(&self) -> bool {
        matches!(self, Self::Done)
    }

    /// Returns the kernel's refusal.
    #[must_use]
    pub const fn refusal(&self) -> Option<&Error> {
        match self {
            Self::Refused(error) => Some(error),
            _ => None,
        }
    }
}

/// Carries out a batch and lends the replies to its messages, of which most
/// have none: made by [`Conn::batch_replies`].
///
/// The outcomes are whole once [`try_next`](Self::try_next) has returned `None`
/// or an error. What was not sent by then is not sent any more.
#[derive(Debug)]
#[must_use = "a batch is sent as its answers are read"]
pub struct BatchReplies<'c, 'm, T: Transport = Socket, B = Mapping> {
    conn: &'c mut Conn<T, B>,
    sent: Sent<'m>,
    outcomes: &'m mut [Outcome],
    deadline: Deadline,
    schema: Option<&'static MessageSchema>,
    inbox: Inbox,
    /// Whether all of the chunk was answered.
    answered: bool,
    /// The sequence number of the ping behind a transaction, 0 for none.
    ping: u32,
    /// The message whose answer came last, by its number and its place.
    cursor: (usize, usize),
    refusal: Option<Error>,
    loss: Option<Error>,
    ended: bool,
}

/// The messages, and what of them was sent last.
#[derive(Debug)]
struct Sent<'m> {
    messages: &'m mut [u8],
    chunks: Chunks,
    chunk: Chunk,
}

impl<'c, 'm, T: Transport, B: AsRef<[u8]> + AsMut<[u8]>> BatchReplies<'c, 'm, T, B> {
    pub(crate) fn new(
        conn: &'c mut Conn<T, B>,
        messages: &'m mut [u8],
        outcomes: &'m mut [Outcome],
        deadline: Deadline,
        each: bool,
        schema: Option<&'static MessageSchema>,
    ) -> Result<Self, Error> {
        // Whatever fails first, those of a batch before say nothing of this one.
        outcomes.fill(Outcome::NotDone);
        conn.settle(false, deadline)?;
        conn.state.refusal = (0, 0);
        // As many as there may be; how many there are is known at their end.
        let most = u32::try_from(messages.len() / Header::LEN).unwrap_or(u32::MAX);
        let first = conn.state.reserve(most);
        let chunks = Chunks::new(&conn.transport, &conn.state, first, each);
        let next = chunks.next(messages, 0, 0);
        let count = match next {
            // It was walked to its end already, as nearly every batch is.
            Some(chunk) if chunk.end == messages.len() => chunk.count,
            _ => count(messages).map_err(|error| {
                let kind = ErrorKind::Decode(error);
                conn.state.error(Operation::Send, kind)
            })?,
        };
        let needed = u32::try_from(count).unwrap_or(u32::MAX);
        let Some(outcomes) = outcomes.get_mut(..count) else {
            let kind = ErrorKind::TooFewOutcomes { needed };
            return Err(conn.state.error(Operation::Send, kind));
        };
        conn.state.sequence = first.wrapping_add(needed).wrapping_sub(1);
        let mut batch = Self {
            conn,
            sent: Sent {
                messages,
                chunks,
                chunk: Chunk::default(),
            },
            outcomes,
            deadline,
            schema,
            inbox: Inbox::new(),
            answered: true,
            ping: 0,
            cursor: (0, 0),
            refusal: None,
            loss: None,
            ended: false,
        };
        batch.send_next(next)?;
        Ok(batch)
    }

    /// Returns the next reply and the number of the message that it answers;
    /// `None` once every message was done.
    ///
    /// # Errors
    ///
    /// Those of [`Conn::batch`], once; then it returns `None`.
    pub fn try_next(&mut self) -> Result<Option<(usize, MessageRef<'_>)>, Error> {
        match self.advance(true)? {
            Poll::Ready(Some(found)) => self.reply(found).map(Some),
            // Not pending after a wait.
            Poll::Ready(None) | Poll::Pending => Ok(None),
        }
    }

    /// As [`try_next`](Self::try_next), but never waits: [`Poll::Pending`]
    /// means that the next datagram of the answer has not come yet.
    ///
    /// # Errors
    ///
    /// As [`try_next`](Self::try_next), but for those of waiting.
    pub fn poll_next(&mut self) -> Result<Poll<Option<(usize, MessageRef<'_>)>>, Error> {
        Ok(match self.advance(false)? {
            Poll::Ready(Some(found)) => Poll::Ready(Some(self.reply(found)?)),
            Poll::Ready(None) => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        })
    }

    /// Gives a reply that was found its bytes.
    pub(crate) fn reply(
        &self,
        (index, place): (usize, Place),
    ) -> Result<(usize, MessageRef<'_>), Error> {
        Ok((index, self.conn.message(place)?))
    }

    /// Goes on to the next reply, and says which message it answers and where
    /// it is.
    pub(crate) fn advance(&mut self, wait: bool) -> Result<Poll<Option<(usize, Place)>>, Error> {
        loop {
            if self.inbox.is_empty() {
                if (self.answered || self.ended) && !self.go_on()? {
                    return Ok(Poll::Ready(None));
                }
                if !self.fill(wait)? {
                    return Ok(Poll::Pending);
                }
            }
            if self.note_success() || self.inbox.is_empty() {
                continue;
            }
            if let Some(reply) = self.step()? {
                return Ok(Poll::Ready(Some(reply)));
            }
        }
    }

    /// Sends the next chunk once the last one was answered, and says if there
    /// is an answer to wait for.
    fn go_on(&mut self) -> Result<bool, Error> {
        if !self.ended {
            self.close(false);
        }
        if !self.ended {
            let next = self.sent.next();
            self.send_next(next)?;
        }
        if self.ended {
            let error = self.loss.take().or(self.refusal.take());
            return error.map_or(Ok(false), Err);
        }
        Ok(true)
    }

    /// Sends a chunk; without one the batch is at its end.
    fn send_next(&mut self, next: Option<Chunk>) -> Result<(), Error> {
        let Some(chunk) = next else {
            self.ended = true;
            return Ok(());
        };
        let fd = self.conn.transport.as_fd();
        self.sent.chunks.make_room(fd, &chunk);
        self.sent.chunk = chunk;
        self.cursor = self.sent.start();
        self.answered = false;
        let datagram = self
            .sent
            .messages
            .get(chunk.start..chunk.end)
            .unwrap_or_default();
        if let Err(error) = self.send(datagram) {
            return Err(self.fail(error));
        }
        self.set(|| Outcome::Unknown);
        if matches!(chunk.kind, ChunkKind::Transaction { .. }) {
            // The kernel may refuse it without a word to any message of it, or
            // with one to its beginning alone; before the answer to what is
            // sent behind it, it has said all.
            self.ping = self.conn.state.next_sequence();
            let ping = self.ping_header();
            if let Err(error) = self.send(ping.as_bytes()) {
                return Err(self.fail(error));
            }
        }
        Ok(())
    }

    fn send(&self, datagram: &[u8]) -> Result<(), Error> {
        let (transport, state) = (&self.conn.transport, &self.conn.state);
        send(transport, state, &[datagram], None, self.deadline)
    }

    fn ping_header(&self) -> Header {
        Header::new(MessageType::NOOP, Flags::REQUEST | Flags::ACK)
            .with_sequence(self.ping)
            .with_port(self.conn.state.port)
    }

    /// Receives more; after a loss only what is there already.
    fn fill(&mut self, wait: bool) -> Result<bool, Error> {
        let lost = self.loss.is_some();
        let sent = &self.sent;
        let must_fit = |message: MessageRef<'_>, origin| {
            let request = sent.index(message.header().sequence()).and_then(|index| {
                let mut start = sent.start();
                sent.message(index, &mut start)
            });
            request.is_some_and(|sent| is_reply(Exchange::new(sent.header()), message, origin))
        };
        let (deadline, wait) = (self.deadline, wait && !lost);
        match self.inbox.fill(self.conn, deadline, wait, must_fit) {
            Ok(false) if lost => {
                // The queue is empty, and the kernel answers again; unless
                // strangers kept it from being emptied in time.
                self.conn.state.congested = deadline.is_over();
                self.close(true);
                self.ended = true;
                Ok(true)
            }
            Err(error) if matches!(error.kind(), ErrorKind::Overrun { .. }) => {
                self.lose(error);
                Ok(true)
            }
            Err(error) => Err(self.fail(error)),
            any => any,
        }
    }

    /// Notes a loss: answers are missing, and there are no more before the
    /// queue has been emptied.
    fn lose(&mut self, error: Error) {
        self.conn.state.congested = true;
        self.loss.get_or_insert(error);
    }

    /// Reads the next message if it says that all is well, as nearly every one
    /// does, and returns whether it does. Then [`step`](Self::step) would have
    /// come to the same.
    #[inline]
    fn note_success(&mut self) -> bool {
        let (buffer, port) = (self.conn.buffer.as_ref(), self.conn.state.port);
        let Some((sequence, end)) = self.inbox.success(buffer, port) else {
            return false;
        };
        let Some(index) = self.sent.index(sequence) else {
            return false;
        };
        self.inbox.pass(end);
        self.note(index, Outcome::Done);
        true
    }

    /// Notes what became of a message.
    #[inline]
    fn note(&mut self, index: usize, outcome: Outcome) {
        if let Some(slot) = self.outcomes.get_mut(index) {
            *slot = outcome;
        }
        // The kernel answers in order, and a transaction ends with its ping.
        self.answered |= self.ping == 0 && index == self.sent.chunk.acked;
    }

    /// Reads one message, and says what it answers if it is a reply.
    #[inline(never)]
    fn step(&mut self) -> Result<Option<(usize, Place)>, Error> {
        let origin = self.inbox.origin();
        let place = match self.inbox.step(self.conn.buffer.as_ref()) {
            Ok(place) => place,
            Err(error) => {
                let error = self.conn.state.broken(error);
                return Err(self.fail(error));
            }
        };
        let bytes = self.conn.buffer.as_ref().get(place.0..place.1);
        let Ok(message) = MessageRef::new(bytes.unwrap_or_default()) else {
            return Ok(None);
        };
        let sequence = message.header().sequence();
        if self.ping != 0 && sequence == self.ping {
            let mut exchange = Exchange::new(&self.ping_header());
            let _ = exchange.read(message, origin);
            self.answered = exchange.is_finished();
            return Ok(None);
        }
        let found = self.sent.index(sequence).and_then(|index| {
            let request = self.sent.message(index, &mut self.cursor)?;
            Some((index, request))
        });
        let Some((index, request)) = found else {
            if self.conn.state.stray(message, origin) {
                self.lose(self.conn.state.overrun());
            }
            return Ok(None);
        };
        let mut exchange = Exchange::new(request.header());
        let state = &mut self.conn.state;
        let operation = Operation::Request(request.kind().0);
        let error = match exchange.read(message, origin) {
            Meaning::Reply => return Ok(Some((index, place))),
            Meaning::Finished(_) => None,
            Meaning::Refused(ack) => {
                state.refusal = place;
                let schema = self.schema;
                Some(refused(
                    state,
                    operation,
                    ack,
                    Some(Asked { request, schema }),
                ))
            }
            Meaning::Invalid => Some(state.error(operation, ErrorKind::Invalid)),
            Meaning::Lost => {
                self.lose(self.conn.state.overrun());
                return Ok(None);
            }
            other => {
                state.skip(other, message);
                return Ok(None);
            }
        };
        let outcome = match error.map(|error| error.with_sequence(sequence)) {
            None => Outcome::Done,
            Some(error) => {
                self.refusal.get_or_insert_with(|| error.clone());
                Outcome::Refused(error)
            }
        };
        self.note(index, outcome);
        Ok(None)
    }

    /// Says what became of the messages of a chunk that no answer named.
    fn close(&mut self, lost: bool) {
        let kind = self.sent.chunk.kind;
        if let ChunkKind::Transaction { ended } = kind {
            self.ping = 0;
            let acked = self.sent.chunk.acked;
            let outcomes = self.chunk_outcomes();
            let refused = outcomes.iter().any(|outcome| outcome.refusal().is_some());
            let done = self.outcomes.get(acked).is_some_and(Outcome::is_done);
            if refused || !ended {
                self.set(|| Outcome::NotDone);
                // Nothing was done, whatever else was not told.
                self.loss = self.loss.take().filter(|_| !refused);
            } else if (done || self.sent.chunk.count <= 2) && !lost {
                self.set(|| Outcome::Done);
            }
        } else if kind == ChunkKind::Last && !lost {
            // Refusals come before the answer to the last message.
            self.set_unknown(|| Outcome::Done);
        }
        let unknown = |outcome: &Outcome| matches!(outcome, Outcome::Unknown);
        if !lost && self.chunk_outcomes().iter().any(unknown) {
            let drops = buffers::drops(self.conn.transport.as_fd());
            let kind = ErrorKind::Overrun { drops };
            self.loss = Some(self.conn.state.error(Operation::Receive, kind));
            self.ended = true;
        }
    }

    fn chunk_outcomes(&mut self) -> &mut [Outcome] {
        let Chunk { index, count, .. } = self.sent.chunk;
        let end = index.saturating_add(count);
        self.outcomes.get_mut(index..end).unwrap_or_default()
    }

    /// Sets the outcome of all messages of the chunk that were not refused.
    fn set(&mut self, value: impl Fn() -> Outcome) {
        for outcome in self.chunk_outcomes() {
            if outcome.refusal().is_none() {
                *outcome = value();
            }
        }
    }

    fn set_unknown(&mut self, value: impl Fn() -> Outcome) {
        for outcome in self.chunk_outcomes() {
            if matches!(outcome, Outcome::Unknown) {
                *outcome = value();
            }
        }
    }

    /// Returns until when the answers may be waited for.
    #[cfg(feature = "tokio")]
    pub(crate) const fn deadline(&self) -> Deadline {
        self.deadline
    }

    /// Ends the batch by an error of waiting.
    #[cfg(feature = "tokio")]
    pub(crate) fn fail_wait(&mut self, kind: ErrorKind) -> Error {
        let error = self.conn.state.error(Operation::Wait, kind);
        self.fail(error)
    }

    /// Ends the batch with an error of the connection's.
    #[cold]
    fn fail(&mut self, error: Error) -> Error {
        self.ended = true;
        self.inbox.clear();
        (self.loss, self.refusal) = (None, None);
        error
    }
}

/// Counts the messages.
fn count(messages: &[u8]) -> Result<usize, DecodeError> {
    let mut count: usize = 0;
    for message in Messages::new(messages) {
        message?;
        count = count.wrapping_add(1);
    }
    Ok(count)
}

impl Sent<'_> {
    /// Returns the next chunk.
    fn next(&mut self) -> Option<Chunk> {
        let index = self.chunk.index.saturating_add(self.chunk.count);
        self.chunks.next(self.messages, index, self.chunk.end)
    }

    /// Returns the number of the message with this sequence number, if it is in
    /// the chunk.
    #[inline]
    fn index(&self, sequence: u32) -> Option<usize> {
        let index = self.chunks.index(sequence);
        self.chunk.contains(index).then_some(index)
    }

    /// Returns the number and the place of the first message of the chunk.
    const fn start(&self) -> (usize, usize) {
        (self.chunk.index, self.chunk.start)
    }

    /// Returns the message of this number, from where the last one was found:
    /// the answers come in order.
    fn message(&self, index: usize, cursor: &mut (usize, usize)) -> Option<MessageRef<'_>> {
        if index < cursor.0 {
            *cursor = self.start();
        }
        loop {
            let message = MessageRef::new(self.messages.get(cursor.1..)?).ok()?;
            if cursor.0 == index {
                return Some(message);
            }
            let length = padded(message);
            *cursor = (cursor.0.saturating_add(1), cursor.1.saturating_add(length));
        }
    }
}
