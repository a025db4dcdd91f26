//! A daemon that keeps the IPv4 routes, and prints how it would send a packet.

use nlsock::Protocol;
use nlsock::mirror::{Kept, Mirror, Table, Update};
use nlwire::route::{Change, GetRoutes, RouteKind, RouteTable};
use std::net::{IpAddr, Ipv4Addr};
use std::time::Duration;

fn look_up(mirror: &Mirror, routes: Kept<GetRoutes>, to: IpAddr) -> Option<String> {
    let mut best = None;
    for route in mirror.rows(routes) {
        let Ok(Some(prefix)) = route.destination() else {
            continue;
        };
        let (Ok(table), Ok(metric)) = (route.table(), route.metric()) else {
            continue;
        };
        if table != RouteTable::MAIN || route.kind() != RouteKind::UNICAST || !prefix.contains(to) {
            continue;
        }
        let rank = (prefix.length(), std::cmp::Reverse(metric));
        if best.as_ref().is_none_or(|(of, _)| rank > *of) {
            best = Some((rank, route));
        }
    }
    let (_, route) = best?;
    let hop = route.hops().ok()?.next()?.ok()?;
    let link = mirror.link_name(hop.link)?;
    Some(format!(
        "{:?} via {:?} dev {link}",
        route.destination().ok()?,
        hop.gateway
    ))
}

pub fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut mirror = Mirror::open(Protocol::ROUTE)?;
    mirror.keep(Table::links())?;
    let routes = mirror.keep(Table::routes())?;
    let to = Ipv4Addr::new(198, 51, 100, 7).into();
    loop {
        match mirror.next_within(Duration::from_millis(200))? {
            Some(Update::Read) => println!("read, {} routes", mirror.len(routes)),
            Some(Update::Event(event)) => match Change::of(event.message()) {
                Change::NewRoute(route) => println!("+ {:?}", route.destination()?),
                Change::DelRoute(route) => println!("- {:?}", route.destination()?),
                _ => {}
            },
            None => println!("{:?}", look_up(&mirror, routes, to)),
        }
    }
}
