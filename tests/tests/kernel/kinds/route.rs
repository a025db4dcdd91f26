//! Links, routes, and what else is of `NETLINK_ROUTE` but traffic control.

use super::{NO, Row, unchanged, unwatched};

const NEIGHBOUR: &str = "policy::neighbours_both_ways_round";
const RULE: &str = "policy::rules_both_ways_round";
pub(super) const GTP: &str = "genl_devices::contexts_of_gtp_are_made_and_read";
const NEXT_HOP: &str = "policy::next_hops_both_ways_round";
const TUN: &str = "lives::tun";
pub(super) const BOND: &str = "values::bonds_are_those_of_ip";
pub(super) const OVERLAY: &str = "values::overlays_are_those_of_ip";
pub(super) const UDP: &str = "values::overlays_of_udp_are_those_of_ip";
pub(super) const BUS: &str = "values::buses_are_those_of_ip";
pub(super) const RING: &str = "values::rings_are_those_of_ip";
const LABEL: &str = "values::address_labels_both_ways_round";
const TABLE: &str = "values::neighbour_tables_are_those_of_ip";
const NETCONF: &str = "values::settings_of_links_are_those_of_ip";
const NSID: &str = "values::namespaces_have_ids";
pub(super) const UPON: &str = "values::links_upon_others_are_those_of_ip";
pub(super) const DOMAIN: &str = "values::vlans_and_domains_are_those_of_ip";
pub(super) const TUNNEL: &str = "values::tunnels_are_those_of_ip";
pub(super) const NETKIT: &str = "values::netkits_are_pairs";
pub(super) const PLAIN: &str = "values::plain_kinds_are_those_of_ip";
pub(super) const MESH_LINK: &str = "values::meshes_are_those_of_ip";
pub(super) const OPENVPN: &str = "values::openvpn_links_are_those_of_ip";
pub(super) const WG: &str = "values::wireguard::devices_are_as_by_wg";
const BUCKET: &str = "values::next_hops::buckets_lead_to_members";
const GROUP: &str = "values::next_hops::groups_count_what_they_send";
const MROUTE: &str = "values::multicast_routes_are_those_of_ip";
const MROUTE6: &str = "values::multicast_routes_of_ipv6_are_those_of_ip";
const ADVERTISED: &str = "values::router_advertisements_are_reported";
pub(super) const TREES: &str = "values::bridge_ports_have_spanning_trees";
pub(super) const SEGMENTS_END: &str = "values::encapsulations::segments_end_as_by_ip";
pub(super) const XFRM_ROUTE: &str = "values::encapsulations::xfrm_is_as_by_ip";
pub(super) const ILA_ROUTE: &str = "values::encapsulations::ila_is_as_by_ip";
pub(super) const RPL_ROUTE: &str = "values::encapsulations::rpl_is_as_by_ip";
pub(super) const IOAM_ROUTE: &str = "values::encapsulations::ioam_is_as_by_ip";
pub(super) const CAN: &str = "values::timings_of_buses_are_those_of_ip";
pub(super) const MPLS_ROUTE: &str = "values::routes::labels_are_as_by_ip";
const V4_ROUTE: &str = "values::routes::ipv4_routes_are_as_by_ip";
const V6_ROUTE: &str = "values::routes::ipv6_routes_are_as_by_ip";
const XDP: &str = "programs::links_run_those_of_ip";
const ROUTE_PROGRAM: &str = "programs::routes_run_those_of_ip";
const STATS: &str = "values::statistics_are_those_of_ip";
pub(super) const MDB: &str = "values::multicast_entries_both_ways_round";
pub(super) const BRIDGE_VLAN: &str = "values::bridge_vlans_have_options";
pub(super) const VNI: &str = "values::vxlans_filter_networks";

pub(super) const KINDS: &[Row] = &[
    ("link: bridge", ["lives::bridge"; 5]),
    ("link: bridge port", ["lives::bridge_port"; 5]),
    ("link: veth", ["lives::veth"; 5]),
    ("link: ifb", ["lives::ifb"; 5]),
    ("link: tun (created by ioctl)", [NO, TUN, TUN, TUN, TUN]),
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
    ("link: can", [NO, CAN, CAN, NO, NO]),
    ("link: macvlan, macvtap, vxlan", [UPON; 5]),
    ("link: ipvlan", [DOMAIN; 5]),
    ("link: vrf", unchanged(DOMAIN)),
    ("link: gre, gretap, ip6gre, ipip, sit, ip6tnl", [TUNNEL; 5]),
    ("link: ip6gretap", unchanged(TUNNEL)),
    ("link: netkit", [NETKIT, NO, NETKIT, NO, NO]),
    ("link: nlmon, team, ipvtap", unchanged(PLAIN)),
    ("link: batadv", unchanged(MESH_LINK)),
    ("link: ovpn", unchanged(OPENVPN)),
    ("link: gtp", [GTP, NO, GTP, NO, NO]),
    ("link: wireguard", [WG, WG, WG, WG, NO]),
    ("XDP program of a link", [XDP, XDP, XDP, XDP, NO]),
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
    ("spanning tree of a bridge port", [NO, TREES, TREES, NO, NO]),
    ("multicast route", [MROUTE, NO, MROUTE, MROUTE, MROUTE]),
    ("multicast route of IPv6", [NO, NO, MROUTE6, NO, NO]),
    (
        "packet of unknown multicast route",
        [NO, NO, NO, NO, MROUTE],
    ),
    (
        "prefix, name servers of a router",
        [NO, NO, NO, NO, ADVERTISED],
    ),
    ("address", ["lives::address"; 5]),
    ("route", ["lives::route"; 5]),
    ("neighbour", [NEIGHBOUR; 5]),
    ("rule", [RULE, NO, RULE, RULE, RULE]),
    (
        "next hop",
        [NEXT_HOP, "lives::next_hop", NEXT_HOP, NEXT_HOP, NEXT_HOP],
    ),
    ("bucket of a next-hop group", [BUCKET, NO, BUCKET, NO, NO]),
    ("statistics of a next-hop group", [NO, NO, GROUP, NO, NO]),
    ("encapsulation: ip", unwatched(V4_ROUTE)),
    ("encapsulation: ip6, seg6", unwatched(V6_ROUTE)),
    ("encapsulation: mpls", unwatched(MPLS_ROUTE)),
    ("encapsulation: seg6local", unwatched(SEGMENTS_END)),
    ("encapsulation: xfrm", unwatched(XFRM_ROUTE)),
    ("encapsulation: ila", unwatched(ILA_ROUTE)),
    ("encapsulation: bpf", unwatched(ROUTE_PROGRAM)),
    ("encapsulation: rpl", unwatched(RPL_ROUTE)),
    ("encapsulation: ioam6", unwatched(IOAM_ROUTE)),
];
