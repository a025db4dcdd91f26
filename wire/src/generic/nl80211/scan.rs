//! Scans: results, match sets and plans (`iw dev wlan0 scan`), and surveys of channels.
//!
//! A sleeping station looks for the network `home` each 30 seconds, as by
//! `iw dev wlan0 scan sched_start interval 30000 matches ssid home`:
//!
//! ```
//! use nlwire::Writer;
//! use nlwire::codec::IndexedSets;
//! use nlwire::generic::nl80211::*;
//!
//! let (mut plans, mut matches) = ([0; 16], [0; 16]);
//! let plans = Writer::attributes(&mut plans, |w| {
//!     w.nest(1, |w| w.put(ScanPlanAttr::Interval(30)))
//! })?;
//! let matches = Writer::attributes(&mut matches, |w| {
//!     w.nest(1, |w| w.put(ScanMatchAttr::Ssid(b"home")))
//! })?;
//! let search = [
//!     Nl80211Attr::ScanPlans(IndexedSets::of(plans)),
//!     Nl80211Attr::SchedScanMatch(IndexedSets::of(matches)),
//! ];
//! let start = StartScheduledScan::of_link(3).with(&search);
//! let stop = StopScheduledScan::of_link(3);
//! // A scan that `TriggerScan` started ends early.
//! let abort = AbortScan::of_link(3);
//! # Ok::<(), nlwire::EncodeError>(())
//! ```
//!
//! Busy channels, as `iw dev wlan0 survey dump` lists them:
//!
//! ```
//! use nlwire::fields;
//! use nlwire::generic::nl80211::{GetSurveys, Nl80211, Nl80211Row, Survey};
//!
//! let list = GetSurveys::of_link(3);
//!
//! /// Returns the frequency in MHz and the share of time that a channel is busy, in
//! /// per cent.
//! fn busy(row: &Nl80211Row<'_>) -> Result<Option<(u32, u64)>, nlwire::DecodeError> {
//!     let Some(survey) = fields!(row.attributes => Nl80211 { survey })?.survey else {
//!         return Ok(None);
//!     };
//!     let found = fields!(survey => Survey { frequency, time, time_busy })?;
//!     let (Some(frequency), Some(time), Some(busy)) =
//!         (found.frequency, found.time, found.time_busy)
//!     else {
//!         return Ok(None);
//!     };
//!     Ok(busy
//!         .saturating_mul(100)
//!         .checked_div(time)
//!         .map(|share| (frequency, share)))
//! }
//! ```

use super::flags::{BssCannotUse, BssUse};
use super::structs::RssiAdjust;
use super::values::{Band, BssChannelWidth, BssStatus};
use crate::attributes;
use crate::codec::{Bytes, Flag, Hardware, IndexedOf, Struct};

attributes! {
    /// Scan result (`NL80211_BSS_*`).
    pub set Bss, enum BssAttr {
        /// BSSID.
        1 NL80211_BSS_BSSID Bssid bssid: Hardware,
        /// Frequency in MHz.
        2 NL80211_BSS_FREQUENCY Frequency frequency: u32,
        /// TSF of the newest beacon or probe response in µs.
        3 NL80211_BSS_TSF Tsf tsf: u64,
        /// Beacon interval in TU of 1,024 µs.
        4 NL80211_BSS_BEACON_INTERVAL BeaconInterval beacon_interval: u16,
        /// Capability field.
        5 NL80211_BSS_CAPABILITY Capability capability: u16,
        /// Information elements of the newest beacon or probe response.
        6 NL80211_BSS_INFORMATION_ELEMENTS Elements elements: Bytes,
        /// Signal in mBm of 1/100 dBm.
        7 NL80211_BSS_SIGNAL_MBM Signal signal: i32,
        /// Signal of no known unit, 0 to 100.
        8 NL80211_BSS_SIGNAL_UNSPEC SignalQuality signal_quality: u8,
        /// Status of the link in this BSS; absent for another BSS.
        9 NL80211_BSS_STATUS Status status: BssStatus,
        /// Age of the result in ms.
        10 NL80211_BSS_SEEN_MS_AGO Age age: u32,
        /// Information elements of the newest beacon.
        11 NL80211_BSS_BEACON_IES BeaconElements beacon_elements: Bytes,
        /// Channel width of the beacon.
        12 NL80211_BSS_CHAN_WIDTH ChannelWidth channel_width: BssChannelWidth,
        /// TSF of the newest beacon in µs.
        13 NL80211_BSS_BEACON_TSF BeaconTsf beacon_tsf: u64,
        /// True if the result has data of a probe response.
        14 NL80211_BSS_PRESP_DATA ProbeResponse probe_response: Flag,
        /// Time of the newest frame in ns since boot.
        15 NL80211_BSS_LAST_SEEN_BOOTTIME LastSeen last_seen: u64,
        /// Padding.
        16 NL80211_BSS_PAD Pad pad: Bytes,
        /// TSF of the connected BSS at that time in µs.
        17 NL80211_BSS_PARENT_TSF ParentTsf parent_tsf: u64,
        /// BSSID of the connected BSS whose TSF counts.
        18 NL80211_BSS_PARENT_BSSID ParentBssid parent_bssid: Hardware,
        /// Signal by antenna in dBm.
        19 NL80211_BSS_CHAIN_SIGNAL ChainSignals chain_signals: IndexedOf<i8>,
        /// Frequency offset in kHz.
        20 NL80211_BSS_FREQUENCY_OFFSET FrequencyOffset frequency_offset: u32,
        /// MLO link identifier.
        21 NL80211_BSS_MLO_LINK_ID MloLinkId mlo_link_id: u8,
        /// MLD address.
        22 NL80211_BSS_MLD_ADDR MldAddress mld_address: Hardware,
        /// Uses of the BSS.
        23 NL80211_BSS_USE_FOR UseFor use_for: BssUse,
        /// Reasons for which the BSS cannot be used.
        24 NL80211_BSS_CANNOT_USE_REASONS CannotUseReasons cannot_use_reasons: BssCannotUse,
    }
}

attributes! {
    /// Survey of a channel (`NL80211_SURVEY_INFO_*`).
    pub set Survey, enum SurveyAttr {
        /// Frequency in MHz.
        1 NL80211_SURVEY_INFO_FREQUENCY Frequency frequency: u32,
        /// Noise in dBm; this and the times are absent if the driver does not know
        /// them.
        2 NL80211_SURVEY_INFO_NOISE Noise noise: i8,
        /// True if the interface uses the channel.
        3 NL80211_SURVEY_INFO_IN_USE InUse in_use: Flag,
        /// Channel active time in ms.
        4 NL80211_SURVEY_INFO_TIME Time time: u64,
        /// Channel busy time in ms.
        5 NL80211_SURVEY_INFO_TIME_BUSY TimeBusy time_busy: u64,
        /// Extension channel busy time in ms.
        6 NL80211_SURVEY_INFO_TIME_EXT_BUSY TimeExtensionBusy time_extension_busy: u64,
        /// Channel receive time in ms.
        7 NL80211_SURVEY_INFO_TIME_RX TimeRx time_rx: u64,
        /// Channel transmit time in ms.
        8 NL80211_SURVEY_INFO_TIME_TX TimeTx time_tx: u64,
        /// Channel scan time in ms.
        9 NL80211_SURVEY_INFO_TIME_SCAN TimeScan time_scan: u64,
        /// Padding.
        10 NL80211_SURVEY_INFO_PAD Pad pad: Bytes,
        /// Channel receive time of frames of this BSS in ms.
        11 NL80211_SURVEY_INFO_TIME_BSS_RX TimeBssRx time_bss_rx: u64,
        /// Frequency offset in kHz.
        12 NL80211_SURVEY_INFO_FREQUENCY_OFFSET FrequencyOffset frequency_offset: u32,
    }
}

attributes! {
    /// Match set of a scheduled scan (`NL80211_SCHED_SCAN_MATCH_*`).
    pub set ScanMatch, enum ScanMatchAttr {
        /// SSID.
        1 NL80211_SCHED_SCAN_MATCH_ATTR_SSID Ssid ssid: Bytes,
        /// RSSI threshold in dBm.
        2 NL80211_SCHED_SCAN_MATCH_ATTR_RSSI Rssi rssi: i32,
        /// Relative RSSI threshold in dB; moved to the request.
        3 NL80211_SCHED_SCAN_MATCH_ATTR_RELATIVE_RSSI RelativeRssi relative_rssi: i8,
        /// RSSI adjustment of a band; moved to the request.
        4 NL80211_SCHED_SCAN_MATCH_ATTR_RSSI_ADJUST RssiAdjust rssi_adjust: Struct<RssiAdjust>,
        /// BSSID.
        5 NL80211_SCHED_SCAN_MATCH_ATTR_BSSID Bssid bssid: Hardware,
        /// RSSI threshold by band in dBm.
        6 NL80211_SCHED_SCAN_MATCH_PER_BAND_RSSI BandRssi band_rssi: IndexedOf<i32>,
    }
}

attributes! {
    /// Scan plan (`NL80211_SCHED_SCAN_PLAN_*`).
    pub set ScanPlan, enum ScanPlanAttr {
        /// Interval in seconds.
        1 NL80211_SCHED_SCAN_PLAN_INTERVAL Interval interval: u32,
        /// Number of iterations; the last plan has none and runs on.
        2 NL80211_SCHED_SCAN_PLAN_ITERATIONS Iterations iterations: u32,
    }
}

attributes! {
    /// BSS selection (`NL80211_BSS_SELECT_ATTR_*`).
    pub set BssSelect, enum BssSelectAttr {
        /// True if the RSSI decides.
        1 NL80211_BSS_SELECT_ATTR_RSSI Rssi rssi: Flag,
        /// Preferred band.
        2 NL80211_BSS_SELECT_ATTR_BAND_PREF BandPreference band_preference: Band,
        /// RSSI adjustment of a band.
        3 NL80211_BSS_SELECT_ATTR_RSSI_ADJUST RssiAdjust rssi_adjust: Struct<RssiAdjust>,
    }
}
