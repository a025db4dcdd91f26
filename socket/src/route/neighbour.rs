//! Neighbours.

use core::net::IpAddr;

use nlwire::codec::AddressBytes;
use nlwire::route::{
    Neighbour, NeighbourAttr, NeighbourHeader, NeighbourState, RTM_DELNEIGH, RTM_GETNEIGH,
    RTM_NEWNEIGH,
};
use nlwire::{NewFlags, fields};

use super::{CREATE, family};
use crate::table::{Query, Row, Table, change};
use crate::{Conn, Error, Mapping, Socket, Transport};

/// A neighbour: a host on the same link.
pub type NeighbourRow<'a> = Row<'a, NeighbourHeader, Neighbour>;
/// All neighbours.
pub type Neighbours<'c, T = Socket, B = Mapping> =
    Table<'c, 'static, NeighbourHeader, Neighbour, T, B>;

impl<'a> NeighbourRow<'a> {
    /// Returns the index of the link.
    #[must_use]
    #[doc(alias = "ndm_ifindex")]
    #[inline]
    pub const fn link(&self) -> u32 {
        self.header.index.get()
    }

    /// Returns the address.
    #[must_use]
    #[doc(alias = "NDA_DST")]
    #[inline]
    pub fn ip(&self) -> Option<IpAddr> {
        let fields = fields!(self.attributes => Neighbour { destination }).ok()?;
        fields.destination?.ip()
    }

    /// Returns the link-layer address, where it is known.
    #[must_use]
    #[doc(alias = "NDA_LLADDR")]
    #[inline]
    pub fn hardware(&self) -> Option<&'a [u8]> {
        fields!(self.attributes => Neighbour { hardware })
            .ok()?
            .hardware
    }

    /// Returns what is known about it.
    #[must_use]
    #[doc(alias = "ndm_state")]
    #[inline]
    pub const fn state(&self) -> NeighbourState {
        self.header.state()
    }
}

/// Lists the neighbours of all links: `RTM_GETNEIGH`.
///
/// ```
/// let mut conn = nlsock::Conn::open(nlsock::Protocol::ROUTE)?;
/// let mut neighbours = nlsock::route::neighbours(&mut conn)?;
/// while let Some(neighbour) = neighbours.next()? {
///     println!("{:?} at {:?}", neighbour.ip(), neighbour.hardware());
/// }
/// # Ok::<(), nlsock::Error>(())
/// ```
///
/// # Errors
///
/// As [`Conn::dump`].
#[doc(alias = "RTM_GETNEIGH")]
pub fn neighbours<T, B>(conn: &mut Conn<T, B>) -> Result<Neighbours<'_, T, B>, Error>
where
    T: Transport,
    B: AsRef<[u8]> + AsMut<[u8]>,
{
    static ALL: Query<[u8; 12]> = Query::new(RTM_GETNEIGH, [0; 12]);
    ALL.list(conn)
}

/// Adds a neighbour that is not there yet, for good (`NUD_PERMANENT`):
/// `RTM_NEWNEIGH`.
///
/// ```no_run
/// let mut conn = nlsock::Conn::open(nlsock::Protocol::ROUTE)?;
/// let link = nlsock::route::link_index(&mut conn, "eth0")?;
/// let hardware = [2, 0, 0, 0, 0, 7];
/// nlsock::route::add_neighbour(&mut conn, link, [192, 0, 2, 7].into(), &hardware)?;
/// # Ok::<(), nlsock::Error>(())
/// ```
///
/// # Errors
///
/// As [`Conn::request`]: `EEXIST` if there is one, `ENODEV` if there is no such
/// link, `EINVAL` for an address shorter than the link's.
#[doc(alias = "RTM_NEWNEIGH")]
pub fn add_neighbour<T, B>(
    conn: &mut Conn<T, B>,
    link: u32,
    ip: IpAddr,
    hardware: &[u8],
) -> Result<(), Error>
where
    T: Transport,
    B: AsRef<[u8]> + AsMut<[u8]>,
{
    put(conn, CREATE, link, ip, hardware)
}

/// Adds a neighbour for good, or changes the one with this address:
/// `RTM_NEWNEIGH` with `NLM_F_REPLACE`.
///
/// ```no_run
/// let mut conn = nlsock::Conn::open(nlsock::Protocol::ROUTE)?;
/// let hardware = [2, 0, 0, 0, 0, 8];
/// nlsock::route::replace_neighbour(&mut conn, 2, [192, 0, 2, 7].into(), &hardware)?;
/// # Ok::<(), nlsock::Error>(())
/// ```
///
/// # Errors
///
/// As [`add_neighbour`], but for `EEXIST`.
#[doc(alias = "NLM_F_REPLACE")]
pub fn replace_neighbour<T, B>(
    conn: &mut Conn<T, B>,
    link: u32,
    ip: IpAddr,
    hardware: &[u8],
) -> Result<(), Error>
where
    T: Transport,
    B: AsRef<[u8]> + AsMut<[u8]>,
{
    let flags = NewFlags::CREATE.union(NewFlags::REPLACE);
    put(conn, flags, link, ip, hardware)
}

/// Deletes a neighbour: `RTM_DELNEIGH`.
///
/// ```no_run
/// let mut conn = nlsock::Conn::open(nlsock::Protocol::ROUTE)?;
/// nlsock::route::delete_neighbour(&mut conn, 2, [192, 0, 2, 7].into())?;
/// # Ok::<(), nlsock::Error>(())
/// ```
///
/// # Errors
///
/// As [`Conn::request`]: `ENOENT` if there is none.
#[doc(alias = "RTM_DELNEIGH")]
pub fn delete_neighbour<T, B>(conn: &mut Conn<T, B>, link: u32, ip: IpAddr) -> Result<(), Error>
where
    T: Transport,
    B: AsRef<[u8]> + AsMut<[u8]>,
{
    let none = NewFlags::empty();
    change(conn, RTM_DELNEIGH, none, &header(link, ip), |w| {
        w.put(NeighbourAttr::Destination(AddressBytes::Ip(ip)))
    })
}

fn put<T, B>(
    conn: &mut Conn<T, B>,
    flags: NewFlags,
    link: u32,
    ip: IpAddr,
    hardware: &[u8],
) -> Result<(), Error>
where
    T: Transport,
    B: AsRef<[u8]> + AsMut<[u8]>,
{
    let header = NeighbourHeader {
        state: NeighbourState::PERMANENT.bits().into(),
        ..header(link, ip)
    };
    change(conn, RTM_NEWNEIGH, flags, &header, |w| {
        w.put(NeighbourAttr::Destination(AddressBytes::Ip(ip)))?
            .put(NeighbourAttr::Hardware(hardware))
    })
}

fn header(link: u32, ip: IpAddr) -> NeighbourHeader {
    NeighbourHeader {
        family: family(ip),
        index: link.into(),
        ..NeighbourHeader::default()
    }
}
