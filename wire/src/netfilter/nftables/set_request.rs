//! Requests for sets and maps.

use core::fmt;
use core::time::Duration;

use super::deletion::deletion;
use super::family::{TableFamily, TableRef, Within};
use super::table::create;
use super::user_data::{Entry, UserData, put_entries};
use super::value::{DataType, KeyType};
use super::{
    NFTA_LIST_ELEM, NFTA_SET_DESC, NFTA_SET_DESC_CONCAT, NFTA_SET_USERDATA, NftSet, NftSetAttr,
    SetDescriptionAttr, SetFieldAttr, SetFlags,
};
use crate::netfilter::{
    NFT_MSG_DELSET, NFT_MSG_DELSETELEM, NFT_MSG_DESTROYSET, NFT_MSG_GETSET, NFT_MSG_NEWSET,
    NetfilterHeader, PROTOCOL,
};
use crate::schema::Protocol;
use crate::writer::Put;
use crate::{
    DecodeError, EncodeError, Flags, GetFlags, MessageRef, Next, Query, Request, Row, Text, Writer,
    fields,
};

/// Set or map without its elements; its header has the table's family.
pub type SetRow<'a> = Row<'a, NetfilterHeader, NftSet>;

impl<'a> Row<'a, NetfilterHeader, NftSet> {
    /// Returns the name of the table.
    ///
    /// # Errors
    ///
    /// Fails if the attribute is malformed.
    #[doc(alias = "NFTA_SET_TABLE")]
    pub fn table(&self) -> Result<Option<Text<'a>>, DecodeError> {
        Ok(fields!(self.attributes => NftSet { table })?.table)
    }

    /// Returns the name.
    ///
    /// # Errors
    ///
    /// Fails if the attribute is malformed.
    #[doc(alias = "NFTA_SET_NAME")]
    pub fn name(&self) -> Result<Option<Text<'a>>, DecodeError> {
        Ok(fields!(self.attributes => NftSet { name })?.name)
    }

    /// Returns the handle, a number unique among the sets of the table.
    ///
    /// # Errors
    ///
    /// Fails if the attribute is malformed.
    #[doc(alias = "NFTA_SET_HANDLE")]
    pub fn handle(&self) -> Result<Option<u64>, DecodeError> {
        Ok(fields!(self.attributes => NftSet { handle })?.handle)
    }

    /// Returns the flags, empty by default.
    ///
    /// # Errors
    ///
    /// Fails if the attribute is malformed.
    #[doc(alias = "NFTA_SET_FLAGS")]
    pub fn flags(&self) -> Result<SetFlags, DecodeError> {
        let flags = fields!(self.attributes => NftSet { flags })?.flags;
        Ok(flags.unwrap_or_default())
    }

    /// Returns the comment.
    ///
    /// # Errors
    ///
    /// Fails if the attribute is malformed.
    pub fn comment(&self) -> Result<Option<&'a str>, DecodeError> {
        let data = fields!(self.attributes => NftSet { user_data })?.user_data;
        Ok(UserData::new(data.unwrap_or_default()).comment(UserData::SET_COMMENT))
    }
}

/// Values of a map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Maps {
    Nothing,
    Value(DataType),
    Verdict,
}

/// Creates a set or a map: `nft create set`. The same value describes the set to
/// [`NewElements`](super::NewElements) and
/// [`DeleteElements`](super::DeleteElements).
///
/// ```
/// use nlwire::netfilter::{DataType, KeyType, NewElement, NewElements, NewSet, TableRef};
/// use nlwire::Prefix;
///
/// let table = TableRef::inet("ev");
/// let allowed = NewSet::new(table, "allowed", DataType::IPV4_ADDR).intervals();
/// let elements = [NewElement::from("192.0.2.0/25".parse::<Prefix>()?)];
/// let members = NewElements::of(&allowed, &elements);
/// # Ok::<(), nlwire::PrefixError>(())
/// ```
#[derive(Clone, Copy, Debug)]
#[doc(alias = "NFT_MSG_NEWSET")]
pub struct NewSet<'a> {
    pub(super) table: TableRef<'a>,
    pub(super) name: Text<'a>,
    pub(super) key: KeyType,
    pub(super) maps: Maps,
    flags: SetFlags,
    timeout: Option<Duration>,
    size: Option<u32>,
    auto_merge: bool,
    comment: &'a str,
    exclusive: bool,
}

impl<'a> NewSet<'a> {
    /// Creates a set with keys of one type, or of a concatenation.
    #[must_use]
    pub fn new(table: TableRef<'a>, name: impl Into<Text<'a>>, key: impl Into<KeyType>) -> Self {
        Self {
            table,
            name: name.into(),
            key: key.into(),
            maps: Maps::Nothing,
            flags: SetFlags::empty(),
            timeout: None,
            size: None,
            auto_merge: false,
            comment: "",
            exclusive: true,
        }
    }

    /// Permits networks and ranges as elements: `flags interval`. The kernel
    /// compares such keys in network order.
    #[must_use]
    pub fn intervals(self) -> Self {
        let interval = SetFlags::INTERVAL;
        if self.key.is_concatenation() {
            return self.flags(interval | SetFlags::CONCAT);
        }
        self.flags(interval)
    }

    /// Turns the set into a map to values of this type: `map`.
    #[must_use]
    pub fn to_values(mut self, data: DataType) -> Self {
        self.maps = Maps::Value(data);
        self.flags(SetFlags::MAP)
    }

    /// Turns the set into a verdict map: `map { type ... : verdict }`.
    #[must_use]
    pub fn to_verdicts(mut self) -> Self {
        self.maps = Maps::Verdict;
        self.flags(SetFlags::MAP)
    }

    /// Sets the default timeout of elements, in steps of 1 ms.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self.flags(SetFlags::TIMEOUT)
    }

    /// Adds flags, such as [`SetFlags::TIMEOUT`] for elements with their own
    /// timeouts, or [`SetFlags::EVAL`] for a set that rules add elements to.
    #[must_use]
    pub const fn flags(mut self, flags: SetFlags) -> Self {
        self.flags = self.flags.union(flags);
        self
    }

    /// Limits the number of elements.
    #[must_use]
    pub const fn size(mut self, elements: u32) -> Self {
        self.size = Some(elements);
        self
    }

    /// Marks the set for `nft`, which then merges overlapping intervals. The
    /// kernel refuses intervals that overlap.
    #[must_use]
    pub const fn auto_merge(mut self) -> Self {
        self.auto_merge = true;
        self
    }

    /// Adds a comment of at most 254 bytes.
    #[must_use]
    pub const fn comment(mut self, comment: &'a str) -> Self {
        self.comment = comment;
        self
    }

    /// Keeps a set of these types that exists: `nft add set`.
    #[must_use]
    pub const fn if_absent(mut self) -> Self {
        self.exclusive = false;
        self
    }

    pub(super) const fn has_intervals(&self) -> bool {
        self.flags.contains(SetFlags::INTERVAL)
    }

    fn put_description<'w, 'b>(&self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        w.nest(NFTA_SET_DESC, |w| {
            let w = match self.size {
                Some(size) => w.put(SetDescriptionAttr::Size(size))?,
                None => w,
            };
            if !self.flags.contains(SetFlags::CONCAT) {
                return Ok(w);
            }
            w.nest(NFTA_SET_DESC_CONCAT, |w| {
                for field in self.key.fields() {
                    w.nest(NFTA_LIST_ELEM, |w| {
                        w.put(SetFieldAttr::Len(field.len().into()))
                    })?;
                }
                Ok(w)
            })
        })
    }

    /// Writes the data types and byte orders that `nft list` needs to print
    /// keys and values.
    fn put_user_data<'w, 'b>(&self, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        let order = |data: Option<DataType>| {
            Entry::Number(match data {
                None => 0,
                Some(data) if data.is_host_order() => 1,
                Some(_) => 2,
            })
        };
        let mut types = self.key.fields();
        let key = types.next().filter(|_| types.next().is_none());
        let values = match self.maps {
            Maps::Nothing => Entry::Absent,
            Maps::Value(data) => order(Some(data)),
            Maps::Verdict => order(None),
        };
        let merges = match self.auto_merge {
            true => Entry::Number(1),
            false => Entry::Absent,
        };
        let comment = match self.comment {
            "" => Entry::Absent,
            comment => Entry::Text(comment),
        };
        put_entries(
            w,
            NFTA_SET_USERDATA,
            &[
                (UserData::SET_KEY_ORDER, order(key)),
                (UserData::SET_DATA_ORDER, values),
                (UserData::SET_AUTO_MERGE, merges),
                (UserData::SET_COMMENT, comment),
            ],
        )
    }
}

/// Data type of verdicts (`NFT_DATA_VERDICT`), and the size that nft gives them.
const VERDICT: (u32, u32) = (0xffff_ff00, 16);

impl Request for NewSet<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let flags = create(self.exclusive);
        w.append_message(NFT_MSG_NEWSET, flags, &self.table.header(), |w| {
            let mut w = w
                .put(NftSetAttr::Table(self.table.name))?
                .put(NftSetAttr::Name(self.name))?
                // Rules of the same transaction may refer to the set by this
                // number; here they use its name.
                .put(NftSetAttr::Id(1))?
                .put(NftSetAttr::Flags(self.flags))?
                .put(NftSetAttr::KeyKind(self.key.number()))?
                .put(NftSetAttr::KeyLen(self.key.len()))?;
            let data = match self.maps {
                Maps::Nothing => None,
                Maps::Value(data) => Some((data.number().into(), data.len().into())),
                Maps::Verdict => Some(VERDICT),
            };
            if let Some((kind, len)) = data {
                w = w
                    .put(NftSetAttr::DataKind(kind))?
                    .put(NftSetAttr::DataLen(len))?;
            }
            if let Some(timeout) = self.timeout {
                w = w.put(NftSetAttr::Timeout(milliseconds(timeout)))?;
            }
            self.put_user_data(self.put_description(w)?)
        })?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_object(f, self.table, self.name)
    }
}

pub(super) fn milliseconds(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

pub(super) fn write_object(
    f: &mut fmt::Formatter<'_>,
    table: TableRef<'_>,
    name: Text<'_>,
) -> fmt::Result {
    write!(f, "set {table} {name:?}")
}

deletion! {
    /// Deletes a set or a map that no rule uses.
    ///
    /// ```
    /// use nlwire::netfilter::{DeleteSet, TableRef};
    ///
    /// let delete = DeleteSet::new(TableRef::inet("filter"), "blocked").if_there();
    /// ```
    #[doc(alias = "NFT_MSG_DELSET")]
    DeleteSet of "set" in NftSetAttr, NFT_MSG_DELSET,
    #[doc(alias = "NFT_MSG_DESTROYSET")]
    NFT_MSG_DESTROYSET
}

/// Deletes all elements of a set or a map: `nft flush set`.
///
/// ```
/// use nlwire::netfilter::{FlushSet, TableRef};
///
/// let flush = FlushSet::new(TableRef::inet("filter"), "blocked");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct FlushSet<'a> {
    table: TableRef<'a>,
    name: Text<'a>,
}

impl<'a> FlushSet<'a> {
    /// Empties this set or map.
    #[must_use]
    pub fn new(table: TableRef<'a>, name: impl Into<Text<'a>>) -> Self {
        Self {
            table,
            name: name.into(),
        }
    }
}

impl Request for FlushSet<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let header = self.table.header();
        w.append_message(NFT_MSG_DELSETELEM, Flags::empty(), &header, |w| {
            w.put(super::SetElementsAttr::Table(self.table.name))?
                .put(super::SetElementsAttr::Set(self.name))
        })?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_object(f, self.table, self.name)
    }
}

/// Asks for one set or map.
///
/// ```
/// use nlwire::netfilter::{GetSet, TableRef};
///
/// let blocked = GetSet::new(TableRef::inet("filter"), "blocked");
/// ```
#[derive(Clone, Copy, Debug)]
#[doc(alias = "NFT_MSG_GETSET")]
pub struct GetSet<'a> {
    table: TableRef<'a>,
    name: Text<'a>,
}

impl<'a> GetSet<'a> {
    /// Asks for this set or map.
    #[must_use]
    pub fn new(table: TableRef<'a>, name: impl Into<Text<'a>>) -> Self {
        Self {
            table,
            name: name.into(),
        }
    }
}

impl Request for GetSet<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let header = self.table.header();
        w.append_message(NFT_MSG_GETSET, Flags::empty(), &header, |w| {
            w.put(NftSetAttr::Table(self.table.name))?
                .put(NftSetAttr::Name(self.name))
        })?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_object(f, self.table, self.name)
    }
}

impl Query for GetSet<'_> {
    type Row<'r> = SetRow<'r>;

    #[inline]
    fn row(message: MessageRef<'_>) -> SetRow<'_> {
        Row::of(message)
    }
}

/// Lists sets and maps, without their elements.
///
/// ```
/// use nlwire::netfilter::{GetSets, TableRef};
///
/// let all = GetSets::all();
/// let filter = GetSets::all().table(TableRef::inet("filter"));
/// ```
#[derive(Clone, Copy, Debug, Default)]
#[doc(alias = "NFT_MSG_GETSET")]
pub struct GetSets<'a>(Within<'a>);

impl<'a> GetSets<'a> {
    /// Lists the sets of all tables.
    #[must_use]
    pub const fn all() -> Self {
        Self(Within::All)
    }

    /// Lists the sets of one family's tables.
    #[must_use]
    pub const fn family(self, family: TableFamily) -> Self {
        Self(Within::Family(family))
    }

    /// Lists the sets of one table.
    #[must_use]
    pub const fn table(self, table: TableRef<'a>) -> Self {
        Self(Within::Table(table))
    }

    #[inline(never)]
    fn compare(&self, row: &SetRow<'_>) -> Result<bool, DecodeError> {
        Ok(self.0.has(&row.header, row.table()?))
    }
}

impl Request for GetSets<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let flags = Flags::from(GetFlags::DUMP);
        w.append_message(NFT_MSG_GETSET, flags, &self.0.header(), |w| {
            match self.0.table() {
                Some(table) => w.put(NftSetAttr::Table(table)),
                None => Ok(w),
            }
        })?;
        Ok(Next::End)
    }
}

impl Query for GetSets<'_> {
    type Row<'r> = SetRow<'r>;

    #[inline]
    fn row(message: MessageRef<'_>) -> SetRow<'_> {
        Row::of(message)
    }

    #[inline]
    fn matches(&self, message: MessageRef<'_>) -> Result<bool, DecodeError> {
        if self.0 == Within::All {
            return Ok(true);
        }
        self.compare(&Self::row(message))
    }
}

crate::__format!(
    NewSet<'_>,
    DeleteSet<'_>,
    FlushSet<'_>,
    GetSet<'_>,
    GetSets<'_>
);
