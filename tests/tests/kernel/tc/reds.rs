//! Disciplines that drop packets by chance.

use super::bench::Bench;
use super::test;
use nltests::{Outcome, Test};
use nlwire::Bitfield32;
use nlwire::route::{
    ChokeAttr, GredAttr, GredOptions, GredQueue, NewQdisc, Rate, RedAttr, RedCurve, RedFlags,
    RedOptions, SfbAttr, SfbOptions, SfqOptions, TrafficKindSettings,
};

pub(crate) const TESTS: &[Test] = &[
    test("tc::red", red),
    test("tc::gred", gred),
    test("tc::choke", choke),
    test("tc::sfb", sfb),
    test("tc::sfq_with_red", sfq_with_red),
];

const UNFIT: &str = "lengths that do not fit";

fn red() -> Outcome {
    let mut bench = Bench::open()?;
    let curves = [
        RedCurve::new(30_000, 90_000, 1000)
            .burst(55)
            .rate(Rate::mbit(10))
            .probability(1, 10),
        RedCurve::new(83_333, 250_000, 500).rate(Rate::mbit(100)),
        RedCurve::new(40_000, 100_000, 1000).burst(300),
    ];
    let flags = [
        RedFlags::ECN,
        RedFlags::ECN | RedFlags::HARD_DROP | RedFlags::ADAPTIVE,
        RedFlags::ECN | RedFlags::NO_DROP,
    ];
    let words = [
        "red limit 400000 min 30000 max 90000 avpkt 1000 burst 55 bandwidth 10mbit \
         probability 0.1 ecn",
        "red limit 1000000 avpkt 500 bandwidth 100mbit ecn harddrop adaptive",
        "red limit 400000 min 40000 max 100000 avpkt 1000 burst 300 ecn nodrop",
    ];
    let mut parts = Vec::new();
    for (curve, limit) in curves.iter().zip([400_000, 1_000_000, 400_000]) {
        parts.push((
            curve.options(limit).ok_or(UNFIT)?,
            curve.table().ok_or(UNFIT)?,
        ));
    }
    let all = RedFlags::ECN | RedFlags::HARD_DROP | RedFlags::ADAPTIVE | RedFlags::NO_DROP;
    let all = all.bits().into();
    let settings: Vec<_> = (0..3)
        .map(|row| {
            [
                RedAttr::Parameters(&parts[row].0),
                RedAttr::Table(&parts[row].1),
                RedAttr::MaxProbability(curves[row].max_probability()),
                RedAttr::Flags(Bitfield32::new(flags[row].bits().into(), all)),
            ]
        })
        .collect();
    let red = |row: usize| {
        let settings = TrafficKindSettings::of("red", &settings[row]);
        (NewQdisc::new(bench.left, settings), words[row])
    };
    let rows = [red(0), red(1), red(2)];
    bench.changed_qdiscs(&rows)
}

fn gred() -> Outcome {
    let mut bench = Bench::open()?;
    let options = GredOptions {
        queues: 3.into(),
        default_queue: 1.into(),
        grio: 1,
        ..GredOptions::default()
    };
    let setup = [GredAttr::Options(&options), GredAttr::Limit(100_000)];
    let curve = RedCurve::new(15_000, 25_000, 1000)
        .burst(20)
        .rate(Rate::mbit(10));
    let red = curve.options(60_000).ok_or(UNFIT)?;
    let queues = [GredQueue {
        limit: red.limit,
        minimum: red.minimum,
        maximum: red.maximum,
        number: 1.into(),
        weight_log: red.weight_log,
        probability_log: red.probability_log,
        cell_log: red.cell_log,
        priority: 2,
        ..GredQueue::default()
    }];
    let (table, chances) = (
        curve.table().ok_or(UNFIT)?,
        [curve.max_probability().into()],
    );
    let queue = [
        GredAttr::Queues(&queues),
        GredAttr::Table(&table),
        GredAttr::MaxProbability(&chances),
    ];
    let left = bench.left;
    let gred = |settings| NewQdisc::new(left, settings);
    bench.changed_qdiscs_only(&[
        (
            gred(TrafficKindSettings::of("gred", &setup)),
            "gred setup vqs 3 default 1 grio limit 100000",
        ),
        (
            gred(TrafficKindSettings::of("gred", &queue)),
            "gred limit 60000 min 15000 max 25000 burst 20 avpkt 1000 bandwidth 10mbit DP 1 \
             probability 0.02 prio 2",
        ),
    ])
}

fn choke() -> Outcome {
    let mut bench = Bench::open()?;
    let plain = RedCurve::new(83_000, 250_000, 1000);
    let other = RedCurve::new(100_000, 400_000, 1000)
        .burst(150)
        .rate(Rate::mbit(20))
        .probability(1, 50);
    let packets = |curve: &RedCurve, minimum: u32, maximum: u32, flags: RedFlags| {
        let calculated = curve.options(1000)?;
        Some(RedOptions {
            minimum: minimum.into(),
            maximum: maximum.into(),
            flags: flags.bits(),
            ..calculated
        })
    };
    let first = packets(&plain, 83, 250, RedFlags::empty()).ok_or(UNFIT)?;
    let second = packets(&other, 100, 400, RedFlags::ECN).ok_or(UNFIT)?;
    let [one, two] = [plain.table(), other.table()].map(|table| table.unwrap());
    let settings = [
        [
            ChokeAttr::Parameters(&first),
            ChokeAttr::Table(&one),
            ChokeAttr::MaxProbability(plain.max_probability()),
        ],
        [
            ChokeAttr::Parameters(&second),
            ChokeAttr::Table(&two),
            ChokeAttr::MaxProbability(other.max_probability()),
        ],
    ];
    let choke =
        |row: usize| NewQdisc::new(bench.left, TrafficKindSettings::of("choke", &settings[row]));
    let rows = [
        (choke(0), "choke limit 1000 bandwidth 10mbit"),
        (
            choke(1),
            "choke limit 1000 bandwidth 20mbit min 100 max 400 burst 150 probability 0.02 ecn",
        ),
    ];
    bench.changed_qdiscs(&rows)
}

fn sfb() -> Outcome {
    let mut bench = Bench::open()?;
    let options = |limit: u32, max: u32| SfbOptions {
        rehash_interval: 500_000.into(),
        warmup_time: 50_000.into(),
        max: max.into(),
        bin_size: 20.into(),
        // 0.001 and 0.0001 of 65535.
        increment: 66.into(),
        decrement: 7.into(),
        limit: limit.into(),
        penalty_rate: 11.into(),
        penalty_burst: 21.into(),
    };
    let [first, second] = [options(500, 25), options(600, 30)];
    let [first, second] = [&first, &second].map(|one| [SfbAttr::Parameters(one)]);
    let sfb = |settings| NewQdisc::new(bench.left, TrafficKindSettings::of("sfb", settings));
    let tail = "target 20 increment 0.001 decrement 0.0001 penalty_rate 11 penalty_burst 21";
    let [one, two] = ["limit 500 max 25", "limit 600 max 30"]
        .map(|words| format!("sfb rehash 500000 db 50000 {words} {tail}"));
    let rows = [(sfb(&first), one.as_str()), (sfb(&second), two.as_str())];
    bench.changed_qdiscs(&rows)
}

fn sfq_with_red() -> Outcome {
    let mut bench = Bench::open()?;
    let curve = RedCurve::new(8000, 60_000, 1000)
        .burst(20)
        .probability(12, 100);
    let red = curve.options(100_000).ok_or(UNFIT)?;
    let options = SfqOptions {
        perturb_period: 10.into(),
        limit: 300.into(),
        depth: 100.into(),
        flows: 100.into(),
        red_limit: red.limit,
        minimum: red.minimum,
        maximum: red.maximum,
        weight_log: red.weight_log,
        probability_log: red.probability_log,
        flags: (RedFlags::ECN | RedFlags::HARD_DROP).bits(),
        max_probability: curve.max_probability().into(),
        ..SfqOptions::default()
    };
    let left = bench.left;
    let sfq = NewQdisc::new(left, TrafficKindSettings::of_struct("sfq", &options));
    let words = "sfq perturb 10 limit 300 depth 100 flows 100 redflowlimit 100000 min 8000 \
                 max 60000 avpkt 1000 burst 20 probability 0.12 ecn harddrop";
    bench.qdiscs(&[(sfq, words)])
}
