//! Streams of answers that wait in futures.

use core::task::Poll;

use nlwire::{AckRef, MessageRef, Query, Request};

use super::watch::{Stop, Watch};
use crate::conn::span::Span;
use crate::{Answer, BatchReplies, Error, Mapping, Pipeline, Rows, Socket, Ticket};

/// Rows of an answer like [`Rows`], with futures.
///
/// ```no_run
/// # async fn f(conn: &mut nlsock::AsyncConn) -> Result<(), Box<dyn std::error::Error>> {
/// use nlwire::route::GetLinks;
///
/// let mut links = conn.query(GetLinks::all()).await?;
/// while let Some(link) = links.next().await? {
///     println!("{:?}", link.name()?);
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
#[must_use = "an answer that is not read hides errors"]
pub struct AsyncRows<'c, Q, B = Mapping> {
    pub(super) watch: &'c Watch,
    pub(super) rows: Rows<'c, Q, Socket, B>,
}

/// Batch in progress like [`BatchReplies`], with futures.
///
/// ```no_run
/// # async fn f(conn: &mut nlsock::AsyncConn) -> Result<(), Box<dyn std::error::Error>> {
/// use nlsock::Outcome;
/// use nlwire::Batch;
/// use nlwire::route::NewLink;
///
/// let mut batch = Batch::new(Vec::new());
/// batch.push(&NewLink::bridge("br0").up())?;
/// let mut outcomes = vec![Outcome::default(); batch.count()];
/// let mut replies = conn.batch_replies(&mut batch, &mut outcomes).await?;
/// while replies.next().await?.is_some() {}
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
#[must_use = "a batch is sent as its answers are read"]
pub struct AsyncBatchReplies<'c, 'm, B = Mapping> {
    pub(super) watch: &'c Watch,
    pub(super) replies: BatchReplies<'c, 'm, Socket, B>,
}

/// [`Pipeline`] that waits in futures.
///
/// ```no_run
/// # async fn f(conn: &mut nlsock::AsyncConn) -> Result<(), nlsock::Error> {
/// use nlwire::route::GetLink;
///
/// let mut pipeline = conn.pipeline::<8>();
/// for index in 1..9 {
///     pipeline.query(GetLink::by_index(index))?;
/// }
/// while let Some((ticket, answer)) = pipeline.next().await? {
///     println!("{ticket:?}: {answer:?}");
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct AsyncPipeline<'c, const N: usize, B = Mapping> {
    pub(super) watch: &'c Watch,
    pub(super) pipeline: Pipeline<'c, N, Socket, B>,
}

impl<Q: Query, B: AsRef<[u8]> + AsMut<[u8]>> AsyncRows<'_, Q, B> {
    /// Returns the next row, or `None` once the answer is complete: see
    /// [`Rows::next`].
    ///
    /// # Errors
    ///
    /// The errors of [`Rows::next`].
    pub async fn next(&mut self) -> Result<Option<Q::Row<'_>>, Error> {
        match self.span(true).await? {
            Some(span) => Ok(Some(self.rows.row(span))),
            None => Ok(None),
        }
    }

    /// Returns the next row without waiting: see [`Rows::try_next`].
    ///
    /// # Errors
    ///
    /// The errors of [`Rows::try_next`].
    pub fn try_next(&mut self) -> Result<Poll<Option<Q::Row<'_>>>, Error> {
        self.rows.try_next()
    }

    /// Returns true if the kernel filtered the dump: see [`Rows::is_filtered`].
    #[must_use]
    pub const fn is_filtered(&self) -> bool {
        self.rows.is_filtered()
    }

    /// Returns true if the table changed during the dump: see
    /// [`Rows::is_interrupted`].
    #[must_use]
    pub const fn is_interrupted(&self) -> bool {
        self.rows.is_interrupted()
    }

    /// Waits for the next row or, with `matching`, for the next row of the
    /// query.
    pub(super) async fn span(&mut self, matching: bool) -> Result<Option<Span>, Error> {
        let (watch, rows) = (self.watch, &mut self.rows);
        let deadline = rows.execution.deadline();
        match watch.until(deadline, || rows.step(matching)).await {
            Ok(span) => Ok(span),
            Err(Stop::Error(error)) => Err(error),
            Err(Stop::Wait(kind)) => Err(rows.execution.fail_wait(rows.conn, &rows.query, kind)),
        }
    }
}

impl<B: AsRef<[u8]> + AsMut<[u8]>> AsyncBatchReplies<'_, '_, B> {
    /// Returns the next reply and the number of its message: see
    /// [`BatchReplies::next`].
    ///
    /// # Errors
    ///
    /// The errors of [`BatchReplies::next`].
    pub async fn next(&mut self) -> Result<Option<(usize, MessageRef<'_>)>, Error> {
        let (watch, replies) = (self.watch, &mut self.replies);
        let deadline = replies.deadline();
        match watch.until(deadline, || replies.step()).await {
            Ok(Some(found)) => Ok(Some(self.replies.reply(found))),
            Ok(None) => Ok(None),
            Err(Stop::Error(error)) => Err(error),
            Err(Stop::Wait(kind)) => Err(replies.fail_wait(kind)),
        }
    }

    /// Returns the next reply without waiting: see [`BatchReplies::try_next`].
    ///
    /// # Errors
    ///
    /// The errors of [`BatchReplies::try_next`].
    pub fn try_next(&mut self) -> Result<Poll<Option<(usize, MessageRef<'_>)>>, Error> {
        self.replies.try_next()
    }
}

impl<const N: usize, B: AsRef<[u8]> + AsMut<[u8]>> AsyncPipeline<'_, N, B> {
    /// Returns the number of requests in flight.
    #[must_use]
    pub const fn unanswered(&self) -> usize {
        self.pipeline.unanswered()
    }

    /// Returns true if an answer must be read before a request can be sent.
    #[must_use]
    pub const fn is_full(&self) -> bool {
        self.pipeline.is_full()
    }

    /// Sends a request, without waiting: see [`Pipeline::send`].
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotLookedUp`](crate::ErrorKind::NotLookedUp) for a family
    /// that was not looked up before, and the errors of [`Pipeline::send`].
    pub fn send(&mut self, request: impl Request) -> Result<Ticket, Error> {
        self.pipeline.start(&request, false, false)
    }

    /// Sends a query, without waiting: see [`Pipeline::query`].
    ///
    /// # Errors
    ///
    /// The errors of [`send`](Self::send) and [`Pipeline::query`].
    pub fn query(&mut self, query: impl Query) -> Result<Ticket, Error> {
        self.pipeline.start(&query, true, false)
    }

    /// Returns the next answer and its request: see [`Pipeline::next`].
    ///
    /// # Errors
    ///
    /// The errors of [`Pipeline::next`].
    pub async fn next(&mut self) -> Result<Option<(Ticket, Answer<'_>)>, Error> {
        let (watch, pipeline) = (self.watch, &mut self.pipeline);
        let deadline = pipeline.deadline()?;
        match watch.until(deadline, || pipeline.step()).await {
            Ok(Some((ticket, found))) => Ok(Some((ticket, self.pipeline.answer(found)?))),
            Ok(None) => Ok(None),
            Err(Stop::Error(error)) => Err(error),
            Err(Stop::Wait(kind)) => Err(pipeline.wait_error(kind)),
        }
    }

    /// Returns the next answer without waiting: see [`Pipeline::try_next`].
    ///
    /// # Errors
    ///
    /// The errors of [`Pipeline::try_next`].
    pub fn try_next(&mut self) -> Result<Poll<Option<(Ticket, Answer<'_>)>>, Error> {
        self.pipeline.try_next()
    }

    /// Returns the kernel's refusal of the last failed request: see
    /// [`Pipeline::refusal`].
    #[must_use]
    pub fn refusal(&self) -> Option<AckRef<'_>> {
        self.pipeline.refusal()
    }
}
