//! Events of devices: datagrams without a netlink header.
#![cfg(feature = "uevent")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod common;

use common::{HOSTILE, is_within, shifted};
use nlwire::uevent::Uevent;

const KERNEL: &[u8] = b"add@/devices/virtual/net/br0\0ACTION=add\0SUBSYSTEM=net\0SEQNUM=7\0";

/// An event of udevd's, whose header says where its pairs are.
fn udev(offset: u32, length: u32) -> Vec<u8> {
    [
        &b"libudev\0"[..],
        &0xfeed_cafe_u32.to_be_bytes(),
        &40_u32.to_ne_bytes(),
        &offset.to_ne_bytes(),
        &length.to_ne_bytes(),
        &[0; 16],
        b"ACTION=change\0DEVPATH=/devices/x\0",
    ]
    .concat()
}

#[test]
fn an_event_of_the_kernel_at_any_address() {
    shifted(KERNEL, |datagram| {
        let event = Uevent::new(datagram).unwrap();
        assert_eq!(event.action(), Some(&b"add"[..]));
        assert_eq!(event.path(), Some(&b"/devices/virtual/net/br0"[..]));
        assert_eq!((event.sequence(), event.is_from_udev()), (Some(7), false));
        assert_eq!(event.pairs().count(), 3);
    });
}

#[test]
fn an_event_of_udevd() {
    let datagram = udev(40, 33);
    let event = Uevent::new(&datagram).unwrap();
    assert!(event.is_from_udev() && event.udev_header().is_some());
    assert_eq!(event.action(), Some(&b"change"[..]));
    assert_eq!(event.path(), Some(&b"/devices/x"[..]));
    assert_eq!(event.sequence(), None);
}

#[test]
fn odd_pairs() {
    let event = Uevent::new(b"x@y\0KEY\0A=b=c\0=d\0\0LAST=1").unwrap();
    let pairs: Vec<_> = event.pairs().collect();
    let expected: [(&[u8], &[u8]); 5] = [
        (b"KEY", b""),
        (b"A", b"b=c"),
        (b"", b"d"),
        (b"", b""),
        (b"LAST", b"1"),
    ];
    assert_eq!(pairs, expected);
    assert_eq!(
        Uevent::new(b"x@y\0SEQNUM=18446744073709551616\0")
            .unwrap()
            .sequence(),
        None
    );
}

#[test]
fn other_messages_are_no_events() {
    for datagram in [&b""[..], b"\0", b"add\0", b"add@/x", b"libudev\0"] {
        assert_eq!(Uevent::new(datagram), None, "{datagram:?}");
    }
    let mut wrong = udev(40, 33);
    wrong[8] = 0;
    assert_eq!(Uevent::new(&wrong), None, "another version");
}

#[test]
fn places_that_lie_and_datagrams_that_are_cut() {
    for offset in HOSTILE.into_iter().chain([40, 72, 73, 74]) {
        for length in HOSTILE.into_iter().chain([33, 34]) {
            let datagram = udev(offset, length);
            let Some(event) = Uevent::new(&datagram) else {
                continue;
            };
            for (key, value) in event.pairs() {
                assert!(
                    is_within(key, &datagram) && (value.is_empty() || is_within(value, &datagram))
                );
            }
        }
    }
    for datagram in [KERNEL, &udev(40, 33)] {
        for end in 0..datagram.len() {
            if let Some(event) = Uevent::new(&datagram[..end]) {
                let _ = (
                    event.action(),
                    event.path(),
                    event.sequence(),
                    event.pairs().count(),
                );
            }
        }
    }
}
