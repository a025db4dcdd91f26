//! Creation of queueing disciplines.

mod netem;
mod queues;

use core::fmt;
use core::time::Duration;

use super::{New, header};
use crate::route::tc::settings::Limit;
use crate::route::tc::{
    FifoSettings, FqCodel, FqCodelSettings, Handle, HtbSettings, Rate, TbfSettings, Traffic,
    TrafficLinkLayer, TrafficSettings,
};
use crate::route::{PROTOCOL, RTM_NEWQDISC};
use crate::schema::Protocol;
use crate::{EncodeError, Errno, Items, LinkIndex, NewFlags, Next, Request, Writer};

pub use netem::NetemSettings;
pub use queues::{CakeSettings, FqSettings, PrioSettings};

/// Creates a queueing discipline (`RTM_NEWQDISC`).
///
/// The constructors name the kind; its settings are methods that only this kind
/// has. The place must be free, or hold the kernel's default discipline;
/// otherwise the error is `EEXIST`.
///
/// ```
/// use nlwire::route::{Handle, NewQdisc, Rate};
///
/// let htb = NewQdisc::htb(7).handle(Handle::new(1, 0)).default_class(0x10).if_absent();
/// let tbf = NewQdisc::tbf(7, Rate::mbit(10), 5000).limit(10_000).replace();
/// let ingress = NewQdisc::ingress(7);
/// let netem = NewQdisc::new(7, "netem").options_bytes(&[0; 24]);
/// # let _ = (htb, tbf, ingress, netem);
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "a request does nothing until a connection carries it out"]
#[doc(alias = "RTM_NEWQDISC")]
pub struct NewQdisc<'a, K = &'a str> {
    new: New<'a, K>,
}

object!(
    NewQdisc,
    RTM_NEWQDISC,
    NewFlags::CREATE.union(NewFlags::REPLACE),
    |new, f| {
        write!(
            f,
            "qdisc {} at {} of link {}",
            new.kind.kind(),
            new.header.parent,
            new.link()
        )
    }
);

impl<'a, K: TrafficSettings> NewQdisc<'a, K> {
    /// Creates a discipline of any kind at the root of a link.
    pub fn new(link: impl Into<LinkIndex>, kind: K) -> Self {
        let header = header(link.into(), Handle::UNSPEC, Handle::ROOT);
        Self {
            new: New::at(header, kind),
        }
    }
}

impl<K> NewQdisc<'_, K> {
    /// Puts the discipline below a class or another discipline.
    #[doc(alias = "tcm_parent")]
    pub const fn parent(mut self, parent: Handle) -> Self {
        self.new.header.parent = parent;
        self
    }

    /// Takes the place of the discipline that must be there (`tc qdisc link`).
    #[doc(alias = "link")]
    pub const fn graft(mut self) -> Self {
        self.new.mode = NewFlags::REPLACE;
        self
    }
}

impl<'a> NewQdisc<'a> {
    /// Creates the discipline that filters of received packets hang on.
    pub fn ingress(link: impl Into<LinkIndex>) -> Self {
        Self::of_received(link, "ingress")
    }

    /// Creates the discipline that filters of received and of sent packets hang
    /// on.
    pub fn clsact(link: impl Into<LinkIndex>) -> Self {
        Self::of_received(link, "clsact")
    }

    fn of_received(link: impl Into<LinkIndex>, kind: &'a str) -> Self {
        let mut qdisc = Self::new(link, kind);
        qdisc.new.header.handle = Handle::INGRESS.discipline();
        qdisc.parent(Handle::INGRESS)
    }
}

impl NewQdisc<'_, HtbSettings> {
    /// Creates an `htb`, which divides a rate among classes. It cannot be
    /// changed later.
    pub fn htb(link: impl Into<LinkIndex>) -> Self {
        Self::new(link, HtbSettings::NEW)
    }

    /// Sets the default class by its minor number, for packets that no filter classifies.
    #[doc(alias = "TCA_HTB_INIT")]
    pub const fn default_class(mut self, minor: u16) -> Self {
        let [a, b] = minor.to_be_bytes();
        self.new.kind.default_class = u32::from_be_bytes([0, 0, a, b]);
        self
    }

    /// Sets the divisor by which a class's rate becomes its quantum. The default
    /// is 10.
    #[doc(alias = "r2q")]
    pub const fn rate_to_quantum(mut self, divisor: u32) -> Self {
        self.new.kind.rate_to_quantum = divisor;
        self
    }

    /// Sets the number of packets that are queued without a class.
    #[doc(alias = "TCA_HTB_DIRECT_QLEN")]
    pub const fn direct_queue(mut self, packets: u32) -> Self {
        self.new.kind.direct_queue = Some(packets);
        self
    }
}

impl NewQdisc<'_, TbfSettings> {
    /// Creates a `tbf`, which limits a link to a rate with bursts of so many
    /// bytes. The default limit of its queue is a wait of 50 ms.
    pub fn tbf(link: impl Into<LinkIndex>, rate: Rate, burst: u32) -> Self {
        let settings = TbfSettings {
            rate,
            burst,
            limit: Limit::Latency(Duration::from_millis(50)),
            peak: None,
            overhead: 0,
            minimum: 0,
            layer: TrafficLinkLayer::ETHERNET,
        };
        Self::new(link, settings)
    }

    /// Limits the queue to this number of bytes.
    #[doc(alias = "TCA_TBF_PARMS")]
    pub const fn limit(mut self, bytes: u32) -> Self {
        self.new.kind.limit = Limit::Bytes(bytes);
        self
    }

    /// Limits the queue to this wait.
    pub const fn latency(mut self, latency: Duration) -> Self {
        self.new.kind.limit = Limit::Latency(latency);
        self
    }

    /// Limits bursts to a rate, with packets of up to `mtu` bytes.
    #[doc(alias = "TCA_TBF_PBURST")]
    pub const fn peak(mut self, rate: Rate, mtu: u32) -> Self {
        self.new.kind.peak = Some((rate, mtu));
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
}

impl NewQdisc<'_, FifoSettings> {
    /// Creates a queue with a limit in packets.
    pub fn pfifo(link: impl Into<LinkIndex>, limit: u32) -> Self {
        let kind = "pfifo";
        Self::new(link, FifoSettings { kind, limit })
    }

    /// Creates a queue with a limit in bytes.
    pub fn bfifo(link: impl Into<LinkIndex>, limit: u32) -> Self {
        let kind = "bfifo";
        Self::new(link, FifoSettings { kind, limit })
    }
}

impl<'a> NewQdisc<'a, FqCodelSettings<'a>> {
    /// Creates a `fq_codel`, which keeps queues short and flows apart.
    pub fn fq_codel(link: impl Into<LinkIndex>) -> Self {
        Self::new(link, FqCodelSettings::NEW)
    }

    /// Sets the wait that packets may have.
    #[doc(alias = "TCA_FQ_CODEL_TARGET")]
    pub const fn target(mut self, wait: Duration) -> Self {
        self.new.kind.target = Some(wait);
        self
    }

    /// Sets the time for which packets must wait longer before any is dropped.
    #[doc(alias = "TCA_FQ_CODEL_INTERVAL")]
    pub const fn interval(mut self, time: Duration) -> Self {
        self.new.kind.interval = Some(time);
        self
    }

    /// Limits the queue to this number of packets.
    #[doc(alias = "TCA_FQ_CODEL_LIMIT")]
    pub const fn limit(mut self, packets: u32) -> Self {
        self.new.kind.limit = Some(packets);
        self
    }

    /// Sets the number of flows. It cannot be changed later.
    #[doc(alias = "TCA_FQ_CODEL_FLOWS")]
    pub const fn flows(mut self, flows: u32) -> Self {
        self.new.kind.flows = Some(flows);
        self
    }

    /// Turns ECN on: capable packets are marked instead of dropped.
    #[doc(alias = "TCA_FQ_CODEL_ECN")]
    pub const fn ecn(mut self, ecn: bool) -> Self {
        self.new.kind.ecn = Some(ecn);
        self
    }

    /// Adds further settings.
    pub const fn settings(mut self, settings: &'a dyn Items<FqCodel>) -> Self {
        self.new.kind.more = Some(settings);
        self
    }
}

crate::__format!(for [K: core::fmt::Debug] NewQdisc<'_, K>);
