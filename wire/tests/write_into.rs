//! Writing into a `Vec`, of `alloc` and of `heapless`.
#![cfg(any(feature = "alloc", feature = "heapless"))]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "tests"
)]

mod common;

use common::attr;
use nlwire::{
    ByteVec, EncodeError, Flags, MessageType, Messages, NLA_F_NESTED, Put, Writer, write_into,
};

/// A nest of 100 numbers: 804 bytes.
fn hundred<'w, 'b>(writer: &'w mut Writer<'b>) -> Put<'w, 'b> {
    writer.nest(1, |mut w| {
        for number in 0..100 {
            w = w.u32(number, 7)?;
        }
        Ok(w)
    })
}

fn expected() -> Vec<u8> {
    let numbers: Vec<_> = (0..100)
        .flat_map(|n| attr(n, &7_u32.to_ne_bytes()))
        .collect();
    attr(1 | NLA_F_NESTED, &numbers)
}

/// Properties of each `Vec` with room for all of the bytes.
fn appends<V: ByteVec + AsRef<[u8]>>(mut target: V, before: &[u8]) {
    assert_eq!(target.as_ref(), before);
    let mut runs = 0;
    write_into(&mut target, |w| {
        runs += 1;
        hundred(w)
    })
    .unwrap();
    assert!(runs > 1, "it ran again on more room");
    assert!(target.as_ref() == [before, &expected()[..]].concat());

    let whole = target.as_ref().to_vec();
    let refused = write_into(&mut target, |w| w.flag(1, true)?.str(2, "a\0b"));
    let cause = EncodeError::InnerNul {
        attribute: 2,
        position: 1,
    };
    assert_eq!((refused, target.as_ref()), (Err(cause), &whole[..]));

    // A full buffer of another writer does not cause a second run.
    let mut runs = 0;
    let refused = write_into(&mut target, |w| {
        runs += 1;
        Writer::attributes(&mut [0; 4], |w| w.u32(1, 1))?;
        Ok(w)
    });
    let cause = EncodeError::Overflow {
        needed: 8,
        capacity: 4,
    };
    assert_eq!((refused, runs), (Err(cause), 1));
    assert_eq!(target.as_ref(), whole);
}

#[cfg(feature = "alloc")]
#[test]
fn a_vec_grows() {
    collects_messages(Vec::new());
    appends(Vec::new(), b"");
    appends(vec![9; 8], &[9; 8]);
}

#[cfg(feature = "alloc")]
#[test]
fn a_vec_grows_to_any_size() {
    let mut target = Vec::new();
    let value = vec![5; 60_000];
    write_into(&mut target, |w| {
        w.bytes(1, &value)?.bytes(2, &value)?.bytes(3, &value)
    })
    .unwrap();
    let expected: Vec<_> = (1..4).flat_map(|kind| attr(kind, &value)).collect();
    assert_eq!(target, expected);
}

fn collects_messages<V: ByteVec + AsRef<[u8]>>(mut target: V) {
    for payload in ["a", "abcd"] {
        write_into(&mut target, |w| {
            w.append_message(MessageType(16), Flags::REQUEST, &(), |w| {
                w.append(payload.as_bytes())
            })
        })
        .unwrap();
    }
    let lengths: Vec<_> = Messages::new(target.as_ref())
        .map(|message| message.unwrap().header().length())
        .collect();
    assert_eq!(lengths, [17, 20], "exact lengths");
    assert_eq!(target.as_ref().len(), 40, "padded between");
}

#[cfg(feature = "heapless")]
#[test]
fn a_heapless_vec_fills_up() {
    collects_messages(heapless::Vec::<u8, 40>::new());
    appends(heapless::Vec::<u8, 1024>::new(), b"");
    appends(
        heapless::Vec::<u8, 816>::from_slice(&[9; 8]).unwrap(),
        &[9; 8],
    );
}

#[cfg(feature = "heapless")]
#[test]
fn a_heapless_vec_that_is_too_small_is_as_it_was() {
    let mut target = heapless::Vec::<u8, 811, u16>::from_slice(&[9; 8]).unwrap();
    let overflow = EncodeError::Overflow {
        needed: 812,
        capacity: 811,
    };
    assert_eq!(write_into(&mut target, hundred), Err(overflow));
    assert_eq!(target, [9; 8]);

    let mut target = heapless::Vec::<u8, 24>::from_slice(&[9; 8]).unwrap();
    let refused = write_into(&mut target, |w| w.u32(1, 1)?.u32(2, 2)?.flag(3, true));
    let overflow = EncodeError::Overflow {
        needed: 28,
        capacity: 24,
    };
    assert_eq!((refused, &target[..]), (Err(overflow), &[9; 8][..]));
}
