//! `NETLINK_CONNECTOR`: kernel subsystems with structs of their own, such as
//! process events and 1-Wire buses (`linux/connector.h`).
//!
//! ```text
//!  0       4       8          12    16       18      20
//! +-------+-------+----------+-----+--------+-------+------
//! | index | value | sequence | ack | length | flags | data
//! +-------+-------+----------+-----+--------+-------+------
//! ```
//!
//! All messages have the type [`MessageType::DONE`], which ends no dump here;
//! index and value identify the subsystem. There are no attributes.
//!
//! Process events start by a request with index [`CN_IDX_PROC`] and data
//! [`PROC_CN_MCAST_LISTEN`], and arrive at the group of the same number. The
//! kernel sends them in the first network namespace only, and requires
//! `CAP_NET_ADMIN`.
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

/// Protocol number for socket(2).
pub const NETLINK_CONNECTOR: u8 = 11;

/// Index and multicast group of process events.
pub const CN_IDX_PROC: u32 = 1;
/// Value of process events.
pub const CN_VAL_PROC: u32 = 1;
/// Index and multicast group of 1-Wire buses.
pub const CN_W1_IDX: u32 = 3;
/// Value of 1-Wire buses.
pub const CN_W1_VAL: u32 = 1;

structs! {
    /// Fixed header of each message.
    #[doc(alias = "cn_msg")]
    pub struct ConnectorHeader: 20 {
        /// Index, which identifies the subsystem.
        #[doc(alias = "idx", alias = "cb_id")]
        index: U32,
        /// Value, which identifies a part of the subsystem.
        #[doc(alias = "val")]
        value: U32,
        /// Sequence number of the sender.
        #[doc(alias = "seq")]
        sequence: U32,
        /// Acknowledgement: in an answer the request's number plus one.
        ack: U32,
        /// Number of data bytes that follow.
        #[doc(alias = "len")]
        length: U16,
        /// Flags; for 1-Wire buses, 1 requests bundled answers.
        flags: U16,
    }
}

impl FixedHeader for ConnectorHeader {}

/// Connector message: header and data.
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
    /// [`DecodeErrorKind::TooShort`] for fewer than 20 bytes, and
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
    /// [`EncodeError::Overflow`] if the buffer is too small, and
    /// [`EncodeError::TooLong`] with attribute 0 for more than 65,535 bytes of
    /// data.
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

/// Schema of the protocol.
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
