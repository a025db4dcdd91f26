//! Adds blackhole routes to some addresses in one batch, then looks the routes
//! up, two requests at a time.
//!
//! ```sh
//! sudo cargo run --example blackhole -- 192.0.2.1 192.0.2.2
//! ```

use nlsock::{Conn, Outcome, Protocol};
use nlwire::route::{GetRoute, NewRoute};
use nlwire::{Batch, Prefix};
use std::io::{Stdout, Write as _};
use std::{collections::HashMap, iter::zip, net::Ipv4Addr, process::ExitCode};

mod shared;

fn main() -> ExitCode {
    shared::run(blackhole)
}

fn blackhole(mut out: &Stdout) -> shared::Result {
    let args = std::env::args().skip(1).map(|arg| arg.parse());
    let addresses = args.collect::<Result<Vec<Ipv4Addr>, _>>()?;
    let mut conn = Conn::open(Protocol::ROUTE)?;
    let mut batch = Batch::new(Vec::new());
    for &address in &addresses {
        batch.push(&NewRoute::to(Prefix::new(address.into(), 32)?).blackhole())?;
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
            let Some(&address) = rest.next() else { break };
            asked.insert(pipeline.send(&GetRoute::to(address))?, address);
        }
        let Some((ticket, answer)) = pipeline.next()? else {
            return Ok(());
        };
        let address = asked.remove(&ticket).ok_or("an answer to nothing")?;
        writeln!(out, "{address}: {answer:?}")?;
    }
}
