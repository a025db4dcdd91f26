//! Sharing connections between threads: three ways, and when to use each.
//!
//! [`Conn`], [`Events`] and [`Canceller`] are `Send` and `Sync`. A request
//! takes `&mut self`, as its answer is in the connection's buffer; sending and
//! receiving take `&self`.
//!
//! # A connection that one thread at a time uses
//!
//! Sockets are cheap: one connection for each thread needs no lock, and is the
//! fastest. For occasional requests a connection in a `Mutex` is enough. The
//! lock is held until the answer is read, so use a connection of its own for a
//! long [`Call`](crate::Call).
//!
//! ```
//! use nlsock::{Conn, Protocol};
//! use nlwire::{Flags, MessageType, Writer};
//! use std::sync::Mutex;
//! use std::thread;
//!
//! let conn = Mutex::new(Conn::open(Protocol::ROUTE)?);
//! thread::scope(|scope| {
//!     for _ in 0..4 {
//!         scope.spawn(|| {
//!             let mut buffer = [0; 16];
//!             let ping = Writer::message(&mut buffer, MessageType::NOOP, Flags::REQUEST, &(), |w| Ok(w));
//!             let mut conn = conn.lock().unwrap();
//!             assert_eq!(conn.execute(ping.unwrap()).unwrap().code(), 0);
//!         });
//!     }
//! });
//! # Ok::<(), nlsock::Error>(())
//! ```
//!
//! # A pool
//!
//! A pool keeps as many connections as there are concurrent requests. A
//! connection stays usable after a failed request, so it always returns to the
//! pool.
//!
//! ```
//! use nlsock::{Conn, Error, Protocol};
//! use nlwire::{Flags, MessageType, Writer};
//! use std::sync::Mutex;
//! use std::thread;
//!
//! #[derive(Default)]
//! struct Pool(Mutex<Vec<Conn>>);
//!
//! impl Pool {
//!     fn with<R>(&self, f: impl FnOnce(&mut Conn) -> Result<R, Error>) -> Result<R, Error> {
//!         // The lock is let go at the end of each statement.
//!         let idle = self.0.lock().unwrap().pop();
//!         let mut conn = match idle {
//!             Some(conn) => conn,
//!             None => Conn::open(Protocol::ROUTE)?,
//!         };
//!         let result = f(&mut conn);
//!         self.0.lock().unwrap().push(conn);
//!         result
//!     }
//! }
//!
//! let pool = Pool::default();
//! thread::scope(|scope| {
//!     for _ in 0..4 {
//!         scope.spawn(|| {
//!             let mut buffer = [0; 16];
//!             let ping = Writer::message(&mut buffer, MessageType::NOOP, Flags::REQUEST, &(), |w| Ok(w));
//!             let code = pool.with(|conn| Ok(conn.execute(ping.unwrap())?.code()));
//!             assert_eq!(code.unwrap(), 0);
//!         });
//!     }
//! });
//! ```
//!
//! # Some threads send, others receive
//!
//! One thread reads a packet queue or a stream of acknowledgements while others
//! send, through one `&Conn` and without a lock. The senders fill in sequence
//! numbers; the receiver has its own buffer. The kernel answers within the
//! send, into the receive buffer, which holds some 200 unread answers. More are
//! lost, which [`ErrorKind::Overrun`] reports.
//!
//! ```
//! use nlsock::{Conn, Protocol};
//! use nlwire::zerocopy::IntoBytes as _;
//! use nlwire::{Flags, Header, MessageType};
//! use std::thread;
//!
//! let conn = Conn::open(Protocol::ROUTE)?;
//! thread::scope(|scope| {
//!     scope.spawn(|| {
//!         for sequence in 1..=100 {
//!             let ping = Header::new(MessageType::NOOP, Flags::REQUEST | Flags::ACK)
//!                 .with_length(16)
//!                 .with_sequence(sequence);
//!             conn.send_bytes(ping.as_bytes()).unwrap();
//!         }
//!     });
//!     let mut buffer = [0; 4096];
//!     for sequence in 1..=100 {
//!         let ack = conn.recv(&mut buffer).unwrap();
//!         let ack = ack.messages().next().unwrap().unwrap();
//!         assert_eq!(ack.header().sequence(), sequence);
//!     }
//! });
//! # Ok::<(), nlsock::Error>(())
//! ```
//!
//! Processes cannot share a connection. After `fork(2)` both would receive from
//! one queue, and each would take answers to the other; open a new connection
//! in the child.
//!
//! [`ErrorKind::Overrun`]: crate::ErrorKind::Overrun

use crate::{Canceller, Config, Conn, Error, Events, Hook, Mapping, Socket};

const _: () = {
    const fn is_shared<T: Send + Sync>() {}
    is_shared::<Conn>();
    is_shared::<Conn<Socket, &mut [u8]>>();
    is_shared::<Events>();
    is_shared::<Socket>();
    is_shared::<Canceller>();
    is_shared::<Mapping>();
    is_shared::<Config>();
    is_shared::<Hook>();
    is_shared::<Error>();
    #[cfg(feature = "test-util")]
    is_shared::<crate::fake::Kernel>();
};
