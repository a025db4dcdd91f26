//! Does what a connection can do, one work after the other, while a test makes
//! a system call fail. A work that fails is repeated on the same connection,
//! where it must succeed.
//!
//! ```sh
//! cargo build -p nltests --example works
//! unshare -rn strace -f -e inject=recvfrom:error=ENOBUFS:when=7 target/debug/examples/works
//! ```
//!
//! It prints the name of each work, and its error. It panics if a connection
//! is unusable after an error, if an error is silent, or if a descriptor or a
//! buffer is left open.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::arithmetic_side_effects,
    reason = "a panic is how it tells the test"
)]

use nlsock::mirror::{Mirror, Table, Update};
use nlsock::{AsyncConn, Config, Conn, Error, Event, Outcome, Protocol};
use nlwire::Batch;
use nlwire::generic::controller::GetFamilies;
use nlwire::generic::ethtool::GetStrings;
use nlwire::netfilter::{SetVerdict, Verdict};
use nlwire::route::{GetLink, GetLinks, GetRules, RTNLGRP_LINK, SetLink};
use std::future::Future;
use std::sync::OnceLock;
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};

const TIMEOUT: Duration = Duration::from_secs(30);

type Work = fn() -> Result<(), Error>;

const WORKS: &[(&str, Work)] = &[
    ("open", || Conn::open(Protocol::ROUTE)?.close()),
    ("execute", || on(Protocol::ROUTE, execute)),
    ("get", || on(Protocol::ROUTE, get)),
    ("query", || on(Protocol::ROUTE, query)),
    ("list", || on(Protocol::ROUTE, list)),
    ("batch", || on(Protocol::ROUTE, batch)),
    ("pipeline", || on(Protocol::ROUTE, pipeline)),
    ("look_up", || on(Protocol::GENERIC, families)),
    ("send", || on(Protocol::NETFILTER, send)),
    ("events", events),
    ("mirror", mirror),
    ("async", in_reactor),
];

fn main() {
    // The standard library and the allocator make calls of their own at first.
    println!("warm up");
    for (_, work) in WORKS {
        work().unwrap();
    }
    for (name, work) in WORKS {
        let before = open();
        println!("work {name}");
        if let Err(error) = work() {
            println!("failed: {error}");
        }
        assert_eq!(open(), before, "{name}: descriptors and buffers");
    }
    println!("end");
}

/// Counts open descriptors, and mappings as large as a connection's buffer.
fn open() -> (usize, usize) {
    let descriptors = std::fs::read_dir("/proc/self/fd").unwrap().count();
    let maps = std::fs::read_to_string("/proc/self/maps").unwrap();
    let length = |line: &str| {
        let (from, to) = line.split_once(' ').unwrap().0.split_once('-').unwrap();
        let place = |hex| usize::from_str_radix(hex, 16).unwrap();
        place(to) - place(from)
    };
    let buffers = maps.lines().filter(|line| length(line) == 1 << 20).count();
    (descriptors, buffers)
}

fn connect(protocol: Protocol) -> Result<Conn, Error> {
    let mut conn = Conn::open(protocol)?;
    conn.set_timeout(Some(TIMEOUT));
    Ok(conn)
}

/// Does a work, and once more after an error.
fn on(protocol: Protocol, work: fn(&mut Conn) -> Result<(), Error>) -> Result<(), Error> {
    let mut conn = connect(protocol)?;
    let result = work(&mut conn);
    if let Err(error) = &result {
        work(&mut conn).unwrap_or_else(|again| panic!("{again} after {error}"));
    }
    result
}

fn execute(conn: &mut Conn) -> Result<(), Error> {
    conn.execute(SetLink::of("lo").up()).map(drop)
}

fn get(conn: &mut Conn) -> Result<(), Error> {
    assert_eq!(conn.get(GetLink::by_name("lo"))?.index().get(), 1);
    Ok(())
}

fn query(conn: &mut Conn) -> Result<(), Error> {
    for _ in 0..2 {
        let mut links = conn.query(GetLinks::all())?;
        let mut count = 0;
        while links.next()?.is_some() {
            count += 1;
        }
        assert_eq!(count, 1);
    }
    Ok(())
}

fn list(conn: &mut Conn) -> Result<(), Error> {
    assert_eq!(conn.list(GetRules::v4())?.len(), 3);
    Ok(())
}

fn batch(conn: &mut Conn) -> Result<(), Error> {
    let mut batch = Batch::new(Vec::new());
    for _ in 0..3 {
        batch.push(&SetLink::of("lo").up()).unwrap();
    }
    let mut outcomes = vec![Outcome::default(); 3];
    let result = conn.batch(&mut batch, &mut outcomes);
    let done = outcomes.iter().all(Outcome::is_done);
    assert!(done || result.is_err(), "{outcomes:?}");
    result
}

fn pipeline(conn: &mut Conn) -> Result<(), Error> {
    let mut pipeline = conn.pipeline::<4>();
    for _ in 0..3 {
        pipeline.query(GetLink::by_name("lo"))?;
    }
    let mut done = 0;
    while let Some((_, answer)) = pipeline.next()? {
        match answer {
            nlsock::Answer::Done(_) => done += 1,
            nlsock::Answer::Failed(error) => return Err(error),
            _ => {}
        }
    }
    assert_eq!(done, 3);
    Ok(())
}

fn families(conn: &mut Conn) -> Result<(), Error> {
    assert!(!conn.list(GetFamilies::all())?.is_empty());
    conn.get(GetStrings::of_kernel().counts_only()).map(drop)
}

/// A verdict on a packet of a queue that nobody has, which the kernel ignores.
fn send(conn: &mut Conn) -> Result<(), Error> {
    conn.send(SetVerdict::new(7, 1, Verdict::ACCEPT))
}

fn events() -> Result<(), Error> {
    let config = Config::new(Protocol::ROUTE).group(RTNLGRP_LINK);
    let mut events = config.events()?;
    events.set_timeout(Some(TIMEOUT));
    let mut changes = connect(Protocol::ROUTE)?;
    let mut failed = None;
    // The kernel announces an alias even if it is that of before. A program
    // beside this one that set a link up first would leave no change to see.
    for alias in ["this", "that"] {
        let change = SetLink::of("lo").alias(alias);
        if let Err(error) = changes.execute(change) {
            failed = Some(error);
            changes.execute(change)?;
        }
    }
    let mut seen = 0;
    while seen < 2 {
        match events.next() {
            Ok(Some(Event::Item(_))) => seen += 1,
            // What was lost is not repeated.
            Ok(Some(Event::Lost { .. })) => seen = 2,
            Ok(_) => panic!("the events ended"),
            Err(error) => failed = Some(error),
        }
    }
    failed.map_or(Ok(()), Err)
}

fn mirror() -> Result<(), Error> {
    let mut mirror = Mirror::open(Protocol::ROUTE)?;
    let links = mirror.keep(Table::links())?;
    let mut failed = None;
    for _ in 0..3 {
        match mirror.next_within(TIMEOUT) {
            Ok(Some(Update::Read)) => break,
            Ok(_) => {}
            Err(error) => failed = Some(error),
        }
    }
    assert_eq!(mirror.len(links), 1);
    failed.map_or(Ok(()), Err)
}

fn in_reactor() -> Result<(), Error> {
    // Built once, while nothing fails: its calls are not ours.
    static RUNTIME: OnceLock<Runtime> = OnceLock::new();
    let runtime = RUNTIME.get_or_init(|| {
        let mut runtime = Builder::new_current_thread();
        runtime.enable_all().build().unwrap()
    });
    runtime.block_on(async {
        let mut conn = AsyncConn::open(Protocol::ROUTE)?;
        let result = within(requests(&mut conn)).await;
        if let Err(error) = &result {
            let again = within(requests(&mut conn)).await;
            again.unwrap_or_else(|again| panic!("{again} after {error}"));
        }
        result
    })
}

async fn within<F: Future>(future: F) -> F::Output {
    tokio::time::timeout(TIMEOUT, future).await.unwrap()
}

async fn requests(conn: &mut AsyncConn) -> Result<(), Error> {
    conn.execute(SetLink::of("lo").up()).await?;
    let mut links = conn.query(GetLinks::all()).await?;
    while links.next().await?.is_some() {}
    Ok(())
}
