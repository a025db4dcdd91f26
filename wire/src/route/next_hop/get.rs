//! Lists of next hop objects and resilient buckets.

use core::fmt;

use super::{
    DeleteNextHop, NHA_RES_BUCKET, NextHopAttr, NextHopDumpFlags, NextHopHeader, NextHopRow,
    ResilientBucketAttr,
};
use crate::route::{
    AF_INET, AF_INET6, AF_UNSPEC, PROTOCOL, RTM_GETNEXTHOP, RTM_GETNEXTHOPBUCKET, RouteProtocol,
};
use crate::schema::Protocol;
use crate::writer::Put;
use crate::{
    DecodeError, EncodeError, Flags, Flush, GetFlags, LinkIndex, MessageRef, Next, Query, Request,
    Row, Writer,
};

/// Reads one next-hop object or group (`RTM_GETNEXTHOP`), or fails with
/// `ENOENT`.
///
/// ```
/// use nlwire::route::GetNextHop;
///
/// let with_counters = GetNextHop::by_id(10).stats();
/// # let _ = with_counters;
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "RTM_GETNEXTHOP")]
pub struct GetNextHop {
    id: u32,
    stats: NextHopDumpFlags,
}

impl GetNextHop {
    /// Reads the next hop with this id.
    pub const fn by_id(id: u32) -> Self {
        Self {
            id,
            stats: NextHopDumpFlags::empty(),
        }
    }

    /// Reads the counters of a group too.
    #[doc(alias = "NHA_OP_FLAG_DUMP_STATS")]
    pub const fn stats(mut self) -> Self {
        self.stats = NextHopDumpFlags::STATS;
        self
    }
}

/// Implements what all requests here share.
macro_rules! query {
    ($name:ident $(, $filtered:ident)?) => {
        impl Query for $name {
            type Row<'a> = NextHopRow<'a>;

            #[inline]
            fn row(message: MessageRef<'_>) -> NextHopRow<'_> {
                Row::of(message)
            }

            $(
                #[inline]
                fn matches(&self, message: MessageRef<'_>) -> Result<bool, DecodeError> {
                    Ok(!self.$filtered || self.compare(&Row::of(message))?)
                }
            )?
        }
    };
}

query!(GetNextHop);
query!(GetNextHops, is_filtered);
query!(GetNextHopBucket);
query!(GetNextHopBuckets, is_filtered);

impl Request for GetNextHop {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let header = NextHopHeader::default();
        w.append_message(RTM_GETNEXTHOP, Flags::empty(), &header, |w| {
            put_stats(w.put(NextHopAttr::Id(self.id))?, self.stats)
        })?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "next hop {}", self.id)
    }
}

/// Puts the wish for counters; kernels before 6.9 do not know the attribute.
fn put_stats<'w, 'b>(w: &'w mut Writer<'b>, stats: NextHopDumpFlags) -> Put<'w, 'b> {
    match stats.is_empty() {
        true => Ok(w),
        false => w.put(NextHopAttr::DumpFlags(stats)),
    }
}

/// Lists next-hop objects and groups (`RTM_GETNEXTHOP` as a dump).
///
/// ```
/// use nlwire::route::GetNextHops;
///
/// let groups = GetNextHops::all().groups();
/// let of_link = GetNextHops::v4().link(7);
/// # let _ = (groups, of_link);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "RTM_GETNEXTHOP")]
pub struct GetNextHops {
    family: u8,
    is_filtered: bool,
    link: LinkIndex,
    master: LinkIndex,
    is_group: bool,
    is_forwarding: bool,
    protocol: Option<RouteProtocol>,
    stats: NextHopDumpFlags,
}

impl GetNextHops {
    const fn of(family: u8) -> Self {
        Self {
            family,
            is_filtered: family != AF_UNSPEC,
            link: LinkIndex::NONE,
            master: LinkIndex::NONE,
            is_group: false,
            is_forwarding: false,
            protocol: None,
            stats: NextHopDumpFlags::empty(),
        }
    }

    /// Lists all next hops and groups.
    pub const fn all() -> Self {
        Self::of(AF_UNSPEC)
    }

    /// Lists the next hops for IPv4, without groups.
    pub const fn v4() -> Self {
        Self::of(AF_INET)
    }

    /// Lists the next hops for IPv6, without groups.
    pub const fn v6() -> Self {
        Self::of(AF_INET6)
    }

    /// Lists the next hops out of one link.
    #[doc(alias = "NHA_OIF")]
    pub fn link(mut self, link: impl Into<LinkIndex>) -> Self {
        self.link = link.into();
        self.is_filtered = true;
        self
    }

    /// Lists the next hops out of the ports of one bridge, bond or VRF. The
    /// kernel alone knows them: `matches` does not compare.
    #[doc(alias = "NHA_MASTER")]
    pub fn master(mut self, link: impl Into<LinkIndex>) -> Self {
        self.master = link.into();
        self
    }

    /// Lists groups only.
    #[doc(alias = "NHA_GROUPS")]
    pub const fn groups(mut self) -> Self {
        self.is_group = true;
        self.is_filtered = true;
        self
    }

    /// Lists the next hops for forwarding entries of bridges.
    #[doc(alias = "NHA_FDB")]
    pub const fn forwarding(mut self) -> Self {
        self.is_forwarding = true;
        self.is_filtered = true;
        self
    }

    /// Lists the next hops that one protocol has installed.
    #[doc(alias = "nh_protocol")]
    pub const fn protocol(mut self, protocol: RouteProtocol) -> Self {
        self.protocol = Some(protocol);
        self.is_filtered = true;
        self
    }

    /// Reads the counters of groups too.
    #[doc(alias = "NHA_OP_FLAG_DUMP_STATS")]
    pub const fn stats(mut self) -> Self {
        self.stats = NextHopDumpFlags::STATS;
        self
    }

    #[inline(never)]
    fn compare(&self, row: &NextHopRow<'_>) -> Result<bool, DecodeError> {
        Ok(
            (self.family == AF_UNSPEC || row.header.family == self.family)
                && self
                    .protocol
                    .is_none_or(|protocol| row.protocol() == protocol)
                && (self.link.is_none() || row.link()? == Some(self.link))
                && (!self.is_group || row.members()?.is_some())
                && (!self.is_forwarding || row.is_forwarding()?),
        )
    }
}

impl Request for GetNextHops {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        // The kernel refuses a protocol in the header of a dump.
        let header = NextHopHeader {
            family: self.family,
            ..NextHopHeader::default()
        };
        w.append_message(RTM_GETNEXTHOP, GetFlags::DUMP, &header, |mut w| {
            w = put_links(w, self.link, self.master)?;
            if self.is_group {
                w = w.put(NextHopAttr::Groups(true))?;
            }
            if self.is_forwarding {
                w = w.put(NextHopAttr::Forwarding(true))?;
            }
            put_stats(w, self.stats)
        })?;
        Ok(Next::End)
    }
}

fn put_links<'w, 'b>(mut w: &'w mut Writer<'b>, link: LinkIndex, master: LinkIndex) -> Put<'w, 'b> {
    if !link.is_none() {
        w = w.put(NextHopAttr::OutgoingIndex(link))?;
    }
    match master.is_none() {
        true => Ok(w),
        false => w.put(NextHopAttr::Master(master)),
    }
}

/// Reads one bucket of a resilient group (`RTM_GETNEXTHOPBUCKET`), or fails
/// with `ENOENT`.
///
/// ```
/// use nlwire::route::GetNextHopBucket;
///
/// let first = GetNextHopBucket::at(11, 0);
/// # let _ = first;
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "RTM_GETNEXTHOPBUCKET")]
pub struct GetNextHopBucket {
    group: u32,
    index: u16,
}

impl GetNextHopBucket {
    /// Reads the bucket of this group at this place, from 0.
    pub const fn at(group: u32, index: u16) -> Self {
        Self { group, index }
    }
}

impl Request for GetNextHopBucket {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let header = NextHopHeader::default();
        w.append_message(RTM_GETNEXTHOPBUCKET, Flags::empty(), &header, |w| {
            w.put(NextHopAttr::Id(self.group))?
                .nest(NHA_RES_BUCKET, |w| {
                    w.put(ResilientBucketAttr::Index(self.index))
                })
        })?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "bucket {} of next hop group {}", self.index, self.group)
    }
}

/// Lists the buckets of resilient groups (`RTM_GETNEXTHOPBUCKET` as a dump).
///
/// ```
/// use nlwire::route::GetNextHopBuckets;
///
/// let of_group = GetNextHopBuckets::of(11);
/// let through_one = GetNextHopBuckets::all().next_hop(2);
/// # let _ = (of_group, through_one);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "RTM_GETNEXTHOPBUCKET")]
pub struct GetNextHopBuckets {
    is_filtered: bool,
    group: u32,
    next_hop: u32,
    link: LinkIndex,
    master: LinkIndex,
}

impl GetNextHopBuckets {
    /// Lists the buckets of all groups.
    pub const fn all() -> Self {
        Self {
            is_filtered: false,
            group: 0,
            next_hop: 0,
            link: LinkIndex::NONE,
            master: LinkIndex::NONE,
        }
    }

    /// Lists the buckets of one group.
    #[doc(alias = "NHA_ID")]
    pub const fn of(group: u32) -> Self {
        let mut buckets = Self::all();
        buckets.group = group;
        buckets.is_filtered = true;
        buckets
    }

    /// Lists the buckets that lead to one next hop.
    #[doc(alias = "NHA_RES_BUCKET_NH_ID")]
    pub const fn next_hop(mut self, id: u32) -> Self {
        self.next_hop = id;
        self.is_filtered = true;
        self
    }

    /// Lists the buckets that lead out of one link, which the kernel compares.
    #[doc(alias = "NHA_OIF")]
    pub fn link(mut self, link: impl Into<LinkIndex>) -> Self {
        self.link = link.into();
        self
    }

    /// Lists the buckets that lead out of the ports of one bridge, bond or VRF,
    /// which the kernel compares.
    #[doc(alias = "NHA_MASTER")]
    pub fn master(mut self, link: impl Into<LinkIndex>) -> Self {
        self.master = link.into();
        self
    }

    #[inline(never)]
    fn compare(&self, row: &NextHopRow<'_>) -> Result<bool, DecodeError> {
        let leads_there = |id| -> Result<bool, DecodeError> {
            match row.bucket()? {
                Some(bucket) => Ok(bucket.next_hop == id),
                None => Ok(false),
            }
        };
        Ok((self.group == 0 || row.id()? == self.group)
            && (self.next_hop == 0 || leads_there(self.next_hop)?))
    }
}

impl Request for GetNextHopBuckets {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let (flags, header) = (GetFlags::DUMP, NextHopHeader::default());
        w.append_message(RTM_GETNEXTHOPBUCKET, flags, &header, |mut w| {
            if self.group != 0 {
                w = w.put(NextHopAttr::Id(self.group))?;
            }
            w = put_links(w, self.link, self.master)?;
            if self.next_hop == 0 {
                return Ok(w);
            }
            w.nest(NHA_RES_BUCKET, |w| {
                w.put(ResilientBucketAttr::NextHopId(self.next_hop))
            })
        })?;
        Ok(Next::End)
    }
}

impl Flush for GetNextHops {
    type Deletion<'a> = DeleteNextHop;

    fn deletion<'a>(row: &Self::Row<'a>) -> Result<Option<Self::Deletion<'a>>, DecodeError> {
        Ok(Some(DeleteNextHop::by_id(row.id()?).if_there()))
    }
}

crate::__format!(GetNextHop, GetNextHops, GetNextHopBucket, GetNextHopBuckets);
