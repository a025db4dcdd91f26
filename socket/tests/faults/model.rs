//! Model of a connection: a queue, and what a reader makes of it.

use super::{Content, Item, PORT, SLOTS, Seen, Way, refused};
use nlsock::Errno;
use std::collections::VecDeque;

/// Message as the model sees it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sent {
    pub(crate) sequence: u32,
    pub(crate) port: u32,
    /// Number of the request that the kernel answers.
    pub(crate) request: u32,
    pub(crate) content: Content,
}

/// Datagram as the model sees it.
#[derive(Clone, Debug)]
pub(crate) enum Datagram {
    Loss,
    Skipped(Vec<Sent>),
    Kernel {
        truncated: bool,
        messages: Vec<Sent>,
    },
}

/// Model of a connection.
#[derive(Debug, Default)]
pub(crate) struct Model {
    pub(crate) queue: VecDeque<Datagram>,
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

    pub(crate) fn carry_out(&mut self, way: Way, first: u32, request: u32, plan: &[Item]) -> Seen {
        self.settle(matches!(way, Way::Dump | Way::Pipeline(_)));
        if way == Way::Dump {
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
            Way::Pipeline(count) => (Vec::new(), self.read_pipeline(first, count), None),
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

/// Request of a pipeline.
#[derive(Clone, Copy, Debug)]
struct InFlight {
    index: u32,
    interrupted: bool,
}

impl Model {
    /// Reads the answers to requests in flight, as a text.
    fn read_pipeline(&mut self, first: u32, count: u32) -> String {
        let mut text = String::new();
        let mut tell = |index: u32, what: &str| text += &format!("{index} {what}, ");
        let new = |index| InFlight {
            index,
            interrupted: false,
        };
        let mut flights: Vec<InFlight> = (0..count).map(new).collect();
        // Those without an answer fail in the order of their slots.
        flights.sort_by_key(|flight| first.wrapping_add(flight.index) % SLOTS);
        let mut failure = None;
        loop {
            if flights.is_empty() {
                return text;
            }
            let (truncated, messages) = match self.queue.pop_front() {
                None if failure.is_some() => {
                    self.congested = false;
                    for flight in flights.drain(..) {
                        tell(flight.index, failure.unwrap());
                    }
                    continue;
                }
                None => {
                    text += "nothing more";
                    return text;
                }
                Some(Datagram::Loss) => {
                    self.congested = true;
                    failure = failure.or(Some("overrun"));
                    continue;
                }
                Some(Datagram::Skipped(messages)) => {
                    if messages.iter().any(is_garbage) {
                        for flight in flights.drain(..) {
                            tell(flight.index, "malformed");
                        }
                    }
                    continue;
                }
                Some(Datagram::Kernel {
                    truncated,
                    messages,
                }) => (truncated, messages),
            };
            for sent in &messages {
                let index = sent.sequence.wrapping_sub(first);
                let at = flights.iter().position(|flight| flight.index == index);
                match (sent.content, at) {
                    (Content::Garbage, _) => {
                        for flight in flights.drain(..) {
                            tell(flight.index, "malformed");
                        }
                        break;
                    }
                    _ if sent.port != PORT => {}
                    (Content::Overrun, _) => {
                        self.congested = true;
                        failure = failure.or(Some("overrun"));
                    }
                    (_, None) => self.note_stale(sent),
                    (Content::Row { .. }, Some(at)) if truncated => {
                        flights.remove(at);
                        tell(index, "truncated");
                    }
                    (Content::Row { interrupted }, Some(at)) => {
                        flights[at].interrupted |= interrupted;
                        tell(index, &format!("row {}", sent.request));
                    }
                    (Content::Done(code) | Content::Error(code), Some(at)) => {
                        self.note_stale(sent);
                        let flight = flights.remove(at);
                        let end = match code {
                            0 if flight.interrupted => "interrupted",
                            0 => "done",
                            code => refused(code),
                        };
                        tell(index, end);
                    }
                }
            }
        }
    }
}

fn is_garbage(sent: &Sent) -> bool {
    matches!(sent.content, Content::Garbage)
}
