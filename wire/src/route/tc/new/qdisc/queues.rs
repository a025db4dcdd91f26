//! Creation of `cake`, `fq`, `prio`, `mq`, and of a `pfifo` that drops the oldest
//! packet.

use core::time::Duration;

use super::NewQdisc;
use crate::route::tc::{
    Cake, CakeAttr, CakeIsolation, CakePriorities, FifoSettings, Fq, FqAttr, PrioOptions, Rate,
    TCA_OPTIONS, TrafficSettings,
};
use crate::writer::Put;
use crate::{Items, LinkIndex, Writer};

/// Settings of a `cake`.
#[derive(Clone, Copy, Debug)]
pub struct CakeSettings<'a> {
    rate: Option<Rate>,
    priorities: Option<CakePriorities>,
    isolation: Option<CakeIsolation>,
    overhead: Option<i32>,
    round_trip: Option<Duration>,
    nat: Option<bool>,
    more: Option<&'a dyn Items<Cake>>,
}

/// Settings of an `fq`.
#[derive(Clone, Copy, Debug)]
pub struct FqSettings<'a> {
    limit: Option<u32>,
    flow_limit: Option<u32>,
    quantum: Option<u32>,
    max_rate: Option<Rate>,
    pacing: Option<bool>,
    more: Option<&'a dyn Items<Fq>>,
}

/// Settings of a `prio`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PrioSettings {
    bands: u8,
    map: [u8; 16],
}

fn microseconds(time: Duration) -> u32 {
    u32::try_from(time.as_micros()).unwrap_or(u32::MAX)
}

impl TrafficSettings for CakeSettings<'_> {
    fn kind(&self) -> &str {
        "cake"
    }

    fn put<'w, 'b>(&self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        // As tc(8) does: without an estimate the rate is as it is given.
        let fixed = self.rate.map(|_| CakeAttr::AutoRate(0));
        // The kernel keeps its target when the round-trip time changes, tc(8) does not.
        let round_trip = self.round_trip.map(microseconds);
        let target = round_trip.map(|time| (time / 20).max(1));
        let own = [
            self.rate.map(Rate::bytes).map(CakeAttr::Rate),
            self.priorities.map(CakeAttr::Priorities),
            self.isolation.map(CakeAttr::Isolation),
            self.overhead.map(CakeAttr::Overhead),
            round_trip.map(CakeAttr::RoundTrip),
            target.map(CakeAttr::Target),
            self.nat.map(u32::from).map(CakeAttr::Nat),
            fixed,
        ];
        w.nest(TCA_OPTIONS, |mut w| {
            for attribute in own.into_iter().flatten() {
                w = w.put(attribute)?;
            }
            w.put_items(self.more)
        })
    }
}

impl TrafficSettings for FqSettings<'_> {
    fn kind(&self) -> &str {
        "fq"
    }

    fn put<'w, 'b>(&self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        let low = |rate: Rate| rate.spec().rate.get();
        let own = [
            self.limit.map(FqAttr::Limit),
            self.flow_limit.map(FqAttr::FlowLimit),
            self.quantum.map(FqAttr::Quantum),
            self.pacing.map(u32::from).map(FqAttr::Pacing),
            self.max_rate.map(low).map(FqAttr::MaxRate),
        ];
        w.nest(TCA_OPTIONS, |mut w| {
            for attribute in own.into_iter().flatten() {
                w = w.put(attribute)?;
            }
            w.put_items(self.more)
        })
    }
}

impl TrafficSettings for PrioSettings {
    fn kind(&self) -> &str {
        "prio"
    }

    fn put<'w, 'b>(&self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        let (bands, map) = (i32::from(self.bands).into(), self.map);
        w.value(TCA_OPTIONS, &PrioOptions { bands, map })
    }
}

impl<'a> NewQdisc<'a, CakeSettings<'a>> {
    /// Creates a `cake`, which keeps queues short and flows apart, with a rate if
    /// one is set.
    pub fn cake(link: impl Into<LinkIndex>) -> Self {
        let settings = CakeSettings {
            rate: None,
            priorities: None,
            isolation: None,
            overhead: None,
            round_trip: None,
            nat: None,
            more: None,
        };
        Self::new(link, settings)
    }

    /// Limits the rate.
    #[doc(alias = "TCA_CAKE_BASE_RATE64", alias = "bandwidth")]
    pub const fn rate(mut self, rate: Rate) -> Self {
        self.new.kind.rate = Some(rate);
        self
    }

    /// Sets the classes of priority. The default is
    /// [`CakePriorities::DIFFSERV3`].
    #[doc(alias = "TCA_CAKE_DIFFSERV_MODE")]
    pub const fn priorities(mut self, priorities: CakePriorities) -> Self {
        self.new.kind.priorities = Some(priorities);
        self
    }

    /// Sets the isolation of flows. The default is [`CakeIsolation::TRIPLE`].
    #[doc(alias = "TCA_CAKE_FLOW_MODE")]
    pub const fn isolation(mut self, isolation: CakeIsolation) -> Self {
        self.new.kind.isolation = Some(isolation);
        self
    }

    /// Adds an overhead to the size of each packet, -64 to 256 bytes.
    #[doc(alias = "TCA_CAKE_OVERHEAD")]
    pub const fn overhead(mut self, bytes: i32) -> Self {
        self.new.kind.overhead = Some(bytes);
        self
    }

    /// Sets the round-trip time, and the target of the queues to 1/20 of it. The defaults are
    /// 100 ms and 5 ms.
    #[doc(alias = "TCA_CAKE_RTT")]
    pub const fn round_trip(mut self, time: Duration) -> Self {
        self.new.kind.round_trip = Some(time);
        self
    }

    /// Isolates hosts by their addresses before NAT.
    #[doc(alias = "TCA_CAKE_NAT")]
    pub const fn nat(mut self, nat: bool) -> Self {
        self.new.kind.nat = Some(nat);
        self
    }

    /// Adds further settings.
    pub const fn settings(mut self, settings: &'a dyn Items<Cake>) -> Self {
        self.new.kind.more = Some(settings);
        self
    }
}

impl<'a> NewQdisc<'a, FqSettings<'a>> {
    /// Creates an `fq`, which paces flows by their sockets' rates.
    pub fn fq(link: impl Into<LinkIndex>) -> Self {
        let settings = FqSettings {
            limit: None,
            flow_limit: None,
            quantum: None,
            max_rate: None,
            pacing: None,
            more: None,
        };
        Self::new(link, settings)
    }

    /// Limits all queues to this number of packets. The default is 10,000.
    #[doc(alias = "TCA_FQ_PLIMIT")]
    pub const fn limit(mut self, packets: u32) -> Self {
        self.new.kind.limit = Some(packets);
        self
    }

    /// Limits the queue of a flow to this number of packets. The default is 100.
    #[doc(alias = "TCA_FQ_FLOW_PLIMIT")]
    pub const fn flow_limit(mut self, packets: u32) -> Self {
        self.new.kind.flow_limit = Some(packets);
        self
    }

    /// Sets the bytes that a flow sends before another's turn.
    #[doc(alias = "TCA_FQ_QUANTUM")]
    pub const fn quantum(mut self, bytes: u32) -> Self {
        self.new.kind.quantum = Some(bytes);
        self
    }

    /// Limits the rate of each flow.
    #[doc(alias = "TCA_FQ_FLOW_MAX_RATE", alias = "maxrate")]
    pub const fn max_rate(mut self, rate: Rate) -> Self {
        self.new.kind.max_rate = Some(rate);
        self
    }

    /// Says whether packets are paced by their sockets' rates, which is the
    /// default.
    #[doc(alias = "TCA_FQ_RATE_ENABLE")]
    pub const fn pacing(mut self, pacing: bool) -> Self {
        self.new.kind.pacing = Some(pacing);
        self
    }

    /// Adds further settings.
    pub const fn settings(mut self, settings: &'a dyn Items<Fq>) -> Self {
        self.new.kind.more = Some(settings);
        self
    }
}

impl NewQdisc<'_, PrioSettings> {
    /// Creates a `prio` of three bands, the first of which is served first.
    pub fn prio(link: impl Into<LinkIndex>) -> Self {
        let settings = PrioSettings {
            bands: 3,
            // That of tc(8) and of `pfifo_fast`.
            map: [1, 2, 2, 2, 1, 2, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1],
        };
        Self::new(link, settings)
    }

    /// Sets the number of bands, 2 to 16.
    pub const fn bands(mut self, bands: u8) -> Self {
        self.new.kind.bands = bands;
        self
    }

    /// Sets the band for each priority of a packet.
    #[doc(alias = "priomap")]
    pub const fn map(mut self, map: [u8; 16]) -> Self {
        self.new.kind.map = map;
        self
    }
}

impl<'a> NewQdisc<'a> {
    /// Creates an `mq`, with a discipline for each transmit queue of the link.
    pub fn mq(link: impl Into<LinkIndex>) -> Self {
        Self::new(link, "mq")
    }
}

impl NewQdisc<'_, FifoSettings> {
    /// Creates a queue with a limit in packets; a full queue drops its oldest packet.
    pub fn pfifo_head_drop(link: impl Into<LinkIndex>, limit: u32) -> Self {
        let kind = "pfifo_head_drop";
        Self::new(link, FifoSettings { kind, limit })
    }
}

crate::__format!(CakeSettings<'_>, FqSettings<'_>, PrioSettings);
