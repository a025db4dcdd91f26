//! `batadv`: meshes of B.A.T.M.A.N. Advanced, as `batctl` shows and sets them
//! (`linux/batman_adv.h`).
//!
//! ```
//! use nlwire::generic::batadv::{BatadvAttr, GetOriginators, SetMesh, StartTest};
//!
//! let nodes = GetOriginators::of_mesh(7);
//! let set = SetMesh::of_mesh(7).with(&[BatadvAttr::OriginatorInterval(1000)]);
//! // batctl throughputmeter -t 5000 02:00:00:00:00:01
//! let test = StartTest::to(7, &[2, 0, 0, 0, 0, 1], 5000);
//! ```
//!
//! A node becomes a gateway with 10 Mbit/s down and 2 up, gives `eth0` a penalty,
//! isolates the Wi-Fi clients on VLAN 10, and reads the settings back, as by `batctl
//! gw_mode server 10000/2000`, `batctl hardif eth0 hop_penalty 30` and `batctl vlan
//! bat0.10 ap_isolation 1`:
//!
//! ```
//! use nlwire::fields;
//! use nlwire::generic::batadv::*;
//!
//! // Bandwidths are in units of 100 kbit/s.
//! let gateway = [
//!     BatadvAttr::GatewayMode(GatewayMode::SERVER),
//!     BatadvAttr::GatewayDown(100),
//!     BatadvAttr::GatewayUp(20),
//! ];
//! let set = SetMesh::of_mesh(7).with(&gateway);
//! let set_link = SetHardLink::of_mesh(7, 2).with(&[BatadvAttr::HopPenalty(30)]);
//! let set_vlan = SetVlan::of_mesh(7, 10).with(&[BatadvAttr::ApIsolation(1)]);
//!
//! let mesh = GetMesh::of_mesh(7);
//! let link = GetHardLink::of_mesh(7, 2);
//! let links = GetHardLinks::of_mesh(7);
//! let vlan = GetVlan::of_mesh(7, 10);
//!
//! /// Prints a link of the mesh.
//! fn print(row: &BatadvRow<'_>) -> Result<(), nlwire::DecodeError> {
//!     let found = fields!(row.attributes => Batadv { hard_link_name, active, hop_penalty })?;
//!     println!(
//!         "{:?}, active {}: {:?}",
//!         found.hard_link_name,
//!         found.active.unwrap_or_default(),
//!         found.hop_penalty
//!     );
//!     Ok(())
//! }
//! ```
//!
//! Tables of a mesh, as `batctl` prints each under the name in the comment:
//!
//! ```
//! use nlwire::fields;
//! use nlwire::generic::batadv::*;
//!
//! let clients = GetLocalClients::of_mesh(7); // translocal
//! let all_clients = GetGlobalClients::of_mesh(7); // transglobal
//! let gateways = GetGateways::of_mesh(7); // gwl
//! let claims = GetClaims::of_mesh(7); // claimtable
//! let backbones = GetBackbones::of_mesh(7); // backbonetable
//! let arp = GetArpTable::of_mesh(7); // dat_cache
//! let multicast = GetMulticastFlags::of_mesh(7); // mcast_flags
//! let neighbours = GetNeighbours::of_mesh(7); // neighbors
//! let algorithms = GetAlgorithms::all(); // routing_algo
//!
//! /// Prints a client and the node behind which it is.
//! fn print(row: &BatadvRow<'_>) -> Result<(), nlwire::DecodeError> {
//!     let found = fields!(row.attributes => Batadv { client, originator, client_flags })?;
//!     println!("{:x?} by {:x?}: {:?}", found.client, found.originator, found.client_flags);
//!     Ok(())
//! }
//! ```
//!
//! A throughput test ends early; [`Change::Test`] reports
//! [`TestResult::CANCELLED`]:
//!
//! ```
//! use nlwire::generic::batadv::CancelTest;
//!
//! let cancel = CancelTest::to(7, &[2, 0, 0, 0, 0, 1]);
//! ```

use super::family::{changes, family, requests};
use crate::codec::{Bytes, Flag, Hardware, Ip, Text};
use crate::{LinkIndex, attributes, flags, numbers};

family! {
    name BATADV_NL_NAME "batadv";
    version BATADV_GENL_VERSION 1;
    group BATADV_NL_MCAST_GROUP_CONFIG "config" "changed settings: [`Change`].";
    group BATADV_NL_MCAST_GROUP_TPMETER "tpmeter" "results of throughput tests: [`Change`].";
    command 1 BATADV_CMD_GET_MESH Batadv "Reads the settings of a mesh.";
    command 2 BATADV_CMD_TP_METER Batadv "Starts a throughput test, or reports its result.";
    command 3 BATADV_CMD_TP_METER_CANCEL Batadv "Cancels a throughput test.";
    command 4 BATADV_CMD_GET_ROUTING_ALGOS Batadv "Lists the routing algorithms.";
    command 5 BATADV_CMD_GET_HARDIF Batadv "Reads a link of a mesh, or lists all.";
    command 6 BATADV_CMD_GET_TRANSTABLE_LOCAL Batadv "Lists the clients of this node.";
    command 7 BATADV_CMD_GET_TRANSTABLE_GLOBAL Batadv "Lists the clients of all nodes.";
    command 8 BATADV_CMD_GET_ORIGINATORS Batadv "Lists the nodes.";
    command 9 BATADV_CMD_GET_NEIGHBORS Batadv "Lists the neighbours.";
    command 10 BATADV_CMD_GET_GATEWAYS Batadv "Lists the gateways.";
    command 11 BATADV_CMD_GET_BLA_CLAIM Batadv "Lists the claims of bridge loop avoidance.";
    command 12 BATADV_CMD_GET_BLA_BACKBONE Batadv "Lists the backbones of bridge loop avoidance.";
    command 13 BATADV_CMD_GET_DAT_CACHE Batadv "Lists the distributed ARP table.";
    command 14 BATADV_CMD_GET_MCAST_FLAGS Batadv "Lists the multicast flags of nodes.";
    command 15 BATADV_CMD_SET_MESH Batadv "Changes the settings of a mesh, or reports that.";
    command 16 BATADV_CMD_SET_HARDIF Batadv "Changes a link of a mesh, or reports that.";
    command 17 BATADV_CMD_GET_VLAN Batadv "Reads a VLAN of a mesh.";
    command 18 BATADV_CMD_SET_VLAN Batadv "Changes a VLAN of a mesh, or reports that.";
}

requests! {
    Batadv, BatadvAttr, BatadvRow, "mesh";

    /// Reads the settings of a mesh.
    Ask GetMesh = BATADV_CMD_GET_MESH {
        /// Reads the settings of the mesh with this link.
        of_mesh(mesh: impl Into<LinkIndex>) { Mesh(mesh.into()) }
    }
    /// Changes the settings of a mesh.
    Act SetMesh = BATADV_CMD_SET_MESH {
        /// Changes the mesh with this link.
        of_mesh(mesh: impl Into<LinkIndex>) { Mesh(mesh.into()) }
    }
    /// Reads a link of a mesh.
    Ask GetHardLink = BATADV_CMD_GET_HARDIF {
        /// Reads a link of this mesh.
        of_mesh(mesh: impl Into<LinkIndex>, link: impl Into<LinkIndex>) {
            Mesh(mesh.into()), HardLink(link.into())
        }
    }
    /// Lists the links of a mesh.
    List GetHardLinks = BATADV_CMD_GET_HARDIF {
        /// Lists the links of this mesh.
        of_mesh(mesh: impl Into<LinkIndex>) { Mesh(mesh.into()) }
    }
    /// Changes a link of a mesh.
    Act SetHardLink = BATADV_CMD_SET_HARDIF {
        /// Changes a link of this mesh.
        of_mesh(mesh: impl Into<LinkIndex>, link: impl Into<LinkIndex>) {
            Mesh(mesh.into()), HardLink(link.into())
        }
    }
    /// Reads a VLAN of a mesh.
    Ask GetVlan = BATADV_CMD_GET_VLAN {
        /// Reads a VLAN of this mesh.
        of_mesh(mesh: impl Into<LinkIndex>, vlan: u16) { Mesh(mesh.into()), Vlan(vlan) }
    }
    /// Changes a VLAN of a mesh.
    Act SetVlan = BATADV_CMD_SET_VLAN {
        /// Changes a VLAN of this mesh.
        of_mesh(mesh: impl Into<LinkIndex>, vlan: u16) { Mesh(mesh.into()), Vlan(vlan) }
    }
    /// Lists the routing algorithms.
    List GetAlgorithms = BATADV_CMD_GET_ROUTING_ALGOS {
        /// Lists the algorithms that the kernel has.
        all() {}
    }
    /// Lists the clients of this node.
    List GetLocalClients = BATADV_CMD_GET_TRANSTABLE_LOCAL {
        /// Lists the clients in this mesh.
        of_mesh(mesh: impl Into<LinkIndex>) { Mesh(mesh.into()) }
    }
    /// Lists the clients of all nodes.
    List GetGlobalClients = BATADV_CMD_GET_TRANSTABLE_GLOBAL {
        /// Lists the clients in this mesh.
        of_mesh(mesh: impl Into<LinkIndex>) { Mesh(mesh.into()) }
    }
    /// Lists the nodes of a mesh, with each path to them.
    List GetOriginators = BATADV_CMD_GET_ORIGINATORS {
        /// Lists the nodes of this mesh.
        of_mesh(mesh: impl Into<LinkIndex>) { Mesh(mesh.into()) }
    }
    /// Lists the neighbours.
    List GetNeighbours = BATADV_CMD_GET_NEIGHBORS {
        /// Lists the neighbours in this mesh.
        of_mesh(mesh: impl Into<LinkIndex>) { Mesh(mesh.into()) }
    }
    /// Lists the gateways.
    List GetGateways = BATADV_CMD_GET_GATEWAYS {
        /// Lists the gateways of this mesh.
        of_mesh(mesh: impl Into<LinkIndex>) { Mesh(mesh.into()) }
    }
    /// Lists the claims of bridge loop avoidance.
    List GetClaims = BATADV_CMD_GET_BLA_CLAIM {
        /// Lists the claims in this mesh.
        of_mesh(mesh: impl Into<LinkIndex>) { Mesh(mesh.into()) }
    }
    /// Lists the backbones of bridge loop avoidance.
    List GetBackbones = BATADV_CMD_GET_BLA_BACKBONE {
        /// Lists the backbones of this mesh.
        of_mesh(mesh: impl Into<LinkIndex>) { Mesh(mesh.into()) }
    }
    /// Lists the distributed ARP table.
    List GetArpTable = BATADV_CMD_GET_DAT_CACHE {
        /// Lists the table of this mesh.
        of_mesh(mesh: impl Into<LinkIndex>) { Mesh(mesh.into()) }
    }
    /// Lists the multicast flags of nodes.
    List GetMulticastFlags = BATADV_CMD_GET_MCAST_FLAGS {
        /// Lists the flags in this mesh.
        of_mesh(mesh: impl Into<LinkIndex>) { Mesh(mesh.into()) }
    }
    /// Starts a throughput test to a node, and returns its cookie.
    Ask StartTest = BATADV_CMD_TP_METER {
        /// Tests for this time in milliseconds.
        to(mesh: impl Into<LinkIndex>, node: &'a [u8; 6], milliseconds: u32) {
            Mesh(mesh.into()), Originator(node), TestTime(milliseconds)
        }
    }
    /// Cancels a throughput test.
    Act CancelTest = BATADV_CMD_TP_METER_CANCEL {
        /// Cancels the test to this node.
        to(mesh: impl Into<LinkIndex>, node: &'a [u8; 6]) {
            Mesh(mesh.into()), Originator(node)
        }
    }
}

changes! {
    /// Notification of the groups [`BATADV_NL_MCAST_GROUP_CONFIG`] and
    /// [`BATADV_NL_MCAST_GROUP_TPMETER`].
    Change {
        /// Changed settings of a mesh.
        Mesh(Batadv) = BATADV_CMD_SET_MESH;
        /// Changed settings of a link.
        HardLink(Batadv) = BATADV_CMD_SET_HARDIF;
        /// Changed settings of a VLAN.
        Vlan(Batadv) = BATADV_CMD_SET_VLAN;
        /// Result of a throughput test.
        Test(Batadv) = BATADV_CMD_TP_METER;
    }
}

flags! {
    /// Flags of a client.
    pub struct ClientFlags(u32) {
        /// The client is to be deleted.
        DELETED = 0x1 "BATADV_TT_CLIENT_DEL" "del";
        /// The client moved to another node.
        ROAMED = 0x2 "BATADV_TT_CLIENT_ROAM" "roam";
        /// The client is connected by Wi-Fi.
        WIFI = 0x10 "BATADV_TT_CLIENT_WIFI" "wifi";
        /// The client is isolated.
        ISOLATED = 0x20 "BATADV_TT_CLIENT_ISOLA" "isola";
        /// The client is never purged.
        NO_PURGE = 0x100 "BATADV_TT_CLIENT_NOPURGE" "nopurge";
        /// The client is not announced yet.
        NEW = 0x200 "BATADV_TT_CLIENT_NEW" "new";
        /// The client is about to be removed.
        PENDING = 0x400 "BATADV_TT_CLIENT_PENDING" "pending";
        /// The client was seen, and no node has announced it.
        TEMPORARY = 0x800 "BATADV_TT_CLIENT_TEMP" "temp";
    }
}

flags! {
    /// Own multicast flags.
    pub struct MulticastFlags(u32) {
        /// A bridge lies above the mesh.
        BRIDGED = 0x1 "BATADV_MCAST_FLAGS_BRIDGED" "bridged";
        /// The mesh has an IGMP querier.
        QUERIER_V4 = 0x2 "BATADV_MCAST_FLAGS_QUERIER_IPV4_EXISTS" "querier-ipv4-exists";
        /// The mesh has an MLD querier.
        QUERIER_V6 = 0x4 "BATADV_MCAST_FLAGS_QUERIER_IPV6_EXISTS" "querier-ipv6-exists";
        /// The IGMP querier may hide listeners, as it is behind the own bridge.
        SHADOWING_V4 = 0x8 "BATADV_MCAST_FLAGS_QUERIER_IPV4_SHADOWING" "querier-ipv4-shadowing";
        /// The MLD querier may hide listeners, as it is behind the own bridge.
        SHADOWING_V6 = 0x10 "BATADV_MCAST_FLAGS_QUERIER_IPV6_SHADOWING" "querier-ipv6-shadowing";
    }
}

numbers! {
    /// Mode of a gateway.
    pub struct GatewayMode(u8) {
        OFF = 0 "BATADV_GW_MODE_OFF" "off";
        /// Sends DHCP requests to gateways.
        CLIENT = 1 "BATADV_GW_MODE_CLIENT" "client";
        /// Announces itself as a gateway.
        SERVER = 2 "BATADV_GW_MODE_SERVER" "server";
    }
}

numbers! {
    /// Result of a throughput test.
    pub struct TestResult(u8) {
        COMPLETE = 3 "BATADV_TP_REASON_COMPLETE" "complete";
        CANCELLED = 4 "BATADV_TP_REASON_CANCEL" "cancel";
        UNREACHABLE = 128 "BATADV_TP_REASON_DST_UNREACHABLE" "dst-unreachable";
        RESEND_LIMIT = 129 "BATADV_TP_REASON_RESEND_LIMIT" "resend-limit";
        ALREADY_ONGOING = 130 "BATADV_TP_REASON_ALREADY_ONGOING" "already-ongoing";
        MEMORY_ERROR = 131 "BATADV_TP_REASON_MEMORY_ERROR" "memory-error";
        CANT_SEND = 132 "BATADV_TP_REASON_CANT_SEND" "cant-send";
        TOO_MANY = 133 "BATADV_TP_REASON_TOO_MANY" "too-many";
    }
}

attributes! {
    /// Mesh, node, client or link (`BATADV_ATTR_*`).
    pub set Batadv, enum BatadvAttr {
        /// Version of the module.
        1 BATADV_ATTR_VERSION Version version: Text,
        /// Name of the routing algorithm.
        2 BATADV_ATTR_ALGO_NAME Algorithm algorithm: Text,
        /// Link index of the mesh.
        3 BATADV_ATTR_MESH_IFINDEX Mesh mesh: LinkIndex,
        /// Link name of the mesh.
        4 BATADV_ATTR_MESH_IFNAME MeshName mesh_name: Text,
        /// MAC address of the mesh.
        5 BATADV_ATTR_MESH_ADDRESS MeshAddress mesh_address: Hardware,
        /// Index of a link in the mesh.
        6 BATADV_ATTR_HARD_IFINDEX HardLink hard_link: LinkIndex,
        /// Name of a link in the mesh.
        7 BATADV_ATTR_HARD_IFNAME HardLinkName hard_link_name: Text,
        /// MAC address of a link in the mesh.
        8 BATADV_ATTR_HARD_ADDRESS HardAddress hard_address: Hardware,
        /// MAC address of a node.
        9 BATADV_ATTR_ORIG_ADDRESS Originator originator: Hardware,
        /// Result of a throughput test.
        10 BATADV_ATTR_TPMETER_RESULT TestResult test_result: TestResult,
        /// Duration of a throughput test in milliseconds.
        11 BATADV_ATTR_TPMETER_TEST_TIME TestTime test_time: u32,
        /// Number of bytes that a throughput test transferred.
        12 BATADV_ATTR_TPMETER_BYTES TestBytes test_bytes: u64,
        /// Cookie of a throughput test.
        13 BATADV_ATTR_TPMETER_COOKIE TestCookie test_cookie: u32,
        /// Padding.
        14 BATADV_ATTR_PAD Pad pad: Bytes,
        /// True if the link is active.
        15 BATADV_ATTR_ACTIVE Active active: Flag,
        /// MAC address of a client.
        16 BATADV_ATTR_TT_ADDRESS Client client: Hardware,
        /// Version of the translation table.
        17 BATADV_ATTR_TT_TTVN TableVersion table_version: u8,
        /// Previous version of the translation table.
        18 BATADV_ATTR_TT_LAST_TTVN LastTableVersion last_table_version: u8,
        /// CRC-32 of the translation table.
        19 BATADV_ATTR_TT_CRC32 TableCrc table_crc: u32,
        /// VLAN ID of a client; bit 15 says that there is one.
        20 BATADV_ATTR_TT_VID ClientVlan client_vlan: u16,
        /// Flags of a client: [`ClientFlags`].
        21 BATADV_ATTR_TT_FLAGS ClientFlags client_flags: ClientFlags,
        /// True for the best entry.
        22 BATADV_ATTR_FLAG_BEST Best best: Flag,
        /// Time in milliseconds since the node or client was seen.
        23 BATADV_ATTR_LAST_SEEN_MSECS LastSeen last_seen: u32,
        /// MAC address of a neighbour, the next hop.
        24 BATADV_ATTR_NEIGH_ADDRESS Neighbour neighbour: Hardware,
        /// Transmission quality, 0 to 255.
        25 BATADV_ATTR_TQ Quality quality: u8,
        /// Estimated throughput in units of 100 kbit/s.
        26 BATADV_ATTR_THROUGHPUT Throughput throughput: u32,
        /// Upload bandwidth of a gateway in units of 100 kbit/s.
        27 BATADV_ATTR_BANDWIDTH_UP BandwidthUp bandwidth_up: u32,
        /// Download bandwidth of a gateway in units of 100 kbit/s.
        28 BATADV_ATTR_BANDWIDTH_DOWN BandwidthDown bandwidth_down: u32,
        /// MAC address of the next hop to a gateway.
        29 BATADV_ATTR_ROUTER Router router: Hardware,
        /// True if the claim or backbone is this node's own.
        30 BATADV_ATTR_BLA_OWN Own own: Flag,
        /// MAC address of a claimed client.
        31 BATADV_ATTR_BLA_ADDRESS ClaimAddress claim_address: Hardware,
        /// VLAN ID of a claim; bit 15 says that there is one.
        32 BATADV_ATTR_BLA_VID ClaimVlan claim_vlan: u16,
        /// MAC address of a backbone.
        33 BATADV_ATTR_BLA_BACKBONE Backbone backbone: Hardware,
        /// CRC-16 of a backbone's claims.
        34 BATADV_ATTR_BLA_CRC ClaimCrc claim_crc: u16,
        /// IPv4 address in the distributed ARP table.
        35 BATADV_ATTR_DAT_CACHE_IP4ADDRESS ArpIp arp_ip: Ip,
        /// MAC address in the distributed ARP table.
        36 BATADV_ATTR_DAT_CACHE_HWADDRESS ArpAddress arp_address: Hardware,
        /// VLAN ID in the distributed ARP table; bit 15 says that there is one.
        37 BATADV_ATTR_DAT_CACHE_VID ArpVlan arp_vlan: u16,
        /// Multicast flags of a node, as its packets have them.
        38 BATADV_ATTR_MCAST_FLAGS MulticastFlags multicast_flags: u32,
        /// Own multicast flags: [`MulticastFlags`].
        39 BATADV_ATTR_MCAST_FLAGS_PRIV OwnMulticastFlags own_multicast_flags: MulticastFlags,
        /// VLAN ID of a VLAN above the mesh.
        40 BATADV_ATTR_VLANID Vlan vlan: u16,
        /// 1 if messages of the protocol are aggregated.
        41 BATADV_ATTR_AGGREGATED_OGMS_ENABLED AggregatedOgms aggregated_ogms: u8,
        /// 1 if Wi-Fi clients cannot reach each other.
        42 BATADV_ATTR_AP_ISOLATION_ENABLED ApIsolation ap_isolation: u8,
        /// Mark of packets from isolated clients.
        43 BATADV_ATTR_ISOLATION_MARK IsolationMark isolation_mark: u32,
        /// Mask of that mark.
        44 BATADV_ATTR_ISOLATION_MASK IsolationMask isolation_mask: u32,
        /// 1 if packets use several links at once.
        45 BATADV_ATTR_BONDING_ENABLED Bonding bonding: u8,
        /// 1 if loops with bridges are avoided.
        46 BATADV_ATTR_BRIDGE_LOOP_AVOIDANCE_ENABLED LoopAvoidance loop_avoidance: u8,
        /// 1 if the distributed ARP table answers ARP requests.
        47 BATADV_ATTR_DISTRIBUTED_ARP_TABLE_ENABLED DistributedArp distributed_arp: u8,
        /// 1 if packets beyond the MTU are fragmented.
        48 BATADV_ATTR_FRAGMENTATION_ENABLED Fragmentation fragmentation: u8,
        /// Announced download bandwidth in units of 100 kbit/s.
        49 BATADV_ATTR_GW_BANDWIDTH_DOWN GatewayDown gateway_down: u32,
        /// Announced upload bandwidth in units of 100 kbit/s.
        50 BATADV_ATTR_GW_BANDWIDTH_UP GatewayUp gateway_up: u32,
        /// Mode of the gateway.
        51 BATADV_ATTR_GW_MODE GatewayMode gateway_mode: GatewayMode,
        /// Criterion by which a client chooses a gateway.
        52 BATADV_ATTR_GW_SEL_CLASS GatewayClass gateway_class: u32,
        /// Penalty of each hop, 0 to 255.
        53 BATADV_ATTR_HOP_PENALTY HopPenalty hop_penalty: u8,
        /// Messages of the log, as a bit mask.
        54 BATADV_ATTR_LOG_LEVEL LogLevel log_level: u32,
        /// 1 if multicast packets are flooded.
        55 BATADV_ATTR_MULTICAST_FORCEFLOOD_ENABLED MulticastFlood multicast_flood: u8,
        /// 1 if network coding is enabled; removed in Linux 6.16.
        56 BATADV_ATTR_NETWORK_CODING_ENABLED NetworkCoding network_coding: u8,
        /// Interval of the protocol's messages in milliseconds.
        57 BATADV_ATTR_ORIG_INTERVAL OriginatorInterval originator_interval: u32,
        /// Interval of link probes in milliseconds.
        58 BATADV_ATTR_ELP_INTERVAL ProbeInterval probe_interval: u32,
        /// Throughput of the link in units of 100 kbit/s; 0 to estimate it.
        59 BATADV_ATTR_THROUGHPUT_OVERRIDE ThroughputOverride throughput_override: u32,
        /// Maximum number of unicast copies of a multicast packet.
        60 BATADV_ATTR_MULTICAST_FANOUT MulticastFanout multicast_fanout: u32,
    }
}
