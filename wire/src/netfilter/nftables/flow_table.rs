//! Requests for flow tables.

#![allow(
    rustdoc::private_intra_doc_links,
    reason = "a command is the low byte of a message type, which is public"
)]

use core::fmt;

use super::deletion::deletion;
use super::family::TableRef;
use super::table::create;
use super::{
    DeviceListAttr, FlowTable, FlowTableAttr, FlowTableFlags, FlowTableHookAttr,
    NFTA_FLOWTABLE_HOOK, NFTA_FLOWTABLE_HOOK_DEVS,
};
use crate::netfilter::{
    NFNL_SUBSYS_NFTABLES, NFT_MSG_DELFLOWTABLE, NFT_MSG_DESTROYFLOWTABLE, NFT_MSG_NEWFLOWTABLE,
    NetfilterHeader as FamilyHeader, PROTOCOL, header,
};
use crate::request::object::requests;
use crate::schema::Protocol;
use crate::{DecodeError, EncodeError, Flags, Next, Request, Row, Text, Writer, fields};

const GET: u8 = 0x17;

requests! {
    FlowTable, FlowTableAttr, FlowTableRow, "flowtable" in NFNL_SUBSYS_NFTABLES;

    /// Asks for one flow table.
    ///
    /// ```
    /// use nlwire::netfilter::{GetFlowTable, TableRef};
    ///
    /// let fast = GetFlowTable::new(TableRef::inet("ev"), "fast".into());
    /// ```
    Ask GetFlowTable = GET {
        /// Asks for the flow table of this name.
        new(table: TableRef<'a>, name: Text<'a>)
            @ table.family.0.into() => { Table(table.name), Name(name) }
    }
    /// Lists flow tables.
    ///
    /// ```
    /// use nlwire::netfilter::{GetFlowTables, TableRef};
    ///
    /// let of_table = GetFlowTables::of(TableRef::inet("ev"));
    /// ```
    List GetFlowTables = GET {
        /// Lists the flow tables of all tables.
        all() {}
        /// Lists the flow tables of this table.
        of(table: TableRef<'a>) @ table.family.0.into() => { Table(table.name) }
    }
}

impl<'a> Row<'a, FamilyHeader, FlowTable> {
    /// Returns the name of the table.
    ///
    /// # Errors
    ///
    /// Fails if the attribute is malformed.
    #[doc(alias = "NFTA_FLOWTABLE_TABLE")]
    pub fn table(&self) -> Result<Option<Text<'a>>, DecodeError> {
        Ok(fields!(self.attributes => FlowTable { table })?.table)
    }

    /// Returns the name.
    ///
    /// # Errors
    ///
    /// Fails if the attribute is malformed.
    #[doc(alias = "NFTA_FLOWTABLE_NAME")]
    pub fn name(&self) -> Result<Option<Text<'a>>, DecodeError> {
        Ok(fields!(self.attributes => FlowTable { name })?.name)
    }
}

/// Creates a flow table: connections that a rule adds to it take a short cut
/// from one link to another.
///
/// ```
/// use nlwire::netfilter::{NewFlowTable, TableRef};
///
/// // flowtable fast { hook ingress priority 0; devices = { eth0, eth1 }; }
/// let links = ["eth0".into(), "eth1".into()];
/// let table = NewFlowTable::new(TableRef::inet("ev"), "fast", 0).devices(&links);
/// ```
#[derive(Clone, Copy, Debug)]
#[doc(alias = "NFT_MSG_NEWFLOWTABLE")]
pub struct NewFlowTable<'a> {
    table: TableRef<'a>,
    name: Text<'a>,
    priority: i32,
    devices: &'a [Text<'a>],
    flags: FlowTableFlags,
    exclusive: bool,
}

impl<'a> NewFlowTable<'a> {
    /// Creates a flow table at hook `ingress` with this priority.
    #[must_use]
    pub fn new(table: TableRef<'a>, name: impl Into<Text<'a>>, priority: i32) -> Self {
        Self {
            table,
            name: name.into(),
            priority,
            devices: &[],
            flags: FlowTableFlags::empty(),
            exclusive: true,
        }
    }

    /// Sets the links.
    #[must_use]
    pub const fn devices(mut self, names: &'a [Text<'a>]) -> Self {
        self.devices = names;
        self
    }

    /// Sets flags, such as [`FlowTableFlags::COUNTER`].
    #[must_use]
    pub const fn flags(mut self, flags: FlowTableFlags) -> Self {
        self.flags = flags;
        self
    }

    /// Adds the links to a flow table that exists: `nft add flowtable`.
    #[must_use]
    pub const fn if_absent(mut self) -> Self {
        self.exclusive = false;
        self
    }
}

impl Request for NewFlowTable<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let flags = create(self.exclusive);
        w.append_message(NFT_MSG_NEWFLOWTABLE, flags, &self.table.header(), |w| {
            let w = w
                .put(FlowTableAttr::Table(self.table.name))?
                .put(FlowTableAttr::Name(self.name))?
                .nest(NFTA_FLOWTABLE_HOOK, |w| {
                    w.put(FlowTableHookAttr::Number(0))?
                        .put(FlowTableHookAttr::Priority(self.priority))?
                        .nest(NFTA_FLOWTABLE_HOOK_DEVS, |w| {
                            for name in self.devices {
                                w.put(DeviceListAttr::Name(*name))?;
                            }
                            Ok(w)
                        })
                })?;
            match self.flags.is_empty() {
                true => Ok(w),
                false => w.put(FlowTableAttr::Flags(self.flags)),
            }
        })?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "flowtable {} {:?}", self.table, self.name)
    }
}

deletion! {
    /// Deletes a flow table that no rule uses.
    ///
    /// ```
    /// use nlwire::netfilter::{DeleteFlowTable, TableRef};
    ///
    /// let delete = DeleteFlowTable::new(TableRef::inet("ev"), "fast").if_there();
    /// ```
    #[doc(alias = "NFT_MSG_DELFLOWTABLE")]
    DeleteFlowTable of "flowtable" in FlowTableAttr, NFT_MSG_DELFLOWTABLE,
    #[doc(alias = "NFT_MSG_DESTROYFLOWTABLE")]
    NFT_MSG_DESTROYFLOWTABLE
}

crate::__format!(NewFlowTable<'_>, DeleteFlowTable<'_>);
