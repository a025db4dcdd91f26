//! Rows of an answer, one at a time, borrowed from the connection's buffer.

use core::fmt;
use core::task::Poll;

use nlwire::{AckRef, MessageRef, Query};

use super::execution::{Execution, Options};
use super::receive::{Patience, Step};
use super::span::Span;
use crate::{Conn, Error, Mapping, Socket, Transport};

/// Rows of an answer, one at a time, created by [`Conn::query`].
///
/// ```
/// # use nlsock::{Conn, Protocol};
/// use nlwire::route::GetLinks;
///
/// # let mut conn = Conn::open(Protocol::ROUTE)?;
/// let mut rows = conn.query(GetLinks::all())?;
/// while let Some(link) = rows.next()? {
///     println!("{}: {:?}", link.index(), link.name()?);
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// A row borrows the connection's buffer and ends with the next call:
///
/// ```compile_fail,E0499
/// # use nlsock::{Conn, Protocol};
/// # fn f(conn: &mut Conn, request: nlwire::MessageRef<'_>) -> Result<(), nlsock::Error> {
/// let mut rows = conn.query(request)?;
/// let first = rows.next()?;
/// let second = rows.next()?;
/// drop(first);
/// # Ok(())
/// # }
/// ```
///
/// Dropping or forgetting `Rows` early is fine: the connection skips the rest
/// of the answer by its sequence number.
#[must_use = "an answer that is not read hides errors"]
pub struct Rows<'c, Q, T: Transport = Socket, B = Mapping> {
    pub(crate) conn: &'c mut Conn<T, B>,
    pub(crate) execution: Execution,
    pub(crate) query: Q,
}

/// Size in bytes of the end of an answer: its header and its code.
const END: usize = 20;

/// First row of an answer with exactly one row, and the number of rows.
#[derive(Debug, Default)]
pub(crate) struct Only {
    first: Option<Span>,
    count: u32,
    /// Last bytes of the row's buffer, saved while the end of the answer is
    /// received over them.
    tail: Option<[u8; END]>,
}

impl<'c, Q: Query, T: Transport, B: AsRef<[u8]> + AsMut<[u8]>> Rows<'c, Q, T, B> {
    #[inline]
    pub(crate) fn new(conn: &'c mut Conn<T, B>, query: Q, options: Options) -> Self {
        Self {
            conn,
            execution: Execution::new(options),
            query,
        }
    }

    /// Sends the query.
    #[inline]
    pub(crate) fn start(&mut self) -> Result<(), Error> {
        self.execution.start(self.conn, &self.query)
    }

    /// Returns the next row, or `None` once the answer is complete. Waits until
    /// the deadline of the call.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Refused`](crate::ErrorKind::Refused) with the kernel's
    /// text; [`ErrorKind::Interrupted`](crate::ErrorKind::Interrupted) after
    /// the last row of a table that changed during the dump;
    /// [`ErrorKind::Timeout`](crate::ErrorKind::Timeout) even if rows arrive
    /// after the deadline; `Cancelled`, `Overrun`, `Truncated`, `Decode` and
    /// `System`. After an error it returns `None`.
    #[expect(
        clippy::should_implement_trait,
        reason = "what it lends is gone with the next call"
    )]
    #[inline(always)]
    pub fn next(&mut self) -> Result<Option<Q::Row<'_>>, Error> {
        loop {
            let span = match self.next_row() {
                Some(span) => span,
                None => match self.wait_row()? {
                    Some(span) => span,
                    None => return Ok(None),
                },
            };
            if self.matches(span)? {
                return Ok(Some(self.row(span)));
            }
        }
    }

    /// Returns the next row without waiting. [`Poll::Pending`] means that the
    /// next datagram has not arrived, or that other tasks need a turn. Programs
    /// with their own event loop see [`reactors`](crate::reactors).
    ///
    /// # Errors
    ///
    /// The errors of [`next`](Self::next) except `Cancelled`.
    pub fn try_next(&mut self) -> Result<Poll<Option<Q::Row<'_>>>, Error> {
        Ok(match self.step(true)?.into_poll() {
            Poll::Ready(Some(span)) => Poll::Ready(Some(self.row(span))),
            Poll::Ready(None) => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        })
    }

    /// Returns true if the kernel filtered the dump. The kernel does not report
    /// by which filter, so that each row is compared with the whole query in
    /// any case.
    #[must_use]
    pub const fn is_filtered(&self) -> bool {
        self.execution.flight.is_filtered()
    }

    /// Returns true if the kernel has reported a change of the table so far.
    #[must_use]
    pub const fn is_interrupted(&self) -> bool {
        self.execution.flight.is_interrupted()
    }

    /// Advances without waiting, to the next row or, with `matching`, to the
    /// next row of the query.
    pub(crate) fn step(&mut self, matching: bool) -> Result<Step<Option<Span>>, Error> {
        loop {
            let span = match self.next_row() {
                Some(span) => span,
                None => match self
                    .execution
                    .advance(self.conn, &self.query, Patience::none())?
                {
                    Step::Ready(Some(span)) => span,
                    step => return Ok(step),
                },
            };
            if !matching || self.matches(span)? {
                return Ok(Step::Ready(Some(span)));
            }
        }
    }

    #[inline]
    fn next_row(&mut self) -> Option<Span> {
        self.execution.next_row(self.conn.buffer.as_ref())
    }

    /// Waits for the next row. Out of line, so that the loop over rows keeps
    /// its registers (a quarter of its instructions).
    #[inline(never)]
    pub(crate) fn wait_row(&mut self) -> Result<Option<Span>, Error> {
        match self
            .execution
            .advance(self.conn, &self.query, Patience::Wait)?
        {
            Step::Ready(span) => Ok(span),
            // Only a step without waiting is `Pending` or `Busy`.
            Step::Pending | Step::Busy => Ok(None),
        }
    }

    /// Returns a row and all rows that follow it in its datagram.
    #[cfg(feature = "alloc")]
    pub(crate) fn with_next_rows(&mut self, first: Span) -> &[u8] {
        let buffer = self.conn.buffer.as_ref();
        self.execution.with_next_rows(first, buffer).bytes(buffer)
    }

    #[inline]
    fn matches(&self, span: Span) -> Result<bool, Error> {
        let message = span.message(self.conn.buffer.as_ref());
        self.query
            .matches(message)
            .map_err(|error| self.conn.state.broken(error))
    }

    #[inline]
    pub(crate) fn row(&self, span: Span) -> Q::Row<'_> {
        Q::row(span.message(self.conn.buffer.as_ref()))
    }

    /// Reads the whole answer, and returns the span of its single row.
    pub(crate) fn wait_only(&mut self) -> Result<Span, Error> {
        let mut only = Only::default();
        while let Some(span) = self.wait_row()? {
            self.note_only(&mut only, span)?;
        }
        self.only(&only)
    }

    /// Returns the row at a span, for as long as the connection is borrowed.
    pub(crate) fn into_row(self, span: Span) -> Q::Row<'c> {
        let conn = self.conn;
        Q::row(span.message(conn.buffer.as_ref()))
    }

    /// Records a row of an answer with exactly one row.
    pub(crate) fn note_only(&mut self, only: &mut Only, span: Span) -> Result<(), Error> {
        // Of a truncated row only the header is there; it counts.
        if !self.execution.inbox.is_truncated() && !self.matches(span)? {
            return Ok(());
        }
        only.count = only.count.saturating_add(1);
        if only.first.is_some() {
            return Ok(());
        }
        only.first = Some(span);
        // Further receives leave the row in the buffer.
        self.execution.flight.only_counts = true;
        let inbox = &mut self.execution.inbox;
        let buffer = self.conn.buffer.as_ref();
        inbox.base = inbox.end().saturating_add(3) & !3;
        if buffer.len().saturating_sub(inbox.base) < END {
            inbox.base = buffer.len().saturating_sub(END);
            let mut tail = [0; END];
            copy(buffer.get(inbox.base..).unwrap_or_default(), &mut tail);
            only.tail = Some(tail);
        }
        Ok(())
    }

    /// Returns the span of the recorded row.
    pub(crate) fn only(&mut self, only: &Only) -> Result<Span, Error> {
        let (Some(span), 1) = (only.first, only.count) else {
            let kind = crate::ErrorKind::Replies { found: only.count };
            let refusal = self.execution.flight.fail(&self.conn.state, kind);
            return Err(self.execution.name(self.conn, &self.query, refusal));
        };
        if let Some(tail) = only.tail {
            let buffer = self.conn.buffer.as_mut();
            let end = buffer.get_mut(self.execution.inbox.base..);
            copy(&tail, end.unwrap_or_default());
        }
        Ok(span)
    }
}

/// Reads the whole answer to a request, and returns the acknowledgement.
pub(crate) fn finish<'c, T, B>(
    conn: &'c mut Conn<T, B>,
    request: &dyn nlwire::Request,
    options: Options,
) -> Result<AckRef<'c>, Error>
where
    T: Transport,
    B: AsRef<[u8]> + AsMut<[u8]>,
{
    let mut execution = Execution::new(options);
    execution.start(conn, request)?;
    while let Step::Ready(Some(_)) = execution.advance(conn, request, Patience::Wait)? {}
    acknowledged(conn, execution)
}

/// Returns the acknowledgement of an answer that was read in full.
pub(crate) fn acknowledged<T, B>(
    conn: &Conn<T, B>,
    execution: Execution,
) -> Result<AckRef<'_>, Error>
where
    T: Transport,
    B: AsRef<[u8]> + AsMut<[u8]>,
{
    let message: MessageRef<'_> = execution.flight.ack.message(conn.buffer.as_ref());
    AckRef::new(message).map_err(|error| conn.state.broken(error))
}

/// Copies as many bytes as fit.
fn copy(from: &[u8], to: &mut [u8]) {
    for (to, from) in to.iter_mut().zip(from) {
        *to = *from;
    }
}

impl<Q, T: Transport, B> fmt::Debug for Rows<'_, Q, T, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rows")
            .field("execution", &self.execution)
            .finish_non_exhaustive()
    }
}

#[cfg(all(test, feature = "test-util"))]
pub(crate) mod tests;
