//! Messages of the connector: events of processes, 1-Wire buses.
#![cfg(feature = "connector")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "tests"
)]

mod common;

use common::{HOSTILE, is_within, message, shifted};
use nlwire::connector::{
    CN_IDX_PROC, CN_VAL_PROC, CN_W1_IDX, Connector, ProcessEvent, ProcessEventData as Data,
    ProcessEventKind as Kind, W1Command, W1CommandKind, W1Message, W1MessageKind, masters,
};
use nlwire::{DecodeErrorKind, EncodeError, Flags, MessageRef, MessageType};

/// The header of the connector, saying `length`.
fn header(index: u32, value: u32, length: u16) -> Vec<u8> {
    let words = [index, value, 0x0506_0708, 9].map(u32::to_ne_bytes);
    [&words.concat()[..], &length.to_ne_bytes(), &[0, 0]].concat()
}

fn event(data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len()).unwrap();
    let payload = [header(CN_IDX_PROC, CN_VAL_PROC, length), data.to_vec()].concat();
    message(3, 0, 0, 0, &payload)
}

/// Header of each event: type, processor, time.
fn beginning(kind: Kind) -> Vec<u8> {
    [
        &kind.0.to_ne_bytes()[..],
        &2_u32.to_ne_bytes(),
        &99_u64.to_ne_bytes(),
    ]
    .concat()
}

/// The numbers 1, 2, 3 and so on, of 32 bits.
fn counted(words: u32) -> Vec<u8> {
    (1..=words).flat_map(u32::to_ne_bytes).collect()
}

#[test]
fn each_event_has_its_fields() {
    let whole = counted(6);
    for kind in [
        Kind::NONE,
        Kind::FORK,
        Kind::EXEC,
        Kind::UID,
        Kind::GID,
        Kind::SID,
        Kind::PTRACE,
        Kind::COMM,
        Kind::COREDUMP,
        Kind::EXIT,
        Kind::NONZERO_EXIT,
        Kind(0x10),
    ] {
        shifted(
            &event(&[beginning(kind), whole.clone()].concat()),
            |bytes| {
                let message = Connector::new(MessageRef::new(bytes).unwrap()).unwrap();
                let event = ProcessEvent::new(&message).unwrap();
                assert_eq!((event.kind(), event.header().cpu.get()), (kind, 2));
                assert_eq!(event.header().timestamp.get(), 99);
                // By its name, its words in order, and their number.
                let (name, words) = match event.data() {
                    Data::Answer(code) => (Kind::NONE, vec![code]),
                    Data::Fork(e) => (Kind::FORK, [e.parent, e.child].map(id).concat()),
                    Data::Exec(e) => (Kind::EXEC, id(*e).to_vec()),
                    Data::User(e) => (
                        Kind::UID,
                        [&id(e.id)[..], &[e.real.get(), e.effective.get()]].concat(),
                    ),
                    Data::Group(e) => (
                        Kind::GID,
                        [&id(e.id)[..], &[e.real.get(), e.effective.get()]].concat(),
                    ),
                    Data::Session(e) => (Kind::SID, id(*e).to_vec()),
                    Data::Ptrace(e) => (Kind::PTRACE, [e.id, e.tracer].map(id).concat()),
                    Data::Comm(e) => {
                        assert_eq!(e.comm, whole[8..24]);
                        (Kind::COMM, id(e.id).to_vec())
                    }
                    Data::Coredump(e) => (Kind::COREDUMP, [e.id, e.parent].map(id).concat()),
                    Data::Exit(e) => (
                        Kind::EXIT,
                        [
                            &id(e.id)[..],
                            &[e.status.get(), e.signal.get()],
                            &id(e.parent),
                        ]
                        .concat(),
                    ),
                    Data::Other(data) => {
                        assert_eq!(data, whole);
                        assert!(is_within(data, bytes));
                        (kind, vec![])
                    }
                    other => panic!("{other:?}"),
                };
                let is_known = !matches!(event.data(), Data::Other(_));
                assert_eq!(is_known, kind != Kind::NONZERO_EXIT && kind != Kind(0x10));
                assert_eq!(name, kind);
                let expected: Vec<_> = (1..).take(words.len()).collect();
                assert_eq!(words, expected, "{kind}");
            },
        );
    }
}

fn id(id: nlwire::connector::ProcessId) -> [u32; 2] {
    [
        id.thread.get().cast_unsigned(),
        id.process.get().cast_unsigned(),
    ]
}

#[test]
fn an_event_that_is_too_short_is_bytes() {
    for (kind, size) in [
        (Kind::NONE, 4),
        (Kind::FORK, 16),
        (Kind::EXEC, 8),
        (Kind::UID, 16),
        (Kind::GID, 16),
        (Kind::SID, 8),
        (Kind::PTRACE, 16),
        (Kind::COMM, 24),
        (Kind::COREDUMP, 16),
        (Kind::EXIT, 24),
    ] {
        let data = [beginning(kind), counted(7)].concat();
        for length in 0..data.len() {
            let bytes = event(&data[..length]);
            let message = Connector::new(MessageRef::new(&bytes).unwrap()).unwrap();
            let Some(event) = ProcessEvent::new(&message) else {
                assert!(length < 16);
                continue;
            };
            match event.data() {
                Data::Other(rest) => {
                    assert!(length < 16 + size, "{kind} of {length} bytes");
                    assert_eq!(rest, &data[16..length]);
                }
                _ => assert!(length >= 16 + size, "{kind} of {length} bytes"),
            }
        }
    }
}

#[test]
fn names_end_at_their_nul() {
    let read = |name: &[u8; 16]| {
        let bytes = event(&[&beginning(Kind::COMM), &counted(2), &name[..]].concat());
        let message = Connector::new(MessageRef::new(&bytes).unwrap()).unwrap();
        match ProcessEvent::new(&message).unwrap().data() {
            Data::Comm(event) => event.name().to_vec(),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(read(b"init\0garbage\0\0\0\0"), b"init");
    assert_eq!(read(b"sixteen bytes...").len(), 16);
    assert_eq!(read(&[0; 16]), b"");
}

#[test]
fn only_events_of_processes_are_such() {
    for (index, value) in [(CN_W1_IDX, CN_VAL_PROC), (CN_IDX_PROC, 2)] {
        let payload = [header(index, value, 40), vec![0; 40]].concat();
        let bytes = message(3, 0, 0, 0, &payload);
        let message = Connector::new(MessageRef::new(&bytes).unwrap()).unwrap();
        assert_eq!(ProcessEvent::new(&message), None);
    }
}

#[test]
fn a_length_beyond_the_message_is_refused() {
    for length in HOSTILE.map(|length| length.to_ne_bytes()) {
        // In 16 bits.
        let length = u16::from_ne_bytes([length[0], length[1]]);
        let payload = [header(7, 8, length), vec![1; 16]].concat();
        shifted(&message(3, 0, 0, 0, &payload), |bytes| {
            let read = Connector::new(MessageRef::new(bytes).unwrap());
            if length <= 16 {
                let read = read.unwrap();
                assert_eq!(read.data(), vec![1; length.into()]);
                assert!(is_within(read.data(), bytes));
                assert_eq!((read.header().index.get(), read.header().ack.get()), (7, 9));
                return;
            }
            let error = read.unwrap_err();
            let kind = DecodeErrorKind::Overrun {
                length: length.into(),
                available: 16,
            };
            assert_eq!((error.kind(), error.offset()), (kind, 16));
        });
    }
    for short in 0..20 {
        let bytes = message(3, 0, 0, 0, &header(7, 8, 0)[..short]);
        let error = Connector::new(MessageRef::new(&bytes).unwrap()).unwrap_err();
        let expected = format!("payload at byte 16: expected at least 20 bytes, found {short}");
        assert_eq!(error.to_string(), expected);
    }
}

#[test]
fn written_values_are_read() {
    for length in 0..9 {
        let data = &[7; 9][..length];
        let mut buffer = [0xaa; 64];
        let message = Connector::write(&mut buffer, 3, 4, data).unwrap();
        assert_eq!(
            (message.kind(), message.flags()),
            (MessageType::DONE, Flags::empty())
        );
        assert_eq!(message.as_bytes().len(), 36 + length);
        let read = Connector::new(message).unwrap();
        let header = read.header();
        assert_eq!((header.index.get(), header.value.get()), (3, 4));
        assert_eq!((read.data(), header.sequence.get()), (data, 0));
        let mut small = vec![0; 35 + length];
        let error = Connector::write(&mut small, 3, 4, data).unwrap_err();
        assert!(matches!(error, EncodeError::Overflow { .. }), "{error}");
    }
    let mut buffer = vec![0; 1 << 17];
    assert!(Connector::write(&mut buffer, 3, 4, &[0; 65_535]).is_ok());
    let too_long = EncodeError::TooLong {
        attribute: 0,
        length: 65_536,
    };
    assert_eq!(
        Connector::write(&mut buffer, 3, 4, &[0; 65_536]),
        Err(too_long)
    );
}

/// A message of a bus, whose length says `length`.
fn bus(length: u16, data: &[u8]) -> Vec<u8> {
    let id = [&7_u32.to_ne_bytes()[..], &[0xff; 4]].concat();
    [&[4, 5], &length.to_ne_bytes()[..], &id, data].concat()
}

#[test]
fn messages_of_a_bus_stand_in_a_row() {
    let command = [&[1, 0], &2_u16.to_ne_bytes()[..], b"ab"].concat();
    let data = [bus(6, &command), bus(0, b"")].concat();
    shifted(&data, |data| {
        let (message, inside, rest) = W1Message::split(data).unwrap();
        assert_eq!(message.kind, W1MessageKind::MASTER_CMD);
        assert_eq!((message.status, message.master()), (5, 7));
        let (command, argument, behind) = W1Command::split(inside).unwrap();
        assert_eq!((command.kind, argument), (W1CommandKind::WRITE, &b"ab"[..]));
        assert_eq!(behind, b"");
        let (second, inside, rest) = W1Message::split(rest).unwrap();
        assert_eq!((second.length.get(), inside, rest), (0, &b""[..], &b""[..]));
        assert_eq!(W1Message::split(rest), None, "the end");
    });
    for length in 0..12 {
        assert_eq!(W1Message::split(&data[..length]), None);
    }
    assert_eq!(W1Command::split(&data[12..15]), None);
}

#[test]
fn lengths_on_a_bus_may_lie() {
    for length in HOSTILE.map(|length| length.to_ne_bytes()) {
        let length = u16::from_ne_bytes([length[0], length[1]]);
        let lies = length > 16;
        let message = bus(length, &[9; 16]);
        assert_eq!(W1Message::split(&message).is_none(), lies);
        let command = [&[1, 0], &length.to_ne_bytes()[..], &[9; 16]].concat();
        assert_eq!(W1Command::split(&command).is_none(), lies);
    }
}

#[test]
fn masters_are_numbers() {
    shifted(&counted(3), |bytes| {
        let numbers: Vec<_> = masters(bytes).unwrap().iter().map(|n| n.get()).collect();
        assert_eq!(numbers, [1, 2, 3]);
        assert_eq!(masters(&bytes[1..]), None);
    });
    assert_eq!(masters(b"").unwrap().len(), 0);
}
