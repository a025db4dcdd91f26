//! Adds many blackhole routes in one batch, and counts those in the table.
//!
//! ```sh
//! sudo unshare --net cargo run --release --example many_routes -- 100000
//! ```

use nlsock::{Conn, Outcome, Protocol};
use nlwire::route::{GetRoutes, NewRoute, RouteKind};
use nlwire::{Batch, Prefix};
use std::io::{Stdout, Write as _};
use std::net::Ipv4Addr;
use std::process::ExitCode;
use std::time::Instant;

mod shared;

fn main() -> ExitCode {
    shared::run(many_routes)
}

fn many_routes(mut out: &Stdout) -> shared::Result {
    let count: usize = std::env::args()
        .nth(1)
        .as_deref()
        .unwrap_or("100000")
        .parse()?;
    let first = Ipv4Addr::new(10, 0, 0, 0);
    let mut batch = Batch::new(Vec::new());
    for address in (first.to_bits()..).take(count).map(Ipv4Addr::from_bits) {
        let prefix = Prefix::new(address.into(), 32)?;
        batch.push(&NewRoute::to(prefix).blackhole().replace())?;
    }

    let mut conn = Conn::open(Protocol::ROUTE)?;
    let mut outcomes = vec![Outcome::default(); batch.count()];
    let start = Instant::now();
    // The error is the first refusal; the outcomes say what became of each.
    let result = conn.batch(&mut batch, &mut outcomes);
    let done = outcomes.iter().filter(|outcome| outcome.is_done()).count();
    writeln!(out, "{done} of {count} added in {:.1?}", start.elapsed())?;
    result?;

    let routes = conn.list(GetRoutes::v4().kind(RouteKind::BLACKHOLE))?;
    Ok(writeln!(out, "{} blackhole routes", routes.len())?)
}
