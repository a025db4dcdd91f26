//! Geneve, VTI, XFRM and MACsec links, as requests create them.

use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::{put_ip, settings};
use crate::route::link::{
    Geneve, IFLA_GENEVE_COLLECT_METADATA, IFLA_GENEVE_ID, IFLA_GENEVE_PORT, IFLA_GENEVE_REMOTE,
    IFLA_GENEVE_REMOTE6, IFLA_GENEVE_TTL, IFLA_INFO_DATA, IFLA_MACSEC_CIPHER_SUITE,
    IFLA_MACSEC_ENCRYPT, IFLA_MACSEC_PORT, IFLA_VTI_IKEY, IFLA_VTI_LINK, IFLA_VTI_LOCAL,
    IFLA_VTI_OKEY, IFLA_VTI_REMOTE, IFLA_XFRM_COLLECT_METADATA, IFLA_XFRM_IF_ID, IFLA_XFRM_LINK,
    LinkSettings, MacSec, MacSecCipher, NewLink, Vti, XfrmLink,
};
use crate::writer::Put;
use crate::{Items, LinkIndex, Text, Writer};

/// Settings of a Geneve tunnel, for [`NewLink::geneve`].
#[derive(Clone, Copy, Debug, Default)]
pub struct GeneveSettings<'a> {
    id: Option<u32>,
    remote: Option<IpAddr>,
    port: Option<u16>,
    ttl: Option<u8>,
    more: Option<&'a dyn Items<Geneve>>,
}

impl LinkSettings for GeneveSettings<'_> {
    fn kind(&self) -> &str {
        "geneve"
    }

    fn put<'w, 'b>(&self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        w.nest(IFLA_INFO_DATA, |w| {
            match self.id {
                Some(id) => w.u32(IFLA_GENEVE_ID, id)?,
                None => w.flag(IFLA_GENEVE_COLLECT_METADATA, true)?,
            };
            put_ip(w, [IFLA_GENEVE_REMOTE, IFLA_GENEVE_REMOTE6], self.remote)?;
            if let Some(port) = self.port {
                w.u16_be(IFLA_GENEVE_PORT, port)?;
            }
            if let Some(ttl) = self.ttl {
                w.u8(IFLA_GENEVE_TTL, ttl)?;
            }
            w.put_items(self.more)
        })
    }
}

impl<'a> NewLink<'a, GeneveSettings<'a>> {
    /// Creates a Geneve tunnel of network `id`, of 24 bits, to a remote address.
    ///
    /// ```
    /// use nlwire::route::NewLink;
    ///
    /// // ip link add gnv0 type geneve id 42 remote 192.0.2.1
    /// let tunnel = NewLink::geneve("gnv0", 42, [192, 0, 2, 1]);
    /// # let _ = tunnel;
    /// ```
    pub fn geneve(name: impl Into<Text<'a>>, id: u32, remote: impl Into<IpAddr>) -> Self {
        let kind = GeneveSettings {
            id: Some(id),
            remote: Some(remote.into()),
            ..GeneveSettings::default()
        };
        Self::of(name, kind)
    }

    /// Creates a Geneve tunnel whose network and destination are chosen by routes
    /// (`ip link add .. type geneve external`).
    pub fn external_geneve(name: impl Into<Text<'a>>) -> Self {
        Self::of(name, GeneveSettings::default())
    }

    /// Sets the UDP port of the remote end; the default is 6081.
    #[doc(alias = "IFLA_GENEVE_PORT")]
    pub const fn port(mut self, port: u16) -> Self {
        self.kind.port = Some(port);
        self
    }

    /// Sets the TTL of packets; 0 is the default of the system.
    #[doc(alias = "IFLA_GENEVE_TTL")]
    pub const fn ttl(mut self, ttl: u8) -> Self {
        self.kind.ttl = Some(ttl);
        self
    }

    settings!(Geneve);
}

/// Settings of a virtual tunnel interface of IPsec, for [`NewLink::vti`] and
/// [`NewLink::vti6`], whose ends are addresses `A`.
#[derive(Clone, Copy, Debug)]
pub struct VtiSettings<'a, A> {
    kind: &'static str,
    local: Option<A>,
    remote: Option<A>,
    key: Option<u32>,
    lower: LinkIndex,
    more: Option<&'a dyn Items<Vti>>,
}

impl<A: Copy + Into<IpAddr> + Sync> LinkSettings for VtiSettings<'_, A> {
    fn kind(&self) -> &str {
        self.kind
    }

    fn put<'w, 'b>(&self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        w.nest(IFLA_INFO_DATA, |w| {
            if !self.lower.is_none() {
                w.u32(IFLA_VTI_LINK, self.lower.get())?;
            }
            if let Some(key) = self.key {
                w.u32_be(IFLA_VTI_IKEY, key)?.u32_be(IFLA_VTI_OKEY, key)?;
            }
            for (kind, address) in [(IFLA_VTI_LOCAL, self.local), (IFLA_VTI_REMOTE, self.remote)] {
                if let Some(address) = address {
                    w.ip(kind, address.into())?;
                }
            }
            w.put_items(self.more)
        })
    }
}

impl<A> VtiSettings<'_, A> {
    const fn new(kind: &'static str) -> Self {
        Self {
            kind,
            local: None,
            remote: None,
            key: None,
            lower: LinkIndex::NONE,
            more: None,
        }
    }
}

impl<'a> NewLink<'a, VtiSettings<'a, Ipv4Addr>> {
    /// Creates a virtual tunnel interface of IPsec over IPv4.
    pub fn vti(name: impl Into<Text<'a>>) -> Self {
        Self::of(name, VtiSettings::new("vti"))
    }
}

impl<'a> NewLink<'a, VtiSettings<'a, Ipv6Addr>> {
    /// Creates a virtual tunnel interface of IPsec over IPv6.
    pub fn vti6(name: impl Into<Text<'a>>) -> Self {
        Self::of(name, VtiSettings::new("vti6"))
    }
}

impl<'a, A: Copy + Into<IpAddr> + Sync> NewLink<'a, VtiSettings<'a, A>> {
    /// Sets the local address.
    #[doc(alias = "IFLA_VTI_LOCAL")]
    pub fn local(mut self, address: impl Into<A>) -> Self {
        self.kind.local = Some(address.into());
        self
    }

    /// Sets the remote address.
    #[doc(alias = "IFLA_VTI_REMOTE")]
    pub fn remote(mut self, address: impl Into<A>) -> Self {
        self.kind.remote = Some(address.into());
        self
    }

    /// Sets the key of both directions, which is the mark of policies.
    #[doc(alias = "IFLA_VTI_IKEY", alias = "IFLA_VTI_OKEY")]
    pub fn key(mut self, key: u32) -> Self {
        self.kind.key = Some(key);
        self
    }

    /// Sets the lower device, which sends the packets.
    #[doc(alias = "IFLA_VTI_LINK")]
    pub fn lower(mut self, link: impl Into<LinkIndex>) -> Self {
        self.kind.lower = link.into();
        self
    }

    settings!(Vti);
}

/// Settings of an XFRM interface, for [`NewLink::xfrm`].
#[derive(Clone, Copy, Debug, Default)]
pub struct XfrmSettings<'a> {
    id: Option<u32>,
    lower: LinkIndex,
    more: Option<&'a dyn Items<XfrmLink>>,
}

impl LinkSettings for XfrmSettings<'_> {
    fn kind(&self) -> &str {
        "xfrm"
    }

    fn put<'w, 'b>(&self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        w.nest(IFLA_INFO_DATA, |w| {
            match self.id {
                Some(id) => w.u32(IFLA_XFRM_IF_ID, id)?,
                None => w.flag(IFLA_XFRM_COLLECT_METADATA, true)?,
            };
            if !self.lower.is_none() {
                w.u32(IFLA_XFRM_LINK, self.lower.get())?;
            }
            w.put_items(self.more)
        })
    }
}

impl<'a> NewLink<'a, XfrmSettings<'a>> {
    /// Creates an XFRM interface of IPsec with an id above 0, which policies and
    /// states name.
    pub fn xfrm(name: impl Into<Text<'a>>, id: u32) -> Self {
        let kind = XfrmSettings {
            id: Some(id),
            ..XfrmSettings::default()
        };
        Self::of(name, kind)
    }

    /// Creates an XFRM interface whose id is chosen by routes
    /// (`ip link add .. type xfrm external`).
    pub fn external_xfrm(name: impl Into<Text<'a>>) -> Self {
        Self::of(name, XfrmSettings::default())
    }

    /// Sets the lower device, which sends the packets.
    #[doc(alias = "IFLA_XFRM_LINK")]
    pub fn lower(mut self, link: impl Into<LinkIndex>) -> Self {
        self.kind.lower = link.into();
        self
    }

    settings!(XfrmLink);
}

/// Settings of a MACsec link, for [`NewLink::macsec`].
#[derive(Clone, Copy, Debug, Default)]
pub struct MacSecSettings<'a> {
    cipher: Option<MacSecCipher>,
    port: Option<u16>,
    encrypt: Option<bool>,
    more: Option<&'a dyn Items<MacSec>>,
}

impl LinkSettings for MacSecSettings<'_> {
    fn kind(&self) -> &str {
        "macsec"
    }

    fn put<'w, 'b>(&self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        w.nest(IFLA_INFO_DATA, |w| {
            if let Some(cipher) = self.cipher {
                w.u64(IFLA_MACSEC_CIPHER_SUITE, cipher.0)?;
            }
            if let Some(port) = self.port {
                w.u16_be(IFLA_MACSEC_PORT, port)?;
            }
            if let Some(encrypt) = self.encrypt {
                w.u8(IFLA_MACSEC_ENCRYPT, encrypt.into())?;
            }
            w.put_items(self.more)
        })
    }
}

impl<'a> NewLink<'a, MacSecSettings<'a>> {
    /// Creates a MACsec link on a lower device. Its keys are set by the generic
    /// family `macsec`.
    pub fn macsec(name: impl Into<Text<'a>>, lower: impl Into<LinkIndex>) -> Self {
        Self::upon(name, lower, MacSecSettings::default())
    }

    /// Sets the cipher suite; the default is GCM-AES-128.
    #[doc(alias = "IFLA_MACSEC_CIPHER_SUITE")]
    pub const fn cipher(mut self, cipher: MacSecCipher) -> Self {
        self.kind.cipher = Some(cipher);
        self
    }

    /// Sets the port of the secure channel identifier; the default is 1.
    #[doc(alias = "IFLA_MACSEC_PORT")]
    pub const fn port(mut self, port: u16) -> Self {
        self.kind.port = Some(port);
        self
    }

    /// Encrypts packets, or only authenticates them, which is the default.
    #[doc(alias = "IFLA_MACSEC_ENCRYPT")]
    pub const fn encrypt(mut self, on: bool) -> Self {
        self.kind.encrypt = Some(on);
        self
    }

    settings!(MacSec);
}

crate::__format!(
    GeneveSettings<'_>,
    XfrmSettings<'_>,
    MacSecSettings<'_>,
    for [A: core::fmt::Debug] VtiSettings<'_, A>,
);
