//! Headers, flags, and the messages of a datagram.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "tests"
)]

mod common;

use common::{HOSTILE, attr, message, pad, shifted};
use nlwire::zerocopy::native_endian::U32;
use nlwire::zerocopy::{FromBytes, Immutable, IntoBytes, Unaligned};
use nlwire::{
    AckFlags, DecodeErrorKind, DeleteFlags, FixedHeader, Flags, GetFlags, Header, MessageRef,
    MessageType, Messages, NewFlags,
};

#[test]
fn header_prints_its_fields() {
    let header = Header::new(MessageType::ERROR, Flags::ACK)
        .with_length(20)
        .with_sequence(1)
        .with_port(77);
    let expected = "length 20, type 2 (error), flags ack, sequence 1, port 77";
    assert_eq!(header.to_string(), expected);
    assert_eq!(format!("{header:?}"), format!("Header({expected})"));
    assert_eq!(
        header.as_bytes(),
        message(2, 4, 1, 77, &[0; 4])[..16].as_ref()
    );
    assert_eq!(
        Header::default().with_flags(Flags::all()).flags().bits(),
        0xffff
    );
}

#[test]
fn message_types_print_their_names() {
    let texts = [1, 2, 3, 4, 0, 16, 65_535].map(|kind| MessageType(kind).to_string());
    assert_eq!(
        texts,
        [
            "1 (noop)",
            "2 (error)",
            "3 (done)",
            "4 (overrun)",
            "0",
            "16",
            "65535"
        ]
    );
}

#[test]
fn flags_print_and_keep_unknown_bits() {
    assert_eq!(Flags::empty().to_string(), "0");
    let all = Flags::from_bits_retain(0xffff);
    assert_eq!(
        all.to_string(),
        "request|multi|ack|echo|dump_intr|dump_filtered|0xffc0"
    );
    assert_eq!((Flags::REQUEST | GetFlags::DUMP).bits(), 0x301);
    assert_eq!(
        GetFlags::from(Flags::REQUEST | GetFlags::DUMP).to_string(),
        "dump"
    );
    assert_eq!(GetFlags::from_bits_retain(0x100).to_string(), "root");
    assert_eq!(
        GetFlags::from_bits_retain(0x8600).to_string(),
        "match|atomic|0x8000"
    );
    let new = NewFlags::REPLACE | NewFlags::EXCL | NewFlags::CREATE | NewFlags::APPEND;
    assert_eq!(new.to_string(), "replace|excl|create|append");
    assert_eq!(DeleteFlags::all().to_string(), "nonrec|bulk|0xfcff");
    assert_eq!(
        AckFlags::from(Flags::from_bits_retain(0x302)).to_string(),
        "capped|ack_tlvs"
    );
    assert_eq!(Flags::from(AckFlags::CAPPED).bits(), 0x100);
}

#[test]
fn messages_are_walked_by_their_exact_lengths() {
    for length in 0..9 {
        let mut datagram = message(16, 0, 1, 2, &[7; 9][..length]);
        pad(&mut datagram);
        datagram.extend(message(17, 2, 3, 4, &[8; 5]));
        shifted(&datagram, |datagram| {
            let mut messages = Messages::new(datagram);
            let first = messages.next().unwrap().unwrap();
            assert_eq!(first.as_bytes().len(), 16 + length);
            assert_eq!(first.payload(), &[7; 9][..length]);
            let second = messages.next().unwrap().unwrap();
            assert_eq!(second.header().length(), 21, "the last one is not padded");
            assert_eq!(
                (second.kind(), second.flags()),
                (MessageType(17), Flags::MULTI)
            );
            assert_eq!((second.header().sequence(), second.header().port()), (3, 4));
            assert!(messages.next().is_none() && messages.remaining().is_empty());
        });
    }
}

#[test]
fn padding_of_the_last_message_may_be_cut() {
    for extra in 0..4 {
        let datagram = [message(16, 0, 0, 0, &[1]), vec![0xaa; extra]].concat();
        let walked: Result<Vec<_>, _> = Messages::new(&datagram).collect();
        assert_eq!(walked.unwrap().len(), 1);
    }
}

#[test]
fn a_message_past_the_end_is_refused() {
    let whole = [message(16, 0, 0, 0, &[0; 4]), message(17, 0, 0, 0, &[0; 8])].concat();
    for cut in 1..=3 {
        let mut messages = Messages::new(&whole[..whole.len() - cut]);
        assert!(messages.next().unwrap().is_ok());
        assert_eq!(
            messages.next().unwrap().unwrap_err().to_string(),
            format!(
                "message at byte 20: length field says 24, {} bytes are left",
                24 - cut
            )
        );
        assert!(messages.next().is_none() && messages.remaining().is_empty());
    }
}

#[test]
fn trailing_bytes_are_not_a_message() {
    for extra in 1..16 {
        let datagram = [message(16, 0, 0, 0, b""), vec![0; extra]].concat();
        let mut messages = Messages::new(&datagram);
        assert!(messages.next().unwrap().is_ok());
        assert!(messages.next().is_none());
        assert_eq!(messages.remaining(), vec![0; extra]);
    }
    assert!(Messages::new(b"").next().is_none());
}

#[test]
fn hostile_lengths_end_the_walk() {
    for length in HOSTILE {
        let mut second = message(17, 0, 0, 0, b"");
        second[..4].copy_from_slice(&length.to_ne_bytes());
        let datagram = [message(16, 0, 0, 0, b""), second].concat();
        let mut messages = Messages::new(&datagram);
        assert!(messages.next().unwrap().is_ok());
        let error = messages.next().unwrap().unwrap_err();
        let expected = if length < 16 {
            DecodeErrorKind::LengthBelowHeader { length, header: 16 }
        } else {
            DecodeErrorKind::Overrun {
                length,
                available: 16,
            }
        };
        assert_eq!((error.kind(), error.offset()), (expected, 16));
        assert!(messages.next().is_none());
    }
    assert_eq!(
        MessageRef::new(&[0; 16]).unwrap_err().to_string(),
        "message at byte 0: length field says 0, its header takes 16"
    );
}

#[derive(Debug, PartialEq, FromBytes, IntoBytes, Immutable, Unaligned)]
#[repr(C)]
struct Wide {
    family: u8,
    odd: u8,
    number: U32,
}

impl nlwire::schema::Described for Wide {}

impl FixedHeader for Wide {
    fn family(&self) -> u8 {
        self.family
    }
}

#[derive(FromBytes, IntoBytes, Immutable, Unaligned)]
#[repr(C)]
struct Narrow(u8);
impl nlwire::schema::Described for Narrow {}

impl FixedHeader for Narrow {}

#[test]
fn split_rounds_the_fixed_header_up() {
    let fixed = [&[10, 1][..], &9u32.to_ne_bytes(), &[0xff; 2]].concat();
    let bytes = message(20, 0, 0, 0, &[fixed, attr(3, &[5])].concat());
    shifted(&bytes, |bytes| {
        let message = MessageRef::new(bytes).unwrap();
        let (wide, attributes) = message.split::<Wide>().unwrap();
        assert_eq!((wide.odd, wide.number.get()), (1, 9));
        assert_eq!(attributes.family(), 10);
        let attribute = attributes.require(3).unwrap();
        assert_eq!((attribute.offset(), attribute.family()), (24, 10));
        assert_eq!(message.attributes(6).require(3).unwrap().offset(), 24);
    });
    let narrow = message(20, 0, 0, 0, &[&[2, 0, 0, 0][..], &attr(1, b"")].concat());
    let (header, attributes) = MessageRef::new(&narrow).unwrap().split::<Narrow>().unwrap();
    assert_eq!(header.0, 2);
    assert_eq!(
        (attributes.family(), attributes.require(1).unwrap().offset()),
        (0, 20)
    );
    let bare = message(20, 0, 0, 0, &attr(1, b""));
    let ((), attributes) = MessageRef::new(&bare).unwrap().split().unwrap();
    assert_eq!(attributes.count(), 1);
}

#[test]
fn shorter_headers_are_refused_or_extended() {
    let fixed = [10, 1, 0xff, 0xff, 0xff, 0xff];
    for length in 0..6 {
        let bytes = message(20, 0, 0, 0, &fixed[..length]);
        let message = MessageRef::new(&bytes).unwrap();
        assert_eq!(
            message.split::<Wide>().unwrap_err().to_string(),
            format!("payload at byte 16: expected at least 6 bytes, found {length}")
        );
        let (header, attributes) = message.split_zero_extended::<Wide>();
        let mut expected = [0; 6];
        expected[..length].copy_from_slice(&fixed[..length]);
        assert_eq!(header.as_bytes(), expected);
        assert_eq!(attributes.family(), expected[0]);
        assert_eq!(
            attributes.require(1).unwrap_err().to_string(),
            "attribute 1 at byte 24: missing"
        );
    }
    let message = message(20, 0, 0, 0, b"");
    let message = MessageRef::new(&message).unwrap();
    assert_eq!(message.attributes(usize::MAX).count(), 0);
    assert_eq!(
        format!("{message:?}"),
        "MessageRef(length 16, type 20, flags 0, sequence 0, port 0)"
    );
}
