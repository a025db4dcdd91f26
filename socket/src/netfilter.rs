//! Everyday requests of netfilter: connections, queues and logs of packets,
//! and what nftables holds.
//!
//! Small functions over a [`Conn`](crate::Conn) of
//! [`Protocol::NETFILTER`](crate::Protocol::NETFILTER); all of them need
//! `CAP_NET_ADMIN`. Changes of nftables are messages of [`nlwire::netfilter`]
//! in a [transaction]. Whatever else is not here is a message of it away.
//!
//! ```no_run
//! use nlsock::{Conn, Protocol, netfilter};
//!
//! let mut conn = Conn::open(Protocol::NETFILTER)?;
//! let mut connections = netfilter::connections(&mut conn)?;
//! while let Some(connection) = connections.next()? {
//!     if let Some(flow) = connection.original() {
//!         println!("{} -> {} ({})", flow.source, flow.destination, flow.protocol);
//!     }
//! }
//! # Ok::<(), nlsock::Error>(())
//! ```

mod conntrack;
mod elements;
mod log;
mod queue;
mod tables;
mod transaction;

pub use conntrack::{ConnectionRow, Connections, Flow, connection, connections, delete_connection};
pub use elements::{Element, ElementData, ElementQuery, Elements, ElementsRow, elements};
pub use log::{LoggedPacket, bind_log, logged_packet, unbind_log};
pub use queue::{QueuedPacket, bind_queue, queued_packet, set_verdict, unbind_queue};
pub use tables::{
    ChainRow, Chains, RuleRow, Rules, SetRow, Sets, TableRow, Tables, chains, generation, rules,
    sets, tables,
};
pub use transaction::transaction;
