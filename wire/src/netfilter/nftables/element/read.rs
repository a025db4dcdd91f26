//! Set elements as the kernel lists them.

use core::fmt;
use core::time::Duration;

use crate::codec::Set;
use crate::netfilter::nftables::family::TableRef;
use crate::netfilter::nftables::set_request::write_object;
use crate::netfilter::nftables::{
    ElementFlags, NftData, SetElement, SetElements, SetElementsAttr, UserData, Verdict, VerdictData,
};
use crate::netfilter::{NFT_MSG_GETSETELEM, NFT_MSG_GETSETELEM_RESET, NetfilterHeader, PROTOCOL};
use crate::schema::Protocol;
use crate::{
    DecodeError, EncodeError, Flags, GetFlags, MessageRef, MessageType, Next, Query, Request, Row,
    Text, Writer, fields,
};

/// Elements of a set or a map in one message; there may be none.
pub type ElementsRow<'a> = Row<'a, NetfilterHeader, SetElements>;

/// Element of a set or a map.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Element<'a> {
    /// Key in the set's byte order; `None` for the catch-all element.
    pub key: Option<&'a [u8]>,
    /// Last key, in sets whose keys are concatenations with intervals. Other
    /// interval sets end an interval by an element of its own, with
    /// [`ElementFlags::INTERVAL_END`].
    pub key_end: Option<&'a [u8]>,
    /// Value of the key in a map.
    pub data: Option<ElementData<'a>>,
    /// Flags: [`ElementFlags`].
    pub flags: ElementFlags,
    /// Timeout in milliseconds, if the element has its own.
    pub timeout: Option<Duration>,
    /// Remaining lifetime.
    pub expiration: Option<Duration>,
    /// All attributes, such as expressions and user data.
    pub attributes: Set<'a, SetElement>,
}

/// Value of an element in a map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ElementData<'a> {
    /// Value in the map's byte order.
    Value(&'a [u8]),
    /// Verdict, and the chain of a jump or goto.
    Verdict(Verdict, Option<Text<'a>>),
    /// Name of an object, such as a counter.
    Object(Text<'a>),
}

impl<'a> Element<'a> {
    /// Returns the comment.
    ///
    /// # Errors
    ///
    /// Fails if the attribute is malformed.
    pub fn comment(&self) -> Result<Option<&'a str>, DecodeError> {
        let data = fields!(self.attributes => SetElement { user_data })?.user_data;
        Ok(UserData::new(data.unwrap_or_default()).comment(UserData::ELEMENT_COMMENT))
    }

    fn read(attributes: Set<'a, SetElement>) -> Result<Self, DecodeError> {
        let found = fields!(attributes => SetElement {
            key, key_end, data, flags, timeout, expiration, object
        })?;
        let data = match (found.data, found.object) {
            (Some(data), _) => element_data(data)?,
            (None, object) => object.map(ElementData::Object),
        };
        Ok(Self {
            key: value(found.key)?,
            key_end: value(found.key_end)?,
            data,
            flags: found.flags.unwrap_or_default(),
            timeout: found.timeout.map(Duration::from_millis),
            expiration: found.expiration.map(Duration::from_millis),
            attributes,
        })
    }
}

fn value(data: Option<Set<'_, NftData>>) -> Result<Option<&[u8]>, DecodeError> {
    match data {
        Some(data) => Ok(fields!(data => NftData { value })?.value),
        None => Ok(None),
    }
}

fn element_data(data: Set<'_, NftData>) -> Result<Option<ElementData<'_>>, DecodeError> {
    let data = fields!(data => NftData { value, verdict })?;
    let Some(verdict) = data.verdict else {
        return Ok(data.value.map(ElementData::Value));
    };
    let verdict = fields!(verdict => VerdictData { code, chain })?;
    let code = verdict.code;
    Ok(code.map(|code| ElementData::Verdict(code, verdict.chain)))
}

impl<'a> Row<'a, NetfilterHeader, SetElements> {
    /// Iterates over the elements in the kernel's order.
    ///
    /// # Errors
    ///
    /// An item is an error if an attribute is malformed or does not fit its
    /// type.
    #[inline]
    pub fn elements(&self) -> impl Iterator<Item = Result<Element<'a>, DecodeError>> + use<'a> {
        let (list, error) = match fields!(self.attributes => SetElements { elements }) {
            Ok(found) => (found.elements, None),
            Err(error) => (None, Some(Err(error))),
        };
        let list = list.into_iter().flat_map(|list| list.iter());
        let elements = list.map(|item| item.and_then(|(_, attributes)| Element::read(attributes)));
        error.into_iter().chain(elements)
    }
}

/// Lists the elements of a set or a map; each row has several.
///
/// ```
/// use nlwire::netfilter::{GetElements, TableRef};
///
/// let query = GetElements::of(TableRef::inet("filter"), "blocked");
/// ```
#[derive(Clone, Copy, Debug)]
#[doc(alias = "NFT_MSG_GETSETELEM")]
pub struct GetElements<'a> {
    table: TableRef<'a>,
    set: Text<'a>,
    resets: bool,
}

impl<'a> GetElements<'a> {
    /// Lists the elements of this set.
    #[must_use]
    pub fn of(table: TableRef<'a>, set: impl Into<Text<'a>>) -> Self {
        Self {
            table,
            set: set.into(),
            resets: false,
        }
    }

    /// Sets the counters and used quotas of the elements to 0: `nft reset set`
    /// (Linux 6.5).
    #[must_use]
    #[doc(alias = "NFT_MSG_GETSETELEM_RESET")]
    pub const fn reset(mut self) -> Self {
        self.resets = true;
        self
    }
}

/// Returns the message type of a query for elements.
pub(super) const fn get(resets: bool) -> MessageType {
    match resets {
        true => NFT_MSG_GETSETELEM_RESET,
        false => NFT_MSG_GETSETELEM,
    }
}

impl Request for GetElements<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let flags = Flags::from(GetFlags::DUMP);
        w.append_message(get(self.resets), flags, &self.table.header(), |w| {
            w.put(SetElementsAttr::Table(self.table.name))?
                .put(SetElementsAttr::Set(self.set))
        })?;
        Ok(Next::End)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_object(f, self.table, self.set)
    }
}

impl Query for GetElements<'_> {
    type Row<'r> = ElementsRow<'r>;

    #[inline]
    fn row(message: MessageRef<'_>) -> ElementsRow<'_> {
        Row::of(message)
    }
}

crate::__format!(Element<'_>, ElementData<'_>, GetElements<'_>);
