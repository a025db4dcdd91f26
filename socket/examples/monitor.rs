//! Keeps the names of all links, and prints how they change; a loss of events
//! is made up for by reading the table again.
//!
//! ```sh
//! cargo run --example monitor         # for ever
//! cargo run --example monitor -- 3    # until there are three links
//! ```

use nlsock::{Change, Config, Conn, Protocol};
use nlwire::route::{Link, LinkHeader, RTM_DELLINK, RTM_GETLINK, RTNLGRP_LINK};
use nlwire::{DecodeError, Flags, MessageRef, Writer, fields};
use std::collections::BTreeMap;
use std::error::Error;
use std::ops::ControlFlow;

type Links = BTreeMap<u32, String>;

fn main() -> Result<(), Box<dyn Error>> {
    let enough = std::env::args().nth(1).map(|count| count.parse::<usize>());
    let enough = enough.transpose()?;
    let mut events = Config::new(Protocol::ROUTE).group(RTNLGRP_LINK).events()?;
    let mut conn = Conn::open(Protocol::ROUTE)?;
    let mut buffer = [0; 64];
    let header = LinkHeader::default();
    let request = Writer::message(&mut buffer, RTM_GETLINK, Flags::empty(), &header, |w| Ok(w))?;

    let mut links = Links::new();
    let ended = events.resync(&mut conn, request, |change| {
        let result = match change {
            // At the beginning, and after each loss.
            Change::Start => {
                links.clear();
                Ok(())
            }
            Change::Row(link) => apply(&mut links, link),
            Change::Whole => Ok(()),
            Change::Event(event) => apply(&mut links, event.message()),
        };
        if matches!(change, Change::Whole | Change::Event(_)) {
            println!("{links:?}");
        }
        match result {
            Err(error) => ControlFlow::Break(Err(error)),
            Ok(()) if Some(links.len()) == enough => ControlFlow::Break(Ok(())),
            Ok(()) => ControlFlow::Continue(()),
        }
    })?;
    Ok(ended?)
}

/// Inserts, replaces or deletes: what an event tells may be in the table.
fn apply(links: &mut Links, message: MessageRef<'_>) -> Result<(), DecodeError> {
    let (header, attributes) = message.split::<LinkHeader>()?;
    let name = fields!(attributes => Link { name })?
        .name
        .unwrap_or("?".into());
    match message.kind() {
        RTM_DELLINK => links.remove(&header.index.get()),
        _ => links.insert(header.index.get(), name.to_string()),
    };
    Ok(())
}
