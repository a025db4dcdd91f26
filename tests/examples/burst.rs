//! What a ring of buffers, filled by `recvmmsg(2)`, would save on a burst of
//! events, in which they are read one by one or 16 at a time.
//!
//! ```sh
//! unshare -rn cargo run --release -p nltests --example burst
//! ```
//!
//! First the time that it takes to read an event: each round queues 200 of
//! them, and the least time of all rounds counts. Then what is lost of 100,000
//! events that are read while they are made, into the default receive buffer,
//! on two processors: the median of all rounds. Measured on Linux 6.18, x86-64: see
//! [`Events`](nlsock::Events).
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "it ends at what it does not expect"
)]

use nlsock::{Config, Event, Events, Protocol, Slot, Socket};
use nltests::{Churn, Network};
use nlwire::Messages;
use nlwire::route::RTNLGRP_IPV4_ROUTE;
use rustix::thread::{CpuSet, sched_setaffinity};
use std::error::Error;
use std::hint::black_box;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

const QUEUED: u32 = 200;
const BURST: u32 = 100_000;
const ROUNDS: usize = 25;

fn main() -> Result<(), Box<dyn Error>> {
    let mut network = Network::open()?;
    let index = network.add_link("br0", "bridge")?;
    network.set_up(index)?;
    let mut churn = Churn::open(index, 1000)?;

    let mut one = OneByOne::open()?;
    let one_by_one = least(&mut churn, &mut one);
    drop(one);
    let mut many = AtOnce::open()?;
    let at_once = least(&mut churn, &mut many);
    drop(many);
    println!("reading an event: one by one {one_by_one:?}, 16 at a time {at_once:?}");

    let (mut one_by_one, mut at_once) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        one_by_one.push(lost(&mut churn, OneByOne::open()?));
        at_once.push(lost(&mut churn, AtOnce::open()?));
    }
    for (name, lost) in [
        ("one by one", &mut one_by_one),
        ("16 at a time", &mut at_once),
    ] {
        lost.sort_unstable();
        let percent = |at: usize| f64::from(lost[at]) * 100.0 / f64::from(BURST);
        let (least, median, most) = (percent(0), percent(ROUNDS / 2), percent(ROUNDS - 1));
        println!("lost {name}: {median:.2} % ({least:.2} to {most:.2})");
    }
    Ok(())
}

/// A way to read events.
trait Reader: Send {
    /// Reads until nothing is queued, and returns how many there were.
    fn read(&mut self) -> u32;
}

struct OneByOne(Events);

impl OneByOne {
    fn open() -> Result<Self, nlsock::Error> {
        config().events().map(Self)
    }
}

impl Reader for OneByOne {
    fn read(&mut self) -> u32 {
        let mut count: u32 = 0;
        while let Some(event) = self.0.try_next().unwrap() {
            if let Event::Item(event) = event {
                black_box(event.message());
                count += 1;
            }
        }
        count
    }
}

struct AtOnce {
    socket: Socket,
    ring: Vec<[u8; 64 * 1024]>,
}

impl AtOnce {
    fn open() -> Result<Self, nlsock::Error> {
        Ok(Self {
            socket: config().open_socket()?,
            ring: vec![[0; 64 * 1024]; 16],
        })
    }
}

impl Reader for AtOnce {
    fn read(&mut self) -> u32 {
        let mut count: u32 = 0;
        let mut slots: Vec<_> = self.ring.iter_mut().map(|bytes| Slot::new(bytes)).collect();
        loop {
            let filled = match self.socket.recv_many(&mut slots) {
                Ok(filled) => filled,
                Err(nlsock::Errno::EAGAIN) => return count,
                // ENOBUFS; what is queued can still be read.
                Err(_) => continue,
            };
            for slot in slots.iter().take(filled) {
                for message in Messages::new(slot.bytes()) {
                    black_box(message.unwrap());
                    count += 1;
                }
            }
        }
    }
}

fn config() -> Config {
    Config::new(Protocol::ROUTE).group(RTNLGRP_IPV4_ROUTE)
}

/// The time of an event in the best round.
fn least(churn: &mut Churn, reader: &mut impl Reader) -> Duration {
    let round = || {
        for _ in 0..4 {
            churn.change().unwrap();
        }
        let start = Instant::now();
        assert_eq!(reader.read(), QUEUED);
        start.elapsed()
    };
    let best = std::iter::repeat_with(round).take(2000).min();
    best.unwrap() / QUEUED
}

/// How many events of a burst a reader that never sleeps did not see.
fn lost(churn: &mut Churn, mut reader: impl Reader) -> u32 {
    let done = AtomicBool::new(false);
    let seen: u32 = thread::scope(|scope| {
        let reading = scope.spawn(|| {
            stay_on(1);
            let mut seen = 0;
            // Asked before the last read: what was sent is queued by then.
            while !done.load(Ordering::Acquire) {
                seen += reader.read();
            }
            seen + reader.read()
        });
        stay_on(0);
        for _ in 0..BURST / u32::try_from(Churn::BATCH).unwrap() {
            churn.change().unwrap();
        }
        done.store(true, Ordering::Release);
        reading.join().unwrap()
    });
    BURST - seen
}

/// Keeps this thread on a processor.
fn stay_on(processor: usize) {
    let mut set = CpuSet::new();
    set.set(processor);
    sched_setaffinity(None, &set).unwrap();
}
