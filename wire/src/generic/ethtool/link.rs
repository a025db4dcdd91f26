//! Connector, modes and state of a link.
//!
//! `ethtool eth0` asks for connector, modes and state:
//!
//! ```
//! use nlwire::fields;
//! use nlwire::generic::ethtool::*;
//!
//! let connector = GetLinkInfo::by_name("eth0");
//! let modes = GetLinkModes::by_name("eth0");
//! let state = GetLinkState::by_name("eth0");
//!
//! /// Prints the speed and the modes that are advertised.
//! fn print(link: &LinkModesRow<'_>) -> Result<(), nlwire::DecodeError> {
//!     let found = fields!(link.attributes => LinkModes { speed, duplex, ours })?;
//!     println!("{:?} Mbit/s, {:?}", found.speed, found.duplex);
//!     if let Some(ours) = found.ours {
//!         for mode in ours.bits()? {
//!             println!("{:?}", mode?);
//!         }
//!     }
//!     Ok(())
//! }
//! ```
//!
//! `ethtool -s eth0 mdix auto` leaves the crossing of the pairs to the PHY:
//!
//! ```
//! use nlwire::generic::ethtool::{Crossing, LinkInfoAttr, SetLinkInfo};
//!
//! let auto = [LinkInfoAttr::CrossingControl(Crossing::AUTO)];
//! let change = SetLinkInfo::by_name("eth0", &auto);
//! ```

use super::request::messages;
use super::{Act, Bitset, Get, Header, LinkRow};
use crate::attributes;
use crate::codec::Nest;
use crate::numbers::numbers;

/// Connector of a link.
pub type LinkInfoRow<'a> = LinkRow<'a, LinkInfo>;
/// Reads the connector of a link, or of all links.
#[doc(alias = "ETHTOOL_MSG_LINKINFO_GET")]
pub type GetLinkInfo<'a> = Get<'a, LinkInfo>;
/// Changes the connector of a link.
#[doc(alias = "ETHTOOL_MSG_LINKINFO_SET")]
pub type SetLinkInfo<'a> = Act<'a, LinkInfo>;

/// Modes that a link supports, advertises and has agreed on.
pub type LinkModesRow<'a> = LinkRow<'a, LinkModes>;
/// Reads the modes of a link, or of all links.
#[doc(alias = "ETHTOOL_MSG_LINKMODES_GET")]
pub type GetLinkModes<'a> = Get<'a, LinkModes>;
/// Changes the modes that a link advertises or uses.
///
/// ```
/// use nlwire::generic::ethtool::{Duplex, LinkModesAttr, SetLinkModes};
///
/// let fixed = [
///     LinkModesAttr::Autonegotiation(0),
///     LinkModesAttr::Speed(100),
///     LinkModesAttr::Duplex(Duplex::FULL),
/// ];
/// let change = SetLinkModes::by_name("eth0", &fixed);
/// ```
#[doc(alias = "ETHTOOL_MSG_LINKMODES_SET")]
pub type SetLinkModes<'a> = Act<'a, LinkModes>;

/// State of a link.
pub type LinkStateRow<'a> = LinkRow<'a, LinkState>;
/// Reads the state of a link, or of all links.
#[doc(alias = "ETHTOOL_MSG_LINKSTATE_GET")]
pub type GetLinkState<'a> = Get<'a, LinkState>;

messages! {
    LinkInfo: ETHTOOL_A_LINKINFO_HEADER, get ETHTOOL_MSG_LINKINFO_GET, set ETHTOOL_MSG_LINKINFO_SET;
    LinkModes: ETHTOOL_A_LINKMODES_HEADER, get ETHTOOL_MSG_LINKMODES_GET, set ETHTOOL_MSG_LINKMODES_SET;
    LinkState: ETHTOOL_A_LINKSTATE_HEADER, get ETHTOOL_MSG_LINKSTATE_GET;
}

attributes! {
    /// Port and PHY of a link (`ETHTOOL_A_LINKINFO_*`).
    pub set LinkInfo, enum LinkInfoAttr {
        /// Header, with the link.
        1 ETHTOOL_A_LINKINFO_HEADER Header header: Nest<Header>,
        /// Port type.
        2 ETHTOOL_A_LINKINFO_PORT Port port: Port,
        /// MDIO address of the PHY.
        3 ETHTOOL_A_LINKINFO_PHYADDR PhyAddress phy_address: u8,
        /// MDI-X state: crossing of the twisted pairs.
        4 ETHTOOL_A_LINKINFO_TP_MDIX Crossing crossing: Crossing,
        /// MDI-X setting.
        5 ETHTOOL_A_LINKINFO_TP_MDIX_CTRL CrossingControl crossing_control: Crossing,
        /// Transceiver: 0 internal, 1 external.
        6 ETHTOOL_A_LINKINFO_TRANSCEIVER Transceiver transceiver: u8,
    }
}

numbers! {
    /// Port type of a link.
    pub struct Port(u8) {
        /// Twisted pair.
        TP = 0x00 "PORT_TP" "Twisted Pair";
        AUI = 0x01 "PORT_AUI" "AUI";
        MII = 0x02 "PORT_MII" "MII";
        FIBRE = 0x03 "PORT_FIBRE" "FIBRE";
        BNC = 0x04 "PORT_BNC" "BNC";
        /// Direct attach cable.
        DA = 0x05 "PORT_DA" "Direct Attach Copper";
        NONE = 0xef "PORT_NONE" "None";
        OTHER = 0xff "PORT_OTHER" "Other";
    }
}

numbers! {
    /// MDI-X state or setting of a link.
    pub struct Crossing(u8) {
        /// Unknown.
        INVALID = 0 "ETH_TP_MDI_INVALID" "Unknown";
        MDI = 1 "ETH_TP_MDI" "off";
        MDI_X = 2 "ETH_TP_MDI_X" "on";
        AUTO = 3 "ETH_TP_MDI_AUTO" "auto";
    }
}

attributes! {
    /// Link modes (`ETHTOOL_A_LINKMODES_*`).
    pub set LinkModes, enum LinkModesAttr {
        /// Header, with the link.
        1 ETHTOOL_A_LINKMODES_HEADER Header header: Nest<Header>,
        /// Autonegotiation: 1 on, 0 off.
        2 ETHTOOL_A_LINKMODES_AUTONEG Autonegotiation autonegotiation: u8,
        /// Advertised link modes; the mask has the supported ones.
        3 ETHTOOL_A_LINKMODES_OURS Ours ours: Nest<Bitset>,
        /// Link modes advertised by the link partner.
        4 ETHTOOL_A_LINKMODES_PEER Peer peer: Nest<Bitset>,
        /// Speed in Mbit/s; 0xffffffff if unknown.
        5 ETHTOOL_A_LINKMODES_SPEED Speed speed: u32,
        /// Duplex.
        6 ETHTOOL_A_LINKMODES_DUPLEX Duplex duplex: Duplex,
        /// Master/slave setting; the master provides the clock.
        7 ETHTOOL_A_LINKMODES_MASTER_SLAVE_CFG ClockControl clock_control: ClockControl,
        /// Master/slave role in use.
        8 ETHTOOL_A_LINKMODES_MASTER_SLAVE_STATE ClockState clock_state: ClockState,
        /// Number of lanes.
        9 ETHTOOL_A_LINKMODES_LANES Lanes lanes: u32,
        /// Rate matching in use, between MAC and a slower line.
        10 ETHTOOL_A_LINKMODES_RATE_MATCHING RateMatching rate_matching: RateMatching,
    }
}

numbers! {
    /// Duplex of a link.
    pub struct Duplex(u8) {
        HALF = 0 "DUPLEX_HALF" "Half";
        FULL = 1 "DUPLEX_FULL" "Full";
        UNKNOWN = 255 "DUPLEX_UNKNOWN" "Unknown! (255)";
    }
}

numbers! {
    /// Master/slave setting of a link.
    pub struct ClockControl(u8) {
        UNSUPPORTED = 0 "MASTER_SLAVE_CFG_UNSUPPORTED" "unsupported";
        UNKNOWN = 1 "MASTER_SLAVE_CFG_UNKNOWN" "unknown";
        MASTER_PREFERRED = 2 "MASTER_SLAVE_CFG_MASTER_PREFERRED" "preferred-master";
        SLAVE_PREFERRED = 3 "MASTER_SLAVE_CFG_SLAVE_PREFERRED" "preferred-slave";
        MASTER_FORCE = 4 "MASTER_SLAVE_CFG_MASTER_FORCE" "forced-master";
        SLAVE_FORCE = 5 "MASTER_SLAVE_CFG_SLAVE_FORCE" "forced-slave";
    }
}

numbers! {
    /// Master/slave role of a link.
    pub struct ClockState(u8) {
        UNSUPPORTED = 0 "MASTER_SLAVE_STATE_UNSUPPORTED" "unsupported";
        UNKNOWN = 1 "MASTER_SLAVE_STATE_UNKNOWN" "unknown";
        MASTER = 2 "MASTER_SLAVE_STATE_MASTER" "master";
        SLAVE = 3 "MASTER_SLAVE_STATE_SLAVE" "slave";
        ERROR = 4 "MASTER_SLAVE_STATE_ERR" "resolution error";
    }
}

numbers! {
    /// Rate matching of a link.
    pub struct RateMatching(u8) {
        NONE = 0 "RATE_MATCH_NONE" "none";
        /// Rate matching by pause frames.
        PAUSE = 1 "RATE_MATCH_PAUSE" "pause";
        /// Rate matching by carrier sense.
        CRS = 2 "RATE_MATCH_CRS" "crs";
        /// Rate matching by longer gaps between packets.
        OPEN_LOOP = 3 "RATE_MATCH_OPEN_LOOP" "open-loop";
    }
}

attributes! {
    /// State of a link (`ETHTOOL_A_LINKSTATE_*`).
    pub set LinkState, enum LinkStateAttr {
        /// Link.
        1 ETHTOOL_A_LINKSTATE_HEADER Header header: Nest<Header>,
        /// Carrier: 1 detected, 0 not.
        2 ETHTOOL_A_LINKSTATE_LINK Link link: u8,
        /// Signal quality index, from 0.
        3 ETHTOOL_A_LINKSTATE_SQI Quality quality: u32,
        /// Greatest signal quality index.
        4 ETHTOOL_A_LINKSTATE_SQI_MAX QualityMax quality_max: u32,
        /// Reason why the link is down.
        5 ETHTOOL_A_LINKSTATE_EXT_STATE Reason reason: LinkDownReason,
        /// Detail of the reason; each reason has numbers of its own, from 1.
        6 ETHTOOL_A_LINKSTATE_EXT_SUBSTATE Detail detail: u8,
        /// Number of times that the link went down.
        7 ETHTOOL_A_LINKSTATE_EXT_DOWN_CNT DownCount down_count: u32,
    }
}

numbers! {
    /// Reason why a link is down.
    pub struct LinkDownReason(u8) {
        AUTONEG = 0 "ETHTOOL_LINK_EXT_STATE_AUTONEG" "Autoneg";
        LINK_TRAINING_FAILURE = 1 "ETHTOOL_LINK_EXT_STATE_LINK_TRAINING_FAILURE" "Link training failure";
        LINK_LOGICAL_MISMATCH = 2 "ETHTOOL_LINK_EXT_STATE_LINK_LOGICAL_MISMATCH" "Logical mismatch";
        BAD_SIGNAL_INTEGRITY = 3 "ETHTOOL_LINK_EXT_STATE_BAD_SIGNAL_INTEGRITY" "Bad signal integrity";
        NO_CABLE = 4 "ETHTOOL_LINK_EXT_STATE_NO_CABLE" "No cable";
        CABLE_ISSUE = 5 "ETHTOOL_LINK_EXT_STATE_CABLE_ISSUE" "Cable issue";
        EEPROM_ISSUE = 6 "ETHTOOL_LINK_EXT_STATE_EEPROM_ISSUE" "EEPROM issue";
        CALIBRATION_FAILURE = 7 "ETHTOOL_LINK_EXT_STATE_CALIBRATION_FAILURE" "Calibration failure";
        POWER_BUDGET_EXCEEDED = 8 "ETHTOOL_LINK_EXT_STATE_POWER_BUDGET_EXCEEDED" "Power budget exceeded";
        OVERHEAT = 9 "ETHTOOL_LINK_EXT_STATE_OVERHEAT" "Overheat";
        MODULE = 10 "ETHTOOL_LINK_EXT_STATE_MODULE" "Module";
    }
}
