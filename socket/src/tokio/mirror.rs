//! Mirrors in the reactor of tokio.

use core::ops::Deref;
use core::task::Poll;
use core::time::Duration;

use nlwire::Query;

use super::{AsyncConn, Watch};
use crate::conn::receive::Step;
use crate::events::mirror::{Follower, Kept, Mirror, Stepped, Table, Tables, Turn, Update};
use crate::socket::waiting::Deadline;
use crate::{Error, ErrorKind, Mapping, Socket};

/// [`Mirror`] that waits in futures. Dropping a future loses no event; a table
/// whose reading it interrupts is read again.
#[derive(Debug)]
pub struct AsyncMirror<B = Mapping> {
    watch: Watch,
    follower: Follower<Socket, B>,
    conn: AsyncConn<B>,
}

const _: () = {
    const fn is_sent<T: Send>() {}
    is_sent::<AsyncMirror>();
};

impl<B: AsRef<[u8]> + AsMut<[u8]>> AsyncMirror<B> {
    /// Registers a mirror with the reactor.
    ///
    /// # Errors
    ///
    /// The errors of [`AsyncConn::new`].
    ///
    /// # Panics
    ///
    /// Panics outside a runtime, or in one whose I/O driver is off, as all of
    /// tokio.
    pub fn new(mirror: Mirror<Socket, B>) -> Result<Self, Error> {
        let (follower, conn) = mirror.into_parts();
        Ok(Self {
            watch: Watch::new(follower.events.conn())?,
            follower,
            conn: AsyncConn::new(conn)?,
        })
    }

    /// Joins the groups of a table and keeps the table: see [`Mirror::keep`].
    ///
    /// # Errors
    ///
    /// The errors of [`Mirror::keep`].
    pub fn keep<Q: Query + Send + 'static>(&mut self, table: Table<Q>) -> Result<Kept<Q>, Error> {
        self.follower.keep(table)
    }

    /// Updates the tables by one event, or reads tables again: see
    /// [`Mirror::next`].
    ///
    /// # Errors
    ///
    /// The errors of [`Mirror::next`].
    pub async fn next(&mut self) -> Result<Option<Update<'_>>, Error> {
        let deadline = self.follower.events.deadline()?;
        let stepped = self.advance(deadline).await?;
        Ok(self.follower.update(stepped))
    }

    /// Calls [`next`](Self::next), and returns `None` if nothing happens within
    /// the time: see [`Mirror::next_within`].
    ///
    /// # Errors
    ///
    /// The errors of [`Mirror::next_within`].
    pub async fn next_within(&mut self, tick: Duration) -> Result<Option<Update<'_>>, Error> {
        match self.advance(Deadline::after(Some(tick))).await {
            Ok(Stepped::End) => Err(self.follower.events.closed()),
            Ok(stepped) => Ok(self.follower.update(stepped)),
            Err(error) if error.kind() == ErrorKind::Timeout && self.is_whole() => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Calls [`next`](Self::next), and returns [`Poll::Pending`] instead of
    /// waiting for an event: see [`Mirror::try_next`].
    ///
    /// # Errors
    ///
    /// The errors of [`Mirror::try_next`].
    pub fn try_next(&mut self) -> Result<Poll<Option<Update<'_>>>, Error> {
        Ok(match self.follower.run(&mut self.conn.conn)? {
            Some(stepped) => Poll::Ready(self.follower.update(stepped)),
            None => Poll::Pending,
        })
    }

    async fn advance(&mut self, deadline: Deadline) -> Result<Stepped, Error> {
        loop {
            // A stream that is never empty must not stop other tasks.
            ::tokio::task::consume_budget().await;
            match self.follower.turn()? {
                Turn::Stepped(stepped) => return Ok(stepped),
                Turn::Again => {}
                Turn::Read(number) => match self.read(number).await {
                    Ok(()) if self.follower.has_read() => return Ok(Stepped::Read),
                    Ok(()) => {}
                    Err(error) => self.follower.attempts.again(error)?,
                },
                Turn::Wait => {
                    let events = &mut self.follower.events;
                    let step = self.watch.until(deadline, || events.step()).await;
                    let step = step.map(Step::Ready);
                    let step = step.map_err(|stop| stop.into_error(events.conn()));
                    if let Turn::Stepped(stepped) = self.follower.take(step)? {
                        return Ok(stepped);
                    }
                }
            }
        }
    }

    /// Reads a table.
    async fn read(&mut self, number: usize) -> Result<(), Error> {
        #[cfg(feature = "route")]
        if self.follower.tables.has_neighbours(number) {
            let before = self.neighbour_buckets().await?;
            self.read_rows(number).await?;
            if self.neighbour_buckets().await? != before {
                self.follower.tables.has_grown(number);
            }
            return Ok(());
        }
        self.read_rows(number).await
    }

    /// Returns the number of buckets of all neighbour tables.
    #[cfg(feature = "route")]
    async fn neighbour_buckets(&mut self) -> Result<u64, Error> {
        use crate::events::mirror::buckets;
        use nlwire::route::GetNeighbourTables;

        let mut sum = 0_u64;
        let mut tables = self.conn.query(GetNeighbourTables::all()).await?;
        while let Some(table) = tables.next().await? {
            let buckets = buckets(&table).map_err(|error| self.follower.events.broken(error))?;
            sum = sum.saturating_add(buckets);
        }
        Ok(sum)
    }

    async fn read_rows(&mut self, number: usize) -> Result<(), Error> {
        #[cfg(feature = "route")]
        if self.follower.tables.needs_lock(number) {
            use crate::events::mirror::{lock, wait_for_lock};
            wait_for_lock(self.conn.get(lock()).await.map(|_| ()))?;
        }
        let Follower { events, tables, .. } = &mut self.follower;
        let Some((query, mut rows)) = tables.start(number) else {
            return Ok(());
        };
        let mut answer = self.conn.query(query).await?;
        while let Some(message) = answer.next().await? {
            let kept = rows.row(message);
            kept.map_err(|error| events.broken(error))?;
        }
        let ended = rows.end();
        ended.map_err(|error| events.broken(error))
    }
}

impl<B> Deref for AsyncMirror<B> {
    type Target = Tables;

    fn deref(&self) -> &Tables {
        &self.follower.tables
    }
}
