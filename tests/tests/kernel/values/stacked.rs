//! Links upon other links, routing domains and tunnels beside `ip link`, both
//! ways round.

use super::kinds::{all, changed, index};
use nlsock::Protocol;
use nltests::{Need, Outcome, Session, Test};
use nlwire::Request;
use nlwire::route::{
    BatAdvAttr, IpVlanAttr, IpVlanMode, LinkAttr, MacVlanMode, NewLink, RouteTable, SetLinkKind,
    VxlanAttr,
};
use std::net::{Ipv4Addr, Ipv6Addr};

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "values::links_upon_others_are_those_of_ip",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: links_upon_others_are_those_of_ip,
    },
    Test {
        name: "values::vlans_and_domains_are_those_of_ip",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: vlans_and_domains_are_those_of_ip,
    },
    Test {
        name: "values::tunnels_are_those_of_ip",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: tunnels_are_those_of_ip,
    },
    Test {
        name: "values::plain_kinds_are_those_of_ip",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: plain_kinds_are_those_of_ip,
    },
    Test {
        name: "values::meshes_are_those_of_ip",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: meshes_are_those_of_ip,
    },
    Test {
        name: "values::openvpn_links_are_those_of_ip",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: openvpn_links_are_those_of_ip,
    },
];

fn links_upon_others_are_those_of_ip() -> Outcome {
    let mut session = Session::open(Protocol::ROUTE)?;
    session.execute(&NewLink::veth("v0", "v1").up())?;
    let lower = index(&mut session, "v0")?;
    let macvlan = NewLink::macvlan("mv0", lower).mode(MacVlanMode::BRIDGE);
    let macvtap = NewLink::macvtap("mt0", lower).mode(MacVlanMode::PRIVATE);
    let vxlan = NewLink::vxlan("vx0", 42)
        .port(4789)
        .local([192, 0, 2, 1])
        .remote([192, 0, 2, 2])
        .lower(lower)
        .learning(false)
        .settings(&[VxlanAttr::Ttl(9)]);
    let external = NewLink::external_vxlan("vx1").port(4790);
    let ifb = NewLink::ifb("ifb7");
    let bridge = "IFLA_MACVLAN_MODE: bridge";
    all(
        &mut session,
        &[
            (
                "mv0",
                &macvlan,
                "link v0 type macvlan mode bridge",
                &[bridge],
            ),
            (
                "mt0",
                &macvtap,
                "link v0 type macvtap mode private",
                &["IFLA_MACVLAN_MODE: private"],
            ),
            (
                "vx0",
                &vxlan,
                "type vxlan id 42 dstport 4789 local 192.0.2.1 remote 192.0.2.2 dev v0 \
                 nolearning ttl 9",
                &["IFLA_VXLAN_ID: 42", "IFLA_VXLAN_LEARNING: 0"],
            ),
            (
                "vx1",
                &external,
                "type vxlan external dstport 4790",
                &["IFLA_VXLAN_COLLECT_METADATA: 1"],
            ),
            ("ifb7", &ifb, "type ifb", &["\"ifb\""]),
        ],
    )?;
    let like = NewLink::macvlan("", lower).mode(MacVlanMode::VEPA);
    let change = SetLinkKind::of("mv0", like);
    let vepa = "IFLA_MACVLAN_MODE: vepa";
    changed(&mut session, ("mv0", &macvlan, &change), vepa)?;
    let like = NewLink::macvtap("", lower).mode(MacVlanMode::BRIDGE);
    let change = SetLinkKind::of("mt0", like);
    changed(&mut session, ("mt0", &macvtap, &change), bridge)?;
    let ageing = [VxlanAttr::Ageing(77)];
    let like = NewLink::vxlan("", 42).settings(&ageing);
    let change = SetLinkKind::of("vx0", like);
    let changes = ("vx0", &vxlan as &dyn Request, &change as &dyn Request);
    changed(&mut session, changes, "IFLA_VXLAN_AGEING: 77")
}

fn vlans_and_domains_are_those_of_ip() -> Outcome {
    let mut session = Session::open(Protocol::ROUTE)?;
    session.execute(&NewLink::veth("v0", "v1").up())?;
    let lower = index(&mut session, "v0")?;
    let vlan = NewLink::vlan("vl0", lower, 7);
    let outer = NewLink::vlan("vl1", lower, 4094).tag_protocol(0x88a8);
    let ipvlan = NewLink::ipvlan("iv0", lower);
    let second = NewLink::ipvlan("iv1", lower).mode(IpVlanMode::L2);
    let vrf = NewLink::vrf("red", RouteTable(70));
    let dummy = NewLink::dummy("d0");
    all(
        &mut session,
        &[
            ("vl0", &vlan, "link v0 type vlan id 7", &["IFLA_VLAN_ID: 7"]),
            (
                "vl1",
                &outer,
                "link v0 type vlan proto 802.1ad id 4094",
                &["IFLA_VLAN_ID: 4094", "IFLA_VLAN_PROTOCOL: "],
            ),
            (
                "iv0",
                &ipvlan,
                "link v0 type ipvlan",
                &["IFLA_IPVLAN_MODE: l3"],
            ),
            (
                "iv1",
                &second,
                "link v0 type ipvlan mode l2",
                &["IFLA_IPVLAN_MODE: l2"],
            ),
            ("red", &vrf, "type vrf table 70", &["IFLA_VRF_TABLE: 70"]),
            ("d0", &dummy, "type dummy", &["\"dummy\""]),
        ],
    )?;
    let like = NewLink::ipvlan("", lower).mode(IpVlanMode::L3S);
    let change = SetLinkKind::of("iv0", like);
    changed(
        &mut session,
        ("iv0", &ipvlan, &change),
        "IFLA_IPVLAN_MODE: l3s",
    )
}

fn tunnels_are_those_of_ip() -> Outcome {
    let mut session = Session::open(Protocol::ROUTE)?;
    session.execute(&NewLink::veth("v0", "v1").up())?;
    let lower = index(&mut session, "v0")?;
    let (here, there) = (Ipv4Addr::new(192, 0, 2, 1), Ipv4Addr::new(192, 0, 2, 2));
    let here6: Ipv6Addr = "2001:db8::1".parse()?;
    let there6: Ipv6Addr = "2001:db8::2".parse()?;
    let gre = NewLink::gre("gre7").local(here).remote(there).key(7).ttl(9);
    let gretap = NewLink::gretap("gt7")
        .local(here)
        .remote(there)
        .lower(lower);
    let ip6gre = NewLink::ip6gre("g67").local(here6).remote(there6).ttl(9);
    let ip6gretap = NewLink::ip6gretap("gt6").local(here6).remote(there6).key(7);
    let ip6gretap = ip6gretap.encap_limit(0);
    let ipip = NewLink::ipip("ipip7").local(here).remote(there).ttl(64);
    let sit = NewLink::sit("sit7")
        .local(here)
        .remote(there)
        .lower(lower)
        .ttl(9);
    let ip6tnl = NewLink::ip6tnl("ip67").local(here6).remote(there6).ttl(9);
    let v4 = "local 192.0.2.1 remote 192.0.2.2";
    let v6 = "local 2001:db8::1 remote 2001:db8::2";
    all(
        &mut session,
        &[
            (
                "gre7",
                &gre,
                &format!("type gre {v4} key 7 ttl 9"),
                &["IFLA_GRE_IKEY: 7", "IFLA_GRE_OKEY: 7", "IFLA_GRE_TTL: 9"],
            ),
            (
                "gt7",
                &gretap,
                &format!("type gretap {v4} dev v0"),
                &["IFLA_GRE_LOCAL: 192.0.2.1"],
            ),
            (
                "g67",
                &ip6gre,
                &format!("type ip6gre {v6} hoplimit 9"),
                &["IFLA_GRE_REMOTE: 2001:db8::2", "IFLA_GRE_ENCAP_LIMIT: 4"],
            ),
            (
                "gt6",
                &ip6gretap,
                &format!("type ip6gretap {v6} key 7 hoplimit 0 encaplimit 0"),
                &["IFLA_GRE_IKEY: 7"],
            ),
            (
                "ipip7",
                &ipip,
                &format!("type ipip {v4} ttl 64 mode ipip"),
                &["IFLA_IPTUN_TTL: 64"],
            ),
            (
                "sit7",
                &sit,
                &format!("type sit {v4} dev v0 ttl 9 mode ip6ip"),
                &["IFLA_IPTUN_REMOTE: 192.0.2.2"],
            ),
            (
                "ip67",
                &ip6tnl,
                &format!("type ip6tnl {v6} hoplimit 9 mode any"),
                &["IFLA_IPTUN_LOCAL: 2001:db8::1", "IFLA_IPTUN_TTL: 9"],
            ),
        ],
    )?;
    let change = SetLinkKind::of("gre7", gre.ttl(8));
    let changes = ("gre7", &gre as &dyn Request, &change as &dyn Request);
    changed(&mut session, changes, "IFLA_GRE_TTL: 8")?;
    let change = SetLinkKind::of("gt7", gretap.ttl(8));
    let changes = ("gt7", &gretap as &dyn Request, &change as &dyn Request);
    changed(&mut session, changes, "IFLA_GRE_TTL: 8")?;
    let change = SetLinkKind::of("g67", ip6gre.ttl(8));
    let changes = ("g67", &ip6gre as &dyn Request, &change as &dyn Request);
    changed(&mut session, changes, "IFLA_GRE_TTL: 8")?;
    let change = SetLinkKind::of("ipip7", ipip.ttl(8));
    let changes = ("ipip7", &ipip as &dyn Request, &change as &dyn Request);
    changed(&mut session, changes, "IFLA_IPTUN_TTL: 8")?;
    let change = SetLinkKind::of("sit7", sit.ttl(8));
    let changes = ("sit7", &sit as &dyn Request, &change as &dyn Request);
    changed(&mut session, changes, "IFLA_IPTUN_TTL: 8")?;
    let change = SetLinkKind::of("ip67", ip6tnl.ttl(8));
    let changes = ("ip67", &ip6tnl as &dyn Request, &change as &dyn Request);
    changed(&mut session, changes, "IFLA_IPTUN_TTL: 8")
}

fn plain_kinds_are_those_of_ip() -> Outcome {
    let mut session = Session::open(Protocol::ROUTE)?;
    session.execute(&NewLink::veth("v0", "v1").up())?;
    let lower = index(&mut session, "v0")?;
    let monitor = NewLink::new("nl0", "nlmon");
    let team = NewLink::new("team0", "team");
    let upon = [LinkAttr::Lower(lower)];
    let mode = [IpVlanAttr::Mode(IpVlanMode::L2)];
    let ipvtap = NewLink::of_kind("ivt0", "ipvtap", &mode).with(&upon);
    all(
        &mut session,
        &[
            ("nl0", &monitor, "type nlmon", &["\"nlmon\""]),
            ("team0", &team, "type team", &["\"team\""]),
            (
                "ivt0",
                &ipvtap,
                "link v0 type ipvtap mode l2",
                &["IFLA_IPVLAN_MODE: l2"],
            ),
        ],
    )
}

fn meshes_are_those_of_ip() -> Outcome {
    let mut session = Session::open(Protocol::ROUTE)?;
    let settings = [BatAdvAttr::Algorithm("BATMAN_V")];
    let mesh = NewLink::of_kind("bat0", "batadv", &settings);
    // The kernel reports no settings of the kind.
    let words = "type batadv ra BATMAN_V";
    all(&mut session, &[("bat0", &mesh, words, &["\"batadv\""])])
}

fn openvpn_links_are_those_of_ip() -> Outcome {
    let mut session = Session::open(Protocol::ROUTE)?;
    let ovpn = NewLink::new("ovpn0", "ovpn");
    all(
        &mut session,
        &[("ovpn0", &ovpn, "type ovpn", &["IFLA_OVPN_MODE: p2p"])],
    )
}
