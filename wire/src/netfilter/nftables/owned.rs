//! Transactions built at run time.

use core::fmt;

use alloc::vec::Vec;

use super::named::write_object;
use super::transaction::{begin, end};
use crate::netfilter::PROTOCOL;
use crate::schema::Protocol;
use crate::{Batch, EncodeError, Header, MessageRef, Next, Request, Writer};

/// Changes of nftables that happen together or not at all, collected one by
/// one.
///
/// ```
/// use nlwire::netfilter::{NewTable, OwnedTransaction, TableRef};
///
/// let mut transaction = OwnedTransaction::new();
/// for name in ["a", "b"] {
///     transaction.push(&NewTable::new(TableRef::inet(name)))?;
/// }
/// assert_eq!(transaction.messages(), 2);
/// # Ok::<(), nlwire::EncodeError>(())
/// ```
#[derive(Clone, Debug)]
pub struct OwnedTransaction {
    changes: Batch<Vec<u8>>,
    generation: Option<u32>,
}

impl OwnedTransaction {
    /// Starts an empty transaction.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            changes: Batch::new(Vec::new()),
            generation: None,
        }
    }

    /// Makes the kernel refuse the transaction with `ERESTART` unless this
    /// generation of the ruleset is current: see
    /// [`Transaction::at_generation`](super::Transaction::at_generation).
    pub const fn set_generation(&mut self, generation: Option<u32>) {
        self.generation = generation;
    }

    /// Adds a change.
    ///
    /// # Errors
    ///
    /// Fails if the change cannot be encoded, with the errors of
    /// [`Batch::push`].
    pub fn push(&mut self, change: &dyn Request) -> Result<(), EncodeError> {
        self.changes.push(change).map(|_| ())
    }

    /// Returns the number of messages without begin and end.
    #[must_use]
    pub const fn messages(&self) -> usize {
        self.changes.count()
    }

    /// Returns true if there is no change.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.messages() == 0
    }

    /// Removes all changes.
    pub const fn clear(&mut self) {
        self.changes.clear();
    }

    /// Returns the message at a place: its offset plus 1.
    fn message(&self, from: u64) -> Option<MessageRef<'_>> {
        let offset = usize::try_from(from.checked_sub(1)?).ok()?;
        MessageRef::new(self.changes.as_bytes().get(offset..)?).ok()
    }
}

impl Default for OwnedTransaction {
    fn default() -> Self {
        Self::new()
    }
}

impl Request for OwnedTransaction {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, from: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        if from == 0 {
            begin(w, self.generation)?;
            return Ok(Next::More(1));
        }
        let Some(message) = self.message(from) else {
            end(w)?;
            return Ok(Next::End);
        };
        w.append_copy(message)?;
        let length = crate::bytes::align(message.as_bytes().len()).max(Header::LEN);
        let at = from.saturating_add(u64::try_from(length).unwrap_or(u64::MAX));
        Ok(match self.message(at) {
            Some(_) => Next::More(at),
            None => Next::Last(at),
        })
    }

    fn object(&self, from: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.message(from) {
            Some(message) => write_object(message, f),
            None => Ok(()),
        }
    }
}

crate::__format!(OwnedTransaction);
