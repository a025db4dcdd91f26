//! `nl decode`, run as its users run it. Nothing here asks the kernel.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by its panic"
)]

mod program;

use program::{decode, decode_fails};

const LINK: &str = "20000000 10000500 00000000 00000000 0000000000000000 0000000000000000";

#[test]
fn hexadecimal_is_decoded() {
    let tree = decode(&[], LINK);
    assert!(
        tree.starts_with("RTM_NEWLINK length 32, type 16, flags request|ack"),
        "{tree}"
    );
    let tree = decode(&["--protocol", "generic"], LINK);
    assert!(tree.starts_with("GENL_ID_CTRL length 32"), "{tree}");
}

#[test]
fn what_is_not_hexadecimal_is_an_error() {
    assert!(decode_fails(&[], "2").contains("half a byte"));
    assert!(decode_fails(&[], "xy").contains("not hexadecimal"));
}
