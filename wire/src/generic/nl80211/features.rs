//! Extended features of a wiphy.

use core::fmt;

use crate::codec::{Form, field_is_value};
use crate::schema::Shape;
use crate::writer::Put;
use crate::{AttrRef, Attrs, DecodeError, Writer, numbers};

numbers! {
    /// Extended feature: its bit in [`ExtendedFeatures`].
    pub struct ExtendedFeature(u16) {
        VHT_IBSS = 0 "NL80211_EXT_FEATURE_VHT_IBSS" "vht-ibss";
        RRM = 1 "NL80211_EXT_FEATURE_RRM" "rrm";
        MU_MIMO_AIR_SNIFFER = 2 "NL80211_EXT_FEATURE_MU_MIMO_AIR_SNIFFER" "mu-mimo-air-sniffer";
        SCAN_START_TIME = 3 "NL80211_EXT_FEATURE_SCAN_START_TIME" "scan-start-time";
        BSS_PARENT_TSF = 4 "NL80211_EXT_FEATURE_BSS_PARENT_TSF" "bss-parent-tsf";
        SET_SCAN_DWELL = 5 "NL80211_EXT_FEATURE_SET_SCAN_DWELL" "set-scan-dwell";
        BEACON_RATE_LEGACY = 6 "NL80211_EXT_FEATURE_BEACON_RATE_LEGACY" "beacon-rate-legacy";
        BEACON_RATE_HT = 7 "NL80211_EXT_FEATURE_BEACON_RATE_HT" "beacon-rate-ht";
        BEACON_RATE_VHT = 8 "NL80211_EXT_FEATURE_BEACON_RATE_VHT" "beacon-rate-vht";
        FILS_STA = 9 "NL80211_EXT_FEATURE_FILS_STA" "fils-sta";
        MGMT_TX_RANDOM_TA = 10 "NL80211_EXT_FEATURE_MGMT_TX_RANDOM_TA" "mgmt-tx-random-ta";
        MGMT_TX_RANDOM_TA_CONNECTED = 11 "NL80211_EXT_FEATURE_MGMT_TX_RANDOM_TA_CONNECTED" "mgmt-tx-random-ta-connected";
        SCHED_SCAN_RELATIVE_RSSI = 12 "NL80211_EXT_FEATURE_SCHED_SCAN_RELATIVE_RSSI" "sched-scan-relative-rssi";
        CQM_RSSI_LIST = 13 "NL80211_EXT_FEATURE_CQM_RSSI_LIST" "cqm-rssi-list";
        FILS_SK_OFFLOAD = 14 "NL80211_EXT_FEATURE_FILS_SK_OFFLOAD" "fils-sk-offload";
        HANDSHAKE_STA_PSK = 15 "NL80211_EXT_FEATURE_4WAY_HANDSHAKE_STA_PSK" "4way-handshake-sta-psk";
        HANDSHAKE_STA_1X = 16 "NL80211_EXT_FEATURE_4WAY_HANDSHAKE_STA_1X" "4way-handshake-sta-1x";
        FILS_MAX_CHANNEL_TIME = 17 "NL80211_EXT_FEATURE_FILS_MAX_CHANNEL_TIME" "fils-max-channel-time";
        ACCEPT_BCAST_PROBE_RESP = 18 "NL80211_EXT_FEATURE_ACCEPT_BCAST_PROBE_RESP" "accept-bcast-probe-resp";
        OCE_PROBE_REQ_HIGH_TX_RATE = 19 "NL80211_EXT_FEATURE_OCE_PROBE_REQ_HIGH_TX_RATE" "oce-probe-req-high-tx-rate";
        OCE_PROBE_REQ_DEFERRAL_SUPPRESSION = 20 "NL80211_EXT_FEATURE_OCE_PROBE_REQ_DEFERRAL_SUPPRESSION" "oce-probe-req-deferral-suppression";
        MFP_OPTIONAL = 21 "NL80211_EXT_FEATURE_MFP_OPTIONAL" "mfp-optional";
        LOW_SPAN_SCAN = 22 "NL80211_EXT_FEATURE_LOW_SPAN_SCAN" "low-span-scan";
        LOW_POWER_SCAN = 23 "NL80211_EXT_FEATURE_LOW_POWER_SCAN" "low-power-scan";
        HIGH_ACCURACY_SCAN = 24 "NL80211_EXT_FEATURE_HIGH_ACCURACY_SCAN" "high-accuracy-scan";
        DFS_OFFLOAD = 25 "NL80211_EXT_FEATURE_DFS_OFFLOAD" "dfs-offload";
        CONTROL_PORT_OVER_NL80211 = 26 "NL80211_EXT_FEATURE_CONTROL_PORT_OVER_NL80211" "control-port-over-nl80211";
        ACK_SIGNAL_SUPPORT = 27 "NL80211_EXT_FEATURE_ACK_SIGNAL_SUPPORT" "ack-signal-support";
        TXQS = 28 "NL80211_EXT_FEATURE_TXQS" "txqs";
        SCAN_RANDOM_SN = 29 "NL80211_EXT_FEATURE_SCAN_RANDOM_SN" "scan-random-sn";
        SCAN_MIN_PREQ_CONTENT = 30 "NL80211_EXT_FEATURE_SCAN_MIN_PREQ_CONTENT" "scan-min-preq-content";
        CAN_REPLACE_PTK0 = 31 "NL80211_EXT_FEATURE_CAN_REPLACE_PTK0" "can-replace-ptk0";
        ENABLE_FTM_RESPONDER = 32 "NL80211_EXT_FEATURE_ENABLE_FTM_RESPONDER" "enable-ftm-responder";
        AIRTIME_FAIRNESS = 33 "NL80211_EXT_FEATURE_AIRTIME_FAIRNESS" "airtime-fairness";
        AP_PMKSA_CACHING = 34 "NL80211_EXT_FEATURE_AP_PMKSA_CACHING" "ap-pmksa-caching";
        SCHED_SCAN_BAND_SPECIFIC_RSSI_THOLD = 35 "NL80211_EXT_FEATURE_SCHED_SCAN_BAND_SPECIFIC_RSSI_THOLD" "sched-scan-band-specific-rssi-thold";
        EXT_KEY_ID = 36 "NL80211_EXT_FEATURE_EXT_KEY_ID" "ext-key-id";
        STA_TX_PWR = 37 "NL80211_EXT_FEATURE_STA_TX_PWR" "sta-tx-pwr";
        SAE_OFFLOAD = 38 "NL80211_EXT_FEATURE_SAE_OFFLOAD" "sae-offload";
        VLAN_OFFLOAD = 39 "NL80211_EXT_FEATURE_VLAN_OFFLOAD" "vlan-offload";
        AQL = 40 "NL80211_EXT_FEATURE_AQL" "aql";
        BEACON_PROTECTION = 41 "NL80211_EXT_FEATURE_BEACON_PROTECTION" "beacon-protection";
        CONTROL_PORT_NO_PREAUTH = 42 "NL80211_EXT_FEATURE_CONTROL_PORT_NO_PREAUTH" "control-port-no-preauth";
        PROTECTED_TWT = 43 "NL80211_EXT_FEATURE_PROTECTED_TWT" "protected-twt";
        DEL_IBSS_STA = 44 "NL80211_EXT_FEATURE_DEL_IBSS_STA" "del-ibss-sta";
        MULTICAST_REGISTRATIONS = 45 "NL80211_EXT_FEATURE_MULTICAST_REGISTRATIONS" "multicast-registrations";
        BEACON_PROTECTION_CLIENT = 46 "NL80211_EXT_FEATURE_BEACON_PROTECTION_CLIENT" "beacon-protection-client";
        SCAN_FREQ_KHZ = 47 "NL80211_EXT_FEATURE_SCAN_FREQ_KHZ" "scan-freq-khz";
        CONTROL_PORT_OVER_NL80211_TX_STATUS = 48 "NL80211_EXT_FEATURE_CONTROL_PORT_OVER_NL80211_TX_STATUS" "control-port-over-nl80211-tx-status";
        OPERATING_CHANNEL_VALIDATION = 49 "NL80211_EXT_FEATURE_OPERATING_CHANNEL_VALIDATION" "operating-channel-validation";
        HANDSHAKE_AP_PSK = 50 "NL80211_EXT_FEATURE_4WAY_HANDSHAKE_AP_PSK" "4way-handshake-ap-psk";
        SAE_OFFLOAD_AP = 51 "NL80211_EXT_FEATURE_SAE_OFFLOAD_AP" "sae-offload-ap";
        FILS_DISCOVERY = 52 "NL80211_EXT_FEATURE_FILS_DISCOVERY" "fils-discovery";
        UNSOL_BCAST_PROBE_RESP = 53 "NL80211_EXT_FEATURE_UNSOL_BCAST_PROBE_RESP" "unsol-bcast-probe-resp";
        BEACON_RATE_HE = 54 "NL80211_EXT_FEATURE_BEACON_RATE_HE" "beacon-rate-he";
        SECURE_LTF = 55 "NL80211_EXT_FEATURE_SECURE_LTF" "secure-ltf";
        SECURE_RTT = 56 "NL80211_EXT_FEATURE_SECURE_RTT" "secure-rtt";
        PROT_RANGE_NEGO_AND_MEASURE = 57 "NL80211_EXT_FEATURE_PROT_RANGE_NEGO_AND_MEASURE" "prot-range-nego-and-measure";
        BSS_COLOR = 58 "NL80211_EXT_FEATURE_BSS_COLOR" "bss-color";
        FILS_CRYPTO_OFFLOAD = 59 "NL80211_EXT_FEATURE_FILS_CRYPTO_OFFLOAD" "fils-crypto-offload";
        RADAR_BACKGROUND = 60 "NL80211_EXT_FEATURE_RADAR_BACKGROUND" "radar-background";
        POWERED_ADDR_CHANGE = 61 "NL80211_EXT_FEATURE_POWERED_ADDR_CHANGE" "powered-addr-change";
        PUNCT = 62 "NL80211_EXT_FEATURE_PUNCT" "punct";
        SECURE_NAN = 63 "NL80211_EXT_FEATURE_SECURE_NAN" "secure-nan";
        AUTH_AND_DEAUTH_RANDOM_TA = 64 "NL80211_EXT_FEATURE_AUTH_AND_DEAUTH_RANDOM_TA" "auth-and-deauth-random-ta";
        OWE_OFFLOAD = 65 "NL80211_EXT_FEATURE_OWE_OFFLOAD" "owe-offload";
        OWE_OFFLOAD_AP = 66 "NL80211_EXT_FEATURE_OWE_OFFLOAD_AP" "owe-offload-ap";
        DFS_CONCURRENT = 67 "NL80211_EXT_FEATURE_DFS_CONCURRENT" "dfs-concurrent";
        SPP_AMSDU_SUPPORT = 68 "NL80211_EXT_FEATURE_SPP_AMSDU_SUPPORT" "spp-amsdu-support";
        BEACON_RATE_EHT = 69 "NL80211_EXT_FEATURE_BEACON_RATE_EHT" "beacon-rate-eht";
    }
}

/// Extended features of a wiphy: bit n of byte n / 8 is the feature n.
///
/// ```
/// use nlwire::generic::nl80211::{ExtendedFeature, ExtendedFeatureBits};
///
/// let features = ExtendedFeatureBits(&[0x02, 0x02]);
/// assert!(features.contains(ExtendedFeature::RRM));
/// assert_eq!(features.to_string(), "rrm,fils-sta");
/// ```
#[derive(Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct ExtendedFeatures(());

/// Value of [`ExtendedFeatures`]: the bitmap.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct ExtendedFeatureBits<'a>(
    /// Bitmap, the lowest bit of the first byte first.
    pub &'a [u8],
);

impl<'a> ExtendedFeatureBits<'a> {
    /// Returns true if the wiphy has the feature.
    #[must_use]
    pub fn contains(self, feature: ExtendedFeature) -> bool {
        let byte = self.0.get(usize::from(feature.0 / 8));
        byte.is_some_and(|byte| byte & (1 << (feature.0 % 8)) != 0)
    }

    /// Iterates over the features that the wiphy has, in the order of their
    /// numbers.
    pub fn iter(self) -> impl Iterator<Item = ExtendedFeature> + Clone + 'a {
        let all = (0..=u16::MAX).map(ExtendedFeature);
        // At most 65,536 bits fit an attribute's type of feature.
        all.take(self.0.len().saturating_mul(8))
            .filter(move |feature| self.contains(*feature))
    }
}

/// The names, joined by commas, and numbers where there is no name.
impl fmt::Display for ExtendedFeatureBits<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, feature) in self.iter().enumerate() {
            if index > 0 {
                f.write_str(",")?;
            }
            feature.fmt(f)?;
        }
        Ok(())
    }
}

impl fmt::Debug for ExtendedFeatureBits<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ExtendedFeatureBits({self})")
    }
}

crate::__format!(ExtendedFeatureBits<'_>);

impl Form for ExtendedFeatures {
    type Value<'a> = ExtendedFeatureBits<'a>;
    const SHAPE: Shape = Shape::Bytes;

    field_is_value!();

    fn decode<'a>(
        attribute: AttrRef<'a>,
        _: Attrs<'a>,
    ) -> Result<ExtendedFeatureBits<'a>, DecodeError> {
        Ok(ExtendedFeatureBits(attribute.bytes()))
    }

    fn encode<'w, 'b>(
        value: &ExtendedFeatureBits<'_>,
        kind: u16,
        writer: &'w mut Writer<'b>,
    ) -> Put<'w, 'b> {
        writer.bytes(kind, value.0)
    }
}
