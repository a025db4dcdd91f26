//! What the kernel tells without being asked: a stream of messages that goes
//! on after a loss.

use core::task::Poll;
use core::time::Duration;

use nlwire::{Errno, MessageRef, MessageType};
use rustix::fd::{AsFd, AsRawFd, BorrowedFd, RawFd};

use crate::deadline::Deadline;
use crate::state::{receive_error, receive_now, wait};
use crate::{
    Address, Config, Conn, Datagram, Error, ErrorKind, Interest, Mapping, Operation, Received,
    Socket, Transport, socket::buffers, sys,
};

/// A stream of events over a socket of its own.
///
/// The socket has joined groups, and what is multicast to them comes here: one
/// message at a time, lent out of one buffer, each with its group and its
/// namespace. Requests belong on another connection, since a socket that loses
/// events loses answers with them.
///
/// The kernel does not wait for a reader. Once the receive buffer is full it
/// drops events, and goes on dropping until the reader has emptied the queue.
/// That is an item of the stream, [`Event::Lost`], and no end of it; a program
/// that keeps a table then has to [read it again](Self::resync). A
/// [receive buffer](Config::receive_buffer) of a mebibyte, forced by
/// `CAP_NET_ADMIN`, holds a burst of 2,500 events; an event is charged with
/// more than its length. With [`NETLINK_NO_ENOBUFS`](Socket::set_no_enobufs)
/// the kernel says nothing, and the stream reports no loss either.
///
/// Datagrams are received one by one: the kernel takes longer to create an
/// event than a reader takes to receive it, and one buffer holds any event
/// whole.
///
/// ```
/// use nlsock::{Config, Event, Protocol};
///
/// // RTNLGRP_LINK
/// let mut events = Config::new(Protocol::ROUTE).group(1).events()?;
/// // Nothing has happened yet.
/// assert!(events.try_next()?.is_none());
/// while let Some(event) = events.try_next()? {
///     match event {
///         Event::Item(link) => println!("{:?} in group {}", link.message(), link.group()),
///         Event::Lost { drops } => println!("{drops} lost so far"),
///     }
/// }
/// # Ok::<(), nlsock::Error>(())
/// ```
///
/// A message lives in the buffer and is gone with the next call:
///
/// ```compile_fail,E0499
/// # fn f(events: &mut nlsock::Events) -> Result<(), nlsock::Error> {
/// let first = events.next()?;
/// let second = events.next()?;
/// drop(first);
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Events<T: Transport = Socket, B = Mapping> {
    conn: Conn<T, B>,
    received: Received,
    /// The bytes of the datagram that are not read yet.
    at: usize,
    end: usize,
    /// What the kernel's counter of losses was last.
    drops: u32,
    /// Whether there was a loss and the queue has not been empty since.
    lossy: bool,
}

const _: () = {
    const fn is_shared<T: Send + Sync>() {}
    is_shared::<Events>();
};

/// An item of a stream of events.
#[derive(Clone, Copy, Debug)]
pub enum Event<I> {
    /// A message, or a datagram where these were asked for.
    Item(I),
    /// Events were lost, because the receive buffer was full.
    ///
    /// They come after what is still queued, and before what is queued once
    /// that has been read.
    Lost {
        /// How many datagrams the kernel has dropped on this socket since it
        /// was opened, the counter of `SO_MEMINFO`; 0 where it does not tell.
        /// It may be what it was before: an event for which the kernel found
        /// no memory is not counted.
        drops: u32,
    },
}

/// A message that nobody asked for, and where it came from.
#[derive(Clone, Copy, Debug)]
pub struct Notification<'e> {
    message: MessageRef<'e>,
    received: Received,
}

/// What is at the front of the stream, as a place in the buffer, so that
/// nothing is borrowed while more is received.
pub(crate) enum Front {
    Bytes(usize, usize),
    Lost,
}

impl Config {
    /// Opens a stream of the events of the groups.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open).
    pub fn events(self) -> Result<Events, Error> {
        self.open().map(Events::new)
    }
}

impl<T: Transport, B: AsRef<[u8]> + AsMut<[u8]>> Events<T, B> {
    /// Makes a stream of a connection, which should have joined groups and
    /// should have no request under way.
    ///
    /// Its buffer should hold more than 32 KiB, the most that a kernel puts
    /// into the part of a dump: single events can be larger.
    #[must_use]
    pub fn new(conn: Conn<T, B>) -> Self {
        Self {
            conn,
            received: Received::default(),
            at: 0,
            end: 0,
            drops: 0,
            lossy: false,
        }
    }

    /// Returns the connection: its transport, and what was
    /// [skipped](Conn::skipped).
    #[must_use]
    pub const fn conn(&self) -> &Conn<T, B> {
        &self.conn
    }

    /// Bounds the wait for an event; the default is `None`, for ever.
    pub const fn set_timeout(&mut self, timeout: Option<Duration>) {
        self.conn.set_read_timeout(timeout);
    }

    /// Waits for the next message.
    ///
    #[cfg_attr(feature = "test-util", doc = "```")]
    #[cfg_attr(not(feature = "test-util"), doc = "```text")]
    /// use nlsock::fake::{Kernel, message};
    /// use nlsock::{Conn, Event, Events, Protocol, Received};
    /// use nlwire::route::{Link, LinkAttr, LinkHeader, RTM_NEWLINK, RTNLGRP_LINK};
    /// use nlwire::{Flags, Header, fields};
    ///
    /// // What a kernel tells when a link is made; `Config::group` joins for real.
    /// let told = message(Header::new(RTM_NEWLINK, Flags::empty()), &LinkHeader::default(), |w| {
    ///     w.put(LinkAttr::Name("veth0".into()))
    /// });
    /// let (kernel, mut received) = (Kernel::new(), Received::default());
    /// received.group = RTNLGRP_LINK;
    /// kernel.queue_with(told, received);
    /// let conn = Conn::over(kernel, [0; 65536], Protocol::ROUTE, 7);
    /// let mut events = Events::new(conn);
    ///
    /// if let Event::Item(event) = events.next()? {
    ///     let (_, attributes) = event.message().split::<LinkHeader>()?;
    ///     let name = fields!(attributes => Link { name })?.name;
    ///     println!("group {}: {} is {name:?}", event.group(), event.message().header());
    ///     assert_eq!((event.group(), name), (RTNLGRP_LINK, Some("veth0")));
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Timeout`] and [`ErrorKind::Cancelled`];
    /// [`ErrorKind::Truncated`] for an event that does not fit the buffer and
    /// is lost, [`ErrorKind::Decode`] for the rest of a datagram that is no
    /// message, and [`ErrorKind::System`]. Reading can go on after each.
    #[expect(
        clippy::should_implement_trait,
        reason = "what it lends is gone with the next call"
    )]
    pub fn next(&mut self) -> Result<Event<Notification<'_>>, Error> {
        let timeout = self.conn.read_timeout();
        let front = self.advance(timeout)?;
        self.notification(front)
    }

    /// Returns the next message if one has come, and never waits.
    ///
    /// # Errors
    ///
    /// As [`next`](Self::next), but for those of waiting.
    pub fn try_next(&mut self) -> Result<Option<Event<Notification<'_>>>, Error> {
        match self.poll_front()? {
            Poll::Ready(front) => self.notification(front).map(Some),
            Poll::Pending => Ok(None),
        }
    }

    /// Waits for the next datagram: for protocols whose datagrams are no
    /// messages (`NETLINK_KOBJECT_UEVENT`).
    ///
    /// What is left of a datagram whose messages were read is skipped.
    ///
    /// # Errors
    ///
    /// As [`next`](Self::next), without [`ErrorKind::Decode`].
    pub fn next_datagram(&mut self) -> Result<Event<Datagram<'_>>, Error> {
        let timeout = self.conn.read_timeout();
        let front = self.fill(timeout)?;
        Ok(self.datagram(front))
    }

    /// Returns the next datagram if one has come, and never waits.
    ///
    /// # Errors
    ///
    /// As [`next_datagram`](Self::next_datagram), but for those of waiting.
    pub fn try_next_datagram(&mut self) -> Result<Option<Event<Datagram<'_>>>, Error> {
        match self.poll_datagram()? {
            Poll::Ready(front) => Ok(Some(self.datagram(front))),
            Poll::Pending => Ok(None),
        }
    }

    /// Starts the time of a wait.
    #[cfg(feature = "tokio")]
    pub(crate) fn deadline(&self) -> Result<Deadline, Error> {
        let timeout = self.conn.read_timeout();
        self.conn.state.deadline(Operation::Receive, timeout)
    }

    /// Goes on to the next message if one has come.
    pub(crate) fn poll_front(&mut self) -> Result<Poll<Front>, Error> {
        pending(self.advance(Some(Duration::ZERO)))
    }

    /// Goes on to the next datagram if one has come.
    pub(crate) fn poll_datagram(&mut self) -> Result<Poll<Front>, Error> {
        pending(self.fill(Some(Duration::ZERO)))
    }

    /// Throws away what has come so far, losses included.
    pub(crate) fn forget(&mut self) -> Result<(), Error> {
        let deadline = Deadline::after(self.conn.read_timeout());
        loop {
            match self.try_next_datagram() {
                Ok(None) => return Ok(()),
                Ok(Some(_)) => {}
                Err(error) if matches!(error.kind(), ErrorKind::Truncated { .. }) => {}
                Err(error) => return Err(error),
            }
            if deadline.is_over() {
                let state = &self.conn.state;
                return Err(state.error(Operation::Receive, ErrorKind::Timeout));
            }
        }
    }

    /// Goes on to the next message, or to what else is next.
    #[inline]
    fn advance(&mut self, timeout: Option<Duration>) -> Result<Front, Error> {
        while self.at >= self.end {
            if let Front::Lost = self.fill(timeout)? {
                return Ok(Front::Lost);
            }
        }
        let (start, datagram_end) = (self.at, self.end);
        let bytes = self.bytes(start, datagram_end);
        let (len, kind) = match MessageRef::new(bytes) {
            Ok(message) => (message.as_bytes().len(), message.kind()),
            Err(error) => {
                self.at = self.end;
                return Err(self.conn.state.broken(error));
            }
        };
        let end = start.saturating_add(len);
        self.at = end.saturating_add(3) & !3;
        if kind == MessageType::OVERRUN {
            self.note_loss();
            return Ok(Front::Lost);
        }
        Ok(Front::Bytes(start, end))
    }

    /// Receives the next datagram that is to be believed.
    #[inline(never)]
    fn fill(&mut self, timeout: Option<Duration>) -> Result<Front, Error> {
        let deadline = Deadline::after(timeout);
        (self.at, self.end) = (0, 0);
        loop {
            let buffer = self.conn.buffer.as_mut();
            let capacity = buffer.len();
            let result = receive_now(&self.conn.transport, &self.conn.state, buffer);
            let state = &mut self.conn.state;
            match result {
                Ok(received) if !state.trust.covers(&received) => {
                    state.skipped.foreign = state.skipped.foreign.saturating_add(1);
                    // Strangers must not keep it from ending.
                    if deadline.is_over() && timeout != Some(Duration::ZERO) {
                        return Err(state.error(Operation::Receive, ErrorKind::Timeout));
                    }
                }
                Ok(received) if received.is_truncated(capacity) => {
                    return Err(state.truncated(received.len));
                }
                Ok(received) => {
                    self.received = received;
                    self.end = received.len;
                    return Ok(Front::Bytes(0, received.len));
                }
                Err(Errno::EAGAIN) if self.has_lost_more() => return Ok(Front::Lost),
                Err(Errno::EAGAIN) => {
                    let conn = &self.conn;
                    wait(&conn.transport, &conn.state, Interest::Readable, deadline)?;
                }
                Err(errno) if errno == sys::ENOBUFS => {
                    self.note_loss();
                    return Ok(Front::Lost);
                }
                Err(errno) => {
                    return Err(receive_error(&self.conn.transport, &self.conn.state, errno));
                }
            }
        }
    }

    #[cold]
    fn note_loss(&mut self) {
        self.drops = buffers::drops(self.conn.transport.as_fd());
        self.lossy = true;
    }

    /// Whether more was dropped after a loss was reported, and before the queue
    /// was empty: of that the kernel says nothing but in its counter.
    fn has_lost_more(&mut self) -> bool {
        if !core::mem::replace(&mut self.lossy, false) {
            return false;
        }
        let drops = buffers::drops(self.conn.transport.as_fd());
        core::mem::replace(&mut self.drops, drops) != drops
    }

    fn bytes(&self, start: usize, end: usize) -> &[u8] {
        let buffer = self.conn.buffer.as_ref();
        buffer.get(start..end).unwrap_or_default()
    }

    pub(crate) fn notification(&self, front: Front) -> Result<Event<Notification<'_>>, Error> {
        let Front::Bytes(start, end) = front else {
            return Ok(Event::Lost { drops: self.drops });
        };
        let message = MessageRef::new(self.bytes(start, end))
            .map_err(|error| self.conn.state.broken(error))?;
        let received = self.received;
        Ok(Event::Item(Notification { message, received }))
    }

    /// Lends the whole datagram.
    pub(crate) fn datagram(&mut self, front: Front) -> Event<Datagram<'_>> {
        let Front::Bytes(start, end) = front else {
            return Event::Lost { drops: self.drops };
        };
        self.at = self.end;
        Event::Item(Datagram::new(self.bytes(start, end), self.received))
    }
}

impl<B> AsFd for Events<Socket, B> {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.conn.as_fd()
    }
}

impl<B> AsRawFd for Events<Socket, B> {
    fn as_raw_fd(&self) -> RawFd {
        self.conn.as_raw_fd()
    }
}

/// That time is over says nothing where no time was given.
fn pending(front: Result<Front, Error>) -> Result<Poll<Front>, Error> {
    match front {
        Err(error) if error.kind() == ErrorKind::Timeout => Ok(Poll::Pending),
        front => front.map(Poll::Ready),
    }
}

impl<'e> Notification<'e> {
    /// Returns the message.
    #[must_use]
    pub const fn message(&self) -> MessageRef<'e> {
        self.message
    }

    /// Returns the group that it was sent to, 0 for this socket alone.
    #[must_use]
    pub const fn group(&self) -> u32 {
        self.received.group
    }

    /// Returns the id of the namespace that it comes from, where that is
    /// another one and has an id: see
    /// [`Socket::set_listen_all_namespaces`].
    #[must_use]
    pub const fn namespace(&self) -> Option<i32> {
        self.received.namespace
    }

    /// Returns who sent it; port 0 is the kernel.
    #[must_use]
    pub const fn sender(&self) -> Address {
        self.received.sender
    }

    /// Returns the user who sent it, where credentials are received.
    #[must_use]
    pub const fn uid(&self) -> Option<u32> {
        self.received.uid
    }
}

#[cfg(all(test, feature = "test-util"))]
mod tests;
