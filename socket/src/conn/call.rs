//! Calls with their own timeout, and with or without acknowledgements.

use core::time::Duration;

use nlwire::schema::MessageSchema;
use nlwire::{AckRef, Batch, Query, Request, Room};

use super::execution::Options;
#[cfg(feature = "alloc")]
use super::list::List;
use super::rows::{Rows, finish};
use crate::socket::waiting::Deadline;
use crate::{
    BatchReplies, Conn, Error, ErrorKind, Mapping, Operation, Outcome, Pipeline, Protocol, Socket,
    Transport,
};

/// Call with its own options, created by [`Conn::with_timeout`] and
/// [`Conn::without_ack`]. Its methods are those of [`Conn`].
///
/// ```
/// use nlsock::{Conn, Protocol};
/// use nlwire::route::GetLink;
/// use std::time::Duration;
///
/// let mut conn = Conn::open(Protocol::ROUTE)?;
/// // The request has exactly one reply, so it needs no acknowledgement.
/// let call = conn.with_timeout(Duration::from_secs(1)).without_ack();
/// let link = call.get(GetLink::by_name("lo"))?;
/// println!("{:?}, mtu {:?}", link.name()?, link.mtu()?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
#[must_use = "a call does nothing before a request is given to it"]
pub struct Call<'c, T: Transport = Socket, B = Mapping> {
    pub(crate) conn: &'c mut Conn<T, B>,
    timeout: Option<Duration>,
    ack: bool,
    schema: Option<&'static MessageSchema>,
}

impl<'c, T: Transport, B> Call<'c, T, B> {
    pub(crate) const fn new(conn: &'c mut Conn<T, B>) -> Self {
        Self {
            timeout: conn.state.timeout,
            conn,
            ack: true,
            schema: None,
        }
    }

    /// Limits this call instead of the connection's timeout: sending, waiting,
    /// and reading all rows.
    pub const fn with_timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Asks for no acknowledgement, which saves a message for a request with
    /// exactly one reply. In a batch only the last message of each datagram
    /// then asks for one. The kernel never answers a change without an
    /// acknowledgement, and the call would wait for it: use [`Conn::send`].
    pub const fn without_ack(mut self) -> Self {
        self.ack = false;
        self
    }

    /// Sets the schema of a message written as bytes, so that errors name its
    /// attributes. A request type declares its own schema.
    pub const fn described_by(mut self, schema: &'static MessageSchema) -> Self {
        self.schema = Some(schema);
        self
    }
}

impl<'c, T: Transport, B: AsRef<[u8]> + AsMut<[u8]>> Call<'c, T, B> {
    /// Carries out a request: see [`Conn::execute`].
    ///
    /// # Errors
    ///
    /// The errors of [`Conn::execute`].
    pub fn execute(self, request: impl Request) -> Result<AckRef<'c>, Error> {
        let options = self.options(false)?;
        finish(self.conn, &request, options)
    }

    /// Returns one row: see [`Conn::get`].
    ///
    /// # Errors
    ///
    /// The errors of [`Conn::get`].
    pub fn get<Q: Query>(self, query: Q) -> Result<Q::Row<'c>, Error> {
        let options = self.options(true)?;
        let mut rows = Rows::new(self.conn, query, options);
        rows.start()?;
        let span = rows.wait_only()?;
        Ok(rows.into_row(span))
    }

    /// Returns rows as they arrive: see [`Conn::query`].
    ///
    /// # Errors
    ///
    /// The errors of [`Conn::query`].
    pub fn query<Q: Query>(self, query: Q) -> Result<Rows<'c, Q, T, B>, Error> {
        let options = self.options(true)?;
        let mut rows = Rows::new(self.conn, query, options);
        rows.start()?;
        Ok(rows)
    }

    /// Reads the rows of several attempts: see [`Conn::query_retry`].
    ///
    /// # Errors
    ///
    /// The errors of [`Conn::query_retry`].
    pub fn query_retry<Q, R, E, F>(self, attempts: u32, query: Q, mut read: F) -> Result<R, E>
    where
        Q: Query,
        E: From<Error>,
        F: FnMut(u32, &mut Rows<'_, &Q, T, B>) -> Result<R, E>,
    {
        let options = self.options(true)?;
        let mut attempt: u32 = 0;
        loop {
            let mut rows = Rows::new(self.conn, &query, options);
            rows.start()?;
            let result = read(attempt, &mut rows);
            attempt = attempt.saturating_add(1);
            let again = result.is_err() && rows.execution.flight.ended_interrupted();
            if !again || attempt >= attempts || options.deadline.is_over() {
                return result;
            }
        }
    }

    /// Returns a whole table: see [`Conn::list`].
    ///
    /// # Errors
    ///
    /// The errors of [`Conn::list`].
    #[cfg(feature = "alloc")]
    pub fn list<Q: Query>(self, query: Q) -> Result<List<Q>, Error> {
        let options = self.options(true)?;
        List::receive(self.conn, query, options)?.whole()
    }

    /// Returns a table, even if it changed during the dump: see
    /// [`Conn::list_partial`].
    ///
    /// # Errors
    ///
    /// The errors of [`Conn::list_partial`].
    #[cfg(feature = "alloc")]
    pub fn list_partial<Q: Query>(self, query: Q) -> Result<List<Q>, Error> {
        let options = self.options(true)?;
        List::receive(self.conn, query, options)
    }

    /// Carries out a batch: see [`Conn::batch`].
    ///
    /// # Errors
    ///
    /// The errors of [`Conn::batch`].
    pub fn batch<R: Room>(
        self,
        batch: &mut Batch<R>,
        outcomes: &mut [Outcome],
    ) -> Result<(), Error> {
        let mut replies = self.batch_replies(batch, outcomes)?;
        while replies.next()?.is_some() {}
        Ok(())
    }

    /// Carries out a batch and returns its replies: see
    /// [`Conn::batch_replies`].
    ///
    /// # Errors
    ///
    /// The errors of [`Conn::batch_replies`].
    pub fn batch_replies<'m, R: Room>(
        self,
        batch: &'m mut Batch<R>,
        outcomes: &'m mut [Outcome],
    ) -> Result<BatchReplies<'c, 'm, T, B>, Error> {
        let options = self.options(false)?;
        for family in batch.families() {
            self.conn.look_up_until(family, options.deadline)?;
        }
        BatchReplies::start(self.conn, batch, outcomes, options)
    }

    /// Starts a pipeline: see [`Conn::pipeline`].
    pub const fn pipeline<const N: usize>(self) -> Pipeline<'c, N, T, B> {
        Pipeline::new(self.conn, self.timeout)
    }

    /// Starts the timeout of the call.
    pub(crate) fn options(&self, query: bool) -> Result<Options, Error> {
        let deadline = match self.timeout {
            Some(Duration::ZERO) => {
                return Err(self.conn.state.error(Operation::Send, ErrorKind::Timeout));
            }
            timeout => Deadline::after(timeout),
        };
        // A reply of the audit system follows the acknowledgement, which would end the
        // answer (`audit_send_reply_thread` in `kernel/audit.c`).
        let reply_is_last = query && self.conn.state.protocol == Protocol::AUDIT;
        Ok(Options {
            deadline,
            ack: self.ack && !reply_is_last,
            query,
            schema: self.schema,
        })
    }
}

#[cfg(all(test, feature = "test-util"))]
mod tests;
