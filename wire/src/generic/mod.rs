//! `NETLINK_GENERIC`: families by name, the controller that knows their numbers
//! (`linux/genetlink.h`), and two families: `ethtool` (behind the feature of
//! that name) and [`taskstats`].
//!
//! ```text
//!  0         1         2          4
//! +---------+---------+----------+------------
//! | command | version | reserved | attributes
//! +---------+---------+----------+------------
//! ```
//!
//! A connection of the crate `nlsock` looks the number of a family up by name
//! when it carries out the first request of the family. The controller has the
//! names:
//!
//! ```
//! use nlwire::Batch;
//! use nlwire::generic::{GetFamilies, GetFamily};
//!
//! let mut room = [0; 128];
//! let mut batch = Batch::new(&mut room[..]);
//! batch.push(&GetFamily::by_name("ethtool"))?;
//! batch.push(&GetFamilies::all())?;
//! # Ok::<(), nlwire::EncodeError>(())
//! ```
//!
//! | to | value |
//! |---|---|
//! | list families, or get one with its groups and commands | [`GetFamilies`], [`GetFamily`] |
//! | learn what a family accepts | [`GetPolicies`] |
//! | watch families come and go | [`Change`] |
//! | read the resources that a process has used | [`taskstats`] |
//! | read and change network cards | `ethtool`, a feature |
//! | read and change WireGuard devices | `wireguard`, a feature |
//! | talk to a family without a module here | a table and requests of your own: [`adding`](crate::adding) |
//!
//! The message type is the family's number, which the kernel assigns when the
//! family's module is loaded. Only the controller's number is fixed:
//! [`GENL_ID_CTRL`].

mod change;
pub mod controller;
#[cfg(feature = "ethtool")]
pub mod ethtool;
pub mod taskstats;
#[cfg(feature = "wireguard")]
pub mod wireguard;

use crate::zerocopy::native_endian::U16;

pub use change::Change;
#[doc(no_inline)]
pub use controller::*;

use crate::codec::AttributeSet;
use crate::schema::{MessageSchema, Protocol, TypeName, Verb};
use crate::structs::structs;
use crate::{FixedHeader, MessageType};

/// Protocol number for socket(2).
pub const NETLINK_GENERIC: u8 = 16;

/// Message type of the controller.
pub const GENL_ID_CTRL: MessageType = MessageType(16);
/// Message type of disk quota reports.
pub const GENL_ID_VFS_DQUOT: MessageType = MessageType(17);
/// Message type of the PMC RAID driver's events.
pub const GENL_ID_PMCRAID: MessageType = MessageType(18);

structs! {
    /// Fixed header of each family, 4 bytes. Some families have a header of
    /// their own after it.
    #[doc(alias = "genlmsghdr")]
    pub struct GenericHeader: 4 {
        /// Command of the family.
        #[doc(alias = "cmd")]
        command: u8,
        /// Version of the family's interface.
        version: u8,
        /// Reserved: newer kernels refuse values other than 0.
        reserved: U16,
    }
}

impl GenericHeader {
    /// Describes a command in this version of the family's interface.
    #[must_use]
    pub const fn new(command: u8, version: u8) -> Self {
        Self {
            command,
            version,
            reserved: U16::new(0),
        }
    }
}

impl FixedHeader for GenericHeader {}

/// Schema of the protocol. It has only the controller's messages by name, as
/// the other families' numbers are known at run time only.
pub static PROTOCOL: Protocol = Protocol {
    number: NETLINK_GENERIC,
    name: "generic",
    types: &[
        TypeName::new(GENL_ID_CTRL, "GENL_ID_CTRL"),
        TypeName::new(GENL_ID_VFS_DQUOT, "GENL_ID_VFS_DQUOT"),
        TypeName::new(GENL_ID_PMCRAID, "GENL_ID_PMCRAID"),
    ],
    // Commands have no verb in their names; the dump flag distinguishes dumps.
    verb: Some(Verb::Get),
    messages: &[
        MessageSchema::new::<GenericHeader>(GENL_ID_CTRL, "GENL_ID_CTRL", Controller::schema),
        MessageSchema::rest::<GenericHeader>(),
    ],
    family: None,
};
