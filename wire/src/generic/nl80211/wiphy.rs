//! Wiphys: bands, channels, rates and interface combinations (`iw phy`).
//!
//! Wiphy 0 gets a name, 10 dBm and both antennas, as
//! `iw phy phy0 set name radio`, `iw phy phy0 set txpower fixed 1000` and
//! `iw phy phy0 set antenna all` do. It then goes to the network namespace of process
//! 4321, as by `iw phy radio set netns 4321`:
//!
//! ```
//! use nlwire::fields;
//! use nlwire::generic::nl80211::*;
//!
//! // `TxPower` is in mBm, 1/100 dBm.
//! let settings = [
//!     Nl80211Attr::WiphyName("radio".into()),
//!     Nl80211Attr::TxPowerSetting(TxPowerSetting::FIXED),
//!     Nl80211Attr::TxPower(1000),
//!     Nl80211Attr::AntennaTx(u32::MAX),
//!     Nl80211Attr::AntennaRx(u32::MAX),
//! ];
//! let change = SetWiphy::by_index(0).with(&settings);
//! let changed = GetWiphy::by_index(0);
//! let features = GetProtocolFeatures::of_family();
//! let away = SetWiphyNamespace::by_index(0).with(&[Nl80211Attr::PortId(4321)]);
//!
//! /// Prints name and antennas; a driver that has no antenna settings leaves out
//! /// the latter.
//! fn print(wiphy: &Nl80211Row<'_>) -> Result<(), nlwire::DecodeError> {
//!     let found = fields!(wiphy.attributes => Nl80211 { wiphy_name, antenna_tx })?;
//!     println!("{:?}: {:x?}", found.wiphy_name, found.antenna_tx);
//!     Ok(())
//! }
//! ```
//!
//! Limits of the power that a body absorbs, by frequency range, in 0.25 dBm:
//!
//! ```
//! use nlwire::Writer;
//! use nlwire::codec::IndexedSets;
//! use nlwire::generic::nl80211::{Nl80211Attr, SarAttr, SarLimitAttr, SarType, SetSar};
//!
//! let mut buffer = [0; 64];
//! let limits = Writer::attributes(&mut buffer, |w| {
//!     w.nest(1, |w| w.put([SarLimitAttr::Range(0), SarLimitAttr::Power(40)]))?
//!         .nest(2, |w| w.put([SarLimitAttr::Range(1), SarLimitAttr::Power(48)]))
//! })?;
//! let limits = [SarAttr::Kind(SarType::POWER), SarAttr::Specs(IndexedSets::of(limits))];
//! let attributes = [Nl80211Attr::SarSpec((&limits).into())];
//! let set = SetSar::of_wiphy(0).with(&attributes);
//! # Ok::<(), nlwire::EncodeError>(())
//! ```

use super::flags::{ChannelWidths, DfsRegions};
use super::interface::InterfaceTypes;
use super::values::{DfsState, SarType};
use crate::attributes;
use crate::codec::{ByteArray, Bytes, Flag, Indexed, Many, Nest};

attributes! {
    /// Bands of a wiphy (`NL80211_BAND_*`).
    pub set Bands, enum BandsAttr {
        /// Band at 2.4 GHz.
        0 NL80211_BAND_2GHZ Ghz2 ghz2: Nest<BandInfo>,
        /// Band at 5 GHz.
        1 NL80211_BAND_5GHZ Ghz5 ghz5: Nest<BandInfo>,
        /// Band at 60 GHz.
        2 NL80211_BAND_60GHZ Ghz60 ghz60: Nest<BandInfo>,
        /// Band at 6 GHz.
        3 NL80211_BAND_6GHZ Ghz6 ghz6: Nest<BandInfo>,
        /// Band of S1G below 1 GHz.
        4 NL80211_BAND_S1GHZ S1Ghz s1_ghz: Nest<BandInfo>,
        /// Band of light communication.
        5 NL80211_BAND_LC LightCommunication light_communication: Nest<BandInfo>,
    }
}

attributes! {
    /// Band (`NL80211_BAND_ATTR_*`).
    pub set BandInfo, enum BandInfoAttr {
        /// Frequencies: the channels.
        1 NL80211_BAND_ATTR_FREQS Frequencies frequencies: Indexed<Frequency>,
        /// Bit rates.
        2 NL80211_BAND_ATTR_RATES Rates rates: Indexed<BitRate>,
        /// HT MCS set.
        3 NL80211_BAND_ATTR_HT_MCS_SET HtMcsSet ht_mcs_set: ByteArray<16>,
        /// HT capabilities.
        4 NL80211_BAND_ATTR_HT_CAPA HtCapabilities ht_capabilities: u16,
        /// HT maximum length of A-MPDUs, as an exponent.
        5 NL80211_BAND_ATTR_HT_AMPDU_FACTOR HtAmpduFactor ht_ampdu_factor: u8,
        /// HT minimum spacing of MPDUs, as an exponent.
        6 NL80211_BAND_ATTR_HT_AMPDU_DENSITY HtAmpduDensity ht_ampdu_density: u8,
        /// VHT MCS set.
        7 NL80211_BAND_ATTR_VHT_MCS_SET VhtMcsSet vht_mcs_set: ByteArray<8>,
        /// VHT capabilities.
        8 NL80211_BAND_ATTR_VHT_CAPA VhtCapabilities vht_capabilities: u32,
        /// Capabilities by interface type.
        9 NL80211_BAND_ATTR_IFTYPE_DATA TypeData type_data: Indexed<TypeData>,
        /// EDMG channels, a bitmap of 8 bits.
        10 NL80211_BAND_ATTR_EDMG_CHANNELS EdmgChannels edmg_channels: Bytes,
        /// EDMG bandwidth configuration, 8 bits.
        11 NL80211_BAND_ATTR_EDMG_BW_CONFIG EdmgBandwidth edmg_bandwidth: Bytes,
        /// S1G MCS set.
        12 NL80211_BAND_ATTR_S1G_MCS_NSS_SET S1gMcsNssSet s1g_mcs_nss_set: Bytes,
        /// S1G capabilities.
        13 NL80211_BAND_ATTR_S1G_CAPA S1gCapabilities s1g_capabilities: Bytes,
    }
}

attributes! {
    /// Bit rate of a band (`NL80211_BITRATE_ATTR_*`).
    pub set BitRate, enum BitRateAttr {
        /// Bit rate in 100 kbit/s.
        1 NL80211_BITRATE_ATTR_RATE Rate rate: u32,
        /// True if short preambles are supported at 2.4 GHz.
        2 NL80211_BITRATE_ATTR_2GHZ_SHORTPREAMBLE ShortPreamble short_preamble: Flag,
    }
}

attributes! {
    /// Frequency: a channel (`NL80211_FREQUENCY_ATTR_*`).
    pub set Frequency, enum FrequencyAttr {
        /// Frequency in MHz.
        1 NL80211_FREQUENCY_ATTR_FREQ Frequency frequency: u32,
        /// True if the regulatory domain disables the channel.
        2 NL80211_FREQUENCY_ATTR_DISABLED Disabled disabled: Flag,
        /// True if the initiation of radiation is forbidden: no beacons, no active scans.
        3 NL80211_FREQUENCY_ATTR_NO_IR NoIr no_ir: Flag,
        /// True if an IBSS is forbidden; sent beside `NL80211_FREQUENCY_ATTR_NO_IR`.
        4 __NL80211_FREQUENCY_ATTR_NO_IBSS NoIbss no_ibss: Flag,
        /// True if radar detection is needed.
        5 NL80211_FREQUENCY_ATTR_RADAR Radar radar: Flag,
        /// Maximum transmit power in mBm of 1/100 dBm.
        6 NL80211_FREQUENCY_ATTR_MAX_TX_POWER MaxTxPower max_tx_power: u32,
        /// DFS state.
        7 NL80211_FREQUENCY_ATTR_DFS_STATE DfsState dfs_state: DfsState,
        /// DFS time in this state, in ms.
        8 NL80211_FREQUENCY_ATTR_DFS_TIME DfsTime dfs_time: u32,
        /// True if HT40 is forbidden with the second channel below.
        9 NL80211_FREQUENCY_ATTR_NO_HT40_MINUS NoHt40Minus no_ht40_minus: Flag,
        /// True if HT40 is forbidden with the second channel above.
        10 NL80211_FREQUENCY_ATTR_NO_HT40_PLUS NoHt40Plus no_ht40_plus: Flag,
        /// True if channels of 80 MHz are forbidden.
        11 NL80211_FREQUENCY_ATTR_NO_80MHZ No80Mhz no80_mhz: Flag,
        /// True if channels of 160 MHz are forbidden.
        12 NL80211_FREQUENCY_ATTR_NO_160MHZ No160Mhz no160_mhz: Flag,
        /// DFS channel availability check time in ms.
        13 NL80211_FREQUENCY_ATTR_DFS_CAC_TIME DfsCacTime dfs_cac_time: u32,
        /// True if only indoor use is allowed.
        14 NL80211_FREQUENCY_ATTR_INDOOR_ONLY IndoorOnly indoor_only: Flag,
        /// True if radiation may be initiated beside an AP on this channel.
        15 NL80211_FREQUENCY_ATTR_IR_CONCURRENT IrConcurrent ir_concurrent: Flag,
        /// True if channels of 20 MHz are forbidden.
        16 NL80211_FREQUENCY_ATTR_NO_20MHZ No20Mhz no20_mhz: Flag,
        /// True if channels of 10 MHz are forbidden.
        17 NL80211_FREQUENCY_ATTR_NO_10MHZ No10Mhz no10_mhz: Flag,
        /// WMM limits by access category.
        18 NL80211_FREQUENCY_ATTR_WMM Wmm wmm: Indexed<Wmm>,
        /// True if HE is forbidden.
        19 NL80211_FREQUENCY_ATTR_NO_HE NoHe no_he: Flag,
        /// Offset of the frequency in kHz.
        20 NL80211_FREQUENCY_ATTR_OFFSET Offset offset: u32,
        /// True if channels of 1 MHz are allowed.
        21 NL80211_FREQUENCY_ATTR_1MHZ Mhz1 mhz1: Flag,
        /// True if channels of 2 MHz are allowed.
        22 NL80211_FREQUENCY_ATTR_2MHZ Mhz2 mhz2: Flag,
        /// True if channels of 4 MHz are allowed.
        23 NL80211_FREQUENCY_ATTR_4MHZ Mhz4 mhz4: Flag,
        /// True if channels of 8 MHz are allowed.
        24 NL80211_FREQUENCY_ATTR_8MHZ Mhz8 mhz8: Flag,
        /// True if channels of 16 MHz are allowed.
        25 NL80211_FREQUENCY_ATTR_16MHZ Mhz16 mhz16: Flag,
        /// True if channels of 320 MHz are forbidden.
        26 NL80211_FREQUENCY_ATTR_NO_320MHZ No320Mhz no320_mhz: Flag,
        /// True if EHT is forbidden.
        27 NL80211_FREQUENCY_ATTR_NO_EHT NoEht no_eht: Flag,
        /// Power spectral density in dBm/MHz.
        28 NL80211_FREQUENCY_ATTR_PSD Psd psd: i8,
        /// True if the DFS channel may be used beside an AP that checks it.
        29 NL80211_FREQUENCY_ATTR_DFS_CONCURRENT DfsConcurrent dfs_concurrent: Flag,
        /// True if clients of very low power are forbidden at 6 GHz.
        30 NL80211_FREQUENCY_ATTR_NO_6GHZ_VLP_CLIENT No6GhzVlpClient no6_ghz_vlp_client: Flag,
        /// True if clients of AFC are forbidden at 6 GHz.
        31 NL80211_FREQUENCY_ATTR_NO_6GHZ_AFC_CLIENT No6GhzAfcClient no6_ghz_afc_client: Flag,
        /// True if monitoring works although the channel is disabled.
        32 NL80211_FREQUENCY_ATTR_CAN_MONITOR CanMonitor can_monitor: Flag,
        /// True if active APs of very low power are allowed at 6 GHz.
        33 NL80211_FREQUENCY_ATTR_ALLOW_6GHZ_VLP_AP Allow6GhzVlpAp allow6_ghz_vlp_ap: Flag,
    }
}

attributes! {
    /// WMM limits of an access category (`NL80211_WMMR_*`).
    pub set Wmm, enum WmmAttr {
        /// Minimum contention window in slots.
        1 NL80211_WMMR_CW_MIN CwMin cw_min: u16,
        /// Maximum contention window in slots.
        2 NL80211_WMMR_CW_MAX CwMax cw_max: u16,
        /// AIFS number in slots.
        3 NL80211_WMMR_AIFSN Aifsn aifsn: u8,
        /// Transmit opportunity in µs.
        4 NL80211_WMMR_TXOP Txop txop: u16,
    }
}

attributes! {
    /// Capabilities of interface types (`NL80211_BAND_IFTYPE_ATTR_*`).
    pub set TypeData, enum TypeDataAttr {
        /// Interface types.
        1 NL80211_BAND_IFTYPE_ATTR_IFTYPES Types types: Nest<InterfaceTypes>,
        /// HE MAC capabilities.
        2 NL80211_BAND_IFTYPE_ATTR_HE_CAP_MAC HeMac he_mac: Bytes,
        /// HE PHY capabilities.
        3 NL80211_BAND_IFTYPE_ATTR_HE_CAP_PHY HePhy he_phy: Bytes,
        /// HE MCS set.
        4 NL80211_BAND_IFTYPE_ATTR_HE_CAP_MCS_SET HeMcsSet he_mcs_set: Bytes,
        /// HE PPE thresholds.
        5 NL80211_BAND_IFTYPE_ATTR_HE_CAP_PPE HePpe he_ppe: Bytes,
        /// HE capabilities at 6 GHz.
        6 NL80211_BAND_IFTYPE_ATTR_HE_6GHZ_CAPA He6Ghz he6_ghz: ByteArray<2>,
        /// Vendor elements that are announced.
        7 NL80211_BAND_IFTYPE_ATTR_VENDOR_ELEMS VendorElements vendor_elements: Bytes,
        /// EHT MAC capabilities.
        8 NL80211_BAND_IFTYPE_ATTR_EHT_CAP_MAC EhtMac eht_mac: Bytes,
        /// EHT PHY capabilities.
        9 NL80211_BAND_IFTYPE_ATTR_EHT_CAP_PHY EhtPhy eht_phy: Bytes,
        /// EHT MCS set.
        10 NL80211_BAND_IFTYPE_ATTR_EHT_CAP_MCS_SET EhtMcsSet eht_mcs_set: Bytes,
        /// EHT PPE thresholds.
        11 NL80211_BAND_IFTYPE_ATTR_EHT_CAP_PPE EhtPpe eht_ppe: Bytes,
    }
}

attributes! {
    /// Interface combination (`NL80211_IFACE_COMB_*`).
    pub set Combination, enum CombinationAttr {
        /// Limits by interface types.
        1 NL80211_IFACE_COMB_LIMITS Limits limits: Indexed<Limit>,
        /// Maximum number of interfaces.
        2 NL80211_IFACE_COMB_MAXNUM Max max: u32,
        /// True if the beacon interval must be the same for stations and APs.
        3 NL80211_IFACE_COMB_STA_AP_BI_MATCH SameBeaconInterval same_beacon_interval: Flag,
        /// Number of channels in use at once.
        4 NL80211_IFACE_COMB_NUM_CHANNELS Channels channels: u32,
        /// Radar detection: the channel widths.
        5 NL80211_IFACE_COMB_RADAR_DETECT_WIDTHS RadarWidths radar_widths: ChannelWidths,
        /// Radar detection: the DFS regions.
        6 NL80211_IFACE_COMB_RADAR_DETECT_REGIONS RadarRegions radar_regions: DfsRegions,
        /// Minimum common divisor of beacon intervals in TU of 1,024 µs.
        7 NL80211_IFACE_COMB_BI_MIN_GCD MinBeaconGcd min_beacon_gcd: u32,
    }
}

attributes! {
    /// Limit of an interface combination (`NL80211_IFACE_LIMIT_*`).
    pub set Limit, enum LimitAttr {
        /// Maximum number of interfaces.
        1 NL80211_IFACE_LIMIT_MAX Max max: u32,
        /// Interface types.
        2 NL80211_IFACE_LIMIT_TYPES Types types: Nest<InterfaceTypes>,
    }
}

attributes! {
    /// Radio of a wiphy (`NL80211_WIPHY_RADIO_ATTR_*`).
    pub set Radio, enum RadioAttr {
        /// Index.
        1 NL80211_WIPHY_RADIO_ATTR_INDEX Index index: u32,
        /// Frequency range, an attribute for each.
        2 NL80211_WIPHY_RADIO_ATTR_FREQ_RANGE Range range: Many<Nest<RadioRange>>,
        /// Interface combination, an attribute for each.
        3 NL80211_WIPHY_RADIO_ATTR_INTERFACE_COMBINATION Combination combination: Many<Nest<Combination>>,
        /// Antennas, a bitmap.
        4 NL80211_WIPHY_RADIO_ATTR_ANTENNA_MASK Antennas antennas: u32,
        /// RTS threshold in bytes.
        5 NL80211_WIPHY_RADIO_ATTR_RTS_THRESHOLD RtsThreshold rts_threshold: u32,
    }
}

attributes! {
    /// Frequency range of a radio (`NL80211_WIPHY_RADIO_FREQ_ATTR_*`).
    pub set RadioRange, enum RadioRangeAttr {
        /// Start in kHz.
        1 NL80211_WIPHY_RADIO_FREQ_ATTR_START Start start: u32,
        /// End in kHz.
        2 NL80211_WIPHY_RADIO_FREQ_ATTR_END End end: u32,
    }
}

attributes! {
    /// SAR limits (`NL80211_SAR_ATTR_*`).
    pub set Sar, enum SarAttr {
        /// Type of the limits.
        1 NL80211_SAR_ATTR_TYPE Kind kind: SarType,
        /// Limits by frequency range.
        2 NL80211_SAR_ATTR_SPECS Specs specs: Indexed<SarLimit>,
    }
}

attributes! {
    /// SAR limit of a frequency range (`NL80211_SAR_ATTR_SPECS_*`).
    pub set SarLimit, enum SarLimitAttr {
        /// Power limit in 0.25 dBm.
        1 NL80211_SAR_ATTR_SPECS_POWER Power power: i32,
        /// Index of the frequency range.
        2 NL80211_SAR_ATTR_SPECS_RANGE_INDEX Range range: u32,
        /// Start of the range in kHz.
        3 NL80211_SAR_ATTR_SPECS_START_FREQ Start start: u32,
        /// End of the range in kHz.
        4 NL80211_SAR_ATTR_SPECS_END_FREQ End end: u32,
    }
}
