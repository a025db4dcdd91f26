//! Families of generic netlink that are modules, beside the programs that set
//! them: `ip fou`, `ip ila`, `ip l2tp`, `ip macsec` and `ipvsadm`.

use crate::modules::{Result, index, listen, open, wait_until, words};
use nlsock::{Conn, Errno, Event};
use nltests::{Need, Outcome, Test, ip};
use nlwire::codec::Hidden;
use nlwire::fields;
use nlwire::generic::fou::{DeletePort, Encapsulation as FouEncapsulation, Fou, GetPorts, NewPort};
use nlwire::generic::ila::{
    ChecksumMode, DeleteMapping, FlushMappings, GetMapping, GetMappings, Ila, IlaAttr, NewMapping,
};
use nlwire::generic::ipvs::{
    DeleteDestination, DeleteService, Destination, DestinationAttr, FlagsAndMask, FlushServices,
    ForwardMethod, GetConfig, GetDestinations, GetServices, Ipvs, IpvsAttr, NewDestination,
    NewService, Service, ServiceAttr, SetConfig, SetDestination, SetService,
};
use nlwire::generic::l2tp::{
    Change, DeleteSession, DeleteTunnel, Encapsulation, GetSession, GetSessions, GetTunnel,
    GetTunnels, L2TP_GENL_MCGROUP, L2tp, L2tpAttr, L2tpRow, NewSession, NewTunnel, PseudowireType,
    SetSession,
};
use nlwire::generic::macsec::{
    DeleteRxChannel, DeleteRxSa, DeleteTxSa, GetMacsecs, Macsec, MacsecAttr, NewRxChannel, NewRxSa,
    NewTxSa, PacketNumber, RxChannel, RxChannelAttr, Sa, SaAttr, Secy, SetTxSa,
};
use serde_json::{Value, json};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "genl_tools::fou_ports_both_ways_round",
        needs: &[Need::Root],
        run: fou_ports_both_ways_round,
    },
    Test {
        name: "genl_tools::ila_mappings_both_ways_round",
        needs: &[Need::Root],
        run: ila_mappings_both_ways_round,
    },
    Test {
        name: "genl_tools::l2tp_tunnels_both_ways_round",
        needs: &[Need::Root],
        run: l2tp_tunnels_both_ways_round,
    },
    Test {
        name: "genl_tools::macsec_channels_both_ways_round",
        needs: &[Need::Root],
        run: macsec_channels_both_ways_round,
    },
    Test {
        name: "genl_tools::ipvs_services_both_ways_round",
        needs: &[Need::Root],
        run: ipvs_services_both_ways_round,
    },
];

/// A UDP port, the IP protocol inside, and the encapsulation.
type FouPort = (Option<u16>, Option<u8>, Option<FouEncapsulation>);

fn fou_ports(conn: &mut Conn) -> Result<Vec<FouPort>> {
    let mut ports = Vec::new();
    for row in &conn.list(GetPorts::all())? {
        let found = fields!(row.attributes => Fou { port, ip_protocol, encapsulation })?;
        ports.push((found.port, found.ip_protocol, found.encapsulation));
    }
    ports.sort_by_key(|port| port.0);
    Ok(ports)
}

fn fou_ports_both_ways_round() -> Outcome {
    let mut conn = open("fou", "fou", &["ip"])?;
    ip(&["link", "set", "lo", "up"])?;
    // Ours, seen by ip.
    conn.execute(NewPort::direct_v4(5555, 4))?;
    conn.execute(NewPort::gue_v4(5556))?;
    let error = conn.execute(NewPort::gue_v4(5555)).unwrap_err();
    assert_eq!(error.errno(), Some(Errno::EADDRINUSE), "{error}");
    let shown = words("ip fou show")?;
    assert!(shown.contains("port 5555 ipproto 4"), "{shown}");
    assert!(shown.contains("port 5556 gue"), "{shown}");
    // Theirs, seen by us.
    words("ip fou add port 5557 ipproto 47")?;
    let direct = Some(FouEncapsulation::DIRECT);
    let expected = [
        (Some(5555), Some(4), direct),
        (Some(5556), Some(0), Some(FouEncapsulation::GUE)),
        (Some(5557), Some(47), direct),
    ];
    assert_eq!(fou_ports(&mut conn)?, expected);
    // Deletions.
    conn.execute(DeletePort::v4(5557))?;
    conn.execute(DeletePort::v4(5557).if_there())?;
    assert!(conn.execute(DeletePort::v4(5557)).is_err());
    words("ip fou del port 5556")?;
    assert_eq!(fou_ports(&mut conn)?, expected[..1]);
    conn.execute(DeletePort::v4(5555))?;
    assert_eq!(words("ip fou show")?, "");
    Ok(())
}

/// The mappings: both locators, and the treatment of checksums.
fn ila_mappings(conn: &mut Conn) -> Result<Vec<(u64, u64, ChecksumMode)>> {
    let mut mappings = Vec::new();
    for row in &conn.list(GetMappings::all())? {
        let found = fields!(row.attributes => Ila { locator_match, locator, checksum_mode })?;
        mappings.push((
            found.locator_match.ok_or("no locator")?,
            found.locator.ok_or("no locator")?,
            found.checksum_mode.ok_or("no mode")?,
        ));
    }
    mappings.sort();
    Ok(mappings)
}

fn ila_mappings_both_ways_round() -> Outcome {
    let mut conn = open("ila", "ila", &["ip"])?;
    let locator = |last: u64| 0x2001_0db8_0000_0000 + last;
    let neutral = ChecksumMode::NEUTRAL_MAP_AUTO;
    // Ours, seen by ip.
    let mode = [IlaAttr::ChecksumMode(neutral)];
    conn.execute(NewMapping::of(locator(1), locator(2)).with(&mode))?;
    // For locators the `ip` of Debian 12 prints something else.
    let shown = words("ip ila list")?;
    assert!(shown.contains("neutral-map-auto"), "{shown}");
    let error = conn.execute(NewMapping::of(locator(1), locator(3)));
    assert_eq!(error.unwrap_err().errno(), Some(Errno::EEXIST));
    // Theirs, seen by us.
    words("ip ila add loc_match 2001:db8:0:5 loc 2001:db8:0:6 csum-mode no-action")?;
    let ours = (locator(1), locator(2), neutral);
    let theirs = (locator(5), locator(6), ChecksumMode::NO_ACTION);
    assert_eq!(ila_mappings(&mut conn)?, [ours, theirs]);
    let row = conn.get(GetMapping::of(locator(5)))?;
    let found = fields!(row.attributes => Ila { locator })?.locator;
    assert_eq!(found, Some(locator(6)));
    // Deletions.
    conn.execute(DeleteMapping::of(locator(1)))?;
    // The kernel does not say that there is none.
    conn.execute(DeleteMapping::of(locator(1)))?;
    assert!(conn.get(GetMapping::of(locator(1))).is_err());
    assert_eq!(ila_mappings(&mut conn)?, [theirs]);
    conn.execute(FlushMappings::all())?;
    assert_eq!(words("ip ila list")?, "");
    Ok(())
}

/// A tunnel as `ip -j l2tp show tunnel` has it.
fn tunnel(row: &L2tpRow<'_>) -> Result<Value> {
    let found = fields!(row.attributes => L2tp {
        tunnel, peer_tunnel, encapsulation, source_v4, destination_v4, source_v6, destination_v6,
        source_port, destination_port
    })?;
    let local: Option<IpAddr> = found.source_v4.or(found.source_v6);
    let peer: Option<IpAddr> = found.destination_v4.or(found.destination_v6);
    let mut value = json!({
        "tunnel_id": found.tunnel, "peer_tunnel": found.peer_tunnel,
        "local": local, "peer": peer, "encap": "IP",
    });
    if found.encapsulation == Some(Encapsulation::UDP) {
        value["encap"] = "UDP".into();
        value["local_port"] = found.source_port.into();
        value["peer_port"] = found.destination_port.into();
    }
    Ok(value)
}

/// A session as `ip -j l2tp show session` has it.
fn session(row: &L2tpRow<'_>) -> Result<Value> {
    let found = fields!(row.attributes => L2tp {
        tunnel, session, peer_tunnel, peer_session, name, cookie, pseudowire
    })?;
    assert_eq!(found.pseudowire, Some(PseudowireType::ETHERNET));
    let mut value = json!({
        "session_id": found.session, "tunnel_id": found.tunnel,
        "peer_session_id": found.peer_session, "peer_tunnel_id": found.peer_tunnel,
        "interface": found.name.map(|name| name.to_string()),
    });
    if let Some(cookie @ [_, ..]) = found.cookie {
        let hex = cookie.iter().map(|byte| format!("{byte:02x}"));
        value["cookie"] = hex.collect::<String>().into();
    }
    Ok(value)
}

/// Fails unless each row of `ip` has all that ours has.
fn are_those_of_ip(ours: &[Value], command: &[&str]) -> Outcome {
    let theirs = ip(command)?;
    let theirs = theirs.as_array().ok_or("no array")?;
    assert_eq!(ours.len(), theirs.len(), "{ours:?} {theirs:?}");
    for row in ours {
        let row = row.as_object().ok_or("no object")?;
        let is_there = theirs
            .iter()
            .any(|their| row.iter().all(|(key, value)| their[key] == *value));
        assert!(is_there, "{row:?} {theirs:?}");
    }
    Ok(())
}

fn compare_l2tp(conn: &mut Conn) -> Outcome {
    let list = conn.list(GetTunnels::all())?;
    let tunnels: Result<Vec<_>> = list.iter().map(|row| tunnel(&row)).collect();
    are_those_of_ip(&tunnels?, &["l2tp", "show", "tunnel"])?;
    let list = conn.list(GetSessions::all())?;
    let sessions: Result<Vec<_>> = list.iter().map(|row| session(&row)).collect();
    are_those_of_ip(&sessions?, &["l2tp", "show", "session"])
}

fn l2tp_tunnels_both_ways_round() -> Outcome {
    let mut conn = open("l2tp", "l2tp_netlink", &["ip"])?;
    ip(&["link", "set", "lo", "up"])?;
    let mut events = listen(&mut conn, "l2tp", L2TP_GENL_MCGROUP)?;
    // Ours, seen by ip.
    let local = IpAddr::from(Ipv4Addr::new(127, 0, 0, 1));
    let peer = IpAddr::from(Ipv4Addr::new(127, 0, 0, 2));
    conn.execute(NewTunnel::over_udp(1, 2).with(&[
        L2tpAttr::SourceV4(local),
        L2tpAttr::DestinationV4(peer),
        L2tpAttr::SourcePort(5000),
        L2tpAttr::DestinationPort(6000),
    ]))?;
    let Some(Event::Item(event)) = events.next()? else {
        return Err("a loss, or nothing".into());
    };
    let Change::NewTunnel(row) = Change::of(event.message()) else {
        return Err(format!("{:?}", Change::of(event.message())).into());
    };
    assert_eq!(tunnel(&row)?["tunnel_id"], 1);
    let new = NewSession::of(1, 100, 200, PseudowireType::ETHERNET);
    conn.execute(new.with(&[
        L2tpAttr::Name("l2a".into()),
        L2tpAttr::Cookie(&[1, 2, 3, 4]),
        L2tpAttr::PeerCookie(&[5, 6, 7, 8]),
    ]))?;
    compare_l2tp(&mut conn)?;
    // Theirs, seen by us.
    words(
        "ip l2tp add tunnel tunnel_id 3 peer_tunnel_id 4 encap ip local 127.0.0.1 remote 127.0.0.3",
    )?;
    words("ip l2tp add session name l2b tunnel_id 3 session_id 300 peer_session_id 400")?;
    let v6 = "ip l2tp add tunnel tunnel_id 5 peer_tunnel_id 6 encap udp local ::1 remote ::1";
    words(&format!("{v6} udp_sport 7000 udp_dport 7001"))?;
    compare_l2tp(&mut conn)?;
    let row = conn.get(GetTunnel::by_id(5))?;
    let found = fields!(row.attributes => L2tp { source_v6, source_port })?;
    let loopback = IpAddr::from(Ipv6Addr::LOCALHOST);
    assert_eq!(
        (found.source_v6, found.source_port),
        (Some(loopback), Some(7000))
    );
    // A change.
    conn.execute(SetSession::of(1, 100).with(&[L2tpAttr::SendSequence(1)]))?;
    let row = conn.get(GetSession::of(1, 100))?;
    let found = fields!(row.attributes => L2tp { send_sequence, peer_cookie })?;
    assert_eq!(found.send_sequence, Some(1));
    assert_eq!(found.peer_cookie, Some(&[5, 6, 7, 8][..]));
    // Deletions.
    conn.execute(DeleteSession::of(1, 100))?;
    wait_until(|| Ok(conn.list(GetSessions::all())?.len() == 1))?;
    conn.execute(DeleteSession::of(1, 100).if_there())?;
    assert!(conn.execute(DeleteSession::of(1, 100)).is_err());
    words("ip l2tp del session tunnel_id 3 session_id 300")?;
    for id in [1, 3, 5] {
        conn.execute(DeleteTunnel::by_id(id))?;
    }
    wait_until(|| Ok(conn.list(GetTunnels::all())?.is_empty()))?;
    conn.execute(DeleteTunnel::by_id(1).if_there())?;
    let error = conn.execute(DeleteTunnel::by_id(1)).unwrap_err();
    assert!(error.to_string().contains("L2TP_CMD_TUNNEL_DELETE"));
    assert_eq!(words("ip l2tp show tunnel")?, "");
    Ok(())
}

/// The channels of the only link: the number of the transmit SA and its packet
/// number, and of each receive channel the identifier and the SAs' numbers.
type Channels = (Vec<(Option<u8>, Option<PacketNumber>)>, Vec<(u64, Vec<u8>)>);

fn channels(conn: &mut Conn) -> Result<Channels> {
    let list = conn.list(GetMacsecs::all())?;
    assert_eq!(list.len(), 1);
    let row = list.iter().next().ok_or("no link")?;
    let found = fields!(row.attributes => Macsec { settings, tx_sas, rx_channels })?;
    let settings = fields!(found.settings.ok_or("no settings")? => Secy { sci, encrypt })?;
    assert_eq!(settings.encrypt, Some(1));
    assert!(settings.sci.is_some());
    let (mut sent, mut received) = (Vec::new(), Vec::new());
    for sa in found.tx_sas.into_iter().flat_map(|list| list.iter()) {
        let (_, sa) = sa?;
        let sa = fields!(sa => Sa { number, packet_number, active, key_id })?;
        assert!(sa.active.is_some() && sa.key_id.is_some());
        sent.push((sa.number, sa.packet_number));
    }
    for channel in found.rx_channels.into_iter().flat_map(|list| list.iter()) {
        let (_, channel) = channel?;
        let channel = fields!(channel => RxChannel { sci, sas, stats })?;
        assert!(channel.stats.is_some());
        let mut numbers = Vec::new();
        for sa in channel.sas.into_iter().flat_map(|list| list.iter()) {
            let (_, sa) = sa?;
            numbers.extend(fields!(sa => Sa { number })?.number);
        }
        received.push((channel.sci.ok_or("no SCI")?, numbers));
    }
    Ok((sent, received))
}

fn macsec_channels_both_ways_round() -> Outcome {
    let mut conn = open("macsec", "macsec", &["ip"])?;
    words("ip link add left type veth peer name right")?;
    words("ip link add link left ms0 type macsec encrypt on")?;
    let link = index("ms0")?;
    // Ours, seen by ip.
    let key = [7; 16];
    let sa = |number, key_id| {
        [
            SaAttr::Number(number),
            SaAttr::Active(1),
            SaAttr::PacketNumber(PacketNumber::Short(100)),
            SaAttr::KeyId(key_id),
            SaAttr::Key(Hidden(&key)),
        ]
    };
    let (first, second) = ([1; 16], [2; 16]);
    let new = sa(0, &first);
    let attributes = [MacsecAttr::Sa((&new).into())];
    let request = NewTxSa::of_link(link).with(&attributes);
    assert!(!format!("{request:?}").contains("7, 7"), "{request:?}");
    conn.execute(request)?;
    let sci = 0x0200_0000_0009_0001;
    let channel = [RxChannelAttr::Sci(sci), RxChannelAttr::Active(1)];
    let channel = MacsecAttr::RxChannel((&channel).into());
    let attributes = [channel];
    conn.execute(NewRxChannel::of_link(link).with(&attributes))?;
    let named = [RxChannelAttr::Sci(sci)];
    let new = sa(1, &second);
    let attributes = [
        MacsecAttr::RxChannel((&named).into()),
        MacsecAttr::Sa((&new).into()),
    ];
    conn.execute(NewRxSa::of_link(link).with(&attributes))?;
    let shown = words("ip macsec show ms0")?;
    // A big-endian kernel reads a short number as the high half of a long one
    // (`nla_get_u64` in `macsec_add_txsa`), and ip the state of a channel, a byte, as
    // 32 bits.
    let big = cfg!(target_endian = "big");
    let (known, state) = if big { (0, "off") } else { (1, "on") };
    for part in [
        format!("0: PN {}, state on, key {}", known * 100, "01".repeat(16)),
        format!("RXSC: 0200000000090001, state {state}"),
        format!("1: PN {}, state on, key {}", known * 100, "02".repeat(16)),
    ] {
        assert!(shown.contains(&part), "{part}: {shown}");
    }
    // Theirs, seen by us.
    let hex = "03030303030303030303030303030303";
    words(&format!("ip macsec add ms0 tx sa 1 pn 200 on key 03 {hex}"))?;
    words("ip macsec add ms0 rx port 1 address 02:00:00:00:00:0a on")?;
    words(&format!(
        "ip macsec add ms0 rx port 1 address 02:00:00:00:00:0a sa 2 pn 300 on key 04 {hex}"
    ))?;
    let pn = |number: u32| Some(PacketNumber::Short(known * number));
    let (sent, mut received) = channels(&mut conn)?;
    received.sort();
    assert_eq!(sent, [(Some(0), pn(100)), (Some(1), pn(200))]);
    let other = 0x0200_0000_000a_0001;
    assert_eq!(received, [(sci, vec![1]), (other, vec![2])]);
    // A change.
    let change = [SaAttr::Number(1), SaAttr::Active(0)];
    let attributes = [MacsecAttr::Sa((&change).into())];
    conn.execute(SetTxSa::of_link(link).with(&attributes))?;
    let shown = words("ip macsec show ms0")?;
    let part = format!("1: PN {}, state off", known * 200);
    assert!(shown.contains(&part), "{part}: {shown}");
    // Deletions.
    let number = [SaAttr::Number(0)];
    let attributes = [MacsecAttr::Sa((&number).into())];
    // An SA that is active stays.
    assert!(
        conn.execute(DeleteTxSa::of_link(link).with(&attributes))
            .is_err()
    );
    words("ip macsec set ms0 tx sa 0 off")?;
    conn.execute(DeleteTxSa::of_link(link).with(&attributes))?;
    conn.execute(DeleteTxSa::of_link(link).with(&attributes).if_there())?;
    let number = [SaAttr::Number(1)];
    let attributes = [
        MacsecAttr::RxChannel((&named).into()),
        MacsecAttr::Sa((&number).into()),
    ];
    assert!(
        conn.execute(DeleteRxSa::of_link(link).with(&attributes))
            .is_err()
    );
    words("ip macsec set ms0 rx sci 0200000000090001 sa 1 off")?;
    conn.execute(DeleteRxSa::of_link(link).with(&attributes))?;
    let attributes = [MacsecAttr::RxChannel((&named).into())];
    conn.execute(DeleteRxChannel::of_link(link).with(&attributes))?;
    let error = conn.execute(DeleteRxChannel::of_link(link).with(&attributes));
    assert!(error.is_err());
    let (sent, received) = channels(&mut conn)?;
    assert_eq!(sent, [(Some(1), pn(200))]);
    assert_eq!(received, [(other, vec![2])]);
    Ok(())
}

/// The services with their destinations, in the words of `ipvsadm --save`.
fn rules(conn: &mut Conn) -> Result<String> {
    let mut text = String::new();
    for row in &conn.list(GetServices::all())? {
        let service = fields!(row.attributes => Ipvs { service })?.service;
        let service = fields!(service.ok_or("no service")? => Service {
            family, protocol, address, port, mark, scheduler
        })?;
        let named: Vec<_> = [
            service.family.map(ServiceAttr::Family),
            service.protocol.map(ServiceAttr::Protocol),
            service.address.map(ServiceAttr::Address),
            service.port.map(ServiceAttr::Port),
            service.mark.map(ServiceAttr::Mark),
        ]
        .into_iter()
        .flatten()
        .collect();
        let end = |address: Option<IpAddr>, port: Option<u16>| match address {
            Some(IpAddr::V6(address)) => format!("[{address}]:{}", port.unwrap_or_default()),
            Some(address) => format!("{address}:{}", port.unwrap_or_default()),
            None => String::new(),
        };
        let name = match (service.mark, service.protocol) {
            (Some(mark), _) => format!("-f {mark}"),
            (None, Some(17)) => format!("-u {}", end(service.address, service.port)),
            (None, _) => format!("-t {}", end(service.address, service.port)),
        };
        let scheduler = service.scheduler.ok_or("no scheduler")?;
        text += &format!("-A {name} -s {scheduler}\n");
        let named = named.as_slice();
        let attributes = [IpvsAttr::Service((&named).into())];
        for row in &conn.list(GetDestinations::new().with(&attributes))? {
            let found = fields!(row.attributes => Ipvs { destination })?.destination;
            let found = fields!(found.ok_or("no destination")? => Destination {
                address, port, forward_method, weight, active_connections
            })?;
            assert_eq!(found.active_connections, Some(0));
            let way = match found.forward_method {
                Some(ForwardMethod::MASQUERADE) => "-m",
                Some(ForwardMethod::TUNNEL) => "-i",
                Some(ForwardMethod::DIRECT_ROUTE) => "-g",
                other => return Err(format!("{other:?}").into()),
            };
            let end = end(found.address, found.port);
            let weight = found.weight.unwrap_or_default();
            text += &format!("-a {name} -r {end} {way} -w {weight}\n");
        }
    }
    Ok(text)
}

fn sorted(text: &str) -> Vec<&str> {
    let mut lines: Vec<_> = text.lines().map(str::trim_end).collect();
    lines.sort_unstable();
    lines
}

fn compare_ipvs(conn: &mut Conn) -> Outcome {
    let (ours, theirs) = (rules(conn)?, words("ipvsadm --save -n")?);
    assert_eq!(sorted(&ours), sorted(&theirs));
    Ok(())
}

fn ipvs_services_both_ways_round() -> Outcome {
    let mut conn = open("IPVS", "ip_vs", &["ipvsadm"])?;
    words("ip link set lo up")?;
    // Ours, seen by ipvsadm.
    let no_flags = FlagsAndMask::default();
    let service = [
        ServiceAttr::Family(2),
        ServiceAttr::Protocol(6),
        ServiceAttr::Address([127, 0, 0, 1].into()),
        ServiceAttr::Port(80),
        ServiceAttr::Scheduler("rr".into()),
        ServiceAttr::Flags(&no_flags),
        ServiceAttr::Timeout(0),
        ServiceAttr::Netmask(u32::MAX),
    ];
    let attributes = [IpvsAttr::Service((&service).into())];
    conn.execute(NewService::new().with(&attributes))?;
    // The first four name the service.
    let named = &service[..4];
    let destination = |weight| {
        [
            DestinationAttr::Address([127, 0, 0, 7].into()),
            DestinationAttr::Port(8080),
            DestinationAttr::ForwardMethod(ForwardMethod::MASQUERADE),
            DestinationAttr::Weight(weight),
            DestinationAttr::UpperThreshold(0),
            DestinationAttr::LowerThreshold(0),
        ]
    };
    let new = destination(5);
    let attributes = [
        IpvsAttr::Service((&named).into()),
        IpvsAttr::Destination((&new).into()),
    ];
    conn.execute(NewDestination::new().with(&attributes))?;
    assert_eq!(
        sorted(&words("ipvsadm --save -n")?),
        [
            "-A -t 127.0.0.1:80 -s rr",
            "-a -t 127.0.0.1:80 -r 127.0.0.7:8080 -m -w 5"
        ]
    );
    // Theirs, seen by us.
    words("ipvsadm -A -u 127.0.0.1:53 -s wlc")?;
    words("ipvsadm -a -u 127.0.0.1:53 -r 127.0.0.8:53 -g -w 3")?;
    words("ipvsadm -A -t [::1]:443 -s sh")?;
    words("ipvsadm -a -t [::1]:443 -r [::2]:443 -m -w 1")?;
    words("ipvsadm -A -f 7 -s rr")?;
    compare_ipvs(&mut conn)?;
    // Changes.
    let change = destination(9);
    let attributes = [
        IpvsAttr::Service((&named).into()),
        IpvsAttr::Destination((&change).into()),
    ];
    conn.execute(SetDestination::new().with(&attributes))?;
    let mut changed = service;
    changed[4] = ServiceAttr::Scheduler("wrr".into());
    let service = [IpvsAttr::Service((&changed).into())];
    conn.execute(SetService::new().with(&service))?;
    let saved = words("ipvsadm --save -n")?;
    assert!(saved.contains("-t 127.0.0.1:80 -s wrr"), "{saved}");
    assert!(saved.contains("-r 127.0.0.7:8080 -m -w 9"), "{saved}");
    compare_ipvs(&mut conn)?;
    // Timeouts.
    conn.execute(SetConfig::new().with(&[
        IpvsAttr::TcpTimeout(901),
        IpvsAttr::TcpFinTimeout(121),
        IpvsAttr::UdpTimeout(301),
    ]))?;
    let shown = words("ipvsadm -L --timeout")?;
    assert!(shown.contains("901 121 301"), "{shown}");
    words("ipvsadm --set 902 122 302")?;
    let row = conn.get(GetConfig::new())?;
    let found = fields!(row.attributes => Ipvs { tcp_timeout, tcp_fin_timeout, udp_timeout })?;
    let timeouts = (found.tcp_timeout, found.tcp_fin_timeout, found.udp_timeout);
    assert_eq!(timeouts, (Some(902), Some(122), Some(302)));
    // Deletions.
    conn.execute(DeleteDestination::new().with(&attributes))?;
    conn.execute(DeleteDestination::new().with(&attributes).if_there())?;
    assert!(
        conn.execute(DeleteDestination::new().with(&attributes))
            .unwrap_err()
            .is_not_found()
    );
    let attributes = [IpvsAttr::Service((&named).into())];
    conn.execute(DeleteService::new().with(&attributes))?;
    conn.execute(DeleteService::new().with(&attributes).if_there())?;
    compare_ipvs(&mut conn)?;
    conn.execute(FlushServices::all())?;
    assert_eq!(words("ipvsadm --save -n")?, "");
    Ok(())
}
