//! Programs of socket filters pass the kernel's checks (`inet_diag_bc_audit` in
//! `net/ipv4/inet_diag.c`), and select what their condition says.

#![cfg(feature = "sock_diag")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::as_conversions,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "tests"
)]

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use nlwire::sock_diag::{GetInetSockets, InetRequest, InetRequestSet};
use nlwire::sock_diag::{Inet, InetAttr, InetRow, InetSocket, SOCK_DIAG_BY_FAMILY};
use nlwire::sock_diag::{SocketFilter, SocketId};
use nlwire::{Flags, LinkIndex, Messages, Part, Prefix, Row, Stamp, Writer, fields};
use proptest::prelude::*;

const AF_INET: u8 = 2;
const AF_INET6: u8 = 10;

/// Socket as the kernel sees it.
#[derive(Clone, Debug)]
struct Socket {
    local: (IpAddr, u16),
    remote: (IpAddr, u16),
    link: u32,
    mark: u32,
    group: u64,
    auto_bound: bool,
}

/// Returns the filter program of a request, if it has one.
fn program(filter: SocketFilter<'_>) -> Vec<u8> {
    let mut buffer = vec![0; 65536];
    let query = GetInetSockets::tcp().filter(filter);
    let part = Part::write(&query, 0, &mut buffer, 0, Stamp::default(), false).unwrap();
    let message = Messages::new(&buffer[..part.end]).next().unwrap().unwrap();
    let request = Row::<InetRequest, InetRequestSet>::of(message);
    let bytecode = fields!(request.attributes => InetRequestSet { bytecode });
    bytecode.unwrap().bytecode.unwrap_or_default().to_vec()
}

fn step(program: &[u8], at: usize) -> (u8, usize, usize, &[u8]) {
    let no = u16::from_ne_bytes([program[at + 2], program[at + 3]]);
    let yes = usize::from(program[at + 1]);
    (program[at], yes, no.into(), &program[at + 4..])
}

fn word(bytes: &[u8]) -> u32 {
    u32::from_ne_bytes(bytes[..4].try_into().unwrap())
}

/// Checks a program as the kernel does before it runs it.
fn audit(program: &[u8]) {
    let mut begins = vec![];
    let mut jumps = vec![];
    let mut at = 0;
    while at < program.len() {
        begins.push(at);
        let (code, yes, no, data) = step(program, at);
        let least = match code {
            1 | 6 => 4,
            2..=5 | 9 | 11 | 12 => 8,
            10 | 13 => 12,
            7 | 8 => {
                let address = match data[0] {
                    0 => 0,
                    AF_INET => 4,
                    AF_INET6 => 16,
                    family => panic!("family {family}"),
                };
                assert!(usize::from(data[1]) <= 8 * address);
                12 + address
            }
            _ => panic!("code {code}"),
        };
        let left = program.len() - at;
        assert!(no >= least && no <= left + 4 && no % 4 == 0, "no {no}");
        assert!(yes >= least && yes <= left + 4 && yes % 4 == 0, "yes {yes}");
        jumps.push(at + no);
        at += yes;
    }
    assert_eq!(at, program.len());
    begins.extend([program.len(), program.len() + 4]);
    assert!(jumps.iter().all(|to| begins.contains(to)), "{jumps:?}");
}

/// Runs a program over a socket, as `inet_diag_bc_run` does.
fn accepts(program: &[u8], socket: &Socket) -> bool {
    let mut at = 0;
    while at < program.len() {
        let (code, yes, no, data) = step(program, at);
        let limit = || u16::from_ne_bytes([data[2], data[3]]);
        let holds = match code {
            1 => false,
            2 => socket.local.1 >= limit(),
            3 => socket.local.1 <= limit(),
            4 => socket.remote.1 >= limit(),
            5 => socket.remote.1 <= limit(),
            6 => socket.auto_bound,
            7 => has_end(data, socket.local),
            8 => has_end(data, socket.remote),
            9 => socket.link == word(data),
            10 => socket.mark & word(&data[4..]) == word(data),
            13 => socket.group == u64::from_ne_bytes(data[..8].try_into().unwrap()),
            _ => panic!("code {code}"),
        };
        at += if holds { yes } else { no };
    }
    at == program.len()
}

/// A comparison with `struct inet_diag_hostcond`.
fn has_end(data: &[u8], (address, port): (IpAddr, u16)) -> bool {
    let wanted = word(&data[4..]).cast_signed();
    if wanted != -1 && wanted != i32::from(port) {
        return false;
    }
    let bits = usize::from(data[1]);
    let same = |own: &[u8]| {
        let bit = |bytes: &[u8], n: usize| bytes[n / 8] >> (7 - n % 8) & 1;
        (0..bits).all(|n| bit(own, n) == bit(&data[8..], n))
    };
    match (data[0], address) {
        (0, _) => true,
        (AF_INET, IpAddr::V4(own)) => same(&own.octets()),
        (AF_INET6, IpAddr::V6(own)) => same(&own.octets()),
        (AF_INET, IpAddr::V6(own)) => own.to_ipv4_mapped().is_some_and(|own| same(&own.octets())),
        _ => false,
    }
}

/// Calls `read` with the socket's row.
fn with_row<R>(socket: &Socket, tells_all: bool, read: impl FnOnce(&InetRow<'_>) -> R) -> R {
    let header = InetSocket {
        family: if socket.local.0.is_ipv4() {
            AF_INET
        } else {
            AF_INET6
        },
        id: SocketId {
            index: LinkIndex::new(socket.link),
            ..SocketId::new(socket.local, socket.remote)
        },
        ..InetSocket::default()
    };
    let mut buffer = [0; 256];
    let message = Writer::message(
        &mut buffer,
        SOCK_DIAG_BY_FAMILY,
        Flags::empty(),
        &header,
        |w| {
            if !tells_all {
                return Ok(w);
            }
            w.put(InetAttr::Mark(socket.mark))?
                .put(InetAttr::ControlGroup(socket.group))
        },
    );
    read(&Row::<InetSocket, Inet>::of(message.unwrap()))
}

fn addresses() -> impl Strategy<Value = IpAddr> {
    prop_oneof![
        (0..4_u8).prop_map(|last| Ipv4Addr::new(192, 0, 2, last).into()),
        (0..4_u8).prop_map(|last| Ipv4Addr::new(192, 0, 2, last).to_ipv6_mapped().into()),
        (0..4_u16).prop_map(|last| Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, last).into()),
    ]
}

fn networks() -> impl Strategy<Value = Prefix> {
    (addresses(), 0..=128_u8).prop_map(|(address, length)| {
        let longest = if address.is_ipv4() { 32 } else { 128 };
        Prefix::new(address, length.min(longest)).unwrap()
    })
}

fn sockets() -> impl Strategy<Value = Socket> {
    let end = || (addresses(), 0..6_u16);
    let rest = (0..3_u32, 0..4_u32, 0..3_u64, any::<bool>());
    (end(), end(), rest).prop_map(|(local, remote, (link, mark, group, auto_bound))| Socket {
        local,
        remote: match (local.0, remote.0) {
            // Both ends of a socket have one family.
            (IpAddr::V4(_), IpAddr::V6(_)) | (IpAddr::V6(_), IpAddr::V4(_)) => (local.0, remote.1),
            _ => remote,
        },
        link,
        mark,
        group,
        auto_bound,
    })
}

/// Conditions, which live as long as the program.
fn conditions() -> impl Strategy<Value = SocketFilter<'static>> {
    let port = || prop_oneof![0..6_u16, Just(u16::MAX)];
    let leaf = prop_oneof![
        (port(), port()).prop_map(|(from, to)| SocketFilter::LocalPorts { from, to }),
        (port(), port()).prop_map(|(from, to)| SocketFilter::RemotePorts { from, to }),
        networks().prop_map(SocketFilter::Local),
        networks().prop_map(SocketFilter::Remote),
        (0..3_u32).prop_map(|link| SocketFilter::Device(LinkIndex::new(link))),
        (0..4_u32, 0..4_u32).prop_map(|(value, mask)| SocketFilter::Mark { value, mask }),
        (0..3_u64).prop_map(SocketFilter::ControlGroup),
        Just(SocketFilter::AutoBound),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        let several = || prop::collection::vec(inner.clone(), 0..4).prop_map(|all| &*all.leak());
        prop_oneof![
            inner
                .clone()
                .prop_map(|one| SocketFilter::Not(Box::leak(Box::new(one)))),
            several().prop_map(SocketFilter::All),
            several().prop_map(SocketFilter::Any),
        ]
    })
}

/// Returns the value of a condition for a socket, without a row.
fn is_met(condition: &SocketFilter<'_>, socket: &Socket) -> bool {
    match *condition {
        SocketFilter::AutoBound => socket.auto_bound,
        SocketFilter::Not(inner) => !is_met(inner, socket),
        SocketFilter::All(all) => all.iter().all(|inner| is_met(inner, socket)),
        SocketFilter::Any(any) => any.iter().any(|inner| is_met(inner, socket)),
        ref leaf => with_row(socket, true, |row| leaf.holds(row)).unwrap(),
    }
}

proptest! {
    #[test]
    fn programs_do_what_conditions_say(condition in conditions(), socket in sockets()) {
        let program = program(condition);
        audit(&program);
        let met = is_met(&condition, &socket);
        prop_assert_eq!(accepts(&program, &socket), met);
        // A row with fewer facts never contradicts the full row.
        for tells_all in [true, false] {
            let told = with_row(&socket, tells_all, |row| condition.holds(row));
            prop_assert!(told.is_none_or(|told| told == met), "{told:?} of {met}");
        }
    }
}

#[test]
fn a_condition_that_always_holds_needs_no_program() {
    assert_eq!(program(SocketFilter::EVERY), []);
    assert_eq!(program(SocketFilter::local_ports(0..=u16::MAX)), []);
    audit(&program(SocketFilter::Any(&[])));
}

#[test]
fn the_bytes_are_those_of_the_kernels_structs() {
    let filter = [
        SocketFilter::local_port(22),
        SocketFilter::remote_ports(1024..=u16::MAX),
    ];
    let mut expected = vec![7, 12, 24, 0, 0, 0, 0, 0, 22, 0, 0, 0];
    expected.extend([4, 8, 12, 0, 0, 0, 0, 4]);
    if cfg!(target_endian = "little") {
        assert_eq!(program(SocketFilter::All(&filter)), expected);
    }
}

#[test]
fn a_program_beyond_an_attribute_is_refused() {
    let many = vec![SocketFilter::AutoBound; 16 * 1024];
    let mut buffer = vec![0; 1 << 17];
    let query = GetInetSockets::tcp().filter(SocketFilter::All(&many));
    let error = Part::write(&query, 0, &mut buffer, 0, Stamp::default(), false).unwrap_err();
    assert!(
        matches!(error, nlwire::EncodeError::TooLong { .. }),
        "{error:?}"
    );
}
