//! Tables that are kept by events, however many of them are lost.

use super::events::link;
use nlsock::{Config, Conn, Error, ErrorKind, Events, Protocol, Resync};
use nltests::{Churn, Need, Outcome, Routes, Test, all_routes, apply, long_run};
use nlwire::Dump;
use nlwire::route::RTNLGRP_IPV4_ROUTE;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "resync::a_slow_reader_has_the_table_after_100_000_changes",
        needs: &[Need::Namespace, Need::Slow],
        run: a_slow_reader_has_the_table_after_100_000_changes,
    },
    Test {
        name: "resync::a_long_run_ends_where_it_began",
        needs: &[Need::Namespace, Need::Slow],
        run: a_long_run_ends_where_it_began,
    },
];

fn listen() -> Result<Events, Error> {
    let config = Config::new(Protocol::ROUTE).group(RTNLGRP_IPV4_ROUTE);
    let mut events = config.events()?;
    events.set_timeout(Some(Duration::from_secs(1)));
    Ok(events)
}

/// A table, and what it took to keep it.
#[derive(Default)]
struct Kept {
    routes: Routes,
    /// Number of readings.
    starts: u32,
    /// Number of seconds without an event before the end.
    idle: u32,
}

/// Keeps a table until all is done and nothing has happened for a second;
/// `slow` makes the reader slow.
fn keep(events: &mut Events, done: &AtomicBool, mut slow: impl FnMut(u64)) -> Result<Kept, Error> {
    let mut conn = Conn::open(Protocol::ROUTE)?;
    let mut buffer = [0; 64];
    let request = all_routes(&mut buffer).unwrap();
    let (mut kept, mut count) = (Kept::default(), 0);
    loop {
        let result = events.resync(&mut conn, Dump(request), |change| {
            match change {
                Resync::Start => {
                    kept.starts += 1;
                    kept.routes.clear();
                }
                Resync::Row(row) => apply(&mut kept.routes, row).unwrap(),
                Resync::Whole => {}
                Resync::Event(event) => {
                    apply(&mut kept.routes, event.message()).unwrap();
                    count += 1;
                    slow(count);
                }
            }
            ControlFlow::<()>::Continue(())
        });
        match result {
            Err(error) if error.kind() == ErrorKind::Timeout && done.load(Ordering::Relaxed) => {
                return Ok(kept);
            }
            Err(error) if error.kind() == ErrorKind::Timeout => kept.idle += 1,
            Err(error) => return Err(error),
            Ok(()) => unreachable!("nothing breaks"),
        }
    }
}

/// The table as the kernel has it.
fn dump() -> Result<Routes, Error> {
    let mut conn = Conn::open(Protocol::ROUTE)?;
    let mut buffer = [0; 64];
    let mut routes = Routes::new();
    let mut rows = conn.query(Dump(all_routes(&mut buffer).unwrap()))?;
    while let Some(row) = rows.next()? {
        apply(&mut routes, row).unwrap();
    }
    Ok(routes)
}

fn a_slow_reader_has_the_table_after_100_000_changes() -> Outcome {
    let mut churn = Churn::open(link()?, 2000)?;
    let mut events = listen()?;
    let done = AtomicBool::new(false);
    let kept = thread::scope(|scope| {
        let reader = scope.spawn(|| {
            keep(&mut events, &done, |count| {
                if count % 100 == 0 && !done.load(Ordering::Relaxed) {
                    thread::sleep(Duration::from_millis(20));
                }
            })
        });
        for _ in 0..100_000 / Churn::BATCH {
            churn.change().unwrap();
            thread::sleep(Duration::from_millis(1));
        }
        done.store(true, Ordering::Relaxed);
        reader.join().unwrap()
    })?;
    println!("{} routes, read {} times", kept.routes.len(), kept.starts);
    assert!(kept.routes.len() > 100, "{}", kept.routes.len());
    assert_eq!(kept.routes, dump()?);
    assert_eq!(kept.routes, churn.routes());
    Ok(())
}

fn a_long_run_ends_where_it_began() -> Outcome {
    let mut churn = Churn::open(link()?, 2000)?;
    // Memory that the first round leaves in caches and in the allocator is not
    // counted as a leak.
    run(&mut churn, Duration::from_secs(3))?;
    let before = Usage::now()?;
    let starts = run(&mut churn, long_run())?;
    assert!(starts > 1, "{starts}");
    let after = Usage::now()?;
    println!("{before:?}\n{after:?}");
    assert_eq!(
        (after.descriptors, after.threads),
        (before.descriptors, before.threads)
    );
    assert!(after.resident <= before.resident + 512, "{after:?}");
    Ok(())
}

/// Makes the changes of so many seconds, 10,000 in each unless the machine is slower,
/// and then compares the tables. The reader falls asleep now and then, until more was
/// changed than its queue holds. Returns the number of
/// readings of the table.
fn run(churn: &mut Churn, time: Duration) -> Result<u32, Box<dyn std::error::Error>> {
    let seconds = u32::try_from(time.as_secs())?;
    let all = seconds.saturating_mul(if nltests::is_emulated() {
        2_000
    } else {
        10_000
    });
    let mut events = listen()?;
    let start = Instant::now();
    let done = AtomicBool::new(false);
    let (changes, mut last, mut silent) = (AtomicU32::new(0), start, 0);
    let made = || changes.load(Ordering::Relaxed);
    // Whole seconds without a change, and a bit for how late a thread may be.
    let mut silence = |last: Instant| {
        silent += (last.elapsed() + Duration::from_millis(200)).as_secs();
    };
    let kept = thread::scope(|scope| {
        let reader = scope.spawn(|| {
            keep(&mut events, &done, |count| {
                let until = made() + 2_000;
                while count % 5000 == 0 && made() < until && !done.load(Ordering::Relaxed) {
                    thread::sleep(Duration::from_millis(1));
                }
            })
        });
        while made() < all {
            churn.change().unwrap();
            let batch = u32::try_from(Churn::BATCH).unwrap();
            changes.fetch_add(batch, Ordering::Relaxed);
            silence(last);
            last = Instant::now();
            let due = Duration::from_micros(100) * made();
            thread::sleep(due.saturating_sub(start.elapsed()));
        }
        done.store(true, Ordering::Relaxed);
        silence(last);
        reader.join().unwrap()
    })?;
    println!(
        "{} changes in {:?}, {silent} s of silence; the table read {} times, {} idle",
        made(),
        start.elapsed(),
        kept.starts,
        kept.idle
    );
    // It waited in vain only while nothing happened.
    assert!(u64::from(kept.idle) <= silent, "{} of {silent}", kept.idle);
    assert_eq!(kept.routes, dump()?);
    assert_eq!(kept.routes, churn.routes());
    Ok(kept.starts)
}

/// Memory and descriptors of the process.
#[derive(Debug)]
struct Usage {
    /// Without what is mapped from files, in KiB.
    resident: u64,
    descriptors: usize,
    threads: usize,
}

impl Usage {
    fn now() -> std::io::Result<Self> {
        let status = std::fs::read_to_string("/proc/self/status")?;
        let line = status.lines().find(|line| line.starts_with("RssAnon:"));
        let resident = line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok());
        Ok(Self {
            resident: resident.unwrap(),
            descriptors: std::fs::read_dir("/proc/self/fd")?.count(),
            threads: std::fs::read_dir("/proc/self/task")?.count(),
        })
    }
}
