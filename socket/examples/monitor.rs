//! Keeps the names of all links, and prints changes; after a loss of events it
//! reads the table again.
//!
//! ```sh
//! cargo run --example monitor         # for ever
//! cargo run --example monitor -- 3    # until there are three links
//! ```

use nlsock::{Config, Conn, Protocol, Resync};
use nlwire::route::{GetLinks, LinkRow, RTM_DELLINK, RTNLGRP_LINK};
use std::collections::BTreeMap;
use std::io::{Stdout, Write as _};
use std::{ops::ControlFlow, process::ExitCode};

mod shared;

type Links = BTreeMap<u32, String>;

fn main() -> ExitCode {
    shared::run(monitor)
}

fn monitor(out: &Stdout) -> shared::Result {
    let enough = std::env::args().nth(1).map(|count| count.parse::<usize>());
    let enough = enough.transpose()?;
    let mut events = Config::new(Protocol::ROUTE).group(RTNLGRP_LINK).events()?;
    let mut conn = Conn::open(Protocol::ROUTE)?;
    let mut links = Links::new();
    events.resync(&mut conn, GetLinks::all(), |change| {
        let is_partial = matches!(change, Resync::Start | Resync::Row(_));
        match apply(out, &mut links, change) {
            Ok(()) if is_partial || Some(links.len()) != enough => ControlFlow::Continue(()),
            ended => ControlFlow::Break(ended),
        }
    })?
}

/// Inserts, replaces or deletes links: an event may name a link that is in the
/// table already.
fn apply(mut out: &Stdout, links: &mut Links, change: Resync<'_, LinkRow<'_>>) -> shared::Result {
    let link = match change {
        // At the beginning, and after each loss.
        Resync::Start => {
            links.clear();
            return Ok(());
        }
        Resync::Whole => return Ok(writeln!(out, "{links:?}")?),
        Resync::Row(link) => link,
        Resync::Event(ref event) => LinkRow::of(event.message()),
    };
    match link.message.kind() {
        RTM_DELLINK => links.remove(&link.index().get()),
        _ => links.insert(
            link.index().get(),
            link.name()?.unwrap_or("?".into()).to_string(),
        ),
    };
    if let Resync::Event(_) = change {
        writeln!(out, "{links:?}")?;
    }
    Ok(())
}
