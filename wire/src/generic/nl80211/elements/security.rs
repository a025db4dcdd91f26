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

use super::super::suites::{AkmSuite, CipherSuite};
use crate::zerocopy::FromBytes as _;

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

crate::__format!(for [S: From<[u8; 4]> + Copy + fmt::Display] Suites<'_, S>);

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
