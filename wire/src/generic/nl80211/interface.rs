//! Interfaces: types, monitor flags, rates, the connection quality monitor and settings of APs.
//!
//! Interface 3 becomes a monitor that sees control frames and frames of other BSSs, as
//! after `iw dev wlan0 set monitor control otherbss`. The link must be down:
//!
//! ```
//! use nlwire::generic::nl80211::*;
//! use nlwire::{Errno, Request, fields};
//!
//! let passed = [MonitorFlagsAttr::Control(true), MonitorFlagsAttr::OtherBss(true)];
//! let monitor = [
//!     Nl80211Attr::InterfaceType(InterfaceType::MONITOR),
//!     Nl80211Attr::MonitorFlags((&passed).into()),
//! ];
//! let change = SetInterface::of_link(3).with(&monitor);
//!
//! // `iw dev wlan0 info`, `iw dev` and `iw dev wlan0 del`
//! let one = GetInterface::of_link(3);
//! let all = GetInterfaces::all();
//! let delete = DeleteInterface::of_link(3).if_there();
//! assert_eq!(delete.forgives(), [Errno::ENODEV]);
//!
//! /// Prints an interface; the link name is absent for one without a link, such
//! /// as a P2P device.
//! fn print(interface: &Nl80211Row<'_>) -> Result<(), nlwire::DecodeError> {
//!     let found = fields!(interface.attributes => Nl80211 { link_name, interface_type, wdev })?;
//!     println!("{:?} of type {:?}, {:x?}", found.link_name, found.interface_type, found.wdev);
//!     Ok(())
//! }
//!
//! // A P2P device has no link, only the identifier in `Wdev`.
//! let start = StartP2pDevice::by_wdev(0x2);
//! let stop = StopP2pDevice::by_wdev(0x2);
//! ```
//!
//! A station joins the network `home` and asks for an event when the signal passes
//! -70 dBm, as by `iw dev wlan0 connect home`, `iw dev wlan0 set power_save on` and
//! `iw dev wlan0 cqm rssi -70 4`:
//!
//! ```
//! use nlwire::generic::nl80211::*;
//! use nlwire::zerocopy::native_endian::I32;
//!
//! let connect = Connect::of_link(3, b"home");
//! let save = SetPowerSave::of_link(3, PowerSave::ENABLED);
//! let saving = GetPowerSave::of_link(3);
//!
//! let threshold = [I32::new(-70)];
//! let monitor = [CqmAttr::RssiThresholds(&threshold), CqmAttr::RssiHysteresis(4)];
//! let monitor = [Nl80211Attr::Cqm((&monitor).into())];
//! let watch = SetCqm::of_link(3).with(&monitor);
//!
//! let disconnect = Disconnect::of_link(3);
//! ```
//!
//! Only 6 and 12 Mbit/s in the 2.4 GHz band, as after
//! `iw dev wlan0 set bitrates legacy-2.4 6 12`. Bands are indices of the nest:
//!
//! ```
//! use nlwire::Writer;
//! use nlwire::codec::IndexedSets;
//! use nlwire::generic::nl80211::{Band, Nl80211Attr, RateMaskAttr, SetTxRates};
//!
//! let mut buffer = [0; 32];
//! let band = u16::try_from(Band::GHZ_2.0)?;
//! // Rates are multiples of 500 kbit/s.
//! let rates = Writer::attributes(&mut buffer, |w| {
//!     w.nest(band, |w| w.put(RateMaskAttr::Legacy(&[12, 24])))
//! })?;
//! let rates = [Nl80211Attr::TxRates(IndexedSets::of(rates))];
//! let limit = SetTxRates::of_link(3).with(&rates);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! An AP starts on channel 6, as `hostapd` does it: the beacon's bytes come before and
//! behind the TIM. It moves to channel 11 after five beacons, and stops:
//!
//! ```
//! use nlwire::generic::nl80211::*;
//!
//! let (head, tail) = ([0x80; 57], [0x2a, 1, 0]);
//! let beacon = [
//!     Nl80211Attr::BeaconHead(&head),
//!     Nl80211Attr::BeaconTail(&tail),
//!     Nl80211Attr::BeaconInterval(100),
//!     Nl80211Attr::DtimPeriod(2),
//!     Nl80211Attr::Frequency(2437),
//! ];
//! let start = StartAp::of_link(3, b"home").with(&beacon);
//! let update = [Nl80211Attr::BeaconHead(&head), Nl80211Attr::BeaconTail(&tail)];
//! let update = SetBeacon::of_link(3).with(&update);
//! let isolate = SetBss::of_link(3).with(&[Nl80211Attr::ApIsolate(1)]);
//!
//! let next = [Nl80211Attr::Frequency(2462), Nl80211Attr::ChannelSwitchBlockTx(true)];
//! let switch = SwitchChannel::of_link(3, 5).with(&next);
//! let stop = StopAp::of_link(3);
//! ```
//!
//! Probe requests are received on channel 1 for a while, as a P2P device listens. The
//! reply to the stay has the cookie that ends it:
//!
//! ```
//! use nlwire::fields;
//! use nlwire::generic::nl80211::*;
//!
//! // Type 0 and subtype 4 of IEEE 802.11, in the order of the frame's first byte.
//! let register = RegisterFrame::of_link(3, 0x40).with(&[Nl80211Attr::FrameMatch(&[])]);
//! let stay = RemainOnChannel::of_link(3, 2412, 500);
//!
//! fn end<'a>(
//!     reply: &Nl80211Row<'_>,
//! ) -> Result<Option<CancelRemainOnChannel<'a>>, nlwire::DecodeError> {
//!     let cookie = fields!(reply.attributes => Nl80211 { cookie })?.cookie;
//!     Ok(cookie.map(|cookie| CancelRemainOnChannel::of_link(3, cookie)))
//! }
//! ```

use super::structs::RateSet;
use super::values::{
    AccessCategory, GuardInterval, HeGuardInterval, HeLtf, RssiEvent, TidControl, TxRateSetting,
};
use crate::codec::{Array, ByteArray, Bytes, Flag, Nest, Struct};
use crate::zerocopy::native_endian::I32;
use crate::{LinkIndex, attributes};

attributes! {
    /// Interface types, a flag for each (`NL80211_IFTYPE_*`).
    pub set InterfaceTypes, enum InterfaceTypesAttr {
        /// Unspecified: the driver decides.
        0 NL80211_IFTYPE_UNSPECIFIED Unspecified unspecified: Flag,
        /// IBSS member.
        1 NL80211_IFTYPE_ADHOC Ibss ibss: Flag,
        /// Managed: station of a BSS.
        2 NL80211_IFTYPE_STATION Managed managed: Flag,
        /// AP.
        3 NL80211_IFTYPE_AP Ap ap: Flag,
        /// AP/VLAN.
        4 NL80211_IFTYPE_AP_VLAN ApVlan ap_vlan: Flag,
        /// WDS.
        5 NL80211_IFTYPE_WDS Wds wds: Flag,
        /// Monitor.
        6 NL80211_IFTYPE_MONITOR Monitor monitor: Flag,
        /// Mesh point.
        7 NL80211_IFTYPE_MESH_POINT MeshPoint mesh_point: Flag,
        /// P2P client.
        8 NL80211_IFTYPE_P2P_CLIENT P2pClient p2p_client: Flag,
        /// P2P group owner.
        9 NL80211_IFTYPE_P2P_GO P2pGo p2p_go: Flag,
        /// P2P device.
        10 NL80211_IFTYPE_P2P_DEVICE P2pDevice p2p_device: Flag,
        /// Outside the context of a BSS.
        11 NL80211_IFTYPE_OCB Ocb ocb: Flag,
        /// NAN device.
        12 NL80211_IFTYPE_NAN Nan nan: Flag,
    }
}

attributes! {
    /// Monitor flags (`NL80211_MNTR_FLAG_*`).
    pub set MonitorFlags, enum MonitorFlagsAttr {
        /// Frames with a wrong FCS are passed on.
        1 NL80211_MNTR_FLAG_FCSFAIL FcsFail fcs_fail: Flag,
        /// Frames with a wrong PLCP header are passed on.
        2 NL80211_MNTR_FLAG_PLCPFAIL PlcpFail plcp_fail: Flag,
        /// Control frames are passed on.
        3 NL80211_MNTR_FLAG_CONTROL Control control: Flag,
        /// Frames of other BSSs are passed on.
        4 NL80211_MNTR_FLAG_OTHER_BSS OtherBss other_bss: Flag,
        /// Frames are passed on after processing.
        5 NL80211_MNTR_FLAG_COOK_FRAMES Cook cook: Flag,
        /// Active: unicast frames are acknowledged.
        6 NL80211_MNTR_FLAG_ACTIVE Active active: Flag,
        /// Frames that the device sends are skipped.
        7 NL80211_MNTR_FLAG_SKIP_TX SkipTx skip_tx: Flag,
    }
}

attributes! {
    /// Parameters of a transmit queue (`NL80211_TXQ_ATTR_*`).
    pub set QueueParameters, enum QueueParametersAttr {
        /// Access category.
        1 NL80211_TXQ_ATTR_AC AccessCategory access_category: AccessCategory,
        /// Transmit opportunity in 32 µs; 0 for one frame.
        2 NL80211_TXQ_ATTR_TXOP Txop txop: u16,
        /// Minimum contention window in slots.
        3 NL80211_TXQ_ATTR_CWMIN CwMin cw_min: u16,
        /// Maximum contention window in slots.
        4 NL80211_TXQ_ATTR_CWMAX CwMax cw_max: u16,
        /// AIFS in slots.
        5 NL80211_TXQ_ATTR_AIFS Aifs aifs: u8,
    }
}

attributes! {
    /// Allowed transmit rates of a band (`NL80211_TXRATE_*`).
    pub set RateMask, enum RateMaskAttr {
        /// Legacy rates, a byte for each, in 500 kbit/s.
        1 NL80211_TXRATE_LEGACY Legacy legacy: Bytes,
        /// HT MCS indices, a byte for each.
        2 NL80211_TXRATE_HT Ht ht: Bytes,
        /// VHT MCS indices by spatial stream.
        3 NL80211_TXRATE_VHT Vht vht: Struct<RateSet>,
        /// Guard interval of HT and VHT.
        4 NL80211_TXRATE_GI GuardInterval guard_interval: GuardInterval,
        /// HE MCS indices by spatial stream.
        5 NL80211_TXRATE_HE He he: Struct<RateSet>,
        /// Guard interval of HE.
        6 NL80211_TXRATE_HE_GI HeGi he_gi: HeGuardInterval,
        /// Training field of HE.
        7 NL80211_TXRATE_HE_LTF HeLtf he_ltf: HeLtf,
    }
}

attributes! {
    /// Connection quality monitor (`NL80211_ATTR_CQM_*`).
    pub set Cqm, enum CqmAttr {
        /// RSSI thresholds in dBm; 0 for off.
        1 NL80211_ATTR_CQM_RSSI_THOLD RssiThresholds rssi_thresholds: Array<I32>,
        /// RSSI hysteresis in dB.
        2 NL80211_ATTR_CQM_RSSI_HYST RssiHysteresis rssi_hysteresis: u32,
        /// RSSI event.
        3 NL80211_ATTR_CQM_RSSI_THRESHOLD_EVENT RssiEvent rssi_event: RssiEvent,
        /// Number of consecutive lost packets.
        4 NL80211_ATTR_CQM_PKT_LOSS_EVENT LostPackets lost_packets: u32,
        /// Transmit error rate in per cent.
        5 NL80211_ATTR_CQM_TXE_RATE ErrorRate error_rate: u32,
        /// Number of attempted packets that the error rate counts.
        6 NL80211_ATTR_CQM_TXE_PKTS ErrorPackets error_packets: u32,
        /// Interval of the error rate in seconds.
        7 NL80211_ATTR_CQM_TXE_INTVL ErrorInterval error_interval: u32,
        /// Beacon loss.
        8 NL80211_ATTR_CQM_BEACON_LOSS_EVENT BeaconLoss beacon_loss: Flag,
        /// RSSI of the event in dBm.
        9 NL80211_ATTR_CQM_RSSI_LEVEL RssiLevel rssi_level: i32,
    }
}

attributes! {
    /// Settings of TIDs (`NL80211_TID_CONFIG_ATTR_*`).
    pub set TidConfig, enum TidConfigAttr {
        /// Padding.
        1 NL80211_TID_CONFIG_ATTR_PAD Pad pad: Bytes,
        /// Settings supported for interfaces: bit n is the attribute type n.
        2 NL80211_TID_CONFIG_ATTR_VIF_SUPP InterfaceSupport interface_support: u64,
        /// Settings supported for stations: bit n is the attribute type n.
        3 NL80211_TID_CONFIG_ATTR_PEER_SUPP PeerSupport peer_support: u64,
        /// Override of earlier settings of stations.
        4 NL80211_TID_CONFIG_ATTR_OVERRIDE Override override_: Flag,
        /// TIDs, a bitmap.
        5 NL80211_TID_CONFIG_ATTR_TIDS Tids tids: u16,
        /// Acknowledgements: disabled means that none are sent.
        6 NL80211_TID_CONFIG_ATTR_NOACK NoAck no_ack: TidControl,
        /// Retry limit of short frames.
        7 NL80211_TID_CONFIG_ATTR_RETRY_SHORT RetryShort retry_short: u8,
        /// Retry limit of long frames.
        8 NL80211_TID_CONFIG_ATTR_RETRY_LONG RetryLong retry_long: u8,
        /// A-MPDU aggregation.
        9 NL80211_TID_CONFIG_ATTR_AMPDU_CTRL Ampdu ampdu: TidControl,
        /// RTS and CTS.
        10 NL80211_TID_CONFIG_ATTR_RTSCTS_CTRL RtsCts rts_cts: TidControl,
        /// A-MSDU aggregation.
        11 NL80211_TID_CONFIG_ATTR_AMSDU_CTRL Amsdu amsdu: TidControl,
        /// Transmit rate setting.
        12 NL80211_TID_CONFIG_ATTR_TX_RATE_TYPE TxRateType tx_rate_type: TxRateSetting,
        /// Transmit rates.
        13 NL80211_TID_CONFIG_ATTR_TX_RATE TxRate tx_rate: Nest<RateMask>,
    }
}

attributes! {
    /// FTM responder settings (`NL80211_FTM_RESP_ATTR_*`).
    pub set FtmResponder, enum FtmResponderAttr {
        /// FTM responder is enabled.
        1 NL80211_FTM_RESP_ATTR_ENABLED Enabled enabled: Flag,
        /// Location configuration information.
        2 NL80211_FTM_RESP_ATTR_LCI Lci lci: Bytes,
        /// Civic location.
        3 NL80211_FTM_RESP_ATTR_CIVICLOC CivicLocation civic_location: Bytes,
    }
}

attributes! {
    /// FTM responder statistics (`NL80211_FTM_STATS_*`).
    pub set FtmResponderStats, enum FtmResponderStatsAttr {
        /// Number of sessions that succeeded.
        1 NL80211_FTM_STATS_SUCCESS_NUM Successes successes: u32,
        /// Number of sessions that succeeded in part.
        2 NL80211_FTM_STATS_PARTIAL_NUM Partial partial: u32,
        /// Number of sessions that failed.
        3 NL80211_FTM_STATS_FAILED_NUM Failures failures: u32,
        /// Number of ASAP sessions.
        4 NL80211_FTM_STATS_ASAP_NUM Asap asap: u32,
        /// Number of other sessions.
        5 NL80211_FTM_STATS_NON_ASAP_NUM NonAsap non_asap: u32,
        /// Duration of all sessions in ms.
        6 NL80211_FTM_STATS_TOTAL_DURATION_MSEC Duration duration: u64,
        /// Number of unknown triggers.
        7 NL80211_FTM_STATS_UNKNOWN_TRIGGERS_NUM UnknownTriggers unknown_triggers: u32,
        /// Number of requests to reschedule.
        8 NL80211_FTM_STATS_RESCHEDULE_REQUESTS_NUM Reschedules reschedules: u32,
        /// Number of triggers outside of the window.
        9 NL80211_FTM_STATS_OUT_OF_WINDOW_TRIGGERS_NUM LateTriggers late_triggers: u32,
        /// Padding.
        10 NL80211_FTM_STATS_PAD Pad pad: Bytes,
    }
}

attributes! {
    /// HE spatial reuse (`NL80211_HE_OBSS_PD_ATTR_*`).
    pub set ObssPd, enum ObssPdAttr {
        /// Minimum offset in dB, 1 to 20.
        1 NL80211_HE_OBSS_PD_ATTR_MIN_OFFSET MinOffset min_offset: u8,
        /// Maximum offset in dB, 1 to 20.
        2 NL80211_HE_OBSS_PD_ATTR_MAX_OFFSET MaxOffset max_offset: u8,
        /// Maximum offset of other groups in dB, 1 to 20.
        3 NL80211_HE_OBSS_PD_ATTR_NON_SRG_MAX_OFFSET NonSrgMaxOffset non_srg_max_offset: u8,
        /// BSS colors, a bitmap.
        4 NL80211_HE_OBSS_PD_ATTR_BSS_COLOR_BITMAP Colors colors: ByteArray<8>,
        /// Partial BSSIDs, a bitmap.
        5 NL80211_HE_OBSS_PD_ATTR_PARTIAL_BSSID_BITMAP PartialBssids partial_bssids: ByteArray<8>,
        /// Spatial reuse control field.
        6 NL80211_HE_OBSS_PD_ATTR_SR_CTRL Control control: u8,
    }
}

attributes! {
    /// HE BSS color (`NL80211_HE_BSS_COLOR_ATTR_*`).
    pub set BssColor, enum BssColorAttr {
        /// Color, 1 to 63.
        1 NL80211_HE_BSS_COLOR_ATTR_COLOR Color color: u8,
        /// Disabled.
        2 NL80211_HE_BSS_COLOR_ATTR_DISABLED Disabled disabled: Flag,
        /// Partial: association IDs depend on the color.
        3 NL80211_HE_BSS_COLOR_ATTR_PARTIAL Partial partial: Flag,
    }
}

attributes! {
    /// FILS discovery frames (`NL80211_FILS_DISCOVERY_ATTR_*`).
    pub set FilsDiscovery, enum FilsDiscoveryAttr {
        /// Minimum interval in TU of 1,024 µs.
        1 NL80211_FILS_DISCOVERY_ATTR_INT_MIN MinInterval min_interval: u32,
        /// Maximum interval in TU of 1,024 µs; 0 for off.
        2 NL80211_FILS_DISCOVERY_ATTR_INT_MAX MaxInterval max_interval: u32,
        /// Template of the frame.
        3 NL80211_FILS_DISCOVERY_ATTR_TMPL Template template: Bytes,
    }
}

attributes! {
    /// Unsolicited broadcast probe responses (`NL80211_UNSOL_BCAST_PROBE_RESP_ATTR_*`).
    pub set UnsolicitedProbeResponse, enum UnsolicitedProbeResponseAttr {
        /// Interval in TU of 1,024 µs, at most 20.
        1 NL80211_UNSOL_BCAST_PROBE_RESP_ATTR_INT Interval interval: u32,
        /// Template of the frame.
        2 NL80211_UNSOL_BCAST_PROBE_RESP_ATTR_TMPL Template template: Bytes,
    }
}

attributes! {
    /// Multiple BSSID settings (`NL80211_MBSSID_CONFIG_ATTR_*`).
    pub set MbssidConfig, enum MbssidConfigAttr {
        /// Maximum number of interfaces in a set.
        1 NL80211_MBSSID_CONFIG_ATTR_MAX_INTERFACES MaxInterfaces max_interfaces: u8,
        /// Maximum periodicity of EMA profiles in beacons.
        2 NL80211_MBSSID_CONFIG_ATTR_MAX_EMA_PROFILE_PERIODICITY MaxEmaPeriodicity max_ema_periodicity: u8,
        /// Index of the interface in the set.
        3 NL80211_MBSSID_CONFIG_ATTR_INDEX Index index: u8,
        /// Link index of the interface that sends the beacons.
        4 NL80211_MBSSID_CONFIG_ATTR_TX_IFINDEX TxLink tx_link: LinkIndex,
        /// EMA: profiles are spread over several beacons.
        5 NL80211_MBSSID_CONFIG_ATTR_EMA Ema ema: Flag,
    }
}
