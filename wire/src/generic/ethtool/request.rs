//! Requests for port and link modes.

use core::fmt;

use super::{
    ETHTOOL_A_LINKINFO_HEADER, ETHTOOL_A_LINKMODES_HEADER, ETHTOOL_GENL_NAME, ETHTOOL_GENL_VERSION,
    ETHTOOL_MSG_LINKINFO_GET, ETHTOOL_MSG_LINKINFO_SET, ETHTOOL_MSG_LINKMODES_GET,
    ETHTOOL_MSG_LINKMODES_SET, HeaderAttr, LinkInfo, LinkModes,
};
use crate::codec::AttributeSet as _;
use crate::generic::GenericHeader;
use crate::schema::{MessageSchema, Protocol};
use crate::writer::Put;
use crate::{
    EncodeError, Flags, GetFlags, Items, LinkIndex, MessageRef, Next, Query, Request, Row, Text,
    Writer,
};

/// Schema of the family.
pub static PROTOCOL: Protocol = Protocol::family(
    ETHTOOL_GENL_NAME,
    &[
        MessageSchema::command(
            ETHTOOL_MSG_LINKINFO_GET,
            "ETHTOOL_MSG_LINKINFO_GET",
            LinkInfo::schema,
        ),
        MessageSchema::command(
            ETHTOOL_MSG_LINKINFO_SET,
            "ETHTOOL_MSG_LINKINFO_SET",
            LinkInfo::schema,
        ),
        MessageSchema::command(
            ETHTOOL_MSG_LINKMODES_GET,
            "ETHTOOL_MSG_LINKMODES_GET",
            LinkModes::schema,
        ),
        MessageSchema::command(
            ETHTOOL_MSG_LINKMODES_SET,
            "ETHTOOL_MSG_LINKMODES_SET",
            LinkModes::schema,
        ),
    ],
);

/// Port and PHY of a link.
pub type LinkInfoRow<'a> = Row<'a, GenericHeader, LinkInfo>;
/// Link modes: supported, advertised, and in use.
pub type LinkModesRow<'a> = Row<'a, GenericHeader, LinkModes>;

/// Link of a request.
#[derive(Clone, Copy, Debug)]
enum Device<'a> {
    All,
    Name(Text<'a>),
    Index(LinkIndex),
}

impl Device<'_> {
    fn put<'w, 'b>(self, header: u16, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        w.nest(header, |w| match self {
            Self::All => Ok(w),
            Self::Name(name) => w.put(HeaderAttr::DeviceName(name)),
            Self::Index(index) => w.put(HeaderAttr::DeviceIndex(index.get())),
        })
    }

    const fn flags(self) -> GetFlags {
        match self {
            Self::All => GetFlags::DUMP,
            _ => GetFlags::empty(),
        }
    }

    fn write_object(self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => f.write_str("links"),
            Self::Name(name) => write!(f, "link {name:?}"),
            Self::Index(index) => write!(f, "link {index}"),
        }
    }
}

/// Writes a command about a link.
fn write_command<S>(
    w: &mut Writer<'_>,
    command: u8,
    flags: Flags,
    device: Device<'_>,
    header: u16,
    attributes: Option<&dyn Items<S>>,
) -> Result<Next, EncodeError> {
    w.append_command(command, ETHTOOL_GENL_VERSION, flags, |w| {
        device.put(header, w)?.put_items(attributes)
    })?;
    Ok(Next::End)
}

/// Asks for the port of a link, or lists the ports of all links.
///
/// ```
/// use nlwire::generic::ethtool::GetLinkInfo;
///
/// let query = GetLinkInfo::by_name("eth0");
/// ```
#[derive(Clone, Copy, Debug)]
#[doc(alias = "ETHTOOL_MSG_LINKINFO_GET")]
pub struct GetLinkInfo<'a>(Device<'a>);

impl<'a> GetLinkInfo<'a> {
    /// Asks for the link with this name.
    #[must_use]
    pub fn by_name(name: impl Into<Text<'a>>) -> Self {
        Self(Device::Name(name.into()))
    }

    /// Asks for the link with this index.
    #[must_use]
    pub fn by_index(index: impl Into<LinkIndex>) -> Self {
        Self(Device::Index(index.into()))
    }

    /// Lists all links that have a port.
    #[must_use]
    pub const fn all() -> Self {
        Self(Device::All)
    }
}

impl Request for GetLinkInfo<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let flags = Flags::from(self.0.flags());
        let header = ETHTOOL_A_LINKINFO_HEADER;
        write_command::<LinkInfo>(w, ETHTOOL_MSG_LINKINFO_GET, flags, self.0, header, None)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.write_object(f)
    }
}

impl Query for GetLinkInfo<'_> {
    type Row<'r> = LinkInfoRow<'r>;

    #[inline]
    fn row(message: MessageRef<'_>) -> LinkInfoRow<'_> {
        Row::of(message)
    }
}

/// Asks for the link modes of a link, or lists those of all links.
///
/// ```
/// use nlwire::generic::ethtool::GetLinkModes;
///
/// let query = GetLinkModes::by_name("eth0");
/// ```
#[derive(Clone, Copy, Debug)]
#[doc(alias = "ETHTOOL_MSG_LINKMODES_GET")]
pub struct GetLinkModes<'a>(Device<'a>);

impl<'a> GetLinkModes<'a> {
    /// Asks for the link with this name.
    #[must_use]
    pub fn by_name(name: impl Into<Text<'a>>) -> Self {
        Self(Device::Name(name.into()))
    }

    /// Asks for the link with this index.
    #[must_use]
    pub fn by_index(index: impl Into<LinkIndex>) -> Self {
        Self(Device::Index(index.into()))
    }

    /// Lists all links that have link modes.
    #[must_use]
    pub const fn all() -> Self {
        Self(Device::All)
    }
}

impl Request for GetLinkModes<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let flags = Flags::from(self.0.flags());
        let header = ETHTOOL_A_LINKMODES_HEADER;
        write_command::<LinkModes>(w, ETHTOOL_MSG_LINKMODES_GET, flags, self.0, header, None)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.write_object(f)
    }
}

impl Query for GetLinkModes<'_> {
    type Row<'r> = LinkModesRow<'r>;

    #[inline]
    fn row(message: MessageRef<'_>) -> LinkModesRow<'_> {
        Row::of(message)
    }
}

/// Changes the link modes of a link, such as autonegotiation, speed and duplex.
///
/// ```
/// use nlwire::generic::ethtool::{Duplex, LinkModesAttr, SetLinkModes};
///
/// let fixed = [
///     LinkModesAttr::Autonegotiation(0),
///     LinkModesAttr::Speed(100),
///     LinkModesAttr::Duplex(Duplex::FULL),
/// ];
/// let change = SetLinkModes::by_name("eth0", &fixed);
/// ```
#[derive(Clone, Copy, Debug)]
#[doc(alias = "ETHTOOL_MSG_LINKMODES_SET")]
pub struct SetLinkModes<'a> {
    device: Device<'a>,
    modes: &'a dyn Items<LinkModes>,
}

impl<'a> SetLinkModes<'a> {
    /// Changes the link with this name. Attributes that are not given keep
    /// their values.
    #[must_use]
    pub fn by_name(name: impl Into<Text<'a>>, modes: &'a dyn Items<LinkModes>) -> Self {
        let device = Device::Name(name.into());
        Self { device, modes }
    }

    /// Changes the link with this index.
    #[must_use]
    pub fn by_index(index: impl Into<LinkIndex>, modes: &'a dyn Items<LinkModes>) -> Self {
        let device = Device::Index(index.into());
        Self { device, modes }
    }
}

impl Request for SetLinkModes<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let header = ETHTOOL_A_LINKMODES_HEADER;
        let (command, none) = (ETHTOOL_MSG_LINKMODES_SET, Flags::empty());
        write_command(w, command, none, self.device, header, Some(self.modes))
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.device.write_object(f)
    }
}

/// Changes the port of a link.
#[derive(Clone, Copy, Debug)]
#[doc(alias = "ETHTOOL_MSG_LINKINFO_SET")]
pub struct SetLinkInfo<'a> {
    device: Device<'a>,
    info: &'a dyn Items<LinkInfo>,
}

impl<'a> SetLinkInfo<'a> {
    /// Changes the link with this name. Attributes that are not given keep
    /// their values.
    #[must_use]
    pub fn by_name(name: impl Into<Text<'a>>, info: &'a dyn Items<LinkInfo>) -> Self {
        let device = Device::Name(name.into());
        Self { device, info }
    }

    /// Changes the link with this index.
    #[must_use]
    pub fn by_index(index: impl Into<LinkIndex>, info: &'a dyn Items<LinkInfo>) -> Self {
        let device = Device::Index(index.into());
        Self { device, info }
    }
}

impl Request for SetLinkInfo<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let header = ETHTOOL_A_LINKINFO_HEADER;
        let (command, none) = (ETHTOOL_MSG_LINKINFO_SET, Flags::empty());
        write_command(w, command, none, self.device, header, Some(self.info))
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.device.write_object(f)
    }
}

crate::__format!(
    GetLinkInfo<'_>,
    GetLinkModes<'_>,
    SetLinkModes<'_>,
    SetLinkInfo<'_>
);
