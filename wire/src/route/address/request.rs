//! Addresses of links: created, deleted and listed.

use core::fmt;
use core::net::IpAddr;
use core::time::Duration;

use super::{
    Address, AddressAttr, AddressCacheInfo, AddressFlags, AddressHeader, AddressRow, IFA_ADDRESS,
    IFA_BROADCAST, IFA_FLAGS, IFA_LABEL, IFA_LOCAL, IFA_RT_PRIORITY,
};
use crate::route::{
    AF_INET, AF_INET6, AF_UNSPEC, PROTOCOL, RTM_DELADDR, RTM_GETADDR, RTM_GETMULTICAST,
    RTM_NEWADDR, Scope, family_of, put_ip,
};
use crate::schema::Protocol;
use crate::writer::Put;
use crate::{
    DecodeError, EncodeError, Errno, Flags, Flush, GetFlags, Items, LinkIndex, MessageRef,
    NewFlags, Next, Prefix, Query, Request, Row, Text, Writer,
};

/// Address that a request names: link, prefix and peer identify it.
#[derive(Clone, Copy, Debug)]
struct Name {
    link: LinkIndex,
    prefix: Prefix,
    peer: Option<IpAddr>,
}

impl Name {
    fn header(&self) -> AddressHeader {
        AddressHeader {
            family: family_of(self.prefix.address()),
            prefix_len: self.prefix.length(),
            index: self.link.get().into(),
            ..AddressHeader::default()
        }
    }

    /// Puts the address and the peer. Without `IFA_ADDRESS` a deletion takes
    /// an address of any prefix length (`inet_rtm_deladdr`).
    fn put<'w, 'b>(&self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        let local = self.prefix.address();
        let w = w.ip(IFA_LOCAL, local)?;
        put_ip(w, IFA_ADDRESS, family_of(local), self.peer.unwrap_or(local))
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "address {}", self.prefix)?;
        if let Some(peer) = self.peer {
            write!(f, " peer {}", crate::text::Ip(peer))?;
        }
        write!(f, " of link {}", self.link)
    }
}

/// Gives a link an address (`RTM_NEWADDR`), which must not be there yet:
/// `EEXIST`.
///
/// ```
/// use core::time::Duration;
/// use nlwire::LinkIndex;
/// use nlwire::route::NewAddress;
///
/// let eth0 = LinkIndex::new(2);
/// let address = NewAddress::of(eth0, "192.0.2.1/24".parse()?).network_broadcast();
/// let leased = NewAddress::of(eth0, "2001:db8::1/64".parse()?)
///     .no_dad()
///     .valid_for(Duration::from_secs(3600))
///     .replace();
/// let tunnel = NewAddress::of(eth0, "10.0.0.1/32".parse()?).peer([10, 0, 0, 2]);
/// # let _ = (address, leased, tunnel);
/// # Ok::<(), nlwire::PrefixError>(())
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "RTM_NEWADDR")]
pub struct NewAddress<'a> {
    name: Name,
    flags: NewFlags,
    if_absent: bool,
    scope: Scope,
    address_flags: AddressFlags,
    broadcast: Option<IpAddr>,
    label: Option<Text<'a>>,
    valid: Option<Duration>,
    preferred: Option<Duration>,
    metric: Option<u32>,
    more: Option<&'a dyn Items<Address>>,
}

impl<'a> NewAddress<'a> {
    /// Gives a link an address, whose network has the length of the prefix. An
    /// address of 127.0.0.0/8 has host scope, others have global scope.
    pub fn of(link: impl Into<LinkIndex>, prefix: Prefix) -> Self {
        let scope = match prefix.address() {
            // The kernel wants one scope for all addresses of a network, and
            // `lo` has 127.0.0.1/8 of host scope.
            IpAddr::V4(v4) if v4.is_loopback() => Scope::HOST,
            _ => Scope::UNIVERSE,
        };
        Self {
            name: Name {
                link: link.into(),
                prefix,
                peer: None,
            },
            flags: NewFlags::CREATE.union(NewFlags::EXCL),
            if_absent: false,
            scope,
            address_flags: AddressFlags::empty(),
            broadcast: None,
            label: None,
            valid: None,
            preferred: None,
            metric: None,
            more: None,
        }
    }

    /// Sets the peer's address of a point-to-point link; the prefix length is
    /// the peer's then.
    #[doc(alias = "IFA_ADDRESS")]
    pub fn peer(mut self, peer: impl Into<IpAddr>) -> Self {
        self.name.peer = Some(peer.into());
        self
    }

    /// Sets the broadcast address; IPv4 only.
    #[doc(alias = "IFA_BROADCAST")]
    pub fn broadcast(mut self, address: impl Into<IpAddr>) -> Self {
        self.broadcast = Some(address.into());
        self
    }

    /// Sets the last address of the network as broadcast address (`ip address
    /// add .. broadcast +`); IPv6 and networks of one or two addresses get
    /// none.
    pub fn network_broadcast(mut self) -> Self {
        let prefix = self.name.prefix;
        self.broadcast = match self.name.peer.unwrap_or(prefix.address()) {
            IpAddr::V4(v4) if prefix.length() <= 30 => {
                let host = u32::MAX.checked_shr(prefix.length().into()).unwrap_or(0);
                Some(IpAddr::V4((v4.to_bits() | host).into()))
            }
            _ => None,
        };
        self
    }

    /// Sets the label, which begins with the link's name; IPv4 only.
    #[doc(alias = "IFA_LABEL")]
    pub fn label(mut self, label: impl Into<Text<'a>>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// Sets the scope; IPv4 only. All addresses of a network on the link must
    /// have the same scope: `EINVAL`.
    #[doc(alias = "ifa_scope")]
    pub const fn scope(mut self, scope: Scope) -> Self {
        self.scope = scope;
        self
    }

    /// Adds flags, such as [`AddressFlags::NOPREFIXROUTE`].
    #[doc(alias = "IFA_FLAGS")]
    pub const fn flags(mut self, flags: AddressFlags) -> Self {
        self.address_flags = self.address_flags.union(flags);
        self
    }

    /// Skips the detection of duplicates; IPv6 only.
    #[doc(alias = "IFA_F_NODAD")]
    pub const fn no_dad(self) -> Self {
        self.flags(AddressFlags::NODAD)
    }

    /// Limits the lifetime, in whole seconds; without it the address stays.
    #[doc(alias = "ifa_valid")]
    pub const fn valid_for(mut self, lifetime: Duration) -> Self {
        self.valid = Some(lifetime);
        self
    }

    /// Limits the time for which new connections use the address, in whole
    /// seconds. The default is the lifetime; 0 makes the address deprecated.
    #[doc(alias = "ifa_prefered")]
    pub const fn preferred_for(mut self, lifetime: Duration) -> Self {
        self.preferred = Some(lifetime);
        self
    }

    /// Sets the metric of the route to the network.
    #[doc(alias = "IFA_RT_PRIORITY")]
    pub const fn metric(mut self, metric: u32) -> Self {
        self.metric = Some(metric);
        self
    }

    /// Adds attributes that have no method here.
    pub const fn with(mut self, more: &'a dyn Items<Address>) -> Self {
        self.more = Some(more);
        self
    }

    /// Changes the address if it exists. The kernel then changes lifetimes,
    /// metric and protocol, and of IPv6 flags and peer, too.
    #[doc(alias = "NLM_F_REPLACE")]
    pub const fn replace(mut self) -> Self {
        self.flags = NewFlags::CREATE.union(NewFlags::REPLACE);
        self
    }

    /// Keeps an existing address unchanged: `EEXIST` counts as success.
    pub const fn if_absent(mut self) -> Self {
        self.if_absent = true;
        self
    }

    fn put<'w, 'b>(&self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        self.name.put(w)?;
        if let Some(broadcast) = self.broadcast {
            let family = family_of(self.name.prefix.address());
            put_ip(w, IFA_BROADCAST, family, broadcast)?;
        }
        if let Some(label) = self.label {
            w.text(IFA_LABEL, label)?;
        }
        if !self.address_flags.is_empty() {
            w.u32(IFA_FLAGS, self.address_flags.bits())?;
        }
        if self.valid.is_some() || self.preferred.is_some() {
            let valid = self.valid.map_or(u32::MAX, seconds);
            let preferred = self.preferred.map_or(valid, seconds);
            w.put(AddressAttr::CacheInfo(&AddressCacheInfo {
                preferred: preferred.into(),
                valid: valid.into(),
                ..AddressCacheInfo::default()
            }))?;
        }
        if let Some(metric) = self.metric {
            w.u32(IFA_RT_PRIORITY, metric)?;
        }
        w.put_items(self.more)
    }
}

/// Returns whole seconds for the kernel; `u32::MAX` stands for no limit.
fn seconds(lifetime: Duration) -> u32 {
    u32::try_from(lifetime.as_secs()).unwrap_or(u32::MAX)
}

impl Request for NewAddress<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let header = AddressHeader {
            scope: self.scope,
            ..self.name.header()
        };
        w.append_message(RTM_NEWADDR, self.flags, &header, |w| self.put(w))?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.name)
    }

    fn forgives(&self) -> &'static [Errno] {
        if self.if_absent {
            &[Errno::EEXIST]
        } else {
            &[]
        }
    }
}

/// Takes an address from a link (`RTM_DELADDR`): `EADDRNOTAVAIL` if the link
/// does not have it.
///
/// The prefix length counts: 10.0.0.1/24 stays when 10.0.0.1/16 is deleted. An
/// IPv4 address with a peer needs the peer; the kernel compares the peer's
/// network only.
///
/// ```
/// use nlwire::route::DeleteAddress;
///
/// let delete = DeleteAddress::of(2, "192.0.2.1/24".parse()?).if_there();
/// # Ok::<(), nlwire::PrefixError>(())
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "RTM_DELADDR")]
pub struct DeleteAddress {
    name: Name,
    if_there: bool,
}

impl DeleteAddress {
    /// Deletes an address of a link.
    pub fn of(link: impl Into<LinkIndex>, prefix: Prefix) -> Self {
        Self {
            name: Name {
                link: link.into(),
                prefix,
                peer: None,
            },
            if_there: false,
        }
    }

    /// Deletes the address of a row.
    ///
    /// # Errors
    /// Fails if the address is missing or has a wrong length.
    pub fn of_row(row: &AddressRow<'_>) -> Result<Self, DecodeError> {
        let name = Name {
            link: row.link(),
            prefix: row.prefix()?,
            peer: row.peer()?,
        };
        Ok(Self {
            name,
            if_there: false,
        })
    }

    /// Sets the peer.
    #[doc(alias = "IFA_ADDRESS")]
    pub fn peer(mut self, peer: impl Into<IpAddr>) -> Self {
        self.name.peer = Some(peer.into());
        self
    }

    /// Treats a missing address or link as success.
    pub const fn if_there(mut self) -> Self {
        self.if_there = true;
        self
    }
}

impl Request for DeleteAddress {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let none = Flags::empty();
        w.append_message(RTM_DELADDR, none, &self.name.header(), |w| self.name.put(w))?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.name)
    }

    fn forgives(&self) -> &'static [Errno] {
        // IPv6 answers ENXIO for a link that it is not configured on.
        const ABSENT: &[Errno] = &[Errno::EADDRNOTAVAIL, Errno::ENODEV, Errno::ENXIO];
        if self.if_there { ABSENT } else { &[] }
    }
}

/// Filter of a list: zero stands for any.
#[derive(Clone, Copy, Debug, Default)]
struct Filter {
    family: u8,
    link: LinkIndex,
    scope: Option<Scope>,
}

impl Filter {
    fn header(&self) -> AddressHeader {
        AddressHeader {
            family: self.family,
            // A socket without strict checking gets all links.
            index: self.link.get().into(),
            ..AddressHeader::default()
        }
    }

    #[inline]
    fn is_empty(&self) -> bool {
        self.family == AF_UNSPEC && self.link.is_none() && self.scope.is_none()
    }

    #[inline(never)]
    fn matches(&self, row: &AddressRow<'_>) -> bool {
        (self.family == AF_UNSPEC || row.header.family == self.family)
            && (self.link.is_none() || row.link() == self.link)
            && self.scope.is_none_or(|scope| row.header.scope == scope)
    }
}

/// Lists addresses (`RTM_GETADDR`).
///
/// ```
/// use nlwire::LinkIndex;
/// use nlwire::route::GetAddresses;
///
/// let of_one = GetAddresses::v6().link(LinkIndex::new(2));
/// # let _ = (of_one, GetAddresses::all());
/// ```
#[derive(Clone, Copy, Debug, Default)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "RTM_GETADDR")]
pub struct GetAddresses(Filter);

impl GetAddresses {
    /// Lists addresses of all families.
    pub fn all() -> Self {
        Self::default()
    }

    /// Lists IPv4 addresses.
    pub fn v4() -> Self {
        Self::family(AF_INET)
    }

    /// Lists IPv6 addresses.
    pub fn v6() -> Self {
        Self::family(AF_INET6)
    }

    /// Lists addresses of a family (`AF_*`).
    pub fn family(family: u8) -> Self {
        Self(Filter {
            family,
            ..Filter::default()
        })
    }

    /// Only addresses of this link.
    pub fn link(mut self, link: impl Into<LinkIndex>) -> Self {
        self.0.link = link.into();
        self
    }

    /// Only addresses of this scope.
    pub const fn scope(mut self, scope: Scope) -> Self {
        self.0.scope = Some(scope);
        self
    }
}

impl Request for GetAddresses {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let flags = GetFlags::DUMP;
        w.append_message(RTM_GETADDR, flags, &self.0.header(), |w| Ok(w))?;
        Ok(Next::End)
    }
}

impl Query for GetAddresses {
    type Row<'a> = AddressRow<'a>;

    #[inline]
    fn row(message: MessageRef<'_>) -> AddressRow<'_> {
        Row::of(message)
    }

    #[inline]
    fn matches(&self, message: MessageRef<'_>) -> Result<bool, DecodeError> {
        Ok(self.0.is_empty() || self.0.matches(&Row::of(message)))
    }
}

impl Flush for GetAddresses {
    type Deletion<'a> = DeleteAddress;

    fn deletion<'a>(row: &Self::Row<'a>) -> Result<Option<Self::Deletion<'a>>, DecodeError> {
        Ok(Some(DeleteAddress::of_row(row)?.if_there()))
    }
}

/// Lists the multicast addresses that links receive (`RTM_GETMULTICAST`,
/// `ip maddress`): IPv6, and IPv4 from Linux 6.14 on.
///
/// ```
/// use nlwire::route::GetMulticastAddresses;
///
/// // The groups that `ip -4 maddr show dev eth0` prints, of the link with index 2.
/// let groups = GetMulticastAddresses::v4().link(2);
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "RTM_GETMULTICAST")]
pub struct GetMulticastAddresses(Filter);

impl GetMulticastAddresses {
    /// Lists IPv4 groups.
    pub fn v4() -> Self {
        Self(GetAddresses::v4().0)
    }

    /// Lists IPv6 groups.
    pub fn v6() -> Self {
        Self(GetAddresses::v6().0)
    }

    /// Only groups of this link.
    pub fn link(mut self, link: impl Into<LinkIndex>) -> Self {
        self.0.link = link.into();
        self
    }
}

impl Request for GetMulticastAddresses {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let flags = GetFlags::DUMP;
        w.append_message(RTM_GETMULTICAST, flags, &self.0.header(), |w| Ok(w))?;
        Ok(Next::End)
    }
}

impl Query for GetMulticastAddresses {
    type Row<'a> = AddressRow<'a>;

    #[inline]
    fn row(message: MessageRef<'_>) -> AddressRow<'_> {
        Row::of(message)
    }

    #[inline]
    fn matches(&self, message: MessageRef<'_>) -> Result<bool, DecodeError> {
        Ok(self.0.matches(&Row::of(message)))
    }
}

crate::__format!(
    NewAddress<'_>,
    DeleteAddress,
    GetAddresses,
    GetMulticastAddresses
);
