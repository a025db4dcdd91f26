//! State of a connection beside its transport and its buffer.

use core::num::NonZeroU32;
use core::sync::atomic::{AtomicBool, Ordering};
use core::time::Duration;

use nlwire::schema::{MessageSchema, Protocol as Family};
use nlwire::{AckRef, DecodeError, EncodeError, Errno, Meaning, MessageRef, MessageType};

use super::span::Span;
use crate::error::names;
use crate::socket::waiting::Deadline;
use crate::trace::families::MOST_FAMILIES;
use crate::{Error, ErrorKind, Operation, Protocol, Trust, sys};

/// Number of generic families whose numbers a connection remembers.
const FAMILIES: usize = 4;

/// Highest sequence number of a datagram's first message, so that the numbers
/// of a datagram never wrap.
const LAST_SEQUENCE: u32 = u32::MAX - (1 << 24);

#[derive(Debug)]
pub(crate) struct State {
    pub(crate) protocol: Protocol,
    pub(crate) port: u32,
    pub(crate) trust: Trust,
    /// Timeout of a request, a dump or a receive.
    pub(crate) timeout: Option<Duration>,
    /// Timeout of a send without an answer.
    pub(crate) write_timeout: Option<Duration>,
    /// Sequence number of the last sent message.
    pub(crate) sequence: u32,
    /// True once the kernel has seen a receive with a large buffer.
    pub(crate) primed: bool,
    /// True from a loss until the queue is empty: the kernel queues nothing
    /// before.
    /// Threads that share the connection set it too.
    congested: AtomicBool,
    /// Sequence number of a dump, perhaps abandoned, that the kernel has not
    /// ended.
    pub(crate) dumping: Option<NonZeroU32>,
    /// Span of the last refusal in the buffer.
    pub(crate) refusal: Span,
    pub(crate) skipped: Skipped,
    families: [Option<(&'static Family, MessageType)>; FAMILIES],
    /// Families of the configuration, for the names in errors.
    pub(crate) described: [Option<&'static Family>; MOST_FAMILIES],
}

/// Numbers of received messages that answer no request in flight. A datagram
/// that did not fit the buffer counts as its first message.
///
/// ```
/// use nlsock::{Conn, Protocol, Skipped};
///
/// let conn = Conn::open(Protocol::ROUTE)?;
/// assert_eq!(conn.skipped(), Skipped::default());
/// # Ok::<(), nlsock::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Skipped {
    /// Number of answers to abandoned requests and to the connection's own, and
    /// of messages in discarded datagrams.
    pub stale: u64,
    /// Number of notifications.
    pub notifications: u64,
    /// Number of datagrams from untrusted senders.
    pub foreign: u64,
}

impl State {
    pub(crate) fn new(protocol: Protocol, port: u32, trust: Trust, sequence: u32) -> Self {
        Self {
            protocol,
            port,
            trust,
            timeout: None,
            write_timeout: None,
            sequence,
            primed: false,
            congested: AtomicBool::new(false),
            dumping: None,
            refusal: Span::default(),
            skipped: Skipped::default(),
            families: [None; FAMILIES],
            described: [None; MOST_FAMILIES],
        }
    }

    pub(crate) const fn error(&self, operation: Operation, kind: ErrorKind) -> Error {
        Error::new(Some(self.protocol), operation, kind)
    }

    pub(crate) fn system(&self, operation: Operation, errno: Errno) -> Error {
        self.error(operation, ErrorKind::System(errno))
    }

    pub(crate) fn timed_out(&self) -> Error {
        self.error(Operation::Wait, ErrorKind::Timeout)
    }

    /// Returns the error of a datagram that needs a buffer of this size.
    pub(crate) fn truncated(&self, needed: usize) -> Error {
        let needed = u32::try_from(needed).unwrap_or(u32::MAX);
        self.error(Operation::Receive, ErrorKind::Truncated { needed })
    }

    pub(crate) fn broken(&self, error: DecodeError) -> Error {
        self.error(Operation::Receive, ErrorKind::Decode(error))
    }

    pub(crate) fn unwritten(&self, error: EncodeError) -> Error {
        self.error(Operation::Write, ErrorKind::Encode(error))
    }

    /// Returns the error of a loss that a message reports.
    pub(crate) const fn overrun(&self) -> Error {
        self.error(Operation::Receive, ErrorKind::Overrun { drops: 0 })
    }

    pub(crate) fn is_congested(&self) -> bool {
        self.congested.load(Ordering::Relaxed)
    }

    pub(crate) fn set_congested(&self, congested: bool) {
        self.congested.store(congested, Ordering::Relaxed);
    }

    /// Forgets a refusal that bytes from `start` on overwrite.
    #[inline]
    pub(crate) fn forget_refusal(&mut self, start: usize) {
        if self.refusal.behind() > start {
            self.refusal = Span::default();
        }
    }

    /// Starts the timeout of a call; a timeout of 0 fails at once.
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

    /// Counts a message that answers no request in flight.
    pub(crate) fn skip(&mut self, meaning: Meaning<'_>, message: MessageRef<'_>) {
        match meaning {
            Meaning::Notification => {
                self.skipped.notifications = self.skipped.notifications.saturating_add(1);
            }
            Meaning::Foreign | Meaning::Nothing | Meaning::Lost => {}
            _ => self.skip_stale(message),
        }
    }

    /// Counts a datagram of an untrusted sender.
    pub(crate) const fn skip_foreign(&mut self) {
        self.skipped.foreign = self.skipped.foreign.saturating_add(1);
    }

    /// Counts an answer to an abandoned request. It may end an abandoned dump.
    pub(crate) fn skip_stale(&mut self, message: MessageRef<'_>) {
        self.skipped.stale = self.skipped.stale.saturating_add(1);
        let header = message.header();
        let ends = matches!(header.kind(), MessageType::DONE | MessageType::ERROR);
        if ends && header.port() == self.port {
            self.end_dump(message);
        }
    }

    /// Records that this message ends a dump.
    ///
    /// `ENOBUFS` does not end a dump: its first part found no space in the
    /// queue, and the kernel continues once there is space (`netlink_dump` in
    /// `net/netlink/af_netlink.c`).
    #[inline]
    pub(crate) fn end_dump(&mut self, end: MessageRef<'_>) {
        let Some(dump) = self.dumping else { return };
        let header = end.header();
        let ends = dump.get() == header.sequence();
        if ends && !(header.kind() == MessageType::ERROR && is_full(end)) {
            self.dumping = None;
        }
    }

    /// Returns the sequence number for the first message of the next datagram;
    /// 0 is reserved for the kernel.
    pub(crate) const fn next_sequence(&self) -> u32 {
        if self.sequence >= LAST_SEQUENCE {
            return 1;
        }
        self.sequence.wrapping_add(1)
    }

    /// Records the sequence numbers of a datagram's messages.
    pub(crate) const fn take(&mut self, first: u32, messages: u32) {
        if messages > 0 {
            self.sequence = first.wrapping_add(messages).wrapping_sub(1);
        }
    }

    /// Returns the number of a generic family, if it is remembered.
    pub(crate) fn family(&self, family: &'static Family) -> Option<MessageType> {
        let mut known = self.families.iter().flatten();
        known
            .find(|(known, _)| core::ptr::eq(*known, family))
            .map(|(_, number)| *number)
    }

    /// Returns the schema of a request that was sent; `family` is that of its
    /// value.
    #[cold]
    pub(crate) fn describe(
        &self,
        family: Option<&'static Family>,
        request: &MessageRef<'_>,
    ) -> Option<&'static MessageSchema> {
        if let Some(family) = family {
            return family.describe(request, true);
        }
        let known = self.families.iter().flatten();
        let mut known = known.filter(|(_, number)| *number == request.kind());
        if let Some((family, _)) = known.next() {
            return family.describe(request, true);
        }
        // A generic family's number is known only once it is looked up.
        let mut described = self.described.iter().flatten();
        described
            .by_ref()
            .filter(|family| family.family.is_none() && family.number == self.protocol.0)
            .find_map(|family| family.describe(request, true))
            .or_else(|| names::describe(self.protocol, request))
    }

    /// Remembers the number of a generic family as the newest, in place of the
    /// oldest one if there are four already.
    pub(crate) fn set_family(&mut self, family: &'static Family, number: MessageType) {
        let is_same = |slot: &Option<(&Family, _)>| {
            slot.is_some_and(|(known, _)| core::ptr::eq(known, family))
        };
        let same = self.families.iter().position(is_same);
        let free = || self.families.iter().position(Option::is_none);
        let slot = same.or_else(free).unwrap_or(0);
        if let Some(from_there) = self.families.get_mut(slot..) {
            from_there.rotate_left(1);
            if let Some(newest) = from_there.last_mut() {
                *newest = Some((family, number));
            }
        }
    }
}

/// Returns true if the kernel reports a full queue.
fn is_full(message: MessageRef<'_>) -> bool {
    AckRef::new(message).is_ok_and(|ack| ack.errno() == Some(sys::ENOBUFS))
}
