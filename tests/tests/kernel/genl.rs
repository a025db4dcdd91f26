//! Families of generic netlink beside `ip`, both ways round.

use nlsock::{Config, Conn, Event, Events, Protocol};
use nltests::{Missing, Need, Outcome, Test, ip, run};
use nlwire::codec::AttributeSet;
use nlwire::generic::ioam6::{
    DeleteNamespace, DeleteSchema, GetNamespaces, GetSchemas, Ioam, IoamAttr, NewNamespace,
    NewSchema, SetNamespaceSchema,
};
use nlwire::generic::mptcp_pm::{
    self, DeleteEndpoint, Endpoint, EndpointFlags, FlushEndpoints, GetEndpoint, GetEndpoints,
    GetLimits, MPTCP_PM_EV_GRP_NAME, Manager, ManagerRow, MptcpEvent, NewEndpoint, SetEndpoint,
    SetLimits,
};
use nlwire::generic::netdev::{
    self, GetNapis, GetPagePools, GetQueue, GetQueueStats, GetQueues, GetXdpLink, GetXdpLinks,
    NETDEV_MCGRP_MGMT, Queue, QueueType, XdpFeatures, XdpLink,
};
use nlwire::generic::seg6::{
    Algorithm, DeleteKey, GetKeys, GetTunnelSource, Segments, SetKey, SetTunnelSource,
};
use nlwire::generic::tcp_metrics::{DeleteMetrics, GetAllMetrics, GetMetrics, Metrics, Values};
use nlwire::generic::{FamilyRow, GenericHeader, GetFamily};
use nlwire::{DecodeError, LinkIndex, MessageRef, Row, fields};
use serde_json::{Value, json};
use std::error::Error;
use std::io::{Read as _, Write as _};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, TcpListener, TcpStream};
use std::time::Duration;

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "genl::mptcp_endpoints_both_ways_round",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: mptcp_endpoints_both_ways_round,
    },
    Test {
        name: "genl::mptcp_connections_are_watched",
        needs: &[Need::Namespace],
        run: mptcp_connections_are_watched,
    },
    Test {
        name: "genl::tcp_metrics_are_those_of_ip",
        needs: &[Need::Root, Need::Program("ip")],
        run: tcp_metrics_are_those_of_ip,
    },
    Test {
        name: "genl::segment_routing_both_ways_round",
        needs: &[Need::Root, Need::Program("ip")],
        run: segment_routing_both_ways_round,
    },
    Test {
        name: "genl::ioam_both_ways_round",
        needs: &[Need::Root, Need::Program("ip")],
        run: ioam_both_ways_round,
    },
    Test {
        name: "genl::queues_and_xdp_features_are_those_of_the_links",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: queues_and_xdp_features_are_those_of_the_links,
    },
];

/// Opens a connection; the test is skipped if the kernel lacks the family.
fn open(family: &str) -> Result<Conn, Box<dyn Error>> {
    let mut conn = Conn::open(Protocol::GENERIC)?;
    find(&mut conn, family)?;
    Ok(conn)
}

/// Finds a family; the test is skipped if the kernel lacks it.
fn find<'c>(conn: &'c mut Conn, family: &str) -> Result<FamilyRow<'c>, Box<dyn Error>> {
    match conn.get(GetFamily::by_name(family)) {
        Err(error) if error.is_not_found() => {
            Err(Missing(format!("kernel: the family {family}")).into())
        }
        found => Ok(found?),
    }
}

/// Listens to a group of a family; the test is skipped if the kernel lacks it.
fn listen(conn: &mut Conn, family: &str, group: &str) -> Result<Events, Box<dyn Error>> {
    let found = find(conn, family)?;
    let lacking = || Missing(format!("kernel: group {group} of {family}"));
    let group = found.group(group)?.ok_or_else(lacking)?;
    let mut events = Config::new(Protocol::GENERIC).group(group).events()?;
    events.set_timeout(Some(Duration::from_secs(10)));
    Ok(events)
}

/// Waits for the notification that `read` takes.
fn wait_for<R>(
    events: &mut Events,
    read: impl Fn(MessageRef<'_>) -> Result<Option<R>, DecodeError>,
) -> Result<R, Box<dyn Error>> {
    loop {
        let Some(Event::Item(event)) = events.next()? else {
            return Err("a loss, or nothing".into());
        };
        if let Some(found) = read(event.message())? {
            return Ok(found);
        }
    }
}

/// An endpoint as `ip -j mptcp endpoint show` has it.
fn endpoint(row: &ManagerRow<'_>) -> Result<Value, Box<dyn Error>> {
    let endpoint = fields!(row.attributes => Manager { endpoint })?.endpoint;
    let found = fields!(endpoint.ok_or("no endpoint")? => Endpoint {
        id, address_v4, address_v6, port, flags, link
    })?;
    let address: Option<IpAddr> = found.address_v4.or(found.address_v6);
    let mut value = json!({ "address": address, "id": found.id });
    let flags = found.flags.unwrap_or_default();
    for (flag, name) in [
        (EndpointFlags::SIGNAL, "signal"),
        (EndpointFlags::SUBFLOW, "subflow"),
        (EndpointFlags::BACKUP, "backup"),
        (EndpointFlags::FULLMESH, "fullmesh"),
    ] {
        if flags.contains(flag) {
            value[name] = true.into();
        }
    }
    if let Some(port @ 1..) = found.port {
        value["port"] = port.into();
    }
    if found.link == Some(1.into()) {
        value["dev"] = "lo".into();
    }
    Ok(value)
}

fn endpoints(conn: &mut Conn) -> Result<Value, Box<dyn Error>> {
    let list = conn.list(GetEndpoints::all())?;
    list.iter().map(|row| endpoint(&row)).collect()
}

/// The endpoints as ip has them. It reads the family, 16 bits, as a byte, so that it
/// knows no address on a big-endian machine: there they are those of ours.
fn endpoints_of_ip(ours: &Value) -> Result<Value, Box<dyn Error>> {
    let mut theirs = ip(&["mptcp", "endpoint", "show"])?;
    if cfg!(target_endian = "big") {
        for (theirs, ours) in theirs
            .as_array_mut()
            .unwrap()
            .iter_mut()
            .zip(ours.as_array().unwrap())
        {
            theirs["address"] = ours["address"].clone();
        }
    }
    Ok(theirs)
}

fn mptcp_endpoints_both_ways_round() -> Outcome {
    let mut conn = open("mptcp_pm")?;
    ip(&["link", "set", "lo", "up"])?;
    // Ours, seen by ip.
    let v6: Ipv6Addr = "2001:db8::7".parse()?;
    conn.execute(
        NewEndpoint::at([192, 0, 2, 1])
            .id(7)
            .flags(EndpointFlags::SIGNAL),
    )?;
    conn.execute(
        NewEndpoint::at(v6)
            .link(LinkIndex::new(1))
            .flags(EndpointFlags::SUBFLOW | EndpointFlags::BACKUP),
    )?;
    let ours = endpoints(&mut conn)?;
    assert_eq!(ours, endpoints_of_ip(&ours)?);
    let addresses: Vec<_> = ours
        .as_array()
        .unwrap()
        .iter()
        .map(|row| &row["address"])
        .collect();
    assert_eq!(addresses, [&json!("192.0.2.1"), &json!("2001:db8::7")]);
    assert_eq!(endpoint(&conn.get(GetEndpoint::by_id(7))?)?["signal"], true);
    // A change.
    conn.execute(SetEndpoint::by_id(8, EndpointFlags::empty()))?;
    let theirs = ip(&["mptcp", "endpoint", "show", "id", "8"])?;
    assert_eq!(
        theirs[0].get("backup").or(theirs.get("backup")),
        None,
        "{theirs}"
    );
    // Theirs, seen by us.
    ip(&[
        "mptcp",
        "endpoint",
        "add",
        "127.0.0.1",
        "id",
        "9",
        "signal",
        "port",
        "100",
    ])?;
    let ours = endpoints(&mut conn)?;
    assert_eq!(ours, endpoints_of_ip(&ours)?);
    assert_eq!(ours[2]["address"], "127.0.0.1");
    // Limits.
    conn.execute(SetLimits::to(3, 4))?;
    let limits = ip(&["mptcp", "limits", "show"]).unwrap_or_default();
    let limits = limits.to_string() + &run("ip", &["mptcp", "limits", "show"])?;
    assert!(
        limits.contains("subflows 3") && limits.contains("accepted 4"),
        "{limits}"
    );
    let row = conn.get(GetLimits::all())?;
    let found = fields!(row.attributes => Manager { subflows, accepted })?;
    assert_eq!((found.subflows, found.accepted), (Some(3), Some(4)));
    // Deletions.
    conn.execute(DeleteEndpoint::by_id(7))?;
    conn.execute(DeleteEndpoint::by_id(7).if_there())?;
    let error = conn.execute(DeleteEndpoint::by_id(7)).unwrap_err();
    let text = error.to_string();
    assert!(
        text.contains("MPTCP_PM_CMD_DEL_ADDR endpoint id 7: EINVAL"),
        "{text}"
    );
    conn.execute(FlushEndpoints::all())?;
    assert_eq!(endpoints(&mut conn)?, json!([]));
    Ok(())
}

/// A pair of connected sockets of Multipath TCP on the loopback link.
fn mptcp_pair() -> Result<[rustix::fd::OwnedFd; 3], Box<dyn Error>> {
    use rustix::net::{AddressFamily, SocketAddrV4, SocketType, ipproto};
    let open = || {
        rustix::net::socket(
            AddressFamily::INET,
            SocketType::STREAM,
            Some(ipproto::MPTCP),
        )
    };
    let address = SocketAddrV4::new(Ipv4Addr::LOCALHOST, 4000);
    let server = open()?;
    rustix::net::bind(&server, &address)?;
    rustix::net::listen(&server, 1)?;
    let client = open()?;
    rustix::net::connect(&client, &address)?;
    let accepted = rustix::net::accept(&server)?;
    Ok([server, client, accepted])
}

fn mptcp_connections_are_watched() -> Outcome {
    let mut conn = Conn::open(Protocol::GENERIC)?;
    ip(&["link", "set", "lo", "up"])?;
    let mut events = listen(&mut conn, "mptcp_pm", MPTCP_PM_EV_GRP_NAME)?;
    let sockets = mptcp_pair()?;
    let (token, port, to) = wait_for(&mut events, |message| {
        let mptcp_pm::Change::Created(row) = mptcp_pm::Change::of(message) else {
            return Ok(None);
        };
        let found = fields!(row.attributes => MptcpEvent {
            token, destination_port, destination_v4
        })?;
        Ok(Some((
            found.token,
            found.destination_port,
            found.destination_v4,
        )))
    })?;
    assert_eq!(to, Some(IpAddr::V4(Ipv4Addr::LOCALHOST)));
    assert!(
        port == Some(4000) || port.is_some_and(|port| port > 30_000),
        "{port:?}"
    );
    drop(sockets);
    let closed = wait_for(&mut events, |message| match mptcp_pm::Change::of(message) {
        mptcp_pm::Change::Closed(row) => Ok(fields!(row.attributes => MptcpEvent { token })?.token),
        _ => Ok(None),
    })?;
    assert!(token.is_some() && closed > 0);
    Ok(())
}

/// Leaves metrics of the loopback address behind.
fn transfer() -> Outcome {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    for _ in 0..3 {
        let mut client = TcpStream::connect(listener.local_addr()?)?;
        let (mut server, _) = listener.accept()?;
        client.write_all(&[0; 50_000])?;
        server.read_exact(&mut [0; 50_000])?;
    }
    Ok(())
}

fn tcp_metrics_are_those_of_ip() -> Outcome {
    ip(&["link", "set", "lo", "up"])?;
    transfer()?;
    let mut conn = Conn::open(Protocol::GENERIC)?;
    let theirs = ip(&["tcp_metrics", "show"])?;
    let theirs = &theirs[0];
    let list = conn.list(GetAllMetrics::all())?;
    assert_eq!(list.len(), 1);
    let peer = IpAddr::V4(Ipv4Addr::LOCALHOST);
    let row = conn.get(GetMetrics::of_pair(peer, peer))?;
    let found = fields!(row.attributes => Metrics { peer_v4, source_v4, values })?;
    assert_eq!((found.peer_v4, found.source_v4), (Some(peer), Some(peer)));
    assert_eq!(
        theirs["dst"].as_str().or(theirs["address"].as_str()),
        Some("127.0.0.1")
    );
    let values = fields!(found.values.ok_or("no values")? => Values { window, round_trip_us })?;
    assert_eq!(
        values.window.map(u64::from),
        theirs["cwnd"].as_u64(),
        "{theirs}"
    );
    let seconds = theirs["rtt"].as_f64().ok_or("no rtt")?;
    let ours = f64::from(values.round_trip_us.ok_or("no round trip")? / 8) / 1e6;
    assert!((ours - seconds).abs() < 2e-6, "{ours} {theirs}");
    conn.execute(DeleteMetrics::of_peer(peer))?;
    conn.execute(DeleteMetrics::of_peer(peer).if_there())?;
    let error = conn.execute(DeleteMetrics::of_peer(peer)).unwrap_err();
    let text = error.to_string();
    assert!(
        text.contains("metrics {TCP_METRICS_ATTR_ADDR_IPV4: 127.0.0.1}: ESRCH"),
        "{text}"
    );
    assert_eq!(run("ip", &["tcp_metrics", "show"])?, "");
    Ok(())
}

fn segment_routing_both_ways_round() -> Outcome {
    let mut conn = Conn::open(Protocol::GENERIC)?;
    let source: Ipv6Addr = "fc00::1".parse()?;
    conn.execute(SetTunnelSource::to(source))?;
    assert_eq!(
        run("ip", &["sr", "tunsrc", "show"])?,
        "tunsrc addr fc00::1\n"
    );
    run("ip", &["sr", "tunsrc", "set", "fc00::2"])?;
    let row = conn.get(GetTunnelSource::new())?;
    let address = fields!(row.attributes => Segments { address })?.address;
    assert_eq!(address, Some("fc00::2".parse()?));
    // Keys.
    let set = SetKey::new(9, Algorithm::SHA1, b"secret");
    assert!(!format!("{set:?}").contains("115"), "{set:?}");
    conn.execute(set)?;
    let shown = run("ip", &["sr", "hmac", "show"])?;
    assert_eq!(shown, "hmac 9 algo sha1 secret \"secret\"\n");
    let list = conn.list(GetKeys::all())?;
    let row = list.iter().next().ok_or("no key")?;
    let key = fields!(row.attributes => Segments { key_id, secret, secret_len, algorithm })?;
    assert_eq!((key.key_id, key.secret_len), (Some(9), Some(6)));
    assert_eq!(key.algorithm, Some(Algorithm::SHA1));
    assert_eq!(key.secret.map(|secret| secret.0), Some(&b"secret"[..]));
    assert!(!format!("{row:?}").contains("secret\""), "{row:?}");
    conn.execute(DeleteKey::by_id(9))?;
    conn.execute(DeleteKey::by_id(9).if_there())?;
    assert!(
        conn.execute(DeleteKey::by_id(9))
            .unwrap_err()
            .is_not_found()
    );
    assert_eq!(run("ip", &["sr", "hmac", "show"])?, "");
    Ok(())
}

fn ioam_both_ways_round() -> Outcome {
    let mut conn = open("IOAM6")?;
    let new = NewNamespace::by_id(7).with(&[IoamAttr::Data(5), IoamAttr::WideData(6)]);
    conn.execute(new)?;
    conn.execute(NewSchema::of(3, b"abcd"))?;
    conn.execute(SetNamespaceSchema::to(7, 3))?;
    let shown = run("ip", &["ioam", "namespace", "show"])?;
    assert_eq!(
        shown,
        "namespace 7 [schema 3], data 0x00000005, wide 0x0000000000000006\n"
    );
    let shown = run("ip", &["ioam", "schema", "show"])?;
    assert!(
        shown.starts_with("schema 3 [namespace 7], data: 61 62 63 64"),
        "{shown}"
    );
    // Theirs, seen by us.
    run("ip", &["ioam", "namespace", "add", "8", "wide", "99"])?;
    run("ip", &["ioam", "namespace", "set", "7", "schema", "none"])?;
    let mut namespaces = Vec::new();
    for row in &conn.list(GetNamespaces::all())? {
        let found = fields!(row.attributes => Ioam { namespace_id, data, wide_data, schema_id })?;
        namespaces.push((
            found.namespace_id,
            found.data,
            found.wide_data,
            found.schema_id,
        ));
    }
    namespaces.sort();
    let expected = [
        (Some(7), Some(5), Some(6), None),
        (Some(8), None, Some(0x99), None),
    ];
    assert_eq!(namespaces, expected);
    let list = conn.list(GetSchemas::all())?;
    let row = list.iter().next().ok_or("no schema")?;
    let found = fields!(row.attributes => Ioam { schema_id, schema_data, namespace_id })?;
    assert_eq!((found.schema_id, found.namespace_id), (Some(3), None));
    assert_eq!(found.schema_data, Some(&b"abcd"[..]));
    conn.execute(SetNamespaceSchema::to(8, 3))?;
    conn.execute(SetNamespaceSchema::none(8))?;
    conn.execute(DeleteNamespace::by_id(7))?;
    conn.execute(DeleteNamespace::by_id(7).if_there())?;
    assert!(
        conn.execute(DeleteSchema::by_id(4))
            .unwrap_err()
            .is_not_found()
    );
    conn.execute(DeleteSchema::by_id(3))?;
    assert_eq!(run("ip", &["ioam", "schema", "show"])?, "");
    Ok(())
}

/// Number of rows of a query.
fn count<'q, S: AttributeSet>(rows: impl Iterator<Item = Row<'q, GenericHeader, S>>) -> usize {
    rows.count()
}

fn queues_and_xdp_features_are_those_of_the_links() -> Outcome {
    let mut conn = Conn::open(Protocol::GENERIC)?;
    let mut events = listen(&mut conn, "netdev", NETDEV_MCGRP_MGMT)?;
    let add = [
        "link",
        "add",
        "left",
        "numrxqueues",
        "3",
        "numtxqueues",
        "2",
    ];
    ip(&[&add[..], &["type", "veth", "peer", "name", "right"]].concat())?;
    ip(&["link", "set", "left", "up"])?;
    ip(&["link", "set", "right", "up"])?;
    let shown = ip(&["-d", "link", "show", "left"])?;
    let index = LinkIndex::new(u32::try_from(
        shown[0]["ifindex"].as_u64().ok_or("no index")?,
    )?);
    // The new link is reported.
    let told = wait_for(&mut events, |message| match netdev::Change::of(message) {
        netdev::Change::NewLink(row) => Ok(fields!(row.attributes => XdpLink { link })?
            .link
            .filter(|link| *link == index)),
        _ => Ok(None),
    })?;
    assert_eq!(told, index);
    // Features: a veth redirects, and takes part in no hardware offload.
    let row = conn.get(GetXdpLink::by_index(index))?;
    let features = fields!(row.attributes => XdpLink { features })?.features;
    let features = features.ok_or("no features")?;
    assert!(features.contains(XdpFeatures::BASIC), "{features:?}");
    assert!(!features.contains(XdpFeatures::HW_OFFLOAD), "{features:?}");
    let links = ip(&["link", "show"])?;
    let list = conn.list(GetXdpLinks::all())?;
    assert_eq!(Some(list.len()), links.as_array().map(Vec::len));
    // Queues.
    let list = conn.list(GetQueues::of_link(index))?;
    let mut queues = Vec::new();
    for row in &list {
        let found = fields!(row.attributes => Queue { id, kind, link })?;
        assert_eq!(found.link, Some(index));
        queues.push((found.kind, found.id));
    }
    let of = |kind| queues.iter().filter(|queue| queue.0 == Some(kind)).count() as u64;
    assert_eq!(
        Some(of(QueueType::RX)),
        shown[0]["num_rx_queues"].as_u64(),
        "{queues:?}"
    );
    assert_eq!(
        Some(of(QueueType::TX)),
        shown[0]["num_tx_queues"].as_u64(),
        "{queues:?}"
    );
    let row = conn.get(GetQueue::of_link(index, QueueType::TX, 1))?;
    assert_eq!(fields!(row.attributes => Queue { id })?.id, Some(1));
    let error = conn
        .get(GetQueue::of_link(index, QueueType::TX, 2))
        .unwrap_err();
    let text = error.to_string();
    assert!(
        text.contains("queue {NETDEV_A_QUEUE_IFINDEX: ")
            && text.contains("NETDEV_A_QUEUE_TYPE: tx"),
        "{text}"
    );
    // Tables that may be empty.
    let napis = conn.list(GetNapis::of_link(index))?;
    let pools = conn.list(GetPagePools::all())?;
    let _ = (count(napis.iter()), count(pools.iter()));
    let error = conn.list(GetQueueStats::of_link(index)).err();
    // A veth counts nothing for each queue.
    assert!(error.is_none_or(|error| error.errno().is_some()));
    Ok(())
}
