//! Hook that is called with each datagram, and its printing.

use core::fmt;

use nlwire::Errno;
use nlwire::pretty::Family;

use crate::{Address, Error, Protocol, Received, Socket};

/// Datagram that a [`Socket`] sent or received, or the error in its place.
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
    #[must_use]
    pub const fn new(function: &'static Function) -> Self {
        Self(function)
    }

    fn call(self, trace: &Trace<'_>) {
        (self.0)(trace);
    }

    /// Returns the hook that the environment or the features enable.
    pub(crate) fn default_for_sockets() -> Option<Self> {
        #[cfg(feature = "std")]
        return print::hook();
        #[cfg(not(feature = "std"))]
        None
    }
}

impl fmt::Debug for Hook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hook")
    }
}

impl Socket {
    /// Sets or removes the hook that is called with each datagram, in place of
    /// the one from the environment variable `NLDEBUG`.
    pub fn set_trace(&mut self, hook: Option<Hook>) {
        self.tracing.hook = hook;
    }

    /// Returns true if a hook is called with the next datagram: the only branch
    /// that each datagram takes. All other tracing code is out of line.
    #[inline(always)]
    pub(crate) fn is_traced(&self) -> bool {
        #[cfg(feature = "tracing")]
        if events::are_wanted() {
            return true;
        }
        self.tracing.hook.is_some()
    }

    #[cold]
    pub(crate) fn send_traced(&self, parts: &[&[u8]], to: Option<Address>) -> Result<usize, Errno> {
        let result = self.send_untraced(parts, to);
        self.tell(match result {
            Ok(_) => TraceEvent::Sent { parts, to },
            Err(errno) => TraceEvent::NotSent { parts, to, errno },
        });
        result
    }

    #[cold]
    pub(crate) fn recv_traced(&self, buffer: &mut [u8]) -> Result<Received, Errno> {
        let result = self.recv_untraced(buffer);
        self.tell_received(buffer, result);
        result
    }

    fn tell_received(&self, buffer: &[u8], result: Result<Received, Errno>) {
        self.tell(match result {
            Ok(received) => TraceEvent::Received {
                bytes: buffer.get(..received.len).unwrap_or(buffer),
                received,
            },
            Err(Errno::EAGAIN) => return,
            Err(errno) => TraceEvent::NotReceived { errno },
        });
    }

    fn tell(&self, event: TraceEvent<'_>) {
        let Some(hook) = wanted(self.tracing.hook) else {
            return;
        };
        if let TraceEvent::Received { bytes, .. } = event {
            self.tracing.learn(self.protocol(), bytes);
        }
        let (families, count) = self.tracing.known();
        hook.call(&Trace {
            protocol: self.protocol(),
            port: self.port_id(),
            families: families.get(..count).unwrap_or_default(),
            event,
        });
    }
}

/// Calls the hook of a configuration, or the one from the environment, with the
/// error of opening a socket.
pub(crate) fn failed_open(hook: Option<Hook>, protocol: Protocol, port: u32, error: &Error) {
    if let Some(hook) = wanted(hook.or_else(Hook::default_for_sockets)) {
        hook.call(&Trace {
            protocol,
            port,
            families: &[],
            event: TraceEvent::NotOpened { error },
        });
    }
}

/// Returns the hook to call next, for a socket with this hook.
fn wanted(hook: Option<Hook>) -> Option<Hook> {
    #[cfg(feature = "tracing")]
    if hook.is_none() && events::are_wanted() {
        return Some(events::HOOK);
    }
    hook
}

#[cfg(feature = "tracing")]
mod events;
mod families;
#[cfg(feature = "std")]
mod print;
#[cfg(any(feature = "std", feature = "tracing"))]
mod text;

pub(crate) use families::{MOST_FAMILIES, Tracing};

#[cfg(test)]
mod tests;
