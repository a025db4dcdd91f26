//! Fake kernel for tests: a [`Transport`] with datagrams from a test.
//!
//! A script, a closure or both define its answers. It keeps the sent datagrams.
//! Lengths, truncation, senders, groups, errors, delays and blocking are those
//! of a netlink socket, so that the code under test runs as with a real one, on
//! many threads or in an event loop.
//!
//! ```
//! use nlsock::fake::{Expected, Kernel};
//! use nlsock::{Conn, Errno, Protocol};
//! use nlwire::Flags;
//! use nlwire::route::{DeleteLink, GetLink, LinkAttr, LinkHeader, RTM_NEWLINK};
//!
//! let kernel = Kernel::new();
//! let get = GetLink::by_name("eth0");
//! kernel.expect(Expected::request(&get), |_, answer| {
//!     answer.reply(RTM_NEWLINK, Flags::empty(), &LinkHeader::default(), |w| {
//!         w.put(LinkAttr::Name("eth0".into()))?.put(LinkAttr::Mtu(1400))
//!     });
//!     answer.ack();
//! });
//! let delete = DeleteLink::by_name("eth0");
//! kernel.expect(Expected::request(&delete), |_, answer| answer.error(Errno::EPERM));
//!
//! let mut conn = Conn::over(kernel.clone(), [0; 4096], Protocol::ROUTE, 7);
//! assert_eq!(conn.get(get)?.mtu()?, Some(1400));
//! assert!(conn.execute(delete).unwrap_err().is_permission());
//! kernel.assert_finished();
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use alloc::boxed::Box;
use alloc::collections::VecDeque;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;
use core::time::Duration;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use nlwire::{Errno, MessageRef, Messages};
use rustix::fd::{AsFd as _, BorrowedFd};

use crate::{Address, Canceller, Interest, Received, Transport, Wake};

mod answer;
mod clock;
mod expected;
#[cfg(test)]
mod tests;

pub use answer::{Answer, message, multipart};
pub use expected::Expected;

use clock::Signals;

type Handler = dyn FnMut(MessageRef<'_>, &mut Answer) + Send;

/// Fake kernel. Clones are handles to the same one.
#[derive(Clone)]
pub struct Kernel(Arc<Shared>);

struct Shared {
    state: Mutex<State>,
    signals: Signals,
    handler: Mutex<Option<Box<Handler>>>,
}

#[derive(Default)]
struct State {
    queue: VecDeque<Item>,
    script: VecDeque<(Expected, Box<Handler>)>,
    sent: Vec<(Vec<u8>, Address)>,
    refuse_send: Option<Errno>,
    blocked: bool,
}

/// Datagram or error, and the time from which on it can be received.
struct Item {
    due: Instant,
    content: Result<(Vec<u8>, Received), Errno>,
}

impl State {
    fn is_due(&self) -> bool {
        let first = self.queue.front();
        first.is_some_and(|item| item.due <= Instant::now())
    }
}

impl Default for Kernel {
    fn default() -> Self {
        Self::new()
    }
}

impl Kernel {
    /// Creates a kernel that answers only what it [expects](Self::expect), and
    /// sends what is [queued](Self::queue).
    ///
    /// # Panics
    ///
    /// Panics if the process cannot open three more descriptors.
    #[must_use]
    pub fn new() -> Self {
        Self(Arc::new(Shared {
            state: Mutex::default(),
            signals: Signals::new(),
            handler: Mutex::default(),
        }))
    }

    /// Creates a kernel that calls `handler` for each sent message, inside the
    /// send, as the real kernel does.
    ///
    /// ```
    /// use nlsock::fake::Kernel;
    /// use nlsock::{Conn, Errno, Protocol};
    /// use nlwire::route::{DeleteLink, NewLink, RTM_NEWLINK};
    ///
    /// let kernel = Kernel::answering(|request, answer| match request.kind() {
    ///     RTM_NEWLINK => answer.ack(),
    ///     _ => answer.error(Errno::EOPNOTSUPP),
    /// });
    /// let mut conn = Conn::over(kernel, [0; 4096], Protocol::ROUTE, 7);
    /// conn.execute(NewLink::bridge("br0"))?;
    /// assert!(conn.execute(DeleteLink::by_name("br0")).is_err());
    /// # Ok::<(), nlsock::Error>(())
    /// ```
    ///
    /// # Panics
    ///
    /// Panics if the process cannot open three more descriptors.
    #[must_use]
    pub fn answering<F>(handler: F) -> Self
    where
        F: FnMut(MessageRef<'_>, &mut Answer) + Send + 'static,
    {
        let kernel = Self::new();
        *lock(&kernel.0.handler) = Some(Box::new(handler));
        kernel
    }

    /// Adds a step to the script: the next message, after those of earlier
    /// steps, must be as expected, and `handler` answers it.
    ///
    /// The send of another message panics and prints the difference. A message
    /// after the end of the script goes to the handler of
    /// [`answering`](Self::answering), or is not answered.
    ///
    /// ```
    /// use nlsock::fake::{Expected, Kernel};
    /// use nlsock::{Conn, Protocol};
    /// use nlwire::route::NewLink;
    ///
    /// let (kernel, bridge) = (Kernel::new(), NewLink::bridge("br0").up());
    /// kernel.expect(Expected::request(&bridge), |_, answer| answer.ack());
    /// Conn::over(kernel.clone(), [0; 4096], Protocol::ROUTE, 7).execute(&bridge)?;
    /// kernel.assert_finished();
    /// # Ok::<(), nlsock::Error>(())
    /// ```
    pub fn expect<F>(&self, expected: Expected, handler: F)
    where
        F: FnMut(MessageRef<'_>, &mut Answer) + Send + 'static,
    {
        let handler: Box<Handler> = Box::new(handler);
        lock(&self.0.state).script.push_back((expected, handler));
    }

    /// Queues a datagram of the kernel.
    pub fn queue(&self, datagram: impl Into<Vec<u8>>) {
        self.queue_after(Duration::ZERO, datagram);
    }

    /// Queues a datagram that can be received after a delay, and after the
    /// datagrams queued earlier.
    pub fn queue_after(&self, delay: Duration, datagram: impl Into<Vec<u8>>) {
        let received = Received::new(0, Address::KERNEL);
        self.push(delay, Ok((datagram.into(), received)));
    }

    /// Queues a datagram with its sender, group, namespace and user ID; the
    /// length is the datagram's.
    pub fn queue_with(&self, datagram: impl Into<Vec<u8>>, received: Received) {
        self.push(Duration::ZERO, Ok((datagram.into(), received)));
    }

    /// Queues an error, such as `ENOBUFS`.
    pub fn queue_error(&self, errno: Errno) {
        self.push(Duration::ZERO, Err(errno));
    }

    /// Fails each later send with this error; `None` lets them succeed again.
    pub fn refuse_send(&self, errno: Option<Errno>) {
        lock(&self.0.state).refuse_send = errno;
    }

    /// Blocks each send, as a program does that does not read, until called
    /// with `false`.
    pub fn block_send(&self, block: bool) {
        let mut state = lock(&self.0.state);
        state.blocked = block;
        self.0.signals.set_writable(!block);
    }

    /// Ends each wait, as a [`Canceller`] does.
    pub fn cancel(&self) {
        self.0.signals.canceller.cancel();
    }

    /// Ends the cancellation.
    pub fn resume(&self) {
        self.0.signals.canceller.resume();
    }

    /// Creates a handle that cancels waits, also from a signal handler.
    ///
    /// # Errors
    ///
    /// `EMFILE` if the process has too many descriptors.
    pub fn canceller(&self) -> Result<Canceller, Errno> {
        self.0.signals.canceller.try_clone()
    }

    /// Returns the sent datagrams, and removes them.
    #[must_use]
    pub fn sent(&self) -> Vec<Vec<u8>> {
        let sent = self.sent_to().into_iter();
        sent.map(|(datagram, _)| datagram).collect()
    }

    /// Returns the sent datagrams with their receivers, and removes them.
    #[must_use]
    pub fn sent_to(&self) -> Vec<(Vec<u8>, Address)> {
        core::mem::take(&mut lock(&self.0.state).sent)
    }

    /// Returns the number of queued datagrams and errors, with the delayed
    /// ones.
    #[must_use]
    pub fn queued(&self) -> usize {
        lock(&self.0.state).queue.len()
    }

    /// Checks that each step of the script was used and everything was
    /// received.
    ///
    /// # Panics
    ///
    /// Panics if a step or a datagram is left, and prints it.
    #[track_caller]
    #[allow(clippy::panic, reason = "a broken test must not pass")]
    pub fn assert_finished(&self) {
        let state = lock(&self.0.state);
        let queued = state.queue.len();
        let next = state
            .script
            .front()
            .map(|(expected, _)| alloc::format!("{expected:?}"));
        drop(state);
        if let Some(next) = next {
            panic!("not sent: {next}");
        }
        if queued > 0 {
            panic!("not received: {queued} datagrams or errors");
        }
    }

    fn push(&self, delay: Duration, content: Result<(Vec<u8>, Received), Errno>) {
        let content = content.map(|(datagram, mut received)| {
            received.len = datagram.len();
            (datagram, received)
        });
        let now = Instant::now();
        let mut state = lock(&self.0.state);
        let after = state.queue.back().map_or(now, |item| item.due.max(now));
        let due = now.checked_add(delay).unwrap_or(after).max(after);
        state.queue.push_back(Item { due, content });
        self.announce(&state);
    }

    /// Sets the timer, so that the descriptor becomes readable once the first
    /// item is due.
    fn announce(&self, state: &State) {
        let first = state.queue.front();
        self.0.signals.set_readable_at(first.map(|item| item.due));
    }

    /// Answers one message, by the script or by the handler.
    fn answer(&self, message: MessageRef<'_>) {
        let step = lock(&self.0.state).script.pop_front();
        let mut answer = Answer::new(*message.header());
        if let Some((expected, mut handler)) = step {
            expected.assert(message);
            handler(message, &mut answer);
        } else if let Some(handler) = lock(&self.0.handler).as_mut() {
            handler(message, &mut answer);
        }
        for (delay, content) in answer.into_items() {
            let content = content.map(|bytes| (bytes, Received::new(0, Address::KERNEL)));
            self.push(delay, content);
        }
    }
}

/// Locks a mutex even if another test thread panicked: that panic must not hide
/// the result of this one.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Transport for Kernel {
    fn send_vectored(&self, parts: &[&[u8]], to: Option<Address>) -> Result<usize, Errno> {
        let datagram = parts.concat();
        let to = to.unwrap_or(Address::KERNEL);
        {
            let mut state = lock(&self.0.state);
            if let Some(errno) = state.refuse_send {
                return Err(errno);
            }
            if state.blocked {
                return Err(Errno::EAGAIN);
            }
            state.sent.push((datagram.clone(), to));
        }
        if to.port == 0 {
            Messages::new(&datagram)
                .map_while(Result::ok)
                .for_each(|message| self.answer(message));
        }
        Ok(datagram.len())
    }

    fn recv(&self, buffer: &mut [u8]) -> Result<Received, Errno> {
        let mut state = lock(&self.0.state);
        if !state.is_due() {
            return Err(Errno::EAGAIN);
        }
        let item = state.queue.pop_front().ok_or(Errno::EAGAIN)?;
        self.announce(&state);
        let (datagram, received) = item.content?;
        for (to, from) in buffer.iter_mut().zip(&datagram) {
            *to = *from;
        }
        Ok(received)
    }

    fn wait(&self, interest: Interest, timeout: Option<Duration>) -> Result<Wake, Errno> {
        self.0
            .signals
            .wait(interest, timeout, || lock(&self.0.state).is_due())
    }

    /// The descriptor is readable if a datagram or an error can be received.
    fn as_fd(&self) -> Option<BorrowedFd<'_>> {
        Some(self.0.signals.readable.as_fd())
    }
}

impl fmt::Debug for Kernel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Kernel({} queued)", self.queued())
    }
}
