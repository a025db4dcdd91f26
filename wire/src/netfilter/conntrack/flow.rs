//! Flows: the addresses and ports of one direction, by which the kernel finds a
//! connection.

use core::fmt;
use core::net::{IpAddr, SocketAddr};

use crate::codec::Set;
use crate::netfilter::{
    CTA_TUPLE_IP, CTA_TUPLE_ORIG, CTA_TUPLE_PROTO, CTA_TUPLE_REPLY, ConntrackAttr, NFPROTO_IPV4,
    NFPROTO_IPV6, NetfilterHeader, Tuple, TupleAttr, TupleIp, TupleIpAttr, TupleProtocol,
    TupleProtocolAttr,
};
use crate::text::Ip;
use crate::writer::Put;
use crate::{DecodeError, Writer, fields};

const TCP: u8 = 6;
const UDP: u8 = 17;
const ICMP: u8 = 1;
const ICMPV6: u8 = 58;

/// Flow in one direction: addresses, and ports or the ICMP identifier.
///
/// ```
/// use nlwire::netfilter::Flow;
///
/// let dns = Flow::udp("192.0.2.1:1000".parse()?, "192.0.2.2:53".parse()?);
/// let ping = Flow::ping("192.0.2.1".parse()?, "192.0.2.2".parse()?, 7);
/// assert_eq!(dns.reply().source, dns.destination);
/// assert_ne!(dns.ports, ping.ports);
/// assert_eq!(dns.to_string(), "udp 192.0.2.1:1000 -> 192.0.2.2:53");
/// assert_eq!(ping.to_string(), "icmp 192.0.2.1 -> 192.0.2.2 id 7");
/// # Ok::<(), core::net::AddrParseError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[doc(alias = "nf_conntrack_tuple")]
pub struct Flow {
    /// Number of the transport protocol, such as 6 for TCP.
    pub protocol: u8,
    /// Source address.
    pub source: IpAddr,
    /// Destination address, in the same family.
    pub destination: IpAddr,
    /// Ports, or the ICMP identifier.
    pub ports: FlowPorts,
    /// Conntrack zone of this direction alone (`CTA_TUPLE_ZONE`).
    /// [`ConnectionKey::zone`] is the zone of both directions.
    pub zone: Option<u16>,
}

/// Ports or ICMP identifier of a [`Flow`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FlowPorts {
    /// No ports: the kernel tracks the protocol by its addresses.
    None,
    /// Source port and destination port; for GRE its keys.
    Ports(u16, u16),
    /// ICMP or ICMPv6 identifier, type and code.
    Icmp {
        /// Identifier of the echo.
        id: u16,
        /// Type, such as 8 for an ICMP echo request.
        kind: u8,
        /// Code.
        code: u8,
    },
}

impl Flow {
    /// Describes a flow without ports.
    ///
    /// ```
    /// use nlwire::netfilter::Flow;
    /// use std::net::Ipv4Addr;
    ///
    /// let (from, to) = (Ipv4Addr::new(192, 0, 2, 1), Ipv4Addr::new(192, 0, 2, 2));
    /// // ESP, protocol 50
    /// let flow = Flow::new(50, from.into(), to.into());
    /// ```
    #[must_use]
    pub const fn new(protocol: u8, source: IpAddr, destination: IpAddr) -> Self {
        Self {
            protocol,
            source,
            destination,
            ports: FlowPorts::None,
            zone: None,
        }
    }

    /// Describes a flow with ports, such as an SCTP flow.
    ///
    /// ```
    /// use nlwire::netfilter::Flow;
    ///
    /// // SCTP, protocol 132
    /// let flow = Flow::with_ports(132, "192.0.2.1:5".parse()?, "192.0.2.2:6".parse()?);
    /// # Ok::<(), std::net::AddrParseError>(())
    /// ```
    #[must_use]
    pub const fn with_ports(protocol: u8, source: SocketAddr, destination: SocketAddr) -> Self {
        let mut flow = Self::new(protocol, source.ip(), destination.ip());
        flow.ports = FlowPorts::Ports(source.port(), destination.port());
        flow
    }

    /// Describes a TCP flow.
    #[must_use]
    pub const fn tcp(source: SocketAddr, destination: SocketAddr) -> Self {
        Self::with_ports(TCP, source, destination)
    }

    /// Describes a UDP flow.
    #[must_use]
    pub const fn udp(source: SocketAddr, destination: SocketAddr) -> Self {
        Self::with_ports(UDP, source, destination)
    }

    /// Describes the echo requests of a ping with this identifier: ICMP for
    /// IPv4 addresses, ICMPv6 for IPv6 addresses.
    #[must_use]
    pub const fn ping(source: IpAddr, destination: IpAddr, id: u16) -> Self {
        let (protocol, kind) = match source {
            IpAddr::V4(_) => (ICMP, 8),
            IpAddr::V6(_) => (ICMPV6, 128),
        };
        let mut flow = Self::new(protocol, source, destination);
        flow.ports = FlowPorts::Icmp { id, kind, code: 0 };
        flow
    }

    /// Returns the flow of the replies, without NAT.
    #[must_use]
    pub const fn reply(self) -> Self {
        let ports = match self.ports {
            FlowPorts::Ports(source, destination) => FlowPorts::Ports(destination, source),
            FlowPorts::Icmp { id, kind, code } => FlowPorts::Icmp {
                id,
                kind: answer(self.protocol, kind),
                code,
            },
            FlowPorts::None => FlowPorts::None,
        };
        Self {
            source: self.destination,
            destination: self.source,
            ports,
            zone: None,
            ..self
        }
    }

    /// Reads a tuple; returns `None` without addresses or a protocol.
    pub(in crate::netfilter) fn read(tuple: Set<'_, Tuple>) -> Result<Option<Self>, DecodeError> {
        let tuple = fields!(tuple => Tuple { ip, protocol, zone })?;
        let (Some(ip), Some(protocol)) = (tuple.ip, tuple.protocol) else {
            return Ok(None);
        };
        let ip = fields!(ip => TupleIp {
            source_v4, destination_v4, source_v6, destination_v6,
        })?;
        let found = fields!(protocol => TupleProtocol {
            number, source_port, destination_port, icmp_id, icmp_type, icmp_code, icmpv6_id,
            icmpv6_type, icmpv6_code,
        })?;
        let source = ip.source_v4.or(ip.source_v6);
        let destination = ip.destination_v4.or(ip.destination_v6);
        let (Some(source), Some(destination), Some(protocol)) = (source, destination, found.number)
        else {
            return Ok(None);
        };
        let ports = match (found.source_port, found.icmp_id.or(found.icmpv6_id)) {
            (Some(port), _) => FlowPorts::Ports(port, found.destination_port.unwrap_or(0)),
            (None, Some(id)) => FlowPorts::Icmp {
                id,
                kind: found.icmp_type.or(found.icmpv6_type).unwrap_or(0),
                code: found.icmp_code.or(found.icmpv6_code).unwrap_or(0),
            },
            (None, None) => FlowPorts::None,
        };
        Ok(Some(Self {
            protocol,
            source,
            destination,
            ports,
            zone: tuple.zone,
        }))
    }

    pub(in crate::netfilter) const fn family(&self) -> u8 {
        match self.source {
            IpAddr::V4(_) => NFPROTO_IPV4,
            IpAddr::V6(_) => NFPROTO_IPV6,
        }
    }

    /// Puts the flow as a tuple into this nest.
    pub(in crate::netfilter) fn put<'w, 'b>(
        &self,
        nest: u16,
        w: &'w mut Writer<'b>,
    ) -> Put<'w, 'b> {
        w.nest(nest, |w| {
            let w = w.nest(CTA_TUPLE_IP, |w| {
                // The address attribute follows each address's own family: the
                // kernel refuses a mixture.
                let w = w.put(match self.source {
                    ip @ IpAddr::V4(_) => TupleIpAttr::SourceV4(ip),
                    ip @ IpAddr::V6(_) => TupleIpAttr::SourceV6(ip),
                })?;
                w.put(match self.destination {
                    ip @ IpAddr::V4(_) => TupleIpAttr::DestinationV4(ip),
                    ip @ IpAddr::V6(_) => TupleIpAttr::DestinationV6(ip),
                })
            })?;
            let w = w.nest(CTA_TUPLE_PROTO, |w| self.put_protocol(w))?;
            match self.zone {
                Some(zone) => w.put(TupleAttr::Zone(zone)),
                None => Ok(w),
            }
        })
    }

    fn put_protocol<'w, 'b>(&self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        let w = w.put(TupleProtocolAttr::Number(self.protocol))?;
        match self.ports {
            FlowPorts::None => Ok(w),
            FlowPorts::Ports(source, destination) => w
                .put(TupleProtocolAttr::SourcePort(source))?
                .put(TupleProtocolAttr::DestinationPort(destination)),
            FlowPorts::Icmp { id, kind, code } if self.protocol == ICMPV6 => w
                .put(TupleProtocolAttr::Icmpv6Id(id))?
                .put(TupleProtocolAttr::Icmpv6Type(kind))?
                .put(TupleProtocolAttr::Icmpv6Code(code)),
            FlowPorts::Icmp { id, kind, code } => w
                .put(TupleProtocolAttr::IcmpId(id))?
                .put(TupleProtocolAttr::IcmpType(kind))?
                .put(TupleProtocolAttr::IcmpCode(code)),
        }
    }
}

/// `tcp 192.0.2.1:5555 -> 192.0.2.2:22`, `icmp 192.0.2.1 -> 192.0.2.2 id 7`
impl fmt::Display for Flow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self.protocol {
            1 => "icmp",
            6 => "tcp",
            17 => "udp",
            33 => "dccp",
            47 => "gre",
            58 => "icmpv6",
            132 => "sctp",
            136 => "udplite",
            _ => "protocol",
        };
        f.write_str(name)?;
        if name == "protocol" {
            write!(f, " {}", self.protocol)?;
        }
        let (from, to) = (self.source, self.destination);
        match self.ports {
            FlowPorts::Ports(source, destination) => {
                write!(f, " {} -> {}", End(from, source), End(to, destination))
            }
            FlowPorts::Icmp { id, .. } => write!(f, " {} -> {} id {id}", Ip(from), Ip(to)),
            FlowPorts::None => write!(f, " {} -> {}", Ip(from), Ip(to)),
        }
    }
}

/// Address and port. The formatting of core may panic.
struct End(IpAddr, u16);

impl fmt::Display for End {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            IpAddr::V4(_) => write!(f, "{}:{}", Ip(self.0), self.1),
            IpAddr::V6(_) => write!(f, "[{}]:{}", Ip(self.0), self.1),
        }
    }
}

/// Returns the ICMP type that answers a type, or the one that it answers.
const fn answer(protocol: u8, kind: u8) -> u8 {
    match (protocol, kind) {
        (ICMP, 8) => 0,
        (ICMP, 0) => 8,
        // Timestamp, information and address mask: request and reply.
        (ICMP, 13 | 15 | 17) => kind.saturating_add(1),
        (ICMP, 14 | 16 | 18) => kind.saturating_sub(1),
        // Echo of ICMPv6.
        (ICMPV6, 128) => 129,
        (ICMPV6, 129) => 128,
        // Node information.
        (ICMPV6, 139) => 140,
        (ICMPV6, 140) => 139,
        _ => kind,
    }
}

/// Key of a connection in the kernel: the flow of one direction, the zone, and
/// the identifier of a row.
///
/// The key of a row matches that row alone:
/// [`ConnectionRow::key`](super::ConnectionRow).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ConnectionKey {
    /// Flow of the original direction, or of the replies.
    pub flow: Flow,
    /// True if `flow` is the reply direction.
    pub is_reply: bool,
    /// Conntrack zone of both directions; 0 by default. With a wrong zone the
    /// kernel finds another connection, or none.
    pub zone: u16,
    /// Identifier of the kernel, which a later connection of the same flow does
    /// not have. Only deletion compares it in the kernel.
    pub id: Option<u32>,
}

impl From<Flow> for ConnectionKey {
    /// Names the connection with this original flow in zone 0.
    fn from(flow: Flow) -> Self {
        Self {
            flow,
            is_reply: false,
            zone: 0,
            id: None,
        }
    }
}

impl ConnectionKey {
    /// Names the connection whose replies are this flow, in zone 0.
    #[must_use]
    pub const fn of_reply(flow: Flow) -> Self {
        Self {
            flow,
            is_reply: true,
            zone: 0,
            id: None,
        }
    }

    /// Sets the zone.
    #[must_use]
    pub const fn zone(mut self, zone: u16) -> Self {
        self.zone = zone;
        self
    }

    pub(super) const fn header(&self) -> NetfilterHeader {
        NetfilterHeader::new(self.flow.family())
    }

    pub(super) fn put<'w, 'b>(&self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        let nest = match self.is_reply {
            true => CTA_TUPLE_REPLY,
            false => CTA_TUPLE_ORIG,
        };
        put_zone(self.zone, self.flow.put(nest, w)?)
    }

    pub(super) fn write_object(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "connection {}", self.flow)?;
        match self.zone {
            0 => Ok(()),
            zone => write!(f, " zone {zone}"),
        }
    }
}

/// Puts a zone; zone 0 is left out, as the kernel refuses it.
pub(super) fn put_zone<'w, 'b>(zone: u16, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
    match zone {
        0 => Ok(w),
        zone => w.put(ConntrackAttr::Zone(zone)),
    }
}

crate::__format!(Flow, FlowPorts, ConnectionKey);
