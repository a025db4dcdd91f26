//! Meaning of each message to a request, row by row of its table.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod common;

use common::message;
use nlwire::{Exchange, Flags, GetFlags, Header, Meaning, MessageRef, MessageType, Origin};

const OWN: u32 = 500;
const OTHER: u32 = 600;
const SEQUENCE: u32 = 7;

const MULTI: u16 = 0x02;
const INTR: u16 = 0x10;
const FILTERED: u16 = 0x20;

const NOOP: u16 = 1;
const ERROR: u16 = 2;
const DONE: u16 = 3;
const OVERRUN: u16 = 4;
const DATA: u16 = 16;

#[derive(Clone, Copy, Debug)]
enum Request {
    Plain,
    Ack,
    Echo,
    Dump,
    Unnumbered,
}

impl Request {
    fn start(self) -> Exchange {
        let flags = match self {
            Self::Plain => Flags::REQUEST,
            Self::Ack => Flags::REQUEST | Flags::ACK,
            Self::Echo => Flags::REQUEST | Flags::ACK | Flags::ECHO,
            Self::Dump | Self::Unnumbered => Flags::REQUEST | GetFlags::DUMP,
        };
        let header = Header::new(MessageType(DATA), flags)
            .with_sequence(SEQUENCE)
            .with_port(OWN);
        match self {
            Self::Dump => Exchange::dump(&header),
            Self::Unnumbered => Exchange::unnumbered_dump(&header),
            _ => Exchange::new(&header),
        }
    }
}

#[derive(Debug, PartialEq)]
enum Expected {
    Foreign,
    Notification,
    Stale,
    Nothing,
    Lost,
    Reply,
    Finished(i32),
    Refused(i32),
    Invalid,
}

impl From<Meaning<'_>> for Expected {
    fn from(meaning: Meaning<'_>) -> Self {
        match meaning {
            Meaning::Foreign => Self::Foreign,
            Meaning::Notification => Self::Notification,
            Meaning::Stale => Self::Stale,
            Meaning::Nothing => Self::Nothing,
            Meaning::Lost => Self::Lost,
            Meaning::Reply => Self::Reply,
            Meaning::Finished(ack) => Self::Finished(ack.code()),
            Meaning::Refused(ack) => Self::Refused(ack.code()),
            Meaning::Invalid => Self::Invalid,
            other => panic!("{other:?} is not in the table"),
        }
    }
}

/// A message from the kernel, with the code of an error as its payload.
struct Input {
    sender: u32,
    group: u32,
    port: u32,
    sequence: u32,
    kind: u16,
    flags: u16,
    payload: Vec<u8>,
}

fn input(kind: u16, flags: u16, payload: &[u8]) -> Input {
    Input {
        sender: 0,
        group: 0,
        port: OWN,
        sequence: SEQUENCE,
        kind,
        flags,
        payload: payload.to_vec(),
    }
}

fn coded(kind: u16, flags: u16, code: i32) -> Input {
    input(kind, flags, &code.to_ne_bytes())
}

#[test]
#[allow(clippy::too_many_lines, reason = "a table")]
fn every_row_of_the_table() {
    use Expected::{
        Finished, Foreign, Invalid, Lost, Nothing, Notification, Refused, Reply, Stale,
    };
    use Request::{Ack, Dump, Echo, Plain, Unnumbered};

    let data = || input(DATA, 0, b"");
    let no_number = || Input {
        sequence: 0,
        port: 0,
        ..data()
    };
    #[rustfmt::skip]
    let rows = [
        ("sender not the kernel", Ack, Input { sender: OTHER, ..coded(ERROR, 0, 0) }, Foreign),
        ("sender not the kernel, even the own port", Ack, Input { sender: OWN, ..data() }, Foreign),
        ("sender not the kernel, even to a group", Echo, Input { sender: 1, group: 1, ..data() }, Foreign),
        ("group, own port and sequence, echo asked", Echo, Input { group: 33, ..data() }, Reply),
        ("group, no echo asked", Ack, Input { group: 1, ..data() }, Notification),
        ("group, other sequence", Echo, Input { group: 1, sequence: 8, ..data() }, Notification),
        ("group, other port", Echo, Input { group: 1, port: OTHER, ..data() }, Notification),
        ("group, port 0", Echo, Input { group: 1, port: 0, ..data() }, Notification),
        ("group, an error is one too", Ack, Input { group: 1, ..coded(ERROR, 0, -1) }, Notification),
        ("group, NOOP", Ack, Input { group: 1, ..input(NOOP, 0, b"") }, Notification),
        ("message port of another process", Ack, Input { port: OTHER, ..coded(ERROR, 0, 0) }, Notification),
        ("message port of another process, data", Dump, Input { port: OTHER, ..data() }, Notification),
        ("message port of another process, NOOP", Ack, Input { port: OTHER, ..input(NOOP, 0, b"") }, Notification),
        ("NOOP", Ack, input(NOOP, 0, b""), Nothing),
        ("NOOP of any sequence", Ack, Input { sequence: 0, port: 0, ..input(NOOP, 0, b"") }, Nothing),
        ("OVERRUN", Ack, input(OVERRUN, 0, b""), Lost),
        ("OVERRUN of any sequence", Dump, Input { sequence: 1, port: 0, ..input(OVERRUN, 0, b"") }, Lost),
        ("other sequence, own port", Ack, Input { sequence: 6, ..data() }, Stale),
        ("other sequence, own port, ERROR", Ack, Input { sequence: 6, ..coded(ERROR, 0, 0) }, Stale),
        ("other sequence, own port, DONE", Dump, Input { sequence: 6, ..coded(DONE, MULTI, 0) }, Stale),
        ("other sequence, port 0", Ack, Input { sequence: 6, port: 0, ..data() }, Notification),
        ("ERROR, code 0", Ack, coded(ERROR, 0, 0), Finished(0)),
        ("ERROR, code 0, port 0", Ack, Input { port: 0, ..coded(ERROR, 0, 0) }, Finished(0)),
        ("ERROR, code 0, no ack asked", Plain, coded(ERROR, 0, 0), Finished(0)),
        ("ERROR, negative code", Ack, coded(ERROR, 0, -17), Refused(-17)),
        ("ERROR, negative code, dump", Dump, coded(ERROR, 0, -16), Refused(-16)),
        ("ERROR, code beyond 4095", Ack, coded(ERROR, 0, -4097), Refused(-4097)),
        ("ERROR, positive result", Ack, coded(ERROR, 0, 1), Finished(1)),
        ("ERROR, largest result, no ack asked", Plain, coded(ERROR, 0, i32::MAX), Finished(i32::MAX)),
        ("ERROR, payload too short", Ack, input(ERROR, 0, &[0; 3]), Invalid),
        ("ERROR, no payload", Ack, input(ERROR, 0, b""), Invalid),
        ("DONE of a dump, negative code", Dump, coded(DONE, 0, -2), Refused(-2)),
        ("DONE with MULTI, negative code", Ack, coded(DONE, MULTI, -2), Refused(-2)),
        ("DONE of a dump", Dump, coded(DONE, 0, 0), Finished(0)),
        ("DONE with MULTI", Ack, coded(DONE, MULTI, 0), Finished(0)),
        ("DONE, no payload", Dump, input(DONE, MULTI, b""), Finished(0)),
        ("DONE, positive code", Dump, coded(DONE, MULTI, 5), Finished(5)),
        ("DONE, a code cut short", Dump, input(DONE, MULTI, &[0; 2]), Invalid),
        ("DONE otherwise", Ack, coded(DONE, 0, -2), Reply),
        ("anything else", Ack, data(), Reply),
        ("anything else, port 0", Dump, Input { port: 0, ..data() }, Reply),
        ("anything else, a type below 16", Ack, input(5, 0, b""), Reply),
        ("anything else, MULTI", Plain, input(DATA, MULTI, b""), Reply),
        ("no number", Dump, no_number(), Notification),
        ("no number, none expected", Unnumbered, no_number(), Reply),
        ("no number, another type", Unnumbered, Input { kind: DATA + 1, ..no_number() }, Notification),
        ("no number, a group", Unnumbered, Input { group: 1, ..no_number() }, Notification),
        ("no number, sender not the kernel", Unnumbered, Input { sender: OTHER, ..no_number() }, Foreign),
        ("no number, own port", Unnumbered, Input { port: OWN, ..no_number() }, Stale),
        ("no number, an end", Unnumbered, Input { kind: DONE, ..no_number() }, Notification),
        ("another number, port 0", Unnumbered, Input { sequence: 6, ..no_number() }, Notification),
        ("a number, none expected", Unnumbered, data(), Reply),
        ("the end, no row has a number", Unnumbered, coded(DONE, MULTI, 0), Finished(0)),
    ];
    let mut plain = 0;
    for (row, request, input, expected) in rows {
        let mut exchange = request.start();
        let bytes = message(
            input.kind,
            input.flags,
            input.sequence,
            input.port,
            &input.payload,
        );
        let origin = Origin {
            port: input.sender,
            group: input.group,
        };
        let message = MessageRef::new(&bytes).unwrap();
        let (before, mut by_halves) = (format!("{exchange:?}"), exchange);
        let is_plain = by_halves.read_reply(message, origin);
        let after = format!("{by_halves:?}");
        let meaning = exchange.read(message, origin);
        assert_eq!(Expected::from(meaning), expected, "{row}");
        // Neither a plain reply nor another message leaves a trace.
        if is_plain {
            plain += 1;
            assert_eq!(
                (&expected, after),
                (&Reply, format!("{exchange:?}")),
                "{row}"
            );
        } else {
            assert_eq!(after, before, "{row}");
        }
        let ends = matches!(expected, Finished(_) | Refused(_) | Invalid);
        assert_eq!(exchange.is_finished(), ends, "{row}");
        let plain_reply = expected == Reply && matches!(request, Plain);
        assert_eq!(
            exchange.end_of_datagram(),
            ends || plain_reply,
            "{row}: end of datagram"
        );
    }
    assert_eq!(plain, 3, "replies to the own port and sequence");
}

fn feed(exchange: &mut Exchange, kind: u16, flags: u16) {
    let bytes = message(kind, flags, SEQUENCE, OWN, &[0; 4]);
    exchange.read(MessageRef::new(&bytes).unwrap(), Origin::default());
}

#[test]
fn a_dump_remembers_what_any_part_says() {
    for (parts, interrupted, filtered) in [
        ([0, 0, 0], false, false),
        ([INTR, 0, 0], true, false),
        ([0, INTR, 0], true, false),
        ([0, 0, INTR], true, false),
        ([FILTERED, 0, INTR], true, true),
    ] {
        let mut exchange = Request::Dump.start();
        for (kind, flags) in [DATA, DATA, DONE].into_iter().zip(parts) {
            feed(&mut exchange, kind, MULTI | flags);
        }
        assert!(exchange.is_finished());
        assert_eq!(
            (exchange.is_interrupted(), exchange.is_filtered()),
            (interrupted, filtered)
        );
    }
}

#[test]
fn others_leave_no_trace() {
    let mut exchange = Request::Plain.start();
    let stale = message(DATA, INTR | FILTERED, SEQUENCE - 1, OWN, b"");
    exchange.read(MessageRef::new(&stale).unwrap(), Origin::default());
    feed(&mut exchange, NOOP, INTR);
    assert!(!exchange.is_interrupted() && !exchange.is_filtered());
    assert!(!exchange.end_of_datagram(), "nothing has come yet");
}

#[test]
fn a_request_without_ack_ends_with_the_datagram() {
    let mut exchange = Request::Plain.start();
    feed(&mut exchange, DATA, MULTI);
    feed(&mut exchange, DATA, MULTI);
    assert!(!exchange.is_finished());
    assert!(exchange.end_of_datagram() && exchange.is_finished());
    let mut exchange = Request::Ack.start();
    feed(&mut exchange, DATA, 0);
    assert!(!exchange.end_of_datagram(), "the ack is still to come");
    let mut exchange = Request::Dump.start();
    feed(&mut exchange, DATA, MULTI);
    assert!(!exchange.end_of_datagram(), "DONE is still to come");
}

#[test]
fn sequence_and_port_match() {
    let exchange = Request::Ack.start();
    assert_eq!(exchange.sequence(), SEQUENCE);
    assert!(exchange.matches(SEQUENCE, OWN) && exchange.matches(SEQUENCE, 0));
    assert!(!exchange.matches(SEQUENCE, OTHER) && !exchange.matches(SEQUENCE - 1, OWN));
    assert!(!exchange.matches(0, OWN));
}
