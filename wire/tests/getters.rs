//! Every getter of an attribute's value.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "tests"
)]

mod common;

use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use common::{attr, shifted};
use nlwire::zerocopy::native_endian::U32;
use nlwire::zerocopy::{FromBytes, Immutable, IntoBytes, Unaligned};
use nlwire::{AttrRef, Attrs, ByteOrder, DecodeError};

fn only(block: &[u8]) -> AttrRef<'_> {
    let mut attributes = Attrs::new(block);
    let attribute = attributes.next().unwrap().unwrap();
    assert_eq!(attributes.next(), None);
    attribute
}

fn text<T: core::fmt::Debug>(result: Result<T, DecodeError>) -> String {
    result.unwrap_err().to_string()
}

macro_rules! integer_tests {
    ($($name:ident $be:ident $le:ident $value:literal)*) => {$(
        #[test]
        fn $name() {
            let value: $name = $value;
            shifted(&attr(9, &value.to_ne_bytes()), |block| {
                assert_eq!(only(block).$name(), Ok(value));
            });
            let big = attr(9, &value.to_be_bytes());
            let little = attr(9, &value.to_le_bytes());
            assert_eq!(only(&big).$be(), Ok(value));
            assert_eq!(only(&little).$le(), Ok(value));
            let in_order = |block, order| Attrs::new(block).with_order(order).next().unwrap().unwrap().$name();
            assert_eq!(in_order(&big, ByteOrder::Big), Ok(value));
            assert_eq!(in_order(&little, ByteOrder::Little), Ok(value));

            let size = size_of::<$name>();
            for length in (0..20).filter(|&length| length != size) {
                let block = attr(9, &[1; 20][..length]);
                let attribute = only(&block);
                let expected = format!("attribute 9 at byte 0: expected {size} bytes, found {length}");
                assert_eq!(text(attribute.$name()), expected);
                assert_eq!(text(attribute.$be()), expected);
                assert_eq!(text(attribute.$le()), expected);
                assert_eq!(attribute.bytes().len(), length);
            }
        }
    )*};
}

integer_tests! {
    u8 u8_be u8_le 0xfe
    u16 u16_be u16_le 0xfedc
    u32 u32_be u32_le 0xfedc_ba98
    u64 u64_be u64_le 0xfedc_ba98_7654_3210
    i8 i8_be i8_le -2
    i16 i16_be i16_le -300
    i32 i32_be i32_le -70_000
    i64 i64_be i64_le -5_000_000_000
}

#[test]
fn uint_and_sint_take_4_or_8_bytes() {
    assert_eq!(only(&attr(1, &7u32.to_ne_bytes())).uint(), Ok(7));
    assert_eq!(only(&attr(1, &u64::MAX.to_ne_bytes())).uint(), Ok(u64::MAX));
    assert_eq!(only(&attr(1, &(-7i32).to_ne_bytes())).sint(), Ok(-7));
    assert_eq!(only(&attr(1, &i64::MIN.to_ne_bytes())).sint(), Ok(i64::MIN));
    for length in [0, 1, 2, 3, 5, 7, 9, 16] {
        let block = attr(1, &[0; 16][..length]);
        let expected = format!("attribute 1 at byte 0: expected 4 or 8 bytes, found {length}");
        assert_eq!(text(only(&block).uint()), expected);
        assert_eq!(text(only(&block).sint()), expected);
    }
}

#[test]
fn flag_has_no_payload() {
    assert_eq!(only(&attr(1, b"")).flag(), Ok(true));
    assert_eq!(
        text(only(&attr(1, &[0])).flag()),
        "attribute 1 at byte 0: expected 0 bytes, found 1"
    );
}

#[test]
fn strings_end_at_nul_or_at_the_end() {
    let cases: [(&[u8], &str); 6] = [
        (b"lo\0", "lo"),
        (b"lo", "lo"),
        (b"lo\0\0\0", "lo"),
        (b"lo\0rest", "lo"),
        (b"\0", ""),
        (b"", ""),
    ];
    for (value, expected) in cases {
        let block = attr(3, value);
        assert_eq!(only(&block).str(), Ok(expected));
        assert_eq!(only(&block).text(), expected.as_bytes());
    }
    let latin = attr(3, b"caf\xe9\0");
    assert_eq!(
        text(only(&latin).str()),
        "attribute 3 at byte 0: not UTF-8 after 3 bytes"
    );
    assert_eq!(only(&latin).text(), b"caf\xe9");
    assert_eq!(only(&attr(3, b"ok\0\xff")).str(), Ok("ok"));
}

#[test]
fn text_ends_at_its_first_nul_whatever_follows() {
    let fills = [1, b'a', 0x80, 0x81, 0xff];
    let followers: [&[u8]; 4] = [b"", b"\0\0\0", &[1; 9], &[0; 12]];
    for (length, fill) in (0..20).flat_map(|length| fills.map(|fill| (length, fill))) {
        // A NUL, a byte of 1 and another NUL, or none where no place is left.
        for place in 0..=length {
            let mut value = vec![fill; length];
            if let Some(tail) = value.get_mut(place..) {
                tail.iter_mut()
                    .zip([0, 1, 0])
                    .for_each(|(to, from)| *to = from);
            }
            for follower in followers {
                let block = [&attr(3, &value), follower].concat();
                let attribute = Attrs::new(&block).next().unwrap().unwrap();
                assert_eq!(attribute.text(), &value[..place], "of {value:x?}");
            }
            let bare = common::unpadded(3, &value);
            assert_eq!(only(&bare).text(), &value[..place], "of {value:x?} alone");
        }
    }
}

#[test]
fn attributes_are_equal_whatever_follows() {
    fn second(block: &[u8]) -> AttrRef<'_> {
        Attrs::new(block).nth(1).unwrap().unwrap()
    }
    let block = [attr(1, b"a"), attr(2, b"b")].concat();
    let longer = [block.clone(), attr(3, b"c")].concat();
    assert_eq!(second(&block), second(&longer));
    for other in [
        [attr(1, b"a"), attr(2, b"x")].concat(),
        [attr(1, b"a"), attr(3, b"b")].concat(),
        [attr(1, b"a"), attr(2, b"bb")].concat(),
        [attr(1, b"longer"), attr(2, b"b")].concat(),
    ] {
        assert_ne!(second(&block), second(&other));
    }
    let swapped = second(&block).with_order(ByteOrder::Little);
    assert_ne!(second(&block), swapped);
}

#[test]
fn cstr_needs_its_nul() {
    assert_eq!(only(&attr(3, b"lo\0x")).cstr(), Ok(c"lo"));
    assert_eq!(only(&attr(3, b"\xff\0")).cstr(), Ok(c"\xff"));
    for value in [&b"lo"[..], b""] {
        assert_eq!(
            text(only(&attr(3, value)).cstr()),
            "attribute 3 at byte 0: string without its NUL"
        );
    }
}

#[test]
fn arrays_and_addresses() {
    let six = attr(1, &[2, 0, 0, 0, 0, 1]);
    assert_eq!(only(&six).array(), Ok(&[2, 0, 0, 0, 0, 1]));
    assert_eq!(only(&six).mac(), Ok(&[2, 0, 0, 0, 0, 1]));
    assert_eq!(
        text(only(&six).array::<5>()),
        "attribute 1 at byte 0: expected 5 bytes, found 6"
    );
    assert_eq!(
        text(only(&attr(1, &[0; 8])).mac()),
        "attribute 1 at byte 0: expected 6 bytes, found 8"
    );
    assert_eq!(
        only(&attr(1, &[192, 0, 2, 1])).ip(),
        Ok(IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1)))
    );
    let local = Ipv6Addr::LOCALHOST;
    assert_eq!(only(&attr(1, &local.octets())).ip(), Ok(IpAddr::V6(local)));
    assert_eq!(
        text(only(&six).ip()),
        "attribute 1 at byte 0: expected 4 or 16 bytes, found 6"
    );
}

#[test]
fn bitfield32_is_value_and_selector() {
    let block = attr(1, &[5u32.to_ne_bytes(), 7u32.to_ne_bytes()].concat());
    let field = only(&block).bitfield32().unwrap();
    assert_eq!((field.value(), field.selector()), (5, 7));
    assert_eq!(field.to_string(), "0x5/0x7");
    assert_eq!(format!("{field:?}"), "Bitfield32(0x5/0x7)");
    assert_eq!(
        text(only(&attr(1, &[0; 4])).bitfield32()),
        "attribute 1 at byte 0: expected 8 bytes, found 4"
    );
}

#[derive(Debug, PartialEq, FromBytes, IntoBytes, Immutable, Unaligned)]
#[repr(C)]
struct Pair {
    first: U32,
    second: U32,
}

#[test]
fn views_may_be_longer_and_copies_shorter() {
    let bytes = [1u32, 2, 3].map(u32::to_ne_bytes).concat();
    let pair = Pair {
        first: U32::new(1),
        second: U32::new(2),
    };
    for length in 0..=bytes.len() {
        shifted(&attr(1, &bytes[..length]), |block| {
            let attribute = only(block);
            let copy: Pair = attribute.zero_extended();
            if length < 8 {
                assert_eq!(
                    text(attribute.view::<Pair>()),
                    format!("attribute 1 at byte 0: expected at least 8 bytes, found {length}")
                );
                let mut expected = [0; 8];
                expected[..length].copy_from_slice(&bytes[..length]);
                assert_eq!(copy.as_bytes(), expected);
            } else {
                assert_eq!(attribute.view(), Ok(&pair));
                assert_eq!(copy, pair);
            }
        });
    }
}

#[test]
fn slices_are_whole_elements() {
    let bytes = [1u32, 2].map(u32::to_ne_bytes).concat();
    let expected: &[U32] = &[U32::new(1), U32::new(2)];
    shifted(&attr(1, &bytes), |block| {
        assert_eq!(only(block).slice(), Ok(expected));
    });
    assert_eq!(only(&attr(1, b"")).slice::<U32>(), Ok(&[][..]));
    assert_eq!(
        text(only(&attr(1, &bytes[..7])).slice::<U32>()),
        "attribute 1 at byte 0: expected a multiple of 4 bytes, found 7"
    );
}
