//! Execution of a request, from its first datagram to the end of its answer.
//! Blocking calls and futures share these steps.
//!
//! ```text
//!         sent, the number is known             acknowledged, more follows
//!  Send ----------------------------> Answer ------------------------------> Send
//!   |  ^                                |
//!   |  | number found                   | refused with ENOENT, and the number
//!   |  |                                | was remembered
//!   |  '--------- LookUp <--------------'   once; the request is sent again
//!   '---------------^                       only if the number has changed
//!     the family's number is unknown
//! ```

use core::num::NonZeroU32;

use nlwire::schema::{MessageSchema, Protocol as Family};
use nlwire::{Errno, MessageType, Request, Stamp};

use super::family::{GetFamily, read_number};
use super::flight::{Flight, SentPart};
use super::receive::{Inbox, Patience, SMALL, Step, send};
use super::refusal::{self, Refusal, unwritten};
use super::span::Span;
use super::write::{Draft, family_of, flags_of};
use crate::socket::waiting::Deadline;
use crate::{Conn, Error, ErrorKind, Transport};

/// Choices of a call.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Options {
    pub(crate) deadline: Deadline,
    /// True if the last message of each datagram asks for an acknowledgement.
    pub(crate) ack: bool,
    /// True for a query, whose flags may ask for a dump.
    pub(crate) query: bool,
    /// Schema of a message that the caller wrote as bytes.
    pub(crate) schema: Option<&'static MessageSchema>,
}

/// Phase of an execution: see the drawing in the text of this module.
#[derive(Debug)]
enum Phase {
    /// The datagram that begins at this place of the request is to be sent.
    Send { from: u64 },
    /// The controller is asked for the number of the family.
    LookUp {
        family: &'static Family,
        /// Place of the datagram to send once the number is known.
        from: u64,
        number: Option<MessageType>,
        refused: Option<Refused>,
    },
    /// The answer to the datagram is read.
    Answer,
}

/// Datagram that was refused with a remembered number of its family.
#[derive(Debug)]
struct Refused {
    number: MessageType,
    error: Error,
    /// True if the request forgives the refusal.
    forgiven: bool,
    /// Span of the refusal; empty if it had to be overwritten.
    span: Span,
    sent: SentPart,
    then: Option<u64>,
}

/// Request in progress.
#[derive(Debug)]
pub(crate) struct Execution {
    phase: Phase,
    pub(crate) flight: Flight,
    pub(crate) inbox: Inbox,
    options: Options,
    /// Place of the next datagram, which is sent once this one is acknowledged.
    then: Option<u64>,
    /// True if this execution has asked for the family's number. Otherwise the
    /// number is remembered from an earlier request.
    looked_up: bool,
    /// Errno of a reply that reports a failure.
    failure: Option<Errno>,
}

impl Execution {
    /// Returns an empty execution, to be filled in place because it is large.
    #[inline]
    pub(crate) fn new(options: Options) -> Self {
        Self {
            phase: Phase::Send { from: 0 },
            flight: Flight::default(),
            inbox: Inbox::new(),
            options,
            then: None,
            looked_up: false,
            failure: None,
        }
    }

    /// Sends the first datagram of a request, or looks up its family.
    pub(crate) fn start<T, B>(
        &mut self,
        conn: &mut Conn<T, B>,
        request: &dyn Request,
    ) -> Result<(), Error>
    where
        T: Transport,
        B: AsRef<[u8]> + AsMut<[u8]>,
    {
        // Only an attempt without waiting is `Busy`.
        self.try_start(conn, request, Patience::Wait).map(drop)
    }

    /// Starts as [`start`](Self::start) does. After `Busy`, when other tasks
    /// get a turn, it is called again.
    pub(crate) fn try_start<T, B>(
        &mut self,
        conn: &mut Conn<T, B>,
        request: &dyn Request,
        mut patience: Patience,
    ) -> Result<Step<()>, Error>
    where
        T: Transport,
        B: AsRef<[u8]> + AsMut<[u8]>,
    {
        conn.check_protocol(request)?;
        self.send(conn, request, 0, &mut patience)
    }

    /// Sends the datagram that begins at place `from` of the request, or looks
    /// up its family.
    fn send<T, B>(
        &mut self,
        conn: &mut Conn<T, B>,
        request: &dyn Request,
        from: u64,
        patience: &mut Patience,
    ) -> Result<Step<()>, Error>
    where
        T: Transport,
        B: AsRef<[u8]> + AsMut<[u8]>,
    {
        if let Step::Busy = conn.settle(false, self.options.deadline, patience)? {
            return Ok(Step::Busy);
        }
        let mut number = None;
        if let Some(family) = family_of(request) {
            number = conn.state.family(family);
            if number.is_none() {
                return self.look_up(conn, family, from, None).map(Step::Ready);
            }
        }
        self.send_part(conn, request, from, number, patience)
    }

    /// Asks the controller for a family's number, perhaps after a refusal.
    fn look_up<T, B>(
        &mut self,
        conn: &mut Conn<T, B>,
        family: &'static Family,
        from: u64,
        refused: Option<Refused>,
    ) -> Result<(), Error>
    where
        T: Transport,
        B: AsRef<[u8]> + AsMut<[u8]>,
    {
        // The request is not a dump, so that nothing has to be discarded
        // before.
        let (request, patience) = (GetFamily(family), &mut Patience::Wait);
        self.send_part(conn, &request, 0, None, patience)?;
        self.looked_up = true;
        self.phase = Phase::LookUp {
            family,
            from,
            number: None,
            refused,
        };
        Ok(())
    }

    /// Writes a datagram, prepares a dump, and sends the datagram.
    fn send_part<T, B>(
        &mut self,
        conn: &mut Conn<T, B>,
        request: &dyn Request,
        from: u64,
        family: Option<MessageType>,
        patience: &mut Patience,
    ) -> Result<Step<()>, Error>
    where
        T: Transport,
        B: AsRef<[u8]> + AsMut<[u8]>,
    {
        let options = self.options;
        let start = self.inbox.base;
        let mut dump = false;
        let (stamp, Draft { kind, flags, part }) = loop {
            let stamp = conn.stamp(family);
            let draft = Self::write(conn, request, from, start, stamp, options.ack)?;
            if dump || !options.query || !draft.is_dump() {
                break (stamp, draft);
            }
            // A dump is written again, since preparing it receives into the
            // same buffer.
            dump = true;
            if let Step::Busy = conn.prepare_dump(draft.kind, options.deadline, patience)? {
                return Ok(Step::Busy);
            }
        };
        conn.state.take(stamp.sequence, part.messages);
        let bytes = conn.buffer.as_ref().get(start..part.end);
        let bytes = bytes.unwrap_or_default();
        send(&conn.transport, &conn.state, bytes, None, options.deadline)?;
        if dump {
            conn.state.dumping = NonZeroU32::new(stamp.sequence);
        }
        let flags = match part.messages {
            0 | 1 => flags,
            _ => flags_of(bytes),
        };
        let sent = SentPart {
            first: stamp.sequence,
            messages: part.messages,
            kind,
            flags,
            port: stamp.port,
            dump,
            unnumbered: dump && request.is_unnumbered(),
            before: self.flight.sent.before,
            from,
        };
        self.flight = Flight::new(sent, part.acked, options.ack);
        self.then = part.then;
        self.phase = Phase::Answer;
        Ok(Step::Ready(()))
    }

    /// Writes a datagram into the buffer, which has no unread message from
    /// `start` on. A refusal kept there is forgotten.
    #[inline]
    fn write<T, B>(
        conn: &mut Conn<T, B>,
        request: &dyn Request,
        from: u64,
        start: usize,
        stamp: Stamp,
        ack: bool,
    ) -> Result<Draft, Error>
    where
        T: Transport,
        B: AsRef<[u8]> + AsMut<[u8]>,
    {
        conn.state.forget_refusal(start);
        let buffer = conn.buffer.as_mut();
        Draft::write(request, from, buffer, start, stamp, ack).map_err(|error| {
            let room = buffer.get_mut(start..).unwrap_or_default();
            unwritten(&conn.state, request, from, room, error)
        })
    }

    /// Returns the deadline of the answer.
    #[cfg(feature = "tokio")]
    pub(crate) const fn deadline(&self) -> Deadline {
        self.options.deadline
    }

    /// Returns the next row if it is the next message.
    #[inline]
    pub(crate) fn next_row(&mut self, buffer: &[u8]) -> Option<Span> {
        match self.phase {
            Phase::Answer => self.flight.next_row(&mut self.inbox, buffer),
            Phase::Send { .. } | Phase::LookUp { .. } => None,
        }
    }

    /// Returns the span of a row and of all rows that follow it in its datagram.
    #[cfg(feature = "alloc")]
    pub(crate) fn with_next_rows(&mut self, first: Span, buffer: &[u8]) -> Span {
        let mut span = first;
        while let Some(next) = self.next_row(buffer) {
            span = span.to(next);
        }
        span
    }

    /// Advances to the next row; `Ready(None)` once the last datagram of the
    /// request is acknowledged, and after an error.
    pub(crate) fn advance<T, B>(
        &mut self,
        conn: &mut Conn<T, B>,
        request: &dyn Request,
        patience: Patience,
    ) -> Result<Step<Option<Span>>, Error>
    where
        T: Transport,
        B: AsRef<[u8]> + AsMut<[u8]>,
    {
        let advanced = self.run(conn, request, patience);
        if advanced.is_err() {
            self.stop();
        }
        advanced
    }

    /// Ends the execution: no datagram of the request follows.
    fn stop(&mut self) {
        (self.phase, self.then) = (Phase::Answer, None);
        self.flight.stop();
        self.inbox.skip_rest();
    }

    fn run<T, B>(
        &mut self,
        conn: &mut Conn<T, B>,
        request: &dyn Request,
        mut patience: Patience,
    ) -> Result<Step<Option<Span>>, Error>
    where
        T: Transport,
        B: AsRef<[u8]> + AsMut<[u8]>,
    {
        let deadline = self.options.deadline;
        loop {
            if let Phase::Send { from } = self.phase {
                if let Step::Busy = self.send(conn, request, from, &mut patience)? {
                    return Ok(Step::Busy);
                }
            }
            match self
                .flight
                .advance(conn, &mut self.inbox, deadline, &mut patience)
            {
                Ok(Step::Ready(Some(span))) => match &mut self.phase {
                    Phase::LookUp { number, .. } => {
                        *number = read_number(span.message(conn.buffer.as_ref()));
                    }
                    _ => {
                        let Some(check) = request.reply_check() else {
                            return Ok(Step::Ready(Some(span)));
                        };
                        match check(span.message(conn.buffer.as_ref())) {
                            None => return Ok(Step::Ready(Some(span))),
                            // The acknowledgement follows.
                            failure => self.failure = failure,
                        }
                    }
                },
                Ok(Step::Ready(None)) => match (&self.phase, self.then.take()) {
                    (Phase::LookUp { .. }, _) => self.take_number(conn)?,
                    (_, None) => match self.failure.take() {
                        None => return Ok(Step::Ready(None)),
                        Some(errno) => {
                            conn.state.refusal = Span::default();
                            let refusal = self.flight.fail(&conn.state, ErrorKind::Refused(errno));
                            return Err(self.name(conn, request, refusal));
                        }
                    },
                    (_, Some(from)) => {
                        let sent = &mut self.flight.sent;
                        sent.before = sent.before.saturating_add(sent.messages);
                        self.phase = Phase::Send { from };
                    }
                },
                Ok(step) => return Ok(step),
                Err(refusal) => self.judge(conn, request, refusal)?,
            }
        }
    }

    /// Ends a look-up: the request is sent with the number, unless it was
    /// refused with the same one before.
    fn take_number<T, B>(&mut self, conn: &mut Conn<T, B>) -> Result<(), Error>
    where
        T: Transport,
        B: AsRef<[u8]> + AsMut<[u8]>,
    {
        let phase = core::mem::replace(&mut self.phase, Phase::Answer);
        let Phase::LookUp {
            family,
            from,
            number,
            refused,
        } = phase
        else {
            return Ok(());
        };
        let number = number.ok_or_else(|| {
            let kind = ErrorKind::Replies { found: 0 };
            self.flight.fail(&conn.state, kind).error
        })?;
        conn.state.set_family(family, number);
        match refused.filter(|refused| refused.number == number) {
            None => {
                self.inbox = Inbox::new();
                self.phase = Phase::Send { from };
                Ok(())
            }
            Some(refused) => {
                conn.state.refusal = refused.span;
                if !refused.forgiven {
                    return Err(refused.error);
                }
                // The answer of the look-up stands in for a refusal that had to
                // be overwritten.
                if refused.span != Span::default() {
                    self.flight.ack = refused.span;
                }
                (self.flight.sent, self.then) = (refused.sent, refused.then);
                Ok(())
            }
        }
    }

    /// Handles an error: a refusal that the request forgives counts as an
    /// acknowledgement. After `ENOENT` the family is looked up again before
    /// that, as its number may have changed.
    #[cold]
    fn judge<T, B>(
        &mut self,
        conn: &mut Conn<T, B>,
        request: &dyn Request,
        refusal: Refusal,
    ) -> Result<(), Error>
    where
        T: Transport,
        B: AsRef<[u8]> + AsMut<[u8]>,
    {
        if let Phase::LookUp { family, .. } = self.phase {
            let request = GetFamily(family);
            return Err(refusal::name(conn, &request, 0, None, refusal));
        }
        let forgiven = self.flight.forgives(&refusal, request.forgives());
        let may_be_renumbered = refusal.errno() == Some(Errno::ENOENT) && !self.looked_up;
        let family = family_of(request).filter(|_| may_be_renumbered);
        match family.and_then(|family| Some((family, conn.state.family(family)?))) {
            Some((family, number)) => {
                let mut span = conn.state.refusal;
                let error = self.name(conn, request, refusal);
                // The refusal stays in the buffer if the answer fits after it.
                let room = conn.buffer.as_ref().len().saturating_sub(span.behind());
                if room < SMALL {
                    span = Span::default();
                }
                self.inbox.base = span.behind();
                let refused = Refused {
                    number,
                    error,
                    forgiven,
                    span,
                    sent: self.flight.sent,
                    then: self.then,
                };
                self.look_up(conn, family, refused.sent.from, Some(refused))
            }
            None if forgiven => {
                self.flight.forgive();
                Ok(())
            }
            None => Err(self.name(conn, request, refusal)),
        }
    }

    /// Ends the execution by an error of waiting.
    #[cfg(feature = "tokio")]
    pub(crate) fn fail_wait<T, B>(
        &mut self,
        conn: &mut Conn<T, B>,
        request: &dyn Request,
        kind: ErrorKind,
    ) -> Error
    where
        T: Transport,
        B: AsRef<[u8]> + AsMut<[u8]>,
    {
        let refusal = self.flight.fail(&conn.state, kind);
        let error = self.name(conn, request, refusal);
        self.stop();
        error
    }

    /// Adds names to an error.
    pub(crate) fn name<T, B>(
        &self,
        conn: &mut Conn<T, B>,
        request: &dyn Request,
        refusal: Refusal,
    ) -> Error
    where
        T: Transport,
        B: AsRef<[u8]> + AsMut<[u8]>,
    {
        let (from, schema) = (self.flight.sent.from, self.options.schema);
        refusal::name(conn, request, from, schema, refusal)
    }
}

#[cfg(all(test, feature = "test-util"))]
mod tests;
