//! Every order of loss, truncation, refusals, interruptions, and messages that
//! answer nothing: a connection over a fake kernel behaves as a small model.
#![cfg(feature = "test-util")]
#![allow(
    clippy::as_conversions,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "tests"
)]

use nlsock::fake::{Kernel, message};
use nlsock::{Address, Answer, Conn, Errno, ErrorKind, Outcome, Protocol, Received};
use nlwire::ack::Ack;
use nlwire::{Batch, Dump, Flags, Header, MessageRef, MessageType, Writer};
use proptest::prelude::*;
use std::sync::{Arc, Mutex};

mod model;

use model::{Model, Sent};

const REQUEST: MessageType = MessageType(24);
const ROW: MessageType = MessageType(30);
const PORT: u32 = 7;
/// Number of requests that a pipeline has in flight at most.
const SLOTS: u32 = 4;
/// Minimum buffer for dumps; truncated datagrams are longer.
const BUFFER: usize = 32 * 1024;

/// Message of the kernel. Its answer is to a message of the request, by index.
#[derive(Clone, Copy, Debug)]
enum Content {
    Row {
        interrupted: bool,
    },
    Done(i32),
    Error(i32),
    Overrun,
    /// Length that no message has.
    Garbage,
}

/// Receiver of a message.
#[derive(Clone, Copy, Debug)]
enum To {
    /// Message of the request in flight, by its index.
    Own(u32),
    /// Request before, by the number of messages since.
    Earlier(u32),
    /// Socket of another port, with the own sequence number.
    OtherPort,
}

/// Datagram that the kernel queues, or an error in its place.
#[derive(Clone, Debug)]
enum Item {
    Loss,
    Empty,
    /// Forged by another process, or sent to a group.
    Other {
        sender: u32,
        group: u32,
        messages: Vec<(To, Content)>,
    },
    Kernel {
        truncated: bool,
        messages: Vec<(To, Content)>,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Execute,
    Dump,
    /// Batch of so many messages.
    Batch(u32),
    /// Pipeline of so many requests.
    Pipeline(u32),
}

impl Way {
    fn messages(self) -> u32 {
        match self {
            Self::Execute | Self::Dump => 1,
            Self::Batch(count) | Self::Pipeline(count) => count,
        }
    }
}

/// Result of a request: dump rows, batch letters or pipeline answers, and the
/// end.
type Seen = (Vec<u32>, String, Option<&'static str>);

fn end(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::Refused(Errno::EBUSY) => "EBUSY",
        ErrorKind::Refused(Errno::ENOBUFS) => "ENOBUFS",
        ErrorKind::Interrupted => "interrupted",
        ErrorKind::Overrun { .. } => "overrun",
        ErrorKind::Truncated { .. } => "truncated",
        ErrorKind::Decode(_) => "malformed",
        ErrorKind::Cancelled => "nothing more",
        other => unreachable!("{other:?}"),
    }
}

fn refused(code: i32) -> &'static str {
    end(ErrorKind::Refused(Errno(-code)))
}

impl Item {
    fn messages(&self) -> &[(To, Content)] {
        match self {
            Self::Loss | Self::Empty => &[],
            Self::Other { messages, .. } | Self::Kernel { messages, .. } => messages,
        }
    }

    /// Addresses the messages of an answer to `count` messages from `first` on.
    fn address(&self, first: u32, count: u32, request: u32) -> Vec<Sent> {
        let of = |&(to, content): &(To, Content)| {
            let (sequence, port) = match to {
                To::Own(index) => (first.wrapping_add(index % count), PORT),
                To::Earlier(back) => (first.wrapping_sub(1000 + back), PORT),
                To::OtherPort => (first, PORT + 1),
            };
            Sent {
                sequence,
                port,
                request,
                content,
            }
        };
        self.messages().iter().map(of).collect()
    }

    fn queue(&self, kernel: &Kernel, first: u32, count: u32, request: u32) {
        let mut bytes = Vec::new();
        for sent in self.address(first, count, request) {
            let header = |kind, flags| {
                Header::new(kind, flags)
                    .with_sequence(sent.sequence)
                    .with_port(sent.port)
            };
            let mut buffer = [0; 64];
            bytes.extend(match sent.content {
                Content::Row { interrupted } => {
                    let mut flags = Flags::MULTI;
                    flags.set(Flags::DUMP_INTR, interrupted);
                    let truncated = matches!(
                        self,
                        Self::Kernel {
                            truncated: true,
                            ..
                        }
                    );
                    message(header(ROW, flags), &(), |w| {
                        let w = w.u32(1, sent.request)?;
                        match truncated {
                            true => w.bytes(2, &[0; BUFFER]),
                            false => Ok(w),
                        }
                    })
                }
                Content::Done(code) => {
                    let header = header(REQUEST, Flags::empty());
                    let done = Ack::done(&header, code).flags(Flags::MULTI);
                    done.write(&mut buffer).unwrap().as_bytes().to_vec()
                }
                Content::Error(code) => {
                    let header = header(REQUEST, Flags::empty());
                    let ack = Ack::refusal(&header, Errno(-code));
                    ack.write(&mut buffer).unwrap().as_bytes().to_vec()
                }
                Content::Overrun => {
                    message(header(MessageType::OVERRUN, Flags::empty()), &(), |w| Ok(w))
                }
                Content::Garbage => {
                    let mut garbage = [0; 16];
                    garbage[..4].copy_from_slice(&8_u32.to_ne_bytes());
                    garbage.to_vec()
                }
            });
        }
        let mut received = Received::new(0, Address::KERNEL);
        match self {
            Self::Loss => return kernel.queue_error(Errno::ENOBUFS),
            Self::Empty | Self::Kernel { .. } => {}
            Self::Other { sender, group, .. } => {
                received = Received::new(0, Address::port(*sender));
                received.group = *group;
            }
        }
        kernel.queue_with(bytes, received);
    }
}

/// Answer to the request in flight.
#[derive(Debug)]
struct Plan {
    kernel: Kernel,
    request: u32,
    items: Vec<Item>,
    /// Number of messages in the request, and of messages not sent yet.
    count: u32,
    left: u32,
}

/// Creates a kernel that queues an answer once all messages of a request are
/// sent.
fn kernel(plan: &Arc<Mutex<Option<Plan>>>) -> Kernel {
    let plan = Arc::clone(plan);
    Kernel::answering(move |message, answer| {
        if message.kind() != REQUEST {
            return answer.ack();
        }
        let mut plan = plan.lock().unwrap();
        let planned = plan.as_mut().unwrap();
        planned.left -= 1;
        if planned.left == 0 {
            let last = message.header().sequence();
            let first = last.wrapping_sub(planned.count - 1);
            for item in &planned.items {
                item.queue(&planned.kernel, first, planned.count, planned.request);
            }
            // The kernel holds this closure, which must not hold the kernel.
            *plan = None;
        }
    })
}

fn carry_out(conn: &mut Conn<Kernel, Vec<u8>>, way: Way) -> Seen {
    let mut buffer = [0; 64];
    let bytes = |w| Writer::message(w, REQUEST, Flags::empty(), &(), |w| w.u8(1, 5));
    let request: MessageRef<'_> = bytes(&mut buffer[..]).unwrap();
    match way {
        Way::Execute => {
            let error = conn.execute(request).err();
            (
                Vec::new(),
                String::new(),
                error.map(|error| end(error.kind())),
            )
        }
        Way::Dump => {
            let mut seen = Vec::new();
            let mut rows = conn.query(Dump(request)).unwrap();
            let error = loop {
                match rows.next() {
                    Ok(Some(row)) => {
                        seen.push(row.attributes(0).require(1).unwrap().u32().unwrap());
                    }
                    Ok(None) => break None,
                    Err(error) => break Some(end(error.kind())),
                }
            };
            assert!(rows.next().unwrap().is_none(), "an error comes once");
            (seen, String::new(), error)
        }
        Way::Pipeline(count) => {
            let mut pipeline = conn.pipeline::<{ SLOTS as usize }>();
            let tickets: Vec<_> = (0..count)
                .map(|_| pipeline.send(request).unwrap())
                .collect();
            let mut text = String::new();
            loop {
                let (ticket, what) = match pipeline.next() {
                    Ok(None) => break,
                    Err(error) => {
                        text += end(error.kind());
                        break;
                    }
                    Ok(Some((ticket, Answer::Reply(row)))) => {
                        let row = row.attributes(0).require(1).unwrap().u32().unwrap();
                        (ticket, format!("row {row}"))
                    }
                    Ok(Some((ticket, Answer::Done(_)))) => (ticket, "done".to_owned()),
                    Ok(Some((ticket, Answer::Failed(error)))) => {
                        (ticket, end(error.kind()).to_owned())
                    }
                    Ok(Some(other)) => unreachable!("{other:?}"),
                };
                let index = tickets.iter().position(|sent| *sent == ticket).unwrap();
                text += &format!("{index} {what}, ");
            }
            (Vec::new(), text, None)
        }
        Way::Batch(count) => {
            let mut batch = Batch::new(Vec::new());
            for _ in 0..count {
                batch.push(&request).unwrap();
            }
            let mut outcomes = vec![Outcome::default(); count as usize];
            let error = conn.batch(&mut batch, &mut outcomes).err();
            let letter = |outcome: &Outcome| match outcome {
                Outcome::Done => 'd',
                Outcome::Refused(_) => 'r',
                Outcome::Unknown => 'u',
                _ => 'n',
            };
            let letters = outcomes.iter().map(letter).collect();
            (Vec::new(), letters, error.map(|error| end(error.kind())))
        }
    }
}

fn content() -> impl Strategy<Value = Content> {
    prop_oneof![
        4 => any::<bool>().prop_map(|more| Content::Row { interrupted: more }),
        4 => Just(Content::Row { interrupted: false }),
        2 => Just(Content::Done(0)),
        1 => Just(Content::Done(-Errno::EBUSY.0)),
        4 => Just(Content::Error(0)),
        1 => Just(Content::Error(-Errno::EBUSY.0)),
        1 => Just(Content::Error(-Errno::ENOBUFS.0)),
        1 => Just(Content::Overrun),
        1 => Just(Content::Garbage),
    ]
}

fn to() -> impl Strategy<Value = To> {
    prop_oneof![
        8 => (0..4_u32).prop_map(To::Own),
        1 => (0..4_u32).prop_map(To::Earlier),
        1 => Just(To::OtherPort),
    ]
}

fn item() -> impl Strategy<Value = Item> {
    let messages = || proptest::collection::vec((to(), content()), 1..4);
    prop_oneof![
        1 => Just(Item::Loss),
        1 => Just(Item::Empty),
        1 => (0..2_u32, 0..2_u32, messages()).prop_map(|(sender, group, messages)| Item::Other {
            sender: sender * 12,
            // A process may also send to no group.
            group: if sender == 0 { 1 } else { group },
            messages,
        }),
        8 => messages().prop_map(|messages| Item::Kernel { truncated: false, messages }),
        1 => (to(), messages()).prop_map(|(to, rest)| {
            let row = (to, Content::Row { interrupted: false });
            let messages = core::iter::once(row).chain(rest).collect();
            Item::Kernel { truncated: true, messages }
        }),
    ]
}

fn way() -> impl Strategy<Value = Way> {
    prop_oneof![
        Just(Way::Execute),
        Just(Way::Dump),
        (1..4_u32).prop_map(Way::Batch),
        (1..=SLOTS).prop_map(Way::Pipeline),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_connection_behaves_as_the_model(
        requests in proptest::collection::vec(
            (way(), proptest::collection::vec(item(), 0..6)),
            1..6,
        ),
    ) {
        let plan = Arc::default();
        let kernel = kernel(&plan);
        let mut conn = Conn::over(kernel.clone(), vec![0; BUFFER], Protocol::ROUTE, PORT);
        let mut model = Model::default();
        // The last ones show that the connection is usable.
        let row = (To::Own(0), Content::Row { interrupted: false });
        let table = vec![Item::Kernel {
            truncated: false,
            messages: vec![row, row, (To::Own(0), Content::Done(0))],
        }];
        let ack = Item::Kernel {
            truncated: false,
            messages: vec![(To::Own(0), Content::Error(0))],
        };
        let last = [(Way::Dump, table.clone()), (Way::Execute, vec![ack])];
        // The first dump is primed.
        let all = core::iter::once((Way::Dump, table)).chain(requests).chain(last);
        // No wait is long.
        kernel.cancel();
        for (request, (way, items)) in (0..).zip(all) {
            let count = way.messages();
            *plan.lock().unwrap() = Some(Plan {
                kernel: kernel.clone(),
                request,
                items: items.clone(),
                count,
                left: count,
            });
            let _ = kernel.sent();
            let seen = carry_out(&mut conn, way);
            let sent = kernel.sent();
            let last = MessageRef::new(sent.last().unwrap()).unwrap();
            let first = match way {
                Way::Pipeline(_) => last.header().sequence().wrapping_sub(count - 1),
                _ => last.header().sequence(),
            };
            let expected = model.carry_out(way, first, request, &items);
            prop_assert_eq!(&seen, &expected, "request {}: {:?} {:?}", request, way, items);
            prop_assert!(seen.0.iter().all(|row| *row == request), "rows of another request");
        }
        prop_assert_eq!(kernel.queued(), model.queue.len());
    }
}
