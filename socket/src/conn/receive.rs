//! Receive path, for all datagrams of a connection.
//!
//! ```text
//!                     Conn::receive                Inbox::next
//!  queue of the  ---> one datagram into the  --->  one message  ---> Flight (one request)
//!  socket             buffer, from `base` on       after another     Batch, Pipeline (many)
//! ```
//!
//! A connection's queue is in one of these states:
//!
//! | state | begin | handling |
//! |---|---|---|
//! | fresh | the socket was opened | [`Conn::prime`] before the first dump: the kernel limits the datagrams of a dump to the largest receive so far |
//! | in step | | datagrams are read as they arrive; old answers are skipped by their sequence numbers |
//! | dumping | a dump was sent, and its end has not arrived | the next dump discards the rest of it ([`Conn::settle`]), since the kernel runs one at a time |
//! | congested | `ENOBUFS` | the queue is read until it is empty, since the kernel queues nothing before that; requests in flight fail |
//!
//! Datagrams whose messages are not read:
//!
//! - from an untrusted sender, or empty: skipped;
//! - longer than the buffer: **truncated**. The header of its first message
//!   shows which request it answers. A request in flight then fails with
//!   [`ErrorKind::Truncated`](crate::ErrorKind::Truncated), unless it needs
//!   only the header and the code. Other truncated datagrams are skipped.
//!
//! Each receive checks the deadline first, so that a call ends in time even if
//! datagrams keep arriving.

use nlwire::zerocopy::{FromBytes as _, IntoBytes as _};
use nlwire::{
    DecodeError, Errno, Exchange, Flags, Header, MessageRef, MessageType, Messages, Origin,
};

use super::span::Span;
use super::state::State;
use crate::socket::buffers;
use crate::socket::waiting::Deadline;
use crate::{
    Address, Conn, Error, ErrorKind, Interest, Operation, Received, Transport, Trust, Wake, sys,
};

/// Size in bytes of the largest datagram of a dump.
pub(crate) const DUMP_BUFFER: usize = 32 * 1024;

/// Size in bytes of a short datagram, such as the end of an answer.
pub(crate) const SMALL: usize = 512;

/// Number of datagrams that a non-blocking call may receive without a result.
const BUDGET: u8 = 64;

/// Permission to wait for a datagram.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Patience {
    /// Waits until the deadline.
    Wait,
    /// Never waits, and receives at most this many datagrams without a result.
    Try(u8),
}

impl Patience {
    /// Never waits.
    pub(crate) const fn none() -> Self {
        Self::Try(BUDGET)
    }

    /// Returns false if other tasks get a turn before the next datagram.
    #[inline]
    const fn take(&mut self) -> bool {
        let Self::Try(left) = self else { return true };
        match left.checked_sub(1) {
            Some(less) => *left = less,
            None => return false,
        }
        true
    }
}

/// Result of a non-blocking step.
#[derive(Debug)]
pub(crate) enum Step<T> {
    /// Result.
    Ready(T),
    /// The queue is empty.
    Pending,
    /// The queue may hold more, but other tasks get a turn first.
    Busy,
}

impl<T> Step<T> {
    /// Returns the result for a caller that polls.
    pub(crate) fn into_poll(self) -> core::task::Poll<T> {
        match self {
            Self::Ready(value) => core::task::Poll::Ready(value),
            Self::Pending | Self::Busy => core::task::Poll::Pending,
        }
    }
}

/// Datagram that is read message by message.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Inbox {
    /// Offset in the buffer for received datagrams; the bytes before it stay.
    pub(crate) base: usize,
    at: usize,
    end: usize,
    /// Length, sender and group of the datagram.
    pub(crate) received: Received,
    /// True if only the first message of the datagram is kept.
    truncated: bool,
}

impl Inbox {
    pub(crate) const fn new() -> Self {
        Self {
            base: 0,
            at: 0,
            end: 0,
            received: Received::new(0, Address::KERNEL),
            truncated: false,
        }
    }

    /// Returns the origin of the messages: the kernel, as others are not read.
    #[inline]
    pub(crate) const fn origin(&self) -> Origin {
        Origin {
            port: 0,
            group: self.received.group,
        }
    }

    /// Returns true if the next message is the kept part of a truncated
    /// datagram.
    #[inline]
    pub(crate) const fn is_truncated(&self) -> bool {
        self.truncated
    }

    /// Returns the size of the buffer that a truncated datagram needs.
    pub(crate) const fn needed(&self) -> usize {
        self.base.saturating_add(self.received.len)
    }

    /// Returns the end of the datagram in the buffer.
    pub(crate) const fn end(&self) -> usize {
        self.end
    }

    /// Skips the rest of the datagram.
    pub(crate) const fn skip_rest(&mut self) {
        self.at = self.end;
    }

    /// Returns the next message; `None` at the end of the datagram, which may
    /// have less than a header left.
    #[inline]
    pub(crate) fn next<'b>(
        &mut self,
        buffer: &'b [u8],
    ) -> Option<Result<(Span, MessageRef<'b>), DecodeError>> {
        let start = self.at;
        let rest = buffer.get(start..self.end).unwrap_or_default();
        if rest.len() < Header::LEN {
            return None;
        }
        Some(match MessageRef::new(rest) {
            Ok(message) => {
                let end = start.saturating_add(message.as_bytes().len());
                let span = Span::new(start, end);
                self.at = span.behind();
                Ok((span, message))
            }
            Err(error) => {
                self.skip_rest();
                Err(error)
            }
        })
    }

    /// Returns the next message if `take` returns true, as for a row of a dump.
    #[inline]
    pub(crate) fn next_if(
        &mut self,
        buffer: &[u8],
        take: impl FnOnce(MessageRef<'_>, Origin) -> bool,
    ) -> Option<Span> {
        let start = self.at;
        let message = MessageRef::new(buffer.get(start..self.end)?).ok()?;
        if self.is_truncated() || !take(message, self.origin()) {
            return None;
        }
        // Both are inside the buffer, so that the sum cannot overflow.
        let end = start.wrapping_add(message.as_bytes().len());
        let span = Span::new(start, end);
        self.at = span.behind();
        Some(span)
    }

    /// Receives the next datagram as [`fill`](Self::fill) does. After a loss it
    /// reads the queue until that is empty, since the kernel queues nothing
    /// before.
    #[inline]
    pub(crate) fn fill_after_loss<T, B>(
        &mut self,
        conn: &mut Conn<T, B>,
        deadline: Deadline,
        patience: &mut Patience,
        loss: &mut Option<Error>,
    ) -> Result<Step<Filled>, Error>
    where
        T: Transport,
        B: AsRef<[u8]> + AsMut<[u8]>,
    {
        if loss.is_none() {
            match self.fill(conn, Trust::Kernel, deadline, patience) {
                Ok(Step::Ready(())) => return Ok(Step::Ready(Filled::Datagram)),
                Ok(Step::Pending) => return Ok(Step::Pending),
                Ok(Step::Busy) => return Ok(Step::Busy),
                Err(error) if matches!(error.kind(), ErrorKind::Overrun { .. }) => {
                    conn.state.set_congested(true);
                    *loss = Some(error);
                }
                Err(error) => return Err(error),
            }
        }
        self.drain(conn, deadline, patience)
    }

    /// Receives from the queue until it is empty.
    #[cold]
    fn drain<T, B>(
        &mut self,
        conn: &mut Conn<T, B>,
        deadline: Deadline,
        patience: &mut Patience,
    ) -> Result<Step<Filled>, Error>
    where
        T: Transport,
        B: AsRef<[u8]> + AsMut<[u8]>,
    {
        let waits = matches!(patience, Patience::Wait);
        loop {
            let mut queued = Patience::none();
            let patience = if waits { &mut queued } else { &mut *patience };
            match self.fill(conn, Trust::Kernel, deadline, patience) {
                Ok(Step::Ready(())) => return Ok(Step::Ready(Filled::Datagram)),
                Ok(Step::Pending) => {
                    conn.state.set_congested(false);
                    return Ok(Step::Ready(Filled::Emptied));
                }
                // The deadline limits this too.
                Ok(Step::Busy) if waits => {}
                Ok(Step::Busy) => return Ok(Step::Busy),
                Err(error) if matches!(error.kind(), ErrorKind::Overrun { .. }) => {
                    conn.state.set_congested(true);
                }
                Err(error) => return Err(error),
            }
        }
    }

    /// Receives the next datagram.
    pub(crate) fn fill<T, B>(
        &mut self,
        conn: &mut Conn<T, B>,
        trust: Trust,
        deadline: Deadline,
        patience: &mut Patience,
    ) -> Result<Step<()>, Error>
    where
        T: Transport,
        B: AsRef<[u8]> + AsMut<[u8]>,
    {
        (self.at, self.end, self.truncated) = (self.base, self.base, false);
        self.received = match conn.receive(self.base, trust, deadline, patience)? {
            Step::Ready(received) => received,
            Step::Pending => return Ok(Step::Pending),
            Step::Busy => return Ok(Step::Busy),
        };
        let buffer = conn.buffer.as_mut();
        let buffer = buffer.get_mut(self.base..).unwrap_or_default();
        let mut len = self.received.len;
        if self.received.is_truncated(buffer.len()) {
            self.truncated = true;
            len = shorten_first(buffer).ok_or_else(|| conn.state.truncated(self.needed()))?;
        }
        self.end = self.base.saturating_add(len);
        Ok(Step::Ready(()))
    }
}

/// Result of [`Inbox::fill_after_loss`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Filled {
    /// A datagram was received.
    Datagram,
    /// The queue is empty after a loss: the kernel queues answers again.
    Emptied,
}

impl<T: Transport, B: AsRef<[u8]> + AsMut<[u8]>> Conn<T, B> {
    /// Receives a datagram of a trusted sender into the buffer from `base` on.
    #[inline]
    fn receive(
        &mut self,
        base: usize,
        trust: Trust,
        deadline: Deadline,
        patience: &mut Patience,
    ) -> Result<Step<Received>, Error> {
        self.state.forget_refusal(base);
        loop {
            if deadline.is_over() {
                return Err(self.state.timed_out());
            }
            if !patience.take() {
                return Ok(Step::Busy);
            }
            let buffer = self.buffer.as_mut().get_mut(base..).unwrap_or_default();
            let capacity = buffer.len();
            match receive_now(&self.transport, &self.state, buffer) {
                Ok(received) => {
                    self.state.primed |= capacity >= DUMP_BUFFER;
                    if !trust.covers(&received) {
                        self.state.skip_foreign();
                    } else if received.len > 0 {
                        return Ok(Step::Ready(received));
                    }
                }
                Err(Errno::EAGAIN) => match patience {
                    Patience::Wait => {
                        wait(&self.transport, &self.state, Interest::Readable, deadline)?;
                    }
                    Patience::Try(_) => return Ok(Step::Pending),
                },
                Err(errno) => return Err(receive_error(&self.transport, &self.state, errno)),
            }
        }
    }

    /// Returns an error if the buffer is too small for the datagrams of a dump.
    pub(crate) fn check_dump_buffer(&self, message_type: MessageType) -> Result<(), Error> {
        if self.buffer.as_ref().len() < DUMP_BUFFER {
            let kind = ErrorKind::BufferTooSmall { needed: 32 * 1024 };
            let operation = Operation::Request(message_type.0);
            return Err(self.state.error(operation, kind));
        }
        Ok(())
    }

    /// Prepares the connection for a dump.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::BufferTooSmall`], before anything is sent.
    pub(crate) fn prepare_dump(
        &mut self,
        message_type: MessageType,
        deadline: Deadline,
        patience: &mut Patience,
    ) -> Result<Step<()>, Error> {
        self.check_dump_buffer(message_type)?;
        if let Step::Busy = self.settle(true, deadline, patience)? {
            return Ok(Step::Busy);
        }
        self.prime(deadline, patience)
    }

    /// Receives once with a large buffer before a dump. Otherwise the kernel
    /// limits the first datagram to 3.7 KiB, and a first row that does not fit,
    /// such as a route with 600 next hops, ends the dump without an error.
    ///
    /// The kernel answers a no-op within the send. If a protocol does not
    /// answer, the dump starts without that, and nothing waits.
    fn prime(&mut self, deadline: Deadline, patience: &mut Patience) -> Result<Step<()>, Error> {
        if self.state.primed {
            return Ok(Step::Ready(()));
        }
        self.state.primed = true;
        self.state.sequence = self.state.next_sequence();
        let noop = Header::new(MessageType::NOOP, Flags::REQUEST | Flags::ACK)
            .with_sequence(self.state.sequence)
            .with_port(self.state.port);
        let sent = self.transport.send_vectored(&[noop.as_bytes()], None);
        if sent.is_err() {
            return Ok(Step::Ready(()));
        }
        match self.transport.recv(self.buffer.as_mut()) {
            Ok(received) => self.discard(&received),
            Err(errno) => self.state.set_congested(errno == sys::ENOBUFS),
        }
        self.settle(false, deadline, patience)
    }

    /// Discards queued messages that would disturb a request or a dump. It is
    /// called again after `Busy`.
    #[inline]
    pub(crate) fn settle(
        &mut self,
        dump: bool,
        deadline: Deadline,
        patience: &mut Patience,
    ) -> Result<Step<()>, Error> {
        if self.state.is_congested() || (dump && self.state.dumping.is_some()) {
            return self.discard_queue(dump, deadline, patience);
        }
        Ok(Step::Ready(()))
    }

    #[cold]
    fn discard_queue(
        &mut self,
        dump: bool,
        deadline: Deadline,
        patience: &mut Patience,
    ) -> Result<Step<()>, Error> {
        while self.state.is_congested() || (dump && self.state.dumping.is_some()) {
            if !patience.take() {
                return Ok(Step::Busy);
            }
            match self.transport.recv(self.buffer.as_mut()) {
                Ok(received) => self.discard(&received),
                Err(errno) if errno == sys::ENOBUFS => self.state.set_congested(true),
                // The queue is empty, so the kernel has sent all of the old
                // answer.
                Err(Errno::EAGAIN) => {
                    self.state.set_congested(false);
                    self.state.dumping = None;
                }
                Err(errno) => return Err(self.state.system(Operation::Receive, errno)),
            }
            if deadline.is_over() {
                return Err(self.state.timed_out());
            }
        }
        Ok(Step::Ready(()))
    }

    /// Counts the messages of a discarded datagram.
    pub(super) fn discard(&mut self, received: &Received) {
        self.state.primed = true;
        self.state.refusal = Span::default();
        if received.sender.port != 0 {
            self.state.skip_foreign();
            return;
        }
        let buffer = self.buffer.as_mut();
        let len = if received.is_truncated(buffer.len()) {
            shorten_first(buffer).unwrap_or(0)
        } else {
            received.len
        };
        let bytes = buffer.get(..len).unwrap_or_default();
        for message in Messages::new(bytes).map_while(Result::ok) {
            self.state.skip_stale(message);
        }
    }
}

/// Sets the length of a truncated datagram's first message to the received
/// bytes, and returns it; `None` if less than a header was received.
#[cold]
fn shorten_first(bytes: &mut [u8]) -> Option<usize> {
    let len = u32::try_from(bytes.len()).ok()?;
    let (header, _) = Header::mut_from_prefix(bytes).ok()?;
    *header = header.with_length(header.length().min(len));
    Some(MessageRef::new(bytes).ok()?.as_bytes().len())
}

/// Returns the meaning of a message that answers no request in flight.
pub(crate) fn stray<'m>(
    state: &State,
    message: MessageRef<'m>,
    origin: Origin,
) -> nlwire::Meaning<'m> {
    // The sequence number of another request, which is not 0.
    let other = message.header().sequence().wrapping_add(1).max(1);
    let header = Header::new(MessageType::NOOP, Flags::empty())
        .with_sequence(other)
        .with_port(state.port);
    Exchange::new(&header).read(message, origin)
}

/// Receives one datagram if the queue has one.
#[inline]
pub(crate) fn receive_now<T: Transport>(
    transport: &T,
    state: &State,
    buffer: &mut [u8],
) -> Result<Received, Errno> {
    let received = transport.recv(buffer)?;
    if state.protocol == crate::Protocol::AUDIT {
        mend_length(buffer, received.len);
    }
    Ok(received)
}

/// Corrects the length of a record for the audit daemon: the kernel leaves the
/// header out of it (`audit_log_end` and `kauditd_send_multicast_skb` in
/// `kernel/audit.c`).
#[cold]
fn mend_length(buffer: &mut [u8], len: usize) {
    let header = u32::try_from(Header::LEN).unwrap_or(0);
    let (Some(length), Ok(len)) = (buffer.first_chunk_mut(), u32::try_from(len)) else {
        return;
    };
    if u32::from_ne_bytes(*length).checked_add(header) == Some(len) {
        *length = len.to_ne_bytes();
    }
}

#[cold]
pub(crate) fn receive_error<T: Transport>(transport: &T, state: &State, errno: Errno) -> Error {
    if errno == sys::ENOBUFS {
        let drops = buffers::drops(transport.as_fd());
        return state.error(Operation::Receive, ErrorKind::Overrun { drops });
    }
    state.system(Operation::Receive, errno)
}

/// Sends one datagram, and waits while its receiver, another program, is busy.
#[inline]
pub(crate) fn send<T: Transport>(
    transport: &T,
    state: &State,
    bytes: &[u8],
    to: Option<Address>,
    deadline: Deadline,
) -> Result<(), Error> {
    loop {
        match transport.send_vectored(&[bytes], to) {
            Ok(_) => return Ok(()),
            Err(Errno::EAGAIN) => wait(transport, state, Interest::Writable, deadline)?,
            Err(errno) => return Err(state.system(Operation::Send, errno)),
        }
    }
}

/// Waits for the socket until the deadline.
#[cold]
pub(crate) fn wait<T: Transport>(
    transport: &T,
    state: &State,
    interest: Interest,
    deadline: Deadline,
) -> Result<(), Error> {
    let left = deadline.remaining();
    if left.is_some_and(|left| left.is_zero()) {
        return Err(state.timed_out());
    }
    match transport.wait(interest, left) {
        Ok(Wake::Ready) => Ok(()),
        Ok(Wake::TimedOut) => Err(state.timed_out()),
        Ok(Wake::Cancelled) => Err(state.error(Operation::Wait, ErrorKind::Cancelled)),
        Err(errno) => Err(state.system(Operation::Wait, errno)),
    }
}

#[cfg(all(test, feature = "test-util"))]
mod tests;
