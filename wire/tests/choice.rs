//! Nests whose set is chosen by a sibling, or by the message's family.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod common;

use common::attr;
use nlwire::codec::{Chosen, Str};
use nlwire::{AttrRef, Attrs, NLA_F_NESTED, NLA_F_NET_BYTEORDER, Writer, attributes, fields};

attributes! {
    /// Set of the choice.
    pub set Vlan, enum VlanAttr {
        1 VLAN_ID Id id: u16,
    }
}

attributes! {
    /// Another.
    pub set Vrf, enum VrfAttr {
        1 VRF_TABLE Table table: u32,
    }
}

attributes! {
    /// Choice by a string.
    pub choice NamedChoice, enum Named by KIND {
        "vlan" Vlan: Vlan,
        "vrf" Vrf: Vrf,
    }
}

attributes! {
    /// Choice by a number.
    pub choice NumberedChoice, enum Numbered by NUMBER: u16 {
        1 Vlan: Vlan,
        2 Vrf: Vrf,
    }
}

attributes! {
    /// Choice by the family.
    pub choice OfFamilyChoice, enum OfFamily by family {
        2 Vlan: Vlan,
        10 Vrf: Vrf,
    }
}

attributes! {
    /// Set that holds the choices.
    pub set Info, enum InfoAttr {
        1 KIND Kind kind: Str,
        2 NUMBER Number number: u16,
        3 NAMED Named named: NamedChoice,
        4 NUMBERED Numbered numbered: NumberedChoice,
        5 OF_FAMILY OfFamily of_family: OfFamilyChoice,
    }
}

const VRF: [u8; 8] = {
    let ([k0, k1], [l0, l1]) = (1_u16.to_ne_bytes(), 8_u16.to_ne_bytes());
    let [v0, v1, v2, v3] = 5_u32.to_ne_bytes();
    [l0, l1, k0, k1, v0, v1, v2, v3]
};

#[test]
fn an_attribute_has_24_bytes_of_value() {
    if size_of::<usize>() == 8 {
        assert_eq!(size_of::<Chosen<'_, NamedChoice>>(), 24);
        assert_eq!(size_of::<InfoAttr<'_>>(), 32);
    }
}

#[test]
fn a_string_chooses_before_or_behind() {
    let (kind, data) = (attr(KIND, b"vrf\0"), attr(NAMED, &VRF));
    for block in [[&kind[..], &data].concat(), [&data[..], &kind].concat()] {
        let named = fields!(Attrs::new(&block) => Info { named }).unwrap();
        let named = named.named.unwrap();
        assert_eq!(named.choice(), NamedChoice::Vrf);
        let Named::Vrf(vrf) = named else {
            panic!("{named:?}");
        };
        assert_eq!(fields!(vrf => Vrf { table }).unwrap().table, Some(5));
        assert_eq!(named.attributes().remaining(), VRF);
        assert_eq!(format!("{named:?}"), "Vrf({VRF_TABLE: 5})");
    }
}

#[test]
fn a_number_chooses() {
    let block = [attr(NUMBER, &1_u16.to_ne_bytes()), attr(NUMBERED, b"")].concat();
    let found = fields!(Attrs::new(&block) => Info { numbered }).unwrap();
    assert!(matches!(
        found.numbered.unwrap(),
        Numbered::Vlan(vlan) if vlan.iter().count() == 0
    ));
}

#[test]
fn the_family_chooses() {
    let block = attr(OF_FAMILY, &VRF);
    for (family, choice) in [
        (2, OfFamilyChoice::Vlan),
        (10, OfFamilyChoice::Vrf),
        (7, OfFamilyChoice::Other),
    ] {
        let attributes = Attrs::new(&block).with_family(family);
        let found = fields!(attributes => Info { of_family }).unwrap();
        let found = found.of_family.unwrap();
        assert_eq!(found.choice(), choice);
        assert_eq!(found.attributes().family(), family, "nests inherit it");
    }
}

#[test]
fn a_nest_without_a_selector_keeps_its_bytes() {
    let siblings = [
        attr(KIND, b"bridge"),
        attr(KIND, b"vlan-"),
        attr(KIND, &[0xff]),
        attr(NUMBER, &1_u16.to_ne_bytes()),
        vec![],
    ];
    for sibling in siblings {
        let block = [sibling, attr(NAMED, b"abc")].concat();
        let named = fields!(Attrs::new(&block) => Info { named }).unwrap();
        let named = named.named.unwrap();
        let Named::Other(attributes) = named else {
            panic!("{named:?}");
        };
        assert_eq!(attributes.remaining(), b"abc");
        assert_eq!(
            (named.choice(), named.attributes().remaining()),
            (NamedChoice::Other, &b"abc"[..])
        );
    }
}

/// The search for a selector ends after a fixed number of attributes, since
/// each of many choices in a hostile message searches again.
#[test]
fn the_selector_is_among_the_first_thousand() {
    let block = |before: usize| {
        let mut block = attr(NAMED, &VRF).repeat(before);
        block.extend(attr(KIND, b"vrf"));
        block
    };
    let last_choice = |block: &[u8]| {
        let named = fields!(Attrs::new(block) => Info { named }).unwrap();
        named.named.unwrap().choice()
    };
    assert_eq!(last_choice(&block(1023)), NamedChoice::Vrf);
    assert_eq!(last_choice(&block(1024)), NamedChoice::Other);
    let row = block(1024);
    assert!(Attrs::new(&row).find(KIND).unwrap().is_some());
    assert_eq!(Attrs::new(&row).find_sibling(KIND), Ok(None));
    let broken = [attr(NAMED, &VRF), vec![0; 4]].concat();
    assert!(Attrs::new(&broken).find_sibling(KIND).is_err());
    assert!(Attrs::new(&broken).find_sibling(NAMED).is_ok());
}

#[test]
fn a_choice_is_written_as_it_was_read() {
    let flags = [
        0,
        NLA_F_NESTED,
        NLA_F_NET_BYTEORDER,
        NLA_F_NESTED | NLA_F_NET_BYTEORDER,
    ];
    for flags in flags {
        for kind in ["vrf", "vlan", "unknown"] {
            let block = [
                attr(NAMED | flags, &VRF),
                attr(KIND, &[kind.as_bytes(), b"\0"].concat()),
                attr(NUMBERED | flags, &VRF),
                attr(OF_FAMILY | flags, b"odd"),
            ]
            .concat();
            let mut buffer = [0xee; 64];
            let written = Writer::attributes(&mut buffer, |mut w| {
                for item in Attrs::new(&block).typed::<Info>() {
                    w = w.put(item.unwrap().1.unwrap())?;
                }
                Ok(w)
            });
            assert_eq!(written.unwrap().remaining(), block);
        }
    }
}

#[test]
fn a_nest_of_a_choice_knows_its_offset() {
    let block = [attr(KIND, b"vrf"), attr(NAMED, &VRF)].concat();
    let named = fields!(Attrs::new(&block) => Info { named }).unwrap();
    let inside: Vec<_> = named.named.unwrap().attributes().collect();
    assert_eq!(inside.len(), 1);
    assert_eq!(inside[0].as_ref().map(AttrRef::offset), Ok(12));
}

#[test]
fn a_set_becomes_a_choice() {
    let set = Attrs::new(&VRF).typed::<Vrf>();
    let mut buffer = [0; 32];
    let written = Writer::attributes(&mut buffer, |w| {
        w.put(InfoAttr::Named(Named::Vrf(set).into()))
    });
    let expected = attr(NAMED | NLA_F_NESTED, &VRF);
    assert_eq!(written.unwrap().remaining(), expected);
}
