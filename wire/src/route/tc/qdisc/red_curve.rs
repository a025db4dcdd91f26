//! Settings of RED, calculated from lengths of queues as by tc(8).

use super::RedOptions;
use crate::route::tc::Rate;

/// Curve of RED: lengths of a queue between which more and more packets are dropped.
/// The kernel takes logarithms and a table in place of most numbers; they are calculated
/// as by tc-red(8), without floating-point numbers.
///
/// ```
/// use nlwire::route::{NewQdisc, Rate, RedAttr, RedCurve, RedFlags, TrafficKindSettings};
///
/// // tc qdisc add dev eth0 root red limit 400000 min 30000 max 90000 avpkt 1000 burst 55
/// //     bandwidth 10mbit probability 0.1 ecn
/// let curve = RedCurve::new(30_000, 90_000, 1000).burst(55).rate(Rate::mbit(10)).probability(1, 10);
/// let options = curve.options(400_000).ok_or("lengths that do not fit")?;
/// let table = curve.table().ok_or("lengths that do not fit")?;
/// let settings = [
///     RedAttr::Parameters(&options),
///     RedAttr::Table(&table),
///     RedAttr::MaxProbability(curve.max_probability()),
/// ];
/// let red = NewQdisc::new(7, TrafficKindSettings::of("red", &settings));
/// # let _ = red;
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RedCurve {
    minimum: u32,
    maximum: u32,
    packet: u32,
    burst: u32,
    rate: Rate,
    probability: u32,
}

crate::__format!(RedCurve);

/// 1 with the bits behind the point that (1 - W)^burst has.
const ONE: u128 = 1 << 48;

/// Number of bits behind the point of a logarithm.
const LOGARITHM: u32 = 64;

impl RedCurve {
    /// Takes the average lengths in bytes from which packets are dropped, and at which the
    /// probability is largest, and the size of an average packet in bytes. The default
    /// burst is two thirds of the minimum and a third of the maximum in packets, the
    /// default rate 10 Mbit/s, the default probability 2 %.
    ///
    /// For a `choke`, whose lengths are in packets, multiply them by the packet's size
    /// here, and put those in packets into [`RedOptions`].
    #[must_use]
    #[doc(alias = "qth_min", alias = "qth_max", alias = "avpkt")]
    pub const fn new(minimum: u32, maximum: u32, average_packet: u32) -> Self {
        let bytes = minimum.saturating_mul(2).saturating_add(maximum);
        let burst = match bytes.checked_div(average_packet.saturating_mul(3)) {
            Some(burst) => burst,
            None => 0,
        };
        Self {
            minimum,
            maximum,
            packet: average_packet,
            burst,
            rate: Rate::mbit(10),
            // 2 % of 2^32.
            probability: 85_899_345,
        }
    }

    /// Sets the number of packets that may come at once.
    #[must_use]
    pub const fn burst(mut self, packets: u32) -> Self {
        self.burst = packets;
        self
    }

    /// Sets the rate at which the queue empties, by which idle times count.
    #[must_use]
    #[doc(alias = "bandwidth")]
    pub const fn rate(mut self, rate: Rate) -> Self {
        self.rate = rate;
        self
    }

    /// Sets the maximum probability of a drop, as a fraction of at most 1.
    #[must_use]
    pub fn probability(mut self, part: u32, of: u32) -> Self {
        let scaled = (u64::from(part) << 32).checked_div(of.into());
        self.probability = u32::try_from(scaled.unwrap_or(0)).unwrap_or(u32::MAX);
        self
    }

    /// Returns the maximum probability of a drop, as a part of 2^32.
    #[must_use]
    #[doc(alias = "TCA_RED_MAX_P", alias = "TCA_CHOKE_MAX_P", alias = "max_P")]
    pub const fn max_probability(&self) -> u32 {
        self.probability
    }

    /// Returns the lengths and the logarithms with this limit of the queue; nothing if the
    /// minimum is not below the maximum, the burst too short for the minimum, or the
    /// probability 0.
    #[must_use]
    #[doc(alias = "TCA_RED_PARMS")]
    pub fn options(&self, limit: u32) -> Option<RedOptions> {
        Some(RedOptions {
            limit: limit.into(),
            minimum: self.minimum.into(),
            maximum: self.maximum.into(),
            weight_log: self.weight_log()?,
            probability_log: self.probability_log()?,
            cell_log: self.cell_log()?,
            flags: 0,
        })
    }

    /// Returns the table of shifts by which the average falls in idle times.
    #[must_use]
    #[doc(
        alias = "TCA_RED_STAB",
        alias = "TCA_CHOKE_STAB",
        alias = "TCA_GRED_STAB"
    )]
    pub fn table(&self) -> Option<[u8; 256]> {
        let (step, ticks) = (
            self.cell_log()?,
            u128::from(self.packet_ticks()?) << LOGARITHM,
        );
        let fall = logarithm(self.weight_log()?);
        let mut table = [31; 256];
        for (entry, place) in table.iter_mut().zip(0_u128..255) {
            let time = place.saturating_mul(power_of_two(step));
            let shift = time.saturating_mul(fall).checked_div(ticks);
            *entry = u8::try_from(shift?).unwrap_or(31).min(31);
        }
        Some(table)
    }

    /// Returns the smallest weight by which a burst from an empty queue stays below the
    /// minimum: `burst + 1 - minimum / packet <= (1 - (1 - W)^burst) / W`, where W is 1 of
    /// 2 to the power of the result.
    fn weight_log(&self) -> Option<u8> {
        let packet = u128::from(self.packet);
        let burst = u128::from(self.burst)
            .saturating_add(1)
            .saturating_mul(packet);
        let above = burst.checked_sub(self.minimum.into())?;
        if packet == 0 || above < packet {
            return None;
        }
        (1..32).find(|&log| {
            let weight = ONE.checked_div(power_of_two(log)).unwrap_or(0);
            let rest = power(ONE.saturating_sub(weight), self.burst);
            let share = ONE.saturating_sub(rest).saturating_mul(power_of_two(log));
            above.saturating_mul(ONE) <= share.saturating_mul(packet)
        })
    }

    /// Returns the power of 2 by which the probability over the distance of both lengths
    /// exceeds 1.
    fn probability_log(&self) -> Option<u8> {
        let distance = self.maximum.checked_sub(self.minimum)?;
        if distance == 0 {
            return None;
        }
        let whole = u128::from(distance) << 32;
        (0..32).find(|&log| power_of_two(log).saturating_mul(self.probability.into()) > whole)
    }

    /// Returns the step of the table, as a power of two in ticks: 512 steps take all bits
    /// of an average away.
    fn cell_log(&self) -> Option<u8> {
        let fall = logarithm(self.weight_log()?);
        let ticks = u128::from(self.packet_ticks()?) << LOGARITHM;
        let whole = ticks.saturating_mul(31);
        (0..32).find(|&log| whole < fall.saturating_mul(512).saturating_mul(power_of_two(log)))
    }

    fn packet_ticks(&self) -> Option<u32> {
        Some(self.rate.ticks(self.packet)).filter(|&ticks| ticks != 0)
    }
}

fn power_of_two(log: u8) -> u128 {
    1_u128.checked_shl(log.into()).unwrap_or(0)
}

/// Returns a number, of which [`ONE`] is 1, to a power.
fn power(mut base: u128, mut exponent: u32) -> u128 {
    let mut result = ONE;
    while exponent != 0 {
        if exponent & 1 != 0 {
            result = result.saturating_mul(base) / ONE;
        }
        base = base.saturating_mul(base) / ONE;
        exponent >>= 1;
    }
    result
}

/// Returns the natural logarithm of 1 / (1 - 2^-log), with [`LOGARITHM`] bits behind the
/// point: the sum of 2^(-log n) / n.
fn logarithm(log: u8) -> u128 {
    let (mut sum, mut power) = (0_u128, 1_u128 << LOGARITHM);
    for n in 1..=u128::from(LOGARITHM) {
        power = power.checked_shr(log.into()).unwrap_or(0);
        sum = sum.saturating_add(power.checked_div(n).unwrap_or(0));
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::{LOGARITHM, RedCurve, logarithm};
    use crate::route::tc::Rate;

    #[test]
    fn logarithms_are_those_of_mathematics() {
        // ln 2 and ln (4 / 3), in 32 bits behind the point.
        assert_eq!(logarithm(1) >> (LOGARITHM - 32), 2_977_044_471);
        assert_eq!(logarithm(2) >> (LOGARITHM - 32), 1_235_585_092);
    }

    #[test]
    fn settings_are_those_of_tc() {
        let curve = RedCurve::new(30_000, 90_000, 1000)
            .burst(55)
            .rate(Rate::mbit(10))
            .probability(1, 10);
        let options = curve.options(400_000).unwrap();
        let logs = (
            options.weight_log,
            options.probability_log,
            options.cell_log,
        );
        assert_eq!(logs, (5, 20, 15));
        assert_eq!(curve.max_probability(), 429_496_729);
        let table = curve.table().unwrap();
        let sum: u32 = table.iter().copied().map(u32::from).sum();
        assert_eq!((table[0], table[100], table[255], sum), (0, 8, 31, 2593));
    }

    #[test]
    fn lengths_that_do_not_fit_are_refused() {
        assert_eq!(RedCurve::new(90_000, 30_000, 1000).options(1), None);
        assert_eq!(RedCurve::new(30_000, 90_000, 0).options(1), None);
        assert_eq!(
            RedCurve::new(30_000, 90_000, 1000).burst(3).options(1),
            None
        );
        assert_eq!(
            RedCurve::new(1, 2, u32::MAX).rate(Rate::mbit(0)).table(),
            None
        );
        assert!(RedCurve::new(0, u32::MAX, 1).options(1).is_none());
        let curve = RedCurve::new(1, u32::MAX, u32::MAX).burst(u32::MAX);
        let _ = (curve.options(1), curve.table());
    }
}
