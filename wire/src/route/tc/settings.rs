//! Kinds of queueing disciplines and classes with their settings, for requests.

use core::time::Duration;

use super::{
    FifoOptions, FqCodel, FqCodelAttr, HtbAttr, HtbClass, HtbGlobal, Rate, TCA_OPTIONS, TbfAttr,
    TbfParameters, TrafficLinkLayer,
};
use crate::writer::Put;
use crate::{Items, Writer};

/// Kind of a queueing discipline, a class or a filter, and its settings.
///
/// A kind without settings is its name, a `&str`. Implement the trait for kinds
/// that this crate does not know.
pub trait TrafficSettings: Sync {
    /// Returns the name of the kind, such as `htb` (`TCA_KIND`).
    fn kind(&self) -> &str;

    /// Puts the attribute `TCA_OPTIONS`, if the kind has settings.
    ///
    /// # Errors
    ///
    /// The errors of [`Writer::nest`].
    fn put<'w, 'b>(&self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        Ok(w)
    }

    /// Puts the attribute for packets of a protocol (`ETH_P_*`), 0 where there is
    /// none. A kind whose settings repeat the protocol, such as `flower`,
    /// overrides this.
    ///
    /// # Errors
    ///
    /// A full buffer, or whatever [`put`](Self::put) returns.
    fn put_for<'w, 'b>(&self, protocol: u16, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        let _ = protocol;
        self.put(w)
    }
}

impl TrafficSettings for &str {
    fn kind(&self) -> &str {
        self
    }
}

/// Settings of an `htb` discipline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct HtbSettings {
    pub(super) default_class: u32,
    pub(super) rate_to_quantum: u32,
    pub(super) direct_queue: Option<u32>,
}

impl HtbSettings {
    pub(super) const NEW: Self = Self {
        default_class: 0,
        rate_to_quantum: 10,
        direct_queue: None,
    };
}

impl TrafficSettings for HtbSettings {
    fn kind(&self) -> &str {
        "htb"
    }

    fn put<'w, 'b>(&self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        w.nest(TCA_OPTIONS, |w| {
            let global = HtbGlobal {
                version: 3.into(),
                rate2quantum: self.rate_to_quantum.into(),
                default_class: self.default_class.into(),
                ..HtbGlobal::default()
            };
            let w = w.put(HtbAttr::Global(&global))?;
            match self.direct_queue {
                Some(packets) => w.put(HtbAttr::DirectLen(packets)),
                None => Ok(w),
            }
        })
    }
}

/// Settings of a class of `htb`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct HtbClassSettings {
    pub(super) rate: Rate,
    pub(super) ceil: Option<Rate>,
    pub(super) burst: Option<u32>,
    pub(super) ceil_burst: Option<u32>,
    pub(super) mtu: u32,
    pub(super) overhead: u16,
    pub(super) minimum: u16,
    pub(super) layer: TrafficLinkLayer,
    pub(super) quantum: u32,
    pub(super) priority: u32,
}

impl HtbClassSettings {
    pub(super) const fn new(rate: Rate) -> Self {
        Self {
            rate,
            ceil: None,
            burst: None,
            ceil_burst: None,
            mtu: 1600,
            overhead: 0,
            minimum: 0,
            layer: TrafficLinkLayer::ETHERNET,
            quantum: 0,
            priority: 0,
        }
    }

    /// Returns the burst that tc(8) chooses: what passes between two timer
    /// interrupts, of which kernels with timers of high resolution can have one
    /// each nanosecond, and a packet.
    fn default_burst(&self, rate: Rate) -> u32 {
        let between = rate.bytes() / 1_000_000_000;
        u32::try_from(between.saturating_add(self.mtu.into())).unwrap_or(u32::MAX)
    }
}

impl TrafficSettings for HtbClassSettings {
    fn kind(&self) -> &str {
        "htb"
    }

    fn put<'w, 'b>(&self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        let (rate, ceil) = (self.rate, self.ceil.unwrap_or(self.rate));
        let burst = self.burst.unwrap_or_else(|| self.default_burst(rate));
        let ceil_burst = self.ceil_burst.unwrap_or_else(|| self.default_burst(ceil));
        let spec = |rate: Rate| {
            let mut spec = rate.spec();
            spec.overhead = self.overhead.into();
            spec.minimum = self.minimum.into();
            spec.link_layer = self.layer.0;
            spec
        };
        let class = HtbClass {
            rate: spec(rate),
            ceil: spec(ceil),
            buffer: rate.ticks(burst).into(),
            cbuffer: ceil.ticks(ceil_burst).into(),
            quantum: self.quantum.into(),
            prio: self.priority.into(),
            ..HtbClass::default()
        };
        w.nest(TCA_OPTIONS, |mut w| {
            if let Some(rate) = rate.wide() {
                w = w.put(HtbAttr::Rate64(rate))?;
            }
            if let Some(ceil) = ceil.wide() {
                w = w.put(HtbAttr::Ceil64(ceil))?;
            }
            w.put(HtbAttr::Class(&class))
        })
    }
}

/// Settings of a `tbf`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TbfSettings {
    pub(super) rate: Rate,
    pub(super) burst: u32,
    pub(super) limit: Limit,
    pub(super) peak: Option<(Rate, u32)>,
    pub(super) overhead: u16,
    pub(super) minimum: u16,
    pub(super) layer: TrafficLinkLayer,
}

/// Limit of a queue: its size in bytes, or the longest wait in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Limit {
    Bytes(u32),
    Latency(Duration),
}

impl TbfSettings {
    /// Returns the limit in bytes. A latency is taken at the rate, and at the
    /// peak rate if that is less.
    fn limit(&self) -> u32 {
        let latency = match self.limit {
            Limit::Bytes(bytes) => return bytes,
            Limit::Latency(latency) => latency,
        };
        let queue = |rate: Rate, burst: u32| {
            let bytes = u128::from(rate.bytes()).saturating_mul(latency.as_micros());
            (bytes / 1_000_000).saturating_add(burst.into())
        };
        let limit = queue(self.rate, self.burst);
        let limit = match self.peak {
            Some((rate, mtu)) => limit.min(queue(rate, mtu)),
            None => limit,
        };
        u32::try_from(limit).unwrap_or(u32::MAX)
    }
}

impl TrafficSettings for TbfSettings {
    fn kind(&self) -> &str {
        "tbf"
    }

    fn put<'w, 'b>(&self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        let spec = |rate: Rate| {
            let mut spec = rate.spec();
            spec.overhead = self.overhead.into();
            spec.minimum = self.minimum.into();
            spec.link_layer = self.layer.0;
            spec
        };
        let mut parameters = TbfParameters {
            rate: spec(self.rate),
            limit: self.limit().into(),
            buffer: self.rate.ticks(self.burst).into(),
            ..TbfParameters::default()
        };
        if let Some((rate, mtu)) = self.peak {
            parameters.peak_rate = spec(rate);
            parameters.mtu = rate.ticks(mtu).into();
        }
        w.nest(TCA_OPTIONS, |w| {
            let mut w = w
                .put(TbfAttr::Parameters(&parameters))?
                .put(TbfAttr::Burst(self.burst))?;
            if let Some(rate) = self.rate.wide() {
                w = w.put(TbfAttr::Rate64(rate))?;
            }
            let Some((rate, mtu)) = self.peak else {
                return Ok(w);
            };
            if let Some(rate) = rate.wide() {
                w = w.put(TbfAttr::PeakRate64(rate))?;
            }
            w.put(TbfAttr::PeakBurst(mtu))
        })
    }
}

/// Settings of a `pfifo` or a `bfifo`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FifoSettings {
    pub(super) kind: &'static str,
    pub(super) limit: u32,
}

impl TrafficSettings for FifoSettings {
    fn kind(&self) -> &str {
        self.kind
    }

    fn put<'w, 'b>(&self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        let limit = self.limit.into();
        w.value(TCA_OPTIONS, &FifoOptions { limit })
    }
}

/// Settings of a `fq_codel`.
#[derive(Clone, Copy, Debug)]
pub struct FqCodelSettings<'a> {
    pub(super) target: Option<Duration>,
    pub(super) interval: Option<Duration>,
    pub(super) limit: Option<u32>,
    pub(super) flows: Option<u32>,
    pub(super) ecn: Option<bool>,
    pub(super) more: Option<&'a dyn Items<FqCodel>>,
}

impl FqCodelSettings<'_> {
    pub(super) const NEW: Self = Self {
        target: None,
        interval: None,
        limit: None,
        flows: None,
        ecn: None,
        more: None,
    };
}

impl TrafficSettings for FqCodelSettings<'_> {
    fn kind(&self) -> &str {
        "fq_codel"
    }

    fn put<'w, 'b>(&self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        let microseconds = |time: Duration| u32::try_from(time.as_micros()).unwrap_or(u32::MAX);
        let own = [
            self.limit.map(FqCodelAttr::Limit),
            self.flows.map(FqCodelAttr::Flows),
            self.interval.map(microseconds).map(FqCodelAttr::Interval),
            self.target.map(microseconds).map(FqCodelAttr::Target),
            self.ecn.map(u32::from).map(FqCodelAttr::Ecn),
        ];
        w.nest(TCA_OPTIONS, |mut w| {
            for attribute in own.into_iter().flatten() {
                w = w.put(attribute)?;
            }
            w.put_items(self.more)
        })
    }
}

crate::__format!(
    HtbSettings,
    HtbClassSettings,
    TbfSettings,
    FifoSettings,
    FqCodelSettings<'_>
);
