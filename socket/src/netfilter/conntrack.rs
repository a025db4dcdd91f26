//! Tracked connections.

use core::net::{IpAddr, SocketAddr};

use nlwire::codec::Set;
use nlwire::netfilter::{
    CTA_TUPLE_IP, CTA_TUPLE_ORIG, CTA_TUPLE_PROTO, Conntrack, ConntrackStatus,
    IPCTNL_MSG_CT_DELETE, IPCTNL_MSG_CT_GET, NFPROTO_IPV4, NFPROTO_IPV6, NetfilterHeader, Tuple,
    TupleIp, TupleIpAttr, TupleProtocol, TupleProtocolAttr,
};
use nlwire::{Flags, Put, Writer, fields};

use crate::table::{Query, Row, Table, change, get};
use crate::{Conn, Error, Mapping, Socket, Transport};

/// A connection.
pub type ConnectionRow<'a> = Row<'a, NetfilterHeader, Conntrack>;
/// All connections.
pub type Connections<'c, T = Socket, B = Mapping> =
    Table<'c, 'static, NetfilterHeader, Conntrack, T, B>;

/// One direction of a connection. Where the protocol has no ports they are 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[doc(alias = "nf_conntrack_tuple")]
pub struct Flow {
    /// The number of the transport protocol, such as 6 for TCP.
    pub protocol: u8,
    /// Where packets come from.
    pub source: SocketAddr,
    /// Where they go to, in the same family.
    pub destination: SocketAddr,
}

impl Flow {
    fn read(tuple: Set<'_, Tuple>) -> Option<Self> {
        let tuple = fields!(tuple => Tuple { ip, protocol }).ok()?;
        let ip = fields!(tuple.ip? => TupleIp {
            source_v4, destination_v4, source_v6, destination_v6,
        })
        .ok()?;
        let protocol = fields!(tuple.protocol? => TupleProtocol {
            number, source_port, destination_port,
        })
        .ok()?;
        let source = ip.source_v4.or(ip.source_v6)?;
        let destination = ip.destination_v4.or(ip.destination_v6)?;
        Some(Self {
            protocol: protocol.number?,
            source: (source, protocol.source_port.unwrap_or(0)).into(),
            destination: (destination, protocol.destination_port.unwrap_or(0)).into(),
        })
    }

    const fn header(&self) -> NetfilterHeader {
        NetfilterHeader::new(match self.source {
            SocketAddr::V4(_) => NFPROTO_IPV4,
            SocketAddr::V6(_) => NFPROTO_IPV6,
        })
    }

    #[inline]
    fn put<'w, 'b>(&self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        w.nest(CTA_TUPLE_ORIG, |w| {
            w.nest(CTA_TUPLE_IP, |w| {
                let w = w.put(match self.source.ip() {
                    ip @ IpAddr::V4(_) => TupleIpAttr::SourceV4(ip),
                    ip @ IpAddr::V6(_) => TupleIpAttr::SourceV6(ip),
                })?;
                w.put(match self.destination.ip() {
                    ip @ IpAddr::V4(_) => TupleIpAttr::DestinationV4(ip),
                    ip @ IpAddr::V6(_) => TupleIpAttr::DestinationV6(ip),
                })
            })?
            .nest(CTA_TUPLE_PROTO, |w| {
                w.put(TupleProtocolAttr::Number(self.protocol))?
                    .put(TupleProtocolAttr::SourcePort(self.source.port()))?
                    .put(TupleProtocolAttr::DestinationPort(self.destination.port()))
            })
        })
    }
}

impl ConnectionRow<'_> {
    /// Returns where the first packet came from and went to.
    #[must_use]
    #[doc(alias = "CTA_TUPLE_ORIG")]
    #[inline]
    pub fn original(&self) -> Option<Flow> {
        let fields = fields!(self.attributes => Conntrack { original }).ok()?;
        Flow::read(fields.original?)
    }

    /// Returns where replies come from and go to.
    #[must_use]
    #[doc(alias = "CTA_TUPLE_REPLY")]
    #[inline]
    pub fn reply(&self) -> Option<Flow> {
        let fields = fields!(self.attributes => Conntrack { reply }).ok()?;
        Flow::read(fields.reply?)
    }

    /// Returns what has happened to it.
    #[must_use]
    #[doc(alias = "CTA_STATUS")]
    #[inline]
    pub fn status(&self) -> Option<ConntrackStatus> {
        fields!(self.attributes => Conntrack { status })
            .ok()?
            .status
    }

    /// Returns for how long it lasts without packets, in seconds.
    #[must_use]
    #[doc(alias = "CTA_TIMEOUT")]
    #[inline]
    pub fn timeout(&self) -> Option<u32> {
        fields!(self.attributes => Conntrack { timeout })
            .ok()?
            .timeout
    }

    /// Returns its mark.
    #[must_use]
    #[doc(alias = "CTA_MARK")]
    #[inline]
    pub fn mark(&self) -> Option<u32> {
        fields!(self.attributes => Conntrack { mark }).ok()?.mark
    }
}

/// Lists the connections of all families: `IPCTNL_MSG_CT_GET`.
///
/// ```no_run
/// let mut conn = nlsock::Conn::open(nlsock::Protocol::NETFILTER)?;
/// let mut connections = nlsock::netfilter::connections(&mut conn)?;
/// while let Some(connection) = connections.next()? {
///     println!("{:?} {:?}", connection.original(), connection.status());
/// }
/// # Ok::<(), nlsock::Error>(())
/// ```
///
/// # Errors
///
/// As [`Conn::dump`]: `EPERM` without `CAP_NET_ADMIN`.
#[doc(alias = "IPCTNL_MSG_CT_GET")]
pub fn connections<T, B>(conn: &mut Conn<T, B>) -> Result<Connections<'_, T, B>, Error>
where
    T: Transport,
    B: AsRef<[u8]> + AsMut<[u8]>,
{
    static ALL: Query<[u8; 4]> = Query::new(IPCTNL_MSG_CT_GET, [0; 4]);
    ALL.list(conn)
}

/// Returns a connection of TCP, UDP or another protocol with ports:
/// `IPCTNL_MSG_CT_GET`.
///
/// ```no_run
/// use nlsock::{Conn, Protocol, netfilter};
///
/// let mut conn = Conn::open(Protocol::NETFILTER)?;
/// let flow = netfilter::Flow {
///     protocol: 17,
///     source: ([192, 0, 2, 1], 1000).into(),
///     destination: ([192, 0, 2, 2], 53).into(),
/// };
/// println!("{:?}", netfilter::connection(&mut conn, flow)?.timeout());
/// # Ok::<(), nlsock::Error>(())
/// ```
///
/// # Errors
///
/// As [`Conn::get`]: `ENOENT` if there is none.
#[doc(alias = "IPCTNL_MSG_CT_GET")]
pub fn connection<T, B>(conn: &mut Conn<T, B>, flow: Flow) -> Result<ConnectionRow<'_>, Error>
where
    T: Transport,
    B: AsRef<[u8]> + AsMut<[u8]>,
{
    get(conn, IPCTNL_MSG_CT_GET, &flow.header(), |w| flow.put(w))
}

/// Deletes a connection: `IPCTNL_MSG_CT_DELETE`. Its next packet begins
/// another.
///
/// # Errors
///
/// As [`connection`].
#[doc(alias = "IPCTNL_MSG_CT_DELETE")]
pub fn delete_connection<T, B>(conn: &mut Conn<T, B>, flow: Flow) -> Result<(), Error>
where
    T: Transport,
    B: AsRef<[u8]> + AsMut<[u8]>,
{
    let none = Flags::empty();
    change(conn, IPCTNL_MSG_CT_DELETE, none, &flow.header(), |w| {
        flow.put(w)
    })
}
