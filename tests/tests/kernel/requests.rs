//! The everyday requests of the other protocols, beside the programs that
//! people use.

use nlsock::generic::{self, ethtool, taskstats};
use nlsock::netfilter::{self, Flow};
use nlsock::sock_diag::{self, InetQuery, NetlinkQuery, UnixQuery};
use nlsock::{Config, Conn, Errno, Event, Events, Protocol, connector, crypto, uevent};
use nltests::{Missing, Need, Outcome, Session, Test, in_namespace, ip, machine_namespace, run};
use nlwire::connector::ProcessEventData;
use nlwire::fields;
use nlwire::generic::ethtool::{Duplex, LinkModes, LinkModesAttr, Port};
use nlwire::generic::{self as wire, GenericHeader};
use nlwire::sock_diag::{
    InetSocket, SKNLGRP_INET_TCP_DESTROY, SKNLGRP_INET_UDP_DESTROY, TcpState, TcpStates,
};
use std::collections::BTreeSet;
use std::io::Read as _;
use std::net::{SocketAddr, TcpListener, TcpStream, UdpSocket};
use std::process::Command;
use std::time::Duration;

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "requests::connections_are_those_of_conntrack",
        needs: &[Need::Namespace, Need::Program("conntrack")],
        run: connections_are_those_of_conntrack,
    },
    Test {
        name: "requests::rules_are_those_of_nft",
        needs: &[Need::Namespace, Need::Program("nft")],
        run: rules_are_those_of_nft,
    },
    Test {
        name: "requests::sockets_are_those_of_ss",
        needs: &[Need::Namespace, Need::Program("ss"), Need::Program("ip")],
        run: sockets_are_those_of_ss,
    },
    Test {
        name: "requests::a_socket_is_destroyed_and_told",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: a_socket_is_destroyed_and_told,
    },
    Test {
        name: "requests::devices_come_and_go",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: devices_come_and_go,
    },
    Test {
        name: "requests::processes_begin_and_end",
        needs: &[Need::Root],
        run: processes_begin_and_end,
    },
    Test {
        name: "requests::algorithms_are_those_of_proc",
        needs: &[Need::Root],
        run: algorithms_are_those_of_proc,
    },
    Test {
        name: "requests::a_link_is_that_of_ethtool",
        needs: &[
            Need::Namespace,
            Need::Program("ethtool"),
            Need::Program("ip"),
        ],
        run: a_link_is_that_of_ethtool,
    },
    Test {
        name: "requests::a_process_is_that_of_proc",
        needs: &[Need::Root],
        run: a_process_is_that_of_proc,
    },
];

fn words(command: &str) -> Vec<&str> {
    command.split(' ').collect()
}

fn connections_are_those_of_conntrack() -> Outcome {
    for port in 1000..1003 {
        let add =
            format!("-I -s 192.0.2.1 -d 192.0.2.2 -p udp --sport {port} --dport 9 -t 60 -m 3");
        run("conntrack", &words(&add))?;
    }
    let add =
        "-I -s 2001:db8::1 -d 2001:db8::2 -p tcp --sport 7 --dport 80 --state ESTABLISHED -t 60";
    run("conntrack", &words(add))?;
    let mut conn = Conn::open(Protocol::NETFILTER)?;
    let mut flows = Vec::new();
    let mut connections = netfilter::connections(&mut conn)?;
    while let Some(row) = connections.next()? {
        let (flow, reply) = (row.original().unwrap(), row.reply().unwrap());
        assert_eq!(
            (flow.source, flow.destination),
            (reply.destination, reply.source)
        );
        assert!(row.timeout().unwrap() <= 60 && row.status().is_some());
        assert_eq!(row.mark(), Some(if flow.protocol == 17 { 3 } else { 0 }));
        flows.push(flow);
    }
    flows.sort_by_key(|flow| flow.source);
    assert_eq!(flows.len(), 4, "{flows:?}");
    let udp = Flow {
        protocol: 17,
        source: "192.0.2.1:1001".parse()?,
        destination: "192.0.2.2:9".parse()?,
    };
    let tcp = Flow {
        protocol: 6,
        source: "[2001:db8::1]:7".parse()?,
        destination: "[2001:db8::2]:80".parse()?,
    };
    assert_eq!((flows[1], flows[3]), (udp, tcp));
    for flow in [udp, tcp] {
        assert_eq!(
            netfilter::connection(&mut conn, flow)?.original(),
            Some(flow)
        );
        netfilter::delete_connection(&mut conn, flow)?;
        let gone = netfilter::connection(&mut conn, flow).unwrap_err();
        assert!(gone.is_not_found(), "{gone}");
    }
    let listed = run("conntrack", &["-L"])?;
    assert_eq!(listed.lines().count(), 2, "{listed}");
    assert!(!listed.contains("sport=1001"), "{listed}");
    Ok(())
}

fn rules_are_those_of_nft() -> Outcome {
    run(
        "nft",
        &["table inet filter {
            set ports { type inet_service; }
            chain in { tcp dport 22 accept; drop; }
            chain other { }
        }
        table ip nat { }"],
    )?;
    let mut conn = Conn::open(Protocol::NETFILTER)?;
    let before = netfilter::generation(&mut conn)?;
    let mut ours = BTreeSet::new();
    let mut tables = netfilter::tables(&mut conn)?;
    while let Some(row) = tables.next()? {
        ours.insert(format!(
            "table {} {}",
            row.name().unwrap(),
            row.handle().unwrap()
        ));
    }
    let mut chains = netfilter::chains(&mut conn)?;
    while let Some(row) = chains.next()? {
        let (table, name) = (row.table().unwrap(), row.name().unwrap());
        ours.insert(format!("chain {table} {name} {}", row.handle().unwrap()));
    }
    let mut rules = netfilter::rules(&mut conn)?;
    while let Some(row) = rules.next()? {
        let (table, chain) = (row.table().unwrap(), row.chain().unwrap());
        ours.insert(format!("rule {table} {chain} {}", row.handle().unwrap()));
    }
    let mut sets = netfilter::sets(&mut conn)?;
    while let Some(row) = sets.next()? {
        ours.insert(format!(
            "set {} {}",
            row.table().unwrap(),
            row.name().unwrap()
        ));
    }
    let listed = run("nft", &["--json", "--handle", "list", "ruleset"])?;
    let listed: serde_json::Value = serde_json::from_str(&listed)?;
    let mut theirs = BTreeSet::new();
    for object in listed["nftables"].as_array().unwrap() {
        let [(kind, object)] = &object.as_object().unwrap().iter().collect::<Vec<_>>()[..] else {
            return Err("not one object".into());
        };
        let text = |key: &str| object[key].as_str().unwrap_or_default();
        let handle = &object["handle"];
        theirs.extend(match kind.as_str() {
            "table" => Some(format!("table {} {handle}", text("name"))),
            "chain" => Some(format!("chain {} {} {handle}", text("table"), text("name"))),
            "rule" => Some(format!("rule {} {} {handle}", text("table"), text("chain"))),
            "set" => Some(format!("set {} {}", text("table"), text("name"))),
            _ => None,
        });
    }
    assert_eq!(ours, theirs);
    assert_eq!(ours.len(), 7, "{ours:?}");
    run("nft", &["delete table ip nat"])?;
    assert_eq!(netfilter::generation(&mut conn)?, before + 1);
    Ok(())
}

fn sockets_are_those_of_ss() -> Outcome {
    run("ip", &["link", "set", "lo", "up"])?;
    let listener = TcpListener::bind("[::1]:0")?;
    let client = TcpStream::connect(listener.local_addr()?)?;
    let udp = UdpSocket::bind("127.0.0.1:0")?;
    let mut conn = Conn::open(Protocol::SOCK_DIAG)?;

    let listening = InetQuery::TCP6.states(TcpStates::LISTEN);
    let mut sockets = sock_diag::inet_sockets(&mut conn, &listening)?;
    let row = sockets.next()?.unwrap();
    assert_eq!(row.local(), Some(listener.local_addr()?));
    assert_eq!(row.state(), TcpState::LISTEN);
    let inode = format!("ino:{} ", row.inode());
    assert!(sockets.next()?.is_none());
    let theirs = run("ss", &["-ltneO"])?;
    assert!(theirs.contains(&inode), "{theirs}");

    let (local, remote) = (client.local_addr()?, client.peer_addr()?);
    let by_port = InetQuery::TCP6.local_port(local.port());
    let mut sockets = sock_diag::inet_sockets(&mut conn, &by_port)?;
    let row = sockets.next()?.unwrap();
    assert_eq!((row.local(), row.remote()), (Some(local), Some(remote)));
    assert!(sockets.next()?.is_none());
    let row = sock_diag::inet_socket(&mut conn, InetQuery::TCP6, local, remote)?;
    assert_eq!(row.state(), TcpState::ESTABLISHED);
    assert_eq!(row.tcp_info().unwrap().state, 1);
    let theirs = run("ss", &["-tniO"])?;
    assert!(theirs.contains(row.congestion().unwrap()), "{theirs}");
    let nowhere: SocketAddr = "[::1]:1".parse()?;
    let gone = sock_diag::inet_socket(&mut conn, InetQuery::TCP6, local, nowhere);
    assert!(gone.unwrap_err().is_not_found());

    let mut sockets = sock_diag::inet_sockets(&mut conn, &InetQuery::UDP)?;
    assert_eq!(sockets.next()?.unwrap().local(), Some(udp.local_addr()?));
    let mut sockets = sock_diag::inet_sockets(&mut conn, &InetQuery::TCP)?;
    assert!(sockets.next()?.is_none());

    let (ours, peer) = std::os::unix::net::UnixStream::pair()?;
    let inodes: Vec<u32> = run("ss", &["-xanO"])?
        .lines()
        .filter_map(|line| line.split_whitespace().nth(5)?.parse().ok())
        .collect();
    let mut rows = Vec::new();
    let mut sockets = sock_diag::unix_sockets(&mut conn, &UnixQuery::ALL)?;
    while let Some(row) = sockets.next()? {
        rows.push((row.inode(), row.peer(), row.state()));
    }
    let stat = |fd: std::os::fd::BorrowedFd<'_>| {
        let link = std::fs::read_link(format!(
            "/proc/self/fd/{}",
            std::os::fd::AsRawFd::as_raw_fd(&fd)
        ));
        let text = link.unwrap().to_string_lossy().into_owned();
        let digits = text.trim_start_matches("socket:[").trim_end_matches(']');
        digits.parse::<u32>().unwrap()
    };
    use std::os::fd::AsFd as _;
    let (here, there) = (stat(ours.as_fd()), stat(peer.as_fd()));
    assert!(
        rows.contains(&(here, Some(there), TcpState::ESTABLISHED)),
        "{rows:?}"
    );
    assert!(inodes.contains(&here), "{inodes:?}");

    let listening = Session::listen(Protocol::ROUTE, &[1])?;
    let mut sockets = sock_diag::netlink_sockets(&mut conn, &NetlinkQuery::ALL)?;
    let mut found = false;
    while let Some(row) = sockets.next()? {
        if row.protocol() == Protocol::ROUTE && row.port_id() == listening.port_id() {
            assert_eq!(row.groups().unwrap()[0], 1);
            found = true;
        }
    }
    assert!(found);
    Ok(())
}

fn a_socket_is_destroyed_and_told() -> Outcome {
    run("ip", &["link", "set", "lo", "up"])?;
    let mut conn = Conn::open(Protocol::SOCK_DIAG)?;
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let mut client = TcpStream::connect(listener.local_addr()?)?;
    client.set_read_timeout(Some(Duration::from_secs(10)))?;
    let (local, remote) = (client.local_addr()?, client.peer_addr()?);
    let row = sock_diag::inet_socket(&mut conn, InetQuery::TCP, local, remote)?;
    let socket = row.header;
    let mut events = ends(SKNLGRP_INET_TCP_DESTROY)?;
    destroy(&mut conn, InetQuery::TCP, &socket)?;
    let aborted = client.read(&mut [0; 1]).unwrap_err();
    assert_eq!(aborted.kind(), std::io::ErrorKind::ConnectionAborted);
    let gone = sock_diag::inet_socket(&mut conn, InetQuery::TCP, local, remote);
    assert!(gone.unwrap_err().is_not_found());
    drop(client);
    wait_for_end(&mut events, &socket)?;

    let client = UdpSocket::bind("127.0.0.1:0")?;
    client.set_read_timeout(Some(Duration::from_secs(10)))?;
    let query = InetQuery::UDP.local_port(client.local_addr()?.port());
    let row = sock_diag::inet_sockets(&mut conn, &query)?
        .next()?
        .map(|row| row.header);
    let socket = row.ok_or("no socket")?;
    let mut events = ends(SKNLGRP_INET_UDP_DESTROY)?;
    destroy(&mut conn, InetQuery::UDP, &socket)?;
    let aborted = client.recv(&mut [0; 1]).unwrap_err();
    assert_eq!(aborted.kind(), std::io::ErrorKind::ConnectionAborted);
    assert!(
        sock_diag::inet_sockets(&mut conn, &query)?
            .next()?
            .is_none()
    );
    drop(client);
    wait_for_end(&mut events, &socket)
}

fn ends(group: u32) -> Result<Events, nlsock::Error> {
    let mut events = Config::new(Protocol::SOCK_DIAG).group(group).events()?;
    events.set_timeout(Some(Duration::from_secs(10)));
    Ok(events)
}

fn destroy(conn: &mut Conn, query: InetQuery, socket: &InetSocket) -> Outcome {
    match sock_diag::destroy_inet_socket(conn, query, socket) {
        Err(error) if error.errno() == Some(Errno::EOPNOTSUPP) => {
            Err(Missing("kernel: an end of sockets".into()).into())
        }
        done => Ok(done?),
    }
}

fn wait_for_end(events: &mut Events, socket: &InetSocket) -> Outcome {
    loop {
        let Some(Event::Item(event)) = events.next()? else {
            return Err("a loss".into());
        };
        let (ended, _) = event.message().split::<InetSocket>()?;
        if ended.id.cookie == socket.id.cookie {
            return Ok(());
        }
    }
}

fn devices_come_and_go() -> Outcome {
    let mut events = uevent::kernel_events()?;
    events.set_timeout(Some(Duration::from_secs(10)));
    ip(&["link", "add", "br0", "type", "bridge"])?;
    ip(&["link", "delete", "br0"])?;
    let mut actions = Vec::new();
    while actions.last().map(String::as_str) != Some("remove") {
        let Some(Event::Item(datagram)) = events.next_datagram()? else {
            return Err("a loss".into());
        };
        let event = uevent::read(&datagram).ok_or("no event")?;
        if event.path() == Some(b"/devices/virtual/net/br0") {
            assert_eq!(event.get("INTERFACE"), Some(&b"br0"[..]));
            let pairs: Vec<_> = event.pairs().map(|(key, _)| key).collect();
            assert!(
                pairs.contains(&&b"SUBSYSTEM"[..]) && pairs.len() > 4,
                "{pairs:?}"
            );
            actions.push(String::from_utf8(event.action().unwrap().to_vec())?);
        }
    }
    assert_eq!(actions, ["add", "remove"]);
    Ok(())
}

fn processes_begin_and_end() -> Outcome {
    let mut events = in_namespace(machine_namespace()?, connector::process_events)??;
    events.set_timeout(Some(Duration::from_secs(10)));
    let mut child = Command::new("sh").args(["-c", "exit 3"]).spawn()?;
    let process = child.id().cast_signed();
    child.wait()?;
    let mut told = Vec::new();
    while told.last() != Some(&"exit") {
        let Some(Event::Item(event)) = events.next()? else {
            return Err("a loss".into());
        };
        let event = connector::process_event(event.message()).ok_or("no event")?;
        match event.data() {
            ProcessEventData::Answer(code) => assert_eq!(code, 0),
            ProcessEventData::Fork(fork) if fork.child.process.get() == process => {
                told.push("fork");
            }
            ProcessEventData::Exec(id) if id.process.get() == process => told.push("exec"),
            ProcessEventData::Exit(exit) if exit.id.thread.get() == process => {
                assert_eq!(exit.status.get(), 3 << 8);
                told.push("exit");
            }
            _ => {}
        }
    }
    assert_eq!(told, ["fork", "exec", "exit"]);
    connector::ignore_process_events(events.conn())?;
    Ok(())
}

fn algorithms_are_those_of_proc() -> Outcome {
    let mut conn = Conn::open(Protocol::CRYPTO)
        .map_err(|error| Missing(format!("kernel: algorithms ({error})")))?;
    let mut ours = BTreeSet::new();
    let mut algorithms = crypto::algorithms(&mut conn)?;
    while let Some(row) = algorithms.next()? {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        ours.insert((
            text(row.name()),
            text(row.driver()),
            row.priority().unwrap(),
        ));
    }
    let mut theirs = BTreeSet::new();
    for block in std::fs::read_to_string("/proc/crypto")?.split("\n\n") {
        let value = |key: &str| {
            let mut lines = block.lines().filter_map(|line| line.split_once(':'));
            lines.find_map(|(found, value)| (found.trim() == key).then(|| value.trim().to_owned()))
        };
        if let (Some(name), Some(driver), Some(priority)) =
            (value("name"), value("driver"), value("priority"))
        {
            theirs.insert((name, driver, priority.parse()?));
        }
    }
    assert_eq!(ours, theirs);
    let (name, driver, priority) = ours.first().ok_or("no algorithm")?;
    let found = crypto::algorithm(&mut conn, driver)?;
    assert_eq!(
        (found.name(), found.priority()),
        (name.as_bytes(), Some(*priority))
    );
    assert!(
        crypto::algorithm(&mut conn, "no-such-driver")
            .unwrap_err()
            .is_not_found()
    );
    Ok(())
}

fn a_link_is_that_of_ethtool() -> Outcome {
    run("ip", &words("tuntap add dev tap0 mode tap"))?;
    let mut conn = Conn::open(Protocol::GENERIC)?;
    let family = generic::family(&mut conn, "ethtool")?;
    let (id, group) = (family.id(), family.group("monitor").ok_or("no group")?);
    let mut events = Config::new(Protocol::GENERIC).group(group).events()?;
    events.set_timeout(Some(Duration::from_secs(10)));

    let theirs = run("ethtool", &["tap0"])?;
    let info = ethtool::link_info(&mut conn, id, "tap0")?;
    let info = fields!(info.attributes => wire::ethtool::LinkInfo { port })?;
    assert_eq!(info.port, Some(Port::TP));
    assert!(theirs.contains("Port: Twisted Pair"), "{theirs}");

    ethtool::set_link_modes(&mut conn, id, "tap0", |w| {
        w.put(LinkModesAttr::Speed(100))?
            .put(LinkModesAttr::Duplex(Duplex::HALF))
    })?;
    let modes = ethtool::link_modes(&mut conn, id, "tap0")?;
    let modes = fields!(modes.attributes => LinkModes { speed, duplex })?;
    assert_eq!((modes.speed, modes.duplex), (Some(100), Some(Duplex::HALF)));
    let theirs = run("ethtool", &["tap0"])?;
    assert!(
        theirs.contains("Speed: 100Mb/s") && theirs.contains("Duplex: Half"),
        "{theirs}"
    );
    let Some(Event::Item(event)) = events.next()? else {
        return Err("a loss".into());
    };
    let (header, attributes) = event.message().split::<GenericHeader>()?;
    assert_eq!(header.command, wire::ethtool::ETHTOOL_MSG_LINKMODES_NTF);
    assert_eq!(fields!(attributes => LinkModes { speed })?.speed, Some(100));

    let error = ethtool::link_info(&mut conn, id, "nosuch").unwrap_err();
    assert!(error.is_not_found(), "{error}");
    let text = error.to_string();
    let named = ", at ETHTOOL_A_LINKINFO_HEADER > ETHTOOL_A_HEADER_DEV_NAME (byte 24)";
    assert!(text.ends_with(named), "{text}");
    let error = ethtool::link_modes(&mut conn, id, "nosuch").unwrap_err();
    let text = error.to_string();
    assert!(text.contains("at ETHTOOL_A_LINKMODES_HEADER > "), "{text}");
    // A speed has four bytes.
    let error = ethtool::set_link_modes(&mut conn, id, "tap0", |w| {
        w.u8(wire::ethtool::ETHTOOL_A_LINKMODES_SPEED, 1)
    })
    .unwrap_err();
    let text = error.to_string();
    assert!(text.contains("at ETHTOOL_A_LINKMODES_SPEED "), "{text}");
    Ok(())
}

fn a_process_is_that_of_proc() -> Outcome {
    let mut conn = in_namespace(machine_namespace()?, || Conn::open(Protocol::GENERIC))??;
    let family = generic::family(&mut conn, "TASKSTATS")?.id();
    let this = std::process::id();
    let thread = taskstats::of_thread(&mut conn, family, this)?;
    let name = std::fs::read_to_string("/proc/self/comm")?;
    assert_eq!(
        (thread.pid.get(), thread.command()),
        (this, name.trim().as_bytes())
    );
    assert_eq!(thread.ppid.get(), std::os::unix::process::parent_id());
    // Of a process the kernel fills in the sums only.
    let process = taskstats::of_process(&mut conn, family, this)?;
    assert!(process.version.get() >= 10);
    assert!(process.cpu_count >= thread.cpu_count);
    let gone = taskstats::of_process(&mut conn, family, i32::MAX.cast_unsigned());
    assert!(gone.unwrap_err().is_not_found());
    Ok(())
}
