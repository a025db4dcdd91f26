//! 1-Wire buses: `struct w1_netlink_msg` and `struct w1_netlink_cmd`
//! (`drivers/w1/w1_netlink.h`).
//!
//! The data of a connector message are bus messages in sequence, each followed
//! by its commands and their data:
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
    /// Bus message.
    #[doc(alias = "w1_netlink_msg")]
    pub struct W1Message: 12 {
        /// Kind of the message.
        #[doc(alias = "type")]
        kind: W1MessageKind,
        /// Status in answers: 0 or an errno.
        status: u8,
        /// Number of bytes that follow.
        #[doc(alias = "len")]
        length: U16,
        /// Number of the master in the first 4 bytes, or registration number of
        /// the slave.
        id: [u8; 8],
    }

    /// Command for a master or a slave.
    #[doc(alias = "w1_netlink_cmd")]
    pub struct W1Command: 4 {
        /// Kind of the command.
        #[doc(alias = "cmd")]
        kind: W1CommandKind,
        /// Padding.
        #[doc(alias = "res")]
        reserved: u8,
        /// Number of bytes that follow.
        #[doc(alias = "len")]
        length: U16,
    }
}

numbers! {
    /// Kind of a bus message.
    #[derive(FromBytes, IntoBytes, Immutable, Unaligned)]
    #[doc(alias = "w1_netlink_message_types")]
    pub struct W1MessageKind(u8) {
        /// A slave was found.
        SLAVE_ADD = 0 "W1_SLAVE_ADD" "slave-add";
        /// A slave was removed.
        SLAVE_REMOVE = 1 "W1_SLAVE_REMOVE" "slave-remove";
        /// A master was registered.
        MASTER_ADD = 2 "W1_MASTER_ADD" "master-add";
        /// A master was unregistered.
        MASTER_REMOVE = 3 "W1_MASTER_REMOVE" "master-remove";
        /// Commands for a master.
        MASTER_CMD = 4 "W1_MASTER_CMD" "master-cmd";
        /// Commands for a slave.
        SLAVE_CMD = 5 "W1_SLAVE_CMD" "slave-cmd";
        /// Request for the numbers of the masters.
        LIST_MASTERS = 6 "W1_LIST_MASTERS" "list-masters";
    }
}

numbers! {
    /// Kind of a command.
    #[derive(FromBytes, IntoBytes, Immutable, Unaligned)]
    #[doc(alias = "w1_commands")]
    pub struct W1CommandKind(u8) {
        /// Reads bytes.
        READ = 0 "W1_CMD_READ" "read";
        /// Writes bytes.
        WRITE = 1 "W1_CMD_WRITE" "write";
        /// Searches for slaves.
        SEARCH = 2 "W1_CMD_SEARCH" "search";
        /// Searches for slaves with an alarm.
        ALARM_SEARCH = 3 "W1_CMD_ALARM_SEARCH" "alarm-search";
        /// Writes and reads in one step, bit by bit.
        TOUCH = 4 "W1_CMD_TOUCH" "touch";
        /// Resets the bus.
        RESET = 5 "W1_CMD_RESET" "reset";
        /// Adds a slave manually.
        SLAVE_ADD = 6 "W1_CMD_SLAVE_ADD" "slave-add";
        /// Removes a slave manually.
        SLAVE_REMOVE = 7 "W1_CMD_SLAVE_REMOVE" "slave-remove";
        /// Lists the known slaves.
        LIST_SLAVES = 8 "W1_CMD_LIST_SLAVES" "list-slaves";
    }
}

impl W1Message {
    /// Reads the first message of `bytes`; returns the message, its data and
    /// the rest. Returns `None` if the length field exceeds `bytes`.
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
    /// Reads the first command of a message's data; returns the command, its
    /// data and the rest. Returns `None` if the length field exceeds the data.
    #[must_use]
    pub fn split(bytes: &[u8]) -> Option<(&Self, &[u8], &[u8])> {
        let (command, rest) = front::<Self>(bytes)?;
        let (data, rest) = rest.split_at_checked(command.length.get().into())?;
        Some((command, data, rest))
    }
}

/// Reads the numbers of masters from the answer to
/// [`W1MessageKind::LIST_MASTERS`]. Returns `None` if the last number is
/// incomplete.
#[must_use]
pub fn masters(data: &[u8]) -> Option<&[U32]> {
    <[U32]>::ref_from_bytes(data).ok()
}
