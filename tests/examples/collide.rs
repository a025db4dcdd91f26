//! Adds and deletes a route, again and again, with the one sequence number
//! that another program uses, until its standard input ends.
//!
//! ```sh
//! unshare -rn cargo run -p nltests --example collide -- 10.1.0.0 7
//! ```
//!
//! It takes the prefix, of 24 bits, and the sequence number; the route leads to
//! `lo`, which must be up. It rests between changes, so that a slow reader keeps
//! up with it.

use nlsock::{Conn, Error, Protocol};
use nlwire::codec::AddressBytes;
use nlwire::route::{
    AF_INET, RTM_DELROUTE, RTM_NEWROUTE, RouteAttr, RouteHeader, RouteKind, RouteProtocol,
    RouteTable, Scope,
};
use nlwire::zerocopy::IntoBytes as _;
use nlwire::{Flags, MessageRef, NewFlags, Writer};
use std::net::IpAddr;
use std::time::Duration;
use std::{env, io, process, thread};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = env::args().skip(1);
    let usage = "usage: collide PREFIX SEQUENCE";
    let to: IpAddr = args.next().ok_or(usage)?.parse()?;
    let sequence: u32 = args.next().ok_or(usage)?.parse()?;
    thread::spawn(|| {
        let _ = io::copy(&mut io::stdin(), &mut io::sink());
        process::exit(0);
    });

    let header = RouteHeader {
        family: AF_INET,
        destination_len: 24,
        table: RouteTable::MAIN.header(),
        protocol: RouteProtocol::STATIC,
        scope: Scope::LINK,
        kind: RouteKind::UNICAST,
        ..RouteHeader::default()
    };
    let (mut add, mut delete) = ([0; 64], [0; 64]);
    let write = |buffer, kind, flags: Flags| {
        Writer::message(buffer, kind, flags, &header, |w| {
            w.put(RouteAttr::Destination(AddressBytes::Ip(to)))?
                .put(RouteAttr::OutgoingIndex(1))
        })
    };
    let add = write(&mut add, RTM_NEWROUTE, Flags::empty() | NewFlags::CREATE)?;
    let delete = write(&mut delete, RTM_DELROUTE, Flags::empty())?;
    let mut conn = Conn::open(Protocol::ROUTE)?;
    loop {
        request(&mut conn, add, sequence)?;
        request(&mut conn, delete, sequence)?;
        thread::sleep(Duration::from_micros(100));
    }
}

fn request(conn: &mut Conn, message: MessageRef<'_>, sequence: u32) -> Result<(), Error> {
    let header = message.header().with_sequence(sequence);
    let mut bytes = [0; 64];
    let parts = header.as_bytes().iter().chain(message.payload());
    bytes
        .iter_mut()
        .zip(parts)
        .for_each(|(to, from)| *to = *from);
    match MessageRef::new(&bytes) {
        Ok(message) => conn.request(message).map(|_| ()),
        // It is the one above with another sequence number.
        Err(error) => unreachable!("{error}"),
    }
}
