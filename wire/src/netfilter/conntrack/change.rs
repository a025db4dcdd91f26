//! Requests that create, change and delete connections.

use core::fmt;

use super::flow::{ConnectionKey, Flow, put_zone};
use super::query::Filter;
use crate::netfilter::{
    CTA_PROTOINFO, CTA_PROTOINFO_TCP, CTA_TUPLE_ORIG, CTA_TUPLE_REPLY, Conntrack, ConntrackAttr,
    ConntrackStatus, IPCTNL_MSG_CT_DELETE, IPCTNL_MSG_CT_NEW, NFPROTO_IPV4, NFPROTO_IPV6,
    NetfilterHeader, PROTOCOL, TcpInfoAttr, TcpState,
};
use crate::schema::Protocol;
use crate::writer::Put;
use crate::{EncodeError, Errno, Flags, Items, NewFlags, Next, Request, Writer};

/// Settings that a new connection and a change have in common.
#[derive(Clone, Copy, Debug, Default)]
struct Settings {
    timeout: Option<u32>,
    mark: Option<(u32, u32)>,
    status: Option<ConntrackStatus>,
    tcp_state: Option<TcpState>,
}

impl Settings {
    fn put<'w, 'b>(&self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        let w = match self.timeout {
            Some(timeout) => w.put(ConntrackAttr::Timeout(timeout))?,
            None => w,
        };
        let w = match self.mark {
            Some((mark, u32::MAX)) => w.put(ConntrackAttr::Mark(mark))?,
            Some((mark, mask)) => w
                .put(ConntrackAttr::Mark(mark))?
                .put(ConntrackAttr::MarkMask(mask))?,
            None => w,
        };
        let w = match self.status {
            // Every connection of the table is confirmed, and the kernel refuses
            // to change that.
            Some(status) => w.put(ConntrackAttr::Status(status | ConntrackStatus::CONFIRMED))?,
            None => w,
        };
        match self.tcp_state {
            Some(state) => w.nest(CTA_PROTOINFO, |w| {
                w.nest(CTA_PROTOINFO_TCP, |w| w.put(TcpInfoAttr::State(state)))
            }),
            None => Ok(w),
        }
    }
}

/// Creates a connection: `conntrack -I`.
///
/// ```
/// use nlwire::netfilter::{Flow, NewConnection};
///
/// let flow = Flow::udp("192.0.2.1:5".parse()?, "192.0.2.2:6".parse()?);
/// let connection = NewConnection::new(flow, 600).zone(7).mark(1);
/// # Ok::<(), core::net::AddrParseError>(())
/// ```
#[derive(Clone, Copy, Debug)]
#[doc(alias = "IPCTNL_MSG_CT_NEW")]
pub struct NewConnection<'a> {
    original: Flow,
    reply: Flow,
    zone: u16,
    settings: Settings,
    more: Option<&'a dyn Items<Conntrack>>,
    exclusive: bool,
}

impl<'a> NewConnection<'a> {
    /// Creates a connection with this original flow. The kernel deletes it
    /// after `timeout` seconds without packets. The reply flow is its reverse.
    #[must_use]
    pub const fn new(original: Flow, timeout: u32) -> Self {
        Self {
            original,
            reply: original.reply(),
            zone: 0,
            settings: Settings {
                timeout: Some(timeout),
                mark: None,
                status: None,
                tcp_state: None,
            },
            more: None,
            exclusive: true,
        }
    }

    /// Sets the reply flow, which differs from the reverse where NAT is in use.
    #[must_use]
    pub const fn reply(mut self, reply: Flow) -> Self {
        self.reply = reply;
        self
    }

    /// Puts the connection into a zone, in both directions.
    #[must_use]
    pub const fn zone(mut self, zone: u16) -> Self {
        self.zone = zone;
        self
    }

    /// Sets the mark.
    #[must_use]
    pub const fn mark(mut self, mark: u32) -> Self {
        self.settings.mark = Some((mark, u32::MAX));
        self
    }

    /// Sets status bits, such as [`ConntrackStatus::ASSURED`] together with
    /// [`ConntrackStatus::SEEN_REPLY`].
    #[must_use]
    pub const fn status(mut self, status: ConntrackStatus) -> Self {
        self.settings.status = Some(status);
        self
    }

    /// Sets the state of a TCP connection.
    #[must_use]
    pub const fn tcp_state(mut self, state: TcpState) -> Self {
        self.settings.tcp_state = Some(state);
        self
    }

    /// Adds other attributes.
    #[must_use]
    pub const fn with(mut self, more: &'a dyn Items<Conntrack>) -> Self {
        self.more = Some(more);
        self
    }

    /// Changes a connection with this flow that exists.
    #[must_use]
    pub const fn replace(mut self) -> Self {
        self.exclusive = false;
        self
    }
}

impl Request for NewConnection<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let flags = match self.exclusive {
            true => Flags::from(NewFlags::CREATE | NewFlags::EXCL),
            false => Flags::from(NewFlags::CREATE),
        };
        let header = NetfilterHeader::new(self.original.family());
        w.append_message(IPCTNL_MSG_CT_NEW, flags, &header, |w| {
            let w = self.original.put(CTA_TUPLE_ORIG, w)?;
            let w = self.reply.put(CTA_TUPLE_REPLY, w)?;
            let w = self.settings.put(put_zone(self.zone, w)?)?;
            w.put_items(self.more)
        })?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        ConnectionKey::from(self.original)
            .zone(self.zone)
            .write_object(f)
    }
}

/// Changes a connection: `conntrack -U`.
///
/// ```
/// use nlwire::netfilter::{Flow, SetConnection};
///
/// let flow = Flow::udp("192.0.2.1:5".parse()?, "192.0.2.2:6".parse()?);
/// let change = SetConnection::new(flow).mark(7, 0xff).timeout(60);
/// # Ok::<(), core::net::AddrParseError>(())
/// ```
#[derive(Clone, Copy, Debug)]
#[doc(alias = "IPCTNL_MSG_CT_NEW")]
pub struct SetConnection<'a> {
    key: ConnectionKey,
    settings: Settings,
    more: Option<&'a dyn Items<Conntrack>>,
}

impl<'a> SetConnection<'a> {
    /// Changes the connection with this key, or with this original flow in zone
    /// 0.
    #[must_use]
    pub fn new(key: impl Into<ConnectionKey>) -> Self {
        Self {
            key: key.into(),
            settings: Settings::default(),
            more: None,
        }
    }

    /// Sets the timeout in seconds.
    #[must_use]
    pub const fn timeout(mut self, seconds: u32) -> Self {
        self.settings.timeout = Some(seconds);
        self
    }

    /// Sets the bits of the mark that are in the mask.
    #[must_use]
    pub const fn mark(mut self, mark: u32, mask: u32) -> Self {
        self.settings.mark = Some((mark, mask));
        self
    }

    /// Sets status bits. The kernel does not clear bits, and answers `EBUSY` where
    /// [`ConntrackStatus::EXPECTED`] differs from the connection's.
    #[must_use]
    pub const fn status(mut self, status: ConntrackStatus) -> Self {
        self.settings.status = Some(status);
        self
    }

    /// Sets the state of a TCP connection.
    #[must_use]
    pub const fn tcp_state(mut self, state: TcpState) -> Self {
        self.settings.tcp_state = Some(state);
        self
    }

    /// Adds other attributes.
    #[must_use]
    pub const fn with(mut self, more: &'a dyn Items<Conntrack>) -> Self {
        self.more = Some(more);
        self
    }
}

impl Request for SetConnection<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let header = self.key.header();
        w.append_message(IPCTNL_MSG_CT_NEW, Flags::empty(), &header, |w| {
            let w = self.settings.put(self.key.put(w)?)?;
            w.put_items(self.more)
        })?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.key.write_object(f)
    }
}

/// Deletes a connection, whose next packet begins another: `conntrack -D`.
///
/// By a row's [key](super::ConnectionRow) that row is deleted, or none.
///
/// ```
/// use nlwire::netfilter::{DeleteConnection, Flow};
///
/// // conntrack -D -p tcp --src 192.0.2.1 --dst 192.0.2.2 --sport 40000 --dport 22
/// let flow = Flow::tcp("192.0.2.1:40000".parse()?, "192.0.2.2:22".parse()?);
/// let delete = DeleteConnection::new(flow).if_there();
/// # Ok::<(), core::net::AddrParseError>(())
/// ```
#[derive(Clone, Copy, Debug)]
#[doc(alias = "IPCTNL_MSG_CT_DELETE")]
pub struct DeleteConnection {
    key: ConnectionKey,
    if_there: bool,
}

impl DeleteConnection {
    /// Deletes the connection with this key, or with this original flow in zone
    /// 0.
    #[must_use]
    pub fn new(key: impl Into<ConnectionKey>) -> Self {
        Self {
            key: key.into(),
            if_there: false,
        }
    }

    /// Succeeds if there is no such connection.
    #[must_use]
    pub const fn if_there(mut self) -> Self {
        self.if_there = true;
        self
    }
}

impl Request for DeleteConnection {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let header = self.key.header();
        w.append_message(IPCTNL_MSG_CT_DELETE, Flags::empty(), &header, |w| {
            let w = self.key.put(w)?;
            match self.key.id {
                Some(id) => w.put(ConntrackAttr::Id(id)),
                None => Ok(w),
            }
        })?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.key.write_object(f)
    }

    fn forgives(&self) -> &'static [Errno] {
        if self.if_there { &[Errno::ENOENT] } else { &[] }
    }
}

/// Deletes all connections, or those that a filter matches: `conntrack -F`,
/// `conntrack -D`.
///
/// ```
/// use nlwire::netfilter::FlushConnections;
///
/// let marked = FlushConnections::all().v4().mark(7, u32::MAX);
/// ```
#[derive(Clone, Copy, Debug, Default)]
#[doc(alias = "IPCTNL_MSG_CT_DELETE")]
pub struct FlushConnections(Filter);

impl FlushConnections {
    /// Deletes the connections of all families and zones.
    #[must_use]
    pub fn all() -> Self {
        Self::default()
    }

    /// Deletes connections of IPv4.
    #[must_use]
    pub const fn v4(mut self) -> Self {
        self.0.family = NFPROTO_IPV4;
        self
    }

    /// Deletes connections of IPv6.
    #[must_use]
    pub const fn v6(mut self) -> Self {
        self.0.family = NFPROTO_IPV6;
        self
    }

    /// Deletes connections whose mark has these bits under the mask.
    #[must_use]
    pub const fn mark(mut self, mark: u32, mask: u32) -> Self {
        self.0.mark = Some((mark, mask));
        self
    }

    /// Deletes connections whose status has these bits under the mask (Linux
    /// 5.16). An older kernel deletes those of any status.
    #[must_use]
    pub const fn status(mut self, status: ConntrackStatus, mask: ConntrackStatus) -> Self {
        self.0.status = Some((status, mask));
        self
    }

    /// Deletes connections in this zone (Linux 6.8). An older kernel deletes
    /// those of all zones.
    #[must_use]
    pub const fn zone(mut self, zone: u16) -> Self {
        self.0.zone = Some(zone);
        self
    }
}

impl Request for FlushConnections {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let header = NetfilterHeader {
            // The kernel looks at the family of a flush only in version 1.
            version: 1,
            ..NetfilterHeader::new(self.0.family)
        };
        w.append_message(IPCTNL_MSG_CT_DELETE, Flags::empty(), &header, |w| {
            self.0.put(w)
        })?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("connections")
    }
}

crate::__format!(
    NewConnection<'_>,
    SetConnection<'_>,
    DeleteConnection,
    FlushConnections
);
