//! Choices of every kind, typed and in trees.
#![cfg(feature = "tc")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod common;

use common::attr;
use nlwire::codec::{Extensible, Nest, Str, StructAnd};
use nlwire::route::FifoOptions;
use nlwire::{Attrs, NLA_F_NESTED, Writer, attributes, fields};

attributes! {
    pub set Leaf, enum LeafAttr { 1 LEAF_NUMBER Number number: u32 }
}

attributes! {
    /// Selector in network order, and a default.
    pub choice Object, enum ObjectSets by O_TYPE: u32_be {
        2 Quota: Leaf,
        _ Other2: Options,
    }
}

attributes! {
    /// A struct, a struct with attributes behind it, and a set.
    pub choice Data, enum DataSets by O_KIND {
        "pfifo" Fifo: Extensible<FifoOptions>,
        "netem" Netem: StructAnd<FifoOptions, Leaf>,
        "htb" Htb: Leaf,
    }
}

attributes! {
    /// Choice by an attribute a level above.
    pub choice Inner, enum InnerSets by above O_KIND {
        "pfifo" Fifo: Extensible<FifoOptions>,
    }
}

attributes! {
    pub choice Family, enum FamilySets by family {
        7 Bridge: Leaf,
        _ Any: Options,
    }
}

attributes! {
    pub set Stats, enum StatsAttr { 4 S_APP App app: Inner }
}

attributes! {
    pub set Options, enum OptionsAttr {
        1 O_KIND Kind kind: Str,
        2 O_DATA Data data: Data,
        3 O_TYPE Type object_type: nlwire::codec::Be<u32>,
        4 O_OBJECT Object object: Object,
        5 O_STATS Stats stats: Nest<Stats>,
        6 O_FAMILY Family family: Family,
    }
}

fn print(block: &[u8]) -> String {
    format!("{:?}", Attrs::new(block).typed::<Options>())
}

#[test]
fn selectors_in_network_order_choose_in_trees_too() {
    let leaf = attr(1, &7_u32.to_ne_bytes());
    let quota = [attr(3, &2_u32.to_be_bytes()), attr(4, &leaf)].concat();
    assert_eq!(print(&quota), "{O_TYPE: 2, O_OBJECT: {LEAF_NUMBER: 7}}");
    let object = fields!(Attrs::new(&quota) => Options { object })
        .unwrap()
        .object;
    assert!(matches!(object.unwrap(), ObjectSets::Quota(_)));

    let other = [attr(3, &9_u32.to_be_bytes()), attr(4, &attr(1, b"x\0"))].concat();
    assert_eq!(print(&other), "{O_TYPE: 9, O_OBJECT: {O_KIND: \"x\"}}");
    let object = fields!(Attrs::new(&other) => Options { object })
        .unwrap()
        .object;
    assert!(matches!(object.unwrap(), ObjectSets::Other2(_)));
}

#[test]
fn structs_and_what_is_behind_them() {
    let limit = 40_u32.to_ne_bytes();
    let fifo = [attr(1, b"pfifo\0"), attr(2, &limit)].concat();
    assert_eq!(print(&fifo), "{O_KIND: \"pfifo\", O_DATA: limit 40}");
    let data = fields!(Attrs::new(&fifo) => Options { data })
        .unwrap()
        .data
        .unwrap();
    let DataSets::Fifo(options) = data else {
        panic!("another");
    };
    assert_eq!(options.get().limit.get(), 40);

    let behind = [&limit[..], &attr(1, &7_u32.to_ne_bytes())].concat();
    let netem = [attr(1, b"netem\0"), attr(2, &behind)].concat();
    assert_eq!(
        print(&netem),
        "{O_KIND: \"netem\", O_DATA: limit 40 {LEAF_NUMBER: 7}}"
    );
    let data = fields!(Attrs::new(&netem) => Options { data })
        .unwrap()
        .data
        .unwrap();
    let DataSets::Netem(options) = data else {
        panic!("another");
    };
    assert_eq!(options.header().limit.get(), 40);
    assert_eq!(
        fields!(options.set() => Leaf { number }).unwrap().number,
        Some(7)
    );

    // Written again as it was read.
    let mut buffer = [0; 64];
    let again = Writer::attributes(&mut buffer, |w| {
        w.put(OptionsAttr::Kind("netem"))?
            .put(OptionsAttr::Data(DataSets::Netem(options).into()))
    });
    assert_eq!(again.unwrap().remaining(), netem);
}

#[test]
fn a_level_up_and_by_family() {
    let limit = 40_u32.to_ne_bytes();
    let stats = [
        attr(1, b"pfifo\0"),
        attr(5 | NLA_F_NESTED, &attr(4, &limit)),
    ]
    .concat();
    assert_eq!(
        print(&stats),
        "{O_KIND: \"pfifo\", O_STATS: {S_APP: limit 40}}"
    );
    assert_eq!(Inner::named(b"pfifo"), Inner::Fifo);
    assert_eq!(Inner::named(b"htb"), Inner::Other);

    let block = attr(6, &attr(1, b"x\0"));
    let any = Attrs::new(&block).with_family(2).typed::<Options>();
    assert_eq!(format!("{any:?}"), "{O_FAMILY: {O_KIND: \"x\"}}");
}
