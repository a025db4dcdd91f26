//! Creation of classes.

use core::fmt;

use super::{New, header};
use crate::route::tc::{
    Handle, HtbClassSettings, Rate, Traffic, TrafficLinkLayer, TrafficSettings,
};
use crate::route::{PROTOCOL, RTM_NEWTCLASS};
use crate::schema::Protocol;
use crate::{EncodeError, Errno, Items, LinkIndex, NewFlags, Next, Request, Writer};

/// Creates a class of a queueing discipline (`RTM_NEWTCLASS`).
///
/// ```
/// use nlwire::route::{Handle, NewClass, Rate};
///
/// let class = NewClass::htb(7, Handle::new(1, 0x10), Rate::mbit(10)).ceil(Rate::mbit(20));
/// # let _ = class;
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "RTM_NEWTCLASS")]
pub struct NewClass<'a, K = &'a str> {
    new: New<'a, K>,
}

object!(NewClass, RTM_NEWTCLASS, NewFlags::CREATE, |new, f| {
    write!(f, "class {} of link {}", new.header.handle, new.link())
});

impl<K: TrafficSettings> NewClass<'_, K> {
    /// Creates a class of any kind in the discipline that its handle names.
    pub fn new(link: impl Into<LinkIndex>, handle: Handle, kind: K) -> Self {
        let header = header(link.into(), handle, handle.discipline());
        Self {
            new: New::at(header, kind),
        }
    }
}

impl<K> NewClass<'_, K> {
    /// Puts the class below another one. The default is the discipline.
    #[doc(alias = "tcm_parent")]
    pub const fn parent(mut self, parent: Handle) -> Self {
        self.new.header.parent = parent;
        self
    }
}

impl NewClass<'_, HtbClassSettings> {
    /// Creates a class of an `htb` with an assured rate.
    #[doc(alias = "TCA_HTB_PARMS")]
    pub fn htb(link: impl Into<LinkIndex>, handle: Handle, rate: Rate) -> Self {
        Self::new(link, handle, HtbClassSettings::new(rate))
    }

    /// Sets the rate up to which the class may borrow. The default is the
    /// assured rate.
    pub const fn ceil(mut self, rate: Rate) -> Self {
        self.new.kind.ceil = Some(rate);
        self
    }

    /// Sets the bytes of a burst at the assured rate. The default is that of
    /// tc(8): one packet, and a nanosecond of the rate.
    pub const fn burst(mut self, bytes: u32) -> Self {
        self.new.kind.burst = Some(bytes);
        self
    }

    /// Sets the bytes of a burst at the ceiling.
    #[doc(alias = "cburst")]
    pub const fn ceil_burst(mut self, bytes: u32) -> Self {
        self.new.kind.ceil_burst = Some(bytes);
        self
    }

    /// Sets the size of the largest packet, which default bursts hold. The
    /// default is 1600.
    pub const fn mtu(mut self, bytes: u32) -> Self {
        self.new.kind.mtu = bytes;
        self
    }

    /// Adds an overhead in bytes to the size of each packet.
    pub const fn overhead(mut self, bytes: u16) -> Self {
        self.new.kind.overhead = bytes;
        self
    }

    /// Sets the minimum packet size in bytes: smaller packets count as this size (`mpu`).
    #[doc(alias = "mpu")]
    pub const fn minimum(mut self, bytes: u16) -> Self {
        self.new.kind.minimum = bytes;
        self
    }

    /// Sets the link layer, whose rules sizes of packets follow. The default is Ethernet.
    #[doc(alias = "linklayer")]
    pub const fn link_layer(mut self, layer: TrafficLinkLayer) -> Self {
        self.new.kind.layer = layer;
        self
    }

    /// Sets the bytes that the class sends before another's turn. The default
    /// is its rate, divided.
    pub const fn quantum(mut self, bytes: u32) -> Self {
        self.new.kind.quantum = bytes;
        self
    }

    /// Sets the priority: classes with the lowest number borrow first.
    #[doc(alias = "prio")]
    pub const fn priority(mut self, priority: u32) -> Self {
        self.new.kind.priority = priority;
        self
    }
}

crate::__format!(for [K: core::fmt::Debug] NewClass<'_, K>);
