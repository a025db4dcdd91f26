//! Request in progress, from its first datagram to the end of its answer.
//! Blocking calls and futures share these steps.
//!
//! ```text
//!            family known             acknowledged, more follows
//!  start --------------------> Parts ------------------------.
//!    |                          ^ |  ^________________________|
//!    | family unknown           | | refused with ENOENT, and the family's
//!    '-----> LookUp ------------' | number was remembered
//!               ^                 |
//!               '-----------------'     once; the request is sent again
//!                                       only if the number has changed
//! ```

use core::num::NonZeroU32;

use nlwire::schema::{MessageSchema, Protocol as Family};
use nlwire::zerocopy::FromBytes as _;
use nlwire::{
    AckRef, EncodeError, Errno, Flags, Header, MessageRef, MessageType, Messages, Next, Part,
    Request, Stamp, Writer,
};

use super::family::{GetFamily, read_number};
use super::flight::{Flight, Refusal, Sent, asks_dump};
use super::place::Place;
use super::receive::{Inbox, Patience, SMALL, Step, send};
#[cfg(feature = "alloc")]
use super::refusal::add_path;
use crate::error::names;
use crate::socket::waiting::Deadline;
use crate::{Conn, Error, ErrorKind, Operation, Transport};

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

/// Step of a request.
#[derive(Debug)]
enum Phase {
    /// Asks the controller for the number of the family.
    LookUp {
        family: &'static Family,
        /// Place of the datagram to send once the number is known.
        from: u64,
        number: Option<MessageType>,
        /// Refusal of the request with the remembered number.
        again: Option<(MessageType, Error, Place)>,
    },
    /// Sends the datagrams of the request and reads their answers.
    Parts,
}

#[derive(Debug)]
pub(crate) struct Answer {
    phase: Phase,
    pub(crate) flight: Flight,
    pub(crate) inbox: Inbox,
    options: Options,
    /// Place of the next datagram, which is sent once this one is acknowledged.
    then: Option<u64>,
    /// True if the family's number was remembered from an earlier request.
    remembered: bool,
}

impl Answer {
    /// Returns an empty answer, to be filled in place because it is large.
    #[inline]
    pub(crate) fn new(options: Options) -> Self {
        Self {
            phase: Phase::Parts,
            flight: Flight::default(),
            inbox: Inbox::new(),
            options,
            then: None,
            remembered: false,
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
        conn.check_protocol(request)?;
        conn.settle(false, self.options.deadline)?;
        let mut number = None;
        if let Some(family) = family_of(request) {
            number = conn.state.family(family);
            if number.is_none() {
                return self.look_up(conn, family, 0, None);
            }
            self.remembered = true;
        }
        self.send(conn, request, 0, number, self.options)
    }

    /// Asks the controller for a family's number, again after a refusal.
    fn look_up<T, B>(
        &mut self,
        conn: &mut Conn<T, B>,
        family: &'static Family,
        from: u64,
        again: Option<(MessageType, Error, Place)>,
    ) -> Result<(), Error>
    where
        T: Transport,
        B: AsRef<[u8]> + AsMut<[u8]>,
    {
        self.phase = Phase::LookUp {
            family,
            from,
            number: None,
            again,
        };
        let options = Options {
            ack: true,
            query: false,
            ..self.options
        };
        self.send(conn, &GetFamily(family), 0, None, options)
    }

    /// Writes the datagram that begins at place `from` of a request, and sends it.
    ///
    /// A datagram of up to 512 bytes is written on the stack. A longer one, or one
    /// of a divided request, goes into the connection's buffer, which has no
    /// unread messages now.
    fn send<T, B>(
        &mut self,
        conn: &mut Conn<T, B>,
        request: &dyn Request,
        from: u64,
        family: Option<MessageType>,
        options: Options,
    ) -> Result<(), Error>
    where
        T: Transport,
        B: AsRef<[u8]> + AsMut<[u8]>,
    {
        let mut small = [0; SMALL];
        let mut stamp = conn.stamp(family);
        let written = Part::write(request, from, &mut small, 0, stamp, options.ack);
        let small_part = match written {
            Ok(part) => {
                conn.state.take(stamp.sequence, part.messages);
                // A divided request fills the whole buffer, so it is written
                // once, into the connection's.
                let fits = part.then.is_none() || conn.buffer.as_ref().len() <= SMALL;
                fits.then_some(part)
            }
            Err(EncodeError::Overflow { .. }) => None,
            Err(error) => return Err(conn.state.unwritten(error)),
        };
        let first = header_of(&small);
        let dump = options.query && asks_dump(&first);
        if dump {
            conn.check_dump_buffer(Operation::Request(first.kind().0))?;
            conn.settle(true, options.deadline)?;
            conn.prime(options.deadline)?;
        }
        let part = match small_part {
            Some(part) => part,
            None => {
                stamp = conn.stamp(family);
                conn.state.refusal = Place::default();
                let buffer = conn.buffer.as_mut();
                let part = Part::write(request, from, buffer, 0, stamp, options.ack)
                    .map_err(|error| conn.state.unwritten(error))?;
                conn.state.take(stamp.sequence, part.messages);
                part
            }
        };
        let bytes = match small_part {
            Some(_) => small.get(..part.end),
            None => conn.buffer.as_ref().get(..part.end),
        };
        let bytes = bytes.unwrap_or_default();
        send(&conn.transport, &conn.state, bytes, None, options.deadline)?;
        if dump {
            conn.state.dumping = NonZeroU32::new(stamp.sequence);
        }
        let mut header = first.with_port(conn.state.port);
        if part.messages > 1 {
            header = header.with_flags(flags_of(bytes));
        }
        let sent = Sent {
            first: stamp.sequence,
            messages: part.messages,
            header,
            dump,
            before: self.flight.sent.before,
            from,
        };
        self.flight = Flight::new(sent, part.acked, options.ack);
        self.then = part.then;
        Ok(())
    }

    /// Returns the deadline of the answer.
    #[cfg(feature = "tokio")]
    pub(crate) const fn deadline(&self) -> Deadline {
        self.options.deadline
    }

    /// Returns the next row if it is the next message.
    #[inline]
    pub(crate) fn next_row(&mut self, buffer: &[u8]) -> Option<Place> {
        match self.phase {
            Phase::Parts => self.flight.next_row(&mut self.inbox, buffer),
            Phase::LookUp { .. } => None,
        }
    }

    /// Advances to the next row; `Ready(None)` once the last datagram of the
    /// request is acknowledged, and after an error.
    pub(crate) fn advance<T, B>(
        &mut self,
        conn: &mut Conn<T, B>,
        request: &dyn Request,
        patience: Patience,
    ) -> Result<Step<Option<Place>>, Error>
    where
        T: Transport,
        B: AsRef<[u8]> + AsMut<[u8]>,
    {
        let advanced = self.try_advance(conn, request, patience);
        if advanced.is_err() {
            self.stop();
        }
        advanced
    }

    /// Ends the answer: no datagram of the request follows.
    fn stop(&mut self) {
        (self.phase, self.then) = (Phase::Parts, None);
        self.flight.stop();
        self.inbox.skip_rest();
    }

    fn try_advance<T, B>(
        &mut self,
        conn: &mut Conn<T, B>,
        request: &dyn Request,
        mut patience: Patience,
    ) -> Result<Step<Option<Place>>, Error>
    where
        T: Transport,
        B: AsRef<[u8]> + AsMut<[u8]>,
    {
        let deadline = self.options.deadline;
        loop {
            match self
                .flight
                .advance(conn, &mut self.inbox, deadline, &mut patience)
            {
                Ok(Step::Ready(Some(place))) => match &mut self.phase {
                    Phase::Parts => return Ok(Step::Ready(Some(place))),
                    Phase::LookUp { number, .. } => {
                        *number = read_number(place.message(conn.buffer.as_ref()));
                    }
                },
                Ok(Step::Ready(None)) => match (&self.phase, self.then.take()) {
                    (Phase::Parts, None) => return Ok(Step::Ready(None)),
                    (Phase::Parts, Some(from)) => self.send_next(conn, request, from)?,
                    (Phase::LookUp { .. }, _) => self.send_looked_up(conn, request)?,
                },
                Ok(step) => return Ok(step),
                Err(refusal) => self.judge(conn, request, refusal)?,
            }
        }
    }

    /// Sends the request once its family's number is known.
    fn send_looked_up<T, B>(
        &mut self,
        conn: &mut Conn<T, B>,
        request: &dyn Request,
    ) -> Result<(), Error>
    where
        T: Transport,
        B: AsRef<[u8]> + AsMut<[u8]>,
    {
        let phase = core::mem::replace(&mut self.phase, Phase::Parts);
        let Phase::LookUp {
            family,
            from,
            number,
            again,
        } = phase
        else {
            return Ok(());
        };
        let number = number.ok_or_else(|| {
            let kind = ErrorKind::Replies { found: 0 };
            self.flight.fail(&conn.state, kind).error
        })?;
        if let Some((_, error, place)) = again.filter(|(old, ..)| *old == number) {
            conn.state.refusal = place;
            return Err(error);
        }
        conn.state.set_family(family, number);
        self.remembered = false;
        self.inbox = Inbox::new();
        self.send(conn, request, from, Some(number), self.options)
    }

    /// Sends the next datagram of the request.
    fn send_next<T, B>(
        &mut self,
        conn: &mut Conn<T, B>,
        request: &dyn Request,
        from: u64,
    ) -> Result<(), Error>
    where
        T: Transport,
        B: AsRef<[u8]> + AsMut<[u8]>,
    {
        let sent = &mut self.flight.sent;
        sent.before = sent.before.saturating_add(sent.messages);
        let number = family_of(request).and_then(|family| conn.state.family(family));
        self.send(conn, request, from, number, self.options)
    }

    /// Handles an error: a refusal that the request forgives counts as an
    /// acknowledgement, and after `ENOENT` the family is looked up again, as
    /// its number may have changed.
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
        let Refusal { error, message } = refusal;
        if let Phase::LookUp { family, .. } = self.phase {
            let (request, sent) = (GetFamily(family), self.flight.sent);
            return Err(name_error(conn, &request, &sent, None, error, message));
        }
        let errno = match error.kind() {
            ErrorKind::Refused(errno) => Some(errno),
            _ => None,
        };
        let is_end = message == self.flight.acked();
        if is_end && errno.is_some_and(|errno| request.forgives(errno)) {
            self.flight.forgive();
            return Ok(());
        }
        let (sent, schema) = (self.flight.sent, self.options.schema);
        let error = name_error(conn, request, &sent, schema, error, message);
        let family = family_of(request);
        match family.and_then(|family| Some((family, conn.state.family(family)?))) {
            Some((family, number)) if self.remembered && errno == Some(Errno::ENOENT) => {
                let mut place = conn.state.refusal;
                self.remembered = false;
                // The refusal stays in the buffer if the answer fits after it.
                let room = conn.buffer.as_ref().len().saturating_sub(place.behind());
                if room < SMALL {
                    place = Place::default();
                }
                self.inbox.base = place.behind();
                self.look_up(conn, family, sent.from, Some((number, error, place)))
            }
            _ => Err(error),
        }
    }

    /// Ends the answer by an error of waiting.
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
        let Refusal { error, message } = refusal;
        name_error(
            conn,
            request,
            &self.flight.sent,
            self.options.schema,
            error,
            message,
        )
    }
}

/// Returns the generic family of a request, if it has one.
pub(crate) fn family_of(request: &dyn Request) -> Option<&'static Family> {
    request
        .protocol()
        .filter(|protocol| protocol.family.is_some())
}

/// Adds facts of the request to an error: name and object of the message, and
/// the path of a refused attribute. The request is written again for that, on
/// the stack or after the refusal in the connection's buffer.
#[cold]
pub(crate) fn name_error<T, B>(
    conn: &mut Conn<T, B>,
    request: &dyn Request,
    sent: &Sent,
    schema: Option<&'static MessageSchema>,
    error: Error,
    message: u32,
) -> Error
where
    T: Transport,
    B: AsRef<[u8]> + AsMut<[u8]>,
{
    let refusal = conn.state.refusal;
    let mut small = [0; SMALL];
    let (kept, room) = conn
        .buffer
        .as_mut()
        .split_at_mut_checked(refusal.behind())
        .unwrap_or_default();
    let written = match write_one(request, sent.from, message, &mut small) {
        Some(written) => Some(written),
        None => write_one(request, sent.from, message, room),
    };
    let (from, bytes) = written.unwrap_or((sent.from, &[]));
    let ack = AckRef::new(refusal.message(kept));
    let is_refused = matches!(error.kind(), ErrorKind::Refused(_));
    let Ok(written) = MessageRef::new(bytes) else {
        return error;
    };
    let described = || match request.protocol() {
        Some(protocol) => protocol.describe(&written, true),
        None => names::describe(conn.state.protocol, &written),
    };
    let schema = schema.or_else(described);
    let error = error.with_schema(schema);
    #[cfg(feature = "alloc")]
    {
        let error = error.with_object(request, from);
        match ack {
            Ok(ack) if is_refused => add_path(error, ack, written, schema),
            _ => error,
        }
    }
    #[cfg(not(feature = "alloc"))]
    {
        let _ = (from, ack, is_refused);
        error
    }
}

/// Writes message number `message` of a datagram, and returns its place in the
/// request and its bytes.
fn write_one<'b>(
    request: &dyn Request,
    mut from: u64,
    message: u32,
    buffer: &'b mut [u8],
) -> Option<(u64, &'b [u8])> {
    let mut left = message;
    let end = loop {
        let mut w = Writer::stamped(buffer, 0, Stamp::default());
        let next = request.write(from, &mut w).ok()?;
        if left == 0 {
            break w.len();
        }
        left = left.checked_sub(1)?;
        from = match next {
            Next::More(at) | Next::Last(at) => at,
            Next::End | Next::Then(_) => return None,
        };
    };
    Some((from, buffer.get(..end)?))
}

/// Returns the flags of all messages of a datagram.
pub(crate) fn flags_of(datagram: &[u8]) -> Flags {
    let messages = Messages::new(datagram).map_while(Result::ok);
    messages.fold(Flags::empty(), |flags, message| flags | message.flags())
}

/// Returns the header at the start of a datagram.
pub(crate) fn header_of(datagram: &[u8]) -> Header {
    match Header::read_from_prefix(datagram) {
        Ok((header, _)) => header,
        Err(_) => Header::default(),
    }
}
