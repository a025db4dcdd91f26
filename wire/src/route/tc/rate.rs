//! Rates, and the times that packets take at a rate.

use core::fmt;
use core::str::FromStr;

use super::{RateSpec, SizeSpec};
use crate::numbers::numbers;
use crate::zerocopy::native_endian::{U16, U32};

/// Rate of traffic. The kernel counts bytes a second; texts have bits, as in
/// tc(8).
///
/// ```
/// use nlwire::route::Rate;
///
/// assert_eq!("10mbit".parse(), Ok(Rate::mbit(10)));
/// assert_eq!(Rate::mbit(10).bytes(), 1_250_000);
/// assert_eq!(Rate::kbit(1_500).to_string(), "1500Kbit");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rate(u64);

crate::__format!(Rate);

/// Kernel ticks of 64 ns in a second.
const TICKS: u64 = 15_625_000;
const TICKS_WIDE: u128 = 15_625_000;

numbers! {
    /// Link layer, whose rules for sizes of packets a rate or a size table follows.
    pub struct TrafficLinkLayer(u8) {
        /// Layer that the kernel finds out from a rate table, as of old.
        UNAWARE = 0 "TC_LINKLAYER_UNAWARE" "unaware";
        /// Ethernet: packets take their own size.
        ETHERNET = 1 "TC_LINKLAYER_ETHERNET" "ethernet";
        /// ATM: packets take whole cells of 53 bytes, each with 48 bytes of the packet.
        ATM = 2 "TC_LINKLAYER_ATM" "atm";
    }
}

impl TrafficLinkLayer {
    /// Returns the bytes that a packet of this size takes.
    fn size(self, packet: u32) -> u32 {
        match self {
            Self::ATM => packet.div_ceil(48).saturating_mul(53),
            _ => packet,
        }
    }
}

impl Rate {
    /// Takes a number of bits a second; bits beyond whole bytes are cut off.
    #[must_use]
    pub const fn bits(bits: u64) -> Self {
        Self(bits / 8)
    }

    /// Takes a number of kilobits a second, of 1000 bits.
    #[must_use]
    pub const fn kbit(kilobits: u64) -> Self {
        Self(kilobits.saturating_mul(125))
    }

    /// Takes a number of megabits a second, of 1,000,000 bits.
    #[must_use]
    pub const fn mbit(megabits: u64) -> Self {
        Self(megabits.saturating_mul(125_000))
    }

    /// Takes a number of gigabits a second, of 1,000,000,000 bits.
    #[must_use]
    pub const fn gbit(gigabits: u64) -> Self {
        Self(gigabits.saturating_mul(125_000_000))
    }

    /// Takes a number of bytes a second.
    #[must_use]
    pub const fn from_bytes(bytes: u64) -> Self {
        Self(bytes)
    }

    /// Returns the number of bytes a second.
    #[must_use]
    pub const fn bytes(self) -> u64 {
        self.0
    }

    /// Returns the time that so many bytes take, in kernel ticks of 64 ns. As
    /// in tc(8) it is rounded up, and 0 for a rate of 0.
    #[must_use]
    #[doc(alias = "tc_calc_xmittime")]
    pub fn ticks(self, bytes: u32) -> u32 {
        let product = u64::from(bytes).saturating_mul(TICKS);
        let (Some(whole), Some(rest)) = (product.checked_div(self.0), product.checked_rem(self.0))
        else {
            return 0;
        };
        u32::try_from(whole.saturating_add(u64::from(rest != 0))).unwrap_or(u32::MAX)
    }

    /// Returns the number of bytes that pass in so many ticks, rounded down as
    /// in tc(8): the size of a burst.
    #[must_use]
    #[doc(alias = "tc_calc_xmitsize")]
    pub fn size(self, ticks: u32) -> u32 {
        let product = u128::from(self.0).saturating_mul(ticks.into());
        u32::try_from(product / TICKS_WIDE).unwrap_or(u32::MAX)
    }

    /// Returns the rate as the settings have it, for Ethernet: the largest
    /// number where an attribute of 64 bits has the rate.
    #[must_use]
    pub fn spec(self) -> RateSpec {
        RateSpec {
            link_layer: TrafficLinkLayer::ETHERNET.0,
            rate: self.low().into(),
            ..RateSpec::default()
        }
    }

    /// Returns the rate in 64 bits, if 32 are too few.
    pub(super) fn wide(self) -> Option<u64> {
        (self.0 > u32::MAX.into()).then_some(self.0)
    }

    fn low(self) -> u32 {
        u32::try_from(self.0).unwrap_or(u32::MAX)
    }
}

impl RateSpec {
    /// Returns the table of times that the kernel once took rates from, for
    /// packets up to this MTU, and the rate with the table's step. The action
    /// `police` still needs a table; kernels since 3.8 calculate times for
    /// disciplines.
    #[must_use]
    #[doc(alias = "tc_calc_rtable")]
    pub fn table(mut self, mtu: u32) -> (Self, [U32; 256]) {
        let mtu = if mtu == 0 { 2047 } else { mtu };
        // The step lets 256 entries cover the MTU.
        let step = (0..24_u8).find(|&log| mtu >> log <= 255).unwrap_or(24);
        self.cell_log = step;
        self.cell_align = (-1).into();
        let rate = Rate(self.rate.get().into());
        // The kernel's flags share the byte.
        let layer = TrafficLinkLayer(self.link_layer & 0xf);
        let mut table = [U32::default(); 256];
        for (entry, place) in table.iter_mut().zip(1_u32..) {
            let size = (place << step).max(self.minimum.get().into());
            *entry = rate.ticks(layer.size(size)).into();
        }
        (self, table)
    }
}

impl SizeSpec {
    /// Fills a table with the sizes that packets of up to this MTU count as, and returns the
    /// rules with the table's steps, as tc(8) does for `stab`. tc's own table has 512
    /// entries and an MTU of 2047. Without a minimum only ATM needs a table.
    ///
    /// ```
    /// use nlwire::route::{NewQdisc, SizeSpec, SizeTableAttr, TrafficAttr, TrafficLinkLayer};
    ///
    /// // tc qdisc add dev eth0 root stab overhead -10 linklayer atm pfifo limit 100
    /// let mut table = [0_u16.into(); 512];
    /// let rules = SizeSpec {
    ///     overhead: (-10).into(),
    ///     link_layer: u32::from(TrafficLinkLayer::ATM.0).into(),
    ///     ..SizeSpec::default()
    /// };
    /// let rules = rules.table(2047, &mut table);
    /// let sizes = [SizeTableAttr::Base(&rules), SizeTableAttr::Data(&table)];
    /// let sizes = [TrafficAttr::SizeTable((&sizes).into())];
    /// let fifo = NewQdisc::pfifo(2, 100).with(&sizes);
    /// # let _ = fifo;
    /// ```
    #[must_use]
    #[doc(alias = "tc_calc_size_table", alias = "TCA_STAB_DATA")]
    pub fn table(mut self, mtu: u32, table: &mut [U16]) -> Self {
        let entries = u32::try_from(table.len()).unwrap_or(u32::MAX);
        let (last, fits) = (mtu.saturating_sub(1), entries.saturating_sub(1));
        self.maximum = mtu.into();
        self.entries = entries.into();
        self.cell_align = (-1).into();
        self.cell_log = (0..31_u8).find(|&log| last >> log <= fits).unwrap_or(31);
        let [layer, ..] = self.link_layer.get().to_le_bytes();
        let (layer, minimum, step) = (TrafficLinkLayer(layer), self.minimum.get(), self.cell_log);
        let size = |place: u32| {
            let packet = place.saturating_mul(1 << step);
            layer.size(packet.max(minimum))
        };
        // Entries have 16 bits: the largest one says what they are multiples of.
        let largest = size(entries);
        let step = (0..16_u8).find(|&log| largest >> log <= u16::MAX.into());
        self.size_log = step.unwrap_or(16);
        for (entry, place) in table.iter_mut().zip(1_u32..) {
            let scaled = size(place) >> self.size_log;
            *entry = u16::try_from(scaled).unwrap_or(u16::MAX).into();
        }
        self
    }
}

/// Prints the rate as tc(8) does: `10Mbit`, `1500Kbit`, `8bit`.
impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (mut rate, mut unit) = (self.0.saturating_mul(8), "");
        for larger in ["K", "M", "G", "T"] {
            if rate < 1000 || rate % 1000 != 0 && rate < 1_000_000 {
                break;
            }
            (rate, unit) = (rate / 1000, larger);
        }
        write!(f, "{rate}{unit}bit")
    }
}

/// Units of tc(8), in bits a second.
const UNITS: [(&str, u64); 19] = [
    ("", 1),
    ("bit", 1),
    ("kibit", 1 << 10),
    ("kbit", 1_000),
    ("mibit", 1 << 20),
    ("mbit", 1_000_000),
    ("gibit", 1 << 30),
    ("gbit", 1_000_000_000),
    ("tibit", 1 << 40),
    ("tbit", 1_000_000_000_000),
    ("bps", 8),
    ("kibps", 8 << 10),
    ("kbps", 8_000),
    ("mibps", 8 << 20),
    ("mbps", 8_000_000),
    ("gibps", 8 << 30),
    ("gbps", 8_000_000_000),
    ("tibps", 8 << 40),
    ("tbps", 8_000_000_000_000),
];

/// A whole number and a unit of tc(8), such as `10mbit` or `5kbps` (kilobytes a
/// second). A number without a unit is in bits a second.
impl FromStr for Rate {
    type Err = RateError;

    fn from_str(text: &str) -> Result<Self, RateError> {
        let end = text.bytes().take_while(u8::is_ascii_digit).count();
        let (number, name) = text.split_at_checked(end).ok_or(RateError)?;
        let number: u64 = number.parse().map_err(|_| RateError)?;
        let is_named = |unit: &&(&str, u64)| unit.0.eq_ignore_ascii_case(name);
        let (_, scale) = UNITS.iter().find(is_named).ok_or(RateError)?;
        number.checked_mul(*scale).map(Self::bits).ok_or(RateError)
    }
}

/// Reason why a text is no [`Rate`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub struct RateError;

impl fmt::Display for RateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("invalid rate: a whole number and a unit such as 10mbit")
    }
}

impl core::error::Error for RateError {}

#[cfg(test)]
mod tests {
    extern crate std;

    use super::{Rate, RateError};
    use std::string::ToString as _;

    #[test]
    fn rates_read_as_tc_takes_them() {
        for (text, rate) in [
            ("10mbit", Rate::mbit(10)),
            ("8000", Rate::from_bytes(1000)),
            ("1Gbit", Rate::gbit(1)),
            ("5kbps", Rate::from_bytes(5000)),
            ("1mibit", Rate::from_bytes(131_072)),
        ] {
            assert_eq!(text.parse(), Ok(rate), "{text}");
        }
        for text in [
            "",
            "mbit",
            "-1",
            "+1",
            "1.5mbit",
            "1xbit",
            "99999999999tbit",
        ] {
            assert_eq!(text.parse::<Rate>(), Err(RateError), "{text}");
        }
    }

    #[test]
    fn rates_print_as_by_tc() {
        for (rate, text) in [
            (Rate::mbit(10), "10Mbit"),
            (Rate::kbit(1500), "1500Kbit"),
            (Rate::from_bytes(1), "8bit"),
            (Rate::gbit(80), "80Gbit"),
            (Rate::from_bytes(0), "0bit"),
        ] {
            assert_eq!(rate.to_string(), text);
        }
    }

    #[test]
    fn times_are_rounded_up_and_sizes_down() {
        // 1600 bytes at 3 bytes a second: 533.33 s.
        assert_eq!(Rate::from_bytes(3_000_000).ticks(1600), 8334);
        assert_eq!(Rate::mbit(1).ticks(1600), 200_000);
        assert_eq!(Rate::mbit(1).size(200_000), 1600);
        assert_eq!(Rate::from_bytes(3_000_000).size(8333), 1599);
        assert_eq!(Rate::from_bytes(0).ticks(1), 0);
        assert_eq!(Rate::from_bytes(1).ticks(u32::MAX), u32::MAX);
        assert_eq!(Rate::gbit(u64::MAX).spec().rate.get(), u32::MAX);
    }

    #[test]
    fn a_table_has_the_times_of_its_steps() {
        let (spec, table) = Rate::mbit(1).spec().table(1600);
        assert_eq!((spec.cell_log, spec.cell_align.get()), (3, -1));
        assert_eq!(table[0].get(), Rate::mbit(1).ticks(8));
        assert_eq!(table[255].get(), Rate::mbit(1).ticks(2048));
    }
}
