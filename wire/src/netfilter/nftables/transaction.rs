//! Changes that happen together or not at all.

use core::fmt;

use crate::netfilter::{
    NFNL_MSG_BATCH_BEGIN, NFNL_MSG_BATCH_END, NetfilterBatchAttr, NetfilterHeader, PROTOCOL,
};
use crate::schema::Protocol;
use crate::{EncodeError, Flags, Next, Request, Writer};

/// Changes of nftables that happen together or not at all.
///
/// The transaction writes its begin and end itself. A change of several
/// messages, such as many set elements, is atomic too. A refusal names the
/// change that failed.
///
/// ```
/// use nlwire::netfilter::{
///     Hook, NewChain, NewRule, NewTable, Selector, Statement, TableRef, Transaction,
/// };
///
/// let table = TableRef::inet("filter");
/// let ssh = [Selector::TCP_DPORT.is(22), Statement::counter(), Statement::accept()];
/// let transaction = Transaction(&[
///     &NewTable::new(table),
///     &NewChain::new(table, "input").filter(Hook::LOCAL_IN, 0),
///     &NewRule::new(table, "input", &ssh),
/// ]);
/// # let mut room = [0; 1024];
/// # let mut batch = nlwire::Batch::new(&mut room[..]);
/// # batch.push(&transaction)?;
/// # assert_eq!(batch.count(), 5);
/// # Ok::<(), nlwire::EncodeError>(())
/// ```
///
/// The kernel refuses changes outside a transaction with `EINVAL`. It takes a
/// transaction as one datagram, which the socket's send buffer must hold.
#[derive(Clone, Copy)]
#[doc(alias = "NFNL_MSG_BATCH_BEGIN")]
pub struct Transaction<'a>(pub &'a [&'a dyn Request]);

impl fmt::Debug for Transaction<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let objects = self
            .0
            .iter()
            .map(|change| crate::request::Object(*change, 0));
        f.debug_list().entries(objects).finish()
    }
}

/// Splits a place: the number of the change, from 1, in the upper half, and the
/// place within that change in the lower half. Number 0 is the begin.
fn split(from: u64) -> (u64, u64) {
    (from >> 32, from & 0xffff_ffff)
}

impl<'a> Transaction<'a> {
    /// Makes the kernel refuse the transaction with `ERESTART` unless this
    /// generation of the ruleset is current, so that it follows from what was
    /// read.
    ///
    /// ```
    /// use nlwire::netfilter::{NewTable, TableRef, Transaction};
    ///
    /// // The number of a row of `GetGeneration`, read before the ruleset.
    /// let generation = 7;
    /// let table = NewTable::new(TableRef::inet("ev"));
    /// let mut room = [0; 256];
    /// let mut batch = nlwire::Batch::new(&mut room[..]);
    /// batch.push(&Transaction(&[&table]).at_generation(generation))?;
    /// # Ok::<(), nlwire::EncodeError>(())
    /// ```
    #[must_use]
    #[doc(alias = "NFNL_BATCH_GENID")]
    pub const fn at_generation(self, generation: u32) -> TransactionAt<'a> {
        TransactionAt {
            changes: self,
            generation,
        }
    }

    fn change(&self, number: u64) -> Option<&dyn Request> {
        let place = usize::try_from(number.checked_sub(1)?).ok()?;
        self.0.get(place).copied()
    }

    /// Writes the message at a place, in this generation only.
    fn write_at(
        &self,
        generation: Option<u32>,
        from: u64,
        w: &mut Writer<'_>,
    ) -> Result<Next, EncodeError> {
        let (number, inner) = split(from);
        let place = |number: u64, inner: u64| number << 32 | inner & 0xffff_ffff;
        if number == 0 {
            begin(w, generation)?;
            return Ok(Next::More(place(1, 0)));
        }
        let Some(change) = self.change(number) else {
            end(w)?;
            return Ok(Next::End);
        };
        let next = number.saturating_add(1);
        Ok(match change.write(inner, w)? {
            Next::End if self.change(next).is_none() => Next::Last(place(next, 0)),
            Next::End => Next::More(place(next, 0)),
            Next::More(at) | Next::Last(at) | Next::Then(at) => Next::More(place(number, at)),
        })
    }
}

impl Request for Transaction<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, from: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        self.write_at(None, from, w)
    }

    fn object(&self, from: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (number, inner) = split(from);
        match self.change(number) {
            Some(change) => change.object(inner, f),
            None => Ok(()),
        }
    }
}

/// Transaction that the kernel carries out in one generation of the ruleset
/// only, created by [`Transaction::at_generation`].
///
/// ```
/// use nlwire::netfilter::{Transaction, TransactionAt};
///
/// let nothing: TransactionAt<'_> = Transaction(&[]).at_generation(7);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct TransactionAt<'a> {
    changes: Transaction<'a>,
    generation: u32,
}

impl Request for TransactionAt<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        self.changes.protocol()
    }

    fn write(&self, from: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        self.changes.write_at(Some(self.generation), from, w)
    }

    fn object(&self, from: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.changes.object(from, f)
    }
}

/// Writes the message that begins a transaction.
pub(super) fn begin(w: &mut Writer<'_>, generation: Option<u32>) -> Result<(), EncodeError> {
    let header = NetfilterHeader::BATCH;
    w.append_message(
        NFNL_MSG_BATCH_BEGIN,
        Flags::empty(),
        &header,
        |w| match generation {
            Some(number) => w.put(NetfilterBatchAttr::Generation(number)),
            None => Ok(w),
        },
    )?;
    Ok(())
}

/// Writes the message that ends a transaction.
pub(super) fn end(w: &mut Writer<'_>) -> Result<(), EncodeError> {
    let header = NetfilterHeader::BATCH;
    w.append_message(NFNL_MSG_BATCH_END, Flags::empty(), &header, |w| Ok(w))?;
    Ok(())
}

crate::__format!(Transaction<'_>, TransactionAt<'_>);
