//! Queries whose rows can be deleted.

use super::{Query, Request};
use crate::DecodeError;

/// Query whose rows can be deleted, one by one: `Conn::flush` of the crate
/// `nlsock` lists them and deletes them in a batch.
///
#[cfg_attr(feature = "route", doc = "```")]
#[cfg_attr(not(feature = "route"), doc = "```text")]
/// use nlwire::route::{AddressHeader, GetAddresses, IFA_LOCAL, RTM_NEWADDR};
/// use nlwire::request::{Flush, Object};
/// use nlwire::{Flags, Query, Writer};
///
/// let mut buffer = [0; 64];
/// let header = AddressHeader { family: 2, prefix_len: 8, index: 7.into(), ..AddressHeader::default() };
/// let message = Writer::message(&mut buffer, RTM_NEWADDR, Flags::empty(), &header, |w| {
///     w.ip(IFA_LOCAL, [10, 0, 0, 1].into())
/// })?;
/// let row = GetAddresses::row(message);
/// let deletion = GetAddresses::deletion(&row)?.ok_or("an address can go")?;
/// assert_eq!(Object(&deletion, 0).to_string(), "address 10.0.0.1/8 of link 7");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait Flush: Query {
    /// Request that deletes a row; it counts as success that the row is gone.
    type Deletion<'a>: Request;

    /// Names the object of a row, or returns `None` where the kernel keeps it.
    ///
    /// # Errors
    ///
    /// Fails if an attribute that identifies the object is malformed.
    fn deletion<'a>(row: &Self::Row<'a>) -> Result<Option<Self::Deletion<'a>>, DecodeError>;
}

impl<Q: Flush + ?Sized> Flush for &Q {
    type Deletion<'a> = Q::Deletion<'a>;

    fn deletion<'a>(row: &Self::Row<'a>) -> Result<Option<Self::Deletion<'a>>, DecodeError> {
        Q::deletion(row)
    }
}
