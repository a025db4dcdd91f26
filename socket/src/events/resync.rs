//! Table that is kept up to date: read once, changed by events, and read again
//! after a loss.

use core::ops::ControlFlow;

use nlwire::Query;

use crate::{Conn, Error, ErrorKind, Event, Events, Notification, Transport};

/// Number of interrupted dumps in a row after which the error is returned.
pub(crate) const ATTEMPTS: u32 = 10;

/// Step of a table that [`Events::resync`] keeps up to date.
#[derive(Clone, Copy, Debug)]
pub enum Resync<'m, R> {
    /// The table is read from its beginning: discard its rows.
    Start,
    /// Row of the table.
    Row(R),
    /// All rows were read. Changes since [`Start`](Self::Start) follow.
    Whole,
    /// Change of a row.
    ///
    /// The event may repeat a row, since changes during the dump may already be
    /// in it: insert or replace, and ignore the deletion of a missing row.
    Event(Notification<'m>),
}

impl<T: Transport, B: AsRef<[u8]> + AsMut<[u8]>> Events<T, B> {
    /// Reads a table and then follows its changes, until `change` breaks.
    ///
    /// The stream already receives events when `conn` asks for the table, so
    /// that no change is missed in between. After a loss or an interrupted dump
    /// the table is read again, and queued events are discarded: they are older
    /// than the new dump, and the kernel drops events until the queue is empty.
    ///
    /// ```
    /// use nlsock::{Config, Conn, Protocol, Resync};
    /// use nlwire::route::{GetLinks, RTNLGRP_LINK};
    /// use std::ops::ControlFlow;
    ///
    /// let mut events = Config::new(Protocol::ROUTE).group(RTNLGRP_LINK).events()?;
    /// let mut conn = Conn::open(Protocol::ROUTE)?;
    /// let mut count = 0;
    /// events.resync(&mut conn, GetLinks::all(), |change| {
    ///     match change {
    ///         Resync::Start => count = 0,
    ///         Resync::Row(_link) => count += 1,
    ///         // A monitor would continue here.
    ///         Resync::Whole => return ControlFlow::Break(()),
    ///         Resync::Event(_) => {}
    ///     }
    ///     ControlFlow::Continue(())
    /// })?;
    /// assert!(count >= 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// The kernel deletes IPv4 routes without an event when their link or their
    /// next hop is deleted. A program that follows routes must follow links and
    /// next hops too, and read the routes again then.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Interrupted`] after ten interrupted dumps in a row;
    /// [`ErrorKind::Closed`] at the end of a transport that ends; and the
    /// errors of [`Conn::query`], [`Rows::next`](crate::Rows::next) and
    /// [`next`](Self::next), except losses. After an error, read the table
    /// again by calling this function.
    pub fn resync<Q, R, U, C>(
        &mut self,
        conn: &mut Conn<U, C>,
        query: Q,
        mut change: impl FnMut(Resync<'_, Q::Row<'_>>) -> ControlFlow<R>,
    ) -> Result<R, Error>
    where
        Q: Query,
        U: Transport,
        C: AsRef<[u8]> + AsMut<[u8]>,
    {
        let mut attempts = Attempts::default();
        loop {
            self.discard()?;
            match read(conn, &query, &mut change) {
                Ok(ControlFlow::Continue(())) => attempts = Attempts::default(),
                Ok(ControlFlow::Break(result)) => return Ok(result),
                Err(error) => {
                    attempts.again(error)?;
                    continue;
                }
            }
            loop {
                match self.next()? {
                    Some(Event::Item(event)) => {
                        if let ControlFlow::Break(result) = change(Resync::Event(event)) {
                            return Ok(result);
                        }
                    }
                    Some(Event::Lost { .. }) => break,
                    None => return Err(self.closed()),
                }
            }
        }
    }

    /// Creates the error of an ended stream.
    pub(crate) fn closed(&self) -> Error {
        self.conn().closed()
    }
}

/// Reads the table once.
fn read<Q, R, U, C>(
    conn: &mut Conn<U, C>,
    query: &Q,
    change: &mut impl FnMut(Resync<'_, Q::Row<'_>>) -> ControlFlow<R>,
) -> Result<ControlFlow<R>, Error>
where
    Q: Query,
    U: Transport,
    C: AsRef<[u8]> + AsMut<[u8]>,
{
    if let ControlFlow::Break(result) = change(Resync::Start) {
        return Ok(ControlFlow::Break(result));
    }
    let mut rows = conn.query(query)?;
    while let Some(row) = rows.next()? {
        if let ControlFlow::Break(result) = change(Resync::Row(row)) {
            return Ok(ControlFlow::Break(result));
        }
    }
    Ok(change(Resync::Whole))
}

/// Number of failed dumps in a row.
#[derive(Debug, Default)]
pub(crate) struct Attempts(u32);

impl Attempts {
    /// Returns the error, unless another dump may succeed.
    pub(crate) fn again(&mut self, error: Error) -> Result<(), Error> {
        self.0 = self.0.saturating_add(1);
        match error.kind() {
            ErrorKind::Interrupted | ErrorKind::Overrun { .. } if self.0 < ATTEMPTS => Ok(()),
            _ => Err(error),
        }
    }
}

#[cfg(all(test, feature = "test-util"))]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::{ATTEMPTS, Resync};
    use crate::fake::Kernel;
    use crate::{Conn, Errno, ErrorKind, Events, Protocol, sys};
    use core::ops::ControlFlow;
    use nlwire::{Dump, Flags, MessageRef, MessageType, Writer};
    use std::boxed::Box;
    use std::collections::VecDeque;
    use std::string::{String, ToString as _};
    use std::vec::Vec;

    fn row(buffer: &mut [u8], kind: u16) -> MessageRef<'_> {
        Writer::message(buffer, MessageType(kind), Flags::empty(), &(), |w| Ok(w)).unwrap()
    }

    /// Feeds a stream while the table is read: each dump has one row, and
    /// while it runs comes what `meanwhile` has for it.
    fn tables(
        source: &Kernel,
        mut meanwhile: VecDeque<Result<u16, Errno>>,
        interrupted: u32,
    ) -> Conn<Kernel, Box<[u8]>> {
        let source = source.clone();
        let mut dumps = 0_u32;
        let kernel = Kernel::answering(move |request, answer| {
            if request.kind() == MessageType::NOOP {
                return answer.ack();
            }
            match meanwhile.pop_front() {
                Some(Ok(kind)) => source.queue(row(&mut [0; 16], kind).as_bytes()),
                Some(Err(errno)) => source.queue_error(errno),
                None => {}
            }
            dumps = dumps.saturating_add(1);
            let kind = u16::try_from(dumps).unwrap();
            answer.reply(
                MessageType(kind.saturating_add(100)),
                Flags::MULTI,
                &(),
                |w| Ok(w),
            );
            let flags = if dumps <= interrupted {
                Flags::DUMP_INTR
            } else {
                Flags::empty()
            };
            answer.done(0, flags);
        });
        let buffer = std::vec![0; 32 * 1024].into_boxed_slice();
        Conn::over(kernel, buffer, Protocol::ROUTE, 8)
    }

    /// Returns the steps of a resync in words, until nothing is left.
    fn follow(source: &Kernel, conn: &mut Conn<Kernel, Box<[u8]>>, last: u16) -> Vec<String> {
        let mut events = Events::new(Conn::over(source.clone(), [0; 64], Protocol::ROUTE, 7));
        let mut seen = Vec::new();
        let result = events.resync(conn, Dump(row(&mut [0; 16], 18)), |change| {
            let (text, kind) = match change {
                Resync::Start => ("start".to_string(), 0),
                Resync::Row(row) => (row.kind().0.to_string(), 0),
                Resync::Whole => ("whole".to_string(), 0),
                Resync::Event(event) => {
                    let kind = event.message().kind().0;
                    (std::format!("event {kind}"), kind)
                }
            };
            seen.push(text);
            if kind == last {
                return ControlFlow::Break(());
            }
            ControlFlow::Continue(())
        });
        if let Err(error) = result {
            seen.push(error.to_string());
        }
        seen
    }

    #[test]
    fn events_older_than_the_table_are_dropped() {
        let source = Kernel::new();
        source.queue(row(&mut [0; 16], 50).as_bytes());
        source.queue([0; 100]);
        let mut conn = tables(&source, [Ok(51)].into(), 0);
        let seen = follow(&source, &mut conn, 51);
        assert_eq!(seen, ["start", "101", "whole", "event 51"]);
    }

    #[test]
    fn a_loss_starts_again() {
        let source = Kernel::new();
        let mut conn = tables(&source, [Err(sys::ENOBUFS), Ok(51)].into(), 0);
        let seen = follow(&source, &mut conn, 51);
        let twice = ["start", "101", "whole", "start", "102", "whole", "event 51"];
        assert_eq!(seen, twice);
    }

    #[test]
    fn an_interrupted_dump_starts_again_but_not_for_ever() {
        let source = Kernel::new();
        let mut conn = tables(&source, [Ok(50), Ok(51)].into(), 1);
        let seen = follow(&source, &mut conn, 51);
        // 50 arrived while the discarded table was read.
        assert_eq!(seen, ["start", "101", "start", "102", "whole", "event 51"]);

        let mut conn = tables(&source, VecDeque::new(), u32::MAX);
        let seen = follow(&source, &mut conn, 51);
        assert_eq!(seen.len(), 2 * usize::try_from(ATTEMPTS).unwrap() + 1);
        let error = seen.last().unwrap();
        assert!(
            error.ends_with("the table changed during the dump"),
            "{error}"
        );
    }

    #[test]
    fn other_errors_end_it() {
        let source = Kernel::new();
        let mut conn = tables(&source, [Err(Errno::EIO)].into(), 0);
        let seen = follow(&source, &mut conn, 51);
        assert_eq!(seen, ["start", "101", "whole", "route: receive: EIO"]);

        let mut events = Events::new(Conn::over(source, [0; 64], Protocol::ROUTE, 7));
        let mut small = Conn::over(Kernel::new(), [0; 64], Protocol::ROUTE, 8);
        let result = events.resync(&mut small, Dump(row(&mut [0; 16], 18)), |_| {
            ControlFlow::<()>::Continue(())
        });
        let needed = 32 * 1024;
        assert_eq!(
            result.unwrap_err().kind(),
            ErrorKind::BufferTooSmall { needed }
        );
    }
}
