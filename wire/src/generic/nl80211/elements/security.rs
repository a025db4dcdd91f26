//! Security of a network: RSN (WPA2, WPA3), and the first WPA.
//!
//! ```text
//!  | version | group  | n | pairwise, 4 n | m | AKM, 4 m | capabilities | k | PMKIDs, 16 k | group mgmt |
//!  |    2    |   4    | 2 |               | 2 |          |      2       | 2 |              |     4      |
//! ```
//!
//! An element may end after each field.

use core::fmt;
use core::marker::PhantomData;

use crate::numbers;
use crate::zerocopy::FromBytes as _;

numbers! {
    /// Cipher suite: OUI and type, such as `00-0f-ac:4` for CCMP.
    pub struct CipherSuite(u32) {
        /// Cipher of multicast frames, for unicast frames too.
        USE_GROUP = 0x000f_ac00 "WLAN_CIPHER_SUITE_USE_GROUP" "Use group";
        WEP_40 = 0x000f_ac01 "WLAN_CIPHER_SUITE_WEP40" "WEP-40";
        TKIP = 0x000f_ac02 "WLAN_CIPHER_SUITE_TKIP" "TKIP";
        /// CCMP of 128 bits, the default of WPA2.
        CCMP = 0x000f_ac04 "WLAN_CIPHER_SUITE_CCMP" "CCMP";
        WEP_104 = 0x000f_ac05 "WLAN_CIPHER_SUITE_WEP104" "WEP-104";
        BIP_CMAC_128 = 0x000f_ac06 "WLAN_CIPHER_SUITE_AES_CMAC" "BIP-CMAC-128";
        NO_GROUP = 0x000f_ac07 "WLAN_CIPHER_SUITE_NO_GROUP_ADDRESSED" "No group";
        GCMP_128 = 0x000f_ac08 "WLAN_CIPHER_SUITE_GCMP" "GCMP-128";
        GCMP_256 = 0x000f_ac09 "WLAN_CIPHER_SUITE_GCMP_256" "GCMP-256";
        CCMP_256 = 0x000f_ac0a "WLAN_CIPHER_SUITE_CCMP_256" "CCMP-256";
        BIP_GMAC_128 = 0x000f_ac0b "WLAN_CIPHER_SUITE_BIP_GMAC_128" "BIP-GMAC-128";
        BIP_GMAC_256 = 0x000f_ac0c "WLAN_CIPHER_SUITE_BIP_GMAC_256" "BIP-GMAC-256";
        BIP_CMAC_256 = 0x000f_ac0d "WLAN_CIPHER_SUITE_BIP_CMAC_256" "BIP-CMAC-256";
        SMS4 = 0x0014_7201 "WLAN_CIPHER_SUITE_SMS4" "WPI-SMS4";
        /// WEP with 40 bits in the first WPA.
        WPA_WEP_40 = 0x0050_f201 "WPA_CIPHER_SUITE_WEP40" "WEP-40";
        /// TKIP, the default of the first WPA.
        WPA_TKIP = 0x0050_f202 "WPA_CIPHER_SUITE_TKIP" "TKIP";
        /// CCMP of the first WPA.
        WPA_CCMP = 0x0050_f204 "WPA_CIPHER_SUITE_CCMP" "CCMP";
        /// WEP with 104 bits in the first WPA.
        WPA_WEP_104 = 0x0050_f205 "WPA_CIPHER_SUITE_WEP104" "WEP-104";
    }
}

numbers! {
    /// Authentication and key management (AKM) suite: OUI and type.
    pub struct AkmSuite(u32) {
        /// IEEE 802.1X, the default.
        IEEE_8021X = 0x000f_ac01 "WLAN_AKM_SUITE_8021X" "IEEE 802.1X";
        PSK = 0x000f_ac02 "WLAN_AKM_SUITE_PSK" "PSK";
        FT_8021X = 0x000f_ac03 "WLAN_AKM_SUITE_FT_8021X" "FT/IEEE 802.1X";
        FT_PSK = 0x000f_ac04 "WLAN_AKM_SUITE_FT_PSK" "FT/PSK";
        IEEE_8021X_SHA256 = 0x000f_ac05 "WLAN_AKM_SUITE_8021X_SHA256" "IEEE 802.1X/SHA-256";
        PSK_SHA256 = 0x000f_ac06 "WLAN_AKM_SUITE_PSK_SHA256" "PSK/SHA-256";
        TDLS = 0x000f_ac07 "WLAN_AKM_SUITE_TDLS" "TDLS/TPK";
        SAE = 0x000f_ac08 "WLAN_AKM_SUITE_SAE" "SAE";
        FT_SAE = 0x000f_ac09 "WLAN_AKM_SUITE_FT_OVER_SAE" "FT/SAE";
        AP_PEER_KEY = 0x000f_ac0a "WLAN_AKM_SUITE_AP_PEER_KEY" "AP peer key";
        SUITE_B = 0x000f_ac0b "WLAN_AKM_SUITE_8021X_SUITE_B" "IEEE 802.1X/SUITE-B";
        SUITE_B_192 = 0x000f_ac0c "WLAN_AKM_SUITE_8021X_SUITE_B_192" "IEEE 802.1X/SUITE-B-192";
        FT_8021X_SHA384 = 0x000f_ac0d "WLAN_AKM_SUITE_FT_8021X_SHA384" "FT/IEEE 802.1X/SHA-384";
        FILS_SHA256 = 0x000f_ac0e "WLAN_AKM_SUITE_FILS_SHA256" "FILS/SHA-256";
        FILS_SHA384 = 0x000f_ac0f "WLAN_AKM_SUITE_FILS_SHA384" "FILS/SHA-384";
        FT_FILS_SHA256 = 0x000f_ac10 "WLAN_AKM_SUITE_FT_FILS_SHA256" "FT/FILS/SHA-256";
        FT_FILS_SHA384 = 0x000f_ac11 "WLAN_AKM_SUITE_FT_FILS_SHA384" "FT/FILS/SHA-384";
        OWE = 0x000f_ac12 "WLAN_AKM_SUITE_OWE" "OWE";
        FT_PSK_SHA384 = 0x000f_ac13 "WLAN_AKM_SUITE_FT_PSK_SHA384" "FT/PSK/SHA-384";
        PSK_SHA384 = 0x000f_ac14 "WLAN_AKM_SUITE_PSK_SHA384" "PSK/SHA-384";
        SAE_EXT = 0x000f_ac18 "WLAN_AKM_SUITE_SAE_EXT_KEY" "SAE-EXT-KEY";
        FT_SAE_EXT = 0x000f_ac19 "WLAN_AKM_SUITE_FT_SAE_EXT_KEY" "FT/SAE-EXT-KEY";
        /// IEEE 802.1X of the first WPA.
        WPA_8021X = 0x0050_f201 "WPA_AKM_SUITE_8021X" "IEEE 802.1X";
        /// Pre-shared key of the first WPA.
        WPA_PSK = 0x0050_f202 "WPA_AKM_SUITE_PSK" "PSK";
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

/// Security of a network.
///
/// Fields that are left out have the defaults of the standard, which the getters
/// return.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Rsn<'a> {
    /// Version, 1.
    pub version: u16,
    group: Option<CipherSuite>,
    pairwise: Option<&'a [[u8; 4]]>,
    akms: Option<&'a [[u8; 4]]>,
    capabilities: Option<RsnCapabilities>,
    pmkids: &'a [[u8; 16]],
    group_management: Option<CipherSuite>,
    default_cipher: CipherSuite,
    default_akm: AkmSuite,
}

impl<'a> Rsn<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Option<Self> {
        Self::read(bytes, CipherSuite::CCMP, AkmSuite::IEEE_8021X)
    }

    /// Reads the element of Microsoft, from its type on.
    pub(super) fn wpa(bytes: &'a [u8]) -> Option<Self> {
        let (_, bytes) = bytes.split_first()?;
        Self::read(bytes, CipherSuite::WPA_TKIP, AkmSuite::WPA_8021X)
    }

    fn read(
        mut bytes: &'a [u8],
        default_cipher: CipherSuite,
        default_akm: AkmSuite,
    ) -> Option<Self> {
        let rest = &mut bytes;
        let version = u16::from_le_bytes(take(rest)?);
        let mut rsn = Self {
            version,
            group: None,
            pairwise: None,
            akms: None,
            capabilities: None,
            pmkids: &[],
            group_management: None,
            default_cipher,
            default_akm,
        };
        if !rest.is_empty() {
            rsn.group = Some(CipherSuite::from(take(rest)?));
        }
        if !rest.is_empty() {
            rsn.pairwise = Some(list(rest)?);
        }
        if !rest.is_empty() {
            rsn.akms = Some(list(rest)?);
        }
        // Some access points end WPA amid the capabilities.
        if rest.len() >= 2 {
            rsn.capabilities = Some(RsnCapabilities(u16::from_le_bytes(take(rest)?)));
        }
        if rest.len() >= 2 {
            rsn.pmkids = list(rest)?;
        }
        if rest.len() >= 4 {
            rsn.group_management = Some(CipherSuite::from(take(rest)?));
        }
        Some(rsn)
    }

    /// Returns the cipher of multicast frames.
    #[must_use]
    pub fn group(&self) -> CipherSuite {
        self.group.unwrap_or(self.default_cipher)
    }

    /// Returns the ciphers of unicast frames.
    #[must_use]
    pub const fn pairwise(&self) -> Suites<'a, CipherSuite> {
        Suites::new(self.pairwise, self.default_cipher)
    }

    /// Returns the authentication and key management suites, such as PSK or SAE.
    #[must_use]
    pub const fn akms(&self) -> Suites<'a, AkmSuite> {
        Suites::new(self.akms, self.default_akm)
    }

    /// Returns the capabilities; 0 if they are left out.
    #[must_use]
    pub fn capabilities(&self) -> RsnCapabilities {
        self.capabilities.unwrap_or_default()
    }

    /// Returns the identifiers of cached keys (PMKIDs) in an association request.
    #[must_use]
    pub const fn pmkids(&self) -> &'a [[u8; 16]] {
        self.pmkids
    }

    /// Returns the cipher of multicast management frames. Without one, the
    /// cipher is BIP-CMAC-128 if such frames are protected.
    #[must_use]
    pub const fn group_management(&self) -> Option<CipherSuite> {
        self.group_management
    }
}

impl fmt::Debug for Rsn<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rsn")
            .field("version", &self.version)
            .field("group", &format_args!("{}", self.group()))
            .field("pairwise", &self.pairwise())
            .field("akms", &self.akms())
            .field("capabilities", &self.capabilities())
            .field("pmkids", &self.pmkids.len())
            .field("group_management", &self.group_management)
            .finish()
    }
}

crate::__format!(Rsn<'_>);

/// Takes bytes from the front.
fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (front, behind) = rest.split_first_chunk()?;
    *rest = behind;
    Some(*front)
}

/// Takes a count and as many values.
fn list<'a, const N: usize>(rest: &mut &'a [u8]) -> Option<&'a [[u8; N]]> {
    let count = usize::from(u16::from_le_bytes(take(rest)?));
    let (values, behind) = rest.split_at_checked(count.checked_mul(N)?)?;
    *rest = behind;
    <[[u8; N]]>::ref_from_bytes(values).ok()
}

/// Suites of an [`Rsn`].
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Suites<'a, S> {
    suites: &'a [[u8; 4]],
    default: Option<S>,
    kind: PhantomData<S>,
}

impl<'a, S: Copy> Suites<'a, S> {
    const fn new(suites: Option<&'a [[u8; 4]]>, default: S) -> Self {
        let (suites, default): (&[_], _) = match suites {
            Some(suites) => (suites, None),
            None => (&[], Some(default)),
        };
        Self {
            suites,
            default,
            kind: PhantomData,
        }
    }
}

impl<S: From<[u8; 4]>> Iterator for Suites<'_, S> {
    type Item = S;

    fn next(&mut self) -> Option<S> {
        let Some((first, rest)) = self.suites.split_first() else {
            return self.default.take();
        };
        self.suites = rest;
        Some(S::from(*first))
    }
}

impl<S: From<[u8; 4]> + Copy + fmt::Display> fmt::Debug for Suites<'_, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut list = f.debug_list();
        for suite in *self {
            list.entry(&format_args!("{suite}"));
        }
        list.finish()
    }
}

/// Capabilities of an [`Rsn`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct RsnCapabilities(pub u16);

impl RsnCapabilities {
    /// Returns true if pre-authentication is supported.
    #[must_use]
    pub const fn has_preauthentication(self) -> bool {
        self.0 & 0x1 != 0
    }

    /// Returns true if management frames must be protected (IEEE 802.11w).
    #[must_use]
    pub const fn requires_management_protection(self) -> bool {
        self.0 & 0x40 != 0
    }

    /// Returns true if management frames can be protected.
    #[must_use]
    pub const fn has_management_protection(self) -> bool {
        self.0 & 0x80 != 0
    }
}
