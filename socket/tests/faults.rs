//! Every order of loss, truncation, refusals, interruptions, and messages that
//! answer nothing: a connection over a fake kernel behaves as a small model.
#![cfg(feature = "test-util")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "tests"
)]

use nlsock::fake::{Kernel, message};
use nlsock::{Address, Conn, Errno, ErrorKind, Outcome, Protocol, Received};
use nlwire::ack::Ack;
use nlwire::{Batch, Dump, Flags, Header, MessageRef, MessageType, Writer};
use proptest::prelude::*;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

const REQUEST: MessageType = MessageType(24);
const ROW: MessageType = MessageType(30);
const PORT: u32 = 7;
/// The least that dumps need; truncated datagrams are longer.
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
}

impl Way {
    fn messages(self) -> u32 {
        match self {
            Self::Execute | Self::Dump => 1,
            Self::Batch(count) => count,
        }
    }
}

/// Result of a request: rows of a dump or letters of a batch, and the end.
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

/// Message as the model sees it.
#[derive(Clone, Copy, Debug)]
struct Sent {
    sequence: u32,
    port: u32,
    /// Number of the request that the kernel answers.
    request: u32,
    content: Content,
}

/// Datagram as the model sees it.
#[derive(Clone, Debug)]
enum Datagram {
    Loss,
    Skipped(Vec<Sent>),
    Kernel {
        truncated: bool,
        messages: Vec<Sent>,
    },
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

/// Model of a connection.
#[derive(Debug, Default)]
struct Model {
    queue: VecDeque<Datagram>,
    congested: bool,
    dumping: Option<u32>,
}

impl Model {
    /// A message that answers nothing may end an abandoned dump.
    fn note_stale(&mut self, sent: &Sent) {
        let full = -Errno::ENOBUFS.0;
        let ends = match sent.content {
            Content::Done(_) => true,
            Content::Error(code) => code != full,
            _ => false,
        };
        if ends && sent.port == PORT && self.dumping == Some(sent.sequence) {
            self.dumping = None;
        }
    }

    /// Reads the rest of a datagram behind the end of an answer.
    fn skip_rest(&mut self, messages: &[Sent]) {
        let whole = |sent: &&Sent| !is_garbage(sent);
        for sent in messages.iter().take_while(whole) {
            self.note_stale(sent);
        }
    }

    fn settle(&mut self, dump: bool) {
        while self.congested || dump && self.dumping.is_some() {
            match self.queue.pop_front() {
                None => (self.congested, self.dumping) = (false, None),
                Some(Datagram::Loss) => self.congested = true,
                Some(Datagram::Skipped(messages) | Datagram::Kernel { messages, .. }) => {
                    self.skip_rest(&messages);
                }
            }
        }
    }

    fn carry_out(&mut self, way: Way, first: u32, request: u32, plan: &[Item]) -> Seen {
        self.settle(false);
        if way == Way::Dump {
            self.settle(true);
            self.dumping = Some(first);
        }
        for item in plan {
            self.queue.push_back(match item {
                Item::Loss => Datagram::Loss,
                Item::Empty => Datagram::Skipped(Vec::new()),
                // What is not the kernel's is not looked at.
                Item::Other { sender: 1.., .. } => Datagram::Skipped(Vec::new()),
                Item::Other { .. } => {
                    Datagram::Skipped(item.address(first, way.messages(), request))
                }
                Item::Kernel { truncated, .. } => {
                    let mut messages = item.address(first, way.messages(), request);
                    if *truncated {
                        messages.truncate(1);
                    }
                    let truncated = *truncated;
                    Datagram::Kernel {
                        truncated,
                        messages,
                    }
                }
            });
        }
        match way {
            Way::Execute | Way::Dump => {
                let (rows, end) = self.read(first);
                let rows = if way == Way::Dump { rows } else { Vec::new() };
                (rows, String::new(), end)
            }
            Way::Batch(count) => {
                let mut letters = vec!['u'; count as usize];
                let end = self.read_batch(first, &mut letters);
                (Vec::new(), letters.into_iter().collect(), end)
            }
        }
    }

    /// Reads the answer to one message.
    fn read(&mut self, own: u32) -> (Vec<u32>, Option<&'static str>) {
        let (mut rows, mut interrupted) = (Vec::new(), false);
        loop {
            let (truncated, messages) = match self.queue.pop_front() {
                None => return (rows, Some("nothing more")),
                Some(Datagram::Loss) => {
                    self.congested = true;
                    return (rows, Some("overrun"));
                }
                Some(Datagram::Skipped(messages)) => {
                    if messages.iter().any(is_garbage) {
                        return (rows, Some("malformed"));
                    }
                    continue;
                }
                Some(Datagram::Kernel {
                    truncated,
                    messages,
                }) => (truncated, messages),
            };
            for (at, sent) in messages.iter().enumerate() {
                match sent.content {
                    Content::Garbage => return (rows, Some("malformed")),
                    _ if sent.port != PORT => {}
                    Content::Overrun => {
                        self.congested = true;
                        self.skip_rest(&messages[at + 1..]);
                        return (rows, Some("overrun"));
                    }
                    _ if sent.sequence != own => self.note_stale(sent),
                    Content::Row { .. } if truncated => return (rows, Some("truncated")),
                    Content::Row { interrupted: here } => {
                        interrupted |= here;
                        rows.push(sent.request);
                    }
                    Content::Done(code) | Content::Error(code) => {
                        self.skip_rest(&messages[at..]);
                        let end = match code {
                            0 if interrupted => Some("interrupted"),
                            0 => None,
                            code => Some(refused(code)),
                        };
                        return (rows, end);
                    }
                }
            }
        }
    }

    /// Reads the answers to messages that each ask for one.
    fn read_batch(&mut self, first: u32, letters: &mut [char]) -> Option<&'static str> {
        let (mut lost, mut refusal, mut answered) = (false, None, false);
        loop {
            if answered && !lost {
                let unknown = letters.contains(&'u');
                return if unknown { Some("overrun") } else { refusal };
            }
            let (truncated, messages) = match self.queue.pop_front() {
                None if lost => {
                    self.congested = false;
                    return Some("overrun");
                }
                None => return Some("nothing more"),
                Some(Datagram::Loss) => {
                    (self.congested, lost) = (true, true);
                    continue;
                }
                Some(Datagram::Skipped(messages)) => {
                    if messages.iter().any(is_garbage) {
                        return Some("malformed");
                    }
                    continue;
                }
                Some(Datagram::Kernel {
                    truncated,
                    messages,
                }) => (truncated, messages),
            };
            for sent in &messages {
                let index = sent.sequence.wrapping_sub(first) as usize;
                match sent.content {
                    Content::Garbage => return Some("malformed"),
                    _ if sent.port != PORT => {}
                    Content::Overrun => (self.congested, lost) = (true, true),
                    _ if index >= letters.len() => self.note_stale(sent),
                    Content::Row { .. } if truncated => return Some("truncated"),
                    Content::Row { .. } => {}
                    Content::Done(code) | Content::Error(code) => {
                        letters[index] = if code == 0 { 'd' } else { 'r' };
                        if code != 0 {
                            refusal = refusal.or(Some(refused(code)));
                        }
                        answered |= index + 1 == letters.len() && !lost;
                    }
                }
            }
        }
    }
}

fn is_garbage(sent: &Sent) -> bool {
    matches!(sent.content, Content::Garbage)
}

/// Answer to the request in flight.
#[derive(Debug)]
struct Plan {
    kernel: Kernel,
    request: u32,
    items: Vec<Item>,
    /// Number of messages of the request, and of those not sent yet.
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
            // Whoever is not the kernel may send to no group as well.
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
            let header = MessageRef::new(sent.last().unwrap()).unwrap();
            let first = header.header().sequence();
            let expected = model.carry_out(way, first, request, &items);
            prop_assert_eq!(&seen, &expected, "request {}: {:?} {:?}", request, way, items);
            prop_assert!(seen.0.iter().all(|row| *row == request), "rows of another request");
        }
        prop_assert_eq!(kernel.queued(), model.queue.len());
    }
}
