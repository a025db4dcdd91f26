//! A parser that needs neither std nor an allocator.

use core::net::IpAddr;
use nlwire::route::{Change, RouteKind};
use nlwire::{DecodeError, Messages};

/// Returns the gateways of the default routes in a datagram, and their number.
pub fn default_gateways<'g>(
    datagram: &[u8],
    room: &'g mut [Option<IpAddr>],
) -> Result<&'g [Option<IpAddr>], DecodeError> {
    let mut used = 0;
    for message in Messages::new(datagram) {
        let Change::NewRoute(route) = Change::of(message?) else {
            continue;
        };
        let default = route
            .destination()?
            .is_some_and(|prefix| prefix.length() == 0);
        if default && route.kind() == RouteKind::UNICAST {
            for hop in route.hops()? {
                if let (Some(place), Some(gateway)) = (room.get_mut(used), hop?.gateway) {
                    *place = Some(gateway);
                    used += 1;
                }
            }
        }
    }
    Ok(room.get(..used).unwrap_or_default())
}
