//! Prints changes of links in the reactor of tokio, with a line where nothing
//! happens for ten seconds, and goes on after a loss.
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
use tokio::runtime::Builder;
use tokio::time::timeout;

fn main() -> Result<(), Box<dyn Error>> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(watch())
}

async fn watch() -> Result<(), Box<dyn Error>> {
    let count = std::env::args().nth(1).map(|count| count.parse::<u32>());
    let mut left = count.transpose()?;
    let config = Config::new(Protocol::ROUTE).group(RTNLGRP_LINK);
    let mut events = AsyncEvents::new(config.events()?)?;
    println!("listening");
    while left != Some(0) {
        // A future that is dropped when its time is over has taken no event.
        let Ok(event) = timeout(Duration::from_secs(10), events.next()).await else {
            println!("still listening");
            continue;
        };
        let Event::Item(event) = event? else {
            println!("events were lost");
            continue;
        };
        let (header, attributes) = event.message().split::<LinkHeader>()?;
        let name = fields!(attributes => Link { name })?
            .name
            .unwrap_or("?".into());
        let what = match event.message().kind() {
            RTM_DELLINK => "deleted",
            _ => "made or changed",
        };
        println!("{}: {name} {what}", header.index);
        left = left.map(|left| left.saturating_sub(1));
    }
    Ok(())
}
