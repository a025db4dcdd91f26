//! Events in the reactor of tokio.

use core::ops::ControlFlow;

use nlwire::MessageRef;

use super::{AsyncConn, Watch};
use crate::resync::Attempts;
use crate::{Change, Datagram, Error, Event, Events, Mapping, Notification, Socket};

/// A stream of [`Events`] whose calls are futures. A future that is dropped
/// has taken nothing from the stream.
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
