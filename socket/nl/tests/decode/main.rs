//! `nl decode`, run as its users run it. Nothing here asks the kernel.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::arithmetic_side_effects,
    reason = "a test fails by its panic"
)]

mod family;
mod hexadecimal;
mod nlmon;
mod program;
mod strace;

/// `RTM_GETLINK` with an empty header, in this machine's byte order.
fn get_link() -> Vec<u8> {
    message(18, 0x301, &[0; 16])
}

/// A message with sequence number 7.
fn message(kind: u16, flags: u16, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len() + 16).unwrap();
    let mut bytes = length.to_ne_bytes().to_vec();
    bytes.extend(kind.to_ne_bytes());
    bytes.extend(flags.to_ne_bytes());
    bytes.extend(7_u32.to_ne_bytes());
    bytes.extend([0; 4]);
    bytes.extend(payload);
    bytes
}

/// A long message, of which a few thousand are more than `nl` may hold.
fn long() -> Vec<u8> {
    message(1, 0, &[0; 20_000])
}

/// `RTM_GETLINK` as a machine of the other byte order has it.
fn swapped() -> Vec<u8> {
    let mut bytes = get_link();
    for (start, end) in [(0, 4), (4, 6), (6, 8), (8, 12)] {
        bytes.get_mut(start..end).unwrap().reverse();
    }
    bytes
}
