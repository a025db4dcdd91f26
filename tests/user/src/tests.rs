use ::std::prelude::rust_2021::*;
use ::std::{assert, assert_eq, format, panic, vec};

use ::nlwire::codec::AttributeSet as _;
use ::nlwire::{fields, Attrs, MessageType, Writer};

use crate::described::{Depth, Ends, Features, State, Tunnel, TunnelAttr};
use crate::family::{
    two, All, AllAttr, NamedSet, NumberedSet, OfFamilySet, Small, SmallAttr, ALL_HEADED,
    ALL_INDEXED, ALL_NAMED, ALL_NEST, ALL_NUMBERED, ALL_OF_FAMILY, ALL_RECORDS,
};
use crate::structs::Head;

const HEAD: Head = Head::new(10, 7);

/// Every form, put by the enum or, what holds others, by the writer.
fn write(w: &mut Writer<'_>) -> ::core::result::Result<(), ::nlwire::EncodeError> {
    w.put(AllAttr::U8(1))?
        .put(AllAttr::U16(7))?
        .put(AllAttr::U32(3))?
        .put(AllAttr::U64(4))?;
    w.put(AllAttr::I8(-1))?
        .put(AllAttr::I16(-2))?
        .put(AllAttr::I32(-3))?
        .put(AllAttr::I64(-4))?;
    w.put(AllAttr::Big(5))?.put(AllAttr::Little(-6))?;
    w.put(AllAttr::Uint(u64::MAX))?.put(AllAttr::Sint(-1))?;
    w.put(AllAttr::Flag(true))?.put(AllAttr::Str("small"))?;
    w.put(AllAttr::Bytes(b"abc"))?
        .put(AllAttr::Hardware(&[2; 6]))?;
    w.put(AllAttr::Array6(&[3; 6]))?
        .put(AllAttr::Ip([192, 0, 2, 1].into()))?;
    w.put(AllAttr::Bitfield(::nlwire::Bitfield32::new(1, 3)))?;
    w.put(AllAttr::Address(::nlwire::codec::AddressBytes::Ip(
        [0; 16].into(),
    )))?;
    w.put(AllAttr::Struct(&HEAD))?
        .put(AllAttr::Array(&[HEAD, HEAD]))?;
    w.put(AllAttr::Extensible((&HEAD).into()))?;
    w.nest(ALL_NEST, |w| w.put(AllAttr::U8(9)))?;
    w.nest(ALL_INDEXED, |w| {
        w.nest(0, |w| w.put(SmallAttr::Number(1)))?
            .nest(5, |w| w.put(SmallAttr::Number(2)))
    })?;
    w.unmarked_nest(ALL_RECORDS, |w| {
        w.record(HEAD, |w| w.put(SmallAttr::Number(3)))
    })?;
    for kind in [ALL_NAMED, ALL_NUMBERED, ALL_OF_FAMILY] {
        w.nest(kind, |w| w.put(SmallAttr::Number(4)))?;
    }
    w.nest(ALL_HEADED, |w| w.append(&HEAD)?.put(SmallAttr::Number(5)))?;
    Ok(())
}

fn block(buffer: &mut [u8]) -> Attrs<'_> {
    let block = Writer::attributes(buffer, |w| {
        write(w)?;
        Ok(w)
    });
    block.expect("it fits").with_family(10)
}

#[test]
fn every_form_is_written_read_and_written_again() {
    let (mut buffer, mut again) = ([0xff; 1024], [0xff; 1024]);
    let block = block(&mut buffer);
    let mut kinds = vec![];
    let written = Writer::attributes(&mut again, |mut w| {
        for item in block.typed::<All>() {
            let (raw, value) = item.expect("a length that can be");
            let value = value.expect("a value that fits");
            assert!(!matches!(value, AllAttr::Other(_)), "{raw:?}");
            kinds.push(raw.kind());
            w = w.put(value)?;
        }
        Ok(w)
    });
    assert_eq!(written.expect("it fits").remaining(), block.remaining());
    kinds.sort_unstable();
    assert_eq!(kinds, (1..=30).collect::<Vec<u16>>(), "each row once");
}

#[test]
fn fields_are_read() {
    let mut buffer = [0; 1024];
    let block = block(&mut buffer);
    assert_eq!(two(block), Ok(Some((3, true))));
    let all = fields!(block => All { text, named, numbered, of_family, records, headed });
    let all = all.expect("good bytes");
    assert_eq!(all.text, Some("small"));
    let number = |small: ::nlwire::codec::Set<'_, Small>| {
        fields!(small => Small { number })
            .expect("good bytes")
            .number
    };
    let NamedSet::Small(small) = all.named.expect("named") else {
        panic!("by a string");
    };
    assert_eq!(number(small), Some(4));
    let NumberedSet::Small(small) = all.numbered.expect("numbered") else {
        panic!("by a number");
    };
    assert_eq!(number(small), Some(4));
    let OfFamilySet::Small(small) = all.of_family.expect("of the family") else {
        panic!("by the family");
    };
    assert_eq!(number(small), Some(4));
    for record in all.records.expect("records").iter() {
        let (head, small) = record.expect("a record");
        assert_eq!((head.number.get(), number(small)), (7, Some(3)));
    }
    let headed = all.headed.expect("headed");
    assert_eq!(headed.header(), Ok(&HEAD));
    assert_eq!(number(headed.set()), Some(5));
}

#[test]
fn a_fixed_header_of_a_users_crate() {
    let mut buffer = [0; 64];
    let kind = MessageType(16);
    let flags = ::nlwire::Flags::REQUEST;
    let message = Writer::message(&mut buffer, kind, flags, &HEAD, |w| w.put(AllAttr::U32(1)));
    let message = message.expect("it fits");
    let (head, attributes) = message.split::<Head>().expect("long enough");
    assert_eq!((head, attributes.family()), (&HEAD, 10));
    assert_eq!(attributes.count(), 1);
}

#[test]
fn names_are_those_of_the_table() {
    let row = All::schema().row(ALL_NEST).expect("a row");
    assert_eq!((row.kind, row.name), (23, "ALL_NEST"));
}

#[test]
fn numbers_flags_and_structs_of_a_users_crate() {
    assert_eq!(State::UP.name(), Some("up"));
    assert_eq!(format!("{} {:?}", State(7), State(7)), "7 State(7)");
    let features = Features::KEY | Features::from_bits_retain(0x100);
    assert_eq!(features.names().collect::<Vec<_>>(), ["half", "key"]);
    assert_eq!(format!("{features:?}"), "Features(half,key,0x100)");

    let ends = Ends {
        state: 1,
        features: 2.into(),
        ..Ends::default()
    };
    let tunnel = [
        TunnelAttr::State(State::DOWN),
        TunnelAttr::PeerState(State::UP),
        TunnelAttr::Depth(Depth::ANY),
        TunnelAttr::Features(Features::CHECKSUM),
        TunnelAttr::Ends(&ends),
    ];
    let mut buffer = [0; 128];
    let block = Writer::attributes(&mut buffer, |w| w.put(tunnel)).expect("it fits");
    assert_eq!(
        format!("{:?}", block.typed::<Tunnel>()),
        "{TUN_A_STATE: TUN_STATE_DOWN, TUN_A_PEER_STATE: up, TUN_A_DEPTH: any, \
         TUN_A_FEATURES: csum, TUN_A_ENDS: state up, features csum}"
    );
    let read = fields!(block => Tunnel { peer_state, ends }).expect("good bytes");
    assert_eq!((read.peer_state, read.ends), (Some(State::UP), Some(&ends)));
}
