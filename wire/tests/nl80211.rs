//! Wireless LAN: messages as the kernel's functions fill them, in
//! tests/vectors/nl80211, and requests as bytes. The functions are those of
//! `net/wireless/nl80211.c`: `nl80211_send_station`, `nl80211_send_bss`,
//! `nl80211_send_survey`, `nl80211_put_regdom` and `nl80211_send_wiphy`.
//!
//! With `NLWIRE_BLESS` set, the trees are written instead of compared.
#![cfg(feature = "nl80211")]
#![cfg(target_endian = "little")]
#![allow(
    clippy::unwrap_used,
    clippy::arithmetic_side_effects,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

use std::path::PathBuf;
use std::{env, fs};

use nlwire::codec::{Hidden, IndexedValues};
use nlwire::generic::nl80211::*;
use nlwire::generic::{GenericHeader, NETLINK_GENERIC};
use nlwire::pretty::{Family, Pretty};
use nlwire::request::Object;
use nlwire::{
    Attrs, Batch, Errno, Flags, LinkIndex, MessageRef, MessageType, Messages, NLA_F_NESTED,
    Query as _, Request, Writer, fields,
};

/// Number of the family in the vectors.
const NL80211: MessageType = MessageType(28);
const AP: [u8; 6] = [2, 0, 0, 0, 1, 0];

/// Returns the bytes of a vector, whose tree is that of the file beside it.
fn vector(name: &str) -> Vec<u8> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/vectors/nl80211");
    let path = PathBuf::from(folder).join(name);
    let text = fs::read_to_string(path.with_extension("hex")).unwrap();
    let (protocol, digits) = text.split_once('\n').unwrap();
    assert_eq!(protocol, "protocol 16");
    let digits: Vec<char> = digits.chars().filter(|c| !c.is_whitespace()).collect();
    let bytes: Vec<u8> = digits
        .chunks(2)
        .map(|pair| u8::from_str_radix(&pair.iter().collect::<String>(), 16).unwrap())
        .collect();
    let families = [Family {
        number: Some(NL80211),
        protocol: &PROTOCOL,
    }];
    let pretty = Pretty::new(&bytes, Some(NETLINK_GENERIC));
    let tree = pretty.with_families(&families).to_string();
    let path = path.with_extension("txt");
    if env::var_os("NLWIRE_BLESS").is_some() {
        fs::write(&path, &tree).unwrap();
    }
    assert_eq!(tree, fs::read_to_string(&path).unwrap(), "{name}");
    bytes
}

fn attributes(bytes: &[u8]) -> Attrs<'_> {
    let message = MessageRef::new(bytes).unwrap();
    message.split::<GenericHeader>().unwrap().1
}

/// Writes the attributes through their types. Nests get the mark that the
/// kernel leaves out in most of the family.
fn rewritten(attributes: Attrs<'_>) -> Vec<u8> {
    let mut buffer = vec![0; 4096];
    let written = Writer::attributes(&mut buffer, |w| {
        for item in attributes.typed::<Nl80211>() {
            w.put(item.unwrap().1.unwrap())?;
        }
        Ok(w)
    });
    let mut bytes = written.unwrap().remaining().to_vec();
    let mark = NLA_F_NESTED.to_le_bytes()[1];
    let mut at = 0;
    while at < bytes.len() {
        let length = usize::from(u16::from_le_bytes([bytes[at], bytes[at + 1]]));
        bytes[at + 3] &= !mark;
        at += length.next_multiple_of(4);
    }
    bytes
}

#[test]
fn vectors_are_read_and_written() {
    for name in [
        "station",
        "scan",
        "survey",
        "regulatory",
        "wiphy-1",
        "wiphy-2",
        "wiphy-3",
        "wiphy-4",
        "wiphy-5",
    ] {
        let bytes = vector(name);
        let attributes = attributes(&bytes);
        assert_eq!(rewritten(attributes), attributes.remaining(), "{name}");
    }
}

#[test]
fn a_station_has_signals_and_rates() {
    let bytes = vector("station");
    let row = GetStations::row(MessageRef::new(&bytes).unwrap());
    let found = fields!(row.attributes => Nl80211 { link, mac, station }).unwrap();
    assert_eq!(found.link, Some(LinkIndex::new(3)));
    assert_eq!(found.mac, Some(&AP[..]));
    let station = fields!(found.station.unwrap() => Station {
        signal, chain_signals, rx_bytes, tx_bitrate, flags, tid_stats,
    });
    let station = station.unwrap();
    assert_eq!(station.signal, Some(-51));
    let chains: Result<Vec<_>, _> = station.chain_signals.unwrap().iter().collect();
    assert_eq!(chains.unwrap(), [(0, -52), (1, -55)]);
    assert_eq!(station.rx_bytes, Some(5_000_000_000));
    let rate =
        fields!(station.tx_bitrate.unwrap() => Rate { bit_rate, vht_mcs, vht_nss, width_80 });
    let rate = rate.unwrap();
    assert_eq!(
        (rate.bit_rate, rate.vht_mcs, rate.vht_nss),
        (Some(8667), Some(9), Some(2))
    );
    assert_eq!(rate.width_80, Some(true));
    let flags = StationFlags::from_bits_retain(station.flags.unwrap().set.get());
    assert!(flags.contains(StationFlags::AUTHORIZED | StationFlags::ASSOCIATED));
    let (tid, stats) = station.tid_stats.unwrap().iter().next().unwrap().unwrap();
    let stats = fields!(stats => TidStats { rx_msdu, txq_stats }).unwrap();
    assert_eq!((tid, stats.rx_msdu), (1, Some(4000)));
    let queue = fields!(stats.txq_stats.unwrap() => TxqStats { flows }).unwrap();
    assert_eq!(queue.flows, Some(9));
}

#[test]
fn a_scan_result_has_elements_and_a_survey_has_times() {
    let bytes = vector("scan");
    let row = GetScan::row(MessageRef::new(&bytes).unwrap());
    let bss = fields!(row.attributes => Nl80211 { bss })
        .unwrap()
        .bss
        .unwrap();
    let bss = fields!(bss => Bss { bssid, frequency, signal, elements, status }).unwrap();
    assert_eq!(bss.bssid, Some(&AP[..]));
    assert_eq!((bss.frequency, bss.signal), (Some(2437), Some(-4700)));
    assert_eq!(bss.status, Some(BssStatus::ASSOCIATED));
    assert_eq!(bss.elements.unwrap()[..6], *b"\x00\x04home");

    let bytes = vector("survey");
    let survey = fields!(attributes(&bytes) => Nl80211 { survey })
        .unwrap()
        .survey;
    let survey = fields!(survey.unwrap() => Survey { noise, in_use, time, time_busy }).unwrap();
    assert_eq!((survey.noise, survey.in_use), (Some(-92), Some(true)));
    assert_eq!((survey.time, survey.time_busy), (Some(5000), Some(1250)));
}

#[test]
fn a_regulatory_domain_has_rules() {
    let bytes = vector("regulatory");
    let found = fields!(attributes(&bytes) => Nl80211 { country, dfs_region, rules }).unwrap();
    assert_eq!(found.country.unwrap(), "DE");
    assert_eq!(found.dfs_region, Some(DfsRegion::ETSI));
    let rules = found.rules.unwrap().iter().map(|rule| {
        let rule = fields!(rule.unwrap().1 => RegulatoryRule { start, end, flags, cac_time });
        let rule = rule.unwrap();
        let range = rule.start.unwrap()..rule.end.unwrap();
        (
            range,
            rule.flags.unwrap().to_string(),
            rule.cac_time.unwrap(),
        )
    });
    let expected = [
        (2_400_000..2_483_500, String::new(), 0),
        (5_150_000..5_250_000, "NO-INDOOR,AUTO-BW".into(), 0),
        (5_250_000..5_350_000, "NO-INDOOR,DFS,AUTO-BW".into(), 60_000),
    ];
    assert!(rules.eq(expected));
}

#[test]
fn a_wiphy_is_joined_from_its_messages() {
    let parts: Vec<u8> = (1..=5)
        .flat_map(|part| vector(&format!("wiphy-{part}")))
        .collect();
    let messages: Vec<_> = Messages::new(&parts).map(Result::unwrap).collect();
    assert!(
        messages
            .windows(2)
            .all(|pair| GetWiphys::continues(pair[0], pair[1]))
    );
    let mut other = vector("wiphy-1");
    // The number of the wiphy, behind two headers and that of the attribute.
    other[24] = 1;
    let other = MessageRef::new(&other).unwrap();
    assert!(!GetWiphys::continues(messages[4], other));
    assert!(GetWiphys::by_index(0).matches(messages[0]).unwrap());
    assert!(!GetWiphys::by_index(0).matches(other).unwrap());

    let wiphy = GetWiphys::joined(Messages::new(&parts));
    assert_eq!(wiphy.index().unwrap(), Some(0));
    assert_eq!(wiphy.name().unwrap().unwrap(), "phy0");
    let frequencies = wiphy.frequencies().map(|item| {
        let (band, frequency) = item.unwrap();
        let found = fields!(frequency => Frequency { frequency, max_tx_power, no_ir }).unwrap();
        (
            band,
            found.frequency.unwrap(),
            found.max_tx_power,
            found.no_ir.is_some(),
        )
    });
    let expected = [
        (Band::GHZ_2, 2412, Some(2000), false),
        (Band::GHZ_2, 2472, Some(2000), true),
    ];
    assert!(frequencies.eq(expected));
    let rates = wiphy.bit_rates().map(|item| {
        let rate = fields!(item.unwrap().1 => BitRate { rate, short_preamble }).unwrap();
        (rate.rate, rate.short_preamble)
    });
    assert!(rates.eq([(Some(10), None), (Some(20), Some(true))]));
    let types = wiphy.interface_types().unwrap().unwrap();
    let types = fields!(types => InterfaceTypes { ap, mesh_point }).unwrap();
    assert_eq!((types.ap, types.mesh_point), (Some(true), None));
    let commands: Result<Vec<_>, _> = wiphy.commands().unwrap().unwrap().iter().collect();
    assert_eq!(
        commands.unwrap(),
        [(1, Command::GET_INTERFACE), (2, Command::TRIGGER_SCAN)]
    );
    assert_eq!(wiphy.combinations().unwrap().unwrap().iter().count(), 1);
    assert_eq!(wiphy.features().unwrap(), Some(FeatureFlags::SAE));
    let features = wiphy.extended_features().unwrap().unwrap();
    assert_eq!(features.to_string(), "rrm,oce-probe-req-high-tx-rate");
    assert!(features.contains(ExtendedFeature::RRM));
    assert!(!features.contains(ExtendedFeature(u16::MAX)));
}

/// The command and the attributes of a request.
fn bytes(request: &dyn Request) -> (u8, Vec<u8>) {
    let mut room = [0; 1024];
    let mut batch = Batch::new(&mut room[..]);
    batch.push(request).unwrap();
    let message = batch.messages().next().unwrap().unwrap();
    let payload = message.payload();
    assert_eq!(payload[1..4], [NL80211_FAMILY_VERSION, 0, 0]);
    (payload[0], payload[4..].to_vec())
}

#[test]
fn requests_are_those_of_iw() {
    // `iw list` asks for a split dump, `iw phy phy1 info` for that of one wiphy.
    assert_eq!(bytes(&GetWiphys::all()), (1, vec![4, 0, 174, 0]));
    let one = [4, 0, 174, 0, 8, 0, 1, 0, 1, 0, 0, 0];
    assert_eq!(bytes(&GetWiphys::by_index(1)), (1, one.to_vec()));
    assert_eq!(bytes(&GetInterfaces::all()), (5, vec![]));
    let link = [8, 0, 3, 0, 3, 0, 0, 0];
    let scan: (_, Vec<u8>) = bytes(&GetScan::of_link(3));
    assert_eq!(scan, (32, link.to_vec()));

    // iw phy phy0 interface add mon0 type monitor flags fcsfail
    let flags = [MonitorFlagsAttr::FcsFail(true)];
    let monitor = [
        Nl80211Attr::InterfaceType(InterfaceType::MONITOR),
        Nl80211Attr::MonitorFlags((&flags).into()),
    ];
    let (command, new) = bytes(&NewInterface::of_wiphy(0, "mon0").with(&monitor));
    let expected = b"\x08\0\x01\0\0\0\0\0\x09\0\x04\0mon0\0\0\0\0\
        \x08\0\x05\0\x06\0\0\0\x08\0\x17\x80\x04\0\x01\0";
    assert_eq!((command, &new[..]), (7, &expected[..]));

    // iw dev wlan0 station set 02:00:00:00:01:00 mesh_power_mode, by flags here.
    let update = StationFlagUpdate {
        mask: StationFlags::AUTHORIZED.bits().into(),
        set: StationFlags::AUTHORIZED.bits().into(),
    };
    let flags = [Nl80211Attr::StationFlagUpdate(&update)];
    let (command, set) = bytes(&SetStation::of(3, &AP).with(&flags));
    assert_eq!(command, 18);
    assert_eq!(set[..8], link);
    assert_eq!(set[8..20], [10, 0, 6, 0, 2, 0, 0, 0, 1, 0, 0, 0]);
    assert_eq!(set[20..], [12, 0, 67, 0, 2, 0, 0, 0, 2, 0, 0, 0]);

    // iw dev wlan0 scan freq 2412 2437 ssid home
    let (mut frequencies, mut ssids) = ([0; 32], [0; 16]);
    let frequencies = Writer::attributes(&mut frequencies, |w| w.u32(0, 2412)?.u32(1, 2437));
    let ssids = Writer::attributes(&mut ssids, |w| w.bytes(1, b"home"));
    let scan = [
        Nl80211Attr::ScanFrequencies(IndexedValues::of(frequencies.unwrap())),
        Nl80211Attr::ScanSsids(IndexedValues::of(ssids.unwrap())),
    ];
    let (command, trigger) = bytes(&TriggerScan::of_link(3).with(&scan));
    assert_eq!(command, 33);
    let expected = b"\x14\0\x2c\x80\x08\0\0\0\x6c\x09\0\0\x08\0\x01\0\x85\x09\0\0\
        \x0c\0\x2d\x80\x08\0\x01\0home";
    assert_eq!(trigger[8..], *expected);

    let (command, reg) = bytes(&RequestRegulatory::of_country("DE"));
    assert_eq!((command, &reg[..]), (27, &b"\x07\0\x21\0DE\0\0"[..]));
    let power = SetPowerSave::of_link(3, PowerSave::ENABLED);
    assert_eq!(bytes(&power).1[8..], [8, 0, 93, 0, 1, 0, 0, 0]);
}

#[test]
fn keys_stay_out_of_logs() {
    let key = [7; 16];
    let data = [Nl80211Attr::KeyData(Hidden(&key))];
    let new = NewKey::of(3, 1, CipherSuite::CCMP).with(&data);
    let (command, written) = bytes(&new);
    assert_eq!(command, 11);
    assert!(written.ends_with(&key));
    let debug = format!("{new:?} {}", Object(&new, 0));
    assert!(
        !debug.contains("7, 7") && !debug.contains("0707"),
        "{debug}"
    );
    let shown = Attrs::new(&written).typed::<Nl80211>();
    assert!(format!("{shown:?}").contains("secret of 16 bytes"));
    let nested = [KeyAttr::Data(Hidden(&key))];
    let nested = [Nl80211Attr::Key((&nested).into())];
    assert!(!format!("{nested:?}").contains("7, 7"));
}

#[test]
fn refusals_are_forgiven_and_changes_distinguished() {
    let delete = DeleteStation::of(3, &AP);
    assert_eq!(delete.forgives(), []);
    assert_eq!(delete.if_there().forgives(), [Errno::ENOENT]);
    assert_eq!(Object(&GetWiphys::of_link(3), 0).to_string(), "link 3");

    let mut room = [0; 64];
    let header = GenericHeader::new(NL80211_CMD_NEW_SCAN_RESULTS, NL80211_FAMILY_VERSION);
    let message = Writer::message(&mut room, NL80211, Flags::empty(), &header, |w| {
        w.put(Nl80211Attr::Link(LinkIndex::new(3)))
    });
    let Change::ScanResults(row) = Change::of(message.unwrap()) else {
        panic!("another change");
    };
    let link = fields!(row.attributes => Nl80211 { link }).unwrap().link;
    assert_eq!(link, Some(LinkIndex::new(3)));
}

/// Answer of `nl80211_get_mesh_config`: the link index has the type of the holding
/// timeout, and stands before it.
#[test]
fn a_link_index_among_mesh_parameters_is_skipped() {
    let bytes = [
        8, 0, 3, 0, 21, 0, 0, 0, // NL80211_ATTR_IFINDEX
        6, 0, 1, 0, 100, 0, 0, 0, // NL80211_MESHCONF_RETRY_TIMEOUT
        6, 0, 3, 0, 88, 0, 0, 0, // NL80211_MESHCONF_HOLDING_TIMEOUT
    ];
    let found = fields!(Attrs::new(&bytes) => MeshConfig { retry_timeout, holding_timeout });
    let found = found.unwrap();
    assert_eq!(found.retry_timeout, Some(100));
    assert_eq!(found.holding_timeout, Some(88));
    let mut buffer = [0; 8];
    let set = [MeshConfigAttr::HoldingTimeout(88)];
    let block = Writer::attributes(&mut buffer, |w| w.put(&set[..])).unwrap();
    assert_eq!(block.remaining(), &bytes[16..]);
}

#[test]
fn an_absent_mesh_path_may_be_deleted() {
    let delete = DeleteMeshPath::of(3, &AP);
    assert_eq!(delete.if_there().forgives(), [Errno::ENXIO]);
}
