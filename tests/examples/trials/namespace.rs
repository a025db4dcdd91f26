//! A veth pair into another namespace, with addresses and routes.

use nlsock::{Config, Conn, Namespace, Protocol, route};
use nlwire::route::{GetLink, NewAddress, NewLink, NewRoute, SetLink, VethPeer};
use std::net::IpAddr;

pub fn main() -> Result<(), Box<dyn std::error::Error>> {
    let blue = Namespace::create_if_absent("blue")?;
    let mut here = Conn::open(Protocol::ROUTE)?;
    let mut there = Config::new(Protocol::ROUTE).open_in(&blue)?;

    let inner = VethPeer::new("inner").namespace(route::namespace(&blue));
    here.execute(&NewLink::veth("outer", inner).if_absent().up())?;
    there.execute(&SetLink::of("inner").up())?;

    let outer = here.get(&GetLink::by_name("outer"))?.index();
    for prefix in ["192.0.2.1/24", "2001:db8::1/64"] {
        here.execute(&NewAddress::of(outer, prefix.parse()?).no_dad().replace())?;
    }
    let inner = there.get(&GetLink::by_name("inner"))?.index();
    for prefix in ["192.0.2.2/24", "2001:db8::2/64"] {
        there.execute(&NewAddress::of(inner, prefix.parse()?).no_dad().replace())?;
    }
    for (to, gateway) in [("0.0.0.0/0", "192.0.2.1"), ("::/0", "2001:db8::1")] {
        let gateway: IpAddr = gateway.parse()?;
        there.execute(&NewRoute::to(to.parse()?).via(gateway).replace())?;
    }
    Ok(())
}
