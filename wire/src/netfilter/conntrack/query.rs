//! Queries for connections.

use core::fmt;

use super::flow::ConnectionKey;
use super::row::ConnectionRow;
use crate::netfilter::{
    Conntrack, ConntrackAttr, ConntrackCpuStats, ConntrackStats, ConntrackStatus,
    IPCTNL_MSG_CT_GET, IPCTNL_MSG_CT_GET_CTRZERO, IPCTNL_MSG_CT_GET_STATS,
    IPCTNL_MSG_CT_GET_STATS_CPU, NFPROTO_IPV4, NFPROTO_IPV6, NetfilterHeader, PROTOCOL,
};
use crate::schema::Protocol;
use crate::writer::Put;
use crate::{
    DecodeError, EncodeError, Flags, GetFlags, MessageRef, Next, Query, Request, Row, Writer,
    fields,
};

/// Asks for one connection.
///
/// ```
/// use nlwire::netfilter::{ConnectionKey, Flow, GetConnection};
///
/// let flow = Flow::udp("192.0.2.1:1000".parse()?, "192.0.2.2:53".parse()?);
/// let query = GetConnection::new(flow);
/// let in_zone = GetConnection::new(ConnectionKey::from(flow).zone(7));
/// # Ok::<(), core::net::AddrParseError>(())
/// ```
#[derive(Clone, Copy, Debug)]
#[doc(alias = "IPCTNL_MSG_CT_GET")]
pub struct GetConnection(ConnectionKey);

impl GetConnection {
    /// Asks for the connection with this key, or with this original flow in zone
    /// 0.
    #[must_use]
    pub fn new(key: impl Into<ConnectionKey>) -> Self {
        Self(key.into())
    }
}

impl Request for GetConnection {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let header = self.0.header();
        w.append_message(IPCTNL_MSG_CT_GET, Flags::empty(), &header, |w| {
            self.0.put(w)
        })?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.write_object(f)
    }
}

impl Query for GetConnection {
    type Row<'r> = ConnectionRow<'r>;

    #[inline]
    fn row(message: MessageRef<'_>) -> ConnectionRow<'_> {
        Row::of(message)
    }

    fn matches(&self, message: MessageRef<'_>) -> Result<bool, DecodeError> {
        // The kernel does not compare the identifier.
        let Some(id) = self.0.id else {
            return Ok(true);
        };
        let row = Self::row(message);
        let found = fields!(row.attributes => Conntrack { id })?.id;
        Ok(found.is_none_or(|found| found == id))
    }
}

/// Connections that a list or a flush is limited to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Filter {
    pub(super) family: u8,
    pub(super) zone: Option<u16>,
    pub(super) mark: Option<(u32, u32)>,
    pub(super) status: Option<(ConntrackStatus, ConntrackStatus)>,
}

impl Filter {
    pub(super) fn put<'w, 'b>(&self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        let w = match self.mark {
            Some((mark, mask)) => w
                .put(ConntrackAttr::Mark(mark))?
                .put(ConntrackAttr::MarkMask(mask))?,
            None => w,
        };
        let w = match self.status {
            Some((status, mask)) => w
                .put(ConntrackAttr::Status(status))?
                .put(ConntrackAttr::StatusMask(mask))?,
            None => w,
        };
        match self.zone {
            Some(zone) => w.put(ConntrackAttr::Zone(zone)),
            None => Ok(w),
        }
    }

    fn matches(&self, row: &ConnectionRow<'_>) -> Result<bool, DecodeError> {
        let found = fields!(row.attributes => Conntrack { mark, zone, status })?;
        let status = found.status.unwrap_or_default();
        Ok((self.family == 0 || row.header.family == self.family)
            && self.zone.is_none_or(|zone| found.zone.unwrap_or(0) == zone)
            && self
                .mark
                .is_none_or(|(mark, mask)| found.mark.unwrap_or(0) & mask == mark & mask)
            && self
                .status
                .is_none_or(|(bits, mask)| status & mask == bits & mask))
    }
}

/// Lists connections.
///
/// ```
/// use nlwire::netfilter::GetConnections;
///
/// // TCP connections of IPv4 in zone 7 whose mark ends in 0x01.
/// let query = GetConnections::all().v4().protocol(6).zone(7).mark(0x01, 0xff);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[doc(alias = "IPCTNL_MSG_CT_GET")]
pub struct GetConnections {
    filter: Filter,
    protocol: Option<u8>,
    zeroes: bool,
}

impl GetConnections {
    /// Lists the connections of all families and zones.
    #[must_use]
    pub fn all() -> Self {
        Self::default()
    }

    /// Lists connections of IPv4.
    #[must_use]
    pub const fn v4(mut self) -> Self {
        self.filter.family = NFPROTO_IPV4;
        self
    }

    /// Lists connections of IPv6.
    #[must_use]
    pub const fn v6(mut self) -> Self {
        self.filter.family = NFPROTO_IPV6;
        self
    }

    /// Lists connections in this zone of both directions; connections without a
    /// zone are in zone 0.
    #[must_use]
    pub const fn zone(mut self, zone: u16) -> Self {
        self.filter.zone = Some(zone);
        self
    }

    /// Lists connections whose mark has these bits under the mask.
    #[must_use]
    pub const fn mark(mut self, mark: u32, mask: u32) -> Self {
        self.filter.mark = Some((mark, mask));
        self
    }

    /// Lists connections whose status has these bits under the mask.
    #[must_use]
    pub const fn status(mut self, status: ConntrackStatus, mask: ConntrackStatus) -> Self {
        self.filter.status = Some((status, mask));
        self
    }

    /// Lists connections of this transport protocol, such as 6 for TCP.
    #[must_use]
    pub const fn protocol(mut self, number: u8) -> Self {
        self.protocol = Some(number);
        self
    }

    /// Sets the counters of the listed connections to 0.
    #[must_use]
    #[doc(alias = "IPCTNL_MSG_CT_GET_CTRZERO")]
    pub const fn zero_counters(mut self) -> Self {
        self.zeroes = true;
        self
    }

    #[inline(never)]
    fn compare(&self, row: &ConnectionRow<'_>) -> Result<bool, DecodeError> {
        if !self.filter.matches(row)? {
            return Ok(false);
        }
        let Some(protocol) = self.protocol else {
            return Ok(true);
        };
        Ok(row
            .original()?
            .is_some_and(|flow| flow.protocol == protocol))
    }
}

impl Request for GetConnections {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let kind = match self.zeroes {
            true => IPCTNL_MSG_CT_GET_CTRZERO,
            false => IPCTNL_MSG_CT_GET,
        };
        let header = NetfilterHeader::new(self.filter.family);
        let flags = Flags::from(GetFlags::DUMP);
        w.append_message(kind, flags, &header, |w| self.filter.put(w))?;
        Ok(Next::End)
    }
}

impl Query for GetConnections {
    type Row<'r> = ConnectionRow<'r>;

    #[inline]
    fn row(message: MessageRef<'_>) -> ConnectionRow<'_> {
        Row::of(message)
    }

    #[inline]
    fn matches(&self, message: MessageRef<'_>) -> Result<bool, DecodeError> {
        if self.filter == Filter::default() && self.protocol.is_none() {
            return Ok(true);
        }
        self.compare(&Self::row(message))
    }
}

/// Number of connections and its limit.
pub type ConntrackStatsRow<'a> = Row<'a, NetfilterHeader, ConntrackStats>;
/// Counters of one CPU, whose number is the header's resource.
pub type ConntrackCpuStatsRow<'a> = Row<'a, NetfilterHeader, ConntrackCpuStats>;

impl Row<'_, NetfilterHeader, ConntrackStats> {
    /// Returns the number of connections.
    ///
    /// # Errors
    ///
    /// Fails if the attribute is malformed.
    #[doc(alias = "CTA_STATS_GLOBAL_ENTRIES")]
    pub fn connections(&self) -> Result<Option<u32>, DecodeError> {
        Ok(fields!(self.attributes => ConntrackStats { entries })?.entries)
    }

    /// Returns the maximum number of connections.
    ///
    /// # Errors
    ///
    /// Fails if the attribute is malformed.
    #[doc(alias = "CTA_STATS_GLOBAL_MAX_ENTRIES")]
    pub fn limit(&self) -> Result<Option<u32>, DecodeError> {
        Ok(fields!(self.attributes => ConntrackStats { max_entries })?.max_entries)
    }
}

/// Asks for the number of connections.
///
/// ```
/// use nlwire::netfilter::GetConntrackStats;
///
/// // The counters of `conntrack -C` and of `net.netfilter.nf_conntrack_max`.
/// let count = GetConntrackStats;
/// ```
#[derive(Clone, Copy, Debug, Default)]
#[doc(alias = "IPCTNL_MSG_CT_GET_STATS")]
pub struct GetConntrackStats;

impl Request for GetConntrackStats {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let header = NetfilterHeader::default();
        w.append_message(IPCTNL_MSG_CT_GET_STATS, Flags::empty(), &header, |w| Ok(w))?;
        Ok(Next::End)
    }
}

impl Query for GetConntrackStats {
    type Row<'r> = ConntrackStatsRow<'r>;

    #[inline]
    fn row(message: MessageRef<'_>) -> ConntrackStatsRow<'_> {
        Row::of(message)
    }
}

/// Lists the counters of all CPUs.
///
/// ```
/// use nlwire::netfilter::GetConntrackCpuStats;
///
/// // A row for each processor, as `conntrack -S` prints.
/// let stats = GetConntrackCpuStats;
/// ```
#[derive(Clone, Copy, Debug, Default)]
#[doc(alias = "IPCTNL_MSG_CT_GET_STATS_CPU")]
pub struct GetConntrackCpuStats;

impl Request for GetConntrackCpuStats {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let header = NetfilterHeader::default();
        let flags = Flags::from(GetFlags::DUMP);
        w.append_message(IPCTNL_MSG_CT_GET_STATS_CPU, flags, &header, |w| Ok(w))?;
        Ok(Next::End)
    }
}

impl Query for GetConntrackCpuStats {
    type Row<'r> = ConntrackCpuStatsRow<'r>;

    #[inline]
    fn row(message: MessageRef<'_>) -> ConntrackCpuStatsRow<'_> {
        Row::of(message)
    }
}

crate::__format!(
    GetConnection,
    GetConnections,
    GetConntrackStats,
    GetConntrackCpuStats
);
