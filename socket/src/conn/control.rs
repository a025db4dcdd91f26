//! Options, cancellation, descriptor and closing of a connection over a socket.

use rustix::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd, RawFd};

use crate::{Canceller, Conn, Error, Operation, Socket};

/// Cancellation and closing.
///
/// A [`Canceller`] ends a wait, in a request or in a receive, with
/// [`ErrorKind::Cancelled`](crate::ErrorKind::Cancelled):
///
/// ```
/// use nlsock::{Conn, ErrorKind, Protocol};
/// use std::sync::Arc;
/// use std::thread;
///
/// let conn = Arc::new(Conn::open(Protocol::ROUTE)?);
/// let canceller = conn.canceller()?;
/// let reader = thread::spawn({
///     let conn = Arc::clone(&conn);
///     // This waits, since no request was sent.
///     move || conn.recv(&mut [0; 4096]).map(|datagram| datagram.as_bytes().len())
/// });
/// canceller.cancel();
/// let error = reader.join().unwrap().unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::Cancelled);
/// // The reader has dropped its reference, so that this is the last.
/// Arc::into_inner(conn).unwrap().close()?;
/// # Ok::<(), nlsock::Error>(())
/// ```
impl<B> Conn<Socket, B> {
    /// Returns the socket, whose methods set its options: groups, control
    /// messages, buffer sizes, filters.
    ///
    /// ```
    /// let conn = nlsock::Conn::open(nlsock::Protocol::ROUTE)?;
    /// conn.socket().set_receive_buffer(1 << 20)?;
    /// assert!(conn.socket().extended_ack()?);
    /// # Ok::<(), nlsock::Error>(())
    /// ```
    #[must_use]
    pub const fn socket(&self) -> &Socket {
        &self.transport
    }

    /// Creates a handle that cancels waits from another thread or from a signal
    /// handler.
    ///
    /// # Errors
    ///
    /// `EMFILE` if the process has too many descriptors.
    pub fn canceller(&self) -> Result<Canceller, Error> {
        self.transport.canceller()
    }

    /// Ends each wait, now and until [`resume`](Self::resume).
    ///
    /// Calls that need not wait still succeed: they return an answer that is in
    /// the queue.
    pub fn cancel(&self) {
        self.transport.cancel();
    }

    /// Ends the cancellation, so that the connection can wait again.
    pub fn resume(&self) {
        self.transport.resume();
    }

    /// Closes the socket. Dropping the connection closes it too, but ignores
    /// errors.
    ///
    /// # Errors
    ///
    /// Errors of `close(2)`. The descriptor is closed in any case.
    pub fn close(self) -> Result<(), Error> {
        let protocol = self.state.protocol;
        self.transport.close().map_err(|errno| {
            let kind = crate::ErrorKind::System(errno);
            Error::new(Some(protocol), Operation::Close, kind)
        })
    }
}

impl<B> AsFd for Conn<Socket, B> {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.transport.as_fd()
    }
}

impl<B> AsRawFd for Conn<Socket, B> {
    fn as_raw_fd(&self) -> RawFd {
        self.transport.as_raw_fd()
    }
}

/// Returns the descriptor, which stays open and keeps its port ID. The buffer
/// is freed.
impl<B> From<Conn<Socket, B>> for OwnedFd {
    fn from(conn: Conn<Socket, B>) -> Self {
        conn.transport.into()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use crate::sys::signal;
    use crate::testing::noop;
    use crate::{Address, Config, Conn, Error, ErrorKind, Operation, Protocol};
    use nlwire::MessageRef;
    use rustix::fd::{AsRawFd, OwnedFd};
    use std::fs::read_link;
    use std::string::ToString;
    use std::thread;
    use std::time::{Duration, Instant};

    const LONG: Duration = Duration::from_secs(20);

    /// Opens a connection of a protocol between programs, where nobody answers.
    fn silent() -> Conn {
        Config::new(Protocol::USERSOCK).open().unwrap()
    }

    /// Opens a connection with a timeout, so that no failure hangs.
    fn route() -> Conn {
        let mut conn = Conn::open(Protocol::ROUTE).unwrap();
        conn.set_timeout(Some(LONG));
        conn
    }

    fn kind(result: Result<impl Sized, Error>) -> Option<ErrorKind> {
        result.err().map(|error| error.kind())
    }

    #[test]
    fn a_timeout_of_zero_fails_at_once() {
        let mut conn = route();
        let message = noop(1);
        let ping = MessageRef::new(&message).unwrap();
        conn.set_write_timeout(Some(Duration::ZERO));
        let error = conn.send_bytes(&message).unwrap_err();
        assert_eq!(error.to_string(), "route: send: timed out");
        conn.set_read_timeout(Some(Duration::ZERO));
        assert_eq!(kind(conn.recv(&mut [0; 64])), Some(ErrorKind::Timeout));
        assert_eq!(kind(conn.execute(ping)), Some(ErrorKind::Timeout));
        assert_eq!(
            kind(conn.query(nlwire::Dump(ping))),
            Some(ErrorKind::Timeout)
        );
        // Datagrams in the queue are not received either, and nothing was sent.
        conn.set_write_timeout(Some(LONG));
        conn.send_bytes(&message).unwrap();
        assert_eq!(kind(conn.recv(&mut [0; 64])), Some(ErrorKind::Timeout));
        conn.set_timeout(Some(LONG));
        assert_eq!(
            (conn.read_timeout(), conn.write_timeout()),
            (Some(LONG), Some(LONG))
        );
        assert_eq!(conn.recv(&mut [0; 64]).unwrap().as_bytes().len(), 36);
        let soon = conn.with_timeout(Duration::from_millis(1)).execute(ping);
        assert_eq!(soon.unwrap().code(), 0);
    }

    #[test]
    fn a_receive_ends_in_time() {
        let mut conn = silent();
        conn.set_read_timeout(Some(Duration::from_millis(20)));
        let start = Instant::now();
        let error = conn.recv(&mut [0; 64]).unwrap_err();
        assert_eq!(error.to_string(), "usersock: wait: timed out");
        let elapsed = start.elapsed();
        assert!(elapsed >= Duration::from_millis(20), "{elapsed:?}");
        assert!(elapsed < LONG, "{elapsed:?}");
    }

    #[test]
    fn a_send_to_a_program_that_does_not_read_ends_in_time() {
        let open = || Config::new(Protocol::USERSOCK).trust(crate::Trust::Anyone);
        let (mut sender, deaf) = (open().open().unwrap(), open().open().unwrap());
        deaf.socket().set_receive_buffer(1).unwrap();
        sender.set_write_timeout(Some(Duration::from_millis(10)));
        let to = Some(Address::port(deaf.port_id()));
        let error = (0..10_000).find_map(|_| sender.send_to(&noop(1), to).err());
        let error = error.unwrap();
        assert_eq!(
            (error.kind(), error.operation()),
            (ErrorKind::Timeout, Operation::Wait)
        );
        assert!(error.is_temporary());
    }

    /// Sends a request that the kernel never answers.
    fn ask_in_vain(conn: &mut Conn) -> Error {
        let mut message = noop(1);
        // Without `NLM_F_ACK`.
        if let Some(flags) = message.get_mut(6..8) {
            flags.fill(0);
        }
        let ping = MessageRef::new(&message).unwrap();
        conn.call()
            .without_ack()
            .execute(ping)
            .map(|_| ())
            .unwrap_err()
    }

    #[test]
    fn a_request_is_cancelled_from_another_thread() {
        let mut conn = route();
        let canceller = conn.canceller().unwrap();
        let error = thread::scope(|scope| {
            let asker = scope.spawn(|| ask_in_vain(&mut conn));
            thread::sleep(Duration::from_millis(10));
            canceller.cancel();
            asker.join().unwrap()
        });
        assert_eq!(error.kind(), ErrorKind::Cancelled);
        assert_eq!(error.to_string(), "route: wait: cancelled");
        // The cancellation lasts until it is resumed.
        assert_eq!(ask_in_vain(&mut conn).kind(), ErrorKind::Cancelled);
        conn.resume();
        conn.set_timeout(Some(Duration::from_millis(1)));
        assert_eq!(ask_in_vain(&mut conn).kind(), ErrorKind::Timeout);
        conn.set_timeout(Some(LONG));
        conn.cancel();
        assert_eq!(kind(conn.recv(&mut [0; 64])), Some(ErrorKind::Cancelled));
        conn.resume();
        assert_eq!(kind(conn.execute(MessageRef::new(&noop(0)).unwrap())), None);
    }

    #[test]
    fn a_request_is_cancelled_by_a_signal_handler() {
        let mut conn = route();
        signal::cancel_on_alarm(conn.canceller().unwrap());
        let (tell, told) = std::sync::mpsc::channel();
        let error = thread::scope(|scope| {
            let asker = scope.spawn(|| {
                tell.send(signal::Thread::current()).unwrap();
                ask_in_vain(&mut conn)
            });
            let thread = told.recv().unwrap();
            thread::sleep(Duration::from_millis(10));
            thread.alarm();
            asker.join().unwrap()
        });
        assert_eq!(error.kind(), ErrorKind::Cancelled);
    }

    #[test]
    fn losses_and_truncations_are_reported_with_numbers() {
        let conn = route();
        conn.send_bytes(&noop(1)).unwrap();
        let cut = conn.recv(&mut [0; 20]).unwrap_err();
        assert_eq!(cut.kind(), ErrorKind::Truncated { needed: 36 });
        conn.socket().set_receive_buffer(1).unwrap();
        for sequence in 1..50 {
            conn.send_bytes(&noop(sequence)).unwrap();
        }
        let loss = conn.recv(&mut [0; 64]).unwrap_err();
        let drops = conn.socket().memory_info().unwrap().drops;
        assert!(drops > 0);
        assert_eq!(loss.kind(), ErrorKind::Overrun { drops });
        assert!(loss.is_temporary());
        // Datagrams queued before the loss can still be received.
        assert_eq!(conn.recv(&mut [0; 64]).unwrap().as_bytes().len(), 36);
    }

    #[test]
    fn a_descriptor_is_given_away_and_adopted() {
        let conn = route();
        let (port, number) = (conn.port_id(), conn.as_raw_fd());
        let fd = OwnedFd::from(conn);
        assert_eq!(fd.as_raw_fd(), number);
        let mut conn = Config::new(Protocol::ROUTE).adopt(fd).unwrap();
        assert_eq!((conn.port_id(), conn.as_raw_fd()), (port, number));
        assert_eq!(kind(conn.execute(MessageRef::new(&noop(0)).unwrap())), None);
        let events = crate::Events::new(conn);
        assert_eq!(events.as_raw_fd(), number);
    }

    #[test]
    fn a_connection_closes_its_descriptor() {
        let conn = route();
        let path = std::format!("/proc/self/fd/{}", conn.as_raw_fd());
        let open = read_link(&path).unwrap();
        conn.close().unwrap();
        assert_ne!(read_link(&path).ok(), Some(open));
    }
}
