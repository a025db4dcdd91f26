//! Requests and events in the reactor of tokio.

mod call;
mod events;
mod watch;

use core::time::Duration;

use nlwire::{AckRef, MessageRef};

use crate::inbox::Place;
use crate::{
    Answer, BatchReplies, Conn, Error, Mapping, Outcome, Pipeline, Protocol, Replies, Socket,
    Ticket,
};

pub use call::AsyncCall;
pub use events::AsyncEvents;

use watch::{Stop, Watch};

/// A [`Conn`] whose calls are futures.
///
/// They give what those of [`Conn`] give, errors and timeouts included; a
/// timeout takes a runtime with its timer on. A [`Canceller`](crate::Canceller)
/// does not reach them: to cancel, drop the future. At any point that leaves
/// the connection usable, as what comes late is told by its sequence number;
/// a request that was sent is carried out all the same.
///
/// ```
/// use nlsock::{AsyncConn, Protocol};
/// use nlwire::{Flags, MessageType, Writer};
///
/// # let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
/// # runtime.block_on(async {
/// let mut conn = AsyncConn::open(Protocol::ROUTE)?;
/// let mut buffer = [0; 64];
/// // RTM_GETLINK with an empty `struct ifinfomsg`
/// let links = Writer::message(&mut buffer, MessageType(18), Flags::empty(), &(), |w| {
///     w.append(&[0_u8; 16])
/// })?;
/// let mut count = 0;
/// let mut replies = conn.dump(links)?;
/// while let Some(_link) = replies.try_next().await? {
///     count += 1;
/// }
/// assert!(count >= 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct AsyncConn<B = Mapping> {
    watch: Watch,
    conn: Conn<Socket, B>,
}

/// Lends the replies to a request, as [`Replies`] does, in futures.
#[derive(Debug)]
#[must_use = "an answer that is not read hides errors"]
pub struct AsyncReplies<'c, 'r, B = Mapping> {
    watch: &'c Watch,
    replies: Replies<'c, 'r, Socket, B>,
}

/// Carries out a batch and lends the replies to its messages, as
/// [`BatchReplies`] does, in futures.
#[derive(Debug)]
#[must_use = "a batch is sent as its answers are read"]
pub struct AsyncBatchReplies<'c, 'm, B = Mapping> {
    watch: &'c Watch,
    replies: BatchReplies<'c, 'm, Socket, B>,
}

/// A [`Pipeline`] whose waits are futures.
#[derive(Debug)]
pub struct AsyncPipeline<'c, const N: usize, B = Mapping> {
    watch: &'c Watch,
    pipeline: Pipeline<'c, N, Socket, B>,
}

const _: () = {
    const fn is_shared<T: Send + Sync>() {}
    is_shared::<AsyncConn>();
};

impl AsyncConn {
    /// Opens a connection of the default configuration.
    ///
    /// # Errors
    ///
    /// As [`Conn::open`] and [`new`](Self::new).
    ///
    /// # Panics
    ///
    /// As [`new`](Self::new).
    pub fn open(protocol: Protocol) -> Result<Self, Error> {
        Self::new(Conn::open(protocol)?)
    }
}

impl<B: AsRef<[u8]> + AsMut<[u8]>> AsyncConn<B> {
    /// Takes a connection into the reactor.
    ///
    /// # Errors
    ///
    /// `EMFILE` where there are too many descriptors: it takes one more; those
    /// of `epoll_ctl(2)`.
    ///
    /// # Panics
    ///
    /// Outside of a runtime, or in one whose reactor is off, as all of tokio.
    pub fn new(conn: Conn<Socket, B>) -> Result<Self, Error> {
        let watch = Watch::new(&conn)?;
        Ok(Self { watch, conn })
    }

    /// Returns the connection.
    #[must_use]
    pub const fn conn(&self) -> &Conn<Socket, B> {
        &self.conn
    }

    /// Returns the connection, to set its timeouts; its own calls would block.
    pub const fn conn_mut(&mut self) -> &mut Conn<Socket, B> {
        &mut self.conn
    }

    /// Takes the connection out of the reactor.
    #[must_use]
    pub fn into_conn(self) -> Conn<Socket, B> {
        self.conn
    }

    /// As [`Conn::within`].
    pub const fn within(&mut self, timeout: Duration) -> AsyncCall<'_, B> {
        self.call().within(timeout)
    }

    /// As [`Conn::call`].
    pub const fn call(&mut self) -> AsyncCall<'_, B> {
        AsyncCall {
            watch: &self.watch,
            call: self.conn.call(),
        }
    }

    /// As [`Conn::request`].
    ///
    /// # Errors
    ///
    /// As [`Conn::request`].
    pub async fn request(&mut self, message: MessageRef<'_>) -> Result<AckRef<'_>, Error> {
        self.call().request(message).await
    }

    /// As [`Conn::get`].
    ///
    /// # Errors
    ///
    /// As [`Conn::get`].
    pub async fn get(&mut self, message: MessageRef<'_>) -> Result<MessageRef<'_>, Error> {
        self.call().get(message).await
    }

    /// As [`Conn::batch`].
    ///
    /// # Errors
    ///
    /// As [`Conn::batch`].
    pub async fn batch(
        &mut self,
        messages: &mut [u8],
        outcomes: &mut [Outcome],
    ) -> Result<(), Error> {
        self.call().batch(messages, outcomes).await
    }

    /// As [`Conn::batch_replies`]: what it waits for is in what it returns.
    ///
    /// # Errors
    ///
    /// As [`Conn::batch_replies`].
    pub fn batch_replies<'m>(
        &mut self,
        messages: &'m mut [u8],
        outcomes: &'m mut [Outcome],
    ) -> Result<AsyncBatchReplies<'_, 'm, B>, Error> {
        self.call().batch_replies(messages, outcomes)
    }

    /// As [`Conn::pipeline`].
    pub const fn pipeline<const N: usize>(&mut self) -> AsyncPipeline<'_, N, B> {
        self.call().pipeline()
    }

    /// As [`Conn::replies`]: what it waits for is in what it returns.
    ///
    /// # Errors
    ///
    /// As [`Conn::replies`].
    pub fn replies<'r>(
        &mut self,
        message: MessageRef<'r>,
    ) -> Result<AsyncReplies<'_, 'r, B>, Error> {
        self.call().replies(message)
    }

    /// As [`Conn::dump`]: what it waits for is in what it returns.
    ///
    /// # Errors
    ///
    /// As [`Conn::dump`].
    pub fn dump<'r>(&mut self, message: MessageRef<'r>) -> Result<AsyncReplies<'_, 'r, B>, Error> {
        self.call().dump(message)
    }

    /// Asks for a whole table, and again if it changed meanwhile, up to that
    /// many times in all and within one timeout, as [`Conn::dump_retry`] does.
    ///
    /// `read` puts each row into what is returned, which is made anew for each
    /// attempt: no row of an earlier one is left in it.
    ///
    /// ```
    /// # use nlsock::{AsyncConn, Error, Protocol};
    /// # use nlwire::{Flags, MessageType, Writer};
    /// # let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    /// # runtime.block_on(async {
    /// # let mut conn = AsyncConn::open(Protocol::ROUTE)?;
    /// # let mut buffer = [0; 64];
    /// # // RTM_GETLINK with an empty `struct ifinfomsg`
    /// # let links = Writer::message(&mut buffer, MessageType(18), Flags::empty(), &(), |w| {
    /// #     w.append(&[0_u8; 16])
    /// # })?;
    /// let read = conn.dump_retry(5, links, |links: &mut Vec<Vec<u8>>, link| {
    ///     links.push(link.as_bytes().to_vec());
    ///     Ok::<_, Error>(())
    /// });
    /// assert!(read.await?.len() >= 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// # })?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Conn::dump_retry`].
    pub async fn dump_retry<R, E, F>(
        &mut self,
        attempts: u32,
        message: MessageRef<'_>,
        read: F,
    ) -> Result<R, E>
    where
        R: Default,
        E: From<Error>,
        F: FnMut(&mut R, MessageRef<'_>) -> Result<(), E>,
    {
        self.call().dump_retry(attempts, message, read).await
    }
}

impl<const N: usize, B: AsRef<[u8]> + AsMut<[u8]>> AsyncPipeline<'_, N, B> {
    /// As [`Pipeline::unanswered`].
    #[must_use]
    pub const fn unanswered(&self) -> usize {
        self.pipeline.unanswered()
    }

    /// As [`Pipeline::is_full`].
    #[must_use]
    pub const fn is_full(&self) -> bool {
        self.pipeline.is_full()
    }

    /// As [`Pipeline::send`]: the kernel takes every request at once.
    ///
    /// # Errors
    ///
    /// As [`Pipeline::send`].
    pub fn send(&mut self, message: MessageRef<'_>) -> Result<Ticket, Error> {
        self.pipeline.send(message)
    }

    /// As [`Pipeline::dump`].
    ///
    /// # Errors
    ///
    /// As [`Pipeline::dump`].
    pub fn dump(&mut self, message: MessageRef<'_>) -> Result<Ticket, Error> {
        self.pipeline.dump(message)
    }

    /// As [`Pipeline::try_next`].
    ///
    /// # Errors
    ///
    /// As [`Pipeline::try_next`].
    pub async fn try_next(&mut self) -> Result<Option<(Ticket, Answer<'_>)>, Error> {
        let (watch, pipeline) = (self.watch, &mut self.pipeline);
        let deadline = pipeline.deadline()?;
        let found = watch.until(deadline, || pipeline.advance(false)).await;
        match found {
            Ok(Some((ticket, found))) => Ok(Some((ticket, self.pipeline.answer(found)?))),
            Ok(None) => Ok(None),
            Err(Stop::Error(error)) => Err(error),
            Err(Stop::Wait(kind)) => Err(pipeline.wait_error(kind)),
        }
    }

    /// As [`Pipeline::refusal`].
    #[must_use]
    pub fn refusal(&self) -> Option<AckRef<'_>> {
        self.pipeline.refusal()
    }
}

impl<B: AsRef<[u8]> + AsMut<[u8]>> AsyncBatchReplies<'_, '_, B> {
    /// As [`BatchReplies::try_next`].
    ///
    /// # Errors
    ///
    /// As [`BatchReplies::try_next`].
    pub async fn try_next(&mut self) -> Result<Option<(usize, MessageRef<'_>)>, Error> {
        match self.place().await? {
            Some(place) => self.replies.reply(place).map(Some),
            None => Ok(None),
        }
    }

    async fn place(&mut self) -> Result<Option<(usize, Place)>, Error> {
        let (watch, replies) = (self.watch, &mut self.replies);
        let deadline = replies.deadline();
        match watch.until(deadline, || replies.advance(false)).await {
            Ok(place) => Ok(place),
            Err(Stop::Error(error)) => Err(error),
            Err(Stop::Wait(kind)) => Err(replies.fail_wait(kind)),
        }
    }
}

impl<B: AsRef<[u8]> + AsMut<[u8]>> AsyncReplies<'_, '_, B> {
    /// As [`Replies::try_next`].
    ///
    /// # Errors
    ///
    /// As [`Replies::try_next`].
    pub async fn try_next(&mut self) -> Result<Option<MessageRef<'_>>, Error> {
        match self.place().await? {
            Some((start, end)) => self.replies.message(start, end).map(Some),
            None => Ok(None),
        }
    }

    /// As [`Replies::is_filtered`].
    #[must_use]
    pub const fn is_filtered(&self) -> bool {
        self.replies.is_filtered()
    }

    /// As [`Replies::is_interrupted`].
    #[must_use]
    pub const fn is_interrupted(&self) -> bool {
        self.replies.is_interrupted()
    }

    async fn place(&mut self) -> Result<Option<(usize, usize)>, Error> {
        let (watch, replies) = (self.watch, &mut self.replies);
        let deadline = replies.deadline();
        match watch.until(deadline, || replies.poll_place()).await {
            Ok(place) => Ok(place),
            Err(Stop::Error(error)) => Err(error),
            Err(Stop::Wait(kind)) => Err(replies.fail_wait(kind)),
        }
    }
}
