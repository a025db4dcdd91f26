//! Ten everyday requests, for the size of the program: `size` of what
//! `cargo build --release -p peer-nlsock --example ten` builds.

use nlsock::{Conn, Protocol};
use nlwire::Prefix;
use nlwire::route::*;
use std::net::{IpAddr, Ipv4Addr};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut conn = Conn::open(Protocol::ROUTE)?;
    let prefix: Prefix = "10.0.0.1/24".parse()?;
    let gateway = IpAddr::from(Ipv4Addr::new(10, 0, 0, 2));
    conn.execute(NewLink::bridge("br0"))?;
    let index = conn.get(GetLink::by_name("br0"))?.index();
    conn.execute(SetLink::by_index(index).mtu(1400))?;
    conn.execute(SetLink::by_index(index).up())?;
    conn.execute(NewAddress::of(index, prefix))?;
    conn.execute(NewNeighbour::of(index, gateway).mac([2, 0, 0, 0, 0, 1]))?;
    conn.execute(NewRoute::to("10.9.0.0/16".parse()?).via(gateway))?;
    conn.execute(DeleteRoute::to("10.9.0.0/16".parse()?))?;
    let mut links = conn.query(GetLinks::all())?;
    let mut count = 0;
    while links.next()?.is_some() {
        count += 1;
    }
    conn.execute(DeleteLink::by_index(index))?;
    println!("{count} links");
    Ok(())
}
