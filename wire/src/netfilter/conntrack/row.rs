//! Rows of connections.

use super::flow::{ConnectionKey, Flow};
use crate::codec::Set;
use crate::netfilter::{
    Conntrack, ConntrackCounters, ConntrackStatus, NetfilterHeader, ProtocolState, TcpInfo,
    TcpState,
};
use crate::{DecodeError, Row, fields};

/// Connection; its header has the family.
pub type ConnectionRow<'a> = Row<'a, NetfilterHeader, Conntrack>;

/// Packets and bytes of one direction of a connection.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Counters {
    /// Number of packets.
    pub packets: u64,
    /// Number of bytes, from the IP header on.
    pub bytes: u64,
}

impl Row<'_, NetfilterHeader, Conntrack> {
    /// Returns the flow of the original direction.
    ///
    /// # Errors
    ///
    /// Fails if an attribute is malformed.
    #[doc(alias = "CTA_TUPLE_ORIG")]
    pub fn original(&self) -> Result<Option<Flow>, DecodeError> {
        match fields!(self.attributes => Conntrack { original })?.original {
            Some(tuple) => Flow::read(tuple),
            None => Ok(None),
        }
    }

    /// Returns the flow of the replies.
    ///
    /// # Errors
    ///
    /// Fails if an attribute is malformed.
    #[doc(alias = "CTA_TUPLE_REPLY")]
    pub fn reply(&self) -> Result<Option<Flow>, DecodeError> {
        match fields!(self.attributes => Conntrack { reply })?.reply {
            Some(tuple) => Flow::read(tuple),
            None => Ok(None),
        }
    }

    /// Returns the key that names this connection: original flow, zone and
    /// identifier.
    ///
    /// # Errors
    ///
    /// Fails if an attribute is malformed.
    pub fn key(&self) -> Result<Option<ConnectionKey>, DecodeError> {
        let found = fields!(self.attributes => Conntrack { original, zone, id })?;
        let flow = match found.original {
            Some(tuple) => Flow::read(tuple)?,
            None => None,
        };
        Ok(flow.map(|flow| ConnectionKey {
            zone: found.zone.unwrap_or(0),
            id: found.id,
            ..flow.into()
        }))
    }

    /// Returns the conntrack zone of both directions, 0 by default.
    ///
    /// # Errors
    ///
    /// Fails if the attribute is malformed.
    #[doc(alias = "CTA_ZONE")]
    pub fn zone(&self) -> Result<u16, DecodeError> {
        let zone = fields!(self.attributes => Conntrack { zone })?.zone;
        Ok(zone.unwrap_or(0))
    }

    /// Returns the status.
    ///
    /// # Errors
    ///
    /// Fails if the attribute is malformed.
    #[doc(alias = "CTA_STATUS")]
    pub fn status(&self) -> Result<Option<ConntrackStatus>, DecodeError> {
        Ok(fields!(self.attributes => Conntrack { status })?.status)
    }

    /// Returns the timeout in seconds: the remaining lifetime without packets.
    ///
    /// # Errors
    ///
    /// Fails if the attribute is malformed.
    #[doc(alias = "CTA_TIMEOUT")]
    pub fn timeout(&self) -> Result<Option<u32>, DecodeError> {
        Ok(fields!(self.attributes => Conntrack { timeout })?.timeout)
    }

    /// Returns the mark. A kernel with marks leaves out a mark of 0 in events.
    ///
    /// # Errors
    ///
    /// Fails if the attribute is malformed.
    #[doc(alias = "CTA_MARK")]
    pub fn mark(&self) -> Result<Option<u32>, DecodeError> {
        Ok(fields!(self.attributes => Conntrack { mark })?.mark)
    }

    /// Returns the state of a TCP connection; `None` for other protocols.
    ///
    /// # Errors
    ///
    /// Fails if an attribute is malformed.
    #[doc(alias = "CTA_PROTOINFO_TCP_STATE")]
    pub fn tcp_state(&self) -> Result<Option<TcpState>, DecodeError> {
        let info = fields!(self.attributes => Conntrack { protocol_info })?.protocol_info;
        let tcp = match info {
            Some(info) => fields!(info => ProtocolState { tcp })?.tcp,
            None => None,
        };
        match tcp {
            Some(tcp) => Ok(fields!(tcp => TcpInfo { state })?.state),
            None => Ok(None),
        }
    }

    /// Returns the counters of the original direction; `None` where
    /// `net.netfilter.nf_conntrack_acct` was 0 when the connection began.
    ///
    /// # Errors
    ///
    /// Fails if an attribute is malformed.
    #[doc(alias = "CTA_COUNTERS_ORIG")]
    pub fn original_counters(&self) -> Result<Option<Counters>, DecodeError> {
        let counters = fields!(self.attributes => Conntrack { original_counters })?;
        counters.original_counters.map(read_counters).transpose()
    }

    /// Returns the counters of the replies.
    ///
    /// # Errors
    ///
    /// Fails if an attribute is malformed.
    #[doc(alias = "CTA_COUNTERS_REPLY")]
    pub fn reply_counters(&self) -> Result<Option<Counters>, DecodeError> {
        let counters = fields!(self.attributes => Conntrack { reply_counters })?;
        counters.reply_counters.map(read_counters).transpose()
    }
}

fn read_counters(set: Set<'_, ConntrackCounters>) -> Result<Counters, DecodeError> {
    let found = fields!(set => ConntrackCounters { packets, bytes })?;
    Ok(Counters {
        packets: found.packets.unwrap_or(0),
        bytes: found.bytes.unwrap_or(0),
    })
}

crate::__format!(Counters);
