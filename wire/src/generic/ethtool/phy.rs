//! PHYs: list, collision avoidance of 10BASE-T1S, signal quality.
//!
//! PHYs behind a link, and the noise on their lines, as `ethtool --show-phys eth0`
//! and `ethtool --show-mse eth0` list them:
//!
//! ```
//! use nlwire::fields;
//! use nlwire::generic::ethtool::{GetMse, GetPhy, Phy, PhyRow};
//!
//! let phys = GetPhy::by_name("eth0").every();
//! let noise = GetMse::by_name("eth0");
//!
//! /// Prints a PHY.
//! fn print(phy: &PhyRow<'_>) -> Result<(), nlwire::DecodeError> {
//!     let found = fields!(phy.attributes => Phy { index, driver, upstream_type })?;
//!     println!("PHY {:?} of {:?}: {:?}", found.index, found.upstream_type, found.driver);
//!     Ok(())
//! }
//! ```
//!
//! Nodes of a 10BASE-T1S segment take turns; node 0 gives them out. The node is set
//! up as by `ethtool --set-plca-cfg eth0 enable on node-id 0 node-cnt 8`:
//!
//! ```
//! use nlwire::generic::ethtool::{GetPlca, GetPlcaStatus, PlcaAttr, SetPlca};
//!
//! let coordinator = [PlcaAttr::Enabled(1), PlcaAttr::NodeId(0), PlcaAttr::NodeCount(8)];
//! let change = SetPlca::by_name("eth0", &coordinator);
//! let settings = GetPlca::by_name("eth0");
//! let beacon = GetPlcaStatus::by_name("eth0");
//! ```

use super::request::messages;
use super::{Act, ETHTOOL_MSG_PLCA_GET_STATUS, Get, Header, LinkRow, Subject};
use crate::attributes;
use crate::codec::{Nest, Text, Uint};
use crate::numbers::numbers;

/// PHY of a link.
pub type PhyRow<'a> = LinkRow<'a, Phy>;
/// Reads a PHY of a link, or lists the PHYs of all links; [`Get::every`] lists
/// those of one link.
#[doc(alias = "ETHTOOL_MSG_PHY_GET")]
pub type GetPhy<'a> = Get<'a, Phy>;

/// PLCA settings or status of a link.
pub type PlcaRow<'a> = LinkRow<'a, Plca>;
/// Reads the PLCA settings of a link, or of all links.
#[doc(alias = "ETHTOOL_MSG_PLCA_GET_CFG")]
pub type GetPlca<'a> = Get<'a, Plca>;
/// Reads the PLCA status of a link, or of all links.
#[doc(alias = "ETHTOOL_MSG_PLCA_GET_STATUS")]
pub type GetPlcaStatus<'a> = Get<'a, PlcaStatus>;
/// Changes the PLCA settings of a link.
#[doc(alias = "ETHTOOL_MSG_PLCA_SET_CFG")]
pub type SetPlca<'a> = Act<'a, Plca>;

/// Mean square errors of a link's PHY.
pub type MseRow<'a> = LinkRow<'a, Mse>;
/// Reads the mean square errors of one link's PHY, or of all PHYs.
#[doc(alias = "ETHTOOL_MSG_MSE_GET")]
pub type GetMse<'a> = Get<'a, Mse>;

messages! {
    Phy: ETHTOOL_A_PHY_HEADER, get ETHTOOL_MSG_PHY_GET;
    Plca: ETHTOOL_A_PLCA_HEADER, get ETHTOOL_MSG_PLCA_GET_CFG, set ETHTOOL_MSG_PLCA_SET_CFG;
    Mse: ETHTOOL_A_MSE_HEADER, get ETHTOOL_MSG_MSE_GET;
}

/// PLCA status; see [`GetPlcaStatus`].
#[derive(Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct PlcaStatus;

impl Subject for PlcaStatus {
    type Set = Plca;
    const GET: u8 = ETHTOOL_MSG_PLCA_GET_STATUS;
}

attributes! {
    /// PHY of a link (`ETHTOOL_A_PHY_*`).
    pub set Phy, enum PhyAttr {
        /// Link.
        1 ETHTOOL_A_PHY_HEADER Header header: Nest<Header>,
        /// Index of the PHY, which [`HeaderAttr::PhyIndex`](super::HeaderAttr::PhyIndex) takes.
        2 ETHTOOL_A_PHY_INDEX Index index: u32,
        /// Name of the driver.
        3 ETHTOOL_A_PHY_DRVNAME Driver driver: Text,
        /// Name of the PHY.
        4 ETHTOOL_A_PHY_NAME Name name: Text,
        /// Kind of the upstream device.
        5 ETHTOOL_A_PHY_UPSTREAM_TYPE UpstreamType upstream_type: UpstreamType,
        /// Index of the upstream PHY, if the upstream device is one.
        6 ETHTOOL_A_PHY_UPSTREAM_INDEX UpstreamIndex upstream_index: u32,
        /// Name of the SFP bus towards the upstream device.
        7 ETHTOOL_A_PHY_UPSTREAM_SFP_NAME UpstreamSfp upstream_sfp: Text,
        /// Name of the SFP bus behind the PHY.
        8 ETHTOOL_A_PHY_DOWNSTREAM_SFP_NAME DownstreamSfp downstream_sfp: Text,
    }
}

numbers! {
    /// Kind of a PHY's upstream device.
    pub struct UpstreamType(u32) {
        MAC = 0 "PHY_UPSTREAM_MAC" "mac";
        PHY = 1 "PHY_UPSTREAM_PHY" "phy";
    }
}

attributes! {
    /// Physical layer collision avoidance, PLCA (`ETHTOOL_A_PLCA_*`).
    pub set Plca, enum PlcaAttr {
        /// Link.
        1 ETHTOOL_A_PLCA_HEADER Header header: Nest<Header>,
        /// Version of the register map of the Open Alliance; 0 if standard.
        2 ETHTOOL_A_PLCA_VERSION Version version: u16,
        /// PLCA: 1 enabled, 0 disabled.
        3 ETHTOOL_A_PLCA_ENABLED Enabled enabled: u8,
        /// Status: 1 if the beacon is seen or sent.
        4 ETHTOOL_A_PLCA_STATUS Status status: u8,
        /// Number of nodes, 1 to 255; used by the coordinator.
        5 ETHTOOL_A_PLCA_NODE_CNT NodeCount node_count: u32,
        /// Node number, 0 to 254; 0 is the coordinator, 255 disables PLCA.
        6 ETHTOOL_A_PLCA_NODE_ID NodeId node_id: u32,
        /// Transmit opportunity timer in bit times, 0 to 255.
        7 ETHTOOL_A_PLCA_TO_TMR OpportunityTimer opportunity_timer: u32,
        /// Number of further packets in a transmit opportunity, 0 to 255.
        8 ETHTOOL_A_PLCA_BURST_CNT BurstCount burst_count: u32,
        /// Wait for a further packet in bit times, 0 to 255.
        9 ETHTOOL_A_PLCA_BURST_TMR BurstTimer burst_timer: u32,
    }
}

attributes! {
    /// Mean square errors of a PHY (`ETHTOOL_A_MSE_*`), a measure of noise.
    pub set Mse, enum MseAttr {
        /// Link.
        1 ETHTOOL_A_MSE_HEADER Header header: Nest<Header>,
        /// Scale of the measurements.
        2 ETHTOOL_A_MSE_CAPABILITIES Capabilities capabilities: Nest<MseCapabilities>,
        /// Measurement of pair A.
        3 ETHTOOL_A_MSE_CHANNEL_A ChannelA channel_a: Nest<MseSnapshot>,
        /// Measurement of pair B.
        4 ETHTOOL_A_MSE_CHANNEL_B ChannelB channel_b: Nest<MseSnapshot>,
        /// Measurement of pair C.
        5 ETHTOOL_A_MSE_CHANNEL_C ChannelC channel_c: Nest<MseSnapshot>,
        /// Measurement of pair D.
        6 ETHTOOL_A_MSE_CHANNEL_D ChannelD channel_d: Nest<MseSnapshot>,
        /// Measurement of the worst pair.
        7 ETHTOOL_A_MSE_WORST_CHANNEL WorstChannel worst_channel: Nest<MseSnapshot>,
        /// Measurement of the link as a whole.
        8 ETHTOOL_A_MSE_LINK Link link: Nest<MseSnapshot>,
    }
}

attributes! {
    /// Scale of mean square errors (`ETHTOOL_A_MSE_CAPABILITIES_*`).
    pub set MseCapabilities, enum MseCapabilitiesAttr {
        /// Greatest average.
        1 ETHTOOL_A_MSE_CAPABILITIES_MAX_AVERAGE_MSE AverageMax average_max: Uint,
        /// Greatest peak.
        2 ETHTOOL_A_MSE_CAPABILITIES_MAX_PEAK_MSE PeakMax peak_max: Uint,
        /// Refresh interval in picoseconds.
        3 ETHTOOL_A_MSE_CAPABILITIES_REFRESH_RATE_PS Refresh refresh: Uint,
        /// Number of symbols in a measurement.
        4 ETHTOOL_A_MSE_CAPABILITIES_NUM_SYMBOLS Symbols symbols: Uint,
    }
}

attributes! {
    /// Measurement of mean square errors (`ETHTOOL_A_MSE_SNAPSHOT_*`).
    pub set MseSnapshot, enum MseSnapshotAttr {
        /// Average.
        1 ETHTOOL_A_MSE_SNAPSHOT_AVERAGE_MSE Average average: Uint,
        /// Peak since the last refresh.
        2 ETHTOOL_A_MSE_SNAPSHOT_PEAK_MSE Peak peak: Uint,
        /// Greatest peak since the last reading.
        3 ETHTOOL_A_MSE_SNAPSHOT_WORST_PEAK_MSE WorstPeak worst_peak: Uint,
    }
}
