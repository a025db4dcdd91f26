//! Puts by writers, and removal after an error.
#![allow(
    clippy::unwrap_used,
    clippy::as_conversions,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "tests"
)]

mod common;

use common::attr;
use nlwire::zerocopy::native_endian::{U16, U32};
use nlwire::zerocopy::{FromBytes, Immutable, IntoBytes, Unaligned};
use nlwire::{
    Attrs, Bitfield32, ByteOrder, EncodeError, NLA_F_NESTED, NLA_F_NET_BYTEORDER, Put, Record,
    Writer,
};

/// Returns the bytes that `put` writes over a dirty buffer.
fn written<F>(put: F) -> Vec<u8>
where
    F: for<'w, 'b> FnOnce(&'w mut Writer<'b>) -> Put<'w, 'b>,
{
    let mut buffer = vec![0xaa; 1 << 18];
    Writer::attributes(&mut buffer, put)
        .unwrap()
        .remaining()
        .to_vec()
}

/// Returns the error of `put` in a buffer of `capacity` bytes.
fn refused<F>(capacity: usize, put: F) -> EncodeError
where
    F: for<'w, 'b> FnOnce(&'w mut Writer<'b>) -> Put<'w, 'b>,
{
    Writer::attributes(&mut vec![0xaa; capacity], put).unwrap_err()
}

macro_rules! integer_tests {
    ($($name:ident $be:ident $le:ident $value:literal)*) => {$(
        #[test]
        fn $name() {
            let value: $name = $value;
            let native = attr(5, &value.to_ne_bytes());
            let big = attr(5, &value.to_be_bytes());
            let little = attr(5, &value.to_le_bytes());
            assert_eq!(written(|w| w.$name(5, value)), native);
            assert_eq!(written(|w| w.$be(5, value)), big);
            assert_eq!(written(|w| w.$le(5, value)), little);
            assert_eq!(written(|w| w.order(ByteOrder::Big).$name(5, value)), big);
            assert_eq!(written(|w| w.order(ByteOrder::Little).$name(5, value)), little);
            for capacity in 0..native.len() {
                let expected = EncodeError::Overflow { needed: native.len() as u32, capacity: capacity as u32 };
                assert_eq!(refused(capacity, |w| w.$name(5, value)), expected);
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
fn every_other_put() {
    assert_eq!(written(|w| w.uint(1, 7)), attr(1, &7u32.to_ne_bytes()));
    let large = u64::from(u32::MAX) + 1;
    assert_eq!(written(|w| w.uint(1, large)), attr(1, &large.to_ne_bytes()));
    assert_eq!(written(|w| w.sint(1, -7)), attr(1, &(-7i32).to_ne_bytes()));
    assert_eq!(
        written(|w| w.sint(1, i64::MIN)),
        attr(1, &i64::MIN.to_ne_bytes())
    );
    assert_eq!(written(|w| w.flag(1, true)), attr(1, b""));
    assert_eq!(written(|w| w.flag(1, false)), b"");
    assert_eq!(written(|w| w.str(1, "lo")), attr(1, b"lo\0"));
    assert_eq!(written(|w| w.str(1, "")), attr(1, b"\0"));
    assert_eq!(written(|w| w.bytes(1, &[1, 2, 3])), attr(1, &[1, 2, 3]));
    assert_eq!(
        written(|w| w.value(1, &[U16::new(1), U16::new(2), U16::new(3)][..])).len(),
        12
    );
    let bits = [1u32.to_ne_bytes(), 3u32.to_ne_bytes()].concat();
    assert_eq!(
        written(|w| w.bitfield32(1, Bitfield32::new(1, 3))),
        attr(1, &bits)
    );
    assert_eq!(
        written(|w| w.ip(1, [192, 0, 2, 1].into())),
        attr(1, &[192, 0, 2, 1])
    );
    assert_eq!(written(|w| w.ip(1, [7u8; 16].into())), attr(1, &[7; 16]));
    assert_eq!(
        written(|w| w.nest_of(1, &attr(2, b""))),
        attr(1 | NLA_F_NESTED, &attr(2, b""))
    );
    assert_eq!(
        written(|w| w.u16_be(1 | NLA_F_NET_BYTEORDER, 80)),
        attr(0x4001, &[0, 80])
    );
}

#[test]
fn put_with_passes_zeroed_bytes() {
    let bytes = written(|w| {
        w.put_with(1, 5, |value| {
            assert_eq!(value, [0; 5]);
            value[4] = 9;
        })
    });
    assert_eq!(bytes, attr(1, &[0, 0, 0, 0, 9]));
    let mut called = false;
    refused(11, |w| w.put_with(1, 5, |_| called = true));
    assert!(!called, "a value that does not fit is not filled");
}

#[test]
fn raw_keeps_everything() {
    let received = attr(7 | NLA_F_NESTED | NLA_F_NET_BYTEORDER, &[1, 2, 3]);
    let attribute = Attrs::new(&received).require(7).unwrap();
    assert_eq!(written(|w| w.raw(attribute)), received);
}

#[test]
fn a_length_is_16_bits() {
    let longest = vec![7; 65_531];
    assert_eq!(written(|w| w.bytes(3, &longest)), attr(3, &longest));
    let too_long = EncodeError::TooLong {
        attribute: 3,
        length: 65_536,
    };
    let text = "attribute 3: 65536 bytes exceed a 16-bit length";
    assert_eq!(too_long.to_string(), text);
    assert_eq!(refused(1 << 17, |w| w.bytes(3, &[0; 65_532])), too_long);
    assert_eq!(
        refused(1 << 17, |w| w.put_with(3 | NLA_F_NESTED, 65_532, |_| {})),
        too_long
    );
    assert_eq!(
        refused(1 << 17, |w| w.put_with(3, usize::MAX, |_| {})),
        EncodeError::TooLong {
            attribute: 3,
            length: u32::MAX
        }
    );
    let string = "x".repeat(65_531);
    assert_eq!(refused(1 << 17, |w| w.str(3, &string)), too_long);
    assert_eq!(written(|w| w.str(3, &string[1..])).len(), 65_536);

    let inner = |w: &mut Writer<'_>, length| w.bytes(1, &[0; 65_531][..length]).map(drop);
    assert_eq!(
        written(|w| w.nest(3, |w| {
            inner(w, 65_524)?;
            Ok(w)
        }))[..2],
        65_532u16.to_ne_bytes()
    );
    assert_eq!(
        refused(1 << 17, |w| w.nest(3, |w| {
            inner(w, 65_525)?;
            Ok(w)
        })),
        too_long
    );
    assert_eq!(
        refused(1 << 18, |w| w.nest(3, |w| {
            inner(w, 65_531)?;
            inner(w, 65_531)?;
            Ok(w)
        })),
        EncodeError::TooLong {
            attribute: 3,
            length: 131_076
        }
    );
    assert_eq!(
        refused(1 << 17, |w| w.record(Hop::default(), |w| {
            inner(w, 65_524)?;
            Ok(w)
        })),
        EncodeError::TooLong {
            attribute: 0,
            length: 65_536
        }
    );
}

#[test]
fn strings_with_a_nul_inside_are_refused() {
    let error = refused(64, |w| w.str(3 | NLA_F_NET_BYTEORDER, "a\0b"));
    assert_eq!(
        error,
        EncodeError::InnerNul {
            attribute: 3,
            position: 1
        }
    );
    assert_eq!(error.to_string(), "attribute 3: NUL at byte 1 of a string");
}

#[test]
fn a_byte_order_lasts_to_the_end_of_its_set() {
    let one = |big: bool| if big { [0, 1] } else { 1u16.to_ne_bytes() };
    let bytes = written(|w| {
        w.u16(1, 1)?
            .nest(2, |w| {
                w.order(ByteOrder::Big).u16(1, 1)?.nest(3, |w| w.u16(1, 1))
            })?
            .u16(1, 1)?;
        // What fails restores the order too.
        w.nest(4, |w| w.order(ByteOrder::Big).str(1, "\0"))
            .unwrap_err();
        w.u16(1, 1)
    });
    let inner = attr(3 | NLA_F_NESTED, &attr(1, &one(true)));
    let nest = attr(2 | NLA_F_NESTED, &[attr(1, &one(true)), inner].concat());
    let native = attr(1, &one(false));
    assert_eq!(bytes, [&native[..], &nest, &native, &native].concat());
}

#[derive(Clone, Copy, Debug, Default, FromBytes, IntoBytes, Immutable, Unaligned)]
#[repr(C)]
struct Hop {
    length: U16,
    weight: U16,
    link: U32,
}

impl Record for Hop {
    fn length(&self) -> u16 {
        self.length.get()
    }

    fn with_length(self, length: u16) -> Self {
        Self {
            length: U16::new(length),
            ..self
        }
    }
}

#[test]
fn records_know_their_length() {
    let hop = Hop {
        link: U32::new(4),
        ..Hop::default()
    };
    let bytes =
        written(|w| w.unmarked_nest(9, |w| w.record(hop, |w| w.u8(5, 1))?.record(hop, |w| Ok(w))));
    let fixed = |length: u16| [&length.to_ne_bytes()[..], &[0, 0], &4u32.to_ne_bytes()].concat();
    let expected = [fixed(16), attr(5, &[1]), fixed(8)].concat();
    assert_eq!(bytes, attr(9, &expected));
}

#[test]
fn a_failed_put_is_removed_and_the_rest_goes_on() {
    let before = attr(1, &[1, 2, 3]);
    let bytes = written(|w| {
        w.bytes(1, &[1, 2, 3])?;
        w.nest(2, |w| w.u64(1, u64::MAX)?.str(2, "\0")).unwrap_err();
        w.record(Hop::default(), |w| w.u64(1, 0)?.str(2, "\0"))
            .unwrap_err();
        w.nest(2, |w| w.nest(3, |w| w.put_with(1, 65_532, |_| {})))
            .unwrap_err();
        w.str(2, "\0").unwrap_err();
        w.put_with(1, 70_000, |_| {}).unwrap_err();
        w.flag(4, true)
    });
    assert_eq!(bytes, [before, attr(4, b"")].concat());
}

#[test]
fn a_nest_that_does_not_fit_names_what_is_needed() {
    let put = |w: &mut Writer<'_>| {
        w.u32(1, 1)?
            .nest(2, |w| w.u64(3, 3)?.flag(4, true))
            .map(drop)
    };
    for capacity in 0..28 {
        let needed = match capacity {
            0..8 => 8,
            8..12 => 12,
            12..24 => 24,
            _ => 28,
        };
        let error = refused(capacity, |w| {
            put(w)?;
            Ok(w)
        });
        assert_eq!(
            error,
            EncodeError::Overflow {
                needed,
                capacity: capacity as u32
            }
        );
    }
    assert_eq!(
        EncodeError::Overflow {
            needed: 28,
            capacity: 20
        }
        .to_string(),
        "buffer of 20 bytes: at least 28 needed"
    );
}

#[test]
fn nothing_is_left_to_fill_behind_the_last_item() {
    for first in [2, 3, usize::MAX] {
        let mut end = (0, 0);
        let bytes = written(|w| {
            end = w.fill(&[7, 8], (first, 0), |w, item, _| w.u8(1, *item).map(|_| 0))?;
            Ok(w)
        });
        assert_eq!((end, bytes), ((2, 0), Vec::new()));
    }
}
