//! Acks that own their bytes.
#![cfg(feature = "heapless")]
#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use common::{attr, message};
use nlwire::{AckBuf, AckRef, Errno, MessageRef};

const CAPPED: u16 = 0x100;
const ACK_TLVS: u16 = 0x200;

fn request() -> Vec<u8> {
    message(24, 5, 77, 1234, &[0xab; 60])
}

fn tlvs(text: &str) -> Vec<u8> {
    [
        attr(1, text.as_bytes()),
        attr(2, &28_u32.to_ne_bytes()),
        attr(3, b"cookie"),
    ]
    .concat()
}

fn refusal(text: &str) -> Vec<u8> {
    let payload = [&(-22_i32).to_ne_bytes()[..], &request(), &tlvs(text)].concat();
    message(2, ACK_TLVS, 77, 1234, &payload)
}

fn ack(bytes: &[u8]) -> AckRef<'_> {
    AckRef::new(MessageRef::new(bytes).unwrap()).unwrap()
}

fn same(copy: AckRef<'_>, ack: AckRef<'_>) {
    assert_eq!((copy.code(), copy.errno()), (ack.code(), ack.errno()));
    assert_eq!(copy.request(), ack.request());
    assert_eq!(copy.message().kind(), ack.message().kind());
    assert_eq!(copy.message().header().sequence(), 77);
    assert_eq!(copy.message().header().port(), 1234);
}

#[test]
fn all_that_fits_is_copied() {
    let bytes = refusal("no such thing");
    let copy = AckBuf::<192>::new(ack(&bytes));
    assert!(copy.is_complete());
    assert_eq!(copy.get(), ack(&bytes));
    assert_eq!(copy.to_string(), "EINVAL: no such thing");
    assert_eq!(
        format!("{:?}", copy.clone()),
        "AckBuf(EINVAL: no such thing)"
    );
}

#[test]
fn the_echo_is_left_out_first() {
    let bytes = refusal("no such thing");
    let copy = AckBuf::<96>::new(ack(&bytes));
    let got = copy.get();
    same(got, ack(&bytes));
    assert!(!copy.is_complete());
    assert_eq!(got.message().flags().bits(), ACK_TLVS | CAPPED);
    let length = usize::try_from(got.message().header().length()).unwrap();
    assert_eq!(length, got.message().as_bytes().len());
    assert_eq!(got.text(), Some("no such thing".into()));
    assert_eq!(
        (got.offset(), got.cookie()),
        (Some(28), Some(&b"cookie"[..]))
    );
}

#[test]
fn oversized_parts_are_left_out() {
    let bytes = refusal(&"long ".repeat(20));
    let copy = AckBuf::<48>::new(ack(&bytes));
    let got = copy.get();
    same(got, ack(&bytes));
    assert_eq!(
        (got.text(), got.offset(), got.cookie()),
        (None, Some(28), None)
    );

    let copy = AckBuf::<36>::new(ack(&bytes));
    same(copy.get(), ack(&bytes));
    assert_eq!(copy.get().attributes().count(), 0);
}

#[test]
fn done_echoes_no_request() {
    let payload = [&(-2_i32).to_ne_bytes()[..], &tlvs("gone")].concat();
    let bytes = message(3, ACK_TLVS, 77, 1234, &payload);
    for copy in [
        AckBuf::<36>::new(ack(&bytes)).get().errno(),
        ack(&bytes).errno(),
    ] {
        assert_eq!(copy, Some(Errno(2)));
    }
    let copy = AckBuf::<44>::new(ack(&bytes));
    same(copy.get(), ack(&bytes));
    assert_eq!(copy.get().message().flags().bits(), ACK_TLVS);
    assert_eq!(
        (copy.get().text(), copy.get().offset()),
        (Some("gone".into()), Some(28))
    );
}

#[test]
fn a_cut_echo_and_a_missing_code_are_copied() {
    let bytes = message(
        2,
        ACK_TLVS,
        77,
        1234,
        &[&(-1_i32).to_ne_bytes()[..], &[7; 9]].concat(),
    );
    let copy = AckBuf::<36>::new(ack(&bytes));
    assert_eq!((copy.get(), copy.is_complete()), (ack(&bytes), true));
    let bytes = message(3, 2, 77, 1234, b"");
    assert_eq!(AckBuf::<36>::new(ack(&bytes)).get(), ack(&bytes));
}
