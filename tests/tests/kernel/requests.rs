//! The everyday requests of the other protocols, beside the programs that
//! people use.

use nlsock::{Config, Conn, Errno, Event, Events, Protocol, connector, uevent};
use nltests::{Missing, Need, Outcome, Session, Test, in_namespace, ip, machine_namespace, run};
use nlwire::connector::{Change, ProcessEventData, SetProcessEvents};
use nlwire::crypto::{GetAlgorithm, GetAlgorithms};
use nlwire::generic::ethtool::{
    self, Duplex, ETHTOOL_MSG_LINKMODES_NTF, GetLinkInfo, GetLinkModes, LinkInfo, LinkModes,
    LinkModesAttr, Port, SetLinkModes,
};
use nlwire::generic::taskstats::{GetTaskStats, SetExitReports, TaskStatsRow};
use nlwire::generic::{GenericHeader, GetFamily};
use nlwire::netfilter::{
    DeleteConnection, Flow, FlowPorts, GetChains, GetConnection, GetConnections, GetGeneration,
    GetRules, GetSets, GetTables,
};
use nlwire::sock_diag::{
    DestroyInetSocket, GetInetSocket, GetInetSockets, GetNetlinkSockets, GetUnixSockets,
    InetSocket, SKNLGRP_INET_TCP_DESTROY, SKNLGRP_INET_UDP_DESTROY, TcpState, TcpStates,
};
use nlwire::{Flags, Next, Request, Writer, fields};
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
        name: "requests::a_destroyed_socket_is_reported",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: a_destroyed_socket_is_reported,
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
    Test {
        name: "requests::the_end_of_a_process_is_reported",
        needs: &[Need::Root],
        run: the_end_of_a_process_is_reported,
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
    let mut connections = conn.query(GetConnections::all())?;
    while let Some(row) = connections.next()? {
        let flow = row.original()?.unwrap();
        assert_eq!(row.reply()?, Some(flow.reply()));
        assert!(row.timeout()?.unwrap() <= 60 && row.status()?.is_some());
        assert_eq!(row.mark()?, Some(if flow.protocol == 17 { 3 } else { 0 }));
        flows.push(flow);
    }
    flows.sort_by_key(|flow| match flow.ports {
        FlowPorts::Ports(source, _) => (flow.source, source),
        _ => (flow.source, 0),
    });
    assert_eq!(flows.len(), 4, "{flows:?}");
    let udp = Flow::udp("192.0.2.1:1001".parse()?, "192.0.2.2:9".parse()?);
    let tcp = Flow::tcp("[2001:db8::1]:7".parse()?, "[2001:db8::2]:80".parse()?);
    assert_eq!((flows[1], flows[3]), (udp, tcp));
    for flow in [udp, tcp] {
        let get = GetConnection::new(flow);
        assert_eq!(conn.get(get)?.original()?, Some(flow));
        conn.execute(DeleteConnection::new(flow))?;
        let gone = conn.get(get).unwrap_err();
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
    let before = conn.get(GetGeneration)?.number()?.unwrap();
    let mut ours = BTreeSet::new();
    let mut tables = conn.query(GetTables::all())?;
    while let Some(row) = tables.next()? {
        let (name, handle) = (row.name()?.unwrap(), row.handle()?.unwrap());
        ours.insert(format!("table {name} {handle}"));
    }
    let mut chains = conn.query(GetChains::all())?;
    while let Some(row) = chains.next()? {
        let (table, name) = (row.table()?.unwrap(), row.name()?.unwrap());
        ours.insert(format!("chain {table} {name} {}", row.handle()?.unwrap()));
    }
    let mut rules = conn.query(GetRules::all())?;
    while let Some(row) = rules.next()? {
        let (table, chain) = (row.table()?.unwrap(), row.chain()?.unwrap());
        ours.insert(format!("rule {table} {chain} {}", row.handle()?.unwrap()));
    }
    let mut sets = conn.query(GetSets::all())?;
    while let Some(row) = sets.next()? {
        let (table, name) = (row.table()?.unwrap(), row.name()?.unwrap());
        ours.insert(format!("set {table} {name}"));
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
    assert_eq!(conn.get(GetGeneration)?.number()?, Some(before + 1));
    Ok(())
}

fn sockets_are_those_of_ss() -> Outcome {
    run("ip", &["link", "set", "lo", "up"])?;
    let listener = TcpListener::bind("[::1]:0")?;
    let client = TcpStream::connect(listener.local_addr()?)?;
    let udp = UdpSocket::bind("127.0.0.1:0")?;
    let mut conn = Conn::open(Protocol::SOCK_DIAG)?;

    let listening = GetInetSockets::tcp6().states(TcpStates::LISTEN);
    let mut sockets = conn.query(listening)?;
    let row = sockets.next()?.unwrap();
    assert_eq!(row.local(), Some(listener.local_addr()?));
    assert_eq!(row.state(), TcpState::LISTEN);
    let inode = format!("ino:{} ", row.inode());
    assert!(sockets.next()?.is_none());
    let theirs = run("ss", &["-ltneO"])?;
    assert!(theirs.contains(&inode), "{theirs}");

    let (local, remote) = (client.local_addr()?, client.peer_addr()?);
    let mut sockets = conn.query(GetInetSockets::tcp6().local_port(local.port()))?;
    let row = sockets.next()?.unwrap();
    assert_eq!((row.local(), row.remote()), (Some(local), Some(remote)));
    assert!(sockets.next()?.is_none());
    let row = conn.get(GetInetSocket::tcp(local, remote))?;
    assert_eq!(row.state(), TcpState::ESTABLISHED);
    assert_eq!(row.tcp_info()?.unwrap().state, 1);
    let theirs = run("ss", &["-tniO"])?;
    assert!(theirs.contains(row.congestion()?.unwrap()), "{theirs}");
    let nowhere: SocketAddr = "[::1]:1".parse()?;
    let gone = conn.get(GetInetSocket::tcp(local, nowhere));
    assert!(gone.unwrap_err().is_not_found());

    let mut sockets = conn.query(GetInetSockets::udp())?;
    assert_eq!(sockets.next()?.unwrap().local(), Some(udp.local_addr()?));
    let mut sockets = conn.query(GetInetSockets::tcp())?;
    assert!(sockets.next()?.is_none());

    let (ours, peer) = std::os::unix::net::UnixStream::pair()?;
    let inodes: Vec<u32> = run("ss", &["-xanO"])?
        .lines()
        .filter_map(|line| line.split_whitespace().nth(5)?.parse().ok())
        .collect();
    let mut rows = Vec::new();
    let mut sockets = conn.query(GetUnixSockets::all())?;
    while let Some(row) = sockets.next()? {
        rows.push((row.inode(), row.peer()?, row.state()));
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

    let listening = Session::listen(Protocol::ROUTE, &[1, 33])?;
    let mut sockets = conn.query(GetNetlinkSockets::all())?;
    let mut found = false;
    while let Some(row) = sockets.next()? {
        let of_route = Protocol(row.protocol()) == Protocol::ROUTE;
        if of_route && row.port_id() == listening.port_id() {
            let groups = [0, 1, 2, 33].map(|group| row.has_joined(group));
            assert_eq!(groups, [Ok(false), Ok(true), Ok(false), Ok(true)]);
            found = true;
        }
    }
    assert!(found);
    Ok(())
}

fn a_destroyed_socket_is_reported() -> Outcome {
    run("ip", &["link", "set", "lo", "up"])?;
    let mut conn = Conn::open(Protocol::SOCK_DIAG)?;
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let mut client = TcpStream::connect(listener.local_addr()?)?;
    client.set_read_timeout(Some(Duration::from_secs(10)))?;
    let (local, remote) = (client.local_addr()?, client.peer_addr()?);
    let query = GetInetSocket::tcp(local, remote);
    let row = conn.get(query)?;
    let (socket, end) = (row.header, DestroyInetSocket::tcp(&row));
    let mut events = ends(SKNLGRP_INET_TCP_DESTROY)?;
    destroy(&mut conn, end)?;
    let aborted = client.read(&mut [0; 1]).unwrap_err();
    assert_eq!(aborted.kind(), std::io::ErrorKind::ConnectionAborted);
    let gone = conn.get(query);
    assert!(gone.unwrap_err().is_not_found());
    drop(client);
    wait_for_end(&mut events, &socket)?;

    let client = UdpSocket::bind("127.0.0.1:0")?;
    client.set_read_timeout(Some(Duration::from_secs(10)))?;
    let query = GetInetSockets::udp().local_port(client.local_addr()?.port());
    let row = conn.get(query)?;
    let (socket, end) = (row.header, DestroyInetSocket::udp(&row));
    let mut events = ends(SKNLGRP_INET_UDP_DESTROY)?;
    destroy(&mut conn, end)?;
    let aborted = client.recv(&mut [0; 1]).unwrap_err();
    assert_eq!(aborted.kind(), std::io::ErrorKind::ConnectionAborted);
    assert!(conn.query(query)?.next()?.is_none());
    drop(client);
    wait_for_end(&mut events, &socket)
}

fn ends(group: u32) -> Result<Events, nlsock::Error> {
    let mut events = Config::new(Protocol::SOCK_DIAG).group(group).events()?;
    events.set_timeout(Some(Duration::from_secs(10)));
    Ok(events)
}

fn destroy(conn: &mut Conn, end: DestroyInetSocket) -> Outcome {
    match conn.execute(end) {
        Err(error) if error.errno() == Some(Errno::EOPNOTSUPP) => {
            Err(Missing("kernel: an end of sockets".into()).into())
        }
        done => Ok(done.map(|_| ())?),
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
        let Change::Process(event) = Change::of(event.message()) else {
            return Err("no event of a process".into());
        };
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
    events.conn().send(SetProcessEvents::ignore())?;
    Ok(())
}

fn algorithms_are_those_of_proc() -> Outcome {
    let mut conn = Conn::open(Protocol::CRYPTO)
        .map_err(|error| Missing(format!("kernel: algorithms ({error})")))?;
    let mut ours = BTreeSet::new();
    let mut algorithms = conn.query(GetAlgorithms::all())?;
    while let Some(row) = algorithms.next()? {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        ours.insert((
            text(row.name()),
            text(row.driver()),
            row.priority()?.unwrap(),
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
    let found = conn.get(GetAlgorithm::by_driver(driver))?;
    assert_eq!(
        (found.name(), found.priority()?),
        (name.as_bytes(), Some(*priority))
    );
    let missing = conn.get(GetAlgorithm::by_driver("no-such-driver"));
    assert!(missing.unwrap_err().is_not_found());
    Ok(())
}

fn a_link_is_that_of_ethtool() -> Outcome {
    run("ip", &words("tuntap add dev tap0 mode tap"))?;
    let mut conn = Conn::open(Protocol::GENERIC)?;
    let family = conn.get(GetFamily::by_name("ethtool"))?;
    let group = family.group("monitor")?.ok_or("no group")?;
    let mut events = Config::new(Protocol::GENERIC).group(group).events()?;
    events.set_timeout(Some(Duration::from_secs(10)));

    let theirs = run("ethtool", &["tap0"])?;
    let info = conn.get(GetLinkInfo::by_name("tap0"))?;
    let info = fields!(info.attributes => LinkInfo { port })?;
    assert_eq!(info.port, Some(Port::TP));
    assert!(theirs.contains("Port: Twisted Pair"), "{theirs}");

    let slow = [
        LinkModesAttr::Speed(100),
        LinkModesAttr::Duplex(Duplex::HALF),
    ];
    conn.execute(SetLinkModes::by_name("tap0", &slow))?;
    let modes = conn.get(GetLinkModes::by_name("tap0"))?;
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
    assert_eq!(header.command, ETHTOOL_MSG_LINKMODES_NTF);
    assert_eq!(fields!(attributes => LinkModes { speed })?.speed, Some(100));

    let error = conn.get(GetLinkInfo::by_name("nosuch")).unwrap_err();
    assert!(error.is_not_found(), "{error}");
    let text = error.to_string();
    let named = ", at ETHTOOL_A_LINKINFO_HEADER > ETHTOOL_A_HEADER_DEV_NAME (byte 24)";
    assert!(text.ends_with(named), "{text}");
    let error = conn.get(GetLinkModes::by_name("nosuch")).unwrap_err();
    let text = error.to_string();
    assert!(text.contains("at ETHTOOL_A_LINKMODES_HEADER > "), "{text}");
    // A speed has four bytes.
    let error = conn.execute(ShortSpeed).unwrap_err();
    let text = error.to_string();
    assert!(text.contains("at ETHTOOL_A_LINKMODES_SPEED "), "{text}");
    Ok(())
}

/// `ETHTOOL_MSG_LINKMODES_SET` with a speed of one byte.
struct ShortSpeed;

impl Request for ShortSpeed {
    fn protocol(&self) -> Option<&'static nlwire::schema::Protocol> {
        Some(&ethtool::PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, nlwire::EncodeError> {
        let (command, none) = (ethtool::ETHTOOL_MSG_LINKMODES_SET, Flags::empty());
        w.append_command(command, ethtool::ETHTOOL_GENL_VERSION, none, |w| {
            w.nest(ethtool::ETHTOOL_A_LINKMODES_HEADER, |w| {
                w.put(ethtool::HeaderAttr::DeviceName("tap0".into()))
            })?
            .u8(ethtool::ETHTOOL_A_LINKMODES_SPEED, 1)
        })?;
        Ok(Next::End)
    }
}

fn a_process_is_that_of_proc() -> Outcome {
    let mut conn = in_namespace(machine_namespace()?, || Conn::open(Protocol::GENERIC))??;
    let this = std::process::id();
    let thread = conn.get(GetTaskStats::of_thread(this))?.stats()?.unwrap();
    let name = std::fs::read_to_string("/proc/self/comm")?;
    assert_eq!(
        (thread.pid.get(), thread.command()),
        (this, name.trim().as_bytes())
    );
    assert_eq!(thread.ppid.get(), std::os::unix::process::parent_id());
    // Of a process the kernel fills in the sums only.
    let process = conn.get(GetTaskStats::of_process(this))?.stats()?.unwrap();
    assert!(process.version.get() >= 10);
    assert!(process.cpu_count >= thread.cpu_count);
    let gone = conn.get(GetTaskStats::of_process(i32::MAX.cast_unsigned()));
    assert!(gone.unwrap_err().is_not_found());
    Ok(())
}

fn the_end_of_a_process_is_reported() -> Outcome {
    let mut conn = in_namespace(machine_namespace()?, || Conn::open(Protocol::GENERIC))??;
    let processors = std::fs::read_to_string("/sys/devices/system/cpu/possible")?;
    let processors = processors.trim();
    match conn.execute(SetExitReports::on(processors)) {
        Err(error) if error.errno() == Some(Errno::EINVAL) => {
            return Err(Missing("kernel: reports of ends, in the first namespaces".into()).into());
        }
        done => done?,
    };
    let mut reports = Events::new(conn);
    reports.set_timeout(Some(Duration::from_secs(10)));
    let mut child = Command::new("sh").args(["-c", "exit 3"]).spawn()?;
    let process = child.id();
    child.wait()?;
    loop {
        let Some(Event::Item(report)) = reports.next()? else {
            return Err("a loss".into());
        };
        let stats = TaskStatsRow::of(report.message()).stats()?;
        let stats = stats.ok_or("no numbers")?;
        if stats.pid.get() == process {
            assert_eq!(
                (stats.exitcode.get(), stats.command()),
                (3 << 8, &b"sh"[..])
            );
            break;
        }
    }
    reports.conn().send(SetExitReports::off(processors))?;
    Ok(())
}
