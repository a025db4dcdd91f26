//! Attributes that a request carries beside its own.

use core::fmt;

use crate::codec::{AttributeSet, Encode};
use crate::writer::Put;
use crate::{EncodeError, Writer};

/// Attributes of set `S`: an array of its enum, or a reference to a slice. A
/// request keeps them as `&dyn Items<S>`, which may have another lifetime than
/// its own texts.
///
/// ```
/// # #[cfg(feature = "route")] {
/// use nlwire::Items;
/// use nlwire::route::{Link, LinkAttr};
///
/// let queues = [LinkAttr::TxQueues(4), LinkAttr::RxQueues(2)];
/// let (array, slice): (&dyn Items<Link>, &dyn Items<Link>) = (&queues, &&queues[1..]);
/// assert_eq!((array.count(), slice.count()), (2, 1));
/// # }
/// ```
pub trait Items<S>: Sync {
    /// Returns the number of attributes.
    fn count(&self) -> usize;

    /// Puts the attributes, one after the other.
    ///
    /// # Errors
    ///
    /// The errors of the writer.
    fn put(&self, w: &mut Writer<'_>) -> Result<(), EncodeError>;
}

fn put_all<A: Encode>(items: &[A], w: &mut Writer<'_>) -> Result<(), EncodeError> {
    items.iter().try_for_each(|item| item.encode(w).map(|_| ()))
}

impl<'x, S: AttributeSet, const N: usize> Items<S> for [S::Attr<'x>; N]
where
    S::Attr<'x>: Encode + Sync,
{
    fn count(&self) -> usize {
        N
    }

    fn put(&self, w: &mut Writer<'_>) -> Result<(), EncodeError> {
        put_all(self, w)
    }
}

impl<'x, S: AttributeSet> Items<S> for &[S::Attr<'x>]
where
    S::Attr<'x>: Encode + Sync,
{
    fn count(&self) -> usize {
        (**self).len()
    }

    fn put(&self, w: &mut Writer<'_>) -> Result<(), EncodeError> {
        put_all(self, w)
    }
}

impl<S> fmt::Debug for dyn Items<S> + '_ {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} attributes", self.count())
    }
}

impl<'b> Writer<'b> {
    /// Puts the attributes of an array or a slice, if there are any.
    ///
    /// # Errors
    ///
    /// The errors of the writer.
    pub fn put_items<S>(&mut self, items: Option<&dyn Items<S>>) -> Put<'_, 'b> {
        if let Some(items) = items {
            items.put(self)?;
        }
        Ok(self)
    }
}
