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
        let netfilter = self.protocol == Protocol::NETFILTER;
        let begins = |message: MessageRef<'_>| netfilter && message.kind() == BATCH_BEGIN;
        let mut transaction = None;
        let (mut count, mut end, mut answers) = (0_usize, start, 0);
        let mut walk = Messages::new(messages.get(start..).unwrap_or_default());
        while let Some(Ok(message)) = walk.next() {
            let first = count == 0;
            if first && begins(message) {
                transaction = Some(false);
            }
            // Inside the messages, where nothing overflows.
            let end_with = messages.len().wrapping_sub(walk.remaining().len());
            let answers_with = self.charge(message).saturating_add(answers);
            if !first && transaction.is_none() {
                let full = self.each && answers_with > self.receive;
                if full || end_with.wrapping_sub(start) > self.send || begins(message) {
                    break;
                }
            }
            count = count.wrapping_add(1);
            (end, answers) = (end_with, answers_with);
            if transaction.is_some() && message.kind() == BATCH_END {
                transaction = Some(true);
                break;
            }
        }
        let kind = match transaction {
            Some(ended) => ChunkKind::Transaction { ended },
            None if self.each => ChunkKind::Each,
            None => ChunkKind::Last,
        };
        let behind = if transaction == Some(true) { 2 } else { 1 };
        (count > 0).then(|| Chunk {
            kind,
            index,
            count,
            acked: index.saturating_add(count.saturating_sub(behind)),
            start,
            end,
            answers,
        })
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

    /// The room that the answer to a message takes in the receive buffer: what
    /// the kernel charges for the longest refusal, which echoes the request,
    /// has a text and a policy. It allocates a power of two for the data.
    fn charge(&self, message: MessageRef<'_>) -> usize {
        const BOOKKEEPING: usize = 320;
        const REFUSAL: usize = 616;
        let length = message.as_bytes().len();
        let answer = BOOKKEEPING.saturating_add(
            REFUSAL
                .saturating_add(length)
                .checked_next_power_of_two()
                .unwrap_or(usize::MAX),
        );
        let echo = message.flags().contains(Flags::ECHO);
        match (self.each, echo) {
            // The object that was made, with its handle and counters.
            (_, true) => answer.saturating_mul(4),
            (true, false) => answer,
            (false, false) => 0,
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
