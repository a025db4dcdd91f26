//! Elements that each network has: rates, country, traffic, load.

use core::fmt;

use crate::Text;
use crate::text::Hex;

/// Rates of a network or a station.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Rates<'a> {
    rest: &'a [u8],
}

/// Rate of [`Rates`], or a feature that stations must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Rate(pub u8);

impl<'a> Rates<'a> {
    pub(super) const fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }
}

impl Iterator for Rates<'_> {
    type Item = Rate;

    fn next(&mut self) -> Option<Rate> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(Rate(*first))
    }
}

impl fmt::Debug for Rates<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(*self).finish()
    }
}

crate::__format!(Rates<'_>);

impl Rate {
    /// First value that names a feature (BSS membership selector), not a rate.
    const FIRST_SELECTOR: u8 = 123;

    /// Returns true for a rate of the basic rate set, which all stations support.
    #[must_use]
    pub const fn is_basic(self) -> bool {
        self.0 & 0x80 != 0
    }

    /// Returns the rate in kbit/s; `None` for a feature.
    #[must_use]
    pub fn kbit(self) -> Option<u32> {
        let rate = self.0 & 0x7f;
        (rate < Self::FIRST_SELECTOR).then(|| u32::from(rate).saturating_mul(500))
    }

    /// Returns the number of a feature that stations must have: 127 for HT, 126
    /// for VHT, 123 for SAE with hash to element only; `None` for a rate.
    #[must_use]
    pub fn selector(self) -> Option<u8> {
        let value = self.0 & 0x7f;
        (value >= Self::FIRST_SELECTOR).then_some(value)
    }
}

/// Traffic indication map: stations with queued frames.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct TrafficMap<'a> {
    /// Number of beacons before the next DTIM.
    pub count: u8,
    /// Number of beacons from one DTIM to the next, 1 to 255.
    pub period: u8,
    /// Bit 0: multicast frames are queued. Other bits, without bit 0: number of
    /// bytes before `bitmap`.
    pub control: u8,
    /// Part of the bitmap of association IDs.
    pub bitmap: &'a [u8],
}

impl<'a> TrafficMap<'a> {
    pub(super) const fn new(bytes: &'a [u8]) -> Option<Self> {
        let [count, period, control, bitmap @ ..] = bytes else {
            return None;
        };
        Some(Self {
            count: *count,
            period: *period,
            control: *control,
            bitmap,
        })
    }

    /// Returns true if frames are queued for the station with this association
    /// ID, 1 to 2,007; for 0, if multicast frames are queued.
    #[must_use]
    pub fn is_queued(&self, id: u16) -> bool {
        if id == 0 {
            return self.control & 1 != 0;
        }
        let offset = usize::from(self.control & 0xfe);
        let byte = usize::from(id / 8).checked_sub(offset);
        let byte = byte.and_then(|byte| self.bitmap.get(byte));
        byte.is_some_and(|byte| byte >> (id % 8) & 1 != 0)
    }
}

impl fmt::Debug for TrafficMap<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TrafficMap")
            .field("count", &self.count)
            .field("period", &self.period)
            .field("control", &self.control)
            .field("bitmap", &format_args!("{}", Hex(self.bitmap)))
            .finish()
    }
}

crate::__format!(TrafficMap<'_>);

/// Country, and the limits of transmit power by channels.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Country<'a> {
    /// Code of the country (ISO 3166-1).
    pub code: Text<'a>,
    /// Environment: a space for any, `I` for indoors, `O` for outdoors.
    pub environment: u8,
    ranges: &'a [u8],
}

/// Range of channels of a [`Country`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub enum CountryRange {
    /// Channels with a limit.
    Channels {
        /// First channel.
        first: u8,
        /// Number of channels.
        count: u8,
        /// Maximum transmit power in dBm.
        max_power: i8,
    },
    /// Operating class.
    Class {
        /// Identifier, 201 to 255.
        id: u8,
        /// Operating class.
        class: u8,
        /// Coverage class, in units of 3 µs of propagation time.
        coverage: u8,
    },
}

impl<'a> Country<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Option<Self> {
        let (code, rest) = bytes.split_at_checked(2)?;
        let (environment, ranges) = rest.split_first()?;
        Some(Self {
            code: Text::raw(code),
            environment: *environment,
            ranges,
        })
    }

    /// Returns the limits. Padding at the end is left out.
    pub fn ranges(&self) -> impl Iterator<Item = CountryRange> + use<'a> {
        self.ranges.chunks_exact(3).filter_map(|range| match range {
            [first @ ..=200, count, power] => Some(CountryRange::Channels {
                first: *first,
                count: *count,
                max_power: i8::from_le_bytes([*power]),
            }),
            [id, class, coverage] => Some(CountryRange::Class {
                id: *id,
                class: *class,
                coverage: *coverage,
            }),
            _ => None,
        })
    }
}

impl fmt::Debug for Country<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Country {{ code: {:?}, ranges: ", self.code)?;
        f.debug_list().entries(self.ranges()).finish()?;
        f.write_str(" }")
    }
}

crate::__format!(Country<'_>);

/// Load of a network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct BssLoad {
    /// Number of associated stations.
    pub stations: u16,
    /// Part of the time in which the channel is busy, in 1/255.
    pub utilization: u8,
    /// Time left for admitted traffic, in units of 32 µs per second.
    pub capacity: u16,
}

impl BssLoad {
    pub(super) fn new(bytes: &[u8]) -> Option<Self> {
        let [a, b, utilization, c, d] = *bytes.first_chunk()?;
        Some(Self {
            stations: u16::from_le_bytes([a, b]),
            utilization,
            capacity: u16::from_le_bytes([c, d]),
        })
    }
}

/// Channel switch that was announced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct ChannelSwitch {
    /// 1 if stations must not send until the switch.
    pub mode: u8,
    /// Number of the new channel.
    pub channel: u8,
    /// Number of beacons until the switch; 0 for any time.
    pub count: u8,
}

impl ChannelSwitch {
    pub(super) fn new(bytes: &[u8]) -> Option<Self> {
        let [mode, channel, count] = *bytes.first_chunk()?;
        Some(Self {
            mode,
            channel,
            count,
        })
    }
}

/// Protection of stations that know only the rates of IEEE 802.11b.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Erp(pub u8);

impl Erp {
    /// Returns true if such a station is associated.
    #[must_use]
    pub const fn has_old_stations(self) -> bool {
        self.0 & 0x1 != 0
    }

    /// Returns true if frames are protected.
    #[must_use]
    pub const fn is_protected(self) -> bool {
        self.0 & 0x2 != 0
    }

    /// Returns true if preambles are long.
    #[must_use]
    pub const fn has_long_preamble(self) -> bool {
        self.0 & 0x4 != 0
    }
}

/// Element of a vendor.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Vendor<'a> {
    /// OUI of the vendor.
    pub oui: [u8; 3],
    /// Bytes after the OUI. Most vendors begin with a byte for the type.
    pub bytes: &'a [u8],
}

impl<'a> Vendor<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Option<Self> {
        let (oui, bytes) = bytes.split_first_chunk()?;
        Some(Self { oui: *oui, bytes })
    }

    /// Returns true for the first WPA: type 1 of Microsoft.
    pub(super) const fn is_wpa(&self) -> bool {
        matches!((self.oui, self.bytes), ([0, 0x50, 0xf2], [1, ..]))
    }
}

impl fmt::Debug for Vendor<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [a, b, c] = self.oui;
        write!(f, "Vendor({a:02x}:{b:02x}:{c:02x} {})", Hex(self.bytes))
    }
}

crate::__format!(Vendor<'_>);
