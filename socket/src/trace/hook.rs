//! Hook, and the events that it is called with.

use core::fmt;

use nlwire::Errno;
use nlwire::pretty::Family;

use crate::{Address, Error, Protocol, Received};

/// Datagram that a [`Socket`](crate::Socket) sent or received, or the error in its place.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Trace<'a> {
    /// Protocol of the socket.
    pub protocol: Protocol,
    /// Port ID of the socket; the requested one, if opening failed.
    pub port: u32,
    /// Families of [`Config::described_by`](crate::Config::described_by), for
    /// [`Pretty::with_families`](nlwire::pretty::Pretty::with_families).
    pub families: &'a [Family<'a>],
    /// Event.
    pub event: TraceEvent<'a>,
}

/// Event of a socket.
///
/// ```
/// use nlsock::{Hook, TraceEvent};
///
/// /// Prints the lengths of datagrams.
/// static LENGTHS: Hook = Hook::new(&|trace| match trace.event {
///     TraceEvent::Sent { parts, .. } => {
///         println!("> {}", parts.iter().map(|part| part.len()).sum::<usize>());
///     }
///     TraceEvent::Received { received, .. } => println!("< {}", received.len),
///     _ => {}
/// });
/// ```
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum TraceEvent<'a> {
    /// Opening or adopting the socket failed.
    NotOpened {
        /// Reason.
        error: &'a Error,
    },
    /// A datagram was sent.
    Sent {
        /// Bytes of the datagram, in parts.
        parts: &'a [&'a [u8]],
        /// Receiver; `None` is the kernel.
        to: Option<Address>,
    },
    /// Sending a datagram failed.
    NotSent {
        /// Bytes of the datagram, in parts.
        parts: &'a [&'a [u8]],
        /// Receiver; `None` is the kernel.
        to: Option<Address>,
        /// Reason.
        errno: Errno,
    },
    /// A datagram was received.
    Received {
        /// Bytes of the datagram, as many as the buffer holds, as sent by the
        /// kernel: the length of a record for the audit daemon leaves out the
        /// header, which [`Conn`](crate::Conn) corrects later.
        bytes: &'a [u8],
        /// Length, sender and control messages of the datagram.
        received: Received,
    },
    /// Receiving failed. `EAGAIN` is not reported: an empty queue is not an
    /// event.
    NotReceived {
        /// Reason.
        errno: Errno,
    },
}

/// Function that is called with each datagram of a socket; see
/// [`Config::trace`](crate::Config::trace).
///
/// ```
/// use nlsock::{Config, Hook, Protocol, TraceEvent};
///
/// let hook = Hook::new(&|trace| {
///     if let TraceEvent::Received { received, .. } = trace.event {
///         println!("{}: {} bytes", trace.protocol, received.len);
///     }
/// });
/// let conn = Config::new(Protocol::ROUTE).trace(hook).open()?;
/// # Ok::<(), nlsock::Error>(())
/// ```
///
/// A hook with state becomes `'static` by `Box::leak`, or is a static itself.
/// It runs inside the send or the receive, on the calling thread, and must not
/// send requests on the same connection.
#[derive(Clone, Copy)]
pub struct Hook(&'static Function);

type Function = dyn Fn(&Trace<'_>) + Send + Sync;

impl Hook {
    /// Creates a hook from a function.
    ///
    /// ```
    /// use nlsock::{Hook, Trace};
    ///
    /// fn print(trace: &Trace<'_>) {
    ///     eprintln!("{trace:?}");
    /// }
    ///
    /// static HOOK: Hook = Hook::new(&print);
    /// ```
    #[must_use]
    pub const fn new(function: &'static Function) -> Self {
        Self(function)
    }

    pub(super) fn call(self, trace: &Trace<'_>) {
        (self.0)(trace);
    }
}

impl fmt::Debug for Hook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hook")
    }
}
