//! Requests for tables.

use core::fmt;

use super::family::{TableFamily, TableRef, Within};
use super::user_data::UserData;
use super::{NFTA_TABLE_USERDATA, Table, TableAttr, TableFlags};
use crate::netfilter::{
    NFT_MSG_DELTABLE, NFT_MSG_DESTROYTABLE, NFT_MSG_GETGEN, NFT_MSG_GETTABLE, NFT_MSG_NEWTABLE,
    NetfilterHeader, PROTOCOL,
};
use crate::schema::Protocol;
use crate::{
    DecodeError, EncodeError, Flags, GetFlags, MessageRef, NewFlags, Next, Query, Request, Row,
    Text, Writer, fields,
};

/// Table; its header has the family.
pub type TableRow<'a> = Row<'a, NetfilterHeader, Table>;

impl<'a> Row<'a, NetfilterHeader, Table> {
    /// Returns the name.
    ///
    /// # Errors
    ///
    /// Fails if the attribute is malformed.
    #[doc(alias = "NFTA_TABLE_NAME")]
    pub fn name(&self) -> Result<Option<Text<'a>>, DecodeError> {
        Ok(fields!(self.attributes => Table { name })?.name)
    }

    /// Returns the handle, a number unique among all tables.
    ///
    /// # Errors
    ///
    /// Fails if the attribute is malformed.
    #[doc(alias = "NFTA_TABLE_HANDLE")]
    pub fn handle(&self) -> Result<Option<u64>, DecodeError> {
        Ok(fields!(self.attributes => Table { handle })?.handle)
    }

    /// Returns the comment.
    ///
    /// # Errors
    ///
    /// Fails if the attribute is malformed.
    pub fn comment(&self) -> Result<Option<&'a str>, DecodeError> {
        let data = fields!(self.attributes => Table { user_data })?.user_data;
        Ok(UserData::new(data.unwrap_or_default()).comment(UserData::TABLE_COMMENT))
    }
}

/// Creates a table: `nft create table`.
///
/// ```
/// use nlwire::netfilter::{NewTable, TableRef};
///
/// let table = NewTable::new(TableRef::inet("filter")).comment("made by us");
/// ```
#[derive(Clone, Copy, Debug)]
#[doc(alias = "NFT_MSG_NEWTABLE")]
pub struct NewTable<'a> {
    table: TableRef<'a>,
    flags: TableFlags,
    comment: &'a str,
    exclusive: bool,
}

impl<'a> NewTable<'a> {
    /// Creates this table.
    #[must_use]
    pub const fn new(table: TableRef<'a>) -> Self {
        Self {
            table,
            flags: TableFlags::empty(),
            comment: "",
            exclusive: true,
        }
    }

    /// Sets the flags, such as [`TableFlags::DORMANT`].
    #[must_use]
    pub const fn flags(mut self, flags: TableFlags) -> Self {
        self.flags = flags;
        self
    }

    /// Adds a comment of at most 127 bytes.
    #[must_use]
    pub const fn comment(mut self, comment: &'a str) -> Self {
        self.comment = comment;
        self
    }

    /// Keeps a table that exists, and sets its flags: `nft add table`.
    #[must_use]
    pub const fn if_absent(mut self) -> Self {
        self.exclusive = false;
        self
    }
}

impl Request for NewTable<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let flags = create(self.exclusive);
        w.append_message(NFT_MSG_NEWTABLE, flags, &self.table.header(), |w| {
            let w = w
                .put(TableAttr::Name(self.table.name))?
                .put(TableAttr::Flags(self.flags))?;
            super::user_data::put_comment(w, NFTA_TABLE_USERDATA, 0, self.comment)
        })?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "table {}", self.table)
    }
}

/// Returns the flags of a request that creates an object.
pub(super) fn create(exclusive: bool) -> Flags {
    if exclusive {
        Flags::from(NewFlags::CREATE | NewFlags::EXCL)
    } else {
        Flags::from(NewFlags::CREATE)
    }
}

/// Deletes a table with all its chains, rules and sets.
///
/// ```
/// use nlwire::netfilter::{DeleteTable, TableRef};
///
/// // nft delete table inet filter, nft destroy table inet filter
/// let delete = DeleteTable::new(TableRef::inet("filter"));
/// let destroy = delete.if_there();
/// ```
#[derive(Clone, Copy, Debug)]
#[doc(alias = "NFT_MSG_DELTABLE")]
pub struct DeleteTable<'a> {
    table: TableRef<'a>,
    if_there: bool,
}

impl<'a> DeleteTable<'a> {
    /// Deletes this table.
    #[must_use]
    pub const fn new(table: TableRef<'a>) -> Self {
        Self {
            table,
            if_there: false,
        }
    }

    /// Succeeds if there is no such table: `nft destroy table` (Linux 6.3). Older
    /// kernels refuse it with `EINVAL`; there a transaction can create the table with
    /// [`NewTable::if_absent`] and then delete it.
    #[must_use]
    #[doc(alias = "NFT_MSG_DESTROYTABLE")]
    pub const fn if_there(mut self) -> Self {
        self.if_there = true;
        self
    }
}

impl Request for DeleteTable<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let kind = match self.if_there {
            true => NFT_MSG_DESTROYTABLE,
            false => NFT_MSG_DELTABLE,
        };
        w.append_message(kind, Flags::empty(), &self.table.header(), |w| {
            w.put(TableAttr::Name(self.table.name))
        })?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "table {}", self.table)
    }
}

/// Asks for one table.
///
/// ```
/// use nlwire::fields;
/// use nlwire::netfilter::nftables::{Table, TableRow};
/// use nlwire::netfilter::{GetTable, TableRef};
///
/// let read = GetTable::new(TableRef::inet("filter"));
///
/// /// Prints the number of chains in a table.
/// fn print(row: &TableRow<'_>) -> Result<(), nlwire::DecodeError> {
///     let found = fields!(row.attributes => Table { name, chains })?;
///     println!("{:?}: {:?} chains", found.name, found.chains);
///     Ok(())
/// }
/// ```
#[derive(Clone, Copy, Debug)]
#[doc(alias = "NFT_MSG_GETTABLE")]
pub struct GetTable<'a>(TableRef<'a>);

impl<'a> GetTable<'a> {
    /// Asks for this table.
    #[must_use]
    pub const fn new(table: TableRef<'a>) -> Self {
        Self(table)
    }
}

impl Request for GetTable<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let header = self.0.header();
        w.append_message(NFT_MSG_GETTABLE, Flags::empty(), &header, |w| {
            w.put(TableAttr::Name(self.0.name))
        })?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "table {}", self.0)
    }
}

impl Query for GetTable<'_> {
    type Row<'r> = TableRow<'r>;

    #[inline]
    fn row(message: MessageRef<'_>) -> TableRow<'_> {
        Row::of(message)
    }
}

/// Lists tables.
///
/// ```
/// use nlwire::netfilter::{GetTables, TableFamily};
///
/// let all = GetTables::all();
/// let inet = GetTables::of(TableFamily::INET);
/// ```
#[derive(Clone, Copy, Debug, Default)]
#[doc(alias = "NFT_MSG_GETTABLE")]
pub struct GetTables(Within<'static>);

impl GetTables {
    /// Lists the tables of all families.
    #[must_use]
    pub const fn all() -> Self {
        Self(Within::All)
    }

    /// Lists the tables of one family.
    #[must_use]
    pub const fn of(family: TableFamily) -> Self {
        Self(Within::Family(family))
    }
}

impl Request for GetTables {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let flags = Flags::from(GetFlags::DUMP);
        w.append_message(NFT_MSG_GETTABLE, flags, &self.0.header(), |w| Ok(w))?;
        Ok(Next::End)
    }
}

impl Query for GetTables {
    type Row<'r> = TableRow<'r>;

    #[inline]
    fn row(message: MessageRef<'_>) -> TableRow<'_> {
        Row::of(message)
    }

    #[inline]
    fn matches(&self, message: MessageRef<'_>) -> Result<bool, DecodeError> {
        Ok(self.0 == Within::All || self.0.has(&Self::row(message).header, None))
    }
}

/// Asks for the generation of the ruleset, a number that each transaction
/// increases.
///
/// ```
/// use nlwire::netfilter::GetGeneration;
///
/// // Changes with each commit of a transaction.
/// let generation = GetGeneration;
/// ```
#[derive(Clone, Copy, Debug, Default)]
#[doc(alias = "NFT_MSG_GETGEN")]
pub struct GetGeneration;

/// Generation of the ruleset.
pub type GenerationRow<'a> = Row<'a, NetfilterHeader, super::Generation>;

impl Row<'_, NetfilterHeader, super::Generation> {
    /// Returns the generation number.
    ///
    /// # Errors
    ///
    /// Fails if the attribute is malformed.
    #[doc(alias = "NFTA_GEN_ID")]
    pub fn number(&self) -> Result<Option<u32>, DecodeError> {
        Ok(fields!(self.attributes => super::Generation { id })?.id)
    }
}

impl Request for GetGeneration {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let header = NetfilterHeader::default();
        w.append_message(NFT_MSG_GETGEN, Flags::empty(), &header, |w| Ok(w))?;
        Ok(Next::End)
    }
}

impl Query for GetGeneration {
    type Row<'r> = GenerationRow<'r>;

    #[inline]
    fn row(message: MessageRef<'_>) -> GenerationRow<'_> {
        Row::of(message)
    }
}

crate::__format!(
    NewTable<'_>,
    DeleteTable<'_>,
    GetTable<'_>,
    GetTables,
    GetGeneration
);
