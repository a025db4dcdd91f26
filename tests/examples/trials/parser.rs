//! A parser that needs neither std nor an allocator.

use core::net::IpAddr;
use nlwire::route::{Change, RouteKind};
use nlwire::{DecodeError, Messages};

/// Finds the gateways of the default routes in a datagram.
pub fn default_gateways(datagram: &[u8], mut found: impl FnMut(IpAddr)) -> Result<(), DecodeError> {
    for message in Messages::new(datagram) {
        let Change::NewRoute(route) = Change::of(message?) else {
            continue;
        };
        let is_default = route.destination()?.is_some_and(|to| to.length() == 0);
        if is_default && route.kind() == RouteKind::UNICAST {
            for hop in route.hops()? {
                if let Some(gateway) = hop?.gateway {
                    found(gateway);
                }
            }
        }
    }
    Ok(())
}
