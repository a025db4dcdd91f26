//! `NETLINK_CONNECTOR`: parts of the kernel that send structs of their own
//! (`linux/connector.h`).
//!
//! ```text
//!  0       4       8          12    16       18      20
//! +-------+-------+----------+-----+--------+-------+------
//! | index | value | sequence | ack | length | flags | data
//! +-------+-------+----------+-----+--------+-------+------
//! ```
//!
//! All messages have the type [`MessageType::DONE`], which here ends nothing;
//! index and value name the part of the kernel. There are no attributes.
//!
//! Process events are asked for by a request of [`CN_IDX_PROC`], with a
//! [`PROC_CN_MCAST_LISTEN`] as its data, and come to the group of the same
//! number. The kernel sends them in the first network namespace only, and
//! wants `CAP_NET_ADMIN`.
//!
//! ```
//! use nlwire::connector::{CN_IDX_PROC, CN_VAL_PROC, Connector, PROC_CN_MCAST_LISTEN};
//! use nlwire::{Flags, MessageType};
//!
//! let mut buffer = [0; 64];
//! let listen = PROC_CN_MCAST_LISTEN.to_ne_bytes();
//! let request = Connector::write(&mut buffer, CN_IDX_PROC, CN_VAL_PROC, &listen)?;
//! assert_eq!(request.header().length(), 16 + 20 + 4);
//!
//! let message = Connector::new(request)?;
//! assert_eq!((message.header().index.get(), message.data()), (CN_IDX_PROC, &listen[..]));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod change;
mod process;
mod request;
mod w1;

pub use change::Change;
pub use process::*;
pub use request::{GetW1Masters, SendW1, SetProcessEvents};
pub use w1::*;

use crate::zerocopy::native_endian::{U16, U32};

use crate::bytes::low32;
use crate::error::Place;
use crate::schema::{self, MessageSchema, Protocol};
use crate::structs::structs;
use crate::{
    DecodeError, DecodeErrorKind, EncodeError, FixedHeader, Flags, MessageRef, MessageType, Writer,
};

/// The number of the protocol, which socket(2) takes.
pub const NETLINK_CONNECTOR: u8 = 11;

/// Index, and multicast group: events of processes.
pub const CN_IDX_PROC: u32 = 1;
/// Value: events of processes.
pub const CN_VAL_PROC: u32 = 1;
/// Index, and multicast group: one-wire buses.
pub const CN_W1_IDX: u32 = 3;
/// Value: one-wire buses.
pub const CN_W1_VAL: u32 = 1;

structs! {
    /// The header of every message.
    #[doc(alias = "cn_msg")]
    pub struct ConnectorHeader: 20 {
        /// The part of the kernel.
        #[doc(alias = "idx", alias = "cb_id")]
        index: U32,
        /// What of it.
        #[doc(alias = "val")]
        value: U32,
        /// A number that the sender counts.
        #[doc(alias = "seq")]
        sequence: U32,
        /// What is answered: of a request its number plus one.
        ack: U32,
        /// How many bytes of data follow.
        #[doc(alias = "len")]
        length: U16,
        /// Flags; of one-wire buses, 1 for answers in bundles.
        flags: U16,
    }
}

impl FixedHeader for ConnectorHeader {}

/// A message: its header, and the data behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Connector<'a> {
    header: &'a ConnectorHeader,
    data: &'a [u8],
}

impl<'a> Connector<'a> {
    /// Reads a message.
    ///
    /// # Errors
    /// [`DecodeErrorKind::TooShort`] for fewer than 20 bytes,
    /// [`DecodeErrorKind::Overrun`] for a length beyond the message.
    pub fn new(message: MessageRef<'a>) -> Result<Self, DecodeError> {
        let (header, _) = message.split::<ConnectorHeader>()?;
        let rest = crate::bytes::after(message.payload(), size_of::<ConnectorHeader>());
        match rest.get(..usize::from(header.length.get())) {
            Some(data) => Ok(Self { header, data }),
            None => Err(DecodeError::new(
                Place::Payload,
                16,
                DecodeErrorKind::Overrun {
                    length: header.length.get().into(),
                    available: low32(rest.len()),
                },
            )),
        }
    }

    /// Writes a message with this data.
    ///
    /// # Errors
    /// [`EncodeError::Overflow`], and [`EncodeError::TooLong`], which names
    /// attribute 0, for data beyond 65535 bytes.
    pub fn write<'b>(
        buffer: &'b mut [u8],
        index: u32,
        value: u32,
        data: &[u8],
    ) -> Result<MessageRef<'b>, EncodeError> {
        let length = u16::try_from(data.len()).map_err(|_| EncodeError::TooLong {
            attribute: 0,
            length: low32(data.len()),
        })?;
        let header = ConnectorHeader {
            index: index.into(),
            value: value.into(),
            length: length.into(),
            ..ConnectorHeader::default()
        };
        let kind = MessageType::DONE;
        Writer::message(buffer, kind, Flags::empty(), &header, |w| w.append(data))
    }

    /// Returns the header.
    #[must_use]
    pub const fn header(&self) -> &'a ConnectorHeader {
        self.header
    }

    /// Returns the data.
    #[must_use]
    pub const fn data(&self) -> &'a [u8] {
        self.data
    }
}

/// The protocol.
pub static PROTOCOL: Protocol = Protocol {
    number: NETLINK_CONNECTOR,
    name: "connector",
    types: &[],
    verb: None,
    messages: &[MessageSchema::new::<ConnectorHeader>(
        MessageType::DONE,
        "CN_MSG",
        schema::unnamed,
    )
    .opaque()],
    family: None,
};
