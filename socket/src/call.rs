//! One call: a request or a dump, and how long to wait for it.

use core::num::NonZeroU32;
use core::time::Duration;

use nlwire::schema::MessageSchema;
use nlwire::zerocopy::IntoBytes as _;
use nlwire::{AckRef, Exchange, Flags, GetFlags, Header, MessageRef, MessageType, Messages};

use crate::deadline::Deadline;
use crate::inbox::first_message;
use crate::refusal::Asked;
use crate::state::send;
use crate::{
    BatchReplies, Conn, Error, ErrorKind, Mapping, Operation, Outcome, Pipeline, Received, Replies,
    Socket, Transport, sys,
};

/// The least buffer for a dump: the kernel sizes the parts of a dump by the
/// largest receive it has seen, and up to 32 KiB it leaves out rows that do
/// not fit, in silence.
pub(crate) const DUMP_BUFFER: usize = 32 * 1024;

/// A call to be made on a [`Conn`]: it has a timeout of its own, and can do
/// without an acknowledgement.
#[derive(Debug)]
#[must_use = "a call does nothing before a request is given to it"]
pub struct Call<'c, T: Transport = Socket, B = Mapping> {
    conn: &'c mut Conn<T, B>,
    timeout: Option<Duration>,
    ack: bool,
    schema: Option<&'static MessageSchema>,
}

impl<'c, T: Transport, B> Call<'c, T, B> {
    pub(crate) const fn new(conn: &'c mut Conn<T, B>) -> Self {
        Self {
            timeout: conn.state.timeout,
            conn,
            ack: true,
            schema: None,
        }
    }

    /// Bounds the call in place of the connection's timeout; zero fails at
    /// once.
    pub const fn within(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Asks for no acknowledgement: the answer ends with the first datagram of
    /// replies. That saves a receive, and is right only where the kernel is
    /// certain to reply; a request that has no reply waits until it times out.
    ///
    /// A [batch](Self::batch) then asks for the acknowledgement of its last
    /// message alone, which saves nearly all of its time: messages that are
    /// refused answer all the same, and the others were done. Where more than
    /// some hundred are refused, answers are lost, and their outcomes unknown.
    pub const fn unacked(mut self) -> Self {
        self.ack = false;
        self
    }

    /// Names the attributes of the request in what a refusal says, where this
    /// crate does not know them: for a family of generic netlink, whose number
    /// says nothing, or a protocol of the caller's.
    ///
    /// A [batch](Self::batch) has one description for all of its messages. A
    /// [pipeline](Self::pipeline) keeps no request, and its refusals name none.
    ///
    #[cfg_attr(all(feature = "generic", feature = "alloc"), doc = "```")]
    #[cfg_attr(not(all(feature = "generic", feature = "alloc")), doc = "```text")]
    /// use nlsock::{Conn, Protocol};
    /// use nlwire::codec::AttributeSet as _;
    /// use nlwire::generic::GenericHeader;
    /// use nlwire::schema::MessageSchema;
    /// use nlwire::{Flags, MessageType, Writer, attributes};
    ///
    /// attributes! {
    ///     /// What a family of one's own takes.
    ///     pub set Task, enum TaskAttr {
    ///         /// The number of a task.
    ///         1 TASK_ATTR_ID Id id: u16,
    ///     }
    /// }
    /// // The request has the type, the number of the family.
    /// static TASK: MessageSchema =
    ///     MessageSchema::new::<GenericHeader>(MessageType(0), "TASK_CMD_GET", Task::schema);
    ///
    /// let mut conn = Conn::open(Protocol::GENERIC)?;
    /// let mut buffer = [0; 64];
    /// // Here the controller has to do, which takes no number of one byte either.
    /// let header = GenericHeader::new(3, 1);
    /// let get = Writer::message(&mut buffer, MessageType(16), Flags::empty(), &header, |w| {
    ///     w.u8(1, 9)
    /// })?;
    /// let error = conn.call().described_by(&TASK).request(get).unwrap_err();
    /// assert!(error.to_string().ends_with(", at TASK_ATTR_ID (byte 20)"), "{error}");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub const fn described_by(mut self, schema: &'static MessageSchema) -> Self {
        self.schema = Some(schema);
        self
    }
}

impl<'c, T: Transport, B: AsRef<[u8]> + AsMut<[u8]>> Call<'c, T, B> {
    /// As [`Conn::request`].
    ///
    /// # Errors
    ///
    /// As [`Conn::request`].
    pub fn request(self, message: MessageRef<'_>) -> Result<AckRef<'c>, Error> {
        self.replies(message)?.finish()
    }

    /// As [`Conn::get`].
    ///
    /// # Errors
    ///
    /// As [`Conn::get`].
    pub fn get(self, message: MessageRef<'_>) -> Result<MessageRef<'c>, Error> {
        self.replies(message)?.into_only()
    }

    /// As [`Conn::replies`].
    ///
    /// # Errors
    ///
    /// As [`Conn::replies`].
    #[inline(always)]
    pub fn replies<'r>(self, message: MessageRef<'r>) -> Result<Replies<'c, 'r, T, B>, Error> {
        let operation = Operation::Request(message.kind().0);
        let deadline = self.deadline(operation)?;
        let mut flags = message.flags() | Flags::REQUEST;
        if self.ack {
            flags |= Flags::ACK;
        }
        let header = self.conn.address(message.header().with_flags(flags));
        self.conn.settle(false, deadline)?;
        let parts = [header.as_bytes(), message.payload()];
        send(
            &self.conn.transport,
            &self.conn.state,
            &parts,
            None,
            deadline,
        )?;
        let exchange = Exchange::new(&self.conn.as_answered(header));
        let asked = Asked {
            request: message,
            schema: self.schema,
        };
        Ok(Replies::new(
            self.conn, asked, exchange, operation, deadline,
        ))
    }

    /// As [`Conn::dump`].
    ///
    /// # Errors
    ///
    /// As [`Conn::dump`].
    pub fn dump<'r>(self, message: MessageRef<'r>) -> Result<Replies<'c, 'r, T, B>, Error> {
        let deadline = self.dump_deadline(message)?;
        self.dump_until(message, deadline)
    }

    /// Starts the time of a dump, of all attempts at it.
    pub(crate) fn dump_deadline(&self, message: MessageRef<'_>) -> Result<Deadline, Error> {
        self.deadline(Operation::Dump(message.kind().0))
    }

    pub(crate) fn dump_until<'r>(
        self,
        message: MessageRef<'r>,
        deadline: Deadline,
    ) -> Result<Replies<'c, 'r, T, B>, Error> {
        let operation = Operation::Dump(message.kind().0);
        self.conn.check_dump_buffer(operation)?;
        self.conn.settle(true, deadline)?;
        self.conn.prime(deadline)?;
        let flags = message.flags() | Flags::REQUEST | Flags::ACK | GetFlags::DUMP;
        let header = self.conn.address(message.header().with_flags(flags));
        let parts = [header.as_bytes(), message.payload()];
        send(
            &self.conn.transport,
            &self.conn.state,
            &parts,
            None,
            deadline,
        )?;
        self.conn.state.dumping = NonZeroU32::new(header.sequence());
        let exchange = Exchange::dump(&self.conn.as_answered(header));
        let asked = Asked {
            request: message,
            schema: self.schema,
        };
        Ok(Replies::new(
            self.conn, asked, exchange, operation, deadline,
        ))
    }

    /// The same call, to be made more than once.
    pub(crate) const fn again(&mut self) -> Call<'_, T, B> {
        Call {
            conn: self.conn,
            timeout: self.timeout,
            ack: self.ack,
            schema: self.schema,
        }
    }

    /// As [`Conn::dump_retry`].
    ///
    /// # Errors
    ///
    /// As [`Conn::dump_retry`].
    pub fn dump_retry<R, E, F>(
        mut self,
        attempts: u32,
        message: MessageRef<'_>,
        mut read: F,
    ) -> Result<R, E>
    where
        E: From<Error>,
        F: FnMut(u32, &mut Replies<'_, '_, T, B>) -> Result<R, E>,
    {
        let deadline = self.dump_deadline(message)?;
        let mut attempt: u32 = 0;
        loop {
            let mut replies = self.again().dump_until(message, deadline)?;
            let result = read(attempt, &mut replies);
            attempt = attempt.saturating_add(1);
            let interrupted = result.is_err() && replies.ended_interrupted();
            if !interrupted || attempt >= attempts || deadline.is_over() {
                return result;
            }
        }
    }

    /// As [`Conn::batch`].
    ///
    /// # Errors
    ///
    /// As [`Conn::batch`].
    pub fn batch(self, messages: &mut [u8], outcomes: &mut [Outcome]) -> Result<(), Error> {
        let mut replies = self.batch_replies(messages, outcomes)?;
        while replies.try_next()?.is_some() {}
        Ok(())
    }

    /// As [`Conn::batch_replies`].
    ///
    /// # Errors
    ///
    /// As [`Conn::batch_replies`].
    pub fn batch_replies<'m>(
        self,
        messages: &'m mut [u8],
        outcomes: &'m mut [Outcome],
    ) -> Result<BatchReplies<'c, 'm, T, B>, Error> {
        let deadline = self.deadline(Operation::Send)?;
        BatchReplies::new(
            self.conn,
            messages,
            outcomes,
            deadline,
            self.ack,
            self.schema,
        )
    }

    /// As [`Conn::pipeline`]; the timeout is that of each wait for an answer.
    pub const fn pipeline<const N: usize>(self) -> Pipeline<'c, N, T, B> {
        Pipeline::new(self.conn, self.timeout)
    }

    /// Makes the error of a request that cannot be written.
    #[allow(dead_code, reason = "the families use it")]
    pub(crate) const fn unwritten(&self, kind: MessageType) -> Error {
        let operation = Operation::Request(kind.0);
        self.conn.state.error(operation, ErrorKind::Encode)
    }

    fn deadline(&self, operation: Operation) -> Result<Deadline, Error> {
        self.conn.state.deadline(operation, self.timeout)
    }
}

impl<T: Transport, B: AsRef<[u8]> + AsMut<[u8]>> Conn<T, B> {
    /// Fills in sequence number and port where they are 0.
    fn address(&mut self, mut header: Header) -> Header {
        if header.sequence() == 0 {
            header = header.with_sequence(self.state.next_sequence());
        }
        if header.port() == 0 {
            header = header.with_port(self.state.port);
        }
        header
    }

    /// Returns the header as answers have it: with the port of the socket,
    /// whatever the request said.
    const fn as_answered(&self, header: Header) -> Header {
        header.with_port(self.state.port)
    }

    pub(crate) fn check_dump_buffer(&self, operation: Operation) -> Result<(), Error> {
        if self.buffer.as_ref().len() < DUMP_BUFFER {
            let kind = ErrorKind::BufferTooSmall { needed: 32 * 1024 };
            return Err(self.state.error(operation, kind));
        }
        Ok(())
    }

    /// Makes the first datagram of the first dump as large as the others.
    ///
    /// The kernel sizes it by the largest receive so far, and before the first
    /// one by less than 4 KiB: a table whose first row is larger would end
    /// there. So one receive with the whole buffer comes first, of the answer
    /// to a NOOP, which the kernel gives inside the send. Protocols that do not
    /// answer one cannot be primed; nothing waits for them.
    pub(crate) fn prime(&mut self, deadline: Deadline) -> Result<(), Error> {
        if self.state.primed {
            return Ok(());
        }
        self.state.primed = true;
        let flags = Flags::REQUEST | Flags::ACK;
        let noop = self.address(Header::new(MessageType::NOOP, flags));
        let sent = self.transport.send_vectored(&[noop.as_bytes()], None);
        if sent.is_err() {
            return Ok(());
        }
        match self.transport.recv(self.buffer.as_mut()) {
            Ok(received) => self.note_stale(&received),
            Err(errno) => self.state.congested = errno == sys::ENOBUFS,
        }
        self.settle(false, deadline)
    }

    /// Empties the queue where something in it stands in the way: after a
    /// loss, until then the kernel answers nothing, and before a dump what is
    /// left of one that was given up, since a socket can only have one.
    ///
    /// It never waits: the kernel queues the next part of a dump when one is
    /// received, so that an empty queue has nothing more to come.
    #[inline]
    pub(crate) fn settle(&mut self, dump: bool, deadline: Deadline) -> Result<(), Error> {
        if self.state.congested || (dump && self.state.dumping.is_some()) {
            return self.empty(dump, deadline);
        }
        Ok(())
    }

    #[cold]
    #[inline(never)]
    fn empty(&mut self, dump: bool, deadline: Deadline) -> Result<(), Error> {
        while self.state.congested || (dump && self.state.dumping.is_some()) {
            match self.transport.recv(self.buffer.as_mut()) {
                Ok(received) => self.note_stale(&received),
                Err(errno) if errno == sys::ENOBUFS => self.state.congested = true,
                Err(_) => (self.state.congested, self.state.dumping) = (false, None),
            }
            if deadline.is_over() {
                return Err(self.state.error(Operation::Receive, ErrorKind::Timeout));
            }
        }
        Ok(())
    }

    /// Throws away what is queued, and says if there was anything, or a loss.
    #[cfg(all(feature = "generic", feature = "alloc"))]
    pub(crate) fn drain(&mut self) -> bool {
        let mut any = false;
        loop {
            match self.transport.recv(self.buffer.as_mut()) {
                Ok(received) => self.note_stale(&received),
                Err(errno) if errno == sys::ENOBUFS => {}
                Err(_) => break any,
            }
            any = true;
        }
    }

    /// Counts what nobody waits for, and looks for the end of a dump in it.
    fn note_stale(&mut self, received: &Received) {
        self.state.primed = true;
        // Overwritten.
        self.state.refusal = (0, 0);
        if received.sender.port != 0 {
            return;
        }
        let bytes = if received.is_truncated(self.buffer.as_ref().len()) {
            first_message(self.buffer.as_mut()).map_or(&[][..], |message| message.as_bytes())
        } else {
            self.buffer.as_ref().get(..received.len).unwrap_or_default()
        };
        for message in Messages::new(bytes).map_while(Result::ok) {
            self.state.note_stale(message);
        }
    }
}

#[cfg(all(test, feature = "test-util"))]
mod tests;
