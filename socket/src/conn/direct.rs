//! Sending and receiving by `&self`, for threads that share a connection.

use nlwire::{EncodeError, Errno, MessageRef, Messages, Part, Request};

use super::receive::{SMALL, receive_error, receive_now, send, wait};
use super::refusal::unwritten;
use super::write::family_of;
use crate::{Address, Conn, Datagram, Error, ErrorKind, Interest, Operation, Transport, sys};

impl<T: Transport, B: AsRef<[u8]> + AsMut<[u8]>> Conn<T, B> {
    /// Sends a request without waiting for an answer, such as a verdict of
    /// nfqueue, while another thread may receive. Its messages have sequence
    /// number 0, which no request waits for; a [`MessageRef`] keeps its own.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Encode`] for a request that needs more than 512 bytes, see
    /// [`send_in`](Self::send_in), or whose messages wait for each other.
    /// [`ErrorKind::WrongProtocol`] and [`ErrorKind::NotLookedUp`], before
    /// anything is sent. [`ErrorKind::Timeout`], [`ErrorKind::Cancelled`] and
    /// [`ErrorKind::System`].
    pub fn send(&self, request: impl Request) -> Result<(), Error> {
        self.send_in(request, &mut [0; SMALL])
    }

    /// Sends a request as [`send`](Self::send) does, written into the caller's
    /// buffer.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Encode`] for a request that does not fit `buffer`, and the
    /// errors of [`send`](Self::send).
    pub fn send_in(&self, request: impl Request, buffer: &mut [u8]) -> Result<(), Error> {
        self.check_protocol(&request)?;
        let mut stamp = self.stamp(None);
        stamp.sequence = 0;
        if let Some(family) = family_of(&request) {
            stamp.family = self.state.family(family);
            if stamp.family.is_none() {
                return Err(self.state.error(Operation::Write, ErrorKind::NotLookedUp));
            }
        }
        let part = Part::write(&request, 0, buffer, 0, stamp, false)
            .map_err(|error| unwritten(&self.state, &request, 0, buffer, error))?;
        if part.then.is_some() {
            return Err(self.state.unwritten(EncodeError::Waits));
        }
        let deadline = self
            .state
            .deadline(Operation::Send, self.state.write_timeout)?;
        let bytes = buffer.get(..part.end).unwrap_or_default();
        send(&self.transport, &self.state, bytes, None, deadline)
    }

    /// Sends messages unchanged to the kernel, in one datagram.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Decode`] if the bytes are not whole messages: the kernel
    /// would skip them without an answer. [`ErrorKind::Timeout`],
    /// [`ErrorKind::Cancelled`] and [`ErrorKind::System`].
    pub fn send_bytes(&self, messages: &[u8]) -> Result<(), Error> {
        self.send_to(messages, None)
    }

    /// Sends messages unchanged to a port or to groups; `None` is the kernel.
    ///
    /// # Errors
    ///
    /// The errors of [`send_bytes`](Self::send_bytes).
    pub fn send_to(&self, messages: &[u8], to: Option<Address>) -> Result<(), Error> {
        let mut rest = Messages::new(messages);
        let malformed = rest.find_map(Result::err);
        let tail = || match rest.remaining() {
            [] => None,
            tail => MessageRef::new(tail).err(),
        };
        if let Some(error) = malformed.or_else(tail) {
            return Err(self.state.error(Operation::Send, ErrorKind::Decode(error)));
        }
        let deadline = self
            .state
            .deadline(Operation::Send, self.state.write_timeout)?;
        send(&self.transport, &self.state, messages, to, deadline)
    }

    /// Receives one datagram into the caller's buffer, and waits for it as long
    /// as the connection's timeout permits.
    ///
    /// Datagrams of untrusted senders are skipped.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Truncated`] for a datagram that does not fit; `buffer`
    /// holds its beginning. [`ErrorKind::Timeout`] and
    /// [`ErrorKind::Cancelled`]. [`ErrorKind::Overrun`], after which the caller
    /// can receive again. [`ErrorKind::System`].
    pub fn recv<'b>(&self, buffer: &'b mut [u8]) -> Result<Datagram<'b>, Error> {
        let deadline = self
            .state
            .deadline(Operation::Receive, self.state.timeout)?;
        loop {
            if deadline.is_over() {
                return Err(self.state.timed_out());
            }
            let received = match receive_now(&self.transport, &self.state, buffer) {
                Ok(received) => received,
                Err(Errno::EAGAIN) => {
                    self.state.set_congested(false);
                    wait(&self.transport, &self.state, Interest::Readable, deadline)?;
                    continue;
                }
                Err(errno) => {
                    if errno == sys::ENOBUFS {
                        self.state.set_congested(true);
                    }
                    return Err(receive_error(&self.transport, &self.state, errno));
                }
            };
            if self.state.trust.covers(&received) {
                return match buffer.get(..received.len) {
                    Some(bytes) => Ok(Datagram::new(bytes, received)),
                    None => Err(self.state.truncated(received.len)),
                };
            }
        }
    }
}
