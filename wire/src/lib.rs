//! Netlink messages, attributes and requests: borrowed from the bytes that the
//! kernel sends, written into the bytes of the caller.
//!
//! No `std`, no allocator, no `unsafe`. No function panics, whatever it is
//! given. Sockets are not here: see the crate `nlsock`, or bring your own.
//!
//! ```
//! use nlwire::{Flags, GetFlags, MessageType, Messages, Writer};
//!
//! // A request: RTM_GETLINK (18), an `ifinfomsg` of zeros, and IFLA_EXT_MASK (29).
//! let mut buffer = [0; 64];
//! let flags = Flags::REQUEST | GetFlags::DUMP;
//! let request = Writer::message(&mut buffer, MessageType(18), flags, &(), |w| {
//!     w.append(&[0_u8; 16])?.u32(29, 1)
//! })?;
//!
//! // And how it reads: 16 bytes of fixed header, then attributes.
//! for message in Messages::new(request.as_bytes()) {
//!     for attribute in message?.attributes(16) {
//!         let attribute = attribute?;
//!         assert_eq!((attribute.kind(), attribute.u32()?), (29, 1));
//!     }
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! With the feature of a family the same is a value, and a row has getters:
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
//! // Sent over a socket of your own; the kernel answers with such messages.
//! for message in Messages::new(batch.as_bytes()) {
//!     if let Change::NewLink(link) = Change::of(message?) {
//!         assert_eq!((link.name()?, link.mtu()?), (Some("br0".into()), Some(1400)));
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
//! | the attributes of a message | [`Attrs`], [`AttrRef`]; [`fields!`] for some of a set, in one walk |
//! | a request of a family | a value: `NewLink`, `GetRoutes`; each implements [`Request`] or [`Query`] |
//! | what such a request has listed | a [`Row`] with getters; [`OwnedRow`] keeps one |
//! | what a notification says | `Change` of the protocol's module, such as `route::Change` |
//! | a message of your own | [`Writer`]; [`Batch`] for many |
//! | the kernel's acknowledgement or refusal | [`AckRef`], with the [`Path`] of the attribute |
//! | which request a message answers | [`Exchange`] |
//! | a family of your own | [`attributes!`], [`structs!`], [`numbers!`]: the page [`adding`] |
//! | to print a message as a tree | [`pretty`] |
//! | prefixes, link indices, names that may be no UTF-8 | [`Prefix`], [`LinkIndex`], [`Text`] |
//! | sockets | the crate `nlsock` |
//!
//! # Netlink in reading order
//!
//! A program that talks to the Linux kernel about its networks, firewalls or
//! devices sends datagrams over a netlink socket, and gets datagrams back.
//!
//! 1. A datagram is a row of **messages**: [`Messages`] walks them. Each begins
//!    with a [`Header`]: length, [`MessageType`], [`Flags`], a sequence number
//!    that a reply shares with its request, and a port id.
//! 2. A [`MessageRef`] is one message. Its payload is a struct of the family's,
//!    the **fixed header**, and **attributes**; [`MessageRef::split`] parts them.
//! 3. [`Attrs`] walks attributes: length, type, value. An [`AttrRef`] is one; its
//!    getters give the value a type: [`u32`](AttrRef::u32),
//!    [`u16_be`](AttrRef::u16_be), [`str`](AttrRef::str),
//!    [`nested`](AttrRef::nested) for a **nest** of more attributes.
//! 4. A [`Writer`] puts them, for requests; a [`Batch`] packs many requests.
//! 5. The kernel answers with replies and an **acknowledgement**, or with a
//!    refusal: [`AckRef`] has the errno, the kernel's text, and the [`Path`] to
//!    the attribute that it did not like.
//! 6. What a message is to a request (a reply, a notification, a leftover of an
//!    earlier request) is told by an [`Exchange`].
//! 7. [`attributes!`] declares the attributes of a family as a table, and makes
//!    enums, readers and names of it: see [`codec`].
//! 8. The kernel's own families are such tables, a module each: `route`,
//!    `generic`, `netfilter` and others.
//!
//! # Errors
//!
//! A [`DecodeError`] says what is wrong and where: `attribute 7 at byte 64:
//! expected 4 bytes, found 2`. The bytes stay within reach: iteration goes on
//! behind a value that does not fit its type, and ends only where a length is
//! broken. An [`EncodeError`] leaves the buffer as it was.
//!
//! # Byte order
//!
//! Netlink is in the machine's byte order, but for what its families say
//! otherwise. Getters and puts without a suffix use the order of their set,
//! which is the machine's unless [`Attrs::with_order`] or [`Writer::order`] set
//! another; `_be` is network order, `_le` little-endian.
//!
//! # Features
//!
//! None is on by default, and each only adds.
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

pub mod ack;
#[cfg(feature = "heapless")]
mod ack_buf;
mod address_family;
mod attribute;
mod attributes;
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
mod writer;
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
