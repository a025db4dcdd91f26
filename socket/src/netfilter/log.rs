//! Packets that are logged to a program.

use nlwire::netfilter::{
    BindCommand, CopyMode, LogConfigAttr, LogMode, LogPacket, NFPROTO_UNSPEC, NFULNL_MSG_CONFIG,
    NFULNL_MSG_PACKET, NetfilterHeader,
};
use nlwire::{Flags, MessageRef, Text, fields};

use crate::table::{Row, change};
use crate::{Conn, Error, Transport};

/// A packet of a group of logs.
pub type LoggedPacket<'a> = Row<'a, NetfilterHeader, LogPacket>;

impl<'a> LoggedPacket<'a> {
    /// Returns the number of the group.
    #[must_use]
    #[doc(alias = "res_id")]
    pub const fn group(&self) -> u16 {
        self.header.resource.get()
    }

    /// Returns the text that the rule logs it with.
    #[must_use]
    #[doc(alias = "NFULA_PREFIX")]
    pub fn prefix(&self) -> Option<Text<'a>> {
        fields!(self.attributes => LogPacket { prefix })
            .ok()?
            .prefix
    }

    /// Returns the packet from its IP header on, as much as is copied.
    #[must_use]
    #[doc(alias = "NFULA_PAYLOAD")]
    pub fn payload(&self) -> Option<&'a [u8]> {
        fields!(self.attributes => LogPacket { payload })
            .ok()?
            .payload
    }

    /// Returns its mark.
    #[must_use]
    #[doc(alias = "NFULA_MARK")]
    pub fn mark(&self) -> Option<u32> {
        fields!(self.attributes => LogPacket { mark }).ok()?.mark
    }
}

/// Binds a group of logs to this connection: `NFULNL_MSG_CONFIG`. From then on
/// the packets that a rule logs to it come here, with up to `copy` bytes each.
///
/// ```no_run
/// use nlsock::{Conn, Event, Events, Protocol, netfilter};
///
/// let mut conn = Conn::open(Protocol::NETFILTER)?;
/// netfilter::bind_log(&mut conn, 5, 128)?;
/// let mut packets = Events::new(conn);
/// loop {
///     if let Event::Item(event) = packets.next()? {
///         let packet = netfilter::logged_packet(event.message());
///         println!("{:?}", packet.and_then(|packet| packet.prefix()));
///     }
/// }
/// # Ok::<(), nlsock::Error>(())
/// ```
///
/// # Errors
///
/// As [`Conn::request`]: `EPERM` without `CAP_NET_ADMIN`, `EBUSY` if another
/// has it.
#[doc(alias = "NFULNL_CFG_CMD_BIND")]
pub fn bind_log<T, B>(conn: &mut Conn<T, B>, group: u16, copy: u32) -> Result<(), Error>
where
    T: Transport,
    B: AsRef<[u8]> + AsMut<[u8]>,
{
    let header = NetfilterHeader::of(NFPROTO_UNSPEC, group);
    change(conn, NFULNL_MSG_CONFIG, Flags::empty(), &header, |w| {
        w.put(LogConfigAttr::Command(BindCommand::BIND))?
            .put(LogConfigAttr::Mode(&LogMode {
                copy_range: copy.into(),
                copy_mode: CopyMode::PACKET,
                ..LogMode::default()
            }))
    })
}

/// Gives a group of logs up: `NFULNL_MSG_CONFIG`.
///
/// # Errors
///
/// As [`bind_log`].
#[doc(alias = "NFULNL_CFG_CMD_UNBIND")]
pub fn unbind_log<T, B>(conn: &mut Conn<T, B>, group: u16) -> Result<(), Error>
where
    T: Transport,
    B: AsRef<[u8]> + AsMut<[u8]>,
{
    let header = NetfilterHeader::of(NFPROTO_UNSPEC, group);
    change(conn, NFULNL_MSG_CONFIG, Flags::empty(), &header, |w| {
        w.put(LogConfigAttr::Command(BindCommand::UNBIND))
    })
}

/// Reads a message as a packet that was logged; nothing if it is something
/// else.
#[must_use]
#[doc(alias = "NFULNL_MSG_PACKET")]
pub fn logged_packet(message: MessageRef<'_>) -> Option<LoggedPacket<'_>> {
    (message.kind() == NFULNL_MSG_PACKET).then(|| Row::of(message))
}
