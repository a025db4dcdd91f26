//! Next hops as the kernel reports them.

use core::net::IpAddr;

use super::{NextHopGroupKind, NextHopHeader, NextHopMember, NextHopObject, ResilientBucket};
use crate::route::{NextHopFlags, RouteProtocol, Scope};
use crate::{DecodeError, LinkIndex, Row, fields};

/// Next-hop object, group of such objects, or bucket of a group.
pub type NextHopRow<'a> = Row<'a, NextHopHeader, NextHopObject>;

/// Bucket of a resilient group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub struct NextHopBucket {
    /// Place among the buckets of the group.
    pub index: u16,
    /// Next hop that the bucket leads to.
    pub next_hop: u32,
    /// Time without traffic, in clock ticks, commonly hundredths of a second.
    pub idle: u64,
}

impl<'a> NextHopRow<'a> {
    /// Returns the next hop's id; a bucket has its group's id.
    ///
    /// # Errors
    ///
    /// Fails if `NHA_ID` is malformed.
    #[inline]
    #[doc(alias = "NHA_ID")]
    pub fn id(&self) -> Result<u32, DecodeError> {
        let id = fields!(self.attributes => NextHopObject { id })?.id;
        Ok(id.unwrap_or_default())
    }

    /// Returns the gateway.
    ///
    /// # Errors
    ///
    /// Fails if `NHA_GATEWAY` is malformed.
    #[inline]
    #[doc(alias = "NHA_GATEWAY")]
    pub fn gateway(&self) -> Result<Option<IpAddr>, DecodeError> {
        let gateway = fields!(self.attributes => NextHopObject { gateway })?.gateway;
        Ok(gateway.and_then(|gateway| gateway.ip()))
    }

    /// Returns the outgoing link.
    ///
    /// # Errors
    ///
    /// Fails if `NHA_OIF` is malformed.
    #[inline]
    #[doc(alias = "NHA_OIF")]
    pub fn link(&self) -> Result<Option<LinkIndex>, DecodeError> {
        Ok(fields!(self.attributes => NextHopObject { outgoing_index })?.outgoing_index)
    }

    /// Returns the members of a group; `None` for a single next hop.
    ///
    /// # Errors
    ///
    /// Fails if `NHA_GROUP` is malformed.
    #[doc(alias = "NHA_GROUP")]
    pub fn members(&self) -> Result<Option<&'a [NextHopMember]>, DecodeError> {
        Ok(fields!(self.attributes => NextHopObject { group })?.group)
    }

    /// Returns the rule by which a group chooses a member.
    ///
    /// # Errors
    ///
    /// Fails if `NHA_GROUP_TYPE` is malformed.
    #[doc(alias = "NHA_GROUP_TYPE")]
    pub fn group_kind(&self) -> Result<Option<NextHopGroupKind>, DecodeError> {
        Ok(fields!(self.attributes => NextHopObject { group_kind })?.group_kind)
    }

    /// Returns true if packets are dropped.
    ///
    /// # Errors
    ///
    /// Fails if an attribute is malformed.
    #[doc(alias = "NHA_BLACKHOLE")]
    pub fn is_blackhole(&self) -> Result<bool, DecodeError> {
        let next_hop = fields!(self.attributes => NextHopObject { blackhole })?;
        Ok(next_hop.blackhole.unwrap_or_default())
    }

    /// Returns true if the next hop is for forwarding entries of bridges.
    ///
    /// # Errors
    ///
    /// Fails if an attribute is malformed.
    #[doc(alias = "NHA_FDB")]
    pub fn is_forwarding(&self) -> Result<bool, DecodeError> {
        let next_hop = fields!(self.attributes => NextHopObject { forwarding })?;
        Ok(next_hop.forwarding.unwrap_or_default())
    }

    /// Returns the bucket of a resilient group.
    ///
    /// # Errors
    ///
    /// Fails if `NHA_RES_BUCKET` is malformed.
    #[doc(alias = "NHA_RES_BUCKET")]
    pub fn bucket(&self) -> Result<Option<NextHopBucket>, DecodeError> {
        let next_hop = fields!(self.attributes => NextHopObject { resilient_bucket })?;
        let Some(bucket) = next_hop.resilient_bucket else {
            return Ok(None);
        };
        let bucket = fields!(bucket => ResilientBucket { index, idle_time, next_hop_id })?;
        Ok(Some(NextHopBucket {
            index: bucket.index.unwrap_or_default(),
            next_hop: bucket.next_hop_id.unwrap_or_default(),
            idle: bucket.idle_time.unwrap_or_default(),
        }))
    }

    /// Returns the protocol, which says who installed the next hop.
    #[inline]
    #[must_use]
    #[doc(alias = "nh_protocol")]
    pub const fn protocol(&self) -> RouteProtocol {
        self.header.protocol
    }

    /// Returns the scope of the gateway.
    #[inline]
    #[must_use]
    #[doc(alias = "nh_scope")]
    pub const fn scope(&self) -> Scope {
        self.header.scope
    }

    /// Returns the state.
    #[inline]
    #[must_use]
    #[doc(alias = "nh_flags")]
    pub const fn flags(&self) -> NextHopFlags {
        self.header.flags()
    }
}
