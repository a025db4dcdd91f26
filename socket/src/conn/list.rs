//! Table that is received whole before its first row is read.
//!
//! Between two receives a datagram is only copied: the kernel writes the next
//! part of the table in the next receive, and each change until then interrupts
//! the dump.

use alloc::vec::Vec;
use core::fmt;
use core::marker::PhantomData;
use core::time::Duration;

use nlwire::{DecodeError, MessageRef, Query};

use super::execution::Options;
use super::rows::Rows;
use super::state::State;
use crate::socket::waiting::Deadline;
use crate::{Conn, Error, ErrorKind, Transport};

/// Attempts to receive a table that changes during the dump.
///
/// On a busy machine more than ten may be interrupted one after the other, so
/// their number is limited only once they have taken some time.
#[derive(Debug, Default)]
pub(crate) struct Attempts {
    made: u32,
    /// Deadline of attempts beyond the first ten.
    enough: Option<Deadline>,
}

impl Attempts {
    /// Number of attempts that may take any time.
    const MIN: u32 = 10;
    /// Time that more attempts may take.
    const TIME: Duration = Duration::from_secs(5);

    /// Returns true if an attempt follows an interrupted one.
    fn again(&mut self, deadline: Deadline) -> bool {
        self.made = self.made.saturating_add(1);
        let enough = || Deadline::after(Some(Self::TIME));
        let enough = *self.enough.get_or_insert_with(enough);
        !deadline.is_over() && (self.made < Self::MIN || !enough.is_over())
    }
}

/// Table received as a whole, by [`Conn::list`].
///
/// Rows are returned in the order of the kernel. An object in several messages
/// is one row: see [`Query::continues`].
///
/// ```
/// use nlsock::{Conn, Protocol};
/// use nlwire::route::GetLinks;
///
/// let mut conn = Conn::open(Protocol::ROUTE)?;
/// let links = conn.list(GetLinks::all())?;
/// assert!(links.is_complete() && !links.is_empty());
/// for link in &links {
///     println!("{}: {:?}", link.index(), link.name()?);
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct List<Q> {
    rows: Messages,
    query: Q,
    interrupted: Option<Error>,
    attempts: Attempts,
}

/// Messages of the rows. A row has one message or several.
#[derive(Default)]
struct Messages {
    /// Messages, each padded to 4 bytes.
    bytes: Vec<u8>,
    /// Number of rows.
    count: usize,
}

impl Messages {
    /// Appends the messages of a datagram.
    fn push(&mut self, messages: &[u8]) {
        self.bytes.extend_from_slice(messages);
        let padded = self.bytes.len().saturating_add(3) & !3;
        self.bytes.resize(padded, 0);
    }

    /// Removes messages that the query does not match, and counts the rows.
    fn select<Q: Query>(&mut self, query: &Q) -> Result<(), DecodeError> {
        let (mut at, mut kept, mut last) = (0_usize, 0_usize, 0_usize);
        while let Ok(message) = MessageRef::new(self.bytes.get(at..).unwrap_or_default()) {
            let length = message.as_bytes().len().saturating_add(3) & !3;
            let next = at.saturating_add(length);
            if query.matches(message)? {
                let before = self.bytes.get(last..kept).unwrap_or_default();
                let joins = MessageRef::new(before).is_ok_and(|b| Q::continues(b, message));
                if !joins {
                    self.count = self.count.saturating_add(1);
                }
                if kept < at {
                    self.bytes.copy_within(at..next, kept);
                }
                last = kept;
                kept = kept.saturating_add(length);
            }
            at = next;
        }
        self.bytes.truncate(kept);
        Ok(())
    }
}

impl<Q: Query> List<Q> {
    /// Receives the table, again if it is interrupted.
    pub(crate) fn receive<T, B>(
        conn: &mut Conn<T, B>,
        query: Q,
        options: Options,
    ) -> Result<Self, Error>
    where
        T: Transport,
        B: AsRef<[u8]> + AsMut<[u8]>,
    {
        let mut list = Self::new(query);
        loop {
            list.clear();
            let mut rows = Rows::new(conn, &list.query, options);
            rows.start()?;
            let end = loop {
                match rows.wait_row() {
                    Ok(Some(first)) => list.rows.push(rows.with_next_rows(first)),
                    Ok(None) => break Ok(()),
                    Err(error) => break Err(error),
                }
            };
            if !list.ends(end, options)? {
                return list.selected(&conn.state);
            }
        }
    }

    pub(crate) fn new(query: Q) -> Self {
        Self {
            rows: Messages::default(),
            query,
            interrupted: None,
            attempts: Attempts::default(),
        }
    }

    /// Discards the rows of an interrupted attempt.
    pub(crate) fn clear(&mut self) {
        self.rows.bytes.clear();
        self.rows.count = 0;
        self.interrupted = None;
    }

    #[cfg(feature = "tokio")]
    pub(crate) const fn query(&self) -> &Q {
        &self.query
    }

    /// Keeps messages of a datagram.
    #[cfg(feature = "tokio")]
    pub(crate) fn keep(&mut self, messages: &[u8]) {
        self.rows.push(messages);
    }

    /// Looks at the rows for the first time: leaves those of the query.
    pub(crate) fn selected(mut self, state: &State) -> Result<Self, Error> {
        let selected = self.rows.select(&self.query);
        selected.map_err(|error| state.broken(error))?;
        Ok(self)
    }

    /// Records the end of an attempt, and returns true if another one follows.
    pub(crate) fn ends(&mut self, end: Result<(), Error>, options: Options) -> Result<bool, Error> {
        match end {
            Ok(()) => Ok(false),
            Err(error) if error.kind() == ErrorKind::Interrupted => {
                self.interrupted = Some(error);
                Ok(self.attempts.again(options.deadline))
            }
            Err(error) => Err(error),
        }
    }

    /// Returns the list if it is complete.
    pub(crate) fn whole(self) -> Result<Self, Error> {
        match self.interrupted {
            Some(error) => Err(error),
            None => Ok(self),
        }
    }

    /// Returns true if the table did not change during the dump. Otherwise rows
    /// may be missing or repeated; only [`Conn::list_partial`] returns such a
    /// list.
    #[must_use]
    pub const fn is_complete(&self) -> bool {
        self.interrupted.is_none()
    }

    /// Returns the number of rows.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.rows.count
    }

    /// Returns true if there are no rows.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.rows.count == 0
    }

    /// Iterates over the rows.
    #[must_use]
    pub fn iter(&self) -> Iter<'_, Q> {
        Iter {
            messages: nlwire::Messages::new(&self.rows.bytes),
            left: self.rows.count,
            query: PhantomData,
        }
    }
}

impl<'l, Q: Query> IntoIterator for &'l List<Q> {
    type Item = Q::Row<'l>;
    type IntoIter = Iter<'l, Q>;

    fn into_iter(self) -> Iter<'l, Q> {
        self.iter()
    }
}

impl<Q: Query> fmt::Debug for List<Q> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "List({} rows)", self.rows.count)
    }
}

/// Iterator over the rows of a [`List`].
///
/// ```
/// use nlsock::{Conn, Iter, Protocol};
/// use nlwire::route::GetLinks;
///
/// /// Sum of all MTUs.
/// fn total(links: Iter<'_, GetLinks>) -> u32 {
///     links.filter_map(|link| link.mtu().ok()?).sum()
/// }
///
/// let mut conn = Conn::open(Protocol::ROUTE)?;
/// println!("{}", total(conn.list(GetLinks::all())?.iter()));
/// # Ok::<(), nlsock::Error>(())
/// ```
pub struct Iter<'l, Q> {
    messages: nlwire::Messages<'l>,
    left: usize,
    query: PhantomData<fn() -> Q>,
}

impl<'l, Q: Query> Iterator for Iter<'l, Q> {
    type Item = Q::Row<'l>;

    fn next(&mut self) -> Option<Q::Row<'l>> {
        let start = self.messages.remaining();
        let mut last = self.messages.next()?.ok()?;
        let mut ahead = self.messages;
        while let Some(Ok(message)) = ahead.next() {
            if !Q::continues(last, message) {
                break;
            }
            last = message;
            self.messages = ahead;
        }
        self.left = self.left.saturating_sub(1);
        let length = start.len().saturating_sub(self.messages.remaining().len());
        Some(Q::joined(nlwire::Messages::new(start.get(..length)?)))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl<Q: Query> ExactSizeIterator for Iter<'_, Q> {}

impl<Q> Clone for Iter<'_, Q> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<Q> Copy for Iter<'_, Q> {}

impl<Q> fmt::Debug for Iter<'_, Q> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Iter({} rows)", self.left)
    }
}

#[cfg(all(test, feature = "test-util"))]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::super::rows::tests::{ROW, TABLE, conn, with};
    use crate::ErrorKind;
    use crate::fake::{Answer, Kernel};
    use core::time::Duration;
    use nlwire::{Dump, Flags};

    /// Changes its table during so many dumps.
    fn changing(mut changes: u32) -> Kernel {
        Kernel::answering(move |_, answer: &mut Answer| {
            let changed = changes > 0;
            changes = changes.saturating_sub(1);
            answer.part(ROW, &(), |w| w.u8(1, 1));
            answer.end_datagram();
            let flags = if changed {
                Flags::DUMP_INTR
            } else {
                Flags::empty()
            };
            answer.done(0, flags);
        })
    }

    #[test]
    fn a_table_is_received_until_it_is_whole() {
        for changes in [0, 9, 10, 99] {
            let kernel = changing(changes);
            let mut conn = conn(&kernel);
            let list = with(TABLE, |message| conn.list(Dump(message)).map(|l| l.len()));
            assert_eq!(list.unwrap(), 1);
            assert_eq!(u32::try_from(kernel.sent().len()), Ok(changes + 1));
        }
    }

    #[test]
    fn a_table_that_always_changes_takes_no_longer_than_the_deadline() {
        let mut conn = conn(&changing(u32::MAX));
        let begun = std::time::Instant::now();
        let error = with(TABLE, |message| {
            let call = conn.with_timeout(Duration::from_millis(20));
            call.list(Dump(message)).map(|_| ()).unwrap_err()
        });
        assert!(matches!(
            error.kind(),
            ErrorKind::Interrupted | ErrorKind::Timeout
        ));
        assert!(begun.elapsed() < Duration::from_secs(4));
    }
}
