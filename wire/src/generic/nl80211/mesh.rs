//! Mesh: paths, parameters and setup (`iw dev mesh0 mpath dump`, `iw dev mesh0 get mesh_param`).
//!
//! A node joins the mesh `field`, forwards for 8 hops, and looks at its paths, as by
//! `iw dev mesh0 mesh join field`, `iw dev mesh0 set mesh_param mesh_ttl 8` and
//! `iw dev mesh0 mpath dump`:
//!
//! ```
//! use nlwire::fields;
//! use nlwire::generic::nl80211::*;
//!
//! let join = JoinMesh::of_link(4, b"field").with(&[Nl80211Attr::Frequency(2412)]);
//! let ttl = [MeshConfigAttr::Ttl(8)];
//! let ttl = [Nl80211Attr::MeshConfig((&ttl).into())];
//! let change = SetMeshConfig::of_link(4).with(&ttl);
//! let settings = GetMeshConfig::of_link(4);
//!
//! let paths = GetMeshPaths::of_link(4);
//! let beyond = GetMeshProxyPaths::of_link(4);
//! let to = [2, 0, 0, 0, 1, 0];
//! let one = GetMeshPath::of(4, &to);
//! let forget = DeleteMeshPath::of(4, &to).if_there();
//! let leave = LeaveMesh::of_link(4);
//!
//! /// Prints destination, next hop and metric.
//! fn print(path: &Nl80211Row<'_>) -> Result<(), nlwire::DecodeError> {
//!     let found = fields!(path.attributes => Nl80211 { mac, next_hop, mesh_path })?;
//!     let Some(details) = found.mesh_path else { return Ok(()) };
//!     let metric = fields!(details => MeshPath { metric })?.metric;
//!     println!("{:x?} by {:x?}, metric {metric:?}", found.mac, found.next_hop);
//!     Ok(())
//! }
//! ```
//!
//! A network without an AP, an IBSS, is left by `iw dev wlan0 ibss leave`:
//!
//! ```
//! use nlwire::generic::nl80211::{JoinIbss, LeaveIbss};
//!
//! let join = JoinIbss::of_link(3, b"field", 2412);
//! let leave = LeaveIbss::of_link(3);
//! ```

use super::flags::MeshPathFlags;
use super::structs::OperationMode;
use super::values::MeshPowerMode;
use crate::codec::{Bytes, Flag, Form, field_is_value};
use crate::schema::{Notation, Shape};
use crate::{AttrRef, Attrs, DecodeError, Put, Writer, attributes};

attributes! {
    /// Mesh path information (`NL80211_MPATH_INFO_*`).
    pub set MeshPath, enum MeshPathAttr {
        /// Queue length in frames.
        1 NL80211_MPATH_INFO_FRAME_QLEN QueueLength queue_length: u32,
        /// Sequence number of the destination.
        2 NL80211_MPATH_INFO_SN SequenceNumber sequence_number: u32,
        /// Metric.
        3 NL80211_MPATH_INFO_METRIC Metric metric: u32,
        /// Expiration in ms from now.
        4 NL80211_MPATH_INFO_EXPTIME ExpiresIn expires_in: u32,
        /// Flags.
        5 NL80211_MPATH_INFO_FLAGS Flags flags: MeshPathFlags,
        /// Discovery timeout in ms.
        6 NL80211_MPATH_INFO_DISCOVERY_TIMEOUT DiscoveryTimeout discovery_timeout: u32,
        /// Discovery retries.
        7 NL80211_MPATH_INFO_DISCOVERY_RETRIES DiscoveryRetries discovery_retries: u8,
        /// Number of hops.
        8 NL80211_MPATH_INFO_HOP_COUNT Hops hops: u8,
        /// Number of path changes.
        9 NL80211_MPATH_INFO_PATH_CHANGE Changes changes: u32,
    }
}

attributes! {
    /// Mesh parameters (`NL80211_MESHCONF_*`).
    pub set MeshConfig, enum MeshConfigAttr {
        /// Retry timeout of peering in ms.
        1 NL80211_MESHCONF_RETRY_TIMEOUT RetryTimeout retry_timeout: u16,
        /// Confirm timeout of peering in ms.
        2 NL80211_MESHCONF_CONFIRM_TIMEOUT ConfirmTimeout confirm_timeout: u16,
        /// Holding timeout of peering in ms. In an answer the link index comes
        /// before it, under the same type.
        3 NL80211_MESHCONF_HOLDING_TIMEOUT HoldingTimeout holding_timeout: HoldingTimeout,
        /// Maximum number of peer links.
        4 NL80211_MESHCONF_MAX_PEER_LINKS MaxPeerLinks max_peer_links: u16,
        /// Maximum number of peering retries.
        5 NL80211_MESHCONF_MAX_RETRIES MaxRetries max_retries: u8,
        /// TTL of data frames.
        6 NL80211_MESHCONF_TTL Ttl ttl: u8,
        /// Automatic peering: 1 to use it.
        7 NL80211_MESHCONF_AUTO_OPEN_PLINKS AutoOpenPlinks auto_open_plinks: u8,
        /// HWMP maximum number of path request retries.
        8 NL80211_MESHCONF_HWMP_MAX_PREQ_RETRIES HwmpMaxRequestRetries hwmp_max_request_retries: u8,
        /// Path refresh time in ms.
        9 NL80211_MESHCONF_PATH_REFRESH_TIME PathRefreshTime path_refresh_time: u32,
        /// Minimum discovery timeout in ms.
        10 NL80211_MESHCONF_MIN_DISCOVERY_TIMEOUT MinDiscoveryTimeout min_discovery_timeout: u16,
        /// HWMP active path timeout in TU of 1,024 µs.
        11 NL80211_MESHCONF_HWMP_ACTIVE_PATH_TIMEOUT HwmpActivePathTimeout hwmp_active_path_timeout: u32,
        /// HWMP minimum interval of path requests in TU of 1,024 µs.
        12 NL80211_MESHCONF_HWMP_PREQ_MIN_INTERVAL HwmpRequestInterval hwmp_request_interval: u16,
        /// HWMP time to cross the mesh in TU of 1,024 µs.
        13 NL80211_MESHCONF_HWMP_NET_DIAM_TRVS_TIME HwmpTraversalTime hwmp_traversal_time: u16,
        /// HWMP root mode, 0 to 4.
        14 NL80211_MESHCONF_HWMP_ROOTMODE HwmpRootMode hwmp_root_mode: u8,
        /// TTL of elements for path selection.
        15 NL80211_MESHCONF_ELEMENT_TTL ElementTtl element_ttl: u8,
        /// HWMP interval of root announcements in TU of 1,024 µs.
        16 NL80211_MESHCONF_HWMP_RANN_INTERVAL HwmpRootAnnouncementInterval hwmp_root_announcement_interval: u16,
        /// Gate announcements: 1 to send them.
        17 NL80211_MESHCONF_GATE_ANNOUNCEMENTS GateAnnouncements gate_announcements: u8,
        /// HWMP minimum interval of path errors in TU of 1,024 µs.
        18 NL80211_MESHCONF_HWMP_PERR_MIN_INTERVAL HwmpErrorInterval hwmp_error_interval: u16,
        /// Forwarding: 1 to use it.
        19 NL80211_MESHCONF_FORWARDING Forwarding forwarding: u8,
        /// RSSI threshold of peering in dBm; 0 for none.
        20 NL80211_MESHCONF_RSSI_THRESHOLD RssiThreshold rssi_threshold: i32,
        /// Maximum number of neighbors whose timers are followed.
        21 NL80211_MESHCONF_SYNC_OFFSET_MAX_NEIGHBOR MaxSyncNeighbors max_sync_neighbors: u32,
        /// HT operation mode.
        22 NL80211_MESHCONF_HT_OPMODE HtOperationMode ht_operation_mode: OperationMode,
        /// HWMP timeout of the path to the root in TU of 1,024 µs.
        23 NL80211_MESHCONF_HWMP_PATH_TO_ROOT_TIMEOUT HwmpPathToRootTimeout hwmp_path_to_root_timeout: u32,
        /// HWMP interval of a root's path requests in TU of 1,024 µs.
        24 NL80211_MESHCONF_HWMP_ROOT_INTERVAL HwmpRootInterval hwmp_root_interval: u16,
        /// HWMP minimum interval of confirmations in TU of 1,024 µs.
        25 NL80211_MESHCONF_HWMP_CONFIRMATION_INTERVAL HwmpConfirmationInterval hwmp_confirmation_interval: u16,
        /// Power mode of new peer links.
        26 NL80211_MESHCONF_POWER_MODE PowerMode power_mode: MeshPowerMode,
        /// Awake window in TU of 1,024 µs.
        27 NL80211_MESHCONF_AWAKE_WINDOW AwakeWindow awake_window: u16,
        /// Timeout of an inactive peer link in seconds.
        28 NL80211_MESHCONF_PLINK_TIMEOUT PlinkTimeout plink_timeout: u32,
        /// Connection to a gate: 1 if there is one.
        29 NL80211_MESHCONF_CONNECTED_TO_GATE ConnectedToGate connected_to_gate: u8,
        /// Paths to gates are not learned from forwarded frames: 1 to use it.
        30 NL80211_MESHCONF_NOLEARN NoLearn no_learn: u8,
        /// Connection to an authentication server: 1 if there is one.
        31 NL80211_MESHCONF_CONNECTED_TO_AS ConnectedToAuthServer connected_to_auth_server: u8,
    }
}

/// Holding timeout, sent as 16 bits. The kernel puts the interface's link index
/// (`NL80211_ATTR_IFINDEX`, 32 bits) between the parameters of an answer, under
/// the same type: the index reads as 0, and the timeout that follows it counts.
#[derive(Debug)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct HoldingTimeout(());

impl Form for HoldingTimeout {
    type Value<'a> = u16;
    const SHAPE: Shape = Shape::Unsigned(None, Notation::Decimal);

    field_is_value!();

    #[inline]
    fn decode<'a>(attribute: AttrRef<'a>, _: Attrs<'a>) -> Result<u16, DecodeError> {
        match attribute.u32() {
            Ok(_) => Ok(0),
            Err(_) => attribute.u16(),
        }
    }

    #[inline]
    fn encode<'w, 'b>(value: &u16, kind: u16, writer: &'w mut Writer<'b>) -> Put<'w, 'b> {
        writer.u16(kind, *value)
    }
}

attributes! {
    /// Mesh setup (`NL80211_MESH_SETUP_*`).
    pub set MeshSetup, enum MeshSetupAttr {
        /// Vendor path selection: 1 to use it.
        1 NL80211_MESH_SETUP_ENABLE_VENDOR_PATH_SEL VendorPathSelection vendor_path_selection: u8,
        /// Vendor metric: 1 to use it.
        2 NL80211_MESH_SETUP_ENABLE_VENDOR_METRIC VendorMetric vendor_metric: u8,
        /// Information elements for beacons, such as RSN.
        3 NL80211_MESH_SETUP_IE Elements elements: Bytes,
        /// User space authenticates.
        4 NL80211_MESH_SETUP_USERSPACE_AUTH UserAuthentication user_authentication: Flag,
        /// User space does the authenticated peering exchange.
        5 NL80211_MESH_SETUP_USERSPACE_AMPE UserAmpe user_ampe: Flag,
        /// Vendor synchronization: 1 to use it.
        6 NL80211_MESH_SETUP_ENABLE_VENDOR_SYNC VendorSync vendor_sync: u8,
        /// User space manages the peer links.
        7 NL80211_MESH_SETUP_USERSPACE_MPM UserPeering user_peering: Flag,
        /// Authentication protocol: 1 for SAE.
        8 NL80211_MESH_SETUP_AUTH_PROTOCOL AuthProtocol auth_protocol: u8,
    }
}
