//! `ethtool`: what links are connected by, and what they agree on
//! (`linux/ethtool_netlink.h`, `linux/ethtool.h`, ethtool(8)).
//!
//! ```
//! use nlwire::generic::GenericHeader;
//! use nlwire::generic::ethtool::{
//!     ETHTOOL_A_LINKINFO_HEADER, ETHTOOL_GENL_VERSION, ETHTOOL_MSG_LINKINFO_GET, HeaderAttr,
//! };
//! use nlwire::{Flags, MessageType, Writer};
//!
//! // The controller knows the number of the family.
//! let family = MessageType(21);
//! let header = GenericHeader::new(ETHTOOL_MSG_LINKINFO_GET, ETHTOOL_GENL_VERSION);
//! let mut buffer = [0; 64];
//! let request = Writer::message(&mut buffer, family, Flags::REQUEST, &header, |w| {
//!     w.nest(ETHTOOL_A_LINKINFO_HEADER, |w| w.put(HeaderAttr::DeviceName("eth0".into())))
//! })?;
//! assert_eq!(request.header().length(), 16 + 4 + 4 + 12);
//! # Ok::<(), nlwire::EncodeError>(())
//! ```

mod request;

pub use request::{
    GetLinkInfo, GetLinkModes, LinkInfoRow, LinkModesRow, PROTOCOL, SetLinkInfo, SetLinkModes,
};

use crate::attributes;
use crate::codec::{Bytes, Flag, Indexed, Nest, Str, Text};
use crate::numbers::{flags, numbers};

/// The name of the family.
pub const ETHTOOL_GENL_NAME: &str = "ethtool";
/// The version of its interface.
pub const ETHTOOL_GENL_VERSION: u8 = 1;
/// The name of its multicast group.
pub const ETHTOOL_MCGRP_MONITOR_NAME: &str = "monitor";

/// Declares commands.
macro_rules! commands {
    ($($number:literal $name:ident $text:literal)*) => {$(
        #[doc = $text]
        pub const $name: u8 = $number;
    )*};
}

commands! {
    2 ETHTOOL_MSG_LINKINFO_GET "Request: what a link is connected by."
    3 ETHTOOL_MSG_LINKINFO_SET "Request: changes it."
    4 ETHTOOL_MSG_LINKMODES_GET "Request: what a link can do and has agreed on."
    5 ETHTOOL_MSG_LINKMODES_SET "Request: changes it."
    2 ETHTOOL_MSG_LINKINFO_GET_REPLY "Answer to [`ETHTOOL_MSG_LINKINFO_GET`]."
    3 ETHTOOL_MSG_LINKINFO_NTF "Notification: what a link is connected by has changed."
    4 ETHTOOL_MSG_LINKMODES_GET_REPLY "Answer to [`ETHTOOL_MSG_LINKMODES_GET`]."
    5 ETHTOOL_MSG_LINKMODES_NTF "Notification: what a link has agreed on has changed."
}

attributes! {
    /// The header of each request and answer (`ETHTOOL_A_HEADER_*`): the link.
    pub set Header, enum HeaderAttr {
        /// Its index.
        1 ETHTOOL_A_HEADER_DEV_INDEX DeviceIndex device_index: u32,
        /// Its name.
        2 ETHTOOL_A_HEADER_DEV_NAME DeviceName device_name: Text,
        /// How to answer.
        3 ETHTOOL_A_HEADER_FLAGS Flags flags: HeaderFlags,
        /// The transceiver, where there are several.
        4 ETHTOOL_A_HEADER_PHY_INDEX PhyIndex phy_index: u32,
    }
}

flags! {
    /// How to answer.
    pub struct HeaderFlags(u32) {
        /// Bit sets as words, not as lists of names.
        COMPACT_BITSETS = 0x1 "ETHTOOL_FLAG_COMPACT_BITSETS" "compact-bitsets";
        /// Not at all, to a request that changes something.
        OMIT_REPLY = 0x2 "ETHTOOL_FLAG_OMIT_REPLY" "omit-reply";
        /// With counters.
        STATS = 0x4 "ETHTOOL_FLAG_STATS" "stats";
    }
}

attributes! {
    /// What a link is connected by (`ETHTOOL_A_LINKINFO_*`).
    pub set LinkInfo, enum LinkInfoAttr {
        /// The link.
        1 ETHTOOL_A_LINKINFO_HEADER Header header: Nest<Header>,
        /// The kind of connector.
        2 ETHTOOL_A_LINKINFO_PORT Port port: Port,
        /// The address of the transceiver on its bus.
        3 ETHTOOL_A_LINKINFO_PHYADDR PhyAddress phy_address: u8,
        /// Whether pairs are crossed.
        4 ETHTOOL_A_LINKINFO_TP_MDIX Crossing crossing: Crossing,
        /// Whether they shall be.
        5 ETHTOOL_A_LINKINFO_TP_MDIX_CTRL CrossingControl crossing_control: Crossing,
        /// Where the transceiver is: 0 inside, 1 outside.
        6 ETHTOOL_A_LINKINFO_TRANSCEIVER Transceiver transceiver: u8,
    }
}

numbers! {
    /// A kind of connector.
    pub struct Port(u8) {
        /// Twisted pairs.
        TP = 0x00 "PORT_TP" "Twisted Pair";
        AUI = 0x01 "PORT_AUI" "AUI";
        MII = 0x02 "PORT_MII" "MII";
        FIBRE = 0x03 "PORT_FIBRE" "FIBRE";
        BNC = 0x04 "PORT_BNC" "BNC";
        /// A cable with its plugs.
        DA = 0x05 "PORT_DA" "Direct Attach Copper";
        NONE = 0xef "PORT_NONE" "None";
        OTHER = 0xff "PORT_OTHER" "Other";
    }
}

numbers! {
    /// Whether pairs are crossed.
    pub struct Crossing(u8) {
        /// Nobody knows.
        INVALID = 0 "ETH_TP_MDI_INVALID" "Unknown";
        MDI = 1 "ETH_TP_MDI" "off";
        MDI_X = 2 "ETH_TP_MDI_X" "on";
        AUTO = 3 "ETH_TP_MDI_AUTO" "auto";
    }
}

attributes! {
    /// What a link can do and has agreed on (`ETHTOOL_A_LINKMODES_*`).
    pub set LinkModes, enum LinkModesAttr {
        /// The link.
        1 ETHTOOL_A_LINKMODES_HEADER Header header: Nest<Header>,
        /// 1: both ends agree by themselves.
        2 ETHTOOL_A_LINKMODES_AUTONEG Autonegotiation autonegotiation: u8,
        /// What it offers; the mask is what it can do.
        3 ETHTOOL_A_LINKMODES_OURS Ours ours: Nest<Bitset>,
        /// What the peer offers.
        4 ETHTOOL_A_LINKMODES_PEER Peer peer: Nest<Bitset>,
        /// The speed in megabits a second; all ones where it is unknown.
        5 ETHTOOL_A_LINKMODES_SPEED Speed speed: u32,
        /// Whether both ends send at a time.
        6 ETHTOOL_A_LINKMODES_DUPLEX Duplex duplex: Duplex,
        /// Configured role: master, the end that gives the clock, or slave.
        7 ETHTOOL_A_LINKMODES_MASTER_SLAVE_CFG ClockControl clock_control: ClockControl,
        /// Role in use.
        8 ETHTOOL_A_LINKMODES_MASTER_SLAVE_STATE ClockState clock_state: ClockState,
        /// How many lanes it has.
        9 ETHTOOL_A_LINKMODES_LANES Lanes lanes: u32,
        /// Adaptation to a slower line.
        10 ETHTOOL_A_LINKMODES_RATE_MATCHING RateMatching rate_matching: RateMatching,
    }
}

numbers! {
    /// Whether both ends send at a time.
    pub struct Duplex(u8) {
        HALF = 0 "DUPLEX_HALF" "Half";
        FULL = 1 "DUPLEX_FULL" "Full";
        UNKNOWN = 255 "DUPLEX_UNKNOWN" "Unknown! (255)";
    }
}

attributes! {
    /// Bits (`ETHTOOL_A_BITSET_*`): as a list of those that are set or can be,
    /// or with [`HeaderFlags::COMPACT_BITSETS`] in words of 32 bits.
    pub set Bitset, enum BitsetAttr {
        /// It has no mask: a list has the bits that are set.
        1 ETHTOOL_A_BITSET_NOMASK NoMask no_mask: Flag,
        /// How many bits there are.
        2 ETHTOOL_A_BITSET_SIZE Size size: u32,
        /// The list.
        3 ETHTOOL_A_BITSET_BITS Bits bits: Indexed<Bit>,
        /// The words.
        4 ETHTOOL_A_BITSET_VALUE Value value: Bytes,
        /// The mask, in words.
        5 ETHTOOL_A_BITSET_MASK Mask mask: Bytes,
    }
}

/// The type of each bit in the list [`ETHTOOL_A_BITSET_BITS`].
pub const ETHTOOL_A_BITSET_BITS_BIT: u16 = 1;

attributes! {
    /// A bit (`ETHTOOL_A_BITSET_BIT_*`).
    pub set Bit, enum BitAttr {
        /// Its number.
        1 ETHTOOL_A_BITSET_BIT_INDEX Index index: u32,
        /// Its name, such as `1000baseT/Full`.
        2 ETHTOOL_A_BITSET_BIT_NAME Name name: Str,
        /// It is set.
        3 ETHTOOL_A_BITSET_BIT_VALUE Value value: Flag,
    }
}

numbers! {
    /// Configured role of a link in giving the clock.
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
    /// Role of a link in giving the clock.
    pub struct ClockState(u8) {
        UNSUPPORTED = 0 "MASTER_SLAVE_STATE_UNSUPPORTED" "unsupported";
        UNKNOWN = 1 "MASTER_SLAVE_STATE_UNKNOWN" "unknown";
        MASTER = 2 "MASTER_SLAVE_STATE_MASTER" "master";
        SLAVE = 3 "MASTER_SLAVE_STATE_SLAVE" "slave";
        ERROR = 4 "MASTER_SLAVE_STATE_ERR" "resolution error";
    }
}

numbers! {
    /// Adaptation of a link to a slower line.
    pub struct RateMatching(u8) {
        NONE = 0 "RATE_MATCH_NONE" "none";
        /// Pause frames.
        PAUSE = 1 "RATE_MATCH_PAUSE" "pause";
        /// Deference to carrier.
        CRS = 2 "RATE_MATCH_CRS" "crs";
        /// Longer gaps between packets.
        OPEN_LOOP = 3 "RATE_MATCH_OPEN_LOOP" "open-loop";
    }
}
