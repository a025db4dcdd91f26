//! Events in the reactor of tokio.

use core::ops::ControlFlow;
use core::task::Poll;
use core::time::Duration;

use nlwire::Query;

use super::{AsyncConn, Watch};
use crate::events::resync::Attempts;
use crate::{Datagram, Error, Event, Events, Mapping, Notification, Resync, Socket};

/// Stream of [`Events`] that waits in futures. Dropping a future loses no
/// event.
#[derive(Debug)]
pub struct AsyncEvents<B = Mapping> {
    watch: Watch,
    events: Events<Socket, B>,
}

const _: () = {
    const fn is_shared<T: Send + Sync>() {}
    is_shared::<AsyncEvents>();
};

impl<B: AsRef<[u8]> + AsMut<[u8]>> AsyncEvents<B> {
    /// Registers a stream with the reactor.
    ///
    /// # Errors
    ///
    /// The errors of [`AsyncConn::new`].
    ///
    /// # Panics
    ///
    /// Panics outside a runtime, or in one whose I/O driver is off, as all of
    /// tokio.
    pub fn new(events: Events<Socket, B>) -> Result<Self, Error> {
        let watch = Watch::new(events.conn())?;
        Ok(Self { watch, events })
    }

    /// Returns the stream.
    #[must_use]
    pub const fn events(&self) -> &Events<Socket, B> {
        &self.events
    }

    /// Sets the timeout of each wait: see [`Events::set_timeout`].
    pub const fn set_timeout(&mut self, timeout: Option<Duration>) {
        self.events.set_timeout(timeout);
    }

    /// Waits for the next message: see [`Events::next`].
    ///
    /// # Errors
    ///
    /// The errors of [`Events::next`].
    pub async fn next(&mut self) -> Result<Option<Event<Notification<'_>>>, Error> {
        let events = &mut self.events;
        let deadline = events.deadline()?;
        let front = self.watch.until(deadline, || events.step()).await;
        let front = front.map_err(|stop| stop.into_error(events.conn()))?;
        Ok(front.map(|front| self.events.notification(front)))
    }

    /// Returns the next message without waiting: see [`Events::try_next`].
    ///
    /// # Errors
    ///
    /// The errors of [`Events::try_next`].
    pub fn try_next(&mut self) -> Result<Poll<Option<Event<Notification<'_>>>>, Error> {
        self.events.try_next()
    }

    /// Returns the next datagram without waiting: see
    /// [`Events::try_next_datagram`].
    ///
    /// # Errors
    ///
    /// The errors of [`Events::try_next_datagram`].
    pub fn try_next_datagram(&mut self) -> Result<Poll<Option<Event<Datagram<'_>>>>, Error> {
        self.events.try_next_datagram()
    }

    /// Waits for the next datagram: see [`Events::next_datagram`].
    ///
    /// # Errors
    ///
    /// The errors of [`Events::next_datagram`].
    pub async fn next_datagram(&mut self) -> Result<Option<Event<Datagram<'_>>>, Error> {
        let events = &mut self.events;
        let deadline = events.deadline()?;
        let front = self.watch.until(deadline, || events.step_datagram()).await;
        let front = front.map_err(|stop| stop.into_error(events.conn()))?;
        Ok(front.map(|front| self.events.datagram(front)))
    }

    /// Keeps a table up to date: see [`Events::resync`].
    ///
    /// ```no_run
    /// use nlsock::{AsyncConn, AsyncEvents, Config, Protocol, Resync};
    /// use nlwire::route::{GetLinks, RTNLGRP_LINK};
    /// use std::ops::ControlFlow;
    ///
    /// # async fn f() -> Result<(), nlsock::Error> {
    /// let config = Config::new(Protocol::ROUTE).group(RTNLGRP_LINK);
    /// let mut events = AsyncEvents::new(config.events()?)?;
    /// let mut conn = AsyncConn::open(Protocol::ROUTE)?;
    /// events
    ///     .resync(&mut conn, GetLinks::all(), |change| {
    ///         match change {
    ///             Resync::Row(link) => println!("{}", link.index()),
    ///             Resync::Event(event) => println!("{}", event.message().kind()),
    ///             _ => {}
    ///         }
    ///         ControlFlow::<()>::Continue(())
    ///     })
    ///     .await
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// The errors of [`Events::resync`].
    pub async fn resync<Q, R, C>(
        &mut self,
        conn: &mut AsyncConn<C>,
        query: Q,
        mut change: impl FnMut(Resync<'_, Q::Row<'_>>) -> ControlFlow<R>,
    ) -> Result<R, Error>
    where
        Q: Query,
        C: AsRef<[u8]> + AsMut<[u8]>,
    {
        let mut attempts = Attempts::default();
        loop {
            self.events.discard()?;
            match read(conn, &query, &mut change).await {
                Ok(ControlFlow::Continue(())) => attempts = Attempts::default(),
                Ok(ControlFlow::Break(result)) => return Ok(result),
                Err(error) => {
                    attempts.again(error)?;
                    continue;
                }
            }
            loop {
                match self.next().await? {
                    Some(Event::Item(event)) => {
                        if let ControlFlow::Break(result) = change(Resync::Event(event)) {
                            return Ok(result);
                        }
                    }
                    Some(Event::Lost { .. }) => break,
                    None => return Err(self.events.closed()),
                }
            }
        }
    }
}

/// Reads the table once.
async fn read<Q: Query, R, C: AsRef<[u8]> + AsMut<[u8]>>(
    conn: &mut AsyncConn<C>,
    query: &Q,
    change: &mut impl FnMut(Resync<'_, Q::Row<'_>>) -> ControlFlow<R>,
) -> Result<ControlFlow<R>, Error> {
    if let ControlFlow::Break(result) = change(Resync::Start) {
        return Ok(ControlFlow::Break(result));
    }
    let mut rows = conn.query(query).await?;
    while let Some(row) = rows.next().await? {
        if let ControlFlow::Break(result) = change(Resync::Row(row)) {
            return Ok(ControlFlow::Break(result));
        }
    }
    Ok(change(Resync::Whole))
}
