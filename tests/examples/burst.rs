//! What a ring of buffers, filled by `recvmmsg(2)`, would save on a burst of
//! events: nanoseconds an event, read one by one and 16 at a time.
//!
//! ```sh
//! unshare -rn cargo run --release -p nltests --example burst
//! ```
//!
//! Each round queues 200 events of routes, of which the reading is timed; the
//! least of all rounds counts. Measured on Linux 6.18, x86-64: see
//! [`Events`](nlsock::Events).
#![allow(clippy::unwrap_used, reason = "it ends at what it does not expect")]

use nlsock::{Config, Event, Protocol, Slot};
use nltests::{Churn, Network};
use nlwire::Messages;
use nlwire::route::RTNLGRP_IPV4_ROUTE;
use std::error::Error;
use std::hint::black_box;
use std::time::{Duration, Instant};

const EVENTS: u32 = 200;

fn main() -> Result<(), Box<dyn Error>> {
    let mut network = Network::open()?;
    let index = network.add_link("br0", "bridge")?;
    network.set_up(index)?;
    let mut churn = Churn::open(index, 1000)?;
    let config = Config::new(Protocol::ROUTE).group(RTNLGRP_IPV4_ROUTE);
    let mut events = config.clone().events()?;
    let one_by_one = least(&mut churn, || {
        let mut count = 0;
        while let Some(Event::Item(event)) = events.try_next().unwrap() {
            black_box(event.message());
            count = u32::saturating_add(count, 1);
        }
        count
    });
    drop(events);

    let socket = config.open_socket()?;
    let mut ring = vec![[0_u8; 64 * 1024]; 16];
    let at_once = least(&mut churn, || {
        let mut count = 0;
        let mut slots: Vec<_> = ring.iter_mut().map(|bytes| Slot::new(bytes)).collect();
        while let Ok(filled) = socket.recv_many(&mut slots) {
            for slot in slots.iter().take(filled) {
                for message in Messages::new(slot.bytes()) {
                    black_box(message.unwrap());
                    count = u32::saturating_add(count, 1);
                }
            }
        }
        count
    });
    println!("one by one: {one_by_one:?} an event, 16 at a time: {at_once:?}");
    Ok(())
}

/// The time of an event in the best round.
fn least(churn: &mut Churn, mut read: impl FnMut() -> u32) -> Duration {
    let round = || {
        for _ in 0..4 {
            churn.change().unwrap();
        }
        let start = Instant::now();
        assert_eq!(read(), EVENTS);
        start.elapsed()
    };
    let best = std::iter::repeat_with(round).take(2000).min();
    best.unwrap().checked_div(EVENTS).unwrap()
}
