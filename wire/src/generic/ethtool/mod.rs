//! `ethtool`: port and link modes of network devices
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

/// Name of the family.
pub const ETHTOOL_GENL_NAME: &str = "ethtool";
/// Version of the family's interface.
pub const ETHTOOL_GENL_VERSION: u8 = 1;
/// Name of the family's multicast group.
pub const ETHTOOL_MCGRP_MONITOR_NAME: &str = "monitor";

/// Declares commands.
macro_rules! commands {
    ($($number:literal $name:ident $text:literal)*) => {$(
        #[doc = $text]
        pub const $name: u8 = $number;
    )*};
}

commands! {
    2 ETHTOOL_MSG_LINKINFO_GET "Request: asks for port and PHY of a link."
    3 ETHTOOL_MSG_LINKINFO_SET "Request: changes port and PHY of a link."
    4 ETHTOOL_MSG_LINKMODES_GET "Request: asks for the link modes."
    5 ETHTOOL_MSG_LINKMODES_SET "Request: changes the link modes."
    2 ETHTOOL_MSG_LINKINFO_GET_REPLY "Answer to [`ETHTOOL_MSG_LINKINFO_GET`]."
    3 ETHTOOL_MSG_LINKINFO_NTF "Notification: port or PHY of a link changed."
    4 ETHTOOL_MSG_LINKMODES_GET_REPLY "Answer to [`ETHTOOL_MSG_LINKMODES_GET`]."
    5 ETHTOOL_MSG_LINKMODES_NTF "Notification: the link modes changed."
}

attributes! {
    /// Header of each request and answer (`ETHTOOL_A_HEADER_*`), which names
    /// the link.
    pub set Header, enum HeaderAttr {
        /// Link index.
        1 ETHTOOL_A_HEADER_DEV_INDEX DeviceIndex device_index: u32,
        /// Link name.
        2 ETHTOOL_A_HEADER_DEV_NAME DeviceName device_name: Text,
        /// Flags: [`HeaderFlags`].
        3 ETHTOOL_A_HEADER_FLAGS Flags flags: HeaderFlags,
        /// Index of the PHY, for links with several.
        4 ETHTOOL_A_HEADER_PHY_INDEX PhyIndex phy_index: u32,
    }
}

flags! {
    /// Flags of a request, about its answer.
    pub struct HeaderFlags(u32) {
        /// Bit sets arrive as words instead of lists of names.
        COMPACT_BITSETS = 0x1 "ETHTOOL_FLAG_COMPACT_BITSETS" "compact-bitsets";
        /// Changes are not answered.
        OMIT_REPLY = 0x2 "ETHTOOL_FLAG_OMIT_REPLY" "omit-reply";
        /// Answers contain statistics.
        STATS = 0x4 "ETHTOOL_FLAG_STATS" "stats";
    }
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

attributes! {
    /// Bit set (`ETHTOOL_A_BITSET_*`): a list of bits or, with
    /// [`HeaderFlags::COMPACT_BITSETS`], words of 32 bits.
    pub set Bitset, enum BitsetAttr {
        /// Present if the bit set has no mask: its list has the bits that are
        /// set.
        1 ETHTOOL_A_BITSET_NOMASK NoMask no_mask: Flag,
        /// Number of bits.
        2 ETHTOOL_A_BITSET_SIZE Size size: u32,
        /// List of bits.
        3 ETHTOOL_A_BITSET_BITS Bits bits: Indexed<Bit>,
        /// Bits, in words of 32 bits.
        4 ETHTOOL_A_BITSET_VALUE Value value: Bytes,
        /// Mask, in words of 32 bits.
        5 ETHTOOL_A_BITSET_MASK Mask mask: Bytes,
    }
}

/// Type of each bit in the list [`ETHTOOL_A_BITSET_BITS`].
pub const ETHTOOL_A_BITSET_BITS_BIT: u16 = 1;

attributes! {
    /// Bit of a bit set (`ETHTOOL_A_BITSET_BIT_*`).
    pub set Bit, enum BitAttr {
        /// Number of the bit.
        1 ETHTOOL_A_BITSET_BIT_INDEX Index index: u32,
        /// Name of the bit, such as `1000baseT/Full`.
        2 ETHTOOL_A_BITSET_BIT_NAME Name name: Str,
        /// Present if the bit is set.
        3 ETHTOOL_A_BITSET_BIT_VALUE Value value: Flag,
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
