//! Requests and events in the reactor of tokio.

use core::ops::ControlFlow;
use core::task::Poll;

use ::tokio::io::Interest;
use ::tokio::io::unix::AsyncFd;
use ::tokio::task::consume_budget;
use ::tokio::time::timeout;
use nlwire::{AckRef, MessageRef};
use rustix::fd::{AsFd as _, OwnedFd};

use crate::deadline::Deadline;
use crate::replies::Only;
use crate::resync::Attempts;
use crate::{
    Answer, Change, Conn, Datagram, Error, ErrorKind, Event, Events, Mapping, Notification,
    Operation, Outcome, Pipeline, Protocol, Replies, Socket, Ticket,
};

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
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
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
/// # Ok(())
/// # }
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

/// A [`Pipeline`] whose waits are futures.
#[derive(Debug)]
pub struct AsyncPipeline<'c, const N: usize, B = Mapping> {
    watch: &'c Watch,
    pipeline: Pipeline<'c, N, Socket, B>,
}

/// A stream of [`Events`] whose calls are futures. A future that is dropped
/// has taken nothing from the stream.
#[derive(Debug)]
pub struct AsyncEvents<B = Mapping> {
    watch: Watch,
    events: Events<Socket, B>,
}

const _: () = {
    const fn is_shared<T: Send + Sync>() {}
    is_shared::<AsyncConn>();
    is_shared::<AsyncEvents>();
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

    /// As [`Conn::request`].
    ///
    /// # Errors
    ///
    /// As [`Conn::request`].
    pub async fn request(&mut self, message: MessageRef<'_>) -> Result<AckRef<'_>, Error> {
        let mut answer = self.replies(message)?;
        while answer.place().await?.is_some() {}
        answer.replies.into_ack()
    }

    /// As [`Conn::get`].
    ///
    /// # Errors
    ///
    /// As [`Conn::get`].
    pub async fn get(&mut self, message: MessageRef<'_>) -> Result<MessageRef<'_>, Error> {
        let mut answer = self.replies(message)?;
        let mut only = Only::default();
        while let Some(place) = answer.place().await? {
            answer.replies.note_only(&mut only, place);
        }
        answer.replies.only(only)
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
        let mut batch = self.conn.batch_replies(messages, outcomes)?;
        let deadline = batch.deadline();
        loop {
            match self.watch.until(deadline, || batch.advance(false)).await {
                Ok(Some(_)) => {}
                Ok(None) => return Ok(()),
                Err(Stop::Error(error)) => return Err(error),
                Err(Stop::Wait(kind)) => return Err(batch.fail_wait(kind)),
            }
        }
    }

    /// As [`Conn::pipeline`].
    pub const fn pipeline<const N: usize>(&mut self) -> AsyncPipeline<'_, N, B> {
        AsyncPipeline {
            watch: &self.watch,
            pipeline: self.conn.pipeline(),
        }
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
        let replies = self.conn.replies(message)?;
        let watch = &self.watch;
        Ok(AsyncReplies { watch, replies })
    }

    /// As [`Conn::dump`]: what it waits for is in what it returns.
    ///
    /// # Errors
    ///
    /// As [`Conn::dump`].
    pub fn dump<'r>(&mut self, message: MessageRef<'r>) -> Result<AsyncReplies<'_, 'r, B>, Error> {
        let replies = self.conn.dump(message)?;
        let watch = &self.watch;
        Ok(AsyncReplies { watch, replies })
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

impl<B: AsRef<[u8]> + AsMut<[u8]>> AsyncEvents<B> {
    /// Takes a stream into the reactor.
    ///
    /// # Errors
    ///
    /// As [`AsyncConn::new`].
    ///
    /// # Panics
    ///
    /// Outside of a runtime, or in one whose reactor is off, as all of tokio.
    pub fn new(events: Events<Socket, B>) -> Result<Self, Error> {
        let watch = Watch::new(events.conn())?;
        Ok(Self { watch, events })
    }

    /// Returns the stream.
    #[must_use]
    pub const fn events(&self) -> &Events<Socket, B> {
        &self.events
    }

    /// Returns the stream, to set its timeout or for what has come already;
    /// its calls that wait would block.
    pub const fn events_mut(&mut self) -> &mut Events<Socket, B> {
        &mut self.events
    }

    /// As [`Events::next`].
    ///
    /// # Errors
    ///
    /// As [`Events::next`].
    pub async fn next(&mut self) -> Result<Event<Notification<'_>>, Error> {
        let events = &mut self.events;
        let deadline = events.deadline()?;
        let front = self.watch.until(deadline, || events.poll_front()).await;
        let front = front.map_err(|stop| stop.into_error(events.conn()))?;
        self.events.notification(front)
    }

    /// As [`Events::next_datagram`].
    ///
    /// # Errors
    ///
    /// As [`Events::next_datagram`].
    pub async fn next_datagram(&mut self) -> Result<Event<Datagram<'_>>, Error> {
        let events = &mut self.events;
        let deadline = events.deadline()?;
        let front = self.watch.until(deadline, || events.poll_datagram()).await;
        let front = front.map_err(|stop| stop.into_error(events.conn()))?;
        Ok(self.events.datagram(front))
    }

    /// As [`Events::resync`].
    ///
    /// # Errors
    ///
    /// As [`Events::resync`].
    pub async fn resync<R, C>(
        &mut self,
        conn: &mut AsyncConn<C>,
        request: MessageRef<'_>,
        mut change: impl FnMut(Change<'_>) -> ControlFlow<R>,
    ) -> Result<R, Error>
    where
        C: AsRef<[u8]> + AsMut<[u8]>,
    {
        let mut attempts = Attempts::default();
        loop {
            self.events.forget()?;
            match read(conn, request, &mut change).await {
                Ok(ControlFlow::Continue(())) => attempts = Attempts::default(),
                Ok(ControlFlow::Break(result)) => return Ok(result),
                Err(error) => {
                    attempts.again(error)?;
                    continue;
                }
            }
            while let Event::Item(event) = self.next().await? {
                if let ControlFlow::Break(result) = change(Change::Event(event)) {
                    return Ok(result);
                }
            }
        }
    }
}

/// Reads the table once.
async fn read<R, C: AsRef<[u8]> + AsMut<[u8]>>(
    conn: &mut AsyncConn<C>,
    request: MessageRef<'_>,
    change: &mut impl FnMut(Change<'_>) -> ControlFlow<R>,
) -> Result<ControlFlow<R>, Error> {
    if let ControlFlow::Break(result) = change(Change::Start) {
        return Ok(ControlFlow::Break(result));
    }
    let mut rows = conn.dump(request)?;
    while let Some(row) = rows.try_next().await? {
        if let ControlFlow::Break(result) = change(Change::Row(row)) {
            return Ok(ControlFlow::Break(result));
        }
    }
    Ok(change(Change::Whole))
}

/// A socket's place in the reactor, by a descriptor of its own: the socket
/// itself is borrowed mutably while this waits.
#[derive(Debug)]
struct Watch(AsyncFd<OwnedFd>);

/// Why a wait ended without what it was for.
enum Stop {
    Error(Error),
    Wait(ErrorKind),
}

impl Stop {
    fn into_error<B>(self, conn: &Conn<Socket, B>) -> Error {
        match self {
            Self::Error(error) => error,
            Self::Wait(kind) => Error::new(Some(conn.transport.protocol()), Operation::Wait, kind),
        }
    }
}

impl Watch {
    fn new<B>(conn: &Conn<Socket, B>) -> Result<Self, Error> {
        #[allow(
            deprecated,
            reason = "its successor is unsafe for the sake of descriptors that may change; this one is owned"
        )]
        let register = |fd| AsyncFd::with_interest(fd, Interest::READABLE);
        conn.as_fd()
            .try_clone_to_owned()
            .and_then(register)
            .map(Self)
            .map_err(|error| {
                let errno = error
                    .raw_os_error()
                    .map_or(nlwire::Errno::EIO, nlwire::Errno);
                let kind = ErrorKind::System(errno);
                Error::new(Some(conn.transport.protocol()), Operation::Open, kind)
            })
    }

    /// Attempts until it is ready, each time that the socket may be readable.
    async fn until<R>(
        &self,
        deadline: Deadline,
        mut attempt: impl FnMut() -> Result<Poll<R>, Error>,
    ) -> Result<R, Stop> {
        // A stream that is never empty must not keep other tasks from running.
        consume_budget().await;
        loop {
            // The kernel has usually answered before the reactor hears of it.
            if let Poll::Ready(result) = attempt().map_err(Stop::Error)? {
                return Ok(result);
            }
            let readable = self.0.readable();
            let guard = match deadline.remaining() {
                None => readable.await,
                Some(left) => match timeout(left, readable).await {
                    Ok(guard) => guard,
                    Err(_) => return Err(Stop::Wait(ErrorKind::Timeout)),
                },
            };
            // Fails when the runtime shuts down.
            let mut guard = guard.map_err(|_| Stop::Wait(ErrorKind::Closed))?;
            if let Poll::Ready(result) = attempt().map_err(Stop::Error)? {
                return Ok(result);
            }
            guard.clear_ready();
        }
    }
}
