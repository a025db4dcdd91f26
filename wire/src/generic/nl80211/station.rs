//! Stations: counters, signals and rates (`iw dev wlan0 station dump`).
//!
//! An AP admits a station that has associated, lets it pass once its keys are set, and
//! removes it, as `hostapd` does; `iw dev wlan0 station get` and
//! `iw dev wlan0 station del` are the requests at the end:
//!
//! ```
//! use nlwire::fields;
//! use nlwire::generic::nl80211::*;
//!
//! let mac = [2, 0, 0, 0, 1, 0];
//! let rates = [0x82, 0x84, 0x8b, 0x96];
//! let association = [
//!     Nl80211Attr::StationAid(1),
//!     Nl80211Attr::ListenInterval(10),
//!     Nl80211Attr::SupportedRates(&rates),
//! ];
//! let new = NewStation::of(3, &mac).with(&association);
//!
//! let authorized = StationFlags::AUTHORIZED.bits().into();
//! let update = StationFlagUpdate { mask: authorized, set: authorized };
//! let flags = [Nl80211Attr::StationFlagUpdate(&update)];
//! let authorize = SetStation::of(3, &mac).with(&flags);
//!
//! let read = GetStation::of(3, &mac);
//! let delete = DeleteStation::of(3, &mac).if_there();
//!
//! /// Prints signal and traffic; a driver leaves out what it does not count.
//! fn print(row: &Nl80211Row<'_>) -> Result<(), nlwire::DecodeError> {
//!     if let Some(station) = fields!(row.attributes => Nl80211 { station })?.station {
//!         let found = fields!(station => Station { signal, rx_bytes, tx_bytes })?;
//!         println!("{:?} dBm, {:?} and {:?} bytes", found.signal, found.rx_bytes, found.tx_bytes);
//!     }
//!     Ok(())
//! }
//! ```

use super::structs::StationFlagUpdate;
use super::values::{
    EhtGuardInterval, EhtRuAllocation, HeGuardInterval, HeRuAllocation, MeshPowerMode, PlinkState,
};
use crate::attributes;
use crate::codec::{Bytes, Flag, Indexed, IndexedOf, Nest, Struct};

attributes! {
    /// Station information (`NL80211_STA_INFO_*`).
    pub set Station, enum StationAttr {
        /// Inactive time in ms.
        1 NL80211_STA_INFO_INACTIVE_TIME InactiveTime inactive_time: u32,
        /// Number of received bytes, the lower 32 bits.
        2 NL80211_STA_INFO_RX_BYTES RxBytes32 rx_bytes32: u32,
        /// Number of sent bytes, the lower 32 bits.
        3 NL80211_STA_INFO_TX_BYTES TxBytes32 tx_bytes32: u32,
        /// Local link ID of the mesh peer link.
        4 NL80211_STA_INFO_LLID LocalLinkId local_link_id: u16,
        /// Peer's link ID of the mesh peer link.
        5 NL80211_STA_INFO_PLID PeerLinkId peer_link_id: u16,
        /// State of the mesh peer link.
        6 NL80211_STA_INFO_PLINK_STATE PlinkState plink_state: PlinkState,
        /// Signal of the last frame in dBm.
        7 NL80211_STA_INFO_SIGNAL Signal signal: i8,
        /// Transmit rate.
        8 NL80211_STA_INFO_TX_BITRATE TxBitrate tx_bitrate: Nest<Rate>,
        /// Number of received packets.
        9 NL80211_STA_INFO_RX_PACKETS RxPackets rx_packets: u32,
        /// Number of sent packets.
        10 NL80211_STA_INFO_TX_PACKETS TxPackets tx_packets: u32,
        /// Number of transmission retries.
        11 NL80211_STA_INFO_TX_RETRIES TxRetries tx_retries: u32,
        /// Number of failed transmissions.
        12 NL80211_STA_INFO_TX_FAILED TxFailed tx_failed: u32,
        /// Average signal in dBm.
        13 NL80211_STA_INFO_SIGNAL_AVG SignalAverage signal_average: i8,
        /// Receive rate.
        14 NL80211_STA_INFO_RX_BITRATE RxBitrate rx_bitrate: Nest<Rate>,
        /// BSS parameters of the association.
        15 NL80211_STA_INFO_BSS_PARAM BssParam bss_param: Nest<BssParameters>,
        /// Connected time in seconds.
        16 NL80211_STA_INFO_CONNECTED_TIME ConnectedTime connected_time: u32,
        /// Flags of the station: mask of the known ones, and values.
        17 NL80211_STA_INFO_STA_FLAGS Flags flags: Struct<StationFlagUpdate>,
        /// Number of beacon losses.
        18 NL80211_STA_INFO_BEACON_LOSS BeaconLoss beacon_loss: u32,
        /// Offset of the mesh peer's timer in µs.
        19 NL80211_STA_INFO_T_OFFSET TimeOffset time_offset: i64,
        /// Local power mode of the mesh link.
        20 NL80211_STA_INFO_LOCAL_PM LocalPowerMode local_power_mode: MeshPowerMode,
        /// Peer's power mode of the mesh link.
        21 NL80211_STA_INFO_PEER_PM PeerPowerMode peer_power_mode: MeshPowerMode,
        /// Power mode of the neighbor toward other stations.
        22 NL80211_STA_INFO_NONPEER_PM NonPeerPowerMode non_peer_power_mode: MeshPowerMode,
        /// Number of received bytes.
        23 NL80211_STA_INFO_RX_BYTES64 RxBytes rx_bytes: u64,
        /// Number of sent bytes.
        24 NL80211_STA_INFO_TX_BYTES64 TxBytes tx_bytes: u64,
        /// Signal of the last frame by antenna, in dBm.
        25 NL80211_STA_INFO_CHAIN_SIGNAL ChainSignals chain_signals: IndexedOf<i8>,
        /// Average signal by antenna in dBm.
        26 NL80211_STA_INFO_CHAIN_SIGNAL_AVG ChainSignalAverages chain_signal_averages: IndexedOf<i8>,
        /// Expected throughput in kbit/s.
        27 NL80211_STA_INFO_EXPECTED_THROUGHPUT ExpectedThroughput expected_throughput: u32,
        /// Number of received packets that were dropped.
        28 NL80211_STA_INFO_RX_DROP_MISC RxDropped rx_dropped: u64,
        /// Number of received beacons.
        29 NL80211_STA_INFO_BEACON_RX RxBeacons rx_beacons: u64,
        /// Average signal of beacons in dBm.
        30 NL80211_STA_INFO_BEACON_SIGNAL_AVG BeaconSignalAverage beacon_signal_average: i8,
        /// Statistics by TID plus 1; 17 is without QoS.
        31 NL80211_STA_INFO_TID_STATS TidStats tid_stats: Indexed<TidStats>,
        /// Receive duration in µs.
        32 NL80211_STA_INFO_RX_DURATION RxDuration rx_duration: u64,
        /// Padding.
        33 NL80211_STA_INFO_PAD Pad pad: Bytes,
        /// Signal of the last acknowledgement in dBm.
        34 NL80211_STA_INFO_ACK_SIGNAL AckSignal ack_signal: i8,
        /// Average signal of acknowledgements in dBm.
        35 NL80211_STA_INFO_ACK_SIGNAL_AVG AckSignalAverage ack_signal_average: i8,
        /// Number of received MPDUs.
        36 NL80211_STA_INFO_RX_MPDUS RxMpdus rx_mpdus: u32,
        /// Number of received MPDUs with a wrong FCS.
        37 NL80211_STA_INFO_FCS_ERROR_COUNT FcsErrors fcs_errors: u32,
        /// Connection to a mesh gate: 1 if the mesh peer has one.
        38 NL80211_STA_INFO_CONNECTED_TO_GATE ConnectedToGate connected_to_gate: u8,
        /// Transmit duration in µs.
        39 NL80211_STA_INFO_TX_DURATION TxDuration tx_duration: u64,
        /// Airtime weight.
        40 NL80211_STA_INFO_AIRTIME_WEIGHT AirtimeWeight airtime_weight: u16,
        /// Airtime link metric of the mesh link.
        41 NL80211_STA_INFO_AIRTIME_LINK_METRIC AirtimeLinkMetric airtime_link_metric: u32,
        /// Time of the association in ns since boot.
        42 NL80211_STA_INFO_ASSOC_AT_BOOTTIME AssociatedAt associated_at: u64,
        /// Connection to an authentication server: 1 if the mesh peer has one.
        43 NL80211_STA_INFO_CONNECTED_TO_AS ConnectedToAuthServer connected_to_auth_server: u8,
    }
}

attributes! {
    /// Rate of a station (`NL80211_RATE_INFO_*`).
    pub set Rate, enum RateAttr {
        /// Bit rate in 100 kbit/s, if it fits 16 bits.
        1 NL80211_RATE_INFO_BITRATE BitRate16 bit_rate16: u16,
        /// MCS index of HT.
        2 NL80211_RATE_INFO_MCS Mcs mcs: u8,
        /// True if the width is 40 MHz.
        3 NL80211_RATE_INFO_40_MHZ_WIDTH Width40 width_40: Flag,
        /// True if the guard interval is the short one of 0.4 µs.
        4 NL80211_RATE_INFO_SHORT_GI ShortGi short_gi: Flag,
        /// Bit rate in 100 kbit/s.
        5 NL80211_RATE_INFO_BITRATE32 BitRate bit_rate: u32,
        /// MCS index of VHT.
        6 NL80211_RATE_INFO_VHT_MCS VhtMcs vht_mcs: u8,
        /// Number of spatial streams of VHT.
        7 NL80211_RATE_INFO_VHT_NSS VhtNss vht_nss: u8,
        /// True if the width is 80 MHz.
        8 NL80211_RATE_INFO_80_MHZ_WIDTH Width80 width_80: Flag,
        /// True if the width is 80+80 MHz.
        9 NL80211_RATE_INFO_80P80_MHZ_WIDTH Width80Plus80 width_80_plus_80: Flag,
        /// True if the width is 160 MHz.
        10 NL80211_RATE_INFO_160_MHZ_WIDTH Width160 width_160: Flag,
        /// True if the width is 10 MHz.
        11 NL80211_RATE_INFO_10_MHZ_WIDTH Width10 width_10: Flag,
        /// True if the width is 5 MHz.
        12 NL80211_RATE_INFO_5_MHZ_WIDTH Width5 width_5: Flag,
        /// MCS index of HE.
        13 NL80211_RATE_INFO_HE_MCS HeMcs he_mcs: u8,
        /// Number of spatial streams of HE.
        14 NL80211_RATE_INFO_HE_NSS HeNss he_nss: u8,
        /// Guard interval of HE.
        15 NL80211_RATE_INFO_HE_GI HeGi he_gi: HeGuardInterval,
        /// Dual carrier modulation of HE.
        16 NL80211_RATE_INFO_HE_DCM HeDcm he_dcm: u8,
        /// Resource unit of HE.
        17 NL80211_RATE_INFO_HE_RU_ALLOC HeRuAllocation he_ru_allocation: HeRuAllocation,
        /// True if the width is 320 MHz.
        18 NL80211_RATE_INFO_320_MHZ_WIDTH Width320 width_320: Flag,
        /// MCS index of EHT.
        19 NL80211_RATE_INFO_EHT_MCS EhtMcs eht_mcs: u8,
        /// Number of spatial streams of EHT.
        20 NL80211_RATE_INFO_EHT_NSS EhtNss eht_nss: u8,
        /// Guard interval of EHT.
        21 NL80211_RATE_INFO_EHT_GI EhtGi eht_gi: EhtGuardInterval,
        /// Resource unit of EHT.
        22 NL80211_RATE_INFO_EHT_RU_ALLOC EhtRuAllocation eht_ru_allocation: EhtRuAllocation,
    }
}

attributes! {
    /// BSS parameters of an association (`NL80211_STA_BSS_PARAM_*`).
    pub set BssParameters, enum BssParametersAttr {
        /// True if CTS protection is in use.
        1 NL80211_STA_BSS_PARAM_CTS_PROT CtsProtection cts_protection: Flag,
        /// True if short preambles are in use.
        2 NL80211_STA_BSS_PARAM_SHORT_PREAMBLE ShortPreamble short_preamble: Flag,
        /// True if the short slot time is in use.
        3 NL80211_STA_BSS_PARAM_SHORT_SLOT_TIME ShortSlotTime short_slot_time: Flag,
        /// DTIM period in beacons.
        4 NL80211_STA_BSS_PARAM_DTIM_PERIOD DtimPeriod dtim_period: u8,
        /// Beacon interval in TU of 1,024 µs.
        5 NL80211_STA_BSS_PARAM_BEACON_INTERVAL BeaconInterval beacon_interval: u16,
    }
}

attributes! {
    /// Statistics of a TID (`NL80211_TID_STATS_*`).
    pub set TidStats, enum TidStatsAttr {
        /// Number of received MSDUs.
        1 NL80211_TID_STATS_RX_MSDU RxMsdu rx_msdu: u64,
        /// Number of sent MSDUs, or attempts.
        2 NL80211_TID_STATS_TX_MSDU TxMsdu tx_msdu: u64,
        /// Number of retries of MSDUs.
        3 NL80211_TID_STATS_TX_MSDU_RETRIES TxRetries tx_retries: u64,
        /// Number of failed MSDUs.
        4 NL80211_TID_STATS_TX_MSDU_FAILED TxFailed tx_failed: u64,
        /// Padding.
        5 NL80211_TID_STATS_PAD Pad pad: Bytes,
        /// Queue statistics.
        6 NL80211_TID_STATS_TXQ_STATS TxqStats txq_stats: Nest<TxqStats>,
    }
}

attributes! {
    /// Queue statistics (`NL80211_TXQ_STATS_*`).
    pub set TxqStats, enum TxqStatsAttr {
        /// Backlog in bytes.
        1 NL80211_TXQ_STATS_BACKLOG_BYTES BacklogBytes backlog_bytes: u32,
        /// Backlog in packets.
        2 NL80211_TXQ_STATS_BACKLOG_PACKETS BacklogPackets backlog_packets: u32,
        /// Number of flows that were new.
        3 NL80211_TXQ_STATS_FLOWS Flows flows: u32,
        /// Number of dropped packets.
        4 NL80211_TXQ_STATS_DROPS Drops drops: u32,
        /// Packets marked by ECN.
        5 NL80211_TXQ_STATS_ECN_MARKS EcnMarks ecn_marks: u32,
        /// Drops by the packet limit.
        6 NL80211_TXQ_STATS_OVERLIMIT Overlimit overlimit: u32,
        /// Drops by the memory limit.
        7 NL80211_TXQ_STATS_OVERMEMORY Overmemory overmemory: u32,
        /// Hash collisions of flows.
        8 NL80211_TXQ_STATS_COLLISIONS Collisions collisions: u32,
        /// Bytes taken from the queue.
        9 NL80211_TXQ_STATS_TX_BYTES TxBytes tx_bytes: u32,
        /// Packets taken from the queue.
        10 NL80211_TXQ_STATS_TX_PACKETS TxPackets tx_packets: u32,
        /// Maximum number of flows.
        11 NL80211_TXQ_STATS_MAX_FLOWS MaxFlows max_flows: u32,
    }
}

attributes! {
    /// Station flags, an attribute for each (`NL80211_STA_FLAG_*`).
    pub set StationFlagSet, enum StationFlagSetAttr {
        /// True if the station is authorized: data frames pass.
        1 NL80211_STA_FLAG_AUTHORIZED Authorized authorized: Flag,
        /// True if short preambles are supported.
        2 NL80211_STA_FLAG_SHORT_PREAMBLE ShortPreamble short_preamble: Flag,
        /// True if WMM is supported.
        3 NL80211_STA_FLAG_WME Wme wme: Flag,
        /// True if management frame protection is in use.
        4 NL80211_STA_FLAG_MFP Mfp mfp: Flag,
        /// True if the station is authenticated.
        5 NL80211_STA_FLAG_AUTHENTICATED Authenticated authenticated: Flag,
        /// True for a TDLS peer.
        6 NL80211_STA_FLAG_TDLS_PEER TdlsPeer tdls_peer: Flag,
        /// True if the station is associated.
        7 NL80211_STA_FLAG_ASSOCIATED Associated associated: Flag,
        /// True if A-MSDUs are signalled and protected.
        8 NL80211_STA_FLAG_SPP_AMSDU SppAmsdu spp_amsdu: Flag,
    }
}

attributes! {
    /// WMM settings of a station (`NL80211_STA_WME_*`).
    pub set StationWme, enum StationWmeAttr {
        /// U-APSD queues, a bitmap of access categories.
        1 NL80211_STA_WME_UAPSD_QUEUES UapsdQueues uapsd_queues: u8,
        /// Maximum length of a service period.
        2 NL80211_STA_WME_MAX_SP MaxServicePeriod max_service_period: u8,
    }
}
