//! Bytes as a sender lays them out, written without the crate under test.
#![allow(dead_code, reason = "each test file uses its part")]
#![allow(
    clippy::as_conversions,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    unreachable_pub,
    reason = "tests"
)]

pub mod invariants;
pub mod naive;

/// Values that a hostile sender writes into a length field.
pub const HOSTILE: [u32; 7] = [0, 1, 3, 15, 17, 65_535, u32::MAX];

/// An attribute whose length field says `length`, with padding.
pub fn lying_attr(length: u16, kind: u16, value: &[u8]) -> Vec<u8> {
    let mut bytes = unpadded(kind, value);
    bytes[..2].copy_from_slice(&length.to_ne_bytes());
    pad(&mut bytes);
    bytes
}

/// An attribute, with padding.
pub fn attr(kind: u16, value: &[u8]) -> Vec<u8> {
    let mut bytes = unpadded(kind, value);
    pad(&mut bytes);
    bytes
}

/// An attribute whose padding is not sent.
pub fn unpadded(kind: u16, value: &[u8]) -> Vec<u8> {
    let length = u16::try_from(value.len() + 4).unwrap();
    [&length.to_ne_bytes(), &kind.to_ne_bytes(), value].concat()
}

/// A message without padding behind it.
pub fn message(kind: u16, flags: u16, sequence: u32, port: u32, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len() + 16).unwrap();
    [
        &length.to_ne_bytes()[..],
        &kind.to_ne_bytes(),
        &flags.to_ne_bytes(),
        &sequence.to_ne_bytes(),
        &port.to_ne_bytes(),
        payload,
    ]
    .concat()
}

/// Pads to a multiple of 4.
pub fn pad(bytes: &mut Vec<u8>) {
    bytes.resize(bytes.len().next_multiple_of(4), 0);
}

/// Shows `bytes` to `check` at each start address modulo 8.
pub fn shifted(bytes: &[u8], mut check: impl FnMut(&[u8])) {
    let mut buffer = vec![0; bytes.len() + 16];
    let aligned = buffer.as_ptr().align_offset(8);
    for shift in 0..8 {
        let place = &mut buffer[aligned + shift..][..bytes.len()];
        place.copy_from_slice(bytes);
        check(place);
    }
}

/// Returns true if `inner` lies within `outer` in memory.
pub fn is_within(inner: &[u8], outer: &[u8]) -> bool {
    let (inner, outer) = (inner.as_ptr_range(), outer.as_ptr_range());
    outer.start <= inner.start && inner.end <= outer.end
}
