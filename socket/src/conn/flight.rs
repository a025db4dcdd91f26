//! Datagram of a request in flight, and its answer.
//!
//! | message | meaning |
//! |---|---|
//! | reply with the number of any message of the datagram | a row |
//! | end with the number of the acknowledged message | end of the flight |
//! | refusal of another message of the datagram | recorded; the acknowledgement still arrives, since the kernel continues |
//! | refusal of `NFNL_MSG_BATCH_BEGIN` | end of the flight: it refuses the whole transaction |
//! | anything else | skipped |

use nlwire::{AckRef, Errno, Exchange, Flags, Header, Meaning, MessageRef, MessageType};

use super::receive::{Inbox, Patience, SMALL, Step};
use super::refusal::{Asked, Refusal, refused};
use super::span::Span;
use super::state::State;
use crate::socket::waiting::Deadline;
use crate::{Conn, Error, ErrorKind, Operation, Protocol, Transport, Trust};

/// First message of a transaction (`linux/netfilter/nfnetlink.h`).
pub(crate) const BATCH_BEGIN: MessageType = MessageType(16);

/// Datagram in flight: a part of a request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SentPart {
    /// Sequence number of the first message.
    pub(crate) first: u32,
    pub(crate) messages: u32,
    /// Type of the first message.
    pub(crate) kind: MessageType,
    /// Flags of the first message, with `NLM_F_ECHO` if any message has it.
    pub(crate) flags: Flags,
    /// Port of the socket.
    pub(crate) port: u32,
    /// True for a dump.
    pub(crate) dump: bool,
    /// True for a dump whose rows have no sequence number.
    pub(crate) unnumbered: bool,
    /// Number of messages in earlier datagrams of the request.
    pub(crate) before: u32,
    /// Span in the request at which the datagram begins.
    pub(crate) from: u64,
}

impl SentPart {
    /// No datagram.
    const NONE: Self = Self {
        first: 0,
        messages: 0,
        kind: MessageType::NOOP,
        flags: Flags::empty(),
        port: 0,
        dump: false,
        unnumbered: false,
        before: 0,
        from: 0,
    };

    /// Returns the index of a message by its sequence number.
    #[inline]
    fn index_of(&self, sequence: u32) -> Option<u32> {
        let index = sequence.wrapping_sub(self.first);
        (index < self.messages).then_some(index)
    }

    /// Returns true if a message may answer one of the datagram.
    #[inline]
    pub(crate) fn may_be_answered_by(&self, answer: &Header) -> bool {
        self.index_of(answer.sequence()).is_some()
            || (self.unnumbered && answer.sequence() == 0 && answer.kind() == self.kind)
    }

    /// Returns the header of a message, as far as its answer depends on it.
    #[inline]
    fn header(&self, index: u32, flags: Flags) -> Header {
        Header::new(self.kind, flags)
            .with_sequence(self.first.wrapping_add(index))
            .with_port(self.port)
    }

    /// Describes a message of the datagram for errors.
    pub(crate) fn asked(&self, index: u32, of_several: bool) -> Asked {
        let kind = self.kind.0;
        let number = self.before.saturating_add(index).saturating_add(1);
        Asked {
            operation: Operation::Request(kind),
            number: if of_several { number } else { 0 },
        }
    }
}

#[derive(Debug)]
pub(crate) struct Flight {
    pub(crate) sent: SentPart,
    exchange: Exchange,
    /// Span of the acknowledgement, once received.
    pub(crate) ack: Span,
    /// First refusal of a message other than the acknowledged one.
    refusal: Option<Refusal>,
    /// True if further replies are only counted, as the first one is kept.
    pub(crate) only_counts: bool,
    /// True once the end of the answer is read.
    ended: bool,
    /// True once the answer ended with an error.
    failed: bool,
    /// True if that error is
    /// [`ErrorKind::Interrupted`](crate::ErrorKind::Interrupted).
    interrupted: bool,
}

/// Meaning of a message to a flight.
pub(crate) enum FlightMeaning {
    Row,
    Skipped,
    End,
}

/// No datagram in flight.
impl Default for Flight {
    #[inline]
    fn default() -> Self {
        Self::new(SentPart::NONE, 0, false)
    }
}

impl Flight {
    /// Starts to read the answer to a datagram, whose message with the index
    /// `acked` asks for an acknowledgement.
    #[inline]
    pub(crate) fn new(sent: SentPart, acked: u32, ack: bool) -> Self {
        let mut flags = sent.flags;
        flags.set(Flags::ACK, ack);
        let header = sent.header(acked, flags);
        let exchange = match sent {
            SentPart {
                unnumbered: true, ..
            } => Exchange::unnumbered_dump(&header),
            SentPart { dump: true, .. } => Exchange::dump(&header),
            _ => Exchange::new(&header),
        };
        Self {
            sent,
            exchange,
            ack: Span::default(),
            refusal: None,
            only_counts: false,
            ended: false,
            failed: false,
            interrupted: false,
        }
    }

    /// Returns the sequence number of the acknowledged message.
    #[inline]
    pub(crate) const fn sequence(&self) -> u32 {
        self.exchange.sequence()
    }

    pub(crate) const fn is_filtered(&self) -> bool {
        self.exchange.is_filtered()
    }

    pub(crate) const fn is_interrupted(&self) -> bool {
        self.exchange.is_interrupted()
    }

    /// Returns true if the answer ended with
    /// [`ErrorKind::Interrupted`](crate::ErrorKind::Interrupted).
    pub(crate) const fn ended_interrupted(&self) -> bool {
        self.interrupted
    }

    /// Returns the next row if it is the next message, as in a dump after the
    /// first row of each datagram.
    #[inline]
    pub(crate) fn next_row(&mut self, inbox: &mut Inbox, buffer: &[u8]) -> Option<Span> {
        let exchange = &mut self.exchange;
        inbox.next_if(buffer, |message, origin| {
            exchange.read_reply(message, origin)
        })
    }

    /// Advances to the next row; `Ready(None)` at the end of the answer.
    #[inline]
    pub(crate) fn advance<T, B>(
        &mut self,
        conn: &mut Conn<T, B>,
        inbox: &mut Inbox,
        deadline: Deadline,
        patience: &mut Patience,
    ) -> Result<Step<Option<Span>>, Refusal>
    where
        T: Transport,
        B: AsRef<[u8]> + AsMut<[u8]>,
    {
        loop {
            match inbox.next(conn.buffer.as_ref()) {
                Some(Ok((span, message))) => {
                    match self.read(&mut conn.state, inbox, span, message) {
                        Ok(FlightMeaning::Row) => return Ok(Step::Ready(Some(span))),
                        Ok(FlightMeaning::Skipped) => self.keep_refusal(conn, inbox),
                        end => {
                            self.skip_rest(conn, inbox);
                            let row = end.and_then(|_| self.conclude(&conn.state));
                            return row.map(Step::Ready);
                        }
                    }
                }
                Some(Err(error)) => {
                    let error = conn.state.broken(error);
                    return Err(self.end(error, 0));
                }
                // An answer ends only after a datagram is received.
                None if self.ended || self.exchange.end_of_datagram() => {
                    return self.conclude(&conn.state).map(Step::Ready);
                }
                None => match inbox.fill(conn, Trust::Kernel, deadline, patience) {
                    Ok(Step::Ready(_)) => {}
                    Ok(Step::Pending) => return Ok(Step::Pending),
                    Ok(Step::Busy) => return Ok(Step::Busy),
                    Err(error) => {
                        if matches!(error.kind(), ErrorKind::Overrun { .. }) {
                            conn.state.set_congested(true);
                        }
                        return Err(self.end(error, 0));
                    }
                },
            }
        }
    }

    /// Reads one message.
    #[inline]
    pub(crate) fn read(
        &mut self,
        state: &mut State,
        inbox: &Inbox,
        span: Span,
        message: MessageRef<'_>,
    ) -> Result<FlightMeaning, Refusal> {
        let sequence = message.header().sequence();
        let other = sequence != self.exchange.sequence();
        match self.sent.index_of(sequence) {
            Some(index) if other => return self.read_other(state, inbox, span, message, index),
            _ => {}
        }
        match self.exchange.read(message, inbox.origin()) {
            Meaning::Reply if self.lacks_rest(inbox) => Err(self.truncated(state, inbox)),
            Meaning::Reply => Ok(FlightMeaning::Row),
            meaning @ (Meaning::Finished(_) | Meaning::Refused(_)) => {
                (self.ack, self.ended) = (span, true);
                state.end_dump(message);
                if let Meaning::Refused(ack) = meaning {
                    self.note_refusal(state, span, ack, self.acked());
                }
                match self.refusal.take() {
                    Some(Refusal { error, index }) => Err(self.end(error, index)),
                    None => Ok(FlightMeaning::End),
                }
            }
            Meaning::Invalid if self.lacks_rest(inbox) => Err(self.truncated(state, inbox)),
            Meaning::Invalid => {
                state.refusal = span;
                state.end_dump(message);
                Err(self.fail(state, ErrorKind::Invalid))
            }
            Meaning::Lost => {
                state.set_congested(true);
                Err(self.fail(state, ErrorKind::Overrun { drops: 0 }))
            }
            meaning => {
                state.skip(meaning, message);
                Ok(FlightMeaning::Skipped)
            }
        }
    }

    /// Reads an answer to another message of the datagram than the acknowledged
    /// one.
    #[cold]
    fn read_other(
        &mut self,
        state: &mut State,
        inbox: &Inbox,
        span: Span,
        message: MessageRef<'_>,
        index: u32,
    ) -> Result<FlightMeaning, Refusal> {
        let flags = Flags::ACK | (self.sent.flags & Flags::ECHO);
        let header = self.sent.header(index, flags);
        match Exchange::new(&header).read(message, inbox.origin()) {
            Meaning::Reply if self.lacks_rest(inbox) => Err(self.truncated(state, inbox)),
            Meaning::Reply => Ok(FlightMeaning::Row),
            Meaning::Refused(ack) => {
                self.note_refusal(state, span, ack, index);
                let whole = index == 0
                    && self.sent.kind == BATCH_BEGIN
                    && state.protocol == Protocol::NETFILTER;
                match self.refusal.take_if(|_| whole) {
                    Some(Refusal { error, index }) => Err(self.end(error, index)),
                    None => Ok(FlightMeaning::Skipped),
                }
            }
            Meaning::Finished(_) => Ok(FlightMeaning::Skipped),
            meaning => {
                state.skip(meaning, message);
                Ok(FlightMeaning::Skipped)
            }
        }
    }

    /// Records the first refusal.
    #[cold]
    fn note_refusal(&mut self, state: &mut State, span: Span, ack: AckRef<'_>, index: u32) {
        if self.refusal.is_some() {
            return;
        }
        state.refusal = span;
        let asked = self.sent.asked(index, self.is_of_several());
        let error = refused(state, asked, ack);
        self.refusal = Some(self.refuse(error, index));
    }

    /// Keeps a recorded refusal in the buffer while the acknowledgement is
    /// received after it, if there is space for that.
    fn keep_refusal<T: Transport, B: AsRef<[u8]>>(&self, conn: &Conn<T, B>, inbox: &mut Inbox) {
        let behind = conn.state.refusal.behind();
        let space = conn.buffer.as_ref().len().saturating_sub(behind);
        if self.refusal.is_some() && space >= SMALL {
            inbox.base = inbox.base.max(behind);
        }
    }

    /// Returns the index of the acknowledged message in the datagram.
    pub(crate) const fn acked(&self) -> u32 {
        self.exchange.sequence().wrapping_sub(self.sent.first)
    }

    /// Returns true if a refusal is that of the acknowledged message, with one
    /// of these errnos.
    pub(crate) fn forgives(&self, refusal: &Refusal, errnos: &[Errno]) -> bool {
        let errno = refusal.errno().filter(|_| refusal.index == self.acked());
        errno.is_some_and(|errno| errnos.contains(&errno))
    }

    /// Takes the refusal that ended the answer as its acknowledgement.
    pub(crate) const fn forgive(&mut self) {
        self.failed = false;
    }

    /// Ends the answer at once, after an error of the request.
    pub(crate) const fn stop(&mut self) {
        (self.ended, self.failed) = (true, true);
    }

    const fn is_of_several(&self) -> bool {
        self.sent.messages > 1 || self.sent.before > 0
    }

    /// Skips the rest of the datagram after the end of the answer, and counts
    /// its messages.
    #[inline]
    fn skip_rest<T: Transport, B: AsRef<[u8]>>(&self, conn: &mut Conn<T, B>, inbox: &mut Inbox) {
        while let Some(Ok((_, message))) = inbox.next(conn.buffer.as_ref()) {
            let meaning = { self.exchange }.read(message, inbox.origin());
            conn.state.skip(meaning, message);
        }
    }

    /// Ends a complete answer.
    #[inline]
    fn conclude(&mut self, state: &State) -> Result<Option<Span>, Refusal> {
        if self.exchange.is_interrupted() && !self.failed {
            self.interrupted = true;
            return Err(self.fail(state, ErrorKind::Interrupted));
        }
        Ok(None)
    }

    /// Returns true if the next message is truncated and needed in full.
    const fn lacks_rest(&self, inbox: &Inbox) -> bool {
        inbox.is_truncated() && !self.only_counts
    }

    /// Ends an answer that did not fit the buffer.
    #[cold]
    fn truncated(&mut self, state: &State, inbox: &Inbox) -> Refusal {
        let error = state.truncated(inbox.needed());
        self.end(error, 0)
    }

    /// Ends the answer with an error of the acknowledged message.
    #[cold]
    pub(crate) fn fail(&mut self, state: &State, kind: ErrorKind) -> Refusal {
        let acked = self.acked();
        let asked = self.sent.asked(acked, self.is_of_several());
        self.end(asked.error(state, kind), acked)
    }

    /// Ends the answer with an error.
    #[cold]
    fn end(&mut self, error: Error, index: u32) -> Refusal {
        (self.ended, self.failed) = (true, true);
        self.refuse(error, index)
    }

    fn refuse(&self, error: Error, index: u32) -> Refusal {
        Refusal {
            error: error.with_sequence(self.sent.first.wrapping_add(index)),
            index,
        }
    }
}
