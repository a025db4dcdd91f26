//! Requests of nl80211.
//!
//! Keys and associations, as a supplicant sets them:
//!
//! ```
//! use nlwire::codec::Hidden;
//! use nlwire::generic::nl80211::*;
//!
//! let (ap, ssid) = ([2, 0, 0, 0, 1, 0], b"home");
//! let open = [Nl80211Attr::AuthType(AuthType::OPEN_SYSTEM)];
//! let authenticate = Authenticate::of(3, &ap, 2437, ssid).with(&open);
//! let associate = Associate::of(3, &ap, 2437, ssid);
//! let key = [Nl80211Attr::KeyData(Hidden(&[7; 16]))];
//! let group = NewKey::of(3, 1, CipherSuite::CCMP).with(&key);
//! let pairwise = NewKey::pairwise(3, 0, CipherSuite::CCMP, &ap).with(&key);
//! let sequence = GetKey::pairwise(3, 0, &ap);
//! let cached = NewPmksa::of(3, &ap, &[1; 16]);
//!
//! // Reason 3: the station leaves.
//! let delete = DeleteKey::pairwise(3, 0, &ap).if_there();
//! let forget = DeletePmksa::of(3, &ap, &[1; 16]).if_there();
//! let disassociate = Disassociate::of(3, &ap, 3);
//! let deauthenticate = Deauthenticate::of(3, &ap, 3);
//! ```
//!
//! IBSS and mesh, channels and frames:
//!
//! ```
//! use nlwire::generic::nl80211::*;
//!
//! let join = JoinIbss::of_link(3, b"field", 2412);
//! let (to, by) = ([2, 0, 0, 0, 1, 0], [2, 0, 0, 0, 2, 0]);
//! let path = NewMeshPath::of(4, &to, &by);
//! let moved = SetMeshPath::of(4, &to, &[2, 0, 0, 0, 3, 0]);
//!
//! // 200 ms on channel 1, and a probe request there.
//! let stay = RemainOnChannel::of_link(3, 2412, 200);
//! let send = SendFrame::of_link(3, 2412, &[0x40; 24]);
//!
//! // Command 1 of the vendor 00:13:74.
//! let vendor = SendVendor::of_wiphy(0, 0x1374, 1);
//! ```

use super::super::family::requests;
use super::*;
use crate::{LinkIndex, Text};

requests! {
    Nl80211, Nl80211Attr, Nl80211Row, "wiphy, interface, station or another object";

    /// Reads a wiphy, as far as it fits one message; [`GetWiphys`] has all.
    Ask GetWiphy = NL80211_CMD_GET_WIPHY {
        /// Reads the wiphy with this number.
        by_index(wiphy: u32) { Wiphy(wiphy) }
        /// Reads the wiphy of this interface.
        of_link(link: impl Into<LinkIndex>) { Link(link.into()) }
    }
    /// Changes a wiphy: its name, channel, transmit power, antennas or thresholds.
    Act SetWiphy = NL80211_CMD_SET_WIPHY {
        /// Changes the wiphy with this number.
        by_index(wiphy: u32) { Wiphy(wiphy) }
        /// Changes the wiphy of this interface, and the channel of the interface.
        of_link(link: impl Into<LinkIndex>) { Link(link.into()) }
    }
    /// Moves a wiphy with its interfaces to another network namespace: `with`
    /// [`NamespaceFd`](Nl80211Attr::NamespaceFd) or [`PortId`](Nl80211Attr::PortId), a process.
    Act SetWiphyNamespace = NL80211_CMD_SET_WIPHY_NETNS {
        /// Moves the wiphy with this number.
        by_index(wiphy: u32) { Wiphy(wiphy) }
    }
    /// Reads the protocol features.
    Ask GetProtocolFeatures = NL80211_CMD_GET_PROTOCOL_FEATURES {
        /// Reads those of the family.
        of_family() {}
    }
    /// Lists interfaces.
    List GetInterfaces = NL80211_CMD_GET_INTERFACE {
        /// Lists the interfaces of all wiphys.
        all() {}
        /// Lists the interfaces of this wiphy.
        of_wiphy(wiphy: u32) { Wiphy(wiphy) }
    }
    /// Reads an interface.
    Ask GetInterface = NL80211_CMD_GET_INTERFACE {
        /// Reads the interface with this link index.
        of_link(link: impl Into<LinkIndex>) { Link(link.into()) }
        /// Reads the interface with this identifier, which may have no link.
        by_wdev(wdev: u64) { Wdev(wdev) }
    }
    /// Creates an interface, and returns it: `with` [`InterfaceType`](Nl80211Attr::InterfaceType).
    Ask NewInterface = NL80211_CMD_NEW_INTERFACE {
        /// Creates an interface of this wiphy with this link name.
        of_wiphy(wiphy: u32, name: impl Into<Text<'a>>) { Wiphy(wiphy), LinkName(name.into()) }
    }
    /// Changes an interface: its type, its mesh ID or its monitor flags.
    Act SetInterface = NL80211_CMD_SET_INTERFACE {
        /// Changes the interface with this link index.
        of_link(link: impl Into<LinkIndex>) { Link(link.into()) }
    }
    /// Deletes an interface.
    Delete(ENODEV) DeleteInterface = NL80211_CMD_DEL_INTERFACE {
        /// Deletes the interface with this link index.
        of_link(link: impl Into<LinkIndex>) { Link(link.into()) }
        /// Deletes the interface with this identifier.
        by_wdev(wdev: u64) { Wdev(wdev) }
    }
    /// Lists stations.
    List GetStations = NL80211_CMD_GET_STATION {
        /// Lists the stations of this interface.
        of_link(link: impl Into<LinkIndex>) { Link(link.into()) }
    }
    /// Reads a station.
    Ask GetStation = NL80211_CMD_GET_STATION {
        /// Reads the station of an interface with this MAC address.
        of(link: impl Into<LinkIndex>, mac: &'a [u8; 6]) { Link(link.into()), Mac(mac) }
    }
    /// Adds a station.
    Act NewStation = NL80211_CMD_NEW_STATION {
        /// Adds a station with this MAC address to an interface.
        of(link: impl Into<LinkIndex>, mac: &'a [u8; 6]) { Link(link.into()), Mac(mac) }
    }
    /// Changes a station: its flags, VLAN, peer link or transmit power.
    Act SetStation = NL80211_CMD_SET_STATION {
        /// Changes the station of an interface with this MAC address.
        of(link: impl Into<LinkIndex>, mac: &'a [u8; 6]) { Link(link.into()), Mac(mac) }
    }
    /// Deletes a station.
    Delete(ENOENT) DeleteStation = NL80211_CMD_DEL_STATION {
        /// Deletes the station of an interface with this MAC address.
        of(link: impl Into<LinkIndex>, mac: &'a [u8; 6]) { Link(link.into()), Mac(mac) }
        /// Deletes all stations of an interface.
        all(link: impl Into<LinkIndex>) { Link(link.into()) }
    }
    /// Starts a scan. Without attributes it is for any SSID on all frequencies.
    ///
    /// The group [`scan`](NL80211_MULTICAST_GROUP_SCAN) reports its end.
    Act TriggerScan = NL80211_CMD_TRIGGER_SCAN {
        /// Scans with this interface.
        of_link(link: impl Into<LinkIndex>) { Link(link.into()) }
    }
    /// Aborts a scan.
    Act AbortScan = NL80211_CMD_ABORT_SCAN {
        /// Aborts the scan of this interface.
        of_link(link: impl Into<LinkIndex>) { Link(link.into()) }
    }
    /// Lists scan results.
    List GetScan = NL80211_CMD_GET_SCAN {
        /// Lists the results of this interface.
        of_link(link: impl Into<LinkIndex>) { Link(link.into()) }
    }
    /// Starts a scheduled scan: `with` [`ScanPlans`](Nl80211Attr::ScanPlans) and
    /// [`SchedScanMatch`](Nl80211Attr::SchedScanMatch).
    Act StartScheduledScan = NL80211_CMD_START_SCHED_SCAN {
        /// Scans with this interface.
        of_link(link: impl Into<LinkIndex>) { Link(link.into()) }
    }
    /// Stops a scheduled scan.
    Act StopScheduledScan = NL80211_CMD_STOP_SCHED_SCAN {
        /// Stops the scan of this interface.
        of_link(link: impl Into<LinkIndex>) { Link(link.into()) }
    }
    /// Lists surveys of channels.
    List GetSurveys = NL80211_CMD_GET_SURVEY {
        /// Lists the surveys of this interface.
        of_link(link: impl Into<LinkIndex>) { Link(link.into()) }
    }
    /// Reads a regulatory domain.
    Ask GetRegulatory = NL80211_CMD_GET_REG {
        /// Reads the domain of all wiphys without one of their own.
        global() {}
        /// Reads the domain of this wiphy.
        of_wiphy(wiphy: u32) { Wiphy(wiphy) }
    }
    /// Lists regulatory domains.
    List GetRegulatories = NL80211_CMD_GET_REG {
        /// Lists the global domain and those of wiphys.
        all() {}
    }
    /// Requests the regulatory domain of a country.
    Act RequestRegulatory = NL80211_CMD_REQ_SET_REG {
        /// Requests the domain of this country code, such as `DE`; `00` is the world.
        of_country(country: impl Into<Text<'a>>) { Country(country.into()) }
    }
    /// Loads the regulatory database again.
    Act ReloadRegulatory = NL80211_CMD_RELOAD_REGDB {
        /// Loads the database of the kernel.
        of_kernel() {}
    }
    /// Connects to a BSS. The group [`mlme`](NL80211_MULTICAST_GROUP_MLME) reports the outcome.
    Act Connect = NL80211_CMD_CONNECT {
        /// Connects this interface to a BSS with this SSID.
        of_link(link: impl Into<LinkIndex>, ssid: &'a [u8]) { Link(link.into()), Ssid(ssid) }
    }
    /// Disconnects from a BSS.
    Act Disconnect = NL80211_CMD_DISCONNECT {
        /// Disconnects this interface.
        of_link(link: impl Into<LinkIndex>) { Link(link.into()) }
    }
    /// Authenticates with an AP: `with` [`AuthType`](Nl80211Attr::AuthType).
    Act Authenticate = NL80211_CMD_AUTHENTICATE {
        /// Authenticates with the AP of this BSSID, frequency in MHz and SSID.
        of(link: impl Into<LinkIndex>, bssid: &'a [u8; 6], frequency: u32, ssid: &'a [u8]) { Link(link.into()), Mac(bssid), Frequency(frequency), Ssid(ssid) }
    }
    /// Associates with an AP.
    Act Associate = NL80211_CMD_ASSOCIATE {
        /// Associates with the AP of this BSSID, frequency in MHz and SSID.
        of(link: impl Into<LinkIndex>, bssid: &'a [u8; 6], frequency: u32, ssid: &'a [u8]) { Link(link.into()), Mac(bssid), Frequency(frequency), Ssid(ssid) }
    }
    /// Deauthenticates from an AP.
    Act Deauthenticate = NL80211_CMD_DEAUTHENTICATE {
        /// Deauthenticates from this BSSID with a reason code of IEEE 802.11.
        of(link: impl Into<LinkIndex>, bssid: &'a [u8; 6], reason: u16) { Link(link.into()), Mac(bssid), Reason(reason) }
    }
    /// Disassociates from an AP.
    Act Disassociate = NL80211_CMD_DISASSOCIATE {
        /// Disassociates from this BSSID with a reason code of IEEE 802.11.
        of(link: impl Into<LinkIndex>, bssid: &'a [u8; 6], reason: u16) { Link(link.into()), Mac(bssid), Reason(reason) }
    }
    /// Starts an AP: `with` [`BeaconHead`](Nl80211Attr::BeaconHead),
    /// [`BeaconInterval`](Nl80211Attr::BeaconInterval) and
    /// [`DtimPeriod`](Nl80211Attr::DtimPeriod).
    Act StartAp = NL80211_CMD_START_AP {
        /// Starts an AP with this SSID on an interface.
        of_link(link: impl Into<LinkIndex>, ssid: &'a [u8]) { Link(link.into()), Ssid(ssid) }
    }
    /// Changes the beacon of an AP.
    Act SetBeacon = NL80211_CMD_SET_BEACON {
        /// Changes the beacon of this interface.
        of_link(link: impl Into<LinkIndex>) { Link(link.into()) }
    }
    /// Stops an AP.
    Act StopAp = NL80211_CMD_STOP_AP {
        /// Stops the AP of this interface.
        of_link(link: impl Into<LinkIndex>) { Link(link.into()) }
    }
    /// Changes the BSS of an AP.
    Act SetBss = NL80211_CMD_SET_BSS {
        /// Changes the BSS of this interface.
        of_link(link: impl Into<LinkIndex>) { Link(link.into()) }
    }
    /// Switches the channel of an AP, IBSS or mesh.
    Act SwitchChannel = NL80211_CMD_CHANNEL_SWITCH {
        /// Switches the channel of this interface after so many beacons.
        of_link(link: impl Into<LinkIndex>, beacons: u32) { Link(link.into()), ChannelSwitchCount(beacons) }
    }
    /// Joins an IBSS.
    Act JoinIbss = NL80211_CMD_JOIN_IBSS {
        /// Joins the IBSS with this SSID on a frequency in MHz.
        of_link(link: impl Into<LinkIndex>, ssid: &'a [u8], frequency: u32) { Link(link.into()), Ssid(ssid), Frequency(frequency) }
    }
    /// Leaves an IBSS.
    Act LeaveIbss = NL80211_CMD_LEAVE_IBSS {
        /// Leaves the IBSS of this interface.
        of_link(link: impl Into<LinkIndex>) { Link(link.into()) }
    }
    /// Joins a mesh.
    Act JoinMesh = NL80211_CMD_JOIN_MESH {
        /// Joins the mesh with this ID.
        of_link(link: impl Into<LinkIndex>, mesh: &'a [u8]) { Link(link.into()), MeshId(mesh) }
    }
    /// Leaves a mesh.
    Act LeaveMesh = NL80211_CMD_LEAVE_MESH {
        /// Leaves the mesh of this interface.
        of_link(link: impl Into<LinkIndex>) { Link(link.into()) }
    }
    /// Reads the mesh parameters.
    Ask GetMeshConfig = NL80211_CMD_GET_MESH_CONFIG {
        /// Reads the parameters of this interface.
        of_link(link: impl Into<LinkIndex>) { Link(link.into()) }
    }
    /// Changes the mesh parameters: `with` [`MeshConfig`](Nl80211Attr::MeshConfig).
    Act SetMeshConfig = NL80211_CMD_SET_MESH_CONFIG {
        /// Changes the parameters of this interface.
        of_link(link: impl Into<LinkIndex>) { Link(link.into()) }
    }
    /// Lists mesh paths.
    List GetMeshPaths = NL80211_CMD_GET_MPATH {
        /// Lists the paths of this interface.
        of_link(link: impl Into<LinkIndex>) { Link(link.into()) }
    }
    /// Lists mesh proxy paths.
    List GetMeshProxyPaths = NL80211_CMD_GET_MPP {
        /// Lists the proxy paths of this interface.
        of_link(link: impl Into<LinkIndex>) { Link(link.into()) }
    }
    /// Reads a mesh path.
    Ask GetMeshPath = NL80211_CMD_GET_MPATH {
        /// Reads the path to this MAC address.
        of(link: impl Into<LinkIndex>, mac: &'a [u8; 6]) { Link(link.into()), Mac(mac) }
    }
    /// Adds a mesh path.
    Act NewMeshPath = NL80211_CMD_NEW_MPATH {
        /// Adds a path to a MAC address by this next hop.
        of(link: impl Into<LinkIndex>, mac: &'a [u8; 6], next_hop: &'a [u8; 6]) { Link(link.into()), Mac(mac), NextHop(next_hop) }
    }
    /// Changes a mesh path.
    Act SetMeshPath = NL80211_CMD_SET_MPATH {
        /// Changes the next hop of the path to a MAC address.
        of(link: impl Into<LinkIndex>, mac: &'a [u8; 6], next_hop: &'a [u8; 6]) { Link(link.into()), Mac(mac), NextHop(next_hop) }
    }
    /// Deletes a mesh path.
    Delete(ENXIO) DeleteMeshPath = NL80211_CMD_DEL_MPATH {
        /// Deletes the path to this MAC address.
        of(link: impl Into<LinkIndex>, mac: &'a [u8; 6]) { Link(link.into()), Mac(mac) }
    }
    /// Reads the sequence counter of a key.
    Ask GetKey = NL80211_CMD_GET_KEY {
        /// Reads the group key with this index.
        of(link: impl Into<LinkIndex>, index: u8) { Link(link.into()), KeyIndex(index) }
        /// Reads the pairwise key of a station with this index.
        pairwise(link: impl Into<LinkIndex>, index: u8, mac: &'a [u8; 6]) { Link(link.into()), KeyIndex(index), Mac(mac) }
    }
    /// Adds a key: `with` [`KeyData`](Nl80211Attr::KeyData).
    Act NewKey = NL80211_CMD_NEW_KEY {
        /// Adds a group key with this index and cipher suite.
        of(link: impl Into<LinkIndex>, index: u8, cipher: CipherSuite) { Link(link.into()), KeyIndex(index), KeyCipher(cipher) }
        /// Adds a pairwise key of a station.
        pairwise(link: impl Into<LinkIndex>, index: u8, cipher: CipherSuite, mac: &'a [u8; 6]) { Link(link.into()), KeyIndex(index), KeyCipher(cipher), Mac(mac) }
    }
    /// Changes a key: makes it the default.
    Act SetKey = NL80211_CMD_SET_KEY {
        /// Changes the key with this index.
        of(link: impl Into<LinkIndex>, index: u8) { Link(link.into()), KeyIndex(index) }
    }
    /// Deletes a key.
    Delete(ENOENT) DeleteKey = NL80211_CMD_DEL_KEY {
        /// Deletes the group key with this index.
        of(link: impl Into<LinkIndex>, index: u8) { Link(link.into()), KeyIndex(index) }
        /// Deletes the pairwise key of a station with this index.
        pairwise(link: impl Into<LinkIndex>, index: u8, mac: &'a [u8; 6]) { Link(link.into()), KeyIndex(index), Mac(mac) }
    }
    /// Reads power save.
    Ask GetPowerSave = NL80211_CMD_GET_POWER_SAVE {
        /// Reads that of this interface.
        of_link(link: impl Into<LinkIndex>) { Link(link.into()) }
    }
    /// Sets power save.
    Act SetPowerSave = NL80211_CMD_SET_POWER_SAVE {
        /// Sets power save of this interface.
        of_link(link: impl Into<LinkIndex>, state: PowerSave) { Link(link.into()), PowerSave(state) }
    }
    /// Sets the connection quality monitor: `with` [`Cqm`](Nl80211Attr::Cqm).
    Act SetCqm = NL80211_CMD_SET_CQM {
        /// Sets the monitor of this interface.
        of_link(link: impl Into<LinkIndex>) { Link(link.into()) }
    }
    /// Limits the transmit rates: `with` [`TxRates`](Nl80211Attr::TxRates), else all are allowed.
    Act SetTxRates = NL80211_CMD_SET_TX_BITRATE_MASK {
        /// Limits the rates of this interface.
        of_link(link: impl Into<LinkIndex>) { Link(link.into()) }
    }
    /// Reads the WoWLAN triggers.
    Ask GetWowlan = NL80211_CMD_GET_WOWLAN {
        /// Reads the triggers of this wiphy.
        of_wiphy(wiphy: u32) { Wiphy(wiphy) }
    }
    /// Sets the WoWLAN triggers: `with` [`WowlanTriggers`](Nl80211Attr::WowlanTriggers), else none.
    Act SetWowlan = NL80211_CMD_SET_WOWLAN {
        /// Sets the triggers of this wiphy.
        of_wiphy(wiphy: u32) { Wiphy(wiphy) }
    }
    /// Reads the coalesce rules.
    Ask GetCoalesce = NL80211_CMD_GET_COALESCE {
        /// Reads the rules of this wiphy.
        of_wiphy(wiphy: u32) { Wiphy(wiphy) }
    }
    /// Sets the coalesce rules.
    Act SetCoalesce = NL80211_CMD_SET_COALESCE {
        /// Sets the rules of this wiphy.
        of_wiphy(wiphy: u32) { Wiphy(wiphy) }
    }
    /// Stays on a channel for a time, and returns the cookie.
    Ask RemainOnChannel = NL80211_CMD_REMAIN_ON_CHANNEL {
        /// Stays on a frequency in MHz for a time in ms.
        of_link(link: impl Into<LinkIndex>, frequency: u32, duration: u32) { Link(link.into()), Frequency(frequency), Duration(duration) }
    }
    /// Ends the stay on a channel.
    Act CancelRemainOnChannel = NL80211_CMD_CANCEL_REMAIN_ON_CHANNEL {
        /// Ends the stay with this cookie.
        of_link(link: impl Into<LinkIndex>, cookie: u64) { Link(link.into()), Cookie(cookie) }
    }
    /// Registers for received management frames: `with` [`FrameMatch`](Nl80211Attr::FrameMatch).
    Act RegisterFrame = NL80211_CMD_REGISTER_FRAME {
        /// Registers for frames of this type and subtype, such as 0x40 for probe requests.
        of_link(link: impl Into<LinkIndex>, frame_type: u16) { Link(link.into()), FrameType(frame_type) }
    }
    /// Sends a management frame, and returns the cookie.
    Ask SendFrame = NL80211_CMD_FRAME {
        /// Sends this frame on a frequency in MHz.
        of_link(link: impl Into<LinkIndex>, frequency: u32, frame: &'a [u8]) { Link(link.into()), Frequency(frequency), Frame(frame) }
    }
    /// Adds a PMKSA to the cache: `with` [`Pmk`](Nl80211Attr::Pmk).
    Act NewPmksa = NL80211_CMD_SET_PMKSA {
        /// Adds the PMKSA of a BSSID and a PMKID.
        of(link: impl Into<LinkIndex>, bssid: &'a [u8; 6], pmkid: &'a [u8; 16]) { Link(link.into()), Mac(bssid), Pmkid(pmkid) }
    }
    /// Deletes a PMKSA from the cache.
    Delete(ENOENT) DeletePmksa = NL80211_CMD_DEL_PMKSA {
        /// Deletes the PMKSA of a BSSID and a PMKID.
        of(link: impl Into<LinkIndex>, bssid: &'a [u8; 6], pmkid: &'a [u8; 16]) { Link(link.into()), Mac(bssid), Pmkid(pmkid) }
    }
    /// Empties the cache of PMKSAs.
    Act FlushPmksas = NL80211_CMD_FLUSH_PMKSA {
        /// Empties the cache of this interface.
        of_link(link: impl Into<LinkIndex>) { Link(link.into()) }
    }
    /// Sets the SAR limits: `with` [`SarSpec`](Nl80211Attr::SarSpec).
    Act SetSar = NL80211_CMD_SET_SAR_SPECS {
        /// Sets the limits of this wiphy.
        of_wiphy(wiphy: u32) { Wiphy(wiphy) }
    }
    /// Sends a vendor command, whose answer depends on the vendor.
    Ask SendVendor = NL80211_CMD_VENDOR {
        /// Sends a command of a vendor to this wiphy.
        of_wiphy(wiphy: u32, vendor: u32, command: u32) { Wiphy(wiphy), VendorId(vendor), VendorCommand(command) }
    }
    /// Starts a peer measurement: `with` [`PeerMeasurements`](Nl80211Attr::PeerMeasurements).
    Ask StartMeasurement = NL80211_CMD_PEER_MEASUREMENT_START {
        /// Measures with this interface.
        of_link(link: impl Into<LinkIndex>) { Link(link.into()) }
    }
    /// Starts a P2P device.
    Act StartP2pDevice = NL80211_CMD_START_P2P_DEVICE {
        /// Starts the device with this identifier.
        by_wdev(wdev: u64) { Wdev(wdev) }
    }
    /// Stops a P2P device.
    Act StopP2pDevice = NL80211_CMD_STOP_P2P_DEVICE {
        /// Stops the device with this identifier.
        by_wdev(wdev: u64) { Wdev(wdev) }
    }
}
