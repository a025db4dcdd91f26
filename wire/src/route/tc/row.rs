//! Queueing disciplines, classes and filters as the kernel reports them.

use super::{
    BasicStats, Handle, HtbClass, QueueStats, Rate, RateSpec, TCA_STATS_APP, TbfParameters,
    Traffic, TrafficAppStats, TrafficAppStatsChoice, TrafficHeader, TrafficOptions, TrafficStats2,
};
use crate::codec::Choice as _;
use crate::{DecodeError, LinkIndex, Row, fields};

/// Queueing discipline, class or filter.
pub type TrafficRow<'a> = Row<'a, TrafficHeader, Traffic>;

/// Counters of a queueing discipline or a class.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub struct TrafficCounters {
    /// Number of bytes sent.
    pub bytes: u64,
    /// Number of packets sent.
    pub packets: u64,
    /// Number of packets dropped.
    pub drops: u32,
    /// Number of times that a limit held packets back.
    pub overlimits: u32,
    /// Number of packets that the driver returned.
    pub requeues: u32,
    /// Number of packets in the queue.
    pub queued: u32,
    /// Number of bytes in the queue.
    pub backlog: u32,
}

impl<'a> TrafficRow<'a> {
    /// Returns the link.
    #[inline]
    #[must_use]
    #[doc(alias = "tcm_ifindex")]
    pub const fn link(&self) -> LinkIndex {
        self.header.index
    }

    /// Returns the handle, such as `1:` of a discipline and `1:10` of a class.
    /// That of a `u32` filter prints as a [`U32Handle`](super::U32Handle).
    #[inline]
    #[must_use]
    #[doc(alias = "tcm_handle")]
    pub const fn handle(&self) -> Handle {
        self.header.handle
    }

    /// Returns the parent: a class, a discipline, the root or the ingress.
    #[inline]
    #[must_use]
    #[doc(alias = "tcm_parent")]
    pub const fn parent(&self) -> Handle {
        self.header.parent
    }

    /// Returns the kind, such as `htb`.
    ///
    /// # Errors
    ///
    /// Fails if `TCA_KIND` is malformed.
    #[inline]
    #[doc(alias = "TCA_KIND")]
    pub fn kind(&self) -> Result<Option<&'a str>, DecodeError> {
        Ok(fields!(self.attributes => Traffic { kind })?.kind)
    }

    /// Returns the settings of the kind.
    ///
    /// # Errors
    ///
    /// Fails if `TCA_OPTIONS` is malformed.
    #[doc(alias = "TCA_OPTIONS")]
    pub fn options(&self) -> Result<Option<TrafficOptions<'a>>, DecodeError> {
        Ok(fields!(self.attributes => Traffic { options })?.options)
    }

    /// Returns the priority of a filter: the lowest number is asked first.
    #[inline]
    #[must_use]
    #[doc(alias = "tcm_info", alias = "pref")]
    pub const fn priority(&self) -> u16 {
        self.header.priority()
    }

    /// Returns the protocol of a filter's packets (`ETH_P_*`), such as 0x0800
    /// for IPv4.
    #[inline]
    #[must_use]
    #[doc(alias = "tcm_info")]
    pub const fn protocol(&self) -> u16 {
        self.header.protocol()
    }

    /// Returns the chain of a filter.
    ///
    /// # Errors
    ///
    /// Fails if `TCA_CHAIN` is malformed.
    #[doc(alias = "TCA_CHAIN")]
    pub fn chain(&self) -> Result<Option<u32>, DecodeError> {
        Ok(fields!(self.attributes => Traffic { chain })?.chain)
    }

    /// Returns the counters.
    ///
    /// # Errors
    ///
    /// Fails if `TCA_STATS2` is malformed.
    #[doc(alias = "TCA_STATS2")]
    pub fn counters(&self) -> Result<Option<TrafficCounters>, DecodeError> {
        let Some(stats) = fields!(self.attributes => Traffic { stats2 })?.stats2 else {
            return Ok(None);
        };
        let stats = fields!(stats => TrafficStats2 { basic, queue, packets64 })?;
        let basic = stats
            .basic
            .map_or(BasicStats::default(), |basic| basic.get());
        let queue = stats
            .queue
            .map_or(QueueStats::default(), |queue| queue.get());
        Ok(Some(TrafficCounters {
            bytes: basic.bytes.get(),
            packets: stats.packets64.unwrap_or(basic.packets.get().into()),
            drops: queue.drops.get(),
            overlimits: queue.overlimits.get(),
            requeues: queue.requeues.get(),
            queued: queue.length.get(),
            backlog: queue.backlog.get(),
        }))
    }

    /// Returns the counters of the kind.
    ///
    /// # Errors
    ///
    /// A broken `TCA_KIND` or `TCA_STATS2`.
    #[doc(alias = "TCA_STATS_APP", alias = "TCA_XSTATS")]
    pub fn kind_counters(&self) -> Result<Option<TrafficAppStats<'a>>, DecodeError> {
        let row = fields!(self.attributes => Traffic { kind, stats2 })?;
        let (Some(kind), Some(stats)) = (row.kind, row.stats2) else {
            return Ok(None);
        };
        let stats = stats.attributes().find_sibling(TCA_STATS_APP)?;
        let choice = TrafficAppStatsChoice::named(kind.as_bytes());
        Ok(stats.map(|stats| choice.set(stats.nested())))
    }

    /// Returns the rate of a `tbf`, or the assured rate of an `htb` class.
    ///
    /// # Errors
    ///
    /// Fails if a setting is malformed.
    pub fn rate(&self) -> Result<Option<Rate>, DecodeError> {
        Ok(match self.options()? {
            Some(TrafficOptions::Htb(htb)) => {
                let htb = fields!(htb => super::Htb { class, rate64 })?;
                htb.class
                    .map(|class: &HtbClass| rate(&class.rate, htb.rate64))
            }
            Some(TrafficOptions::Tbf(tbf)) => {
                let tbf = fields!(tbf => super::Tbf { parameters, rate64 })?;
                let parameters: Option<&TbfParameters> = tbf.parameters;
                parameters.map(|parameters| rate(&parameters.rate, tbf.rate64))
            }
            _ => None,
        })
    }

    /// Returns the rate up to which a class of `htb` may borrow.
    ///
    /// # Errors
    ///
    /// Fails if a setting is malformed.
    pub fn ceil(&self) -> Result<Option<Rate>, DecodeError> {
        let Some(TrafficOptions::Htb(htb)) = self.options()? else {
            return Ok(None);
        };
        let htb = fields!(htb => super::Htb { class, ceil64 })?;
        Ok(htb
            .class
            .map(|class: &HtbClass| rate(&class.ceil, htb.ceil64)))
    }
}

/// Returns a rate, whose 64 bits have an attribute of their own.
fn rate(spec: &RateSpec, wide: Option<u64>) -> Rate {
    Rate::from_bytes(wide.unwrap_or(spec.rate.get().into()))
}
