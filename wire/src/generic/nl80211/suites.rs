//! Cipher suites and AKM suites: an OUI and a number, such as 00-0f-ac:4.

use crate::zerocopy::native_endian::U32;
use crate::{numbers, structs};

numbers! {
    /// Cipher suite.
    pub struct CipherSuite(u32) {
        USE_GROUP = 0x000f_ac00 "WLAN_CIPHER_SUITE_USE_GROUP" "Use group";
        WEP40 = 0x000f_ac01 "WLAN_CIPHER_SUITE_WEP40" "WEP40";
        TKIP = 0x000f_ac02 "WLAN_CIPHER_SUITE_TKIP" "TKIP";
        CCMP = 0x000f_ac04 "WLAN_CIPHER_SUITE_CCMP" "CCMP-128";
        WEP104 = 0x000f_ac05 "WLAN_CIPHER_SUITE_WEP104" "WEP104";
        AES_CMAC = 0x000f_ac06 "WLAN_CIPHER_SUITE_AES_CMAC" "CMAC";
        GCMP = 0x000f_ac08 "WLAN_CIPHER_SUITE_GCMP" "GCMP-128";
        GCMP_256 = 0x000f_ac09 "WLAN_CIPHER_SUITE_GCMP_256" "GCMP-256";
        CCMP_256 = 0x000f_ac0a "WLAN_CIPHER_SUITE_CCMP_256" "CCMP-256";
        BIP_GMAC_128 = 0x000f_ac0b "WLAN_CIPHER_SUITE_BIP_GMAC_128" "GMAC-128";
        BIP_GMAC_256 = 0x000f_ac0c "WLAN_CIPHER_SUITE_BIP_GMAC_256" "GMAC-256";
        BIP_CMAC_256 = 0x000f_ac0d "WLAN_CIPHER_SUITE_BIP_CMAC_256" "CMAC-256";
        SMS4 = 0x0014_7201 "WLAN_CIPHER_SUITE_SMS4" "WPI-SMS4";
        /// WEP with 40 bits in the first WPA.
        WPA_WEP40 = 0x0050_f201 "WPA_CIPHER_SUITE_WEP40" "WEP40";
        /// TKIP, the default of the first WPA.
        WPA_TKIP = 0x0050_f202 "WPA_CIPHER_SUITE_TKIP" "TKIP";
        /// CCMP in the first WPA.
        WPA_CCMP = 0x0050_f204 "WPA_CIPHER_SUITE_CCMP" "CCMP-128";
        /// WEP with 104 bits in the first WPA.
        WPA_WEP104 = 0x0050_f205 "WPA_CIPHER_SUITE_WEP104" "WEP104";
    }
}

numbers! {
    /// AKM suite: authentication and key management.
    pub struct AkmSuite(u32) {
        IEEE_8021X = 0x000f_ac01 "WLAN_AKM_SUITE_8021X" "IEEE 802.1X";
        PSK = 0x000f_ac02 "WLAN_AKM_SUITE_PSK" "PSK";
        FT_8021X = 0x000f_ac03 "WLAN_AKM_SUITE_FT_8021X" "FT/IEEE 802.1X";
        FT_PSK = 0x000f_ac04 "WLAN_AKM_SUITE_FT_PSK" "FT/PSK";
        IEEE_8021X_SHA256 = 0x000f_ac05 "WLAN_AKM_SUITE_8021X_SHA256" "IEEE 802.1X/SHA-256";
        PSK_SHA256 = 0x000f_ac06 "WLAN_AKM_SUITE_PSK_SHA256" "PSK/SHA-256";
        TDLS = 0x000f_ac07 "WLAN_AKM_SUITE_TDLS" "TDLS/TPK";
        SAE = 0x000f_ac08 "WLAN_AKM_SUITE_SAE" "SAE";
        FT_OVER_SAE = 0x000f_ac09 "WLAN_AKM_SUITE_FT_OVER_SAE" "FT/SAE";
        AP_PEER_KEY = 0x000f_ac0a "WLAN_AKM_SUITE_AP_PEER_KEY" "AP peer key";
        IEEE_8021X_SUITE_B = 0x000f_ac0b "WLAN_AKM_SUITE_8021X_SUITE_B" "IEEE 802.1X/SUITE-B";
        IEEE_8021X_SUITE_B_192 = 0x000f_ac0c "WLAN_AKM_SUITE_8021X_SUITE_B_192" "IEEE 802.1X/SUITE-B-192";
        FT_8021X_SHA384 = 0x000f_ac0d "WLAN_AKM_SUITE_FT_8021X_SHA384" "FT/IEEE 802.1X/SHA-384";
        FILS_SHA256 = 0x000f_ac0e "WLAN_AKM_SUITE_FILS_SHA256" "FILS/SHA-256";
        FILS_SHA384 = 0x000f_ac0f "WLAN_AKM_SUITE_FILS_SHA384" "FILS/SHA-384";
        FT_FILS_SHA256 = 0x000f_ac10 "WLAN_AKM_SUITE_FT_FILS_SHA256" "FT/FILS/SHA-256";
        FT_FILS_SHA384 = 0x000f_ac11 "WLAN_AKM_SUITE_FT_FILS_SHA384" "FT/FILS/SHA-384";
        OWE = 0x000f_ac12 "WLAN_AKM_SUITE_OWE" "OWE";
        FT_PSK_SHA384 = 0x000f_ac13 "WLAN_AKM_SUITE_FT_PSK_SHA384" "FT/PSK/SHA-384";
        PSK_SHA384 = 0x000f_ac14 "WLAN_AKM_SUITE_PSK_SHA384" "PSK/SHA-384";
        SAE_EXT_KEY = 0x000f_ac18 "WLAN_AKM_SUITE_SAE_EXT_KEY" "SAE-EXT-KEY";
        FT_SAE_EXT_KEY = 0x000f_ac19 "WLAN_AKM_SUITE_FT_SAE_EXT_KEY" "FT/SAE-EXT-KEY";
        /// IEEE 802.1X in the first WPA.
        WPA_8021X = 0x0050_f201 "WPA_AKM_SUITE_8021X" "IEEE 802.1X";
        /// Pre-shared key in the first WPA.
        WPA_PSK = 0x0050_f202 "WPA_AKM_SUITE_PSK" "PSK";
        WFA_DPP = 0x506f_9a02 "WLAN_AKM_SUITE_WFA_DPP" "DPP";
    }
}

structs! {
    /// Cipher suite in a list.
    pub struct Cipher: 4 {
        /// Suite: [`CipherSuite`].
        suite: U32 as CipherSuite,
    }
}

structs! {
    /// AKM suite in a list.
    pub struct Akm: 4 {
        /// Suite: [`AkmSuite`].
        suite: U32 as AkmSuite,
    }
}

impl From<CipherSuite> for Cipher {
    fn from(suite: CipherSuite) -> Self {
        Self {
            suite: suite.0.into(),
        }
    }
}

impl From<AkmSuite> for Akm {
    fn from(suite: AkmSuite) -> Self {
        Self {
            suite: suite.0.into(),
        }
    }
}

impl From<[u8; 4]> for CipherSuite {
    /// Takes the OUI and the type, as elements have them.
    fn from(bytes: [u8; 4]) -> Self {
        Self(u32::from_be_bytes(bytes))
    }
}

impl From<[u8; 4]> for AkmSuite {
    /// Takes the OUI and the type, as elements have them.
    fn from(bytes: [u8; 4]) -> Self {
        Self(u32::from_be_bytes(bytes))
    }
}
