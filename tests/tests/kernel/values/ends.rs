//! Requests for sockets as values: exactly the socket that was asked for.

use super::carry::{execute, list};
use nlsock::{Conn, Protocol};
use nltests::{Need, Outcome, Test, run};
use nlwire::sock_diag::{
    DestroyInetSocket, GetInetSocket, GetInetSockets, GetNetlinkSockets, GetUnixSocket,
    GetUnixSockets, InetRow, TcpState, TcpStates,
};
use nlwire::{LinkIndex, MessageRef};
use std::error::Error;
use std::io::Read as _;
use std::net::{SocketAddr, TcpListener, TcpStream, UdpSocket};
use std::os::unix::net::UnixListener;

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "values::ends::udp_is_found_by_its_ends",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: udp_is_found_by_its_ends,
    },
    Test {
        name: "values::ends::tcp_is_found_by_its_ends_and_no_listener",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: tcp_is_found_by_its_ends_and_no_listener,
    },
    Test {
        name: "values::ends::a_link_local_socket_has_its_scope",
        needs: &[Need::Namespace, Need::Program("ip"), Need::Program("ss")],
        run: a_link_local_socket_has_its_scope,
    },
    Test {
        name: "values::ends::lists_obey_their_filters_as_those_of_ss",
        needs: &[Need::Namespace, Need::Program("ip"), Need::Program("ss")],
        run: lists_obey_their_filters_as_those_of_ss,
    },
    Test {
        name: "values::ends::a_socket_is_destroyed_and_no_other",
        needs: &[Need::Namespace, Need::Program("ip")],
        run: a_socket_is_destroyed_and_no_other,
    },
    Test {
        name: "values::ends::unix_and_netlink_sockets_are_found",
        needs: &[Need::Namespace],
        run: unix_and_netlink_sockets_are_found,
    },
];

type Ends = (SocketAddr, SocketAddr);

fn at(text: &str) -> SocketAddr {
    text.parse().unwrap()
}

fn ends(row: InetRow<'_>) -> Ends {
    (row.local().unwrap(), row.remote().unwrap())
}

/// Returns the socket that was asked for; nothing if there is none.
fn get(conn: &mut Conn, query: GetInetSocket) -> Result<Option<Ends>, Box<dyn Error>> {
    match conn.get(query) {
        Ok(found) => Ok(Some(ends(found))),
        Err(error) if error.is_not_found() => Ok(None),
        Err(error) => Err(error.into()),
    }
}

fn udp_is_found_by_its_ends() -> Outcome {
    run("ip", &["link", "set", "lo", "up"])?;
    let mut conn = Conn::open(Protocol::SOCK_DIAG)?;
    let open = UdpSocket::bind("127.0.0.1:5000")?;
    let connected = UdpSocket::bind("127.0.0.1:6000")?;
    connected.connect("127.0.0.1:5000")?;
    let six = UdpSocket::bind("[::1]:5001")?;
    six.connect("[::1]:6001")?;
    let both = UdpSocket::bind("[::]:7000")?;
    let mapped = UdpSocket::bind("[::ffff:127.0.0.1]:7001")?;
    mapped.connect("[::ffff:127.0.0.1]:7002")?;
    let none = at("0.0.0.0:0");
    let rows = [
        // Asked for, and found.
        (
            ("127.0.0.1:6000", "127.0.0.1:5000"),
            Some(("127.0.0.1:6000", "127.0.0.1:5000")),
        ),
        (
            ("127.0.0.1:5000", "0.0.0.0:0"),
            Some(("127.0.0.1:5000", "0.0.0.0:0")),
        ),
        (("127.0.0.1:5000", "127.0.0.1:6000"), None),
        (("127.0.0.1:6000", "0.0.0.0:0"), None),
        (("0.0.0.0:5000", "0.0.0.0:0"), None),
        (
            ("[::1]:5001", "[::1]:6001"),
            Some(("[::1]:5001", "[::1]:6001")),
        ),
        (("[::1]:6001", "[::1]:5001"), None),
        (("[::]:7000", "[::]:0"), Some(("[::]:7000", "[::]:0"))),
        (("[::]:7000", "0.0.0.0:0"), Some(("[::]:7000", "[::]:0"))),
        (("[::1]:7000", "[::]:0"), None),
        (("127.0.0.1:7000", "0.0.0.0:0"), None),
        (
            ("127.0.0.1:7001", "127.0.0.1:7002"),
            Some(("[::ffff:127.0.0.1]:7001", "[::ffff:127.0.0.1]:7002")),
        ),
        (
            ("[::ffff:127.0.0.1]:7001", "[::ffff:127.0.0.1]:7002"),
            Some(("[::ffff:127.0.0.1]:7001", "[::ffff:127.0.0.1]:7002")),
        ),
        (
            ("[::ffff:127.0.0.1]:6000", "[::ffff:127.0.0.1]:5000"),
            Some(("127.0.0.1:6000", "127.0.0.1:5000")),
        ),
    ];
    for ((local, remote), right) in rows {
        let found = get(&mut conn, GetInetSocket::udp(at(local), at(remote)))?;
        let right = right.map(|(local, remote)| (at(local), at(remote)));
        assert_eq!(found, right, "{local} {remote}");
    }
    let elsewhere = GetInetSocket::udp(open.local_addr()?, none).device(LinkIndex::new(1));
    assert_eq!(get(&mut conn, elsewhere)?, None);
    drop(both);
    Ok(())
}

fn tcp_is_found_by_its_ends_and_no_listener() -> Outcome {
    run("ip", &["link", "set", "lo", "up"])?;
    let mut conn = Conn::open(Protocol::SOCK_DIAG)?;
    let listener = TcpListener::bind("[::]:8080")?;
    let four = TcpListener::bind("127.0.0.1:8081")?;
    let mut open = Vec::new();
    for target in ["[::1]:8080", "127.0.0.1:8080", "127.0.0.1:8081"] {
        let client = TcpStream::connect(target)?;
        let accepted = if target.ends_with("80") {
            listener.accept()?.0
        } else {
            four.accept()?.0
        };
        for socket in [&client, &accepted] {
            let (local, remote) = (socket.local_addr()?, socket.peer_addr()?);
            let found = get(&mut conn, GetInetSocket::tcp(local, remote))?;
            assert_eq!(found, Some((local, remote)));
        }
        // As mapped addresses, and as what they hold.
        let (local, remote) = (accepted.local_addr()?, accepted.peer_addr()?);
        let plain = |end: SocketAddr| SocketAddr::new(end.ip().to_canonical(), end.port());
        let query = GetInetSocket::tcp(plain(local), plain(remote));
        assert_eq!(get(&mut conn, query)?, Some((local, remote)));
        open.push((client, accepted));
    }
    for (local, remote, found) in [
        ("127.0.0.1:8080", "127.0.0.1:1", false),
        ("[::1]:8080", "[::1]:1", false),
        ("[::ffff:127.0.0.1]:8080", "[::ffff:127.0.0.1]:1", false),
        ("127.0.0.1:8081", "127.0.0.1:1", false),
        ("127.0.0.1:8080", "0.0.0.0:0", false),
        ("[::1]:8080", "[::]:0", false),
        ("0.0.0.0:8081", "0.0.0.0:0", false),
        ("[::]:8080", "[::]:0", true),
        ("127.0.0.1:8081", "0.0.0.0:0", true),
        ("[::ffff:127.0.0.1]:8081", "[::]:0", true),
    ] {
        let row = get(&mut conn, GetInetSocket::tcp(at(local), at(remote)))?;
        assert_eq!(row.is_some(), found, "{local} {remote}: {row:?}");
    }
    Ok(())
}

fn a_link_local_socket_has_its_scope() -> Outcome {
    for name in ["a0", "b0"] {
        run("ip", &["link", "add", name, "type", "bridge"])?;
        run("ip", &["link", "set", name, "up"])?;
        run("ip", &["addr", "add", "fe80::1/64", "dev", name, "nodad"])?;
    }
    let indices: Vec<u32> = nltests::ip(&["link"])?
        .as_array()
        .unwrap()
        .iter()
        .filter(|link| link["ifname"] != "lo")
        .map(|link| u32::try_from(link["ifindex"].as_u64().unwrap()).unwrap())
        .collect();
    let mut conn = Conn::open(Protocol::SOCK_DIAG)?;
    let at = |index: u32| at(&format!("[fe80::1%{index}]:9000"));
    let sockets: Vec<_> = indices
        .iter()
        .map(|index| UdpSocket::bind(at(*index)))
        .collect();
    let listeners: Vec<_> = indices
        .iter()
        .map(|index| TcpListener::bind(at(*index)))
        .collect();
    assert!(sockets.iter().all(Result::is_ok) && listeners.iter().all(Result::is_ok));
    let none: SocketAddr = "[::]:0".parse()?;
    for index in &indices {
        for query in [
            GetInetSocket::udp(at(*index), none),
            GetInetSocket::tcp(at(*index), none),
        ] {
            assert_eq!(get(&mut conn, query)?, Some((at(*index), none)));
        }
    }
    // Both ends, of which either may say the link.
    for index in &indices {
        let socket = UdpSocket::bind(format!("[fe80::1%{index}]:9100"))?;
        socket.connect(format!("[fe80::2%{index}]:7"))?;
        let ends = (socket.local_addr()?, socket.peer_addr()?);
        let without = |end: &str| -> SocketAddr { end.parse().unwrap() };
        for (local, remote) in [
            ends,
            (without("[fe80::1]:9100"), ends.1),
            (ends.0, without("[fe80::2]:7")),
        ] {
            let found = get(&mut conn, GetInetSocket::udp(local, remote))?;
            assert_eq!(found, Some(ends), "{local} {remote}");
        }
        let theirs = run("ss", &["-H", "-n", "-u", "sport = 9100"])?;
        assert!(theirs.contains("[fe80::2]"), "{theirs}");
        let elsewhere = indices.iter().find(|other| *other != index).unwrap();
        let other = |end: &str| without(&format!("{end}%{elsewhere}]:9100"));
        let query = GetInetSocket::udp(other("[fe80::1"), without("[fe80::2]:7"));
        assert_eq!(get(&mut conn, query)?, None);
    }
    // A link that no socket is bound to, and none at all.
    for query in [
        GetInetSocket::udp(at(1), none),
        GetInetSocket::tcp(at(1), none),
        GetInetSocket::udp(at(0), none),
        GetInetSocket::tcp(at(0), none),
    ] {
        assert_eq!(get(&mut conn, query)?, None, "{query:?}");
    }
    Ok(())
}

fn lists_obey_their_filters_as_those_of_ss() -> Outcome {
    run("ip", &["link", "set", "lo", "up"])?;
    let mut conn = Conn::open(Protocol::SOCK_DIAG)?;
    let listener = TcpListener::bind("127.0.0.1:8080")?;
    let _other = TcpListener::bind("127.0.0.2:8080")?;
    let _six = TcpListener::bind("[::1]:8080")?;
    let _udp = UdpSocket::bind("127.0.0.1:8080")?;
    let client = TcpStream::connect("127.0.0.1:8080")?;
    let (_accepted, _) = listener.accept()?;
    let tcp = GetInetSockets::tcp();
    let port = client.local_addr()?.port();
    let from = format!("sport = {port}");
    let to = format!("dport = {port}");
    for (query, words) in [
        (tcp, vec!["-4", "-t", "-a"]),
        (GetInetSockets::tcp6(), vec!["-6", "-t", "-a"]),
        (GetInetSockets::udp(), vec!["-4", "-u", "-a"]),
        (GetInetSockets::udp6(), vec!["-6", "-u", "-a"]),
        (GetInetSockets::raw(), vec!["-4", "-w", "-a"]),
        (GetInetSockets::mptcp(), vec!["-4", "-M", "-a"]),
        (tcp.states(TcpStates::LISTEN), vec!["-4", "-t", "-l"]),
        (tcp.local_port(8080), vec!["-4", "-t", "-a", "sport = 8080"]),
        (tcp.local_port(port), vec!["-4", "-t", "-a", &from]),
        (tcp.remote_port(port), vec!["-4", "-t", "-a", &to]),
        (
            tcp.local_within("127.0.0.2/32".parse()?),
            vec!["-4", "-t", "-a", "src 127.0.0.2"],
        ),
        (
            tcp.remote_within("127.0.0.0/8".parse()?)
                .states(TcpStates::ESTABLISHED),
            vec!["-4", "-t", "dst 127.0.0.0/8"],
        ),
    ] {
        let ours = match list(&mut conn, &query, |row| row.inode()) {
            // Not every kernel lists raw sockets.
            Err(error) if error.to_string().contains("ENOENT") => continue,
            other => other?,
        };
        let theirs = run("ss", &[&["-H", "-n", "-e"], &words[..]].concat())?;
        let inode = |line: &str| -> u32 {
            let word = line.split("ino:").nth(1);
            word.and_then(|rest| rest.split(' ').next()?.parse().ok())
                .unwrap_or(0)
        };
        let mut theirs: Vec<u32> = theirs.lines().map(inode).collect();
        let mut ours = ours;
        ours.sort_unstable();
        theirs.sort_unstable();
        assert_eq!(ours, theirs, "{words:?}");
    }
    assert!(list(&mut conn, &tcp.device(1), |_| ())?.is_empty());
    assert_eq!(
        list(&mut conn, &tcp.device(LinkIndex::NONE), |_| ())?.len(),
        4
    );
    assert_eq!(list(&mut conn, &tcp.user(0), |_| ())?.len(), 4);
    assert!(list(&mut conn, &tcp.user(7), |_| ())?.is_empty());
    let states = list(&mut conn, &tcp.states(TcpStates::LISTEN), |row| row.state())?;
    assert_eq!(states, [TcpState::LISTEN; 2]);
    let known = list(&mut conn, &tcp.local_port(port), |row| {
        row.tcp_info().is_ok_and(|info| info.is_some())
    })?;
    assert_eq!(known, [true]);
    Ok(())
}

fn a_socket_is_destroyed_and_no_other() -> Outcome {
    run("ip", &["link", "set", "lo", "up"])?;
    let mut conn = Conn::open(Protocol::SOCK_DIAG)?;
    let listener = TcpListener::bind("127.0.0.1:8080")?;
    let mut client = TcpStream::connect("127.0.0.1:8080")?;
    let mut accepted = listener.accept()?.0;
    let query = GetInetSocket::tcp(client.local_addr()?, client.peer_addr()?);
    let row = super::carry::rows(&mut conn, &query)?.remove(0);
    let row = InetRow::of(MessageRef::new(&row)?);
    let destroy = DestroyInetSocket::tcp(&row);
    match execute(&mut conn, &destroy) {
        Err(error) if error.to_string().contains("EOPNOTSUPP") => {
            return Err(nltests::Missing("CONFIG_INET_DIAG_DESTROY".into()).into());
        }
        other => other?,
    }
    let mut byte = [0];
    assert!(client.read(&mut byte).is_err());
    let _ = accepted.read(&mut byte);
    assert!(execute(&mut conn, &destroy).is_err());
    execute(&mut conn, &destroy.if_there())?;
    let listening = GetInetSockets::tcp().states(TcpStates::LISTEN);
    assert_eq!(list(&mut conn, &listening, |_| ())?.len(), 1);
    // Of UDP, whose ends are not exchanged here.
    let one = UdpSocket::bind("127.0.0.1:6000")?;
    one.connect("127.0.0.1:6001")?;
    let other = UdpSocket::bind("127.0.0.1:6001")?;
    other.connect("127.0.0.1:6000")?;
    let query = GetInetSocket::udp(one.local_addr()?, one.peer_addr()?);
    let row = super::carry::rows(&mut conn, &query)?.remove(0);
    execute(
        &mut conn,
        &DestroyInetSocket::udp(&InetRow::of(MessageRef::new(&row)?)),
    )?;
    let left = list(&mut conn, &GetInetSockets::udp(), ends)?;
    assert!(
        left.contains(&(other.local_addr()?, at("127.0.0.1:6000"))),
        "{left:?}"
    );
    assert!(
        !left.contains(&(at("127.0.0.1:6000"), at("127.0.0.1:6001"))),
        "{left:?}"
    );
    Ok(())
}

fn unix_and_netlink_sockets_are_found() -> Outcome {
    let mut conn = Conn::open(Protocol::SOCK_DIAG)?;
    let folder = std::env::temp_dir().join(format!("nl-{}", std::process::id()));
    let _listener = UnixListener::bind(&folder)?;
    let all = list(
        &mut conn,
        &GetUnixSockets::all().states(TcpStates::LISTEN),
        |row| {
            (
                row.inode(),
                row.name().unwrap().map(|name| name.to_string()),
                row.state(),
            )
        },
    )?;
    let ours = all
        .iter()
        .find(|(_, found, _)| found.as_deref() == folder.to_str())
        .unwrap();
    assert_eq!(ours.2, TcpState::LISTEN);
    let one = list(&mut conn, &GetUnixSocket::by_inode(ours.0), |row| {
        row.inode()
    })?;
    assert_eq!(one, [ours.0]);
    std::fs::remove_file(&folder)?;
    assert!(list(&mut conn, &GetUnixSocket::by_inode(u32::MAX), |_| ()).is_err());
    let port = conn.port_id();
    let all = list(&mut conn, &GetNetlinkSockets::all(), |row| {
        (row.protocol(), row.port_id())
    })?;
    assert!(all.contains(&(4, port)), "{all:?}");
    let route = list(&mut conn, &GetNetlinkSockets::all().protocol(0), |row| {
        row.protocol()
    })?;
    assert!(route.iter().all(|protocol| *protocol == 0));
    Ok(())
}
