//! Bitsets of a link: offload features, private flags, message classes of the
//! driver, Wake-on-LAN modes.
//!
//! Segmentation offload is turned off where it is on and may change, as
//! `ethtool -K eth0 tso off` does:
//!
//! ```
//! use nlwire::fields;
//! use nlwire::generic::ethtool::{
//!     Features, FeaturesAttr, FeaturesRow, GetFeatures, NamedBits, SetFeatures,
//! };
//! use nlwire::request::Object;
//!
//! /// Returns true for the answer of a link whose segmentation offload may go.
//! fn has_tso(link: &FeaturesRow<'_>) -> Result<bool, nlwire::DecodeError> {
//!     let found = fields!(link.attributes => Features { active, changeable })?;
//!     let (Some(active), Some(changeable)) = (found.active, found.changeable) else {
//!         return Ok(false);
//!     };
//!     Ok(active.has("tx-tcp-segmentation")? && changeable.has("tx-tcp-segmentation")?)
//! }
//!
//! let read = GetFeatures::by_name("eth0");
//! let off = NamedBits::change(&[("tx-tcp-segmentation", false)]);
//! let wanted = [FeaturesAttr::Wanted((&off).into())];
//! let change = SetFeatures::by_name("eth0", &wanted).with_reply();
//! assert_eq!(Object(&change, 0).to_string(), r#"link "eth0""#);
//! ```
//!
//! Private flags have names of the driver's own, message classes those of
//! ethtool(8). Reading first shows which ones a link has, as
//! `ethtool --show-priv-flags eth0` and `ethtool eth0` do:
//!
//! ```
//! use nlwire::generic::ethtool::*;
//!
//! let flags = GetPrivateFlags::by_name("eth0");
//! let classes = GetDebug::by_name("eth0");
//! let modes = GetWakeOnLan::by_name("eth0");
//!
//! // `ethtool --set-priv-flags eth0 legacy-rx on`
//! let legacy = NamedBits::change(&[("legacy-rx", true)]);
//! let legacy = [PrivateFlagsAttr::Flags((&legacy).into())];
//! let set_flags = SetPrivateFlags::by_name("eth0", &legacy);
//!
//! // `ethtool -s eth0 msglvl drv on probe off`
//! let driver = NamedBits::change(&[("drv", true), ("probe", false)]);
//! let driver = [DebugAttr::Classes((&driver).into())];
//! let set_classes = SetDebug::by_name("eth0", &driver);
//! ```

use super::request::messages;
use super::{Act, Action, Bitset, ETHTOOL_MSG_FEATURES_SET, Get, Header, LinkRow};
use crate::attributes;
use crate::codec::{Bytes, Nest, Secret};

/// Offload features of a link.
pub type FeaturesRow<'a> = LinkRow<'a, Features>;
/// Reads the offload features of a link, or of all links.
#[doc(alias = "ETHTOOL_MSG_FEATURES_GET")]
pub type GetFeatures<'a> = Get<'a, Features>;
/// Changes the offload features of a link, by [`FeaturesAttr::Wanted`].
///
/// The kernel acknowledges the change even if a feature did not change;
/// [`Act::with_reply`] asks for the difference.
///
/// ```
/// use nlwire::generic::ethtool::{FeaturesAttr, NamedBits, SetFeatures};
///
/// let off = NamedBits::change(&[("rx-gro", false)]);
/// let wanted = [FeaturesAttr::Wanted((&off).into())];
/// let change = SetFeatures::by_name("eth0", &wanted);
/// ```
#[doc(alias = "ETHTOOL_MSG_FEATURES_SET")]
pub type SetFeatures<'a> = Act<'a, Features>;

/// Private flags of a link's driver.
pub type PrivateFlagsRow<'a> = LinkRow<'a, PrivateFlags>;
/// Reads the private flags of a link, or of all links.
#[doc(alias = "ETHTOOL_MSG_PRIVFLAGS_GET")]
pub type GetPrivateFlags<'a> = Get<'a, PrivateFlags>;
/// Changes the private flags of a link.
#[doc(alias = "ETHTOOL_MSG_PRIVFLAGS_SET")]
pub type SetPrivateFlags<'a> = Act<'a, PrivateFlags>;

/// Message classes that a link's driver logs.
pub type DebugRow<'a> = LinkRow<'a, Debug>;
/// Reads the message classes of a link, or of all links.
#[doc(alias = "ETHTOOL_MSG_DEBUG_GET")]
pub type GetDebug<'a> = Get<'a, Debug>;
/// Changes the message classes of a link.
#[doc(alias = "ETHTOOL_MSG_DEBUG_SET")]
pub type SetDebug<'a> = Act<'a, Debug>;

/// Wake-on-LAN modes of a link.
pub type WakeOnLanRow<'a> = LinkRow<'a, WakeOnLan>;
/// Reads the Wake-on-LAN modes of a link, or of all links; takes
/// `CAP_NET_ADMIN`.
#[doc(alias = "ETHTOOL_MSG_WOL_GET")]
pub type GetWakeOnLan<'a> = Get<'a, WakeOnLan>;
/// Changes the Wake-on-LAN modes of a link.
///
/// ```
/// use nlwire::generic::ethtool::{NamedBits, SetWakeOnLan, WakeOnLanAttr};
///
/// let magic = NamedBits::replace(&[("magic", true)]);
/// let modes = [WakeOnLanAttr::Modes((&magic).into())];
/// let change = SetWakeOnLan::by_name("eth0", &modes);
/// ```
#[doc(alias = "ETHTOOL_MSG_WOL_SET")]
pub type SetWakeOnLan<'a> = Act<'a, WakeOnLan>;

messages! {
    Features: ETHTOOL_A_FEATURES_HEADER, get ETHTOOL_MSG_FEATURES_GET;
    PrivateFlags: ETHTOOL_A_PRIVFLAGS_HEADER, get ETHTOOL_MSG_PRIVFLAGS_GET, set ETHTOOL_MSG_PRIVFLAGS_SET;
    Debug: ETHTOOL_A_DEBUG_HEADER, get ETHTOOL_MSG_DEBUG_GET, set ETHTOOL_MSG_DEBUG_SET;
    WakeOnLan: ETHTOOL_A_WOL_HEADER, get ETHTOOL_MSG_WOL_GET, set ETHTOOL_MSG_WOL_SET;
}

impl Action for Features {
    type Set = Self;
    const COMMAND: u8 = ETHTOOL_MSG_FEATURES_SET;
    const HAS_REPLY: bool = true;
}

attributes! {
    /// Offload features of a link (`ETHTOOL_A_FEATURES_*`). Bits are named as
    /// in `ethtool -k`, such as `rx-gro`.
    pub set Features, enum FeaturesAttr {
        /// Link.
        1 ETHTOOL_A_FEATURES_HEADER Header header: Nest<Header>,
        /// Features that can be changed; all others are fixed.
        2 ETHTOOL_A_FEATURES_HW Changeable changeable: Nest<Bitset>,
        /// Requested features. In the reply to a change: requested and not
        /// active.
        3 ETHTOOL_A_FEATURES_WANTED Wanted wanted: Nest<Bitset>,
        /// Active features. In the reply to a change: those that changed.
        4 ETHTOOL_A_FEATURES_ACTIVE Active active: Nest<Bitset>,
        /// Features that no link may change.
        5 ETHTOOL_A_FEATURES_NOCHANGE Fixed fixed: Nest<Bitset>,
    }
}

attributes! {
    /// Private flags of a link's driver (`ETHTOOL_A_PRIVFLAGS_*`).
    pub set PrivateFlags, enum PrivateFlagsAttr {
        /// Link.
        1 ETHTOOL_A_PRIVFLAGS_HEADER Header header: Nest<Header>,
        /// Flags, named by the driver.
        2 ETHTOOL_A_PRIVFLAGS_FLAGS Flags flags: Nest<Bitset>,
    }
}

attributes! {
    /// Message classes that a link's driver logs (`ETHTOOL_A_DEBUG_*`).
    pub set Debug, enum DebugAttr {
        /// Link.
        1 ETHTOOL_A_DEBUG_HEADER Header header: Nest<Header>,
        /// Message classes, such as `drv`, `link` and `rx_err`.
        2 ETHTOOL_A_DEBUG_MSGMASK Classes classes: Nest<Bitset>,
    }
}

attributes! {
    /// Wake-on-LAN settings of a link (`ETHTOOL_A_WOL_*`).
    pub set WakeOnLan, enum WakeOnLanAttr {
        /// Link.
        1 ETHTOOL_A_WOL_HEADER Header header: Nest<Header>,
        /// Enabled modes, such as `phy` and `magic`; the mask has the supported
        /// modes.
        2 ETHTOOL_A_WOL_MODES Modes modes: Nest<Bitset>,
        /// `SecureOn` password of 6 bytes, absent from notifications.
        3 ETHTOOL_A_WOL_SOPASS Password password: Secret<Bytes>,
    }
}
