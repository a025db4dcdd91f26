//! The request that creates a set.

use core::fmt;
use core::net::IpAddr;

use super::{
    IPSET_ATTR_DATA, IPSET_PROTOCOL, IpSetAttr, IpSetSettings, IpSetSettingsAttr, SetOptions,
    SetType,
};
use crate::netfilter::{
    IPSET_CMD_CREATE, NFPROTO_IPV4, NFPROTO_IPV6, NFPROTO_UNSPEC, NetfilterFamily, NetfilterHeader,
    PROTOCOL,
};
use crate::schema::Protocol;
use crate::{EncodeError, Items, NewFlags, Next, Prefix, Request, Text, Writer};

/// Elements that a bitmap has bits for.
#[derive(Clone, Copy, Debug)]
enum Range {
    None,
    Ips(IpAddr, IpAddr),
    Net(Prefix),
    Ports(u16, u16),
}

/// Creates a set: `ipset create`.
///
/// ```
/// use nlwire::netfilter::ipset::{IpSetSettingsAttr, NewSet, SetType};
///
/// // ipset create seen hash:net family inet6 hashsize 4096 counters timeout 60
/// let seen = NewSet::new("seen", SetType::HASH_NET).v6().counters().timeout(60)
///     .with(&[IpSetSettingsAttr::HashSize(4096)]);
/// let ports = NewSet::new("ports", SetType::BITMAP_PORT).ports(1024, 2047);
/// ```
///
/// The revision of the type is the first that has the options.
#[derive(Clone, Copy, Debug)]
#[doc(alias = "IPSET_CMD_CREATE")]
pub struct NewSet<'a> {
    name: Text<'a>,
    kind: SetType,
    v6: bool,
    revision: u8,
    range: Range,
    options: SetOptions,
    timeout: Option<u32>,
    bucket_size: Option<u8>,
    bitmask: Option<IpAddr>,
    more: Option<&'a dyn Items<IpSetSettings>>,
    exclusive: bool,
}

impl<'a> NewSet<'a> {
    /// Creates a set of this type. Addresses are IPv4.
    #[must_use]
    pub fn new(name: impl Into<Text<'a>>, kind: SetType) -> Self {
        Self {
            name: name.into(),
            kind,
            v6: false,
            revision: kind.revisions.base,
            range: Range::None,
            options: SetOptions::empty(),
            timeout: None,
            bucket_size: None,
            bitmask: None,
            more: None,
            exclusive: true,
        }
    }

    /// Stores IPv6 addresses: `family inet6`.
    #[must_use]
    pub const fn v6(mut self) -> Self {
        self.v6 = true;
        self
    }

    /// Gives a bitmap these addresses: `range`.
    #[must_use]
    pub const fn ips(mut self, first: IpAddr, last: IpAddr) -> Self {
        self.range = Range::Ips(first, last);
        self
    }

    /// Gives a bitmap the addresses of a network: `range`.
    #[must_use]
    pub const fn net(mut self, net: Prefix) -> Self {
        self.range = Range::Net(net);
        self
    }

    /// Gives a bitmap these ports: `range`.
    #[must_use]
    pub const fn ports(mut self, first: u16, last: u16) -> Self {
        self.range = Range::Ports(first, last);
        self
    }

    /// Sets the default timeout of entries in seconds. Entries with timeouts of their own need
    /// it too, and with 0 others stay.
    #[must_use]
    pub const fn timeout(mut self, seconds: u32) -> Self {
        self.timeout = Some(seconds);
        self
    }

    /// Counts packets and bytes of each entry.
    #[must_use]
    pub const fn counters(self) -> Self {
        let revision = self.kind.revisions.counters;
        self.option(SetOptions::COUNTERS, revision)
    }

    /// Permits comments.
    #[must_use]
    pub const fn comments(self) -> Self {
        let revision = self.kind.revisions.comments;
        self.option(SetOptions::COMMENTS, revision)
    }

    /// Drops a random entry of a full set for a new one.
    #[must_use]
    pub const fn force_add(self) -> Self {
        let revision = self.kind.revisions.force_add;
        self.option(SetOptions::FORCE_ADD, revision)
    }

    /// Permits marks, priorities and queues for packets: `skbinfo`.
    #[must_use]
    pub const fn packet_info(self) -> Self {
        let revision = self.kind.revisions.packet_info;
        self.option(SetOptions::PACKET_INFO, revision)
    }

    /// Limits the entries of a bucket in a hash, from 2 to 14 (default 12; Linux 5.11).
    ///
    /// A kernel takes it at its last revision of the type only. Since Linux 6.2 that is the one
    /// with the bitmask, where the type has one: call [`at_least`](Self::at_least) with 6 for
    /// `hash:ip`, 7 for `hash:ip,port` and 4 for `hash:net,net`.
    #[must_use]
    pub const fn bucket_size(self, entries: u8) -> Self {
        let revision = self.kind.revisions.bucket_size;
        let mut new = self.at_least(revision);
        new.bucket_size = Some(entries);
        new
    }

    /// Stores addresses after a bitwise AND with a mask (Linux 6.2).
    #[must_use]
    pub const fn bitmask(self, mask: IpAddr) -> Self {
        let revision = self.kind.revisions.bitmask;
        let mut new = self.at_least(revision);
        new.bitmask = Some(mask);
        new
    }

    /// Asks for at least this revision of the type.
    #[must_use]
    pub const fn at_least(mut self, revision: u8) -> Self {
        if revision > self.revision {
            self.revision = revision;
        }
        self
    }

    /// Sends these settings along.
    #[must_use]
    pub const fn with(mut self, settings: &'a dyn Items<IpSetSettings>) -> Self {
        self.more = Some(settings);
        self
    }

    /// Keeps a set with the same settings that exists.
    #[must_use]
    pub const fn if_absent(mut self) -> Self {
        self.exclusive = false;
        self
    }

    const fn option(self, option: SetOptions, revision: u8) -> Self {
        let mut new = self.at_least(revision);
        new.options = new.options.union(option);
        new
    }

    const fn family(&self) -> u8 {
        match (self.kind.family, self.v6) {
            (Some(family), _) => family,
            (None, true) => NFPROTO_IPV6,
            (None, false) => NFPROTO_IPV4,
        }
    }

    fn settings(&self) -> [Option<IpSetSettingsAttr<'static>>; 6] {
        use IpSetSettingsAttr as Attr;

        let [first, last] = match self.range {
            Range::None => [None, None],
            Range::Ips(first, last) => [Some(Attr::First(first)), Some(Attr::Last(last))],
            Range::Net(net) => [
                Some(Attr::First(net.address())),
                Some(Attr::PrefixLen(net.length())),
            ],
            Range::Ports(first, last) => [Some(Attr::FirstPort(first)), Some(Attr::LastPort(last))],
        };
        let options = (!self.options.is_empty()).then_some(Attr::Options(self.options));
        [
            first,
            last,
            options,
            self.timeout.map(Attr::Timeout),
            self.bucket_size.map(Attr::BucketSize),
            self.bitmask.map(Attr::Bitmask),
        ]
    }
}

impl Request for NewSet<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let flags = match self.exclusive {
            true => NewFlags::CREATE | NewFlags::EXCL,
            false => NewFlags::CREATE,
        };
        let header = NetfilterHeader::new(NFPROTO_UNSPEC);
        w.append_message(IPSET_CMD_CREATE, flags, &header, |w| {
            w.put([
                IpSetAttr::Protocol(IPSET_PROTOCOL),
                IpSetAttr::Name(self.name),
                IpSetAttr::TypeName(self.kind.name().into()),
                IpSetAttr::Revision(self.revision),
                IpSetAttr::Family(NetfilterFamily(self.family())),
            ])?
            .nest(IPSET_ATTR_DATA, |w| {
                w.put(&self.settings()[..])?.put_items(self.more)
            })
        })?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "set {}", self.name)
    }
}

crate::__format!(NewSet<'_>);
