//! Transactions built at run time.

use core::fmt;

use alloc::vec::Vec;

use super::family::TableFamily;
use super::transaction::mark;
use super::{Chain, NftSet, Rule, SetElements, Table};
use crate::netfilter::{
    NFNL_MSG_BATCH_BEGIN, NFNL_MSG_BATCH_END, NFT_MSG_DELCHAIN, NFT_MSG_DELRULE, NFT_MSG_DELSET,
    NFT_MSG_DELSETELEM, NFT_MSG_DELTABLE, NFT_MSG_DESTROYCHAIN, NFT_MSG_DESTROYRULE,
    NFT_MSG_DESTROYSET, NFT_MSG_DESTROYSETELEM, NFT_MSG_DESTROYTABLE, NFT_MSG_NEWCHAIN,
    NFT_MSG_NEWRULE, NFT_MSG_NEWSET, NFT_MSG_NEWSETELEM, NFT_MSG_NEWTABLE, NetfilterHeader,
    PROTOCOL,
};
use crate::schema::Protocol;
use crate::{Batch, EncodeError, Header, MessageRef, Next, Request, Text, Writer, fields};

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
pub struct OwnedTransaction(Batch<Vec<u8>>);

impl OwnedTransaction {
    /// Starts an empty transaction.
    #[must_use]
    pub const fn new() -> Self {
        Self(Batch::new(Vec::new()))
    }

    /// Adds a change.
    ///
    /// # Errors
    ///
    /// Fails if the change cannot be encoded, with the errors of
    /// [`Batch::push`].
    pub fn push(&mut self, change: &dyn Request) -> Result<(), EncodeError> {
        self.0.push(change).map(|_| ())
    }

    /// Returns the number of messages without begin and end.
    #[must_use]
    pub const fn messages(&self) -> usize {
        self.0.count()
    }

    /// Returns true if there is no change.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.messages() == 0
    }

    /// Removes all changes.
    pub const fn clear(&mut self) {
        self.0.clear();
    }

    /// Returns the message at a place: its offset plus 1.
    fn message(&self, from: u64) -> Option<MessageRef<'_>> {
        let offset = usize::try_from(from.checked_sub(1)?).ok()?;
        MessageRef::new(self.0.as_bytes().get(offset..)?).ok()
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
            mark(w, NFNL_MSG_BATCH_BEGIN)?;
            return Ok(Next::More(1));
        }
        let Some(message) = self.message(from) else {
            mark(w, NFNL_MSG_BATCH_END)?;
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

/// Writes the object of a change as the change itself would.
fn write_object(message: MessageRef<'_>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let (header, attributes) = message.split_zero_extended::<NetfilterHeader>();
    let family = TableFamily(header.family);
    let named = |f: &mut fmt::Formatter<'_>, what: &str, names: [Option<Text<'_>>; 2]| {
        write!(f, "{what} {family}")?;
        names
            .into_iter()
            .flatten()
            .try_for_each(|name| write!(f, " {name:?}"))
    };
    match message.kind() {
        NFT_MSG_NEWTABLE | NFT_MSG_DELTABLE | NFT_MSG_DESTROYTABLE => {
            let found = fields!(attributes => Table { name });
            named(f, "table", [found.ok().and_then(|found| found.name), None])
        }
        NFT_MSG_NEWCHAIN | NFT_MSG_DELCHAIN | NFT_MSG_DESTROYCHAIN => {
            let Ok(found) = fields!(attributes => Chain { table, name }) else {
                return Ok(());
            };
            named(f, "chain", [found.table, found.name])
        }
        NFT_MSG_NEWRULE | NFT_MSG_DELRULE | NFT_MSG_DESTROYRULE => {
            let Ok(found) = fields!(attributes => Rule { table, chain, handle }) else {
                return Ok(());
            };
            named(f, "rule", [found.table, found.chain])?;
            match found.handle {
                Some(handle) => write!(f, " handle {handle}"),
                None => Ok(()),
            }
        }
        NFT_MSG_NEWSET | NFT_MSG_DELSET | NFT_MSG_DESTROYSET => {
            let Ok(found) = fields!(attributes => NftSet { table, name }) else {
                return Ok(());
            };
            named(f, "set", [found.table, found.name])
        }
        NFT_MSG_NEWSETELEM | NFT_MSG_DELSETELEM | NFT_MSG_DESTROYSETELEM => {
            let Ok(found) = fields!(attributes => SetElements { table, set }) else {
                return Ok(());
            };
            named(f, "elements of set", [found.table, found.set])
        }
        _ => Ok(()),
    }
}

crate::__format!(OwnedTransaction);
