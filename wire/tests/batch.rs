//! Messages with fixed headers, and batches of them.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "tests"
)]

mod common;

use common::{attr, message, unpadded};
use nlwire::zerocopy::{FromBytes, Immutable, IntoBytes, Unaligned};
use nlwire::{
    Batch, EncodeError, Errno, FixedHeader, Flags, MessageType, NLA_F_NESTED, Next, Put, Request,
    Writer,
};

#[derive(FromBytes, IntoBytes, Immutable, Unaligned)]
#[repr(C)]
struct Odd([u8; 5]);
impl nlwire::schema::Described for Odd {}

impl FixedHeader for Odd {}

#[test]
fn padding_behind_a_fixed_header_is_zero() {
    let mut buffer = [0xaa; 64];
    let header = Odd([1, 2, 3, 4, 5]);
    let written = Writer::message(&mut buffer, MessageType(16), Flags::REQUEST, &header, |w| {
        w.append(&[6u8, 7])?.u8(1, 1)
    });
    let payload = [&[1, 2, 3, 4, 5, 0, 0, 0, 6, 7, 0, 0][..], &attr(1, &[1])].concat();
    assert_eq!(written.unwrap().as_bytes(), message(16, 1, 0, 0, &payload));

    let mut buffer = [0xaa; 64];
    let written = Writer::message(&mut buffer, MessageType(16), Flags::REQUEST, &header, |w| {
        Ok(w)
    });
    assert_eq!(
        written.unwrap().as_bytes(),
        message(16, 1, 0, 0, &[1, 2, 3, 4, 5])
    );
    assert_eq!(buffer[24..], [0xaa; 40]);

    let mut buffer = [0xaa; 21];
    assert!(
        Writer::message(&mut buffer, MessageType(16), Flags::REQUEST, &header, |w| {
            Ok(w)
        })
        .is_ok()
    );
    let tail = written_tail(|w| w.nest(1, |w| w.append(&[1u8])));
    assert_eq!(tail, unpadded(1 | NLA_F_NESTED, &[1]));
}

fn written_tail<F>(put: F) -> Vec<u8>
where
    F: for<'w, 'b> FnOnce(&'w mut Writer<'b>) -> Put<'w, 'b>,
{
    Writer::attributes(&mut [0xaa; 32], put)
        .unwrap()
        .remaining()
        .to_vec()
}

#[test]
fn a_message_that_does_not_fit() {
    let mut buffer = [0; 15];
    let error = Writer::message(&mut buffer, MessageType::NOOP, Flags::empty(), &(), |w| {
        Ok(w)
    });
    assert_eq!(
        error.unwrap_err(),
        EncodeError::Overflow {
            needed: 16,
            capacity: 15
        }
    );
    let mut buffer = [0; 20];
    let error = Writer::message(
        &mut buffer,
        MessageType::NOOP,
        Flags::empty(),
        &Odd([0; 5]),
        |w| Ok(w),
    );
    assert_eq!(
        error.unwrap_err(),
        EncodeError::Overflow {
            needed: 21,
            capacity: 20
        }
    );
}

#[test]
fn a_batch_packs_messages_and_refuses_oversized_ones() {
    let mut buffer = [0xaa; 84];
    let mut batch = Batch::new(&mut buffer);
    let ack = Flags::REQUEST | Flags::ACK;
    batch
        .append_message(MessageType(16), ack, &Odd([1; 5]), |w| Ok(w))
        .unwrap();
    assert_eq!(batch.as_bytes().len(), 21, "unpadded until another follows");
    batch
        .append_message(MessageType(17), Flags::REQUEST, &(), |w| w.u8(1, 1))
        .unwrap();
    let before = batch.as_bytes().to_vec();
    let kept = |batch: &Batch<&mut [u8; 84]>| {
        assert_eq!((batch.as_bytes(), batch.count()), (&before[..], 2))
    };

    let error = batch.append_message(MessageType(18), ack, &(), |w| w.u64(1, 1)?.str(1, "\0"));
    assert_eq!(
        error,
        Err(EncodeError::InnerNul {
            attribute: 1,
            position: 0
        })
    );
    kept(&batch);
    let error = batch.append_message(MessageType(18), ack, &(), |w| w.u64(1, 1)?.u64(2, 2));
    assert_eq!(
        error,
        Err(EncodeError::Overflow {
            needed: 88,
            capacity: 84
        })
    );
    kept(&batch);

    batch
        .append_message(MessageType(18), ack, &(), |w| w.u32(1, 1))
        .unwrap();
    let kinds: Vec<_> = batch
        .messages()
        .map(|message| message.unwrap().kind().0)
        .collect();
    assert_eq!(kinds, [16, 17, 18]);
    assert_eq!(batch.count(), 3);
    assert_eq!(
        batch.as_bytes()[21..24],
        [0; 3],
        "padding between messages is zero"
    );

    batch.clear();
    assert_eq!((batch.as_bytes(), batch.count()), (&[][..], 0));
    batch
        .append_message(MessageType(19), ack, &(), |w| Ok(w))
        .unwrap();
}

/// Deletion that forgives one errno, or two.
struct Delete {
    payload: usize,
    forgives: &'static [Errno],
}

impl Request for Delete {
    fn protocol(&self) -> Option<&'static nlwire::schema::Protocol> {
        None
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        w.append_message(MessageType(17), Flags::empty(), &(), |w| {
            w.append([7_u8; 64].get(..self.payload).unwrap())
        })?;
        Ok(Next::End)
    }

    fn forgives(&self) -> &'static [Errno] {
        self.forgives
    }
}

const ABSENT: &[Errno] = &[Errno::ENOENT, Errno::ENODEV];

/// Checks the bytes of messages with these lengths, and what they forgive.
fn assert_forgives<R: nlwire::Room>(batch: &mut Batch<R>, payloads: &[(usize, usize)]) {
    let (messages, forgiven) = batch.split_mut();
    let mut walked = nlwire::Messages::new(messages);
    for (index, &(payload, errnos)) in payloads.iter().enumerate() {
        let message = walked.next().unwrap().unwrap();
        assert_eq!(message.payload(), vec![7; payload]);
        for (number, errno) in ABSENT.iter().enumerate() {
            assert_eq!(forgiven.contains(index, *errno), number < errnos);
        }
        assert!(!forgiven.contains(index, Errno::EPERM));
    }
    assert!(!forgiven.contains(payloads.len(), Errno::ENOENT));
    assert!(!forgiven.contains(usize::MAX, Errno::ENOENT));
}

#[test]
fn forgiven_errnos_are_noted_behind_messages() {
    let payloads: Vec<(usize, usize)> = (0..100).map(|n| (n * 7 % 31, n % 3)).collect();
    let push = |batch: &mut Batch<_>, (payload, errnos): (usize, usize)| {
        let forgives = &ABSENT[..errnos];
        batch.push(&Delete { payload, forgives })
    };
    let mut batch = Batch::new(Vec::new());
    for (index, payload) in payloads.iter().enumerate() {
        assert_eq!(push(&mut batch, *payload), Ok(index));
    }
    assert_forgives(&mut batch, &payloads);
    batch.clear();
    assert_forgives(&mut batch, &[]);
    push(&mut batch, (1, 0)).unwrap();
    assert_forgives(&mut batch, &[(1, 0)]);
}

#[test]
fn notes_and_messages_share_a_slice() {
    // Two messages of 20 bytes, and a note of 8 bytes.
    for (room, fits) in [(47, 1), (48, 2), (64, 2)] {
        let mut buffer = [0xaa; 64];
        let mut batch = Batch::new(&mut buffer[..room]);
        let delete = Delete {
            payload: 4,
            forgives: &ABSENT[..1],
        };
        let other = Delete {
            payload: 4,
            forgives: &[],
        };
        batch.push(&other).unwrap();
        let pushed = batch.push(&delete);
        if fits == 2 {
            assert_eq!(pushed, Ok(1));
            assert_forgives(&mut batch, &[(4, 0), (4, 1)]);
        } else {
            let (needed, capacity) = (48, 47);
            assert_eq!(pushed, Err(EncodeError::Overflow { needed, capacity }));
            assert_forgives(&mut batch, &[(4, 0)]);
        }
        // A message that a note leaves no room for changes nothing.
        let long = Delete {
            payload: 60,
            forgives: ABSENT,
        };
        assert!(matches!(
            batch.push(&long),
            Err(EncodeError::Overflow { .. })
        ));
        assert_eq!(batch.count(), fits);
    }
}
