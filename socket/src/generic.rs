//! Families of generic netlink by name (`linux/genetlink.h`), and the everyday
//! requests of two: [`ethtool`] and [`taskstats`].
//!
//! The kernel gives a family its number when its module is loaded, so that a
//! program that knows the name asks the controller first:
//!
//! ```
//! use nlsock::{Conn, Protocol, generic};
//!
//! let mut conn = Conn::open(Protocol::GENERIC)?;
//! let family = generic::family(&mut conn, "nlctrl")?;
//! assert_eq!(family.id().0, 16);
//! assert_eq!(family.group("notify"), Some(16));
//! # Ok::<(), nlsock::Error>(())
//! ```
use nlwire::generic::{
    CTRL_CMD_GETFAMILY, Controller, ControllerAttr, GENL_ID_CTRL, GenericHeader, Group,
};
use nlwire::{Attrs, Flags, MessageRef, MessageType, Writer, fields};

use crate::{Conn, Error, ErrorKind, Operation, Protocol, Transport};

pub mod ethtool;
pub mod taskstats;

/// The command's version that the controller has had since it is there.
const VERSION: u8 = 1;
/// Two headers and a name of 15 bytes take 40 bytes; the rest is for names
/// that the kernel is to refuse itself.
const REQUEST: usize = 256;

/// What the controller says of a family.
#[derive(Clone, Copy, Debug)]
pub struct Family<'a> {
    id: u16,
    attributes: Attrs<'a>,
}

impl<'a> Family<'a> {
    fn read(message: MessageRef<'a>) -> Result<Self, nlwire::DecodeError> {
        let (_, attributes) = message.split::<GenericHeader>()?;
        let id = attributes.require(nlwire::generic::CTRL_ATTR_FAMILY_ID)?;
        Ok(Self {
            id: id.u16()?,
            attributes,
        })
    }

    /// Returns the number, which is the type of the family's messages.
    #[must_use]
    #[doc(alias = "CTRL_ATTR_FAMILY_ID")]
    pub const fn id(&self) -> MessageType {
        MessageType(self.id)
    }

    /// Returns the name.
    #[must_use]
    #[doc(alias = "CTRL_ATTR_FAMILY_NAME")]
    pub fn name(&self) -> Option<&'a str> {
        let fields = fields!(self.attributes => Controller { family_name });
        fields.ok()?.family_name
    }

    /// Returns the version of its interface, 0 where the kernel does not tell.
    #[must_use]
    #[doc(alias = "CTRL_ATTR_VERSION")]
    pub fn version(&self) -> u32 {
        let fields = fields!(self.attributes => Controller { version });
        fields.ok().and_then(|fields| fields.version).unwrap_or(0)
    }

    /// Returns the size of the header of its own that follows the generic one,
    /// in bytes; most have none.
    #[must_use]
    #[doc(alias = "CTRL_ATTR_HDRSIZE")]
    pub fn header_size(&self) -> u32 {
        let fields = fields!(self.attributes => Controller { header_size });
        let size = fields.ok().and_then(|fields| fields.header_size);
        size.unwrap_or(0)
    }

    /// Returns the number of a multicast group, by which a socket
    /// [joins](crate::Socket::join) it.
    #[must_use]
    #[doc(alias = "CTRL_ATTR_MCAST_GRP_ID")]
    pub fn group(&self, name: &str) -> Option<u32> {
        self.groups()
            .find_map(|(group, number)| (group == name).then_some(number))
    }

    /// Walks its multicast groups: names and numbers.
    #[doc(alias = "CTRL_ATTR_MCAST_GROUPS")]
    pub fn groups(&self) -> impl Iterator<Item = (&'a str, u32)> + use<'a> {
        let fields = fields!(self.attributes => Controller { groups });
        let groups = fields.ok().and_then(|fields| fields.groups);
        let groups = groups.into_iter().flat_map(|groups| groups.iter());
        groups.map_while(Result::ok).filter_map(|(_, group)| {
            let fields = fields!(group => Group { name, id }).ok()?;
            Some((fields.name?, fields.id?))
        })
    }

    /// Returns all that the controller said, the operations among them.
    #[must_use]
    pub const fn attributes(&self) -> Attrs<'a> {
        self.attributes
    }
}

/// Asks the controller for a family: `CTRL_CMD_GETFAMILY`.
///
/// The kernel loads the family's module if need be.
///
/// # Errors
///
/// As [`Conn::get`]: [`Error::is_not_found`] where this kernel has no such
/// family. [`ErrorKind::Encode`] for a name with a NUL inside.
#[doc(alias = "genl_ctrl_resolve")]
pub fn family<'c, T, B>(conn: &'c mut Conn<T, B>, name: &str) -> Result<Family<'c>, Error>
where
    T: Transport,
    B: AsRef<[u8]> + AsMut<[u8]>,
{
    let protocol = conn.protocol();
    let reply = ask(conn, name)?;
    Family::read(reply).map_err(|error| fail(protocol, ErrorKind::Decode(error)))
}

/// Asks for a family and returns the controller's reply.
fn ask<'c, T, B>(conn: &'c mut Conn<T, B>, name: &str) -> Result<MessageRef<'c>, Error>
where
    T: Transport,
    B: AsRef<[u8]> + AsMut<[u8]>,
{
    let protocol = conn.protocol();
    let header = GenericHeader::new(CTRL_CMD_GETFAMILY, VERSION);
    let mut buffer = [0; REQUEST];
    let message = Writer::message(&mut buffer, GENL_ID_CTRL, Flags::empty(), &header, |w| {
        w.put(ControllerAttr::FamilyName(name))
    })
    .map_err(|error| fail(protocol, ErrorKind::Encode(error)))?;
    conn.get(message)
}

const fn fail(protocol: Protocol, kind: ErrorKind) -> Error {
    Error::new(Some(protocol), Operation::Request(GENL_ID_CTRL.0), kind)
}
