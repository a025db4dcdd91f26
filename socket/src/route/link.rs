//! Links.

use nlwire::route::{
    IFLA_LINKINFO, Link, LinkAttr, LinkFlags, LinkHeader, LinkInfoAttr, RTM_DELLINK, RTM_GETLINK,
    RTM_NEWLINK, RTM_SETLINK,
};
use nlwire::{NewFlags, Text, fields};

use super::CREATE;
use crate::table::{Query, Row, Table, change, get};
use crate::{Conn, Error, Mapping, Socket, Transport};

/// A link.
pub type LinkRow<'a> = Row<'a, LinkHeader, Link>;
/// All links.
pub type Links<'c, T = Socket, B = Mapping> = Table<'c, 'static, LinkHeader, Link, T, B>;

impl<'a> LinkRow<'a> {
    /// Returns the index, by which other requests name the link.
    #[must_use]
    #[doc(alias = "ifi_index")]
    #[inline]
    pub const fn index(&self) -> u32 {
        self.header.index.get()
    }

    /// Returns the name, such as `eth0`.
    #[must_use]
    #[doc(alias = "IFLA_IFNAME")]
    #[inline]
    pub fn name(&self) -> Option<Text<'a>> {
        fields!(self.attributes => Link { name }).ok()?.name
    }

    /// Returns the largest packet that it takes, in bytes.
    #[must_use]
    #[doc(alias = "IFLA_MTU")]
    #[inline]
    pub fn mtu(&self) -> Option<u32> {
        fields!(self.attributes => Link { mtu }).ok()?.mtu
    }

    /// Whether it is up, by the administrator's will.
    #[must_use]
    #[doc(alias = "IFF_UP")]
    #[inline]
    pub fn is_up(&self) -> bool {
        self.header.flags().contains(LinkFlags::UP)
    }
}

/// Lists all links: `RTM_GETLINK`.
///
/// ```
/// let mut conn = nlsock::Conn::open(nlsock::Protocol::ROUTE)?;
/// let mut links = nlsock::route::links(&mut conn)?;
/// while let Some(link) = links.next()? {
///     println!("{} {:?} {:?}", link.index(), link.name(), link.mtu());
/// }
/// # Ok::<(), nlsock::Error>(())
/// ```
///
/// # Errors
///
/// As [`Conn::dump`].
#[doc(alias = "RTM_GETLINK")]
pub fn links<T, B>(conn: &mut Conn<T, B>) -> Result<Links<'_, T, B>, Error>
where
    T: Transport,
    B: AsRef<[u8]> + AsMut<[u8]>,
{
    static ALL: Query<[u8; 16]> = Query::new(RTM_GETLINK, [0; 16]);
    ALL.list(conn)
}

/// Returns the index of the link with a name: `RTM_GETLINK`.
///
/// ```
/// let mut conn = nlsock::Conn::open(nlsock::Protocol::ROUTE)?;
/// assert_eq!(nlsock::route::link_index(&mut conn, "lo")?, 1);
/// let error = nlsock::route::link_index(&mut conn, "nosuch").unwrap_err();
/// assert!(error.is_not_found());
/// # Ok::<(), nlsock::Error>(())
/// ```
///
/// # Errors
///
/// As [`Conn::get`], and [`ErrorKind::Encode`](crate::ErrorKind::Encode) for a name with a NUL inside.
#[doc(alias = "if_nametoindex")]
pub fn link_index<T, B>(conn: &mut Conn<T, B>, name: &str) -> Result<u32, Error>
where
    T: Transport,
    B: AsRef<[u8]> + AsMut<[u8]>,
{
    let link: LinkRow<'_> = get(conn, RTM_GETLINK, &LinkHeader::default(), |w| {
        w.put(LinkAttr::Name(name.into()))
    })?;
    Ok(link.index())
}

/// Makes a link of a kind, such as `bridge` or `dummy`: `RTM_NEWLINK`.
///
/// ```no_run
/// let mut conn = nlsock::Conn::open(nlsock::Protocol::ROUTE)?;
/// nlsock::route::add_link(&mut conn, "br0", "bridge")?;
/// # Ok::<(), nlsock::Error>(())
/// ```
///
/// # Errors
///
/// As [`Conn::request`]: `EEXIST` if the name is taken, `EOPNOTSUPP` for a
/// kind that this kernel does not have; [`ErrorKind::Encode`](crate::ErrorKind::Encode)
/// for a name or a kind with a NUL inside.
#[doc(alias = "RTM_NEWLINK")]
pub fn add_link<T, B>(conn: &mut Conn<T, B>, name: &str, kind: &str) -> Result<(), Error>
where
    T: Transport,
    B: AsRef<[u8]> + AsMut<[u8]>,
{
    change(conn, RTM_NEWLINK, CREATE, &LinkHeader::default(), |w| {
        w.put(LinkAttr::Name(name.into()))?
            .nest(IFLA_LINKINFO, |w| w.put(LinkInfoAttr::Kind(kind)))
    })
}

/// Deletes a link: `RTM_DELLINK`.
///
/// ```no_run
/// let mut conn = nlsock::Conn::open(nlsock::Protocol::ROUTE)?;
/// let index = nlsock::route::link_index(&mut conn, "br0")?;
/// nlsock::route::delete_link(&mut conn, index)?;
/// # Ok::<(), nlsock::Error>(())
/// ```
///
/// # Errors
///
/// As [`Conn::request`]: `ENODEV` if there is none, `EOPNOTSUPP` for one that
/// cannot be deleted.
#[doc(alias = "RTM_DELLINK")]
pub fn delete_link<T, B>(conn: &mut Conn<T, B>, index: u32) -> Result<(), Error>
where
    T: Transport,
    B: AsRef<[u8]> + AsMut<[u8]>,
{
    let none = NewFlags::empty();
    change(conn, RTM_DELLINK, none, &header(index), |w| Ok(w))
}

/// Sets a link up: `RTM_SETLINK`.
///
/// ```no_run
/// let mut conn = nlsock::Conn::open(nlsock::Protocol::ROUTE)?;
/// let index = nlsock::route::link_index(&mut conn, "eth0")?;
/// nlsock::route::set_link_up(&mut conn, index)?;
/// # Ok::<(), nlsock::Error>(())
/// ```
///
/// # Errors
///
/// As [`Conn::request`]: `ENODEV` if there is none.
#[doc(alias = "IFF_UP")]
pub fn set_link_up<T, B>(conn: &mut Conn<T, B>, index: u32) -> Result<(), Error>
where
    T: Transport,
    B: AsRef<[u8]> + AsMut<[u8]>,
{
    set_up(conn, index, LinkFlags::UP)
}

/// Sets a link down: `RTM_SETLINK`.
///
/// ```no_run
/// let mut conn = nlsock::Conn::open(nlsock::Protocol::ROUTE)?;
/// let index = nlsock::route::link_index(&mut conn, "eth0")?;
/// nlsock::route::set_link_down(&mut conn, index)?;
/// # Ok::<(), nlsock::Error>(())
/// ```
///
/// # Errors
///
/// As [`set_link_up`].
#[doc(alias = "IFF_UP")]
pub fn set_link_down<T, B>(conn: &mut Conn<T, B>, index: u32) -> Result<(), Error>
where
    T: Transport,
    B: AsRef<[u8]> + AsMut<[u8]>,
{
    set_up(conn, index, LinkFlags::empty())
}

/// Sets the largest packet that a link takes, in bytes: `RTM_SETLINK`.
///
/// ```no_run
/// let mut conn = nlsock::Conn::open(nlsock::Protocol::ROUTE)?;
/// nlsock::route::set_link_mtu(&mut conn, 1, 1500)?;
/// # Ok::<(), nlsock::Error>(())
/// ```
///
/// # Errors
///
/// As [`set_link_up`], and `EINVAL` for a size that the link cannot have.
#[doc(alias = "IFLA_MTU")]
pub fn set_link_mtu<T, B>(conn: &mut Conn<T, B>, index: u32, mtu: u32) -> Result<(), Error>
where
    T: Transport,
    B: AsRef<[u8]> + AsMut<[u8]>,
{
    change(conn, RTM_SETLINK, NewFlags::empty(), &header(index), |w| {
        w.put(LinkAttr::Mtu(mtu))
    })
}

/// Makes a link a port of a bridge or of another master, or of none:
/// `RTM_SETLINK`.
///
/// ```no_run
/// let mut conn = nlsock::Conn::open(nlsock::Protocol::ROUTE)?;
/// let bridge = nlsock::route::link_index(&mut conn, "br0")?;
/// let port = nlsock::route::link_index(&mut conn, "eth0")?;
/// nlsock::route::set_link_master(&mut conn, port, Some(bridge))?;
/// # Ok::<(), nlsock::Error>(())
/// ```
///
/// # Errors
///
/// As [`set_link_up`], and those of the master.
#[doc(alias = "IFLA_MASTER")]
pub fn set_link_master<T, B>(
    conn: &mut Conn<T, B>,
    index: u32,
    master: Option<u32>,
) -> Result<(), Error>
where
    T: Transport,
    B: AsRef<[u8]> + AsMut<[u8]>,
{
    change(conn, RTM_SETLINK, NewFlags::empty(), &header(index), |w| {
        w.put(LinkAttr::Master(master.unwrap_or(0)))
    })
}

fn set_up<T, B>(conn: &mut Conn<T, B>, index: u32, flags: LinkFlags) -> Result<(), Error>
where
    T: Transport,
    B: AsRef<[u8]> + AsMut<[u8]>,
{
    let header = LinkHeader {
        flags: flags.bits().into(),
        change: LinkFlags::UP.bits().into(),
        ..header(index)
    };
    change(conn, RTM_SETLINK, NewFlags::empty(), &header, |w| Ok(w))
}

fn header(index: u32) -> LinkHeader {
    LinkHeader {
        index: index.into(),
        ..LinkHeader::default()
    }
}
