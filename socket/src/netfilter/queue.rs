//! Packets that wait for a program's verdict.

use nlwire::netfilter::{
    BindCommand, CopyMode, NFPROTO_UNSPEC, NFQNL_MSG_CONFIG, NFQNL_MSG_PACKET, NFQNL_MSG_VERDICT,
    NetfilterHeader, QueueCommand, QueueConfigAttr, QueuePacket, QueuePacketAttr, QueueParameters,
    QueueVerdict, Verdict,
};
use nlwire::{Flags, MessageRef, Writer, fields};

use crate::table::{Row, change};
use crate::{Conn, Error, Transport};

/// A packet of a queue.
pub type QueuedPacket<'a> = Row<'a, NetfilterHeader, QueuePacket>;

impl<'a> QueuedPacket<'a> {
    /// Returns the number of the queue.
    #[must_use]
    #[doc(alias = "res_id")]
    pub const fn queue(&self) -> u16 {
        self.header.resource.get()
    }

    /// Returns its number, by which the verdict names it.
    #[must_use]
    #[doc(alias = "packet_id")]
    pub fn id(&self) -> Option<u32> {
        let fields = fields!(self.attributes => QueuePacket { header }).ok()?;
        Some(fields.header?.id.get())
    }

    /// Returns the packet from its IP header on, as much as is copied.
    #[must_use]
    #[doc(alias = "NFQA_PAYLOAD")]
    pub fn payload(&self) -> Option<&'a [u8]> {
        fields!(self.attributes => QueuePacket { payload })
            .ok()?
            .payload
    }

    /// Returns its mark.
    #[must_use]
    #[doc(alias = "NFQA_MARK")]
    pub fn mark(&self) -> Option<u32> {
        fields!(self.attributes => QueuePacket { mark }).ok()?.mark
    }
}

/// Binds a queue to this connection: `NFQNL_MSG_CONFIG`. From then on the
/// packets that a rule sends to it come here, with up to `copy` bytes each, and
/// wait for [their verdict](set_verdict).
///
/// ```no_run
/// use nlsock::{Conn, Event, Events, Protocol, netfilter};
/// use nlwire::netfilter::Verdict;
///
/// let mut conn = Conn::open(Protocol::NETFILTER)?;
/// netfilter::bind_queue(&mut conn, 7, 128)?;
/// let mut packets = Events::new(conn);
/// loop {
///     let Event::Item(event) = packets.next()? else {
///         continue;
///     };
///     let packet = netfilter::queued_packet(event.message());
///     if let Some(id) = packet.and_then(|packet| packet.id()) {
///         netfilter::set_verdict(packets.conn(), 7, id, Verdict::ACCEPT)?;
///     }
/// }
/// # Ok::<(), nlsock::Error>(())
/// ```
///
/// # Errors
///
/// As [`Conn::request`]: `EPERM` without `CAP_NET_ADMIN`, `EBUSY` if another
/// has it.
#[doc(alias = "NFQNL_CFG_CMD_BIND")]
pub fn bind_queue<T, B>(conn: &mut Conn<T, B>, queue: u16, copy: u32) -> Result<(), Error>
where
    T: Transport,
    B: AsRef<[u8]> + AsMut<[u8]>,
{
    let header = NetfilterHeader::of(NFPROTO_UNSPEC, queue);
    command(conn, queue, BindCommand::BIND)?;
    change(conn, NFQNL_MSG_CONFIG, Flags::empty(), &header, |w| {
        w.put(QueueConfigAttr::Parameters(&QueueParameters {
            copy_range: copy.into(),
            copy_mode: CopyMode::PACKET,
        }))
    })
}

/// Gives a queue up: `NFQNL_MSG_CONFIG`. What waits in it is dropped.
///
/// # Errors
///
/// As [`bind_queue`].
#[doc(alias = "NFQNL_CFG_CMD_UNBIND")]
pub fn unbind_queue<T, B>(conn: &mut Conn<T, B>, queue: u16) -> Result<(), Error>
where
    T: Transport,
    B: AsRef<[u8]> + AsMut<[u8]>,
{
    command(conn, queue, BindCommand::UNBIND)
}

/// Reads a message as a packet of a queue; nothing if it is something else.
#[must_use]
#[doc(alias = "NFQNL_MSG_PACKET")]
pub fn queued_packet(message: MessageRef<'_>) -> Option<QueuedPacket<'_>> {
    (message.kind() == NFQNL_MSG_PACKET).then(|| Row::of(message))
}

/// Decides on a packet: `NFQNL_MSG_VERDICT`. The kernel is not asked to
/// acknowledge it, so that a program can keep up.
///
/// # Errors
///
/// As [`Conn::send`].
#[doc(alias = "NFQNL_MSG_VERDICT")]
pub fn set_verdict<T, B>(
    conn: &Conn<T, B>,
    queue: u16,
    id: u32,
    verdict: Verdict,
) -> Result<(), Error>
where
    T: Transport,
    B: AsRef<[u8]> + AsMut<[u8]>,
{
    let header = NetfilterHeader::of(NFPROTO_UNSPEC, queue);
    let mut buffer = [0; 32];
    let kind = NFQNL_MSG_VERDICT;
    let message = Writer::message(&mut buffer, kind, Flags::REQUEST, &header, |w| {
        w.put(QueuePacketAttr::Verdict(&QueueVerdict::new(id, verdict)))
    })
    .map_err(|error| conn.state.unwritten(error))?;
    conn.send_bytes(message.as_bytes())
}

fn command<T, B>(conn: &mut Conn<T, B>, queue: u16, command: BindCommand) -> Result<(), Error>
where
    T: Transport,
    B: AsRef<[u8]> + AsMut<[u8]>,
{
    let header = NetfilterHeader::of(NFPROTO_UNSPEC, queue);
    change(conn, NFQNL_MSG_CONFIG, Flags::empty(), &header, |w| {
        w.put(QueueConfigAttr::Command(&QueueCommand {
            command,
            ..QueueCommand::default()
        }))
    })
}
