//! A connection to the kernel: a transport, a buffer, and facts about the
//! requests that were sent through it.
//!
//! ```text
//!  Conn::execute, get     Conn::query, list     Conn::batch     Conn::pipeline
//!         |                      |                   |                |
//!         |                 Rows, List         BatchReplies       Pipeline
//!         |                      |             (batch/mod.rs)         |
//!         '----> Execution <-----'                   |                |
//!                    | one at a time                 |                | N at a time
//!                    '-----------> Flight <----------|----------------'
//!                                    |               |
//!                                    '--> Inbox <----'   one datagram, by messages
//!                                           |
//!                                     Conn::receive      trust, deadline, turns
//! ```
//!
//! Words: a **message** is in a **datagram**, at an **index** from 0 and at a
//! **span** of the buffer. A request is one or more datagrams, its **parts**;
//! each begins at a **place** of the request, a number that only the request
//! understands. A datagram that did not fit the buffer is **truncated**.
//! Messages that answer nothing in flight are **skipped**; the queue is
//! **discarded** before a request, and **drained** after a loss.
//!
//! | file | content |
//! |---|---|
//! | `verbs`, `call` | methods that carry requests out: execute, get, query, list, batch, pipeline |
//! | `execution` | a request in progress, datagram by datagram, with the look-up of its family |
//! | `write` | the datagrams of a request as bytes |
//! | `flight` | one datagram of a request, and its answer |
//! | `receive`, `span` | the receive path: datagrams into the buffer, messages out of it |
//! | `rows`, `list` | rows one at a time, and whole tables |
//! | `batch`, `pipeline` | many requests |
//! | `refusal` | names in errors |
//! | `direct` | sending and receiving by `&self` |
//! | `control` | options, cancellation, closing |

// Modules with methods of `Conn`, in the order of its page.
mod verbs;

pub(crate) mod call;

#[cfg(feature = "alloc")]
pub(crate) mod flush;

mod direct;

mod control;

pub(crate) mod batch;
pub(crate) mod datagram;
pub(crate) mod execution;
pub(crate) mod family;
pub(crate) mod flight;
#[cfg(feature = "alloc")]
pub(crate) mod list;
pub(crate) mod pipeline;
pub(crate) mod receive;
pub(crate) mod refusal;
pub(crate) mod rows;
pub(crate) mod span;
pub(crate) mod state;
mod write;

use core::time::Duration;

use nlwire::{AckRef, Flags, MessageType, Request, Stamp};

use crate::{Error, ErrorKind, Mapping, Operation, Protocol, Skipped, Socket, Transport};
use crate::{Trust, sys};
use state::State;

/// Connection to the kernel, for requests and dumps.
///
/// A connection receives into one buffer, and returns messages that borrow it,
/// one at a time. The default is a [`Mapping`] of 1 MiB, which holds any
/// message. Only its used pages take memory.
///
/// A request takes `&mut self`, so that only one is in flight. The connection
/// numbers each message itself, so that it stays usable after an abandoned or
/// timed-out request: late answers have other numbers and are skipped.
/// [`send`](Self::send) and [`recv`](Self::recv) take `&self`, for threads that
/// share a connection.
///
/// ```
/// use nlsock::{Conn, Protocol};
/// use nlwire::route::GetLinks;
///
/// let mut conn = Conn::open(Protocol::ROUTE)?;
/// let mut links = conn.query(GetLinks::all())?;
/// while let Some(link) = links.next()? {
///     println!("{}: {:?}, mtu {:?}", link.index(), link.name()?, link.mtu()?);
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Conn<T: Transport = Socket, B = Mapping> {
    pub(crate) transport: T,
    pub(crate) buffer: B,
    pub(crate) state: State,
}

impl<B: AsRef<[u8]> + AsMut<[u8]>> Conn<Socket, B> {
    /// Creates a connection from a socket and the caller's buffer, such as
    /// `&mut [u8]` or `Vec<u8>`.
    ///
    /// Dumps need 32 KiB. For other requests the buffer must hold the datagram
    /// that is sent, the longest reply, and at least 20 bytes for the header and
    /// the code of the acknowledgement. The text and the offset of a refusal are
    /// read as far as they fit. Messages that answer no request in flight may
    /// have any length.
    #[must_use]
    pub fn with_buffer(socket: Socket, buffer: B) -> Self {
        let (protocol, port, trust) = (socket.protocol(), socket.port_id(), socket.trust());
        let described = socket.tracing.families;
        let mut conn = Self::over(socket, buffer, protocol, port);
        (conn.state.trust, conn.state.described) = (trust, described);
        conn
    }
}

impl<T: Transport, B: AsRef<[u8]> + AsMut<[u8]>> Conn<T, B> {
    /// Creates a connection over any transport. `port` is the port ID under
    /// which the kernel at the other end knows it; `buffer` is as in
    /// [`with_buffer`](Self::with_buffer).
    ///
    /// ```
    /// use nlsock::{Config, Conn, Protocol, Socket, Transport};
    /// use nlwire::route::GetLink;
    ///
    /// // Without an allocation, over a socket behind a reference.
    /// let socket: Socket = Config::new(Protocol::ROUTE).open_socket()?;
    /// let (mut buffer, port) = ([0; 8192], socket.port_id());
    /// let mut conn = Conn::over(&socket, &mut buffer[..], Protocol::ROUTE, port);
    /// assert!(conn.get(GetLink::by_name("lo"))?.is_up());
    /// # Ok::<(), nlsock::Error>(())
    /// ```
    #[must_use]
    pub fn over(transport: T, buffer: B, protocol: Protocol, port: u32) -> Self {
        Self {
            transport,
            buffer,
            state: State::new(protocol, port, Trust::Kernel, sys::seed()),
        }
    }

    /// Returns the transport.
    #[must_use]
    pub const fn transport(&self) -> &T {
        &self.transport
    }

    /// Returns transport and buffer.
    #[must_use]
    pub fn into_parts(self) -> (T, B) {
        (self.transport, self.buffer)
    }

    /// Returns the port ID of this end.
    #[must_use]
    pub const fn port_id(&self) -> u32 {
        self.state.port
    }

    /// Returns the protocol.
    #[must_use]
    pub const fn protocol(&self) -> Protocol {
        self.state.protocol
    }

    /// Returns the numbers of messages that answered no request.
    #[must_use]
    pub const fn skipped(&self) -> Skipped {
        self.state.skipped
    }

    /// Limits each wait from now on, for reading and for writing. The default
    /// is `None`: no limit. Some protocols never answer a request that they do
    /// not know.
    pub const fn set_timeout(&mut self, timeout: Option<Duration>) {
        self.set_read_timeout(timeout);
        self.set_write_timeout(timeout);
    }

    /// Limits the wait for an answer: of a request, a whole dump, or a receive.
    /// A timeout of 0 fails at once, and sends and receives nothing.
    pub const fn set_read_timeout(&mut self, timeout: Option<Duration>) {
        self.state.timeout = timeout;
    }

    /// Limits [`send`](Self::send) and [`send_to`](Self::send_to). They wait
    /// only for other programs, as the kernel takes each datagram at once. A
    /// timeout of 0 fails at once, and sends nothing.
    pub const fn set_write_timeout(&mut self, timeout: Option<Duration>) {
        self.state.write_timeout = timeout;
    }

    /// Returns the timeout of answers.
    #[must_use]
    pub const fn read_timeout(&self) -> Option<Duration> {
        self.state.timeout
    }

    /// Returns the timeout of sends.
    #[must_use]
    pub const fn write_timeout(&self) -> Option<Duration> {
        self.state.write_timeout
    }

    /// Returns the error of a transport that has ended.
    pub(crate) const fn closed(&self) -> Error {
        self.state.error(Operation::Receive, ErrorKind::Closed)
    }

    /// Returns an error if the request is of another protocol.
    pub(crate) fn check_protocol(&self, request: &dyn Request) -> Result<(), Error> {
        match request.protocol() {
            Some(protocol) if protocol.number != self.state.protocol.0 => {
                Err(self.wrong_protocol(request))
            }
            _ => Ok(()),
        }
    }

    #[cold]
    fn wrong_protocol(&self, request: &dyn Request) -> Error {
        let error = self.state.error(Operation::Write, ErrorKind::WrongProtocol);
        #[cfg(feature = "alloc")]
        let error = error.with_object(request, 0);
        let _ = request;
        error
    }

    /// Returns the values that the headers of the next datagram get.
    pub(crate) const fn stamp(&self, family: Option<MessageType>) -> Stamp {
        Stamp {
            sequence: self.state.next_sequence(),
            port: self.state.port,
            flags: Flags::REQUEST,
            family,
        }
    }

    /// Returns the kernel's last refusal, until the next receiving call. It has
    /// all facts of an [`Error`] and the policy, without an allocator.
    #[must_use]
    pub fn refusal(&self) -> Option<AckRef<'_>> {
        AckRef::new(self.state.refusal.message(self.buffer.as_ref())).ok()
    }

    /// Returns a copy of the kernel's last refusal in `N` bytes, of which the
    /// text takes about 100. [`refusal`](Self::refusal) returns the original.
    ///
    /// ```
    /// use nlsock::{Conn, Protocol};
    /// use nlwire::route::GetLink;
    ///
    /// let mut conn = Conn::open(Protocol::ROUTE)?;
    /// let error = conn.execute(GetLink::by_name("no-such-link")).unwrap_err();
    /// let refusal = conn.refusal_copy::<128>().ok_or("no refusal")?;
    /// drop(conn);
    /// assert_eq!(refusal.get().errno(), error.errno());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[cfg(feature = "heapless")]
    #[must_use]
    pub fn refusal_copy<const N: usize>(&self) -> Option<nlwire::AckBuf<N>> {
        self.refusal().map(nlwire::AckBuf::new)
    }
}
