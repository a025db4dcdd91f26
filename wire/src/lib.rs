//! Netlink messages, attributes and requests.
#![no_std]
#![forbid(unsafe_code)]

mod ack;
mod attribute;
mod attributes;
mod batch;
mod bytes;
pub mod codec;
mod errno;
mod error;
mod exchange;
mod flags;
mod header;
mod locate;
mod message;
mod nests;
mod path;
mod policy;
pub mod schema;
mod value;
mod writer;

pub use ack::AckRef;
pub use attribute::{AttrRef, NLA_F_NESTED, NLA_F_NET_BYTEORDER, NLA_TYPE_MASK};
pub use attributes::Attrs;
pub use batch::Batch;
pub use errno::Errno;
pub use error::{DecodeError, DecodeErrorKind, EncodeError};
pub use exchange::{Exchange, Meaning, Origin};
pub use flags::{AckFlags, DeleteFlags, Flags, GetFlags, NewFlags};
pub use header::{FixedHeader, Header, MessageType};
pub use locate::Locate;
pub use message::{MessageRef, Messages};
pub use nests::{Indexed, Record, Records};
pub use path::{Path, Step};
pub use policy::{Policy, PolicyType};
pub use value::{Bitfield32, ByteOrder};
pub use writer::{Put, Writer};
pub use zerocopy;
