//! Requests of sockets, generic families, the connector and algorithms as

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::as_conversions,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "a test fails by its panic"
)]
//! values, by their bytes.

#![cfg(all(
    feature = "sock_diag",
    feature = "ethtool",
    feature = "connector",
    feature = "crypto"
))]

use nlwire::connector::{
    CN_IDX_PROC, CN_VAL_PROC, CN_W1_IDX, CN_W1_VAL, Connector, GetW1Masters, PROC_CN_MCAST_LISTEN,
    SendW1, SetProcessEvents, W1Command, W1CommandKind, W1Message, W1MessageKind,
};
use nlwire::crypto::{
    CRYPTO_MSG_GETALG, CRYPTO_MSG_NEWALG, DeleteAlgorithm, GetAlgorithm, GetAlgorithms,
    NewAlgorithm,
};
use nlwire::generic::ethtool::{
    ETHTOOL_A_LINKMODES_HEADER, GetLinkInfo, LinkModes, LinkModesAttr, SetLinkModes,
};
use nlwire::generic::taskstats::{GetTaskStats, SetExitReports, TaskRequest};
use nlwire::generic::{self, Controller, GENL_ID_CTRL, GenericHeader, GetFamily, GetPolicies};
use nlwire::request::Object;
use nlwire::sock_diag::{
    DestroyInetSocket, GetInetSocket, GetInetSockets, GetNetlinkSockets, GetUnixSocket,
    InetRequest, InetRow, InetSocket, SOCK_DESTROY, SOCK_DIAG_BY_FAMILY, SocketId, TcpStates,
};
use nlwire::zerocopy::IntoBytes as _;
use nlwire::{
    Errno, Flags, GetFlags, MessageRef, MessageType, Part, Query, Request, Row, Stamp, Writer,
    fields,
};
use std::net::SocketAddr;

fn one(request: &dyn Request) -> Vec<u8> {
    let mut buffer = vec![0xaa; 4096];
    let stamp = Stamp {
        sequence: 7,
        port: 9,
        flags: Flags::REQUEST,
        family: request.protocol().unwrap().family.map(|_| MessageType(40)),
    };
    let part = Part::write(request, 0, &mut buffer, 0, stamp, false).unwrap();
    assert_eq!((part.messages, part.then), (1, None));
    buffer.truncate(part.end);
    buffer
}

fn at(text: &str) -> SocketAddr {
    text.parse().unwrap()
}

/// Writes a socket as the kernel lists it.
fn listed(family: u8, local: SocketAddr, remote: SocketAddr, device: u32) -> Vec<u8> {
    let mut id = SocketId::new((local.ip(), local.port()), (remote.ip(), remote.port()));
    id.index = device.into();
    let header = InetSocket {
        family,
        id,
        ..InetSocket::default()
    };
    let mut buffer = vec![0; 128];
    let kind = SOCK_DIAG_BY_FAMILY;
    let message = Writer::message(&mut buffer, kind, Flags::empty(), &header, |w| Ok(w));
    message.unwrap().as_bytes().to_vec()
}

fn inet(bytes: &[u8]) -> InetRequest {
    let (header, _) = MessageRef::new(bytes)
        .unwrap()
        .split_zero_extended::<InetRequest>();
    header
}

#[test]
fn a_socket_is_asked_for_by_its_ends() {
    let (a, b) = (at("127.0.0.1:6000"), at("127.0.0.1:5000"));
    let tcp = inet(&one(&GetInetSocket::tcp(a, b)));
    assert_eq!((tcp.family, tcp.protocol), (2, 6));
    assert_eq!(tcp.id, SocketId::new((a.ip(), 6000), (b.ip(), 5000)));
    // The kernel takes those of UDP exchanged, but not where it destroys.
    let udp = inet(&one(&GetInetSocket::udp(a, b)));
    assert_eq!(udp.id, SocketId::new((b.ip(), 5000), (a.ip(), 6000)));
    let row = listed(2, a, b, 0);
    let row = InetRow::of(MessageRef::new(&row).unwrap());
    let destroy = one(&DestroyInetSocket::udp(&row));
    assert_eq!(MessageRef::new(&destroy).unwrap().kind(), SOCK_DESTROY);
    assert_eq!(inet(&destroy).id, row.header.id);
    // IPv6 that holds IPv4, and an unspecified peer of either family.
    let mapped = |end: &str| at(&format!("[::ffff:127.0.0.1]:{end}"));
    for (local, remote, family) in [
        (mapped("6000"), mapped("5000"), 2),
        (mapped("6000"), at("[::]:0"), 2),
        (at("[::1]:6000"), at("0.0.0.0:0"), 10),
        (at("[::]:6000"), at("[::]:0"), 10),
        (at("[::1]:6000"), b, 10),
    ] {
        assert_eq!(
            inet(&one(&GetInetSocket::tcp(local, remote))).family,
            family
        );
    }
    let scoped = inet(&one(&GetInetSocket::tcp(
        at("[fe80::1%3]:80"),
        at("[::]:0"),
    )));
    assert_eq!(scoped.id.index.get(), 3);
    let bound = GetInetSocket::tcp(a, b).device(4);
    assert_eq!(inet(&one(&bound)).id.index.get(), 4);
    assert_eq!(
        Object(&bound, 0).to_string(),
        "socket 127.0.0.1:6000 -> 127.0.0.1:5000"
    );
    assert!(
        !DestroyInetSocket::tcp(&row)
            .forgives()
            .contains(&Errno::ENOENT)
    );
    assert!(
        DestroyInetSocket::tcp(&row)
            .if_there()
            .forgives()
            .contains(&Errno::ENOENT)
    );
}

#[test]
fn a_socket_with_other_ends_is_not_an_answer() {
    let (a, b) = (at("127.0.0.1:6000"), at("127.0.0.1:5000"));
    let any = at("0.0.0.0:0");
    let mapped = at("[::ffff:127.0.0.1]:6000");
    for (query, row, fits) in [
        (GetInetSocket::tcp(a, b), listed(2, a, b, 0), true),
        (GetInetSocket::tcp(a, b), listed(2, a, any, 0), false),
        (GetInetSocket::tcp(a, b), listed(2, b, a, 0), false),
        (GetInetSocket::tcp(a, b), listed(2, a, b, 3), false),
        (GetInetSocket::tcp(a, b).device(3), listed(2, a, b, 3), true),
        (
            GetInetSocket::tcp(a, any),
            listed(2, at("0.0.0.0:6000"), any, 0),
            false,
        ),
        (
            GetInetSocket::tcp(a, any),
            listed(10, mapped, at("[::]:0"), 0),
            true,
        ),
        (
            GetInetSocket::tcp(a, any),
            listed(10, at("[::]:6000"), at("[::]:0"), 0),
            false,
        ),
        (
            GetInetSocket::tcp(a, at("0.0.0.0:1")),
            listed(2, a, any, 0),
            false,
        ),
    ] {
        let row = MessageRef::new(&row).unwrap();
        assert_eq!(query.matches(row), Ok(fits), "{query:?}");
    }
    let row = listed(10, at("[fe80::1]:80"), at("[::]:0"), 3);
    let row = InetRow::of(MessageRef::new(&row).unwrap());
    assert_eq!(row.local(), Some(at("[fe80::1%3]:80")));
    let all = GetInetSockets::tcp();
    let row = listed(2, a, b, 0);
    let row = MessageRef::new(&row).unwrap();
    for (query, fits) in [
        (all, true),
        (all.local_port(6000).remote_port(5000), true),
        (all.local_port(1), false),
        (all.local_within("127.0.0.0/8".parse().unwrap()), true),
        (all.remote_within("10.0.0.0/8".parse().unwrap()), false),
        (all.device(0), true),
        (all.device(1), false),
        (all.user(1), false),
    ] {
        assert_eq!(query.matches(row), Ok(fits), "{query:?}");
    }
}

#[test]
fn lists_of_sockets_say_which() {
    let bytes = one(&GetInetSockets::udp6()
        .states(TcpStates::CLOSE)
        .local_port(53));
    let header = inet(&bytes);
    assert_eq!(
        (header.family, header.protocol, header.states.get()),
        (10, 17, 0x80)
    );
    // The port is in the program.
    assert_eq!(bytes.len(), 16 + 56 + 4 + 12);
    let flags = MessageRef::new(&bytes).unwrap().flags();
    assert_eq!(flags, Flags::REQUEST | GetFlags::DUMP);
    assert_eq!(one(&GetInetSockets::mptcp()).len(), 16 + 56 + 8);
    assert_eq!(one(&GetUnixSocket::by_inode(5)).len(), 16 + 24);
    assert_eq!(one(&GetNetlinkSockets::all().protocol(4))[16..18], [16, 4]);
}

#[test]
fn families_are_asked_for_by_name() {
    let family = |bytes: &[u8]| {
        let row = Row::<GenericHeader, Controller>::of(MessageRef::new(bytes).unwrap());
        assert_eq!(row.message.kind(), GENL_ID_CTRL);
        (row.name().unwrap().map(str::to_owned), row.id().unwrap())
    };
    let named = |name: &str| family(&one(&GetFamily::by_name(name)));
    assert_eq!(
        named("fifteen-letters"),
        (Some("fifteen-letters".into()), None)
    );
    // No name is longer, and no family has the number 0.
    assert_eq!(named("sixteen-letters-"), (None, Some(MessageType(0))));
    let policies = one(&GetPolicies::of("a-name-that-is-too-long").operation(3));
    assert_eq!(family(&policies), (None, Some(MessageType(0))));
    assert_eq!(
        family(&one(&GetFamily::by_id(MessageType(40)))).1,
        Some(MessageType(40))
    );
    let text = Object(&GetFamily::by_name("sixteen-letters-"), 0).to_string();
    assert_eq!(text, "family \"sixteen-letters-\"");
    let message = one(&GetFamily::by_name("x"));
    let change = generic::Change::of(MessageRef::new(&message).unwrap());
    assert!(matches!(change, generic::Change::Other(_)));
}

#[test]
fn commands_have_the_number_of_their_family() {
    let modes = [LinkModesAttr::Speed(100)];
    let set = SetLinkModes::by_name("eth0", &modes);
    let bytes = one(&set);
    let row = Row::<GenericHeader, LinkModes>::of(MessageRef::new(&bytes).unwrap());
    assert_eq!(
        (row.message.kind(), row.header.command),
        (MessageType(40), 5)
    );
    let found = fields!(row.attributes => LinkModes { speed }).unwrap();
    assert_eq!(found.speed, Some(100));
    assert!(row.attributes.require(ETHTOOL_A_LINKMODES_HEADER).is_ok());
    assert_eq!(set.protocol().unwrap().family, Some("ethtool"));
    assert_eq!(Object(&set, 0).to_string(), "link \"eth0\"");
    let all = one(&GetLinkInfo::all());
    let dump = MessageRef::new(&all).unwrap().flags();
    assert_eq!(dump, Flags::REQUEST | GetFlags::DUMP);
    let bytes = one(&GetTaskStats::of_thread(5));
    let attributes = MessageRef::new(&bytes).unwrap().attributes(4);
    let found = fields!(attributes => TaskRequest { thread, process }).unwrap();
    assert_eq!((found.thread, found.process), (Some(5), None));
    let bytes = one(&SetExitReports::on("0-3"));
    let attributes = MessageRef::new(&bytes).unwrap().attributes(4);
    let found = fields!(attributes => TaskRequest { register }).unwrap();
    assert_eq!(found.register, Some("0-3"));
}

#[test]
fn the_connector_has_structs() {
    let data = PROC_CN_MCAST_LISTEN.to_ne_bytes();
    let mut buffer = [0; 64];
    let written = Connector::write(&mut buffer, CN_IDX_PROC, CN_VAL_PROC, &data).unwrap();
    let bytes = one(&SetProcessEvents::listen());
    assert_eq!(&bytes[16..], written.payload());
    let list = W1Message {
        kind: W1MessageKind::LIST_MASTERS,
        ..W1Message::default()
    };
    let written = Connector::write(&mut buffer, CN_W1_IDX, CN_W1_VAL, list.as_bytes()).unwrap();
    assert_eq!(&one(&GetW1Masters)[16..], written.payload());
    let write = SendW1::to_slave([1, 2, 3, 4, 5, 6, 7, 8], W1CommandKind::WRITE).data(b"abc");
    let bytes = one(&write);
    let connector = Connector::new(MessageRef::new(&bytes).unwrap()).unwrap();
    let (message, commands, rest) = W1Message::split(connector.data()).unwrap();
    let (command, data, behind) = W1Command::split(commands).unwrap();
    assert_eq!((message.kind, message.id[0]), (W1MessageKind::SLAVE_CMD, 1));
    assert_eq!((command.kind, data), (W1CommandKind::WRITE, &b"abc"[..]));
    assert!(rest.is_empty() && behind.is_empty());
    let master = SendW1::to_master(9, W1CommandKind::SEARCH);
    assert_eq!(Object(&master, 0).to_string(), "1-Wire master 9");
}

#[test]
fn algorithms_are_asked_for_by_driver() {
    let query = GetAlgorithm::by_driver("sha256-generic");
    let bytes = one(&query);
    let row = MessageRef::new(&bytes).unwrap();
    assert_eq!(row.kind(), CRYPTO_MSG_GETALG);
    assert_eq!(query.matches(row), Ok(true));
    assert_eq!(GetAlgorithm::by_name("sha256").matches(row), Ok(false));
    assert_eq!(Object(&query, 0).to_string(), "driver \"sha256-generic\"");
    let new = one(&NewAlgorithm::by_driver("pcrypt(x)").priority(9));
    let new = GetAlgorithms::row(MessageRef::new(&new).unwrap());
    assert_eq!(
        (new.message.kind(), new.priority()),
        (CRYPTO_MSG_NEWALG, Ok(Some(9)))
    );
    assert_eq!((new.driver(), new.name()), (&b"pcrypt(x)"[..], &b""[..]));
    assert!(
        DeleteAlgorithm::by_driver("x")
            .if_there()
            .forgives()
            .contains(&Errno::ENOENT)
    );
}
