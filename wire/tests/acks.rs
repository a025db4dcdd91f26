//! Extended acks, and policies.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "tests"
)]

mod common;

use common::{HOSTILE, attr, lying_attr, message, pad, shifted};
use nlwire::{AckRef, Attrs, Errno, MessageRef, Policy, PolicyType};

const CAPPED: u16 = 0x100;
const TLVS: u16 = 0x200;
const ERROR: u16 = 2;
const DONE: u16 = 3;

/// An ERROR that answers `request`, of which it echoes what `flags` say.
fn error(flags: u16, code: i32, request: &[u8], attributes: &[u8]) -> Vec<u8> {
    let echo = if flags & CAPPED == 0 {
        request
    } else {
        &request[..16]
    };
    let mut payload = [&code.to_ne_bytes(), echo].concat();
    pad(&mut payload);
    payload.extend_from_slice(attributes);
    message(ERROR, flags, 9, 77, &payload)
}

fn ack(bytes: &[u8]) -> AckRef<'_> {
    AckRef::new(MessageRef::new(bytes).unwrap()).unwrap()
}

fn all_six() -> Vec<u8> {
    let policy = [attr(1, &4u32.to_ne_bytes()), attr(5, &9u64.to_ne_bytes())].concat();
    [
        attr(1, b"no such thing\0"),
        attr(2, &28u32.to_ne_bytes()),
        attr(3, &[1, 2, 3]),
        attr(4 | 0x8000, &policy),
        attr(5, &7u32.to_ne_bytes()),
        attr(6, &20u32.to_ne_bytes()),
    ]
    .concat()
}

fn check_all_six(ack: AckRef<'_>) {
    assert_eq!(ack.errno(), Some(Errno::EINVAL));
    assert_eq!(ack.code(), -22);
    assert_eq!(ack.text(), Some("no such thing".into()));
    assert_eq!(ack.offset(), Some(28));
    assert_eq!(ack.cookie(), Some(&[1, 2, 3][..]));
    let policy = ack.policy().unwrap();
    assert_eq!((policy.kind, policy.max), (Some(PolicyType::U32), Some(9)));
    assert_eq!(ack.missing_type(), Some(7));
    assert_eq!(ack.missing_nest(), Some(20));
    assert_eq!(ack.to_string(), "EINVAL: no such thing");
}

#[test]
fn all_six_behind_any_echo() {
    for length in 0..9 {
        let request = message(16, 5, 9, 77, &[0xff; 8][..length]);
        for flags in [TLVS, TLVS | CAPPED] {
            shifted(&error(flags, -22, &request, &all_six()), |bytes| {
                let ack = ack(bytes);
                check_all_six(ack);
                let echoed = ack.request().unwrap();
                assert_eq!(
                    (echoed.sequence(), echoed.length()),
                    (9, 16 + u32::try_from(length).unwrap())
                );
            });
        }
    }
    let payload = [&(-22i32).to_ne_bytes()[..], &all_six()].concat();
    let done = message(DONE, 2 | TLVS, 9, 77, &payload);
    check_all_six(ack(&done));
    assert_eq!(ack(&done).request(), None);
}

#[test]
fn without_the_flag_there_are_no_attributes() {
    let request = message(16, 5, 9, 77, b"");
    let bytes = error(CAPPED, -22, &request, &all_six());
    let ack = ack(&bytes);
    assert_eq!(ack.attributes().count(), 0);
    assert_eq!((ack.text(), ack.offset(), ack.cookie()), (None, None, None));
    assert_eq!(
        (ack.policy(), ack.missing_type(), ack.missing_nest()),
        (None, None, None)
    );
    assert_eq!(ack.to_string(), "EINVAL");
}

#[test]
fn the_flag_without_attributes() {
    let request = message(16, 5, 9, 77, b"");
    let bytes = error(CAPPED | TLVS, -2, &request, b"");
    assert_eq!(ack(&bytes).attributes().count(), 0);
    assert_eq!(ack(&bytes).errno(), Some(Errno::ENOENT));
    let done = message(DONE, 2 | TLVS, 9, 77, &(-2i32).to_ne_bytes());
    assert_eq!(ack(&done).errno(), Some(Errno::ENOENT));
    assert_eq!(ack(&done).text(), None);
}

#[test]
fn success_may_warn_or_carry_a_cookie() {
    let request = message(16, 5, 9, 77, b"");
    let warning = error(CAPPED | TLVS, 0, &request, &attr(1, b"bytes leftover\0"));
    let ack_of_warning = ack(&warning);
    assert_eq!((ack_of_warning.code(), ack_of_warning.errno()), (0, None));
    assert_eq!(ack_of_warning.text(), Some("bytes leftover".into()));
    assert_eq!(ack_of_warning.to_string(), "success: bytes leftover");
    assert_eq!(
        format!("{ack_of_warning:?}"),
        "AckRef(success: bytes leftover)"
    );
    let cookie = error(CAPPED | TLVS, 0, &request, &attr(3, &[9; 8]));
    assert_eq!(ack(&cookie).cookie(), Some(&[9; 8][..]));
}

#[test]
fn done_has_a_code_or_nothing() {
    let empty = message(DONE, 2, 9, 77, b"");
    assert_eq!(
        (ack(&empty).code(), ack(&empty).to_string().as_str()),
        (0, "success")
    );
    let positive = message(DONE, 2, 9, 77, &5i32.to_ne_bytes());
    assert_eq!((ack(&positive).code(), ack(&positive).errno()), (5, None));
    assert_eq!(ack(&positive).to_string(), "success");
    let negative = message(DONE, 2, 9, 77, &(-95i32).to_ne_bytes());
    assert_eq!(ack(&negative).errno(), Some(Errno::EOPNOTSUPP));
}

#[test]
fn a_payload_without_a_code_is_refused() {
    for (kind, lengths) in [(ERROR, 0..4), (DONE, 1..4)] {
        for length in lengths {
            let bytes = message(kind, 2, 9, 77, &[0; 4][..length]);
            let error = AckRef::new(MessageRef::new(&bytes).unwrap()).unwrap_err();
            assert_eq!(
                error.to_string(),
                format!("payload at byte 16: expected at least 4 bytes, found {length}")
            );
        }
    }
}

#[test]
fn codes_beyond_4095_are_kept() {
    let request = message(16, 5, 9, 77, b"");
    for (code, errno, text) in [
        (-9999, 9999, "errno 9999"),
        (i32::MIN, i32::MAX, "errno 2147483647"),
        (-41, 41, "errno 41"),
    ] {
        let bytes = error(CAPPED, code, &request, b"");
        assert_eq!(
            (ack(&bytes).code(), ack(&bytes).errno()),
            (code, Some(Errno(errno)))
        );
        assert_eq!(ack(&bytes).to_string(), text);
    }
    let bytes = error(CAPPED, 7, &request, b"");
    assert_eq!(ack(&bytes).errno(), None);
    assert_eq!(ack(&bytes).to_string(), "success, result 7");
}

#[test]
fn a_text_can_be_any_bytes() {
    let request = message(16, 5, 9, 77, &[0; 4]);
    let bytes = error(TLVS, -22, &request, &attr(1, b"no \xff\x1b\0"));
    assert_eq!(ack(&bytes).text(), Some(b"no \xff\x1b".into()));
    assert_eq!(ack(&bytes).to_string(), r"EINVAL: no \xff\x1b");
}

#[test]
fn nothing_broken_hides_the_errno() {
    let request = message(16, 5, 9, 77, &[0; 4]);
    let broken = [
        lying_attr(0, 1, b"text"),
        lying_attr(3, 1, b"text"),
        lying_attr(65_535, 1, b"text"),
        vec![1],
        [attr(2, &[1]), attr(5, &[0; 8]), attr(6, b"")].concat(),
        attr(4, &lying_attr(1, 1, b"")),
    ];
    for attributes in broken {
        let bytes = error(TLVS, -22, &request, &attributes);
        let ack = ack(&bytes);
        assert_eq!(ack.errno(), Some(Errno::EINVAL));
        assert_eq!((ack.text(), ack.offset()), (None, None));
        assert_eq!((ack.missing_type(), ack.missing_nest()), (None, None));
        assert!(
            ack.policy()
                .is_none_or(|policy| policy == Policy::default())
        );
        assert_eq!(ack.to_string(), "EINVAL");
    }
    let bytes = error(
        TLVS,
        -22,
        &request,
        &[attr(1, b"kept\0"), lying_attr(3, 2, &[0; 4])].concat(),
    );
    assert_eq!(
        ack(&bytes).text(),
        Some("kept".into()),
        "what stands before the fault is read"
    );
}

#[test]
fn a_lying_or_cut_echo_yields_no_attributes() {
    for length in HOSTILE {
        let request = message(16, 5, 9, 77, &[0; 4]);
        let mut bytes = error(TLVS, -22, &request, &all_six());
        bytes[20..24].copy_from_slice(&length.to_ne_bytes());
        assert_eq!(ack(&bytes).errno(), Some(Errno::EINVAL));
        assert!(ack(&bytes).attributes().count() < 10);
    }
    // Echoes of less than a header: what is there is no row of attributes.
    let text = attr(1, b"echo");
    for length in 0..16 {
        let payload = [
            &(-22i32).to_ne_bytes()[..],
            &[&text[..], &text].concat()[..length],
        ]
        .concat();
        let bytes = message(ERROR, TLVS, 9, 77, &payload);
        assert_eq!((ack(&bytes).request(), ack(&bytes).text()), (None, None));
        assert_eq!(ack(&bytes).attributes().count(), 0);
        assert_eq!(ack(&bytes).errno(), Some(Errno::EINVAL));
    }
}

#[test]
fn errno_names() {
    assert_eq!(Errno::EPERM.to_string(), "EPERM");
    assert_eq!(format!("{:?}", Errno(0)), "errno 0");
    assert_eq!(Errno(-1).to_string(), "errno -1");
    assert_eq!(Errno(41).name(), None);
}

fn policy(attributes: &[Vec<u8>]) -> Policy {
    Policy::new(Attrs::new(&attributes.concat()))
}

#[test]
fn policies_print_what_they_accept() {
    let kind = |kind: u32| attr(1, &kind.to_ne_bytes());
    let wide = |number, value: u64| attr(number, &value.to_ne_bytes());
    let narrow = |number, value: u32| attr(number, &value.to_ne_bytes());
    let signed = |number, value: i64| attr(number, &value.to_ne_bytes());
    let cases = [
        (vec![], "value"),
        (vec![kind(4), wide(4, 1), wide(5, 3)], "u32 from 1 to 3"),
        (
            vec![kind(7), signed(2, -3), signed(3, 3)],
            "s16 from -3 to 3",
        ),
        (
            vec![kind(12), narrow(7, 15)],
            "string with NUL of at most 15 bytes",
        ),
        (vec![kind(10), narrow(6, 4)], "bytes of at least 4 bytes"),
        (
            vec![kind(10), narrow(6, 4), narrow(7, 8)],
            "bytes of 4 to 8 bytes",
        ),
        (
            vec![kind(10), narrow(6, 6), narrow(7, 6)],
            "bytes of 6 bytes",
        ),
        (vec![kind(15), narrow(10, 0xff)], "bitfield32 within 0xff"),
        (
            vec![kind(5), wide(12, u64::MAX)],
            "u64 within 0xffffffffffffffff",
        ),
        (vec![kind(13), narrow(8, 2), narrow(9, 40)], "nest"),
        (vec![kind(99)], "type 99"),
        (vec![attr(1, b""), attr(11, b""), attr(77, b"?")], "value"),
    ];
    for (attributes, expected) in cases {
        assert_eq!(policy(&attributes).to_string(), expected);
    }
    let nested = policy(&[narrow(8, 2), narrow(9, 40)]);
    assert_eq!((nested.nested, nested.nested_max), (Some(2), Some(40)));
    let names: Vec<_> = (0..19).map_while(|kind| PolicyType(kind).name()).collect();
    assert_eq!(names.len(), 18);
    assert_eq!(names[0], "nothing");
}
