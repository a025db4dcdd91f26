//! Firewalls, sockets, processes, generic families, IPsec.

use super::route::GTP;
use super::{NO, Row};

const ENDPOINT: &str = "genl::mptcp_endpoints_both_ways_round";
const METRICS: &str = "genl::tcp_metrics_are_those_of_ip";
const SEGMENTS: &str = "genl::segment_routing_both_ways_round";
const IOAM: &str = "genl::ioam_both_ways_round";
pub(super) const FOU: &str = "genl_tools::fou_ports_both_ways_round";
pub(super) const ILA: &str = "genl_tools::ila_mappings_both_ways_round";
pub(super) const L2TP: &str = "genl_tools::l2tp_tunnels_both_ways_round";
pub(super) const MACSEC: &str = "genl_tools::macsec_channels_both_ways_round";
pub(super) const IPVS: &str = "genl_tools::ipvs_services_both_ways_round";
pub(super) const RADIO: &str = "wireless::radios_both_ways_round";
pub(super) const WIPHY: &str = "wireless::wiphys_are_those_of_iw";
pub(super) const WIRELESS: &str = "wireless::interfaces_both_ways_round";
pub(super) const REGULATORY: &str = "wireless::regulatory_domains_both_ways_round";
pub(super) const SCAN: &str = "wireless::a_scan_is_that_of_iw";
pub(super) const STATION: &str = "wireless::connections_both_ways_round";
pub(super) const ACCESS_POINT: &str = "wireless::an_access_point_is_seen_by_iw";
pub(super) const IBSS: &str = "wireless::an_ibss_is_joined_both_ways_round";
pub(super) const MESH: &str = "wireless::a_mesh_both_ways_round";
pub(super) const DATAPATH: &str = "openvswitch::datapaths_and_ports_both_ways_round";
pub(super) const FLOW: &str = "openvswitch::flows_both_ways_round";
pub(super) const METER: &str = "openvswitch::meters_are_set_and_read";
pub(super) const LIMIT: &str = "openvswitch::limits_of_connections_both_ways_round";
pub(super) const TEAM: &str = "genl_devices::teams_both_ways_round";
pub(super) const BLOCK: &str = "genl_devices::block_devices_both_ways_round";
pub(super) const BATMAN: &str = "genl_devices::meshes_both_ways_round";
pub(super) const TIPC: &str = "genl_others::tipc_bearers_both_ways_round";
pub(super) const QUOTA: &str = "genl_others::warnings_of_quotas_are_seen";
pub(super) const SAMPLE: &str = "genl_packets::packets_that_tc_samples_are_seen";
pub(super) const DROP: &str = "genl_packets::dropped_packets_are_seen";
pub(super) const THERMAL: &str = "genl_machine::thermal_zones_are_those_of_sysfs";
pub(super) const ACPI: &str = "genl_machine::temperatures_and_events_of_acpi_are_seen";
const CGROUP: &str = "genl_machine::control_groups_have_their_tasks";
pub(super) const SMC: &str = "genl_machine::names_of_smc_are_added_and_deleted";
pub(super) const VDPA: &str = "genl_machine::management_devices_are_those_of_vdpa";
pub(super) const NFSD: &str = "genl_machine::versions_of_nfs_are_those_of_proc";
const QUEUES: &str = "genl::queues_and_xdp_features_are_those_of_the_links";
const NFT: &str = "netfilter::a_table_and_what_is_in_it";
const OF_NFT: &str = "nftables::we_see_what_nft_makes";
const NFT_EVENTS: &str = "nftables::changes_are_watched";
const IPSET: &str = "ipset::hashes_both_ways_round";
const IPSETS: &str = "ipset::sets_are_renamed_swapped_flushed_and_destroyed";
const ENTRY: &str = "ipset::entries_are_looked_up_and_deleted";
const CONNECTION: &str = "packets::a_connection_is_made_changed_read_and_deleted";
const PACKET: &str = "packets::a_packet_is_queued_accepted_logged_and_tracked";
const QUEUE: &str = "netfilter::a_queue_is_bound_and_unbound";
const LOG: &str = "netfilter::a_log_is_bound_and_unbound";
const SOCKET: &str = "requests::a_destroyed_socket_is_reported";
const TASKSTATS: &str = "generic::taskstats_of_the_own_process";
const PROCESS: &str = "processes::a_fork_an_exec_and_an_exit_are_reported";
pub(super) const ONE_WIRE: &str = "devices::one_wire_buses_are_listed_and_reset";
const ETHTOOL: &str = "requests::a_link_is_that_of_ethtool";
const FEATURES: &str = "ethtool::features_both_ways_round";
const CHANNELS: &str = "ethtool::channels_both_ways_round";
const COALESCING: &str = "ethtool::coalescing_and_message_classes_both_ways_round";
const POLICY: &str = "xfrm::policies_are_found_changed_and_deleted";
pub(super) const STATE: &str = "xfrm::states_are_found_changed_and_deleted";
pub(super) const STATE_EVENTS: &str = "xfrm::changes_of_states_are_watched";
const IPSEC_TABLES: &str = "xfrm::tables_and_defaults_are_those_of_ip";
pub(super) const INSTANCE: &str = "crypto::an_instance_is_made_changed_and_deleted";
pub(super) const AUDIT_SETTINGS: &str = "audit::settings_both_ways_round";
pub(super) const AUDIT_RULES: &str = "audit::rules_both_ways_round";
pub(super) const AUDIT_EVENT: &str = "audit::a_system_call_is_an_event";
pub(super) const AUDIT_RECORD: &str = "audit::a_record_comes_whole_to_a_listener_and_to_the_daemon";
pub(super) const RDMA: &str = "rdma::devices_both_ways_round";
pub(super) const CARD: &str = "cards::settings_are_those_of_ethtool";

pub(super) const KINDS: &[Row] = &[
    ("nft table", [NFT, NFT, OF_NFT, NFT, NFT]),
    ("nft chain", [NFT, NFT, OF_NFT, NFT, NFT]),
    ("nft rule", [NFT, NFT, OF_NFT, NFT, NFT]),
    ("nft set and elements", [NFT, NFT, OF_NFT, NFT, NFT]),
    (
        "nft generation",
        [NFT_EVENTS, NO, NFT_EVENTS, NO, NFT_EVENTS],
    ),
    ("ipset: set", [IPSET, IPSETS, IPSET, IPSETS, NO]),
    ("ipset: entry", [IPSET, ENTRY, IPSET, ENTRY, NO]),
    (
        "connection",
        [CONNECTION, CONNECTION, CONNECTION, CONNECTION, PACKET],
    ),
    ("expectation", ["netfilter::an_expectation"; 5]),
    ("nfqueue", [PACKET, PACKET, PACKET, QUEUE, NO]),
    ("nflog", [PACKET, LOG, PACKET, LOG, NO]),
    (
        "socket: TCP",
        [NO, NO, "sockets::tcp_is_listed_as_by_ss", SOCKET, SOCKET],
    ),
    (
        "socket: UDP",
        [NO, NO, "sockets::udp_is_listed_as_by_ss", SOCKET, SOCKET],
    ),
    (
        "socket: unix",
        [NO, NO, "sockets::unix_is_listed_as_by_ss", NO, NO],
    ),
    (
        "socket: netlink",
        [NO, NO, "sockets::netlink_is_listed", NO, NO],
    ),
    (
        "device, by the kernel",
        [
            NO,
            NO,
            NO,
            NO,
            "devices::events_of_a_link_that_comes_and_goes",
        ],
    ),
    (
        "device, by udevd",
        [NO, NO, NO, NO, "devices::events_of_udevd_are_received"],
    ),
    ("process", [NO, NO, TASKSTATS, NO, PROCESS]),
    ("one-wire bus", [NO, ONE_WIRE, ONE_WIRE, NO, ONE_WIRE]),
    (
        "generic family",
        [
            NO,
            NO,
            "generic::families_are_those_of_genl",
            NO,
            "generic::events_of_a_family_that_comes_and_goes",
        ],
    ),
    ("policy", [NO, NO, "generic::policies_are_read", NO, NO]),
    (
        "ethtool linkinfo, linkmodes",
        [NO, ETHTOOL, "generic::ethtool_agrees", NO, ETHTOOL],
    ),
    ("ethtool features", [NO, FEATURES, FEATURES, NO, FEATURES]),
    ("ethtool channels", [NO, CHANNELS, CHANNELS, NO, CHANNELS]),
    (
        "ethtool coalescing, message classes",
        [NO, COALESCING, COALESCING, NO, COALESCING],
    ),
    (
        "ethtool rings, pause, EEPROM of cards",
        [NO, NO, CARD, NO, NO],
    ),
    (
        "ethtool link state, strings, statistics, time stamping",
        [
            NO,
            NO,
            "ethtool::state_names_and_time_stamping_are_read",
            NO,
            NO,
        ],
    ),
    (
        "mptcp_pm endpoint, limits",
        [ENDPOINT, ENDPOINT, ENDPOINT, ENDPOINT, NO],
    ),
    (
        "mptcp_pm connection",
        [NO, NO, NO, NO, "genl::mptcp_connections_are_watched"],
    ),
    ("tcp_metrics", [NO, NO, METRICS, METRICS, NO]),
    (
        "SEG6 key, tunnel source",
        [SEGMENTS, SEGMENTS, SEGMENTS, SEGMENTS, NO],
    ),
    ("IOAM6 namespace, schema", [IOAM, IOAM, IOAM, IOAM, NO]),
    ("FOU port", [FOU, NO, FOU, FOU, NO]),
    ("ILA mapping", [ILA, NO, ILA, ILA, NO]),
    ("L2TP tunnel, session", [L2TP; 5]),
    ("MACsec channel, SA", [MACSEC, MACSEC, MACSEC, MACSEC, NO]),
    ("IPVS service, destination", [IPVS, IPVS, IPVS, IPVS, NO]),
    ("simulated radio", [RADIO, NO, RADIO, RADIO, RADIO]),
    ("wiphy", [RADIO, WIPHY, WIPHY, RADIO, NO]),
    ("wireless interface", [WIRELESS; 5]),
    (
        "regulatory domain",
        [NO, REGULATORY, REGULATORY, NO, REGULATORY],
    ),
    ("scan, survey", [SCAN, NO, SCAN, NO, SCAN]),
    ("access point", [ACCESS_POINT, NO, SCAN, ACCESS_POINT, NO]),
    (
        "wireless connection, station",
        [STATION, STATION, STATION, STATION, STATION],
    ),
    ("IBSS", [IBSS, NO, IBSS, IBSS, IBSS]),
    ("wireless mesh, path", [MESH, MESH, MESH, MESH, NO]),
    ("Open vSwitch datapath, port", [DATAPATH; 5]),
    ("Open vSwitch flow", [FLOW, FLOW, FLOW, FLOW, NO]),
    ("Open vSwitch meter", [METER, NO, METER, METER, NO]),
    (
        "Open vSwitch limit of connections",
        [LIMIT, NO, LIMIT, LIMIT, NO],
    ),
    ("team option, port", [NO, TEAM, TEAM, NO, TEAM]),
    ("network block device", [BLOCK, NO, BLOCK, BLOCK, NO]),
    ("batman-adv mesh, link", [NO, BATMAN, BATMAN, NO, BATMAN]),
    ("GTP context", [GTP, NO, GTP, GTP, NO]),
    ("TIPC bearer, medium", [TIPC, TIPC, TIPC, TIPC, NO]),
    ("warning of a quota", [NO, NO, NO, NO, QUOTA]),
    ("group of samples, sample", [NO, NO, SAMPLE, NO, SAMPLE]),
    ("drop monitor", [NO, DROP, DROP, NO, DROP]),
    ("thermal zone, cooling device", [NO, NO, THERMAL, NO, ACPI]),
    ("event of ACPI", [NO, NO, NO, NO, ACPI]),
    ("control group", [NO, NO, CGROUP, NO, NO]),
    ("SMC: EID, entry of the PNET table", [SMC, NO, SMC, SMC, NO]),
    ("vDPA management device", [NO, NO, VDPA, NO, NO]),
    ("version of NFS", [NO, NFSD, NFSD, NO, NO]),
    ("netdev link, queue", [NO, NO, QUEUES, NO, QUEUES]),
    ("IPsec state", [STATE, STATE, STATE, STATE, STATE_EVENTS]),
    (
        "IPsec policy",
        [
            POLICY,
            POLICY,
            POLICY,
            POLICY,
            "xfrm::changes_of_policies_are_watched",
        ],
    ),
    (
        "IPsec default actions, thresholds",
        [NO, IPSEC_TABLES, IPSEC_TABLES, NO, IPSEC_TABLES],
    ),
    (
        "IPsec acquire, SPI",
        [
            "xfrm::spis_are_allocated",
            NO,
            "xfrm::spis_are_allocated",
            "xfrm::spis_are_allocated",
            "xfrm::a_packet_acquires_a_state",
        ],
    ),
    (
        "RDMA device",
        [RDMA, RDMA, RDMA, RDMA, "rdma::events_are_reported"],
    ),
    (
        "RDMA objects",
        [NO, NO, "rdma::objects_are_those_of_rdma", NO, NO],
    ),
    (
        "audit status",
        [
            NO,
            AUDIT_SETTINGS,
            "audit::the_status_is_that_of_auditctl",
            NO,
            NO,
        ],
    ),
    (
        "audit rule",
        [AUDIT_RULES, NO, AUDIT_RULES, AUDIT_RULES, NO],
    ),
    (
        "audit record",
        [AUDIT_RECORD, NO, AUDIT_EVENT, NO, AUDIT_EVENT],
    ),
    (
        "crypto algorithm",
        [
            INSTANCE,
            INSTANCE,
            "crypto::algorithms_are_those_of_proc",
            INSTANCE,
            NO,
        ],
    ),
];
