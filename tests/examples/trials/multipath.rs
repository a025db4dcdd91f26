//! A multipath default route.

use nlsock::{Conn, Protocol};
use nlwire::route::{GetLink, GetRoutes, Hop, NewRoute};

pub fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut conn = Conn::open(Protocol::ROUTE)?;
    let uplink = conn.get(&GetLink::by_name("up0"))?.index();
    let hops = [
        Hop::via([192, 0, 2, 2]).link(uplink),
        Hop::via([192, 0, 2, 3]).link(uplink).weight(3),
    ];
    let default = "0.0.0.0/0".parse()?;
    conn.execute(&NewRoute::to(default).hops(&hops).replace())?;
    for route in &conn.list(GetRoutes::v4().to(default))? {
        for hop in route.hops()? {
            let hop = hop?;
            println!(
                "default via {:?} dev {} weight {}",
                hop.gateway, hop.link, hop.weight
            );
        }
    }
    Ok(())
}
