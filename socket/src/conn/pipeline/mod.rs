//! Pipelines: requests sent before earlier ones are answered.

#[cfg(all(test, feature = "test-util"))]
mod tests;

use core::num::NonZeroU32;
use core::task::Poll;
use core::time::Duration;

use nlwire::schema::MessageSchema;
use nlwire::zerocopy::FromBytes as _;
use nlwire::{AckRef, EncodeError, Errno, Header, MessageRef, Query, ReplyCheck, Request, Stamp};

use super::flight::{Flight, FlightMeaning, SentPart};
use super::receive::{Filled, Inbox, Patience, SMALL, Step, send, stray};
use super::refusal::unwritten;
use super::span::Span;
use super::write::{Draft, family_of};
use crate::socket::waiting::Deadline;
use crate::{Conn, Error, ErrorKind, Mapping, Operation, Socket, Transport};

/// Identity of a request in a [`Pipeline`].
///
/// ```
/// use nlsock::{Conn, Protocol, Ticket};
/// use nlwire::route::GetLink;
///
/// let mut conn = Conn::open(Protocol::ROUTE)?;
/// let mut pipeline = conn.pipeline::<4>();
/// let sent: [(Ticket, &str); 2] = [
///     (pipeline.send(GetLink::by_name("lo"))?, "lo"),
///     (pipeline.send(GetLink::by_name("no-such-link"))?, "no-such-link"),
/// ];
/// while let Some((ticket, answer)) = pipeline.next()? {
///     let name = sent.iter().find(|(sent, _)| *sent == ticket).map(|(_, name)| name);
///     println!("{name:?}: {answer:?}");
/// }
/// # Ok::<(), nlsock::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Ticket(u32);

impl Ticket {
    /// Returns the sequence number of the request's acknowledged message.
    #[must_use]
    pub const fn sequence(self) -> u32 {
        self.0
    }
}

/// Part of the answer to a request of a [`Pipeline`].
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Answer<'a> {
    /// Reply, or row of a dump; more follows.
    Reply(MessageRef<'a>),
    /// Acknowledgement: the kernel carried the request out, and nothing more
    /// follows.
    Done(AckRef<'a>),
    /// Error: the request failed, and nothing more follows.
    Failed(Error),
}

/// Answer as in [`Answer`], by its span in the buffer.
#[derive(Debug)]
pub(crate) enum Found {
    Reply(Span),
    Done(Span),
    Failed(Error),
}

/// Request in flight.
#[derive(Debug)]
struct InFlight {
    flight: Flight,
    /// Refusals that count as success.
    forgives: &'static [Errno],
    /// Check of its replies.
    check: Option<ReplyCheck>,
    /// Errno of a reply that reports a failure.
    failure: Option<Errno>,
    /// Schema of the first message, which is all that is left of the request.
    schema: Option<&'static MessageSchema>,
}

/// Connection with up to `N` requests in flight, created by [`Conn::pipeline`].
///
/// Answers arrive in the order of the requests, except that rows of a dump
/// arrive in between. A socket's default receive buffer holds some 200 answers;
/// more are lost, and their requests fail.
///
/// Dropping or forgetting a pipeline leaves the connection usable: late answers
/// are skipped by their sequence numbers.
///
/// ```
/// use nlsock::{Answer, Conn, Protocol};
/// use nlwire::route::GetLink;
///
/// let mut conn = Conn::open(Protocol::ROUTE)?;
/// let mut pipeline = conn.pipeline::<8>();
/// let loopback = pipeline.send(GetLink::by_name("lo"))?;
/// pipeline.send(GetLink::by_name("no-such-link"))?;
/// while let Some((ticket, answer)) = pipeline.next()? {
///     match answer {
///         Answer::Reply(link) => println!("{link:?}"),
///         Answer::Done(_) => assert_eq!(ticket, loopback),
///         Answer::Failed(error) => assert!(error.is_not_found()),
///         _ => {}
///     }
/// }
/// # Ok::<(), nlsock::Error>(())
/// ```
#[derive(Debug)]
pub struct Pipeline<'c, const N: usize, T: Transport = Socket, B = Mapping> {
    conn: &'c mut Conn<T, B>,
    timeout: Option<Duration>,
    inbox: Inbox,
    /// Requests in flight, each in its ticket's slot.
    flights: [Option<InFlight>; N],
    count: usize,
    /// Error of the requests up to a sequence number, reported once the
    /// received answers are read.
    failure: Option<Error>,
    failing: Option<u32>,
}

impl<'c, const N: usize, T: Transport, B: AsRef<[u8]> + AsMut<[u8]>> Pipeline<'c, N, T, B> {
    pub(crate) const fn new(conn: &'c mut Conn<T, B>, timeout: Option<Duration>) -> Self {
        Self {
            conn,
            timeout,
            inbox: Inbox::new(),
            flights: [const { None }; N],
            count: 0,
            failure: None,
            failing: None,
        }
    }

    /// Returns the number of requests in flight.
    #[must_use]
    pub const fn unanswered(&self) -> usize {
        self.count
    }

    /// Returns true if an answer must be read before a request can be sent.
    #[must_use]
    pub const fn is_full(&self) -> bool {
        self.count >= N
    }

    /// Sends a request. A refusal that the request
    /// [forgives](Request::forgives) is an [`Answer::Done`].
    ///
    /// # Errors
    ///
    /// Before anything is sent: [`ErrorKind::PipelineFull`] if `N` requests are
    /// in flight; [`ErrorKind::Encode`] with [`EncodeError::Waits`] for a
    /// request whose messages wait for each other; [`ErrorKind::NotLookedUp`]
    /// for an unknown family while requests are in flight. And the errors of
    /// sending.
    pub fn send(&mut self, request: impl Request) -> Result<Ticket, Error> {
        self.start(&request, false, true)
    }

    /// Sends a query, whose rows are [`Answer::Reply`]. Only one dump can be in
    /// flight: the kernel refuses another with `EBUSY`.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::BufferTooSmall`] for a dump into less than 32 KiB, before
    /// anything is sent, and the errors of [`send`](Self::send).
    pub fn query(&mut self, query: impl Query) -> Result<Ticket, Error> {
        self.start(&query, true, true)
    }

    /// Returns the next answer and its request; `None` once no request is in
    /// flight.
    ///
    /// A loss fails all requests without a received answer, each with an
    /// [`Answer`] of its own.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Timeout`], [`ErrorKind::Cancelled`] and errors of system
    /// calls; the requests stay in flight. [`ErrorKind::Truncated`] for a
    /// datagram shorter than a header, which does not show the answered
    /// request.
    #[expect(
        clippy::should_implement_trait,
        reason = "what it lends is gone with the next call"
    )]
    pub fn next(&mut self) -> Result<Option<(Ticket, Answer<'_>)>, Error> {
        match self.advance(Patience::Wait)?.into_poll() {
            Poll::Ready(Some((ticket, found))) => Ok(Some((ticket, self.answer(found)?))),
            // Only a step without waiting is `Pending` or `Busy`.
            Poll::Ready(None) | Poll::Pending => Ok(None),
        }
    }

    /// Returns the next answer without waiting: [`Poll::Pending`] means that it
    /// has not arrived.
    ///
    /// # Errors
    ///
    /// The errors of [`next`](Self::next) except those of waiting.
    pub fn try_next(&mut self) -> Result<Poll<Option<(Ticket, Answer<'_>)>>, Error> {
        Ok(match self.advance(Patience::none())?.into_poll() {
            Poll::Ready(Some((ticket, found))) => Poll::Ready(Some((ticket, self.answer(found)?))),
            Poll::Ready(None) => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        })
    }

    /// Returns the kernel's refusal of the last [`Answer::Failed`], until the
    /// next answer is read. [`AckRef::path`] returns the refused attribute, if
    /// the caller has kept the request.
    #[must_use]
    pub fn refusal(&self) -> Option<AckRef<'_>> {
        self.conn.refusal()
    }

    /// Returns an answer by its span.
    pub(crate) fn answer(&self, found: Found) -> Result<Answer<'_>, Error> {
        let buffer = self.conn.buffer.as_ref();
        Ok(match found {
            Found::Reply(span) => Answer::Reply(span.message(buffer)),
            Found::Done(span) => {
                let ack = AckRef::new(span.message(buffer));
                Answer::Done(ack.map_err(|error| self.conn.state.broken(error))?)
            }
            Found::Failed(error) => Answer::Failed(error),
        })
    }

    /// Sends a request, or a query whose flags may ask for a dump. With
    /// `may_ask` the number of a generic family is looked up before.
    pub(crate) fn start(
        &mut self,
        request: &dyn Request,
        query: bool,
        may_ask: bool,
    ) -> Result<Ticket, Error> {
        let conn = &mut *self.conn;
        let deadline = conn.state.deadline(Operation::Send, self.timeout)?;
        conn.check_protocol(request)?;
        if self.count >= N {
            let limit = u32::try_from(N).unwrap_or(u32::MAX);
            let kind = ErrorKind::PipelineFull { limit };
            return Err(conn.state.error(Operation::Send, kind));
        }
        if self.count == 0 {
            // The rest of the datagram answers no request in flight.
            self.inbox.skip_rest();
        }
        let mut family = None;
        if let Some(wanted) = family_of(request) {
            // A pipeline does not repeat a request if the number has changed, so
            // it asks again while it can wait.
            family = Some(if may_ask && self.count == 0 {
                conn.look_up_until(wanted, deadline)?
            } else {
                let unknown = || conn.state.error(Operation::Write, ErrorKind::NotLookedUp);
                conn.state.family(wanted).ok_or_else(unknown)?
            });
        }
        if self.count == 0 {
            conn.settle(true, deadline, &mut Patience::Wait)?;
        }
        let mut stamp = conn.stamp(family);
        let mut small = [0; SMALL];
        let (mut draft, mut place) = self.write(request, &mut small, stamp)?;
        let dump = query && draft.is_dump();
        if dump {
            let conn = &mut *self.conn;
            if self.count == 0 {
                conn.prepare_dump(draft.kind, deadline, &mut Patience::Wait)?;
            } else {
                conn.check_dump_buffer(draft.kind)?;
                // Answers have arrived already: one receive is enough to prime.
                if !conn.state.primed {
                    self.fill(deadline, &mut Patience::none())?;
                }
            }
            // Another datagram may have been received over this one meanwhile.
            (draft, place) = self.write(request, &mut small, stamp)?;
        }
        let conn = &mut *self.conn;
        let part = draft.part;
        if part.then.is_some() {
            return Err(conn.state.unwritten(EncodeError::Waits));
        }
        // A ticket's slot must be free: its number skips those in use and that
        // of the priming no-op.
        let ticket = |first: u32| first.wrapping_add(part.acked);
        let written = stamp.sequence;
        stamp.sequence = conn.state.next_sequence();
        while slot::<N>(ticket(stamp.sequence))
            .and_then(|slot| self.flights.get(slot))
            .is_some_and(Option::is_some)
        {
            conn.state.take(stamp.sequence, 1);
            stamp.sequence = conn.state.next_sequence();
        }
        conn.state.take(stamp.sequence, part.messages);
        let room = match place {
            None => small.get_mut(..part.end),
            Some(start) => conn.buffer.as_mut().get_mut(start..part.end),
        };
        let bytes = room.unwrap_or_default();
        if stamp.sequence != written {
            number(bytes, stamp.sequence);
        }
        let first = MessageRef::new(bytes).unwrap_or_default();
        // Types of other protocols have names of their own.
        let schema = family.and_then(|_| conn.state.describe(request.protocol(), &first));
        send(&conn.transport, &conn.state, bytes, None, deadline)?;
        if dump {
            let number = NonZeroU32::new(stamp.sequence);
            conn.state.dumping = conn.state.dumping.or(number);
        }
        let sent = SentPart {
            first: stamp.sequence,
            messages: part.messages,
            kind: draft.kind,
            flags: draft.flags,
            port: stamp.port,
            dump,
            unnumbered: dump && request.is_unnumbered(),
            before: 0,
            from: 0,
        };
        let ticket = ticket(stamp.sequence);
        if let Some(slot) = slot::<N>(ticket).and_then(|slot| self.flights.get_mut(slot)) {
            *slot = Some(InFlight {
                flight: Flight::new(sent, part.acked, true),
                forgives: request.forgives(),
                check: request.reply_check(),
                failure: None,
                schema,
            });
            self.count = self.count.saturating_add(1);
        }
        Ok(Ticket(ticket))
    }

    /// Writes a request on the stack, or after the unread bytes in the buffer
    /// if it is long. Returns its offset in the buffer in that case.
    fn write(
        &mut self,
        request: &dyn Request,
        small: &mut [u8; SMALL],
        stamp: Stamp,
    ) -> Result<(Draft, Option<usize>), Error> {
        let state = &self.conn.state;
        let start = match Draft::write(request, 0, small, 0, stamp, true) {
            Ok(draft) => return Ok((draft, None)),
            Err(EncodeError::Overflow { .. }) => self.inbox.end().saturating_add(3) & !3,
            Err(error) => return Err(unwritten(state, request, 0, small, error)),
        };
        let buffer = self.conn.buffer.as_mut();
        match Draft::write(request, 0, buffer, start, stamp, true) {
            Ok(draft) => Ok((draft, Some(start))),
            Err(error) => {
                let room = buffer.get_mut(start..).unwrap_or_default();
                Err(unwritten(state, request, 0, room, error))
            }
        }
    }

    /// Advances to the next answer.
    pub(crate) fn advance(
        &mut self,
        mut patience: Patience,
    ) -> Result<Step<Option<(Ticket, Found)>>, Error> {
        let mut deadline = None;
        loop {
            if let Some(found) = self.next_in_datagram() {
                return Ok(Step::Ready(Some(found)));
            }
            if let Some(last) = self.failing {
                match self.fail_next(last) {
                    Some(found) => return Ok(Step::Ready(Some(found))),
                    None => (self.failure, self.failing) = (None, None),
                }
            }
            if self.count == 0 {
                return Ok(Step::Ready(None));
            }
            let deadline = match (deadline, patience) {
                (Some(deadline), _) => deadline,
                (None, Patience::Wait) => *deadline.insert(self.deadline()?),
                (None, Patience::Try(_)) => Deadline::after(None),
            };
            match self.fill(deadline, &mut patience)? {
                Step::Ready(()) => {}
                Step::Pending => return Ok(Step::Pending),
                Step::Busy => return Ok(Step::Busy),
            }
        }
    }

    /// Advances to the next answer without waiting.
    #[cfg(feature = "tokio")]
    pub(crate) fn step(&mut self) -> Result<Step<Option<(Ticket, Found)>>, Error> {
        self.advance(Patience::none())
    }

    /// Returns the deadline of an answer.
    pub(crate) fn deadline(&self) -> Result<Deadline, Error> {
        self.conn.state.deadline(Operation::Wait, self.timeout)
    }

    /// Creates the error of a wait.
    #[cfg(feature = "tokio")]
    pub(crate) const fn wait_error(&self, kind: ErrorKind) -> Error {
        self.conn.state.error(Operation::Wait, kind)
    }

    /// Receives the next datagram. After a loss the requests fail once the
    /// queue is empty.
    fn fill(&mut self, deadline: Deadline, patience: &mut Patience) -> Result<Step<()>, Error> {
        let loss = &mut self.failure;
        match self
            .inbox
            .fill_after_loss(self.conn, deadline, patience, loss)?
        {
            Step::Ready(filled) => {
                if filled == Filled::Emptied {
                    self.failing = Some(self.conn.state.sequence);
                }
                Ok(Step::Ready(()))
            }
            Step::Pending => Ok(Step::Pending),
            Step::Busy => Ok(Step::Busy),
        }
    }

    /// Fails one of the requests up to this sequence number, if any is in
    /// flight.
    fn fail_next(&mut self, last: u32) -> Option<(Ticket, Found)> {
        let mut in_flight = self.flights.iter().flatten();
        let failed =
            in_flight.find(|asked| last.wrapping_sub(asked.flight.sequence()) < u32::MAX / 2)?;
        let (ticket, schema) = (failed.flight.sequence(), failed.schema);
        let error = self.failure.clone();
        let error = error.unwrap_or_else(|| self.conn.state.overrun());
        self.end(ticket);
        let error = error.with_schema(schema).with_sequence(ticket);
        Some((Ticket(ticket), Found::Failed(error)))
    }

    /// Advances to the next answer in the datagram.
    fn next_in_datagram(&mut self) -> Option<(Ticket, Found)> {
        loop {
            let conn = &mut *self.conn;
            let (span, message) = match self.inbox.next(conn.buffer.as_ref())? {
                Ok(next) => next,
                Err(error) => {
                    // The malformed message may have been an answer.
                    self.failure = Some(conn.state.broken(error));
                    self.failing = Some(conn.state.sequence);
                    return None;
                }
            };
            let header = message.header();
            let own = |slot: &Option<InFlight>| {
                slot.as_ref()
                    .is_some_and(|asked| asked.flight.sent.may_be_answered_by(header))
            };
            let direct = slot::<N>(header.sequence())
                .filter(|slot| self.flights.get(*slot).is_some_and(own));
            let slot = direct.or_else(|| self.flights.iter().position(own));
            let Some(asked) = slot.and_then(|slot| self.flights.get_mut(slot)?.as_mut()) else {
                let meaning = stray(&conn.state, message, self.inbox.origin());
                conn.state.skip(meaning, message);
                if meaning == nlwire::Meaning::Lost {
                    conn.state.set_congested(true);
                    self.failure.get_or_insert(conn.state.overrun());
                }
                continue;
            };
            let (forgives, schema, flight) = (asked.forgives, asked.schema, &mut asked.flight);
            let failure = asked.failure;
            let ticket = flight.sequence();
            let dump = flight.sent.dump;
            let found = match flight.read(&mut conn.state, &self.inbox, span, message) {
                Ok(FlightMeaning::Row) => match asked.check.and_then(|check| check(message)) {
                    None => return Some((Ticket(ticket), Found::Reply(span))),
                    // The acknowledgement follows.
                    failure => {
                        asked.failure = failure;
                        continue;
                    }
                },
                Ok(FlightMeaning::Skipped) => continue,
                Ok(FlightMeaning::End) if flight.is_interrupted() => {
                    let refusal = flight.fail(&conn.state, ErrorKind::Interrupted);
                    Found::Failed(refusal.error.with_schema(schema))
                }
                Ok(FlightMeaning::End) => match failure {
                    None => Found::Done(span),
                    Some(errno) => {
                        let refusal = flight.fail(&conn.state, ErrorKind::Refused(errno));
                        Found::Failed(refusal.error.with_schema(schema))
                    }
                },
                Err(refusal) if flight.forgives(&refusal, forgives) => Found::Done(span),
                Err(refusal) if matches!(refusal.error.kind(), ErrorKind::Overrun { .. }) => {
                    self.failure.get_or_insert(conn.state.overrun());
                    continue;
                }
                Err(refusal) => Found::Failed(refusal.error.with_schema(schema)),
            };
            self.end(ticket);
            if dump {
                self.note_dump();
            }
            return Some((Ticket(ticket), found));
        }
    }

    /// Records which dump the kernel runs after the one that ended.
    fn note_dump(&mut self) {
        let mut flights = self.flights.iter().flatten();
        let next = flights.find(|asked| asked.flight.sent.dump);
        let next = next.and_then(|asked| NonZeroU32::new(asked.flight.sequence()));
        self.conn.state.dumping = self.conn.state.dumping.or(next);
    }

    fn end(&mut self, ticket: u32) {
        if let Some(slot) = slot::<N>(ticket).and_then(|slot| self.flights.get_mut(slot)) {
            *slot = None;
            self.count = self.count.saturating_sub(1);
        }
    }
}

/// Returns the slot of a ticket.
fn slot<const N: usize>(ticket: u32) -> Option<usize> {
    usize::try_from(ticket).ok()?.checked_rem(N)
}

/// Numbers the messages of a datagram.
fn number(datagram: &mut [u8], first: u32) {
    let mut rest = datagram;
    for sequence in first.. {
        let Ok((header, _)) = Header::mut_from_prefix(rest) else {
            return;
        };
        *header = header.with_sequence(sequence);
        let length = usize::try_from(header.length()).unwrap_or(usize::MAX);
        let end = length.max(Header::LEN).saturating_add(3) & !3;
        rest = rest.get_mut(end..).unwrap_or_default();
    }
}
