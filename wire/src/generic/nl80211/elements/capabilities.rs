//! Capabilities of stations and access points: HT, VHT, HE and EHT.

use core::fmt;

use crate::text::Hex;

/// HT capabilities (IEEE 802.11n, Wi-Fi 4).
///
/// ```text
///  | info | A-MPDU | MCS set | extended | beamforming | antennas |
///  |  2   |   1    |   16    |    2     |      4      |    1     |
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct HtCapabilities<'a>(&'a [u8; 26]);

impl<'a> HtCapabilities<'a> {
    /// Reads the 26 bytes; `None` if there are fewer.
    #[must_use]
    pub fn new(bytes: &'a [u8]) -> Option<Self> {
        bytes.first_chunk().map(Self)
    }

    /// Returns the bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &'a [u8; 26] {
        self.0
    }

    /// Returns the capability information (`IEEE80211_HT_CAP_*`).
    #[must_use]
    pub const fn info(&self) -> u16 {
        let [a, b, ..] = *self.0;
        u16::from_le_bytes([a, b])
    }

    /// Returns true if channels of 40 MHz are supported.
    #[must_use]
    pub const fn has_40_mhz(&self) -> bool {
        self.info() & 0x2 != 0
    }

    /// Returns true if the guard interval can be 400 ns at 20 MHz.
    #[must_use]
    pub const fn has_short_guard_20(&self) -> bool {
        self.info() & 0x20 != 0
    }

    /// Returns true if the guard interval can be 400 ns at 40 MHz.
    #[must_use]
    pub const fn has_short_guard_40(&self) -> bool {
        self.info() & 0x40 != 0
    }

    /// Returns true if LDPC can be received.
    #[must_use]
    pub const fn has_ldpc(&self) -> bool {
        self.info() & 0x1 != 0
    }

    /// Returns the maximum length of an A-MSDU in bytes.
    #[must_use]
    pub const fn max_amsdu(&self) -> u16 {
        if self.info() & 0x800 != 0 { 7935 } else { 3839 }
    }

    /// Returns the maximum length of a received A-MPDU in bytes.
    #[must_use]
    pub const fn max_ampdu(&self) -> u32 {
        let [_, _, parameters, ..] = *self.0;
        !(u32::MAX << 13 << (parameters & 0x3))
    }

    /// Returns the indices of the modulation and coding schemes (MCS) that can
    /// be received, 0 to 76.
    pub fn rx_mcs(&self) -> impl Iterator<Item = u8> + use<'a> {
        let set = self.0.get(3..13).unwrap_or_default();
        (0..77_u8).filter(move |index| {
            let byte = set.get(usize::from(index / 8));
            byte.is_some_and(|byte| byte >> (index % 8) & 1 != 0)
        })
    }

    /// Returns the number of spatial streams that can be received, 0 to 4.
    #[must_use]
    pub fn rx_streams(&self) -> u8 {
        let last = self.rx_mcs().filter(|index| *index < 32).last();
        last.map_or(0, |index| (index / 8).saturating_add(1))
    }
}

impl fmt::Debug for HtCapabilities<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HtCapabilities")
            .field("info", &format_args!("{:#06x}", self.info()))
            .field("40_mhz", &self.has_40_mhz())
            .field("rx_streams", &self.rx_streams())
            .field("max_amsdu", &self.max_amsdu())
            .field("max_ampdu", &self.max_ampdu())
            .finish_non_exhaustive()
    }
}

crate::__format!(HtCapabilities<'_>);

/// Highest MCS index for each number of spatial streams.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct McsMap {
    map: u16,
    /// Highest index of each code; the last code is "none".
    highest: [u8; 3],
}

impl McsMap {
    const fn vht(map: u16) -> Self {
        Self {
            map,
            highest: [7, 8, 9],
        }
    }

    const fn he(map: u16) -> Self {
        Self {
            map,
            highest: [7, 9, 11],
        }
    }

    /// Returns the map as the element has it: two bits for each number of
    /// streams.
    #[must_use]
    pub const fn bits(self) -> u16 {
        self.map
    }

    /// Returns the highest MCS index with this number of spatial streams, 1 to
    /// 8; `None` if that number is not supported.
    #[must_use]
    pub fn highest(self, streams: u8) -> Option<u8> {
        let place = streams.checked_sub(1).filter(|place| *place < 8)?;
        let code = self.map >> place >> place & 0x3;
        self.highest.get(usize::from(code)).copied()
    }

    /// Returns the number of spatial streams, 0 to 8.
    #[must_use]
    pub fn streams(self) -> u8 {
        let supported = |streams: &u8| self.highest(*streams).is_some();
        (1..=8).rev().find(supported).unwrap_or(0)
    }
}

impl fmt::Debug for McsMap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let streams = (1..=8).filter_map(|n| Some((n, self.highest(n)?)));
        f.debug_map().entries(streams).finish()
    }
}

crate::__format!(McsMap);

/// MCS maps of both directions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct McsMaps {
    /// Reception.
    pub rx: McsMap,
    /// Transmission.
    pub tx: McsMap,
}

/// VHT capabilities (IEEE 802.11ac, Wi-Fi 5).
///
/// ```text
///  | info | rx MCS | rx rate | tx MCS | tx rate |
///  |  4   |   2    |    2    |   2    |    2    |
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct VhtCapabilities<'a>(&'a [u8; 12]);

impl<'a> VhtCapabilities<'a> {
    /// Reads the 12 bytes; `None` if there are fewer.
    #[must_use]
    pub fn new(bytes: &'a [u8]) -> Option<Self> {
        bytes.first_chunk().map(Self)
    }

    /// Returns the bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &'a [u8; 12] {
        self.0
    }

    /// Returns the capability information (`IEEE80211_VHT_CAP_*`).
    #[must_use]
    pub const fn info(&self) -> u32 {
        let [a, b, c, d, ..] = *self.0;
        u32::from_le_bytes([a, b, c, d])
    }

    /// Returns true if channels of 160 MHz are supported.
    #[must_use]
    pub const fn has_160_mhz(&self) -> bool {
        matches!(self.info() >> 2 & 0x3, 1 | 2)
    }

    /// Returns true if channels of twice 80 MHz are supported.
    #[must_use]
    pub const fn has_80_plus_80_mhz(&self) -> bool {
        self.info() >> 2 & 0x3 == 2
    }

    /// Returns true if the guard interval can be 400 ns at 80 MHz.
    #[must_use]
    pub const fn has_short_guard_80(&self) -> bool {
        self.info() & 0x20 != 0
    }

    /// Returns true if the guard interval can be 400 ns at 160 MHz.
    #[must_use]
    pub const fn has_short_guard_160(&self) -> bool {
        self.info() & 0x40 != 0
    }

    /// Returns true for a single-user beamformer.
    #[must_use]
    pub const fn is_su_beamformer(&self) -> bool {
        self.info() & 0x800 != 0
    }

    /// Returns true for a single-user beamformee.
    #[must_use]
    pub const fn is_su_beamformee(&self) -> bool {
        self.info() & 0x1000 != 0
    }

    /// Returns true for a multi-user beamformer.
    #[must_use]
    pub const fn is_mu_beamformer(&self) -> bool {
        self.info() & 0x8_0000 != 0
    }

    /// Returns true for a multi-user beamformee.
    #[must_use]
    pub const fn is_mu_beamformee(&self) -> bool {
        self.info() & 0x10_0000 != 0
    }

    /// Returns the maximum length of an MPDU in bytes; 0 for a reserved code.
    #[must_use]
    pub const fn max_mpdu(&self) -> u16 {
        match self.info() & 0x3 {
            0 => 3895,
            1 => 7991,
            2 => 11454,
            _ => 0,
        }
    }

    /// Returns the MCS maps.
    #[must_use]
    pub const fn mcs(&self) -> McsMaps {
        let [_, _, _, _, a, b, _, _, c, d, _, _] = *self.0;
        McsMaps {
            rx: McsMap::vht(u16::from_le_bytes([a, b])),
            tx: McsMap::vht(u16::from_le_bytes([c, d])),
        }
    }

    /// Returns the highest rate of reception in Mbit/s; 0 if it is not said.
    #[must_use]
    pub const fn rx_highest_rate(&self) -> u16 {
        let [_, _, _, _, _, _, a, b, ..] = *self.0;
        u16::from_le_bytes([a, b]) & 0x1fff
    }

    /// Returns the highest rate of transmission in Mbit/s; 0 if it is not said.
    #[must_use]
    pub const fn tx_highest_rate(&self) -> u16 {
        let [.., a, b] = *self.0;
        u16::from_le_bytes([a, b]) & 0x1fff
    }
}

impl fmt::Debug for VhtCapabilities<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VhtCapabilities")
            .field("info", &format_args!("{:#010x}", self.info()))
            .field("160_mhz", &self.has_160_mhz())
            .field("mcs", &self.mcs())
            .finish_non_exhaustive()
    }
}

crate::__format!(VhtCapabilities<'_>);

/// HE capabilities (IEEE 802.11ax, Wi-Fi 6).
///
/// ```text
///  | MAC | PHY | MCS to 80 MHz | MCS 160 MHz | MCS 80+80 MHz | PPE thresholds |
///  |  6  | 11  |       4       |   0 or 4    |    0 or 4     |                |
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct HeCapabilities<'a> {
    mac: &'a [u8; 6],
    phy: &'a [u8; 11],
    maps: [Option<McsMaps>; 3],
    thresholds: &'a [u8],
}

impl<'a> HeCapabilities<'a> {
    /// Reads the body of the element; `None` if it is too short.
    #[must_use]
    pub fn new(body: &'a [u8]) -> Option<Self> {
        let (mac, rest) = body.split_first_chunk()?;
        let (phy, mut rest) = rest.split_first_chunk::<11>()?;
        let [first, ..] = *phy;
        let mut maps = [None; 3];
        for (map, is_there) in maps
            .iter_mut()
            .zip([true, first & 0x8 != 0, first & 0x10 != 0])
        {
            if is_there {
                let ([a, b, c, d], behind) = rest.split_first_chunk()?;
                *map = Some(McsMaps {
                    rx: McsMap::he(u16::from_le_bytes([*a, *b])),
                    tx: McsMap::he(u16::from_le_bytes([*c, *d])),
                });
                rest = behind;
            }
        }
        Some(Self {
            mac,
            phy,
            maps,
            thresholds: rest,
        })
    }

    /// Returns the MAC capabilities (`IEEE80211_HE_MAC_CAP*`).
    #[must_use]
    pub const fn mac(&self) -> &'a [u8; 6] {
        self.mac
    }

    /// Returns the PHY capabilities (`IEEE80211_HE_PHY_CAP*`).
    #[must_use]
    pub const fn phy(&self) -> &'a [u8; 11] {
        self.phy
    }

    const fn widths(&self) -> u8 {
        let [first, ..] = *self.phy;
        first
    }

    /// Returns true if channels of 40 MHz are supported at 2.4 GHz.
    #[must_use]
    pub const fn has_40_mhz_at_2_ghz(&self) -> bool {
        self.widths() & 0x2 != 0
    }

    /// Returns true if channels of 40 and 80 MHz are supported at 5 and 6 GHz.
    #[must_use]
    pub const fn has_80_mhz(&self) -> bool {
        self.widths() & 0x4 != 0
    }

    /// Returns true if channels of 160 MHz are supported at 5 and 6 GHz.
    #[must_use]
    pub const fn has_160_mhz(&self) -> bool {
        self.widths() & 0x8 != 0
    }

    /// Returns the MCS maps of channels up to 80 MHz.
    #[must_use]
    pub const fn mcs_80(&self) -> Option<McsMaps> {
        let [maps, _, _] = self.maps;
        maps
    }

    /// Returns the MCS maps of channels of 160 MHz.
    #[must_use]
    pub const fn mcs_160(&self) -> Option<McsMaps> {
        let [_, maps, _] = self.maps;
        maps
    }

    /// Returns the MCS maps of channels of twice 80 MHz.
    #[must_use]
    pub const fn mcs_80_plus_80(&self) -> Option<McsMaps> {
        let [_, _, maps] = self.maps;
        maps
    }

    /// Returns the PPE thresholds, and whatever follows them.
    #[must_use]
    pub const fn thresholds(&self) -> &'a [u8] {
        self.thresholds
    }
}

impl fmt::Debug for HeCapabilities<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HeCapabilities")
            .field("mac", &format_args!("{}", Hex(self.mac)))
            .field("phy", &format_args!("{}", Hex(self.phy)))
            .field("mcs_80", &self.mcs_80())
            .field("mcs_160", &self.mcs_160())
            .finish_non_exhaustive()
    }
}

crate::__format!(HeCapabilities<'_>);

/// EHT capabilities (IEEE 802.11be, Wi-Fi 7).
///
/// ```text
///  | MAC | PHY | MCS and number of streams, PPE thresholds |
///  |  2  |  9  |                                           |
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct EhtCapabilities<'a> {
    mac: &'a [u8; 2],
    phy: &'a [u8; 9],
    rest: &'a [u8],
}

impl<'a> EhtCapabilities<'a> {
    /// Reads the body of the element; `None` if it is too short.
    #[must_use]
    pub fn new(body: &'a [u8]) -> Option<Self> {
        let (mac, rest) = body.split_first_chunk()?;
        let (phy, rest) = rest.split_first_chunk()?;
        Some(Self { mac, phy, rest })
    }

    /// Returns the MAC capabilities (`IEEE80211_EHT_MAC_CAP*`).
    #[must_use]
    pub const fn mac(&self) -> &'a [u8; 2] {
        self.mac
    }

    /// Returns the PHY capabilities (`IEEE80211_EHT_PHY_CAP*`).
    #[must_use]
    pub const fn phy(&self) -> &'a [u8; 9] {
        self.phy
    }

    /// Returns true if channels of 320 MHz are supported at 6 GHz.
    #[must_use]
    pub const fn has_320_mhz(&self) -> bool {
        let [first, ..] = *self.phy;
        first & 0x2 != 0
    }

    /// Returns the numbers of streams by MCS, and the PPE thresholds. Their
    /// sizes depend on the [HE capabilities](HeCapabilities) beside them.
    #[must_use]
    pub const fn streams(&self) -> &'a [u8] {
        self.rest
    }
}

impl fmt::Debug for EhtCapabilities<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EhtCapabilities")
            .field("mac", &format_args!("{}", Hex(self.mac)))
            .field("phy", &format_args!("{}", Hex(self.phy)))
            .field("320_mhz", &self.has_320_mhz())
            .finish_non_exhaustive()
    }
}

crate::__format!(EhtCapabilities<'_>);
