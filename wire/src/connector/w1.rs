//! One-wire buses: `struct w1_netlink_msg` and `struct w1_netlink_cmd`
//! (`drivers/w1/w1_netlink.h`).
//!
//! The data of a connector message are messages of the bus in a row, each with
//! commands and what they carry behind it:
//!
//! ```
//! use nlwire::connector::{CN_W1_IDX, CN_W1_VAL, Connector, W1Message, W1MessageKind};
//! use nlwire::zerocopy::IntoBytes;
//!
//! let list = W1Message { kind: W1MessageKind::LIST_MASTERS, ..W1Message::default() };
//! let mut buffer = [0; 64];
//! let request = Connector::write(&mut buffer, CN_W1_IDX, CN_W1_VAL, list.as_bytes())?;
//! assert_eq!(request.header().length(), 16 + 20 + 12);
//! # Ok::<(), nlwire::EncodeError>(())
//! ```

use crate::bytes::front;
use crate::zerocopy::native_endian::{U16, U32};
use crate::zerocopy::{FromBytes, Immutable, IntoBytes, Unaligned};

use crate::numbers::numbers;
use crate::structs::structs;

structs! {
    /// A message of a bus.
    #[doc(alias = "w1_netlink_msg")]
    pub struct W1Message: 12 {
        /// What it is.
        #[doc(alias = "type")]
        kind: W1MessageKind,
        /// In answers: 0, or an errno.
        status: u8,
        /// How many bytes follow.
        #[doc(alias = "len")]
        length: U16,
        /// The number of the master in the first 4 bytes, or the slave.
        id: [u8; 8],
    }

    /// A command.
    #[doc(alias = "w1_netlink_cmd")]
    pub struct W1Command: 4 {
        /// What to do.
        #[doc(alias = "cmd")]
        kind: W1CommandKind,
        /// Zero.
        #[doc(alias = "res")]
        reserved: u8,
        /// How many bytes follow.
        #[doc(alias = "len")]
        length: U16,
    }
}

numbers! {
    /// What a message is.
    #[derive(FromBytes, IntoBytes, Immutable, Unaligned)]
    #[doc(alias = "w1_netlink_message_types")]
    pub struct W1MessageKind(u8) {
        /// A slave is there.
        SLAVE_ADD = 0 "W1_SLAVE_ADD" "slave-add";
        /// A slave is gone.
        SLAVE_REMOVE = 1 "W1_SLAVE_REMOVE" "slave-remove";
        /// A master is there.
        MASTER_ADD = 2 "W1_MASTER_ADD" "master-add";
        /// A master is gone.
        MASTER_REMOVE = 3 "W1_MASTER_REMOVE" "master-remove";
        /// Commands for a master.
        MASTER_CMD = 4 "W1_MASTER_CMD" "master-cmd";
        /// Commands for a slave.
        SLAVE_CMD = 5 "W1_SLAVE_CMD" "slave-cmd";
        /// Asks for the numbers of the masters.
        LIST_MASTERS = 6 "W1_LIST_MASTERS" "list-masters";
    }
}

numbers! {
    /// What to do.
    #[derive(FromBytes, IntoBytes, Immutable, Unaligned)]
    #[doc(alias = "w1_commands")]
    pub struct W1CommandKind(u8) {
        /// Reads bytes.
        READ = 0 "W1_CMD_READ" "read";
        /// Writes bytes.
        WRITE = 1 "W1_CMD_WRITE" "write";
        /// Looks for slaves.
        SEARCH = 2 "W1_CMD_SEARCH" "search";
        /// Looks for slaves that raise an alarm.
        ALARM_SEARCH = 3 "W1_CMD_ALARM_SEARCH" "alarm-search";
        /// Writes and reads bit by bit.
        TOUCH = 4 "W1_CMD_TOUCH" "touch";
        /// Resets the bus.
        RESET = 5 "W1_CMD_RESET" "reset";
        /// Adds a slave by hand.
        SLAVE_ADD = 6 "W1_CMD_SLAVE_ADD" "slave-add";
        /// Takes one away.
        SLAVE_REMOVE = 7 "W1_CMD_SLAVE_REMOVE" "slave-remove";
        /// Asks for the slaves that are known.
        LIST_SLAVES = 8 "W1_CMD_LIST_SLAVES" "list-slaves";
    }
}

impl W1Message {
    /// Reads the first message of `bytes`; returns it, its data, and the rest.
    /// Nothing if its length is beyond them.
    #[must_use]
    pub fn split(bytes: &[u8]) -> Option<(&Self, &[u8], &[u8])> {
        let (message, rest) = front::<Self>(bytes)?;
        let (data, rest) = rest.split_at_checked(message.length.get().into())?;
        Some((message, data, rest))
    }

    /// Returns the number of the master.
    #[must_use]
    pub const fn master(&self) -> u32 {
        let [a, b, c, d, ..] = self.id;
        u32::from_ne_bytes([a, b, c, d])
    }
}

impl W1Command {
    /// Reads the first command of a message's data; returns it, its data, and
    /// the rest. Nothing if its length is beyond them.
    #[must_use]
    pub fn split(bytes: &[u8]) -> Option<(&Self, &[u8], &[u8])> {
        let (command, rest) = front::<Self>(bytes)?;
        let (data, rest) = rest.split_at_checked(command.length.get().into())?;
        Some((command, data, rest))
    }
}

/// Reads the numbers of masters, the data of an answer to
/// [`W1MessageKind::LIST_MASTERS`]; nothing if it ends amidst a number.
#[must_use]
pub fn masters(data: &[u8]) -> Option<&[U32]> {
    <[U32]>::ref_from_bytes(data).ok()
}
