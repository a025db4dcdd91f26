//! Elements of beacons, with the values that `iw scan` prints for them.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use super::super::suites::{AkmSuite, CipherSuite};
use super::*;
use crate::Text;

extern crate std;
use std::format;
use std::vec::Vec;

fn only(bytes: &[u8]) -> Element<'_> {
    let mut elements = Elements::new(bytes);
    let element = elements.next().unwrap();
    assert_eq!(elements.next(), None);
    assert!(elements.remaining().is_empty());
    element
}

#[test]
fn rates_have_units_and_selectors() {
    let bytes = [1, 4, 0x82, 0x84, 0x0c, 0xff, 50, 2, 0x6c, 0xfb];
    let rates: Vec<_> = Elements::new(&bytes).rates().collect();
    let kbit: Vec<_> = rates.iter().map(|rate| rate.kbit()).collect();
    let expected = [Some(1000), Some(2000), Some(6000), None, Some(54000), None];
    assert_eq!(kbit, expected);
    let basic: Vec<_> = rates.iter().map(|rate| rate.is_basic()).collect();
    assert_eq!(basic, [true, true, false, true, false, true]);
    assert_eq!(rates[3].selector(), Some(127));
    assert_eq!(rates[5].selector(), Some(123));
}

#[test]
fn wpa3_in_transition_is_read() {
    let bytes = [
        48, 24, 1, 0, 0, 0x0f, 0xac, 4, 1, 0, 0, 0x0f, 0xac, 4, 2, 0, 0, 0x0f, 0xac, 2, 0, 0x0f,
        0xac, 8, 0x80, 0,
    ];
    let Element::Rsn(rsn) = only(&bytes) else {
        panic!("another element");
    };
    assert_eq!((rsn.version, rsn.group()), (1, CipherSuite::CCMP));
    assert!(rsn.pairwise().eq([CipherSuite::CCMP]));
    assert!(rsn.akms().eq([AkmSuite::PSK, AkmSuite::SAE]));
    assert!(rsn.capabilities().has_management_protection());
    assert!(!rsn.capabilities().requires_management_protection());
    assert_eq!(rsn.group_management(), None);
    let text = format!("{rsn:?}");
    assert!(text.contains("akms: [PSK, SAE]"), "{text}");
}

#[test]
fn fields_that_are_left_out_have_defaults() {
    let Element::Rsn(rsn) = only(&[48, 2, 1, 0]) else {
        panic!("another element");
    };
    assert_eq!(rsn.group(), CipherSuite::CCMP);
    assert!(rsn.pairwise().eq([CipherSuite::CCMP]));
    assert!(rsn.akms().eq([AkmSuite::IEEE_8021X]));
    let wpa = [221, 6, 0, 0x50, 0xf2, 1, 1, 0];
    let Element::Wpa(wpa) = only(&wpa) else {
        panic!("another element");
    };
    assert!(wpa.pairwise().eq([CipherSuite::WPA_TKIP]));
    // An empty list of suites differs from a missing list.
    let none = [48, 12, 1, 0, 0, 0x0f, 0xac, 4, 0, 0, 0, 0, 0, 0];
    let Element::Rsn(rsn) = only(&none) else {
        panic!("another element");
    };
    assert_eq!(rsn.pairwise().count(), 0);
}

#[test]
fn lists_beyond_the_element_are_malformed() {
    let bytes = [48, 8, 1, 0, 0, 0x0f, 0xac, 4, 9, 0];
    let expected = Element::Other {
        id: 48,
        extended: None,
        bytes: &bytes[2..],
    };
    assert_eq!(only(&bytes), expected);
    // Bytes behind the last element stay reachable.
    let bytes = [0, 1, b'x', 3, 9, 1];
    let mut elements = Elements::new(&bytes);
    assert_eq!(elements.next(), Some(Element::Ssid(Text::from("x"))));
    assert_eq!(elements.next(), None);
    assert_eq!(elements.next(), None);
    assert_eq!(elements.remaining(), [3, 9, 1]);
}

#[test]
fn countries_have_ranges_of_channels() {
    let bytes = [7, 10, b'D', b'E', b' ', 1, 13, 20, 36, 4, 23, 0];
    let Element::Country(country) = only(&bytes) else {
        panic!("another element");
    };
    assert_eq!(country.code, "DE");
    let ranges: Vec<_> = country.ranges().collect();
    let channels = |first, count, max_power| CountryRange::Channels {
        first,
        count,
        max_power,
    };
    assert_eq!(ranges, [channels(1, 13, 20), channels(36, 4, 23)]);
}

#[test]
fn the_map_says_who_has_frames() {
    let bytes = [5, 5, 0, 3, 0x03, 0x10, 0x01];
    let Element::TrafficMap(map) = only(&bytes) else {
        panic!("another element");
    };
    assert_eq!((map.count, map.period), (0, 3));
    // The map begins with byte 2: association IDs 16 to 31.
    let queued: Vec<_> = (0..64).filter(|id| map.is_queued(*id)).collect();
    assert_eq!(queued, [0, 20, 24]);
}

#[test]
fn ht_has_streams_and_widths() {
    let mut bytes = [0; 28];
    bytes[..9].copy_from_slice(&[45, 26, 0xef, 0x09, 0x17, 0xff, 0xff, 0, 0]);
    let Element::HtCapabilities(ht) = only(&bytes) else {
        panic!("another element");
    };
    assert_eq!(ht.info(), 0x09ef);
    assert!(ht.has_ldpc() && ht.has_40_mhz() && ht.has_short_guard_20());
    assert_eq!((ht.max_amsdu(), ht.max_ampdu()), (7935, 65535));
    assert_eq!((ht.rx_streams(), ht.rx_mcs().count()), (2, 16));

    let mut bytes = [0; 24];
    bytes[..4].copy_from_slice(&[61, 22, 36, 0x05]);
    let Element::HtOperation(operation) = only(&bytes) else {
        panic!("another element");
    };
    assert_eq!(operation.primary_channel(), 36);
    assert_eq!(operation.secondary_channel(), SecondaryChannel::Above);
    assert!(operation.has_any_width());
}

#[test]
fn vht_has_a_map_and_a_width() {
    let bytes = [
        191, 12, 0xb2, 0x79, 0x93, 0x33, 0xfa, 0xff, 0x0c, 0x03, 0xfa, 0xff, 0x0c, 0x03,
    ];
    let Element::VhtCapabilities(vht) = only(&bytes) else {
        panic!("another element");
    };
    assert_eq!(vht.max_mpdu(), 11454);
    assert!(!vht.has_160_mhz() && vht.has_short_guard_80());
    assert!(vht.is_su_beamformee());
    let rx = vht.mcs().rx;
    assert_eq!(rx.streams(), 2);
    assert_eq!(
        [rx.highest(0), rx.highest(2), rx.highest(3)],
        [None, Some(9), None]
    );
    assert_eq!(vht.rx_highest_rate(), 780);

    let widths = [
        ([192, 5, 0, 0, 0, 0, 0], ChannelWidth::Mhz20Or40),
        ([192, 5, 1, 42, 0, 0, 0], ChannelWidth::Mhz80),
        ([192, 5, 1, 42, 50, 0, 0], ChannelWidth::Mhz160),
        ([192, 5, 1, 42, 155, 0, 0], ChannelWidth::Mhz80Plus80),
        ([192, 5, 2, 50, 0, 0, 0], ChannelWidth::Mhz160),
    ];
    for (bytes, width) in widths {
        let Element::VhtOperation(operation) = only(&bytes) else {
            panic!("another element");
        };
        assert_eq!(operation.width(), width);
    }
}

#[test]
fn he_and_eht_are_extended() {
    let mut bytes = [0; 29];
    bytes[..3].copy_from_slice(&[255, 27, 35]);
    bytes[9] = 0x0c;
    bytes[20..28].copy_from_slice(&[0xfa, 0xff, 0xfa, 0xff, 0xfe, 0xff, 0xfe, 0xff]);
    let Element::HeCapabilities(he) = only(&bytes) else {
        panic!("another element");
    };
    assert!(he.has_160_mhz() && he.has_80_mhz() && !he.has_40_mhz_at_2_ghz());
    assert_eq!(he.mcs_80().unwrap().rx.highest(2), Some(11));
    assert_eq!(he.mcs_160().unwrap().tx.streams(), 1);
    assert_eq!(he.mcs_80_plus_80(), None);
    assert_eq!(he.thresholds(), [0]);

    let bytes = [255, 12, 36, 0, 0, 2, 0x05, 0xfc, 0xff, 5, 3, 7, 15, 6];
    let Element::HeOperation(operation) = only(&bytes) else {
        panic!("another element");
    };
    assert_eq!(
        (operation.color(), operation.is_color_disabled()),
        (5, false)
    );
    let six = operation.six_ghz.unwrap();
    assert_eq!(
        (six.primary_channel, six.width()),
        (5, ChannelWidth::Mhz160)
    );

    let bytes = [255, 11, 106, 3, 0x11, 0, 0, 0, 4, 31, 63, 0x03, 0x00];
    let Element::EhtOperation(operation) = only(&bytes) else {
        panic!("another element");
    };
    assert_eq!(operation.width, Some(ChannelWidth::Mhz320));
    assert_eq!((operation.center1, operation.disabled), (63, 3));

    let bytes = [255, 12, 108, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0];
    let Element::EhtCapabilities(eht) = only(&bytes) else {
        panic!("another element");
    };
    assert!(eht.has_320_mhz());
}

#[test]
fn short_elements_are_malformed_and_nothing_panics() {
    let body = [0xff; 40];
    for id in 0..=255 {
        for length in 0..40 {
            let element = Element::new(id, &body[..length]);
            let _ = format!("{element:?}");
        }
    }
}
