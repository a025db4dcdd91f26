//! Bonds, as requests create them.

use core::net::Ipv4Addr;

use super::settings;
use crate::route::link::{
    Bond, BondHashPolicy, BondMode, IFLA_BOND_AD_LACP_RATE, IFLA_BOND_ARP_INTERVAL,
    IFLA_BOND_ARP_IP_TARGET, IFLA_BOND_MIIMON, IFLA_BOND_MIN_LINKS, IFLA_BOND_MODE,
    IFLA_BOND_PRIMARY, IFLA_BOND_XMIT_HASH_POLICY, IFLA_INFO_DATA, LacpRate, LinkSettings, NewLink,
};
use crate::writer::Put;
use crate::{Items, LinkIndex, Text, Writer};

/// Settings of a bond, for [`NewLink::bond`].
#[derive(Clone, Copy, Debug, Default)]
pub struct BondSettings<'a> {
    mode: Option<BondMode>,
    hash_policy: Option<BondHashPolicy>,
    lacp_rate: Option<LacpRate>,
    mii_interval: Option<u32>,
    arp_interval: Option<u32>,
    arp_targets: &'a [Ipv4Addr],
    min_links: Option<u32>,
    primary: LinkIndex,
    more: Option<&'a dyn Items<Bond>>,
}

impl LinkSettings for BondSettings<'_> {
    fn kind(&self) -> &str {
        "bond"
    }

    fn put<'w, 'b>(&self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        w.nest(IFLA_INFO_DATA, |w| {
            // `bond_changelink` sets them in this order, and others need the mode.
            let bytes = [
                (IFLA_BOND_MODE, self.mode.map(|mode| mode.0)),
                (
                    IFLA_BOND_XMIT_HASH_POLICY,
                    self.hash_policy.map(|policy| policy.0),
                ),
                (IFLA_BOND_AD_LACP_RATE, self.lacp_rate.map(|rate| rate.0)),
            ];
            for (kind, value) in bytes {
                if let Some(value) = value {
                    w.u8(kind, value)?;
                }
            }
            let primary = Some(self.primary).filter(|link| !link.is_none());
            let numbers = [
                (IFLA_BOND_MIIMON, self.mii_interval),
                (IFLA_BOND_ARP_INTERVAL, self.arp_interval),
                (IFLA_BOND_MIN_LINKS, self.min_links),
                (IFLA_BOND_PRIMARY, primary.map(LinkIndex::get)),
            ];
            for (kind, value) in numbers {
                if let Some(value) = value {
                    w.u32(kind, value)?;
                }
            }
            if !self.arp_targets.is_empty() {
                w.nest(IFLA_BOND_ARP_IP_TARGET, |w| {
                    // A nest has room for fewer than 65,536 addresses.
                    for (index, target) in (0..=u16::MAX).zip(self.arp_targets) {
                        w.ip(index, (*target).into())?;
                    }
                    Ok(w)
                })?;
            }
            w.put_items(self.more)
        })
    }
}

impl<'a> NewLink<'a, BondSettings<'a>> {
    /// Creates a bond. Its ports get it as their
    /// [`master`](crate::route::SetLink::master) while they are down.
    pub fn bond(name: impl Into<Text<'a>>) -> Self {
        Self::of(name, BondSettings::default())
    }

    /// Sets the mode; the kernel's default is [`BondMode::BALANCE_RR`]. The mode
    /// of a bond with ports cannot be changed.
    #[doc(alias = "IFLA_BOND_MODE")]
    pub const fn mode(mut self, mode: BondMode) -> Self {
        self.kind.mode = Some(mode);
        self
    }

    /// Sets the fields of a packet that choose its port.
    #[doc(alias = "IFLA_BOND_XMIT_HASH_POLICY")]
    pub const fn hash_policy(mut self, policy: BondHashPolicy) -> Self {
        self.kind.hash_policy = Some(policy);
        self
    }

    /// Sets the rate of LACP packets, in mode [`BondMode::LACP`].
    #[doc(alias = "IFLA_BOND_AD_LACP_RATE")]
    pub const fn lacp_rate(mut self, rate: LacpRate) -> Self {
        self.kind.lacp_rate = Some(rate);
        self
    }

    /// Sets the interval of the carrier check in milliseconds.
    #[doc(alias = "IFLA_BOND_MIIMON")]
    pub const fn mii_interval(mut self, milliseconds: u32) -> Self {
        self.kind.mii_interval = Some(milliseconds);
        self
    }

    /// Checks ports by ARP requests, at an interval in milliseconds, to up to 16
    /// targets.
    #[doc(alias = "IFLA_BOND_ARP_INTERVAL", alias = "IFLA_BOND_ARP_IP_TARGET")]
    pub const fn arp(mut self, milliseconds: u32, targets: &'a [Ipv4Addr]) -> Self {
        self.kind.arp_interval = Some(milliseconds);
        self.kind.arp_targets = targets;
        self
    }

    /// Sets the number of ports that must be up before the bond has a carrier.
    #[doc(alias = "IFLA_BOND_MIN_LINKS")]
    pub const fn min_links(mut self, links: u32) -> Self {
        self.kind.min_links = Some(links);
        self
    }

    /// Sets the preferred port, which must be a port already.
    #[doc(alias = "IFLA_BOND_PRIMARY")]
    pub fn primary(mut self, port: impl Into<LinkIndex>) -> Self {
        self.kind.primary = port.into();
        self
    }

    settings!(Bond);
}

crate::__format!(BondSettings<'_>);
