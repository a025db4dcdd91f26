//! Prints changes of links in the reactor of tokio, beside a timer, and goes
//! on after a loss.
//!
//! ```sh
//! cargo run --example async_monitor --features tokio         # for ever
//! cargo run --example async_monitor --features tokio -- 2    # two changes
//! ```

use nlsock::{AsyncEvents, Config, Event, Protocol};
use nlwire::fields;
use nlwire::route::{Link, LinkHeader, RTM_DELLINK, RTNLGRP_LINK};
use std::error::Error;
use std::time::Duration;
use tokio::time::{MissedTickBehavior, interval};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let count = std::env::args().nth(1).map(|count| count.parse::<u32>());
    let mut left = count.transpose()?;
    let config = Config::new(Protocol::ROUTE).group(RTNLGRP_LINK);
    let mut events = AsyncEvents::new(config.events()?)?;
    println!("listening");
    let mut timer = interval(Duration::from_secs(10));
    timer.set_missed_tick_behavior(MissedTickBehavior::Skip);
    timer.tick().await;
    while left != Some(0) {
        // The branch that is dropped has taken no event.
        let event = tokio::select! {
            event = events.next() => event?,
            _ = timer.tick() => {
                println!("still listening");
                continue;
            }
        };
        let Event::Item(event) = event else {
            println!("events were lost");
            continue;
        };
        let (header, attributes) = event.message().split::<LinkHeader>()?;
        let name = fields!(attributes => Link { name })?.name.unwrap_or("?");
        let what = match event.message().kind() {
            RTM_DELLINK => "deleted",
            _ => "made or changed",
        };
        println!("{}: {name} {what}", header.index);
        left = left.map(|left| left.saturating_sub(1));
    }
    Ok(())
}
