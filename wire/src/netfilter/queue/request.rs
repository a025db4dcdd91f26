//! Requests for queues, and verdicts.

use core::fmt;

use super::{
    BindCommand, CopyMode, QueueCommand, QueueConfigAttr, QueueFlags, QueuePacket, QueuePacketAttr,
    QueueParameters, QueueVerdict,
};
use crate::netfilter::{
    ConntrackAttr, NFPROTO_UNSPEC, NFQA_CT, NFQNL_MSG_CONFIG, NFQNL_MSG_VERDICT,
    NFQNL_MSG_VERDICT_BATCH, NetfilterHeader, PROTOCOL, Verdict,
};
use crate::schema::Protocol;
use crate::writer::Put;
use crate::{DecodeError, EncodeError, Errno, Flags, Items, Next, Request, Row, Writer, fields};

/// Packet of a queue.
pub type QueuedPacket<'a> = Row<'a, NetfilterHeader, QueuePacket>;

impl<'a> Row<'a, NetfilterHeader, QueuePacket> {
    /// Returns the queue number.
    #[must_use]
    #[doc(alias = "res_id")]
    pub const fn queue(&self) -> u16 {
        self.header.resource.get()
    }

    /// Returns the packet ID, by which a verdict names the packet.
    ///
    /// # Errors
    ///
    /// Fails if the attribute is malformed.
    #[doc(alias = "packet_id")]
    pub fn id(&self) -> Result<Option<u32>, DecodeError> {
        let header = fields!(self.attributes => QueuePacket { header })?.header;
        Ok(header.map(|header| header.id.get()))
    }

    /// Returns the packet payload from the IP header on; the copy range may cut
    /// it.
    ///
    /// # Errors
    ///
    /// Fails if the attribute is malformed.
    #[doc(alias = "NFQA_PAYLOAD")]
    pub fn payload(&self) -> Result<Option<&'a [u8]>, DecodeError> {
        Ok(fields!(self.attributes => QueuePacket { payload })?.payload)
    }

    /// Returns the mark; the kernel leaves out a mark of 0.
    ///
    /// # Errors
    ///
    /// Fails if the attribute is malformed.
    #[doc(alias = "NFQA_MARK")]
    pub fn mark(&self) -> Result<u32, DecodeError> {
        let mark = fields!(self.attributes => QueuePacket { mark })?.mark;
        Ok(mark.unwrap_or(0))
    }
}

/// Settings of a queue.
#[derive(Clone, Copy, Debug)]
struct Settings {
    copy: Option<u32>,
    max_len: Option<u32>,
    flags: Option<(QueueFlags, QueueFlags)>,
}

impl Settings {
    const NONE: Self = Self {
        copy: None,
        max_len: None,
        flags: None,
    };

    fn put<'w, 'b>(&self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        let w = match self.copy {
            Some(copy) => w.put(QueueConfigAttr::Parameters(&QueueParameters {
                copy_range: copy.into(),
                copy_mode: match copy {
                    0 => CopyMode::META,
                    _ => CopyMode::PACKET,
                },
            }))?,
            None => w,
        };
        let w = match self.max_len {
            Some(packets) => w.put(QueueConfigAttr::MaxLen(packets))?,
            None => w,
        };
        match self.flags {
            Some((flags, mask)) => w
                .put(QueueConfigAttr::Flags(flags))?
                .put(QueueConfigAttr::Mask(mask)),
            None => Ok(w),
        }
    }
}

fn write_object(f: &mut fmt::Formatter<'_>, queue: u16) -> fmt::Result {
    write!(f, "queue {queue}")
}

fn put_command<'w, 'b>(command: BindCommand, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
    w.put(QueueConfigAttr::Command(&QueueCommand {
        command,
        ..QueueCommand::default()
    }))
}

const fn header(queue: u16) -> NetfilterHeader {
    NetfilterHeader::of(NFPROTO_UNSPEC, queue)
}

/// Binds a queue to the connection that sends the request. Packets that a rule
/// sends to the queue then arrive there and wait for a [verdict](SetVerdict).
///
/// ```
/// use nlwire::netfilter::{BindQueue, QueueFlags};
///
/// let bind = BindQueue::new(7).copy(128).max_len(4096).flags(QueueFlags::FAIL_OPEN);
/// ```
#[derive(Clone, Copy, Debug)]
#[doc(alias = "NFQNL_CFG_CMD_BIND")]
pub struct BindQueue {
    queue: u16,
    settings: Settings,
}

impl BindQueue {
    /// Binds this queue. Packets arrive with up to 65,531 bytes each.
    #[must_use]
    pub const fn new(queue: u16) -> Self {
        Self {
            queue,
            settings: Settings {
                copy: Some(u32::MAX),
                ..Settings::NONE
            },
        }
    }

    /// Copies up to this many bytes of each packet; with 0 packets arrive
    /// without payload.
    #[must_use]
    #[doc(alias = "copy_range")]
    pub const fn copy(mut self, bytes: u32) -> Self {
        self.settings.copy = Some(bytes);
        self
    }

    /// Limits the number of waiting packets (default 1,024).
    #[must_use]
    #[doc(alias = "NFQA_CFG_QUEUE_MAXLEN")]
    pub const fn max_len(mut self, packets: u32) -> Self {
        self.settings.max_len = Some(packets);
        self
    }

    /// Sets flags, such as [`QueueFlags::CONNTRACK`].
    #[must_use]
    #[doc(alias = "NFQA_CFG_FLAGS")]
    pub const fn flags(mut self, flags: QueueFlags) -> Self {
        self.settings.flags = Some((flags, flags));
        self
    }
}

impl Request for BindQueue {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        w.append_message(NFQNL_MSG_CONFIG, Flags::empty(), &header(self.queue), |w| {
            self.settings.put(put_command(BindCommand::BIND, w)?)
        })?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_object(f, self.queue)
    }
}

/// Changes the settings of a bound queue.
///
/// ```
/// use nlwire::netfilter::SetQueue;
///
/// // Whole packets, and up to 4,096 of them in the queue.
/// let queue = SetQueue::new(0).copy(65_535).max_len(4096);
/// ```
#[derive(Clone, Copy, Debug)]
#[doc(alias = "NFQNL_MSG_CONFIG")]
pub struct SetQueue {
    queue: u16,
    settings: Settings,
}

impl SetQueue {
    /// Changes this queue.
    #[must_use]
    pub const fn new(queue: u16) -> Self {
        Self {
            queue,
            settings: Settings::NONE,
        }
    }

    /// Copies up to this many bytes of each packet.
    #[must_use]
    #[doc(alias = "copy_range")]
    pub const fn copy(mut self, bytes: u32) -> Self {
        self.settings.copy = Some(bytes);
        self
    }

    /// Limits the number of waiting packets.
    #[must_use]
    #[doc(alias = "NFQA_CFG_QUEUE_MAXLEN")]
    pub const fn max_len(mut self, packets: u32) -> Self {
        self.settings.max_len = Some(packets);
        self
    }

    /// Sets the flags of the mask.
    #[must_use]
    #[doc(alias = "NFQA_CFG_FLAGS")]
    pub const fn flags(mut self, flags: QueueFlags, mask: QueueFlags) -> Self {
        self.settings.flags = Some((flags, mask));
        self
    }
}

impl Request for SetQueue {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        w.append_message(NFQNL_MSG_CONFIG, Flags::empty(), &header(self.queue), |w| {
            self.settings.put(w)
        })?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_object(f, self.queue)
    }
}

/// Unbinds a queue; its waiting packets are dropped.
///
/// ```
/// use nlwire::netfilter::UnbindQueue;
///
/// let unbind = UnbindQueue::new(0).if_there();
/// ```
#[derive(Clone, Copy, Debug)]
#[doc(alias = "NFQNL_CFG_CMD_UNBIND")]
pub struct UnbindQueue {
    queue: u16,
    if_there: bool,
}

impl UnbindQueue {
    /// Unbinds this queue.
    #[must_use]
    pub const fn new(queue: u16) -> Self {
        Self {
            queue,
            if_there: false,
        }
    }

    /// Succeeds if the queue is not bound.
    #[must_use]
    pub const fn if_there(mut self) -> Self {
        self.if_there = true;
        self
    }
}

impl Request for UnbindQueue {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        w.append_message(NFQNL_MSG_CONFIG, Flags::empty(), &header(self.queue), |w| {
            put_command(BindCommand::UNBIND, w)
        })?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_object(f, self.queue)
    }

    fn forgives(&self) -> &'static [Errno] {
        if self.if_there { &[Errno::ENODEV] } else { &[] }
    }
}

/// Decides on a packet of a queue.
///
/// Programs send verdicts without an acknowledgement, to keep up with the
/// packets.
///
/// ```
/// use nlwire::netfilter::{SetVerdict, Verdict};
///
/// let accept = SetVerdict::new(7, 1, Verdict::ACCEPT).mark(5).conntrack_mark(6);
/// let changed = SetVerdict::new(7, 2, Verdict::ACCEPT).payload(b"\x45..");
/// ```
#[derive(Clone, Copy, Debug)]
#[doc(alias = "NFQNL_MSG_VERDICT")]
pub struct SetVerdict<'a> {
    queue: u16,
    id: u32,
    verdict: Verdict,
    mark: Option<u32>,
    payload: Option<&'a [u8]>,
    conntrack_mark: Option<u32>,
    more: Option<&'a dyn Items<QueuePacket>>,
}

impl<'a> SetVerdict<'a> {
    /// Decides on the packet with this ID.
    #[must_use]
    pub const fn new(queue: u16, id: u32, verdict: Verdict) -> Self {
        Self {
            queue,
            id,
            verdict,
            mark: None,
            payload: None,
            conntrack_mark: None,
            more: None,
        }
    }

    /// Sets the packet's mark.
    #[must_use]
    #[doc(alias = "NFQA_MARK")]
    pub const fn mark(mut self, mark: u32) -> Self {
        self.mark = Some(mark);
        self
    }

    /// Replaces the packet payload, from the IP header on. In a user namespace
    /// Linux 7.2 drops such a packet, and acknowledges the verdict.
    #[must_use]
    #[doc(alias = "NFQA_PAYLOAD")]
    pub const fn payload(mut self, packet: &'a [u8]) -> Self {
        self.payload = Some(packet);
        self
    }

    /// Sets the mark of the packet's connection.
    #[must_use]
    #[doc(alias = "NFQA_CT")]
    pub const fn conntrack_mark(mut self, mark: u32) -> Self {
        self.conntrack_mark = Some(mark);
        self
    }

    /// Adds other attributes.
    #[must_use]
    pub const fn with(mut self, more: &'a dyn Items<QueuePacket>) -> Self {
        self.more = Some(more);
        self
    }
}

impl Request for SetVerdict<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let header = header(self.queue);
        w.append_message(NFQNL_MSG_VERDICT, Flags::empty(), &header, |w| {
            let verdict = QueueVerdict::new(self.id, self.verdict);
            let mut w = w.put(QueuePacketAttr::Verdict(&verdict))?;
            if let Some(mark) = self.mark {
                w = w.put(QueuePacketAttr::Mark(mark))?;
            }
            if let Some(mark) = self.conntrack_mark {
                w = w.nest(NFQA_CT, |w| w.put(ConntrackAttr::Mark(mark)))?;
            }
            w = w.put_items(self.more)?;
            match self.payload {
                Some(payload) => w.put(QueuePacketAttr::Payload(payload)),
                None => Ok(w),
            }
        })?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "packet {} of queue {}", self.id, self.queue)
    }
}

/// Decides on all packets of a queue up to a packet ID.
#[derive(Clone, Copy, Debug)]
#[doc(alias = "NFQNL_MSG_VERDICT_BATCH")]
pub struct SetVerdicts {
    queue: u16,
    last: u32,
    verdict: Verdict,
    mark: Option<u32>,
}

impl SetVerdicts {
    /// Decides on the waiting packets whose IDs are at most `last`.
    ///
    /// ```
    /// use nlwire::netfilter::{SetVerdicts, Verdict};
    ///
    /// let accept = SetVerdicts::up_to(7, 64, Verdict::ACCEPT);
    /// ```
    #[must_use]
    pub const fn up_to(queue: u16, last: u32, verdict: Verdict) -> Self {
        Self {
            queue,
            last,
            verdict,
            mark: None,
        }
    }

    /// Sets the mark of each packet.
    #[must_use]
    #[doc(alias = "NFQA_MARK")]
    pub const fn mark(mut self, mark: u32) -> Self {
        self.mark = Some(mark);
        self
    }
}

impl Request for SetVerdicts {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let header = header(self.queue);
        w.append_message(NFQNL_MSG_VERDICT_BATCH, Flags::empty(), &header, |w| {
            let verdict = QueueVerdict::new(self.last, self.verdict);
            let w = w.put(QueuePacketAttr::Verdict(&verdict))?;
            match self.mark {
                Some(mark) => w.put(QueuePacketAttr::Mark(mark)),
                None => Ok(w),
            }
        })?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "packets up to {} of queue {}", self.last, self.queue)
    }
}

crate::__format!(
    BindQueue,
    SetQueue,
    UnbindQueue,
    SetVerdict<'_>,
    SetVerdicts
);
