//! Changes that happen together or not at all.

use core::fmt;

use crate::netfilter::{NFNL_MSG_BATCH_BEGIN, NFNL_MSG_BATCH_END, NetfilterHeader, PROTOCOL};
use crate::schema::Protocol;
use crate::{EncodeError, Flags, MessageType, Next, Request, Writer};

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

impl Transaction<'_> {
    fn change(&self, number: u64) -> Option<&dyn Request> {
        let place = usize::try_from(number.checked_sub(1)?).ok()?;
        self.0.get(place).copied()
    }
}

impl Request for Transaction<'_> {
    fn protocol(&self) -> Option<&'static Protocol> {
        Some(&PROTOCOL)
    }

    fn write(&self, from: u64, w: &mut Writer<'_>) -> Result<Next, EncodeError> {
        let (number, inner) = split(from);
        let place = |number: u64, inner: u64| number << 32 | inner & 0xffff_ffff;
        if number == 0 {
            mark(w, NFNL_MSG_BATCH_BEGIN)?;
            return Ok(Next::More(place(1, 0)));
        }
        let Some(change) = self.change(number) else {
            mark(w, NFNL_MSG_BATCH_END)?;
            return Ok(Next::End);
        };
        let next = number.saturating_add(1);
        Ok(match change.write(inner, w)? {
            Next::End if self.change(next).is_none() => Next::Last(place(next, 0)),
            Next::End => Next::More(place(next, 0)),
            Next::More(at) | Next::Last(at) | Next::Then(at) => Next::More(place(number, at)),
        })
    }

    fn object(&self, from: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (number, inner) = split(from);
        match self.change(number) {
            Some(change) => change.object(inner, f),
            None => Ok(()),
        }
    }
}

/// Writes the message that begins or ends a transaction.
pub(super) fn mark(w: &mut Writer<'_>, kind: MessageType) -> Result<(), EncodeError> {
    w.append_message(kind, Flags::empty(), &NetfilterHeader::BATCH, |w| Ok(w))?;
    Ok(())
}

crate::__format!(Transaction<'_>);
