//! A hook that sees every datagram, and what is printed with it.

use core::fmt;

use nlwire::Errno;

use crate::{Address, Error, Protocol, Received, Socket};

/// A datagram that went through a [`Socket`], or the error in its place.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Trace<'a> {
    /// The protocol of the socket.
    pub protocol: Protocol,
    /// The port id of the socket; the one that was asked for, if it could not
    /// be opened.
    pub port: u32,
    /// What happened.
    pub event: TraceEvent<'a>,
}

/// What happened to a datagram, or to the socket.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum TraceEvent<'a> {
    /// The socket could not be opened or adopted.
    NotOpened {
        /// Why.
        error: &'a Error,
    },
    /// It was sent.
    Sent {
        /// Its bytes, in order.
        parts: &'a [&'a [u8]],
        /// The receiver; `None` is the kernel.
        to: Option<Address>,
    },
    /// It was not sent.
    NotSent {
        /// Its bytes, in order.
        parts: &'a [&'a [u8]],
        /// The receiver; `None` is the kernel.
        to: Option<Address>,
        /// Why.
        errno: Errno,
    },
    /// It was received.
    Received {
        /// Its bytes, or as many of them as the buffer holds, as the kernel has
        /// sent them: the length of a record for the audit daemon leaves out
        /// the header, which [`Conn`](crate::Conn) mends later.
        bytes: &'a [u8],
        /// What came along, with the true length.
        received: Received,
    },
    /// The receive failed, other than with `EAGAIN`: an empty queue is no event.
    NotReceived {
        /// Why.
        errno: Errno,
    },
}

/// A function that sees every datagram of a socket; see
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
/// One that keeps something is made `'static` by `Box::leak`, or is a static
/// itself. It runs inside the send or the receive, on the thread that called
/// it, and may not use the same connection for requests.
#[derive(Clone, Copy)]
pub struct Hook(&'static Function);

type Function = dyn Fn(&Trace<'_>) + Send + Sync;

impl Hook {
    /// Makes a hook of a function.
    #[must_use]
    pub const fn new(function: &'static Function) -> Self {
        Self(function)
    }

    fn call(self, protocol: Protocol, port: u32, event: TraceEvent<'_>) {
        (self.0)(&Trace {
            protocol,
            port,
            event,
        });
    }

    /// Returns what the environment and the features ask for.
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
    /// Sets or takes away the hook that sees every datagram, in place of what
    /// the environment variable `NLDEBUG` asks for.
    pub fn set_trace(&mut self, hook: Option<Hook>) {
        self.hook = hook;
    }

    /// Whether somebody is to see what comes next: the one branch that every
    /// datagram takes. All that follows from it is out of the way.
    #[inline(always)]
    pub(crate) fn is_traced(&self) -> bool {
        #[cfg(feature = "tracing")]
        if events::are_wanted() {
            return true;
        }
        self.hook.is_some()
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
        if let Some(hook) = wanted(self.hook) {
            hook.call(self.protocol(), self.port_id(), event);
        }
    }
}

/// Lets the hook of a configuration, or the one that the environment asks for,
/// see that a socket could not be opened.
pub(crate) fn failed_open(hook: Option<Hook>, protocol: Protocol, port: u32, error: &Error) {
    if let Some(hook) = wanted(hook.or_else(Hook::default_for_sockets)) {
        hook.call(protocol, port, TraceEvent::NotOpened { error });
    }
}

/// Returns the hook that is to see what comes next, where a socket has this
/// one.
fn wanted(hook: Option<Hook>) -> Option<Hook> {
    #[cfg(feature = "tracing")]
    if hook.is_none() && events::are_wanted() {
        return Some(events::HOOK);
    }
    hook
}

#[cfg(feature = "tracing")]
mod events;
#[cfg(feature = "std")]
mod print;
#[cfg(any(feature = "std", feature = "tracing"))]
mod text;

#[cfg(test)]
mod tests;
