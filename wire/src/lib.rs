//! Netlink messages, attributes and requests: read in place from the kernel's
//! bytes, and written into the caller's buffer.
//!
//! The crate needs no `std` and no allocator, has no `unsafe`, and no function
//! panics on any input. The crate `nlsock` has sockets; any other socket works too.
//!
//! A request is a value, and a row has getters:
//!
#![cfg_attr(feature = "route", doc = "```")]
#![cfg_attr(not(feature = "route"), doc = "```text")]
//! use nlwire::route::{Change, GetLinks, NewLink};
//! use nlwire::{Batch, Messages};
//!
//! let mut room = [0; 256];
//! let mut batch = Batch::new(&mut room[..]);
//! batch.push(&GetLinks::all())?;
//! batch.push(&NewLink::bridge("br0").mtu(1400).up())?;
//! // A socket sends these bytes; the kernel's notifications look the same.
//! for message in Messages::new(batch.as_bytes()) {
//!     if let Change::NewLink(link) = Change::of(message?) {
//!         assert_eq!((link.name()?, link.mtu()?), (Some("br0".into()), Some(1400)));
//!     }
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Below the families, messages and attributes are read and written by hand:
//!
//! ```
//! use nlwire::{Flags, MessageType, Messages, Writer};
//!
//! const RTM_GETLINK: MessageType = MessageType(18);
//! const IFLA_IFNAME: u16 = 3;
//!
//! // A fixed header of 16 bytes (`struct ifinfomsg`), then attributes.
//! let mut buffer = [0; 64];
//! let request = Writer::message(&mut buffer, RTM_GETLINK, Flags::REQUEST, &(), |w| {
//!     w.append(&[0_u8; 16])?.str(IFLA_IFNAME, "eth0")
//! })?;
//!
//! for message in Messages::new(request.as_bytes()) {
//!     for attribute in message?.attributes(16) {
//!         let attribute = attribute?;
//!         if attribute.kind() == IFLA_IFNAME {
//!             assert_eq!(attribute.str()?, "eth0");
//!         }
//!     }
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What you want
//!
//! | what you want | type |
//! |---|---|
//! | the messages of a datagram | [`Messages`], [`MessageRef`] |
//! | the attributes of a message | [`Attrs`], [`AttrRef`]; [`fields!`] reads several in one walk |
//! | a request of a family | a value: `NewLink`, `GetRoutes`; each implements [`Request`] or [`Query`] |
//! | a row of a listed table | a [`Row`] with getters; [`OwnedRow`] keeps one |
//! | a notification as an enum | `Change` of the protocol's module, such as `route::Change` |
//! | a message of your own | [`Writer`]; [`Batch`] for many |
//! | the kernel's acknowledgement or refusal | [`AckRef`], with the [`Path`] of the attribute |
//! | the request that a message answers | [`Exchange`] |
//! | a family of your own | [`attributes!`], [`structs!`], [`numbers!`]; see the page [`adding`] |
//! | to print a message as a tree | [`pretty`] |
//! | prefixes, link indices, names of any bytes | [`Prefix`], [`LinkIndex`], [`Text`] |
//! | sockets | the crate `nlsock` |
//!
//! # Netlink in reading order
//!
//! A program that talks to the Linux kernel about its networks, firewalls or
//! devices sends datagrams over a netlink socket, and gets datagrams back.
//!
//! 1. A datagram is a sequence of **messages**: [`Messages`] walks them. Each begins
//! with a [`Header`]: length, [`MessageType`], [`Flags`], a sequence number that a
//! reply shares with its request, and a port id. 2. A [`MessageRef`] is one message.
//! Its payload is a struct of the family, the **fixed header**, and **attributes**;
//! [`MessageRef::split`] separates them. 3. [`Attrs`] walks attributes: length, type,
//! value. An [`AttrRef`] is one; its getters read a typed value:
//! [`u32`](AttrRef::u32), [`u16_be`](AttrRef::u16_be), [`str`](AttrRef::str),
//! [`nested`](AttrRef::nested) for a **nest** of more attributes. 4. A [`Writer`]
//! writes attributes; a [`Batch`] packs many requests. 5. The kernel answers with
//! replies and an **acknowledgement**, or with a refusal: [`AckRef`] has the errno,
//! the kernel's text, and the [`Path`] to the refused attribute. 6. An [`Exchange`]
//! classifies messages: a reply, a notification, or a late answer to an earlier
//! request. 7. [`attributes!`] declares the attributes of a family as a table, which
//! becomes enums, readers and names: see [`codec`]. 8. The kernel's families are such
//! tables, a module each: `route`, `generic`, `netfilter` and others.
//!
//! # Errors
//!
//! A [`DecodeError`] says what is wrong and where: `attribute 7 at byte 64:
//! expected 4 bytes, found 2`. The bytes stay reachable: iteration continues
//! behind a value that does not fit its type, and ends only at a broken length.
//! An [`EncodeError`] leaves the buffer as it was.
//!
//! # Byte order
//!
//! Netlink uses the machine's byte order, and network order where a family says
//! so. Methods without a suffix use the order of their set: the machine's, or the
//! one that [`Attrs::with_order`] or [`Writer::order`] sets. The suffix `_be`
//! means network order, `_le` little-endian.
//!
//! # Features
//!
//! No feature is on by default. A feature only adds, and never changes what is there.
//!
//! | feature | adds |
//! |---|---|
//! | `route` | links, addresses, routes, neighbours, rules, next hops |
//! | `tc` | traffic control, with `route` |
//! | `generic` | generic netlink: the controller, taskstats |
//! | `ethtool` | the family ethtool: settings and statistics of network cards |
//! | `wireguard` | WireGuard devices and peers, a family of generic netlink |
//! | `mptcp_pm`, `netdev`, `l2tp`, .. | a family of generic netlink each: [`generic`] lists them |
//! | `netfilter` | connections, queues and logs of packets, nftables |
//! | `sock_diag` | sockets of TCP, UDP, `AF_UNIX`, packets, XDP, VSOCK, SMC and netlink |
//! | `uevent` | events of devices |
//! | `connector` | events of processes, 1-Wire buses |
//! | `crypto` | the kernel's cryptographic algorithms |
//! | `audit` | status, rules and records of the audit system, as auditctl(8) knows them |
//! | `rdma` | devices of InfiniBand, RoCE and iWARP, as rdma(8) shows them |
//! | `xfrm` | IPsec: states (SAs) and policies, as `ip xfrm` shows them |
//! | `alloc` | writing into a `Vec` that grows |
//! | `heapless` | writing into a `heapless::Vec`, acks that own their bytes |
//! | `serde` | `serde::Serialize` for messages, sets and rows |
//! | `defmt` | `defmt::Format` for the public types |
#![no_std]
#![forbid(unsafe_code)]

#[doc = include_str!("../ADDING.md")]
pub mod adding {}

#[cfg(feature = "alloc")]
extern crate alloc;
// The derives in `structs!` name the crate as other crates do.
extern crate self as nlwire;

// First, as rustdoc shows the methods of a type in the order of modules, and
// families add methods to `Writer`.
mod writer;

pub mod ack;
#[cfg(feature = "heapless")]
mod ack_buf;
mod address_family;
mod attribute;
mod attributes;
#[cfg(feature = "audit")]
pub mod audit;
mod batch;
#[cfg(all(test, feature = "route"))]
#[allow(
    clippy::expect_used,
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::indexing_slicing,
    reason = "a test"
)]
mod bounds;
mod bytes;
pub mod codec;
#[cfg(feature = "connector")]
pub mod connector;
#[cfg(feature = "crypto")]
pub mod crypto;
mod errno;
mod error;
mod exchange;
mod flags;
#[doc(hidden)]
pub mod format;
#[cfg(feature = "generic")]
pub mod generic;
mod header;
mod link_index;
mod locate;
mod message;
mod namespace_fd;
mod nests;
#[cfg(feature = "netfilter")]
pub mod netfilter;
#[doc(hidden)]
#[allow(unused, reason = "families without numbers, or none at all")]
pub mod numbers;
mod path;
pub mod policy;
mod prefix;
pub mod pretty;
pub mod protocols;
#[cfg(feature = "rdma")]
pub mod rdma;
pub mod request;
#[cfg(feature = "route")]
pub mod route;
pub mod schema;
#[cfg(feature = "serde")]
mod serialize;
#[cfg(feature = "sock_diag")]
pub mod sock_diag;
mod string;
#[allow(unused, reason = "families without structs, or none at all")]
mod structs;
pub mod text;
mod tree;
#[cfg(feature = "uevent")]
pub mod uevent;
mod value;
mod view;
mod walk;
#[cfg(any(feature = "alloc", feature = "heapless"))]
mod write_into;
#[cfg(feature = "xfrm")]
pub mod xfrm;

pub use ack::AckRef;
#[cfg(feature = "heapless")]
pub use ack_buf::AckBuf;
pub use address_family::AddressFamily;
pub use attribute::{AttrRef, NLA_F_NESTED, NLA_F_NET_BYTEORDER, NLA_TYPE_MASK};
pub use attributes::Attrs;
pub use batch::{Batch, Forgiven, Room};
pub use errno::Errno;
pub use error::{DecodeError, DecodeErrorKind, EncodeError};
pub use exchange::{Exchange, Meaning, Origin};
pub use flags::{AckFlags, DeleteFlags, Flags, GetFlags, NewFlags};
pub use header::{FixedHeader, Header, MessageType};
pub use link_index::LinkIndex;
pub use locate::Locate;
pub use message::{MessageRef, Messages};
pub use namespace_fd::NamespaceFd;
pub use nests::{Indexed, Record, Records};
pub use path::{Path, Step};
pub use policy::{Policy, PolicyType};
pub use prefix::{Prefix, PrefixError};
#[cfg(feature = "alloc")]
pub use request::OwnedRow;
pub use request::{Dump, Flush, Items, Next, Part, Query, ReplyCheck, Request, Row};
pub use string::Text;
pub use value::{Bitfield32, ByteOrder};
#[cfg(any(feature = "alloc", feature = "heapless"))]
pub use write_into::{ByteVec, write_into};
pub use writer::{Put, Stamp, Writer};

/// Crate [`zerocopy`](::zerocopy) with its derives, which are part of this
/// crate's interface. `#[zerocopy(crate = "nlwire::zerocopy")]` beside a derive
/// works without another dependency.
///
/// Nothing asks for `KnownLayout`, and of all structs only [`Header`] has it,
/// since with it the crate took an eighth longer to check. `read_from_prefix`
/// copies one, `<[T; 1]>::ref_from_prefix` borrows one in place.
pub mod zerocopy {
    pub use ::zerocopy::*;
    pub use zerocopy_derive::*;
}
