//! Division of a batch into chunks: as many messages as one datagram may have.
//!
//! ```text
//!  messages   | m0 | m1 | m2 | BEGIN | m4 | m5 | END | m7 |
//!  chunks     [ Each or Last ][    Transaction       ][   ]
//!               ^         ^     ^
//!               |         |     never split: the send buffer is grown for it
//!               |         no more than the send buffer takes, and than the
//!               |         receive buffer holds answers to
//!               at least one message
//!
//!  asks for an acknowledgement
//!    Each          every message
//!    Last          the last message of the chunk
//!    Transaction   its last change, as END is never acknowledged
//! ```

use nlwire::zerocopy::FromBytes as _;
use nlwire::{Flags, Header, MessageRef, MessageType};
use rustix::fd::BorrowedFd;

use crate::conn::state::State;
use crate::{OptionName, Protocol, Transport, sys};

/// First and last message type of a transaction
/// (`linux/netfilter/nfnetlink.h`).
const BATCH_BEGIN: MessageType = MessageType(16);
const BATCH_END: MessageType = MessageType(17);

/// Default size of a socket buffer in bytes, for kernels that do not report it.
const DEFAULT_BUFFER: u32 = 212_992;
/// Overhead of a datagram in the send buffer, in bytes (`netlink_sendmsg` in
/// `net/netlink/af_netlink.c`).
const SPARE: usize = 32;

/// Limits by which a batch is divided into chunks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Chunks {
    /// Sequence number of the batch's first message.
    pub(super) first: u32,
    port: u32,
    protocol: Protocol,
    /// True if each message asks for an acknowledgement, false if only the last
    /// does.
    each: bool,
    /// Used and free space in the receive buffer, in bytes.
    used: usize,
    receive: usize,
    /// Size of the send buffer in bytes.
    send: usize,
}

/// Messages in one datagram.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Chunk {
    pub(super) kind: ChunkKind,
    /// Index of the first message, and number of messages.
    pub(super) index: usize,
    pub(super) count: usize,
    /// Index of the message that asks for an acknowledgement.
    pub(super) acked: usize,
    /// Start and end in bytes.
    pub(super) start: usize,
    pub(super) end: usize,
    /// Maximum space of the answers in the receive buffer, in bytes.
    answers: usize,
}

/// Kind of chunk, by its answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum ChunkKind {
    /// Each message is answered.
    #[default]
    Each,
    /// Refusals and the last message are answered.
    Last,
    /// Refusals are answered, or the last change if there are none: nftables
    /// does all changes or none.
    Transaction {
        /// True if the transaction has its end; without it the kernel only
        /// checks.
        ended: bool,
    },
}

/// Extent of a chunk.
#[derive(Clone, Copy, Debug, Default)]
struct Extent {
    count: usize,
    /// Length in bytes.
    length: usize,
    /// Maximum space of the answers in the receive buffer, in bytes.
    answers: usize,
    /// Start of the last change, in bytes.
    last: usize,
    /// True for a transaction with its end.
    ended: bool,
}

impl Chunks {
    pub(super) fn new<T: Transport>(transport: &T, state: &State, first: u32, each: bool) -> Self {
        let mut chunks = Self {
            first,
            port: state.port,
            protocol: state.protocol,
            each,
            used: 0,
            receive: 0,
            send: 0,
        };
        chunks.measure(transport.as_fd());
        chunks
    }

    /// Reads the sizes of the socket's buffers.
    fn measure(&mut self, fd: Option<BorrowedFd<'_>>) {
        let mut words = [0, DEFAULT_BUFFER, 0, DEFAULT_BUFFER];
        if let Some(fd) = fd {
            // Old kernels do not report sizes; the defaults stand in.
            let _ = sys::get_words(fd, OptionName::MemoryInfo, &mut words);
        }
        let [used, receive, _, send] = words.map(size);
        self.used = used;
        self.receive = receive.saturating_sub(used);
        self.send = send.saturating_sub(SPARE);
    }

    /// Returns the next chunk, from message `index` at byte `start` on, with
    /// sequence numbers, the port and flags in its messages.
    pub(super) fn next(&self, messages: &mut [u8], index: usize, start: usize) -> Option<Chunk> {
        let rest = messages.get_mut(start..)?;
        let transaction = self.begins(MessageRef::new(rest).ok()?);
        let sequence = self.sequence(index);
        let extent = match transaction {
            true => self.transaction(rest, sequence),
            false => self.fitting(rest, sequence),
        };
        let kind = match transaction {
            true => ChunkKind::Transaction {
                ended: extent.ended,
            },
            false if self.each => ChunkKind::Each,
            false => ChunkKind::Last,
        };
        // The begin of a transaction is not a change.
        if kind != ChunkKind::Each && !(transaction && extent.last == 0) {
            let last = rest.get_mut(extent.last..).unwrap_or_default();
            change_header(last, |header| {
                header.with_flags(header.flags() | Flags::ACK)
            });
        }
        let last = index.saturating_add(extent.count).saturating_sub(1);
        Some(Chunk {
            kind,
            index,
            count: extent.count,
            acked: last.saturating_sub(usize::from(extent.ended)),
            start,
            end: start.saturating_add(extent.length),
            answers: extent.answers,
        })
    }

    /// Takes as many messages as the buffers hold, and at least one.
    fn fitting(&self, messages: &mut [u8], mut sequence: u32) -> Extent {
        let mut extent = Extent::default();
        let mut rest = messages;
        while let Ok(message) = MessageRef::new(rest) {
            let padded = padded(message);
            let length = extent.length.wrapping_add(padded.min(rest.len()));
            let mut answers = extent.answers;
            if self.each || message.flags().contains(Flags::ECHO) {
                answers = answers.saturating_add(answer(message));
            }
            let full = answers > self.receive || length > self.send;
            if extent.count > 0 && (full || self.begins(message)) {
                break;
            }
            extent = Extent {
                // The number of messages is below the length of the bytes, so
                // that the sum cannot overflow.
                count: extent.count.wrapping_add(1),
                length,
                answers,
                last: extent.length,
                ended: false,
            };
            self.address(rest, sequence, self.each);
            sequence = sequence.wrapping_add(1);
            rest = rest.get_mut(padded..).unwrap_or_default();
        }
        extent
    }

    /// Takes the messages of a transaction, which is never divided.
    fn transaction(&self, messages: &mut [u8], mut sequence: u32) -> Extent {
        let mut extent = Extent::default();
        let mut rest = messages;
        while let Ok(message) = MessageRef::new(rest) {
            let padded = padded(message);
            if self.each || message.flags().contains(Flags::ECHO) {
                extent.answers = extent.answers.saturating_add(answer(message));
            }
            extent.ended = message.kind() == BATCH_END;
            if !extent.ended {
                extent.last = extent.length;
            }
            extent.count = extent.count.wrapping_add(1);
            extent.length = extent.length.wrapping_add(padded.min(rest.len()));
            self.address(rest, sequence, false);
            if extent.ended {
                break;
            }
            sequence = sequence.wrapping_add(1);
            rest = rest.get_mut(padded..).unwrap_or_default();
        }
        extent
    }

    fn begins(&self, message: MessageRef<'_>) -> bool {
        message.kind() == BATCH_BEGIN && self.protocol == Protocol::NETFILTER
    }

    /// Returns the sequence number of a message.
    pub(super) fn sequence(&self, index: usize) -> u32 {
        let index = u32::try_from(index).unwrap_or(u32::MAX);
        self.first.wrapping_add(index)
    }

    /// Returns the number of the message with this sequence number.
    #[inline]
    pub(super) fn index(&self, sequence: u32) -> usize {
        size(sequence.wrapping_sub(self.first))
    }

    /// Fills in the header of the first message.
    fn address(&self, messages: &mut [u8], sequence: u32, ack: bool) {
        change_header(messages, |header| {
            let flags = header.flags().difference(Flags::ACK) | Flags::REQUEST;
            header
                .with_flags(if ack { flags | Flags::ACK } else { flags })
                .with_sequence(sequence)
                .with_port(self.port)
        });
    }

    /// Enlarges the socket's buffers for a chunk that cannot be divided. The
    /// system may limit them without an error: a send then fails, and answers
    /// are lost.
    pub(super) fn make_room(&mut self, fd: Option<BorrowedFd<'_>>, chunk: &Chunk) {
        use OptionName as Name;
        let length = chunk.end.saturating_sub(chunk.start);
        if length > self.send {
            let wanted = length.saturating_add(SPARE);
            grow(fd, [Name::SendBufferForce, Name::SendBuffer], wanted);
        }
        let transaction = matches!(chunk.kind, ChunkKind::Transaction { .. });
        let is_short = transaction && chunk.answers > self.receive;
        if is_short {
            let names = [Name::ReceiveBufferForce, Name::ReceiveBuffer];
            grow(fd, names, chunk.answers.saturating_add(self.used));
        }
        if is_short || length > self.send {
            self.measure(fd);
        }
    }

    /// Returns the free space for answers, and the longest datagram.
    #[cfg(test)]
    pub(super) const fn sizes(&self) -> (usize, usize) {
        (self.receive, self.send)
    }
}

impl Chunk {
    pub(super) const fn contains(&self, index: usize) -> bool {
        index.wrapping_sub(self.index) < self.count
    }
}

/// Changes the header of the first of the messages.
fn change_header(messages: &mut [u8], change: impl FnOnce(Header) -> Header) {
    if let Ok((header, _)) = Header::mut_from_prefix(messages) {
        *header = change(*header);
    }
}

/// Returns the size of a message with its padding, in bytes.
pub(super) fn padded(message: MessageRef<'_>) -> usize {
    // A slice is at most `isize::MAX` bytes long, so that the sum cannot
    // overflow.
    message.as_bytes().len().wrapping_add(3) & !3
}

/// Returns the space of a message's answer in the receive buffer: the kernel's
/// charge for the longest refusal, with an echo of the request, a text and a
/// policy. The kernel allocates a power of two for the data.
fn answer(message: MessageRef<'_>) -> usize {
    const BOOKKEEPING: usize = 320;
    const REFUSAL: usize = 616;
    let data = REFUSAL.saturating_add(message.as_bytes().len());
    let data = data.checked_next_power_of_two().unwrap_or(usize::MAX);
    let answer = BOOKKEEPING.saturating_add(data);
    if message.flags().contains(Flags::ECHO) {
        // The created object, with its handle and counters.
        return answer.saturating_mul(4);
    }
    answer
}

/// Enlarges a buffer to this many bytes. The option takes half of that, as the
/// kernel doubles it.
fn grow(fd: Option<BorrowedFd<'_>>, [forced, plain]: [OptionName; 2], bytes: usize) {
    let Some(fd) = fd else { return };
    let half = i32::try_from(bytes.div_ceil(2)).unwrap_or(i32::MAX);
    if sys::set(fd, forced, half).is_err() {
        // Up to the system's limit.
        let _ = sys::set(fd, plain, half);
    }
}

fn size(bytes: u32) -> usize {
    usize::try_from(bytes).unwrap_or(usize::MAX)
}
