//! Disciplines for links with several queues, for priorities, and for faults.

use super::bench::Bench;
use super::test;
use nltests::{Outcome, Test};
use nlwire::route::{
    CbsAttr, CbsOptions, EtfAttr, EtfFlags, EtfOptions, EtsAttr, FifoOptions, MqprioAttr,
    MqprioOptions, NetemAttr, NetemFourStates, NetemLossAttr, NetemRate, NetemSlot, NetemTwoStates,
    NewQdisc, PlugAction, PlugOptions, Probability, Rate, TaprioAttr, TaprioCommand,
    TaprioEntriesAttr, TaprioEntryAttr, TaprioFlags, TrafficKindSettings, TrafficLinkLayer,
};
use std::time::Duration;

pub(crate) const TESTS: &[Test] = &[
    test("tc::netem", netem),
    test("tc::prio", prio),
    test("tc::fifo", fifo),
    test("tc::mq", mq),
    test("tc::mqprio", mqprio),
    test("tc::taprio", taprio),
    test("tc::etf", etf),
    test("tc::cbs", cbs),
    test("tc::ets", ets),
    test("tc::plug", plug),
    test("tc::multiq", multiq),
    test("tc::skbprio", skbprio),
    test("tc::tbf", tbf),
];

fn netem() -> Outcome {
    let mut bench = Bench::open()?;
    let netem = || NewQdisc::netem(bench.left);
    let (percent, millis) = (Probability::percent, Duration::from_millis);
    let four = NetemFourStates {
        p13: percent(1).to_bits().into(),
        p31: percent(90).to_bits().into(),
        p32: percent(10).to_bits().into(),
        p23: percent(20).to_bits().into(),
        p14: percent(2).to_bits().into(),
    };
    let two = NetemTwoStates {
        p: percent(1).to_bits().into(),
        r: percent(10).to_bits().into(),
        h: percent(30).to_bits().into(),
        k1: percent(2).to_bits().into(),
    };
    let cells = NetemRate {
        rate: Rate::kbit(512).spec().rate,
        packet_overhead: 20.into(),
        cell_size: 100.into(),
        cell_overhead: (-5).into(),
    };
    let slot = NetemSlot {
        min_delay: 800_000.into(),
        max_delay: 1_000_000.into(),
        max_packets: 32.into(),
        max_bytes: 65_536.into(),
        ..NetemSlot::default()
    };
    let (cells, slot) = ([NetemAttr::Rate(&cells)], [NetemAttr::Slot(&slot)]);
    let four = [NetemLossAttr::FourStates(&four)];
    let two = [NetemLossAttr::TwoStates(&two)];
    let [four, two] = [&four, &two].map(|model| [NetemAttr::Loss(model.into())]);
    let rows = [
        (
            netem().delay(millis(100), millis(10)),
            "netem delay 100ms 10ms",
        ),
        (
            netem()
                .delay(Duration::from_micros(16), Duration::ZERO)
                .limit(2000)
                .loss(percent(1))
                .ecn(),
            "netem limit 2000 delay 16us loss 1% ecn",
        ),
        (
            netem()
                .delay(millis(20), millis(5))
                .delay_correlation(percent(25))
                .duplicate(Probability::part(1, 1000))
                .corrupt(percent(3))
                .reorder(percent(4), percent(50))
                .gap(5),
            "netem delay 20ms 5ms 25% duplicate 0.1% corrupt 3% reorder 4% 50% gap 5",
        ),
        // The kernel takes the table, and reports none.
        (
            netem()
                .delay(millis(100), millis(10))
                .distribution(&[0, 0, 0, 24_576]),
            "netem delay 100ms 10ms distribution normal",
        ),
        (netem().rate(Rate::mbit(10)), "netem rate 10mbit"),
        (netem().rate(Rate::gbit(40)), "netem rate 40gbit"),
        (netem().settings(&cells), "netem rate 512kbit 20 100 -5"),
        (
            netem().settings(&slot),
            "netem slot 800us 1ms packets 32 bytes 65536",
        ),
    ];
    let models = [
        (
            netem().settings(&four),
            "netem loss state 1% 90% 10% 20% 2%",
        ),
        (netem().settings(&two), "netem loss gemodel 1% 10% 70% 2%"),
    ];
    bench.changed_qdiscs(&rows)?;
    bench.changed_qdiscs(&models)
}

fn prio() -> Outcome {
    let mut bench = Bench::open()?;
    let prio = || NewQdisc::prio(bench.left);
    let rows = [
        (prio(), "prio"),
        (
            prio()
                .bands(4)
                .map([3, 2, 1, 0, 0, 1, 2, 3, 3, 2, 1, 0, 0, 1, 2, 3]),
            "prio bands 4 priomap 3 2 1 0 0 1 2 3 3 2 1 0 0 1 2 3",
        ),
    ];
    bench.changed_qdiscs(&rows)
}

fn fifo() -> Outcome {
    let mut bench = Bench::open()?;
    let left = bench.left;
    bench.changed_qdiscs(&[
        (NewQdisc::pfifo(left, 100), "pfifo limit 100"),
        (NewQdisc::pfifo(left, 7), "pfifo limit 7"),
    ])?;
    bench.changed_qdiscs(&[
        (NewQdisc::bfifo(left, 4321), "bfifo limit 4321"),
        (NewQdisc::bfifo(left, 70_000), "bfifo limit 70000"),
    ])?;
    bench.changed_qdiscs(&[
        (
            NewQdisc::pfifo_head_drop(left, 50),
            "pfifo_head_drop limit 50",
        ),
        (
            NewQdisc::pfifo_head_drop(left, 5),
            "pfifo_head_drop limit 5",
        ),
    ])
}

fn mq() -> Outcome {
    let mut bench = Bench::open()?;
    let left = bench.left;
    bench.qdiscs(&[(NewQdisc::mq(left), "mq")])
}

/// Two traffic classes with two queues each, and the words for them.
fn classes() -> MqprioOptions {
    let mut options = MqprioOptions {
        classes: 2,
        map: [0, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
        ..MqprioOptions::default()
    };
    for (class, first) in [0_u16, 2].into_iter().enumerate() {
        options.count[class] = 2.into();
        options.offset[class] = first.into();
    }
    options
}

fn mqprio() -> Outcome {
    let mut bench = Bench::open()?;
    let options = classes();
    let settings = TrafficKindSettings::of_struct("mqprio", &options);
    let ours = NewQdisc::new(bench.left, settings.and(&[] as &[MqprioAttr<'_>; 0]));
    let words = "mqprio num_tc 2 map 0 1 0 1 1 1 1 1 1 1 1 1 1 1 1 1 queues 2@0 2@2 hw 0";
    bench.qdiscs(&[(ours, words)])
}

fn taprio() -> Outcome {
    let mut bench = Bench::open()?;
    let options = classes();
    let entry = |gates, interval| {
        [
            TaprioEntryAttr::Command(TaprioCommand::SET_GATES),
            TaprioEntryAttr::Gates(gates),
            TaprioEntryAttr::Interval(interval),
        ]
    };
    let [first, second] = [entry(1, 300_000), entry(2, 400_000)];
    let entries = [
        TaprioEntriesAttr::Entry((&first).into()),
        TaprioEntriesAttr::Entry((&second).into()),
    ];
    let settings = [
        TaprioAttr::Classes(&options),
        TaprioAttr::Clock(11),
        TaprioAttr::BaseTime(1000),
        TaprioAttr::CycleTime(700_000),
        TaprioAttr::CycleExtension(10_000),
        TaprioAttr::Entries((&entries).into()),
    ];
    let assisted = [
        TaprioAttr::Classes(&options),
        TaprioAttr::Clock(11),
        TaprioAttr::Flags(TaprioFlags::TXTIME_ASSIST),
        TaprioAttr::Delay(200_000),
        TaprioAttr::BaseTime(1000),
        TaprioAttr::Entries((&entries).into()),
    ];
    let head = "taprio num_tc 2 map 0 1 0 1 1 1 1 1 1 1 1 1 1 1 1 1 queues 2@0 2@2";
    let tail = "sched-entry S 01 300000 sched-entry S 02 400000 clockid CLOCK_TAI";
    let cycle = "base-time 1000 cycle-time 700000 cycle-time-extension 10000";
    let (plain, assist) = (
        format!("{head} {cycle} {tail}"),
        format!("{head} base-time 1000 {tail} flags 0x1 txtime-delay 200000"),
    );
    let left = bench.left;
    let taprio = |settings| NewQdisc::new(left, settings);
    bench.qdiscs(&[
        (taprio(TrafficKindSettings::of("taprio", &settings)), &plain),
        (
            taprio(TrafficKindSettings::of("taprio", &assisted)),
            &assist,
        ),
    ])
}

fn etf() -> Outcome {
    let mut bench = Bench::open()?;
    let options = |delta: i32, flags: EtfFlags| EtfOptions {
        delta: delta.into(),
        clock: 11.into(),
        flags: flags.bits().into(),
    };
    let first = options(300_000, EtfFlags::SKIP_SOCK_CHECK);
    let second = options(200_000, EtfFlags::DEADLINE | EtfFlags::SKIP_SOCK_CHECK);
    let [first, second] = [&first, &second].map(|one| [EtfAttr::Parameters(one)]);
    let etf = |settings| NewQdisc::new(bench.left, TrafficKindSettings::of("etf", settings));
    let rows = [
        (
            etf(&first),
            "etf clockid CLOCK_TAI delta 300000 skip_sock_check",
        ),
        (
            etf(&second),
            "etf clockid CLOCK_TAI delta 200000 deadline_mode skip_sock_check",
        ),
    ];
    bench.qdiscs(&rows)
}

fn cbs() -> Outcome {
    let mut bench = Bench::open()?;
    let options = |idle: i32| CbsOptions {
        high_credit: 30.into(),
        low_credit: (-1470).into(),
        idle_slope: idle.into(),
        send_slope: (idle - 1_000_000).into(),
        ..CbsOptions::default()
    };
    let [first, second] = [options(20_000), options(30_000)];
    let [first, second] = [&first, &second].map(|one| [CbsAttr::Parameters(one)]);
    let cbs = |settings| NewQdisc::new(bench.left, TrafficKindSettings::of("cbs", settings));
    let rows = [
        (
            cbs(&first),
            "cbs idleslope 20000 sendslope -980000 hicredit 30 locredit -1470 offload 0",
        ),
        (
            cbs(&second),
            "cbs idleslope 30000 sendslope -970000 hicredit 30 locredit -1470 offload 0",
        ),
    ];
    bench.changed_qdiscs(&rows)
}

fn ets() -> Outcome {
    let mut bench = Bench::open()?;
    let quanta = [EtsAttr::Quantum(3000), EtsAttr::Quantum(2000)];
    let map = [3, 2, 1, 0].map(EtsAttr::Band);
    let first = [
        EtsAttr::Bands(4),
        EtsAttr::Strict(2),
        EtsAttr::Quanta((&quanta).into()),
        EtsAttr::Map((&map).into()),
    ];
    let second = [EtsAttr::Bands(3), EtsAttr::Strict(3)];
    let left = bench.left;
    let ets = |settings| NewQdisc::new(left, settings);
    bench.changed_qdiscs(&[
        (
            ets(TrafficKindSettings::of("ets", &first)),
            "ets bands 4 strict 2 quanta 3000 2000 priomap 3 2 1 0",
        ),
        (
            ets(TrafficKindSettings::of("ets", &second)),
            "ets bands 3 strict 3",
        ),
    ])
}

fn plug() -> Outcome {
    let mut bench = Bench::open()?;
    let command = |action: PlugAction, limit: u32| PlugOptions {
        action: action.0.into(),
        limit: limit.into(),
    };
    let limit = command(PlugAction::LIMIT, 300_000);
    let block = command(PlugAction::BUFFER, 0);
    let release = command(PlugAction::RELEASE_INDEFINITE, 0);
    let one = command(PlugAction::RELEASE_ONE, 0);
    let plug = |options| NewQdisc::new(bench.left, TrafficKindSettings::of_struct("plug", options));
    let added = command(PlugAction::LIMIT, 400_000);
    let rows = [
        (plug(&added), "plug limit 400000"),
        (plug(&block), "plug block"),
        (plug(&one), "plug release"),
        (plug(&release), "plug release_indefinite"),
        (plug(&limit), "plug limit 300000"),
    ];
    // Only the limit can be set from the start.
    bench.qdiscs(&rows[..1])?;
    bench.changed_qdiscs_only(&rows)
}

fn multiq() -> Outcome {
    let mut bench = Bench::open()?;
    let options = nlwire::route::MultiqOptions::default();
    let settings = TrafficKindSettings::of_struct("multiq", &options);
    let left = bench.left;
    bench.qdiscs(&[(NewQdisc::new(left, settings), "multiq")])
}

fn skbprio() -> Outcome {
    let mut bench = Bench::open()?;
    let [first, second] = [100_u32, 60].map(|limit| FifoOptions {
        limit: limit.into(),
    });
    let skbprio = |options| {
        NewQdisc::new(
            bench.left,
            TrafficKindSettings::of_struct("skbprio", options),
        )
    };
    let rows = [
        (skbprio(&first), "skbprio limit 100"),
        (skbprio(&second), "skbprio limit 60"),
    ];
    bench.changed_qdiscs(&rows)
}

fn tbf() -> Outcome {
    let mut bench = Bench::open()?;
    let tbf = |rate, burst| NewQdisc::tbf(bench.left, rate, burst);
    let rows = [
        (
            tbf(Rate::mbit(1), 5000).limit(10_000),
            "tbf rate 1mbit burst 5000 limit 10000",
        ),
        (
            tbf(Rate::kbit(777), 4321).latency(Duration::from_millis(70)),
            "tbf rate 777kbit burst 4321 latency 70ms",
        ),
        (
            tbf(Rate::mbit(10), 20_000)
                .latency(Duration::from_millis(50))
                .peak(Rate::mbit(12), 1540),
            "tbf rate 10mbit burst 20000 latency 50ms peakrate 12mbit mtu 1540",
        ),
        (
            tbf(Rate::gbit(80), 100_000)
                .limit(1_000_000)
                .overhead(10)
                .minimum(64),
            "tbf rate 80gbit burst 100000 limit 1000000 overhead 10 mpu 64",
        ),
        (
            tbf(Rate::mbit(8), 20_000)
                .limit(100_000)
                .overhead(18)
                .link_layer(TrafficLinkLayer::ATM),
            "tbf rate 8mbit burst 20000 limit 100000 overhead 18 linklayer atm",
        ),
    ];
    bench.changed_qdiscs(&rows)
}
