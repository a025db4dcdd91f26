//! Netlink sockets: opening, configuring, waiting, sending and receiving.
//!
//! A netlink socket (`netlink(7)`) is a datagram socket whose other end is the
//! kernel. This crate has sockets and, on top of them, connections that carry
//! requests out. [`nlwire`] reads and writes the datagrams.
//!
//! In reading order:
//!
//! - [`Protocol`] is the part of the kernel to talk to: route, generic,
//!   netfilter and so on.
//! - [`Config`] opens a [`Conn`] or a [`Socket`]: groups, port ID, strict
//!   checking, buffer sizes, trusted senders, and (with `std`) the network
//!   namespace.
//! - [`Conn`] carries requests out: [`execute`](Conn::execute) waits for an
//!   acknowledgement, [`get`](Conn::get) returns one row, [`query`](Conn::query)
//!   returns rows as they arrive. [`batch`](Conn::batch) sends many requests in
//!   one system call, with an outcome for each; those of nftables happen together
//!   or not at all. [`pipeline`](Conn::pipeline) has several in flight. A
//!   [`Call`] is one of these with its own timeout, or without acknowledgements.
//!   The requests are values of [`nlwire`], such as `nlwire::route::NewLink`.
//! - [`Events`] is a stream of notifications, which reports losses as items.
//! - [`Canceller`] wakes a waiting thread, from any thread or from a signal
//!   handler.
//! - [`Error`] names the failed step, the reason, and the request.
//! - [`threads`] shows how threads share connections.
//! - [`Hook`] is called with each datagram; `NLDEBUG=1` prints them.
//! - [`Socket`] has a setter and a getter for each socket option: groups, control
//!   messages, acknowledgements, [buffer sizes](BufferSize),
//!   [counters](MemoryInfo), and [filters](Instruction).
//! - [`Transport`] is the interface between connections and sockets: five
//!   functions, of which only `wait` blocks. A test or a capture file can be
//!   another transport.
//! - [`Mapping`] is a buffer whose unused pages take no memory.
//!
//! # Features
//!
//! | feature | adds |
//! |---|---|
//! | `std` (default) | namespaces, `std::io::Error` from [`Error`], descriptors of `std` |
//! | `tokio` | [`AsyncConn`](crate::reactors) and events for the reactor of tokio |
//! | `alloc` | the kernel's text and the attribute path inside [`Error`] |
//! | `heapless` | copies of refusals without an allocator |
//! | `route` | [requests](nlwire::route) of links, addresses, routes, neighbours, rules |
//! | `tc` | [requests](nlwire::route::tc) of traffic control |
//! | `generic` | [families](nlwire::generic) of generic netlink by name; ethtool, taskstats |
//! | `wireguard` | [devices and peers of WireGuard](nlwire::generic::wireguard) |
//! | `netfilter` | [conntrack, packet queues and logs, nftables](nlwire::netfilter) |
//! | `sock_diag` | [sockets](nlwire::sock_diag) as ss(8) lists them |
//! | `uevent` | [device events](uevent) |
//! | `connector` | [process events](connector) |
//! | `crypto` | the kernel's [algorithms](nlwire::crypto) |
//! | `tracing` | an event of the crate `tracing` for each datagram |
//! | `test-util` | [a kernel](fake) for tests |
//! | `syscalls` | system calls without a C library, on x86-64, x86, AArch64 and 64-bit RISC-V |
//!
//! Without features the crate is `no_std` and never allocates.
//!
//! ```
//! use nlsock::{Conn, Protocol};
//! use nlwire::route::GetLinks;
//!
//! let mut conn = Conn::open(Protocol::ROUTE)?;
//! let mut links = conn.query(GetLinks::all())?;
//! while let Some(link) = links.next()? {
//!     println!("{}: {:?}, mtu {:?}", link.index(), link.name()?, link.mtu()?);
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
#![no_std]
#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(not(any(target_os = "linux", target_os = "android")))]
compile_error!("nlsock needs Linux or Android: netlink is an interface of the Linux kernel");

#[cfg(feature = "alloc")]
extern crate alloc;
#[cfg(any(feature = "std", test))]
extern crate std;

mod conn;
#[cfg(feature = "connector")]
pub mod connector;
mod error;
mod events;
#[cfg(feature = "test-util")]
pub mod fake;
mod operation;
#[cfg(feature = "route")]
pub mod route;
mod socket;
mod sys;
#[cfg(test)]
mod testing;
pub mod threads;
#[cfg(feature = "tokio")]
mod tokio;
mod trace;
#[cfg(feature = "uevent")]
pub mod uevent;

#[cfg(all(feature = "std", feature = "route", feature = "netfilter"))]
#[doc = include_str!("../EVERYDAY.md")]
pub mod everyday {}

#[doc = include_str!("../REACTORS.md")]
pub mod reactors {}

#[cfg(feature = "tokio")]
pub use self::tokio::{
    AsyncBatchReplies, AsyncCall, AsyncConn, AsyncEvents, AsyncMirror, AsyncPipeline, AsyncRows,
};
use socket::waiting as deadline;

pub use conn::Conn;
pub use conn::batch::{BatchReplies, Outcome};
pub use conn::call::Call;
pub use conn::datagram::Datagram;
#[cfg(feature = "alloc")]
pub use conn::list::{Iter, List};
pub use conn::pipeline::{Answer, Pipeline, Ticket};
pub use conn::rows::Rows;
pub use conn::state::Skipped;
#[cfg(feature = "alloc")]
pub use error::Detail;
pub use error::{Error, ErrorKind};
#[cfg(feature = "alloc")]
pub use events::mirror;
#[cfg(feature = "alloc")]
pub use events::mirror::Mirror;
pub use events::resync::Resync;
pub use events::{Event, Events, Notification};
pub use nlwire;
pub use nlwire::Errno;
pub use nlwire::Row;
pub use operation::{Operation, OptionName};
pub use rustix::fd;
pub use socket::Socket;
pub use socket::buffers::{BufferSize, MemoryInfo};
pub use socket::config::{Config, Strict, Trust};
pub use socket::filters::Instruction;
pub use socket::groups::Memberships;
#[cfg(feature = "std")]
pub use socket::namespace::Namespace;
pub use socket::protocol::Protocol;
pub use socket::transport::{Address, Interest, Received, Transport, Wake};
pub use socket::waiting::Canceller;
pub use sys::Mapping;
pub use trace::{Hook, Trace, TraceEvent};
