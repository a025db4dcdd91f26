//! Hook that is called with each datagram, and its printing.
//!
//! | file | content |
//! |---|---|
//! | `hook` | the function of the program, and the events that it is called with |
//! | `nldebug` | the environment variable `NLDEBUG`: its value, and lines on standard error |
//! | `subscriber` | events of the crate `tracing` |
//! | `families` | families of a configuration, and their numbers |
//! | `text` | text of an event, for `nldebug` and `subscriber` |

use nlwire::Errno;

use crate::socket::default_hook;
use crate::{Address, Error, Hook, Protocol, Received, Socket, Trace, TraceEvent};

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
        if subscriber::are_wanted() {
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
    if let Some(hook) = wanted(hook.or_else(default_hook)) {
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
    if hook.is_none() && subscriber::are_wanted() {
        return Some(subscriber::HOOK);
    }
    hook
}

pub(crate) mod families;
pub(crate) mod hook;
#[cfg(feature = "std")]
pub(crate) mod nldebug;
#[cfg(feature = "tracing")]
mod subscriber;
#[cfg(any(feature = "std", feature = "tracing"))]
mod text;

pub(crate) use families::MOST_FAMILIES;

#[cfg(test)]
mod tests;
