//! Lists of sockets by filters, and of the families that few programs have,
//! beside ss(8).

use nlsock::sock_diag::Processes;
use nlsock::{Conn, ErrorKind, Protocol};
use nltests::{Missing, Need, Outcome, Test, run};
use nlwire::sock_diag::{
    GetInetSockets, GetPacketSockets, GetSmcSockets, GetVsockSockets, GetXdpSockets, ListHeader,
    ListSockets, PacketFlags, PacketShow, SmcMode, SmcState, SocketFilter, TcpState, TcpStates,
};
use nlwire::{Errno, LinkIndex, Row};
use rustix::fs::fstat;
use rustix::net::{AddressFamily, SocketType, socket};
use std::collections::BTreeSet;
use std::error::Error;
use std::net::{IpAddr, SocketAddrV6, TcpListener, TcpStream};
use std::os::fd::{AsFd, OwnedFd};

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "socket_lists::filters_select_as_those_of_ss",
        needs: &[Need::Namespace, Need::Program("ip"), Need::Program("ss")],
        run: filters_select_as_those_of_ss,
    },
    Test {
        name: "socket_lists::packet_sockets_are_those_of_ss",
        needs: &[Need::Namespace, Need::Program("ip"), Need::Program("ss")],
        run: packet_sockets_are_those_of_ss,
    },
    Test {
        name: "socket_lists::processes_are_those_of_ss",
        needs: &[Need::Namespace, Need::Program("ss")],
        run: processes_are_those_of_ss,
    },
    Test {
        name: "socket_lists::vsock_sockets_are_those_of_ss",
        needs: &[Need::Namespace, Need::Program("ss")],
        run: vsock_sockets_are_those_of_ss,
    },
    Test {
        name: "socket_lists::xdp_sockets_are_those_of_ss",
        needs: &[Need::Namespace, Need::Program("ss")],
        run: xdp_sockets_are_those_of_ss,
    },
    Test {
        name: "socket_lists::smc_sockets_are_listed",
        needs: &[Need::Namespace],
        run: smc_sockets_are_listed,
    },
];

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// Returns the inode numbers in the output of `ss -e`.
fn inodes(text: &str) -> Result<BTreeSet<u64>> {
    let numbers = text
        .split_whitespace()
        .filter_map(|word| word.strip_prefix("ino:"));
    numbers.map(|number| Ok(number.parse()?)).collect()
}

fn inode(fd: &impl AsFd) -> Result<u64> {
    Ok(fstat(fd)?.st_ino)
}

fn filters_select_as_those_of_ss() -> Outcome {
    run("ip", &["link", "set", "lo", "up"])?;
    run("ip", &["address", "add", "192.0.2.1/24", "dev", "lo"])?;
    let mut kept: Vec<(TcpListener, TcpStream, TcpStream)> = Vec::new();
    for address in ["127.0.0.1", "127.0.0.2", "192.0.2.1", "::1"] {
        let listener = TcpListener::bind((address.parse::<IpAddr>()?, 0))?;
        let client = TcpStream::connect(listener.local_addr()?)?;
        let (server, _) = listener.accept()?;
        kept.push((listener, client, server));
    }
    let port = kept[0].0.local_addr()?.port();
    let other = kept[1].0.local_addr()?.port();
    // An address of a link binds the socket to it.
    run(
        "ip",
        &["address", "add", "fe80::1/64", "dev", "lo", "nodad"],
    )?;
    let on_lo = TcpListener::bind(SocketAddrV6::new("fe80::1".parse()?, 1000, 0, 1))?;
    let mapped = TcpListener::bind("[::]:2000")?;
    let through = TcpStream::connect("127.0.0.4:2000")?;
    let (accepted, _) = mapped.accept()?;

    let loopback = SocketFilter::Local("127.0.0.0/8".parse()?);
    let second = SocketFilter::Remote("127.0.0.2/32".parse()?);
    let ports = [
        SocketFilter::local_port(port),
        SocketFilter::remote_port(port),
    ];
    let either = SocketFilter::Any(&ports);
    let bound = SocketFilter::Device(LinkIndex::new(1));
    let auto = SocketFilter::AutoBound;
    let accepting = SocketFilter::local_port(2000);
    let mark = SocketFilter::Mark { value: 1, mask: 1 };
    let cases = [
        (format!("sport = :{port}"), ports[0]),
        (format!("dport = :{port}"), ports[1]),
        (format!("sport = :{port} or dport = :{port}"), either),
        (
            format!("not ( sport = :{port} or dport = :{port} )"),
            SocketFilter::Not(&either),
        ),
        (
            "sport >= :1000 and sport <= :2000".into(),
            SocketFilter::local_ports(1000..=2000),
        ),
        (
            "dport >= :1001".into(),
            SocketFilter::remote_ports(1001..=u16::MAX),
        ),
        ("sport <= :1999".into(), SocketFilter::local_ports(0..=1999)),
        ("src 127.0.0.0/8".into(), loopback),
        ("dst 127.0.0.2".into(), second),
        (
            "src 192.0.2.1 or dst [::1]".into(),
            SocketFilter::Any(&[
                SocketFilter::Local("192.0.2.1/32".parse()?),
                SocketFilter::Remote("::1/128".parse()?),
            ]),
        ),
        ("dev = lo".into(), bound),
        ("not dev = lo".into(), SocketFilter::Not(&bound)),
        // Of accepted connections ss(8) says that they are not.
        (
            "autobound and sport != :2000".into(),
            SocketFilter::All(&[auto, SocketFilter::Not(&accepting)]),
        ),
        ("not autobound".into(), SocketFilter::Not(&auto)),
        (
            format!(
                "src 127.0.0.0/8 and ( dport = :{other} or autobound ) \
                 and not dst 127.0.0.2 and not sport = :2000"
            ),
            SocketFilter::All(&[
                loopback,
                SocketFilter::Any(&[SocketFilter::remote_port(other), auto]),
                SocketFilter::Not(&second),
                SocketFilter::Not(&accepting),
            ]),
        ),
        ("fwmark = 0x1/0x1".into(), mark),
        ("not fwmark = 0x1/0x1".into(), SocketFilter::Not(&mark)),
    ];
    let mut conn = Conn::open(Protocol::SOCK_DIAG)?;
    let mut hits = 0;
    for (expression, filter) in &cases {
        let theirs = inodes(&run("ss", &["-tanHe", expression])?)?;
        let mut ours = BTreeSet::new();
        for query in [GetInetSockets::tcp(), GetInetSockets::tcp6()] {
            for row in &conn.list(query.filter(*filter))? {
                ours.insert(u64::from(row.inode()));
            }
        }
        assert_eq!(ours, theirs, "{expression}");
        hits += ours.len();
    }
    assert!(hits > 50, "{hits}");
    // The request's own conditions are the kernel's, too.
    let query = GetInetSockets::tcp6()
        .states(TcpStates::LISTEN)
        .local_port(1000)
        .local_within("fe80::/10".parse()?)
        .device(1);
    assert_eq!(u64::from(conn.get(query)?.inode()), inode(&on_lo)?);
    let from = GetInetSockets::tcp6().remote_within("127.0.0.0/8".parse()?);
    let found = conn.list(from)?;
    assert!(
        found
            .iter()
            .any(|row| Ok(u64::from(row.inode())) == inode(&accepted).map_err(drop))
    );
    drop((kept, through));
    Ok(())
}

fn packet_sockets_are_those_of_ss() -> Outcome {
    run("ip", &["link", "set", "lo", "up"])?;
    let all = u32::from(3_u16.to_be());
    let protocol = rustix::net::Protocol::from_raw(all.try_into()?);
    let sniffer = socket(AddressFamily::PACKET, SocketType::RAW, Some(protocol))?;
    let silent = socket(AddressFamily::PACKET, SocketType::DGRAM, None)?;
    let mut conn = Conn::open(Protocol::SOCK_DIAG)?;
    let show = PacketShow::INFO | PacketShow::MCLIST | PacketShow::MEMINFO;
    let mut found = BTreeSet::new();
    for row in &conn.list(GetPacketSockets::all().show(show))? {
        let number = u64::from(row.inode());
        found.insert(number);
        let info = row.info()?.ok_or("no settings")?;
        let running =
            PacketFlags::from_bits_retain(info.flags.get()).contains(PacketFlags::RUNNING);
        let expected = number == inode(&sniffer)?;
        assert_eq!(
            (running, row.ether_type()),
            (expected, if expected { 3 } else { 0 })
        );
    }
    assert_eq!(found, [inode(&sniffer)?, inode(&silent)?].into());
    assert_eq!(found, inodes(&run("ss", &["-0aHe"])?)?);
    Ok(())
}

fn processes_are_those_of_ss() -> Outcome {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let again = listener.try_clone()?;
    let processes = Processes::read()?;
    let mut users: Vec<String> = processes
        .of(inode(&listener)?)
        .iter()
        .map(|process| format!("({process})"))
        .collect();
    users.sort();
    let theirs = run("ss", &["-tlnpH"])?;
    let (_, list) = theirs.trim_end().split_once("users:(").ok_or("no users")?;
    let list = list.strip_suffix(")").ok_or("no end")?;
    let mut theirs: Vec<String> = list
        .split_inclusive(')')
        .map(|one| one.trim_start_matches(',').into())
        .collect();
    theirs.sort();
    assert_eq!(users, theirs);
    assert_eq!(users.len(), 2);
    drop(again);
    assert!(processes.of(u64::MAX).is_empty());
    Ok(())
}

/// Opens a socket of a family, unless the kernel lacks it.
fn open(family: u16, kind: SocketType, name: &str) -> Result<OwnedFd> {
    let missing = |_| Missing(format!("kernel: sockets of {name}"));
    Ok(socket(AddressFamily::from_raw(family), kind, None).map_err(missing)?)
}

/// Lists sockets, unless the kernel cannot list this family.
fn list<H: ListHeader>(
    query: ListSockets<H>,
    module: &str,
    mut read: impl FnMut(Row<'_, H::Socket, H::Attributes>) -> u64,
) -> Result<BTreeSet<u64>> {
    let mut conn = Conn::open(Protocol::SOCK_DIAG)?;
    match conn.list(query) {
        Ok(rows) => Ok(rows.iter().map(&mut read).collect()),
        Err(error) if error.kind() == ErrorKind::Refused(Errno::ENOENT) => {
            Err(Missing(format!("kernel: module {module}")).into())
        }
        Err(error) => Err(error.into()),
    }
}

fn vsock_sockets_are_those_of_ss() -> Outcome {
    let socket = open(40, SocketType::STREAM, "vsock")?;
    let found = list(GetVsockSockets::all(), "vsock_diag", |row| {
        assert_eq!(row.state(), TcpState::CLOSE);
        assert_eq!((row.local().1, row.remote().1), (u32::MAX, u32::MAX));
        row.inode().into()
    })?;
    assert!(found.contains(&inode(&socket)?));
    // Of these sockets ss prints no inode.
    let theirs = run("ss", &["--vsock", "-aH"])?;
    assert_eq!(found.len(), theirs.lines().count(), "{theirs}");
    let none = list(
        GetVsockSockets::all().states(TcpStates::LISTEN),
        "vsock_diag",
        |row| row.inode().into(),
    )?;
    assert!(!none.contains(&inode(&socket)?));
    Ok(())
}

fn xdp_sockets_are_those_of_ss() -> Outcome {
    let socket = open(44, SocketType::RAW, "XDP")?;
    let found = list(GetXdpSockets::all(), "xdp_diag", |row| {
        assert!(row.info().unwrap().unwrap().index.is_none());
        row.inode().into()
    })?;
    assert_eq!(found, [inode(&socket)?].into());
    assert_eq!(found, inodes(&run("ss", &["--xdp", "-aHe"])?)?);
    Ok(())
}

fn smc_sockets_are_listed() -> Outcome {
    let socket = open(43, SocketType::STREAM, "SMC")?;
    let found = list(GetSmcSockets::all(), "smc_diag", |row| {
        assert_eq!((row.state(), row.mode()), (SmcState::INIT, SmcMode::SMCR));
        assert!(row.local().ip().is_unspecified() && row.remote().port() == 0);
        row.inode()
    })?;
    assert_eq!(found, [inode(&socket)?].into());
    Ok(())
}
