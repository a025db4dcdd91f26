//! Requests that are sent before the ones ahead of them are answered.

#[cfg(all(test, feature = "test-util"))]
mod tests;

use core::num::NonZeroU32;
use core::task::Poll;
use core::time::Duration;

use nlwire::zerocopy::{FromBytes as _, IntoBytes as _};
use nlwire::{AckRef, Exchange, Flags, GetFlags, Header, Meaning, MessageRef};

use crate::deadline::Deadline;
use crate::inbox::{Inbox, Place, is_reply};
use crate::refusal::refused;
use crate::state::send;
use crate::{Conn, Error, ErrorKind, Mapping, Operation, Socket, Transport};

/// Names a request of a [`Pipeline`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Ticket(u32);

impl Ticket {
    /// Returns the sequence number that the request was sent with.
    #[must_use]
    pub const fn sequence(self) -> u32 {
        self.0
    }
}

/// What came for a request of a [`Pipeline`].
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Answer<'a> {
    /// A reply, or a row of a dump; more follows.
    Reply(MessageRef<'a>),
    /// The request was done, and nothing more follows.
    Done(AckRef<'a>),
    /// The request failed, and nothing more follows.
    Failed(Error),
}

/// As [`Answer`], by its place in the buffer.
#[derive(Debug)]
pub(crate) enum Found {
    Reply(Place),
    Done(Place),
    Failed(Error),
}

/// A connection on which up to `N` requests are under way at a time: made by
/// [`Conn::pipeline`].
///
/// Answers come in the order of the requests, but that the rows of a dump come
/// between them. The receive buffer of a socket holds some 200 answers, unless
/// it was grown; what does not fit is lost, and the requests fail.
///
/// Dropping it, or forgetting it, leaves the connection usable: what comes late
/// is told by its sequence number and passed over.
#[derive(Debug)]
pub struct Pipeline<'c, const N: usize, T: Transport = Socket, B = Mapping> {
    conn: &'c mut Conn<T, B>,
    timeout: Option<Duration>,
    inbox: Inbox,
    /// The requests in flight, each where its sequence number says.
    flights: [Option<Flight>; N],
    count: usize,
    /// Why requests in flight fail, and up to which sequence number, once
    /// the answers that have come were read.
    failure: Option<Error>,
    failing: Option<u32>,
}

#[derive(Clone, Copy, Debug)]
struct Flight {
    exchange: Exchange,
    operation: Operation,
}

impl<'c, const N: usize, T: Transport, B: AsRef<[u8]> + AsMut<[u8]>> Pipeline<'c, N, T, B> {
    pub(crate) const fn new(conn: &'c mut Conn<T, B>, timeout: Option<Duration>) -> Self {
        conn.state.refusal = (0, 0);
        Self {
            conn,
            timeout,
            inbox: Inbox::new(),
            flights: [None; N],
            count: 0,
            failure: None,
            failing: None,
        }
    }

    /// Returns how many requests are under way.
    #[must_use]
    pub const fn unanswered(&self) -> usize {
        self.count
    }

    /// Whether an answer must be taken before a request can be sent.
    #[must_use]
    pub const fn is_full(&self) -> bool {
        self.count >= N
    }

    /// Sends a request, as [`Conn::request`] does, with a sequence number and a
    /// port that replace those of the message.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::PipelineFull`] where `N` requests are under way already;
    /// those of sending.
    pub fn send(&mut self, message: MessageRef<'_>) -> Result<Ticket, Error> {
        let flags = Flags::REQUEST | Flags::ACK;
        self.start(message, Operation::Request(message.kind().0), flags)
    }

    /// Sends a request for a whole table, as [`Conn::dump`] does. Only one can
    /// be under way: the kernel refuses another one with `EBUSY`.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::BufferTooSmall`] for less than 32 KiB, before anything is
    /// sent; else as [`send`](Self::send).
    pub fn dump(&mut self, message: MessageRef<'_>) -> Result<Ticket, Error> {
        let flags = Flags::REQUEST | Flags::ACK | GetFlags::DUMP;
        let operation = Operation::Dump(message.kind().0);
        self.conn.check_dump_buffer(operation)?;
        self.start(message, operation, flags)
    }

    /// Returns the next answer and the request that it belongs to; `None` once
    /// no request is under way.
    ///
    /// A loss fails all requests that are not answered by what has come, each
    /// with an [`Answer`] of its own.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Timeout`], [`ErrorKind::Cancelled`] and those of system
    /// calls; the requests are still under way. [`ErrorKind::Truncated`] for a
    /// datagram that does not fit and whose first 16 bytes are no header or
    /// not there, so that nothing tells which of them it answers.
    pub fn try_next(&mut self) -> Result<Option<(Ticket, Answer<'_>)>, Error> {
        match self.advance(true)? {
            Poll::Ready(Some((ticket, found))) => Ok(Some((ticket, self.answer(found)?))),
            // Not pending after a wait.
            Poll::Ready(None) | Poll::Pending => Ok(None),
        }
    }

    /// As [`try_next`](Self::try_next), but never waits: [`Poll::Pending`]
    /// means that the next answer has not come yet.
    ///
    /// # Errors
    ///
    /// As [`try_next`](Self::try_next), but for those of waiting.
    pub fn poll_next(&mut self) -> Result<Poll<Option<(Ticket, Answer<'_>)>>, Error> {
        Ok(match self.advance(false)? {
            Poll::Ready(Some((ticket, found))) => Poll::Ready(Some((ticket, self.answer(found)?))),
            Poll::Ready(None) => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        })
    }

    /// Returns the kernel's refusal behind the last [`Answer::Failed`], until
    /// the next answer is taken. With [`AckRef::path`] it names the attribute,
    /// where the caller has kept the request.
    #[must_use]
    pub fn refusal(&self) -> Option<AckRef<'_>> {
        self.conn.refusal()
    }

    /// Gives an answer that was found its bytes.
    pub(crate) fn answer(&self, found: Found) -> Result<Answer<'_>, Error> {
        Ok(match found {
            Found::Reply(place) => Answer::Reply(self.conn.message(place)?),
            Found::Done(place) => {
                let ack = AckRef::new(self.conn.message(place)?);
                Answer::Done(ack.map_err(|error| self.conn.state.broken(error))?)
            }
            Found::Failed(error) => Answer::Failed(error),
        })
    }

    fn start(
        &mut self,
        message: MessageRef<'_>,
        operation: Operation,
        flags: Flags,
    ) -> Result<Ticket, Error> {
        let dump = matches!(operation, Operation::Dump(_));
        let deadline = self.conn.state.deadline(operation, self.timeout)?;
        if self.is_full() {
            let limit = u32::try_from(N).unwrap_or(u32::MAX);
            let kind = ErrorKind::PipelineFull { limit };
            return Err(self.conn.state.error(operation, kind));
        }
        if self.count == 0 {
            // What is left of the datagram answers nobody.
            self.inbox.clear();
            self.conn.settle(true, deadline)?;
        }
        if dump && !self.conn.state.primed {
            if self.count == 0 {
                self.conn.prime(deadline)?;
            } else {
                // Answers have come already: to receive one does as well.
                self.receive(deadline, false)?;
            }
        }
        let mut sequence = self.conn.state.next_sequence();
        while self.slot(sequence).is_some_and(|slot| slot.is_some()) {
            sequence = self.conn.state.next_sequence();
        }
        let header = message
            .header()
            .with_flags(message.flags() | flags)
            .with_sequence(sequence)
            .with_port(self.conn.state.port);
        let parts = [header.as_bytes(), message.payload()];
        let (transport, state) = (&self.conn.transport, &self.conn.state);
        send(transport, state, &parts, None, deadline)?;
        let exchange = if dump {
            self.conn.state.dumping = self.conn.state.dumping.or(NonZeroU32::new(sequence));
            Exchange::dump(&header)
        } else {
            Exchange::new(&header)
        };
        if let Some(slot) = self.slot(sequence) {
            *slot = Some(Flight {
                exchange,
                operation,
            });
            self.count = self.count.saturating_add(1);
        }
        Ok(Ticket(sequence))
    }

    /// Goes on to the next answer.
    pub(crate) fn advance(&mut self, wait: bool) -> Result<Poll<Option<(Ticket, Found)>>, Error> {
        let mut deadline = None;
        loop {
            if !self.inbox.is_empty() {
                if let Some(found) = self.step() {
                    return Ok(Poll::Ready(Some(found)));
                }
                continue;
            }
            if let Some(last) = self.failing {
                match self.fail_next(last) {
                    Some(found) => return Ok(Poll::Ready(Some(found))),
                    None => (self.failure, self.failing) = (None, None),
                }
            }
            if self.count == 0 {
                return Ok(Poll::Ready(None));
            }
            let deadline = match deadline {
                Some(deadline) => deadline,
                None if wait => *deadline.insert(self.deadline()?),
                None => Deadline::after(None),
            };
            match self.receive(deadline, wait) {
                Ok(true) => {}
                Ok(false) => return Ok(Poll::Pending),
                Err(error) => {
                    return match self.cut(&error) {
                        Some(ticket) => {
                            let found = Found::Failed(error.with_sequence(ticket.0));
                            Ok(Poll::Ready(Some((ticket, found))))
                        }
                        None => Err(error),
                    };
                }
            }
        }
    }

    /// Returns until when an answer may be waited for.
    pub(crate) fn deadline(&self) -> Result<Deadline, Error> {
        self.conn.state.deadline(Operation::Wait, self.timeout)
    }

    /// Makes an error of waiting.
    #[cfg(feature = "tokio")]
    pub(crate) const fn wait_error(&self, kind: ErrorKind) -> Error {
        self.conn.state.error(Operation::Wait, kind)
    }

    /// Receives more, and says if there is something to go on with; after a
    /// loss only what is there already.
    fn receive(&mut self, deadline: Deadline, wait: bool) -> Result<bool, Error> {
        let lost = self.failure.is_some();
        let flights = &self.flights;
        let must_fit = |message: MessageRef<'_>, origin| {
            flight(flights, message.header().sequence())
                .is_some_and(|flight| is_reply(flight.exchange, message, origin))
        };
        let wait = wait && !lost;
        match self.inbox.fill(self.conn, deadline, wait, must_fit) {
            // Strangers may have kept it from being emptied.
            Ok(false) if lost && deadline.is_over() => {
                Err(self.conn.state.error(Operation::Wait, ErrorKind::Timeout))
            }
            Ok(false) if lost => {
                // The queue is empty, and the kernel answers again.
                self.conn.state.congested = false;
                self.failing = Some(self.conn.state.sequence);
                Ok(true)
            }
            Err(error) if matches!(error.kind(), ErrorKind::Overrun { .. }) => {
                self.conn.state.congested = true;
                self.failure.get_or_insert(error);
                Ok(true)
            }
            any => any,
        }
    }

    /// Fails one of the requests that were sent up to this sequence number, if
    /// there is one.
    fn fail_next(&mut self, last: u32) -> Option<(Ticket, Found)> {
        let mut sequences = self.flights.iter().flatten().map(|f| f.exchange.sequence());
        let sequence = sequences.find(|sequence| last.wrapping_sub(*sequence) < u32::MAX / 2)?;
        let error = self.failure.clone();
        let error = error.unwrap_or_else(|| self.conn.state.overrun());
        self.end(sequence);
        let found = Found::Failed(error.with_sequence(sequence));
        Some((Ticket(sequence), found))
    }

    /// Ends the request whose answer did not fit the buffer, by the header that
    /// did.
    fn cut(&mut self, error: &Error) -> Option<Ticket> {
        if !matches!(error.kind(), ErrorKind::Truncated { .. }) {
            return None;
        }
        let (header, _) = Header::ref_from_prefix(self.conn.buffer.as_ref()).ok()?;
        let sequence = header.sequence();
        flight(&self.flights, sequence)?;
        self.end(sequence);
        Some(Ticket(sequence))
    }

    /// Reads one message, and says what it is if it is an answer.
    fn step(&mut self) -> Option<(Ticket, Found)> {
        let origin = self.inbox.origin();
        let place = match self.inbox.step(self.conn.buffer.as_ref()) {
            Ok(place) => place,
            Err(error) => {
                // An answer may have been in what cannot be read.
                self.failure = Some(self.conn.state.broken(error));
                self.failing = Some(self.conn.state.sequence);
                return None;
            }
        };
        let sequence = {
            let message = self.conn.message(place).ok()?;
            message.header().sequence()
        };
        let mut flight = flight(&self.flights, sequence);
        let state = &mut self.conn.state;
        let bytes = self.conn.buffer.as_ref().get(place.0..place.1)?;
        let message = MessageRef::new(bytes).ok()?;
        let Some(flight) = &mut flight else {
            if state.stray(message, origin) {
                state.congested = true;
                self.failure.get_or_insert(self.conn.state.overrun());
            }
            return None;
        };
        let operation = flight.operation;
        let found = match flight.exchange.read(message, origin) {
            Meaning::Reply => {
                let slot = self.slot(sequence)?;
                *slot = Some(*flight);
                return Some((Ticket(sequence), Found::Reply(place)));
            }
            Meaning::Finished(_) if flight.exchange.is_interrupted() => {
                Found::Failed(state.error(operation, ErrorKind::Interrupted))
            }
            Meaning::Finished(_) => Found::Done(place),
            Meaning::Refused(ack) => {
                state.refusal = place;
                Found::Failed(refused(state, operation, ack, None))
            }
            Meaning::Invalid => {
                state.refusal = place;
                Found::Failed(state.error(operation, ErrorKind::Invalid))
            }
            Meaning::Lost => {
                state.congested = true;
                self.failure.get_or_insert(self.conn.state.overrun());
                return None;
            }
            other => {
                state.skip(other, message);
                return None;
            }
        };
        state.end_dump(message);
        self.end(sequence);
        if matches!(operation, Operation::Dump(_)) {
            self.note_dump();
        }
        let found = match found {
            Found::Failed(error) => Found::Failed(error.with_sequence(sequence)),
            found => found,
        };
        Some((Ticket(sequence), found))
    }

    /// Notes which dump the kernel has begun behind the one that has ended.
    fn note_dump(&mut self) {
        let mut flights = self.flights.iter().flatten();
        let next = flights.find(|flight| matches!(flight.operation, Operation::Dump(_)));
        let next = next.and_then(|flight| NonZeroU32::new(flight.exchange.sequence()));
        self.conn.state.dumping = self.conn.state.dumping.or(next);
    }

    fn slot(&mut self, sequence: u32) -> Option<&mut Option<Flight>> {
        self.flights.get_mut(slot::<N>(sequence)?)
    }

    fn end(&mut self, sequence: u32) {
        if let Some(slot) = self.slot(sequence) {
            *slot = None;
            self.count = self.count.saturating_sub(1);
        }
    }
}

/// Where a request with this sequence number is, if it is in flight.
fn slot<const N: usize>(sequence: u32) -> Option<usize> {
    usize::try_from(sequence).ok()?.checked_rem(N)
}

fn flight<const N: usize>(flights: &[Option<Flight>; N], sequence: u32) -> Option<Flight> {
    let flight = *flights.get(slot::<N>(sequence)?)?;
    flight.filter(|flight| flight.exchange.sequence() == sequence)
}
