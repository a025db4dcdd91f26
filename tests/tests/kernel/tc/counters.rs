//! Counters of each kind, beside those that `tc -s` shows.

use super::bench::{Bench, FIRST, ONE, TEN, number_by_tc, tc};
use super::test;
use nltests::{Outcome, Test};
use nlwire::Query;
use nlwire::route::{
    ChokeAttr, CodelAttr, DrrAttr, FqPieAttr, GetClass, GetClasses, GetQdisc, Handle, HfscAttr,
    HfscOptions, HhfAttr, NewClass, NewFilter, NewQdisc, PieAttr, QfqAttr, Rate, RedAttr, RedCurve,
    RedOptions, ServiceCurve, SfbAttr, SfbOptions, SfqOptions, TrafficKindSettings, TrafficRow,
    TrafficSettings,
};
use std::error::Error;
use std::net::UdpSocket;
use std::process::Command;

pub(crate) const TESTS: &[Test] = &[
    test("tc::counters_codel", codel),
    test("tc::counters_fq", fq),
    test("tc::counters_fq_codel", fq_codel),
    test("tc::counters_fq_pie", fq_pie),
    test("tc::counters_pie", pie),
    test("tc::counters_hhf", hhf),
    test("tc::counters_cake", cake),
    test("tc::counters_red", red),
    test("tc::counters_choke", choke),
    test("tc::counters_sfb", sfb),
    test("tc::counters_sfq", sfq),
    test("tc::counters_drr", drr),
    test("tc::counters_qfq", qfq),
    test("tc::counters_hfsc", hfsc),
];

/// Sends packets through the links, which are set up first.
fn send() -> Outcome {
    for command in [
        "link set left addrgenmode none",
        "link set right addrgenmode none",
        "link set left up",
        "link set right up",
        "addr add 10.0.0.1/24 dev left",
        "neigh add 10.0.0.2 lladdr 02:00:00:00:00:02 dev left",
    ] {
        Command::new("ip").args(command.split(' ')).status()?;
    }
    let socket = UdpSocket::bind("10.0.0.1:0")?;
    for _ in 0..20 {
        socket.send_to(&[0; 200], "10.0.0.2:9")?;
    }
    Ok(())
}

/// Reads a field of the counters of a row's kind, as they print.
fn field(of_kind: &str, name: &str) -> Option<i64> {
    let at = format!("{name}: ");
    // No longer name that ends like this one.
    let starts = |place: &usize| !of_kind[..*place].ends_with('_');
    let mut places = of_kind.match_indices(&at).map(|(place, _)| place);
    leading_number(&of_kind[places.find(starts)? + at.len()..])
}

/// Reads the number that a text begins with; a unit may follow.
fn leading_number(text: &str) -> Option<i64> {
    let is_part = |one: &char| one.is_ascii_digit() || *one == '-';
    text.chars()
        .take_while(is_part)
        .collect::<String>()
        .parse()
        .ok()
}

/// Reads the number behind a word of `tc`, among those behind `from`.
fn word(text: &str, from: &str, name: &str) -> Option<i64> {
    let mut words = text.split_once(from)?.1.split_whitespace();
    words.find(|word| *word == name)?;
    leading_number(words.next()?)
}

/// Compares the counters of what `query` reads with those of `tc`: the name of `tc` and
/// the name of our field.
fn compare<Q>(
    bench: &mut Bench,
    query: &Q,
    by_tc: impl Fn(&str) -> Result<Option<i64>, Box<dyn Error>>,
    counters: &[(&str, &str)],
) -> Outcome
where
    Q: for<'a> Query<Row<'a> = TrafficRow<'a>>,
{
    // Packets come and go meanwhile: read again until both agree.
    let mut last = String::new();
    for _ in 0..50 {
        let row = bench.session.row(query)?;
        let row = Q::row(row.get());
        let sent = row.counters()?.ok_or("no counters")?.packets;
        let of_kind = row.kind_counters()?.ok_or("no counters of the kind")?;
        let of_kind = format!("{of_kind:?}");
        last = of_kind.clone();
        let mut agree = sent >= 20;
        for (theirs, our) in counters {
            let by_tc = by_tc(theirs)?;
            last += &format!(", {theirs} {by_tc:?}");
            agree &= by_tc.is_some() && by_tc == field(&of_kind, our);
        }
        if agree {
            return Ok(());
        }
    }
    Err(last.into())
}

/// Creates a discipline, sends packets through it, and compares its counters with the
/// JSON of `tc`.
fn of_qdisc<'a, K: TrafficSettings>(
    ours: impl Fn(u32) -> NewQdisc<'a, K>,
    counters: &[(&str, &str)],
) -> Outcome {
    let mut bench = Bench::open()?;
    bench.make(&ours(bench.left))?;
    send()?;
    let query = GetQdisc::by_handle(bench.left, ONE);
    let by_tc = |name: &str| {
        // Not all kinds have JSON.
        if let Ok(Some(count)) = number_by_tc(name) {
            return Ok(i64::try_from(count).ok());
        }
        let shown = tc("-statistics qdisc show dev left root")?;
        Ok(word(&shown, " Sent ", name))
    };
    compare(&mut bench, &query, by_tc, counters)
}

/// Creates a discipline that has classes, a class, and a filter that leads to it; sends
/// packets, and compares the counters of the class with the words of `tc`.
fn of_class(
    settings: TrafficKindSettings<'_>,
    class: TrafficKindSettings<'_>,
    counters: &[(&str, &str)],
) -> Outcome {
    let mut bench = Bench::open()?;
    bench.make(&NewQdisc::new(bench.left, settings).handle(ONE))?;
    bench.make(&NewClass::new(bench.left, TEN, class))?;
    let filter = NewFilter::matchall(bench.left, ONE).class(TEN).priority(1);
    bench.make(&filter)?;
    send()?;
    let query = GetClass::by_handle(bench.left, TEN);
    let by_tc = |name: &str| {
        let shown = tc("-statistics class show dev left classid 1:10")?;
        Ok(word(&shown, "class ", name))
    };
    compare(&mut bench, &query, by_tc, counters)
}

fn codel() -> Outcome {
    let settings = [CodelAttr::Limit(500)];
    let settings = TrafficKindSettings::of("codel", &settings);
    let ours = |left| NewQdisc::new(left, settings).handle(ONE);
    of_qdisc(
        ours,
        &[
            ("maxpacket", "max_packet"),
            ("count", "count"),
            ("ecn_mark", "ecn_mark"),
        ],
    )
}

fn fq() -> Outcome {
    let ours = |left| NewQdisc::fq(left).handle(ONE);
    of_qdisc(
        ours,
        &[
            ("flows", "flows"),
            ("gc", "gc_flows"),
            ("throttled", "throttled_flows"),
        ],
    )
}

fn fq_codel() -> Outcome {
    let ours = |left| NewQdisc::fq_codel(left).handle(ONE);
    of_qdisc(
        ours,
        &[
            ("new_flow_count", "new_flow_count"),
            ("drop_overlimit", "drop_overlimit"),
        ],
    )
}

fn fq_pie() -> Outcome {
    let settings = [FqPieAttr::Limit(500)];
    let settings = TrafficKindSettings::of("fq_pie", &settings);
    let ours = |left| NewQdisc::new(left, settings).handle(ONE);
    of_qdisc(
        ours,
        &[
            ("pkts_in", "packets_in"),
            ("new_flow_count", "new_flow_count"),
        ],
    )
}

fn pie() -> Outcome {
    let settings = [PieAttr::Limit(500)];
    let settings = TrafficKindSettings::of("pie", &settings);
    let ours = |left| NewQdisc::new(left, settings).handle(ONE);
    of_qdisc(ours, &[("pkts_in", "packets_in"), ("maxq", "max_length")])
}

fn hhf() -> Outcome {
    let settings = [HhfAttr::Limit(500)];
    let settings = TrafficKindSettings::of("hhf", &settings);
    let ours = |left| NewQdisc::new(left, settings).handle(ONE);
    of_qdisc(
        ours,
        &[
            ("drop_overlimit", "drop_overlimit"),
            ("tot_hh", "total_flows"),
        ],
    )
}

fn cake() -> Outcome {
    let ours = |left| NewQdisc::cake(left).handle(ONE);
    of_qdisc(
        ours,
        &[
            ("memory_used", "TCA_CAKE_STATS_MEMORY_USED"),
            ("max_network_size", "TCA_CAKE_STATS_MAX_NETLEN"),
        ],
    )
}

/// Curve of a discipline that drops by chance; no packets of the test are dropped.
const CURVE: RedCurve = RedCurve::new(30_000, 90_000, 1000);
const UNFIT: &str = "lengths that do not fit";

fn red() -> Outcome {
    let options = CURVE.options(400_000).ok_or(UNFIT)?;
    let table = CURVE.table().ok_or(UNFIT)?;
    let settings = [
        RedAttr::Parameters(&options),
        RedAttr::Table(&table),
        RedAttr::MaxProbability(CURVE.max_probability()),
    ];
    of_qdisc(
        |left| NewQdisc::new(left, TrafficKindSettings::of("red", &settings)).handle(ONE),
        &[
            ("marked", "marked"),
            ("early", "early"),
            ("pdrop", "overlimit"),
            ("other", "other"),
        ],
    )
}

fn choke() -> Outcome {
    let options = CURVE.options(1000).ok_or(UNFIT)?;
    // Lengths of this kind are packets.
    let options = RedOptions {
        minimum: 83.into(),
        maximum: 250.into(),
        ..options
    };
    let table = CURVE.table().ok_or(UNFIT)?;
    let settings = [
        ChokeAttr::Parameters(&options),
        ChokeAttr::Table(&table),
        ChokeAttr::MaxProbability(CURVE.max_probability()),
    ];
    let settings = TrafficKindSettings::of("choke", &settings);
    of_qdisc(
        |left| NewQdisc::new(left, settings).handle(ONE),
        &[
            ("marked", "marked"),
            ("early", "early"),
            ("pdrop", "overlimit"),
            ("other", "other"),
            ("matched", "matched"),
        ],
    )
}

fn sfb() -> Outcome {
    let options = SfbOptions {
        rehash_interval: 500_000.into(),
        warmup_time: 50_000.into(),
        max: 25.into(),
        bin_size: 20.into(),
        increment: 66.into(),
        decrement: 7.into(),
        limit: 500.into(),
        penalty_rate: 11.into(),
        penalty_burst: 21.into(),
    };
    let settings = [SfbAttr::Parameters(&options)];
    let settings = TrafficKindSettings::of("sfb", &settings);
    of_qdisc(
        |left| NewQdisc::new(left, settings).handle(ONE),
        &[
            ("earlydrop", "early_drops"),
            ("penaltydrop", "penalty_drops"),
            ("bucketdrop", "bin_drops"),
            ("queuedrop", "queue_drops"),
            ("childdrop", "child_drops"),
            ("marked", "marked"),
            ("maxqlen", "max_length"),
        ],
    )
}

fn drr() -> Outcome {
    let quantum = [DrrAttr::Quantum(3000)];
    of_class(
        TrafficKindSettings::new("drr"),
        TrafficKindSettings::of("drr", &quantum),
        &[("deficit", "deficit")],
    )
}

fn qfq() -> Outcome {
    let settings = [QfqAttr::Weight(10), QfqAttr::MaxPacket(2048)];
    of_class(
        TrafficKindSettings::new("qfq"),
        TrafficKindSettings::of("qfq", &settings),
        // tc shows them as settings alone.
        &[("weight", "weight"), ("maxpkt", "max_packet")],
    )
}

fn hfsc() -> Outcome {
    let options = HfscOptions::default();
    let rate = Rate::mbit(100).spec().rate;
    let curve = ServiceCurve {
        first_rate: rate,
        duration: 0.into(),
        second_rate: rate,
    };
    let settings = [HfscAttr::RealTime(&curve), HfscAttr::LinkShare(&curve)];
    of_class(
        TrafficKindSettings::of_struct("hfsc", &options),
        TrafficKindSettings::of("hfsc", &settings),
        &[
            ("period", "period"),
            ("work", "work"),
            ("rtwork", "real_time_work"),
            ("level", "level"),
        ],
    )
}

/// The classes of an `sfq` are flows that wait, here for a slow `tbf`.
fn sfq() -> Outcome {
    let mut bench = Bench::open()?;
    let tbf = NewQdisc::tbf(bench.left, Rate::kbit(1), 2000).limit(100_000);
    bench.make(&tbf.handle(ONE))?;
    let options = SfqOptions::default();
    let sfq = NewQdisc::new(bench.left, TrafficKindSettings::of_struct("sfq", &options));
    let handle = Handle::new(2, 0);
    bench.make(&sfq.parent(FIRST).handle(handle).replace())?;
    send()?;
    // The flow's share changes with each packet that leaves: read again until both agree.
    let mut last = String::from("no class of an sfq");
    for _ in 0..50 {
        for row in bench.session.rows(&GetClasses::of(bench.left))? {
            let row = GetClasses::row(row.get());
            if row.kind()? != Some("sfq") {
                continue;
            }
            let ours = format!("{:?}", row.kind_counters()?.ok_or("no counters")?);
            let class = row.handle().minor();
            let shown = tc(&format!(
                "-statistics class show dev left classid 2:{class:x}"
            ))?;
            let allot = word(&shown, "backlog ", "allot");
            if allot.is_some() && field(&ours, "allot") == allot {
                return Ok(());
            }
            last = ours + &shown;
        }
    }
    Err(last.into())
}
