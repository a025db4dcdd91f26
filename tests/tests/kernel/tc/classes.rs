//! Classes of the disciplines that have some.

use super::bench::{Bench, FIRST, ONE, TEN};
use super::test;
use nltests::{Outcome, Test};
use nlwire::route::{
    DrrAttr, EtsAttr, HfscAttr, HfscOptions, NewClass, NewQdisc, QfqAttr, Rate, ServiceCurve,
    TrafficKindSettings, TrafficLinkLayer,
};

pub(crate) const TESTS: &[Test] = &[
    test("tc::class_htb", htb),
    test("tc::class_hfsc", hfsc),
    test("tc::class_drr", drr),
    test("tc::class_qfq", qfq),
    test("tc::class_ets", ets),
    test("tc::hfsc", hfsc_qdisc),
    test("tc::htb", htb_qdisc),
    test("tc::drr_qfq", drr_and_qfq),
];

fn htb() -> Outcome {
    let mut bench = Bench::open()?;
    bench.make(&NewQdisc::htb(bench.left).handle(ONE))?;
    let class = |rate| NewClass::htb(bench.left, TEN, rate);
    let rows = [
        (
            class(Rate::mbit(10)).ceil(Rate::mbit(20)).priority(3),
            "htb rate 10mbit ceil 20mbit prio 3",
        ),
        (class(Rate::kbit(800)), "htb rate 800kbit"),
        (
            class(Rate::mbit(8))
                .burst(15_000)
                .ceil_burst(20_000)
                .quantum(3000),
            "htb rate 8mbit burst 15000 cburst 20000 quantum 3000",
        ),
        (
            class(Rate::kbit(8000)).mtu(9000).overhead(18).minimum(64),
            "htb rate 8mbit mtu 9000 overhead 18 mpu 64",
        ),
        (
            class(Rate::mbit(8))
                .overhead(5)
                .link_layer(TrafficLinkLayer::ATM),
            "htb rate 8mbit overhead 5 linklayer atm",
        ),
    ];
    bench.classes(&rows)
}

fn htb_qdisc() -> Outcome {
    let mut bench = Bench::open()?;
    let htb = || NewQdisc::htb(bench.left);
    let rows = [
        (htb(), "htb"),
        (
            htb()
                .default_class(0x10)
                .rate_to_quantum(20)
                .direct_queue(77),
            "htb default 10 r2q 20 direct_qlen 77",
        ),
    ];
    bench.qdiscs(&rows)
}

fn hfsc_qdisc() -> Outcome {
    let mut bench = Bench::open()?;
    let options = [0, 0x10_u16].map(|minor| HfscOptions {
        default_class: minor.into(),
    });
    let hfsc = |row: usize| {
        let settings = TrafficKindSettings::of_struct("hfsc", &options[row]);
        NewQdisc::new(bench.left, settings)
    };
    let rows = [(hfsc(0), "hfsc"), (hfsc(1), "hfsc default 10")];
    bench.changed_qdiscs(&rows)
}

fn curve(first: Rate, microseconds: u32, second: Rate) -> ServiceCurve {
    ServiceCurve {
        first_rate: first.spec().rate,
        duration: microseconds.into(),
        second_rate: second.spec().rate,
    }
}

fn hfsc() -> Outcome {
    let mut bench = Bench::open()?;
    let options = HfscOptions::default();
    let qdisc = TrafficKindSettings::of_struct("hfsc", &options);
    bench.make(&NewQdisc::new(bench.left, qdisc).handle(ONE))?;
    let both = curve(Rate::mbit(1), 10_000, Rate::mbit(2));
    let upper = curve(Rate::default(), 0, Rate::mbit(10));
    // 1500 bytes within 10 ms, and then 1 Mbit/s: 150,000 bytes a second at first.
    let within = curve(Rate::from_bytes(150_000), 10_000, Rate::mbit(1));
    let first = [HfscAttr::RealTime(&both), HfscAttr::LinkShare(&both)];
    let second = [HfscAttr::LinkShare(&both), HfscAttr::UpperLimit(&upper)];
    let third = [HfscAttr::RealTime(&within)];
    let left = bench.left;
    let class = |settings| NewClass::new(left, TEN, settings);
    bench.classes(&[
        (
            class(TrafficKindSettings::of("hfsc", &first)),
            "hfsc sc m1 1mbit d 10ms m2 2mbit",
        ),
        (
            class(TrafficKindSettings::of("hfsc", &second)),
            "hfsc ls m1 1mbit d 10ms m2 2mbit ul m2 10mbit",
        ),
        (
            class(TrafficKindSettings::of("hfsc", &third)),
            "hfsc rt umax 1500 dmax 10ms rate 1mbit",
        ),
    ])
}

fn drr() -> Outcome {
    let mut bench = Bench::open()?;
    bench.make(&NewQdisc::new(bench.left, "drr").handle(ONE))?;
    let settings = [1600, 3000].map(|quantum| [DrrAttr::Quantum(quantum)]);
    let class = |row: usize| {
        let settings = TrafficKindSettings::of("drr", &settings[row]);
        NewClass::new(bench.left, TEN, settings)
    };
    let rows = [
        (class(0), "drr quantum 1600"),
        (class(1), "drr quantum 3000"),
    ];
    bench.classes(&rows)
}

fn qfq() -> Outcome {
    let mut bench = Bench::open()?;
    bench.make(&NewQdisc::new(bench.left, "qfq").handle(ONE))?;
    let settings = [
        [QfqAttr::Weight(10), QfqAttr::MaxPacket(1024)],
        [QfqAttr::Weight(20), QfqAttr::MaxPacket(2048)],
    ];
    let class = |row: usize| {
        let settings = TrafficKindSettings::of("qfq", &settings[row]);
        NewClass::new(bench.left, TEN, settings)
    };
    let rows = [
        (class(0), "qfq weight 10 maxpkt 1024"),
        (class(1), "qfq weight 20 maxpkt 2048"),
    ];
    bench.classes(&rows)
}

/// Classes of an `ets` come with it, and are only changed.
fn ets() -> Outcome {
    let mut bench = Bench::open()?;
    let quanta = [EtsAttr::Quantum(3000), EtsAttr::Quantum(2000)];
    let options = [EtsAttr::Bands(2), EtsAttr::Quanta((&quanta).into())];
    let settings = TrafficKindSettings::of("ets", &options);
    bench.make(&NewQdisc::new(bench.left, settings).handle(ONE))?;
    let quanta = [4000].map(EtsAttr::Quantum);
    let change = NewClass::new(bench.left, FIRST, TrafficKindSettings::of("ets", &quanta)).change();
    let restored = [3000].map(EtsAttr::Quantum);
    let restore = TrafficKindSettings::of("ets", &restored);
    let restore = NewClass::new(bench.left, FIRST, restore).change();
    let words = "class change dev left parent 1: classid 1:1 ets quantum 4000";
    bench.compare(&[(&change, words.into())], Bench::first_class, &restore)
}

fn drr_and_qfq() -> Outcome {
    let mut bench = Bench::open()?;
    let left = bench.left;
    bench.qdiscs(&[(NewQdisc::new(left, "drr"), "drr")])?;
    bench.qdiscs(&[(NewQdisc::new(left, "qfq"), "qfq")])
}
