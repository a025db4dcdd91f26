//! A connection to the kernel: a transport, a buffer, and what is known of
//! the requests that were sent through it.

use core::time::Duration;

use nlwire::{AckRef, MessageRef, Messages};

use crate::state::{State, receive, send};
use crate::{
    Address, BatchReplies, Call, Config, Datagram, Error, ErrorKind, Mapping, Operation, Outcome,
    Pipeline, Protocol, Replies, Skipped, Socket, Transport, Trust, sys,
};

mod control;

/// A connection to the kernel, for requests and dumps.
///
/// It sends from the caller's bytes and receives into one buffer of its own,
/// which lends out messages one at a time. By default that is a [`Mapping`] of
/// one mebibyte, of which only the pages that are used take memory, so that
/// any message is received whole.
///
/// One request at a time goes through `&mut self`. A request that was given
/// up, timed out or forgotten leaves it usable: what comes late is told by its
/// sequence number. [`send`](Self::send) and [`recv`](Self::recv) take `&self`
/// and buffers of the caller's, for threads that share a connection.
///
/// ```
/// use nlsock::{Conn, Protocol};
/// use nlwire::{Flags, MessageType, Writer};
///
/// let mut conn = Conn::open(Protocol::ROUTE)?;
/// let mut buffer = [0; 32];
/// let ping = Writer::message(&mut buffer, MessageType::NOOP, Flags::REQUEST, &(), |w| Ok(w))?;
/// assert_eq!(conn.request(ping)?.code(), 0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Conn<T: Transport = Socket, B = Mapping> {
    pub(crate) transport: T,
    pub(crate) buffer: B,
    pub(crate) state: State,
}

impl Conn {
    /// Opens a connection of the default configuration: see [`Config`] for
    /// others.
    ///
    /// # Errors
    ///
    /// As [`Config::open`].
    pub fn open(protocol: Protocol) -> Result<Self, Error> {
        Config::new(protocol).open()
    }
}

impl<B: AsRef<[u8]> + AsMut<[u8]>> Conn<Socket, B> {
    /// Makes a connection of a socket and of a buffer of the caller's, such as
    /// `&mut [u8]` or `Vec<u8>`.
    ///
    /// Dumps need 32 KiB. A request needs what its longest reply takes, and no
    /// less than 20 bytes: the end of an answer is known by its header and its
    /// code. What is behind them is there as far as it fits: the header of the
    /// request, to byte 36, and a refusal's text and offset. So
    /// [`get`](Self::get) needs no more than its reply. What answers no request
    /// in flight may be of any length.
    #[must_use]
    pub fn with_buffer(socket: Socket, buffer: B) -> Self {
        let (protocol, port, trust) = (socket.protocol(), socket.port_id(), socket.trust());
        Self::over(socket, buffer, protocol, port).trusting(trust)
    }
}

impl<T: Transport, B: AsRef<[u8]> + AsMut<[u8]>> Conn<T, B> {
    /// Makes a connection of any transport: `port` is what the kernel at its
    /// other end knows it by, and the buffer as in
    /// [`with_buffer`](Self::with_buffer).
    #[must_use]
    pub fn over(transport: T, buffer: B, protocol: Protocol, port: u32) -> Self {
        Self {
            transport,
            buffer,
            state: State {
                protocol,
                port,
                trust: Trust::Kernel,
                timeout: None,
                write_timeout: None,
                sequence: sys::seed(),
                primed: false,
                congested: false,
                dumping: None,
                refusal: (0, 0),
                skipped: Skipped::default(),
            },
        }
    }

    const fn trusting(mut self, trust: Trust) -> Self {
        self.state.trust = trust;
        self
    }

    /// Returns the transport.
    #[must_use]
    pub const fn transport(&self) -> &T {
        &self.transport
    }

    /// Returns transport and buffer.
    #[must_use]
    pub fn into_parts(self) -> (T, B) {
        (self.transport, self.buffer)
    }

    /// Returns the port id of this end.
    #[must_use]
    pub const fn port_id(&self) -> u32 {
        self.state.port
    }

    /// Returns the protocol.
    #[must_use]
    pub const fn protocol(&self) -> Protocol {
        self.state.protocol
    }

    /// Returns how many messages were received that no request had asked for.
    #[must_use]
    pub const fn skipped(&self) -> Skipped {
        self.state.skipped
    }

    /// Bounds every wait from here on, for reading and for writing. The default
    /// is `None`, which waits for ever; some protocols never answer a request
    /// that they do not know.
    pub const fn set_timeout(&mut self, timeout: Option<Duration>) {
        self.set_read_timeout(timeout);
        self.set_write_timeout(timeout);
    }

    /// Bounds what waits for an answer: a request, all of a dump, a receive. A
    /// timeout of zero fails at once, and sends or receives nothing.
    pub const fn set_read_timeout(&mut self, timeout: Option<Duration>) {
        self.state.timeout = timeout;
    }

    /// Bounds [`send`](Self::send) and [`send_to`](Self::send_to), which wait
    /// only for other programs: the kernel takes every datagram at once. A
    /// timeout of zero fails at once, and sends nothing.
    pub const fn set_write_timeout(&mut self, timeout: Option<Duration>) {
        self.state.write_timeout = timeout;
    }

    /// Returns the bound of what waits for an answer.
    #[must_use]
    pub const fn read_timeout(&self) -> Option<Duration> {
        self.state.timeout
    }

    /// Returns the bound of sends.
    #[must_use]
    pub const fn write_timeout(&self) -> Option<Duration> {
        self.state.write_timeout
    }

    /// Bounds one call in place of the connection's timeout.
    pub const fn within(&mut self, timeout: Duration) -> Call<'_, T, B> {
        self.call().within(timeout)
    }

    /// Starts a call: what to ask and how long to wait.
    pub const fn call(&mut self) -> Call<'_, T, B> {
        Call::new(self)
    }

    /// Sends a request and waits for its acknowledgement, which may carry a
    /// warning or a cookie. Replies are left out.
    ///
    /// The message is sent with `NLM_F_REQUEST` and `NLM_F_ACK`; sequence
    /// number and port are filled in where they are 0.
    ///
    /// ```
    /// use nlsock::{Conn, Protocol};
    /// use nlwire::{Flags, MessageType, Writer};
    ///
    /// let mut conn = Conn::open(Protocol::GENERIC)?;
    /// let mut buffer = [0; 16];
    /// let nothing = Writer::message(&mut buffer, MessageType::NOOP, Flags::empty(), &(), |w| Ok(w))?;
    /// // The acknowledgement holds a copy of the header that was sent.
    /// let ack = conn.request(nothing)?;
    /// let sent = ack.request().ok_or("no header")?;
    /// println!("res: {sent}");
    /// assert!(sent.to_string().starts_with("length 16, type 1 (noop), flags request|ack, sequence "));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Refused`] with the kernel's text and the way to the
    /// attribute, see also [`refusal`](Self::refusal);
    /// [`ErrorKind::Timeout`], [`ErrorKind::Cancelled`],
    /// [`ErrorKind::Overrun`], [`ErrorKind::Truncated`],
    /// [`ErrorKind::Decode`] for an answer that is no netlink, and
    /// [`ErrorKind::System`]. The connection stays usable after each.
    pub fn request(&mut self, message: MessageRef<'_>) -> Result<AckRef<'_>, Error> {
        self.call().request(message)
    }

    /// Sends a request and returns its one reply, once it is acknowledged.
    ///
    /// # Errors
    ///
    /// As [`request`](Self::request), and [`ErrorKind::Replies`] if there is
    /// none or more than one.
    pub fn get(&mut self, message: MessageRef<'_>) -> Result<MessageRef<'_>, Error> {
        self.call().get(message)
    }

    /// Sends a request and lends its replies, until it is acknowledged.
    ///
    /// # Errors
    ///
    /// Those of sending; see [`Replies::try_next`] for the others.
    pub fn replies<'r>(&mut self, message: MessageRef<'r>) -> Result<Replies<'_, 'r, T, B>, Error> {
        self.call().replies(message)
    }

    /// Asks for a whole table and lends its rows.
    ///
    /// The message is sent with `NLM_F_REQUEST`, `NLM_F_ACK` and `NLM_F_DUMP`.
    ///
    /// The kernel cannot dump a row of more than 32,448 bytes, such as a route
    /// with 2,500 next hops: it leaves out that row, and nothing in the answer
    /// tells. Such an object still comes whole as a single reply or as an event.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::BufferTooSmall`] for less than 32 KiB, before anything is
    /// sent; those of sending; see [`Replies::try_next`] for the others.
    pub fn dump<'r>(&mut self, message: MessageRef<'r>) -> Result<Replies<'_, 'r, T, B>, Error> {
        self.call().dump(message)
    }

    /// Asks for a whole table, and again if it changed meanwhile, up to that
    /// many times in all and within one timeout.
    ///
    /// `read` gets the number of the attempt, from 0, and reads the rows; where
    /// it returns the error [`ErrorKind::Interrupted`] that came behind the last
    /// one, it is called again. What it has kept of an earlier attempt may miss
    /// or repeat rows, and is best thrown away at its start.
    ///
    /// ```
    /// # use nlsock::{Conn, Error, Protocol};
    /// # use nlwire::{Flags, MessageType, Writer};
    /// # let mut conn = Conn::open(Protocol::ROUTE)?;
    /// # let mut buffer = [0; 64];
    /// # // RTM_GETLINK with an empty `struct ifinfomsg`
    /// # let links = Writer::message(&mut buffer, MessageType(18), Flags::empty(), &(), |w| {
    /// #     w.append(&[0_u8; 16])
    /// # })?;
    /// let count = conn.dump_retry(5, links, |_attempt, rows| {
    ///     let mut count = 0;
    ///     while let Some(_link) = rows.try_next()? {
    ///         count += 1;
    ///     }
    ///     Ok::<_, Error>(count)
    /// })?;
    /// assert!(count >= 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`dump`](Self::dump) and of `read`; [`ErrorKind::Interrupted`]
    /// if the table changed each time, as often as there was time for.
    pub fn dump_retry<R, E, F>(
        &mut self,
        attempts: u32,
        message: MessageRef<'_>,
        read: F,
    ) -> Result<R, E>
    where
        E: From<Error>,
        F: FnMut(u32, &mut Replies<'_, '_, T, B>) -> Result<R, E>,
    {
        self.call().dump_retry(attempts, message, read)
    }

    /// Sends many requests, as few datagrams as their answers permit, and notes
    /// what became of each in the outcome of the same number.
    ///
    /// `messages` are packed one behind the other, as by [`nlwire::Batch`] or
    /// [`nlwire::write_into`]. Sequence number, port, `NLM_F_REQUEST` and
    /// `NLM_F_ACK` are written into them, into some even where nothing is sent.
    /// The kernel handles them in order, and goes on after one that it refuses.
    ///
    /// The messages of a transaction of nftables, from `NFNL_MSG_BATCH_BEGIN` to
    /// `NFNL_MSG_BATCH_END`, are done all or none. They make one datagram, for
    /// which the send buffer is grown. Without the end they are only checked.
    ///
    /// ```
    /// use nlsock::{Conn, Outcome, Protocol};
    /// use nlwire::{Flags, MessageType, write_into};
    ///
    /// let mut conn = Conn::open(Protocol::ROUTE)?;
    /// let mut messages = Vec::new();
    /// for _ in 0..1000 {
    ///     write_into(&mut messages, |w| {
    ///         w.append_message(MessageType::NOOP, Flags::REQUEST, &(), |w| Ok(w))
    ///     })?;
    /// }
    /// let mut outcomes = vec![Outcome::default(); 1000];
    /// conn.batch(&mut messages, &mut outcomes)?;
    /// assert!(outcomes.iter().all(Outcome::is_done));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Refused`] where any message was refused: this is the first
    /// of them, and all the others were sent. [`ErrorKind::Overrun`] where
    /// answers were lost; nothing more was sent then. Before anything is sent,
    /// [`ErrorKind::Decode`] for bytes that are no messages, and
    /// [`ErrorKind::TooFewOutcomes`]. `EMSGSIZE` for a datagram that is longer
    /// than the system permits. Else as [`request`](Self::request). In any case
    /// the outcomes say what is known.
    pub fn batch(&mut self, messages: &mut [u8], outcomes: &mut [Outcome]) -> Result<(), Error> {
        self.call().batch(messages, outcomes)
    }

    /// As [`batch`](Self::batch), and lends the replies to the messages, such
    /// as what `NLM_F_ECHO` asks for.
    ///
    /// # Errors
    ///
    /// Those of sending; see [`BatchReplies::try_next`] for the others.
    pub fn batch_replies<'m>(
        &mut self,
        messages: &'m mut [u8],
        outcomes: &'m mut [Outcome],
    ) -> Result<BatchReplies<'_, 'm, T, B>, Error> {
        self.call().batch_replies(messages, outcomes)
    }

    /// Starts a pipeline, in which up to `N` requests are sent before the first
    /// is answered.
    ///
    /// ```
    /// use nlsock::{Answer, Conn, Protocol};
    /// use nlwire::{Flags, MessageType, Writer};
    ///
    /// let mut conn = Conn::open(Protocol::ROUTE)?;
    /// let mut buffer = [0; 16];
    /// let ping = Writer::message(&mut buffer, MessageType::NOOP, Flags::empty(), &(), |w| Ok(w))?;
    /// let mut pipeline = conn.pipeline::<8>();
    /// let first = pipeline.send(ping)?;
    /// let second = pipeline.send(ping)?;
    /// let mut answered = Vec::new();
    /// while let Some((ticket, answer)) = pipeline.try_next()? {
    ///     assert!(matches!(answer, Answer::Done(_)));
    ///     answered.push(ticket);
    /// }
    /// assert_eq!(answered, [first, second]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub const fn pipeline<const N: usize>(&mut self) -> Pipeline<'_, N, T, B> {
        self.call().pipeline()
    }

    /// Returns the kernel's last refusal, until the next call that receives:
    /// all that an [`Error`] has, and the policy, without an allocator.
    #[must_use]
    pub fn refusal(&self) -> Option<AckRef<'_>> {
        let (start, end) = self.state.refusal;
        let message = MessageRef::new(self.buffer.as_ref().get(start..end)?).ok()?;
        AckRef::new(message).ok()
    }

    /// Returns a copy of the kernel's last refusal in `N` bytes, of which the
    /// text takes about 100: what [`refusal`](Self::refusal) returns, to keep.
    ///
    /// ```
    /// use nlsock::{Conn, Protocol};
    /// use nlwire::{Flags, MessageType, Writer};
    ///
    /// let mut conn = Conn::open(Protocol::ROUTE)?;
    /// let mut buffer = [0; 64];
    /// // RTM_GETLINK of the link with index 0, which there is none of.
    /// let get = Writer::message(&mut buffer, MessageType(18), Flags::empty(), &(), |w| {
    ///     w.append(&[0_u8; 16])
    /// })?;
    /// let error = conn.request(get).unwrap_err();
    /// let refusal = conn.refusal_copy::<128>().ok_or("no refusal")?;
    /// drop(conn);
    /// assert_eq!(refusal.get().errno(), error.errno());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[cfg(feature = "heapless")]
    #[must_use]
    pub fn refusal_copy<const N: usize>(&self) -> Option<nlwire::AckBuf<N>> {
        self.refusal().map(nlwire::AckBuf::new)
    }

    /// Sends messages as they are, in one datagram, to the kernel.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Decode`] for bytes that are no messages from the first to
    /// the last: the kernel would not answer and not say why.
    /// [`ErrorKind::Timeout`], [`ErrorKind::Cancelled`] and
    /// [`ErrorKind::System`].
    pub fn send(&self, messages: &[u8]) -> Result<(), Error> {
        self.send_to(messages, None)
    }

    /// Sends messages as they are to a port or to groups; `None` is the kernel.
    ///
    /// # Errors
    ///
    /// As [`send`](Self::send).
    pub fn send_to(&self, messages: &[u8], to: Option<Address>) -> Result<(), Error> {
        if let Some(Err(error)) = Messages::new(messages).find(Result::is_err) {
            return Err(self.state.error(Operation::Send, ErrorKind::Decode(error)));
        }
        let deadline = self
            .state
            .deadline(Operation::Send, self.state.write_timeout)?;
        send(&self.transport, &self.state, &[messages], to, deadline)
    }

    /// Receives one datagram into a buffer of the caller's, and waits for it
    /// as long as the connection's timeout says.
    ///
    /// Datagrams of senders that are not believed are passed over.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Truncated`] for a datagram that does not fit; `buffer`
    /// holds its beginning. [`ErrorKind::Timeout`], [`ErrorKind::Cancelled`],
    /// [`ErrorKind::Overrun`], after which receiving can go on, and
    /// [`ErrorKind::System`].
    pub fn recv<'b>(&self, buffer: &'b mut [u8]) -> Result<Datagram<'b>, Error> {
        let deadline = self
            .state
            .deadline(Operation::Receive, self.state.timeout)?;
        loop {
            let received = receive(&self.transport, &self.state, buffer, deadline)?;
            if self.state.trust.covers(&received) {
                return match buffer.get(..received.len) {
                    Some(bytes) => Ok(Datagram::new(bytes, received)),
                    None => Err(self.state.truncated(received.len)),
                };
            }
        }
    }
}
