//! Matching of received messages to a request, without any I/O.
//!
//! Netlink has no connections and no framing of replies: a socket receives
//! answers, notifications, answers to abandoned requests, and messages of other
//! processes. [`Exchange`] distinguishes them.

use crate::{AckRef, Flags, Header, MessageRef, MessageType};

/// Origin of a datagram.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Origin {
    /// Port ID of the sender; 0 for the kernel.
    #[doc(alias = "nl_pid")]
    pub port: u32,
    /// Multicast group of the datagram; 0 for none.
    pub group: u32,
}

/// Meaning of a message to a request.
///
/// ```
/// use nlwire::{Exchange, Meaning, Messages, Origin};
///
/// /// Reads a datagram from the kernel, and returns true once the request is answered.
/// fn read(exchange: &mut Exchange, datagram: &[u8]) -> Result<bool, Box<dyn std::error::Error>> {
///     for message in Messages::new(datagram) {
///         let message = message?;
///         match exchange.read(message, Origin::default()) {
///             Meaning::Reply => println!("{message:?}"),
///             Meaning::Refused(ack) => return Err(ack.to_string().into()),
///             _ => {}
///         }
///     }
///     Ok(exchange.is_finished())
/// }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub enum Meaning<'a> {
    /// Message that the kernel did not send.
    Foreign,
    /// Notification of a change, caused by any process.
    Notification,
    /// Answer to an abandoned request.
    Stale,
    /// Message without content (`NLMSG_NOOP`).
    Nothing,
    /// Report of lost messages (`NLMSG_OVERRUN`).
    Lost,
    /// Reply to the request; more may follow.
    Reply,
    /// Success, which ends the request. It may carry a warning, and instead of 0 a
    /// positive result.
    Finished(AckRef<'a>),
    /// Refusal with an errno, which ends the request.
    Refused(AckRef<'a>),
    /// Answer without a code, which the protocol does not define. It ends the
    /// request.
    Invalid,
}

/// State of one request. Feed it each message that arrives until it is
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
    /// Type of rows that have neither sequence number nor port.
    unnumbered: Option<MessageType>,
    replied: bool,
    finished: bool,
    /// Flags of all replies: each row adds its own in one step.
    seen: Flags,
}

impl Exchange {
    /// Starts a request from its header as sent. The header's port is that of
    /// the sending socket.
    #[must_use]
    pub const fn new(request: &Header) -> Self {
        let flags = request.flags();
        Self {
            sequence: request.sequence(),
            port: request.port(),
            ack: flags.contains(Flags::ACK),
            echo: flags.contains(Flags::ECHO),
            dump: false,
            unnumbered: None,
            replied: false,
            finished: false,
            seen: Flags::empty(),
        }
    }

    /// Starts a dump. The caller says so because the flags are ambiguous:
    /// `GetFlags::DUMP` has the bits of `NewFlags::REPLACE` and `EXCL`.
    #[must_use]
    pub const fn dump(request: &Header) -> Self {
        let mut exchange = Self::new(request);
        exchange.dump = true;
        exchange
    }

    /// Starts a dump whose rows may have sequence number 0 and port 0, which
    /// otherwise mark a notification: see
    /// [`Request::is_unnumbered`](crate::Request::is_unnumbered). They have the
    /// request's message type, and the kernel sends them to no group.
    #[must_use]
    pub const fn unnumbered_dump(request: &Header) -> Self {
        let mut exchange = Self::dump(request);
        exchange.unnumbered = Some(request.kind());
        exchange
    }

    /// Returns the sequence number of the request.
    #[must_use]
    pub const fn sequence(&self) -> u32 {
        self.sequence
    }

    /// Returns true if the answer is complete.
    #[must_use]
    pub const fn is_finished(&self) -> bool {
        self.finished
    }

    /// Returns true if the dumped table changed during the dump
    /// (`NLM_F_DUMP_INTR`), as reported by any message.
    #[must_use]
    pub const fn is_interrupted(&self) -> bool {
        self.seen.contains(Flags::DUMP_INTR)
    }

    /// Returns true if the kernel filtered the dump (`NLM_F_DUMP_FILTERED`), as
    /// reported by any message.
    #[must_use]
    pub const fn is_filtered(&self) -> bool {
        self.seen.contains(Flags::DUMP_FILTERED)
    }

    /// Returns true if a message with this sequence number and port may be an
    /// answer: the sequence numbers are equal or the request's is 0, and the
    /// ports are equal or one of them is 0.
    #[must_use]
    pub const fn matches(&self, sequence: u32, port: u32) -> bool {
        (self.sequence == 0 || self.sequence == sequence)
            && (self.port == 0 || port == 0 || self.port == port)
    }

    /// Returns the meaning of a message, and updates the state of the request.
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

    /// Reads a message if it is a plain reply, as almost all are, and returns
    /// true if so: [`read`](Self::read) would return [`Meaning::Reply`] for it.
    /// Otherwise the state stays the same, and the caller calls `read`. Loops
    /// over the rows of a dump are faster with both.
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

    /// Returns true for a message to this request alone, as almost all are.
    #[inline]
    fn is_own(&self, header: &Header, origin: Origin) -> bool {
        origin == Origin::default()
            && header.port() == self.port
            && header.sequence() == self.sequence
    }

    /// Returns true for a row of an unnumbered dump, if the kernel sent it to no
    /// group.
    fn is_unnumbered_row(&self, header: &Header) -> bool {
        self.unnumbered == Some(header.kind()) && header.sequence() == 0 && header.port() == 0
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
            _ if self.is_unnumbered_row(header) => self.reply(header),
            _ if !own_sequence && own_port => Meaning::Stale,
            _ if !own_sequence => Meaning::Notification,
            MessageType::ERROR => self.end(message),
            MessageType::DONE if self.dump || header.flags().contains(Flags::MULTI) => {
                self.end(message)
            }
            _ => self.reply(header),
        }
    }

    /// Marks the end of a datagram. Returns true if that finished the request:
    /// a request without acknowledgement, which is not a dump, ends with the
    /// datagram of its reply.
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
        self.remember(message.header());
        self.finished = true;
        match AckRef::new(message) {
            Ok(ack) if ack.code() < 0 => Meaning::Refused(ack),
            // The kernel sends what its function has returned: the number of a new
            // radio of mac80211_hwsim, for example.
            Ok(ack) => Meaning::Finished(ack),
            Err(_) => Meaning::Invalid,
        }
    }

    #[inline]
    fn remember(&mut self, header: &Header) {
        self.seen |= header.flags();
    }
}
