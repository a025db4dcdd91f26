//! Whole tables, beside changes without a pause.

use nlsock::{Conn, Protocol};
use nltests::{Need, Network, Outcome, Test};
use nlwire::route::{DeleteLink, GetLinks, NewLink};
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "lists::are_whole_beside_changes",
        needs: &[Need::Namespace],
        run: || match nltests::is_emulated() {
            true => are_whole_beside_changes(20, 5, Duration::from_secs(60)),
            false => are_whole_beside_changes(200, 20, Duration::from_secs(20)),
        },
    },
    Test {
        name: "lists::of_800_links_are_whole",
        needs: &[Need::Namespace, Need::Slow],
        run: || match nltests::is_emulated() {
            true => are_whole_beside_changes(50, 20, Duration::MAX),
            false => are_whole_beside_changes(800, 60, Duration::MAX),
        },
    },
];

/// Reads the table in the loop that the documentation shows, beside a pair of
/// links that comes and goes: so many times, or until the time is up.
fn are_whole_beside_changes(links: usize, runs: u32, time: Duration) -> Outcome {
    let mut network = Network::open()?;
    for number in 0..links {
        network.add_link(&format!("br{number}"), "bridge")?;
    }
    let stop = &AtomicBool::new(false);
    let mut conn = Conn::open(Protocol::ROUTE)?;
    let mut churn = Conn::open(Protocol::ROUTE)?;
    std::thread::scope(|scope| {
        let churning = scope.spawn(move || {
            let mut pairs = 0;
            while !stop.load(Ordering::Relaxed) {
                churn.execute(NewLink::veth("w0", "w1")).unwrap();
                churn.execute(DeleteLink::by_name("w0")).unwrap();
                pairs += 1;
            }
            pairs
        });
        let begun = Instant::now();
        let mut done = 0;
        let mut result = Ok(());
        while done < runs && begun.elapsed() < time && result.is_ok() {
            result = list(&mut conn, links);
            done += u32::from(result.is_ok());
        }
        stop.store(true, Ordering::Relaxed);
        let pairs = churning.join().unwrap();
        println!(
            "{done} of {runs} lists, {pairs} pairs, {:?}",
            begun.elapsed()
        );
        assert!(done > 0 && pairs > 0);
        result
    })
}

/// Lists the links, of which each bridge is there once.
fn list(conn: &mut Conn, links: usize) -> Outcome {
    let mut names = BTreeSet::new();
    let mut count = 0;
    for link in &conn.list(GetLinks::all())? {
        let name = link.name()?.ok_or("a link without a name")?.to_string();
        if name.starts_with("br") {
            count += 1;
            names.insert(name);
        }
    }
    assert_eq!((count, names.len()), (links, links));
    Ok(())
}
