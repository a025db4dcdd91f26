//! Everyday requests of `rtnetlink(7)`: links, addresses, routes, neighbours,
//! rules and traffic control listed, made and deleted.
//!
//! Small functions over a [`Conn`](crate::Conn) of [`Protocol::ROUTE`](crate::Protocol::ROUTE).
//! They write a request on the stack and lend what is listed out of the
//! connection's buffer. Whatever they do not offer is a message of
//! [`nlwire::route`] away.
//!
//! ```
//! use nlsock::{Conn, Protocol, route};
//!
//! let mut conn = Conn::open(Protocol::ROUTE)?;
//! let mut links = route::links(&mut conn)?;
//! while let Some(link) = links.next()? {
//!     println!("{}: {}", link.index(), link.name().unwrap_or_default());
//! }
//! # Ok::<(), nlsock::Error>(())
//! ```

mod address;
mod link;
mod neighbour;
mod rule;

use core::net::IpAddr;

use nlwire::{NamespaceFd, NewFlags};
use rustix::fd::{AsFd, AsRawFd as _};

pub use address::{AddressRow, Addresses, add_address, addresses, delete_address};
pub use link::{
    LinkRow, Links, add_link, delete_link, link_index, links, set_link_down, set_link_master,
    set_link_mtu, set_link_up,
};
pub use neighbour::{
    NeighbourRow, Neighbours, add_neighbour, delete_neighbour, neighbours, replace_neighbour,
};
pub use rule::{RuleRow, RuleSpec, Rules, add_rule, delete_rule, rules};

pub use crate::table::{Row, Table};

/// Lends the descriptor of a network namespace to a request that puts a link
/// there.
///
/// ```no_run
/// use nlsock::{Conn, Protocol, route};
/// use nlwire::route::{NewLink, VethPeer};
/// use std::fs::File;
///
/// let blue = File::open("/run/netns/blue")?;
/// let peer = VethPeer::new("eth0").namespace(route::namespace(&blue)).up();
/// let pair = NewLink::veth("blue0", peer).up();
/// # let _ = pair;
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn namespace(file: &impl AsFd) -> NamespaceFd<'_> {
    NamespaceFd::from_raw(file.as_fd().as_raw_fd())
}

fn family(ip: IpAddr) -> u8 {
    match ip {
        IpAddr::V4(_) => nlwire::route::AF_INET,
        IpAddr::V6(_) => nlwire::route::AF_INET6,
    }
}

/// Makes what must not be there yet.
const CREATE: NewFlags = NewFlags::CREATE.union(NewFlags::EXCL);
