//! What a connection knows of its requests, and how it sends, receives and
//! waits for them.

use core::num::NonZeroU32;
use core::time::Duration;

use nlwire::{AckRef, DecodeError, Errno, Header, Meaning, MessageRef, MessageType};

use crate::deadline::Deadline;
use crate::{
    Address, Error, ErrorKind, Interest, Operation, Protocol, Received, Transport, Trust, Wake,
    socket::buffers, sys,
};

/// What a connection knows beside its transport and its buffer.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) protocol: Protocol,
    pub(crate) port: u32,
    pub(crate) trust: Trust,
    /// How long a request, a dump or a receive may take.
    pub(crate) timeout: Option<Duration>,
    /// How long a send of its own may take.
    pub(crate) write_timeout: Option<Duration>,
    /// The last sequence number that was given to a request.
    pub(crate) sequence: u32,
    /// Whether the kernel has seen a receive with a large buffer.
    pub(crate) primed: bool,
    /// Whether the queue must be emptied before the kernel answers again.
    pub(crate) congested: bool,
    /// The dump that the kernel has not ended yet, abandoned or not.
    pub(crate) dumping: Option<NonZeroU32>,
    /// Where in the buffer the last refusal is.
    pub(crate) refusal: (usize, usize),
    pub(crate) skipped: Skipped,
}

/// How many messages were received that no request had asked for. Of a
/// datagram that did not fit the buffer the first one counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Skipped {
    /// Answers to requests that were given up, those of the connection itself,
    /// and all that is thrown away with them when the queue is emptied.
    pub stale: u64,
    /// Messages about changes.
    pub notifications: u64,
    /// Datagrams of senders that are not believed.
    pub foreign: u64,
}

impl State {
    pub(crate) const fn error(&self, operation: Operation, kind: ErrorKind) -> Error {
        Error::new(Some(self.protocol), operation, kind)
    }

    /// Starts the time of a call, which is over at once if it is zero.
    #[inline]
    pub(crate) fn deadline(
        &self,
        operation: Operation,
        timeout: Option<Duration>,
    ) -> Result<Deadline, Error> {
        match timeout {
            Some(Duration::ZERO) => Err(self.error(operation, ErrorKind::Timeout)),
            timeout => Ok(Deadline::after(timeout)),
        }
    }

    fn system(&self, operation: Operation, errno: Errno) -> Error {
        self.error(operation, ErrorKind::System(errno))
    }

    /// What a datagram says that needs a buffer of that many bytes.
    pub(crate) fn truncated(&self, needed: usize) -> Error {
        let needed = u32::try_from(needed).unwrap_or(u32::MAX);
        self.error(Operation::Receive, ErrorKind::Truncated { needed })
    }

    pub(crate) fn broken(&self, error: DecodeError) -> Error {
        self.error(Operation::Receive, ErrorKind::Decode(error))
    }

    /// Counts what is no answer to the request that is waited for.
    pub(crate) fn skip(&mut self, meaning: Meaning<'_>, message: MessageRef<'_>) {
        match meaning {
            Meaning::Stale => self.note_stale(message),
            Meaning::Notification => {
                self.skipped.notifications = self.skipped.notifications.saturating_add(1);
            }
            _ => {}
        }
    }

    /// Notes that the kernel has ended the dump that this message answers.
    ///
    /// With `ENOBUFS` it has not: its first part found no room in the queue,
    /// but once there is room the dump is made all the same (`netlink_dump` of
    /// `net/netlink/af_netlink.c`).
    pub(crate) fn end_dump(&mut self, end: MessageRef<'_>) {
        let header = end.header();
        let ends = self
            .dumping
            .is_some_and(|dump| dump.get() == header.sequence());
        if ends && !(header.kind() == MessageType::ERROR && is_full(end)) {
            self.dumping = None;
        }
    }

    /// Counts an answer that nobody waits for; it may be the end of a dump
    /// that was given up.
    pub(crate) fn note_stale(&mut self, message: MessageRef<'_>) {
        let header = message.header();
        self.skipped.stale = self.skipped.stale.saturating_add(1);
        let ends = matches!(header.kind(), MessageType::DONE | MessageType::ERROR);
        if ends && header.port() == self.port {
            self.end_dump(message);
        }
    }

    /// Takes that many sequence numbers, one behind the other, and returns the
    /// first.
    pub(crate) fn reserve(&mut self, count: u32) -> u32 {
        let (first, last) = match self.sequence.checked_add(count) {
            Some(last) => (self.sequence.wrapping_add(1), last),
            // Past the 0 at the end of them.
            None => (1, count),
        };
        self.sequence = last;
        first
    }

    /// Returns the next sequence number; 0 is the kernel's own.
    pub(crate) fn next_sequence(&mut self) -> u32 {
        self.sequence = match self.sequence.wrapping_add(1) {
            0 => 1,
            sequence => sequence,
        };
        self.sequence
    }
}

/// Whether the kernel says that the queue is full.
fn is_full(message: MessageRef<'_>) -> bool {
    AckRef::new(message).is_ok_and(|ack| ack.errno() == Some(sys::ENOBUFS))
}

/// Sends one datagram, and waits where its receiver is a program that is busy.
#[inline]
pub(crate) fn send<T: Transport>(
    transport: &T,
    state: &State,
    parts: &[&[u8]],
    to: Option<Address>,
    deadline: Deadline,
) -> Result<(), Error> {
    match transport.send_vectored(parts, to) {
        Ok(_) => Ok(()),
        Err(errno) => send_again(transport, state, parts, to, deadline, errno),
    }
}

/// Goes on after a send that failed.
#[cold]
#[inline(never)]
fn send_again<T: Transport>(
    transport: &T,
    state: &State,
    parts: &[&[u8]],
    to: Option<Address>,
    deadline: Deadline,
    mut errno: Errno,
) -> Result<(), Error> {
    while errno == Errno::EAGAIN {
        wait(transport, state, Interest::Writable, deadline)?;
        match transport.send_vectored(parts, to) {
            Ok(_) => return Ok(()),
            Err(again) => errno = again,
        }
    }
    Err(state.system(Operation::Send, errno))
}

/// Receives one datagram: at once where there is one, else after a wait.
#[inline]
pub(crate) fn receive<T: Transport>(
    transport: &T,
    state: &State,
    buffer: &mut [u8],
    deadline: Deadline,
) -> Result<Received, Error> {
    loop {
        match receive_now(transport, state, buffer) {
            Ok(received) => return Ok(received),
            Err(Errno::EAGAIN) => wait(transport, state, Interest::Readable, deadline)?,
            Err(errno) => return Err(receive_error(transport, state, errno)),
        }
    }
}

/// Receives one datagram if there is one.
#[inline(always)]
pub(crate) fn receive_now<T: Transport>(
    transport: &T,
    state: &State,
    buffer: &mut [u8],
) -> Result<Received, Errno> {
    let received = transport.recv(buffer)?;
    if state.protocol == Protocol::AUDIT {
        mend_length(buffer, received.len);
    }
    Ok(received)
}

/// Gives a record for the audit daemon the length that it has: the kernel
/// leaves the header out of it there, and nowhere else (`audit_log_end` and
/// `kauditd_send_multicast_skb` of `kernel/audit.c`).
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

pub(crate) fn wait<T: Transport>(
    transport: &T,
    state: &State,
    interest: Interest,
    deadline: Deadline,
) -> Result<(), Error> {
    let left = deadline.remaining();
    if left.is_some_and(|left| left.is_zero()) {
        return Err(state.error(Operation::Wait, ErrorKind::Timeout));
    }
    match transport.wait(interest, left) {
        Ok(Wake::Ready) => Ok(()),
        Ok(Wake::TimedOut) => Err(state.error(Operation::Wait, ErrorKind::Timeout)),
        Ok(Wake::Cancelled) => Err(state.error(Operation::Wait, ErrorKind::Cancelled)),
        Err(errno) => Err(state.system(Operation::Wait, errno)),
    }
}
