//! Disciplines that keep queues short, or flows apart.

use super::bench::Bench;
use super::test;
use nltests::{Outcome, Test};
use nlwire::route::{
    CakeAckFilter, CakeAttr, CakeCells, CakeIsolation, CakePriorities, CodelAttr, FqAttr,
    FqCodelAttr, FqPieAttr, HhfAttr, NewQdisc, PieAttr, Rate, SfqOptions, TrafficKindSettings,
};
use std::time::Duration;

pub(crate) const TESTS: &[Test] = &[
    test("tc::cake", cake),
    test("tc::fq", fq),
    test("tc::fq_codel", fq_codel),
    test("tc::fq_pie", fq_pie),
    test("tc::codel", codel),
    test("tc::pie", pie),
    test("tc::sfq", sfq),
    test("tc::hhf", hhf),
];

fn cake() -> Outcome {
    let mut bench = Bench::open()?;
    let cake = || NewQdisc::cake(bench.left);
    let more = [
        CakeAttr::Cells(CakeCells::ATM),
        CakeAttr::Minimum(64),
        CakeAttr::Wash(1),
        CakeAttr::Ingress(1),
        CakeAttr::AckFilter(CakeAckFilter::AGGRESSIVE),
        CakeAttr::SplitGso(0),
        CakeAttr::Memory(4 << 20),
        CakeAttr::Mark(0xff),
    ];
    let rows = [
        (cake(), "cake"),
        (cake().rate(Rate::mbit(10)), "cake bandwidth 10mbit"),
        (
            cake()
                .rate(Rate::gbit(50))
                .priorities(CakePriorities::DIFFSERV4)
                .isolation(CakeIsolation::DUAL_SOURCE)
                .nat(true)
                .overhead(18)
                .round_trip(Duration::from_millis(50))
                .settings(&more),
            "cake bandwidth 50gbit diffserv4 dual-srchost nat overhead 18 rtt 50ms atm mpu 64 \
             wash ingress ack-filter-aggressive no-split-gso memlimit 4mb fwmark 0xff",
        ),
        (
            cake()
                .round_trip(Duration::from_micros(7))
                .priorities(CakePriorities::PRECEDENCE)
                .isolation(CakeIsolation::NONE)
                .nat(false),
            "cake rtt 7us precedence flowblind nonat",
        ),
    ];
    bench.changed_qdiscs(&rows)
}

fn fq() -> Outcome {
    let mut bench = Bench::open()?;
    let fq = || NewQdisc::fq(bench.left);
    let more = [
        FqAttr::InitialQuantum(15_000),
        FqAttr::BucketsLog(9),
        FqAttr::RefillDelay(40_000),
        FqAttr::OrphanMask(255),
        FqAttr::LowRateThreshold(62_500),
        FqAttr::CeThreshold(4000),
        FqAttr::TimerSlack(5000),
        FqAttr::Horizon(5_000_000),
        FqAttr::HorizonDrop(0),
    ];
    let rows = [
        (fq(), "fq"),
        (
            fq().limit(5000)
                .flow_limit(50)
                .quantum(3000)
                .max_rate(Rate::mbit(10))
                .settings(&more),
            "fq limit 5000 flow_limit 50 quantum 3000 maxrate 10mbit initial_quantum 15000 \
             buckets 512 refill_delay 40ms orphan_mask 255 low_rate_threshold 500kbit \
             ce_threshold 4ms timer_slack 5us horizon 5s horizon_cap",
        ),
        (fq().pacing(false), "fq nopacing"),
    ];
    bench.changed_qdiscs(&rows)
}

fn fq_codel() -> Outcome {
    let mut bench = Bench::open()?;
    let fq_codel = || NewQdisc::fq_codel(bench.left);
    let more = [
        FqCodelAttr::Quantum(1000),
        FqCodelAttr::CeThreshold(4000),
        FqCodelAttr::DropBatch(32),
        FqCodelAttr::MemoryLimit(8 << 20),
        FqCodelAttr::CeSelector(1),
        FqCodelAttr::CeMask(3),
    ];
    let rows = [
        (
            fq_codel()
                .target(Duration::from_millis(7))
                .interval(Duration::from_millis(90)),
            "fq_codel target 7ms interval 90ms",
        ),
        (
            fq_codel().limit(999).ecn(false).settings(&more),
            "fq_codel limit 999 noecn quantum 1000 ce_threshold 4ms drop_batch 32 \
             memory_limit 8mb ce_threshold_selector 0x01/0x3",
        ),
    ];
    bench.changed_qdiscs(&rows)?;
    let flows = NewQdisc::fq_codel(bench.left).flows(512).ecn(true);
    bench.qdiscs(&[(flows, "fq_codel flows 512 ecn")])
}

fn fq_pie() -> Outcome {
    let mut bench = Bench::open()?;
    let first = [FqPieAttr::Limit(500), FqPieAttr::Flows(512)];
    let second = [
        FqPieAttr::Limit(5000),
        FqPieAttr::Target(20_000),
        FqPieAttr::Update(32_000),
        FqPieAttr::Alpha(3),
        FqPieAttr::Beta(25),
        FqPieAttr::Quantum(1000),
        FqPieAttr::MemoryLimit(16 << 20),
        FqPieAttr::EcnProbability(20),
        FqPieAttr::Ecn(1),
        FqPieAttr::ByteMode(1),
        FqPieAttr::RateEstimator(1),
    ];
    let left = bench.left;
    let fq_pie = |settings| NewQdisc::new(left, settings);
    bench.changed_qdiscs(&[
        (
            fq_pie(TrafficKindSettings::of("fq_pie", &first)),
            "fq_pie limit 500 flows 512",
        ),
        (
            fq_pie(TrafficKindSettings::of("fq_pie", &second)),
            "fq_pie limit 5000 target 20ms tupdate 32ms alpha 3 beta 25 quantum 1000 \
             memory_limit 16mb ecn_prob 20 ecn bytemode dq_rate_estimator",
        ),
    ])
}

fn codel() -> Outcome {
    let mut bench = Bench::open()?;
    let first = [CodelAttr::Limit(500)];
    let second = [
        CodelAttr::Target(7000),
        CodelAttr::Interval(90_000),
        CodelAttr::Ecn(1),
        CodelAttr::CeThreshold(4000),
    ];
    let left = bench.left;
    let codel = |settings| NewQdisc::new(left, settings);
    bench.changed_qdiscs(&[
        (
            codel(TrafficKindSettings::of("codel", &first)),
            "codel limit 500",
        ),
        (
            codel(TrafficKindSettings::of("codel", &second)),
            "codel target 7ms interval 90ms ecn ce_threshold 4ms",
        ),
    ])
}

fn pie() -> Outcome {
    let mut bench = Bench::open()?;
    let first = [PieAttr::Limit(500)];
    let second = [
        PieAttr::Target(20_000),
        PieAttr::Update(32_000),
        PieAttr::Alpha(3),
        PieAttr::Beta(25),
        PieAttr::Ecn(1),
        PieAttr::ByteMode(1),
        PieAttr::RateEstimator(1),
    ];
    let left = bench.left;
    let pie = |settings| NewQdisc::new(left, settings);
    bench.changed_qdiscs(&[
        (pie(TrafficKindSettings::of("pie", &first)), "pie limit 500"),
        (
            pie(TrafficKindSettings::of("pie", &second)),
            "pie target 20ms tupdate 32ms alpha 3 beta 25 ecn bytemode dq_rate_estimator",
        ),
    ])
}

fn sfq() -> Outcome {
    let mut bench = Bench::open()?;
    let plain = SfqOptions {
        perturb_period: 10.into(),
        ..SfqOptions::default()
    };
    let more = SfqOptions {
        perturb_period: 20.into(),
        quantum: 3000.into(),
        limit: 100.into(),
        divisor: 512.into(),
        flows: 120.into(),
        depth: 60.into(),
        head_drop: 1.into(),
        ..SfqOptions::default()
    };
    let sfq = |options| NewQdisc::new(bench.left, TrafficKindSettings::of_struct("sfq", options));
    let rows = [
        (sfq(&plain), "sfq perturb 10"),
        (
            sfq(&more),
            "sfq perturb 20 quantum 3000 limit 100 divisor 512 flows 120 depth 60 headdrop",
        ),
    ];
    bench.qdiscs(&rows)
}

fn hhf() -> Outcome {
    let mut bench = Bench::open()?;
    let first = [HhfAttr::Limit(500), HhfAttr::FlowsLimit(1024)];
    let second = [
        HhfAttr::Quantum(1500),
        HhfAttr::ResetTimeout(48_000),
        HhfAttr::AdmitBytes(65_536),
        HhfAttr::EvictTimeout(500_000),
        HhfAttr::Weight(3),
    ];
    let left = bench.left;
    let hhf = |settings| NewQdisc::new(left, settings);
    bench.changed_qdiscs(&[
        (
            hhf(TrafficKindSettings::of("hhf", &first)),
            "hhf limit 500 hh_limit 1024",
        ),
        (
            hhf(TrafficKindSettings::of("hhf", &second)),
            "hhf quantum 1500 reset_timeout 48ms admit_bytes 65536 evict_timeout 500ms \
             non_hh_weight 3",
        ),
    ])
}
