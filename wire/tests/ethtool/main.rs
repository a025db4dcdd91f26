//! The family `ethtool`: messages as the kernel's functions write them, and
//! requests by their bytes.
#![cfg(feature = "ethtool")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by its panic"
)]

mod bits;
#[path = "../common/mod.rs"]
mod common;

use common::{attr, message};
use nlwire::generic::ethtool::*;
use nlwire::pretty::{Family, Pretty};
use nlwire::request::Object;
use nlwire::{
    Flags, GetFlags, LinkIndex, MessageRef, MessageType, NLA_F_NESTED, Part, Query, Request, Row,
    Stamp, Text, Writer, fields,
};

const FAMILY: u16 = 21;

fn nest(kind: u16, parts: &[Vec<u8>]) -> Vec<u8> {
    attr(kind | NLA_F_NESTED, &parts.concat())
}

fn word(kind: u16, value: u32) -> Vec<u8> {
    attr(kind, &value.to_ne_bytes())
}

fn text(kind: u16, value: &str) -> Vec<u8> {
    attr(kind, format!("{value}\0").as_bytes())
}

/// `ethnl_fill_reply_header`: index and name.
fn link(kind: u16) -> Vec<u8> {
    let (index, name) = (ETHTOOL_A_HEADER_DEV_INDEX, ETHTOOL_A_HEADER_DEV_NAME);
    nest(kind, &[word(index, 2), text(name, "eth0")])
}

/// A message of the kernel: `ethnl_reply_init` and `ethnl_bcastmsg_put` set no
/// flags.
fn told(command: u8, parts: &[Vec<u8>]) -> Vec<u8> {
    let payload = [&[command, ETHTOOL_GENL_VERSION, 0, 0][..], &parts.concat()].concat();
    message(FAMILY, 0, 0, 0, &payload)
}

fn row<S>(bytes: &[u8]) -> LinkRow<'_, S> {
    Row::of(MessageRef::new(bytes).unwrap())
}

fn tree(bytes: &[u8]) -> String {
    let families = [Family {
        number: Some(MessageType(FAMILY)),
        protocol: &PROTOCOL,
    }];
    let pretty = Pretty::new(bytes, Some(16));
    pretty.with_families(&families).to_string()
}

/// A request as a connection sends it.
fn sent(request: &dyn Request) -> Vec<u8> {
    let mut buffer = vec![0xaa; 4096];
    let stamp = Stamp {
        sequence: 0,
        port: 0,
        flags: Flags::REQUEST,
        family: Some(MessageType(FAMILY)),
    };
    let part = Part::write(request, 0, &mut buffer, 0, stamp, false).unwrap();
    assert_eq!((part.messages, part.then), (1, None));
    buffer.truncate(part.end);
    buffer
}

fn asked(flags: Flags, command: u8, parts: &[Vec<u8>]) -> Vec<u8> {
    let payload = [&[command, ETHTOOL_GENL_VERSION, 0, 0][..], &parts.concat()].concat();
    let flags = (flags | Flags::REQUEST).bits();
    message(FAMILY, flags, 0, 0, &payload)
}

fn named(kind: u16, name: &str) -> Vec<u8> {
    nest(kind, &[text(ETHTOOL_A_HEADER_DEV_NAME, name)])
}

/// `ethnl_put_bitset32` with names: the bits of the mask.
fn listed(kind: u16, size: u32, bits: &[(u32, &str, bool)]) -> Vec<u8> {
    let bits: Vec<_> = bits
        .iter()
        .map(|(index, name, is_set)| {
            let mut bit = vec![
                word(ETHTOOL_A_BITSET_BIT_INDEX, *index),
                text(ETHTOOL_A_BITSET_BIT_NAME, name),
            ];
            bit.extend(is_set.then(|| attr(ETHTOOL_A_BITSET_BIT_VALUE, &[])));
            nest(ETHTOOL_A_BITSET_BITS_BIT, &bit)
        })
        .collect();
    let size = word(ETHTOOL_A_BITSET_SIZE, size);
    nest(kind, &[size, nest(ETHTOOL_A_BITSET_BITS, &bits)])
}

#[test]
fn a_command_means_another_message_in_a_reply() {
    // 12 and 14: `ETHTOOL_MSG_USER_*` and `ETHTOOL_MSG_KERNEL_*` count apart.
    let header = || link(1);
    for (command, request, reply) in [
        (3, "ETHTOOL_MSG_LINKINFO_SET", "ETHTOOL_MSG_LINKINFO_NTF"),
        (
            12,
            "ETHTOOL_MSG_FEATURES_SET",
            "ETHTOOL_MSG_FEATURES_SET_REPLY",
        ),
        (
            14,
            "ETHTOOL_MSG_PRIVFLAGS_SET",
            "ETHTOOL_MSG_PRIVFLAGS_GET_REPLY",
        ),
        (16, "ETHTOOL_MSG_RINGS_SET", "ETHTOOL_MSG_RINGS_GET_REPLY"),
        (
            27,
            "ETHTOOL_MSG_CABLE_TEST_TDR_ACT",
            "ETHTOOL_MSG_CABLE_TEST_NTF",
        ),
        (50, "ETHTOOL_MSG_RSS_DELETE_ACT", "ETHTOOL_MSG_RSS_NTF"),
    ] {
        for (bytes, is_request, name) in [
            (asked(Flags::empty(), command, &[header()]), true, request),
            (told(command, &[header()]), false, reply),
        ] {
            let described = PROTOCOL.describe(&MessageRef::new(&bytes).unwrap(), is_request);
            assert_eq!(described.unwrap().name(), name);
        }
    }
    assert_eq!(PROTOCOL.messages.len(), 51 + 54);
    let report = told(ETHTOOL_MSG_CABLE_TEST_NTF, &[attr(2, &[2])]);
    assert!(tree(&report).contains("ETHTOOL_A_CABLE_TEST_NTF_STATUS: completed"));
}

#[test]
fn one_link_is_asked_for_and_all_are_dumped() {
    let one = sent(&GetRings::by_name("eth0"));
    let header = named(ETHTOOL_A_RINGS_HEADER, "eth0");
    assert_eq!(one, asked(Flags::empty(), ETHTOOL_MSG_RINGS_GET, &[header]));
    let all = sent(&GetChannels::all());
    let header = nest(ETHTOOL_A_CHANNELS_HEADER, &[]);
    let dump = Flags::from(GetFlags::DUMP);
    assert_eq!(all, asked(dump, ETHTOOL_MSG_CHANNELS_GET, &[header]));
    let parts = [
        word(ETHTOOL_A_HEADER_DEV_INDEX, 7),
        word(ETHTOOL_A_HEADER_FLAGS, 5),
    ];
    let header = nest(ETHTOOL_A_PAUSE_HEADER, &parts);
    assert_eq!(
        sent(&GetPause::by_index(7).compact().statistics()),
        asked(Flags::empty(), ETHTOOL_MSG_PAUSE_GET, &[header])
    );
    let header = named(ETHTOOL_A_RSS_HEADER, "eth0");
    let context = word(ETHTOOL_A_RSS_CONTEXT, 1);
    assert_eq!(
        sent(&GetRss::by_name("eth0").with(&[RssAttr::Context(1)])),
        asked(
            Flags::empty(),
            ETHTOOL_MSG_RSS_GET,
            &[header.clone(), context]
        )
    );
    // `ethnl_rss_dump_start` takes a link.
    assert_eq!(
        sent(&GetRss::by_name("eth0").every()),
        asked(dump, ETHTOOL_MSG_RSS_GET, &[header])
    );
    let header = named(ETHTOOL_A_PLCA_HEADER, "eth0");
    assert_eq!(
        sent(&GetPlcaStatus::by_name("eth0")),
        asked(Flags::empty(), ETHTOOL_MSG_PLCA_GET_STATUS, &[header])
    );
    let query = GetRings::by_index(7);
    assert_eq!(Object(&query, 0).to_string(), "link 7");
    assert_eq!(Object(&GetRings::all(), 0).to_string(), "links");
    assert!(format!("{query:?}").contains("command: 15"), "{query:?}");
}

#[test]
fn changes_have_the_attributes_of_their_set() {
    let change = SetRings::by_name("eth0", &[RingsAttr::Rx(512), RingsAttr::TxPush(1)]);
    let header = named(ETHTOOL_A_RINGS_HEADER, "eth0");
    let parts = [
        header,
        word(ETHTOOL_A_RINGS_RX, 512),
        attr(ETHTOOL_A_RINGS_TX_PUSH, &[1]),
    ];
    assert_eq!(
        sent(&change),
        asked(Flags::empty(), ETHTOOL_MSG_RINGS_SET, &parts)
    );
    assert_eq!(Object(&change, 0).to_string(), "link \"eth0\"");
    assert!(format!("{change:?}").contains("2 attributes"), "{change:?}");

    // A change with a reply asks for none, unless it is read.
    let off = NamedBits::change(&[("rx-gro", false)]);
    let wanted = [FeaturesAttr::Wanted((&off).into())];
    let change = SetFeatures::by_index(2, &wanted);
    let mut buffer = [0; 64];
    let bits = Writer::attributes(&mut buffer, |w| w.put(off)).unwrap();
    let wanted = nest(ETHTOOL_A_FEATURES_WANTED, &[bits.remaining().to_vec()]);
    let index = word(ETHTOOL_A_HEADER_DEV_INDEX, 2);
    let flags = word(ETHTOOL_A_HEADER_FLAGS, HeaderFlags::OMIT_REPLY.bits());
    let silent = nest(ETHTOOL_A_FEATURES_HEADER, &[index.clone(), flags]);
    let header = nest(ETHTOOL_A_FEATURES_HEADER, &[index]);
    assert_eq!(
        sent(&change),
        asked(
            Flags::empty(),
            ETHTOOL_MSG_FEATURES_SET,
            &[silent, wanted.clone()]
        )
    );
    assert_eq!(
        sent(&change.with_reply()),
        asked(Flags::empty(), ETHTOOL_MSG_FEATURES_SET, &[header, wanted])
    );

    let start = sent(&StartCableTest::by_name("eth0", &[]));
    let header = named(ETHTOOL_A_CABLE_TEST_HEADER, "eth0");
    assert_eq!(
        start,
        asked(Flags::empty(), ETHTOOL_MSG_CABLE_TEST_ACT, &[header])
    );
    let create = CreateRss::by_name("eth0", &[]).with_reply();
    let requests: [(&dyn Request, u8); 7] = [
        (&create, 49),
        (&DeleteRss::by_name("eth0", &[RssAttr::Context(1)]), 50),
        (&SetTimestampConfig::by_name("eth0", &[]), 47),
        (&SetPlca::by_name("eth0", &[]), 40),
        (&FlashModule::by_name("eth0", &[]), 44),
        (&SetPse::by_name("eth0", &[]), 37),
        (&StartTdrTest::by_name("eth0", &[]), 27),
    ];
    for (request, command) in requests {
        assert_eq!(sent(request)[16], command);
    }
}

#[test]
fn strings_are_asked_for_by_set() {
    // `strset_parse_request`: a nest of nests with a number each.
    let set = nest(
        ETHTOOL_A_STRINGSETS_STRINGSET,
        &[word(ETHTOOL_A_STRINGSET_ID, 4)],
    );
    let parts = [
        nest(ETHTOOL_A_STRSET_HEADER, &[]),
        nest(ETHTOOL_A_STRSET_STRINGSETS, &[set]),
        attr(ETHTOOL_A_STRSET_COUNTS_ONLY, &[]),
    ];
    let query = GetStrings::of_kernel()
        .sets(&[StringSetId::FEATURES])
        .counts_only();
    assert_eq!(
        sent(&query),
        asked(Flags::empty(), ETHTOOL_MSG_STRSET_GET, &parts)
    );
    assert_eq!(
        sent(&GetStrings::by_name("eth0")),
        asked(
            Flags::empty(),
            ETHTOOL_MSG_STRSET_GET,
            &[named(ETHTOOL_A_STRSET_HEADER, "eth0")]
        )
    );
    let all = sent(&GetStrings::all());
    let flags = MessageRef::new(&all).unwrap().flags();
    assert_eq!(flags, Flags::REQUEST | GetFlags::DUMP);

    // `strset_fill_set` and `strset_fill_string`.
    let string = |index, value| {
        let parts = [
            word(ETHTOOL_A_STRING_INDEX, index),
            text(ETHTOOL_A_STRING_VALUE, value),
        ];
        nest(ETHTOOL_A_STRINGS_STRING, &parts)
    };
    let strings = [string(0, "one"), string(1, "two")];
    let set = [
        word(ETHTOOL_A_STRINGSET_ID, 1),
        word(ETHTOOL_A_STRINGSET_COUNT, 2),
        nest(ETHTOOL_A_STRINGSET_STRINGS, &strings),
    ];
    let sets = nest(
        ETHTOOL_A_STRSET_STRINGSETS,
        &[nest(ETHTOOL_A_STRINGSETS_STRINGSET, &set)],
    );
    let bytes = told(ETHTOOL_MSG_STRSET_GET_REPLY, &[sets]);
    let row = GetStrings::row(MessageRef::new(&bytes).unwrap());
    assert_eq!(row.link_name().unwrap(), None);
    let sets = fields!(row.attributes => StringSets { sets }).unwrap().sets;
    let sets = fields!(sets.unwrap() => StringSetList { set }).unwrap().set;
    let set = sets.unwrap().next().unwrap().unwrap();
    let set = fields!(set => StringSet { id, count, strings }).unwrap();
    assert_eq!((set.id, set.count), (Some(StringSetId::STATS), Some(2)));
    let strings = fields!(set.strings.unwrap() => Strings { string }).unwrap();
    let values: Vec<_> = strings
        .string
        .unwrap()
        .map(|item| {
            fields!(item.unwrap() => StringItem { value })
                .unwrap()
                .value
        })
        .collect();
    assert_eq!(values, [Some("one".into()), Some("two".into())]);
}

#[test]
fn statistics_are_counters_of_a_group() {
    let counter = |kind, value: u64| {
        let value = attr(kind, &value.to_ne_bytes());
        nest(ETHTOOL_A_STATS_GRP_STAT, &[value])
    };
    let bin = |low, high, value: u64| {
        let parts = [
            word(ETHTOOL_A_STATS_GRP_HIST_BKT_LOW, low),
            word(ETHTOOL_A_STATS_GRP_HIST_BKT_HI, high),
            attr(ETHTOOL_A_STATS_GRP_HIST_VAL, &value.to_ne_bytes()),
        ];
        nest(ETHTOOL_A_STATS_GRP_HIST_RX, &parts)
    };
    // `stats_put_stats`, `stats_put_rmon_stats`, `stat_put` and, where 64 bits
    // are to be aligned, its padding.
    let group = [
        word(ETHTOOL_A_STATS_GRP_ID, 3),
        word(ETHTOOL_A_STATS_GRP_SS_ID, 20),
        bin(0, 64, 5),
        bin(65, 127, 6),
        attr(ETHTOOL_A_STATS_GRP_PAD, &[]),
        counter(ETHTOOL_A_STATS_RMON_UNDERSIZE, 1),
        counter(ETHTOOL_A_STATS_RMON_JABBER, 4),
    ];
    let parts = [
        link(ETHTOOL_A_STATS_HEADER),
        nest(ETHTOOL_A_STATS_GRP, &group),
    ];
    let bytes = told(ETHTOOL_MSG_STATS_GET_REPLY, &parts);
    let row = row::<Stats>(&bytes);
    assert_eq!(row.link_index().unwrap(), Some(LinkIndex::from(2)));
    let mut groups = fields!(row.attributes => Stats { group }).unwrap();
    let group = groups.group.as_mut().unwrap().next().unwrap().unwrap();
    let counters: Vec<_> = group.counters().map(Result::unwrap).collect();
    assert_eq!(
        counters,
        [
            (ETHTOOL_A_STATS_RMON_UNDERSIZE, 1),
            (ETHTOOL_A_STATS_RMON_JABBER, 4)
        ]
    );
    let found = fields!(group => StatsGroup { id, string_set, counter, rx_bin }).unwrap();
    assert_eq!(found.id, Some(StatsGroupId::RMON));
    assert_eq!(found.string_set, Some(StringSetId::STATS_RMON));
    assert!(matches!(
        found.counter.unwrap().next(),
        Some(Ok(Counter::Rmon(counter)))
            if fields!(counter => RmonStats { undersize }).unwrap().undersize == Some(1)
    ));
    let bins: Vec<_> = found
        .rx_bin
        .unwrap()
        .map(|bin| fields!(bin.unwrap() => SizeBin { low, high, value }).unwrap())
        .map(|bin| (bin.low.unwrap(), bin.high.unwrap(), bin.value.unwrap()))
        .collect();
    assert_eq!(bins, [(0, 64, 5), (65, 127, 6)]);
    assert!(tree(&bytes).contains("ETHTOOL_A_STATS_RMON_JABBER: 4"));
    // A counter of another size is an error.
    let short = [nest(ETHTOOL_A_STATS_GRP_STAT, &[attr(0, &[1])])].concat();
    let short = nlwire::Attrs::new(&short).typed::<StatsGroup>();
    assert!(short.counters().next().unwrap().is_err());
}

#[test]
fn a_cable_test_reports_results() {
    // `ethnl_cable_test_result` and `ethnl_cable_test_fault_length`.
    let result = |pair, code| {
        let parts = [
            attr(ETHTOOL_A_CABLE_RESULT_PAIR, &[pair]),
            attr(ETHTOOL_A_CABLE_RESULT_CODE, &[code]),
        ];
        nest(ETHTOOL_A_CABLE_NEST_RESULT, &parts)
    };
    let length = [
        attr(ETHTOOL_A_CABLE_FAULT_LENGTH_PAIR, &[1]),
        word(ETHTOOL_A_CABLE_FAULT_LENGTH_CM, 150),
    ];
    let results = [
        result(0, 1),
        result(1, 2),
        nest(ETHTOOL_A_CABLE_NEST_FAULT_LENGTH, &length),
    ];
    let parts = [
        link(ETHTOOL_A_CABLE_TEST_NTF_HEADER),
        attr(ETHTOOL_A_CABLE_TEST_NTF_STATUS, &[2]),
        nest(ETHTOOL_A_CABLE_TEST_NTF_NEST, &results),
    ];
    let bytes = told(ETHTOOL_MSG_CABLE_TEST_NTF, &parts);
    let Change::CableTest(told_row) = Change::of(MessageRef::new(&bytes).unwrap()) else {
        panic!("another notification");
    };
    let report = fields!(told_row.attributes => CableTestReport { status, results }).unwrap();
    assert_eq!(report.status, Some(CableTestStatus::COMPLETED));
    let results =
        fields!(report.results.unwrap() => CableResults { result, fault_length }).unwrap();
    let codes: Vec<_> = results
        .result
        .unwrap()
        .map(|one| fields!(one.unwrap() => CableResult { pair, code }).unwrap())
        .map(|one| (one.pair.unwrap(), one.code.unwrap()))
        .collect();
    assert_eq!(
        codes,
        [
            (CablePair::A, CableCode::OK),
            (CablePair::B, CableCode::OPEN)
        ]
    );
    let fault = results.fault_length.unwrap().next().unwrap().unwrap();
    let fault = fields!(fault => FaultLength { centimetres }).unwrap();
    assert_eq!(fault.centimetres, Some(150));

    // `ethnl_cable_test_step` and `ethnl_cable_test_amplitude`.
    let step = [word(ETHTOOL_A_CABLE_STEP_FIRST_DISTANCE, 100)];
    let amplitude = [
        attr(ETHTOOL_A_CABLE_AMPLITUDE_PAIR, &[0]),
        attr(ETHTOOL_A_CABLE_AMPLITUDE_mV, &(-20_i16).to_ne_bytes()),
    ];
    let measurements = [
        nest(ETHTOOL_A_CABLE_TDR_NEST_STEP, &step),
        nest(ETHTOOL_A_CABLE_TDR_NEST_AMPLITUDE, &amplitude),
    ];
    let nested = nest(ETHTOOL_A_CABLE_TEST_TDR_NTF_NEST, &measurements);
    let bytes = told(ETHTOOL_MSG_CABLE_TEST_TDR_NTF, &[nested]);
    let report = fields!(row::<TdrReport>(&bytes).attributes => TdrReport { measurements });
    let report = report.unwrap();
    let measured =
        fields!(report.measurements.unwrap() => TdrMeasurements { step, amplitude }).unwrap();
    let step = fields!(measured.step.unwrap() => TdrStep { first }).unwrap();
    assert_eq!(step.first, Some(100));
    let amplitude = measured.amplitude.unwrap().next().unwrap().unwrap();
    let amplitude = fields!(amplitude => TdrAmplitude { millivolts }).unwrap();
    assert_eq!(amplitude.millivolts, Some(-20));
}

#[test]
fn error_correction_counts_by_lane() {
    // `fec_put_stats`: arrays of 64 bits; `fec_stats_recalc` puts the sum first.
    let lanes = [7_u64, 3, 4].map(u64::to_ne_bytes).concat();
    let stats = nest(
        ETHTOOL_A_FEC_STATS,
        &[attr(ETHTOOL_A_FEC_STAT_CORRECTED, &lanes)],
    );
    let bytes = told(ETHTOOL_MSG_FEC_GET_REPLY, &[stats]);
    let stats = fields!(row::<Fec>(&bytes).attributes => Fec { stats }).unwrap();
    let found = fields!(stats.stats.unwrap() => FecStats { corrected }).unwrap();
    let corrected: Vec<u64> = found.corrected.unwrap().iter().map(|n| n.get()).collect();
    assert_eq!(corrected, [7, 3, 4]);
}

#[test]
fn receive_side_scaling_has_a_table_and_a_key() {
    // `rss_fill_reply`.
    let parts = [
        link(ETHTOOL_A_RSS_HEADER),
        attr(
            ETHTOOL_A_RSS_INDIR,
            &[0_u32, 1, 0, 1].map(u32::to_ne_bytes).concat(),
        ),
        word(ETHTOOL_A_RSS_HFUNC, 1),
        attr(ETHTOOL_A_RSS_HKEY, &[0xab; 40]),
        nest(
            ETHTOOL_A_RSS_FLOW_HASH,
            &[word(ETHTOOL_A_FLOW_TCP4, 0x30 | 0xc0)],
        ),
    ];
    let bytes = told(ETHTOOL_MSG_RSS_GET_REPLY, &parts);
    let found = fields!(row::<Rss>(&bytes).attributes => Rss {
        indirection, hash_function, hash_key, flow_hash
    })
    .unwrap();
    assert_eq!(found.hash_function, Some(HashFunctions::TOEPLITZ));
    let table = found.indirection.unwrap().iter();
    assert_eq!(
        table.map(|queue| queue.get()).collect::<Vec<_>>(),
        [0, 1, 0, 1]
    );
    assert_eq!(found.hash_key.map(<[u8]>::len), Some(40));
    let flow = fields!(found.flow_hash.unwrap() => FlowHash { tcp4 }).unwrap();
    assert_eq!(flow.tcp4, Some(0xf0));
    let printed = tree(&bytes);
    assert!(
        printed.contains("ETHTOOL_A_FLOW_TCP4: ip-src,ip-dst,l4-b-0-1,l4-b-2-3"),
        "{printed}"
    );
}

#[test]
fn a_password_is_printed_by_its_length() {
    // `wol_fill_reply`.
    let password = attr(ETHTOOL_A_WOL_SOPASS, &[1, 2, 3, 4, 5, 6]);
    let bytes = told(ETHTOOL_MSG_WOL_GET_REPLY, &[password]);
    let printed = tree(&bytes);
    assert!(printed.contains("secret of 6 bytes"), "{printed}");
}

#[test]
fn each_notification_has_its_variant() {
    macro_rules! variants {
        ($($command:ident $variant:ident),*) => {$(
            let bytes = told($command, &[]);
            let change = Change::of(MessageRef::new(&bytes).unwrap());
            assert!(matches!(change, Change::$variant(_)), "{change:?}");
        )*};
    }
    variants!(
        ETHTOOL_MSG_LINKINFO_NTF LinkInfo,
        ETHTOOL_MSG_LINKMODES_NTF LinkModes,
        ETHTOOL_MSG_DEBUG_NTF Debug,
        ETHTOOL_MSG_WOL_NTF WakeOnLan,
        ETHTOOL_MSG_FEATURES_NTF Features,
        ETHTOOL_MSG_PRIVFLAGS_NTF PrivateFlags,
        ETHTOOL_MSG_RINGS_NTF Rings,
        ETHTOOL_MSG_CHANNELS_NTF Channels,
        ETHTOOL_MSG_COALESCE_NTF Coalesce,
        ETHTOOL_MSG_PAUSE_NTF Pause,
        ETHTOOL_MSG_EEE_NTF Eee,
        ETHTOOL_MSG_FEC_NTF Fec,
        ETHTOOL_MSG_CABLE_TEST_NTF CableTest,
        ETHTOOL_MSG_CABLE_TEST_TDR_NTF TdrTest,
        ETHTOOL_MSG_MODULE_NTF Module,
        ETHTOOL_MSG_MODULE_FW_FLASH_NTF ModuleFlash,
        ETHTOOL_MSG_PSE_NTF Pse,
        ETHTOOL_MSG_PLCA_NTF Plca,
        ETHTOOL_MSG_MM_NTF MacMerge,
        ETHTOOL_MSG_PHY_NTF Phy,
        ETHTOOL_MSG_RSS_NTF Rss,
        ETHTOOL_MSG_RSS_CREATE_NTF NewRss,
        ETHTOOL_MSG_RSS_DELETE_NTF DelRss,
        ETHTOOL_MSG_RINGS_GET_REPLY Other
    );
    let none = message(FAMILY, 0, 0, 0, &[]);
    let change = Change::of(MessageRef::new(&none).unwrap());
    assert!(matches!(change, Change::Other(_)));
}
