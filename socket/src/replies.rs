//! The answer to a request, message by message, out of one buffer.

use core::task::Poll;

use nlwire::{AckRef, Exchange, Meaning, MessageRef, Origin};

use crate::deadline::Deadline;
use crate::inbox::success;
use crate::refusal::{Asked, refused};
use crate::state::State;
use crate::{Conn, Error, ErrorKind, Mapping, Operation, Socket, Transport};

/// Lends the replies to a request, or the rows of a dump, one at a time.
///
/// ```
/// # use nlsock::{Conn, Protocol};
/// # use nlwire::{Flags, MessageType, Writer};
/// # let mut conn = Conn::open(Protocol::ROUTE)?;
/// # let mut buffer = [0; 64];
/// // RTM_GETLINK with an empty `struct ifinfomsg`
/// let links = Writer::message(&mut buffer, MessageType(18), Flags::empty(), &(), |w| {
///     w.append(&[0_u8; 16])
/// })?;
/// let mut count = 0;
/// let mut replies = conn.dump(links)?;
/// while let Some(_link) = replies.try_next()? {
///     count += 1;
/// }
/// assert!(count >= 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// A message lives in the connection's buffer and is gone with the next call:
///
/// ```compile_fail,E0499
/// # use nlsock::{Conn, Protocol};
/// # fn f(conn: &mut Conn, request: nlwire::MessageRef<'_>) -> Result<(), nlsock::Error> {
/// let mut replies = conn.dump(request)?;
/// let first = replies.try_next()?;
/// let second = replies.try_next()?;
/// drop(first);
/// # Ok(())
/// # }
/// ```
///
/// Dropping it early, or forgetting it, is fine: what is left of the answer is
/// told by its sequence number and passed over.
#[derive(Debug)]
#[must_use = "an answer that is not read hides errors"]
pub struct Replies<'c, 'r, T: Transport = Socket, B = Mapping> {
    conn: &'c mut Conn<T, B>,
    asked: Asked<'r>,
    exchange: Exchange,
    operation: Operation,
    deadline: Deadline,
    /// The group that the datagram was sent to; nobody but the kernel sends any.
    group: u32,
    /// Where datagrams are received; before it is what must stay.
    base: usize,
    /// The bytes not read yet.
    at: usize,
    end: usize,
    /// Where the acknowledgement is, once it has come.
    ack: (usize, usize),
    failed: bool,
    /// Whether it has ended with [`ErrorKind::Interrupted`].
    interrupted: bool,
}

/// The room that the end of an answer needs: its header and its code.
const END: usize = 20;

/// The first of the replies, as a place in the buffer, and their number.
#[derive(Default)]
pub(crate) struct Only {
    first: Option<(usize, usize)>,
    count: u32,
    /// What was at the end of the buffer, where the end of the answer is
    /// received if the reply leaves it no other room.
    tail: Option<[u8; END]>,
}

/// What the next message is, as a place in the buffer, so that nothing is
/// borrowed while more is received.
enum Next {
    Reply(usize, usize),
    Finished,
    Other,
}

impl<'c, 'r, T: Transport, B: AsRef<[u8]> + AsMut<[u8]>> Replies<'c, 'r, T, B> {
    pub(crate) fn new(
        conn: &'c mut Conn<T, B>,
        asked: Asked<'r>,
        exchange: Exchange,
        operation: Operation,
        deadline: Deadline,
    ) -> Self {
        Self {
            conn,
            asked,
            exchange,
            operation,
            deadline,
            group: 0,
            base: 0,
            at: 0,
            end: 0,
            ack: (0, 0),
            failed: false,
            interrupted: false,
        }
    }

    /// Returns the next reply, and `None` once the answer is complete.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Refused`] with what the kernel said;
    /// [`ErrorKind::Interrupted`] after the last row of a table that changed
    /// during the dump; [`ErrorKind::Timeout`], [`ErrorKind::Cancelled`],
    /// [`ErrorKind::Overrun`], [`ErrorKind::Truncated`],
    /// [`ErrorKind::Decode`] and [`ErrorKind::System`]. After an error it
    /// returns `None`.
    #[inline(always)]
    pub fn try_next(&mut self) -> Result<Option<MessageRef<'_>>, Error> {
        let place = match self.row() {
            Some(place) => Some(place),
            None => self.next_place()?,
        };
        match place {
            Some((start, _)) => self.row_at(start).map(Some),
            None => Ok(None),
        }
    }

    /// As [`try_next`](Self::try_next), but passes over the rows that `keep`
    /// says no to.
    ///
    /// A kernel that does not check strictly may leave out what a dump request
    /// asks to filter by, and return the whole table. With the same question
    /// asked here the rows are right on any kernel;
    /// [`is_filtered`](Self::is_filtered) tells which it was.
    ///
    /// # Errors
    ///
    /// As [`try_next`](Self::try_next).
    pub fn try_next_where<F>(&mut self, mut keep: F) -> Result<Option<MessageRef<'_>>, Error>
    where
        F: FnMut(MessageRef<'_>) -> bool,
    {
        loop {
            let place = match self.row() {
                Some(place) => Some(place),
                None => self.next_place()?,
            };
            let Some((start, end)) = place else {
                return Ok(None);
            };
            if keep(self.message(start, end)?) {
                return self.message(start, end).map(Some);
            }
        }
    }

    /// As [`try_next`](Self::try_next), but never waits: [`Poll::Pending`]
    /// means that the next datagram of the answer has not come yet. For
    /// programs that wait themselves, see [`reactors`](crate::reactors).
    ///
    /// # Errors
    ///
    /// As [`try_next`](Self::try_next), but for those of waiting.
    pub fn poll_next(&mut self) -> Result<Poll<Option<MessageRef<'_>>>, Error> {
        match self.poll_place()? {
            Poll::Ready(Some((start, end))) => {
                self.message(start, end).map(|row| Poll::Ready(Some(row)))
            }
            Poll::Ready(None) => Ok(Poll::Ready(None)),
            Poll::Pending => Ok(Poll::Pending),
        }
    }

    /// As [`poll_next`](Self::poll_next), for where the reply is.
    pub(crate) fn poll_place(&mut self) -> Result<Poll<Option<(usize, usize)>>, Error> {
        match self.row() {
            Some(place) => Ok(Poll::Ready(Some(place))),
            None => self.advance(false),
        }
    }

    /// The next reply, if it is at hand and a plain one, as all rows of a dump
    /// but the first of each datagram are.
    #[inline]
    fn row(&mut self) -> Option<(usize, usize)> {
        let start = self.at;
        let bytes = self.conn.buffer.as_ref().get(start..self.end)?;
        let message = MessageRef::new(bytes).ok()?;
        if !self.exchange.read_reply(message, from_kernel(self.group)) {
            return None;
        }
        // Inside the buffer, where nothing overflows.
        let end = start.wrapping_add(message.as_bytes().len());
        self.at = end.wrapping_add(3) & !3;
        Some((start, end))
    }

    /// Whether the kernel said that it filtered the dump as it was asked to;
    /// without strict checking it may return the whole table and not say so.
    #[must_use]
    pub const fn is_filtered(&self) -> bool {
        self.exchange.is_filtered()
    }

    /// Whether the kernel has said so far that the table changes meanwhile.
    #[must_use]
    pub const fn is_interrupted(&self) -> bool {
        self.exchange.is_interrupted()
    }

    /// Whether the answer has ended with [`ErrorKind::Interrupted`].
    pub(crate) const fn ended_interrupted(&self) -> bool {
        self.interrupted
    }

    /// Reads a new answer to its end, and returns the acknowledgement: nearly
    /// always that is all there is in the first datagram, and nothing else is
    /// looked for.
    #[inline]
    pub(crate) fn finish(mut self) -> Result<AckRef<'c>, Error> {
        self.fill(true)?;
        if !self.succeeds() {
            while self.next_place()?.is_some() {}
        }
        self.into_ack()
    }

    /// Whether the next message says that all is well. Then
    /// [`next_place`](Self::next_place) would have come to the same.
    #[inline]
    fn succeeds(&mut self) -> bool {
        let bytes = self.conn.buffer.as_ref().get(self.at..self.end);
        let origin = from_kernel(self.group);
        match success(bytes.unwrap_or_default(), origin, self.conn.state.port) {
            Some(message) if message.header().sequence() == self.exchange.sequence() => {
                // Inside the buffer, where nothing overflows.
                self.ack = (self.at, self.at.wrapping_add(message.as_bytes().len()));
                self.conn.state.end_dump(message);
                true
            }
            _ => false,
        }
    }

    /// Returns the acknowledgement of an answer that was read to its end.
    pub(crate) fn into_ack(self) -> Result<AckRef<'c>, Error> {
        let Self { conn, ack, .. } = self;
        let (start, end) = ack;
        let bytes = conn.buffer.as_ref().get(start..end).unwrap_or_default();
        MessageRef::new(bytes)
            .and_then(AckRef::new)
            .map_err(|error| conn.state.broken(error))
    }

    /// Reads a new answer to its end, and returns the one reply: nearly always
    /// it is alone in the first datagram, with the acknowledgement in the next.
    #[inline]
    pub(crate) fn into_only(mut self) -> Result<MessageRef<'c>, Error> {
        let mut only = Only::default();
        self.fill(true)?;
        if let Some(place) = self.row() {
            self.note_only(&mut only, place);
            if self.at >= self.end && !self.exchange.end_of_datagram() {
                self.fill(true)?;
                if self.succeeds() && !self.exchange.is_interrupted() {
                    return self.only(only);
                }
            }
        }
        while let Some(place) = self.next_place()? {
            self.note_only(&mut only, place);
        }
        self.only(only)
    }

    /// Notes a reply, of which there should be one.
    #[inline]
    pub(crate) fn note_only(&mut self, only: &mut Only, place: (usize, usize)) {
        only.count = only.count.saturating_add(1);
        if only.first.is_none() {
            only.first = Some(place);
            // What is received from here on leaves this datagram alone, and is
            // aligned as if it were at the start of the buffer.
            self.base = self.end.saturating_add(3) & !3;
            if self.room() < END {
                only.tail = Some(self.make_room());
            }
        }
    }

    fn room(&self) -> usize {
        self.conn.buffer.as_ref().len().saturating_sub(self.base)
    }

    /// Makes room for the end of the answer, and returns what was there.
    #[cold]
    fn make_room(&mut self) -> [u8; END] {
        let buffer = self.conn.buffer.as_ref();
        self.base = buffer.len().saturating_sub(END);
        let mut tail = [0; END];
        copy(buffer.get(self.base..).unwrap_or_default(), &mut tail);
        tail
    }

    /// Returns the reply that was noted.
    pub(crate) fn only(self, only: Only) -> Result<MessageRef<'c>, Error> {
        let (Some((start, end)), 1) = (only.first, only.count) else {
            return Err(self.error(ErrorKind::Replies { found: only.count }));
        };
        let conn = self.conn;
        if let Some(tail) = only.tail {
            let buffer = conn.buffer.as_mut();
            copy(&tail, buffer.get_mut(self.base..).unwrap_or_default());
        }
        let bytes = conn.buffer.as_ref().get(start..end).unwrap_or_default();
        MessageRef::new(bytes).map_err(|error| conn.state.broken(error))
    }

    /// Waits for the next reply and says where it is.
    #[inline(never)]
    pub(crate) fn next_place(&mut self) -> Result<Option<(usize, usize)>, Error> {
        match self.advance(true)? {
            Poll::Ready(place) => Ok(place),
            // Not after a wait.
            Poll::Pending => Ok(None),
        }
    }

    /// Goes on to the next reply and says where it is.
    fn advance(&mut self, wait: bool) -> Result<Poll<Option<(usize, usize)>>, Error> {
        loop {
            if self.at >= self.end {
                // Before the first datagram it finishes nothing.
                if self.failed || self.exchange.end_of_datagram() {
                    return self.conclude().map(Poll::Ready);
                }
                if !self.fill_more(wait)? {
                    return Ok(Poll::Pending);
                }
            }
            match self.step()? {
                Next::Reply(start, end) => return Ok(Poll::Ready(Some((start, end)))),
                // What follows the end in a datagram answers nobody.
                Next::Finished => self.at = self.end,
                Next::Other => {}
            }
        }
    }

    /// Returns until when the answer may be waited for.
    #[cfg(feature = "tokio")]
    pub(crate) const fn deadline(&self) -> Deadline {
        self.deadline
    }

    /// Ends the answer by an error of waiting.
    #[cfg(feature = "tokio")]
    pub(crate) fn fail_wait(&mut self, kind: ErrorKind) -> Error {
        let error = self.conn.state.error(Operation::Wait, kind);
        self.fail(error)
    }

    /// Ends an answer that is complete.
    #[cold]
    fn conclude(&mut self) -> Result<Option<(usize, usize)>, Error> {
        if self.exchange.is_interrupted() && !core::mem::replace(&mut self.failed, true) {
            self.interrupted = true;
            return Err(self.error(ErrorKind::Interrupted));
        }
        Ok(None)
    }

    /// Receives the next datagram, and says if there was one, which there is
    /// after a wait.
    #[inline(always)]
    fn fill(&mut self, wait: bool) -> Result<bool, Error> {
        let (mut exchange, base) = (self.exchange, self.base);
        let must_fit = move |message: MessageRef<'_>, origin| {
            match exchange.read(message, origin) {
                // Where one is kept, others are only counted.
                Meaning::Reply => base == 0,
                meaning => meaning == Meaning::Invalid,
            }
        };
        match self.conn.fill(self.base, self.deadline, wait, must_fit) {
            Ok(Some((len, group))) => {
                self.group = group;
                self.at = self.base;
                self.end = self.base.saturating_add(len);
                Ok(true)
            }
            Ok(None) => Ok(false),
            Err(error) => Err(self.fail(error)),
        }
    }

    /// As [`fill`](Self::fill), out of the way of what reads.
    #[inline(never)]
    fn fill_more(&mut self, wait: bool) -> Result<bool, Error> {
        self.fill(wait)
    }

    /// Reads one message.
    fn step(&mut self) -> Result<Next, Error> {
        let (start, end) = (self.at, self.end);
        let conn = &mut *self.conn;
        let bytes = conn.buffer.as_ref().get(start..end).unwrap_or_default();
        let message = match MessageRef::new(bytes) {
            Ok(message) => message,
            Err(error) => {
                let error = conn.state.broken(error);
                return Err(self.fail(error));
            }
        };
        let message_end = start.saturating_add(message.as_bytes().len());
        self.at = message_end.saturating_add(3) & !3;
        let place = (start, message_end);
        let next = match self.exchange.read(message, from_kernel(self.group)) {
            Meaning::Reply => Ok(Next::Reply(start, message_end)),
            Meaning::Finished(_) => {
                self.ack = place;
                conn.state.end_dump(message);
                Ok(Next::Finished)
            }
            meaning => rare(
                &mut conn.state,
                meaning,
                message,
                place,
                self.operation,
                self.asked,
            ),
        };
        next.map_err(|error| self.fail(error))
    }

    /// Lends the row that was found there.
    #[inline]
    fn row_at(&self, start: usize) -> Result<MessageRef<'_>, Error> {
        let bytes = self.conn.buffer.as_ref().get(start..);
        match bytes.map(MessageRef::new) {
            Some(Ok(row)) => Ok(row),
            _ => Err(self.no_row()),
        }
    }

    /// Never the case: what was found there was a message.
    #[cold]
    #[inline(never)]
    fn no_row(&self) -> Error {
        self.error(ErrorKind::Replies { found: 0 })
    }

    #[inline]
    pub(crate) fn message(&self, start: usize, end: usize) -> Result<MessageRef<'_>, Error> {
        let bytes = self
            .conn
            .buffer
            .as_ref()
            .get(start..end)
            .unwrap_or_default();
        MessageRef::new(bytes).map_err(|error| self.conn.state.broken(error))
    }

    fn error(&self, kind: ErrorKind) -> Error {
        self.conn
            .state
            .error(self.operation, kind)
            .with_sequence(self.exchange.sequence())
    }

    /// Ends the answer with an error of the connection's.
    #[cold]
    fn fail(&mut self, error: Error) -> Error {
        self.failed = true;
        self.at = self.end;
        if matches!(error.kind(), ErrorKind::Overrun { .. }) {
            self.conn.state.congested = true;
        }
        error.with_sequence(self.exchange.sequence())
    }
}

/// Copies what fits.
fn copy(from: &[u8], to: &mut [u8]) {
    for (to, from) in to.iter_mut().zip(from) {
        *to = *from;
    }
}

#[inline]
const fn from_kernel(group: u32) -> Origin {
    Origin { port: 0, group }
}

/// What a message means that is neither a reply nor the end of a success. Out
/// of the loop over rows, which would carry its registers.
#[cold]
#[inline(never)]
fn rare(
    state: &mut State,
    meaning: Meaning<'_>,
    message: MessageRef<'_>,
    place: (usize, usize),
    operation: Operation,
    asked: Asked<'_>,
) -> Result<Next, Error> {
    let kind = match meaning {
        Meaning::Refused(ack) => {
            state.refusal = place;
            state.end_dump(message);
            return Err(refused(state, operation, ack, Some(asked)));
        }
        Meaning::Invalid => {
            state.refusal = place;
            state.end_dump(message);
            ErrorKind::Invalid
        }
        Meaning::Lost => ErrorKind::Overrun { drops: 0 },
        other => {
            state.skip(other, message);
            return Ok(Next::Other);
        }
    };
    Err(state.error(operation, kind))
}

#[cfg(all(test, feature = "test-util"))]
pub(crate) mod tests;
