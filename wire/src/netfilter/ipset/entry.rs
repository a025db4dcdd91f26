//! Entries to add, delete and look up.

use core::net::IpAddr;

use super::{EntryFlags, IpSetEntry, IpSetEntryAttr};
use crate::writer::Put;
use crate::{Items, Prefix, Text, Writer};

/// Addresses of an entry.
#[derive(Clone, Copy, Debug)]
enum Ips {
    None,
    Net(IpAddr, Option<u8>),
    Range(IpAddr, IpAddr),
}

impl Ips {
    /// Returns the first address, the prefix length and the last address.
    const fn parts(self) -> (Option<IpAddr>, Option<u8>, Option<IpAddr>) {
        match self {
            Self::None => (None, None, None),
            Self::Net(ip, prefix_len) => (Some(ip), prefix_len, None),
            Self::Range(first, last) => (Some(first), None, Some(last)),
        }
    }
}

/// Entry of a set. It begins with what the set's type names first; the others follow.
///
/// ```
/// use nlwire::netfilter::ipset::NewEntry;
///
/// let address = NewEntry::ip([192, 0, 2, 1].into());
/// // 192.0.2.0/24,udp:53 timeout 60
/// let service = NewEntry::net("192.0.2.0/24".parse()?).port(17, 53).timeout(60);
/// // 192.0.2.1,tcp:8000-8080
/// let servers = NewEntry::ip([192, 0, 2, 1].into()).port_range(6, 8000, 8080);
/// // 192.0.2.1,00:00:5e:00:53:01
/// let host = NewEntry::ip([192, 0, 2, 1].into()).mac(&[0, 0, 0x5e, 0, 0x53, 1]);
/// // An entry of a set of sets, before another one.
/// let member = NewEntry::set("blocked").before("allowed");
/// # Ok::<(), nlwire::PrefixError>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct NewEntry<'a> {
    first: Ips,
    second: Ips,
    protocol: Option<u8>,
    ports: Option<(u16, Option<u16>)>,
    mac: Option<&'a [u8; 6]>,
    mark: Option<u32>,
    link: Option<Text<'a>>,
    set: Option<Text<'a>>,
    neighbour: Option<Text<'a>>,
    flags: EntryFlags,
    timeout: Option<u32>,
    comment: Option<Text<'a>>,
    more: Option<&'a dyn Items<IpSetEntry>>,
}

impl<'a> NewEntry<'a> {
    const EMPTY: Self = Self {
        first: Ips::None,
        second: Ips::None,
        protocol: None,
        ports: None,
        mac: None,
        mark: None,
        link: None,
        set: None,
        neighbour: None,
        flags: EntryFlags::empty(),
        timeout: None,
        comment: None,
        more: None,
    };

    const fn of(first: Ips) -> Self {
        Self {
            first,
            ..Self::EMPTY
        }
    }

    /// Describes an entry with an address.
    #[must_use]
    pub const fn ip(address: IpAddr) -> Self {
        Self::of(Ips::Net(address, None))
    }

    /// Describes an entry with a network. The kernel adds each of its addresses to a set of
    /// addresses.
    #[must_use]
    pub const fn net(net: Prefix) -> Self {
        Self::of(Ips::Net(net.address(), Some(net.length())))
    }

    /// Describes the entries of a range of addresses.
    #[must_use]
    pub const fn range(first: IpAddr, last: IpAddr) -> Self {
        Self::of(Ips::Range(first, last))
    }

    /// Describes the ports of a range, for a port bitmap.
    #[must_use]
    pub const fn ports(first: u16, last: u16) -> Self {
        Self {
            ports: Some((first, Some(last))),
            ..Self::EMPTY
        }
    }

    /// Describes an entry of a set of MAC addresses.
    #[must_use]
    pub const fn hardware(address: &'a [u8; 6]) -> Self {
        Self::EMPTY.mac(address)
    }

    /// Describes an entry of a set of sets.
    #[must_use]
    pub fn set(name: impl Into<Text<'a>>) -> Self {
        Self {
            set: Some(name.into()),
            ..Self::EMPTY
        }
    }

    /// Adds the port of a transport protocol, such as 6 for TCP. The port of ICMP is the type in
    /// the upper byte and the code in the lower one.
    #[must_use]
    pub const fn port(mut self, protocol: u8, port: u16) -> Self {
        self.protocol = Some(protocol);
        self.ports = Some((port, None));
        self
    }

    /// Adds a range of ports of a transport protocol.
    #[must_use]
    pub const fn port_range(mut self, protocol: u8, first: u16, last: u16) -> Self {
        self.protocol = Some(protocol);
        self.ports = Some((first, Some(last)));
        self
    }

    /// Adds a MAC address.
    #[must_use]
    pub const fn mac(mut self, address: &'a [u8; 6]) -> Self {
        self.mac = Some(address);
        self
    }

    /// Adds a packet mark.
    #[must_use]
    pub const fn mark(mut self, mark: u32) -> Self {
        self.mark = Some(mark);
        self
    }

    /// Adds a second address.
    #[must_use]
    pub const fn second_ip(mut self, address: IpAddr) -> Self {
        self.second = Ips::Net(address, None);
        self
    }

    /// Adds a second network.
    #[must_use]
    pub const fn second_net(mut self, net: Prefix) -> Self {
        self.second = Ips::Net(net.address(), Some(net.length()));
        self
    }

    /// Adds the name of a link.
    #[must_use]
    pub fn link(mut self, name: impl Into<Text<'a>>) -> Self {
        self.link = Some(name.into());
        self
    }

    /// Stands before this entry, in a set of sets.
    #[must_use]
    pub fn before(mut self, set: impl Into<Text<'a>>) -> Self {
        self.neighbour = Some(set.into());
        self.flags(EntryFlags::BEFORE)
    }

    /// Stands after this entry, in a set of sets.
    #[must_use]
    pub fn after(mut self, set: impl Into<Text<'a>>) -> Self {
        self.neighbour = Some(set.into());
        self
    }

    /// Adds flags, such as [`EntryFlags::NO_MATCH`].
    #[must_use]
    pub const fn flags(mut self, flags: EntryFlags) -> Self {
        self.flags = self.flags.union(flags);
        self
    }

    /// Sets the timeout in seconds; the entry stays with 0.
    #[must_use]
    pub const fn timeout(mut self, seconds: u32) -> Self {
        self.timeout = Some(seconds);
        self
    }

    /// Adds a comment of at most 255 bytes.
    #[must_use]
    pub fn comment(mut self, comment: impl Into<Text<'a>>) -> Self {
        self.comment = Some(comment.into());
        self
    }

    /// Sends these attributes along, such as counters and packet marks to set.
    #[must_use]
    pub const fn with(mut self, attributes: &'a dyn Items<IpSetEntry>) -> Self {
        self.more = Some(attributes);
        self
    }

    pub(super) fn put<'w, 'b>(&self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        use IpSetEntryAttr as Attr;

        let (ip, prefix_len, ip_to) = self.first.parts();
        let (second_ip, second_prefix_len, second_ip_to) = self.second.parts();
        let attributes = [
            ip.map(Attr::Ip),
            ip_to.map(Attr::IpTo),
            prefix_len.map(Attr::PrefixLen),
            self.ports.map(|(port, _)| Attr::Port(port)),
            self.ports.and_then(|(_, last)| last).map(Attr::PortTo),
            self.protocol.map(Attr::Protocol),
            self.mark.map(Attr::Mark),
            self.mac.map(|mac| Attr::Mac(mac)),
            self.set.map(Attr::Name),
            self.neighbour.map(Attr::Neighbour),
            second_ip.map(Attr::SecondIp),
            second_prefix_len.map(Attr::SecondPrefixLen),
            second_ip_to.map(Attr::SecondIpTo),
            self.link.map(Attr::Link),
            (!self.flags.is_empty()).then_some(Attr::Flags(self.flags)),
            self.timeout.map(Attr::Timeout),
            self.comment.map(Attr::Comment),
        ];
        w.put(&attributes[..])?.put_items(self.more)
    }
}

crate::__format!(NewEntry<'_>);
