//! Keys, and what the device needs to renew them.
//!
//! A group key that was added becomes the default for data frames, and cached PMKSAs
//! go when the network's password has changed, as `wpa_supplicant` does:
//!
//! ```
//! use nlwire::generic::nl80211::{FlushPmksas, Nl80211Attr, SetKey};
//!
//! let default = SetKey::of(3, 1).with(&[Nl80211Attr::KeyDefault(true)]);
//! let forget = FlushPmksas::of_link(3);
//! ```

use super::interface::InterfaceTypes;
use super::suites::{Akm, AkmSuite, CipherSuite};
use super::values::{KeyMode, KeyType};
use crate::attributes;
use crate::codec::{Array, ByteArray, Bytes, Flag, Hardware, Nest, Secret};

attributes! {
    /// Key (`NL80211_KEY_*`).
    pub set Key, enum KeyAttr {
        /// Key.
        1 NL80211_KEY_DATA Data data: Secret<Bytes>,
        /// Key index, 0 to 7.
        2 NL80211_KEY_IDX Index index: u8,
        /// Cipher suite.
        3 NL80211_KEY_CIPHER Cipher cipher: CipherSuite,
        /// Sequence counter, least significant byte first.
        4 NL80211_KEY_SEQ Sequence sequence: Bytes,
        /// True for the default key of data frames.
        5 NL80211_KEY_DEFAULT Default default: Flag,
        /// True for the default key of management frames.
        6 NL80211_KEY_DEFAULT_MGMT DefaultManagement default_management: Flag,
        /// Key type.
        7 NL80211_KEY_TYPE Kind kind: KeyType,
        /// Frames for which the key is the default.
        8 NL80211_KEY_DEFAULT_TYPES DefaultTypes default_types: Nest<KeyDefaultTypes>,
        /// Key mode.
        9 NL80211_KEY_MODE Mode mode: KeyMode,
        /// True for the default key of beacons.
        10 NL80211_KEY_DEFAULT_BEACON DefaultBeacon default_beacon: Flag,
    }
}

attributes! {
    /// Frames for which a key is the default (`NL80211_KEY_DEFAULT_TYPE_*`).
    pub set KeyDefaultTypes, enum KeyDefaultTypesAttr {
        /// True for unicast frames.
        1 NL80211_KEY_DEFAULT_TYPE_UNICAST Unicast unicast: Flag,
        /// True for multicast frames.
        2 NL80211_KEY_DEFAULT_TYPE_MULTICAST Multicast multicast: Flag,
    }
}

attributes! {
    /// Keys with which the device renews the group key (`NL80211_REKEY_DATA_*`).
    pub set Rekey, enum RekeyAttr {
        /// Key encryption key.
        1 NL80211_REKEY_DATA_KEK Kek kek: Secret<Bytes>,
        /// Key confirmation key.
        2 NL80211_REKEY_DATA_KCK Kck kck: Secret<Bytes>,
        /// Replay counter.
        3 NL80211_REKEY_DATA_REPLAY_CTR ReplayCounter replay_counter: Secret<ByteArray<8>>,
        /// AKM suite.
        4 NL80211_REKEY_DATA_AKM Akm akm: AkmSuite,
    }
}

attributes! {
    /// Candidate for preauthentication (`NL80211_PMKSA_CANDIDATE_*`).
    pub set PmksaCandidate, enum PmksaCandidateAttr {
        /// Index: the lower, the better.
        1 NL80211_PMKSA_CANDIDATE_INDEX Index index: u32,
        /// BSSID.
        2 NL80211_PMKSA_CANDIDATE_BSSID Bssid bssid: Hardware,
        /// True if preauthentication is supported.
        3 NL80211_PMKSA_CANDIDATE_PREAUTH Preauthentication preauthentication: Flag,
    }
}

attributes! {
    /// AKM suites of interface types (`NL80211_IFTYPE_AKM_ATTR_*`).
    pub set TypeAkmSuites, enum TypeAkmSuitesAttr {
        /// Interface types.
        1 NL80211_IFTYPE_AKM_ATTR_IFTYPES Types types: Nest<InterfaceTypes>,
        /// AKM suites.
        2 NL80211_IFTYPE_AKM_ATTR_SUITES Suites suites: Array<Akm>,
    }
}
