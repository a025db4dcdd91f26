//! Prints changes of links in the reactor of tokio, with a line where nothing
//! happens for ten seconds, and goes on after a loss.
//!
//! ```sh
//! cargo run --example async_monitor --features tokio         # for ever
//! cargo run --example async_monitor --features tokio -- 2    # two changes
//! ```

use nlsock::{AsyncEvents, Config, Event, Protocol};
use nlwire::route::{LinkRow, RTM_DELLINK, RTNLGRP_LINK};
use std::io::{Stdout, Write as _};
use std::process::ExitCode;
use std::time::Duration;
use tokio::runtime::Builder;
use tokio::time::timeout;

mod shared;

fn main() -> ExitCode {
    shared::run(|out| {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(watch(out))
    })
}

async fn watch(mut out: &Stdout) -> shared::Result {
    let count = std::env::args().nth(1).map(|count| count.parse::<u32>());
    let mut left = count.transpose()?;
    let config = Config::new(Protocol::ROUTE).group(RTNLGRP_LINK);
    let mut events = AsyncEvents::new(config.events()?)?;
    writeln!(out, "listening")?;
    while left != Some(0) {
        // A future that is dropped when its time is over has taken no event.
        let Ok(event) = timeout(Duration::from_secs(10), events.next()).await else {
            writeln!(out, "still listening")?;
            continue;
        };
        let Some(Event::Item(event)) = event? else {
            writeln!(out, "events were lost")?;
            continue;
        };
        let link = LinkRow::of(event.message());
        let name = link.name()?.unwrap_or("?".into());
        let what = match event.message().kind() {
            RTM_DELLINK => "deleted",
            _ => "made or changed",
        };
        writeln!(out, "{}: {name} {what}", link.index())?;
        left = left.map(|left| left.saturating_sub(1));
    }
    Ok(())
}
