//! User data of tables, chains, rules, sets and elements, where nft(8) stores
//! comments and data types.

use crate::writer::Put;
use crate::{NLA_TYPE_MASK, Writer};

/// User data as nft(8) writes it: entries of type, length and value, with one
/// byte each for type and length.
///
/// The kernel stores the bytes unread. `nft list` reads comments, and the byte
/// order of a set's keys: without [`SET_KEY_ORDER`](Self::SET_KEY_ORDER) it
/// prints marks with their bytes reversed. [`NewSet`](super::NewSet) writes
/// that entry.
///
/// ```
/// use nlwire::netfilter::UserData;
///
/// // The byte order of the keys: 1, the machine's. A comment.
/// let bytes = [0, 4, 1, 0, 0, 0, 7, 3, b'o', b'k', 0];
/// let data = UserData::new(&bytes);
/// assert_eq!(data.get(UserData::SET_KEY_ORDER), Some(&[1, 0, 0, 0][..]));
/// assert_eq!(data.comment(UserData::SET_COMMENT), Some("ok"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[doc(alias = "NFTNL_UDATA")]
pub struct UserData<'a>(&'a [u8]);

impl<'a> UserData<'a> {
    /// Comment of a table.
    #[doc(alias = "NFTNL_UDATA_TABLE_COMMENT")]
    pub const TABLE_COMMENT: u8 = 0;
    /// Comment of a chain.
    #[doc(alias = "NFTNL_UDATA_CHAIN_COMMENT")]
    pub const CHAIN_COMMENT: u8 = 0;
    /// Comment of a rule.
    #[doc(alias = "NFTNL_UDATA_RULE_COMMENT")]
    pub const RULE_COMMENT: u8 = 0;
    /// Comment of an element.
    #[doc(alias = "NFTNL_UDATA_SET_ELEM_COMMENT")]
    pub const ELEMENT_COMMENT: u8 = 0;
    /// Flags of an element, a `u32`: 1 for an interval that is open at its end.
    #[doc(alias = "NFTNL_UDATA_SET_ELEM_FLAGS")]
    pub const ELEMENT_FLAGS: u8 = 1;
    /// Comment of a named object.
    #[doc(alias = "NFTNL_UDATA_OBJ_COMMENT")]
    pub const OBJECT_COMMENT: u8 = 0;
    /// Byte order of a set's keys, a `u32`: 1 for the machine's order, 2 for
    /// network order.
    #[doc(alias = "NFTNL_UDATA_SET_KEYBYTEORDER")]
    pub const SET_KEY_ORDER: u8 = 0;
    /// Byte order of a map's values.
    #[doc(alias = "NFTNL_UDATA_SET_DATABYTEORDER")]
    pub const SET_DATA_ORDER: u8 = 1;
    /// `auto-merge` setting of a set, a `u32`.
    #[doc(alias = "NFTNL_UDATA_SET_MERGE_ELEMENTS")]
    pub const SET_AUTO_MERGE: u8 = 2;
    /// Expression of `typeof` for a set's keys: nested entries.
    #[doc(alias = "NFTNL_UDATA_SET_KEY_TYPEOF")]
    pub const SET_KEY_TYPEOF: u8 = 3;
    /// Expression of `typeof` for a map's values: nested entries.
    #[doc(alias = "NFTNL_UDATA_SET_DATA_TYPEOF")]
    pub const SET_DATA_TYPEOF: u8 = 4;
    /// Expressions of a set's elements, as a set was created with.
    #[doc(alias = "NFTNL_UDATA_SET_EXPR")]
    pub const SET_EXPRESSION: u8 = 5;
    /// Mark of a map whose values are intervals, a `u32`.
    #[doc(alias = "NFTNL_UDATA_SET_DATA_INTERVAL")]
    pub const SET_DATA_INTERVAL: u8 = 6;
    /// Comment of a set.
    #[doc(alias = "NFTNL_UDATA_SET_COMMENT")]
    pub const SET_COMMENT: u8 = 7;

    /// Takes the value of an attribute such as `NFTA_SET_USERDATA`.
    #[must_use]
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// Iterates over types and values of the entries, up to the first
    /// incomplete one.
    pub fn entries(self) -> impl Iterator<Item = (u8, &'a [u8])> + Clone {
        let mut rest = self.0;
        core::iter::from_fn(move || {
            let [kind, length, behind @ ..] = rest else {
                return None;
            };
            let (value, behind) = behind.split_at_checked(usize::from(*length))?;
            rest = behind;
            Some((*kind, value))
        })
    }

    /// Returns the value of the first entry of this type.
    #[must_use]
    pub fn get(self, kind: u8) -> Option<&'a [u8]> {
        self.entries()
            .find_map(|(found, value)| (found == kind).then_some(value))
    }

    /// Returns the text of an entry without its NUL; `None` if it is not UTF-8.
    #[must_use]
    pub fn comment(self, kind: u8) -> Option<&'a str> {
        crate::Text::until_nul(self.get(kind)?).to_str().ok()
    }
}

/// Puts user data with a comment; an empty comment is left out.
pub(super) fn put_comment<'w, 'b>(
    w: &'w mut Writer<'b>,
    attribute: u16,
    kind: u8,
    comment: &str,
) -> Put<'w, 'b> {
    if comment.is_empty() {
        return Ok(w);
    }
    put_entries(w, attribute, &[(kind, Entry::Text(comment))])
}

/// Value of an entry to write.
#[derive(Clone, Copy)]
pub(super) enum Entry<'a> {
    Absent,
    Number(u32),
    Text(&'a str),
}

impl Entry<'_> {
    const fn len(self) -> usize {
        match self {
            Self::Absent => 0,
            Self::Number(_) => 4,
            Self::Text(text) => text.len().saturating_add(1),
        }
    }

    fn fill(self, slot: &mut [u8]) {
        match self {
            Self::Absent => {}
            Self::Number(number) => crate::bytes::copy(&number.to_ne_bytes(), slot),
            // The NUL at its end is there already: the slot is zero.
            Self::Text(text) => crate::bytes::copy(text.as_bytes(), slot),
        }
    }
}

/// Puts user data with these entries; absent ones are left out.
pub(super) fn put_entries<'w, 'b>(
    w: &'w mut Writer<'b>,
    attribute: u16,
    entries: &[(u8, Entry<'_>)],
) -> Put<'w, 'b> {
    let present = || {
        entries
            .iter()
            .filter(|(_, entry)| !matches!(entry, Entry::Absent))
    };
    let mut total = 0_usize;
    for (_, entry) in present() {
        let length = entry.len();
        // The length is one byte, and a text ends at its first NUL.
        if u8::try_from(length).is_err() {
            return Err(crate::EncodeError::TooLong {
                attribute: attribute & NLA_TYPE_MASK,
                length: crate::bytes::low32(length),
            });
        }
        total = total.saturating_add(length).saturating_add(2);
    }
    w.put_with(attribute, total, |mut slot| {
        for (kind, entry) in present() {
            let length = entry.len();
            let Some((place, rest)) = slot.split_at_mut_checked(length.saturating_add(2)) else {
                return;
            };
            if let [to_kind, to_length, value @ ..] = place {
                *to_kind = *kind;
                *to_length = u8::try_from(length).unwrap_or(u8::MAX);
                entry.fill(value);
            }
            slot = rest;
        }
    })
}

crate::__format!(UserData<'_>);
