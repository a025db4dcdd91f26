//! As many messages of a batch as go into one datagram.

use nlwire::zerocopy::FromBytes as _;
use nlwire::{Flags, Header, MessageRef, MessageType, Messages};
use rustix::fd::BorrowedFd;

use crate::{OptionName, Protocol, sys};

/// The first and the last message of a transaction (`linux/netfilter/nfnetlink.h`).
const BATCH_BEGIN: MessageType = MessageType(16);
const BATCH_END: MessageType = MessageType(17);

/// The size of a socket buffer where the system does not say another.
const DEFAULT_BUFFER: u32 = 212_992;
/// What the send buffer must hold beside a datagram (`netlink_sendmsg` in
/// `net/netlink/af_netlink.c`).
const SPARE: usize = 32;

/// What limits a chunk.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    pub(super) protocol: Protocol,
    /// Whether every message asks for an ack, not the last one alone.
    pub(super) each: bool,
    /// Bytes that are used in the receive buffer, and that are free.
    used: usize,
    receive: usize,
    /// The size of the send buffer in bytes.
    send: usize,
}

/// Messages that are sent in one datagram.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Chunk {
    pub(super) kind: ChunkKind,
    /// The number of its first message, and of messages.
    pub(super) index: usize,
    pub(super) count: usize,
    /// The number of the message that asks for an ack alone.
    pub(super) acked: usize,
    /// Where it begins and ends, in bytes.
    pub(super) start: usize,
    pub(super) end: usize,
    /// The room that its answers take in the receive buffer at most, in bytes.
    answers: usize,
}

/// What a chunk is answered with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum ChunkKind {
    /// An answer to each message.
    #[default]
    Each,
    /// Refusals, and an answer to the last message.
    Last,
    /// Refusals, and an ack of the last change where all is well: nftables
    /// does all or nothing.
    Transaction {
        /// Whether it is to be done: without an end it is only checked.
        ended: bool,
    },
}

/// How far a chunk reaches.
#[derive(Clone, Copy, Debug, Default)]
struct Extent {
    count: usize,
    /// In bytes.
    length: usize,
    answers: usize,
    /// Whether it is a transaction with its end.
    ended: bool,
}

impl Limits {
    pub(super) fn new(fd: Option<BorrowedFd<'_>>, protocol: Protocol, each: bool) -> Self {
        let mut words = [0, DEFAULT_BUFFER, 0, DEFAULT_BUFFER];
        if let Some(fd) = fd {
            // Old kernels do not tell, and then the default has to do.
            let _ = sys::get_words(fd, OptionName::MemoryInfo, &mut words);
        }
        let [used, receive, _, send] = words.map(size);
        Self {
            protocol,
            each,
            used,
            receive: receive.saturating_sub(used),
            send: send.saturating_sub(SPARE),
        }
    }

    /// Returns the next chunk, from message `index` at byte `start` on.
    pub(super) fn next(&self, messages: &[u8], index: usize, start: usize) -> Option<Chunk> {
        let rest = messages.get(start..)?;
        let first = MessageRef::new(rest).ok()?;
        let transaction = self.begins(first);
        let extent = match transaction {
            true => self.transaction(rest),
            false => self.fitting(rest),
        };
        let kind = match transaction {
            true => ChunkKind::Transaction {
                ended: extent.ended,
            },
            false if self.each => ChunkKind::Each,
            false => ChunkKind::Last,
        };
        let last = index.saturating_add(extent.count).saturating_sub(1);
        Some(Chunk {
            kind,
            index,
            count: extent.count,
            // The last change, not the end behind it.
            acked: last.saturating_sub(usize::from(extent.ended)),
            start,
            end: start.saturating_add(extent.length),
            answers: extent.answers,
        })
    }

    fn begins(&self, message: MessageRef<'_>) -> bool {
        message.kind() == BATCH_BEGIN && self.protocol == Protocol::NETFILTER
    }

    /// Returns as many messages as the buffers hold, but at least one.
    fn fitting(&self, messages: &[u8]) -> Extent {
        let mut fitting = Extent::default();
        let mut walk = Messages::new(messages);
        while let Some(Ok(message)) = walk.next() {
            let mut with = Extent {
                // Inside the messages, where nothing overflows.
                count: fitting.count.wrapping_add(1),
                length: messages.len().wrapping_sub(walk.remaining().len()),
                ..fitting
            };
            if self.each {
                with.answers = with.answers.saturating_add(answer(message));
            }
            let full = with.answers > self.receive || with.length > self.send;
            if fitting.count > 0 && (full || self.begins(message)) {
                break;
            }
            fitting = with;
        }
        fitting
    }

    /// Returns the messages of a transaction, which cannot be split.
    fn transaction(&self, messages: &[u8]) -> Extent {
        let mut whole = Extent::default();
        let mut walk = Messages::new(messages);
        while let Some(Ok(message)) = walk.next() {
            whole.count = whole.count.wrapping_add(1);
            whole.length = messages.len().wrapping_sub(walk.remaining().len());
            if self.each || message.flags().contains(Flags::ECHO) {
                whole.answers = whole.answers.saturating_add(answer(message));
            }
            if message.kind() == BATCH_END {
                whole.ended = true;
                break;
            }
        }
        whole
    }

    /// Grows the socket's buffers for a chunk that cannot be split. Where that
    /// is not permitted, the send says so.
    pub(super) fn make_room(&mut self, fd: Option<BorrowedFd<'_>>, chunk: &Chunk) {
        use OptionName as Name;
        let length = chunk.end.saturating_sub(chunk.start);
        if length > self.send {
            let wanted = length.saturating_add(SPARE);
            grow(fd, [Name::SendBufferForce, Name::SendBuffer], wanted);
            self.send = length;
        }
        let transaction = matches!(chunk.kind, ChunkKind::Transaction { .. });
        if transaction && chunk.answers > self.receive {
            let names = [Name::ReceiveBufferForce, Name::ReceiveBuffer];
            grow(fd, names, chunk.answers.saturating_add(self.used));
            self.receive = chunk.answers;
        }
    }
}

impl Chunk {
    pub(super) const fn contains(&self, index: usize) -> bool {
        index.wrapping_sub(self.index) < self.count
    }

    /// Writes sequence numbers, the port and the flags into its messages.
    pub(super) fn address(&self, messages: &mut [u8], mut sequence: u32, port: u32) {
        let mut index = self.index;
        let mut rest = messages.get_mut(self.start..self.end).unwrap_or_default();
        while let Ok((header, tail)) = Header::mut_from_prefix(rest) {
            let ack = match self.kind {
                ChunkKind::Each => true,
                // A transaction itself is not a change.
                ChunkKind::Transaction { .. } => {
                    index == self.acked && header.kind() != BATCH_BEGIN
                }
                ChunkKind::Last => index == self.acked,
            };
            let mut flags = header.flags().difference(Flags::ACK) | Flags::REQUEST;
            if ack {
                flags |= Flags::ACK;
            }
            *header = header
                .with_flags(flags)
                .with_sequence(sequence)
                .with_port(port);
            let length = size(header.length()).saturating_add(3) & !3;
            rest = tail
                .get_mut(length.saturating_sub(Header::LEN)..)
                .unwrap_or_default();
            sequence = sequence.wrapping_add(1);
            index = index.saturating_add(1);
        }
    }
}

/// The room that the answer to a message takes in the receive buffer: what
/// the kernel charges for the longest refusal, which echoes the request,
/// has a text and a policy. It allocates a power of two for the data.
fn answer(message: MessageRef<'_>) -> usize {
    const BOOKKEEPING: usize = 320;
    const REFUSAL: usize = 616;
    let data = REFUSAL.saturating_add(message.as_bytes().len());
    let data = data.checked_next_power_of_two().unwrap_or(usize::MAX);
    let answer = BOOKKEEPING.saturating_add(data);
    if message.flags().contains(Flags::ECHO) {
        // The object that was made, with its handle and counters.
        return answer.saturating_mul(4);
    }
    answer
}

/// Grows a buffer to that many bytes, of which the option takes half.
fn grow(fd: Option<BorrowedFd<'_>>, [forced, plain]: [OptionName; 2], bytes: usize) {
    let Some(fd) = fd else { return };
    let half = i32::try_from(bytes.div_ceil(2)).unwrap_or(i32::MAX);
    if sys::set(fd, forced, half).is_err() {
        // Up to what the system permits.
        let _ = sys::set(fd, plain, half);
    }
}

fn size(bytes: u32) -> usize {
    usize::try_from(bytes).unwrap_or(usize::MAX)
}
