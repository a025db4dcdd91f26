//! Requests as values: parts, divided requests, batches of several families.
#![allow(
    clippy::unwrap_used,
    clippy::as_conversions,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "tests"
)]

use nlwire::request::Object;
use nlwire::schema::Protocol;
use nlwire::{
    AttrRef, Batch, EncodeError, Flags, MessageRef, MessageType, Messages, Next, Part, Query,
    Request, Stamp, Writer,
};

static TUN: Protocol = Protocol::family("tun", &[]);
static RING: Protocol = Protocol::family("ring", &[]);
static ROUTE: Protocol = Protocol::new(0, "route", &[]);

const KIND: MessageType = MessageType(32);
const NUMBERED: Stamp = Stamp {
    sequence: 7,
    port: 9,
    flags: Flags::REQUEST,
    family: None,
};

/// Peers of a device, each with its addresses, in as many parts as it takes.
struct SetDevice<'a>(&'a Protocol, &'a [Vec<u32>]);

impl Request for SetDevice<'static> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(self.0)
    }

    fn object(&self, _: u64, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "device of {} peers", self.1.len())
    }

    fn write(&self, from: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let mut at = ((from >> 32) as usize, (from & 0xffff_ffff) as usize);
        w.append_message(MessageType(0), Flags::empty(), &(), |w| {
            w.nest(1, |w| {
                at = w.fill(self.1, at, |w, peer, first| {
                    let mut stop = 0;
                    w.nest(0, |w| {
                        (stop, _) = w.fill(peer, (first, 0), |w, address, _| {
                            w.u32(2, *address).map(|_| 0)
                        })?;
                        Ok(w)
                    })?;
                    Ok(if stop < peer.len() { stop } else { 0 })
                })?;
                Ok(w)
            })
        })?;
        Ok(match at {
            (peer, _) if peer == self.1.len() => Next::End,
            (peer, address) => Next::Then((peer as u64) << 32 | address as u64),
        })
    }
}

/// Messages of one datagram, of which the last is never acknowledged.
struct Several;

impl Request for Several {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&ROUTE)
    }

    fn write(&self, from: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        w.append_message(KIND, Flags::ACK, &(), |w| w.u64(1, from))?;
        Ok(match from {
            0 => Next::More(1),
            1 => Next::Last(2),
            _ => Next::End,
        })
    }
}

fn addresses(message: MessageRef<'_>) -> Vec<Vec<u32>> {
    let peers = message.attributes(0).require(1).unwrap().nested();
    let peer = |peer: AttrRef<'_>| peer.nested().map(|a| a.unwrap().u32().unwrap()).collect();
    peers.map(|one| peer(one.unwrap())).collect()
}

#[test]
fn a_divided_request_comes_whole_whatever_the_room() {
    let peers: &'static [Vec<u32>] = vec![vec![1, 2, 3], vec![], vec![4], (5..40).collect()].leak();
    let request = SetDevice(&TUN, peers);
    assert_eq!(Object(&request, 0).to_string(), "device of 4 peers");
    for room in 32..400 {
        let mut buffer = vec![0xaa; room];
        let mut joined: Vec<Vec<u32>> = Vec::new();
        let (mut from, mut inner) = (0, 0);
        loop {
            let part = Part::write(&request, from, &mut buffer, 0, NUMBERED, true).unwrap();
            let message = MessageRef::new(&buffer[..part.end]).unwrap();
            assert_eq!((part.messages, part.acked), (1, 0));
            let mut found = addresses(message).into_iter();
            if inner != 0 {
                let rest = found.next().unwrap();
                joined.last_mut().unwrap().extend(rest);
            }
            joined.extend(found);
            match part.then {
                Some(at) => (from, inner) = (at, at & 0xffff_ffff),
                None => break,
            }
        }
        assert_eq!(joined, peers, "in {room} bytes");
    }
    let mut small = [0xaa; 24];
    let error = Part::write(&request, 0, &mut small, 0, NUMBERED, true).unwrap_err();
    assert!(matches!(error, EncodeError::Overflow { capacity: 24, .. }));
}

#[test]
fn a_nest_ends_a_part_at_16_bits() {
    let peers: &'static [Vec<u32>] = vec![(0..9000).collect()].leak();
    let request = SetDevice(&TUN, peers);
    let mut buffer = vec![0; 1 << 20];
    let part = Part::write(&request, 0, &mut buffer, 0, NUMBERED, true).unwrap();
    let first = addresses(MessageRef::new(&buffer[..part.end]).unwrap());
    assert_eq!(part.end, 16 + 4 + 4 + 8 * first[0].len());
    assert!(part.end <= 16 + 0xfffc && part.end > 16 + 0xfff0);
    let part = Part::write(&request, part.then.unwrap(), &mut buffer, 0, NUMBERED, true).unwrap();
    let second = addresses(MessageRef::new(&buffer[..part.end]).unwrap());
    assert_eq!([&first[0][..], &second[0][..]].concat(), peers[0]);
}

#[test]
fn one_message_of_a_part_asks_for_an_acknowledgement() {
    let mut buffer = [0xaa; 128];
    let part = Part::write(&Several, 0, &mut buffer, 4, NUMBERED, true).unwrap();
    assert_eq!((part.messages, part.acked, part.then), (3, 1, None));
    let headers: Vec<_> = Messages::new(&buffer[4..part.end])
        .map(|message| *message.unwrap().header())
        .collect();
    let numbers: Vec<_> = headers.iter().map(|h| (h.sequence(), h.port())).collect();
    assert_eq!(numbers, [(7, 9), (8, 9), (9, 9)]);
    assert!(headers.iter().all(|h| h.flags().contains(Flags::REQUEST)));
    assert!(headers[1].flags().contains(Flags::ACK));
    Part::write(&Several, 1, &mut buffer, 0, NUMBERED, false).unwrap();
    let message = MessageRef::new(&buffer).unwrap();
    assert_eq!(message.flags(), Flags::REQUEST);
}

#[test]
fn a_message_by_hand_is_numbered_anew() {
    let mut bytes = [0; 64];
    let message = Writer::message(&mut bytes, KIND, Flags::ECHO, &(), |w| w.u32(1, 5)).unwrap();
    let mut buffer = [0; 64];
    let part = Part::write(&message, 0, &mut buffer, 0, NUMBERED, true).unwrap();
    let sent = MessageRef::new(&buffer[..part.end]).unwrap();
    assert_eq!((sent.header().sequence(), sent.kind()), (7, KIND));
    assert_eq!(sent.payload(), message.payload());
    assert_eq!(MessageRef::row(sent), sent);
    assert!(message.matches(sent).unwrap());
}

#[test]
fn a_batch_waits_for_the_numbers_of_families() {
    let peers: &'static [Vec<u32>] = vec![vec![1]].leak();
    let mut batch = Batch::new(Vec::new());
    for (place, protocol) in [&TUN, &RING, &TUN].into_iter().enumerate() {
        assert_eq!(batch.push(&SetDevice(protocol, peers)), Ok(place));
    }
    batch
        .resolve(|family| match family.family {
            Some("tun") => Ok(MessageType(40)),
            Some("ring") => Ok(MessageType(41)),
            _ => Err(()),
        })
        .unwrap();
    let kinds = |batch: &Batch<Vec<u8>>| -> Vec<u16> {
        batch.messages().map(|m| m.unwrap().kind().0).collect()
    };
    assert_eq!(kinds(&batch), [40, 41, 40]);
    assert_eq!(batch.push(&Several), Err(EncodeError::Mixed));
    assert_eq!(kinds(&batch), [40, 41, 40]);
}

#[test]
fn a_batch_refuses_requests_that_wait_or_do_not_fit() {
    let peers: &'static [Vec<u32>] = vec![(0..20_000).collect()].leak();
    let mut batch = Batch::new(Vec::new());
    assert_eq!(batch.push(&SetDevice(&TUN, peers)), Err(EncodeError::Waits));
    assert_eq!((batch.count(), batch.as_bytes()), (0, &[][..]));

    let mut room = [0; 64];
    let mut batch = Batch::new(&mut room[..]);
    let error = batch.push(&Several).unwrap_err();
    assert!(matches!(error, EncodeError::Overflow { capacity: 64, .. }));
    assert_eq!((batch.count(), batch.as_bytes()), (0, &[][..]));

    let mut room = [0; 84];
    let mut batch = Batch::new(&mut room[..]);
    assert_eq!((batch.push(&Several), batch.count()), (Ok(0), 3));
    assert_eq!(Batch::packed(&mut room[..]).unwrap().count(), 3);
    assert!(Batch::packed(&mut room[..82]).is_err());
}
