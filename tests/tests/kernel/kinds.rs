//! Kinds of objects, and the tests that show what is done with them: the table
//! of README.md, which is generated from this one.

use nltests::{Outcome, Test};
use std::fs;
use std::path::Path;

pub(crate) const TESTS: &[Test] = &[Test {
    name: "kinds::each_cell_is_a_test_and_the_readme_shows_it",
    needs: &[],
    run: each_cell_is_a_test_and_the_readme_shows_it,
}];

/// The verb makes no sense for the kind.
const NO: &str = "-";

/// Cells of a kind that cannot be changed.
const fn unchanged(test: &'static str) -> [&'static str; 5] {
    [test, NO, test, test, test]
}

const VERBS: [&str; 5] = ["made", "changed", "read", "deleted", "watched"];

const NEIGHBOUR: &str = "policy::neighbours_both_ways_round";
const RULE: &str = "policy::rules_both_ways_round";
const ENDPOINT: &str = "genl::mptcp_endpoints_both_ways_round";
const METRICS: &str = "genl::tcp_metrics_are_those_of_ip";
const SEGMENTS: &str = "genl::segment_routing_both_ways_round";
const IOAM: &str = "genl::ioam_both_ways_round";
const FOU: &str = "genl_tools::fou_ports_both_ways_round";
const ILA: &str = "genl_tools::ila_mappings_both_ways_round";
const L2TP: &str = "genl_tools::l2tp_tunnels_both_ways_round";
const MACSEC: &str = "genl_tools::macsec_channels_both_ways_round";
const IPVS: &str = "genl_tools::ipvs_services_both_ways_round";
const RADIO: &str = "wireless::radios_both_ways_round";
const WIPHY: &str = "wireless::wiphys_are_those_of_iw";
const WIRELESS: &str = "wireless::interfaces_both_ways_round";
const REGULATORY: &str = "wireless::regulatory_domains_both_ways_round";
const SCAN: &str = "wireless::a_scan_is_that_of_iw";
const STATION: &str = "wireless::connections_both_ways_round";
const ACCESS_POINT: &str = "wireless::an_access_point_is_seen_by_iw";
const IBSS: &str = "wireless::an_ibss_is_joined_both_ways_round";
const MESH: &str = "wireless::a_mesh_both_ways_round";
const DATAPATH: &str = "openvswitch::datapaths_and_ports_both_ways_round";
const FLOW: &str = "openvswitch::flows_both_ways_round";
const METER: &str = "openvswitch::meters_are_set_and_read";
const LIMIT: &str = "openvswitch::limits_of_connections_both_ways_round";
const TEAM: &str = "genl_devices::teams_both_ways_round";
const BLOCK: &str = "genl_devices::block_devices_both_ways_round";
const BATMAN: &str = "genl_devices::meshes_both_ways_round";
const GTP: &str = "genl_devices::contexts_of_gtp_are_made_and_read";
const TIPC: &str = "genl_others::tipc_bearers_both_ways_round";
const QUOTA: &str = "genl_others::warnings_of_quotas_are_seen";
const SAMPLE: &str = "genl_packets::those_that_tc_samples_are_seen";
const DROP: &str = "genl_packets::those_that_are_dropped_are_seen";
const QUEUES: &str = "genl::queues_and_xdp_features_are_those_of_the_links";
const NEXT_HOP: &str = "policy::next_hops_both_ways_round";
const TUN: &str = "lives::tun";
const INGRESS: &str = "lives::ingress";
const HTB: &str = "lives::htb";
const OF_TC: &str = "traffic::we_see_what_tc_makes";
const FILTER: &str = "filters::tc_sees_what_we_make";
const OF_TC_FILTER: &str = "filters::we_see_what_tc_makes";
const FILTER_EVENTS: &str = "filters::changes_are_watched";
const MATCHALL: &str = "filters::matchall_drops";
const NFT: &str = "netfilter::a_table_and_what_is_in_it";
const OF_NFT: &str = "nftables::we_see_what_nft_makes";
const NFT_EVENTS: &str = "nftables::changes_are_watched";
const CONNECTION: &str = "packets::a_connection_is_made_changed_read_and_deleted";
const PACKET: &str = "packets::one_is_queued_accepted_logged_and_tracked";
const QUEUE: &str = "netfilter::a_queue_is_bound_and_given_up";
const LOG: &str = "netfilter::a_log_is_bound_and_given_up";
const SOCKET: &str = "requests::a_socket_is_destroyed_and_told";
const TASKSTATS: &str = "generic::taskstats_tells_of_ourselves";
const PROCESS: &str = "processes::a_fork_an_exec_and_an_exit_are_told";
const ONE_WIRE: &str = "devices::one_wire_buses_are_listed_and_reset";
const ETHTOOL: &str = "requests::a_link_is_that_of_ethtool";
const FEATURES: &str = "ethtool::features_both_ways_round";
const CHANNELS: &str = "ethtool::channels_both_ways_round";
const COALESCING: &str = "ethtool::coalescing_and_message_classes_both_ways_round";
const POLICY: &str = "xfrm::policies_are_found_changed_and_deleted";
const STATE: &str = "xfrm::states_are_found_changed_and_deleted";
const STATE_EVENTS: &str = "xfrm::changes_of_states_are_watched";
const IPSEC_TABLES: &str = "xfrm::tables_and_defaults_are_those_of_ip";
const INSTANCE: &str = "crypto::an_instance_is_made_changed_and_deleted";

const BOND: &str = "values::bonds_are_those_of_ip";
const OVERLAY: &str = "values::overlays_are_those_of_ip";
const UDP: &str = "values::overlays_of_udp_are_those_of_ip";
const BUS: &str = "values::buses_are_those_of_ip";
const RING: &str = "values::rings_are_those_of_ip";
const LABEL: &str = "values::address_labels_both_ways_round";
const TABLE: &str = "values::neighbour_tables_are_those_of_ip";
const NETCONF: &str = "values::settings_of_links_are_those_of_ip";
const NSID: &str = "values::namespaces_have_ids";
const STATS: &str = "values::statistics_are_those_of_ip";
const MDB: &str = "values::multicast_entries_both_ways_round";
const BRIDGE_VLAN: &str = "values::bridge_vlans_have_options";
const VNI: &str = "values::vxlans_filter_networks";

const KINDS: &[(&str, [&str; 5])] = &[
    ("link: bridge", ["lives::bridge"; 5]),
    ("link: bridge port", ["lives::bridge_port"; 5]),
    ("link: veth", ["lives::veth"; 5]),
    ("link: ifb", ["lives::ifb"; 5]),
    ("link: tun (made by ioctl)", [NO, TUN, TUN, TUN, TUN]),
    ("link: vlan", ["lives::vlan"; 5]),
    ("link: dummy", ["lives::dummy"; 5]),
    ("link: bond", [BOND; 5]),
    ("link: geneve", [OVERLAY; 5]),
    ("link: vti, vti6", [OVERLAY; 5]),
    ("link: xfrm", [OVERLAY; 5]),
    ("link: macsec", [OVERLAY; 5]),
    ("link: bareudp", [UDP, NO, UDP, UDP, UDP]),
    ("link: amt", [UDP, NO, UDP, UDP, UDP]),
    ("link: hsr, prp", [RING, NO, RING, RING, RING]),
    ("link: vxcan, vcan", [BUS, NO, BUS, BUS, BUS]),
    ("address label", [LABEL, LABEL, LABEL, LABEL, NO]),
    ("neighbour table", [NO, TABLE, TABLE, NO, NO]),
    ("settings of a link (netconf)", [NO, NO, NETCONF, NO, NO]),
    ("namespace id", [NSID, NO, NSID, NO, NO]),
    ("statistics of a link", [NO, NO, STATS, NO, NO]),
    ("multicast entry", [MDB, NO, MDB, MDB, MDB]),
    (
        "options of a bridge VLAN",
        [NO, BRIDGE_VLAN, BRIDGE_VLAN, NO, NO],
    ),
    ("network of a VXLAN", [VNI, NO, VNI, VNI, NO]),
    ("address", ["lives::address"; 5]),
    ("route", ["lives::route"; 5]),
    ("neighbour", [NEIGHBOUR; 5]),
    ("rule", [RULE, NO, RULE, RULE, RULE]),
    (
        "next hop",
        [NEXT_HOP, "lives::next_hop", NEXT_HOP, NEXT_HOP, NEXT_HOP],
    ),
    ("qdisc: htb", [HTB, NO, OF_TC, HTB, HTB]),
    ("qdisc: tbf", ["lives::tbf"; 5]),
    ("qdisc: ingress", [INGRESS, NO, INGRESS, INGRESS, INGRESS]),
    ("qdisc: fq_codel", ["lives::fq_codel"; 5]),
    ("class: htb", [HTB, HTB, OF_TC, HTB, HTB]),
    (
        "filter: u32",
        [FILTER, FILTER, OF_TC_FILTER, FILTER, FILTER_EVENTS],
    ),
    (
        "filter: matchall",
        [MATCHALL, NO, MATCHALL, MATCHALL, MATCHALL],
    ),
    ("qdisc: pfifo, bfifo, pfifo_head_drop", ["tc::fifo"; 5]),
    ("qdisc: mq", unchanged("tc::mq")),
    ("qdisc: mqprio", unchanged("tc::mqprio")),
    ("qdisc: taprio", unchanged("tc::taprio")),
    ("qdisc: etf", unchanged("tc::etf")),
    ("qdisc: cbs", ["tc::cbs"; 5]),
    ("qdisc: prio", ["tc::prio"; 5]),
    ("qdisc: multiq", unchanged("tc::multiq")),
    ("qdisc: skbprio", ["tc::skbprio"; 5]),
    ("qdisc: ets", ["tc::ets"; 5]),
    ("qdisc: plug", ["tc::plug"; 5]),
    ("qdisc: netem", ["tc::netem"; 5]),
    ("qdisc: cake", ["tc::cake"; 5]),
    ("qdisc: fq", ["tc::fq"; 5]),
    ("qdisc: fq_pie", ["tc::fq_pie"; 5]),
    ("qdisc: codel", ["tc::codel"; 5]),
    ("qdisc: pie", ["tc::pie"; 5]),
    ("qdisc: sfq", unchanged("tc::sfq")),
    ("qdisc: hhf", ["tc::hhf"; 5]),
    ("qdisc: red", ["tc::red"; 5]),
    ("qdisc: gred", ["tc::gred"; 5]),
    ("qdisc: choke", ["tc::choke"; 5]),
    ("qdisc: sfb", ["tc::sfb"; 5]),
    ("qdisc: hfsc", ["tc::hfsc"; 5]),
    ("qdisc: drr, qfq", unchanged("tc::drr_qfq")),
    ("size table of a qdisc", unchanged("tc::size_tables")),
    ("rate estimator of a qdisc", unchanged("tc::estimators")),
    ("class: hfsc", ["tc::class_hfsc"; 5]),
    ("class: drr", ["tc::class_drr"; 5]),
    ("class: qfq", ["tc::class_qfq"; 5]),
    (
        "class: ets",
        [NO, "tc::class_ets", "tc::class_ets", NO, "tc::class_ets"],
    ),
    ("filter: flower", ["tc::flower_addresses"; 5]),
    ("filter: basic", ["tc::filter_basic"; 5]),
    ("filter: fw", ["tc::filter_fw"; 5]),
    ("filter: bpf", unchanged("tc::filter_bpf")),
    ("filter: cgroup", unchanged("tc::filter_cgroup")),
    ("filter: flow", unchanged("tc::filter_flow")),
    ("filter: route", unchanged("tc::filter_route")),
    ("filter: u32 hash table", unchanged("tc::filter_u32_tables")),
    ("filter: extended matches", unchanged("tc::ematches")),
    ("chain of filters", unchanged("tc::chains")),
    ("shared block of filters", unchanged("tc::blocks")),
    ("action: connmark", ["tc::action_connmark"; 5]),
    ("action: csum", ["tc::action_csum"; 5]),
    ("action: ct", ["tc::action_ct"; 5]),
    ("action: ctinfo", ["tc::action_ctinfo"; 5]),
    ("action: gact", ["tc::action_gact"; 5]),
    ("action: ife", ["tc::action_ife"; 5]),
    ("action: mirred", ["tc::action_mirred"; 5]),
    ("action: mpls", ["tc::action_mpls"; 5]),
    ("action: nat", ["tc::action_nat"; 5]),
    ("action: pedit", ["tc::action_pedit"; 5]),
    ("action: police", ["tc::action_police"; 5]),
    ("action: sample", ["tc::action_sample"; 5]),
    ("action: simple", ["tc::action_simple"; 5]),
    ("action: skbedit", ["tc::action_skbedit"; 5]),
    ("action: skbmod", ["tc::action_skbmod"; 5]),
    ("action: tunnel_key", ["tc::action_tunnel_key"; 5]),
    ("action: vlan", ["tc::action_vlan"; 5]),
    ("action: bpf", unchanged("tc::action_bpf")),
    ("action: gate", unchanged("tc::action_gate")),
    (
        "counters of cake, codel, fq, fq_codel, fq_pie, hhf, pie",
        [NO, NO, "tc::counters_cake", NO, NO],
    ),
    ("nft table", [NFT, NFT, OF_NFT, NFT, NFT]),
    ("nft chain", [NFT, NFT, OF_NFT, NFT, NFT]),
    ("nft rule", [NFT, NFT, OF_NFT, NFT, NFT]),
    ("nft set and elements", [NFT, NFT, OF_NFT, NFT, NFT]),
    (
        "nft generation",
        [NFT_EVENTS, NO, NFT_EVENTS, NO, NFT_EVENTS],
    ),
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
            "devices::a_link_that_comes_and_goes_is_told",
        ],
    ),
    (
        "device, by udevd",
        [NO, NO, NO, NO, "devices::udevd_is_heard"],
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
            "generic::a_family_that_comes_and_goes_is_told",
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

/// Tests of what the kernel that they were written on, 6.18, lacks, and the kernel
/// of a virtual machine that has passed them.
const ELSEWHERE: &[(&str, &str)] = &[
    ("lives::vlan", "6.1"),
    ("lives::dummy", "6.1"),
    ("lives::fq_codel", "6.1"),
    (MATCHALL, "6.1"),
    (ONE_WIRE, "6.1"),
    ("generic::a_family_that_comes_and_goes_is_told", "6.1"),
    ("crypto::algorithms_are_those_of_proc", "6.1"),
    (INSTANCE, "6.1"),
    (BOND, "6.1"),
    (OVERLAY, "6.1"),
    (BUS, "6.1"),
    (MDB, "6.1"),
    (BRIDGE_VLAN, "6.1"),
    (VNI, "6.1"),
    (FOU, "6.1"),
    (ILA, "6.1"),
    (L2TP, "6.1"),
    (MACSEC, "6.1"),
    (IPVS, "6.1"),
    (STATE, "6.1"),
    (STATE_EVENTS, "6.1"),
    (RADIO, "6.1"),
    (WIPHY, "6.1"),
    (WIRELESS, "6.1"),
    (REGULATORY, "6.1"),
    (SCAN, "6.1"),
    (STATION, "6.1"),
    (ACCESS_POINT, "6.1"),
    (IBSS, "6.1"),
    (MESH, "6.1"),
    (DATAPATH, "6.1"),
    (FLOW, "6.1"),
    (METER, "6.1"),
    (LIMIT, "6.1"),
    (TEAM, "6.1"),
    (BLOCK, "6.1"),
    (BATMAN, "6.1"),
    (GTP, "6.1"),
    (TIPC, "6.1"),
    (QUOTA, "6.1"),
    (SAMPLE, "6.1"),
    (DROP, "6.1"),
    (RING, "6.12"),
    (UDP, "none"),
    ("tc::mqprio", "6.1"),
    ("tc::taprio", "6.1"),
    ("tc::etf", "6.1"),
    ("tc::cbs", "6.1"),
    ("tc::prio", "6.1"),
    ("tc::multiq", "6.1"),
    ("tc::skbprio", "6.1"),
    ("tc::ets", "6.1"),
    ("tc::plug", "6.1"),
    ("tc::netem", "6.1"),
    ("tc::cake", "6.1"),
    ("tc::fq", "6.1"),
    ("tc::fq_pie", "6.1"),
    ("tc::codel", "6.1"),
    ("tc::pie", "6.1"),
    ("tc::sfq", "6.1"),
    ("tc::hhf", "6.1"),
    ("tc::red", "6.1"),
    ("tc::gred", "6.1"),
    ("tc::choke", "6.1"),
    ("tc::sfb", "6.1"),
    ("tc::hfsc", "6.1"),
    ("tc::drr_qfq", "6.1"),
    ("tc::class_hfsc", "6.1"),
    ("tc::class_drr", "6.1"),
    ("tc::class_qfq", "6.1"),
    ("tc::class_ets", "6.1"),
    ("tc::flower_addresses", "6.1"),
    ("tc::filter_basic", "6.1"),
    ("tc::filter_fw", "6.1"),
    ("tc::filter_bpf", "6.1"),
    ("tc::filter_cgroup", "6.1"),
    ("tc::filter_flow", "6.1"),
    ("tc::filter_route", "6.1"),
    ("tc::ematches", "6.1"),
    ("tc::counters_cake", "6.1"),
    ("tc::action_connmark", "6.1"),
    ("tc::action_csum", "6.1"),
    ("tc::action_ct", "6.1"),
    ("tc::action_ctinfo", "6.1"),
    ("tc::action_gact", "6.1"),
    ("tc::action_ife", "6.1"),
    ("tc::action_mpls", "6.1"),
    ("tc::action_nat", "6.1"),
    ("tc::action_pedit", "6.1"),
    ("tc::action_police", "6.1"),
    ("tc::action_sample", "6.1"),
    ("tc::action_simple", "6.1"),
    ("tc::action_skbedit", "6.1"),
    ("tc::action_skbmod", "6.1"),
    ("tc::action_tunnel_key", "6.1"),
    ("tc::action_vlan", "6.1"),
    ("tc::action_bpf", "6.1"),
    ("tc::action_gate", "6.1"),
];

const BEGIN: &str =
    "<!-- kinds: generated by NLKINDS=1 cargo test -p nltests --test kernel -- kinds -->\n";
const END: &str = "<!-- end of kinds -->\n";

fn each_cell_is_a_test_and_the_readme_shows_it() -> Outcome {
    let names: Vec<_> = crate::TABLES
        .iter()
        .flat_map(|table| table.iter())
        .collect();
    let mut table = format!(
        "| kind | {} |\n|---|---|---|---|---|---|\n",
        VERBS.join(" | ")
    );
    for (kind, cells) in KINDS {
        table += &format!("| {kind} ");
        for cell in cells {
            let is_test = names.iter().any(|test| test.name == *cell);
            assert!(is_test || *cell == NO, "no test {cell}");
            let elsewhere = ELSEWHERE.iter().find(|(name, _)| name == cell);
            table += &match elsewhere {
                Some((_, kernel)) => format!("| {kernel}: `{cell}` "),
                None if is_test => format!("| `{cell}` "),
                None => format!("| {cell} "),
            };
        }
        table += "|\n";
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(&path)?;
    let (before, rest) = readme.split_once(BEGIN).ok_or("no begin of the table")?;
    let (shown, after) = rest.split_once(END).ok_or("no end of the table")?;
    if std::env::var_os("NLKINDS").is_some() {
        fs::write(&path, [before, BEGIN, &table, END, after].concat())?;
        return Ok(());
    }
    assert_eq!(shown, table, "NLKINDS=1 writes it anew");
    Ok(())
}
