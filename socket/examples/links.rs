//! Prints the links: index, name, MTU and whether it is up.
//!
//! ```sh
//! cargo run --example links
//! ```

use nlsock::{Conn, Protocol};
use nlwire::fields;
use nlwire::route::{GetLinks, Link};
use std::io::{Stdout, Write as _};
use std::process::ExitCode;

mod shared;

fn main() -> ExitCode {
    shared::run(print_links)
}

fn print_links(mut out: &Stdout) -> shared::Result {
    let mut conn = Conn::open(Protocol::ROUTE)?;
    let mut links = conn.query(GetLinks::all())?;
    while let Some(row) = links.next()? {
        // One walk over the attributes, for those that are named; `name` is
        // borrowed from the connection's buffer.
        let link = fields!(row.attributes => Link { name, mtu })?;
        let state = if row.is_up() { "up" } else { "down" };
        let name = link.name.unwrap_or("?".into());
        let mtu = link.mtu.unwrap_or(0);
        writeln!(out, "{}: {name} mtu {mtu} {state}", row.index())?;
    }
    Ok(())
}
