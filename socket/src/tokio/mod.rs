//! Requests and events in the reactor of tokio.

mod answers;
mod call;
mod events;
mod mirror;
mod watch;

use core::time::Duration;

use nlwire::request::Flush;
use nlwire::schema::Protocol as Family;
use nlwire::{AckRef, Batch, MessageType, Query, Request, Room};

use crate::conn::flush::Deletions;
use crate::{Conn, Error, List, Mapping, Outcome, Protocol, Socket};

pub use answers::{AsyncBatchReplies, AsyncPipeline, AsyncRows};
pub use call::AsyncCall;
pub use events::AsyncEvents;
pub use mirror::AsyncMirror;

use watch::Watch;

/// [`Conn`] whose methods are futures.
///
/// The futures return what the methods of [`Conn`] return, with the same errors
/// and timeouts; a timeout needs a runtime whose timer is on. A
/// [`Canceller`](crate::Canceller) does not affect them: to cancel, drop the
/// future. The connection stays usable, since late answers are skipped by their
/// sequence numbers. The kernel still carries out a request that was sent.
///
/// All futures are `Send` if the request is `Send` and `Sync`.
///
/// ```
/// use nlsock::{AsyncConn, Protocol};
/// use nlwire::route::GetLinks;
///
/// # let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
/// # runtime.block_on(async {
/// let mut conn = AsyncConn::open(Protocol::ROUTE)?;
/// let mut links = conn.query(GetLinks::all()).await?;
/// while let Some(link) = links.next().await? {
///     println!("{}: {:?}", link.index(), link.name()?);
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct AsyncConn<B = Mapping> {
    watch: Watch,
    conn: Conn<Socket, B>,
}

const _: () = {
    const fn is_shared<T: Send + Sync>() {}
    is_shared::<AsyncConn>();
};

impl AsyncConn {
    /// Opens a connection with the default configuration.
    ///
    /// # Errors
    ///
    /// The errors of [`Conn::open`] and [`new`](Self::new).
    ///
    /// # Panics
    ///
    /// See [`new`](Self::new).
    pub fn open(protocol: Protocol) -> Result<Self, Error> {
        Self::new(Conn::open(protocol)?)
    }
}

impl<B: AsRef<[u8]> + AsMut<[u8]>> AsyncConn<B> {
    /// Registers a connection with the reactor.
    ///
    /// # Errors
    ///
    /// `EMFILE` if the process cannot open one more descriptor, and the errors
    /// of `epoll_ctl(2)`.
    ///
    /// # Panics
    ///
    /// Panics outside a runtime, or in one whose I/O driver is off, as all of
    /// tokio.
    pub fn new(conn: Conn<Socket, B>) -> Result<Self, Error> {
        let watch = Watch::new(&conn)?;
        Ok(Self { watch, conn })
    }

    /// Returns the connection.
    #[must_use]
    pub const fn conn(&self) -> &Conn<Socket, B> {
        &self.conn
    }

    /// Sets the timeout of all calls: see [`Conn::set_timeout`].
    pub const fn set_timeout(&mut self, timeout: Option<Duration>) {
        self.conn.set_timeout(timeout);
    }

    /// Removes the connection from the reactor.
    #[must_use]
    pub fn into_conn(self) -> Conn<Socket, B> {
        self.conn
    }

    /// Starts a call with its own timeout: see [`Conn::with_timeout`].
    pub const fn with_timeout(&mut self, timeout: Duration) -> AsyncCall<'_, B> {
        self.call().with_timeout(timeout)
    }

    /// Starts a call without acknowledgements: see [`Conn::without_ack`].
    pub const fn without_ack(&mut self) -> AsyncCall<'_, B> {
        self.call().without_ack()
    }

    /// Starts a call: see [`Conn::call`].
    pub const fn call(&mut self) -> AsyncCall<'_, B> {
        AsyncCall {
            watch: &self.watch,
            call: self.conn.call(),
        }
    }

    /// Carries out a request: see [`Conn::execute`].
    ///
    /// # Errors
    ///
    /// The errors of [`Conn::execute`].
    pub async fn execute(&mut self, request: impl Request) -> Result<AckRef<'_>, Error> {
        self.call().execute(request).await
    }

    /// Returns one row: see [`Conn::get`].
    ///
    /// # Errors
    ///
    /// The errors of [`Conn::get`].
    pub async fn get<Q: Query>(&mut self, query: Q) -> Result<Q::Row<'_>, Error> {
        self.call().get(query).await
    }

    /// Returns rows as they arrive: see [`Conn::query`].
    ///
    /// # Errors
    ///
    /// The errors of [`Conn::query`].
    pub async fn query<Q: Query>(&mut self, query: Q) -> Result<AsyncRows<'_, Q, B>, Error> {
        self.call().query(query).await
    }

    /// Returns a whole table: see [`Conn::list`].
    ///
    /// # Errors
    ///
    /// The errors of [`Conn::list`].
    pub async fn list<Q: Query>(&mut self, query: Q) -> Result<List<Q>, Error> {
        self.call().list(query).await
    }

    /// Returns a table, even if it changed during the dump: see
    /// [`Conn::list_partial`].
    ///
    /// # Errors
    ///
    /// The errors of [`Conn::list_partial`].
    pub async fn list_partial<Q: Query>(&mut self, query: Q) -> Result<List<Q>, Error> {
        self.call().list_partial(query).await
    }

    /// Deletes all rows of a query: see [`Conn::flush`].
    ///
    /// # Errors
    ///
    /// The errors of [`Conn::flush`].
    pub async fn flush<Q: Flush>(&mut self, query: Q) -> Result<usize, Error> {
        let list = self.list(query).await?;
        let deletions = Deletions::of(list, &self.conn.state)?;
        let (mut batch, mut outcomes) = deletions.batch(&self.conn.state)?;
        self.batch(&mut batch, &mut outcomes).await?;
        Ok(outcomes.len())
    }

    /// Carries out a batch: see [`Conn::batch`].
    ///
    /// # Errors
    ///
    /// The errors of [`Conn::batch`].
    pub async fn batch<R: Room>(
        &mut self,
        batch: &mut Batch<R>,
        outcomes: &mut [Outcome],
    ) -> Result<(), Error> {
        self.call().batch(batch, outcomes).await
    }

    /// Carries out a batch and returns its replies: see
    /// [`Conn::batch_replies`].
    ///
    /// # Errors
    ///
    /// The errors of [`Conn::batch_replies`].
    pub async fn batch_replies<'m, R: Room>(
        &mut self,
        batch: &'m mut Batch<R>,
        outcomes: &'m mut [Outcome],
    ) -> Result<AsyncBatchReplies<'_, 'm, B>, Error> {
        self.call().batch_replies(batch, outcomes).await
    }

    /// Starts a pipeline: see [`Conn::pipeline`]. [Look up](Self::look_up) a
    /// generic family before.
    pub const fn pipeline<const N: usize>(&mut self) -> AsyncPipeline<'_, N, B> {
        self.call().pipeline()
    }

    /// Sends a request without waiting for an answer: see [`Conn::send`].
    ///
    /// # Errors
    ///
    /// The errors of [`Conn::send`].
    pub fn send(&self, request: impl Request) -> Result<(), Error> {
        self.conn.send(request)
    }

    /// Looks up the number of a generic family: see [`Conn::look_up`].
    ///
    /// # Errors
    ///
    /// The errors of [`Conn::look_up`].
    pub async fn look_up(&mut self, family: &'static Family) -> Result<MessageType, Error> {
        self.call().look_up(family).await
    }
}
