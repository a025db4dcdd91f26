//! Flags of nl80211, with the names that `iw` prints.

use crate::flags;

flags! {
    /// Station flags.
    pub struct StationFlags(u32) {
        AUTHORIZED = 0x2 "1 << NL80211_STA_FLAG_AUTHORIZED" "authorized";
        SHORT_PREAMBLE = 0x4 "1 << NL80211_STA_FLAG_SHORT_PREAMBLE" "short-preamble";
        WME = 0x8 "1 << NL80211_STA_FLAG_WME" "wme";
        MFP = 0x10 "1 << NL80211_STA_FLAG_MFP" "mfp";
        AUTHENTICATED = 0x20 "1 << NL80211_STA_FLAG_AUTHENTICATED" "authenticated";
        TDLS_PEER = 0x40 "1 << NL80211_STA_FLAG_TDLS_PEER" "tdls-peer";
        ASSOCIATED = 0x80 "1 << NL80211_STA_FLAG_ASSOCIATED" "associated";
        SPP_AMSDU = 0x100 "1 << NL80211_STA_FLAG_SPP_AMSDU" "spp-amsdu";
    }
}

flags! {
    /// Publish type of a NAN function.
    pub struct NanPublishType(u8) {
        SOLICITED_PUBLISH = 0x1 "NL80211_NAN_SOLICITED_PUBLISH" "solicited-publish";
        UNSOLICITED_PUBLISH = 0x2 "NL80211_NAN_UNSOLICITED_PUBLISH" "unsolicited-publish";
    }
}

flags! {
    /// WPA versions.
    pub struct WpaVersions(u32) {
        WPA1 = 0x1 "NL80211_WPA_VERSION_1" "WPA";
        WPA2 = 0x2 "NL80211_WPA_VERSION_2" "WPA2";
        WPA3 = 0x4 "NL80211_WPA_VERSION_3" "WPA3";
    }
}

flags! {
    /// Flags of a regulatory rule.
    pub struct RuleFlags(u32) {
        NO_OFDM = 0x1 "NL80211_RRF_NO_OFDM" "NO-OFDM";
        NO_CCK = 0x2 "NL80211_RRF_NO_CCK" "NO-CCK";
        NO_INDOOR = 0x4 "NL80211_RRF_NO_INDOOR" "NO-INDOOR";
        NO_OUTDOOR = 0x8 "NL80211_RRF_NO_OUTDOOR" "NO-OUTDOOR";
        DFS = 0x10 "NL80211_RRF_DFS" "DFS";
        PTP_ONLY = 0x20 "NL80211_RRF_PTP_ONLY" "PTP-ONLY";
        PTMP_ONLY = 0x40 "NL80211_RRF_PTMP_ONLY" "PTMP-ONLY";
        NO_IR = 0x80 "NL80211_RRF_NO_IR" "PASSIVE-SCAN";
        NO_IBSS = 0x100 "__NL80211_RRF_NO_IBSS" "NO-IBSS";
        AUTO_BANDWIDTH = 0x800 "NL80211_RRF_AUTO_BW" "AUTO-BW";
        IR_CONCURRENT = 0x1000 "NL80211_RRF_IR_CONCURRENT" "IR-CONCURRENT";
        NO_HT40_MINUS = 0x2000 "NL80211_RRF_NO_HT40MINUS" "NO-HT40MINUS";
        NO_HT40_PLUS = 0x4000 "NL80211_RRF_NO_HT40PLUS" "NO-HT40PLUS";
        NO_80MHZ = 0x8000 "NL80211_RRF_NO_80MHZ" "NO-80MHZ";
        NO_160MHZ = 0x10000 "NL80211_RRF_NO_160MHZ" "NO-160MHZ";
        NO_HE = 0x20000 "NL80211_RRF_NO_HE" "NO-HE";
        NO_320MHZ = 0x40000 "NL80211_RRF_NO_320MHZ" "NO-320MHZ";
        NO_EHT = 0x80000 "NL80211_RRF_NO_EHT" "NO-EHT";
        PSD = 0x100000 "NL80211_RRF_PSD" "PSD";
        DFS_CONCURRENT = 0x200000 "NL80211_RRF_DFS_CONCURRENT" "DFS-CONCURRENT";
        NO_6GHZ_VLP_CLIENT = 0x400000 "NL80211_RRF_NO_6GHZ_VLP_CLIENT" "NO-6GHZ-VLP-CLIENT";
        NO_6GHZ_AFC_CLIENT = 0x800000 "NL80211_RRF_NO_6GHZ_AFC_CLIENT" "NO-6GHZ-AFC-CLIENT";
    }
}

flags! {
    /// Flags of a mesh path.
    pub struct MeshPathFlags(u8) {
        ACTIVE = 0x1 "NL80211_MPATH_FLAG_ACTIVE" "active";
        RESOLVING = 0x2 "NL80211_MPATH_FLAG_RESOLVING" "resolving";
        SN_VALID = 0x4 "NL80211_MPATH_FLAG_SN_VALID" "sn-valid";
        FIXED = 0x8 "NL80211_MPATH_FLAG_FIXED" "fixed";
        RESOLVED = 0x10 "NL80211_MPATH_FLAG_RESOLVED" "resolved";
    }
}

flags! {
    /// Scan flags.
    pub struct ScanFlags(u32) {
        LOW_PRIORITY = 0x1 "NL80211_SCAN_FLAG_LOW_PRIORITY" "low-priority";
        FLUSH = 0x2 "NL80211_SCAN_FLAG_FLUSH" "flush";
        AP = 0x4 "NL80211_SCAN_FLAG_AP" "ap";
        RANDOM_ADDR = 0x8 "NL80211_SCAN_FLAG_RANDOM_ADDR" "random-addr";
        FILS_MAX_CHANNEL_TIME = 0x10 "NL80211_SCAN_FLAG_FILS_MAX_CHANNEL_TIME" "fils-max-channel-time";
        ACCEPT_BCAST_PROBE_RESP = 0x20 "NL80211_SCAN_FLAG_ACCEPT_BCAST_PROBE_RESP" "accept-bcast-probe-resp";
        OCE_PROBE_REQ_HIGH_TX_RATE = 0x40 "NL80211_SCAN_FLAG_OCE_PROBE_REQ_HIGH_TX_RATE" "oce-probe-req-high-tx-rate";
        OCE_PROBE_REQ_DEFERRAL_SUPPRESSION = 0x80 "NL80211_SCAN_FLAG_OCE_PROBE_REQ_DEFERRAL_SUPPRESSION" "oce-probe-req-deferral-suppression";
        LOW_SPAN = 0x100 "NL80211_SCAN_FLAG_LOW_SPAN" "low-span";
        LOW_POWER = 0x200 "NL80211_SCAN_FLAG_LOW_POWER" "low-power";
        HIGH_ACCURACY = 0x400 "NL80211_SCAN_FLAG_HIGH_ACCURACY" "high-accuracy";
        RANDOM_SN = 0x800 "NL80211_SCAN_FLAG_RANDOM_SN" "random-sn";
        MIN_PREQ_CONTENT = 0x1000 "NL80211_SCAN_FLAG_MIN_PREQ_CONTENT" "min-preq-content";
        FREQ_KHZ = 0x2000 "NL80211_SCAN_FLAG_FREQ_KHZ" "freq-khz";
        COLOCATED_6GHZ = 0x4000 "NL80211_SCAN_FLAG_COLOCATED_6GHZ" "colocated-6ghz";
    }
}

flags! {
    /// Features of an AP management entity.
    pub struct ApSmeFeatures(u32) {
        SA_QUERY_OFFLOAD = 0x1 "NL80211_AP_SME_SA_QUERY_OFFLOAD" "sa-query-offload";
    }
}

flags! {
    /// Protocols whose probe requests a device answers.
    pub struct ProbeResponseOffload(u32) {
        WPS = 0x1 "NL80211_PROBE_RESP_OFFLOAD_SUPPORT_WPS" "wps";
        WPS2 = 0x2 "NL80211_PROBE_RESP_OFFLOAD_SUPPORT_WPS2" "wps2";
        P2P = 0x4 "NL80211_PROBE_RESP_OFFLOAD_SUPPORT_P2P" "p2p";
        W80211U = 0x8 "NL80211_PROBE_RESP_OFFLOAD_SUPPORT_80211U" "80211u";
    }
}

flags! {
    /// Protocol features.
    pub struct ProtocolFeatures(u32) {
        SPLIT_WIPHY_DUMP = 0x1 "NL80211_PROTOCOL_FEATURE_SPLIT_WIPHY_DUMP" "split-wiphy-dump";
    }
}

flags! {
    /// Flags of a received management frame.
    pub struct ReceivedFlags(u32) {
        ANSWERED = 0x1 "NL80211_RXMGMT_FLAG_ANSWERED" "answered";
        EXTERNAL_AUTH = 0x2 "NL80211_RXMGMT_FLAG_EXTERNAL_AUTH" "external-auth";
    }
}

flags! {
    /// Capabilities of a TDLS peer.
    pub struct TdlsPeerCapability(u32) {
        HT = 0x1 "NL80211_TDLS_PEER_HT" "ht";
        VHT = 0x2 "NL80211_TDLS_PEER_VHT" "vht";
        WMM = 0x4 "NL80211_TDLS_PEER_WMM" "wmm";
        HE = 0x8 "NL80211_TDLS_PEER_HE" "he";
    }
}

flags! {
    /// AP settings that user space supports.
    pub struct ApSettingsFlags(u32) {
        EXTERNAL_AUTH_SUPPORT = 0x1 "NL80211_AP_SETTINGS_EXTERNAL_AUTH_SUPPORT" "external-auth-support";
        SA_QUERY_OFFLOAD_SUPPORT = 0x2 "NL80211_AP_SETTINGS_SA_QUERY_OFFLOAD_SUPPORT" "sa-query-offload-support";
    }
}

flags! {
    /// Bands.
    pub struct BandMask(u32) {
        GHZ_2 = 0x1 "1 << NL80211_BAND_2GHZ" "2.4 GHz";
        GHZ_5 = 0x2 "1 << NL80211_BAND_5GHZ" "5 GHz";
        GHZ_60 = 0x4 "1 << NL80211_BAND_60GHZ" "60 GHz";
        GHZ_6 = 0x8 "1 << NL80211_BAND_6GHZ" "6 GHz";
        S1GHZ = 0x10 "1 << NL80211_BAND_S1GHZ" "S1G";
        LIGHT = 0x20 "1 << NL80211_BAND_LC" "LC";
    }
}

flags! {
    /// Channel widths.
    pub struct ChannelWidths(u32) {
        MHZ_20_NO_HT = 0x1 "1 << NL80211_CHAN_WIDTH_20_NOHT" "20 MHz (no HT)";
        MHZ_20 = 0x2 "1 << NL80211_CHAN_WIDTH_20" "20 MHz";
        MHZ_40 = 0x4 "1 << NL80211_CHAN_WIDTH_40" "40 MHz";
        MHZ_80 = 0x8 "1 << NL80211_CHAN_WIDTH_80" "80 MHz";
        MHZ_80_PLUS_80 = 0x10 "1 << NL80211_CHAN_WIDTH_80P80" "80+80 MHz";
        MHZ_160 = 0x20 "1 << NL80211_CHAN_WIDTH_160" "160 MHz";
        MHZ_5 = 0x40 "1 << NL80211_CHAN_WIDTH_5" "5 MHz";
        MHZ_10 = 0x80 "1 << NL80211_CHAN_WIDTH_10" "10 MHz";
        MHZ_1 = 0x100 "1 << NL80211_CHAN_WIDTH_1" "1 MHz";
        MHZ_2 = 0x200 "1 << NL80211_CHAN_WIDTH_2" "2 MHz";
        MHZ_4 = 0x400 "1 << NL80211_CHAN_WIDTH_4" "4 MHz";
        MHZ_8 = 0x800 "1 << NL80211_CHAN_WIDTH_8" "8 MHz";
        MHZ_16 = 0x1000 "1 << NL80211_CHAN_WIDTH_16" "16 MHz";
        MHZ_320 = 0x2000 "1 << NL80211_CHAN_WIDTH_320" "320 MHz";
    }
}

flags! {
    /// DFS regions.
    pub struct DfsRegions(u32) {
        UNSET = 0x1 "1 << NL80211_DFS_UNSET" "UNSET";
        FCC = 0x2 "1 << NL80211_DFS_FCC" "FCC";
        ETSI = 0x4 "1 << NL80211_DFS_ETSI" "ETSI";
        JP = 0x8 "1 << NL80211_DFS_JP" "JP";
    }
}

flags! {
    /// Preambles.
    pub struct Preambles(u32) {
        LEGACY = 0x1 "1 << NL80211_PREAMBLE_LEGACY" "legacy";
        HT = 0x2 "1 << NL80211_PREAMBLE_HT" "ht";
        VHT = 0x4 "1 << NL80211_PREAMBLE_VHT" "vht";
        DMG = 0x8 "1 << NL80211_PREAMBLE_DMG" "dmg";
        HE = 0x10 "1 << NL80211_PREAMBLE_HE" "he";
    }
}

flags! {
    /// Features of a wiphy.
    pub struct FeatureFlags(u32) {
        SK_TX_STATUS = 0x1 "NL80211_FEATURE_SK_TX_STATUS" "sk-tx-status";
        HT_IBSS = 0x2 "NL80211_FEATURE_HT_IBSS" "ht-ibss";
        INACTIVITY_TIMER = 0x4 "NL80211_FEATURE_INACTIVITY_TIMER" "inactivity-timer";
        CELL_BASE_REG_HINTS = 0x8 "NL80211_FEATURE_CELL_BASE_REG_HINTS" "cell-base-reg-hints";
        P2P_DEVICE_NEEDS_CHANNEL = 0x10 "NL80211_FEATURE_P2P_DEVICE_NEEDS_CHANNEL" "p2p-device-needs-channel";
        SAE = 0x20 "NL80211_FEATURE_SAE" "sae";
        LOW_PRIORITY_SCAN = 0x40 "NL80211_FEATURE_LOW_PRIORITY_SCAN" "low-priority-scan";
        SCAN_FLUSH = 0x80 "NL80211_FEATURE_SCAN_FLUSH" "scan-flush";
        AP_SCAN = 0x100 "NL80211_FEATURE_AP_SCAN" "ap-scan";
        VIF_TXPOWER = 0x200 "NL80211_FEATURE_VIF_TXPOWER" "vif-txpower";
        NEED_OBSS_SCAN = 0x400 "NL80211_FEATURE_NEED_OBSS_SCAN" "need-obss-scan";
        P2P_GO_CTWIN = 0x800 "NL80211_FEATURE_P2P_GO_CTWIN" "p2p-go-ctwin";
        P2P_GO_OPPPS = 0x1000 "NL80211_FEATURE_P2P_GO_OPPPS" "p2p-go-oppps";
        ADVERTISE_CHAN_LIMITS = 0x4000 "NL80211_FEATURE_ADVERTISE_CHAN_LIMITS" "advertise-chan-limits";
        FULL_AP_CLIENT_STATE = 0x8000 "NL80211_FEATURE_FULL_AP_CLIENT_STATE" "full-ap-client-state";
        USERSPACE_MPM = 0x10000 "NL80211_FEATURE_USERSPACE_MPM" "userspace-mpm";
        ACTIVE_MONITOR = 0x20000 "NL80211_FEATURE_ACTIVE_MONITOR" "active-monitor";
        AP_MODE_CHAN_WIDTH_CHANGE = 0x40000 "NL80211_FEATURE_AP_MODE_CHAN_WIDTH_CHANGE" "ap-mode-chan-width-change";
        DS_PARAM_SET_IE_IN_PROBES = 0x80000 "NL80211_FEATURE_DS_PARAM_SET_IE_IN_PROBES" "ds-param-set-ie-in-probes";
        WFA_TPC_IE_IN_PROBES = 0x100000 "NL80211_FEATURE_WFA_TPC_IE_IN_PROBES" "wfa-tpc-ie-in-probes";
        QUIET = 0x200000 "NL80211_FEATURE_QUIET" "quiet";
        TX_POWER_INSERTION = 0x400000 "NL80211_FEATURE_TX_POWER_INSERTION" "tx-power-insertion";
        ACKTO_ESTIMATION = 0x800000 "NL80211_FEATURE_ACKTO_ESTIMATION" "ackto-estimation";
        STATIC_SMPS = 0x1000000 "NL80211_FEATURE_STATIC_SMPS" "static-smps";
        DYNAMIC_SMPS = 0x2000000 "NL80211_FEATURE_DYNAMIC_SMPS" "dynamic-smps";
        SUPPORTS_WMM_ADMISSION = 0x4000000 "NL80211_FEATURE_SUPPORTS_WMM_ADMISSION" "supports-wmm-admission";
        MAC_ON_CREATE = 0x8000000 "NL80211_FEATURE_MAC_ON_CREATE" "mac-on-create";
        TDLS_CHANNEL_SWITCH = 0x10000000 "NL80211_FEATURE_TDLS_CHANNEL_SWITCH" "tdls-channel-switch";
        SCAN_RANDOM_MAC_ADDR = 0x20000000 "NL80211_FEATURE_SCAN_RANDOM_MAC_ADDR" "scan-random-mac-addr";
        SCHED_SCAN_RANDOM_MAC_ADDR = 0x40000000 "NL80211_FEATURE_SCHED_SCAN_RANDOM_MAC_ADDR" "sched-scan-random-mac-addr";
        ND_RANDOM_MAC_ADDR = 0x80000000 "NL80211_FEATURE_ND_RANDOM_MAC_ADDR" "nd-random-mac-addr";
    }
}

flags! {
    /// Uses of a BSS.
    pub struct BssUse(u32) {
        NORMAL = 0x1 "NL80211_BSS_USE_FOR_NORMAL" "normal";
        MLD_LINK = 0x2 "NL80211_BSS_USE_FOR_MLD_LINK" "mld-link";
    }
}

flags! {
    /// Reasons for which a BSS cannot be used.
    pub struct BssCannotUse(u64) {
        NSTR_NONPRIMARY = 0x1 "NL80211_BSS_CANNOT_USE_NSTR_NONPRIMARY" "nstr-nonprimary";
        POWER_MISMATCH = 0x2 "NL80211_BSS_CANNOT_USE_6GHZ_PWR_MISMATCH" "6ghz-power-mismatch";
    }
}
