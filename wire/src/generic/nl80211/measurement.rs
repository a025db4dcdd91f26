//! Peer measurements: distances by FTM (`iw dev wlan0 measurement`).
//!
//! The distance to an AP on channel 36, as
//! `iw dev wlan0 measurement ftm_request` measures it.
//! [`Change::MeasurementResult`](super::Change::MeasurementResult) has the result:
//!
//! ```
//! use nlwire::Writer;
//! use nlwire::codec::IndexedSets;
//! use nlwire::generic::nl80211::measurement::*;
//! use nlwire::generic::nl80211::{ChannelWidth, Nl80211Attr, Preamble, StartMeasurement};
//!
//! let channel = [ChannelAttr::Frequency(5180), ChannelAttr::Width(ChannelWidth::MHZ_20)];
//! let ftm = [
//!     FtmRequestAttr::Asap(true),
//!     FtmRequestAttr::Preamble(Preamble::VHT),
//!     FtmRequestAttr::FtmsPerBurst(8),
//! ];
//! let ftm = [FtmRequestByTypeAttr::Ftm((&ftm).into())];
//! let request = [MeasurementRequestAttr::Data((&ftm).into())];
//! let ap = [
//!     MeasuredPeerAttr::Mac(&[2, 0, 0, 0, 1, 0]),
//!     MeasuredPeerAttr::Channel((&channel).into()),
//!     MeasuredPeerAttr::Request((&request).into()),
//! ];
//! let mut buffer = [0; 128];
//! let peers = Writer::attributes(&mut buffer, |w| w.nest(1, |w| w.put(&ap)))?;
//! let peers = [MeasurementsAttr::Peers(IndexedSets::of(peers))];
//! let attributes = [Nl80211Attr::PeerMeasurements((&peers).into())];
//! let start = StartMeasurement::of_link(3).with(&attributes);
//! # Ok::<(), nlwire::EncodeError>(())
//! ```

use super::flags::{ChannelWidths, Preambles};
use super::station::Rate;
use super::values::{ChannelType, ChannelWidth, FtmFailure, MeasurementStatus, Preamble};
use crate::attributes;
use crate::codec::{Bytes, Flag, Hardware, Indexed, Nest};

attributes! {
    /// Peer measurements, or the limits of a wiphy (`NL80211_PMSR_ATTR_*`).
    pub set Measurements, enum MeasurementsAttr {
        /// Maximum number of peers.
        1 NL80211_PMSR_ATTR_MAX_PEERS MaxPeers max_peers: u32,
        /// True if the TSF of the AP can be reported.
        2 NL80211_PMSR_ATTR_REPORT_AP_TSF ReportApTsf report_ap_tsf: Flag,
        /// True if the MAC address can be random.
        3 NL80211_PMSR_ATTR_RANDOMIZE_MAC_ADDR RandomMac random_mac: Flag,
        /// Capabilities by type.
        4 NL80211_PMSR_ATTR_TYPE_CAPA Capabilities capabilities: Nest<MeasurementCapabilities>,
        /// Peers.
        5 NL80211_PMSR_ATTR_PEERS Peers peers: Indexed<MeasuredPeer>,
    }
}

attributes! {
    /// Peer of a measurement (`NL80211_PMSR_PEER_ATTR_*`).
    pub set MeasuredPeer, enum MeasuredPeerAttr {
        /// MAC address.
        1 NL80211_PMSR_PEER_ATTR_ADDR Mac mac: Hardware,
        /// Channel.
        2 NL80211_PMSR_PEER_ATTR_CHAN Channel channel: Nest<Channel>,
        /// Request.
        3 NL80211_PMSR_PEER_ATTR_REQ Request request: Nest<MeasurementRequest>,
        /// Response.
        4 NL80211_PMSR_PEER_ATTR_RESP Response response: Nest<MeasurementResponse>,
    }
}

attributes! {
    /// Channel of a peer (`NL80211_ATTR_*`).
    pub set Channel, enum ChannelAttr {
        /// Frequency in MHz.
        38 NL80211_ATTR_WIPHY_FREQ Frequency frequency: u32,
        /// Channel type for HT.
        39 NL80211_ATTR_WIPHY_CHANNEL_TYPE ChannelType channel_type: ChannelType,
        /// Channel width.
        159 NL80211_ATTR_CHANNEL_WIDTH Width width: ChannelWidth,
        /// Center frequency in MHz.
        160 NL80211_ATTR_CENTER_FREQ1 Center1 center1: u32,
        /// Center frequency of the second half of 80+80 MHz, in MHz.
        161 NL80211_ATTR_CENTER_FREQ2 Center2 center2: u32,
        /// Frequency offset in kHz.
        290 NL80211_ATTR_WIPHY_FREQ_OFFSET FrequencyOffset frequency_offset: u32,
    }
}

attributes! {
    /// Request of a measurement (`NL80211_PMSR_REQ_ATTR_*`).
    pub set MeasurementRequest, enum MeasurementRequestAttr {
        /// Request by type.
        1 NL80211_PMSR_REQ_ATTR_DATA Data data: Nest<FtmRequestByType>,
        /// True if the TSF of the AP is wanted.
        2 NL80211_PMSR_REQ_ATTR_GET_AP_TSF ApTsf ap_tsf: Flag,
    }
}

attributes! {
    /// Response of a measurement (`NL80211_PMSR_RESP_ATTR_*`).
    pub set MeasurementResponse, enum MeasurementResponseAttr {
        /// Result by type.
        1 NL80211_PMSR_RESP_ATTR_DATA Data data: Nest<FtmResponseByType>,
        /// Status.
        2 NL80211_PMSR_RESP_ATTR_STATUS Status status: MeasurementStatus,
        /// Time of the result in ns since boot.
        3 NL80211_PMSR_RESP_ATTR_HOST_TIME HostTime host_time: u64,
        /// TSF of the AP in µs.
        4 NL80211_PMSR_RESP_ATTR_AP_TSF ApTsf ap_tsf: u64,
        /// True for the final result of the peer.
        5 NL80211_PMSR_RESP_ATTR_FINAL Final final_: Flag,
        /// Padding.
        6 NL80211_PMSR_RESP_ATTR_PAD Pad pad: Bytes,
    }
}

attributes! {
    /// Capabilities by measurement type (`NL80211_PMSR_TYPE_*`).
    pub set MeasurementCapabilities, enum MeasurementCapabilitiesAttr {
        /// FTM.
        1 NL80211_PMSR_TYPE_FTM Ftm ftm: Nest<FtmCapabilities>,
    }
}

/// Set whose number is that of the set beside it.
pub mod request {
    use super::FtmRequest;
    use crate::attributes;
    use crate::codec::Nest;

    attributes! {
        /// Request by measurement type (`NL80211_PMSR_TYPE_*`).
        pub set FtmRequestByType, enum FtmRequestByTypeAttr {
            /// FTM.
            1 NL80211_PMSR_TYPE_FTM Ftm ftm: Nest<FtmRequest>,
        }
    }
}

pub use request::{FtmRequestByType, FtmRequestByTypeAttr};

/// Set whose number is that of the set beside it.
pub mod response {
    use super::FtmResponse;
    use crate::attributes;
    use crate::codec::Nest;

    attributes! {
        /// Result by measurement type (`NL80211_PMSR_TYPE_*`).
        pub set FtmResponseByType, enum FtmResponseByTypeAttr {
            /// FTM.
            1 NL80211_PMSR_TYPE_FTM Ftm ftm: Nest<FtmResponse>,
        }
    }
}

pub use response::{FtmResponseByType, FtmResponseByTypeAttr};

attributes! {
    /// FTM capabilities (`NL80211_PMSR_FTM_CAPA_ATTR_*`).
    pub set FtmCapabilities, enum FtmCapabilitiesAttr {
        /// True if ASAP mode is supported.
        1 NL80211_PMSR_FTM_CAPA_ATTR_ASAP Asap asap: Flag,
        /// True if a mode other than ASAP is supported.
        2 NL80211_PMSR_FTM_CAPA_ATTR_NON_ASAP NonAsap non_asap: Flag,
        /// True if location configuration information can be requested.
        3 NL80211_PMSR_FTM_CAPA_ATTR_REQ_LCI Lci lci: Flag,
        /// True if the civic location can be requested.
        4 NL80211_PMSR_FTM_CAPA_ATTR_REQ_CIVICLOC CivicLocation civic_location: Flag,
        /// Preambles.
        5 NL80211_PMSR_FTM_CAPA_ATTR_PREAMBLES Preambles preambles: Preambles,
        /// Bandwidths.
        6 NL80211_PMSR_FTM_CAPA_ATTR_BANDWIDTHS Bandwidths bandwidths: ChannelWidths,
        /// Maximum number of bursts, as an exponent.
        7 NL80211_PMSR_FTM_CAPA_ATTR_MAX_BURSTS_EXPONENT MaxBurstsExponent max_bursts_exponent: u32,
        /// Maximum number of frames in a burst.
        8 NL80211_PMSR_FTM_CAPA_ATTR_MAX_FTMS_PER_BURST MaxFtmsPerBurst max_ftms_per_burst: u32,
        /// True if trigger-based ranging is supported.
        9 NL80211_PMSR_FTM_CAPA_ATTR_TRIGGER_BASED TriggerBased trigger_based: Flag,
        /// True if ranging without triggers is supported.
        10 NL80211_PMSR_FTM_CAPA_ATTR_NON_TRIGGER_BASED NonTriggerBased non_trigger_based: Flag,
    }
}

attributes! {
    /// FTM request (`NL80211_PMSR_FTM_REQ_ATTR_*`).
    pub set FtmRequest, enum FtmRequestAttr {
        /// True for ASAP mode.
        1 NL80211_PMSR_FTM_REQ_ATTR_ASAP Asap asap: Flag,
        /// Preamble.
        2 NL80211_PMSR_FTM_REQ_ATTR_PREAMBLE Preamble preamble: Preamble,
        /// Number of bursts, as an exponent, 0 to 15.
        3 NL80211_PMSR_FTM_REQ_ATTR_NUM_BURSTS_EXP BurstsExponent bursts_exponent: u8,
        /// Burst period in 100 ms.
        4 NL80211_PMSR_FTM_REQ_ATTR_BURST_PERIOD BurstPeriod burst_period: u16,
        /// Burst duration, 0 to 15; 15 for no preference.
        5 NL80211_PMSR_FTM_REQ_ATTR_BURST_DURATION BurstDuration burst_duration: u8,
        /// Number of frames in a burst, 0 to 31.
        6 NL80211_PMSR_FTM_REQ_ATTR_FTMS_PER_BURST FtmsPerBurst ftms_per_burst: u8,
        /// Retries of the request.
        7 NL80211_PMSR_FTM_REQ_ATTR_NUM_FTMR_RETRIES Retries retries: u8,
        /// True if location configuration information is wanted.
        8 NL80211_PMSR_FTM_REQ_ATTR_REQUEST_LCI Lci lci: Flag,
        /// True if the civic location is wanted.
        9 NL80211_PMSR_FTM_REQ_ATTR_REQUEST_CIVICLOC CivicLocation civic_location: Flag,
        /// True for trigger-based ranging.
        10 NL80211_PMSR_FTM_REQ_ATTR_TRIGGER_BASED TriggerBased trigger_based: Flag,
        /// True for ranging without triggers.
        11 NL80211_PMSR_FTM_REQ_ATTR_NON_TRIGGER_BASED NonTriggerBased non_trigger_based: Flag,
        /// True if the responder gets the measurement as feedback.
        12 NL80211_PMSR_FTM_REQ_ATTR_LMR_FEEDBACK LmrFeedback lmr_feedback: Flag,
        /// BSS color of the responder.
        13 NL80211_PMSR_FTM_REQ_ATTR_BSS_COLOR BssColor bss_color: u8,
    }
}

attributes! {
    /// FTM result (`NL80211_PMSR_FTM_RESP_ATTR_*`).
    pub set FtmResponse, enum FtmResponseAttr {
        /// Reason of the failure.
        1 NL80211_PMSR_FTM_RESP_ATTR_FAIL_REASON Failure failure: FtmFailure,
        /// Index of the burst.
        2 NL80211_PMSR_FTM_RESP_ATTR_BURST_INDEX BurstIndex burst_index: u32,
        /// Number of frames that were sent.
        3 NL80211_PMSR_FTM_RESP_ATTR_NUM_FTMR_ATTEMPTS Attempts attempts: u32,
        /// Number of frames that were acknowledged.
        4 NL80211_PMSR_FTM_RESP_ATTR_NUM_FTMR_SUCCESSES Successes successes: u32,
        /// Time after which a busy peer may be asked again, in seconds.
        5 NL80211_PMSR_FTM_RESP_ATTR_BUSY_RETRY_TIME BusyRetryTime busy_retry_time: u8,
        /// Number of bursts, as an exponent.
        6 NL80211_PMSR_FTM_RESP_ATTR_NUM_BURSTS_EXP BurstsExponent bursts_exponent: u8,
        /// Burst duration.
        7 NL80211_PMSR_FTM_RESP_ATTR_BURST_DURATION BurstDuration burst_duration: u8,
        /// Number of frames in a burst.
        8 NL80211_PMSR_FTM_RESP_ATTR_FTMS_PER_BURST FtmsPerBurst ftms_per_burst: u8,
        /// RSSI average in dBm.
        9 NL80211_PMSR_FTM_RESP_ATTR_RSSI_AVG Rssi rssi: i32,
        /// RSSI spread in dBm.
        10 NL80211_PMSR_FTM_RESP_ATTR_RSSI_SPREAD RssiSpread rssi_spread: i32,
        /// Transmit rate.
        11 NL80211_PMSR_FTM_RESP_ATTR_TX_RATE TxRate tx_rate: Nest<Rate>,
        /// Receive rate.
        12 NL80211_PMSR_FTM_RESP_ATTR_RX_RATE RxRate rx_rate: Nest<Rate>,
        /// Round-trip time average in ps.
        13 NL80211_PMSR_FTM_RESP_ATTR_RTT_AVG RoundTrip round_trip: i64,
        /// Round-trip time variance in ps².
        14 NL80211_PMSR_FTM_RESP_ATTR_RTT_VARIANCE RoundTripVariance round_trip_variance: u64,
        /// Round-trip time spread in ps.
        15 NL80211_PMSR_FTM_RESP_ATTR_RTT_SPREAD RoundTripSpread round_trip_spread: u64,
        /// Distance average in mm.
        16 NL80211_PMSR_FTM_RESP_ATTR_DIST_AVG Distance distance: i64,
        /// Distance variance in mm².
        17 NL80211_PMSR_FTM_RESP_ATTR_DIST_VARIANCE DistanceVariance distance_variance: u64,
        /// Distance spread in mm.
        18 NL80211_PMSR_FTM_RESP_ATTR_DIST_SPREAD DistanceSpread distance_spread: u64,
        /// Location configuration information of the peer.
        19 NL80211_PMSR_FTM_RESP_ATTR_LCI Lci lci: Bytes,
        /// Civic location of the peer.
        20 NL80211_PMSR_FTM_RESP_ATTR_CIVICLOC CivicLocation civic_location: Bytes,
        /// Padding.
        21 NL80211_PMSR_FTM_RESP_ATTR_PAD Pad pad: Bytes,
    }
}
