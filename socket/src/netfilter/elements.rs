//! Elements of the sets and maps of nftables.

use core::fmt;
use core::time::Duration;

use nlwire::codec::Set;
use nlwire::netfilter::{
    ElementFlags, NFT_MSG_GETSETELEM, NetfilterHeader, NftData, SetElement, SetElements,
    SetElementsAttr, Verdict, VerdictData,
};
use nlwire::{DecodeError, Flags, MessageRef, Text, Writer, fields};

use crate::table::{Row, Table, list};
use crate::{Conn, Error, Mapping, Socket, Transport};

/// The headers, and two names of at most 255 bytes.
const REQUEST: usize = 16 + 4 + 2 * (4 + 256);

/// Elements of a set or a map, as many as one message holds. It may hold none.
pub type ElementsRow<'a> = Row<'a, NetfilterHeader, SetElements>;
/// The elements of a set or a map, many in a row.
pub type Elements<'c, 'r, T = Socket, B = Mapping> =
    Table<'c, 'r, NetfilterHeader, SetElements, T, B>;

/// Which elements to list: those of a set or a map.
#[derive(Clone)]
pub struct ElementQuery {
    request: [u8; REQUEST],
    /// 0: the names cannot be written.
    length: usize,
}

impl ElementQuery {
    /// Asks for the elements of a set or a map; the family is that of its table
    /// (`NFPROTO_*`).
    #[must_use]
    pub fn of(family: u8, table: &str, set: &str) -> Self {
        let mut request = [0; REQUEST];
        let header = NetfilterHeader::new(family);
        let (kind, flags) = (NFT_MSG_GETSETELEM, Flags::REQUEST);
        let message = Writer::message(&mut request, kind, flags, &header, |w| {
            w.put(SetElementsAttr::Table(table.into()))?
                .put(SetElementsAttr::Set(set.into()))
        });
        let length = message.map_or(0, |message| message.as_bytes().len());
        Self { request, length }
    }

    fn message(&self) -> Option<MessageRef<'_>> {
        MessageRef::new(self.request.get(..self.length)?).ok()
    }
}

impl fmt::Debug for ElementQuery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ElementQuery")
            .field(&self.message())
            .finish()
    }
}

/// An element of a set or a map.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Element<'a> {
    /// The key, in the order that packets have it; none of the element that
    /// stands for all other keys.
    pub key: Option<&'a [u8]>,
    /// The last key, where the set has keys of several fields that are
    /// intervals. Of other intervals the first key behind them is an element of
    /// its own, with [`ElementFlags::INTERVAL_END`].
    pub key_end: Option<&'a [u8]>,
    /// What a map has for it.
    pub data: Option<ElementData<'a>>,
    /// Flags.
    pub flags: ElementFlags,
    /// For how long it stays, to the millisecond.
    pub timeout: Option<Duration>,
    /// For how much longer it stays.
    pub expiration: Option<Duration>,
    /// All of its attributes, such as expressions and comments.
    pub attributes: Set<'a, SetElement>,
}

/// What a map has for a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ElementData<'a> {
    /// Bytes, in the order that packets have them.
    Value(&'a [u8]),
    /// What becomes of the packet, and the chain that decides.
    Verdict(Verdict, Option<Text<'a>>),
    /// The name of an object, such as a counter.
    Object(Text<'a>),
}

impl<'a> ElementsRow<'a> {
    /// Walks the elements, in the kernel's order.
    ///
    /// # Errors
    ///
    /// An item is an error where an attribute is broken or not of its type.
    #[inline]
    pub fn elements(&self) -> impl Iterator<Item = Result<Element<'a>, DecodeError>> {
        let (list, error) = match fields!(self.attributes => SetElements { elements }) {
            Ok(found) => (found.elements, None),
            Err(error) => (None, Some(Err(error))),
        };
        let list = list.into_iter().flat_map(|list| list.iter());
        let elements = list.map(|item| item.and_then(|(_, attributes)| element(attributes)));
        error.into_iter().chain(elements)
    }
}

fn element(attributes: Set<'_, SetElement>) -> Result<Element<'_>, DecodeError> {
    let found = fields!(attributes => SetElement {
        key, key_end, data, flags, timeout, expiration, object
    })?;
    let data = match (found.data, found.object) {
        (Some(data), _) => element_data(data)?,
        (None, object) => object.map(ElementData::Object),
    };
    Ok(Element {
        key: value(found.key)?,
        key_end: value(found.key_end)?,
        data,
        flags: found.flags.unwrap_or_default(),
        timeout: found.timeout.map(Duration::from_millis),
        expiration: found.expiration.map(Duration::from_millis),
        attributes,
    })
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

/// Lists the elements of a set or a map: `NFT_MSG_GETSETELEM`.
///
/// ```no_run
/// use nlsock::netfilter::{self, ElementQuery};
/// use nlwire::netfilter::NFPROTO_INET;
///
/// let mut conn = nlsock::Conn::open(nlsock::Protocol::NETFILTER)?;
/// let blocked = ElementQuery::of(NFPROTO_INET, "filter", "blocked");
/// let mut rows = netfilter::elements(&mut conn, &blocked)?;
/// while let Some(row) = rows.next()? {
///     for element in row.elements() {
///         let element = element?;
///         println!("{:?} for {:?}, {}", element.key, element.expiration, element.flags);
///     }
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// They are added, and deleted by `NFT_MSG_DELSETELEM`, in a
/// [transaction](super::transaction). These are 192.0.2.0 to 192.0.2.255 for a
/// set of intervals, and what ends them:
///
/// ```no_run
/// use nlsock::{Conn, Outcome, Protocol, netfilter};
/// use nlwire::netfilter::{
///     ElementFlags, NFPROTO_INET, NFT_MSG_NEWSETELEM, NFTA_LIST_ELEM, NFTA_SET_ELEM_KEY,
///     NFTA_SET_ELEM_LIST_ELEMENTS, NetfilterHeader, NftDataAttr, SetElementAttr, SetElementsAttr,
/// };
/// use nlwire::{Flags, NewFlags};
///
/// let mut conn = Conn::open(Protocol::NETFILTER)?;
/// let (mut buffer, mut outcomes) = ([0; 1024], [const { Outcome::NotDone }; 3]);
/// let (inet, create) = (NetfilterHeader::new(NFPROTO_INET), Flags::from(NewFlags::CREATE));
/// netfilter::transaction(&mut conn, &mut buffer, &mut outcomes, |batch| {
///     batch.push(NFT_MSG_NEWSETELEM, create, &inet, |w| {
///         w.put(SetElementsAttr::Table("filter"))?
///             .put(SetElementsAttr::Set("blocked"))?
///             .nest(NFTA_SET_ELEM_LIST_ELEMENTS, |w| {
///                 w.nest(NFTA_LIST_ELEM, |w| {
///                     w.nest(NFTA_SET_ELEM_KEY, |w| w.put(NftDataAttr::Value(&[192, 0, 2, 0])))
///                 })?
///                 .nest(NFTA_LIST_ELEM, |w| {
///                     w.put(SetElementAttr::Flags(ElementFlags::INTERVAL_END))?
///                         .nest(NFTA_SET_ELEM_KEY, |w| w.put(NftDataAttr::Value(&[192, 0, 3, 0])))
///                 })
///             })
///     })
/// })?;
/// # Ok::<(), nlsock::Error>(())
/// ```
///
/// # Errors
///
/// As [`Conn::dump`]: `ENOENT` if there is no such table or set, `EPERM`
/// without `CAP_NET_ADMIN`,
/// [`ErrorKind::Interrupted`](crate::ErrorKind::Interrupted) where a transaction
/// went through meanwhile. [`ErrorKind::Encode`](crate::ErrorKind::Encode) for
/// names that are longer than any may be, 255 bytes, or have a 0 in them.
#[doc(alias = "NFT_MSG_GETSETELEM")]
pub fn elements<'c, 'r, T, B>(
    conn: &'c mut Conn<T, B>,
    query: &'r ElementQuery,
) -> Result<Elements<'c, 'r, T, B>, Error>
where
    T: Transport,
    B: AsRef<[u8]> + AsMut<[u8]>,
{
    match query.message() {
        Some(request) => list(conn, request),
        None => Err(conn.state.unwritten(nlwire::EncodeError::Waits)),
    }
}

#[cfg(all(test, feature = "test-util", feature = "alloc"))]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::fake::{Expected, Kernel};
    use crate::{ErrorKind, Protocol};
    use nlwire::MessageType;
    use nlwire::netfilter::{
        NFPROTO_INET, NFT_MSG_NEWSETELEM, NFTA_DATA_VERDICT, NFTA_LIST_ELEM, NFTA_SET_ELEM_DATA,
        NFTA_SET_ELEM_KEY, NFTA_SET_ELEM_KEY_END, NFTA_SET_ELEM_LIST_ELEMENTS,
        NFTA_SET_ELEM_LIST_SET, NFTA_SET_ELEM_LIST_TABLE, NftDataAttr, SetElementAttr,
        VerdictDataAttr,
    };
    use std::vec::Vec;

    #[test]
    fn each_is_read_and_a_broken_one_is_an_error() {
        let kernel = Kernel::new();
        // What the connection begins with.
        kernel.expect(Expected::new(MessageType::NOOP), |_, answer| answer.ack());
        let inet = NetfilterHeader::new(NFPROTO_INET);
        let expected = Expected::new(NFT_MSG_GETSETELEM).header(&inet);
        let expected = expected.attribute(NFTA_SET_ELEM_LIST_TABLE, b"t\0");
        let expected = expected.attribute(NFTA_SET_ELEM_LIST_SET, b"s\0");
        kernel.expect(expected, move |_, answer| {
            answer.part(NFT_MSG_NEWSETELEM, &inet, |w| {
                w.nest(NFTA_SET_ELEM_LIST_ELEMENTS, |w| {
                    w.nest(NFTA_LIST_ELEM, |w| {
                        w.nest(NFTA_SET_ELEM_KEY, |w| w.put(NftDataAttr::Value(&[1])))?
                            .nest(NFTA_SET_ELEM_KEY_END, |w| w.put(NftDataAttr::Value(&[2])))?
                            .nest(NFTA_SET_ELEM_DATA, |w| {
                                w.nest(NFTA_DATA_VERDICT, |w| {
                                    w.put(VerdictDataAttr::Code(Verdict::JUMP))?
                                        .put(VerdictDataAttr::Chain("c".into()))
                                })
                            })?
                            .put(SetElementAttr::Timeout(2000))?
                            .put(SetElementAttr::Expiration(1500))
                    })?
                    .nest(NFTA_LIST_ELEM, |w| w.bytes(3, &[0]))?
                    .nest(NFTA_LIST_ELEM, |w| {
                        w.put(SetElementAttr::Object("counter".into()))?
                            .put(SetElementAttr::Flags(ElementFlags::CATCHALL))
                    })
                })
            });
            // Without a list, which is empty then.
            answer.part(NFT_MSG_NEWSETELEM, &inet, |w| {
                w.put(SetElementsAttr::Set("s".into()))
            });
            answer.done(0, Flags::MULTI);
        });
        let mut conn = Conn::over(kernel, Vec::from([0; 1 << 16]), Protocol::NETFILTER, 7);
        let query = ElementQuery::of(NFPROTO_INET, "t", "s");
        let mut rows = elements(&mut conn, &query).unwrap();
        let row = rows.next().unwrap().unwrap();
        let found: Vec<_> = row.elements().collect();
        let jump = found.first().unwrap().unwrap();
        assert_eq!((jump.key, jump.key_end), (Some(&[1][..]), Some(&[2][..])));
        assert_eq!(
            jump.data,
            Some(ElementData::Verdict(Verdict::JUMP, Some("c".into())))
        );
        assert_eq!(jump.flags, ElementFlags::empty());
        assert_eq!(jump.timeout, Some(Duration::from_secs(2)));
        assert_eq!(jump.expiration, Some(Duration::from_millis(1500)));
        assert!(found.get(1).unwrap().is_err());
        let other = found.get(2).unwrap().unwrap();
        assert_eq!((other.key, other.flags), (None, ElementFlags::CATCHALL));
        assert_eq!(other.data, Some(ElementData::Object("counter".into())));
        assert_eq!(found.len(), 3);
        assert_eq!(rows.next().unwrap().unwrap().elements().count(), 0);
        assert!(rows.next().unwrap().is_none());
    }

    #[test]
    fn names_that_do_not_fit_are_refused_before_anything_is_sent() {
        let kernel = Kernel::new();
        let mut conn = Conn::over(kernel.clone(), [0; 4096], Protocol::NETFILTER, 7);
        let longest = "a".repeat(255);
        for (table, set) in [("t\0", "s"), ("t", &*"a".repeat(600))] {
            let query = ElementQuery::of(NFPROTO_INET, table, set);
            let error = elements(&mut conn, &query).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Encode(nlwire::EncodeError::Waits));
        }
        assert!(kernel.sent().is_empty());
        let query = ElementQuery::of(NFPROTO_INET, &longest, &longest);
        assert_eq!(query.length, REQUEST);
    }
}
