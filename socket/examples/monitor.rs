//! Keeps the names of all links, and prints how they change; a loss of events
//! is made up for by reading the table again.
//!
//! ```sh
//! cargo run --example monitor         # for ever
//! cargo run --example monitor -- 3    # until there are three links
//! ```

use nlsock::{Config, Conn, Protocol, Resync};
use nlwire::route::{Link, LinkHeader, RTM_DELLINK, RTM_GETLINK, RTNLGRP_LINK};
use nlwire::{Dump, Flags, MessageRef, Writer, fields};
use std::collections::BTreeMap;
use std::io::{Stdout, Write as _};
use std::{ops::ControlFlow, process::ExitCode};

mod shared;

fn main() -> ExitCode {
    shared::run(monitor)
}

fn monitor(out: &Stdout) -> shared::Result {
    let enough = std::env::args().nth(1).map(|count| count.parse::<usize>());
    let enough = enough.transpose()?;
    let mut events = Config::new(Protocol::ROUTE).group(RTNLGRP_LINK).events()?;
    let mut conn = Conn::open(Protocol::ROUTE)?;
    let (mut buffer, header) = ([0; 64], LinkHeader::default());
    let request = Writer::message(&mut buffer, RTM_GETLINK, Flags::empty(), &header, |w| Ok(w))?;

    let mut links = BTreeMap::new();
    events.resync(&mut conn, Dump(request), |change| {
        let is_partial = matches!(change, Resync::Start | Resync::Row(_));
        match apply(out, &mut links, change) {
            Ok(()) if is_partial || Some(links.len()) != enough => ControlFlow::Continue(()),
            ended => ControlFlow::Break(ended),
        }
    })?
}

/// Inserts, replaces or deletes links: an event may tell of one in the table.
fn apply(
    mut out: &Stdout,
    links: &mut BTreeMap<u32, String>,
    change: Resync<'_, MessageRef<'_>>,
) -> shared::Result {
    let message = match change {
        // At the beginning, and after each loss.
        Resync::Start => {
            links.clear();
            return Ok(());
        }
        Resync::Whole => return Ok(writeln!(out, "{links:?}")?),
        Resync::Row(link) => link,
        Resync::Event(ref event) => event.message(),
    };
    let (header, attributes) = message.split::<LinkHeader>()?;
    let name = fields!(attributes => Link { name })?.name;
    match message.kind() {
        RTM_DELLINK => links.remove(&header.index.get()),
        _ => links.insert(header.index.get(), name.unwrap_or("?".into()).to_string()),
    };
    if let Resync::Event(_) = change {
        writeln!(out, "{links:?}")?;
    }
    Ok(())
}
