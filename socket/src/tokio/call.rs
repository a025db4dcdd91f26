//! Calls with options, as futures.

use core::time::Duration;

use nlwire::schema::{MessageSchema, Protocol as Family};
use nlwire::{AckRef, Batch, MessageType, Query, Request, Room};

use super::watch::{Stop, Watch};
use super::{AsyncBatchReplies, AsyncPipeline, AsyncRows};
use crate::conn::execution::{Execution, Options};
use crate::conn::family::{GetFamily, read_number};
use crate::conn::receive::Patience;
use crate::conn::rows::{Only, Rows, acknowledged};
use crate::conn::span::Span;
use crate::{BatchReplies, Call, Conn, Error, List, Mapping, Outcome, Socket};

/// [`Call`] whose methods are futures, created by
/// [`AsyncConn::call`](super::AsyncConn::call).
///
/// ```no_run
/// # async fn f(conn: &mut nlsock::AsyncConn) -> Result<(), nlsock::Error> {
/// use nlwire::route::DeleteLink;
/// use std::time::Duration;
///
/// let call = conn.with_timeout(Duration::from_secs(1));
/// call.execute(DeleteLink::by_name("br0").if_there()).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
#[must_use = "a call does nothing before a request is given to it"]
pub struct AsyncCall<'c, B = Mapping> {
    pub(super) watch: &'c Watch,
    pub(super) call: Call<'c, Socket, B>,
}

impl<'c, B> AsyncCall<'c, B> {
    /// Limits the call: see [`Call::with_timeout`].
    pub const fn with_timeout(self, timeout: Duration) -> Self {
        let Self { watch, call } = self;
        let call = call.with_timeout(timeout);
        Self { watch, call }
    }

    /// Asks for no acknowledgement: see [`Call::without_ack`].
    pub const fn without_ack(self) -> Self {
        let Self { watch, call } = self;
        let call = call.without_ack();
        Self { watch, call }
    }

    /// Sets the schema of a message: see [`Call::described_by`].
    pub const fn described_by(self, schema: &'static MessageSchema) -> Self {
        let Self { watch, call } = self;
        let call = call.described_by(schema);
        Self { watch, call }
    }
}

impl<'c, B: AsRef<[u8]> + AsMut<[u8]>> AsyncCall<'c, B> {
    /// Carries out a request: see [`Conn::execute`].
    ///
    /// # Errors
    ///
    /// The errors of [`Conn::execute`].
    pub async fn execute(self, request: impl Request) -> Result<AckRef<'c>, Error> {
        let options = self.call.options(false)?;
        let (watch, conn) = (self.watch, self.call.conn);
        let mut execution = Execution::new(options);
        start(watch, conn, &mut execution, &request).await?;
        while let Some(_row) = next(watch, conn, &mut execution, &request).await? {}
        acknowledged(conn, execution)
    }

    /// Returns one row: see [`Conn::get`].
    ///
    /// # Errors
    ///
    /// The errors of [`Conn::get`].
    pub async fn get<Q: Query>(self, query: Q) -> Result<Q::Row<'c>, Error> {
        let mut rows = self.query(query).await?;
        let mut only = Only::default();
        while let Some(span) = rows.span(false).await? {
            rows.rows.note_only(&mut only, span)?;
        }
        let span = rows.rows.only(&only)?;
        Ok(rows.rows.into_row(span))
    }

    /// Returns rows as they arrive: see [`Conn::query`].
    ///
    /// # Errors
    ///
    /// The errors of [`Conn::query`].
    pub async fn query<Q: Query>(self, query: Q) -> Result<AsyncRows<'c, Q, B>, Error> {
        let options = self.call.options(true)?;
        let mut rows = Rows::new(self.call.conn, query, options);
        start(self.watch, rows.conn, &mut rows.execution, &rows.query).await?;
        Ok(AsyncRows {
            watch: self.watch,
            rows,
        })
    }

    /// Returns a whole table: see [`Conn::list`].
    ///
    /// # Errors
    ///
    /// The errors of [`Conn::list`].
    pub async fn list<Q: Query>(self, query: Q) -> Result<List<Q>, Error> {
        self.list_partial(query).await?.whole()
    }

    /// Returns a table, even if it changed during the dump: see
    /// [`Conn::list_partial`].
    ///
    /// # Errors
    ///
    /// The errors of [`Conn::list_partial`].
    pub async fn list_partial<Q: Query>(self, query: Q) -> Result<List<Q>, Error> {
        let options = self.call.options(true)?;
        let (watch, conn) = (self.watch, self.call.conn);
        let mut list = List::new(query);
        loop {
            list.clear();
            let mut execution = Execution::new(options);
            start(watch, conn, &mut execution, list.query()).await?;
            let end = loop {
                match next(watch, conn, &mut execution, list.query()).await {
                    Ok(Some(first)) => {
                        let buffer = conn.buffer.as_ref();
                        list.keep(execution.with_next_rows(first, buffer).bytes(buffer));
                    }
                    Ok(None) => break Ok(()),
                    Err(error) => break Err(error),
                }
            };
            if !list.ends(end, options)? {
                return list.selected(&conn.state);
            }
        }
    }

    /// Carries out a batch: see [`Conn::batch`].
    ///
    /// # Errors
    ///
    /// The errors of [`Conn::batch`].
    pub async fn batch<R: Room>(
        self,
        batch: &mut Batch<R>,
        outcomes: &mut [Outcome],
    ) -> Result<(), Error> {
        let mut replies = self.batch_replies(batch, outcomes).await?;
        while replies.next().await?.is_some() {}
        Ok(())
    }

    /// Carries out a batch and returns its replies: see
    /// [`Conn::batch_replies`].
    ///
    /// # Errors
    ///
    /// The errors of [`Conn::batch_replies`].
    pub async fn batch_replies<'m, R: Room>(
        self,
        batch: &'m mut Batch<R>,
        outcomes: &'m mut [Outcome],
    ) -> Result<AsyncBatchReplies<'c, 'm, B>, Error> {
        let options = self.call.options(false)?;
        let (watch, conn) = (self.watch, self.call.conn);
        for family in batch.families() {
            look_up(watch, conn, family, options).await?;
        }
        let settle = || conn.settle(false, options.deadline, &mut Patience::none());
        let settled = watch.until(options.deadline, settle).await;
        settled.map_err(|stop| stop.into_error(conn))?;
        let replies = BatchReplies::start(conn, batch, outcomes, options)?;
        Ok(AsyncBatchReplies { watch, replies })
    }

    /// Starts a pipeline: see [`Conn::pipeline`].
    pub const fn pipeline<const N: usize>(self) -> AsyncPipeline<'c, N, B> {
        let Self { watch, call } = self;
        let pipeline = call.pipeline();
        AsyncPipeline { watch, pipeline }
    }

    /// Looks up the number of a generic family: see [`Conn::look_up`].
    ///
    /// # Errors
    ///
    /// The errors of [`Conn::look_up`].
    pub async fn look_up(self, family: &'static Family) -> Result<MessageType, Error> {
        let options = self.call.options(false)?;
        look_up(self.watch, self.call.conn, family, options).await
    }
}

/// Starts an execution. Other tasks get a turn while the rest of an abandoned
/// dump is discarded.
async fn start<B: AsRef<[u8]> + AsMut<[u8]>>(
    watch: &Watch,
    conn: &mut Conn<Socket, B>,
    execution: &mut Execution,
    request: &dyn Request,
) -> Result<(), Error> {
    let deadline = execution.deadline();
    let attempt = || execution.try_start(conn, request, Patience::none());
    let started = watch.until(deadline, attempt).await;
    started.map_err(|stop| stop.into_error(conn))
}

/// Waits for the next row of an execution.
async fn next<B: AsRef<[u8]> + AsMut<[u8]>>(
    watch: &Watch,
    conn: &mut Conn<Socket, B>,
    execution: &mut Execution,
    request: &dyn Request,
) -> Result<Option<Span>, Error> {
    let deadline = execution.deadline();
    let attempt = || execution.advance(conn, request, Patience::none());
    match watch.until(deadline, attempt).await {
        Ok(span) => Ok(span),
        Err(Stop::Error(error)) => Err(error),
        Err(Stop::Wait(kind)) => Err(execution.fail_wait(conn, request, kind)),
    }
}

async fn look_up<B: AsRef<[u8]> + AsMut<[u8]>>(
    watch: &Watch,
    conn: &mut Conn<Socket, B>,
    family: &'static Family,
    options: Options,
) -> Result<MessageType, Error> {
    let (request, mut number) = (GetFamily(family), None);
    let mut execution = Execution::new(Options {
        ack: true,
        schema: None,
        ..options
    });
    start(watch, conn, &mut execution, &request).await?;
    while let Some(span) = next(watch, conn, &mut execution, &request).await? {
        number = read_number(span.message(conn.buffer.as_ref()));
    }
    conn.note_family(family, number)
}
