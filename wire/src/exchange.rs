//! What each message that a socket receives is to a request, without any I/O.
//!
//! Netlink has no connection and no framing of replies: on one socket come
//! answers, notifications, answers to requests that were given up, and what
//! other processes send. [`Exchange`] tells them apart.

use crate::{AckRef, Flags, Header, MessageRef, MessageType};

/// Where a datagram came from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Origin {
    /// The sender's port id: 0 is the kernel.
    #[doc(alias = "nl_pid")]
    pub port: u32,
    /// The multicast group that it was sent to, 0 for none.
    pub group: u32,
}

/// What a message is to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub enum Meaning<'a> {
    /// It was not sent by the kernel.
    Foreign,
    /// It tells of a change, whoever made it.
    Notification,
    /// It answers a request that was given up.
    Stale,
    /// It says nothing (`NLMSG_NOOP`).
    Nothing,
    /// It says that messages were lost (`NLMSG_OVERRUN`).
    Lost,
    /// It is a reply; more may follow.
    Reply,
    /// It ends the request with success. It may carry a warning.
    Finished(AckRef<'a>),
    /// It ends the request with an errno.
    Refused(AckRef<'a>),
    /// It ends the request, and is no answer that the protocol knows: an
    /// error whose code is positive or missing.
    Invalid,
}

/// The state of one request: feed it every message that arrives, until it is
/// [finished](Self::is_finished).
///
/// ```
/// use nlwire::{Exchange, Flags, Header, Meaning, MessageRef, MessageType, Origin, Writer};
///
/// let flags = Flags::REQUEST | Flags::ACK;
/// let request = Header::new(MessageType::NOOP, flags).with_sequence(7).with_port(500);
/// let mut exchange = Exchange::new(&request);
///
/// let mut ack = *b"\x24\0\0\0\x02\0\0\0\x08\0\0\0\xf4\x01\0\0\0\0\0\0\x10\0\0\0\x01\0\x05\0\x08\0\0\0\xf4\x01\0\0";
/// # #[cfg(target_endian = "little")] {
/// let stale = MessageRef::new(&ack)?;
/// assert_eq!(exchange.read(stale, Origin::default()), Meaning::Stale);
/// ack[8] = 7;
/// let own = MessageRef::new(&ack)?;
/// assert!(matches!(exchange.read(own, Origin::default()), Meaning::Finished(_)));
/// assert!(exchange.is_finished());
/// # }
/// # Ok::<(), nlwire::DecodeError>(())
/// ```
#[derive(Clone, Copy, Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Exchange {
    sequence: u32,
    port: u32,
    ack: bool,
    echo: bool,
    dump: bool,
    replied: bool,
    finished: bool,
    /// The flags of all that was read: each row adds its own in one step.
    seen: Flags,
}

impl Exchange {
    /// Starts a request whose header, as it was sent, is this one. Its port is
    /// the sending socket's.
    #[must_use]
    pub const fn new(request: &Header) -> Self {
        let flags = request.flags();
        Self {
            sequence: request.sequence(),
            port: request.port(),
            ack: flags.contains(Flags::ACK),
            echo: flags.contains(Flags::ECHO),
            dump: false,
            replied: false,
            finished: false,
            seen: Flags::empty(),
        }
    }

    /// Starts a dump. The flags do not tell: `GetFlags::DUMP` has the bits of
    /// `NewFlags::REPLACE` and `EXCL`.
    #[must_use]
    pub const fn dump(request: &Header) -> Self {
        let mut exchange = Self::new(request);
        exchange.dump = true;
        exchange
    }

    /// Returns the sequence number of the request.
    #[must_use]
    pub const fn sequence(&self) -> u32 {
        self.sequence
    }

    /// Returns whether the answer is complete.
    #[must_use]
    pub const fn is_finished(&self) -> bool {
        self.finished
    }

    /// Returns whether the kernel said that what it dumps has changed
    /// meanwhile (`NLM_F_DUMP_INTR`), on any part.
    #[must_use]
    pub const fn is_interrupted(&self) -> bool {
        self.seen.contains(Flags::DUMP_INTR)
    }

    /// Returns whether the kernel said that it filtered the dump
    /// (`NLM_F_DUMP_FILTERED`), on any part.
    #[must_use]
    pub const fn is_filtered(&self) -> bool {
        self.seen.contains(Flags::DUMP_FILTERED)
    }

    /// Returns whether a message with this sequence and port may be an answer:
    /// the sequences are equal or the request's is 0, and the ports are equal
    /// or one of them is 0.
    #[must_use]
    pub const fn matches(&self, sequence: u32, port: u32) -> bool {
        (self.sequence == 0 || self.sequence == sequence)
            && (self.port == 0 || port == 0 || self.port == port)
    }

    /// Says what a message is, and remembers what matters of it.
    #[inline]
    pub fn read<'a>(&mut self, message: MessageRef<'a>, origin: Origin) -> Meaning<'a> {
        if self.is_own(message.header(), origin) {
            match message.kind() {
                MessageType::ERROR => return self.end(message),
                kind if kind >= MessageType::FIRST_OF_PROTOCOL => {
                    return self.reply(message.header());
                }
                _ => {}
            }
        }
        self.read_any(message, origin)
    }

    /// Reads a message if it is the plainest of replies, as nearly every
    /// message is, and returns whether it was: then [`read`](Self::read) would
    /// have said [`Meaning::Reply`]. Otherwise nothing is remembered, and
    /// `read` tells what the message is. Loops over the rows of a dump are
    /// faster with both.
    #[inline]
    pub fn read_reply(&mut self, message: MessageRef<'_>, origin: Origin) -> bool {
        let header = message.header();
        let plain = self.is_own(header, origin) && header.kind() >= MessageType::FIRST_OF_PROTOCOL;
        if plain {
            self.remember(header);
            self.replied = true;
        }
        plain
    }

    /// Whether a message is for this request alone, as all but a few are.
    #[inline]
    fn is_own(&self, header: &Header, origin: Origin) -> bool {
        origin == Origin::default()
            && header.port() == self.port
            && header.sequence() == self.sequence
    }

    #[inline(never)]
    fn read_any<'a>(&mut self, message: MessageRef<'a>, origin: Origin) -> Meaning<'a> {
        let header = message.header();
        if origin.port != 0 {
            return Meaning::Foreign;
        }
        let own_port = header.port() == self.port;
        let own_sequence = self.sequence == 0 || header.sequence() == self.sequence;
        if origin.group != 0 {
            return if own_port && own_sequence && self.echo {
                self.reply(header)
            } else {
                Meaning::Notification
            };
        }
        if !own_port && header.port() != 0 {
            return Meaning::Notification;
        }
        match header.kind() {
            MessageType::NOOP => Meaning::Nothing,
            MessageType::OVERRUN => Meaning::Lost,
            _ if !own_sequence && own_port => Meaning::Stale,
            _ if !own_sequence => Meaning::Notification,
            MessageType::ERROR => self.end(message),
            MessageType::DONE if self.dump || header.flags().contains(Flags::MULTI) => {
                self.end(message)
            }
            _ => self.reply(header),
        }
    }

    /// Says that a datagram has been read to its end. Returns whether that
    /// finished the request: it does where no ack was asked for, it is no
    /// dump, and a reply has come.
    pub const fn end_of_datagram(&mut self) -> bool {
        if !self.ack && !self.dump && self.replied {
            self.finished = true;
        }
        self.finished
    }

    #[inline]
    fn reply<'a>(&mut self, header: &Header) -> Meaning<'a> {
        self.remember(header);
        self.replied = true;
        Meaning::Reply
    }

    #[inline]
    fn end<'a>(&mut self, message: MessageRef<'a>) -> Meaning<'a> {
        let done = message.kind() == MessageType::DONE;
        self.remember(message.header());
        self.finished = true;
        match AckRef::new(message) {
            Ok(ack) if ack.code() < 0 => Meaning::Refused(ack),
            Ok(ack) if ack.code() == 0 || done => Meaning::Finished(ack),
            Ok(_) | Err(_) => Meaning::Invalid,
        }
    }

    #[inline]
    fn remember(&mut self, header: &Header) {
        self.seen |= header.flags();
    }
}
