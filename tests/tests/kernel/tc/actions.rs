//! Actions that decide on packets, send or count them, each shared with a number.

use super::bench::{Bench, INDEX};
use super::root;
use nltests::{Outcome, Test};
use nlwire::Text;
use nlwire::route::{
    ActionParameters, BpfActionAttr, ConnMarkAttr, ConnMarkParameters, ControlAction, CtActionAttr,
    CtFlags, CtInfoAttr, FilterAction, GactAttr, GactChance, GactProbability, GateAttr,
    GateEntriesAttr, GateEntryAttr, NatActionAttr, NatFlags, NatParameters, PoliceSettings, Rate,
    SampleActionAttr, SimpleActionAttr, TrafficLinkLayer,
};
use std::net::IpAddr;

pub(crate) const TESTS: &[Test] = &[
    root("tc::action_bpf", bpf),
    root("tc::action_connmark", connmark),
    root("tc::action_ct", ct),
    root("tc::action_ctinfo", ctinfo),
    root("tc::action_gact", gact),
    root("tc::action_gate", gate),
    root("tc::action_mirred", mirred),
    root("tc::action_nat", nat),
    root("tc::action_police", police),
    root("tc::action_sample", sample),
    root("tc::action_simple", simple),
];

/// The number of the rows' action, with a decision.
pub(super) fn general(action: ControlAction) -> ActionParameters {
    ActionParameters {
        index: INDEX.into(),
        action: action.0.into(),
        ..ActionParameters::default()
    }
}

pub(super) const PIPE: ControlAction = ControlAction::PIPE;

fn bpf() -> Outcome {
    // `ret #0xffffffff`.
    let [low, high] = 6_u16.to_ne_bytes();
    let program = [low, high, 0, 0, 0xff, 0xff, 0xff, 0xff];
    let general = general(PIPE);
    let settings = [
        BpfActionAttr::Parameters(&general),
        BpfActionAttr::Length(1),
        BpfActionAttr::Instructions(&program),
    ];
    Bench::open()?.actions(
        "bpf",
        &[(
            FilterAction::of("bpf", &settings),
            "bytecode \"1,6 0 0 4294967295\" pipe",
        )],
    )
}

fn connmark() -> Outcome {
    let parameters = |action, zone: u16| ConnMarkParameters {
        general: general(action),
        zone: zone.into(),
        ..ConnMarkParameters::default()
    };
    let [first, second] = [parameters(PIPE, 0), parameters(ControlAction::UNSPEC, 7)];
    let [first, second] = [&first, &second].map(|one| [ConnMarkAttr::Parameters(one)]);
    Bench::open()?.actions(
        "connmark",
        &[
            (FilterAction::of("connmark", &first), "pipe"),
            (FilterAction::of("connmark", &second), "zone 7 continue"),
        ],
    )
}

fn ct() -> Outcome {
    let general = general(PIPE);
    let address = |text: &str| text.parse::<IpAddr>().unwrap();
    let first = [CtActionAttr::Parameters(&general), CtActionAttr::Zone(5)];
    let mut labels = [0; 16];
    labels[15] = 9;
    let second = [
        CtActionAttr::Parameters(&general),
        CtActionAttr::Flags(CtFlags::COMMIT | CtFlags::NAT | CtFlags::NAT_SOURCE),
        CtActionAttr::Zone(6),
        CtActionAttr::Mark(0x10),
        CtActionAttr::MarkMask(0xff),
        CtActionAttr::Labels(&labels),
        CtActionAttr::LabelsMask(&[0xff; 16]),
        CtActionAttr::NatV4Min(address("192.0.2.1")),
        CtActionAttr::NatV4Max(address("192.0.2.9")),
        CtActionAttr::NatPortMin(1000),
        CtActionAttr::NatPortMax(2000),
    ];
    let third = [
        CtActionAttr::Parameters(&general),
        CtActionAttr::Flags(CtFlags::CLEAR),
    ];
    let fourth = [
        CtActionAttr::Parameters(&general),
        CtActionAttr::Flags(
            CtFlags::COMMIT | CtFlags::FORCE | CtFlags::NAT | CtFlags::NAT_DESTINATION,
        ),
        CtActionAttr::NatV6Min(address("2001:db8::1")),
        CtActionAttr::NatV6Max(address("2001:db8::1")),
    ];
    Bench::open()?.actions(
        "ct",
        &[
            (FilterAction::of("ct", &first), "zone 5"),
            (
                FilterAction::of("ct", &second),
                "commit zone 6 mark 0x10/0xff label 00000000000000000000000000000009 \
                 nat src addr 192.0.2.1-192.0.2.9 port 1000-2000",
            ),
            (FilterAction::of("ct", &third), "clear"),
            (
                FilterAction::of("ct", &fourth),
                "commit force nat dst addr 2001:db8::1",
            ),
        ],
    )
}

fn ctinfo() -> Outcome {
    let general = general(PIPE);
    let first = [
        CtInfoAttr::Parameters(&general),
        CtInfoAttr::DscpMask(0xfc00_0000),
        CtInfoAttr::StateMask(0x0100_0000),
    ];
    let second = [
        CtInfoAttr::Parameters(&general),
        CtInfoAttr::Zone(3),
        CtInfoAttr::MarkMask(0xff),
    ];
    Bench::open()?.actions(
        "ctinfo",
        &[
            (
                FilterAction::of("ctinfo", &first),
                "dscp 0xfc000000 0x01000000 pipe",
            ),
            (
                FilterAction::of("ctinfo", &second),
                "cpmark 0x000000ff zone 3 pipe",
            ),
        ],
    )
}

fn gact() -> Outcome {
    let general = general(ControlAction::SHOT);
    let chance = |kind: GactChance| GactProbability {
        kind: kind.0.into(),
        one_of: 5.into(),
        action: ControlAction::OK.0.into(),
    };
    let [random, determined] = [chance(GactChance::RANDOM), chance(GactChance::DETERMINED)];
    let [random, determined] = [&random, &determined]
        .map(|one| [GactAttr::Parameters(&general), GactAttr::Probability(one)]);
    let decide = |action| FilterAction::decide(action).index(INDEX);
    Bench::open()?.actions(
        "gact",
        &[
            (decide(ControlAction::SHOT), "drop"),
            (decide(ControlAction::OK), "pass"),
            (decide(ControlAction::UNSPEC), "continue"),
            (decide(ControlAction::RECLASSIFY), "reclassify"),
            (decide(ControlAction::PIPE), "pipe"),
            (decide(ControlAction::TRAP), "trap"),
            (decide(ControlAction::jump(2)), "jump 2"),
            (
                FilterAction::of("gact", &random),
                "drop random netrand pass 5",
            ),
            (
                FilterAction::of("gact", &determined),
                "drop random determ pass 5",
            ),
        ],
    )
}

fn gate() -> Outcome {
    let general = general(PIPE);
    let open = [
        GateEntryAttr::Open(true),
        GateEntryAttr::Interval(200_000_000),
        GateEntryAttr::Priority(-1),
        GateEntryAttr::MaxBytes(8_000_000),
    ];
    let closed = [
        GateEntryAttr::Interval(100_000_000),
        GateEntryAttr::Priority(-1),
        GateEntryAttr::MaxBytes(-1),
    ];
    let entries = [
        GateEntriesAttr::Entry((&open).into()),
        GateEntriesAttr::Entry((&closed).into()),
    ];
    let settings = [
        GateAttr::Parameters(&general),
        GateAttr::Clock(11),
        GateAttr::BaseTime(1000),
        GateAttr::CycleTime(300_000_000),
        GateAttr::CycleExtension(5000),
        GateAttr::Entries((&entries).into()),
    ];
    Bench::open()?.actions(
        "gate",
        &[(
            FilterAction::of("gate", &settings),
            "index 7 clockid CLOCK_TAI base-time 1000 cycle-time 300000000 cycle-time-ext 5000 \
             sched-entry open 200000000 -1 8000000 sched-entry close 100000000 -1 -1 pipe",
        )],
    )
}

fn mirred() -> Outcome {
    let mut bench = Bench::open()?;
    let right = bench.right;
    bench.actions(
        "mirred",
        &[
            (
                FilterAction::redirect(right).index(INDEX),
                "egress redirect dev right",
            ),
            (
                FilterAction::mirror(right).index(INDEX),
                "egress mirror dev right",
            ),
            (
                FilterAction::redirect_ingress(right).index(INDEX),
                "ingress redirect dev right",
            ),
            (
                FilterAction::mirror_ingress(right)
                    .then(ControlAction::OK)
                    .index(INDEX),
                "ingress mirror dev right pass",
            ),
        ],
    )
}

fn nat() -> Outcome {
    let parameters = |flags: NatFlags| NatParameters {
        general: general(ControlAction::OK),
        old_address: [192, 0, 2, 0],
        new_address: [198, 51, 100, 0],
        mask: [255, 255, 255, 0],
        flags: flags.bits().into(),
    };
    let [egress, ingress] = [NatFlags::EGRESS, NatFlags::empty()].map(parameters);
    let [egress, ingress] = [&egress, &ingress].map(|one| [NatActionAttr::Parameters(one)]);
    Bench::open()?.actions(
        "nat",
        &[
            (
                FilterAction::of("nat", &egress),
                "egress 192.0.2.0/24 198.51.100.0 pass",
            ),
            (
                FilterAction::of("nat", &ingress),
                "ingress 192.0.2.0/24 198.51.100.0 pass",
            ),
        ],
    )
}

fn police() -> Outcome {
    let police = |settings| FilterAction::police(settings).index(INDEX);
    let settings = PoliceSettings::new(Rate::mbit(10), 20_000);
    Bench::open()?.actions(
        "police",
        &[
            (police(settings), "rate 10mbit burst 20000 drop"),
            (
                police(
                    settings
                        .mtu(2000)
                        .peak(Rate::mbit(20))
                        .exceed(ControlAction::RECLASSIFY)
                        .conform(PIPE),
                ),
                "rate 10mbit burst 20000 mtu 2000 peakrate 20mbit conform-exceed reclassify/pipe",
            ),
            (
                police(PoliceSettings::new(Rate::gbit(80), 1_600_000)),
                "rate 80gbit burst 1600000 drop",
            ),
            (
                police(
                    PoliceSettings::new(Rate::mbit(8), 20_000)
                        .overhead(18)
                        .minimum(64)
                        .link_layer(TrafficLinkLayer::ATM),
                ),
                "rate 8mbit burst 20000 overhead 18 mpu 64 linklayer atm drop",
            ),
            (
                police(PoliceSettings::packets(1000, 100)),
                "pkts_rate 1000 pkts_burst 100 drop",
            ),
        ],
    )
}

fn sample() -> Outcome {
    let general = general(PIPE);
    let first = [
        SampleActionAttr::Parameters(&general),
        SampleActionAttr::Rate(100),
        SampleActionAttr::Group(5),
    ];
    let second = [
        SampleActionAttr::Parameters(&general),
        SampleActionAttr::Rate(200),
        SampleActionAttr::Group(6),
        SampleActionAttr::Length(64),
    ];
    Bench::open()?.actions(
        "sample",
        &[
            (FilterAction::of("sample", &first), "rate 100 group 5"),
            (
                FilterAction::of("sample", &second),
                "rate 200 group 6 trunc 64",
            ),
        ],
    )
}

fn simple() -> Outcome {
    let general = general(PIPE);
    let text = |data: &'static str| {
        [
            SimpleActionAttr::Parameters(&general),
            SimpleActionAttr::Data(Text::from(data)),
        ]
    };
    let [first, second] = [text("hello"), text("world")];
    Bench::open()?.actions(
        "simple",
        &[
            (FilterAction::of("simple", &first), "sdata \"hello\""),
            (FilterAction::of("simple", &second), "sdata \"world\""),
        ],
    )
}
