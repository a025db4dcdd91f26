//! Adds and deletes a route for each sequence number that it reads from its
//! standard input, one a line: with that number, which another program uses.
//!
//! ```sh
//! seq 10 | unshare -rn target/debug/examples/collide 10.1.0.0
//! ```
//!
//! It takes the prefix, of 24 bits; the route leads to `lo`, which must be up.

use nlsock::{Conn, Protocol};
use nlwire::codec::AddressBytes;
use nlwire::route::{
    AF_INET, RTM_DELROUTE, RTM_NEWROUTE, RouteAttr, RouteHeader, RouteKind, RouteProtocol,
    RouteTable, Scope,
};
use nlwire::zerocopy::IntoBytes as _;
use nlwire::{AckRef, Flags, MessageRef, NewFlags, Writer};
use std::error::Error;
use std::net::IpAddr;
use std::{env, io};

fn main() -> Result<(), Box<dyn Error>> {
    let to = env::args().nth(1).ok_or("usage: collide PREFIX")?;
    let to: IpAddr = to.parse()?;
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
                .put(RouteAttr::OutgoingIndex(1.into()))
        })
    };
    let flags = Flags::REQUEST | Flags::ACK;
    let add = write(&mut add, RTM_NEWROUTE, flags | NewFlags::CREATE)?;
    let delete = write(&mut delete, RTM_DELROUTE, flags)?;
    let conn = Conn::open(Protocol::ROUTE)?;
    for line in io::stdin().lines() {
        let sequence = line?.parse()?;
        request(&conn, add, sequence)?;
        request(&conn, delete, sequence)?;
    }
    Ok(())
}

/// Writes a request with a sequence number that is not the connection's.
fn request(conn: &Conn, message: MessageRef<'_>, sequence: u32) -> Result<(), Box<dyn Error>> {
    let header = message.header().with_sequence(sequence);
    conn.send_bytes(&[header.as_bytes(), message.payload()].concat())?;
    let mut buffer = [0; 256];
    let answer = conn.recv(&mut buffer)?;
    let ack = AckRef::new(answer.messages().next().ok_or("no answer")??)?;
    match ack.errno() {
        Some(errno) => Err(format!("{errno}").into()),
        None => Ok(()),
    }
}
