//! Copies of the kernel's tables in a program: [`Mirror`].

mod key;
#[cfg(feature = "route")]
mod route;
#[cfg(feature = "route")]
mod signs;
mod store;
pub(crate) mod tables;
#[cfg(all(test, feature = "test-util", feature = "route"))]
mod tests;

use core::task::Poll;
use core::time::Duration;

use nlwire::Query;
#[cfg(feature = "route")]
use nlwire::route::{GetLink, GetNeighbourTables};
use rustix::fd::{AsFd, BorrowedFd};

use super::resync::Attempts;
use super::{Front, ended};
use crate::conn::receive::{Patience, Step};
use crate::conn::span::Span;
use crate::socket::waiting::Deadline;
#[cfg(feature = "std")]
use crate::{Config, Protocol};
use crate::{Conn, Error, ErrorKind, Event, Events, Mapping, Notification, Socket, Transport};

pub use key::{Identify, Key};
#[cfg(feature = "route")]
pub(crate) use signs::buckets;
pub use tables::{Kept, Table, Tables};

/// Copies of the kernel's tables, read once, changed by events, and read again
/// after a loss.
///
/// All tables share one stream of [`Events`] and one connection that reads
/// them. The tables change only in calls of [`next`](Self::next), so that rows
/// can be borrowed in between.
///
/// A row takes its message, a quarter of that at most for reserve and deleted
/// rows, and up to 32 bytes of an index. A million routes of 60 bytes take 80
/// bytes each, and 130 while they are read for the first time.
///
/// The kernel does not report each change. It deletes routes with their link,
/// next hop or preferred source address, without a message: [`Table::routes`]
/// is read again when one of those is deleted. A dump may skip IPv6 routes,
/// neighbours and rules while others are deleted, and neighbours while their
/// hash table grows, without a sign: these tables are then read again, up to ten
/// times. Events of other namespaces are skipped.
///
#[cfg_attr(feature = "route", doc = "```")]
#[cfg_attr(not(feature = "route"), doc = "```text")]
/// use nlsock::Protocol;
/// use nlsock::mirror::{Mirror, Table};
/// use std::time::Duration;
///
/// let mut mirror = Mirror::open(Protocol::ROUTE)?;
/// let links = mirror.keep(Table::links())?;
/// mirror.keep(Table::addresses())?;
/// // The first call reads the tables.
/// mirror.next()?;
/// for link in mirror.rows(links) {
///     let addresses = mirror.addresses_of(link.index()).count();
///     println!("{:?} has {addresses} addresses", link.name()?);
/// }
/// assert_eq!(mirror.link_index("lo"), Some(1.into()));
///
/// // A program with other things to do asks now and then.
/// if mirror.next_within(Duration::from_millis(1))?.is_some() {
///     println!("{} links now", mirror.len(links));
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// Look-ups are those of [`Tables`].
#[derive(Debug)]
pub struct Mirror<T: Transport = Socket, B = Mapping> {
    follower: Follower<T, B>,
    conn: Conn<T, B>,
}

/// Stream, and the tables that its events change.
#[derive(Debug)]
pub(crate) struct Follower<T: Transport, B> {
    pub(crate) events: Events<T, B>,
    pub(crate) tables: Tables,
    /// True from a loss until the queue is emptied.
    is_lost: bool,
    pub(crate) attempts: Attempts,
}

const _: () = {
    const fn is_sent<T: Send>() {}
    is_sent::<Mirror>();
};

/// Step of a [`Mirror`].
///
/// ```no_run
/// use nlsock::Protocol;
/// use nlsock::mirror::{Mirror, Table, Update};
///
/// let mut mirror = Mirror::open(Protocol::ROUTE)?;
/// let links = mirror.keep(Table::links())?;
/// while let Some(update) = mirror.next()? {
///     match update {
///         Update::Read => println!("tables were read"),
///         Update::Event(event) => println!("{}", event.message().header()),
///     }
///     println!("{} links", mirror.rows(links).count());
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub enum Update<'m> {
    /// Tables were read. Any row may be new, changed or deleted.
    Read,
    /// Event that changed a table, or repeated a known row.
    Event(Notification<'m>),
}

/// Step whose message is not returned yet.
pub(crate) enum Stepped {
    Read,
    Event(Span),
    End,
}

/// Next action.
pub(crate) enum Turn {
    Stepped(Stepped),
    /// Reads on in the queue.
    Again,
    /// Reads a table.
    Read(usize),
    /// Waits for an event.
    Wait,
}

impl Mirror {
    /// Opens a stream and a connection. The stream's receive buffer is 4 MiB if
    /// the caller may force it, otherwise the system's maximum.
    ///
    /// # Errors
    ///
    /// The errors of [`Config::open`].
    #[cfg(feature = "std")]
    pub fn open(protocol: Protocol) -> Result<Self, Error> {
        let events = Config::new(protocol).receive_buffer(4 << 20).events()?;
        Ok(Self::new(events, Conn::open(protocol)?))
    }
}

impl<B: AsRef<[u8]> + AsMut<[u8]>> Mirror<Socket, B> {
    /// Joins the groups of a table and keeps the table. The next call of
    /// [`next`](Self::next) reads it.
    ///
    /// # Errors
    ///
    /// The errors of [`Socket::join`].
    pub fn keep<Q: Query + Send + 'static>(&mut self, table: Table<Q>) -> Result<Kept<Q>, Error> {
        self.follower.keep(table)
    }
}

impl<T: Transport, B> Mirror<T, B> {
    /// Keeps a table whose groups the stream has joined.
    pub fn keep_joined<Q: Query + Send + 'static>(&mut self, table: Table<Q>) -> Kept<Q> {
        self.follower.tables.add(table)
    }
}

impl<T: Transport, B: AsRef<[u8]> + AsMut<[u8]>> Mirror<T, B> {
    /// Creates a mirror from a stream, and a connection that reads the tables.
    #[must_use]
    pub fn new(events: Events<T, B>, conn: Conn<T, B>) -> Self {
        let follower = Follower::new(events);
        Self { follower, conn }
    }

    /// Updates the tables by one event, or reads tables again, and waits if
    /// there is nothing to do. `None` is the end of a transport that ends.
    ///
    /// The first call reads all tables. Tables are read once the queue is
    /// empty, so that one reading covers many events.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Interrupted`] after ten interrupted dumps in a row; the
    /// errors of [`Conn::query`], [`Rows::next`](crate::Rows::next) and
    /// [`Events::next`], except losses. After each, the rows stay and the next
    /// call continues.
    #[expect(
        clippy::should_implement_trait,
        reason = "what it lends is gone with the next call"
    )]
    pub fn next(&mut self) -> Result<Option<Update<'_>>, Error> {
        let deadline = self.follower.events.deadline()?;
        let stepped = self.advance(deadline)?;
        Ok(self.follower.update(stepped))
    }

    /// Calls [`next`](Self::next), and returns `None` if nothing happens within
    /// the time. The reading of a table may take longer; the timeout of the
    /// connection limits that.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Closed`] at the end of a transport that ends, and the
    /// errors of [`next`](Self::next).
    pub fn next_within(&mut self, tick: Duration) -> Result<Option<Update<'_>>, Error> {
        match self.advance(Deadline::after(Some(tick))) {
            Ok(Stepped::End) => Err(self.follower.events.closed()),
            Ok(stepped) => Ok(self.follower.update(stepped)),
            Err(error) if error.kind() == ErrorKind::Timeout && self.is_whole() => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Calls [`next`](Self::next), and returns [`Poll::Pending`] instead of
    /// waiting for an event: for a reactor that watches the stream's descriptor
    /// ([`AsFd`]).
    ///
    /// Tables are read at once, since the kernel writes the parts of a dump while
    /// they are received.
    ///
    /// # Errors
    ///
    /// The errors of [`next`](Self::next) except those of waiting for an event.
    pub fn try_next(&mut self) -> Result<Poll<Option<Update<'_>>>, Error> {
        Ok(match self.follower.run(&mut self.conn)? {
            Some(stepped) => Poll::Ready(self.follower.update(stepped)),
            None => Poll::Pending,
        })
    }

    /// Splits the mirror, for a reactor.
    #[cfg(feature = "tokio")]
    pub(crate) fn into_parts(self) -> (Follower<T, B>, Conn<T, B>) {
        (self.follower, self.conn)
    }

    fn advance(&mut self, deadline: Deadline) -> Result<Stepped, Error> {
        loop {
            if let Some(stepped) = self.follower.run(&mut self.conn)? {
                return Ok(stepped);
            }
            let step = ended(self.follower.events.advance(deadline, Patience::Wait));
            if let Turn::Stepped(stepped) = self.follower.take(step)? {
                return Ok(stepped);
            }
        }
    }
}

impl<T: Transport, B> core::ops::Deref for Mirror<T, B> {
    type Target = Tables;

    fn deref(&self) -> &Tables {
        &self.follower.tables
    }
}

/// Descriptor of the stream.
impl<B> AsFd for Mirror<Socket, B> {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.follower.events.as_fd()
    }
}

impl<B: AsRef<[u8]> + AsMut<[u8]>> Follower<Socket, B> {
    /// Joins the groups of a table and keeps the table.
    pub(crate) fn keep<Q>(&mut self, table: Table<Q>) -> Result<Kept<Q>, Error>
    where
        Q: Query + Send + 'static,
    {
        for &group in &table.groups {
            self.events.conn().transport().join(group)?;
        }
        Ok(self.tables.add(table))
    }
}

impl<T: Transport, B: AsRef<[u8]> + AsMut<[u8]>> Follower<T, B> {
    pub(crate) fn new(events: Events<T, B>) -> Self {
        Self {
            events,
            tables: Tables::default(),
            is_lost: true,
            attempts: Attempts::default(),
        }
    }

    /// Carries out all actions that need no wait for an event.
    pub(crate) fn run(&mut self, conn: &mut Conn<T, B>) -> Result<Option<Stepped>, Error> {
        loop {
            match self.turn()? {
                Turn::Stepped(stepped) => return Ok(Some(stepped)),
                Turn::Wait => return Ok(None),
                Turn::Again => {}
                Turn::Read(number) => match self.read(conn, number) {
                    Ok(()) if self.has_read() => return Ok(Some(Stepped::Read)),
                    Ok(()) => {}
                    Err(error) => self.attempts.again(error)?,
                },
            }
        }
    }

    /// Reads a table.
    fn read(&mut self, conn: &mut Conn<T, B>, number: usize) -> Result<(), Error> {
        #[cfg(feature = "route")]
        if self.tables.has_neighbours(number) {
            let before = neighbour_buckets(conn)?;
            self.read_rows(conn, number)?;
            if neighbour_buckets(conn)? != before {
                self.tables.has_grown(number);
            }
            return Ok(());
        }
        self.read_rows(conn, number)
    }

    fn read_rows(&mut self, conn: &mut Conn<T, B>, number: usize) -> Result<(), Error> {
        #[cfg(feature = "route")]
        if self.tables.needs_lock(number) {
            wait_for_lock(conn.get(lock()).map(|_| ()))?;
        }
        let Some((query, mut rows)) = self.tables.start(number) else {
            return Ok(());
        };
        let mut answer = conn.query(query)?;
        let failed = loop {
            match answer.next()? {
                Some(message) => match rows.row(message) {
                    Ok(()) => {}
                    Err(error) => break error,
                },
                None => match rows.end() {
                    Ok(()) => return Ok(()),
                    Err(error) => break error,
                },
            }
        };
        drop(answer);
        Err(conn.state.broken(failed))
    }

    /// Takes the next event if one has arrived, and returns the next action
    /// otherwise.
    pub(crate) fn turn(&mut self) -> Result<Turn, Error> {
        if self.is_lost {
            // Queued events are older than the next dump, and the kernel drops
            // more until the queue is empty.
            self.events.discard()?;
            self.is_lost = false;
        }
        let step = self.events.step();
        self.take(step)
    }

    /// Applies an event.
    pub(crate) fn take(&mut self, step: Result<Step<Option<Front>>, Error>) -> Result<Turn, Error> {
        let step = step.inspect_err(|error| {
            // A receive fails for an event that is lost: it does not fit the
            // buffer, or the kernel had no memory for it.
            if !matches!(error.kind(), ErrorKind::Timeout | ErrorKind::Cancelled) {
                self.tables.lose();
                self.is_lost = true;
            }
        });
        let span = match step? {
            Step::Ready(Some(Front::Message(span))) => span,
            Step::Ready(Some(Front::Datagram)) | Step::Busy => return Ok(Turn::Again),
            Step::Ready(Some(Front::Lost)) => {
                self.tables.lose();
                self.is_lost = true;
                return Ok(Turn::Again);
            }
            Step::Ready(None) => return Ok(Turn::Stepped(Stepped::End)),
            Step::Pending => {
                self.tables.settle();
                return Ok(self.tables.stale().map_or(Turn::Wait, Turn::Read));
            }
        };
        let Event::Item(event) = self.events.notification(Front::Message(span)) else {
            return Ok(Turn::Again);
        };
        match self.tables.apply(&event) {
            Ok(true) => Ok(Turn::Stepped(Stepped::Event(span))),
            Ok(false) => Ok(Turn::Again),
            Err(error) => {
                // The row of this message is unknown.
                self.tables.lose();
                Err(self.events.broken(error))
            }
        }
    }

    /// Records that a table was read, and returns true if that was the last
    /// one.
    pub(crate) fn has_read(&mut self) -> bool {
        self.attempts = Attempts::default();
        self.tables.is_whole()
    }

    /// Returns the event of a step.
    pub(crate) fn update(&self, stepped: Stepped) -> Option<Update<'_>> {
        match stepped {
            Stepped::End => None,
            Stepped::Read => Some(Update::Read),
            Stepped::Event(span) => match self.events.notification(Front::Message(span)) {
                Event::Item(event) => Some(Update::Event(event)),
                Event::Lost { .. } => None,
            },
        }
    }
}

/// Returns the number of buckets of all neighbour tables.
#[cfg(feature = "route")]
fn neighbour_buckets<T, B>(conn: &mut Conn<T, B>) -> Result<u64, Error>
where
    T: Transport,
    B: AsRef<[u8]> + AsMut<[u8]>,
{
    let mut sum = 0_u64;
    let mut tables = conn.query(GetNeighbourTables::all())?;
    let failed = loop {
        match tables.next()?.map(|table| buckets(&table)) {
            Some(Ok(buckets)) => sum = sum.saturating_add(buckets),
            Some(Err(error)) => break error,
            None => return Ok(sum),
        }
    };
    drop(tables);
    Err(conn.state.broken(failed))
}

/// Returns a request that the kernel answers under the lock of its network
/// configuration.
///
/// The kernel reports a link's change to down before it deletes the link's
/// routes, and it dumps routes without the lock. Once this request is answered
/// the routes are deleted.
#[cfg(feature = "route")]
pub(crate) fn lock() -> GetLink<'static> {
    GetLink::by_index(1)
}

/// Ignores a refusal, which needs the lock too.
#[cfg(feature = "route")]
pub(crate) fn wait_for_lock(result: Result<(), Error>) -> Result<(), Error> {
    match result {
        Err(error) if !matches!(error.kind(), ErrorKind::Refused { .. }) => Err(error),
        _ => Ok(()),
    }
}
