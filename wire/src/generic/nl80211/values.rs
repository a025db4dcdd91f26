//! Numbers of nl80211, with the names that `iw` prints.

use crate::numbers;

numbers! {
    /// Interface type.
    pub struct InterfaceType(u32) {
        UNSPECIFIED = 0 "NL80211_IFTYPE_UNSPECIFIED" "unspecified";
        IBSS = 1 "NL80211_IFTYPE_ADHOC" "IBSS";
        MANAGED = 2 "NL80211_IFTYPE_STATION" "managed";
        AP = 3 "NL80211_IFTYPE_AP" "AP";
        AP_VLAN = 4 "NL80211_IFTYPE_AP_VLAN" "AP/VLAN";
        WDS = 5 "NL80211_IFTYPE_WDS" "WDS";
        MONITOR = 6 "NL80211_IFTYPE_MONITOR" "monitor";
        MESH_POINT = 7 "NL80211_IFTYPE_MESH_POINT" "mesh point";
        P2P_CLIENT = 8 "NL80211_IFTYPE_P2P_CLIENT" "P2P-client";
        P2P_GO = 9 "NL80211_IFTYPE_P2P_GO" "P2P-GO";
        P2P_DEVICE = 10 "NL80211_IFTYPE_P2P_DEVICE" "P2P-device";
        OCB = 11 "NL80211_IFTYPE_OCB" "outside context of a BSS";
        NAN = 12 "NL80211_IFTYPE_NAN" "NAN";
    }
}

numbers! {
    /// Band.
    pub struct Band(u32) {
        GHZ_2 = 0 "NL80211_BAND_2GHZ" "2.4 GHz";
        GHZ_5 = 1 "NL80211_BAND_5GHZ" "5 GHz";
        GHZ_60 = 2 "NL80211_BAND_60GHZ" "60 GHz";
        GHZ_6 = 3 "NL80211_BAND_6GHZ" "6 GHz";
        S1GHZ = 4 "NL80211_BAND_S1GHZ" "S1G";
        LIGHT = 5 "NL80211_BAND_LC" "LC";
    }
}

numbers! {
    /// Channel type for HT.
    pub struct ChannelType(u32) {
        NO_HT = 0 "NL80211_CHAN_NO_HT" "NOHT";
        HT20 = 1 "NL80211_CHAN_HT20" "HT20";
        HT40_MINUS = 2 "NL80211_CHAN_HT40MINUS" "HT40-";
        HT40_PLUS = 3 "NL80211_CHAN_HT40PLUS" "HT40+";
    }
}

numbers! {
    /// Channel width.
    pub struct ChannelWidth(u32) {
        MHZ_20_NO_HT = 0 "NL80211_CHAN_WIDTH_20_NOHT" "20 MHz (no HT)";
        MHZ_20 = 1 "NL80211_CHAN_WIDTH_20" "20 MHz";
        MHZ_40 = 2 "NL80211_CHAN_WIDTH_40" "40 MHz";
        MHZ_80 = 3 "NL80211_CHAN_WIDTH_80" "80 MHz";
        MHZ_80_PLUS_80 = 4 "NL80211_CHAN_WIDTH_80P80" "80+80 MHz";
        MHZ_160 = 5 "NL80211_CHAN_WIDTH_160" "160 MHz";
        MHZ_5 = 6 "NL80211_CHAN_WIDTH_5" "5 MHz";
        MHZ_10 = 7 "NL80211_CHAN_WIDTH_10" "10 MHz";
        MHZ_1 = 8 "NL80211_CHAN_WIDTH_1" "1 MHz";
        MHZ_2 = 9 "NL80211_CHAN_WIDTH_2" "2 MHz";
        MHZ_4 = 10 "NL80211_CHAN_WIDTH_4" "4 MHz";
        MHZ_8 = 11 "NL80211_CHAN_WIDTH_8" "8 MHz";
        MHZ_16 = 12 "NL80211_CHAN_WIDTH_16" "16 MHz";
        MHZ_320 = 13 "NL80211_CHAN_WIDTH_320" "320 MHz";
    }
}

numbers! {
    /// Channel width of a scan result.
    pub struct BssChannelWidth(u32) {
        MHZ_20 = 0 "NL80211_BSS_CHAN_WIDTH_20" "20 MHz";
        MHZ_10 = 1 "NL80211_BSS_CHAN_WIDTH_10" "10 MHz";
        MHZ_5 = 2 "NL80211_BSS_CHAN_WIDTH_5" "5 MHz";
        MHZ_1 = 3 "NL80211_BSS_CHAN_WIDTH_1" "1 MHz";
        MHZ_2 = 4 "NL80211_BSS_CHAN_WIDTH_2" "2 MHz";
    }
}

numbers! {
    /// DFS state of a channel.
    pub struct DfsState(u32) {
        USABLE = 0 "NL80211_DFS_USABLE" "usable";
        UNAVAILABLE = 1 "NL80211_DFS_UNAVAILABLE" "unavailable";
        AVAILABLE = 2 "NL80211_DFS_AVAILABLE" "available";
    }
}

numbers! {
    /// DFS region.
    pub struct DfsRegion(u8) {
        UNSET = 0 "NL80211_DFS_UNSET" "UNSET";
        FCC = 1 "NL80211_DFS_FCC" "FCC";
        ETSI = 2 "NL80211_DFS_ETSI" "ETSI";
        JP = 3 "NL80211_DFS_JP" "JP";
    }
}

numbers! {
    /// Initiator of a regulatory change.
    pub struct RegulatoryInitiator(u8) {
        CORE = 0 "NL80211_REGDOM_SET_BY_CORE" "core";
        USER = 1 "NL80211_REGDOM_SET_BY_USER" "user";
        DRIVER = 2 "NL80211_REGDOM_SET_BY_DRIVER" "driver";
        COUNTRY_IE = 3 "NL80211_REGDOM_SET_BY_COUNTRY_IE" "country-ie";
    }
}

numbers! {
    /// Type of a regulatory domain.
    pub struct RegulatoryType(u8) {
        COUNTRY = 0 "NL80211_REGDOM_TYPE_COUNTRY" "country";
        WORLD = 1 "NL80211_REGDOM_TYPE_WORLD" "world";
        CUSTOM_WORLD = 2 "NL80211_REGDOM_TYPE_CUSTOM_WORLD" "custom-world";
        INTERSECTION = 3 "NL80211_REGDOM_TYPE_INTERSECTION" "intersection";
    }
}

numbers! {
    /// Type of a regulatory hint.
    pub struct UserHintType(u32) {
        USER = 0 "NL80211_USER_REG_HINT_USER" "user";
        CELL_BASE = 1 "NL80211_USER_REG_HINT_CELL_BASE" "cell-base";
        INDOOR = 2 "NL80211_USER_REG_HINT_INDOOR" "indoor";
    }
}

numbers! {
    /// Status of a link in a BSS.
    pub struct BssStatus(u32) {
        AUTHENTICATED = 0 "NL80211_BSS_STATUS_AUTHENTICATED" "authenticated";
        ASSOCIATED = 1 "NL80211_BSS_STATUS_ASSOCIATED" "associated";
        IBSS_JOINED = 2 "NL80211_BSS_STATUS_IBSS_JOINED" "ibss-joined";
    }
}

numbers! {
    /// Authentication type.
    pub struct AuthType(u32) {
        OPEN_SYSTEM = 0 "NL80211_AUTHTYPE_OPEN_SYSTEM" "open-system";
        SHARED_KEY = 1 "NL80211_AUTHTYPE_SHARED_KEY" "shared-key";
        FT = 2 "NL80211_AUTHTYPE_FT" "ft";
        NETWORK_EAP = 3 "NL80211_AUTHTYPE_NETWORK_EAP" "network-eap";
        SAE = 4 "NL80211_AUTHTYPE_SAE" "sae";
        FILS_SK = 5 "NL80211_AUTHTYPE_FILS_SK" "fils-sk";
        FILS_SK_PFS = 6 "NL80211_AUTHTYPE_FILS_SK_PFS" "fils-sk-pfs";
        FILS_PK = 7 "NL80211_AUTHTYPE_FILS_PK" "fils-pk";
        AUTOMATIC = 8 "NL80211_AUTHTYPE_AUTOMATIC" "automatic";
    }
}

numbers! {
    /// Key type.
    pub struct KeyType(u32) {
        GROUP = 0 "NL80211_KEYTYPE_GROUP" "group";
        PAIRWISE = 1 "NL80211_KEYTYPE_PAIRWISE" "pairwise";
        PEERKEY = 2 "NL80211_KEYTYPE_PEERKEY" "peerkey";
    }
}

numbers! {
    /// Key mode: directions in which the key is used.
    pub struct KeyMode(u8) {
        RX_TX = 0 "NL80211_KEY_RX_TX" "rx-tx";
        NO_TX = 1 "NL80211_KEY_NO_TX" "no-tx";
        SET_TX = 2 "NL80211_KEY_SET_TX" "set-tx";
    }
}

numbers! {
    /// Management frame protection.
    pub struct FrameProtection(u32) {
        NO = 0 "NL80211_MFP_NO" "no";
        REQUIRED = 1 "NL80211_MFP_REQUIRED" "required";
        OPTIONAL = 2 "NL80211_MFP_OPTIONAL" "optional";
    }
}

numbers! {
    /// State of a mesh peer link.
    pub struct PlinkState(u8) {
        LISTEN = 0 "NL80211_PLINK_LISTEN" "LISTEN";
        OPEN_SENT = 1 "NL80211_PLINK_OPN_SNT" "OPN_SNT";
        OPEN_RECEIVED = 2 "NL80211_PLINK_OPN_RCVD" "OPN_RCVD";
        CONFIRM_RECEIVED = 3 "NL80211_PLINK_CNF_RCVD" "CNF_RCVD";
        ESTABLISHED = 4 "NL80211_PLINK_ESTAB" "ESTAB";
        HOLDING = 5 "NL80211_PLINK_HOLDING" "HOLDING";
        BLOCKED = 6 "NL80211_PLINK_BLOCKED" "BLOCKED";
    }
}

numbers! {
    /// Action on a mesh peer link.
    pub struct PlinkAction(u8) {
        NO_ACTION = 0 "NL80211_PLINK_ACTION_NO_ACTION" "no-action";
        OPEN = 1 "NL80211_PLINK_ACTION_OPEN" "open";
        BLOCK = 2 "NL80211_PLINK_ACTION_BLOCK" "block";
    }
}

numbers! {
    /// Mesh power mode.
    pub struct MeshPowerMode(u32) {
        UNKNOWN = 0 "NL80211_MESH_POWER_UNKNOWN" "unknown";
        ACTIVE = 1 "NL80211_MESH_POWER_ACTIVE" "ACTIVE";
        LIGHT_SLEEP = 2 "NL80211_MESH_POWER_LIGHT_SLEEP" "LIGHT SLEEP";
        DEEP_SLEEP = 3 "NL80211_MESH_POWER_DEEP_SLEEP" "DEEP SLEEP";
    }
}

numbers! {
    /// Power save of a station.
    pub struct PowerSave(u32) {
        DISABLED = 0 "NL80211_PS_DISABLED" "off";
        ENABLED = 1 "NL80211_PS_ENABLED" "on";
    }
}

numbers! {
    /// Transmit power setting.
    pub struct TxPowerSetting(u32) {
        AUTOMATIC = 0 "NL80211_TX_POWER_AUTOMATIC" "auto";
        LIMITED = 1 "NL80211_TX_POWER_LIMITED" "limit";
        FIXED = 2 "NL80211_TX_POWER_FIXED" "fixed";
    }
}

numbers! {
    /// Transmit power setting for a station.
    pub struct StationTxPowerSetting(u8) {
        AUTOMATIC = 0 "NL80211_TX_POWER_AUTOMATIC" "auto";
        LIMITED = 1 "NL80211_TX_POWER_LIMITED" "limit";
        FIXED = 2 "NL80211_TX_POWER_FIXED" "fixed";
    }
}

numbers! {
    /// Transmit rate setting.
    pub struct TxRateSetting(u8) {
        AUTOMATIC = 0 "NL80211_TX_RATE_AUTOMATIC" "automatic";
        LIMITED = 1 "NL80211_TX_RATE_LIMITED" "limited";
        FIXED = 2 "NL80211_TX_RATE_FIXED" "fixed";
    }
}

numbers! {
    /// Setting of a TID.
    pub struct TidControl(u8) {
        ENABLE = 0 "NL80211_TID_CONFIG_ENABLE" "enable";
        DISABLE = 1 "NL80211_TID_CONFIG_DISABLE" "disable";
    }
}

numbers! {
    /// Guard interval of HT and VHT.
    pub struct GuardInterval(u8) {
        DEFAULT = 0 "NL80211_TXRATE_DEFAULT_GI" "default";
        SHORT = 1 "NL80211_TXRATE_FORCE_SGI" "sgi";
        LONG = 2 "NL80211_TXRATE_FORCE_LGI" "lgi";
    }
}

numbers! {
    /// Guard interval of HE in µs.
    pub struct HeGuardInterval(u8) {
        US_0_8 = 0 "NL80211_RATE_INFO_HE_GI_0_8" "0.8";
        US_1_6 = 1 "NL80211_RATE_INFO_HE_GI_1_6" "1.6";
        US_3_2 = 2 "NL80211_RATE_INFO_HE_GI_3_2" "3.2";
    }
}

numbers! {
    /// Guard interval of EHT in µs.
    pub struct EhtGuardInterval(u8) {
        US_0_8 = 0 "NL80211_RATE_INFO_EHT_GI_0_8" "0.8";
        US_1_6 = 1 "NL80211_RATE_INFO_EHT_GI_1_6" "1.6";
        US_3_2 = 2 "NL80211_RATE_INFO_EHT_GI_3_2" "3.2";
    }
}

numbers! {
    /// Training field of HE.
    pub struct HeLtf(u8) {
        X1 = 0 "NL80211_RATE_INFO_HE_1XLTF" "1xLTF";
        X2 = 1 "NL80211_RATE_INFO_HE_2XLTF" "2xLTF";
        X4 = 2 "NL80211_RATE_INFO_HE_4XLTF" "4xLTF";
    }
}

numbers! {
    /// Resource unit of HE in tones.
    pub struct HeRuAllocation(u8) {
        T26 = 0 "NL80211_RATE_INFO_HE_RU_ALLOC_26" "26";
        T52 = 1 "NL80211_RATE_INFO_HE_RU_ALLOC_52" "52";
        T106 = 2 "NL80211_RATE_INFO_HE_RU_ALLOC_106" "106";
        T242 = 3 "NL80211_RATE_INFO_HE_RU_ALLOC_242" "242";
        T484 = 4 "NL80211_RATE_INFO_HE_RU_ALLOC_484" "484";
        T996 = 5 "NL80211_RATE_INFO_HE_RU_ALLOC_996" "996";
        T2X996 = 6 "NL80211_RATE_INFO_HE_RU_ALLOC_2x996" "2x996";
    }
}

numbers! {
    /// Resource unit of EHT in tones.
    pub struct EhtRuAllocation(u8) {
        T26 = 0 "NL80211_RATE_INFO_EHT_RU_ALLOC_26" "26";
        T52 = 1 "NL80211_RATE_INFO_EHT_RU_ALLOC_52" "52";
        T52_26 = 2 "NL80211_RATE_INFO_EHT_RU_ALLOC_52P26" "52+26";
        T106 = 3 "NL80211_RATE_INFO_EHT_RU_ALLOC_106" "106";
        T106_26 = 4 "NL80211_RATE_INFO_EHT_RU_ALLOC_106P26" "106+26";
        T242 = 5 "NL80211_RATE_INFO_EHT_RU_ALLOC_242" "242";
        T484 = 6 "NL80211_RATE_INFO_EHT_RU_ALLOC_484" "484";
        T484_242 = 7 "NL80211_RATE_INFO_EHT_RU_ALLOC_484P242" "484+242";
        T996 = 8 "NL80211_RATE_INFO_EHT_RU_ALLOC_996" "996";
        T996_484 = 9 "NL80211_RATE_INFO_EHT_RU_ALLOC_996P484" "996+484";
        T996_484_242 = 10 "NL80211_RATE_INFO_EHT_RU_ALLOC_996P484P242" "996+484+242";
        T2X996 = 11 "NL80211_RATE_INFO_EHT_RU_ALLOC_2x996" "2x996";
        T2X996_484 = 12 "NL80211_RATE_INFO_EHT_RU_ALLOC_2x996P484" "2x996+484";
        T3X996 = 13 "NL80211_RATE_INFO_EHT_RU_ALLOC_3x996" "3x996";
        T3X996_484 = 14 "NL80211_RATE_INFO_EHT_RU_ALLOC_3x996P484" "3x996+484";
        T4X996 = 15 "NL80211_RATE_INFO_EHT_RU_ALLOC_4x996" "4x996";
    }
}

numbers! {
    /// P2P power save of a station.
    pub struct P2pPowerSave(u8) {
        UNSUPPORTED = 0 "NL80211_P2P_PS_UNSUPPORTED" "unsupported";
        SUPPORTED = 1 "NL80211_P2P_PS_SUPPORTED" "supported";
    }
}

numbers! {
    /// Access category.
    pub struct AccessCategory(u8) {
        VOICE = 0 "NL80211_AC_VO" "VO";
        VIDEO = 1 "NL80211_AC_VI" "VI";
        BEST_EFFORT = 2 "NL80211_AC_BE" "BE";
        BACKGROUND = 3 "NL80211_AC_BK" "BK";
    }
}

numbers! {
    /// RSSI event of the connection quality monitor.
    pub struct RssiEvent(u32) {
        LOW = 0 "NL80211_CQM_RSSI_THRESHOLD_EVENT_LOW" "low";
        HIGH = 1 "NL80211_CQM_RSSI_THRESHOLD_EVENT_HIGH" "high";
        BEACON_LOSS = 2 "NL80211_CQM_RSSI_BEACON_LOSS_EVENT" "beacon-loss";
    }
}

numbers! {
    /// Hidden SSID of an AP.
    pub struct HiddenSsid(u32) {
        NOT_IN_USE = 0 "NL80211_HIDDEN_SSID_NOT_IN_USE" "not-in-use";
        ZERO_LEN = 1 "NL80211_HIDDEN_SSID_ZERO_LEN" "zero-len";
        ZERO_CONTENTS = 2 "NL80211_HIDDEN_SSID_ZERO_CONTENTS" "zero-contents";
    }
}

numbers! {
    /// TDLS operation.
    pub struct TdlsOperation(u8) {
        DISCOVERY_REQ = 0 "NL80211_TDLS_DISCOVERY_REQ" "discovery-req";
        SETUP = 1 "NL80211_TDLS_SETUP" "setup";
        TEARDOWN = 2 "NL80211_TDLS_TEARDOWN" "teardown";
        ENABLE_LINK = 3 "NL80211_TDLS_ENABLE_LINK" "enable-link";
        DISABLE_LINK = 4 "NL80211_TDLS_DISABLE_LINK" "disable-link";
    }
}

numbers! {
    /// Reason for which an AP has refused a station.
    pub struct ConnectFailure(u32) {
        MAX_CLIENTS = 0 "NL80211_CONN_FAIL_MAX_CLIENTS" "max-clients";
        BLOCKED_CLIENT = 1 "NL80211_CONN_FAIL_BLOCKED_CLIENT" "blocked-client";
    }
}

numbers! {
    /// Operation that has timed out.
    pub struct TimeoutReason(u32) {
        UNSPECIFIED = 0 "NL80211_TIMEOUT_UNSPECIFIED" "unspecified";
        SCAN = 1 "NL80211_TIMEOUT_SCAN" "scan";
        AUTH = 2 "NL80211_TIMEOUT_AUTH" "auth";
        ASSOC = 3 "NL80211_TIMEOUT_ASSOC" "assoc";
    }
}

numbers! {
    /// ACL policy of an AP.
    pub struct AclPolicy(u32) {
        ACCEPT_UNLESS_LISTED = 0 "NL80211_ACL_POLICY_ACCEPT_UNLESS_LISTED" "accept-unless-listed";
        DENY_UNLESS_LISTED = 1 "NL80211_ACL_POLICY_DENY_UNLESS_LISTED" "deny-unless-listed";
    }
}

numbers! {
    /// Spatial multiplexing power save.
    pub struct SmpsMode(u8) {
        OFF = 0 "NL80211_SMPS_OFF" "off";
        STATIC = 1 "NL80211_SMPS_STATIC" "static";
        DYNAMIC = 2 "NL80211_SMPS_DYNAMIC" "dynamic";
    }
}

numbers! {
    /// Radar event.
    pub struct RadarEvent(u32) {
        DETECTED = 0 "NL80211_RADAR_DETECTED" "detected";
        CAC_FINISHED = 1 "NL80211_RADAR_CAC_FINISHED" "cac-finished";
        CAC_ABORTED = 2 "NL80211_RADAR_CAC_ABORTED" "cac-aborted";
        NOP_FINISHED = 3 "NL80211_RADAR_NOP_FINISHED" "nop-finished";
        PRE_CAC_EXPIRED = 4 "NL80211_RADAR_PRE_CAC_EXPIRED" "pre-cac-expired";
        CAC_STARTED = 5 "NL80211_RADAR_CAC_STARTED" "cac-started";
    }
}

numbers! {
    /// Critical protocol.
    pub struct CriticalProtocol(u16) {
        UNSPEC = 0 "NL80211_CRIT_PROTO_UNSPEC" "unspec";
        DHCP = 1 "NL80211_CRIT_PROTO_DHCP" "dhcp";
        EAPOL = 2 "NL80211_CRIT_PROTO_EAPOL" "eapol";
        APIPA = 3 "NL80211_CRIT_PROTO_APIPA" "apipa";
    }
}

numbers! {
    /// Action of the external authentication.
    pub struct ExternalAuth(u32) {
        START = 0 "NL80211_EXTERNAL_AUTH_START" "start";
        ABORT = 1 "NL80211_EXTERNAL_AUTH_ABORT" "abort";
    }
}

numbers! {
    /// SAE derivation of the password element.
    pub struct SaePwe(u8) {
        UNSPECIFIED = 0 "NL80211_SAE_PWE_UNSPECIFIED" "unspecified";
        HUNT_AND_PECK = 1 "NL80211_SAE_PWE_HUNT_AND_PECK" "hunt-and-peck";
        HASH_TO_ELEMENT = 2 "NL80211_SAE_PWE_HASH_TO_ELEMENT" "hash-to-element";
        BOTH = 3 "NL80211_SAE_PWE_BOTH" "both";
    }
}

numbers! {
    /// Type of SAR limits.
    pub struct SarType(u32) {
        POWER = 0 "NL80211_SAR_TYPE_POWER" "power";
    }
}

numbers! {
    /// Condition of a coalesce rule.
    pub struct CoalesceCondition(u32) {
        MATCH = 0 "NL80211_COALESCE_CONDITION_MATCH" "match";
        NO_MATCH = 1 "NL80211_COALESCE_CONDITION_NO_MATCH" "no-match";
    }
}

numbers! {
    /// Type of a NAN function.
    pub struct NanFunctionType(u8) {
        PUBLISH = 0 "NL80211_NAN_FUNC_PUBLISH" "publish";
        SUBSCRIBE = 1 "NL80211_NAN_FUNC_SUBSCRIBE" "subscribe";
        FOLLOW_UP = 2 "NL80211_NAN_FUNC_FOLLOW_UP" "follow-up";
    }
}

numbers! {
    /// Reason for the end of a NAN function.
    pub struct NanEndReason(u8) {
        USER_REQUEST = 0 "NL80211_NAN_FUNC_TERM_REASON_USER_REQUEST" "user-request";
        TTL_EXPIRED = 1 "NL80211_NAN_FUNC_TERM_REASON_TTL_EXPIRED" "ttl-expired";
        ERROR = 2 "NL80211_NAN_FUNC_TERM_REASON_ERROR" "error";
    }
}

numbers! {
    /// Preamble.
    pub struct Preamble(u32) {
        LEGACY = 0 "NL80211_PREAMBLE_LEGACY" "legacy";
        HT = 1 "NL80211_PREAMBLE_HT" "ht";
        VHT = 2 "NL80211_PREAMBLE_VHT" "vht";
        DMG = 3 "NL80211_PREAMBLE_DMG" "dmg";
        HE = 4 "NL80211_PREAMBLE_HE" "he";
    }
}

numbers! {
    /// Status of a peer measurement.
    pub struct MeasurementStatus(u32) {
        SUCCESS = 0 "NL80211_PMSR_STATUS_SUCCESS" "success";
        REFUSED = 1 "NL80211_PMSR_STATUS_REFUSED" "refused";
        TIMEOUT = 2 "NL80211_PMSR_STATUS_TIMEOUT" "timeout";
        FAILURE = 3 "NL80211_PMSR_STATUS_FAILURE" "failure";
    }
}

numbers! {
    /// Reason for which an FTM measurement failed.
    pub struct FtmFailure(u32) {
        UNSPECIFIED = 0 "NL80211_PMSR_FTM_FAILURE_UNSPECIFIED" "unspecified";
        NO_RESPONSE = 1 "NL80211_PMSR_FTM_FAILURE_NO_RESPONSE" "no-response";
        REJECTED = 2 "NL80211_PMSR_FTM_FAILURE_REJECTED" "rejected";
        WRONG_CHANNEL = 3 "NL80211_PMSR_FTM_FAILURE_WRONG_CHANNEL" "wrong-channel";
        PEER_NOT_CAPABLE = 4 "NL80211_PMSR_FTM_FAILURE_PEER_NOT_CAPABLE" "peer-not-capable";
        INVALID_TIMESTAMP = 5 "NL80211_PMSR_FTM_FAILURE_INVALID_TIMESTAMP" "invalid-timestamp";
        PEER_BUSY = 6 "NL80211_PMSR_FTM_FAILURE_PEER_BUSY" "peer-busy";
        BAD_CHANGED_PARAMS = 7 "NL80211_PMSR_FTM_FAILURE_BAD_CHANGED_PARAMS" "bad-changed-params";
    }
}
