//! Messages by other processes: to groups, to our port, with our sequence
//! numbers. No request may take one for its answer.

use nlsock::{
    Address, Config, Conn, Error, ErrorKind, Event, Hook, Interest, Protocol, Socket, Trace,
    TraceEvent, Trust, Wake,
};
use nltests::{Need, Network, Outcome, Test, example};
use nlwire::codec::AddressBytes;
use nlwire::route::{
    AF_INET, Link, LinkAttr, LinkHeader, RTM_DELROUTE, RTM_GETLINK, RTM_GETROUTE, RTM_NEWLINK,
    RTM_NEWROUTE, RTNLGRP_IPV4_ROUTE, Route, RouteAttr, RouteHeader, RouteKind, RouteProtocol,
    RouteTable, Scope,
};
use nlwire::zerocopy::IntoBytes as _;
use nlwire::{
    Dump, Errno, FixedHeader, Flags, Header, MessageRef, MessageType, Messages, NewFlags, Put,
    Writer, fields,
};
use rustix::net::{AddressFamily, SocketType};
use std::io::Write as _;
use std::net::{IpAddr, Ipv4Addr};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "other_processes::requests_see_nothing_of_two_processes_with_their_sequence_number",
        needs: &[Need::Namespace],
        run: requests_see_nothing_of_two_processes_with_their_sequence_number,
    },
    Test {
        name: "other_processes::a_connected_socket_accepts_no_forged_answer",
        needs: &[Need::Namespace],
        run: a_connected_socket_accepts_no_forged_answer,
    },
    Test {
        name: "other_processes::an_adopted_socket_accepts_no_forged_answer",
        needs: &[Need::Namespace],
        run: an_adopted_socket_accepts_no_forged_answer,
    },
    Test {
        name: "other_processes::an_impossible_length_is_an_error",
        needs: &[Need::Nobody],
        run: an_impossible_length_is_an_error,
    },
    Test {
        name: "other_processes::unknown_types_and_attributes_come_unchanged",
        needs: &[Need::Nobody],
        run: unknown_types_and_attributes_come_unchanged,
    },
];

/// A table that only we use.
const TABLE: RouteTable = RouteTable(100);

fn message<'b, T, F>(
    buffer: &'b mut [u8],
    (kind, flags): (MessageType, Flags),
    header: &T,
    attributes: F,
) -> MessageRef<'b>
where
    T: FixedHeader,
    F: for<'w> FnOnce(&'w mut Writer<'b>) -> Put<'w, 'b>,
{
    Writer::message(buffer, kind, flags, header, attributes).unwrap()
}

/// A route of ours: to 192.0.2.0 and up, in a table of our own.
fn own_route(buffer: &mut [u8], kind: MessageType, flags: Flags, last: u8) -> MessageRef<'_> {
    let header = RouteHeader {
        family: AF_INET,
        destination_len: 32,
        table: TABLE.header(),
        protocol: RouteProtocol::STATIC,
        scope: Scope::LINK,
        kind: RouteKind::UNICAST,
        ..RouteHeader::default()
    };
    let to = AddressBytes::Ip(Ipv4Addr::new(192, 0, 2, last).into());
    message(buffer, (kind, flags), &header, |w| {
        w.put(RouteAttr::Destination(to))?
            .put(RouteAttr::OutgoingIndex(1.into()))
    })
}

fn requests_see_nothing_of_two_processes_with_their_sequence_number() -> Outcome {
    // Three programs share two processors that are emulated.
    let emulated = nltests::is_emulated();
    let requests = if emulated { 1_000 } else { 10_000 };
    Network::open()?.set_up(1)?;
    let mut conn = Config::new(Protocol::ROUTE)
        .group(RTNLGRP_IPV4_ROUTE)
        .trace(Hook::new(&count_collisions))
        .open()?;
    conn.set_timeout(Some(Duration::from_secs(30)));
    for last in 0..ROWS {
        let create = Flags::empty() | NewFlags::CREATE;
        conn.execute(own_route(&mut [0; 64], RTM_NEWROUTE, create, last))?;
    }
    // They end with their input, which ends with this process.
    let program = example("collide")?;
    let mut others = Vec::new();
    for prefix in ["10.1.0.0", "10.2.0.0"] {
        let mut command = Command::new(&program);
        others.push(command.arg(prefix).stdin(Stdio::piped()).spawn()?);
    }

    let (mut answered, mut lost) = (0, 0);
    while answered < requests || COLLISIONS.load(Ordering::Relaxed) < 1_000 {
        // Both use the number of our next request, one of them before we do.
        let next = CURRENT.load(Ordering::Relaxed).wrapping_add(1);
        for other in &mut others {
            writeln!(other.stdin.as_ref().unwrap(), "{next}")?;
        }
        let patience = Some(Duration::from_secs(10));
        let wake = conn.transport().wait(Interest::Readable, patience)?;
        assert_eq!(wake, Wake::Ready);
        match ask(&mut conn, answered) {
            Ok(()) => answered += 1,
            // The others were faster than our reads: a loss is reported instead
            // of an answer. A dump is refused where the queue is full.
            Err(error) => match error.downcast_ref::<Error>().map(Error::kind) {
                Some(ErrorKind::Overrun { .. } | ErrorKind::Refused(Errno::ENOBUFS)) => lost += 1,
                _ => return Err(error),
            },
        }
        for other in &mut others {
            assert_eq!(other.try_wait()?, None);
        }
    }
    let (skipped, collisions) = (conn.skipped(), COLLISIONS.load(Ordering::Relaxed));
    println!("{answered} answered, {lost} lost, {collisions} collided, {skipped:?}");
    for mut other in others {
        drop(other.stdin.take());
        assert!(other.wait()?.success());
    }
    assert_eq!(conn.skipped().foreign, 0);
    Ok(())
}

/// The sequence number of our request that was sent last.
static CURRENT: AtomicU32 = AtomicU32::new(0);
/// Number of messages by others with our request's sequence number.
static COLLISIONS: AtomicU32 = AtomicU32::new(0);

fn count_collisions(trace: &Trace<'_>) {
    if let TraceEvent::Sent { parts, .. } = trace.event {
        let sent = parts.concat();
        let sequence = MessageRef::new(&sent).unwrap().header().sequence();
        CURRENT.store(sequence, Ordering::Relaxed);
    }
    let current = CURRENT.load(Ordering::Relaxed);
    if let TraceEvent::Received { bytes, .. } = trace.event {
        let messages = Messages::new(bytes).map_while(Result::ok);
        let headers = messages.map(|message| *message.header());
        let of_others = headers.filter(|header| ![0, trace.port].contains(&header.port()));
        let collided = of_others.filter(|header| header.sequence() == current);
        let count = u32::try_from(collided.count()).unwrap();
        COLLISIONS.fetch_add(count, Ordering::Relaxed);
    }
}

const ROWS: u8 = 20;

/// Sends a request of one of the kinds.
fn ask(conn: &mut Conn, number: u32) -> Outcome {
    let mut buffer = [0; 64];
    let empty = Flags::empty();
    // A request whose answer was lost is sent twice.
    let replace = empty | NewFlags::CREATE | NewFlags::REPLACE;
    match number % 5 {
        0 => {
            let ping = message(&mut buffer, (MessageType::NOOP, empty), &(), |w| Ok(w));
            let ack = conn.execute(ping)?;
            let (asked, current) = (ack.request().unwrap(), CURRENT.load(Ordering::Relaxed));
            assert_eq!((ack.code(), asked.sequence()), (0, current));
            assert_eq!(asked.kind(), MessageType::NOOP);
        }
        // Its notification comes before its ack.
        1 => {
            let add = own_route(&mut buffer, RTM_NEWROUTE, replace, 200);
            no_reply(conn.query(add)?)?;
        }
        2 => {
            let delete = own_route(&mut buffer, RTM_DELROUTE, empty, 200);
            match conn.query(delete).map(no_reply)? {
                // The answer to the first of two was lost.
                Err(error) if error.is_not_found() => {}
                result => result?,
            }
        }
        3 => {
            let header = LinkHeader {
                index: 1.into(),
                ..LinkHeader::default()
            };
            let get = message(&mut buffer, (RTM_GETLINK, empty), &header, |w| Ok(w));
            let link = conn.get(get)?;
            assert_eq!(link.kind(), RTM_NEWLINK);
            assert_eq!(link.header().sequence(), CURRENT.load(Ordering::Relaxed));
            assert_eq!(link.split::<LinkHeader>()?.0.index.get(), 1);
        }
        _ => dump_own_table(conn)?,
    }
    Ok(())
}

fn no_reply(mut replies: nlsock::Rows<'_, MessageRef<'_>>) -> std::result::Result<(), Error> {
    let reply = replies.next()?;
    assert!(reply.is_none(), "{:?}", reply.map(|reply| *reply.header()));
    Ok(())
}

fn dump_own_table(conn: &mut Conn) -> Outcome {
    let header = RouteHeader {
        family: AF_INET,
        table: TABLE.header(),
        ..RouteHeader::default()
    };
    let mut buffer = [0; 64];
    let kind = (RTM_GETROUTE, Flags::empty());
    let dump = message(&mut buffer, kind, &header, |w| Ok(w));
    let mut rows = conn.query(Dump(dump))?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        assert_eq!(row.kind(), RTM_NEWROUTE);
        let (header, attributes) = row.split::<RouteHeader>()?;
        assert_eq!(header.table, TABLE.header());
        let route = fields!(attributes => Route { destination })?;
        found.push(route.destination.and_then(|to| to.ip()).unwrap());
    }
    let expected = (0..ROWS).map(|last| IpAddr::from([192, 0, 2, last]));
    // And the one that comes and goes, where its end was lost.
    found.retain(|to| *to != IpAddr::from([192, 0, 2, 200]));
    assert!(found.iter().copied().eq(expected), "{found:?}");
    Ok(())
}

/// An answer that a program makes up: a refusal or an end with this code.
fn forged(kind: MessageType, sequence: u32, port: u32, code: i32) -> Vec<u8> {
    let header = Header::new(kind, Flags::MULTI)
        .with_length(20)
        .with_sequence(sequence)
        .with_port(port);
    [header.as_bytes(), &code.to_ne_bytes()].concat()
}

fn forger() -> std::result::Result<Socket, Error> {
    Config::new(Protocol::ROUTE).open_socket()
}

fn a_connected_socket_accepts_no_forged_answer() -> Outcome {
    let conn = Conn::open(Protocol::ROUTE)?;
    let done = forged(MessageType::DONE, 7, conn.port_id(), 0);
    let to = Some(Address::port(conn.port_id()));
    // Even of a program that may do everything here.
    let sent = forger()?.send_vectored(&[&done], to);
    assert_eq!(sent, Err(Errno::ECONNREFUSED));
    let left = conn.socket().recv(&mut [0; 64]);
    assert_eq!(left, Err(Errno::EAGAIN));
    Ok(())
}

fn an_adopted_socket_accepts_no_forged_answer() -> Outcome {
    let forger = forger()?;
    let fresh = rustix::net::socket(AddressFamily::NETLINK, SocketType::RAW, None)?;
    let mut conn = Config::new(Protocol::ROUTE).adopt(fresh)?;
    conn.set_timeout(Some(Duration::from_secs(10)));
    let (port, to) = (conn.port_id(), Some(Address::port(conn.port_id())));
    let forge =
        |kind, sequence, code| forger.send_vectored(&[&forged(kind, sequence, port, code)], to);

    // The numbers of what follows are those behind this one's.
    let (mut first, mut second) = ([0; 16], [0; 64]);
    let kind = (MessageType::NOOP, Flags::empty());
    let ping = message(&mut first, kind, &(), |w| Ok(w));
    let number = conn.execute(ping)?.request().unwrap().sequence();
    // They are in the queue before the request is sent.
    forge(MessageType::ERROR, number + 1, -Errno::EPERM.0)?;
    forge(MessageType::ERROR, number + 1, 0)?;
    let ack = conn.execute(ping)?;
    let asked = ack.request().unwrap();
    assert_eq!(asked.kind(), MessageType::NOOP);
    assert_eq!(asked.sequence(), number + 1);
    assert_eq!(conn.skipped().foreign, 2);

    forge(MessageType::DONE, number + 2, 0)?;
    forge(MessageType::DONE, number + 2, -Errno::EINVAL.0)?;
    let header = LinkHeader::default();
    let kind = (RTM_GETLINK, Flags::empty());
    let dump = message(&mut second, kind, &header, |w| Ok(w));
    let mut rows = conn.query(Dump(dump))?;
    let row = rows.next()?.ok_or("no link")?;
    assert_eq!(row.kind(), RTM_NEWLINK);
    assert_eq!(row.header().sequence(), number + 2);
    assert!(rows.next()?.is_none());
    assert_eq!(conn.skipped().foreign, 4);
    Ok(())
}

/// A protocol between programs, where everybody may send.
fn between_programs() -> std::result::Result<(Socket, Config), Error> {
    let config = Config::new(Protocol::USERSOCK).trust(Trust::Anyone);
    Ok((config.clone().open_socket()?, config))
}

fn an_impossible_length_is_an_error() -> Outcome {
    let (sender, config) = between_programs()?;
    let mut events = config.events()?;
    events.set_timeout(Some(Duration::from_secs(10)));
    let to = Some(Address::port(events.conn().port_id()));
    for length in [0, 8, 15, 17, u32::MAX] {
        let header = Header::new(MessageType(100), Flags::empty());
        let broken = header.with_length(length);
        // Not from here: the kernel would not answer and not say why.
        let error = events.conn().send_to(broken.as_bytes(), to).unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Decode(_)), "{error}");

        let whole = header.with_length(16);
        sender.send_vectored(&[whole.as_bytes(), broken.as_bytes()], to)?;
        sender.send_vectored(&[whole.as_bytes()], to)?;
        let mut kinds = Vec::new();
        for _ in 0..3 {
            kinds.push(match events.next() {
                Ok(Some(Event::Item(event))) => Ok(event.message().kind()),
                Ok(lost) => panic!("{lost:?}"),
                Err(error) => Err(matches!(error.kind(), ErrorKind::Decode(_))),
            });
        }
        // It ends its datagram, and no other.
        let item = Ok(MessageType(100));
        assert_eq!(kinds, [item, Err(true), item], "{length}");
        assert!(events.try_next()?.is_pending());
    }
    Ok(())
}

fn unknown_types_and_attributes_come_unchanged() -> Outcome {
    let (sender, config) = between_programs()?;
    let mut events = config.events()?;
    events.set_timeout(Some(Duration::from_secs(10)));
    let to = Some(Address::port(events.conn().port_id()));
    let mut buffer = [0; 64];
    let kind = MessageType(0xfff0);
    let header = LinkHeader::default();
    let sent = Writer::message(&mut buffer, kind, Flags::empty(), &header, |w| {
        w.u32(0x3ff0, 7)?.put(LinkAttr::Name("lo".into()))
    })?;
    sender.send_vectored(&[sent.as_bytes()], to)?;
    let Some(Event::Item(event)) = events.next()? else {
        panic!("lost");
    };
    let message = event.message();
    assert_eq!(message.as_bytes(), sent.as_bytes());
    let (_, attributes) = message.split::<LinkHeader>()?;
    let mut found = attributes.typed::<Link>().iter();
    let (raw, unknown) = found.next().ok_or("no attribute")??;
    assert_eq!((raw.kind(), raw.u32()), (0x3ff0, Ok(7)));
    assert!(matches!(unknown, Ok(LinkAttr::Other(_))), "{unknown:?}");
    let (_, known) = found.next().ok_or("one attribute")??;
    assert!(
        matches!(known, Ok(LinkAttr::Name(name)) if name == "lo"),
        "{known:?}"
    );
    Ok(())
}
