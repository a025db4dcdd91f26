//! `nl80211`: wireless LAN, as `iw` shows and sets it: wiphys, interfaces,
//! stations, scans, regulatory domains, keys and meshes (`linux/nl80211.h`).
//!
//! A wiphy is named by its number, an interface by its link index, and a station
//! by its MAC address:
//!
//! ```
//! use nlwire::generic::nl80211::{
//!     GetScan, GetStations, InterfaceType, NewInterface, Nl80211Attr, TriggerScan,
//! };
//!
//! let stations = GetStations::of_link(3);
//!
//! let monitor = [Nl80211Attr::InterfaceType(InterfaceType::MONITOR)];
//! let new = NewInterface::of_wiphy(0, "mon0").with(&monitor);
//!
//! // The results are there when `Change::ScanResults` has arrived.
//! let scan = TriggerScan::of_link(3);
//! let results = GetScan::of_link(3);
//! ```
//!
//! | `iw` | value |
//! |---|---|
//! | `iw list`, `iw phy phy0 info` | [`GetWiphys`] |
//! | `iw dev` | [`GetInterfaces`] |
//! | `iw phy phy0 interface add`, `iw dev wlan0 del` | [`NewInterface`], [`DeleteInterface`] |
//! | `iw dev wlan0 station dump` | [`GetStations`] |
//! | `iw dev wlan0 scan` | [`TriggerScan`], [`GetScan`] |
//! | `iw dev wlan0 survey dump` | [`GetSurveys`] |
//! | `iw reg get`, `iw reg set DE` | [`GetRegulatory`], [`RequestRegulatory`] |
//! | `iw dev wlan0 connect`, `disconnect` | [`Connect`], [`Disconnect`] |
//! | `iw dev wlan0 ibss join`, `mesh join` | [`JoinIbss`], [`JoinMesh`] |
//! | `iw dev wlan0 set power_save on` | [`SetPowerSave`] |
//! | `iw dev wlan0 cqm rssi` | [`SetCqm`] |
//! | `iw event` | [`Change`] |
//!
//! Information elements are bytes, which [`elements`] reads.

pub mod attributes;
pub mod commands;
pub mod elements;
pub mod features;
pub mod flags;
pub mod interface;
pub mod key;
pub mod measurement;
pub mod mesh;
pub mod nan;
pub mod regulatory;
pub mod request;
pub mod scan;
pub mod station;
pub mod structs;
pub mod suites;
pub mod values;
pub mod wiphy;
mod wiphys;
pub mod wowlan;

#[doc(no_inline)]
pub use attributes::types_from_167::*;
#[doc(no_inline)]
pub use attributes::types_to_166::*;
#[doc(no_inline)]
pub use attributes::{Nl80211, Nl80211Attr};
#[doc(no_inline)]
pub use commands::*;
#[doc(no_inline)]
pub use features::*;
#[doc(no_inline)]
pub use flags::*;
#[doc(no_inline)]
pub use interface::*;
#[doc(no_inline)]
pub use key::*;
#[doc(no_inline)]
pub use mesh::*;
#[doc(no_inline)]
pub use nan::*;
#[doc(no_inline)]
pub use regulatory::*;
#[doc(no_inline)]
pub use request::*;
#[doc(no_inline)]
pub use scan::*;
#[doc(no_inline)]
pub use station::*;
#[doc(no_inline)]
pub use structs::*;
#[doc(no_inline)]
pub use suites::*;
#[doc(no_inline)]
pub use values::*;
#[doc(no_inline)]
pub use wiphy::*;
pub use wiphys::*;

use super::family::{changes, family};

family! {
    name NL80211_GENL_NAME "nl80211";
    version NL80211_FAMILY_VERSION 1;
    group NL80211_MULTICAST_GROUP_CONFIG "config" "wiphys and interfaces.";
    group NL80211_MULTICAST_GROUP_SCAN "scan" "scans.";
    group NL80211_MULTICAST_GROUP_REG "regulatory" "regulatory domains.";
    group NL80211_MULTICAST_GROUP_MLME "mlme" "stations, associations and other events of interfaces.";
    group NL80211_MULTICAST_GROUP_VENDOR "vendor" "vendor events.";
    group NL80211_MULTICAST_GROUP_NAN "nan" "NAN.";
    group NL80211_MULTICAST_GROUP_TESTMODE "testmode" "test mode of drivers.";
    command 1 NL80211_CMD_GET_WIPHY Nl80211 "Reads a wiphy, or lists all.";
    command 2 NL80211_CMD_SET_WIPHY Nl80211 "Changes a wiphy.";
    command 3 NL80211_CMD_NEW_WIPHY Nl80211 "Reports a wiphy.";
    command 4 NL80211_CMD_DEL_WIPHY Nl80211 "Reports a removed wiphy.";
    command 5 NL80211_CMD_GET_INTERFACE Nl80211 "Reads an interface, or lists all.";
    command 6 NL80211_CMD_SET_INTERFACE Nl80211 "Changes an interface.";
    command 7 NL80211_CMD_NEW_INTERFACE Nl80211 "Creates an interface, or reports one.";
    command 8 NL80211_CMD_DEL_INTERFACE Nl80211 "Deletes an interface, or reports that.";
    command 9 NL80211_CMD_GET_KEY Nl80211 "Reads a key.";
    command 10 NL80211_CMD_SET_KEY Nl80211 "Changes a key.";
    command 11 NL80211_CMD_NEW_KEY Nl80211 "Adds a key, or reports one.";
    command 12 NL80211_CMD_DEL_KEY Nl80211 "Deletes a key.";
    command 13 NL80211_CMD_GET_BEACON Nl80211 "Unused.";
    command 14 NL80211_CMD_SET_BEACON Nl80211 "Changes the beacon of an AP.";
    command 15 NL80211_CMD_START_AP Nl80211 "Starts an AP.";
    command 16 NL80211_CMD_STOP_AP Nl80211 "Stops an AP.";
    command 17 NL80211_CMD_GET_STATION Nl80211 "Reads a station, or lists all.";
    command 18 NL80211_CMD_SET_STATION Nl80211 "Changes a station.";
    command 19 NL80211_CMD_NEW_STATION Nl80211 "Adds a station, or reports one.";
    command 20 NL80211_CMD_DEL_STATION Nl80211 "Deletes a station, or reports that.";
    command 21 NL80211_CMD_GET_MPATH Nl80211 "Reads a mesh path, or lists all.";
    command 22 NL80211_CMD_SET_MPATH Nl80211 "Changes a mesh path.";
    command 23 NL80211_CMD_NEW_MPATH Nl80211 "Adds a mesh path, or reports one.";
    command 24 NL80211_CMD_DEL_MPATH Nl80211 "Deletes a mesh path.";
    command 25 NL80211_CMD_SET_BSS Nl80211 "Changes the BSS of an AP.";
    command 26 NL80211_CMD_SET_REG Nl80211 "Sets the regulatory domain by rules.";
    command 27 NL80211_CMD_REQ_SET_REG Nl80211 "Requests the regulatory domain of a country.";
    command 28 NL80211_CMD_GET_MESH_CONFIG Nl80211 "Reads the mesh parameters.";
    command 29 NL80211_CMD_SET_MESH_CONFIG Nl80211 "Changes the mesh parameters.";
    command 30 NL80211_CMD_SET_MGMT_EXTRA_IE Nl80211 "Unused.";
    command 31 NL80211_CMD_GET_REG Nl80211 "Reads the regulatory domain, or lists those of all wiphys.";
    command 32 NL80211_CMD_GET_SCAN Nl80211 "Lists the scan results.";
    command 33 NL80211_CMD_TRIGGER_SCAN Nl80211 "Starts a scan, or reports that.";
    command 34 NL80211_CMD_NEW_SCAN_RESULTS Nl80211 "Reports a scan result, or the end of a scan.";
    command 35 NL80211_CMD_SCAN_ABORTED Nl80211 "Reports an aborted scan.";
    command 36 NL80211_CMD_REG_CHANGE Nl80211 "Reports a change of the regulatory domain.";
    command 37 NL80211_CMD_AUTHENTICATE Nl80211 "Authenticates, or reports that.";
    command 38 NL80211_CMD_ASSOCIATE Nl80211 "Associates, or reports that.";
    command 39 NL80211_CMD_DEAUTHENTICATE Nl80211 "Deauthenticates, or reports that.";
    command 40 NL80211_CMD_DISASSOCIATE Nl80211 "Disassociates, or reports that.";
    command 41 NL80211_CMD_MICHAEL_MIC_FAILURE Nl80211 "Reports a Michael MIC failure.";
    command 42 NL80211_CMD_REG_BEACON_HINT Nl80211 "Reports a beacon that permits transmission on its channel.";
    command 43 NL80211_CMD_JOIN_IBSS Nl80211 "Joins an IBSS, or reports that.";
    command 44 NL80211_CMD_LEAVE_IBSS Nl80211 "Leaves an IBSS.";
    command 45 NL80211_CMD_TESTMODE Nl80211 "Sends data to the test mode of the driver, or reports some.";
    command 46 NL80211_CMD_CONNECT Nl80211 "Connects to a BSS, or reports that.";
    command 47 NL80211_CMD_ROAM Nl80211 "Reports a station that has roamed.";
    command 48 NL80211_CMD_DISCONNECT Nl80211 "Disconnects, or reports that.";
    command 49 NL80211_CMD_SET_WIPHY_NETNS Nl80211 "Moves a wiphy to another network namespace.";
    command 50 NL80211_CMD_GET_SURVEY Nl80211 "Lists the surveys of channels.";
    command 51 NL80211_CMD_NEW_SURVEY_RESULTS Nl80211 "Reports the survey of a channel.";
    command 52 NL80211_CMD_SET_PMKSA Nl80211 "Adds a PMKSA to the cache.";
    command 53 NL80211_CMD_DEL_PMKSA Nl80211 "Deletes a PMKSA from the cache.";
    command 54 NL80211_CMD_FLUSH_PMKSA Nl80211 "Empties the cache of PMKSAs.";
    command 55 NL80211_CMD_REMAIN_ON_CHANNEL Nl80211 "Stays on a channel for a time, or reports that.";
    command 56 NL80211_CMD_CANCEL_REMAIN_ON_CHANNEL Nl80211 "Ends the stay on a channel, or reports that.";
    command 57 NL80211_CMD_SET_TX_BITRATE_MASK Nl80211 "Limits the transmit rates.";
    command 58 NL80211_CMD_REGISTER_FRAME Nl80211 "Registers for received management frames.";
    command 59 NL80211_CMD_FRAME Nl80211 "Sends a management frame, or reports a received one.";
    command 60 NL80211_CMD_FRAME_TX_STATUS Nl80211 "Reports that a management frame was sent.";
    command 61 NL80211_CMD_SET_POWER_SAVE Nl80211 "Sets power save.";
    command 62 NL80211_CMD_GET_POWER_SAVE Nl80211 "Reads power save.";
    command 63 NL80211_CMD_SET_CQM Nl80211 "Sets the connection quality monitor.";
    command 64 NL80211_CMD_NOTIFY_CQM Nl80211 "Reports an event of the connection quality monitor.";
    command 65 NL80211_CMD_SET_CHANNEL Nl80211 "Sets the channel.";
    command 66 NL80211_CMD_SET_WDS_PEER Nl80211 "Unused.";
    command 67 NL80211_CMD_FRAME_WAIT_CANCEL Nl80211 "Ends the wait for the answer to a management frame.";
    command 68 NL80211_CMD_JOIN_MESH Nl80211 "Joins a mesh.";
    command 69 NL80211_CMD_LEAVE_MESH Nl80211 "Leaves a mesh.";
    command 70 NL80211_CMD_UNPROT_DEAUTHENTICATE Nl80211 "Reports an unprotected deauthentication.";
    command 71 NL80211_CMD_UNPROT_DISASSOCIATE Nl80211 "Reports an unprotected disassociation.";
    command 72 NL80211_CMD_NEW_PEER_CANDIDATE Nl80211 "Reports a candidate for a mesh peer.";
    command 73 NL80211_CMD_GET_WOWLAN Nl80211 "Reads the WoWLAN triggers.";
    command 74 NL80211_CMD_SET_WOWLAN Nl80211 "Sets the WoWLAN triggers, or reports a wakeup.";
    command 75 NL80211_CMD_START_SCHED_SCAN Nl80211 "Starts a scheduled scan, or reports that.";
    command 76 NL80211_CMD_STOP_SCHED_SCAN Nl80211 "Stops a scheduled scan.";
    command 77 NL80211_CMD_SCHED_SCAN_RESULTS Nl80211 "Reports results of a scheduled scan.";
    command 78 NL80211_CMD_SCHED_SCAN_STOPPED Nl80211 "Reports the end of a scheduled scan.";
    command 79 NL80211_CMD_SET_REKEY_OFFLOAD Nl80211 "Sets the keys with which the device renews the group key.";
    command 80 NL80211_CMD_PMKSA_CANDIDATE Nl80211 "Reports a candidate for preauthentication.";
    command 81 NL80211_CMD_TDLS_OPER Nl80211 "Carries out a TDLS operation, or requests one.";
    command 82 NL80211_CMD_TDLS_MGMT Nl80211 "Sends a TDLS frame.";
    command 83 NL80211_CMD_UNEXPECTED_FRAME Nl80211 "Reports a frame of a station that is not associated.";
    command 84 NL80211_CMD_PROBE_CLIENT Nl80211 "Probes a station, or reports its answer.";
    command 85 NL80211_CMD_REGISTER_BEACONS Nl80211 "Registers for received beacons.";
    command 86 NL80211_CMD_UNEXPECTED_4ADDR_FRAME Nl80211 "Reports a frame with four addresses from a station without them.";
    command 87 NL80211_CMD_SET_NOACK_MAP Nl80211 "Sets the TIDs without acknowledgements.";
    command 88 NL80211_CMD_CH_SWITCH_NOTIFY Nl80211 "Reports a channel switch that is done.";
    command 89 NL80211_CMD_START_P2P_DEVICE Nl80211 "Starts a P2P device.";
    command 90 NL80211_CMD_STOP_P2P_DEVICE Nl80211 "Stops a P2P device.";
    command 91 NL80211_CMD_CONN_FAILED Nl80211 "Reports a refused connection.";
    command 92 NL80211_CMD_SET_MCAST_RATE Nl80211 "Sets the multicast rate.";
    command 93 NL80211_CMD_SET_MAC_ACL Nl80211 "Sets the ACL of an AP.";
    command 94 NL80211_CMD_RADAR_DETECT Nl80211 "Starts radar detection, or reports radar.";
    command 95 NL80211_CMD_GET_PROTOCOL_FEATURES Nl80211 "Reads the protocol features.";
    command 96 NL80211_CMD_UPDATE_FT_IES Nl80211 "Sets the elements for fast transition.";
    command 97 NL80211_CMD_FT_EVENT Nl80211 "Reports an event of fast transition.";
    command 98 NL80211_CMD_CRIT_PROTOCOL_START Nl80211 "Begins the time of a critical protocol.";
    command 99 NL80211_CMD_CRIT_PROTOCOL_STOP Nl80211 "Ends the time of a critical protocol.";
    command 100 NL80211_CMD_GET_COALESCE Nl80211 "Reads the coalesce rules.";
    command 101 NL80211_CMD_SET_COALESCE Nl80211 "Sets the coalesce rules.";
    command 102 NL80211_CMD_CHANNEL_SWITCH Nl80211 "Switches the channel.";
    command 103 NL80211_CMD_VENDOR Nl80211 "Sends a vendor command, or reports a vendor event.";
    command 104 NL80211_CMD_SET_QOS_MAP Nl80211 "Sets the QoS map.";
    command 105 NL80211_CMD_ADD_TX_TS Nl80211 "Adds a traffic stream.";
    command 106 NL80211_CMD_DEL_TX_TS Nl80211 "Deletes a traffic stream.";
    command 107 NL80211_CMD_GET_MPP Nl80211 "Reads a mesh proxy path, or lists all.";
    command 108 NL80211_CMD_JOIN_OCB Nl80211 "Joins a network outside of a BSS.";
    command 109 NL80211_CMD_LEAVE_OCB Nl80211 "Leaves a network outside of a BSS.";
    command 110 NL80211_CMD_CH_SWITCH_STARTED_NOTIFY Nl80211 "Reports a channel switch that has begun.";
    command 111 NL80211_CMD_TDLS_CHANNEL_SWITCH Nl80211 "Switches the channel of a TDLS link.";
    command 112 NL80211_CMD_TDLS_CANCEL_CHANNEL_SWITCH Nl80211 "Ends the channel switch of a TDLS link.";
    command 113 NL80211_CMD_WIPHY_REG_CHANGE Nl80211 "Reports a change of a wiphy's own regulatory domain.";
    command 114 NL80211_CMD_ABORT_SCAN Nl80211 "Aborts a scan.";
    command 115 NL80211_CMD_START_NAN Nl80211 "Starts NAN.";
    command 116 NL80211_CMD_STOP_NAN Nl80211 "Stops NAN.";
    command 117 NL80211_CMD_ADD_NAN_FUNCTION Nl80211 "Adds a NAN function.";
    command 118 NL80211_CMD_DEL_NAN_FUNCTION Nl80211 "Deletes a NAN function, or reports that.";
    command 119 NL80211_CMD_CHANGE_NAN_CONFIG Nl80211 "Changes the NAN configuration.";
    command 120 NL80211_CMD_NAN_MATCH Nl80211 "Reports a NAN match.";
    command 121 NL80211_CMD_SET_MULTICAST_TO_UNICAST Nl80211 "Sets the conversion of multicast frames to unicast.";
    command 122 NL80211_CMD_UPDATE_CONNECT_PARAMS Nl80211 "Updates the parameters of a connection.";
    command 123 NL80211_CMD_SET_PMK Nl80211 "Sets the PMK of a connection.";
    command 124 NL80211_CMD_DEL_PMK Nl80211 "Deletes the PMK of a connection.";
    command 125 NL80211_CMD_PORT_AUTHORIZED Nl80211 "Reports an authorized port.";
    command 126 NL80211_CMD_RELOAD_REGDB Nl80211 "Loads the regulatory database again.";
    command 127 NL80211_CMD_EXTERNAL_AUTH Nl80211 "Requests an external authentication, or reports its outcome.";
    command 128 NL80211_CMD_STA_OPMODE_CHANGED Nl80211 "Reports the changed operating mode of a station.";
    command 129 NL80211_CMD_CONTROL_PORT_FRAME Nl80211 "Sends a frame of the control port, or reports a received one.";
    command 130 NL80211_CMD_GET_FTM_RESPONDER_STATS Nl80211 "Reads the FTM responder statistics.";
    command 131 NL80211_CMD_PEER_MEASUREMENT_START Nl80211 "Starts a peer measurement.";
    command 132 NL80211_CMD_PEER_MEASUREMENT_RESULT Nl80211 "Reports the result of a peer measurement.";
    command 133 NL80211_CMD_PEER_MEASUREMENT_COMPLETE Nl80211 "Reports the end of a peer measurement.";
    command 134 NL80211_CMD_NOTIFY_RADAR Nl80211 "Reports radar that user space has detected.";
    command 135 NL80211_CMD_UPDATE_OWE_INFO Nl80211 "Updates the OWE data of a station, or requests that.";
    command 136 NL80211_CMD_PROBE_MESH_LINK Nl80211 "Probes a mesh link.";
    command 137 NL80211_CMD_SET_TID_CONFIG Nl80211 "Sets the settings of TIDs.";
    command 138 NL80211_CMD_UNPROT_BEACON Nl80211 "Reports an unprotected beacon.";
    command 139 NL80211_CMD_CONTROL_PORT_FRAME_TX_STATUS Nl80211 "Reports that a frame of the control port was sent.";
    command 140 NL80211_CMD_SET_SAR_SPECS Nl80211 "Sets the SAR limits.";
    command 141 NL80211_CMD_OBSS_COLOR_COLLISION Nl80211 "Reports a color that another BSS has, too.";
    command 142 NL80211_CMD_COLOR_CHANGE_REQUEST Nl80211 "Changes the color.";
    command 143 NL80211_CMD_COLOR_CHANGE_STARTED Nl80211 "Reports a color change that has begun.";
    command 144 NL80211_CMD_COLOR_CHANGE_ABORTED Nl80211 "Reports a color change that was aborted.";
    command 145 NL80211_CMD_COLOR_CHANGE_COMPLETED Nl80211 "Reports a color change that is done.";
    command 146 NL80211_CMD_SET_FILS_AAD Nl80211 "Sets the additional data of FILS.";
    command 147 NL80211_CMD_ASSOC_COMEBACK Nl80211 "Reports an association that an AP has deferred.";
    command 148 NL80211_CMD_ADD_LINK Nl80211 "Adds an MLO link.";
    command 149 NL80211_CMD_REMOVE_LINK Nl80211 "Removes an MLO link.";
    command 150 NL80211_CMD_ADD_LINK_STA Nl80211 "Adds an MLO link of a station.";
    command 151 NL80211_CMD_MODIFY_LINK_STA Nl80211 "Changes an MLO link of a station.";
    command 152 NL80211_CMD_REMOVE_LINK_STA Nl80211 "Removes an MLO link of a station.";
    command 153 NL80211_CMD_SET_HW_TIMESTAMP Nl80211 "Sets hardware timestamps.";
    command 154 NL80211_CMD_LINKS_REMOVED Nl80211 "Reports removed MLO links.";
    command 155 NL80211_CMD_SET_TID_TO_LINK_MAPPING Nl80211 "Sets the mapping of TIDs to MLO links.";
    command 156 NL80211_CMD_ASSOC_MLO_RECONF Nl80211 "Changes the MLO links of an association, or reports that.";
    command 157 NL80211_CMD_EPCS_CFG Nl80211 "Sets priority access for emergencies.";
}

/// Older name of [`NL80211_CMD_START_AP`].
pub const NL80211_CMD_NEW_BEACON: u8 = 15;
/// Older name of [`NL80211_CMD_STOP_AP`].
pub const NL80211_CMD_DEL_BEACON: u8 = 16;
/// Older name of [`NL80211_CMD_REGISTER_FRAME`].
pub const NL80211_CMD_REGISTER_ACTION: u8 = 58;
/// Older name of [`NL80211_CMD_FRAME`].
pub const NL80211_CMD_ACTION: u8 = 59;
/// Older name of [`NL80211_CMD_FRAME_TX_STATUS`].
pub const NL80211_CMD_ACTION_TX_STATUS: u8 = 60;

changes! {
    /// Notification of nl80211's groups.
    Change {
        /// New or renamed wiphy.
        NewWiphy(Nl80211) = NL80211_CMD_NEW_WIPHY;
        /// Removed wiphy.
        DelWiphy(Nl80211) = NL80211_CMD_DEL_WIPHY;
        /// New interface.
        NewInterface(Nl80211) = NL80211_CMD_NEW_INTERFACE;
        /// Interface whose type has changed.
        SetInterface(Nl80211) = NL80211_CMD_SET_INTERFACE;
        /// Deleted interface.
        DelInterface(Nl80211) = NL80211_CMD_DEL_INTERFACE;
        /// Scan that has begun.
        ScanStarted(Nl80211) = NL80211_CMD_TRIGGER_SCAN;
        /// Scan that is done.
        ScanResults(Nl80211) = NL80211_CMD_NEW_SCAN_RESULTS;
        /// Scan that was aborted.
        ScanAborted(Nl80211) = NL80211_CMD_SCAN_ABORTED;
        /// Scheduled scan that has begun.
        ScheduledScanStarted(Nl80211) = NL80211_CMD_START_SCHED_SCAN;
        /// Results of a scheduled scan.
        ScheduledScanResults(Nl80211) = NL80211_CMD_SCHED_SCAN_RESULTS;
        /// Scheduled scan that has ended.
        ScheduledScanStopped(Nl80211) = NL80211_CMD_SCHED_SCAN_STOPPED;
        /// Regulatory domain that has changed.
        Regulatory(Nl80211) = NL80211_CMD_REG_CHANGE;
        /// Regulatory domain of a wiphy that has changed.
        WiphyRegulatory(Nl80211) = NL80211_CMD_WIPHY_REG_CHANGE;
        /// Beacon that permits transmission on its channel.
        BeaconHint(Nl80211) = NL80211_CMD_REG_BEACON_HINT;
        /// New station.
        NewStation(Nl80211) = NL80211_CMD_NEW_STATION;
        /// Deleted station.
        DelStation(Nl80211) = NL80211_CMD_DEL_STATION;
        /// Authentication, or its timeout.
        Authenticate(Nl80211) = NL80211_CMD_AUTHENTICATE;
        /// Association, or its timeout.
        Associate(Nl80211) = NL80211_CMD_ASSOCIATE;
        /// Deauthentication.
        Deauthenticate(Nl80211) = NL80211_CMD_DEAUTHENTICATE;
        /// Disassociation.
        Disassociate(Nl80211) = NL80211_CMD_DISASSOCIATE;
        /// Outcome of a connection.
        Connect(Nl80211) = NL80211_CMD_CONNECT;
        /// Station that has roamed.
        Roam(Nl80211) = NL80211_CMD_ROAM;
        /// Lost connection.
        Disconnect(Nl80211) = NL80211_CMD_DISCONNECT;
        /// Authorized port.
        PortAuthorized(Nl80211) = NL80211_CMD_PORT_AUTHORIZED;
        /// Michael MIC failure.
        MicFailure(Nl80211) = NL80211_CMD_MICHAEL_MIC_FAILURE;
        /// IBSS that was joined.
        JoinIbss(Nl80211) = NL80211_CMD_JOIN_IBSS;
        /// Received management frame.
        Frame(Nl80211) = NL80211_CMD_FRAME;
        /// Management frame that was sent.
        FrameStatus(Nl80211) = NL80211_CMD_FRAME_TX_STATUS;
        /// Received frame of the control port.
        ControlPort(Nl80211) = NL80211_CMD_CONTROL_PORT_FRAME;
        /// Frame of the control port that was sent.
        ControlPortStatus(Nl80211) = NL80211_CMD_CONTROL_PORT_FRAME_TX_STATUS;
        /// Stay on a channel that has begun.
        RemainOnChannel(Nl80211) = NL80211_CMD_REMAIN_ON_CHANNEL;
        /// Stay on a channel that has ended.
        RemainOnChannelEnd(Nl80211) = NL80211_CMD_CANCEL_REMAIN_ON_CHANNEL;
        /// Event of the connection quality monitor.
        Cqm(Nl80211) = NL80211_CMD_NOTIFY_CQM;
        /// Unprotected deauthentication.
        UnprotectedDeauthenticate(Nl80211) = NL80211_CMD_UNPROT_DEAUTHENTICATE;
        /// Unprotected disassociation.
        UnprotectedDisassociate(Nl80211) = NL80211_CMD_UNPROT_DISASSOCIATE;
        /// Unprotected beacon.
        UnprotectedBeacon(Nl80211) = NL80211_CMD_UNPROT_BEACON;
        /// Candidate for a mesh peer.
        PeerCandidate(Nl80211) = NL80211_CMD_NEW_PEER_CANDIDATE;
        /// Wakeup by WoWLAN.
        Wakeup(Nl80211) = NL80211_CMD_SET_WOWLAN;
        /// Candidate for preauthentication.
        PmksaCandidate(Nl80211) = NL80211_CMD_PMKSA_CANDIDATE;
        /// TDLS operation that the driver requests.
        Tdls(Nl80211) = NL80211_CMD_TDLS_OPER;
        /// Frame of a station that is not associated.
        UnexpectedFrame(Nl80211) = NL80211_CMD_UNEXPECTED_FRAME;
        /// Frame with four addresses from a station without them.
        UnexpectedFourAddress(Nl80211) = NL80211_CMD_UNEXPECTED_4ADDR_FRAME;
        /// Answer of a probed station.
        Probe(Nl80211) = NL80211_CMD_PROBE_CLIENT;
        /// Channel switch that has begun.
        ChannelSwitchStarted(Nl80211) = NL80211_CMD_CH_SWITCH_STARTED_NOTIFY;
        /// Channel switch that is done.
        ChannelSwitch(Nl80211) = NL80211_CMD_CH_SWITCH_NOTIFY;
        /// Refused connection of a station.
        ConnectionRefused(Nl80211) = NL80211_CMD_CONN_FAILED;
        /// Radar, or a step of its detection.
        Radar(Nl80211) = NL80211_CMD_RADAR_DETECT;
        /// Fast transition.
        FastTransition(Nl80211) = NL80211_CMD_FT_EVENT;
        /// Changed operating mode of a station.
        OperatingMode(Nl80211) = NL80211_CMD_STA_OPMODE_CHANGED;
        /// External authentication that the driver requests.
        ExternalAuth(Nl80211) = NL80211_CMD_EXTERNAL_AUTH;
        /// OWE data of a station.
        Owe(Nl80211) = NL80211_CMD_UPDATE_OWE_INFO;
        /// Association that an AP has deferred.
        AssociationDeferred(Nl80211) = NL80211_CMD_ASSOC_COMEBACK;
        /// Color that another BSS has, too.
        ColorCollision(Nl80211) = NL80211_CMD_OBSS_COLOR_COLLISION;
        /// Color change that has begun.
        ColorChangeStarted(Nl80211) = NL80211_CMD_COLOR_CHANGE_STARTED;
        /// Color change that was aborted.
        ColorChangeAborted(Nl80211) = NL80211_CMD_COLOR_CHANGE_ABORTED;
        /// Color change that is done.
        ColorChange(Nl80211) = NL80211_CMD_COLOR_CHANGE_COMPLETED;
        /// Removed MLO links.
        LinksRemoved(Nl80211) = NL80211_CMD_LINKS_REMOVED;
        /// Result of a peer measurement.
        MeasurementResult(Nl80211) = NL80211_CMD_PEER_MEASUREMENT_RESULT;
        /// End of a peer measurement.
        MeasurementComplete(Nl80211) = NL80211_CMD_PEER_MEASUREMENT_COMPLETE;
        /// NAN match.
        NanMatch(Nl80211) = NL80211_CMD_NAN_MATCH;
        /// NAN function that has ended.
        NanFunctionEnd(Nl80211) = NL80211_CMD_DEL_NAN_FUNCTION;
        /// Vendor event.
        Vendor(Nl80211) = NL80211_CMD_VENDOR;
        /// Event of the driver's test mode.
        TestMode(Nl80211) = NL80211_CMD_TESTMODE;
    }
}
