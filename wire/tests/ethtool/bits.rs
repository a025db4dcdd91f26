//! Bitsets: lists of bits by name or by number, and words.

use super::*;

#[test]
fn features_are_bits_by_name() {
    // `features_fill_reply`.
    let bits = [(14, "rx-gro", true), (15, "rx-lro", false)];
    let wanted = listed(ETHTOOL_A_FEATURES_WANTED, 64, &bits);
    let header = link(ETHTOOL_A_FEATURES_HEADER);
    let bytes = told(ETHTOOL_MSG_FEATURES_GET_REPLY, &[header, wanted]);
    let row = row::<Features>(&bytes);
    assert_eq!(row.link_name().unwrap(), Some(Text::from("eth0")));
    assert_eq!(row.link_index().unwrap(), Some(LinkIndex::from(2)));
    let wanted = fields!(row.attributes => Features { wanted }).unwrap();
    let wanted = wanted.wanted.unwrap();
    let found: Vec<_> = wanted.bits().unwrap().map(Result::unwrap).collect();
    let bit = |(index, name, is_set)| BitState {
        index: Some(index),
        name: Some(name),
        is_set,
    };
    assert_eq!(found, bits.map(bit));
    assert!(wanted.has("rx-gro").unwrap());
    assert!(!wanted.has("rx-lro").unwrap() && !wanted.has("nothing").unwrap());
    assert!(tree(&bytes).contains("ETHTOOL_A_BITSET_BIT_NAME: \"rx-gro\""));
}

#[test]
fn a_list_without_a_mask_has_what_is_set() {
    // `ethnl_put_bitset32` without a mask: no values.
    let bit = [
        word(ETHTOOL_A_BITSET_BIT_INDEX, 3),
        text(ETHTOOL_A_BITSET_BIT_NAME, "magic"),
    ];
    let bits = [
        attr(ETHTOOL_A_BITSET_NOMASK, &[]),
        word(ETHTOOL_A_BITSET_SIZE, 8),
        nest(
            ETHTOOL_A_BITSET_BITS,
            &[nest(ETHTOOL_A_BITSET_BITS_BIT, &bit)],
        ),
    ];
    let bytes = told(ETHTOOL_MSG_WOL_NTF, &[nest(ETHTOOL_A_WOL_MODES, &bits)]);
    let modes = fields!(row::<WakeOnLan>(&bytes).attributes => WakeOnLan { modes }).unwrap();
    assert!(modes.modes.unwrap().has("magic").unwrap());
}

#[test]
fn words_are_bits_by_number() {
    // `ethnl_put_bitset32` with `ETHTOOL_FLAG_COMPACT_BITSETS`.
    let words = |kind, words: [u32; 2]| attr(kind, &words.map(u32::to_ne_bytes).concat());
    let [value, mask] = [ETHTOOL_A_BITSET_VALUE, ETHTOOL_A_BITSET_MASK];
    let read = |parts: &[Vec<u8>]| {
        let bytes = told(
            ETHTOOL_MSG_DEBUG_NTF,
            &[nest(ETHTOOL_A_DEBUG_MSGMASK, parts)],
        );
        let classes = fields!(row::<Debug>(&bytes).attributes => Debug { classes }).unwrap();
        let bits = classes.classes.unwrap().bits().unwrap();
        let bits = bits.map(Result::unwrap);
        bits.map(|bit| (bit.index.unwrap(), bit.is_set))
            .collect::<Vec<_>>()
    };
    let size = word(ETHTOOL_A_BITSET_SIZE, 34);
    let masked = [
        size.clone(),
        words(value, [1 << 31, 1]),
        words(mask, [1 << 31 | 1, 1 << 1 | 1]),
    ];
    assert_eq!(
        read(&masked),
        [(0, false), (31, true), (32, true), (33, false)]
    );
    let no_mask = [
        attr(ETHTOOL_A_BITSET_NOMASK, &[]),
        size,
        words(value, [1 << 31, 1]),
    ];
    assert_eq!(read(&no_mask), [(31, true), (32, true)]);
    // A size beyond the words reads no further than they go.
    let long = [word(ETHTOOL_A_BITSET_SIZE, u32::MAX), words(value, [1, 0])];
    assert_eq!(read(&long), [(0, true)]);
}

#[test]
fn bits_are_written_by_name_by_number_and_in_words() {
    let write = |bits: &dyn nlwire::codec::Encode<Set = Bitset>| {
        let mut buffer = [0; 128];
        let block = Writer::attributes(&mut buffer, |w| bits.encode(w)).unwrap();
        block.remaining().to_vec()
    };
    let bit = |name: &str, value: &[Vec<u8>]| {
        let parts = [&[text(ETHTOOL_A_BITSET_BIT_NAME, name)], value].concat();
        nest(ETHTOOL_A_BITSET_BITS_BIT, &parts)
    };
    let set = [attr(ETHTOOL_A_BITSET_BIT_VALUE, &[])];
    assert_eq!(
        write(&NamedBits::change(&[("a", true), ("b", false)])),
        nest(ETHTOOL_A_BITSET_BITS, &[bit("a", &set), bit("b", &[])])
    );
    // `ethnl_update_bitset32_verbose` takes every listed bit as set.
    assert_eq!(
        write(&NamedBits::replace(&[("a", true), ("b", false)])),
        [
            attr(ETHTOOL_A_BITSET_NOMASK, &[]),
            nest(ETHTOOL_A_BITSET_BITS, &[bit("a", &set)])
        ]
        .concat()
    );
    let numbered = [&[word(ETHTOOL_A_BITSET_BIT_INDEX, 9)], &set[..]].concat();
    let numbered = nest(ETHTOOL_A_BITSET_BITS_BIT, &numbered);
    assert_eq!(
        write(&NumberedBits::change(&[(9, true)])),
        nest(ETHTOOL_A_BITSET_BITS, std::slice::from_ref(&numbered))
    );
    assert_eq!(
        write(&NumberedBits::replace(&[(9, true), (8, false)])),
        [
            attr(ETHTOOL_A_BITSET_NOMASK, &[]),
            nest(ETHTOOL_A_BITSET_BITS, &[numbered])
        ]
        .concat()
    );
    let words = BitWords {
        size: 15,
        value: &[6],
        mask: Some(&[7]),
    };
    assert_eq!(
        write(&words),
        [
            word(ETHTOOL_A_BITSET_SIZE, 15),
            word(ETHTOOL_A_BITSET_VALUE, 6),
            word(ETHTOOL_A_BITSET_MASK, 7)
        ]
        .concat()
    );
    let all = BitWords {
        mask: None,
        ..words
    };
    assert_eq!(
        write(&all)[..12],
        [
            attr(ETHTOOL_A_BITSET_NOMASK, &[]),
            word(ETHTOOL_A_BITSET_SIZE, 15)
        ]
        .concat()
    );
}
