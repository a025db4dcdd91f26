//! A kernel for tests: a [`Transport`] that is fed with real datagrams.
//!
//! It answers from a script, from a closure, or both, and keeps what was sent.
//! Lengths, truncation, senders, groups, errors and blocking are those of a
//! netlink socket, so that the code under test runs as it does for real.
//!
//! ```
//! use nlsock::fake::Kernel;
//! use nlsock::{Conn, Errno, Protocol};
//! use nlwire::{Flags, MessageType, Writer};
//!
//! let kernel = Kernel::answering(|request, answer| {
//!     assert_eq!(request.kind(), MessageType(18));
//!     answer.reply(MessageType(16), Flags::empty(), &(), |w| w.str(3, "eth0"));
//!     answer.ack();
//! });
//! let mut conn = Conn::over(kernel.clone(), [0; 4096], Protocol::ROUTE, 7);
//!
//! let mut buffer = [0; 64];
//! let request = Writer::message(&mut buffer, MessageType(18), Flags::empty(), &(), |w| Ok(w))?;
//! let reply = conn.get(request)?;
//! assert_eq!(reply.attributes(0).require(3)?.str()?, "eth0");
//! assert_eq!(kernel.sent().len(), 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use alloc::boxed::Box;
use alloc::collections::VecDeque;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;
use core::time::Duration;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use nlwire::zerocopy::IntoBytes as _;
use nlwire::{
    AckFlags, Errno, FixedHeader, Flags, Header, MessageRef, MessageType, Messages, Put, Writer,
};
use rustix::fd::BorrowedFd;

use crate::{Address, Interest, Received, Transport, Wake};

type Handler = dyn FnMut(MessageRef<'_>, &mut Answer) + Send;

/// A kernel that does as it is told. Clones are handles to the same one.
#[derive(Clone, Default)]
pub struct Kernel(Arc<Shared>);

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
    handler: Mutex<Option<Box<Handler>>>,
}

#[derive(Default)]
struct State {
    queue: VecDeque<Result<(Vec<u8>, Received), Errno>>,
    sent: Vec<Vec<u8>>,
    refuse_send: Option<Errno>,
    cancelled: bool,
}

/// What the kernel answers to one message.
#[derive(Debug)]
pub struct Answer {
    request: Header,
    bytes: Vec<u8>,
    /// Datagrams that are complete.
    datagrams: Vec<Vec<u8>>,
}

impl Kernel {
    /// Makes a kernel that answers nothing but what is [queued](Self::queue).
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Makes a kernel that calls `handler` for every message that is sent,
    /// inside the send, as the real one does.
    #[must_use]
    pub fn answering<F>(handler: F) -> Self
    where
        F: FnMut(MessageRef<'_>, &mut Answer) + Send + 'static,
    {
        let kernel = Self::default();
        *lock(&kernel.0.handler) = Some(Box::new(handler));
        kernel
    }

    /// Queues a datagram of the kernel's.
    pub fn queue(&self, datagram: impl Into<Vec<u8>>) {
        let datagram = datagram.into();
        let received = Received::new(datagram.len(), Address::KERNEL);
        self.queue_with(datagram, received);
    }

    /// Queues a datagram with its sender, group and namespace; the length is
    /// the datagram's.
    pub fn queue_with(&self, datagram: impl Into<Vec<u8>>, mut received: Received) {
        let datagram = datagram.into();
        received.len = datagram.len();
        self.push(Ok((datagram, received)));
    }

    /// Queues an error, such as `ENOBUFS`.
    pub fn queue_error(&self, errno: Errno) {
        self.push(Err(errno));
    }

    /// Fails every send from here on with this error, or none any more.
    pub fn refuse_send(&self, errno: Option<Errno>) {
        lock(&self.0.state).refuse_send = errno;
    }

    /// Ends every wait, as a [`Canceller`](crate::Canceller) does.
    pub fn cancel(&self) {
        lock(&self.0.state).cancelled = true;
        self.0.changed.notify_all();
    }

    /// Returns the datagrams that were sent, and forgets them.
    #[must_use]
    pub fn sent(&self) -> Vec<Vec<u8>> {
        core::mem::take(&mut lock(&self.0.state).sent)
    }

    /// Returns how many datagrams and errors are queued.
    #[must_use]
    pub fn queued(&self) -> usize {
        lock(&self.0.state).queue.len()
    }

    fn push(&self, item: Result<(Vec<u8>, Received), Errno>) {
        lock(&self.0.state).queue.push_back(item);
        self.0.changed.notify_all();
    }
}

/// A test that panicked elsewhere must not hide what this one finds.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Answer {
    /// Returns the request's header.
    #[must_use]
    pub const fn request(&self) -> &Header {
        &self.request
    }

    /// Adds a message with the request's sequence number and port.
    ///
    /// # Panics
    ///
    /// If `attributes` fails, as no test means it to.
    #[allow(clippy::panic, reason = "a broken test must not pass")]
    pub fn reply<T, F>(&mut self, kind: MessageType, flags: Flags, header: &T, attributes: F)
    where
        T: FixedHeader,
        F: for<'w, 'b> Fn(&'w mut Writer<'b>) -> Put<'w, 'b>,
    {
        let mut buffer = alloc::vec![0; 256 * 1024];
        match Writer::message(&mut buffer, kind, flags, header, attributes) {
            Ok(message) => self.message(*message.header(), message.payload()),
            Err(error) => panic!("the reply cannot be written: {error}"),
        }
    }

    /// Adds a message as it is but for sequence number, port and length.
    pub fn message(&mut self, header: Header, payload: &[u8]) {
        self.align();
        let length = payload.len().saturating_add(Header::LEN);
        let header = header
            .with_length(u32::try_from(length).unwrap_or(u32::MAX))
            .with_sequence(self.request.sequence())
            .with_port(self.request.port());
        self.bytes.extend_from_slice(header.as_bytes());
        self.bytes.extend_from_slice(payload);
    }

    /// Adds bytes as they are.
    pub fn raw(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// Ends the datagram: what is added next goes into another one.
    pub fn end_datagram(&mut self) {
        if !self.bytes.is_empty() {
            self.datagrams.push(core::mem::take(&mut self.bytes));
        }
    }

    /// Acknowledges, in a datagram of its own, if the request asks for it.
    pub fn ack(&mut self) {
        if self.request.flags().contains(Flags::ACK) {
            self.error(Errno(0));
        }
    }

    /// Refuses, in a datagram of its own.
    pub fn error(&mut self, errno: Errno) {
        self.refuse(errno, None, None);
    }

    /// Refuses with a text and the offset of an attribute; errno 0 is a
    /// success with a warning.
    pub fn refuse(&mut self, errno: Errno, text: Option<&str>, offset: Option<u32>) {
        self.end_datagram();
        let mut payload = errno.0.wrapping_neg().to_ne_bytes().to_vec();
        payload.extend_from_slice(self.request.as_bytes());
        let mut flags = Flags::empty() | AckFlags::CAPPED;
        if text.is_some() || offset.is_some() {
            flags = flags | AckFlags::ACK_TLVS;
        }
        append_tlvs(&mut payload, text, offset);
        self.message(Header::new(MessageType::ERROR, flags), &payload);
        self.end_datagram();
    }

    /// Ends a dump with a code, 0 or a negative errno.
    pub fn done(&mut self, code: i32, flags: Flags) {
        let header = Header::new(MessageType::DONE, flags | Flags::MULTI);
        self.message(header, &code.to_ne_bytes());
    }

    fn align(&mut self) {
        let aligned = self.bytes.len().next_multiple_of(4);
        self.bytes.resize(aligned, 0);
    }
}

fn append_tlvs(payload: &mut Vec<u8>, text: Option<&str>, offset: Option<u32>) {
    let mut buffer = [0; 1024];
    let tlvs = Writer::attributes(&mut buffer, |mut w| {
        if let Some(text) = text {
            w = w.str(1, text)?;
        }
        if let Some(offset) = offset {
            w = w.u32(2, offset)?;
        }
        Ok(w)
    });
    if let Ok(tlvs) = tlvs {
        payload.extend_from_slice(tlvs.remaining());
    }
}

impl Transport for Kernel {
    fn send_vectored(&self, parts: &[&[u8]], _: Option<Address>) -> Result<usize, Errno> {
        let datagram = parts.concat();
        {
            let mut state = lock(&self.0.state);
            if let Some(errno) = state.refuse_send {
                return Err(errno);
            }
            state.sent.push(datagram.clone());
        }
        if let Some(handler) = lock(&self.0.handler).as_mut() {
            for message in Messages::new(&datagram).map_while(Result::ok) {
                let mut answer = Answer {
                    request: *message.header(),
                    bytes: Vec::new(),
                    datagrams: Vec::new(),
                };
                handler(message, &mut answer);
                answer.end_datagram();
                for datagram in answer.datagrams {
                    self.queue(datagram);
                }
            }
        }
        Ok(datagram.len())
    }

    fn recv(&self, buffer: &mut [u8]) -> Result<Received, Errno> {
        let item = lock(&self.0.state).queue.pop_front();
        let (datagram, received) = item.unwrap_or(Err(Errno::EAGAIN))?;
        for (to, from) in buffer.iter_mut().zip(&datagram) {
            *to = *from;
        }
        Ok(received)
    }

    fn wait(&self, interest: Interest, timeout: Option<Duration>) -> Result<Wake, Errno> {
        let state = lock(&self.0.state);
        let idle = |state: &mut State| {
            !state.cancelled && state.queue.is_empty() && interest == Interest::Readable
        };
        let state = match timeout {
            None => self.0.changed.wait_while(state, idle),
            Some(timeout) => match self.0.changed.wait_timeout_while(state, timeout, idle) {
                Ok((_, result)) if result.timed_out() => return Ok(Wake::TimedOut),
                Ok((state, _)) => Ok(state),
                Err(_) => return Ok(Wake::Cancelled),
            },
        };
        let cancelled = state.map_or(true, |state| state.cancelled);
        Ok(if cancelled {
            Wake::Cancelled
        } else {
            Wake::Ready
        })
    }

    fn as_fd(&self) -> Option<BorrowedFd<'_>> {
        None
    }
}

impl fmt::Debug for Kernel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Kernel({} queued)", self.queued())
    }
}
