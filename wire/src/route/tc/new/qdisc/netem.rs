//! Creation of a `netem`.

use core::time::Duration;

use super::NewQdisc;
use crate::route::tc::{
    Netem, NetemAttr, NetemChance, NetemCorrelation, NetemOptions, NetemRate, Probability, Rate,
    TCA_NETEM_DELAY_DIST, TCA_NETEM_SLOT_DIST, TCA_OPTIONS, TrafficSettings,
};
use crate::writer::Put;
use crate::{Items, LinkIndex, Writer};

/// Settings of a `netem`.
#[derive(Clone, Copy, Debug)]
pub struct NetemSettings<'a> {
    delay: Duration,
    jitter: Duration,
    limit: u32,
    gap: u32,
    loss: Probability,
    duplicate: Probability,
    correlation: NetemCorrelation,
    reorder: NetemChance,
    corrupt: NetemChance,
    rate: Option<Rate>,
    ecn: bool,
    distribution: &'a [i16],
    slot_distribution: &'a [i16],
    more: Option<&'a dyn Items<Netem>>,
}

/// Returns ticks of 64 ns, and the nanoseconds if ticks do not say them all.
fn ticks(time: Duration) -> (u32, Option<i64>) {
    let nanoseconds = time.as_nanos();
    let (ticks, rest) = (nanoseconds / 64, nanoseconds % 64);
    match u32::try_from(ticks) {
        Ok(ticks) if rest == 0 => (ticks, None),
        ticks => (
            ticks.unwrap_or(u32::MAX),
            Some(i64::try_from(nanoseconds).unwrap_or(i64::MAX)),
        ),
    }
}

fn chance(probability: Probability, correlation: Probability) -> NetemChance {
    NetemChance {
        probability: probability.to_bits().into(),
        correlation: correlation.to_bits().into(),
    }
}

impl TrafficSettings for NetemSettings<'_> {
    fn kind(&self) -> &str {
        "netem"
    }

    fn put<'w, 'b>(&self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        let ((latency, latency64), (jitter, jitter64)) = (ticks(self.delay), ticks(self.jitter));
        let is_used = |chance: &NetemChance| *chance != NetemChance::default();
        let options = NetemOptions {
            latency: latency.into(),
            limit: self.limit.into(),
            loss: self.loss.to_bits().into(),
            // tc(8) reorders every packet of the chance.
            gap: match self.gap {
                0 => u32::from(is_used(&self.reorder)).into(),
                gap => gap.into(),
            },
            duplicate: self.duplicate.to_bits().into(),
            jitter: jitter.into(),
        };
        let wide = self.rate.and_then(Rate::wide);
        let rate = self.rate.map(|rate| NetemRate {
            rate: rate.spec().rate,
            ..NetemRate::default()
        });
        w.unmarked_nest(TCA_OPTIONS, |w| {
            let mut w = w.append(&options)?;
            if self.correlation != NetemCorrelation::default() {
                w = w.put(NetemAttr::Correlation(&self.correlation))?;
            }
            if is_used(&self.reorder) {
                w = w.put(NetemAttr::Reorder(&self.reorder))?;
            }
            if self.ecn {
                w = w.put(NetemAttr::Ecn(1))?;
            }
            if is_used(&self.corrupt) {
                w = w.put(NetemAttr::Corrupt(&self.corrupt))?;
            }
            if let Some(wide) = wide {
                w = w.put(NetemAttr::Rate64(wide))?;
            }
            if let Some(rate) = &rate {
                w = w.put(NetemAttr::Rate(rate))?;
            }
            if let Some(latency) = latency64 {
                w = w.put(NetemAttr::Latency64(latency))?;
            }
            if let Some(jitter) = jitter64 {
                w = w.put(NetemAttr::Jitter64(jitter))?;
            }
            let w = w.put_items(self.more)?;
            let w = put_table(TCA_NETEM_DELAY_DIST, self.distribution, w)?;
            put_table(TCA_NETEM_SLOT_DIST, self.slot_distribution, w)
        })
    }
}

/// Puts the table of a distribution, unless it is empty.
fn put_table<'w, 'b>(kind: u16, table: &[i16], w: &'w mut Writer<'b>) -> Put<'w, 'b> {
    if table.is_empty() {
        return Ok(w);
    }
    w.put_with(kind, table.len().saturating_mul(2), |slot| {
        let bytes = table.iter().flat_map(|value| value.to_ne_bytes());
        for (to, from) in slot.iter_mut().zip(bytes) {
            *to = from;
        }
    })
}

impl<'a> NewQdisc<'a, NetemSettings<'a>> {
    /// Creates a `netem`, which delays, loses and reorders packets.
    ///
    /// ```
    /// use core::time::Duration;
    /// use nlwire::route::{NewQdisc, Probability};
    ///
    /// let slow = NewQdisc::netem(7)
    ///     .delay(Duration::from_millis(100), Duration::from_millis(10))
    ///     .loss(Probability::percent(1));
    /// # let _ = slow;
    /// ```
    pub fn netem(link: impl Into<LinkIndex>) -> Self {
        let settings = NetemSettings {
            delay: Duration::ZERO,
            jitter: Duration::ZERO,
            limit: 1000,
            gap: 0,
            loss: Probability::default(),
            duplicate: Probability::default(),
            correlation: NetemCorrelation::default(),
            reorder: NetemChance::default(),
            corrupt: NetemChance::default(),
            rate: None,
            ecn: false,
            distribution: &[],
            slot_distribution: &[],
            more: None,
        };
        Self::new(link, settings)
    }

    /// Delays packets by this time, give or take the jitter.
    #[doc(alias = "TCA_NETEM_LATENCY64", alias = "TCA_NETEM_JITTER64")]
    pub const fn delay(mut self, delay: Duration, jitter: Duration) -> Self {
        self.new.kind.delay = delay;
        self.new.kind.jitter = jitter;
        self
    }

    /// Sets the distribution of delays, such as the table that tc(8) reads from `normal.dist`.
    ///
    /// The kernel draws a value for each packet, and adds `value / 8192` of the jitter to the
    /// delay. A table has up to 16,384 values. Without one the distribution is uniform.
    ///
    /// ```
    /// use core::time::Duration;
    /// use nlwire::route::NewQdisc;
    ///
    /// // One packet of four is late, by three times the jitter.
    /// let late = NewQdisc::netem(7)
    ///     .delay(Duration::from_millis(20), Duration::from_millis(10))
    ///     .distribution(&[0, 0, 0, 3 * 8192]);
    /// # let _ = late;
    /// ```
    #[doc(alias = "TCA_NETEM_DELAY_DIST")]
    pub const fn distribution(mut self, table: &'a [i16]) -> Self {
        self.new.kind.distribution = table;
        self
    }

    /// Sets the distribution of the delays of slots. Mean and jitter of a
    /// [`NetemSlot`](crate::route::NetemSlot) count with it, the bounds without it.
    #[doc(alias = "TCA_NETEM_SLOT_DIST")]
    pub const fn slot_distribution(mut self, table: &'a [i16]) -> Self {
        self.new.kind.slot_distribution = table;
        self
    }

    /// Sets the correlation of each delay with the one before.
    #[doc(alias = "TCA_NETEM_CORR")]
    pub fn delay_correlation(mut self, correlation: Probability) -> Self {
        self.new.kind.correlation.delay = correlation.to_bits().into();
        self
    }

    /// Loses packets with this probability.
    pub const fn loss(mut self, probability: Probability) -> Self {
        self.new.kind.loss = probability;
        self
    }

    /// Duplicates packets with this probability.
    pub const fn duplicate(mut self, probability: Probability) -> Self {
        self.new.kind.duplicate = probability;
        self
    }

    /// Inverts a bit of packets with this probability.
    #[doc(alias = "TCA_NETEM_CORRUPT")]
    pub fn corrupt(mut self, probability: Probability) -> Self {
        self.new.kind.corrupt = chance(probability, Probability::default());
        self
    }

    /// Sends packets at once with this probability, correlated with the choice
    /// before; the others are delayed.
    #[doc(alias = "TCA_NETEM_REORDER")]
    pub fn reorder(mut self, probability: Probability, correlation: Probability) -> Self {
        self.new.kind.reorder = chance(probability, correlation);
        self
    }

    /// Reorders only every packet of this number.
    pub const fn gap(mut self, packets: u32) -> Self {
        self.new.kind.gap = packets;
        self
    }

    /// Limits the queue to this number of packets. The default is 1000.
    pub const fn limit(mut self, packets: u32) -> Self {
        self.new.kind.limit = packets;
        self
    }

    /// Limits the rate.
    #[doc(alias = "TCA_NETEM_RATE", alias = "TCA_NETEM_RATE64")]
    pub const fn rate(mut self, rate: Rate) -> Self {
        self.new.kind.rate = Some(rate);
        self
    }

    /// Turns ECN on: capable packets are marked instead of lost.
    #[doc(alias = "TCA_NETEM_ECN")]
    pub const fn ecn(mut self) -> Self {
        self.new.kind.ecn = true;
        self
    }

    /// Adds further settings, such as a model of loss.
    pub const fn settings(mut self, settings: &'a dyn Items<Netem>) -> Self {
        self.new.kind.more = Some(settings);
        self
    }
}

crate::__format!(NetemSettings<'_>);
