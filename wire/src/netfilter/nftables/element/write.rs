//! Requests that add, delete and look up set elements.

use core::fmt;
use core::time::Duration;

use crate::bytes::align;
use crate::netfilter::nftables::element::read::get;
use crate::netfilter::nftables::expressions::put_verdict;
use crate::netfilter::nftables::set_request::{Maps, milliseconds, write_object};
use crate::netfilter::nftables::user_data::put_comment;
use crate::netfilter::nftables::value::{DataType, KeyRange, Value};
use crate::netfilter::nftables::{
    ElementFlags, ElementsRow, NFTA_DATA_VALUE, NFTA_LIST_ELEM, NFTA_SET_ELEM_DATA,
    NFTA_SET_ELEM_KEY, NFTA_SET_ELEM_KEY_END, NFTA_SET_ELEM_LIST_ELEMENTS, NFTA_SET_ELEM_USERDATA,
    NewSet, SetElementAttr, SetElementsAttr, UserData, Verdict,
};
use crate::netfilter::{NFT_MSG_DELSETELEM, NFT_MSG_DESTROYSETELEM, NFT_MSG_NEWSETELEM, PROTOCOL};
use crate::schema::Protocol;
use crate::writer::Put;
use crate::{
    EncodeError, Flags, MessageRef, MessageType, NewFlags, Next, Prefix, Query, Request, Row, Text,
    Writer,
};

#[derive(Clone, Copy, Debug)]
enum Key<'a> {
    One(KeyRange<'a>),
    Fields(&'a [KeyRange<'a>]),
    Rest,
}

#[derive(Clone, Copy, Debug)]
enum Data<'a> {
    Nothing,
    Value(Value<'a>),
    Verdict(Verdict, Text<'a>),
}

/// Element of a set or a map to add, delete or look up.
///
/// ```
/// use core::net::Ipv4Addr;
/// use core::time::Duration;
/// use nlwire::netfilter::{KeyRange, NewElement};
///
/// let port = NewElement::key(22).timeout(Duration::from_secs(60));
/// let ports = NewElement::range(1024, 2047).comment("high");
/// // 192.0.2.1 . 22
/// let fields = [KeyRange::from(Ipv4Addr::new(192, 0, 2, 1)), KeyRange::from(22)];
/// let pair = NewElement::fields(&fields);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct NewElement<'a> {
    key: Key<'a>,
    data: Data<'a>,
    timeout: Option<Duration>,
    comment: &'a str,
}

impl<'a> NewElement<'a> {
    const fn of(key: Key<'a>) -> Self {
        Self {
            key,
            data: Data::Nothing,
            timeout: None,
            comment: "",
        }
    }

    /// Describes an element with one key.
    #[must_use]
    pub fn key(key: impl Into<Value<'a>>) -> Self {
        Self::of(Key::One(KeyRange::one(key)))
    }

    /// Describes an element for a range of keys, both ends included.
    #[must_use]
    pub fn range(first: impl Into<Value<'a>>, last: impl Into<Value<'a>>) -> Self {
        Self::of(Key::One(KeyRange::range(first, last)))
    }

    /// Describes an element with a concatenated key.
    #[must_use]
    pub const fn fields(fields: &'a [KeyRange<'a>]) -> Self {
        Self::of(Key::Fields(fields))
    }

    /// Describes the catch-all element, for keys without an element of their
    /// own: `*`.
    #[must_use]
    pub const fn rest() -> Self {
        Self::of(Key::Rest)
    }

    /// Sets the element's value in a map.
    #[must_use]
    pub fn value(mut self, value: impl Into<Value<'a>>) -> Self {
        self.data = Data::Value(value.into());
        self
    }

    /// Sets the element's verdict in a verdict map.
    #[must_use]
    pub fn verdict(mut self, verdict: Verdict) -> Self {
        self.data = Data::Verdict(verdict, Text::default());
        self
    }

    /// Sets the element's verdict to a jump.
    #[must_use]
    pub fn jump(mut self, chain: impl Into<Text<'a>>) -> Self {
        self.data = Data::Verdict(Verdict::JUMP, chain.into());
        self
    }

    /// Sets the timeout of the element in steps of 1 ms. The set needs
    /// [`SetFlags::TIMEOUT`](super::super::SetFlags::TIMEOUT).
    #[must_use]
    pub const fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Adds a comment of at most 254 bytes.
    #[must_use]
    pub const fn comment(mut self, comment: &'a str) -> Self {
        self.comment = comment;
        self
    }

    /// Puts the element and, in an interval set, the one that ends its
    /// interval.
    fn put(&self, set: &NewSet<'_>, w: &mut Writer<'_>) -> Result<(), EncodeError> {
        let intervals = set.has_intervals();
        let ordered = |data: DataType| match intervals {
            true => data.in_network_order(),
            false => data,
        };
        let whole = set.key.fields().next().map(ordered);
        w.nest(NFTA_LIST_ELEM, |w| {
            let w = match self.key {
                Key::One(key) => put_key(w, NFTA_SET_ELEM_KEY, whole, key.first())?,
                Key::Fields(keys) => {
                    let fields = || set.key.fields().map(ordered).zip(keys);
                    let first = fields().map(|(data, key)| (data, key.first()));
                    let w = put_fields(w, NFTA_SET_ELEM_KEY, first)?;
                    let last = fields().map(|(data, key)| (data, key.last()));
                    match intervals {
                        true => put_fields(w, NFTA_SET_ELEM_KEY_END, last)?,
                        false => w,
                    }
                }
                Key::Rest => w.put(SetElementAttr::Flags(ElementFlags::CATCHALL))?,
            };
            self.put_rest(set.maps, w)
        })?;
        let (Key::One(key), Some(data)) = (self.key, whole) else {
            return Ok(());
        };
        // A range for a set without intervals is written too, and the kernel
        // refuses it.
        if intervals || key.is_range() {
            put_end(w, data, key.last())?;
        }
        Ok(())
    }

    fn put_rest<'w, 'b>(&self, maps: Maps, w: &'w mut Writer<'b>) -> Put<'w, 'b> {
        let w = match (self.data, maps) {
            (Data::Nothing, _) => w,
            (Data::Value(value), Maps::Value(data)) => {
                put_key(w, NFTA_SET_ELEM_DATA, Some(data), value)?
            }
            // The kernel refuses values in sets and in verdict maps.
            (Data::Value(value), _) => put_key(w, NFTA_SET_ELEM_DATA, None, value)?,
            (Data::Verdict(verdict, chain), _) => {
                w.nest(NFTA_SET_ELEM_DATA, |w| put_verdict(w, verdict, chain))?
            }
        };
        let w = match self.timeout {
            Some(timeout) => w.put(SetElementAttr::Timeout(milliseconds(timeout)))?,
            None => w,
        };
        put_comment(
            w,
            NFTA_SET_ELEM_USERDATA,
            UserData::ELEMENT_COMMENT,
            self.comment,
        )
    }
}

impl From<Prefix> for NewElement<'_> {
    /// Describes the addresses of a network, for an interval set.
    fn from(prefix: Prefix) -> Self {
        Self::of(Key::One(prefix.into()))
    }
}

/// Data type of a value that no set describes.
const UNKNOWN: DataType = DataType::new(0, 0, false);

fn put_key<'w, 'b>(
    w: &'w mut Writer<'b>,
    nest: u16,
    data: Option<DataType>,
    value: Value<'_>,
) -> Put<'w, 'b> {
    let data = data.unwrap_or(UNKNOWN);
    w.nest(nest, |w| {
        w.put_with(NFTA_DATA_VALUE, value.size(data), |slot| {
            value.fill(data, slot);
        })
    })
}

/// Puts the fields of a concatenated key, each aligned to 4 bytes.
fn put_fields<'w, 'b, 'v>(
    w: &'w mut Writer<'b>,
    nest: u16,
    fields: impl Iterator<Item = (DataType, Value<'v>)> + Clone,
) -> Put<'w, 'b> {
    let sizes = fields.clone().map(|(data, value)| align(value.size(data)));
    let total = sizes.fold(0, usize::saturating_add);
    w.nest(nest, |w| {
        w.put_with(NFTA_DATA_VALUE, total, |mut slot| {
            for (data, value) in fields {
                let size = value.size(data);
                let Some((place, rest)) = slot.split_at_mut_checked(align(size)) else {
                    return;
                };
                value.fill(data, place.get_mut(..size).unwrap_or_default());
                slot = rest;
            }
        })
    })
}

/// Puts the element that ends an interval: its key is the next one after the
/// interval.
fn put_end(w: &mut Writer<'_>, data: DataType, last: Value<'_>) -> Result<(), EncodeError> {
    let size = last.size(data);
    let mut bytes = [0; 16];
    let is_last = match bytes.get_mut(..size) {
        Some(slot) => {
            last.fill(data, slot);
            slot.iter().all(|&byte| byte == u8::MAX)
        }
        None => false,
    };
    // No key follows the last one, so no element ends the interval.
    if is_last {
        return Ok(());
    }
    w.nest(NFTA_LIST_ELEM, |w| {
        let w = w.put(SetElementAttr::Flags(ElementFlags::INTERVAL_END))?;
        w.nest(NFTA_SET_ELEM_KEY, |w| {
            w.put_with(NFTA_DATA_VALUE, size, |slot| {
                last.fill(data, slot);
                for byte in slot.iter_mut().rev() {
                    *byte = byte.wrapping_add(1);
                    if *byte != 0 {
                        break;
                    }
                }
            })
        })
    })?;
    Ok(())
}

/// Writes one message with as many elements as fit, and returns the next one.
fn write_elements(
    w: &mut Writer<'_>,
    kind: MessageType,
    flags: Flags,
    set: &NewSet<'_>,
    elements: &[NewElement<'_>],
    from: u64,
) -> Result<Next, EncodeError> {
    let mut at = (usize::try_from(from).unwrap_or(usize::MAX), 0);
    w.append_message(kind, flags, &set.table.header(), |w| {
        w.put(SetElementsAttr::Table(set.table.name))?
            .put(SetElementsAttr::Set(set.name))?
            .nest(NFTA_SET_ELEM_LIST_ELEMENTS, |w| {
                at = w.fill(elements, at, |w, element, _| {
                    element.put(set, w)?;
                    Ok(0)
                })?;
                Ok(w)
            })
    })?;
    if at.0 >= elements.len() {
        return Ok(Next::End);
    }
    Ok(u64::try_from(at.0).map_or(Next::End, Next::More))
}

/// Adds elements to a set or a map: `nft add element`. Many elements take
/// several messages.
///
/// ```
/// use nlwire::netfilter::{DataType, NewElement, NewElements, NewSet, TableRef};
///
/// let ports = NewSet::new(TableRef::inet("filter"), "ports", DataType::INET_SERVICE);
/// let elements = [NewElement::key(22), NewElement::key(443)];
/// let change = NewElements::of(&ports, &elements);
/// ```
#[derive(Clone, Copy, Debug)]
#[doc(alias = "NFT_MSG_NEWSETELEM")]
pub struct NewElements<'a> {
    set: NewSet<'a>,
    elements: &'a [NewElement<'a>],
    exclusive: bool,
}

impl<'a> NewElements<'a> {
    /// Adds these elements to a set. The set's own request need not be sent.
    #[must_use]
    pub const fn of(set: &NewSet<'a>, elements: &'a [NewElement<'a>]) -> Self {
        Self {
            set: *set,
            elements,
            exclusive: false,
        }
    }

    /// Fails with `EEXIST` if an element exists: `nft create element`. By
    /// default existing elements stay as they are.
    #[must_use]
    pub const fn exclusive(mut self) -> Self {
        self.exclusive = true;
        self
    }
}

impl Request for NewElements<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, from: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let flags = match self.exclusive {
            true => Flags::from(NewFlags::CREATE | NewFlags::EXCL),
            false => Flags::from(NewFlags::CREATE),
        };
        let kind = NFT_MSG_NEWSETELEM;
        write_elements(w, kind, flags, &self.set, self.elements, from)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("elements of ")?;
        write_object(f, self.set.table, self.set.name)
    }
}

/// Deletes elements of a set or a map: `nft delete element`. Many elements take
/// several messages.
///
/// ```
/// use nlwire::netfilter::{DataType, DeleteElements, NewElement, NewSet, TableRef};
///
/// let ports = NewSet::new(TableRef::inet("filter"), "ports", DataType::INET_SERVICE);
/// let closed = [NewElement::key(22)];
/// let change = DeleteElements::of(&ports, &closed).if_there();
/// ```
#[derive(Clone, Copy, Debug)]
#[doc(alias = "NFT_MSG_DELSETELEM")]
pub struct DeleteElements<'a> {
    set: NewSet<'a>,
    elements: &'a [NewElement<'a>],
    if_there: bool,
}

impl<'a> DeleteElements<'a> {
    /// Deletes these elements. Describe intervals as they were added.
    #[must_use]
    pub const fn of(set: &NewSet<'a>, elements: &'a [NewElement<'a>]) -> Self {
        Self {
            set: *set,
            elements,
            if_there: false,
        }
    }

    /// Succeeds for elements that do not exist: `nft destroy element` (Linux
    /// 6.3).
    #[must_use]
    #[doc(alias = "NFT_MSG_DESTROYSETELEM")]
    pub const fn if_there(mut self) -> Self {
        self.if_there = true;
        self
    }
}

impl Request for DeleteElements<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, from: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let kind = match self.if_there {
            true => NFT_MSG_DESTROYSETELEM,
            false => NFT_MSG_DELSETELEM,
        };
        write_elements(w, kind, Flags::empty(), &self.set, self.elements, from)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("elements of ")?;
        write_object(f, self.set.table, self.set.name)
    }
}

/// Looks one element of a set or a map up: `nft get element`.
///
/// ```
/// use nlwire::netfilter::{DataType, GetElement, NewElement, NewSet, TableRef};
///
/// let ports = NewSet::new(TableRef::inet("filter"), "ports", DataType::INET_SERVICE);
/// let is_open = GetElement::of(&ports, NewElement::key(22));
/// ```
#[derive(Clone, Copy, Debug)]
#[doc(alias = "NFT_MSG_GETSETELEM")]
pub struct GetElement<'a> {
    set: NewSet<'a>,
    element: NewElement<'a>,
    resets: bool,
}

impl<'a> GetElement<'a> {
    /// Looks up the element with this key.
    #[must_use]
    pub const fn of(set: &NewSet<'a>, element: NewElement<'a>) -> Self {
        Self {
            set: *set,
            element,
            resets: false,
        }
    }

    /// Sets the counter and the used quota of the element to 0: `nft reset
    /// element` (Linux 6.5).
    #[must_use]
    #[doc(alias = "NFT_MSG_GETSETELEM_RESET")]
    pub const fn reset(mut self) -> Self {
        self.resets = true;
        self
    }
}

impl Request for GetElement<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, _: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let elements = [self.element];
        write_elements(w, get(self.resets), Flags::empty(), &self.set, &elements, 0)
    }

    fn object(&self, _: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("element of ")?;
        write_object(f, self.set.table, self.set.name)
    }
}

impl Query for GetElement<'_> {
    type Row<'r> = ElementsRow<'r>;

    #[inline]
    fn row(message: MessageRef<'_>) -> ElementsRow<'_> {
        Row::of(message)
    }
}

crate::__format!(
    NewElement<'_>,
    NewElements<'_>,
    DeleteElements<'_>,
    GetElement<'_>
);
