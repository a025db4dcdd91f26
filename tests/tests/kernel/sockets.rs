//! Sockets that the tests open, as sock_diag and ss(8) list them.

use nlsock::Protocol;
use nltests::{Need, Outcome, Session, Test, capture, run};
use nlwire::fields;
use nlwire::sock_diag::{
    IPPROTO_TCP, IPPROTO_UDP, Inet, InetExtensions, InetRequest, InetSocket, NDIAG_PROTO_ALL,
    NetlinkDiag, NetlinkRequest, NetlinkShow, NetlinkSocket, NetlinkSocketFlags,
    SOCK_DIAG_BY_FAMILY, SocketId, TcpState, TcpStates, Unix, UnixRequest, UnixShow, UnixSocket,
};
use std::io::Write as _;
use std::net::{IpAddr, SocketAddr, TcpListener, TcpStream, UdpSocket};
use std::os::unix::net::{UnixListener, UnixStream};

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "sockets::tcp_is_listed_as_by_ss",
        needs: &[Need::Namespace, Need::Program("ip"), Need::Program("ss")],
        run: tcp_is_listed_as_by_ss,
    },
    Test {
        name: "sockets::udp_is_listed_as_by_ss",
        needs: &[Need::Namespace, Need::Program("ip"), Need::Program("ss")],
        run: udp_is_listed_as_by_ss,
    },
    Test {
        name: "sockets::a_socket_is_found_by_its_ends",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: a_socket_is_found_by_its_ends,
    },
    Test {
        name: "sockets::unix_is_listed_as_by_ss",
        needs: &[Need::Namespace, Need::Program("ss")],
        run: unix_is_listed_as_by_ss,
    },
    Test {
        name: "sockets::netlink_is_listed",
        needs: &[Need::Namespace],
        run: netlink_is_listed,
    },
];

const AF_UNIX: u8 = 1;
const AF_NETLINK: u8 = 16;

fn family(ip: IpAddr) -> u8 {
    if ip.is_ipv4() { 2 } else { 10 }
}

fn request(ip: IpAddr, protocol: u8) -> InetRequest {
    InetRequest {
        family: family(ip),
        protocol,
        extensions: InetExtensions::MEMINFO
            | InetExtensions::INFO
            | InetExtensions::CONGESTION
            | InetExtensions::SK_MEMINFO,
        states: u32::MAX.into(),
        ..InetRequest::default()
    }
}

fn ends(socket: &InetSocket) -> (SocketAddr, SocketAddr) {
    let (from, to) = (socket.source().unwrap(), socket.destination().unwrap());
    let (here, there) = (
        socket.id.source_port.get(),
        socket.id.destination_port.get(),
    );
    ((from, here).into(), (to, there).into())
}

fn tcp_is_listed_as_by_ss() -> Outcome {
    run("ip", &["link", "set", "lo", "up"])?;
    for loopback in ["127.0.0.1", "::1"] {
        let ip: IpAddr = loopback.parse()?;
        let listener = TcpListener::bind((ip, 0))?;
        let mut client = TcpStream::connect(listener.local_addr()?)?;
        let (server, _) = listener.accept()?;
        client.write_all(b"unread")?;

        let mut session = Session::open(Protocol::SOCK_DIAG)?;
        let rows = session.dump(SOCK_DIAG_BY_FAMILY, &request(ip, IPPROTO_TCP), |w| Ok(w))?;
        let mut seen = 0;
        for row in &rows {
            let (socket, attributes) = row.get().split::<InetSocket>()?;
            let found = fields!(attributes => Inet { info, memory, socket_memory, congestion })?;
            let (from, to) = ends(socket);
            assert!(found.memory.is_some() && found.socket_memory.is_some());
            if socket.state == TcpState::LISTEN {
                assert_eq!(from, listener.local_addr()?);
                continue;
            }
            assert_eq!(socket.state, TcpState::ESTABLISHED);
            let info = found.info.unwrap();
            // No kernel sends less than the first fields, nor more than it has.
            assert!(info.as_bytes().len() >= 104);
            let info = info.tcp().unwrap().get();
            assert_eq!((info.state, socket.retransmits), (1, 0));
            assert!(found.congestion.is_some_and(|name| !name.is_empty()));
            if (from, to) == (server.local_addr()?, server.peer_addr()?) {
                seen += 1;
                capture(
                    if ip.is_ipv4() {
                        "sock_diag-tcp4"
                    } else {
                        "sock_diag-tcp6"
                    },
                    row.get().as_bytes(),
                )?;
                assert_eq!(socket.receive_queue.get(), 6);
                assert_eq!(info.bytes_received.get(), 6);
            } else {
                seen += 1;
                assert_eq!((from, to), (client.local_addr()?, client.peer_addr()?));
                assert_eq!(info.bytes_sent.get(), 6);
            }
            // The same line in ss.
            let theirs = run("ss", &["-tenO", "src", &from.to_string()])?;
            let inode = format!("ino:{} ", socket.inode.get());
            let cookie =
                u64::from(socket.id.cookie[1].get()) << 32 | u64::from(socket.id.cookie[0].get());
            assert!(theirs.contains(&inode), "{theirs}");
            assert!(theirs.contains(&format!("sk:{cookie:x}")), "{theirs}");
        }
        assert_eq!((rows.len(), seen), (3, 2));

        // The kernel filters by state.
        let listening = InetRequest {
            states: TcpStates::LISTEN.bits().into(),
            ..request(ip, IPPROTO_TCP)
        };
        assert_eq!(
            session
                .dump(SOCK_DIAG_BY_FAMILY, &listening, |w| Ok(w))?
                .len(),
            1
        );
    }
    Ok(())
}

fn udp_is_listed_as_by_ss() -> Outcome {
    run("ip", &["link", "set", "lo", "up"])?;
    for loopback in ["127.0.0.1", "::1"] {
        let ip: IpAddr = loopback.parse()?;
        let open = UdpSocket::bind((ip, 0))?;
        open.send_to(b"unread", open.local_addr()?)?;
        let mut session = Session::open(Protocol::SOCK_DIAG)?;
        let rows = session.dump(SOCK_DIAG_BY_FAMILY, &request(ip, IPPROTO_UDP), |w| Ok(w))?;
        assert_eq!(rows.len(), 1);
        let (socket, attributes) = rows[0].get().split::<InetSocket>()?;
        let found = fields!(attributes => Inet { socket_memory, info })?;
        assert_eq!(ends(socket).0, open.local_addr()?);
        assert_eq!(
            (socket.state, found.info.is_none()),
            (TcpState::CLOSE, true)
        );
        let memory = found.socket_memory.unwrap().get();
        assert!(memory.receive_used.get() >= 6);
        assert_eq!(socket.receive_queue, memory.receive_used);
        let theirs = run("ss", &["-uenmO"])?;
        let text = format!("ino:{} ", socket.inode.get());
        assert!(run("ss", &["-aueO"])?.contains(&text), "{theirs}");
        assert!(
            run("ss", &["-aumO"])?.contains(&format!("rb{},", memory.receive_size.get())),
            "{theirs}"
        );
    }
    Ok(())
}

fn a_socket_is_found_by_its_ends() -> Outcome {
    run("ip", &["link", "set", "lo", "up"])?;
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let client = TcpStream::connect(listener.local_addr()?)?;
    let (from, to) = (client.local_addr()?, client.peer_addr()?);
    let header = InetRequest {
        id: SocketId::new((from.ip(), from.port()), (to.ip(), to.port())),
        ..request(from.ip(), IPPROTO_TCP)
    };
    let mut session = Session::open(Protocol::SOCK_DIAG)?;
    let found = session.get(SOCK_DIAG_BY_FAMILY, &header, |w| Ok(w))?;
    assert_eq!(found.len(), 1);
    let (socket, _) = found[0].get().split::<InetSocket>()?;
    assert_eq!(ends(socket), (from, to));
    let nowhere = InetRequest {
        id: SocketId::new((from.ip(), 1), (to.ip(), 1)),
        ..header
    };
    let error = session
        .get(SOCK_DIAG_BY_FAMILY, &nowhere, |w| Ok(w))
        .unwrap_err();
    assert!(error.to_string().contains("ENOENT"), "{error}");
    Ok(())
}

fn unix_is_listed_as_by_ss() -> Outcome {
    use std::os::linux::net::SocketAddrExt as _;
    let name = format!("nltests {}", std::process::id());
    let address = std::os::unix::net::SocketAddr::from_abstract_name(&name)?;
    let listener = UnixListener::bind_addr(&address)?;
    let mut client = UnixStream::connect_addr(&address)?;
    let (server, _) = listener.accept()?;
    client.write_all(b"unread")?;
    let header = UnixRequest {
        family: AF_UNIX,
        states: u32::MAX.into(),
        show: (UnixShow::NAME
            | UnixShow::PEER
            | UnixShow::RQLEN
            | UnixShow::MEMINFO
            | UnixShow::UID)
            .bits()
            .into(),
        ..UnixRequest::default()
    };
    let mut session = Session::open(Protocol::SOCK_DIAG)?;
    let rows = session.dump(SOCK_DIAG_BY_FAMILY, &header, |w| Ok(w))?;
    let mut states = Vec::new();
    for row in &rows {
        let (socket, attributes) = row.get().split::<UnixSocket>()?;
        let found = fields!(attributes => Unix { name, peer, queue, memory })?;
        let Some(text) = found.name.and_then(|name| name.abstract_name()) else {
            continue;
        };
        if text != name.as_bytes() {
            continue;
        }
        states.push(socket.state);
        assert_eq!((socket.family, socket.kind), (AF_UNIX, 1));
        assert!(found.memory.is_some());
        let queue = found.queue.unwrap();
        if socket.state == TcpState::ESTABLISHED {
            assert_eq!(queue.receive.get(), 6);
            let peer = found.peer.unwrap();
            let theirs = run("ss", &["-xanO"])?;
            let inode = socket.inode.get().to_string();
            let line = theirs.lines().find(|line| {
                let mut words = line.split_whitespace();
                words.any(|word| word == inode) && words.any(|word| word == peer.to_string())
            });
            assert!(
                line.is_some_and(|line| line.contains("u_str ESTAB")),
                "{theirs}"
            );
        }
    }
    states.sort();
    assert_eq!(states, [TcpState::ESTABLISHED, TcpState::LISTEN]);
    drop(server);
    Ok(())
}

fn netlink_is_listed() -> Outcome {
    // Beyond 32, and known to each kernel.
    let listener = Session::listen(Protocol::ROUTE, &[1, 33])?;
    let header = NetlinkRequest {
        family: AF_NETLINK,
        protocol: NDIAG_PROTO_ALL,
        show: (NetlinkShow::MEMINFO | NetlinkShow::GROUPS | NetlinkShow::FLAGS)
            .bits()
            .into(),
        ..NetlinkRequest::default()
    };
    let mut session = Session::open(Protocol::SOCK_DIAG)?;
    let rows = session.dump(SOCK_DIAG_BY_FAMILY, &header, |w| Ok(w))?;
    let mut found = None;
    for row in &rows {
        let (socket, attributes) = row.get().split::<NetlinkSocket>()?;
        if (socket.protocol, socket.port.get()) == (0, listener.port_id()) {
            capture("sock_diag-netlink", row.get().as_bytes())?;
            found = Some(fields!(attributes => NetlinkDiag { groups, memory, flags })?);
        }
    }
    let found = found.unwrap();
    // Groups 1 and 33, as bits 0 and 32 of the kernel's `long`.
    assert_eq!(found.groups.unwrap()[..8], 0x1_0000_0001_u64.to_ne_bytes());
    assert!(found.flags.unwrap().contains(NetlinkSocketFlags::PKTINFO));
    assert!(found.memory.unwrap().get().receive_size.get() > 0);
    Ok(())
}
