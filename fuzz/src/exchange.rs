//! The state of a request, compared with the table that says when one is
//! finished.

use nlwire::{Exchange, Flags, GetFlags, Header, Meaning, MessageRef, MessageType, Origin};

use crate::Seen;
use crate::common::message;

/// The rows of the table, in its order.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Row {
    Foreign,
    Echo,
    Group,
    OtherProcess,
    Noop,
    Overrun,
    Stale,
    OtherSequence,
    ErrorSuccess,
    ErrorNegative,
    ErrorInvalid,
    DoneNegative,
    DoneSuccess,
    DoneInvalid,
    DoneOtherwise,
    Data,
    /// Row of a dump whose rows have no number.
    Unnumbered,
    /// The end of a datagram that finishes the request, and one that does not.
    EndFinished,
    EndReadOn,
}

impl Row {
    /// Every row.
    pub const ALL: [Self; 19] = [
        Self::Foreign,
        Self::Echo,
        Self::Group,
        Self::OtherProcess,
        Self::Noop,
        Self::Overrun,
        Self::Stale,
        Self::OtherSequence,
        Self::ErrorSuccess,
        Self::ErrorNegative,
        Self::ErrorInvalid,
        Self::DoneNegative,
        Self::DoneSuccess,
        Self::DoneInvalid,
        Self::DoneOtherwise,
        Self::Data,
        Self::Unnumbered,
        Self::EndFinished,
        Self::EndReadOn,
    ];
}

const MULTI: u16 = 2;
const INTR: u16 = 0x10;
const FILTERED: u16 = 0x20;

struct Request {
    sequence: u32,
    port: u32,
    ack: bool,
    echo: bool,
    dump: bool,
    unnumbered: bool,
}

struct Input {
    sender: u32,
    group: u32,
    port: u32,
    sequence: u32,
    kind: u16,
    flags: u16,
    code: Vec<u8>,
}

/// Three bytes of request, and eight for each message.
pub fn exchange(data: &[u8], seen: &mut Seen) {
    let Some(([flags, sequence, port], messages)) = data.split_first_chunk() else {
        return;
    };
    let request = Request {
        sequence: pick(&[7, 7, 7, 0], *sequence),
        port: pick(&[500, 500, 500, 0], *port),
        ack: flags & 1 != 0,
        echo: flags & 2 != 0,
        dump: flags & 4 != 0,
        unnumbered: flags & 12 == 12,
    };
    let mut bits = Flags::REQUEST;
    bits.set(Flags::ACK, request.ack);
    bits.set(Flags::ECHO, request.echo);
    let header = Header::new(
        MessageType(16),
        if request.dump {
            bits | GetFlags::DUMP
        } else {
            bits
        },
    )
    .with_sequence(request.sequence)
    .with_port(request.port);
    let mut exchange = match request {
        Request {
            unnumbered: true, ..
        } => Exchange::unnumbered_dump(&header),
        Request { dump: true, .. } => Exchange::dump(&header),
        _ => Exchange::new(&header),
    };
    assert_eq!(exchange.sequence(), request.sequence);

    let (mut replied, mut flags_seen) = (false, 0);
    for bytes in messages.chunks_exact(8) {
        let input = input(bytes);
        let row = row(&request, &input);
        seen.note(format_args!("Row_{row:?}"));
        let text = message(
            input.kind,
            input.flags,
            input.sequence,
            input.port,
            &input.code,
        );
        let origin = Origin {
            port: input.sender,
            group: input.group,
        };
        let whole = MessageRef::new(&text).expect("a whole message");
        let (before, mut by_halves) = (format!("{exchange:?}"), exchange);
        let is_plain = by_halves.read_reply(whole, origin);
        let meaning = exchange.read(whole, origin);
        let after = if is_plain {
            format!("{exchange:?}")
        } else {
            before
        };
        assert_eq!(format!("{by_halves:?}"), after, "{row:?}");
        assert!(!is_plain || meaning == Meaning::Reply, "{row:?}");
        check(row, meaning, &input);
        let ends = matches!(
            meaning,
            Meaning::Finished(_) | Meaning::Refused(_) | Meaning::Invalid
        );
        assert_eq!(exchange.is_finished(), ends);
        if ends || meaning == Meaning::Reply {
            flags_seen |= input.flags;
        }
        replied |= meaning == Meaning::Reply;
        assert_eq!(exchange.is_interrupted(), flags_seen & INTR != 0);
        assert_eq!(exchange.is_filtered(), flags_seen & FILTERED != 0);
        let matches = (request.sequence == 0 || request.sequence == input.sequence)
            && (request.port == 0 || input.port == 0 || request.port == input.port);
        assert_eq!(exchange.matches(input.sequence, input.port), matches);
        if ends {
            return;
        }
        if bytes[7] & 1 == 0 {
            let done = replied && !request.ack && !request.dump;
            assert_eq!(exchange.end_of_datagram(), done);
            let row = if done {
                Row::EndFinished
            } else {
                Row::EndReadOn
            };
            seen.note(format_args!("Row_{row:?}"));
            if done {
                return;
            }
        }
    }
}

fn pick<T: Copy>(choices: &[T], byte: u8) -> T {
    choices[usize::from(byte) % choices.len()]
}

fn input(bytes: &[u8]) -> Input {
    let code: i32 = pick(&[0, 0, -1, -22, -4097, 1, i32::MIN, i32::MAX], bytes[6]);
    let length = pick(&[4, 4, 4, 4, 8, 0, 3, 1], bytes[6] >> 3);
    let mut code = code.to_ne_bytes().to_vec();
    code.resize(length, 0);
    Input {
        sender: pick(&[0, 0, 0, 500, 9], bytes[0]),
        group: pick(&[0, 0, 0, 1, 33], bytes[1]),
        port: pick(&[500, 500, 0, 600], bytes[2]),
        sequence: pick(&[7, 7, 7, 0, 6], bytes[3]),
        kind: pick(&[16, 2, 3, 1, 4, 5, 100], bytes[4]),
        flags: u16::from(bytes[5]),
        code,
    }
}

/// The first row of the table that fits.
fn row(request: &Request, input: &Input) -> Row {
    let own_sequence = request.sequence == 0 || input.sequence == request.sequence;
    let own_port = input.port == request.port;
    let code = match input.code.as_slice() {
        [a, b, c, d, ..] => Some(i32::from_ne_bytes([*a, *b, *c, *d])),
        _ => None,
    };
    let is_end = request.dump || input.flags & MULTI != 0;
    if input.sender != 0 {
        Row::Foreign
    } else if input.group != 0 && own_port && own_sequence && request.echo {
        Row::Echo
    } else if input.group != 0 {
        Row::Group
    } else if !own_port && input.port != 0 {
        Row::OtherProcess
    } else if input.kind == 1 {
        Row::Noop
    } else if input.kind == 4 {
        Row::Overrun
    } else if request.unnumbered && (input.kind, input.sequence, input.port) == (16, 0, 0) {
        Row::Unnumbered
    } else if !own_sequence && own_port {
        Row::Stale
    } else if !own_sequence {
        Row::OtherSequence
    } else if input.kind == 2 {
        match code {
            Some(0..) => Row::ErrorSuccess,
            Some(..0) => Row::ErrorNegative,
            None => Row::ErrorInvalid,
        }
    } else if input.kind == 3 && is_end {
        match code {
            Some(..0) => Row::DoneNegative,
            Some(_) => Row::DoneSuccess,
            None if input.code.is_empty() => Row::DoneSuccess,
            None => Row::DoneInvalid,
        }
    } else if input.kind == 3 {
        Row::DoneOtherwise
    } else {
        Row::Data
    }
}

fn check(row: Row, meaning: Meaning<'_>, input: &Input) {
    let fits = match (row, meaning) {
        (Row::Foreign, Meaning::Foreign)
        | (Row::Group | Row::OtherProcess | Row::OtherSequence, Meaning::Notification)
        | (Row::Noop, Meaning::Nothing)
        | (Row::Overrun, Meaning::Lost)
        | (Row::Stale, Meaning::Stale)
        | (Row::ErrorInvalid | Row::DoneInvalid, Meaning::Invalid)
        | (Row::Echo | Row::DoneOtherwise | Row::Data | Row::Unnumbered, Meaning::Reply) => true,
        (Row::ErrorSuccess | Row::DoneSuccess, Meaning::Finished(ack)) => ack.errno().is_none(),
        (Row::ErrorNegative | Row::DoneNegative, Meaning::Refused(ack)) => {
            ack.code().to_ne_bytes() == input.code[..4]
        }
        _ => false,
    };
    assert!(fits, "{row:?} is {meaning:?}");
}
