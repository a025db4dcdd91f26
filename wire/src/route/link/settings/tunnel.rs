//! Tunnels of IP in IP and of GRE.

use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::settings;
use crate::route::link::{
    Gre, IFLA_GRE_ENCAP_LIMIT, IFLA_GRE_IFLAGS, IFLA_GRE_IKEY, IFLA_GRE_LINK, IFLA_GRE_LOCAL,
    IFLA_GRE_OFLAGS, IFLA_GRE_OKEY, IFLA_GRE_REMOTE, IFLA_GRE_TTL, IFLA_INFO_DATA,
    IFLA_IPTUN_ENCAP_LIMIT, IFLA_IPTUN_LINK, IFLA_IPTUN_LOCAL, IFLA_IPTUN_REMOTE, IFLA_IPTUN_TTL,
    IpTunnel, LinkSettings, NewLink,
};
use crate::writer::Put;
use crate::{Items, LinkIndex, Text, Writer};

/// Flag of a GRE header: it has a key. `GRE_KEY` of the kernel, in host order.
const KEYED: u16 = 0x2000;

/// Encapsulation limit of RFC 2473, which `ip` sends. With the kernel's default
/// of 0 no packet of the tunnel may enter another tunnel.
const ENCAP_LIMIT: u8 = 4;

/// Settings of a tunnel: the addresses are of the family `A`, other settings of
/// the set `S`. The kernel takes the first four bytes of an IPv6 address for an
/// IPv4 one; the type rules that out.
#[derive(Debug)]
pub struct TunnelSettings<'a, A, S> {
    kind: &'static str,
    kinds: &'static Kinds,
    local: Option<A>,
    remote: Option<A>,
    lower: LinkIndex,
    ttl: Option<u8>,
    encap_limit: Option<u8>,
    key: Option<u32>,
    more: Option<&'a dyn Items<S>>,
}

/// Attribute types of a set.
#[derive(Debug)]
struct Kinds {
    link: u16,
    local: u16,
    remote: u16,
    ttl: u16,
    encap_limit: u16,
}

static GRE: Kinds = Kinds {
    link: IFLA_GRE_LINK,
    local: IFLA_GRE_LOCAL,
    remote: IFLA_GRE_REMOTE,
    ttl: IFLA_GRE_TTL,
    encap_limit: IFLA_GRE_ENCAP_LIMIT,
};

static IP: Kinds = Kinds {
    link: IFLA_IPTUN_LINK,
    local: IFLA_IPTUN_LOCAL,
    remote: IFLA_IPTUN_REMOTE,
    ttl: IFLA_IPTUN_TTL,
    encap_limit: IFLA_IPTUN_ENCAP_LIMIT,
};

impl<A, S> TunnelSettings<'_, A, S> {
    const fn new(kind: &'static str, kinds: &'static Kinds) -> Self {
        Self {
            kind,
            kinds,
            local: None,
            remote: None,
            lower: LinkIndex::NONE,
            ttl: None,
            encap_limit: None,
            key: None,
            more: None,
        }
    }
}

// Derived, it would ask for a set that is `Clone`.
impl<A: Copy, S> Clone for TunnelSettings<'_, A, S> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<A: Copy, S> Copy for TunnelSettings<'_, A, S> {}

impl<A: Copy + Into<IpAddr> + Sync, S> LinkSettings for TunnelSettings<'_, A, S> {
    fn kind(&self) -> &str {
        self.kind
    }

    fn put<'w, 'b>(&self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        let kinds = self.kinds;
        w.nest(IFLA_INFO_DATA, |w| {
            if !self.lower.is_none() {
                w.u32(kinds.link, self.lower.get())?;
            }
            for (kind, address) in [(kinds.local, self.local), (kinds.remote, self.remote)] {
                if let Some(address) = address {
                    w.ip(kind, address.into())?;
                }
            }
            if let Some(ttl) = self.ttl {
                w.u8(kinds.ttl, ttl)?;
            }
            if let Some(limit) = self.encap_limit {
                w.u8(kinds.encap_limit, limit)?;
            }
            if let Some(key) = self.key {
                for (flags, value) in [
                    (IFLA_GRE_IFLAGS, IFLA_GRE_IKEY),
                    (IFLA_GRE_OFLAGS, IFLA_GRE_OKEY),
                ] {
                    w.u16_be(flags, KEYED)?.u32_be(value, key)?;
                }
            }
            w.put_items(self.more)
        })
    }
}

/// Constructors of tunnels.
macro_rules! tunnels {
    ($address:ty, $set:ty, $kinds:ident, $limit:expr; $($(#[$meta:meta])* $name:ident)*) => {
        impl<'a> NewLink<'a, TunnelSettings<'a, $address, $set>> {
            $(
                $(#[$meta])*
                pub fn $name(name: impl Into<Text<'a>>) -> Self {
                    let settings = TunnelSettings::new(stringify!($name), &$kinds);
                    Self::of(name, TunnelSettings { encap_limit: $limit, ..settings })
                }
            )*
        }
    };
}

tunnels! { Ipv4Addr, Gre, GRE, None;
    /// Creates a GRE tunnel over IPv4 that carries IP packets.
    gre
    /// Creates a GRE tunnel over IPv4 that carries Ethernet frames.
    gretap
}

tunnels! { Ipv6Addr, Gre, GRE, Some(ENCAP_LIMIT);
    /// Creates a GRE tunnel over IPv6 that carries IP packets.
    ip6gre
    /// Creates a GRE tunnel over IPv6 that carries Ethernet frames.
    ip6gretap
}

tunnels! { Ipv4Addr, IpTunnel, IP, None;
    /// Creates a tunnel of IPv4 in IPv4.
    ipip
    /// Creates a tunnel of IPv6 in IPv4.
    sit
}

tunnels! { Ipv6Addr, IpTunnel, IP, Some(ENCAP_LIMIT);
    /// Creates a tunnel of IPv4 or IPv6 in IPv6.
    ip6tnl
}

impl<'a, A, S> NewLink<'a, TunnelSettings<'a, A, S>> {
    /// Sets the local address.
    pub fn local(mut self, address: impl Into<A>) -> Self {
        self.kind.local = Some(address.into());
        self
    }

    /// Sets the remote address.
    pub fn remote(mut self, address: impl Into<A>) -> Self {
        self.kind.remote = Some(address.into());
        self
    }

    /// Sets the lower device, which sends the packets.
    pub fn lower(mut self, link: impl Into<LinkIndex>) -> Self {
        self.kind.lower = link.into();
        self
    }

    /// Sets the TTL of packets; 0 copies that of the packet inside. The kernel's
    /// default is 64 for `sit`, and 0 for other tunnels.
    pub const fn ttl(mut self, ttl: u8) -> Self {
        self.kind.ttl = Some(ttl);
        self
    }

    settings!(S);
}

impl<'a, S> NewLink<'a, TunnelSettings<'a, Ipv6Addr, S>> {
    /// Sets the encapsulation limit: the number of tunnels that a packet may
    /// enter inside of this one. The default is 4.
    #[doc(alias = "IFLA_GRE_ENCAP_LIMIT", alias = "IFLA_IPTUN_ENCAP_LIMIT")]
    pub const fn encap_limit(mut self, limit: u8) -> Self {
        self.kind.encap_limit = Some(limit);
        self
    }
}

impl<'a, A> NewLink<'a, TunnelSettings<'a, A, Gre>> {
    /// Sets the key of both directions.
    #[doc(alias = "IFLA_GRE_IKEY", alias = "IFLA_GRE_OKEY")]
    pub const fn key(mut self, key: u32) -> Self {
        self.kind.key = Some(key);
        self
    }
}

crate::__format!(for [A: core::fmt::Debug, S: core::fmt::Debug] TunnelSettings<'_, A, S>);
