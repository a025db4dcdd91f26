//! Prints the links: index, name, MTU and whether it is up.
//!
//! ```sh
//! cargo run --example links
//! ```

use nlsock::{Conn, Protocol};
use nlwire::route::{Link, LinkFlags, LinkHeader, RTM_GETLINK};
use nlwire::{Dump, Flags, Writer, fields};
use std::io::{Stdout, Write as _};
use std::process::ExitCode;

mod shared;

fn main() -> ExitCode {
    shared::run(print_links)
}

fn print_links(mut out: &Stdout) -> shared::Result {
    let mut conn = Conn::open(Protocol::ROUTE)?;
    let mut buffer = [0; 64];
    let header = LinkHeader::default();
    let request = Writer::message(&mut buffer, RTM_GETLINK, Flags::empty(), &header, |w| Ok(w))?;

    let mut links = conn.query(Dump(request))?;
    while let Some(link) = links.next()? {
        let (header, attributes) = link.split::<LinkHeader>()?;
        // One walk over the attributes, for those that are named; `name` is
        // borrowed from the connection's buffer.
        let link = fields!(attributes => Link { name, mtu })?;
        let flags = LinkFlags::from_bits_retain(header.flags.get());
        let state = if flags.contains(LinkFlags::UP) {
            "up"
        } else {
            "down"
        };
        let name = link.name.unwrap_or("?".into());
        let mtu = link.mtu.unwrap_or(0);
        writeln!(out, "{}: {name} mtu {mtu} {state}", header.index)?;
    }
    Ok(())
}
