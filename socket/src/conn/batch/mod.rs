//! Batches: many requests in few datagrams, and the result of each.
//!
//! The messages are sent in chunks, one datagram each. A chunk is sent once the
//! chunk before it is answered:
//!
//! ```text
//!          chunk sent             all answered
//!  Send -------------> Read ---------------------> Send
//!   |                   | loss
//!   | no more           v          queue is empty
//!   '-----> Over      Drain ---------------------> Over
//! ```
//!
//! | event | chunk `Each` | chunk `Last` | chunk `Transaction` |
//! |---|---|---|---|
//! | is sent | all `Unknown` | all `Unknown` | all `Unknown`; a no-op is sent after it |
//! | acknowledgement | that one `Done` | that one `Done` | that one `Done` |
//! | refusal | that one `Refused`, or `Done` if its request forgives the errno | the same | the same |
//! | last answer | answer to the last message | answer to the last message | answer to the no-op |
//! | end | `Unknown` left: a loss | `Unknown` becomes `Done` | refusals, or no end message: the rest `NotDone`. Acknowledged: all `Done`. Else a loss |
//! | loss | `Unknown` stays | `Unknown` stays | refusals: the rest `NotDone`. Else `Unknown` stays |
//! | failed send | all `NotDone` | all `NotDone` | all `NotDone` |

mod chunk;
mod outcome;
#[cfg(all(test, feature = "test-util"))]
mod tests;

use core::task::Poll;

use nlwire::schema::Protocol as Family;
use nlwire::zerocopy::IntoBytes as _;
use nlwire::{
    AckRef, Batch, Exchange, Flags, Forgiven, Header, Meaning, MessageRef, MessageType, Room,
};

use super::execution::Options;
use super::receive::{Filled, Inbox, Patience, Step, send, stray};
use super::refusal;
use super::span::Span;
use crate::socket::buffers;
use crate::{Conn, Error, ErrorKind, Mapping, Operation, Socket, Transport};

use chunk::{Chunk, ChunkKind, Chunks, padded};
pub use outcome::Outcome;

/// Replies to the messages of a batch, most of which have none; created by
/// [`Conn::batch_replies`].
///
/// The outcomes are complete once [`next`](Self::next) has returned `None` or
/// an error. Messages that were not sent before are never sent.
///
/// ```
/// use nlsock::{Conn, Outcome, Protocol};
/// use nlwire::Batch;
/// use nlwire::route::GetLink;
///
/// let mut conn = Conn::open(Protocol::ROUTE)?;
/// let mut batch = Batch::new(Vec::new());
/// for index in 1..3 {
///     batch.push(&GetLink::by_index(index))?;
/// }
/// let mut outcomes = vec![Outcome::default(); batch.count()];
/// let mut replies = conn.batch_replies(&mut batch, &mut outcomes)?;
/// while let Ok(Some((index, link))) = replies.next() {
///     println!("reply to message {index}: {}", link.header());
/// }
/// assert!(outcomes[0].is_done());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
#[must_use = "a batch is sent as its answers are read"]
pub struct BatchReplies<'c, 'm, T: Transport = Socket, B = Mapping> {
    conn: &'c mut Conn<T, B>,
    packed: Packed<'m>,
    outcomes: &'m mut [Outcome],
    options: Options,
    inbox: Inbox,
    stage: Stage,
    /// Sequence number of the no-op after a transaction; 0 for none.
    ping: u32,
    /// Index and offset of the message that was refused last.
    cursor: (usize, usize),
    /// First refusal.
    refusal: Option<Error>,
    loss: Option<Error>,
}

/// Stage of a batch: see the drawing in the text of this module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// The next chunk is to be sent.
    Send,
    /// Answers to a chunk are outstanding.
    Read,
    /// The chunk is answered, up to the rest of the datagram.
    Answered,
    /// Answers were lost: the queue is read until it is empty.
    Drain,
    /// The batch is over: no more is sent or read.
    Over,
}

/// Messages of the batch, and the chunk sent last.
#[derive(Debug)]
struct Packed<'m> {
    messages: &'m mut [u8],
    forgiven: Forgiven<'m>,
    /// Protocol of the requests, if they are values and no generic family's.
    protocol: Option<&'static Family>,
    chunks: Chunks,
    chunk: Chunk,
}

impl<'c, 'm, T: Transport, B: AsRef<[u8]> + AsMut<[u8]>> BatchReplies<'c, 'm, T, B> {
    /// Numbers a batch and sends its first chunk. The numbers of its families
    /// must be known.
    pub(crate) fn start<R: Room>(
        conn: &'c mut Conn<T, B>,
        batch: &'m mut Batch<R>,
        outcomes: &'m mut [Outcome],
        options: Options,
    ) -> Result<Self, Error> {
        // Outcomes of an earlier batch are overwritten.
        outcomes.fill_with(|| Outcome::NotDone);
        let state = &conn.state;
        if batch
            .protocol()
            .is_some_and(|known| known.number != state.protocol.0)
        {
            return Err(state.error(Operation::Write, ErrorKind::WrongProtocol));
        }
        batch.resolve(|family| {
            let unknown = || state.error(Operation::Write, ErrorKind::NotLookedUp);
            state.family(family).ok_or_else(unknown)
        })?;
        conn.settle(false, options.deadline, &mut Patience::Wait)?;
        conn.state.refusal = Span::default();
        let count = batch.count();
        let needed = u32::try_from(count).unwrap_or(u32::MAX);
        let Some(outcomes) = outcomes.get_mut(..count) else {
            let kind = ErrorKind::TooFewOutcomes { needed };
            return Err(conn.state.error(Operation::Write, kind));
        };
        let first = conn.state.next_sequence();
        conn.state.take(first, needed);
        let chunks = Chunks::new(&conn.transport, &conn.state, first, options.ack);
        let protocol = batch.protocol();
        let (messages, forgiven) = batch.split_mut();
        let mut replies = Self {
            conn,
            packed: Packed {
                messages,
                forgiven,
                protocol: protocol.filter(|protocol| protocol.family.is_none()),
                chunks,
                chunk: Chunk::default(),
            },
            outcomes,
            options,
            inbox: Inbox::default(),
            stage: Stage::Send,
            ping: 0,
            cursor: (0, 0),
            refusal: None,
            loss: None,
        };
        replies.send_next()?;
        Ok(replies)
    }

    /// Returns the next reply and the index of the message that it answers;
    /// `None` once all messages are answered.
    ///
    /// # Errors
    ///
    /// The errors of [`Conn::batch`], once; then it returns `None`.
    #[expect(
        clippy::should_implement_trait,
        reason = "what it lends is gone with the next call"
    )]
    pub fn next(&mut self) -> Result<Option<(usize, MessageRef<'_>)>, Error> {
        match self.advance(Patience::Wait)?.into_poll() {
            Poll::Ready(Some(found)) => Ok(Some(self.reply(found))),
            // Only a step without waiting is `Pending` or `Busy`.
            Poll::Ready(None) | Poll::Pending => Ok(None),
        }
    }

    /// Returns the next reply without waiting: [`Poll::Pending`] means that the
    /// next datagram has not arrived.
    ///
    /// # Errors
    ///
    /// The errors of [`next`](Self::next) except those of waiting.
    pub fn try_next(&mut self) -> Result<Poll<Option<(usize, MessageRef<'_>)>>, Error> {
        Ok(match self.advance(Patience::none())?.into_poll() {
            Poll::Ready(Some(found)) => Poll::Ready(Some(self.reply(found))),
            Poll::Ready(None) => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        })
    }

    /// Returns a reply by its span.
    pub(crate) fn reply(&self, (index, span): (usize, Span)) -> (usize, MessageRef<'_>) {
        (index, span.message(self.conn.buffer.as_ref()))
    }

    /// Advances to the next reply: the index of its message, and its span.
    pub(crate) fn advance(
        &mut self,
        mut patience: Patience,
    ) -> Result<Step<Option<(usize, Span)>>, Error> {
        loop {
            match self.inbox.next(self.conn.buffer.as_ref()) {
                Some(Ok((span, message))) => {
                    let state = &self.conn.state;
                    let meaning = read(&self.packed, self.ping, state, message, &self.inbox);
                    if let Some(index) = self.note(meaning, span)? {
                        return Ok(Step::Ready(Some((index, span))));
                    }
                    continue;
                }
                Some(Err(error)) => {
                    let error = self.conn.state.broken(error);
                    return Err(self.fail(error));
                }
                None => {}
            }
            match self.stage {
                Stage::Send => self.send_next()?,
                Stage::Answered => self.close(),
                Stage::Over => {
                    return match self.loss.take().or_else(|| self.refusal.take()) {
                        Some(error) => Err(error),
                        None => Ok(Step::Ready(None)),
                    };
                }
                Stage::Read | Stage::Drain => match self.fill(&mut patience)? {
                    Step::Ready(()) => {}
                    Step::Pending => return Ok(Step::Pending),
                    Step::Busy => return Ok(Step::Busy),
                },
            }
        }
    }

    /// Sends the next chunk; without one the batch is over.
    fn send_next(&mut self) -> Result<(), Error> {
        let Some(chunk) = self.packed.next() else {
            self.stage = Stage::Over;
            return Ok(());
        };
        let fd = self.conn.transport.as_fd();
        self.packed.chunks.make_room(fd, &chunk);
        self.packed.chunk = chunk;
        self.cursor = self.packed.start();
        let datagram = self
            .packed
            .messages
            .get(chunk.start..chunk.end)
            .unwrap_or_default();
        if let Err(error) = self.send(datagram) {
            return Err(self.fail(error));
        }
        self.set(|| Outcome::Unknown);
        self.stage = Stage::Read;
        if matches!(chunk.kind, ChunkKind::Transaction { .. }) {
            // The kernel may refuse a transaction without an answer to any of
            // its messages, or with one to its begin only. It sends all answers
            // to the transaction before the answer to the no-op after it.
            self.ping = self.conn.state.next_sequence();
            self.conn.state.take(self.ping, 1);
            let ping = ping(self.ping, self.conn.state.port);
            if let Err(error) = self.send(ping.as_bytes()) {
                return Err(self.fail(error));
            }
        }
        Ok(())
    }

    fn send(&self, datagram: &[u8]) -> Result<(), Error> {
        let (transport, state) = (&self.conn.transport, &self.conn.state);
        send(transport, state, datagram, None, self.options.deadline)
    }

    /// Receives the next datagram. After a loss the batch is over once the
    /// queue is empty.
    #[inline]
    fn fill(&mut self, patience: &mut Patience) -> Result<Step<()>, Error> {
        let (deadline, loss) = (self.options.deadline, &mut self.loss);
        let filled = self
            .inbox
            .fill_after_loss(self.conn, deadline, patience, loss);
        if self.loss.is_some() {
            self.stage = Stage::Drain;
        }
        match filled {
            Ok(Step::Ready(Filled::Datagram)) => Ok(Step::Ready(())),
            Ok(Step::Ready(Filled::Emptied)) => {
                self.abandon_chunk();
                Ok(Step::Ready(()))
            }
            // Other senders kept the queue from becoming empty in time.
            Err(error) if self.loss.is_some() && error.kind() == ErrorKind::Timeout => {
                self.abandon_chunk();
                Ok(Step::Ready(()))
            }
            Err(error) => Err(self.fail(error)),
            Ok(Step::Pending) => Ok(Step::Pending),
            Ok(Step::Busy) => Ok(Step::Busy),
        }
    }

    /// Ends the batch after a loss.
    fn abandon_chunk(&mut self) {
        self.settle_chunk(true);
        self.stage = Stage::Over;
    }

    /// Records a loss: answers are missing, and the kernel queues nothing until
    /// the queue is empty.
    fn lose(&mut self, error: Error) {
        self.conn.state.set_congested(true);
        self.loss.get_or_insert(error);
        self.stage = Stage::Drain;
    }

    /// Records the meaning of a message; returns the index of the message that
    /// a reply answers.
    fn note(&mut self, meaning: BatchMeaning, span: Span) -> Result<Option<usize>, Error> {
        match meaning {
            BatchMeaning::Done(index) => self.note_outcome(index, Outcome::Done),
            BatchMeaning::Reply(index) => return Ok(Some(index)),
            BatchMeaning::Refused(index) | BatchMeaning::Invalid(index) => {
                let outcome = self.judge(index, span);
                self.note_outcome(index, outcome);
            }
            BatchMeaning::Ping if self.stage == Stage::Read => self.stage = Stage::Answered,
            BatchMeaning::Lost => self.lose(self.conn.state.overrun()),
            BatchMeaning::Truncated => {
                let error = self.conn.state.truncated(self.inbox.needed());
                return Err(self.fail(error));
            }
            BatchMeaning::Stray => {
                let conn = &mut *self.conn;
                let message = span.message(conn.buffer.as_ref());
                let meaning = stray(&conn.state, message, self.inbox.origin());
                conn.state.skip(meaning, message);
            }
            BatchMeaning::Ping => {}
        }
        Ok(None)
    }

    /// Records the outcome of a message.
    #[inline]
    fn note_outcome(&mut self, index: usize, outcome: Outcome) {
        if let Some(slot) = self.outcomes.get_mut(index) {
            *slot = outcome;
        }
        // The kernel answers in order, and a transaction ends with its no-op.
        if self.ping == 0 && index == self.packed.chunk.acked && self.stage == Stage::Read {
            self.stage = Stage::Answered;
        }
    }

    /// Returns the outcome of a refused message.
    #[cold]
    fn judge(&mut self, index: usize, span: Span) -> Outcome {
        let ack = AckRef::new(span.message(self.conn.buffer.as_ref()));
        let errno = ack.ok().and_then(|ack| ack.errno());
        if errno.is_some_and(|errno| self.packed.forgiven.contains(index, errno)) {
            return Outcome::Done;
        }
        let error = self.refusal_of(index, span);
        self.refusal.get_or_insert_with(|| error.clone());
        Outcome::Refused(error)
    }

    /// Creates the error of a refused message.
    #[cold]
    fn refusal_of(&mut self, index: usize, span: Span) -> Error {
        let conn = &mut *self.conn;
        conn.state.refusal = span;
        let request = self.packed.message(index, &mut self.cursor);
        let error = refusal::of_bytes(
            &conn.state,
            span.message(conn.buffer.as_ref()),
            request.unwrap_or_default(),
            self.options.schema,
            self.packed.protocol,
        );
        error.with_sequence(self.packed.chunks.sequence(index))
    }

    /// Ends an answered chunk.
    fn close(&mut self) {
        self.stage = Stage::Send;
        self.settle_chunk(false);
    }

    /// Sets the outcomes of a chunk's messages that have no answer: the rows
    /// "end" and "loss" of the table.
    fn settle_chunk(&mut self, lost: bool) {
        match self.packed.chunk.kind {
            ChunkKind::Transaction { ended } => {
                self.ping = 0;
                let acked = self.packed.chunk.acked;
                let outcomes = self.chunk_outcomes();
                let refused = outcomes.iter().any(|outcome| outcome.refusal().is_some());
                let done = self.outcomes.get(acked).is_some_and(Outcome::is_done);
                if refused || !ended {
                    self.set(|| Outcome::NotDone);
                    // The transaction changed nothing, whatever else was lost.
                    self.loss = self.loss.take().filter(|_| !refused);
                } else if (done || self.packed.chunk.count <= 2) && !lost {
                    self.set(|| Outcome::Done);
                }
            }
            ChunkKind::Last if !lost => {
                // Refusals arrive before the answer to the last message.
                for outcome in self.chunk_outcomes() {
                    if matches!(outcome, Outcome::Unknown) {
                        *outcome = Outcome::Done;
                    }
                }
            }
            _ => {}
        }
        let unknown = |outcome: &Outcome| matches!(outcome, Outcome::Unknown);
        if !lost && self.chunk_outcomes().iter().any(unknown) {
            let drops = buffers::drops(self.conn.transport.as_fd());
            let kind = ErrorKind::Overrun { drops };
            self.loss = Some(self.conn.state.error(Operation::Receive, kind));
            self.stage = Stage::Over;
        }
    }

    fn chunk_outcomes(&mut self) -> &mut [Outcome] {
        let Chunk { index, count, .. } = self.packed.chunk;
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

    /// Advances to the next reply without waiting.
    #[cfg(feature = "tokio")]
    pub(crate) fn step(&mut self) -> Result<Step<Option<(usize, Span)>>, Error> {
        self.advance(Patience::none())
    }

    /// Returns the deadline of the answers.
    #[cfg(feature = "tokio")]
    pub(crate) const fn deadline(&self) -> crate::socket::waiting::Deadline {
        self.options.deadline
    }

    /// Ends the batch with an error of waiting.
    #[cfg(feature = "tokio")]
    pub(crate) fn fail_wait(&mut self, kind: ErrorKind) -> Error {
        let error = self.conn.state.error(Operation::Wait, kind);
        self.fail(error)
    }

    /// Ends the batch with an error of the connection.
    #[cold]
    fn fail(&mut self, error: Error) -> Error {
        self.stage = Stage::Over;
        self.inbox.skip_rest();
        (self.loss, self.refusal) = (None, None);
        error
    }
}

/// Meaning of a message to a batch; the number is the index of the answered
/// message.
#[derive(Clone, Copy, Debug)]
enum BatchMeaning {
    Done(usize),
    Reply(usize),
    Refused(usize),
    Invalid(usize),
    /// Answer to the no-op after a transaction.
    Ping,
    Lost,
    /// Answer that did not fit the buffer.
    Truncated,
    /// Answer to no message in flight.
    Stray,
}

/// Reads one message.
#[inline]
fn read(
    packed: &Packed<'_>,
    ping: u32,
    state: &super::state::State,
    message: MessageRef<'_>,
    inbox: &Inbox,
) -> BatchMeaning {
    let sequence = message.header().sequence();
    let index = packed.index(sequence);
    if index.is_none() && (ping == 0 || sequence != ping) {
        return match stray(state, message, inbox.origin()) {
            Meaning::Lost => BatchMeaning::Lost,
            _ => BatchMeaning::Stray,
        };
    }
    // Only messages of a group depend on the flags of the request.
    let mut flags = Flags::ACK;
    if let (Some(index), true) = (index, inbox.origin().group != 0) {
        let asked = packed.message(index, &mut packed.start());
        flags |= asked.map_or(Flags::empty(), |asked| asked.flags() & Flags::ECHO);
    }
    let asked = Header::new(MessageType::NOOP, flags)
        .with_sequence(sequence)
        .with_port(state.port);
    let meaning = Exchange::new(&asked).read(message, inbox.origin());
    let Some(index) = index else {
        return match meaning {
            Meaning::Finished(_) | Meaning::Refused(_) | Meaning::Invalid => BatchMeaning::Ping,
            _ => BatchMeaning::Stray,
        };
    };
    match meaning {
        Meaning::Finished(_) => BatchMeaning::Done(index),
        Meaning::Refused(_) => BatchMeaning::Refused(index),
        Meaning::Reply | Meaning::Invalid if inbox.is_truncated() => BatchMeaning::Truncated,
        Meaning::Reply => BatchMeaning::Reply(index),
        Meaning::Invalid => BatchMeaning::Invalid(index),
        Meaning::Lost => BatchMeaning::Lost,
        _ => BatchMeaning::Stray,
    }
}

/// Creates the header of a no-op, which the kernel answers after everything
/// before it.
fn ping(sequence: u32, port: u32) -> Header {
    Header::new(MessageType::NOOP, Flags::REQUEST | Flags::ACK)
        .with_sequence(sequence)
        .with_port(port)
}

impl Packed<'_> {
    /// Returns the next chunk.
    fn next(&mut self) -> Option<Chunk> {
        let index = self.chunk.index.saturating_add(self.chunk.count);
        self.chunks.next(self.messages, index, self.chunk.end)
    }

    /// Returns the index of the message with this sequence number, if it is in
    /// the chunk.
    #[inline]
    fn index(&self, sequence: u32) -> Option<usize> {
        let index = self.chunks.index(sequence);
        self.chunk.contains(index).then_some(index)
    }

    /// Returns the index and the offset of the chunk's first message.
    const fn start(&self) -> (usize, usize) {
        (self.chunk.index, self.chunk.start)
    }

    /// Returns a message by its index, starting from the last one found: the
    /// answers arrive in order.
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
