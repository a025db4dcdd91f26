//! What links are connected by, and what they agree on, as ethtool(8) shows it.
//!
//! ```no_run
//! use nlsock::generic::{self, ethtool};
//! use nlsock::{Conn, Protocol};
//! use nlwire::fields;
//! use nlwire::generic::ethtool::LinkModes;
//!
//! let mut conn = Conn::open(Protocol::GENERIC)?;
//! let family = generic::family(&mut conn, "ethtool")?.id();
//! let modes = ethtool::link_modes(&mut conn, family, "eth0")?;
//! let modes = fields!(modes.attributes => LinkModes { speed, duplex })?;
//! println!("{:?} Mb/s, {:?}", modes.speed, modes.duplex);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use nlwire::codec::AttributeSet as _;
use nlwire::generic::GenericHeader;
use nlwire::generic::ethtool::{
    ETHTOOL_A_LINKINFO_HEADER, ETHTOOL_A_LINKMODES_HEADER, ETHTOOL_GENL_VERSION,
    ETHTOOL_MSG_LINKINFO_GET, ETHTOOL_MSG_LINKMODES_GET, ETHTOOL_MSG_LINKMODES_SET, HeaderAttr,
    LinkInfo, LinkModes,
};
use nlwire::schema::MessageSchema;
use nlwire::{Flags, MessageType, Put, Writer};

use crate::table::{Row, change_by, get_by};
use crate::{Conn, Error, Transport};

/// What a link is connected by.
pub type LinkInfoRow<'a> = Row<'a, GenericHeader, LinkInfo>;
/// What a link can do and has agreed on.
pub type LinkModesRow<'a> = Row<'a, GenericHeader, LinkModes>;

static LINK_INFO: MessageSchema =
    MessageSchema::new::<GenericHeader>(ANY, "ETHTOOL_MSG_LINKINFO", LinkInfo::schema);
static LINK_MODES: MessageSchema =
    MessageSchema::new::<GenericHeader>(ANY, "ETHTOOL_MSG_LINKMODES", LinkModes::schema);
/// The number of the family is not known before it is asked for.
const ANY: MessageType = MessageType(0);

/// Returns what a link is connected by: `ETHTOOL_MSG_LINKINFO_GET` of the
/// [family](super::family()) `ethtool`.
///
/// # Errors
///
/// As [`Conn::get`]: `ENODEV` if there is no such link, `EOPNOTSUPP` if it does
/// not tell; [`ErrorKind::Encode`](crate::ErrorKind::Encode) for a name with a
/// NUL inside.
#[doc(alias = "ETHTOOL_MSG_LINKINFO_GET")]
pub fn link_info<'c, T, B>(
    conn: &'c mut Conn<T, B>,
    family: MessageType,
    link: &str,
) -> Result<LinkInfoRow<'c>, Error>
where
    T: Transport,
    B: AsRef<[u8]> + AsMut<[u8]>,
{
    let call = conn.call().described_by(&LINK_INFO);
    get_by(call, family, &header(ETHTOOL_MSG_LINKINFO_GET), |w| {
        w.nest(ETHTOOL_A_LINKINFO_HEADER, |w| {
            w.put(HeaderAttr::DeviceName(link.into()))
        })
    })
}

/// Returns what a link can do and has agreed on: `ETHTOOL_MSG_LINKMODES_GET`.
///
/// # Errors
///
/// As [`link_info`].
#[doc(alias = "ETHTOOL_MSG_LINKMODES_GET")]
pub fn link_modes<'c, T, B>(
    conn: &'c mut Conn<T, B>,
    family: MessageType,
    link: &str,
) -> Result<LinkModesRow<'c>, Error>
where
    T: Transport,
    B: AsRef<[u8]> + AsMut<[u8]>,
{
    let call = conn.call().described_by(&LINK_MODES);
    get_by(call, family, &header(ETHTOOL_MSG_LINKMODES_GET), |w| {
        w.nest(ETHTOOL_A_LINKMODES_HEADER, |w| {
            w.put(HeaderAttr::DeviceName(link.into()))
        })
    })
}

/// Changes what a link offers or is to do: `ETHTOOL_MSG_LINKMODES_SET`. What
/// `modes` does not put stays as it is.
///
/// ```no_run
/// use nlsock::generic::{self, ethtool};
/// use nlsock::{Conn, Protocol};
/// use nlwire::generic::ethtool::{Duplex, LinkModesAttr};
///
/// let mut conn = Conn::open(Protocol::GENERIC)?;
/// let family = generic::family(&mut conn, "ethtool")?.id();
/// ethtool::set_link_modes(&mut conn, family, "eth0", |w| {
///     w.put(LinkModesAttr::Autonegotiation(0))?
///         .put(LinkModesAttr::Speed(100))?
///         .put(LinkModesAttr::Duplex(Duplex::FULL))
/// })?;
/// # Ok::<(), nlsock::Error>(())
/// ```
///
/// # Errors
///
/// As [`link_info`]: `EPERM` without `CAP_NET_ADMIN`, `EINVAL` for what the
/// link cannot do.
#[doc(alias = "ETHTOOL_MSG_LINKMODES_SET")]
pub fn set_link_modes<T, B, F>(
    conn: &mut Conn<T, B>,
    family: MessageType,
    link: &str,
    modes: F,
) -> Result<(), Error>
where
    T: Transport,
    B: AsRef<[u8]> + AsMut<[u8]>,
    F: for<'w, 'b> FnOnce(&'w mut Writer<'b>) -> Put<'w, 'b>,
{
    let header = header(ETHTOOL_MSG_LINKMODES_SET);
    let call = conn.call().described_by(&LINK_MODES);
    change_by(call, family, Flags::empty(), &header, |w| {
        modes(w.nest(ETHTOOL_A_LINKMODES_HEADER, |w| {
            w.put(HeaderAttr::DeviceName(link.into()))
        })?)
    })
}

const fn header(command: u8) -> GenericHeader {
    GenericHeader::new(command, ETHTOOL_GENL_VERSION)
}
