//! Addresses of links.

use core::net::IpAddr;

use nlwire::codec::AddressBytes;
use nlwire::route::{Address, AddressAttr, AddressHeader, RTM_DELADDR, RTM_GETADDR, RTM_NEWADDR};
use nlwire::{NewFlags, fields};

use super::{CREATE, family};
use crate::table::{Query, Row, Table, change};
use crate::{Conn, Error, Mapping, Socket, Transport};

/// An address of a link.
pub type AddressRow<'a> = Row<'a, AddressHeader, Address>;
/// All addresses.
pub type Addresses<'c, T = Socket, B = Mapping> = Table<'c, 'static, AddressHeader, Address, T, B>;

impl AddressRow<'_> {
    /// Returns the index of the link.
    #[must_use]
    #[doc(alias = "ifa_index")]
    #[inline]
    pub const fn link(&self) -> u32 {
        self.header.index.get()
    }

    /// Returns the own address, not that of the peer.
    #[must_use]
    #[doc(alias = "IFA_LOCAL")]
    #[inline]
    pub fn ip(&self) -> Option<IpAddr> {
        let fields = fields!(self.attributes => Address { address, local }).ok()?;
        fields.local.or(fields.address)?.ip()
    }

    /// Returns how many bits of the address are its network.
    #[must_use]
    #[doc(alias = "ifa_prefixlen")]
    #[inline]
    pub const fn prefix_len(&self) -> u8 {
        self.header.prefix_len
    }
}

/// Lists the addresses of all links: `RTM_GETADDR`.
///
/// ```
/// let mut conn = nlsock::Conn::open(nlsock::Protocol::ROUTE)?;
/// let mut addresses = nlsock::route::addresses(&mut conn)?;
/// while let Some(address) = addresses.next()? {
///     println!("{:?}/{} on {}", address.ip(), address.prefix_len(), address.link());
/// }
/// # Ok::<(), nlsock::Error>(())
/// ```
///
/// # Errors
///
/// As [`Conn::dump`].
#[doc(alias = "RTM_GETADDR")]
pub fn addresses<T, B>(conn: &mut Conn<T, B>) -> Result<Addresses<'_, T, B>, Error>
where
    T: Transport,
    B: AsRef<[u8]> + AsMut<[u8]>,
{
    static ALL: Query<[u8; 8]> = Query::new(RTM_GETADDR, [0; 8]);
    ALL.list(conn)
}

/// Gives a link an address: `RTM_NEWADDR`.
///
/// ```no_run
/// let mut conn = nlsock::Conn::open(nlsock::Protocol::ROUTE)?;
/// let index = nlsock::route::link_index(&mut conn, "eth0")?;
/// nlsock::route::add_address(&mut conn, index, [192, 0, 2, 1].into(), 24)?;
/// # Ok::<(), nlsock::Error>(())
/// ```
///
/// # Errors
///
/// As [`Conn::request`]: `EEXIST` if it has it, `ENODEV` if there is no such
/// link, `EINVAL` for a prefix that is too long.
#[doc(alias = "RTM_NEWADDR")]
pub fn add_address<T, B>(
    conn: &mut Conn<T, B>,
    link: u32,
    ip: IpAddr,
    prefix_len: u8,
) -> Result<(), Error>
where
    T: Transport,
    B: AsRef<[u8]> + AsMut<[u8]>,
{
    let header = header(link, ip, prefix_len);
    change(conn, RTM_NEWADDR, CREATE, &header, |w| {
        w.put(AddressAttr::Local(AddressBytes::Ip(ip)))?
            .put(AddressAttr::Address(AddressBytes::Ip(ip)))
    })
}

/// Takes an address from a link: `RTM_DELADDR`.
///
/// ```no_run
/// let mut conn = nlsock::Conn::open(nlsock::Protocol::ROUTE)?;
/// let index = nlsock::route::link_index(&mut conn, "eth0")?;
/// nlsock::route::delete_address(&mut conn, index, [192, 0, 2, 1].into(), 24)?;
/// # Ok::<(), nlsock::Error>(())
/// ```
///
/// # Errors
///
/// As [`Conn::request`]: `EADDRNOTAVAIL` if it does not have it.
#[doc(alias = "RTM_DELADDR")]
pub fn delete_address<T, B>(
    conn: &mut Conn<T, B>,
    link: u32,
    ip: IpAddr,
    prefix_len: u8,
) -> Result<(), Error>
where
    T: Transport,
    B: AsRef<[u8]> + AsMut<[u8]>,
{
    let header = header(link, ip, prefix_len);
    change(conn, RTM_DELADDR, NewFlags::empty(), &header, |w| {
        w.put(AddressAttr::Local(AddressBytes::Ip(ip)))
    })
}

fn header(link: u32, ip: IpAddr, prefix_len: u8) -> AddressHeader {
    AddressHeader {
        family: family(ip),
        prefix_len,
        index: link.into(),
        ..AddressHeader::default()
    }
}
