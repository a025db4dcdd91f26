//! Kinds of links with their settings beside `ip link`, both ways round.

use super::words;
use nlsock::{Errno, Protocol};
use nltests::{Missing, Need, Outcome, Session, Test, capture};
use nlwire::route::{
    AmtAttr, AmtMode, BareUdpAttr, BondAttr, BondHashPolicy, BondMode, BondPortAttr, Change,
    DeleteLink, GeneveAttr, GeneveDontFragment, GetLink, HsrProtocol, LacpRate, Link, LinkInfoAttr,
    LinkRow, MacSecAttr, MacSecCipher, MacSecValidation, NetkitMode, NetkitPolicy, NewLink,
    PortData, RTNLGRP_LINK, SetLink, SetLinkKind, VtiAttr,
};
use nlwire::{LinkIndex, Request};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::time::{Duration, Instant};

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "values::bonds_are_those_of_ip",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: bonds_are_those_of_ip,
    },
    Test {
        name: "values::ports_of_bonds_negotiate",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: ports_of_bonds_negotiate,
    },
    Test {
        name: "values::overlays_are_those_of_ip",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: overlays_are_those_of_ip,
    },
    Test {
        name: "values::overlays_of_udp_are_those_of_ip",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: overlays_of_udp_are_those_of_ip,
    },
    Test {
        name: "values::buses_are_those_of_ip",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: buses_are_those_of_ip,
    },
    Test {
        name: "values::rings_are_those_of_ip",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: rings_are_those_of_ip,
    },
    Test {
        name: "values::netkits_are_pairs",
        needs: &[Need::Namespace],
        run: netkits_are_pairs,
    },
];

/// The kind of a link and its settings as text: each attribute by its name.
pub(super) fn settings(
    session: &mut Session,
    name: &str,
) -> Result<String, Box<dyn std::error::Error>> {
    let message = session.row(&GetLink::by_name(name))?;
    let row = LinkRow::of(message.get());
    let info = nlwire::fields!(row.attributes => Link { info })?.info;
    let text = format!("{:?}", info.expect("IFLA_LINKINFO"));
    // `ip` sends a flag of the encapsulation even if a tunnel has none.
    Ok(text.replace("ENCAP_FLAGS: csum6", "ENCAP_FLAGS: 0"))
}

pub(super) fn index(
    session: &mut Session,
    name: &str,
) -> Result<LinkIndex, Box<dyn std::error::Error>> {
    let message = session.row(&GetLink::by_name(name))?;
    Ok(LinkRow::of(message.get()).index())
}

/// Creates a link by our request, then by `ip link add NAME WORDS`, and compares
/// what the kernel reports. Returns the settings; nothing if the kernel lacks
/// the kind.
fn both_ways(
    session: &mut Session,
    (name, ours): (&str, &dyn Request),
    theirs: &str,
) -> Result<Option<String>, Box<dyn std::error::Error>> {
    let mut events = Session::listen(Protocol::ROUTE, &[RTNLGRP_LINK])?;
    match session.execute(ours) {
        // "Unknown device type"
        Err(error) if error.errno() == Some(Errno::EOPNOTSUPP) => return Ok(None),
        other => other.map_err(|error| format!("{name}: {error}"))?,
    }
    let named = Some(name.into());
    events.wait_for(
        |message| matches!(Change::of(message), Change::NewLink(row) if row.name() == Ok(named)),
    )?;
    let our = settings(session, name)?;
    let row = session.row(&GetLink::by_name(name))?;
    capture(&format!("route-kind-{name}"), row.get().as_bytes())?;
    session.execute(&DeleteLink::by_name(name))?;
    events.wait_for(
        |message| matches!(Change::of(message), Change::DelLink(row) if row.name() == Ok(named)),
    )?;
    words("ip", &format!("link add {name} {theirs}"))?;
    let their = settings(session, name)?;
    assert_eq!(our, their, "{name}: {theirs}");
    session.execute(&DeleteLink::by_name(name))?;
    Ok(Some(our))
}

/// Compares some kinds; the test is skipped if the kernel lacks one.
pub(super) fn all(session: &mut Session, cases: &[(&str, &dyn Request, &str, &[&str])]) -> Outcome {
    let mut lacking = Vec::new();
    for (name, ours, theirs, expected) in cases {
        match both_ways(session, (name, *ours), theirs)? {
            Some(settings) => {
                for part in *expected {
                    assert!(settings.contains(part), "{name}: {part}: {settings}");
                }
            }
            None => lacking.push(*name),
        }
    }
    match lacking.as_slice() {
        [] => Ok(()),
        lacking => Err(Missing(format!("kernel: kinds of {}", lacking.join(", "))).into()),
    }
}

/// Creates a link, changes its settings, and compares what the kernel reports.
pub(super) fn changed(
    session: &mut Session,
    (name, ours, change): (&str, &dyn Request, &dyn Request),
    expected: &str,
) -> Outcome {
    session.execute(ours)?;
    session
        .execute(change)
        .map_err(|error| format!("{name}: {error}"))?;
    let settings = settings(session, name)?;
    assert!(
        settings.contains(expected),
        "{name}: {expected}: {settings}"
    );
    session.execute(&DeleteLink::by_name(name))?;
    Ok(())
}

fn bonds_are_those_of_ip() -> Outcome {
    let mut session = Session::open(Protocol::ROUTE)?;
    let targets = [Ipv4Addr::new(192, 0, 2, 1), Ipv4Addr::new(192, 0, 2, 2)];
    let arp = NewLink::bond("bond0")
        .mode(BondMode::ACTIVE_BACKUP)
        .arp(500, &targets);
    let more = [BondAttr::ActorSystemPriority(7), BondAttr::UserPortKey(9)];
    let lacp = NewLink::bond("bond1")
        .mode(BondMode::LACP)
        .hash_policy(BondHashPolicy::LAYER34)
        .lacp_rate(LacpRate::FAST)
        .mii_interval(100)
        .min_links(1)
        .settings(&more);
    all(
        &mut session,
        &[
            (
                "bond0",
                &arp,
                "type bond mode active-backup arp_interval 500 arp_ip_target 192.0.2.1,192.0.2.2",
                &[
                    "IFLA_BOND_MODE: active-backup",
                    "{0: 192.0.2.1, 1: 192.0.2.2}",
                ],
            ),
            (
                "bond1",
                &lacp,
                "type bond mode 802.3ad xmit_hash_policy layer3+4 lacp_rate fast miimon 100 \
                 min_links 1 ad_actor_sys_prio 7 ad_user_port_key 9",
                &["IFLA_BOND_MODE: 802.3ad", "IFLA_BOND_AD_LACP_RATE: fast"],
            ),
        ],
    )?;
    let like = NewLink::bond("").min_links(2);
    let change = SetLinkKind::of("bond1", like);
    changed(
        &mut session,
        ("bond1", &lacp, &change),
        "IFLA_BOND_MIN_LINKS: 2",
    )
}

fn ports_of_bonds_negotiate() -> Outcome {
    let mut session = Session::open(Protocol::ROUTE)?;
    let bond = NewLink::bond("bond0")
        .mode(BondMode::LACP)
        .mii_interval(100)
        .up();
    if let Err(error) = session.execute(&bond) {
        assert_eq!(error.errno(), Some(Errno::EOPNOTSUPP), "{error}");
        return Err(Missing("kernel: kind bond".into()).into());
    }
    session.execute(&NewLink::veth("port", "other"))?;
    let bond = index(&mut session, "bond0")?;
    session.execute(&SetLink::by_name("port").master(bond))?;
    session.execute(&SetLink::by_name("other").up())?;
    // The bond looks at its ports ten times a second.
    let end = Instant::now() + Duration::from_secs(30);
    while !settings(&mut session, "bond0")?
        .contains("IFLA_BOND_AD_INFO: {IFLA_BOND_AD_INFO_AGGREGATOR: ")
    {
        assert!(Instant::now() < end, "{}", settings(&mut session, "bond0")?);
        std::thread::sleep(Duration::from_millis(100));
    }
    let message = session.row(&GetLink::by_name("port"))?;
    let row = LinkRow::of(message.get());
    let info = nlwire::fields!(row.attributes => Link { info })?
        .info
        .expect("info");
    let mut seen = 0;
    for item in info {
        let (_, value) = item?;
        let LinkInfoAttr::PortData(data) = value? else {
            continue;
        };
        let Some(PortData::Bond(port)) = data.set() else {
            panic!("{data:?}");
        };
        for attribute in port {
            match attribute?.1? {
                BondPortAttr::AggregatorId(id) => assert!(id > 0),
                BondPortAttr::ActorState(state) => assert!(!state.is_empty()),
                BondPortAttr::PermanentAddress(address) => assert_eq!(address.len(), 6),
                _ => {}
            }
            seen += 1;
        }
    }
    assert!(seen >= 8, "{info:?}");
    Ok(())
}

fn overlays_are_those_of_ip() -> Outcome {
    let mut session = Session::open(Protocol::ROUTE)?;
    session.execute(&NewLink::veth("v0", "v1").mac([2, 0, 0, 0, 0, 1]))?;
    let lower = index(&mut session, "v0")?;
    let v4 = IpAddr::from([192, 0, 2, 9]);
    let v6: Ipv6Addr = "2001:db8::9".parse()?;
    let geneve = NewLink::geneve("gnv0", 42, v4)
        .port(6082)
        .ttl(9)
        .settings(&[
            GeneveAttr::DontFragment(GeneveDontFragment::SET),
            GeneveAttr::UdpChecksum(1),
        ]);
    let geneve6 = NewLink::geneve("gnv6", 43, v6);
    let external = NewLink::external_geneve("gnve");
    let vti = NewLink::vti("vti7")
        .local([192, 0, 2, 1])
        .remote([192, 0, 2, 2])
        .key(7);
    let vti6 = NewLink::vti6("vtis")
        .remote(v6)
        .settings(&[VtiAttr::Mark(3)]);
    let xfrm = NewLink::xfrm("xfrm0", 5).lower(lower);
    let macsec = NewLink::macsec("ms0", lower)
        .port(11)
        .cipher(MacSecCipher::GCM_AES_256)
        .encrypt(true)
        .settings(&[MacSecAttr::Validation(MacSecValidation::CHECK)]);
    session.execute(&SetLink::by_name("v0").up())?;
    all(
        &mut session,
        &[
            (
                "gnv0",
                &geneve,
                "type geneve id 42 remote 192.0.2.9 dstport 6082 ttl 9 df set udpcsum",
                &["IFLA_GENEVE_ID: 42", "IFLA_GENEVE_DF: set"],
            ),
            (
                "gnv6",
                &geneve6,
                "type geneve id 43 remote 2001:db8::9",
                &["2001:db8::9"],
            ),
            (
                "gnve",
                &external,
                "type geneve external",
                &["IFLA_GENEVE_COLLECT_METADATA"],
            ),
            (
                "vti7",
                &vti,
                "type vti local 192.0.2.1 remote 192.0.2.2 key 7",
                &["IFLA_VTI_IKEY: 7"],
            ),
            (
                "vtis",
                &vti6,
                "type vti6 remote 2001:db8::9 fwmark 3",
                &["IFLA_VTI_FWMARK: 3"],
            ),
            (
                "xfrm0",
                &xfrm,
                "type xfrm dev v0 if_id 5",
                &["IFLA_XFRM_IF_ID: 5"],
            ),
            (
                "ms0",
                &macsec,
                "link v0 type macsec port 11 cipher gcm-aes-256 encrypt on validate check",
                &[
                    "IFLA_MACSEC_SCI: 0x20000000001000b",
                    "IFLA_MACSEC_CIPHER_SUITE: GCM-AES-256",
                    "IFLA_MACSEC_VALIDATION: check",
                ],
            ),
        ],
    )?;
    // The port cannot change, not even to the same.
    let like = NewLink::geneve("", 42, v4).ttl(10);
    let change = SetLinkKind::of("gnv0", like);
    changed(
        &mut session,
        ("gnv0", &geneve, &change),
        "IFLA_GENEVE_TTL: 10",
    )?;
    let like = NewLink::vti("")
        .local([192, 0, 2, 1])
        .remote([192, 0, 2, 2])
        .key(8);
    let change = SetLinkKind::of("vti7", like);
    changed(&mut session, ("vti7", &vti, &change), "IFLA_VTI_OKEY: 8")?;
    let like = NewLink::vti6("").remote(v6).settings(&[VtiAttr::Mark(4)]);
    let change = SetLinkKind::of("vtis", like);
    changed(&mut session, ("vtis", &vti6, &change), "IFLA_VTI_FWMARK: 4")?;
    let change = SetLinkKind::of("xfrm0", NewLink::xfrm("", 6).lower(lower));
    changed(
        &mut session,
        ("xfrm0", &xfrm, &change),
        "IFLA_XFRM_IF_ID: 6",
    )?;
    let change = SetLinkKind::of("ms0", NewLink::macsec("", lower).encrypt(false));
    changed(
        &mut session,
        ("ms0", &macsec, &change),
        "IFLA_MACSEC_ENCRYPT: 0",
    )
}

fn overlays_of_udp_are_those_of_ip() -> Outcome {
    let mut session = Session::open(Protocol::ROUTE)?;
    session.execute(&NewLink::veth("v0", "v1").up())?;
    let lower = index(&mut session, "v0")?;
    let inside = [BareUdpAttr::Port(6635), BareUdpAttr::EtherType(0x8847)];
    let bareudp = NewLink::of_kind("bare0", "bareudp", &inside);
    let relay = [
        AmtAttr::Mode(AmtMode::RELAY),
        AmtAttr::Local([192, 0, 2, 1].into()),
        AmtAttr::Link(lower),
        AmtAttr::RelayPort(2268),
        AmtAttr::MaxTunnels(8),
    ];
    let amt = NewLink::of_kind("amt0", "amt", &relay);
    all(
        &mut session,
        &[
            (
                "bare0",
                &bareudp,
                "type bareudp dstport 6635 ethertype mpls_uc",
                &["IFLA_BAREUDP_PORT: 6635"],
            ),
            (
                "amt0",
                &amt,
                "type amt mode relay local 192.0.2.1 dev v0 relay_port 2268 max_tunnels 8",
                &["IFLA_AMT_MODE: relay"],
            ),
        ],
    )
}

fn buses_are_those_of_ip() -> Outcome {
    let mut session = Session::open(Protocol::ROUTE)?;
    let vxcan = NewLink::vxcan("can0", "can1");
    let vcan = NewLink::new("vcan0", "vcan");
    all(
        &mut session,
        &[
            ("can0", &vxcan, "type vxcan peer name can1", &["\"vxcan\""]),
            ("vcan0", &vcan, "type vcan", &["\"vcan\""]),
        ],
    )
}

fn rings_are_those_of_ip() -> Outcome {
    let mut session = Session::open(Protocol::ROUTE)?;
    session.execute(&NewLink::veth("p0", "q0"))?;
    session.execute(&NewLink::veth("p1", "q1"))?;
    let (first, second) = (index(&mut session, "p0")?, index(&mut session, "p1")?);
    let hsr = NewLink::hsr("hsr0", first, second);
    let prp = NewLink::hsr("prp0", first, second).redundancy(HsrProtocol::PRP);
    all(
        &mut session,
        &[
            (
                "hsr0",
                &hsr,
                "type hsr slave1 p0 slave2 p1",
                &[
                    "IFLA_HSR_PROTOCOL: hsr",
                    "IFLA_HSR_SUPERVISION_ADDR: 01:15:4e:00:01:00",
                ],
            ),
            (
                "prp0",
                &prp,
                "type hsr slave1 p0 slave2 p1 proto 1",
                &["IFLA_HSR_PROTOCOL: prp"],
            ),
        ],
    )
}

fn netkits_are_pairs() -> Outcome {
    let mut session = Session::open(Protocol::ROUTE)?;
    let netkit = NewLink::netkit("nk0", "nk1")
        .mode(NetkitMode::L2)
        .policy(NetkitPolicy::BLACKHOLE)
        .up();
    if let Err(error) = session.execute(&netkit) {
        assert_eq!(error.errno(), Some(Errno::EOPNOTSUPP), "{error}");
        return Err(Missing("kernel: kind netkit".into()).into());
    }
    let first = settings(&mut session, "nk0")?;
    for part in [
        "IFLA_NETKIT_PRIMARY: 1",
        "IFLA_NETKIT_POLICY: blackhole",
        "IFLA_NETKIT_PEER_POLICY: forward",
        "IFLA_NETKIT_MODE: l2",
    ] {
        assert!(first.contains(part), "{part}: {first}");
    }
    let second = settings(&mut session, "nk1")?;
    assert!(second.contains("IFLA_NETKIT_PRIMARY: 0"), "{second}");
    Ok(())
}
