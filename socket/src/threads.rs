//! How threads share connections: three ways, and when each is right.
//!
//! [`Conn`], [`Events`] and [`Canceller`] are
//! `Send` and `Sync`. A request takes `&mut self`, as its answer lies in the
//! connection's buffer; sending and receiving take `&self`.
//!
//! # A connection that one thread at a time uses
//!
//! Sockets are cheap: a connection for each thread needs no lock, and is the
//! fastest. Where few requests are made, one behind a `Mutex` does as well.
//! The lock is held until the answer was read, so that a [`Call`](crate::Call)
//! of some length belongs on a connection of its own.
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
//! As many connections as there are requests at a time, kept for the next
//! ones. A request that failed leaves its connection usable, and so it goes
//! back in any case.
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
//! A queue of packets or a stream of acks is read by one thread while others
//! send, through one `&Conn` and without a lock. Who sends fills in sequence
//! numbers; who receives has a buffer of its own. The kernel answers inside the
//! send, into the receive buffer, so that no more than some 200 answers may be
//! on the way at a time: more are lost, which [`ErrorKind::Overrun`] tells.
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
//! one queue, and each would take answers that belong to the other; open a new
//! connection in the child.
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
