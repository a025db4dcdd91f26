//! Requests to the controller of generic netlink.

use core::fmt;

use super::{
    CTRL_ATTR_FAMILY_NAME, CTRL_CMD_GETFAMILY, CTRL_CMD_GETPOLICY, Controller, ControllerAttr,
    Group, Operation, OperationFlags,
};
use crate::generic::{GENL_ID_CTRL, GenericHeader, PROTOCOL};
use crate::schema::Protocol;
use crate::writer::Put;
use crate::{
    DecodeError, EncodeError, Flags, GetFlags, MessageRef, MessageType, Next, Query, Request, Row,
    Text, Writer, fields,
};

/// Version of the controller's commands.
const VERSION: u8 = 1;
/// Maximum length of a family name in bytes, without its NUL (`GENL_NAMSIZ`).
const LONGEST: usize = 15;

/// Family of generic netlink, as the controller describes it.
pub type FamilyRow<'a> = Row<'a, GenericHeader, Controller>;

impl<'a> Row<'a, GenericHeader, Controller> {
    /// Returns the family's number, which is the type of its messages.
    ///
    /// # Errors
    ///
    /// Fails if the attribute is malformed.
    #[doc(alias = "CTRL_ATTR_FAMILY_ID")]
    pub fn id(&self) -> Result<Option<MessageType>, DecodeError> {
        let id = fields!(self.attributes => Controller { family_id })?.family_id;
        Ok(id.map(MessageType))
    }

    /// Returns the name.
    ///
    /// # Errors
    ///
    /// Fails if the attribute is malformed.
    #[doc(alias = "CTRL_ATTR_FAMILY_NAME")]
    pub fn name(&self) -> Result<Option<&'a str>, DecodeError> {
        Ok(fields!(self.attributes => Controller { family_name })?.family_name)
    }

    /// Returns the version of the family's interface.
    ///
    /// # Errors
    ///
    /// Fails if the attribute is malformed.
    #[doc(alias = "CTRL_ATTR_VERSION")]
    pub fn version(&self) -> Result<Option<u32>, DecodeError> {
        Ok(fields!(self.attributes => Controller { version })?.version)
    }

    /// Returns the size in bytes of the family's own header; most families have
    /// none.
    ///
    /// # Errors
    ///
    /// Fails if the attribute is malformed.
    #[doc(alias = "CTRL_ATTR_HDRSIZE")]
    pub fn header_size(&self) -> Result<u32, DecodeError> {
        let size = fields!(self.attributes => Controller { header_size })?.header_size;
        Ok(size.unwrap_or(0))
    }

    /// Returns the number of a multicast group, by which a socket joins it.
    ///
    /// # Errors
    ///
    /// Fails if an attribute is malformed.
    #[doc(alias = "CTRL_ATTR_MCAST_GRP_ID")]
    pub fn group(&self, name: &str) -> Result<Option<u32>, DecodeError> {
        for group in self.groups() {
            let (found, number) = group?;
            if found == Some(name) {
                return Ok(number);
            }
        }
        Ok(None)
    }

    /// Iterates over names and numbers of the multicast groups.
    ///
    /// # Errors
    ///
    /// An item is an error if an attribute is malformed.
    #[doc(alias = "CTRL_ATTR_MCAST_GROUPS")]
    pub fn groups(
        &self,
    ) -> impl Iterator<Item = Result<(Option<&'a str>, Option<u32>), DecodeError>> + use<'a> {
        let (list, error) = match fields!(self.attributes => Controller { groups }) {
            Ok(found) => (found.groups, None),
            Err(error) => (None, Some(Err(error))),
        };
        let groups = list.into_iter().flat_map(|list| list.iter());
        let groups = groups.map(|group| {
            let found = fields!(group?.1 => Group { name, id })?;
            Ok((found.name, found.id))
        });
        error.into_iter().chain(groups)
    }

    /// Iterates over commands and flags of the operations.
    ///
    /// # Errors
    ///
    /// An item is an error if an attribute is malformed.
    #[doc(alias = "CTRL_ATTR_OPS")]
    pub fn operations(
        &self,
    ) -> impl Iterator<Item = Result<(Option<u32>, OperationFlags), DecodeError>> + use<'a> {
        let (list, error) = match fields!(self.attributes => Controller { operations }) {
            Ok(found) => (found.operations, None),
            Err(error) => (None, Some(Err(error))),
        };
        let operations = list.into_iter().flat_map(|list| list.iter());
        let operations = operations.map(|operation| {
            let found = fields!(operation?.1 => Operation { id, flags })?;
            Ok((found.id, found.flags.unwrap_or_default()))
        });
        error.into_iter().chain(operations)
    }
}

/// Family to ask for.
#[derive(Clone, Copy, Debug)]
enum Key<'a> {
    Name(Text<'a>),
    Id(u16),
}

impl Key<'_> {
    fn put<'w, 'b>(self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        match self {
            // The kernel answers a longer name with `EINVAL`. No family has
            // such a name or the number 0, so 0 stands for it and the kernel
            // answers `ENOENT`.
            Self::Name(name) if name.len() > LONGEST => w.put(ControllerAttr::FamilyId(0)),
            Self::Name(name) => w.text(CTRL_ATTR_FAMILY_NAME, name),
            Self::Id(id) => w.put(ControllerAttr::FamilyId(id)),
        }
    }

    fn write_object(self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) => write!(f, "family {name:?}"),
            Self::Id(id) => write!(f, "family {id}"),
        }
    }
}

/// Asks for one family of generic netlink. The kernel loads the family's module
/// if necessary.
///
/// ```
/// use nlwire::generic::GetFamily;
///
/// let query = GetFamily::by_name("ethtool");
/// ```
#[derive(Clone, Copy, Debug)]
#[doc(alias = "CTRL_CMD_GETFAMILY")]
pub struct GetFamily<'a>(Key<'a>);

impl<'a> GetFamily<'a> {
    /// Asks for the family with this name.
    #[must_use]
    pub fn by_name(name: impl Into<Text<'a>>) -> Self {
        Self(Key::Name(name.into()))
    }

    /// Asks for the family with this number.
    #[must_use]
    pub const fn by_id(id: MessageType) -> Self {
        Self(Key::Id(id.0))
    }
}

impl Request for GetFamily<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let header = GenericHeader::new(CTRL_CMD_GETFAMILY, VERSION);
        w.append_message(GENL_ID_CTRL, Flags::empty(), &header, |w| self.0.put(w))?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.write_object(f)
    }
}

impl Query for GetFamily<'_> {
    type Row<'r> = FamilyRow<'r>;

    #[inline]
    fn row(message: MessageRef<'_>) -> FamilyRow<'_> {
        Row::of(message)
    }
}

/// Lists the families of generic netlink.
#[derive(Clone, Copy, Debug, Default)]
#[doc(alias = "CTRL_CMD_GETFAMILY")]
pub struct GetFamilies(());

impl GetFamilies {
    /// Lists all families whose modules are loaded.
    #[must_use]
    pub const fn all() -> Self {
        Self(())
    }
}

impl Request for GetFamilies {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let header = GenericHeader::new(CTRL_CMD_GETFAMILY, VERSION);
        let flags = Flags::from(GetFlags::DUMP);
        w.append_message(GENL_ID_CTRL, flags, &header, |w| Ok(w))?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("families")
    }
}

impl Query for GetFamilies {
    type Row<'r> = FamilyRow<'r>;

    #[inline]
    fn row(message: MessageRef<'_>) -> FamilyRow<'_> {
        Row::of(message)
    }
}

/// Lists the policies of a family, in several rows: first the policy numbers by
/// operation, then the policies by number.
///
/// ```
/// use nlwire::generic::GetPolicies;
///
/// let of_one_operation = GetPolicies::of("nlctrl").operation(3);
/// ```
#[derive(Clone, Copy, Debug)]
#[doc(alias = "CTRL_CMD_GETPOLICY")]
pub struct GetPolicies<'a> {
    family: Key<'a>,
    operation: Option<u32>,
}

impl<'a> GetPolicies<'a> {
    /// Lists the policies of the family with this name.
    #[must_use]
    pub fn of(name: impl Into<Text<'a>>) -> Self {
        Self {
            family: Key::Name(name.into()),
            operation: None,
        }
    }

    /// Lists the policies of the family with this number.
    #[must_use]
    pub const fn of_id(id: MessageType) -> Self {
        Self {
            family: Key::Id(id.0),
            operation: None,
        }
    }

    /// Lists the policies of one command.
    #[must_use]
    #[doc(alias = "CTRL_ATTR_OP")]
    pub const fn operation(mut self, command: u32) -> Self {
        self.operation = Some(command);
        self
    }
}

impl Request for GetPolicies<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let header = GenericHeader::new(CTRL_CMD_GETPOLICY, VERSION);
        let flags = Flags::from(GetFlags::DUMP);
        w.append_message(GENL_ID_CTRL, flags, &header, |w| {
            let w = self.family.put(w)?;
            match self.operation {
                Some(command) => w.put(ControllerAttr::Operation(command)),
                None => Ok(w),
            }
        })?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.family.write_object(f)
    }
}

impl Query for GetPolicies<'_> {
    type Row<'r> = FamilyRow<'r>;

    #[inline]
    fn row(message: MessageRef<'_>) -> FamilyRow<'_> {
        Row::of(message)
    }
}

crate::__format!(GetFamily<'_>, GetFamilies, GetPolicies<'_>);
