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
//! use nlwire::route::GetLink;
//! use std::sync::Mutex;
//! use std::thread;
//!
//! let conn = Mutex::new(Conn::open(Protocol::ROUTE)?);
//! thread::scope(|scope| {
//!     for _ in 0..4 {
//!         scope.spawn(|| {
//!             let mut conn = conn.lock().unwrap();
//!             let link = conn.get(GetLink::by_name("lo")).unwrap();
//!             println!("mtu {:?}", link.mtu().unwrap());
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
//! use nlwire::route::GetLink;
//! use std::sync::Mutex;
//! use std::thread;
//!
//! #[derive(Default)]
//! struct Pool(Mutex<Vec<Conn>>);
//!
//! impl Pool {
//!     fn with<R>(&self, f: impl FnOnce(&mut Conn) -> Result<R, Error>) -> Result<R, Error> {
//!         // The lock ends with each statement.
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
//!             let index = pool.with(|conn| Ok(conn.get(GetLink::by_name("lo"))?.index()));
//!             println!("lo has index {}", index.unwrap());
//!         });
//!     }
//! });
//! ```
//!
//! # Some threads send, others receive
//!
//! A thread reads a packet queue or a stream of acknowledgements while others
//! send, through one `&Conn` and without a lock. The senders fill in sequence
//! numbers; the receiver has its own buffer. The kernel answers within the
//! send, into the receive buffer, which holds some 200 unread answers. More are
//! lost, which [`ErrorKind::Overrun`] reports.
//!
//! ```no_run
//! use nlsock::{Conn, Error, Protocol};
//! use nlwire::netfilter::{BindQueue, Change, SetVerdict, Verdict};
//! use std::sync::mpsc;
//! use std::thread;
//!
//! let mut conn = Conn::open(Protocol::NETFILTER)?;
//! conn.execute(BindQueue::new(7))?;
//! let (conn, (packets, ids)) = (&conn, mpsc::channel());
//! thread::scope(|scope| -> Result<(), Box<dyn std::error::Error>> {
//!     scope.spawn(move || {
//!         for id in ids {
//!             conn.send(SetVerdict::new(7, id, Verdict::ACCEPT))?;
//!         }
//!         Ok::<(), Error>(())
//!     });
//!     let mut buffer = vec![0; 1 << 20];
//!     loop {
//!         for message in conn.recv(&mut buffer)?.messages() {
//!             if let Change::Packet(packet) = Change::of(message?) {
//!                 packets.send(packet.id()?.ok_or("no packet ID")?)?;
//!             }
//!         }
//!     }
//! })?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
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
