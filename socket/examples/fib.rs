//! Keeps a copy of the routes, as a daemon does: prints each change, has time for
//! other work in between, and stops when its input ends.
//!
//! ```sh
//! cargo run --example fib --features route
//! ```

use nlsock::Protocol;
use nlsock::mirror::{Mirror, Table, Update};
use nlwire::route::{Change, RouteRow};
use std::io::{Stdin, Stdout, Write as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use std::{process::ExitCode, thread};

mod shared;

fn main() -> ExitCode {
    shared::run(fib)
}

fn fib(mut out: &Stdout) -> shared::Result {
    let stop = Arc::new(AtomicBool::new(false));
    let end = Arc::clone(&stop);
    thread::spawn(move || {
        let _ = std::io::copy(&mut Stdin::lock(&std::io::stdin()), &mut std::io::sink());
        end.store(true, Ordering::Relaxed);
    });

    let mut mirror = Mirror::open(Protocol::ROUTE)?;
    let routes = mirror.keep(Table::routes())?;
    while !stop.load(Ordering::Relaxed) {
        match mirror.next_within(Duration::from_millis(100))? {
            // At the beginning, after a loss, and after changes without a message.
            Some(Update::Read) => writeln!(out, "{} routes", mirror.len(routes))?,
            Some(Update::Event(event)) => match Change::of(event.message()) {
                Change::NewRoute(route) => writeln!(out, "new {}", line(&route)?)?,
                Change::DelRoute(route) => writeln!(out, "gone {}", line(&route)?)?,
                _ => {}
            },
            // Nothing happened: the time for other work.
            None => {}
        }
    }
    Ok(writeln!(out, "{} routes at the end", mirror.len(routes))?)
}

fn line(route: &RouteRow<'_>) -> shared::Result<String> {
    let mut line = match route.destination()? {
        Some(prefix) => prefix.to_string(),
        None => "default".to_owned(),
    };
    for hop in route.hops()? {
        if let Some(gateway) = hop?.gateway {
            line += &format!(" via {gateway}");
        }
    }
    Ok(line)
}
