//! Netlink for Linux: list, change and watch links, addresses, routes,
//! firewalls and sockets.
//!
#![cfg_attr(all(feature = "route", feature = "std"), doc = "```no_run")]
#![cfg_attr(not(all(feature = "route", feature = "std")), doc = "```text")]
//! use nlwire::route::{Change, GetLinks, NewLink, RTNLGRP_LINK};
//! use nlsock::{Config, Conn, Event, Protocol};
//!
//! let mut conn = Conn::open(Protocol::ROUTE)?;
//! for link in &conn.list(GetLinks::all())? {
//!     println!("{}: {:?}, MTU {:?}", link.index(), link.name()?, link.mtu()?);
//! }
//!
//! let mut events = Config::new(Protocol::ROUTE).group(RTNLGRP_LINK).events()?;
//! conn.execute(&NewLink::bridge("br0").mtu(1400).up())?;
//! if let Some(Event::Item(event)) = events.next()? {
//!     println!("{:?}", Change::of(event.message()));
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A request is a value of [`nlwire`], such as `nlwire::route::NewLink`; a
//! connection carries it out. The page [`everyday`] shows those that people make
//! every day.
//!
//! # What you want
//!
//! | what you want | type |
//! |---|---|
//! | create, change or delete something | [`Conn::execute`] |
//! | one row, such as a link by its name | [`Conn::get`] |
//! | a whole table | [`Conn::list`]; [`Conn::query`] lends rows as they come, without an allocator |
//! | to delete all rows of a table, or of a part of it | [`Conn::flush`] |
//! | many changes in one system call | [`Conn::batch`] |
//! | several requests in flight | [`Conn::pipeline`] |
//! | a timeout for one request, or no acknowledgement | [`Conn::with_timeout`], [`Conn::without_ack`]: a [`Call`] |
//! | what changes, with losses reported | [`Events`] |
//! | tables that follow the kernel's | [`Mirror`] |
//! | the same with tokio | [`AsyncConn`], [`AsyncEvents`], [`AsyncMirror`]: the page [`with_tokio`] |
//! | the same in another reactor | `try_next` of each stream: the page [`reactors`] |
//! | another network namespace, or a new one | [`Namespace`], [`Config::open_in`] |
//! | one connection for several threads | the page [`threads`] |
//! | to end a wait, from a thread or a signal handler | [`Canceller`] |
//! | buffer sizes, groups, strict checking, trusted senders | [`Config`] |
//! | options and counters of an open socket | [`Socket`] |
//! | a unit test without a kernel | [`fake::Kernel`] |
//! | to see every datagram | a [`Hook`]; the environment variable `NLDEBUG=1` prints them |
//! | why something failed | [`Error`] |
//! | a socket of your own | [`Transport`], [`Conn::over`] |
//!
//! # Features
//!
//! | feature | adds |
//! |---|---|
//! | `std` (default) | namespaces, `std::io::Error` from [`Error`], descriptors of `std` |
//! | `tokio` | `AsyncConn`, `AsyncEvents` and `AsyncMirror` for the reactor of tokio |
//! | `alloc` | the kernel's text and the attribute path inside [`Error`] |
//! | `heapless` | copies of refusals without an allocator |
//! | `route` | [requests](nlwire::route) of links, addresses, routes, neighbours, rules |
//! | `tc` | [requests](nlwire::route::tc) of traffic control |
//! | `generic` | [families](nlwire::generic) of generic netlink by name; taskstats |
//! | `ethtool` | settings and statistics of [network cards](nlwire::generic::ethtool) as ethtool(8) shows them |
//! | `wireguard` | [devices and peers of WireGuard](nlwire::generic::wireguard) |
//! | `mptcp_pm`, `netdev`, `l2tp`, .. | [a family](nlwire::generic) of generic netlink each |
//! | `netfilter` | [conntrack, packet queues and logs, nftables](nlwire::netfilter) |
//! | `sock_diag` | [sockets](nlwire::sock_diag) as ss(8) lists them, and their [processes](sock_diag) |
//! | `uevent` | [device events](uevent) |
//! | `connector` | [process events](connector) |
//! | `audit` | status, rules and records of the [audit system](nlwire::audit) |
//! | `crypto` | the kernel's [algorithms](nlwire::crypto) |
//! | `rdma` | [devices of InfiniBand, RoCE and iWARP](nlwire::rdma) as rdma(8) shows them |
//! | `xfrm` | [IPsec states and policies](nlwire::xfrm) as `ip xfrm` shows them |
//! | `tracing` | an event of the crate `tracing` for each datagram |
//! | `test-util` | [a kernel](fake) for tests |
//! | `syscalls` | system calls without a C library, on x86-64, x86, AArch64 and 64-bit RISC-V |
//!
//! Without features the crate is `no_std` and never allocates.
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
#[cfg(all(feature = "sock_diag", feature = "std"))]
pub mod sock_diag;
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

#[cfg(all(feature = "tokio", feature = "route"))]
#[doc = include_str!("../TOKIO.md")]
pub mod with_tokio {}

#[cfg(feature = "tokio")]
pub use self::tokio::{
    AsyncBatchReplies, AsyncCall, AsyncConn, AsyncEvents, AsyncMirror, AsyncPipeline, AsyncRows,
};

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
pub use socket::config::{Config, Strict};
pub use socket::filters::Instruction;
pub use socket::groups::Memberships;
#[cfg(feature = "std")]
pub use socket::namespace::Namespace;
pub use socket::protocol::Protocol;
pub use socket::transport::{Address, Interest, Received, Transport, Wake};
pub use socket::trust::Trust;
pub use socket::waiting::Canceller;
pub use sys::Mapping;
pub use trace::hook::{Hook, Trace, TraceEvent};
