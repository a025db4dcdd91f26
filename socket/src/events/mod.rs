//! Notifications of the kernel: a stream of messages that continues after a
//! loss.

#[cfg(feature = "alloc")]
pub mod mirror;
pub(crate) mod resync;

use core::task::Poll;
use core::time::Duration;

use nlwire::{MessageRef, MessageType};
use rustix::fd::{AsFd, AsRawFd, BorrowedFd, RawFd};

use crate::conn::receive::{Inbox, Patience, Step};
use crate::conn::span::Span;
use crate::socket::buffers;
use crate::socket::waiting::Deadline;
use crate::{
    Address, Config, Conn, Datagram, Error, ErrorKind, Mapping, Operation, Received, Socket,
    Transport,
};

/// Stream of events over a socket of its own.
///
/// The socket has joined multicast groups, and returns their messages one at a
/// time, each with its group and its namespace. Send requests on another
/// connection: a socket that loses events loses answers too.
///
/// The kernel does not wait for a reader. Once the receive buffer is full it
/// drops events, until the reader has emptied the queue. The stream reports
/// that as an item, [`Event::Lost`], and continues; a program that keeps a
/// table then [reads it again](Self::resync). A [receive
/// buffer](Config::receive_buffer) of 1 MiB, forced by `CAP_NET_ADMIN`, holds a
/// burst of 2,500 events, as an event takes more space than its length. With
/// [`NETLINK_NO_ENOBUFS`](Socket::set_no_enobufs) neither the kernel nor the
/// stream reports losses.
///
/// Datagrams are received one by one: the kernel takes longer to create an
/// event than a reader takes to receive it. The buffer holds any event whole.
///
/// ```
/// use nlsock::{Config, Event, Protocol};
/// use std::task::Poll;
///
/// // RTNLGRP_LINK
/// let mut events = Config::new(Protocol::ROUTE).group(1).events()?;
/// // Nothing has happened yet.
/// assert!(events.try_next()?.is_pending());
/// while let Poll::Ready(Some(event)) = events.try_next()? {
///     match event {
///         Event::Item(link) => println!("{:?} in group {}", link.message(), link.group()),
///         Event::Lost { drops } => println!("{drops} lost so far"),
///     }
/// }
/// # Ok::<(), nlsock::Error>(())
/// ```
///
/// A message borrows the buffer and ends with the next call:
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
    inbox: Inbox,
    /// Last value of the kernel's drop counter.
    drops: u32,
    /// True from a loss until the queue is empty.
    lossy: bool,
}

const _: () = {
    const fn is_shared<T: Send + Sync>() {}
    is_shared::<Events>();
};

/// Item of a stream of events.
///
/// ```no_run
/// use nlsock::{Config, Event, Protocol};
/// use nlwire::route::RTNLGRP_IPV4_ROUTE;
///
/// let mut events = Config::new(Protocol::ROUTE).group(RTNLGRP_IPV4_ROUTE).events()?;
/// while let Some(event) = events.next()? {
///     match event {
///         Event::Item(route) => println!("{:?}", route.message()),
///         Event::Lost { drops } => println!("{drops} datagrams lost: list the routes again"),
///     }
/// }
/// # Ok::<(), nlsock::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub enum Event<I> {
    /// Message; or datagram, for [`Events::next_datagram`].
    Item(I),
    /// Loss of events, because the receive buffer was full.
    ///
    /// The lost events follow those in the queue, and precede those queued
    /// after the queue was emptied.
    Lost {
        /// Number of datagrams that the kernel has dropped on this socket since
        /// it was opened, the counter of `SO_MEMINFO`; 0 if the kernel does not
        /// report it. The number may be unchanged: the kernel does not count an
        /// event for which it found no memory.
        drops: u32,
    },
}

/// Notification, with its group, namespace and sender.
///
/// ```no_run
/// use nlsock::{Config, Event, Protocol};
/// use nlwire::route::{Change, RTNLGRP_LINK};
///
/// let mut events = Config::new(Protocol::ROUTE).group(RTNLGRP_LINK).events()?;
/// while let Some(event) = events.next()? {
///     match event {
///         Event::Item(notification) => match Change::of(notification.message()) {
///             Change::NewLink(link) => println!("{}", link.index()),
///             Change::DelLink(link) => println!("{} is gone", link.index()),
///             _ => {}
///         },
///         Event::Lost { drops } => eprintln!("{drops} datagrams were lost"),
///     }
/// }
/// # Ok::<(), nlsock::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Notification<'e> {
    message: MessageRef<'e>,
    received: Received,
}

/// Front of the stream: the span of a message, a datagram, or a loss.
#[derive(Debug)]
pub(crate) enum Front {
    Message(Span),
    Datagram,
    Lost,
}

impl Config {
    /// Opens a stream of the events of the groups.
    ///
    /// # Errors
    ///
    /// The errors of [`open`](Self::open).
    pub fn events(self) -> Result<Events, Error> {
        self.open().map(Events::new)
    }
}

impl<T: Transport, B: AsRef<[u8]> + AsMut<[u8]>> Events<T, B> {
    /// Creates a stream from a connection, which should have joined groups and
    /// have no request in flight.
    ///
    /// The buffer should hold more than 32 KiB, the maximum for a datagram of a
    /// dump: single events can be larger.
    #[must_use]
    pub fn new(conn: Conn<T, B>) -> Self {
        Self {
            conn,
            inbox: Inbox::new(),
            drops: 0,
            lossy: false,
        }
    }

    /// Returns the connection: its transport, and the number of
    /// [skipped](Conn::skipped) messages.
    #[must_use]
    pub const fn conn(&self) -> &Conn<T, B> {
        &self.conn
    }

    /// Limits the wait for an event; the default is `None`, without a limit.
    pub const fn set_timeout(&mut self, timeout: Option<Duration>) {
        self.conn.set_read_timeout(timeout);
    }

    /// Waits for the next message. The stream of a socket has no end; `None` is
    /// the end of another transport, such as a replayed capture.
    ///
    #[cfg_attr(feature = "test-util", doc = "```")]
    #[cfg_attr(not(feature = "test-util"), doc = "```text")]
    /// use nlsock::fake::{Kernel, message};
    /// use nlsock::{Conn, Event, Events, Protocol, Received};
    /// use nlwire::route::{Link, LinkAttr, LinkHeader, RTM_NEWLINK, RTNLGRP_LINK};
    /// use nlwire::{Flags, Header, fields};
    ///
    /// // Event of a new link. A real stream joins the group by `Config::group`.
    /// let told = message(Header::new(RTM_NEWLINK, Flags::empty()), &LinkHeader::default(), |w| {
    ///     w.put(LinkAttr::Name("veth0".into()))
    /// });
    /// let (kernel, mut received) = (Kernel::new(), Received::default());
    /// received.group = RTNLGRP_LINK;
    /// kernel.queue_with(told, received);
    /// let conn = Conn::over(kernel, [0; 65536], Protocol::ROUTE, 7);
    /// let mut events = Events::new(conn);
    ///
    /// if let Some(Event::Item(event)) = events.next()? {
    ///     let (_, attributes) = event.message().split::<LinkHeader>()?;
    ///     let name = fields!(attributes => Link { name })?.name;
    ///     println!("group {}: {} is {name:?}", event.group(), event.message().header());
    ///     assert_eq!((event.group(), name), (RTNLGRP_LINK, Some("veth0".into())));
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Timeout`] and [`ErrorKind::Cancelled`];
    /// [`ErrorKind::Truncated`] for an event that does not fit the buffer and
    /// is lost, [`ErrorKind::Decode`] for a datagram whose rest is not a
    /// message, and [`ErrorKind::System`]. The stream continues after each.
    #[expect(
        clippy::should_implement_trait,
        reason = "what it lends is gone with the next call"
    )]
    pub fn next(&mut self) -> Result<Option<Event<Notification<'_>>>, Error> {
        let deadline = self.deadline()?;
        let step = self.advance(deadline, Patience::Wait);
        Ok(match ended(step)?.into_poll() {
            Poll::Ready(Some(front)) => Some(self.notification(front)),
            // Only a step without waiting is `Pending` or `Busy`.
            Poll::Ready(None) | Poll::Pending => None,
        })
    }

    /// Returns the next message without waiting: [`Poll::Pending`] means that
    /// none has arrived, or that other tasks need a turn.
    ///
    /// # Errors
    ///
    /// The errors of [`next`](Self::next) except those of waiting.
    pub fn try_next(&mut self) -> Result<Poll<Option<Event<Notification<'_>>>>, Error> {
        Ok(match self.step()?.into_poll() {
            Poll::Ready(Some(front)) => Poll::Ready(Some(self.notification(front))),
            Poll::Ready(None) => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        })
    }

    /// Waits for the next datagram, for protocols whose datagrams are not
    /// netlink messages (`NETLINK_KOBJECT_UEVENT`).
    ///
    /// The rest of a datagram whose messages were read is skipped.
    ///
    /// # Errors
    ///
    /// The errors of [`next`](Self::next) except [`ErrorKind::Decode`].
    pub fn next_datagram(&mut self) -> Result<Option<Event<Datagram<'_>>>, Error> {
        let deadline = self.deadline()?;
        let step = self.fill(deadline, &mut Patience::Wait);
        Ok(match ended(step)?.into_poll() {
            Poll::Ready(Some(front)) => Some(self.datagram(front)),
            // Only a step without waiting is `Pending` or `Busy`.
            Poll::Ready(None) | Poll::Pending => None,
        })
    }

    /// Returns the next datagram without waiting.
    ///
    /// # Errors
    ///
    /// The errors of [`next_datagram`](Self::next_datagram) except those of
    /// waiting.
    pub fn try_next_datagram(&mut self) -> Result<Poll<Option<Event<Datagram<'_>>>>, Error> {
        Ok(match self.step_datagram()?.into_poll() {
            Poll::Ready(Some(front)) => Poll::Ready(Some(self.datagram(front))),
            Poll::Ready(None) => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        })
    }

    /// Starts the timeout of a wait.
    pub(crate) fn deadline(&self) -> Result<Deadline, Error> {
        let timeout = self.conn.read_timeout();
        self.conn.state.deadline(Operation::Receive, timeout)
    }

    /// Creates the error of a malformed message.
    #[cfg(feature = "alloc")]
    pub(crate) fn broken(&self, error: nlwire::DecodeError) -> Error {
        self.conn.state.broken(error)
    }

    /// Advances to the next message if one has arrived.
    pub(crate) fn step(&mut self) -> Result<Step<Option<Front>>, Error> {
        ended(self.advance(Deadline::after(None), Patience::none()))
    }

    /// Advances to the next datagram if one has arrived.
    pub(crate) fn step_datagram(&mut self) -> Result<Step<Option<Front>>, Error> {
        ended(self.fill(Deadline::after(None), &mut Patience::none()))
    }

    /// Discards the events in the queue, and losses so far.
    pub(crate) fn discard(&mut self) -> Result<(), Error> {
        let deadline = self.deadline()?;
        loop {
            match self.step_datagram() {
                Ok(Step::Pending | Step::Ready(None)) => return Ok(()),
                Ok(Step::Busy | Step::Ready(Some(_))) => {}
                Err(error) if matches!(error.kind(), ErrorKind::Truncated { .. }) => {}
                Err(error) => return Err(error),
            }
            if deadline.is_over() {
                return Err(self.conn.state.timed_out());
            }
        }
    }

    /// Advances to the next message, or to a loss.
    fn advance(
        &mut self,
        deadline: Deadline,
        mut patience: Patience,
    ) -> Result<Step<Front>, Error> {
        loop {
            match self.inbox.next(self.conn.buffer.as_ref()) {
                Some(Ok((_, message))) if message.kind() == MessageType::OVERRUN => {
                    self.note_loss();
                    return Ok(Step::Ready(Front::Lost));
                }
                Some(Ok((span, _))) => return Ok(Step::Ready(Front::Message(span))),
                Some(Err(error)) => return Err(self.conn.state.broken(error)),
                None => match self.fill(deadline, &mut patience)? {
                    Step::Ready(Front::Lost) => return Ok(Step::Ready(Front::Lost)),
                    Step::Ready(_) => {}
                    step => return Ok(step),
                },
            }
        }
    }

    /// Receives the next datagram of a trusted sender.
    fn fill(&mut self, deadline: Deadline, patience: &mut Patience) -> Result<Step<Front>, Error> {
        if self.lossy {
            // More may be dropped until the queue is empty; only the kernel's
            // counter shows that.
            match self.receive(deadline, &mut Patience::none())? {
                Step::Pending if self.has_lost_more() => return Ok(Step::Ready(Front::Lost)),
                Step::Pending | Step::Busy => {}
                step => return Ok(step),
            }
        }
        self.receive(deadline, patience)
    }

    fn receive(
        &mut self,
        deadline: Deadline,
        patience: &mut Patience,
    ) -> Result<Step<Front>, Error> {
        let trust = self.conn.state.trust;
        match self.inbox.fill(&mut self.conn, trust, deadline, patience) {
            Ok(Step::Ready(())) if self.inbox.is_truncated() => {
                self.inbox.skip_rest();
                Err(self.conn.state.truncated(self.inbox.needed()))
            }
            Ok(Step::Ready(())) => Ok(Step::Ready(Front::Datagram)),
            Ok(Step::Pending) => Ok(Step::Pending),
            Ok(Step::Busy) => Ok(Step::Busy),
            Err(error) if matches!(error.kind(), ErrorKind::Overrun { .. }) => {
                self.note_loss();
                Ok(Step::Ready(Front::Lost))
            }
            Err(error) => Err(error),
        }
    }

    #[cold]
    fn note_loss(&mut self) {
        self.drops = buffers::drops(self.conn.transport.as_fd());
        self.lossy = true;
    }

    /// Returns true if the kernel dropped more between the report of a loss and
    /// the empty queue.
    fn has_lost_more(&mut self) -> bool {
        if !core::mem::replace(&mut self.lossy, false) {
            return false;
        }
        let drops = buffers::drops(self.conn.transport.as_fd());
        core::mem::replace(&mut self.drops, drops) != drops
    }

    /// Returns the message at the front.
    pub(crate) fn notification(&self, front: Front) -> Event<Notification<'_>> {
        let Front::Message(span) = front else {
            return Event::Lost { drops: self.drops };
        };
        Event::Item(Notification {
            message: span.message(self.conn.buffer.as_ref()),
            received: self.inbox.received,
        })
    }

    /// Returns the whole datagram.
    pub(crate) fn datagram(&mut self, front: Front) -> Event<Datagram<'_>> {
        if let Front::Lost = front {
            return Event::Lost { drops: self.drops };
        }
        self.inbox.skip_rest();
        let received = self.inbox.received;
        let bytes = self.conn.buffer.as_ref().get(..received.len);
        Event::Item(Datagram::new(bytes.unwrap_or_default(), received))
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

/// Turns the error of an ended transport into the end of the stream.
fn ended(step: Result<Step<Front>, Error>) -> Result<Step<Option<Front>>, Error> {
    match step {
        Ok(Step::Ready(front)) => Ok(Step::Ready(Some(front))),
        Ok(Step::Pending) => Ok(Step::Pending),
        Ok(Step::Busy) => Ok(Step::Busy),
        Err(error) if error.kind() == ErrorKind::Closed => Ok(Step::Ready(None)),
        Err(error) => Err(error),
    }
}

impl<'e> Notification<'e> {
    /// Returns the message.
    #[must_use]
    pub const fn message(&self) -> MessageRef<'e> {
        self.message
    }

    /// Returns the multicast group of the message; 0 if it was sent to this
    /// socket alone.
    #[must_use]
    pub const fn group(&self) -> u32 {
        self.received.group
    }

    /// Returns the ID of the sender's network namespace, if it is another one
    /// and has an ID: see [`Socket::set_listen_all_namespaces`].
    #[must_use]
    pub const fn namespace(&self) -> Option<i32> {
        self.received.namespace
    }

    /// Returns the address of the sender; port 0 is the kernel.
    #[must_use]
    pub const fn sender(&self) -> Address {
        self.received.sender
    }

    /// Returns the user ID of the sender, if credentials are received.
    #[must_use]
    pub const fn uid(&self) -> Option<u32> {
        self.received.uid
    }
}

#[cfg(all(test, feature = "test-util"))]
mod tests;
