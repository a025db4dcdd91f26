//! Waits in the reactor of tokio.

use core::time::Duration;

use ::tokio::io::Interest;
use ::tokio::io::unix::AsyncFd;
use ::tokio::task::{consume_budget, yield_now};
use ::tokio::time::timeout;
use rustix::fd::{AsFd as _, OwnedFd};

use crate::conn::receive::Step;
use crate::socket::waiting::Deadline;
use crate::{Conn, Errno, Error, ErrorKind, Operation, Socket};

/// Registration of a socket with the reactor, by a duplicate of its descriptor:
/// the socket itself is borrowed mutably during the wait.
#[derive(Debug)]
pub(super) struct Watch(AsyncFd<OwnedFd>);

/// Reason for a wait that ended without a result.
pub(super) enum Stop {
    Error(Error),
    Wait(ErrorKind),
}

impl Stop {
    pub(super) fn into_error<B>(self, conn: &Conn<Socket, B>) -> Error {
        match self {
            Self::Error(error) => error,
            Self::Wait(kind) => Error::new(Some(conn.transport.protocol()), Operation::Wait, kind),
        }
    }
}

impl Watch {
    pub(super) fn new<B>(conn: &Conn<Socket, B>) -> Result<Self, Error> {
        #[allow(
            deprecated,
            reason = "its successor is unsafe for the sake of descriptors that may change; this one is owned"
        )]
        let register = |fd| AsyncFd::with_interest(fd, Interest::READABLE);
        let fail = |operation| {
            move |error: std::io::Error| {
                let errno = error.raw_os_error().map_or(Errno::EIO, Errno);
                conn.transport.error(operation, errno)
            }
        };
        let fd = conn.as_fd().try_clone_to_owned();
        let fd = fd.map_err(fail(Operation::Duplicate))?;
        register(fd).map(Self).map_err(fail(Operation::Register))
    }

    /// Calls `attempt` until it is ready, each time that the socket may be
    /// readable.
    pub(super) async fn until<R>(
        &self,
        deadline: Deadline,
        mut attempt: impl FnMut() -> Result<Step<R>, Error>,
    ) -> Result<R, Stop> {
        // A stream that is never empty must not stop other tasks.
        consume_budget().await;
        loop {
            // The kernel has usually answered before the reactor is notified.
            match attempt().map_err(Stop::Error)? {
                Step::Ready(result) => return Ok(result),
                Step::Pending => {}
                Step::Busy => {
                    yield_now().await;
                    continue;
                }
            }
            let readable = self.0.readable();
            let guard = match deadline.remaining() {
                None => readable.await,
                // Datagrams of other processes may keep the socket readable.
                Some(Duration::ZERO) => return Err(Stop::Wait(ErrorKind::Timeout)),
                Some(left) => match timeout(left, readable).await {
                    Ok(guard) => guard,
                    Err(_) => return Err(Stop::Wait(ErrorKind::Timeout)),
                },
            };
            // The guard fails when the runtime shuts down.
            let mut guard = guard.map_err(|_| Stop::Wait(ErrorKind::Closed))?;
            match attempt().map_err(Stop::Error)? {
                Step::Ready(result) => return Ok(result),
                // The queue is empty.
                Step::Pending => guard.clear_ready(),
                Step::Busy => {}
            }
        }
    }
}
