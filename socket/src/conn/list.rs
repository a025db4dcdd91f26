//! Table that is received whole before its first row is read.

use alloc::vec::Vec;
use core::fmt;
use core::marker::PhantomData;

use nlwire::{MessageRef, Messages, Query};

use super::answer::Options;
use super::rows::Rows;
use crate::{Conn, Error, ErrorKind, Transport};

/// Number of attempts to list a table that changes during the dump.
pub(crate) const ATTEMPTS: u32 = 10;

/// Table received as a whole, by [`Conn::list`].
///
/// Rows are returned in the order of the kernel. An object in several messages
/// is one row: see [`Query::continues`].
pub struct List<Q> {
    rows: Joined,
    query: Q,
    interrupted: Option<Error>,
}

/// Messages of the rows. A row has one message or several.
#[derive(Default)]
struct Joined {
    /// Messages, each padded to 4 bytes.
    bytes: Vec<u8>,
    /// Offset of the last message.
    last: usize,
    /// Number of rows.
    count: usize,
}

impl Joined {
    /// Appends a message with its padding, to the last row or as a new one.
    fn push<Q: Query>(&mut self, message: MessageRef<'_>) {
        let before = self.bytes.get(self.last..).unwrap_or_default();
        let joins = MessageRef::new(before).is_ok_and(|before| Q::continues(before, message));
        if !joins {
            self.count = self.count.saturating_add(1);
        }
        self.last = self.bytes.len();
        self.bytes.extend_from_slice(message.as_bytes());
        let padded = self.bytes.len().saturating_add(3) & !3;
        self.bytes.resize(padded, 0);
    }
}

impl<Q: Query> List<Q> {
    /// Receives the table, up to ten times within the deadline.
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
        for attempt in 1_u32.. {
            list.clear();
            let mut rows = Rows::new(conn, &list.query, options);
            rows.start()?;
            let end = loop {
                match rows.wait_row() {
                    Ok(Some(place)) => {
                        let message = place.message(rows.conn.buffer.as_ref());
                        if list
                            .query
                            .matches(message)
                            .map_err(|e| rows.conn.state.broken(e))?
                        {
                            list.rows.push::<Q>(message);
                        }
                    }
                    Ok(None) => break Ok(()),
                    Err(error) => break Err(error),
                }
            };
            if !list.ends(end, attempt, options)? {
                break;
            }
        }
        Ok(list)
    }

    pub(crate) fn new(query: Q) -> Self {
        Self {
            rows: Joined::default(),
            query,
            interrupted: None,
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

    /// Keeps a row.
    #[cfg(feature = "tokio")]
    pub(crate) fn keep(&mut self, message: MessageRef<'_>) {
        self.rows.push::<Q>(message);
    }

    /// Records the end of an attempt, and returns true if another one follows.
    pub(crate) fn ends(
        &mut self,
        end: Result<(), Error>,
        attempt: u32,
        options: Options,
    ) -> Result<bool, Error> {
        match end {
            Ok(()) => Ok(false),
            Err(error) if error.kind() == ErrorKind::Interrupted => {
                self.interrupted = Some(error);
                Ok(attempt < ATTEMPTS && !options.deadline.is_over())
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
            messages: Messages::new(&self.rows.bytes),
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
pub struct Iter<'l, Q> {
    messages: Messages<'l>,
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
        Some(Q::joined(Messages::new(start.get(..length)?)))
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
