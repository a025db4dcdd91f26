//! Requests of tc(8), in tests/vectors/tc: their trees are whole, and our requests say
//! the same.
//!
//! The kernel need not know the kinds: tc 6.1 wrote the messages on a kernel that
//! refuses most of them, and `strace` kept the bytes.
#![cfg(target_endian = "little")]

use std::fs;
use std::path::Path;

use super::*;

use nlwire::pretty::Pretty;

const TEN: Handle = Handle::new(1, 0x10);

/// The commands of tc, each with its message.
fn requests() -> Vec<(String, Vec<u8>)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/vectors/tc/requests.txt");
    let text = fs::read_to_string(path).unwrap();
    let lines: Vec<_> = text.lines().collect();
    let pairs = lines.chunks(2).map(|pair| {
        let digits = |at: usize| u8::from_str_radix(&pair[1][at..at + 2], 16).unwrap();
        let message = (0..pair[1].len()).step_by(2).map(digits).collect();
        (pair[0].to_owned(), message)
    });
    pairs.collect()
}

/// Leaves out the table of a `police`, which the kernel does not look into: tc
/// before 6.14 rounds times down to microseconds.
fn without_table(meaning: &str) -> String {
    match meaning.split_once(", TCA_POLICE_RATE: [") {
        Some((start, rest)) => format!("{start}{}", rest.split_once(']').unwrap().1),
        None => meaning.to_owned(),
    }
}

/// Says what a request asks for: its type, place, kind and settings.
fn meaning(sent: &[u8]) -> String {
    let message = message(sent);
    if message.kind() == RTM_NEWACTION {
        let row: ActionRow<'_> = Row::of(message);
        return format!(
            "{:?} {:?}",
            message.kind(),
            row.attributes.typed::<ActionTable>()
        );
    }
    let row: TrafficRow<'_> = Row::of(message);
    let (kind, chain) = (row.kind().unwrap(), row.chain().unwrap());
    format!(
        "{:?} {:?} {:?} {kind:?} {chain:?} {:?}",
        message.kind(),
        message.flags().bits() & 0x0f00,
        row.header,
        row.options().unwrap()
    )
}

#[test]
fn our_requests_say_what_those_of_tc_say() {
    let milliseconds = Duration::from_millis;
    let (link, one) = (3, Handle::new(1, 0));
    let all = |action| {
        NewFilter::matchall(link, Handle::CLSACT_INGRESS)
            .priority(5)
            .action(action)
    };
    let ip = |action| {
        let filter = NewFilter::matchall(link, Handle::CLSACT_INGRESS).priority(5);
        filter.protocol(0x0800).action(action)
    };
    let flower = || NewFilter::flower(link, Handle::CLSACT_INGRESS).priority(5);
    let ttl = [PeditKey {
        mask: [0, 0xff, 0xff, 0xff],
        value: [64, 0, 0, 0],
        offset: 8.into(),
        ..PeditKey::default()
    }];
    let (near, far) = ([192, 0, 2, 1], [192, 0, 2, 2]);
    let fast = PoliceSettings::new(Rate::mbit(1), 10_240);
    let ours: Vec<(&str, Box<dyn Request>)> = vec![
        (
            "netem delay 100ms limit 1000",
            Box::new(
                NewQdisc::netem(link)
                    .handle(one)
                    .delay(milliseconds(100), Duration::ZERO),
            ),
        ),
        (
            "netem rate 80gbit",
            Box::new(NewQdisc::netem(link).handle(one).rate(Rate::gbit(80))),
        ),
        (
            "cake bandwidth 100mbit",
            Box::new(NewQdisc::cake(link).handle(one).rate(Rate::mbit(100))),
        ),
        ("1: fq", Box::new(NewQdisc::fq(link).handle(one))),
        ("1: prio", Box::new(NewQdisc::prio(link).handle(one))),
        (
            "prio bands 4 priomap 0 1 2 3 3 2 1 0 1 1 1 1 2 2 2 2",
            Box::new(
                NewQdisc::prio(link)
                    .handle(one)
                    .bands(4)
                    .map([0, 1, 2, 3, 3, 2, 1, 0, 1, 1, 1, 1, 2, 2, 2, 2]),
            ),
        ),
        (
            "pfifo_head_drop limit 100",
            Box::new(NewQdisc::pfifo_head_drop(link, 100).handle(one)),
        ),
        ("1: mq", Box::new(NewQdisc::mq(link).handle(one))),
        (
            "qfq weight 10 maxpkt 2048",
            Box::new(NewClass::new(
                link,
                Handle::new(1, 1),
                TrafficKindSettings::of("qfq", &[QfqAttr::Weight(10), QfqAttr::MaxPacket(2048)]),
            )),
        ),
        (
            "flower src_ip 192.0.2.0/24 dst_ip 198.51.100.7 ip_proto tcp dst_port 443 action drop",
            Box::new(
                flower()
                    .source(prefix("192.0.2.0/24"))
                    .destination(prefix("198.51.100.7"))
                    .tcp_destination(443)
                    .action(FilterAction::drop()),
            ),
        ),
        (
            "matchall action police rate 1mbit burst 10k",
            Box::new(all(FilterAction::police(
                fast.exceed(ControlAction::RECLASSIFY),
            ))),
        ),
        (
            "police rate 1mbit burst 10k mtu 1500 conform-exceed drop/pipe",
            Box::new(all(FilterAction::police(
                fast.mtu(1500).conform(ControlAction::PIPE),
            ))),
        ),
        (
            "vlan push id 100 priority 3",
            Box::new(all(FilterAction::vlan(
                VlanTagSettings::push(100).priority(3),
            ))),
        ),
        (
            "vlan push protocol 802.1ad id 7",
            Box::new(all(FilterAction::vlan(
                VlanTagSettings::push(7).protocol(0x88a8),
            ))),
        ),
        (
            "vlan pop",
            Box::new(all(FilterAction::vlan(VlanTagSettings::pop()))),
        ),
        (
            "vlan modify id 9 pipe",
            Box::new(all(FilterAction::vlan(VlanTagSettings::modify(9)))),
        ),
        (
            "skbedit priority 1:10 mark 7/0xff queue_mapping 3",
            Box::new(all(FilterAction::skbedit(
                SkbEditSettings::new().priority(TEN).mark(7, 0xff).queue(3),
            ))),
        ),
        (
            "pedit munge offset 8 u8 set 64 pipe",
            Box::new(ip(FilterAction::pedit(&ttl))),
        ),
        (
            "handle 7/0xff fw classid 1:10",
            Box::new(
                NewFilter::fw(link, one, 7)
                    .mask(0xff)
                    .class(TEN)
                    .priority(5)
                    .protocol(0x0800),
            ),
        ),
        (
            "actions add action gact drop index 7",
            Box::new(NewAction::new(FilterAction::drop().index(7))),
        ),
    ];
    let theirs = requests();
    for (command, request) in &ours {
        let found = theirs.iter().find(|(theirs, _)| theirs.ends_with(command));
        let (_, theirs) = found.unwrap_or_else(|| panic!("{command}"));
        let [ours, theirs] = [&bytes(&**request), theirs].map(|sent| without_table(&meaning(sent)));
        assert_eq!(ours, theirs, "{command}");
    }
    // tc also sends that the tunnel has a checksum, which is the default.
    let settings = TunnelKeySettings::set(near, far).id(42).port(4789);
    let sent = bytes(&all(FilterAction::tunnel_key(settings)));
    let sent = meaning(&sent);
    for part in [
        "TCA_TUNNEL_KEY_ENC_IPV4_SRC: 192.0.2.1",
        "TCA_TUNNEL_KEY_ENC_IPV4_DST: 192.0.2.2",
        "TCA_TUNNEL_KEY_ENC_KEY_ID: 42",
        "TCA_TUNNEL_KEY_ENC_DST_PORT: 4789",
    ] {
        assert!(sent.contains(part), "{sent}");
    }
}

/// Asserts that a request says what tc's command says, which ends with these words.
fn same(command: &str, ours: &dyn Request) {
    let theirs = requests();
    let mut found = theirs
        .iter()
        .filter(|(theirs, _)| theirs.ends_with(command));
    let (_, theirs) = found.next().unwrap_or_else(|| panic!("{command}"));
    assert_eq!(meaning(&bytes(ours)), meaning(theirs), "{command}");
}

#[test]
fn distributions_are_those_that_tc_reads_from_files() {
    // The file: `1 -2 3`, and `-32768 32767` in another line.
    let table = [1, -2, 3, i16::MIN, i16::MAX];
    let (milliseconds, one) = (Duration::from_millis, Handle::new(1, 0));
    let netem = NewQdisc::netem(3).handle(one);
    same(
        "netem delay 10ms 1ms distribution small",
        &netem
            .delay(milliseconds(10), milliseconds(1))
            .distribution(&table),
    );
    let slot = NetemSlot {
        mean_delay: 1_000_000.into(),
        jitter: 100_000.into(),
        ..NetemSlot::default()
    };
    let slot = [NetemAttr::Slot(&slot)];
    same(
        "netem slot distribution small 1ms 100us",
        &netem.settings(&slot).slot_distribution(&table),
    );
}

#[test]
fn rates_of_an_mqprio_are_those_of_tc() {
    let mut options = MqprioOptions {
        classes: 2,
        hardware: 1,
        ..MqprioOptions::default()
    };
    options.map[1] = 1;
    (options.count[0], options.count[1]) = (1.into(), 1.into());
    // tc sends a rate for each of 16 classes.
    let rates = |first, second| {
        let mut rates = [0; 16];
        rates[..2].copy_from_slice(&[first, second].map(|rate| Rate::mbit(rate).bytes()));
        rates
    };
    let (minimum, maximum) = (rates(1, 2), rates(4, 5));
    let settings = [
        MqprioAttr::Mode(MqprioMode::CHANNEL),
        MqprioAttr::Shaper(MqprioShaper::RATE),
        MqprioAttr::MinRates(MqprioRates::of(&minimum)),
        MqprioAttr::MaxRates(MqprioRates::of(&maximum)),
    ];
    let settings = TrafficKindSettings::of_struct("mqprio", &options).and(&settings);
    let ours = NewQdisc::new(3, settings).handle(Handle::new(1, 0));
    same(
        "shaper bw_rlimit min_rate 1mbit 2mbit max_rate 4mbit 5mbit",
        &ours,
    );

    // Each rate has the type of its nest (`mqprio_parse_nlattr`).
    let sent = bytes(&ours);
    let rate = [&[12, 0, 3, 0][..], &125_000_u64.to_le_bytes()].concat();
    assert!(sent.windows(12).any(|part| part == rate), "{sent:x?}");
}

#[test]
fn expressions_in_parentheses_are_those_of_tc() {
    let [tcp, udp] = [6, 17]
        .map(|number| EmatchCompare::new(EmatchLayer::NETWORK, 9, 1, EmatchOperand::EQUAL, number));
    let word = U32Key {
        mask: 0x0000_ffff_u32.into(),
        value: 0x16_u32.into(),
        offset: 20.into(),
        ..U32Key::default()
    };
    let header = |flags: EmatchFlags| EmatchHeader {
        flags: flags.bits().into(),
        ..EmatchHeader::default()
    };
    let matches = [
        (header(EmatchFlags::AND), Ematch::Container(2)),
        (header(EmatchFlags::INVERT), Ematch::Word(&word)),
        (header(EmatchFlags::OR), Ematch::Compare(&tcp)),
        (header(EmatchFlags::empty()), Ematch::Compare(&udp)),
    ];
    let tree = EmatchTree {
        count: 4.into(),
        ..EmatchTree::default()
    };
    let expression = [
        EmatchesAttr::Tree(&tree),
        EmatchesAttr::List(EmatchList::of(&matches)),
    ];
    let settings = [
        BasicFilterAttr::Matches((&expression).into()),
        BasicFilterAttr::Class(TEN.bits()),
    ];
    let settings = TrafficKindSettings::of("basic", &settings);
    let ours = NewFilter::new(3, Handle::new(1, 0), settings)
        .priority(5)
        .protocol(0x0800);
    same("and not u32(u16 0x16 0xffff at 22) classid 1:10", &ours);
}

#[test]
fn the_trees_of_what_tc_sends_are_whole() {
    let mut trees = String::new();
    for (command, sent) in requests() {
        let tree = Pretty::new(&sent, Some(NETLINK_ROUTE)).to_string();
        let meaning = meaning(&sent);
        assert!(!meaning.contains("Other("), "{command}: {meaning}");
        trees += &format!("{command}\n{tree}\n");
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/vectors/tc/requests.tree");
    if std::env::var_os("NLWIRE_BLESS").is_some() {
        fs::write(&path, trees).unwrap();
    } else {
        assert_eq!(trees, fs::read_to_string(&path).unwrap());
    }
}
