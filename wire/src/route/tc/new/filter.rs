//! Creation of filters.

use core::fmt;

use super::{ETH_P_ALL, New, header, put_chain};
use crate::route::tc::{
    FilterAction, FilterFlags, Handle, MatchAllSettings, Traffic, TrafficSettings, U32Key,
    U32Settings,
};
use crate::route::{PROTOCOL, RTM_NEWTFILTER};
use crate::schema::Protocol;
use crate::writer::Put;
use crate::{EncodeError, Errno, Items, LinkIndex, NewFlags, Next, Prefix, Request, Writer};

const ETH_P_IP: u16 = 0x0800;
const ETH_P_IPV6: u16 = 0x86dd;
const ETH_P_8021Q: u16 = 0x8100;

/// Creates a filter (`RTM_NEWTFILTER`), which sorts packets into classes or has
/// actions on them.
///
/// ```
/// use nlwire::route::{FilterAction, Handle, NewFilter};
///
/// // Packets for 192.0.2.0/24 that link 7 receives leave by link 8.
/// let redirect = NewFilter::u32_v4(7, Handle::INGRESS)
///     .priority(5)
///     .destination("192.0.2.0/24".parse()?)
///     .action(FilterAction::redirect(8));
/// // Packets to port 22 go into class 1:10.
/// let ssh = NewFilter::u32_v4(7, Handle::new(1, 0))
///     .ip_protocol(6)
///     .destination_port(22)
///     .class(Handle::new(1, 0x10));
/// # let _ = (redirect, ssh);
/// # Ok::<(), nlwire::PrefixError>(())
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "RTM_NEWTFILTER")]
pub struct NewFilter<'a, K = &'a str> {
    new: New<'a, Chained<K>>,
}

/// Settings of a filter, and its chain.
#[derive(Clone, Copy, Debug)]
struct Chained<K> {
    chain: Option<u32>,
    kind: K,
}

impl<K: TrafficSettings> TrafficSettings for Chained<K> {
    fn kind(&self) -> &str {
        self.kind.kind()
    }

    fn put<'w, 'b>(&self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        put_chain(self.kind.put(w)?, self.chain)
    }

    fn put_for<'w, 'b>(&self, protocol: u16, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        put_chain(self.kind.put_for(protocol, w)?, self.chain)
    }
}

object!(NewFilter, RTM_NEWTFILTER, NewFlags::CREATE, |new, f| {
    write!(
        f,
        "filter {} at {} of link {}",
        new.kind.kind(),
        new.header.parent,
        new.link()
    )
});

impl<K: TrafficSettings> NewFilter<'_, K> {
    /// Creates a filter of any kind for packets of all protocols. It hangs on a
    /// discipline, a class, [`Handle::INGRESS`] or one of the parents in
    /// `clsact`.
    ///
    /// ```
    /// use nlwire::route::{Handle, NewFilter};
    ///
    /// // tc filter add dev eth0 parent 1: prio 1 fw
    /// let filter = NewFilter::new(2, Handle::new(1, 0), "fw").priority(1);
    /// # let _ = filter;
    /// ```
    pub fn new(link: impl Into<LinkIndex>, parent: Handle, kind: K) -> Self {
        let header = header(link.into(), Handle::UNSPEC, parent).with_filter(0, ETH_P_ALL);
        let chained = Chained { chain: None, kind };
        Self {
            new: New::at(header, chained),
        }
    }
}

impl<K> NewFilter<'_, K> {
    /// Sets the priority: filters with the lowest number are asked first. The
    /// kernel chooses one for a new filter otherwise. The filters of a priority
    /// are of one kind and protocol.
    #[doc(alias = "tcm_info", alias = "pref")]
    pub const fn priority(mut self, priority: u16) -> Self {
        let header = self.new.header;
        self.new.header = header.with_filter(priority, header.protocol());
        self
    }

    /// Sets the protocol of the packets (`ETH_P_*`), such as 0x0800 for IPv4.
    #[doc(alias = "tcm_info")]
    pub const fn protocol(mut self, protocol: u16) -> Self {
        let header = self.new.header;
        self.new.header = header.with_filter(header.priority(), protocol);
        self
    }

    /// Puts the filter into a shared block, in place of a link's parent
    /// ([`TCA_INGRESS_BLOCK`](super::super::TCA_INGRESS_BLOCK)).
    #[doc(alias = "tcm_block_index", alias = "TCM_IFINDEX_MAGIC_BLOCK")]
    pub fn block(mut self, block: u32) -> Self {
        self.new.header = self.new.header.with_block(block);
        self
    }

    /// Puts the filter into a chain that an action of another filter leads to.
    #[doc(alias = "TCA_CHAIN")]
    pub const fn chain(mut self, chain: u32) -> Self {
        self.new.kind.chain = Some(chain);
        self
    }
}

/// Declares the methods of kinds that have a class, actions and flags.
macro_rules! actions {
    () => {
        /// Sorts packets into a class.
        #[doc(alias = "classid", alias = "flowid")]
        pub const fn class(mut self, class: Handle) -> Self {
            self.new.kind.kind.class = class;
            self
        }

        /// Sets the action on packets, the first of several.
        pub const fn action(mut self, action: FilterAction<'a>) -> Self {
            self.new.kind.kind.action = Some(action);
            self
        }

        /// Adds actions that follow one another.
        pub const fn actions(mut self, actions: &'a [FilterAction<'a>]) -> Self {
            self.new.kind.kind.actions = actions;
            self
        }

        /// Says whether the filter goes into hardware.
        pub const fn flags(mut self, flags: FilterFlags) -> Self {
            self.new.kind.kind.flags = flags;
            self
        }
    };
}

mod flower;
mod marks;

pub use flower::FlowerSettings;
pub use marks::{BpfSettings, FwSettings};

impl<'a> NewFilter<'a, MatchAllSettings<'a>> {
    /// Creates a filter that matches all packets.
    #[doc(alias = "TCA_MATCHALL_ACT")]
    pub fn matchall(link: impl Into<LinkIndex>, parent: Handle) -> Self {
        Self::new(link, parent, MatchAllSettings::NEW)
    }

    actions!();
}

impl<'a> NewFilter<'a, U32Settings<'a>> {
    /// Creates a filter that compares words of packets of any protocol. Without
    /// keys it matches all packets.
    #[doc(alias = "TCA_U32_SEL")]
    pub fn u32(link: impl Into<LinkIndex>, parent: Handle) -> Self {
        Self::new(link, parent, U32Settings::new())
    }

    /// Creates a filter that compares words of IPv4 packets.
    pub fn u32_v4(link: impl Into<LinkIndex>, parent: Handle) -> Self {
        Self::u32(link, parent).protocol(ETH_P_IP)
    }

    /// Creates a filter that compares words of IPv6 packets.
    pub fn u32_v6(link: impl Into<LinkIndex>, parent: Handle) -> Self {
        Self::u32(link, parent).protocol(ETH_P_IPV6)
    }

    /// Matches a source prefix.
    pub fn source(mut self, prefix: Prefix) -> Self {
        self.new.kind.kind.push_prefix(prefix, 12, 8);
        self
    }

    /// Matches a destination prefix.
    pub fn destination(mut self, prefix: Prefix) -> Self {
        self.new.kind.kind.push_prefix(prefix, 16, 24);
        self
    }

    const fn is_v6(&self) -> bool {
        self.new.header.protocol() == ETH_P_IPV6
    }

    /// Matches the IP protocol, such as 6 for TCP.
    pub fn ip_protocol(self, protocol: u8) -> Self {
        let is_v6 = self.is_v6();
        let (shift, offset) = if is_v6 { (8, 4) } else { (16, 8) };
        self.key(u32::from(protocol) << shift, 0xff << shift, offset)
    }

    /// Matches the source port of packets without IP options.
    pub fn source_port(self, port: u16) -> Self {
        let offset = if self.is_v6() { 40 } else { 20 };
        self.key(u32::from(port) << 16, 0xffff_0000, offset)
    }

    /// Matches the destination port of packets without IP options.
    pub fn destination_port(self, port: u16) -> Self {
        let offset = if self.is_v6() { 40 } else { 20 };
        self.key(port.into(), 0x0000_ffff, offset)
    }

    /// Matches bits of a word, whose place is counted from the network header in
    /// bytes. A filter stores 12 words.
    ///
    /// ```
    /// use nlwire::route::{Handle, NewFilter};
    ///
    /// // tc filter add dev eth0 ingress protocol ip u32 match u8 64 0xff at 8
    /// let ttl = NewFilter::u32(2, Handle::INGRESS).key(64 << 24, 0xff << 24, 8);
    /// # let _ = ttl;
    /// ```
    #[doc(alias = "tc_u32_key")]
    pub fn key(mut self, value: u32, mask: u32, offset: i32) -> Self {
        self.new.kind.kind.push(U32Key {
            mask: mask.into(),
            value: (value & mask).into(),
            offset: offset.into(),
            ..U32Key::default()
        });
        self
    }

    /// Matches words, in place of the methods for single ones.
    #[doc(alias = "TCA_U32_SEL")]
    pub fn keys(mut self, keys: &'a [U32Key]) -> Self {
        self.new.kind.kind.set_keys(keys);
        self
    }

    /// Matches the bits of a packet's mark that `mask` selects.
    #[doc(alias = "TCA_U32_MARK")]
    pub fn mark(mut self, value: u32, mask: u32) -> Self {
        self.new.kind.kind.set_mark(value, mask);
        self
    }

    actions!();
}

crate::__format!(for [K: core::fmt::Debug] NewFilter<'_, K>);
