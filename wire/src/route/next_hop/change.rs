//! Creation and deletion of next-hop objects.

use core::fmt;
use core::net::IpAddr;
use core::time::Duration;

use super::{
    NHA_ENCAP, NHA_ENCAP_TYPE, NHA_RES_GROUP, NextHopAttr, NextHopGroupKind, NextHopHeader,
    NextHopMember, NextHopObject, ResilientGroupAttr,
};
use crate::codec::AddressBytes;
use crate::route::{
    AF_INET, AF_INET6, AF_UNSPEC, Encapsulation, NextHopFlags, PROTOCOL, RTM_DELNEXTHOP,
    RTM_NEWNEXTHOP, RouteProtocol,
};
use crate::schema::Protocol;
use crate::writer::Put;
use crate::{EncodeError, Errno, Flags, Items, LinkIndex, NewFlags, Next, Request, Writer};

/// Creates a next-hop object, or a group of them (`RTM_NEWNEXTHOP`).
///
/// Without [`replace`](Self::replace) the id must be free: `EEXIST`. Id 0 lets
/// the kernel choose one.
///
/// ```
/// use nlwire::route::{NewNextHop, NextHopMember};
/// use std::net::IpAddr;
///
/// let gateway: IpAddr = "192.0.2.2".parse()?;
/// let single = NewNextHop::via(1, gateway).link(7);
/// let members = [NextHopMember::new(1, 1), NextHopMember::new(2, 3)];
/// let group = NewNextHop::group(10, &members);
/// let resilient = NewNextHop::group(11, &members).resilient(32);
/// # let _ = (single, group, resilient);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "RTM_NEWNEXTHOP")]
pub struct NewNextHop<'a> {
    id: u32,
    family: u8,
    mode: NewFlags,
    if_absent: bool,
    flags: NextHopFlags,
    protocol: RouteProtocol,
    gateway: Option<IpAddr>,
    link: LinkIndex,
    is_blackhole: bool,
    is_forwarding: bool,
    encapsulation: Option<Encapsulation<'a>>,
    members: &'a [NextHopMember],
    resilient: Option<Resilient>,
    more: Option<&'a dyn Items<NextHopObject>>,
}

/// Settings of a resilient group; 0 is the kernel's default.
#[derive(Clone, Copy, Debug, Default)]
struct Resilient {
    buckets: u16,
    idle: u32,
    unbalanced: Option<u32>,
}

impl<'a> NewNextHop<'a> {
    const fn of(id: u32, family: u8) -> Self {
        Self {
            id,
            family,
            mode: NewFlags::CREATE.union(NewFlags::EXCL),
            if_absent: false,
            flags: NextHopFlags::empty(),
            protocol: RouteProtocol::STATIC,
            gateway: None,
            link: LinkIndex::NONE,
            is_blackhole: false,
            is_forwarding: false,
            encapsulation: None,
            members: &[],
            resilient: None,
            more: None,
        }
    }

    /// Creates a next hop through a gateway, which takes a link too.
    #[doc(alias = "NHA_GATEWAY")]
    pub fn via(id: u32, gateway: impl Into<IpAddr>) -> Self {
        let gateway = gateway.into();
        let family = match gateway {
            IpAddr::V4(_) => AF_INET,
            IpAddr::V6(_) => AF_INET6,
        };
        Self {
            gateway: Some(gateway),
            ..Self::of(id, family)
        }
    }

    /// Creates a next hop for IPv4 out of a link, without a gateway.
    #[doc(alias = "NHA_OIF")]
    pub fn on(id: u32, link: impl Into<LinkIndex>) -> Self {
        Self {
            link: link.into(),
            ..Self::of(id, AF_INET)
        }
    }

    /// Creates a next hop for IPv4 that drops packets.
    #[doc(alias = "NHA_BLACKHOLE")]
    pub const fn blackhole(id: u32) -> Self {
        let mut next_hop = Self::of(id, AF_INET);
        next_hop.is_blackhole = true;
        next_hop
    }

    /// Creates a group of next hops that are there.
    #[doc(alias = "NHA_GROUP")]
    pub const fn group(id: u32, members: &'a [NextHopMember]) -> Self {
        let mut next_hop = Self::of(id, AF_UNSPEC);
        next_hop.members = members;
        next_hop
    }

    /// Sets the outgoing link.
    #[doc(alias = "NHA_OIF")]
    pub fn link(mut self, link: impl Into<LinkIndex>) -> Self {
        self.link = link.into();
        self
    }

    /// Sets the family of a next hop without a gateway to IPv6.
    pub const fn v6(mut self) -> Self {
        self.family = AF_INET6;
        self
    }

    /// Treats the gateway as attached to the link (`onlink`), without a check of its address.
    #[doc(alias = "RTNH_F_ONLINK")]
    pub const fn onlink(mut self) -> Self {
        self.flags = self.flags.union(NextHopFlags::ONLINK);
        self
    }

    /// Creates a next hop, or a group, for forwarding entries of bridges.
    #[doc(alias = "NHA_FDB")]
    pub const fn forwarding(mut self) -> Self {
        self.is_forwarding = true;
        self
    }

    /// Wraps packets.
    #[doc(alias = "NHA_ENCAP")]
    pub const fn encapsulation(mut self, encapsulation: Encapsulation<'a>) -> Self {
        self.encapsulation = Some(encapsulation);
        self
    }

    /// Sets a resilient group: a table with this number of buckets keeps flows on their member
    /// when the group changes.
    #[doc(alias = "NHA_RES_GROUP_BUCKETS")]
    pub const fn resilient(mut self, buckets: u16) -> Self {
        self.resilient = Some(Resilient {
            buckets,
            idle: 0,
            unbalanced: None,
        });
        self
    }

    /// Sets the time without traffic after which a bucket of a resilient group
    /// may move, in steps of 10 ms. The default is 120 s.
    #[doc(alias = "NHA_RES_GROUP_IDLE_TIMER")]
    pub fn idle_timer(mut self, time: Duration) -> Self {
        self.resilient.get_or_insert_default().idle = clock_ticks(time);
        self
    }

    /// Sets the time out of balance after which a resilient group moves buckets
    /// in use, in steps of 10 ms; 0, the default, is never.
    #[doc(alias = "NHA_RES_GROUP_UNBALANCED_TIMER")]
    pub fn unbalanced_timer(mut self, time: Duration) -> Self {
        self.resilient.get_or_insert_default().unbalanced = Some(clock_ticks(time));
        self
    }

    /// Sets who installed the next hop. The default is
    /// [`RouteProtocol::STATIC`].
    #[doc(alias = "nh_protocol")]
    pub const fn protocol(mut self, protocol: RouteProtocol) -> Self {
        self.protocol = protocol;
        self
    }

    /// Adds further attributes.
    pub const fn with(mut self, more: &'a dyn Items<NextHopObject>) -> Self {
        self.more = Some(more);
        self
    }

    /// Changes the next hop with this id, if there is one. Its routes follow.
    #[doc(alias = "NLM_F_REPLACE")]
    pub const fn replace(mut self) -> Self {
        self.mode = NewFlags::CREATE.union(NewFlags::REPLACE);
        self
    }

    /// Changes the next hop with this id; `ENOENT` if there is none.
    pub const fn change(mut self) -> Self {
        self.mode = NewFlags::REPLACE;
        self
    }

    /// Keeps an existing next hop with this id unchanged: `EEXIST` counts as success.
    pub const fn if_absent(mut self) -> Self {
        self.if_absent = true;
        self
    }

    fn put<'w, 'b>(&self, mut w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        if self.id != 0 {
            w = w.put(NextHopAttr::Id(self.id))?;
        }
        if let Some(gateway) = self.gateway {
            w = w.put(NextHopAttr::Gateway(AddressBytes::Ip(gateway)))?;
        }
        if !self.link.is_none() {
            w = w.put(NextHopAttr::OutgoingIndex(self.link))?;
        }
        if self.is_blackhole {
            w = w.put(NextHopAttr::Blackhole(true))?;
        }
        if let Some(encapsulation) = self.encapsulation {
            w = encapsulation.put(NHA_ENCAP_TYPE, NHA_ENCAP, w)?;
        }
        if !self.members.is_empty() {
            w = w.put(NextHopAttr::Group(self.members))?;
        }
        if self.is_forwarding {
            w = w.put(NextHopAttr::Forwarding(true))?;
        }
        if let Some(resilient) = self.resilient {
            w = w.put(NextHopAttr::GroupKind(NextHopGroupKind::RESILIENT))?;
            w = w.nest(NHA_RES_GROUP, |w| resilient.put(w))?;
        }
        w.put_items(self.more)
    }
}

impl Resilient {
    fn put<'w, 'b>(&self, mut w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        if self.buckets != 0 {
            w = w.put(ResilientGroupAttr::Buckets(self.buckets))?;
        }
        if self.idle != 0 {
            w = w.put(ResilientGroupAttr::IdleTimer(self.idle))?;
        }
        match self.unbalanced {
            Some(time) => w.put(ResilientGroupAttr::UnbalancedTimer(time)),
            None => Ok(w),
        }
    }
}

/// Returns a time in the kernel's clock ticks for users, of which a second has
/// 100 on all but one forgotten architecture.
fn clock_ticks(time: Duration) -> u32 {
    u32::try_from(time.as_millis() / 10).unwrap_or(u32::MAX)
}

fn object(id: u32, is_group: bool, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match is_group {
        true => write!(f, "next hop group {id}"),
        false => write!(f, "next hop {id}"),
    }
}

impl Request for NewNextHop<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let header = NextHopHeader {
            family: self.family,
            protocol: self.protocol,
            flags: u32::from(self.flags.bits()).into(),
            ..NextHopHeader::default()
        };
        w.append_message(RTM_NEWNEXTHOP, self.mode, &header, |w| self.put(w))?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        object(self.id, !self.members.is_empty(), f)
    }

    fn forgives(&self) -> &'static [Errno] {
        if self.if_absent {
            &[Errno::EEXIST]
        } else {
            &[]
        }
    }
}

/// Deletes a next-hop object or a group, with the routes that use it
/// (`RTM_DELNEXTHOP`), or fails with `ENOENT`.
///
/// ```
/// use nlwire::route::DeleteNextHop;
///
/// let gone = DeleteNextHop::by_id(10).if_there();
/// # let _ = gone;
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "RTM_DELNEXTHOP")]
pub struct DeleteNextHop {
    id: u32,
    if_there: bool,
}

impl DeleteNextHop {
    /// Deletes the next hop with this id.
    pub const fn by_id(id: u32) -> Self {
        Self {
            id,
            if_there: false,
        }
    }

    /// Counts `ENOENT` as success: there is no such next hop.
    pub const fn if_there(mut self) -> Self {
        self.if_there = true;
        self
    }
}

impl Request for DeleteNextHop {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let header = NextHopHeader::default();
        w.append_message(RTM_DELNEXTHOP, Flags::empty(), &header, |w| {
            w.put(NextHopAttr::Id(self.id))
        })?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        object(self.id, false, f)
    }

    fn forgives(&self) -> &'static [Errno] {
        if self.if_there { &[Errno::ENOENT] } else { &[] }
    }
}

crate::__format!(NewNextHop<'_>, DeleteNextHop);
