//! Socket-side values for requests of `rtnetlink(7)`. The requests themselves
//! are in [`nlwire::route`].
//!
//! ```
//! use nlsock::{Conn, Protocol};
//! use nlwire::route::GetLinks;
//!
//! let mut conn = Conn::open(Protocol::ROUTE)?;
//! let mut links = conn.query(GetLinks::all())?;
//! while let Some(link) = links.next()? {
//!     println!("{}: {:?}", link.index(), link.name()?);
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use nlwire::NamespaceFd;
use rustix::fd::{AsFd, AsRawFd as _};

/// Returns the descriptor of a network namespace, for a request that moves a
/// link there.
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
