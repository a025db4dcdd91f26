//! Adds blackhole routes to some addresses in one batch, then looks the routes
//! up, two requests at a time.
//!
//! ```sh
//! sudo cargo run --example blackhole -- 192.0.2.1 192.0.2.2
//! ```

use nlsock::{Conn, Outcome, Protocol};
use nlwire::codec::AddressBytes;
use nlwire::route::{self as rt, RouteAttr, RouteHeader, RouteKind, RouteTable};
use nlwire::{Batch, Flags, NewFlags, Writer};
use std::io::{Stdout, Write as _};
use std::{collections::HashMap, iter::zip, net::Ipv4Addr, process::ExitCode};

mod shared;

fn main() -> ExitCode {
    shared::run(blackhole)
}

fn blackhole(mut out: &Stdout) -> shared::Result {
    let args = std::env::args().skip(1).map(|arg| arg.parse());
    let addresses = args.collect::<Result<Vec<Ipv4Addr>, _>>()?;
    let to = |address: &Ipv4Addr| RouteAttr::Destination(AddressBytes::Ip((*address).into()));
    let mut conn = Conn::open(Protocol::ROUTE)?;
    let mut header = RouteHeader::default();
    (header.family, header.destination_len) = (rt::AF_INET, 32);
    let mut blackhole = header;
    (blackhole.table, blackhole.kind) = (RouteTable::MAIN.header(), RouteKind::BLACKHOLE);
    let flags = NewFlags::CREATE | NewFlags::EXCL;
    let mut batch = Batch::new(Vec::new());
    for address in &addresses {
        batch.append_message(rt::RTM_NEWROUTE, flags, &blackhole, |w| w.put(to(address)))?;
    }
    let mut outcomes = vec![Outcome::default(); addresses.len()];
    if let Err(error) = conn.batch(&mut batch, &mut outcomes) {
        writeln!(out, "not all were added: {error}")?;
    }
    for (address, outcome) in zip(&addresses, &outcomes) {
        writeln!(out, "{address}: {outcome:?}")?;
    }

    let (mut rest, mut asked) = (addresses.iter(), HashMap::new());
    let mut pipeline = conn.pipeline::<2>();
    loop {
        while !pipeline.is_full() {
            let Some(address) = rest.next() else { break };
            let mut buffer = [0; 64];
            let get = Writer::message(
                &mut buffer,
                rt::RTM_GETROUTE,
                Flags::empty(),
                &header,
                |w| w.put(to(address)),
            )?;
            asked.insert(pipeline.send(get)?, address);
        }
        let Some((ticket, answer)) = pipeline.next()? else {
            return Ok(());
        };
        let address = asked.remove(&ticket).ok_or("an answer to nothing")?;
        writeln!(out, "{address}: {answer:?}")?;
    }
}
