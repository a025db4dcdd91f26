//! Counters of each kind, beside those that `tc -s` shows.

use super::bench::{Bench, ONE, number_by_tc};
use super::test;
use nltests::{Outcome, Test};
use nlwire::route::{
    CodelAttr, FqPieAttr, GetQdisc, HhfAttr, NewQdisc, PieAttr, TrafficKindSettings,
};
use nlwire::{Query as _, Request};
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
];

/// Sends packets through a discipline, and compares its counters: the name of `tc` and
/// the name of our field.
fn compare(bench: &mut Bench, ours: &dyn Request, counters: &[(&str, &str)]) -> Outcome {
    bench.make(ours)?;
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
    // Packets come and go meanwhile: read again until both agree.
    let mut last = String::new();
    for _ in 0..50 {
        let row = bench.session.row(&GetQdisc::by_handle(bench.left, ONE))?;
        let row = GetQdisc::row(row.get());
        let sent = row.counters()?.ok_or("no counters")?.packets;
        let of_kind = format!(
            "{:?}",
            row.kind_counters()?.ok_or("no counters of the kind")?
        );
        let number = |name: &str| {
            let at = format!("{name}: ");
            // No longer name that ends like this one.
            let starts = |place: &usize| !of_kind[..*place].ends_with('_');
            let place = of_kind
                .match_indices(&at)
                .map(|(place, _)| place)
                .find(starts)?;
            let rest = &of_kind[place + at.len()..];
            let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
            digits.parse::<u64>().ok()
        };
        last = of_kind.clone();
        let mut agree = sent >= 20;
        for (theirs, our) in counters {
            let by_tc = number_by_tc(theirs)?;
            last += &format!(", {theirs} {by_tc:?}");
            agree &= by_tc.is_some() && by_tc == number(our);
        }
        if agree {
            return Ok(());
        }
    }
    Err(last.into())
}

fn codel() -> Outcome {
    let mut bench = Bench::open()?;
    let settings = [CodelAttr::Limit(500)];
    let settings = TrafficKindSettings::of("codel", &settings);
    let ours = NewQdisc::new(bench.left, settings).handle(ONE);
    compare(
        &mut bench,
        &ours,
        &[
            ("maxpacket", "max_packet"),
            ("count", "count"),
            ("ecn_mark", "ecn_mark"),
        ],
    )
}

fn fq() -> Outcome {
    let mut bench = Bench::open()?;
    let ours = NewQdisc::fq(bench.left).handle(ONE);
    compare(
        &mut bench,
        &ours,
        &[
            ("flows", "flows"),
            ("gc", "gc_flows"),
            ("throttled", "throttled_flows"),
        ],
    )
}

fn fq_codel() -> Outcome {
    let mut bench = Bench::open()?;
    let ours = NewQdisc::fq_codel(bench.left).handle(ONE);
    compare(
        &mut bench,
        &ours,
        &[
            ("new_flow_count", "new_flow_count"),
            ("drop_overlimit", "drop_overlimit"),
        ],
    )
}

fn fq_pie() -> Outcome {
    let mut bench = Bench::open()?;
    let settings = [FqPieAttr::Limit(500)];
    let settings = TrafficKindSettings::of("fq_pie", &settings);
    let ours = NewQdisc::new(bench.left, settings).handle(ONE);
    compare(
        &mut bench,
        &ours,
        &[
            ("pkts_in", "packets_in"),
            ("new_flow_count", "new_flow_count"),
        ],
    )
}

fn pie() -> Outcome {
    let mut bench = Bench::open()?;
    let settings = [PieAttr::Limit(500)];
    let settings = TrafficKindSettings::of("pie", &settings);
    let ours = NewQdisc::new(bench.left, settings).handle(ONE);
    compare(
        &mut bench,
        &ours,
        &[("pkts_in", "packets_in"), ("maxq", "max_length")],
    )
}

fn hhf() -> Outcome {
    let mut bench = Bench::open()?;
    let settings = [HhfAttr::Limit(500)];
    let settings = TrafficKindSettings::of("hhf", &settings);
    let ours = NewQdisc::new(bench.left, settings).handle(ONE);
    compare(
        &mut bench,
        &ours,
        &[
            ("drop_overlimit", "drop_overlimit"),
            ("tot_hh", "total_flows"),
        ],
    )
}

fn cake() -> Outcome {
    let mut bench = Bench::open()?;
    let ours = NewQdisc::cake(bench.left).handle(ONE);
    compare(
        &mut bench,
        &ours,
        &[
            ("memory_used", "TCA_CAKE_STATS_MEMORY_USED"),
            ("max_network_size", "TCA_CAKE_STATS_MAX_NETLEN"),
        ],
    )
}
